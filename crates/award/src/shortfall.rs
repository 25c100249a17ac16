//! Where the panel or the interview was otherwise than the rulebook asks. It counts all the same, and it is put on record, so that whoever
//! reads a result knows.

use serde::{Deserialize, Serialize};

use crate::id::{CandidateId, JurorId};

/// One thing that was otherwise than the rulebook asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Shortfall {
    /// A seat is filled by an office that it is not for, or by a delegate where it allows none.
    SeatOffice { juror: JurorId, seat: String, office: Option<String> },
    /// Fewer officials came along than the table of attendance asks.
    Officials { candidate: CandidateId, came: u32, least: u32 },
    /// Somebody of a lower rank came than the leader, who must come.
    Leader { candidate: CandidateId, rank: String },
    /// More candidates were called to the interview than the rulebook calls.
    Invited { candidate: CandidateId, called: u32, invited: u32 },
}
