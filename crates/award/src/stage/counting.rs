//! Tabulasi: what was verified and handed in becomes a count document, and `tally` answers it.

use std::collections::BTreeSet;
use std::sync::Arc;

use tally::{Combine, Count, Group, Leaf, Measure, Missing, Node, NotApplicable, OutStatus, Part, Scale};
use words::{Arg, Message};

use crate::act::ContestKey;
use crate::compile;
use crate::decide::{contest, name};
use crate::fact::{Counted, Fact};
use crate::id::CandidateId;
use crate::refusal::Refusal;
use crate::state::State;

/// So many reasons of a refused count are told.
const REASONS_MAX: usize = 5;

/// Counts a contest whose judging is closed.
pub(crate) fn count(state: &State, key: &ContestKey) -> Result<Vec<Fact>, Refusal> {
    let Some(contest) = contest(state, key) else { return Ok(Vec::new()) };
    if !contest.judging_closed {
        return Err(Refusal::of(Message::new("refusal-judging-open").text("contest", key.path())));
    }
    Ok(vec![Fact::Counted(key.clone(), counted(state, key)?)])
}

/// The count of a contest as it stands, with its outcome.
pub(crate) fn counted(state: &State, key: &ContestKey) -> Result<Counted, Refusal> {
    let count = assume(state, key, compile::count(state, key))?;
    match tally::count(&count) {
        Ok(outcome) => Ok(Counted { count: Arc::new(count), outcome: Arc::new(outcome) }),
        Err(refused) => Err(refusal(state, key, &refused)),
    }
}

/// The count with the changes that a question assumes; an official run assumes none.
fn assume(state: &State, key: &ContestKey, mut count: Count) -> Result<Count, Refusal> {
    for assumed in state.assumed.get(key).map(Vec::as_slice).unwrap_or_default() {
        match tally::apply(&count, std::slice::from_ref(&assumed.change)) {
            Ok(changed) => count = changed,
            Err(_) if assumed.came_up => {}
            Err(refused) => {
                let why = format!("change-refused-{}", serde_name(refused.reason).replace('_', "-"));
                let message = Message::new("refusal-change").text("contest", key.path()).message("why", Message::new(why));
                return Err(Refusal::of(message));
            }
        }
    }
    Ok(count)
}

/// The name of a value of `tally` as its documents write it.
fn serde_name(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The candidates that fail a gate, found before anybody must mark them.
pub(crate) fn disqualified(state: &State, key: &ContestKey) -> BTreeSet<CandidateId> {
    let mut count = compile::count(state, key);
    if count.gates.is_empty() {
        return BTreeSet::new();
    }
    count.tree = nothing();
    (count.ladder, count.awards, count.sheets, count.cut) = (Vec::new(), Vec::new(), Vec::new(), None);
    for entry in &mut count.entries {
        entry.stated.clear();
        entry.not_applicable.clear();
    }
    let Ok(outcome) = tally::count(&count) else { return BTreeSet::new() };
    let out = outcome.out.into_iter().filter(|row| matches!(row.status, OutStatus::Disqualified(_)));
    out.map(|row| CandidateId::new(row.entry)).collect()
}

/// A tree in which everybody has 0 points, so that only the gates speak.
fn nothing() -> Node {
    let leaf =
        Leaf { measure: Measure::Stated, scale: Scale::Identity, missing: Missing::Zero, not_applicable: NotApplicable::Zero };
    let node = |id: &str| Node {
        id: id.into(),
        group: None,
        leaf: None,
        attendance: None,
        floor: None,
        cap: None,
        round: None,
        range: None,
    };
    let part = Part { weight: tally::Exact::one(), node: Node { leaf: Some(leaf), ..node("nothing") } };
    let group = Group { combine: Combine::Sum, parts: vec![part], bonuses: Vec::new(), penalties: Vec::new(), panel: None };
    Node { group: Some(group), ..node("gates-only") }
}

/// A count that cannot be answered, in words.
pub(crate) fn refusal(state: &State, key: &ContestKey, refused: &tally::Refused) -> Refusal {
    let reasons = refused.refused.iter().take(REASONS_MAX).map(|reason| Arg::Message(reason_message(state, key, reason)));
    let message = Message::new("refusal-count").text("contest", key.path()).with("reasons", Arg::List(reasons.collect()));
    Refusal::of(message)
}

/// One reason, such as "Kabupaten Badung: value missing (kinerja)".
pub(crate) fn reason_message(state: &State, key: &ContestKey, reason: &tally::Refusal) -> Message {
    let why = Message::new(format!("count-code-{}", serde_name(reason.code).replace('_', "-")));
    let entry = reason.entry.as_deref().map_or("-", |entry| name(state, entry));
    let (id, en) = compile::node_name(state, key, reason.node.as_deref().unwrap_or("-"));
    Message::new("refusal-count-reason").text("candidate", entry).local("node", id, en).message("why", why)
}
