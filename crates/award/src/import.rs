//! Importing: a CSV file becomes acts, row by row. Files are read as those of a cycle folder are (`;` or `,`, decimal commas, a byte-order mark,
//! any line ends), every problem is told at its cell, and a row whose content stands already is passed over. Nothing is decided here; but a row
//! that cannot be read whole is told with its acts as far as they are known, so that one try tells what the rules say to them as well.
//!
//! Each act gets the actor whose task it is, as in a year played from files: a file names no signed-in person.

mod organisations;
mod sheet;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::atomic::AtomicUsize;

use jiff::Timestamp;
use words::{Arg, Message, Problem};

use crate::act::{Act, ContestKey, Deed, RoundKey};
use crate::cycle::parse::{Known, figures, people};
use crate::cycle::reading;
use crate::cycle::schema::{self, Schema};
use crate::cycle::tables::{Appointment, Candidate, Claim, Row};
use crate::deadline::instant;
use crate::id::BodyId;
use crate::identity::{self, RegisterChange, UNKNOWN, UNNAMED};
use crate::limit;
use crate::permission::Actor;
use crate::refusal::Refusal;
use crate::stage::opening;
use crate::state::State;
use crate::vintage;

pub use organisations::ORGANISATIONS;
use sheet::Shape;

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

/// What a file asks for, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The acts, in the order of their rows. If there are problems, nothing of the file may be kept; then an act is there as far as its row can be
    /// read, so that the rules are asked about the rest of it in the same try ([`Reading::told`]).
    pub acts: Vec<Imported>,
    /// Every problem that shows without asking the rules.
    pub problems: Vec<Problem>,
    /// Who stands in rows that cannot be read, or not what they say of its name.
    broken: BTreeSet<String>,
    /// Whether the file has no column of names, and one that nobody knows.
    nameless: bool,
    /// Whether there are rows of which not even the cells are known: they may be about anybody.
    torn: bool,
}

impl Reading {
    /// Everything that is wrong with a file: its own problems and what the rules said to its acts, each at its row, at most a hundred. A refusal
    /// that only follows from another problem of the file is passed over, so that one mistake is told once; a refused file never tells nothing.
    pub fn told<'r>(&self, file: &str, refusals: impl IntoIterator<Item = (&'r Imported, Refusal)>) -> Vec<Problem> {
        let refusals: Vec<(&Imported, Vec<Refusal>)> = refusals.into_iter().map(|(row, refusal)| (row, refusal.each())).collect();
        let waiting = Waiting::of(&refusals, &self.broken);
        let kept = |row: &Imported, refusal: &Refusal| {
            let is_broken = entered(&row.act.deed).is_some_and(|id| self.broken.contains(id.as_str()));
            match refusal.rule.key() {
                UNNAMED if self.torn || self.nameless || is_broken => None,
                UNKNOWN if self.torn => None,
                UNKNOWN => waiting.told(row, refusal),
                _ => Some(refusal.clone()),
            }
        };
        let mut problems = self.problems.clone();
        let refusals = || refusals.iter().flat_map(|(row, each)| each.iter().map(move |refusal| (*row, refusal)));
        let by_itself: Vec<_> = refusals().filter_map(|(row, refusal)| Some((row, kept(row, refusal)?))).collect();
        // What follows, follows from something that is told. If nothing were told, a refused file would seem good.
        let is_silent = problems.is_empty() && by_itself.is_empty();
        let told = if is_silent { refusals().map(|(row, refusal)| (row, refusal.clone())).collect() } else { by_itself };
        problems
            .extend(told.into_iter().map(|(row, refusal)| Problem::new(file, row.span.clone(), refusal.rule).hint(refusal.next)));
        sheet::settle(file, &mut problems);
        reading::limit(file, &mut problems);
        problems
    }
}

/// Who of a file is not there, and why. Everybody is called as refusals do.
struct Waiting {
    /// Because of something else in the file: a row that cannot be read, a refusal that does not only say that somebody of the file is unknown, or
    /// because it belongs to one of these.
    missing: BTreeSet<String>,
    /// The others that are refused, with those to whom they belong: they wait for each other.
    rest: BTreeMap<String, Vec<String>>,
}

impl Waiting {
    fn of(refusals: &[(&Imported, Vec<Refusal>)], broken: &BTreeSet<String>) -> Waiting {
        let of_file: BTreeMap<String, &Vec<Refusal>> =
            refusals.iter().filter_map(|(row, each)| Some((called(entered(&row.act.deed)?), each))).collect();
        let mut missing: BTreeSet<String> = broken.iter().map(|id| limit::beginning(id)).collect();
        let mut rest: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut parts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (id, each) in &of_file {
            let above = |refusal| unknown(refusal).filter(|above| of_file.contains_key(*above));
            match each.iter().map(above).collect::<Option<Vec<&str>>>() {
                Some(above) => {
                    above.iter().for_each(|above| parts.entry(above).or_default().push(id));
                    rest.insert(id.clone(), above.into_iter().map(str::to_owned).collect());
                }
                None => drop(missing.insert(id.clone())),
            }
        }
        let mut next: Vec<String> = missing.iter().cloned().collect();
        while let Some(id) = next.pop() {
            let below: Vec<String> = parts.remove(id.as_str()).into_iter().flatten().map(str::to_owned).collect();
            missing.extend(below.iter().cloned());
            next.extend(below);
        }
        rest.retain(|id, _| !missing.contains(id));
        Waiting { missing, rest }
    }

    /// What is told where a refusal says that somebody is unknown; none if that follows from something else.
    fn told(&self, row: &Imported, refusal: &Refusal) -> Option<Refusal> {
        let above = unknown(refusal)?;
        match entered(&row.act.deed) {
            _ if self.missing.contains(above) => None,
            Some(id) if self.rest.contains_key(&called(id)) => {
                self.is_part_of_itself(&called(id), above).then(|| identity::circle(id, &BodyId::new(above)))
            }
            _ => Some(refusal.clone()),
        }
    }

    fn is_part_of_itself(&self, id: &str, above: &str) -> bool {
        let (mut seen, mut next) = (BTreeSet::new(), vec![above]);
        while let Some(one) = next.pop() {
            if one == id {
                return true;
            }
            if seen.insert(one) {
                next.extend(self.rest.get(one).into_iter().flatten().map(String::as_str));
            }
        }
        false
    }
}

/// How refusals call somebody.
fn called(id: &BodyId) -> String {
    limit::beginning(id.as_str())
}

/// Who is not in the register, if that is what a refusal says.
fn unknown(refusal: &Refusal) -> Option<&str> {
    match refusal.rule.args().first() {
        Some((_, Arg::Text(id))) if refusal.rule.key() == UNKNOWN => Some(id),
        _ => None,
    }
}

/// Who is entered by a deed.
fn entered(deed: &Deed) -> Option<&BodyId> {
    match deed {
        Deed::ChangeRegister(RegisterChange::Enter { id, .. }) => Some(id),
        _ => None,
    }
}

/// Reads a file into acts, against what stands: a claim names a candidate that is there. Rows without a time happen at `now`.
///
/// ```
/// use award::import::{Kind, read};
///
/// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
/// let state = award::run(&cycle, None, &mut |_| {}).unwrap().state;
/// let file = "id;name;category;kind;region\nanggrek;Kampung Anggrek;village;village;51.03\n";
/// let now = jiff::Timestamp::UNIX_EPOCH;
/// let read = |file: &str| read(&Kind::Candidates, "new.csv", file.as_bytes(), &state, now);
/// assert_eq!((read(file).acts.len(), read(file).problems.len()), (1, 0));
/// // A kind that the category does not know is told, and the row is asked about with one that it knows.
/// let other = read(&file.replace(";village;51", ";company;51"));
/// assert_eq!((other.acts.len(), other.problems.len()), (1, 1));
/// assert_eq!(read("id,name\nx,X\n").problems.len(), 3);
/// ```
pub fn read(kind: &Kind, file: &str, bytes: &[u8], state: &State, now: Timestamp) -> Reading {
    let mut reading = Reading::default();
    let known = known(state);
    reading.acts = match kind {
        Kind::Organisations => organisations::read(bytes, state, now, &mut reading),
        Kind::Candidates => {
            let found = sheet::rows(CANDIDATES, bytes, &known, &mut reading, people::candidate);
            found.iter().flat_map(|row| candidate(state, row, now)).collect()
        }
        Kind::Panels => {
            let found = sheet::rows(PANEL, bytes, &known, &mut reading, people::panel);
            found.iter().map(|row| panel(state, row, now)).collect()
        }
        Kind::Claims => {
            let found = sheet::rows(CLAIMS, bytes, &known, &mut reading, figures::claim);
            reading
                .problems
                .extend(found.iter().filter(|row| row.claimed.is_none() && !figures::is_looked_at(row)).map(no_figure));
            found.iter().flat_map(|row| claim(state, row, now)).collect()
        }
        Kind::Vintage(round) => match vintage::read(file, bytes, state.rules_of(round), &state.geography) {
            Ok(read) => {
                let deed = Deed::ImportVintage(round.clone(), read);
                vec![Imported { act: Act { actor: Actor::Secretariat(round.clone()), at: Some(now), deed }, span: 0..0 }]
            }
            Err(problems) => {
                reading.problems = problems;
                // Whatever the file says, its round must be open.
                let closed = opening::opened(state, round).err().into_iter();
                reading.problems.extend(closed.map(|why| Problem::new(file, 0..0, why.rule).hint(why.next)));
                Vec::new()
            }
        },
    };
    sheet::settle(file, &mut reading.problems);
    reading
}

/// Candidates: where one enters hangs on its category and region.
const CANDIDATES: Shape = Shape {
    schema: schema::CANDIDATES,
    spine: &["id", "category", "region", "enters_at"],
    naming: &[],
    together: &[],
    stand_in: |known, line, column| match column {
        "name" => line.text("id"),
        "kind" => known.rules.category(&line.text("category")?)?.kinds.first().cloned(),
        _ => None,
    },
    about: |_, line| line.text("id"),
};

/// Members of panels.
const PANEL: Shape = Shape {
    schema: schema::PANEL,
    spine: &["juror", "level", "region", "seat"],
    naming: &[],
    together: &[],
    stand_in: |_, line, column| (column == "name").then(|| line.text("juror"))?,
    about: |known, line| {
        let level = known.level(line, &mut Vec::new()).ok()?;
        let region = people::panel_region(known, line, level, &mut Vec::new()).ok()?;
        Some(format!("{} {} {}", level.id, region.as_deref().unwrap_or("-"), line.text("juror")?))
    },
};

/// Figures: what a verifier found is found with a name and a reason, or not at all.
const CLAIMS: Shape = Shape {
    schema: schema::CLAIMS,
    spine: &["candidate", "claim", "level"],
    naming: &[],
    together: &["verified", "verifier", "reason"],
    stand_in: |_, _, _| None,
    about: |known, line| {
        let candidate = known.candidates.get(line.text("candidate")?.as_str())?;
        let level = known.level_of(line, candidate, &mut Vec::new()).ok()?;
        Some(format!("{} / {} / {}", candidate.id, known.rules.claim(&line.text("claim")?)?.id, level.id))
    },
};

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

/// A row of figures without one.
fn no_figure(row: &Row<Claim>) -> Problem {
    let message = Message::new("problem-import-no-figure").text("claim", &row.claim).text("candidate", row.candidate.as_str());
    Problem::new(row.spot.file, row.spot.span.clone(), message).hint(Message::new("problem-import-no-figure-hint"))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Sort;

    #[test]
    fn a_refused_file_never_tells_nothing() {
        let id = BodyId::new("satu");
        let deed =
            Deed::ChangeRegister(RegisterChange::Enter { id: id.clone(), sort: Sort::Organisation, attributes: Vec::new() });
        let row = Imported { act: Act { actor: Actor::Centre, at: None, deed }, span: 3..9 };
        let refusal = identity::unknown(&id);
        let alone = Problem::new("a.csv", 3..9, refusal.rule.clone()).hint(refusal.next.clone());
        let broken = Reading { broken: BTreeSet::from(["satu".to_owned()]), ..Reading::default() };
        assert_eq!(broken.told("a.csv", [(&row, refusal.clone())]), [alone]);
        let other = Problem::new("a.csv", 1..2, refusal.next.clone());
        let told = Reading { problems: vec![other.clone()], ..broken };
        assert_eq!(told.told("a.csv", [(&row, refusal)]), [other]);
        assert_eq!(Reading::default().told("a.csv", []), []);
    }
}
