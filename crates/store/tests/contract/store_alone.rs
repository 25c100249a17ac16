//! What of an act only the store knows: the position at which judging closes, which rulebooks are kept, and when it is on disk.

use award::round::{Opening, RulebookMove, RulebookPin};
use award::{ContestKey, RoundKey};
use store::{Error, Place};

use super::*;

fn closes(contest: &ContestKey, position: u64) -> (Act, Vec<Fact>) {
    let act = Act { actor: Actor::Centre, at: None, deed: Deed::CloseJudging(contest.clone(), Some(position)) };
    (act, vec![Fact::JudgingClosed(contest.clone()), Fact::ClosedAt { contest: contest.clone(), position }])
}

#[tokio::test]
async fn judging_closes_at_the_position_of_the_journal_whatever_was_sent() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let Outcome::Recorded(last) = send(&world.store, &edition, number, &sheet).await else { panic!("a sheet is handed in") };
        let contest = sheet.deed.contest().unwrap();
        let at = last.positions[0].1 + 1;
        let (_, true_facts) = closes(contest, at);
        for (turn, sent) in [(0, 1_000_000), (1, 0)] {
            let (act, facts) = closes(contest, sent);
            let closed = world.store.act(&edition, &request(900, &act), |_| Ok(facts.clone())).await.unwrap();
            let Outcome::Recorded(closed) = closed else { panic!("judging closes: {closed:?}") };
            assert_eq!((&closed.facts, closed.positions[0].1, closed.again), (&true_facts, at, turn == 1), "{}", world.name);
        }
        let leaves = world.store.leaves(&edition, &Wanted::default(), 1_000, &shown()).await.unwrap();
        assert_eq!(leaves.last().unwrap().act, closes(contest, at).0, "{}", world.name);
        assert!(world.store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
    }
}

#[tokio::test]
async fn all_leaves_together_are_counted_and_none_at_first() {
    for world in worlds().await {
        let before = world.store.leaves_in_all().await.unwrap();
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let so_far = world.store.leaves_in_all().await.unwrap();
        assert_eq!(before, 0, "{}", world.name);
        let Outcome::Recorded(_) = send(&world.store, &edition, number, &sheet).await else { panic!("a sheet is handed in") };
        assert_eq!(world.store.leaves_in_all().await.unwrap(), so_far + 1, "{}", world.name);
    }
}

#[tokio::test]
async fn a_database_that_is_taken_away_or_replaced_while_it_is_open_does_not_answer_any_more() {
    for world in worlds().await {
        assert!(world.store.answers().await.is_ok(), "{}", world.name);
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let leaves = world.store.leaves_in_all().await.unwrap();
        let Place::File(path) = &world.place else { continue };
        let aside = path.with_extension("aside");
        let gone = async || match world.store.answers().await {
            Err(Error::Gone(place)) => place,
            other => panic!("{other:?}"),
        };
        std::fs::rename(path, &aside).unwrap();
        assert_eq!(gone().await, path.display().to_string());
        // Nothing is acknowledged that nobody would find.
        let decides = |state: &State| permit(&sheet.actor, &sheet.deed).and_then(|permit| decide(state, &sheet, permit));
        let refused = world.store.act(&edition, &request(number, &sheet), decides).await;
        assert!(matches!(refused, Err(Error::Gone(_))), "{refused:?}");
        std::fs::copy(&aside, path).unwrap();
        if cfg!(unix) {
            assert_eq!(gone().await, path.display().to_string(), "another file with the same content");
        }
        std::fs::rename(&aside, path).unwrap();
        assert!(world.store.answers().await.is_ok(), "it is back");
        assert_eq!(world.store.leaves_in_all().await.unwrap(), leaves);
        let Outcome::Recorded(recorded) = send(&world.store, &edition, number, &sheet).await else {
            panic!("now it is handed in")
        };
        assert!(!recorded.again, "what was refused did not happen");
        assert!(world.store.verify(&edition).await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn a_round_is_put_under_a_rulebook_that_is_kept_and_no_other() {
    for world in worlds().await {
        let (edition, ..) = until_first_sheet(&world).await;
        let round = RoundKey { level: "province".into(), region: Some("18".into()) };
        let of = |hash: String| RulebookPin { edition: "kampung-bersih-2026".into(), version: "1".into(), hash };
        let opens = |hash: String| {
            let opening = Opening { rulebook: of(hash), label: None, by: "ani".into() };
            let at = instant("2026-01-01T00:00:00Z");
            (Deed::OpenRound(round.clone(), opening.clone()), Fact::RoundOpened { round: round.clone(), opening, at })
        };
        let proposes = |hash: String| {
            let to = RulebookMove { to: of(hash), differences: 1, reason: "Surat 7/2026".into(), by: "ani".into() };
            (Deed::ProposeRulebook(round.clone(), to.clone()), Fact::RulebookProposed(round.clone(), to))
        };
        let example = RulebookPin::of(&rules::example(), rules::EXAMPLE.as_bytes());
        assert_eq!(example, of(example.hash.clone()));
        let sent = async |number, (deed, fact): (Deed, Fact)| {
            let act = Act { actor: Actor::Centre, at: None, deed };
            match world.store.act(&edition, &request(number, &act), |_| Ok(vec![fact.clone()])).await.unwrap() {
                Outcome::Refused(refusal) => refusal.rule.key().to_owned(),
                Outcome::Recorded(_) => "recorded".into(),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(sent(900, opens("0".repeat(64))).await, "refusal-rulebook-not-kept", "{}", world.name);
        assert_eq!(sent(901, opens(edition.rulebook.to_string())).await, "recorded", "{}", world.name);
        assert_eq!(sent(902, proposes(example.hash.clone())).await, "refusal-rulebook-not-kept", "{}", world.name);
        assert_eq!(world.store.keep_rulebook(rules::EXAMPLE).await.unwrap().to_string(), example.hash);
        let other = RulebookPin { version: "2".into(), ..example.clone() };
        let to = RulebookMove { to: other, differences: 1, reason: "Surat 7/2026".into(), by: "ani".into() };
        let misnamed = (Deed::ProposeRulebook(round.clone(), to.clone()), Fact::RulebookProposed(round.clone(), to));
        assert_eq!(sent(903, misnamed).await, "refusal-rulebook-not-kept", "{}", world.name);
        assert_eq!(sent(904, proposes(example.hash)).await, "recorded", "{}", world.name);
        assert!(world.store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
        assert!(world.store.keep_rulebook("no rulebook").await.is_err(), "{}", world.name);
    }
}

#[tokio::test]
async fn what_waits_for_the_disk_at_the_end_is_whole_and_seen_by_everybody_at_once() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let store = Store::open(&world.place).await.unwrap().with_disk_at_the_end().await.unwrap();
        assert!(matches!(send(&store, &edition, number, &sheet).await, Outcome::Recorded(_)), "{}", world.name);
        let again = send(&world.store, &edition, number, &sheet).await;
        assert!(matches!(&again, Outcome::Recorded(recorded) if recorded.again), "{}: {again:?}", world.name);
        store.close().await;
        assert!(world.store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
    }
}
