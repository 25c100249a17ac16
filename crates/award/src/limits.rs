//! How much an act may say. Whatever people type ends in the journal for ever, so it is bounded, and it holds no characters that a
//! reader cannot see.

use serde::Serialize;
use serde_json::Value;
use words::Message;

use crate::refusal::Refusal;

/// The most characters of a name, an id, a title, a place.
pub const NAME_MAX: usize = 200;
/// The most characters of a text in sentences: a reason, findings, an answer.
pub const TEXT_MAX: usize = 4_000;
/// The most items of a list: files of a visit, candidates of a ranking, marks of a sheet.
pub const ITEMS_MAX: usize = 2_000;
/// The most minutes of an interview.
pub const SLOT_MINUTES_MAX: u32 = 480;

/// Fields that hold sentences.
const SENTENCES: [&str; 6] = ["reason", "findings", "question", "answer", "exception", "note"];

/// Refuses what is too long, or has a control character in it.
///
/// Names with apostrophes, commas and letters of any script are fine; characters that turn the direction of writing are not, because they
/// make a text read otherwise than it stands.
pub(crate) fn clean(said: &impl Serialize) -> Result<(), Refusal> {
    let value = serde_json::to_value(said).map_err(|_| Refusal::of(Message::new("refusal-not-writable")))?;
    check("text", &value)
}

fn check(field: &str, value: &Value) -> Result<(), Refusal> {
    match value {
        Value::String(text) => fits(field, text),
        Value::Array(items) => {
            count(field, items.len())?;
            items.iter().try_for_each(|item| check(field, item))
        }
        Value::Object(fields) => {
            count(field, fields.len())?;
            fields.iter().try_for_each(|(name, value)| fits("name", name).and_then(|()| check(name, value)))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

fn count(field: &str, items: usize) -> Result<(), Refusal> {
    if items <= ITEMS_MAX {
        return Ok(());
    }
    let message = Message::new("refusal-too-many").text("field", field).number("count", items).number("most", ITEMS_MAX);
    Err(Refusal::of(message))
}

fn fits(field: &str, text: &str) -> Result<(), Refusal> {
    let sentences = SENTENCES.contains(&field);
    let most = if sentences { TEXT_MAX } else { NAME_MAX };
    let length = text.chars().count();
    if length > most {
        let message = Message::new("refusal-too-long").text("field", field).number("length", length).number("most", most);
        return Err(Refusal::of(message));
    }
    let is_bad = |c: char| (c.is_control() && !(sentences && matches!(c, '\n' | '\t'))) || turns_direction(c);
    match text.chars().find(|c| is_bad(*c)) {
        Some(bad) => {
            let code = format!("U+{:04X}", u32::from(bad));
            Err(Refusal::of(Message::new("refusal-control-character").text("field", field).text("code", code)))
        }
        None => Ok(()),
    }
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Refuses a field that must say something and does not.
pub(crate) fn told(field: &str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() { Err(Refusal::of(Message::new("refusal-text-missing").text("field", field))) } else { Ok(()) }
}

/// Whether two names mean the same person: capitals and spaces do not make another one.
pub(crate) fn same_person(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    plain(one) == plain(other)
}
