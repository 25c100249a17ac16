//! A rehearsal is played to the announcement, every fault is taken as the rules say, the same seed gives the same winners, and a recount
//! finds what was tampered with.

use std::sync::Arc;

use award::State;
use award::sight::Part;
use office::Office;
use office::rehearse::{Fault, OF_2023, Options, Stopped, Told, Year, agrees, play, recount};
use store::Edition;
use tally::{Change, Mark};

use crate::support::{World, postgres, sqlite, tamper};

/// One province with a category of governments and one of businesses.
fn year(seed: u64, faults: bool) -> Year {
    let categories = vec!["kabkota".to_owned(), "usaha-kecil-mikro".to_owned()];
    Year::invent(Options { provinces: 1, seed, faults, categories }, OF_2023)
}

async fn played_on(world: &World, year: &Year) -> (Told, Office, Edition) {
    play(year, &world.place, &mut |_| {}).await.unwrap_or_else(|stopped| panic!("{}: {stopped}", world.name))
}

fn rows(told: &Told) -> Vec<(&str, &str, &str, &str)> {
    let winners = told.winners.iter();
    winners.map(|one| (one.contest.as_str(), one.award.as_str(), one.candidate.as_str(), one.total.as_str())).collect()
}

#[tokio::test]
async fn every_fault_happens_once_and_is_taken_as_the_rules_say_on_both_databases() {
    let mut told = Vec::new();
    for world in [sqlite().await, postgres().await] {
        let (of_world, ..) = played_on(&world, &year(7, true)).await;
        assert!(of_world.proof.holds(), "{}: {:?}", world.name, of_world.proof);
        told.push(of_world);
    }
    let happened: Vec<(Fault, Vec<&str>, usize)> = told[0]
        .faults
        .iter()
        .map(|fault| (fault.fault, fault.refused.iter().map(words::Message::key).collect(), fault.again))
        .collect();
    let expected = [
        (Fault::LateUpload, vec!["refusal-dossier-late"], 0),
        (Fault::JurorDropsOut, vec![], 0),
        (Fault::SubstitutedChair, vec![], 0),
        (Fault::TwoVersions, vec!["refusal-sheet-stale"], 0),
        (Fault::RetriedHandIn, vec![], 1),
        (Fault::PowerCut, vec![], 1),
        (Fault::DisputedScore, vec![], 0),
        (Fault::LateProvince, vec![], 0),
    ];
    assert_eq!(happened, expected);
    assert_eq!(told[0], told[1], "the same seed gives the same year on another database");
}

#[tokio::test]
async fn another_seed_gives_other_marks_and_no_fault_happens_that_was_not_asked_for() {
    let mut told = Vec::new();
    for seed in [7, 8] {
        let world = sqlite().await;
        let (of_seed, ..) = played_on(&world, &year(seed, false)).await;
        assert!(of_seed.proof.holds(), "{:?}", of_seed.proof);
        assert_eq!(of_seed.faults, []);
        told.push(of_seed);
    }
    assert_ne!(rows(&told[0]), rows(&told[1]));
}

#[tokio::test]
async fn a_count_that_was_tampered_with_is_found_by_the_recount_and_by_the_journal() {
    let world = sqlite().await;
    let year = year(7, false);
    let (told, office, edition) = played_on(&world, &year).await;
    let key = year.provinces[0].contest("kabkota");
    let stored =
        office.store().state(&edition, [Part::Contest(key.clone())], &store::Names::Hidden).await.expect("it can be read");
    assert!(recount(&stored).iter().all(|one| one.agrees));
    let mut tampered: State = stored.clone();
    let contest = tampered.contests.get_mut(&key).expect("it stands");
    let result = contest.ratified.as_mut().expect("it was ratified");
    let sheet = &result.count.sheets[0];
    let (leaf, _) = sheet.marks.first_key_value().expect("it has marks");
    let mark = Mark::try_from("0".to_owned()).expect("it is a mark");
    let change = Change::Mark { juror: sheet.juror.clone(), entry: sheet.entry.clone(), leaf: leaf.clone(), mark };
    result.count = Arc::new(tally::apply(&result.count, &[change]).expect("it can be made"));
    assert!(!agrees(&result.count, &result.outcome));
    assert!(recount(&tampered).iter().any(|one| !one.agrees));
    let sql = "update record set body = replace(body, '\"place\":1', '\"place\":2') where noun = 'ratified'";
    assert_eq!(tamper(&world.place, sql).await, u64::try_from(told.size.contests).expect("it is few"));
    assert!(office.store().verify(&edition).await.expect("it can be read").is_err());
}

#[tokio::test]
async fn an_edition_that_stands_in_the_database_is_not_rehearsed_again() {
    let world = sqlite().await;
    let year = year(7, false);
    world.store.open_edition(&year.edition, &year.text, "2024-01-08T02:00:00.000000Z").await.expect("it is open");
    let stopped = play(&year, &world.place, &mut |_| {}).await.err();
    assert!(matches!(stopped, Some(Stopped::There(edition)) if edition == "gladi-7"), "it is there");
}

#[test]
fn a_national_year_has_a_thousand_candidates_and_nine_jurors_in_each_of_38_provinces() {
    let year = Year::invent(Options { provinces: 38, seed: 7, faults: true, categories: Vec::new() }, OF_2023);
    let candidates: usize = year.rounds().map(|round| round.candidates.len()).sum();
    let jurors: usize = year.provinces.iter().map(|round| round.panel.len()).sum();
    assert!((950..1_100).contains(&candidates), "{candidates}");
    assert_eq!((year.provinces.len(), jurors, year.nation.panel.len()), (38, 342, 9));
    let places: Vec<&str> = Fault::ALL.iter().filter_map(|fault| fault.place(&year)).map(|round| round.code.as_str()).collect();
    let mut different = places.clone();
    different.sort_unstable();
    different.dedup();
    assert_eq!((places.len(), different.len()), (8, 8), "each fault has a province of its own");
    assert!(year.rounds().flat_map(|round| &round.candidates).all(|one| one.name.ends_with("(data contoh)")));
}
