//! What is known of the entries: their claims, and the sheets that the jurors handed in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Exact;

/// A candidate in this contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Unique among the entries.
    pub id: String,
    /// What a region cap counts by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The pool in which it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<String>,
    /// Verified numbers by claim name; yes is 1 and no is 0.
    #[serde(default)]
    pub claims: BTreeMap<String, Exact>,
    /// Verified items by list name.
    #[serde(default)]
    pub lists: BTreeMap<String, Vec<Item>>,
    /// Points stated by a source, by leaf.
    #[serde(default)]
    pub stated: BTreeMap<String, Exact>,
    /// Leaves that do not apply to this entry.
    #[serde(default)]
    pub not_applicable: Vec<String>,
    /// Whether it came to the interview, and with whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendance: Option<Presence>,
    /// How many of its claims had to be corrected.
    #[serde(default)]
    pub corrections: u32,
    /// Whether it withdrew.
    #[serde(default)]
    pub withdrawn: bool,
}

/// One item of a list, such as a legal product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// What it is, such as `perda`.
    pub kind: String,
    /// How far it is, such as `enacted`.
    pub stage: String,
    /// What it contains; each counts once.
    #[serde(default)]
    pub attributes: Vec<String>,
}

/// Whether an entry came to the interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Nobody came.
    Absent,
    /// The highest rank that was there.
    Present(String),
}

/// What one juror handed in for one entry (in one stage).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Whose.
    pub juror: String,
    /// About whom.
    pub entry: String,
    /// Whether there are marks at all.
    pub state: SheetState,
    /// Mark or state by leaf; empty unless handed in.
    #[serde(default)]
    pub marks: BTreeMap<String, Mark>,
}

/// The state of a whole sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetState {
    /// The marks count.
    HandedIn,
    /// The juror was there and chose not to mark.
    Abstained,
    /// The juror has a conflict and takes no part.
    Recused,
    /// The juror was not there.
    Absent,
}

/// A mark or one of the states that are not a mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Mark {
    /// A number.
    Given(Exact),
    /// In the quorum, out of the denominator.
    Abstained,
    /// Not there.
    Absent,
    /// Does not apply.
    NotApplicable,
}

impl TryFrom<String> for Mark {
    type Error = crate::exact::NotANumber;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Ok(match text.as_str() {
            "abstained" => Mark::Abstained,
            "absent" => Mark::Absent,
            "not_applicable" => Mark::NotApplicable,
            number => Mark::Given(number.parse()?),
        })
    }
}

impl From<Mark> for String {
    fn from(mark: Mark) -> String {
        match mark {
            Mark::Given(number) => number.to_string(),
            Mark::Abstained => "abstained".into(),
            Mark::Absent => "absent".into(),
            Mark::NotApplicable => "not_applicable".into(),
        }
    }
}
