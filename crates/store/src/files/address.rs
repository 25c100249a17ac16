//! The address of a file: the SHA-256 of its content, as 64 small hex digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The SHA-256 of a file's content, by which it is found again. Nothing but 64 small hex digits can become one, so no address ever
/// leads out of the place where files are kept.
///
/// ```
/// use store::files::Hash;
/// assert!("../../etc/passwd".parse::<Hash>().is_err());
/// assert!("ab".repeat(32).parse::<Hash>().is_ok());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Hash([u8; 32]);

/// Some text is not the address of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the SHA-256 of a file: 64 digits of 0-9 and a-f")]
pub struct NotAHash(pub String);

impl Hash {
    /// The hash with these 32 bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Hash {
        Hash(bytes)
    }

    /// Its 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Where the file lies below the place: two digits, a slash, sixty-two digits.
    pub(super) fn key(&self) -> String {
        let digits = self.to_string();
        format!("{}/{}", &digits[..2], &digits[2..])
    }

    /// The address that lies there, if it is one.
    pub(super) fn of_key(key: &str) -> Option<Hash> {
        let (first, rest) = key.split_once('/')?;
        (first.len() == 2).then(|| format!("{first}{rest}"))?.parse().ok()
    }
}

impl FromStr for Hash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Hash, NotAHash> {
        let not = || NotAHash(text.chars().take(80).collect());
        let digits: &[u8; 64] = text.as_bytes().try_into().map_err(|_| not())?;
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let (Some(high), Some(low)) = (digit(pair[0]), digit(pair[1])) else { return Err(not()) };
            *byte = high << 4 | low;
        }
        Ok(Hash(bytes))
    }
}

fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Hash({self})")
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> String {
        hash.to_string()
    }
}

impl TryFrom<String> for Hash {
    type Error = NotAHash;

    fn try_from(text: String) -> Result<Hash, NotAHash> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_64_small_hex_digits_and_nothing_else() {
        let good = "0123456789abcdef".repeat(4);
        assert_eq!(good.parse::<Hash>().map(|hash| hash.to_string()), Ok(good.clone()));
        let (shorter, longer) = (&good[1..], format!("{good}0"));
        let (slash, dots) = (format!("{}/{}", &good[..2], &good[3..]), format!("../{}", &good[3..]));
        let (capital, wide) = (good.to_uppercase(), format!("é{}", &good[2..]));
        for bad in ["", shorter, &longer, &slash, &dots, &capital, &wide, &format!("{}\n", &good[1..])] {
            assert_eq!(bad.parse::<Hash>(), Err(NotAHash(bad.to_owned())));
        }
    }

    #[test]
    fn where_a_file_lies_tells_its_address() {
        let hash: Hash = "ab".repeat(32).parse().expect("64 digits");
        assert_eq!(hash.key(), format!("ab/{}", "ab".repeat(31)));
        assert_eq!(Hash::of_key(&hash.key()), Some(hash));
        assert_eq!(Hash::of_key(&format!("a/{}", "b".repeat(63))), None);
        assert_eq!(Hash::of_key("uploads/x"), None);
    }
}
