//! What is kept: facts, journal, records and files, in SQLite or PostgreSQL under one SQL text.
//!
//! Every act is one transaction: it takes the next position of its chains, loads the part of the state that the act must see, lets the
//! caller decide, writes the records that the facts change, appends a leaf to each chain, and commits. Whoever is killed in between leaves
//! nothing behind. The store itself decides nothing.
//!
//! Reading order: [`Store`] (opening), [`Request`] and [`Store::act`] (writing), [`Store::state`], [`Store::shared_state`], [`Store::progress`] and
//! [`Store::leaves`] (reading), [`Store::verify`] (does the journal fold to exactly the records?), [`files`].

mod access;
mod account;
mod append;
mod backup;
mod checkpoint;
mod edition;
mod error;
pub mod files;
mod guess;
mod leaves;
mod letter;
mod load;
mod log;
mod memory;
mod migrate;
mod noted;
mod open;
mod personal;
mod progress;
mod reading;
mod referred;
mod sign_in;
mod sql;
mod tables;
mod upload;
mod verify;
mod version;
mod way_in;

pub use access::{Access, HIDDEN, Names, Reader, WantedAccess};
pub use account::{AccountEvent, AccountRow, Besides, Invitations, SignedIn};
pub use append::{Ending, Outcome, Recorded, Request, Seen, Stale};
pub use backup::{Contents, Copied};
pub use checkpoint::check::{HeadCheck, HeadFault, SignedHead};
pub use edition::Edition;
pub use error::{Error, Result};
pub use guess::GuessRow;
pub use leaves::{LeafRow, Wanted};
pub use letter::{LetterRow, UnsentLetter, Waiting};
pub use log::LOG;
pub use migrate::SCHEMA_VERSION;
pub use open::{Place, Store};
pub use personal::{Kept as PersonalText, Sealed};
pub use progress::Progress;
pub use reading::Moment;
pub use referred::{FilesDiffer, FilesVerified, Referred};
pub use sign_in::{Begun, Proof, SignInRow, SignIns};
pub use upload::{UploadBegun, UploadMost, UploadRow, UploadState};
pub use verify::{Difference, Verified};
pub use way_in::{SecondStepRow, WayIn};
