//! Places within groups: 1 + the number of candidates of the group with a higher total, so that equal totals share a place.
//!
//! Three rounds, each shared out among the threads. Runs of candidates deal their totals out to the groups; then each group is sorted and
//! its places are written where its totals lay; then every run collects its candidates' places in their order. So all memory is
//! passed through from front to back in a few hundred streams, and no thread writes where another one does.

use std::ops::Range;

use super::threads::each;

/// A total, and how it sorts together with its position among the totals of its group.
pub(super) trait Total: Copy + Default + Into<u64> + From<u32> + Send + Sync {
    /// The total turned round, so that the highest comes first, and the position.
    type Key: Copy + Default + Ord;
    fn key(self, position: u32) -> Self::Key;
    fn turned(key: Self::Key) -> u64;
    fn position(key: Self::Key) -> u32;
    /// The place that was written where a total lay.
    fn place(self) -> u32;
}

impl Total for u32 {
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

    fn place(self) -> u32 {
        self
    }
}

impl Total for u64 {
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

    fn place(self) -> u32 {
        self as u32
    }
}

/// Into how many jobs a thread's share of the sorting is cut.
const JOBS_PER_THREAD: usize = 8;

/// The place of every candidate within its group, in their order. Candidates are fewer than 2^32, groups at most `GROUPS_MAX`.
pub(super) fn ranks<T: Total>(totals: &[T], groups: &[u32], threads: usize) -> Vec<u32> {
    let count = groups.iter().max().map_or(0, |&group| group as usize + 1);
    let share = totals.len().div_ceil(threads).max(1);
    let mut runs: Vec<Run<T>> =
        totals.chunks(share).zip(groups.chunks(share)).map(|(totals, groups)| Run::new(totals, groups)).collect();
    each(threads, runs.iter_mut(), |run| run.deal(count));

    let sizes: Vec<usize> = (0..count).map(|group| runs.iter().map(|run| run.size(group)).sum()).collect();
    let (mut rests, ends): (Vec<&mut [T]>, Vec<&[u32]>) =
        runs.iter_mut().map(|run| (run.dealt.as_mut_slice(), run.ends.as_slice())).unzip();
    let jobs: Vec<_> =
        ranges(&sizes, share.div_ceil(JOBS_PER_THREAD)).map(|range| (range.clone(), take(&mut rests, &ends, range))).collect();
    each(threads, jobs, |(range, mut dealt)| {
        let mut desk = Desk::<T>::default();
        for group in range {
            desk.rank_group(&mut take(&mut dealt, &ends, group..group + 1));
        }
    });

    let mut ranks = vec![0; totals.len()];
    each(threads, runs.iter().zip(ranks.chunks_mut(share)), |(run, ranks)| run.collect(ranks));
    ranks
}

/// Cuts the groups into ranges of about `share` candidates each; none is empty.
fn ranges(sizes: &[usize], share: usize) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let first = next;
        let mut candidates = 0;
        while next < sizes.len() && candidates < share {
            candidates += sizes[next];
            next += 1;
        }
        (first < next).then_some(first..next)
    })
}

/// Takes off, from what is left of each run, the part of some groups.
fn take<'a, T>(rests: &mut [&'a mut [T]], ends: &[&[u32]], groups: Range<usize>) -> Vec<&'a mut [T]> {
    let parts = rests.iter_mut().zip(ends).map(|(rest, ends)| {
        let length = (ends[groups.end - 1] - start(ends, groups.start)) as usize;
        rest.split_off_mut(..length).expect("a run has room for each of its candidates")
    });
    parts.collect()
}

/// A run of candidates.
struct Run<'a, T> {
    totals: &'a [T],
    groups: &'a [u32],
    /// Their totals, group after group; later their places.
    dealt: Vec<T>,
    /// Where each group ends in it.
    ends: Vec<u32>,
}

impl<'a, T: Total> Run<'a, T> {
    fn new(totals: &'a [T], groups: &'a [u32]) -> Run<'a, T> {
        Run { totals, groups, dealt: Vec::new(), ends: Vec::new() }
    }

    fn deal(&mut self, groups: usize) {
        let mut next = vec![0; groups];
        for &group in self.groups {
            next[group as usize] += 1;
        }
        starts(&mut next);
        self.dealt = vec![T::default(); self.totals.len()];
        for (&group, &total) in self.groups.iter().zip(self.totals) {
            let place = &mut next[group as usize];
            self.dealt[*place as usize] = total;
            *place += 1;
        }
        self.ends = next;
    }

    fn size(&self, group: usize) -> usize {
        (self.ends[group] - start(&self.ends, group)) as usize
    }

    fn collect(&self, ranks: &mut [u32]) {
        let mut next: Vec<u32> = (0..self.ends.len()).map(|group| start(&self.ends, group)).collect();
        for (&group, rank) in self.groups.iter().zip(ranks) {
            let place = &mut next[group as usize];
            *rank = self.dealt[*place as usize].place();
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

/// Where a thread sorts: room that is used for one group after the other.
struct Desk<T: Total> {
    keys: Vec<T::Key>,
    spare: Vec<T::Key>,
    places: Vec<u32>,
}

impl<T: Total> Default for Desk<T> {
    fn default() -> Desk<T> {
        Desk { keys: Vec::new(), spare: Vec::new(), places: Vec::new() }
    }
}

/// Fewer keys than this are compared with each other; more are dealt out by digits, which is linear.
const DEALT_LEAST: usize = 200;
/// The most bits of a digit.
const DIGIT_BITS: u32 = 11;
/// More digits than this are not worth it.
const DIGITS_MAX: u32 = 3;

impl<T: Total> Desk<T> {
    /// Replaces a group's totals, which lie in several runs, by places.
    fn rank_group(&mut self, totals: &mut [&mut [T]]) {
        self.keys.clear();
        for totals in totals.iter() {
            let next = self.keys.len() as u32;
            self.keys.extend(totals.iter().zip(next..).map(|(total, position)| total.key(position)));
        }
        self.sort();
        self.read_places();
        let mut places = self.places.iter();
        for total in totals.iter_mut().flat_map(|totals| totals.iter_mut()) {
            *total = T::from(*places.next().expect("there is a place for each total"));
        }
    }

    fn sort(&mut self) {
        let (lowest, highest) = self.keys.iter().fold((u64::MAX, 0), |(lowest, highest), &key| {
            let turned = T::turned(key);
            (lowest.min(turned), highest.max(turned))
        });
        let bits = u64::BITS - highest.saturating_sub(lowest).leading_zeros();
        let digits = bits.div_ceil(DIGIT_BITS);
        if self.keys.len() < DEALT_LEAST || digits > DIGITS_MAX {
            self.keys.sort_unstable();
            return;
        }
        let width = bits.div_ceil(digits.max(1));
        self.spare.resize(self.keys.len(), T::Key::default());
        for digit in 0..digits {
            self.deal(width, |key| (T::turned(key) - lowest) >> (digit * width));
            std::mem::swap(&mut self.keys, &mut self.spare);
        }
    }

    /// Deals the keys out by the last `width` bits of a number; those with the same bits stay in their order.
    fn deal(&mut self, width: u32, number: impl Fn(T::Key) -> u64) {
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
            if before != Some(T::turned(key)) {
                before = Some(T::turned(key));
                rank = place;
            }
            self.places[T::position(key) as usize] = rank;
        }
    }
}
