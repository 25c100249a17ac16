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
    /// What else stands against it, each by itself. Whoever types sees the first; whoever tries a whole file sees all of it at once.
    pub also: Vec<Refusal>,
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
        Refusal { rule, next, about: None, waits: false, also: Vec::new() }
    }

    /// A refusal whose next step stands under the same key with `-next` and needs no arguments.
    pub(crate) fn of(rule: Message) -> Refusal {
        let next = Message::new(format!("{}-next", rule.key()));
        Refusal::new(rule, next)
    }

    /// The first refusal among checks that do not hang on each other, with the others as what else stands against it.
    pub(crate) fn every(checks: impl IntoIterator<Item = Result<(), Refusal>>) -> Result<(), Refusal> {
        let mut refusals = checks.into_iter().filter_map(Result::err);
        let Some(mut first) = refusals.next() else { return Ok(()) };
        first.also.extend(refusals.flat_map(Refusal::each));
        Err(first)
    }

    /// It and all that else stands against it, one by one.
    pub fn each(mut self) -> Vec<Refusal> {
        let also = std::mem::take(&mut self.also);
        std::iter::once(self).chain(also.into_iter().flat_map(Refusal::each)).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_that_do_not_hang_on_each_other_are_told_together_in_their_order() {
        let no = |rule: &str| Err(Refusal::of(Message::new(rule)));
        let rules = |checks: Vec<Result<(), Refusal>>| {
            let each = Refusal::every(checks).err().map(Refusal::each).unwrap_or_default();
            each.iter().map(|refusal| refusal.rule.key().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(rules(vec![]), Vec::<String>::new());
        assert_eq!(rules(vec![Ok(()), Ok(())]), Vec::<String>::new());
        assert_eq!(rules(vec![Ok(()), no("a"), Ok(())]), ["a"]);
        let both = Refusal::every([no("b"), no("c")]);
        assert_eq!(rules(vec![no("a"), both, no("d")]), ["a", "b", "c", "d"]);
    }
}
