//! The worked years of the repository, read from their folders.

// Helpers of a test may fail loudly.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use award::{Cycle, Folder, Header};

/// Every year that can be read; those kept as examples of what is refused are left out.
pub fn years() -> Vec<Cycle> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cycles");
    let mut folders: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.join("cycle.toml").exists());
    folders.sort();
    folders.iter().filter_map(|path| year(path)).collect()
}

fn year(path: &Path) -> Option<Cycle> {
    let files = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    let wanted = files.filter(|file| file.extension().is_some_and(|ending| ending == "csv" || ending == "toml"));
    let named = wanted.map(|file| (file.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&file).unwrap()));
    let folder: Folder = named.collect();
    let header = Header::read(&folder).ok()?;
    let rulebook = fs::read_to_string(path.join(&header.rulebook)).unwrap();
    Cycle::read(&folder, &rulebook).ok()
}

/// The text of the rulebook that a year follows.
#[allow(dead_code)]
pub fn rulebook(cycle: &Cycle) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cycles").join(&cycle.header.id);
    fs::read_to_string(folder.join(&cycle.header.rulebook)).unwrap()
}
