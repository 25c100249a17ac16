//! Schemes: how points come about, down to each indicator.

use tally::{Combine, Exact, Method, Missing, NotApplicable};
use words::Message;

use super::edition::aliases;
use super::facts::Facts;
use super::{Page, named, say, word};
use crate::rulebook::{Aspect, Indicator, IndicatorKind, Limits, Role, Scheme};
use crate::word::Word;

impl Page<'_> {
    pub(super) fn schemes(&mut self) {
        let book = self.book;
        self.part("part-schemes");
        for scheme in &book.schemes {
            self.thing(&scheme.name, &scheme.clause);
            self.sentence(scheme_facts(scheme));
            for (stage, weight) in &scheme.stage_weights {
                let fact = say("stage-weight").message("stage", word(stage.name()));
                let fact = fact.message("weight", share(weight, scheme.weights_total.as_ref()));
                self.details(1, Facts::of(&scheme.clause).fact(&["stage_weights", stage.name()], fact));
            }
            for gate in &scheme.gates {
                self.gate(1, gate);
            }
            for aspect in &scheme.aspects {
                self.aspect(scheme, aspect);
            }
        }
    }

    fn aspect(&mut self, scheme: &Scheme, aspect: &Aspect) {
        let others = scheme.aspects.iter().filter(|one| one.role == Role::Part).count() > 1;
        let alone = aspect.role == Role::Part && !others && aspect.weight == Exact::one();
        let weight = weight(aspect.role, &aspect.weight, scheme.combine, scheme.weights_total.as_ref());
        let stage = aspect.stage.map(|stage| say("aspect-stage").message("stage", word(stage.name())));
        let attendance = aspect.attendance.as_ref().map(|id| self.factor(id));
        let combine = combine(aspect.combine, aspect.weights_total.as_ref(), parts(aspect));
        let sheet = aspect.sheet_order.map(|missing| say(&format!("sheet-order-{}", missing.word())));
        let facts = Facts::of(&aspect.clause).maybe(weight_keys(aspect.role), (!alone).then_some(weight));
        let facts = facts.maybe(&["stage"], stage);
        let facts = facts.maybe(&["combine", "weights_total"], combine).maybe(&["attendance"], attendance);
        let facts = facts.maybe(&["jurors", "method", "drop", "at_least"], aspect.method.map(method));
        let facts = facts.maybe(&["jurors", "order", "missing"], sheet).maybe(&["aliases"], aliases(&aspect.aliases));
        self.item(1, &aspect.name, limits(facts, &aspect.limits));
        for indicator in &aspect.indicators {
            self.indicator(aspect, indicator);
        }
    }

    fn factor(&self, id: &str) -> Message {
        let table = self.book.attendance_table(id);
        let name = table.map(|table| super::local(&table.name));
        say("aspect-attendance").with("attendance", name.unwrap_or_else(|| words::Arg::Text(id.to_owned())))
    }

    fn indicator(&mut self, aspect: &Aspect, indicator: &Indicator) {
        let alone = parts(aspect) == 1 && indicator.role == Role::Part && indicator.weight == Exact::one();
        let weight = weight(indicator.role, &indicator.weight, aspect.combine, aspect.total().as_ref());
        let facts = Facts::of(&indicator.clause).maybe(weight_keys(indicator.role), (!alone).then_some(weight));
        let facts = facts.fact(measure_keys(&indicator.kind), self.measure(&indicator.kind));
        let facts = facts.maybe(&["bands", "below", "linear", "times"], self.scale(&indicator.scale));
        let facts = limits(facts, &indicator.limits);
        self.item(2, &indicator.name, facts);
        self.details(3, more(aspect, indicator));
        if let IndicatorKind::Rubric { anchors, .. } = &indicator.kind {
            for anchor in anchors {
                let text = say("anchor").number("at_least", &anchor.at_least).with("text", super::local(&anchor.text));
                self.details(3, Facts::of(&indicator.clause).fact(&["anchors"], text));
            }
        }
    }
}

/// The keys from which a measure's numbers come.
fn measure_keys(kind: &IndicatorKind) -> &'static [&'static str] {
    match kind {
        IndicatorKind::Ratio { .. } => &["kind", "numerator", "denominator", "over_one"],
        IndicatorKind::Count { .. } => &["kind", "claim"],
        IndicatorKind::Growth { .. } => &["kind", "from", "to", "mode"],
        IndicatorKind::Checklist { .. } => &["kind", "list", "kinds", "stages", "attributes", "at_most"],
        IndicatorKind::Rubric { .. } => &["kind", "min", "max", "step"],
        IndicatorKind::Attendance { .. } => &["kind", "attendance"],
        IndicatorKind::Formula { .. } => &["kind", "formula"],
        IndicatorKind::Relative { .. } => &["kind", "of"],
        IndicatorKind::Stated => &["kind"],
        IndicatorKind::Carried { .. } => &["kind", "level", "value"],
    }
}

/// What else is to be said about an indicator.
fn more<'i>(aspect: &Aspect, indicator: &'i Indicator) -> Facts<'i> {
    // Only in a mean there are others who share a weight.
    let shared = indicator.role == Role::Part && aspect.combine == Combine::Mean && parts(aspect) > 1;
    let missing = match indicator.missing {
        Missing::Skip if !shared => say("missing-left-out"),
        missing => say(&format!("missing-{}", missing.word())),
    };
    let told = shared || indicator.not_applicable != NotApplicable::Skip;
    let not_applicable = told.then(|| say(&format!("not-applicable-{}", indicator.not_applicable.word())));
    let question = indicator.question.as_ref().map(|question| named("claim-question", question));
    let equivalent = indicator.equivalent.as_ref().map(|id| say("equivalent").text("id", id));
    let range = indicator
        .range
        .as_ref()
        .map(|grid| say("range").number("min", &grid.min).number("max", &grid.max).number("step", &grid.step));
    let facts = Facts::of(&indicator.clause).fact(&["missing"], missing);
    let facts = facts.maybe(&["not_applicable"], not_applicable).maybe(&["range", "min", "max", "step"], range);
    let facts = facts.maybe(&["equivalent"], equivalent).maybe(&["aliases"], aliases(&indicator.aliases));
    let data = indicator.data_question.as_ref().map(|id| say("data-question").text("id", id));
    facts.maybe(&["question"], question).maybe(&["data_question"], data)
}

/// How many parts of an aspect are neither bonus nor penalty.
fn parts(aspect: &Aspect) -> usize {
    aspect.indicators.iter().filter(|one| one.role == Role::Part).count()
}

fn scheme_facts(scheme: &Scheme) -> Facts<'_> {
    let parts = combine(scheme.combine, scheme.weights_total.as_ref(), 2);
    let stages = (!scheme.stage_weights.is_empty()).then(|| say("stages-weighed"));
    let facts = Facts::of(&scheme.clause).maybe(&["stage_weights"], stages);
    let facts = facts.maybe(&["combine", "weights_total"], parts);
    let jurors = scheme.is_marked() || scheme.method != Method::Mean;
    let facts = facts.maybe(&["jurors", "method", "drop", "at_least"], jurors.then(|| method(scheme.method)));
    limits(facts, &scheme.limits)
}

/// How parts become one, where there is more than one.
fn combine(combine: Combine, total: Option<&Exact>, parts: usize) -> Option<Message> {
    let plain = say(&format!("combine-{}", combine.word()));
    match total {
        Some(total) => Some(say("combine-total").message("combine", plain).number("total", total)),
        None => (parts > 1).then_some(plain),
    }
}

fn method(method: Method) -> Message {
    match method {
        Method::Mean => say("jurors-mean"),
        Method::Median => say("jurors-median"),
        Method::Trimmed { drop, at_least } => say("jurors-trimmed").number("drop", drop).number("at_least", at_least),
    }
}

/// `weight 25 %`, `bonus`, `penalty`.
fn weight(role: Role, weight: &Exact, combine: Combine, total: Option<&Exact>) -> Message {
    match role {
        Role::Part if combine == Combine::Sum && total.is_none() => say("weight-times").number("weight", weight),
        Role::Part => say("weight").message("weight", share(weight, total)),
        Role::Bonus => say("bonus"),
        Role::Penalty => say("penalty"),
    }
}

/// The keys from which [`weight`] speaks.
fn weight_keys(role: Role) -> &'static [&'static str] {
    if role == Role::Part { &["weight"] } else { &["role"] }
}

/// A weight as a percentage of the total, where that is what it is.
fn share(weight: &Exact, total: Option<&Exact>) -> Message {
    match total {
        Some(total) if *total == Exact::from(100_i64) => say("percent").number("number", weight),
        Some(total) => say("share").number("number", weight).number("total", total),
        None => say("number").number("number", weight),
    }
}

fn limits<'c>(facts: Facts<'c>, limits: &Limits) -> Facts<'c> {
    let cap = limits.cap.as_ref().map(|cap| say("cap").number("cap", cap));
    let floor = limits.floor.as_ref().map(|floor| say("floor").number("floor", floor));
    let round = limits.round.map(|round| say("round").number("places", round.places).message("mode", word(round.mode.word())));
    facts.maybe(&["cap"], cap).maybe(&["floor"], floor).maybe(&["round", "places", "mode"], round)
}
