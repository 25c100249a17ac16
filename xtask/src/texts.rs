//! Texts: each key that code names exists in both languages, and each text that exists is named somewhere in code.
//!
//! Keys are found as string literals. A key that code puts together is found by its beginning, as in `format!("stage-{name}")`, or by the
//! key it follows, as `…-next` and `…-hint` do. Beginnings that are put together in still other ways are listed in `BUILT`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;
use words::Lang;

use crate::Complaint;
use crate::sources::{read, rust_files, shown};

/// Beginnings of keys that code puts together from parts in its own way; tests of those crates check them.
const BUILT: &[&str] = &["rules-", "problem-rulebook-", "reason-"];

/// Ends of keys that stand beside another key.
const BESIDE: &[&str] = &["-next", "-hint", "-one", "-points", "-nobody", "-subject"];

/// Complains about texts missing in a language, unknown keys and texts that nothing says.
pub fn check(root: &Path) -> Result<Vec<Complaint>> {
    let mut complaints = Vec::new();
    let indonesian = words::keys(Lang::Id);
    let english = words::keys(Lang::En);
    for (key, args) in &indonesian {
        match english.iter().find(|(other, _)| other == key) {
            None => complaints.push(format!("{key}: missing in English")),
            Some((_, others)) if others != args => complaints.push(format!("{key}: other arguments in English")),
            Some(_) => {}
        }
    }
    for (key, _) in english.iter().filter(|(key, _)| !indonesian.iter().any(|(other, _)| other == key)) {
        complaints.push(format!("{key}: missing in Indonesian"));
    }
    let known: BTreeSet<&str> = indonesian.iter().map(|(key, _)| key.as_str()).collect();
    let mut named = BTreeSet::new();
    let mut beginnings: BTreeSet<String> = BUILT.iter().map(|start| (*start).to_owned()).collect();
    for path in rust_files(root)?.into_iter().filter(|path| path.starts_with(root.join("crates"))) {
        let text = read(&path)?;
        let literals: BTreeSet<&str> = text.split('"').collect();
        named.extend(known.iter().copied().filter(|key| literals.contains(key)));
        beginnings.extend(literals.iter().filter_map(|literal| beginning(literal)));
        complaints.extend(unknown_keys(&text, &known).map(|key| format!("{}: says {key}, which is no text", shown(root, &path))));
    }
    for path in templates(root)? {
        let text = read(&path)?;
        let literals: BTreeSet<&str> = text.split('"').collect();
        named.extend(known.iter().copied().filter(|key| literals.contains(key)));
        let said = SAID.iter().flat_map(|begins| text.split(begins).skip(1).filter_map(|rest| rest.split('"').next()));
        let unknown = said.filter(|key| !known.contains(key));
        complaints.extend(unknown.map(|key| format!("{}: says {key}, which is no text", shown(root, &path))));
    }
    let is_named = |key: &str| named.contains(key) || beginnings.iter().any(|start| key.starts_with(start));
    let beside = |key: &str| BESIDE.iter().filter_map(|end| key.strip_suffix(end)).any(is_named);
    let unused = known.iter().filter(|key| !is_named(key) && !beside(key));
    complaints.extend(unused.map(|key| format!("{key}: nothing says this text")));
    Ok(complaints)
}

/// What stands in a template before the key of a text.
const SAID: [&str; 3] = ["f.t(\"", "f.with(\"", "f.count(\""];

/// The templates of the pages.
fn templates(root: &Path) -> Result<Vec<PathBuf>> {
    let mut folders = vec![root.join("crates/web/templates")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What stands before the first gap of a literal such as `stage-{name}`, if that can be the beginning of a key.
fn beginning(literal: &str) -> Option<String> {
    let (start, _) = literal.split_once('{')?;
    let is_key = start.len() > 4 && start.ends_with('-') && start.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    is_key.then(|| start.to_owned())
}

/// Keys in `Message::new("…")` that are no text.
fn unknown_keys<'t>(text: &'t str, known: &'t BTreeSet<&str>) -> impl Iterator<Item = &'t str> {
    let calls = text.split("Message::new(\"").skip(1).filter_map(|rest| rest.split('"').next());
    calls.filter(|key| !known.contains(key))
}

/// Complains about a refusal or an error that does not say what to do next: a text under its key with `-next`.
pub fn check_next(root: &Path) -> Result<Vec<Complaint>> {
    let known: BTreeSet<String> = words::keys(Lang::En).into_iter().map(|(key, _)| key).collect();
    let mut errors: BTreeSet<String> = BTreeSet::new();
    let of_store = |key: &&String| ["store-", "office-"].iter().any(|start| key.starts_with(start));
    errors.extend(known.iter().filter(of_store).filter(|key| !BESIDE.iter().any(|end| key.ends_with(end))).cloned());
    // The rules' own refusals are made with their next step (`award::Refusal`).
    let speaks =
        |path: &std::path::PathBuf| ["cli", "office"].iter().any(|name| path.starts_with(root.join("crates").join(name)));
    for path in rust_files(root)?.into_iter().filter(speaks) {
        let text = read(&path)?;
        let refused = REFUSED.iter().flat_map(|begins| text.split(begins).skip(1).filter_map(|rest| rest.split('"').next()));
        errors.extend(refused.map(str::to_owned));
    }
    let without = errors.into_iter().filter(|key| !known.contains(&format!("{key}-next")));
    Ok(without.map(|key| format!("{key}: a refusal without a next step ({key}-next)")).collect())
}

/// What stands in code before the key of a refusal or an error.
const REFUSED: [&str; 5] = [
    "refuse(&Message::new(\"",
    "refuse_with_next(&Message::new(\"",
    "Err(Message::new(\"",
    "_| Message::new(\"",
    "else(|| Message::new(\"",
];
