//! Every public function of the store that talks to a database stands in the contract tests, which run on both databases.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::Complaint;

/// Complains about a public function of `store` that the contract tests never call.
pub fn check(root: &Path) -> Result<Vec<Complaint>> {
    let folder = root.join("crates/store/tests");
    let mut tests = fs::read_to_string(folder.join("contract.rs")).context("reading the contract tests of the store")?;
    tests += &fs::read_to_string(folder.join("contract_of_copies.rs")).context("reading the contract tests of copies")?;
    for entry in fs::read_dir(folder.join("contract")).context("reading crates/store/tests/contract")? {
        tests += &fs::read_to_string(entry?.path()).context("reading the contract tests of the store")?;
    }
    let mut complaints = Vec::new();
    for entry in fs::read_dir(root.join("crates/store/src")).context("reading crates/store/src")? {
        let path = entry?.path();
        if path.extension().is_none_or(|ending| ending != "rs") || path.file_name().is_some_and(|name| name == "files.rs") {
            continue;
        }
        let source = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        let names = source.lines().filter_map(|line| line.trim().strip_prefix("pub async fn ")?.split(['(', '<']).next());
        let untested = names.filter(|name| !tests.contains(&format!(".{name}(")) && !tests.contains(&format!("::{name}(")));
        complaints.extend(untested.map(|name| format!("store: `{name}` is not in the contract tests")));
    }
    Ok(complaints)
}
