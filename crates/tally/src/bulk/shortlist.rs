//! Who is among the best of each group, for those who need nobody else's place.
//!
//! One pass keeps the best few totals of every group; a second one picks whoever reaches the last of them. Nothing is sorted but the winners.

use super::columns::{Columns, Mark};
use super::ranks::Total;
use super::standing::{self, BulkRefusal, tally};
use super::sums::Totals;
use super::threads::each;
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
    let (totals, divisor, threads) = standing::totals_of(columns, weights, groups, threads)?;
    let count = groups.iter().max().map_or(0, |&group| group as usize + 1);
    let mut found = match &totals {
        _ if count.saturating_mul(top as usize) > groups.len() => {
            // So many places that keeping the best of each group would take more memory than ranking everybody.
            let standing = tally(columns, weights, groups, top, threads)?;
            standing.winners().map(|candidate| (candidate, standing.total(candidate))).collect()
        }
        Totals::Narrow(totals) => best(totals, groups, count, top as usize, threads),
        Totals::Wide(totals) => best(totals, groups, count, top as usize, threads),
    };
    found.sort_unstable_by_key(|&(candidate, total)| (groups[candidate], !total, candidate));
    Ok(Shortlist { winners: placed(&found, groups), divisor })
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
fn best<T: Total + Ord>(totals: &[T], groups: &[u32], count: usize, top: usize, threads: usize) -> Vec<(usize, u64)> {
    if top == 0 {
        return Vec::new();
    }
    let share = totals.len().div_ceil(threads).max(1);
    let mut runs: Vec<_> =
        totals.chunks(share).zip(groups.chunks(share)).map(|(totals, groups)| (totals, groups, Vec::new())).collect();
    each(threads, runs.iter_mut(), |(totals, groups, highest)| *highest = highest_of(totals, groups, count, top));
    let mut highest = vec![T::default(); count * top];
    for (_, _, of_run) in &runs {
        for (own, of_run) in highest.chunks_exact_mut(top).zip(of_run.chunks_exact(top)) {
            of_run.iter().for_each(|&total| insert(own, total));
        }
    }
    let cuts: Vec<T> = highest.chunks_exact(top).map(|highest| highest[top - 1]).collect();
    let reaches = |&(_, (&total, &group)): &(usize, (&T, &u32))| total >= cuts[group as usize];
    totals.iter().zip(groups).enumerate().filter(reaches).map(|(candidate, (&total, _))| (candidate, total.into())).collect()
}

/// For each group its highest totals, highest first, and 0 where there are fewer.
fn highest_of<T: Total + Ord>(totals: &[T], groups: &[u32], count: usize, top: usize) -> Vec<T> {
    let mut highest = vec![T::default(); count * top];
    for (&total, &group) in totals.iter().zip(groups) {
        insert(&mut highest[group as usize * top..][..top], total);
    }
    highest
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
