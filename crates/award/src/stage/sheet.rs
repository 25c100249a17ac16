//! Lembar nilai: versions are handed in with a receipt, opened again for a reason, entered twice from paper, and admitted late from the
//! tray. A stale version never wins: the refusal names both.

use jiff::Timestamp;
use rules::rulebook::{Indicator, IndicatorKind};
use tally::{Mark, SheetState};
use words::{Arg, Message};

use crate::act::ContestKey;
use crate::cycle::parse::judging::off_grid;
use crate::decide::{entry, name};
use crate::fact::Fact;
use crate::id::PersonId;
use crate::limit::told;
use crate::panel;
use crate::people;
use crate::permission::Actor;
use crate::permission::role::{Grant, Role};
use crate::refusal::Refusal;
use crate::round::Aide;
use crate::rule;
use crate::sheet::{Admission, CameBy, KeptSheet, Reopening, SheetAt, SheetStage, SheetVersion};
use crate::stage::conflict::{Pair, chairs};
use crate::stage::opening;
use crate::state::{Contest, Entry, Round, State};

/// A juror, or an aide for the juror, hands in a version of a sheet.
pub(crate) fn hand_in(
    state: &State,
    key: &ContestKey,
    sheet: &SheetVersion,
    actor: &Actor,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let desk = Desk::of(state, key, sheet)?;
    desk.in_term(at)?;
    if desk.contest.judging_closed {
        return Err(desk.refuse("refusal-sheet-too-late"));
    }
    let writer = desk.writer(actor, at)?;
    desk.is_next()?;
    let kept = desk.kept(CameBy::Hand, writer.clone())?;
    Ok([Some(kept), desk.written(writer)].into_iter().flatten().collect())
}

/// Opens a sheet again; judging must be open, and the version named the current one.
pub(crate) fn reopen(state: &State, key: &ContestKey, reopening: &Reopening) -> Result<Vec<Fact>, Refusal> {
    told("reason", &reopening.reason)?;
    let of = &reopening.of;
    let (contest, entry) = entry(state, key, of.candidate.as_str())?;
    if contest.judging_closed {
        return Err(of_sheet(state, "refusal-reopen-closed", of));
    }
    chairs(state, key, &of.candidate, &reopening.by)?;
    let current = entry.ledger.version(of);
    if current == 0 {
        return Err(of_sheet(state, "refusal-no-sheet", of));
    }
    if current != reopening.version {
        return Err(stale(state, of, reopening.version, current));
    }
    if entry.ledger.reopened(of).is_some() {
        return Err(of_sheet(state, "refusal-reopened-twice", of));
    }
    Ok(vec![Fact::SheetReopened(key.clone(), reopening.clone())])
}

/// A paper sheet is entered. The first entry waits; the second, by another person, must say the same.
pub(crate) fn enter_paper(
    state: &State,
    key: &ContestKey,
    sheet: &SheetVersion,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let desk = Desk::of(state, key, sheet)?;
    desk.in_term(at)?;
    if desk.contest.judging_closed {
        return Err(desk.refuse("refusal-sheet-too-late"));
    }
    let typist = sheet.entered_by.as_ref().ok_or_else(|| desk.refuse("refusal-aide-untold"))?;
    people::known(state, typist)?;
    desk.is_next()?;
    let before = desk.entry.ledger.paper.iter().find(|paper| paper.of == sheet.of);
    let first = before.and_then(|paper| Some((paper, paper.entered_by.as_ref()?)));
    let Some((paper, first)) = first.filter(|(_, first)| !people::is_same(first, typist)) else {
        if before == Some(sheet) {
            return Err(desk.refuse("refusal-paper-same-person"));
        }
        return Ok(vec![Fact::PaperEntered(key.clone(), sheet.clone())]);
    };
    // Who judged, or writes for the juror, is no second pair of eyes on what the juror wrote.
    let writes = |aide: &Aide| aide.juror == sheet.of.juror && people::is_same(&aide.aide, typist);
    let is_juror = |round: &Round| panel::person(round, &sheet.of.juror).is_some_and(|juror| people::is_same(juror, typist));
    if state.rounds.get(&key.round).is_some_and(|round| is_juror(round) || round.aides.iter().any(writes)) {
        return Err(desk.refuse("refusal-paper-aide"));
    }
    let differences = paper.differences(sheet);
    if !differences.is_empty() {
        let named = differences.iter().map(|indicator| desk.difference(indicator, paper)).collect();
        return Err(desk
            .refuse("refusal-paper-differs")
            .with("first", Arg::Text(first.to_string()))
            .with("differences", Arg::List(named)));
    }
    Ok(vec![desk.kept(CameBy::Paper { first: first.clone(), second: typist.clone() }, Some(typist.clone()))?])
}

/// A sheet that arrives after closing waits in the tray.
pub(crate) fn leave_in_tray(
    state: &State,
    key: &ContestKey,
    sheet: &SheetVersion,
    actor: &Actor,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let desk = Desk::of(state, key, sheet)?;
    if !desk.contest.judging_closed {
        return Err(desk.refuse("refusal-tray-not-late"));
    }
    desk.in_term(at)?;
    not_locked(&desk)?;
    if desk.entry.ledger.tray.iter().any(|waiting| waiting.of == sheet.of) {
        return Err(desk.refuse("refusal-tray-twice"));
    }
    let current = desk.entry.ledger.version(&sheet.of);
    if sheet.version != current + 1 {
        return Err(stale(state, &sheet.of, sheet.version, current));
    }
    if current > 0 && desk.entry.ledger.reopened(&sheet.of).is_none() {
        return Err(desk.refuse("refusal-tray-handed-in"));
    }
    desk.receipt()?;
    let entered_by = desk.writer(actor, at)?;
    Ok(vec![Fact::SheetInTray(key.clone(), SheetVersion { entered_by, ..sheet.clone() })])
}

/// The chair admits a late sheet for a reason; what was counted before is to be counted again.
pub(crate) fn admit(state: &State, key: &ContestKey, admission: &Admission) -> Result<Vec<Fact>, Refusal> {
    told("reason", &admission.reason)?;
    let one_person = |round: &Round| panel::is_one_person(round, &admission.by, &admission.of.juror);
    if admission.by == admission.of.juror || state.rounds.get(&key.round).is_some_and(one_person) {
        return Err(of_sheet(state, "refusal-tray-own", &admission.of));
    }
    let (_, entry) = entry(state, key, admission.of.candidate.as_str())?;
    let waiting = entry.ledger.tray.iter().find(|waiting| waiting.of == admission.of);
    let waiting = waiting.ok_or_else(|| of_sheet(state, "refusal-not-in-tray", &admission.of))?;
    let desk = Desk::of(state, key, waiting)?;
    not_locked(&desk)?;
    chairs(state, key, &admission.of.candidate, &admission.by)?;
    let current = entry.ledger.version(&waiting.of);
    if waiting.version != current + 1 {
        return Err(stale(state, &waiting.of, waiting.version, current));
    }
    let came_by = CameBy::Tray { by: admission.by.clone(), reason: admission.reason.clone() };
    let kept = desk.kept(came_by, waiting.entered_by.clone())?;
    Ok([Some(kept), desk.written(waiting.entered_by.clone())].into_iter().flatten().collect())
}

/// A late sheet can be admitted until the result is the plenary's own.
fn not_locked(desk: &Desk<'_>) -> Result<(), Refusal> {
    match desk.contest.ratified {
        Some(_) => Err(Refusal::of(Message::new("refusal-ratified").text("contest", desk.key.path()))),
        None => Ok(()),
    }
}

fn of_sheet(state: &State, rule: &str, of: &SheetAt) -> Refusal {
    let stage = Message::new(format!("stage-{}", of.stage.stage().name()));
    let message = Message::new(rule).text("juror", of.juror.as_str()).text("candidate", name(state, of.candidate.as_str()));
    Refusal::of(message.message("stage", stage))
}

fn stale(state: &State, of: &SheetAt, named: u32, current: u32) -> Refusal {
    let refusal = of_sheet(state, "refusal-sheet-stale", of).with("named", Arg::Number(named.to_string()));
    refusal.with("current", Arg::Number(current.to_string()))
}

/// A sheet beside what is known of its juror and candidate.
struct Desk<'a> {
    state: &'a State,
    key: &'a ContestKey,
    contest: &'a Contest,
    entry: &'a Entry,
    sheet: &'a SheetVersion,
    indicators: Vec<&'a Indicator>,
}

impl<'a> Desk<'a> {
    /// Refuses a sheet that this juror cannot hand in, or that does not say what is asked.
    fn of(state: &'a State, key: &'a ContestKey, sheet: &'a SheetVersion) -> Result<Desk<'a>, Refusal> {
        let (contest, entry) = entry(state, key, sheet.of.candidate.as_str())?;
        let indicators = asked(state, key, entry, sheet.of.stage);
        let desk = Desk { state, key, contest, entry, sheet, indicators };
        desk.may_judge()?;
        desk.says_what_is_asked()?;
        Ok(desk)
    }

    fn refuse(&self, rule: &str) -> Refusal {
        of_sheet(self.state, rule, &self.sheet.of)
    }

    /// Refuses a sheet outside the juror's term, whichever way it comes.
    fn in_term(&self, at: Option<Timestamp>) -> Result<(), Refusal> {
        let in_term = at.is_none_or(|at| panel::is_in_term(self.state, &self.key.round, &self.sheet.of.juror, at));
        if in_term { Ok(()) } else { Err(self.refuse("refusal-term-over")) }
    }

    fn may_judge(&self) -> Result<(), Refusal> {
        let (juror, candidate) = (&self.sheet.of.juror, &self.sheet.of.candidate);
        let pair = Pair { state: self.state, key: self.key, juror, candidate };
        let has_left = panel::has_left(self.state, self.key, juror) && !self.is_typed_again();
        if has_left || !panel::is_asked(self.state, self.key, juror, candidate) {
            return Err(pair.refuse("refusal-replaced"));
        }
        if !self.is_typed_again() {
            pair.on_panel()?;
        }
        if self.entry.not_admitted.is_some() {
            return Err(pair.refuse("refusal-marks-not-admitted"));
        }
        if self.entry.withdrawn.is_some() {
            return Err(self.refuse("refusal-sheet-withdrawn"));
        }
        pair.takes_part(self.contest, self.entry)
    }

    /// Whether paper of a juror who has left, and whose sheets are kept, waits to be typed by a second person.
    fn is_typed_again(&self) -> bool {
        let kept = self.state.jurors(self.key).iter().any(|known| known.juror == self.sheet.of.juror);
        kept && self.sheet.entered_by.is_some() && self.entry.ledger.paper.iter().any(|paper| paper.of == self.sheet.of)
    }

    fn says_what_is_asked(&self) -> Result<(), Refusal> {
        let has_stage = self.state.rule(self.key).is_some_and(|rule| rule::has_stage(rule, self.sheet.of.stage.stage()));
        if !has_stage || self.indicators.is_empty() {
            return Err(self.refuse("refusal-sheet-nothing-asked"));
        }
        match self.sheet.state {
            SheetState::Recused => return Err(self.refuse("refusal-sheet-recused")),
            SheetState::Abstained | SheetState::Absent if !self.sheet.marks.is_empty() => {
                return Err(self.refuse("refusal-sheet-marks-and-state"));
            }
            SheetState::Abstained | SheetState::Absent => return Ok(()),
            SheetState::HandedIn => {}
        }
        for (id, mark) in self.sheet.marks.iter() {
            let found = self.indicators.iter().find(|indicator| indicator.id == *id);
            let found = found.ok_or_else(|| self.refuse("refusal-mark-not-asked").with("indicator", Arg::Text(id.clone())))?;
            if let (Mark::Given(value), IndicatorKind::Rubric { min, max, step, .. }) = (mark, &found.kind)
                && let Some(why) = off_grid(value, min, max, step)
            {
                return Err(self.refuse("refusal-mark-off").with("indicator", local(found)).with("why", Arg::Message(why)));
            }
        }
        let is_missing = |indicator: &&&Indicator| self.sheet.marks.get(&indicator.id).is_none_or(|mark| *mark == Mark::Absent);
        let missing: Vec<Arg> = self.indicators.iter().filter(is_missing).map(|indicator| local(indicator)).collect();
        if missing.is_empty() { Ok(()) } else { Err(self.refuse("refusal-sheet-incomplete").with("missing", Arg::List(missing))) }
    }

    /// The version must be the next one, and the current one open again.
    fn is_next(&self) -> Result<(), Refusal> {
        let (of, version) = (&self.sheet.of, self.sheet.version);
        let current = self.entry.ledger.version(of);
        if current == 0 && self.is_marked_plainly() {
            let pair = Pair { state: self.state, key: self.key, juror: &of.juror, candidate: &of.candidate };
            return Err(pair.refuse("refusal-marked-twice"));
        }
        if version != current + 1 {
            return Err(if version == current && self.entry.ledger.reopened(of).is_none() && version > 0 {
                self.refuse("refusal-sheet-twice").with("version", Arg::Number(current.to_string()))
            } else {
                stale(self.state, of, version, current)
            });
        }
        if current > 0 && self.entry.ledger.reopened(of).is_none() {
            return Err(self.refuse("refusal-sheet-twice").with("version", Arg::Number(current.to_string())));
        }
        Ok(())
    }

    /// Whether marks without versions are there already, as files give them.
    fn is_marked_plainly(&self) -> bool {
        let known = self.contest.sheets_of(&self.sheet.of.juror, &self.sheet.of.candidate);
        known.into_iter().any(|known| self.indicators.iter().any(|indicator| known.marks.contains_key(&indicator.id)))
    }

    /// The receipt, which must be the one that the juror's device worked out.
    fn receipt(&self) -> Result<String, Refusal> {
        let receipt = self.sheet.receipt_for(self.state.contest_id(self.key).as_str());
        match &self.sheet.receipt {
            Some(given) if *given != receipt => Err(self.refuse("refusal-other-receipt")),
            _ => Ok(receipt),
        }
    }

    /// Who wrote it down for the juror; none if the juror did.
    fn writer(&self, actor: &Actor, at: Option<Timestamp>) -> Result<Option<PersonId>, Refusal> {
        let (juror, named) = (&self.sheet.of.juror, self.sheet.entered_by.as_ref());
        let writer = opening::writer(self.state, self.key, juror, named, actor, at)?;
        if writer.is_none() && Grant::of(actor).role != Role::Juror {
            return Err(self.refuse("refusal-aide-untold"));
        }
        Ok(writer)
    }

    fn written(&self, writer: Option<PersonId>) -> Option<Fact> {
        opening::written(self.key, &self.sheet.of.juror, &self.sheet.of.candidate, writer)
    }

    fn kept(&self, came_by: CameBy, entered_by: Option<PersonId>) -> Result<Fact, Refusal> {
        let sheet = SheetVersion { receipt: Some(self.receipt()?), entered_by, ..self.sheet.clone() };
        let indicators: Vec<String> = self.indicators.iter().map(|indicator| indicator.id.clone()).collect();
        let counted = sheet.counted(&indicators);
        Ok(Fact::SheetKept(self.key.clone(), KeptSheet { sheet, came_by, counted }))
    }

    /// `Innovation: 80, 90`, the first entry before the second.
    fn difference(&self, indicator: &str, first: &SheetVersion) -> Arg {
        let shown = |sheet: &SheetVersion| sheet.marks.get(indicator).map_or("-".to_owned(), |mark| String::from(mark.clone()));
        let known = self.indicators.iter().find(|known| known.id == indicator);
        let message =
            Message::new("paper-difference").with("indicator", known.map_or(Arg::Text(indicator.to_owned()), |one| local(one)));
        Arg::Message(message.text("first", shown(first)).text("second", shown(self.sheet)))
    }
}

fn local(indicator: &Indicator) -> Arg {
    Arg::Local(indicator.name.id.clone(), indicator.name.en.clone())
}

/// The rubrics of a stage that a juror marks for an entry: those of the interview in the interview's sheet, the others in that of judging.
pub(crate) fn asked<'s>(state: &'s State, key: &ContestKey, entry: &Entry, stage: SheetStage) -> Vec<&'s Indicator> {
    let rubrics = state.rule(key).map(|rule| rule::rubrics(state.rules_of(&key.round), rule)).unwrap_or_default();
    let of_stage = rubrics.into_iter().filter(|(aspect, _)| rule::is_interview(aspect) == (stage == SheetStage::Interview));
    of_stage.map(|(_, indicator)| indicator).filter(|indicator| !entry.not_applicable.contains_key(&indicator.id)).collect()
}
