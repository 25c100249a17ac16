//! Records as a store keeps them, for tests: written one act after the other, seen in parts.

use std::collections::{BTreeMap, BTreeSet};

use award::record::{Address, Write};
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
        let wanted = crate::parts::wanted(&self.records, parts);
        let mut seen: Vec<_> = wanted.into_iter().map(|address| (self.records[address].0, address.clone())).collect();
        seen.sort();
        seen.into_iter().map(|(_, address)| (address.clone(), self.records[&address].1.clone())).collect()
    }
}
