//! The tree of points: ids, parts, limits, methods.

use std::collections::BTreeSet;

use tally::Method;
use words::Message;

use super::book::Found;
use super::{Book, Finding};
use crate::problem::complaint;
use crate::rulebook::{IndicatorKind, Limits, Role};
use crate::word::Word;

/// The id of the root of every count.
const ROOT: &str = "total";

pub(super) fn node_ids_are_unique(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, scheme) in book.schemes_at() {
        let mut seen = BTreeSet::from([ROOT]);
        let mut nodes = Vec::new();
        for (index, aspect) in scheme.aspects.iter().enumerate() {
            nodes.push((format!("{path}.aspect.{index}"), &aspect.id));
            for (number, indicator) in aspect.indicators.iter().enumerate() {
                nodes.push((format!("{path}.aspect.{index}.indicator.{number}"), &indicator.id));
            }
        }
        for (path, id) in nodes.into_iter().filter(|(_, id)| !id.is_empty()) {
            if !seen.insert(id) {
                let message = complaint("node-twice").text("id", id).text("scheme", &scheme.id);
                found.push(Finding::new(format!("{path}.id"), message));
            }
        }
    }
    found
}

pub(super) fn groups_have_parts(book: &Book<'_>) -> Vec<Finding> {
    let schemes = book.schemes_at().map(|(path, scheme)| {
        let parts = scheme.aspects.iter().any(|aspect| aspect.role == Role::Part);
        (format!("{path}.aspect"), &scheme.id, parts)
    });
    let aspects = book.aspects_at().map(|(path, aspect)| {
        let parts = aspect.indicators.iter().any(|indicator| indicator.role == Role::Part);
        (format!("{path}.indicator"), &aspect.id, parts)
    });
    let without = schemes.chain(aspects).filter(|(_, _, parts)| !parts);
    without.map(|(path, id, _)| Finding::new(path, complaint("no-parts").text("id", id))).collect()
}

/// Cap, floor and rounding wherever they may stand.
fn limits<'a>(book: &Book<'a>) -> Vec<(String, &'a Limits)> {
    let schemes = book.schemes_at().map(|(path, scheme)| (path, &scheme.limits));
    let aspects = book.aspects_at().map(|(path, aspect)| (path, &aspect.limits));
    let indicators = book.indicators_at().map(|Found { path, indicator, .. }| (path, &indicator.limits));
    schemes.chain(aspects).chain(indicators).collect()
}

pub(super) fn cap_is_not_below_floor(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, limits) in limits(book) {
        if let (Some(cap), Some(floor)) = (&limits.cap, &limits.floor)
            && cap < floor
        {
            let message = complaint("cap-below-floor").number("cap", cap).number("floor", floor);
            found.push(Finding::new(format!("{path}.cap"), message));
        }
    }
    found
}

/// A bonus is added and a penalty subtracted; a cap below zero would turn one into the other.
pub(super) fn caps_do_not_turn_bonuses_round(book: &Book<'_>) -> Vec<Finding> {
    let aspects = book.aspects_at().map(|(path, one)| (path, &one.id, one.role, &one.limits));
    let indicators = book.indicators_at().map(|Found { path, indicator: one, .. }| (path, &one.id, one.role, &one.limits));
    let mut found = Vec::new();
    for (path, id, role, limits) in aspects.chain(indicators).filter(|(_, _, role, _)| *role != Role::Part) {
        if let Some(cap) = limits.cap.as_ref().filter(|cap| cap.is_negative()) {
            let message = complaint("extra-cap-negative")
                .text("id", id)
                .message("role", Message::new(format!("rules-word-{}", role.word())))
                .number("cap", cap);
            found.push(Finding::new(format!("{path}.cap"), message));
        }
    }
    found
}

pub(super) fn rounding_has_few_places(book: &Book<'_>) -> Vec<Finding> {
    let many = |limits: &Limits| limits.round.is_some_and(|round| round.places > 9);
    let wrong = limits(book).into_iter().filter(|(_, limits)| many(limits));
    wrong.map(|(path, _)| Finding::new(format!("{path}.round.places"), complaint("round-places"))).collect()
}

pub(super) fn trimming_leaves_something(book: &Book<'_>) -> Vec<Finding> {
    let schemes = book.schemes_at().map(|(path, scheme)| (path, Some(scheme.method)));
    let aspects = book.aspects_at().map(|(path, aspect)| (path, aspect.method));
    let mut found = Vec::new();
    for (path, method) in schemes.chain(aspects) {
        if let Some(Method::Trimmed { drop, at_least }) = method
            && at_least <= drop.saturating_mul(2)
        {
            let message = complaint("trimmed").number("drop", drop).number("at_least", at_least);
            let message = message.number("least", drop.saturating_mul(2).saturating_add(1));
            found.push(Finding::new(format!("{path}.jurors"), message));
        }
    }
    found
}

/// Under `order = "sheet"` each juror's own marks are added up, so there can be nothing but marks.
pub(super) fn sheets_hold_rubrics_only(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Found { path, aspect, indicator } in book.indicators_at() {
        let marked = matches!(indicator.kind, IndicatorKind::Rubric { .. });
        if aspect.sheet_order.is_some() && !marked {
            let message = complaint("sheet-not-rubric").text("aspect", &aspect.id);
            let message = message.text("indicator", &indicator.id);
            found.push(Finding::new(format!("{path}.kind"), message));
        }
    }
    for (path, aspect) in book.aspects_at() {
        let path = format!("{path}.missing");
        if aspect.sheet_order.is_none() && book.is_given(&path) {
            found.push(Finding::new(path, complaint("missing-without-sheet")));
        }
    }
    found
}
