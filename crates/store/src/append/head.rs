//! The ends of chains: taken one after the other, held until the transaction ends.

use std::collections::{BTreeMap, BTreeSet};

use award::sight::Part;
use award::{Chain, Deed, Fact};
use journal::{Frontier, Hash};

use crate::edition::Edition;
use crate::error::Result;
use crate::load::misfit;
use crate::sql::{Batch, Row, Tx, cells};

/// What an act must hold before it can be decided and written.
pub(super) struct Needs {
    pub(super) chains: BTreeSet<Chain>,
    pub(super) parts: BTreeSet<Part>,
    /// Whether no act of the edition may happen meanwhile.
    alone: bool,
}

impl Needs {
    /// What some deeds need, whatever is decided.
    pub(super) fn of<'d>(deeds: impl IntoIterator<Item = &'d Deed> + Clone) -> Needs {
        Needs {
            chains: deeds.clone().into_iter().flat_map(Chain::held_for).collect(),
            parts: deeds.clone().into_iter().flat_map(Part::seen_by).collect(),
            // Somebody may be writing the erased name in a round at this moment: one of the two comes first.
            alone: deeds.into_iter().any(|deed| matches!(deed, Deed::EraseNames(_))),
        }
    }

    /// Adds what some facts touch; tells whether that was more than before.
    pub(super) fn extend(&mut self, facts: &[Fact]) -> bool {
        let chains: Vec<Chain> = facts.iter().flat_map(Chain::touched_by).filter(|chain| !self.chains.contains(chain)).collect();
        let parts: Vec<Part> = facts.iter().flat_map(Part::changed_by).filter(|part| !part.is_within(&self.parts)).collect();
        let more = !chains.is_empty() || !parts.is_empty();
        self.chains.extend(chains);
        self.parts.extend(parts);
        more
    }

    /// Adds the chains that must stand still while the parts are looked at; tells whether there was one that is not held yet. From then
    /// on no chain begins until the transaction ends: see [`Head::take`].
    pub(super) async fn still(&mut self, tx: &mut Tx, edition: &Edition) -> Result<bool> {
        if !self.alone && !self.parts.iter().any(Part::is_across_rounds) {
            return Ok(false);
        }
        wait_for_edition(tx, &edition.id).await?;
        let mut found = BTreeSet::new();
        for row in tx.rows("select chain from chain where edition = $1", &cells![&edition.id]).await? {
            let name = row.text(0)?;
            found.insert(name.parse::<Chain>().map_err(|_| misfit("chain", &format!("`{name}` is no name of one")))?);
        }
        let is_still = |chain: &Chain| self.alone || self.parts.iter().any(|part| part.needs_still(chain));
        found.retain(|chain| !self.chains.contains(chain) && is_still(chain));
        let more = !found.is_empty();
        self.chains.extend(found);
        Ok(more)
    }
}

/// Waits until nobody else of the edition does what only one may do at a time: beginning a chain, sealing a name that is new, looking
/// across rounds.
pub(super) async fn wait_for_edition(tx: &mut Tx, edition: &str) -> Result<()> {
    tx.run("update edition set opened_at = opened_at where id = $1", &cells![edition]).await?;
    Ok(())
}

/// The next position of a chain, `$2`, in an edition, `$1`.
const TAKE: &str = "update chain set position = position + 1 where edition = $1 and chain = $2 returning position, edge";

/// The end of a chain, held until the transaction ends.
pub(crate) struct Head {
    pub(super) frontier: Frontier,
}

impl Head {
    /// How many leaves the chain has, and the right edge of its tree.
    pub(crate) fn end(&self) -> (u64, String) {
        (self.frontier.size(), super::edge(&self.frontier))
    }

    /// Takes the next position. Whoever else wants to append to the chain waits here.
    pub(super) async fn take(tx: &mut Tx, edition: &str, chain: &Chain) -> Result<Head> {
        let row = tx.row(TAKE, &cells![edition, chain.to_string()]).await?;
        Head::taken(tx, edition, chain, row).await
    }

    /// Takes the next positions of several chains, in their order, and asks something else with the same breath: on SQLite, where each
    /// question is a change of threads and back. A server holds what it is asked for one after the other, so that two who want several chains
    /// never wait for each other.
    pub(crate) async fn take_all(
        tx: &mut Tx,
        edition: &str,
        chains: &BTreeSet<Chain>,
        besides: Batch,
    ) -> Result<(BTreeMap<Chain, Head>, Vec<Vec<Row>>)> {
        let mut heads = BTreeMap::new();
        if let Tx::Postgres(_) = tx {
            for chain in chains {
                heads.insert(chain.clone(), Head::take(tx, edition, chain).await?);
            }
            return Ok((heads, tx.rows_of_all(besides).await?));
        }
        let mut batch = Batch::default();
        chains.iter().for_each(|chain| batch.add(TAKE, cells![edition, chain.to_string()]));
        batch.append(besides);
        let mut answers = tx.rows_of_all(batch).await?;
        let told = answers.split_off(chains.len().min(answers.len()));
        for (chain, rows) in chains.iter().zip(answers) {
            heads.insert(chain.clone(), Head::taken(tx, edition, chain, rows.into_iter().next()).await?);
        }
        Ok((heads, told))
    }

    /// A position as it was taken; a chain that does not exist yet begins with it.
    async fn taken(tx: &mut Tx, edition: &str, chain: &Chain, mut row: Option<Row>) -> Result<Head> {
        let chain = chain.to_string();
        if row.is_none() {
            wait_for_edition(tx, edition).await?;
            let insert = "insert into chain (edition, chain, position, edge) values ($1, $2, 0, '') on conflict (edition, chain) do nothing";
            tx.run(insert, &cells![edition, &chain]).await?;
            row = tx.row(TAKE, &cells![edition, &chain]).await?;
        }
        let row = row.ok_or_else(|| misfit("chain", &format!("{chain} cannot be made")))?;
        let size = u64::try_from(row.whole(0)? - 1).map_err(|_| misfit("chain", "its position is below zero"))?;
        Ok(Head { frontier: frontier(&chain, size, &row.text(1)?)? })
    }
}

/// The right edge of a tree from its row.
pub(crate) fn frontier(chain: &str, size: u64, edge: &str) -> Result<Frontier> {
    let hashes: Result<Vec<Hash>, _> = edge.split_whitespace().map(str::parse).collect();
    let hashes = hashes.map_err(|error| misfit("chain", &format!("{chain}: {error}")))?;
    Frontier::new(size, hashes).map_err(|error| misfit("chain", &format!("{chain}: {error}")))
}
