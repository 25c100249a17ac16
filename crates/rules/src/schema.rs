//! The JSON Schema of a rulebook, written from the reader's own list of keys, so that editors offer what the reader takes.
//!
//! It says what can be said about one value or one table. What holds between tables (ids that exist, weights that add up) is
//! for `rulebook check` only.

use serde_json::{Map, Value, json};

use crate::format::{Choice, Key, Kind, NAME, ROOT, Shape};

/// The schema as a document (draft 2020-12).
///
/// ```
/// let schema = rules::schema();
/// assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
/// assert!(schema["properties"]["scheme"].is_object());
/// ```
pub fn schema() -> Value {
    let mut schema = table(&ROOT);
    // Editors that follow the comment in the first line of a file do not put the key into it, but some do.
    schema["properties"]["$schema"] = json!({ "type": "string" });
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("Paritrana rulebook");
    schema["$defs"] = json!({
        "name": { "oneOf": [text(), table(&NAME)] },
        "id": { "type": "string", "pattern": "^[a-z][a-z0-9._-]{0,79}$" },
        "number": { "oneOf": [
            { "type": "number" },
            { "type": "string", "pattern": "^-?[0-9]+([.][0-9]+|/[0-9]+)?$" },
        ] },
        "month": { "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$" },
        // TOML has days of its own; editors hand them on as text.
        "date": { "type": "string", "format": "date" },
    });
    schema
}

fn text() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

fn value(kind: &Kind) -> Value {
    match kind {
        Kind::Text | Kind::Node => text(),
        Kind::Formula => json!({ "type": "string", "minLength": 1, "maxLength": tally::formula::LONGEST }),
        Kind::Name => json!({ "$ref": "#/$defs/name" }),
        Kind::Id | Kind::Ref(_) => json!({ "$ref": "#/$defs/id" }),
        Kind::Number => json!({ "$ref": "#/$defs/number" }),
        Kind::Date => json!({ "$ref": "#/$defs/date" }),
        Kind::Month => json!({ "$ref": "#/$defs/month" }),
        Kind::Count(least) => json!({ "type": "integer", "minimum": least, "maximum": crate::reader::COUNT_MAX }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Yes => json!({ "const": true }),
        Kind::Word(words) => json!({ "enum": words }),
        Kind::List(item) => json!({ "type": "array", "items": value(item) }),
        Kind::Map(item) => json!({ "type": "object", "additionalProperties": value(item) }),
        Kind::Table(shape) => table(shape),
        Kind::WordOrTable(shape) => json!({ "oneOf": [{ "enum": short_words(shape) }, table(shape)] }),
    }
}

/// The words that may stand instead of the table.
fn short_words(shape: &Shape) -> Vec<&'static str> {
    let cases = shape.tag.iter().flat_map(|tag| tag.cases);
    cases.filter(|(_, keys)| keys.is_empty()).map(|(word, _)| *word).collect()
}

fn table(shape: &Shape) -> Value {
    let required: Vec<&str> = shape.keys.iter().filter(|key| key.must).map(|key| key.name).collect();
    let mut schema = json!({
        "type": "object",
        "properties": properties(shape),
        "required": required,
        "additionalProperties": false,
    });
    let mut all: Vec<Value> = cases(shape);
    all.extend(shape.choices.iter().map(choice));
    if !all.is_empty() {
        schema["allOf"] = Value::Array(all);
    }
    if !shape.needs.is_empty() {
        schema["dependentRequired"] = needs(shape);
    }
    schema
}

/// Every key of the table; a key that means something else in each case may be any of it.
fn properties(shape: &Shape) -> Map<String, Value> {
    let mut properties: Map<String, Value> = Map::new();
    for (key, _) in shape.all_keys() {
        let schema = value(&key.kind);
        let known = properties.get(key.name).filter(|known| **known != schema).cloned();
        let merged = known.map(|known| either(known, schema.clone())).unwrap_or(schema);
        properties.insert(key.name.to_owned(), merged);
    }
    properties
}

fn either(known: Value, other: Value) -> Value {
    let mut options = match known.get("anyOf") {
        Some(Value::Array(options)) => options.clone(),
        _ => vec![known],
    };
    if !options.contains(&other) {
        options.push(other);
    }
    json!({ "anyOf": options })
}

/// For each word of the tag: what must be there, and what must not.
fn cases(shape: &Shape) -> Vec<Value> {
    let Some(tag) = &shape.tag else {
        return Vec::new();
    };
    let case = |(word, keys): &(&'static str, &'static [Key])| {
        let own: Vec<&str> = keys.iter().filter(|key| key.must).map(|key| key.name).collect();
        let known: Vec<&str> = shape.keys_for(Some(word)).map(|key| key.name).collect();
        let strange = shape.all_keys().map(|(key, _)| key.name).filter(|name| !known.contains(name));
        let mut then: Map<String, Value> = strange.map(|name| (name.to_owned(), json!(false))).collect();
        then.extend(keys.iter().map(|key| (key.name.to_owned(), value(&key.kind))));
        let is = json!({ "properties": { tag.key: { "const": word } }, "required": [tag.key] });
        json!({ "if": is, "then": { "required": own, "properties": then } })
    };
    tag.cases.iter().map(case).collect()
}

fn choice(choice: &Choice) -> Value {
    let given = |keys: &[&str]| -> Vec<Value> { keys.iter().map(|key| json!({ "required": [key] })).collect() };
    let none = json!({ "not": { "anyOf": given(choice.of) } });
    let one = json!({ "oneOf": given(choice.of) });
    if !choice.beside.is_empty() {
        return json!({ "if": { "anyOf": given(choice.beside) }, "then": one, "else": none });
    }
    if choice.must { one } else { json!({ "anyOf": [none, one] }) }
}

fn needs(shape: &Shape) -> Value {
    let mut needs: Map<String, Value> = Map::new();
    for (key, needed) in shape.needs {
        needs.insert((*key).to_owned(), json!([needed]));
    }
    Value::Object(needs)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rulebooks/rulebook.schema.json");

    #[test]
    fn the_published_schema_is_the_one_of_the_reader() {
        let written = format!("{}\n", serde_json::to_string_pretty(&schema()).unwrap());
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(FILE, &written).unwrap();
        }
        let published = std::fs::read_to_string(Path::new(FILE)).unwrap_or_default();
        let published: Value = serde_json::from_str(&published).unwrap_or_default();
        assert!(published == schema(), "run the tests with UPDATE=1 to write rulebooks/rulebook.schema.json anew");
    }

    /// The tables in a table, with their schemas.
    fn compare(shape: &'static Shape, schema: &Value, seen: &mut usize) {
        for (key, _) in shape.all_keys() {
            let property = &schema["properties"][key.name];
            assert!(!property.is_null(), "{}: {}", shape.name, key.name);
            *seen += 1;
            if let Some(inner) = key.kind.inner() {
                compare(inner, inside(property), seen);
            }
        }
    }

    /// The object schema inside lists, maps and alternatives.
    fn inside(schema: &Value) -> &Value {
        let next = [&schema["items"], &schema["additionalProperties"], &schema["oneOf"][1]];
        match next.into_iter().find(|next| next.is_object()) {
            Some(next) if schema["properties"].is_null() => inside(next),
            _ => schema,
        }
    }

    #[test]
    fn every_key_of_the_reader_is_in_the_schema() {
        let mut seen = 0;
        compare(&ROOT, &schema(), &mut seen);
        assert!(seen > 200, "{seen}");
    }

    #[test]
    fn every_key_of_the_reader_is_in_the_format_page() {
        let page = include_str!("../../../docs/rulebook.md");
        let mut missing: Vec<&str> = ROOT.keys_below().into_iter().collect();
        missing.retain(|key| !said(page, key));
        assert_eq!(missing, Vec::<&str>::new());
    }

    /// Whether a page has the key as a word of its own inside backticks or a code block.
    fn said(page: &str, key: &str) -> bool {
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        page.match_indices(key).any(|(at, _)| !page[..at].ends_with(word) && !page[at + key.len()..].starts_with(word))
    }
}
