//! Two nodes on one PostgreSQL, sixty-four writers: whoever decided looking at something old is shown both versions, nobody's change is
//! lost, and no deadlock reaches anybody.

use award::record::{Address, Noun};
use award::sight::Part;
use award::{Act, Actor, CandidateId, Deed, State};
use store::{Edition, Outcome, Place, Seen, Stale, Store};

use crate::child::{PLAIN, say, start};
use crate::cluster::shared;
use crate::office::{candidate, claim, contest, holds_exactly, journal, recorded, request, round, send, set_up};
use crate::support;

/// So many writers each node has.
const WRITERS: usize = 32;
/// So often each adds one to its figure.
const TURNS: usize = 3;
/// The figures that all of them change: two claims of a candidate in each of two rounds.
const FIGURES: [(usize, &str); 4] = [(0, "members"), (0, "workers"), (1, "members"), (1, "workers")];

fn candidate_of(province: usize) -> CandidateId {
    CandidateId::new(format!("shared-{province}"))
}

fn parts(province: usize) -> [Part; 2] {
    [Part::Contest(contest(province)), Part::Entry(contest(province), candidate_of(province))]
}

fn address(province: usize, name: &str) -> Address {
    let candidate = Some(candidate_of(province));
    Address { contest: Some(contest(province)), candidate, noun: Noun::Claim, name: name.into() }
}

fn figure(state: &State, province: usize, name: &str) -> u32 {
    let entry = state.contests[&contest(province)].entry(candidate_of(province).as_str()).unwrap();
    entry.claims[name].claimed.as_ref().unwrap().to_string().parse().unwrap()
}

fn stated(province: usize, name: &str, figure: u32) -> Act {
    let claim = claim(candidate_of(province).as_str(), name, figure);
    Act { actor: Actor::Secretariat(round(province)), at: None, deed: Deed::StateClaim(contest(province), claim) }
}

/// A node: its writers add one to the figures, each looking first at what stands there.
pub async fn rival(place: &Place, node: usize) {
    let store = Store::open(place).await.unwrap();
    let edition = store.edition("small-2020").await.unwrap();
    let writers = (0..WRITERS).map(|writer| tokio::spawn(add(store.clone(), edition.clone(), node * WRITERS + writer)));
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
}

async fn add(store: Store, edition: Edition, writer: usize) {
    let (province, name) = FIGURES[writer % FIGURES.len()];
    let address = address(province, name);
    for turn in 0..TURNS {
        // The version first: if the figure is newer than it, the act is stale, and nothing is lost.
        let mut version = store.versions(&edition, parts(province)).await.unwrap().get(&address).copied();
        let mut seen = figure(&store.state(&edition, parts(province)).await.unwrap(), province, name);
        loop {
            let mut request = request(7, writer, turn, stated(province, name, seen + 1));
            request.seen = vec![Seen { address: address.clone(), version }];
            match send(&store, &edition, &request).await.expect("no error reaches a writer") {
                Outcome::Recorded(done) => {
                    assert!(!done.again);
                    say(&format!("recorded {}", request.id));
                    break;
                }
                Outcome::Stale(stale) => {
                    let [Stale { address: at, seen: before, found: Some(found), theirs: Some(theirs) }] = &stale[..] else {
                        panic!("both versions are told: {stale:?}")
                    };
                    assert!(*at == address && *before == version && *before != Some(*found), "{stale:?}");
                    say("stale");
                    (version, seen) = (Some(*found), claimed(theirs));
                }
                Outcome::Refused(refusal) => panic!("the rules allow it: {refusal:?}"),
            }
        }
    }
}

fn claimed(theirs: &serde_json::Value) -> u32 {
    theirs["claimed"].as_str().expect("a claim has a figure").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_writers_on_two_nodes_lose_no_change() {
    let _server = shared().await;
    let world = support::postgres().await;
    let edition = set_up(&world.store).await;
    for province in 0..2 {
        let body = candidate(candidate_of(province).as_str(), &format!("{}.01", round(province).region.unwrap()));
        let propose = Act { actor: Actor::Branch(round(province)), at: None, deed: Deed::Propose(contest(province), body) };
        let acts = [propose, stated(province, "members", 0), stated(province, "workers", 0)];
        for (number, act) in acts.into_iter().enumerate() {
            recorded(send(&world.store, &edition, &request(6, province, number, act)).await.unwrap());
        }
    }
    let mut expected: std::collections::BTreeSet<String> = journal(&world.store, &edition).await.into_keys().collect();

    let nodes = [0, 1].map(|node| start(PLAIN, "rival", &world.place, node));
    let said: Vec<String> = nodes.into_iter().flat_map(|node| node.end("")).collect();
    let acknowledged: Vec<&str> = said.iter().filter_map(|line| line.strip_prefix("recorded ")).collect();
    let stale = said.iter().filter(|line| *line == "stale").count();
    println!("{} changes acknowledged, {stale} times both versions shown", acknowledged.len());
    assert!(acknowledged.len() == 2 * WRITERS * TURNS && stale > 0, "{} and {stale}", acknowledged.len());

    expected.extend(acknowledged.into_iter().map(ToOwned::to_owned));
    holds_exactly(&world.store, &edition, &expected).await;
    for (province, name) in FIGURES {
        let figure = figure(&world.store.state(&edition, parts(province)).await.unwrap(), province, name);
        let changes = u32::try_from(2 * WRITERS * TURNS / FIGURES.len()).unwrap();
        assert_eq!(figure, changes, "every writer's addition is in {name} of province {province}");
    }
}
