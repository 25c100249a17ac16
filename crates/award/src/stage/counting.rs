//! Tabulasi: what was verified and handed in becomes a count document, and `tally` answers it.

use std::collections::BTreeSet;
use std::sync::Arc;

use rules::rulebook::{IndicatorKind, Text};
use tally::change::ChangeReason;
use tally::{Change, Code, Combine, Count, Group, Leaf, Measure, Missing, Node, NotApplicable, OutStatus, Part, Scale, Step};
use words::{Arg, Message};

use crate::act::ContestKey;
use crate::compile;
use crate::decide::{contest, name};
use crate::fact::{Counted, Fact};
use crate::id::CandidateId;
use crate::refusal::{About, Refusal};
use crate::rule;
use crate::sentence::{plain, title};
use crate::stage::judging::and_more;
use crate::state::State;

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
        Err(refused) => Err(refusal(state, &count, key, &refused)),
    }
}

/// A count with changes made to it, counted.
pub(crate) fn with_changes(state: &State, key: &ContestKey, count: &Count, changes: &[Change]) -> Result<Counted, Refusal> {
    let count = tally::apply(count, changes).map_err(|refused| change_refused(key, refused.reason))?;
    match tally::count(&count) {
        Ok(outcome) => Ok(Counted { count: Arc::new(count), outcome: Arc::new(outcome) }),
        Err(refused) => Err(refusal(state, &count, key, &refused)),
    }
}

fn change_refused(key: &ContestKey, reason: ChangeReason) -> Refusal {
    let why = format!("change-refused-{}", serde_name(reason).replace('_', "-"));
    Refusal::of(Message::new("refusal-change").text("contest", key.path()).message("why", Message::new(why)))
}

/// The count with the changes that a question assumes; an official run assumes none.
fn assume(state: &State, key: &ContestKey, mut count: Count) -> Result<Count, Refusal> {
    for assumed in state.assumed.get(key).map(Vec::as_slice).unwrap_or_default() {
        match tally::apply(&count, std::slice::from_ref(&assumed.change)) {
            Ok(changed) => count = changed,
            Err(_) if assumed.came_up => {}
            Err(refused) => return Err(change_refused(key, refused.reason)),
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
    let mut count = compile::without_sheets(state, key);
    if count.gates.is_empty() {
        return BTreeSet::new();
    }
    if state.assumed.contains_key(key) {
        count = assume(state, key, compile::count(state, key)).unwrap_or(count);
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

/// A count that cannot be answered, in words. It waits if only figures or attendance are missing.
pub(crate) fn refusal(state: &State, count: &Count, key: &ContestKey, refused: &tally::Refused) -> Refusal {
    let reasons: Vec<Reason> = refused.refused.iter().flat_map(|reason| reasons(state, count, key, reason)).collect();
    let told = and_more(reasons.iter().map(|reason| Arg::Message(reason.text.clone())), reasons.len());
    let message = Message::new("refusal-count").with("contest", Arg::Message(title(state, key))).with("reasons", Arg::List(told));
    let waits = refused.refused.iter().all(|reason| matches!(reason.code, Code::MissingValue | Code::AttendancePending));
    let counted = Refusal::of(message);
    // Where it is mended and how are of one reason, the first.
    let (about, next) = reasons.into_iter().next().map_or((None, None), |first| (first.about, first.next));
    Refusal { about, waits, next: next.unwrap_or_else(|| counted.next.clone()), ..counted }
}

/// Why a count is refused, and the table where it can be mended.
struct Reason {
    text: Message,
    about: Option<About>,
    /// What to do, where that is not to supply what is named.
    next: Option<Message>,
}

impl Reason {
    /// A reason whose next step stands under the same key with `-next`.
    fn with_next(text: Message, about: About) -> Reason {
        let next = Message::new(format!("{}-next", text.key()));
        Reason { text, about: Some(about), next: Some(next) }
    }
}

/// One reason, such as "Kabupaten Badung, Performance: value missing"; a missing figure by the names of its claims.
fn reasons(state: &State, count: &Count, key: &ContestKey, reason: &tally::Refusal) -> Vec<Reason> {
    let claims = missing_claims(state, key, count, reason);
    if !claims.is_empty() {
        let of = |claim: String| claim_missing(state, key, reason.entry.as_deref().unwrap_or("-"), claim);
        return claims.into_iter().map(of).collect();
    }
    if let Some(known) = broken_lot(key, reason).or_else(|| measured(state, key, count, reason)) {
        return vec![known];
    }
    let about = match reason.code {
        Code::AttendancePending | Code::UnknownRank => Some(About::Attendance),
        Code::BadLot | Code::BrokenCommitment => Some(About::Lot(key.round.level.clone())),
        Code::MissingValue => Some(About::Claim(None)),
        _ => None,
    };
    vec![Reason { text: reason_message(state, key, reason), about, next: None }]
}

/// A secret that is not the one that was committed to.
fn broken_lot(key: &ContestKey, reason: &tally::Refusal) -> Option<Reason> {
    let text = Message::new("refusal-count-lot-broken").text("level", &key.round.level);
    (reason.code == Code::BrokenCommitment).then(|| Reason::with_next(text, About::Lot(key.round.level.clone())))
}

/// A reason told by what the indicator measures: a list without items, an interview to which nobody came, figures that give no ratio.
fn measured(state: &State, key: &ContestKey, count: &Count, reason: &tally::Refusal) -> Option<Reason> {
    let (candidate, node) = reason.entry.as_deref().zip(reason.node.as_deref())?;
    let rules = state.rules_of(&key.round);
    let scheme = state.rule(key).and_then(|rule| rules.scheme(&rule.scheme))?;
    let kind = match &scheme.indicator(node)?.1.kind {
        IndicatorKind::Relative { of } => of.as_ref(),
        kind => kind,
    };
    let (id, en) = compile::node_name(state, key, node);
    let message = |text: &str| Message::new(text).text("candidate", name(state, candidate)).local("node", id.clone(), en.clone());
    let local = |text: &Text| Arg::Local(text.id.clone(), text.en.clone());
    let called = |claim: &str| rules.claim(claim).map_or(Arg::Text(claim.to_owned()), |rule| local(&rule.name));
    let value = |claim: &str| count.entries.iter().find(|entry| entry.id == candidate)?.claims.get(claim);
    let about = |claim: &str| About::Claim(Some((CandidateId::from(candidate), claim.to_owned())));
    match (reason.code, kind) {
        (Code::MissingValue, IndicatorKind::Checklist { list, .. }) => {
            let text = message("refusal-count-list-missing").with("list", called(list)).text("id", list);
            Some(Reason { text, about: Some(About::Items), next: None })
        }
        (Code::MissingValue, IndicatorKind::Rubric { .. }) => {
            let entry = state.contests.get(key)?.entry(candidate)?;
            let text = message("refusal-count-nobody-came");
            rule::is_not_heard(state, key, entry, node).then(|| Reason::with_next(text, About::Attendance))
        }
        (Code::BadRatio | Code::RatioOverOne, IndicatorKind::Ratio { numerator, denominator, .. }) => {
            let (above, below) = (value(numerator)?, value(denominator)?);
            if reason.code == Code::RatioOverOne {
                let text = message("refusal-count-over-one").with("numerator", called(numerator));
                let text = text.with("denominator", called(denominator));
                let text = text.number("above", plain(above)).number("below", plain(below));
                return Some(Reason::with_next(text, about(numerator)));
            }
            let (claim, found) = if above.is_negative() { (numerator, above) } else { (denominator, below) };
            let text = message("refusal-count-no-ratio").with("claim", called(claim));
            Some(Reason::with_next(text.number("value", plain(found)), about(claim)))
        }
        (Code::BadGrowth, IndicatorKind::Growth { from, .. }) => {
            let text = message("refusal-count-no-ratio").with("claim", called(from));
            Some(Reason::with_next(text.number("value", plain(value(from)?)), about(from)))
        }
        _ => None,
    }
}

/// The claims without a number that keep a node from its value.
fn missing_claims(state: &State, key: &ContestKey, count: &Count, reason: &tally::Refusal) -> BTreeSet<String> {
    let at = reason.entry.as_deref().zip(reason.node.as_deref()).filter(|_| reason.code == Code::MissingValue);
    let Some((entry, node)) = at else { return BTreeSet::new() };
    let Ok(working) = tally::explain(count, entry) else { return BTreeSet::new() };
    let mut missing = BTreeSet::new();
    let mut open = vec![&working.root];
    while let Some(next) = open.pop() {
        for step in next.steps.iter().filter(|_| next.node == node) {
            match step {
                Step::Claim { name, value: None } => drop(missing.insert(name.clone())),
                Step::ClaimsMissing { used } | Step::Formula { used, .. } | Step::Derived { used, .. } => {
                    missing.extend(used.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| name.clone()));
                }
                _ => {}
            }
        }
        open.extend(&next.below);
    }
    missing.retain(|name| state.rules_of(&key.round).claim(name).is_some());
    missing
}

/// That a claim is missing, or only not verified.
fn claim_missing(state: &State, key: &ContestKey, candidate: &str, claim: String) -> Reason {
    let entry = state.contests.get(key).and_then(|contest| contest.entry(candidate));
    let said = entry.and_then(|entry| entry.claims.get(&claim));
    let text = match said {
        Some(said) if said.verifier.is_none() && said.verified.is_none() => "refusal-count-claim-unverified",
        Some(_) => "refusal-count-claim-struck",
        None => "refusal-count-claim-missing",
    };
    let text = Message::new(text).text("claim", &claim).text("candidate", name(state, candidate));
    Reason { text, about: Some(About::Claim(Some((CandidateId::from(candidate), claim)))), next: None }
}

/// One reason, such as "Kabupaten Badung, Performance: value missing".
/// Why, in a few words.
pub(crate) fn why(code: Code) -> Message {
    Message::new(format!("count-code-{}", serde_name(code).replace('_', "-")))
}

fn reason_message(state: &State, key: &ContestKey, reason: &tally::Refusal) -> Message {
    let why = why(reason.code);
    let entry = reason.entry.as_deref().map_or("-", |entry| name(state, entry));
    let (id, en) = compile::node_name(state, key, reason.node.as_deref().unwrap_or("-"));
    Message::new("refusal-count-reason").text("candidate", entry).local("node", id, en).message("why", why)
}
