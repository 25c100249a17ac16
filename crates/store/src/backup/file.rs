//! The file of a backup: lines on their way in, hashed, and out again, checked.

use std::io::{BufRead, BufReader, BufWriter, ErrorKind, Read, Write};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::rows::row;
use crate::error::{Error, Result};
use crate::migrate::SCHEMA_VERSION;
use crate::tables::Table;

/// The version of this format.
pub(super) const FORMAT: i64 = 1;
/// A line may be so long: a leaf with a whole count in it is far below.
const LINE_MAX: u64 = 256 * 1024 * 1024;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) paritrana: String,
    pub(super) format: i64,
    pub(super) schema: i64,
    pub(super) made_at: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TableHead {
    pub(super) table: String,
    pub(super) columns: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct End {
    pub(super) rows: u64,
    sha256: String,
}

/// What the file is called, whoever reads or writes the whole of it says.
pub(super) fn not_a_backup(why: &str) -> Error {
    Error::NotABackup { file: String::new(), why: why.to_owned() }
}

pub(super) fn cut_off(why: impl Into<String>) -> Error {
    Error::CutOff { file: String::new(), why: why.into() }
}

/// Lines that are hashed on their way into a file.
pub(super) struct Lines<W: Write> {
    out: BufWriter<GzEncoder<W>>,
    hash: Sha256,
}

impl<W: Write> Lines<W> {
    pub(super) fn new(to: W) -> Lines<W> {
        Lines { out: BufWriter::new(GzEncoder::new(to, Compression::fast())), hash: Sha256::new() }
    }

    pub(super) fn write(&mut self, value: &impl Serialize) -> Result<()> {
        let mut line = serde_json::to_vec(value).map_err(|error| Error::Other(error.to_string()))?;
        line.push(b'\n');
        self.hash.update(&line);
        self.out.write_all(&line).map_err(|error| of_disk(&error))
    }

    pub(super) fn end(mut self, rows: u64) -> Result<()> {
        let sha256 = journal::Hash(self.hash.clone().finalize().into()).to_string();
        self.write(&End { rows, sha256 })?;
        let encoder = self.out.into_inner().map_err(|error| of_disk(error.error()))?;
        encoder.finish().and_then(|mut file| file.flush()).map_err(|error| of_disk(&error))
    }
}

pub(super) fn of_disk(error: &std::io::Error) -> Error {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Error::NoRoomForBackup(String::new()),
        _ => Error::BackupDisk { file: String::new(), why: error.to_string() },
    }
}

/// A line of a backup.
pub(super) enum Line {
    Table(&'static Table),
    Row(Vec<Value>),
    End(End),
}

/// A backup that is read.
pub(super) struct Backup<R: Read> {
    input: BufReader<MultiGzDecoder<R>>,
    hash: Sha256,
    pub(super) head: Head,
}

impl<R: Read> Backup<R> {
    pub(super) fn open(from: R) -> Result<Backup<R>> {
        let head = Head { paritrana: String::new(), format: 0, schema: 0, made_at: String::new() };
        // A decoder that reads on behind the end, so that what somebody put there is found.
        let input = BufReader::new(MultiGzDecoder::new(from));
        let mut backup = Backup { input, hash: Sha256::new(), head };
        let line = backup.line().map_err(|error| match error {
            Error::CutOff { why, .. } => not_a_backup(&why),
            other => other,
        })?;
        backup.head = serde_json::from_slice(&line).map_err(|_| not_a_backup("it has no head"))?;
        let Head { paritrana, format, schema, .. } = &backup.head;
        if paritrana != "backup" || *schema < 1 {
            return Err(not_a_backup("its head is of something else"));
        }
        if *schema > SCHEMA_VERSION || *format > FORMAT {
            return Err(Error::NewerBackup { file: String::new(), found: *schema, known: SCHEMA_VERSION });
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
            Ok(_) => Err(cut_off("its last line is missing")),
            Err(error) => Err(cut_off(error.to_string())),
        }
    }

    pub(super) fn next(&mut self) -> Result<Line> {
        let line = self.line()?;
        let value: Value = serde_json::from_slice(&line).map_err(|error| cut_off(error.to_string()))?;
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

    pub(super) fn end(&mut self, value: Value) -> Result<End> {
        let end: End = serde_json::from_value(value).map_err(|error| not_a_backup(&error.to_string()))?;
        let found = journal::Hash(self.hash.clone().finalize().into()).to_string();
        if found != end.sha256 {
            return Err(cut_off("its content is not the one that was hashed"));
        }
        match self.input.read(&mut [0]) {
            Ok(0) => Ok(end),
            Ok(_) => Err(not_a_backup("something stands behind its last line")),
            Err(error) => Err(cut_off(error.to_string())),
        }
    }
}

/// Reads a backup to its end: whether it is one, and whole.
pub(super) fn read_through(from: impl Read) -> Result<()> {
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
            Line::End(end) => return Err(cut_off(format!("{rows} rows of {}", end.rows))),
        }
    }
}
