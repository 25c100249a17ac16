//! Writing an act: one transaction from the position of its chains to the last leaf.

mod together;

use std::collections::{BTreeMap, BTreeSet};

use award::record::{Address, Write};
use award::sight::Part;
use award::{Act, Chain, Fact, Refusal, State};
use jiff::Timestamp;
use journal::{Frontier, Hash, Leaf};
use serde_json::{Value, json};

use crate::edition::Edition;
use crate::error::{Error, Result};
use crate::letter;
use crate::load::{self, Rows, misfit, name};
use crate::log::Begun;
use crate::open::Store;
use crate::personal::{self, Secrets};
use crate::referred::Held;
use crate::sql::{Tx, cells};
pub use together::Ending;

/// So often an act is tried again when two writers met in the same place.
const TRIES: usize = 6;

/// An act on its way into the journal.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its id, a UUID made by whoever sends it. The same id again is the same act: it happens once, and is answered the same.
    pub id: String,
    /// Who sends it: an id, never a name.
    pub person: String,
    /// When it arrived.
    pub at: Timestamp,
    /// What is done.
    pub act: Act,
    /// What of the state its sender had before the eyes; empty if that does not matter.
    pub seen: Vec<Seen>,
}

/// A record that somebody saw before deciding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Which.
    pub address: Address,
    /// Its version then; none if it was not there.
    pub version: Option<i64>,
}

/// A record that changed after somebody saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// Which.
    pub address: Address,
    /// The version that was seen; none if it was not there.
    pub seen: Option<i64>,
    /// The version that it has now; none if it is gone.
    pub found: Option<i64>,
    /// Its value now, without names.
    pub theirs: Option<Value>,
}

/// What became of an act.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It happened, and is on disk.
    Recorded(Recorded),
    /// The rules say no; nothing happened.
    Refused(Box<Refusal>),
    /// It was decided looking at something that has changed since; nothing happened.
    Stale(Vec<Stale>),
}

/// An act that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// What was decided.
    pub facts: Vec<Fact>,
    /// The positions of its leaves; none where nothing was to be decided.
    pub positions: Vec<(String, u64)>,
    /// Whether it had happened before under the same id.
    pub again: bool,
}

impl Store {
    /// Records an act that `decide` decides from the part of the state that it must see. Files that it names must be kept: see
    /// [`Store::with_files`]; they are looked for before anything is held.
    ///
    /// # Errors
    ///
    /// What the database says; then nothing happened, or it happened and its answer was lost: sending the same [`Request`] again is safe.
    pub async fn act(
        &self,
        edition: &Edition,
        request: &Request,
        decide: impl Fn(&State) -> Result<Vec<Fact>, Refusal>,
    ) -> Result<Outcome> {
        self.act_and_tell(edition, request, decide, |_, _| Vec::new()).await
    }

    /// The same, with the letters that `tell` makes from the state afterwards and the facts; they are written in the same transaction.
    ///
    /// # Errors
    ///
    /// As [`Store::act`].
    pub async fn act_and_tell(
        &self,
        edition: &Edition,
        request: &Request,
        decide: impl Fn(&State) -> Result<Vec<Fact>, Refusal>,
        tell: impl Fn(&State, &[Fact]) -> Vec<String>,
    ) -> Result<Outcome> {
        let begun = Begun::now();
        let answer = self.act_patiently(edition, request, (decide, tell)).await;
        begun.act(edition, request, &answer);
        answer
    }

    /// Tries an act as often as two writers meet in the same place.
    async fn act_patiently(
        &self,
        edition: &Edition,
        request: &Request,
        (decide, tell): (impl Fn(&State) -> Result<Vec<Fact>, Refusal>, impl Fn(&State, &[Fact]) -> Vec<String>),
    ) -> Result<Outcome> {
        let mut needs = Needs {
            chains: Chain::held_for(&request.act.deed).into_iter().collect(),
            parts: Part::seen_by(&request.act.deed).into_iter().collect(),
        };
        let held = self.held(&request.act.deed).await?;
        let decide = |state: &State| decide(state).and_then(|facts| held.check(&request.act.deed).map(|()| facts));
        let mut tries = 0;
        loop {
            match self.try_act(edition, request, &held, (&decide, &tell), &mut needs).await {
                Ok(Some(outcome)) => return Ok(outcome),
                Ok(None) => {}
                Err(error) if error.is_worth_another_try() && tries < TRIES => tries += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// One try; none if the facts touch more than was looked at, which `needs` then holds.
    async fn try_act(
        &self,
        edition: &Edition,
        request: &Request,
        held: &Held,
        (decide, tell): (&impl Fn(&State) -> Result<Vec<Fact>, Refusal>, &impl Fn(&State, &[Fact]) -> Vec<String>),
        needs: &mut Needs,
    ) -> Result<Option<Outcome>> {
        let mut tx = self.pool.write().await?;
        let mut heads = BTreeMap::new();
        for chain in &needs.chains {
            heads.insert(chain.clone(), Head::take(&mut tx, &edition.id, chain).await?);
        }
        let mut secrets = Secrets::default();
        if let Some(recorded) = happened(&mut tx, edition, request, &mut secrets).await? {
            return Ok(Some(Outcome::Recorded(recorded)));
        }
        if needs.still(&mut tx, edition).await? {
            return Ok(None);
        }
        let rows = load::rows(&mut tx, &edition.id, &needs.parts).await?;
        let mut state = load::state(&mut tx, edition, &rows, &mut secrets).await?;
        let stale = stale(&rows, &request.seen)?;
        if !stale.is_empty() {
            return Ok(Some(Outcome::Stale(stale)));
        }
        let facts = match decide(&state) {
            Ok(facts) => facts,
            Err(refusal) => return Ok(Some(Outcome::Refused(Box::new(refusal)))),
        };
        if needs.extend(&facts) {
            return Ok(None);
        }
        if facts.is_empty() {
            return Ok(Some(Outcome::Recorded(Recorded { facts, positions: Vec::new(), again: false })));
        }
        let writes = award::record::apply(&mut state, &facts);
        let mut appending = Appending { tx, edition, request, secrets, heads };
        let positions = appending.write(&facts, writes, &rows).await?;
        held.record(&mut appending.tx, &edition.id, &request.id, &instant(request.at)).await?;
        letter::write(&mut appending.tx, &edition.id, &request.id, request.at, &tell(&state, &facts)).await?;
        appending.tx.commit().await?;
        if facts.iter().any(|fact| matches!(fact, Fact::NamesErased(_))) {
            self.pool.forget().await;
        }
        Ok(Some(Outcome::Recorded(Recorded { facts, positions, again: false })))
    }
}

/// What an act must hold before it can be decided and written.
struct Needs {
    chains: BTreeSet<Chain>,
    parts: BTreeSet<Part>,
}

impl Needs {
    /// Adds what some facts touch; tells whether that was more than before.
    fn extend(&mut self, facts: &[Fact]) -> bool {
        let chains: Vec<Chain> = facts.iter().flat_map(Chain::touched_by).filter(|chain| !self.chains.contains(chain)).collect();
        let parts: Vec<Part> = facts.iter().flat_map(Part::changed_by).filter(|part| !part.is_within(&self.parts)).collect();
        let more = !chains.is_empty() || !parts.is_empty();
        self.chains.extend(chains);
        self.parts.extend(parts);
        more
    }

    /// Adds the chains that must stand still while the parts are looked at; tells whether there was one that is not held yet. From then
    /// on no chain begins until the transaction ends: see [`Head::take`].
    async fn still(&mut self, tx: &mut Tx, edition: &Edition) -> Result<bool> {
        if !self.parts.iter().any(Part::is_across_rounds) {
            return Ok(false);
        }
        wait_for_edition(tx, &edition.id).await?;
        let mut found = BTreeSet::new();
        for row in tx.rows("select chain from chain where edition = $1", &cells![&edition.id]).await? {
            let name = row.text(0)?;
            found.insert(name.parse::<Chain>().map_err(|_| misfit("chain", &format!("`{name}` is no name of one")))?);
        }
        found.retain(|chain| !self.chains.contains(chain) && self.parts.iter().any(|part| part.needs_still(chain)));
        let more = !found.is_empty();
        self.chains.extend(found);
        Ok(more)
    }
}

/// Waits until nobody else of the edition does what only one may do at a time: beginning a chain, sealing a name that is new, looking
/// across rounds.
async fn wait_for_edition(tx: &mut Tx, edition: &str) -> Result<()> {
    tx.run("update edition set opened_at = opened_at where id = $1", &cells![edition]).await?;
    Ok(())
}

/// The end of a chain, held until the transaction ends.
struct Head {
    frontier: Frontier,
}

impl Head {
    /// Takes the next position. Whoever else wants to append to the chain waits here.
    async fn take(tx: &mut Tx, edition: &str, chain: &Chain) -> Result<Head> {
        let chain = chain.to_string();
        let update = "update chain set position = position + 1 where edition = $1 and chain = $2 returning position, edge";
        let mut row = tx.row(update, &cells![edition, &chain]).await?;
        if row.is_none() {
            wait_for_edition(tx, edition).await?;
            let insert = "insert into chain (edition, chain, position, edge) values ($1, $2, 0, '') on conflict (edition, chain) do nothing";
            tx.run(insert, &cells![edition, &chain]).await?;
            row = tx.row(update, &cells![edition, &chain]).await?;
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

/// The answer to an act that happened before under the same id: the same deed by the same person in the same edition. When it was sent again,
/// and by which of the person's roles, may differ: a retry comes later.
async fn happened(tx: &mut Tx, edition: &Edition, request: &Request, secrets: &mut Secrets) -> Result<Option<Recorded>> {
    let sql = "select chain, position, bytes, edition from leaf where act = $1 order by edition, chain";
    let rows = tx.rows(sql, &cells![&request.id]).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let used = || Error::KeyUsed(request.id.clone());
    for row in &rows {
        if row.text(3)? != edition.id {
            return Err(used());
        }
    }
    let leaf = Leaf::parse(first.text(2)?.as_bytes()).map_err(|error| misfit("leaf", &error.to_string()))?;
    if leaf.actor != request.person {
        return Err(used());
    }
    let mut body = leaf.body;
    secrets.look_up(tx, &edition.id, std::slice::from_ref(&body)).await?;
    secrets.open(&mut body)?;
    let (act, facts) = opened(body)?;
    if act.deed != request.act.deed {
        return Err(used());
    }
    let position = |row: &crate::sql::Row| {
        let position = u64::try_from(row.whole(1)?).map_err(|error| misfit("leaf", &error.to_string()))?;
        Ok((row.text(0)?, position))
    };
    let positions = rows.iter().map(position).collect::<Result<_>>()?;
    Ok(Some(Recorded { facts, positions, again: true }))
}

/// The act and the facts in the opened body of a leaf.
pub(crate) fn opened(mut body: Value) -> Result<(Act, Vec<Fact>)> {
    let act = serde_json::from_value(body["act"].take()).map_err(|error| misfit("act", &error.to_string()))?;
    let facts = serde_json::from_value(body["facts"].take()).map_err(|error| misfit("fact", &error.to_string()))?;
    Ok((act, facts))
}

/// The edition and the rulebook under which an act was decided, as its leaf names them.
pub(crate) fn under(edition: &Edition) -> Value {
    json!({ "edition": edition.id, "rulebook": edition.rulebook.to_string() })
}

/// What changed since it was seen.
fn stale(rows: &Rows, seen: &[Seen]) -> Result<Vec<Stale>> {
    let mut stale = Vec::new();
    for seen in seen {
        let found = rows.get(&seen.address);
        if found.map(|kept| kept.version) != seen.version {
            let mut theirs = found.map(|kept| serde_json::from_str::<Value>(&kept.body)).transpose();
            if let Ok(Some(theirs)) = &mut theirs {
                Secrets::hide(theirs)?;
            }
            let theirs = theirs.map_err(|error| misfit(&name(&seen.address), &error.to_string()))?;
            let (address, version) = (seen.address.clone(), seen.version);
            stale.push(Stale { address, seen: version, found: found.map(|kept| kept.version), theirs });
        }
    }
    Ok(stale)
}

struct Appending<'a> {
    tx: Tx,
    edition: &'a Edition,
    request: &'a Request,
    secrets: Secrets,
    heads: BTreeMap<Chain, Head>,
}

impl Appending<'_> {
    async fn write(&mut self, facts: &[Fact], writes: Vec<Write>, rows: &Rows) -> Result<Vec<(String, u64)>> {
        let body = json!({ "act": self.request.act, "facts": facts, "under": under(self.edition) });
        let places = award::personal::texts(&body);
        let body = self.seal(body, places).await?;
        for (turn, write) in writes.into_iter().enumerate() {
            self.record(i64::try_from(turn).unwrap_or(i64::MAX), write, rows).await?;
        }
        for fact in facts {
            if let Fact::NamesErased(erasure) = fact {
                personal::erase(&mut self.tx, &self.edition.id, &erasure.commitments).await?;
            }
        }
        self.leaves(&body).await
    }

    async fn seal(&mut self, mut value: Value, places: Vec<award::personal::Personal>) -> Result<Value> {
        self.secrets.look_up_texts(&mut self.tx, &self.edition.id, &value, &places).await?;
        if self.secrets.lacks_one_of(&value, &places) {
            // Another round may be writing the same name for the first time: one after the other, so that it gets one commitment.
            wait_for_edition(&mut self.tx, &self.edition.id).await?;
            self.secrets.look_up_texts(&mut self.tx, &self.edition.id, &value, &places).await?;
        }
        let new = self.secrets.seal(&mut value, places, &mut fresh_salt)?;
        personal::keep(&mut self.tx, &self.edition.id, &new).await?;
        Ok(value)
    }

    async fn record(&mut self, turn: i64, write: Write, rows: &Rows) -> Result<()> {
        let Write { address, chain, body } = write;
        let edition = &self.edition.id;
        let contest = address.contest.as_ref().map(award::ContestKey::path).unwrap_or_default();
        let candidate = address.candidate.as_ref().map(ToString::to_string).unwrap_or_default();
        let key = cells![edition, contest, candidate, address.noun.name(), &address.name];
        let Some(body) = body else {
            let delete = "delete from record where edition = $1 and contest = $2 and candidate = $3 and noun = $4 and name = $5";
            self.tx.run(delete, &key).await?;
            return Ok(());
        };
        let position = self.heads.get(&chain).map(|head| head.frontier.size()).and_then(|size| i64::try_from(size).ok());
        let position = position.ok_or_else(|| misfit("record", &format!("{} is of a chain that is not held", name(&address))))?;
        let places = award::personal::texts_of_record(&address, &body);
        let body = text(&self.seal(body, places).await?)?;
        if rows.contains_key(&address) {
            let update = "update record set version = $6, body = $7 where edition = $1 and contest = $2 and candidate = $3 and noun = $4 and name = $5";
            let cells = [key.as_slice(), &cells![position, body]].concat();
            self.tx.run(update, &cells).await?;
        } else {
            let insert = "insert into record (edition, contest, candidate, noun, name, chain, born, turn, version, body) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
            let cells = [key.as_slice(), &cells![chain.to_string(), position, turn, position, body]].concat();
            self.tx.run(insert, &cells).await?;
        }
        Ok(())
    }

    async fn leaves(&mut self, body: &Value) -> Result<Vec<(String, u64)>> {
        let chains: Vec<String> = sorted(self.heads.keys());
        let mut positions = Vec::new();
        for (chain, head) in &mut self.heads {
            let chain = chain.to_string();
            let leaf = Leaf {
                chain: chain.clone(),
                position: head.frontier.size(),
                act: self.request.id.clone(),
                at: Some(instant(self.request.at)),
                actor: self.request.person.clone(),
                chains: chains.clone(),
                body: body.clone(),
            };
            append(&mut self.tx, &self.edition.id, &self.request.act, &leaf, &mut head.frontier).await?;
            positions.push((chain, leaf.position));
        }
        Ok(positions)
    }
}

fn sorted<'c>(chains: impl Iterator<Item = &'c Chain>) -> Vec<String> {
    let mut chains: Vec<String> = chains.map(ToString::to_string).collect();
    chains.sort();
    chains
}

async fn append(tx: &mut Tx, edition: &str, act: &Act, leaf: &Leaf, frontier: &mut Frontier) -> Result<()> {
    let problem = |why: String| misfit("leaf", &why);
    let bytes = leaf.bytes().map_err(|error| problem(error.to_string()))?;
    let nodes = frontier.append(journal::hash_leaf(&bytes)).map_err(|error| problem(error.to_string()))?;
    let bytes = String::from_utf8(bytes).map_err(|error| problem(error.to_string()))?;
    let position = i64::try_from(leaf.position).map_err(|error| problem(error.to_string()))?;
    let contest = act.deed.contest().map(award::ContestKey::path).unwrap_or_default();
    let candidate = act.deed.candidate().map(ToString::to_string).unwrap_or_default();
    let insert = "insert into leaf (edition, chain, position, act, recorded_at, actor, deed, contest, candidate, bytes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let at = leaf.at.clone().unwrap_or_default();
    let cells = cells![edition, &leaf.chain, position, &leaf.act, at, &leaf.actor, act.deed.name(), contest, candidate, bytes];
    tx.run(insert, &cells).await?;
    let mut cells = cells![edition, &leaf.chain].to_vec();
    let mut values = Vec::new();
    for node in nodes {
        let place = i64::try_from(node.index).map_err(|error| problem(error.to_string()))?;
        values.push(format!("($1, $2, ${}, ${}, ${})", cells.len() + 1, cells.len() + 2, cells.len() + 3));
        cells.extend(cells![i64::from(node.level), place, node.hash.to_string()]);
    }
    tx.run_of(format!("insert into node (edition, chain, level, place, hash) values {}", values.join(", ")), &cells).await?;
    let update = "update chain set edge = $3 where edition = $1 and chain = $2";
    tx.run(update, &cells![edition, &leaf.chain, edge(frontier)]).await?;
    Ok(())
}

/// The right edge of a tree as its row keeps it.
pub(crate) fn edge(frontier: &Frontier) -> String {
    frontier.hashes().iter().map(Hash::to_string).collect::<Vec<_>>().join(" ")
}

/// A sealed value as its row keeps it.
pub(crate) fn text(value: &Value) -> Result<String> {
    let bytes = journal::canon(value).map_err(|error| misfit("record", &error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| misfit("record", &error.to_string()))
}

/// An instant as fixed-width text, in UTC, to the microsecond.
pub(crate) fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

pub(crate) fn fresh_salt() -> Option<journal::Salt> {
    let mut salt = [0; 32];
    getrandom::fill(&mut salt).ok().map(|()| salt)
}
