//! What each change does to a count, and which changes cannot be made.

use crate::model::{AbsentRule, Count, Mark, SheetState};
use crate::{Change, ChangeRefused, apply, change::ChangeReason, count};

/// One criterion by two jurors, one stated leaf, one list, attendance on the root.
fn document() -> Count {
    let text = r#"{"format": "paritrana-count-1", "contest": "c", "jurors": ["ani", "budi"],
        "tree": {"id": "root", "attendance": {"table": {"head": "1"}, "otherwise": "0.5", "absent": "exclude"},
            "group": {"combine": "sum", "parts": [
                {"weight": "1", "node": {"id": "rubric", "leaf": {
                    "measure": {"marks": {"method": "mean", "min": "0", "max": "10", "step": "1"}},
                    "scale": "identity", "missing": "zero", "not_applicable": "skip"}}},
                {"weight": "2", "node": {"id": "given", "leaf": {
                    "measure": "stated", "scale": "identity", "missing": "zero", "not_applicable": "skip"}}},
                {"weight": "1", "node": {"id": "laws", "leaf": {
                    "measure": {"checklist": {"list": "laws", "kinds": {"perda": "4"}, "stages": {"draft": "0.5", "enacted": "1"},
                        "attributes": {}}},
                    "scale": "identity", "missing": "zero", "not_applicable": "skip"}}}]}},
        "entries": [
            {"id": "a", "stated": {"given": "3"}, "attendance": {"present": "head"},
                "lists": {"laws": [{"kind": "perda", "stage": "draft"}]}},
            {"id": "b", "stated": {"given": "1"}, "attendance": {"present": "clerk"}}],
        "sheets": [
            {"juror": "ani", "entry": "a", "state": "handed_in", "marks": {"rubric": "8"}},
            {"juror": "budi", "entry": "a", "state": "abstained"},
            {"juror": "ani", "entry": "b", "state": "recused"}]}"#;
    serde_json::from_str(text).unwrap()
}

fn change(text: &str) -> Change {
    serde_json::from_str(text).unwrap()
}

/// The total of `a` (8 + 2·3 + 4·0.5 = 16 without changes) and of `b` (0.5 · 2 = 1).
fn check(text: &str, totals: [&str; 2]) {
    let changed = apply(&document(), &[change(text)]).unwrap();
    let outcome = count(&changed).unwrap();
    let total = |entry: &str| {
        let row = outcome.standing.iter().find(|row| row.entry == entry);
        row.map_or("out".to_string(), |row| row.total.to_string())
    };
    assert_eq!([total("a"), total("b")], totals, "{text}");
}

#[test]
fn each_change_changes_what_it_says_and_nothing_else() {
    check(r#"{"weight": {"node": "given", "weight": "3"}}"#, ["19", "1.5"]);
    check(r#"{"claim": {"entry": "a", "name": "unused", "value": "3"}}"#, ["16", "1"]);
    check(r#"{"add_item": {"entry": "a", "list": "laws", "item": {"kind": "perda", "stage": "enacted"}}}"#, ["20", "1"]);
    check(r#"{"add_item": {"entry": "b", "list": "laws", "item": {"kind": "perda", "stage": "enacted"}}}"#, ["16", "3"]);
    check(
        r#"{"replace_item": {"entry": "a", "list": "laws", "position": 0, "item": {"kind": "perda", "stage": "enacted"}}}"#,
        ["18", "1"],
    );
    check(r#"{"item_stage": {"entry": "a", "list": "laws", "position": 0, "stage": "enacted"}}"#, ["18", "1"]);
    check(r#"{"remove_item": {"entry": "a", "list": "laws", "position": 0}}"#, ["14", "1"]);
    check(r#"{"mark": {"juror": "ani", "entry": "a", "leaf": "rubric", "mark": "4"}}"#, ["12", "1"]);
    check(r#"{"mark": {"juror": "budi", "entry": "a", "leaf": "rubric", "mark": "4"}}"#, ["14", "1"]);
    check(r#"{"mark": {"juror": "budi", "entry": "b", "leaf": "rubric", "mark": "4"}}"#, ["16", "3"]);
    check(r#"{"stated": {"entry": "a", "leaf": "given", "points": null}}"#, ["10", "1"]);
    check(r#"{"without_juror": {"juror": "ani"}}"#, ["8", "1"]);
    check(r#"{"attendance": {"entry": "a", "presence": {"present": "clerk"}}}"#, ["8", "1"]);
    check(r#"{"attendance": {"entry": "a", "presence": "absent"}}"#, ["out", "1"]);
    check(r#""ignore_attendance""#, ["16", "2"]);
    check(r#"{"withdraw": {"entry": "b"}}"#, ["16", "out"]);
}

#[test]
fn ignoring_attendance_takes_an_absent_entry_out_of_nothing() {
    let absent = change(r#"{"attendance": {"entry": "a", "presence": "absent"}}"#);
    let changed = apply(&document(), &[absent, Change::IgnoreAttendance]).unwrap();
    assert_eq!(changed.tree.attendance.as_ref().unwrap().absent, AbsentRule::Skip);
    // On the root there is nothing to share the weight with: without a hearing there is no total.
    let outcome = count(&changed).unwrap();
    assert_eq!(serde_json::to_value(&outcome.out).unwrap(), serde_json::json!([{"entry": "a", "status": "unscored"}]));
}

#[test]
fn a_mark_on_a_sheet_without_marks_leaves_its_other_leaves_as_they_were() {
    let mark = Change::Mark { juror: "budi".into(), entry: "a".into(), leaf: "rubric".into(), mark: Mark::Absent };
    let changed = apply(&document(), &[mark]).unwrap();
    assert_eq!(changed.sheets[1].state, SheetState::HandedIn);
    assert_eq!(changed.sheets[1].marks, [("rubric".to_string(), Mark::Absent)].into());
}

#[test]
fn what_is_not_there_cannot_be_changed() {
    let cases = [
        (r#"{"withdraw": {"entry": "x"}}"#, ChangeReason::UnknownEntry),
        (r#"{"without_juror": {"juror": "x"}}"#, ChangeReason::UnknownJuror),
        (r#"{"weight": {"node": "root", "weight": "1"}}"#, ChangeReason::UnknownNode),
        (r#"{"mark": {"juror": "ani", "entry": "a", "leaf": "given", "mark": "4"}}"#, ChangeReason::UnknownNode),
        (r#"{"mark": {"juror": "ani", "entry": "b", "leaf": "rubric", "mark": "4"}}"#, ChangeReason::Recused),
        (r#"{"remove_item": {"entry": "a", "list": "laws", "position": 1}}"#, ChangeReason::UnknownItem),
        (r#"{"quota": {"quota": 1}}"#, ChangeReason::NoCut),
        (r#"{"minimum": {"minimum": null}}"#, ChangeReason::NoCut),
    ];
    for (text, reason) in cases {
        let changes = [Change::IgnoreAttendance, change(text)];
        assert_eq!(apply(&document(), &changes), Err(ChangeRefused { change: 1, reason }), "{text}");
    }
}

#[test]
fn an_item_that_is_removed_leaves_an_empty_list_and_not_a_missing_one() {
    let removed = apply(&document(), &[change(r#"{"remove_item": {"entry": "a", "list": "laws", "position": 0}}"#)]).unwrap();
    assert_eq!(removed.entries[0].lists["laws"], vec![]);
}
