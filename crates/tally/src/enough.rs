//! What would have been enough: the lowest points of one node with which an entry would have advanced.
//!
//! "You are third of two, 0.40 below" helps nobody to do better; "with 78 in this criterion you would have advanced" does. All
//! else is kept, so the others' cut is run once without the entry: it tells above which total the entry would advance if it
//! stood alone. A trial then only works out the path to the total; only a trial that makes a tie asks the ladder and the cut again
//! (`docs/specification.md` section 11).

use std::collections::BTreeMap;

use num_bigint::BigInt;

use crate::Exact;
use crate::cut::{Field, Line, blocks, run};
use crate::model::{Cut, Grid, Rung};
use crate::outcome::Status;
use crate::path::Path;
use crate::standing::{Order, Table};

pub(crate) struct Enough<'t, 'a> {
    table: &'t Table<'t, 'a>,
    order: &'t Order,
    /// The nodes with a grid that lie on the path of the total.
    nodes: Vec<(usize, &'a Grid)>,
    /// The nodes that the ladder looks at.
    rungs: Vec<usize>,
}

impl<'t, 'a> Enough<'t, 'a> {
    pub fn of(table: &'t Table<'t, 'a>, order: &'t Order) -> Self {
        let tree = &table.contest.tree;
        let nodes = tree.nodes.iter().enumerate().filter(|(_, seat)| seat.panel.is_none() && !seat.penalty);
        let nodes = nodes.filter_map(|(at, seat)| Some((at, seat.node.range.as_ref()?))).collect();
        let rungs = table.contest.count.ladder.iter().filter_map(|rung| match rung {
            Rung::Node(node) => Some(tree.index[node.as_str()]),
            _ => None,
        });
        Enough { table, order, nodes, rungs: rungs.collect() }
    }

    /// By node with a grid and points: the lowest points that would have been enough, or none if there are none.
    pub fn of_entry(&self, entry: usize, status: Status) -> BTreeMap<String, Option<Exact>> {
        let contest = self.table.contest;
        let nodes = self.nodes.iter().filter(|(node, _)| self.table.points(entry, *node).is_some());
        let (Some(cut), false) = (contest.cut(), status == Status::Advances || self.nodes.is_empty()) else {
            return BTreeMap::new();
        };
        let rivals = Rivals::of(self, entry, cut);
        let enough = |node, grid| rivals.as_ref().and_then(|rivals| Trials::of(self, rivals, node, grid)?.lowest());
        nodes.map(|(node, grid)| (contest.node(*node).id.clone(), enough(*node, grid))).collect()
    }
}

/// The others, as one entry sees them.
struct Rivals<'t> {
    entry: usize,
    cut: &'t Cut,
    field: Field,
    /// All other entries, best first.
    order: Order,
    /// Alone above this total the entry would advance; none if alone it would do so with any total.
    bar: Option<&'t Exact>,
}

impl<'t> Rivals<'t> {
    /// None if the entry would not advance even as the first.
    fn of(enough: &Enough<'t, '_>, entry: usize, cut: &'t Cut) -> Option<Self> {
        let table = enough.table;
        let others = enough.order.list.iter().copied().filter(|other| *other != entry).collect();
        let order = Order::of(table, others);
        let field = Field::of_entry(table.contest, cut, entry);
        let mut line = Line::new(table, cut);
        let (mut last_total, mut bar) = (None, None);
        for block in blocks(table.contest, &order, cut, &field) {
            let total = table.total(block[0]);
            if last_total != Some(total) {
                if !line.would_take(entry) {
                    break;
                }
                bar = Some(total);
            }
            last_total = Some(total);
            line.take(&block, |_, _| {});
        }
        let (takes_first, takes_last) = (cut.quota > 0, line.would_take(entry));
        takes_first.then(|| Rivals { entry, cut, field, order, bar: bar.filter(|_| !takes_last) })
    }
}

/// Everything that is needed to try points of one node for one entry.
struct Trials<'e, 't, 'a> {
    enough: &'e Enough<'t, 'a>,
    rivals: &'e Rivals<'t>,
    path: Path<'t>,
    grid: &'e Grid,
    /// The first and the last step of the grid that may be tried.
    first: BigInt,
    last: BigInt,
}

impl<'e, 't, 'a> Trials<'e, 't, 'a> {
    /// None if the grid has no points above the present ones.
    fn of(enough: &'e Enough<'t, 'a>, rivals: &'e Rivals<'t>, node: usize, grid: &'e Grid) -> Option<Self> {
        let present = enough.table.points(rivals.entry, node)?;
        let steps_to = |points: &Exact| -> Option<BigInt> { Some((points - &grid.min).checked_div(&grid.step)?.floor()) };
        let above_present: BigInt = steps_to(present)? + 1;
        let first = above_present.max(BigInt::ZERO);
        let last = steps_to(&grid.max)?;
        let path = Path::of(enough.table, rivals.entry, node);
        (first <= last).then_some(Trials { enough, rivals, path, grid, first, last })
    }

    /// The lowest points that are enough. Below the bar nothing is; above it only a tie needs a closer look, and points
    /// that leave the entry in the very same relation to the others need none.
    fn lowest(&self) -> Option<Exact> {
        let mut step = self.first_step(&self.first, |step| self.reaches_the_bar(step))?;
        while !self.advances(&step) {
            let relation = self.relation(&step);
            step = self.first_step(&step, |later| self.relation(later) != relation)?;
        }
        Some(self.points(&step))
    }

    /// The first step from `start` on for which `holds`; it must go on to hold once it does.
    fn first_step(&self, start: &BigInt, holds: impl Fn(&BigInt) -> bool) -> Option<BigInt> {
        if !holds(&self.last) {
            return None;
        }
        let (mut low, mut high) = (start.clone(), self.last.clone());
        while low < high {
            let middle: BigInt = (&low + &high) >> 1;
            if holds(&middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Some(high)
    }

    fn points(&self, step: &BigInt) -> Exact {
        &self.grid.min + Exact::from(step.clone()) * &self.grid.step
    }

    fn reaches_the_bar(&self, step: &BigInt) -> bool {
        let total = self.path.total(self.points(step));
        let reaches = |bar: Option<&Exact>| bar.is_none_or(|bar| total >= *bar);
        reaches(self.rivals.bar) && reaches(self.rivals.cut.minimum.as_ref())
    }

    fn advances(&self, step: &BigInt) -> bool {
        let total = self.path.total(self.points(step));
        let tied = self.rivals.order.list.binary_search_by(|other| total.cmp(self.enough.table.total(*other)));
        tied.is_err() || self.advances_in_a_tie(step)
    }

    /// Asks the ladder and the cut again.
    fn advances_in_a_tie(&self, step: &BigInt) -> bool {
        let (table, entry) = (self.enough.table, self.rivals.entry);
        let mut row = table.rows[entry].expect("the entry has a total").to_vec();
        for (node, points) in self.path.points(self.points(step)) {
            row[node] = Some(points);
        }
        let mut trial = Table { contest: table.contest, rows: table.rows.clone() };
        trial.rows[entry] = Some(&row);
        let order = Order::of(&trial, trial.with_total());
        let mut statuses = vec![Status::Below; table.rows.len()];
        run(&trial, &order, self.rivals.cut, &self.rivals.field, &mut statuses);
        statuses[entry] == Status::Advances
    }

    /// How the total, and the points of the nodes that the ladder looks at, compare with the others'.
    fn relation(&self, step: &BigInt) -> Vec<(usize, usize)> {
        let points = self.path.points(self.points(step));
        let total = (0, self.path.total(self.points(step)));
        let rungs = points.into_iter().filter(|(node, _)| self.enough.rungs.contains(node));
        let compared = rungs.chain([total]).map(|(node, points)| {
            let others = || self.rivals.order.list.iter().map(|other| self.enough.table.points(*other, node));
            let below = others().filter(|other| *other < Some(&points)).count();
            (below, others().filter(|other| *other == Some(&points)).count())
        });
        compared.collect()
    }
}
