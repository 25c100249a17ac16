//! The rows of an imported file, each as far as it can be read: a cell that cannot be read is told and left out, so that the rules are asked
//! about the rest of its row in the same try.

use std::collections::BTreeSet;

use words::Problem;

use super::Reading;
use crate::cycle::parse::Known;
use crate::cycle::reading::{Line, Sheet, Told};
use crate::cycle::schema::Schema;
use crate::cycle::tables::Row;
use crate::limit;

/// How the rows of a kind of file are read.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub schema: Schema,
    /// Columns without which nobody knows what a row asks for, or of whom.
    pub spine: &'static [&'static str],
    /// Columns that say one thing together: without one of them the others say something else.
    pub together: &'static [&'static str],
    /// What stands in for a cell that must be filled and cannot be read; nothing for one that may be empty.
    pub stand_in: fn(&Known<'_>, &Line, &str) -> Option<String>,
}

/// One who reads the cells of a row.
type Parse<T> = fn(&Known<'_>, &Line, &mut Vec<Problem>) -> Result<T, Told>;

/// The rows of a file. What a spreadsheet would run was made harmless by an apostrophe, which is taken off again.
pub(super) fn rows<T>(shape: Shape, bytes: &[u8], known: &Known<'_>, reading: &mut Reading, parse: Parse<T>) -> Vec<Row<T>> {
    let mut problems = Vec::new();
    let Some(sheet) = Sheet::open(shape.schema, bytes, &mut problems).map(Sheet::disarmed) else {
        reading.problems.append(&mut problems);
        return Vec::new();
    };
    let (lines, mut own) = sheet.into_lines();
    reading.torn = own.iter().any(|problem| !lines.iter().any(|line| holds(line, problem)));
    let mut rows = Vec::new();
    for line in &lines {
        match row(shape, line, known, &mut own, parse) {
            Some(row) => rows.push(row),
            None => reading.broken.extend(line.text(shape.spine[0])),
        }
    }
    reading.problems.append(&mut own);
    rows
}

/// Whether a problem lies within a row that was cut into cells.
fn holds(line: &Line, problem: &Problem) -> bool {
    line.spot.span.start <= problem.span.start && problem.span.end <= line.spot.span.end
}

/// What a row says, with what is wrong in it; none if it cannot be known what it asks for.
fn row<T>(shape: Shape, line: &Line, known: &Known<'_>, problems: &mut Vec<Problem>, parse: Parse<T>) -> Option<Row<T>> {
    let mut told = Vec::new();
    let (at, said) = (line.moment("at", &mut told), parse(known, line, &mut told));
    unsaid(line, &mut told);
    let columns = line.columns_of(&told);
    let unread = told.is_empty();
    problems.append(&mut told);
    if unread {
        return Some(Row { said: said.ok()?, at: at.ok()?, spot: line.spot.clone() });
    }
    let mut columns: BTreeSet<&str> = columns?.into_iter().collect();
    if columns.iter().any(|column| shape.spine.contains(column) || *column == "at") {
        return None;
    }
    if columns.iter().any(|column| shape.together.contains(column)) {
        columns.extend(shape.together);
    }
    if known.candidates.is_empty() && shape.spine[0] == "candidate" {
        // Its row is counted already as one that names nobody.
        return None;
    }
    let text = |column: &str| (shape.stand_in)(known, line, column).unwrap_or_default();
    let without = columns.iter().fold(line.clone(), |line, column| line.instead(column, &text(column)));
    let (at, said) = (without.moment("at", &mut told), parse(known, &without, &mut told));
    if !told.is_empty() {
        return None;
    }
    Some(Row { said: said.ok()?, at: at.ok()?, spot: line.spot.clone() })
}

/// Tells texts that are too long or hold what nobody can see, each at its cell, where nothing else is told of it.
fn unsaid(line: &Line, told: &mut Vec<Problem>) {
    for (column, cell) in line.filled() {
        let is_told = told.iter().any(|problem| problem.span == cell.span);
        if let Err(refusal) = limit::said_in(column, &cell.text)
            && !is_told
        {
            line.tell(column, refusal.rule, Some(refusal.next), told);
        }
    }
}

/// Orders what is wrong with a file by place, each once.
pub(super) fn settle(file: &str, problems: &mut Vec<Problem>) {
    problems.iter_mut().for_each(|problem| file.clone_into(&mut problem.file));
    problems.sort_by_key(|problem| problem.span.start);
    let mut once: Vec<Problem> = Vec::new();
    for problem in problems.drain(..) {
        let same = |known: &&Problem| known.span.start == problem.span.start;
        if !once.iter().rev().take_while(same).any(|known| *known == problem) {
            once.push(problem);
        }
    }
    *problems = once;
}
