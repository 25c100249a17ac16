//! The files that evidence consists of: dossier documents, photos, minutes, tables.
//!
//! A file is kept under the SHA-256 of its content, in a folder or in a bucket of an S3-compatible store, laid out the same way:
//!
//! ```text
//! ab/cdef…          a file: 2 and 62 hex digits of its SHA-256
//! partial/…         files being written; left behind only by a crash
//! uploads/ID/…      uploads under way (see `files/upload.rs`)
//! sweep.lock        in a folder: keeps sweeping and keeping apart
//! ```
//!
//! The content is the name, so a file never changes, the same content is kept once, a reference in the journal proves what was handed
//! in, and anyone can check it with `sha256sum`. Names that people give to files stand in the tables, never here.
//!
//! What holds:
//! * **Whole or not at all.** A file appears under its address only when all of it is there and, on a disk, durable: content and folders
//!   are synced before [`Files::put`] answers.
//! * **Never wholly in memory.** A file is read and written in pieces of [`PIECE`] bytes; a bucket takes parts of 5 MiB and gives 1 MiB,
//!   one at a time.
//! * **Only what is wanted.** Too large a file, an empty one, or one of a kind that is not kept (by content, see [`kind`]) leaves nothing
//!   behind. Neither does a future that is dropped in a folder; in a bucket a sweep takes what it began.
//! * **Nothing changes unseen.** [`Files::get`] hashes what it delivers and ends in an error if it is not what was kept;
//!   [`Files::verify`] does so without delivering.
//! * **Sweeping is safe.** [`Files::sweep`] takes only what nobody refers to and what is older than a given instant. Keeping a file
//!   again makes it young again. In a folder the two exclude each other, between programs too. A bucket has no such lock, so there the
//!   instant must lie further back than any upload takes, a day at least.

mod address;
mod bucket;
mod disk;
mod error;
pub mod inspect;
mod intake;
pub mod kind;
mod place;
mod shelf;
mod sweep;
mod upload;

use std::pin::pin;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::io::AsyncRead;

pub use self::address::{Hash, NotAHash};
pub use self::error::Error;
pub use self::inspect::Unsafe;
pub use self::kind::{Found, Kind};
pub use self::place::Place;
pub use self::shelf::Pieces;
pub use self::sweep::Swept;
pub use self::upload::{Progress, UploadId};

use self::intake::{Intake, hash_of, pieces};
use self::shelf::{Draft, Publish, Shelf, WHOLE};

/// The size in bytes of the pieces in which files are read and written.
pub const PIECE: usize = 64 * 1024;

/// Where files are kept. Cloning it is cheap and gives the same place.
#[derive(Debug, Clone)]
pub struct Files {
    shelf: Shelf,
}

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// Its address.
    pub hash: Hash,
    /// Its size in bytes.
    pub size: u64,
    /// Its kind, as its content shows.
    pub kind: Kind,
}

/// What is known of a file without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its size in bytes.
    pub size: u64,
    /// When it was last written, by the clock of the disk or store.
    pub kept_at: Timestamp,
}

/// Whether the file at an address is the one that was kept there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Intact,
    /// Something else is there.
    Changed {
        /// The hash of what is there.
        found: Hash,
    },
    /// Nothing is there.
    Missing,
}

impl Files {
    /// The files of a place. A missing folder is made if the folder around it is there; a bucket must be there.
    ///
    /// # Errors
    /// When the place is not there, cannot be reached, or cannot be meant so.
    pub async fn open(place: &Place) -> Result<Files, Error> {
        Ok(Files { shelf: Shelf::open(place).await? })
    }

    /// Keeps what is read, if it has at most `limit` bytes and its kind is one that is kept.
    ///
    /// # Errors
    /// When it is empty, too large or of another kind, when reading breaks off, or when the place cannot be written to; then nothing of
    /// it stays.
    pub async fn put(&self, reader: impl AsyncRead + Send, limit: u64) -> Result<Stored, Error> {
        self.take_in(pieces(pin!(reader)), limit).await
    }

    /// The one door for every file.
    async fn take_in(&self, content: impl Stream<Item = Result<Bytes, Error>> + Send, limit: u64) -> Result<Stored, Error> {
        let mut draft = self.shelf.draft().await?;
        match write_checked(&mut draft, content, limit).await {
            Ok(stored) => {
                draft.publish(&stored.hash.key(), Publish::Replace).await?;
                Ok(stored)
            }
            Err(error) => {
                draft.discard().await;
                Err(error)
            }
        }
    }

    /// The whole file in pieces. It is hashed on the way: if it has been changed, the last item is an error.
    ///
    /// # Errors
    /// When it is missing or the place cannot be read.
    pub async fn get(&self, hash: &Hash) -> Result<Pieces, Error> {
        let content = self.shelf.read(&hash.key(), 0, WHOLE).await?.ok_or(Error::Missing(*hash))?;
        Ok(checked(*hash, content).boxed())
    }

    /// At most `size` bytes of a file from an offset on, in pieces; less where it ends before. It is not hashed.
    ///
    /// # Errors
    /// When it is missing, has no byte at that offset, or the place cannot be read.
    pub async fn range(&self, hash: &Hash, from: u64, size: u64) -> Result<Pieces, Error> {
        let head = self.head(hash).await?.ok_or(Error::Missing(*hash))?;
        if from >= head.size {
            return Err(Error::OutOfRange { hash: *hash, from, size: head.size });
        }
        let size = size.min(head.size - from);
        if size == 0 {
            return Ok(stream::empty().boxed());
        }
        self.shelf.read(&hash.key(), from, size).await?.ok_or(Error::Missing(*hash))
    }

    /// What is known of a file without reading it; nothing if it is missing.
    ///
    /// # Errors
    /// When the place cannot be read.
    pub async fn head(&self, hash: &Hash) -> Result<Option<Head>, Error> {
        let found = self.shelf.head(&hash.key()).await?;
        Ok(found.map(|entry| Head { size: entry.size, kept_at: entry.changed_at }))
    }

    /// Reads a file and says whether it is the one that was kept.
    ///
    /// # Errors
    /// When the place cannot be read; a changed or missing file is a verdict.
    pub async fn verify(&self, hash: &Hash) -> Result<Verdict, Error> {
        let Some(mut content) = self.shelf.read(&hash.key(), 0, WHOLE).await? else { return Ok(Verdict::Missing) };
        let mut hasher = Sha256::new();
        while let Some(piece) = content.try_next().await? {
            hasher.update(&piece);
        }
        let found = hash_of(hasher);
        Ok(if found == *hash { Verdict::Intact } else { Verdict::Changed { found } })
    }

    /// Reads a file and says what it is: its hash, which is another if it was changed, its size and its kind; nothing if it is missing, or
    /// was changed into something that is not kept.
    ///
    /// # Errors
    /// When the place cannot be read.
    pub async fn stored(&self, hash: &Hash) -> Result<Option<Stored>, Error> {
        let Some(mut content) = self.shelf.read(&hash.key(), 0, WHOLE).await? else { return Ok(None) };
        let mut intake = Intake::new(WHOLE);
        while let Some(piece) = content.try_next().await? {
            if intake.feed(&piece).is_err() {
                return Ok(None);
            }
        }
        Ok(intake.finish().ok())
    }

    /// The addresses of all files, in their order. What bears no address is passed over.
    pub fn all(&self) -> stream::BoxStream<'static, Result<Hash, Error>> {
        let entries = self.shelf.list_addresses();
        entries.try_filter_map(|entry| std::future::ready(Ok(Hash::of_key(&entry.key)))).boxed()
    }
}

/// Writes a file into a draft while it is counted, hashed and looked at.
async fn write_checked(
    draft: &mut Draft,
    content: impl Stream<Item = Result<Bytes, Error>>,
    limit: u64,
) -> Result<Stored, Error> {
    let mut content = pin!(content);
    let mut intake = Intake::new(limit);
    while let Some(piece) = content.try_next().await? {
        intake.feed(&piece)?;
        draft.write(&piece).await?;
    }
    intake.finish()
}

/// The same pieces, and an error behind them if they are not those of that file.
fn checked(hash: Hash, content: Pieces) -> impl Stream<Item = Result<Bytes, Error>> + Send {
    stream::try_unfold(Some((content, Sha256::new())), move |state| async move {
        let Some((mut content, mut hasher)) = state else { return Ok(None) };
        if let Some(piece) = content.try_next().await? {
            hasher.update(&piece);
            return Ok(Some((piece, Some((content, hasher)))));
        }
        match hash_of(hasher) {
            found if found == hash => Ok(None),
            found => Err(Error::Changed { hash, found }),
        }
    })
}
