//! What folder and bucket have in common: drafts are written and published under a key, keys are read, listed and removed.

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;

use super::bucket::{Bucket, BucketDraft};
use super::disk::{Disk, DiskDraft};
use super::error::Error;
use super::place::Place;

/// A size that means everything up to the end.
pub(super) const WHOLE: u64 = u64::MAX;

/// Pieces of a file, as they are read.
pub type Pieces = BoxStream<'static, Result<Bytes, Error>>;

/// Something that lies under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: String,
    /// In bytes.
    pub(super) size: u64,
    pub(super) changed_at: Timestamp,
}

/// What happens when something lies under the key already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Publish {
    /// The new takes its place.
    Replace,
    /// The old stays, and the new is dropped.
    New,
}

/// A folder or a bucket.
#[derive(Debug, Clone)]
pub(super) enum Shelf {
    Disk(Disk),
    Bucket(Bucket),
}

impl Shelf {
    pub(super) async fn open(place: &Place) -> Result<Shelf, Error> {
        match place {
            Place::Folder(folder) => Disk::open(folder).await.map(Shelf::Disk),
            Place::Bucket { bucket, prefix, options } => Bucket::open(bucket, prefix, options).await.map(Shelf::Bucket),
        }
    }

    /// Something new, to be written and then published.
    pub(super) async fn draft(&self) -> Result<Draft, Error> {
        match self {
            Shelf::Disk(disk) => disk.draft().await.map(Draft::Disk),
            Shelf::Bucket(bucket) => bucket.draft().map(Draft::Bucket),
        }
    }

    /// At most so many bytes of what lies under a key, from an offset inside it; nothing if nothing lies there.
    pub(super) async fn read(&self, key: &str, from: u64, size: u64) -> Result<Option<Pieces>, Error> {
        match self {
            Shelf::Disk(disk) => disk.read(key, from, size).await,
            Shelf::Bucket(bucket) => bucket.read(key, from, size).await,
        }
    }

    pub(super) async fn head(&self, key: &str) -> Result<Option<Entry>, Error> {
        match self {
            Shelf::Disk(disk) => disk.head(key).await,
            Shelf::Bucket(bucket) => bucket.head(key).await,
        }
    }

    /// Everything below one of our folders, in the order of the keys.
    pub(super) async fn list(&self, under: &str) -> Result<Vec<Entry>, Error> {
        match self {
            Shelf::Disk(disk) => disk.list(under).await,
            Shelf::Bucket(bucket) => {
                let mut found: Vec<Entry> = bucket.list(Some(under)).try_collect().await?;
                found.sort_by(|one, other| one.key.cmp(&other.key));
                Ok(found)
            }
        }
    }

    /// Everything below the folders `00` to `ff`, never all in memory.
    pub(super) fn list_addresses(&self) -> BoxStream<'static, Result<Entry, Error>> {
        match self {
            Shelf::Disk(disk) => {
                let disk = disk.clone();
                let folders = stream::iter(0..=255_u8).then(move |first| {
                    let disk = disk.clone();
                    async move { disk.list(&format!("{first:02x}")).await.map(|found| stream::iter(found).map(Ok)) }
                });
                folders.try_flatten().boxed()
            }
            Shelf::Bucket(bucket) => bucket.list(None),
        }
    }

    pub(super) async fn remove(&self, key: &str) -> Result<(), Error> {
        match self {
            Shelf::Disk(disk) => disk.remove(key).await,
            Shelf::Bucket(bucket) => bucket.remove(key).await,
        }
    }

    /// Removes what lies under a key, if it is older than that. Says whether it was there and went.
    pub(super) async fn remove_older(&self, key: &str, than: Timestamp) -> Result<bool, Error> {
        match self {
            Shelf::Disk(disk) => disk.remove_older(key, than).await,
            Shelf::Bucket(bucket) => bucket.remove_older(key, than).await,
        }
    }

    /// Something small, written as a whole.
    pub(super) async fn write(&self, key: &str, content: &[u8], how: Publish) -> Result<bool, Error> {
        let mut draft = self.draft().await?;
        match draft.write(content).await {
            Ok(()) => draft.publish(key, how).await,
            Err(error) => {
                draft.discard().await;
                Err(error)
            }
        }
    }
}

/// Something on its way to its key.
#[derive(Debug)]
pub(super) enum Draft {
    Disk(DiskDraft),
    Bucket(BucketDraft),
}

impl Draft {
    pub(super) async fn write(&mut self, piece: &[u8]) -> Result<(), Error> {
        match self {
            Draft::Disk(draft) => draft.write(piece).await,
            Draft::Bucket(draft) => draft.write(piece).await,
        }
    }

    /// Makes it whole, durable and visible under its key, in one step for every reader. Says no if something else was there and stays.
    pub(super) async fn publish(self, key: &str, how: Publish) -> Result<bool, Error> {
        match self {
            Draft::Disk(draft) => draft.publish(key, how).await,
            Draft::Bucket(draft) => draft.publish(key, how).await,
        }
    }

    /// Leaves nothing behind.
    pub(super) async fn discard(self) {
        match self {
            Draft::Disk(draft) => drop(draft),
            Draft::Bucket(draft) => draft.discard().await,
        }
    }
}
