//! What a rehearsal tells: how much was done in each stage, what went wrong and how the process took it, who won, and what proves it.

use std::collections::BTreeMap;

use serde::Serialize;
use words::Message;

use super::explained::Explained;
use super::fault::Fault;
use super::scene::Stage;

/// What became of a rehearsal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The edition's id.
    pub edition: String,
    /// How much there was of everything.
    pub size: Size,
    /// What was done in each stage.
    pub stages: BTreeMap<Stage, Done>,
    /// What went wrong.
    pub faults: Vec<FaultTold>,
    /// Who has which award.
    pub winners: Vec<Winner>,
    /// One national result explained.
    pub explained: Option<Explained>,
    /// What proves it.
    pub proof: Proof,
}

/// How much there was of everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Size {
    pub provinces: usize,
    pub candidates: usize,
    /// Members of panels in the provinces, without those who came for others.
    pub jurors: usize,
    /// The same at the nation.
    pub national_jurors: usize,
    pub accounts: usize,
    pub contests: usize,
    pub claims: usize,
    pub sheets: usize,
    /// Marks of the sheets that count.
    pub marks: usize,
}

/// What was done in a stage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Done {
    pub acts: usize,
    pub facts: usize,
    /// Refused, as the script expected.
    pub refused: usize,
}

/// A fault, and how the process took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultTold {
    /// Which.
    pub fault: Fault,
    /// In which round, by what people call it.
    pub round: String,
    /// What the rules refused on the way, in sentences.
    pub refused: Vec<Message>,
    /// How many acts it took.
    pub acts: usize,
    /// How many acts were sent again under the same key and found to have happened.
    pub again: usize,
}

/// Who has an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Winner {
    pub contest: String,
    pub award: String,
    /// The zone, where an award is given in each.
    pub pool: Option<String>,
    pub candidate: String,
    pub name: String,
    /// Exact.
    pub total: String,
}

/// What proves that the winners are those of the marks and figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// Results whose count document was counted anew.
    pub recounted: usize,
    /// Contests in which the recount found something else.
    pub differing: Vec<String>,
    /// Acts whose facts were compared with those of the pure fold.
    pub compared: usize,
    /// Acts that the journal holds, folded again by `verify`.
    pub verified_acts: usize,
    /// Records that it gives, each the same as its row.
    pub verified_records: usize,
    /// The first place where journal and records differ; none if they agree.
    pub difference: Option<String>,
}

impl Proof {
    /// Whether everything agrees.
    pub fn holds(&self) -> bool {
        self.differing.is_empty() && self.difference.is_none() && self.recounted > 0
    }
}
