//! The fast lane: whole-number marks of complete panels, for a million candidates at once.
//!
//! The general count ([`crate::count`]) knows holes, bands, ladders and reasons. Most of a longlist needs none of it: J jurors, K criteria,
//! whole-number marks on one scale, a weighted mean, places within each group, the best few with everybody who ties at the cut. Here that
//! is done in machine integers, column by column, and is as exact as the general count: all totals stand over one common divisor, so two
//! totals are equal exactly when the rational numbers are. Bounds are checked before the first addition; what might overflow is
//! refused. A panel with a hole is refused too: what a hole means is the general count's business.
//!
//! ```
//! use tally::bulk::{Columns, Shape, tally};
//!
//! // Two jurors, two criteria that weigh 60 and 40. Marks juror by juror.
//! let mut columns = Columns::<u8>::new(Shape { jurors: 2, criteria: 2, mark_max: 100, scale: 1 })?;
//! columns.push(&[80, 70, 90, 60])?; // (170 x 60 + 130 x 40) / 200 = 77
//! columns.push(&[90, 50, 80, 80])?; // (170 x 60 + 130 x 40) / 200 = 77
//! columns.push(&[70, 70, 70, 70])?; // 70
//! let standing = tally(&columns, &[60, 40], &[0, 0, 0], 1, 2)?;
//! assert_eq!(standing.points(0).to_string(), "77");
//! assert_eq!([0, 1, 2].map(|candidate| standing.rank(candidate)), [1, 1, 3]);
//! assert_eq!(standing.winners().collect::<Vec<_>>(), [0, 1]); // one place, two who tie for it
//! # Ok::<(), tally::bulk::BulkRefusal>(())
//! ```

mod columns;
pub mod csv;
mod ranks;
mod shortlist;
mod standing;
mod sums;
mod task;
#[cfg(test)]
mod tests;
mod threads;

pub use columns::{Columns, Mark, Shape};
pub use shortlist::{Shortlist, Winner, shortlist};
pub use standing::{BulkRefusal, BulkStanding, tally};

/// Group numbers lie below this; a count per group is kept in memory.
pub const GROUPS_MAX: u32 = 1 << 20;
