//! The bulk count itself: what it asks, what it answers, what it refuses.

use std::fmt;

use num_bigint::BigInt;

use super::GROUPS_MAX;
use super::columns::{Columns, Mark};
use super::ranks::ranks;
use super::sums::{Total, Totals, Width};
use super::task::Task;
use crate::Exact;

/// Counts: each candidate's weighted mean over the panel, its place within its group, and who is among the best.
///
/// `weights` has one whole number per criterion on any common scale, `groups` one number per candidate. `top` places are given in
/// each group; all who tie at the last of them are kept. `threads` (at least 1) changes the time and nothing else.
///
/// The work grows with the number of candidates, apart from the sorting inside a group. Besides the columns it takes 6 bytes
/// per candidate where totals fit into 16 bits once what all weights can be divided by is taken out, 8 where they need 32 bits, 20 where they
/// need 64.
///
/// ```
/// use tally::bulk::{BulkRefusal, Columns, Shape, tally};
///
/// let mut columns = Columns::<u8>::new(Shape { jurors: 3, criteria: 1, mark_max: 100, scale: 1 })?;
/// columns.push(&[90, 90, 91])?; // 271/3
/// columns.push(&[90, 90, 90])?; // 90
/// let standing = tally(&columns, &[1], &[7, 8], 1, 1)?; // two groups of one
/// assert_eq!(standing.points(0).to_string(), "271/3");
/// assert_eq!(standing.winners().count(), 2);
///
/// assert_eq!(tally(&columns, &[1, 1], &[7, 8], 1, 1).unwrap_err(), BulkRefusal::WrongWeights { expected: 1, found: 2 });
/// # Ok::<(), BulkRefusal>(())
/// ```
pub fn tally<M: Mark>(
    columns: &Columns<M>,
    weights: &[u64],
    groups: &[u32],
    top: u32,
    threads: usize,
) -> Result<BulkStanding, BulkRefusal> {
    let task = Task::new(columns, weights, groups, threads)?;
    Ok(match task.weights.width {
        Width::Short => BulkStanding::of::<M, u16>(&task, top),
        Width::Narrow => BulkStanding::of::<M, u32>(&task, top),
        Width::Wide => BulkStanding::of::<M, u64>(&task, top),
    })
}

/// A total over its divisor.
pub(super) fn points(total: u64, divisor: u128) -> Exact {
    let divisor = Exact::from(BigInt::from(divisor));
    Exact::from(BigInt::from(total)).checked_div(&divisor).expect("neither jurors nor weights nor scale are 0")
}

/// What the bulk count found. Candidates are numbered from 0 in the order of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkStanding {
    /// Without what all weights can be divided by.
    totals: Totals,
    unit: u64,
    ranks: Vec<u32>,
    top: u32,
    divisor: u128,
}

/// How many places are looked at together when winners are picked, most of which are not among them.
const LOOK: usize = 64;

impl BulkStanding {
    fn of<M: Mark, T: Total>(task: &Task<M>, top: u32) -> BulkStanding {
        let (totals, ranks) = ranks::<M, T>(task);
        BulkStanding { totals: T::hold(totals), unit: task.weights.unit, ranks, top, divisor: task.divisor }
    }

    /// The candidate's total as a whole number: its points times [`divisor`](Self::divisor).
    ///
    /// ```
    /// # use tally::bulk::{Columns, Shape, tally};
    /// # let mut columns = Columns::<u8>::new(Shape { jurors: 2, criteria: 1, mark_max: 10, scale: 1 }).unwrap();
    /// columns.push(&[7, 8]).unwrap();
    /// assert_eq!(tally(&columns, &[100], &[0], 1, 1).unwrap().total(0), 1500);
    /// ```
    pub fn total(&self, candidate: usize) -> u64 {
        self.totals.get(candidate) * self.unit
    }

    /// What every total is to be divided by: jurors x sum of weights x scale.
    ///
    /// ```
    /// # use tally::bulk::{Columns, Shape, tally};
    /// # let columns = Columns::<u8>::new(Shape { jurors: 2, criteria: 1, mark_max: 10, scale: 1 }).unwrap();
    /// assert_eq!(tally(&columns, &[100], &[], 1, 1).unwrap().divisor(), 200);
    /// ```
    pub fn divisor(&self) -> u128 {
        self.divisor
    }

    /// The candidate's points, exactly.
    ///
    /// ```
    /// # use tally::bulk::{Columns, Shape, tally};
    /// # let mut columns = Columns::<u8>::new(Shape { jurors: 2, criteria: 1, mark_max: 10, scale: 1 }).unwrap();
    /// columns.push(&[7, 8]).unwrap();
    /// assert_eq!(tally(&columns, &[100], &[0], 1, 1).unwrap().points(0).to_string(), "7.5");
    /// ```
    pub fn points(&self, candidate: usize) -> Exact {
        points(self.total(candidate), self.divisor)
    }

    /// The candidate's place within its group, from 1; equal totals share a place and the next one is skipped.
    ///
    /// ```
    /// # use tally::bulk::{Columns, Shape, tally};
    /// # let mut columns = Columns::<u8>::new(Shape { jurors: 1, criteria: 1, mark_max: 10, scale: 1 }).unwrap();
    /// for mark in [7, 9, 9, 8] {
    ///     columns.push(&[mark]).unwrap();
    /// }
    /// let standing = tally(&columns, &[1], &[0, 0, 0, 0], 1, 1).unwrap();
    /// assert_eq!([0, 1, 2, 3].map(|candidate| standing.rank(candidate)), [4, 1, 1, 3]);
    /// ```
    pub fn rank(&self, candidate: usize) -> u32 {
        self.ranks[candidate]
    }

    /// Whether the candidate is among the best of its group, ties at the cut included.
    ///
    /// ```
    /// # use tally::bulk::{Columns, Shape, tally};
    /// # let mut columns = Columns::<u8>::new(Shape { jurors: 1, criteria: 1, mark_max: 10, scale: 1 }).unwrap();
    /// for mark in [7, 9, 9, 8] {
    ///     columns.push(&[mark]).unwrap();
    /// }
    /// let standing = tally(&columns, &[1], &[0, 0, 0, 0], 1, 1).unwrap();
    /// assert!(standing.in_top(2));
    /// assert!(!standing.in_top(3));
    /// ```
    pub fn in_top(&self, candidate: usize) -> bool {
        self.ranks[candidate] <= self.top
    }

    /// All candidates among the best of their groups, in the order of the columns.
    ///
    /// ```
    /// # use tally::bulk::{Columns, Shape, tally};
    /// # let mut columns = Columns::<u8>::new(Shape { jurors: 1, criteria: 1, mark_max: 10, scale: 1 }).unwrap();
    /// for mark in [7, 9, 9, 8] {
    ///     columns.push(&[mark]).unwrap();
    /// }
    /// let standing = tally(&columns, &[1], &[0, 0, 0, 0], 3, 1).unwrap();
    /// assert_eq!(standing.winners().collect::<Vec<_>>(), [1, 2, 3]);
    /// ```
    pub fn winners(&self) -> impl Iterator<Item = usize> {
        let any = |ranks: &[u32]| ranks.iter().fold(false, |any, &rank| any | (rank <= self.top));
        let looks = self.ranks.chunks(LOOK).zip((0..).step_by(LOOK)).filter(move |(ranks, _)| any(ranks));
        looks.flat_map(|(ranks, first)| first..first + ranks.len()).filter(|&candidate| self.in_top(candidate))
    }
}

/// Why a bulk count cannot be made. Candidates are numbered from 0, columns too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkRefusal {
    /// The shape has no jurors, no criteria or scale 0.
    EmptyShape,
    /// The chosen type cannot hold the highest mark.
    MarksTooWide {
        /// The highest mark of the shape.
        mark_max: u16,
        /// The highest that the type holds.
        highest: u16,
    },
    /// Jurors x criteria is more than 65,536.
    TooManyMarks {
        /// The jurors of the shape.
        jurors: u32,
        /// The criteria of the shape.
        criteria: u32,
    },
    /// A candidate does not have all marks. The general count says what a hole means.
    Hole {
        /// Which candidate.
        candidate: usize,
        /// How many marks a candidate has.
        expected: usize,
        /// How many this one has.
        found: usize,
    },
    /// A mark lies above the highest.
    MarkTooHigh {
        /// Which candidate.
        candidate: usize,
        /// Which of its marks.
        column: usize,
        /// The mark.
        mark: u16,
        /// The highest there may be.
        mark_max: u16,
    },
    /// There is not one weight per criterion.
    WrongWeights {
        /// How many criteria there are.
        expected: usize,
        /// How many weights were given.
        found: usize,
    },
    /// All weights are 0.
    WeightsVanish,
    /// There is not one group number per candidate.
    WrongGroups {
        /// How many candidates there are.
        expected: usize,
        /// How many group numbers were given.
        found: usize,
    },
    /// A group number is not below [`GROUPS_MAX`].
    GroupTooHigh {
        /// Which candidate.
        candidate: usize,
        /// Its group.
        group: u32,
    },
    /// There are more than 4,294,967,295 candidates.
    TooManyCandidates,
    /// A total might pass 64 bits: the weights are too large.
    MightOverflow,
}

impl fmt::Display for BulkRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BulkRefusal::EmptyShape => {
                write!(f, "a bulk count needs at least one juror, one criterion and a scale of at least 1")
            }
            BulkRefusal::MarksTooWide { mark_max, highest } => {
                write!(f, "marks go up to {mark_max}, but the columns hold {highest} at most")
            }
            BulkRefusal::TooManyMarks { jurors, criteria } => {
                write!(f, "{jurors} jurors x {criteria} criteria are more than 65,536 marks a candidate")
            }
            BulkRefusal::Hole { candidate, expected, found } => {
                write!(f, "candidate {candidate} has {found} marks of {expected}; a panel with holes needs the general count")
            }
            BulkRefusal::MarkTooHigh { candidate, column, mark, mark_max } => {
                write!(f, "candidate {candidate}, mark {column}: {mark} is above the highest mark, {mark_max}")
            }
            BulkRefusal::WrongWeights { expected, found } => write!(f, "there are {expected} criteria but {found} weights"),
            BulkRefusal::WeightsVanish => write!(f, "all weights are 0"),
            BulkRefusal::WrongGroups { expected, found } => {
                write!(f, "there are {expected} candidates but {found} group numbers")
            }
            BulkRefusal::GroupTooHigh { candidate, group } => {
                write!(f, "candidate {candidate} has group {group}; group numbers lie below {GROUPS_MAX}")
            }
            BulkRefusal::TooManyCandidates => write!(f, "there are more candidates than 32 bits can number"),
            BulkRefusal::MightOverflow => {
                write!(f, "a total might be too large for 64 bits; use smaller weights on a coarser scale")
            }
        }
    }
}

impl std::error::Error for BulkRefusal {}
