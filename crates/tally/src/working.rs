//! The working: why one entry has the points it has, step by step.
//!
//! It is written by the same code that counts: `points` evaluates an entry either silently or with a pen in its hand, so a
//! working can never say anything else than the result. It holds data, no human words; a caller turns the steps into sentences
//! in two languages. It is made on demand for one entry and never stored.

mod step;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use step::{ItemWorth, JurorMark, JurorState, JurorValue, PartWeighed, Step};

use crate::Exact;
use crate::contest::Contest;
use crate::model::{Count, Test};
use crate::outcome::{OutStatus, Refused};
use crate::points::{Best, evaluate};
use crate::running;

/// The working of one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Working {
    /// Whose.
    pub entry: String,
    /// Why it is not in the running; none if it is. (`unscored` is never said here: look whether the root has points.)
    pub out: Option<OutStatus>,
    /// How it did at the gates, in the order of the document; empty if it withdrew.
    pub gates: Vec<GateWorking>,
    /// How its points came about. For an entry out of the running this says what it would have had.
    pub root: NodeWorking,
}

/// How an entry did at one gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GateWorking {
    /// The gate.
    pub gate: String,
    /// How the raw value came about.
    pub steps: Vec<Step>,
    /// The raw value; none if it is missing or cannot be.
    pub raw: Option<Exact>,
    /// How it is compared.
    pub test: Test,
    /// With what.
    pub value: Exact,
    /// Whether the entry passed; none if the gate refused to say (the reason is the last step).
    pub passed: Option<bool>,
}

/// How the points of one node came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NodeWorking {
    /// The node's id.
    pub node: String,
    /// What it is to the node above.
    pub as_what: AsWhat,
    /// Its points after its finish; under [`AsWhat::Juror`] the juror's value. None if it has none.
    pub points: Option<Exact>,
    /// What was done, in order.
    pub steps: Vec<Step>,
    /// The workings of the nodes below, in tree order. Below a panel group stand its jurors, each with the nodes below.
    pub below: Vec<NodeWorking>,
}

/// What a working is to the one above it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AsWhat {
    /// The total.
    Root,
    /// A part with this weight.
    Part(Exact),
    /// Its points are added.
    Bonus,
    /// Its points are subtracted.
    Penalty,
    /// The value of the same node from this juror's marks alone.
    Juror(String),
}

/// Why there is no working.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotExplained {
    /// The count's form is wrong. (A refusal of evaluation is no hindrance: the working shows it as a step.)
    Refused(Refused),
    /// The count has no such entry.
    UnknownEntry,
}

/// The working of one entry; its root has the very points that [`crate::count`] gives.
///
/// ```
/// use tally::{Count, explain, working::Step};
///
/// let document: Count = serde_json::from_str(r#"{"format": "paritrana-count-1", "contest": "c",
///     "tree": {"id": "coverage", "leaf": {
///         "measure": {"ratio": {"numerator": "members", "denominator": "workers", "over_one": "cap"}},
///         "scale": {"times": "100"}, "missing": "zero", "not_applicable": "skip"}},
///     "entries": [{"id": "badung", "claims": {"members": "3", "workers": "4"}}]}"#).unwrap();
/// let working = explain(&document, "badung").unwrap();
/// assert_eq!(working.root.points.unwrap().to_string(), "75");
/// assert!(matches!(&working.root.steps[0], Step::Ratio { ratio, .. } if ratio.to_string() == "0.75"));
/// ```
///
/// # Errors
///
/// [`NotExplained`] if the count's form is wrong or it has no such entry.
pub fn explain(count: &Count, entry: &str) -> Result<Working, NotExplained> {
    let contest = Contest::read(count).map_err(NotExplained::Refused)?;
    let entry = *contest.entry_index.get(entry).ok_or(NotExplained::UnknownEntry)?;
    let mut pen = Pen::new();
    // What refuses the entry stands in its working as a step; what refuses others is not asked.
    let (mut others, mut own) = (Vec::new(), Vec::new());
    let out = running::all(&contest, &mut others);
    let best = Best::of(&contest, &out);
    let gates = running::explain_gates(&contest, entry);
    evaluate(&contest, entry, out[entry].is_none(), &best, None, &mut pen, &mut own);
    Ok(Working { entry: contest.entries[entry].id.clone(), out: out[entry].clone(), gates, root: pen.finished() })
}

impl fmt::Display for NotExplained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotExplained::Refused(refused) => refused.fmt(f),
            NotExplained::UnknownEntry => f.write_str("the count has no such entry"),
        }
    }
}

impl std::error::Error for NotExplained {}

/// Where an evaluation writes its steps. What a step says is only put together if somebody writes.
pub(crate) trait Notes {
    /// Whether anything is written at all.
    const WRITES: bool;
    fn open(&mut self, node: &str, as_what: impl FnOnce() -> AsWhat);
    fn step(&mut self, step: impl FnOnce() -> Step);
    fn close(&mut self, points: Option<&Exact>);
}

/// Writes nothing.
pub(crate) struct Silent;

impl Notes for Silent {
    const WRITES: bool = false;
    fn open(&mut self, _: &str, _: impl FnOnce() -> AsWhat) {}
    fn step(&mut self, _: impl FnOnce() -> Step) {}
    fn close(&mut self, _: Option<&Exact>) {}
}

/// Writes everything.
pub(crate) struct Pen {
    /// The workings that are not finished, outermost first. The first is a sheet of paper for loose steps.
    open: Vec<NodeWorking>,
}

impl Pen {
    pub fn new() -> Self {
        let paper = NodeWorking { node: String::new(), as_what: AsWhat::Root, points: None, steps: vec![], below: vec![] };
        Pen { open: vec![paper] }
    }

    fn top(&mut self) -> &mut NodeWorking {
        self.open.last_mut().expect("the paper is never closed")
    }

    /// The steps that were written outside any node.
    pub fn loose_steps(mut self) -> Vec<Step> {
        std::mem::take(&mut self.top().steps)
    }

    fn finished(mut self) -> NodeWorking {
        self.top().below.pop().expect("an evaluation opens and closes the root")
    }
}

impl Notes for Pen {
    const WRITES: bool = true;

    fn open(&mut self, node: &str, as_what: impl FnOnce() -> AsWhat) {
        let new = NodeWorking { node: node.into(), as_what: as_what(), points: None, steps: vec![], below: vec![] };
        self.open.push(new);
    }

    fn step(&mut self, step: impl FnOnce() -> Step) {
        self.top().steps.push(step());
    }

    fn close(&mut self, points: Option<&Exact>) {
        let mut done = self.open.pop().expect("every close has its open");
        done.points = points.cloned();
        self.top().below.push(done);
    }
}
