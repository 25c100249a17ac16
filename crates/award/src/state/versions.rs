//! The rulebook of a round: the edition's own, or the version to which two people moved it.

use std::collections::BTreeMap;
use std::sync::Arc;

use rules::Rulebook;

use crate::act::RoundKey;
use crate::round::RulebookPin;
use crate::state::{Round, State};

/// Versions of an edition's rulebook beside the one under which it was opened, and which rounds go by them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Versions {
    /// By the hash of the text.
    books: BTreeMap<String, Arc<Rulebook>>,
    /// Pins of rounds that are not in the state themselves.
    elsewhere: BTreeMap<RoundKey, RulebookPin>,
}

impl Versions {
    /// Takes in a version under the hash of its text: 64 lower-case hexadecimal digits.
    pub fn keep(&mut self, hash: &str, rules: Arc<Rulebook>) {
        self.books.insert(hash.to_owned(), rules);
    }

    /// Tells the pin of a round that is not in the state, though contests of it are.
    pub fn pinned(&mut self, round: RoundKey, pin: RulebookPin) {
        self.elsewhere.insert(round, pin);
    }

    /// The version that a pin names: the text with its hash, if that is of the edition and version that it says.
    pub fn named(&self, pin: &RulebookPin) -> Option<&Rulebook> {
        let known = self.books.get(&pin.hash)?;
        (known.edition.id == pin.edition && known.edition.version == pin.version).then_some(&**known)
    }
}

impl State {
    /// The rulebook version to which a round is pinned; none for a round that nobody opened.
    pub fn pin_of(&self, round: &RoundKey) -> Option<&RulebookPin> {
        self.rounds.get(round).and_then(Round::pin).or_else(|| self.versions.elsewhere.get(round))
    }

    /// The rulebook that holds in a round: the version to which it was moved, else the edition's own.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use award::{RoundKey, RulebookPin, State, geography::Geography};
    ///
    /// let rules = Arc::new(rules::example());
    /// let text = rules::EXAMPLE.replace("version = \"1\"", "version = \"2\"");
    /// let second = Arc::new(rules::read("second.toml", &text).unwrap());
    /// let pin = RulebookPin::of(&second, text.as_bytes());
    /// let mut state = State::new("small", rules.clone(), Geography::of(&rules).into());
    /// state.versions.keep(&pin.hash, second);
    /// let moved = RoundKey { level: "city".into(), region: None };
    /// state.versions.pinned(moved.clone(), pin);
    ///
    /// let beside = RoundKey { level: "hamlet".into(), region: Some("a".into()) };
    /// assert_eq!(state.rules_of(&moved).edition.version, "2");
    /// assert_eq!(state.rules_of(&beside).edition.version, "1");
    /// ```
    pub fn rules_of(&self, round: &RoundKey) -> &Rulebook {
        self.pin_of(round).and_then(|pin| self.versions.named(pin)).unwrap_or(&self.rules)
    }
}
