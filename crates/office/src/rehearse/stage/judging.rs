//! Penilaian: every juror hands in a sheet for every candidate, and the chair closes judging at a position of the journal. Here a juror
//! drops out, two devices hold two versions of a sheet, a sheet comes twice, and the power fails.

use award::interest::Stance;
use award::sheet::{Reopening, SheetAt, SheetStage, SheetVersion};
use award::state::Entry;
use award::{ContestKey, Deed, JurorId, Marks, State};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use tally::{Exact, Mark, SheetState};

use super::{contests, running, serving};
use crate::rehearse::fault::Fault;
use crate::rehearse::step::{Script, Step, Way, Who};
use crate::rehearse::year::{Round, Year};

/// The day on which most sheets come in.
pub const MARKED: Date = date(2024, 2, 26);
/// So many sheets after the one with two versions comes the one that is sent twice, and after that the one with the power cut.
const APART: usize = 3;

/// The sheets that are still asked for in a round.
pub fn sheets(year: &Year, round: &Round, state: &State, from: Timestamp) -> Vec<Step> {
    let mut script = Script::new(year, round, from);
    let asked = asked(year, round, state);
    let chair = &round.chair().juror;
    let special = asked.iter().position(|(key, sheet)| sheet.of.juror != *chair && may_chair(state, key, chair, sheet));
    for (number, (key, sheet)) in asked.iter().enumerate() {
        let who = Who::Juror(sheet.of.juror.clone());
        let deed = Deed::HandInVersion(key.clone(), sheet.clone());
        let fault = fault_at(year, round, state, special, number);
        script.about(fault);
        match fault {
            Some(Fault::TwoVersions) => two_versions(&mut script, round, key, sheet),
            Some(Fault::RetriedHandIn) => drop(script.does_by(Way::Twice, who, deed)),
            Some(Fault::PowerCut) => drop(script.does_by(Way::ThroughPowerCut, who, deed)),
            _ => drop(script.does(who, deed)),
        }
    }
    script.steps()
}

/// Closes judging. The position is that of the journal, which whoever plays the script puts in.
pub fn closing(year: &Year, round: &Round, state: &State, from: Timestamp) -> Vec<Step> {
    let mut script = Script::new(year, round, from);
    for (key, _) in contests(state, round) {
        script.does(Who::Juror(round.chair().juror.clone()), Deed::CloseJudging(key.clone(), Some(0)));
    }
    script.steps()
}

fn is_first_time(round: &Round, state: &State) -> bool {
    contests(state, round).all(|(_, contest)| contest.sheets.is_empty())
}

/// The fault that befalls the sheet of a number, if one does.
fn fault_at(year: &Year, round: &Round, state: &State, special: Option<usize>, number: usize) -> Option<Fault> {
    let first = special.filter(|_| is_first_time(round, state))?;
    let faults = [Fault::TwoVersions, Fault::RetriedHandIn, Fault::PowerCut];
    let fault = faults.into_iter().enumerate().find(|(turn, _)| first + turn * APART == number)?.1;
    Some(fault).filter(|fault| fault.is_in(year, round))
}

/// Whether the chair chairs for the candidate of a sheet.
fn may_chair(state: &State, key: &ContestKey, chair: &JurorId, sheet: &SheetVersion) -> bool {
    award::panel::chair_for(state, key, &sheet.of.candidate) == Some(chair)
}

/// The sheets that are still asked for: of every juror who takes part, in every stage in which the rulebook has rubrics.
fn asked(year: &Year, round: &Round, state: &State) -> Vec<(ContestKey, SheetVersion)> {
    let mut asked = Vec::new();
    let drops_out =
        Fault::JurorDropsOut.is_in(year, round) && state.rounds.get(&round.key).is_some_and(|known| known.left.is_empty());
    let half = contests(state, round).count() / 2;
    for (turn, (key, contest)) in contests(state, round).enumerate() {
        let jurors = serving(state, key);
        for entry in running(contest) {
            for juror in &jurors {
                let falls_ill = drops_out && turn >= half && Some(juror) == round.panel.last().map(|member| &member.juror);
                if !falls_ill && takes_part(state, key, entry, juror) {
                    asked.extend(sheets_of(year, state, key, entry, juror).map(|sheet| (key.clone(), sheet)));
                }
            }
        }
    }
    asked
}

fn takes_part(state: &State, key: &ContestKey, entry: &Entry, juror: &JurorId) -> bool {
    let contest = &state.contests[key];
    let left = state.rounds.get(&key.round).map(|round| round.left.as_slice()).unwrap_or_default();
    let before = left.iter().find(|left| left.successor == *juror);
    let judged_before = before.is_some_and(|left| contest.sheets_of(&left.juror, &entry.candidate).next().is_some());
    !judged_before
        && !contest.is_recused(juror, &entry.candidate)
        && entry.interests.stance(juror, &entry.candidate) == Stance::Free
}

fn sheets_of<'s>(
    year: &'s Year,
    state: &'s State,
    key: &'s ContestKey,
    entry: &'s Entry,
    juror: &'s JurorId,
) -> impl Iterator<Item = SheetVersion> + 's {
    let stages = [SheetStage::Judging, SheetStage::Interview].into_iter();
    stages.filter_map(move |stage| {
        let of = SheetAt { juror: juror.clone(), candidate: entry.candidate.clone(), stage };
        let marks = marks(year, state, key, &of);
        (!marks.is_empty() && entry.ledger.version(&of) == 0).then(|| version(of, 1, marks))
    })
}

fn version(of: SheetAt, version: u32, marks: Marks) -> SheetVersion {
    SheetVersion { of, version, state: SheetState::HandedIn, marks, entered_by: None, receipt: None }
}

/// Marks around the candidate's quality: a juror is milder or stricter with everybody, and each mark has a little chance of its own.
fn marks(year: &Year, state: &State, key: &ContestKey, of: &SheetAt) -> Marks {
    let Some((rule, candidate)) = state.rule(key).zip(year.candidate(&of.candidate)) else { return Marks::default() };
    let level = &key.round.level;
    let mild = year.chance(&format!("juror {}", of.juror)).within(-6, 6);
    let rubrics = award::rule::rubrics(&year.rules, rule).into_iter();
    let of_stage = rubrics.filter(|(aspect, _)| award::rule::is_interview(aspect) == (of.stage == SheetStage::Interview));
    let mark = |id: &str| {
        let mut chance = year.chance(&format!("mark {level} {} {} {id}", of.juror, of.candidate));
        if chance.once_in_thousand(3) {
            return Mark::Abstained;
        }
        Mark::Given(Exact::from((candidate.quality + mild + chance.within(-9, 9)).clamp(0, 100)))
    };
    of_stage.map(|(_, indicator)| (indicator.id.clone(), mark(&indicator.id))).collect()
}

/// A juror hands in on the phone, asks to put it right and does; a laptop that has slept since the morning sends the first version again.
/// The refusal names both numbers, and what the juror then hands in with the sheet opened once more is the one that counts.
fn two_versions(script: &mut Script<'_>, round: &Round, key: &ContestKey, first: &SheetVersion) {
    let (who, chair) = (Who::Juror(first.of.juror.clone()), round.chair().juror.clone());
    let reopened = |version: u32, reason: &str| {
        let reopening = Reopening { of: first.of.clone(), version, by: chair.clone(), reason: reason.into() };
        Deed::ReopenSheet(key.clone(), reopening)
    };
    let hand_in = |version: u32, change: i64| {
        let marks = first.marks.iter().map(|(id, mark)| (id.clone(), moved(mark, change))).collect();
        Deed::HandInVersion(key.clone(), SheetVersion { version, marks, ..first.clone() })
    };
    script.does(who.clone(), hand_in(1, 0));
    script.does(Who::Juror(chair.clone()), reopened(1, "Tertukar dua calon (data contoh)"));
    script.does(who.clone(), hand_in(2, -2));
    script.fails(who.clone(), hand_in(1, 1), "refusal-sheet-stale");
    script.does(Who::Juror(chair.clone()), reopened(2, "Perangkat lama memuat isian lain (data contoh)"));
    script.does(who, hand_in(3, -1));
}

fn moved(mark: &Mark, change: i64) -> Mark {
    let Mark::Given(value) = mark else { return mark.clone() };
    let moved = value + &Exact::from(change);
    if moved < Exact::from(0_i64) || moved > Exact::from(100_i64) { mark.clone() } else { Mark::Given(moved) }
}
