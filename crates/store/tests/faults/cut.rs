//! The server is killed and restarted, and connections are cut, while sixteen people write. They are told so, send the same again, and
//! it is as if nothing had been.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use store::{Edition, Error, Request, Store};

use crate::chance::Chance;
use crate::cluster::{alone, control, cut, shared};
use crate::kill::rounds;
use crate::office::{CLIENTS, holds_exactly, recorded, send, set_up, step};
use crate::support;

/// What sixteen people did while something broke.
#[derive(Default)]
struct Tally {
    done: AtomicBool,
    recorded: AtomicUsize,
    told: AtomicUsize,
    again: AtomicUsize,
}

/// So often the progress of a long run is told.
const TOLD_EVERY: usize = 10;

/// Writes until it is told to stop; whatever goes wrong must be one of the two errors after which the same can be sent again.
async fn write_on(store: Store, edition: Edition, client: usize, tally: Arc<Tally>) -> usize {
    let mut number = 0;
    while !tally.done.load(Ordering::SeqCst) {
        insist(&store, &edition, &step(1, client, number), &tally).await;
        number += 1;
    }
    number
}

async fn insist(store: &Store, edition: &Edition, request: &Request, tally: &Tally) {
    loop {
        match send(store, edition, request).await {
            Ok(outcome) => {
                tally.again.fetch_add(usize::from(recorded(outcome)), Ordering::SeqCst);
                tally.recorded.fetch_add(1, Ordering::SeqCst);
                return;
            }
            Err(Error::Unreachable(_) | Error::Busy(_)) => {
                tally.told.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Err(other) => panic!("sending the same again would not be the next step: {other:?}"),
        }
    }
}

/// Breaks something again and again while sixteen people write, then looks at everything.
async fn broken_again_and_again(what: &str, times: usize, breaks: impl AsyncFn(&str)) {
    let mut chance = Chance::new(what);
    let world = support::postgres().await;
    let store::Place::Server(address) = &world.place else { unreachable!("it is a server") };
    let edition = set_up(&world.store).await;
    let mut expected: BTreeSet<String> = crate::office::journal(&world.store, &edition).await.into_keys().collect();
    let tally = Arc::new(Tally::default());
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| tokio::spawn(write_on(world.store.clone(), edition.clone(), client, Arc::clone(&tally))))
        .collect();
    for time in 0..times {
        if time > 0 && time % TOLD_EVERY == 0 {
            println!("{what} {time} times so far");
        }
        let acts = tally.recorded.load(Ordering::SeqCst) + usize::try_from(chance.below(60)).unwrap();
        while tally.recorded.load(Ordering::SeqCst) < acts && clients.iter().all(|client| !client.is_finished()) {
            tokio::time::sleep(Duration::from_micros(500)).await;
        }
        tokio::time::sleep(Duration::from_micros(chance.below(5_000))).await;
        breaks(address).await;
    }
    tally.done.store(true, Ordering::SeqCst);
    for (client, writing) in clients.into_iter().enumerate() {
        let numbers = 0..writing.await.unwrap();
        expected.extend(numbers.map(|number| step(1, client, number).id));
    }
    holds_exactly(&world.store, &edition, &expected).await;
    let [recorded, told, again] = [&tally.recorded, &tally.told, &tally.again].map(|count| count.load(Ordering::SeqCst));
    println!("{what} {times} times: {recorded} acts recorded, {told} times told to try again, {again} had happened all the same");
    assert!(told > 0, "nobody noticed anything");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_killed_while_sixteen_write_loses_nothing_that_was_acknowledged() {
    let _server = alone().await;
    broken_again_and_again("server killed", rounds(), async |_| {
        control("kill9").await;
        control("start").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_restarted_while_sixteen_write_loses_nothing_that_was_acknowledged() {
    let _server = alone().await;
    broken_again_and_again("server restarted", rounds(), async |_| control("restart").await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_cut_while_sixteen_write_lose_nothing_that_was_acknowledged() {
    let _server = shared().await;
    broken_again_and_again("connections cut", rounds(), async |address| while cut(address).await == 0 {}).await;
}
