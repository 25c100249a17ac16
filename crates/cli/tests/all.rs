//! Every test of this crate from outside, in one program: as many programs would each be linked with the same libraries, and the disk
//! of a small machine would be full of copies.
#![allow(clippy::unwrap_used, missing_docs)]

mod administering;
mod commands;
mod configuring;
#[path = "support/desk.rs"]
mod desk;
mod heads;
mod importing;
mod keeping;
#[path = "../../award/tests/support/shipped.rs"]
mod shipped;
mod signing_in;
mod slips;
mod speaking;
mod support;
