//! States that were read a moment ago: whoever opens page after page of the same dossier reads the database once, and afterwards only asks
//! whether anything was recorded since.
//!
//! A chain only ever grows, and no record changes without a leaf. So what was read when the chains of an edition had so many leaves still
//! stands while they have as many. That is asked anew for each page, so another node's act is seen by the next one. Only states without personal
//! texts are kept: whoever is shown a name goes on record each time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use award::State;
use award::sight::Part;

use crate::edition::Edition;
use crate::error::Result;
use crate::load::{self, Rows};
use crate::open::Store;
use crate::sql::{Tx, cells};

/// So many bytes of records stand behind all that is kept; in memory a state takes some three times that.
const BYTES_MAX: usize = 12 << 20;
/// What has more behind it is not kept: it would drive out everything else.
const BYTES_OF_ONE: usize = 2 << 20;
/// So many are counted for each state besides.
const BYTES_OF_NOTHING: usize = 2 << 10;

/// What the clones of a store have read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Readings(Arc<Mutex<Kept<State>>>);

/// How far an edition was when somebody asked: a moment of this edition, and of no other one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    edition: String,
    leaves: i64,
}

type Key = (String, BTreeSet<Part>);

#[derive(Debug)]
struct Kept<S> {
    states: BTreeMap<Key, Reading<S>>,
    bytes: usize,
    turn: u64,
}

#[derive(Debug)]
struct Reading<S> {
    rulebook: journal::Hash,
    leaves: i64,
    state: Arc<S>,
    bytes: usize,
    /// When it was last asked for.
    turn: u64,
}

impl<S> Default for Kept<S> {
    fn default() -> Kept<S> {
        Kept { states: BTreeMap::new(), bytes: 0, turn: 0 }
    }
}

impl<S> Kept<S> {
    fn find(&mut self, edition: &Edition, key: &Key, leaves: i64) -> Option<Arc<S>> {
        self.turn += 1;
        let reading = self.states.get_mut(key).filter(|one| one.leaves == leaves && one.rulebook == edition.rulebook)?;
        reading.turn = self.turn;
        Some(Arc::clone(&reading.state))
    }

    fn keep(&mut self, key: Key, reading: Reading<S>) {
        if reading.bytes > BYTES_OF_ONE {
            return;
        }
        self.bytes += reading.bytes;
        if let Some(before) = self.states.insert(key, reading) {
            self.bytes -= before.bytes;
        }
        while self.bytes > BYTES_MAX {
            let Some(key) = self.states.iter().min_by_key(|(_, one)| one.turn).map(|(key, _)| key.clone()) else { return };
            self.bytes -= self.states.remove(&key).map_or(0, |gone| gone.bytes);
        }
    }
}

impl Store {
    /// The state as far as some parts of it are needed, with no name shown: as [`Store::state`] with [`crate::Names::Hidden`], and shared with
    /// whoever reads the same parts until something is recorded in the edition.
    ///
    /// # Errors
    ///
    /// As [`Store::state`].
    pub async fn shared_state(&self, edition: &Edition, parts: impl IntoIterator<Item = Part>) -> Result<Arc<State>> {
        let moment = self.moment(edition).await?;
        self.state_since(edition, &moment, parts).await
    }

    /// How far an edition is at this moment.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn moment(&self, edition: &Edition) -> Result<Moment> {
        let row = self.pool.row(LEAVES, &cells![&edition.id]).await?;
        Ok(Moment { edition: edition.id.clone(), leaves: row.map_or(Ok(0), |row| row.whole(0))? })
    }

    /// The same as [`Store::shared_state`], at that moment of the edition or a later one: whoever needs several states asks once whether anything was
    /// recorded.
    ///
    /// # Errors
    ///
    /// As [`Store::state`].
    pub async fn state_since(
        &self,
        edition: &Edition,
        moment: &Moment,
        parts: impl IntoIterator<Item = Part>,
    ) -> Result<Arc<State>> {
        let key: Key = (edition.id.clone(), parts.into_iter().collect());
        if moment.edition == edition.id
            && let Some(state) = self.kept().find(edition, &key, moment.leaves)
        {
            return Ok(state);
        }
        let mut tx = self.pool.read().await?;
        // Asked first: what is read behind it is at least as new, on any database.
        let leaves = leaves(&mut tx, edition).await?;
        if let Some(state) = self.kept().find(edition, &key, leaves) {
            return Ok(state);
        }
        let found = load::rows(&mut tx, &edition.id, &key.1).await?;
        let state = Arc::new(load::state_without_names(&mut tx, edition, &found).await?);
        let reading = Reading { rulebook: edition.rulebook, leaves, state: Arc::clone(&state), bytes: bytes(&found), turn: 0 };
        let mut kept = self.kept();
        let turn = kept.turn;
        kept.keep(key, Reading { turn, ..reading });
        Ok(state)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept<State>> {
        self.readings.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn leaves(tx: &mut Tx, edition: &Edition) -> Result<i64> {
    tx.row(LEAVES, &cells![&edition.id]).await?.map_or(Ok(0), |row| row.whole(0))
}

const LEAVES: &str = "select cast(coalesce(sum(position), 0) as bigint) from chain where edition = $1";

/// A state without a single record takes its room too.
fn bytes(rows: &Rows) -> usize {
    BYTES_OF_NOTHING + rows.values().map(|kept| kept.body.len()).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        (name.to_owned(), BTreeSet::new())
    }

    fn kept(names: &[(&str, usize)]) -> Kept<()> {
        let mut kept = Kept::default();
        for (name, bytes) in names {
            kept.turn += 1;
            let reading =
                Reading { rulebook: journal::hash_leaf(b""), leaves: 1, state: Arc::new(()), bytes: *bytes, turn: kept.turn };
            kept.keep(key(name), reading);
        }
        kept
    }

    fn names(kept: &Kept<()>) -> Vec<&str> {
        kept.states.keys().map(|(name, _)| name.as_str()).collect()
    }

    #[test]
    fn what_was_asked_for_longest_ago_goes_first_when_there_is_too_much() {
        let two = BYTES_OF_ONE;
        let all = kept(&[("a", two), ("b", two), ("c", two), ("d", two), ("e", two), ("f", two)]);
        assert_eq!((names(&all), all.bytes), (vec!["a", "b", "c", "d", "e", "f"], BYTES_MAX));
        let one_more = kept(&[("a", two), ("b", two), ("c", two), ("d", two), ("e", two), ("f", two), ("g", 1)]);
        assert_eq!((names(&one_more), one_more.bytes), (vec!["b", "c", "d", "e", "f", "g"], 5 * two + 1));
    }

    #[test]
    fn what_is_read_again_takes_the_place_of_what_was_and_too_much_at_once_is_not_kept() {
        let again = kept(&[("a", 10), ("a", 20), ("b", BYTES_OF_ONE + 1)]);
        assert_eq!((names(&again), again.bytes), (vec!["a"], 20));
    }
}
