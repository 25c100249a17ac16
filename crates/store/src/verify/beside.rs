//! What stands beside the journal and is compared with it: the edition's rulebook, personal texts, rows of no edition.

use std::collections::BTreeSet;

use award::{Deed, Fact};
use journal::{Hash, Leaf};
use serde_json::Value;

use super::{Checked, Difference};
use crate::edition::Edition;
use crate::personal::{Secrets, commitments};
use crate::referred::referred;
use crate::sql::{Tx, cells};

/// The tables whose rows belong to an edition.
const OF_EDITIONS: [&str; 7] = ["chain", "leaf", "node", "record", "personal", "checkpoint", "file_use"];

/// Whether the row of an edition names the rulebook with which it was opened, and that one has the text of its hash.
pub(super) async fn edition(tx: &mut Tx, edition: &Edition) -> Checked {
    let place = format!("rulebook of {}", edition.id);
    let sql = "select e.rulebook, r.body from edition e join rulebook r on r.hash = e.rulebook where e.id = $1";
    let Some(row) = tx.row(sql, &cells![&edition.id]).await? else {
        return Err(Difference::new(place, "there is no such edition, or no rulebook with the hash that it names").into());
    };
    let (hash, body) = (row.text(0)?, row.text(1)?);
    if hash != edition.rulebook.to_string() || Hash::of(&[body.as_bytes()]) != edition.rulebook {
        return Err(Difference::new(place, "its text is not the one that was sealed").into());
    }
    Ok(())
}

/// No row may stand in a table for an edition that is not there.
pub(super) async fn strangers(tx: &mut Tx) -> Checked {
    for table in OF_EDITIONS {
        let sql = format!("select edition from {table} where edition not in (select id from edition) limit 1");
        if let Some(row) = tx.rows_of(sql, &cells![]).await?.first() {
            return Err(Difference::new(
                format!("table {table}"),
                format!("it has a row of `{}`, which is no edition", row.text(0)?),
            )
            .into());
        }
    }
    Ok(())
}

/// What the leaves say of the tables beside them.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// Commitments that stand in a leaf or a record.
    used: BTreeSet<Hash>,
    /// Commitments whose texts an act erased.
    erased: BTreeSet<String>,
    /// Which act names which file.
    named: BTreeSet<(String, String)>,
}

impl Beside {
    /// Notes what a sealed body and its facts say.
    pub(super) fn note(&mut self, body: &Value, facts: &[Fact]) {
        let mut found = Vec::new();
        commitments(body, &mut found);
        self.used.extend(found);
        for fact in facts {
            if let Fact::NamesErased(erasure) = fact {
                self.erased.extend(erasure.commitments.iter().cloned());
            }
        }
    }

    /// Notes which files an act names.
    pub(super) fn note_files(&mut self, leaf: &Leaf, deed: &Deed) {
        self.named.extend(award::files::named(deed).into_iter().map(|file| (file.hash, leaf.act.clone())));
    }

    /// Whether the files on record are those that acts name; how many are kept, and how many are not kept here.
    pub(super) async fn files(&self, tx: &mut Tx, edition: &Edition) -> Checked<(usize, usize)> {
        // Also files of other editions: a row that no act explains belongs to none. SQLite would look through all leaves of the edition for each
        // file, if it could find them by the edition alone: it must begin with the act.
        let sql = "select hash from file where not exists (select 1 from file_use u join leaf l on l.act = u.act and (l.edition || '') = u.edition
                   where u.hash = file.hash and l.recorded_at = file.recorded_at) limit 1";
        if let Some(row) = tx.row(sql, &cells![]).await? {
            let why = "no act that was recorded at the time in its row refers to it";
            return Err(Difference::new(format!("file {}", row.text(0)?), why).into());
        }
        let rows = referred(tx, edition).await?;
        let on_record: BTreeSet<(String, String)> =
            rows.iter().flat_map(|file| file.acts.iter().map(|act| (file.hash.to_string(), act.clone()))).collect();
        if let Some((hash, act)) = self.named.symmetric_difference(&on_record).next() {
            let why = if self.named.contains(&(hash.clone(), act.clone())) {
                "names it and it is not on record"
            } else {
                "does not name it"
            };
            return Err(Difference::new(format!("file {hash}"), format!("the act {act} {why}")).into());
        }
        let kept = rows.iter().filter(|file| file.kept.is_some()).count();
        Ok((kept, rows.len() - kept))
    }

    /// Whether each row of a personal text belongs to a leaf, and is erased if and only if an act erased it.
    pub(super) fn personal(&self, secrets: &Secrets) -> Checked {
        for (commitment, is_erased) in secrets.rows() {
            let why = if !self.used.contains(commitment) {
                "no leaf and no record refers to it"
            } else if self.erased.contains(&commitment.to_string()) != is_erased {
                if is_erased { "it is gone and no act erased it" } else { "an act erased it and it is there" }
            } else {
                continue;
            };
            return Err(Difference::new(format!("personal text {commitment}"), why).into());
        }
        Ok(())
    }
}
