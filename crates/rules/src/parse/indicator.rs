//! Indicators: how they are measured and how the raw value becomes points.

use tally::{BandStep, Exact, Grid, GrowthMode, Missing, NotApplicable, OverOne, Scale};

use super::scheme::{limits, weight};
use crate::reader::Table;
use crate::rulebook::{Anchor, CarriedValue, Indicator, IndicatorKind, Role};

pub(super) fn indicator(table: &Table<'_>) -> Indicator {
    Indicator {
        id: table.text("id"),
        name: table.name("name"),
        aliases: table.texts("aliases"),
        question: table.name_opt("question"),
        data_question: table.text_opt("data_question"),
        equivalent: table.text_opt("equivalent"),
        weight: weight(table),
        role: table.word_or("role", Role::Part),
        kind: kind(table),
        scale: scale(table),
        missing: table.word_or("missing", Missing::Refuse),
        not_applicable: table.word_or("not_applicable", NotApplicable::Skip),
        limits: limits(table),
        range: table.table("range").as_ref().map(grid),
        clause: table.clause(),
    }
}

fn kind(table: &Table<'_>) -> IndicatorKind {
    match table.text("kind").as_str() {
        "ratio" => IndicatorKind::Ratio {
            numerator: table.text("numerator"),
            denominator: table.text("denominator"),
            over_one: table.word_or("over_one", OverOne::Refuse),
        },
        "count" => IndicatorKind::Count { claim: table.text("claim") },
        "growth" => IndicatorKind::Growth {
            from: table.text("from"),
            to: table.text("to"),
            mode: table.word_or("mode", GrowthMode::Relative),
        },
        "checklist" => checklist(table),
        "rubric" => rubric(table),
        "attendance" => IndicatorKind::Attendance { attendance: table.text("attendance") },
        "formula" => IndicatorKind::Formula { formula: table.text("formula") },
        "relative" => relative(table),
        "carried" => IndicatorKind::Carried { level: table.text("level"), value: table.word_or("value", CarriedValue::Total) },
        _ => IndicatorKind::Stated,
    }
}

fn relative(table: &Table<'_>) -> IndicatorKind {
    let of = table.table("of").unwrap_or_else(|| table.empty());
    // The reader has refused a relative measure inside a relative one, so this goes one step down only.
    let inner = if of.text("kind") == "relative" { IndicatorKind::Stated } else { kind(&of) };
    IndicatorKind::Relative { of: Box::new(inner) }
}

fn checklist(table: &Table<'_>) -> IndicatorKind {
    IndicatorKind::Checklist {
        list: table.text("list"),
        kinds: table.number_map("kinds"),
        stages: table.number_map("stages"),
        attributes: table.number_map("attributes"),
        at_most: table.count_opt("at_most"),
    }
}

fn rubric(table: &Table<'_>) -> IndicatorKind {
    let anchor = |table: &Table<'_>| Anchor { at_least: table.number("at_least"), text: table.name("text") };
    IndicatorKind::Rubric {
        min: table.number("min"),
        max: table.number("max"),
        step: table.number_opt("step").unwrap_or_else(Exact::one),
        anchors: table.tables("anchors").iter().map(anchor).collect(),
    }
}

fn scale(table: &Table<'_>) -> Scale {
    if let Some(factor) = table.number_opt("times") {
        return Scale::Times(factor);
    }
    if let Some(line) = table.table("linear") {
        return Scale::Linear {
            from: line.number("from"),
            to: line.number("to"),
            points_from: line.number("points_from"),
            points_to: line.number("points_to"),
        };
    }
    if !table.has("bands") {
        return Scale::Identity;
    }
    let step = |band: &Table<'_>| BandStep { at_least: band.number("at_least"), points: band.number("points") };
    let steps = table.tables("bands").iter().map(step).collect();
    Scale::Bands { below: table.number("below"), steps }
}

fn grid(table: &Table<'_>) -> Grid {
    Grid { min: table.number("min"), max: table.number("max"), step: table.number("step") }
}
