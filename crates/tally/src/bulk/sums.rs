//! The totals: for every candidate, the sum over criteria of weight times the sum of all jurors' marks.
//!
//! Sums of marks run in 16-bit lanes where no sum can pass 65,535 and in 64-bit lanes otherwise; totals in 32 or 64 bits by the same rule.
//! The bound is computed before anything is added, from the shape and the weights alone.

use std::ops::{AddAssign, Mul};

use super::columns::{Block, Columns, Mark, Shape, TILE};
use super::standing::BulkRefusal;
use super::threads::each;

/// How many blocks a thread takes at a time.
const BLOCKS_PER_JOB: usize = 16;

/// Every candidate's total, in their order, as narrow as the bound allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Totals {
    Narrow(Vec<u32>),
    Wide(Vec<u64>),
}

/// A bound that no total, no weight and no sum of weights passes, if 64 bits hold it.
pub(super) fn total_max(shape: &Shape, weights: &[u64]) -> Result<u64, BulkRefusal> {
    let mut weights = weights.iter().map(|&weight| u128::from(weight));
    let highest = weights.try_fold(0u128, |sum, weight| sum.checked_add(weight)).and_then(|weight| {
        let per_weight = u128::from(shape.jurors) * u128::from(shape.mark_max.max(1));
        weight.checked_mul(per_weight)
    });
    highest.and_then(|highest| u64::try_from(highest).ok()).ok_or(BulkRefusal::MightOverflow)
}

/// Adds everything up.
pub(super) fn totals<M: Mark>(columns: &Columns<M>, weights: &[u64], threads: usize) -> Result<Totals, BulkRefusal> {
    let shape = columns.shape();
    let narrow_sums = u64::from(shape.jurors) * u64::from(shape.mark_max) <= u64::from(u16::MAX);
    let narrow_totals = total_max(shape, weights)? <= u64::from(u32::MAX);
    Ok(match (narrow_sums, narrow_totals) {
        (true, true) => Totals::Narrow(add_up::<M, u16, u32>(columns, weights, threads)),
        (true, false) => Totals::Wide(add_up::<M, u16, u64>(columns, weights, threads)),
        (false, _) => Totals::Wide(add_up::<M, u64, u64>(columns, weights, threads)),
    })
}

fn add_up<M, S, T>(columns: &Columns<M>, weights: &[u64], threads: usize) -> Vec<T>
where
    M: Mark + Into<S>,
    S: Copy + Default + AddAssign,
    T: Copy + Default + AddAssign + Mul<Output = T> + From<S> + TryFrom<u64> + Send + Sync,
{
    let fits = |&weight: &u64| T::try_from(weight).unwrap_or_else(|_| unreachable!("no weight passes the bound of the totals"));
    let weights: &[T] = &weights.iter().map(fits).collect::<Vec<T>>();
    let jurors = columns.shape().jurors as usize;
    let mut totals = vec![T::default(); columns.candidates()];
    let mut rest = totals.as_mut_slice();
    let jobs = columns.blocks().chunks(BLOCKS_PER_JOB).map(|blocks| {
        let candidates = blocks.iter().map(|block| block.rows).sum();
        (blocks, rest.split_off_mut(..candidates).expect("there is a total for each candidate"))
    });
    each(threads, jobs, |(blocks, totals)| add_up_blocks::<M, S, T>(blocks, jurors, weights, totals));
    totals
}

fn add_up_blocks<M, S, T>(blocks: &[Block<M>], jurors: usize, weights: &[T], totals: &mut [T])
where
    M: Mark + Into<S>,
    S: Copy + Default + AddAssign,
    T: Copy + Default + AddAssign + Mul<Output = T> + From<S>,
{
    let mut rest = totals;
    for block in blocks {
        let (own, others) = rest.split_at_mut(block.rows);
        rest = others;
        for (totals, tile) in own.chunks_mut(TILE).zip(block.tiles()) {
            totals.copy_from_slice(&tile_totals::<M, S, T>(tile, jurors, weights)[..totals.len()]);
        }
    }
}

/// The totals of 64 candidates. The columns of one criterion stand side by side, one per juror.
fn tile_totals<M, S, T>(tile: &[M], jurors: usize, weights: &[T]) -> [T; TILE]
where
    M: Mark + Into<S>,
    S: Copy + Default + AddAssign,
    T: Copy + Default + AddAssign + Mul<Output = T> + From<S>,
{
    let mut totals = [T::default(); TILE];
    for (criterion, &weight) in tile.chunks_exact(jurors * TILE).zip(weights) {
        let mut sums = [S::default(); TILE];
        for column in criterion.as_chunks::<TILE>().0 {
            for (sum, &mark) in sums.iter_mut().zip(column) {
                *sum += mark.into();
            }
        }
        for (total, &sum) in totals.iter_mut().zip(&sums) {
            *total += T::from(sum) * weight;
        }
    }
    totals
}
