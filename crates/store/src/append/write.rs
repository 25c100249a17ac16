//! Writing what was decided: records, personal texts, a leaf in each chain that is held, and the nodes of its tree.

use std::collections::BTreeMap;

use award::record::Write;
use award::{Act, Chain, Fact};
use journal::{Frontier, Leaf};
use serde_json::{Value, json};

use super::head::{Head, wait_for_edition};
use super::{Request, edge, fresh_salt, instant, text};
use crate::edition::Edition;
use crate::error::Result;
use crate::load::{misfit, name};
use crate::personal::{self, Secrets};
use crate::sql::{Batch, Cell, Tx, cells};

pub(super) struct Appending<'a> {
    pub(super) tx: Tx,
    pub(super) edition: &'a Edition,
    pub(super) request: &'a Request,
    /// The act as it happened.
    pub(super) act: Act,
    /// The edition and the rulebook under which it was decided.
    pub(super) under: Value,
    pub(super) secrets: Secrets,
    pub(super) heads: BTreeMap<Chain, Head>,
    /// What is to be written: all of it is sent together at the end.
    pub(super) batch: Batch,
}

/// So many records are written with one statement.
const RECORDS_AT_ONCE: usize = 40;

impl Appending<'_> {
    /// Makes the statements that write an act. What it erases or seals for the first time is written at once.
    pub(super) async fn write(&mut self, facts: &[Fact], writes: Vec<Write>) -> Result<Vec<(String, u64)>> {
        let body = json!({ "act": self.act, "facts": facts, "under": self.under });
        let places = award::personal::texts(&body);
        let body = self.seal(body, places).await?;
        self.records(writes).await?;
        for fact in facts {
            if let Fact::NamesErased(erasure) = fact {
                personal::erase(&mut self.tx, &self.edition.id, &erasure.commitments).await?;
            }
        }
        self.leaves(&body)
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

    /// Takes records away and writes others: a new one where it comes from, one that is there with its value and version only.
    async fn records(&mut self, writes: Vec<Write>) -> Result<()> {
        let (mut rows, mut cells) = (0, cells![&self.edition.id].to_vec());
        for (turn, write) in writes.into_iter().enumerate() {
            let Write { address, chain, body } = write;
            let contest = address.contest.as_ref().map(award::ContestKey::path).unwrap_or_default();
            let candidate = address.candidate.as_ref().map(ToString::to_string).unwrap_or_default();
            let Some(body) = body else {
                let delete =
                    "delete from record where edition = $1 and contest = $2 and candidate = $3 and noun = $4 and name = $5";
                let key = cells![&self.edition.id, contest, candidate, address.noun.name(), &address.name];
                self.batch.add(delete, key);
                continue;
            };
            let position = self.heads.get(&chain).map(|head| head.frontier.size()).and_then(|size| i64::try_from(size).ok());
            let position =
                position.ok_or_else(|| misfit("record", &format!("{} is of a chain that is not held", name(&address))))?;
            let places = award::personal::texts_of_record(&address, &body);
            let body = text(&self.seal(body, places).await?)?;
            let turn = i64::try_from(turn).unwrap_or(i64::MAX);
            let row = cells![contest, candidate, address.noun.name(), address.name, chain.to_string(), position, turn, body];
            cells.extend(row);
            rows += 1;
            if rows == RECORDS_AT_ONCE {
                put(&mut self.batch, rows, std::mem::replace(&mut cells, cells![&self.edition.id].to_vec()));
                rows = 0;
            }
        }
        put(&mut self.batch, rows, cells);
        Ok(())
    }

    fn leaves(&mut self, body: &Value) -> Result<Vec<(String, u64)>> {
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
            append(&mut self.batch, &self.edition.id, &self.act, &leaf, &mut head.frontier)?;
            positions.push((chain, leaf.position));
        }
        Ok(positions)
    }
}

/// Writes so many records with one statement.
fn put(batch: &mut Batch, rows: usize, cells: Vec<Cell>) {
    if rows == 0 {
        return;
    }
    let mut sql =
        "insert into record (edition, contest, candidate, noun, name, chain, born, turn, version, body) values ".to_owned();
    for row in 0..rows {
        let from = 2 + 8 * row;
        let place = |behind: usize| from + behind;
        let comma = if row == 0 { "" } else { ", " };
        // A record that is new was born with this version.
        sql.push_str(&format!(
            "{comma}($1, ${}, ${}, ${}, ${}, ${}, ${}, ${}, ${}, ${})",
            place(0),
            place(1),
            place(2),
            place(3),
            place(4),
            place(5),
            place(6),
            place(5),
            place(7)
        ));
    }
    sql.push_str(
        " on conflict (edition, contest, candidate, noun, name) do update set version = excluded.version, body = excluded.body",
    );
    batch.add(sql, cells);
}

fn sorted<'c>(chains: impl Iterator<Item = &'c Chain>) -> Vec<String> {
    let mut chains: Vec<String> = chains.map(ToString::to_string).collect();
    chains.sort();
    chains
}

fn append(batch: &mut Batch, edition: &str, act: &Act, leaf: &Leaf, frontier: &mut Frontier) -> Result<()> {
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
    batch.add(insert, cells);
    let mut cells = cells![edition, &leaf.chain].to_vec();
    let mut values = Vec::new();
    for node in nodes {
        let place = i64::try_from(node.index).map_err(|error| problem(error.to_string()))?;
        values.push(format!("($1, $2, ${}, ${}, ${})", cells.len() + 1, cells.len() + 2, cells.len() + 3));
        cells.extend(cells![i64::from(node.level), place, node.hash.to_string()]);
    }
    batch.add(format!("insert into node (edition, chain, level, place, hash) values {}", values.join(", ")), cells);
    let update = "update chain set edge = $3 where edition = $1 and chain = $2";
    batch.add(update, cells![edition, &leaf.chain, edge(frontier)]);
    Ok(())
}
