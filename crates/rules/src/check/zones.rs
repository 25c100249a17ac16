//! Zones: every province of the day in exactly one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Book, Finding};
use crate::problem::complaint;
use crate::regions::Regions;

/// The provinces of the edition's day, by code; none where they do not matter.
fn provinces(book: &Book<'_>) -> BTreeMap<String, String> {
    if !book.edition.country_levels || book.zones.is_empty() {
        return BTreeMap::new();
    }
    let all = Regions::embedded().provinces_on(book.edition.regions_as_of);
    all.map(|province| (province.code.to_string(), province.name.to_string())).collect()
}

/// Every province code that a zone names, with its path.
fn named<'b>(book: &'b Book<'_>) -> impl Iterator<Item = (String, &'b str)> {
    book.zones.iter().enumerate().flat_map(|(index, zone)| {
        let codes = zone.provinces.iter().enumerate();
        codes.map(move |(number, code)| (format!("zone.{index}.provinces.{number}"), code.as_str()))
    })
}

pub(super) fn provinces_are_known(book: &Book<'_>) -> Vec<Finding> {
    let known = provinces(book);
    let unknown = named(book).filter(|(_, code)| !known.is_empty() && !known.contains_key(*code));
    unknown
        .map(|(path, code)| {
            let message = complaint("unknown-province").text("code", code);
            Finding::new(path, message.date("day", book.edition.regions_as_of))
        })
        .collect()
}

pub(super) fn no_province_in_two_zones(book: &Book<'_>) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    named(book)
        .filter(|(_, code)| book.edition.country_levels && !seen.insert(*code))
        .map(|(path, code)| Finding::new(path, complaint("province-twice").text("code", code)))
        .collect()
}

pub(super) fn no_province_without_zone(book: &Book<'_>) -> Vec<Finding> {
    let mut left = provinces(book);
    for (_, code) in named(book) {
        left.remove(code);
    }
    if left.is_empty() || !book.is_sound("zone") || !book.is_sound("edition.regions_as_of") {
        return Vec::new();
    }
    let names: Vec<String> = left.iter().map(|(code, name)| format!("{name} ({code})")).collect();
    let message = complaint("province-missing").text("provinces", names.join(", "));
    vec![Finding::new("zone.0", message.date("day", book.edition.regions_as_of))]
}
