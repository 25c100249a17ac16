//! Formulas and derived claims: that they can be read, and that no claim needs itself.

use std::collections::HashMap;

use super::Document;
use crate::formula::Formula;
use crate::model::{By, Measure};
use crate::outcome::{Code, Refusal};

/// A claim is either derived or stated, never both: otherwise two numbers would go by one name.
pub(super) fn claims_are_derived_or_stated(document: &Document, found: &mut Vec<Refusal>) {
    for entry in &document.count.entries {
        let twice = document.count.derived.iter().any(|derived| entry.claims.contains_key(&derived.name));
        found.extend(twice.then(|| Refusal::of(Code::DuplicateClaim).entry(&entry.id)));
    }
}

/// Reads every formula of the document.
pub(super) fn read<'a>(document: &Document<'_, 'a>, found: &mut Vec<Refusal>) -> HashMap<&'a str, Formula> {
    let mut formulas = HashMap::new();
    for (text, node) in texts(document) {
        match Formula::parse(text) {
            Ok(formula) => drop(formulas.insert(text, formula)),
            Err(_) => found.push(Refusal { code: Code::BadFormula, entry: None, node: node.map(Into::into) }),
        }
    }
    if has_loop(document, &formulas) {
        found.push(Refusal::of(Code::FormulaLoop));
    }
    formulas
}

/// The texts of all formulas, with the node where they stand.
fn texts<'a>(document: &Document<'_, 'a>) -> Vec<(&'a str, Option<&'a str>)> {
    let count = document.count;
    let nodes = document.tree.nodes.iter().filter_map(|seat| {
        let text = in_measure(&seat.node.leaf.as_ref()?.measure)?;
        Some((text, Some(seat.node.id.as_str())))
    });
    let derived = count.derived.iter().map(|derived| derived.formula.as_str());
    let gates = count.gates.iter().filter_map(|gate| in_measure(&gate.measure));
    let conditions = count.awards.iter().filter_map(|award| match &award.by {
        By::Condition(text) => Some(text.as_str()),
        _ => None,
    });
    nodes.chain(derived.chain(gates).chain(conditions).map(|text| (text, None))).collect()
}

fn in_measure(measure: &Measure) -> Option<&str> {
    match measure {
        Measure::Formula(text) => Some(text),
        Measure::Relative { of } => match of.as_ref() {
            Measure::Formula(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// Takes away, again and again, the derived claims that need no other one; what is left at the end needs itself.
fn has_loop(document: &Document, formulas: &HashMap<&str, Formula>) -> bool {
    let mut needs: HashMap<&str, usize> = HashMap::new();
    let mut needed_by: HashMap<&str, Vec<&str>> = HashMap::new();
    let derived: HashMap<&str, &str> =
        // Of two with one name the first stays: it is put in last.
        document.count.derived.iter().rev().map(|derived| (derived.name.as_str(), derived.formula.as_str())).collect();
    for (name, text) in &derived {
        let names = formulas.get(text).map_or(&[][..], Formula::names);
        let others = names.iter().filter_map(|name| derived.get_key_value(name.as_str()));
        let others: Vec<&str> = others.map(|(other, _)| *other).collect();
        needs.insert(name, others.len());
        others.into_iter().for_each(|other| needed_by.entry(other).or_default().push(name));
    }
    let mut free: Vec<&str> = needs.iter().filter(|(_, count)| **count == 0).map(|(name, _)| *name).collect();
    let mut left = needs.len();
    while let Some(name) = free.pop() {
        left -= 1;
        for other in needed_by.get(name).into_iter().flatten() {
            let count = needs.get_mut(other).expect("every derived claim is in the list");
            *count -= 1;
            if *count == 0 {
                free.push(other);
            }
        }
    }
    left > 0
}
