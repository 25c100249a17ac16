//! A PostgreSQL whose disk is full: no file of it can grow (`tools/full-disk.c`), until there is room again.

use std::collections::BTreeSet;
use std::time::Duration;

use store::Error;

use crate::cluster::{Full, alone};
use crate::files::told;
use crate::office::{holds_exactly, journal, recorded, send, set_up, step};
use crate::support;

/// So often a server that starts anew meanwhile is asked again.
const PATIENCE: usize = 1_000;

#[tokio::test]
async fn a_server_whose_disk_is_full_says_so_and_nothing_acknowledged_is_missing() {
    let _server = alone().await;
    let world = support::postgres().await;
    let edition = set_up(&world.store).await;
    let mut expected: BTreeSet<String> = journal(&world.store, &edition).await.into_keys().collect();
    let full = Full::begin().await;
    let (mut number, mut whys, mut tries) = (0, Vec::new(), 0);
    while whys.len() < 3 {
        let request = step(1, 0, number);
        match send(&world.store, &edition, &request).await {
            Ok(outcome) => {
                recorded(outcome);
                expected.insert(request.id);
                number += 1;
            }
            Err(error @ Error::Full) => whys.push(told(&error)),
            // No room for its log either: the server starts anew.
            Err(Error::Unreachable(_) | Error::Busy(_)) if tries < PATIENCE => {
                tries += 1;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(whys.iter().all(|why| why.starts_with("Full: There is no room left")), "{whys:?}");
    full.end().await;
    for number in number..number + 30 {
        let request = step(1, 0, number);
        assert!(
            !recorded(send(&world.store, &edition, &request).await.unwrap()),
            "what was told to fail did not happen: {number}"
        );
        expected.insert(request.id);
    }
    holds_exactly(&world.store, &edition, &expected).await;
    println!("full disk under a server: {} acts before, told {} times, 30 after there was room", number, whys.len());
}
