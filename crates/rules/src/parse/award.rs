//! Ladders and awards.

use tally::{By, Rung, Within};

use crate::reader::Table;
use crate::rulebook::{AwardRule, Ladder};

pub(super) fn ladder(table: &Table<'_>) -> Ladder {
    Ladder { id: table.text("id"), steps: table.texts("steps").into_iter().map(rung).collect(), clause: table.clause() }
}

fn rung(step: String) -> Rung {
    match step.as_str() {
        "fewer_corrections" => Rung::FewerCorrections,
        "chair" => Rung::Chair,
        "plenary" => Rung::Plenary,
        "lot" => Rung::Lot,
        _ => Rung::Node(step),
    }
}

pub(super) fn award(table: &Table<'_>) -> AwardRule {
    AwardRule {
        id: table.text("id"),
        name: table.name("name"),
        within: table.word_or("within", Within::Contest),
        by: by(table),
        prizes: table.names("prizes"),
        special: table.flag("special"),
        clause: table.clause(),
    }
}

fn by(table: &Table<'_>) -> By {
    if let Some(place) = table.count_opt("place") {
        return By::Place { from: place, to: place };
    }
    if let [from, to] = table.counts("places")[..] {
        return By::Place { from, to };
    }
    if let Some(band) = table.table("band") {
        return By::Band { at_least: band.number("at_least"), below: band.number_opt("below") };
    }
    if let Some(best) = table.table("best") {
        return By::Best { node: best.text("of"), minimum: best.number_opt("minimum") };
    }
    match table.text_opt("condition") {
        Some(formula) => By::Condition(formula),
        None => By::Named(Vec::new()),
    }
}
