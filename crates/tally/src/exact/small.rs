//! The short form: fractions whose two numbers fit into 64 bits.
//!
//! Nearly all numbers of an award do, and reducing fractions of unlimited numbers would cost more than all else in a count. The results
//! are the very same as the long form gives, fractions in lowest terms; whenever a number does not fit, there is no answer here and the
//! long form is taken.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use crate::model::{RoundMode, Rounding};

/// Numerator and denominator; the denominator is above 0 and both are in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Small {
    pub above: i64,
    pub below: i64,
}

impl Small {
    pub fn whole(number: i64) -> Self {
        Small { above: number, below: 1 }
    }

    /// The short form of a fraction in lowest terms.
    pub fn of(number: &BigRational) -> Option<Self> {
        Some(Small { above: number.numer().to_i64()?, below: number.denom().to_i64()? })
    }

    /// The fraction in lowest terms, if both numbers fit into 64 bits before and after reducing. `below` is above 0.
    pub fn reduced(above: i128, below: i128) -> Option<Self> {
        let (size, below) = (u64::try_from(above.unsigned_abs()).ok()?, u64::try_from(below).ok()?);
        let divisor = if below == 1 { 1 } else { size.gcd(&below) };
        let size = i64::try_from(size / divisor).ok()?;
        Some(Small { above: if above < 0 { -size } else { size }, below: i64::try_from(below / divisor).ok()? })
    }

    pub fn long(self) -> BigRational {
        BigRational::new_raw(BigInt::from(self.above), BigInt::from(self.below))
    }

    pub fn plus(self, other: Self) -> Option<Self> {
        if self.below == other.below {
            return Small::reduced(wide(self.above) + wide(other.above), wide(self.below));
        }
        let above = wide(self.above) * wide(other.below) + wide(other.above) * wide(self.below);
        Small::reduced(above, wide(self.below) * wide(other.below))
    }

    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negative()?)
    }

    pub fn negative(self) -> Option<Self> {
        Some(Small { above: self.above.checked_neg()?, ..self })
    }

    pub fn times(self, other: Self) -> Option<Self> {
        Small::reduced(wide(self.above) * wide(other.above), wide(self.below) * wide(other.below))
    }

    /// The divisor is not 0.
    pub fn over(self, divisor: Self) -> Option<Self> {
        let sign = wide(divisor.above.signum());
        Small::reduced(sign * wide(self.above) * wide(divisor.below), sign * wide(self.below) * wide(divisor.above))
    }

    pub fn round(self, rule: Rounding) -> Option<Self> {
        Small::reduced(self.scaled(rule.places, rule.mode)?, 10_i128.checked_pow(rule.places)?)
    }

    /// The whole number that the mode picks for `self × 10^places`.
    pub fn scaled(self, places: u32, mode: RoundMode) -> Option<i128> {
        let below = wide(self.below);
        let size = wide(self.above).abs().checked_mul(10_i128.checked_pow(places)?)?;
        let (whole, rest) = (size / below, size % below);
        let away = match mode {
            RoundMode::Down => false,
            RoundMode::Up => rest != 0,
            RoundMode::HalfUp => 2 * rest >= below,
            RoundMode::HalfEven if 2 * rest == below => whole % 2 != 0,
            RoundMode::HalfEven => 2 * rest > below,
        };
        let picked = whole + i128::from(away);
        Some(if self.above < 0 { -picked } else { picked })
    }

    pub fn cmp(self, other: Self) -> Ordering {
        if self.below == other.below {
            return self.above.cmp(&other.above);
        }
        (wide(self.above) * wide(other.below)).cmp(&(wide(other.above) * wide(self.below)))
    }
}

fn wide(number: i64) -> i128 {
    i128::from(number)
}
