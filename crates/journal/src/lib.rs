//! The journal: what was done, in bytes that nobody can change unseen and anybody can check.
//!
//! Each act becomes a [`Leaf`] with one spelling ([`canon`](mod@canon)); personal texts in it are replaced by salted commitments
//! ([`seal`](mod@seal)), so that they can be erased later without touching the leaf. Leaves of a chain form a Merkle tree ([`tree`]) as in
//! RFC 9162, and a [`Checkpoint`] signed with a [`Key`] fixes all of them in three lines of text. The crate knows nothing of the award,
//! reads no clock, makes no randomness and stores nothing: instants, salts and seeds come in, bytes and proofs go out.
//!
//! The exact bytes stand in `docs/journal.md`, from which a stranger can program a verifier.
//!
//! ```
//! use journal::{Checkpoint, Frontier, Key, Leaf, Note};
//!
//! let mut chain = Frontier::default();
//! for position in 0..3 {
//!     let leaf = Leaf {
//!         chain: "round:province/bali".into(), position, act: format!("0192f3a0-0000-7000-8000-00000000000{position}"),
//!         at: Some("2026-11-20T08:00:00Z".into()), actor: "person:ani".into(), chains: vec!["round:province/bali".into()],
//!         body: serde_json::json!({"facts": []}),
//!     };
//!     chain.append(leaf.hash().unwrap()).unwrap();
//! }
//! let checkpoint = Checkpoint::new("paritrana.example/bali", chain.size(), chain.root()).unwrap();
//! let key = Key::from_seed("paritrana.example/bali", &[7; 32]).unwrap();
//! let signed = Note::signed(&checkpoint.text(), &[&key]).unwrap().to_string();
//!
//! let note = Note::parse(signed.as_bytes()).unwrap();
//! note.verify(&[key.verifier()]).unwrap();
//! assert_eq!(Checkpoint::parse(note.text()).unwrap(), checkpoint);
//! ```

#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

pub mod canon;
pub mod checkpoint;
pub mod hash;
pub mod keys;
pub mod leaf;
pub mod note;
mod pointer;
pub mod proof;
pub mod seal;
pub mod secret;
pub mod tree;

pub use canon::{CanonProblem, canon};
pub use checkpoint::{Checkpoint, CheckpointProblem};
pub use hash::{Hash, NotAHash};
pub use keys::{Key, KeyEvent, KeyProblem, KeyRecord, KeyRing, Revocation};
pub use leaf::{Leaf, LeafProblem};
pub use note::{Note, NoteProblem, SignatureLine, Verifier};
pub use proof::{ProofProblem, verify_consistency, verify_inclusion};
pub use seal::{Personal, Salt, Salts, SealProblem, Secret, check, check_plain, commitment, erased, open, seal};
pub use tree::{Frontier, NewNode, TreeProblem, hash_leaf};
