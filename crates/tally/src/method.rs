//! Methods: how several jurors' numbers become one.
//!
//! Each method has a file that opens with its rule in words. A method sees numbers only; who abstained, was recused or was
//! absent never arrives here, so none of them can count as zero (`docs/specification.md` section 3).

pub mod mean;
pub mod median;
pub mod trimmed_mean;

use crate::Exact;
use crate::model::Method;

/// The one number, and which of the given numbers were left out (by position, rising).
///
/// ```
/// use tally::{Exact, Method};
///
/// let numbers = [8, 2, 9].map(|number| Exact::from(number as i64));
/// let one = Method::Trimmed { drop: 1, at_least: 3 }.combine(&numbers.each_ref()).unwrap();
/// assert_eq!((one.value, one.left_out), (Exact::from(8_i64), vec![1, 2]));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combined {
    /// The value.
    pub value: Exact,
    /// Positions of the numbers that did not take part.
    pub left_out: Vec<usize>,
}

impl Method {
    /// Combines the numbers; none if there are no numbers.
    ///
    /// ```
    /// assert_eq!(tally::Method::Mean.combine(&[]), None);
    /// ```
    pub fn combine(&self, numbers: &[&Exact]) -> Option<Combined> {
        match *self {
            Method::Mean => mean::mean(numbers).map(Combined::of_all),
            Method::Median => median::median(numbers).map(Combined::of_all),
            Method::Trimmed { drop, at_least } => trimmed_mean::trimmed_mean(numbers, drop, at_least),
        }
    }
}

impl Combined {
    fn of_all(value: Exact) -> Self {
        Combined { value, left_out: Vec::new() }
    }
}

/// Divides by a whole number that is not 0.
fn over(sum: &Exact, count: usize) -> Exact {
    let count = Exact::from(num_bigint::BigInt::from(count));
    sum.checked_div(&count).expect("there is at least one number")
}
