//! A hash: 32 bytes of SHA-256, written as 64 lower-case hexadecimal digits.
//!
//! Only the lower-case form is read, so that equal hashes are equal texts.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// 32 bytes of SHA-256.
///
/// ```
/// use journal::Hash;
///
/// let empty = Hash::of(&[b""]);
/// assert_eq!(empty.to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
/// assert_eq!(empty.to_string().parse(), Ok(empty));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hash(pub [u8; 32]);

/// The text is not 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is not a hash of 64 lower-case hexadecimal digits")]
pub struct NotAHash(pub String);

impl Hash {
    /// SHA-256 of the parts, one after the other, with nothing between them.
    ///
    /// ```
    /// use journal::Hash;
    ///
    /// assert_eq!(Hash::of(&[b"ab", b"c"]), Hash::of(&[b"abc"]));
    /// ```
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        parts.iter().for_each(|part| hasher.update(part));
        Self(hasher.finalize().into())
    }

    /// The 32 bytes.
    ///
    /// ```
    /// assert_eq!(journal::Hash([9; 32]).bytes().len(), 32);
    /// ```
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(2 * self.0.len());
        let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
        text.extend(self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
        f.write_str(&text)
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Hash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        bytes_of_hex(text).map(Self).ok_or_else(|| NotAHash(text.to_owned()))
    }
}

impl TryFrom<String> for Hash {
    type Error = NotAHash;

    fn try_from(text: String) -> Result<Self, NotAHash> {
        text.parse()
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hash.to_string()
    }
}

/// `N` bytes from exactly `2 * N` lower-case hexadecimal digits.
pub(crate) fn bytes_of_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
    }
    Some(bytes)
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_has_one_spelling() {
        let text = "0f".repeat(32);
        assert_eq!(text.parse::<Hash>(), Ok(Hash([0x0f; 32])));
        for wrong in [
            text.to_uppercase(),
            format!("{text}0f"),
            text[2..].to_owned(),
            format!("+{}", &text[1..]),
            format!("é{}", &text[2..]),
        ] {
            assert_eq!(wrong.parse::<Hash>(), Err(NotAHash(wrong)));
        }
    }
}
