//! Places within groups: 1 + the number of candidates of the group with a higher total, so that equal totals share a place.
//!
//! Three rounds, each shared out among the threads. Of each share the totals are added up and dealt out to the groups; then each group is
//! ranked and its places are written where its totals lay; then every share collects its candidates' places in their order. So all memory is
//! passed through from front to back in a few hundred streams, and no thread writes where another one does.

use std::ops::Range;

use super::columns::Mark;
use super::sums::Total;
use super::task::{Share, Task};
use super::threads::{each, each_with};

/// A total that is to be ranked, and how it sorts together with its position among the totals of its group.
pub(super) trait Slot: Copy + Default + Ord + Into<u64> + From<u32> + Send + Sync {
    /// The total turned round, so that the highest comes first, and the position.
    type Key: Copy + Default + Ord + Send;
    fn key(self, position: u32) -> Self::Key;
    fn turned(key: Self::Key) -> u64;
    fn position(key: Self::Key) -> u32;
    /// The places that were written where totals lay.
    fn places(slots: Vec<Self>) -> Vec<u32>;
}

impl Slot for u32 {
    type Key = u64;

    fn key(self, position: u32) -> u64 {
        u64::from(!self) << 32 | u64::from(position)
    }

    fn turned(key: u64) -> u64 {
        key >> 32
    }

    fn position(key: u64) -> u32 {
        key as u32
    }

    fn places(slots: Vec<u32>) -> Vec<u32> {
        slots
    }
}

impl Slot for u64 {
    type Key = (u64, u32);

    fn key(self, position: u32) -> (u64, u32) {
        (!self, position)
    }

    fn turned(key: (u64, u32)) -> u64 {
        key.0
    }

    fn position(key: (u64, u32)) -> u32 {
        key.1
    }

    fn places(slots: Vec<u64>) -> Vec<u32> {
        slots.into_iter().map(|place| place as u32).collect()
    }
}

/// Into how many jobs a thread's part of the ranking is cut.
const JOBS_PER_THREAD: usize = 8;

/// Every candidate's total and its place within its group, in their order.
pub(super) fn ranks<M: Mark, T: Total>(task: &Task<M>) -> (Vec<T>, Vec<u32>) {
    let weights = task.weights.of::<T>();
    let shares: Vec<Share<M>> = task.shares().collect();
    let mut totals = vec![T::default(); task.candidates()];
    let mut slots = vec![T::Slot::default(); task.candidates()];
    let mut runs: Vec<Run<T::Slot>> =
        shares.iter().zip(parts(&mut slots, &shares)).map(|(share, slots)| Run::new(share, slots)).collect();
    let jobs = shares.iter().zip(&mut runs).zip(parts(&mut totals, &shares));
    each(task.threads, jobs, |((share, run), totals)| run.deal(task, share, &weights, totals));
    rank_groups(task, &mut runs);
    each_with(task.threads, runs, Vec::new, |dealt, run| run.collect(dealt));
    (totals, T::Slot::places(slots))
}

/// Cuts what there is one of for each candidate into the parts of the shares.
fn parts<'a, V, M>(mut values: &'a mut [V], shares: &[Share<M>]) -> impl Iterator<Item = &'a mut [V]> {
    shares.iter().map(move |share| values.split_off_mut(..share.groups.len()).expect("shares are parts of all candidates"))
}

/// Replaces all totals that were dealt out by places.
fn rank_groups<M: Mark, S: Slot>(task: &Task<M>, runs: &mut [Run<S>]) {
    let sizes: Vec<usize> = (0..task.group_count).map(|group| runs.iter().map(|run| run.size(group)).sum()).collect();
    let (mut rests, ends): (Vec<&mut [S]>, Vec<&[u32]>) =
        runs.iter_mut().map(|run| (&mut *run.slots, run.ends.as_slice())).unzip();
    let candidates = task.candidates().div_ceil(task.threads * JOBS_PER_THREAD);
    let jobs: Vec<_> = ranges(&sizes, candidates).map(|range| (range.clone(), take(&mut rests, &ends, range))).collect();
    each_with(task.threads, jobs, Desk::<S>::default, |desk, (range, mut dealt)| {
        for group in range {
            desk.rank_group(&mut take(&mut dealt, &ends, group..group + 1));
        }
    });
}

/// Cuts the groups into ranges of about so many candidates each; none is empty.
fn ranges(sizes: &[usize], wanted: usize) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let first = next;
        let mut candidates = 0;
        while next < sizes.len() && candidates < wanted {
            candidates += sizes[next];
            next += 1;
        }
        (first < next).then_some(first..next)
    })
}

/// Takes off, from what is left of each run, the part of some groups.
fn take<'a, S>(rests: &mut [&'a mut [S]], ends: &[&[u32]], groups: Range<usize>) -> Vec<&'a mut [S]> {
    let parts = rests.iter_mut().zip(ends).map(|(rest, ends)| {
        let length = (ends[groups.end - 1] - start(ends, groups.start)) as usize;
        rest.split_off_mut(..length).expect("a run has room for each of its candidates")
    });
    parts.collect()
}

/// The candidates of a share.
struct Run<'a, S> {
    groups: &'a [u32],
    /// First their totals, group after group; then their places instead; in the end the places in the order of the candidates.
    slots: &'a mut [S],
    /// Where each group ends among the slots.
    ends: Vec<u32>,
}

impl<'a, S: Slot> Run<'a, S> {
    fn new<M>(share: &Share<'a, M>, slots: &'a mut [S]) -> Run<'a, S> {
        Run { groups: share.groups, slots, ends: Vec::new() }
    }

    /// Adds the totals up and deals them out as they come.
    fn deal<M: Mark, T: Total<Slot = S>>(
        &mut self,
        task: &Task<M>,
        share: &Share<M>,
        weights: &[T::Weight],
        mut totals: &mut [T],
    ) {
        let mut next = vec![0; task.group_count];
        for &group in self.groups {
            next[group as usize] += 1;
        }
        starts(&mut next);
        task.totals_of(share, weights, |_, block, groups| {
            totals.split_off_mut(..block.len()).expect("there is room for each total").copy_from_slice(block);
            for (&group, &total) in groups.iter().zip(block) {
                let place = &mut next[group as usize];
                self.slots[*place as usize] = total.into();
                *place += 1;
            }
        });
        self.ends = next;
    }

    fn size(&self, group: usize) -> usize {
        (self.ends[group] - start(&self.ends, group)) as usize
    }

    /// Puts the places in the order of the candidates. `dealt` is room that is used for one run after the other.
    fn collect(self, dealt: &mut Vec<S>) {
        dealt.clear();
        dealt.extend_from_slice(self.slots);
        let mut next: Vec<u32> = (0..self.ends.len()).map(|group| start(&self.ends, group)).collect();
        for (&group, slot) in self.groups.iter().zip(self.slots) {
            let place = &mut next[group as usize];
            *slot = dealt[*place as usize];
            *place += 1;
        }
    }
}

fn start(ends: &[u32], group: usize) -> u32 {
    if group == 0 { 0 } else { ends[group - 1] }
}

/// Turns how many there are of each into where each starts.
fn starts(counts: &mut [u32]) {
    let mut start = 0;
    for count in counts {
        start += std::mem::replace(count, start);
    }
}

/// Where a thread ranks: room that is used for one group after the other.
struct Desk<S: Slot> {
    counts: Vec<u32>,
    keys: Vec<S::Key>,
    spare: Vec<S::Key>,
    places: Vec<u32>,
}

impl<S: Slot> Default for Desk<S> {
    fn default() -> Desk<S> {
        Desk { counts: Vec::new(), keys: Vec::new(), spare: Vec::new(), places: Vec::new() }
    }
}

/// A group is ranked by counting how often each total occurs, unless there could be more different totals per candidate than this.
const COUNTED_MOST: u64 = 8;
/// Fewer keys than this are compared with each other; more are dealt out by digits, which is linear.
const DEALT_LEAST: usize = 200;
/// The most bits of a digit.
const DIGIT_BITS: u32 = 11;
/// More digits than this are not worth it.
const DIGITS_MAX: u32 = 3;

impl<S: Slot> Desk<S> {
    /// Replaces a group's totals, which lie in several runs, by places.
    fn rank_group(&mut self, totals: &mut [&mut [S]]) {
        let bounds = |totals: &&mut [S]| Some((totals.iter().copied().reduce(S::min)?, totals.iter().copied().reduce(S::max)?));
        let wider = |(lowest, highest): (S, S), (low, high): (S, S)| (lowest.min(low), highest.max(high));
        let Some((lowest, highest)) = totals.iter().filter_map(bounds).reduce(wider) else {
            return;
        };
        let candidates: u64 = totals.iter().map(|totals| totals.len() as u64).sum();
        if highest.into() - lowest.into() < candidates * COUNTED_MOST {
            self.rank_by_counting(totals, lowest.into(), highest.into());
        } else {
            self.rank_by_sorting(totals, lowest, highest);
        }
    }

    /// Counts how often each total occurs, turns that into each total's place, and looks the places up.
    fn rank_by_counting(&mut self, totals: &mut [&mut [S]], lowest: u64, highest: u64) {
        let entry = |total: S| (total.into() - lowest) as usize;
        self.counts.clear();
        self.counts.resize((highest - lowest) as usize + 1, 0);
        for totals in totals.iter() {
            for &total in totals.iter() {
                self.counts[entry(total)] += 1;
            }
        }
        let mut place = 1;
        for count in self.counts.iter_mut().rev() {
            place += std::mem::replace(count, place);
        }
        for totals in totals {
            for total in totals.iter_mut() {
                *total = S::from(self.counts[entry(*total)]);
            }
        }
    }

    fn rank_by_sorting(&mut self, totals: &mut [&mut [S]], lowest: S, highest: S) {
        self.keys.clear();
        for totals in totals.iter() {
            let next = self.keys.len() as u32;
            self.keys.extend(totals.iter().zip(next..).map(|(total, position)| total.key(position)));
        }
        self.sort(S::turned(highest.key(0)), S::turned(lowest.key(0)));
        self.read_places();
        let mut places = self.places.iter();
        for totals in totals {
            for (total, &place) in totals.iter_mut().zip(&mut places) {
                *total = S::from(place);
            }
        }
    }

    /// Sorts keys whose totals, turned round, lie between these.
    fn sort(&mut self, first: u64, last: u64) {
        let bits = u64::BITS - (last - first).leading_zeros();
        let digits = bits.div_ceil(DIGIT_BITS);
        if self.keys.len() < DEALT_LEAST || digits > DIGITS_MAX {
            self.keys.sort_unstable();
            return;
        }
        let width = bits.div_ceil(digits.max(1));
        self.spare.resize(self.keys.len(), S::Key::default());
        for digit in 0..digits {
            self.deal(width, |key| (S::turned(key) - first) >> (digit * width));
            std::mem::swap(&mut self.keys, &mut self.spare);
        }
    }

    /// Deals the keys out by the last `width` bits of a number; those with the same bits stay in their order.
    fn deal(&mut self, width: u32, number: impl Fn(S::Key) -> u64) {
        let digit = |key| number(key) as usize & ((1 << width) - 1);
        let mut next = [0; 1 << DIGIT_BITS];
        for &key in &self.keys {
            next[digit(key)] += 1;
        }
        starts(&mut next[..1 << width]);
        for &key in &self.keys {
            let place = &mut next[digit(key)];
            self.spare[*place as usize] = key;
            *place += 1;
        }
    }

    fn read_places(&mut self) {
        self.places.resize(self.keys.len(), 0);
        let mut before = None;
        let mut rank = 0;
        for (&key, place) in self.keys.iter().zip(1..) {
            if before != Some(S::turned(key)) {
                before = Some(S::turned(key));
                rank = place;
            }
            self.places[S::position(key) as usize] = rank;
        }
    }
}
