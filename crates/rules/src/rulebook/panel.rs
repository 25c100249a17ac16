//! Panel templates: which seats there are, for whom, and what becomes of sheets when a member leaves.

use serde::{Deserialize, Serialize};

use super::{Clause, Text};

/// A panel template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Panel {
    pub id: String,
    pub name: Option<Text>,
    pub level: String,
    /// Jurors who must have handed in or abstained, for each entry.
    pub quorum: u32,
    pub minimum_effective: Option<u32>,
    pub acting_chair: bool,
    /// What becomes of the sheets that a replaced juror gave; none leaves the choice to whoever replaces.
    pub substitution: Option<GivenSheets>,
    /// Whether a juror sees the marks of others for a candidate once the own sheet is in; else once judging is closed.
    pub open_marks: bool,
    pub seats: Vec<Seat>,
    pub clause: Clause,
}

/// What becomes of the sheets that a replaced juror has given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GivenSheets {
    /// They count; the successor judges whom the former juror had not judged.
    Keep,
    /// They are void; the successor judges everybody.
    Void,
}

/// One kind of seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Seat {
    pub id: String,
    pub name: Text,
    pub role: SeatRole,
    pub count: u32,
    pub offices: Vec<Text>,
    pub delegate: bool,
    /// Structural conflicts: `own_region`, `supplies_data`, `coaches`, `represents`.
    pub structural: Vec<String>,
    pub clause: Clause,
}

/// What a seat does on the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum SeatRole {
    Chair,
    Secretary,
    Member,
}
