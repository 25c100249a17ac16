//! The rows of an imported file, each as far as it can be read: a cell that cannot be read is told and left out, so that the rules are asked
//! about the rest of its row in the same try.

use std::collections::{BTreeMap, BTreeSet};

use words::{Message, Problem};

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
    /// Columns without which somebody new has no name.
    pub naming: &'static [&'static str],
    /// Columns that say one thing together: without one of them the others say something else.
    pub together: &'static [&'static str],
    /// What stands in for a cell that must be filled and cannot be read; nothing for one that may be empty.
    pub stand_in: fn(&Known<'_>, &Line, &str) -> Option<String>,
    /// What a row is about, in a file that has one row for each; none if that cannot be read.
    pub about: fn(&Known<'_>, &Line) -> Option<String>,
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
    let (header_end, lacks_names) = (sheet.header_end(), shape.naming.iter().any(|column| !sheet.has(column)));
    let strays = sheet.strays(shape.spine[0]);
    let (lines, mut own) = sheet.into_lines();
    reading.nameless = lacks_names && own.iter().any(|problem| problem.message.key() == "problem-cycle-unknown-column");
    // A row with too many cells says at least of whom it is.
    let is_torn = |problem: &Problem| {
        let is_stray = strays.iter().any(|(_, start)| *start == problem.span.start);
        problem.span.start >= header_end && !is_stray && !lines.iter().any(|line| holds(line, problem))
    };
    reading.torn = own.iter().any(is_torn);
    reading.broken.extend(strays.iter().map(|(id, _)| id.clone()));
    own.extend(nobody(&lines, known));
    // What rows were about, and whether one of them can be used.
    let (mut rows, mut seen): (Vec<Row<T>>, BTreeMap<String, bool>) = (Vec::new(), BTreeMap::new());
    for line in &lines {
        let row = row(shape, line, known, &mut own, parse);
        if !row.as_ref().is_some_and(|row| row.is_named) {
            reading.broken.extend(line.text(shape.spine[0]));
        }
        let about = (shape.about)(known, line);
        let before = about.and_then(|about| Some((seen.insert(about.clone(), row.is_some())?, about)));
        if let Some((_, about)) = &before {
            let problem =
                Problem::new(line.spot.file, line.spot.span.clone(), Message::new("problem-cycle-twice").text("what", about));
            own.push(problem.hint(Message::new("problem-cycle-twice-hint")));
        }
        match before {
            Some((true, about)) => drop(seen.insert(about, true)),
            // The rules are asked once about what stands twice.
            _ => rows.extend(row.map(|row| row.said)),
        }
    }
    reading.problems.append(&mut own);
    rows
}

/// How many rows name a candidate, where nobody has been proposed yet: none of them can be checked.
fn nobody(lines: &[Line], known: &Known<'_>) -> Option<Problem> {
    let count = lines.iter().filter(|line| line.cell("candidate").is_some()).count();
    let message = Message::new("problem-import-nobody").number("count", count);
    let problem = Problem::new("", 0..0, message).hint(Message::new("problem-import-nobody-hint"));
    (known.candidates.is_empty() && count > 0).then_some(problem)
}

/// Whether a problem lies within a row that was cut into cells.
fn holds(line: &Line, problem: &Problem) -> bool {
    line.spot.span.start <= problem.span.start && problem.span.end <= line.spot.span.end
}

/// A row as far as it can be read.
struct Read<T> {
    said: Row<T>,
    /// Whether nothing was left out that names somebody.
    is_named: bool,
}

/// What a row says, with what is wrong in it; none if it cannot be known what it asks for.
fn row<T>(shape: Shape, line: &Line, known: &Known<'_>, problems: &mut Vec<Problem>, parse: Parse<T>) -> Option<Read<T>> {
    // What a spreadsheet would run is told already, and is no value.
    let is_formula = |problem: &&Problem| problem.message.key() == FORMULA && holds(line, problem);
    let mut told: Vec<Problem> = problems.iter().filter(is_formula).cloned().collect();
    let (at, said) = (line.moment("at", &mut told), parse(known, line, &mut told));
    unsaid(line, &mut told);
    let columns = line.columns_of(&told);
    let unread = told.is_empty();
    problems.append(&mut told);
    if unread {
        return Some(Read { said: Row { said: said.ok()?, at: at.ok()?, spot: line.spot.clone() }, is_named: true });
    }
    let mut columns: BTreeSet<&str> = columns?.into_iter().collect();
    if columns.iter().any(|column| shape.spine.contains(column) || *column == "at") {
        return None;
    }
    if columns.iter().any(|column| shape.together.contains(column)) {
        columns.extend(shape.together);
    }
    let text = |column: &str| (shape.stand_in)(known, line, column).unwrap_or_default();
    let without = columns.iter().fold(line.clone(), |line, column| line.instead(column, &text(column)));
    let (at, said) = (without.moment("at", &mut told), parse(known, &without, &mut told));
    if !told.is_empty() {
        return None;
    }
    let is_named = !columns.iter().any(|column| shape.naming.contains(column));
    Some(Read { said: Row { said: said.ok()?, at: at.ok()?, spot: line.spot.clone() }, is_named })
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

/// A cell that a spreadsheet would run.
const FORMULA: &str = "problem-cycle-formula";

/// Orders what is wrong with a file by place, each once; of a cell that a spreadsheet would run nothing else.
pub(super) fn settle(file: &str, problems: &mut Vec<Problem>) {
    problems.iter_mut().for_each(|problem| file.clone_into(&mut problem.file));
    let formulas: BTreeSet<(usize, usize)> = problems
        .iter()
        .filter(|problem| problem.message.key() == FORMULA)
        .map(|problem| (problem.span.start, problem.span.end))
        .collect();
    problems.retain(|problem| problem.message.key() == FORMULA || !formulas.contains(&(problem.span.start, problem.span.end)));
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
