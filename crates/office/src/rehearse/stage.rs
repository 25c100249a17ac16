//! The stages of the year, each as the script that a round plays there. Every stage asks what stands and does what is still missing, so the
//! same stage is played again for who comes later.

pub mod announcement;
pub mod dossier;
pub mod hearing;
pub mod interest;
pub mod judging;
pub mod nomination;
pub mod objection;
pub mod opening;
pub mod outreach;
pub mod panel;
pub mod plenary;
pub mod verification;

use award::state::{Contest, Entry};
use award::{ContestKey, JurorId, State};

use super::year::Round;

/// The contests of a round in which somebody stands.
pub fn contests<'s>(state: &'s State, round: &Round) -> impl Iterator<Item = (&'s ContestKey, &'s Contest)> {
    let key = round.key.clone();
    state.contests.iter().filter(move |(contest, known)| contest.round == key && !known.entries.is_empty())
}

/// Who is in the running.
pub fn running(contest: &Contest) -> impl Iterator<Item = &Entry> {
    contest.entries.iter().filter(|entry| entry.withdrawn.is_none() && entry.not_admitted.is_none())
}

/// Who sits on the panel of a contest now.
pub fn serving(state: &State, key: &ContestKey) -> Vec<JurorId> {
    let left = state.rounds.get(&key.round).map(|round| round.left.as_slice()).unwrap_or_default();
    let here = state.jurors(key).into_iter().map(|member| member.juror.clone());
    here.filter(|juror| !left.iter().any(|gone| gone.juror == *juror)).collect()
}
