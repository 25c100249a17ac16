//! Heads that somebody kept are held against the chain as it is now.

use journal::{Checkpoint, Note};
use store::{HeadCheck, HeadFault};

use super::*;

#[tokio::test]
async fn a_head_that_somebody_kept_holds_while_the_chain_only_goes_on() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let chain = Chain::Round(sheet.deed.contest().unwrap().round.clone());
        let (made, at) = (instant("2026-01-01T00:00:00Z"), instant("2026-02-01T00:00:00Z"));
        world.store.record_key(&KeyEvent::Made { key: key(1).verifier(), at: made }).await.unwrap();
        let unsigned = world.store.signed_heads(&edition.id).await.unwrap();
        assert!(unsigned.len() == 1 && unsigned[0].signed.is_none() && unsigned[0].chain == chain.to_string());
        let kept = world.store.sign_head(&edition, &chain, &key(1), at).await.unwrap();
        let size = Checkpoint::parse(kept.text()).unwrap().size;
        send(&world.store, &edition, number, &sheet).await;
        let heads = world.store.signed_heads(&edition.id).await.unwrap();
        let signed = Some((size, "2026-02-01T00:00:00.000000Z".to_owned(), kept.clone()));
        assert_eq!((heads[0].size, &heads[0].signed), (size + 1, &signed), "{}", world.name);

        let origin = format!("{}/{chain}", edition.id);
        let check = |fault| HeadCheck { origin: origin.clone(), size, now: size + 1, fault };
        let checked = async |note: &Note| world.store.check_head(note, at).await.unwrap();
        assert_eq!(checked(&kept).await, check(None), "{}", world.name);

        let root = Checkpoint::parse(kept.text()).unwrap().root;
        let sign = |origin: &str, size, root, seed| {
            Note::signed(&Checkpoint::new(origin, size, root).unwrap().text(), &[&key(seed)]).unwrap()
        };
        let fault = async |note: Note| checked(&note).await.fault;
        let stranger = fault(sign(&origin, size, root, 2)).await;
        assert!(matches!(stranger, Some(HeadFault::Signature(_))), "{}: {stranger:?}", world.name);
        assert_eq!(fault(sign("elsewhere/people", size, root, 1)).await, Some(HeadFault::NoChain), "{}", world.name);
        assert_eq!(fault(sign(&origin, size + 2, root, 1)).await, Some(HeadFault::Shorter), "{}", world.name);
        let other = journal::Hash([7; 32]);
        let found = Some(HeadFault::Other { signed: other, found: root });
        assert_eq!(fault(sign(&origin, size, other, 1)).await, found, "{}", world.name);

        // Somebody writes a leaf anew, with nodes and edge as they were.
        let change = |from: &str, to: &str, place| {
            format!("update leaf set bytes = replace(bytes, '{from}', '{to}') where position = {place}")
        };
        tamper(&world.place, &change("person:test", "person:tost", size)).await;
        assert_eq!(checked(&kept).await, check(Some(HeadFault::Behind)), "{}", world.name);
        tamper(&world.place, &change("person:test", "person:tost", size - 1)).await;
        assert!(matches!(checked(&kept).await.fault, Some(HeadFault::Other { signed, .. }) if signed == root), "{}", world.name);
        let none = world.store.check_head(&Note::signed("Halo\n", &[&key(1)]).unwrap(), at).await;
        assert!(matches!(none, Err(store::Error::Misfit { .. })), "{}", world.name);
    }
}

#[tokio::test]
async fn a_head_of_a_key_that_was_revoked_since_counts_as_of_its_record_and_a_new_one_does_not() {
    for world in worlds().await {
        let (edition, _, sheet) = until_first_sheet(&world).await;
        let chain = Chain::Round(sheet.deed.contest().unwrap().round.clone());
        let days = ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"].map(|day| instant(&format!("{day}T00:00:00Z")));
        world.store.record_key(&KeyEvent::Made { key: key(1).verifier(), at: days[0] }).await.unwrap();
        let kept = world.store.sign_head(&edition, &chain, &key(1), days[1]).await.unwrap();
        let revoked = KeyEvent::Revoked { key: key(1).verifier(), at: days[2], from: None, reason: "lost".into() };
        world.store.record_key(&revoked).await.unwrap();
        assert_eq!(world.store.check_head(&kept, days[3]).await.unwrap().fault, None, "{}", world.name);
        let again = world.store.sign_head(&edition, &chain, &key(1), days[3]).await;
        assert!(matches!(again, Err(store::Error::Key(_))), "{}: {again:?}", world.name);
        tamper(&world.place, "delete from checkpoint").await;
        let fault = world.store.check_head(&kept, days[3]).await.unwrap().fault;
        assert!(matches!(fault, Some(HeadFault::Signature(_))), "nobody vouches for its time: {}: {fault:?}", world.name);
    }
}

#[tokio::test]
async fn after_a_key_is_revoked_from_the_beginning_another_signs_the_same_heads_and_all_is_whole_again() {
    for world in worlds().await {
        let (edition, _, sheet) = until_first_sheet(&world).await;
        let chain = Chain::Round(sheet.deed.contest().unwrap().round.clone());
        let days = ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"].map(|day| instant(&format!("{day}T00:00:00Z")));
        world.store.record_key(&KeyEvent::Made { key: key(1).verifier(), at: days[0] }).await.unwrap();
        let kept = world.store.sign_head(&edition, &chain, &key(1), days[1]).await.unwrap();
        let revoked = KeyEvent::Revoked { key: key(1).verifier(), at: days[2], from: Some(days[0]), reason: "stolen".into() };
        world.store.record_key(&revoked).await.unwrap();
        assert!(world.store.verify(&edition).await.unwrap().is_err(), "nobody good vouches for the head: {}", world.name);
        world.store.record_key(&KeyEvent::Made { key: key(2).verifier(), at: days[2] }).await.unwrap();
        let anew = world.store.sign_head(&edition, &chain, &key(2), days[3]).await.unwrap();
        assert_eq!((anew.text(), anew.signatures().len()), (kept.text(), 2), "{}", world.name);
        assert_eq!(world.store.sign_head(&edition, &chain, &key(2), days[3]).await.unwrap(), anew, "{}", world.name);
        assert!(world.store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
        assert_eq!(world.store.check_head(&anew, days[3]).await.unwrap().fault, None, "{}", world.name);
    }
}
