//! What verifying tells of a difference: where it is, and never what stands there.

use super::*;

#[tokio::test]
async fn a_difference_names_the_place_and_two_hashes_and_nothing_that_stands_there() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        send(&world.store, &edition, number, &sheet).await;
        let change = "update record set body = replace(body, '\"handed_in\"', '\"Ani Contoh\"') where noun = 'sheet'";
        assert_eq!(tamper(&world.place, change).await, 1, "{}", world.name);
        let difference = world.store.verify(&edition).await.unwrap().unwrap_err();
        let beginning = "table record, column body, written at position ";
        assert!(difference.why.starts_with(beginning), "{}: {difference:?}", world.name);
        assert!(difference.why.contains(" of chain round/") && difference.why.contains("the journal gives "), "{difference:?}");
        for text in ["Ani", "handed_in", "{"] {
            assert!(!difference.why.contains(text), "{}: {difference:?}", world.name);
        }
        let change = "update record set noun = 'sheet', body = replace(body, '\"marks\"', '\"Ani Contoh\"') where noun = 'sheet'";
        tamper(&world.place, change).await;
        let read = world.store.state(&edition, [Part::Entries(sheet.deed.contest().unwrap().clone())], &shown()).await;
        let why = read.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(!why.is_empty() && !why.contains("Ani"), "{}: {why}", world.name);
    }
}

#[tokio::test]
async fn after_the_first_difference_the_first_of_every_chain_is_named() {
    for world in worlds().await {
        // Two chains: a round and the people.
        let (edition, number, sheet) = until_first_sheet(&world).await;
        send(&world.store, &edition, number, &sheet).await;
        send(&world.store, &edition, 900, &super::chains::enters("p1")).await;
        let differences = async || world.store.differences(&edition.id).await.unwrap();
        assert_eq!(differences().await, [], "{}", world.name);

        let change = |noun: &str| format!("update record set version = version + 1 where noun = '{noun}'");
        assert!(tamper(&world.place, &change("entry")).await > 1, "{}", world.name);
        let found = differences().await;
        assert_eq!(found.len(), 1, "two records of one chain differ, and the first is named: {found:?}");
        assert_eq!(tamper(&world.place, &change("person")).await, 1, "{}", world.name);
        let both = differences().await;
        assert!(both.len() == 2 && both.contains(&found[0]), "{}: {both:?}", world.name);
        assert_eq!(both[0], world.store.verify(&edition).await.unwrap().unwrap_err(), "{}", world.name);

        // Leaves: the fold ends at the first, and every chain is still read by itself.
        assert_eq!(tamper(&world.place, "update leaf set actor = 'person:other' where position = 0").await, 2, "{}", world.name);
        let found = differences().await;
        let places: Vec<&str> = found.iter().map(|one| one.place.as_str()).collect();
        assert_eq!(places, ["leaf 0 of chain people", "leaf 0 of chain round/final"], "{}", world.name);

        // The rulebook: the edition cannot be folded, and its chains are still read.
        tamper(&world.place, "update rulebook set body = body || ' '").await;
        let found = differences().await;
        assert!(found[0].place.starts_with("rulebook of ") && found.len() == 3, "{}: {found:?}", world.name);
        let missing = world.store.differences("ntb-2025").await.unwrap_err();
        assert!(matches!(missing, store::Error::NoSuchEdition(_)), "{}: {missing}", world.name);
    }
}
