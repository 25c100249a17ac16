//! Claims, derived claims and attendance tables.

use tally::AbsentRule;

use crate::reader::Table;
use crate::rulebook::{AttendanceRule, ClaimRule, ClaimShape, Delegation, DerivedRule, Plausible, Rank};

pub(super) fn claim(table: &Table<'_>) -> ClaimRule {
    let shape = table.word_or("shape", ClaimShape::Number);
    let usual = match shape {
        ClaimShape::Money | ClaimShape::Number => 2,
        ClaimShape::Count | ClaimShape::YesNo | ClaimShape::List => 0,
    };
    ClaimRule {
        id: table.text("id"),
        name: table.name("name"),
        shape,
        unit: table.name_opt("unit"),
        segment: table.text_opt("segment"),
        question: table.name_opt("question"),
        data_question: table.text_opt("data_question"),
        decimals: table.count_opt("decimals").unwrap_or(usual),
        plausible: plausible(table),
        clause: table.clause(),
    }
}

pub(super) fn derived(table: &Table<'_>) -> DerivedRule {
    DerivedRule {
        id: table.text("id"),
        name: table.name("name"),
        formula: table.text("formula"),
        plausible: plausible(table),
        clause: table.clause(),
    }
}

fn plausible(table: &Table<'_>) -> Plausible {
    Plausible { at_least: table.number_opt("at_least"), at_most: table.number_opt("at_most") }
}

pub(super) fn attendance(table: &Table<'_>) -> AttendanceRule {
    AttendanceRule {
        id: table.text("id"),
        name: table.name("name"),
        kinds: table.texts("kinds"),
        ranks: table.tables("rank").iter().map(rank).collect(),
        otherwise: table.number_opt("otherwise"),
        absent: table.word_or("absent", AbsentRule::Zero),
        leader_required: table.flag("leader_required"),
        officials: table.count_opt("officials"),
        delegation: table.word_or("delegation", Delegation::Record),
        clause: table.clause(),
    }
}

fn rank(table: &Table<'_>) -> Rank {
    Rank { id: table.text("id"), name: table.name("name"), value: table.number("value"), clause: table.clause() }
}
