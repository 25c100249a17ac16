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

use super::{Exact, LONGEST, NotANumber, ten_to};

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
    (!below.is_zero()).then(|| Exact(BigRational::new(above, below)))
}

fn decimal(text: &str) -> Option<Exact> {
    let Some((whole, part)) = text.split_once('.') else {
        return Some(Exact(BigRational::from_integer(digits(text)?)));
    };
    digits(whole)?;
    digits(part)?;
    let places = u32::try_from(part.len()).ok()?;
    let all = digits(&format!("{whole}{part}"))?;
    Some(Exact(BigRational::new(all, ten_to(places))))
}

fn digits(text: &str) -> Option<BigInt> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| BigInt::parse_bytes(text.as_bytes(), 10))?
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match decimal_places(self.denominator()) {
            Some(0) => f.pad(&self.numerator().to_string()),
            Some(places) => {
                let whole = self.numerator() * (ten_to(places) / self.denominator());
                f.pad(&with_places(&whole, places))
            }
            None => f.pad(&format!("{}/{}", self.numerator(), self.denominator())),
        }
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

/// The text of `whole × 10^-places` with exactly so many decimals.
pub(super) fn with_places(whole: &BigInt, places: u32) -> String {
    let places = places as usize;
    let sign = if whole.is_negative() { "-" } else { "" };
    let digits = format!("{:0>width$}", whole.abs().to_string(), width = places + 1);
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
