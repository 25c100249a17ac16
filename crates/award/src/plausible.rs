//! What cannot be true: a coverage above everybody, a denominator of nobody, a budget that pays for ninety months. Bounds stand in the
//! rulebook; here they are asked before a figure is taken down.

use rules::rulebook::{IndicatorKind, Plausible, Text};
use tally::{Exact, Formula, OverOne};
use words::{Arg, Message};

use crate::act::ContestKey;
use crate::cycle::parse::figures::unfit;
use crate::decide::name;
use crate::refusal::Refusal;
use crate::rule;
use crate::state::{Entry, State};

/// Refuses a figure that its claim, an indicator or a computed claim says cannot be.
pub(crate) fn figure(state: &State, key: &ContestKey, entry: &Entry, claim: &str, value: &Exact) -> Result<(), Refusal> {
    let asked = Asked { state, key, entry, claim, value };
    shape(state, key, entry, claim, value)?;
    let rules = state.rules_of(&key.round);
    let rule = rules.claim(claim).expect("its shape was asked");
    asked.within(&rule.name, &rule.plausible, value)?;
    let indicators = state.rule(key).map(|rule| rule::indicators(rules, rule)).unwrap_or_default();
    indicators.into_iter().try_for_each(|(_, indicator)| asked.indicator(&indicator.kind))?;
    asked.derived()
}

/// Refuses a figure that does not have the shape of its claim: a negative count, a yes that is 2, more decimals than it may have.
pub(crate) fn shape(state: &State, key: &ContestKey, entry: &Entry, claim: &str, value: &Exact) -> Result<(), Refusal> {
    let candidate = name(state, entry.candidate.as_str());
    let Some(rule) = state.rules_of(&key.round).claim(claim) else {
        return Err(Refusal::of(Message::new("refusal-no-such-claim").text("claim", claim).text("candidate", candidate)));
    };
    match unfit(rule, value) {
        Some(why) => Err(Refusal::of(
            Message::new("refusal-figure-unfit").text("claim", claim).text("candidate", candidate).message("why", why),
        )),
        None => Ok(()),
    }
}

struct Asked<'a> {
    state: &'a State,
    key: &'a ContestKey,
    entry: &'a Entry,
    claim: &'a str,
    value: &'a Exact,
}

impl Asked<'_> {
    /// The figure of a claim if this one is taken down.
    fn figure(&self, claim: &str) -> Option<Exact> {
        if claim == self.claim {
            return Some(self.value.clone());
        }
        self.entry.claims.get(claim)?.verified.clone()
    }

    fn within(&self, what: &Text, bounds: &Plausible, value: &Exact) -> Result<(), Refusal> {
        if bounds.holds(value) {
            return Ok(());
        }
        let bound =
            |bound: &Option<Exact>| bound.as_ref().map_or(Arg::Text("…".into()), |bound| Arg::Number(bound.to_string()));
        let message = Message::new("refusal-implausible")
            .text("claim", self.claim)
            .text("candidate", name(self.state, self.entry.candidate.as_str()))
            .local("what", &what.id, &what.en)
            .number("value", decimal(value))
            .with("least", bound(&bounds.at_least))
            .with("most", bound(&bounds.at_most));
        Err(Refusal::of(message))
    }

    fn indicator(&self, kind: &IndicatorKind) -> Result<(), Refusal> {
        match kind {
            IndicatorKind::Ratio { numerator, denominator, over_one } => {
                self.not_by_zero(denominator)?;
                let both = self.figure(numerator).zip(self.figure(denominator));
                let touched = [numerator, denominator].into_iter().any(|claim| claim == self.claim);
                let above = both.filter(|(part, all)| touched && *over_one == OverOne::Refuse && part > all);
                above.map_or(Ok(()), |(part, all)| Err(self.above_all(numerator, denominator, &part, &all)))
            }
            IndicatorKind::Growth { from, mode: tally::GrowthMode::Relative, .. } => self.not_by_zero(from),
            IndicatorKind::Relative { of } => self.indicator(of),
            _ => Ok(()),
        }
    }

    fn not_by_zero(&self, denominator: &str) -> Result<(), Refusal> {
        if denominator != self.claim || !self.value.is_zero() {
            return Ok(());
        }
        let message = Message::new("refusal-denominator-zero").text("claim", self.claim);
        Err(Refusal::of(message.text("candidate", name(self.state, self.entry.candidate.as_str()))))
    }

    fn above_all(&self, numerator: &str, denominator: &str, part: &Exact, all: &Exact) -> Refusal {
        let message = Message::new("refusal-coverage-above-all")
            .text("candidate", name(self.state, self.entry.candidate.as_str()))
            .text("numerator", numerator)
            .text("denominator", denominator)
            .number("part", decimal(part))
            .number("all", decimal(all));
        Refusal::of(message)
    }

    /// Computed claims that use this one and have bounds.
    fn derived(&self) -> Result<(), Refusal> {
        let bounded =
            self.state.rules_of(&self.key.round).derived.iter().filter(|derived| derived.plausible != Plausible::default());
        for derived in bounded {
            let Ok(formula) = Formula::parse(&derived.formula) else { continue };
            if !formula.names().iter().any(|name| name == self.claim) {
                continue;
            }
            if let Ok(value) = formula.evaluate(|claim| self.figure(claim)) {
                self.within(&derived.name, &derived.plausible, &value)?;
            }
        }
        Ok(())
    }
}

/// A number as people read it: exact if it ends, else with two places.
pub(crate) fn decimal(value: &Exact) -> String {
    let text = value.to_string();
    if text.contains('/') { value.fixed(2) } else { text }
}
