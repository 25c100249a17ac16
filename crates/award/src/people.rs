//! People and the offices they hold, with terms: who was provincial secretary, and whether only acting ("Plt."), on the day of a decision;
//! and who may act for whom.
//!
//! An office ends by its last day and is never deleted. A person is known by an id; names are personal data and stand only here.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use words::Message;

use crate::act::RoundKey;
use crate::fact::Fact;
use crate::id::{BodyId, PersonId};
use crate::limit;
use crate::refusal::Refusal;
use crate::state::State;

/// A post that somebody holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Office {
    pub title: String,
    /// Where, by its id in the register.
    pub body: BodyId,
    /// Pelaksana tugas: holds it until somebody is appointed.
    pub acting: bool,
    pub from: Date,
    /// The last day; none while it is held.
    pub to: Option<Date>,
}

impl Office {
    /// The title as people write it: `Plt. Sekretaris Daerah`.
    ///
    /// ```
    /// let from = jiff::civil::date(2020, 11, 1);
    /// let office = award::people::Office { title: "Asisten I".into(), body: "badung".into(), acting: true, from, to: None };
    /// assert_eq!(office.shown(), "Plt. Asisten I");
    /// ```
    pub fn shown(&self) -> String {
        if self.acting { format!("Plt. {}", self.title) } else { self.title.clone() }
    }

    /// Whether it is held on that day.
    pub fn is_held_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// That one person may act for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Delegation {
    /// Who is represented.
    pub principal: PersonId,
    pub delegate: PersonId,
    /// In which round; none: in all.
    pub round: Option<RoundKey>,
    pub from: Date,
    /// The last day; none: until further notice.
    pub to: Option<Date>,
    /// The letter that says so.
    pub letter: String,
}

/// A person with the offices held, by first day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Person {
    pub name: String,
    pub offices: Vec<Office>,
}

/// Everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct People {
    pub people: BTreeMap<PersonId, Person>,
    pub delegations: Vec<Delegation>,
}

/// A change of who is who among people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum PeopleChange {
    /// A person is entered.
    Enter { person: PersonId, name: String },
    /// A person takes an office.
    TakeOffice { person: PersonId, office: Office },
    /// A person leaves an office; `on` is the last day.
    LeaveOffice { person: PersonId, title: String, body: BodyId, on: Date },
    /// A person may act for another.
    Delegate(Delegation),
    /// A person may no longer act for another; `on` is the last day.
    EndDelegation { principal: PersonId, delegate: PersonId, on: Date },
}

impl People {
    /// Whether the person is entered.
    pub fn knows(&self, person: &PersonId) -> bool {
        self.people.contains_key(person)
    }

    /// The offices that a person holds on a day.
    pub fn offices_on(&self, person: &str, day: Date) -> Vec<&Office> {
        let held = self.people.get(person).map(|person| person.offices.as_slice()).unwrap_or_default();
        held.iter().filter(|office| office.is_held_on(day)).collect()
    }

    /// Who holds an office on a day: several if a substantive and an acting holder overlap.
    pub fn holders_on(&self, title: &str, body: &str, day: Date) -> Vec<(&PersonId, &Office)> {
        let all = self.people.iter().flat_map(|(id, person)| person.offices.iter().map(move |office| (id, office)));
        all.filter(|(_, office)| is_same_post(office, title, body) && office.is_held_on(day)).collect()
    }

    /// Whether one person may act for another in a round on a day. Nobody acts for somebody who only acts for others: a delegate
    /// does not delegate.
    ///
    /// ```
    /// use award::RoundKey;
    /// use award::people::{Delegation, People, PeopleChange};
    /// use jiff::civil::date;
    ///
    /// let mut people = People::default();
    /// let (from, to) = (date(2025, 7, 1), Some(date(2025, 7, 31)));
    /// let delegation =
    ///     Delegation { principal: "sekda".into(), delegate: "staf".into(), round: None, from, to, letter: "ST 094/12".into() };
    /// people.apply(&PeopleChange::Delegate(delegation));
    /// let round = RoundKey { level: "province".into(), region: Some("62".into()) };
    /// assert!(people.may_act_for("staf", "sekda", &round, date(2025, 7, 31)));
    /// assert!(!people.may_act_for("staf", "sekda", &round, date(2025, 8, 1)));
    /// ```
    pub fn may_act_for(&self, delegate: &str, principal: &str, round: &RoundKey, day: Date) -> bool {
        let meant = |known: &&Delegation| {
            known.delegate.as_str() == delegate
                && known.principal.as_str() == principal
                && known.round.as_ref().is_none_or(|known| known == round)
        };
        self.delegations.iter().filter(meant).any(|known| known.from <= day && known.to.is_none_or(|to| day <= to))
    }

    /// Takes a change in.
    pub fn apply(&mut self, change: &PeopleChange) {
        match change {
            PeopleChange::Enter { person, name } => {
                self.people.insert(person.clone(), Person { name: name.clone(), offices: Vec::new() });
            }
            PeopleChange::TakeOffice { person, office } => {
                if let Some(known) = self.people.get_mut(person) {
                    known.offices.push(office.clone());
                    known.offices.sort_by_key(|office| office.from);
                }
            }
            PeopleChange::LeaveOffice { person, title, body, on } => {
                let offices = self.people.get_mut(person).map(|known| known.offices.as_mut_slice()).unwrap_or_default();
                let held = offices.iter_mut().find(|office| is_same_post(office, title, body.as_str()) && office.is_held_on(*on));
                held.into_iter().for_each(|office| office.to = Some(*on));
            }
            PeopleChange::Delegate(delegation) => self.delegations.push(delegation.clone()),
            PeopleChange::EndDelegation { principal, delegate, on } => {
                let held = |known: &&mut Delegation| known.principal == *principal && known.delegate == *delegate;
                let open = self.delegations.iter_mut().filter(held).filter(|known| known.to.is_none_or(|to| *on < to));
                open.for_each(|known| known.to = Some(*on));
            }
        }
    }
}

fn is_same_post(office: &Office, title: &str, body: &str) -> bool {
    office.title == title && office.body.as_str() == body
}

/// Decides a change among people.
pub(crate) fn change(state: &State, change: &PeopleChange) -> Result<Vec<Fact>, Refusal> {
    match change {
        PeopleChange::Enter { person, name } => {
            limit::id(person.as_str())?;
            limit::name("name", name)?;
            if state.people.people.keys().any(|known| is_same(known, person)) {
                return Err(Refusal::of(about("refusal-person-known", person)));
            }
        }
        PeopleChange::TakeOffice { person, office } => take_office(state, person, office)?,
        PeopleChange::LeaveOffice { person, title, body, on } => leave_office(state, person, title, body, *on)?,
        PeopleChange::Delegate(delegation) => delegate(state, delegation)?,
        PeopleChange::EndDelegation { principal, delegate, on } => {
            limit::day("day", *on)?;
            let held = |known: &&Delegation| known.principal == *principal && known.delegate == *delegate;
            let mut open = state.people.delegations.iter().filter(held);
            if !open.any(|known| known.from <= *on && known.to.is_none_or(|to| *on < to)) {
                return Err(Refusal::of(about("refusal-no-delegation", delegate).text("principal", principal.as_str())));
            }
        }
    }
    Ok(vec![Fact::PeopleChanged(change.clone())])
}

fn take_office(state: &State, person: &PersonId, office: &Office) -> Result<(), Refusal> {
    let known = state.people.people.get(person).ok_or_else(|| unknown(person))?;
    limit::name("title", &office.title)?;
    limit::span("term", office.from, office.to)?;
    if state.register.as_of(office.body.as_str(), office.from).is_none() {
        return Err(crate::identity::unknown(&office.body));
    }
    let overlaps = |held: &&Office| {
        is_same_post(held, &office.title, office.body.as_str())
            && held.to.is_none_or(|to| office.from <= to)
            && office.to.is_none_or(|to| held.from <= to)
    };
    if known.offices.iter().any(|held| overlaps(&held)) {
        return Err(Refusal::of(about("refusal-office-held", person).text("title", office.shown())));
    }
    // While one acts the other may still be in office; two of the same sort cannot be.
    let others = state.people.people.iter().filter(|(id, _)| *id != person);
    let mut rivals = others.flat_map(|(id, other)| other.offices.iter().map(move |held| (id, held)));
    match rivals.find(|(_, held)| overlaps(held) && held.acting == office.acting) {
        None => Ok(()),
        Some((other, _)) => {
            Err(Refusal::of(about("refusal-office-taken", person).text("title", office.shown()).text("other", other.as_str())))
        }
    }
}

fn leave_office(state: &State, person: &PersonId, title: &str, body: &BodyId, on: Date) -> Result<(), Refusal> {
    let known = state.people.people.get(person).ok_or_else(|| unknown(person))?;
    limit::day("day", on)?;
    let held = known.offices.iter().filter(|office| is_same_post(office, title, body.as_str()));
    if held.into_iter().any(|office| office.is_held_on(on) && office.to != Some(on)) {
        return Ok(());
    }
    Err(Refusal::of(about("refusal-office-not-held", person).text("title", limit::beginning(title)).date("day", on)))
}

fn delegate(state: &State, delegation: &Delegation) -> Result<(), Refusal> {
    for person in [&delegation.principal, &delegation.delegate] {
        if !state.people.knows(person) {
            return Err(unknown(person));
        }
    }
    limit::span("term", delegation.from, delegation.to)?;
    limit::name("letter", &delegation.letter)?;
    if delegation.principal == delegation.delegate {
        return Err(Refusal::of(about("refusal-delegate-self", &delegation.delegate)));
    }
    let meets = |known: &&Delegation| {
        let in_time = known.to.is_none_or(|to| delegation.from <= to) && delegation.to.is_none_or(|to| known.from <= to);
        let in_round = known.round.is_none() || delegation.round.is_none() || known.round == delegation.round;
        in_time && in_round
    };
    let mut meeting = state.people.delegations.iter().filter(meets);
    if meeting.clone().any(|known| known.principal == delegation.principal && known.delegate == delegation.delegate) {
        return Err(Refusal::of(
            about("refusal-delegated-twice", &delegation.delegate).text("principal", delegation.principal.as_str()),
        ));
    }
    if meeting.any(|known| known.delegate == delegation.principal) {
        return Err(Refusal::of(about("refusal-delegate-delegates", &delegation.principal)));
    }
    Ok(())
}

/// Whether two ids mean the same person: capitals do not make another one. What takes two people is asked of this, never of names.
pub(crate) fn is_same(one: &PersonId, other: &PersonId) -> bool {
    one.as_str().eq_ignore_ascii_case(other.as_str())
}

/// The person with this id, who must be entered.
pub(crate) fn known<'s>(state: &'s State, person: &PersonId) -> Result<&'s Person, Refusal> {
    state.people.people.get(person).ok_or_else(|| unknown(person))
}

/// No such person.
pub(crate) fn unknown(person: &PersonId) -> Refusal {
    Refusal::of(about("refusal-person-unknown", person))
}

fn about(rule: &str, person: &PersonId) -> Message {
    Message::new(rule).text("person", limit::beginning(person.as_str()))
}
