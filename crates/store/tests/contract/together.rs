//! Several acts in one transaction.

use award::identity::{Attribute, Dated, RegisterChange, Sort};
use jiff::civil::date;
use store::Ending;

use super::*;

fn enter(id: &str) -> Act {
    let say = |what| Dated { what, from: date(2017, 1, 1), source: "register".into() };
    let attributes = vec![say(Attribute::Name(id.to_uppercase())), say(Attribute::Kind("company".into()))];
    let change = RegisterChange::Enter { id: id.into(), sort: Sort::Organisation, attributes };
    Act { actor: Actor::Centre, at: None, deed: Deed::ChangeRegister(change) }
}

async fn together(world: &World, edition: &Edition, acts: &[Act], first: usize, ending: Ending) -> Vec<Option<usize>> {
    let requests: Vec<Request> = acts.iter().enumerate().map(|(number, act)| request(first + number, act)).collect();
    let decided = |state: &State, act: &Act| decides(act)(state);
    let outcomes = world.store.acts_together(edition, &requests, ending, decided, |_, _| Vec::new()).await.unwrap();
    let facts = |outcome: &Outcome| match outcome {
        Outcome::Recorded(recorded) => Some(recorded.facts.len()),
        _ => None,
    };
    outcomes.iter().map(facts).collect()
}

#[tokio::test]
async fn several_acts_are_kept_together_or_not_at_all() {
    for world in worlds().await {
        let cycle = shipped::years().into_iter().find(|cycle| cycle.header.id == "ntb-2024").unwrap();
        let edition = open(&world, &cycle).await;
        assert_eq!(world.store.rulebook_text("ntb-2024").await.unwrap(), shipped::rulebook(&cycle));
        let acts = [enter("maju"), enter("jaya"), Act { actor: Actor::Centre, at: None, deed: Deed::RequireLock }];
        let twice = [enter("maju"), enter("maju"), enter("jaya")];
        assert_eq!(together(&world, &edition, &twice, 0, Ending::Keep).await, [Some(1), None, Some(1)]);
        assert_eq!(together(&world, &edition, &acts, 10, Ending::Drop).await, [Some(1), Some(1), Some(1)]);
        assert_eq!(world.store.chains().await.unwrap(), [], "what was refused or only tried leaves nothing");
        assert_eq!(together(&world, &edition, &acts, 20, Ending::Keep).await, [Some(1), Some(1), Some(1)]);
        let sizes = world.store.chains().await.unwrap().into_iter().map(|(_, chain, size)| (chain, size));
        assert_eq!(sizes.collect::<Vec<_>>(), [("edition".to_owned(), 1), ("people".to_owned(), 2)]);
        assert!(world.store.verify(&edition).await.unwrap().is_ok());
        assert!(matches!(send(&world.store, &edition, 30, &enter("sejahtera")).await, Outcome::Recorded(_)), "the chain goes on");
        assert!(world.store.verify(&edition).await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn what_is_kept_together_puts_its_files_on_record_and_is_refused_where_they_are_not() {
    for world in worlds().await {
        let cycle = shipped::years().into_iter().find(|cycle| cycle.header.id == "badung-2020").unwrap();
        let edition = open(&world, &cycle).await;
        let bytes = include_bytes!("../../../../data/vintages/bali-2020.csv");
        let geography = award::geography::Geography::of(&cycle.rules);
        let vintage = award::vintage::read("bali-2020.csv", bytes, &cycle.rules, &geography).unwrap();
        let bali = award::RoundKey { level: "province".into(), region: Some("51".into()) };
        let imported = award::Fact::VintageImported(bali.clone(), vintage.about.clone());
        let (actor, deed) = (Actor::Secretariat(bali.clone()), Deed::ImportVintage(bali, vintage));
        let requests = [request(900, &Act { actor, at: None, deed })];
        let ask = async |store: &store::Store, ending| {
            let facts = |_: &State, _: &Act| Ok(vec![imported.clone()]);
            let mut outcomes = store.acts_together(&edition, &requests, ending, facts, |_, _| Vec::new()).await.unwrap();
            match outcomes.remove(0) {
                Outcome::Recorded(_) => "recorded".to_owned(),
                Outcome::Refused(refusal) => refusal.rule.key().to_owned(),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(ask(&world.store, Ending::Drop).await, "recorded", "a try comes before the file");
        assert_eq!(ask(&world.store, Ending::Keep).await, "refusal-file-not-kept", "{}", world.name);
        assert_eq!(ask(&world.store.clone().with_files_elsewhere(), Ending::Keep).await, "recorded");
        let verified = world.store.verify(&edition).await.unwrap().unwrap();
        assert!(verified.files_elsewhere >= 1, "{}", world.name);
    }
}

#[tokio::test]
async fn what_names_people_is_counted_without_being_read_and_what_was_erased_is_not() {
    for world in worlds().await {
        let cycle = shipped::years().into_iter().find(|cycle| cycle.header.id == "trap-14-reopening-loses-the-record").unwrap();
        let edition = open(&world, &cycle).await;
        play(&world.store, &edition, &cycle).await;
        let sealed = world.store.sealed_texts(&edition).await.unwrap();
        let whose: Vec<&str> = sealed.iter().map(|text| text.subject.as_str()).collect();
        assert_eq!(whose, ["juror:j1", "juror:j2", "juror:j3"]);
        assert!(world.store.accesses(&edition, &store::WantedAccess::default(), 10).await.unwrap().is_empty());
        let erasure = Erasure { commitments: vec![sealed[1].commitment.clone()], reason: "1/2026".into() };
        let act = Act { actor: Actor::Centre, at: None, deed: Deed::EraseNames(erasure) };
        assert!(matches!(send(&world.store, &edition, 900, &act).await, Outcome::Recorded(_)));
        let left = world.store.sealed_texts(&edition).await.unwrap();
        assert_eq!(left.iter().map(|text| text.subject.as_str()).collect::<Vec<_>>(), ["juror:j1", "juror:j3"]);
        assert!(world.store.verify(&edition).await.unwrap().is_ok());
    }
}
