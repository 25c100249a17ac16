//! Pengusulan ke tingkat berikut: who advances goes up with place and frozen figures. Marks never travel.

use rules::rulebook::Level;
use tally::{Status, Within};
use words::Message;

use crate::act::{ContestKey, RoundKey};
use crate::decide::contest;
use crate::fact::Fact;
use crate::id::CandidateId;
use crate::refusal::Refusal;
use crate::rule;
use crate::state::{Contest, State};

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
        let Some(to) = above(state, next, &candidate) else { continue };
        facts.push(Fact::Advanced { from: key.clone(), to, candidate, place: row.place, total: row.total.clone() });
    }
    Ok(facts)
}

/// The contest in which a candidate stands at a level.
fn above(state: &State, level: &Level, candidate: &CandidateId) -> Option<ContestKey> {
    let known = state.candidates.get(candidate)?;
    let region = state.geography.round(level, &known.region).ok()?;
    Some(ContestKey { round: RoundKey { level: level.id.clone(), region }, category: known.category.clone() })
}

/// The reserve who moves up for somebody who came up and withdraws: the first of the same contest, and of the same pool where places go by
/// pool, who has not gone up before. None if nobody is left.
pub(crate) fn next_reserve(state: &State, key: &ContestKey, withdrawn: &CandidateId) -> Option<Fact> {
    let came_from = |contest: &Contest| contest.advanced.iter().any(|(candidate, to)| candidate == withdrawn && to == key);
    let (from, contest) = state.contests.iter().find(|(_, contest)| came_from(contest))?;
    let standing = &contest.ratified.as_ref()?.outcome.standing;
    let pool = standing.iter().find(|row| row.entry == withdrawn.as_str()).map(|row| &row.pool);
    let within_pool = state.rule(from).is_some_and(|rule| rule.quota_within == Within::Pool);
    let is_free = |entry: &str| !contest.advanced.iter().any(|(candidate, _)| candidate.as_str() == entry);
    let reserves = standing.iter().filter(|row| !within_pool || Some(&row.pool) == pool).filter(|row| is_free(&row.entry));
    let numbered = reserves.filter_map(|row| match row.status {
        Status::Reserve(number) => Some((number, row)),
        _ => None,
    });
    let (_, row) = numbered.min_by_key(|(number, _)| *number)?;
    let candidate = CandidateId::from(row.entry.as_str());
    let to = above(state, state.rules.level(&key.round.level)?, &candidate)?;
    let (place, total) = (row.place, row.total.clone());
    Some(Fact::ReserveMovedUp { from: from.clone(), to, candidate, place, total, instead_of: withdrawn.clone() })
}
