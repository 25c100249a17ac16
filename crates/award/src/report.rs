//! A run as one document: what a page, the command line or another program shows (`docs/cycle-json.md`). Exact numbers stand as text,
//! sentences in both languages.

mod conflicts;
mod contest;

use std::collections::BTreeMap;

use rules::rulebook::{SeatRole, Text};
use serde::Serialize;
use words::Message;

use crate::act::RoundKey;
use crate::cycle::tables::Data;
use crate::run::{ContestRun, Run};
use crate::sentence::Sentence;

pub use conflicts::{Structural, WithWithout};
pub use contest::{
    AdjustedFit, AttendanceShown, AwardShown, ContestReport, CountedOf, Enough, NearMiss, NodeName, OutRow, StandingRow,
};

/// The text in `format` of every report of this version.
pub const REPORT_FORMAT: &str = "paritrana-report-1";

/// A whole run.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Report {
    pub format: &'static str,
    pub cycle: String,
    pub name: Text,
    /// Where the figures come from; `invented` is shown as "data contoh".
    pub data: Data,
    pub data_label: Sentence,
    pub note: Option<Text>,
    pub rulebook: String,
    pub edition: EditionShown,
    pub deadlines: Vec<DeadlineShown>,
    pub events: Vec<EventShown>,
    pub levels: Vec<LevelReport>,
}

/// The edition.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct EditionShown {
    pub id: String,
    pub version: String,
    pub name: Text,
    pub assessment_from: String,
    pub assessment_to: String,
}

/// A relative deadline worked out for a round.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct DeadlineShown {
    pub level: String,
    pub region: Option<String>,
    pub region_name: Option<String>,
    pub event: String,
    pub name: Text,
    pub last_day: String,
    /// The last second, with the time zone: `2020-12-17 23:59:59 WITA`.
    pub until: String,
}

/// Something that took place.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct EventShown {
    pub id: String,
    pub on: String,
    pub to: Option<String>,
    pub kind: String,
    pub level: Option<String>,
    pub region: Option<String>,
    pub title: String,
    pub place: Option<String>,
    pub source: Option<String>,
}

/// A level and its rounds.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct LevelReport {
    pub id: String,
    pub name: Text,
    pub rounds: Vec<RoundReport>,
}

/// A round and its contests.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct RoundReport {
    pub region: Option<String>,
    pub region_name: Option<String>,
    pub panel: Vec<JurorShown>,
    pub missing_seats: Vec<MissingSeat>,
    pub contests: Vec<ContestReport>,
    /// Categories that are contested at this level and in which nobody stands here.
    pub empty: Vec<CategoryName>,
}

/// A person on the panel.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct JurorShown {
    pub juror: String,
    pub name: String,
    pub seat: String,
    pub seat_name: Text,
    pub role: SeatRole,
    pub office: Option<String>,
    pub acting: bool,
    pub delegate_for: Option<String>,
}

/// A kind of seat that is not filled.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct MissingSeat {
    pub seat: String,
    pub name: Text,
    pub filled: usize,
    pub count: u32,
}

/// A category's id and name.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct CategoryName {
    pub id: String,
    pub name: Text,
}

/// The report of a run.
///
/// ```
/// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
/// let run = award::run(&cycle, None, &mut |_| {}).unwrap();
/// let report = award::report(&run);
/// let second = &report.levels[0].rounds[0].contests[0].standing[1];
/// let said = "Ranked 2nd, quota 1, 2.00 short; would win if Impression were at least 79.";
/// assert_eq!(second.sentence.render(words::Lang::En), said);
/// ```
pub fn report(run: &Run) -> Report {
    of_contests(run, run.contests.iter().map(|contest| of_contest(run, contest)).collect())
}

/// The report of one contest of a run. Contests do not need each other, so these reports may be made side by side.
pub fn of_contest(run: &Run, contest: &ContestRun) -> ContestReport {
    contest::report(run, contest)
}

/// The report of a run from those of its contests, which stand in the order of [`Run::contests`].
pub fn of_contests(run: &Run, contests: Vec<ContestReport>) -> Report {
    let header = &run.cycle.header;
    let label = match header.data {
        Data::Published => "data-published",
        Data::Mixed => "data-mixed",
        Data::Invented => "data-invented",
    };
    Report {
        format: REPORT_FORMAT,
        cycle: header.id.clone(),
        name: header.name.clone(),
        data: header.data,
        data_label: Sentence(Message::new(label)),
        note: header.note.clone(),
        rulebook: header.rulebook.clone(),
        edition: edition(run),
        deadlines: deadlines(run),
        events: events(run),
        levels: levels(run, contests),
    }
}

fn edition(run: &Run) -> EditionShown {
    let edition = &run.cycle.rules.edition;
    EditionShown {
        id: edition.id.clone(),
        version: edition.version.clone(),
        name: edition.name.clone(),
        assessment_from: edition.assessment_from.to_string(),
        assessment_to: edition.assessment_to.to_string(),
    }
}

/// The rounds of a run in order, each once.
fn rounds(run: &Run) -> Vec<RoundKey> {
    let mut rounds: Vec<RoundKey> = Vec::new();
    for contest in &run.contests {
        if !rounds.contains(&contest.key.round) {
            rounds.push(contest.key.round.clone());
        }
    }
    rounds
}

fn region_name(run: &Run, region: Option<&str>) -> Option<String> {
    let region = region?;
    let zone = run.cycle.rules.zones.iter().find(|zone| zone.id == region);
    Some(zone.map_or_else(|| run.cycle.geography.name(region), |zone| zone.name.id.clone()))
}

fn deadlines(run: &Run) -> Vec<DeadlineShown> {
    let mut shown = Vec::new();
    for round in rounds(run) {
        let Some(level) = run.cycle.rules.level(&round.level) else { continue };
        let region = round.region.as_deref();
        for (event, deadline) in run.state.calendar_of(&round).relative(level, region.unwrap_or_default()) {
            shown.push(DeadlineShown {
                level: level.id.clone(),
                region: round.region.clone(),
                region_name: region_name(run, region),
                event: event.id.clone(),
                name: event.name.clone(),
                last_day: deadline.day.to_string(),
                until: deadline.shown(),
            });
        }
    }
    shown
}

fn events(run: &Run) -> Vec<EventShown> {
    let mut events: Vec<_> = run.state.events.iter().collect();
    events.sort_by_key(|event| event.on);
    let shown = |event: &&crate::cycle::tables::Event| EventShown {
        id: event.id.clone(),
        on: event.on.to_string(),
        to: event.to.map(|to| to.to_string()),
        kind: event.kind.clone(),
        level: event.level.clone(),
        region: event.region.clone(),
        title: event.title.clone(),
        place: event.place.clone(),
        source: event.source.clone(),
    };
    events.iter().map(shown).collect()
}

fn levels(run: &Run, reports: Vec<ContestReport>) -> Vec<LevelReport> {
    let mut of_round: BTreeMap<&RoundKey, Vec<(&ContestRun, ContestReport)>> = BTreeMap::new();
    for (contest, report) in run.contests.iter().zip(reports) {
        of_round.entry(&contest.key.round).or_default().push((contest, report));
    }
    let rounds = rounds(run);
    let mut levels = Vec::new();
    for level in &run.cycle.rules.levels {
        let here = rounds.iter().filter(|round| round.level == level.id);
        let here: Vec<RoundReport> = here.map(|key| round(run, key, of_round.remove(key).unwrap_or_default())).collect();
        if !here.is_empty() {
            levels.push(LevelReport { id: level.id.clone(), name: level.name.clone(), rounds: here });
        }
    }
    levels
}

fn round(run: &Run, key: &RoundKey, contests: Vec<(&ContestRun, ContestReport)>) -> RoundReport {
    let (contests, reports): (Vec<&ContestRun>, Vec<ContestReport>) = contests.into_iter().unzip();
    RoundReport {
        region: key.region.clone(),
        region_name: region_name(run, key.region.as_deref()),
        panel: panel(run, key),
        missing_seats: missing_seats(run, key, &contests),
        empty: empty(run, key, &contests),
        contests: reports,
    }
}

fn panel(run: &Run, key: &RoundKey) -> Vec<JurorShown> {
    let jurors = run.state.rounds.get(key).map(|round| round.panel.as_slice()).unwrap_or_default();
    let shown = |juror: &crate::cycle::tables::Appointment| {
        let (_, seat) = crate::rule::seat(&run.cycle.rules, &key.level, &juror.seat)?;
        Some(JurorShown {
            juror: juror.juror.to_string(),
            name: juror.name.clone(),
            seat: juror.seat.clone(),
            seat_name: seat.name.clone(),
            role: seat.role,
            office: juror.office.clone(),
            acting: juror.acting,
            delegate_for: juror.delegate_for.clone(),
        })
    };
    jurors.iter().filter_map(shown).collect()
}

/// Seats that are not filled on the panels that judge here.
fn missing_seats(run: &Run, key: &RoundKey, contests: &[&ContestRun]) -> Vec<MissingSeat> {
    let rules = &run.cycle.rules;
    let of_contest = |contest: &&ContestRun| run.state.rule(&contest.key).and_then(|rule| rule.panel.clone());
    let mut panels: Vec<String> = contests.iter().filter_map(of_contest).collect();
    panels.sort();
    panels.dedup();
    let jurors: Vec<_> = run.state.rounds.get(key).into_iter().flat_map(crate::panel::seated).collect();
    let seats = panels.iter().filter_map(|id| rules.panel(id)).flat_map(|panel| &panel.seats);
    seats
        .map(|seat| (seat, jurors.iter().filter(|juror| juror.seat == seat.id).count()))
        .filter(|(seat, filled)| *filled < seat.count as usize)
        .map(|(seat, filled)| MissingSeat { seat: seat.id.clone(), name: seat.name.clone(), filled, count: seat.count })
        .collect()
}

/// Categories of the level in which nobody stands in this round.
fn empty(run: &Run, key: &RoundKey, contests: &[&ContestRun]) -> Vec<CategoryName> {
    let rules = &run.cycle.rules;
    let contested = rules.contests.iter().filter(|rule| rule.level == key.level).flat_map(|rule| &rule.categories);
    let missing = contested.filter(|category| !contests.iter().any(|contest| contest.category == **category));
    missing
        .filter_map(|id| rules.category(id))
        .map(|found| CategoryName { id: found.id.clone(), name: found.name.clone() })
        .collect()
}
