//! Every public function of the store that talks to a database stands in the contract tests, which run on both databases.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::Complaint;

/// Complains about a public function of `store` that the contract tests never call.
pub fn check(root: &Path) -> Result<Vec<Complaint>> {
    let mut tests = String::new();
    for file in ["contract.rs", "contract_of_copies.rs"] {
        let text = fs::read_to_string(root.join("crates/store/tests").join(file));
        tests.push_str(&text.with_context(|| format!("reading {file}, the contract tests of the store"))?);
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
