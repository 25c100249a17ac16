//! Which words of a query the names of each one cover, and how well.

use crate::index::{Index, Near};
use crate::query::{Mask, Run};

/// How a part of the query was found in a name. The better comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fit {
    pub(crate) class: Class,
    pub(crate) edits: u8,
    /// Words of the query that are not in this part.
    rest: u8,
    /// Letters that the name has beyond the part; with mistakes in it: how few bear the name.
    pub(crate) surplus: u8,
    /// The run of the query, as its place among the runs.
    pub(crate) run: u8,
    /// The name, as its place in the index.
    pub(crate) entry: u32,
}

/// How a part of the query was found in a name, without counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    Whole,
    Beginning,
    Word,
    Near,
    NearWord,
    NearBeginning,
}

/// What was found for those who bear names: places, or organisations.
#[derive(Debug)]
pub(crate) struct Marks {
    /// As it is written.
    pub(crate) written: Layer,
    /// With mistakes forgiven.
    pub(crate) forgiven: Layer,
}

/// What was found in one way of looking.
#[derive(Debug)]
pub(crate) struct Layer {
    /// For each one nothing (0), or where it stands in `marks`, counted from 1.
    slots: Vec<u32>,
    marks: Vec<Mark>,
}

/// What was found for one.
#[derive(Clone, Copy, Debug)]
struct Mark {
    owner: u32,
    /// The words of the query that its own names cover.
    covers: Mask,
    best: Fit,
}

/// One whose names cover the query, together with the names above.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) owner: u32,
    /// Whether mistakes had to be forgiven, in its own name or in one above.
    pub(crate) is_forgiven: bool,
    /// Words that only names above cover.
    pub(crate) missing: Mask,
    pub(crate) fit: Fit,
}

/// Edits that are forgiven in so many letters: none in three, one in seven, two in more.
fn edits_forgiven(letters: usize) -> u8 {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Letters from which a beginning may have a mistake in it.
const NEAR_BEGINNING_MIN: usize = 5;

impl Marks {
    /// Looks for the runs of a query in the names of so many. `owner` says who bears a name (by its place in the index), unless the run
    /// cannot mean that one.
    pub(crate) fn of(
        count: usize,
        index: &Index,
        runs: &[Run],
        with_mistakes: bool,
        owner: impl Fn(&Run, u32) -> Option<u32>,
    ) -> Marks {
        let mut marks = Marks { written: Layer::new(count), forgiven: Layer::new(if with_mistakes { count } else { 0 }) };
        marks.written.find(index, runs, &owner);
        if with_mistakes {
            marks.forgiven.find_near(index, runs, &owner);
        }
        marks
    }

    /// Those that cover all words, each once. `above` says which words the names above that one cover: as written, and in any way.
    pub(crate) fn hits(&self, all: Mask, above: impl Fn(u32) -> (Mask, Mask)) -> Vec<Hit> {
        let unwritten = |mark: &&Mark| self.written.mark_of(mark.owner).is_none();
        let touched = self.written.marks.iter().chain(self.forgiven.marks.iter().filter(unwritten));
        touched.filter_map(|mark| self.hit(mark.owner, all, above(mark.owner))).collect()
    }

    fn hit(&self, owner: u32, all: Mask, (above_written, above): (Mask, Mask)) -> Option<Hit> {
        let written = self.written.cover(owner);
        let best = self.written.mark_of(owner).map(|mark| mark.best);
        if written | above_written == all {
            return best.map(|fit| Hit { owner, is_forgiven: false, missing: all & !written, fit });
        }
        let own = written | self.forgiven.cover(owner);
        let fit = if own == written { best } else { self.forgiven.mark_of(owner).map(|mark| mark.best) };
        fit.filter(|_| own | above == all).map(|fit| Hit { owner, is_forgiven: true, missing: all & !own, fit })
    }
}

impl Layer {
    fn new(count: usize) -> Layer {
        Layer { slots: vec![0; count], marks: Vec::new() }
    }

    /// The words of the query that its own names cover.
    pub(crate) fn cover(&self, owner: u32) -> Mask {
        self.mark_of(owner).map_or(0, |mark| mark.covers)
    }

    fn mark_of(&self, owner: u32) -> Option<&Mark> {
        let slot = *self.slots.get(owner as usize)?;
        self.marks.get((slot as usize).checked_sub(1)?)
    }

    fn find(&mut self, index: &Index, runs: &[Run], owner: &impl Fn(&Run, u32) -> Option<u32>) {
        for (number, run) in runs.iter().enumerate() {
            for key in index.beginning_with(&run.text) {
                let surplus = index.key(key).len() - run.text.len();
                for bearer in index.bearers(key) {
                    let class = match (bearer.is_later(), surplus) {
                        (true, _) => Class::Word,
                        (false, 0) => Class::Whole,
                        (false, _) => Class::Beginning,
                    };
                    self.mark(run, owner, Fit::of(class, 0, surplus, number, run, bearer.entry()));
                }
            }
        }
    }

    fn find_near(&mut self, index: &Index, runs: &[Run], owner: &impl Fn(&Run, u32) -> Option<u32>) {
        for (number, run) in runs.iter().enumerate().filter(|(_, run)| run.may_be_near) {
            let edits = edits_forgiven(run.text.len());
            let beginning = u8::from(run.text.len() >= NEAR_BEGINNING_MIN);
            if edits == 0 {
                continue;
            }
            index.near(&run.text, edits, beginning, |Near { key, edits, is_beginning }| {
                if edits == 0 {
                    return;
                }
                let bearers = index.bearers(key);
                let rarity = usize::from(u8::MAX).saturating_sub(bearers.len());
                for bearer in bearers {
                    let (class, surplus) = match (is_beginning, bearer.is_later()) {
                        (true, _) => (Class::NearBeginning, index.key(key).len().saturating_sub(run.text.len())),
                        (false, true) => (Class::NearWord, rarity),
                        (false, false) => (Class::Near, rarity),
                    };
                    self.mark(run, owner, Fit::of(class, edits, surplus, number, run, bearer.entry()));
                }
            });
        }
    }

    fn mark(&mut self, run: &Run, owner: &impl Fn(&Run, u32) -> Option<u32>, fit: Fit) {
        let Some(owner) = owner(run, fit.entry) else { return };
        let slot = &mut self.slots[owner as usize];
        if *slot == 0 {
            self.marks.push(Mark { owner, covers: run.mask, best: fit });
            *slot = u32::try_from(self.marks.len()).unwrap_or(0);
        } else {
            let mark = &mut self.marks[*slot as usize - 1];
            mark.covers |= run.mask;
            mark.best = mark.best.min(fit);
        }
    }
}

impl Fit {
    fn of(class: Class, edits: u8, surplus: usize, number: usize, run: &Run, entry: u32) -> Fit {
        let small = |count: usize| u8::try_from(count).unwrap_or(u8::MAX);
        let rest = u8::try_from(run.mask.count_zeros()).unwrap_or(u8::MAX);
        Fit { class, edits, rest, surplus: small(surplus), run: small(number), entry }
    }
}
