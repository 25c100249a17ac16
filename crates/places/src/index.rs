//! An index of names in a few plain arrays: which names have a word that begins like this, or nearly.
//!
//! A name is one key for each of its words: the letters from there to its end, without spaces. Keys are sorted, so those that begin alike lie
//! together, and what a key shares with the one before it need not be compared again when a text is looked for with mistakes in it.
//! (An automaton as in the crate `fst` finds the same; it was left out because its mistakes do not know two letters swapped, and the
//! arrays need no more room.)

use std::ops::Range;

/// Letters (bytes) of a key; what is longer is cut off, in names and in queries alike.
pub(crate) const KEY_MAX: usize = 64;

/// Names by the beginnings of their words.
#[derive(Debug, Default)]
pub(crate) struct Index {
    letters: Vec<u8>,
    /// Where each key begins in `letters`; one more for the end.
    starts: Vec<u32>,
    /// How many letters each key shares with the one before.
    shared: Vec<u8>,
    /// Where the bearers of each key begin in `bearers`; one more for the end.
    firsts: Vec<u32>,
    bearers: Vec<Bearer>,
}

/// A name that bears a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Bearer(u32);

impl Bearer {
    fn new(entry: u32, is_later: bool) -> Bearer {
        Bearer(entry << 1 | u32::from(is_later))
    }

    /// The number of the name, in the order in which names were added.
    pub(crate) fn entry(self) -> u32 {
        self.0 >> 1
    }

    /// Whether the key begins at a later word than the first, so that it is not the whole name.
    pub(crate) fn is_later(self) -> bool {
        self.0 & 1 == 1
    }
}

/// A key that is nearly the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Near {
    pub(crate) key: usize,
    /// Letters too many, too few, wrong or swapped.
    pub(crate) edits: u8,
    /// Whether only the beginning of the key is nearly the text.
    pub(crate) is_beginning: bool,
}

impl Index {
    /// The keys that begin with these letters; the first of them may be these letters.
    pub(crate) fn beginning_with(&self, text: &[u8]) -> Range<usize> {
        let start = partition_point(0..self.shared.len(), |key| self.key(key) < text);
        start..partition_point(start..self.shared.len(), |key| self.key(key).starts_with(text))
    }

    /// The letters of a key.
    pub(crate) fn key(&self, key: usize) -> &[u8] {
        &self.letters[self.starts[key] as usize..self.starts[key + 1] as usize]
    }

    /// The names that bear a key.
    pub(crate) fn bearers(&self, key: usize) -> &[Bearer] {
        &self.bearers[self.firsts[key] as usize..self.firsts[key + 1] as usize]
    }

    /// Finds the keys that are the text but for at most so many edits, or whose beginning is the text but for at most so many.
    ///
    /// More than one edit is only forgiven where the first letter is right or swapped with the second: few err there, and nearly all keys
    /// need not be looked at.
    pub(crate) fn near(&self, text: &[u8], edits: u8, beginning_edits: u8, mut found: impl FnMut(Near)) {
        let mut walk = Walk::new(text, edits);
        let mut key = 0;
        while key < self.shared.len() {
            let letters = self.key(key);
            let allowed = if text.iter().take(2).any(|first| letters.first() == Some(first)) { edits } else { edits.min(1) };
            walk.to(letters, usize::from(self.shared[key]), allowed);
            let (whole, beginning) = (walk.whole(letters.len()), walk.beginning());
            if whole <= allowed {
                found(Near { key, edits: whole, is_beginning: false });
            } else if beginning <= beginning_edits {
                found(Near { key, edits: beginning, is_beginning: true });
            }
            key += 1;
            if walk.is_dead && beginning > beginning_edits {
                key += self.shared[key..].iter().take_while(|&&shared| usize::from(shared) >= walk.depth).count();
            }
        }
    }
}

/// The first number of the range for which the condition does not hold; it holds for a beginning of the range.
fn partition_point(range: Range<usize>, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

/// One row of the table of edits for each letter of a key, kept from key to key as far as they begin alike.
struct Walk<'a> {
    text: &'a [u8],
    edits: u8,
    /// `rows[d]` after `d` letters of the key: the edits between these and each beginning of the text.
    rows: Vec<[u8; KEY_MAX + 1]>,
    /// The fewest edits between the text and any beginning of the key that is not longer than this.
    beginnings: [u8; KEY_MAX + 1],
    /// How many rows are right for the key at hand.
    depth: usize,
    /// Whether the last row says that no longer key can be near.
    is_dead: bool,
}

impl<'a> Walk<'a> {
    fn new(text: &'a [u8], edits: u8) -> Walk<'a> {
        let mut walk = Walk {
            text: &text[..text.len().min(KEY_MAX)],
            edits,
            rows: vec![[u8::MAX; KEY_MAX + 1]; KEY_MAX + 1],
            beginnings: [u8::MAX; KEY_MAX + 1],
            depth: 0,
            is_dead: false,
        };
        for (cell, count) in walk.rows[0].iter_mut().zip(0..) {
            *cell = count;
        }
        walk.beginnings[0] = walk.rows[0][walk.text.len()];
        walk
    }

    /// Goes to the next key, which shares so many letters with the one before.
    fn to(&mut self, key: &[u8], shared: usize, allowed: u8) {
        if self.is_dead && shared >= self.depth {
            return;
        }
        self.is_dead = false;
        self.depth = self.depth.min(shared);
        while self.depth < key.len() && !self.is_dead {
            self.step(key, allowed);
        }
    }

    fn step(&mut self, key: &[u8], allowed: u8) {
        let depth = self.depth + 1;
        let letter = key[depth - 1];
        let (done, rest) = self.rows.split_at_mut(depth);
        let (above, row) = (&done[depth - 1], &mut rest[0]);
        // Further from the diagonal than the edits that are allowed nothing can come of it.
        let band = usize::from(self.edits);
        let (from, to) = (depth.saturating_sub(band).max(1), (depth + band).min(self.text.len()));
        row[0] = above[0].saturating_add(1);
        row[from - 1] = if from == 1 { row[0] } else { u8::MAX };
        let mut least = row[from - 1];
        for at in from..=to {
            let skipped = above[at].min(row[at - 1]).saturating_add(1);
            let mut cell = skipped.min(above[at - 1].saturating_add(u8::from(self.text[at - 1] != letter)));
            if depth > 1 && at > 1 && self.text[at - 1] == key[depth - 2] && self.text[at - 2] == letter {
                cell = cell.min(done[depth - 2][at - 2].saturating_add(1));
            }
            row[at] = cell;
            least = least.min(cell);
        }
        // What lies right of the band is still from another key.
        if to < self.text.len() {
            row[to + 1] = u8::MAX;
        }
        let end = if to == self.text.len() && from <= to { row[to] } else { u8::MAX };
        self.beginnings[depth] = self.beginnings[depth - 1].min(end);
        self.depth = depth;
        self.is_dead = least > allowed;
    }

    fn whole(&self, length: usize) -> u8 {
        let end = self.text.len();
        let is_told = self.depth == length && length.abs_diff(end) <= usize::from(self.edits);
        if is_told { self.rows[length][end] } else { u8::MAX }
    }

    fn beginning(&self) -> u8 {
        self.beginnings[self.depth]
    }
}

/// Names that become an index.
#[derive(Debug, Default)]
pub(crate) struct IndexBuilder {
    letters: Vec<u8>,
    /// Start and length of each key in `letters`, and who bears it.
    keys: Vec<(u32, u8, Bearer)>,
    count: u32,
}

impl IndexBuilder {
    /// Adds a name by its words; it gets the next number.
    pub(crate) fn add<W: AsRef<str>>(&mut self, words: &[W]) {
        let begin = self.letters.len();
        let starts: Vec<usize> = words
            .iter()
            .map(|word| {
                let start = self.letters.len();
                self.letters.extend_from_slice(word.as_ref().as_bytes());
                start
            })
            .collect();
        let end = self.letters.len();
        for start in starts {
            let length = u8::try_from((end - start).min(KEY_MAX)).unwrap_or(u8::MAX);
            let start_in_all = u32::try_from(start).unwrap_or(u32::MAX);
            self.keys.push((start_in_all, length, Bearer::new(self.count, start > begin)));
        }
        self.count += 1;
    }

    /// Sorts the keys, each kept once with all who bear it.
    pub(crate) fn finish(self) -> Index {
        let IndexBuilder { letters, mut keys, .. } = self;
        let text = |start: u32, length: u8| &letters[start as usize..start as usize + usize::from(length)];
        keys.sort_unstable_by_key(|&(start, length, bearer)| (text(start, length), bearer));
        let mut index = Index { starts: vec![0], firsts: vec![0], ..Index::default() };
        let mut last: &[u8] = &[];
        for (number, &(start, length, bearer)) in keys.iter().enumerate() {
            let key = text(start, length);
            if number == 0 || key != last {
                let shared = key.iter().zip(last).take_while(|(one, other)| one == other).count();
                index.shared.push(u8::try_from(shared).unwrap_or(u8::MAX));
                index.letters.extend_from_slice(key);
                index.starts.push(u32::try_from(index.letters.len()).unwrap_or(u32::MAX));
                index.firsts.push(0);
                last = key;
            }
            index.bearers.push(bearer);
            if let Some(end) = index.firsts.last_mut() {
                *end = u32::try_from(index.bearers.len()).unwrap_or(u32::MAX);
            }
        }
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index {
        let mut index = IndexBuilder::default();
        for name in [&["karang", "anyar"][..], &["anyar"], &["karanganyar"], &["sapit"], &["bandung"], &["bandung", "barat"], &[]]
        {
            index.add(name);
        }
        index.finish()
    }

    fn near(text: &str, edits: u8, beginning_edits: u8) -> Vec<(String, u8, bool)> {
        let index = index();
        let mut found = Vec::new();
        index.near(text.as_bytes(), edits, beginning_edits, |near| {
            found.push((String::from_utf8_lossy(index.key(near.key)).into_owned(), near.edits, near.is_beginning));
        });
        found
    }

    #[test]
    fn a_key_is_each_word_with_what_follows_and_is_kept_once() {
        let index = index();
        let keys: Vec<_> = (0..index.shared.len()).map(|key| String::from_utf8_lossy(index.key(key)).into_owned()).collect();
        assert_eq!(keys, ["anyar", "bandung", "bandungbarat", "barat", "karanganyar", "sapit"]);
        let bearers: Vec<_> = index.bearers(0).iter().map(|bearer| (bearer.entry(), bearer.is_later())).collect();
        assert_eq!(bearers, [(0, true), (1, false)]);
        assert_eq!(index.shared, [0, 0, 7, 2, 0, 0]);
    }

    #[test]
    fn keys_that_begin_alike_lie_together() {
        assert_eq!(index().beginning_with(b"ba"), 1..4);
        assert_eq!(index().beginning_with(b"bandung"), 1..3);
        assert_eq!(index().beginning_with(b""), 0..6);
        assert!(index().beginning_with(b"z").is_empty());
        assert!(Index::default().beginning_with(b"a").is_empty());
    }

    #[test]
    fn a_letter_too_many_too_few_wrong_or_swapped_is_one_edit() {
        for text in ["sappit", "spit", "sapid", "sapti", "aspit", "sapi"] {
            assert_eq!(near(text, 1, 0), [("sapit".to_owned(), 1, false)], "{text}");
        }
        assert!(near("sapittt", 1, 0).is_empty());
        assert_eq!(near("sapittt", 2, 0), [("sapit".to_owned(), 2, false)]);
        assert!(near("xxxxx", 2, 2).is_empty());
    }

    #[test]
    fn two_edits_are_forgiven_only_where_the_first_letter_is_right_or_swapped() {
        assert_eq!(near("karanganyer", 2, 0), [("karanganyar".to_owned(), 1, false)]);
        assert_eq!(near("akranganyer", 2, 0), [("karanganyar".to_owned(), 2, false)]);
        assert_eq!(near("laranganyar", 2, 0), [("karanganyar".to_owned(), 1, false)]);
        assert!(near("laranganyer", 2, 0).is_empty());
    }

    #[test]
    fn the_beginning_of_a_key_may_be_near_too() {
        assert_eq!(near("bandunk", 1, 1), [("bandung".to_owned(), 1, false), ("bandungbarat".to_owned(), 1, true)]);
        assert_eq!(near("karangna", 1, 1), [("karanganyar".to_owned(), 1, true)]);
        assert!(near("karangna", 1, 0).is_empty());
    }

    #[test]
    fn the_walk_from_key_to_key_counts_the_same_edits_as_a_whole_table() {
        let index = index();
        for text in ["banding", "anyar", "karang", "kranganyar", "bandungbrat", "sapitt", "b", "barta", "karanganyarrr"] {
            let alike = |key: &usize| text.as_bytes().iter().take(2).any(|letter| index.key(*key)[0] == *letter);
            for key in (0..index.shared.len()).filter(alike) {
                let whole = edits(text.as_bytes(), index.key(key));
                let mut told = None;
                index.near(text.as_bytes(), 3, 0, |near| {
                    if near.key == key && !near.is_beginning {
                        told = Some(usize::from(near.edits));
                    }
                });
                assert_eq!(told, Some(whole).filter(|whole| *whole <= 3), "{text} {key}");
            }
        }
    }

    /// Edits by the plain table.
    fn edits(one: &[u8], other: &[u8]) -> usize {
        let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
        for i in 0..=one.len() {
            for j in 0..=other.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let mut cell = (table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    cell = cell.min(table[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]));
                    if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                        cell = cell.min(table[i - 2][j - 2] + 1);
                    }
                    cell
                };
            }
        }
        table[one.len()][other.len()]
    }
}
