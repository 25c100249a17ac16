//! Exact numbers: every quantity of the count.
//!
//! A total of 90.3 that came about as 90.1 + 0.2 must tie with a total of 90.3 that was stated, and a mean over three
//! jurors must not lose the third that no decimal can hold. So the count knows one kind of number only, a fraction of
//! whole numbers of unlimited size, and rounds nowhere unless a rule says so (`docs/specification.md` section 1).

mod arithmetic;
mod small;
mod text;

use std::borrow::Cow;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Pow, Signed, Zero};

use crate::model::{RoundMode, Rounding};
use small::Small;

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
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Exact(Number);

/// What fits into the short form always stands in it, so equal numbers are equal in form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Number {
    Short(Small),
    Long(Box<BigRational>),
}

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
        Exact::of_short(Small::whole(0))
    }

    /// The number 1.
    ///
    /// ```
    /// assert_eq!(tally::Exact::one().to_string(), "1");
    /// ```
    pub fn one() -> Self {
        Exact::of_short(Small::whole(1))
    }

    /// Whether it is 0.
    ///
    /// ```
    /// assert!(!tally::Exact::from(3_i64).is_zero());
    /// ```
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Number::Short(Small { above: 0, .. }))
    }

    /// Whether it is below 0.
    ///
    /// ```
    /// assert!(tally::Exact::from(-3_i64).is_negative());
    /// ```
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Number::Short(short) => short.above < 0,
            Number::Long(long) => long.is_negative(),
        }
    }

    /// Whether it is a whole number.
    ///
    /// ```
    /// assert!("8/4".parse::<tally::Exact>().unwrap().is_integer());
    /// ```
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Number::Short(short) => short.below == 1,
            Number::Long(long) => long.is_integer(),
        }
    }

    /// Whether its numerator or its denominator has more than [`MOST_BITS`] bits.
    ///
    /// ```
    /// assert!(!"1/3".parse::<tally::Exact>().unwrap().is_too_large());
    /// ```
    pub fn is_too_large(&self) -> bool {
        match &self.0 {
            Number::Short(_) => false,
            Number::Long(long) => long.numer().bits() > MOST_BITS || long.denom().bits() > MOST_BITS,
        }
    }

    /// The number above the line, in lowest terms; it carries the sign.
    ///
    /// ```
    /// assert_eq!("-6/4".parse::<tally::Exact>().unwrap().numerator().to_string(), "-3");
    /// ```
    pub fn numerator(&self) -> BigInt {
        match &self.0 {
            Number::Short(short) => short.above.into(),
            Number::Long(long) => long.numer().clone(),
        }
    }

    /// The number below the line, in lowest terms; at least 1.
    ///
    /// ```
    /// assert_eq!("-6/4".parse::<tally::Exact>().unwrap().denominator().to_string(), "2");
    /// ```
    pub fn denominator(&self) -> BigInt {
        match &self.0 {
            Number::Short(short) => short.below.into(),
            Number::Long(long) => long.denom().clone(),
        }
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
        if let Number::Short(short) = &self.0
            && let Some(rounded) = short.round(rule)
        {
            return Exact::of_short(rounded);
        }
        let unit = ten_to(rule.places);
        Exact::of_long(BigRational::new(self.scaled(&unit, rule.mode), unit))
    }

    /// The number with exactly so many decimals, rounded half up: for the eye only, never for counting.
    ///
    /// ```
    /// assert_eq!("235/3".parse::<tally::Exact>().unwrap().fixed(2), "78.33");
    /// assert_eq!("7".parse::<tally::Exact>().unwrap().fixed(2), "7.00");
    /// ```
    pub fn fixed(&self, places: u32) -> String {
        if let Number::Short(short) = &self.0
            && let Some(whole) = short.scaled(places, RoundMode::HalfUp)
        {
            return text::with_places(whole < 0, &whole.unsigned_abs().to_string(), places);
        }
        let whole = self.scaled(&ten_to(places), RoundMode::HalfUp);
        text::with_places(whole.is_negative(), &whole.abs().to_string(), places)
    }

    /// The greatest whole number that is not above it.
    ///
    /// ```
    /// assert_eq!("-1/2".parse::<tally::Exact>().unwrap().floor().to_string(), "-1");
    /// ```
    pub fn floor(&self) -> BigInt {
        self.numerator().div_floor(&self.denominator())
    }

    fn of_short(short: Small) -> Exact {
        Exact(Number::Short(short))
    }

    /// The number of a fraction in lowest terms.
    fn of_long(long: BigRational) -> Exact {
        Exact(Small::of(&long).map_or_else(|| Number::Long(Box::new(long)), Number::Short))
    }

    fn long(&self) -> Cow<'_, BigRational> {
        match &self.0 {
            Number::Short(short) => Cow::Owned(short.long()),
            Number::Long(long) => Cow::Borrowed(long),
        }
    }

    /// Both in the short form, if they are.
    fn both_short(&self, other: &Exact) -> Option<(Small, Small)> {
        match (&self.0, &other.0) {
            (Number::Short(one), Number::Short(other)) => Some((*one, *other)),
            _ => None,
        }
    }

    /// The whole number that the rule picks for `self × unit`.
    fn scaled(&self, unit: &BigInt, mode: RoundMode) -> BigInt {
        let denominator = self.denominator();
        let size = self.numerator().abs() * unit;
        let (whole, rest) = size.div_rem(&denominator);
        let twice = rest.clone() * 2;
        let away = match mode {
            RoundMode::Down => false,
            RoundMode::Up => !rest.is_zero(),
            RoundMode::HalfUp => twice >= denominator,
            RoundMode::HalfEven if twice == denominator => whole.is_odd(),
            RoundMode::HalfEven => twice > denominator,
        };
        let picked = if away { whole + 1 } else { whole };
        if self.is_negative() { -picked } else { picked }
    }
}

impl From<i64> for Exact {
    fn from(whole: i64) -> Self {
        Exact::of_short(Small::whole(whole))
    }
}

impl From<u32> for Exact {
    fn from(whole: u32) -> Self {
        Exact::of_short(Small::whole(whole.into()))
    }
}

impl From<BigInt> for Exact {
    fn from(whole: BigInt) -> Self {
        Exact::of_long(BigRational::from_integer(whole))
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
