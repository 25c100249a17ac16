//! A leaf: one act as it stands in one chain, in canonical bytes, with the hash that enters the tree.
//!
//! A leaf is read strictly: whatever is not exactly the bytes that writing would give is refused, so one act has one hash and nothing
//! can hide between members.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use thiserror::Error;

use crate::canon::{CanonProblem, canon_members};
use crate::hash::Hash;
use crate::tree::hash_leaf;

/// The version that this crate writes and reads.
pub const VERSION: u64 = 1;

/// The highest position: what a signed integer of 64 bits in a database holds.
pub const POSITION_MAX: u64 = i64::MAX as u64;

/// One act in one chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// The chain in which the leaf stands; not empty.
    pub chain: String,
    /// Its place in the chain, from 0 to [`POSITION_MAX`].
    pub position: u64,
    /// The act's id: a UUID in its usual text of 36 characters, lower case.
    pub act: String,
    /// When the act was recorded, in UTC as the writer spells instants; absent where no clock was read.
    pub at: Option<String>,
    /// Who acted; not empty. An id, never a name: it cannot be erased.
    pub actor: String,
    /// All chains in which this act has a leaf, sorted by their UTF-8 bytes, none twice.
    pub chains: Vec<String>,
    /// The act and its facts, sealed.
    pub body: Value,
}

/// Why there is no leaf. Each names the member.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LeafProblem {
    /// Not JSON, or bytes follow the value.
    #[error("the leaf is not one JSON value: {0}")]
    NotJson(String),
    /// JSON, but not the members of a leaf.
    #[error("this is no leaf: {0}")]
    NotALeaf(String),
    /// A version that this program does not know.
    #[error("the leaf has version {0}; this program reads version {VERSION}; use a newer program")]
    UnknownVersion(String),
    /// The position is beyond [`POSITION_MAX`].
    #[error("position {0} is beyond {POSITION_MAX}")]
    Position(u64),
    /// The act's id is no UUID in lower case.
    #[error("the act's id `{0}` is not a UUID in lower case")]
    Act(String),
    /// `chain`, `actor`, `at` or one of `chains` is empty.
    #[error("`{0}` is empty")]
    Empty(&'static str),
    /// `chains` is not sorted, or names a chain twice.
    #[error("`chains` is not sorted or names a chain twice, at `{0}`")]
    Chains(String),
    /// The same content has other bytes.
    #[error("the leaf is not written canonically, from byte {0} on")]
    NotCanonical(usize),
    /// The content has no canonical bytes.
    #[error(transparent)]
    Canon(#[from] CanonProblem),
}

impl Leaf {
    /// The canonical bytes.
    ///
    /// ```
    /// let leaf = journal::Leaf {
    ///     chain: "edition:2026".into(), position: 0, act: "0192f3a0-0000-7000-8000-000000000001".into(), at: None,
    ///     actor: "person:ani".into(), chains: vec!["edition:2026".into()], body: serde_json::json!({"count": 3}),
    /// };
    /// let bytes = br#"{"act":"0192f3a0-0000-7000-8000-000000000001","actor":"person:ani","at":null,"body":{"count":3},"chain":"edition:2026","chains":["edition:2026"],"position":0,"v":1}"#;
    /// assert_eq!(leaf.bytes().unwrap(), bytes);
    /// assert_eq!(journal::Leaf::parse(bytes), Ok(leaf));
    /// ```
    pub fn bytes(&self) -> Result<Vec<u8>, LeafProblem> {
        self.check()?;
        let Self { chain, position, act, at, actor, chains, body } = self;
        // The body is most of it, and is not copied.
        let rest = json!({
            "v": VERSION, "chain": chain, "position": position, "act": act, "at": at, "actor": actor, "chains": chains,
        });
        let rest = rest.as_object().into_iter().flatten().map(|(name, member)| (name.as_str(), member));
        Ok(canon_members(&rest.chain([("body", body)]).collect::<Vec<_>>())?)
    }

    /// The hash that enters the tree: SHA-256 of a zero byte and the canonical bytes (RFC 9162, section 2.1.1).
    ///
    /// ```
    /// # let leaf = journal::Leaf {
    /// #     chain: "edition:2026".into(), position: 0, act: "0192f3a0-0000-7000-8000-000000000001".into(), at: None,
    /// #     actor: "person:ani".into(), chains: vec!["edition:2026".into()], body: serde_json::json!({"count": 3}),
    /// # };
    /// assert_eq!(leaf.hash().unwrap(), journal::Hash::of(&[&[0], &leaf.bytes().unwrap()]));
    /// ```
    pub fn hash(&self) -> Result<Hash, LeafProblem> {
        Ok(hash_leaf(&self.bytes()?))
    }

    /// Reads exactly what [`Leaf::bytes`] writes and refuses everything else.
    ///
    /// ```
    /// let newer = journal::Leaf::parse(br#"{"v":2}"#).unwrap_err();
    /// assert_eq!(newer.to_string(), "the leaf has version 2; this program reads version 1; use a newer program");
    /// ```
    pub fn parse(bytes: &[u8]) -> Result<Self, LeafProblem> {
        let mut value: Value = serde_json::from_slice(bytes).map_err(|error| LeafProblem::NotJson(error.to_string()))?;
        let version = value.as_object_mut().and_then(|members| members.remove("v"));
        match version {
            None => return Err(LeafProblem::NotALeaf("it has no version `v`".to_owned())),
            Some(version) if version.as_u64() != Some(VERSION) => return Err(LeafProblem::UnknownVersion(version.to_string())),
            Some(_) => {}
        }
        let leaf: Self = serde_json::from_value(value).map_err(|error| LeafProblem::NotALeaf(error.to_string()))?;
        let canonical = leaf.bytes()?;
        if canonical != bytes {
            let same = canonical.iter().zip(bytes).take_while(|(ours, theirs)| ours == theirs).count();
            return Err(LeafProblem::NotCanonical(same));
        }
        Ok(leaf)
    }

    fn check(&self) -> Result<(), LeafProblem> {
        if self.position > POSITION_MAX {
            return Err(LeafProblem::Position(self.position));
        }
        if !is_uuid(&self.act) {
            return Err(LeafProblem::Act(self.act.clone()));
        }
        let empty_chain = self.chains.iter().any(String::is_empty);
        let empty_at = self.at.as_ref().is_some_and(String::is_empty);
        let texts =
            [("chain", self.chain.is_empty()), ("actor", self.actor.is_empty()), ("at", empty_at), ("chains", empty_chain)];
        if let Some((name, _)) = texts.into_iter().find(|(_, empty)| *empty) {
            return Err(LeafProblem::Empty(name));
        }
        match self.chains.windows(2).find(|pair| pair[0] >= pair[1]) {
            Some(pair) => Err(LeafProblem::Chains(pair[1].clone())),
            None => Ok(()),
        }
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn leaf() -> Leaf {
        Leaf {
            chain: "round:bali".into(),
            position: 7,
            act: "0192f3a0-0000-7000-8000-0000000000af".into(),
            at: Some("2026-11-20T08:00:00Z".into()),
            actor: "person:ani".into(),
            chains: vec!["edition:2026".into(), "round:bali".into()],
            body: json!({"facts": [{"n": 1}], "note": "Ibu “Ani” & co"}),
        }
    }

    fn text(leaf: &Leaf) -> String {
        String::from_utf8(leaf.bytes().unwrap()).unwrap()
    }

    #[test]
    fn a_leaf_reads_back_from_its_bytes() {
        assert_eq!(Leaf::parse(&leaf().bytes().unwrap()), Ok(leaf()));
        let without_time = Leaf { at: None, chains: vec![], position: POSITION_MAX, ..leaf() };
        assert_eq!(Leaf::parse(&without_time.bytes().unwrap()), Ok(without_time));
    }

    #[test]
    fn what_does_not_fit_is_refused_by_name() {
        let cases = [
            (Leaf { position: POSITION_MAX + 1, ..leaf() }, LeafProblem::Position(1 << 63)),
            (
                Leaf { act: "0192F3A0-0000-7000-8000-0000000000AF".into(), ..leaf() },
                LeafProblem::Act("0192F3A0-0000-7000-8000-0000000000AF".into()),
            ),
            (Leaf { act: "1".into(), ..leaf() }, LeafProblem::Act("1".into())),
            (Leaf { chain: String::new(), ..leaf() }, LeafProblem::Empty("chain")),
            (Leaf { actor: String::new(), ..leaf() }, LeafProblem::Empty("actor")),
            (Leaf { at: Some(String::new()), ..leaf() }, LeafProblem::Empty("at")),
            (Leaf { chains: vec![String::new()], ..leaf() }, LeafProblem::Empty("chains")),
            (Leaf { chains: vec!["b".into(), "a".into()], ..leaf() }, LeafProblem::Chains("a".into())),
            (Leaf { chains: vec!["a".into(), "a".into()], ..leaf() }, LeafProblem::Chains("a".into())),
            (
                Leaf { body: json!({"x": 0.5}), ..leaf() },
                LeafProblem::Canon(CanonProblem::NotAnInteger { pointer: "/body/x".into() }),
            ),
        ];
        for (leaf, problem) in cases {
            assert_eq!(leaf.bytes(), Err(problem.clone()));
            assert_eq!(leaf.hash(), Err(problem));
        }
    }

    #[test]
    fn other_spellings_of_the_same_leaf_are_refused() {
        let good = text(&leaf());
        let position = good.find(r#""position":7"#).unwrap();
        let cases = [
            (good.replace(r#","v":1"#, r#", "v":1"#), LeafProblem::NotCanonical(good.find(r#""v""#).unwrap())),
            (good.replace(r#","v":1}"#, r#","v":1,"v":1}"#), LeafProblem::NotCanonical(good.len() - 1)),
            (good.replace(r#""position":7"#, r#""position":6,"position":7"#), LeafProblem::NotCanonical(position + 11)),
            (good.replace("Ibu", "\\u0049bu"), LeafProblem::NotCanonical(good.find("Ibu").unwrap())),
            (good.replace(r#""at":"2026-11-20T08:00:00Z","#, ""), LeafProblem::NotCanonical(good.find(r#""at""#).unwrap() + 1)),
            (format!(" {good}"), LeafProblem::NotCanonical(0)),
            (format!("{good}\n"), LeafProblem::NotCanonical(good.len())),
        ];
        for (bytes, problem) in cases {
            assert_ne!(bytes, good);
            assert_eq!(Leaf::parse(bytes.as_bytes()), Err(problem), "{bytes}");
        }
    }

    #[test]
    fn what_is_no_leaf_of_this_version_is_refused() {
        let good = text(&leaf());
        assert_eq!(Leaf::parse(good.replace(r#""v":1"#, r#""v":2"#).as_bytes()), Err(LeafProblem::UnknownVersion("2".into())));
        assert_eq!(
            Leaf::parse(good.replace(r#""v":1"#, r#""v":"1""#).as_bytes()),
            Err(LeafProblem::UnknownVersion("\"1\"".into()))
        );
        let no_leaf = [
            good.replace(r#","v":1"#, ""),
            good.replace(r#","v":1"#, r#","v":1,"w":1"#),
            good.replace(r#""position":7"#, r#""position":-7"#),
            good.replace(r#""position":7"#, r#""position":7.0"#),
            good.replace(r#""position":7,"#, ""),
            good.replace(r#""actor":"person:ani""#, r#""actor":null"#),
            "[]".into(),
        ];
        for bytes in no_leaf {
            assert!(matches!(Leaf::parse(bytes.as_bytes()), Err(LeafProblem::NotALeaf(_))), "{bytes}");
        }
        for bytes in [format!("{good}{good}"), format!("{good}x"), good[1..].to_owned(), String::new()] {
            assert!(matches!(Leaf::parse(bytes.as_bytes()), Err(LeafProblem::NotJson(_))), "{bytes}");
        }
        let beyond = good.replace(r#""position":7"#, r#""position":9223372036854775808"#);
        assert_eq!(Leaf::parse(beyond.as_bytes()), Err(LeafProblem::Position(1 << 63)));
        assert!(matches!(Leaf::parse(b"\xff"), Err(LeafProblem::NotJson(_))));
    }

    proptest! {
        /// Whatever one byte becomes, the leaf is refused or has another hash.
        #[test]
        fn a_changed_byte_never_keeps_the_hash(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let good = leaf().bytes().unwrap();
            let mut changed = good.clone();
            changed[at.index(good.len())] = byte;
            if let Ok(other) = Leaf::parse(&changed) {
                prop_assert_eq!(other.bytes().unwrap(), changed.clone());
                prop_assert_eq!(other.hash().unwrap() == leaf().hash().unwrap(), changed == good);
            }
        }
    }
}
