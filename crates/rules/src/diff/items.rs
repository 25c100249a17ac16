//! Things of a list, told apart by what stays the same: mostly their id.

use serde_json::Value;

/// One thing of a list.
pub(super) struct Item<'v> {
    pub(super) index: usize,
    /// What tells it apart from the others.
    pub(super) key: String,
    pub(super) value: &'v Value,
}

impl<'v> Item<'v> {
    pub(super) fn all(list: &str, values: &'v [Value]) -> Vec<Item<'v>> {
        let items = values.iter().enumerate();
        items.filter_map(|(index, value)| Some(Item { index, key: identity(list, value)?, value })).collect()
    }

    /// Whether a key of the thing is part of what tells it apart.
    pub(super) fn is_key(&self, key: &str) -> bool {
        match self.value.get("id") {
            Some(_) => false,
            None => ["categories", "level", "on", "at_least"].contains(&key),
        }
    }

    /// Whether the other is probably the same thing under another id: it names it, or it stands in its place in a list where
    /// the place says much.
    pub(super) fn became(&self, list: &str, new: &Item<'_>) -> bool {
        let names = |item: &Value, key: &str| {
            let aliases = item["aliases"].as_array().into_iter().flatten();
            aliases.filter_map(Value::as_str).any(|alias| alias.eq_ignore_ascii_case(key))
        };
        let placed = ["aspects", "indicators", "contests"].contains(&list) && self.index == new.index;
        let same = |key: &str| self.value[key].is_string() && self.value[key] == new.value[key];
        names(new.value, &self.key) || names(self.value, &new.key) || same("equivalent") || placed
    }
}

/// What tells a thing of this list apart, if its things can be told apart at all.
fn identity(list: &str, value: &Value) -> Option<String> {
    if let Some(id) = value.get("id").and_then(Value::as_str) {
        return value.get("en").is_none().then(|| id.to_owned());
    }
    match list {
        "contests" => {
            let categories = value["categories"].as_array()?.iter().filter_map(Value::as_str);
            Some(format!("{} / {}", categories.collect::<Vec<_>>().join(", "), value["level"].as_str()?))
        }
        "organisers" => value["name"]["id"].as_str().map(str::to_owned),
        "holidays" => value["on"].as_str().map(str::to_owned),
        "anchors" | "steps" => value.get("at_least").and_then(Value::as_str).map(str::to_owned),
        "stage_weights" => value[0].as_str().map(str::to_owned),
        _ => None,
    }
}

/// Whether the values of a list are things, each with an identity of its own.
pub(super) fn is_things(list: &str, values: &[Value]) -> bool {
    let mut keys: Vec<Option<String>> = values.iter().map(|value| identity(list, value)).collect();
    keys.sort();
    keys.iter().all(Option::is_some) && keys.windows(2).all(|pair| pair[0] != pair[1])
}

/// Whether the things that both lists have stand in the same order.
pub(super) fn same_order(olds: &[Item<'_>], news: &[Item<'_>]) -> bool {
    let common = |items: &[Item<'_>], others: &[Item<'_>]| -> Vec<String> {
        let both = items.iter().filter(|item| others.iter().any(|other| other.key == item.key));
        both.map(|item| item.key.clone()).collect()
    };
    common(olds, news) == common(news, olds)
}
