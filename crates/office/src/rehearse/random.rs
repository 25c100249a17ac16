//! Chance that can be repeated: a number for each thing from the seed and the thing's name. What is drawn for one candidate does not depend
//! on how many others there are or on the order in which they are asked, so a rehearsal of two provinces is the beginning of one of 38.

/// Numbers drawn for one thing.
#[derive(Debug, Clone)]
pub struct Chance {
    state: u64,
}

impl Chance {
    /// Chance for a thing by its name, which nothing else shares.
    pub fn of(seed: u64, thing: &str) -> Chance {
        // FNV-1a over the name, then SplitMix64: both are a few lines, known, and the same on every machine.
        let start = 0xcbf2_9ce4_8422_2325_u64 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let state = thing.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Chance { state }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `least` to `most`, both included.
    ///
    /// # Panics
    ///
    /// If `most` is below `least`: that is a bug of the caller.
    pub fn within(&mut self, least: i64, most: i64) -> i64 {
        assert!(least <= most, "a range has a beginning and an end");
        let width = u64::try_from(most - least).expect("the range is not reversed") + 1;
        least + i64::try_from(self.next() % width).expect("it is below the width")
    }

    /// True so many times in a thousand.
    pub fn once_in_thousand(&mut self, times: i64) -> bool {
        self.within(1, 1_000) <= times
    }

    /// One of some things.
    ///
    /// # Panics
    ///
    /// If there are none.
    pub fn one_of<'t, T: ?Sized>(&mut self, things: &[&'t T]) -> &'t T {
        let last = i64::try_from(things.len()).expect("a list fits") - 1;
        things[usize::try_from(self.within(0, last)).expect("it is not below zero")]
    }

    /// Sixteen bytes.
    pub fn bytes(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.next().to_be_bytes());
        bytes[8..].copy_from_slice(&self.next().to_be_bytes());
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    fn drawn(seed: u64, thing: &str) -> Vec<i64> {
        let mut chance = Chance::of(seed, thing);
        (0..5).map(|_| chance.within(1, 1_000)).collect()
    }

    #[test]
    fn the_same_thing_draws_the_same_and_another_seed_or_thing_draws_others() {
        assert_eq!(drawn(7, "a"), drawn(7, "a"));
        assert_ne!(drawn(7, "a"), drawn(8, "a"));
        assert_ne!(drawn(7, "a"), drawn(7, "b"));
    }

    #[test]
    fn a_range_is_reached_to_both_ends_and_never_left() {
        let mut chance = Chance::of(7, "ends");
        let drawn: std::collections::BTreeSet<i64> = (0..200).map(|_| chance.within(-1, 2)).collect();
        assert_eq!(drawn.into_iter().collect::<Vec<_>>(), [-1, 0, 1, 2]);
    }
}
