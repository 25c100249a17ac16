//! The median: the number in the middle, or half the sum of the two in the middle.
//!
//! One juror who is far off cannot move it. Used where a rulebook fears that more than it values every juror's mark.

use super::over;
use crate::Exact;

/// The middle number in order, or none without numbers.
///
/// ```
/// use tally::{Exact, method::median::median};
///
/// // Three jurors give 80, 20 and 79: in order 20, 79, 80, the middle is 79.
/// let marks = [80, 20, 79].map(|mark| Exact::from(mark as i64));
/// assert_eq!(median(&marks.each_ref()).unwrap().to_string(), "79");
/// // Without the first juror: (20 + 79) / 2.
/// assert_eq!(median(&[&marks[1], &marks[2]]).unwrap().to_string(), "49.5");
/// ```
pub fn median(numbers: &[&Exact]) -> Option<Exact> {
    let mut sorted = numbers.to_vec();
    sorted.sort();
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 {
        return Some(upper.clone());
    }
    Some(over(&(sorted[middle - 1] + upper), 2))
}
