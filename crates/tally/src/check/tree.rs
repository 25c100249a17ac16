//! The tree: that every node can be worked out, and that nothing stands where it may not.

use super::Document;
use crate::Exact;
use crate::model::{Combine, Group, Leaf, Measure, Method, Node, Scale};
use crate::outcome::{Code, Refusal};
use crate::tree::TreeNode;

pub(super) fn the_tree_is_one(document: &Document, found: &mut Vec<Refusal>) {
    if document.tree.too_deep {
        found.push(Refusal::of(Code::BadTree));
    }
    for seat in &document.tree.nodes {
        let codes = node(seat.node)
            .chain(seat.node.group.iter().flat_map(group))
            .chain(seat.node.leaf.iter().flat_map(leaf))
            .chain(seat.panel.iter().flat_map(|_| below_a_panel(seat)));
        found.extend(codes.map(|code| Refusal::of(code).node(&seat.node.id)));
    }
}

pub(super) fn gates_measure_what_they_may(document: &Document, found: &mut Vec<Refusal>) {
    let wrong = document.count.gates.iter().filter(|gate| !is_of_claims(&gate.measure));
    found.extend(wrong.map(|_| Refusal::of(Code::BadTree)));
}

type Codes = std::vec::IntoIter<Code>;

/// The codes whose condition holds.
fn codes<const N: usize>(conditions: [(bool, Code); N]) -> Codes {
    let holding = conditions.into_iter().filter(|(holds, _)| *holds);
    holding.map(|(_, code)| code).collect::<Vec<_>>().into_iter()
}

fn node(node: &Node) -> Codes {
    let bad_limits = matches!((&node.floor, &node.cap), (Some(floor), Some(cap)) if floor > cap);
    let bad_range = node.range.as_ref().is_some_and(|range| range.min > range.max || range.step <= Exact::zero());
    let factors = node.attendance.iter().flat_map(|attendance| attendance.table.values().chain(&attendance.otherwise));
    codes([
        (node.group.is_some() == node.leaf.is_some(), Code::BadTree),
        (bad_limits, Code::BadTree),
        (bad_range, Code::BadRange),
        (node.round.is_some_and(|round| round.places > 9), Code::BadRange),
        (factors.into_iter().any(Exact::is_negative), Code::BadWeights),
    ])
}

fn group(group: &Group) -> Codes {
    let weights = || group.parts.iter().map(|part| &part.weight);
    let all_zero = !group.parts.is_empty() && weights().all(Exact::is_zero);
    let bad_panel = group.panel.as_ref().is_some_and(|panel| is_bad_method(panel.method));
    codes([
        (group.parts.is_empty(), Code::BadTree),
        (weights().any(Exact::is_negative), Code::BadWeights),
        (all_zero && group.combine == Combine::Mean, Code::BadWeights),
        (bad_panel, Code::BadMethod),
    ])
}

fn leaf(leaf: &Leaf) -> Codes {
    let bad_relative = matches!(&leaf.measure, Measure::Relative { of } if !is_of_claims(of));
    let bad_marks = match &leaf.measure {
        Measure::Marks { min, max, step, .. } => min > max || *step <= Exact::zero(),
        _ => false,
    };
    let bad_method = matches!(leaf.measure, Measure::Marks { method, .. } if is_bad_method(method));
    let bad_bands = match &leaf.scale {
        Scale::Bands { steps, .. } => steps.is_empty() || steps.windows(2).any(|pair| pair[0].at_least >= pair[1].at_least),
        _ => false,
    };
    let bad_scale = matches!(&leaf.scale, Scale::Linear { from, to, .. } if from >= to);
    codes([
        (bad_relative, Code::BadTree),
        (bad_marks, Code::BadRange),
        (bad_method, Code::BadMethod),
        (bad_bands, Code::BadBands),
        (bad_scale, Code::BadScale),
    ])
}

fn below_a_panel(seat: &TreeNode) -> Codes {
    let is_wrong_leaf = seat.node.leaf.as_ref().is_some_and(|leaf| !leaf.takes_marks());
    let is_panel = seat.node.group.as_ref().is_some_and(|group| group.panel.is_some());
    let method = seat.node.leaf.as_ref().and_then(|leaf| match leaf.measure {
        Measure::Marks { method, .. } => Some(method),
        _ => None,
    });
    codes([(is_wrong_leaf || is_panel, Code::BadTree), (method.is_some_and(|method| method != Method::Mean), Code::BadMethod)])
}

/// Whether a measure looks at claims and lists alone.
fn is_of_claims(measure: &Measure) -> bool {
    !matches!(measure, Measure::Relative { .. } | Measure::Marks { .. } | Measure::Stated | Measure::Rank { .. })
}

fn is_bad_method(method: Method) -> bool {
    match method {
        Method::Trimmed { drop, at_least } => u64::from(at_least) <= 2 * u64::from(drop),
        Method::Mean | Method::Median => false,
    }
}
