//! Scales, rubrics, checklists and ranges.

use tally::{Exact, Grid, OverOne, Scale};

use super::book::Found;
use super::{Book, Finding};
use crate::problem::complaint;
use crate::rulebook::IndicatorKind;

pub(super) fn bands_rise(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Found { path, indicator, .. } in book.indicators_at() {
        let Scale::Bands { steps, .. } = &indicator.scale else {
            continue;
        };
        if steps.is_empty() {
            let message = complaint("empty-list").text("key", "bands");
            found.push(Finding::new(format!("{path}.bands"), message));
        }
        for (index, pair) in steps.windows(2).enumerate() {
            if pair[1].at_least <= pair[0].at_least {
                let message = complaint("bands-rise").number("before", &pair[0].at_least);
                let path = format!("{path}.bands.{}.at_least", index + 1);
                found.push(Finding::new(path, message.number("after", &pair[1].at_least)));
            }
        }
    }
    found
}

/// A share goes from 0 to 1, so a band or the end of a line above that is never reached: most likely percent were written.
pub(super) fn shares_can_be_reached(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Found { path, indicator, .. } in book.indicators_at() {
        let is_share = match &indicator.kind {
            IndicatorKind::Ratio { over_one, .. } => *over_one != OverOne::Allow,
            kind => matches!(kind, IndicatorKind::Relative { .. }),
        };
        if !is_share {
            continue;
        }
        let hundred = Exact::from(100u32);
        let points: Vec<(String, &Exact)> = match &indicator.scale {
            Scale::Bands { steps, .. } => {
                let at = |index| format!("{path}.bands.{index}.at_least");
                steps.iter().enumerate().map(|(index, step)| (at(index), &step.at_least)).collect()
            }
            Scale::Linear { from, to, .. } => vec![(format!("{path}.linear"), to.max(from))],
            _ => Vec::new(),
        };
        for (path, value) in points.into_iter().filter(|(path, value)| book.is_sound(path) && **value > Exact::one()) {
            let share = value.checked_div(&hundred).unwrap_or_else(Exact::one);
            let message = complaint("share-above-one").text("indicator", &indicator.id);
            found.push(Finding::new(path, message.number("value", value).text("share", share.to_string())));
        }
    }
    found
}

pub(super) fn lines_have_length(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Found { path, indicator, .. } in book.indicators_at() {
        if let Scale::Linear { from, to, .. } = &indicator.scale
            && from >= to
        {
            let message = complaint("linear").number("from", from).number("to", to);
            found.push(Finding::new(format!("{path}.linear"), message));
        }
    }
    found
}

/// Whether the steps from the lowest lead exactly to the highest.
fn divides(min: &Exact, max: &Exact, step: &Exact) -> bool {
    (max - min).checked_div(step).is_some_and(|steps| steps.is_integer())
}

pub(super) fn rubrics_have_steps(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Found { path, indicator, .. } in book.indicators_at() {
        let IndicatorKind::Rubric { min, max, step, .. } = &indicator.kind else {
            continue;
        };
        let sound = ["min", "max", "step"].iter().all(|key| book.is_sound(&format!("{path}.{key}")));
        let (key, problem) = match () {
            () if !sound => continue,
            () if min >= max => ("max", "rubric-min-max"),
            () if step.is_negative() || step.is_zero() => ("step", "step-positive"),
            () if !divides(min, max, step) => ("step", "rubric-step"),
            () => continue,
        };
        let message = complaint(problem).text("indicator", &indicator.id);
        let message = message.number("min", min).number("max", max).number("step", step);
        let key = if book.is_given(&format!("{path}.{key}")) { key } else { "max" };
        found.push(Finding::new(format!("{path}.{key}"), message));
    }
    found
}

pub(super) fn anchors_lie_in_the_rubric(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Found { path, indicator, .. } in book.indicators_at() {
        let IndicatorKind::Rubric { min, max, anchors, .. } = &indicator.kind else {
            continue;
        };
        let sound = book.is_sound(&format!("{path}.min")) && book.is_sound(&format!("{path}.max"));
        for (index, anchor) in anchors.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| &anchors[before].at_least);
            let problem = match () {
                () if !sound => continue,
                () if anchor.at_least < *min || anchor.at_least > *max => "anchor-outside",
                () if before.is_some_and(|before| *before >= anchor.at_least) => "anchors-rise",
                () => continue,
            };
            let message = complaint(problem).number("at_least", &anchor.at_least);
            let message = message.number("min", min).number("max", max);
            found.push(Finding::new(format!("{path}.anchors.{index}.at_least"), message));
        }
    }
    found
}

pub(super) fn ranges_have_steps(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Found { path, indicator, .. } in book.indicators_at() {
        let Some(Grid { min, max, step }) = &indicator.range else {
            continue;
        };
        let problem = match () {
            () if min > max => "range-reversed",
            () if step.is_negative() || step.is_zero() => "step-positive",
            () => continue,
        };
        let message = complaint(problem).text("indicator", &indicator.id);
        let message = message.number("min", min).number("max", max).number("step", step);
        found.push(Finding::new(format!("{path}.range"), message));
    }
    found
}

pub(super) fn checklists_are_not_empty(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Found { path, indicator, .. } in book.indicators_at() {
        if let IndicatorKind::Checklist { kinds, stages, .. } = &indicator.kind {
            for (key, _) in [("kinds", kinds), ("stages", stages)].iter().filter(|one| one.1.is_empty()) {
                let message = complaint("empty-list").text("key", *key);
                found.push(Finding::new(format!("{path}.{key}"), message));
            }
        }
    }
    found
}

pub(super) fn data_questions_are_of_ratios(book: &Book<'_>) -> Vec<Finding> {
    let asked = book.indicators_at().filter(|found| found.indicator.data_question.is_some());
    let others = asked.filter(|found| !matches!(found.indicator.kind, IndicatorKind::Ratio { .. }));
    let finding = |Found { path, indicator, .. }: Found<'_>| {
        let message = complaint("data-question").text("indicator", &indicator.id);
        Finding::new(format!("{path}.data_question"), message)
    };
    others.map(finding).collect()
}
