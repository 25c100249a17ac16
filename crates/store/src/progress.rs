//! How far the contests of an edition are: what an office looks at in the morning, and the nation as a whole.

use std::collections::{BTreeMap, BTreeSet};

use award::ContestKey;
use award::record::Noun;
use award::stage::objection::Published;
use award::state::Contest;

use crate::edition::Edition;
use crate::error::Result;
use crate::load::{self, misfit, read, select};
use crate::open::Store;
use crate::sql::{Tx, cells};

/// How far a contest is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Which.
    pub contest: ContestKey,
    /// What was decided about the contest as a whole, and whether its provisional result is published; its entries, sheets, counts and the
    /// rest of its closing are left out. A contest about which nothing was decided
    /// yet is as it was when its first candidate entered.
    pub so_far: Contest,
    /// How many records of each noun stand in it: entries, sheets, claims, and 1 where it is counted or ratified.
    pub records: BTreeMap<Noun, u64>,
}

impl Progress {
    /// How many records of a noun stand in the contest.
    pub fn of(&self, noun: Noun) -> u64 {
        self.records.get(&noun).copied().unwrap_or_default()
    }
}

impl Store {
    /// How far each contest of an edition is, in order, at one moment. No entry is read: the records of the contests are, the others are
    /// counted.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Misfit`] if a record is not as this program writes it; otherwise what the database says.
    pub async fn progress(&self, edition: &Edition) -> Result<Vec<Progress>> {
        let mut tx = self.pool.read().await?;
        let found = tx.rows(select!("noun = 'contest'"), &cells![&edition.id]).await?;
        let rows = found.iter().map(read).collect::<Result<load::Rows>>()?;
        let mut state = load::state_without_names(&mut tx, edition, &rows).await?;
        let count = "select contest, noun, count(*) from record where edition = $1 group by contest, noun";
        let mut records: BTreeMap<ContestKey, BTreeMap<Noun, u64>> = BTreeMap::new();
        for row in tx.rows(count, &cells![&edition.id]).await? {
            let (Some(contest), noun) = (load::parse_contest(&row.text(0)?)?, row.text(1)?) else { continue };
            let noun = Noun::named(&noun).ok_or_else(|| misfit("record", &format!("there is no noun `{noun}`")))?;
            records.entry(contest).or_default().insert(noun, row.whole(2)?.unsigned_abs());
        }
        for (contest, published) in publications(&mut tx, edition).await? {
            state.contests.entry(contest).or_default().closing.published = published;
        }
        let contests: BTreeSet<ContestKey> = state.contests.keys().chain(records.keys()).cloned().collect();
        let progress = |contest: ContestKey| {
            let so_far = state.contests.remove(&contest).unwrap_or_default();
            let records = records.remove(&contest).unwrap_or_default();
            Progress { contest, so_far, records }
        };
        Ok(contests.into_iter().map(progress).collect())
    }
}

/// The publications of provisional results. The record in which they stand refers to counts, which are not read here.
async fn publications(tx: &mut Tx, edition: &Edition) -> Result<Vec<(ContestKey, Option<Published>)>> {
    #[derive(serde::Deserialize)]
    struct Row {
        published: Option<Published>,
    }
    let mut known = Vec::new();
    for row in tx.rows(select!("noun = 'closing'"), &cells![&edition.id]).await? {
        let (address, kept) = read(&row)?;
        let broken = |error: serde_json::Error| misfit(&load::name(&address), &error.to_string());
        let Row { published } = serde_json::from_str(&kept.body).map_err(broken)?;
        known.extend(address.contest.map(|contest| (contest, published)));
    }
    Ok(known)
}
