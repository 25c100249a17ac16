//! What anybody needs to recount a published result: a count document that holds no more than the standing already says. Every indicator
//! stands with the points it reached, so that weights, places, the cut, ties and awards can be counted again, and neither a juror's marks
//! nor a candidate's figures are in it.

use tally::{By, Count, Group, Leaf, Measure, Node, Outcome, Part, Rung, Scale};

use super::{Veil, Viewer};
use crate::act::ContestKey;
use crate::fact::Counted;

impl Viewer<'_> {
    /// The count document of a published result; nothing before the count, and nothing where it would not give the very same standing.
    ///
    /// ```
    /// use award::view::Viewer;
    ///
    /// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
    /// let state = award::run(&cycle, None, &mut |_| {}).unwrap().state;
    /// let contest = state.contests.keys().next().unwrap();
    /// let viewer = Viewer::public(&state);
    /// let recount = viewer.recount(contest);
    /// let document = recount.shown().unwrap().as_ref().unwrap();
    /// assert!(document.sheets.is_empty() && document.jurors.is_empty());
    /// assert_eq!(tally::count(document).unwrap().standing[0].total.to_string(), "83");
    /// ```
    pub fn recount(&self, key: &ContestKey) -> Veil<Option<Count>> {
        Veil::of(self.sees_standing(key), || {
            let counted = self.state.contests.get(key)?.result()?;
            let document = reduced(counted);
            let again = tally::count(&document).ok()?;
            is_same(&counted.outcome, &again).then_some(document)
        })
    }
}

/// Whether two counts say the same of every place.
fn is_same(one: &Outcome, other: &Outcome) -> bool {
    let told = |outcome: &Outcome| {
        let rows = outcome.standing.iter().map(|row| (row.entry.clone(), row.place, row.total.clone(), row.status));
        rows.collect::<Vec<_>>()
    };
    told(one) == told(other)
}

fn reduced(counted: &Counted) -> Count {
    let (count, outcome) = (&counted.count, &counted.outcome);
    let tree = without_origin(&count.tree);
    let by_corrections = count.ladder.iter().any(|rung| matches!(rung, Rung::FewerCorrections));
    let placed = |entry: &&tally::Entry| outcome.standing.iter().any(|row| row.entry == entry.id);
    let entry = |entry: &tally::Entry| tally::Entry {
        claims: Default::default(),
        lists: Default::default(),
        stated: stated(&tree, counted, &entry.id),
        not_applicable: Vec::new(),
        attendance: None,
        corrections: if by_corrections { entry.corrections } else { 0 },
        ..entry.clone()
    };
    let award = |award: &tally::Award| {
        let reached = outcome.awards.iter().find(|given| given.id == award.id);
        let named = || By::Named(reached.map(|given| given.entries.clone()).unwrap_or_default());
        let by = match &award.by {
            By::Condition(_) => named(),
            By::Best { node, .. } if !has(&tree, node) => named(),
            by => by.clone(),
        };
        tally::Award { by, ..award.clone() }
    };
    Count {
        jurors: Vec::new(),
        derived: Vec::new(),
        gates: Vec::new(),
        sheets: Vec::new(),
        awards: count.awards.iter().map(award).collect(),
        entries: count.entries.iter().filter(placed).map(entry).collect(),
        tree: tree.clone(),
        ..(**count).clone()
    }
}

/// The tree, with the points that were reached in place of whatever they came from.
fn without_origin(node: &Node) -> Node {
    match &node.group {
        Some(group) if group.panel.is_none() && node.attendance.is_none() => {
            let part = |part: &Part| Part { weight: part.weight.clone(), node: without_origin(&part.node) };
            let group = Group {
                parts: group.parts.iter().map(part).collect(),
                bonuses: group.bonuses.iter().map(without_origin).collect(),
                penalties: group.penalties.iter().map(without_origin).collect(),
                ..group.clone()
            };
            Node { group: Some(group), ..node.clone() }
        }
        _ => Node {
            id: node.id.clone(),
            group: None,
            leaf: Some(Leaf {
                measure: Measure::Stated,
                scale: Scale::Identity,
                missing: tally::Missing::Skip,
                not_applicable: tally::NotApplicable::Skip,
            }),
            attendance: None,
            floor: None,
            cap: None,
            round: None,
            range: node.range.clone(),
        },
    }
}

/// The points that an entry reached in the leaves of a tree.
fn stated(tree: &Node, counted: &Counted, entry: &str) -> std::collections::BTreeMap<String, tally::Exact> {
    let values = counted.outcome.values.get(entry);
    let mut open = vec![tree];
    let mut points = std::collections::BTreeMap::new();
    while let Some(node) = open.pop() {
        let reached = values.and_then(|values| values.get(&node.id)?.clone());
        if node.leaf.is_some()
            && let Some(reached) = reached
        {
            points.insert(node.id.clone(), reached);
        }
        open.extend(node.below());
    }
    points
}

fn has(tree: &Node, id: &str) -> bool {
    tree.id == id || tree.below().any(|below| has(below, id))
}
