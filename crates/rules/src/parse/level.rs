//! Levels and zones.

use crate::reader::Table;
use crate::rulebook::{Level, LevelTimeZone, Rounds, Zone};

pub(super) fn level(table: &Table<'_>) -> Level {
    Level {
        id: table.text("id"),
        name: table.name("name"),
        rounds: table.word_or("rounds", Rounds::Nation),
        pools_by_zone: table.has("pools"),
        next: table.text_opt("next"),
        time_zone: table.word_or("time_zone", LevelTimeZone::Region),
        clause: table.clause(),
    }
}

pub(super) fn zone(table: &Table<'_>) -> Zone {
    Zone { id: table.text("id"), name: table.name("name"), provinces: table.texts("provinces"), clause: table.clause() }
}
