//! Ladders: each step can split a tie in every contest that uses it.

use std::collections::BTreeSet;

use tally::Rung;

use super::{Book, Finding};
use crate::problem::complaint;
use crate::reader::{did_you_mean, is_id};
use crate::rulebook::Scheme;

pub(super) fn ladders_have_steps(book: &Book<'_>) -> Vec<Finding> {
    let without = book.ladders.iter().enumerate().filter(|(_, ladder)| ladder.steps.is_empty());
    let found = without.map(|(index, ladder)| {
        let message = complaint("ladder-empty").text("ladder", &ladder.id);
        Finding::new(format!("ladder.{index}.steps"), message)
    });
    found.collect()
}

/// Only a panel has a chair who could decide. Where a panel is missing anyway, that is said and not this.
pub(super) fn the_chair_is_of_a_panel(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for held in book.contests_at().filter(|held| held.rule.panel.is_none()) {
        let chair = book.ladder(&held.rule.ladder).is_some_and(|ladder| ladder.steps.contains(&Rung::Chair));
        if chair && !held.scheme.is_some_and(Scheme::is_marked) && book.is_sound(&format!("{}.panel", held.path)) {
            let message = complaint("chair-without-panel").text("ladder", &held.rule.ladder);
            found.push(Finding::new(format!("{}.ladder", held.path), message));
        }
    }
    found
}

pub(super) fn no_step_twice(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, ladder) in book.ladders.iter().enumerate() {
        for (number, step) in ladder.steps.iter().enumerate() {
            if ladder.steps[..number].contains(step) {
                let message = complaint("step-twice").text("ladder", &ladder.id);
                found.push(Finding::new(format!("ladder.{index}.steps.{number}"), message));
            }
        }
    }
    found
}

pub(super) fn nothing_after_the_lot(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, ladder) in book.ladders.iter().enumerate() {
        let lot = ladder.steps.iter().position(|step| *step == Rung::Lot);
        if let Some(lot) = lot.filter(|lot| lot + 1 < ladder.steps.len()) {
            let message = complaint("step-after-lot").text("ladder", &ladder.id);
            found.push(Finding::new(format!("ladder.{index}.steps.{}", lot + 1), message));
        }
    }
    found
}

pub(super) fn steps_are_nodes(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, ladder) in book.ladders.iter().enumerate() {
        let used = book.contests_at().filter(|held| held.rule.ladder == ladder.id);
        let schemes: Vec<&Scheme> = used.filter_map(|held| held.scheme).collect();
        for (number, step) in ladder.steps.iter().enumerate() {
            if let Rung::Node(node) = step {
                let path = format!("ladder.{index}.steps.{number}");
                found.extend(missing_node(book, &path, node, &schemes, &WORDS));
            }
        }
    }
    found
}

/// Steps that are no node.
const WORDS: [&str; 4] = ["fewer_corrections", "chair", "plenary", "lot"];

/// A node that one of the schemes does not have, or that has no points of its own there; `words` could stand there as well.
pub(super) fn missing_node(
    book: &Book<'_>,
    path: &str,
    node: &str,
    schemes: &[&Scheme],
    words: &[&'static str],
) -> Option<Finding> {
    let every = || book.rules.schemes.iter().collect::<Vec<_>>();
    let somewhere = |scheme: &&Scheme| has_node(scheme, node);
    if schemes.is_empty() {
        let known = every().iter().any(somewhere);
        return (!known).then(|| unknown(path, node, "", every(), words));
    }
    let without = schemes.iter().find(|scheme| !has_node(scheme, node))?;
    if let Some((aspect, _)) = without.indicator(node) {
        let message = complaint("node-in-sheet").text("node", node).text("aspect", &aspect.id);
        return Some(Finding::new(path, message));
    }
    Some(unknown(path, node, &without.id, vec![without], words))
}

fn unknown(path: &str, node: &str, scheme: &str, schemes: Vec<&Scheme>, words: &[&'static str]) -> Finding {
    let nodes: BTreeSet<&str> = schemes.into_iter().flat_map(nodes).filter(|id| is_id(id) && *id != "total").collect();
    let known: Vec<&str> = nodes.into_iter().chain(words.iter().copied()).collect();
    let message = complaint("unknown-node").text("node", node).text("scheme", scheme);
    Finding::new(path, message).hint(did_you_mean(node, known))
}

fn has_node(scheme: &Scheme, node: &str) -> bool {
    nodes(scheme).contains(&node)
}

/// The aspects and indicators that have points of their own for each candidate.
fn nodes(scheme: &Scheme) -> Vec<&str> {
    let aspects = scheme.aspects.iter().map(|aspect| aspect.id.as_str());
    let indicators = scheme.indicators().filter(|(aspect, _)| aspect.sheet_order.is_none());
    aspects.chain(indicators.map(|(_, indicator)| indicator.id.as_str())).collect()
}
