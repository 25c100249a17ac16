//! Pengusulan ke tingkat berikut: who advances goes up with place and frozen figures; a reserve moves up for who drops out. Marks never
//! travel.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rules::rulebook::Level;
use serde::{Deserialize, Serialize};
use tally::outcome::Placed;
use tally::{Status, Within};
use words::Message;

use crate::act::{ContestKey, RoundKey};
use crate::decide::{contest, name};
use crate::fact::Fact;
use crate::id::{CandidateId, FileHash, PersonId};
use crate::limit;
use crate::refusal::Refusal;
use crate::rule;
use crate::stage::locking::{about, another, locked_if_required, ratified_anew};
use crate::stage::objection;
use crate::stage::revocation::Confirmation;
use crate::state::{Contest, State};

/// Why somebody who was to go up does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// It withdrew.
    Withdrawal,
    /// It was found not to fulfil a condition.
    Disqualification,
}

/// Somebody who goes up, or a reserve, drops out after the result stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DropOut {
    pub candidate: CandidateId,
    pub reason: String,
    pub evidence: Vec<FileHash>,
    pub by: PersonId,
}

/// Sends up everybody who advances, with reserves in the place of those who dropped out; from the last level nobody goes anywhere.
/// Nobody is sent twice.
pub(crate) fn advance(state: &State, key: &ContestKey, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    let Some(contest) = contest(state, key) else { return Ok(Vec::new()) };
    let Some(next) = rule::next_level(state.rules_of(&key.round), &key.round.level, &key.category) else { return Ok(Vec::new()) };
    if contest.ratified.is_none() && !contest.is_locked() {
        return Err(about("refusal-not-ratified", key));
    }
    locked_if_required(state, key, contest)?;
    objection::nothing_open(state, key, contest, at)?;
    ratified_anew(state, key, contest)?;
    if !contest.advanced.is_empty() {
        return Err(about("refusal-advanced-before", key));
    }
    let up = Upward { state, key, contest, next };
    let mut facts = Vec::new();
    let mut gone = BTreeSet::new();
    for row in up.standing().iter().filter(|row| row.status == Status::Advances) {
        let candidate = CandidateId::from(row.entry.as_str());
        if !contest.closing.is_out(&candidate) {
            facts.extend(up.advanced(row, candidate));
            continue;
        }
        if let Some(reserve) = up.reserve(row, &gone) {
            gone.insert(reserve.entry.clone());
            facts.extend(up.moved_up(reserve, &candidate));
        }
    }
    open_above(state, &facts)?;
    Ok(facts)
}

/// Refuses to send anybody up into a contest whose judging is closed or whose result stands.
pub(crate) fn open_above(state: &State, facts: &[Fact]) -> Result<(), Refusal> {
    for fact in facts {
        let (Fact::Advanced { from, to, candidate, .. } | Fact::ReserveMovedUp { from, to, candidate, .. }) = fact else {
            continue;
        };
        if state.contests.get(to).is_some_and(is_closed) {
            let message = Message::new("refusal-closed-above").text("candidate", name(state, candidate.as_str()));
            return Err(Refusal::of(message.text("contest", from.path()).text("above", to.path())));
        }
    }
    Ok(())
}

/// Whether nobody enters a contest any more: judging is closed, or the result stands.
fn is_closed(contest: &Contest) -> bool {
    contest.judging_closed || contest.ratified.is_some() || contest.is_locked()
}

/// A candidate that was to go up withdraws. If it has gone up already, it leaves the contest above and the next reserve takes its place
/// there, as long as judging is open there.
pub(crate) fn stand_back(state: &State, key: &ContestKey, out: &DropOut) -> Result<Vec<Fact>, Refusal> {
    let contest = may_drop_out(state, key, out)?;
    dropped_out(state, key, contest, out, Cause::Withdrawal, None)
}

/// Proposes to disqualify a candidate that was to go up; evidence must be there.
pub(crate) fn propose_disqualification(state: &State, key: &ContestKey, out: &DropOut) -> Result<Vec<Fact>, Refusal> {
    let contest = may_drop_out(state, key, out)?;
    if out.evidence.is_empty() {
        return Err(of(state, "refusal-revoke-evidence", key, &out.candidate));
    }
    if contest.closing.proposed_disqualification(&out.candidate).is_some() {
        return Err(of(state, "refusal-disqualification-proposed", key, &out.candidate));
    }
    Ok(vec![Fact::DisqualificationProposed(key.clone(), out.clone())])
}

/// Confirms what another person proposed: nobody alone takes a place from somebody whose result stands.
pub(crate) fn confirm_disqualification(
    state: &State,
    key: &ContestKey,
    confirmation: &Confirmation,
) -> Result<Vec<Fact>, Refusal> {
    let candidate = &confirmation.candidate;
    let proposed = state.contests.get(key).and_then(|contest| contest.closing.proposed_disqualification(candidate));
    let out = proposed.ok_or_else(|| of(state, "refusal-disqualification-not-proposed", key, candidate))?;
    another(&confirmation.by, &out.by)?;
    let contest = may_drop_out(state, key, out)?;
    dropped_out(state, key, contest, out, Cause::Disqualification, Some(confirmation.by.clone()))
}

/// The contest, if its result stands and the candidate goes up from it or is a reserve.
fn may_drop_out<'s>(state: &'s State, key: &ContestKey, out: &DropOut) -> Result<&'s Contest, Refusal> {
    let contest = contest(state, key).ok_or_else(|| about("refusal-no-contest", key))?;
    if !contest.is_settled(state) {
        return Err(about("refusal-not-ratified", key));
    }
    limit::text("reason", &out.reason)?;
    limit::evidence(&out.evidence)?;
    if contest.closing.is_out(&out.candidate) {
        return Err(of(state, "refusal-out-before", key, &out.candidate));
    }
    let standing = contest.result().map(|result| result.outcome.standing.as_slice()).unwrap_or_default();
    let row = standing.iter().find(|row| row.entry == out.candidate.as_str());
    let goes_up = row.is_some_and(|row| matches!(row.status, Status::Advances | Status::Reserve(_)));
    if goes_up || contest.went_up(&out.candidate).is_some() {
        return Ok(contest);
    }
    Err(of(state, "refusal-not-going-up", key, &out.candidate))
}

fn dropped_out(
    state: &State,
    key: &ContestKey,
    contest: &Contest,
    out: &DropOut,
    cause: Cause,
    confirmed_by: Option<PersonId>,
) -> Result<Vec<Fact>, Refusal> {
    let mut facts = vec![Fact::DroppedOut { contest: key.clone(), out: out.clone(), cause, confirmed_by }];
    facts.extend(replace_above(state, key, contest, &out.candidate, &out.reason)?);
    Ok(facts)
}

fn of(state: &State, rule: &str, key: &ContestKey, candidate: &CandidateId) -> Refusal {
    Refusal::of(Message::new(rule).text("candidate", name(state, candidate.as_str())).text("contest", key.path()))
}

/// The facts by which a candidate leaves the contest above and the next reserve of its own takes the place. Where nobody enters above any
/// more it must be out there first: a result that stands is not changed from below.
pub(crate) fn replace_above(
    state: &State,
    key: &ContestKey,
    contest: &Contest,
    candidate: &CandidateId,
    reason: &str,
) -> Result<Vec<Fact>, Refusal> {
    let Some(to) = contest.went_up(candidate) else { return Ok(Vec::new()) };
    let Some(above) = state.contests.get(to) else { return Ok(Vec::new()) };
    let is_out = above.entry(candidate.as_str()).is_none_or(|entry| entry.withdrawn.is_some());
    if is_out || above.closing.is_out(candidate) {
        return Ok(Vec::new());
    }
    if is_closed(above) {
        let message = Message::new("refusal-stands-above").text("candidate", name(state, candidate.as_str()));
        return Err(Refusal::of(message.text("contest", key.path()).text("above", to.path())));
    }
    let withdrawn = Fact::Withdrawn { contest: to.clone(), candidate: candidate.clone(), reason: reason.to_owned() };
    let next = state.rules.level(&to.round.level);
    let reserve = next.and_then(|next| Upward { state, key, contest, next }.reserve_for(candidate));
    let facts: Vec<Fact> = [Some(withdrawn), reserve].into_iter().flatten().collect();
    open_above(state, &facts)?;
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
    let next = state.rules.level(&key.round.level)?;
    Upward { state, key: from, contest, next }.reserve_for(withdrawn)
}

/// The way from a contest to the next level.
struct Upward<'s> {
    state: &'s State,
    key: &'s ContestKey,
    contest: &'s Contest,
    next: &'s Level,
}

impl<'s> Upward<'s> {
    fn standing(&self) -> &'s [Placed] {
        self.contest.result().map(|result| result.outcome.standing.as_slice()).unwrap_or_default()
    }

    fn advanced(&self, row: &Placed, candidate: CandidateId) -> Option<Fact> {
        let to = above(self.state, self.next, &candidate)?;
        Some(Fact::Advanced { from: self.key.clone(), to, candidate, place: row.place, total: row.total.clone() })
    }

    fn moved_up(&self, row: &Placed, instead_of: &CandidateId) -> Option<Fact> {
        let candidate = CandidateId::from(row.entry.as_str());
        let to = above(self.state, self.next, &candidate)?;
        let (from, place, total) = (self.key.clone(), row.place, row.total.clone());
        Some(Fact::ReserveMovedUp { from, to, candidate, place, total, instead_of: instead_of.clone() })
    }

    fn reserve_for(&self, candidate: &CandidateId) -> Option<Fact> {
        let row = self.standing().iter().find(|row| row.entry == candidate.as_str());
        let reserve = match row {
            Some(row) => self.reserve(row, &BTreeSet::new()),
            None => self.first_reserve(|_| true, &BTreeSet::new()),
        };
        self.moved_up(reserve?, candidate)
    }

    /// The first free reserve for somebody, of the same pool where places go by pool.
    fn reserve(&self, instead_of: &Placed, gone: &BTreeSet<String>) -> Option<&'s Placed> {
        let within_pool = self.state.rule(self.key).is_some_and(|rule| rule.quota_within == Within::Pool);
        self.first_reserve(|row| !within_pool || row.pool == instead_of.pool, gone)
    }

    fn first_reserve(&self, fits: impl Fn(&Placed) -> bool, gone: &BTreeSet<String>) -> Option<&'s Placed> {
        let is_free = |row: &&&'s Placed| {
            let went = self.contest.advanced.iter().any(|(candidate, _)| candidate.as_str() == row.entry);
            !went && !gone.contains(&row.entry) && !self.contest.closing.is_out(&CandidateId::from(row.entry.as_str()))
        };
        let reserves = self.standing().iter().filter(|row| fits(row));
        let numbered = reserves.filter(|row| is_free(&row)).filter_map(|row| match row.status {
            Status::Reserve(number) => Some((number, row)),
            _ => None,
        });
        numbered.min_by_key(|(number, _)| *number).map(|(_, row)| row)
    }
}
