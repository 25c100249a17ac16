//! What an edition is: its period, who holds it, and where its clauses come from.

use jiff::civil::Date;
use serde::Serialize;

use super::{Clause, Text};

/// What is judged and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Edition {
    pub id: String,
    pub version: String,
    pub name: Text,
    pub labels: Vec<String>,
    pub ordinal: Option<u32>,
    /// First day of the period judged.
    pub assessment_from: Date,
    /// Last day of the period judged.
    pub assessment_to: Date,
    /// Date whose regions hold.
    pub regions_as_of: Date,
    /// Whether candidates stand in Indonesian regions.
    pub country_levels: bool,
    pub purposes: Vec<Text>,
    pub reported_by: Option<String>,
    pub default_locale: String,
    pub clause: Clause,
}

/// Who holds the award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Organiser {
    pub name: Text,
    pub role: Option<Text>,
    pub aliases: Vec<String>,
    pub clause: Clause,
}

/// A source of clauses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Source {
    pub title: String,
    pub kind: SourceKind,
    pub publisher: Option<String>,
    pub date: Option<Date>,
    pub note: Option<String>,
}

/// What kind of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum SourceKind {
    Law,
    Decree,
    Press,
    Statement,
    Dataset,
}
