//! Schemes: aspects and indicators, and how their points come about.

use std::collections::BTreeMap;

use serde::Serialize;
use tally::{Combine, Exact, GrowthMode, Method, Missing, NotApplicable, OverOne, Rounding};

use super::{Clause, GateRule, Stage, Text};

/// How points come about in a contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Scheme {
    pub id: String,
    pub name: Text,
    pub combine: Combine,
    pub weights_total: Option<Exact>,
    /// In the order of the file; empty if the aspects are combined directly.
    pub stage_weights: Vec<(Stage, Exact)>,
    pub method: Method,
    pub limits: Limits,
    pub gates: Vec<GateRule>,
    pub aspects: Vec<Aspect>,
    pub clause: Clause,
}

/// Cap, floor and rounding of points.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Limits {
    pub cap: Option<Exact>,
    pub floor: Option<Exact>,
    pub round: Option<Rounding>,
}

/// What the weights of an aspect's indicators add up to where `weights_total` is left out.
pub(crate) const USUAL_TOTAL: i64 = 100;

impl Aspect {
    /// What the weights of its indicators add up to: said, or 100 where several parts make a mean; nothing else is weighed.
    pub(crate) fn total(&self) -> Option<Exact> {
        let parts = self.indicators.iter().filter(|one| one.role == Role::Part).count();
        let usual = || (self.combine == Combine::Mean && parts > 1).then(|| Exact::from(USUAL_TOTAL));
        self.weights_total.clone().or_else(usual)
    }
}

/// Whether points are a part, or are added or subtracted at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Role {
    Part,
    Bonus,
    Penalty,
}

/// A weighted group of indicators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Aspect {
    pub id: String,
    pub name: Text,
    pub aliases: Vec<String>,
    pub weight: Exact,
    pub combine: Combine,
    pub weights_total: Option<Exact>,
    pub stage: Option<Stage>,
    pub attendance: Option<String>,
    pub role: Role,
    pub limits: Limits,
    /// Overrides the scheme's method.
    pub method: Option<Method>,
    /// Each juror's own marks are added up first; what it means when there are none.
    pub sheet_order: Option<Missing>,
    pub indicators: Vec<Indicator>,
    pub clause: Clause,
}

/// One thing that earns points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Indicator {
    pub id: String,
    pub name: Text,
    pub aliases: Vec<String>,
    pub question: Option<Text>,
    /// The question that an indicator vintage answers with the numerator and denominator of this ratio.
    pub data_question: Option<String>,
    pub equivalent: Option<String>,
    pub weight: Exact,
    pub role: Role,
    pub kind: IndicatorKind,
    pub scale: tally::Scale,
    pub missing: Missing,
    pub not_applicable: NotApplicable,
    pub limits: Limits,
    /// The points it can take, for "what would have been enough".
    pub range: Option<tally::Grid>,
    pub clause: Clause,
}

/// How an indicator is measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum IndicatorKind {
    Ratio {
        numerator: String,
        denominator: String,
        over_one: OverOne,
    },
    Count {
        claim: String,
    },
    Growth {
        from: String,
        to: String,
        mode: GrowthMode,
    },
    Checklist {
        list: String,
        kinds: BTreeMap<String, Exact>,
        stages: BTreeMap<String, Exact>,
        attributes: BTreeMap<String, Exact>,
        at_most: Option<u32>,
    },
    Rubric {
        min: Exact,
        max: Exact,
        step: Exact,
        anchors: Vec<Anchor>,
    },
    Attendance {
        attendance: String,
    },
    Formula {
        formula: String,
    },
    Relative {
        of: Box<IndicatorKind>,
    },
    Stated,
    Carried {
        level: String,
        value: CarriedValue,
    },
}

/// What a rubric's range of marks means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Anchor {
    pub at_least: Exact,
    pub text: Text,
}

/// What is carried up from a lower level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum CarriedValue {
    Total,
    Place,
}
