//! Signed heads as they are kept, and whether a chain still goes on from one that somebody kept elsewhere.

use jiff::Timestamp;
use journal::{Checkpoint, Frontier, Hash, Note, hash_leaf};

use super::{origin, read, ring};
use crate::append::edge;
use crate::error::{Error, Result};
use crate::load::misfit;
use crate::open::Store;
use crate::sql::{Tx, cells};

/// So many leaves are read at once.
const PAGE: i64 = 1_000;

/// A chain with the last head of it that was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedHead {
    /// The edition.
    pub edition: String,
    /// The chain.
    pub chain: String,
    /// So many leaves it has now.
    pub size: u64,
    /// How many it had when the head was signed, when that was (as text in UTC), and the head; none if nobody signed one.
    pub signed: Option<(u64, String, Note)>,
}

/// A head that somebody kept, held against what stands here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadCheck {
    /// What it is a head of: the edition and the chain, with a slash between.
    pub origin: String,
    /// How many leaves it covers.
    pub size: u64,
    /// How many there are now.
    pub now: u64,
    /// What is wrong; none if the signature is good and the chain goes on from it.
    pub fault: Option<HeadFault>,
}

/// Why a head that somebody kept does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeadFault {
    /// Its signature does not count; why.
    Signature(String),
    /// There is no such chain here.
    NoChain,
    /// The chain is shorter now.
    Shorter,
    /// The first leaves of the chain are not those that were signed.
    Other {
        /// The root that was signed.
        signed: Hash,
        /// The root that as many leaves give now.
        found: Hash,
    },
    /// The leaves behind it are not those to which the chain's own row comes; `verify` says more.
    Behind,
}

impl Store {
    /// Every chain of an edition with the last head of it that was signed.
    ///
    /// # Errors
    ///
    /// What the database says; [`Error::Misfit`] if a head is none.
    pub async fn signed_heads(&self, edition: &str) -> Result<Vec<SignedHead>> {
        let mut tx = self.pool.read().await?;
        let mut found = Vec::new();
        let chains = "select chain, position from chain where edition = $1 order by chain";
        for row in tx.rows(chains, &cells![edition]).await? {
            let (chain, size) = (row.text(0)?, row.whole(1)?.unsigned_abs());
            let last =
                "select size, recorded_at, note from checkpoint where edition = $1 and chain = $2 order by size desc limit 1";
            let signed = match tx.row(last, &cells![edition, &chain]).await? {
                Some(row) => Some((row.whole(0)?.unsigned_abs(), row.text(1)?, read(&row.text(2)?)?)),
                None => None,
            };
            found.push(SignedHead { edition: edition.to_owned(), chain, size, signed });
        }
        Ok(found)
    }

    /// Holds a head that somebody kept against the chain as it is here: every leaf of it is read and hashed again. Its signature counts
    /// as of the instant at which it was recorded here, or as of `now` if it is not on record.
    ///
    /// # Errors
    ///
    /// What the database says; [`Error::Misfit`] if the note is no head.
    pub async fn check_head(&self, note: &Note, now: Timestamp) -> Result<HeadCheck> {
        let head = Checkpoint::parse(note.text()).map_err(|error| misfit("checkpoint", &error.to_string()))?;
        let mut tx = self.pool.read().await?;
        let mut check = HeadCheck { origin: head.origin.clone(), size: head.size, now: 0, fault: None };
        let recorded = recorded(&mut tx, note, &head).await?.unwrap_or(now);
        if let Err(problem) = ring(&mut tx).await?.check(note, recorded) {
            check.fault = Some(HeadFault::Signature(problem.to_string()));
            return Ok(check);
        }
        let row = chain(&mut tx, &head.origin).await?;
        let Some((edition, chain, size, row_edge)) = row else {
            check.fault = Some(HeadFault::NoChain);
            return Ok(check);
        };
        check.now = size;
        if size < head.size {
            check.fault = Some(HeadFault::Shorter);
            return Ok(check);
        }
        let (found, whole) = fold(&mut tx, (&edition, &chain), head.size).await?;
        check.fault = if found != head.root {
            Some(HeadFault::Other { signed: head.root, found })
        } else {
            (whole.size() != size || edge(&whole) != row_edge).then_some(HeadFault::Behind)
        };
        Ok(check)
    }
}

/// When the head was recorded here, if it is on record.
async fn recorded(tx: &mut Tx, note: &Note, head: &Checkpoint) -> Result<Option<Timestamp>> {
    let sql = "select recorded_at, edition, chain from checkpoint where note = $1";
    for row in tx.rows(sql, &cells![note.to_string()]).await? {
        if origin(&row.text(1)?, &row.text(2)?) == head.origin {
            return row.text(0)?.parse().map(Some).map_err(|error: jiff::Error| misfit("checkpoint", &error.to_string()));
        }
    }
    Ok(None)
}

/// The chain of a head: its edition, its name, its size and its right edge.
async fn chain(tx: &mut Tx, head: &str) -> Result<Option<(String, String, u64, String)>> {
    for row in tx.rows("select edition, chain, position, edge from chain order by edition, chain", &cells![]).await? {
        let (edition, chain) = (row.text(0)?, row.text(1)?);
        if origin(&edition, &chain) == head {
            return Ok(Some((edition, chain, row.whole(2)?.unsigned_abs(), row.text(3)?)));
        }
    }
    Ok(None)
}

/// The root of the first leaves of a chain, and the tree of all of them, from their bytes.
async fn fold(tx: &mut Tx, (edition, chain): (&str, &str), first: u64) -> Result<(Hash, Frontier)> {
    let mut tree = Frontier::default();
    let mut root = tree.root();
    loop {
        let from = i64::try_from(tree.size()).map_err(|error| misfit("leaf", &error.to_string()))?;
        let sql = "select bytes from leaf where edition = $1 and chain = $2 and position >= $3 order by position limit $4";
        let rows = tx.rows(sql, &cells![edition, chain, from, PAGE]).await?;
        if rows.is_empty() {
            return Ok((root, tree));
        }
        for row in rows {
            tree.append(hash_leaf(row.text(0)?.as_bytes())).map_err(|error| Error::Other(error.to_string()))?;
            if tree.size() == first {
                root = tree.root();
            }
        }
    }
}
