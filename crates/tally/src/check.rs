//! The form of a count document: everything that can be wrong with it before anything is counted.
//!
//! Each check is a small function in the list below; it looks at one thing and tells all it finds. A new check is a new
//! function in the list. What passes here may be relied on everywhere else (`docs/specification.md` section 14).

mod formulas;
mod sheets;
mod tree;

use std::collections::{HashMap, HashSet};

use crate::formula::Formula;
use crate::lot;
use crate::model::{By, Count, Lot, Rung};
use crate::outcome::{Code, Refusal};
use crate::tree::Tree;

/// What the checks look at.
struct Document<'d, 'a> {
    count: &'a Count,
    tree: &'d Tree<'a>,
    entries: HashSet<&'a str>,
    jurors: HashSet<&'a str>,
}

type Check = fn(&Document, &mut Vec<Refusal>);

const CHECKS: [Check; 12] = [
    ids_are_unique,
    tree::the_tree_is_one,
    tree::gates_measure_what_they_may,
    named_nodes_are_there,
    named_entries_are_there,
    entries_speak_of_leaves,
    formulas::claims_are_derived_or_stated,
    sheets::sheets_name_what_is_there,
    sheets::marks_are_in_range_and_on_step,
    sheets::no_leaf_is_marked_twice,
    the_lot_is_kept,
    cut_and_awards_can_be_reached,
];

/// Checks the form of a count; gives its formulas by their text.
pub(crate) fn check<'a>(count: &'a Count, tree: &Tree<'a>) -> Result<HashMap<&'a str, Formula>, Vec<Refusal>> {
    let entries = count.entries.iter().map(|entry| entry.id.as_str()).collect();
    let jurors = count.jurors.iter().map(String::as_str).collect();
    let document = Document { count, tree, entries, jurors };
    let mut found = Vec::new();
    CHECKS.iter().for_each(|check| check(&document, &mut found));
    let formulas = formulas::read(&document, &mut found);
    if found.is_empty() { Ok(formulas) } else { Err(found) }
}

impl<'a> Document<'_, 'a> {
    fn is_leaf(&self, node: &str) -> bool {
        self.tree.index.get(node).is_some_and(|at| self.tree.nodes[*at].node.leaf.is_some())
    }
}

fn ids_are_unique(document: &Document, found: &mut Vec<Refusal>) {
    let count = document.count;
    let twice = |refusal: &dyn Fn(&str) -> Refusal, ids: &mut dyn Iterator<Item = &String>| -> Vec<Refusal> {
        let mut seen = HashSet::new();
        ids.filter(|id| !seen.insert(*id)).map(|id| refusal(id)).collect()
    };
    let plain = |_: &str| Refusal::of(Code::DuplicateId);
    let entry = |id: &str| Refusal::of(Code::DuplicateId).entry(id);
    let node = |id: &str| Refusal::of(Code::DuplicateId).node(id);
    found.extend(twice(&plain, &mut count.jurors.iter()));
    found.extend(twice(&entry, &mut count.entries.iter().map(|entry| &entry.id)));
    found.extend(twice(&node, &mut document.tree.nodes.iter().map(|seat| &seat.node.id)));
    found.extend(twice(&plain, &mut count.gates.iter().map(|gate| &gate.id)));
    found.extend(twice(&plain, &mut count.awards.iter().map(|award| &award.id)));
    found.extend(twice(&plain, &mut count.derived.iter().map(|derived| &derived.name)));
}

fn named_nodes_are_there(document: &Document, found: &mut Vec<Refusal>) {
    let rungs = document.count.ladder.iter().filter_map(|rung| match rung {
        Rung::Node(node) => Some(node),
        _ => None,
    });
    let best = document.count.awards.iter().filter_map(|award| match &award.by {
        By::Best { node, .. } => Some(node),
        _ => None,
    });
    let unknown = rungs.chain(best).filter(|node| !document.tree.index.contains_key(node.as_str()));
    found.extend(unknown.map(|node| Refusal::of(Code::UnknownNode).node(node)));
}

fn named_entries_are_there(document: &Document, found: &mut Vec<Refusal>) {
    let orders = document.count.orders.iter().flat_map(|orders| orders.chair.iter().chain(&orders.plenary));
    let named = document.count.awards.iter().flat_map(|award| match &award.by {
        By::Named(entries) => entries.iter(),
        _ => [].iter(),
    });
    let unknown = orders.chain(named).filter(|entry| !document.entries.contains(entry.as_str()));
    found.extend(unknown.map(|entry| Refusal::of(Code::UnknownEntry).entry(entry)));
}

fn entries_speak_of_leaves(document: &Document, found: &mut Vec<Refusal>) {
    for entry in &document.count.entries {
        let leaves = entry.stated.keys().chain(&entry.not_applicable);
        let unknown = leaves.filter(|leaf| !document.is_leaf(leaf));
        found.extend(unknown.map(|leaf| Refusal::of(Code::UnknownNode).entry(&entry.id).node(leaf)));
    }
}

fn the_lot_is_kept(document: &Document, found: &mut Vec<Refusal>) {
    let Some(Lot { commitment, secret, words }) = &document.count.lot else { return };
    let is_hex = commitment.len() == 64 && commitment.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !is_hex || secret.is_some() != words.is_some() {
        found.push(Refusal::of(Code::BadLot));
    } else if secret.as_ref().is_some_and(|secret| lot::commitment(secret) != *commitment) {
        found.push(Refusal::of(Code::BrokenCommitment));
    }
}

fn cut_and_awards_can_be_reached(document: &Document, found: &mut Vec<Refusal>) {
    if document.count.cut.as_ref().is_some_and(|cut| cut.region_cap == Some(0)) {
        found.push(Refusal::of(Code::BadCut));
    }
    let unreachable = document.count.awards.iter().filter(|award| match &award.by {
        By::Place { from, to } => *from < 1 || to < from,
        By::Band { at_least, below: Some(below) } => below <= at_least,
        _ => false,
    });
    found.extend(unreachable.map(|_| Refusal::of(Code::BadAward)));
}

#[cfg(test)]
mod tests;
