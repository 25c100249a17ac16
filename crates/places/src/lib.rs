//! Every region of Indonesia down to the village, by code and by a name however it is spelt.
//!
//! `rules::regions` knows provinces, regencies and cities with their days, and guesses nothing, because results hang on it. This crate is
//! for people who look for something: it has districts and villages too, as they are now, and it forgives. [`Places`] answers for a
//! code, a path, children, and a search; [`Organisations`] are searched in the same way and narrowed by the places where they sit.
//! What it finds says how it was found ([`How`], [`By`]); whoever decides takes the code or the id, never the text.
//!
//! The names lie in the binary as the files of `data/regions/` (sources and licences are named there) and are borrowed from it.

#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

mod folded;
mod index;
mod list;
mod marks;
mod organisations;
mod place;
mod query;
mod search;

pub use list::Places;
pub use organisations::{FoundOrganisation, Organisation, Organisations};
pub use place::{Level, Place, PlaceKind};
pub use search::{By, Counted, Found, How};
