//! Small hands for building small counts.

#![allow(dead_code, clippy::unwrap_used)]

use std::collections::BTreeMap;

use tally::{
    Combine, Count, Cut, CutTies, Entry, Exact, Group, Leaf, Mark, Measure, Method, Missing, Node, NotApplicable, Outcome, Part,
    Scale, Sheet, SheetState, Status, Within, count,
};

pub fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

/// A leaf marked from 0 to 100 in whole steps; the mean counts, and what is missing is skipped.
pub fn rubric(id: &str) -> Node {
    let (min, max, step) = (exact("0"), exact("100"), exact("1"));
    leaf(id, Measure::Marks { method: Method::Mean, min, max, step })
}

pub fn stated(id: &str) -> Node {
    leaf(id, Measure::Stated)
}

pub fn leaf(id: &str, measure: Measure) -> Node {
    let (missing, not_applicable) = (Missing::Skip, NotApplicable::Skip);
    let leaf = Leaf { measure, scale: Scale::Identity, missing, not_applicable };
    Node { leaf: Some(leaf), ..plain(id) }
}

pub fn group(id: &str, combine: Combine, parts: Vec<(&str, Node)>) -> Node {
    let parts = parts.into_iter().map(|(weight, node)| Part { weight: exact(weight), node }).collect();
    let group = Group { combine, parts, bonuses: vec![], penalties: vec![], panel: None };
    Node { group: Some(group), ..plain(id) }
}

fn plain(id: &str) -> Node {
    Node { id: id.into(), group: None, leaf: None, attendance: None, floor: None, cap: None, round: None, range: None }
}

pub fn contest(tree: Node, jurors: &[&str], entries: Vec<Entry>) -> Count {
    Count {
        format: tally::COUNT_FORMAT.into(),
        contest: "contest".into(),
        jurors: jurors.iter().map(|juror| juror.to_string()).collect(),
        derived: vec![],
        gates: vec![],
        tree,
        ladder: vec![],
        cut: None,
        awards: vec![],
        lot: None,
        orders: None,
        entries,
        sheets: vec![],
    }
}

pub fn entry(id: &str) -> Entry {
    serde_json::from_value(serde_json::json!({ "id": id })).unwrap()
}

/// An entry with points stated by leaf.
pub fn entry_with(id: &str, points: &[(&str, &str)]) -> Entry {
    let stated = points.iter().map(|(leaf, points)| (leaf.to_string(), exact(points))).collect();
    Entry { stated, ..entry(id) }
}

/// A sheet that was handed in, with a mark or a state by leaf.
pub fn sheet(juror: &str, entry: &str, marks: &[(&str, &str)]) -> Sheet {
    let marks = marks.iter().map(|(leaf, mark)| (leaf.to_string(), Mark::try_from(mark.to_string()).unwrap())).collect();
    Sheet { juror: juror.into(), entry: entry.into(), state: SheetState::HandedIn, marks }
}

pub fn without_marks(juror: &str, entry: &str, state: SheetState) -> Sheet {
    Sheet { juror: juror.into(), entry: entry.into(), state, marks: BTreeMap::new() }
}

pub fn cut(quota: u32, reserves: u32, ties: CutTies) -> Option<Cut> {
    Some(Cut { quota, reserves, minimum: None, region_cap: None, ties, within: Within::Contest })
}

pub fn counted(document: &Count) -> Outcome {
    count(document).unwrap_or_else(|refused| panic!("{refused}"))
}

/// Entry, place and total, best first.
pub fn standing(outcome: &Outcome) -> Vec<(String, u32, String)> {
    outcome.standing.iter().map(|row| (row.entry.clone(), row.place, row.total.to_string())).collect()
}

pub fn statuses(outcome: &Outcome) -> Vec<(&str, Status)> {
    outcome.standing.iter().map(|row| (row.entry.as_str(), row.status)).collect()
}

/// Lines of a standing, written down.
pub fn lines(rows: &[(&str, u32, &str)]) -> Vec<(String, u32, String)> {
    rows.iter().map(|(entry, place, total)| (entry.to_string(), *place, total.to_string())).collect()
}
