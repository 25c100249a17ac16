//! What moved: the difference between two outcomes of the same contest, entry by entry.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Exact;
use crate::outcome::{OutStatus, Outcome, Status};

/// One entry before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// Who.
    pub entry: String,
    /// Where it stood; none if the first outcome does not know it.
    pub before: Option<Whereabouts>,
    /// Where it stands; none if the second outcome does not know it.
    pub after: Option<Whereabouts>,
}

/// Where an entry stands in one outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whereabouts {
    /// Its total; none without a place.
    pub total: Option<Exact>,
    /// Its place, from 1; none without a place.
    pub place: Option<u32>,
    /// What became of it.
    pub fate: Fate,
}

/// What became of an entry, with a place or without.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It has a place, and the cut says this of it.
    Placed(Status),
    /// It has none, for this reason.
    Out(OutStatus),
}

impl Move {
    /// Whether anything is different.
    ///
    /// ```
    /// let still = tally::Move { entry: "a".into(), before: None, after: None };
    /// assert!(!still.is_different());
    /// ```
    pub fn is_different(&self) -> bool {
        self.before != self.after
    }
}

/// Every entry of either outcome with where it stood and stands: those with a place afterwards first, in that order, then the
/// others by id.
///
/// ```
/// use tally::{Change, Count, apply, change::Fate, count, moves, outcome::OutStatus};
///
/// let document: Count = serde_json::from_str(r#"{"format": "paritrana-count-1", "contest": "c",
///     "tree": {"id": "points", "leaf": {
///         "measure": "stated", "scale": "identity", "missing": "refuse", "not_applicable": "skip"}},
///     "entries": [{"id": "a", "stated": {"points": "7"}}, {"id": "b", "stated": {"points": "6"}}]}"#).unwrap();
/// let without = apply(&document, &[Change::Withdraw { entry: "a".into() }]).unwrap();
/// let moves = moves(&count(&document).unwrap(), &count(&without).unwrap());
/// assert_eq!((moves[0].entry.as_str(), moves[0].after.as_ref().unwrap().place), ("b", Some(1)));
/// assert_eq!(moves[1].after.as_ref().unwrap().fate, Fate::Out(OutStatus::Withdrawn));
/// ```
pub fn moves(before: &Outcome, after: &Outcome) -> Vec<Move> {
    let (mut was, mut is) = (whereabouts(before), whereabouts(after));
    let placed = after.standing.iter().map(|row| row.entry.clone());
    let mut order: Vec<String> = placed.collect();
    let others: std::collections::BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let without_place = |entry: &&&String| is.get(**entry).is_none_or(|after| after.place.is_none());
    order.extend(others.iter().filter(without_place).map(|entry| (*entry).clone()).collect::<Vec<_>>());
    order.into_iter().map(|entry| Move { before: was.remove(&entry), after: is.remove(&entry), entry }).collect()
}

fn whereabouts(outcome: &Outcome) -> BTreeMap<String, Whereabouts> {
    let placed = outcome.standing.iter().map(|row| {
        let (total, place) = (Some(row.total.clone()), Some(row.place));
        (row.entry.clone(), Whereabouts { total, place, fate: Fate::Placed(row.status) })
    });
    let out = outcome.out.iter().map(|row| {
        let fate = Fate::Out(row.status.clone());
        (row.entry.clone(), Whereabouts { total: None, place: None, fate })
    });
    placed.chain(out).collect()
}
