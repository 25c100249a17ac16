//! An indicator vintage: figures that another program computed from participation data, as one small file with hashes
//! (`docs/vintage.md`). It is read whole or not at all, and its figures enter as claims that a verifier still looks at.

mod import;
mod read;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tally::Exact;

use crate::id::BodyId;

pub(crate) use import::import;
pub use read::read;

/// Name of the format, in the file's first line.
pub const FORMAT: &str = "paritrana-vintage-1";
/// Largest file that is read.
pub const BYTES_MAX: usize = 16 * 1024 * 1024;
/// Most figures of one vintage.
pub const FIGURES_MAX: usize = 200_000;

/// A vintage that was read and checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Vintage {
    pub about: About,
    pub figures: Vec<Figure>,
}

impl Vintage {
    /// Whether a figure belongs to an organisation of the register.
    pub fn names_organisations(&self) -> bool {
        self.figures.iter().any(|figure| matches!(figure.whose, Whose::Organisation(_)))
    }
}

/// Where the figures of a vintage come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct About {
    /// The edition for which it was computed.
    pub edition: String,
    /// What the data is called.
    pub dataset: String,
    /// SHA-256 of the data.
    pub dataset_hash: String,
    /// The day of which the data speaks.
    pub as_of: Date,
    /// What computed the figures.
    pub program: String,
    pub version: String,
    /// SHA-256 of the whole file: the vintage's own name.
    pub hash: String,
}

/// Whose figure it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// A region's, by its code: it belongs to the government of that region.
    Region(String),
    /// An organisation's, by its id in the register.
    Organisation(BodyId),
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Figure {
    /// The `data_question` of a claim or ratio of the rulebook.
    pub question: String,
    pub segment: Option<String>,
    pub whose: Whose,
    pub numerator: Option<Exact>,
    pub denominator: Option<Exact>,
    /// The figure itself; for a ratio left out or the quotient, rounded at most in its last decimal.
    pub value: Option<Exact>,
}
