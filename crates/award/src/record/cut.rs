//! From a state to its records.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};

use crate::act::ContestKey;
use crate::fact::Counted;
use crate::id::{CandidateId, JurorId};
use crate::record::reach::Reach;
use crate::record::{Address, Noun};
use crate::sight::Part;
use crate::stage::locking::{Numbered, Proposal};
use crate::state::{Closing, Contest, Entry, State};

/// Records as they are written out.
pub(super) type Records = BTreeMap<Address, Body>;

/// A record that is told from another one without a tree of values.
pub(super) enum Body {
    /// JSON in the order of the fields.
    Bytes(Vec<u8>),
    /// A count with its outcome: long, and mostly the very one that stood there before.
    Counted(Counted),
}

impl Body {
    /// The value of the record.
    pub(super) fn value(&self) -> Value {
        match self {
            Body::Bytes(bytes) => serde_json::from_slice(bytes).expect("it was written out a moment ago"),
            Body::Counted(counted) => value(counted),
        }
    }
}

impl PartialEq for Body {
    fn eq(&self, other: &Body) -> bool {
        match (self, other) {
            (Body::Bytes(one), Body::Bytes(other)) => one == other,
            (Body::Counted(one), Body::Counted(other)) => one.is(other) || bytes(one) == bytes(other),
            (Body::Bytes(written), Body::Counted(counted)) | (Body::Counted(counted), Body::Bytes(written)) => {
                *written == bytes(counted)
            }
        }
    }
}

/// The records of some parts; of entries those within reach.
pub(super) fn records(state: &State, parts: &BTreeSet<Part>, reach: Reach<'_>) -> Records {
    let mut cut = Cut { state, reach, records: Records::new() };
    parts.iter().for_each(|part| cut.part(part));
    cut.records
}

fn value(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("the state has only names, texts and exact numbers")
}

fn bytes(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("the state has only names, texts and exact numbers")
}

/// The record before this one that holds the same count with its outcome: a result that was counted, proposed, ratified and locked is kept
/// once.
fn same_before(contest: &Contest, noun: Noun, own: &Counted) -> Option<Noun> {
    let proposed = contest.closing.proposal.as_ref().map(|proposal| &proposal.result);
    let kept =
        [(Noun::Counted, contest.counted.as_ref()), (Noun::Ratified, contest.ratified.as_ref()), (Noun::Closing, proposed)];
    let before = kept.into_iter().filter(|(earlier, _)| *earlier < noun);
    let same = |known: &Counted| known.is(own) || known == own;
    before.into_iter().find(|(_, known)| known.is_some_and(same)).map(|(earlier, _)| earlier)
}

/// A count with its outcome, or the name of the record that holds the same.
fn once(contest: &Contest, noun: Noun, own: &Counted) -> Value {
    same_before(contest, noun, own).map_or_else(|| value(own), same_as)
}

fn same_as(earlier: Noun) -> Value {
    json!({ "same_as": earlier.name() })
}

/// What becomes of a contest after its count; the result that was proposed is written out only where no record before holds it.
fn closing(contest: &Contest) -> Value {
    let mut rest = contest.closing.clone();
    let proposal = rest.proposal.take();
    let mut closing = value(&rest);
    if let Some(Proposal { by, at, result }) = proposal {
        closing["proposal"] = json!({ "by": by, "at": at, "result": once(contest, Noun::Closing, &result) });
    }
    closing
}

struct Cut<'s> {
    state: &'s State,
    reach: Reach<'s>,
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
        self.records.insert(address, Body::Bytes(bytes(value)));
    }

    fn keep_counted(&mut self, contest: &ContestKey, noun: Noun, counted: &Counted) {
        let address = Address { contest: Some(contest.clone()), candidate: None, noun, name: String::new() };
        self.records.insert(address, Body::Counted(counted.clone()));
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
            self.keep_counted(key, Noun::Counted, counted);
        }
        if let Some(ratified) = &contest.ratified {
            match same_before(contest, Noun::Ratified, ratified) {
                Some(earlier) => self.keep(Some(key), None, Noun::Ratified, String::new(), &same_as(earlier)),
                None => self.keep_counted(key, Noun::Ratified, ratified),
            }
        }
        if contest.closing != Closing::default() {
            self.keep(Some(key), None, Noun::Closing, String::new(), &closing(contest));
        }
        for Numbered { number, result, because, at } in &contest.closing.results {
            let result = once(contest, Noun::Result, result);
            let row = json!({ "number": number, "result": result, "because": because, "at": at });
            self.keep(Some(key), None, Noun::Result, number.to_string(), &row);
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
        if let Reach::Claim(name) = self.reach {
            self.one(key, of, Noun::Claim, name, &entry.claims);
            self.one(key, of, Noun::Restated, name, &entry.restated);
        }
        if self.reach != Reach::All {
            return;
        }
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

    fn one<T: Serialize>(
        &mut self,
        key: &ContestKey,
        of: Option<&CandidateId>,
        noun: Noun,
        name: &str,
        all: &BTreeMap<String, T>,
    ) {
        if let Some(value) = all.get(name) {
            self.keep(Some(key), of, noun, name.to_owned(), value);
        }
    }

    /// Conflicts and sheets, numbered for each juror in the order in which they came.
    fn jurors(&mut self, key: &ContestKey, contest: &Contest, candidate: &CandidateId) {
        let only = match self.reach {
            Reach::All => None,
            Reach::Juror(juror) => Some(juror),
            Reach::Own | Reach::Claim(_) => return,
        };
        let is_within = |juror: &JurorId| only.is_none_or(|only| only == juror);
        let mut number: BTreeMap<&str, usize> = BTreeMap::new();
        for conflict in contest.conflicts.iter().filter(|one| is_within(&one.juror) && one.candidate == *candidate) {
            let next = number.entry(conflict.juror.as_str()).and_modify(|last| *last += 1).or_default();
            self.keep(Some(key), Some(candidate), Noun::Conflict, format!("{}#{next}", conflict.juror), conflict);
        }
        let mut number: BTreeMap<&str, usize> = BTreeMap::new();
        for sheet in contest.sheets.iter().filter(|one| is_within(&one.juror) && one.candidate == *candidate) {
            let next = number.entry(sheet.juror.as_str()).and_modify(|last| *last += 1).or_default();
            self.keep(Some(key), Some(candidate), Noun::Sheet, format!("{}#{next}", sheet.juror), sheet);
        }
    }
}
