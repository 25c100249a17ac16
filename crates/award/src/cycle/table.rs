//! One CSV file as rows of cells that know where they stand, so that every problem can point at the very cell.
//!
//! The reader is our own because cells must keep their byte spans, comments may stand between rows, and a line of a hundred
//! megabytes must be refused after 64 KiB and not first be held.

use std::borrow::Cow;
use std::ops::Range;

use words::{Message, Problem};

use super::folder;

/// Longest row that is read.
pub(crate) const ROW_BYTES_MAX: usize = 64 * 1024;
/// Longest cell that is read.
const CELL_BYTES_MAX: usize = 8 * 1024;
/// So many problems of one file are told; the rest is counted.
pub(crate) const PROBLEMS_MAX: usize = 100;
/// After so many rows that cannot be read the rest of a file is not looked at: it is no table.
const BROKEN_MAX: usize = 10_000;

/// A cell: its text without quotation marks and surrounding spaces, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub text: String,
    pub span: Range<usize>,
}

/// A row of cells.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub cells: Vec<Cell>,
    pub span: Range<usize>,
}

/// A CSV file: the separator, the row of column names, the other rows.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub separator: u8,
    pub header: Row,
    pub rows: Vec<Row>,
}

/// Reads a file; rows that cannot be read are left out and told.
pub(crate) fn read(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Option<Table> {
    let (text, mark) = folder::text(file, bytes).map_err(|problem| problems.push(*problem)).ok()?;
    let mut scan = Scan { file, text, at: 0, mark, separator: b',', width: 0 };
    let told = scan.told_separator().map_err(|problem| problems.push(*problem)).ok()?;
    let header = loop {
        scan.separator = told.unwrap_or_else(|| separator_of(&text[scan.at..]));
        match scan.row() {
            None => {
                problems.push(Problem::new(file, 0..0, Message::new("problem-cycle-no-header")));
                return None;
            }
            Some(Ok(row)) if row.cells.is_empty() => {}
            Some(Ok(row)) => {
                scan.width = row.cells.len();
                break row;
            }
            Some(Err(problem)) => {
                problems.push(*problem);
                return None;
            }
        }
    };
    let mut rows = Vec::new();
    while let Some(row) = scan.row() {
        match row {
            Ok(row) if row.cells.is_empty() => {}
            Ok(row) => rows.push(row),
            Err(problem) => {
                problems.push(*problem);
                if problems.len() >= BROKEN_MAX {
                    break;
                }
            }
        }
    }
    Some(Table { separator: scan.separator, header, rows })
}

/// The separator that the first line uses most, outside quotation marks.
fn separator_of(text: &str) -> u8 {
    let (mut quoted, mut commas, mut semicolons) = (false, 0usize, 0usize);
    for byte in text.bytes().take(ROW_BYTES_MAX) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            b',' if !quoted => commas += 1,
            b';' if !quoted => semicolons += 1,
            _ => {}
        }
    }
    if semicolons > commas { b';' } else { b',' }
}

struct Scan<'t> {
    file: &'t str,
    text: &'t str,
    at: usize,
    mark: usize,
    separator: u8,
    /// How many cells a row is expected to have.
    width: usize,
}

impl<'t> Scan<'t> {
    /// The separator that a first line `sep=;` tells, as it is written for Excel; the line is passed over.
    fn told_separator(&mut self) -> Result<Option<u8>, Box<Problem>> {
        let end = self.text.find(['\n', '\r']).unwrap_or(self.text.len());
        // A program that puts every cell in quotation marks does so here too, and one that fills up rows adds separators.
        let line = self.text[..end].trim_start_matches('"');
        let Some(told) = line.get(4..).filter(|_| line[..4].eq_ignore_ascii_case("sep=")) else { return Ok(None) };
        self.skip_line();
        match told.trim_end_matches(['"', ' ', '\t']).as_bytes() {
            [separator @ (b',' | b';'), rest @ ..] if rest.iter().all(|byte| byte == separator) => Ok(Some(*separator)),
            _ => {
                let shown: String = told.chars().take(20).collect();
                let message = Message::new("problem-cycle-separator").text("text", shown);
                let problem = Problem::new(self.file, self.span(0..end), message);
                Err(Box::new(problem.hint(Message::new("problem-cycle-separator-hint"))))
            }
        }
    }

    /// The next row; without cells for a comment or an empty line; none at the end.
    fn row(&mut self) -> Option<Result<Row, Box<Problem>>> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        let rest = self.text[start..].trim_start_matches([' ', '\t']);
        if rest.starts_with('#') || rest.starts_with("\"#") {
            self.skip_line();
            return Some(Ok(Row { cells: Vec::new(), span: self.span(start..start) }));
        }
        let mut cells = Vec::with_capacity(self.width);
        loop {
            match self.limit(start).and_then(|()| self.cell(start)) {
                Ok((cell, more)) => {
                    cells.push(cell);
                    if !more {
                        break;
                    }
                }
                Err(problem) => {
                    self.skip_line();
                    return Some(Err(problem));
                }
            }
        }
        if cells.iter().all(|cell| cell.text.is_empty()) {
            cells.clear();
        }
        let end = cells.last().map_or(start, |cell| cell.span.end - self.mark);
        Some(Ok(Row { cells, span: self.span(start..end) }))
    }

    /// The next cell, and whether another follows in the row.
    fn cell(&mut self, row: usize) -> Result<(Cell, bool), Box<Problem>> {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        let start = self.at;
        let text = if bytes.get(self.at) == Some(&b'"') { self.quoted(row)? } else { self.plain(row)? };
        let end = self.at;
        if text.len() > CELL_BYTES_MAX {
            let message = Message::new("problem-cycle-cell-too-long").number("bytes", CELL_BYTES_MAX);
            return Err(Box::new(Problem::new(self.file, self.span(start..start + 1), message)));
        }
        let cell = Cell { text: text.trim().to_owned(), span: self.span(start..end) };
        let more = bytes.get(self.at) == Some(&self.separator);
        if more {
            self.at += 1;
        } else {
            self.end_of_line();
        }
        Ok((cell, more))
    }

    /// A cell without quotation marks: up to the separator or the end of the line.
    fn plain(&mut self, row: usize) -> Result<Cow<'t, str>, Box<Problem>> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        // One byte further than a row may go is enough to see that it is too long.
        let most = &bytes[start..bytes.len().min(row + ROW_BYTES_MAX + 1).max(start)];
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r') || *byte == self.separator;
        self.at += most.iter().position(is_end).unwrap_or(most.len());
        self.limit(row)?;
        Ok(Cow::Borrowed(&self.text[start..self.at]))
    }

    /// A cell in quotation marks; two of them inside stand for one.
    fn quoted(&mut self, row: usize) -> Result<Cow<'t, str>, Box<Problem>> {
        let bytes = self.text.as_bytes();
        let open = self.at;
        let mut doubled = String::new();
        let mut from = open + 1;
        self.at = from;
        loop {
            match bytes.get(self.at) {
                None => return Err(self.unclosed(open)),
                Some(b'"') if bytes.get(self.at + 1) == Some(&b'"') => {
                    doubled.push_str(&self.text[from..=self.at]);
                    self.at += 2;
                    from = self.at;
                }
                Some(b'"') => break,
                Some(_) => self.at += 1,
            }
            if self.at - row > ROW_BYTES_MAX {
                self.at = open + 1;
                return Err(self.unclosed(open));
            }
        }
        let last = &self.text[from..self.at];
        let text = if doubled.is_empty() { Cow::Borrowed(last) } else { Cow::Owned(doubled + last) };
        self.at += 1;
        while matches!(bytes.get(self.at), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        match bytes.get(self.at) {
            None | Some(b'\n' | b'\r') => Ok(text),
            Some(byte) if *byte == self.separator => Ok(text),
            Some(_) => Err(Box::new(
                Problem::new(self.file, self.span(self.at..self.at + 1), Message::new("problem-cycle-text-after-quote"))
                    .hint(Message::new("problem-cycle-text-after-quote-hint")),
            )),
        }
    }

    fn unclosed(&self, open: usize) -> Box<Problem> {
        let problem = Problem::new(self.file, self.span(open..open + 1), Message::new("problem-cycle-quote-open"));
        Box::new(problem.hint(Message::new("problem-cycle-quote-open-hint")))
    }

    /// Refuses a row that is longer than can be meant.
    fn limit(&self, row: usize) -> Result<(), Box<Problem>> {
        if self.at - row <= ROW_BYTES_MAX {
            return Ok(());
        }
        let message = Message::new("problem-cycle-row-too-long").number("bytes", ROW_BYTES_MAX);
        Err(Box::new(
            Problem::new(self.file, self.span(row..row + 1), message).hint(Message::new("problem-cycle-row-too-long-hint")),
        ))
    }

    fn skip_line(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        self.end_of_line();
    }

    fn end_of_line(&mut self) {
        let bytes = self.text.as_bytes();
        if bytes.get(self.at) == Some(&b'\r') {
            self.at += 1;
        }
        if bytes.get(self.at) == Some(&b'\n') {
            self.at += 1;
        }
    }

    fn span(&self, span: Range<usize>) -> Range<usize> {
        span.start + self.mark..span.end + self.mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(csv: &str) -> Vec<Vec<String>> {
        let mut problems = Vec::new();
        let table = read("t.csv", csv.as_bytes(), &mut problems).expect("a header is there");
        assert_eq!(problems, []);
        table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect()).collect()
    }

    #[test]
    fn rows_are_read_with_any_line_ending_comments_and_quotation_marks() {
        let csv = "\u{feff}# note, with comma\r\nid;name\r\n\r\na;\"B \"\"x\"\"; y\"\r\n;;\n# end\nb; c \n";
        assert_eq!(texts(csv), [["a", "B \"x\"; y"], ["b", "c"]]);
    }

    #[test]
    fn a_first_line_for_excel_tells_the_separator() {
        for first in ["sep=;\n", "SEP=;\r\n", "\u{feff}sep=;\r\n", "\"sep=;\"\n", "sep=;;;\n"] {
            assert_eq!(texts(&format!("{first}id;name,nama\na;B,C\n")), [["a", "B,C"]], "{first:?}");
        }
        assert_eq!(texts("sep=,\nid,name;nama;x\na,B;C;D\n"), [["a", "B;C;D"]]);
        let csv = "sep=;\nid;name\na;Badung\n";
        let table = read("t.csv", csv.as_bytes(), &mut Vec::new()).expect("a header is there");
        assert_eq!((table.separator, &csv[table.rows[0].cells[1].span.clone()]), (b';', "Badung"));
    }

    #[test]
    fn another_separator_is_refused_and_the_line_counts_only_at_the_top() {
        for first in ["sep=\t", "sep=|", "sep=", "sep=;,"] {
            let mut problems = Vec::new();
            assert!(read("t.csv", format!("{first}\nid;name\n").as_bytes(), &mut problems).is_none());
            assert_eq!((problems[0].message.key(), problems[0].span.clone()), ("problem-cycle-separator", 0..first.len()));
        }
        assert_eq!(texts("id,name\nsep=;,x\n"), [["sep=;", "x"]]);
        assert_eq!(texts("se\nä\n"), [["ä"]]);
    }

    #[test]
    fn spans_point_into_the_file_past_the_byte_order_mark() {
        let csv = "\u{feff}id,name\na,Badung\n";
        let table = read("t.csv", csv.as_bytes(), &mut Vec::new()).expect("a header is there");
        assert_eq!(&csv[table.rows[0].cells[1].span.clone()], "Badung");
    }

    #[test]
    fn a_line_of_a_hundred_thousand_letters_is_refused_and_the_next_one_read() {
        let csv = format!("id\n{}\nb\n", "x".repeat(100_000));
        let mut problems = Vec::new();
        let table = read("t.csv", csv.as_bytes(), &mut problems).expect("a header is there");
        assert_eq!(problems[0].message.key(), "problem-cycle-row-too-long");
        assert_eq!(table.rows.len(), 1);
    }

    #[test]
    fn a_row_of_millions_of_separators_is_refused_after_the_longest_row() {
        let csv = format!("id,name\n{}\nb,c\n", ",".repeat(5_000_000));
        let mut problems = Vec::new();
        let table = read("t.csv", csv.as_bytes(), &mut problems).expect("a header is there");
        assert_eq!((problems[0].message.key(), table.rows.len()), ("problem-cycle-row-too-long", 1));
    }

    #[test]
    fn a_quotation_mark_that_never_closes_is_told_where_it_opens() {
        let csv = "id,name\na,\"B\nc,d\n";
        let mut problems = Vec::new();
        read("t.csv", csv.as_bytes(), &mut problems);
        assert_eq!((problems[0].message.key(), problems[0].span.start), ("problem-cycle-quote-open", 10));
    }
}
