//! Pengusulan ke nasional, pengumuman dan penganugerahan: the best go up, two people announce, prizes are handed over and certificates issued.

use award::stage::announcement::{Certificate, Embargo, HandOver};
use award::{CandidateId, ContestKey, Deed, State};
use jiff::Timestamp;
use jiff::civil::Date;

use super::contests;
use crate::rehearse::step::{Script, Step, Who};
use crate::rehearse::year::{Round, SAMPLE, Year};

/// The best of a round go up.
pub fn advancement(year: &Year, round: &Round, state: &State, from: Timestamp) -> Vec<Step> {
    let mut script = Script::new(year, round, from);
    for (key, _) in contests(state, round) {
        script.does(Who::Juror(round.chair().juror.clone()), Deed::Advance(key.clone()));
    }
    script.steps()
}

/// Every result of a round is announced by two people, not before noon of a day.
pub fn announcing(year: &Year, round: &Round, state: &State, on: Date) -> Vec<Step> {
    let mut script = Script::new(year, round, award::instant(on.at(9, 0, 0, 0), round.zone));
    let not_before = award::instant(on.at(12, 0, 0, 0), round.zone);
    let (proposes, confirms) = (Who::Secretariat(1), Who::Juror(round.chair().juror.clone()));
    for (key, contest) in contests(state, round) {
        let embargo = Embargo { not_before, by: proposes.person(year, round), of_result: contest.closing.number() };
        script.does(proposes.clone(), Deed::ProposeAnnouncement(key.clone(), embargo));
    }
    script.at(not_before);
    for (key, _) in contests(state, round) {
        script.does(confirms.clone(), Deed::ConfirmAnnouncement(key.clone(), confirms.person(year, round)));
    }
    script.steps()
}

/// Prizes and certificates for everybody who has an award.
pub fn ceremony(year: &Year, round: &Round, state: &State, on: Date) -> Vec<Step> {
    let mut script = Script::new(year, round, award::instant(on.at(19, 0, 0, 0), round.zone));
    for (key, contest) in contests(state, round) {
        let awarded = contest.result().map(|result| result.outcome.awards.as_slice()).unwrap_or_default();
        let all = awarded.iter().flat_map(|award| award.entries.iter().map(move |entry| (&award.id, entry)));
        for (number, (award, entry)) in all.enumerate() {
            honour(&mut script, year, round, key, number + 1, award, entry, on);
        }
    }
    script.steps()
}

#[allow(clippy::too_many_arguments)]
fn honour(
    script: &mut Script<'_>,
    year: &Year,
    round: &Round,
    key: &ContestKey,
    number: usize,
    award: &str,
    entry: &str,
    on: Date,
) {
    let who = Who::Secretariat(2);
    let candidate = CandidateId::from(entry);
    let given = HandOver {
        award: award.to_owned(),
        candidate: candidate.clone(),
        prize: prize(year, award),
        received_by: format!("Penerima {entry} {SAMPLE}"),
        post: Some("Pimpinan".into()),
        on,
        evidence: Vec::new(),
        by: who.person(year, round),
    };
    script.does(who.clone(), Deed::HandOverPrize(key.clone(), given));
    let number = format!("{number:03}/{}/{}/CONTOH/{}", round.code, key.category, on.year());
    let certificate = Certificate { number, award: award.to_owned(), candidate, by: who.person(year, round) };
    script.does(who, Deed::IssueCertificate(key.clone(), certificate));
}

fn prize(year: &Year, award: &str) -> String {
    let rule = year.rules.awards.iter().find(|rule| rule.id == award);
    rule.and_then(|rule| rule.prizes.first()).map_or("Piagam".to_owned(), |prize| prize.id.clone())
}
