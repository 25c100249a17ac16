//! Letters on their way out. They are written in the transaction of the act that they tell of; workers of any number of nodes take them for a
//! while, send them, and say how it went. A letter may be sent twice, if a worker dies after sending, but never lost.

use jiff::{SignedDuration, Timestamp};

use crate::append::instant;
use crate::error::Result;
use crate::open::Store;
use crate::sql::{Batch, cells};

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

/// A letter that has not gone out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsentLetter {
    /// Its id.
    pub id: String,
    /// The edition that it belongs to.
    pub edition: String,
    /// What it says and to whom, as the office writes it down.
    pub body: String,
    /// When it was made, as text in UTC.
    pub made_at: String,
    /// How often it was tried.
    pub tries: i64,
    /// When it was given up, as text in UTC; empty while it waits.
    pub given_up_at: String,
    /// Why the last try failed; empty before the first.
    pub why: String,
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

/// No letter waits longer than this for its next try.
const PUT_OFF_MAX: SignedDuration = SignedDuration::from_hours(24);

/// Writes the letters of an act.
pub(crate) fn write(batch: &mut Batch, edition: &str, act: &str, at: Timestamp, letters: &[String]) {
    for (number, body) in letters.iter().enumerate() {
        let insert = "insert into letter
            (id, edition, body, made_at, due_at, tries, taken_by, taken_until, ended_at, outcome)
            values ($1, $2, $3, $4, $4, 0, '', '', '', '')";
        batch.add(insert, cells![format!("{act}/{number}"), edition, body, instant(at)]);
    }
}

impl Store {
    /// Takes letters that are due, for a worker and until an instant, oldest first.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn take_letters(&self, worker: &str, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<LetterRow>> {
        let mut tx = self.pool.write().await?;
        // Two workers may have found the same letters; the second one waits for the first and then asks each row again. A clock that went wrong
        // may have written a time to come: whoever took a letter for longer than anybody may, or put it off for longer than a letter ever
        // waits, holds up nobody.
        let update = "update letter set taken_by = $1, taken_until = $3
            where ended_at = '' and (taken_until <= $2 or taken_until > $3) and id in
            (select id from letter where ended_at = '' and (due_at <= $2 or due_at > $5) and (taken_until <= $2 or taken_until > $3)
             order by due_at, id limit $4)
            returning id, edition, body, tries";
        let longest = instant(now + PUT_OFF_MAX);
        let rows = tx.rows(update, &cells![worker, instant(now), instant(until), i64::from(limit), longest]).await?;
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

    /// Writes down anew what a letter says and to whom, for the worker that has it. False if another worker has it by now.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn rewrite_letter(&self, id: &str, worker: &str, body: &str) -> Result<bool> {
        let mut tx = self.pool.write().await?;
        let update = "update letter set body = $3 where id = $1 and taken_by = $2 and ended_at = ''";
        let written = tx.run(update, &cells![id, worker, body]).await?;
        tx.commit().await?;
        Ok(written > 0)
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

    /// The letters that have not gone out, oldest first, at most `limit`: those that wait and those that were given up, or only these.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn unsent_letters(&self, only_given_up: bool, limit: u32) -> Result<Vec<UnsentLetter>> {
        let mut tx = self.pool.read().await?;
        let sql = "select id, edition, body, made_at, tries, ended_at, outcome from letter
                   where (ended_at = '' and $1 = '') or (ended_at <> '' and outcome <> '') order by made_at, id limit $2";
        let only = if only_given_up { "given up" } else { "" };
        let letter = |row: &crate::sql::Row| {
            let (id, edition, body, made_at) = (row.text(0)?, row.text(1)?, row.text(2)?, row.text(3)?);
            Ok(UnsentLetter { id, edition, body, made_at, tries: row.whole(4)?, given_up_at: row.text(5)?, why: row.text(6)? })
        };
        tx.rows(sql, &cells![only, i64::from(limit)]).await?.iter().map(letter).collect()
    }

    /// Letters that were given up are due again now, as if they had never been tried: one by its id, or all. Tells how many there were.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn post_again(&self, id: Option<&str>, now: Timestamp) -> Result<u64> {
        let mut tx = self.pool.write().await?;
        let update = "update letter set due_at = $2, tries = 0, taken_by = '', taken_until = '', ended_at = '', outcome = ''
            where ended_at <> '' and outcome <> '' and ($1 = '' or id = $1)";
        let again = tx.run(update, &cells![id.unwrap_or_default(), instant(now)]).await?;
        tx.commit().await?;
        Ok(again)
    }
}
