//! The trimmed mean: with enough numbers, the lowest and the highest are left out before the mean is taken.
//!
//! "Enough" is the rule's own number, never a guess of the program: with fewer, nothing is left out. Of equal numbers as many
//! are left out as needed, no more, so that two jurors who agree on the highest mark do not both vanish.

use super::{Combined, mean::mean};
use crate::Exact;

/// The mean without the `drop` lowest and `drop` highest if there are at least `at_least` numbers, else the mean of all;
/// none without numbers. A count that passed its checks has `at_least` > 2 × `drop`; otherwise there may be nothing left,
/// which gives none as well.
///
/// ```
/// use tally::{Exact, method::trimmed_mean::trimmed_mean};
///
/// // Three jurors give 80, 20 and 79. Without the lowest and the highest, 79 is left.
/// let marks = [80, 20, 79].map(|mark| Exact::from(mark as i64));
/// let three = trimmed_mean(&marks.each_ref(), 1, 3).unwrap();
/// assert_eq!((three.value.to_string(), three.left_out), ("79".into(), vec![0, 1]));
/// // Two jurors are not enough: (20 + 79) / 2.
/// let two = trimmed_mean(&[&marks[1], &marks[2]], 1, 3).unwrap();
/// assert_eq!((two.value.to_string(), two.left_out), ("49.5".into(), vec![]));
/// ```
pub fn trimmed_mean(numbers: &[&Exact], drop: u32, at_least: u32) -> Option<Combined> {
    if numbers.len() < at_least as usize {
        return mean(numbers).map(Combined::of_all);
    }
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by_key(|&position| numbers[position]);
    let drop = drop as usize;
    let kept = order.get(drop..numbers.len().saturating_sub(drop))?;
    let value = mean(&kept.iter().map(|&position| numbers[position]).collect::<Vec<_>>())?;
    let mut left_out = [&order[..drop], &order[numbers.len() - drop..]].concat();
    left_out.sort_unstable();
    Some(Combined { value, left_out })
}
