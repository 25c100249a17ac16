//! A sheet as a file tells it, a mark put right, and who puts a tie in order.

use serde::{Deserialize, Serialize};
use tally::{Mark, SheetState};

use crate::id::{CandidateId, JurorId};

/// One juror's sheet for one entry in one stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandedSheet {
    /// Whose.
    pub juror: JurorId,
    /// For whom.
    pub candidate: CandidateId,
    /// Marks, or one of the states that are not a mark.
    pub state: SheetState,
    /// Mark by indicator; empty unless handed in.
    pub marks: std::collections::BTreeMap<String, Mark>,
}

/// A mark written down wrongly and put right after closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct MarkCorrection {
    pub juror: JurorId,
    pub candidate: CandidateId,
    pub indicator: String,
    pub old: Mark,
    pub new: Mark,
    pub reason: String,
}

/// Who put tied candidates in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderBy {
    /// The chair.
    Chair,
    /// A vote of the plenary.
    Plenary,
}

impl HandedSheet {
    /// Whether it gives a mark for anything; a sheet can also say of every indicator that there is none.
    pub fn has_marks(&self) -> bool {
        self.state == SheetState::HandedIn && self.marks.values().any(|mark| matches!(mark, Mark::Given(_)))
    }
}
