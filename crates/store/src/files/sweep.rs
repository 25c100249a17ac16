//! Sweeping: what a crash left behind, and files that nobody refers to any more.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use jiff::Timestamp;

use super::address::Hash;
use super::error::Error;
use super::{Files, shelf::Entry};

/// What was swept away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// How many files nobody referred to.
    pub files: u64,
    /// How many bytes they had.
    pub bytes: u64,
    /// How many leftovers of writing that was broken off.
    pub leftovers: u64,
    /// How many uploads, finished or given up.
    pub uploads: u64,
}

impl Files {
    /// Removes files that are not to be kept, leftovers of broken writing, and uploads, each only if last written before `older_than`.
    /// That instant must lie back further than it takes from the first byte of a file to the reference that keeps it; a day is good.
    ///
    /// # Errors
    /// When the place cannot be read or written to; what has been removed by then stays removed.
    pub async fn sweep(&self, keep: impl Fn(&Hash) -> bool, older_than: Timestamp) -> Result<Swept, Error> {
        let mut swept = Swept::default();
        let mut entries = self.shelf.list_addresses();
        while let Some(entry) = entries.try_next().await? {
            let unwanted = Hash::of_key(&entry.key).is_some_and(|hash| !keep(&hash));
            if unwanted && self.sweep_entry(&entry, older_than).await? {
                swept.files += 1;
                swept.bytes += entry.size;
            }
        }
        let unfinished = self.sweep_unfinished(older_than).await?;
        Ok(Swept { files: swept.files, bytes: swept.bytes, ..unfinished })
    }

    /// Removes only what never became a file: leftovers of broken writing, and uploads, each only if last written before `older_than`.
    ///
    /// # Errors
    /// As [`Files::sweep`].
    pub async fn sweep_unfinished(&self, older_than: Timestamp) -> Result<Swept, Error> {
        let mut swept = Swept::default();
        for entry in self.shelf.list("partial").await? {
            swept.leftovers += u64::from(self.sweep_entry(&entry, older_than).await?);
        }
        swept.uploads = self.sweep_uploads(older_than).await?;
        Ok(swept)
    }

    async fn sweep_entry(&self, entry: &Entry, older_than: Timestamp) -> Result<bool, Error> {
        Ok(entry.changed_at < older_than && self.shelf.remove_older(&entry.key, older_than).await?)
    }

    /// Removes uploads of which every part is old enough.
    async fn sweep_uploads(&self, older_than: Timestamp) -> Result<u64, Error> {
        let mut uploads: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for entry in self.shelf.list("uploads").await? {
            let id = entry.key.split('/').nth(1).unwrap_or_default().to_owned();
            uploads.entry(id).or_default().push(entry);
        }
        uploads.retain(|_, parts| parts.iter().all(|part| part.changed_at < older_than));
        for part in uploads.values().flatten() {
            self.shelf.remove(&part.key).await?;
        }
        Ok(uploads.len() as u64)
    }
}
