//! Every table with its columns, so that a whole database can be read out and written in again: for backups and for the move from one
//! database to the other. A test compares this list with the schema.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Whole,
    Truth,
}

/// A table. Its first columns are its key, by which its rows are read out.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [(&'static str, Kind)],
    /// So many of the columns make the key.
    pub(crate) key: usize,
    /// The version of the schema that brought it.
    pub(crate) since: i64,
}

macro_rules! tables {
    ($($since:literal $name:ident ($($key:ident $key_kind:ident),+) ($($column:ident $kind:ident),*);)+) => {
        /// All tables; whoever refers to another stands behind it.
        pub(crate) const TABLES: &[Table] = &[$(Table {
            name: stringify!($name),
            columns: &[$((stringify!($key), Kind::$key_kind),)+ $((stringify!($column), Kind::$kind)),*],
            key: [$(stringify!($key)),+].len(),
            since: $since,
        }),+];
    };
}

tables! {
    1 rulebook (hash Text) (body Text);
    1 edition (id Text) (rulebook Text, opened_at Text);
    1 chain (edition Text, chain Text) (position Whole, edge Text);
    1 leaf (edition Text, chain Text, position Whole)
        (act Text, recorded_at Text, actor Text, deed Text, contest Text, candidate Text, bytes Text);
    1 node (edition Text, chain Text, level Whole, place Whole) (hash Text);
    1 record (edition Text, contest Text, candidate Text, noun Text, name Text)
        (chain Text, born Whole, turn Whole, version Whole, body Text);
    1 personal (edition Text, commitment Text) (subject Text, field Text, value Text, salt Text, erased Truth);
    1 checkpoint (edition Text, chain Text, size Whole) (recorded_at Text, note Text);
    1 signing_key (turn Whole) (event Text);
    1 file (hash Text) (kept Truth, size Whole, kind Text, recorded_at Text);
    1 file_use (edition Text, hash Text, act Text) ();
    1 access (edition Text, id Text, subject Text, field Text) (accessed_at Text, reader Text, page Text, why Text);
    2 account (person Text) (version Whole, body Text);
    2 account_event (person Text, version Whole) (recorded_at Text, actor Text, event Text);
    2 invitation (hash Text) (person Text, until Text, taken_at Text);
    2 letter (id Text) (edition Text, body Text, made_at Text, due_at Text, tries Whole,
        taken_by Text, taken_until Text, ended_at Text, outcome Text);
    3 password (person Text) (hash Text, set_at Text);
    3 second_step (person Text) (secret Text, step Whole, pending Text, enrolled_at Text);
    3 recovery_code (hash Text) (person Text, taken_at Text);
    3 sign_in_link (hash Text) (person Text, until Text, taken_at Text);
    3 sign_in (hash Text) (person Text, made_at Text, seen_at Text, second_at Text, browser Text, ended_at Text);
    3 guess (whom Text) (failures Whole, last_at Text);
    4 upload (id Text) (edition Text, contest Text, candidate Text, document Text, kind Text, name Text, person Text, size Whole,
        begun_at Text, state Text, file Text);
}

impl Table {
    /// The table of that name.
    pub(crate) fn named(name: &str) -> Option<&'static Table> {
        TABLES.iter().find(|table| table.name == name)
    }

    /// The columns, separated by commas.
    pub(crate) fn list(&self) -> String {
        self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }

    /// Reads a page of rows: from the beginning, or after a key whose values are bound from `$1` on.
    pub(crate) fn page(&self, is_first: bool, limit: usize) -> String {
        let key: Vec<&str> = self.columns[..self.key].iter().map(|(name, _)| *name).collect();
        let key = key.join(", ");
        let after = if is_first { String::new() } else { format!(" where ({key}) > ({})", places(1, self.key)) };
        format!("select {} from {}{after} order by {key} limit {limit}", self.list(), self.name)
    }

    /// Writes so many rows at once.
    pub(crate) fn insert(&self, rows: usize) -> String {
        let width = self.columns.len();
        let values: Vec<String> = (0..rows).map(|row| format!("({})", places(row * width + 1, width))).collect();
        format!("insert into {} ({}) values {}", self.name, self.list(), values.join(", "))
    }
}

/// `$3, $4` for two places from the third on.
fn places(from: usize, count: usize) -> String {
    (from..from + count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}
