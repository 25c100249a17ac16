//! A sheet as a file tells it, a mark put right, and who puts a tie in order.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tally::{Mark, SheetState};

use crate::id::{CandidateId, JurorId};

/// Marks by indicator. The same sheet stands in the ledger as it came and as it is counted, and among the sheets of the contest: its marks are in
/// memory once, until one of them is changed.
///
/// ```
/// use award::Marks;
///
/// let came: Marks = [("innovation".to_owned(), "80".to_owned().try_into().unwrap())].into();
/// let mut counted = came.clone();
/// counted.insert("innovation".to_owned(), "82".to_owned().try_into().unwrap());
/// assert_ne!(came, counted);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Marks(Arc<BTreeMap<String, Mark>>);

impl Deref for Marks {
    type Target = BTreeMap<String, Mark>;

    fn deref(&self) -> &BTreeMap<String, Mark> {
        &self.0
    }
}

impl DerefMut for Marks {
    fn deref_mut(&mut self) -> &mut BTreeMap<String, Mark> {
        Arc::make_mut(&mut self.0)
    }
}

impl FromIterator<(String, Mark)> for Marks {
    fn from_iter<I: IntoIterator<Item = (String, Mark)>>(marks: I) -> Marks {
        Marks(Arc::new(marks.into_iter().collect()))
    }
}

impl<const N: usize> From<[(String, Mark); N]> for Marks {
    fn from(marks: [(String, Mark); N]) -> Marks {
        marks.into_iter().collect()
    }
}

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
    pub marks: Marks,
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
