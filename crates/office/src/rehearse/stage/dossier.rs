//! Berkas: each candidate states its figures and hands in its documents one by one, submits the whole and gets a receipt. Whoever comes
//! after the last day is refused; the chair may move the day for a reason.

use award::cycle::tables::Claim;
use award::deadline::{DayCount, Term};
use award::stage::dossier::{Extension, FileRef, HandedItem, Whom};
use award::{CandidateId, ContestKey, Deed, PersonId};
use jiff::civil::{Date, date};
use rules::rulebook::{DocumentRule, Text};
use tally::Exact;

use super::opening::LAST_DAY;
use crate::rehearse::fault::Fault;
use crate::rehearse::figures;
use crate::rehearse::step::{Script, Step, Who};
use crate::rehearse::year::{Candidate, Round, Year};

/// The first day of dossiers.
const FIRST: Date = date(2024, 1, 30);

/// The dossiers of a round, until they are closed.
pub fn of_round(year: &Year, round: &Round) -> Vec<Step> {
    let mut script = Script::new(year, round, round.morning(FIRST));
    let late = round.candidates.iter().rev().find(|_| Fault::LateUpload.is_in(year, round));
    for candidate in &round.candidates {
        let contest = round.contest(&candidate.category);
        let own = Who::Candidate(candidate.id.clone());
        for (claim, claimed) in figures::claimed(year, candidate) {
            script.does(own.clone(), Deed::StateClaim(contest.clone(), stated(candidate, round, claim, claimed)));
        }
        let documents = documents(year, candidate);
        let held_back = usize::from(late.is_some_and(|late| late.id == candidate.id));
        for document in documents.iter().skip(held_back) {
            script.does(own.clone(), handed_in(year, round, candidate, document));
        }
        if held_back == 0 && !never_comes(year, candidate) {
            script.does(own, Deed::SubmitDossier(contest, candidate.id.clone()));
        }
    }
    if let Some(late) = late {
        comes_late(year, round, late, &mut script);
    }
    script.at(round.morning(LAST_DAY.saturating_add(jiff::Span::new().days(4)))).about(None);
    for contest in contests(round) {
        script.does(Who::Secretariat(1), Deed::CloseDossiers(contest));
    }
    script.steps()
}

/// The last document comes on the day after the last; the chair gives three days more, and then it is taken.
fn comes_late(year: &Year, round: &Round, late: &Candidate, script: &mut Script<'_>) {
    script.at(round.morning(LAST_DAY.saturating_add(jiff::Span::new().days(1)))).about(Some(Fault::LateUpload));
    let own = Who::Candidate(late.id.clone());
    let chair = Who::Juror(round.chair().juror.clone());
    let documents = documents(year, late);
    let Some(document) = documents.first() else { return };
    let deed = handed_in(year, round, late, document);
    script.fails(own.clone(), deed.clone(), "refusal-dossier-late");
    script.does(chair.clone(), extension(round, late, chair.person(year, round)));
    script.does(own.clone(), deed);
    script.does(own, Deed::SubmitDossier(round.contest(&late.category), late.id.clone()));
}

fn extension(round: &Round, late: &Candidate, by: PersonId) -> Deed {
    let whom = Whom::Candidate { category: late.category.clone(), candidate: late.id.clone() };
    let term = Term { days: 3, count: DayCount::Calendar };
    let reason = "Listrik dan internet padam dua hari (data contoh)".into();
    Deed::MoveDeadline(round.key.clone(), Extension { whom, term, reason, by })
}

/// A few in a thousand state their figures and never submit.
fn never_comes(year: &Year, candidate: &Candidate) -> bool {
    year.chance(&format!("never submits {}", candidate.id)).once_in_thousand(8)
}

/// What a candidate states.
pub fn stated(candidate: &Candidate, round: &Round, claim: &str, claimed: Exact) -> Claim {
    Claim {
        candidate: candidate.id.clone(),
        claim: claim.to_owned(),
        claimed: Some(claimed),
        verified: None,
        as_of: None,
        source: None,
        evidence: None,
        verifier: None,
        reason: None,
        level: round.key.level.clone(),
    }
}

/// All that are required, and a third of the others.
fn documents<'y>(year: &'y Year, candidate: &Candidate) -> Vec<&'y DocumentRule> {
    let rule = year.rules.category(&candidate.category).expect("candidates are invented for categories that there are");
    let is_there = |document: &&DocumentRule| {
        let mut chance = year.chance(&format!("document {} {}", candidate.id, document.id));
        document.required || chance.once_in_thousand(333)
    };
    rule.documents.iter().filter(is_there).collect()
}

/// A document that nobody wrote.
pub fn handed_in(year: &Year, round: &Round, candidate: &Candidate, document: &DocumentRule) -> Deed {
    let by = Who::Candidate(candidate.id.clone()).person(year, round);
    let item = HandedItem {
        candidate: candidate.id.clone(),
        document: document.id.clone(),
        kind: document.kinds.first().cloned(),
        file: file(&candidate.id, &document.name),
        by,
    };
    Deed::HandInItem(round.contest(&candidate.category), item)
}

/// A document that nobody wrote: its hash is that of its name.
fn file(candidate: &CandidateId, document: &Text) -> FileRef {
    let name = file_name(document, candidate.as_str());
    FileRef { hash: tally::lot::commitment(&name), bytes: 120_000, format: "pdf".into(), name }
}

/// What an office in Indonesia would call a file: by what is in it, in small letters with hyphens. It says that it is invented.
pub fn file_name(what: &Text, whose: &str) -> String {
    let letter = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { ' ' };
    let words: String = format!("{} {whose} contoh", what.id).chars().map(letter).collect();
    format!("{}.pdf", words.split_whitespace().collect::<Vec<_>>().join("-"))
}

/// The contests into which somebody enters in this round.
fn contests(round: &Round) -> Vec<ContestKey> {
    let mut categories: Vec<&str> = round.candidates.iter().map(|candidate| candidate.category.as_str()).collect();
    categories.dedup();
    categories.into_iter().map(|category| round.contest(category)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invented_file_is_called_as_an_office_would_call_it_and_says_that_it_is_invented() {
        let what = Text { id: "Naskah produk hukum (Perda/Perkada)".into(), en: "Texts of the legal products".into() };
        assert_eq!(file_name(&what, "v2"), "naskah-produk-hukum-perda-perkada-v2-contoh.pdf");
    }
}
