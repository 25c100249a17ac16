//! Bad PostgreSQL servers: not there, not willing, silent, stopped, read-only, held by a node that hangs; and two people whose names are
//! written for the first time in two rounds at once.

use std::time::Duration;

use award::RoundKey;
use store::{Error, Outcome, Place, Store};

use crate::cluster::{alone, control, shared};
use crate::files::told;
use crate::office::{CLIENTS, appoint, recorded, request, send, set_up, step};
use crate::support::{self, tamper};

const PATIENCE: Duration = Duration::from_secs(2);

async fn why_not_opened(address: &str) -> String {
    let error =
        Store::open_within(&Place::Server(address.to_owned()), PATIENCE / 2).await.expect_err("this server cannot be used");
    told(&error)
}

#[tokio::test]
async fn a_server_that_cannot_be_used_is_told_without_its_password() {
    let _server = shared().await;
    let address = support::database().await;
    let [user, password, host, port, database] = {
        let parts: Vec<&str> = address.strip_prefix("postgres://").unwrap().split([':', '@', '/']).collect();
        parts.try_into().expect("user:password@host:port/database")
    };
    let with = |user: &str, password: &str, host: &str, port: &str, database: &str| {
        format!("postgres://{user}:{password}@{host}:{port}/{database}")
    };
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent_port = silent.local_addr().unwrap().port().to_string();
    let cases = [
        ("nobody listens", with(user, password, host, "1", database), "refused"),
        ("somebody silent listens", with(user, password, host, &silent_port, database), "no answer"),
        ("no such host", with(user, password, "nowhere.invalid", port, database), "nowhere.invalid"),
        ("a wrong password", with(user, "wrong", host, port, database), "password authentication failed"),
        ("an unknown user", with("nobody", password, host, port, database), "authentication failed"),
        ("an unknown database", with(user, password, host, port, "nothing"), "does not exist"),
    ];
    for (name, address, word) in cases {
        let why = why_not_opened(&address).await;
        assert!(why.starts_with("Unreachable: ") && why.contains(word), "{name} ({address}): {why}");
        assert!(!why.contains(password), "{name}: {why}");
    }
    drop(silent);
    let misspelt = with(user, password, host, "port", database).parse::<Place>();
    let misspelt = Store::open(&misspelt.unwrap()).await.unwrap_err();
    assert!(told(&misspelt).starts_with("Address: ") && !format!("{misspelt} {misspelt:?}").contains(password), "{misspelt:?}");
    let empty = Store::open_within(&Place::Server(address.clone()), PATIENCE).await.unwrap_err();
    assert!(told(&empty).starts_with("Older: "), "{empty:?}");
}

#[tokio::test]
async fn a_server_that_is_stopped_is_unreachable_until_it_is_back() {
    let _server = alone().await;
    let world = support::postgres().await;
    set_up(&world.store).await;
    let store = Store::open_within(&world.place, PATIENCE).await.unwrap();
    let edition = store.edition("small-2020").await.unwrap();
    control("stop").await;
    let writing = send(&store, &edition, &step(1, 0, 0)).await.unwrap_err();
    let reading = store.verify(&edition).await.unwrap_err();
    assert!(
        told(&writing).starts_with("Unreachable: ") && told(&reading).starts_with("Unreachable: "),
        "{writing:?} {reading:?}"
    );
    control("start").await;
    assert!(!recorded(send(&store, &edition, &step(1, 0, 0)).await.unwrap()));
    store.verify(&edition).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_server_that_only_reads_is_told_and_can_be_read() {
    let _server = shared().await;
    let world = support::postgres().await;
    set_up(&world.store).await;
    let name = match &world.place {
        Place::Server(address) => address.rsplit('/').next().unwrap().to_owned(),
        Place::File(_) => unreachable!("it is a server"),
    };
    tamper(&world.place, &format!("alter database {name} set default_transaction_read_only = on")).await;
    let store = Store::open(&world.place).await.unwrap();
    let edition = store.edition("small-2020").await.unwrap();
    let error = send(&store, &edition, &step(1, 0, 0)).await.unwrap_err();
    assert!(told(&error).starts_with("ReadOnly: "), "{error:?}");
    store.verify(&edition).await.unwrap().unwrap();
}

/// A node that hangs in the middle of an act keeps others waiting, but not for ever.
#[tokio::test]
async fn a_node_that_hangs_makes_the_others_busy_and_not_stuck() {
    let _server = shared().await;
    let world = support::postgres().await;
    set_up(&world.store).await;
    let Place::Server(address) = &world.place else { unreachable!("it is a server") };
    let pool = sqlx::PgPool::connect(address).await.unwrap();
    let mut hanging = pool.begin().await.unwrap();
    sqlx::query("update chain set position = position + 1").execute(&mut *hanging).await.unwrap();

    let store = Store::open_within(&world.place, PATIENCE).await.unwrap();
    let edition = store.edition("small-2020").await.unwrap();
    let error = send(&store, &edition, &step(1, 0, 0)).await.unwrap_err();
    assert!(told(&error).starts_with("Busy: ") && matches!(error, Error::Busy(_)), "{error:?}");
    hanging.rollback().await.unwrap();
    assert!(!recorded(send(&store, &edition, &step(1, 0, 0)).await.unwrap()));
    store.verify(&edition).await.unwrap().unwrap();
}

/// The same name is written for the first time in many rounds at once: it gets one commitment, or the journal would not fold to the
/// records.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_is_new_in_many_rounds_at_once_is_kept_once() {
    let _server = shared().await;
    let world = support::postgres().await;
    let edition = set_up(&world.store).await;
    for turn in 0..6 {
        let writing = (0..CLIENTS).map(|client| {
            let round = RoundKey { level: "province".into(), region: Some((61 + client).to_string()) };
            let act =
                appoint(round, &format!("traveller-{turn}"), &format!("Siti {turn}"), if turn == 0 { "chair" } else { "member" });
            let request = request(1, client, turn, act);
            let (store, edition) = (world.store.clone(), edition.clone());
            tokio::spawn(async move { send(&store, &edition, &request).await.unwrap() })
        });
        for written in writing.collect::<Vec<_>>() {
            assert!(matches!(written.await.unwrap(), Outcome::Recorded(_)) || turn > 2);
        }
    }
    world.store.verify(&edition).await.unwrap().unwrap();
    let names = "update personal set erased = erased where value like 'Siti %'";
    assert_eq!(tamper(&world.place, names).await, 3, "a chair and two members");
}
