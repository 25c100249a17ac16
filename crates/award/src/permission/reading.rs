//! Who may read what beside marks, standings and lists: a candidate's dossier as a whole, and how far the work on a contest has come.

use jiff::Timestamp;
use words::{Arg, Message};

use super::role::{Grant, Role};
use super::sight::{From, has_come, reaching};
use crate::act::ContestKey;
use crate::id::CandidateId;
use crate::interest::Interests;
use crate::refusal::Refusal;
use crate::sentence::title;
use crate::state::State;

/// What somebody wants to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading<'a> {
    /// A candidate's dossier: documents, figures, what was checked, the interview.
    Dossier(&'a ContestKey, &'a CandidateId),
    /// How far a contest is: who has handed in, what is missing.
    Work(&'a ContestKey),
}

/// From when on each role may read, within its reach: dossier, work. A juror reads a dossier once it has been opened, which needs a
/// declaration of interest; whoever chairs reads it as a juror until judging is closed.
pub const READINGS: [(Role, From, From); 13] = [
    // Role, dossier, work.
    (Role::Public, From::Never, From::Never),
    (Role::Candidate, From::Always, From::Never),
    (Role::Branch, From::Always, From::Never),
    (Role::Secretariat, From::Always, From::Always),
    (Role::Verifier, From::Always, From::Always),
    (Role::Juror, From::Always, From::Always),
    (Role::Aide, From::Never, From::Never),
    (Role::Regency, From::Never, From::Never),
    (Role::Chair, From::Closing, From::Always),
    (Role::ActingChair, From::Closing, From::Always),
    (Role::Centre, From::Always, From::Always),
    (Role::Auditor, From::Lock, From::Lock),
    (Role::Operator, From::Never, From::Never),
];

/// Asks whether somebody with these roles may read something now.
///
/// ```
/// use award::{Grant, Reading, Role, Scope, may_read};
///
/// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
/// let state = award::run(&cycle, None, &mut |_| {}).unwrap().state;
/// let contest = state.contests.keys().next().unwrap();
/// let dossier = Reading::Dossier(contest, &"melati".into());
/// assert!(may_read(&state, &[Grant::new(Role::Verifier, Scope::default())], dossier, None).is_ok());
/// assert!(may_read(&state, &[], dossier, None).is_err());
/// ```
///
/// # Errors
///
/// A [`Refusal`] that says from when on, or what to do first.
pub fn may_read(state: &State, grants: &[Grant], reading: Reading<'_>, at: Option<Timestamp>) -> Result<(), Refusal> {
    let (key, candidate) = match reading {
        Reading::Dossier(key, candidate) => (key, Some(candidate)),
        Reading::Work(key) => (key, None),
    };
    let contest = state.contests.get(key);
    let has_come = |from: From| from == From::Always || contest.is_some_and(|contest| has_come(state, contest, from));
    let (mut first, mut unopened) = (of(Role::Public, reading), false);
    for grant in reaching(state, grants, (key, candidate), at) {
        match is_unopened(state, grant, reading) {
            true => unopened = true,
            false => first = first.min(of(grant.role, reading)),
        }
    }
    if has_come(first) {
        return Ok(());
    }
    let key_of = match first {
        From::Never if !unopened => "refusal-read-never",
        From::Lock => "refusal-see-lock",
        _ => "refusal-read-open-first",
    };
    let roles = grants.iter().map(|grant| Arg::Message(grant.role.label())).collect();
    let candidate = candidate.map(ToString::to_string).unwrap_or_default();
    let rule = Message::new(key_of)
        .with("role", Arg::List(roles))
        .with("contest", Arg::Message(title(state, key)))
        .text("candidate", candidate);
    Err(Refusal::of(rule))
}

/// Whether somebody with these roles acts for a candidate in a contest now. What is said to the candidate itself is shown to nobody else.
///
/// ```
/// use award::{Grant, Role, Scope, acts_for};
///
/// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
/// let state = award::run(&cycle, None, &mut |_| {}).unwrap().state;
/// let (contest, melati) = (state.contests.keys().next().unwrap(), "melati".into());
/// let own = Scope { organisation: Some("melati".into()), ..Scope::default() };
/// assert!(acts_for(&state, &[Grant::new(Role::Candidate, own)], (contest, &melati), None));
/// assert!(!acts_for(&state, &[Grant::new(Role::Centre, Scope::default())], (contest, &melati), None));
/// ```
pub fn acts_for(state: &State, grants: &[Grant], (key, candidate): (&ContestKey, &CandidateId), at: Option<Timestamp>) -> bool {
    reaching(state, grants, (key, Some(candidate)), at).any(|grant| grant.role == Role::Candidate)
}

fn of(role: Role, reading: Reading<'_>) -> From {
    let known = READINGS.iter().find(|(known, ..)| *known == role);
    known.map_or(From::Never, |(_, dossier, work)| match reading {
        Reading::Dossier(..) => *dossier,
        Reading::Work(_) => *work,
    })
}

/// Whether a juror has not opened the dossier, be it because nothing was declared or because the juror takes no part.
fn is_unopened(state: &State, grant: &Grant, reading: Reading<'_>) -> bool {
    let (Reading::Dossier(key, candidate), Role::Juror) = (reading, grant.role) else { return false };
    let Some((juror, contest)) = grant.scope.juror.as_ref().zip(state.contests.get(key)) else { return true };
    let opened = |entry: &crate::state::Entry| Interests::has_opened(&entry.interests.dossiers, juror, candidate);
    contest.is_recused(juror, candidate) || !contest.entry(candidate.as_str()).is_some_and(opened)
}
