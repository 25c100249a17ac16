//! Who did not come to the interview is not refused for what nobody could mark there.

#![allow(clippy::unwrap_used)]

mod support;

use serde_json::json;
use support::{counted, lines, standing};
use tally::{Code, Count, NodeWorking, Step, count, explain};

/// A dossier of 7 points and an interview in which everything that is below refuses.
fn document(absent: &str, attendance: serde_json::Value) -> Count {
    let leaf = |id: &str, measure: serde_json::Value| {
        let leaf = json!({"measure": measure, "scale": "identity", "missing": "refuse", "not_applicable": "skip"});
        json!({"id": id, "leaf": leaf})
    };
    let marks = |id: &str| leaf(id, json!({"marks": {"method": "mean", "min": "0", "max": "10", "step": "1"}}));
    let panel = json!({"combine": "mean", "parts": [{"weight": "1", "node": marks("manner")}],
        "panel": {"method": "mean", "missing": "refuse"}});
    let mut pending = leaf("pending", json!({"formula": "1"}));
    pending["attendance"] = json!({"table": {}, "absent": "refuse"});
    let parts = [marks("answers"), json!({"id": "panel", "group": panel}), leaf("share", json!({"formula": "1 / 0"})), pending];
    let parts: Vec<_> = parts.into_iter().map(|node| json!({"weight": "1", "node": node})).collect();
    let interview = json!({"id": "interview", "group": {"combine": "sum", "parts": parts},
        "attendance": {"table": {"head": "1"}, "absent": absent}});
    let parts = json!([{"weight": "1", "node": leaf("dossier", json!("stated"))}, {"weight": "1", "node": interview}]);
    let document = json!({
        "format": "paritrana-count-1", "contest": "contest", "jurors": ["ani"],
        "tree": {"id": "total", "group": {"combine": "sum", "parts": parts}},
        "entries": [{"id": "a", "stated": {"dossier": "7"}, "attendance": attendance}]});
    serde_json::from_value(document).unwrap()
}

fn codes(document: &Count) -> Vec<Code> {
    let refused = count(document).unwrap_err().refused;
    refused.into_iter().map(|refusal| refusal.code).collect()
}

#[test]
fn nothing_refuses_below_an_interview_that_did_not_take_place() {
    for rule in ["zero", "skip"] {
        assert_eq!(standing(&counted(&document(rule, json!("absent")))), lines(&[("a", 1, "7")]), "{rule}");
    }
}

#[test]
fn everything_refuses_below_an_interview_that_took_place_or_may_yet() {
    let below = [Code::MissingValue, Code::MissingValue, Code::DivisionByZero];
    assert_eq!(codes(&document("zero", json!({"present": "head"}))), [&below[..], &[Code::UnknownRank]].concat());
    assert_eq!(codes(&document("zero", json!(null))), [&below[..], &[Code::AttendancePending]].concat());
    let absent = codes(&document("refuse", json!("absent")));
    assert_eq!(absent, [&below[..], &[Code::AttendancePending]].concat());
}

#[test]
fn a_leaf_with_attendance_of_its_own_still_asks_for_its_value() {
    let mut document = document("zero", json!("absent"));
    let dossier = &mut document.tree.group.as_mut().unwrap().parts[0].node;
    dossier.attendance = serde_json::from_value(json!({"table": {}, "absent": "zero"})).unwrap();
    document.entries[0].stated.clear();
    assert_eq!(codes(&document), [Code::MissingValue]);
}

#[test]
fn the_working_of_an_absent_entry_says_not_heard_and_never_refused() {
    let working = explain(&document("zero", json!("absent")), "a").unwrap();
    let interview = &working.root.below[1];
    let last = |node: &NodeWorking| (node.points.clone(), node.steps.last().unwrap().clone());
    let not_heard = |code| (None, Step::NotHeard(code));
    let expected = [Code::MissingValue, Code::MissingValue, Code::DivisionByZero, Code::AttendancePending].map(not_heard);
    assert_eq!(interview.below.iter().map(last).collect::<Vec<_>>(), expected);
    assert_eq!(interview.points, Some(tally::Exact::zero()));
    assert!(!format!("{working:?}").contains("Refuse)"), "{working:?}");
}
