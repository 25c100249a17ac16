//! An office for tests: people act by their roles, at a time; the state is folded from the facts.
#![allow(dead_code)]

use std::collections::{BTreeMap, BTreeSet};

use award::geography::Geography;
use award::people::PeopleChange;
use award::record::{Address, Noun, apply};
use award::sight::Part;
use award::{
    Act, Actor, ContestKey, Deed, Fact, Grant, PersonId, Refusal, Role, RoundKey, Scope, State, decide, permit, permit_person,
};
use jiff::Timestamp;
use words::Lang;

use crate::kept::Kept;
use crate::support::Small;

/// A hash that could be a file's.
pub const FILE: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// Everybody who is entered; `somebody` is not.
pub const PEOPLE: [&str; 14] =
    ["ani", "ayu", "badung", "denpasar", "gianyar", "j1", "j2", "j3", "kota", "made", "made-2", "pusat", "putu", "sari"];

/// The Bali round of the province.
pub fn bali() -> RoundKey {
    RoundKey { level: "province".into(), region: Some("51".into()) }
}

/// The cities of Bali.
pub fn cities() -> ContestKey {
    ContestKey { round: bali(), category: "city".into() }
}

/// The cities of the nation.
pub fn nation() -> ContestKey {
    ContestKey { round: RoundKey { level: "nation".into(), region: None }, category: "city".into() }
}

/// An instant.
pub fn instant(text: &str) -> Timestamp {
    text.parse().expect("it is an instant")
}

/// Noon in Bali on 1 March 2021.
pub fn noon() -> Timestamp {
    instant("2021-03-01T12:00:00+08:00")
}

/// A year in which people act one after the other. Each act is decided from everything and, as a store does it, from the parts that it
/// must see, and both must agree.
pub struct Office {
    pub state: State,
    /// Every fact since the office opened.
    pub facts: Vec<Fact>,
    kept: Kept,
}

impl Office {
    /// The year played from its files through a stage, without what nobody locks: nobody has gone up, nothing is announced.
    pub fn after(small: &Small, until: rules::Stage) -> Office {
        let cycle = small.cycle();
        let state = State::new(&cycle.header.id, cycle.rules.clone(), Geography::of(&cycle.rules).into());
        let mut office = Office { state, facts: Vec::new(), kept: Kept::default() };
        for person in PEOPLE {
            let enter = PeopleChange::Enter { person: person.into(), name: format!("I {person}") };
            office.kept.write(apply(&mut office.state, &[Fact::PeopleChanged(enter)]));
        }
        for planned in award::plan(&cycle, Some(until)) {
            let permit = permit(&planned.act.actor, &planned.act.deed).expect("a file names the right actor");
            match decide(&office.state, &planned.act, permit) {
                Ok(facts) => office.kept.write(apply(&mut office.state, &facts)),
                Err(refusal) => assert!(refusal.waits, "{}", refusal.rule.render(Lang::En)),
            }
        }
        office
    }

    /// Somebody acts by a role.
    pub fn act(&mut self, person: &str, role: Role, deed: Deed, at: Timestamp) -> Result<(), Refusal> {
        let person = PersonId::from(person);
        let decided = |state: &State| {
            let permit = permit_person(state, &person, &[grant(role, &person)], &deed, Some(at))?;
            let actor = permit.actor().expect("a person acts");
            decide(state, &Act { actor, at: Some(at), deed: deed.clone() }, permit)
        };
        let whole = decided(&self.state);
        let mut parts: BTreeSet<Part> = Part::seen_by(&deed).into_iter().collect();
        let (mut seen, facts) = loop {
            let seen = self.seen(&parts);
            let facts = decided(&seen);
            // What the facts change must be looked at too, and is asked again with it.
            let changed = facts.iter().flatten().flat_map(Part::changed_by).filter(|part| !part.is_within(&parts));
            match changed.collect::<Vec<_>>() {
                more if more.is_empty() => break (seen, facts),
                more => parts.extend(more),
            }
        };
        assert_eq!(facts, whole, "decided from parts");
        let facts = whole?;
        self.kept.write(apply(&mut seen, &facts));
        facts.iter().for_each(|fact| self.state.apply(fact));
        self.facts.extend(facts);
        Ok(())
    }

    /// Some parts of the state.
    fn seen(&self, parts: &BTreeSet<Part>) -> State {
        let mut seen = State::new(&self.state.cycle, self.state.rules.clone(), self.state.geography.clone());
        seen.put(self.kept.seen(parts)).expect("what was cut can be put");
        seen
    }

    /// Whether what is kept in records is the whole state.
    pub fn is_kept(&self) -> bool {
        let records = self.kept.records.iter().map(|(address, (_, body))| (address.clone(), body.clone()));
        let mut records: BTreeMap<_, _> = records.collect();
        let edition = Address { contest: None, candidate: None, noun: Noun::Edition, name: String::new() };
        records.entry(edition.clone()).or_insert_with(|| self.state.records()[&edition].clone());
        records == self.state.records()
    }

    /// Something happened elsewhere.
    pub fn happened(&mut self, fact: Fact) {
        self.kept.write(apply(&mut self.state, std::slice::from_ref(&fact)));
        self.facts.push(fact);
    }

    /// The same, which must be allowed.
    pub fn does(&mut self, person: &str, role: Role, deed: Deed, at: Timestamp) -> &mut Office {
        let name = award::permission::table::task(&deed).deed;
        if let Err(refusal) = self.act(person, role, deed, at) {
            panic!("{name}: {}", refusal.rule.render(Lang::En));
        }
        self
    }

    /// The key of the refusal, without `refusal-`. Nothing has changed then.
    pub fn refused(&mut self, person: &str, role: Role, deed: Deed, at: Timestamp) -> String {
        let known = self.facts.len();
        match self.act(person, role, deed, at) {
            Ok(()) => format!("nothing: {:?}", &self.facts[known..]),
            Err(refusal) => {
                for lang in Lang::ALL {
                    assert!(!refusal.rule.render(lang).contains('{'), "{}", refusal.rule.render(lang));
                    assert!(!refusal.next.render(lang).contains('{'), "{}", refusal.next.render(lang));
                }
                refusal.rule.key().trim_start_matches("refusal-").to_owned()
            }
        }
    }

    /// The same of what a file says.
    pub fn refused_from_files(&self, actor: Actor, deed: Deed) -> String {
        let act = Act { actor, at: Some(noon()), deed };
        match permit(&act.actor, &act.deed).and_then(|permit| decide(&self.state, &act, permit)) {
            Ok(facts) => format!("nothing: {facts:?}"),
            Err(refusal) => refusal.rule.key().trim_start_matches("refusal-").to_owned(),
        }
    }

    /// `candidate place status` of the result that counts.
    pub fn result(&self, key: &ContestKey) -> Vec<String> {
        let result = self.state.contests[key].result().expect("there is a result");
        let shown = |row: &tally::outcome::Placed| format!("{} {} {} {:?}", row.place, row.entry, row.total, row.status);
        let standing = result.outcome.standing.iter().map(shown);
        standing.chain(result.outcome.out.iter().map(|row| format!("- {} {:?}", row.entry, row.status))).collect()
    }

    /// Who stands in a contest and has not withdrawn from it.
    pub fn entered(&self, key: &ContestKey) -> Vec<&str> {
        let entries = self.state.contests.get(key).map(|contest| contest.entries.as_slice()).unwrap_or_default();
        entries.iter().filter(|entry| entry.withdrawn.is_none()).map(|entry| entry.candidate.as_str()).collect()
    }

    /// Proposed by Sari, checked by Made, locked by Ayu.
    pub fn locked(&mut self) -> &mut Office {
        self.locked_in(&cities())
    }

    /// The same for another contest.
    pub fn locked_in(&mut self, key: &ContestKey) -> &mut Office {
        self.does("sari", Role::Secretariat, Deed::ProposeResult(key.clone(), "sari".into()), noon());
        self.does("made", Role::Secretariat, Deed::CheckResult(key.clone(), "made".into()), noon());
        self.does("ayu", Role::Chair, Deed::LockResult(key.clone(), "ayu".into()), noon())
    }
}

/// The one grant of a person: for candidates and jurors their own, for others without a limit.
pub fn grant(role: Role, person: &PersonId) -> Grant {
    let own = Some(person.as_str());
    let scope = match role {
        Role::Candidate => Scope { organisation: own.map(Into::into), ..Scope::default() },
        Role::Juror | Role::Aide => Scope { juror: own.map(Into::into), ..Scope::default() },
        _ => Scope::default(),
    };
    Grant::new(role, scope)
}

/// Tries a deed with every role but those named: each is told whose task it is.
pub fn only(office: &mut Office, roles: &[Role], deed: &Deed, at: Timestamp) {
    for role in Role::ALL.into_iter().filter(|role| !roles.contains(role)) {
        assert_eq!(office.refused("somebody", role, deed.clone(), at), "not-your-task", "{}", role.name());
    }
    let elsewhere = Grant::new(roles[0], Scope { region: Some("18".into()), ..Scope::default() });
    if roles[0] != Role::Centre {
        let refused = permit_person(&office.state, &"somebody".into(), &[elsewhere], deed, Some(at))
            .map_err(|why| why.rule.key().to_owned());
        assert_eq!(refused.err().as_deref(), Some("refusal-other-round"));
    }
}
