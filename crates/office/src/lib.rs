//! What people do, as they say it: one verb for each use case over `award` and `store`. A verb loads what the decision must see, lets the
//! pure code decide and records the facts, all in one transaction; pages and command line call the same verbs.
//!
//! Reading order: [`Office`] and [`Asked`] (who asks for what), `verbs` (every act by its name), [`Looking`] (every page as one value), [`Desk`] and
//! [`UploadRules`] (a candidate's dossier and its files), [`Account`] (who may sign in, and with which roles), [`Present`] (who is in, by which way),
//! [`Post`] (letters on their way out), [`Played`] (a worked year through the database).

mod account;
mod annals;
mod asked;
pub mod demo;
mod dossier;
mod edition;
mod error;
mod export;
mod hearing;
mod import;
mod office;
mod people;
mod personal_data;
mod post;
mod public;
mod reach;
pub mod rehearse;
mod scan;
mod sign_in;
mod through;
mod upload;
mod verbs;
mod version;
mod view;
mod worked_out;

pub use account::{Account, AccountDone, AccountEvent, Invitation, Standing};
pub use asked::Asked;
pub use dossier::{Changes, Desk, Proposal};
pub use edition::{Announced, Cloned, Opened, Overview, draft};
pub use error::{Error, Result};
pub use export::Exported;
pub use hearing::Coming;
pub use import::Counted;
pub use office::{Done, Office};
pub use people::Named;
pub use personal_data::{AllHeld, Erased, Erasing, Held};
pub use post::{Delivered, Mail, Post, Undelivered, Unsent, Worker};
pub use scan::{Scanner, Socket, Verdict};
pub use sign_in::password::{PASSWORD_MAX, PASSWORD_MIN};
pub use sign_in::secret::{Secret, Typed};
pub use sign_in::{
    Answer, Came, Enrolled, Enrolment, Entered, LINK_PATH, Limits, Link, NotIn, Present, RECOVERY_CODES, SignInShown, Step,
};
pub use through::{Differs, Played};
pub use upload::{Finished, Taken, UPLOAD_KEPT, Unscanned, UploadRules, Wish};
pub use verbs::{FROM_FILES_ONLY, VERBS};
pub use version::{KeptVersion, Moved};
pub use view::{Looking, Roles};
