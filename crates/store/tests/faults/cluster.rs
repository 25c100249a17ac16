//! The PostgreSQL of this run. Tests that kill it have it to themselves; the others share it.

use std::process::Command;

use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

static CLUSTER: RwLock<()> = RwLock::const_new(());

/// Nobody kills the server while this is held.
pub async fn shared() -> RwLockReadGuard<'static, ()> {
    CLUSTER.read().await
}

/// Nobody else uses the server while this is held.
pub async fn alone() -> RwLockWriteGuard<'static, ()> {
    CLUSTER.write().await
}

/// Has the server started, stopped or killed: see `tools/postgres.sh`.
pub async fn control(order: &'static str) {
    let program = std::env::var("PARITRANA_TEST_POSTGRES_CTL").expect("call the tests through `tools/postgres.sh`");
    let done = tokio::task::spawn_blocking(move || Command::new(program).arg(order).status().unwrap()).await.unwrap();
    assert!(done.success(), "{order}");
}

/// Cuts every connection to the database at an address but the one that cuts; returns how many there were.
pub async fn cut(address: &str) -> usize {
    let pool = sqlx::PgPool::connect(address).await.unwrap();
    let cut =
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    let cut = sqlx::query(cut).fetch_all(&pool).await.unwrap().len();
    pool.close().await;
    cut
}

/// The server's disk is full while this is there.
pub struct Full(());

impl Full {
    pub async fn begin() -> Full {
        control("full").await;
        Full(())
    }

    /// There is room again.
    pub async fn end(self) {
        control("room").await;
    }
}

impl Drop for Full {
    /// Also when a test fails in between.
    fn drop(&mut self) {
        if let Ok(program) = std::env::var("PARITRANA_TEST_POSTGRES_CTL") {
            let _ = Command::new(program).arg("room").status();
        }
    }
}
