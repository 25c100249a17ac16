//! Opening a store: an SQLite file, or a PostgreSQL server.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::error::{Error, Result};
use crate::sql::Pool;

/// So many connections read an SQLite file at the same time.
const SQLITE_READERS: u32 = 4;
/// So many connections one process has to PostgreSQL.
const POSTGRES_CONNECTIONS: u32 = 10;
/// So long a writer waits for its turn before it is told that the database is busy.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// An SQLite file.
    File(PathBuf),
    /// A PostgreSQL server, with its address.
    Server(String),
}

impl FromStr for Place {
    type Err = Error;

    /// `postgres://…` is a server; `sqlite:PATH` or a plain path is a file.
    ///
    /// ```
    /// use store::Place;
    ///
    /// assert_eq!("sqlite:var/award.db".parse::<Place>().unwrap(), Place::File("var/award.db".into()));
    /// assert_eq!("postgres://localhost/award".parse::<Place>().unwrap(), Place::Server("postgres://localhost/award".into()));
    /// assert!("mysql://localhost".parse::<Place>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<Place> {
        match text.split_once(':') {
            Some(("postgres" | "postgresql", _)) => Ok(Place::Server(text.to_owned())),
            Some(("sqlite", path)) if !path.is_empty() => Ok(Place::File(path.trim_start_matches("//").into())),
            None if !text.is_empty() => Ok(Place::File(text.into())),
            _ => Err(Error::Address(text.to_owned())),
        }
    }
}

/// An open database. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) pool: Pool,
}

impl Store {
    /// Opens a database whose schema is of this program's version.
    ///
    /// # Errors
    ///
    /// [`Error::Unreachable`] if there is none, [`Error::Older`] or [`Error::Newer`] if the schema does not fit.
    pub async fn open(place: &Place) -> Result<Store> {
        Store::open_within(place, PATIENCE).await
    }

    /// The same with another patience than twenty seconds: so long everything waits for its turn, or for a server that starts, before it
    /// is told that the database is busy or cannot be reached.
    ///
    /// # Errors
    ///
    /// As [`Store::open`].
    pub async fn open_within(place: &Place, patience: Duration) -> Result<Store> {
        let store = Store::connect(place, false, patience).await?;
        store.check_schema().await?;
        Ok(store)
    }

    /// Opens a database and brings its schema up to date; makes the file if there is none.
    ///
    /// # Errors
    ///
    /// What the database says; [`Error::Newer`] if a newer program made it.
    pub async fn open_or_make(place: &Place) -> Result<Store> {
        let store = Store::connect(place, true, PATIENCE).await?;
        store.migrate().await?;
        Ok(store)
    }

    async fn connect(place: &Place, make: bool, patience: Duration) -> Result<Store> {
        let pool = match place {
            Place::File(path) => {
                let options = SqliteConnectOptions::new()
                    .filename(path)
                    .create_if_missing(make)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .foreign_keys(true)
                    .busy_timeout(patience);
                let writer = SqlitePoolOptions::new().max_connections(1).acquire_timeout(patience);
                let writer = writer.connect_with(options.clone()).await?;
                let readers = SqlitePoolOptions::new().max_connections(SQLITE_READERS).acquire_timeout(patience);
                Pool::Sqlite { writer, readers: readers.connect_lazy_with(options.read_only(true)) }
            }
            Place::Server(address) => {
                let options = PgConnectOptions::from_str(address).map_err(|_| Error::Address(address.clone()))?;
                let pool = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(patience);
                Pool::Postgres(pool.connect_with(options).await?)
            }
        };
        Ok(Store { pool })
    }

    /// Closes all connections; what was not committed never happened.
    pub async fn close(&self) {
        match &self.pool {
            Pool::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}
