//! The outcome document: who stands where, who advances, and what stands beside it.
//!
//! These types are `docs/specification.md` sections 13 and 14, word for word: every key is always written, so two programs that
//! agree write the same bytes. Nothing here is an opinion; the reasons are asked for by [`crate::explain`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Exact;

/// The text in `format` of every outcome and every refusal of this version.
pub const OUTCOME_FORMAT: &str = "paritrana-outcome-1";

/// What a count answers.
///
/// ```
/// use tally::Outcome;
///
/// let empty = r#"{"format":"paritrana-outcome-1","contest":"c","standing":[],"out":[],"cuts":[],"awards":[],
///     "panel":{},"values":{},"adjusted":null}"#;
/// let outcome: Outcome = serde_json::from_str(empty).unwrap();
/// assert!(outcome.standing.is_empty());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Always [`OUTCOME_FORMAT`].
    pub format: String,
    /// The contest's id.
    pub contest: String,
    /// The entries with a total, best first.
    pub standing: Vec<Placed>,
    /// The entries without a place, in the order of the count document.
    pub out: Vec<NotPlaced>,
    /// The cut: one, or one for each pool; none without a cut.
    pub cuts: Vec<CutLine>,
    /// Who was awarded what.
    pub awards: Vec<Awarded>,
    /// How many jurors are in which state, by entry and marks leaf.
    pub panel: BTreeMap<String, BTreeMap<String, Counted>>,
    /// The points by entry and node; none where the node has no points.
    pub values: BTreeMap<String, BTreeMap<String, Option<Exact>>>,
    /// What the additive fit would say; none where every mark is there.
    pub adjusted: Option<Adjusted>,
}

/// One line of the standing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placed {
    /// Who.
    pub entry: String,
    /// The pool in which it stands.
    pub pool: Option<String>,
    /// 1 + the number of entries ordered strictly before.
    pub place: u32,
    /// The same among the entries of its pool.
    pub pool_place: u32,
    /// The root's points.
    pub total: Exact,
    /// What puts it before the next line; none on the last line.
    pub separated_by: Option<SeparatedBy>,
    /// Whether it advances.
    pub status: Status,
    /// Threshold − own total; none where there is no threshold and for those who advance. Negative where ties, caps or the
    /// plenary decided.
    pub gap: Option<Exact>,
    /// The lowest points of a node with which it would have advanced, by node; none where no points are enough.
    pub enough: BTreeMap<String, Option<Exact>>,
}

/// What tells one line of the standing from the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SeparatedBy {
    /// `"total"` or `"nothing"`.
    Word(SeparatedWord),
    /// The number of the rung, from 1.
    Rung(u32),
}

/// See [`SeparatedBy`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeparatedWord {
    /// The totals differ.
    Total,
    /// Nothing does; both share a place.
    Nothing,
}

/// What the cut says of an entry with a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It goes on to the next round.
    Advances,
    /// It stands below the line.
    Below,
    /// Its total is below the minimum.
    BelowMinimum,
    /// Its region has sent as many as it may.
    RegionCap,
    /// It is tied across the line and nobody has decided yet.
    Undecided,
    /// There is no cut.
    Ranked,
    /// It moves up when someone who advances does not come; the number says in which turn.
    Reserve(u32),
}

/// An entry without a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotPlaced {
    /// Who.
    pub entry: String,
    /// Why.
    pub status: OutStatus,
}

/// Why an entry has no place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutStatus {
    /// It withdrew.
    Withdrawn,
    /// It failed these gates.
    Disqualified(Vec<String>),
    /// It did not come, and the rule excludes it for that.
    Excluded,
    /// Its total has no points at all.
    Unscored,
}

/// One cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CutLine {
    /// The pool; none for the whole contest, and for the entries without a pool.
    pub pool: Option<String>,
    /// Who advances, best first.
    pub advancing: Vec<String>,
    /// The reserves, best first; their status says in which turn they move up.
    pub reserves: Vec<String>,
    /// Who is tied across the line.
    pub undecided: Vec<String>,
    /// The lowest total that advances.
    pub threshold: Option<Exact>,
}

/// One award and its winners.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Awarded {
    /// The award.
    pub id: String,
    /// The pool; none for the whole contest, and for the entries without a pool.
    pub pool: Option<String>,
    /// The winners, best first; perhaps nobody.
    pub entries: Vec<String>,
}

/// How many jurors are in which state for one leaf and entry. They add up to all jurors of the count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// Gave a mark.
    pub marked: u32,
    /// Were there and gave none.
    pub abstained: u32,
    /// Had a conflict.
    pub recused: u32,
    /// Were not there.
    pub absent: u32,
    /// Said that it does not apply.
    pub not_applicable: u32,
}

/// What the additive fit says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Adjusted {
    /// The jurors and entries of this node do not hang together.
    NotPossible(NotPossible),
    /// The fit.
    Fitted(Fitted),
}

/// See [`Adjusted::NotPossible`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotPossible {
    /// The first such node.
    pub not_possible: String,
}

/// The totals with every juror's strictness taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fitted {
    /// Total by entry.
    pub totals: BTreeMap<String, Exact>,
    /// Who would advance, sorted by id.
    pub advancing: Vec<String>,
    /// Whether that differs from who does advance.
    pub disagrees: bool,
}

/// A count that cannot be answered, with everything that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// Always [`OUTCOME_FORMAT`].
    pub format: String,
    /// The contest's id.
    pub contest: String,
    /// What stands in the way; at least one.
    pub refused: Vec<Refusal>,
}

/// One thing that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// What it is.
    pub code: Code,
    /// At which entry.
    pub entry: Option<String>,
    /// At which node.
    pub node: Option<String>,
}

/// The reasons of `docs/specification.md` section 14.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Two things of one sort with one id.
    DuplicateId,
    /// An entry is named that is not there.
    UnknownEntry,
    /// A juror is named that is not there.
    UnknownJuror,
    /// A node is named that is not there, or is not what it should be.
    UnknownNode,
    /// The tree is not one.
    BadTree,
    /// Weights or attendance factors are negative, or all weights of a mean are 0.
    BadWeights,
    /// Bands do not rise.
    BadBands,
    /// A line has no length.
    BadScale,
    /// A range, a step or a number of places that cannot be.
    BadRange,
    /// A trimmed mean that may leave nothing, or a method where only the mean may stand.
    BadMethod,
    /// A mark out of range or off the step.
    BadMark,
    /// A leaf twice for one juror and entry.
    DuplicateMark,
    /// A recused juror has marks or another sheet.
    RecusedMark,
    /// A text is no formula.
    BadFormula,
    /// Derived claims that need each other.
    FormulaLoop,
    /// A claim both derived and stated.
    DuplicateClaim,
    /// A lot that is not one.
    BadLot,
    /// The secret is not the one committed to.
    BrokenCommitment,
    /// A cut that lets nobody of a region advance.
    BadCut,
    /// An award that nobody can win.
    BadAward,
    /// A value is missing and the rule says that it must not.
    MissingValue,
    /// A ratio of negative numbers or by 0.
    BadRatio,
    /// A ratio above 1 where the rule wants that explained first.
    RatioOverOne,
    /// Relative growth from nothing.
    BadGrowth,
    /// A formula divides by 0.
    DivisionByZero,
    /// A list holds a word that the tables do not know.
    UnknownItem,
    /// A rank that the tables do not know.
    UnknownRank,
    /// The entry has not been heard yet.
    AttendancePending,
    /// A number of more bits than any award needs.
    TooLarge,
}

impl Refusal {
    /// A refusal at no place in particular.
    pub(crate) fn of(code: Code) -> Self {
        Refusal { code, entry: None, node: None }
    }

    pub(crate) fn entry(mut self, entry: &str) -> Self {
        self.entry = Some(entry.into());
        self
    }

    pub(crate) fn node(mut self, node: &str) -> Self {
        self.node = Some(node.into());
        self
    }
}

impl Refused {
    /// Every reason once, in the order found.
    pub(crate) fn because(contest: &str, mut refused: Vec<Refusal>) -> Self {
        let mut seen = std::collections::HashSet::new();
        refused.retain(|refusal| seen.insert(refusal.clone()));
        Refused { format: OUTCOME_FORMAT.into(), contest: contest.into(), refused }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the count of `{}` is refused: {:?}", self.contest, self.refused)
    }
}

impl std::error::Error for Refused {}
