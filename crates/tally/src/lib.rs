//! The count: from claims and marks to points, places, ties and the cut, exactly, with the working.
//!
//! An auditor reads this crate alone. It is programmed from `docs/specification.md`, which binds word for word, and it
//! knows nothing of provinces, jurors' names, clocks or databases: one [`Count`] document goes in, one [`Outcome`] or one
//! [`Refused`] comes out, the same for ever. Every quantity is an [`Exact`] rational number; there is no float in the
//! crate, so no tie is lost and none is made by rounding.
//!
//! Reading order: [`model`] (what goes in), `contest` (the same with its ids resolved), `measure`, `method`, `scale` and
//! `points` (how one entry gets its points), `running`, `standing`, `cut` and `awards` (how entries compare), `enough`
//! and `adjusted` (what stands beside the result), [`outcome`] (what comes out), [`working`] (why) and [`change`]
//! (what if).
//!
//! ```
//! use tally::{Count, count};
//!
//! // Two jurors, one criterion: (8 + 9) / 2 = 8.5 against (7 + 8) / 2 = 7.5.
//! let document = r#"{
//!   "format": "paritrana-count-1", "contest": "regency", "jurors": ["ani", "budi"],
//!   "tree": {"id": "rubric", "leaf": {
//!     "measure": {"marks": {"method": "mean", "min": "0", "max": "10", "step": "1"}},
//!     "scale": "identity", "missing": "refuse", "not_applicable": "skip"}},
//!   "entries": [{"id": "badung"}, {"id": "gianyar"}],
//!   "sheets": [
//!     {"juror": "ani", "entry": "badung", "state": "handed_in", "marks": {"rubric": "8"}},
//!     {"juror": "budi", "entry": "badung", "state": "handed_in", "marks": {"rubric": "9"}},
//!     {"juror": "ani", "entry": "gianyar", "state": "handed_in", "marks": {"rubric": "7"}},
//!     {"juror": "budi", "entry": "gianyar", "state": "handed_in", "marks": {"rubric": "8"}}]}"#;
//! let document: Count = serde_json::from_str(document).unwrap();
//! let outcome = count(&document).unwrap();
//! let totals: Vec<String> = outcome.standing.iter().map(|row| row.total.to_string()).collect();
//! assert_eq!(totals, ["8.5", "7.5"]);
//! ```

#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

mod adjusted;
mod awards;
pub mod bulk;
pub mod change;
mod check;
mod claims;
mod combine;
mod contest;
mod counting;
mod cut;
mod enough;
pub mod exact;
mod finish;
mod fit;
pub mod formula;
pub mod lot;
mod measure;
pub mod method;
pub mod model;
pub mod outcome;
mod path;
mod points;
mod running;
pub mod scale;
mod standing;
mod tree;
pub mod working;

pub use change::{Change, ChangeRefused, Move, apply, moves};
pub use counting::{Recount, count};
pub use exact::Exact;
pub use formula::Formula;
pub use model::*;
pub use outcome::{Code, OutStatus, Outcome, Refusal, Refused, Status};
pub use working::{NodeWorking, NotExplained, Step, Working, explain};
