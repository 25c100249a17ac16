//! Who waits for whom: a clerk who enters people for nobody, a sheet for the lot that must come before it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use award::PersonId;
use award::people::PeopleChange;

use super::*;

pub fn enters(person: &str) -> Act {
    let change = PeopleChange::Enter { person: PersonId::from(person), name: "Ketut Sari".into() };
    Act { actor: Actor::Centre, at: None, deed: Deed::ChangePeople(change) }
}

fn places(outcome: &Outcome) -> &[(String, u64)] {
    let Outcome::Recorded(recorded) = outcome else { panic!("it must be recorded: {outcome:?}") };
    &recorded.positions
}

#[tokio::test]
async fn people_and_organisations_have_a_chain_of_their_own() {
    for world in worlds().await {
        let (edition, ..) = until_first_sheet(&world).await;
        let entered = send(&world.store, &edition, 900, &enters("p1")).await;
        assert_eq!(places(&entered), [("people".to_owned(), 0)], "{}", world.name);
        let dossiers = Act { actor: Actor::Centre, at: None, deed: Deed::RequireLock };
        let required = send(&world.store, &edition, 901, &dossiers).await;
        assert!(matches!(places(&required), [(chain, _)] if chain == "edition"), "{}: {required:?}", world.name);
        assert!(world.store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn entering_people_waits_for_no_act_of_the_edition() {
    let world = support::postgres().await;
    let (edition, ..) = until_first_sheet(&world).await;
    // The first act begins a chain, which only one act does at a time.
    send(&world.store, &edition, 899, &enters("p0")).await;
    let dossiers = Act { actor: Actor::Centre, at: None, deed: Deed::RecordDossiers };
    let recorded = world.store.act(&edition, &request(898, &dossiers), |_| Ok(vec![Fact::DossiersRecorded])).await.unwrap();
    assert_eq!(places(&recorded), [("edition".to_owned(), 0)]);
    let lock = Act { actor: Actor::Centre, at: None, deed: Deed::RequireLock };
    let entered = AtomicBool::new(false);
    let required = request(900, &lock);
    let outcome = world.store.act(&edition, &required, |state| {
        if !entered.load(Ordering::SeqCst) {
            let (place, edition) = (world.place.clone(), edition.clone());
            let clerk = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(async {
                    let store = Store::open(&place).await.unwrap();
                    send(&store, &edition, 901, &enters("p1")).await
                })
            });
            assert_eq!(places(&clerk.join().unwrap()), [("people".to_owned(), 1)]);
            entered.store(true, Ordering::SeqCst);
        }
        decides(&lock)(state)
    });
    assert!(matches!(outcome.await.unwrap(), Outcome::Recorded(_)));
    assert!(entered.load(Ordering::SeqCst));
}

/// A year with a lot, played up to the first sheet, without its lot.
async fn before_the_lot(world: &World) -> (Edition, Act, Act) {
    let cycle = year("trap-11-lot-nobody-can-replay");
    let edition = open(world, &cycle).await;
    let (_, lot) = first(&cycle, |deed| matches!(deed, Deed::CommitLot(..)));
    let (until, sheet) = first(&cycle, |deed| matches!(deed, Deed::HandInSheet(..)));
    for (number, planned) in plan(&cycle, None).iter().enumerate().take(until) {
        if planned.act != lot {
            send(&world.store, &edition, number, &planned.act).await;
        }
    }
    (edition, lot, sheet)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_sheet_slips_between_looking_for_one_and_committing_the_lot() {
    for world in worlds().await {
        let (edition, lot, sheet) = before_the_lot(&world).await;
        let mut judge = None;
        let judges = std::sync::Mutex::new(&mut judge);
        let commits = request(900, &lot);
        let committed = world.store.act(&edition, &commits, |state| {
            let facts = decides(&lot)(state)?;
            let (store, edition, sheet) = (world.store.clone(), edition.clone(), sheet.clone());
            let task = tokio::spawn(async move { send(&store, &edition, 901, &sheet).await });
            // Time enough for a sheet that does not wait.
            std::thread::sleep(Duration::from_millis(300));
            **judges.lock().unwrap() = Some(task);
            Ok(facts)
        });
        let committed = committed.await.unwrap();
        let handed_in = judge.unwrap().await.unwrap();
        let chain = Chain::Round(sheet.deed.round().unwrap().clone()).to_string();
        let place = |outcome: &Outcome| places(outcome).iter().find(|(name, _)| *name == chain).map(|(_, place)| *place);
        let (lot_at, sheet_at) = (place(&committed), place(&handed_in));
        assert!(lot_at.is_some() && lot_at < sheet_at, "{}: {lot_at:?} {sheet_at:?}", world.name);
        assert!(world.store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
    }
}

#[tokio::test]
async fn a_lot_that_comes_after_a_sheet_is_refused() {
    for world in worlds().await {
        let (edition, lot, sheet) = before_the_lot(&world).await;
        send(&world.store, &edition, 901, &sheet).await;
        let refused = send(&world.store, &edition, 900, &lot).await;
        assert!(matches!(&refused, Outcome::Refused(refusal) if refusal.rule.key() == "refusal-lot-too-late"), "{refused:?}");
    }
}
