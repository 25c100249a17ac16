//! The rules say no: which rule, and what can be done. A value like any other decision; the page, the command line and the minutes show
//! the same one.

use words::Message;

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
}

impl Refusal {
    /// A refusal with its next step.
    pub fn new(rule: Message, next: Message) -> Refusal {
        Refusal { rule, next }
    }

    /// A refusal whose next step stands under the same key with `-next` and needs no arguments.
    pub(crate) fn of(rule: Message) -> Refusal {
        let next = Message::new(format!("{}-next", rule.key()));
        Refusal { rule, next }
    }
}
