//! Categories with their gates and documents.

use tally::{GateMissing, Test};

use crate::reader::Table;
use crate::rulebook::{Category, DocumentRule, GateCondition, GateRule};
use crate::word::ROUTES;

pub(super) fn category(table: &Table<'_>) -> Category {
    let every_route = || ROUTES.iter().map(|route| (*route).to_owned()).collect();
    Category {
        id: table.text("id"),
        name: table.name("name"),
        aliases: table.texts("aliases"),
        parent: table.text_opt("parent"),
        kinds: table.texts("kinds"),
        sizes: table.texts("sizes"),
        sectors: table.texts("sectors"),
        routes: if table.has("routes") { table.texts("routes") } else { every_route() },
        socialisation_first: table.flag("socialisation_first"),
        gates: gates(table),
        documents: table.tables("document").iter().map(document).collect(),
        clause: table.clause(),
    }
}

fn document(table: &Table<'_>) -> DocumentRule {
    DocumentRule {
        id: table.text("id"),
        name: table.name("name"),
        required: table.flag("required"),
        kinds: table.texts("kinds"),
        formats: table.texts("formats"),
        max_mib: table.count_opt("max_mib"),
        clause: table.clause(),
    }
}

/// The gates of a category or scheme.
pub(super) fn gates(table: &Table<'_>) -> Vec<GateRule> {
    table.tables("gate").iter().map(gate).collect()
}

fn gate(table: &Table<'_>) -> GateRule {
    let condition = condition(table);
    // Whoever is not in the history has not won.
    let usual = match condition {
        GateCondition::PreviousWinner(_) => GateMissing::Pass,
        _ => GateMissing::Refuse,
    };
    GateRule {
        id: table.text("id"),
        name: table.name("name"),
        condition,
        missing: table.word_or("missing", usual),
        clause: table.clause(),
    }
}

fn condition(table: &Table<'_>) -> GateCondition {
    if table.has("no") {
        return GateCondition::No(table.text("no"));
    }
    if let Some(rule) = table.table("previous_winner") {
        return GateCondition::PreviousWinner(rule.count("years"));
    }
    let tests = [("at_least", Test::AtLeast), ("at_most", Test::AtMost), ("equals", Test::Equals)];
    let found = tests.into_iter().find(|(key, _)| table.has(key));
    let (key, test) = found.unwrap_or(("at_least", Test::AtLeast));
    if table.has("claim") {
        return GateCondition::Claim(table.text("claim"), test, table.number(key));
    }
    if table.has("formula") {
        return GateCondition::Formula(table.text("formula"), test, table.number(key));
    }
    GateCondition::Yes(table.text("yes"))
}
