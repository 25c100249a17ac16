//! Who was shown personal texts, when, on which page and why. It stands outside the journal: looking decides nothing. Whoever reads names
//! through the store must say who reads, and what was shown is on record in the transaction that read it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use journal::Hash;

use crate::append::{fresh_salt, instant};
use crate::edition::Edition;
use crate::error::Result;
use crate::load::misfit;
use crate::open::Store;
use crate::sql::{Cell, Tx, cells};

/// So many lines are written with one statement.
const LINES_AT_ONCE: usize = 200;
/// What stands in the place of the edition where somebody was shown accounts.
pub(crate) const NO_EDITION: &str = "";

/// Somebody who is shown personal texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// Who: an id, never a name.
    pub person: String,
    /// When.
    pub at: Timestamp,
    /// On which page, or by which command.
    pub page: String,
    /// Why: the task at hand, or the number of a request.
    pub why: String,
}

/// Whether names are shown, and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Names {
    /// They are not: [`HIDDEN`] stands in their place.
    Hidden,
    /// Only the names of those who sit on panels are, to anybody: who judges is public by decree, so that nothing goes on record. Whoever was
    /// erased stays erased.
    OfPanels,
    /// Only the names of these persons are, to anybody: they signed what is public for the award. Nothing goes on record; whoever was erased
    /// stays erased.
    OfSigners(BTreeSet<String>),
    /// They are, and that goes on record.
    ShownTo(Reader),
}

/// What stands in the place of a name that is not shown.
pub const HIDDEN: &str = "•••";

/// A personal text that somebody was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// When, as text in UTC.
    pub at: String,
    /// Who was shown it.
    pub reader: String,
    /// Whose text it is: `juror:ID`, `person:ID`, …
    pub subject: String,
    /// What it is, such as `name`.
    pub field: String,
    /// On which page.
    pub page: String,
    /// Why.
    pub why: String,
}

/// Which accesses are wanted; what is none fits all.
#[derive(Debug, Clone, Default)]
pub struct WantedAccess {
    /// To whose texts.
    pub subject: Option<String>,
    /// By whom.
    pub reader: Option<String>,
    /// At that instant or later.
    pub since: Option<Timestamp>,
}

impl Store {
    /// Who was shown which personal texts of an edition, in the order of time, at most `limit`.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn accesses(&self, edition: &Edition, wanted: &WantedAccess, limit: u32) -> Result<Vec<Access>> {
        self.accesses_of(&edition.id, wanted, limit).await
    }

    /// Who was shown what of which accounts, which belong to no edition; likewise.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn accesses_to_accounts(&self, wanted: &WantedAccess, limit: u32) -> Result<Vec<Access>> {
        self.accesses_of(NO_EDITION, wanted, limit).await
    }

    async fn accesses_of(&self, edition: &str, wanted: &WantedAccess, limit: u32) -> Result<Vec<Access>> {
        let mut tx = self.pool.read().await?;
        let sql = "select accessed_at, reader, subject, field, page, why from access
                   where edition = $1 and ($2 = '' or subject = $2) and ($3 = '' or reader = $3) and accessed_at >= $4
                   order by accessed_at, id, subject, field limit $5";
        let text = |wanted: &Option<String>| wanted.clone().unwrap_or_default();
        let since = wanted.since.map(instant).unwrap_or_default();
        let cells = cells![edition, text(&wanted.subject), text(&wanted.reader), since, i64::from(limit)];
        let rows = tx.rows(sql, &cells).await?;
        let read = |row: &crate::sql::Row| {
            let (at, reader, subject) = (row.text(0)?, row.text(1)?, row.text(2)?);
            Ok(Access { at, reader, subject, field: row.text(3)?, page: row.text(4)?, why: row.text(5)? })
        };
        rows.iter().map(read).collect()
    }
}

/// Puts on record what somebody is shown: whose text, and which.
pub(crate) async fn note(tx: &mut Tx, edition: &str, reader: &Reader, shown: &BTreeSet<(String, String)>) -> Result<()> {
    let id = fresh_salt().ok_or_else(|| misfit("access", "there is no randomness for its id"))?;
    let own: Vec<Cell> =
        cells![edition, Hash(id).to_string(), instant(reader.at), &reader.person, &reader.page, &reader.why].into();
    let shown: Vec<&(String, String)> = shown.iter().collect();
    for some in shown.chunks(LINES_AT_ONCE) {
        let (mut cells, mut values) = (own.clone(), Vec::new());
        for (subject, field) in some {
            values.push(format!("($1, $2, $3, $4, $5, $6, ${}, ${})", cells.len() + 1, cells.len() + 2));
            cells.extend(cells![subject, field]);
        }
        let insert = "insert into access (edition, id, accessed_at, reader, page, why, subject, field) values";
        tx.run_of(format!("{insert} {}", values.join(", ")), &cells).await?;
    }
    Ok(())
}
