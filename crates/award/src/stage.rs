//! The stages of a round, one file each, in the order of the process. Every function decides one kind of act.

pub mod advancement;
pub mod announcement;
pub mod checking;
pub mod closing;
pub mod conflict;
pub mod counting;
pub mod dossier;
pub mod hearing;
pub mod interview;
pub mod judging;
pub mod locking;
pub mod nomination;
pub mod objection;
pub(crate) mod opening;
pub mod outreach;
pub mod panel;
pub mod plenary;
pub mod revision;
pub mod revocation;
pub mod rulebook;
pub mod schedule;
pub mod session;
pub mod sheet;
pub mod verification;
