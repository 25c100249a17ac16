//! What the fit gives, where it can be told by hand.

use proptest::prelude::*;

use super::{Numbers, has_hole, levels};
use crate::Exact;
use crate::method::mean::mean;

/// Numbers by entry and juror, `None` where there is none.
fn check(rows: &[&[Option<i64>]], expected: Option<&[Option<&str>]>) {
    let owned: Vec<Vec<Option<Exact>>> =
        rows.iter().map(|row| row.iter().map(|number| number.map(Exact::from)).collect()).collect();
    let numbers: Vec<Vec<Option<&Exact>>> = owned.iter().map(|row| row.iter().map(Option::as_ref).collect()).collect();
    let expected = expected.map(|levels| levels.iter().map(|level| level.map(|text| text.parse().unwrap())).collect());
    assert_eq!(levels(&numbers), expected);
}

#[test]
fn a_juror_ten_points_stricter_is_taken_out() {
    // Juror 2 gives 10 less than juror 1, and is missing for the second entry: 75, and 71 − 5 = 66.
    check(&[&[Some(80), Some(70)], &[Some(71), None]], Some(&[Some("75"), Some("66")]));
}

#[test]
fn an_entry_without_numbers_has_no_level() {
    check(&[&[Some(80), Some(70)], &[None, None]], Some(&[Some("75"), None]));
}

#[test]
fn a_juror_without_numbers_plays_no_part() {
    check(&[&[Some(80), None, Some(70)], &[Some(60), None, None]], Some(&[Some("75"), Some("55")]));
}

#[test]
fn what_does_not_hang_together_cannot_be_fitted() {
    check(&[&[Some(80), None], &[None, Some(70)]], None);
    check(&[&[Some(80), Some(1), None, None], &[None, None, Some(70), Some(60)]], None);
}

#[test]
fn nothing_at_all_hangs_together() {
    check(&[], Some(&[]));
    check(&[&[None, None]], Some(&[None]));
}

fn numbers(rows: &[Vec<Option<Exact>>]) -> Vec<Vec<Option<&Exact>>> {
    rows.iter().map(|row| row.iter().map(Option::as_ref).collect()).collect()
}

/// Σ over a row or column of what the fit leaves over.
fn residuals(numbers: &Numbers, levels: &[Option<Exact>], strictness: &[Exact]) -> Vec<Vec<Exact>> {
    let row = |(row, level): (&Vec<Option<&Exact>>, &Option<Exact>)| {
        let rest = |(number, strict): (&Option<&Exact>, &Exact)| match (number, level) {
            (Some(number), Some(level)) => *number - level - strict,
            _ => Exact::zero(),
        };
        row.iter().zip(strictness).map(rest).collect()
    };
    numbers.iter().zip(levels).map(row).collect()
}

proptest! {
    #[test]
    fn with_everything_given_the_fit_is_the_mean(rows in prop::collection::vec(prop::collection::vec(0..100i64, 3), 1..5)) {
        let rows: Vec<Vec<Option<Exact>>> =
            rows.into_iter().map(|row| row.into_iter().map(|number| Some(Exact::from(number))).collect()).collect();
        let numbers = numbers(&rows);
        prop_assert!(!has_hole(&numbers));
        let means: Vec<Option<Exact>> =
            numbers.iter().map(|row| mean(&row.iter().copied().flatten().collect::<Vec<_>>())).collect();
        prop_assert_eq!(levels(&numbers), Some(means));
    }

    #[test]
    fn nothing_is_left_over_in_any_row_or_column(rows in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.7, -50..50i64), 4), 1..6)) {
        let rows: Vec<Vec<Option<Exact>>> =
            rows.into_iter().map(|row| row.into_iter().map(|number| number.map(Exact::from)).collect()).collect();
        let numbers = numbers(&rows);
        let Some(levels) = levels(&numbers) else { return Ok(()) };
        let strictness = super::strictness(&numbers);
        let left = residuals(&numbers, &levels, &strictness);
        prop_assert!(left.iter().all(|row| row.iter().sum::<Exact>().is_zero()));
        prop_assert!((0..4).all(|juror| left.iter().map(|row| &row[juror]).sum::<Exact>().is_zero()));
        prop_assert!(strictness.iter().sum::<Exact>().is_zero());
    }
}
