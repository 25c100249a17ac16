//! What candidates claim, in which shape, and within which bounds it can be true.

use serde::Serialize;
use tally::Exact;

use super::{Clause, Text};

/// A fact that a candidate states and a verifier checks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ClaimRule {
    pub id: String,
    pub name: Text,
    pub shape: ClaimShape,
    pub unit: Option<Text>,
    pub segment: Option<String>,
    pub question: Option<Text>,
    /// The question that an indicator vintage answers with this figure.
    pub data_question: Option<String>,
    /// How many decimals a value may have.
    pub decimals: u32,
    /// What a plausible value lies between; anything else is refused.
    pub plausible: Plausible,
    pub clause: Clause,
}

/// What a claim looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ClaimShape {
    Count,
    Money,
    Number,
    YesNo,
    List,
}

/// A claim computed from others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct DerivedRule {
    pub id: String,
    pub name: Text,
    pub formula: String,
    /// What a plausible value lies between; a figure that leads outside is refused.
    pub plausible: Plausible,
    pub clause: Clause,
}

/// Bounds outside of which a figure is surely a mistake, such as a budget that pays for 90 months.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Plausible {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Exact>,
}

impl Plausible {
    /// Whether a value lies between the bounds, both included.
    ///
    /// ```
    /// let twelve_months = rules::rulebook::Plausible { at_least: None, at_most: Some(12u32.into()) };
    /// assert!(twelve_months.holds(&12u32.into()) && !twelve_months.holds(&90u32.into()));
    /// ```
    pub fn holds(&self, value: &Exact) -> bool {
        self.at_least.as_ref().is_none_or(|least| value >= least) && self.at_most.as_ref().is_none_or(|most| value <= most)
    }
}
