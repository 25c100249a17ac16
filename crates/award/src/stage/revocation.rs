//! Pencabutan: an award that should not have been given, for arrears found later, is taken back by two people, with a reason and evidence.
//! The result is counted again without the candidate, so that the reserve or the next place moves up; the new result has the next number,
//! and the old one stays for everybody to compare.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tally::change::{Move, moves};
use tally::{By, Change};
use words::Message;

use crate::act::ContestKey;
use crate::decide::name;
use crate::fact::{Counted, Fact};
use crate::id::{CandidateId, FileHash, PersonId};
use crate::limit;
use crate::refusal::Refusal;
use crate::stage::locking::{Because, Numbered, about, another, told};
use crate::stage::{advancement, counting};
use crate::state::{Contest, State};

/// What one person proposes to revoke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Revocation {
    pub candidate: CandidateId,
    pub reason: String,
    pub evidence: Vec<FileHash>,
    pub by: PersonId,
}

/// What another person confirms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Confirmation {
    pub candidate: CandidateId,
    pub by: PersonId,
}

/// A revocation that took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Revoked {
    pub revocation: Revocation,
    pub confirmed_by: PersonId,
    pub at: Timestamp,
}

/// Proposes to revoke what a candidate reached; evidence must be there.
pub(crate) fn propose(state: &State, key: &ContestKey, revocation: &Revocation) -> Result<Vec<Fact>, Refusal> {
    let contest = revocable(state, key, &revocation.candidate)?;
    limit::text("reason", &revocation.reason)?;
    limit::evidence(&revocation.evidence)?;
    if revocation.evidence.is_empty() {
        return Err(of(state, "refusal-revoke-evidence", &revocation.candidate));
    }
    if contest.closing.proposed_revocation(&revocation.candidate).is_some() {
        return Err(of(state, "refusal-revocation-proposed", &revocation.candidate));
    }
    Ok(vec![Fact::RevocationProposed(key.clone(), revocation.clone())])
}

/// Confirms what another person proposed: the candidate is out, and everybody behind it moves up. Where it went up and the contest above is
/// closed, it must be out there first.
pub(crate) fn confirm(
    state: &State,
    key: &ContestKey,
    confirmation: &Confirmation,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let at = told(at)?;
    let candidate = &confirmation.candidate;
    let contest = revocable(state, key, candidate)?;
    let Some(proposed) = contest.closing.proposed_revocation(candidate) else {
        return Err(of(state, "refusal-revocation-not-proposed", candidate));
    };
    another(&confirmation.by, &proposed.by)?;
    let result = without(state, key, contest, candidate)?;
    // A year whose results are not locked has no numbers yet; its ratified result becomes the first.
    let number = contest.closing.number().unwrap_or(1) + 1;
    let result = Numbered { number, result, because: Because::Revocation(candidate.clone()), at: Some(at) };
    let changes = vec![Change::Withdraw { entry: candidate.to_string() }];
    let revoked = Revoked { revocation: proposed.clone(), confirmed_by: confirmation.by.clone(), at };
    let mut facts = vec![Fact::Revoked(key.clone(), revoked)];
    facts.extend(advancement::replace_above(state, key, contest, candidate, &proposed.reason)?);
    facts.push(Fact::ResultSuperseded { contest: key.clone(), result, changes });
    Ok(facts)
}

/// What a numbered result moved against the one before it.
///
/// ```
/// let contest = award::state::Contest::default();
/// assert!(award::stage::revocation::moved_by(&contest, 2).is_empty());
/// ```
pub fn moved_by(contest: &Contest, number: u32) -> Vec<Move> {
    let of = |number: u32| contest.closing.results.iter().find(|result| result.number == number);
    let pair = number.checked_sub(1).and_then(of).zip(of(number));
    pair.map(|(before, after)| moves(&before.result.outcome, &after.result.outcome)).unwrap_or_default()
}

/// The newest result without a candidate, who also loses what was given by name.
fn without(state: &State, key: &ContestKey, contest: &Contest, candidate: &CandidateId) -> Result<Counted, Refusal> {
    let newest = contest.result().ok_or_else(|| about("refusal-not-counted", key))?;
    let mut count = (*newest.count).clone();
    for award in &mut count.awards {
        if let By::Named(named) = &mut award.by {
            named.retain(|entry| entry != candidate.as_str());
        }
    }
    counting::with_changes(state, key, &count, &[Change::Withdraw { entry: candidate.to_string() }])
}

/// A contest with a settled result in which the candidate has a place that was not revoked.
fn revocable<'s>(state: &'s State, key: &ContestKey, candidate: &CandidateId) -> Result<&'s Contest, Refusal> {
    let contest = state.contests.get(key).ok_or_else(|| about("refusal-no-contest", key))?;
    if !contest.is_settled(state) {
        return Err(about("refusal-not-ratified", key));
    }
    if contest.is_revoked(candidate) {
        return Err(of(state, "refusal-revoked-before", candidate));
    }
    let standing = contest.result().map(|result| result.outcome.standing.as_slice()).unwrap_or_default();
    if !standing.iter().any(|row| row.entry == candidate.as_str()) {
        return Err(of(state, "refusal-nothing-to-revoke", candidate));
    }
    Ok(contest)
}

fn of(state: &State, rule: &str, candidate: &CandidateId) -> Refusal {
    Refusal::of(Message::new(rule).text("candidate", name(state, candidate.as_str())))
}
