//! The deadline is moved for a reason: for one candidate, for a contest, or for a whole region that a flood or an earthquake has struck.
//! However often it is moved, never past the last day that the rulebook names.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use words::Message;

use super::checklist::term;
use crate::act::{ContestKey, RoundKey};
use crate::deadline::{DayCount, Term};
use crate::decide::entry;
use crate::fact::Fact;
use crate::id::{CandidateId, PersonId};
use crate::limit;
use crate::refusal::Refusal;
use crate::stage::opening;
use crate::state::{Contest, State};

/// For whom a deadline is moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// One candidate of a category.
    Candidate {
        /// Its category.
        category: String,
        /// The candidate.
        candidate: CandidateId,
    },
    /// Everybody in a category.
    Contest {
        /// The category.
        category: String,
    },
    /// Everybody of a region and of the regions in it, in all categories: force majeure.
    Region {
        /// The region's code.
        region: String,
    },
}

/// A deadline moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Extension {
    pub whom: Whom,
    pub term: Term,
    pub reason: String,
    pub by: PersonId,
}

impl Extension {
    /// Whether it moves the deadline of a candidate of that category and region.
    fn moves(&self, category: &str, candidate: &CandidateId, region: &str) -> bool {
        match &self.whom {
            Whom::Candidate { category: of, candidate: one } => of == category && one == candidate,
            Whom::Contest { category: of } => of == category,
            Whom::Region { region: around } => is_within(region, around),
        }
    }
}

fn is_within(region: &str, around: &str) -> bool {
    region == around || region.strip_prefix(around).is_some_and(|rest| rest.starts_with('.'))
}

/// Moves the deadline of dossiers.
pub(crate) fn move_deadline(state: &State, key: &RoundKey, extension: &Extension) -> Result<Vec<Fact>, Refusal> {
    opening::opened(state, key)?;
    limit::id(extension.by.as_str())?;
    limit::text("reason", &extension.reason)?;
    term(extension.term)?;
    whom(state, key, &extension.whom)?;
    let open = open_contests(state, key, &extension.whom);
    if open.is_empty() {
        return Err(Refusal::of(Message::new("refusal-extend-too-late").text("level", &key.level)));
    }
    last_day_is_kept(state, key, extension, &open)?;
    Ok(vec![Fact::DeadlineExtended(key.clone(), extension.clone())])
}

fn whom(state: &State, key: &RoundKey, whom: &Whom) -> Result<(), Refusal> {
    match whom {
        Whom::Candidate { category, candidate } => {
            let contest = ContestKey { round: key.clone(), category: category.clone() };
            entry(state, &contest, candidate.as_str()).map(|_| ())
        }
        Whom::Contest { category } => match state.rules_of(key).contest(category, &key.level) {
            Some(_) => Ok(()),
            None => Err(elsewhere(key, category)),
        },
        Whom::Region { region } => {
            let level = state.rules_of(key).level(&key.level);
            let around = key.region.as_ref().is_none_or(|own| {
                is_within(region, own)
                    || level.is_some_and(|level| state.geography.round(level, region).ok().flatten().as_ref() == Some(own))
            });
            if around && state.geography.knows(region) { Ok(()) } else { Err(elsewhere(key, region)) }
        }
    }
}

/// The contests whose dossiers are still open and that are meant. One without candidates is open.
fn open_contests(state: &State, key: &RoundKey, whom: &Whom) -> Vec<ContestKey> {
    let of_level = state.rules_of(key).contests.iter().filter(|rule| rule.level == key.level).flat_map(|rule| &rule.categories);
    let meant = of_level.filter(|category| match whom {
        Whom::Candidate { category: of, .. } | Whom::Contest { category: of } => of == *category,
        Whom::Region { .. } => true,
    });
    let contests = meant.map(|category| ContestKey { round: key.clone(), category: category.clone() });
    contests.filter(|contest| !state.contests.get(contest).is_some_and(|contest| contest.dossiers_closed)).collect()
}

/// Nobody's deadline comes to lie after the last day.
fn last_day_is_kept(state: &State, key: &RoundKey, extension: &Extension, open: &[ContestKey]) -> Result<(), Refusal> {
    let Some(latest) = state.rules_of(key).level(&key.level).and_then(|level| state.calendar_of(key).dossier_latest(level))
    else {
        return Ok(());
    };
    for contest in open {
        // Somebody who enters later has the same last day, so the region itself is asked too.
        let anybody = CandidateId::new("");
        let region = region_of_round(key, &extension.whom);
        let base = state.rules_of(key).level(&key.level).and_then(|level| state.calendar_of(key).dossier(level, region));
        if let Some(base) = base.filter(|_| extension.moves(&contest.category, &anybody, region)) {
            not_after(state, key, moved_in(state, contest, &anybody, region, base.day), extension, latest)?;
        }
        let entries = state.contests.get(contest).map(|contest: &Contest| contest.entries.as_slice()).unwrap_or_default();
        for entry in entries {
            let region = region_of(state, &entry.candidate);
            if !extension.moves(&contest.category, &entry.candidate, region) {
                continue;
            }
            let Some(now) = super::deadline(state, contest, &entry.candidate) else { continue };
            not_after(state, key, now.day, extension, latest)?;
        }
    }
    Ok(())
}

/// Asks the same of a deadline that a file moves by days, for one candidate or for all.
pub(super) fn moves_within(state: &State, key: &ContestKey, candidate: Option<&CandidateId>, days: u32) -> Result<(), Refusal> {
    let whom = match candidate {
        Some(candidate) => Whom::Candidate { category: key.category.clone(), candidate: candidate.clone() },
        None => Whom::Contest { category: key.category.clone() },
    };
    let term = Term { days, count: DayCount::Calendar };
    let extension = Extension { whom, term, reason: String::new(), by: PersonId::new("") };
    last_day_is_kept(state, &key.round, &extension, std::slice::from_ref(key))
}

fn not_after(state: &State, key: &RoundKey, now: Date, extension: &Extension, latest: Date) -> Result<(), Refusal> {
    let until = state.calendar_of(key).after(now, extension.term).unwrap_or(Date::MAX);
    if until <= latest {
        return Ok(());
    }
    Err(Refusal::of(Message::new("refusal-past-last-day").date("until", until).date("latest", latest)))
}

fn region_of_round<'k>(key: &'k RoundKey, whom: &'k Whom) -> &'k str {
    match whom {
        Whom::Region { region } => region,
        Whom::Candidate { .. } | Whom::Contest { .. } => key.region.as_deref().unwrap_or_default(),
    }
}

/// The deadline of a candidate after everything that was moved for it, in the order in which it was decided.
pub(super) fn moved(state: &State, key: &ContestKey, candidate: &CandidateId, day: Date) -> Date {
    moved_in(state, key, candidate, region_of(state, candidate), day)
}

/// What was decided for a candidate, in order.
pub(super) fn of<'s>(state: &'s State, key: &'s ContestKey, candidate: &'s CandidateId) -> impl Iterator<Item = &'s Extension> {
    of_region(state, key, candidate, region_of(state, candidate))
}

fn of_region<'s>(
    state: &'s State,
    key: &'s ContestKey,
    candidate: &'s CandidateId,
    region: &'s str,
) -> impl Iterator<Item = &'s Extension> {
    let extensions = state.rounds.get(&key.round).map(|round| round.extensions.as_slice()).unwrap_or_default();
    extensions.iter().filter(move |extension| extension.moves(&key.category, candidate, region))
}

fn moved_in(state: &State, key: &ContestKey, candidate: &CandidateId, region: &str, day: Date) -> Date {
    let calendar = state.calendar_of(&key.round);
    of_region(state, key, candidate, region).fold(day, |day, extension| calendar.after(day, extension.term).unwrap_or(Date::MAX))
}

fn region_of<'s>(state: &'s State, candidate: &CandidateId) -> &'s str {
    state.candidates.get(candidate).map_or("", |known| known.region.as_str())
}

fn elsewhere(key: &RoundKey, whom: &str) -> Refusal {
    let message = Message::new("refusal-extend-elsewhere").text("round", key.path());
    Refusal::of(message.text("whom", limit::beginning(whom)))
}
