//! Schemes and their aspects.

use tally::{Combine, Exact, Method, Missing, RoundMode, Rounding};

use super::category::gates;
use super::indicator::indicator;
use crate::reader::Table;
use crate::rulebook::{Aspect, Limits, Role, Scheme, Stage};

pub(super) fn scheme(table: &Table<'_>) -> Scheme {
    let method = method(table).unwrap_or(Method::Mean);
    Scheme {
        id: table.text("id"),
        name: table.name("name"),
        combine: table.word_or("combine", Combine::Mean),
        weights_total: table.number_opt("weights_total"),
        stage_weights: stage_weights(table),
        method,
        limits: limits(table),
        gates: gates(table),
        aspects: table.tables("aspect").iter().map(aspect).collect(),
        clause: table.clause(),
    }
}

fn stage_weights(table: &Table<'_>) -> Vec<(Stage, Exact)> {
    let Some(weights) = table.table("stage_weights") else {
        return Vec::new();
    };
    let stages = weights.keys_in_order();
    stages.iter().filter_map(|key| Some((Stage::named(key)?, weights.number(key)))).collect()
}

fn aspect(table: &Table<'_>) -> Aspect {
    let sheet = table.table("jurors").is_some_and(|jurors| jurors.has("order"));
    Aspect {
        id: table.text("id"),
        name: table.name("name"),
        aliases: table.texts("aliases"),
        weight: weight(table),
        combine: table.word_or("combine", Combine::Mean),
        weights_total: table.number_opt("weights_total"),
        stage: table.word("stage"),
        attendance: table.text_opt("attendance"),
        role: table.word_or("role", Role::Part),
        limits: limits(table),
        method: method(table),
        sheet_order: sheet.then(|| table.word_or("missing", Missing::Refuse)),
        indicators: table.tables("indicator").iter().map(indicator).collect(),
        clause: table.clause(),
    }
}

/// The weight of an aspect or indicator; where it may be left out, it is 1.
pub(super) fn weight(table: &Table<'_>) -> Exact {
    table.number_opt("weight").unwrap_or_else(Exact::one)
}

/// Cap, floor and rounding of a scheme, aspect or indicator.
pub(super) fn limits(table: &Table<'_>) -> Limits {
    let round = table
        .table("round")
        .map(|round| Rounding { places: round.count("places"), mode: round.word_or("mode", RoundMode::HalfUp) });
    Limits { cap: table.number_opt("cap"), floor: table.number_opt("floor"), round }
}

/// How jurors' numbers become one, if it is said: a table or the word alone.
fn method(table: &Table<'_>) -> Option<Method> {
    let jurors = table.table("jurors");
    let word = match &jurors {
        Some(jurors) => jurors.text_opt("method"),
        None => table.text_opt("jurors"),
    };
    match (word?.as_str(), jurors) {
        ("median", _) => Some(Method::Median),
        ("trimmed", Some(jurors)) => Some(Method::Trimmed { drop: jurors.count("drop"), at_least: jurors.count("at_least") }),
        _ => Some(Method::Mean),
    }
}
