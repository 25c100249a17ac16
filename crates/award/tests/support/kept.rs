//! Records as a store keeps them, for tests: written one act after the other, seen in parts.

use std::collections::{BTreeMap, BTreeSet};

use award::record::{Address, Noun, Write};
use award::sight::Part;
use serde_json::Value;

/// Records as a store keeps them: with the order in which they were first written.
#[derive(Default)]
pub struct Kept {
    pub records: BTreeMap<Address, (usize, Value)>,
    born: usize,
}

impl Kept {
    pub fn write(&mut self, writes: Vec<Write>) {
        for Write { address, body, .. } in writes {
            self.born += 1;
            match body {
                Some(body) => self.records.entry(address).or_insert((self.born, Value::Null)).1 = body,
                None => drop(self.records.remove(&address)),
            }
        }
    }

    pub fn seen(&self, parts: &BTreeSet<Part>) -> Vec<(Address, Value)> {
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
