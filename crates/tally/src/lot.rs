//! The lot: the last rung of many ladders.
//!
//! A secret is committed to before anybody knows who will be tied, and words are spoken in the plenary after that. The
//! order follows from both by a hash that anybody can recompute from the published count, so neither the office nor the
//! plenary alone can steer it (`docs/specification.md` section 8).

use sha2::{Digest, Sha256};

/// What is published before the judging: the lower-case hex SHA-256 of the secret.
///
/// ```
/// assert_eq!(
///     tally::lot::commitment("abc"),
///     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
/// );
/// ```
pub fn commitment(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The key of one entry; tied entries are ordered by it, lowest first.
///
/// ```
/// // The same as the commitment of the four texts, one on each line.
/// let key = tally::lot::key("secret", "merdeka", "regency", "badung");
/// let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
/// assert_eq!(hex, tally::lot::commitment("secret\nmerdeka\nregency\nbadung"));
/// ```
pub fn key(secret: &str, words: &str, contest: &str, entry: &str) -> [u8; 32] {
    Sha256::digest([secret, words, contest, entry].join("\n").as_bytes()).into()
}
