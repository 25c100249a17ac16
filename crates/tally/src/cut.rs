//! The cut: who advances, who waits as a reserve, and who is tied across the line.
//!
//! The order is taken block by block, a block being entries that nothing tells apart. A block that does not fit is never split
//! by accident: the rule says whether all of it advances or people decide (`docs/specification.md` section 9).

use crate::Exact;
use crate::contest::Contest;
use crate::model::{Cut, CutTies, Within};
use crate::outcome::{CutLine, Status};
use crate::standing::{Order, Table, plenary_order};

/// The field of entries that compete for one quota.
pub(crate) struct Field {
    /// The pool's number, or none for the whole contest.
    pub pool: Option<usize>,
}

impl Field {
    /// The fields of the cut or of an award.
    pub fn all(contest: &Contest, within: Within) -> Vec<Field> {
        match within {
            Within::Contest => vec![Field { pool: None }],
            Within::Pool => (0..contest.pools.len()).map(|pool| Field { pool: Some(pool) }).collect(),
        }
    }

    pub fn of_entry(contest: &Contest, cut: &Cut, entry: usize) -> Field {
        let pool = (cut.within == Within::Pool).then(|| contest.pool_of[entry]);
        Field { pool }
    }

    pub fn has(&self, contest: &Contest, entry: usize) -> bool {
        self.pool.is_none_or(|pool| contest.pool_of[entry] == pool)
    }

    pub fn pool_name(&self, contest: &Contest) -> Option<String> {
        contest.pools[self.pool?].map(Into::into)
    }
}

/// The status of every entry, by entry. Those without a place keep what everybody begins with.
pub(crate) fn statuses(table: &Table, order: &Order) -> Vec<Status> {
    let contest = table.contest;
    let mut statuses = vec![contest.plain_status(); contest.entries.len()];
    if let Some(cut) = contest.cut() {
        for field in Field::all(contest, cut.within) {
            run(table, order, cut, &field, &mut statuses);
        }
    }
    statuses
}

/// Runs the cut over one field.
pub(crate) fn run(table: &Table, order: &Order, cut: &Cut, field: &Field, statuses: &mut [Status]) {
    let mut line = Line::new(table, cut);
    let blocks = blocks(table.contest, order, cut, field);
    for block in &blocks {
        line.take(block, |entry, status| statuses[entry] = status);
    }
    if line.open {
        name_reserves(cut, &blocks, statuses);
    }
}

/// The order of one field in blocks.
pub(crate) fn blocks(contest: &Contest, order: &Order, cut: &Cut, field: &Field) -> Vec<Vec<usize>> {
    let of_field = |group: &[usize]| -> Vec<usize> { group.iter().copied().filter(|entry| field.has(contest, *entry)).collect() };
    let whole: Vec<Vec<usize>> = match cut.ties {
        CutTies::Ladder => order.sharing_a_place().map(of_field).collect(),
        CutTies::KeepAll | CutTies::Plenary => order.sharing_a_total().map(of_field).collect(),
    };
    let orders = contest.count.orders.as_ref().filter(|_| cut.ties == CutTies::Plenary);
    let mut blocks = Vec::new();
    for block in whole.into_iter().filter(|block| !block.is_empty()) {
        match plenary_order(contest, orders, &block) {
            Some(single) => blocks.extend(single.into_iter().map(|entry| vec![entry])),
            None => blocks.push(block),
        }
    }
    blocks
}

/// The state of a cut while the blocks pass by.
pub(crate) struct Line<'t, 'a> {
    table: &'t Table<'t, 'a>,
    cut: &'t Cut,
    left: usize,
    open: bool,
    /// How many of each region advance.
    taken: Vec<u32>,
}

impl<'t, 'a> Line<'t, 'a> {
    pub fn new(table: &'t Table<'t, 'a>, cut: &'t Cut) -> Self {
        let taken = vec![0; table.contest.regions];
        Line { table, cut, left: cut.quota as usize, open: true, taken }
    }

    /// Whether an entry that stands alone here, and is not below the minimum, would advance.
    pub fn would_take(&self, entry: usize) -> bool {
        self.is_taking() && !self.is_capped(entry)
    }

    /// Takes the next block and tells the status of its entries.
    pub fn take(&mut self, block: &[usize], mut tell: impl FnMut(usize, Status)) {
        let mut rest = block.to_vec();
        rest.retain(|entry| keep_unless(self.is_below_minimum(*entry), *entry, Status::BelowMinimum, &mut tell));
        if self.is_taking() {
            rest.retain(|entry| keep_unless(self.is_capped(*entry), *entry, Status::RegionCap, &mut tell));
        }
        if rest.is_empty() {
            return;
        }
        let status = self.decide(&rest);
        rest.into_iter().for_each(|entry| tell(entry, status));
    }

    fn decide(&mut self, block: &[usize]) -> Status {
        if !self.is_taking() {
            return Status::Below;
        }
        let taken = self.taken_with(block);
        let within_caps = self.cut.region_cap.is_none_or(|cap| taken.iter().all(|count| *count <= cap));
        if (block.len() <= self.left && within_caps) || self.cut.ties == CutTies::KeepAll {
            // A straddling block uses up what is left, and only such a block can break a region's cap.
            let fits = block.len() <= self.left && within_caps;
            self.left = if fits { self.left - block.len() } else { 0 };
            self.taken = taken;
            return Status::Advances;
        }
        self.open = false;
        Status::Undecided
    }

    fn is_taking(&self) -> bool {
        self.left > 0 && self.open
    }

    fn is_below_minimum(&self, entry: usize) -> bool {
        self.cut.minimum.as_ref().is_some_and(|minimum| self.table.total(entry) < minimum)
    }

    fn is_capped(&self, entry: usize) -> bool {
        let taken = self.table.contest.region_of[entry].map(|region| self.taken[region]);
        matches!((taken, self.cut.region_cap), (Some(taken), Some(cap)) if taken >= cap)
    }

    fn taken_with(&self, block: &[usize]) -> Vec<u32> {
        let mut taken = self.taken.clone();
        for region in block.iter().filter_map(|entry| self.table.contest.region_of[*entry]) {
            taken[region] += 1;
        }
        taken
    }
}

fn keep_unless(leaves: bool, entry: usize, status: Status, tell: &mut impl FnMut(usize, Status)) -> bool {
    if leaves {
        tell(entry, status);
    }
    !leaves
}

/// Goes on in the same order over those below: they move up in this turn.
fn name_reserves(cut: &Cut, blocks: &[Vec<usize>], statuses: &mut [Status]) {
    let mut number = 1;
    for block in blocks {
        if number > cut.reserves {
            return;
        }
        let below: Vec<usize> = block.iter().copied().filter(|entry| statuses[*entry] == Status::Below).collect();
        for entry in &below {
            statuses[*entry] = Status::Reserve(number);
        }
        number += u32::try_from(below.len()).expect("fewer than 2^32 entries fit in memory");
    }
}

/// The line of each field: who is on which side of it.
pub(crate) fn lines(table: &Table, order: &Order, statuses: &[Status]) -> Vec<CutLine> {
    let contest = table.contest;
    let Some(cut) = contest.cut() else { return Vec::new() };
    let line = |field: &Field| {
        let with = |wanted: fn(Status) -> bool| -> Vec<String> {
            let entries = order.list.iter().filter(|entry| field.has(contest, **entry) && wanted(statuses[**entry]));
            entries.map(|entry| contest.entries[*entry].id.clone()).collect()
        };
        CutLine {
            pool: field.pool_name(contest),
            advancing: with(|status| status == Status::Advances),
            reserves: with(|status| matches!(status, Status::Reserve(_))),
            undecided: with(|status| status == Status::Undecided),
            threshold: threshold(table, order, statuses, field).cloned(),
        }
    };
    Field::all(contest, cut.within).iter().map(line).collect()
}

/// The threshold that holds for the entries of each pool.
pub(crate) fn thresholds<'t>(table: &Table<'t, '_>, order: &Order, statuses: &[Status]) -> Vec<Option<&'t Exact>> {
    let contest = table.contest;
    let mut thresholds = vec![None; contest.pools.len()];
    for field in contest.cut().iter().flat_map(|cut| Field::all(contest, cut.within)) {
        let threshold = threshold(table, order, statuses, &field);
        match field.pool {
            Some(pool) => thresholds[pool] = threshold,
            None => thresholds.fill(threshold),
        }
    }
    thresholds
}

/// The lowest total that advances.
fn threshold<'t>(table: &Table<'t, '_>, order: &Order, statuses: &[Status], field: &Field) -> Option<&'t Exact> {
    let advancing = |entry: &&usize| field.has(table.contest, **entry) && statuses[**entry] == Status::Advances;
    order.list.iter().rev().find(advancing).map(|entry| table.total(*entry))
}
