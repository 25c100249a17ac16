//! Measures: where an indicator's raw value comes from.

use std::collections::BTreeMap;

use tally::{Exact, Measure, Method};

use crate::rulebook::{AttendanceRule, IndicatorKind, Rulebook};
use crate::word::Word;

/// The measure of an indicator; `method` is how the jurors' marks become one.
pub(super) fn measure(rulebook: &Rulebook, kind: &IndicatorKind, method: Method) -> Measure {
    match kind {
        IndicatorKind::Ratio { numerator, denominator, over_one } => {
            Measure::Ratio { numerator: numerator.clone(), denominator: denominator.clone(), over_one: *over_one }
        }
        IndicatorKind::Count { claim } => Measure::Claim(claim.clone()),
        IndicatorKind::Growth { from, to, mode } => Measure::Growth { from: from.clone(), to: to.clone(), mode: *mode },
        IndicatorKind::Checklist { list, kinds, stages, attributes, at_most } => Measure::Checklist {
            list: list.clone(),
            kinds: kinds.clone(),
            stages: stages.clone(),
            attributes: attributes.clone(),
            at_most: *at_most,
        },
        IndicatorKind::Rubric { min, max, step, .. } => {
            Measure::Marks { method, min: min.clone(), max: max.clone(), step: step.clone() }
        }
        IndicatorKind::Attendance { attendance } => rank(rulebook, attendance),
        IndicatorKind::Formula { formula } => Measure::Formula(formula.clone()),
        IndicatorKind::Relative { of } => Measure::Relative { of: Box::new(measure(rulebook, of, method)) },
        IndicatorKind::Stated => Measure::Stated,
        IndicatorKind::Carried { level, value } => Measure::Claim(format!("carried.{level}.{}", value.word())),
    }
}

fn rank(rulebook: &Rulebook, attendance: &str) -> Measure {
    let rule = rulebook.attendance_table(attendance).expect("a rulebook's indicators have their tables");
    Measure::Rank { table: ranks(rule), otherwise: rule.otherwise.clone() }
}

/// The value of each rank.
pub(super) fn ranks(rule: &AttendanceRule) -> BTreeMap<String, Exact> {
    rule.ranks.iter().map(|rank| (rank.id.clone(), rank.value.clone())).collect()
}
