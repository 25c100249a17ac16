//! A working says exactly what the count says, and shows every number that was used.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::{contest, counted, entry, entry_with, exact, group, rubric, sheet, stated, without_marks};
use tally::working::{AsWhat, JurorMark, JurorState, PartWeighed};
use tally::{
    Combine, Count, Method, NodeWorking, NotExplained, OutStatus, RoundMode, Rounding, SheetState, Step, count, explain,
};

/// Compares the points of a working with those of the count, node by node. Jurors' own values are no points of a node.
fn compare(working: &NodeWorking, values: &std::collections::BTreeMap<String, Option<tally::Exact>>) {
    assert_eq!(values[&working.node], working.points, "{}", working.node);
    for below in working.below.iter().filter(|below| !matches!(below.as_what, AsWhat::Juror(_))) {
        compare(below, values);
    }
}

#[test]
fn every_working_of_every_vector_has_the_very_points_of_the_count() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/vectors");
    for file in fs::read_dir(folder).unwrap() {
        let vector: Value = serde_json::from_str(&fs::read_to_string(file.unwrap().path()).unwrap()).unwrap();
        let Ok(document) = serde_json::from_value::<Count>(vector["count"].clone()) else { continue };
        let Ok(outcome) = count(&document) else { continue };
        for row in &outcome.standing {
            let working = explain(&document, &row.entry).unwrap();
            assert_eq!((working.out, working.root.points.as_ref()), (None, Some(&row.total)));
            compare(&working.root, &outcome.values[&row.entry]);
        }
    }
}

#[test]
fn a_working_can_be_checked_with_pencil_and_paper() {
    let mut plan = rubric("plan");
    plan.round = Some(Rounding { places: 1, mode: RoundMode::HalfUp });
    let tree = group("total", Combine::Mean, vec![("3", plan), ("1", stated("given")), ("1", stated("nothing"))]);
    let mut document = contest(tree, &["ani", "budi", "cici"], vec![entry_with("a", &[("given", "60")])]);
    document.sheets = vec![
        sheet("ani", "a", &[("plan", "80")]),
        without_marks("budi", "a", SheetState::Recused),
        sheet("cici", "a", &[("plan", "81")]),
    ];
    let working = explain(&document, "a").unwrap();

    let mark = |juror: &str, state| JurorMark { juror: juror.into(), state, left_out: false };
    let marks = vec![
        mark("ani", JurorState::Marked(exact("80"))),
        mark("budi", JurorState::Recused),
        mark("cici", JurorState::Marked(exact("81"))),
    ];
    let rule = Rounding { places: 1, mode: RoundMode::HalfUp };
    assert_eq!(
        working.root.below[0].steps,
        [
            Step::Marks { marks, counted: 2, of: 3, method: Method::Mean, value: Some(exact("80.5")) },
            Step::AsIs { raw: exact("80.5") },
            Step::Rounded { before: exact("80.5"), rule, after: exact("80.5") },
        ]
    );
    // (3 · 80.5 + 1 · 60) / (3 + 1) = 301.5 / 4; nothing has nothing, so its weight is shared.
    let part = |node: &str, weight: &str, points: Option<&str>, weighted: Option<&str>| PartWeighed {
        node: node.into(),
        weight: exact(weight),
        points: points.map(exact),
        weighted: weighted.map(exact),
    };
    let parts = vec![
        part("plan", "3", Some("80.5"), Some("241.5")),
        part("given", "1", Some("60"), Some("60")),
        part("nothing", "1", None, None),
    ];
    let (weight, sum, value) = (exact("4"), exact("301.5"), exact("75.375"));
    assert_eq!(working.root.steps, [Step::Combined { combine: Combine::Mean, parts, weight, sum, value: value.clone() }]);
    assert_eq!(counted(&document).standing[0].total, value);
}

#[test]
fn the_trimmed_marks_are_shown_as_left_out() {
    let tree = support::leaf(
        "mark",
        tally::Measure::Marks {
            method: Method::Trimmed { drop: 1, at_least: 3 },
            min: exact("0"),
            max: exact("100"),
            step: exact("1"),
        },
    );
    let mut document = contest(tree, &["a1", "a2", "a3", "a4"], vec![entry("a")]);
    document.sheets =
        vec![sheet("a1", "a", &[("mark", "90")]), sheet("a3", "a", &[("mark", "20")]), sheet("a4", "a", &[("mark", "80")])];
    let working = explain(&document, "a").unwrap();
    let Step::Marks { marks, counted: 3, of: 4, .. } = &working.root.steps[0] else { panic!("{working:?}") };
    assert_eq!(marks.iter().map(|mark| mark.left_out).collect::<Vec<_>>(), [true, false, true, false]);
}

#[test]
fn a_disqualified_entry_is_told_at_which_gate_and_what_it_would_have_had() {
    let mut document = contest(stated("points"), &[], vec![entry_with("a", &[("points", "9")])]);
    document.gates = serde_json::from_str(
        r#"[{"id": "no-arrears", "measure": {"claim": "arrears"}, "test": "at_most", "value": "0", "missing": "fail"}]"#,
    )
    .unwrap();
    document.entries[0].claims.insert("arrears".into(), exact("3"));
    let working = explain(&document, "a").unwrap();
    assert_eq!(working.out, Some(OutStatus::Disqualified(vec!["no-arrears".into()])));
    assert_eq!((working.gates[0].raw.clone(), working.gates[0].passed), (Some(exact("3")), Some(false)));
    assert_eq!(working.root.points, Some(exact("9")));
}

#[test]
fn nobody_can_be_explained_who_is_not_there() {
    let document = contest(stated("points"), &[], vec![]);
    assert_eq!(explain(&document, "a"), Err(NotExplained::UnknownEntry));
}

#[test]
fn a_working_travels_through_json() {
    let document = contest(stated("points"), &[], vec![entry_with("a", &[("points", "9")])]);
    let working = explain(&document, "a").unwrap();
    let text = serde_json::to_string(&working).unwrap();
    assert_eq!(serde_json::from_str::<tally::Working>(&text).unwrap(), working);
}
