//! Counts one document per line of standard input and writes one outcome per line: what `conformance/check.py compare` reads.
//!
//! `cargo run --release -p tally --example lines < counts.jsonl > outcomes.jsonl`

use std::io::{self, BufRead, Write};

use tally::{Count, count};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        writeln!(out, "{}", answer(&line?).map_err(io::Error::other)?)?;
    }
    Ok(())
}

fn answer(line: &str) -> serde_json::Result<String> {
    match serde_json::from_str::<Count>(line).map(|document| count(&document)) {
        Ok(Ok(outcome)) => serde_json::to_string(&outcome),
        Ok(Err(refused)) => serde_json::to_string(&refused),
        Err(error) => serde_json::to_string(&serde_json::json!({ "error": error.to_string() })),
    }
}
