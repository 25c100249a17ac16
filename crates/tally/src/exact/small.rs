//! The short way: arithmetic of fractions whose two numbers fit into 64 bits.
//!
//! Nearly all numbers of an award do. The results are the very same as the long way gives, fractions in lowest terms; whenever an
//! intermediate number does not fit, there is no answer here and the long way is taken. It exists because reducing a fraction of
//! unlimited numbers costs more than all else in a count.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// Numerator and denominator; the denominator is above 0 and both are in lowest terms.
#[derive(Clone, Copy)]
pub(super) struct Small {
    above: i64,
    below: i64,
}

impl Small {
    pub fn of(number: &BigRational) -> Option<Self> {
        Some(Small { above: number.numer().to_i64()?, below: number.denom().to_i64()? })
    }

    pub fn pair(one: &BigRational, other: &BigRational) -> Option<(Self, Self)> {
        Some((Small::of(one)?, Small::of(other)?))
    }

    pub fn plus(self, other: Self) -> Option<BigRational> {
        if self.below == other.below {
            return reduced(wide(self.above) + wide(other.above), wide(self.below));
        }
        let above = wide(self.above) * wide(other.below) + wide(other.above) * wide(self.below);
        reduced(above, wide(self.below) * wide(other.below))
    }

    pub fn minus(self, other: Self) -> Option<BigRational> {
        self.plus(Small { above: other.above.checked_neg()?, ..other })
    }

    pub fn times(self, other: Self) -> Option<BigRational> {
        reduced(wide(self.above) * wide(other.above), wide(self.below) * wide(other.below))
    }

    /// The divisor is not 0.
    pub fn over(self, divisor: Self) -> Option<BigRational> {
        let sign = wide(divisor.above.signum());
        reduced(sign * wide(self.above) * wide(divisor.below), sign * wide(self.below) * wide(divisor.above))
    }

    pub fn cmp(self, other: Self) -> Ordering {
        (wide(self.above) * wide(other.below)).cmp(&(wide(other.above) * wide(self.below)))
    }
}

fn wide(number: i64) -> i128 {
    i128::from(number)
}

/// The fraction in lowest terms, if both numbers fit into 64 bits before reducing. The denominator is above 0.
fn reduced(above: i128, below: i128) -> Option<BigRational> {
    let size = u64::try_from(above.unsigned_abs()).ok()?;
    let divisor = if below == 1 { 1 } else { wide_of(size.gcd(&u64::try_from(below).ok()?)) };
    Some(BigRational::new_raw(BigInt::from(above / divisor), BigInt::from(below / divisor)))
}

fn wide_of(size: u64) -> i128 {
    i128::from(size)
}
