//! The ways in, as they are kept: the hash of a password, the authenticator with its recovery codes, one-time links. They change with the account
//! and its event, in one transaction; what is right or wrong the office says.

use std::fmt;

use jiff::Timestamp;

use crate::append::instant;
use crate::error::Result;
use crate::open::Store;
use crate::sql::{Row, Tx, cells};

/// What becomes of somebody's ways in when the account changes, in the same transaction.
#[derive(Clone, Copy)]
pub enum WayIn<'a> {
    /// They stay as they are.
    Stays,
    /// There is a new password, by its hash.
    Password(&'a str),
    /// The pending authenticator counts from now on, with new recovery codes; the old ones are gone.
    SecondStep {
        /// Its secret, which must be the pending one.
        pending: &'a str,
        /// The step whose code was given.
        step: i64,
        /// The recovery codes, by their hashes.
        recovery: &'a [String],
    },
    /// The authenticator and its recovery codes are gone.
    NoSecondStep,
    /// There is one more link.
    Link {
        /// The hash of its secret.
        hash: &'a str,
        /// Its last instant.
        until: Timestamp,
    },
    /// The password is gone, and all links that are open end; the telephone stays.
    NoPassword,
    /// Everything is gone, and what the person's sign-ins told of the browser.
    Forgotten,
}

impl fmt::Debug for WayIn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            WayIn::Stays => "Stays",
            WayIn::Password(_) => "Password(…)",
            WayIn::SecondStep { .. } => "SecondStep(…)",
            WayIn::NoSecondStep => "NoSecondStep",
            WayIn::Link { .. } => "Link(…)",
            WayIn::NoPassword => "NoPassword",
            WayIn::Forgotten => "Forgotten",
        })
    }
}

/// Somebody's authenticator in its row. What it prints for debugging holds no secret.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct SecondStepRow {
    /// The secret that counts; empty before the first code was given.
    pub secret: String,
    /// The last step of which a code was taken.
    pub step: i64,
    /// The secret that was shown and waits for its first code; empty if none does.
    pub pending: String,
    /// When it was enrolled, as text in UTC; empty before.
    pub enrolled_at: String,
}

impl fmt::Debug for SecondStepRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecondStepRow").field("step", &self.step).finish_non_exhaustive()
    }
}

impl Store {
    /// The hash of somebody's password; none if there is none.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn password(&self, person: &str) -> Result<Option<String>> {
        let mut tx = self.pool.read().await?;
        tx.row("select hash from password where person = $1", &cells![person]).await?.map(|row| row.text(0)).transpose()
    }

    /// Writes the same password with another hash. False if it is another one by now.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn rehash_password(&self, person: &str, old: &str, new: &str) -> Result<bool> {
        let mut tx = self.pool.write().await?;
        let update = "update password set hash = $3 where person = $1 and hash = $2";
        let changed = tx.run(update, &cells![person, old, new]).await?;
        tx.commit().await?;
        Ok(changed > 0)
    }

    /// Somebody's authenticator; none if there never was one.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn second_step(&self, person: &str) -> Result<Option<SecondStepRow>> {
        second_step(&mut self.pool.read().await?, person).await
    }

    /// Keeps an authenticator's secret until its first code is given; one that was shown before and waits is gone.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn show_second_step(&self, person: &str, pending: &str) -> Result<()> {
        let mut tx = self.pool.write().await?;
        let insert = "insert into second_step (person, secret, step, pending, enrolled_at) values ($1, '', 0, $2, '')
            on conflict (person) do update set pending = $2";
        tx.run(insert, &cells![person, pending]).await?;
        tx.commit().await
    }

    /// So many recovery codes somebody has left.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn recovery_codes(&self, person: &str) -> Result<u64> {
        let mut tx = self.pool.read().await?;
        let sql = "select hash from recovery_code where person = $1 and taken_at = ''";
        Ok(u64::try_from(tx.rows(sql, &cells![person]).await?.len()).unwrap_or(u64::MAX))
    }

    /// Keeps a link, by the hash of its secret, without an event of the account: for the letter that brings it.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn add_link(&self, person: &str, hash: &str, until: Timestamp) -> Result<()> {
        let mut tx = self.pool.write().await?;
        add_link(&mut tx, person, hash, until).await?;
        tx.commit().await
    }

    /// Whom an open link lets in, by the hash of its secret. None if there is none, or it has ended by then.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn link(&self, hash: &str, now: Timestamp) -> Result<Option<String>> {
        let mut tx = self.pool.read().await?;
        let sql = "select person from sign_in_link where hash = $1 and taken_at = '' and until >= $2";
        tx.row(sql, &cells![hash, instant(now)]).await?.map(|row| row.text(0)).transpose()
    }
}

pub(crate) async fn second_step(tx: &mut Tx, person: &str) -> Result<Option<SecondStepRow>> {
    let sql = "select secret, step, pending, enrolled_at from second_step where person = $1";
    tx.row(sql, &cells![person]).await?.map(|row| read(&row, 0)).transpose()
}

/// An authenticator in four columns from this one on.
pub(crate) fn read(row: &Row, from: usize) -> Result<SecondStepRow> {
    let (secret, step) = (row.text(from)?, row.whole(from + 1)?);
    Ok(SecondStepRow { secret, step, pending: row.text(from + 2)?, enrolled_at: row.text(from + 3)? })
}

async fn add_link(tx: &mut Tx, person: &str, hash: &str, until: Timestamp) -> Result<()> {
    let insert = "insert into sign_in_link (hash, person, until, taken_at) values ($1, $2, $3, '')";
    tx.run(insert, &cells![hash, person, instant(until)]).await?;
    Ok(())
}

/// Ends all open links of somebody.
pub(crate) async fn end_links(tx: &mut Tx, person: &str, at: Timestamp) -> Result<()> {
    tx.run("update sign_in_link set taken_at = $2 where person = $1 and taken_at = ''", &cells![person, instant(at)]).await?;
    Ok(())
}

/// Changes somebody's ways in; false if the pending authenticator is another one by now.
pub(crate) async fn change(tx: &mut Tx, person: &str, at: Timestamp, way: WayIn<'_>) -> Result<bool> {
    match way {
        WayIn::Stays => {}
        WayIn::Password(hash) => {
            let insert = "insert into password (person, hash, set_at) values ($1, $2, $3)
                on conflict (person) do update set hash = $2, set_at = $3";
            tx.run(insert, &cells![person, hash, instant(at)]).await?;
            end_links(tx, person, at).await?;
        }
        WayIn::SecondStep { pending, step, recovery } => {
            let update = "update second_step set secret = pending, pending = '', step = $3, enrolled_at = $4
                where person = $1 and pending = $2 and pending <> ''";
            if tx.run(update, &cells![person, pending, step, instant(at)]).await? == 0 {
                return Ok(false);
            }
            tx.run("delete from recovery_code where person = $1", &cells![person]).await?;
            for hash in recovery {
                let insert = "insert into recovery_code (hash, person, taken_at) values ($1, $2, '')";
                tx.run(insert, &cells![hash, person]).await?;
            }
        }
        WayIn::NoSecondStep => no_second_step(tx, person).await?,
        WayIn::Link { hash, until } => add_link(tx, person, hash, until).await?,
        WayIn::NoPassword => {
            tx.run("delete from password where person = $1", &cells![person]).await?;
            end_links(tx, person, at).await?;
        }
        WayIn::Forgotten => {
            no_second_step(tx, person).await?;
            for delete in [
                "delete from password where person = $1",
                "delete from sign_in_link where person = $1",
                "delete from sign_in where person = $1",
            ] {
                tx.run(delete, &cells![person]).await?;
            }
        }
    }
    Ok(true)
}

async fn no_second_step(tx: &mut Tx, person: &str) -> Result<()> {
    tx.run("delete from second_step where person = $1", &cells![person]).await?;
    tx.run("delete from recovery_code where person = $1", &cells![person]).await?;
    Ok(())
}
