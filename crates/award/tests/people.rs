//! People and offices: who held which post on which day, acting or not, and who may act for whom.

use crate::preparation;
use crate::preparation::{Office, bad_names, branch, closed, round};
use award::identity::{Attribute, Dated, RegisterChange, Sort};
use award::people::{Delegation, Office as Post, PeopleChange};
use award::{Actor, Deed};
use jiff::civil::{Date, date};

fn people() -> Office {
    let mut office = closed();
    let from = date(2017, 1, 1);
    let say = |what| Dated { what, from, source: "register".into() };
    let attributes = vec![say(Attribute::Name("Provinsi Bali".into())), say(Attribute::Kind("province".into()))];
    let bali = RegisterChange::Enter { id: "bali".into(), sort: Sort::Region, attributes };
    office.does(&Actor::Centre, "", Deed::ChangeRegister(bali));
    for (person, name) in [("dewa", "Dewa Made Indra"), ("sistijo", "Sulistijo Nisita Wirjawan"), ("wijaya", "I Gede Wijaya")] {
        change(&mut office, PeopleChange::Enter { person: person.into(), name: name.into() });
    }
    office
}

fn change(office: &mut Office, change: PeopleChange) {
    office.does(&Actor::Centre, "", Deed::ChangePeople(change));
}

fn refused(office: &Office, change: PeopleChange) -> String {
    office.refuses(&Actor::Centre, "", Deed::ChangePeople(change))
}

fn takes(person: &str, acting: bool, from: Date, to: Option<Date>) -> PeopleChange {
    let office = Post { title: "Sekretaris Daerah".into(), body: "bali".into(), acting, from, to };
    PeopleChange::TakeOffice { person: person.into(), office }
}

fn leaves(person: &str, on: Date) -> PeopleChange {
    PeopleChange::LeaveOffice { person: person.into(), title: "Sekretaris Daerah".into(), body: "bali".into(), on }
}

fn acts_for(delegate: &str, principal: &str, from: Date, to: Option<Date>) -> Delegation {
    let (principal, delegate) = (principal.into(), delegate.into());
    Delegation { principal, delegate, round: Some(round("51")), from, to, letter: "ST 094/1/2020".into() }
}

#[test]
fn an_office_is_held_from_its_first_day_through_its_last() {
    let mut office = people();
    change(&mut office, takes("dewa", false, date(2019, 1, 1), None));
    change(&mut office, takes("wijaya", true, date(2020, 11, 1), Some(date(2020, 11, 30))));
    change(&mut office, leaves("dewa", date(2020, 12, 31)));
    change(&mut office, takes("sistijo", false, date(2021, 1, 1), None));
    let holders = |day| {
        let held = office.state.people.holders_on("Sekretaris Daerah", "bali", day);
        held.iter().map(|(person, office)| format!("{person} {}", office.shown())).collect::<Vec<_>>()
    };
    assert_eq!(holders(date(2018, 12, 31)), Vec::<String>::new());
    assert_eq!(holders(date(2020, 11, 30)), ["dewa Sekretaris Daerah", "wijaya Plt. Sekretaris Daerah"]);
    assert_eq!(holders(date(2020, 12, 31)), ["dewa Sekretaris Daerah"]);
    assert_eq!(holders(date(2021, 1, 1)), ["sistijo Sekretaris Daerah"]);
    assert_eq!(office.state.people.offices_on("wijaya", date(2020, 12, 1)).len(), 0);
}

#[test]
fn an_office_that_cannot_be_held_is_refused() {
    let mut office = people();
    change(&mut office, takes("dewa", false, date(2019, 1, 1), None));
    let day = date(2020, 6, 1);
    let elsewhere = PeopleChange::TakeOffice {
        person: "dewa".into(),
        office: Post { title: "Asisten I".into(), body: "atlantis".into(), acting: true, from: day, to: None },
    };
    let cases = [
        (takes("nobody", false, day, None), "person-unknown"),
        (takes("dewa", true, day, None), "office-held"),
        (takes("sistijo", false, day, None), "office-taken"),
        (takes("sistijo", true, day, None), "nothing"),
        (takes("sistijo", false, date(2018, 1, 1), Some(date(2018, 12, 31))), "nothing"),
        (takes("sistijo", false, date(2018, 1, 1), Some(date(2019, 1, 1))), "office-taken"),
        (takes("sistijo", false, day, Some(date(2020, 5, 31))), "days-reversed"),
        (takes("sistijo", false, date(1000, 1, 1), None), "day-absurd"),
        (elsewhere, "body-unknown"),
        (leaves("sistijo", day), "office-not-held"),
        (leaves("dewa", date(2018, 12, 31)), "office-not-held"),
        (leaves("dewa", date(2019, 1, 1)), "nothing"),
        (leaves("nobody", day), "person-unknown"),
        (PeopleChange::Enter { person: "dewa".into(), name: "Lagi".into() }, "person-known"),
        (PeopleChange::Enter { person: "ny, x".into(), name: "Lagi".into() }, "id-form"),
    ];
    for (change, why) in cases {
        assert_eq!(refused(&office, change.clone()), why, "{change:?}");
    }
    change(&mut office, leaves("dewa", day));
    assert_eq!(refused(&office, leaves("dewa", day)), "office-not-held");
}

#[test]
fn a_delegate_acts_in_the_round_and_days_of_the_letter_and_delegates_to_nobody() {
    let mut office = people();
    let july = (date(2020, 7, 1), Some(date(2020, 7, 31)));
    change(&mut office, PeopleChange::Delegate(acts_for("wijaya", "dewa", july.0, july.1)));
    let people = &office.state.people;
    assert!(people.may_act_for("wijaya", "dewa", &round("51"), date(2020, 7, 31)));
    assert!(!people.may_act_for("wijaya", "dewa", &round("51"), date(2020, 8, 1)));
    assert!(!people.may_act_for("wijaya", "dewa", &round("18"), date(2020, 7, 1)));
    assert!(!people.may_act_for("dewa", "wijaya", &round("51"), date(2020, 7, 1)));
    let cases = [
        (acts_for("wijaya", "dewa", date(2020, 7, 31), None), "delegated-twice"),
        (acts_for("wijaya", "dewa", date(2020, 8, 1), None), "nothing"),
        (acts_for("dewa", "dewa", july.0, july.1), "delegate-self"),
        (acts_for("sistijo", "wijaya", july.0, july.1), "delegate-delegates"),
        (acts_for("nobody", "dewa", july.0, july.1), "person-unknown"),
        (acts_for("sistijo", "dewa", july.0, Some(date(2020, 6, 30))), "days-reversed"),
        (Delegation { letter: String::new(), ..acts_for("sistijo", "dewa", july.0, july.1) }, "text-empty"),
    ];
    for (delegation, why) in cases {
        assert_eq!(refused(&office, PeopleChange::Delegate(delegation.clone())), why, "{delegation:?}");
    }
    let end = |on| PeopleChange::EndDelegation { principal: "dewa".into(), delegate: "wijaya".into(), on };
    assert_eq!(refused(&office, end(date(2020, 7, 31))), "no-delegation");
    assert_eq!(refused(&office, end(date(2020, 6, 30))), "no-delegation");
    change(&mut office, end(date(2020, 7, 15)));
    assert!(!office.state.people.may_act_for("wijaya", "dewa", &round("51"), date(2020, 7, 16)));
}

#[test]
fn a_person_bears_any_name_that_people_bear() {
    let office = people();
    let enter = |name: &str| PeopleChange::Enter { person: "baru".into(), name: name.into() };
    for name in preparation::GOOD_NAMES {
        assert_eq!(refused(&office, enter(name)), "nothing", "{name}");
    }
    for (name, why) in bad_names() {
        assert_eq!(refused(&office, enter(&name)), why, "{name:?}");
    }
    assert_eq!(office.refuses(&branch("51"), "", Deed::ChangePeople(enter("Ani"))), "not-your-task");
}
