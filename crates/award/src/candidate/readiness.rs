//! How ready a dossier is: the points that its figures would earn if all of them stood as claimed, by criterion, and what would raise them
//! most. The same count that decides at the end, of a document with this one candidate in it: nobody else's figures or marks can show
//! through. What a jury gives later counts as 0 here, and says so.

use std::collections::{BTreeMap, BTreeSet};

use rules::Rulebook;
use rules::rulebook::{Aspect, ContestRule, Indicator, IndicatorKind, Text};
use serde::Serialize;
use tally::{Change, Code, Count, Exact, Item, Leaf, Measure, Missing, Node, Outcome, Scale};
use words::Message;

use super::asked;
use crate::act::ContestKey;
use crate::compile;
use crate::decide::{entry, name};
use crate::id::CandidateId;
use crate::refusal::Refusal;
use crate::rule;
use crate::sentence::Sentence;
use crate::stage::counting;
use crate::state::State;

/// Most proposals that are told.
const RAISES_MAX: usize = 10;

/// What the figures of a candidate would earn so far. It is no result: nothing of it has to stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Readiness {
    pub candidate: CandidateId,
    /// The contest's public id.
    pub contest: String,
    /// That it is provisional, and what is not in it.
    pub provisional: Sentence,
    /// Points so far; exact.
    pub total: String,
    /// Points if everything that figures can earn were earned; exact. None where a scale has no end.
    pub reachable: Option<String>,
    /// Aspects with their indicators, in the order of the rulebook.
    pub criteria: Vec<Criterion>,
    /// What would raise the points most, best first.
    pub raises: Vec<Raise>,
}

/// How it stands with a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CriterionState {
    /// All figures that it needs are verified.
    Verified,
    /// All figures that it needs are claimed.
    Claimed,
    /// Something that it needs is not claimed yet: it earns nothing so far.
    NotYet,
    /// The figures are there and cannot be counted as they stand, such as a part above its whole: it earns nothing until they are mended.
    Unfit,
    /// A jury gives it, or a source states it, or it comes from a lower level.
    Later,
    /// It is compared with the best of all, so nothing can be told before the count.
    AgainstOthers,
    /// An aspect with indicators below it.
    Aspect,
}

/// A criterion with its points so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Criterion {
    /// The id of its node.
    pub node: String,
    pub name: Text,
    pub state: CriterionState,
    /// Exact; none where nothing can be told.
    pub points: Option<String>,
    /// Claims that it needs and that are not there.
    pub missing: Vec<String>,
    /// Why its figures cannot be counted, where they cannot.
    pub why: Option<Sentence>,
    /// Its indicators; empty for an indicator.
    pub below: Vec<Criterion>,
}

/// One thing that would raise the points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Raise {
    pub indicator: String,
    pub name: Text,
    /// What would have to be so.
    pub what: Sentence,
    /// By how much the total rises; exact.
    pub gain: String,
    /// The total then; exact.
    pub total: String,
}

/// The readiness of a candidate in a contest.
///
/// # Errors
///
/// A [`Refusal`] if it does not stand there, if judging is closed, so that only the result speaks, or if nothing can be counted yet.
pub fn readiness(state: &State, key: &ContestKey, candidate: &CandidateId) -> Result<Readiness, Refusal> {
    let (contest, entry) = entry(state, key, candidate.as_str())?;
    let Some(rule) = state.rule(key) else { return Err(Refusal::of(Message::new("refusal-readiness-no-rule"))) };
    if contest.judging_closed {
        let message = Message::new("refusal-readiness-over").text("candidate", name(state, candidate.as_str()));
        return Err(Refusal::of(message));
    }
    let mut count = provisional(compile::alone(state, key, entry));
    let (outcome, unfit) =
        count_what_can_be(&mut count, candidate.as_str()).map_err(|refused| counting::refusal(state, &count, key, &refused))?;
    let desk = Desk { rules: state.rules_of(&key.round), rule, count: &count, outcome: &outcome, unfit, entry };
    Ok(Readiness {
        candidate: candidate.clone(),
        contest: state.contest_id(key).to_string(),
        provisional: Message::new("readiness-provisional").into(),
        total: desk.total(&outcome).to_string(),
        reachable: desk.reachable().map(|total| total.to_string()),
        criteria: desk.criteria(),
        raises: desk.raises(),
    })
}

/// The count of one entry in which nothing that is missing keeps anything from being counted: it earns 0 so far.
fn provisional(mut count: Count) -> Count {
    (count.gates, count.ladder, count.awards) = (Vec::new(), Vec::new(), Vec::new());
    (count.cut, count.lot, count.orders) = (None, None, None);
    (count.jurors, count.sheets) = (Vec::new(), Vec::new());
    calm(&mut count.tree);
    count
}

fn calm(node: &mut Node) {
    node.attendance = None;
    if let Some(leaf) = &mut node.leaf {
        leaf.missing = Missing::Zero;
        if is_open(&leaf.measure) {
            (leaf.measure, leaf.scale) = (Measure::Stated, Scale::Identity);
        }
    }
    let Some(group) = &mut node.group else { return };
    // There are no sheets in it, so nothing is worked out juror by juror.
    group.panel = None;
    group.parts.iter_mut().for_each(|part| calm(&mut part.node));
    group.bonuses.iter_mut().chain(&mut group.penalties).for_each(calm);
}

/// Counts what can be counted: an indicator whose own figures stand in the way earns 0, and is named with why.
fn count_what_can_be(count: &mut Count, entry: &str) -> Result<(Outcome, BTreeMap<String, Code>), tally::Refused> {
    let mut unfit = BTreeMap::new();
    loop {
        let refused = match tally::count(count) {
            Ok(outcome) => return Ok((outcome, unfit)),
            Err(refused) => refused,
        };
        let before = unfit.len();
        for (code, node) in refused.refused.iter().filter_map(|one| Some((one.code, one.node.as_ref()?))) {
            if is_of_figures(code) && state_points(count, entry, node, Exact::zero()).is_some() {
                unfit.insert(node.clone(), code);
            }
        }
        // What no figure of this candidate causes is told as it is.
        if unfit.len() == before {
            return Err(refused);
        }
    }
}

/// Whether whoever states figures can cause it, and mend it.
fn is_of_figures(code: Code) -> bool {
    matches!(code, Code::BadRatio | Code::RatioOverOne | Code::BadGrowth | Code::DivisionByZero | Code::UnknownItem)
}

/// Whether nothing of it can be told from the figures of one candidate.
fn is_open(measure: &Measure) -> bool {
    matches!(measure, Measure::Marks { .. } | Measure::Relative { .. } | Measure::Rank { .. })
}

struct Desk<'d> {
    /// Those of the round, which may be others than the edition's own.
    rules: &'d Rulebook,
    rule: &'d ContestRule,
    count: &'d Count,
    outcome: &'d Outcome,
    /// Indicators that cannot be counted as they stand.
    unfit: BTreeMap<String, Code>,
    entry: &'d crate::state::Entry,
}

impl Desk<'_> {
    fn id(&self) -> &str {
        self.entry.candidate.as_str()
    }

    fn total(&self, outcome: &Outcome) -> Exact {
        outcome.standing.iter().find(|row| row.entry == self.id()).map_or_else(Exact::zero, |row| row.total.clone())
    }

    fn points(&self, node: &str) -> Option<Exact> {
        self.outcome.values.get(self.id())?.get(node)?.clone()
    }

    fn criteria(&self) -> Vec<Criterion> {
        let aspects = self.rules.scheme(&self.rule.scheme).map(|scheme| scheme.aspects.as_slice()).unwrap_or_default();
        aspects.iter().map(|aspect| self.aspect(aspect)).collect()
    }

    fn aspect(&self, aspect: &Aspect) -> Criterion {
        let below: Vec<Criterion> = aspect.indicators.iter().map(|indicator| self.indicator(indicator)).collect();
        let node = |id: &str| self.points(id).map(|points| points.to_string());
        // An aspect of one indicator has no node of its own.
        let points = node(&aspect.id).or_else(|| below.first().filter(|_| below.len() == 1).and_then(|one| one.points.clone()));
        Criterion {
            node: aspect.id.clone(),
            name: aspect.name.clone(),
            state: CriterionState::Aspect,
            points,
            missing: Vec::new(),
            why: None,
            below,
        }
    }

    fn indicator(&self, indicator: &Indicator) -> Criterion {
        let missing = self.missing(indicator);
        let state = self.state_of(indicator, &missing);
        let told = !matches!(state, CriterionState::Later | CriterionState::AgainstOthers);
        Criterion {
            node: indicator.id.clone(),
            name: indicator.name.clone(),
            state,
            points: self.points(&indicator.id).filter(|_| told).map(|points| points.to_string()),
            missing,
            why: self.unfit.get(&indicator.id).map(|code| counting::why(*code).into()),
            below: Vec::new(),
        }
    }

    fn state_of(&self, indicator: &Indicator, missing: &[String]) -> CriterionState {
        let needed = self.needed(indicator);
        let verified = |claim: &String| {
            let of_claim = self.entry.claims.get(claim).is_some_and(|row| row.verified.is_some());
            of_claim || self.entry.lists.contains_key(claim)
        };
        match &indicator.kind {
            IndicatorKind::Relative { .. } => CriterionState::AgainstOthers,
            IndicatorKind::Rubric { .. } | IndicatorKind::Attendance { .. } => CriterionState::Later,
            IndicatorKind::Stated | IndicatorKind::Carried { .. } => CriterionState::Later,
            _ if !missing.is_empty() => CriterionState::NotYet,
            _ if self.unfit.contains_key(&indicator.id) => CriterionState::Unfit,
            _ if needed.iter().all(verified) => CriterionState::Verified,
            _ => CriterionState::Claimed,
        }
    }

    /// The claims of the rulebook that an indicator needs.
    fn needed(&self, indicator: &Indicator) -> BTreeSet<String> {
        let rules = self.rules;
        asked::of_indicator(rules, indicator).into_iter().filter(|claim| rules.claim(claim).is_some()).collect()
    }

    fn missing(&self, indicator: &Indicator) -> Vec<String> {
        let Some(own) = self.own() else { return Vec::new() };
        let is_there = |claim: &String| own.claims.contains_key(claim) || own.lists.contains_key(claim);
        self.needed(indicator).into_iter().filter(|claim| !is_there(claim)).collect()
    }

    fn own(&self) -> Option<&tally::Entry> {
        self.count.entries.iter().find(|entry| entry.id == self.id())
    }

    /// The total if every criterion that figures earn were at its highest.
    fn reachable(&self) -> Option<Exact> {
        let mut count = self.count.clone();
        let mut open = Vec::new();
        self.earned_by_figures().for_each(|(_, indicator)| open.push(indicator.id.clone()));
        for leaf in open {
            let highest = highest(find(&count.tree, &leaf)?)?;
            state_points(&mut count, self.id(), &leaf, highest)?;
        }
        Some(self.total(&tally::count(&count).ok()?))
    }

    fn earned_by_figures(&self) -> impl Iterator<Item = (&Aspect, &Indicator)> {
        let all = rule::indicators(self.rules, self.rule).into_iter();
        all.filter(|(_, indicator)| find(&self.count.tree, &indicator.id).is_some()).filter(|(_, indicator)| {
            !matches!(self.state_of(indicator, &[]), CriterionState::Later | CriterionState::AgainstOthers)
        })
    }

    fn raises(&self) -> Vec<Raise> {
        let before = self.total(self.outcome);
        let mut raises: Vec<(Exact, Raise)> = Vec::new();
        // What cannot be counted says itself what is to be mended.
        for (_, indicator) in self.earned_by_figures().filter(|(_, indicator)| !self.unfit.contains_key(&indicator.id)) {
            for (what, count) in self.proposals(indicator) {
                let Ok(outcome) = tally::count(&count) else { continue };
                let after = self.total(&outcome);
                let gain = &after - &before;
                if gain > Exact::zero() {
                    let (gained, total) = (gain.to_string(), after.to_string());
                    let (id, name) = (indicator.id.clone(), indicator.name.clone());
                    raises.push((gain, Raise { indicator: id, name, what: what.into(), gain: gained, total }));
                }
            }
        }
        raises.sort_by(|(one, _), (other, _)| other.cmp(one));
        raises.into_iter().take(RAISES_MAX).map(|(_, raise)| raise).collect()
    }

    /// What could be otherwise about an indicator, each with the count that follows.
    fn proposals(&self, indicator: &Indicator) -> Vec<(Message, Count)> {
        if !self.missing(indicator).is_empty() {
            return self.at_its_highest(indicator).into_iter().collect();
        }
        let changes = match &indicator.kind {
            IndicatorKind::Ratio { numerator, denominator, .. } => self.everybody(numerator, denominator).into_iter().collect(),
            IndicatorKind::Checklist { list, kinds, stages, .. } => self.items(list, kinds, stages),
            _ => return self.at_its_highest(indicator).into_iter().collect(),
        };
        let counted = |(what, change): (Message, Change)| Some((what, tally::apply(self.count, &[change]).ok()?));
        changes.into_iter().filter_map(counted).collect()
    }

    /// Everybody below the line is above it too.
    fn everybody(&self, numerator: &str, denominator: &str) -> Option<(Message, Change)> {
        let own = self.own()?;
        let (part, all) = (own.claims.get(numerator)?, own.claims.get(denominator)?);
        let change = Change::Claim { entry: self.id().to_owned(), name: numerator.to_owned(), value: Some(all.clone()) };
        let text = |claim: &str| self.rules.claim(claim).map(|claim| claim.name.clone());
        let (of, to) = (text(numerator)?, text(denominator)?);
        let what = Message::new("raise-everybody").local("claim", of.id, of.en).local("to", to.id, to.en);
        Some((what.number("part", part).number("all", all), change))
    }

    /// Each product goes on to the best stage, and there is one more of the best kind.
    fn items(&self, list: &str, kinds: &BTreeMap<String, Exact>, stages: &BTreeMap<String, Exact>) -> Vec<(Message, Change)> {
        let best =
            |all: &BTreeMap<String, Exact>| all.iter().max_by(|one, other| one.1.cmp(other.1)).map(|(word, _)| word.clone());
        let Some(kind) = best(kinds) else { return Vec::new() };
        let stage = best(stages).unwrap_or_default();
        let own = self.own().and_then(|own| own.lists.get(list)).map(Vec::as_slice).unwrap_or_default();
        let id = || self.id().to_owned();
        let unfinished = own.iter().enumerate().filter(|(_, item)| !stage.is_empty() && item.stage != stage);
        let further = unfinished.map(|(position, item)| {
            let what = Message::new("raise-stage")
                .with("kind", rules::word(&item.kind))
                .with("from", rules::word(&item.stage))
                .with("stage", rules::word(&stage));
            (what, Change::ItemStage { entry: id(), list: list.to_owned(), position, stage: stage.clone() })
        });
        let item = Item { kind: kind.clone(), stage: stage.clone(), attributes: Vec::new() };
        let more = Message::new("raise-item").with("kind", rules::word(&kind)).with("stage", rules::word(&stage));
        further.chain([(more, Change::AddItem { entry: id(), list: list.to_owned(), item })]).collect()
    }

    /// The indicator has the highest points of its scale.
    fn at_its_highest(&self, indicator: &Indicator) -> Option<(Message, Count)> {
        let mut count = self.count.clone();
        let highest = highest(find(&count.tree, &indicator.id)?)?;
        state_points(&mut count, self.id(), &indicator.id, highest)?;
        let key = if self.missing(indicator).is_empty() { "raise-highest" } else { "raise-claim" };
        Some((Message::new(key).local("indicator", &indicator.name.id, &indicator.name.en), count))
    }
}

fn find<'n>(node: &'n Node, id: &str) -> Option<&'n Node> {
    if node.id == id && node.leaf.is_some() {
        return Some(node);
    }
    node.below().find_map(|below| find(below, id))
}

fn find_mut<'n>(node: &'n mut Node, id: &str) -> Option<&'n mut Leaf> {
    if node.id == id && node.leaf.is_some() {
        return node.leaf.as_mut();
    }
    let group = node.group.as_mut()?;
    let parts = group.parts.iter_mut().map(|part| &mut part.node);
    parts.chain(&mut group.bonuses).chain(&mut group.penalties).find_map(|below| find_mut(below, id))
}

/// The highest points that a leaf's scale gives; none where it has no end.
fn highest(node: &Node) -> Option<Exact> {
    let leaf = node.leaf.as_ref()?;
    let share = |factor: &Exact| matches!(leaf.measure, Measure::Ratio { .. }).then(|| factor.clone());
    let of_scale = match &leaf.scale {
        Scale::Linear { points_from, points_to, .. } => Some(points_from.max(points_to).clone()),
        Scale::Bands { below, steps } => Some(steps.iter().map(|step| &step.points).chain([below]).max()?.clone()),
        Scale::Times(factor) => share(factor),
        Scale::Identity => share(&Exact::one()),
    };
    node.cap.clone().or(of_scale)
}

/// The leaf gives these points, whatever it measures.
fn state_points(count: &mut Count, entry: &str, leaf: &str, points: Exact) -> Option<()> {
    let found = find_mut(&mut count.tree, leaf)?;
    (found.measure, found.scale) = (Measure::Stated, Scale::Identity);
    let entry = count.entries.iter_mut().find(|known| known.id == entry)?;
    entry.not_applicable.retain(|known| known != leaf);
    entry.stated.insert(leaf.to_owned(), points);
    Some(())
}
