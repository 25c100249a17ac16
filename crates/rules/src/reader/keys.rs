//! The keys of one table: unknown, misplaced, missing, too many of a choice, one without the other.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::{Reader, did_you_mean, nearest};
use crate::format::{Choice, Shape};
use crate::problem::{complaint, with_hint};

impl Reader<'_> {
    /// All keys of a table and what stands behind them.
    pub(super) fn fields(&mut self, cells: &DeTable<'_>, span: Range<usize>, shape: &'static Shape, path: &str) {
        let word = tag_word(cells, shape);
        for (key, value) in cells {
            let name = key.get_ref().as_ref();
            let below = join(path, name);
            // Where the parser put a stand-in for what it could not read, only the key has a place.
            let span = if value.span() == (0..0) { key.span() } else { value.span() };
            match shape.keys_for(word.as_deref()).find(|known| known.name == name) {
                Some(known) => self.value(value, span, &known.kind, &below, name),
                None => {
                    self.places.remember(&below, key.span());
                    self.unknown_key(shape, word.as_deref(), name, &below);
                    self.excuse_meant(cells, shape, name, path);
                }
            }
        }
        self.clause(cells, shape, path);
        if self.syntax.spoils_table(self.text, &span) {
            return;
        }
        self.missing_keys(cells, shape, word.as_deref(), path);
        for choice in shape.choices {
            self.choice(cells, choice, path);
        }
        for (key, needed) in shape.needs {
            if cells.contains_key(*key) && !cells.contains_key(*needed) {
                let message = complaint("key-needs").text("key", *key).text("needed", *needed);
                self.report(&join(path, key), message);
            }
        }
    }

    /// Where the table's content comes from: at least one source, and assumed keys that exist here or below.
    fn clause(&mut self, cells: &DeTable<'_>, shape: &'static Shape, path: &str) {
        let list = |key: &str| cells.get(key).and_then(|list| list.get_ref().as_array());
        if list("source").is_some_and(|sources| sources.is_empty()) {
            self.report(&join(path, "source"), complaint("no-source"));
        }
        let Some(assumed) = list("assumed") else {
            return;
        };
        // Everything lies inside the edition.
        let around = if shape.name == "edition" { &crate::format::ROOT } else { shape };
        let known = around.keys_below();
        for (index, name) in assumed.iter().enumerate() {
            let Some(name) = name.get_ref().as_str().filter(|name| !known.contains(name)) else {
                continue;
            };
            let message = complaint("unknown-assumed").text("name", name).text("table", shape.name);
            let hint = did_you_mean(name, known.iter().copied());
            self.report_with(&format!("{}.{index}", join(path, "assumed")), message, hint);
        }
    }

    fn unknown_key(&mut self, shape: &'static Shape, word: Option<&str>, name: &str, path: &str) {
        if self.is_full() {
            return self.places.mark_broken(path);
        }
        let known: Vec<&str> = shape.keys_for(word).map(|key| key.name).collect();
        let elsewhere = shape.all_keys().any(|(key, _)| key.name == name);
        let hint = did_you_mean(name, known.iter().copied());
        match (&shape.tag, word) {
            (Some(tag), Some(word)) if elsewhere => {
                let message = complaint("misplaced-key").text("key", name);
                let message = message.text("tag", tag.key).text("word", word);
                let own = shape.keys_for(Some(word)).filter(|key| key.must).map(|key| key.name);
                let own: Vec<&str> = own.collect();
                let hint = words::Message::new("rules-keys-here").text("keys", own.join(", "));
                self.report_with(path, message, hint);
            }
            // Without a readable tag any key of its cases may be right.
            (Some(_), None) if elsewhere => self.places.mark_broken(path),
            _ => {
                let message = complaint("unknown-key").text("key", name).text("table", shape.name);
                self.report_with(path, message, hint);
            }
        }
    }

    /// A key that was probably meant by an unknown one is not missed beside it.
    fn excuse_meant(&mut self, cells: &DeTable<'_>, shape: &'static Shape, name: &str, path: &str) {
        let meant = nearest(name, shape.keys.iter().map(|key| key.name));
        if let Some(meant) = meant.filter(|meant| !cells.contains_key(*meant)) {
            self.places.mark_broken(&join(path, meant));
        }
    }

    fn missing_keys(&mut self, cells: &DeTable<'_>, shape: &'static Shape, word: Option<&str>, path: &str) {
        let missing = shape.keys_for(word).filter(|key| key.must && !cells.contains_key(key.name));
        for key in missing {
            if self.places.is_broken(&join(path, key.name)) {
                continue;
            }
            let message = complaint("missing-key").text("key", key.name).text("table", shape.name);
            let hint = match key.name {
                // Only points that a source states need it.
                "range" => words::Message::new("rules-range-needed"),
                "format" => words::Message::new("rules-format-needed"),
                _ => with_hint(&message),
            };
            self.report_with(&join(path, key.name), message, hint);
        }
    }

    fn choice(&mut self, cells: &DeTable<'_>, choice: &'static Choice, path: &str) {
        let given: Vec<&str> = choice.of.iter().copied().filter(|key| cells.contains_key(*key)).collect();
        let beside = choice.beside.iter().any(|key| cells.contains_key(*key));
        let wanted = choice.must || beside;
        match given.as_slice() {
            [] if wanted => {
                let message = complaint("choice-none").text("keys", choice.of.join(", "));
                self.report(&join(path, choice.of[0]), message);
            }
            [first, ..] if !choice.beside.is_empty() && !beside => {
                let message = complaint("key-only-beside").text("key", *first);
                let message = message.text("keys", choice.beside.join(", "));
                self.report(&join(path, first), message);
            }
            [_, second, ..] => {
                let message = complaint("choice-many").text("keys", given.join(", "));
                self.report(&join(path, second), message);
            }
            _ => {}
        }
    }
}

/// The word that decides which keys the table has.
fn tag_word(cells: &DeTable<'_>, shape: &Shape) -> Option<String> {
    let tag = shape.tag.as_ref()?;
    let DeValue::String(word) = cells.get(tag.key)?.get_ref() else {
        return None;
    };
    tag.cases.iter().any(|(case, _)| case == word).then(|| word.to_string())
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
