//! Contests: complete, not twice, with the panel and pools they need.

use std::collections::BTreeSet;

use tally::Within;

use super::book::Held;
use super::{Book, Finding};
use crate::problem::complaint;
use crate::rulebook::{IndicatorKind, Stage};

pub(super) fn lists_are_not_empty(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Held { path, rule, .. } in book.contests_at() {
        let lists = [("categories", rule.categories.len()), ("stages", rule.stages.len())];
        for (key, _) in lists.iter().filter(|(_, length)| *length == 0) {
            let message = complaint("empty-list").text("key", *key);
            found.push(Finding::new(format!("{path}.{key}"), message));
        }
    }
    found
}

pub(super) fn one_contest_for_a_category_and_level(book: &Book<'_>) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for Held { path, rule, .. } in book.contests_at() {
        for (index, category) in rule.categories.iter().enumerate() {
            if !seen.insert((category, &rule.level)) {
                let message = complaint("contest-twice").text("category", category);
                let message = message.text("level", &rule.level);
                found.push(Finding::new(format!("{path}.categories.{index}"), message));
            }
        }
    }
    found
}

pub(super) fn rubrics_have_a_panel(book: &Book<'_>) -> Vec<Finding> {
    let without = book.contests_at().filter(|held| held.rule.panel.is_none());
    let marked = without.filter(|held| held.scheme.is_some_and(|scheme| scheme.is_marked()));
    marked
        .map(|held| {
            let message = complaint("panel-missing").text("scheme", &held.rule.scheme);
            Finding::new(format!("{}.panel", held.path), message)
        })
        .collect()
}

pub(super) fn the_panel_sits_at_that_level(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Held { path, rule, .. } in book.contests_at() {
        let panel = rule.panel.as_deref().and_then(|panel| book.panel(panel));
        if let Some(panel) = panel.filter(|panel| panel.level != rule.level) {
            let message = complaint("panel-level").text("panel", &panel.id);
            let message = message.text("level", &rule.level).text("sits", &panel.level);
            found.push(Finding::new(format!("{path}.panel"), message));
        }
    }
    found
}

pub(super) fn pools_exist(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Held { path, rule, level, .. } in book.contests_at() {
        let Some(level) = level.filter(|level| !level.pools_by_zone) else {
            continue;
        };
        if rule.quota_within == Within::Pool {
            let message = complaint("pool-missing").text("level", &level.id);
            found.push(Finding::new(format!("{path}.quota_within"), message));
        }
        for (index, award) in rule.awards.iter().enumerate() {
            if book.award(award).is_some_and(|award| award.within == Within::Pool) {
                let message = complaint("award-pool-missing").text("level", &level.id);
                let message = message.text("award", award);
                found.push(Finding::new(format!("{path}.awards.{index}"), message));
            }
        }
    }
    found
}

pub(super) fn objections_have_their_stage(book: &Book<'_>) -> Vec<Finding> {
    let without = book.contests_at().filter(|held| !held.rule.stages.contains(&Stage::Objection));
    let days = without.filter(|held| held.rule.objection_days.is_some() || held.rule.objection_working);
    days.map(|held| Finding::new(format!("{}.stages", held.path), complaint("objection-stage"))).collect()
}

pub(super) fn carried_points_come_from_below(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Held { path, rule, scheme, .. } in book.contests_at() {
        for (_, indicator) in scheme.iter().flat_map(|scheme| scheme.indicators()) {
            if let IndicatorKind::Carried { level, .. } = &indicator.kind
                && book.level(level).is_some()
                && !book.is_below(level, &rule.level)
            {
                let message = complaint("carried-level").text("indicator", &indicator.id);
                let message = message.text("level", &rule.level).text("carried", level);
                found.push(Finding::new(format!("{path}.scheme"), message));
            }
        }
    }
    found
}

/// A contest asks the gates of its scheme, its category and the categories above it.
pub(super) fn gates_have_different_ids(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Held { path, rule, scheme, .. } in book.contests_at() {
        for (index, category) in rule.categories.iter().enumerate() {
            let line = book.category_line(category);
            let above = line.iter().flat_map(|category| &category.gates);
            let gates = scheme.iter().flat_map(|scheme| &scheme.gates).chain(above);
            let mut seen = BTreeSet::new();
            for gate in gates.filter(|gate| !seen.insert(&gate.id)) {
                let message = complaint("gate-twice").text("gate", &gate.id);
                let message = message.text("category", category);
                found.push(Finding::new(format!("{path}.categories.{index}"), message));
            }
        }
    }
    found
}

/// A share is between nothing and everything.
pub(super) fn second_reading_is_a_share(book: &Book<'_>) -> Vec<Finding> {
    let shares = book.contests.iter().enumerate().filter_map(|(at, contest)| Some((at, contest.second_reading.as_ref()?)));
    let wrong = shares.filter(|(_, share)| share.is_negative() || **share > tally::Exact::one());
    wrong
        .map(|(at, share)| {
            Finding::new(format!("contest.{at}.second_reading"), complaint("share-out-of-range").number("share", share))
        })
        .collect()
}
