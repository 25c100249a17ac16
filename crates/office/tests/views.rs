//! Pages read out of a database show what the same award shows in memory, to each role, and whoever is shown names is on record.
#![allow(clippy::unwrap_used)]

use crate::house;
use crate::house::now;
use award::history::Identity;
use award::view::{CandidateView, Viewer, organisation};
use award::{CandidateId, ContestKey, Cycle, Grant, PersonId, Role, Scope, State};
use office::{Error, Looking, Office};
use store::{Edition, WantedAccess};

struct House {
    office: Office,
    edition: Edition,
    state: State,
    cycle: Cycle,
    _folder: tempfile::TempDir,
}

/// A worked year in a database, and the same in memory.
async fn house() -> House {
    let (folder, store, edition, cycle) = house::built().await;
    let office = Office::new(store);
    let state = office.play(&edition, &cycle, now()).await.unwrap().unwrap().state;
    House { office, edition, state, cycle, _folder: folder }
}

impl House {
    /// Somebody with an account and these roles.
    async fn comes(&self, id: &str, grants: &[Grant]) -> PersonId {
        house::comes(&self.office, id, grants).await
    }

    fn looking(&self, by: &PersonId) -> Looking {
        Looking { by: Some(by.clone()), why: "sidang".into(), ..Looking::public(now(), "test") }
    }

    fn contest(&self) -> (ContestKey, CandidateId) {
        let known = self.state.contests.iter().find(|(_, contest)| contest.result().is_some()).unwrap();
        (known.0.clone(), known.1.entries[0].candidate.clone())
    }
}

#[tokio::test]
async fn every_page_shows_each_role_what_the_same_award_shows_in_memory() {
    let house = house().await;
    let (key, candidate) = house.contest();
    let all = |role| Grant::new(role, Scope::default());
    let own = Grant::new(Role::Candidate, Scope { organisation: Some(candidate.clone()), ..Scope::default() });
    for (id, grants) in [
        ("chair", vec![all(Role::Chair)]),
        ("operator", vec![all(Role::Operator)]),
        ("auditor", vec![all(Role::Auditor)]),
        ("own", vec![own]),
    ] {
        let person = house.comes(id, &grants).await;
        let looking = house.looking(&person);
        let (office, edition) = (&house.office, &house.edition);
        let pure = Viewer { state: &house.state, grants: &grants, at: Some(now()) };
        assert_eq!(office.candidate(edition, &looking, &candidate).await.unwrap(), pure.candidate(&candidate), "{id}");
        assert_eq!(office.contest(edition, &looking, &key).await.unwrap(), pure.contest(&key), "{id}");
        assert_eq!(office.round(edition, &looking, &key.round).await.unwrap(), pure.round(&key.round), "{id}");
        assert_eq!(office.nation(edition, &looking).await.unwrap(), pure.nation(), "{id}");
        assert_eq!(office.edition_view(edition, &looking).await.unwrap(), pure.edition(), "{id}");
        let who = Identity { ids: vec![candidate.clone()], names: Vec::new() };
        let years = office.organisation(std::slice::from_ref(edition), &looking, &who).await.unwrap();
        assert_eq!(years, organisation(&[pure], &who), "{id}");
        assert_eq!(office.annals(edition, &looking).await.unwrap(), pure.annals(), "{id}");
    }
    let public = house.office.annals(&house.edition, &Looking::public(now(), "annals")).await.unwrap();
    assert_eq!(public, Viewer::public(&house.state).annals());
}

#[tokio::test]
async fn whoever_is_shown_the_panel_by_account_is_on_record_and_the_public_sees_who_sits() {
    let house = house().await;
    let (key, _) = house.contest();
    let chair = house.comes("chair", &[Grant::new(Role::Chair, Scope::default())]).await;
    let of = |reader: &str| WantedAccess { reader: Some(reader.into()), ..WantedAccess::default() };
    let lines = async |reader| house.office.store().accesses(&house.edition, &of(reader), 1_000).await.unwrap();
    let public = house.office.round(&house.edition, &Looking::public(now(), "panel"), &key.round).await.unwrap().unwrap();
    assert_eq!(lines("chair").await, []);
    let seen = house.office.round(&house.edition, &house.looking(&chair), &key.round).await.unwrap().unwrap();
    assert_eq!(public.seats, seen.seats, "panels are public");
    let names: Vec<&str> = seen.seats.iter().map(|seat| seat.name.as_str()).collect();
    let appointed = house.cycle.tables.panel.iter().map(|row| &row.said).filter(|juror| juror.level == key.round.level);
    assert_eq!(names, appointed.map(|juror| juror.name.as_str()).collect::<Vec<_>>());
    let shown = lines("chair").await;
    assert!(!shown.is_empty() && shown.iter().all(|line| line.page == "test" && line.why == "sidang"), "{shown:?}");
}

#[tokio::test]
async fn how_far_a_candidacy_is_can_be_seen_without_anybody_being_named() {
    let house = house().await;
    let (_, candidate) = house.contest();
    let scope = Scope { organisation: Some(candidate.clone()), ..Scope::default() };
    let own = house.comes("own", &[Grant::new(Role::Candidate, scope)]).await;
    let looking = house.looking(&own);
    let glance = house.office.candidacy(&house.edition, &looking, &candidate).await.unwrap().unwrap();
    let of = WantedAccess { reader: Some("own".into()), ..WantedAccess::default() };
    assert_eq!(house.office.store().accesses(&house.edition, &of, 1_000).await.unwrap(), []);
    let whole = house.office.candidate(&house.edition, &looking, &candidate).await.unwrap().unwrap();
    assert!(!whole.entries.is_empty());
    let far = |view: &CandidateView| {
        let entries = view.entries.iter().map(|entry| (entry.contest.clone(), entry.step, entry.place.clone()));
        (view.name.clone(), view.consent.clone(), entries.collect::<Vec<_>>())
    };
    assert_eq!(far(&glance), far(&whole));
    let nobody = Looking::public(now(), "desk");
    assert_eq!(
        house.office.candidacy(&house.edition, &nobody, &"atlantis".into()).await.unwrap(),
        None,
        "and who is not there is not seen"
    );
}

#[tokio::test]
async fn nobody_looks_in_the_name_of_an_account_that_is_not_there() {
    let house = house().await;
    let stranger = house.looking(&"nobody".into());
    let told = house.office.nation(&house.edition, &stranger).await.unwrap_err();
    assert!(matches!(told, Error::NoAccount { .. }), "{told:?}");
    let (_, candidate) = house.contest();
    let public = Looking::public(now(), "results");
    assert!(house.office.candidate(&house.edition, &public, &candidate).await.unwrap().is_some(), "announced");
    assert_eq!(house.office.candidate(&house.edition, &public, &"atlantis".into()).await.unwrap(), None);
}
