//! Pengusulan ke tingkat berikut: who advances goes up with place and frozen figures. Marks never travel.

use tally::Status;
use words::Message;

use crate::act::{ContestKey, RoundKey};
use crate::decide::contest;
use crate::fact::Fact;
use crate::id::CandidateId;
use crate::refusal::Refusal;
use crate::rule;
use crate::state::State;

/// Sends up everybody who advances from a ratified contest; from the last level nobody goes anywhere.
pub(crate) fn advance(state: &State, key: &ContestKey) -> Result<Vec<Fact>, Refusal> {
    let Some(contest) = contest(state, key) else { return Ok(Vec::new()) };
    let Some(next) = rule::next_level(&state.rules, &key.round.level, &key.category) else { return Ok(Vec::new()) };
    let Some(ratified) = &contest.ratified else {
        return Err(Refusal::of(Message::new("refusal-not-ratified").text("contest", key.path())));
    };
    let mut facts = Vec::new();
    for row in ratified.outcome.standing.iter().filter(|row| row.status == Status::Advances) {
        let candidate = CandidateId::from(row.entry.as_str());
        let Some(known) = state.candidates.get(&candidate) else { continue };
        let Ok(region) = state.geography.round(next, &known.region) else { continue };
        let to = ContestKey { round: RoundKey { level: next.id.clone(), region }, category: key.category.clone() };
        facts.push(Fact::Advanced { from: key.clone(), to, candidate, place: row.place, total: row.total.clone() });
    }
    Ok(facts)
}
