//! Somebody asks for something to be done.

use award::PersonId;
use jiff::Timestamp;
use store::Seen;

/// Who asks, when, and under which key.
///
/// The key is a UUID made where the form was opened: the same key again is the same act, so a hand-in that is sent twice over a bad line is
/// one hand-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Who, by id.
    pub by: PersonId,
    /// The key of this request.
    pub key: String,
    /// When it arrived; every deadline is held against it.
    pub at: Timestamp,
    /// What of the award stood before the asker's eyes; empty where that does not matter.
    pub seen: Vec<Seen>,
}

impl Asked {
    /// A request without anything seen.
    ///
    /// ```
    /// let asked = office::Asked::new("ani", "0197a6e0-0000-7000-8000-000000000001", jiff::Timestamp::UNIX_EPOCH);
    /// assert_eq!((asked.by.as_str(), asked.seen.len()), ("ani", 0));
    /// ```
    pub fn new(by: impl Into<PersonId>, key: impl Into<String>, at: Timestamp) -> Asked {
        Asked { by: by.into(), key: key.into(), at, seen: Vec::new() }
    }
}
