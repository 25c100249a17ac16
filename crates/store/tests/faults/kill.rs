//! The program is killed (`kill -9`) while sixteen people write.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use store::{Edition, Error, Place, Store};

use crate::chance::Chance;
use crate::child::{PLAIN, say, start};
use crate::cluster::shared;
use crate::office::{CLIENTS, holds_exactly, recorded, send, set_up, step};
use crate::support::{self, World};

/// So many kills in one database; the next ones happen in a fresh one, so that looking at everything after each stays affordable.
const ROUNDS_PER_DATABASE: usize = 10;

/// How often a fault happens: ten times, or as `make soak` says.
pub fn rounds() -> usize {
    std::env::var("PARITRANA_FAULT_ROUNDS").map_or(10, |rounds| rounds.parse().expect("the rounds are a number"))
}

/// What the child does until it is killed: everybody hands in one act after the other and says its number once it is recorded.
pub async fn write(place: &Place, run: usize) {
    let store = Store::open(place).await.unwrap();
    let edition = store.edition("small-2020").await.unwrap();
    let clients = (0..CLIENTS).map(|client| tokio::spawn(write_on(store.clone(), edition.clone(), run, client)));
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
}

async fn write_on(store: Store, edition: Edition, run: usize, client: usize) {
    for number in 0.. {
        let request = step(run, client, number);
        let outcome = loop {
            match send(&store, &edition, &request).await {
                Ok(outcome) => break outcome,
                // On a machine that is busy with other things nobody may get in for a while.
                Err(error) => assert!(matches!(error, Error::Unreachable(_)), "{error:?}"),
            }
        };
        recorded(outcome);
        say(&format!("recorded {client} {number}"));
    }
}

async fn killed_again_and_again(fresh: impl AsyncFn() -> World) {
    let mut chance = Chance::new("kill");
    let mut acknowledged = 0;
    for first in (0..rounds()).step_by(ROUNDS_PER_DATABASE) {
        let world = fresh().await;
        let edition = set_up(&world.store).await;
        let mut expected: BTreeSet<String> = crate::office::journal(&world.store, &edition).await.into_keys().collect();
        world.store.close().await;
        let last = (first + ROUNDS_PER_DATABASE).min(rounds());
        for run in first + 1..=last {
            acknowledged += killed(&world.place, run, &mut chance, &mut expected).await;
        }
        println!("killed {last} times while writing to {}: {acknowledged} acts acknowledged", world.name);
    }
}

/// Once: returns how many acts were acknowledged before the kill.
async fn killed(place: &Place, run: usize, chance: &mut Chance, expected: &mut BTreeSet<String>) -> usize {
    let next = acknowledged_before_kill(place, run, chance);
    let store = Store::open(place).await.unwrap();
    let edition = store.edition("small-2020").await.unwrap();
    let found = crate::office::journal(&store, &edition).await;
    for client in 0..CLIENTS {
        let next = next.get(&client).copied().unwrap_or_default();
        expected.extend((0..next).map(|number| step(run, client, number).id));
        // Whoever got no answer sends the same again: it is answered, whether it had happened or not.
        let unanswered = step(run, client, next);
        let again = recorded(send(&store, &edition, &unanswered).await.unwrap());
        // A server may still be busy with the last words of the program that was killed when the journal was read.
        assert!(again || !found.contains_key(&unanswered.id), "run {run}, {client} {next}");
        expected.insert(unanswered.id);
    }
    holds_exactly(&store, &edition, expected).await;
    store.close().await;
    next.values().sum()
}

/// For each person the number after the last act that was acknowledged. The instant of the kill is after a random act and a moment.
fn acknowledged_before_kill(place: &Place, run: usize, chance: &mut Chance) -> BTreeMap<usize, usize> {
    let (acts, moment) = (chance.below(150), Duration::from_micros(chance.below(20_000)));
    let mut child = start(PLAIN, "write", place, run);
    let mut said: Vec<String> = (0..acts).map(|_| child.next("recorded ").expect("it writes until it is killed")).collect();
    std::thread::sleep(moment);
    said.extend(child.kill("recorded "));
    let mut next = BTreeMap::new();
    for line in said {
        let (client, number) = line.split_once(' ').unwrap();
        let (client, number): (usize, usize) = (client.parse().unwrap(), number.parse().unwrap());
        assert_eq!(next.insert(client, number + 1).unwrap_or_default(), number, "one after the other");
    }
    next
}

#[tokio::test]
async fn a_program_killed_while_sixteen_write_leaves_everything_acknowledged_and_nothing_half_done_in_a_file() {
    killed_again_and_again(support::sqlite).await;
}

#[tokio::test]
async fn a_program_killed_while_sixteen_write_leaves_everything_acknowledged_and_nothing_half_done_on_a_server() {
    let _server = shared().await;
    killed_again_and_again(support::postgres).await;
}
