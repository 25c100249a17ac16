//! The additive fit: y = μ + α(entry) + β(juror), by least squares over the numbers there are.
//!
//! Nine jurors, one of them 15 points stricter. If that one is recused for one entry only, this entry's mean rises, and it may
//! win just by that. The fit takes every juror's strictness out, as far as the numbers tell it. With nothing missing it gives the
//! plain mean, so it changes nothing where nothing is wrong (`docs/specification.md` section 12).
//!
//! For given β, the best level of an entry is the mean of its numbers, each with the juror's β taken off. Put into the
//! conditions for β, that leaves one equation for each juror, of which one follows from the others; Σβ = 0 takes its place. The
//! equations are solved exactly, in whole numbers (fraction-free elimination after Bareiss), so nothing is lost and nothing
//! blows up.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Zero};

use crate::Exact;

/// The numbers of one fit: by entry, then by juror.
pub(crate) type Numbers<'n> = [Vec<Option<&'n Exact>>];

/// Whether an entry with at least one number lacks one from a juror who has a number elsewhere.
pub(crate) fn has_hole(numbers: &Numbers) -> bool {
    let rows = || numbers.iter().filter(|row| row.iter().any(Option::is_some));
    (0..jurors(numbers)).any(|juror| {
        let given = rows().filter(|row| row[juror].is_some()).count();
        given > 0 && given < rows().count()
    })
}

/// μ + α(entry) by entry, none for an entry without numbers; none at all if the jurors and entries do not hang together.
pub(crate) fn levels(numbers: &Numbers) -> Option<Vec<Option<Exact>>> {
    if !hangs_together(numbers) {
        return None;
    }
    let strictness = strictness(numbers);
    let level = |row: &Vec<Option<&Exact>>| {
        let rest = row.iter().zip(&strictness).filter_map(|(number, strict)| Some((*number)? - strict));
        let count = row.iter().flatten().count();
        rest.sum::<Exact>().checked_div(&Exact::from(BigInt::from(count)))
    };
    Some(numbers.iter().map(level).collect())
}

fn jurors(numbers: &Numbers) -> usize {
    numbers.first().map_or(0, Vec::len)
}

/// Whether one can go from every number to every other along entries and jurors.
fn hangs_together(numbers: &Numbers) -> bool {
    let rows: Vec<_> = numbers.iter().filter(|row| row.iter().any(Option::is_some)).collect();
    let mut juror_seen = vec![false; jurors(numbers)];
    let mut row_seen = vec![false; rows.len()];
    let mut open: Vec<usize> = (0..rows.len()).take(1).collect();
    while let Some(at) = open.pop() {
        if std::mem::replace(&mut row_seen[at], true) {
            continue;
        }
        for juror in (0..juror_seen.len()).filter(|juror| rows[at][*juror].is_some()) {
            if !std::mem::replace(&mut juror_seen[juror], true) {
                open.extend((0..rows.len()).filter(|other| rows[*other][juror].is_some()));
            }
        }
    }
    row_seen.into_iter().all(|seen| seen)
}

/// β by juror; 0 for a juror without numbers.
fn strictness(numbers: &Numbers) -> Vec<Exact> {
    let with_numbers: Vec<usize> = (0..jurors(numbers)).filter(|juror| numbers.iter().any(|row| row[*juror].is_some())).collect();
    let rows: Vec<Vec<(usize, &Exact)>> = numbers
        .iter()
        .map(|row| with_numbers.iter().enumerate().filter_map(|(at, juror)| Some((at, row[*juror]?))).collect())
        .collect();
    let solution = Equations::of(&rows, with_numbers.len()).solve();
    let mut strictness = vec![Exact::zero(); jurors(numbers)];
    for (juror, strict) in with_numbers.into_iter().zip(solution) {
        strictness[juror] = strict;
    }
    strictness
}

/// One row for each unknown; the last column is the right-hand side, multiplied by `unit` to be whole.
struct Equations {
    rows: Vec<Vec<BigInt>>,
    unit: BigInt,
}

impl Equations {
    /// Σ over the juror's entries of (y − β − level) = 0 for every juror, multiplied by a number that makes all of it whole.
    fn of(entries: &[Vec<(usize, &Exact)>], jurors: usize) -> Self {
        let size = entries.iter().fold(BigInt::one(), |size, entry| size.lcm(&BigInt::from(entry.len().max(1))));
        let numbers = entries.iter().flatten().map(|(_, number)| number.denominator());
        let unit = numbers.fold(BigInt::one(), |unit, denominator| unit.lcm(&denominator));
        let whole = |number: &Exact| number.numerator() * (&unit / number.denominator());
        let mut rows = vec![vec![BigInt::zero(); jurors + 1]; jurors];
        for entry in entries.iter().filter(|entry| !entry.is_empty()) {
            let share = &size / BigInt::from(entry.len());
            let all: BigInt = entry.iter().map(|(_, number)| whole(number)).sum();
            for (juror, number) in entry {
                rows[*juror][*juror] += &size;
                entry.iter().for_each(|(other, _)| rows[*juror][*other] -= &share);
                rows[*juror][jurors] += &size * whole(number) - &share * &all;
            }
        }
        if let Some(last) = rows.last_mut() {
            last.fill(BigInt::one());
            last[jurors] = BigInt::zero();
        }
        Equations { rows, unit }
    }

    fn solve(mut self) -> Vec<Exact> {
        self.eliminate();
        let unknowns = self.rows.len();
        let mut solution = vec![Exact::zero(); unknowns];
        for at in (0..unknowns).rev() {
            let row = &self.rows[at];
            let known: Exact = (at + 1..unknowns).map(|later| Exact::from(row[later].clone()) * &solution[later]).sum();
            let rest = Exact::from(row[unknowns].clone()) - known;
            solution[at] = rest.checked_div(&Exact::from(row[at].clone())).expect("what hangs together has one solution");
        }
        let unit = Exact::from(self.unit);
        solution.into_iter().map(|whole| whole.checked_div(&unit).expect("a unit is at least 1")).collect()
    }

    /// Makes everything below the diagonal 0. Every division comes out even (Bareiss).
    fn eliminate(&mut self) {
        let unknowns = self.rows.len();
        let mut divisor = BigInt::one();
        for pivot in 0..unknowns {
            let found = (pivot..unknowns).find(|row| !self.rows[*row][pivot].is_zero());
            self.rows.swap(pivot, found.expect("what hangs together has one solution"));
            let (upper, lower) = self.rows.split_at_mut(pivot + 1);
            let top = &upper[pivot];
            for row in lower {
                let factor = std::mem::take(&mut row[pivot]);
                for column in pivot + 1..=unknowns {
                    row[column] = (&row[column] * &top[pivot] - &factor * &top[column]) / &divisor;
                }
            }
            divisor = top[pivot].clone();
        }
    }
}

#[cfg(test)]
mod tests;
