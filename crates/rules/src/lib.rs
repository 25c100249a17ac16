//! The rulebook of an award's edition: read, check, diff, explain, compile into a count.
//!
//! An edition's decree is one TOML file (`docs/rulebook.md`). [`read`] gives a consistent [`Rulebook`] or every problem of the
//! file at once; [`compile()`] turns one contest into the count that `tally` answers; [`diff()`] and [`show()`] say in words what a
//! rulebook says and what changed; [`schema()`] tells editors which keys there are. No rule of any year is in the code.

#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

mod check;
mod compile;
mod diff;
mod example;
mod find;
mod format;
mod parse;
mod problem;
mod read;
mod reader;
pub mod regions;
pub mod rulebook;
mod schema;
mod show;
mod word;

pub use compile::{ROOT, compile, node_clause, node_name, node_names, stage_node};
pub use diff::{diff, word};
pub use example::{EXAMPLE, example};
pub use read::{read, read_bytes, read_new};
pub use rulebook::*;
pub use schema::schema;
pub use show::{Form, Paragraph, show, show_text, when};
