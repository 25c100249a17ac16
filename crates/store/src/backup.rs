//! A whole database in one file, and back. Reading out sees one moment while others go on writing; reading in is one transaction into an empty
//! database, so that a file that breaks off leaves nothing behind.
//!
//! The file is gzip of lines of JSON: a head with the version of the schema, for each table a line with its columns and one array for each row,
//! and a last line with the number of rows and the SHA-256 of everything before it. Files that acts refer to are not in it: they never change,
//! and are copied beside it.

use std::io::{BufRead, BufReader, BufWriter, Read, Seek, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::append::instant;
use crate::error::{Error, Result};
use crate::log::Begun;
use crate::migrate::SCHEMA_VERSION;
use crate::open::{Place, Store};
use crate::sql::{Cell, Row, Tx, cells};
use crate::tables::{Kind, TABLES, Table};

/// The version of this format.
const FORMAT: i64 = 1;
/// So many rows are read at once.
const PAGE: usize = 1_000;
/// So many values are bound to one statement at most; SQLite takes 32,766.
const BOUND_MAX: usize = 8_000;
/// A line may be so long: a leaf with a whole count in it is far below.
const LINE_MAX: u64 = 256 * 1024 * 1024;

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

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    paritrana: String,
    format: i64,
    schema: i64,
    made_at: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct TableHead {
    table: String,
    columns: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct End {
    rows: u64,
    sha256: String,
}

impl Store {
    /// Writes everything that stands in the database at this moment. Others go on reading and writing meanwhile.
    ///
    /// # Errors
    ///
    /// What the database or the place of the backup says; then the backup has no last line and nothing can be restored from it.
    pub async fn backup(&self, to: impl Write + Send, at: Timestamp) -> Result<Copied> {
        let begun = Begun::now();
        let copied = self.write_backup(to, at).await;
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

    /// Reads a backup into an empty database, and brings it to this program's schema. It is read twice: once to its end before the database
    /// is opened or made, so that a broken one leaves no file behind.
    ///
    /// # Errors
    ///
    /// [`Error::NotEmpty`] if something stands there, [`Error::NotABackup`] if it is none, [`Error::CutOff`] if it breaks off or was changed,
    /// [`Error::NewerBackup`] if a newer program made it. In each case nothing of it was written.
    pub async fn restore(place: &Place, mut from: impl Read + Seek + Send) -> Result<Copied> {
        let start = from.stream_position().map_err(|error| of_disk(&error))?;
        read_through(&mut from)?;
        from.seek(std::io::SeekFrom::Start(start)).map_err(|error| of_disk(&error))?;
        let mut read = Backup::open(from)?;
        let schema = read.head.schema;
        let store = Store::open_or_make_at(place, schema).await?;
        let done = store.read_in(&mut read).await;
        let done = match done {
            Ok(copied) => store.migrate().await.map(|()| copied),
            Err(error) => Err(error),
        };
        store.close().await;
        done
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
                        return Err(Error::CutOff(format!("{} rows of {}", copied.total(), end.rows)));
                    }
                    tx.commit().await?;
                    return Ok(copied);
                }
            }
        }
    }

    /// Copies everything into another, empty database of any kind.
    ///
    /// # Errors
    ///
    /// [`Error::NotEmpty`] if something stands there; otherwise what either database says. Then nothing was written.
    pub async fn copy_to(&self, place: &Place) -> Result<Copied> {
        let target = Store::open_or_make(place).await?;
        let done = self.copy_rows(&target).await;
        target.close().await;
        done
    }

    /// How long each chain is, by edition and chain: whether somebody went on working while everything was copied.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn chains(&self) -> Result<Vec<(String, String, u64)>> {
        let mut tx = self.pool.read().await?;
        let rows = tx.rows("select edition, chain, position from chain order by edition, chain", &cells![]).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?, row.whole(2)?.unsigned_abs()))).collect()
    }

    async fn copy_rows(&self, target: &Store) -> Result<Copied> {
        let (mut from, mut to) = (self.pool.read().await?, target.pool.write().await?);
        must_be_empty(&mut to, SCHEMA_VERSION).await?;
        let mut copied = Copied { schema: SCHEMA_VERSION, rows: Vec::new() };
        for table in TABLES {
            let (mut reading, mut writing) = (Reading::new(table), Writing::new(table));
            while let Some(rows) = reading.next(&mut from).await? {
                for row in rows {
                    writing.take(row, &mut to).await?;
                }
            }
            finish(&mut Some(writing), &mut to, &mut copied).await?;
        }
        to.commit().await?;
        Ok(copied)
    }
}

/// Reads a backup to its end: whether it is one, and whole.
fn read_through(from: impl Read) -> Result<()> {
    let mut backup = Backup::open(from)?;
    let (mut table, mut rows) = (None, 0);
    loop {
        match backup.next()? {
            Line::Table(next) => table = Some(next),
            Line::Row(values) => {
                row(table.ok_or_else(|| not_a_backup("a row stands before its table"))?, values)?;
                rows += 1;
            }
            Line::End(end) if end.rows == rows => return Ok(()),
            Line::End(end) => return Err(Error::CutOff(format!("{rows} rows of {}", end.rows))),
        }
    }
}

async fn must_be_empty(tx: &mut Tx, schema: i64) -> Result<()> {
    for table in TABLES.iter().filter(|table| table.since <= schema) {
        if !tx.rows_of(format!("select 1 from {} limit 1", table.name), &cells![]).await?.is_empty() {
            return Err(Error::NotEmpty(table.name.into()));
        }
    }
    Ok(())
}

/// The rows of a table, page by page in the order of its key.
struct Reading {
    table: &'static Table,
    after: Option<Vec<Cell>>,
    rows: u64,
}

impl Reading {
    fn new(table: &'static Table) -> Reading {
        Reading { table, after: None, rows: 0 }
    }

    async fn next(&mut self, tx: &mut Tx) -> Result<Option<Vec<Vec<Cell>>>> {
        let sql = self.table.page(self.after.is_none(), PAGE);
        let rows = tx.rows_of(sql, self.after.as_deref().unwrap_or_default()).await?;
        let rows = rows.iter().map(|row| cells_of(self.table, row)).collect::<Result<Vec<_>>>()?;
        let Some(last) = rows.last() else { return Ok(None) };
        self.after = Some(last[..self.table.key].to_vec());
        self.rows += u64::try_from(rows.len()).unwrap_or(u64::MAX);
        Ok(Some(rows))
    }
}

/// Rows on their way into a table.
struct Writing {
    table: &'static Table,
    cells: Vec<Cell>,
    rows: u64,
}

impl Writing {
    fn new(table: &'static Table) -> Writing {
        Writing { table, cells: Vec::new(), rows: 0 }
    }

    async fn take(&mut self, row: Vec<Cell>, tx: &mut Tx) -> Result<()> {
        self.cells.extend(row);
        self.rows += 1;
        if self.cells.len() + self.table.columns.len() > BOUND_MAX { self.flush(tx).await } else { Ok(()) }
    }

    async fn flush(&mut self, tx: &mut Tx) -> Result<()> {
        if !self.cells.is_empty() {
            tx.run_of(self.table.insert(self.cells.len() / self.table.columns.len()), &self.cells).await?;
            self.cells.clear();
        }
        Ok(())
    }
}

async fn finish(writing: &mut Option<Writing>, tx: &mut Tx, copied: &mut Copied) -> Result<()> {
    if let Some(mut writing) = writing.take() {
        writing.flush(tx).await?;
        copied.rows.push((writing.table.name.into(), writing.rows));
    }
    Ok(())
}

fn cells_of(table: &Table, row: &Row) -> Result<Vec<Cell>> {
    let cell = |(place, (_, kind)): (usize, &(&str, Kind))| {
        Ok(match kind {
            Kind::Text => Cell::Text(row.text(place)?),
            Kind::Whole => Cell::Whole(row.whole(place)?),
            Kind::Truth => Cell::Truth(row.truth(place)?),
        })
    };
    table.columns.iter().enumerate().map(cell).collect()
}

fn values(row: &[Cell]) -> Vec<Value> {
    let value = |cell: &Cell| match cell {
        Cell::Text(text) => Value::from(text.as_str()),
        Cell::Whole(number) => Value::from(*number),
        Cell::Truth(truth) => Value::from(*truth),
    };
    row.iter().map(value).collect()
}

fn row(table: &Table, values: Vec<Value>) -> Result<Vec<Cell>> {
    let fits = |(value, (column, kind)): (Value, &(&str, Kind))| {
        let cell = match (value, kind) {
            (Value::String(text), Kind::Text) => Some(Cell::Text(text)),
            (Value::Number(number), Kind::Whole) => number.as_i64().map(Cell::Whole),
            (Value::Bool(truth), Kind::Truth) => Some(Cell::Truth(truth)),
            _ => None,
        };
        cell.ok_or_else(|| not_a_backup(&format!("{column} of {} is not what such a column holds", table.name)))
    };
    if values.len() != table.columns.len() {
        return Err(not_a_backup(&format!("a row of {} has {} values", table.name, values.len())));
    }
    values.into_iter().zip(table.columns).map(fits).collect()
}

fn not_a_backup(why: &str) -> Error {
    Error::NotABackup(why.to_owned())
}

/// Lines that are hashed on their way into a file.
struct Lines<W: Write> {
    out: BufWriter<GzEncoder<W>>,
    hash: Sha256,
}

impl<W: Write> Lines<W> {
    fn new(to: W) -> Lines<W> {
        Lines { out: BufWriter::new(GzEncoder::new(to, Compression::fast())), hash: Sha256::new() }
    }

    fn write(&mut self, value: &impl Serialize) -> Result<()> {
        let mut line = serde_json::to_vec(value).map_err(|error| Error::Other(error.to_string()))?;
        line.push(b'\n');
        self.hash.update(&line);
        self.out.write_all(&line).map_err(|error| of_disk(&error))
    }

    fn end(mut self, rows: u64) -> Result<()> {
        let sha256 = journal::Hash(self.hash.clone().finalize().into()).to_string();
        self.write(&End { rows, sha256 })?;
        let encoder = self.out.into_inner().map_err(|error| of_disk(error.error()))?;
        encoder.finish().and_then(|mut file| file.flush()).map_err(|error| of_disk(&error))
    }
}

fn of_disk(error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull => Error::Full,
        _ => Error::Disk(error.to_string()),
    }
}

/// A line of a backup.
enum Line {
    Table(&'static Table),
    Row(Vec<Value>),
    End(End),
}

/// A backup that is read.
struct Backup<R: Read> {
    input: BufReader<GzDecoder<R>>,
    hash: Sha256,
    head: Head,
}

impl<R: Read> Backup<R> {
    fn open(from: R) -> Result<Backup<R>> {
        let head = Head { paritrana: String::new(), format: 0, schema: 0, made_at: String::new() };
        let mut backup = Backup { input: BufReader::new(GzDecoder::new(from)), hash: Sha256::new(), head };
        let line = backup.line().map_err(|error| match error {
            Error::CutOff(why) => Error::NotABackup(why),
            other => other,
        })?;
        backup.head = serde_json::from_slice(&line).map_err(|_| not_a_backup("it has no head"))?;
        let Head { paritrana, format, schema, .. } = &backup.head;
        if paritrana != "backup" || *schema < 1 {
            return Err(not_a_backup("its head is of something else"));
        }
        if *schema > SCHEMA_VERSION || *format > FORMAT {
            return Err(Error::NewerBackup { found: *schema, known: SCHEMA_VERSION });
        }
        backup.hash.update(&line);
        Ok(backup)
    }

    /// The next line with its end; a file without a last line breaks off.
    fn line(&mut self) -> Result<Vec<u8>> {
        let mut line = Vec::new();
        let read = self.input.by_ref().take(LINE_MAX).read_until(b'\n', &mut line);
        match read {
            Ok(_) if line.ends_with(b"\n") => Ok(line),
            Ok(_) => Err(Error::CutOff("its last line is missing".into())),
            Err(error) => Err(Error::CutOff(error.to_string())),
        }
    }

    fn next(&mut self) -> Result<Line> {
        let line = self.line()?;
        let value: Value = serde_json::from_slice(&line).map_err(|error| Error::CutOff(error.to_string()))?;
        let is_end = value.get("sha256").is_some();
        if is_end {
            return self.end(value).map(Line::End);
        }
        self.hash.update(&line);
        if let Value::Array(values) = value {
            return Ok(Line::Row(values));
        }
        let head: TableHead = serde_json::from_value(value).map_err(|error| not_a_backup(&error.to_string()))?;
        let table = Table::named(&head.table).ok_or_else(|| not_a_backup(&format!("there is no table {}", head.table)))?;
        if !table.columns.iter().map(|(name, _)| *name).eq(head.columns.iter().map(String::as_str)) {
            return Err(not_a_backup(&format!("{} has other columns", head.table)));
        }
        Ok(Line::Table(table))
    }

    fn end(&mut self, value: Value) -> Result<End> {
        let end: End = serde_json::from_value(value).map_err(|error| not_a_backup(&error.to_string()))?;
        let found = journal::Hash(self.hash.clone().finalize().into()).to_string();
        if found != end.sha256 {
            return Err(Error::CutOff("its content is not the one that was hashed".into()));
        }
        match self.input.read(&mut [0]) {
            Ok(0) => Ok(end),
            Ok(_) => Err(not_a_backup("something stands behind its last line")),
            Err(error) => Err(Error::CutOff(error.to_string())),
        }
    }
}
