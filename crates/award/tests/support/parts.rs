//! Which records belong to a part of the state: what a store would load.

use std::collections::{BTreeMap, BTreeSet};

use award::record::{Address, Noun};
use award::sight::Part;

/// The records of some parts; with an entry its candidate comes along.
pub fn wanted<'r, V>(records: &'r BTreeMap<Address, V>, parts: &BTreeSet<Part>) -> BTreeSet<&'r Address> {
    let mut wanted: BTreeSet<&Address> = BTreeSet::new();
    for part in parts {
        wanted.extend(records.keys().filter(|address| belongs(records, address, part)));
    }
    let candidates: BTreeSet<_> = wanted.iter().filter_map(|address| address.candidate.clone()).collect();
    let is_candidate = |address: &&Address| {
        address.noun == Noun::Candidate && address.candidate.as_ref().is_some_and(|id| candidates.contains(id))
    };
    wanted.extend(records.keys().filter(is_candidate));
    wanted
}

fn belongs<V>(records: &BTreeMap<Address, V>, address: &Address, part: &Part) -> bool {
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
            let (contest, candidate) = (Some(here.clone()), Some(id.clone()));
            records.contains_key(&Address { contest, candidate, noun: Noun::Entry, name: String::new() })
        }),
        Part::Outreach => matches!(address.noun, Noun::Around | Noun::Press),
        Part::Register => matches!(address.noun, Noun::Body | Noun::Succession),
        Part::People => matches!(address.noun, Noun::Person | Noun::Delegation),
        Part::Delegations => address.noun == Noun::Delegation,
        Part::Person(id) => address.noun == Noun::Person && address.name == id.as_str(),
        Part::Certificate(number) => address.noun == Noun::Certificate && address.name == *number,
        Part::Nomination(id) => address.noun == Noun::Nomination && address.candidate.as_ref() == Some(id),
        Part::Nominations => address.noun == Noun::Nomination,
        Part::Judged(round) => {
            matches!(address.noun, Noun::Contest | Noun::Sheet) && here.is_some_and(|here| here.round == *round)
        }
        Part::Contests(level) => {
            matches!(address.noun, Noun::Contest | Noun::Entry) && here.is_some_and(|here| here.round.level == *level)
        }
        Part::WholeRound(round) => here.is_some_and(|here| here.round == *round),
        Part::AnySheet(level) => address.noun == Noun::Sheet && here.is_some_and(|here| here.round.level == *level),
    }
}
