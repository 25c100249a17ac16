//! Adding, subtracting, multiplying, dividing and comparing exact numbers, owned or borrowed.
//!
//! Division can fail, so it is no operator but [`Exact::checked_div`]. Every operation tries the short way first.

use std::cmp::Ordering;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

use super::{Exact, Number};

macro_rules! operator {
    ($trait:ident, $name:ident, $short:ident, $sign:tt) => {
        impl $trait<&Exact> for &Exact {
            type Output = Exact;
            fn $name(self, other: &Exact) -> Exact {
                let short = self.both_short(other).and_then(|(one, other)| one.$short(other));
                short.map_or_else(|| Exact::of_long(self.long().as_ref() $sign other.long().as_ref()), Exact::of_short)
            }
        }
        impl $trait<Exact> for Exact {
            type Output = Exact;
            fn $name(self, other: Exact) -> Exact {
                &self $sign &other
            }
        }
        impl $trait<&Exact> for Exact {
            type Output = Exact;
            fn $name(self, other: &Exact) -> Exact {
                &self $sign other
            }
        }
        impl $trait<Exact> for &Exact {
            type Output = Exact;
            fn $name(self, other: Exact) -> Exact {
                self $sign &other
            }
        }
    };
}

operator!(Add, add, plus, +);
operator!(Sub, sub, minus, -);
operator!(Mul, mul, times, *);

impl Exact {
    /// The quotient, or none when `divisor` is 0.
    ///
    /// ```
    /// use tally::Exact;
    /// assert_eq!(Exact::one().checked_div(&Exact::from(4_i64)).unwrap().to_string(), "0.25");
    /// assert_eq!(Exact::one().checked_div(&Exact::zero()), None);
    /// ```
    pub fn checked_div(&self, divisor: &Exact) -> Option<Exact> {
        if divisor.is_zero() {
            return None;
        }
        let short = self.both_short(divisor).and_then(|(one, divisor)| one.over(divisor));
        Some(short.map_or_else(|| Exact::of_long(self.long().as_ref() / divisor.long().as_ref()), Exact::of_short))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Exact) -> Ordering {
        match self.both_short(other) {
            Some((one, other)) => one.cmp(other),
            None => self.long().cmp(&other.long()),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl AddAssign<&Exact> for Exact {
    fn add_assign(&mut self, other: &Exact) {
        *self = &*self + other;
    }
}

impl SubAssign<&Exact> for Exact {
    fn sub_assign(&mut self, other: &Exact) {
        *self = &*self - other;
    }
}

impl Neg for Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        -&self
    }
}

impl Neg for &Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        let short = if let Number::Short(short) = &self.0 { short.negative() } else { None };
        short.map_or_else(|| Exact::of_long(-self.long().as_ref()), Exact::of_short)
    }
}

impl<'a> Sum<&'a Exact> for Exact {
    fn sum<I: Iterator<Item = &'a Exact>>(numbers: I) -> Exact {
        numbers.fold(Exact::zero(), |mut sum, number| {
            sum += number;
            sum
        })
    }
}

impl Sum<Exact> for Exact {
    fn sum<I: Iterator<Item = Exact>>(numbers: I) -> Exact {
        numbers.fold(Exact::zero(), |mut sum, number| {
            sum += &number;
            sum
        })
    }
}
