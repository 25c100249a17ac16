//! Every test of this crate from outside, in one program: as many programs would each be linked with the same libraries, and the disk
//! of a small machine would be full of copies.
#![allow(clippy::unwrap_used, missing_docs)]

mod demo;
mod dossiers;
#[path = "support/house.rs"]
mod house;
mod office;
#[path = "../../award/tests/support/parts.rs"]
mod parts;
#[path = "../../award/tests/support/preparation.rs"]
mod preparation;
mod rehearsal;
#[path = "../../award/tests/support/shipped.rs"]
mod shipped;
mod sign_in;
#[path = "../../store/tests/support/mod.rs"]
mod support;
mod versions;
mod views;
