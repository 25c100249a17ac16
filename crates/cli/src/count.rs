//! `paritrana count`: one count document in, one outcome out, so that anyone can recount a contest without a rulebook or a cycle.

use std::io::{BufRead, Read, Write};
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::{DONE, REFUSED};

/// Deepest nesting of a count document that is read; far above what a tree of 32 levels needs.
const DEPTH_MAX: usize = 400;

/// Counts the document in a file, or one document per line. One document that is refused gives the status for refused; of many only a line
/// that is no count document does, since a refusal is an answer.
pub fn run(file: &Path, lines: bool) -> Result<u8> {
    let mut input = open(file)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if lines {
        let mut code = DONE;
        for line in input.lines() {
            let line = line.with_context(|| format!("reading {}", file.display()))?;
            let (answer, _) = answer(&line);
            if answer.get("error").is_some() {
                code = REFUSED;
            }
            writeln!(out, "{}", serde_json::to_string(&answer)?)?;
        }
        out.flush()?;
        return Ok(code);
    }
    let mut text = String::new();
    input.read_to_string(&mut text).with_context(|| format!("reading {}", file.display()))?;
    let (answer, counted) = answer(&text);
    writeln!(out, "{}", serde_json::to_string_pretty(&answer)?)?;
    out.flush()?;
    Ok(if counted { DONE } else { REFUSED })
}

fn open(file: &Path) -> Result<Box<dyn BufRead>> {
    if file == Path::new("-") {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    let opened = std::fs::File::open(file).with_context(|| format!("opening {}", file.display()))?;
    Ok(Box::new(std::io::BufReader::new(opened)))
}

/// The outcome, the refusal, or what is wrong with the document; and whether it could be counted.
fn answer(text: &str) -> (serde_json::Value, bool) {
    let outcome = match read(text) {
        Ok(count) => match tally::count(&count) {
            Ok(outcome) => serde_json::to_value(outcome).map(|value| (value, true)),
            Err(refused) => serde_json::to_value(refused).map(|value| (value, false)),
        },
        Err(error) => return (unreadable(&error), false),
    };
    outcome.unwrap_or_else(|error| (unreadable(&error), false))
}

/// Reads a count document. A tree of 32 levels is nested deeper in JSON than the reader allows by itself, so its limit is lifted and
/// the nesting bounded here.
fn read(text: &str) -> serde_json::Result<tally::Count> {
    let mut reader = serde_json::Deserializer::from_str(text);
    if deepest(text) <= DEPTH_MAX {
        reader.disable_recursion_limit();
    }
    let count = tally::Count::deserialize(&mut reader)?;
    reader.end()?;
    Ok(count)
}

/// How deep brackets are nested in a JSON text, not counting those inside strings.
fn deepest(text: &str) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

fn unreadable(error: &serde_json::Error) -> serde_json::Value {
    serde_json::json!({ "format": "paritrana-outcome-1", "error": error.to_string() })
}
