//! What can go wrong with the database, sorted by what somebody can do about it.

use words::{Message, reason};

/// A result of the store.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why the store could not do something. None of these leaves anything half done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address of the database cannot be understood.
    #[error("`{0}` is no address of a database")]
    Address(String),
    /// There is no file at the path.
    #[error("there is no database at {0}")]
    NoDatabase(String),
    /// The path of the database is a folder.
    #[error("{0} is a folder, not a file")]
    IsFolder(String),
    /// The folder in which the database should be made is not there.
    #[error("there is no folder for the database {0}")]
    NoFolder(String),
    /// This user may not read or write the file, or its folder.
    #[error("this user may not use the file {0} or its folder")]
    NotAllowed(String),
    /// The file was taken away or replaced after it was opened.
    #[error("the file {0} was taken away or replaced while it was open")]
    Gone(String),
    /// There is no database at the address, or nobody answers.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// Somebody else keeps the database busy, or a conflict did not resolve itself in time.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// The place is full.
    #[error("there is no room left for the database")]
    Full,
    /// The disk did not take or give what it was asked: it is over a quota or a limit, or failing.
    #[error("the disk of the database fails: {0}")]
    Disk(String),
    /// The place can be read but not written.
    #[error("the database can only be read")]
    ReadOnly,
    /// The file is no database, or damaged.
    #[error("the database is damaged or none at all: {0}")]
    Damaged(String),
    /// The database was made by an older version and must be migrated first.
    #[error("the database has version {found} of the schema, this program needs {needed}")]
    Older {
        /// What it has; 0 for an empty one.
        found: i64,
        /// What is needed.
        needed: i64,
    },
    /// The database was made by a newer version.
    #[error("the database has version {found} of the schema, this program knows {known}")]
    Newer {
        /// What it has.
        found: i64,
        /// What is known.
        known: i64,
    },
    /// There is no such edition.
    #[error("there is no edition `{0}` in this database")]
    NoSuchEdition(String),
    /// What is stored is not what this program writes.
    #[error("the stored {what} is not as this program writes it: {why}")]
    Misfit {
        /// Which thing.
        what: String,
        /// What is wrong.
        why: String,
    },
    /// The edition is open, and its rulebook has another text.
    #[error("the edition `{0}` is open under another rulebook")]
    OtherRulebook(String),
    /// Two writers met in the same place; the same act can be tried again.
    #[error("two writers met: {0}")]
    Collision(String),
    /// The key of a request belongs to something else: another deed, another person or another edition.
    #[error("the key {0} was used before for another act")]
    KeyUsed(String),
    /// A key cannot sign, or what is to become of it does not follow from what is on record.
    #[error("the signing key does not fit: {0}")]
    Key(String),
    /// The place where files are kept does not give what it was asked for.
    #[error("the files cannot be read: {0}")]
    Files(crate::files::Error),
    /// What should be restored is no backup of this program.
    #[error("{file} is no backup: {why}")]
    NotABackup {
        /// What the file is called.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// A backup that breaks off, or was changed after it was made.
    #[error("the backup {file} is not whole: {why}")]
    CutOff {
        /// What the file is called.
        file: String,
        /// What is missing or changed.
        why: String,
    },
    /// There is no room left where a backup is written.
    #[error("there is no room left for the backup {0}")]
    NoRoomForBackup(String),
    /// The disk of a backup did not take or give what it was asked.
    #[error("the disk of the backup {file} fails: {why}")]
    BackupDisk {
        /// What the file is called.
        file: String,
        /// What the system said.
        why: String,
    },
    /// A newer program made the backup.
    #[error("the backup {file} has version {found} of the schema, this program knows {known}")]
    NewerBackup {
        /// What the file is called.
        file: String,
        /// What it has.
        found: i64,
        /// What is known.
        known: i64,
    },
    /// A backup or a copy can only go where nothing stands.
    #[error("there is something in the database {place} already (table {table})")]
    NotEmpty {
        /// Which database, without a password.
        place: String,
        /// The first table with a row.
        table: String,
    },
    /// Anything else that the database says.
    #[error("the database says: {0}")]
    Other(String),
}

impl Error {
    /// Whether the same thing may succeed when it is tried again at once.
    pub(crate) fn is_worth_another_try(&self) -> bool {
        matches!(self, Error::Collision(_))
    }

    /// The same error with the place where it happened.
    pub(crate) fn at(self, place: &str) -> Error {
        match self {
            Error::Unreachable(why) => Error::Unreachable(format!("{place}: {why}")),
            Error::Busy(why) => Error::Busy(format!("{place}: {why}")),
            Error::Damaged(why) => Error::Damaged(format!("{place}: {why}")),
            Error::Disk(why) => Error::Disk(format!("{place}: {why}")),
            other => other,
        }
    }

    /// The same error of a database that was to be filled with its place; where the one that is read fails is not known.
    pub(crate) fn of_target(self, place: &str) -> Error {
        match self {
            Error::NotEmpty { table, .. } => Error::NotEmpty { place: place.to_owned(), table },
            other => other,
        }
    }

    /// The same error of a backup with the name of its file.
    pub(crate) fn of_backup(self, name: &str) -> Error {
        let file = name.to_owned();
        match self {
            Error::NotABackup { why, .. } => Error::NotABackup { file, why },
            Error::CutOff { why, .. } => Error::CutOff { file, why },
            Error::NewerBackup { found, known, .. } => Error::NewerBackup { file, found, known },
            Error::NoRoomForBackup(_) => Error::NoRoomForBackup(file),
            Error::BackupDisk { why, .. } => Error::BackupDisk { file, why },
            other => other,
        }
    }

    /// The error in words, for people; the next step stands under the same key with `-next`.
    pub fn message(&self) -> Message {
        match self {
            Error::Address(address) => Message::new("store-address").text("address", address),
            Error::Unreachable(why) => Message::new("store-unreachable").with("why", reason(why)),
            Error::NoDatabase(place) => Message::new("store-no-database").text("place", place),
            Error::IsFolder(place) => Message::new("store-is-folder").text("place", place),
            Error::NoFolder(place) => Message::new("store-no-folder").text("place", place),
            Error::NotAllowed(place) => Message::new("store-not-allowed").text("place", place),
            Error::Gone(place) => Message::new("store-gone").text("place", place),
            Error::Busy(why) => Message::new("store-busy").with("why", reason(why)),
            Error::Full => Message::new("store-full"),
            Error::Disk(why) => Message::new("store-disk").with("why", reason(why)),
            Error::ReadOnly => Message::new("store-read-only"),
            Error::Damaged(why) => Message::new("store-damaged").with("why", reason(why)),
            Error::Older { found, needed } => Message::new("store-older").number("found", found).number("needed", needed),
            Error::Newer { found, known } => Message::new("store-newer").number("found", found).number("known", known),
            Error::NoSuchEdition(edition) => Message::new("store-no-such-edition").text("edition", edition),
            Error::Misfit { what, why } => Message::new("store-misfit").with("what", reason(what)).with("why", reason(why)),
            Error::OtherRulebook(edition) => Message::new("store-other-rulebook").text("edition", edition),
            Error::Collision(why) => Message::new("store-collision").with("why", reason(why)),
            Error::KeyUsed(key) => Message::new("store-key-used").text("key", key),
            Error::Key(why) => Message::new("store-key").with("why", reason(why)),
            Error::Files(error) => error.told(),
            Error::NotABackup { file, why } => Message::new("store-not-a-backup").text("file", file).with("why", reason(why)),
            Error::CutOff { file, why } => Message::new("store-cut-off").text("file", file).with("why", reason(why)),
            Error::NoRoomForBackup(file) => Message::new("store-no-room-for-backup").text("file", file),
            Error::BackupDisk { file, why } => Message::new("store-backup-disk").text("file", file).with("why", reason(why)),
            Error::NewerBackup { file, found, known } => {
                Message::new("store-newer-backup").text("file", file).number("found", found).number("known", known)
            }
            Error::NotEmpty { place, table } => Message::new("store-not-empty").text("place", place).text("table", table),
            Error::Other(why) => Message::new("store-other").with("why", reason(why)),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        let said = error.to_string();
        match &error {
            sqlx::Error::Database(database) => of_code(database.code().as_deref().unwrap_or_default(), said),
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                Error::Unreachable(said)
            }
            sqlx::Error::PoolTimedOut => Error::Busy(said),
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::ColumnIndexOutOfBounds { .. } | sqlx::Error::Decode(_) => {
                Error::Misfit { what: "row".into(), why: said }
            }
            _ => Error::Other(said),
        }
    }
}

/// By the number of SQLite (the low byte is the kind) or the five characters of PostgreSQL.
fn of_code(code: &str, said: String) -> Error {
    match code {
        "23505" | "40001" | "40P01" => return Error::Collision(said),
        "53100" => return Error::Full,
        "58030" => return Error::Disk(said),
        "25006" => return Error::ReadOnly,
        "25P03" | "57P01" | "57P02" | "57P03" | "53300" | "3D000" | "28P01" | "28000" => return Error::Unreachable(said),
        "55P03" | "57014" => return Error::Busy(said),
        "XX001" | "XX002" => return Error::Damaged(said),
        _ => {}
    }
    match code.parse::<i64>() {
        Ok(1555 | 2067) => Error::Collision(said),
        Ok(number) => match number & 0xff {
            5 | 6 => Error::Busy(said),
            8 => Error::ReadOnly,
            10 => Error::Disk(said),
            11 | 26 => Error::Damaged(said),
            13 => Error::Full,
            14 => Error::Unreachable(said),
            _ => Error::Other(said),
        },
        Err(_) => Error::Other(said),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The codes that no test can bring about without the rights of an administrator.
    #[test]
    fn a_full_disk_is_told_apart_from_a_failing_one() {
        let said = || "said".to_owned();
        assert!(matches!(of_code("13", said()), Error::Full));
        assert!(matches!(of_code("53100", said()), Error::Full));
        assert!(matches!(of_code("778", said()), Error::Disk(why) if why == "said"));
        assert!(matches!(of_code("58030", said()), Error::Disk(why) if why == "said"));
        assert!(matches!(of_code("99999", said()), Error::Other(why) if why == "said"));
    }
}
