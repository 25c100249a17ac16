//! What does not look right while a figure is typed. A warning keeps nobody from typing on: whether a figure may stand is decided when it is
//! verified, by the bounds of the rulebook.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rules::Rulebook;
use rules::rulebook::{ClaimShape, ContestRule, DerivedRule, IndicatorKind, Plausible, Text};
use serde::Serialize;
use tally::{Exact, Formula};
use words::{Arg, Message};

use super::{asked, line};
use crate::act::ContestKey;
use crate::cycle::parse::figures::unfit;
use crate::id::CandidateId;
use crate::plausible::decimal;
use crate::rule;
use crate::sentence::Sentence;
use crate::state::State;

/// A figure that is so many times what it was before, or so small a part of it, is asked about.
const JUMP: u32 = 2;

/// A figure as it is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Typed {
    /// The claim's id.
    pub claim: String,
    /// None while nothing that is a number is typed.
    pub value: Option<Exact>,
    pub as_of: Option<Date>,
}

/// What is known beside the figure that is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The other figures of the candidate, by claim.
    pub claims: BTreeMap<String, Exact>,
    /// What stood there before: stated earlier, or delivered with an indicator vintage.
    pub before: BTreeMap<String, Exact>,
}

/// A field of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The figure itself.
    Value,
    /// The day as of which it holds.
    AsOf,
}

/// Something that does not look right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// The figures that it is about, first the one that was typed: several where they do not fit each other.
    pub claims: Vec<String>,
    /// Where it was typed.
    pub field: Field,
    /// What.
    pub text: Sentence,
    /// What to look at.
    pub next: Sentence,
}

/// What is known of a candidate's figures in a contest; nothing if it does not stand there.
pub fn known(state: &State, key: &ContestKey, candidate: &CandidateId) -> Known {
    let entry = state.contests.get(key).and_then(|contest| contest.entry(candidate.as_str()));
    let Some(entry) = entry else { return Known::default() };
    let names = entry.claims.keys().chain(entry.restated.keys());
    let claims: BTreeMap<String, Exact> = names.filter_map(|claim| Some((claim.clone(), line::claimed(entry, claim)?))).collect();
    Known { before: claims.clone(), claims }
}

/// Everything about a figure that does not look right; empty while nothing is typed.
pub fn warnings(rules: &Rulebook, rule: &ContestRule, known: &Known, typed: &Typed) -> Vec<Warning> {
    let day = typed.as_of.and_then(|day| outside_period(rules, day));
    let told = typed.value.iter().flat_map(|value| Desk { rules, rule, known, typed, value }.all());
    let warn = |field: Field, (text, others): Told| {
        let next = Message::new(format!("{}-next", text.key()));
        let others = others.into_iter().filter(|other| *other != typed.claim);
        let claims = std::iter::once(typed.claim.clone()).chain(others).collect();
        Warning { claims, field, text: text.into(), next: next.into() }
    };
    let of_day = day.map(|day| warn(Field::AsOf, alone(day)));
    told.map(|told| warn(Field::Value, told)).chain(of_day).collect()
}

/// Everything about figures that are typed together, such as both of a share: each is held against the others as typed, and nothing is said
/// twice of the same figures.
pub fn warnings_together(rules: &Rulebook, rule: &ContestRule, known: &Known, typed: &[Typed]) -> Vec<Warning> {
    let mut known = known.clone();
    known.claims.extend(typed.iter().filter_map(|one| Some((one.claim.clone(), one.value.clone()?))));
    let mut said: Vec<Warning> = Vec::new();
    for warning in typed.iter().flat_map(|one| warnings(rules, rule, &known, one)) {
        let is_of = |before: &Warning| before.claims.iter().any(|claim| warning.claims.contains(claim));
        if !said.iter().any(|before| before.text == warning.text && is_of(before)) {
            said.push(warning);
        }
    }
    said
}

/// A day outside of the period that is assessed.
fn outside_period(rules: &Rulebook, day: Date) -> Option<Message> {
    let (from, to) = (rules.edition.assessment_from, rules.edition.assessment_to);
    let message = || Message::new("warning-as-of").date("day", day).date("from", from).date("to", to);
    (day < from || day > to).then(message)
}

/// What does not look right, and the figures that it does not fit to.
type Told = (Message, Vec<String>);

/// About a figure by itself.
fn alone(message: Message) -> Told {
    (message, Vec::new())
}

struct Desk<'t> {
    rules: &'t Rulebook,
    rule: &'t ContestRule,
    known: &'t Known,
    typed: &'t Typed,
    value: &'t Exact,
}

impl Desk<'_> {
    fn all(&self) -> Vec<Told> {
        let Some(claim) = self.rules.claim(&self.typed.claim) else { return Vec::new() };
        if let Some(why) = unfit(claim, self.value) {
            return vec![alone(Message::new("warning-unfit").message("why", why))];
        }
        let own = outside(&claim.name, &claim.plausible, self.value).map(alone).into_iter();
        let indicators = rule::indicators(self.rules, self.rule);
        let of_indicators = indicators.iter().flat_map(|(_, indicator)| self.indicator(&indicator.name, &indicator.kind));
        let derived = self.rules.derived.iter().filter_map(|derived| self.derived(derived));
        own.chain(of_indicators).chain(derived).chain(self.jump(claim.shape).map(alone)).collect()
    }

    fn figure(&self, claim: &str) -> Option<Exact> {
        if claim == self.typed.claim {
            return Some(self.value.clone());
        }
        self.known.claims.get(claim).cloned()
    }

    fn indicator(&self, name: &Text, kind: &IndicatorKind) -> Vec<Told> {
        let is = |claim: &str| claim == self.typed.claim;
        match asked::plain(kind) {
            IndicatorKind::Ratio { denominator, .. } if is(denominator) && self.value.is_zero() => {
                vec![alone(Message::new("warning-nobody").local("indicator", &name.id, &name.en))]
            }
            IndicatorKind::Ratio { numerator, denominator, .. } if is(numerator) || is(denominator) => {
                let of_both = |message| (message, vec![numerator.clone(), denominator.clone()]);
                self.coverage(name, numerator, denominator).map(of_both).into_iter().collect()
            }
            IndicatorKind::Growth { from, to, .. } if is(to) => {
                let before = self.figure(from);
                let leap = before.and_then(|before| self.leap("warning-growth", &before));
                leap.map(|message| (message, vec![from.clone()])).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// More above the line than below it.
    fn coverage(&self, name: &Text, numerator: &str, denominator: &str) -> Option<Message> {
        let (part, all) = self.figure(numerator).zip(self.figure(denominator))?;
        if part <= all {
            return None;
        }
        let percent = (&part * &Exact::from(100u32)).checked_div(&all).map_or_else(|| "…".to_owned(), |share| share.fixed(1));
        let message = Message::new("warning-coverage").local("indicator", &name.id, &name.en).number("percent", percent);
        Some(message.number("part", decimal(&part)).number("all", decimal(&all)))
    }

    /// A computed claim that is outside its bounds, or at a cap that hides how far it is out: half the money would do the same.
    fn derived(&self, derived: &DerivedRule) -> Option<Told> {
        let formula = Formula::parse(&derived.formula).ok()?;
        if !formula.names().contains(&self.typed.claim) {
            return None;
        }
        let value = formula.evaluate(|claim| self.figure(claim)).ok()?;
        let told = outside(&derived.name, &derived.plausible, &value).or_else(|| self.capped(derived, &formula, &value))?;
        Some((told, formula.names().to_vec()))
    }

    fn capped(&self, derived: &DerivedRule, formula: &Formula, value: &Exact) -> Option<Message> {
        let is_money = |claim: &String| self.rules.claim(claim).is_some_and(|claim| claim.shape == ClaimShape::Money);
        let money = formula.names().iter().find(|name| is_money(name))?;
        let spent = self.figure(money)?;
        let half = spent.checked_div(&Exact::from(JUMP))?;
        let halved = |claim: &str| if claim == money { Some(half.clone()) } else { self.figure(claim) };
        if value.is_zero() || spent.is_zero() || formula.evaluate(halved).ok()? != *value {
            return None;
        }
        let name = &self.rules.claim(money)?.name;
        let message = Message::new("warning-capped").local("what", &derived.name.id, &derived.name.en);
        Some(message.local("claim", &name.id, &name.en).number("value", decimal(value)))
    }

    fn jump(&self, shape: ClaimShape) -> Option<Message> {
        if !matches!(shape, ClaimShape::Count | ClaimShape::Money | ClaimShape::Number) {
            return None;
        }
        self.leap("warning-jump", self.known.before.get(&self.typed.claim)?)
    }

    /// A figure that is far from what it was.
    fn leap(&self, key: &str, before: &Exact) -> Option<Message> {
        let times = Exact::from(JUMP);
        let far = *self.value > before * &times || &(self.value * &times) < before;
        let message = || Message::new(key).number("value", decimal(self.value)).number("before", decimal(before));
        (far && !before.is_zero()).then(message)
    }
}

fn outside(what: &Text, bounds: &Plausible, value: &Exact) -> Option<Message> {
    if bounds.holds(value) {
        return None;
    }
    let bound = |bound: &Option<Exact>| bound.as_ref().map_or(Arg::Text("…".into()), |bound| Arg::Number(bound.to_string()));
    let message = Message::new("warning-implausible").local("what", &what.id, &what.en).number("value", decimal(value));
    Some(message.with("least", bound(&bounds.at_least)).with("most", bound(&bounds.at_most)))
}
