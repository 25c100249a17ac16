//! What opens something: 32 random bytes of a cookie or a link, and what somebody types. None of it is ever printed for debugging, and the memory is
//! wiped when it goes.

use std::fmt;

use journal::Hash;
use zeroize::Zeroizing;

/// 32 random bytes that open something. Only their hash is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<[u8; 32]>);

impl Secret {
    /// A secret of these bytes, fresh from the system's source.
    ///
    /// ```
    /// let secret = office::Secret::new([7; 32]);
    /// assert_eq!(format!("{secret:?}"), "Secret(…)");
    /// assert_eq!(office::Secret::parse(&secret.text()), Some(secret));
    /// ```
    pub fn new(random: [u8; 32]) -> Secret {
        Secret(Zeroizing::new(random))
    }

    /// The secret that a cookie or an address holds: 64 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Secret> {
        text.parse::<Hash>().ok().map(|bytes| Secret::new(bytes.0))
    }

    /// The text for the cookie or the address; this is what opens.
    pub fn text(&self) -> String {
        Hash(*self.0).to_string()
    }

    /// What is kept of it, for one use.
    pub(crate) fn hash(&self, of: Use) -> String {
        Hash::of(&[of.name(), self.0.as_slice()]).to_string()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What a secret is for. The hash of one use is of no use for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// The cookie of a sign-in.
    Cookie,
    /// The token in the forms of a sign-in: it follows from the cookie and never from what is kept.
    Form,
    /// A link.
    Link,
}

impl Use {
    fn name(self) -> &'static [u8] {
        match self {
            Use::Cookie => b"cookie",
            Use::Form => b"form",
            Use::Link => b"link",
        }
    }
}

/// Something that somebody typed and nobody else may read: a password, a code.
#[derive(Clone, PartialEq, Eq)]
pub struct Typed(Zeroizing<String>);

impl Typed {
    /// What was typed.
    ///
    /// ```
    /// assert_eq!(format!("{:?}", office::Typed::new("kuda besi hijau")), "Typed(…)");
    /// ```
    pub fn new(text: impl Into<String>) -> Typed {
        Typed(Zeroizing::new(text.into()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typed(…)")
    }
}

/// Whether two texts are the same, in a time that tells nothing of where they differ.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let differing = one.bytes().zip(other.bytes()).fold(0, |found, (a, b)| found | (a ^ b));
    one.len() == other.len() && std::hint::black_box(differing) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_hashed_for_one_use_only_and_read_in_one_spelling() {
        let secret = Secret::new([171; 32]);
        let hashes = [Use::Cookie, Use::Form, Use::Link].map(|of| secret.hash(of));
        assert!(hashes[0] != hashes[1] && hashes[1] != hashes[2] && hashes[0] != hashes[2] && !hashes.contains(&secret.text()));
        assert_eq!(Secret::parse(&secret.text().to_uppercase()), None);
        assert_eq!(Secret::parse(&secret.text()[1..]), None);
    }

    #[test]
    fn texts_are_the_same_only_as_a_whole() {
        assert!(is_same("123456", "123456") && !is_same("123456", "123457") && !is_same("123456", "12345") && is_same("", ""));
    }
}
