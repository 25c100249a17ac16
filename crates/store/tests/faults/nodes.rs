//! Two nodes on one PostgreSQL, sixty-four writers: whoever decided looking at something old is shown both versions, nobody's change is
//! lost, and no deadlock reaches anybody.

use award::record::{Address, Noun};
use award::sight::Part;
use award::{Act, Actor, CandidateId, Deed, State};
use store::{Edition, Error, Names, Outcome, Place, Seen, Stale, Store};

use crate::child::{PLAIN, say, start};
use crate::cluster::shared;
use crate::office::{CLIENTS, candidate, claim, contest, holds_exactly, journal, recorded, request, round, send, set_up, step};
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
        let mut seen = figure(&store.state(&edition, parts(province), &Names::Hidden).await.unwrap(), province, name);
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
    let nodes = nodes.map(|node| tokio::task::spawn_blocking(|| node.end("")));
    while nodes.iter().any(|node| !node.is_finished()) {
        world.store.verify(&edition).await.unwrap().expect("whoever looks in between sees nothing half-done");
    }
    let mut said = Vec::new();
    for node in nodes {
        said.extend(node.await.unwrap());
    }
    let acknowledged: Vec<&str> = said.iter().filter_map(|line| line.strip_prefix("recorded ")).collect();
    let stale = said.iter().filter(|line| *line == "stale").count();
    println!("{} changes acknowledged, {stale} times both versions shown", acknowledged.len());
    assert!(acknowledged.len() == 2 * WRITERS * TURNS && stale > 0, "{} and {stale}", acknowledged.len());

    expected.extend(acknowledged.into_iter().map(ToOwned::to_owned));
    holds_exactly(&world.store, &edition, &expected).await;
    for (province, name) in FIGURES {
        let figure = figure(&world.store.state(&edition, parts(province), &Names::Hidden).await.unwrap(), province, name);
        let changes = u32::try_from(2 * WRITERS * TURNS / FIGURES.len()).unwrap();
        assert_eq!(figure, changes, "every writer's addition is in {name} of province {province}");
    }
}

/// A node that stops in the middle of its acts (its machine sleeps, its virtual disk hangs) holds up the others for a while only. When it
/// wakes up it is told that its connections are gone, and goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_falls_asleep_does_not_stop_the_other() {
    let _server = shared().await;
    let world = support::postgres().await;
    let edition = set_up(&world.store).await;
    let mut expected: std::collections::BTreeSet<String> = journal(&world.store, &edition).await.into_keys().collect();
    let mut sleeper = start(PLAIN, "insist", &world.place, 1);
    let mut said = vec![sleeper.next("recorded ").unwrap()];
    for time in 0..5 {
        sleeper.signal("STOP");
        // One round each, so that whatever the sleeper holds is asked for.
        for client in 0..CLIENTS {
            let request = step(2, client, time);
            while let Err(error) = send(&world.store, &edition, &request).await {
                assert!(matches!(error, Error::Busy(_)), "{error:?}");
            }
            expected.insert(request.id);
        }
        sleeper.signal("CONT");
        said.push(sleeper.next("recorded ").expect("it goes on"));
    }
    said.extend(sleeper.kill("recorded "));
    let found = journal(&world.store, &edition).await;
    assert!(said.iter().all(|id| found.contains_key(id)), "everything acknowledged is there");
    expected.extend(found.into_keys().filter(|id| id.contains("-000001")));
    holds_exactly(&world.store, &edition, &expected).await;
}

/// A node whose people send the same again when they are told that the database is busy or cannot be reached.
pub async fn insist(place: &Place, run: usize) {
    // Sixteen connect at once; on a machine that is busy with other things a second is too short for all their passwords.
    let store = Store::open_within(place, std::time::Duration::from_secs(5)).await.unwrap();
    let edition = store.edition("small-2020").await.unwrap();
    let clients = (0..CLIENTS).map(|client| {
        let (store, edition) = (store.clone(), edition.clone());
        tokio::spawn(async move {
            for number in 0.. {
                let request = step(run, client, number);
                while let Err(error) = send(&store, &edition, &request).await {
                    assert!(matches!(error, Error::Busy(_) | Error::Unreachable(_)), "{error:?}");
                }
                say(&format!("recorded {}", request.id));
            }
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
}
