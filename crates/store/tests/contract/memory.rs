//! What a process remembers between two acts changes nothing: whoever remembers, whoever does not, and whoever acts after another node
//! decide the same.

use super::*;

/// Plays a year, each act through the next of some stores.
async fn play_in_turns(stores: &[&Store], edition: &Edition, cycle: &Cycle) -> Vec<Result<Vec<Fact>, String>> {
    let mut played = Vec::new();
    for (number, planned) in plan(cycle, None).iter().enumerate() {
        played.push(match send(stores[number % stores.len()], edition, number, &planned.act).await {
            Outcome::Recorded(Recorded { facts, .. }) => Ok(facts),
            Outcome::Refused(refusal) => Err(refusal.rule.key().to_owned()),
            Outcome::Stale(stale) => panic!("nothing was seen, and yet: {stale:?}"),
        });
    }
    played
}

#[tokio::test]
async fn nodes_that_act_in_turns_decide_as_one_and_as_one_that_remembers_nothing() {
    let cycle = year("bontang-2020");
    for world in worlds().await {
        let edition = open(&world, &cycle).await;
        let (_, expected) = play_in_memory(&edition, &cycle);
        let (other, forgetful) = (Store::open(&world.place).await.unwrap(), Store::open(&world.place).await.unwrap());
        let stores = [&world.store, &world.store, &other, &forgetful.without_memory()];
        assert!(play_in_turns(&stores, &edition, &cycle).await == expected, "{}", world.name);
        assert!(world.store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
    }
}

#[tokio::test]
async fn a_year_played_without_memory_decides_the_same_facts_and_verifies() {
    let cycle = year("bontang-2020");
    for world in worlds().await {
        let edition = open(&world, &cycle).await;
        let (_, expected) = play_in_memory(&edition, &cycle);
        let store = Store::open(&world.place).await.unwrap().without_memory();
        assert!(play(&store, &edition, &cycle).await == expected, "{}", world.name);
        assert!(store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
    }
}

#[tokio::test]
async fn an_edition_that_is_remembered_in_the_middle_goes_on_as_before() {
    let cycle = year("bontang-2020");
    for world in worlds().await {
        let edition = open(&world, &cycle).await;
        let (_, expected) = play_in_memory(&edition, &cycle);
        let (mut played, mut store) = (Vec::new(), Store::open(&world.place).await.unwrap());
        for (number, planned) in plan(&cycle, None).iter().enumerate() {
            if number % 40 == 17 {
                store = Store::open(&world.place).await.unwrap();
                assert!(store.remember(&edition).await.unwrap(), "{}", world.name);
            }
            played.push(match send(&store, &edition, number, &planned.act).await {
                Outcome::Recorded(Recorded { facts, .. }) => Ok(facts),
                Outcome::Refused(refusal) => Err(refusal.rule.key().to_owned()),
                Outcome::Stale(stale) => panic!("nothing was seen, and yet: {stale:?}"),
            });
        }
        assert!(played == expected, "{}", world.name);
        assert!(world.store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
    }
}

/// Whether a store decides on a state in which a text stands.
async fn decides_on(store: &Store, edition: &Edition, number: usize, act: &Act, text: &str) -> bool {
    let found = std::sync::Mutex::new(false);
    let look = |state: &State| {
        let records = serde_json::to_string(&state.records().values().collect::<Vec<_>>()).unwrap();
        *found.lock().unwrap() = records.contains(text);
        Ok(Vec::new())
    };
    store.act(edition, &request(number, act), look).await.unwrap();
    found.into_inner().unwrap()
}

#[tokio::test]
async fn a_name_that_one_node_erased_is_known_to_no_other_at_the_next_act() {
    for world in worlds().await {
        let cycle = year("ntb-2024");
        let (_, appoint) = first(&cycle, |deed| matches!(deed, Deed::Appoint(..)));
        let Deed::Appoint(_, member) = &appoint.deed else { unreachable!("it was asked for") };
        let edition = open(&world, &cycle).await;
        let other = Store::open(&world.place).await.unwrap();
        send(&world.store, &edition, 0, &appoint).await;
        assert!(decides_on(&other, &edition, 1, &appoint, &member.name).await, "{}", world.name);
        assert!(decides_on(&world.store, &edition, 2, &appoint, &member.name).await, "{}", world.name);

        let texts = world.store.personal_texts(&edition, &member.name, &reader()).await.unwrap();
        let commitments = texts.into_iter().map(|text| text.commitment).collect();
        let deed = Deed::EraseNames(Erasure { commitments, reason: "Permintaan 7/2026".into() });
        let erase = Act { actor: Actor::Centre, at: None, deed };
        assert!(matches!(send(&world.store, &edition, 3, &erase).await, Outcome::Recorded(_)), "{}", world.name);
        assert!(!decides_on(&world.store, &edition, 4, &appoint, &member.name).await, "{}", world.name);
        assert!(!decides_on(&other, &edition, 5, &appoint, &member.name).await, "{}", world.name);
    }
}
