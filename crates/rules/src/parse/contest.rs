//! Contests: categories at levels.

use tally::{CutTies, Within};

use crate::reader::Table;
use crate::rulebook::{ContestRule, Stage};

pub(super) fn contest(table: &Table<'_>) -> ContestRule {
    let stages: Vec<Stage> = table.words("stages", Stage::Outreach);
    let interview = stages.contains(&Stage::Interview);
    ContestRule {
        categories: table.texts("categories"),
        level: table.text("level"),
        scheme: table.text("scheme"),
        panel: table.text_opt("panel"),
        interviewed: table.flag_opt("interviewed").unwrap_or(interview),
        stages,
        invited: table.count_opt("invited"),
        blind: table.flag("blind"),
        second_reading: table.number_opt("second_reading"),
        ladder: table.text("ladder"),
        quota: table.count("quota"),
        quota_within: table.word_or("quota_within", Within::Contest),
        minimum: table.number_opt("minimum"),
        reserves: table.count("reserves"),
        region_cap: table.count_opt("region_cap"),
        objection_days: table.count_opt("objection_days"),
        objection_working: table.flag("objection_working"),
        ties: table.word_or("ties", CutTies::Ladder),
        awards: table.texts("awards"),
        clause: table.clause(),
    }
}
