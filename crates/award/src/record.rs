//! The state cut into records, so that a store can keep it in rows, and load no more of it than an act needs. A record is a noun of the
//! process (a candidate, an entry, a claim, a sheet) with its address and its value as JSON; putting all records of a state into an empty
//! one gives the same state.

mod cut;
mod put;
mod reach;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::act::ContestKey;
use crate::chain::Chain;
use crate::fact::Fact;
use crate::id::CandidateId;
use crate::sight::Part;
use crate::state::State;

use self::reach::Reach;
pub use put::Misfit;

/// What a record tells of, in the order in which records must be put into a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Noun {
    Edition,
    Event,
    Standing,
    Lot,
    Certificate,
    Around,
    Press,
    Body,
    Succession,
    Person,
    Delegation,
    Nomination,
    Candidate,
    Round,
    Contest,
    Entry,
    Claim,
    Restated,
    List,
    Stated,
    Exemption,
    Conflict,
    Sheet,
    Counted,
    Ratified,
    Closing,
    Result,
}

impl Noun {
    /// All of them.
    pub const ALL: [Noun; 27] = [
        Noun::Edition,
        Noun::Event,
        Noun::Standing,
        Noun::Lot,
        Noun::Certificate,
        Noun::Around,
        Noun::Press,
        Noun::Body,
        Noun::Succession,
        Noun::Person,
        Noun::Delegation,
        Noun::Nomination,
        Noun::Candidate,
        Noun::Round,
        Noun::Contest,
        Noun::Entry,
        Noun::Claim,
        Noun::Restated,
        Noun::List,
        Noun::Stated,
        Noun::Exemption,
        Noun::Conflict,
        Noun::Sheet,
        Noun::Counted,
        Noun::Ratified,
        Noun::Closing,
        Noun::Result,
    ];

    /// Its name in rows.
    ///
    /// ```
    /// use award::record::Noun;
    ///
    /// assert_eq!(Noun::Sheet.name(), "sheet");
    /// assert_eq!(Noun::named("sheet"), Some(Noun::Sheet));
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Noun::Edition => "edition",
            Noun::Event => "event",
            Noun::Standing => "standing",
            Noun::Lot => "lot",
            Noun::Certificate => "certificate",
            Noun::Around => "around",
            Noun::Press => "press",
            Noun::Body => "body",
            Noun::Succession => "succession",
            Noun::Person => "person",
            Noun::Delegation => "delegation",
            Noun::Nomination => "nomination",
            Noun::Candidate => "candidate",
            Noun::Round => "round",
            Noun::Contest => "contest",
            Noun::Entry => "entry",
            Noun::Claim => "claim",
            Noun::Restated => "restated",
            Noun::List => "list",
            Noun::Stated => "stated",
            Noun::Exemption => "exemption",
            Noun::Conflict => "conflict",
            Noun::Sheet => "sheet",
            Noun::Counted => "counted",
            Noun::Ratified => "ratified",
            Noun::Closing => "closing",
            Noun::Result => "result",
        }
    }

    /// The noun with this name.
    pub fn named(name: &str) -> Option<Noun> {
        Noun::ALL.into_iter().find(|noun| noun.name() == name)
    }
}

/// Where a record stands in an edition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// The contest; none for what belongs to a round or the edition.
    pub contest: Option<ContestKey>,
    /// The candidate; none for what belongs to a contest, a round or the edition.
    pub candidate: Option<CandidateId>,
    /// What it tells of.
    pub noun: Noun,
    /// Which one of several: a claim's id, a juror and the number of the sheet; empty where there is only one.
    pub name: String,
}

/// A record that an act writes, or takes away where there is no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// Where.
    pub address: Address,
    /// The chain to which the record belongs.
    pub chain: Chain,
    /// The value from now on.
    pub body: Option<Value>,
}

/// Facts applied to a state, with the records that they change, in the order in which the facts first touch them.
///
/// The state must hold at least what the facts' [`Part`]s name.
pub fn apply(state: &mut State, facts: &[Fact]) -> Vec<Write> {
    let mut writes: Vec<Write> = Vec::new();
    for fact in facts {
        for write in apply_one(state, fact) {
            match writes.iter_mut().find(|earlier| earlier.address == write.address) {
                Some(earlier) => *earlier = write,
                None => writes.push(write),
            }
        }
    }
    writes
}

fn apply_one(state: &mut State, fact: &Fact) -> Vec<Write> {
    let parts: BTreeSet<Part> = Part::changed_by(fact).into_iter().collect();
    let reach = Reach::of(fact);
    let (before, all_before) = (cut::records(state, &parts, reach), beyond(state, &parts, reach));
    state.apply(fact);
    let after = cut::records(state, &parts, reach);
    debug_assert!(all_before == beyond(state, &parts, reach), "it changes records beyond {reach:?}: {fact:?}");
    let gone = before.keys().filter(|address| !after.contains_key(*address)).map(|address| (address.clone(), None));
    let changed = after.iter().filter(|(address, body)| before.get(*address) != Some(*body));
    let written = gone.chain(changed.map(|(address, body)| (address.clone(), Some(body.value()))));
    written.map(|(address, body)| Write { chain: state.chain(&address), address, body }).collect()
}

/// The records of some parts that a fact does not reach, where that is checked: with the assertions of a debug build.
fn beyond(state: &State, parts: &BTreeSet<Part>, reach: Reach<'_>) -> Option<cut::Records> {
    if !cfg!(debug_assertions) || reach == Reach::All {
        return None;
    }
    let within = cut::records(state, parts, reach);
    let all = cut::records(state, parts, Reach::All);
    Some(all.into_iter().filter(|(address, _)| !within.contains_key(address)).collect())
}

impl State {
    /// Every record of the state.
    ///
    /// ```
    /// use award::{State, geography::Geography};
    ///
    /// let rules = std::sync::Arc::new(rules::example());
    /// let state = State::new("small", rules.clone(), Geography::of(&rules).into());
    /// assert_eq!(state.records().len(), 1); // the edition itself
    /// ```
    pub fn records(&self) -> BTreeMap<Address, Value> {
        let mut parts =
            BTreeSet::from([Part::Edition, Part::History, Part::Outreach, Part::Register, Part::People, Part::Nominations]);
        parts.extend(self.certificates.keys().cloned().map(Part::Certificate));
        parts.extend(self.rounds.keys().cloned().map(Part::Round));
        parts.extend(self.candidates.keys().cloned().map(Part::Candidate));
        for contest in self.contests.keys() {
            parts.extend([Part::Contest(contest.clone()), Part::Entries(contest.clone())]);
        }
        cut::records(self, &parts, Reach::All).into_iter().map(|(address, body)| (address, body.value())).collect()
    }

    /// The chain to which a record belongs: that of people, that of its round, for a candidate that of the round where it entered.
    fn chain(&self, address: &Address) -> Chain {
        if let Some(contest) = &address.contest {
            return Chain::Round(contest.round.clone());
        }
        if matches!(address.noun, Noun::Body | Noun::Succession | Noun::Person | Noun::Delegation) {
            return Chain::People;
        }
        let nominated = address.candidate.as_ref().filter(|_| address.noun == Noun::Nomination);
        if let Some(nominated) = nominated.and_then(|candidate| self.nominations.get(candidate)) {
            return Chain::Round(nominated.round().clone());
        }
        let home = address.candidate.as_ref().and_then(|candidate| self.home(candidate));
        home.or_else(|| self.rounds.keys().find(|round| address.noun == Noun::Round && round.path() == address.name).cloned())
            .map_or(Chain::Edition, Chain::Round)
    }
}
