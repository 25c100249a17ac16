//! The tree and its proofs: the reference vectors of Certificate Transparency, every proof of every small tree, and large trees.
#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

use journal::proof::{consistency, consistency_needs, inclusion, inclusion_needs, root};
use journal::tree::{empty_root, hash_leaf, hash_node, right_edge};
use journal::{Frontier, Hash, ProofProblem, TreeProblem, verify_consistency, verify_inclusion};
use proptest::prelude::*;

/// The largest tree of which every proof is tried.
const SIZE_MAX: u64 = 70;

/// A tree with its complete nodes and the root after each leaf.
struct Grown {
    nodes: HashMap<(u8, u64), Hash>,
    roots: Vec<Hash>,
}

impl Grown {
    fn of(leaves: impl IntoIterator<Item = Hash>) -> Self {
        let (mut tree, mut nodes, mut roots) = (Frontier::default(), HashMap::new(), vec![empty_root()]);
        for leaf in leaves {
            for node in tree.append(leaf).unwrap() {
                assert_eq!(nodes.insert((node.level, node.index), node.hash), None, "a complete node comes once");
            }
            roots.push(tree.root());
        }
        Self { nodes, roots }
    }

    fn numbered(size: u64) -> Self {
        Self::of((0..size).map(leaf))
    }

    fn lookup(&self) -> impl FnMut(u8, u64) -> Option<Hash> + '_ {
        |level, index| self.nodes.get(&(level, index)).copied()
    }

    fn root(&self, size: u64) -> &Hash {
        &self.roots[usize::try_from(size).unwrap()]
    }
}

fn leaf(number: u64) -> Hash {
    hash_leaf(&number.to_be_bytes())
}

fn hashes(texts: &[&str]) -> Vec<Hash> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// The tree as RFC 9162 section 2.1.1 defines it.
fn by_definition(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [only] => *only,
        _ => {
            let left = leaves.len().next_power_of_two() / 2;
            hash_node(&by_definition(&leaves[..left]), &by_definition(&leaves[left..]))
        }
    }
}

/// From the root down to the leaf: is it in the left part?
fn way_to_leaf(index: u64, size: u64) -> Vec<bool> {
    if size == 1 {
        return vec![];
    }
    let left = size.next_power_of_two() / 2;
    let (goes_left, rest) =
        if index < left { (true, way_to_leaf(index, left)) } else { (false, way_to_leaf(index - left, size - left)) };
    [vec![goes_left], rest].concat()
}

const VECTOR_LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];

const VECTOR_ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const N1_0: &str = VECTOR_ROOTS[2];
const N2_0: &str = VECTOR_ROOTS[4];
const N0_0: &str = VECTOR_ROOTS[1];
const N0_1: &str = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const N1_1: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const N2_1: &str = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
const N0_4: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const N1_2: &str = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
const N1_3: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const N0_6: &str = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f";

#[test]
fn the_roots_are_those_of_the_reference_vectors() {
    let tree = Grown::of(VECTOR_LEAVES.map(hash_leaf));
    assert_eq!(tree.roots, hashes(&VECTOR_ROOTS));
}

#[test]
fn inclusion_proofs_are_those_of_the_reference_vectors() {
    let tree = Grown::of(VECTOR_LEAVES.map(hash_leaf));
    let vectors: [(u64, u64, &[&str]); 5] =
        [(0, 1, &[]), (0, 8, &[N0_1, N1_1, N2_1]), (5, 8, &[N0_4, N1_3, N2_0]), (2, 3, &[N1_0]), (1, 5, &[N0_0, N1_1, N0_4])];
    for (index, size, proof) in vectors {
        assert_eq!(inclusion(index, size, tree.lookup()), Ok(hashes(proof)));
        let leaf = hash_leaf(VECTOR_LEAVES[usize::try_from(index).unwrap()]);
        assert_eq!(verify_inclusion(index, size, &leaf, &hashes(proof), tree.root(size)), Ok(()));
    }
}

#[test]
fn consistency_proofs_are_those_of_the_reference_vectors() {
    let tree = Grown::of(VECTOR_LEAVES.map(hash_leaf));
    let vectors: [(u64, u64, &[&str]); 5] = [
        (1, 1, &[]),
        (1, 8, &[N0_1, N1_1, N2_1]),
        (6, 8, &[N1_2, N1_3, N2_0]),
        (2, 5, &[N1_1, N0_4]),
        (6, 7, &[N1_2, N0_6, N2_0]),
    ];
    for (first, second, proof) in vectors {
        assert_eq!(consistency(first, second, tree.lookup()), Ok(hashes(proof)));
        assert_eq!(verify_consistency(first, second, tree.root(first), tree.root(second), &hashes(proof)), Ok(()));
    }
}

#[test]
fn the_growing_tree_has_the_root_that_the_definition_gives() {
    let tree = Grown::numbered(SIZE_MAX);
    let leaves: Vec<Hash> = (0..SIZE_MAX).map(leaf).collect();
    for size in 0..=SIZE_MAX {
        assert_eq!(*tree.root(size), by_definition(&leaves[..usize::try_from(size).unwrap()]));
        assert_eq!(root(size, tree.lookup()), Ok(*tree.root(size)));
        let stored = right_edge(size).iter().map(|place| tree.nodes[place]).collect();
        assert_eq!(Frontier::new(size, stored).unwrap().root(), *tree.root(size), "the right edge comes back from a store");
    }
    let complete = 2 * SIZE_MAX - u64::from(SIZE_MAX.count_ones());
    assert_eq!(u64::try_from(tree.nodes.len()), Ok(complete), "each complete node is given");
}

#[test]
fn every_inclusion_proof_verifies_and_no_changed_one_does() {
    let tree = Grown::numbered(SIZE_MAX);
    for size in 1..=SIZE_MAX {
        for index in 0..size {
            let proof = inclusion(index, size, tree.lookup()).unwrap();
            let verify = |leaf: Hash, proof: &[Hash], root: &Hash| verify_inclusion(index, size, &leaf, proof, root).is_ok();
            assert!(verify(leaf(index), &proof, tree.root(size)));
            assert!(!verify(leaf(index + 1), &proof, tree.root(size)));
            for changed in changed(&proof, index * 71 + size) {
                assert!(!verify(leaf(index), &changed, tree.root(size)), "{index} {size} {changed:?}");
            }
            for bit in bits(size) {
                assert!(!verify(leaf(index), &proof, &flipped(tree.root(size), bit)));
            }
            for other in (0..=size).filter(|other| *other != index) {
                assert!(
                    verify_inclusion(other, size, &leaf(index), &proof, tree.root(size)).is_err(),
                    "{index} as {other} of {size}"
                );
            }
        }
    }
}

/// The size is named by the checkpoint: with the root of another size no proof verifies, and with the same root only where the other
/// tree has the same way to the leaf.
#[test]
fn an_inclusion_proof_belongs_to_the_shape_of_its_tree() {
    let tree = Grown::numbered(SIZE_MAX);
    for size in 1..=SIZE_MAX {
        for index in 0..size {
            let proof = inclusion(index, size, tree.lookup()).unwrap();
            for other in (0..=SIZE_MAX).filter(|other| *other != size) {
                assert!(verify_inclusion(index, other, &leaf(index), &proof, tree.root(other)).is_err());
                let same_shape = index < other && way_to_leaf(index, other) == way_to_leaf(index, size);
                assert_eq!(verify_inclusion(index, other, &leaf(index), &proof, tree.root(size)).is_ok(), same_shape);
            }
        }
    }
}

#[test]
fn every_consistency_proof_verifies_and_no_changed_one_does() {
    let tree = Grown::numbered(SIZE_MAX);
    for second in 1..=SIZE_MAX {
        for first in 1..=second {
            let proof = consistency(first, second, tree.lookup()).unwrap();
            let verify = |first_root: &Hash, second_root: &Hash, proof: &[Hash]| {
                verify_consistency(first, second, first_root, second_root, proof).is_ok()
            };
            assert!(verify(tree.root(first), tree.root(second), &proof));
            for changed in changed(&proof, first * 71 + second) {
                assert!(!verify(tree.root(first), tree.root(second), &changed), "{first} {second} {changed:?}");
            }
            for bit in bits(second) {
                assert!(!verify(&flipped(tree.root(first), bit), tree.root(second), &proof));
                assert!(!verify(tree.root(first), &flipped(tree.root(second), bit), &proof));
            }
            for other in (0..=SIZE_MAX).filter(|other| *other != first) {
                assert!(verify_consistency(other, second, tree.root(other), tree.root(second), &proof).is_err());
            }
            for other in (0..=SIZE_MAX).filter(|other| *other != second) {
                assert!(verify_consistency(first, other, tree.root(first), tree.root(other), &proof).is_err());
            }
        }
    }
}

/// A history with one leaf changed has other roots, and no consistency proof of the changed tree leads from the true root to the changed.
#[test]
fn a_rewritten_past_is_not_consistent_with_a_checkpoint() {
    let honest = Grown::numbered(20);
    let forged = Grown::of((0..20).map(|number| if number == 6 { leaf(600) } else { leaf(number) }));
    for first in 7..20 {
        let proof = consistency(first, 20, forged.lookup()).unwrap();
        assert!(verify_consistency(first, 20, honest.root(first), forged.root(20), &proof).is_err());
        assert_eq!(verify_consistency(first, 20, forged.root(first), forged.root(20), &proof), Ok(()));
    }
}

#[test]
fn what_cannot_be_proven_is_said_by_name() {
    let tree = Grown::numbered(7);
    let any = leaf(0);
    assert_eq!(inclusion(7, 7, tree.lookup()), Err(ProofProblem::NoSuchLeaf { index: 7, size: 7 }));
    assert_eq!(verify_inclusion(0, 0, &any, &[], &empty_root()), Err(ProofProblem::NoSuchLeaf { index: 0, size: 0 }));
    assert_eq!(inclusion(0, 8, tree.lookup()), Err(ProofProblem::Missing { level: 2, index: 1 }));
    assert_eq!(consistency(0, 7, tree.lookup()), Err(ProofProblem::Sizes { first: 0, second: 7 }));
    assert_eq!(consistency(8, 7, tree.lookup()), Err(ProofProblem::Sizes { first: 8, second: 7 }));
    assert_eq!(verify_consistency(0, 7, &empty_root(), tree.root(7), &[]), Err(ProofProblem::Sizes { first: 0, second: 7 }));
    assert_eq!(verify_consistency(3, 7, tree.root(3), tree.root(7), &[]), Err(ProofProblem::Length));
    assert_eq!(verify_consistency(4, 7, tree.root(4), tree.root(7), &[]), Err(ProofProblem::Length));
    assert_eq!(verify_consistency(7, 7, tree.root(7), tree.root(7), &[any]), Err(ProofProblem::Length));
    let (found, expected) = (*tree.root(6), *tree.root(7));
    assert_eq!(verify_consistency(7, 7, &found, &expected, &[]), Err(ProofProblem::Root { found, expected }));
    assert_eq!(Frontier::new(5, vec![any]), Err(TreeProblem::Frontier { size: 5, needed: 2, given: 1 }));
    let mut full = Frontier::new(i64::MAX as u64, vec![any; 63]).unwrap();
    assert_eq!(full.append(any), Err(TreeProblem::Full));
}

/// All bits of a hash for small trees, some for larger ones.
fn bits(size: u64) -> impl Iterator<Item = usize> {
    (0..256).step_by(if size <= 9 { 1 } else { 101 })
}

fn flipped(hash: &Hash, bit: usize) -> Hash {
    let mut hash = *hash;
    hash.0[bit / 8] ^= 1 << (bit % 8);
    hash
}

/// The proof with one bit of each hash changed, without each hash, with each hash twice, with neighbours exchanged.
fn changed(proof: &[Hash], salt: u64) -> Vec<Vec<Hash>> {
    let mut changed = vec![[proof, &[leaf(salt)]].concat(), [&[leaf(salt)], proof].concat()];
    for at in 0..proof.len() {
        let bit = (usize::try_from(salt).unwrap() * 31 + at * 97) % 256;
        let mut other = proof.to_vec();
        other[at] = flipped(&proof[at], bit);
        changed.push(other);
        changed.push([&proof[..at], &proof[at + 1..]].concat());
        changed.push([&proof[..=at], &proof[at..]].concat());
        if at > 0 {
            let mut other = proof.to_vec();
            other.swap(at - 1, at);
            changed.push(other);
        }
    }
    changed
}

/// The complete nodes of a tree in which all leaves are the same: one hash for each level.
fn uniform() -> Vec<Hash> {
    std::iter::successors(Some(leaf(0)), |below| Some(hash_node(below, below))).take(64).collect()
}

fn size_and_part() -> impl Strategy<Value = (u64, u64)> {
    (1..=i64::MAX as u64, any::<u64>(), 0..63u32).prop_map(|(size, part, shift)| {
        let size = (size >> shift).max(1);
        (size, part % size)
    })
}

proptest! {
    #[test]
    fn proofs_of_trees_of_any_size_verify_and_need_few_nodes((size, index) in size_and_part()) {
        let level_hashes = uniform();
        let lookup = |level: u8, _| Some(level_hashes[usize::from(level)]);
        let whole = root(size, lookup).unwrap();
        let right_edge = (0..64).rev().filter(|level| size >> level & 1 == 1).map(|level| level_hashes[level]).collect();
        prop_assert_eq!(Frontier::new(size, right_edge).unwrap().root(), whole);

        let proof = inclusion(index, size, lookup).unwrap();
        prop_assert_eq!(verify_inclusion(index, size, &leaf(0), &proof, &whole), Ok(()));
        let levels = usize::try_from(size.ilog2()).unwrap() + 1;
        prop_assert!(inclusion_needs(index, size).unwrap().len() <= 2 * levels);

        let first = index + 1;
        let proof = consistency(first, size, lookup).unwrap();
        prop_assert_eq!(verify_consistency(first, size, &root(first, lookup).unwrap(), &whole, &proof), Ok(()));
        prop_assert!(consistency_needs(first, size).unwrap().len() <= 2 * levels);
    }

    #[test]
    fn a_proof_needs_the_nodes_it_says_and_no_others(size in 1..=SIZE_MAX, part in any::<prop::sample::Index>()) {
        let tree = Grown::numbered(size);
        let index = u64::try_from(part.index(usize::try_from(size).unwrap())).unwrap();
        let fetched: HashMap<_, _> = inclusion_needs(index, size).unwrap().into_iter().map(|place| (place, tree.nodes[&place])).collect();
        prop_assert!(inclusion(index, size, |level, index| fetched.get(&(level, index)).copied()).is_ok());
        let fetched: HashMap<_, _> = consistency_needs(index + 1, size).unwrap().into_iter().map(|place| (place, tree.nodes[&place])).collect();
        prop_assert!(consistency(index + 1, size, |level, index| fetched.get(&(level, index)).copied()).is_ok());
    }
}
