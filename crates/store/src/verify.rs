//! Does the journal fold to exactly the records? Every leaf is read again, hashed again and folded again; every node, every edge, every
//! record and every table beside them is compared. The first difference is named.
//!
//! `tests/tampering.rs` changes each column of each table by hand and looks whether it is found; what cannot be found is named there with
//! the reason.

mod all;
mod beside;
mod book;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use award::record::{Address, Write};
use award::{Chain, Fact, State};
use journal::{Hash, Leaf};
use serde_json::Value;

use self::beside::Beside;
use self::book::{Book, Read};
use crate::append::{opened, text, under};
use crate::checkpoint::Heads;
use crate::edition::Edition;
use crate::error::{Error, Result};
use crate::load::{self, Kept, name};
use crate::open::Store;
use crate::personal::Secrets;
use crate::sql::{Tx, cells};
use crate::version;

/// So many records wait at most until their bodies are spelled out.
const LOOSE: usize = 256;

/// An edition whose journal and records agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The chains, each with how many leaves it has and the root of its tree.
    pub chains: Vec<(String, u64, Hash)>,
    /// How many acts were folded.
    pub acts: usize,
    /// How many records they gave.
    pub records: usize,
    /// How many files they name that are kept; whether these are whole says [`Store::verify_files`].
    pub files: usize,
    /// How many files they name that are not kept here.
    pub files_elsewhere: usize,
}

/// The first place where the journal and what is stored beside it differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where.
    pub place: String,
    /// What is wrong there.
    pub why: String,
}

impl Difference {
    pub(crate) fn new(place: impl Into<String>, why: impl Into<String>) -> Difference {
        Difference { place: place.into(), why: why.into() }
    }
}

/// Why verifying ends early.
#[derive(Debug)]
enum Fault {
    Differs(Difference),
    Failed(Error),
}

impl From<Difference> for Fault {
    fn from(difference: Difference) -> Fault {
        Fault::Differs(difference)
    }
}

impl From<Error> for Fault {
    /// What is not as this program writes it is a difference too.
    fn from(error: Error) -> Fault {
        match error {
            Error::Misfit { what, why } => Fault::Differs(Difference { place: what, why }),
            other => Fault::Failed(other),
        }
    }
}

type Checked<T = ()> = Result<T, Fault>;

impl Store {
    /// Verifies an edition.
    ///
    /// # Errors
    ///
    /// What the database says; a difference is no error but the answer.
    pub async fn verify(&self, edition: &Edition) -> Result<Result<Verified, Difference>> {
        let mut tx = self.pool.read().await?;
        match verified(&mut tx, edition, &mut Vec::new()).await {
            Ok(verified) => Ok(Ok(verified)),
            Err(Fault::Differs(difference)) => Ok(Err(difference)),
            Err(Fault::Failed(error)) => Err(error),
        }
    }
}

/// Verifies an edition; `differing` gets the first record of each chain that differs.
async fn verified(tx: &mut Tx, edition: &Edition, differing: &mut Vec<Difference>) -> Checked<Verified> {
    if let Some(damage) = tx.damage().await? {
        return Err(Difference::new("the database file", damage).into());
    }
    beside::edition(tx, edition).await?;
    beside::strangers(tx).await?;
    let mut folding = Folding {
        edition,
        state: folded_from(tx, edition).await?,
        kept: BTreeMap::new(),
        loose: BTreeMap::new(),
        secrets: Secrets::all(tx, &edition.id).await?,
        heads: Heads::of(tx, &edition.id).await?,
        beside: Beside::default(),
        acts: 0,
    };
    let mut books = book::of(tx, &edition.id).await?;
    folding.fold(tx, &mut books).await?;
    folding.spell_out()?;
    folding.versions_are_kept()?;
    folding.compare(tx, differing).await?;
    book::nothing_beyond(tx, edition, &books).await?;
    folding.beside.personal(&folding.secrets)?;
    let (files, files_elsewhere) = folding.beside.files(tx, edition).await?;
    let sizes = books.iter().map(|book| (book.chain.as_str(), book.frontier.size())).collect();
    folding.heads.nothing_left(&sizes)?;
    let chains = books.iter().map(|book| (book.chain.clone(), book.frontier.size(), book.frontier.root())).collect();
    Ok(Verified { chains, acts: folding.acts, records: folding.kept.len(), files, files_elsewhere })
}

/// The state before anything happened, with every version of the rulebook to which a round may come to be moved.
async fn folded_from(tx: &mut Tx, edition: &Edition) -> Result<State> {
    let mut state = edition.empty();
    state.versions = version::all(tx, edition).await?;
    Ok(state)
}

/// A record as the journal gives it. Of what it says only the hash: the texts of a nation take more memory than everything else.
struct Folded {
    chain: String,
    born: i64,
    turn: i64,
    version: i64,
    body: Hash,
}

struct Folding<'e> {
    edition: &'e Edition,
    state: State,
    kept: BTreeMap<Address, Folded>,
    /// Bodies of the records written last that name nobody: spelled out when nobody has written them again for a while.
    loose: BTreeMap<Address, Value>,
    secrets: Secrets,
    heads: Heads,
    beside: Beside,
    acts: usize,
}

impl Folding<'_> {
    /// Folds all chains: an act is folded when it is the next one in each chain in which it stands.
    async fn fold(&mut self, tx: &mut Tx, books: &mut [Book]) -> Checked {
        loop {
            let mut went_on = false;
            for book in books.iter_mut() {
                book.read_on(tx, &self.edition.id, &mut self.heads).await?;
                while let Some(read) = book.ahead.pop_front_if(|read| read.leaf.chains == [book.chain.as_str()]) {
                    self.act(&[read])?;
                    went_on = true;
                }
            }
            // What stands in several chains waits until all of them have come to it.
            if !went_on && !self.fold_across(books)? {
                return books.iter().try_for_each(Book::ends_well);
            }
        }
    }

    /// Folds the next act that stands in several chains; false if there is nothing left.
    fn fold_across(&mut self, books: &mut [Book]) -> Checked<bool> {
        let heads: BTreeMap<&str, &Leaf> =
            books.iter().filter_map(|book| Some((book.chain.as_str(), &book.ahead.front()?.leaf))).collect();
        let is_next =
            |leaf: &&&Leaf| leaf.chains.iter().all(|chain| heads.get(chain.as_str()).is_some_and(|head| head.act == leaf.act));
        let Some(leaf) = heads.values().find(is_next) else {
            return match heads.values().next() {
                Some(leaf) => Err(differs(leaf, "the other chains that it names do not have it next")),
                None => Ok(false),
            };
        };
        if !leaf.chains.contains(&leaf.chain) {
            return Err(differs(leaf, "it does not name the chain in which it stands"));
        }
        let chains = leaf.chains.clone();
        let its = books.iter_mut().filter(|book| chains.contains(&book.chain));
        let told: Vec<Read> = its.filter_map(|book| book.ahead.pop_front()).collect();
        self.act(&told)?;
        Ok(true)
    }

    /// Folds an act as it is told in each of its chains.
    fn act(&mut self, told: &[Read]) -> Checked {
        let Some(leaf) = told.first().map(|read| &read.leaf) else { return Ok(()) };
        let same = told.iter().skip(1).map(|read| &read.leaf).all(|other| {
            other.body == leaf.body && other.at == leaf.at && other.actor == leaf.actor && other.chains == leaf.chains
        });
        if !same {
            return Err(differs(leaf, "the same act is told differently in another chain"));
        }
        let mut body = leaf.body.clone();
        self.secrets.open(&mut body).map_err(|error| differs(leaf, error.to_string()))?;
        self.sealed_again(leaf, &body)?;
        let (act, facts) = opened(body).map_err(|error| differs(leaf, error.to_string()))?;
        if leaf.body.get("under") != Some(&under(self.edition, &self.state, &act.deed)) {
            return Err(differs(leaf, "it was decided in another edition or under another rulebook"));
        }
        if let Some(other) = told.iter().find(|read| !read.tells(&act)) {
            return Err(differs(&other.leaf, "its row does not name the deed, contest and candidate of the act"));
        }
        let positions: BTreeMap<&str, u64> = told.iter().map(|read| (read.leaf.chain.as_str(), read.leaf.position)).collect();
        let elsewhere = |fact: &&Fact| match fact {
            Fact::ClosedAt { contest, position } => {
                positions.get(Chain::Round(contest.round.clone()).to_string().as_str()) != Some(position)
            }
            _ => false,
        };
        if facts.iter().any(|fact| elsewhere(&fact)) {
            return Err(differs(leaf, "it closes judging at another position than its own"));
        }
        self.beside.note(&leaf.body, &facts);
        self.beside.note_files(leaf, &act.deed);
        for (turn, write) in award::record::apply(&mut self.state, &facts).into_iter().enumerate() {
            self.write(leaf, &positions, i64::try_from(turn).unwrap_or(i64::MAX), write)?;
        }
        self.acts += 1;
        Ok(())
    }

    /// Whether the commitments of a leaf stand where personal texts stand, and nowhere else, each of that person and field.
    fn sealed_again(&mut self, leaf: &Leaf, body: &Value) -> Checked {
        let places = award::personal::texts(body);
        let mut again = Cow::Borrowed(body);
        if places.is_empty() {
            journal::check_plain(body).map_err(|error| differs(leaf, error.to_string()))?;
        } else {
            self.secrets.seal(again.to_mut(), places, &mut || None).map_err(|error| differs(leaf, error.to_string()))?;
        }
        if *again != leaf.body {
            return Err(differs(leaf, "its personal texts are not those that were committed to"));
        }
        Ok(())
    }

    fn write(&mut self, leaf: &Leaf, positions: &BTreeMap<&str, u64>, turn: i64, write: Write) -> Checked {
        let chain = write.chain.to_string();
        self.loose.remove(&write.address);
        let Some(body) = write.body else {
            self.kept.remove(&write.address);
            return Ok(());
        };
        let Some(position) = positions.get(chain.as_str()).and_then(|position| i64::try_from(*position).ok()) else {
            let what = name(&write.address);
            return Err(differs(leaf, format!("{what} belongs to the chain {chain}, in which the act does not stand")));
        };
        let places = award::personal::texts_of_record(&write.address, &body);
        let body = if places.is_empty() {
            journal::check_plain(&body).map_err(|error| differs(leaf, error.to_string()))?;
            self.loose.insert(write.address.clone(), body);
            hashed("")
        } else {
            hashed(&self.sealed(body, places).map_err(|error| differs(leaf, error.to_string()))?)
        };
        let fresh = Folded { chain, born: position, turn, version: position, body };
        let kept = self.kept.entry(write.address).or_insert(fresh);
        (kept.version, kept.body) = (position, body);
        if self.loose.len() > LOOSE { self.spell_out() } else { Ok(()) }
    }

    /// A record's body with the commitments that are on record; a text without one is a difference.
    fn sealed(&mut self, mut body: Value, places: Vec<award::personal::Personal>) -> Result<String> {
        self.secrets.seal(&mut body, places, &mut || None)?;
        self.beside.note(&body, &[]);
        text(&body)
    }

    /// Spells out the bodies that were left for later.
    fn spell_out(&mut self) -> Checked {
        for (address, body) in std::mem::take(&mut self.loose) {
            let body = hashed(&text(&body)?);
            if let Some(kept) = self.kept.get_mut(&address) {
                kept.body = body;
            }
        }
        Ok(())
    }

    /// Whether the text of every version by which a round goes is kept.
    fn versions_are_kept(&self) -> Checked {
        let pins = self.state.rounds.iter().filter_map(|(round, known)| Some((round, known.pin()?)));
        let own = self.edition.rulebook.to_string();
        let mut lost = pins.filter(|(_, pin)| pin.hash != own && self.state.versions.named(pin).is_none());
        match lost.next() {
            Some((round, pin)) => {
                let why = format!("round {} goes by it, and no text with that hash is kept", round.path());
                Err(Difference::new(format!("rulebook {}", pin.hash), why).into())
            }
            None => Ok(()),
        }
    }

    /// Compares what was folded with the rows, to the end: `differing` gets the first of each chain.
    async fn compare(&self, tx: &mut Tx, differing: &mut Vec<Difference>) -> Checked {
        let (mut seen, mut chains) = (BTreeSet::new(), BTreeSet::new());
        let mut contests: Vec<String> = vec![String::new()];
        contests.extend(self.state.contests.keys().map(award::ContestKey::path));
        let sql = "select distinct contest from record where edition = $1";
        for row in tx.rows(sql, &cells![&self.edition.id]).await? {
            contests.push(row.text(0)?);
        }
        contests.sort();
        contests.dedup();
        for contest in contests {
            for row in &tx.rows(load::select!("contest = $2"), &cells![&self.edition.id, &contest]).await? {
                let read = load::read(row);
                let (address, found) =
                    read.map_err(|error| Difference::new(format!("a record in {contest}"), error.to_string()))?;
                if let Err(difference) = self.same(&address, &found)
                    && chains.insert(self.kept.get(&address).map_or(found.chain, |kept| kept.chain.clone()))
                {
                    differing.push(difference);
                }
                seen.insert(address);
            }
        }
        for (missing, kept) in self.kept.iter().filter(|(address, _)| !seen.contains(*address)) {
            if chains.insert(kept.chain.clone()) {
                differing.push(Difference::new(name(missing), "the journal gives it and there is no row of it"));
            }
        }
        differing.first().cloned().map_or(Ok(()), |first| Err(first.into()))
    }

    fn same(&self, address: &Address, found: &Kept) -> Result<(), Difference> {
        let Some(folded) = self.kept.get(address) else {
            return Err(Difference::new(name(address), "there is a row of it that the journal does not give"));
        };
        let theirs = hashed(&found.body);
        if folded.body != theirs {
            // Never the bodies: they tell of people, and differences are printed and sent around.
            let (ours, theirs) = (short(&folded.body), short(&theirs));
            let (chain, position) = (&folded.chain, folded.version);
            let why = format!(
                "table record, column body, written at position {position} of chain {chain}: the row has the hash {theirs}…, the journal gives {ours}…"
            );
            return Err(Difference::new(name(address), why));
        }
        let ours = (&folded.chain, folded.born, folded.turn, folded.version);
        if ours != (&found.chain, found.born, found.turn, found.version) {
            return Err(Difference::new(
                name(address),
                "table record, columns chain, born, turn and version: they name another place in the journal",
            ));
        }
        Ok(())
    }
}

/// What a record says, by which two of them are told apart.
fn hashed(text: &str) -> Hash {
    Hash::of(&[text.as_bytes()])
}

/// The beginning of a hash, for texts that nobody may read.
fn short(hash: &Hash) -> String {
    hash.to_string().chars().take(12).collect()
}

/// A leaf that is not what the rest says.
fn differs(leaf: &Leaf, why: impl Into<String>) -> Fault {
    Difference::new(format!("leaf {} of chain {}", leaf.position, leaf.chain), why).into()
}
