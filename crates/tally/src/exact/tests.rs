//! What exact numbers read, write and round to.

use proptest::prelude::*;

use super::Exact;
use crate::model::{RoundMode, Rounding};

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

#[test]
fn written_numbers_are_canonical() {
    let cases = [
        ("0", "0"),
        ("-0", "0"),
        ("007", "7"),
        ("12.50", "12.5"),
        ("-3.0", "-3"),
        ("6/4", "1.5"),
        ("-1/8", "-0.125"),
        ("1/625", "0.0016"),
        ("1/6", "1/6"),
        ("-470/6", "-235/3"),
        ("0/7", "0"),
    ];
    for (read, written) in cases {
        assert_eq!(exact(read).to_string(), written, "{read}");
    }
}

#[test]
fn what_is_not_a_number_is_not_read() {
    for text in ["", "-", "+1", "1.", ".5", "1e3", "1/0", "1/-2", "1.5/2", "1/2/3", " 1", "1 ", "1,5", "--1", "٣", "1_0", "NaN"]
    {
        assert!(text.parse::<Exact>().is_err(), "{text}");
    }
}

#[test]
fn a_number_of_four_hundred_characters_is_read_and_one_longer_is_not() {
    assert!("9".repeat(400).parse::<Exact>().is_ok());
    assert!("9".repeat(401).parse::<Exact>().is_err());
}

#[test]
fn rounding_goes_where_the_mode_says() {
    // text, places, half up, half even, down, up
    let cases = [
        ("2.5", 0, "3", "2", "2", "3"),
        ("3.5", 0, "4", "4", "3", "4"),
        ("-2.5", 0, "-3", "-2", "-2", "-3"),
        ("2.49", 0, "2", "2", "2", "3"),
        ("2.51", 0, "3", "3", "2", "3"),
        ("2", 0, "2", "2", "2", "2"),
        ("1/3", 2, "0.33", "0.33", "0.33", "0.34"),
        ("0.045", 2, "0.05", "0.04", "0.04", "0.05"),
        ("-0.001", 2, "0", "0", "0", "-0.01"),
    ];
    for (text, places, half_up, half_even, down, up) in cases {
        let round = |mode| exact(text).round(Rounding { places, mode }).to_string();
        let all = [RoundMode::HalfUp, RoundMode::HalfEven, RoundMode::Down, RoundMode::Up].map(round);
        assert_eq!(all, [half_up, half_even, down, up], "{text}");
    }
}

#[test]
fn fixed_shows_always_so_many_decimals() {
    assert_eq!(exact("2/3").fixed(3), "0.667");
    assert_eq!(exact("-0.5").fixed(2), "-0.50");
    assert_eq!(exact("-0.001").fixed(2), "0.00");
    assert_eq!(exact("99.995").fixed(2), "100.00");
    assert_eq!(exact("1/3").fixed(0), "0");
}

#[test]
fn fractions_are_ordered_by_value() {
    assert!(exact("1/3") > exact("0.333333333333333333333"));
    assert!(exact("-1/3") < exact("-0.333333333333333333333"));
    assert_eq!(exact("90.1") + exact("0.2"), exact("90.3"));
}

#[test]
fn numbers_travel_through_json_as_text_only() {
    assert_eq!(serde_json::to_string(&exact("25/2")).unwrap(), "\"12.5\"");
    assert_eq!(serde_json::from_str::<Exact>("\"12.50\"").unwrap(), exact("12.5"));
    assert!(serde_json::from_str::<Exact>("12.5").is_err());
}

/// Numbers about the edge of 64 bits, where the short way ends, and plain small ones.
fn about_the_edge() -> impl Strategy<Value = Exact> {
    let whole = prop_oneof![-9..9i64, Just(i64::MIN), Just(i64::MAX), any::<i64>()];
    (whole.clone(), whole.prop_filter("not 0", |below| *below != 0))
        .prop_map(|(above, below)| Exact::of_long(num_rational::BigRational::new(above.into(), below.into())))
}

fn long(number: &Exact) -> num_rational::BigRational {
    number.long().into_owned()
}

proptest! {
    #[test]
    fn the_short_way_gives_what_the_long_way_gives(one in about_the_edge(), other in about_the_edge()) {
        prop_assert_eq!(&one + &other, Exact::of_long(long(&one) + long(&other)));
        prop_assert_eq!(&one - &other, Exact::of_long(long(&one) - long(&other)));
        prop_assert_eq!(&one * &other, Exact::of_long(long(&one) * long(&other)));
        prop_assert_eq!(-&one, Exact::of_long(-long(&one)));
        prop_assert_eq!(one.cmp(&other), long(&one).cmp(&long(&other)));
        prop_assert_eq!(one == other, long(&one) == long(&other));
        if !other.is_zero() {
            prop_assert_eq!(one.checked_div(&other).unwrap(), Exact::of_long(long(&one) / long(&other)));
        }
    }

    #[test]
    fn the_short_way_rounds_as_the_long_way_does(number in about_the_edge(), places in 0..40_u32) {
        for mode in [RoundMode::HalfUp, RoundMode::HalfEven, RoundMode::Down, RoundMode::Up] {
            let unit = super::ten_to(places);
            let long = Exact::of_long(num_rational::BigRational::new(number.scaled(&unit, mode), unit));
            prop_assert_eq!(number.round(Rounding { places, mode }), long);
        }
    }

    #[test]
    fn what_is_written_is_read_again(number in about_the_edge()) {
        prop_assert_eq!(&exact(&number.to_string()), &number);
    }
}
