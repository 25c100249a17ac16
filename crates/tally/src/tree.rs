//! The tree as a flat list: every node once, above before below, with what stands around it.
//!
//! "Tree order" is this list's order: a node, then its parts, its bonuses and its penalties, each with all that is below it.
//! Whoever needs to go through the tree goes through the list, so nothing recurses over a hostile document.

use std::collections::HashMap;

use crate::Exact;
use crate::model::{AbsentRule, Leaf, Measure, Node};

/// The most levels that a tree may have; the root is the first.
pub(crate) const LEVELS: u32 = 32;

pub(crate) struct Tree<'a> {
    pub nodes: Vec<TreeNode<'a>>,
    pub index: HashMap<&'a str, usize>,
    /// The marks leaves, in tree order.
    pub marks_leaves: Vec<usize>,
    /// Whether something was left out because it is too deep.
    pub too_deep: bool,
}

pub(crate) struct TreeNode<'a> {
    pub node: &'a Node,
    /// The node directly above; none for the root.
    pub above: Option<usize>,
    pub role: Role<'a>,
    /// The panel group that it is below of (not the panel group itself).
    pub panel: Option<usize>,
    /// Whether it is, or is below, a penalty.
    pub penalty: bool,
    /// Whether a node above lets an absent entry off with 0 or without points.
    pub lets_off: bool,
    /// Its position among the marks leaves.
    pub marks: Option<usize>,
    pub below: Vec<usize>,
    /// The first position after all that is below it.
    pub past: usize,
}

/// What a node is to the one above.
#[derive(Clone, Copy)]
pub(crate) enum Role<'a> {
    Root,
    Part(&'a Exact),
    Bonus,
    Penalty,
}

impl<'a> Tree<'a> {
    pub fn of(root: &'a Node) -> Self {
        let mut tree = Tree { nodes: Vec::new(), index: HashMap::new(), marks_leaves: Vec::new(), too_deep: false };
        tree.add(root, Role::Root, None, 1);
        tree
    }

    /// Whether jurors mark a node or something below it.
    pub fn is_marked(&self, at: usize) -> bool {
        let first = self.marks_leaves.partition_point(|leaf| *leaf < at);
        self.marks_leaves.get(first).is_some_and(|leaf| *leaf < self.nodes[at].past)
    }

    fn add(&mut self, node: &'a Node, role: Role<'a>, above: Option<usize>, level: u32) {
        if level > LEVELS {
            self.too_deep = true;
            return;
        }
        let at = self.push(node, role, above);
        if let Some(group) = &node.group {
            for part in &group.parts {
                self.add(&part.node, Role::Part(&part.weight), Some(at), level + 1);
            }
            for bonus in &group.bonuses {
                self.add(bonus, Role::Bonus, Some(at), level + 1);
            }
            for penalty in &group.penalties {
                self.add(penalty, Role::Penalty, Some(at), level + 1);
            }
        }
        self.nodes[at].past = self.nodes.len();
    }

    fn push(&mut self, node: &'a Node, role: Role<'a>, above: Option<usize>) -> usize {
        let at = self.nodes.len();
        self.index.entry(&node.id).or_insert(at);
        let mut new =
            TreeNode { node, above, role, panel: None, penalty: false, lets_off: false, marks: None, below: vec![], past: at };
        if let Some(above) = above {
            let upper = &mut self.nodes[above];
            upper.below.push(at);
            let is_panel = upper.node.group.as_ref().is_some_and(|group| group.panel.is_some());
            new.panel = upper.panel.or(is_panel.then_some(above));
            new.lets_off = upper.lets_off || lets_off(upper.node);
            new.penalty = upper.penalty || matches!(role, Role::Penalty);
        }
        if node.leaf.as_ref().is_some_and(Leaf::takes_marks) {
            new.marks = Some(self.marks_leaves.len());
            self.marks_leaves.push(at);
        }
        self.nodes.push(new);
        at
    }
}

fn lets_off(node: &Node) -> bool {
    let absent = node.attendance.as_ref().map(|attendance| attendance.absent);
    matches!(absent, Some(AbsentRule::Zero | AbsentRule::Skip))
}

impl Leaf {
    pub(crate) fn takes_marks(&self) -> bool {
        matches!(self.measure, Measure::Marks { .. })
    }
}
