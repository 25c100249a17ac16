//! What if: a list of changes to a count, followed by a full count of its own.
//!
//! "What if this criterion weighed more", "without this juror", "without attendance": the answer to each is a count like the
//! official one, by the same code, of a document that differs in the changes alone. Nothing is estimated and nothing official is
//! touched.

mod moves;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Exact;
use crate::model::{AbsentRule, Count, Cut, Entry, Item, Mark, Node, Presence, Sheet, SheetState};

pub use moves::{Fate, Move, Whereabouts, moves};

/// One change to a count.
///
/// ```
/// use tally::Change;
///
/// let change: Change = serde_json::from_str(r#"{"weight": {"node": "coverage", "weight": "0.4"}}"#).unwrap();
/// assert_eq!(change, Change::Weight { node: "coverage".into(), weight: "0.4".parse().unwrap() });
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// A part of a group gets another weight.
    Weight {
        /// The part's node.
        node: String,
        /// Its new weight; not negative.
        weight: Exact,
    },
    /// An entry gets another number for a claim, or none.
    Claim {
        /// Whose.
        entry: String,
        /// The claim.
        name: String,
        /// The new number; none makes the claim missing.
        value: Option<Exact>,
    },
    /// An entry gets one more item at the end of a list; the list is made if it is not there.
    AddItem {
        /// Whose.
        entry: String,
        /// The list.
        list: String,
        /// The new item.
        item: Item,
    },
    /// An item of a list becomes another one.
    ReplaceItem {
        /// Whose.
        entry: String,
        /// The list.
        list: String,
        /// The item's position, from 0.
        position: usize,
        /// The new item.
        item: Item,
    },
    /// An item of a list reaches another stage.
    ItemStage {
        /// Whose.
        entry: String,
        /// The list.
        list: String,
        /// The item's position, from 0.
        position: usize,
        /// The new stage.
        stage: String,
    },
    /// An item of a list is gone; the list stays, perhaps empty.
    RemoveItem {
        /// Whose.
        entry: String,
        /// The list.
        list: String,
        /// The item's position, from 0.
        position: usize,
    },
    /// A juror gives another mark or state for one leaf and entry. What the juror's sheets say of other leaves stays.
    Mark {
        /// Whose mark.
        juror: String,
        /// For whom.
        entry: String,
        /// For which leaf.
        leaf: String,
        /// The new mark or state.
        mark: Mark,
    },
    /// A source states other points, or none.
    Stated {
        /// For whom.
        entry: String,
        /// For which leaf.
        leaf: String,
        /// The new points; none makes them missing.
        points: Option<Exact>,
    },
    /// The panel without this juror: neither the juror nor the juror's sheets.
    WithoutJuror {
        /// The juror.
        juror: String,
    },
    /// Somebody else, or nobody, came with an entry.
    Attendance {
        /// Whose.
        entry: String,
        /// Who came; none if nothing is recorded.
        presence: Option<Presence>,
    },
    /// Attendance plays no part as a factor: every factor is 1, and for an absent entry the node has no points, so its weight is
    /// shared by the others and nobody is excluded for it. Points looked up by rank (the measure `rank`) stay as they are, and
    /// attendance that is not recorded stays pending.
    IgnoreAttendance,
    /// Another number of entries advances.
    Quota {
        /// How many.
        quota: u32,
    },
    /// Another minimum holds, or none.
    Minimum {
        /// The new minimum.
        minimum: Option<Exact>,
    },
    /// An entry withdraws.
    Withdraw {
        /// Who.
        entry: String,
    },
}

/// Why a change cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeRefused {
    /// Which of the changes, from 0.
    pub change: usize,
    /// Why.
    pub reason: ChangeReason,
}

/// See [`ChangeRefused`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeReason {
    /// The count has no such entry.
    UnknownEntry,
    /// The count has no such juror.
    UnknownJuror,
    /// The tree has no such node, it is not a part of a group, or it does not take marks.
    UnknownNode,
    /// The entry has no such item.
    UnknownItem,
    /// The juror is recused from this entry; a recused juror has no marks, also not for a question.
    Recused,
    /// There is no cut.
    NoCut,
}

/// The count as it would be after the changes, made one after the other. Whether it can be counted, [`crate::count`] says.
///
/// ```
/// use tally::{Change, Count, apply, count};
///
/// let document: Count = serde_json::from_str(r#"{"format": "paritrana-count-1", "contest": "c",
///     "tree": {"id": "points", "leaf": {
///         "measure": "stated", "scale": "identity", "missing": "refuse", "not_applicable": "skip"}},
///     "entries": [{"id": "a", "stated": {"points": "7"}}]}"#).unwrap();
/// let better = Change::Stated { entry: "a".into(), leaf: "points".into(), points: Some("8".parse().unwrap()) };
/// let outcome = count(&apply(&document, &[better]).unwrap()).unwrap();
/// assert_eq!(outcome.standing[0].total.to_string(), "8");
/// ```
///
/// # Errors
///
/// [`ChangeRefused`] for the first change that names what is not there.
pub fn apply(count: &Count, changes: &[Change]) -> Result<Count, ChangeRefused> {
    let mut changed = count.clone();
    for (at, change) in changes.iter().enumerate() {
        change.make(&mut changed).map_err(|reason| ChangeRefused { change: at, reason })?;
    }
    Ok(changed)
}

type Made = Result<(), ChangeReason>;

impl Change {
    fn make(&self, count: &mut Count) -> Made {
        match self {
            Change::Weight { node, weight } => set_weight(count, node, weight),
            Change::Claim { entry: id, name, value } => {
                set_or_remove(&mut entry(count, id)?.claims, name, value);
                Ok(())
            }
            Change::AddItem { entry: id, list, item } => {
                entry(count, id)?.lists.entry(list.clone()).or_default().push(item.clone());
                Ok(())
            }
            Change::ReplaceItem { entry, list, position, item: new } => {
                *item(count, entry, list, *position)? = new.clone();
                Ok(())
            }
            Change::ItemStage { entry, list, position, stage } => {
                item(count, entry, list, *position)?.stage.clone_from(stage);
                Ok(())
            }
            Change::RemoveItem { entry, list, position } => {
                item(count, entry, list, *position)?;
                self::entry(count, entry)?.lists.entry(list.clone()).or_default().remove(*position);
                Ok(())
            }
            Change::Mark { juror, entry, leaf, mark } => set_mark(count, juror, entry, leaf, mark),
            Change::Stated { entry: id, leaf, points } => {
                set_or_remove(&mut entry(count, id)?.stated, leaf, points);
                Ok(())
            }
            Change::WithoutJuror { juror } => remove_juror(count, juror),
            Change::Attendance { entry: id, presence } => {
                entry(count, id)?.attendance.clone_from(presence);
                Ok(())
            }
            Change::IgnoreAttendance => {
                ignore_attendance(&mut count.tree);
                Ok(())
            }
            Change::Quota { quota } => {
                cut(count)?.quota = *quota;
                Ok(())
            }
            Change::Minimum { minimum } => {
                cut(count)?.minimum.clone_from(minimum);
                Ok(())
            }
            Change::Withdraw { entry: id } => {
                entry(count, id)?.withdrawn = true;
                Ok(())
            }
        }
    }
}

fn entry<'c>(count: &'c mut Count, id: &str) -> Result<&'c mut Entry, ChangeReason> {
    count.entries.iter_mut().find(|entry| entry.id == id).ok_or(ChangeReason::UnknownEntry)
}

fn item<'c>(count: &'c mut Count, id: &str, list: &str, position: usize) -> Result<&'c mut Item, ChangeReason> {
    let items = entry(count, id)?.lists.get_mut(list);
    items.and_then(|items| items.get_mut(position)).ok_or(ChangeReason::UnknownItem)
}

fn cut(count: &mut Count) -> Result<&mut Cut, ChangeReason> {
    count.cut.as_mut().ok_or(ChangeReason::NoCut)
}

fn set_or_remove(map: &mut std::collections::BTreeMap<String, Exact>, name: &str, value: &Option<Exact>) {
    match value {
        Some(value) => map.insert(name.into(), value.clone()),
        None => map.remove(name),
    };
}

fn set_weight(count: &mut Count, node: &str, weight: &Exact) -> Made {
    let mut open = vec![&mut count.tree];
    while let Some(next) = open.pop() {
        let parts = next.group.iter_mut().flat_map(|group| &mut group.parts);
        if let Some(part) = parts.into_iter().find(|part| part.node.id == node) {
            part.weight.clone_from(weight);
            return Ok(());
        }
        open.extend(next.below_mut());
    }
    Err(ChangeReason::UnknownNode)
}

fn remove_juror(count: &mut Count, juror: &str) -> Made {
    let before = count.jurors.len();
    count.jurors.retain(|other| other != juror);
    count.sheets.retain(|sheet| sheet.juror != juror);
    if count.jurors.len() == before { Err(ChangeReason::UnknownJuror) } else { Ok(()) }
}

fn ignore_attendance(root: &mut Node) {
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if let Some(attendance) = &mut node.attendance {
            attendance.table.clear();
            attendance.otherwise = Some(Exact::one());
            attendance.absent = AbsentRule::Skip;
        }
        open.extend(node.below_mut());
    }
}

fn set_mark(count: &mut Count, juror: &str, id: &str, leaf: &str, mark: &Mark) -> Made {
    if !count.jurors.iter().any(|known| known == juror) {
        return Err(ChangeReason::UnknownJuror);
    }
    entry(count, id)?;
    let leaves = marks_leaves(&count.tree);
    if !leaves.iter().any(|known| known == leaf) {
        return Err(ChangeReason::UnknownNode);
    }
    let sheet = sheet_to_change(&mut count.sheets, juror, id, leaf);
    let rest = match sheet.state {
        SheetState::HandedIn => None,
        SheetState::Recused => return Err(ChangeReason::Recused),
        SheetState::Abstained => Some(Mark::Abstained),
        SheetState::Absent => Some(Mark::Absent),
    };
    // A sheet without marks becomes one that says the same of every other leaf.
    if let Some(rest) = rest {
        sheet.state = SheetState::HandedIn;
        sheet.marks = leaves.into_iter().map(|leaf| (leaf, rest.clone())).collect();
    }
    sheet.marks.insert(leaf.into(), mark.clone());
    Ok(())
}

/// The juror's sheet for the entry that names the leaf, or else the first one, or else a new one.
fn sheet_to_change<'s>(sheets: &'s mut Vec<Sheet>, juror: &str, entry: &str, leaf: &str) -> &'s mut Sheet {
    let is_own = |sheet: &Sheet| sheet.juror == juror && sheet.entry == entry;
    let naming = sheets.iter().position(|sheet| is_own(sheet) && sheet.marks.contains_key(leaf));
    let at = naming.or_else(|| sheets.iter().position(is_own)).unwrap_or_else(|| {
        let (juror, entry) = (juror.to_string(), entry.to_string());
        sheets.push(Sheet { juror, entry, state: SheetState::HandedIn, marks: Default::default() });
        sheets.len() - 1
    });
    &mut sheets[at]
}

fn marks_leaves(root: &Node) -> Vec<String> {
    let mut leaves = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if node.leaf.as_ref().is_some_and(crate::model::Leaf::takes_marks) {
            leaves.push(node.id.clone());
        }
        open.extend(node.below());
    }
    leaves
}

impl fmt::Display for ChangeRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "change {} cannot be made: {:?}", self.change + 1, self.reason)
    }
}

impl std::error::Error for ChangeRefused {}

#[cfg(test)]
mod tests;
