//! The standing: entries in the order of their totals, ties told apart by the ladder.
//!
//! Totals are compared exactly, so a tie is a real tie and the ladder is asked only then. Each rung sees the entries that are
//! still tied together and either splits them or leaves them; what no rung splits shares a place
//! (`docs/specification.md` section 8).

use std::cmp::Reverse;
use std::ops::Range;

use crate::Exact;
use crate::contest::Contest;
use crate::lot;
use crate::model::{Orders, Rung};
use crate::outcome::{SeparatedBy, SeparatedWord};

/// The points of the entries that are compared; none for entries that are not.
#[derive(Clone)]
pub(crate) struct Table<'t, 'a> {
    pub contest: &'t Contest<'a>,
    /// By entry: its points by node.
    pub rows: Vec<Option<&'t [Option<Exact>]>>,
}

impl<'t> Table<'t, '_> {
    /// The points of a node.
    pub fn points(&self, entry: usize, node: usize) -> Option<&'t Exact> {
        self.rows[entry]?[node].as_ref()
    }

    /// The total of an entry that has one.
    pub fn total(&self, entry: usize) -> &'t Exact {
        self.points(entry, 0).expect("only entries with a total are ordered")
    }

    /// The entries with a total, in the order of the document.
    pub fn with_total(&self) -> Vec<usize> {
        (0..self.rows.len()).filter(|entry| self.points(*entry, 0).is_some()).collect()
    }
}

/// Entries in order, best first.
pub(crate) struct Order {
    pub list: Vec<usize>,
    /// Between each entry of the list and the next one.
    split: Vec<SeparatedBy>,
}

const TOTAL: SeparatedBy = SeparatedBy::Word(SeparatedWord::Total);
const NOTHING: SeparatedBy = SeparatedBy::Word(SeparatedWord::Nothing);

impl Order {
    /// Orders entries that have a total. Those that remain tied stay in the order in which they are given.
    pub fn of(table: &Table, mut list: Vec<usize>) -> Self {
        list.sort_by_key(|entry| Reverse(table.total(*entry)));
        let differ = |pair: &[usize]| table.total(pair[0]) != table.total(pair[1]);
        let split = list.windows(2).map(|pair| if differ(pair) { TOTAL } else { NOTHING }).collect();
        let mut order = Order { list, split };
        for (rung, number) in table.contest.count.ladder.iter().zip(1..) {
            for tied in order.groups(|split| split == NOTHING).into_iter().filter(|tied| tied.len() > 1) {
                order.descend(table, rung, number, tied);
            }
        }
        order
    }

    /// The stretches of the list within which every split is one that `joins`.
    fn groups(&self, joins: impl Fn(SeparatedBy) -> bool) -> Vec<Range<usize>> {
        let mut groups = Vec::new();
        let mut start = 0;
        for at in 1..=self.list.len() {
            if at == self.list.len() || !joins(self.split[at - 1]) {
                groups.push(start..at);
                start = at;
            }
        }
        groups
    }

    /// The entries that share a place, best first.
    pub fn sharing_a_place(&self) -> impl Iterator<Item = &[usize]> {
        self.groups(|split| split == NOTHING).into_iter().map(|group| &self.list[group])
    }

    /// The entries with equal totals, best first.
    pub fn sharing_a_total(&self) -> impl Iterator<Item = &[usize]> {
        self.groups(|split| split != TOTAL).into_iter().map(|group| &self.list[group])
    }

    /// What separates the entry at a position from the next one; none for the last.
    pub fn separated_by(&self, position: usize) -> Option<SeparatedBy> {
        self.split.get(position).copied()
    }

    fn descend(&mut self, table: &Table, rung: &Rung, number: u32, tied: Range<usize>) {
        let Some(keys) = keys(table, rung, &self.list[tied.clone()]) else { return };
        let mut keyed: Vec<(Key, usize)> = keys.into_iter().zip(self.list[tied.clone()].iter().copied()).collect();
        keyed.sort_by(|one, other| one.0.cmp(&other.0));
        for (offset, (key, entry)) in keyed.iter().enumerate() {
            let at = tied.start + offset;
            self.list[at] = *entry;
            if keyed.get(offset + 1).is_some_and(|next| next.0 != *key) {
                self.split[at] = SeparatedBy::Rung(number);
            }
        }
    }
}

/// What a rung orders by, lowest first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'t> {
    Points(Reverse<Option<&'t Exact>>),
    Number(usize),
    Lot([u8; 32]),
}

/// The keys of tied entries on a rung, or none if the rung has nothing to say.
fn keys<'t>(table: &Table<'t, '_>, rung: &Rung, tied: &[usize]) -> Option<Vec<Key<'t>>> {
    let contest = table.contest;
    let orders = contest.count.orders.as_ref();
    match rung {
        Rung::Node(node) => {
            let node = contest.tree.index[node.as_str()];
            Some(tied.iter().map(|entry| Key::Points(Reverse(table.points(*entry, node)))).collect())
        }
        Rung::FewerCorrections => {
            let corrections = |entry: &usize| Key::Number(contest.entries[*entry].corrections as usize);
            Some(tied.iter().map(corrections).collect())
        }
        Rung::Chair => positions(contest, &orders?.chair, tied),
        Rung::Plenary => positions(contest, &orders?.plenary, tied),
        Rung::Lot => {
            let lot = contest.count.lot.as_ref()?;
            let (secret, words) = (lot.secret.as_ref()?, lot.words.as_ref()?);
            let key = |entry: &usize| lot::key(secret, words, &contest.count.contest, &contest.entries[*entry].id);
            Some(tied.iter().map(|entry| Key::Lot(key(entry))).collect())
        }
    }
}

fn positions<'t>(contest: &Contest, order: &[String], tied: &[usize]) -> Option<Vec<Key<'t>>> {
    let position = |entry: &usize| order.iter().position(|named| *named == contest.entries[*entry].id);
    tied.iter().map(|entry| position(entry).map(Key::Number)).collect()
}

/// Splits entries of equal standing into the order of the plenary, if it names them all.
pub(crate) fn plenary_order(contest: &Contest, orders: Option<&Orders>, block: &[usize]) -> Option<Vec<usize>> {
    let keys = positions(contest, &orders?.plenary, block)?;
    let mut keyed: Vec<(Key, usize)> = keys.into_iter().zip(block.iter().copied()).collect();
    keyed.sort();
    Some(keyed.into_iter().map(|(_, entry)| entry).collect())
}
