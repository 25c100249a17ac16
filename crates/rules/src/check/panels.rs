//! Seats and quorum.

use super::{Book, Finding};
use crate::problem::complaint;
use crate::rulebook::{Panel, SeatRole};

pub(super) fn one_chair(book: &Book<'_>) -> Vec<Finding> {
    let chairs = |panel: &Panel| -> u32 {
        let chairs = panel.seats.iter().filter(|seat| seat.role == SeatRole::Chair);
        chairs.map(|seat| seat.count).sum()
    };
    let panels = book.panels.iter().enumerate();
    let wrong = panels.filter(|(_, panel)| chairs(panel) != 1);
    wrong
        .map(|(index, panel)| {
            let message = complaint("panel-chairs").text("panel", &panel.id);
            Finding::new(format!("panel.{index}.seat"), message.number("chairs", chairs(panel)))
        })
        .collect()
}

pub(super) fn quorum_fits_the_seats(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, panel) in book.panels.iter().enumerate() {
        if !book.is_sound(&format!("panel.{index}.seat")) {
            continue;
        }
        let seats: u32 = panel.seats.iter().map(|seat| seat.count).sum();
        let needed = [("quorum", Some(panel.quorum)), ("minimum_effective", panel.minimum_effective)];
        for (key, count) in needed {
            if let Some(count) = count.filter(|count| *count > seats) {
                let message = complaint("quorum-above-seats").text("panel", &panel.id);
                let message = message.text("key", key).number("count", count);
                let message = message.number("seats", seats);
                found.push(Finding::new(format!("panel.{index}.{key}"), message));
            }
        }
    }
    found
}
