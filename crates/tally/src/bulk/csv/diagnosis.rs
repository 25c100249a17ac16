//! The slow reading of lines that the quick one gave up on: which line, which column, what is wrong.

use super::{Fault, Problem};
use crate::bulk::GROUPS_MAX;
use crate::bulk::columns::Shape;

/// The most digits of a candidate or a group.
const LONG_DIGITS: usize = 18;
/// The most digits of a mark.
const MARK_DIGITS: usize = 5;

/// What comes after the heading, which must begin with `candidate,group`, have a column per mark and end with a line end. A byte order mark
/// before it is no harm.
pub(super) fn after_heading<'a>(lines: &'a [u8], shape: &Shape) -> Result<&'a [u8], Problem> {
    let end = lines.iter().position(|&byte| byte == b'\n').ok_or_else(|| heading_problem(shape))?;
    let (line, lines) = lines.split_at(end + 1);
    let text = String::from_utf8_lossy(line);
    let names: Vec<&str> = text.trim_start_matches('\u{feff}').trim_end_matches(['\n', '\r']).split(',').collect();
    let good = names.len() == fields(shape) && names[0] == "candidate" && names[1] == "group";
    if good { Ok(lines) } else { Err(heading_problem(shape)) }
}

pub(super) fn heading_problem(shape: &Shape) -> Problem {
    Problem { line: 1, column: 0, fault: Fault::Heading { columns: fields(shape) } }
}

/// A heading that is longer has names of more than a hundred characters.
pub(super) fn heading_longest(shape: &Shape) -> usize {
    fields(shape) * 100
}

/// The longest line that can be right.
pub(super) fn line_longest(shape: &Shape) -> usize {
    2 * (LONG_DIGITS + 1) + shape.marks() * (MARK_DIGITS + 1) + 2
}

/// What is wrong with the first bad line of some that are not all good. `before` lines came earlier.
pub(super) fn first_problem(lines: &[u8], shape: &Shape, before: u64) -> Problem {
    for (line, number) in lines.split(|&byte| byte == b'\n').zip(before + 1..) {
        if let Some((column, fault)) = fault_of(line.strip_suffix(b"\r").unwrap_or(line), shape) {
            return Problem { line: number, column, fault };
        }
    }
    unreachable!("the quick reading gave up on these lines")
}

fn fault_of(line: &[u8], shape: &Shape) -> Option<(usize, Fault)> {
    let found = line.split(|&byte| byte == b',').count();
    if found != fields(shape) {
        return Some((0, Fault::Fields { expected: fields(shape), found }));
    }
    line.split(|&byte| byte == b',').zip(1..).find_map(|(field, column)| {
        let (highest, digits) = match column {
            1 => (u64::MAX, LONG_DIGITS),
            2 => (u64::from(GROUPS_MAX) - 1, LONG_DIGITS),
            _ => (u64::from(shape.mark_max), MARK_DIGITS),
        };
        Some((column, fault_of_field(field, highest, digits)?))
    })
}

fn fault_of_field(field: &[u8], highest: u64, digits: usize) -> Option<Fault> {
    if field.is_empty() {
        return Some(Fault::Hole);
    }
    let text = String::from_utf8_lossy(&field[..field.len().min(40)]);
    if field.len() > digits || !field.iter().all(u8::is_ascii_digit) {
        return Some(Fault::NotANumber(text.into_owned()));
    }
    text.parse().ok().filter(|&number: &u64| number > highest).map(|_| Fault::TooHigh { highest })
}

fn fields(shape: &Shape) -> usize {
    shape.marks() + 2
}
