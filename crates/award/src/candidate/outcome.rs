//! The result as the candidate itself sees it.

use rules::rulebook::Text;
use serde::Serialize;

use crate::act::ContestKey;
use crate::deadline::Deadline;
use crate::expected::{out_name, status_name};
use crate::fact::Counted;
use crate::id::CandidateId;
use crate::sentence::{Sentence, Teller};
use crate::state::{Contest, State};
use crate::view::pool_name;

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct OutcomeLine {
    pub place: Option<u32>,
    /// How many have a place; where places go by pool, in the own one.
    pub of: usize,
    /// The pool in which the place is; none where all compete with all.
    pub pool: Option<Text>,
    /// Exact.
    pub total: Option<String>,
    pub status: String,
    /// Exact points to the cut; none for those who go on, and where there is no cut.
    pub gap: Option<String>,
    /// The awards that it holds; none before it is announced.
    pub awards: Vec<Text>,
    /// The one sentence: place, quota, what was lacking, what would have been enough.
    pub sentence: Sentence,
    /// Whether it is announced; until then it is provisional.
    pub announced: bool,
    /// Until when it can be objected to, as long as it is provisional; none where the rulebook sets no end.
    pub objections_until: Option<Deadline>,
}

/// The result of a candidate as everybody may read it: once it is published or announced, never before.
pub fn outcome(state: &State, key: &ContestKey, candidate: &CandidateId) -> Option<OutcomeLine> {
    let contest = state.contests.get(key).filter(|contest| contest.announced || contest.is_published())?;
    let (entry, counted) = (contest.entry(candidate.as_str())?, contest.result()?);
    let (outcome, teller) = (&counted.outcome, Teller { state, key, counted });
    let row = outcome.standing.iter().find(|row| row.entry == candidate.as_str());
    let out = outcome.out.iter().find(|row| row.entry == candidate.as_str());
    let (sentence, status) = match (row, out) {
        (Some(row), _) => (teller.placed(row), status_name(row.status)),
        (None, Some(out)) => (teller.out(entry, &out.status), out_name(&out.status).to_owned()),
        (None, None) => return None,
    };
    Some(OutcomeLine {
        place: row.map(|row| counted.place(row)),
        pool: row.and_then(|row| pool_name(state, key, counted, row)),
        of: row.map_or(outcome.standing.len(), |row| counted.among(row)),
        total: row.map(|row| row.total.to_string()),
        status,
        gap: row.and_then(|row| row.gap.as_ref()).map(ToString::to_string),
        awards: if contest.announced { awards(state, key, contest, counted, candidate) } else { Vec::new() },
        sentence,
        announced: contest.announced,
        objections_until: contest.closing.published.as_ref().filter(|_| !contest.announced).and_then(|published| published.until),
    })
}

/// What a candidate was given and did not lose, in the order of the rulebook.
fn awards(state: &State, key: &ContestKey, contest: &Contest, counted: &Counted, candidate: &CandidateId) -> Vec<Text> {
    let given = |id: &str| {
        let named = |one: &tally::outcome::Awarded| one.id == id && one.entries.iter().any(|entry| entry == candidate.as_str());
        counted.outcome.awards.iter().any(named) && counted.has_award(id, candidate.as_str())
    };
    let own = state.rules_of(&key.round).awards.iter().filter(|award| given(&award.id) && !contest.closing.is_out(candidate));
    own.map(|award| award.name.clone()).collect()
}
