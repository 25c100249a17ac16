//! What every source file must be like: it opens by saying what it is, it is short, and in a pure crate it holds no float.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::Complaint;
use crate::arrows::PURE;

/// Lines of code beyond which a file surely holds a second noun.
const LINES_MAX: usize = 620;

/// Complains about a file that does not open with `//!`.
pub fn check_opening(root: &Path) -> Result<Vec<Complaint>> {
    let mut complaints = Vec::new();
    for path in rust_files(root)? {
        let text = read(&path)?;
        let opens = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with("#!["));
        if !opens.is_some_and(|line| line.starts_with("//!")) {
            complaints.push(format!("{}: open it with //! and what it is in the award", shown(root, &path)));
        }
    }
    Ok(complaints)
}

/// Complains about a file that is too long to read in one sitting; tests and the plain list of types are left out.
pub fn check_length(root: &Path) -> Result<Vec<Complaint>> {
    let mut complaints = Vec::new();
    for path in rust_files(root)? {
        let name = shown(root, &path);
        if name.contains("/tests") || name.ends_with("/model.rs") || name.ends_with("/rulebook.rs") {
            continue;
        }
        let lines = read(&path)?.lines().count();
        if lines > LINES_MAX {
            complaints.push(format!("{name}: {lines} lines; look for the second noun inside"));
        }
    }
    Ok(complaints)
}

/// Complains about a float type in a pure crate; clippy refuses float arithmetic beside this. What serde demands of whoever walks a value
/// is left out: it may only refuse.
pub fn check_floats(root: &Path) -> Result<Vec<Complaint>> {
    let mut complaints = Vec::new();
    for path in rust_files(root)? {
        let name = shown(root, &path);
        if !PURE.iter().any(|krate| name.starts_with(&format!("crates/{krate}/src/"))) {
            continue;
        }
        for (number, line) in read(&path)?.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let demanded = ["fn serialize_f32(self, _: ", "fn serialize_f64(self, _: "];
            if demanded.iter().any(|start| code.trim_start().starts_with(start)) {
                continue;
            }
            if code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "f32" || word == "f64") {
                complaints.push(format!("{name}:{}: a float in a pure crate", number + 1));
            }
        }
    }
    Ok(complaints)
}

/// Every Rust file of the crates and of xtask, sorted.
pub fn rust_files(root: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![root.join("crates"), root.join("xtask"), root.join("fuzz")];
    while let Some(folder) = folders.pop() {
        if !folder.exists() {
            continue;
        }
        for entry in fs::read_dir(&folder).with_context(|| format!("listing {}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "target") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Reads a source file.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

/// The path as people name it.
pub fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
