//! The count document: everything one contest's count needs, and nothing else.
//!
//! These types are the document of `docs/specification.md` section 2, word for word. Whoever holds a count can recount
//! it; nothing outside it (no clock, no database, no rulebook) has a say in the result. Ids are opaque text: what a
//! node or an entry means is the caller's business.

mod record;
mod rule;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use record::*;
pub use rule::*;

use crate::Exact;

/// The text in `format` of every count document of this version.
pub const COUNT_FORMAT: &str = "paritrana-count-1";

/// One contest to be counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// Always [`COUNT_FORMAT`]; another format is a reading error.
    #[serde(deserialize_with = "known_format")]
    pub format: String,
    /// The contest's id; part of the text that a lot hashes.
    pub contest: String,
    /// The jurors of the panel, in the order in which they are listed.
    #[serde(default)]
    pub jurors: Vec<String>,
    /// Claims that are computed from other claims by a formula.
    #[serde(default)]
    pub derived: Vec<Derived>,
    /// Conditions that an entry must pass to be in the running.
    #[serde(default)]
    pub gates: Vec<Gate>,
    /// How points come about. A node that is both a group and a leaf, or neither, is a reading error.
    #[serde(deserialize_with = "groups_and_leaves")]
    pub tree: Node,
    /// How entries with equal totals are told apart, first rung first.
    #[serde(default)]
    pub ladder: Vec<Rung>,
    /// Who advances; without it entries are only ranked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut: Option<Cut>,
    /// What is given to whom beside advancing.
    #[serde(default)]
    pub awards: Vec<Award>,
    /// The lot that was committed to before and perhaps revealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<Lot>,
    /// The orders that the chair or the plenary gave for tied entries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orders: Option<Orders>,
    /// Who is judged.
    #[serde(default)]
    pub entries: Vec<Entry>,
    /// What the jurors handed in.
    #[serde(default)]
    pub sheets: Vec<Sheet>,
}

fn known_format<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let format = String::deserialize(deserializer)?;
    if format == COUNT_FORMAT {
        return Ok(format);
    }
    Err(serde::de::Error::custom(format_args!("format is `{format}`, not `{COUNT_FORMAT}`")))
}

fn groups_and_leaves<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
    let root = Node::deserialize(deserializer)?;
    let mut open = vec![&root];
    while let Some(node) = open.pop() {
        if node.group.is_some() == node.leaf.is_some() {
            return Err(serde::de::Error::custom(format_args!("node `{}` must be either a group or a leaf", node.id)));
        }
        open.extend(node.below());
    }
    Ok(root)
}

/// A claim computed from claims, `docs/specification.md` section 5.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Derived {
    /// The name under which formulas and measures find the result.
    pub name: String,
    /// The formula's text.
    pub formula: String,
}

/// One node of the tree from which the total comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// Unique in the tree.
    pub id: String,
    /// When it combines other nodes. Exactly one of `group` and `leaf` is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// When it measures something itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaf: Option<Leaf>,
    /// What being there, and with which rank, does to this node's points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendance: Option<Attendance>,
    /// Points are never below this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<Exact>,
    /// Points are never above this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Exact>,
    /// Rounding, only where a rule says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<Rounding>,
    /// The points this node can take, on a grid: used only to say what would have been enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Grid>,
}

impl Node {
    /// The nodes directly below: the parts, then the bonuses, then the penalties, each in the order of the document.
    ///
    /// ```
    /// let leaf = |id: &str| format!(r#"{{"id": "{id}", "leaf": {{"measure": "stated", "scale": "identity",
    ///     "missing": "zero", "not_applicable": "skip"}}}}"#);
    /// let group = format!(
    ///     r#"{{"id": "root", "group": {{"combine": "sum", "bonuses": [{}], "parts": [{{"weight": "1", "node": {}}}]}}}}"#,
    ///     leaf("b"), leaf("a"),
    /// );
    /// let root: tally::Node = serde_json::from_str(&group).unwrap();
    /// let below: Vec<&str> = root.below().map(|node| node.id.as_str()).collect();
    /// assert_eq!(below, ["a", "b"]);
    /// ```
    pub fn below(&self) -> impl Iterator<Item = &Node> {
        self.group.iter().flat_map(|group| {
            let parts = group.parts.iter().map(|part| &part.node);
            parts.chain(&group.bonuses).chain(&group.penalties)
        })
    }

    /// The same, to be changed.
    pub(crate) fn below_mut(&mut self) -> impl Iterator<Item = &mut Node> {
        self.group.iter_mut().flat_map(|group| {
            let parts = group.parts.iter_mut().map(|part| &mut part.node);
            parts.chain(&mut group.bonuses).chain(&mut group.penalties)
        })
    }
}

/// A node that combines others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Weighted mean or weighted sum.
    pub combine: Combine,
    /// The weighted parts; at least one.
    #[serde(default)]
    pub parts: Vec<Part>,
    /// Nodes whose points are added after combining.
    #[serde(default)]
    pub bonuses: Vec<Node>,
    /// Nodes whose points are subtracted after combining.
    #[serde(default)]
    pub penalties: Vec<Node>,
    /// When given, the group is computed per juror first and then combined over the jurors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panel: Option<Panel>,
}

/// How the parts of a group are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    /// Σ weight × points / Σ weight over the parts that have points.
    Mean,
    /// Σ weight × points over the parts that have points.
    Sum,
}

/// A weighted part of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Not negative.
    pub weight: Exact,
    /// The part itself.
    pub node: Node,
}

/// How per-juror values of a panel group become one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Panel {
    /// Mean, median or trimmed mean over the jurors.
    pub method: Method,
    /// What it means that no juror has a value.
    pub missing: Missing,
}

/// A node that measures something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// Where the raw value comes from.
    pub measure: Measure,
    /// How the raw value becomes points.
    pub scale: Scale,
    /// What a missing raw value means.
    pub missing: Missing,
    /// What it means that the leaf does not apply to an entry.
    pub not_applicable: NotApplicable,
}

/// What a missing value means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// It counts as 0 points.
    Zero,
    /// The node has no points and its weight is shared by the others.
    Skip,
    /// The contest cannot be counted until it is there.
    Refuse,
}

/// What "does not apply" means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotApplicable {
    /// The weight is shared by the others.
    Skip,
    /// It counts as 0 points.
    Zero,
}

/// Where a leaf's raw value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Measure {
    /// A claim's number.
    Claim(String),
    /// Numerator over denominator.
    Ratio {
        /// Claim above the line.
        numerator: String,
        /// Claim below the line.
        denominator: String,
        /// What happens to a ratio above 1.
        over_one: OverOne,
    },
    /// The change between two as-of values.
    Growth {
        /// Claim of the earlier date.
        from: String,
        /// Claim of the later date.
        to: String,
        /// Relative or as a difference.
        mode: GrowthMode,
    },
    /// A formula over claims.
    Formula(String),
    /// Points for the items of a list, such as legal products.
    Checklist {
        /// The list's name.
        list: String,
        /// Points per kind of item.
        #[serde(default)]
        kinds: BTreeMap<String, Exact>,
        /// Factor per stage the item has reached.
        #[serde(default)]
        stages: BTreeMap<String, Exact>,
        /// Points that each attribute of an item adds.
        #[serde(default)]
        attributes: BTreeMap<String, Exact>,
        /// Only so many of the most valuable items count.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_most: Option<u32>,
    },
    /// A measure relative to the best entry in the running.
    Relative {
        /// The measure that is compared.
        of: Box<Measure>,
    },
    /// What the jurors gave.
    Marks {
        /// How the marks become one number.
        method: Method,
        /// Lowest mark.
        min: Exact,
        /// Highest mark.
        max: Exact,
        /// Marks are `min` plus whole multiples of this; above 0.
        step: Exact,
    },
    /// Points given by a source as they are.
    Stated,
    /// Points looked up by the rank of who attended.
    Rank {
        /// Points per rank.
        #[serde(default)]
        table: BTreeMap<String, Exact>,
        /// Points of a rank that the table does not name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        otherwise: Option<Exact>,
    },
}

/// What happens to a ratio above 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverOne {
    /// It counts as 1.
    Cap,
    /// It stands as it is.
    Allow,
    /// The contest cannot be counted until it is explained.
    Refuse,
}

/// How growth is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrowthMode {
    /// (to − from) / from.
    Relative,
    /// to − from.
    Difference,
}

/// How several jurors' numbers become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Method {
    /// Arithmetic mean.
    Mean,
    /// The middle one, or the mean of the two middle ones.
    Median,
    /// Mean without the `drop` lowest and highest when there are enough numbers.
    Trimmed {
        /// How many are left out at each end.
        drop: u32,
        /// With fewer numbers than this nothing is left out; above 2 × `drop`.
        at_least: u32,
    },
}

/// How a raw value becomes points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Scale {
    /// Points are the raw value.
    Identity,
    /// Points are the raw value times a factor.
    Times(Exact),
    /// Points of the last step reached.
    Bands {
        /// Points below the first step.
        below: Exact,
        /// Steps with strictly rising `at_least`.
        #[serde(default)]
        steps: Vec<BandStep>,
    },
    /// Straight line between two points, flat outside.
    Linear {
        /// Raw value at which the line begins.
        from: Exact,
        /// Raw value at which the line ends; above `from`.
        to: Exact,
        /// Points at `from` and below.
        points_from: Exact,
        /// Points at `to` and above.
        points_to: Exact,
    },
}

/// One step of a band scale; its lower bound belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BandStep {
    /// The raw value from which the step holds, inclusive.
    pub at_least: Exact,
    /// Its points.
    pub points: Exact,
}

/// What attendance does to the points of a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// Factor per rank.
    #[serde(default)]
    pub table: BTreeMap<String, Exact>,
    /// Factor of a rank that the table does not name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Exact>,
    /// What an absent entry gets.
    pub absent: AbsentRule,
}

/// What an entry that did not come gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbsentRule {
    /// 0 points.
    Zero,
    /// No points; the weight is shared by the other parts.
    Skip,
    /// The entry leaves the running.
    Exclude,
    /// The contest cannot be counted until the entry was heard.
    Refuse,
}

/// Rounding of a node's points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    /// Decimal places, 0 to 9.
    pub places: u32,
    /// Which way.
    pub mode: RoundMode,
}

/// Which way a rounding goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundMode {
    /// To the nearest, halves away from zero.
    HalfUp,
    /// To the nearest, halves to the even neighbour.
    HalfEven,
    /// Toward zero.
    Down,
    /// Away from zero.
    Up,
}

/// The grid of points that a node can take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grid {
    /// Lowest points.
    pub min: Exact,
    /// Highest points.
    pub max: Exact,
    /// Distance between neighbours; above 0.
    pub step: Exact,
}
