//! Reading files and folders from the disk, with limits, so that the pure crates only ever see bytes.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::Path;

use anyhow::{Context, Result, bail};

use words::{Lang, Message};

use crate::problems::Texts;

/// Largest file that is read at all, in bytes; the readers have narrower limits of their own.
const FILE_MAX: u64 = 64 * 1024 * 1024;

/// Reads one file, at most one byte more than allowed, so that the reader can refuse it.
pub fn file(path: &Path) -> Result<Vec<u8>> {
    let opened = fs::File::open(path).with_context(|| format!("opening {}", path.display()))?;
    if opened.metadata().with_context(|| format!("reading {}", path.display()))?.is_dir() {
        bail!("{} is a folder, not a file", path.display());
    }
    let mut bytes = Vec::new();
    opened.take(FILE_MAX + 1).read_to_end(&mut bytes).with_context(|| format!("reading {}", path.display()))?;
    Ok(bytes)
}

/// Makes a folder that only its owner reads: there may be names in it. One that is there stays as it is.
pub fn make_private(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(|| format!("making {}", folder.display()))
}

/// Reads the files of a cycle folder (not of folders inside it), by name.
pub fn cycle(dir: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    if !dir.is_dir() {
        bail!("{} is not a folder", dir.display());
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("listing {}", dir.display()))? {
        let path = entry.with_context(|| format!("listing {}", dir.display()))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_file() && (name.ends_with(".csv") || name.ends_with(".toml")) {
            files.push((name, file(&path)?));
        }
    }
    files.sort();
    Ok(files)
}

/// A failure of the machine in the language of the person: what was attempted stands in the error, what happened is said here.
pub fn failure(error: &anyhow::Error, lang: Lang) -> String {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>());
    let key = match io.map(std::io::Error::kind) {
        Some(ErrorKind::NotFound) => "cli-failure-not-found",
        Some(ErrorKind::PermissionDenied) => "cli-failure-not-allowed",
        Some(ErrorKind::StorageFull) => "cli-failure-full",
        Some(ErrorKind::NotADirectory) => "cli-failure-no-folder",
        Some(ErrorKind::IsADirectory) => "cli-failure-folder",
        _ => return format!("{error:#}"),
    };
    format!("{} ({error:#})", Message::new(key).render(lang))
}

/// The texts of files for showing problems; bytes that are no text are shown with replacement signs.
pub fn texts<'f>(files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> Texts {
    files.into_iter().filter_map(|(name, bytes)| Some((name.to_owned(), std::str::from_utf8(bytes).ok()?.to_owned()))).collect()
}
