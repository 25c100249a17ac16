//! What is not TOML: the errors from which the parser recovered.
//!
//! After an error the parser goes on with a guess. What is found wrong on the same line, or missing in the same table, is
//! probably the guess's fault and is not reported.

use std::collections::BTreeSet;
use std::ops::Range;

use words::{Message, Problem};

use crate::problem::{complaint, with_hint};

/// The syntax errors of a file.
pub(crate) struct Syntax {
    /// In the order of the file.
    errors: Vec<(Range<usize>, Message)>,
    /// The lines with an error.
    lines: BTreeSet<usize>,
    /// Where each line but the first begins.
    starts: Vec<usize>,
}

impl Syntax {
    /// One error for each line; the first says most.
    pub(crate) fn of(text: &str, errors: &[toml::de::Error]) -> Syntax {
        let starts = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        let mut syntax = Syntax { errors: Vec::new(), lines: BTreeSet::new(), starts };
        let mut places: Vec<(Range<usize>, &str)> =
            errors.iter().map(|error| (error.span().unwrap_or(0..0), error.message())).collect();
        places.sort_by_key(|(span, _)| span.start);
        for (span, what) in places {
            let span = span.start.min(text.len())..span.end.min(text.len());
            if syntax.lines.insert(syntax.line(span.start)) {
                syntax.errors.push((span, complaint("syntax").message("what", said(what))));
            }
        }
        syntax
    }

    pub(super) fn problems(&self, file: &str) -> Vec<Problem> {
        let problem = |(span, message): &(Range<usize>, Message)| {
            Problem::new(file, span.clone(), message.clone()).hint(with_hint(message))
        };
        self.errors.iter().map(problem).collect()
    }

    /// Whether a syntax error stands on the line where this begins.
    pub(super) fn covers(&self, span: &Range<usize>) -> bool {
        self.lines.contains(&self.line(span.start))
    }

    /// Whether a syntax error stands in the table that begins here, so that keys may have been lost.
    pub(super) fn spoils_table(&self, text: &str, span: &Range<usize>) -> bool {
        let next = self.errors.partition_point(|(error, _)| error.start < span.start);
        let Some((error, _)) = self.errors.get(next) else {
            return false;
        };
        let between = text.get(span.end.min(error.start)..error.start);
        error.start < span.end || between.is_some_and(|between| !between.contains("\n["))
    }

    /// The number of the line, from 0.
    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }
}

/// The parser's words in the reader's language, as far as the common errors go.
fn said(what: &str) -> Message {
    const KNOWN: [(&str, &str); 12] = [
        ("duplicate key", "duplicate-key"),
        ("unclosed", "unclosed"),
        ("string values must be quoted", "unquoted"),
        ("invalid basic string", "string-end"),
        ("invalid literal string", "string-end"),
        ("invalid multi-line", "string-end"),
        ("missing escaped value", "escape"),
        ("invalid date", "date"),
        ("key with no value", "no-value"),
        ("missing comma", "comma"),
        ("unexpected leading zero", "zero"),
        ("invalid unquoted key", "bare-key"),
    ];
    match KNOWN.iter().find(|(start, _)| what.starts_with(start)) {
        Some((_, key)) => Message::new(format!("rules-toml-{key}")),
        None => Message::new("rules-toml-other").text("what", what),
    }
}
