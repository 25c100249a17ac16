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
        let cycle = year("ntb-2024");
        let edition = open(&world, &cycle).await;
        play(&world.store, &edition, &cycle).await;
        assert_eq!(world.store.differences(&edition.id).await.unwrap(), [], "{}", world.name);

        // Two records of one chain and one of another.
        let places =
            "select chain || ' ' || cast(count(*) as text) from record where noun = 'entry' group by chain order by chain";
        let first = tampered_text(&world.place, places).await;
        let chain = first.split(' ').next().unwrap();
        let change = |chain: &str| format!("update record set version = version + 1 where noun = 'entry' and chain {chain}");
        assert!(tamper(&world.place, &change(&format!("= '{chain}'"))).await > 1, "{}: {first}", world.name);
        let found = world.store.differences(&edition.id).await.unwrap();
        assert_eq!(found.len(), 1, "the first of the chain: {found:?}");
        let others = tamper(&world.place, &change(&format!("<> '{chain}'"))).await;
        let found = world.store.differences(&edition.id).await.unwrap();
        assert!(others > 0 && found.len() > 1 && found[0] == world.store.verify(&edition).await.unwrap().unwrap_err());

        // A leaf: the fold ends there, and every chain is still read by itself.
        let leaf = "update leaf set actor = 'person:other' where position = 1 and chain like 'round/%'";
        let changed = usize::try_from(tamper(&world.place, leaf).await).unwrap();
        let found = world.store.differences(&edition.id).await.unwrap();
        let leaves = found.iter().filter(|one| one.place.starts_with("leaf 1 of chain round/")).count();
        assert!(changed > 1 && leaves == changed, "{}: {changed} {found:?}", world.name);

        // The rulebook: the edition cannot be folded, and its chains are still read.
        tamper(&world.place, "update rulebook set body = body || ' '").await;
        let found = world.store.differences(&edition.id).await.unwrap();
        assert!(found[0].place.starts_with("rulebook of ") && found.len() == changed + 1, "{}: {found:?}", world.name);
        let missing = world.store.differences("ntb-2025").await.unwrap_err();
        assert!(matches!(missing, store::Error::NoSuchEdition(_)), "{}: {missing}", world.name);
    }
}
