//! What is to be counted, once nothing speaks against it, and how it is shared out.

use super::GROUPS_MAX;
use super::columns::{Block, Columns, Mark, ROWS};
use super::standing::BulkRefusal;
use super::sums::{Total, Weights, add_up};

/// More threads than this are not started.
pub(super) const THREADS_MAX: usize = 64;
/// A share has at least so many candidates, unless there are too few of them for all threads.
const SHARE_LEAST: usize = 8 * ROWS;
/// And at most so many, unless there are many groups: what is noted of a share then stays near the processor.
const SHARE_MOST: usize = 64 * ROWS;
/// A share has at least so many candidates per group, unless a thread would go without: it keeps a number for each group.
const SHARE_PER_GROUP: usize = 4;

/// Good marks, weights and groups.
pub(super) struct Task<'a, M> {
    pub(super) columns: &'a Columns<M>,
    pub(super) weights: Weights,
    pub(super) groups: &'a [u32],
    /// One more than the highest group.
    pub(super) group_count: usize,
    pub(super) threads: usize,
    /// What the totals are to be divided by.
    pub(super) divisor: u128,
}

/// Candidates that follow each other, in whole blocks.
pub(super) struct Share<'a, M> {
    /// The first of them.
    pub(super) first: usize,
    blocks: &'a [Block<M>],
    pub(super) groups: &'a [u32],
}

impl<'a, M: Mark> Task<'a, M> {
    pub(super) fn new(
        columns: &'a Columns<M>,
        weights: &[u64],
        groups: &'a [u32],
        threads: usize,
    ) -> Result<Task<'a, M>, BulkRefusal> {
        let shape = columns.shape();
        if weights.len() != shape.criteria as usize {
            return Err(BulkRefusal::WrongWeights { expected: shape.criteria as usize, found: weights.len() });
        }
        if weights.iter().all(|&weight| weight == 0) {
            return Err(BulkRefusal::WeightsVanish);
        }
        if groups.len() != columns.candidates() {
            return Err(BulkRefusal::WrongGroups { expected: columns.candidates(), found: groups.len() });
        }
        let group_count = groups.iter().copied().reduce(u32::max).map_or(0, |group| group as usize + 1);
        if group_count > GROUPS_MAX as usize {
            let candidate = groups.iter().position(|&group| group >= GROUPS_MAX).unwrap_or_default();
            return Err(BulkRefusal::GroupTooHigh { candidate, group: groups[candidate] });
        }
        if u32::try_from(groups.len()).is_err() {
            return Err(BulkRefusal::TooManyCandidates);
        }
        let divisor =
            u128::from(shape.jurors) * weights.iter().map(|&weight| u128::from(weight)).sum::<u128>() * u128::from(shape.scale);
        let weights = Weights::new(shape, weights)?;
        Ok(Task { columns, weights, groups, group_count, threads: threads.clamp(1, THREADS_MAX), divisor })
    }

    pub(super) fn candidates(&self) -> usize {
        self.groups.len()
    }

    /// All candidates in shares, of which there are several per thread, so that threads can take turns.
    pub(super) fn shares(&self) -> impl Iterator<Item = Share<'a, M>> {
        let per_thread = self.candidates().div_ceil(self.threads);
        let least = (per_thread / 4).clamp(SHARE_LEAST, SHARE_MOST).max(per_thread.min(self.group_count * SHARE_PER_GROUP));
        let (mut blocks, mut groups, mut first) = (self.columns.blocks(), self.groups, 0);
        std::iter::from_fn(move || {
            let (mut taken, mut rows) = (0, 0);
            while taken < blocks.len() && rows < least {
                rows += blocks[taken].rows;
                taken += 1;
            }
            let share = Share { first, blocks: blocks.split_off(..taken)?, groups: groups.split_off(..rows)? };
            first += rows;
            (taken > 0).then_some(share)
        })
    }

    /// Does something with the totals of a share, block by block: the first candidate of each, totals and groups.
    pub(super) fn totals_of<T: Total>(&self, share: &Share<M>, weights: &[T::Weight], mut with: impl FnMut(usize, &[T], &[u32])) {
        let jurors = self.columns.shape().jurors as usize;
        let mut totals = [T::default(); ROWS];
        let (mut first, mut groups) = (share.first, share.groups);
        for block in share.blocks {
            let totals = &mut totals[..block.rows];
            add_up(block, jurors, weights, totals);
            let (own, others) = groups.split_at(block.rows);
            with(first, totals, own);
            (first, groups) = (first + block.rows, others);
        }
    }
}
