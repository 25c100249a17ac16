//! The candidate that is shown: a regency with eight of eleven documents in hand, one of them given back, an impossible figure that nobody has
//! put right yet, one that the verifier has, and two people who work on it.

use award::cycle::tables::Claim;
use award::deadline::{DayCount, Term};
use award::evidence::ClaimAt;
use award::stage::dossier::{HandedItem, Return};
use award::{CandidateId, ContestKey, Deed};
use jiff::civil::{Date, date};
use rules::rulebook::DocumentRule;
use tally::Exact;

use crate::rehearse::figures;
use crate::rehearse::stage::{dossier, verification};
use crate::rehearse::step::{Script, Step, Who};
use crate::rehearse::year::{Candidate, Round, Year};

/// When its figures are stated.
const STATED: Date = date(2024, 1, 26);
/// When its documents come.
const HANDED_IN: Date = date(2024, 1, 27);
/// When it submits.
const SUBMITTED: Date = date(2024, 1, 29);
/// When it is given back.
const RETURNED: Date = date(2024, 1, 30);
/// So many days it has to correct: until the last day of dossiers.
const DAYS: u32 = 10;
/// The document that is given back.
const WRONG: &str = "budget";
/// The document of which a second version came.
const REPLACED: &str = "legal-texts";
/// Documents that have not come yet.
const MISSING: [&str; 3] = ["speaker-letter", "innovation", "monitoring"];

/// The dossiers of the province of that candidate: its own takes the place of what a rehearsal would do for it.
pub fn dossiers(year: &Year, round: &Round, whole: Vec<Step>) -> Vec<Step> {
    let Some(shown) = round.candidates.first() else { return whole };
    let others = whole.into_iter().filter(|step| step.deed.candidate() != Some(&shown.id));
    own(year, round, shown).into_iter().chain(others).collect()
}

fn own(year: &Year, round: &Round, shown: &Candidate) -> Vec<Step> {
    let contest = round.contest(&shown.category);
    let mut script = Script::new(year, round, round.morning(STATED));
    figures_of(&mut script, year, round, &contest, shown);
    script.at(round.morning(HANDED_IN));
    let rule = year.rules.category(&shown.category).expect("regencies are a category");
    for (number, document) in rule.documents.iter().filter(|one| !MISSING.contains(&one.id.as_str())).enumerate() {
        let who = if number % 3 == 2 { Who::Helper(shown.id.clone()) } else { Who::Candidate(shown.id.clone()) };
        script.does(who.clone(), document_of(year, round, shown, document, who, 1));
    }
    if let Some(replaced) = rule.documents.iter().find(|one| one.id == REPLACED) {
        let who = Who::Helper(shown.id.clone());
        script.at(award::instant(round.day(HANDED_IN).at(15, 40, 0, 0), round.zone));
        script.does(who.clone(), document_of(year, round, shown, replaced, who, 2));
    }
    script.at(round.morning(SUBMITTED));
    script.does(Who::Candidate(shown.id.clone()), Deed::SubmitDossier(contest.clone(), shown.id.clone()));
    looked_at(&mut script, year, round, &contest, shown);
    script.steps()
}

/// Everything is stated; more people are protected than there are, and one figure was put right by the candidate itself.
fn figures_of(script: &mut Script<'_>, year: &Year, round: &Round, contest: &ContestKey, shown: &Candidate) {
    let claimed = figures::claimed(year, shown);
    let all = claimed.iter().find(|(claim, _)| *claim == "non_asn_total").map(|(_, all)| all.clone()).unwrap_or_default();
    let own = || Who::Candidate(shown.id.clone());
    for (claim, figure) in claimed {
        let figure = if claim == "non_asn_active" { &all + &Exact::from(115_i64) } else { figure };
        if claim == "active_bpu" {
            let first = stated(year, round, shown, claim, &figure - &Exact::from(40_i64));
            script.does(Who::Helper(shown.id.clone()), Deed::StateClaim(contest.clone(), first));
        }
        script.does(own(), Deed::StateClaim(contest.clone(), stated(year, round, shown, claim, figure)));
    }
}

fn stated(year: &Year, round: &Round, shown: &Candidate, claim: &str, figure: Exact) -> Claim {
    Claim {
        as_of: Some(year.rules.edition.assessment_to),
        source: Some("Rekap kepesertaan dan Sakernas (contoh)".into()),
        evidence: Some(verification::evidence(year, claim, "")),
        ..dossier::stated(shown, round, claim, figure)
    }
}

fn document_of(year: &Year, round: &Round, shown: &Candidate, document: &DocumentRule, who: Who, version: u32) -> Deed {
    let Deed::HandInItem(contest, item) = dossier::handed_in(year, round, shown, document) else { unreachable!("it is one") };
    let name = dossier::file_name(&document.name, &format!("v{version}"));
    let hash = tally::lot::commitment(&format!("{} {name}", shown.id));
    let file = award::stage::dossier::FileRef { hash, name, ..item.file };
    Deed::HandInItem(contest, HandedItem { file, by: who.person(year, round), ..item })
}

/// The verifier corrects one figure and gives one document back.
fn looked_at(script: &mut Script<'_>, year: &Year, round: &Round, contest: &ContestKey, shown: &Candidate) {
    let verifier = Who::Verifier(1);
    script.at(round.morning(RETURNED));
    for (claim, figure) in
        figures::claimed(year, shown).into_iter().filter(|(claim, _)| ["workers_pu", "active_pu"].contains(claim))
    {
        let (verified, reason) = match claim {
            "active_pu" => (&figure - &Exact::from(212_i64), Some("212 peserta tercatat dua kali (contoh)".to_owned())),
            _ => (figure, None),
        };
        let of = ClaimAt { candidate: shown.id.clone(), claim: claim.to_owned() };
        script.does(verifier.clone(), Deed::CheckClaim(contest.clone(), verification::check(year, round, of, verified, reason)));
    }
    script.does(verifier.clone(), given_back(contest, &shown.id, verifier.person(year, round)));
}

fn given_back(contest: &ContestKey, shown: &CandidateId, by: award::PersonId) -> Deed {
    let documents = [WRONG].iter().chain(&MISSING).map(|id| (*id).to_owned()).collect();
    let reason = "Halaman pengesahan DPA belum ditandatangani; tiga dokumen pilihan masih dapat ditambahkan (contoh)".into();
    let term = Term { days: DAYS, count: DayCount::Calendar };
    Deed::ReturnDossier(contest.clone(), Return { candidate: shown.clone(), documents, reason, term, by })
}
