//! Adding, subtracting, multiplying, dividing and comparing exact numbers, owned or borrowed.
//!
//! Division can fail, so it is no operator but [`Exact::checked_div`]. Every operation tries the short way first.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

use super::Exact;
use super::small::Small;

macro_rules! operator {
    ($trait:ident, $name:ident, $short:ident, $sign:tt) => {
        impl $trait<&Exact> for &Exact {
            type Output = Exact;
            fn $name(self, other: &Exact) -> Exact {
                let short = Small::pair(&self.0, &other.0).and_then(|(one, other)| one.$short(other));
                Exact(short.unwrap_or_else(|| &self.0 $sign &other.0))
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
        let short = Small::pair(&self.0, &divisor.0).and_then(|(one, divisor)| one.over(divisor));
        Some(Exact(short.unwrap_or_else(|| &self.0 / &divisor.0)))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Exact) -> Ordering {
        match Small::pair(&self.0, &other.0) {
            Some((one, other)) => one.cmp(other),
            None => self.0.cmp(&other.0),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// In lowest terms, equal numbers have equal numerators and denominators.
impl PartialEq for Exact {
    fn eq(&self, other: &Exact) -> bool {
        self.numerator() == other.numerator() && self.denominator() == other.denominator()
    }
}

impl Eq for Exact {}

impl Hash for Exact {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.numerator().hash(state);
        self.denominator().hash(state);
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
        Exact(-self.0)
    }
}

impl Neg for &Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        Exact(-&self.0)
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
