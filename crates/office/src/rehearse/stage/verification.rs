//! Verifikasi: every figure is held against its evidence, lists are gone through, somebody goes and looks, and a second person reads a drawn
//! sample again. Where the two disagree the first looks once more.

use award::cycle::tables::{Claim, ListItem};
use award::evidence::{ClaimAt, ClaimCheck, Evidence, FieldVisit, FileRef, SecondReading};
use award::state::Entry;
use award::{ContestKey, Deed, PersonId, State};
use jiff::civil::{Date, date};
use rules::rulebook::Text;
use tally::Exact;

use super::{contests, dossier, running};
use crate::rehearse::figures;
use crate::rehearse::step::{Script, Step, Who};
use crate::rehearse::year::{Candidate, Round, Year};

/// The first day of verification.
const FIRST: Date = date(2024, 2, 14);
/// The day of the second reading.
const READ_AGAIN: Date = date(2024, 2, 16);
/// Kinds of legal products, the weightiest first.
const PRODUCTS: [&str; 4] = ["perda", "sk", "instruksi", "se"];

/// The first reading of everything in a round, and the draw of the sample.
pub fn of_round(year: &Year, round: &Round, state: &State) -> Vec<Step> {
    let mut script = Script::new(year, round, round.morning(FIRST));
    for (key, contest) in contests(state, round) {
        let asks_sample = state.rule(key).is_some_and(|rule| rule.second_reading.is_some()) && contest.sample.is_none();
        let seed = format!("sampel {} {}", year.edition, key.path());
        if asks_sample {
            script.does(Who::Secretariat(1), Deed::CommitSample(key.clone(), tally::lot::commitment(&seed)));
        }
        for (number, entry) in running(contest).enumerate() {
            let Some(candidate) = year.candidate(&entry.candidate) else { continue };
            figures_of(&mut script, year, round, key, entry, candidate);
            if number == 0 && entry.checking.visits.is_empty() {
                script.does(
                    Who::Verifier(2),
                    Deed::ReportVisit(key.clone(), visit(Who::Verifier(2).person(year, round), round, candidate)),
                );
            }
        }
        if asks_sample {
            script.does(Who::Secretariat(1), Deed::DrawSample(key.clone(), seed));
        }
    }
    script.steps()
}

fn figures_of(script: &mut Script<'_>, year: &Year, round: &Round, key: &ContestKey, entry: &Entry, candidate: &Candidate) {
    for claim in entry.claims.values().filter(|claim| is_open(claim)) {
        let Some(claimed) = &claim.claimed else { continue };
        let verified = figures::verified(year, candidate, &claim.claim, claimed);
        let reason = (verified != *claimed).then(|| "Sebagian tercatat dua kali (data contoh)".to_owned());
        let of = ClaimAt { candidate: candidate.id.clone(), claim: claim.claim.clone() };
        script.does(Who::Verifier(1), Deed::CheckClaim(key.clone(), check(year, round, of, verified, reason)));
    }
    let is_government = matches!(key.category.as_str(), "kabkota" | "provinsi" | "desa-kelurahan");
    if is_government && entry.lists.is_empty() {
        for item in products(year, round, candidate) {
            script.does(Who::Verifier(1), Deed::VerifyItem(key.clone(), item));
        }
    }
}

/// Whether nobody has looked at a claim.
fn is_open(claim: &Claim) -> bool {
    claim.verifier.is_none() && claim.verified.is_none()
}

/// The second reading of what was drawn.
pub fn read_again(year: &Year, round: &Round, state: &State) -> Vec<Step> {
    let second = Who::Verifier(2).person(year, round);
    let mut script = Script::new(year, round, round.morning(READ_AGAIN));
    for (key, contest) in contests(state, round) {
        for of in contest.unread() {
            let Some(entry) = contest.entry(of.candidate.as_str()) else { continue };
            let Some(verified) = entry.claims.get(&of.claim).and_then(|claim| claim.verified.clone()) else { continue };
            let mut chance = year.chance(&format!("read again {} {}", of.candidate, of.claim));
            if chance.once_in_thousand(30) {
                let misread =
                    reading(second.clone(), of, &verified + &Exact::from(1_i64), Some("Angka di lampiran berbeda".into()));
                script.does(Who::Verifier(2), Deed::ReadAgain(key.clone(), misread));
                let claimed = entry.claims.get(&of.claim).and_then(|claim| claim.claimed.as_ref());
                let reason = (claimed != Some(&verified)).then(|| "Lampiran lama; angka pertama benar".to_owned());
                script.does(
                    Who::Verifier(1),
                    Deed::CheckClaim(key.clone(), check(year, round, of.clone(), verified.clone(), reason)),
                );
            }
            script.does(Who::Verifier(2), Deed::ReadAgain(key.clone(), reading(second.clone(), of, verified, None)));
        }
    }
    script.steps()
}

pub fn check(year: &Year, round: &Round, of: ClaimAt, verified: Exact, reason: Option<String>) -> ClaimCheck {
    let name = evidence(year, of.claim.as_str(), of.candidate.as_str());
    let file = FileRef { sha256: tally::lot::commitment(&name), name };
    ClaimCheck {
        of,
        verified: Some(verified),
        by: Who::Verifier(1).person(year, round),
        evidence: vec![Evidence { file, page: Some(1) }],
        source: "Data contoh".into(),
        as_of: year.rules.edition.assessment_to,
        reason,
    }
}

/// The file in which a figure stands.
pub fn evidence(year: &Year, claim: &str, whose: &str) -> String {
    let unnamed = Text { id: claim.to_owned(), en: claim.to_owned() };
    dossier::file_name(year.rules.claim(claim).map_or(&unnamed, |rule| &rule.name), whose)
}

fn reading(by: PersonId, of: &ClaimAt, verified: Exact, note: Option<String>) -> SecondReading {
    SecondReading { of: of.clone(), by, verified: Some(verified), note }
}

fn visit(by: PersonId, round: &Round, candidate: &Candidate) -> FieldVisit {
    FieldVisit {
        candidate: candidate.id.clone(),
        visitors: vec![by],
        at: round.day(FIRST).at(10, 0, 0, 0),
        place: "Kantor calon".into(),
        findings: "Berkas sesuai dengan yang dilihat di tempat (data contoh)".into(),
        files: Vec::new(),
    }
}

/// From one to four legal products, more where the quality is higher.
fn products(year: &Year, round: &Round, candidate: &Candidate) -> Vec<ListItem> {
    let mut chance = year.chance(&format!("products {}", candidate.id));
    let many = usize::try_from(candidate.quality / 25).unwrap_or(1).clamp(1, 4);
    let item = |number: usize| ListItem {
        candidate: candidate.id.clone(),
        list: "legal_products".into(),
        title: format!("Produk hukum contoh {}", number + 1),
        kind: PRODUCTS[number % PRODUCTS.len()].into(),
        stage: chance.one_of(&["enacted", "enacted", "drafting"]).into(),
        attributes: if chance.once_in_thousand(500) { vec!["budget_clause".into()] } else { Vec::new() },
        number: None,
        year: None,
        accepted: true,
        reason: None,
        level: round.key.level.clone(),
    };
    (0..many).map(item).collect()
}
