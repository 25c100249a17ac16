//! The state can be cut into records and put together again, and an act is decided the same from the part that it must see as from
//! everything. Played with every act of every shipped year and trap.

#[path = "support/shipped.rs"]
mod shipped;

use std::collections::{BTreeMap, BTreeSet};

use award::geography::Geography;
use award::record::{Address, Noun, Write, apply};
use award::sight::Part;
use award::{Act, Cycle, Fact, State, decide, permit, plan};
use serde_json::Value;

/// Records as a store keeps them: with the order in which they were first written.
#[derive(Default)]
struct Kept {
    records: BTreeMap<Address, (usize, Value)>,
    born: usize,
}

impl Kept {
    fn write(&mut self, writes: Vec<Write>) {
        for Write { address, body, .. } in writes {
            self.born += 1;
            match body {
                Some(body) => self.records.entry(address).or_insert((self.born, Value::Null)).1 = body,
                None => drop(self.records.remove(&address)),
            }
        }
    }

    fn seen(&self, parts: &BTreeSet<Part>) -> Vec<(Address, Value)> {
        let mut wanted: BTreeSet<&Address> = BTreeSet::new();
        for part in parts {
            wanted.extend(self.records.keys().filter(|address| self.belongs(address, part)));
        }
        let candidates: BTreeSet<_> = wanted.iter().filter_map(|address| address.candidate.clone()).collect();
        let is_candidate = |address: &&Address| {
            address.noun == Noun::Candidate && address.candidate.as_ref().is_some_and(|id| candidates.contains(id))
        };
        wanted.extend(self.records.keys().filter(is_candidate));
        let mut seen: Vec<_> = wanted.into_iter().map(|address| (self.records[address].0, address.clone())).collect();
        seen.sort();
        seen.into_iter().map(|(_, address)| (address.clone(), self.records[&address].1.clone())).collect()
    }

    fn belongs(&self, address: &Address, part: &Part) -> bool {
        let here = address.contest.as_ref();
        match part {
            Part::Edition => matches!(address.noun, Noun::Edition | Noun::Event | Noun::Lot),
            Part::History => address.noun == Noun::Standing,
            Part::Round(key) => address.noun == Noun::Round && address.name == key.path(),
            Part::Candidate(id) => address.noun == Noun::Candidate && address.candidate.as_ref() == Some(id),
            Part::Contest(key) => here == Some(key) && address.candidate.is_none(),
            Part::Entry(key, id) => here == Some(key) && address.candidate.as_ref() == Some(id),
            Part::Entries(key) => here == Some(key) && address.candidate.is_some(),
            Part::WayUp(id) => here.is_some_and(|here| {
                let entry =
                    Address { contest: Some(here.clone()), candidate: Some(id.clone()), noun: Noun::Entry, name: String::new() };
                self.records.contains_key(&entry)
            }),
            Part::AnySheet(level) => address.noun == Noun::Sheet && here.is_some_and(|here| here.round.level == *level),
        }
    }
}

fn decided(state: &State, act: &Act) -> Option<Vec<Fact>> {
    permit(&act.actor, &act.deed).and_then(|permit| decide(state, act, permit)).ok()
}

/// Decides from the parts that the deed must see, and from the parts that its facts change.
fn decided_from_parts(cycle: &Cycle, kept: &Kept, act: &Act) -> (State, Option<Vec<Fact>>) {
    let mut parts: BTreeSet<Part> = Part::seen_by(&act.deed).into_iter().collect();
    loop {
        let mut state = new(cycle);
        state.put(kept.seen(&parts)).expect("what was cut can be put");
        let facts = decided(&state, act);
        let changed = facts.iter().flatten().flat_map(Part::changed_by);
        let unseen: Vec<Part> = changed.filter(|part| !part.is_within(&parts)).collect();
        if unseen.is_empty() {
            return (state, facts);
        }
        parts.extend(unseen);
    }
}

fn new(cycle: &Cycle) -> State {
    State::new(&cycle.header.id, cycle.rules.clone(), Geography::of(&cycle.rules).into())
}

#[test]
fn every_act_is_decided_the_same_from_its_parts_and_the_records_are_the_state() {
    for cycle in shipped::years() {
        let (mut whole, mut kept) = (new(&cycle), Kept::default());
        for planned in plan(&cycle, None) {
            let facts = decided(&whole, &planned.act);
            let (mut part, from_parts) = decided_from_parts(&cycle, &kept, &planned.act);
            assert!(from_parts == facts, "{}: {:?}", cycle.header.id, planned.act);
            let facts = facts.unwrap_or_default();
            kept.write(apply(&mut part, &facts));
            facts.iter().for_each(|fact| whole.apply(fact));
        }
        let records: BTreeMap<Address, Value> =
            kept.records.iter().map(|(address, (_, body))| (address.clone(), body.clone())).collect();
        let edition = Address { contest: None, candidate: None, noun: Noun::Edition, name: String::new() };
        let mut expected = whole.records();
        if !records.contains_key(&edition) {
            expected.remove(&edition);
        }
        assert!(records == expected, "{}", cycle.header.id);

        let mut all: Vec<_> = kept.records.iter().map(|(address, (born, body))| (*born, address.clone(), body.clone())).collect();
        all.sort_by_key(|(born, ..)| *born);
        let mut again = new(&cycle);
        again.put(all.into_iter().map(|(_, address, body)| (address, body)).collect()).expect("what was cut can be put");
        assert!(again.contests == whole.contests, "{}", cycle.header.id);
        assert!(again.records() == whole.records(), "{}", cycle.header.id);
    }
}
