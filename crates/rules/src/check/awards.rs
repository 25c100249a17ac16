//! Awards: each can go to somebody.

use tally::By;

use super::ladders::missing_node;
use super::{Book, Finding};
use crate::problem::complaint;
use crate::rulebook::Scheme;

pub(super) fn places_rise(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, award) in book.awards.iter().enumerate() {
        let path = format!("award.{index}.places");
        let rising = matches!(award.by, By::Place { from, to } if from <= to);
        if book.is_given(&path) && !rising {
            found.push(Finding::new(path, complaint("places").text("award", &award.id)));
        }
    }
    found
}

pub(super) fn bands_are_not_empty(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, award) in book.awards.iter().enumerate() {
        if let By::Band { at_least, below: Some(below) } = &award.by
            && below <= at_least
        {
            let message = complaint("band-empty").text("award", &award.id);
            let message = message.number("at_least", at_least).number("below", below);
            found.push(Finding::new(format!("award.{index}.band"), message));
        }
    }
    found
}

pub(super) fn best_is_of_a_node(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, award) in book.awards.iter().enumerate() {
        if let By::Best { node, .. } = &award.by {
            let used = book.contests_at().filter(|held| held.rule.awards.contains(&award.id));
            let schemes: Vec<&Scheme> = used.filter_map(|held| held.scheme).collect();
            found.extend(missing_node(book, &format!("award.{index}.best.of"), node, &schemes, &[]));
        }
    }
    found
}
