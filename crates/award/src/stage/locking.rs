//! Penguncian: a result is proposed by one person, checked by another and locked by a third. What changed between the proposal and the
//! check is named. The lock freezes the result; only an objection's recount or a revocation brings another one, which gets the next
//! number and stands beside the old one for ever.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rules::rulebook::Stage;
use serde::{Deserialize, Serialize};
use tally::Count;
use words::{Arg, Message};

use crate::act::{ContestKey, Deed};
use crate::decide::{contest, name};
use crate::fact::{Counted, Fact};
use crate::id::{CandidateId, PersonId};
use crate::people;
use crate::refusal::Refusal;
use crate::rule;
use crate::stage::counting;
use crate::stage::judging::and_more;
use crate::state::{Contest, State};

/// A result as somebody proposed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// Who proposed it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Everything that was counted, with what came out.
    pub result: Counted,
}

/// That somebody else found a proposal to be what the facts say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Who checked.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// Where a numbered result comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// It was proposed, checked and locked.
    Locked,
    /// The plenary ratified it, in a year whose results are not locked.
    Ratified,
    /// A recount that an objection brought.
    Objection(String),
    /// An award was revoked from this candidate.
    Revocation(CandidateId),
}

/// A result that counts until one with a higher number supersedes it. It is never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbered {
    /// From 1.
    pub number: u32,
    /// What was counted and what came out.
    pub result: Counted,
    /// Where it comes from.
    pub because: Because,
    /// When it began to count; none if the record does not tell.
    pub at: Option<Timestamp>,
}

/// From now on results are locked before they go up or are announced.
pub(crate) fn require_lock(state: &State) -> Result<Vec<Fact>, Refusal> {
    if state.locks_required {
        return Err(Refusal::of(Message::new("refusal-lock-required-before")));
    }
    Ok(vec![Fact::LockRequired])
}

/// Proposes the result as it stands.
pub(crate) fn propose(state: &State, key: &ContestKey, by: &PersonId, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    let (contest, at) = unlocked(state, key, at)?;
    let result = counted_now(state, key, contest)?;
    if result.is_undecided() {
        return Err(about("refusal-lock-undecided", key));
    }
    as_ratified(state, key, contest, &result)?;
    if contest.closing.proposal.as_ref().is_some_and(|known| known.result.count == result.count) {
        return Err(about("refusal-proposed-before", key));
    }
    Ok(vec![Fact::ResultProposed(key.clone(), Proposal { by: by.clone(), at, result })])
}

/// Checks that a proposal is still what the facts say. The checker is not the proposer.
pub(crate) fn check(state: &State, key: &ContestKey, by: &PersonId, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    let (contest, at) = unlocked(state, key, at)?;
    let Some(proposal) = &contest.closing.proposal else { return Err(about("refusal-not-proposed", key)) };
    if contest.closing.check.is_some() {
        return Err(about("refusal-checked-before", key));
    }
    another(by, &proposal.by)?;
    unchanged(state, key, proposal)?;
    Ok(vec![Fact::ResultChecked(key.clone(), Check { by: by.clone(), at })])
}

/// Locks a checked result. The one who locks is neither the proposer nor the checker.
pub(crate) fn lock(state: &State, key: &ContestKey, by: &PersonId, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    let (contest, at) = unlocked(state, key, at)?;
    let Some(proposal) = &contest.closing.proposal else { return Err(about("refusal-not-proposed", key)) };
    let Some(check) = &contest.closing.check else { return Err(about("refusal-not-checked", key)) };
    another(by, &proposal.by)?;
    another(by, &check.by)?;
    let has_plenary = state.rule(key).is_some_and(|rule| rule::has_stage(rule, Stage::Plenary));
    if has_plenary && contest.ratified.is_none() {
        return Err(about("refusal-not-ratified", key));
    }
    unchanged(state, key, proposal)?;
    as_ratified(state, key, contest, &proposal.result)?;
    Ok(vec![Fact::ResultLocked { contest: key.clone(), by: by.clone(), at }])
}

/// Refuses what would change a locked result: everything that belongs to a stage before the objections. Only the plenary comes back to
/// it, to ratify what a recount brought.
pub(crate) fn not_frozen(state: &State, deed: &Deed) -> Result<(), Refusal> {
    let unratified = |key: &ContestKey| state.contests.get(key).is_some_and(|contest| contest.ratified.is_none());
    if let Deed::Ratify(key) = deed
        && unratified(key)
    {
        return Ok(());
    }
    let locked = |key: &&ContestKey| state.contests.get(*key).is_some_and(Contest::is_locked);
    match deed.contest().filter(locked) {
        Some(key) if deed.stage() < Stage::Objection => Err(about("refusal-locked", key)),
        _ => Ok(()),
    }
}

/// Refuses to go on without the lock where results are locked.
pub(crate) fn locked_if_required(state: &State, key: &ContestKey, contest: &Contest) -> Result<(), Refusal> {
    let begun = state.locks_required || contest.closing.proposal.is_some();
    if begun && !contest.is_locked() { Err(about("refusal-not-locked", key)) } else { Ok(()) }
}

/// Refuses to go on with a result that a recount brought, and that the plenary has not made its own.
pub(crate) fn ratified_anew(state: &State, key: &ContestKey, contest: &Contest) -> Result<(), Refusal> {
    if contest.ratified.is_some() || !state.rule(key).is_some_and(|rule| rule::has_stage(rule, Stage::Plenary)) {
        return Ok(());
    }
    let recounted = contest.closing.results.iter().any(|result| matches!(result.because, Because::Objection(_)));
    if recounted { Err(about("refusal-ratify-anew", key)) } else { Ok(()) }
}

/// Refuses that one person does what takes two.
pub(crate) fn another(by: &PersonId, before: &PersonId) -> Result<(), Refusal> {
    if people::is_same(by, before) {
        return Err(Refusal::of(Message::new("refusal-takes-another").text("person", by.as_str())));
    }
    Ok(())
}

/// The instant of an act that must tell it.
pub(crate) fn told(at: Option<Timestamp>) -> Result<Timestamp, Refusal> {
    at.ok_or_else(|| Refusal::of(Message::new("refusal-time-untold")))
}

/// A refusal about a contest.
pub(crate) fn about(rule: &str, key: &ContestKey) -> Refusal {
    Refusal::of(Message::new(rule).text("contest", key.path()))
}

/// A contest with somebody in it that is not locked, and the time of the act.
fn unlocked<'s>(state: &'s State, key: &ContestKey, at: Option<Timestamp>) -> Result<(&'s Contest, Timestamp), Refusal> {
    let contest = contest(state, key).ok_or_else(|| about("refusal-no-contest", key))?;
    if contest.is_locked() {
        return Err(about("refusal-locked", key));
    }
    Ok((contest, told(at)?))
}

/// The result as the facts say it now.
fn counted_now(state: &State, key: &ContestKey, contest: &Contest) -> Result<Counted, Refusal> {
    if contest.counted.is_none() {
        return Err(about("refusal-not-counted", key));
    }
    counting::counted(state, key)
}

/// Refuses with the names of everything that changed since the proposal.
fn unchanged(state: &State, key: &ContestKey, proposal: &Proposal) -> Result<(), Refusal> {
    let now = crate::compile::count(state, key);
    let changed = changes(state, &proposal.result.count, &now);
    if changed.is_empty() {
        return Ok(());
    }
    let all = changed.len();
    let named = and_more(changed.into_iter().map(Arg::Message), all);
    let message = Message::new("refusal-changed-since").text("contest", key.path()).text("person", proposal.by.as_str());
    Err(Refusal::of(message.with("changed", Arg::List(named))))
}

/// Refuses with the names of everything that changed since the plenary made a result its own. A lot that was revealed since for another
/// contest of the level, and decides nothing here, is no change.
fn as_ratified(state: &State, key: &ContestKey, contest: &Contest, result: &Counted) -> Result<(), Refusal> {
    let Some(ratified) = &contest.ratified else { return Ok(()) };
    let changed = since_ratified(state, ratified, result);
    if changed.is_empty() {
        return Ok(());
    }
    let all = changed.len();
    let named = and_more(changed.into_iter().map(Arg::Message), all);
    Err(about("refusal-changed-since-ratified", key).with("changed", Arg::List(named)))
}

/// Whether a result is the one that the plenary made its own.
pub(crate) fn is_as_ratified(state: &State, ratified: &Counted, result: &Counted) -> bool {
    since_ratified(state, ratified, result).is_empty()
}

fn since_ratified(state: &State, ratified: &Counted, result: &Counted) -> Vec<Message> {
    let mut changed = changes(state, &ratified.count, &result.count);
    if ratified.outcome == result.outcome {
        changed.retain(|change| change.key() != "changed-lot");
    }
    changed
}

/// What differs between two counts of the same contest, in words.
pub(crate) fn changes(state: &State, before: &Count, after: &Count) -> Vec<Message> {
    let mut changed = Vec::new();
    for id in union(before.entries.iter().map(|entry| entry.id.as_str()), after.entries.iter().map(|entry| entry.id.as_str())) {
        let of = |count: &Count| count.entries.iter().find(|entry| entry.id == id).cloned();
        if of(before) != of(after) {
            changed.push(Message::new("changed-figures").text("candidate", name(state, id)));
        }
    }
    let pairs = |count: &Count| count.sheets.iter().map(|sheet| (sheet.juror.clone(), sheet.entry.clone())).collect::<Vec<_>>();
    for (juror, entry) in pairs(before).into_iter().chain(pairs(after)).collect::<BTreeSet<_>>() {
        let of = |count: &Count| {
            count.sheets.iter().filter(|sheet| sheet.juror == juror && sheet.entry == entry).cloned().collect::<Vec<_>>()
        };
        if of(before) != of(after) {
            changed.push(Message::new("changed-sheet").text("juror", &juror).text("candidate", name(state, &entry)));
        }
    }
    let others = [
        ("changed-panel", before.jurors != after.jurors),
        ("changed-orders", before.orders != after.orders),
        ("changed-lot", before.lot != after.lot),
        ("changed-awards", before.awards != after.awards),
        (
            "changed-rules",
            (&before.tree, &before.ladder, &before.cut, &before.gates, &before.derived)
                != (&after.tree, &after.ladder, &after.cut, &after.gates, &after.derived),
        ),
    ];
    changed.extend(others.into_iter().filter(|(_, differs)| *differs).map(|(key, _)| Message::new(key)));
    changed
}

fn union<'a>(one: impl Iterator<Item = &'a str>, other: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    one.chain(other).collect()
}
