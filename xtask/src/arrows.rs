//! Which crate may use which: the picture in ARCHITECTURE.md as a table.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::Complaint;

/// Each crate of the house and the crates it may use. A crate that is not here has no place in the picture yet.
const ARROWS: &[(&str, &[&str])] = &[
    ("tally", &[]),
    ("words", &[]),
    ("journal", &[]),
    ("rules", &["tally", "words"]),
    ("places", &["rules"]),
    ("award", &["tally", "rules", "words"]),
    ("store", &["tally", "rules", "award", "journal", "words"]),
    ("office", &["tally", "rules", "award", "journal", "store", "words"]),
    ("web", &["tally", "rules", "places", "award", "journal", "store", "office", "words"]),
    ("cli", &["tally", "rules", "places", "award", "journal", "store", "office", "web", "words"]),
    ("xtask", &["words"]),
];

/// The crates that must stay pure: no I/O, no clock, no float.
pub const PURE: &[&str] = &["tally", "rules", "places", "award", "words", "journal"];

/// Libraries that a pure crate must not use, because they bring I/O, clocks or other threads of control.
const IMPURE: &[&str] =
    &["tokio", "sqlx", "axum", "reqwest", "rand", "chrono", "time", "getrandom", "uuid", "async-trait", "futures"];

/// Complains about an arrow that is not in the picture.
pub fn check(root: &Path) -> Result<Vec<Complaint>> {
    let mut complaints = Vec::new();
    for (name, manifest) in manifests(root)? {
        let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
            complaints.push(format!("{name}: not in the picture; add it to xtask/src/arrows.rs and ARCHITECTURE.md"));
            continue;
        };
        for section in ["dependencies", "build-dependencies", "dev-dependencies"] {
            let Some(table) = manifest.get(section).and_then(toml::Value::as_table) else { continue };
            for used in table.keys() {
                let ours = ARROWS.iter().any(|(known, _)| known == used);
                if ours && !allowed.contains(&used.as_str()) {
                    complaints.push(format!("{name} uses {used}: there is no such arrow"));
                }
                if section == "dependencies" && PURE.contains(&name.as_str()) && IMPURE.contains(&used.as_str()) {
                    complaints.push(format!("{name} is pure and must not use {used}"));
                }
            }
        }
    }
    Ok(complaints)
}

/// Complains about a crate that ARCHITECTURE.md does not name.
pub fn check_named(root: &Path) -> Result<Vec<Complaint>> {
    let page = fs::read_to_string(root.join("ARCHITECTURE.md")).context("reading ARCHITECTURE.md")?;
    let names = manifests(root)?.into_iter().map(|(name, _)| name);
    Ok(names
        .filter(|name| !page.contains(&format!("`{name}`")))
        .map(|name| format!("ARCHITECTURE.md does not name `{name}`"))
        .collect())
}

/// Every crate of the workspace with its manifest.
fn manifests(root: &Path) -> Result<Vec<(String, toml::Table)>> {
    let mut folders: Vec<_> =
        fs::read_dir(root.join("crates"))?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    folders.push(root.join("xtask"));
    folders.sort();
    let mut manifests = Vec::new();
    for folder in folders {
        let path = folder.join("Cargo.toml");
        let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        let manifest: toml::Table = text.parse().with_context(|| format!("reading {}", path.display()))?;
        let name = folder.file_name().expect("a folder of the workspace has a name").to_string_lossy().into_owned();
        manifests.push((name, manifest));
    }
    Ok(manifests)
}
