//! Facts about one thing, joined to a sentence: `Policy: weight 25 % (assumption), points added up.`

use words::{Arg, Message};

use super::{Form, Page, say};
use crate::rulebook::{Clause, Text};

/// The facts of one clause.
pub(super) struct Facts<'c> {
    clause: &'c Clause,
    facts: Vec<Message>,
    assumed: bool,
}

impl<'c> Facts<'c> {
    pub(super) fn of(clause: &'c Clause) -> Facts<'c> {
        Facts { clause, facts: Vec::new(), assumed: false }
    }

    /// Whether the whole clause is our assumption, which is said once and not at each fact.
    fn all_assumed(&self) -> bool {
        self.clause.source.iter().any(|source| source == "assumption")
    }

    /// A fact that comes from these keys, marked if one of them is assumed.
    pub(super) fn fact(mut self, keys: &[&str], fact: Message) -> Self {
        let assumed = keys.iter().any(|key| self.clause.is_assumed(key));
        self.assumed |= assumed;
        let marked = assumed && !self.all_assumed();
        self.facts.push(if marked { say("assumed").message("fact", fact) } else { fact });
        self
    }

    /// The same, if there is something to say.
    pub(super) fn maybe(self, keys: &[&str], fact: Option<Message>) -> Self {
        match fact {
            Some(fact) => self.fact(keys, fact),
            None => self,
        }
    }

    /// The facts as one phrase.
    fn joined(&self) -> Message {
        let mut facts = self.facts.iter().cloned();
        let first = facts.next().unwrap_or_else(|| say("nothing"));
        let phrase = facts.fold(first, |before, next| say("and").message("before", before).message("next", next));
        if self.all_assumed() { say("facts-assumed").message("facts", phrase) } else { phrase }
    }
}

impl Page<'_> {
    /// `Name: fact, fact.`
    pub(super) fn item(&mut self, depth: u8, name: &Text, facts: Facts<'_>) {
        self.titled(depth, Arg::Local(name.id.clone(), name.en.clone()), facts);
    }

    /// The same under any title.
    pub(super) fn titled(&mut self, depth: u8, title: Arg, facts: Facts<'_>) {
        let text = match (facts.facts.is_empty(), facts.all_assumed()) {
            (true, false) => say("name-only"),
            (true, true) => say("name-assumed"),
            (false, _) => say("item").message("facts", facts.joined()),
        };
        let assumed = facts.assumed || facts.all_assumed();
        self.push(Form::Bullet(depth), vec![text.with("name", title)], Some(facts.clause), assumed);
    }

    /// `Fact, fact.` below something; nothing if there are no facts.
    pub(super) fn details(&mut self, depth: u8, facts: Facts<'_>) {
        if !facts.facts.is_empty() {
            let text = say("details").message("facts", facts.joined());
            self.push(Form::Bullet(depth), vec![text], Some(facts.clause), facts.assumed);
        }
    }

    /// One sentence of facts.
    pub(super) fn sentence(&mut self, facts: Facts<'_>) {
        if !facts.facts.is_empty() {
            let text = say("details").message("facts", facts.joined());
            self.push(Form::Sentence, vec![text], Some(facts.clause), facts.assumed);
        }
    }
}
