//! The two databases behind one small face: text, whole numbers and truth values in, the same out. Everything above writes its SQL once.

use std::borrow::Cow;
use std::sync::Arc;

use futures_util::TryStreamExt as _;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{AssertSqlSafe, Either, Executor as _, PgPool, Postgres, Row as _, Sqlite, SqlitePool, Transaction};

use crate::error::Result;
use crate::open::{OpenFile, why_none};

/// A value that is bound to a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Text(String),
    Whole(i64),
    Truth(bool),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Cell {
        Cell::Text(text.clone())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Cell {
        Cell::Whole(number)
    }
}

impl From<bool> for Cell {
    fn from(truth: bool) -> Cell {
        Cell::Truth(truth)
    }
}

/// Values for a statement, in the order of `$1`, `$2`, …
macro_rules! cells {
    ($($value:expr),* $(,)?) => { [$($crate::sql::Cell::from($value)),*] };
}
pub(crate) use cells;

/// Statements that are sent together, in their order. None of them needs what another one gives.
#[derive(Debug, Default)]
pub(crate) struct Batch(Vec<(Cow<'static, str>, Vec<Cell>)>);

impl Batch {
    /// Adds a statement of fixed words and placeholders only.
    pub(crate) fn add(&mut self, sql: impl Into<Cow<'static, str>>, cells: impl Into<Vec<Cell>>) {
        self.0.push((sql.into(), cells.into()));
    }

    /// Adds those of another one.
    pub(crate) fn append(&mut self, mut other: Batch) {
        self.0.append(&mut other.0);
    }

    /// All of them as one text.
    fn joined(self) -> (String, Vec<Cell>) {
        let (mut sql, mut values) = (String::new(), Vec::new());
        for (statement, cells) in self.0 {
            sql.push_str(&renumbered(&statement, values.len()));
            sql.push_str(";\n");
            values.extend(cells);
        }
        (sql, values)
    }
}

/// A statement whose values come behind so many others.
pub(crate) fn renumbered(statement: &str, before: usize) -> String {
    let mut pieces = statement.split('$');
    let mut sql = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let digits = piece.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(piece.len());
        let place: usize = piece[..digits].parse().unwrap_or_default();
        sql.push_str(&format!("${}{}", before + place, &piece[digits..]));
    }
    sql
}

/// A row that came back.
#[derive(Debug)]
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    pub(crate) fn text(&self, column: usize) -> Result<String> {
        Ok(match self {
            Row::Sqlite(row) => row.try_get(column)?,
            Row::Postgres(row) => row.try_get(column)?,
        })
    }

    pub(crate) fn whole(&self, column: usize) -> Result<i64> {
        Ok(match self {
            Row::Sqlite(row) => row.try_get(column)?,
            Row::Postgres(row) => row.try_get(column)?,
        })
    }

    pub(crate) fn truth(&self, column: usize) -> Result<bool> {
        Ok(match self {
            Row::Sqlite(row) => row.try_get(column)?,
            Row::Postgres(row) => row.try_get(column)?,
        })
    }
}

/// The pools of a store.
#[derive(Debug, Clone)]
pub(crate) enum Pool {
    /// One connection writes, a few read.
    Sqlite { writer: SqlitePool, readers: SqlitePool, file: Arc<OpenFile> },
    /// All connections do both.
    Postgres(PgPool),
}

impl Pool {
    /// Begins a transaction that writes. On SQLite it has the file to itself from now on.
    pub(crate) async fn write(&self) -> Result<Tx> {
        Ok(match self {
            Pool::Sqlite { writer, file, .. } => Tx::Sqlite(writer.begin_with("begin immediate").await?, Arc::clone(file)),
            Pool::Postgres(pool) => match pool.begin().await {
                Ok(tx) => Tx::Postgres(tx),
                Err(error) => return Err(why_none(pool, error).await),
            },
        })
    }

    /// Begins a transaction that sees one moment, and puts on record who looked.
    pub(crate) async fn look(&self) -> Result<Tx> {
        match self {
            Pool::Sqlite { .. } => self.write().await,
            Pool::Postgres(pool) => match pool.begin_with("begin transaction isolation level repeatable read").await {
                Ok(tx) => Ok(Tx::Postgres(tx)),
                Err(error) => Err(why_none(pool, error).await),
            },
        }
    }

    /// The only row of a statement that needs no others beside it, if there is one.
    pub(crate) async fn row(&self, sql: &'static str, cells: &[Cell]) -> Result<Option<Row>> {
        Ok(match self {
            Pool::Sqlite { readers, .. } => sqlite(sql.to_owned(), cells).fetch_optional(readers).await?.map(Row::Sqlite),
            Pool::Postgres(pool) => match postgres(sql.to_owned(), cells).fetch_optional(pool).await {
                Ok(row) => row.map(Row::Postgres),
                Err(error) => return Err(why_none(pool, error).await),
            },
        })
    }

    /// The rows of a statement that needs no others beside it. It was put together from fixed words and placeholders only.
    pub(crate) async fn rows(&self, sql: String, cells: &[Cell]) -> Result<Vec<Row>> {
        Ok(match self {
            Pool::Sqlite { readers, .. } => {
                let rows = sqlite(sql, cells).fetch_all(readers).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Pool::Postgres(pool) => match postgres(sql, cells).fetch_all(pool).await {
                Ok(rows) => rows.into_iter().map(Row::Postgres).collect(),
                Err(error) => return Err(why_none(pool, error).await),
            },
        })
    }

    /// Begins a transaction that only reads, and sees one moment.
    pub(crate) async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Pool::Sqlite { readers, file, .. } => Tx::Sqlite(readers.begin().await?, Arc::clone(file)),
            Pool::Postgres(pool) => {
                let begin = "begin transaction isolation level repeatable read read only";
                match pool.begin_with(begin).await {
                    Ok(tx) => Tx::Postgres(tx),
                    Err(error) => return Err(why_none(pool, error).await),
                }
            }
        })
    }
}

impl Pool {
    /// Empties SQLite's log of earlier pages, so that what was erased stands nowhere any more. While somebody reads an earlier moment it
    /// stays until a later checkpoint; what was erased is erased all the same, so this cannot fail.
    pub(crate) async fn forget(&self) {
        if let Pool::Sqlite { writer, .. } = self {
            let _done = sqlx::query("pragma wal_checkpoint(truncate)").fetch_all(writer).await;
        }
    }
}

/// A transaction; dropped without [`Tx::commit`] it never happened.
#[derive(Debug)]
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>, Arc<OpenFile>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// The rows that a statement gives.
    pub(crate) async fn rows(&mut self, sql: &'static str, cells: &[Cell]) -> Result<Vec<Row>> {
        self.rows_of(sql.to_owned(), cells).await
    }

    /// The rows of a statement that was put together here, from fixed words and placeholders only.
    pub(crate) async fn rows_of(&mut self, sql: String, cells: &[Cell]) -> Result<Vec<Row>> {
        Ok(match self {
            Tx::Sqlite(tx, _) => {
                let rows = sqlite(sql, cells).fetch_all(&mut **tx).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Tx::Postgres(tx) => {
                let rows = postgres(sql, cells).fetch_all(&mut **tx).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// The same rows one after the other, so that no more than a few of them are in memory beside what is made of them.
    pub(crate) async fn each_row(&mut self, sql: String, cells: &[Cell], mut take: impl FnMut(&Row) -> Result<()>) -> Result<()> {
        match self {
            Tx::Sqlite(tx, _) => {
                let mut rows = sqlite(sql, cells).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    take(&Row::Sqlite(row))?;
                }
            }
            Tx::Postgres(tx) => {
                let mut rows = postgres(sql, cells).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    take(&Row::Postgres(row))?;
                }
            }
        }
        Ok(())
    }

    /// The only row of a statement, if there is one.
    pub(crate) async fn row(&mut self, sql: &'static str, cells: &[Cell]) -> Result<Option<Row>> {
        Ok(self.rows(sql, cells).await?.into_iter().next())
    }

    /// Runs a statement and tells how many rows it changed.
    pub(crate) async fn run(&mut self, sql: &'static str, cells: &[Cell]) -> Result<u64> {
        self.run_of(sql.to_owned(), cells).await
    }

    /// Runs a statement that was put together here, from fixed words and placeholders only.
    pub(crate) async fn run_of(&mut self, sql: String, cells: &[Cell]) -> Result<u64> {
        Ok(match self {
            Tx::Sqlite(tx, _) => sqlite(sql, cells).execute(&mut **tx).await?.rows_affected(),
            Tx::Postgres(tx) => postgres(sql, cells).execute(&mut **tx).await?.rows_affected(),
        })
    }

    /// Runs several statements and tells how many rows each of them changed. SQLite gets all of them at once, because each sending is a change
    /// of threads and back.
    pub(crate) async fn run_all(&mut self, batch: Batch) -> Result<Vec<u64>> {
        let mut changed = Vec::new();
        match self {
            Tx::Sqlite(tx, _) => {
                let (sql, cells) = batch.joined();
                let mut told = tx.fetch_many(sqlite_owned(sql, cells));
                while let Some(told) = told.try_next().await? {
                    if let Either::Left(done) = told {
                        changed.push(done.rows_affected());
                    }
                }
            }
            Tx::Postgres(_) => {
                for (sql, cells) in batch.0 {
                    changed.push(self.run_of(sql.into_owned(), &cells).await?);
                }
            }
        }
        Ok(changed)
    }

    /// The rows that several statements give, for each of them. SQLite gets all statements at once, as in [`Tx::run_all`].
    pub(crate) async fn rows_of_all(&mut self, batch: Batch) -> Result<Vec<Vec<Row>>> {
        let mut all = Vec::new();
        match self {
            Tx::Sqlite(tx, _) => {
                let (sql, cells) = batch.joined();
                let (mut told, mut rows) = (tx.fetch_many(sqlite_owned(sql, cells)), Vec::new());
                while let Some(told) = told.try_next().await? {
                    match told {
                        Either::Left(_) => all.push(std::mem::take(&mut rows)),
                        Either::Right(row) => rows.push(Row::Sqlite(row)),
                    }
                }
            }
            Tx::Postgres(_) => {
                for (sql, cells) in batch.0 {
                    all.push(self.rows_of(sql.into_owned(), &cells).await?);
                }
            }
        }
        Ok(all)
    }

    /// What SQLite itself finds wrong with its file, pages included that nothing reads; a server looks after its own.
    pub(crate) async fn damage(&mut self) -> Result<Option<String>> {
        if let Tx::Postgres(_) = self {
            return Ok(None);
        }
        let found = self.row("pragma integrity_check(1)", &cells![]).await?.map(|row| row.text(0)).transpose()?;
        Ok(found.filter(|found| found != "ok"))
    }

    /// Makes it so. When this returns, the change survives whatever happens to the process or its machine; in an SQLite file that is no longer in
    /// its place nobody would find it, so there nothing is acknowledged.
    pub(crate) async fn commit(self) -> Result<()> {
        match self {
            Tx::Sqlite(tx, file) => {
                file.is_in_place()?;
                tx.commit().await?;
            }
            Tx::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

fn sqlite(sql: String, cells: &[Cell]) -> Query<'static, Sqlite, SqliteArguments> {
    sqlite_owned(sql, cells.to_vec())
}

fn sqlite_owned(sql: String, cells: Vec<Cell>) -> Query<'static, Sqlite, SqliteArguments> {
    cells.into_iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, cell| match cell {
        Cell::Text(text) => query.bind(text),
        Cell::Whole(number) => query.bind(number),
        Cell::Truth(truth) => query.bind(truth),
    })
}

fn postgres(sql: String, cells: &[Cell]) -> Query<'static, Postgres, PgArguments> {
    cells.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, cell| match cell {
        Cell::Text(text) => query.bind(text.clone()),
        Cell::Whole(number) => query.bind(*number),
        Cell::Truth(truth) => query.bind(*truth),
    })
}
