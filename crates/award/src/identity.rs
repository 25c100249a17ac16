//! Organisations and regions over the years: who is who although names, codes, sizes and parents change.
//!
//! A body has an id that never changes. Everything else about it is an attribute that holds from a day on, with its source. So a question
//! has an answer for every day ("what was it called, where did it belong, when it won?"), and a history that follows renames, mergers and
//! splits does not lie: Raja Ampat won under Papua Barat and competes under Papua Barat Daya; a medium company becomes a large one.

mod folded;
mod register;
mod registering;
mod retold;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::BodyId;

pub use folded::folded;
pub use register::{AsOf, Body, Found, Register, Step};
pub(crate) use registering::{SIZES, UNKNOWN, UNNAMED, circle, register, sound, unknown};

/// What sort of body it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// A company, an institution, a government.
    Organisation,
    /// A province, regency, city, district or village.
    Region,
}

/// Something about a body that can change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attribute {
    /// Its name.
    Name(String),
    /// Another name that people use rightly.
    Alias(String),
    /// A name that was printed wrongly somewhere; it finds the body and is never shown as its name.
    Misprint(String),
    /// An official code.
    Code(String),
    /// `micro`, `small`, `medium` or `large`.
    Size(String),
    /// The kind of organisation or region, such as `company` or `city`.
    Kind(String),
    /// The body to which it belongs: the province of a regency, the group of a company.
    Parent(BodyId),
}

/// An attribute with the day from which it holds, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Dated {
    pub what: Attribute,
    pub from: Date,
    pub source: String,
}

/// How one body became another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Becoming {
    /// Several became one.
    Merged,
    /// One became several.
    Split,
}

/// That bodies ended on a day and others go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Succession {
    pub how: Becoming,
    pub from: Vec<BodyId>,
    pub into: Vec<BodyId>,
    /// The first day on which it is so.
    pub on: Date,
    pub source: String,
}

/// A change of the register. Every change has its first day and its source; none is ever taken back, a correction is a new change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum RegisterChange {
    /// A body is entered, known from its first attribute on. It has a name and a kind.
    Enter { id: BodyId, sort: Sort, attributes: Vec<Dated> },
    /// It is called otherwise from a day on. The old name stays its name before.
    Rename { id: BodyId, name: String, from: Date, source: String },
    /// It is also called so; `misprint` if that is a mistake of somebody's.
    AddAlias { id: BodyId, alias: String, misprint: bool, from: Date, source: String },
    /// Another size class or kind, such as medium to large.
    Reclassify { id: BodyId, size: Option<String>, kind: Option<String>, from: Date, source: String },
    /// It belongs to another body, perhaps under a new code: a regency whose province changed.
    Move { id: BodyId, parent: BodyId, code: Option<String>, from: Date, source: String },
    /// Several become one, which may be one of them.
    Merge(Succession),
    /// One becomes several, and may go on as one of them.
    Split(Succession),
}
