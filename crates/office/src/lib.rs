//! What people do, as they say it: one verb for each use case over `award` and `store`. A verb loads what the decision must see, lets the
//! pure code decide and records the facts, all in one transaction; pages and command line call the same verbs.
//!
//! Reading order: [`Office`] and [`Asked`] (who asks for what), `verbs` (every act by its name), [`Looking`] (every page as one value), [`Account`] (who may sign in, and with
//! which roles), [`Post`] (letters on their way out), [`Played`] (a worked year through the database).

mod account;
mod asked;
mod edition;
mod error;
mod export;
mod import;
mod office;
mod personal_data;
mod post;
mod public;
pub mod rehearse;
mod through;
mod verbs;
mod view;

pub use account::{Account, AccountEvent, Invitation, Standing};
pub use asked::Asked;
pub use edition::{Announced, Cloned, Opened, Overview, draft};
pub use error::{Error, Result};
pub use export::Exported;
pub use import::Counted;
pub use office::{Done, Office};
pub use personal_data::{AllHeld, Erased, Held};
pub use post::{Delivered, Mail, Post, Unsent, Worker};
pub use through::{Differs, Played};
pub use verbs::{FROM_FILES_ONLY, VERBS};
pub use view::Looking;
