//! The stages of a round, one file each, in the order of the process. Every function decides one kind of act.

pub mod advancement;
pub mod announcement;
pub mod counting;
pub mod dossier;
pub mod interview;
pub mod judging;
pub mod locking;
pub mod nomination;
pub mod objection;
pub mod outreach;
pub mod plenary;
pub mod revision;
pub mod revocation;
pub mod session;
pub mod verification;
