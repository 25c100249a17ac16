//! Every test of this crate from outside, in one program: as many programs would each be linked with the same libraries, and the disk
//! of a small machine would be full of copies.
#![allow(clippy::unwrap_used, missing_docs)]

mod candidate;
mod house;
mod kept;
mod looking_up;
#[path = "../../award/tests/support/parts.rs"]
mod parts;
#[path = "../../award/tests/support/preparation.rs"]
mod preparation;
mod public;
mod routes;
#[path = "../../award/tests/support/shipped.rs"]
mod shipped;
mod sign_in;
