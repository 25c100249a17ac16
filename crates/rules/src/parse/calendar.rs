//! The calendar and the holidays.

use crate::reader::Table;
use crate::rulebook::{CalendarEvent, Holiday, When};

pub(super) fn event(table: &Table<'_>) -> CalendarEvent {
    CalendarEvent {
        id: table.text("id"),
        name: table.name("name"),
        stage: table.word("stage"),
        level: table.text_opt("level"),
        planned: when(&table.table("planned").unwrap_or_else(|| table.empty())),
        actual: table.table("actual").as_ref().map(when),
        latest: table.has("latest").then(|| table.date("latest")),
        clause: table.clause(),
    }
}

fn when(table: &Table<'_>) -> When {
    if table.has("days") {
        let working = table.text("count") == "working";
        return When::After { days: table.count("days"), event: table.text("after"), working };
    }
    if let Some(first) = table.month_opt("month") {
        return When::Months(first, table.month_opt("to_month").unwrap_or(first));
    }
    if table.has("from") {
        return When::Between(table.date("from"), table.date("to"));
    }
    When::On(table.date("on"))
}

pub(super) fn holiday(table: &Table<'_>) -> Holiday {
    Holiday { on: table.date("on"), name: table.name("name") }
}
