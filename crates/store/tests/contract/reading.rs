//! What was read before is given again only as long as nothing was recorded, whoever recorded it, on both databases.

use std::sync::Arc;

use award::{ContestKey, Planned};
use store::Names;

use super::*;

#[tokio::test]
async fn a_shared_state_is_what_the_database_holds_after_every_act_of_another_node() {
    let cycle = year("trap-14-reopening-loses-the-record");
    for world in worlds().await {
        let edition = open(&world, &cycle).await;
        let other = Store::open(&world.place).await.unwrap();
        for (number, planned) in plan(&cycle, None).iter().enumerate() {
            let parts = Part::seen_by(&planned.act.deed);
            let before = world.store.shared_state(&edition, parts.clone()).await.unwrap();
            let again = world.store.shared_state(&edition, parts.clone()).await.unwrap();
            assert!(Arc::ptr_eq(&before, &again), "nothing was recorded between the two: {}", world.name);
            let outcome = send(&other, &edition, number, &planned.act).await;
            let recorded = matches!(outcome, Outcome::Recorded(recorded) if !recorded.facts.is_empty());
            let shared = world.store.shared_state(&edition, parts.clone()).await.unwrap();
            assert_eq!(Arc::ptr_eq(&before, &shared), !recorded, "{}: {:?}", world.name, planned.act.deed);
            let moment = world.store.moment(&edition).await.unwrap();
            let since = world.store.state_since(&edition, &moment, parts.clone()).await.unwrap();
            assert!(Arc::ptr_eq(&since, &shared), "{}: {:?}", world.name, planned.act.deed);
            let read = world.store.state(&edition, parts, &Names::Hidden).await.unwrap();
            assert!(shared.records() == read.records(), "{}: {:?}", world.name, planned.act.deed);
        }
    }
}

#[tokio::test]
async fn a_state_since_a_moment_is_of_that_moment_or_a_later_one() {
    let cycle = year("trap-14-reopening-loses-the-record");
    for world in worlds().await {
        let edition = open(&world, &cycle).await;
        let whole = [Part::Edition, Part::Contest(judged(&cycle))];
        let early = world.store.moment(&edition).await.unwrap();
        let nothing = world.store.state_since(&edition, &early, whole.clone()).await.unwrap();
        play(&Store::open(&world.place).await.unwrap(), &edition, &cycle).await;
        let late = world.store.moment(&edition).await.unwrap();
        assert_ne!(early, late, "{}", world.name);
        let read = world.store.state_since(&edition, &late, whole.clone()).await.unwrap();
        let now = world.store.state(&edition, whole.clone(), &Names::Hidden).await.unwrap();
        assert!(nothing.records() != now.records() && read.records() == now.records(), "{}", world.name);
        // Who asks for the early moment after that gets what was read since.
        let again = world.store.state_since(&edition, &early, whole).await.unwrap();
        assert!(again.records() == now.records(), "{}", world.name);
    }
}

#[tokio::test]
async fn a_shared_state_is_of_its_own_edition_and_of_its_own_parts() {
    let cycle = year("trap-14-reopening-loses-the-record");
    for world in worlds().await {
        let edition = open(&world, &cycle).await;
        play(&world.store, &edition, &cycle).await;
        let rulebook = shipped::rulebook(&cycle);
        let empty = world.store.open_edition("kosong", &rulebook, "2026-01-01T00:00:00.000000Z").await.unwrap();
        let contests = |state: &State| state.contests.len();
        let whole = [Part::Edition, Part::Contest(judged(&cycle))];
        let full = world.store.shared_state(&edition, whole.clone()).await.unwrap();
        let part = world.store.shared_state(&edition, [Part::Edition]).await.unwrap();
        let elsewhere = world.store.shared_state(&empty, whole).await.unwrap();
        assert_eq!([contests(&full), contests(&part), contests(&elsewhere)], [1, 0, 0], "{}", world.name);
    }
}

/// The first contest in which a sheet is handed in.
fn judged(cycle: &Cycle) -> ContestKey {
    let sheet = |planned: Planned| match planned.act.deed {
        Deed::HandInSheet(key, _) => Some(key),
        _ => None,
    };
    plan(cycle, None).into_iter().find_map(sheet).unwrap()
}
