//! Editions: which there are, and the rulebook that each follows.

use std::sync::Arc;

use award::State;
use award::geography::Geography;
use journal::Hash;
use rules::Rulebook;

use crate::error::{Error, Result};
use crate::open::Store;
use crate::sql::cells;
use crate::version::Shelf;

/// An edition with its rulebook, read once and shared.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Its id, the first part of every contest's id.
    pub id: String,
    /// The SHA-256 of its rulebook's text, which every leaf names.
    pub rulebook: Hash,
    /// Its rulebook.
    pub rules: Arc<Rulebook>,
    /// The map that the rulebook looks at.
    pub geography: Arc<Geography>,
    /// Other versions of it that were read.
    pub(crate) shelf: Shelf,
}

impl Edition {
    /// An edition under the text of a rulebook, before it is open anywhere.
    ///
    /// # Errors
    ///
    /// [`Error::Misfit`] if the rulebook has problems.
    pub fn new(id: &str, text: &str) -> Result<Edition> {
        let rules = rules::read("rulebook", text).map_err(|problems| {
            let why = problems.first().map(|problem| problem.message.render(words::Lang::En)).unwrap_or_default();
            Error::Misfit { what: format!("rulebook of {id}"), why }
        })?;
        let geography = Arc::new(Geography::of(&rules));
        let rulebook = Hash::of(&[text.as_bytes()]);
        Ok(Edition { id: id.to_owned(), rulebook, rules: Arc::new(rules), geography, shelf: Shelf::default() })
    }

    /// The state before anything happened.
    pub fn empty(&self) -> State {
        State::new(&self.id, Arc::clone(&self.rules), Arc::clone(&self.geography))
    }
}

impl Store {
    /// Opens an edition under a rulebook; opening it again with the same rulebook changes nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Misfit`] if the rulebook has problems, [`Error::OtherRulebook`] if the edition is open under another one.
    pub async fn open_edition(&self, id: &str, rulebook: &str, at: &str) -> Result<Edition> {
        let edition = Edition::new(id, rulebook)?;
        let hash = edition.rulebook.to_string();
        let mut tx = self.pool.write().await?;
        tx.run("insert into rulebook (hash, body) values ($1, $2) on conflict (hash) do nothing", &cells![&hash, rulebook])
            .await?;
        let insert = "insert into edition (id, rulebook, opened_at) values ($1, $2, $3) on conflict (id) do nothing";
        tx.run(insert, &cells![id, &hash, at]).await?;
        let row = tx.row("select rulebook from edition where id = $1", &cells![id]).await?;
        let found = row.ok_or_else(|| Error::NoSuchEdition(id.to_owned()))?.text(0)?;
        if found != hash {
            return Err(Error::OtherRulebook(id.to_owned()));
        }
        tx.commit().await?;
        Ok(edition)
    }

    /// Keeps a rulebook to which a round may be moved; returns its hash. A pin must name one that is kept.
    ///
    /// # Errors
    ///
    /// [`Error::Misfit`] if the rulebook has problems.
    pub async fn keep_rulebook(&self, rulebook: &str) -> Result<Hash> {
        let hash = Edition::new("rulebook", rulebook)?.rulebook;
        let mut tx = self.pool.write().await?;
        let insert = "insert into rulebook (hash, body) values ($1, $2) on conflict (hash) do nothing";
        tx.run(insert, &cells![hash.to_string(), rulebook]).await?;
        tx.commit().await?;
        Ok(hash)
    }

    /// An edition that is open.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchEdition`] if it is not; [`Error::Misfit`] if its rulebook is not the one that was sealed.
    pub async fn edition(&self, id: &str) -> Result<Edition> {
        let mut tx = self.pool.read().await?;
        let sql = "select r.hash, r.body from edition e join rulebook r on r.hash = e.rulebook where e.id = $1";
        let row = tx.row(sql, &cells![id]).await?.ok_or_else(|| Error::NoSuchEdition(id.to_owned()))?;
        let (hash, body) = (row.text(0)?, row.text(1)?);
        if Hash::of(&[body.as_bytes()]).to_string() != hash {
            return Err(Error::Misfit {
                what: format!("rulebook of {id}"),
                why: "its text is not the one that was sealed".into(),
            });
        }
        Edition::new(id, &body)
    }

    /// The text of an edition's rulebook, as it was opened.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchEdition`] if it is not open.
    pub async fn rulebook_text(&self, id: &str) -> Result<String> {
        let mut tx = self.pool.read().await?;
        let sql = "select r.body from edition e join rulebook r on r.hash = e.rulebook where e.id = $1";
        let row = tx.row(sql, &cells![id]).await?.ok_or_else(|| Error::NoSuchEdition(id.to_owned()))?;
        row.text(0)
    }

    /// The ids of all editions, in order.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn editions(&self) -> Result<Vec<String>> {
        let mut tx = self.pool.read().await?;
        let rows = tx.rows("select id from edition order by id", &cells![]).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }
}
