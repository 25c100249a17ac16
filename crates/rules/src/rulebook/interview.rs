//! What it means to come to the interview, and with whom.

use serde::Serialize;
use tally::Exact;

use super::{Clause, Text};

/// What the rank of who came to the interview does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct AttendanceRule {
    pub id: String,
    pub name: Text,
    pub kinds: Vec<String>,
    pub ranks: Vec<Rank>,
    pub otherwise: Option<Exact>,
    pub absent: tally::AbsentRule,
    pub leader_required: bool,
    pub officials: Option<u32>,
    pub delegation: Delegation,
    pub clause: Clause,
}

/// What it means when a delegation is lower or smaller than the table asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Delegation {
    /// It is heard, and the shortfall is put on record.
    Record,
    /// It is not heard.
    Refuse,
}

/// One rank of an attendance table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Rank {
    pub id: String,
    pub name: Text,
    pub value: Exact,
    pub clause: Clause,
}
