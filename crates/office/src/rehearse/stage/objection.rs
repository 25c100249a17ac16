//! Masa sanggah: here and there a candidate objects. Most objections are answered without changing anything; a mark that was written down
//! wrongly is put right by a recount, and the result gets the next number.

use award::stage::objection::{Answer, Fate, Objection, RecountDecision, RecountSet, Ruling};
use award::state::Contest;
use award::{CandidateId, ContestKey, Deed, FileHash, State};
use jiff::Timestamp;
use tally::{Change, Exact, Mark};

use super::{contests, plenary};
use crate::rehearse::fault::Fault;
use crate::rehearse::step::{Script, Step, Who};
use crate::rehearse::year::{Round, Year};

/// So many times in a thousand somebody objects to the result of a contest.
const OBJECTS: i64 = 30;

/// The objections of a round.
pub fn of_round(year: &Year, round: &Round, state: &State, from: Timestamp) -> Vec<Step> {
    let mut script = Script::new(year, round, from);
    let disputed = contests(state, round).find(|_| Fault::DisputedScore.is_in(year, round)).map(|(key, _)| key);
    for (key, contest) in contests(state, round).filter(|(_, contest)| contest.is_published()) {
        let Some(second) = second(contest) else { continue };
        if Some(key) == disputed {
            script.about(Some(Fault::DisputedScore));
            if dispute(&mut script, year, round, key, contest, &second) {
                plenary::ratified_anew(&mut script, year, round, state, key);
            }
            script.about(None);
        } else if year.chance(&format!("objects {}", key.path())).once_in_thousand(OBJECTS) {
            object(&mut script, year, round, key, &second);
        }
    }
    script.steps()
}

/// Who came second.
pub fn second(contest: &Contest) -> Option<CandidateId> {
    contest.result()?.outcome.standing.get(1).map(|row| CandidateId::from(row.entry.as_str()))
}

/// An objection that is filed.
pub fn filed(key: &ContestKey, id: &str, by: &CandidateId, grounds: &str) -> Deed {
    let evidence = vec![FileHash::new(tally::lot::commitment(&format!("sanggahan {}", key.path())))];
    let objection = Objection { objection: id.into(), by: by.clone(), against: None, grounds: grounds.into(), evidence };
    Deed::FileObjection(key.clone(), objection)
}

/// An objection that is looked at and answered, or not looked at.
fn object(script: &mut Script<'_>, year: &Year, round: &Round, key: &ContestKey, by: &CandidateId) {
    let (id, chair, answers) = ("sanggah-1", Who::Juror(round.chair().juror.clone()), Who::Secretariat(1));
    script.does(Who::Candidate(by.clone()), filed(key, id, by, "Angka cakupan kami lebih tinggi (data contoh)"));
    let admissible = year.chance(&format!("admissible {}", key.path())).once_in_thousand(500);
    let reason = if admissible { "Disertai bukti" } else { "Bukti setelah batas waktu" }.to_owned();
    let ruling = Ruling { objection: id.into(), admissible, reason, by: chair.person(year, round) };
    script.does(chair, Deed::RuleOnObjection(key.clone(), ruling));
    if admissible {
        let answer = "Angka diperiksa kembali dan tetap (data contoh)".into();
        let answer = Answer { objection: id.into(), answer, by: answers.person(year, round) };
        script.does(answers, Deed::AnswerObjection(key.clone(), answer));
    }
}

/// A juror's mark was written down wrongly: it is put right by a recount that somebody else decides than who drafted it. Says whether
/// there was such a mark.
fn dispute(script: &mut Script<'_>, year: &Year, round: &Round, key: &ContestKey, contest: &Contest, by: &CandidateId) -> bool {
    let Some(change) = higher_mark(contest, by) else { return false };
    let (id, chair, drafts) = ("sanggah-1", Who::Juror(round.chair().juror.clone()), Who::Secretariat(1));
    script.does(Who::Candidate(by.clone()), filed(key, id, by, "Satu nilai wawancara tertulis keliru (data contoh)"));
    let ruling =
        Ruling { objection: id.into(), admissible: true, reason: "Lembar asli ada".into(), by: chair.person(year, round) };
    script.does(chair.clone(), Deed::RuleOnObjection(key.clone(), ruling));
    let set = RecountSet { objection: id.into(), of_result: 1, changes: vec![change], by: drafts.person(year, round) };
    script.does(drafts.clone(), Deed::DraftRecount(key.clone(), set));
    let reason = "Sesuai lembar asli".into();
    let decision = RecountDecision { objection: id.into(), fate: Fate::Applied, reason, by: chair.person(year, round) };
    script.does(chair, Deed::DecideRecount(key.clone(), decision));
    let answer =
        Answer { objection: id.into(), answer: "Nilai diperbaiki dan dihitung ulang".into(), by: drafts.person(year, round) };
    script.does(drafts, Deed::AnswerObjection(key.clone(), answer));
    true
}

/// The first given mark of a candidate that can be five higher.
fn higher_mark(contest: &Contest, of: &CandidateId) -> Option<Change> {
    let count = &contest.result()?.count;
    let sheets = count.sheets.iter().filter(|sheet| sheet.entry == of.as_str());
    let mut marks = sheets.flat_map(|sheet| sheet.marks.iter().map(move |(leaf, mark)| (sheet, leaf, mark)));
    marks.find_map(|(sheet, leaf, mark)| {
        let Mark::Given(value) = mark else { return None };
        let higher = value + &Exact::from(5_i64);
        let mark = Mark::Given(higher.clone());
        let (juror, entry, leaf) = (sheet.juror.clone(), sheet.entry.clone(), leaf.clone());
        (higher <= Exact::from(100_i64)).then_some(Change::Mark { juror, entry, leaf, mark })
    })
}
