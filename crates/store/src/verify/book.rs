//! A chain as it is verified: leaf after leaf against its row, its nodes and the heads that were signed.

use std::collections::{BTreeMap, VecDeque};

use award::{Act, ContestKey};
use journal::{Frontier, Leaf};

use super::{Checked, Difference};
use crate::append::edge;
use crate::checkpoint::Heads;
use crate::edition::Edition;
use crate::error::Result;
use crate::sql::{Row, Tx, cells};

/// So many leaves of a chain are read at once: those of all chains stand in memory together.
const PAGE: i64 = 50;

/// A leaf, and what its row says of the act within.
#[derive(Debug, Clone)]
pub(super) struct Read {
    pub(super) leaf: Leaf,
    deed: String,
    contest: String,
    candidate: String,
}

impl Read {
    /// Whether the row names the deed, contest and candidate of the act.
    pub(super) fn tells(&self, act: &Act) -> bool {
        let contest = act.deed.contest().map(ContestKey::path).unwrap_or_default();
        let candidate = act.deed.candidate().map(ToString::to_string).unwrap_or_default();
        (&self.deed, &self.contest, &self.candidate) == (&act.deed.name(), &contest, &candidate)
    }
}

/// A chain that is read from its beginning.
pub(super) struct Book {
    pub(super) chain: String,
    size: i64,
    edge: String,
    pub(super) frontier: Frontier,
    pub(super) ahead: VecDeque<Read>,
    /// Whether nothing stands behind what was read. Acts that stand in several chains wait for each other, so each chain is asked often.
    is_read: bool,
}

/// The chains of an edition.
pub(super) async fn of(tx: &mut Tx, edition: &str) -> Result<Vec<Book>> {
    let sql = "select chain, position, edge from chain where edition = $1 order by chain";
    let rows = tx.rows(sql, &cells![edition]).await?;
    rows.iter().map(|row| Ok(Book::new(row.text(0)?, row.whole(1)?, row.text(2)?))).collect()
}

impl Book {
    pub(super) fn new(chain: String, size: i64, edge: String) -> Book {
        Book { chain, size, edge, frontier: Frontier::default(), ahead: VecDeque::new(), is_read: false }
    }

    /// Reads on, checking each leaf against its row and its nodes.
    pub(super) async fn read_on(&mut self, tx: &mut Tx, edition: &str, heads: &mut Heads) -> Checked {
        if self.is_read || !self.ahead.is_empty() {
            return Ok(());
        }
        let from = i64::try_from(self.frontier.size()).unwrap_or(i64::MAX);
        let sql = "select position, act, recorded_at, actor, bytes, deed, contest, candidate from leaf where edition = $1 and chain = $2 and position >= $3 order by position limit $4";
        let rows = tx.rows(sql, &cells![edition, &self.chain, from, PAGE]).await?;
        if rows.is_empty() {
            self.is_read = true;
            return Ok(());
        }
        let nodes = self.nodes(tx, edition, from).await?;
        for row in &rows {
            self.take(row, &nodes)?;
            if let Some(why) = heads.fault(edition, &self.chain, &self.frontier) {
                let place = format!("signed head of chain {} at {} leaves", self.chain, self.frontier.size());
                return Err(Difference::new(place, why).into());
            }
        }
        Ok(())
    }

    /// The nodes of the next page, by level and place.
    async fn nodes(&self, tx: &mut Tx, edition: &str, from: i64) -> Result<BTreeMap<(i64, i64), String>> {
        let mut nodes = BTreeMap::new();
        for level in 0..63_i64 {
            let (first, last) = (from >> level, (from + PAGE) >> level);
            let sql =
                "select place, hash from node where edition = $1 and chain = $2 and level = $3 and place >= $4 and place <= $5";
            let rows = tx.rows(sql, &cells![edition, &self.chain, level, first, last]).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                nodes.insert((level, row.whole(0)?), row.text(1)?);
            }
        }
        Ok(nodes)
    }

    fn take(&mut self, row: &Row, nodes: &BTreeMap<(i64, i64), String>) -> Checked {
        let place = format!("leaf {} of chain {}", self.frontier.size(), self.chain);
        let differs = |why: String| Err(Difference::new(place.clone(), why).into());
        let bytes = row.text(4)?;
        let leaf = match Leaf::parse(bytes.as_bytes()) {
            Ok(leaf) => leaf,
            Err(error) => return differs(error.to_string()),
        };
        let position = i64::try_from(leaf.position).unwrap_or(-1);
        if leaf.chain != self.chain || leaf.position != self.frontier.size() || position != row.whole(0)? {
            return differs(format!("its bytes say position {} of chain {}", leaf.position, leaf.chain));
        }
        if leaf.act != row.text(1)? || leaf.at.clone().unwrap_or_default() != row.text(2)? || leaf.actor != row.text(3)? {
            return differs("its row does not say what its bytes say".into());
        }
        let made = match self.frontier.append(journal::hash_leaf(bytes.as_bytes())) {
            Ok(made) => made,
            Err(error) => return differs(error.to_string()),
        };
        for node in made {
            let key = (i64::from(node.level), i64::try_from(node.index).unwrap_or(-1));
            if nodes.get(&key) != Some(&node.hash.to_string()) {
                return differs(format!("the stored node {} of level {} has another hash", node.index, node.level));
            }
        }
        self.ahead.push_back(Read { leaf, deed: row.text(5)?, contest: row.text(6)?, candidate: row.text(7)? });
        Ok(())
    }

    /// Whether the row of the chain says what its leaves gave.
    pub(super) fn ends_well(&self) -> Checked {
        let place = format!("chain {}", self.chain);
        let size = i64::try_from(self.frontier.size()).unwrap_or(-1);
        if size != self.size {
            return Err(Difference::new(place, format!("it says that it has {} leaves and has {size}", self.size)).into());
        }
        if edge(&self.frontier) != self.edge {
            return Err(Difference::new(place, "the right edge of its tree is not that of its leaves").into());
        }
        Ok(())
    }
}

/// No leaf or node may stand beyond what the chains say.
pub(super) async fn nothing_beyond(tx: &mut Tx, edition: &Edition, books: &[Book]) -> Checked {
    for (table, what) in [("leaf", "leaves"), ("node", "nodes")] {
        let sql = format!("select chain, cast(count(*) as bigint) from {table} where edition = $1 group by chain order by chain");
        for row in tx.rows_of(sql, &cells![&edition.id]).await? {
            let (chain, found) = (row.text(0)?, row.whole(1)?);
            let leaves = books.iter().find(|book| book.chain == chain).map_or(0, |book| book.frontier.size());
            // A tree of n leaves has 2n complete nodes less one for each bit set in n.
            let nodes = 2 * leaves - u64::from(leaves.count_ones());
            let expected = if table == "leaf" { leaves } else { nodes };
            if u64::try_from(found) != Ok(expected) {
                let why = format!("it has {found} {what} where {expected} belong");
                return Err(Difference::new(format!("chain {chain}"), why).into());
            }
        }
    }
    Ok(())
}
