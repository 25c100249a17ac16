//! Opening a store: an SQLite file, or a PostgreSQL server.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, PgConnection, PgPool, SqlitePool};

use crate::error::{Error, Result};
use crate::memory::Memory;
use crate::noted::Noted;
use crate::reading::Readings;
use crate::referred::Shelf;
use crate::sql::Pool;

/// So many connections read an SQLite file at the same time.
const SQLITE_READERS: u32 = 4;
/// So many connections one process has to PostgreSQL.
const POSTGRES_CONNECTIONS: u32 = 10;
/// So long a writer waits for its turn before it is told that the database is busy.
const PATIENCE: Duration = Duration::from_secs(20);
/// So long until somebody whose turn it was not asks again.
pub(crate) const TURN: Duration = Duration::from_millis(20);
/// So long a server may take to say why it gives no connection.
const PROBE: Duration = Duration::from_secs(2);

impl Place {
    /// The place for people to read, without a password.
    pub fn shown(&self) -> String {
        shown(self)
    }
}

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
            _ => Err(Error::Address(without_password(text))),
        }
    }
}

/// An open database, with the place of the files that acts refer to. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) pool: Pool,
    pub(crate) shelf: Shelf,
    pub(crate) memory: Memory,
    pub(crate) readings: Readings,
    pub(crate) noted: Noted,
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

    /// Opens or makes a database whose schema is of an older version, to read an older backup in.
    pub(crate) async fn open_or_make_at(place: &Place, version: i64) -> Result<Store> {
        let store = Store::connect(place, true, PATIENCE).await?;
        match store.schema_version().await? {
            found if found > version => Err(Error::NotEmpty { place: place.shown(), table: "schema".into() }),
            _ => store.migrate_until(version).await.map(|()| store),
        }
    }

    async fn connect(place: &Place, make: bool, patience: Duration) -> Result<Store> {
        let connected = match place {
            Place::File(path) => connect_file(path, make, patience).await,
            Place::Server(address) => connect_server(address, patience).await,
        };
        connected
            .map(|pool| Store {
                pool,
                shelf: Shelf::Nowhere,
                readings: Readings::default(),
                noted: Noted::default(),
                memory: Memory::default(),
            })
            .map_err(|error| error.at(&shown(place)))
    }

    /// Whether the database answers, and is still the one that was opened. A file that is taken away or replaced while it is open goes on taking
    /// rows that nobody finds afterwards.
    ///
    /// # Errors
    ///
    /// [`Error::Gone`] if the file is no longer in its place; otherwise what the database says.
    pub async fn answers(&self) -> Result<()> {
        if let Pool::Sqlite { file, .. } = &self.pool {
            file.is_in_place()?;
        }
        self.leaves_in_all().await.map(drop)
    }

    /// The same SQLite file for something that is kept whole or not at all: no commit waits for the disk, which gets everything at
    /// checkpoints and by [`Store::close`]. If the power fails before, the last acts may be missing, but never part of one. A server goes on
    /// waiting for its disk at each commit.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn with_disk_at_the_end(self) -> Result<Store> {
        if let Pool::Sqlite { writer, .. } = &self.pool {
            // A connection that takes the place of this one waits for the disk again.
            // Most acts write a page anew that one shortly before wrote: between two checkpoints it comes to rest.
            for pragma in ["pragma synchronous = normal", "pragma wal_autocheckpoint = 8192", "pragma cache_size = -8192"] {
                sqlx::query(pragma).execute(writer).await?;
            }
        }
        Ok(self)
    }

    /// The same for a database that is filled in one transaction: SQLite keeps 64 MiB of its pages, because rows come in the order of their key
    /// and other indexes of the table get them in any order.
    pub(crate) async fn with_room_to_fill(self) -> Result<Store> {
        if let Pool::Sqlite { writer, .. } = &self.pool {
            sqlx::query("pragma cache_size = -65536").execute(writer).await?;
        }
        Ok(self)
    }

    /// Closes all connections; what was not committed never happened.
    pub async fn close(&self) {
        match &self.pool {
            Pool::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}

/// The file that was opened, by which another one in its place is told apart.
#[derive(Debug, Clone)]
pub(crate) struct OpenFile {
    path: PathBuf,
    opened: Option<Identity>,
}

impl OpenFile {
    /// Says no if the file was taken away, or another one stands in its place.
    pub(crate) fn is_in_place(&self) -> Result<()> {
        match identity(&self.path) == self.opened {
            true => Ok(()),
            false => Err(Error::Gone(self.path.display().to_string())),
        }
    }
}

/// Which file it is, however it is called: the disk and its number there.
#[cfg(unix)]
type Identity = (u64, u64);
/// Elsewhere only whether there is one.
#[cfg(not(unix))]
type Identity = ();

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|found| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    std::fs::metadata(path).ok().map(drop)
}

async fn connect_file(path: &Path, make: bool, patience: Duration) -> Result<Pool> {
    let made = if make { make_private(path).map(drop) } else { std::fs::metadata(path).map(drop) };
    match made {
        Err(error) if error.kind() == ErrorKind::NotFound && !make => return Err(Error::NoDatabase(path.display().to_string())),
        Err(error) => return Err(in_the_way(path, &error)),
        Ok(()) if path.is_dir() => return Err(Error::IsFolder(path.display().to_string())),
        Ok(()) => {}
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(make)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("secure_delete", "on")
        .busy_timeout(patience);
    let pool = || {
        // A file does not go away as a server does: nobody asks whether it is still there, which is a change of threads and back each time.
        let options = SqlitePoolOptions::new().acquire_timeout(patience).test_before_acquire(false);
        options.before_acquire(|connection, _| {
            // A failed commit can leave a connection that thinks it is within a transaction: another one takes its place.
            let is_free = !connection.is_in_transaction();
            Box::pin(async move { Ok(is_free) })
        })
    };
    let connected = connect_patiently(&options, pool().max_connections(1), patience).await;
    // SQLite only says that it cannot open it: it is there, so this user may not, or not make the two files beside it.
    let writer = connected.map_err(|error| match error {
        Error::Unreachable(why) if why.contains("code: 14") => Error::NotAllowed(path.display().to_string()),
        other => other,
    })?;
    let readers = pool().max_connections(SQLITE_READERS).connect_lazy_with(options.read_only(true));
    Ok(Pool::Sqlite { writer, readers, file: Arc::new(OpenFile { path: path.to_owned(), opened: identity(path) }) })
}

/// SQLite does not wait for its turn when two programs make a new file keep its journal beside it at the same moment: one of them is told at
/// once that the file is locked. So the waiting is done here.
async fn connect_patiently(options: &SqliteConnectOptions, pool: SqlitePoolOptions, patience: Duration) -> Result<SqlitePool> {
    let since = Instant::now();
    loop {
        match pool.clone().connect_with(options.clone()).await.map_err(Error::from) {
            Err(Error::Busy(_)) if since.elapsed() < patience => tokio::time::sleep(TURN).await,
            connected => return connected,
        }
    }
}

/// Makes an empty file that only its owner reads, if there is none; SQLite gives the files beside it the same rights. Whether it was made.
pub(crate) fn make_private(path: &Path) -> std::io::Result<bool> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        // Such as a disk that can only be read, with the file on it.
        Err(_) if path.exists() => Ok(false),
        Err(error) => Err(error),
    }
}

/// Why there is no file at a path, nor can one be made.
fn in_the_way(path: &Path, error: &std::io::Error) -> Error {
    let place = path.display().to_string();
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => Error::NoFolder(place),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Error::NotAllowed(place),
        ErrorKind::StorageFull => Error::Full,
        _ => Error::Disk(error.to_string()),
    }
}

async fn connect_server(address: &str, patience: Duration) -> Result<Pool> {
    let options = PgConnectOptions::from_str(address).map_err(|_| Error::Address(without_password(address)))?;
    // A node that hangs within an act must not make everybody wait for ever: the others give up waiting, and the server gives up the node.
    let patience_ms = patience.as_millis().to_string();
    let options = options.options([("lock_timeout", &patience_ms), ("idle_in_transaction_session_timeout", &patience_ms)]);
    let pool = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(patience);
    let pool = pool.connect_lazy_with(options);
    // The first connection, so that whoever opens is told at once.
    match pool.acquire().await {
        Ok(_) => Ok(Pool::Postgres(pool)),
        Err(error) => Err(why_none(&pool, error).await),
    }
}

/// Why there was no connection: the pool only says that it waited in vain.
pub(crate) async fn why_none(pool: &PgPool, error: sqlx::Error) -> Error {
    if !matches!(error, sqlx::Error::PoolTimedOut) {
        return error.into();
    }
    let options = pool.connect_options();
    match tokio::time::timeout(PROBE, PgConnection::connect_with(&options)).await {
        Ok(Ok(_)) => error.into(),
        Ok(Err(why)) => Error::Unreachable(why.to_string()),
        Err(_) => Error::Unreachable("no answer".into()),
    }
}

/// A place for people to read.
fn shown(place: &Place) -> String {
    match place {
        Place::File(path) => path.display().to_string(),
        Place::Server(address) => without_password(address),
    }
}

/// An address without the password in it and what follows a question mark, where one could stand too.
fn without_password(address: &str) -> String {
    let address = address.split('?').next().unwrap_or_default();
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    format!("{scheme}://{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        for (address, shown) in [
            ("postgres://ani:s3cret@db.example:5432/award", "postgres://db.example:5432/award"),
            ("postgres://ani:s3@cret@db.example/award?password=s3cret", "postgres://db.example/award"),
            ("postgres:///award?host=/run/postgresql&password=s3cret", "postgres:///award"),
            ("var/award.db", "var/award.db"),
        ] {
            assert_eq!(without_password(address), shown);
        }
    }
}
