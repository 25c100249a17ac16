//! Reading the journal: who did what, since when.

use award::Act;
use jiff::Timestamp;
use journal::Leaf;

use crate::access::{self, Names};
use crate::append::{instant, opened};
use crate::edition::Edition;
use crate::error::Result;
use crate::load::misfit;
use crate::open::Store;
use crate::personal::Secrets;
use crate::sql::{Cell, cells};

/// What of the journal is wanted; what is none fits all.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// By whom: the id that a [`crate::Request`] named.
    pub who: Option<String>,
    /// Which deed, such as `hand_in_sheet`.
    pub what: Option<String>,
    /// Recorded at that instant or later.
    pub since: Option<Timestamp>,
    /// In which chain.
    pub chain: Option<String>,
    /// About which candidate.
    pub candidate: Option<String>,
}

/// An act as the journal tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct LeafRow {
    /// In which chain.
    pub chain: String,
    /// At which position.
    pub position: u64,
    /// The id of its [`crate::Request`].
    pub id: String,
    /// When it was recorded, as text in UTC.
    pub recorded_at: String,
    /// By whom.
    pub who: String,
    /// The act; names that were not erased are shown or hidden.
    pub act: Act,
    /// How many facts it decided.
    pub facts: usize,
}

impl Store {
    /// How many leaves all editions have together: another number as soon as anything was recorded.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn leaves_in_all(&self) -> Result<u64> {
        let mut tx = self.pool.read().await?;
        let row = tx.row("select cast(coalesce(sum(position), 0) as bigint) from chain", &[]).await?;
        let counted = row.map(|row| row.whole(0)).transpose()?.unwrap_or_default();
        Ok(u64::try_from(counted).unwrap_or_default())
    }
}

impl Store {
    /// The acts of an edition that are wanted, by time, chain and position, at most `limit`. Whoever is shown names is on record with them
    /// before they are given.
    ///
    /// # Errors
    ///
    /// What the database says, or that a leaf cannot be read.
    pub async fn leaves(&self, edition: &Edition, wanted: &Wanted, limit: u32, names: &Names) -> Result<Vec<LeafRow>> {
        let mut tx = match names {
            Names::Hidden | Names::OfPanels | Names::OfSigners(_) => self.pool.read().await?,
            Names::ShownTo(_) => self.pool.look().await?,
        };
        let mut sql = "select chain, position, bytes from leaf where edition = $1 and recorded_at >= $2".to_owned();
        let mut cells = cells![&edition.id, wanted.since.map(instant).unwrap_or_default()].to_vec();
        // Only what is asked: a condition that may be none is found by no index.
        let asked = [("actor", &wanted.who), ("deed", &wanted.what), ("chain", &wanted.chain), ("candidate", &wanted.candidate)];
        for (column, value) in asked {
            if let Some(value) = value {
                cells.push(Cell::from(value));
                sql.push_str(&format!(" and {column} = ${}", cells.len()));
            }
        }
        cells.push(Cell::from(i64::from(limit)));
        sql.push_str(&format!(" order by recorded_at, chain, position limit ${}", cells.len()));
        let mut found = Vec::new();
        let mut secrets = Secrets::default();
        for row in tx.rows_of(sql, &cells).await? {
            let leaf = Leaf::parse(row.text(2)?.as_bytes()).map_err(|error| misfit("leaf", &error.to_string()))?;
            let mut body = leaf.body;
            match names {
                Names::Hidden | Names::OfPanels | Names::OfSigners(_) => Secrets::hide(&mut body)?,
                Names::ShownTo(_) => {
                    secrets.look_up(&mut tx, &edition.id, std::slice::from_ref(&body)).await?;
                    secrets.open(&mut body)?;
                }
            }
            let (act, facts) = opened(body)?;
            let (chain, position, recorded_at) = (leaf.chain, leaf.position, leaf.at.unwrap_or_default());
            found.push(LeafRow { chain, position, id: leaf.act, recorded_at, who: leaf.actor, act, facts: facts.len() });
        }
        if let Names::ShownTo(reader) = names {
            access::note(&mut tx, &edition.id, reader, &secrets.shown()).await?;
            tx.commit().await?;
        }
        Ok(found)
    }
}
