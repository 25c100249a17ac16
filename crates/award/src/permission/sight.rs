//! Who may read what, and from when on. Marks stay secret until judging closes, also from the chair, who is a juror too; the operator
//! never reads them.

use jiff::Timestamp;
use words::{Arg, Message};

use super::reaches;
use super::role::{Grant, Role};
use super::target::{Place, Target};
use crate::act::{ContestKey, HandedSheet};
use crate::id::{CandidateId, JurorId};
use crate::interest::Interests;
use crate::refusal::Refusal;
use crate::rule;
use crate::sentence::title;
use crate::state::{Contest, State};

/// What somebody wants to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight<'a> {
    /// What a juror gave a candidate.
    Marks(&'a ContestKey, &'a CandidateId, &'a JurorId),
    /// The standing of a contest.
    Standing(&'a ContestKey),
    /// Who a candidate is, and that it stands.
    Entry(&'a ContestKey, &'a CandidateId),
    /// Who sits on the panel.
    Panel(&'a ContestKey),
    /// What a candidate claims, and what of it stands.
    Claims(&'a ContestKey, &'a CandidateId),
}

/// From when on a role may read something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum From {
    /// At any time.
    Always,
    /// Once every own sheet that is asked for the same candidate is in, with marks, where the rulebook opens marks then; else once judging is closed.
    OwnSheet,
    /// Once judging is closed.
    Closing,
    /// Once the result is locked; ratified, where results are not locked.
    Lock,
    /// Once the provisional result is published, or the result announced.
    Publication,
    /// Once the result is announced.
    Announcement,
    /// Never.
    Never,
}

/// From when on each role may read marks and standings. A juror's own marks are read at any time, also by the aide who enters them.
pub const SIGHTS: [(Role, From, From); 12] = [
    // Role, marks, standing.
    (Role::Public, From::Never, From::Publication),
    (Role::Candidate, From::Announcement, From::Publication),
    (Role::Branch, From::Never, From::Publication),
    (Role::Secretariat, From::Closing, From::Closing),
    (Role::Verifier, From::Lock, From::Lock),
    (Role::Juror, From::OwnSheet, From::Closing),
    (Role::Aide, From::Never, From::Publication),
    (Role::Chair, From::Closing, From::Closing),
    (Role::ActingChair, From::Closing, From::Closing),
    (Role::Centre, From::Lock, From::Lock),
    (Role::Auditor, From::Lock, From::Lock),
    (Role::Operator, From::Never, From::Publication),
];

/// From when on each role may read who stands, who judges, and what is claimed, within its reach. A juror and whoever chairs are led to the
/// figures by the process (ranking first): a juror reads those that the juror has opened, and everybody's once judging is closed.
pub const PAPERS: [(Role, From, From, From); 13] = [
    // Role, candidates, panel, claims.
    (Role::Public, From::Publication, From::Always, From::Never),
    (Role::Candidate, From::Always, From::Always, From::Always),
    (Role::Branch, From::Always, From::Always, From::Always),
    (Role::Secretariat, From::Always, From::Always, From::Always),
    (Role::Verifier, From::Always, From::Always, From::Always),
    (Role::Juror, From::Always, From::Always, From::Closing),
    (Role::Aide, From::Always, From::Always, From::Never),
    (Role::Regency, From::Always, From::Always, From::Never),
    (Role::Chair, From::Always, From::Always, From::Closing),
    (Role::ActingChair, From::Always, From::Always, From::Closing),
    (Role::Centre, From::Always, From::Always, From::Always),
    (Role::Auditor, From::Lock, From::Always, From::Lock),
    (Role::Operator, From::Publication, From::Always, From::Never),
];

/// Asks whether somebody with these roles may read something now. Standings are everybody's once they are published.
///
/// ```
/// use award::{ContestKey, Grant, Role, RoundKey, Scope, Sight, may_see};
///
/// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
/// let state = award::run(&cycle, None, &mut |_| {}).unwrap().state;
/// let contest = state.contests.keys().next().unwrap();
/// let (candidate, juror) = ("melati".into(), "ayu".into());
/// let marks = Sight::Marks(contest, &candidate, &juror);
/// assert!(may_see(&state, &[Grant::new(Role::Chair, Scope::default())], marks, None).is_ok());
/// assert!(may_see(&state, &[Grant::new(Role::Operator, Scope::default())], marks, None).is_err());
/// ```
///
/// # Errors
///
/// A [`Refusal`] that says from when on.
pub fn may_see(state: &State, grants: &[Grant], sight: Sight<'_>, at: Option<Timestamp>) -> Result<(), Refusal> {
    let (key, candidate) = match sight {
        Sight::Marks(key, candidate, _) | Sight::Entry(key, candidate) | Sight::Claims(key, candidate) => (key, Some(candidate)),
        Sight::Standing(key) | Sight::Panel(key) => (key, None),
    };
    let contest = state.contests.get(key);
    let own = reaching(state, grants, (key, candidate), at).map(|grant| from(state, grant, sight));
    let public = match sight {
        Sight::Marks(..) | Sight::Claims(..) => From::Never,
        Sight::Standing(_) | Sight::Entry(..) => From::Publication,
        // Panels are appointed by public decrees.
        Sight::Panel(_) => From::Always,
    };
    let from = own.min().unwrap_or(public).min(public);
    if from == From::Always || contest.is_some_and(|contest| has_come(state, contest, from)) {
        return Ok(());
    }
    let roles = grants.iter().map(|grant| Arg::Message(grant.role.label())).collect();
    Err(Refusal::of(Message::new(key_of(from)).with("role", Arg::List(roles)).with("contest", Arg::Message(title(state, key)))))
}

/// The grants that hold now and reach a contest, and a candidate of it.
pub(super) fn reaching<'g>(
    state: &State,
    grants: &'g [Grant],
    (key, candidate): (&ContestKey, Option<&CandidateId>),
    at: Option<Timestamp>,
) -> impl Iterator<Item = &'g Grant> {
    let in_edition = |grant: &&Grant| grant.scope.edition.as_ref().is_none_or(|edition| *edition == state.cycle);
    let holding = grants.iter().filter(move |grant| grant.holds(at)).filter(in_edition);
    holding.filter(move |grant| reaches_contest(state, grant, key, candidate))
}

fn key_of(from: From) -> &'static str {
    match from {
        From::Always | From::OwnSheet | From::Closing => "refusal-see-closing",
        From::Lock => "refusal-see-lock",
        From::Publication | From::Announcement => "refusal-see-announcement",
        From::Never => "refusal-see-never",
    }
}

/// From when on a grant opens something.
fn from(state: &State, grant: &Grant, sight: Sight<'_>) -> From {
    let papers = PAPERS.iter().find(|(role, ..)| *role == grant.role);
    match (sight, papers) {
        (Sight::Entry(..), Some((_, candidates, ..))) => return *candidates,
        (Sight::Panel(_), Some((_, _, panel, _))) => return *panel,
        (Sight::Claims(key, candidate), Some((.., claims))) => {
            return if has_opened_figures(state, grant, key, candidate) { From::Always } else { *claims };
        }
        _ => {}
    }
    let of_role = SIGHTS.iter().find(|(role, ..)| *role == grant.role);
    let Some((_, marks, standing)) = of_role else { return From::Never };
    let Sight::Marks(key, candidate, juror) = sight else { return *standing };
    let Some(own) = grant.scope.juror.as_ref().filter(|_| matches!(grant.role, Role::Juror | Role::Aide)) else { return *marks };
    if own == juror {
        return From::Always;
    }
    let contest = state.contests.get(key);
    if grant.role == Role::Juror && contest.is_some_and(|contest| contest.is_recused(own, candidate)) {
        return From::Announcement;
    }
    let marked = contest.is_some_and(|contest| has_marked(state, key, contest, (own, candidate)));
    match marks {
        From::OwnSheet if marked && opens_after_own(state, key) => From::Always,
        From::OwnSheet => From::Closing,
        other => *other,
    }
}

/// Whether a juror has opened the figures of a candidate: the process let it, after a ranking where the rulebook asks for one.
fn has_opened_figures(state: &State, grant: &Grant, key: &ContestKey, candidate: &CandidateId) -> bool {
    let Some(juror) = grant.scope.juror.as_ref().filter(|_| grant.role == Role::Juror) else { return false };
    let contest = state.contests.get(key).filter(|contest| !contest.is_recused(juror, candidate));
    let entry = contest.and_then(|contest| contest.entry(candidate.as_str()));
    entry.is_some_and(|entry| Interests::has_opened(&entry.interests.figures, juror, candidate))
}

/// Whether a juror has marked a candidate, with every sheet that is asked: who has only judged the dossier does not see what others gave at
/// the interview.
fn has_marked(state: &State, key: &ContestKey, contest: &Contest, (juror, candidate): (&JurorId, &CandidateId)) -> bool {
    let own: Vec<&HandedSheet> = contest.sheets_of(juror, candidate).collect();
    let (Some(rule), Some(entry)) = (state.rule(key), contest.entry(candidate.as_str())) else { return false };
    let spares =
        |indicator: &str| entry.not_applicable.contains_key(indicator) || rule::is_not_heard(state, key, entry, indicator);
    let says = |indicator: &str| own.iter().any(|sheet| sheet.has_marks() && sheet.marks.contains_key(indicator));
    let mut asked = rule::rubrics(state.rules_of(&key.round), rule).into_iter().map(|(_, indicator)| indicator.id.as_str());
    own.iter().any(|sheet| sheet.has_marks()) && asked.all(|indicator| says(indicator) || spares(indicator))
}

fn opens_after_own(state: &State, key: &ContestKey) -> bool {
    let panel = state.rule(key).and_then(|rule| rule::panel(state.rules_of(&key.round), rule));
    panel.is_some_and(|panel| panel.open_marks)
}

pub(super) fn has_come(state: &State, contest: &Contest, from: From) -> bool {
    match from {
        From::Always => true,
        From::OwnSheet | From::Closing => contest.judging_closed,
        From::Lock => contest.is_settled(state),
        From::Publication => contest.announced || contest.is_published(),
        From::Announcement => contest.announced,
        From::Never => false,
    }
}

/// Whether the scope reaches the contest and the candidate; whose marks they are is asked elsewhere.
fn reaches_contest(state: &State, grant: &Grant, key: &ContestKey, candidate: Option<&CandidateId>) -> bool {
    let level = key.round.level.as_str();
    let place = key.round.region.as_deref().map_or(Place::Nation(level), |region| Place::Region(Some(level), region));
    let known = candidate.and_then(|candidate| state.candidates.get(candidate));
    let target = Target {
        place,
        category: Some(&key.category),
        candidate: candidate.or(grant.scope.organisation.as_ref()),
        candidate_region: known.map(|known| known.region.as_str()).or(key.round.region.as_deref()),
        juror: grant.scope.juror.as_ref(),
    };
    reaches(grant, &Role::ALL, &target).is_ok()
}
