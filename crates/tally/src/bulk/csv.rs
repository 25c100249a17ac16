//! Marks from a CSV file, straight into columns.
//!
//! The first line names the columns: `candidate`, `group`, then one per mark, juror by juror. Every other line is a candidate: its number, the
//! number of its group, its marks, all whole numbers without signs, blanks or quotation marks, parted by commas. A mark of 90.3 is written
//! 903 under a scale of 10. The file may come in pieces of any size, so that it need not be in memory as a whole; each piece is cut
//! at line ends and read by several threads.
//!
//! A well-formed file is read in one pass that asks only whether each byte is a digit. As soon as something is odd that pass gives up,
//! and a slow one reads the same lines again to find the first bad line and to say what is wrong with it.

mod diagnosis;
mod fetch;
mod row;

use std::fmt;
use std::thread;

use super::columns::{Columns, Mark, Shape};
use super::standing::BulkRefusal;
pub use fetch::fetch;
use row::{Part, read_part};

/// A CSV file that was read.
#[derive(Debug, Clone)]
pub struct Table<M> {
    /// The marks.
    pub columns: Columns<M>,
    /// Each candidate's group.
    pub groups: Vec<u32>,
    /// Each candidate's number in the file; all are different.
    pub candidates: Vec<u64>,
}

impl<M: Mark> Table<M> {
    fn new(shape: Shape) -> Result<Table<M>, BulkRefusal> {
        Ok(Table { columns: Columns::new(shape)?, groups: Vec::new(), candidates: Vec::new() })
    }

    fn append(&mut self, part: Part<M>) {
        self.candidates.extend(part.candidates);
        self.groups.extend(part.groups);
        self.columns.append(part.blocks);
    }

    /// How many lines the table was read from, with the heading.
    fn lines_read(&self) -> u64 {
        self.candidates.len() as u64 + 1
    }

    fn check_candidates(&self) -> Result<(), Problem> {
        if self.candidates.is_sorted_by(|one, next| one < next) {
            return Ok(());
        }
        let mut sorted: Vec<(u64, usize)> = self.candidates.iter().copied().zip(0..).collect();
        sorted.sort_unstable();
        let again = sorted.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[1]);
        match again.min_by_key(|&(_, index)| index) {
            Some((candidate, index)) => Err(Problem { line: index as u64 + 2, column: 0, fault: Fault::Twice(candidate) }),
            None => Ok(()),
        }
    }
}

/// What is wrong in a CSV file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1; the heading is line 1.
    pub line: u64,
    /// The column, from 1; 0 if the line as a whole is meant.
    pub column: usize,
    /// What is wrong there.
    pub fault: Fault,
}

/// The ways a line can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The heading is not `candidate,group` and one name per mark.
    Heading {
        /// How many columns there must be.
        columns: usize,
    },
    /// A mark is missing. The general count says what a hole means.
    Hole,
    /// The field is not a whole number: its first characters.
    NotANumber(String),
    /// The number is above the highest there may be.
    TooHigh {
        /// The highest there may be.
        highest: u64,
    },
    /// The line ends too early or goes on too long.
    Fields {
        /// How many fields there must be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// The candidate stands on an earlier line too.
    Twice(u64),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if self.column > 0 {
            write!(f, ", column {}", self.column)?;
        }
        match &self.fault {
            Fault::Heading { columns } => {
                write!(f, ": the first line must be candidate,group and a name per mark, {columns} columns in all")
            }
            Fault::Hole => write!(f, ": a number is missing; a panel with holes needs the general count"),
            Fault::NotANumber(text) => write!(f, ": {text:?} is not a whole number; write 903 for 90.3 under a scale of 10"),
            Fault::TooHigh { highest } => write!(f, ": the number is above the highest, {highest}"),
            Fault::Fields { expected, found } => write!(f, ": {found} fields, expected {expected}"),
            Fault::Twice(candidate) => write!(f, ": candidate {candidate} stands on an earlier line too"),
        }
    }
}

impl std::error::Error for Problem {}

/// Reads a whole file that is in memory.
///
/// ```
/// use tally::bulk::{Shape, csv, tally};
///
/// let file = b"candidate,group,juror1,juror2\n501,0,90,80\n502,0,70,90\n";
/// let shape = Shape { jurors: 2, criteria: 1, mark_max: 100, scale: 1 };
/// let table = csv::parse::<u8>(file, shape, 2).unwrap();
/// let standing = tally(&table.columns, &[1], &table.groups, 1, 2).unwrap();
/// let winners: Vec<u64> = standing.winners().map(|index| table.candidates[index]).collect();
/// assert_eq!(winners, [501]);
///
/// let problem = csv::parse::<u8>(b"candidate,group,juror1,juror2\n501,0,90,\n", shape, 2).unwrap_err();
/// assert_eq!(problem.to_string(), "line 2, column 4: a number is missing; a panel with holes needs the general count");
/// ```
///
/// # Panics
///
/// If [`Columns::new`] refuses the shape; ask it first where the shape comes from outside.
pub fn parse<M: Mark>(file: &[u8], shape: Shape, threads: usize) -> Result<Table<M>, Problem> {
    let mut reader = Reader::new(shape, threads).expect("the caller has a shape that columns can be made for");
    reader.feed(file)?;
    reader.finish()
}

/// Reads a file that comes in pieces.
///
/// ```
/// use tally::bulk::{Shape, csv};
///
/// let mut reader = csv::Reader::<u8>::new(Shape { jurors: 2, criteria: 1, mark_max: 100, scale: 1 }, 1).unwrap();
/// for piece in ["candidate,group,ju", "ror1,juror2\n501,0,", "90,80"] {
///     reader.feed(piece.as_bytes()).unwrap();
/// }
/// let table = reader.finish().unwrap();
/// assert_eq!((table.candidates, table.groups), (vec![501], vec![0]));
/// ```
#[derive(Debug)]
pub struct Reader<M> {
    table: Table<M>,
    threads: usize,
    heading_read: bool,
    /// Small pieces, and the beginning of a line whose end has not come yet.
    unread: Vec<u8>,
}

impl<M: Mark> Reader<M> {
    /// Nothing read yet. Refuses what [`Columns::new`] refuses.
    ///
    /// ```
    /// use tally::bulk::{Shape, csv::Reader};
    ///
    /// assert!(Reader::<u8>::new(Shape { jurors: 0, criteria: 1, mark_max: 100, scale: 1 }, 1).is_err());
    /// ```
    pub fn new(shape: Shape, threads: usize) -> Result<Reader<M>, BulkRefusal> {
        Ok(Reader { table: Table::new(shape)?, threads: threads.max(1), heading_read: false, unread: Vec::new() })
    }

    /// Takes the next piece of the file, or tells the first line that is wrong. Small pieces are gathered, so that a problem in one of
    /// them may be told later or by [`finish`](Reader::finish). After a problem the reader is of no more use.
    ///
    /// ```
    /// # use tally::bulk::{Shape, csv::Reader};
    /// # let mut reader = Reader::<u8>::new(Shape { jurors: 1, criteria: 1, mark_max: 100, scale: 1 }, 1).unwrap();
    /// let problem = reader.feed(b"candidate,group,juror1\n501,0,101\n").and_then(|()| reader.finish().map(drop)).unwrap_err();
    /// assert_eq!(problem.to_string(), "line 2, column 3: the number is above the highest, 100");
    /// ```
    pub fn feed(&mut self, piece: &[u8]) -> Result<(), Problem> {
        if self.unread.len() + piece.len() < PIECE_LEAST {
            self.unread.extend_from_slice(piece);
            return Ok(());
        }
        let Some(last) = piece.iter().rposition(|&byte| byte == b'\n') else {
            self.unread.extend_from_slice(piece);
            return self.read_unread();
        };
        let (lines, rest) = piece.split_at(last + 1);
        let first = if self.unread.is_empty() { 0 } else { lines.iter().take_while(|&&byte| byte != b'\n').count() + 1 };
        let (first, lines) = lines.split_at(first);
        self.unread.extend_from_slice(first);
        self.read_unread()?;
        self.read(lines)?;
        self.unread.extend_from_slice(rest);
        self.read_unread()
    }

    /// The table, once all pieces were fed.
    ///
    /// ```
    /// # use tally::bulk::{Shape, csv::Reader};
    /// # let mut reader = Reader::<u8>::new(Shape { jurors: 1, criteria: 1, mark_max: 100, scale: 1 }, 1).unwrap();
    /// reader.feed(b"candidate,group,juror1\n501,0,90\n501,1,80\n").unwrap();
    /// assert_eq!(reader.finish().unwrap_err().to_string(), "line 3: candidate 501 stands on an earlier line too");
    /// ```
    pub fn finish(mut self) -> Result<Table<M>, Problem> {
        let open_line = self.unread.last().is_some_and(|&byte| byte != b'\n');
        if open_line || self.unread.is_empty() && !self.heading_read {
            self.unread.push(b'\n');
        }
        self.read_unread()?;
        self.table.check_candidates()?;
        Ok(self.table)
    }

    /// Reads the whole lines among what is unread. The beginning of a line stays, unless it is too long to become a good one.
    fn read_unread(&mut self) -> Result<(), Problem> {
        let mut lines = std::mem::take(&mut self.unread);
        let end = lines.iter().rposition(|&byte| byte == b'\n').map_or(0, |last| last + 1);
        self.unread = lines.split_off(end);
        self.read(&lines)?;
        let shape = self.table.columns.shape();
        if !self.heading_read && self.unread.len() > diagnosis::heading_longest(shape) {
            return Err(diagnosis::heading_problem(shape));
        }
        if self.heading_read && self.unread.len() > diagnosis::line_longest(shape) {
            return Err(diagnosis::first_problem(&self.unread, shape, self.table.lines_read()));
        }
        Ok(())
    }

    /// Reads whole lines, of which the first may be the heading.
    fn read(&mut self, lines: &[u8]) -> Result<(), Problem> {
        if self.heading_read || lines.is_empty() {
            return self.read_lines(lines);
        }
        let lines = diagnosis::after_heading(lines, self.table.columns.shape())?;
        self.heading_read = true;
        self.read_lines(lines)
    }

    /// Reads whole lines with all threads.
    fn read_lines(&mut self, lines: &[u8]) -> Result<(), Problem> {
        let shape = *self.table.columns.shape();
        let parts: Vec<(&[u8], Option<Part<M>>)> = thread::scope(|scope| {
            let mut cuts: Vec<_> = cut(lines, self.threads).collect();
            let own = cuts.pop();
            let others: Vec<_> = cuts.into_iter().map(|lines| (lines, scope.spawn(move || read_part(lines, &shape)))).collect();
            let own = own.map(|lines| (lines, read_part(lines, &shape)));
            let others = others.into_iter().map(|(lines, thread)| (lines, thread.join().expect("reading a part does not panic")));
            others.chain(own).collect()
        });
        for (lines, part) in parts {
            let Some(part) = part else {
                return Err(diagnosis::first_problem(lines, &shape, self.table.lines_read()));
            };
            self.table.append(part);
        }
        Ok(())
    }
}

/// Cuts lines into about as many parts as there are threads; no line is cut in two.
fn cut(lines: &[u8], threads: usize) -> impl Iterator<Item = &[u8]> {
    let share = lines.len().div_ceil(threads).max(PART_LEAST);
    let mut rest = lines;
    std::iter::from_fn(move || {
        let wanted = share.min(rest.len());
        let end = rest[wanted..].iter().position(|&byte| byte == b'\n').map_or(rest.len(), |end| wanted + end + 1);
        let (part, others) = rest.split_at(end);
        rest = others;
        (!part.is_empty()).then_some(part)
    })
}

/// Pieces are gathered until there are so many bytes: every piece that is read rounds up to whole tiles of candidates.
const PIECE_LEAST: usize = 1 << 18;
/// Fewer bytes than this are not worth a thread.
const PART_LEAST: usize = 1 << 16;
