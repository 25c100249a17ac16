//! From a file to a rulebook, or to everything that is wrong with it.

use toml::de::DeTable;
use words::{Message, Problem};

use crate::format::{Kind, ROOT};
use crate::problem::{complaint, with_hint};
use crate::reader::{Reader, Syntax, Table};
use crate::rulebook::Rulebook;
use crate::{check, parse};

/// The most bytes of a rulebook file.
const BYTES_MAX: usize = 4 * 1024 * 1024;

/// Reads a rulebook that is already in force, or finds all its problems, in the order of the file. `file_name` is how problems call
/// the file. What is asked of new rulebooks only ([`read_new`]) is not asked of it: a rulebook that was sealed stays readable.
///
/// ```
/// let problems = rules::read("award.toml", "format = 'paritrana-rulebook-1'\nedtion = 1").unwrap_err();
/// assert_eq!(problems[0].message.key(), "problem-rulebook-missing-key");
/// assert!(problems.iter().any(|problem| problem.message.key() == "problem-rulebook-unknown-key"));
/// ```
pub fn read(file_name: &str, text: &str) -> Result<Rulebook, Vec<Problem>> {
    checked(file_name, text, check::all)
}

/// Reads a rulebook that is checked before anything follows it: also what would make no rulebook unreadable, but is surely a slip.
///
/// ```
/// assert!(rules::read_new("award.toml", rules::EXAMPLE).is_ok());
/// ```
pub fn read_new(file_name: &str, text: &str) -> Result<Rulebook, Vec<Problem>> {
    checked(file_name, text, check::all_of_new)
}

fn checked(file_name: &str, text: &str, check: fn(&Rulebook, &mut Reader<'_>)) -> Result<Rulebook, Vec<Problem>> {
    if text.len() > BYTES_MAX {
        return Err(vec![too_large(file_name)]);
    }
    let (root, errors) = DeTable::parse_recoverable(text);
    if root.get_ref().is_empty() && errors.is_empty() {
        return Err(vec![problem(file_name, 0..0, complaint("empty").text("tables", needed()))]);
    }
    let mut reader = Reader::new(file_name, text, Syntax::of(text, &errors));
    reader.walk(&root);
    if reader.oversized {
        return Err(reader.into_problems());
    }
    let rulebook = parse::rulebook(&Table::root(root.get_ref()));
    check(&rulebook, &mut reader);
    if reader.problems.is_empty() { Ok(rulebook) } else { Err(reader.into_problems()) }
}

/// Reads a new rulebook from a file's bytes, as [`read_new`] does.
///
/// ```
/// let problems = rules::read_bytes("award.toml", b"format = \"\xff\"").unwrap_err();
/// assert_eq!(problems[0].message.key(), "problem-rulebook-not-utf8");
/// assert_eq!(problems[0].span, 10..11);
/// ```
pub fn read_bytes(file_name: &str, bytes: &[u8]) -> Result<Rulebook, Vec<Problem>> {
    if bytes.len() > BYTES_MAX {
        return Err(vec![too_large(file_name)]);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => read_new(file_name, text),
        Err(error) => {
            let at = error.valid_up_to();
            let message = complaint("not-utf8").number("byte", at);
            Err(vec![problem(file_name, at..at + 1, message)])
        }
    }
}

/// The tables that every rulebook has, as they are written.
fn needed() -> String {
    let tables = ROOT.keys.iter().filter(|key| key.must).map(|key| match key.kind {
        Kind::List(_) => format!("[[{}]]", key.name),
        Kind::Table(_) => format!("[{}]", key.name),
        _ => key.name.to_owned(),
    });
    tables.collect::<Vec<_>>().join(", ")
}

fn too_large(file_name: &str) -> Problem {
    let megabytes = BYTES_MAX / (1024 * 1024);
    problem(file_name, 0..0, complaint("too-large").number("limit", megabytes))
}

fn problem(file_name: &str, span: std::ops::Range<usize>, message: Message) -> Problem {
    let hint = with_hint(&message);
    Problem::new(file_name, span, message).hint(hint)
}
