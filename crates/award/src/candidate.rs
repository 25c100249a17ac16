//! What a candidate's own pages show, each as one value: who may enter, where the candidate stands, what is still missing and until when,
//! what the figures would earn so far, what does not look right while it is typed, and what came out. Everything follows from the rulebook
//! and the state; nothing here tells of another candidate.

mod asked;
mod changes;
mod checklist;
mod entering;
mod hearing;
mod line;
mod outcome;
mod questions;
mod readiness;
mod stepper;
mod typing;

pub use changes::{Changed, What, changed};
pub use checklist::{Checklist, DocumentLine, DocumentState, Due, ReturnedLine, Upload, VersionLine, checklist};
pub use entering::{Described, Ground, May, MayEnter, SourceLine, who_may_enter};
pub use hearing::{HearingLine, hearing};
pub use line::{ClaimLine, CriterionLine, EvidencePage, ListLine, ProductLine, ProductState, RatioLine, Worth};
pub use outcome::{OutcomeLine, outcome};
pub use questions::{Questions, questions};
pub use readiness::{Criterion, CriterionState, Raise, Readiness, readiness};
pub(crate) use stepper::standing;
pub use stepper::{Stand, Standing, Step, StepLine, Stepper, Turn, stepper, stepper_without_figures};
pub use typing::{Field, Known, Typed, Warning, known, warnings, warnings_together};
