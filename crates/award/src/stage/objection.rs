//! Masa sanggah: the provisional result is published, and until the end of a local day its candidates may object with grounds and
//! evidence. Each objection is admitted or not and answered; what it changes is a recount set, applied or dropped as a whole. Applied, it
//! brings a new result with the next number; the one before stays.

use jiff::Timestamp;
use rules::rulebook::Stage;
use serde::{Deserialize, Serialize};
use tally::Change;
use tally::change::{Move, moves};
use words::Message;

use crate::act::ContestKey;
use crate::deadline::{Deadline, local_day, shown};
use crate::decide::entry;
use crate::fact::{Counted, Fact};
use crate::id::{CandidateId, FileHash, PersonId};
use crate::limit;
use crate::refusal::Refusal;
use crate::rule;
use crate::stage::counting;
use crate::stage::locking::{Because, Numbered, about, another, told};
use crate::state::{Contest, State};

/// A provisional result, open to objections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// Who published it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Until when it can be objected to; none where the rulebook sets no end: then until it goes up or is announced.
    pub until: Option<Deadline>,
}

/// What a candidate says against a provisional result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// Its id, once in the contest.
    pub objection: String,
    /// Who objects.
    pub by: CandidateId,
    /// Against whose figures or marks; none for the result as a whole.
    pub against: Option<CandidateId>,
    /// Why.
    pub grounds: String,
    /// Files that show it.
    pub evidence: Vec<FileHash>,
}

/// Whether an objection is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Ruling {
    pub objection: String,
    pub admissible: bool,
    pub reason: String,
    pub by: PersonId,
}

/// What is answered to an admitted objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Answer {
    pub objection: String,
    pub answer: String,
    pub by: PersonId,
}

/// Changes to what was counted, drafted for an objection: applied or dropped as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecountSet {
    /// For which objection.
    pub objection: String,
    /// The number of the result that they change.
    pub of_result: u32,
    /// What is put in otherwise.
    pub changes: Vec<Change>,
    /// Who drafted them.
    pub by: PersonId,
}

/// What becomes of a recount set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Every change counts.
    Applied,
    /// None does.
    Dropped,
}

/// A decision on a recount set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RecountDecision {
    pub objection: String,
    pub fate: Fate,
    pub reason: String,
    /// Who decides; not who drafted the set.
    pub by: PersonId,
}

/// An objection so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Filed {
    pub objection: Objection,
    pub at: Timestamp,
    pub ruling: Option<Ruling>,
    pub answer: Option<Answer>,
    pub recount: Option<RecountSet>,
    pub decision: Option<RecountDecision>,
}

impl Filed {
    /// Whether something about it is still to be decided.
    pub fn is_open(&self) -> bool {
        match &self.ruling {
            None => true,
            Some(ruling) if !ruling.admissible => false,
            Some(_) => self.answer.is_none() || (self.recount.is_some() && self.decision.is_none()),
        }
    }
}

impl Filed {
    /// Whether a set is drafted that can still be applied: not decided, and of the result that counts.
    fn awaits_decision(&self, contest: &Contest) -> bool {
        let fresh = |set: &RecountSet| contest.closing.number() == Some(set.of_result);
        self.decision.is_none() && self.recount.as_ref().is_some_and(fresh)
    }
}

/// What a recount set would bring: the result with it, and everybody with place and total before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The result that counts.
    pub before: Counted,
    /// The result as it would be.
    pub after: Counted,
    /// Everybody, before and after; [`Move::is_different`] tells who moves.
    pub moves: Vec<Move>,
}

/// Publishes a locked result as provisional; from then on objections can be filed.
pub(crate) fn publish(state: &State, key: &ContestKey, by: &PersonId, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    let at = told(at)?;
    let contest = locked(state, key)?;
    if contest.closing.published.is_some() {
        return Err(about("refusal-published-before", key));
    }
    if contest.announced {
        return Err(about("refusal-announced-before", key));
    }
    let until = window(state, key, at);
    Ok(vec![Fact::ProvisionalPublished(key.clone(), Published { by: by.clone(), at, until })])
}

/// Files an objection in time, by a candidate of the contest.
pub(crate) fn file(state: &State, key: &ContestKey, objection: &Objection, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    let at = told(at)?;
    let (contest, _) = entry(state, key, objection.by.as_str())?;
    if let Some(against) = &objection.against {
        entry(state, key, against.as_str())?;
    }
    let Some(published) = &contest.closing.published else { return Err(about("refusal-not-published", key)) };
    if let Some(until) = published.until.filter(|until| !until.is_met(at)) {
        let message = Message::new("refusal-objection-late").text("contest", key.path());
        return Err(Refusal::of(message.text("at", shown(at, until.zone)).text("deadline", until.shown())));
    }
    not_gone_up(contest, key)?;
    limit::number("objection", &objection.objection)?;
    limit::grounds("grounds", &objection.grounds)?;
    limit::evidence(&objection.evidence)?;
    if contest.closing.objections.iter().any(|known| known.objection.objection == objection.objection) {
        return Err(of_objection("refusal-objection-twice", &objection.objection));
    }
    Ok(vec![Fact::ObjectionFiled(key.clone(), objection.clone(), at)])
}

/// Rules whether an objection is looked at, once.
pub(crate) fn rule_on(state: &State, key: &ContestKey, ruling: &Ruling) -> Result<Vec<Fact>, Refusal> {
    let (_, filed) = filed(state, key, &ruling.objection)?;
    limit::text("reason", &ruling.reason)?;
    if filed.ruling.is_some() {
        return Err(of_objection("refusal-ruled-before", &ruling.objection));
    }
    Ok(vec![Fact::ObjectionRuled(key.clone(), ruling.clone())])
}

/// Answers an admitted objection, once, and not before a recount set that was drafted is decided.
pub(crate) fn answer(state: &State, key: &ContestKey, answer: &Answer) -> Result<Vec<Fact>, Refusal> {
    let (_, filed) = filed(state, key, &answer.objection)?;
    admitted(filed)?;
    limit::grounds("answer", &answer.answer)?;
    if filed.answer.is_some() {
        return Err(of_objection("refusal-objection-answered", &answer.objection));
    }
    if filed.recount.is_some() && filed.decision.is_none() {
        return Err(of_objection("refusal-recount-open", &answer.objection));
    }
    Ok(vec![Fact::ObjectionAnswered(key.clone(), answer.clone())])
}

/// Drafts the changes that an admitted objection asks for. They must be possible, and change what was put in, never the rules. A set that
/// was dropped, or that another recount overtook, is drafted anew.
pub(crate) fn draft_recount(state: &State, key: &ContestKey, set: &RecountSet) -> Result<Vec<Fact>, Refusal> {
    let (contest, filed) = filed(state, key, &set.objection)?;
    admitted(filed)?;
    not_gone_up(contest, key)?;
    if filed.answer.is_some() {
        return Err(of_objection("refusal-objection-answered", &set.objection));
    }
    if filed.awaits_decision(contest) {
        return Err(of_objection("refusal-recount-twice", &set.objection));
    }
    if filed.decision.as_ref().is_some_and(|decision| decision.fate == Fate::Applied) {
        return Err(of_objection("refusal-recount-decided", &set.objection));
    }
    newest(contest, key, set.of_result)?;
    preview(state, key, &set.changes)?;
    Ok(vec![Fact::RecountDrafted(key.clone(), set.clone())])
}

/// Applies a recount set as a whole, or drops it as a whole. Who drafted it does not decide.
pub(crate) fn decide_recount(
    state: &State,
    key: &ContestKey,
    decision: &RecountDecision,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let at = told(at)?;
    let (contest, filed) = filed(state, key, &decision.objection)?;
    let Some(set) = &filed.recount else { return Err(of_objection("refusal-no-recount", &decision.objection)) };
    if filed.decision.is_some() {
        return Err(of_objection("refusal-recount-decided", &decision.objection));
    }
    another(&decision.by, &set.by)?;
    limit::text("reason", &decision.reason)?;
    let mut facts = vec![Fact::RecountDecided(key.clone(), decision.clone())];
    if decision.fate == Fate::Applied {
        not_gone_up(contest, key)?;
        newest(contest, key, set.of_result)?;
        let result = preview(state, key, &set.changes)?.after;
        let because = Because::Objection(decision.objection.clone());
        let result = Numbered { number: set.of_result + 1, result, because, at: Some(at) };
        facts.push(Fact::ResultSuperseded { contest: key.clone(), result, changes: set.changes.clone() });
    }
    Ok(facts)
}

/// What a list of changes would bring to the newest result of a contest.
///
/// # Errors
///
/// A [`Refusal`] if there is no result, if a change touches the rules, or if the changes cannot be made or counted.
pub fn preview(state: &State, key: &ContestKey, changes: &[Change]) -> Result<Preview, Refusal> {
    let contest = state.contests.get(key);
    let before = contest.and_then(Contest::result).ok_or_else(|| about("refusal-not-counted", key))?.clone();
    if changes.is_empty() || changes.len() > limit::CHANGES_MAX {
        let message = Message::new("refusal-changes-many").number("changes", changes.len());
        return Err(Refusal::of(message.number("most", limit::CHANGES_MAX)));
    }
    if changes.iter().any(touches_rules) {
        return Err(about("refusal-change-rules", key));
    }
    if changes.iter().any(|change| matches!(change, Change::Withdraw { .. })) {
        return Err(about("refusal-change-withdraw", key));
    }
    let after = counting::with_changes(state, key, &before.count, changes)?;
    let moves = moves(&before.outcome, &after.outcome);
    Ok(Preview { before, after, moves })
}

/// Where the contest has objections and is locked: published, the window over, and nothing open.
pub(crate) fn nothing_open(state: &State, key: &ContestKey, contest: &Contest, at: Option<Timestamp>) -> Result<(), Refusal> {
    let has_objections = state.rule(key).is_some_and(|rule| rule::has_stage(rule, Stage::Objection));
    if !contest.is_locked() || !has_objections {
        return Ok(());
    }
    let Some(published) = &contest.closing.published else { return Err(about("refusal-not-published", key)) };
    let at = told(at)?;
    if let Some(until) = published.until.filter(|until| until.is_met(at)) {
        let message = Message::new("refusal-objections-running").text("contest", key.path());
        return Err(Refusal::of(message.text("deadline", until.shown())));
    }
    match contest.closing.objections.iter().find(|filed| filed.is_open()) {
        Some(filed) => Err(of_objection("refusal-objection-open", &filed.objection.objection)),
        None => Ok(()),
    }
}

/// The end of the objections against a result published at an instant.
fn window(state: &State, key: &ContestKey, at: Timestamp) -> Option<Deadline> {
    let level = state.rules_of(&key.round).level(&key.round.level)?;
    let region = key.round.region.as_deref().unwrap_or_default();
    let day = local_day(at, rule::zone_of(state, key));
    state.calendar_of(&key.round).objections(state.rule(key)?, level, region, day)
}

/// Rules do not change by an objection: a recount puts right what was put in.
fn touches_rules(change: &Change) -> bool {
    matches!(change, Change::Weight { .. } | Change::IgnoreAttendance | Change::Quota { .. } | Change::Minimum { .. })
}

fn locked<'s>(state: &'s State, key: &ContestKey) -> Result<&'s Contest, Refusal> {
    let contest = state.contests.get(key).ok_or_else(|| about("refusal-no-contest", key))?;
    if contest.is_locked() { Ok(contest) } else { Err(about("refusal-not-locked", key)) }
}

fn filed<'s>(state: &'s State, key: &ContestKey, id: &str) -> Result<(&'s Contest, &'s Filed), Refusal> {
    let contest = locked(state, key)?;
    let filed = contest.closing.objections.iter().find(|filed| filed.objection.objection == id);
    Ok((contest, filed.ok_or_else(|| of_objection("refusal-no-such-objection", id))?))
}

fn admitted(filed: &Filed) -> Result<(), Refusal> {
    match &filed.ruling {
        Some(ruling) if ruling.admissible => Ok(()),
        _ => Err(of_objection("refusal-objection-not-admitted", &filed.objection.objection)),
    }
}

fn not_gone_up(contest: &Contest, key: &ContestKey) -> Result<(), Refusal> {
    let gone = !contest.advanced.is_empty() || contest.announced;
    if gone { Err(about("refusal-gone-up", key)) } else { Ok(()) }
}

fn newest(contest: &Contest, key: &ContestKey, number: u32) -> Result<(), Refusal> {
    let newest = contest.closing.number();
    if newest == Some(number) {
        return Ok(());
    }
    let message = Message::new("refusal-stale-result").text("contest", key.path()).number("number", number);
    Err(Refusal::of(message.number("newest", newest.unwrap_or_default())))
}

fn of_objection(rule: &str, objection: &str) -> Refusal {
    Refusal::of(Message::new(rule).text("objection", limit::beginning(objection)))
}
