//! Files in a folder.
//!
//! A file is written under `partial/`, brought to the disk itself (fsync), renamed to its address, and only then are the folders
//! above it brought to the disk too. So a crash, even of the power, leaves either the whole file or something to sweep away. Renaming
//! and sweeping exclude each other by a lock on `sweep.lock`, between programs as well.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use jiff::Timestamp;
use tempfile::TempPath;
use tokio::io::AsyncWriteExt;
use tokio::task::spawn_blocking;

use super::PIECE;
use super::error::Error;
use super::shelf::{Entry, Pieces, Publish};

/// A folder that holds files.
#[derive(Debug, Clone)]
pub(super) struct Disk {
    folder: PathBuf,
}

/// Makes a folder that only its owner reads: documents of candidates lie in it.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

impl Disk {
    /// The folder, made for its owner alone if only it is missing. Nothing is written into it yet, so that what lies on a read-only disk can be verified.
    pub(super) async fn open(folder: &Path) -> Result<Disk, Error> {
        let folder = folder.to_owned();
        blocking(move || match fs::metadata(&folder) {
            Ok(found) if found.is_dir() => Ok(Disk { folder }),
            Ok(_) => Err(Error::BadPlace { place: folder.display().to_string(), why: "this is not a folder".to_owned() }),
            Err(error) if error.kind() == ErrorKind::NotFound => match make_private(&folder) {
                Ok(()) => Ok(Disk { folder }),
                Err(error) if error.kind() == ErrorKind::NotFound => Err(Error::NoFolder(folder)),
                Err(error) => Err(Error::disk("making the folder", &folder, error)),
            },
            Err(error) => Err(Error::disk("looking for", &folder, error)),
        })
        .await
    }

    /// Something new, to be written and then published.
    pub(super) async fn draft(&self) -> Result<DiskDraft, Error> {
        let disk = self.clone();
        blocking(move || {
            let partial = disk.folder.join("partial");
            let (file, path) = fs::create_dir_all(&partial)
                .and_then(|()| tempfile::NamedTempFile::new_in(&partial))
                .map_err(|error| Error::disk("writing to", &partial, error))?
                .into_parts();
            Ok(DiskDraft { disk, file: tokio::fs::File::from_std(file), path })
        })
        .await
    }

    /// Part of what lies under a key, in pieces.
    pub(super) async fn read(&self, key: &str, from: u64, size: u64) -> Result<Option<Pieces>, Error> {
        let path = self.folder.join(key);
        let opened = {
            let path = path.clone();
            blocking(move || opened(&path, from).map_err(|error| Error::disk("reading", &path, error))).await?
        };
        let Some(file) = opened else { return Ok(None) };
        let pieces = stream::try_unfold((file, size), move |(file, left)| {
            let path = path.clone();
            async move {
                let read = blocking(move || next_piece(file, left).map_err(|error| Error::disk("reading", &path, error))).await?;
                Ok(read.map(|(piece, file)| {
                    let left = left - piece.len() as u64;
                    (piece, (file, left))
                }))
            }
        });
        Ok(Some(pieces.boxed()))
    }

    /// What lies under a key.
    pub(super) async fn head(&self, key: &str) -> Result<Option<Entry>, Error> {
        let (path, key) = (self.folder.join(key), key.to_owned());
        blocking(move || entry(&path, key).map_err(|error| Error::disk("looking for", &path, error))).await
    }

    /// Everything below a folder of ours, in the order of the keys; nothing if there is no such folder.
    pub(super) async fn list(&self, under: &str) -> Result<Vec<Entry>, Error> {
        let (path, under) = (self.folder.join(under), under.to_owned());
        blocking(move || {
            let mut found = Vec::new();
            walk(&path, &under, &mut found).map_err(|error| Error::disk("listing", &path, error))?;
            found.sort_by(|one, other| one.key.cmp(&other.key));
            Ok(found)
        })
        .await
    }

    /// Removes what lies under a key, if it is older than that. Says whether it was there and went.
    pub(super) async fn remove_older(&self, key: &str, than: Timestamp) -> Result<bool, Error> {
        let (folder, key) = (self.folder.clone(), key.to_owned());
        blocking(move || {
            let path = folder.join(&key);
            remove_older(&folder, &path, key, than).map_err(|error| Error::disk("removing", &path, error))
        })
        .await
    }

    /// Removes what lies under a key, and the folder that held it if that is empty now. Not for addresses, which are swept.
    pub(super) async fn remove(&self, key: &str) -> Result<(), Error> {
        let path = self.folder.join(key);
        blocking(move || {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(Error::disk("removing", &path, error)),
                _ => {}
            }
            // It fails as long as something is left, and is tried again when that goes.
            let _ = path.parent().map(fs::remove_dir);
            Ok(())
        })
        .await
    }
}

/// A file on its way to its address. When it is dropped, so is what was written.
#[derive(Debug)]
pub(super) struct DiskDraft {
    disk: Disk,
    file: tokio::fs::File,
    path: TempPath,
}

impl DiskDraft {
    /// Writes the next piece.
    pub(super) async fn write(&mut self, piece: &[u8]) -> Result<(), Error> {
        self.file.write_all(piece).await.map_err(|error| Error::disk("writing to", &self.path, error))
    }

    /// Brings everything to the disk and gives it its name.
    pub(super) async fn publish(mut self, key: &str, how: Publish) -> Result<bool, Error> {
        self.file.flush().await.map_err(|error| Error::disk("writing to", &self.path, error))?;
        let (folder, path, file) = (self.disk.folder, self.path, self.file.into_std().await);
        let target = folder.join(key);
        blocking(move || publish(&folder, &file, path, &target, how).map_err(|error| Error::disk("keeping", &target, error)))
            .await
    }
}

/// Does work that makes a thread wait, away from the threads that must not.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    match spawn_blocking(work).await {
        Ok(result) => result,
        Err(ended) => match ended.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(ended) => Err(Error::Disk { doing: "working on", place: "the disk".to_owned(), source: io::Error::other(ended) }),
        },
    }
}

fn publish(folder: &Path, file: &File, path: TempPath, target: &Path, how: Publish) -> io::Result<bool> {
    file.sync_all()?;
    let _lock = locked(folder, File::lock_shared)?;
    let parent = target.parent().expect("a key has a folder");
    fs::create_dir_all(parent)?;
    let renamed = match how {
        Publish::Replace => path.persist(target),
        Publish::New => path.persist_noclobber(target),
    };
    match renamed {
        Ok(()) => {}
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => return Ok(false),
        Err(error) => return Err(error.error),
    }
    // The folders may be as new as the file, made by us or by somebody who has not brought them to the disk yet.
    for above in parent.ancestors().take_while(|above| above.starts_with(folder)) {
        File::open(above)?.sync_all()?;
    }
    Ok(true)
}

/// Holds the lock between keeping and sweeping until it is dropped. Where the file system has no locks, only one program may sweep.
fn locked(folder: &Path, lock: fn(&File) -> io::Result<()>) -> io::Result<File> {
    let file = File::options().create(true).truncate(false).write(true).open(folder.join("sweep.lock"))?;
    match lock(&file) {
        Err(error) if error.kind() != ErrorKind::Unsupported => Err(error),
        _ => Ok(file),
    }
}

fn remove_older(folder: &Path, path: &Path, key: String, than: Timestamp) -> io::Result<bool> {
    let _lock = locked(folder, File::lock)?;
    // Looked at again under the lock: the same content may have been kept once more since it was listed.
    match entry(path, key)? {
        Some(found) if found.changed_at < than => fs::remove_file(path).map(|()| true),
        _ => Ok(false),
    }
}

/// The file at that offset, if it is there.
fn opened(path: &Path, from: u64) -> io::Result<Option<File>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    file.seek(SeekFrom::Start(from))?;
    Ok(Some(file))
}

/// The next piece of a file of which so many bytes are still wanted; nothing at its end.
fn next_piece(file: File, left: u64) -> io::Result<Option<(Bytes, File)>> {
    let mut piece = Vec::with_capacity(PIECE);
    (&file).take(left.min(PIECE as u64)).read_to_end(&mut piece)?;
    Ok((!piece.is_empty()).then(|| (piece.into(), file)))
}

fn entry(path: &Path, key: String) -> io::Result<Option<Entry>> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => {
            let changed_at = Timestamp::try_from(found.modified()?).map_err(io::Error::other)?;
            Ok(Some(Entry { key, size: found.len(), changed_at }))
        }
        Ok(_) => Ok(None),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Adds every file below a folder. What vanishes meanwhile, or has no name in UTF-8, is none of ours.
fn walk(path: &Path, key: &str, found: &mut Vec<Entry>) -> io::Result<()> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for inside in entries {
        let inside = inside?;
        let Ok(name) = inside.file_name().into_string() else { continue };
        let key = format!("{key}/{name}");
        if inside.file_type()?.is_dir() {
            walk(&inside.path(), &key, found)?;
        } else {
            found.extend(entry(&inside.path(), key)?);
        }
    }
    Ok(())
}
