//! Points: one entry's way through the tree, from claims and marks to the total.
//!
//! The tree is gone through once for each entry; a panel group goes through what is below it once for each juror. The same
//! code counts and explains: what differs is only who takes the notes. Refusals are collected, not thrown, so that a person who
//! has to mend the count hears of all of them at once (`docs/specification.md` sections 4 and 6).

mod leaf;

use std::collections::HashMap;

use crate::Exact;
use crate::claims::Claims;
use crate::combine::{Combination, combine};
use crate::contest::{Contest, State};
use crate::finish::finish;
use crate::measure;
use crate::model::{Group, Missing, Panel, Presence};
use crate::outcome::{Code, OutStatus, Refusal};
use crate::tree::Role;
use crate::working::{AsWhat, JurorValue, Notes, PartWeighed, Silent, Step};

/// What an entry's evaluation gives.
#[derive(Debug, Clone)]
pub(crate) struct Scored {
    /// By node; none below a panel.
    pub points: Vec<Option<Exact>>,
    /// By panel group: the value of each juror.
    pub panels: HashMap<usize, Vec<Option<Exact>>>,
}

/// The greatest raw value, by leaf that is measured relative to it.
pub(crate) struct Best(HashMap<usize, Option<Exact>>);

impl Best {
    /// Looks at all entries in the running to which the leaf applies. What refuses here refuses again, and is heard, when the
    /// entry itself is evaluated.
    pub fn of(contest: &Contest, out: &[Option<OutStatus>]) -> Self {
        let mut best = HashMap::new();
        for (leaf, of) in contest.relative_leaves() {
            let mut greatest: Option<Exact> = None;
            let applies = |entry: &usize| out[*entry].is_none() && !contest.not_applicable(leaf, *entry);
            for entry in (0..contest.entries.len()).filter(applies) {
                let mut claims = Claims::of(contest, entry);
                let raw = measure::raw(of, &contest.entries[entry], &mut claims, &mut Silent);
                greatest = greatest.max(raw.ok().flatten());
            }
            best.insert(leaf, greatest);
        }
        Best(best)
    }
}

/// Evaluates one entry. Refusals are added to `refused` if it is in the running; then its points are not to be used. `settled` is what
/// the same entry had with other sheets: only what marks can change is worked out again.
pub(crate) fn evaluate<N: Notes>(
    contest: &Contest,
    entry: usize,
    in_running: bool,
    best: &Best,
    settled: Option<&Scored>,
    notes: &mut N,
    refused: &mut Vec<Refusal>,
) -> Scored {
    let mut way = Way {
        contest,
        entry,
        best,
        settled,
        claims: Claims::of(contest, entry),
        needed: in_running,
        juror: None,
        scored: Scored { points: vec![None; contest.tree.nodes.len()], panels: HashMap::new() },
        notes,
        refused,
    };
    way.node(0);
    way.scored
}

fn of_bounded_size(points: Option<Exact>) -> Result<Option<Exact>, Code> {
    if points.as_ref().is_some_and(Exact::is_too_large) { Err(Code::TooLarge) } else { Ok(points) }
}

fn refusal(contest: &Contest, code: Code, entry: usize, node: usize) -> Refusal {
    Refusal::of(code).entry(&contest.entries[entry].id).node(&contest.node(node).id)
}

/// One entry on its way through the tree.
struct Way<'w, 'a, N> {
    contest: &'w Contest<'a>,
    entry: usize,
    best: &'w Best,
    settled: Option<&'w Scored>,
    claims: Claims<'w, 'a>,
    /// Whether a value that is not there refuses the count.
    needed: bool,
    /// Below a panel: whose marks are looked at.
    juror: Option<usize>,
    scored: Scored,
    notes: &'w mut N,
    refused: &'w mut Vec<Refusal>,
}

impl<'a, N: Notes> Way<'_, 'a, N> {
    /// The points of a node.
    fn node(&mut self, at: usize) -> Option<Exact> {
        let contest = self.contest;
        if let Some(settled) = self.settled.filter(|_| self.juror.is_none() && !contest.tree.is_marked(at)) {
            let below = at..contest.at(at).past;
            self.scored.points[below.clone()].clone_from_slice(&settled.points[below]);
            return settled.points[at].clone();
        }
        let node = contest.node(at);
        self.notes.open(&node.id, || AsWhat::of(contest.at(at).role));
        let value = match (&node.leaf, &node.group) {
            (Some(leaf), _) => self.leaf(at, leaf),
            (None, Some(group)) => self.group(at, group),
            (None, None) => unreachable!("checked: a node is a group or a leaf"),
        };
        let finished = finish(node, self.presence(), value, self.notes);
        let points = finished.and_then(of_bounded_size).unwrap_or_else(|code| self.refuse(code, at));
        self.notes.close(points.as_ref());
        if self.juror.is_none() {
            self.scored.points[at].clone_from(&points);
        }
        points
    }

    /// Who came; none if nothing is recorded.
    fn presence(&self) -> Option<&'a Presence> {
        self.contest.entries[self.entry].attendance.as_ref()
    }

    fn group(&mut self, at: usize, group: &Group) -> Option<Exact> {
        match &group.panel {
            Some(panel) => self.panel(at, panel),
            None => self.combined(at),
        }
    }

    /// The value of a group from the nodes below. All of them are asked, so that all refusals are heard.
    fn combined(&mut self, at: usize) -> Option<Exact> {
        let contest = self.contest;
        let below = &contest.at(at).below;
        let points: Vec<Option<Exact>> = below.iter().map(|node| self.node(*node)).collect();
        let points_of = |node: usize| points[below.binary_search(&node).expect("it is below")].as_ref();
        let combination = combine(contest, at, points_of);
        if N::WRITES {
            self.note_combination(at, &points, combination.as_ref());
        }
        combination.map(|combination| combination.value)
    }

    fn note_combination(&mut self, at: usize, points: &[Option<Exact>], combination: Option<&Combination>) {
        let contest = self.contest;
        let Some(combination) = combination else {
            return self.notes.step(|| Step::NothingToCombine);
        };
        let combine = contest.node(at).group.as_ref().expect("only groups are combined").combine;
        let (mut parts, mut extras) = (Vec::new(), Vec::new());
        for (below, points) in contest.at(at).below.iter().zip(points) {
            let node = contest.node(*below).id.clone();
            match (contest.at(*below).role, points.clone()) {
                (Role::Part(weight), points) => {
                    let weighted = points.as_ref().map(|points| weight * points);
                    parts.push(PartWeighed { node, weight: weight.clone(), points, weighted });
                }
                (Role::Bonus, Some(points)) => extras.push(Step::Bonus { node, points }),
                (Role::Penalty, Some(points)) => extras.push(Step::Penalty { node, points }),
                _ => {}
            }
        }
        let Combination { weight, sum, parts: value, .. } = combination;
        let (weight, sum, value) = (weight.clone(), sum.clone(), value.clone());
        self.notes.step(|| Step::Combined { combine, parts, weight, sum, value });
        extras.into_iter().for_each(|extra| self.notes.step(|| extra));
    }

    /// The value of a panel group: once for each juror who gave a number below it, then combined.
    fn panel(&mut self, at: usize, panel: &Panel) -> Option<Exact> {
        let values: Vec<Option<Exact>> = (0..self.contest.count.jurors.len()).map(|juror| self.jurors_value(at, juror)).collect();
        let numbers: Vec<&Exact> = values.iter().flatten().collect();
        let one = panel.method.combine(&numbers);
        let (value, left_out) = one.map_or((None, vec![]), |one| (Some(one.value), one.left_out));
        self.notes.step(|| note_panel(self.contest, panel, &values, &left_out, value.clone()));
        self.scored.panels.insert(at, values);
        match value {
            Some(value) => Some(value),
            None => self.missing(at, panel.missing),
        }
    }

    fn jurors_value(&mut self, at: usize, juror: usize) -> Option<Exact> {
        let contest = self.contest;
        let mut leaves = (at + 1..contest.at(at).past).filter_map(|below| contest.at(below).marks);
        if !leaves.any(|leaf| matches!(contest.states(leaf, self.entry)[juror], State::Number(_))) {
            return None;
        }
        self.notes.open(&contest.node(at).id, || AsWhat::Juror(contest.count.jurors[juror].clone()));
        self.juror = Some(juror);
        let value = self.combined(at);
        self.juror = None;
        self.notes.close(value.as_ref());
        value
    }

    /// What it means that a leaf or a panel has no value.
    fn missing(&mut self, at: usize, rule: Missing) -> Option<Exact> {
        if rule != Missing::Refuse || !self.is_let_off(at) {
            self.notes.step(|| Step::Missing(rule));
        }
        match rule {
            Missing::Zero => Some(Exact::zero()),
            Missing::Skip => None,
            Missing::Refuse => self.refuse(Code::MissingValue, at),
        }
    }

    /// Whether nobody came and a node above says what that means, so that nothing is asked here.
    fn is_let_off(&self, at: usize) -> bool {
        self.contest.at(at).lets_off && self.presence() == Some(&Presence::Absent)
    }

    /// Notes the refusal if the value is needed; the node has no points then. What is too large is refused to everybody: that
    /// limit is the machine's, not the interview's.
    fn refuse(&mut self, code: Code, at: usize) -> Option<Exact> {
        if self.is_let_off(at) && code != Code::TooLarge {
            self.notes.step(|| Step::NotHeard(code));
        } else if self.needed {
            self.notes.step(|| Step::Refused(code));
            self.refused.push(refusal(self.contest, code, self.entry, at));
        }
        None
    }
}

fn note_panel(contest: &Contest, panel: &Panel, values: &[Option<Exact>], left_out: &[usize], value: Option<Exact>) -> Step {
    let mut number = 0..;
    let jurors = contest.count.jurors.iter().zip(values).map(|(juror, value)| JurorValue {
        juror: juror.clone(),
        value: value.clone(),
        left_out: value.is_some() && number.next().is_some_and(|number| left_out.contains(&number)),
    });
    Step::Panel {
        jurors: jurors.collect(),
        counted: count_of(values.iter().flatten().count()),
        of: count_of(values.len()),
        method: panel.method,
        value,
    }
}

fn count_of(length: usize) -> u32 {
    u32::try_from(length).expect("there are fewer than 2^32 jurors in memory")
}

impl AsWhat {
    fn of(role: Role) -> Self {
        match role {
            Role::Root => AsWhat::Root,
            Role::Part(weight) => AsWhat::Part(weight.clone()),
            Role::Bonus => AsWhat::Bonus,
            Role::Penalty => AsWhat::Penalty,
        }
    }
}
