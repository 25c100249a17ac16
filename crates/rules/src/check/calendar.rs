//! Dates and what waits for what.

use std::collections::BTreeSet;

use super::circle::{Needs, circles};
use super::{Book, Finding};
use crate::problem::complaint;
use crate::rulebook::When;

pub(super) fn dates_are_not_reversed(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, event) in book.calendar.iter().enumerate() {
        let dates = [("planned", Some(&event.planned)), ("actual", event.actual.as_ref())];
        for (key, when) in dates {
            if let Some(When::Between(from, to) | When::Months(from, to)) = when
                && from > to
            {
                let message = complaint("dates-reversed").text("event", &event.id);
                let message = message.date("from", *from).date("to", *to);
                found.push(Finding::new(format!("calendar.{index}.{key}"), message));
            }
        }
    }
    found
}

pub(super) fn events_do_not_wait_in_a_circle(book: &Book<'_>) -> Vec<Finding> {
    let ids: Vec<&str> = book.calendar.iter().map(|event| event.id.as_str()).collect();
    let needs: Needs<'_> = book.calendar.iter().map(|event| (event.id.as_str(), waits_for(&event.planned))).collect();
    let found = circles(&ids, &needs).into_iter().map(|circle| {
        let message = complaint("calendar-circle").text("chain", circle.chain);
        Finding::new(format!("calendar.{}.planned", circle.index), message)
    });
    found.collect()
}

fn waits_for(when: &When) -> Vec<&str> {
    match when {
        When::After { event, .. } => vec![event],
        When::On(_) | When::Between(..) | When::Months(..) => Vec::new(),
    }
}

pub(super) fn no_holiday_twice(book: &Book<'_>) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let holidays = book.holidays.iter().enumerate();
    let twice = holidays.filter(|(_, holiday)| !seen.insert(holiday.on));
    twice
        .map(|(index, holiday)| {
            let message = complaint("holiday-twice").date("day", holiday.on);
            Finding::new(format!("holiday.{index}.on"), message)
        })
        .collect()
}

pub(super) fn deadlines_move_forward(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, event) in book.calendar.iter().enumerate() {
        let planned = match event.planned {
            When::On(day) | When::Between(_, day) => day,
            When::Months(..) | When::After { .. } => continue,
        };
        if let Some(latest) = event.latest
            && latest < planned
        {
            let message = complaint("latest-before").text("event", &event.id).date("latest", latest).date("planned", planned);
            found.push(Finding::new(format!("calendar.{index}.latest"), message));
        }
    }
    found
}
