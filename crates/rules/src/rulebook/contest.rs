//! Contests: how ties are broken, what is given, and who goes up.

use serde::Serialize;
use tally::Exact;

use super::{Clause, Stage, Text};

/// How ties are broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Ladder {
    pub id: String,
    pub steps: Vec<tally::Rung>,
    pub clause: Clause,
}

/// What is given to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct AwardRule {
    pub id: String,
    pub name: Text,
    pub within: tally::Within,
    /// `Named` is empty here: the names come with the decision.
    pub by: tally::By,
    pub prizes: Vec<Text>,
    pub special: bool,
    pub clause: Clause,
}

/// One or more categories at one level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ContestRule {
    pub categories: Vec<String>,
    pub level: String,
    pub scheme: String,
    pub panel: Option<String>,
    pub stages: Vec<Stage>,
    pub interviewed: bool,
    pub invited: Option<u32>,
    /// Jurors rank the candidates before they see points of indicators.
    pub blind: bool,
    /// Share of the verified claims that a second person reads, from 0 to 1.
    pub second_reading: Option<Exact>,
    pub ladder: String,
    pub quota: u32,
    pub quota_within: tally::Within,
    pub minimum: Option<Exact>,
    pub reserves: u32,
    pub region_cap: Option<u32>,
    /// Days for objections, counted from the day on which the provisional result is published.
    pub objection_days: Option<u32>,
    /// Whether only working days count among them.
    pub objection_working: bool,
    pub ties: tally::CutTies,
    pub awards: Vec<String>,
    pub clause: Clause,
}
