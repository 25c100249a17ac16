//! How exact numbers are read and written.
//!
//! In JSON a number is always a string, so no reader's float can touch it. Written numbers are canonical, so two programs
//! that agree write the same bytes.

use std::fmt;
use std::str::FromStr;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::small::Small;
use super::{Exact, LONGEST, NotANumber, Number, ten_to};

/// So many digits always fit into the short form, with the power of ten that they are over.
const SHORT_DIGITS: usize = 18;

impl FromStr for Exact {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let read = if text.len() > LONGEST { None } else { read(text) };
        read.ok_or_else(|| NotANumber { text: text.chars().take(40).collect() })
    }
}

impl Exact {
    /// Reads `[0-9]+ ["." [0-9]+]` of any length: a number inside a formula, whose text is bounded as a whole.
    pub(crate) fn from_digits(text: &str) -> Option<Exact> {
        decimal(text)
    }
}

fn read(text: &str) -> Option<Exact> {
    let (negative, size) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let value = match size.split_once('/') {
        Some((above, below)) => fraction(above, below)?,
        None => decimal(size)?,
    };
    Some(if negative { -value } else { value })
}

fn fraction(above: &str, below: &str) -> Option<Exact> {
    let (above, below) = (digits(above)?, digits(below)?);
    (!below.is_zero()).then(|| Exact::of_long(BigRational::new(above, below)))
}

fn decimal(text: &str) -> Option<Exact> {
    let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    if !is_digits(whole) || part.is_some_and(|part| !is_digits(part)) {
        return None;
    }
    let part = part.unwrap_or_default();
    let places = u32::try_from(part.len()).ok()?;
    if whole.len() + part.len() <= SHORT_DIGITS {
        let digits = whole.bytes().chain(part.bytes());
        let all = digits.fold(0, |number, digit| number * 10 + i128::from(digit - b'0'));
        return Small::reduced(all, 10_i128.pow(places)).map(Exact::of_short);
    }
    let all = digits(&format!("{whole}{part}"))?;
    Some(Exact::of_long(BigRational::new(all, ten_to(places))))
}

fn digits(text: &str) -> Option<BigInt> {
    is_digits(text).then(|| BigInt::parse_bytes(text.as_bytes(), 10))?
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Number::Short(Small { above, below: 1 }) => f.pad(&above.to_string()),
            Number::Short(short) => f.pad(&short_text(*short).unwrap_or_else(|| long_text(&short.long()))),
            Number::Long(long) => f.pad(&long_text(long)),
        }
    }
}

/// The text of a short number, unless its decimal is too long to be worked out here.
fn short_text(short: Small) -> Option<String> {
    let twos = short.below.trailing_zeros();
    let (mut rest, mut fives) = (short.below >> twos, 0);
    while rest % 5 == 0 {
        rest /= 5;
        fives += 1;
    }
    if rest != 1 {
        return Some(format!("{}/{}", short.above, short.below));
    }
    let places = twos.max(fives);
    let whole = i128::from(short.above).checked_mul(10_i128.checked_pow(places)? / i128::from(short.below))?;
    Some(with_places(whole < 0, &whole.unsigned_abs().to_string(), places))
}

fn long_text(number: &BigRational) -> String {
    let (above, below) = (number.numer(), number.denom());
    match decimal_places(below) {
        Some(0) => above.to_string(),
        Some(places) => {
            let whole = above * (ten_to(places) / below);
            with_places(whole.is_negative(), &whole.abs().to_string(), places)
        }
        None => format!("{above}/{below}"),
    }
}

/// How many decimals a fraction in lowest terms with this denominator needs; none if no number of them is enough.
fn decimal_places(denominator: &BigInt) -> Option<u32> {
    let twos = u32::try_from(denominator.trailing_zeros().unwrap_or(0)).ok()?;
    let mut rest = denominator >> twos;
    let (five, mut fives) = (BigInt::from(5), 0);
    while !rest.is_one() {
        let (quotient, left) = rest.div_rem(&five);
        if !left.is_zero() {
            return None;
        }
        rest = quotient;
        fives += 1;
    }
    Some(twos.max(fives))
}

/// The text of a whole number's digits × 10^-places with exactly so many decimals.
pub(super) fn with_places(negative: bool, digits: &str, places: u32) -> String {
    let places = places as usize;
    let sign = if negative { "-" } else { "" };
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (front, back) = digits.split_at(digits.len() - places);
    if places == 0 { format!("{sign}{front}") } else { format!("{sign}{front}.{back}") }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a number such as \"12.5\" or \"235/3\"", self.text)
    }
}

impl std::error::Error for NotANumber {}
