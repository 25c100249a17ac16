//! Proofs over the tree: that a leaf stands in it (inclusion), and that a later tree begins with an earlier one (consistency).
//!
//! Proofs are made from complete nodes alone, looked up by level and index; the ragged right edge is put together from them, so a proof
//! costs O(log n) look-ups. The two verifying functions are the algorithms of RFC 9162, sections 2.1.3.2 and 2.1.4.2, and need nothing
//! but the proof.
//!
//! What a proof does not say: a tree of another size can have the same shape towards a leaf, so the size is vouched for by the signed
//! checkpoint that names it beside the root, never by the proof.

use thiserror::Error;

use crate::hash::Hash;
use crate::tree::{empty_root, hash_node};

/// Why a proof cannot be made or does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProofProblem {
    /// The leaf is not in the tree.
    #[error("a tree of {size} leaves has no leaf {index}")]
    NoSuchLeaf {
        /// Asked for.
        index: u64,
        /// Leaves in the tree.
        size: u64,
    },
    /// The earlier tree is empty or larger than the later one. That a tree begins with nothing needs no proof.
    #[error("there is no consistency to prove between {first} and {second} leaves")]
    Sizes {
        /// Leaves in the earlier tree.
        first: u64,
        /// Leaves in the later tree.
        second: u64,
    },
    /// The store does not have a node that it must have.
    #[error("the node at level {level}, index {index} is missing")]
    Missing {
        /// Its level.
        level: u8,
        /// Its index.
        index: u64,
    },
    /// The proof has too few or too many hashes.
    #[error("the proof has the wrong length")]
    Length,
    /// The proof leads to another root.
    #[error("the proof leads to the root {found}, not {expected}")]
    Root {
        /// What it leads to.
        found: Hash,
        /// What was to be proven.
        expected: Hash,
    },
}

/// The root of the first `size` leaves, from the complete nodes of a tree that has at least as many.
///
/// ```
/// use journal::{Frontier, proof::root, tree::hash_leaf};
///
/// let mut tree = Frontier::default();
/// let nodes: Vec<_> = (0..3u8).flat_map(|leaf| tree.append(hash_leaf(&[leaf])).unwrap()).collect();
/// let lookup = |level, index| nodes.iter().find(|node| (node.level, node.index) == (level, index)).map(|node| node.hash);
/// assert_eq!(root(3, lookup), Ok(tree.root()));
/// ```
pub fn root(size: u64, mut lookup: impl FnMut(u8, u64) -> Option<Hash>) -> Result<Hash, ProofProblem> {
    if size == 0 { Ok(empty_root()) } else { range(0, size, &mut lookup) }
}

/// The inclusion proof of a leaf: the siblings on its way to the root, from the leaf upwards (RFC 9162, section 2.1.3.1).
///
/// ```
/// use journal::{Frontier, proof::inclusion, tree::hash_leaf, verify_inclusion};
///
/// let mut tree = Frontier::default();
/// let nodes: Vec<_> = (0..5u8).flat_map(|leaf| tree.append(hash_leaf(&[leaf])).unwrap()).collect();
/// let lookup = |level, index| nodes.iter().find(|node| (node.level, node.index) == (level, index)).map(|node| node.hash);
/// let proof = inclusion(1, 5, lookup).unwrap();
/// assert_eq!(verify_inclusion(1, 5, &hash_leaf(&[1]), &proof, &tree.root()), Ok(()));
/// assert!(verify_inclusion(2, 5, &hash_leaf(&[1]), &proof, &tree.root()).is_err());
/// ```
pub fn inclusion(index: u64, size: u64, mut lookup: impl FnMut(u8, u64) -> Option<Hash>) -> Result<Vec<Hash>, ProofProblem> {
    if index >= size {
        return Err(ProofProblem::NoSuchLeaf { index, size });
    }
    let (mut begin, mut length, mut proof) = (0, size, Vec::new());
    while length > 1 {
        let left = split(length);
        if index - begin < left {
            proof.push(range(begin + left, length - left, &mut lookup)?);
            length = left;
        } else {
            proof.push(range(begin, left, &mut lookup)?);
            (begin, length) = (begin + left, length - left);
        }
    }
    proof.reverse();
    Ok(proof)
}

/// The consistency proof between the first `first` and the first `second` leaves (RFC 9162, section 2.1.4.1). Empty when both are equal.
///
/// ```
/// use journal::{Frontier, proof::consistency, tree::hash_leaf, verify_consistency};
///
/// let mut tree = Frontier::default();
/// let mut nodes: Vec<_> = (0..3u8).flat_map(|leaf| tree.append(hash_leaf(&[leaf])).unwrap()).collect();
/// let earlier = tree.root();
/// nodes.extend((3..7u8).flat_map(|leaf| tree.append(hash_leaf(&[leaf])).unwrap()));
/// let lookup = |level, index| nodes.iter().find(|node| (node.level, node.index) == (level, index)).map(|node| node.hash);
/// let proof = consistency(3, 7, lookup).unwrap();
/// assert_eq!(verify_consistency(3, 7, &earlier, &tree.root(), &proof), Ok(()));
/// ```
pub fn consistency(first: u64, second: u64, mut lookup: impl FnMut(u8, u64) -> Option<Hash>) -> Result<Vec<Hash>, ProofProblem> {
    if first == 0 || first > second {
        return Err(ProofProblem::Sizes { first, second });
    }
    let (mut begin, mut length, mut proof) = (0, second, Vec::new());
    while begin + length != first {
        let left = split(length);
        if first - begin <= left {
            proof.push(range(begin + left, length - left, &mut lookup)?);
            length = left;
        } else {
            proof.push(range(begin, left, &mut lookup)?);
            (begin, length) = (begin + left, length - left);
        }
    }
    // A verifier knows the earlier root already when what is left is the whole earlier tree.
    if begin != 0 {
        proof.push(range(begin, length, &mut lookup)?);
    }
    proof.reverse();
    Ok(proof)
}

/// The complete nodes that [`inclusion`] looks up, as (level, index), so that a store can fetch them in one query.
///
/// ```
/// assert_eq!(journal::proof::inclusion_needs(0, 6).unwrap(), [(1, 2), (1, 1), (0, 1)]);
/// ```
pub fn inclusion_needs(index: u64, size: u64) -> Result<Vec<(u8, u64)>, ProofProblem> {
    needs(|lookup| inclusion(index, size, lookup))
}

/// The complete nodes that [`consistency`] looks up, as (level, index), so that a store can fetch them in one query.
///
/// ```
/// assert_eq!(journal::proof::consistency_needs(3, 7).unwrap(), [(1, 2), (0, 6), (1, 0), (0, 3), (0, 2)]);
/// ```
pub fn consistency_needs(first: u64, second: u64) -> Result<Vec<(u8, u64)>, ProofProblem> {
    needs(|lookup| consistency(first, second, lookup))
}

/// Whether the leaf stands at `index` in the tree of `size` leaves that has this root (RFC 9162, section 2.1.3.2).
///
/// ```
/// use journal::{tree::hash_leaf, verify_inclusion};
///
/// let only = hash_leaf(b"a");
/// assert_eq!(verify_inclusion(0, 1, &only, &[], &only), Ok(()));
/// ```
pub fn verify_inclusion(index: u64, size: u64, leaf: &Hash, proof: &[Hash], root: &Hash) -> Result<(), ProofProblem> {
    if index >= size {
        return Err(ProofProblem::NoSuchLeaf { index, size });
    }
    let (mut node, mut last, mut found) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return Err(ProofProblem::Length);
        }
        if node & 1 == 1 || node == last {
            found = hash_node(sibling, &found);
            climb_to_sibling(&mut node, &mut last);
        } else {
            found = hash_node(&found, sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    if last != 0 {
        return Err(ProofProblem::Length);
    }
    same(found, root)
}

/// Whether the tree of `second` leaves begins with the tree of `first` leaves (RFC 9162, section 2.1.4.2).
///
/// ```
/// use journal::{tree::{hash_leaf, hash_node}, verify_consistency};
///
/// let (a, b) = (hash_leaf(b"a"), hash_leaf(b"b"));
/// assert_eq!(verify_consistency(1, 2, &a, &hash_node(&a, &b), &[b]), Ok(()));
/// ```
pub fn verify_consistency(
    first: u64,
    second: u64,
    first_root: &Hash,
    second_root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofProblem> {
    if first == 0 || first > second {
        return Err(ProofProblem::Sizes { first, second });
    }
    if first == second {
        return if proof.is_empty() { same(*first_root, second_root) } else { Err(ProofProblem::Length) };
    }
    let (seed, rest) = match proof.split_first() {
        None => return Err(ProofProblem::Length),
        Some(_) if first.is_power_of_two() => (first_root, proof),
        Some((seed, rest)) => (seed, rest),
    };
    let shared = (first - 1).trailing_ones();
    let (mut node, mut last) = ((first - 1) >> shared, (second - 1) >> shared);
    let (mut found_first, mut found_second) = (*seed, *seed);
    for sibling in rest {
        if last == 0 {
            return Err(ProofProblem::Length);
        }
        if node & 1 == 1 || node == last {
            found_first = hash_node(sibling, &found_first);
            found_second = hash_node(sibling, &found_second);
            climb_to_sibling(&mut node, &mut last);
        } else {
            found_second = hash_node(&found_second, sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    if last != 0 {
        return Err(ProofProblem::Length);
    }
    same(found_first, first_root)?;
    same(found_second, second_root)
}

/// At the ragged right edge a node has no sibling for some levels: climb to the level where it is a right child, or to the top.
fn climb_to_sibling(node: &mut u64, last: &mut u64) {
    while *node & 1 == 0 && *node != 0 {
        (*node, *last) = (*node >> 1, *last >> 1);
    }
}

fn same(found: Hash, expected: &Hash) -> Result<(), ProofProblem> {
    if found == *expected { Ok(()) } else { Err(ProofProblem::Root { found, expected: *expected }) }
}

/// The largest power of two below `length`, which is at least 2: how many leaves go left.
fn split(length: u64) -> u64 {
    1 << (length - 1).ilog2()
}

/// The hash over `length` leaves from `begin` on, where `begin` is a multiple of the largest complete subtree inside.
fn range(begin: u64, length: u64, lookup: &mut impl FnMut(u8, u64) -> Option<Hash>) -> Result<Hash, ProofProblem> {
    if length.is_power_of_two() {
        let level = u8::try_from(length.ilog2()).expect("the logarithm of 64 bits is below 64");
        let index = begin >> level;
        return lookup(level, index).ok_or(ProofProblem::Missing { level, index });
    }
    let left = split(length);
    let left_hash = range(begin, left, lookup)?;
    Ok(hash_node(&left_hash, &range(begin + left, length - left, lookup)?))
}

/// What a proof looks up, found by making it from nothing.
fn needs<T>(
    make: impl FnOnce(&mut dyn FnMut(u8, u64) -> Option<Hash>) -> Result<T, ProofProblem>,
) -> Result<Vec<(u8, u64)>, ProofProblem> {
    let mut asked = Vec::new();
    make(&mut |level, index| {
        asked.push((level, index));
        Some(Hash([0; 32]))
    })?;
    Ok(asked)
}
