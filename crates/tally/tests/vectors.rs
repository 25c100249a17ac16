//! The vectors of `conformance/`: small counts with outcomes that were reckoned by hand from the specification.
//!
//! The Python program answers the same vectors. Where the two differ, one of them is wrong or the page is unclear.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tally::{Count, count};

#[test]
fn every_vector_is_answered_as_reckoned_by_hand() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/vectors");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    paths.sort();
    let wrong: Vec<String> = paths.iter().filter_map(|path| difference(path)).collect();
    assert!(!paths.is_empty() && wrong.is_empty(), "{}", wrong.join("\n"));
}

fn difference(path: &Path) -> Option<String> {
    let vector: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let (expected, actual) = (comparable(vector["outcome"].clone()), comparable(answer(vector["count"].clone())));
    (expected != actual).then(|| format!("{}: {}\n  {expected}\n  {actual}", path.display(), vector["name"]))
}

fn answer(document: Value) -> Value {
    match serde_json::from_value::<Count>(document).map(|document| count(&document)) {
        Ok(Ok(outcome)) => serde_json::to_value(outcome).unwrap(),
        Ok(Err(refused)) => serde_json::to_value(refused).unwrap(),
        Err(error) => json!({ "error": error.to_string() }),
    }
}

/// Of refusals only the set of codes counts; reading errors are all alike.
fn comparable(mut outcome: Value) -> Value {
    if outcome.get("error").is_some() {
        return json!("reading error");
    }
    if let Some(refused) = outcome.get_mut("refused") {
        let codes: BTreeSet<String> =
            refused.as_array().unwrap().iter().map(|refusal| refusal["code"].as_str().unwrap().to_string()).collect();
        *refused = json!(codes);
    }
    outcome
}
