//! Berkas: dossiers come in until the end of a local day; who is late is not admitted, which is an outcome and not a mistake. The chair
//! can move the deadline, and can admit a late dossier for a reason.

mod checklist;
mod extension;
mod product;
mod submitting;

pub use checklist::{
    Desk, FILE_MIB_USUAL, FileRef, HandedItem, Missing, Return, Submission, SubmittedItem, Version, formats, missing,
};
pub(crate) use checklist::{give_back, hand_in_item, in_hand, is_to_come, last_moment};
pub(crate) use extension::move_deadline;
pub use extension::{Extension, Whom};
pub(crate) use product::state_product;
pub use product::{ListWords, PRODUCTS_MAX, Product, StatedProduct, list_words};
pub(crate) use submitting::submit;

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use rules::rulebook::Stage;
use words::Message;

use crate::act::ContestKey;
use crate::cycle::tables::Dossier;
use crate::deadline::Deadline;
use crate::decide::{contest, entry, name};
use crate::fact::{Fact, NotAdmitted};
use crate::id::CandidateId;
use crate::limit;
use crate::refusal::Refusal;
use crate::rule;
use crate::stage::opening;
use crate::state::{Contest, Entry, State};

/// Receives a dossier, in time or not.
pub(crate) fn hand_in(state: &State, key: &ContestKey, dossier: &Dossier, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    let (contest, _) = entry(state, key, dossier.candidate.as_str())?;
    if contest.dossiers_closed {
        return Err(Refusal::of(
            Message::new("refusal-dossiers-closed").text("candidate", name(state, dossier.candidate.as_str())),
        ));
    }
    let (contest, candidate) = (key.clone(), dossier.candidate.clone());
    Ok(vec![Fact::DossierReceived { contest, candidate, at, complete: dossier.complete }])
}

/// Moves the deadline of a candidate or of the whole contest.
pub(crate) fn extend(state: &State, key: &ContestKey, candidate: Option<&CandidateId>, days: u32) -> Result<Vec<Fact>, Refusal> {
    let closed = state.contests.get(key).is_some_and(|contest| contest.dossiers_closed);
    if closed {
        return Err(Refusal::of(Message::new("refusal-extend-too-late").text("level", &key.round.level)));
    }
    extension::moves_within(state, key, candidate, days)?;
    Ok(vec![Fact::DeadlineMoved { contest: key.clone(), candidate: candidate.cloned(), days }])
}

/// Admits a dossier that is late or incomplete.
pub(crate) fn admit_late(state: &State, key: &ContestKey, candidate: &CandidateId, reason: &str) -> Result<Vec<Fact>, Refusal> {
    let (_, entry) = entry(state, key, candidate.as_str())?;
    if fault(state, key, entry).is_none() {
        return Err(Refusal::of(Message::new("refusal-not-late").text("candidate", name(state, candidate.as_str()))));
    }
    limit::text("reason", reason)?;
    Ok(vec![Fact::LateAdmitted { contest: key.clone(), candidate: candidate.clone(), reason: reason.to_owned() }])
}

/// Closes dossiers: who is late or incomplete and was not admitted all the same stays outside. Nobody loses the days of a correction, nor
/// those until the own deadline.
pub(crate) fn close(state: &State, key: &ContestKey, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    let Some(contest) = contest(state, key) else { return Ok(Vec::new()) };
    if contest.dossiers_closed || contest.judging_closed {
        return Err(Refusal::of(Message::new("refusal-dossiers-closed-before").text("contest", key.path())));
    }
    let corrects = |entry: &&Entry| at.is_some_and(|at| entry.desk.correction(state, key).is_some_and(|until| until.is_met(at)));
    if let Some(entry) = contest.entries.iter().find(corrects) {
        let message = Message::new("refusal-correction-runs").text("candidate", name(state, entry.candidate.as_str()));
        return Err(Refusal::of(message.text("contest", key.path())).waiting());
    }
    nobody_has_time(state, key, contest, at)?;
    let waiting = contest.entries.iter().filter(|entry| entry.admitted_late.is_none());
    let not_admitted = waiting.filter_map(|entry| Some((entry.candidate.clone(), fault(state, key, entry)?))).collect();
    Ok(vec![Fact::DossiersClosed { contest: key.clone(), not_admitted }])
}

/// Refuses while somebody has not submitted and still can. A round that was opened tells when its acts happen; a file may not.
fn nobody_has_time(state: &State, key: &ContestKey, contest: &Contest, at: Option<Timestamp>) -> Result<(), Refusal> {
    let opened = state.rounds.get(&key.round).is_some_and(|round| round.opened.is_some());
    let Some(at) = (if opened { Some(opening::time(at)?) } else { at }) else { return Ok(()) };
    let waits = |entry: &&Entry| {
        let awaited = entry.withdrawn.is_none() && entry.admitted_late.is_none() && entry.desk.returned.is_none();
        awaited && fault(state, key, entry).is_some()
    };
    let running = contest.entries.iter().filter(waits).filter_map(|entry| {
        let until = deadline(state, key, &entry.candidate)?;
        until.is_met(at).then_some((entry, until))
    });
    // Whoever has the longest is named, so that nobody asks again for the next one.
    let Some((entry, until)) = running.max_by_key(|(_, until)| until.day) else { return Ok(()) };
    let message = Message::new("refusal-dossiers-running").text("candidate", name(state, entry.candidate.as_str()));
    Err(Refusal::of(message.text("contest", key.path()).text("until", until.shown())).waiting())
}

/// The deadline of a candidate's dossier, moved as far as it was extended.
pub(crate) fn deadline(state: &State, key: &ContestKey, candidate: &CandidateId) -> Option<Deadline> {
    let level = state.rules_of(&key.round).level(&key.round.level)?;
    let deadline = state.calendar_of(&key.round).dossier(level, &state.candidates.get(candidate)?.region)?;
    let days: i64 = days_moved(state, key, candidate).map(i64::from).sum();
    // What is moved beyond the last day that a calendar has is never late.
    let moved = Span::new().try_days(days).and_then(|span| deadline.day.checked_add(span)).unwrap_or(Date::MAX);
    Some(Deadline::new(extension::moved(state, key, candidate, moved), deadline.zone))
}

/// Whether the chair or the centre moved the deadline of a candidate's dossier: for it alone, for its contest, or for its region.
pub(crate) fn is_moved(state: &State, key: &ContestKey, candidate: &CandidateId) -> bool {
    days_moved(state, key, candidate).next().is_some() || extension::of(state, key, candidate).next().is_some()
}

/// By how many days the deadline of a candidate was moved each time, where a file tells it.
fn days_moved<'s>(state: &'s State, key: &'s ContestKey, candidate: &'s CandidateId) -> impl Iterator<Item = u32> {
    let extensions = state.contests.get(key).map(|contest| contest.extensions.as_slice()).unwrap_or_default();
    extensions.iter().filter(move |(one, _)| one.as_ref().is_none_or(|one| one == candidate)).map(|(_, days)| *days)
}

/// What keeps an entry outside. Where no dossiers are on record, all are taken as handed in: most sources do not tell. Who came up
/// from below hands in nothing again.
fn fault(state: &State, key: &ContestKey, entry: &Entry) -> Option<NotAdmitted> {
    let has_stage = state.rule(key).is_some_and(|rule| rule::has_stage(rule, Stage::Dossier));
    if !has_stage {
        return None;
    }
    if entry.dossiers.is_empty() {
        let enters_here = state.candidates.get(&entry.candidate).is_some_and(|known| known.level == key.round.level);
        // A round that was opened keeps its dossiers here, so there who has none did not hand in.
        let opened = state.rounds.get(&key.round).is_some_and(|round| round.opened.is_some());
        return ((state.dossiers_recorded || opened) && enters_here).then_some(NotAdmitted::NotHandedIn);
    }
    if entry.desk.returned.is_some() || entry.dossiers.iter().all(|dossier| !dossier.complete) {
        return Some(NotAdmitted::Incomplete);
    }
    let deadline = deadline(state, key, &entry.candidate)?;
    let complete = || entry.dossiers.iter().filter(|dossier| dossier.complete);
    if complete().any(|dossier| dossier.at.is_none_or(|at| deadline.is_met(at))) {
        return None;
    }
    let at = complete().filter_map(|dossier| dossier.at).min()?;
    Some(NotAdmitted::Late { at, deadline })
}
