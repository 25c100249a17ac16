//! The steps of a working, one kind for each thing that can happen to a value on its way.
//!
//! A step holds every number that it used, before and after, so that a reader can check it with pencil and paper.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Exact;
use crate::model::{AbsentRule, Combine, GrowthMode, Method, Missing, NotApplicable, Presence, Rounding};
use crate::outcome::Code;

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// The leaf does not apply to the entry, and this is what that means.
    NotApplicable(NotApplicable),
    /// A claim's number; none if it is missing.
    Claim {
        /// The claim.
        name: String,
        /// Its number.
        value: Option<Exact>,
    },
    /// A derived claim that the step after it needs.
    Derived {
        /// The claim.
        name: String,
        /// Its formula.
        formula: String,
        /// The claims it names; none where missing or not needed.
        used: BTreeMap<String, Option<Exact>>,
        /// Its number; none where missing or not needed.
        value: Option<Exact>,
    },
    /// A ratio or growth without a value, because one of these claims is missing.
    ClaimsMissing {
        /// Both claims; none where missing (or not worked out).
        used: BTreeMap<String, Option<Exact>>,
    },
    /// A ratio.
    Ratio {
        /// Above the line.
        numerator: Exact,
        /// Below the line.
        denominator: Exact,
        /// The quotient.
        ratio: Exact,
        /// What counts: the quotient, or 1 where it was capped.
        value: Exact,
    },
    /// Growth between two dates.
    Growth {
        /// The earlier number.
        from: Exact,
        /// The later number.
        to: Exact,
        /// Relative or as a difference.
        mode: GrowthMode,
        /// The growth.
        value: Exact,
    },
    /// A formula; without a value if a claim that it names is missing.
    Formula {
        /// Its text.
        formula: String,
        /// The claims it names; none where missing or not needed.
        used: BTreeMap<String, Option<Exact>>,
        /// Its value.
        value: Option<Exact>,
    },
    /// The items of a list.
    Checklist {
        /// The list.
        list: String,
        /// Every item, in the order of the document.
        items: Vec<ItemWorth>,
        /// The worth of the items that count, added up.
        value: Exact,
    },
    /// A value relative to the best.
    Relative {
        /// The entry's own value.
        own: Exact,
        /// The greatest among the entries in the running; none if nobody has one.
        best: Option<Exact>,
        /// Own over best, or 0.
        value: Exact,
    },
    /// The jurors' marks.
    Marks {
        /// Every juror, in the order of the document.
        marks: Vec<JurorMark>,
        /// How many numbers there are.
        counted: u32,
        /// How many jurors there are.
        of: u32,
        /// How the numbers become one.
        method: Method,
        /// The one number; none without numbers.
        value: Option<Exact>,
    },
    /// One juror's mark, below a panel.
    OneMark(JurorMark),
    /// Points that a source states; none if missing.
    Stated {
        /// The points.
        value: Option<Exact>,
    },
    /// Points by the rank of who came.
    Rank {
        /// Who came; none if nothing is recorded.
        presence: Option<Presence>,
        /// The points; none if nothing is recorded.
        value: Option<Exact>,
    },
    /// The value is missing, and this is what that means.
    Missing(Missing),
    /// The points are the raw value.
    AsIs {
        /// The raw value.
        raw: Exact,
    },
    /// The points are the raw value times a factor.
    Times {
        /// The raw value.
        raw: Exact,
        /// The factor.
        factor: Exact,
        /// The points.
        points: Exact,
    },
    /// The points of a band.
    Band {
        /// The raw value.
        raw: Exact,
        /// The lower bound of the band; none below the first.
        reached: Option<Exact>,
        /// The points.
        points: Exact,
    },
    /// The points on a straight line.
    Line {
        /// The raw value.
        raw: Exact,
        /// The raw value moved into the line's range.
        held: Exact,
        /// Where the line begins.
        from: Exact,
        /// Where it ends.
        to: Exact,
        /// The points at its beginning.
        points_from: Exact,
        /// The points at its end.
        points_to: Exact,
        /// The points.
        points: Exact,
    },
    /// The parts of a group were combined.
    Combined {
        /// Mean or sum.
        combine: Combine,
        /// Every part.
        parts: Vec<PartWeighed>,
        /// The weights of the parts that have points, added up.
        weight: Exact,
        /// Their weighted points, added up.
        sum: Exact,
        /// The mean or the sum.
        value: Exact,
    },
    /// No part of a group has points (or no weight is left), so the group has none.
    NothingToCombine,
    /// A bonus was added.
    Bonus {
        /// The node.
        node: String,
        /// Its points.
        points: Exact,
    },
    /// A penalty was subtracted.
    Penalty {
        /// The node.
        node: String,
        /// Its points.
        points: Exact,
    },
    /// The values of the jurors of a panel group became one.
    Panel {
        /// Every juror, in the order of the document.
        jurors: Vec<JurorValue>,
        /// How many of them have a value.
        counted: u32,
        /// How many jurors there are.
        of: u32,
        /// How the values become one.
        method: Method,
        /// The one value; none without values.
        value: Option<Exact>,
    },
    /// Somebody came, and the rank is a factor.
    Attended {
        /// The highest rank that was there.
        rank: String,
        /// Its factor.
        factor: Exact,
        /// The value before.
        before: Exact,
        /// The value after.
        after: Exact,
    },
    /// Nobody came.
    AttendedAbsent {
        /// What that means.
        rule: AbsentRule,
        /// The value before.
        before: Option<Exact>,
    },
    /// The value was raised to the floor.
    Floor {
        /// The value before.
        before: Exact,
        /// The value after.
        floor: Exact,
    },
    /// The value was lowered to the cap.
    Cap {
        /// The value before.
        before: Exact,
        /// The value after.
        cap: Exact,
    },
    /// The value was rounded.
    Rounded {
        /// The value before.
        before: Exact,
        /// How.
        rule: Rounding,
        /// The value after.
        after: Exact,
    },
    /// Nothing came of it, for this reason.
    Refused(Code),
    /// It would be refused for this reason, but nobody came, and a node above lets that pass. So it has no points.
    NotHeard(Code),
}

/// What an item of a list is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemWorth {
    /// What it is.
    pub kind: String,
    /// The points for that.
    pub kind_points: Exact,
    /// The points that each of its attributes adds.
    pub attributes: BTreeMap<String, Exact>,
    /// How far it is.
    pub stage: String,
    /// The factor for that.
    pub stage_factor: Exact,
    /// (Kind + attributes) × stage.
    pub worth: Exact,
    /// Whether it is among the items that count.
    pub counted: bool,
}

/// One juror's state at a marks leaf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JurorMark {
    /// The juror.
    pub juror: String,
    /// What the juror's sheets say.
    pub state: JurorState,
    /// Whether the method left the number out.
    pub left_out: bool,
}

/// A mark, or one of the four states that are not a mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JurorState {
    /// A number.
    Marked(Exact),
    /// There, without a mark.
    Abstained,
    /// In conflict.
    Recused,
    /// Not there.
    Absent,
    /// Says that it does not apply.
    NotApplicable,
}

/// One juror's value of a panel group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JurorValue {
    /// The juror.
    pub juror: String,
    /// The value from this juror's marks alone; none if there is none.
    pub value: Option<Exact>,
    /// Whether the method left the value out.
    pub left_out: bool,
}

/// A part of a group with its weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartWeighed {
    /// The node.
    pub node: String,
    /// Its weight.
    pub weight: Exact,
    /// Its points; none if it was left out.
    pub points: Option<Exact>,
    /// Weight × points.
    pub weighted: Option<Exact>,
}
