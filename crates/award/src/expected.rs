//! What must come out, against what does: `expected.csv` row by row.

use std::collections::{BTreeMap, BTreeSet};

use tally::{OutStatus, Status};
use words::{Message, Problem};

use crate::act::{ContestKey, RoundKey};
use crate::cycle::schema::EXPECTED;
use crate::cycle::tables::{Expected, Row};
use crate::run::Run;
use crate::state::Contest;

/// Every difference between `expected.csv` and a run, each at its row, and what it leaves out; none without rows. Totals are compared exactly.
///
/// ```
/// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
/// let run = award::run(&cycle, None, &mut |_| {}).unwrap();
/// assert_eq!(award::expected::compare(&run), []);
/// ```
pub fn compare(run: &Run) -> Vec<Problem> {
    let rows = &run.cycle.tables.expected;
    let missing = if rows.is_empty() { Vec::new() } else { missing(run, rows) };
    rows.iter().flat_map(|row| differences(run, row)).chain(missing).collect()
}

fn key(row: &Expected) -> ContestKey {
    let round = RoundKey { level: row.level.clone(), region: row.region.clone() };
    ContestKey { round, category: row.category.clone() }
}

/// Contests that were counted, and candidates in them, of which `expected.csv` says nothing.
fn missing(run: &Run, rows: &[Row<Expected>]) -> Vec<Problem> {
    let mut told: BTreeMap<ContestKey, BTreeSet<&str>> = BTreeMap::new();
    for row in rows {
        told.entry(key(row)).or_default().insert(row.candidate.as_str());
    }
    let mut problems = Vec::new();
    let mut tell = |message: Message| problems.push(Problem::new(EXPECTED.file, 0..0, message));
    for contest in run.contests.iter().filter(|contest| contest.counted.is_some()) {
        let path = contest.key.path();
        let Some(told) = told.get(&contest.key) else {
            tell(Message::new("problem-cycle-expected-no-contest").text("contest", path));
            continue;
        };
        let entries = run.state.contests[&contest.key].entries.iter().map(|entry| entry.candidate.as_str());
        for candidate in entries.filter(|candidate| !told.contains(candidate)) {
            let message = Message::new("problem-cycle-expected-missing").text("candidate", run.name(candidate));
            tell(message.text("contest", &path));
        }
    }
    problems
}

fn differences(run: &Run, row: &Row<Expected>) -> Vec<Problem> {
    let key = key(row);
    let found = run.state.contests.get(&key).and_then(|contest| found(contest, row.candidate.as_str()));
    let name = run.name(row.candidate.as_str());
    let Some(found) = found else {
        let is_open = run.contests.iter().find(|contest| contest.key == key).and_then(|contest| contest.open.as_ref());
        if let Some(open) = is_open {
            let message = Message::new("problem-cycle-expected-open").text("contest", key.path());
            let message = message.text("candidate", name).message("why", open.rule.clone());
            return vec![Problem::new(row.spot.file, row.spot.span.clone(), message).hint(open.next.clone())];
        }
        let message = Message::new("problem-cycle-expected-not-there").text("candidate", name).text("contest", key.path());
        return vec![Problem::new(row.spot.file, row.spot.span.clone(), message)];
    };
    let mut differences = Vec::new();
    let mut compare = |what: &str, expected: Option<String>, found: String| {
        if let Some(expected) = expected.filter(|expected| *expected != found) {
            let message = Message::new("problem-cycle-expected-other")
                .text("candidate", name)
                .message("what", Message::new(format!("expected-{what}")))
                .text("expected", expected)
                .text("found", found);
            differences.push(Problem::new(row.spot.file, row.spot.span.clone(), message));
        }
    };
    compare("status", Some(row.status.clone()), found.status);
    compare("place", row.place.map(|place| place.to_string()), found.place);
    compare("total", row.total.as_ref().map(|total| total.to_string()), found.total);
    compare("awards", row.awards.clone().map(sorted), sorted(found.awards));
    differences
}

fn sorted(mut awards: Vec<String>) -> String {
    awards.retain(|award| award != "none");
    awards.sort();
    if awards.is_empty() { "none".to_owned() } else { awards.join(" ") }
}

struct Found {
    status: String,
    place: String,
    total: String,
    awards: Vec<String>,
}

fn found(contest: &Contest, candidate: &str) -> Option<Found> {
    let entry = contest.entry(candidate)?;
    let none = || "-".to_owned();
    if entry.not_admitted.is_some() {
        return Some(Found { status: "not_admitted".to_owned(), place: none(), total: none(), awards: Vec::new() });
    }
    let counted = contest.result()?;
    let outcome = &counted.outcome;
    let won = outcome.awards.iter().filter(|award| award.entries.iter().any(|entry| entry == candidate));
    let won = won.filter(|award| counted.has_award(&award.id, candidate));
    let awards = won.map(|award| award.id.clone()).collect();
    if let Some(row) = outcome.standing.iter().find(|row| row.entry == candidate) {
        let (place, total) = (row.place.to_string(), row.total.to_string());
        return Some(Found { status: status_name(row.status), place, total, awards });
    }
    let out = outcome.out.iter().find(|row| row.entry == candidate)?;
    Some(Found { status: out_name(&out.status).to_owned(), place: none(), total: none(), awards })
}

/// A status as `expected.csv` and the report write it; a reserve with its number.
pub(crate) fn status_name(status: Status) -> String {
    match status {
        Status::Advances => "advances".to_owned(),
        Status::Below => "below".to_owned(),
        Status::BelowMinimum => "below_minimum".to_owned(),
        Status::RegionCap => "region_cap".to_owned(),
        Status::Undecided => "undecided".to_owned(),
        Status::Ranked => "ranked".to_owned(),
        Status::Reserve(number) => format!("reserve {number}"),
    }
}

/// The same for those without a place.
pub(crate) fn out_name(status: &OutStatus) -> &'static str {
    match status {
        OutStatus::Withdrawn => "withdrawn",
        OutStatus::Disqualified(_) => "disqualified",
        OutStatus::Excluded => "excluded",
        OutStatus::Unscored => "unscored",
    }
}
