//! Signed heads: whoever keeps one can tell later whether anything before it was changed or taken away. The secret key comes from outside
//! and never enters the database.

pub(crate) mod check;

use std::collections::BTreeMap;

use award::Chain;
use jiff::Timestamp;
use journal::{Checkpoint, Frontier, Key, KeyEvent, KeyRing, Note};

use crate::append::{frontier, instant};
use crate::edition::Edition;
use crate::error::{Error, Result};
use crate::load::misfit;
use crate::open::Store;
use crate::sql::{Row, Tx, cells};
use crate::verify::Difference;

impl Store {
    /// Puts on record what became of a signing key.
    ///
    /// # Errors
    ///
    /// [`Error::Key`] if it does not follow from what is on record: an unknown key, one that is there already.
    pub async fn record_key(&self, event: &KeyEvent) -> Result<()> {
        let mut tx = self.pool.write().await?;
        let mut events = key_events(&mut tx).await?;
        events.push(event.clone());
        KeyRing::of(&events).map_err(|error| Error::Key(error.to_string()))?;
        let turn = i64::try_from(events.len()).map_err(|error| misfit("signing key", &error.to_string()))?;
        let text = serde_json::to_string(event).map_err(|error| misfit("signing key", &error.to_string()))?;
        tx.run("insert into signing_key (turn, event) values ($1, $2)", &cells![turn, text]).await?;
        tx.commit().await
    }

    /// The keys that ever signed, with their times.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn keys(&self) -> Result<KeyRing> {
        let mut tx = self.pool.read().await?;
        ring(&mut tx).await
    }

    /// Signs the head of a chain as it is now, and keeps it. A head that this key signed before is given back as it was; one that another key
    /// signed, perhaps one that was revoked since, gets this signature too.
    ///
    /// # Errors
    ///
    /// [`Error::Misfit`] if the chain has no leaf yet, [`Error::Key`] if the key is not good at that instant.
    pub async fn sign_head(&self, edition: &Edition, chain: &Chain, key: &Key, at: Timestamp) -> Result<Note> {
        let chain = chain.to_string();
        let mut tx = self.pool.write().await?;
        let row =
            tx.row("select position, edge from chain where edition = $1 and chain = $2", &cells![&edition.id, &chain]).await?;
        let row = row.ok_or_else(|| misfit("chain", &format!("{chain} has no leaf yet")))?;
        let size = row.whole(0)?;
        let size_of_tree = u64::try_from(size).map_err(|error| misfit("chain", &error.to_string()))?;
        let mut note = sign(edition, &chain, &frontier(&chain, size_of_tree, &row.text(1)?)?, key)?;
        ring(&mut tx).await?.check(&note, at).map_err(|error| Error::Key(error.to_string()))?;
        let sql = "select note from checkpoint where edition = $1 and chain = $2 and size = $3";
        if let Some(row) = tx.row(sql, &cells![&edition.id, &chain, size]).await? {
            let before = read(&row.text(0)?)?;
            if before.text() != note.text() {
                return Err(misfit("checkpoint", "what was signed is not the head that the chain has"));
            }
            if before.verify(&[key.verifier()]).is_ok_and(|signers| !signers.is_empty()) {
                return Ok(before);
            }
            note = before;
            note.sign(key).map_err(|error| misfit("checkpoint", &error.to_string()))?;
        }
        let keep = "insert into checkpoint (edition, chain, size, recorded_at, note) values ($1, $2, $3, $4, $5)
            on conflict (edition, chain, size) do update set recorded_at = excluded.recorded_at, note = excluded.note";
        tx.run(keep, &cells![&edition.id, &chain, size, instant(at), note.to_string()]).await?;
        tx.commit().await?;
        Ok(note)
    }
}

fn sign(edition: &Edition, chain: &str, frontier: &Frontier, key: &Key) -> Result<Note> {
    let head = Checkpoint::new(&origin(&edition.id, chain), frontier.size(), frontier.root());
    let head = head.map_err(|error| misfit("checkpoint", &error.to_string()))?;
    Note::signed(&head.text(), &[key]).map_err(|error| misfit("checkpoint", &error.to_string()))
}

fn origin(edition: &str, chain: &str) -> String {
    format!("{edition}/{chain}")
}

fn read(note: &str) -> Result<Note> {
    Note::parse(note.as_bytes()).map_err(|error| misfit("checkpoint", &error.to_string()))
}

async fn key_events(tx: &mut Tx) -> Result<Vec<KeyEvent>> {
    let rows = tx.rows("select event, turn from signing_key order by turn", &cells![]).await?;
    let event = |(row, turn): (&Row, i64)| {
        if row.whole(1)? != turn {
            return Err(misfit("signing key", &format!("what became of the keys has no turn {turn}")));
        }
        serde_json::from_str(&row.text(0)?).map_err(|error| misfit("signing key", &error.to_string()))
    };
    rows.iter().zip(1..).map(event).collect()
}

async fn ring(tx: &mut Tx) -> Result<KeyRing> {
    KeyRing::of(&key_events(tx).await?).map_err(|error| misfit("signing key", &error.to_string()))
}

/// The signed heads of an edition, to be held against the trees that its leaves give.
pub(crate) struct Heads {
    ring: KeyRing,
    by_chain: BTreeMap<String, BTreeMap<u64, (String, Timestamp)>>,
}

impl Heads {
    pub(crate) async fn of(tx: &mut Tx, edition: &str) -> Result<Heads> {
        let mut by_chain: BTreeMap<String, BTreeMap<u64, (String, Timestamp)>> = BTreeMap::new();
        let sql = "select chain, size, note, recorded_at from checkpoint where edition = $1";
        for row in tx.rows(sql, &cells![edition]).await? {
            let size = u64::try_from(row.whole(1)?).map_err(|error| misfit("checkpoint", &error.to_string()))?;
            let at = row.text(3)?.parse().map_err(|error: jiff::Error| misfit("checkpoint", &error.to_string()))?;
            by_chain.entry(row.text(0)?).or_default().insert(size, (row.text(2)?, at));
        }
        Ok(Heads { ring: ring(tx).await?, by_chain })
    }

    /// What is wrong with the signed head of a tree of this size; none if it is good, or nobody signed one. It is taken off the list.
    pub(crate) fn fault(&mut self, edition: &str, chain: &str, frontier: &Frontier) -> Option<String> {
        let (note, at) = self.by_chain.get_mut(chain)?.remove(&frontier.size())?;
        let note = match read(&note) {
            Ok(note) => note,
            Err(error) => return Some(error.to_string()),
        };
        if let Err(error) = self.ring.check(&note, at) {
            return Some(error.to_string());
        }
        let head = Checkpoint::parse(note.text());
        let same = |head: Checkpoint| {
            head.origin == origin(edition, chain) && head.size == frontier.size() && head.root == frontier.root()
        };
        (!head.is_ok_and(same)).then(|| "what was signed is not the head that its leaves give".to_owned())
    }

    /// A signed head that no tree came to: its chain is shorter now, or gone.
    pub(crate) fn nothing_left(&self, sizes: &BTreeMap<&str, u64>) -> Result<(), Difference> {
        let mut left = self.by_chain.iter().filter_map(|(chain, heads)| Some((chain, *heads.keys().next_back()?)));
        let Some((chain, size)) = left.next() else { return Ok(()) };
        let now = sizes.get(chain.as_str()).copied().unwrap_or_default();
        let why = format!("its head was signed when it had {size} leaves, and now it has {now}");
        Err(Difference::new(format!("chain {chain}"), why))
    }
}
