//! What a process remembers between two acts changes nothing: whoever remembers, whoever does not, and whoever acts after another node
//! decide the same.

use super::*;

async fn remembering(world: &World) -> Store {
    Store::open(&world.place).await.unwrap().with_memory()
}

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
        let (one, other) = (remembering(&world).await, remembering(&world).await);
        let stores = [&one, &one, &other, &world.store];
        assert!(play_in_turns(&stores, &edition, &cycle).await == expected, "{}", world.name);
        assert!(world.store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
    }
}

#[tokio::test]
async fn a_year_that_is_remembered_decides_the_same_facts_and_verifies() {
    for id in ["ntb-2024", "trap-14-reopening-loses-the-record"] {
        let cycle = year(id);
        for world in worlds().await {
            let edition = open(&world, &cycle).await;
            let (_, expected) = play_in_memory(&edition, &cycle);
            let store = remembering(&world).await;
            assert!(play(&store, &edition, &cycle).await == expected, "{id} on {}", world.name);
            assert!(store.verify(&edition).await.unwrap().is_ok(), "{id} on {}", world.name);
        }
    }
}

#[tokio::test]
async fn an_edition_that_is_remembered_in_the_middle_goes_on_as_before() {
    let cycle = year("bontang-2020");
    for world in worlds().await {
        let edition = open(&world, &cycle).await;
        let (_, expected) = play_in_memory(&edition, &cycle);
        let (mut played, mut store) = (Vec::new(), remembering(&world).await);
        for (number, planned) in plan(&cycle, None).iter().enumerate() {
            if number % 40 == 17 {
                store = remembering(&world).await;
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
        let (one, other) = (remembering(&world).await, remembering(&world).await);
        send(&one, &edition, 0, &appoint).await;
        assert!(decides_on(&other, &edition, 1, &appoint, &member.name).await, "{}", world.name);
        assert!(decides_on(&one, &edition, 2, &appoint, &member.name).await, "{}", world.name);

        let texts = one.personal_texts(&edition, &member.name, &reader()).await.unwrap();
        let commitments = texts.into_iter().map(|text| text.commitment).collect();
        let deed = Deed::EraseNames(Erasure { commitments, reason: "Permintaan 7/2026".into() });
        let erase = Act { actor: Actor::Centre, at: None, deed };
        assert!(matches!(send(&one, &edition, 3, &erase).await, Outcome::Recorded(_)), "{}", world.name);
        assert!(!decides_on(&one, &edition, 4, &appoint, &member.name).await, "{}", world.name);
        assert!(!decides_on(&other, &edition, 5, &appoint, &member.name).await, "{}", world.name);
    }
}

#[tokio::test]
async fn an_act_that_fails_or_is_refused_or_tried_or_is_of_another_edition_changes_nothing_that_is_remembered() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let store = remembering(&world).await;
        assert!(store.remember(&edition).await.unwrap(), "{}", world.name);
        let elsewhere = open(&world, &year("ntb-2024")).await;
        let (_, appoint) = first(&year("ntb-2024"), |deed| matches!(deed, Deed::Appoint(..)));

        let tries = [request(number, &sheet)];
        let decide = |state: &State, act: &Act| decides(act)(state);
        store.acts_together(&edition, &tries, store::Ending::Drop, decide, |_, _| Vec::new()).await.unwrap();
        let refuse = |state: &State| {
            decides(&sheet)(state)?;
            permit(&Actor::Centre, &sheet.deed).map(|_| Vec::new())
        };
        let _either = store.act(&edition, &request(number, &sheet), refuse).await.unwrap();
        // It fails after everything was written.
        let account = store::SignedIn { person: "person:nobody".into(), version: 7 };
        let sent = request(number, &sheet);
        let signed_out = store.act_signed_in(&edition, &sent, Some(&account), decides(&sheet), |_, _| Vec::new());
        assert_eq!(signed_out.await.unwrap(), None, "{}", world.name);
        assert!(matches!(send(&store, &elsewhere, 800, &appoint).await, Outcome::Recorded(_)), "{}", world.name);

        let sent = send(&store, &edition, number, &sheet).await;
        assert!(matches!(&sent, Outcome::Recorded(recorded) if !recorded.again), "{}: {sent:?}", world.name);
        let twice = send(&store, &edition, 900, &sheet).await;
        assert!(matches!(twice, Outcome::Refused(_)), "{}", world.name);
        assert!(store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
    }
}

#[tokio::test]
async fn what_was_kept_together_is_known_to_the_next_act() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let store = remembering(&world).await;
        assert!(store.remember(&edition).await.unwrap(), "{}", world.name);
        let decide = |state: &State, act: &Act| decides(act)(state);
        let requests = [request(number, &sheet)];
        store.acts_together(&edition, &requests, store::Ending::Keep, decide, |_, _| Vec::new()).await.unwrap();
        let twice = send(&store, &edition, 900, &sheet).await;
        assert!(matches!(&twice, Outcome::Refused(refusal) if refusal.rule.key() == "refusal-marked-twice"), "{twice:?}");
    }
}

#[tokio::test]
async fn a_database_that_was_put_back_and_went_on_otherwise_is_not_taken_for_the_one_that_is_remembered() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let chain = Chain::held_for(&sheet.deed).remove(0);
        let kept = ["chain", "leaf", "node", "record", "personal"];
        for table in kept {
            tamper(&world.place, &format!("create table {table}_before as select * from {table}")).await;
        }
        let store = remembering(&world).await;
        assert!(store.remember(&edition).await.unwrap(), "{}", world.name);
        assert!(matches!(send(&store, &edition, number, &sheet).await, Outcome::Recorded(_)), "{}", world.name);

        for table in kept.iter().rev() {
            tamper(&world.place, &format!("delete from {table}")).await;
        }
        for table in kept {
            tamper(&world.place, &format!("insert into {table} select * from {table}_before")).await;
            tamper(&world.place, &format!("drop table {table}_before")).await;
        }
        // Another act than the sheet is now the next one of the same chain, so that as many leaves stand there as are remembered.
        let other = plan(&year("trap-14-reopening-loses-the-record"), None).into_iter().map(|planned| planned.act);
        let mut other = other.filter(|act| matches!(act.deed, Deed::HandInSheet(..)) && act.deed != sheet.deed);
        let other = other.find(|act| Chain::held_for(&act.deed).contains(&chain)).unwrap();
        assert!(matches!(send(&world.store, &edition, 901, &other).await, Outcome::Recorded(_)), "{}", world.name);
        let sent = send(&store, &edition, 902, &sheet).await;
        assert!(matches!(sent, Outcome::Recorded(_)), "{}: {sent:?}", world.name);
        assert!(store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
    }
}

#[tokio::test]
async fn a_node_that_remembers_still_finds_what_was_changed_by_hand() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let store = remembering(&world).await;
        assert!(store.remember(&edition).await.unwrap(), "{}", world.name);
        assert!(matches!(send(&store, &edition, number, &sheet).await, Outcome::Recorded(_)), "{}", world.name);
        assert!(store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
        tamper(&world.place, "update record set body = replace(body, 'a', 'b') where noun = 'sheet'").await;
        assert!(store.verify(&edition).await.unwrap().is_err(), "a record on {}", world.name);
    }
}
