//! What a process remembers of an edition between two acts: its whole state, so that an act need not load and read again what did not
//! change since the last one.
//!
//! A chain only ever grows, whoever appends takes its next position first, and the right edge of its tree tells one journal from another. So
//! a state that was folded up to some ends still stands if the chains end there, and is brought up to date with the leaves behind, whichever
//! node wrote those. Both are asked within the transaction of the act, so a database that was put back to an older copy is noticed. A state is
//! lent to one act at a time and comes back when the act is on disk, or if it changed nothing; what failed in between is forgotten. Whoever finds
//! nothing loads the parts that the act must see.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use award::sight::Part;
use award::{Chain, Fact, RulebookPin, State};
use journal::{Hash, Leaf};

use crate::append::{Head, edge, frontier, opened};
use crate::edition::Edition;
use crate::error::{Error, Result};
use crate::load::{self, Rows, misfit};
use crate::open::Store;
use crate::personal::Secrets;
use crate::sql::{Batch, Row, Tx, cells};

/// An edition of at most so many leaves is read as a whole by the first act: that costs no more than a part of it.
const SMALL: u64 = 300;
/// An edition of more leaves is not remembered: it would take too much memory.
const LEAVES_MAX: u64 = 250_000;
/// Who is further behind than this reads the edition anew.
const BEHIND_MAX: u64 = 5_000;
/// After so many acts that loaded their parts a larger edition is read as a whole.
const PATIENCE: u32 = 16;

/// What the clones of a store remember together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory {
    kept: Arc<Mutex<BTreeMap<String, Slot>>>,
    /// How many acts found nothing since something was remembered.
    missed: Arc<AtomicU32>,
    /// Whether anything is remembered at all.
    is_on: bool,
}

/// How many leaves a chain has, and the right edge of its tree.
type End = (u64, String);
type Ends = BTreeMap<Chain, End>;

#[derive(Debug)]
enum Slot {
    Kept(Box<Whole>),
    /// An act has it, as long as that lives.
    Lent(Weak<()>),
}

/// A whole state, folded up to the ends of the chains.
#[derive(Debug)]
struct Whole {
    rulebook: Hash,
    state: State,
    secrets: Secrets,
    ends: Ends,
    loan: Arc<()>,
}

/// The state on which an act is decided, with the personal texts in it.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) state: State,
    pub(crate) secrets: Secrets,
    /// The records of the parts that the act must see, if they were loaded.
    pub(crate) rows: Option<Rows>,
    /// How far it is folded, if it is the whole state.
    whole: Option<(Hash, Ends, Arc<()>)>,
}

impl Memory {
    fn slots(&self) -> MutexGuard<'_, BTreeMap<String, Slot>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lends what is remembered; none also while somebody else has it.
    fn lend(&self, edition: &Edition) -> Option<Box<Whole>> {
        let mut slots = self.slots();
        match slots.remove(&edition.id)? {
            Slot::Kept(whole) if whole.rulebook == edition.rulebook => {
                slots.insert(edition.id.clone(), Slot::Lent(Arc::downgrade(&whole.loan)));
                Some(whole)
            }
            Slot::Kept(_) => None,
            lent @ Slot::Lent(_) => {
                slots.insert(edition.id.clone(), lent);
                None
            }
        }
    }

    /// Whether somebody has the state of an edition at the moment.
    fn is_lent(&self, edition: &Edition) -> bool {
        matches!(self.slots().get(&edition.id), Some(Slot::Lent(loan)) if loan.strong_count() > 0)
    }

    /// Takes a state back as it was lent, or one that is read anew, unless it grew too large. One edition is remembered at a time.
    fn keep(&self, edition: &Edition, whole: Whole) {
        if !self.is_on {
            return;
        }
        let mut slots = self.slots();
        slots.clear();
        if leaves(&whole.ends) > LEAVES_MAX {
            return;
        }
        slots.insert(edition.id.clone(), Slot::Kept(Box::new(whole)));
        self.missed.store(0, Ordering::Relaxed);
    }

    /// Asks for the ends of all chains in one text, if anything is remembered.
    pub(crate) fn ask_for_ends(&self, batch: &mut Batch, edition: &Edition) {
        if self.is_on {
            batch.add(ENDS_IN_ONE, cells![&edition.id]);
        }
    }

    /// Takes back what an act was decided on and did not change.
    pub(crate) fn unchanged(&self, edition: &Edition, known: Known) {
        if let Known { state, secrets, whole: Some((rulebook, ends, loan)), .. } = known {
            self.keep(edition, Whole { rulebook, state, secrets, ends, loan });
        }
    }

    /// Takes back what an act changed, once it is on disk.
    pub(crate) fn changed(&self, edition: &Edition, mut known: Known, facts: &[Fact], heads: &BTreeMap<Chain, Head>) {
        if facts.iter().any(ends_memory) || !has_its_versions(edition, &known.state) {
            return;
        }
        if let Some((_, ends, _)) = &mut known.whole {
            ends.extend(heads.iter().map(|(chain, head)| (chain.clone(), head.end())));
        }
        self.unchanged(edition, known);
    }
}

/// Whether nothing is remembered across a fact: a text is gone for good, or other rules hold.
fn ends_memory(fact: &Fact) -> bool {
    matches!(fact, Fact::NamesErased(_) | Fact::RulebookProposed(..) | Fact::RulebookAdopted { .. })
}

impl Store {
    /// The same database, remembering the state of an edition from one act to the next; otherwise every act loads the parts that it must see.
    #[must_use]
    pub fn with_memory(self) -> Store {
        Store { memory: Memory { is_on: true, ..Memory::default() }, ..self }
    }

    /// The same database, remembering nothing: what was remembered is gone with the last store that remembers it.
    #[must_use]
    pub fn without_memory(self) -> Store {
        Store { memory: Memory::default(), ..self }
    }

    /// Reads the state of an edition as a whole, so that acts find it instead of loading their parts; false if it is too large for that,
    /// or if nothing is to be remembered.
    /// Acts do this themselves after a while, so nobody has to.
    ///
    /// # Errors
    ///
    /// As [`Store::state`].
    pub async fn remember(&self, edition: &Edition) -> Result<bool> {
        if !self.memory.is_on {
            return Ok(false);
        }
        let mut tx = self.pool.read().await?;
        let ends = ends(&mut tx, edition, &BTreeMap::new()).await?;
        if leaves(&ends) > LEAVES_MAX {
            return Ok(false);
        }
        let whole = Whole::read(&mut tx, edition, ends).await?;
        self.memory.keep(edition, whole);
        Ok(true)
    }

    /// Reads a larger edition as a whole once enough acts had to load their parts.
    pub(crate) async fn remember_in_time(&self, edition: &Edition) -> Result<()> {
        let missed = &self.memory.missed;
        if missed.compare_exchange(PATIENCE, 0, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return Ok(());
        }
        match self.remember(edition).await {
            // What does not fit is told by whoever needs it.
            Ok(_) | Err(Error::Misfit { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// What an act is decided on: what is remembered, brought up to date, or the parts that it must see. `held` are the chains whose next
    /// positions the act has taken, `meant` the versions of the rulebook that it means: with one of these it loads its parts, and the version.
    pub(crate) async fn known(
        &self,
        tx: &mut Tx,
        edition: &Edition,
        (held, told): (&BTreeMap<Chain, Head>, Option<Vec<Row>>),
        parts: &BTreeSet<Part>,
        meant: &[RulebookPin],
    ) -> Result<Known> {
        if self.memory.is_on
            && meant.is_empty()
            && let Some(whole) = self.known_whole(tx, edition, held, told).await?
        {
            let Whole { rulebook, state, secrets, ends, loan } = whole;
            return Ok(Known { state, secrets, rows: None, whole: Some((rulebook, ends, loan)) });
        }
        let (rows, mut secrets) = (load::rows(tx, &edition.id, parts).await?, Secrets::default());
        let state = load::state(tx, edition, &rows, meant, &mut secrets).await?;
        Ok(Known { state, secrets, rows: Some(rows), whole: None })
    }

    async fn known_whole(
        &self,
        tx: &mut Tx,
        edition: &Edition,
        held: &BTreeMap<Chain, Head>,
        told: Option<Vec<Row>>,
    ) -> Result<Option<Whole>> {
        let lent = self.memory.lend(edition);
        if lent.is_none() && self.memory.is_lent(edition) {
            return Ok(None);
        }
        let told = told.as_ref().and_then(|rows| rows.first()).map(|row| row.text(0)).transpose()?;
        let lent = match lent {
            Some(whole) if told.is_some_and(|told| told == in_one(&whole.ends, &held.keys().cloned().collect())) => {
                return Ok(Some(*whole));
            }
            lent => lent,
        };
        let now = ends(tx, edition, held).await?;
        let Some(mut whole) = lent else { return self.first_whole(tx, edition, held, now).await };
        match whole.catch_up(tx, edition, now).await {
            Ok(true) => Ok(Some(*whole)),
            // What does not fit is told by whoever loads it.
            Ok(false) | Err(Error::Misfit { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A small edition as a whole, where nothing is remembered.
    async fn first_whole(
        &self,
        tx: &mut Tx,
        edition: &Edition,
        held: &BTreeMap<Chain, Head>,
        before: Ends,
    ) -> Result<Option<Whole>> {
        let leaves = leaves(&before);
        if leaves > SMALL {
            if leaves <= LEAVES_MAX {
                self.memory.missed.fetch_add(1, Ordering::Relaxed);
            }
            return Ok(None);
        }
        match Whole::read(tx, edition, before).await {
            // Read at one moment, if nobody wrote meanwhile.
            Ok(whole) if whole.ends == ends(tx, edition, held).await? => Ok(Some(whole)),
            Ok(_) | Err(Error::Misfit { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Whole {
    async fn read(tx: &mut Tx, edition: &Edition, ends: Ends) -> Result<Whole> {
        let mut secrets = Secrets::default();
        let state = load::whole(tx, edition, &mut secrets).await?;
        Ok(Whole { rulebook: edition.rulebook, state, secrets, ends, loan: Arc::new(()) })
    }

    /// Folds the leaves that others wrote meanwhile: an act when it is the next one in each chain in which it stands. False if the journal
    /// is not the one that was folded and more, if it is too far ahead, or cannot be gone on with.
    async fn catch_up(&mut self, tx: &mut Tx, edition: &Edition, now: Ends) -> Result<bool> {
        if self.ends == now {
            return Ok(true);
        }
        let behind = leaves(&now).checked_sub(leaves(&self.ends));
        if behind.is_none_or(|behind| behind > BEHIND_MAX) || self.ends.keys().any(|chain| !now.contains_key(chain)) {
            return Ok(false);
        }
        let mut ahead: BTreeMap<String, VecDeque<Leaf>> = BTreeMap::new();
        for (chain, end) in &now {
            let own = self.ends.get(chain).cloned().unwrap_or_default();
            if own == *end {
                continue;
            }
            let Some(leaves) = behind_end(tx, edition, chain, &own, end).await? else { return Ok(false) };
            ahead.insert(chain.to_string(), leaves);
        }
        self.secrets.look_up(tx, &edition.id, ahead.values().flatten().map(|leaf| &leaf.body)).await?;
        while let Some(leaf) = next(&mut ahead) {
            let mut body = leaf.body;
            self.secrets.open(&mut body)?;
            let (_, facts) = opened(body)?;
            if facts.iter().any(ends_memory) {
                return Ok(false);
            }
            facts.iter().for_each(|fact| self.state.apply(fact));
        }
        self.ends = now;
        Ok(ahead.values().all(VecDeque::is_empty) && has_its_versions(edition, &self.state))
    }
}

/// Whether a state has the text of every version of the rulebook by which one of its rounds goes, or is to go.
fn has_its_versions(edition: &Edition, state: &State) -> bool {
    let own = edition.rulebook.to_string();
    let pins = state.rounds.values().flat_map(|round| round.pin().into_iter().chain(round.proposed.as_ref().map(|to| &to.to)));
    pins.into_iter().all(|pin| pin.hash == own || state.versions.named(pin).is_some())
}

/// The act that is the next one in each chain in which it stands, taken from all of them.
fn next(ahead: &mut BTreeMap<String, VecDeque<Leaf>>) -> Option<Leaf> {
    let is_next = |leaf: &&Leaf| {
        let heads = |chain: &String| ahead.get(chain).and_then(VecDeque::front);
        leaf.chains.iter().all(|chain| heads(chain).is_some_and(|head| head.act == leaf.act))
    };
    let chains = ahead.values().filter_map(VecDeque::front).find(is_next)?.chains.clone();
    chains.iter().filter_map(|chain| ahead.get_mut(chain)?.pop_front()).last()
}

/// The leaves of a chain behind one end, up to another; none if the tree of the first does not grow to that of the other with them.
async fn behind_end(tx: &mut Tx, edition: &Edition, chain: &Chain, from: &End, until: &End) -> Result<Option<VecDeque<Leaf>>> {
    let name = chain.to_string();
    let whole = |number| i64::try_from(number).map_err(|_| misfit("chain", "its position is too high"));
    let mut tree = frontier(&name, from.0, &from.1)?;
    let sql = "select bytes from leaf where edition = $1 and chain = $2 and position >= $3 and position < $4 order by position";
    let mut leaves = VecDeque::new();
    for row in tx.rows(sql, &cells![&edition.id, &name, whole(from.0)?, whole(until.0)?]).await? {
        let bytes = row.text(0)?;
        tree.append(journal::hash_leaf(bytes.as_bytes())).map_err(|error| misfit("leaf", &error.to_string()))?;
        leaves.push_back(Leaf::parse(bytes.as_bytes()).map_err(|error| misfit("leaf", &error.to_string()))?);
    }
    Ok((tree.size() == until.0 && edge(&tree) == until.1).then_some(leaves))
}

/// The ends of all chains in one row. Most acts find there that nobody else wrote; where a database puts the names in another order than
/// [`in_one`], they are asked for row by row.
const ENDS_IN_ONE: &str = "select coalesce(string_agg(chain || ' ' || cast(position as text) || ' ' || edge, ';' order by chain), '') from chain where edition = $1 and position > 0";

/// What [`ENDS_IN_ONE`] gives for these ends, when the next positions of some chains are taken.
fn in_one(ends: &Ends, held: &BTreeSet<Chain>) -> String {
    let held_only = held.iter().filter(|chain| !ends.contains_key(*chain)).map(|chain| (chain.to_string(), 1, ""));
    let known = ends.iter().map(|(chain, (size, edge))| {
        let taken = u64::from(held.contains(chain));
        (chain.to_string(), size + taken, edge.as_str())
    });
    let mut all: Vec<(String, u64, &str)> = known.chain(held_only).collect();
    all.sort_unstable();
    let each: Vec<String> = all.into_iter().map(|(chain, position, edge)| format!("{chain} {position} {edge}")).collect();
    each.join(";")
}

/// How many leaves all chains have together.
fn leaves(ends: &Ends) -> u64 {
    ends.values().map(|(size, _)| size).sum()
}

/// Where each chain ends that has a leaf, without the positions that an act holds.
async fn ends(tx: &mut Tx, edition: &Edition, held: &BTreeMap<Chain, Head>) -> Result<Ends> {
    let mut ends = Ends::new();
    for row in tx.rows("select chain, position, edge from chain where edition = $1", &cells![&edition.id]).await? {
        let name = row.text(0)?;
        let chain: Chain = name.parse().map_err(|_| misfit("chain", &format!("`{name}` is no name of one")))?;
        let taken = i64::from(held.contains_key(&chain));
        let size = u64::try_from(row.whole(1)? - taken).map_err(|_| misfit("chain", "its position is below zero"))?;
        if size > 0 {
            ends.insert(chain, (size, row.text(2)?));
        }
    }
    Ok(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULEBOOK: &str = include_str!("../../../rulebooks/2023.toml");

    /// A state that is remembered with so many leaves.
    fn whole(edition: &Edition, leaves: u64) -> Whole {
        let ends = Ends::from([(Chain::Edition, (leaves, String::new()))]);
        let (rulebook, state) = (edition.rulebook, edition.empty());
        Whole { rulebook, state, secrets: Secrets::default(), ends, loan: Arc::new(()) }
    }

    #[test]
    fn an_edition_that_grows_too_large_is_remembered_no_longer() {
        let edition = Edition::new("large", RULEBOOK).unwrap();
        let memory = Memory { is_on: true, ..Memory::default() };
        for (leaves, is_remembered) in [(LEAVES_MAX - 1, true), (LEAVES_MAX, true), (LEAVES_MAX + 1, false)] {
            memory.keep(&edition, whole(&edition, leaves));
            assert_eq!(memory.lend(&edition).is_some(), is_remembered, "{leaves} leaves");
        }
    }

    #[tokio::test]
    async fn the_ends_in_one_text_are_those_that_are_remembered_with_the_positions_that_an_act_holds() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_or_make(&crate::Place::File(folder.path().join("award.db"))).await.unwrap();
        let edition = store.open_edition("small", RULEBOOK, "2026-01-01T00:00:00.000000Z").await.unwrap();
        let chains: BTreeSet<Chain> =
            ["edition", "people", "round/province~51"].iter().filter_map(|name| name.parse().ok()).collect();
        assert_eq!(chains.len(), 3);
        let asked = || {
            let mut batch = Batch::default();
            batch.add(ENDS_IN_ONE, cells![&edition.id]);
            batch
        };
        let mut tx = store.pool.write().await.unwrap();
        Head::take_all(&mut tx, &edition.id, &chains, asked()).await.unwrap();
        let edge = "ab".repeat(32);
        tx.run("update chain set position = 2, edge = $2 where chain = $1", &cells!["people", &edge]).await.unwrap();
        let ends = Ends::from([(Chain::Edition, (1, String::new())), (Chain::People, (2, edge))]);
        let round: BTreeSet<Chain> = chains.iter().filter(|chain| !ends.contains_key(chain)).cloned().collect();
        let rows = tx.rows_of_all(asked()).await.unwrap();
        let text = rows[0][0].text(0).unwrap();
        // The round holds its first position, which has no leaf yet; the next act holds one more of the people.
        assert_eq!(text, in_one(&ends, &round));
        assert_ne!(text, in_one(&ends, &BTreeSet::new()), "somebody holds it");
        let (_, told) = Head::take_all(&mut tx, &edition.id, &BTreeSet::from([Chain::People]), asked()).await.unwrap();
        let held = &round | &BTreeSet::from([Chain::People]);
        assert_eq!(told[0][0].text(0).unwrap(), in_one(&ends, &held));
    }

    #[test]
    fn one_edition_is_remembered_at_a_time_and_lent_to_one_act_at_a_time() {
        let (one, other) = (Edition::new("one", RULEBOOK).unwrap(), Edition::new("other", RULEBOOK).unwrap());
        let memory = Memory { is_on: true, ..Memory::default() };
        memory.keep(&one, whole(&one, 1));
        memory.keep(&other, whole(&other, 1));
        assert!(memory.lend(&one).is_none(), "the other one took its place");
        let lent = memory.lend(&other).unwrap();
        assert!(memory.lend(&other).is_none() && memory.is_lent(&other));
        drop(lent);
        assert!(memory.lend(&other).is_none() && !memory.is_lent(&other), "what an act did not give back is forgotten");
    }
}
