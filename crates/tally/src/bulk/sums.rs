//! The totals: for every candidate, the sum over criteria of weight times the sum of all jurors' marks.
//!
//! What all weights can be divided by is taken out beforehand: weights of 15, 10 and 20 count as 3, 2 and 4, and totals are five times as
//! much. Sums and totals then run in lanes as narrow as a bound allows that is computed before anything is added, from the shape and
//! the weights alone.

use std::ops::AddAssign;

use super::columns::{Block, Mark, Shape, TILE};
use super::ranks::Slot;
use super::standing::BulkRefusal;

/// Every candidate's total, in their order, as narrow as the bound allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Totals {
    Short(Vec<u16>),
    Narrow(Vec<u32>),
    Wide(Vec<u64>),
}

impl Totals {
    pub(super) fn get(&self, candidate: usize) -> u64 {
        match self {
            Totals::Short(totals) => u64::from(totals[candidate]),
            Totals::Narrow(totals) => u64::from(totals[candidate]),
            Totals::Wide(totals) => totals[candidate],
        }
    }
}

/// A type that totals may have.
pub(super) trait Total: Copy + Default + Ord + AddAssign + Into<u64> + Into<Self::Slot> + Send + Sync {
    /// What the marks of one criterion are added up in.
    type Sum: Copy + Default + AddAssign;
    type Weight: Copy + Send + Sync;
    /// What a total is ranked in.
    type Slot: Slot;
    /// A weight, of which the bound says that it fits.
    fn weight(weight: u64) -> Self::Weight;
    fn summand<M: Mark>(mark: M) -> Self::Sum;
    fn weighted(sum: Self::Sum, weight: Self::Weight) -> Self;
    fn hold(totals: Vec<Self>) -> Totals;
}

impl Total for u16 {
    type Sum = u16;
    type Weight = u16;
    type Slot = u32;

    fn weight(weight: u64) -> u16 {
        weight as u16
    }

    fn summand<M: Mark>(mark: M) -> u16 {
        mark.into()
    }

    fn weighted(sum: u16, weight: u16) -> u16 {
        sum * weight
    }

    fn hold(totals: Vec<u16>) -> Totals {
        Totals::Short(totals)
    }
}

impl Total for u32 {
    type Sum = u16;
    /// Narrower than the total: vector units without 32-bit multiplication have one from 16 to 32 bits.
    type Weight = u16;
    type Slot = u32;

    fn weight(weight: u64) -> u16 {
        weight as u16
    }

    fn summand<M: Mark>(mark: M) -> u16 {
        mark.into()
    }

    fn weighted(sum: u16, weight: u16) -> u32 {
        u32::from(sum) * u32::from(weight)
    }

    fn hold(totals: Vec<u32>) -> Totals {
        Totals::Narrow(totals)
    }
}

impl Total for u64 {
    /// 65,536 jurors with marks of 65,535 stay below 2^32.
    type Sum = u32;
    type Weight = u64;
    type Slot = u64;

    fn weight(weight: u64) -> u64 {
        weight
    }

    fn summand<M: Mark>(mark: M) -> u32 {
        mark.into()
    }

    fn weighted(sum: u32, weight: u64) -> u64 {
        u64::from(sum) * weight
    }

    fn hold(totals: Vec<u64>) -> Totals {
        Totals::Wide(totals)
    }
}

/// Which type the totals get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    Short,
    Narrow,
    Wide,
}

/// Weights as they are counted, and what every total is to be multiplied by afterwards.
#[derive(Debug)]
pub(super) struct Weights {
    pub(super) unit: u64,
    pub(super) width: Width,
    reduced: Vec<u64>,
}

impl Weights {
    /// Refuses weights under which a total might not fit into 64 bits. Not all of them are 0.
    pub(super) fn new(shape: &Shape, weights: &[u64]) -> Result<Weights, BulkRefusal> {
        total_max(shape, weights)?;
        let unit = weights.iter().copied().fold(0, num_integer::gcd);
        let reduced: Vec<u64> = weights.iter().map(|weight| weight / unit).collect();
        let narrow = |number: u64| number <= u64::from(u16::MAX);
        let narrow_factors = reduced.iter().all(|&weight| narrow(weight)) && narrow(sum_max(shape));
        let width = match total_max(shape, &reduced)? {
            total if narrow(total) => Width::Short,
            total if total <= u64::from(u32::MAX) && narrow_factors => Width::Narrow,
            _ => Width::Wide,
        };
        Ok(Weights { unit, width, reduced })
    }

    /// The weights of a width that is not less than the chosen one.
    pub(super) fn of<T: Total>(&self) -> Vec<T::Weight> {
        self.reduced.iter().map(|&weight| T::weight(weight)).collect()
    }
}

/// A bound that no criterion's sum of marks passes.
fn sum_max(shape: &Shape) -> u64 {
    u64::from(shape.jurors) * u64::from(shape.mark_max.max(1))
}

/// A bound that no total, no weight and no sum of weights passes, if 64 bits hold it.
fn total_max(shape: &Shape, weights: &[u64]) -> Result<u64, BulkRefusal> {
    let highest = weights
        .iter()
        .try_fold(0u128, |sum, &weight| sum.checked_add(u128::from(weight)))
        .and_then(|weight| weight.checked_mul(u128::from(sum_max(shape))));
    highest.and_then(|highest| u64::try_from(highest).ok()).ok_or(BulkRefusal::MightOverflow)
}

/// Adds up the marks of a block; there is a total for each of its rows.
pub(super) fn add_up<M: Mark, T: Total>(block: &Block<M>, jurors: usize, weights: &[T::Weight], totals: &mut [T]) {
    for (totals, tile) in totals.chunks_mut(TILE).zip(block.tiles()) {
        totals.copy_from_slice(&tile_totals::<M, T>(tile, jurors, weights)[..totals.len()]);
    }
}

/// So many columns are added up at a time: their cache lines are asked for together, not one after the other.
const COLUMNS: usize = 8;

/// The totals of 64 candidates. The columns of one criterion stand side by side, one per juror.
fn tile_totals<M: Mark, T: Total>(tile: &[M], jurors: usize, weights: &[T::Weight]) -> [T; TILE] {
    let mut totals = [T::default(); TILE];
    for (criterion, &weight) in tile.chunks_exact(jurors * TILE).zip(weights) {
        let mut sums = [T::Sum::default(); TILE];
        let (eights, others) = criterion.as_chunks::<TILE>().0.as_chunks::<COLUMNS>();
        for columns in eights {
            add_columns::<M, T, COLUMNS>(columns, &mut sums);
        }
        for column in others {
            add_columns::<M, T, 1>(std::array::from_ref(column), &mut sums);
        }
        for (total, &sum) in totals.iter_mut().zip(&sums) {
            *total += T::weighted(sum, weight);
        }
    }
    totals
}

#[inline(always)]
fn add_columns<M: Mark, T: Total, const N: usize>(columns: &[[M; TILE]; N], sums: &mut [T::Sum; TILE]) {
    for (lane, sum) in sums.iter_mut().enumerate() {
        for column in columns {
            *sum += T::summand(column[lane]);
        }
    }
}
