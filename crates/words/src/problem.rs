//! A problem in something people wrote: where it stands, what is wrong, and what to do.
//!
//! Readers of rulebooks and cycle folders collect problems and report all of them at once; none stops at the first.

use std::ops::Range;

use crate::Message;

/// One thing wrong in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file as the person named it, or its path inside the folder.
    pub file: String,
    /// The offending bytes of the file; empty at 0 when the whole file is meant.
    pub span: Range<usize>,
    /// What is wrong: names the thing and the rule.
    pub message: Message,
    /// What to do next.
    pub hint: Option<Message>,
}

impl Problem {
    /// A problem with the bytes `span` of `file`.
    pub fn new(file: impl Into<String>, span: Range<usize>, message: Message) -> Problem {
        Problem { file: file.into(), span, message, hint: None }
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hint(mut self, hint: Message) -> Problem {
        self.hint = Some(hint);
        self
    }

    /// Line and column (both from 1, the column in characters) of the problem in the file's text.
    ///
    /// ```
    /// use words::{Message, Problem};
    /// let problem = Problem::new("a.toml", 4..6, Message::new("problem-file-missing"));
    /// assert_eq!(problem.position("ab\nxyz"), (2, 2));
    /// ```
    pub fn position(&self, text: &str) -> (usize, usize) {
        let mut at = self.span.start.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &text[..at];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}
