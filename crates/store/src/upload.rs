//! Uploads under way: whose they are and for which item of which checklist. The bytes lie in [`crate::files`]; here stands what must survive
//! a restart and be counted before more is taken.

use jiff::Timestamp;

use crate::append::instant;
use crate::error::{Error, Result};
use crate::load::misfit;
use crate::open::Store;
use crate::sql::{Row, Tx, cells};

/// How far an upload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadState {
    /// Bytes come.
    Open,
    /// All have come, and a scanner has not looked.
    Unchecked,
    /// It can be handed in.
    Ready,
    /// It was handed in; it stays for a while, so that asking again after a lost answer gives the same answer.
    Handed,
}

impl UploadState {
    const ALL: [(UploadState, &str); 4] = [
        (UploadState::Open, "open"),
        (UploadState::Unchecked, "unchecked"),
        (UploadState::Ready, "ready"),
        (UploadState::Handed, "handed"),
    ];

    fn name(self) -> &'static str {
        UploadState::ALL.into_iter().find(|(state, _)| *state == self).map_or("open", |(_, name)| name)
    }

    fn named(name: &str) -> Result<UploadState, Error> {
        let found = UploadState::ALL.into_iter().find(|(_, known)| *known == name);
        found.map(|(state, _)| state).ok_or_else(|| misfit("upload", &format!("`{name}` is no state of an upload")))
    }
}

/// An upload in its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadRow {
    /// Its id, as [`crate::files::UploadId`] writes it.
    pub id: String,
    /// The edition.
    pub edition: String,
    /// The path of the contest.
    pub contest: String,
    /// For whom.
    pub candidate: String,
    /// For which document of the checklist.
    pub document: String,
    /// Which of its kinds; empty if it was not said.
    pub kind: String,
    /// What the file is called, fit to be shown.
    pub name: String,
    /// The account of whoever sends it.
    pub person: String,
    /// How many bytes were announced.
    pub size: u64,
    /// When it began, as text in UTC.
    pub begun_at: String,
    /// How far it is.
    pub state: UploadState,
    /// The address of the file when all of it has come; empty before.
    pub file: String,
}

/// How much may be under way at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadMost {
    /// Uploads of one person.
    pub of_person: u64,
    /// Bytes announced for one candidate, all uploads together.
    pub bytes_of_candidate: u64,
}

/// Whether an upload may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadBegun {
    /// It is on record.
    Kept,
    /// The person has that many already.
    TooMany(u64),
    /// For the candidate so many bytes are announced already.
    TooMuch(u64),
}

const COLUMNS: &str = "id, edition, contest, candidate, document, kind, name, person, size, begun_at, state, file";

impl Store {
    /// Puts an upload on record, unless too many or too much are under way. Two that begin at once are counted one after the other.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn begin_upload(&self, row: &UploadRow, most: &UploadMost) -> Result<UploadBegun> {
        let mut tx = self.pool.write().await?;
        // Held until the end: whoever begins another one, for anybody in this edition, waits here.
        tx.run("update edition set opened_at = opened_at where id = $1", &cells![&row.edition]).await?;
        let open = number(
            &mut tx,
            "select cast(count(*) as bigint) from upload where person = $1 and state <> 'handed'",
            &[&row.person],
        )
        .await?;
        if open >= most.of_person {
            return Ok(UploadBegun::TooMany(open));
        }
        let sum = "select cast(coalesce(sum(size), 0) as bigint) from upload
            where edition = $1 and candidate = $2 and state <> 'handed'";
        let bytes = number(&mut tx, sum, &[&row.edition, &row.candidate]).await?;
        if bytes.saturating_add(row.size) > most.bytes_of_candidate {
            return Ok(UploadBegun::TooMuch(bytes));
        }
        let size = i64::try_from(row.size).map_err(|error| misfit("upload", &error.to_string()))?;
        let insert =
            "insert into upload (id, edition, contest, candidate, document, kind, name, person, size, begun_at, state, file)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
        let whose = cells![&row.id, &row.edition, &row.contest, &row.candidate, &row.document, &row.kind, &row.name, &row.person];
        let rest = cells![size, &row.begun_at, row.state.name(), &row.file];
        tx.run(insert, &whose.into_iter().chain(rest).collect::<Vec<_>>()).await?;
        tx.commit().await?;
        Ok(UploadBegun::Kept)
    }

    /// An upload; none if there is none.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn upload(&self, id: &str) -> Result<Option<UploadRow>> {
        let mut tx = self.pool.read().await?;
        let rows = tx.rows_of(format!("select {COLUMNS} from upload where id = $1"), &cells![id]).await?;
        rows.first().map(read).transpose()
    }

    /// The uploads for a candidate, in the order in which they began.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn uploads(&self, edition: &str, candidate: &str) -> Result<Vec<UploadRow>> {
        let sql = format!("select {COLUMNS} from upload where edition = $1 and candidate = $2 order by begun_at, id");
        self.pool.rows(sql, &cells![edition, candidate]).await?.iter().map(read).collect()
    }

    /// Takes an upload from one state to another, with the address of its file. False if it is in another one by now.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn move_upload(&self, id: &str, from: UploadState, to: UploadState, file: &str) -> Result<bool> {
        let mut tx = self.pool.write().await?;
        let update = "update upload set state = $3, file = $4 where id = $1 and state = $2";
        let moved = tx.run(update, &cells![id, from.name(), to.name(), file]).await?;
        tx.commit().await?;
        Ok(moved > 0)
    }

    /// Ends an upload: it was handed in, refused or given up. False if it is gone already.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn end_upload(&self, id: &str) -> Result<bool> {
        let mut tx = self.pool.write().await?;
        let ended = tx.run("delete from upload where id = $1", &cells![id]).await?;
        tx.commit().await?;
        Ok(ended > 0)
    }

    /// Ends every upload that began before an instant, and tells how many there were. Their bytes are swept as those of any other.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn sweep_uploads(&self, before: Timestamp) -> Result<u64> {
        let mut tx = self.pool.write().await?;
        let ended = tx.run("delete from upload where begun_at < $1", &cells![instant(before)]).await?;
        tx.commit().await?;
        Ok(ended)
    }
}

async fn number(tx: &mut Tx, sql: &'static str, of: &[&String]) -> Result<u64> {
    let cells: Vec<_> = of.iter().flat_map(|text| cells![*text]).collect();
    tx.row(sql, &cells).await?.map_or(Ok(0), |row| row.whole(0).map(i64::unsigned_abs))
}

fn read(row: &Row) -> Result<UploadRow> {
    Ok(UploadRow {
        id: row.text(0)?,
        edition: row.text(1)?,
        contest: row.text(2)?,
        candidate: row.text(3)?,
        document: row.text(4)?,
        kind: row.text(5)?,
        name: row.text(6)?,
        person: row.text(7)?,
        size: row.whole(8)?.unsigned_abs(),
        begun_at: row.text(9)?,
        state: UploadState::named(&row.text(10)?)?,
        file: row.text(11)?,
    })
}
