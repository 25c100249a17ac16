//! A count document that passed its checks, with its ids resolved.
//!
//! Everything after this file works with positions instead of ids and may rely on the form of the document. What no sheet
//! mentions is absent: that default is set here, in one place (`docs/specification.md` section 3).

use std::collections::HashMap;

use crate::Exact;
use crate::formula::Formula;
use crate::model::{Count, Cut, Entry, Mark, Measure, Node, Sheet, SheetState};
use crate::outcome::{Refused, Status};
use crate::tree::{Tree, TreeNode};

pub(crate) struct Contest<'a> {
    pub count: &'a Count,
    pub tree: Tree<'a>,
    pub entries: &'a [Entry],
    pub entry_index: HashMap<&'a str, usize>,
    /// Every formula of the count by its text.
    formulas: HashMap<&'a str, Formula>,
    /// The text of the formula of every derived claim.
    derived: HashMap<&'a str, &'a str>,
    /// By marks leaf, entry and juror.
    states: Vec<State<'a>>,
    /// The pools in order of first appearance, and the pool of each entry.
    pub pools: Vec<Option<&'a str>>,
    pub pool_of: Vec<usize>,
    /// The region of each entry, and how many regions there are.
    pub region_of: Vec<Option<usize>>,
    pub regions: usize,
}

/// What one juror's sheets say of one leaf and entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State<'a> {
    Number(&'a Exact),
    Abstained,
    Recused,
    Absent,
    NotApplicable,
}

/// What a sheet says of one marks leaf.
pub(crate) struct Said<'a> {
    pub sheet: &'a Sheet,
    slot: usize,
    state: State<'a>,
}

impl<'a> Contest<'a> {
    pub fn read(count: &'a Count) -> Result<Self, Refused> {
        let tree = Tree::of(&count.tree);
        let formulas = crate::check::check(count, &tree).map_err(|found| Refused::because(&count.contest, found))?;
        let entries = &count.entries[..];
        let (pools, pool_of) = numbered(entries.iter().map(|entry| entry.pool.as_deref()));
        let (regions, region_of) = numbered(entries.iter().map(|entry| entry.region.as_deref()));
        let region_of = region_of.into_iter().map(|region| regions[region].map(|_| region)).collect();
        let mut contest = Contest {
            count,
            entry_index: entries.iter().enumerate().map(|(at, entry)| (entry.id.as_str(), at)).collect(),
            entries,
            formulas,
            derived: count.derived.iter().map(|claim| (claim.name.as_str(), claim.formula.as_str())).collect(),
            states: vec![State::Absent; tree.marks_leaves.len() * entries.len() * count.jurors.len()],
            tree,
            pools,
            pool_of,
            regions: regions.len(),
            region_of,
        };
        let said = contest.said();
        contest.take(&said);
        Ok(contest)
    }

    /// What all sheets say, in the order in which it is taken: what is taken later speaks. Marks come after sheets without marks, and of
    /// these the first in the document comes last.
    pub fn said(&self) -> Vec<Said<'a>> {
        let jurors: HashMap<&str, usize> = self.count.jurors.iter().enumerate().map(|(at, juror)| (juror.as_str(), at)).collect();
        let handed_in = |sheet: &&Sheet| sheet.state == SheetState::HandedIn;
        let without_marks = self.count.sheets.iter().rev().filter(|sheet| !handed_in(sheet));
        let mut said = Vec::with_capacity(self.states.len());
        for sheet in without_marks.chain(self.count.sheets.iter().filter(handed_in)) {
            let (juror, entry) = (jurors[sheet.juror.as_str()], self.entry_index[sheet.entry.as_str()]);
            self.note_sheet(sheet, entry, juror, &mut said);
        }
        said
    }

    fn note_sheet(&self, sheet: &'a Sheet, entry: usize, juror: usize, said: &mut Vec<Said<'a>>) {
        let everywhere = match sheet.state {
            SheetState::HandedIn => None,
            SheetState::Abstained => Some(State::Abstained),
            SheetState::Recused => Some(State::Recused),
            SheetState::Absent => Some(State::Absent),
        };
        if let Some(state) = everywhere {
            let leaves = 0..self.tree.marks_leaves.len();
            said.extend(leaves.map(|leaf| Said { sheet, slot: self.slot(leaf, entry, juror), state }));
        }
        for (leaf, mark) in &sheet.marks {
            let leaf = self.tree.nodes[self.tree.index[leaf.as_str()]].marks.expect("checked: a marks leaf");
            said.push(Said { sheet, slot: self.slot(leaf, entry, juror), state: State::of(mark) });
        }
    }

    /// Takes this in place of what was taken before.
    pub fn take<'s>(&mut self, said: impl IntoIterator<Item = &'s Said<'a>>)
    where
        'a: 's,
    {
        self.states.fill(State::Absent);
        for said in said {
            self.states[said.slot] = said.state;
        }
    }

    fn slot(&self, leaf: usize, entry: usize, juror: usize) -> usize {
        (leaf * self.entries.len() + entry) * self.count.jurors.len() + juror
    }

    /// The states of all jurors for one marks leaf (by its position among them) and entry.
    pub fn states(&self, leaf: usize, entry: usize) -> &[State<'a>] {
        let start = self.slot(leaf, entry, 0);
        &self.states[start..start + self.count.jurors.len()]
    }

    /// The numbers that the jurors gave for the marks leaf at a node.
    pub fn numbers(&self, node: usize, entry: usize) -> impl Iterator<Item = Option<&'a Exact>> {
        let leaf = self.at(node).marks.expect("asked of marks leaves only");
        self.states(leaf, entry).iter().map(State::number)
    }

    pub fn at(&self, node: usize) -> &TreeNode<'a> {
        &self.tree.nodes[node]
    }

    pub fn node(&self, at: usize) -> &'a Node {
        self.tree.nodes[at].node
    }

    pub fn cut(&self) -> Option<&'a Cut> {
        self.count.cut.as_ref()
    }

    /// The status of everybody who is not told anything else.
    pub fn plain_status(&self) -> Status {
        if self.count.cut.is_some() { Status::Below } else { Status::Ranked }
    }

    pub fn formula(&self, text: &str) -> &Formula {
        &self.formulas[text]
    }

    /// The formula's text of a derived claim, with the name as the document holds it.
    pub fn derived(&self, name: &str) -> Option<(&'a str, &'a str)> {
        self.derived.get_key_value(name).map(|(name, text)| (*name, *text))
    }

    pub fn not_applicable(&self, node: usize, entry: usize) -> bool {
        self.entries[entry].not_applicable.contains(&self.node(node).id)
    }

    /// The leaves that are measured relative to the best, with what they compare.
    pub fn relative_leaves(&self) -> impl Iterator<Item = (usize, &'a Measure)> {
        self.tree.nodes.iter().enumerate().filter_map(|(at, seat)| match &seat.node.leaf.as_ref()?.measure {
            Measure::Relative { of } => Some((at, of.as_ref())),
            _ => None,
        })
    }
}

/// Numbers the texts in order of first appearance.
fn numbered<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> (Vec<Option<&'a str>>, Vec<usize>) {
    let (mut list, mut seen) = (Vec::new(), HashMap::new());
    let numbers = texts
        .map(|text| {
            *seen.entry(text).or_insert_with(|| {
                list.push(text);
                list.len() - 1
            })
        })
        .collect();
    (list, numbers)
}

impl<'a> State<'a> {
    fn of(mark: &'a Mark) -> Self {
        match mark {
            Mark::Given(number) => State::Number(number),
            Mark::Abstained => State::Abstained,
            Mark::Absent => State::Absent,
            Mark::NotApplicable => State::NotApplicable,
        }
    }

    pub fn number(&self) -> Option<&'a Exact> {
        match self {
            State::Number(number) => Some(number),
            _ => None,
        }
    }
}
