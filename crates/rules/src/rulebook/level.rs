//! Levels, from the lowest to the highest, and the groups of provinces.

use serde::Serialize;

use super::{Clause, Text};

/// A level of the award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Level {
    pub id: String,
    pub name: Text,
    pub rounds: Rounds,
    /// Whether entries compete in pools by zone.
    pub pools_by_zone: bool,
    pub next: Option<String>,
    pub time_zone: LevelTimeZone,
    pub clause: Clause,
}

/// For what there is one round each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Rounds {
    Province,
    Regency,
    Zone,
    Nation,
}

/// In which local time a level's deadlines end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub enum LevelTimeZone {
    Region,
    Wib,
    Wita,
    Wit,
}

/// A group of provinces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Zone {
    pub id: String,
    pub name: Text,
    pub provinces: Vec<String>,
    pub clause: Clause,
}
