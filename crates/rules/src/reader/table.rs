//! Typed access to a table that was walked: what was wrong there has been said, so a wrong or missing value is a stand-in.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tally::Exact;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::value;
use crate::rulebook::{Clause, Text};
use crate::word::Word;

/// A table and the clause that holds in it.
pub(crate) struct Table<'a> {
    cells: Option<&'a DeTable<'a>>,
    clause: Clause,
}

/// Stands in for a day that could not be read.
const NO_DAY: Date = Date::constant(2000, 1, 1);

impl<'a> Table<'a> {
    /// The whole file; everything in it is enclosed by the edition.
    pub(crate) fn root(cells: &'a DeTable<'a>) -> Table<'a> {
        let edition = cells.get("edition").and_then(|edition| edition.get_ref().as_table());
        Table { cells: Some(cells), clause: Table::within(edition, &Clause::default()).clause }
    }

    /// A table inside another. It inherits the sources and the assumed keys, each if it has none of its own.
    fn within(cells: Option<&'a DeTable<'a>>, around: &Clause) -> Table<'a> {
        let own = |key: &str| cells.and_then(|cells| cells.get(key)).map(|list| texts(list.get_ref()));
        let clause = Clause {
            source: own("source").unwrap_or_else(|| around.source.clone()),
            assumed: own("assumed").unwrap_or_else(|| around.assumed.clone()),
        };
        Table { cells, clause }
    }

    /// A table without content, for one that should be here and is not.
    pub(crate) fn empty(&self) -> Table<'a> {
        Table { cells: None, clause: self.clause.clone() }
    }

    /// Where the table's content comes from.
    pub(crate) fn clause(&self) -> Clause {
        self.clause.clone()
    }

    fn value(&self, key: &str) -> Option<&'a DeValue<'a>> {
        self.cells?.get(key).map(Spanned::get_ref)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.value(key).is_some()
    }

    pub(crate) fn text(&self, key: &str) -> String {
        self.text_opt(key).unwrap_or_default()
    }

    pub(crate) fn text_opt(&self, key: &str) -> Option<String> {
        self.value(key)?.as_str().map(str::to_owned)
    }

    pub(crate) fn texts(&self, key: &str) -> Vec<String> {
        self.value(key).map(texts).unwrap_or_default()
    }

    pub(crate) fn name(&self, key: &str) -> Text {
        self.name_opt(key).unwrap_or_else(|| Text { id: String::new(), en: String::new() })
    }

    pub(crate) fn name_opt(&self, key: &str) -> Option<Text> {
        self.value(key).map(name)
    }

    pub(crate) fn names(&self, key: &str) -> Vec<Text> {
        let list = self.value(key).and_then(DeValue::as_array);
        list.into_iter().flat_map(|list| list.iter()).map(|item| name(item.get_ref())).collect()
    }

    pub(crate) fn number(&self, key: &str) -> Exact {
        self.number_opt(key).unwrap_or_default()
    }

    pub(crate) fn number_opt(&self, key: &str) -> Option<Exact> {
        self.value(key).and_then(value::number)
    }

    /// Free keys with numbers.
    pub(crate) fn number_map(&self, key: &str) -> BTreeMap<String, Exact> {
        let entries = self.value(key).and_then(DeValue::as_table).into_iter().flatten();
        let number = |value: &Spanned<DeValue<'_>>| value::number(value.get_ref());
        entries.map(|(k, v)| (k.get_ref().to_string(), number(v).unwrap_or_default())).collect()
    }

    pub(crate) fn count(&self, key: &str) -> u32 {
        self.count_opt(key).unwrap_or_default()
    }

    pub(crate) fn count_opt(&self, key: &str) -> Option<u32> {
        self.value(key)?.as_integer().and_then(value::whole_number)
    }

    pub(crate) fn counts(&self, key: &str) -> Vec<u32> {
        let list = self.value(key).and_then(DeValue::as_array);
        let count = |item: &Spanned<DeValue<'_>>| item.get_ref().as_integer().and_then(value::whole_number).unwrap_or_default();
        list.into_iter().flat_map(|list| list.iter()).map(count).collect()
    }

    pub(crate) fn flag_opt(&self, key: &str) -> Option<bool> {
        self.value(key)?.as_bool()
    }

    /// A flag that is off unless it is said.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.flag_opt(key).unwrap_or_default()
    }

    pub(crate) fn date(&self, key: &str) -> Date {
        self.date_opt(key).unwrap_or(NO_DAY)
    }

    pub(crate) fn date_opt(&self, key: &str) -> Option<Date> {
        self.value(key).and_then(value::date)
    }

    pub(crate) fn month_opt(&self, key: &str) -> Option<Date> {
        self.value(key).and_then(value::month)
    }

    /// The choice that a word stands for.
    pub(crate) fn word<W: Word>(&self, key: &str) -> Option<W> {
        self.value(key)?.as_str().and_then(W::of)
    }

    /// The choice that a word stands for, or the one that holds when nothing is said.
    pub(crate) fn word_or<W: Word>(&self, key: &str, otherwise: W) -> W {
        self.word(key).unwrap_or(otherwise)
    }

    pub(crate) fn words<W: Word>(&self, key: &str, otherwise: W) -> Vec<W> {
        self.texts(key).iter().map(|word| W::of(word).unwrap_or(otherwise)).collect()
    }

    pub(crate) fn table(&self, key: &str) -> Option<Table<'a>> {
        let cells = self.value(key)?.as_table()?;
        Some(Table::within(Some(cells), &self.clause))
    }

    /// The tables of a list, one for each item, so that the n-th here is the n-th in the file.
    pub(crate) fn tables(&self, key: &str) -> Vec<Table<'a>> {
        let list = self.value(key).and_then(DeValue::as_array);
        let items = list.into_iter().flat_map(|list| list.iter());
        items.map(|item| Table::within(item.get_ref().as_table(), &self.clause)).collect()
    }

    /// The tables behind free keys.
    pub(crate) fn table_map(&self, key: &str) -> Vec<(String, Table<'a>)> {
        let entries = self.value(key).and_then(DeValue::as_table).into_iter().flatten();
        let table = |value: &'a Spanned<DeValue<'a>>| Table::within(value.get_ref().as_table(), &self.clause);
        entries.map(|(key, value)| (key.get_ref().to_string(), table(value))).collect()
    }

    /// The keys that are there, in the order of the file.
    pub(crate) fn keys_in_order(&self) -> Vec<String> {
        let mut keys: Vec<_> = self.cells.into_iter().flat_map(|cells| cells.keys()).collect();
        keys.sort_by_key(|key| key.span().start);
        keys.into_iter().map(|key| key.get_ref().to_string()).collect()
    }
}

fn texts(value: &DeValue<'_>) -> Vec<String> {
    let items = value.as_array().into_iter().flat_map(|list| list.iter());
    items.map(|item| item.get_ref().as_str().unwrap_or_default().to_owned()).collect()
}

fn name(value: &DeValue<'_>) -> Text {
    let part = |key: &str| {
        let text = value.get(key).and_then(|text| text.get_ref().as_str());
        text.unwrap_or_default().to_owned()
    };
    match value.as_str() {
        Some(one) => Text { id: one.to_owned(), en: one.to_owned() },
        None => Text { id: part("id"), en: part("en") },
    }
}
