//! A small bar chart made here, as SVG. The table beneath always says the same.

use tally::Exact;

/// The height of the highest bar, in pixels.
const HEIGHT: u32 = 110;
/// The width of a bar with the room beside it.
const WIDTH: u32 = 84;

/// A bar.
pub(crate) struct Bar {
    pub(crate) x: u32,
    pub(crate) y: u32,
    pub(crate) height: u32,
    pub(crate) label: String,
    pub(crate) value: String,
}

/// Bars from left to right.
pub(crate) struct Chart {
    pub(crate) bars: Vec<Bar>,
}

impl Chart {
    /// Bars of some numbers with their labels and the numbers as they are written; none where there is nothing to compare.
    pub(crate) fn of(numbers: Vec<(String, Exact, String)>) -> Option<Chart> {
        let most = numbers.iter().map(|(_, number, _)| number).max().filter(|most| **most > Exact::zero())?.clone();
        let bar = |(number, (label, value, written)): (u32, (String, Exact, String))| {
            let height = thousandths(&value, &most) * HEIGHT / 1000;
            Bar { x: number * WIDTH, y: 24 + HEIGHT - height, height: height.max(1), label, value: written }
        };
        let bars: Vec<Bar> = (0..).zip(numbers).map(bar).collect();
        (bars.len() > 1).then_some(Chart { bars })
    }

    /// In pixels.
    pub(crate) fn width(&self) -> usize {
        self.bars.len() * WIDTH as usize
    }
}

fn thousandths(value: &Exact, most: &Exact) -> u32 {
    let share = value.checked_div(most).map(|share| share.fixed(3)).unwrap_or_default();
    share.replace('.', "").parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heights(numbers: &[i64]) -> Option<Vec<u32>> {
        let numbers = numbers.iter().map(|number| (String::new(), Exact::from(*number), String::new())).collect();
        Chart::of(numbers).map(|chart| chart.bars.iter().map(|bar| bar.height).collect())
    }

    #[test]
    fn the_highest_bar_fills_the_chart_and_nothing_is_still_a_line() {
        assert_eq!(heights(&[10, 5, 0]), Some(vec![110, 55, 1]));
        assert_eq!(heights(&[0, 0]), None);
        assert_eq!(heights(&[7]), None);
    }
}
