//! Scales: how a raw value becomes points.
//!
//! A coverage of 87 % or three regional laws are not points yet; the rulebook says how many they are worth, as they are, by a
//! factor, in bands or on a straight line (`docs/specification.md` section 4, step 4). Only what the scale says: nothing here
//! rounds.

use crate::Exact;
use crate::model::{BandStep, Scale};
use crate::working::Step;

/// The points of a raw value, and how they came about.
pub(crate) struct Scaled {
    pub points: Exact,
    pub step: Step,
}

impl Scale {
    /// The points of a raw value.
    ///
    /// ```
    /// use tally::Scale;
    ///
    /// // Below 50: 0 points. From 50: 6 points. From 80: 10 points.
    /// let bands: Scale = serde_json::from_str(
    ///     r#"{"bands": {"below": "0", "steps": [
    ///         {"at_least": "50", "points": "6"}, {"at_least": "80", "points": "10"}]}}"#,
    /// ).unwrap();
    /// let points = |raw: &str| bands.points(&raw.parse().unwrap()).to_string();
    /// assert_eq!([points("49.99"), points("50"), points("80")], ["0", "6", "10"]);
    /// ```
    pub fn points(&self, raw: &Exact) -> Exact {
        self.scaled(raw).points
    }

    pub(crate) fn scaled(&self, raw: &Exact) -> Scaled {
        match self {
            Scale::Identity => Scaled { points: raw.clone(), step: Step::AsIs { raw: raw.clone() } },
            Scale::Times(factor) => times(raw, factor),
            Scale::Bands { below, steps } => bands(raw, below, steps),
            Scale::Linear { from, to, points_from, points_to } => linear(raw, (from, points_from), (to, points_to)),
        }
    }
}

fn times(raw: &Exact, factor: &Exact) -> Scaled {
    let points = raw * factor;
    let step = Step::Times { raw: raw.clone(), factor: factor.clone(), points: points.clone() };
    Scaled { points, step }
}

fn bands(raw: &Exact, below: &Exact, steps: &[BandStep]) -> Scaled {
    let reached = steps.iter().rev().find(|step| step.at_least <= *raw);
    let points = reached.map_or(below, |step| &step.points).clone();
    let step = Step::Band { raw: raw.clone(), reached: reached.map(|step| step.at_least.clone()), points: points.clone() };
    Scaled { points, step }
}

fn linear(raw: &Exact, (from, points_from): (&Exact, &Exact), (to, points_to): (&Exact, &Exact)) -> Scaled {
    let held = raw.max(from).min(to);
    let share = (held - from).checked_div(&(to - from)).expect("checked: a line's `from` is below its `to`");
    let points = points_from + share * (points_to - points_from);
    let step = Step::Line {
        raw: raw.clone(),
        held: held.clone(),
        from: from.clone(),
        to: to.clone(),
        points_from: points_from.clone(),
        points_to: points_to.clone(),
        points: points.clone(),
    };
    Scaled { points, step }
}
