//! Pengusulan: a candidate is put forward for its category in its round, by one of three routes, and consents.

mod nominating;

pub use nominating::{Answer, Consent, ConsentState, GateAnswer, Met, Nominated, Nomination, Route};
pub(crate) use nominating::{belongs, consent, nominate};

use jiff::Timestamp;
use jiff::civil::Date;
use words::Message;

use crate::act::{ContestKey, RoundKey};
use crate::cycle::tables::Candidate;
use crate::deadline::local_day;
use crate::eligibility;
use crate::fact::Fact;
use crate::refusal::Refusal;
use crate::stage::plenary;
use crate::state::State;

/// The kinds of event that count as a socialisation.
const SOCIALISATION: [&str; 2] = ["socialisation", "sosialisasi"];

/// Proposes a candidate: it may stand in its category, and where the rulebook asks for it a socialisation came first.
pub(crate) fn propose(
    state: &State,
    contest: &ContestKey,
    candidate: &Candidate,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    Refusal::every([
        belongs(state, contest, candidate),
        before_the_lot(state, contest),
        may_stand(state, &contest.round, candidate, at),
    ])?;
    Ok(vec![Fact::Proposed(contest.clone(), candidate.clone())])
}

/// Nobody enters a contest whose lot is known already: the id would choose the place.
fn before_the_lot(state: &State, key: &ContestKey) -> Result<(), Refusal> {
    let is_known = state.lots.get(&key.round.level).is_some_and(|lot| lot.secret.is_some());
    if is_known && plenary::is_by_lot(state, key) {
        return Err(Refusal::of(Message::new("refusal-lot-known").text("contest", key.path())));
    }
    Ok(())
}

/// What every route asks: not entered yet, eligible, and after a socialisation where the rulebook wants one.
fn may_stand(state: &State, round: &RoundKey, candidate: &Candidate, at: Option<Timestamp>) -> Result<(), Refusal> {
    let rules = state.rules_of(round);
    let refuse = |rule: &str| Err(Refusal::of(Message::new(rule).text("candidate", &candidate.name)));
    let once = if state.candidates.contains_key(&candidate.id) { refuse("refusal-proposed-twice") } else { Ok(()) };
    let faults = eligibility::faults(rules, candidate).into_iter().map(|fault| Err(Refusal::new(fault.message, fault.hint)));
    let category = rules.category(&candidate.category);
    let level = rules.level(&candidate.level);
    let day = at.zip(level).map(|(at, level)| local_day(at, state.geography.zone_of_time(level, &candidate.region)));
    let too_early = category.is_some_and(|category| category.socialisation_first) && !was_socialised(state, candidate, day);
    let socialised = if too_early { refuse("refusal-socialisation-first") } else { Ok(()) };
    Refusal::every(std::iter::once(once).chain(faults).chain([socialised]))
}

/// Whether a socialisation in the candidate's region is on record, not later than the day of the proposal where that is known.
fn was_socialised(state: &State, candidate: &Candidate, proposed: Option<Date>) -> bool {
    let province = state.geography.province(&candidate.region);
    let known = state.events.iter().filter(|event| SOCIALISATION.contains(&event.kind.as_str()));
    known.filter(|event| proposed.is_none_or(|day| event.on <= day)).any(|event| match event.region.as_deref() {
        None => true,
        Some(region) => candidate.region.starts_with(region) || region.starts_with(province),
    })
}
