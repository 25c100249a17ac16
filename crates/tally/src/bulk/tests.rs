//! What must hold of the bulk count: above all that it is the general count.

use std::collections::BTreeMap;
use std::fmt::Write;

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::model::Count;
use crate::outcome::Status;

mod crowds;
mod fetching;

/// Marks, weights and groups of a small or middling contest.
#[derive(Debug, Clone)]
struct Case {
    shape: Shape,
    rows: Vec<Vec<u16>>,
    groups: Vec<u32>,
    weights: Vec<u64>,
    top: u32,
}

impl Case {
    fn columns<M: Mark + TryFrom<u16>>(&self) -> Columns<M> {
        let mut columns = Columns::new(self.shape).unwrap();
        for row in &self.rows {
            let row: Vec<M> = row.iter().map(|&mark| M::try_from(mark).ok().unwrap()).collect();
            columns.push(&row).unwrap();
        }
        columns
    }

    fn tally<M: Mark + TryFrom<u16>>(&self, threads: usize) -> BulkStanding {
        tally(&self.columns::<M>(), &self.weights, &self.groups, self.top, threads).unwrap()
    }

    fn shortlist<M: Mark + TryFrom<u16>>(&self, threads: usize) -> Vec<Winner> {
        shortlist(&self.columns::<M>(), &self.weights, &self.groups, self.top, threads).unwrap().winners().to_vec()
    }

    /// The shortlist, read off a standing.
    fn best(&self, standing: &BulkStanding) -> Vec<Winner> {
        let winner = |candidate| Winner {
            candidate,
            group: self.groups[candidate],
            rank: standing.rank(candidate),
            total: standing.total(candidate),
        };
        let mut winners: Vec<_> = standing.winners().map(winner).collect();
        winners.sort_by_key(|winner| (winner.group, winner.rank, winner.candidate));
        winners
    }

    fn total(&self, candidate: usize) -> u128 {
        let criteria = self.weights.len();
        self.rows[candidate]
            .iter()
            .enumerate()
            .map(|(index, &mark)| u128::from(mark) * u128::from(self.weights[index % criteria]))
            .sum()
    }

    fn rank(&self, candidate: usize) -> u32 {
        let above = |&other: &usize| self.groups[other] == self.groups[candidate] && self.total(other) > self.total(candidate);
        (0..self.rows.len()).filter(above).count() as u32 + 1
    }

    fn file(&self, line_end: &str) -> String {
        let mut file = String::from("candidate,group");
        (0..self.shape.marks()).for_each(|mark| write!(file, ",m{mark}").unwrap());
        for (candidate, (row, group)) in self.rows.iter().zip(&self.groups).enumerate() {
            write!(file, "{line_end}{},{group}", 1000 + candidate).unwrap();
            row.iter().for_each(|mark| write!(file, ",{mark}").unwrap());
        }
        file + line_end
    }

    /// The same contest as a document of the general count; groups are its pools.
    fn document(&self) -> Count {
        let written = |mark: u16| match self.shape.scale {
            1 => mark.to_string(),
            _ => format!("{}.{}", mark / 10, mark % 10),
        };
        let step = if self.shape.scale == 1 { "1" } else { "0.1" };
        let (jurors, criteria) = (self.shape.jurors as usize, self.weights.len());
        let leaf = |criterion: usize| {
            json!({"weight": self.weights[criterion].to_string(), "node": {"id": format!("c{criterion}"), "leaf": {
                "measure": {"marks": {"method": "mean", "min": "0", "max": written(self.shape.mark_max), "step": step}},
                "scale": "identity", "missing": "refuse", "not_applicable": "skip"}}})
        };
        let sheet = |candidate: usize, juror: usize| {
            let own = &self.rows[candidate][juror * criteria..][..criteria];
            let marks: Value = own.iter().enumerate().map(|(index, &mark)| (format!("c{index}"), json!(written(mark)))).collect();
            json!({"juror": format!("j{juror}"), "entry": format!("e{candidate}"), "state": "handed_in", "marks": marks})
        };
        let all = |candidate| (0..jurors).map(move |juror| (candidate, juror));
        serde_json::from_value(json!({
            "format": "paritrana-count-1",
            "contest": "bulk",
            "jurors": (0..jurors).map(|juror| format!("j{juror}")).collect::<Vec<_>>(),
            "tree": {"id": "all", "group": {"combine": "mean", "parts": (0..criteria).map(leaf).collect::<Vec<_>>()}},
            "cut": {"quota": self.top, "reserves": 0, "ties": "keep_all", "within": "pool"},
            "entries": self.groups.iter().enumerate().map(|(index, group)| json!({"id": format!("e{index}"), "pool": format!("g{group}")})).collect::<Vec<_>>(),
            "sheets": (0..self.rows.len()).flat_map(all).map(|(candidate, juror)| sheet(candidate, juror)).collect::<Vec<_>>(),
        }))
        .unwrap()
    }
}

/// Contests of up to so many candidates, with marks up to `mark_max` and weights up to `weight_max`.
fn cases(candidates: usize, mark_max: u16, weight_max: u64) -> impl Strategy<Value = Case> {
    (1..6u32, 1..5u32, 0..=candidates, 1..5u32, 1..4u32, prop_oneof![Just(1), Just(10)]).prop_flat_map(
        move |(jurors, criteria, candidates, groups, top, scale)| {
            let shape = Shape { jurors, criteria, mark_max, scale };
            let rows = vec(vec(0..=mark_max, shape.marks()), candidates);
            let weights = vec(0..=weight_max, criteria as usize)
                .prop_filter("a weight", |weights| weights.iter().any(|&weight| weight > 0));
            (rows, vec(0..groups, candidates), weights).prop_map(move |(rows, groups, weights)| Case {
                shape,
                rows,
                groups,
                weights,
                top,
            })
        },
    )
}

/// The table of a read file as plain rows, or the problem's text.
fn told(read: Result<csv::Table<u8>, csv::Problem>) -> Result<Vec<(u64, u32, Vec<u8>)>, String> {
    let table = read.map_err(|problem| problem.to_string())?;
    let rows = (0..table.columns.candidates()).map(|index| table.columns.marks(index).unwrap());
    Ok(table
        .candidates
        .iter()
        .copied()
        .zip(table.groups.iter().copied())
        .zip(rows)
        .map(|((candidate, group), row)| (candidate, group, row))
        .collect())
}

fn read_in_pieces(file: &[u8], shape: Shape, piece: usize, threads: usize) -> Result<csv::Table<u8>, csv::Problem> {
    let mut reader = csv::Reader::new(shape, threads).unwrap();
    file.chunks(piece).try_for_each(|piece| reader.feed(piece))?;
    reader.finish()
}

/// The same through `fetch`, from a source that gives at most so many bytes at a time.
fn fetched(file: &[u8], shape: Shape, most: usize, threads: usize) -> Result<csv::Table<u8>, csv::Problem> {
    let mut rest = file;
    csv::fetch(shape, threads, |room| {
        let (piece, others) = rest.split_at(most.min(room.len()).min(rest.len()));
        room[..piece.len()].copy_from_slice(piece);
        rest = others;
        Ok(piece.len())
    })
}

proptest! {
    #[test]
    fn the_bulk_count_is_the_general_count(case in cases(9, 4, 3), threads in 1..4usize) {
        let outcome = crate::count(&case.document()).unwrap();
        let standing = case.tally::<u8>(threads);
        prop_assert_eq!(outcome.standing.len(), case.rows.len());
        for row in &outcome.standing {
            let candidate: usize = row.entry.trim_start_matches('e').parse().unwrap();
            prop_assert_eq!(&standing.points(candidate), &row.total);
            prop_assert_eq!(standing.rank(candidate), row.pool_place);
            prop_assert_eq!(standing.in_top(candidate), row.status == Status::Advances);
        }
    }

    #[test]
    fn totals_and_places_are_right_in_every_width(
        case in cases(60, 255, 9), (factor, more) in prop::sample::select(vec![(1, 0), (1 << 10, 1), (1 << 45, 1), (1 << 45, 0)]), threads in 1..4usize,
    ) {
        let case = Case { weights: case.weights.iter().map(|&weight| weight * factor + more).collect(), ..case };
        let standing = case.tally::<u8>(threads);
        prop_assert_eq!(&standing, &case.tally::<u16>(1));
        for candidate in 0..case.rows.len() {
            prop_assert_eq!(u128::from(standing.total(candidate)), case.total(candidate));
            prop_assert_eq!(standing.rank(candidate), case.rank(candidate));
        }
        prop_assert_eq!(case.shortlist::<u8>(threads), case.best(&standing));
    }

    #[test]
    fn a_file_gives_the_columns_that_were_written(case in cases(30, 100, 1), crlf in any::<bool>(), piece in 1..200usize, threads in 1..4usize) {
        let file = case.file(if crlf { "\r\n" } else { "\n" });
        let expected: Vec<_> = case.rows.iter().zip(&case.groups).zip(1000..)
            .map(|((row, &group), candidate)| (candidate, group, row.iter().map(|&mark| mark as u8).collect::<Vec<_>>())).collect();
        prop_assert_eq!(told(csv::parse(file.as_bytes(), case.shape, threads)), Ok(expected.clone()));
        prop_assert_eq!(told(read_in_pieces(file.as_bytes(), case.shape, piece, threads)), Ok(expected.clone()));
        prop_assert_eq!(told(fetched(file.as_bytes(), case.shape, piece, threads)), Ok(expected.clone()));
        prop_assert_eq!(told(csv::parse(file.trim_end().as_bytes(), case.shape, threads)), Ok(expected));
    }

    #[test]
    fn a_damaged_file_is_told_the_same_way_however_it_is_cut(
        case in cases(12, 100, 1), place in any::<prop::sample::Index>(), byte in prop_oneof![Just(b','), Just(b'\n'), Just(b'\r'), Just(b'9'), any::<u8>()],
        piece in 1..90usize, threads in 1..4usize,
    ) {
        let mut file = case.file("\n").into_bytes();
        let place = place.index(file.len());
        file[place] = byte;
        let whole = told(csv::parse(&file, case.shape, 1));
        prop_assert_eq!(&told(fetched(&file, case.shape, piece, threads)), &whole);
        prop_assert_eq!(&told(read_in_pieces(&file, case.shape, piece, threads)), &whole);
    }
}

/// 5,000 candidates, so that blocks fill up, groups are dealt out by digits, and files are read by several threads.
fn many(mark_max: u16) -> Case {
    let shape = Shape { jurors: 3, criteria: 2, mark_max, scale: 1 };
    let mut seed = 7u64;
    let mut next = |bound: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % bound
    };
    let rows = (0..5000).map(|_| (0..6).map(|_| next(u64::from(mark_max) + 1) as u16).collect()).collect();
    let groups = (0..5000).map(|_| [0, 0, 3, 9][next(4) as usize]).collect();
    Case { shape, rows, groups, weights: vec![70, 30], top: 10 }
}

#[track_caller]
fn is_right(case: &Case, standing: &BulkStanding) {
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    (0..case.rows.len()).for_each(|candidate| groups.entry(case.groups[candidate]).or_default().push(candidate));
    for mut members in groups.into_values() {
        members.sort_by_key(|&candidate| std::cmp::Reverse(case.total(candidate)));
        let mut rank = 0;
        for (index, &candidate) in members.iter().enumerate() {
            if index == 0 || case.total(candidate) != case.total(members[index - 1]) {
                rank = index as u32 + 1;
            }
            assert_eq!((standing.rank(candidate), standing.in_top(candidate)), (rank, rank <= case.top), "candidate {candidate}");
        }
    }
}

#[test]
fn many_candidates_are_ranked_right_by_any_number_of_threads() {
    for threads in [0, 1, 2, 3, 8] {
        is_right(&many(100), &many(100).tally::<u8>(threads));
        is_right(&many(65_535), &many(65_535).tally::<u16>(threads));
    }
}

#[test]
fn many_candidates_with_totals_beyond_32_bits_are_ranked_right() {
    for weights in [vec![1 << 40, 1], vec![400_000_000, 300_000_000]] {
        let case = Case { weights, ..many(65_535) };
        is_right(&case, &case.tally::<u16>(2));
    }
}

#[test]
fn the_shortlist_is_the_top_of_the_standing() {
    for top in [0, 1, 10, 400, 5000] {
        let case = Case { top, ..many(100) };
        assert_eq!(case.shortlist::<u8>(2), case.best(&case.tally::<u8>(1)), "top {top}");
        let wide = Case { weights: vec![1 << 40, 1], ..case };
        assert_eq!(wide.shortlist::<u16>(3), wide.best(&wide.tally::<u16>(1)), "top {top}");
    }
}

#[test]
fn many_lines_are_read_in_several_parts() {
    let case = many(100);
    let file = case.file("\n");
    let table = csv::parse::<u8>(file.as_bytes(), case.shape, 4).unwrap();
    assert_eq!(table.groups, case.groups);
    assert_eq!(tally(&table.columns, &case.weights, &table.groups, 10, 2).unwrap(), case.tally::<u8>(1));
}

#[test]
fn everybody_equal_shares_the_first_place() {
    let case = Case { rows: vec![vec![5; 6]; 2000], groups: vec![4; 2000], top: 1, ..many(100) };
    let standing = case.tally::<u8>(2);
    assert_eq!(standing.winners().count(), 2000);
    assert!((0..2000).all(|candidate| standing.rank(candidate) == 1));
}

#[test]
fn nobody_is_among_the_best_none() {
    let case = Case { top: 0, ..many(100) };
    assert_eq!(case.tally::<u8>(1).winners().count(), 0);
}

#[test]
fn a_tied_third_place_is_kept_where_floats_lose_it() {
    // 90.3 in two ways: 5 x 88 + 20 x 92 + 75 x 90 = 5 x 89 + 20 x 88 + 75 x 91 = 9030. In floats the first is 90.30000000000001, the other 90.3.
    let mut columns = Columns::<u8>::new(Shape { jurors: 1, criteria: 3, mark_max: 100, scale: 1 }).unwrap();
    for marks in [[99, 99, 99], [98, 98, 98], [88, 92, 90], [89, 88, 91], [80, 80, 80]] {
        columns.push(&marks).unwrap();
    }
    let standing = tally(&columns, &[5, 20, 75], &[0; 5], 3, 1).unwrap();
    assert_eq!([2, 3].map(|candidate| standing.points(candidate).to_string()), ["90.3", "90.3"]);
    assert_eq!(standing.winners().collect::<Vec<_>>(), [0, 1, 2, 3]);
}

#[test]
fn what_might_overflow_is_refused_and_what_just_fits_is_counted() {
    let mut columns = Columns::<u16>::new(Shape { jurors: 2, criteria: 1, mark_max: 65_535, scale: 1 }).unwrap();
    columns.push(&[65_535, 65_535]).unwrap();
    let heaviest = u64::MAX / 131_070;
    let standing = tally(&columns, &[heaviest], &[0], 1, 1).unwrap();
    assert_eq!((standing.total(0), standing.points(0).to_string().as_str()), (heaviest * 131_070, "65535"));
    assert_eq!(tally(&columns, &[heaviest + 1], &[0], 1, 1), Err(BulkRefusal::MightOverflow));
}

#[test]
fn weights_are_bounded_even_if_all_marks_are_0() {
    let mut columns = Columns::<u8>::new(Shape { jurors: 1, criteria: 2, mark_max: 0, scale: 1 }).unwrap();
    columns.push(&[0, 0]).unwrap();
    assert_eq!(tally(&columns, &[1 << 40, 1], &[0], 1, 1).unwrap().total(0), 0);
    assert_eq!(tally(&columns, &[u64::MAX, 1], &[0], 1, 1), Err(BulkRefusal::MightOverflow));
}

#[test]
fn sums_of_marks_beyond_16_bits_are_right() {
    let mut columns = Columns::<u8>::new(Shape { jurors: 300, criteria: 1, mark_max: 255, scale: 1 }).unwrap();
    columns.push(&[255; 300]).unwrap();
    assert_eq!(tally(&columns, &[2], &[0], 1, 1).unwrap().total(0), 153_000);
}

#[test]
fn wrong_input_is_refused() {
    let shape = Shape { jurors: 1, criteria: 1, mark_max: 10, scale: 1 };
    let mut columns = Columns::<u8>::new(shape).unwrap();
    columns.push(&[7]).unwrap();
    let refused = |weights: &[u64], groups: &[u32]| tally(&columns, weights, groups, 1, 1).unwrap_err();
    assert_eq!(refused(&[0], &[0]), BulkRefusal::WeightsVanish);
    assert_eq!(refused(&[], &[0]), BulkRefusal::WrongWeights { expected: 1, found: 0 });
    assert_eq!(refused(&[1], &[]), BulkRefusal::WrongGroups { expected: 1, found: 0 });
    assert_eq!(refused(&[1], &[GROUPS_MAX]), BulkRefusal::GroupTooHigh { candidate: 0, group: GROUPS_MAX });
    assert!(tally(&columns, &[1], &[GROUPS_MAX - 1], 1, 1).is_ok());
    for (jurors, criteria, scale) in [(0, 1, 1), (1, 0, 1), (1, 1, 0)] {
        assert_eq!(Columns::<u8>::new(Shape { jurors, criteria, scale, ..shape }).unwrap_err(), BulkRefusal::EmptyShape);
    }
    let many = Shape { jurors: 65_537, ..shape };
    assert_eq!(Columns::<u8>::new(many).unwrap_err(), BulkRefusal::TooManyMarks { jurors: 65_537, criteria: 1 });
}

#[test]
fn each_fault_of_a_file_is_told_with_its_place() {
    let shape = Shape { jurors: 1, criteria: 2, mark_max: 100, scale: 1 };
    let cases = [
        ("", "line 1: the first line must be candidate,group and a name per mark, 4 columns in all"),
        ("candidate,group,a\n", "line 1: the first line must be candidate,group and a name per mark, 4 columns in all"),
        ("id,group,a,b\n", "line 1: the first line must be candidate,group and a name per mark, 4 columns in all"),
        (
            "candidate,group,a,b\n1,0,7,8\n2,0,,8\n",
            "line 3, column 3: a number is missing; a panel with holes needs the general count",
        ),
        ("candidate,group,a,b\n1,0,7,\n", "line 2, column 4: a number is missing; a panel with holes needs the general count"),
        ("candidate,group,a,b\n,0,7,8\n", "line 2, column 1: a number is missing; a panel with holes needs the general count"),
        (
            "candidate,group,a,b\n1,0,7.5,8\n",
            "line 2, column 3: \"7.5\" is not a whole number; write 903 for 90.3 under a scale of 10",
        ),
        (
            "candidate,group,a,b\n1,0, 7,8\n",
            "line 2, column 3: \" 7\" is not a whole number; write 903 for 90.3 under a scale of 10",
        ),
        (
            "candidate,group,a,b\n1,0,\"7\",8\n",
            "line 2, column 3: \"\\\"7\\\"\" is not a whole number; write 903 for 90.3 under a scale of 10",
        ),
        (
            "candidate,group,a,b\n1,0,-7,8\n",
            "line 2, column 3: \"-7\" is not a whole number; write 903 for 90.3 under a scale of 10",
        ),
        (
            "candidate,group,a,b\n1,0,000007,8\n",
            "line 2, column 3: \"000007\" is not a whole number; write 903 for 90.3 under a scale of 10",
        ),
        ("candidate,group,a,b\n1,0,7,8\n2,0,100,101\n", "line 3, column 4: the number is above the highest, 100"),
        ("candidate,group,a,b\n1,0,7,65792\n", "line 2, column 4: the number is above the highest, 100"),
        ("candidate,group,a,b\n1,1048576,7,8\n", "line 2, column 2: the number is above the highest, 1048575"),
        ("candidate,group,a,b\n1,0,7\n", "line 2: 3 fields, expected 4"),
        ("candidate,group,a,b\n1,0,7,8,9\n", "line 2: 5 fields, expected 4"),
        ("candidate,group,a,b\n1,0,7,8\n\n2,0,7,8\n", "line 3: 1 fields, expected 4"),
        ("candidate,group,a,b\n1;0;7;8\n", "line 2: 1 fields, expected 4"),
        (
            "candidate,group,a,b\n1,0,7,8\n3,0,7,8\n2,0,7,8\n3,0,7,8\n1,0,7,8\n",
            "line 5: candidate 3 stands on an earlier line too",
        ),
    ];
    for (file, expected) in cases {
        assert_eq!(told(csv::parse(file.as_bytes(), shape, 2)), Err(expected.to_owned()), "{file:?}");
    }
}

#[test]
fn a_heading_may_follow_a_byte_order_mark_and_a_file_may_have_nobody() {
    let shape = Shape { jurors: 1, criteria: 1, mark_max: 100, scale: 1 };
    assert_eq!(told(csv::parse("\u{feff}candidate,group,a\r\n".as_bytes(), shape, 1)), Ok(vec![]));
    assert_eq!(told(csv::parse(b"candidate,group,a", shape, 1)), Ok(vec![]));
    assert_eq!(told(csv::parse(b"candidate,group,a\n1,0,007", shape, 1)), Ok(vec![(1, 0, vec![7])]));
}

/// How many pieces of 100,000 bytes a reader takes before it refuses, and what it then says.
fn refusal_of_endless(start: &str, byte: u8) -> (usize, String) {
    let mut reader = csv::Reader::<u8>::new(Shape { jurors: 1, criteria: 1, mark_max: 100, scale: 1 }, 1).unwrap();
    reader.feed(start.as_bytes()).unwrap();
    let piece = vec![byte; 100_000];
    (1..).find_map(|pieces| Some((pieces, reader.feed(&piece).err()?.to_string()))).unwrap()
}

#[test]
fn a_line_without_end_is_refused_before_it_fills_the_memory() {
    let heading = "line 1: the first line must be candidate,group and a name per mark, 3 columns in all";
    assert_eq!(refusal_of_endless("", b'x'), (3, heading.to_owned()));
    assert_eq!(refusal_of_endless("candidate,group,a\n1,0,7\n", b'1'), (3, "line 3: 1 fields, expected 3".to_owned()));
}

/// Eight times `many`, with numbers of its own for each candidate in a file.
fn crowd() -> Case {
    let eight = || std::iter::repeat_n(many(100), 8);
    let rows = eight().flat_map(|case| case.rows).collect();
    Case { rows, groups: eight().flat_map(|case| case.groups).collect(), ..many(100) }
}

#[test]
fn a_file_in_large_pieces_of_any_length_is_the_same_file() {
    let case = crowd();
    let file = case.file("\n");
    let whole = told(csv::parse(file.as_bytes(), case.shape, 1)).unwrap();
    assert_eq!(whole.len(), 40_000);
    for piece in [100_000, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, file.len() - 1] {
        assert_eq!(told(read_in_pieces(file.as_bytes(), case.shape, piece, 2)).as_ref(), Ok(&whole), "pieces of {piece}");
    }
}
