//! Things that nothing uses: mostly left over, or a use was forgotten.
//!
//! What cannot be read may be the very use that is missed, so these checks wait until every key and value can be read.

use std::collections::BTreeSet;

use tally::Formula;

use super::formulas::{formulas, names_are_known};
use super::stages::attendance_of;
use super::{Book, Finding, ladders};
use crate::problem::complaint;
use crate::rulebook::{ContestRule, GateCondition, IndicatorKind};

pub(super) fn levels_are_contested(book: &Book<'_>) -> Vec<Finding> {
    let held: BTreeSet<&str> = book.contests.iter().map(|contest| contest.level.as_str()).collect();
    let levels = book.levels.iter().enumerate().filter(|(_, level)| book.whole && !held.contains(level.id.as_str()));
    let found = levels.map(|(index, level)| {
        let message = complaint("level-without-contest").text("level", &level.id);
        Finding::new(format!("level.{index}.id"), message)
    });
    found.collect()
}

/// What of a table is not among the ids that are used.
fn unused<'i>(book: &Book<'_>, table: &str, ids: impl Iterator<Item = &'i String>, used: &BTreeSet<&str>) -> Vec<Finding> {
    let left = ids.enumerate().filter(|(_, id)| book.whole && !used.contains(id.as_str()));
    let found = left.map(|(index, id)| {
        let message = complaint("unused").text("table", table).text("id", id);
        Finding::new(format!("{table}.{index}.id"), message)
    });
    found.collect()
}

fn used_by<'b>(book: &Book<'b>, id: impl Fn(&'b ContestRule) -> Option<&'b String>) -> BTreeSet<&'b str> {
    book.rules.contests.iter().filter_map(id).map(String::as_str).collect()
}

pub(super) fn panels_are_used(book: &Book<'_>) -> Vec<Finding> {
    let missed = [super::contests::rubrics_have_a_panel(book), ladders::the_chair_is_of_a_panel(book)];
    // A contest that lacks its panel is told; the panel is probably meant for it.
    if missed.iter().any(|found| !found.is_empty()) {
        return Vec::new();
    }
    unused(book, "panel", book.panels.iter().map(|panel| &panel.id), &used_by(book, |contest| contest.panel.as_ref()))
}

pub(super) fn schemes_and_ladders_are_used(book: &Book<'_>) -> Vec<Finding> {
    let schemes = used_by(book, |contest| Some(&contest.scheme));
    let mut found = unused(book, "scheme", book.schemes.iter().map(|scheme| &scheme.id), &schemes);
    let ladders = used_by(book, |contest| Some(&contest.ladder));
    found.extend(unused(book, "ladder", book.ladders.iter().map(|ladder| &ladder.id), &ladders));
    found
}

pub(super) fn awards_are_given(book: &Book<'_>) -> Vec<Finding> {
    let given = book.contests.iter().flat_map(|contest| &contest.awards).map(String::as_str).collect();
    unused(book, "award", book.awards.iter().map(|award| &award.id), &given)
}

pub(super) fn attendance_tables_are_used(book: &Book<'_>) -> Vec<Finding> {
    let used = book.schemes.iter().flat_map(attendance_of).collect();
    unused(book, "attendance", book.attendance.iter().map(|table| &table.id), &used)
}

pub(super) fn claims_are_used(book: &Book<'_>) -> Vec<Finding> {
    // A name that is not known, or a formula that cannot be read, is told; it may mean one of these.
    if !names_are_known(book) {
        return Vec::new();
    }
    let formulas: Vec<Formula> = formulas(book).into_iter().filter_map(|(_, text)| Formula::parse(text).ok()).collect();
    let mut used: BTreeSet<&str> = formulas.iter().flat_map(Formula::names).map(String::as_str).collect();
    for (_, kind) in book.measures_at() {
        used.extend(claims_of(kind).into_iter().map(String::as_str));
    }
    for (_, gate) in book.gates_at() {
        if let GateCondition::Yes(id) | GateCondition::No(id) | GateCondition::Claim(id, ..) = &gate.condition {
            used.insert(id);
        }
    }
    let mut found = unused(book, "claim", book.claims.iter().map(|claim| &claim.id), &used);
    found.extend(unused(book, "derived", book.derived.iter().map(|derived| &derived.id), &used));
    found
}

fn claims_of(kind: &IndicatorKind) -> Vec<&String> {
    match kind {
        IndicatorKind::Ratio { numerator, denominator, .. } => vec![numerator, denominator],
        IndicatorKind::Count { claim } => vec![claim],
        IndicatorKind::Growth { from, to, .. } => vec![from, to],
        IndicatorKind::Checklist { list, .. } => vec![list],
        _ => Vec::new(),
    }
}
