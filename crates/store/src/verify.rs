//! Does the journal fold to exactly the records? Every leaf is read again, hashed again and folded again; every node, every edge and every
//! record is compared. The first difference is named.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use award::State;
use award::record::Address;
use journal::{Frontier, Hash, Leaf};
use serde_json::Value;

use crate::append::{edge, opened, text};
use crate::checkpoint::Heads;
use crate::edition::Edition;
use crate::error::Result;
use crate::load::{self, Kept, name};
use crate::open::Store;
use crate::personal::Secrets;
use crate::sql::{Row, Tx, cells};

/// So many leaves of a chain are read at once.
const PAGE: i64 = 500;

/// An edition whose journal and records agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The chains, each with how many leaves it has and the root of its tree.
    pub chains: Vec<(String, u64, Hash)>,
    /// How many acts were folded.
    pub acts: usize,
    /// How many records they gave.
    pub records: usize,
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
    fn new(place: impl Into<String>, why: impl Into<String>) -> Difference {
        Difference { place: place.into(), why: why.into() }
    }
}

impl Store {
    /// Verifies an edition.
    ///
    /// # Errors
    ///
    /// What the database says; a difference is no error but the answer.
    pub async fn verify(&self, edition: &Edition) -> Result<Result<Verified, Difference>> {
        let mut tx = self.pool.read().await?;
        if let Some(damage) = tx.damage().await? {
            return Ok(Err(Difference::new("the database file", damage)));
        }
        let secrets = match Secrets::all(&mut tx, &edition.id).await {
            Ok(secrets) => secrets,
            Err(crate::Error::Misfit { what, why }) => return Ok(Err(Difference::new(what, why))),
            Err(other) => return Err(other),
        };
        let heads = match Heads::of(&mut tx, &edition.id).await {
            Ok(heads) => heads,
            Err(crate::Error::Misfit { what, why }) => return Ok(Err(Difference::new(what, why))),
            Err(other) => return Err(other),
        };
        let mut folding = Folding { edition, state: edition.empty(), kept: BTreeMap::new(), secrets, heads, acts: 0 };
        let mut books = Vec::new();
        let sql = "select chain, position, edge from chain where edition = $1 order by chain";
        for row in tx.rows(sql, &cells![&edition.id]).await? {
            books.push(Book::new(row.text(0)?, row.whole(1)?, row.text(2)?));
        }
        if let Err(difference) = folding.fold(&mut tx, &mut books).await? {
            return Ok(Err(difference));
        }
        if let Err(difference) = folding.compare(&mut tx).await? {
            return Ok(Err(difference));
        }
        if let Err(difference) = nothing_beyond(&mut tx, edition, &books).await? {
            return Ok(Err(difference));
        }
        let sizes = books.iter().map(|book| (book.chain.as_str(), book.frontier.size())).collect();
        if let Some((chain, size)) = folding.heads.beyond(&sizes) {
            let why = format!("its head was signed when it had {size} leaves, and now it has fewer");
            return Ok(Err(Difference::new(format!("chain {chain}"), why)));
        }
        let chains = books.iter().map(|book| (book.chain.clone(), book.frontier.size(), book.frontier.root())).collect();
        Ok(Ok(Verified { chains, acts: folding.acts, records: folding.kept.len() }))
    }
}

/// A chain that is read from its beginning.
struct Book {
    chain: String,
    size: i64,
    edge: String,
    frontier: Frontier,
    ahead: VecDeque<Leaf>,
}

impl Book {
    fn new(chain: String, size: i64, edge: String) -> Book {
        Book { chain, size, edge, frontier: Frontier::default(), ahead: VecDeque::new() }
    }

    /// Reads on, checking each leaf against its row and its nodes.
    async fn read_on(&mut self, tx: &mut Tx, edition: &str, heads: &Heads) -> Result<Result<(), Difference>> {
        if !self.ahead.is_empty() {
            return Ok(Ok(()));
        }
        let from = i64::try_from(self.frontier.size()).unwrap_or(i64::MAX);
        let sql = "select position, act, recorded_at, actor, bytes from leaf where edition = $1 and chain = $2 and position >= $3 order by position limit $4";
        let rows = tx.rows(sql, &cells![edition, &self.chain, from, PAGE]).await?;
        let nodes = self.nodes(tx, edition, from).await?;
        for row in &rows {
            if let Err(difference) = self.take(row, &nodes)? {
                return Ok(Err(difference));
            }
            if let Some(why) = heads.fault(edition, &self.chain, &self.frontier) {
                let place = format!("signed head of chain {} at {} leaves", self.chain, self.frontier.size());
                return Ok(Err(Difference::new(place, why)));
            }
        }
        Ok(Ok(()))
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

    fn take(&mut self, row: &Row, nodes: &BTreeMap<(i64, i64), String>) -> Result<Result<(), Difference>> {
        let place = format!("leaf {} of chain {}", self.frontier.size(), self.chain);
        let differs = |why: String| Ok(Err(Difference::new(place.clone(), why)));
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
        self.ahead.push_back(leaf);
        Ok(Ok(()))
    }

    /// Whether the row of the chain says what its leaves gave.
    fn ends_well(&self) -> Result<(), Difference> {
        let place = format!("chain {}", self.chain);
        let size = i64::try_from(self.frontier.size()).unwrap_or(-1);
        if size != self.size {
            return Err(Difference::new(place, format!("it says that it has {} leaves and has {size}", self.size)));
        }
        if edge(&self.frontier) != self.edge {
            return Err(Difference::new(place, "the right edge of its tree is not that of its leaves"));
        }
        Ok(())
    }
}

struct Folding<'e> {
    edition: &'e Edition,
    state: State,
    kept: BTreeMap<Address, Kept>,
    secrets: Secrets,
    heads: Heads,
    acts: usize,
}

impl Folding<'_> {
    /// Folds all chains: an act is folded when it is the next one in each chain in which it stands.
    async fn fold(&mut self, tx: &mut Tx, books: &mut [Book]) -> Result<Result<(), Difference>> {
        loop {
            for book in books.iter_mut() {
                if let Err(difference) = book.read_on(tx, &self.edition.id, &self.heads).await? {
                    return Ok(Err(difference));
                }
            }
            let heads: BTreeMap<&str, &Leaf> =
                books.iter().filter_map(|book| Some((book.chain.as_str(), book.ahead.front()?))).collect();
            let is_next = |leaf: &&&Leaf| {
                leaf.chains.iter().all(|chain| heads.get(chain.as_str()).is_some_and(|head| head.act == leaf.act))
            };
            let Some(leaf) = heads.values().find(is_next).map(|leaf| (*leaf).clone()) else {
                return Ok(match heads.values().next() {
                    Some(leaf) => Err(Difference::new(
                        format!("leaf {} of chain {}", leaf.position, leaf.chain),
                        "the other chains that it names do not have it next",
                    )),
                    None => books.iter().try_for_each(Book::ends_well),
                });
            };
            let leaves: Vec<Leaf> = books
                .iter_mut()
                .filter(|book| leaf.chains.contains(&book.chain))
                .filter_map(|book| book.ahead.pop_front())
                .collect();
            if let Err(difference) = self.act(&leaf, &leaves)? {
                return Ok(Err(difference));
            }
        }
    }

    fn act(&mut self, leaf: &Leaf, leaves: &[Leaf]) -> Result<Result<(), Difference>> {
        let place = format!("leaf {} of chain {}", leaf.position, leaf.chain);
        let differs = |why: String| Ok(Err(Difference::new(place.clone(), why)));
        let same = leaves.iter().all(|other| {
            other.body == leaf.body && other.at == leaf.at && other.actor == leaf.actor && other.chains == leaf.chains
        });
        if !same || !leaf.chains.contains(&leaf.chain) {
            return differs("the same act is told differently in another chain".into());
        }
        let mut body = leaf.body.clone();
        let read = self.secrets.open(&mut body).and_then(|()| opened(body));
        let facts = match read {
            Ok((_, facts)) => facts,
            Err(error) => return differs(error.to_string()),
        };
        let positions: BTreeMap<&str, u64> = leaves.iter().map(|leaf| (leaf.chain.as_str(), leaf.position)).collect();
        for (turn, write) in award::record::apply(&mut self.state, &facts).into_iter().enumerate() {
            let chain = write.chain.to_string();
            let Some(body) = write.body else {
                self.kept.remove(&write.address);
                continue;
            };
            let Some(position) = positions.get(chain.as_str()).and_then(|position| i64::try_from(*position).ok()) else {
                return differs(format!(
                    "{} belongs to the chain {chain}, in which the act does not stand",
                    name(&write.address)
                ));
            };
            let body = match self.sealed(&write.address, body) {
                Ok(body) => body,
                Err(error) => return differs(error.to_string()),
            };
            let turn = i64::try_from(turn).unwrap_or(i64::MAX);
            let fresh = Kept { chain, born: position, turn, version: position, body: String::new() };
            let kept = self.kept.entry(write.address).or_insert(fresh);
            (kept.version, kept.body) = (position, body);
        }
        self.acts += 1;
        Ok(Ok(()))
    }

    /// A record's body with the commitments that are on record; a text without one is a difference.
    fn sealed(&mut self, address: &Address, mut body: Value) -> Result<String> {
        let places = award::personal::texts_of_record(address, &body);
        self.secrets.seal(&mut body, places, &mut || None)?;
        text(&body)
    }

    /// Compares what was folded with the rows.
    async fn compare(&self, tx: &mut Tx) -> Result<Result<(), Difference>> {
        let mut seen = BTreeSet::new();
        let mut contests: Vec<String> = vec![String::new()];
        contests.extend(self.state.contests.keys().map(award::ContestKey::path));
        let sql = "select distinct contest from record where edition = $1";
        for row in tx.rows(sql, &cells![&self.edition.id]).await? {
            contests.push(row.text(0)?);
        }
        contests.sort();
        contests.dedup();
        for contest in contests {
            let rows = tx.rows(load::select!("contest = $2"), &cells![&self.edition.id, &contest]).await?;
            for row in &rows {
                let (address, found) = match load::read(row) {
                    Ok(read) => read,
                    Err(error) => return Ok(Err(Difference::new(format!("a record in {contest}"), error.to_string()))),
                };
                if let Err(difference) = self.same(&address, &found) {
                    return Ok(Err(difference));
                }
                seen.insert(address);
            }
        }
        let missing = self.kept.keys().find(|address| !seen.contains(*address));
        Ok(missing
            .map_or(Ok(()), |address| Err(Difference::new(name(address), "the journal gives it and there is no row of it"))))
    }

    fn same(&self, address: &Address, found: &Kept) -> Result<(), Difference> {
        let Some(folded) = self.kept.get(address) else {
            return Err(Difference::new(name(address), "there is a row of it that the journal does not give"));
        };
        if folded.body != found.body {
            let why = format!("its row says {} where the journal gives {}", found.body, folded.body);
            return Err(Difference::new(name(address), why));
        }
        let place = |kept: &Kept| (kept.chain.clone(), kept.born, kept.turn, kept.version);
        if place(folded) != place(found) {
            return Err(Difference::new(name(address), "its row names another place in the journal"));
        }
        Ok(())
    }
}

/// No leaf or node may stand beyond what the chains say.
async fn nothing_beyond(tx: &mut Tx, edition: &Edition, books: &[Book]) -> Result<Result<(), Difference>> {
    for (table, what) in [("leaf", "leaves"), ("node", "nodes")] {
        let sql = format!("select chain, cast(count(*) as bigint) from {table} where edition = $1 group by chain order by chain");
        for row in tx.rows_of(sql, &cells![&edition.id]).await? {
            let (chain, found) = (row.text(0)?, row.whole(1)?);
            let leaves = books.iter().find(|book| book.chain == chain).map_or(0, |book| book.frontier.size());
            // A tree of n leaves has 2n complete nodes less one for each bit set in n.
            let nodes = 2 * leaves - u64::from(leaves.count_ones());
            let expected = if table == "leaf" { leaves } else { nodes };
            if u64::try_from(found) != Ok(expected) {
                return Ok(Err(Difference::new(
                    format!("chain {chain}"),
                    format!("it has {found} {what} where {expected} belong"),
                )));
            }
        }
    }
    Ok(Ok(()))
}
