//! Categories: who may enter, by which routes and gates, with which documents.

use serde::Serialize;
use tally::Exact;

use super::{Clause, Text};

/// A category, a sector below it, or a heading over them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Category {
    pub id: String,
    pub name: Text,
    pub aliases: Vec<String>,
    pub parent: Option<String>,
    pub kinds: Vec<String>,
    pub sizes: Vec<String>,
    pub sectors: Vec<String>,
    pub routes: Vec<String>,
    pub socialisation_first: bool,
    pub gates: Vec<GateRule>,
    pub documents: Vec<DocumentRule>,
    pub clause: Clause,
}

/// A condition to be in the running.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct GateRule {
    pub id: String,
    pub name: Text,
    pub condition: GateCondition,
    pub missing: tally::GateMissing,
    pub clause: Clause,
}

/// What a gate asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GateCondition {
    /// The claim must be yes.
    Yes(String),
    /// The claim must be no.
    No(String),
    /// A claim compared with a value.
    Claim(String, tally::Test, Exact),
    /// A formula compared with a value.
    Formula(String, tally::Test, Exact),
    /// Has not won in so many editions before.
    PreviousWinner(u32),
}

/// A document of the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct DocumentRule {
    pub id: String,
    pub name: Text,
    pub required: bool,
    pub kinds: Vec<String>,
    /// Formats in which the file may come, such as `pdf`; empty: any that the program can show.
    pub formats: Vec<String>,
    /// Largest file, in whole mebibytes.
    pub max_mib: Option<u32>,
    pub clause: Clause,
}
