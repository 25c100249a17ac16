//! Every test of this crate from outside, in one program: as many programs would each be linked with the same libraries, and the disk
//! of a small machine would be full of copies.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "support/acting.rs"]
mod acting;
mod after_the_lock;
mod bad_input;
mod candidate;
mod chains;
mod closing;
mod conflicts;
mod cycles;
mod dossier;
mod every_deed;
mod files;
mod four_eyes;
mod history;
mod identity;
mod importing;
mod interviews;
#[path = "support/kept.rs"]
mod kept;
mod locking;
mod nomination;
mod objections;
mod opening;
mod outreach;
mod panel;
#[path = "support/parts.rs"]
mod parts;
mod people;
mod permissions;
mod persons;
#[path = "support/preparation.rs"]
mod preparation;
mod process;
mod reading;
mod records;
mod review;
mod seal;
mod season;
mod sessions;
mod sheets;
#[path = "support/shipped.rs"]
mod shipped;
mod support;
mod telling;
mod trust;
mod verification;
mod views;
mod vintage;
mod wire;
