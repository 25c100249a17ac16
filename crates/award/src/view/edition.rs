//! An edition and the nation: what is held, by which rules, and how far every round is.

use std::collections::{BTreeMap, BTreeSet};

use rules::Rulebook;
use rules::rulebook::{Category, Text};
use serde::Serialize;

use super::{Step, Viewer};
use crate::act::{ContestKey, RoundKey};
use crate::edition::{self, EditionRecord};
use crate::panel::free_seats;
use crate::round::Slip;
use crate::rule;
use crate::state::Contest;

/// An edition as anybody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct EditionView {
    /// What is held, for which period, by whom. Before the edition is opened: as its rulebook says.
    pub edition: EditionRecord,
    /// Whether it was opened.
    pub is_open: bool,
    /// Whether it is over: everything in which anybody stands at the highest level is announced.
    pub is_over: bool,
    /// The version of the rulebook.
    pub version: String,
    /// From the lowest level up.
    pub levels: Vec<LevelSeen>,
    /// Commitments to the lots by level, with the secret once it is revealed.
    pub lots: BTreeMap<String, (String, Option<String>)>,
}

/// A level of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct LevelSeen {
    pub level: String,
    pub name: Text,
    /// How many rounds stand at which step.
    pub steps: BTreeMap<Step, usize>,
    pub candidates: usize,
}

/// How far every round is: one line each, from the lowest level up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct NationView {
    /// Whether the edition is over: everything in which anybody stands at the highest level is announced.
    pub is_over: bool,
    pub rounds: Vec<RoundLine>,
}

/// One line for a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct RoundLine {
    pub level: String,
    pub region: Option<String>,
    pub region_name: Option<String>,
    pub step: Step,
    /// How many contests stand at which step.
    pub steps: BTreeMap<Step, usize>,
    pub candidates: usize,
    /// Seats that nobody has.
    pub free_seats: usize,
    /// So many days the round is behind its calendar at most: by what took place, or by what should have taken place and did not. A day that is
    /// still to come makes nothing late, also when it was moved. Negative if all took place early; none where no day of it was planned.
    pub late: Option<i32>,
}

/// How far a contest is, in a line: what is known of a nation without reading its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advance {
    /// Which.
    pub contest: ContestKey,
    /// How far.
    pub step: Step,
    /// How many stand in it.
    pub entered: usize,
}

/// The categories of a rulebook that are contested at some level, in its order. One that only holds others together is contested at none.
///
/// ```
/// let rules = rules::example();
/// assert_eq!(award::view::contested(&rules).count(), 1);
/// ```
pub fn contested(rules: &Rulebook) -> impl Iterator<Item = &Category> {
    rules.categories.iter().filter(|category| rule::lowest_level(rules, &category.id).is_some())
}

impl Viewer<'_> {
    /// The edition, by the contests of the state.
    pub fn edition(&self) -> EditionView {
        self.edition_of(&self.advances())
    }

    /// How far every round is, by the contests of the state.
    pub fn nation(&self) -> NationView {
        self.nation_of(&self.advances())
    }

    /// The edition, by contests of which only so much is known.
    pub fn edition_of(&self, advances: &[Advance]) -> EditionView {
        let rules = &self.state.rules;
        let rounds = self.nation_of(advances).rounds;
        let level = |level: &rules::rulebook::Level| {
            let own = || rounds.iter().filter(|round| round.level == level.id);
            let mut steps = BTreeMap::new();
            own().for_each(|round| *steps.entry(round.step).or_insert(0) += 1);
            let candidates = own().map(|round| round.candidates).sum();
            LevelSeen { level: level.id.clone(), name: level.name.clone(), steps, candidates }
        };
        let lots = self.state.lots.iter();
        EditionView {
            is_open: self.state.edition.is_some(),
            is_over: self.is_over(advances),
            edition: self.state.edition.clone().unwrap_or_else(|| edition::of(rules)),
            version: rules.edition.version.clone(),
            levels: rules.levels.iter().map(level).collect(),
            lots: lots.map(|(level, lot)| (level.clone(), (lot.commitment.clone(), lot.secret.clone()))).collect(),
        }
    }

    /// How far every round is, by contests of which only so much is known. Provinces and zones of which nothing is known have a line too.
    pub fn nation_of(&self, advances: &[Advance]) -> NationView {
        let levels = &self.state.rules.levels;
        let expected = levels.iter().flat_map(|level| {
            let of_level = |region| RoundKey { level: level.id.clone(), region: Some(region) };
            self.state.geography.rounds(level).into_iter().map(of_level)
        });
        let known = self.state.rounds.keys().cloned().chain(advances.iter().map(|advance| advance.contest.round.clone()));
        let rounds: BTreeSet<RoundKey> = expected.chain(known).collect();
        let mut rounds: Vec<RoundLine> = rounds.iter().map(|round| self.round_line(round, advances)).collect();
        rounds.sort_by_key(|round| levels.iter().position(|level| level.id == round.level));
        NationView { is_over: self.is_over(advances), rounds }
    }

    fn is_over(&self, advances: &[Advance]) -> bool {
        let highest = self.state.rules.levels.last().map(|level| &level.id);
        let mut own = advances.iter().filter(|one| one.entered > 0 && Some(&one.contest.round.level) == highest).peekable();
        own.peek().is_some() && own.all(|one| one.step == Step::Announced)
    }

    pub(super) fn advances(&self) -> Vec<Advance> {
        let advance = |(key, contest): (&ContestKey, &Contest)| Advance {
            contest: key.clone(),
            step: Step::of(contest),
            entered: contest.entries.len(),
        };
        self.state.contests.iter().map(advance).collect()
    }

    fn round_line(&self, key: &RoundKey, advances: &[Advance]) -> RoundLine {
        let own = || advances.iter().filter(|advance| advance.contest.round == *key && advance.entered > 0);
        let mut steps = BTreeMap::new();
        own().for_each(|advance| *steps.entry(self.told(key, advance.step)).or_insert(0) += 1);
        let step = self.round_step_of(key, advances);
        let round = self.state.rounds.get(key);
        let free = round.map(|_| free_seats(self.state, key)).unwrap_or_default();
        RoundLine {
            level: key.level.clone(),
            region: key.region.clone(),
            region_name: key.region.as_deref().map(|code| self.region_name(code)),
            step,
            steps,
            candidates: own().map(|advance| advance.entered).sum(),
            free_seats: free.iter().map(|seat| seat.count as usize - seat.filled).sum(),
            late: round.and_then(|_| self.late(key, step)),
        }
    }

    /// How far a round is, by the contests of the state.
    pub fn round_step(&self, key: &RoundKey) -> Step {
        self.round_step_of(key, &self.advances())
    }

    /// How far a round is, by contests of which only so much is known: the least that holds for all in which anybody stands. The one place
    /// where it is said.
    pub(super) fn round_step_of(&self, key: &RoundKey, advances: &[Advance]) -> Step {
        let own = advances.iter().filter(|advance| advance.contest.round == *key && advance.entered > 0);
        let is_open = || self.state.rounds.get(key).is_some_and(|round| round.opened.is_some());
        match own.map(|advance| advance.step).min() {
            Some(step) => self.told(key, step),
            None if is_open() => Step::Nomination,
            None => Step::NotOpened,
        }
    }

    fn late(&self, key: &RoundKey, step: Step) -> Option<i32> {
        self.slips(key, step).into_iter().filter_map(|(.., slip)| slip).map(Slip::late).max()
    }
}
