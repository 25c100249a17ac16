//! Versions of an edition's rulebook beside its own: which rounds were moved to one, and the texts that are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use award::record::Noun;
use award::round::RulebookMove;
use award::state::Versions;
use award::{Deed, RoundKey, RulebookPin};
use journal::Hash;
use rules::Rulebook;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::edition::Edition;
use crate::error::Result;
use crate::load::{Rows, misfit};
use crate::sql::{Cell, Tx, cells};

/// So many rounds are asked for with one statement.
const ROUNDS_AT_ONCE: usize = 200;

/// Versions that were read: a text never changes under its hash, so each is read once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelf(Arc<Mutex<BTreeMap<String, Arc<Rulebook>>>>);

impl Shelf {
    fn find(&self, hash: &str) -> Option<Arc<Rulebook>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(hash).cloned()
    }

    fn put(&self, hash: &str, rules: &Arc<Rulebook>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(hash.to_owned(), Arc::clone(rules));
    }
}

/// What of a round's record says by which version it goes.
#[derive(Deserialize)]
struct Pinned {
    #[serde(default)]
    rulebooks: Vec<(RulebookPin, IgnoredAny)>,
    #[serde(default)]
    proposed: Option<Proposed>,
}

#[derive(Deserialize)]
struct Proposed {
    to: RulebookPin,
}

/// The versions by which these rounds and those of some rows go, and those that are proposed for them or `meant` by an act.
pub(crate) async fn versions(
    tx: &mut Tx,
    edition: &Edition,
    rows: &Rows,
    rounds: BTreeSet<String>,
    meant: &[RulebookPin],
) -> Result<Versions> {
    let mut versions = Versions::default();
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    let own = edition.rulebook.to_string();
    let mut named = BTreeSet::new();
    for (address, kept) in rows.iter().filter(|(address, _)| address.noun == Noun::Round) {
        let pinned = read(&address.name, &kept.body)?;
        wanted.extend(pinned.rulebooks.last().map(|(pin, _)| pin.hash.clone()));
        wanted.extend(pinned.proposed.map(|proposed| proposed.to.hash));
        named.insert(address.name.clone());
    }
    let unnamed: BTreeSet<String> = rounds.into_iter().filter(|round| !named.contains(round)).collect();
    for (round, pin) in moved(tx, edition, &unnamed).await? {
        wanted.insert(pin.hash.clone());
        versions.pinned(round, pin);
    }
    wanted.remove(&own);
    for hash in wanted {
        let rules = book(tx, edition, &hash).await?;
        let rules = rules
            .ok_or_else(|| misfit("rulebook", &format!("a round goes by the one with the hash {hash}, and it is not kept")))?;
        versions.keep(&hash, rules);
    }
    for pin in meant.iter().filter(|pin| pin.hash != own) {
        if let Some(rules) = book(tx, edition, &pin.hash).await? {
            versions.keep(&pin.hash, rules);
        }
    }
    Ok(versions)
}

/// The versions that acts mean to put a round under.
pub(crate) fn meant<'d>(deeds: impl IntoIterator<Item = &'d Deed>) -> Vec<RulebookPin> {
    let to = |deed: &Deed| match deed {
        Deed::ProposeRulebook(_, RulebookMove { to, .. }) => Some(to.clone()),
        _ => None,
    };
    deeds.into_iter().filter_map(to).collect()
}

/// Rounds that were moved, of those whose own records were not looked at. Where no other version is kept nothing is read.
async fn moved(tx: &mut Tx, edition: &Edition, rounds: &BTreeSet<String>) -> Result<Vec<(RoundKey, RulebookPin)>> {
    let mut found = Vec::new();
    let rounds: Vec<&String> = rounds.iter().collect();
    for some in rounds.chunks(ROUNDS_AT_ONCE) {
        let places: Vec<String> = (3..some.len() + 3).map(|place| format!("${place}")).collect();
        let sql = format!(
            "select name, body from record where edition = $1 and contest = '' and candidate = '' and noun = 'round'
             and name in ({}) and exists (select 1 from rulebook r where r.hash <> $2 and record.body like '%' || r.hash || '%')",
            places.join(", ")
        );
        let mut values: Vec<Cell> = cells![&edition.id, edition.rulebook.to_string()].into();
        values.extend(some.iter().map(|round| Cell::from(round.as_str())));
        for row in tx.rows_of(sql, &values).await? {
            let (name, body) = (row.text(0)?, row.text(1)?);
            let key = RoundKey::parse(&name).ok_or_else(|| misfit("round", &format!("`{name}` is no path of one")))?;
            let pin = read(&name, &body)?.rulebooks.pop().map(|(pin, _)| pin);
            found.extend(pin.filter(|pin| pin.hash != edition.rulebook.to_string()).map(|pin| (key, pin)));
        }
    }
    Ok(found)
}

fn read(round: &str, body: &str) -> Result<Pinned> {
    serde_json::from_str(body).map_err(|error| misfit(&format!("round {round}"), &crate::load::unquoted(&error.to_string())))
}

/// The rulebook with a hash, if it is kept with that very text; read once for each edition.
async fn book(tx: &mut Tx, edition: &Edition, hash: &str) -> Result<Option<Arc<Rulebook>>> {
    if let Some(known) = edition.shelf.find(hash) {
        return Ok(Some(known));
    }
    let Some(row) = tx.row("select body from rulebook where hash = $1", &cells![hash]).await? else { return Ok(None) };
    let Some(rules) = sound(hash, &row.text(0)?) else { return Ok(None) };
    edition.shelf.put(hash, &rules);
    Ok(Some(rules))
}

fn sound(hash: &str, body: &str) -> Option<Arc<Rulebook>> {
    let rules = rules::read("rulebook", body).ok().filter(|_| Hash::of(&[body.as_bytes()]).to_string() == hash)?;
    Some(Arc::new(rules))
}

/// Every version that is kept of an edition's rulebook beside its own, for whoever folds the whole journal.
pub(crate) async fn all(tx: &mut Tx, edition: &Edition) -> Result<Versions> {
    let mut versions = Versions::default();
    let rows = tx.rows("select hash, body from rulebook where hash <> $1", &cells![edition.rulebook.to_string()]).await?;
    for row in rows {
        let hash = row.text(0)?;
        // Nothing is taken from the shelf: what is verified is what is kept.
        if let Some(rules) = sound(&hash, &row.text(1)?).filter(|rules| rules.edition.id == edition.rules.edition.id) {
            versions.keep(&hash, rules);
        }
    }
    Ok(versions)
}
