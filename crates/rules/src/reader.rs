//! Checks a file's tables against [`crate::format`] and remembers where everything stands.
//!
//! One walk over the file finds what is wrong with a key or value by itself: unknown and missing keys, wrong types, numbers,
//! dates, words, ids. What is wrong between values is found later, in `check`, on the typed rulebook. The walk never stops at
//! a problem; a value with a problem is marked broken, so that nothing else is said about it.

mod keys;
mod nearest;
mod places;
mod syntax;
mod table;
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;
use words::{Message, Problem};

pub(crate) use nearest::{did_you_mean, nearest};
pub(crate) use places::Places;
pub(crate) use syntax::Syntax;
pub(crate) use table::Table;
pub(crate) use value::{COUNT_MAX, formula_span, is_id, is_reserved};

use crate::format::{Kind, Shape, Target};
use crate::problem::{complaint, with_hint};

/// The most items of a list. No award has as many of anything, and some checks compare each with each.
const ITEMS_MAX: usize = 1_000;
/// The most problems that are told at once.
const PROBLEMS_MAX: usize = 500;

/// The walk over one file.
pub(crate) struct Reader<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
    pub(crate) places: Places,
    pub(crate) problems: Vec<Problem>,
    syntax: Syntax,
    /// The ids that each table gives.
    ids: BTreeMap<Target, BTreeSet<String>>,
    /// Tables with an item whose id could not be read.
    unnamed: BTreeSet<Target>,
    /// Ids that were used, to be resolved when all tables are known.
    uses: Vec<(Target, String, String)>,
    /// Whether a list is so long that the rulebook is not looked at further.
    pub(crate) oversized: bool,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(file: &'a str, text: &'a str, syntax: Syntax) -> Reader<'a> {
        Reader {
            file,
            text,
            places: Places::for_text(text.len()),
            problems: syntax.problems(file),
            syntax,
            ids: BTreeMap::from([(Target::Source, BTreeSet::from(["assumption".to_owned()]))]),
            unnamed: BTreeSet::new(),
            uses: Vec::new(),
            oversized: false,
        }
    }

    /// Walks the whole file, then resolves the ids that were used.
    pub(crate) fn walk(&mut self, root: &Spanned<toml::de::DeTable<'_>>) {
        self.fields(root.get_ref(), root.span(), &crate::format::ROOT, "");
        for target in TARGETS {
            self.collect_ids(root.get_ref(), target);
        }
        for (target, id, path) in std::mem::take(&mut self.uses) {
            self.resolve(target, &id, &path);
        }
    }

    /// Reports a problem with what stands at a path and marks it broken.
    pub(crate) fn report(&mut self, path: &str, message: Message) {
        let hint = with_hint(&message);
        self.report_with(path, message, hint);
    }

    /// The same with a hint of its own.
    pub(crate) fn report_with(&mut self, path: &str, message: Message, hint: Message) {
        let span = self.places.span(path);
        self.places.mark_broken(path);
        self.report_at(span, message, hint);
    }

    /// Reports a problem with these bytes.
    pub(crate) fn report_at(&mut self, span: Range<usize>, message: Message, hint: Message) {
        if !self.syntax.covers(&span) && !self.is_full() {
            self.problems.push(Problem::new(self.file, span, message).hint(hint));
        }
    }

    /// Whether so many problems are known that no more are told.
    fn is_full(&self) -> bool {
        self.problems.len() >= PROBLEMS_MAX
    }

    /// The problems in the order of the file; if there are too many, the last says so.
    pub(crate) fn into_problems(mut self) -> Vec<Problem> {
        let full = self.is_full();
        self.problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
        self.problems.truncate(PROBLEMS_MAX);
        if full {
            let message = complaint("too-many").number("limit", PROBLEMS_MAX);
            let hint = with_hint(&message);
            let end = self.text.len()..self.text.len();
            self.problems.push(Problem::new(self.file, end, message).hint(hint));
        }
        self.problems
    }

    /// One value, whatever it should be, and where it stands.
    fn value(&mut self, value: &Spanned<DeValue<'_>>, span: Range<usize>, kind: &'static Kind, path: &str, key: &str) {
        self.places.remember(path, span);
        match (kind, value.get_ref()) {
            (Kind::List(item), DeValue::Array(items)) => self.items(items, item, path, key),
            (Kind::Map(item), DeValue::Table(entries)) => {
                for (name, entry) in entries {
                    let below = format!("{path}.{}", name.get_ref());
                    self.value(entry, entry.span(), item, &below, name.get_ref());
                    self.map_key(name, item, &below);
                }
            }
            (Kind::Table(shape) | Kind::WordOrTable(shape), DeValue::Table(cells)) => {
                self.fields(cells, value.span(), shape, path);
            }
            (Kind::Name, DeValue::Table(cells)) => {
                self.fields(cells, value.span(), &crate::format::NAME, path);
            }
            (kind, plain) => {
                if let Err(message) = value::check(plain, kind, key) {
                    self.report_value(path, message, plain, kind);
                }
                self.note_use(plain, kind, path);
            }
        }
    }

    /// The keys under which tables stand are ids; those of numbers are words of the rulebook's own.
    fn map_key(&mut self, name: &Spanned<toml::de::DeString<'_>>, item: &Kind, path: &str) {
        let checked = match item.inner() {
            Some(_) => value::id(name.get_ref()),
            None => value::not_empty(name.get_ref(), path),
        };
        if let Err(message) = checked {
            self.report(path, message);
        }
    }

    fn items(&mut self, items: &toml::de::DeArray<'_>, item: &'static Kind, path: &str, key: &str) {
        if items.len() > ITEMS_MAX {
            self.oversized = true;
            self.report(path, complaint("list-long").text("key", key).number("limit", ITEMS_MAX));
            return;
        }
        for (index, value) in items.iter().enumerate() {
            self.value(value, value.span(), item, &format!("{path}.{index}"), key);
        }
        if item.inner().is_some_and(has_id) {
            self.unique_ids(items, path);
        }
    }

    /// A wrong word gets the nearest right one as its hint, everything else the hint of its own text.
    fn report_value(&mut self, path: &str, message: Message, plain: &DeValue<'_>, kind: &Kind) {
        match (kind, plain) {
            (Kind::Word(words), DeValue::String(word)) => {
                self.report_with(path, message, did_you_mean(word, words.iter().copied()));
            }
            (Kind::WordOrTable(shape), DeValue::String(word)) => {
                let cases = shape.tag.iter().flat_map(|tag| tag.cases);
                let words = cases.filter(|(_, keys)| keys.is_empty()).map(|(word, _)| *word);
                self.report_with(path, message, did_you_mean(word, words));
            }
            _ => self.report(path, message),
        }
    }

    fn note_use(&mut self, plain: &DeValue<'_>, kind: &Kind, path: &str) {
        if let (Kind::Ref(target), DeValue::String(id)) = (kind, plain) {
            self.uses.push((*target, id.to_string(), path.to_owned()));
        }
    }

    /// No two items of a list give themselves the same id.
    fn unique_ids(&mut self, items: &toml::de::DeArray<'_>, path: &str) {
        let mut seen = BTreeSet::new();
        for (index, item) in items.iter().enumerate() {
            let Some(id) = item.get_ref().get("id").and_then(|id| id.get_ref().as_str()) else {
                continue;
            };
            if !seen.insert(id) {
                self.report(&format!("{path}.{index}.id"), complaint("duplicate-id").text("id", id));
            }
        }
    }

    fn collect_ids(&mut self, root: &toml::de::DeTable<'_>, target: Target) {
        let mut found = BTreeSet::new();
        for table in target.tables() {
            match root.get(*table).map(Spanned::get_ref) {
                Some(DeValue::Table(map)) if target == Target::Source => {
                    found.extend(map.keys().map(|key| key.get_ref().to_string()));
                }
                Some(DeValue::Array(items)) => {
                    for item in items.iter() {
                        match item.get_ref().get("id").and_then(|id| id.get_ref().as_str()) {
                            Some(id) => drop(found.insert(id.to_owned())),
                            None => drop(self.unnamed.insert(target)),
                        }
                    }
                }
                Some(_) => drop(self.unnamed.insert(target)),
                None => {}
            }
        }
        self.ids.entry(target).or_default().extend(found);
    }

    fn resolve(&mut self, target: Target, id: &str, path: &str) {
        let known = &self.ids[&target];
        if self.is_full() || id.is_empty() || known.contains(id) || self.unnamed.contains(&target) {
            return;
        }
        let usable = known.iter().map(String::as_str).filter(|id| is_usable(target, id));
        let hint = did_you_mean(id, usable.collect::<Vec<_>>());
        let message = complaint("unknown-id").text("id", id).text("table", target.tables().join("]], [["));
        self.report_with(path, message, hint);
    }
}

const TARGETS: [Target; 10] = [
    Target::Source,
    Target::Event,
    Target::Level,
    Target::Panel,
    Target::Category,
    Target::Claim,
    Target::Attendance,
    Target::Scheme,
    Target::Ladder,
    Target::Award,
];

/// Whether the id is not itself refused, so that it may be offered.
fn is_usable(target: Target, id: &str) -> bool {
    is_id(id) && (target != Target::Claim || !is_reserved(id))
}

fn has_id(shape: &Shape) -> bool {
    shape.keys.iter().any(|key| key.name == "id" && matches!(key.kind, Kind::Id))
}
