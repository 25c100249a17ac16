//! What can only be seen when all tables lie side by side: ids that stand twice, panels with too many chairs, a juror who marks twice.

use std::collections::{BTreeMap, BTreeSet};

use rules::Rulebook;
use rules::rulebook::{Panel, SeatRole};
use words::{Message, Problem};

use super::folder::Folder;
use super::header::HEADER_FILE;
use super::near;
use super::parse::people::twice;
use super::schema::{self, SCHEMAS};
use super::tables::{Appointment, Decision, Header, MarkGiven, Marked, Row, Spot, Tables};
use crate::geography::Geography;

/// Names of files that are not tables, and tables that must be there.
pub(super) fn files(folder: &Folder) -> Vec<Problem> {
    let known: Vec<&str> = SCHEMAS.iter().map(|schema| schema.file).collect();
    let strange = folder.names().filter(|name| name.to_lowercase().ends_with(".csv") && !known.contains(name));
    let mut problems: Vec<Problem> = strange
        .map(|name| {
            let message = Message::new("problem-cycle-unknown-file").text("file", name);
            Problem::new(name, 0..0, message).hint(near::hint(name, known.iter().copied()))
        })
        .collect();
    if folder.get(schema::CANDIDATES.file).is_none() {
        let message = Message::new("problem-file-missing").text("file", schema::CANDIDATES.file);
        problems.push(Problem::new(schema::CANDIDATES.file, 0..0, message));
    }
    problems
}

/// Lots for levels that are not there, or two for one.
pub(super) fn header(header: &Header, rules: &Rulebook) -> Vec<Problem> {
    let mut problems = Vec::new();
    for lot in header.lots.iter().filter(|lot| rules.level(&lot.level).is_none()) {
        let message = Message::new("problem-cycle-unknown-word").text("word", &lot.level).text("column", "level");
        let levels = rules.levels.iter().map(|level| level.id.as_str());
        problems.push(Problem::new(HEADER_FILE, lot.spot.span.clone(), message).hint(near::hint(&lot.level, levels)));
    }
    problems.extend(twice(&header.lots, |lot| lot.level.clone(), |lot| repeated(&lot.spot, &lot.level)));
    problems
}

/// Everything that rows say against each other.
pub(super) fn tables(tables: &Tables, rules: &Rulebook, geography: &Geography) -> Vec<Problem> {
    let mut problems = doubles(tables);
    problems.extend(seats(tables, rules));
    problems.extend(marks_twice(tables, rules));
    problems.extend(marks_of_recused(tables));
    problems.extend(marks_after_closing(tables, geography, rules));
    problems
}

fn repeated(spot: &Spot, what: &str) -> Problem {
    Problem::new(spot.file, spot.span.clone(), Message::new("problem-cycle-twice").text("what", what))
}

/// Rows that say the same thing twice.
fn doubles(t: &Tables) -> Vec<Problem> {
    let mut problems = twice(&t.candidates, |row| row.id.clone(), |row| repeated(&row.spot, row.id.as_str()));
    problems.extend(twice(&t.events, |row| row.id.clone(), |row| repeated(&row.spot, &row.id)));
    problems.extend(twice(
        &t.panel,
        |row| (row.level.clone(), row.region.clone(), row.juror.clone()),
        |row| repeated(&row.spot, row.juror.as_str()),
    ));
    problems.extend(twice(
        &t.conflicts,
        |row| (row.level.clone(), row.juror.clone(), row.candidate.clone(), row.kind as u8),
        |row| repeated(&row.spot, &format!("{} / {}", row.juror, row.candidate)),
    ));
    problems.extend(twice(
        &t.claims,
        |row| (row.level.clone(), row.candidate.clone(), row.claim.clone()),
        |row| repeated(&row.spot, &format!("{} / {}", row.candidate, row.claim)),
    ));
    problems.extend(twice(
        &t.items,
        |row| (row.level.clone(), row.candidate.clone(), row.list.clone(), row.title.clone()),
        |row| repeated(&row.spot, &row.title),
    ));
    problems.extend(twice(
        &t.stated,
        |row| (row.level.clone(), row.candidate.clone(), row.indicator.clone()),
        |row| repeated(&row.spot, &format!("{} / {}", row.candidate, row.indicator)),
    ));
    problems.extend(twice(
        &t.not_applicable,
        |row| (row.level.clone(), row.candidate.clone(), row.indicator.clone()),
        |row| repeated(&row.spot, &format!("{} / {}", row.candidate, row.indicator)),
    ));
    problems.extend(twice(
        &t.attendance,
        |row| (row.level.clone(), row.candidate.clone()),
        |row| repeated(&row.spot, row.candidate.as_str()),
    ));
    problems.extend(twice(
        &t.expected,
        |row| (row.level.clone(), row.candidate.clone()),
        |row| repeated(&row.spot, row.candidate.as_str()),
    ));
    problems
}

/// Panels with more people on a kind of seat than there are seats, or with two chairs.
fn seats(tables: &Tables, rules: &Rulebook) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (panel, _, rows) in panels(tables, rules) {
        for seat in &panel.seats {
            let taken: Vec<&&Row<Appointment>> = rows.iter().filter(|row| row.seat == seat.id).collect();
            for row in taken.iter().skip(seat.count as usize) {
                let message = Message::new("problem-cycle-seat-taken").text("seat", &seat.id).number("count", seat.count);
                problems.push(Problem::new(row.spot.file, row.spot.span.clone(), message));
            }
        }
        for role in [SeatRole::Chair, SeatRole::Secretary] {
            let with_role = |row: &&&Row<Appointment>| panel.seats.iter().any(|seat| seat.id == row.seat && seat.role == role);
            for row in rows.iter().filter(with_role).skip(1) {
                let key = if role == SeatRole::Chair { "problem-cycle-two-chairs" } else { "problem-cycle-two-secretaries" };
                problems.push(Problem::new(row.spot.file, row.spot.span.clone(), Message::new(key)));
            }
        }
    }
    problems
}

/// A panel, the round's region, and who was appointed.
type Appointed<'t> = (&'t Panel, Option<&'t str>, Vec<&'t Row<Appointment>>);

/// Every appointed panel of the cycle.
fn panels<'t>(tables: &'t Tables, rules: &'t Rulebook) -> Vec<Appointed<'t>> {
    let mut found = Vec::new();
    for panel in &rules.panels {
        let mut rounds: BTreeMap<Option<&str>, Vec<&Row<Appointment>>> = BTreeMap::new();
        let on_panel = |row: &&Row<Appointment>| row.level == panel.level && panel.seats.iter().any(|seat| seat.id == row.seat);
        for row in tables.panel.iter().filter(on_panel) {
            rounds.entry(row.region.as_deref()).or_default().push(row);
        }
        found.extend(rounds.into_iter().map(|(region, rows)| (panel, region, rows)));
    }
    found
}

/// Seats that nobody fills.
pub(super) fn warnings(tables: &Tables, rules: &Rulebook) -> Vec<Problem> {
    let mut warnings = Vec::new();
    for (panel, region, rows) in panels(tables, rules) {
        for seat in &panel.seats {
            let taken = rows.iter().filter(|row| row.seat == seat.id).count();
            if taken < seat.count as usize {
                let message = Message::new("problem-cycle-seat-empty")
                    .local("seat", &seat.name.id, &seat.name.en)
                    .text("level", &panel.level)
                    .text("region", region.unwrap_or("-"))
                    .number("taken", taken)
                    .number("count", seat.count);
                warnings.push(Problem::new(schema::PANEL.file, 0..0, message));
            }
        }
    }
    warnings
}

type SheetKey<'t> = (&'t str, &'t str, &'t str);

fn sheet_key(row: &MarkGiven) -> SheetKey<'_> {
    (&row.level, row.juror.as_str(), row.candidate.as_str())
}

/// A juror who marks the same indicator twice; a whole-sheet state speaks for what no other row names.
fn marks_twice(tables: &Tables, rules: &Rulebook) -> Vec<Problem> {
    let mut seen: BTreeSet<(SheetKey<'_>, &str)> = BTreeSet::new();
    let mut problems = Vec::new();
    for row in &tables.marks {
        let indicator = match &row.marked {
            Marked::Indicator(indicator, _) => indicator.as_str(),
            Marked::Sheet(_) => "*",
        };
        if !seen.insert((sheet_key(row), indicator)) {
            let name = tables.candidates.iter().find(|candidate| candidate.id == row.candidate).map_or("", |found| &found.name);
            let message = Message::new("problem-cycle-mark-twice")
                .text("juror", row.juror.as_str())
                .text("candidate", name)
                .with("indicator", indicator_name(rules, indicator));
            problems.push(Problem::new(row.spot.file, row.spot.span.clone(), message));
        }
    }
    problems
}

fn indicator_name(rules: &Rulebook, id: &str) -> words::Arg {
    let aspects = rules.schemes.iter().flat_map(|scheme| &scheme.aspects);
    let found = aspects.flat_map(|aspect| &aspect.indicators).find(|indicator| indicator.id == id);
    found.map_or(words::Arg::Text(id.to_owned()), |indicator| {
        words::Arg::Local(indicator.name.id.clone(), indicator.name.en.clone())
    })
}

/// Marks by a juror who is recused from the candidate.
fn marks_of_recused(tables: &Tables) -> Vec<Problem> {
    let recused: BTreeSet<SheetKey<'_>> = tables
        .conflicts
        .iter()
        .filter(|row| row.recused)
        .map(|row| (row.level.as_str(), row.juror.as_str(), row.candidate.as_str()))
        .collect();
    let marked = tables.marks.iter().filter(|row| recused.contains(&sheet_key(row)));
    marked
        .map(|row| {
            let message = Message::new("problem-cycle-recused-marks")
                .text("juror", row.juror.as_str())
                .text("candidate", row.candidate.as_str());
            Problem::new(row.spot.file, row.spot.span.clone(), message).hint(Message::new("problem-cycle-recused-marks-hint"))
        })
        .collect()
}

/// Marks given after the moment at which the chair closed judging.
fn marks_after_closing(tables: &Tables, geography: &Geography, rules: &Rulebook) -> Vec<Problem> {
    let mut problems = Vec::new();
    for decision in &tables.decisions {
        let Decision::CloseJudging(closed) = decision.decision else { continue };
        let Some(level) = rules.level(&decision.level) else { continue };
        for row in tables.marks.iter().filter(|row| row.level == decision.level && row.at.is_some_and(|at| at > closed)) {
            let Some(candidate) = tables.candidates.iter().find(|candidate| candidate.id == row.candidate) else { continue };
            let in_category = decision.category.as_ref().is_none_or(|category| *category == candidate.category);
            let in_round =
                decision.region.is_none() || geography.round(level, &candidate.region).ok() == Some(decision.region.clone());
            if in_category && in_round {
                let message = Message::new("problem-cycle-mark-after-closing")
                    .text("juror", row.juror.as_str())
                    .text("candidate", &candidate.name)
                    .text("closed", closed.to_string().replace('T', " "));
                let problem = Problem::new(row.spot.file, row.spot.span.clone(), message);
                problems.push(problem.hint(Message::new("problem-cycle-mark-after-closing-hint")));
            }
        }
    }
    problems
}
