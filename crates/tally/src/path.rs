//! The path from one node to the total: what the total becomes when that node alone has other points.
//!
//! On its way up, a value is multiplied, something is added, and perhaps it is held by a floor or a cap or rounded. All of that
//! is worked out once; then each trial costs a few operations instead of a count (`docs/specification.md` section 11).

use crate::Exact;
use crate::combine::combine;
use crate::contest::Contest;
use crate::finish::limited;
use crate::model::{AbsentRule, Combine, Node, Presence};
use crate::standing::Table;
use crate::tree::Role;
use crate::working::Silent;

pub(crate) struct Path<'t> {
    start: usize,
    /// From the node above the start up to the root, or up to where the value no longer matters.
    steps: Vec<Step<'t>>,
    /// The same with neighbours multiplied out where nothing limits the value between them.
    fused: Vec<Step<'t>>,
    /// The present total, if the value never reaches the root.
    stuck_at: Option<&'t Exact>,
}

/// node = limited(factor × below + base).
#[derive(Clone)]
struct Step<'t> {
    node: usize,
    factor: Exact,
    base: Exact,
    limits: Option<&'t Node>,
}

impl<'t> Path<'t> {
    /// The path from a node that has points and is not below a panel or a penalty.
    pub fn of(table: &Table<'t, '_>, entry: usize, start: usize) -> Self {
        let mut path = Path { start, steps: Vec::new(), fused: Vec::new(), stuck_at: None };
        let mut at = start;
        while let Some(above) = table.contest.at(at).above {
            let Some(step) = Step::of(table, entry, at, above) else {
                path.stuck_at = Some(table.total(entry));
                break;
            };
            path.steps.push(step);
            at = above;
        }
        path.fused = fused(&path.steps);
        path
    }

    /// The total when the node's points are `value`.
    pub fn total(&self, value: Exact) -> Exact {
        match self.stuck_at {
            Some(total) => total.clone(),
            None => self.fused.iter().fold(value, |value, step| step.up(&value)),
        }
    }

    /// All points that change when the node's points are `value`, from the node upward.
    pub fn points(&self, value: Exact) -> Vec<(usize, Exact)> {
        let mut points = vec![(self.start, value)];
        for step in &self.steps {
            let (_, below) = &points[points.len() - 1];
            points.push((step.node, step.up(below)));
        }
        points
    }
}

impl<'t> Step<'t> {
    /// None if the node above stays without points whatever is below.
    fn of(table: &Table<'t, '_>, entry: usize, at: usize, above: usize) -> Option<Self> {
        let contest = table.contest;
        let combination = combine(contest, above, |node| table.points(entry, node))?;
        let factor = match (contest.at(at).role, combine_of(contest, above)) {
            (Role::Part(weight), Combine::Mean) => weight.checked_div(&combination.weight)?,
            (Role::Part(weight), Combine::Sum) => weight.clone(),
            _ => Exact::one(),
        };
        let present = table.points(entry, at).expect("a path begins at a node with points and goes on while there are");
        let base = combination.value - &factor * present;
        let node = contest.node(above);
        let limits = (node.floor.is_some() || node.cap.is_some() || node.round.is_some()).then_some(node);
        let step = Step { node: above, factor, base, limits };
        step.attended(node, contest.entries[entry].attendance.as_ref())
    }

    fn attended(self, node: &Node, presence: Option<&Presence>) -> Option<Self> {
        let Some(attendance) = &node.attendance else { return Some(self) };
        match presence? {
            Presence::Absent if attendance.absent == AbsentRule::Zero => {
                Some(Step { factor: Exact::zero(), base: Exact::zero(), ..self })
            }
            Presence::Absent => None,
            Presence::Present(rank) => {
                let by = attendance.factor(rank)?;
                Some(Step { factor: &self.factor * by, base: &self.base * by, ..self })
            }
        }
    }

    fn up(&self, below: &Exact) -> Exact {
        let value = &self.factor * below + &self.base;
        match self.limits {
            Some(node) => limited(node, value, &mut Silent),
            None => value,
        }
    }
}

fn combine_of(contest: &Contest, group: usize) -> Combine {
    contest.node(group).group.as_ref().expect("what is above a node is a group").combine
}

fn fused<'t>(steps: &[Step<'t>]) -> Vec<Step<'t>> {
    let mut fused: Vec<Step> = Vec::new();
    for step in steps {
        match fused.last_mut().filter(|last| last.limits.is_none()) {
            // upper × (lower × x + base) + upper base
            Some(last) => {
                last.base = &step.factor * &last.base + &step.base;
                last.factor = &step.factor * &last.factor;
                last.limits = step.limits;
            }
            None => fused.push(step.clone()),
        }
    }
    fused
}
