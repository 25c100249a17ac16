//! Who stands and who judges, what happened before: `candidates.csv`, `panel.csv`, `events.csv`, `history.csv`, `dossiers.csv`.

use std::collections::btree_map::Entry;

use rules::rulebook::Level;
use words::{Message, Problem};

use super::Known;
use crate::cycle::header::is_id;
use crate::cycle::near;
use crate::cycle::reading::{Line, Told};
use crate::cycle::tables::{Appointment, Candidate, Dossier, Event, PastStanding};
use crate::id::{CandidateId, JurorId, PersonId};
use crate::{eligibility, rule};

/// What an organisation can have reached.
pub(crate) const STANDINGS: [&str; 6] = ["candidate", "nominated_top", "final_top", "place", "winner", "title"];

pub(crate) fn candidate(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<Candidate, Told> {
    let id = id(line, "id", problems);
    let category = category(known, line, problems);
    let region = region(known, line, problems);
    let name = line.need("name", problems).map(|cell| cell.text.clone());
    let kind = line.need("kind", problems).map(|cell| cell.text.clone());
    let enters_at = match line.cell("enters_at") {
        None => Ok(None),
        Some(_) => known.word(line, "enters_at", known.rules.levels.iter().map(|level| level.id.as_str()), problems).map(Some),
    };
    let (id, category, name, kind, enters_at) = (id?, category?, name?, kind?, enters_at?);
    let level = match &enters_at {
        Some(level) => known.rules.level(level).ok_or(Told)?,
        None => rule::lowest_level(known.rules, &category).ok_or(Told)?,
    };
    if known.rules.contest(&category, &level.id).is_none() {
        let message = Message::new("problem-cycle-not-contested").text("category", &category).text("level", &level.id);
        line.tell("enters_at", message, None, problems);
        return Err(Told);
    }
    let given = rule::lowest_level(known.rules, &category).is_some_and(|lowest| lowest.id != level.id);
    let candidate = Candidate {
        id: CandidateId::new(id),
        name,
        category,
        kind,
        region: line.text("region").unwrap_or_default(),
        size: line.text("size"),
        sector: line.text("sector"),
        route: line.text("route"),
        proposed_by: line.text("proposed_by"),
        level: level.id.clone(),
        given,
        note: line.text("note"),
    };
    for fault in eligibility::faults(known.rules, &candidate) {
        line.tell(fault.column, fault.message, Some(fault.hint), problems);
    }
    region?;
    check_rounds(known, line, &candidate, problems);
    Ok(candidate)
}

/// Every level that the candidate may reach must have a round for its region.
fn check_rounds(known: &Known<'_>, line: &Line, candidate: &Candidate, problems: &mut Vec<Problem>) {
    for level in rule::way_up(known.rules, &candidate.level, &candidate.category) {
        if known.geography.round(level, &candidate.region).is_err() {
            let message =
                Message::new("problem-cycle-region-too-coarse").text("region", &candidate.region).text("level", &level.id);
            line.tell("region", message, None, problems);
        }
    }
}

/// An id that can stand in contests, lots and changes.
fn id(line: &Line, column: &str, problems: &mut Vec<Problem>) -> Result<String, Told> {
    let cell = line.need(column, problems)?;
    if is_id(&cell.text) {
        return Ok(cell.text.clone());
    }
    let message = Message::new("problem-cycle-bad-id").text("id", cell.text.chars().take(60).collect::<String>());
    line.tell(column, message, Some(Message::new("problem-cycle-bad-id-hint")), problems);
    Err(Told)
}

fn category(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<String, Told> {
    let contested: Vec<&str> = known.rules.contests.iter().flat_map(|rule| &rule.categories).map(String::as_str).collect();
    known.word(line, "category", contested, problems)
}

fn region(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<String, Told> {
    let cell = line.need("region", problems)?;
    if known.geography.knows(&cell.text) {
        return Ok(cell.text.clone());
    }
    let message = Message::new("problem-cycle-unknown-region")
        .text("region", cell.text.chars().take(60).collect::<String>())
        .date("day", known.rules.edition.regions_as_of);
    let hint = match known.geography.meant_by(&cell.text) {
        Some((code, name)) => Message::new("problem-cycle-region-meant").text("code", code).text("name", name),
        None => Message::new("problem-cycle-unknown-region-hint"),
    };
    line.tell("region", message, Some(hint), problems);
    Err(Told)
}

pub(crate) fn panel(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<Appointment, Told> {
    let juror = id(line, "juror", problems);
    let name = line.need("name", problems).map(|cell| cell.text.clone());
    let acting = line.yes("acting", false, problems);
    let level = known.level(line, problems)?;
    let of_level = known.rules.panels.iter().filter(|panel| panel.level == level.id);
    let seats: Vec<&str> = of_level.flat_map(|panel| &panel.seats).map(|seat| seat.id.as_str()).collect();
    let seat = known.word(line, "seat", seats, problems);
    let region = panel_region(known, line, level, problems)?;
    let (juror, name, seat, acting) = (juror?, name?, seat?, acting?);
    Ok(Appointment {
        level: level.id.clone(),
        region,
        juror: JurorId::new(juror),
        name,
        seat,
        office: line.text("office"),
        acting,
        delegate_for: line.text("delegate_for"),
        person: line.text("person").map(PersonId::new),
    })
}

/// The region of the panel of a row.
pub(crate) fn panel_region(
    known: &Known<'_>,
    line: &Line,
    level: &Level,
    problems: &mut Vec<Problem>,
) -> Result<Option<String>, Told> {
    match known.round(line, level, problems)? {
        Some(region) => Ok(Some(region)),
        None => only_round(known, line, &level.id, problems),
    }
}

/// The region of a round that the row leaves open: it can if there is only one.
fn only_round(known: &Known<'_>, line: &Line, level: &str, problems: &mut Vec<Problem>) -> Result<Option<String>, Told> {
    let level = known.rules.level(level).ok_or(Told)?;
    match &known.rounds(level)[..] {
        [] => Ok(None),
        [only] => Ok(only.clone()),
        several => {
            let regions: Vec<&str> = several.iter().flatten().map(String::as_str).collect();
            let message = Message::new("problem-cycle-which-round").text("level", &level.id);
            line.tell("region", message, Some(Message::new("problem-cycle-known").text("words", regions.join(", "))), problems);
            Err(Told)
        }
    }
}

pub(super) fn event(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<Event, Told> {
    let id = line.need("id", problems)?.text.clone();
    let kind = line.need("kind", problems)?.text.clone();
    let title = line.need("title", problems)?.text.clone();
    line.need("on", problems)?;
    let on = line.date("on", problems)?.ok_or(Told)?;
    let to = line.date("to", problems)?;
    if to.is_some_and(|to| to < on) {
        line.tell("to", Message::new("problem-cycle-ends-before-it-begins"), None, problems);
    }
    let level = match line.cell("level") {
        Some(_) => Some(known.level(line, problems)?.id.clone()),
        None => None,
    };
    let region = match line.cell("region") {
        Some(_) if rule_zone(known, line) => line.text("region"),
        Some(_) => Some(region(known, line, problems)?),
        None => None,
    };
    Ok(Event {
        id,
        on,
        to,
        kind,
        level,
        region,
        title,
        place: line.text("place"),
        chair: line.text("chair"),
        organiser: line.text("organiser"),
        attendees: line.text("attendees"),
        source: line.text("source"),
        note: line.text("note"),
    })
}

fn rule_zone(known: &Known<'_>, line: &Line) -> bool {
    line.cell("region").is_some_and(|cell| known.rules.zones.iter().any(|zone| zone.id == cell.text))
}

pub(super) fn history(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<PastStanding, Told> {
    let organisation = line.need("organisation", problems)?.text.clone();
    let edition = line.need("edition", problems)?.text.clone();
    let standing = known.word(line, "standing", STANDINGS, problems)?;
    let Some(year) = last_year(&edition) else {
        let message = Message::new("problem-cycle-edition-year").text("edition", edition);
        line.tell("edition", message, None, problems);
        return Err(Told);
    };
    Ok(PastStanding {
        organisation,
        region: line.text("region"),
        edition,
        year,
        category: line.text("category"),
        standing,
        value: line.text("value"),
        source: line.text("source"),
        note: line.text("note"),
    })
}

/// The assessment year of an edition, the last one of a range: `2020`, `2020-09`, `2017-2020`.
fn last_year(edition: &str) -> Option<i16> {
    let year = |digits: Option<&str>| digits?.parse::<i16>().ok().filter(|year| *year > 1900);
    let first = year(edition.get(..4))?;
    let rest = edition.get(4..).and_then(|rest| rest.strip_prefix(['-', '–'])).unwrap_or_default();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 4 { year(rest.get(..4)).filter(|last| *last >= first) } else { Some(first) }
}

pub(super) fn dossier(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<Dossier, Told> {
    let candidate = known.candidate(line, problems)?.id.clone();
    line.need("submitted_at", problems)?;
    Ok(Dossier {
        candidate,
        submitted_at: line.moment("submitted_at", problems)?.ok_or(Told)?,
        complete: line.yes("complete", true, problems)?,
        note: line.text("note"),
    })
}

/// Ids that stand twice in a table.
pub(crate) fn twice<'r, T: 'r, K: Ord>(
    rows: impl IntoIterator<Item = &'r T>,
    key: impl Fn(&'r T) -> K,
    tell: impl Fn(&'r T) -> Problem,
) -> impl Iterator<Item = Problem> {
    twice_of(rows, key, move |_, row| tell(row))
}

/// The same, told with the first row of that id and the row that repeats it.
pub(crate) fn twice_of<'r, T: 'r, K: Ord>(
    rows: impl IntoIterator<Item = &'r T>,
    key: impl Fn(&'r T) -> K,
    tell: impl Fn(&'r T, &'r T) -> Problem,
) -> impl Iterator<Item = Problem> {
    let mut seen = std::collections::BTreeMap::new();
    rows.into_iter().filter_map(move |row| match seen.entry(key(row)) {
        Entry::Vacant(free) => {
            free.insert(row);
            None
        }
        Entry::Occupied(first) => Some(tell(first.get(), row)),
    })
}

/// A juror of a round, or what is wrong with the one named.
pub(crate) fn juror<'k>(
    known: &'k Known<'_>,
    line: &Line,
    level: &str,
    region: Option<&str>,
    problems: &mut Vec<Problem>,
) -> Result<&'k Appointment, Told> {
    let cell = line.need("juror", problems)?;
    let of_round = || known.panel.iter().filter(|row| row.level == level && row.region.as_deref() == region);
    if let Some(row) = of_round().find(|row| row.juror.as_str() == cell.text) {
        return Ok(row);
    }
    let elsewhere = known.panel.iter().any(|row| row.juror.as_str() == cell.text);
    if known.broken.contains(&cell.text) && !elsewhere {
        return Err(Told);
    }
    let message = Message::new("problem-cycle-unknown-juror").text("juror", &cell.text).text("level", level);
    let hint = match known.panel.iter().find(|row| row.juror.as_str() == cell.text) {
        Some(row) if row.level != level => Message::new("problem-cycle-juror-of-level").text("level", &row.level),
        Some(row) => Message::new("problem-cycle-juror-of-round").text("region", row.region.as_deref().unwrap_or("-")),
        None if of_round().next().is_none() => Message::new("problem-cycle-no-panel").text("level", level),
        None => near::hint(&cell.text, of_round().map(|row| row.juror.as_str()).collect::<Vec<_>>()),
    };
    line.tell("juror", message, Some(hint), problems);
    Err(Told)
}
