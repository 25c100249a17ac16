//! Measures and scales in words.

use std::collections::BTreeMap;

use tally::{Exact, GrowthMode, OverOne, Scale};
use words::{Arg, Message};

use super::{Page, local, say};
use crate::rulebook::IndicatorKind;
use crate::word::Word;

impl Page<'_> {
    pub(super) fn measure(&self, kind: &IndicatorKind) -> Message {
        match kind {
            IndicatorKind::Ratio { numerator, denominator, over_one } => self.ratio(numerator, denominator, *over_one),
            IndicatorKind::Count { claim } => say("measure-count").with("claim", self.claim_name(claim)),
            IndicatorKind::Growth { from, to, mode } => {
                let key = match mode {
                    GrowthMode::Relative => "measure-growth",
                    GrowthMode::Difference => "measure-difference",
                };
                say(key).with("from", self.claim_name(from)).with("to", self.claim_name(to))
            }
            IndicatorKind::Checklist { list, kinds, stages, attributes, at_most } => {
                self.checklist(list, [kinds, stages, attributes], *at_most)
            }
            IndicatorKind::Rubric { min, max, step, .. } => {
                say("measure-rubric").number("min", min).number("max", max).number("step", step)
            }
            IndicatorKind::Attendance { attendance } => {
                let name = self.book.attendance_table(attendance).map(|table| local(&table.name));
                say("measure-attendance").with("attendance", name.unwrap_or_else(|| Arg::Text(attendance.clone())))
            }
            IndicatorKind::Formula { formula } => say("measure-formula").with("formula", self.formula(formula)),
            IndicatorKind::Relative { of } => say("measure-relative").message("of", self.measure(of)),
            IndicatorKind::Stated => say("measure-stated"),
            IndicatorKind::Carried { level, value } => {
                say(&format!("measure-carried-{}", value.word())).with("level", self.level_name(level))
            }
        }
    }

    fn ratio(&self, numerator: &str, denominator: &str, over_one: OverOne) -> Message {
        let ratio = say("measure-ratio").with("numerator", self.claim_name(numerator));
        let ratio = ratio.with("denominator", self.claim_name(denominator));
        ratio.message("over", say(&format!("over-one-{}", over_one.word())))
    }

    fn checklist(&self, list: &str, tables: [&BTreeMap<String, Exact>; 3], at_most: Option<u32>) -> Message {
        let [kinds, stages, attributes] = tables;
        let mut facts = vec![
            Arg::Message(say("checklist-kinds").with("pairs", pairs(kinds))),
            Arg::Message(say("checklist-stages").with("pairs", pairs(stages))),
        ];
        if !attributes.is_empty() {
            facts.push(Arg::Message(say("checklist-attributes").with("pairs", pairs(attributes))));
        }
        facts.extend(at_most.map(|most| Arg::Message(say("checklist-at-most").number("most", most))));
        say("measure-checklist").with("list", self.claim_name(list)).with("facts", Arg::List(facts))
    }

    /// How the raw value becomes points; nothing where the raw value is the points.
    pub(super) fn scale(&self, scale: &Scale) -> Option<Message> {
        match scale {
            Scale::Identity => None,
            Scale::Times(factor) => Some(say("scale-times").number("factor", factor)),
            Scale::Bands { below, steps } => {
                let step = |step: &tally::BandStep| {
                    Arg::Message(say("scale-band").number("at_least", &step.at_least).number("points", &step.points))
                };
                let bands = Arg::List(steps.iter().map(step).collect());
                Some(say("scale-bands").with("bands", bands).number("below", below))
            }
            Scale::Linear { from, to, points_from, points_to } => {
                let line = say("scale-linear").number("from", from).number("to", to);
                Some(line.number("points_from", points_from).number("points_to", points_to))
            }
        }
    }
}

/// `perda 3, perwali 2`.
fn pairs(table: &BTreeMap<String, Exact>) -> Arg {
    let pair =
        |(name, value): (&String, &Exact)| Arg::Message(say("pair").with("name", crate::word(name)).number("value", value));
    Arg::List(table.iter().map(pair).collect())
}
