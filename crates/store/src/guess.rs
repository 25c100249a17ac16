//! How often somebody guessed in vain. A guess is counted before it is looked at, in a transaction of its own, so that many at once count as many;
//! all nodes count in the same rows. What must wait, and for how long, the office says.

use jiff::Timestamp;

use crate::append::instant;
use crate::error::Result;
use crate::letter;
use crate::open::Store;
use crate::sql::{Batch, Tx, cells};

/// The failures at one account or from one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuessRow {
    /// At which or from which: a hash.
    pub whom: String,
    /// So many.
    pub failures: i64,
    /// When the last of them was, as text in UTC; empty before the first.
    pub last_at: String,
}

impl Store {
    /// Counts a guess at each of these, if `decides` lets it: that sees what was counted before, in the order asked; what was counted
    /// before `forgotten` no more. Together with it the letters are written that follow from it, which belong to no edition. Gives what was
    /// counted before, in the order asked.
    ///
    /// # Errors
    ///
    /// What the database says. The inner one is what `decides` refused; then nothing was counted.
    pub async fn guess<R: Send>(
        &self,
        whom: &[String],
        (at, forgotten): (Timestamp, Timestamp),
        decides: impl Fn(&[GuessRow]) -> std::result::Result<(), R>,
        (key, letters): (&str, &[String]),
    ) -> Result<std::result::Result<Vec<GuessRow>, R>> {
        let mut tx = self.pool.write().await?;
        let mut sorted: Vec<&String> = whom.iter().collect();
        // Two who guess at the same things wait for each other in one order.
        sorted.sort();
        sorted.dedup();
        for one in &sorted {
            let hold = "insert into guess (whom, failures, last_at) values ($1, 0, '')
                on conflict (whom) do update set failures = case when guess.last_at < $2 then 0 else guess.failures end";
            tx.run(hold, &cells![*one, instant(forgotten)]).await?;
        }
        let mut rows = Vec::new();
        for one in whom {
            rows.push(row(&mut tx, one).await?);
        }
        if let Err(refused) = decides(&rows) {
            return Ok(Err(refused));
        }
        let mut batch = Batch::default();
        for one in &sorted {
            batch.add("update guess set failures = failures + 1, last_at = $2 where whom = $1", cells![*one, instant(at)]);
        }
        letter::write(&mut batch, "", key, at, letters);
        tx.run_all(batch).await?;
        tx.commit().await?;
        Ok(Ok(rows))
    }

    /// It was no guess: what was counted at `own` is gone, and with it as many of those at `others`, which were the same person's. `others` are as
    /// they were counted before it, and `at` is when it was: if nobody guessed there since, their last failure is again the one before, so that
    /// whoever was right makes nobody beside wait.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn guessed_right(&self, own: &str, others: &[GuessRow], at: Timestamp) -> Result<()> {
        let mut tx = self.pool.write().await?;
        let mut failures = 0;
        for whom in sorted(own, others) {
            let hold = "update guess set failures = failures where whom = $1";
            tx.run(hold, &cells![whom]).await?;
            if whom == own {
                failures = row(&mut tx, own).await?.failures;
            }
        }
        let less = "update guess set failures = case when failures > $2 then failures - $2 else 0 end,
            last_at = case when last_at = $3 then $4 else last_at end where whom = $1";
        for other in others {
            tx.run(less, &cells![&other.whom, failures, instant(at), &other.last_at]).await?;
        }
        tx.run("delete from guess where whom = $1", &cells![own]).await?;
        tx.commit().await
    }
}

fn sorted<'a>(own: &'a str, others: &'a [GuessRow]) -> Vec<&'a str> {
    let mut all: Vec<&str> = others.iter().map(|row| row.whom.as_str()).chain([own]).collect();
    all.sort_unstable();
    all
}

async fn row(tx: &mut Tx, whom: &str) -> Result<GuessRow> {
    let found = tx.row("select failures, last_at from guess where whom = $1", &cells![whom]).await?;
    let (failures, last_at) = match &found {
        Some(found) => (found.whole(0)?, found.text(1)?),
        None => (0, String::new()),
    };
    Ok(GuessRow { whom: whom.to_owned(), failures, last_at })
}
