//! Fresh databases for tests: an SQLite file and a PostgreSQL database, both gone afterwards.
#![allow(dead_code, clippy::unwrap_used)]

use std::sync::atomic::{AtomicU32, Ordering};

use store::{Place, Store};
use tempfile::TempDir;

/// A database that nobody else uses.
pub struct World {
    /// `sqlite` or `postgres`.
    pub name: &'static str,
    pub place: Place,
    pub store: Store,
    _folder: Option<TempDir>,
}

/// A fresh database of each kind.
pub async fn worlds() -> Vec<World> {
    vec![sqlite().await, postgres().await]
}

pub async fn sqlite() -> World {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::File(folder.path().join("award.db"));
    let store = Store::open_or_make(&place).await.unwrap();
    World { name: "sqlite", place, store, _folder: Some(folder) }
}

pub async fn postgres() -> World {
    let place = Place::Server(database().await);
    let store = Store::open_or_make(&place).await.unwrap();
    World { name: "postgres", place, store, _folder: None }
}

/// The address of a new, empty PostgreSQL database in the cluster of this run.
pub async fn database() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("PARITRANA_TEST_POSTGRES");
    let server =
        server.expect("PostgreSQL is not running: call the tests through `tools/postgres.sh cargo test …`, as `make test` does");
    let name = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let pool = sqlx::PgPool::connect(&server).await.unwrap();
    let create = format!("create database {name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'");
    sqlx::query(sqlx::AssertSqlSafe(create)).execute(&pool).await.unwrap();
    pool.close().await;
    let (address, query) = server.split_once('?').map_or((server.as_str(), ""), |(address, query)| (address, query));
    let (address, _) = address.rsplit_once('/').unwrap();
    if query.is_empty() { format!("{address}/{name}") } else { format!("{address}/{name}?{query}") }
}

/// Runs a statement past the store, as somebody with access to the database could.
pub async fn tamper(place: &Place, sql: &str) -> u64 {
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    match place {
        Place::File(path) => {
            let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
            let done = sqlx::query(sql).execute(&pool).await.unwrap().rows_affected();
            pool.close().await;
            done
        }
        Place::Server(address) => {
            let pool = sqlx::PgPool::connect(address).await.unwrap();
            let done = sqlx::query(sql).execute(&pool).await.unwrap().rows_affected();
            pool.close().await;
            done
        }
    }
}
