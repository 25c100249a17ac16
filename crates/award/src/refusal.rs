//! The rules say no: which rule, and what can be done. A value like any other decision; the page, the command line and the minutes show
//! the same one.

use words::{Arg, Message};

use crate::id::CandidateId;

/// Why an act may not happen now.
///
/// ```
/// use award::Refusal;
/// use words::Message;
///
/// let refusal = Refusal::new(Message::new("refusal-judging-closed"), Message::new("refusal-judging-closed-next"));
/// assert_eq!(refusal.rule.key(), "refusal-judging-closed");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The rule, with the thing it is about.
    pub rule: Message,
    /// What to do next.
    pub next: Message,
    /// What it is about, so that a reader can be led to the right table.
    pub about: Option<About>,
    /// Whether nothing is wrong, only something not there yet. A contest whose closing or counting waits stays open, and the rest of the
    /// year is played.
    pub waits: bool,
}

/// The table that a refusal is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Somebody is missing in `panel.csv`.
    Panel,
    /// Something is missing in `marks.csv`.
    Marks,
    /// Something is missing in `attendance.csv`.
    Attendance,
    /// A claim of a candidate, or all claims where it is not known which.
    Claim(Option<(CandidateId, String)>),
    /// A list without items in `items.csv`.
    Items,
    /// The lot of a level, in `cycle.toml`.
    Lot(String),
}

impl Refusal {
    /// A refusal with its next step.
    pub fn new(rule: Message, next: Message) -> Refusal {
        Refusal { rule, next, about: None, waits: false }
    }

    /// A refusal whose next step stands under the same key with `-next` and needs no arguments.
    pub(crate) fn of(rule: Message) -> Refusal {
        let next = Message::new(format!("{}-next", rule.key()));
        Refusal::new(rule, next)
    }

    /// The same refusal, with one more argument of its rule.
    pub(crate) fn with(self, name: &str, arg: Arg) -> Refusal {
        Refusal { rule: self.rule.with(name, arg), ..self }
    }

    /// The same refusal, about a table.
    pub(crate) fn about(self, about: About) -> Refusal {
        Refusal { about: Some(about), ..self }
    }

    /// The same refusal, as one that only waits for something.
    pub(crate) fn waiting(self) -> Refusal {
        Refusal { waits: true, ..self }
    }
}
