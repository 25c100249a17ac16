//! Who is in: one row for each browser in which somebody signed in, by the hash of its cookie. A row is begun with what proves who it is, in one
//! transaction, so that what can be taken once lets one in and never two.

use jiff::Timestamp;

use crate::account::{AccountRow, SignedIn};
use crate::append::instant;
use crate::error::Result;
use crate::load::misfit;
use crate::open::Store;
use crate::sql::{Row, Tx, cells};
use crate::way_in::{self, SecondStepRow};

/// A sign-in in its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInRow {
    /// The hash of the cookie.
    pub hash: String,
    /// Who is in.
    pub person: String,
    /// Since when.
    pub made_at: Timestamp,
    /// When something was last asked for, to the minute.
    pub seen_at: Timestamp,
    /// When the second step was done; none before.
    pub second_at: Option<Timestamp>,
    /// What the browser calls itself, shortened.
    pub browser: String,
    /// When it was ended; none while it is not.
    pub ended_at: Option<Timestamp>,
}

/// Which sign-ins of somebody end when the account changes, in the same transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIns<'a> {
    /// None.
    Stay,
    /// All.
    End,
    /// All but this one, by hash.
    EndOthers(&'a str),
    /// Only this one, by hash.
    EndOne(&'a str),
}

/// What lets somebody in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof<'a> {
    /// The office has seen that the password is right.
    Password,
    /// A link, by the hash of its secret: it is taken, and all others of the person end.
    Link(&'a str),
    /// A code of the authenticator, whose secret is still this one: its step and all before it are used up.
    Step {
        /// The secret by which the code was right.
        secret: &'a str,
        /// The step of the code.
        step: i64,
    },
    /// A recovery code, by its hash: it is taken.
    Recovery(&'a str),
    /// The sign-in that it takes the place of is proof enough.
    Before,
}

/// What became of a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// It has begun.
    Yes,
    /// The account changed meanwhile; nothing happened.
    AccountChanged,
    /// What lets in once was taken already or has ended; nothing happened.
    Taken,
}

impl Store {
    /// Begins a sign-in of an account that still has its version, with its proof. A sign-in whose place it takes (by hash) ends, and must not have
    /// ended before.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn begin_sign_in(
        &self,
        account: &SignedIn,
        row: &SignInRow,
        at: Timestamp,
        proof: Proof<'_>,
        instead_of: Option<&str>,
    ) -> Result<Begun> {
        let mut tx = self.pool.write().await?;
        if !account.still_stands(&mut tx).await? {
            return Ok(Begun::AccountChanged);
        }
        if let Some(before) = instead_of {
            let end = "update sign_in set ended_at = $3 where hash = $1 and person = $2 and ended_at = ''";
            if tx.run(end, &cells![before, &account.person, instant(at)]).await? == 0 {
                return Ok(Begun::Taken);
            }
        }
        if !take(&mut tx, &account.person, at, proof).await? {
            return Ok(Begun::Taken);
        }
        let insert = "insert into sign_in (hash, person, made_at, seen_at, second_at, browser, ended_at)
            values ($1, $2, $3, $4, $5, $6, '')";
        let second = row.second_at.map(instant).unwrap_or_default();
        let cells = cells![&row.hash, &account.person, instant(row.made_at), instant(row.seen_at), second, &row.browser];
        tx.run(insert, &cells).await?;
        tx.commit().await?;
        Ok(Begun::Yes)
    }

    /// A sign-in by the hash of its cookie, with its account and authenticator as they are at that moment.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn sign_in(&self, hash: &str) -> Result<Option<(SignInRow, AccountRow, Option<SecondStepRow>)>> {
        // One statement sees one moment, and each page begins with this one.
        let sql = "select s.hash, s.person, s.made_at, s.seen_at, s.second_at, s.browser, s.ended_at, a.version, a.body,
                coalesce(t.secret, ''), coalesce(t.step, 0), coalesce(t.pending, ''), coalesce(t.enrolled_at, ''), t.person is not null
            from sign_in s join account a on a.person = s.person left join second_step t on t.person = s.person where s.hash = $1";
        let Some(found) = self.pool.row(sql, &cells![hash]).await? else { return Ok(None) };
        let row = read(&found)?;
        let account = AccountRow { person: row.person.clone(), version: found.whole(7)?, body: found.text(8)? };
        let second = match found.truth(13)? {
            true => Some(way_in::read(&found, 9)?),
            false => None,
        };
        Ok(Some((row, account, second)))
    }

    /// The sign-ins of somebody that were not ended, newest first.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn sign_ins(&self, person: &str) -> Result<Vec<SignInRow>> {
        let mut tx = self.pool.read().await?;
        let sql = "select hash, person, made_at, seen_at, second_at, browser, ended_at from sign_in
            where person = $1 and ended_at = '' order by made_at desc, hash";
        tx.rows(sql, &cells![person]).await?.iter().map(read).collect()
    }

    /// Something was asked for in a sign-in.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn seen(&self, hash: &str, at: Timestamp) -> Result<()> {
        let mut tx = self.pool.write().await?;
        let update = "update sign_in set seen_at = $2 where hash = $1 and seen_at < $2 and ended_at = ''";
        tx.run(update, &cells![hash, instant(at)]).await?;
        tx.commit().await
    }

    /// Ends a sign-in by the hash of its cookie: somebody goes. False if it has ended.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn end_sign_in(&self, hash: &str, at: Timestamp) -> Result<bool> {
        let mut tx = self.pool.write().await?;
        let update = "update sign_in set ended_at = $2 where hash = $1 and ended_at = ''";
        let ended = tx.run(update, &cells![hash, instant(at)]).await?;
        tx.commit().await?;
        Ok(ended > 0)
    }

    /// Deletes what lets nobody in any more: sign-ins that ended, were made before `made` or not seen since `seen`; links that ended before `now`;
    /// guesses whose last was before `guessed`. Tells how many rows that were.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn sweep_sign_ins(&self, now: Timestamp, made: Timestamp, seen: Timestamp, guessed: Timestamp) -> Result<u64> {
        let mut tx = self.pool.write().await?;
        let sign_ins = "delete from sign_in where ended_at <> '' or made_at < $1 or seen_at < $2";
        let mut swept = tx.run(sign_ins, &cells![instant(made), instant(seen)]).await?;
        swept += tx.run("delete from sign_in_link where taken_at <> '' or until < $1", &cells![instant(now)]).await?;
        swept += tx.run("delete from guess where last_at < $1", &cells![instant(guessed)]).await?;
        tx.commit().await?;
        Ok(swept)
    }
}

fn read(row: &Row) -> Result<SignInRow> {
    let at = |text: String| text.parse::<Timestamp>().map_err(|error| misfit("sign_in", &error.to_string()));
    let perhaps = |text: String| if text.is_empty() { Ok(None) } else { at(text).map(Some) };
    Ok(SignInRow {
        hash: row.text(0)?,
        person: row.text(1)?,
        made_at: at(row.text(2)?)?,
        seen_at: at(row.text(3)?)?,
        second_at: perhaps(row.text(4)?)?,
        browser: row.text(5)?,
        ended_at: perhaps(row.text(6)?)?,
    })
}

/// Takes what lets in once; false if that is gone.
async fn take(tx: &mut Tx, person: &str, at: Timestamp, proof: Proof<'_>) -> Result<bool> {
    let now = instant(at);
    let taken = match proof {
        Proof::Password | Proof::Before => return Ok(true),
        Proof::Link(hash) => {
            let update =
                "update sign_in_link set taken_at = $3 where hash = $1 and person = $2 and taken_at = '' and until >= $3";
            let taken = tx.run(update, &cells![hash, person, &now]).await?;
            way_in::end_links(tx, person, at).await?;
            taken
        }
        Proof::Step { secret, step } => {
            let update = "update second_step set step = $3 where person = $1 and secret = $2 and secret <> '' and step < $3";
            tx.run(update, &cells![person, secret, step]).await?
        }
        Proof::Recovery(hash) => {
            let update = "update recovery_code set taken_at = $3 where hash = $1 and person = $2 and taken_at = ''";
            tx.run(update, &cells![hash, person, &now]).await?
        }
    };
    Ok(taken > 0)
}

/// Ends sign-ins of somebody.
pub(crate) async fn end(tx: &mut Tx, person: &str, at: Timestamp, which: SignIns<'_>) -> Result<()> {
    let (sql, hash) = match which {
        SignIns::Stay => return Ok(()),
        SignIns::End => ("update sign_in set ended_at = $2 where person = $1 and ended_at = '' and hash <> $3", ""),
        SignIns::EndOthers(hash) => ("update sign_in set ended_at = $2 where person = $1 and ended_at = '' and hash <> $3", hash),
        SignIns::EndOne(hash) => ("update sign_in set ended_at = $2 where person = $1 and ended_at = '' and hash = $3", hash),
    };
    tx.run(sql, &cells![person, instant(at), hash]).await?;
    Ok(())
}
