//! Importing: a CSV file becomes acts, row by row. Files are read as those of a cycle folder are (`;` or `,`, decimal commas, a byte-order mark,
//! any line ends), every problem is told at its cell, and a row whose content stands already is passed over. Nothing is decided here.
//!
//! Each act gets the actor whose task it is, as in a year played from files: a file names no signed-in person.

mod organisations;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::atomic::AtomicUsize;

use jiff::Timestamp;
use words::{Message, Problem};

use crate::act::{Act, ContestKey, Deed, RoundKey};
use crate::cycle::parse::{Known, figures, people, rows};
use crate::cycle::reading::{Line, Sheet, Told};
use crate::cycle::scanned::ScannedTable;
use crate::cycle::schema::{self, Schema};
use crate::cycle::tables::{Appointment, Candidate, Claim, Row};
use crate::deadline::instant;
use crate::permission::Actor;
use crate::state::State;
use crate::vintage;

pub use organisations::ORGANISATIONS;

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Organisations and regions: each thing said about one from a day on ([`ORGANISATIONS`]).
    Organisations,
    /// Candidates, as in `candidates.csv`.
    Candidates,
    /// Members of panels, as in `panel.csv`.
    Panels,
    /// Figures, as in `claims.csv`.
    Claims,
    /// A vintage (`docs/vintage.md`) for a round.
    Vintage(RoundKey),
}

impl Kind {
    /// The columns of such a file; none for a vintage, whose file is sealed as a whole.
    pub fn schema(&self) -> Option<Schema> {
        match self {
            Kind::Organisations => Some(ORGANISATIONS),
            Kind::Candidates => Some(schema::CANDIDATES),
            Kind::Panels => Some(schema::PANEL),
            Kind::Claims => Some(schema::CLAIMS),
            Kind::Vintage(_) => None,
        }
    }
}

/// An act that a row asks for, and where the row stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The act.
    pub act: Act,
    /// Bytes of the row.
    pub span: Range<usize>,
}

/// Reads a file into acts, against what stands: a claim names a candidate that is there. Rows without a time happen at `now`.
///
/// ```
/// use std::sync::Arc;
/// use award::import::{Kind, read};
///
/// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
/// let state = award::run(&cycle, None, &mut |_| {}).unwrap().state;
/// let file = "id;name;category;kind;region\nanggrek;Kampung Anggrek;village;village;51.03\n";
/// let now = jiff::Timestamp::UNIX_EPOCH;
/// assert_eq!(read(&Kind::Candidates, "new.csv", file.as_bytes(), &state, now).unwrap().len(), 1);
/// let problems = read(&Kind::Candidates, "new.csv", b"id,name\nx,X\n", &state, now).unwrap_err();
/// assert_eq!((problems.len(), problems[0].file.as_str()), (3, "new.csv"));
/// ```
///
/// # Errors
///
/// Every problem of the file, at most a hundred.
pub fn read(kind: &Kind, file: &str, bytes: &[u8], state: &State, now: Timestamp) -> Result<Vec<Imported>, Vec<Problem>> {
    let mut problems = Vec::new();
    let known = known(state);
    let acts = match kind {
        Kind::Organisations => organisations::read(bytes, state, now, &mut problems),
        Kind::Candidates => {
            let found = table(schema::CANDIDATES, bytes, &known, &mut problems, people::candidate);
            once(&found, |row| row.id.to_string(), &mut problems);
            found.iter().flat_map(|row| candidate(state, row, now)).collect()
        }
        Kind::Panels => {
            let found = table(schema::PANEL, bytes, &known, &mut problems, people::panel);
            once(&found, |row| format!("{} {} {}", row.level, row.region.as_deref().unwrap_or("-"), row.juror), &mut problems);
            found.iter().map(|row| panel(state, row, now)).collect()
        }
        Kind::Claims => {
            let found = table(schema::CLAIMS, bytes, &known, &mut problems, figures::claim);
            once(&found, |row| format!("{} / {} / {}", row.candidate, row.claim, row.level), &mut problems);
            found.iter().flat_map(|row| claim(state, row, now)).collect()
        }
        Kind::Vintage(round) => {
            let read = vintage::read(file, bytes, state.rules_of(round), &state.geography)?;
            let deed = Deed::ImportVintage(round.clone(), read);
            vec![Imported { act: Act { actor: Actor::Secretariat(round.clone()), at: Some(now), deed }, span: 0..0 }]
        }
    };
    if problems.is_empty() {
        return Ok(acts);
    }
    problems.iter_mut().for_each(|problem| problem.file = file.to_owned());
    Err(problems)
}

/// Whether what an act says stands already, word for word: then a file that is imported again changes nothing.
pub fn stands(state: &State, deed: &Deed) -> bool {
    match deed {
        Deed::ChangeRegister(change) => state.register.says_already(change),
        Deed::Propose(contest, candidate) => {
            let entered = state.contests.get(contest).is_some_and(|known| known.entry(candidate.id.as_str()).is_some());
            entered && state.candidates.get(&candidate.id) == Some(candidate)
        }
        Deed::Appoint(round, seat) => state.rounds.get(round).is_some_and(|known| known.panel.contains(seat)),
        Deed::StateClaim(contest, claim) => {
            let said = |known: &Claim| (known.claimed.clone(), known.as_of, known.source.clone(), known.evidence.clone());
            stated(state, contest, claim).is_some_and(|known| said(known) == said(claim))
        }
        Deed::VerifyClaim(contest, claim) => {
            let found = |known: &Claim| (known.verified.clone(), known.verifier.clone(), known.reason.clone());
            let entry = state.contests.get(contest).and_then(|known| known.entry(claim.candidate.as_str()));
            entry.and_then(|entry| entry.claims.get(&claim.claim)).is_some_and(|known| found(known) == found(claim))
        }
        Deed::ImportVintage(round, vintage) => {
            state.rounds.get(round).is_some_and(|known| known.vintages.iter().any(|about| about.hash == vintage.about.hash))
        }
        _ => false,
    }
}

/// What was stated of a claim last.
fn stated<'s>(state: &'s State, contest: &ContestKey, claim: &Claim) -> Option<&'s Claim> {
    let entry = state.contests.get(contest)?.entry(claim.candidate.as_str())?;
    entry.restated.get(&claim.claim).or_else(|| entry.claims.get(&claim.claim))
}

fn known(state: &State) -> Known<'_> {
    Known {
        rules: &state.rules,
        geography: &state.geography,
        candidates: state.candidates.clone(),
        panel: Vec::new(),
        broken: BTreeSet::new(),
        unchecked: AtomicUsize::new(0),
    }
}

/// The rows of a file; what a spreadsheet would run was made harmless by an apostrophe, which is taken off again.
fn table<T>(
    schema: Schema,
    bytes: &[u8],
    known: &Known<'_>,
    problems: &mut Vec<Problem>,
    parse: impl Fn(&Known<'_>, &Line, &mut Vec<Problem>) -> Result<T, Told>,
) -> Vec<Row<T>> {
    let mut own = Vec::new();
    let (lines, more) = Sheet::open(schema, bytes, &mut own).map(|sheet| sheet.disarmed().into_lines()).unzip();
    own.extend(more.into_iter().flatten());
    rows(ScannedTable { lines, problems: own }, schema, known, problems, parse)
}

/// Tells rows that say the same thing twice.
fn once<T>(rows: &[Row<T>], name: impl Fn(&Row<T>) -> String, problems: &mut Vec<Problem>) {
    let mut seen = BTreeMap::new();
    for row in rows {
        let name = name(row);
        if seen.insert(name.clone(), ()).is_some() {
            let message = Message::new("problem-cycle-twice").text("what", name);
            problems.push(Problem::new(row.spot.file, row.spot.span.clone(), message));
        }
    }
}

/// When a row happened, by the local time of the region.
fn at<T>(state: &State, row: &Row<T>, level: &str, region: &str, now: Timestamp) -> Option<Timestamp> {
    let level = state.rules.level(level)?;
    Some(row.at.map_or(now, |at| instant(at, state.geography.zone_of_time(level, region))))
}

/// The contest of a candidate at a level.
fn contest(state: &State, level: &str, candidate: &Candidate) -> Option<ContestKey> {
    let region = state.geography.round(state.rules.level(level)?, &candidate.region).ok()?;
    Some(ContestKey { round: RoundKey { level: level.to_owned(), region }, category: candidate.category.clone() })
}

fn candidate(state: &State, row: &Row<Candidate>, now: Timestamp) -> Option<Imported> {
    let key = contest(state, &row.level, row)?;
    let (actor, at) = (Actor::Branch(key.round.clone()), at(state, row, &row.level, &row.region, now));
    let deed = Deed::Propose(key, row.said.clone());
    Some(Imported { act: Act { actor, at, deed }, span: row.spot.span.clone() })
}

fn panel(state: &State, row: &Row<Appointment>, now: Timestamp) -> Imported {
    let round = RoundKey { level: row.level.clone(), region: row.region.clone() };
    let at = at(state, row, &row.level, row.region.as_deref().unwrap_or_default(), now);
    let (actor, deed) = (Actor::Secretariat(round.clone()), Deed::Appoint(round, row.said.clone()));
    Imported { act: Act { actor, at, deed }, span: row.spot.span.clone() }
}

fn claim(state: &State, row: &Row<Claim>, now: Timestamp) -> Vec<Imported> {
    let found = state.candidates.get(&row.candidate).and_then(|known| Some((known, contest(state, &row.level, known)?)));
    let Some((candidate, key)) = found else { return Vec::new() };
    let at = at(state, row, &row.level, &candidate.region, now);
    let states = row.claimed.is_some().then(|| {
        let stated = Claim { verified: None, verifier: None, reason: None, ..row.said.clone() };
        (Actor::Secretariat(key.round.clone()), Deed::StateClaim(key.clone(), stated))
    });
    let verifies = figures::is_looked_at(row).then(|| {
        let actor = Actor::Verifier(key.round.clone());
        (actor, Deed::VerifyClaim(key.clone(), row.said.clone()))
    });
    let both = states.into_iter().chain(verifies);
    both.map(|(actor, deed)| Imported { act: Act { actor, at, deed }, span: row.spot.span.clone() }).collect()
}
