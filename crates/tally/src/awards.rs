//! Awards: what is given beside advancing.
//!
//! Only entries with a total can win. An award that nobody wins is listed with nobody, so that its absence is never a guess
//! (`docs/specification.md` section 10).

use crate::Exact;
use crate::claims::Claims;
use crate::contest::Contest;
use crate::cut::Field;
use crate::model::{Award, By, Within};
use crate::outcome::{Awarded, Code, Refusal};
use crate::standing::{Order, Table};

/// The places of entries, by entry: in the contest and in the pool.
pub(crate) struct Places {
    pub place: Vec<u32>,
    pub pool_place: Vec<u32>,
}

impl Places {
    pub fn of(contest: &Contest, order: &Order) -> Self {
        let nobody = vec![0; contest.entries.len()];
        let mut places = Places { place: nobody.clone(), pool_place: nobody };
        let (mut before, mut before_in_pool) = (0, vec![0; contest.pools.len()]);
        for group in order.sharing_a_place() {
            for &entry in group {
                places.place[entry] = before + 1;
                places.pool_place[entry] = before_in_pool[contest.pool_of[entry]] + 1;
            }
            for &entry in group {
                before += 1;
                before_in_pool[contest.pool_of[entry]] += 1;
            }
        }
        places
    }
}

/// All awards, or the refusals of their conditions.
pub(crate) fn awarded(table: &Table, order: &Order, places: &Places) -> Result<Vec<Awarded>, Vec<Refusal>> {
    let contest = table.contest;
    let (mut list, mut refused) = (Vec::new(), Vec::new());
    for award in &contest.count.awards {
        let winners = winners(award, table, order, places, &mut refused);
        for field in Field::all(contest, award.within) {
            let entries = within_field(award, table, &winners, &field);
            let entries = entries.into_iter().map(|entry| contest.entries[entry].id.clone()).collect();
            list.push(Awarded { id: award.id.clone(), pool: field.pool_name(contest), entries });
        }
    }
    if refused.is_empty() { Ok(list) } else { Err(refused) }
}

/// The entries that can win the award as far as each of them alone is concerned, best first.
fn winners(award: &Award, table: &Table, order: &Order, places: &Places, refused: &mut Vec<Refusal>) -> Vec<usize> {
    let contest = table.contest;
    let place = match award.within {
        Within::Contest => &places.place,
        Within::Pool => &places.pool_place,
    };
    let wins = |entry: usize| match &award.by {
        By::Place { from, to } => Ok((*from..=*to).contains(&place[entry])),
        By::Band { at_least, below } => {
            let total = table.total(entry);
            Ok(total >= at_least && below.as_ref().is_none_or(|below| total < below))
        }
        By::Best { node, minimum } => {
            let points = best_points(table, node, entry);
            Ok(points.is_some_and(|points| minimum.as_ref().is_none_or(|minimum| points >= minimum)))
        }
        By::Condition(formula) => Claims::of(contest, entry).formula(formula).map(holds),
        By::Named(named) => Ok(named.contains(&contest.entries[entry].id)),
    };
    let mut heard = |entry: usize, code: Code| refused.push(Refusal::of(code).entry(&contest.entries[entry].id));
    let mut keep = |entry: &usize| {
        wins(*entry).unwrap_or_else(|code| {
            heard(*entry, code);
            false
        })
    };
    order.list.iter().copied().filter(|entry| keep(entry)).collect()
}

fn holds(value: Option<Exact>) -> bool {
    value.is_some_and(|value| !value.is_zero())
}

fn best_points<'t>(table: &Table<'t, '_>, node: &str, entry: usize) -> Option<&'t Exact> {
    table.points(entry, table.contest.tree.index[node])
}

/// The winners within a field; the best of a node is the best of the field.
fn within_field(award: &Award, table: &Table, winners: &[usize], field: &Field) -> Vec<usize> {
    let mut list: Vec<usize> = winners.iter().copied().filter(|entry| field.has(table.contest, *entry)).collect();
    if let By::Best { node, .. } = &award.by {
        let best = list.iter().filter_map(|entry| best_points(table, node, *entry)).max();
        list.retain(|entry| best_points(table, node, *entry) == best);
    }
    list
}
