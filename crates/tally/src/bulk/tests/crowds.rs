//! Many candidates: several shares, several widths of totals, and both ways of ranking a group.

use super::super::sums::{Weights, Width};
use super::*;

/// A contest in one group whose totals are these.
fn with_totals(totals: impl Iterator<Item = u16>) -> Case {
    let rows: Vec<_> = totals.map(|total| vec![total]).collect();
    let shape = Shape { jurors: 1, criteria: 1, mark_max: u16::MAX, scale: 1 };
    Case { shape, groups: vec![0; rows.len()], rows, weights: vec![1], top: 3 }
}

#[test]
fn what_all_weights_can_be_divided_by_is_no_part_of_the_sums_but_of_the_totals() {
    let panel = Shape { jurors: 9, criteria: 3, mark_max: 100, scale: 1 };
    let long = Shape { jurors: 1, criteria: 2, mark_max: u16::MAX, scale: 1 };
    let wide = Shape { jurors: 2, ..long };
    let yes_or_no = Shape { mark_max: 1, ..long };
    let cases: [(Shape, &[u64], u64, Width); 9] = [
        (panel, &[15, 10, 20], 5, Width::Short),
        (panel, &[0, 72, 0], 72, Width::Short), // 9 x 100 x 1
        (panel, &[24, 24, 24], 24, Width::Short),
        (panel, &[70, 2, 0], 2, Width::Short),        // 900 x 36 = 32,400
        (panel, &[70, 2, 1], 1, Width::Narrow),       // 900 x 73 = 65,700, above 65,535
        (long, &[1 << 40, 0], 1 << 40, Width::Short), // exactly 65,535
        (long, &[1 << 40, 1 << 40], 1 << 40, Width::Narrow),
        (yes_or_no, &[65_536, 1], 1, Width::Wide), // the total would fit into 32 bits, the weight does not into 16
        (wide, &[1, 1], 1, Width::Wide),           // nor does a sum of marks
    ];
    for (shape, weights, unit, width) in cases {
        let counted = Weights::new(&shape, weights).unwrap();
        assert_eq!((counted.unit, counted.width), (unit, width), "{shape:?} {weights:?}");
    }
    let case = Case { weights: vec![1 << 40, 1 << 39], ..many(100) };
    assert_eq!(u128::from(case.tally::<u8>(1).total(7)), case.total(7));
}

#[test]
fn a_crowd_in_several_shares_is_ranked_right() {
    // Weights that fit into 16, 32 and 64 bits; the first is ranked by counting, the second by digits.
    for weights in [vec![70, 30], vec![7001, 3000], vec![1 << 40, 1]] {
        let case = Case { weights, ..crowd() };
        for threads in [1, 3] {
            let standing = case.tally::<u8>(threads);
            is_right(&case, &standing);
            assert_eq!(case.shortlist::<u8>(threads), case.best(&standing));
        }
    }
}

#[test]
fn a_crowd_in_thousands_of_groups_is_ranked_right() {
    let groups: Vec<u32> = (0..40_000u32).map(|candidate| candidate * 37 % 20_011).collect();
    let case = Case { groups, top: 1, ..crowd() };
    for threads in [1, 3] {
        let standing = case.tally::<u8>(threads);
        is_right(&case, &standing);
        assert_eq!(case.shortlist::<u8>(threads), case.best(&standing));
    }
}

#[test]
fn totals_just_near_enough_to_be_counted_and_just_too_far_apart_are_ranked_alike() {
    for apart in [0, 1, 15, 16, 17] {
        for totals in [[100, 100 + apart], [100 + apart, 100]] {
            let case = with_totals(totals.into_iter());
            is_right(&case, &case.tally::<u16>(1));
        }
    }
    // 200 totals over nearly all of 16 bits: the fewest that are sorted by digits.
    let case = with_totals((0..200).map(|index| index * 327));
    is_right(&case, &case.tally::<u16>(1));
}

#[test]
fn whoever_comes_later_pushes_out_thousands() {
    let case = with_totals(0..30_000);
    for threads in [1, 2] {
        let places: Vec<_> = case.shortlist::<u16>(threads).iter().map(|winner| (winner.rank, winner.candidate)).collect();
        assert_eq!(places, [(1, 29_999), (2, 29_998), (3, 29_997)]);
    }
}

#[test]
fn thousands_who_tie_all_stay() {
    for total in [0, 9] {
        let case = with_totals(std::iter::repeat_n(total, 30_000));
        let winners = case.shortlist::<u16>(2);
        assert!(winners.iter().map(|winner| (winner.rank, winner.candidate)).eq((0..30_000).map(|candidate| (1, candidate))));
    }
}

#[test]
fn fewer_candidates_than_places_all_win() {
    let case = Case { top: 400, ..with_totals([5, 0, 7].into_iter().cycle().take(1000)) };
    let few = Case { groups: (0..1000).map(|candidate| candidate / 500).collect(), top: 499, ..case.clone() };
    for case in [case, few] {
        assert_eq!(case.shortlist::<u16>(2), case.best(&case.tally::<u16>(1)));
    }
}
