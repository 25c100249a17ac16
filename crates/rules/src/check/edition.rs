//! The edition and its sources.

use super::{Book, Finding};
use crate::problem::complaint;
use crate::regions::Regions;

pub(super) fn period_is_not_reversed(book: &Book<'_>) -> Vec<Finding> {
    let (from, to) = (book.edition.assessment_from, book.edition.assessment_to);
    if from <= to {
        return Vec::new();
    }
    let message = complaint("period-reversed").date("from", from).date("to", to);
    vec![Finding::new("edition.assessment", message)]
}

pub(super) fn regions_are_known_then(book: &Book<'_>) -> Vec<Finding> {
    let path = match book.is_given("edition.regions_as_of") {
        true => "edition.regions_as_of",
        false => "edition.assessment",
    };
    let day = book.edition.regions_as_of;
    if !book.edition.country_levels || Regions::embedded().provinces_on(day).next().is_some() {
        return Vec::new();
    }
    vec![Finding::new(path, complaint("regions-unknown").date("day", day))]
}

pub(super) fn built_in_source_is_not_redefined(book: &Book<'_>) -> Vec<Finding> {
    match book.sources.contains_key("assumption") {
        true => vec![Finding::new("source.assumption", complaint("source-built-in"))],
        false => Vec::new(),
    }
}
