//! From a file's cells to typed values: columns by name, every fault told at its cell, a row left out when it cannot be used.

use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use tally::Exact;
use words::{Message, Problem};

use super::cell::{self, Fault};
use super::day;
use super::near;
use super::schema::Schema;
use super::table::{self, Cell, PROBLEMS_MAX, Row, Table};
use super::tables::Spot;

/// A file whose columns are known, with the problems found in it.
pub(crate) struct Sheet {
    schema: Schema,
    columns: Vec<Option<usize>>,
    table: Table,
    /// Rows with too many cells.
    strays: Vec<Row>,
    problems: Vec<Problem>,
}

impl Sheet {
    /// Reads a file and its column names. None if nothing can be made of it; the problems say why.
    pub fn open(schema: Schema, bytes: &[u8], problems: &mut Vec<Problem>) -> Option<Sheet> {
        let mut own = Vec::new();
        let Some(table) = table::read(schema.file, bytes, &mut own) else {
            problems.append(&mut own);
            return None;
        };
        let columns = schema.columns().map(|name| position(&table.header, name)).collect();
        let mut sheet = Sheet { schema, columns, table, strays: Vec::new(), problems: own };
        sheet.check_header();
        sheet.check_rows();
        if sheet.columns[..schema.required.len()].contains(&None) {
            problems.append(&mut sheet.problems);
            return None;
        }
        Some(sheet)
    }

    /// Where the names of the columns end.
    pub fn header_end(&self) -> usize {
        self.table.header.span.end
    }

    /// What stands in a column of the rows with too many cells, as far as that is known, and where the rows stand.
    pub fn strays(&self, column: &str) -> Vec<(String, usize)> {
        let at = position(&self.table.header, column);
        let text = |row: &Row| Some((row.cells.get(at?)?.text.clone(), row.span.start));
        self.strays.iter().filter_map(text).filter(|(text, _)| !text.is_empty()).collect()
    }

    /// Whether the file has a column.
    pub fn has(&self, column: &str) -> bool {
        position(&self.table.header, column).is_some()
    }

    /// The same, with the apostrophe gone by which an export keeps a spreadsheet from running a cell.
    pub fn disarmed(mut self) -> Sheet {
        for cell in self.table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if let Some(text) = cell.text.strip_prefix('\'').filter(|text| cell::is_formula(text)) {
                cell.text = text.to_owned();
            }
        }
        self
    }

    /// The rows, each as a line of named cells, and the problems of the file.
    pub fn into_lines(self) -> (Vec<Line>, Vec<Problem>) {
        let columns = self.schema.columns().zip(self.columns).filter_map(|(name, at)| Some((name, at?)));
        let columns: Arc<[(&'static str, usize)]> = columns.collect();
        let line = |row: Row| Line {
            columns: Arc::clone(&columns),
            cells: row.cells,
            spot: Spot { file: self.schema.file, span: row.span },
            separator: self.table.separator,
        };
        (self.table.rows.into_iter().map(line).collect(), self.problems)
    }

    fn check_header(&mut self) {
        let known: Vec<&str> = self.schema.columns().collect();
        let header = self.table.header.clone();
        for (index, cell) in header.cells.iter().enumerate() {
            let name = column_name(cell);
            if name.is_empty() && index + 1 == header.cells.len() {
                continue;
            }
            if !known.contains(&name.as_str()) {
                let message =
                    Message::new("problem-cycle-unknown-column").text("column", cell.text.chars().take(60).collect::<String>());
                self.tell(cell, message, Some(near::hint(&name, known.iter().copied())));
            } else if header.cells[..index].iter().any(|before| column_name(before) == name) {
                self.tell(cell, Message::new("problem-cycle-column-twice").text("column", name), None);
            }
        }
        let misspelt: Vec<&str> = header
            .cells
            .iter()
            .map(column_name)
            .filter(|name| !known.contains(&name.as_str()))
            .filter_map(|name| near::nearest(&name, known.iter().copied()))
            .collect();
        for name in self.schema.required {
            // Who misspelt it is asked at the column whether this was meant.
            if position(&header, name).is_none() && !misspelt.contains(name) {
                let message = Message::new("problem-cycle-missing-column").text("column", *name);
                let hint = Message::new("problem-cycle-missing-column-hint").text("columns", self.schema.required.join(", "));
                self.problems.push(Problem::new(self.schema.file, header.span.clone(), message).hint(hint));
            }
        }
    }

    /// Rows with too many cells, and cells that a spreadsheet would run.
    fn check_rows(&mut self) {
        let width = self.table.header.cells.len();
        let rows = std::mem::take(&mut self.table.rows);
        let (good, bad): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| row.cells.iter().skip(width).all(|cell| cell.text.is_empty()));
        for row in &bad {
            let message = Message::new("problem-cycle-too-many-cells").number("found", row.cells.len()).number("columns", width);
            let hint = if self.table.separator == b',' {
                "problem-cycle-too-many-cells-comma-hint"
            } else {
                "problem-cycle-too-many-cells-hint"
            };
            self.problems.push(Problem::new(self.schema.file, row.span.clone(), message).hint(Message::new(hint)));
        }
        for row in &good {
            for cell in row.cells.iter().filter(|cell| cell::is_formula(&cell.text)) {
                let shown: String = cell.text.chars().take(40).collect();
                let message = Message::new("problem-cycle-formula").text("text", shown);
                let problem = Problem::new(self.schema.file, cell.span.clone(), message);
                self.problems.push(problem.hint(Message::new("problem-cycle-formula-hint")));
            }
        }
        self.table.rows = good;
        self.strays = bad;
    }

    fn tell(&mut self, cell: &Cell, message: Message, hint: Option<Message>) {
        let mut problem = Problem::new(self.schema.file, cell.span.clone(), message);
        problem.hint = hint;
        self.problems.push(problem);
    }
}

fn column_name(cell: &Cell) -> String {
    cell.text.trim_end_matches('*').trim().to_lowercase()
}

fn position(header: &Row, name: &str) -> Option<usize> {
    header.cells.iter().position(|cell| column_name(cell) == name)
}

/// One row with its cells by column name.
#[derive(Clone)]
pub(crate) struct Line {
    pub spot: Spot,
    separator: u8,
    /// The columns that the file has, and where they stand.
    columns: Arc<[(&'static str, usize)]>,
    cells: Vec<Cell>,
}

/// Columns of free text that may stand behind a number. A source is none: it may well be a number.
const REMARKS: [&str; 3] = ["comment", "reason", "note"];
/// Digits that may stand behind a decimal comma; four would be a year.
const PART_MAX: usize = 3;

/// A row could not be used; what is wrong has been told.
pub(crate) struct Told;

impl Line {
    /// The cell of a column; none if it is empty or the file has no such column.
    pub fn cell(&self, column: &str) -> Option<&Cell> {
        let (_, at) = self.columns.iter().find(|(name, _)| *name == column)?;
        self.cells.get(*at).filter(|cell| !cell.text.is_empty())
    }

    /// The text of a cell that may be empty.
    pub fn text(&self, column: &str) -> Option<String> {
        self.cell(column).map(|cell| cell.text.clone())
    }

    /// The text of a cell that must be filled.
    pub fn need(&self, column: &str, problems: &mut Vec<Problem>) -> Result<&Cell, Told> {
        self.cell(column).ok_or_else(|| {
            self.push(problems, Problem::new(self.spot.file, self.spot.span.clone(), empty_cell(column)));
            Told
        })
    }

    /// A day that may be left out.
    pub fn date(&self, column: &str, problems: &mut Vec<Problem>) -> Result<Option<Date>, Told> {
        self.read(column, problems, day::date)
    }

    /// A day or time that may be left out.
    pub fn moment(&self, column: &str, problems: &mut Vec<Problem>) -> Result<Option<DateTime>, Told> {
        self.read(column, problems, day::moment)
    }

    /// Yes or no; `otherwise` when left out.
    pub fn yes(&self, column: &str, otherwise: bool, problems: &mut Vec<Problem>) -> Result<bool, Told> {
        Ok(self.read(column, problems, |text, _| cell::yes(text))?.unwrap_or(otherwise))
    }

    /// A number of at most so many decimals that may be left out.
    pub fn number(&self, column: &str, places: Option<u32>, problems: &mut Vec<Problem>) -> Result<Option<Exact>, Told> {
        let value = self.figure(column, places, problems)?;
        self.not_parted(column, problems)?;
        Ok(value)
    }

    fn figure(&self, column: &str, places: Option<u32>, problems: &mut Vec<Problem>) -> Result<Option<Exact>, Told> {
        self.read(column, problems, |text, separator| cell::number(text, separator, places))
    }

    /// Asks about a whole number in front of a remark of digits alone: `80,5` without quotation marks is two cells in a file with commas.
    pub fn not_parted(&self, column: &str, problems: &mut Vec<Problem>) -> Result<(), Told> {
        let is_whole = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let behind = self.columns.iter().find(|(name, _)| *name == column).map(|(_, at)| at + 1);
        let behind = self.columns.iter().find(|(name, at)| Some(*at) == behind && REMARKS.contains(name));
        let (Some(cell), Some((remark, _))) = (self.cell(column), behind) else { return Ok(()) };
        let is_part = |cell: &&Cell| cell.span.len() == cell.text.len() && cell.text.len() <= PART_MAX && is_whole(&cell.text);
        let Some(digits) = self.cell(remark).filter(is_part).filter(|_| self.separator == b',' && is_whole(&cell.text)) else {
            return Ok(());
        };
        let message = Message::new("problem-cycle-parted-number").text("number", &cell.text).text("remark", &digits.text);
        let hint = Message::new("problem-cycle-parted-number-hint")
            .text("whole", format!("{}.{}", cell.text, digits.text))
            .text("remark", &digits.text);
        self.tell(remark, message.text("column", *remark), Some(hint), problems);
        Err(Told)
    }

    /// A whole number from 0 that may be left out.
    pub fn count(&self, column: &str, problems: &mut Vec<Problem>) -> Result<Option<u32>, Told> {
        let Some(value) = self.figure(column, Some(0), problems)? else { return Ok(None) };
        match value.to_string().parse() {
            Ok(count) => Ok(Some(count)),
            Err(_) => {
                let text = self.text(column).unwrap_or_default();
                self.tell(column, Message::new("problem-cycle-not-whole").text("text", text).number("places", 0), None, problems);
                Err(Told)
            }
        }
    }

    /// Every filled cell with its column.
    pub fn filled(&self) -> impl Iterator<Item = (&'static str, &Cell)> {
        self.columns.iter().filter_map(|(name, _)| Some((*name, self.cell(name)?)))
    }

    /// The columns of which problems of this row speak; none if one speaks of something else.
    pub fn columns_of(&self, problems: &[Problem]) -> Option<Vec<&'static str>> {
        let column = |problem: &Problem| {
            let at_cell = self.filled().find(|(_, cell)| cell.span == problem.span).map(|(name, _)| name);
            at_cell.or_else(|| {
                let empty = |name: &&'static str| problem.message == empty_cell(name);
                self.columns.iter().map(|(name, _)| *name).find(empty)
            })
        };
        problems.iter().map(column).collect()
    }

    /// The same row with something else in a cell.
    pub fn instead(mut self, column: &str, text: &str) -> Line {
        let Some((_, at)) = self.columns.iter().find(|(name, _)| *name == column) else { return self };
        let end = self.spot.span.end;
        let empty = || Cell { text: String::new(), span: end..end };
        self.cells.resize_with(self.cells.len().max(at + 1), empty);
        text.clone_into(&mut self.cells[*at].text);
        self
    }

    /// The separator of the file.
    pub fn separator(&self) -> u8 {
        self.separator
    }

    fn read<T>(
        &self,
        column: &str,
        problems: &mut Vec<Problem>,
        parse: impl Fn(&str, u8) -> Result<T, Fault>,
    ) -> Result<Option<T>, Told> {
        let Some(cell) = self.cell(column) else { return Ok(None) };
        match parse(&cell.text, self.separator) {
            Ok(value) => Ok(Some(value)),
            Err(fault) => {
                self.tell(column, fault.message, fault.hint, problems);
                Err(Told)
            }
        }
    }

    /// Tells a problem at a cell, or at the row if the cell is not there.
    pub fn tell(&self, column: &str, message: Message, hint: Option<Message>, problems: &mut Vec<Problem>) {
        let span = self.cell(column).map_or(self.spot.span.clone(), |cell| cell.span.clone());
        let mut problem = Problem::new(self.spot.file, span, message);
        problem.hint = hint;
        self.push(problems, problem);
    }

    fn push(&self, problems: &mut Vec<Problem>, problem: Problem) {
        problems.push(problem);
    }
}

/// A cell must be filled.
fn empty_cell(column: &str) -> Message {
    Message::new("problem-cycle-empty-cell").text("column", column)
}

/// Keeps the first problems of a file and counts the rest.
pub(crate) fn limit(file: &str, problems: &mut Vec<Problem>) {
    let more = problems.len().saturating_sub(PROBLEMS_MAX);
    if more > 0 {
        problems.truncate(PROBLEMS_MAX);
        problems.push(Problem::new(file, 0..0, Message::new("problem-cycle-more").number("count", more)));
    }
}
