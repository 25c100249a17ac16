//! Files that threads fetch themselves.

use super::*;

/// A file of three megabytes: several pieces.
fn large() -> (Case, String) {
    let three = || std::iter::repeat_n(crowd(), 3);
    let rows = three().flat_map(|case| case.rows).collect();
    let case = Case { rows, groups: three().flat_map(|case| case.groups).collect(), ..crowd() };
    let file = case.file("\n");
    assert!(file.len() > 5 << 19);
    (case, file)
}

#[test]
fn a_file_of_several_pieces_is_the_same_file_for_any_number_of_threads() {
    let (case, file) = large();
    let whole = told(csv::parse(file.as_bytes(), case.shape, 1)).unwrap();
    for (threads, most) in [(0, usize::MAX), (1, 1 << 20), (2, 100_000), (3, usize::MAX)] {
        assert!(told(fetched(file.as_bytes(), case.shape, most, threads)).as_ref() == Ok(&whole), "{threads} threads");
    }
}

#[test]
fn the_first_bad_line_is_told_whoever_finds_another() {
    let (case, file) = large();
    let mut lines: Vec<&str> = file.lines().collect();
    for (line, text) in [(119_000, "1,0,7"), (60_000, "2,0,1,2,3,4,5,101"), (59_999, "3,0,1,2,3,x,5,6")] {
        lines[line - 1] = text;
        let problem = fetched(lines.join("\n").as_bytes(), case.shape, usize::MAX, 2).unwrap_err();
        assert_eq!(problem.line, line as u64);
    }
}

#[test]
fn a_candidate_who_stands_in_two_pieces_is_told() {
    let (case, file) = large();
    let file = file + "1000,0,1,2,3,4,5,6\n";
    let problem = fetched(file.as_bytes(), case.shape, usize::MAX, 2).unwrap_err();
    assert_eq!(problem.to_string(), "line 120002: candidate 1000 stands on an earlier line too");
}

/// Why a fetched file was not read.
#[derive(Debug, PartialEq)]
enum Failure {
    Source,
    File(String),
}

impl From<csv::Problem> for Failure {
    fn from(problem: csv::Problem) -> Failure {
        Failure::File(problem.to_string())
    }
}

/// Fetches these pieces, one at a time, from a source that then fails; and how often it was asked.
fn failing(pieces: &[&[u8]]) -> (usize, Failure) {
    let mut asked = 0;
    let shape = Shape { jurors: 1, criteria: 1, mark_max: 100, scale: 1 };
    let read = csv::fetch::<u8, Failure>(shape, 2, |room| {
        asked += 1;
        let piece = pieces.get(asked - 1).ok_or(Failure::Source)?;
        room[..piece.len()].copy_from_slice(piece);
        Ok(piece.len())
    });
    let failure = read.unwrap_err();
    (asked, failure)
}

#[test]
fn a_source_that_fails_is_not_asked_again() {
    assert_eq!(failing(&[]), (1, Failure::Source));
    assert_eq!(failing(&[b"candidate,group,a\n1,0,7\n", b"2,0,8\n"]), (3, Failure::Source));
}

#[test]
fn a_line_without_end_is_refused_after_one_piece() {
    let shape = Shape { jurors: 1, criteria: 1, mark_max: 100, scale: 1 };
    for (start, expected) in [
        ("", "line 1: the first line must be candidate,group and a name per mark, 3 columns in all"),
        ("candidate,group,a", "line 1: the first line must be candidate,group and a name per mark, 3 columns in all"),
        ("candidate,group,a\n1,0,7\n", "line 3: 1 fields, expected 3"),
    ] {
        let mut given = 0;
        let problem = csv::fetch::<u8, csv::Problem>(shape, 2, |room| {
            room.fill(b'1');
            let start = if given == 0 { start.as_bytes() } else { &[] };
            room[..start.len()].copy_from_slice(start);
            given += room.len();
            Ok(room.len())
        });
        assert_eq!(problem.unwrap_err().to_string(), expected);
        assert!(given <= 3 << 20, "{given} bytes were asked for");
    }
}

#[test]
fn marks_of_two_digits_are_bounded_too() {
    let shape = Shape { jurors: 1, criteria: 5, mark_max: 50, scale: 1 };
    let heading = "candidate,group,a,b,c,d,e\n";
    assert_eq!(told(csv::parse(format!("{heading}1,0,50,50,50,50,50\n").as_bytes(), shape, 1)), Ok(vec![(1, 0, vec![50; 5])]));
    for column in 0..5 {
        let marks: Vec<&str> = (0..5).map(|other| if other == column { "51" } else { "50" }).collect();
        let file = format!("{heading}1,0,50,50,50,50,50\n2,0,{}\n", marks.join(","));
        let expected = format!("line 3, column {}: the number is above the highest, 50", column + 3);
        assert_eq!(told(csv::parse(file.as_bytes(), shape, 1)), Err(expected));
    }
}
