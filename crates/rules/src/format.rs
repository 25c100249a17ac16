//! What may stand in a rulebook: every table, every key, and what is behind it.
//!
//! This is the only list of keys. The reader checks a file against it, `schema` writes the JSON Schema from it, and a test
//! compares it with `docs/rulebook.md`. A new key is one line here and one line where it is taken over in `parse`.

mod contest;
mod edition;
mod people;
mod scheme;

use std::collections::BTreeSet;

use crate::word::FORMATS;

/// What is behind a key.
pub(crate) enum Kind {
    /// A text, not empty.
    Text,
    /// A text for all languages, or `{ id, en }`.
    Name,
    /// An id that the table gives itself.
    Id,
    /// An id that another table gave itself.
    Ref(Target),
    /// The id of an aspect or indicator, or in a ladder another step.
    Node,
    /// A formula over claims.
    Formula,
    /// An exact number.
    Number,
    /// A whole number from this one on.
    Count(u32),
    /// Yes or no.
    Flag,
    /// `true` and nothing else.
    Yes,
    /// A day.
    Date,
    /// A month such as `"2021-02"`.
    Month,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of such values.
    List(&'static Kind),
    /// Free keys with such values.
    Map(&'static Kind),
    /// A table with fixed keys.
    Table(&'static Shape),
    /// A table with fixed keys, or the word of its tag alone.
    WordOrTable(&'static Shape),
}

/// The tables that give ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    Source,
    Event,
    Level,
    Panel,
    Category,
    Claim,
    Attendance,
    Scheme,
    Ladder,
    Award,
}

impl Target {
    /// The top-level keys under which the ids stand.
    pub(crate) fn tables(self) -> &'static [&'static str] {
        match self {
            Target::Source => &["source"],
            Target::Event => &["calendar"],
            Target::Level => &["level"],
            Target::Panel => &["panel"],
            Target::Category => &["category"],
            Target::Claim => &["claim", "derived"],
            Target::Attendance => &["attendance"],
            Target::Scheme => &["scheme"],
            Target::Ladder => &["ladder"],
            Target::Award => &["award"],
        }
    }
}

/// A key of a table.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) must: bool,
}

/// A table with fixed keys.
pub(crate) struct Shape {
    /// As messages call it: `level`, `scheme.aspect`.
    pub(crate) name: &'static str,
    pub(crate) keys: &'static [Key],
    pub(crate) tag: Option<Tag>,
    pub(crate) choices: &'static [Choice],
    /// A key and what must stand beside it.
    pub(crate) needs: &'static [(&'static str, &'static str)],
}

/// A key whose word decides which other keys there are.
pub(crate) struct Tag {
    pub(crate) key: &'static str,
    pub(crate) cases: &'static [(&'static str, &'static [Key])],
}

/// Keys of which one may stand.
pub(crate) struct Choice {
    pub(crate) of: &'static [&'static str],
    /// Whether one must stand.
    pub(crate) must: bool,
    /// If not empty: only beside one of these keys, and then one must.
    pub(crate) beside: &'static [&'static str],
}

/// A key that must be given.
const fn must(name: &'static str, kind: Kind) -> Key {
    Key { name, kind, must: true }
}

/// A key that may be left out.
const fn may(name: &'static str, kind: Kind) -> Key {
    Key { name, kind, must: false }
}

/// A table without anything conditional.
const fn plain(name: &'static str, keys: &'static [Key]) -> Shape {
    Shape { name, keys, tag: None, choices: &[], needs: &[] }
}

/// One of these keys must stand.
const fn one_of(of: &'static [&'static str]) -> Choice {
    Choice { of, must: true, beside: &[] }
}

/// At most one of these keys may stand.
const fn at_most_one_of(of: &'static [&'static str]) -> Choice {
    Choice { of, must: false, beside: &[] }
}

/// Where a clause comes from.
const SOURCE: Key = may("source", Kind::List(&Kind::Ref(Target::Source)));
/// Which keys of a clause are our assumption.
const ASSUMED: Key = may("assumed", Kind::List(&Kind::Text));

impl Shape {
    /// Every key of the table with the tag's cases that know it; no case means every case.
    pub(crate) fn all_keys(&self) -> impl Iterator<Item = (&'static Key, Option<&'static str>)> {
        let cases = self.tag.iter().flat_map(|tag| tag.cases);
        let conditional = cases.flat_map(|(word, keys)| keys.iter().map(move |key| (key, Some(*word))));
        self.keys.iter().map(|key| (key, None)).chain(conditional)
    }

    /// Every key of the table and of the tables in it, but for those that say where a clause comes from.
    pub(crate) fn keys_below(&self) -> BTreeSet<&'static str> {
        let mut names = BTreeSet::new();
        for (key, _) in self.all_keys() {
            names.insert(key.name);
            names.extend(key.kind.inner().into_iter().flat_map(Shape::keys_below));
        }
        names.remove("source");
        names.remove("assumed");
        names
    }

    /// The keys that stand in a table whose tag has this word.
    pub(crate) fn keys_for(&self, word: Option<&str>) -> impl Iterator<Item = &'static Key> {
        self.all_keys().filter(move |(_, case)| case.is_none_or(|case| Some(case) == word)).map(|(key, _)| key)
    }
}

impl Kind {
    /// The table inside lists, maps and alternatives.
    pub(crate) fn inner(&self) -> Option<&'static Shape> {
        match self {
            Kind::Table(shape) | Kind::WordOrTable(shape) => Some(shape),
            Kind::List(kind) | Kind::Map(kind) => kind.inner(),
            _ => None,
        }
    }
}

/// `{ id, en }`.
pub(crate) static NAME: Shape = plain("name", &[must("id", Kind::Text), must("en", Kind::Text)]);

/// The whole file.
pub(crate) static ROOT: Shape = plain(
    "rulebook",
    &[
        must("format", Kind::Word(FORMATS)),
        must("edition", Kind::Table(&edition::EDITION)),
        may("organiser", Kind::List(&Kind::Table(&edition::ORGANISER))),
        may("source", Kind::Map(&Kind::Table(&edition::SOURCE_TABLE))),
        may("calendar", Kind::List(&Kind::Table(&edition::EVENT))),
        may("holiday", Kind::List(&Kind::Table(&edition::HOLIDAY))),
        must("level", Kind::List(&Kind::Table(&edition::LEVEL))),
        may("zone", Kind::List(&Kind::Table(&edition::ZONE))),
        may("panel", Kind::List(&Kind::Table(&people::PANEL))),
        must("category", Kind::List(&Kind::Table(&people::CATEGORY))),
        may("claim", Kind::List(&Kind::Table(&people::CLAIM))),
        may("derived", Kind::List(&Kind::Table(&people::DERIVED))),
        may("attendance", Kind::List(&Kind::Table(&people::ATTENDANCE))),
        must("scheme", Kind::List(&Kind::Table(&scheme::SCHEME))),
        must("ladder", Kind::List(&Kind::Table(&contest::LADDER))),
        may("award", Kind::List(&Kind::Table(&contest::AWARD))),
        must("contest", Kind::List(&Kind::Table(&contest::CONTEST))),
    ],
);
