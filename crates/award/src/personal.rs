//! Which texts of an act, a fact or a record are personal: names of people, and whom they belong to. A journal keeps commitments in their
//! place, so that they can be erased and everything still verifies. Ids, offices and ranks are no personal texts; organisations are no
//! persons.

use serde_json::{Map, Value};

/// A personal text within a JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    /// Where it stands: a JSON pointer (RFC 6901).
    pub pointer: String,
    /// Whose it is: `juror:ID`, `candidate:ID` for those who speak for it, `event:ID` for those who held it.
    pub subject: String,
    /// What it is.
    pub field: String,
}

/// The personal texts of a value, in the order in which they stand there.
///
/// ```
/// let seat = serde_json::json!({ "juror": "j1", "seat": "chair", "name": "Ani Wijaya", "office": "Sekda" });
/// let found = award::personal::texts(&seat);
/// assert_eq!((found[0].pointer.as_str(), found[0].subject.as_str()), ("/name", "juror:j1"));
/// assert_eq!(found.len(), 1);
/// ```
pub fn texts(value: &Value) -> Vec<Personal> {
    let mut found = Vec::new();
    walk(value, &mut String::new(), &mut found);
    found
}

fn walk(value: &Value, at: &mut String, found: &mut Vec<Personal>) {
    let length = at.len();
    match value {
        Value::Object(object) => {
            for (field, inner) in object {
                at.push('/');
                at.push_str(&field.replace('~', "~0").replace('/', "~1"));
                match subject(object, field).filter(|_| inner.is_string()) {
                    Some(subject) => found.push(Personal { pointer: at.clone(), subject, field: field.clone() }),
                    None => walk(inner, at, found),
                }
                at.truncate(length);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                at.push_str(&format!("/{index}"));
                walk(inner, at, found);
                at.truncate(length);
            }
        }
        _ => {}
    }
}

/// Whose text a field is; none if it is not personal.
fn subject(object: &Map<String, Value>, field: &str) -> Option<String> {
    let of = |kind: &str, id: &str| Some(format!("{kind}:{}", object.get(id)?.as_str()?));
    match field {
        "name" if object.contains_key("seat") => of("juror", "juror"),
        "speaker" => of("candidate", "candidate"),
        "chair" | "attendees" if object.contains_key("organiser") => of("event", "id"),
        _ => None,
    }
}
