//! The order of levels, and what they need.

use super::{Book, Finding};
use crate::problem::complaint;
use crate::rulebook::Rounds;

pub(super) fn the_next_level_is_higher(book: &Book<'_>) -> Vec<Finding> {
    let place = |id: &str| book.levels.iter().position(|level| level.id == id);
    let mut found = Vec::new();
    for (index, level) in book.levels.iter().enumerate() {
        if let Some(next) = &level.next
            && place(next).is_some_and(|next| next <= index)
        {
            let message = complaint("level-order").text("level", &level.id).text("next", next);
            found.push(Finding::new(format!("level.{index}.next"), message));
        }
    }
    found
}

pub(super) fn only_the_last_level_has_no_next(book: &Book<'_>) -> Vec<Finding> {
    let levels = book.levels.iter().enumerate();
    let lost = levels.filter(|(index, level)| level.next.is_none() && index + 1 < book.levels.len());
    lost.map(|(index, level)| {
        let message = complaint("level-without-next").text("level", &level.id);
        Finding::new(format!("level.{index}.next"), message)
    })
    .collect()
}

pub(super) fn zones_exist_where_they_are_needed(book: &Book<'_>) -> Vec<Finding> {
    if !book.zones.is_empty() {
        return Vec::new();
    }
    let levels = book.levels.iter().enumerate();
    let without = levels.filter(|(_, level)| level.pools_by_zone || level.rounds == Rounds::Zone);
    without
        .map(|(index, level)| {
            let key = if level.pools_by_zone { "pools" } else { "rounds" };
            let message = complaint("zones-missing").text("level", &level.id);
            Finding::new(format!("level.{index}.{key}"), message)
        })
        .collect()
}

pub(super) fn rounds_fit_the_regions(book: &Book<'_>) -> Vec<Finding> {
    if book.edition.country_levels {
        return Vec::new();
    }
    let levels = book.levels.iter().enumerate();
    let by_region = levels.filter(|(_, level)| level.rounds != Rounds::Nation);
    by_region
        .map(|(index, level)| {
            let message = complaint("rounds-without-regions").text("level", &level.id);
            Finding::new(format!("level.{index}.rounds"), message)
        })
        .collect()
}
