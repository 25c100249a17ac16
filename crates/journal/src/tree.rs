//! The Merkle tree of RFC 9162 (the same as RFC 6962) over SHA-256, growing one leaf at a time.
//!
//! A node that covers a full power of two of leaves is complete and never changes again. A chain keeps only its right edge, the
//! [`Frontier`]: one hash per bit set in its size. Appending gives the nodes that became complete; whoever stores them once can later
//! make every proof ([`crate::proof`]) from a handful of look-ups.

use thiserror::Error;

use crate::hash::Hash;

/// The hash of a leaf: SHA-256 of a zero byte and the leaf's bytes.
///
/// ```
/// let hash = journal::tree::hash_leaf(b"");
/// assert_eq!(hash.to_string(), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
/// ```
pub fn hash_leaf(bytes: &[u8]) -> Hash {
    Hash::of(&[&[0], bytes])
}

/// The hash of an inner node: SHA-256 of a byte of one and the hashes of its two children.
///
/// ```
/// use journal::tree::{hash_leaf, hash_node};
///
/// let hash = hash_node(&hash_leaf(b""), &hash_leaf(&[0]));
/// assert_eq!(hash.to_string(), "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
/// ```
pub fn hash_node(left: &Hash, right: &Hash) -> Hash {
    Hash::of(&[&[1], left.bytes(), right.bytes()])
}

/// The root of a tree without leaves: SHA-256 of nothing.
///
/// ```
/// assert_eq!(journal::tree::empty_root(), journal::Frontier::default().root());
/// ```
pub fn empty_root() -> Hash {
    Hash::of(&[])
}

/// The complete nodes that a tree of this size consists of, the largest first, as (level, index): those that a [`Frontier`] holds and
/// that [`crate::proof::root`] looks up.
///
/// ```
/// assert_eq!(journal::tree::right_edge(6), [(2, 0), (1, 2)]);
/// ```
pub fn right_edge(size: u64) -> Vec<(u8, u64)> {
    let levels = (0..64u8).rev().filter(|level| size >> level & 1 == 1);
    levels.map(|level| (level, (size >> level) - 1)).collect()
}

/// A node that became complete: it covers the leaves `index << level` up to `(index + 1) << level`, the end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewNode {
    /// 0 for a leaf, one more for each step up; at most 63.
    pub level: u8,
    /// Its place from the left in its level, from 0.
    pub index: u64,
    /// Its hash.
    pub hash: Hash,
}

/// Why there is no such tree.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TreeProblem {
    /// A frontier needs one hash per bit set in its size.
    #[error("a tree of {size} leaves has {needed} hashes at its right edge, not {given}")]
    Frontier {
        /// Leaves.
        size: u64,
        /// Bits set in the size.
        needed: u32,
        /// Hashes given.
        given: usize,
    },
    /// The tree holds 2⁶³−1 leaves.
    #[error("the tree is full")]
    Full,
}

/// The right edge of a growing tree: its size and the hashes of the complete subtrees it consists of, the largest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    hashes: Vec<Hash>,
}

impl Frontier {
    /// The frontier from what a store kept.
    ///
    /// ```
    /// use journal::Frontier;
    ///
    /// let mut grown = Frontier::default();
    /// grown.append(journal::tree::hash_leaf(b"a")).unwrap();
    /// assert_eq!(Frontier::new(grown.size(), grown.hashes().to_vec()), Ok(grown));
    /// assert_eq!(Frontier::new(3, vec![]).unwrap_err().to_string(), "a tree of 3 leaves has 2 hashes at its right edge, not 0");
    /// ```
    pub fn new(size: u64, hashes: Vec<Hash>) -> Result<Self, TreeProblem> {
        if usize::try_from(size.count_ones()) != Ok(hashes.len()) {
            return Err(TreeProblem::Frontier { size, needed: size.count_ones(), given: hashes.len() });
        }
        Ok(Self { size, hashes })
    }

    /// Leaves in the tree.
    ///
    /// ```
    /// assert_eq!(journal::Frontier::default().size(), 0);
    /// ```
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The hashes of the complete subtrees, the largest first.
    ///
    /// ```
    /// assert!(journal::Frontier::default().hashes().is_empty());
    /// ```
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// Appends a leaf and gives the nodes that became complete: the leaf itself, then its parents upwards.
    ///
    /// ```
    /// use journal::{Frontier, tree::hash_leaf};
    ///
    /// let mut tree = Frontier::default();
    /// let places = |nodes: Vec<journal::NewNode>| nodes.iter().map(|node| (node.level, node.index)).collect::<Vec<_>>();
    /// assert_eq!(places(tree.append(hash_leaf(b"a")).unwrap()), [(0, 0)]);
    /// assert_eq!(places(tree.append(hash_leaf(b"b")).unwrap()), [(0, 1), (1, 0)]);
    /// assert_eq!(places(tree.append(hash_leaf(b"c")).unwrap()), [(0, 2)]);
    /// ```
    pub fn append(&mut self, leaf: Hash) -> Result<Vec<NewNode>, TreeProblem> {
        if self.size >= crate::leaf::POSITION_MAX {
            return Err(TreeProblem::Full);
        }
        let mut node = NewNode { level: 0, index: self.size, hash: leaf };
        let mut complete = vec![node];
        // Each bit set at the low end of the size is a complete subtree that the new one pairs with, as in carrying while adding one.
        for _ in 0..self.size.trailing_ones() {
            let left = self.hashes.pop().expect("a frontier has one hash per bit set in its size");
            node = NewNode { level: node.level + 1, index: node.index >> 1, hash: hash_node(&left, &node.hash) };
            complete.push(node);
        }
        self.hashes.push(node.hash);
        self.size += 1;
        Ok(complete)
    }

    /// The root hash of the tree as it stands.
    ///
    /// ```
    /// use journal::{Frontier, tree::{hash_leaf, hash_node}};
    ///
    /// let mut tree = Frontier::default();
    /// tree.append(hash_leaf(b"a")).unwrap();
    /// tree.append(hash_leaf(b"b")).unwrap();
    /// assert_eq!(tree.root(), hash_node(&hash_leaf(b"a"), &hash_leaf(b"b")));
    /// ```
    pub fn root(&self) -> Hash {
        let right_to_left = self.hashes.iter().rev().copied();
        right_to_left.reduce(|right, left| hash_node(&left, &right)).unwrap_or_else(empty_root)
    }
}
