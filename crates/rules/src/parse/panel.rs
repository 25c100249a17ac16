//! Panels and their seats.

use crate::reader::Table;
use crate::rulebook::{Panel, Seat, SeatRole};

pub(super) fn panel(table: &Table<'_>) -> Panel {
    Panel {
        id: table.text("id"),
        name: table.name_opt("name"),
        level: table.text("level"),
        quorum: table.count("quorum"),
        minimum_effective: table.count_opt("minimum_effective"),
        acting_chair: table.flag("acting_chair"),
        substitution: table.word("substitution"),
        open_marks: table.flag("open_marks"),
        seats: table.tables("seat").iter().map(seat).collect(),
        clause: table.clause(),
    }
}

fn seat(table: &Table<'_>) -> Seat {
    Seat {
        id: table.text("id"),
        name: table.name("name"),
        role: table.word_or("role", SeatRole::Member),
        count: table.count("count"),
        offices: table.names("offices"),
        delegate: table.flag("delegate"),
        structural: table.texts("structural"),
        clause: table.clause(),
    }
}
