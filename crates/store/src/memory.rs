//! What a process remembers of an edition between two acts: its whole state, so that an act need not load and read again what did not
//! change since the last one.
//!
//! Positions of chains only ever grow, and whoever appends takes the next one first. So a state that was folded up to some positions still
//! stands if the chains have these positions, and is brought up to date with the leaves behind them, whichever node wrote those. Both are
//! asked within the transaction of the act. A state is lent to one act at a time and comes back when the act is on disk, or if it changed
//! nothing; what failed in between is forgotten. Whoever finds nothing loads the parts that the act must see.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use award::sight::Part;
use award::{Chain, Fact, State};
use journal::{Hash, Leaf};

use crate::append::{Head, opened};
use crate::edition::Edition;
use crate::error::{Error, Result};
use crate::load::{self, misfit};
use crate::open::Store;
use crate::personal::Secrets;
use crate::sql::{Tx, cells};

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
    /// Whether nothing is remembered at all.
    is_off: bool,
}

#[derive(Debug)]
enum Slot {
    Kept(Box<Whole>),
    /// An act has it, as long as that lives.
    Lent(Weak<()>),
}

/// A whole state, folded up to some positions.
#[derive(Debug)]
struct Whole {
    rulebook: Hash,
    state: State,
    secrets: Secrets,
    /// How many leaves of each chain are folded.
    sizes: BTreeMap<Chain, u64>,
    loan: Arc<()>,
}

/// The state on which an act is decided, with the personal texts in it.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) state: State,
    pub(crate) secrets: Secrets,
    /// How far it is folded, if it is the whole state.
    whole: Option<(Hash, BTreeMap<Chain, u64>, Arc<()>)>,
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

    /// Takes a state back as it was lent, or one that is read anew. One edition is remembered at a time.
    fn keep(&self, edition: &Edition, whole: Whole) {
        if self.is_off {
            return;
        }
        let mut slots = self.slots();
        slots.clear();
        slots.insert(edition.id.clone(), Slot::Kept(Box::new(whole)));
        self.missed.store(0, Ordering::Relaxed);
    }

    /// Takes back what an act was decided on and did not change.
    pub(crate) fn unchanged(&self, edition: &Edition, known: Known) {
        if let Known { state, secrets, whole: Some((rulebook, sizes, loan)) } = known {
            self.keep(edition, Whole { rulebook, state, secrets, sizes, loan });
        }
    }

    /// Takes back what an act changed, once it is on disk.
    pub(crate) fn changed(&self, edition: &Edition, mut known: Known, facts: &[Fact], positions: &[(String, u64)]) {
        if facts.iter().any(ends_memory) {
            return;
        }
        if let Some((_, sizes, _)) = &mut known.whole {
            sizes.extend(positions.iter().filter_map(|(chain, position)| Some((chain.parse().ok()?, position + 1))));
        }
        self.unchanged(edition, known);
    }
}

/// Whether nothing is remembered across a fact: a text is gone for good, or other rules hold.
fn ends_memory(fact: &Fact) -> bool {
    matches!(fact, Fact::NamesErased(_) | Fact::RulebookProposed(..) | Fact::RulebookAdopted { .. })
}

impl Store {
    /// The same database without remembering anything from one act to the next: every act loads the parts that it must see.
    #[must_use]
    pub fn without_memory(self) -> Store {
        Store { memory: Memory { is_off: true, ..Memory::default() }, ..self }
    }

    /// Reads the state of an edition as a whole, so that acts find it instead of loading their parts; false if it is too large for that.
    /// Acts do this themselves after a while, so nobody has to.
    ///
    /// # Errors
    ///
    /// As [`Store::state`].
    pub async fn remember(&self, edition: &Edition) -> Result<bool> {
        let mut tx = self.pool.read().await?;
        let sizes = sizes(&mut tx, edition, &BTreeMap::new()).await?;
        if sizes.values().sum::<u64>() > LEAVES_MAX {
            return Ok(false);
        }
        let whole = Whole::read(&mut tx, edition, sizes).await?;
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
    /// positions the act has taken.
    pub(crate) async fn known(
        &self,
        tx: &mut Tx,
        edition: &Edition,
        held: &BTreeMap<Chain, Head>,
        parts: &BTreeSet<Part>,
    ) -> Result<Known> {
        if let Some(whole) = self.known_whole(tx, edition, held).await? {
            let Whole { rulebook, state, secrets, sizes, loan } = whole;
            return Ok(Known { state, secrets, whole: Some((rulebook, sizes, loan)) });
        }
        let (rows, mut secrets) = (load::rows(tx, &edition.id, parts).await?, Secrets::default());
        let state = load::state(tx, edition, &rows, &mut secrets).await?;
        Ok(Known { state, secrets, whole: None })
    }

    async fn known_whole(&self, tx: &mut Tx, edition: &Edition, held: &BTreeMap<Chain, Head>) -> Result<Option<Whole>> {
        let lent = self.memory.lend(edition);
        if self.memory.is_off || (lent.is_none() && self.memory.is_lent(edition)) {
            return Ok(None);
        }
        let leaves = leaves(tx, edition, held).await?;
        let Some(mut whole) = lent else {
            if leaves <= SMALL {
                let before = sizes(tx, edition, held).await?;
                return match Whole::read(tx, edition, before).await {
                    // Read at one moment, if nobody wrote meanwhile.
                    Ok(whole) if whole.sizes == sizes(tx, edition, held).await? => Ok(Some(whole)),
                    Ok(_) | Err(Error::Misfit { .. }) => Ok(None),
                    Err(error) => Err(error),
                };
            }
            if leaves <= LEAVES_MAX {
                self.memory.missed.fetch_add(1, Ordering::Relaxed);
            }
            return Ok(None);
        };
        if whole.leaves() != leaves {
            let now = sizes(tx, edition, held).await?;
            match whole.catch_up(tx, edition, now).await {
                Ok(true) => {}
                // What does not fit is told by whoever loads it.
                Ok(false) | Err(Error::Misfit { .. }) => return Ok(None),
                Err(error) => return Err(error),
            }
        }
        Ok(Some(*whole))
    }
}

impl Whole {
    async fn read(tx: &mut Tx, edition: &Edition, sizes: BTreeMap<Chain, u64>) -> Result<Whole> {
        let (rows, mut secrets) = (load::all(tx, &edition.id).await?, Secrets::default());
        let state = load::state(tx, edition, &rows, &mut secrets).await?;
        Ok(Whole { rulebook: edition.rulebook, state, secrets, sizes, loan: Arc::new(()) })
    }

    fn leaves(&self) -> u64 {
        self.sizes.values().sum()
    }

    /// Folds the leaves that others wrote meanwhile: an act when it is the next one in each chain in which it stands. False if it is too
    /// far behind, or cannot go on.
    async fn catch_up(&mut self, tx: &mut Tx, edition: &Edition, now: BTreeMap<Chain, u64>) -> Result<bool> {
        let size = |sizes: &BTreeMap<Chain, u64>, chain: &Chain| sizes.get(chain).copied().unwrap_or_default();
        let is_ahead = self.sizes.iter().any(|(chain, own)| *own > size(&now, chain));
        if is_ahead || now.values().sum::<u64>() - self.leaves() > BEHIND_MAX {
            return Ok(false);
        }
        let mut ahead: BTreeMap<String, VecDeque<Leaf>> = BTreeMap::new();
        for (chain, until) in now.iter().filter(|(chain, now)| **now > size(&self.sizes, chain)) {
            ahead.insert(chain.to_string(), read(tx, edition, chain, size(&self.sizes, chain), *until).await?);
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
        self.sizes = now;
        Ok(ahead.values().all(VecDeque::is_empty))
    }
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

/// The leaves of a chain from one position to before another.
async fn read(tx: &mut Tx, edition: &Edition, chain: &Chain, from: u64, until: u64) -> Result<VecDeque<Leaf>> {
    let whole = |number| i64::try_from(number).map_err(|_| misfit("chain", "its position is too high"));
    let sql = "select bytes from leaf where edition = $1 and chain = $2 and position >= $3 and position < $4 order by position";
    let rows = tx.rows(sql, &cells![&edition.id, chain.to_string(), whole(from)?, whole(until)?]).await?;
    let leaf = |row: &crate::sql::Row| Leaf::parse(row.text(0)?.as_bytes()).map_err(|error| misfit("leaf", &error.to_string()));
    rows.iter().map(leaf).collect()
}

/// How many leaves all chains have together, without the positions that an act holds.
async fn leaves(tx: &mut Tx, edition: &Edition, held: &BTreeMap<Chain, Head>) -> Result<u64> {
    let sql = "select cast(coalesce(sum(position), 0) as bigint) from chain where edition = $1";
    let row = tx.row(sql, &cells![&edition.id]).await?;
    let all = row.map(|row| row.whole(0)).transpose()?.unwrap_or_default();
    let held = i64::try_from(held.len()).unwrap_or(i64::MAX);
    u64::try_from(all - held).map_err(|_| misfit("chain", "its position is below zero"))
}

/// How many leaves each chain has, without the positions that an act holds.
async fn sizes(tx: &mut Tx, edition: &Edition, held: &BTreeMap<Chain, Head>) -> Result<BTreeMap<Chain, u64>> {
    let mut sizes = BTreeMap::new();
    for row in tx.rows("select chain, position from chain where edition = $1", &cells![&edition.id]).await? {
        let name = row.text(0)?;
        let chain: Chain = name.parse().map_err(|_| misfit("chain", &format!("`{name}` is no name of one")))?;
        let taken = i64::from(held.contains_key(&chain));
        let size = u64::try_from(row.whole(1)? - taken).map_err(|_| misfit("chain", "its position is below zero"))?;
        sizes.insert(chain, size);
    }
    Ok(sizes)
}
