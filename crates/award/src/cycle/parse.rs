//! From lines to rows: one function per table, each checking what its row names against the rulebook and the rows read before.

pub(crate) mod decisions;
pub(crate) mod figures;
pub(crate) mod judging;
pub(crate) mod people;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rules::Rulebook;
use rules::rulebook::{ContestRule, Level};
use words::{Message, Problem};

use super::near;
use super::reading::{self, Line, Told};
use super::scanned::{Scanned, ScannedTable};
use super::schema::{self, Schema};
use super::tables::{Appointment, Candidate, Row, Tables};
use crate::geography::Geography;
use crate::id::CandidateId;
use crate::rule;

/// What rows are checked against.
pub(crate) struct Known<'c> {
    pub rules: &'c Rulebook,
    pub geography: &'c Geography,
    pub candidates: BTreeMap<CandidateId, Candidate>,
    pub panel: Vec<Appointment>,
    /// Candidates and jurors whose own rows have problems: what refers to them is passed over, so that one mistake is told once.
    pub broken: BTreeSet<String>,
    /// Rows that name a candidate where there is none at all: they are counted and not told one by one.
    pub unchecked: AtomicUsize,
}

/// Reads every table; problems of all files are told together.
pub(crate) fn tables(mut scanned: Scanned, rules: &Rulebook, geography: &Geography, problems: &mut Vec<Problem>) -> Tables {
    let mut known = Known {
        rules,
        geography,
        candidates: BTreeMap::new(),
        panel: Vec::new(),
        broken: BTreeSet::new(),
        unchecked: AtomicUsize::new(0),
    };
    problems.append(&mut scanned.problems);
    let (candidates, panel) = (scanned.take(schema::CANDIDATES), scanned.take(schema::PANEL));
    known.broken.extend(named(&candidates, "id"));
    known.broken.extend(named(&panel, "juror"));
    let candidates = rows(candidates, schema::CANDIDATES, &known, problems, people::candidate);
    for row in &candidates {
        known.candidates.entry(row.id.clone()).or_insert_with(|| row.said.clone());
    }
    let panel = rows(panel, schema::PANEL, &known, problems, people::panel);
    known.panel = panel.iter().map(|row| row.said.clone()).collect();
    let (marks, decisions) = (scanned.take(schema::MARKS), scanned.take(schema::DECISIONS));
    // Half of all rows are marks.
    let (tables, judged) = thread::scope(|scope| {
        let known = &known;
        let judged = scope.spawn(move || {
            let mut problems = Vec::new();
            let marks = rows(marks, schema::MARKS, known, &mut problems, judging::mark);
            (marks, rows(decisions, schema::DECISIONS, known, &mut problems, decisions::decision), problems)
        });
        let tables = Tables {
            events: rows(scanned.take(schema::EVENTS), schema::EVENTS, known, problems, people::event),
            history: rows(scanned.take(schema::HISTORY), schema::HISTORY, known, problems, people::history),
            dossiers: rows(scanned.take(schema::DOSSIERS), schema::DOSSIERS, known, problems, people::dossier),
            conflicts: rows(scanned.take(schema::CONFLICTS), schema::CONFLICTS, known, problems, judging::conflict),
            claims: rows(scanned.take(schema::CLAIMS), schema::CLAIMS, known, problems, figures::claim),
            items: rows(scanned.take(schema::ITEMS), schema::ITEMS, known, problems, figures::item),
            stated: rows(scanned.take(schema::STATED), schema::STATED, known, problems, figures::stated),
            not_applicable: rows(
                scanned.take(schema::NOT_APPLICABLE),
                schema::NOT_APPLICABLE,
                known,
                problems,
                figures::not_applicable,
            ),
            attendance: rows(scanned.take(schema::ATTENDANCE), schema::ATTENDANCE, known, problems, judging::attendance),
            marks: Vec::new(),
            decisions: Vec::new(),
            expected: Vec::new(),
            candidates,
            panel,
        };
        (tables, judged.join())
    });
    let (marks, decisions, mut told) = judged.unwrap_or_else(|panic| resume_unwind(panic));
    problems.append(&mut told);
    let expected = rows(scanned.take(schema::EXPECTED), schema::EXPECTED, &known, problems, decisions::expected);
    let tables = Tables { marks, decisions, expected, ..tables };
    let unchecked = known.unchecked.into_inner();
    if unchecked > 0 {
        let message = Message::new("problem-cycle-rows-not-checked").number("count", unchecked);
        problems.push(Problem::new(schema::CANDIDATES.file, 0..0, message));
    }
    tables
}

/// Everything that stands in a column of a table, whether or not its row is good.
fn named(table: &ScannedTable, column: &str) -> Vec<String> {
    table.lines.iter().flatten().filter_map(|line| line.text(column)).collect()
}

/// The rows of one table; those that cannot be used are left out and told.
pub(crate) fn rows<T>(
    table: ScannedTable,
    schema: Schema,
    known: &Known<'_>,
    problems: &mut Vec<Problem>,
    parse: impl Fn(&Known<'_>, &Line, &mut Vec<Problem>) -> Result<T, Told>,
) -> Vec<Row<T>> {
    let mut own = table.problems;
    let Some(lines) = table.lines else {
        reading::limit(schema.file, &mut own);
        problems.append(&mut own);
        return Vec::new();
    };
    let mut row = |line: &Line| {
        let at = line.moment("at", &mut own);
        let said = parse(known, line, &mut own);
        Some(Row { said: said.ok()?, at: at.ok()?, spot: line.spot.clone() })
    };
    let mut rows = Vec::with_capacity(lines.len());
    rows.extend(lines.iter().filter_map(&mut row));
    own.sort_by_key(|problem| problem.span.start);
    reading::limit(schema.file, &mut own);
    problems.append(&mut own);
    rows
}

impl<'c> Known<'c> {
    /// The candidate that a row names.
    pub fn candidate(&self, line: &Line, problems: &mut Vec<Problem>) -> Result<&Candidate, Told> {
        let cell = line.need("candidate", problems)?;
        self.candidates.get(cell.text.as_str()).ok_or_else(|| {
            if self.broken.contains(&cell.text) || self.is_nobody() {
                return Told;
            }
            let message = Message::new("problem-cycle-unknown-candidate").text("candidate", &cell.text);
            let hint = near::hint(&cell.text, self.candidates.keys().map(CandidateId::as_str));
            line.tell("candidate", message, Some(hint), problems);
            Told
        })
    }

    /// Whether nobody stands at all; then a row that names a candidate cannot be checked.
    pub fn is_nobody(&self) -> bool {
        let nobody = self.candidates.is_empty();
        self.unchecked.fetch_add(usize::from(nobody), Ordering::Relaxed);
        nobody
    }

    /// The level that a row about a candidate names, or else that at which the candidate begins.
    pub fn level_of(&self, line: &Line, candidate: &Candidate, problems: &mut Vec<Problem>) -> Result<&'c Level, Told> {
        let level = match line.cell("level") {
            Some(_) => self.level(line, problems)?,
            None => self.rules.level(&candidate.level).ok_or(Told)?,
        };
        let on_the_way = rule::way_up(self.rules, &candidate.level, &candidate.category);
        if on_the_way.iter().any(|known| known.id == level.id) {
            return Ok(level);
        }
        let message = Message::new("problem-cycle-not-on-the-way")
            .text("candidate", candidate.id.as_str())
            .text("level", &level.id)
            .text("category", &candidate.category);
        let way = on_the_way.iter().map(|level| level.id.as_str()).collect::<Vec<_>>().join(", ");
        line.tell("level", message, Some(Message::new("problem-cycle-known").text("words", way)), problems);
        Err(Told)
    }

    /// The level that a row must name.
    pub fn level(&self, line: &Line, problems: &mut Vec<Problem>) -> Result<&'c Level, Told> {
        let id = self.word(line, "level", self.rules.levels.iter().map(|level| level.id.as_str()), problems)?;
        self.rules.level(&id).ok_or(Told)
    }

    /// The rules of the contest in which a candidate stands at a level.
    pub fn contest(&self, level: &Level, candidate: &Candidate) -> Result<&'c ContestRule, Told> {
        self.rules.contest(&candidate.category, &level.id).ok_or(Told)
    }

    /// A cell that must be one of some words.
    pub fn word<'w>(
        &self,
        line: &Line,
        column: &str,
        options: impl IntoIterator<Item = &'w str> + Clone,
        problems: &mut Vec<Problem>,
    ) -> Result<String, Told> {
        let cell = line.need(column, problems)?;
        if options.clone().into_iter().any(|option| option == cell.text) {
            return Ok(cell.text.clone());
        }
        let shown: String = cell.text.chars().take(60).collect();
        let message = Message::new("problem-cycle-unknown-word").text("word", shown).text("column", column);
        line.tell(column, message, Some(near::hint(&cell.text, options)), problems);
        Err(Told)
    }

    /// The region of a round that a row names; none if it is left empty.
    pub fn round(&self, line: &Line, level: &Level, problems: &mut Vec<Problem>) -> Result<Option<String>, Told> {
        let Some(cell) = line.cell("region") else { return Ok(None) };
        if self.geography.is_round(level, &cell.text) {
            return Ok(Some(cell.text.clone()));
        }
        let message = Message::new("problem-cycle-no-such-round").text("region", &cell.text).text("level", &level.id);
        let hint = match self.geography.meant_by(&cell.text) {
            Some((code, name)) if self.geography.is_round(level, &code) => {
                Message::new("problem-cycle-region-meant").text("code", code).text("name", name)
            }
            _ => Message::new("problem-cycle-no-such-round-hint"),
        };
        line.tell("region", message, Some(hint), problems);
        Err(Told)
    }

    /// The regions of the rounds that candidates can reach at a level.
    pub fn rounds(&self, level: &Level) -> Vec<Option<String>> {
        let reaches = |candidate: &&Candidate| {
            rule::way_up(self.rules, &candidate.level, &candidate.category).iter().any(|known| known.id == level.id)
        };
        let mut rounds: Vec<_> = self
            .candidates
            .values()
            .filter(reaches)
            .filter_map(|candidate| self.geography.round(level, &candidate.region).ok())
            .collect();
        rounds.sort();
        rounds.dedup();
        rounds
    }
}
