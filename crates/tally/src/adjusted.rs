//! The adjusted result: the totals, the order and the cut once more, with every juror's strictness taken out.
//!
//! It never replaces the official result. It stands beside it where jurors' numbers are missing, and says whether somebody
//! advances only because of who was missing (`docs/specification.md` section 12).

use std::collections::HashMap;

use crate::Exact;
use crate::combine::combine;
use crate::contest::Contest;
use crate::counting::{Scores, advancing};
use crate::cut;
use crate::finish::finish;
use crate::fit::{has_hole, levels};
use crate::model::{Measure, Method};
use crate::outcome::{Adjusted, Fitted, NotPossible, Status};
use crate::standing::{Order, Table};
use crate::working::Silent;

/// By entry: the fitted value at each site with a hole, by node.
type Values = Vec<HashMap<usize, Exact>>;

/// What the fit says, or none where no number is missing.
pub(crate) fn adjusted(scores: &Scores, table: &Table, order: &Order, statuses: &[Status]) -> Option<Adjusted> {
    let contest = table.contest;
    let fitted = match fitted_values(scores, table) {
        Ok(values) => values?,
        Err(site) => return Some(Adjusted::NotPossible(NotPossible { not_possible: contest.node(site).id.clone() })),
    };
    let rows: Vec<Option<Vec<Option<Exact>>>> =
        (0..contest.entries.len()).map(|entry| recombined(table, entry, &fitted[entry])).collect();
    let adjusted = Table { contest, rows: rows.iter().map(Option::as_deref).collect() };
    let new_order = Order::of(&adjusted, adjusted.with_total());
    let new_statuses = cut::statuses(&adjusted, &new_order);
    let new_advancing = advancing(contest, &new_order, &new_statuses);
    let total = |&entry: &usize| (contest.entries[entry].id.clone(), adjusted.total(entry).clone());
    Some(Adjusted::Fitted(Fitted {
        totals: new_order.list.iter().map(total).collect(),
        disagrees: new_advancing != advancing(contest, order, statuses),
        advancing: new_advancing.into_iter().collect(),
    }))
}

/// None if no site has a hole; the site itself is the error if it has a hole and does not hang together.
fn fitted_values(scores: &Scores, table: &Table) -> Result<Option<Values>, usize> {
    let contest = table.contest;
    let mut values: Values = vec![HashMap::new(); contest.entries.len()];
    let mut any_hole = false;
    for site in (0..contest.tree.nodes.len()).filter(|node| is_site(contest, *node)) {
        let numbers: Vec<Vec<Option<&Exact>>> =
            (0..contest.entries.len()).map(|entry| numbers(scores, table, site, entry)).collect();
        if !has_hole(&numbers) {
            continue;
        }
        any_hole = true;
        let levels = levels(&numbers).ok_or(site)?;
        for (entry, level) in levels.into_iter().enumerate() {
            values[entry].extend(level.map(|level| (site, level)));
        }
    }
    Ok(any_hole.then_some(values))
}

/// A marks leaf with the method mean outside panels, or a panel group with the method mean.
fn is_site(contest: &Contest, at: usize) -> bool {
    let seat = contest.at(at);
    let panel = seat.node.group.as_ref().and_then(|group| group.panel.as_ref());
    let leaf = seat.node.leaf.as_ref().filter(|_| seat.panel.is_none());
    let is_mean_leaf = leaf.is_some_and(|leaf| matches!(leaf.measure, Measure::Marks { method: Method::Mean, .. }));
    is_mean_leaf || panel.is_some_and(|panel| panel.method == Method::Mean)
}

/// The numbers of an entry at a site, by juror; none of an entry that takes no part.
fn numbers<'s>(scores: &'s Scores, table: &Table<'s, '_>, site: usize, entry: usize) -> Vec<Option<&'s Exact>> {
    let contest = table.contest;
    let takes_part = table.points(entry, 0).is_some() && !contest.not_applicable(site, entry);
    let Some(scored) = scores.scored[entry].as_ref().filter(|_| takes_part) else {
        return vec![None; contest.count.jurors.len()];
    };
    match scored.panels.get(&site) {
        Some(values) => values.iter().map(Option::as_ref).collect(),
        None => contest.numbers(site, entry).collect(),
    }
}

/// The points of an entry with the fitted values in place; what is not above a fitted value stays as it is.
fn recombined(table: &Table, entry: usize, fitted: &HashMap<usize, Exact>) -> Option<Vec<Option<Exact>>> {
    let contest = table.contest;
    table.points(entry, 0)?;
    let mut row = table.rows[entry]?.to_vec();
    let mut changed = vec![false; row.len()];
    for at in (0..row.len()).rev() {
        let seat = contest.at(at);
        let value = match fitted.get(&at) {
            Some(level) => Some(seat.node.leaf.as_ref().map_or_else(|| level.clone(), |leaf| leaf.scale.points(level))),
            None if seat.below.iter().any(|below| changed[*below]) => {
                combine(contest, at, |node| row[node].as_ref()).map(|combination| combination.value)
            }
            None => continue,
        };
        changed[at] = true;
        // What refused here would have refused the official count already, unless nothing below was needed.
        let presence = contest.entries[entry].attendance.as_ref();
        row[at] = finish(seat.node, presence, value, &mut Silent).unwrap_or(None);
    }
    Some(row)
}
