//! Databases and backups that programs of each schema version left behind: every one migrates, restores and verifies.
#![allow(clippy::unwrap_used)]

mod support;

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use store::{Error, Place, SCHEMA_VERSION, Store};
use support::database;

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kept").join(name)
}

/// The files that were kept, by what their names end with, with their schema version.
fn all(end: &str) -> Vec<(i64, PathBuf)> {
    let named = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.to_owned();
        Some((name.strip_prefix("schema-")?.strip_suffix(end)?.parse().ok()?, path))
    };
    let mut all: Vec<(i64, PathBuf)> = fs::read_dir(kept("")).unwrap().filter_map(|entry| named(entry.unwrap().path())).collect();
    all.sort();
    all
}

async fn verifies(store: &Store) {
    let editions = store.editions().await.unwrap();
    assert_eq!(editions, ["trap-14-reopening-loses-the-record"]);
    let edition = store.edition(&editions[0]).await.unwrap();
    let verified = store.verify(&edition).await.unwrap().unwrap();
    assert_eq!((verified.acts, store.schema_version().await.unwrap()), (17, SCHEMA_VERSION));
}

#[test]
fn a_database_and_a_backup_of_each_version_are_kept() {
    let versions: Vec<i64> = (1..=SCHEMA_VERSION).collect();
    for end in [".db.gz", ".backup"] {
        let found: Vec<i64> = all(end).into_iter().map(|(version, _)| version).collect();
        assert_eq!(found, versions, "tools/keep-database.sh keeps one of this version");
    }
}

#[tokio::test]
async fn every_kept_database_migrates_and_verifies() {
    for (version, path) in all(".db.gz") {
        let folder = tempfile::tempdir().unwrap();
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(File::open(path).unwrap()).read_to_end(&mut bytes).unwrap();
        let place = Place::File(folder.path().join("award.db"));
        fs::write(folder.path().join("award.db"), bytes).unwrap();
        match Store::open(&place).await {
            Ok(store) => store.close().await,
            Err(Error::Older { found, .. }) => assert_eq!((found, found < SCHEMA_VERSION), (version, true)),
            Err(other) => panic!("{other}"),
        }
        let store = Store::open_or_make(&place).await.unwrap();
        verifies(&store).await;
        store.close().await;
    }
}

#[tokio::test]
async fn every_kept_backup_restores_into_either_database_and_verifies() {
    for (_, path) in all(".backup") {
        let folder = tempfile::tempdir().unwrap();
        for place in [Place::File(folder.path().join("restored.db")), Place::Server(database().await)] {
            Store::restore(&place, "award.backup", File::open(&path).unwrap()).await.unwrap();
            let store = Store::open(&place).await.unwrap();
            verifies(&store).await;
            store.close().await;
        }
    }
}
