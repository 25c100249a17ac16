//! What formulas mean, and which texts are none.

use super::{Formula, FormulaErrorKind as Kind, NoValue};
use crate::Exact;

fn value(text: &str) -> Result<String, NoValue> {
    let formula = Formula::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let claims = |name: &str| match name {
        "a" => Some(Exact::from(7_i64)),
        "b" => Some(Exact::from(2_i64)),
        "zero" => Some(Exact::zero()),
        _ => None,
    };
    formula.evaluate(claims).map(|value| value.to_string())
}

fn error(text: &str) -> (usize, Kind) {
    let error = Formula::parse(text).unwrap_err();
    (error.at, error.kind)
}

#[test]
fn formulas_are_worked_out_as_on_paper() {
    let cases = [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("a - b - 1", "4"),
        ("a / b / 2", "1.75"),
        ("-a + 10", "3"),
        ("--a", "7"),
        ("2*-b", "-4"),
        ("a/3", "7/3"),
        ("0.1 + 0.2 == 0.3", "1"),
        ("a<b", "0"),
        ("a <= 7", "1"),
        ("a != 7", "0"),
        ("(a > b) + (a >= b)", "2"),
        ("min(a, b, 5)", "2"),
        ("max(a, b)", "7"),
        ("sum(a, b, 1)", "10"),
        ("count(a, zero, b - 2, 1)", "2"),
        ("round(a / 3, 2)", "2.33"),
        ("round(-2.5, 0)", "-3"),
        ("if(zero, 1/zero, b)", "2"),
        ("if(a > 1, a  , 1/zero)", "7"),
    ];
    for (text, expected) in cases {
        assert_eq!(value(text), Ok(expected.to_string()), "{text}");
    }
}

#[test]
fn a_division_by_zero_has_no_value() {
    assert_eq!(value("a / zero"), Err(NoValue::DivisionByZero));
    assert_eq!(value("c"), Err(NoValue::Missing("c".into())));
}

#[test]
fn what_is_not_a_formula_is_told_with_its_place() {
    let cases = [
        ("", (0, Kind::OperandExpected)),
        ("a +", (3, Kind::OperandExpected)),
        ("a b", (2, Kind::Unexpected)),
        ("a < b < 1", (6, Kind::Unexpected)),
        ("(a", (2, Kind::Unexpected)),
        ("a)", (1, Kind::Unexpected)),
        ("1.", (1, Kind::Unexpected)),
        (".5", (0, Kind::OperandExpected)),
        ("+a", (0, Kind::OperandExpected)),
        ("A", (0, Kind::OperandExpected)),
        ("a = b", (2, Kind::Unexpected)),
        ("min", (3, Kind::BracketExpected)),
        ("min()", (4, Kind::OperandExpected)),
        ("if(a, b)", (2, Kind::WrongNumberOfArguments)),
        ("if(a, b, 1, 2)", (2, Kind::WrongNumberOfArguments)),
        ("round(a)", (7, Kind::WrongNumberOfArguments)),
        ("round(a, 10)", (9, Kind::PlacesExpected)),
        ("round(a, b)", (9, Kind::PlacesExpected)),
        ("a × b", (2, Kind::Unexpected)),
        ("2a", (1, Kind::Unexpected)),
        ("a\t+ b", (1, Kind::Unexpected)),
    ];
    for (text, expected) in cases {
        assert_eq!(error(text), expected, "{text}");
    }
}

#[test]
fn sixty_four_brackets_or_signs_deep_is_read_and_one_more_is_not() {
    let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    let signed = |depth: usize| format!("{}a", "-".repeat(depth));
    assert!(Formula::parse(&nested(64)).is_ok());
    assert_eq!(error(&nested(65)), (64, Kind::TooDeep));
    assert!(Formula::parse(&signed(64)).is_ok());
    assert_eq!(error(&signed(65)), (64, Kind::TooDeep));
}

#[test]
fn two_thousand_characters_are_read_and_one_more_is_not() {
    let text = |length: usize| format!("{}a", " ".repeat(length - 1));
    assert!(Formula::parse(&text(2_000)).is_ok());
    assert_eq!(error(&text(2_001)), (2_000, Kind::TooLong));
}

#[test]
fn a_long_flat_sum_does_not_go_deep() {
    assert_eq!(value(&["1"; 1_000].join("+")), Ok("1000".into()));
}

#[test]
fn a_number_of_4096_bits_is_worked_out_and_one_more_is_too_large() {
    let two_to = |bits: u32| num_bigint::BigInt::from(2).pow(bits);
    let (most, over) = (two_to(4096) - 1, two_to(4096));
    let fine =
        [format!("{most}"), format!("-{most}"), format!("1/{most}"), format!("min({most}, 1)"), format!("if(1, 1, {over})")];
    for text in fine {
        assert!(value(&text).is_ok(), "{text}");
    }
    let one = |text: String| assert_eq!(value(&text), Err(NoValue::TooLarge), "{text}");
    one(format!("{over}"));
    one(format!("{most} + 1"));
    one(format!("-{most} - 1"));
    one(format!("{most} * b"));
    one(format!("{most} + 1 - 1"));
    one(format!("1 / {most} / b"));
    one(format!("sum({most}, 1, 0 - 1)"));
    one(format!("{over} > 1"));
    // A seventh has few bits, its decimals do not.
    one(format!("round({most} / 7, 9)"));
    // What is reached first is told.
    one(format!("{over} + 1 / zero"));
    assert_eq!(value(&format!("sum({most}, 1, 1 / zero)")), Err(NoValue::DivisionByZero));
}
