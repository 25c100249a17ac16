//! How long one full contest takes: 24 entries, 9 jurors, 8 criteria, a grid on every node, with and without recusals.
//!
//! `cargo run --release -p tally --example panel`

use std::time::Instant;

use tally::{Count, count, explain};

const ENTRIES: usize = 24;
const JURORS: usize = 9;
const LEAVES: usize = 8;

fn main() {
    for recused in [false, true] {
        let document: Count = serde_json::from_value(document(recused)).expect("the document is well formed");
        let rounds = 50;
        let start = Instant::now();
        let outcome = (1..rounds).fold(count(&document), |_, _| count(&document)).expect("nothing refuses");
        let each = start.elapsed() / rounds;
        let enough = outcome.standing.iter().flat_map(|row| row.enough.values()).flatten().count();
        println!("recusals: {recused}, each count: {each:?}, enough values: {enough}, fit: {}", outcome.adjusted.is_some());
        let start = Instant::now();
        explain(&document, "e3").expect("the entry is there");
        println!("one working: {:?}", start.elapsed());
    }
}

fn document(recused: bool) -> serde_json::Value {
    let grid = serde_json::json!({"min": "0", "max": "100", "step": "0.5"});
    let leaf = |number: usize| {
        let measure = serde_json::json!({"marks": {"method": "mean", "min": "0", "max": "100", "step": "1"}});
        let leaf = serde_json::json!({"measure": measure, "scale": "identity", "missing": "skip", "not_applicable": "skip"});
        serde_json::json!({"weight": (number + 1).to_string(), "node": {"id": format!("l{number}"), "leaf": leaf, "range": grid}})
    };
    let leaves: Vec<_> = (0..LEAVES).map(leaf).collect();
    let aspect = |id: &str, leaves: &[serde_json::Value]| {
        let group = serde_json::json!({"combine": "mean", "parts": leaves});
        serde_json::json!({"weight": "0.5", "node": {"id": id, "group": group, "range": grid}})
    };
    let parts = [aspect("first", &leaves[..LEAVES / 2]), aspect("second", &leaves[LEAVES / 2..])];
    serde_json::json!({
        "format": "paritrana-count-1", "contest": "c",
        "jurors": (0..JURORS).map(|juror| format!("j{juror}")).collect::<Vec<_>>(),
        "tree": {"id": "total", "group": {"combine": "mean", "parts": parts}},
        "ladder": [{"node": "l0"}, {"node": "l1"}],
        "cut": {"quota": 3, "reserves": 2, "ties": "ladder", "within": "contest"},
        "entries": (0..ENTRIES).map(|entry| serde_json::json!({"id": format!("e{entry}")})).collect::<Vec<_>>(),
        "sheets": sheets(recused)
    })
}

fn sheets(recused: bool) -> Vec<serde_json::Value> {
    let pairs = (0..ENTRIES).flat_map(|entry| (0..JURORS).map(move |juror| (entry, juror)));
    let sheet = |(entry, juror): (usize, usize)| {
        let mark = |leaf: usize| (60 + (entry * 7 + juror * 13 + leaf * 29) % 37).to_string();
        let marks: std::collections::BTreeMap<String, String> =
            (0..LEAVES).map(|leaf| (format!("l{leaf}"), mark(leaf))).collect();
        let id = (format!("j{juror}"), format!("e{entry}"));
        if recused && entry == juror {
            return serde_json::json!({"juror": id.0, "entry": id.1, "state": "recused"});
        }
        serde_json::json!({"juror": id.0, "entry": id.1, "state": "handed_in", "marks": marks})
    };
    pairs.map(sheet).collect()
}
