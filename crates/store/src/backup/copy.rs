//! From one database into another, and whether both hold the same.

use std::collections::BTreeMap;

use futures_util::future::join;
use journal::Hash;
use sha2::{Digest, Sha256};

use super::made::Made;
use super::rows::{Reading, Writing, finish, values};
use super::{Copied, must_be_empty};
use crate::append::frontier;
use crate::error::{Error, Result};
use crate::migrate::SCHEMA_VERSION;
use crate::open::{Place, Store};
use crate::sql::cells;
use crate::tables::TABLES;

/// What stands in a database, so that two can be compared without holding either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// The head of each chain, by edition and chain: its leaves and the root of its tree.
    pub chains: BTreeMap<(String, String), (u64, Hash)>,
    /// Each table with its number of rows and the SHA-256 of all of them, in the order of their key.
    pub tables: BTreeMap<String, (u64, Hash)>,
}

impl Contents {
    /// What is not the same in another database: chains and tables by name.
    pub fn differing(&self, other: &Contents) -> Vec<String> {
        let chain = |(edition, chain): &(String, String)| format!("chain {chain} ({edition})");
        let mut found: Vec<String> = differing(&self.chains, &other.chains).map(chain).collect();
        found.extend(differing(&self.tables, &other.tables).map(|table| format!("table {table}")));
        found
    }
}

/// The keys of whatever is not the same on both sides, or only on one.
fn differing<'a, K: Ord, V: PartialEq>(a: &'a BTreeMap<K, V>, b: &'a BTreeMap<K, V>) -> impl Iterator<Item = &'a K> {
    let changed = a.iter().filter(|(key, value)| b.get(key) != Some(value)).map(|(key, _)| key);
    changed.chain(b.keys().filter(|key| !a.contains_key(key)))
}

impl Store {
    /// Copies everything into another, empty database of any kind.
    ///
    /// # Errors
    ///
    /// [`Error::NotEmpty`] if something stands there; otherwise what either database says. Then nothing was written, and a file that this made is gone.
    pub async fn copy_to(&self, place: &Place) -> Result<Copied> {
        let made = Made::at(place);
        made.unless(self.copy_into(place).await)
    }

    async fn copy_into(&self, place: &Place) -> Result<Copied> {
        let target = Store::open_or_make(place).await?;
        let done = match target.clone().with_room_to_fill().await {
            Ok(roomy) => self.copy_rows(&roomy).await,
            Err(error) => Err(error),
        };
        target.close().await;
        done.map_err(|error| error.of_target(&place.shown()))
    }

    async fn copy_rows(&self, target: &Store) -> Result<Copied> {
        let (mut from, mut to) = (self.pool.read().await?, target.pool.write().await?);
        must_be_empty(&mut to, SCHEMA_VERSION).await?;
        let mut copied = Copied { schema: SCHEMA_VERSION, rows: Vec::new() };
        for table in TABLES {
            let (mut reading, mut writing) = (Reading::new(table), Writing::new(table));
            let mut page = reading.next(&mut from).await?;
            // The next page is read while this one is written.
            while let Some(rows) = page {
                let (next, written) = join(reading.next(&mut from), writing.take_all(rows, &mut to)).await;
                written?;
                page = next?;
            }
            finish(&mut Some(writing), &mut to, &mut copied).await?;
        }
        to.commit().await?;
        Ok(copied)
    }

    /// How long each chain is, by edition and chain.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn chains(&self) -> Result<Vec<(String, String, u64)>> {
        let mut tx = self.pool.read().await?;
        let rows = tx.rows("select edition, chain, position from chain order by edition, chain", &cells![]).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?, row.whole(2)?.unsigned_abs()))).collect()
    }

    /// What stands in the database at this moment; every row is read.
    ///
    /// # Errors
    ///
    /// [`Error::Misfit`] if a chain is not as this program writes it; otherwise what the database says.
    pub async fn contents(&self) -> Result<Contents> {
        let mut tx = self.pool.read().await?;
        let mut contents = Contents { chains: BTreeMap::new(), tables: BTreeMap::new() };
        for row in tx.rows("select edition, chain, position, edge from chain", &cells![]).await? {
            let (edition, chain, size) = (row.text(0)?, row.text(1)?, row.whole(2)?.unsigned_abs());
            let root = frontier(&chain, size, &row.text(3)?)?.root();
            contents.chains.insert((edition, chain), (size, root));
        }
        for table in TABLES {
            let (mut reading, mut hash) = (Reading::new(table), Sha256::new());
            while let Some(rows) = reading.next(&mut tx).await? {
                for row in &rows {
                    let line = serde_json::to_vec(&values(row)).map_err(|error| Error::Other(error.to_string()))?;
                    hash.update(line);
                    hash.update(b"\n");
                }
            }
            contents.tables.insert(table.name.into(), (reading.rows, Hash(hash.finalize().into())));
        }
        Ok(contents)
    }
}
