//! Letters on their way out. They are written in the transaction of the act that they tell of; workers of any number of nodes take them for a
//! while, send them, and say how it went. A letter may be sent twice, if a worker dies after sending, but never lost.

use jiff::Timestamp;

use crate::append::instant;
use crate::error::Result;
use crate::open::Store;
use crate::sql::{Tx, cells};

/// A letter that a worker has taken.
#[derive(Debug, Clone, PartialEq)]
pub struct LetterRow {
    /// Its id: that of the act, and its number among the act's letters.
    pub id: String,
    /// The edition that it belongs to.
    pub edition: String,
    /// What it says and to whom, as the office writes it down.
    pub body: String,
    /// How often it was tried before.
    pub tries: i64,
}

/// How full the outbox is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Waiting {
    /// So many letters wait.
    pub letters: u64,
    /// The oldest of them was made then, as text in UTC; empty if none waits.
    pub oldest: String,
    /// So many were given up.
    pub given_up: u64,
}

/// Writes the letters of an act.
pub(crate) async fn write(tx: &mut Tx, edition: &str, act: &str, at: Timestamp, letters: &[String]) -> Result<()> {
    for (number, body) in letters.iter().enumerate() {
        let insert = "insert into letter
            (id, edition, body, made_at, due_at, tries, taken_by, taken_until, ended_at, outcome)
            values ($1, $2, $3, $4, $4, 0, '', '', '', '')";
        tx.run(insert, &cells![format!("{act}/{number}"), edition, body, instant(at)]).await?;
    }
    Ok(())
}

impl Store {
    /// Takes letters that are due, for a worker and until an instant, oldest first.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn take_letters(&self, worker: &str, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<LetterRow>> {
        let mut tx = self.pool.write().await?;
        // Two workers may have found the same letters; the second one waits for the first and then asks each row again.
        let update = "update letter set taken_by = $1, taken_until = $3
            where ended_at = '' and taken_until <= $2 and id in
            (select id from letter where ended_at = '' and due_at <= $2 and taken_until <= $2 order by due_at, id limit $4)
            returning id, edition, body, tries";
        let rows = tx.rows(update, &cells![worker, instant(now), instant(until), i64::from(limit)]).await?;
        let letter = |row: &crate::sql::Row| {
            Ok(LetterRow { id: row.text(0)?, edition: row.text(1)?, body: row.text(2)?, tries: row.whole(3)? })
        };
        let mut taken = rows.iter().map(letter).collect::<Result<Vec<_>>>()?;
        taken.sort_by(|a, b| a.id.cmp(&b.id));
        tx.commit().await?;
        Ok(taken)
    }

    /// A letter has been sent, or is given up for the reason told. False if another worker has it by now.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn end_letter(&self, id: &str, worker: &str, at: Timestamp, outcome: &str) -> Result<bool> {
        let mut tx = self.pool.write().await?;
        let update =
            "update letter set ended_at = $3, outcome = $4, tries = tries + 1 where id = $1 and taken_by = $2 and ended_at = ''";
        let ended = tx.run(update, &cells![id, worker, instant(at), outcome]).await?;
        tx.commit().await?;
        Ok(ended > 0)
    }

    /// Sending a letter failed; it is due again later. False if another worker has it by now.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn put_letter_back(&self, id: &str, worker: &str, due: Timestamp, why: &str) -> Result<bool> {
        let mut tx = self.pool.write().await?;
        let update = "update letter set due_at = $3, outcome = $4, tries = tries + 1, taken_by = '', taken_until = ''
            where id = $1 and taken_by = $2 and ended_at = ''";
        let put = tx.run(update, &cells![id, worker, instant(due), why]).await?;
        tx.commit().await?;
        Ok(put > 0)
    }

    /// How full the outbox is.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn letters_waiting(&self) -> Result<Waiting> {
        let mut tx = self.pool.read().await?;
        let waiting = "select cast(count(*) as bigint), coalesce(min(made_at), '') from letter where ended_at = ''";
        let given_up = "select cast(count(*) as bigint) from letter where ended_at <> '' and outcome <> ''";
        let (Some(row), Some(ended)) = (tx.row(waiting, &cells![]).await?, tx.row(given_up, &cells![]).await?) else {
            return Ok(Waiting::default());
        };
        let (letters, given_up) = (row.whole(0)?.unsigned_abs(), ended.whole(0)?.unsigned_abs());
        Ok(Waiting { letters, oldest: row.text(1)?, given_up })
    }
}
