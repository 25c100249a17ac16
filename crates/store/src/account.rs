//! Accounts as the office writes them down, with what was done to them, and invitations by the hash of their code.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::access::{self, Reader};
use crate::append::instant;
use crate::error::Result;
use crate::open::Store;
use crate::sign_in::{self, SignIns};
use crate::sql::{Batch, Cell, Row, Tx, cells};
use crate::way_in::{self, WayIn};

/// An account in its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// Whose, by id.
    pub person: String,
    /// Its version, from 1 on.
    pub version: i64,
    /// What the office wrote down.
    pub body: String,
}

/// An account in whose name somebody acts, as it was when its roles were looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Whose, by id.
    pub person: String,
    /// Its version then.
    pub version: i64,
}

impl SignedIn {
    /// Whether the account still has that version; then it keeps it until the transaction ends.
    pub(crate) async fn still_stands(&self, tx: &mut Tx) -> Result<bool> {
        let mut batch = Batch::default();
        self.hold(&mut batch);
        Ok(tx.run_all(batch).await?.iter().any(|rows| *rows > 0))
    }

    /// A statement that changes no row if the account has another version by now; if it has that one, it keeps it until the transaction ends.
    pub(crate) fn hold(&self, batch: &mut Batch) {
        let hold = "update account set version = version where person = $1 and version = $2";
        batch.add(hold, cells![&self.person, self.version]);
    }
}

/// Something that was done to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountEvent {
    /// Whose account.
    pub person: String,
    /// The version that it made.
    pub version: i64,
    /// When, as text in UTC.
    pub recorded_at: String,
    /// By whom.
    pub actor: String,
    /// What, as the office writes it down.
    pub event: String,
}

/// What becomes of somebody's invitations when the account changes, in the same transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invitations<'a> {
    /// They stay as they are.
    Stay,
    /// All that are open end.
    End,
    /// There is one more.
    Add {
        /// The hash of its code.
        hash: &'a str,
        /// Its last instant.
        until: Timestamp,
    },
    /// One is taken, and all others that are open end.
    Take {
        /// The hash of its code.
        hash: &'a str,
    },
}

/// What changes together with an account, in the same transaction.
#[derive(Debug, Clone, Copy)]
pub struct Besides<'a> {
    /// What becomes of the invitations.
    pub invitations: Invitations<'a>,
    /// Which of the person's sign-ins end.
    pub sign_ins: SignIns<'a>,
    /// What becomes of the person's ways in.
    pub way_in: WayIn<'a>,
}

impl<'a> From<Invitations<'a>> for Besides<'a> {
    fn from(invitations: Invitations<'a>) -> Besides<'a> {
        Besides { invitations, sign_ins: SignIns::Stay, way_in: WayIn::Stays }
    }
}

impl Store {
    /// An account; none if there is none.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn account(&self, person: &str) -> Result<Option<AccountRow>> {
        let row = self.pool.row("select person, version, body from account where person = $1", &cells![person]).await?;
        row.as_ref().map(read).transpose()
    }

    /// Some accounts by person; who has none is left out.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn accounts_of(&self, people: &[String]) -> Result<Vec<AccountRow>> {
        let mut found = Vec::new();
        for some in people.chunks(ACCOUNTS_AT_ONCE) {
            let (sql, cells) = some_of(some);
            found.extend(self.pool.rows(sql, &cells).await?.iter().map(read).collect::<Result<Vec<_>>>()?);
        }
        Ok(found)
    }

    /// All accounts, by person.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn accounts(&self) -> Result<Vec<AccountRow>> {
        let mut tx = self.pool.read().await?;
        let rows = tx.rows("select person, version, body from account order by person", &cells![]).await?;
        rows.iter().map(read).collect()
    }

    /// All accounts, for somebody who is shown these fields of them; that goes on record before they are given.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn accounts_shown(&self, reader: &Reader, fields: &[&str]) -> Result<Vec<AccountRow>> {
        let mut tx = self.pool.look().await?;
        let rows = tx.rows("select person, version, body from account order by person", &cells![]).await?;
        let rows = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
        let of = |row: &AccountRow| format!("account:{}", row.person);
        let shown = rows.iter().flat_map(|row| fields.iter().map(move |field| (of(row), (*field).to_owned()))).collect();
        access::note(&mut tx, access::NO_EDITION, reader, &shown).await?;
        tx.commit().await?;
        Ok(rows)
    }

    /// Some accounts by person, for somebody who is shown these fields of them; that goes on record before they are given, unless
    /// it stands there since less than a quarter of an hour. Who has none is left out.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn accounts_shown_of(&self, people: &[String], reader: &Reader, fields: &[&str]) -> Result<Vec<AccountRow>> {
        let found = self.accounts_of(people).await?;
        if self.noted.has(access::NO_EDITION, reader, &shown(&found, fields)) {
            return Ok(found);
        }
        let mut tx = self.pool.look().await?;
        let found = some(&mut tx, people).await?;
        let shown = shown(&found, fields);
        access::note(&mut tx, access::NO_EDITION, reader, &shown).await?;
        tx.commit().await?;
        self.noted.add(access::NO_EDITION, reader, &shown);
        Ok(found)
    }

    /// Writes an account together with what was done to it. `row.version` is the new version: 1 makes the account, any other follows the one
    /// before. False if the account has another version by now, or is there already: then nothing happened.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn keep_account(&self, row: &AccountRow, at: Timestamp, actor: &str, event: &str) -> Result<bool> {
        self.keep_account_and(row, at, actor, event, Invitations::Stay).await
    }

    /// The same, with what becomes of the invitations, the sign-ins and the ways in. False also if the invitation to take is not open at that
    /// instant, or the way in is not as it was told.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn keep_account_and<'a>(
        &self,
        row: &AccountRow,
        at: Timestamp,
        actor: &str,
        event: &str,
        besides: impl Into<Besides<'a>>,
    ) -> Result<bool> {
        let Besides { invitations, sign_ins, way_in } = besides.into();
        let mut tx = self.pool.write().await?;
        let cells = cells![&row.person, row.version, &row.body];
        let written = if row.version == 1 {
            let insert = "insert into account (person, version, body) values ($1, $2, $3) on conflict (person) do nothing";
            tx.run(insert, &cells).await?
        } else {
            tx.run("update account set version = $2, body = $3 where person = $1 and version = $2 - 1", &cells).await?
        };
        if written == 0 {
            return Ok(false);
        }
        let insert = "insert into account_event (person, version, recorded_at, actor, event) values ($1, $2, $3, $4, $5)";
        tx.run(insert, &cells![&row.person, row.version, instant(at), actor, event]).await?;
        if !change(&mut tx, &row.person, at, invitations).await? {
            return Ok(false);
        }
        if !way_in::change(&mut tx, &row.person, at, way_in).await? {
            return Ok(false);
        }
        sign_in::end(&mut tx, &row.person, at, sign_ins).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The accounts in whose text these characters stand, in capitals or not, by person. It finds; what fits exactly the office says.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn accounts_with(&self, part: &str) -> Result<Vec<AccountRow>> {
        let part: String = part
            .to_ascii_lowercase()
            .chars()
            .flat_map(|c| ['\\', c].into_iter().skip(usize::from(!"\\%_".contains(c))))
            .collect();
        let mut tx = self.pool.read().await?;
        let sql = "select person, version, body from account where lower(body) like $1 escape '\\' order by person";
        let rows = tx.rows(sql, &cells![format!("%{part}%")]).await?;
        rows.iter().map(read).collect()
    }

    /// What was done to an account, oldest first.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn account_events(&self, person: &str) -> Result<Vec<AccountEvent>> {
        let mut tx = self.pool.read().await?;
        let sql = "select person, version, recorded_at, actor, event from account_event where person = $1 order by version";
        let event = |row: &crate::sql::Row| {
            let (person, version, recorded_at) = (row.text(0)?, row.whole(1)?, row.text(2)?);
            Ok(AccountEvent { person, version, recorded_at, actor: row.text(3)?, event: row.text(4)? })
        };
        tx.rows(sql, &cells![person]).await?.iter().map(event).collect()
    }

    /// Whom an open invitation invites, by the hash of its code. None if there is none, or it has ended by then.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn invited(&self, hash: &str, now: Timestamp) -> Result<Option<String>> {
        let mut tx = self.pool.read().await?;
        let sql = "select person from invitation where hash = $1 and taken_at = '' and until >= $2";
        tx.row(sql, &cells![hash, instant(now)]).await?.map(|row| row.text(0)).transpose()
    }
}

/// Changes somebody's invitations; false if the one to take is not open.
async fn change(tx: &mut Tx, person: &str, at: Timestamp, invitations: Invitations<'_>) -> Result<bool> {
    let at = instant(at);
    match invitations {
        Invitations::Stay => return Ok(true),
        Invitations::Add { hash, until } => {
            let insert = "insert into invitation (hash, person, until, taken_at) values ($1, $2, $3, '')";
            tx.run(insert, &cells![hash, person, instant(until)]).await?;
            return Ok(true);
        }
        Invitations::Take { hash } => {
            let update = "update invitation set taken_at = $3 where hash = $1 and person = $2 and taken_at = '' and until >= $3";
            if tx.run(update, &cells![hash, person, &at]).await? == 0 {
                return Ok(false);
            }
        }
        Invitations::End => {}
    }
    tx.run("update invitation set taken_at = $2 where person = $1 and taken_at = ''", &cells![person, &at]).await?;
    Ok(true)
}

/// The accounts of some people.
async fn some(tx: &mut Tx, people: &[String]) -> Result<Vec<AccountRow>> {
    let mut found = Vec::new();
    for some in people.chunks(ACCOUNTS_AT_ONCE) {
        let (sql, cells) = some_of(some);
        found.extend(tx.rows_of(sql, &cells).await?.iter().map(read).collect::<Result<Vec<_>>>()?);
    }
    Ok(found)
}

/// So many accounts are asked for with one statement.
const ACCOUNTS_AT_ONCE: usize = 200;

fn some_of(people: &[String]) -> (String, Vec<Cell>) {
    let places: Vec<String> = (1..=people.len()).map(|place| format!("${place}")).collect();
    let sql = format!("select person, version, body from account where person in ({}) order by person", places.join(", "));
    (sql, people.iter().map(Cell::from).collect())
}

fn read(row: &Row) -> Result<AccountRow> {
    Ok(AccountRow { person: row.text(0)?, version: row.whole(1)?, body: row.text(2)? })
}

/// What somebody is shown of accounts, for the record.
fn shown(accounts: &[AccountRow], fields: &[&str]) -> BTreeSet<(String, String)> {
    let of = |row: &AccountRow| format!("account:{}", row.person);
    accounts.iter().flat_map(|row| fields.iter().map(move |field| (of(row), (*field).to_owned()))).collect()
}
