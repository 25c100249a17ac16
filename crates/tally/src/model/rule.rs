//! The rules beside the tree: gates, the ladder, the cut, awards, the lot and the orders that people gave.

use serde::{Deserialize, Serialize};

use super::Measure;
use crate::Exact;

/// A condition that an entry must pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// Unique among the gates.
    pub id: String,
    /// What is looked at: claim, ratio, growth, formula or checklist.
    pub measure: Measure,
    /// How it is compared.
    pub test: Test,
    /// With what.
    pub value: Exact,
    /// What a missing value means.
    pub missing: GateMissing,
}

/// How a gate compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// Raw ≥ value.
    AtLeast,
    /// Raw ≤ value.
    AtMost,
    /// Raw = value.
    Equals,
}

/// What a missing value means for a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GateMissing {
    /// The entry fails.
    Fail,
    /// The entry passes.
    Pass,
    /// The contest cannot be counted until it is there.
    Refuse,
}

/// One rung of the tie-break ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Rung {
    /// More points at this node go first.
    Node(String),
    /// Fewer corrections go first.
    FewerCorrections,
    /// The order the chair gave.
    Chair,
    /// The order the plenary voted.
    Plenary,
    /// The committed lot.
    Lot,
}

/// Who advances.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cut {
    /// How many advance (of each pool, if within the pool).
    pub quota: u32,
    /// How many reserves are named.
    pub reserves: u32,
    /// Total below which nobody advances.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Exact>,
    /// How many of one region may advance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_cap: Option<u32>,
    /// What happens to a tie across the line.
    pub ties: CutTies,
    /// Whether the quota is one for all or one for each pool.
    pub within: Within,
}

/// What happens to a tie across the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CutTies {
    /// All tied entries advance, also beyond the quota.
    KeepAll,
    /// The ladder decides; what it leaves tied is undecided.
    Ladder,
    /// The plenary decides; until then it is undecided.
    Plenary,
}

/// The field in which a cut or an award holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// The whole contest.
    Contest,
    /// Each pool for itself.
    Pool,
}

/// Something that is given to entries of the standing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// Unique among the awards.
    pub id: String,
    /// The whole contest, or once in each pool.
    pub within: Within,
    /// To whom.
    pub by: By,
}

/// To whom an award goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum By {
    /// Places in a range.
    Place {
        /// First place, from 1.
        from: u32,
        /// Last place.
        to: u32,
    },
    /// Totals in a range.
    Band {
        /// Lowest total, inclusive.
        at_least: Exact,
        /// Totals below this only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        below: Option<Exact>,
    },
    /// The highest points of a node.
    Best {
        /// The node.
        node: String,
        /// Points below this never win.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minimum: Option<Exact>,
    },
    /// A formula over claims that is not 0.
    Condition(String),
    /// Named by a decision.
    Named(Vec<String>),
}

/// A lot: committed before, revealed when it is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lot {
    /// Lower-case hex SHA-256 of the secret.
    pub commitment: String,
    /// The secret, once revealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// The words spoken in the plenary, chosen after the commitment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// Orders given by people for tied entries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Orders {
    /// By the chair.
    #[serde(default)]
    pub chair: Vec<String>,
    /// By a vote of the plenary.
    #[serde(default)]
    pub plenary: Vec<String>,
}
