//! A round moved to another version of the rulebook through the office: kept by the centre, proposed by one, adopted by a second person.
#![allow(clippy::unwrap_used)]

use award::people::PeopleChange;
use award::round::{Opening, RulebookPin};
use award::{Grant, PersonId, Role, RoundKey, Scope, sight::Part};
use jiff::Timestamp;
use office::{Account, Announced, Asked, Done, Office, Opened, Standing};
use store::{Edition, Names, Place, Store};

fn now() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

fn asked(person: &str, number: u32) -> Asked {
    Asked::new(person, format!("0192f3a0-0000-7000-9000-{number:012x}"), now())
}

/// Somebody of the central committee, who has come.
async fn comes(office: &Office, id: &str, random: u8) {
    let (console, person) = (PersonId::from("console"), PersonId::from(id));
    let (name, email) = (format!("Contoh {random}"), None);
    let account = Account { person: person.clone(), name, email, standing: Standing::Invited, grants: Vec::new() };
    office.add_user(&console, now(), account).await.unwrap();
    office.give_role(&console, now(), &person, Grant::new(Role::Centre, Scope::default())).await.unwrap();
    let code = office.invite_user(&console, now(), &person, [random; 16]).await.unwrap().code;
    office.take_invitation(&code, now()).await.unwrap().unwrap();
}

fn city() -> RoundKey {
    RoundKey { level: "city".into(), region: None }
}

/// The example's edition with Ani and Budi, whose one round is open.
async fn opened(office: &Office) -> Edition {
    comes(office, "ani", 1).await;
    comes(office, "budi", 2).await;
    let told = Announced { organisers: vec!["Kota Contoh".into()], ..Announced::default() };
    let Opened::Now(edition) = office.open_edition(rules::EXAMPLE, &told, &asked("ani", 1)).await.unwrap() else {
        panic!("the edition is opened")
    };
    for (number, person) in [(2, "ani"), (3, "budi")] {
        let enter = PeopleChange::Enter { person: person.into(), name: format!("Contoh {number}") };
        office.change_people(&edition, &asked("ani", number), enter).await.unwrap().facts().unwrap();
    }
    let rulebook = RulebookPin::of(&rules::example(), rules::EXAMPLE.as_bytes());
    let opening = Opening { rulebook, label: None, by: "ani".into() };
    office.open_round(&edition, &asked("ani", 4), city(), opening).await.unwrap().facts().unwrap();
    edition
}

#[tokio::test]
async fn one_person_proposes_the_version_that_is_kept_and_another_adopts_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_make(&Place::File(folder.path().join("award.db"))).await.unwrap();
    let office = Office::new(store);
    let edition = opened(&office).await;
    let second = rules::EXAMPLE.replace("version = \"1\"", "version = \"2\"").replace("quota = 1", "quota = 2");
    let moves = async |person: &str, number: u32| match office
        .move_round(&edition, &city(), &second, "surat 7/2026", &asked(person, number))
        .await
        .unwrap()
    {
        Ok(moved) => (moved.proposer.to_string(), moved.is_adopted, moved.differences.len()),
        Err(Done::Refused(refusal)) => (refusal.rule.key().to_owned(), false, 0),
        Err(other) => panic!("{other:?}"),
    };
    assert_eq!(moves("ani", 10).await, ("refusal-rulebook-not-kept".into(), false, 0));
    let kept = office.keep_version(&edition, &second, &asked("ani", 11)).await.unwrap().unwrap();
    assert_eq!((kept.pin.version.as_str(), kept.differences.len()), ("2", 2));
    assert_eq!(moves("ani", 12).await, ("ani".into(), false, 2));
    assert_eq!(moves("ani", 13).await, ("refusal-rulebook-proposed".into(), false, 0), "nobody adopts the own wish");
    assert_eq!(moves("budi", 14).await, ("ani".into(), true, 2));
    assert_eq!(moves("budi", 15).await, ("refusal-rulebook-same".into(), false, 0));
    let state = office.store().state(&edition, [Part::Round(city())], &Names::Hidden).await.unwrap();
    let quotas = [state.rules_of(&city()), &*state.rules].map(|rules| rules.contests[0].quota);
    assert_eq!(quotas, [2, 1], "the round goes by version 2, the edition keeps its own");
    assert!(office.store().verify(&edition).await.unwrap().is_ok());
}
