//! The mean: all numbers added up, divided by how many there are.
//!
//! The usual rule of a panel. Its weakness is known: when a strict juror is missing for one entry only, that entry gains.
//! That is why the additive fit stands beside it (`docs/specification.md` section 12).

use super::over;
use crate::Exact;

/// Σx / n, or none without numbers.
///
/// ```
/// use tally::{Exact, method::mean::mean};
///
/// // Three jurors give 80, 79 and 76: 235 / 3.
/// let marks = [80, 79, 76].map(|mark| Exact::from(mark as i64));
/// assert_eq!(mean(&marks.each_ref()).unwrap().to_string(), "235/3");
/// ```
pub fn mean(numbers: &[&Exact]) -> Option<Exact> {
    let sum = numbers.iter().copied().sum();
    (!numbers.is_empty()).then(|| over(&sum, numbers.len()))
}
