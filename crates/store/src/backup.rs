//! A whole database in one file, and back. Reading out sees one moment while others go on writing; reading in is one transaction into an empty
//! database, so that a file that breaks off leaves nothing behind.
//!
//! The file is gzip of lines of JSON: a head with the version of the schema, for each table a line with its columns and one array for each row,
//! and a last line with the number of rows and the SHA-256 of everything before it. Files that acts refer to are not in it: they never change,
//! and are copied beside it.

mod copy;
mod file;
mod made;
mod rows;

use std::io::{Read, Seek, Write};

use jiff::Timestamp;

pub use self::copy::Contents;
use self::file::{Backup, FORMAT, Head, Line, Lines, TableHead, cut_off, not_a_backup, of_disk, read_through};
use self::made::Made;
use self::rows::{Reading, Writing, finish, row, values};
use crate::append::instant;
use crate::error::{Error, Result};
use crate::log::Begun;
use crate::migrate::SCHEMA_VERSION;
use crate::open::{Place, Store};
use crate::sql::{Tx, cells};
use crate::tables::TABLES;

/// What was read out or in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// The version of the schema that the rows came from.
    pub schema: i64,
    /// How many rows each table has.
    pub rows: Vec<(String, u64)>,
}

impl Copied {
    /// How many rows there are in all.
    pub fn total(&self) -> u64 {
        self.rows.iter().map(|(_, rows)| rows).sum()
    }
}

impl Store {
    /// Writes everything that stands in the database at this moment, into what is called so. Others go on reading and writing meanwhile.
    ///
    /// # Errors
    ///
    /// What the database or the place of the backup says; then the backup has no last line and nothing can be restored from it.
    pub async fn backup(&self, file: &str, to: impl Write + Send, at: Timestamp) -> Result<Copied> {
        let begun = Begun::now();
        let copied = self.write_backup(to, at).await.map_err(|error| error.of_backup(file));
        begun.ended("backup", copied.as_ref().map_or(0, Copied::total), &copied);
        copied
    }

    async fn write_backup(&self, to: impl Write + Send, at: Timestamp) -> Result<Copied> {
        let mut tx = self.pool.read().await?;
        let mut lines = Lines::new(to);
        let head = Head { paritrana: "backup".into(), format: FORMAT, schema: SCHEMA_VERSION, made_at: instant(at) };
        lines.write(&head)?;
        let mut copied = Copied { schema: SCHEMA_VERSION, rows: Vec::new() };
        for table in TABLES {
            let columns = table.columns.iter().map(|(name, _)| (*name).to_owned()).collect();
            lines.write(&TableHead { table: table.name.into(), columns })?;
            let mut reading = Reading::new(table);
            while let Some(rows) = reading.next(&mut tx).await? {
                rows.iter().try_for_each(|row| lines.write(&values(row)))?;
            }
            copied.rows.push((table.name.into(), reading.rows));
        }
        lines.end(copied.total())?;
        Ok(copied)
    }

    /// Reads a backup, which is called so, into an empty database, and brings it to this program's schema. It is read twice: once to its end
    /// before the database is opened or made, so that a broken one leaves no file behind.
    ///
    /// # Errors
    ///
    /// [`Error::NotEmpty`] if something stands there, [`Error::NotABackup`] if it is none, [`Error::CutOff`] if it breaks off or was changed,
    /// [`Error::NewerBackup`] if a newer program made it. In each case nothing of it was written, and a file that this made is gone.
    pub async fn restore(place: &Place, file: &str, from: impl Read + Seek + Send) -> Result<Copied> {
        Store::read_from(place, from).await.map_err(|error| error.of_backup(file))
    }

    async fn read_from(place: &Place, mut from: impl Read + Seek + Send) -> Result<Copied> {
        let start = from.stream_position().map_err(|error| of_disk(&error))?;
        read_through(&mut from)?;
        from.seek(std::io::SeekFrom::Start(start)).map_err(|error| of_disk(&error))?;
        let mut read = Backup::open(from)?;
        let made = Made::at(place);
        made.unless(Store::fill(place, &mut read).await)
    }

    async fn fill<R: Read>(place: &Place, read: &mut Backup<R>) -> Result<Copied> {
        let store = Store::open_or_make_at(place, read.head.schema).await?;
        let done = store.filled_and_new(read).await;
        store.close().await;
        done.map_err(|error| error.of_target(&place.shown()).at(&place.shown()))
    }

    async fn filled_and_new<R: Read>(&self, read: &mut Backup<R>) -> Result<Copied> {
        let copied = self.clone().with_room_to_fill().await?.read_in(read).await?;
        self.migrate().await.map(|()| copied)
    }

    async fn read_in<R: Read>(&self, backup: &mut Backup<R>) -> Result<Copied> {
        let mut tx = self.pool.write().await?;
        must_be_empty(&mut tx, backup.head.schema).await?;
        let mut copied = Copied { schema: backup.head.schema, rows: Vec::new() };
        let mut writing: Option<Writing> = None;
        loop {
            match backup.next()? {
                Line::Table(table) => {
                    finish(&mut writing, &mut tx, &mut copied).await?;
                    writing = Some(Writing::new(table));
                }
                Line::Row(values) => {
                    let writing = writing.as_mut().ok_or_else(|| not_a_backup("a row stands before its table"))?;
                    let row = row(writing.table, values)?;
                    writing.take(row, &mut tx).await?;
                }
                Line::End(end) => {
                    finish(&mut writing, &mut tx, &mut copied).await?;
                    if end.rows != copied.total() {
                        return Err(cut_off(format!("{} rows of {}", copied.total(), end.rows)));
                    }
                    tx.commit().await?;
                    return Ok(copied);
                }
            }
        }
    }
}

async fn must_be_empty(tx: &mut Tx, schema: i64) -> Result<()> {
    for table in TABLES.iter().filter(|table| table.since <= schema) {
        if !tx.rows_of(format!("select 1 from {} limit 1", table.name), &cells![]).await?.is_empty() {
            return Err(Error::NotEmpty { place: String::new(), table: table.name.into() });
        }
    }
    Ok(())
}
