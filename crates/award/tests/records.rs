//! The state can be cut into records and put together again, and an act is decided the same from the part that it must see as from
//! everything. Played with every act of every shipped year and trap.

use crate::shipped;
use std::collections::{BTreeMap, BTreeSet};

use crate::kept::Kept;
use award::geography::Geography;
use award::record::{Address, Noun, apply};
use award::sight::Part;
use award::{Act, Cycle, Fact, State, decide, permit, plan};
use serde_json::Value;

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
