//! Fresh databases for tests: an SQLite file and a PostgreSQL database, both gone afterwards.
#![allow(dead_code, clippy::unwrap_used)]

use std::sync::atomic::{AtomicU32, Ordering};

use award::evidence::{FieldVisit, FileRef};
use award::{Act, Actor, Deed, Fact};
use store::{Names, Place, Reader, Store};
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
    let store = as_asked(Store::open_or_make(&place).await.unwrap());
    World { name: "sqlite", place, store, _folder: Some(folder) }
}

pub async fn postgres() -> World {
    let place = Place::Server(database().await);
    let store = as_asked(Store::open_or_make(&place).await.unwrap());
    World { name: "postgres", place, store, _folder: None }
}

/// With `PARITRANA_TEST_MEMORY` set every test plays on a store that remembers the state of the act before: nothing may differ.
fn as_asked(store: Store) -> Store {
    if std::env::var_os("PARITRANA_TEST_MEMORY").is_some() { store.with_memory() } else { store }
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

/// One text, read past the store.
pub async fn tampered_text(place: &Place, sql: &str) -> String {
    texts(place, sql).await.into_iter().next().unwrap()
}

async fn texts(place: &Place, sql: &str) -> Vec<String> {
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    match place {
        Place::File(path) => {
            let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
            let found = sqlx::query_scalar(sql).fetch_all(&pool).await.unwrap();
            pool.close().await;
            found
        }
        Place::Server(address) => {
            let pool = sqlx::PgPool::connect(address).await.unwrap();
            let found = sqlx::query_scalar(sql).fetch_all(&pool).await.unwrap();
            pool.close().await;
            found
        }
    }
}

/// Every table with its columns and their types, and every index, one line each.
pub async fn columns(place: &Place) -> String {
    let sql = match place {
        Place::File(_) => {
            "select line from (
               select t.name || ' ' || c.name || ' ' || lower(c.type) || case c.\"notnull\" when 1 then ' not null' else '' end
                 || case when c.pk > 0 then ' key ' || c.pk else '' end as line
               from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table' and t.name not like '\\_sqlx%' escape '\\'
               union all
               select 'index ' || name from sqlite_master where type = 'index' and name not like 'sqlite%') order by line"
        }
        Place::Server(_) => {
            "select line from (
               select c.table_name || ' ' || c.column_name || ' ' || c.data_type || case c.is_nullable when 'NO' then ' not null' else '' end
                 || coalesce(' key ' || k.ordinal_position, '') as line
               from information_schema.columns c
               left join information_schema.table_constraints p
                 on p.table_schema = c.table_schema and p.table_name = c.table_name and p.constraint_type = 'PRIMARY KEY'
               left join information_schema.key_column_usage k
                 on k.constraint_name = p.constraint_name and k.table_schema = c.table_schema and k.column_name = c.column_name
               where c.table_schema = current_schema() and c.table_name not like '\\_sqlx%'
               union all
               select 'index ' || indexname from pg_indexes where schemaname = current_schema() and indexname not like '%\\_pkey') lines
             order by line"
        }
    };
    let mut lines = texts(place, sql).await;
    lines.sort();
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// A visit to the candidate of another act that names a file, and the fact that it becomes.
pub fn visit(like: &Act, hash: &str) -> (Act, Fact) {
    let visit = FieldVisit {
        candidate: like.deed.candidate().unwrap().clone(),
        visitors: vec!["Ketut Sari".into()],
        at: jiff::civil::datetime(2026, 1, 1, 9, 0, 0, 0),
        place: "Mangupura".into(),
        findings: "As stated".into(),
        files: vec![FileRef { sha256: hash.into(), name: "foto.png".into() }],
    };
    let contest = like.deed.contest().unwrap().clone();
    let deed = Deed::ReportVisit(contest.clone(), visit.clone());
    (Act { actor: Actor::Centre, at: None, deed }, Fact::VisitReported(contest, visit))
}

/// Somebody who may see names.
pub fn reader() -> Reader {
    let at = "2026-03-01T08:00:00Z".parse().unwrap();
    Reader { person: "person:clerk".into(), at, page: "panel".into(), why: "Permintaan 7/2026".into() }
}

/// Names, shown to that person.
pub fn shown() -> Names {
    Names::ShownTo(reader())
}
