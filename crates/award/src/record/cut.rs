//! From a state to its records.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};

use crate::act::ContestKey;
use crate::fact::Counted;
use crate::id::CandidateId;
use crate::record::{Address, Noun};
use crate::sight::Part;
use crate::state::{Closing, Contest, Entry, State};

/// Records as they are written out: bytes of JSON in the order of the fields, which are told apart without a tree of values.
pub(super) type Records = BTreeMap<Address, Vec<u8>>;

/// The records of some parts.
pub(super) fn records(state: &State, parts: &BTreeSet<Part>) -> Records {
    let mut cut = Cut { state, records: Records::new() };
    parts.iter().for_each(|part| cut.part(part));
    cut.records
}

fn value(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("the state has only names, texts and exact numbers")
}

fn bytes(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("the state has only names, texts and exact numbers")
}

/// The value of a record that was written out.
pub(super) fn read(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("it was written out a moment ago")
}

/// A count with its outcome, or the record before this one that holds the same: a result that was counted, proposed, ratified and locked
/// is kept once.
fn once(contest: &Contest, noun: Noun, own: &Counted) -> Value {
    let proposed = contest.closing.proposal.as_ref().map(|proposal| &proposal.result);
    let kept =
        [(Noun::Counted, contest.counted.as_ref()), (Noun::Ratified, contest.ratified.as_ref()), (Noun::Closing, proposed)];
    let before = kept.into_iter().filter(|(earlier, _)| *earlier < noun);
    match before.into_iter().find(|(_, known)| *known == Some(own)) {
        Some((earlier, _)) => json!({ "same_as": earlier.name() }),
        None => value(own),
    }
}

struct Cut<'s> {
    state: &'s State,
    records: Records,
}

impl Cut<'_> {
    fn part(&mut self, part: &Part) {
        match part {
            Part::Edition => self.edition(),
            Part::History => self.history(),
            Part::Round(key) => {
                if let Some(round) = self.state.rounds.get(key) {
                    self.keep(None, None, Noun::Round, key.path(), round);
                }
            }
            Part::Candidate(id) => {
                if let Some(candidate) = self.state.candidates.get(id) {
                    self.keep(None, Some(id), Noun::Candidate, String::new(), candidate);
                }
            }
            Part::Contest(key) => self.contest(key),
            Part::Entry(key, candidate) => self.entry(key, candidate),
            Part::Entries(key) => {
                let entries = self.state.contests.get(key).map(|contest| contest.entries.as_slice()).unwrap_or_default();
                entries.iter().for_each(|entry| self.entry(key, &entry.candidate));
            }
            Part::Outreach => self.outreach(),
            Part::Register => self.register(),
            Part::People => self.people(),
            Part::Delegations => self.delegations(),
            Part::Person(id) => {
                if let Some(person) = self.state.people.people.get(id) {
                    self.keep(None, None, Noun::Person, id.to_string(), person);
                }
            }
            Part::Certificate(number) => {
                if let Some(holder) = self.state.certificates.get(number) {
                    self.keep(None, None, Noun::Certificate, number.clone(), holder);
                }
            }
            Part::Nomination(id) => {
                if let Some(nominated) = self.state.nominations.get(id) {
                    self.keep(None, Some(id), Noun::Nomination, String::new(), nominated);
                }
            }
            Part::Nominations => {
                self.state.nominations.keys().for_each(|id| self.part(&Part::Nomination(id.clone())));
            }
            Part::WayUp(_) | Part::AnySheet(_) | Part::Contests(_) | Part::Judged(_) | Part::WholeRound(_) => {}
        }
    }

    fn keep(&mut self, contest: Option<&ContestKey>, of: Option<&CandidateId>, noun: Noun, name: String, value: &impl Serialize) {
        let address = Address { contest: contest.cloned(), candidate: of.cloned(), noun, name };
        self.records.insert(address, bytes(value));
    }

    fn edition(&mut self) {
        let mut flags = json!({
            "dossiers_recorded": self.state.dossiers_recorded,
            "opened": self.state.edition,
            "locks_required": self.state.locks_required,
        });
        // Left out until there is one: records of earlier versions stay as they were written.
        if let Some(seal) = &self.state.seal {
            flags["seal"] = self::value(seal);
        }
        self.keep(None, None, Noun::Edition, String::new(), &flags);
        for event in &self.state.events {
            self.keep(None, None, Noun::Event, event.id.clone(), event);
        }
        for (level, lot) in &self.state.lots {
            self.keep(None, None, Noun::Lot, level.clone(), lot);
        }
    }

    fn outreach(&mut self) {
        for (event, around) in &self.state.outreach.around {
            self.keep(None, None, Noun::Around, event.clone(), around);
        }
        self.numbered(Noun::Press, &self.state.outreach.press);
    }

    fn register(&mut self) {
        for (id, body) in &self.state.register.bodies {
            self.keep(None, None, Noun::Body, id.to_string(), body);
        }
        self.numbered(Noun::Succession, &self.state.register.successions);
    }

    fn people(&mut self) {
        for (id, person) in &self.state.people.people {
            self.keep(None, None, Noun::Person, id.to_string(), person);
        }
        self.delegations();
    }

    fn delegations(&mut self) {
        self.numbered(Noun::Delegation, &self.state.people.delegations);
    }

    /// Things without a name of their own, numbered in the order in which they came.
    fn numbered<T: Serialize>(&mut self, noun: Noun, all: &[T]) {
        for (at, value) in all.iter().enumerate() {
            self.keep(None, None, noun, format!("{at:06}"), value);
        }
    }

    fn history(&mut self) {
        for standing in &self.state.history {
            self.keep(None, None, Noun::Standing, standing.name(), standing);
        }
    }

    fn contest(&mut self, key: &ContestKey) {
        let Some(contest) = self.state.contests.get(key) else { return };
        self.keep(Some(key), None, Noun::Contest, String::new(), contest);
        if let Some(counted) = &contest.counted {
            self.keep(Some(key), None, Noun::Counted, String::new(), counted);
        }
        if let Some(ratified) = &contest.ratified {
            self.keep(Some(key), None, Noun::Ratified, String::new(), &once(contest, Noun::Ratified, ratified));
        }
        if contest.closing != Closing::default() {
            let mut closing = value(&contest.closing);
            if let Some(proposal) = &contest.closing.proposal {
                closing["proposal"]["result"] = once(contest, Noun::Closing, &proposal.result);
            }
            self.keep(Some(key), None, Noun::Closing, String::new(), &closing);
        }
        for numbered in &contest.closing.results {
            let mut row = value(numbered);
            row["result"] = once(contest, Noun::Result, &numbered.result);
            self.keep(Some(key), None, Noun::Result, numbered.number.to_string(), &row);
        }
    }

    fn entry(&mut self, key: &ContestKey, candidate: &CandidateId) {
        let Some(contest) = self.state.contests.get(key) else { return };
        if let Some(entry) = contest.entry(candidate.as_str()) {
            self.figures(key, entry);
        }
        self.jurors(key, contest, candidate);
    }

    fn figures(&mut self, key: &ContestKey, entry: &Entry) {
        let of = Some(&entry.candidate);
        self.keep(Some(key), of, Noun::Entry, String::new(), entry);
        self.named(key, of, Noun::Claim, &entry.claims);
        self.named(key, of, Noun::Restated, &entry.restated);
        self.named(key, of, Noun::List, &entry.lists);
        self.named(key, of, Noun::Stated, &entry.stated);
        self.named(key, of, Noun::Exemption, &entry.not_applicable);
    }

    fn named<T: Serialize>(&mut self, key: &ContestKey, of: Option<&CandidateId>, noun: Noun, all: &BTreeMap<String, T>) {
        for (name, value) in all {
            self.keep(Some(key), of, noun, name.clone(), value);
        }
    }

    /// Conflicts and sheets, numbered for each juror in the order in which they came.
    fn jurors(&mut self, key: &ContestKey, contest: &Contest, candidate: &CandidateId) {
        let mut number: BTreeMap<&str, usize> = BTreeMap::new();
        for conflict in contest.conflicts.iter().filter(|conflict| conflict.candidate == *candidate) {
            let next = number.entry(conflict.juror.as_str()).and_modify(|last| *last += 1).or_default();
            self.keep(Some(key), Some(candidate), Noun::Conflict, format!("{}#{next}", conflict.juror), conflict);
        }
        let mut number: BTreeMap<&str, usize> = BTreeMap::new();
        for sheet in contest.sheets.iter().filter(|sheet| sheet.candidate == *candidate) {
            let next = number.entry(sheet.juror.as_str()).and_modify(|last| *last += 1).or_default();
            self.keep(Some(key), Some(candidate), Noun::Sheet, format!("{}#{next}", sheet.juror), sheet);
        }
    }
}
