//! A checkpoint (c2sp.org/tlog-checkpoint): three lines that fix a whole chain: which log, how many leaves, which root.
//!
//! It is the text of a signed [`crate::Note`]. Who holds a checkpoint can later demand a consistency proof and see whether anything
//! before it was changed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::hash::Hash;

/// The state of a chain at one size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The identity of the log, such as `paritrana.example/2026/round/bali`: one line, not empty.
    pub origin: String,
    /// Leaves in the tree.
    pub size: u64,
    /// The root of the tree of that size.
    pub root: Hash,
    /// Lines without meaning here; none is empty. This program writes none.
    #[serde(default)]
    pub extensions: Vec<String>,
}

/// Why a text is no checkpoint. Lines are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CheckpointProblem {
    /// Fewer than three lines, or the last one does not end.
    #[error("a checkpoint has at least three lines, each ending with a newline")]
    Lines,
    /// The origin or an extension is empty or has a control character.
    #[error("line {0} is empty or has a control character")]
    Line(usize),
    /// The size is no decimal number of 64 bits, or begins with a zero.
    #[error("`{0}` is no size: decimal digits without a leading zero, at most 2⁶⁴−1")]
    Size(String),
    /// The root is not 32 bytes in base64.
    #[error("`{0}` is no root: 32 bytes in base64 are expected")]
    Root(String),
}

impl Checkpoint {
    /// A checkpoint without extension lines.
    ///
    /// ```
    /// use journal::{Checkpoint, CheckpointProblem, tree::empty_root};
    ///
    /// assert!(Checkpoint::new("paritrana.example/bali", 0, empty_root()).is_ok());
    /// assert_eq!(Checkpoint::new("two\nlines", 0, empty_root()), Err(CheckpointProblem::Line(1)));
    /// ```
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, CheckpointProblem> {
        check_line(1, origin)?;
        Ok(Self { origin: origin.to_owned(), size, root, extensions: Vec::new() })
    }

    /// The text that is signed.
    ///
    /// ```
    /// let checkpoint = journal::Checkpoint::new("bali", 0, journal::tree::empty_root()).unwrap();
    /// assert_eq!(checkpoint.text(), "bali\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
    /// ```
    pub fn text(&self) -> String {
        let mut text = format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root.bytes()));
        self.extensions.iter().for_each(|line| text.extend([line.as_str(), "\n"]));
        text
    }

    /// Reads the text of a checkpoint strictly: only what [`Checkpoint::text`] writes.
    ///
    /// ```
    /// use journal::{Checkpoint, CheckpointProblem};
    ///
    /// let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    /// assert_eq!(Checkpoint::parse(text).unwrap().size, 20_852_163);
    /// assert_eq!(Checkpoint::parse("bali\n007\n\n"), Err(CheckpointProblem::Size("007".into())));
    /// ```
    pub fn parse(text: &str) -> Result<Self, CheckpointProblem> {
        let lines: Vec<&str> = text.strip_suffix('\n').ok_or(CheckpointProblem::Lines)?.split('\n').collect();
        let [origin, size, root, extensions @ ..] = lines.as_slice() else { return Err(CheckpointProblem::Lines) };
        check_line(1, origin)?;
        let (size, root) = (parse_size(size)?, parse_root(root)?);
        extensions.iter().enumerate().try_for_each(|(index, line)| check_line(index + 4, line))?;
        Ok(Self {
            origin: (*origin).to_owned(),
            size,
            root,
            extensions: extensions.iter().map(|line| (*line).to_owned()).collect(),
        })
    }
}

fn check_line(number: usize, line: &str) -> Result<(), CheckpointProblem> {
    if line.is_empty() || line.contains(|letter: char| letter < ' ') { Err(CheckpointProblem::Line(number)) } else { Ok(()) }
}

fn parse_size(text: &str) -> Result<u64, CheckpointProblem> {
    // The number is written again because the reader of numbers also takes `+7` and `007`.
    let size = text.parse::<u64>().ok().filter(|size| size.to_string() == text);
    size.ok_or_else(|| CheckpointProblem::Size(text.to_owned()))
}

fn parse_root(text: &str) -> Result<Hash, CheckpointProblem> {
    let bytes = STANDARD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.map(Hash).ok_or_else(|| CheckpointProblem::Root(text.to_owned()))
}
