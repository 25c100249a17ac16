//! From one contest of a rulebook to the count that `tally` answers.
//!
//! The result is a template: everything the rules say is in it, and nobody who competes. Whoever counts adds the contest's id,
//! jurors, entries and sheets. The tree's nodes are `total`, `stage:…` where stages have weights, and the ids of aspects and
//! indicators, so that a number of the outcome finds its name and source again with [`node_name`] and [`node_clause`].

mod measure;
mod nodes;
mod range;

use tally::{
    AbsentRule, Attendance, Award, COUNT_FORMAT, Combine, Count, Cut, Derived, Exact, Gate, Group, Leaf, Measure, Node, Panel,
    Part, Test,
};

pub use nodes::{ROOT, node_clause, node_name, node_names, stage_node};

use crate::rulebook::*;
use measure::measure;

/// The count of one category of a contest, without entries, jurors and sheets; its `contest` id is left empty.
///
/// The category must be one of the contest's: categories that share a contest may have gates of their own. Gates of a category
/// hold for the categories below it too.
///
/// ```
/// let book = rules::example();
/// let count = rules::compile(&book, &book.contests[0], "village");
/// assert_eq!(count.tree.id, "total");
/// let ids: Vec<&str> = count.tree.below().map(|node| node.id.as_str()).collect();
/// assert_eq!(ids, ["facilities", "visit"]);
/// assert_eq!(count.cut.unwrap().quota, 1);
/// ```
pub fn compile(rulebook: &Rulebook, contest: &ContestRule, category: &str) -> Count {
    let scheme = rulebook.scheme(&contest.scheme).expect("a rulebook's contests have schemes");
    let ladder = rulebook.ladder(&contest.ladder).expect("a rulebook's contests have ladders");
    Count {
        format: COUNT_FORMAT.to_owned(),
        contest: String::new(),
        jurors: Vec::new(),
        derived: rulebook.derived.iter().map(derived).collect(),
        gates: gates(rulebook, scheme, category),
        tree: Tree { rulebook, scheme }.root(),
        ladder: ladder.steps.clone(),
        cut: Some(cut(contest)),
        awards: contest.awards.iter().filter_map(|id| rulebook.award(id)).map(award).collect(),
        lot: None,
        orders: None,
        entries: Vec::new(),
        sheets: Vec::new(),
    }
}

fn derived(rule: &DerivedRule) -> Derived {
    Derived { name: rule.id.clone(), formula: rule.formula.clone() }
}

fn gates(rulebook: &Rulebook, scheme: &Scheme, category: &str) -> Vec<Gate> {
    let line = rulebook.category_line(category);
    let above = line.iter().rev().flat_map(|category| &category.gates);
    above.chain(&scheme.gates).map(gate).collect()
}

fn gate(rule: &GateRule) -> Gate {
    let (measure, test, value) = match &rule.condition {
        GateCondition::Yes(claim) => (Measure::Claim(claim.clone()), Test::Equals, Exact::one()),
        GateCondition::No(claim) => (Measure::Claim(claim.clone()), Test::Equals, Exact::zero()),
        GateCondition::Claim(claim, test, value) => (Measure::Claim(claim.clone()), *test, value.clone()),
        GateCondition::Formula(formula, test, value) => (Measure::Formula(formula.clone()), *test, value.clone()),
        GateCondition::PreviousWinner(years) => {
            (Measure::Claim(format!("history.wins_within_{years}")), Test::AtMost, Exact::zero())
        }
    };
    Gate { id: rule.id.clone(), measure, test, value, missing: rule.missing }
}

fn cut(contest: &ContestRule) -> Cut {
    Cut {
        quota: contest.quota,
        reserves: contest.reserves,
        minimum: contest.minimum.clone(),
        region_cap: contest.region_cap,
        ties: contest.ties,
        within: contest.quota_within,
    }
}

fn award(rule: &AwardRule) -> Award {
    Award { id: rule.id.clone(), within: rule.within, by: rule.by.clone() }
}

/// The tree of one scheme.
struct Tree<'r> {
    rulebook: &'r Rulebook,
    scheme: &'r Scheme,
}

impl Tree<'_> {
    fn root(&self) -> Node {
        let scheme = self.scheme;
        let group = if scheme.stage_weights.is_empty() {
            self.aspects(|_| true)
        } else {
            let stages = scheme.stage_weights.iter();
            let parts = stages.map(|(stage, weight)| Part { weight: weight.clone(), node: self.stage(*stage) }).collect();
            // Bonuses and penalties that belong to no stage are for the total.
            Group { combine: Combine::Mean, parts, ..self.aspects(|aspect| aspect.stage.is_none()) }
        };
        Node { group: Some(group), ..node(ROOT, &scheme.limits) }
    }

    fn stage(&self, stage: Stage) -> Node {
        let group = self.aspects(|aspect| aspect.stage == Some(stage));
        Node { group: Some(group), ..node(&stage_node(stage), &Limits::default()) }
    }

    /// A group of those aspects of the scheme that belong to it.
    fn aspects(&self, belongs: impl Fn(&Aspect) -> bool) -> Group {
        let mut group = empty_group(self.scheme.combine);
        for aspect in self.scheme.aspects.iter().filter(|aspect| belongs(aspect)) {
            add(&mut group, aspect.role, &aspect.weight, self.aspect(aspect));
        }
        group
    }

    fn aspect(&self, aspect: &Aspect) -> Node {
        let mut group = empty_group(aspect.combine);
        for indicator in &aspect.indicators {
            add(&mut group, indicator.role, &indicator.weight, self.indicator(aspect, indicator));
        }
        let method = aspect.method.unwrap_or(self.scheme.method);
        group.panel = aspect.sheet_order.map(|missing| Panel { method, missing });
        let attendance = aspect.attendance.as_deref().and_then(|id| self.rulebook.attendance_table(id));
        let range = aspect.sheet_order.and_then(|_| range::of_panel(aspect));
        Node { group: Some(group), attendance: attendance.map(factor), range, ..node(&aspect.id, &aspect.limits) }
    }

    fn indicator(&self, aspect: &Aspect, indicator: &Indicator) -> Node {
        let method = match aspect.sheet_order {
            // Each juror's own marks are added up; the panel's method stands at the aspect.
            Some(_) => tally::Method::Mean,
            None => aspect.method.unwrap_or(self.scheme.method),
        };
        let leaf = Leaf {
            measure: measure(self.rulebook, &indicator.kind, method),
            scale: indicator.scale.clone(),
            missing: indicator.missing,
            not_applicable: indicator.not_applicable,
        };
        let range = if aspect.sheet_order.is_some() { None } else { range::range(indicator) };
        let attendance = self.absence(indicator);
        Node { leaf: Some(leaf), attendance, range, ..node(&indicator.id, &indicator.limits) }
    }

    /// Points for attendance are 0 for whoever stays away. A table that wants anything else than 0 gets a factor of 1 beside the
    /// points, which carries that rule and changes nothing for whoever came.
    fn absence(&self, indicator: &Indicator) -> Option<Attendance> {
        let IndicatorKind::Attendance { attendance } = &indicator.kind else {
            return None;
        };
        let absent = self.rulebook.attendance_table(attendance)?.absent;
        let factor = Attendance { table: Default::default(), otherwise: Some(Exact::one()), absent };
        (absent != AbsentRule::Zero).then_some(factor)
    }
}

fn empty_group(combine: Combine) -> Group {
    Group { combine, parts: Vec::new(), bonuses: Vec::new(), penalties: Vec::new(), panel: None }
}

/// Puts a node where its role belongs.
fn add(group: &mut Group, role: Role, weight: &Exact, node: Node) {
    match role {
        Role::Part => group.parts.push(Part { weight: weight.clone(), node }),
        Role::Bonus => group.bonuses.push(node),
        Role::Penalty => group.penalties.push(node),
    }
}

/// A node with its limits and nothing in it yet.
fn node(id: &str, limits: &Limits) -> Node {
    Node {
        id: id.to_owned(),
        group: None,
        leaf: None,
        attendance: None,
        floor: limits.floor.clone(),
        cap: limits.cap.clone(),
        round: limits.round,
        range: None,
    }
}

fn factor(rule: &AttendanceRule) -> Attendance {
    Attendance { table: measure::ranks(rule), otherwise: rule.otherwise.clone(), absent: rule.absent }
}

#[cfg(test)]
mod tests;
