//! Numbers have no limit that an award could reach, but one that keeps a hostile count from eating the machine.

#![allow(clippy::unwrap_used)]

mod support;

use support::{contest, counted, entry, exact, group, leaf};
use tally::{Award, By, Code, Combine, Count, Derived, Measure, Within, count};

/// Claims that each square the one before: `two_to_N` is 2^(2^N).
fn squares(measure: &str) -> Count {
    let mut document = contest(leaf("points", Measure::Formula(measure.into())), &[], vec![entry("a")]);
    document.entries[0].claims.insert("two_to_0".into(), exact("2"));
    let square =
        |power: u32| Derived { name: format!("two_to_{}", power + 1), formula: format!("two_to_{power} * two_to_{power}") };
    document.derived = (0..64).map(square).collect();
    document
}

fn codes(document: &Count) -> Vec<Code> {
    let refused = count(document).unwrap_err().refused;
    refused.into_iter().map(|refusal| refusal.code).collect()
}

#[test]
fn claims_that_square_each_other_are_refused_before_they_fill_the_machine() {
    assert_eq!(counted(&squares("two_to_11 / two_to_11")).standing[0].total, exact("1"));
    for measure in ["two_to_12 / two_to_12", "two_to_64", "1 / two_to_64"] {
        assert_eq!(codes(&squares(measure)), [Code::TooLarge], "{measure}");
    }
}

#[test]
fn a_claim_that_nobody_asks_for_is_never_too_large() {
    assert_eq!(counted(&squares("if(1, 1, two_to_64)")).standing[0].total, exact("1"));
}

#[test]
fn the_points_of_a_node_have_4096_bits_and_not_one_more() {
    // 2^2048 · 2^2047 is 2^4095, which has 4096 bits.
    let most = "two_to_11 * (two_to_11 / 2)";
    let tree = |weight| {
        let points = leaf("points", Measure::Formula(most.into()));
        group("total", Combine::Sum, vec![(weight, points)])
    };
    let fine = Count { tree: tree("1"), ..squares("1") };
    assert_eq!(counted(&fine).standing[0].total.numerator().bits(), 4096);
    let over = Count { tree: tree("2"), ..squares("1") };
    let refused = count(&over).unwrap_err().refused;
    assert_eq!((refused.len(), refused[0].code, refused[0].node.as_deref()), (1, Code::TooLarge, Some("total")));
    let tiny = Count { tree: tree("1/2"), ..squares("1") };
    assert!(count(&tiny).is_ok());
}

#[test]
fn who_did_not_come_is_refused_what_is_too_large_all_the_same() {
    let mut document = squares("1");
    let below = leaf("points", Measure::Formula("two_to_12".into()));
    document.tree = group("total", Combine::Sum, vec![("1", below)]);
    document.tree.attendance = serde_json::from_str(r#"{"table": {}, "absent": "zero"}"#).unwrap();
    document.entries[0].attendance = Some(tally::Presence::Absent);
    assert_eq!(codes(&document), [Code::TooLarge]);
}

#[test]
fn gates_and_the_conditions_of_awards_ask_for_the_size_too() {
    let mut document = squares("1");
    document.awards = vec![Award { id: "big".into(), within: Within::Contest, by: By::Condition("two_to_12 > 0".into()) }];
    assert_eq!(codes(&document), [Code::TooLarge]);
    document.gates = serde_json::from_str(
        r#"[{"id": "gate", "measure": {"claim": "two_to_12"}, "test": "at_least", "value": "1", "missing": "pass"}]"#,
    )
    .unwrap();
    assert_eq!(codes(&document), [Code::TooLarge]);
}
