//! Two things at the same moment: one of them goes first, on both databases.

use std::sync::Mutex;
use std::time::Duration;

use award::PersonId;
use store::{AccountRow, SignedIn};

use super::*;

/// Long enough for whoever does not wait.
const MOMENT: Duration = Duration::from_millis(300);

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_name_is_erased_before_or_after_an_act_that_writes_it_and_never_within() {
    let cycle = year("ntb-2024");
    let appoints = |turn: usize| {
        let acts = plan(&cycle, None).into_iter().map(|planned| planned.act);
        acts.filter(|act| matches!(act.deed, Deed::Appoint(..))).nth(turn).unwrap()
    };
    let Deed::Appoint(_, member) = appoints(0).deed else { unreachable!("it was asked for") };
    for world in worlds().await {
        let edition = open(&world, &cycle).await;
        send(&world.store, &edition, 0, &appoints(0)).await;
        let texts = world.store.personal_texts(&edition, &member.name, &reader()).await.unwrap();
        let commitments = texts.into_iter().map(|text| text.commitment).collect();
        let erasure = Erasure { commitments, reason: "Permintaan 7/2026".into() };
        let erases = Act { actor: Actor::Centre, at: None, deed: Deed::EraseNames(erasure) };
        let second = appoints(1);
        let mut erasing = None;
        let begun = Mutex::new(&mut erasing);
        let sent = request(1, &second);
        let written = world.store.act(&edition, &sent, |state| {
            let facts = decides(&second)(state)?;
            let mut begun = begun.lock().unwrap();
            if begun.is_none() {
                let (store, edition, erases) = (world.store.clone(), edition.clone(), erases.clone());
                **begun = Some(tokio::spawn(async move { send(&store, &edition, 2, &erases).await }));
                std::thread::sleep(MOMENT);
                assert!(!begun.as_ref().unwrap().is_finished(), "the erasure waits for the act: {}", world.name);
            }
            Ok(facts)
        });
        let Outcome::Recorded(written) = written.await.unwrap() else { panic!("the member is appointed: {}", world.name) };
        let Outcome::Recorded(erased) = erasing.unwrap().await.unwrap() else { panic!("the name is erased: {}", world.name) };
        let (chain, position) = &written.positions[0];
        let behind = erased.positions.iter().find(|(name, _)| name == chain).map(|(_, place)| *place);
        assert_eq!(behind, Some(position + 1), "the chain of the round shows what came first: {}", world.name);
        assert!(world.store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_is_disabled_while_an_act_is_decided_has_acted_before_or_not_at_all() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let row = |version, body: &str| AccountRow { person: "ani".into(), version, body: body.into() };
        let at = instant("2026-01-01T00:00:00Z");
        assert!(world.store.keep_account(&row(1, "active"), at, "console", "added").await.unwrap());
        let account = SignedIn { person: "ani".into(), version: 1 };
        let acts = async |number: usize, account: &SignedIn, decide: &dyn Fn()| {
            let decided = |state: &State| {
                decide();
                decides(&sheet)(state)
            };
            world
                .store
                .act_signed_in(&edition, &request(number, &sheet), Some(account), decided, |_, _| Vec::new())
                .await
                .unwrap()
        };
        let disabling = Mutex::new(None);
        let disable = || {
            let store = world.store.clone();
            let row = row(2, "disabled");
            let task = tokio::spawn(async move { store.keep_account(&row, at, "console", "disabled").await.unwrap() });
            std::thread::sleep(MOMENT);
            *disabling.lock().unwrap() = Some((task.is_finished(), task));
        };
        let outcome = acts(number, &account, &disable).await;
        let (was_first, task) = disabling.lock().unwrap().take().unwrap();
        assert!(task.await.unwrap(), "the account is disabled: {}", world.name);
        let happened = matches!(outcome, Some(Outcome::Recorded(_)));
        assert_eq!(happened, !was_first, "{}: {outcome:?}", world.name);
        let sheets = Wanted { what: Some("hand_in_sheet".into()), ..Wanted::default() };
        let leaves = world.store.leaves(&edition, &sheets, 10, &shown()).await.unwrap();
        assert_eq!(leaves.len(), usize::from(happened), "{}", world.name);
        assert_eq!(acts(901, &account, &|| ()).await.is_none(), !happened, "the old version does nothing more: {}", world.name);
        assert!(world.store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
    }
}

#[tokio::test]
async fn a_retry_is_answered_as_it_was_to_the_same_person_only() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let sent = request(number, &sheet);
        assert_eq!(world.store.answered(&edition, &sent).await.unwrap(), None, "{}", world.name);
        let Outcome::Recorded(once) = send(&world.store, &edition, number, &sheet).await else { panic!("it is handed in") };
        let again = world.store.answered(&edition, &sent).await.unwrap();
        assert_eq!(again, Some(Recorded { again: true, ..once }), "{}", world.name);
        let other = Act { actor: Actor::Centre, at: None, deed: Deed::RecordDossiers };
        let somebody = Request { person: PersonId::from("person:other").to_string(), ..sent.clone() };
        for strange in [somebody, request(number, &other)] {
            assert_eq!(world.store.answered(&edition, &strange).await.unwrap(), None, "{}", world.name);
        }
    }
}
