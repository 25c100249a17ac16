//! The points that an indicator can take, for "what would have been enough".
//!
//! The rulebook may say it; otherwise it follows from the scale: a straight line in steps of a hundredth of a point, bands on
//! the coarsest grid that holds all their points, a rubric by its own marks, a multiplied share in steps of a hundredth up to the
//! factor. For every other indicator nobody knows how fine its points can be, so there is none.

use tally::{BandStep, Combine, Exact, Grid, Scale};

use crate::rulebook::{Aspect, Indicator, IndicatorKind};

pub(super) fn range(indicator: &Indicator) -> Option<Grid> {
    if let Some(grid) = &indicator.range {
        return Some(grid.clone());
    }
    let grid = match (&indicator.scale, &indicator.kind) {
        (Scale::Linear { points_from, points_to, .. }, _) => line(points_from, points_to),
        (Scale::Bands { below, steps }, _) => bands(below, steps),
        (Scale::Identity, IndicatorKind::Rubric { min, max, step, .. }) => {
            Grid { min: min.clone(), max: max.clone(), step: step.clone() }
        }
        (Scale::Times(factor), IndicatorKind::Rubric { min, max, step, .. }) if *factor > Exact::zero() => {
            Grid { min: min * factor, max: max * factor, step: step * factor }
        }
        (Scale::Times(factor), IndicatorKind::Ratio { .. } | IndicatorKind::Relative { .. }) => line(&Exact::zero(), factor),
        _ => return None,
    };
    below_cap(rounded(grid, indicator), indicator)
}

/// The points of an aspect whose sheets are added up juror by juror: its rubrics have no points of their own, so the whole aspect moves, in
/// steps of a hundredth. None for a plain sum, whose points depend on how many rubrics were marked.
pub(super) fn of_panel(aspect: &Aspect) -> Option<Grid> {
    let grids: Option<Vec<Grid>> = aspect.indicators.iter().map(range).collect();
    let grids = grids.filter(|_| aspect.combine == Combine::Mean)?;
    let min = grids.iter().map(|grid| &grid.min).min()?.clone();
    let max = grids.iter().map(|grid| &grid.max).max()?.clone();
    Some(Grid { min, max, step: part_of_one(2) })
}

fn line(from: &Exact, to: &Exact) -> Grid {
    Grid { min: from.min(to).clone(), max: from.max(to).clone(), step: part_of_one(2) }
}

fn bands(below: &Exact, steps: &[BandStep]) -> Grid {
    let points = || steps.iter().map(|step| &step.points).chain([below]);
    let min = points().min().unwrap_or(below).clone();
    let max = points().max().unwrap_or(below).clone();
    let step = points().fold(Exact::zero(), |step, points| common(step, points - &min));
    Grid { min, max, step: if step.is_zero() { Exact::one() } else { step } }
}

/// The greatest number of which both are whole multiples (Euclid's algorithm on fractions); neither is negative.
fn common(a: Exact, b: Exact) -> Exact {
    let (mut a, mut b) = (a, b);
    while !b.is_zero() {
        let whole = a.checked_div(&b).map(|quotient| Exact::from(quotient.floor())).unwrap_or_default();
        let rest = &a - &(&whole * &b);
        (a, b) = (b, rest);
    }
    a
}

/// Points that are rounded cannot lie between the rounded ones.
fn rounded(grid: Grid, indicator: &Indicator) -> Grid {
    let Some(rule) = indicator.limits.round else {
        return grid;
    };
    let unit = part_of_one(rule.places);
    let on_grid = grid.min.checked_div(&unit).is_some_and(|steps| steps.is_integer());
    if unit > grid.step && on_grid { Grid { step: unit, ..grid } } else { grid }
}

/// No points are above the cap.
fn below_cap(grid: Grid, indicator: &Indicator) -> Option<Grid> {
    match &indicator.limits.cap {
        Some(cap) if *cap < grid.min => None,
        Some(cap) if *cap < grid.max => Some(Grid { max: cap.clone(), ..grid }),
        _ => Some(grid),
    }
}

/// 1 with so many decimals: 0.01 for 2.
fn part_of_one(places: u32) -> Exact {
    let ten = Exact::from(10_i64);
    (0..places).fold(Exact::one(), |unit, _| unit.checked_div(&ten).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        text.parse().unwrap()
    }

    #[test]
    fn bands_stand_on_the_coarsest_grid_that_holds_them() {
        let step = |at_least: &str, points: &str| BandStep { at_least: exact(at_least), points: exact(points) };
        let grid = bands(&exact("0"), &[step("1", "40"), step("2", "60"), step("3", "100")]);
        assert_eq!(grid, Grid { min: exact("0"), max: exact("100"), step: exact("20") });
        let grid = bands(&exact("1/2"), &[step("1", "5/6")]);
        assert_eq!(grid.step, exact("1/3"));
        let grid = bands(&exact("7"), &[step("1", "7")]);
        assert_eq!(grid, Grid { min: exact("7"), max: exact("7"), step: exact("1") });
    }

    #[test]
    fn a_falling_line_has_its_lowest_points_at_its_end() {
        assert_eq!(line(&exact("100"), &exact("0")), Grid { min: exact("0"), max: exact("100"), step: exact("0.01") });
    }
}
