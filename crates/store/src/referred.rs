//! Files that acts refer to: looked for before an act is decided, put on record with it, and verified. What the files hold stands in
//! [`crate::files`]; which of them belong to which act stands here.

use std::collections::BTreeMap;

use award::files::{KeptFile, named};
use award::{Deed, Refusal};

use crate::edition::Edition;
use crate::error::{Error, Result};
use crate::files::{Files, Hash, Stored};
use crate::load::misfit;
use crate::open::Store;
use crate::sql::{Batch, Row, Tx, cells};
use crate::verify::Difference;

/// Why a file is not whole that is not there.
const MISSING: &str = "it is missing";

/// Where the files are that acts refer to.
#[derive(Debug, Clone, Default)]
pub(crate) enum Shelf {
    /// Nowhere: an act that names one is refused.
    #[default]
    Nowhere,
    /// Kept here.
    Kept(Files),
    /// Somewhere else: acts are recorded from what only sums up, and each file counts as not kept here.
    Elsewhere,
}

/// A file that acts of an edition refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referred {
    /// Its address.
    pub hash: Hash,
    /// Size in bytes and kind; none if it is not kept here.
    pub kept: Option<(u64, String)>,
    /// When the act was recorded that named it first, or with which it came; as text in UTC.
    pub recorded_at: String,
    /// The ids of the acts that refer to it.
    pub acts: Vec<String>,
}

/// The files of an edition, all whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FilesVerified {
    /// How many were read.
    pub files: u64,
    /// How many bytes they have.
    pub bytes: u64,
    /// How many are not kept here and were not read.
    pub elsewhere: u64,
}

/// The files of an edition where some are missing or not what is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilesDiffer {
    /// The first of them.
    pub first: Difference,
    /// How many are missing.
    pub missing: u64,
    /// How many are there and not what is on record.
    pub changed: u64,
    /// The others.
    pub whole: FilesVerified,
}

impl Store {
    /// The same database with the files that acts may refer to. Without, an act that names a file is refused.
    #[must_use]
    pub fn with_files(self, files: Files) -> Store {
        Store { shelf: Shelf::Kept(files), ..self }
    }

    /// Where the files are that acts may refer to; none where there are none.
    pub fn files(&self) -> Option<&Files> {
        match &self.shelf {
            Shelf::Kept(files) => Some(files),
            Shelf::Nowhere | Shelf::Elsewhere => None,
        }
    }

    /// The same database for recording a year from files that only sum up: whatever file an act names is put on record as not kept here.
    #[must_use]
    pub fn with_files_elsewhere(self) -> Store {
        Store { shelf: Shelf::Elsewhere, ..self }
    }

    /// The files that acts of an edition refer to, by address; what [`Files::sweep`] must keep.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn referred_files(&self, edition: &Edition) -> Result<Vec<Referred>> {
        let mut tx = self.pool.read().await?;
        referred(&mut tx, edition).await
    }

    /// Reads every file that acts of an edition refer to, piece by piece, and names the first that is missing or not what is on record,
    /// with how many are.
    ///
    /// # Errors
    ///
    /// What the database or the place for files says; a difference is no error but the answer.
    pub async fn verify_files(&self, edition: &Edition, files: &Files) -> Result<Result<FilesVerified, FilesDiffer>> {
        let (mut first, mut missing, mut changed) = (None, 0, 0);
        let mut verified = FilesVerified::default();
        for referred in self.referred_files(edition).await? {
            let Some((size, kind)) = referred.kept else {
                verified.elsewhere += 1;
                continue;
            };
            let why = match files.stored(&referred.hash).await? {
                None if files.head(&referred.hash).await?.is_some() => "something else is in its place".to_owned(),
                None => MISSING.to_owned(),
                Some(found) if found.hash != referred.hash => format!("its content has the hash {}", found.hash),
                Some(found) if found.size != size => format!("it has {} bytes where {size} are on record", found.size),
                Some(found) if kind_of(&found) != kind => format!("it is {} where {kind} is on record", kind_of(&found)),
                Some(found) => {
                    (verified.files, verified.bytes) = (verified.files + 1, verified.bytes + found.size);
                    continue;
                }
            };
            if why == MISSING {
                missing += 1
            } else {
                changed += 1
            }
            first.get_or_insert_with(|| Difference::new(format!("file {}", referred.hash), why));
        }
        Ok(match first {
            Some(first) => Err(FilesDiffer { first, missing, changed, whole: verified }),
            None => Ok(verified),
        })
    }

    /// What is known of the files that a deed names.
    pub(crate) async fn held(&self, deed: &Deed) -> Result<Held> {
        let mut hashes: Vec<String> = named(deed).into_iter().map(|file| file.hash).collect();
        hashes.sort();
        hashes.dedup();
        let mut kept = BTreeMap::new();
        if let Shelf::Kept(files) = &self.shelf {
            for hash in hashes.iter().filter_map(|hash| hash.parse::<Hash>().ok()) {
                if let Some(file) = self.whole(files, &hash).await? {
                    kept.insert(hash.to_string(), file);
                }
            }
        }
        Ok(Held { hashes, kept, elsewhere: matches!(self.shelf, Shelf::Elsewhere) })
    }

    /// A file that is there and whole. One that is on record is only looked for, for it was read when it was put there.
    async fn whole(&self, files: &Files, hash: &Hash) -> Result<Option<KeptFile>> {
        let mut tx = self.pool.read().await?;
        let row = tx.row("select size, kind from file where hash = $1 and kept", &cells![hash.to_string()]).await?;
        drop(tx);
        if let Some(row) = row {
            let (size, kind) = (row.whole(0)?.unsigned_abs(), row.text(1)?);
            let is_there = files.head(hash).await?.is_some_and(|head| head.size == size);
            return Ok(is_there.then_some(KeptFile { size, kind }));
        }
        let found = files.stored(hash).await?.filter(|found| found.hash == *hash);
        Ok(found.map(|found| KeptFile { size: found.size, kind: kind_of(&found) }))
    }
}

/// The files that a deed names, as far as they were found.
#[derive(Debug)]
pub(crate) struct Held {
    hashes: Vec<String>,
    kept: BTreeMap<String, KeptFile>,
    elsewhere: bool,
}

impl Held {
    /// Refuses a deed whose files are not here, unless they count as elsewhere.
    pub(crate) fn check(&self, deed: &Deed) -> Result<(), Refusal> {
        if self.elsewhere { Ok(()) } else { award::files::check(deed, &self.kept) }
    }

    /// Puts the files of an act on record, always in the same order, so that two acts never wait for each other.
    pub(crate) fn record(&self, batch: &mut Batch, edition: &str, act: &str, at: &str) -> Result<()> {
        for hash in &self.hashes {
            let file = self.kept.get(hash);
            let size = i64::try_from(file.map_or(0, |file| file.size)).map_err(|error| misfit("file", &error.to_string()))?;
            let kind = file.map(|file| file.kind.clone()).unwrap_or_default();
            let cells = cells![hash, file.is_some(), size, kind, at];
            let insert = "insert into file (hash, kept, size, kind, recorded_at) values ($1, $2, $3, $4, $5) on conflict (hash) do nothing";
            batch.add(insert, cells.clone());
            if file.is_some() {
                // For one that was only named until now.
                batch
                    .add("update file set kept = $2, size = $3, kind = $4, recorded_at = $5 where hash = $1 and not kept", cells);
            }
            let refer = "insert into file_use (edition, hash, act) values ($1, $2, $3)";
            batch.add(refer, cells![edition, hash, act]);
        }
        Ok(())
    }
}

/// The name of a file's kind, as rows keep it.
fn kind_of(file: &Stored) -> String {
    serde_json::to_value(file.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The files that acts of an edition refer to.
pub(crate) async fn referred(tx: &mut Tx, edition: &Edition) -> Result<Vec<Referred>> {
    let sql = "select f.hash, f.kept, f.size, f.kind, f.recorded_at, u.act from file_use u join file f on f.hash = u.hash
               where u.edition = $1 order by f.hash, u.act";
    let mut found: Vec<Referred> = Vec::new();
    for row in tx.rows(sql, &cells![&edition.id]).await? {
        let one = read(&row)?;
        match found.last_mut().filter(|last| last.hash == one.hash) {
            Some(last) => last.acts.extend(one.acts),
            None => found.push(one),
        }
    }
    Ok(found)
}

fn read(row: &Row) -> Result<Referred> {
    let hash = row.text(0)?.parse().map_err(|error: crate::files::NotAHash| misfit("file", &error.to_string()))?;
    let (is_kept, size, kind) = (row.truth(1)?, row.whole(2)?, row.text(3)?);
    if is_kept == (size <= 0 || kind.is_empty()) || (!is_kept && (size != 0 || !kind.is_empty())) {
        return Err(misfit("file", &format!("{hash} has no size or kind that fits whether it is kept")));
    }
    let kept = is_kept.then(|| (size.unsigned_abs(), kind));
    Ok(Referred { hash, kept, recorded_at: row.text(4)?, acts: vec![row.text(5)?] })
}

impl From<crate::files::Error> for Error {
    fn from(error: crate::files::Error) -> Error {
        Error::Files(error)
    }
}
