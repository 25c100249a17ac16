//! What changed between two rulebooks, in words.
//!
//! The two are compared as trees of values, field by field, so that a field nobody thought of here is told as well: it falls
//! back to its own name with the old and the new value. Things with an id are followed by their id; one that vanished where
//! another appeared, or that the other names as an alias, was renamed.

mod items;
mod said;

pub use said::word;

use serde_json::{Map, Value};
use words::{Arg, Message};

use crate::rulebook::Rulebook;
use items::{Item, is_things, same_order};
use said::{gate_said, item_name, key_label, noun, pair_said};

/// The parts of a rulebook in the order in which changes are told. Parts that are not named here come last.
const PARTS: [&str; 15] = [
    "edition",
    "organisers",
    "levels",
    "zones",
    "categories",
    "panels",
    "claims",
    "derived",
    "attendance",
    "schemes",
    "ladders",
    "awards",
    "contests",
    "calendar",
    "holidays",
];

/// What is different in `b`, grouped by part, in a stable order; nothing if nothing is.
///
/// ```
/// let old = rules::example();
/// let new = rules::EXAMPLE.replace("quota = 1", "quota = 2").replace("id = \"ties\"", "id = \"ties\"\nassumed = [\"steps\"]");
/// let new = rules::read("new.toml", &new).unwrap();
/// let changes: Vec<String> = rules::diff(&old, &new).iter().map(|change| change.render(words::Lang::En)).collect();
/// assert_eq!(changes, [
///     "Ladder ties: assumed values from none to steps.",
///     "Contest Village, City: quota from 1 to 2.",
/// ]);
/// assert!(rules::diff(&old, &old).is_empty());
/// ```
pub fn diff(a: &Rulebook, b: &Rulebook) -> Vec<Message> {
    between(&tree(a), &tree(b))
}

/// A rulebook as a tree of values.
fn tree(rulebook: &Rulebook) -> Value {
    serde_json::to_value(rulebook).expect("every part of a rulebook can be written as a value")
}

/// The changes between two trees.
fn between(a: &Value, b: &Value) -> Vec<Message> {
    let mut changes = Changes { old: a, new: b, told: Vec::new() };
    let edition = Clauses { old: &a["edition"]["clause"], new: &b["edition"]["clause"] };
    let others = keys(a, b).into_iter().filter(|key| !PARTS.contains(&key.as_str()));
    for part in PARTS.iter().map(|part| (*part).to_owned()).chain(others) {
        let place = Place { items: Vec::new(), keys: Vec::new(), around: edition };
        let place = match part.as_str() {
            "edition" => Place { items: vec![Arg::Message(noun("edition"))], around: Clauses::NONE, ..place },
            _ => place.key(&part),
        };
        changes.compare(&place, &a[part.as_str()], &b[part.as_str()]);
    }
    changes.told
}

/// The clauses around a place, before and after: what is inherited is told once.
#[derive(Clone, Copy)]
struct Clauses<'v> {
    old: &'v Value,
    new: &'v Value,
}

impl Clauses<'_> {
    const NONE: Clauses<'static> = Clauses { old: &Value::Null, new: &Value::Null };
}

/// Where in the rulebook a value stands.
#[derive(Clone)]
struct Place<'v> {
    /// The things around it, outermost first.
    items: Vec<Arg>,
    /// The keys from the innermost thing on.
    keys: Vec<String>,
    around: Clauses<'v>,
}

impl<'v> Place<'v> {
    fn key(&self, key: &str) -> Place<'v> {
        let mut place = self.clone();
        place.keys.push(key.to_owned());
        place
    }

    /// Inside an item of the list that stands here.
    fn item(&self, name: Arg, around: Clauses<'v>) -> Place<'v> {
        let mut items = self.items.clone();
        items.push(self.thing(name));
        Place { items, keys: Vec::new(), around }
    }

    /// `Aspect Policy`.
    fn thing(&self, name: Arg) -> Arg {
        let list = self.keys.last().map_or("", String::as_str);
        Arg::Message(Message::new("rules-diff-thing").message("noun", noun(list)).with("name", name))
    }

    /// The list's own name, which every value has.
    fn list(&self) -> &str {
        self.keys.last().map_or("", String::as_str)
    }

    fn whole(&self, name: Arg) -> Arg {
        Arg::List(self.items.iter().cloned().chain([self.thing(name)]).collect())
    }
}

/// The changes that were found.
struct Changes<'v> {
    old: &'v Value,
    new: &'v Value,
    told: Vec<Message>,
}

impl<'v> Changes<'v> {
    fn compare(&mut self, place: &Place<'v>, old: &'v Value, new: &'v Value) {
        if old == new {
            return;
        }
        match (old, new) {
            (Value::Array(olds), Value::Array(news)) if is_things(place.list(), olds) && is_things(place.list(), news) => {
                self.things(place, olds, news);
            }
            (Value::Object(olds), Value::Object(news)) if place.list() == "sources" => self.named_things(place, olds, news),
            (Value::Object(olds), Value::Object(news)) if is_table(olds, news) => {
                for key in keys(old, new) {
                    self.field(place, &key, &old[key.as_str()], &new[key.as_str()]);
                }
            }
            _ => self.changed(place, old, new),
        }
    }

    fn field(&mut self, place: &Place<'v>, key: &str, old: &'v Value, new: &'v Value) {
        match key {
            "clause" => {
                for key in ["source", "assumed"] {
                    let inherited = place.around.old[key] == old[key] && place.around.new[key] == new[key];
                    if !inherited {
                        self.compare(&place.key(key), &old[key], &new[key]);
                    }
                }
            }
            "limits" => self.compare(place, old, new),
            "condition" if old != new && old.is_object() && new.is_object() => match gate_said(old, new, self.old, self.new) {
                Some((before, after)) => self.changed_to(&place.key(key), before, after),
                None => self.compare(&place.key(key), old, new),
            },
            _ => self.compare(&place.key(key), old, new),
        }
    }

    fn things(&mut self, place: &Place<'v>, olds: &'v [Value], news: &'v [Value]) {
        let olds: Vec<Item<'v>> = Item::all(place.list(), olds);
        let news: Vec<Item<'v>> = Item::all(place.list(), news);
        let mut renamed: Vec<usize> = Vec::new();
        for old in &olds {
            if let Some(new) = news.iter().find(|new| new.key == old.key) {
                self.inside(place, old, new, &["id"]);
                continue;
            }
            let heir = news.iter().find(|new| {
                !renamed.contains(&new.index) && !olds.iter().any(|other| other.key == new.key) && old.became(place.list(), new)
            });
            match heir {
                Some(new) => {
                    renamed.push(new.index);
                    self.renamed(place, old, new);
                    self.inside(place, old, new, &["id", "name"]);
                }
                None => self.tell("rules-diff-gone", place.whole(self.name(place, old.value, self.old))),
            }
        }
        for new in news.iter().filter(|new| !renamed.contains(&new.index)) {
            if !olds.iter().any(|old| old.key == new.key) {
                self.tell("rules-diff-new", place.whole(self.name(place, new.value, self.new)));
            }
        }
        if !same_order(&olds, &news) {
            let names = |items: &[Item<'v>], book| items.iter().map(|item| self.name(place, item.value, book)).collect();
            let (before, after) = (names(&olds, self.old), names(&news, self.new));
            let message = Message::new("rules-diff-order").with("where", Arg::List(place.items.clone()));
            let message = message.with("what", key_label(place.list()));
            self.told.push(message.with("old", Arg::List(before)).with("new", Arg::List(after)));
        }
    }

    /// Things that stand under their id.
    fn named_things(&mut self, place: &Place<'v>, olds: &'v Map<String, Value>, news: &'v Map<String, Value>) {
        for (id, old) in olds {
            match news.get(id) {
                Some(new) => self.compare(&place.item(Arg::Text(id.clone()), place.around), old, new),
                None => self.tell("rules-diff-gone", place.whole(Arg::Text(id.clone()))),
            }
        }
        for id in news.keys().filter(|id| !olds.contains_key(*id)) {
            self.tell("rules-diff-new", place.whole(Arg::Text(id.clone())));
        }
    }

    /// The fields of a thing that was there before, but for those that are `told`.
    fn inside(&mut self, place: &Place<'v>, old: &Item<'v>, new: &Item<'v>, told: &[&str]) {
        let around = match old.value.get("clause").zip(new.value.get("clause")) {
            Some((old, new)) => Clauses { old, new },
            None => place.around,
        };
        let name = self.name(place, new.value, self.new);
        let inner = place.item(name, around);
        match (old.value, new.value) {
            (Value::Object(_), Value::Object(_)) => {
                for key in keys(old.value, new.value).into_iter().filter(|key| !told.contains(&key.as_str()) && !old.is_key(key))
                {
                    // The thing's own clause is compared with that around it.
                    let here = if key == "clause" { Place { around: place.around, ..inner.clone() } } else { inner.clone() };
                    let (before, after) = (&old.value[key.as_str()], &new.value[key.as_str()]);
                    if before != after {
                        self.field(&here, &key, before, after);
                    }
                }
            }
            _ if old.value != new.value => self.changed(&inner.key(place.list()), &old.value[1], &new.value[1]),
            _ => {}
        }
    }

    fn renamed(&mut self, place: &Place<'v>, old: &Item<'v>, new: &Item<'v>) {
        let message = Message::new("rules-diff-renamed");
        let message = match place.items.is_empty() {
            true => message.message("where", noun(place.list())),
            false => {
                message.with("where", Arg::List(place.items.iter().cloned().chain([Arg::Message(noun(place.list()))]).collect()))
            }
        };
        let named = |item: &Item<'v>, book| self.name(place, item.value, book);
        let message = message.with("old", named(old, self.old)).with("new", named(new, self.new));
        self.told.push(message.text("old_id", &old.key).text("new_id", &new.key));
    }

    fn name(&self, place: &Place<'v>, item: &Value, book: &Value) -> Arg {
        item_name(place.list(), item, book)
    }

    fn changed(&mut self, place: &Place<'v>, old: &Value, new: &Value) {
        let (before, after) = pair_said(place.list(), old, new);
        self.changed_to(place, before, after);
    }

    fn changed_to(&mut self, place: &Place<'v>, before: Arg, after: Arg) {
        let what = Arg::List(place.keys.iter().map(|key| key_label(key)).collect());
        let place = if place.items.is_empty() { vec![Arg::Message(noun("rulebook"))] } else { place.items.clone() };
        let message = Message::new("rules-diff-changed").with("where", Arg::List(place)).with("what", what);
        self.told.push(message.with("old", before).with("new", after));
    }

    fn tell(&mut self, key: &str, what: Arg) {
        self.told.push(Message::new(key).with("what", what));
    }
}

/// The keys of both, sorted.
fn keys(old: &Value, new: &Value) -> Vec<String> {
    let of = |value: &Value| value.as_object().map(|map| map.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
    let mut keys = of(old);
    keys.extend(of(new));
    keys.sort();
    keys.dedup();
    keys
}

/// Whether two objects are to be compared key by key: not texts in two languages, and not different cases of a choice.
fn is_table(old: &Map<String, Value>, new: &Map<String, Value>) -> bool {
    let name = |map: &Map<String, Value>| map.len() == 2 && map.contains_key("id") && map.contains_key("en");
    let case = |map: &Map<String, Value>| map.len() == 1;
    let other = case(old) && case(new) && old.keys().ne(new.keys());
    !(name(old) && name(new) || other)
}

#[cfg(test)]
mod tests;
