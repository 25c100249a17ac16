//! Which claims a contest asks for: those that its indicators and gates need, be it through computed claims.

use std::collections::BTreeSet;

use rules::Rulebook;
use rules::rulebook::{ContestRule, GateCondition, GateRule, Indicator, IndicatorKind};
use tally::Formula;

use crate::rule;

/// The claims of the rulebook that a contest asks of a category, in the order of the rulebook.
pub(super) fn claims<'r>(rules: &'r Rulebook, rule: &ContestRule, category: &str) -> Vec<&'r rules::rulebook::ClaimRule> {
    let mut names = BTreeSet::new();
    for (_, indicator) in rule::indicators(rules, rule) {
        names.extend(of_indicator(rules, indicator));
    }
    let gates = rules.category(category).into_iter().flat_map(|category| &category.gates);
    for gate in gates.chain(rules.scheme(&rule.scheme).into_iter().flat_map(|scheme| &scheme.gates)) {
        names.extend(of_gate(rules, gate));
    }
    rules.claims.iter().filter(|claim| names.contains(&claim.id)).collect()
}

/// The claims that an indicator needs.
pub(super) fn of_indicator(rules: &Rulebook, indicator: &Indicator) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    of_kind(rules, &indicator.kind, &mut names);
    names
}

/// What is measured, also where it is compared with the best.
pub(super) fn plain(kind: &IndicatorKind) -> &IndicatorKind {
    let mut kind = kind;
    while let IndicatorKind::Relative { of } = kind {
        kind = of;
    }
    kind
}

fn of_kind(rules: &Rulebook, kind: &IndicatorKind, names: &mut BTreeSet<String>) {
    match plain(kind) {
        IndicatorKind::Ratio { numerator, denominator, .. } => {
            add(rules, numerator, names);
            add(rules, denominator, names);
        }
        IndicatorKind::Count { claim } => add(rules, claim, names),
        IndicatorKind::Growth { from, to, .. } => {
            add(rules, from, names);
            add(rules, to, names);
        }
        IndicatorKind::Checklist { list, .. } => add(rules, list, names),
        IndicatorKind::Formula { formula } => of_formula(rules, formula, names),
        _ => {}
    }
}

fn of_gate(rules: &Rulebook, gate: &GateRule) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    match &gate.condition {
        GateCondition::Yes(claim) | GateCondition::No(claim) | GateCondition::Claim(claim, ..) => add(rules, claim, &mut names),
        GateCondition::Formula(formula, ..) => of_formula(rules, formula, &mut names),
        GateCondition::PreviousWinner(_) => {}
    }
    names
}

fn of_formula(rules: &Rulebook, formula: &str, names: &mut BTreeSet<String>) {
    let Ok(formula) = Formula::parse(formula) else { return };
    formula.names().iter().for_each(|name| add(rules, name, names));
}

/// A claim as it is, a computed one by what it is computed from. A checked rulebook computes nothing in a circle.
fn add(rules: &Rulebook, name: &str, names: &mut BTreeSet<String>) {
    match rules.derived_claim(name) {
        Some(derived) if !names.contains(name) => {
            names.insert(name.to_owned());
            of_formula(rules, &derived.formula, names);
        }
        _ => drop(names.insert(name.to_owned())),
    }
}
