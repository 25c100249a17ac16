//! Stages: in order, and there where something depends on them.

use tally::CutTies;

use super::book::Held;
use super::{Book, Finding};
use crate::problem::complaint;
use crate::rulebook::{IndicatorKind, Level, Scheme, Stage};

pub(super) fn stages_are_in_order(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Held { path, rule, .. } in book.contests_at() {
        for (index, pair) in rule.stages.windows(2).enumerate() {
            let sound = (index..=index + 1).all(|at| book.is_sound(&format!("{path}.stages.{at}")));
            if sound && pair[0] >= pair[1] {
                let message = complaint("stage-order").text("stage", pair[1].name());
                let message = message.text("before", pair[0].name());
                found.push(Finding::new(format!("{path}.stages.{}", index + 1), message));
            }
        }
    }
    found
}

pub(super) fn interview_is_a_stage(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Held { path, rule, .. } in book.contests_at() {
        let stage = rule.stages.contains(&Stage::Interview);
        if stage != rule.interviewed {
            let problem = if stage { "interview-denied" } else { "interview-missing" };
            found.push(Finding::new(format!("{path}.interviewed"), complaint(problem)));
        } else if rule.invited.is_some() && !stage {
            found.push(Finding::new(format!("{path}.invited"), complaint("invited-to-nothing")));
        }
    }
    found
}

/// The attendance tables that a scheme looks at.
pub(super) fn attendance_of(scheme: &Scheme) -> Vec<&str> {
    let factors = scheme.aspects.iter().filter_map(|aspect| aspect.attendance.as_deref());
    let points = scheme.indicators().filter_map(|(_, indicator)| match &indicator.kind {
        IndicatorKind::Attendance { attendance } => Some(attendance.as_str()),
        _ => None,
    });
    factors.chain(points).collect()
}

pub(super) fn attendance_needs_an_interview(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Held { path, rule, scheme, .. } in book.contests_at() {
        let attendance = scheme.is_some_and(|scheme| !attendance_of(scheme).is_empty());
        if attendance && !rule.stages.contains(&Stage::Interview) && book.is_sound(&format!("{path}.stages")) {
            let message = complaint("attendance-without-interview").text("scheme", &rule.scheme);
            found.push(Finding::new(format!("{path}.stages"), message));
        }
    }
    found
}

pub(super) fn aspects_have_their_stage(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Held { path, rule, scheme, .. } in book.contests_at() {
        for aspect in scheme.iter().flat_map(|scheme| &scheme.aspects) {
            let Some(stage) = aspect.stage.filter(|stage| !rule.stages.contains(stage)) else {
                continue;
            };
            let message = complaint("aspect-stage").text("aspect", &aspect.id);
            let message = message.text("stage", stage.name()).text("scheme", &rule.scheme);
            found.push(Finding::new(format!("{path}.stages"), message));
        }
    }
    found
}

pub(super) fn the_top_advances_nobody(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Held { path, rule, level, .. } in book.contests_at() {
        let place = rule.stages.iter().position(|stage| *stage == Stage::Advancement);
        // A level in between that leads nowhere is told as that.
        let is_top = |level: &&Level| level.next.is_none() && book.levels.last().is_some_and(|last| last.id == level.id);
        if let (Some(index), Some(level)) = (place, level.filter(is_top)) {
            let message = complaint("advancement-at-top").text("level", &level.id);
            found.push(Finding::new(format!("{path}.stages.{index}"), message));
        }
    }
    found
}

pub(super) fn plenary_ties_need_a_plenary(book: &Book<'_>) -> Vec<Finding> {
    let contests = book.contests_at().filter(|held| held.rule.ties == CutTies::Plenary);
    let without = contests.filter(|held| !held.rule.stages.contains(&Stage::Plenary));
    without.map(|held| Finding::new(format!("{}.ties", held.path), complaint("ties-without-plenary"))).collect()
}
