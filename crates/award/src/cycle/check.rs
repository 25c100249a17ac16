//! What can only be seen when all tables lie side by side: ids that stand twice, panels with too many chairs, a juror who marks twice.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;
use rules::Rulebook;
use rules::rulebook::{Panel, SeatRole};
use tally::{CutTies, Mark, Rung};
use words::{Arg, Message, Problem};

use super::folder::Folder;
use super::header::HEADER_FILE;
use super::near;
use super::parse::people::{twice, twice_of};
use super::schema::{self, SCHEMAS};
use super::table::PROBLEMS_MAX;
use super::tables::{Appointment, Candidate, Decision, Header, MarkGiven, Marked, Row, Spot, Tables};
use crate::act::{ContestKey, RoundKey};
use crate::geography::Geography;
use crate::notice;
use crate::sentence::plain;

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
    let mut told = Told::default();
    doubles(tables, &mut told);
    told.extend(seats(tables, rules));
    marks_twice(tables, rules, &mut told);
    told.extend(marks_of_recused(tables));
    told.extend(orders_without_use(tables, rules));
    marks_after_closing(tables, geography, rules, &mut told);
    told.all()
}

/// The first problems of each file, and how many more there are.
#[derive(Default)]
struct Told {
    problems: Vec<Problem>,
    counts: BTreeMap<String, usize>,
}

impl Told {
    fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        for problem in problems {
            let count = self.counts.entry(problem.file.clone()).or_default();
            *count += 1;
            if *count <= PROBLEMS_MAX {
                self.problems.push(problem);
            }
        }
    }

    fn all(mut self) -> Vec<Problem> {
        for (file, count) in self.counts.into_iter().filter(|(_, count)| *count > PROBLEMS_MAX) {
            let message = Message::new("problem-cycle-more").number("count", count - PROBLEMS_MAX);
            self.problems.push(Problem::new(file, 0..0, message));
        }
        self.problems
    }
}

fn repeated(spot: &Spot, what: &str) -> Problem {
    let problem = Problem::new(spot.file, spot.span.clone(), Message::new("problem-cycle-twice").text("what", what));
    problem.hint(Message::new("problem-cycle-twice-hint"))
}

/// Rows that say the same thing twice.
fn doubles(t: &Tables, told: &mut Told) {
    told.extend(twice(&t.candidates, |row| row.id.clone(), |row| repeated(&row.spot, row.id.as_str())));
    told.extend(twice(&t.events, |row| row.id.clone(), |row| repeated(&row.spot, &row.id)));
    told.extend(twice(
        &t.panel,
        |row| (row.level.clone(), row.region.clone(), row.juror.clone()),
        |row| repeated(&row.spot, row.juror.as_str()),
    ));
    told.extend(twice(
        &t.conflicts,
        |row| (row.level.clone(), row.juror.clone(), row.candidate.clone(), row.kind as u8),
        |row| repeated(&row.spot, &format!("{} / {}", row.juror, row.candidate)),
    ));
    told.extend(twice(
        &t.claims,
        |row| (row.level.clone(), row.candidate.clone(), row.claim.clone()),
        |row| repeated(&row.spot, &format!("{} / {}", row.candidate, row.claim)),
    ));
    told.extend(twice(
        &t.items,
        |row| (row.level.clone(), row.candidate.clone(), row.list.clone(), row.title.clone()),
        |row| repeated(&row.spot, &row.title),
    ));
    told.extend(twice(
        &t.stated,
        |row| (row.level.clone(), row.candidate.clone(), row.indicator.clone()),
        |row| repeated(&row.spot, &format!("{} / {}", row.candidate, row.indicator)),
    ));
    told.extend(twice(
        &t.not_applicable,
        |row| (row.level.clone(), row.candidate.clone(), row.indicator.clone()),
        |row| repeated(&row.spot, &format!("{} / {}", row.candidate, row.indicator)),
    ));
    told.extend(twice(
        &t.attendance,
        |row| (row.level.clone(), row.candidate.clone()),
        |row| repeated(&row.spot, row.candidate.as_str()),
    ));
    told.extend(twice(
        &t.expected,
        |row| (row.level.clone(), row.candidate.clone()),
        |row| repeated(&row.spot, row.candidate.as_str()),
    ));
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

/// Seats that nobody fills, and what the rulebook asks of panels and interviews without making anything depend on it.
pub(super) fn warnings(tables: &Tables, rules: &Rulebook, geography: &Geography) -> Vec<Problem> {
    let mut told = Told::default();
    for (panel, region, rows) in panels(tables, rules) {
        for seat in &panel.seats {
            let of_seat = rows.iter().filter(|row| row.seat == seat.id);
            for row in of_seat {
                let notices = [notice::of_seat(seat, &row.said), notice::of_delegate(seat, &row.said)];
                told.extend(notices.into_iter().flatten().map(|notice| at(&row.spot, notice)));
            }
            let taken = rows.iter().filter(|row| row.seat == seat.id).count();
            if taken < seat.count as usize {
                let message = Message::new("problem-cycle-seat-empty")
                    .local("seat", &seat.name.id, &seat.name.en)
                    .text("level", &panel.level)
                    .text("region", region.unwrap_or("-"))
                    .number("taken", taken)
                    .number("count", seat.count);
                told.extend([Problem::new(schema::PANEL.file, 0..0, message)]);
            }
        }
    }
    interviews(tables, rules, geography, &mut told);
    told.all()
}

fn at(spot: &Spot, message: Message) -> Problem {
    Problem::new(spot.file, spot.span.clone(), message)
}

/// Who came otherwise than the rulebook asks, and contests to whose interview too many were called.
fn interviews(tables: &Tables, rules: &Rulebook, geography: &Geography, told: &mut Told) {
    let candidates = by_id(tables);
    let mut called: BTreeMap<ContestKey, usize> = BTreeMap::new();
    for row in &tables.attendance {
        let Some(candidate) = candidates.get(row.candidate.as_str()) else { continue };
        let Some(rule) = rules.contest(&candidate.category, &row.level) else { continue };
        let messages = notice::of_attendance(rules, rule, candidate, &row.said);
        told.extend(messages.into_iter().map(|message| at(&row.spot, message)));
        let region = rules.level(&row.level).and_then(|level| geography.round(level, &candidate.region).ok().flatten());
        let round = RoundKey { level: row.level.clone(), region };
        *called.entry(ContestKey { round, category: candidate.category.clone() }).or_default() += 1;
    }
    for (key, called) in called {
        let rule = rules.contest(&key.category, &key.round.level);
        let message = rule.and_then(|rule| notice::of_called(rule, &key, called));
        told.extend(message.map(|message| Problem::new(schema::ATTENDANCE.file, 0..0, message)));
    }
}

type SheetKey<'t> = (&'t str, &'t str, &'t str);

fn sheet_key(row: &MarkGiven) -> SheetKey<'_> {
    (&row.level, row.juror.as_str(), row.candidate.as_str())
}

/// A mark as it stands in a file: the number, or the word.
fn word(mark: &Mark) -> Arg {
    match mark {
        Mark::Given(given) => Arg::Number(plain(given)),
        Mark::Abstained => Arg::Text("abstained".to_owned()),
        Mark::Absent => Arg::Text("absent".to_owned()),
        Mark::NotApplicable => Arg::Text("not_applicable".to_owned()),
    }
}

/// A juror who marks the same indicator twice; a whole-sheet state speaks for what no other row names.
fn marks_twice(tables: &Tables, rules: &Rulebook, told: &mut Told) {
    let candidates = by_id(tables);
    let indicator = |row: &'_ MarkGiven| match &row.marked {
        Marked::Indicator(indicator, _) => indicator.clone(),
        Marked::Sheet(_) => "*".to_owned(),
    };
    let given = |row: &MarkGiven| match &row.marked {
        Marked::Indicator(_, mark) | Marked::Sheet(mark) => word(mark),
    };
    let tell = |first: &Row<MarkGiven>, row: &Row<MarkGiven>| {
        let message = Message::new("problem-cycle-mark-twice")
            .with("first", given(first))
            .with("second", given(row))
            .text("juror", row.juror.as_str())
            .text("candidate", candidates.get(row.candidate.as_str()).map_or("", |found| &found.name))
            .with("indicator", indicator_name(rules, &indicator(row)));
        Problem::new(row.spot.file, row.spot.span.clone(), message).hint(Message::new("problem-cycle-twice-hint"))
    };
    told.extend(twice_of(&tables.marks, |row| (sheet_key(row), indicator(row)), tell));
}

fn by_id(tables: &Tables) -> BTreeMap<&str, &Candidate> {
    tables.candidates.iter().map(|row| (row.id.as_str(), &row.said)).collect()
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

/// Orders of the chair or the plenary that no step of the contest's ladder asks for.
fn orders_without_use(tables: &Tables, rules: &Rulebook) -> Vec<Problem> {
    let mut problems = Vec::new();
    for row in &tables.decisions {
        let (rung, decision, order) = match &row.decision {
            Decision::ChairOrder(order) => (Rung::Chair, "chair_order", order),
            Decision::PlenaryOrder(order) => (Rung::Plenary, "plenary_order", order),
            _ => continue,
        };
        let first = order.first().and_then(|first| tables.candidates.iter().find(|candidate| candidate.id == *first));
        let Some(category) = first.map(|first| &first.category) else { continue };
        let Some(rule) = rules.contest(category, &row.level) else { continue };
        let count = rules::compile(rules, rule, category);
        let by_plenary = count.cut.is_some_and(|cut| cut.ties == CutTies::Plenary);
        if !count.ladder.contains(&rung) && !by_plenary {
            let message = Message::new("problem-cycle-order-without-use").text("decision", decision);
            let message = message.text("category", category).text("level", &row.level);
            let problem = Problem::new(row.spot.file, row.spot.span.clone(), message);
            problems.push(problem.hint(Message::new("problem-cycle-order-without-use-hint")));
        }
    }
    problems
}

/// Marks given after the moment at which the chair closed judging.
fn marks_after_closing(tables: &Tables, geography: &Geography, rules: &Rulebook, told: &mut Told) {
    // The earliest closing by level, category and region, as the decision names them.
    let mut closings: BTreeMap<(&str, Option<&str>, Option<&str>), DateTime> = BTreeMap::new();
    for row in &tables.decisions {
        if let Decision::CloseJudging(closed) = row.decision {
            let closing = closings.entry((&row.level, row.category.as_deref(), row.region.as_deref())).or_insert(closed);
            *closing = closed.min(*closing);
        }
    }
    let candidates = by_id(tables);
    let late = |row: &&Row<MarkGiven>| {
        let (at, candidate, level) = (row.at?, candidates.get(row.candidate.as_str())?, rules.level(&row.level)?);
        let region = geography.round(level, &candidate.region).ok().flatten();
        let category = candidate.category.as_str();
        let names = [(None, None), (Some(category), None), (None, region.as_deref()), (Some(category), region.as_deref())];
        let closed =
            names.iter().filter_map(|(category, region)| closings.get(&(row.level.as_str(), *category, *region))).min()?;
        let message = Message::new("problem-cycle-mark-after-closing")
            .text("juror", row.juror.as_str())
            .text("candidate", &candidate.name)
            .text("closed", closed.to_string().replace('T', " "));
        let problem = Problem::new(row.spot.file, row.spot.span.clone(), message);
        (at > *closed).then(|| problem.hint(Message::new("problem-cycle-mark-after-closing-hint")))
    };
    if !closings.is_empty() {
        told.extend(tables.marks.iter().filter_map(|row| late(&row)));
    }
}
