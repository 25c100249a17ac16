//! Exact numbers: every quantity of the count.
//!
//! A total of 90.3 that came about as 90.1 + 0.2 must tie with a total of 90.3 that was stated, and a mean over three
//! jurors must not lose the third that no decimal can hold. So the count knows one kind of number only, a fraction of
//! whole numbers of unlimited size, and rounds nowhere unless a rule says so (`docs/specification.md` section 1).

mod arithmetic;
mod small;
mod text;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Pow, Signed, Zero};

use crate::model::{RoundMode, Rounding};

/// A rational number of unlimited size, always in lowest terms.
///
/// Its text is canonical: a plain decimal when there is one, a fraction otherwise.
///
/// ```
/// use tally::Exact;
///
/// let third: Exact = "235/3".parse().unwrap();
/// let half: Exact = "12.50".parse().unwrap();
/// assert_eq!(third.to_string(), "235/3");
/// assert_eq!(half.to_string(), "12.5");
/// assert_eq!((third + half).to_string(), "545/6");
/// ```
#[derive(Debug, Clone)]
pub struct Exact(BigRational);

/// A text that is not a number of `docs/specification.md` section 1, or is longer than [`LONGEST`] characters.
///
/// ```
/// assert!("1e3".parse::<tally::Exact>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotANumber {
    /// The first 40 characters of the text.
    pub text: String,
}

/// The most characters that a written number may have.
pub const LONGEST: usize = 400;

/// The most bits that the numerator or the denominator may have in a formula and in the points of a node
/// (`docs/specification.md` section 14). No award comes near it; squares of squares of squares do.
pub const MOST_BITS: u64 = 4_096;

impl Exact {
    /// The number 0.
    ///
    /// ```
    /// assert!(tally::Exact::zero().is_zero());
    /// ```
    pub fn zero() -> Self {
        Exact(BigRational::zero())
    }

    /// The number 1.
    ///
    /// ```
    /// assert_eq!(tally::Exact::one().to_string(), "1");
    /// ```
    pub fn one() -> Self {
        Exact(BigRational::one())
    }

    /// Whether it is 0.
    ///
    /// ```
    /// assert!(!tally::Exact::from(3_i64).is_zero());
    /// ```
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is below 0.
    ///
    /// ```
    /// assert!(tally::Exact::from(-3_i64).is_negative());
    /// ```
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// Whether it is a whole number.
    ///
    /// ```
    /// assert!("8/4".parse::<tally::Exact>().unwrap().is_integer());
    /// ```
    pub fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    /// Whether its numerator or its denominator has more than [`MOST_BITS`] bits.
    ///
    /// ```
    /// assert!(!"1/3".parse::<tally::Exact>().unwrap().is_too_large());
    /// ```
    pub fn is_too_large(&self) -> bool {
        self.numerator().bits() > MOST_BITS || self.denominator().bits() > MOST_BITS
    }

    /// The number above the line, in lowest terms; it carries the sign.
    ///
    /// ```
    /// assert_eq!("-6/4".parse::<tally::Exact>().unwrap().numerator().to_string(), "-3");
    /// ```
    pub fn numerator(&self) -> &BigInt {
        self.0.numer()
    }

    /// The number below the line, in lowest terms; at least 1.
    ///
    /// ```
    /// assert_eq!("-6/4".parse::<tally::Exact>().unwrap().denominator().to_string(), "2");
    /// ```
    pub fn denominator(&self) -> &BigInt {
        self.0.denom()
    }

    /// The multiple of 10^-places that the rule picks. Places may be any number here; a count allows 0 to 9.
    ///
    /// ```
    /// use tally::{Exact, RoundMode, Rounding};
    ///
    /// let rule = |mode| Rounding { places: 1, mode };
    /// let x: Exact = "-0.25".parse().unwrap();
    /// assert_eq!(x.round(rule(RoundMode::HalfUp)).to_string(), "-0.3");
    /// assert_eq!(x.round(rule(RoundMode::HalfEven)).to_string(), "-0.2");
    /// assert_eq!(x.round(rule(RoundMode::Down)).to_string(), "-0.2");
    /// assert_eq!(x.round(rule(RoundMode::Up)).to_string(), "-0.3");
    /// ```
    pub fn round(&self, rule: Rounding) -> Exact {
        let unit = ten_to(rule.places);
        Exact(BigRational::new(self.scaled(&unit, rule.mode), unit))
    }

    /// The number with exactly so many decimals, rounded half up: for the eye only, never for counting.
    ///
    /// ```
    /// assert_eq!("235/3".parse::<tally::Exact>().unwrap().fixed(2), "78.33");
    /// assert_eq!("7".parse::<tally::Exact>().unwrap().fixed(2), "7.00");
    /// ```
    pub fn fixed(&self, places: u32) -> String {
        text::with_places(&self.scaled(&ten_to(places), RoundMode::HalfUp), places)
    }

    /// The greatest whole number that is not above it.
    ///
    /// ```
    /// assert_eq!("-1/2".parse::<tally::Exact>().unwrap().floor().to_string(), "-1");
    /// ```
    pub fn floor(&self) -> BigInt {
        self.numerator().div_floor(self.denominator())
    }

    /// The whole number that the rule picks for `self × unit`.
    fn scaled(&self, unit: &BigInt, mode: RoundMode) -> BigInt {
        let size = self.numerator().abs() * unit;
        let (whole, rest) = size.div_rem(self.denominator());
        let twice = rest.clone() * 2;
        let away = match mode {
            RoundMode::Down => false,
            RoundMode::Up => !rest.is_zero(),
            RoundMode::HalfUp => twice >= *self.denominator(),
            RoundMode::HalfEven if twice == *self.denominator() => whole.is_odd(),
            RoundMode::HalfEven => twice > *self.denominator(),
        };
        let picked = if away { whole + 1 } else { whole };
        if self.is_negative() { -picked } else { picked }
    }
}

impl From<i64> for Exact {
    fn from(whole: i64) -> Self {
        Exact(BigRational::from_integer(whole.into()))
    }
}

impl From<u32> for Exact {
    fn from(whole: u32) -> Self {
        Exact(BigRational::from_integer(whole.into()))
    }
}

impl From<BigInt> for Exact {
    fn from(whole: BigInt) -> Self {
        Exact(BigRational::from_integer(whole))
    }
}

impl Default for Exact {
    fn default() -> Self {
        Exact::zero()
    }
}

fn ten_to(places: u32) -> BigInt {
    Pow::pow(BigInt::from(10), places)
}

#[cfg(test)]
mod tests;
