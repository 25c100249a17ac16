//! Who is among the best of each group, for those who need nobody else's place.
//!
//! One pass: totals are looked at as soon as they are added up, and only who reaches the best few that were seen of the group so far is
//! kept. Nothing else is written down, and nothing is sorted but the winners.

use super::columns::{Columns, Mark};
use super::standing::{self, BulkRefusal, tally};
use super::sums::{Total, Width};
use super::task::Task;
use super::threads::each_with;
use crate::Exact;

/// The best of each group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortlist {
    winners: Vec<Winner>,
    divisor: u128,
}

/// A candidate among the best of its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Winner {
    /// Its group.
    pub group: u32,
    /// Its place within the group; those who tie share one.
    pub rank: u32,
    /// Which candidate, from 0 in the order of the columns.
    pub candidate: usize,
    /// Its total as a whole number, see [`BulkStanding::total`](super::BulkStanding::total).
    pub total: u64,
}

/// Names the best of each group, ties at the cut included.
///
/// The answer is that of [`tally`] in less time, but nobody else gets a place. Arguments and refusals are those of [`tally`].
///
/// ```
/// use tally::bulk::{Columns, Shape, shortlist};
///
/// let mut columns = Columns::<u8>::new(Shape { jurors: 2, criteria: 1, mark_max: 100, scale: 1 })?;
/// for marks in [[80, 81], [90, 90], [95, 85], [70, 70]] {
///     columns.push(&marks)?;
/// }
/// let list = shortlist(&columns, &[1], &[5, 5, 5, 5], 3, 1)?;
/// let told: Vec<_> = list.winners().iter().map(|winner| (winner.rank, winner.candidate)).collect();
/// assert_eq!(told, [(1, 1), (1, 2), (3, 0)]);
/// assert_eq!(list.points(&list.winners()[2]).to_string(), "80.5");
/// # Ok::<(), tally::bulk::BulkRefusal>(())
/// ```
pub fn shortlist<M: Mark>(
    columns: &Columns<M>,
    weights: &[u64],
    groups: &[u32],
    top: u32,
    threads: usize,
) -> Result<Shortlist, BulkRefusal> {
    let task = Task::new(columns, weights, groups, threads)?;
    let mut found = if task.group_count.saturating_mul(top as usize) > groups.len() {
        // So many places that keeping the best of each group would take more memory than ranking everybody.
        let standing = tally(columns, weights, groups, top, threads)?;
        standing.winners().map(|candidate| (candidate, standing.total(candidate))).collect()
    } else {
        match task.weights.width {
            _ if top == 0 => Vec::new(),
            Width::Short => best::<M, u16>(&task, top as usize),
            Width::Narrow => best::<M, u32>(&task, top as usize),
            Width::Wide => best::<M, u64>(&task, top as usize),
        }
    };
    found.sort_unstable_by_key(|&(candidate, total)| (groups[candidate], !total, candidate));
    Ok(Shortlist { winners: placed(&found, groups), divisor: task.divisor })
}

impl Shortlist {
    /// The best of each group: by group, then by place, then in the order of the columns.
    ///
    /// ```
    /// # use tally::bulk::{Columns, Shape, shortlist};
    /// let columns = Columns::<u8>::new(Shape { jurors: 2, criteria: 1, mark_max: 10, scale: 1 }).unwrap();
    /// assert!(shortlist(&columns, &[1], &[], 3, 1).unwrap().winners().is_empty());
    /// ```
    pub fn winners(&self) -> &[Winner] {
        &self.winners
    }

    /// A winner's points, exactly.
    ///
    /// ```
    /// # use tally::bulk::{Columns, Shape, shortlist};
    /// # let mut columns = Columns::<u8>::new(Shape { jurors: 2, criteria: 1, mark_max: 10, scale: 1 }).unwrap();
    /// columns.push(&[7, 8]).unwrap();
    /// let list = shortlist(&columns, &[100], &[0], 1, 1).unwrap();
    /// assert_eq!(list.points(&list.winners()[0]).to_string(), "7.5");
    /// ```
    pub fn points(&self, winner: &Winner) -> Exact {
        standing::points(winner.total, self.divisor)
    }
}

/// The places of winners that stand in order.
fn placed(found: &[(usize, u64)], groups: &[u32]) -> Vec<Winner> {
    let mut winners: Vec<Winner> = Vec::with_capacity(found.len());
    let mut first = 0;
    for (index, &(candidate, total)) in found.iter().enumerate() {
        let group = groups[candidate];
        let before = winners.last().filter(|before| before.group == group);
        if before.is_none() {
            first = index;
        }
        let rank = before.filter(|before| before.total == total).map_or((index - first) as u32 + 1, |before| before.rank);
        winners.push(Winner { group, rank, candidate, total });
    }
    winners
}

/// All candidates, with their totals, that reach the `top`-th best total of their group.
fn best<M: Mark, T: Total>(task: &Task<M>, top: usize) -> Vec<(usize, u64)> {
    let weights = task.weights.of::<T>();
    let sieves = each_with(
        task.threads,
        task.shares(),
        || Sieve::new(task.group_count, top),
        |sieve, share| task.totals_of(&share, &weights, |first, totals: &[T], groups| sieve.pour(first, totals, groups)),
    );
    let whole = sieves.into_iter().reduce(Sieve::and).map_or(Vec::new(), Sieve::left);
    whole.into_iter().map(|found| (found.candidate, Into::<u64>::into(found.total) * task.weights.unit)).collect()
}

/// What a thread has seen: only who may yet be among the best of its group is kept.
struct Sieve<T> {
    top: usize,
    /// For each group its highest totals, highest first, and 0 where there are fewer.
    highest: Vec<T>,
    /// The last of them for each group.
    cuts: Vec<T>,
    found: Vec<Found<T>>,
    /// How many are found when it is time to look again who is still good enough.
    room: usize,
}

#[derive(Clone, Copy)]
struct Found<T> {
    candidate: usize,
    group: u32,
    total: T,
}

/// So many may be found before the first look at who is still good enough.
const ROOM_LEAST: usize = 4096;

impl<T: Total> Sieve<T> {
    fn new(groups: usize, top: usize) -> Sieve<T> {
        Sieve {
            top,
            highest: vec![T::default(); groups * top],
            cuts: vec![T::default(); groups],
            found: Vec::new(),
            room: ROOM_LEAST,
        }
    }

    fn pour(&mut self, first: usize, totals: &[T], groups: &[u32]) {
        for ((&total, &group), candidate) in totals.iter().zip(groups).zip(first..) {
            if total >= self.cuts[group as usize] {
                self.keep(Found { candidate, group, total });
            }
        }
    }

    #[cold]
    fn keep(&mut self, found: Found<T>) {
        self.raise(found.group, found.total);
        if self.found.len() == self.room {
            self.sift();
            self.room = ROOM_LEAST.max(2 * self.found.len());
        }
        self.found.push(found);
    }

    fn raise(&mut self, group: u32, total: T) {
        let highest = &mut self.highest[group as usize * self.top..][..self.top];
        insert(highest, total);
        self.cuts[group as usize] = highest[self.top - 1];
    }

    fn sift(&mut self) {
        self.found.retain(|found| found.total >= self.cuts[found.group as usize]);
    }

    /// What both have seen.
    fn and(mut self, other: Sieve<T>) -> Sieve<T> {
        for (highest, group) in other.highest.chunks_exact(self.top).zip(0..) {
            highest.iter().for_each(|&total| self.raise(group, total));
        }
        self.found.extend(other.found);
        self
    }

    /// Who is good enough in the end.
    fn left(mut self) -> Vec<Found<T>> {
        self.sift();
        self.found
    }
}

/// Puts a total among the highest, if it is one, and drops the last of them.
#[inline]
fn insert<T: Copy + Ord>(highest: &mut [T], total: T) {
    let mut place = highest.len();
    while place > 0 && total > highest[place - 1] {
        if place < highest.len() {
            highest[place] = highest[place - 1];
        }
        place -= 1;
    }
    if place < highest.len() {
        highest[place] = total;
    }
}
