//! Chance that can be had again: the seed is printed, and `PARITRANA_FAULT_SEED` sets it.

use std::time::SystemTime;

/// A stream of numbers from a seed (SplitMix64).
pub struct Chance(u64);

impl Chance {
    /// With a fresh seed, or the one that was asked for; `what` says in the output whose it is.
    pub fn new(what: &str) -> Chance {
        let asked = std::env::var("PARITRANA_FAULT_SEED").ok().map(|seed| seed.parse().expect("the seed is a number"));
        let fresh = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().subsec_nanos().into();
        let seed = asked.unwrap_or_else(fresh);
        println!("{what}: PARITRANA_FAULT_SEED={seed}");
        Chance(seed)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    /// So many random bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| u8::try_from(self.below(256)).unwrap()).collect()
    }
}
