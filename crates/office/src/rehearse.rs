//! A rehearsal (gladi): an invented national year, drawn from a seed and played through the office from the first meeting to the ceremony,
//! with faults on the way if wanted. It shows the whole process, is the data of demonstrations and the load of benches.
//!
//! Reading order: [`Year`] (who and where), [`step`] (the language), [`stage`] (a script for each stage), [`scene`] (their order), [`fault`]
//! (what goes wrong), [`play()`] (through the office, with the pure code ahead of it), [`recount`] (the proof), [`Told`] (what comes out).

mod ahead;
mod explained;
mod fault;
pub(crate) mod figures;
mod play;
pub(crate) mod random;
mod recount;
pub(crate) mod rulebook;
pub(crate) mod scene;
pub(crate) mod stage;
pub(crate) mod step;
mod told;
pub(crate) mod year;

pub use explained::{Aspect, Explained};
pub use fault::Fault;
pub use play::{Far, Stopped, play};
pub use recount::{Recounted, agrees, recount};
pub use rulebook::OF_2023;
pub use scene::Stage;
pub use told::{Done, FaultTold, Proof, Size, Told, Winner};
pub use year::{Options, PROVINCES_MAX, Year};
