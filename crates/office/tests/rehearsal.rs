//! A rehearsal is played to the announcement, every fault is taken as the rules say, and a recount finds what was tampered with.

use office::rehearse::{Fault, OF_2023, Options, Told, Year, play};
use store::Place;

fn year(seed: u64, faults: bool) -> Year {
    Year::invent(Options { provinces: 1, seed, faults }, OF_2023)
}

async fn played(year: &Year) -> Told {
    let folder = tempfile::tempdir().expect("there is room");
    let place = Place::File(folder.path().join("award.db"));
    match play(year, &place, &mut |_| {}).await {
        Ok((told, ..)) => told,
        Err(stopped) => panic!("{stopped}"),
    }
}

#[tokio::test]
async fn a_province_is_played_to_the_announcement_and_the_recount_agrees() {
    let told = played(&year(7, false)).await;
    assert!(told.proof.holds(), "{:?}", told.proof);
    assert_eq!(told.faults, []);
    println!("{:?} {:#?} {:?}", told.size, told.stages, told.proof);
}

#[tokio::test]
async fn every_fault_happens_and_is_taken_as_the_rules_say() {
    let started = std::time::Instant::now();
    let told = played(&year(7, true)).await;
    println!("{:?} {:?} {:#?} {:?}", started.elapsed(), told.size, told.faults, told.proof);
    assert!(told.proof.holds(), "{:?}", told.proof);
    let happened: Vec<Fault> = told.faults.iter().map(|fault| fault.fault).collect();
    assert_eq!(happened, Fault::ALL);
}
