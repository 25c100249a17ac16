//! Which texts of an act, a fact or a record are personal: names of people, and whom they belong to. A journal keeps commitments in their
//! place, so that they can be erased and everything still verifies. Ids, posts and ranks are no personal texts; organisations are no
//! persons.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use words::Message;

use crate::fact::Fact;
use crate::limit;
use crate::record::{Address, Noun};
use crate::refusal::Refusal;

/// So many personal texts are erased with one act.
pub const ERASED_MAX: usize = 10_000;
/// So many characters the reason may have.
pub const REASON_MAX: usize = 2_000;

/// Personal texts that are erased: by their commitments, so that the act itself names nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// Which: each 64 lower-case hex digits.
    pub commitments: Vec<String>,
    /// On what ground, such as the number of the request; names nobody either.
    pub reason: String,
}

/// Erases personal texts. What was decided stays as it was: marks count, the person goes.
pub(crate) fn erase(erasure: &Erasure) -> Result<Vec<Fact>, Refusal> {
    if let Some(strange) = erasure.commitments.iter().find(|text| !limit::is_hash(text)) {
        let message = Message::new("refusal-erase-no-commitment");
        return Err(Refusal::of(message.text("commitment", limit::beginning(strange))));
    }
    let once: std::collections::BTreeSet<&String> = erasure.commitments.iter().collect();
    if once.is_empty() || once.len() != erasure.commitments.len() || once.len() > ERASED_MAX {
        return Err(Refusal::of(Message::new("refusal-erase-list").number("most", ERASED_MAX)));
    }
    let reason = erasure.reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_MAX || reason.chars().any(char::is_control) {
        return Err(Refusal::of(Message::new("refusal-erase-reason").number("most", REASON_MAX)));
    }
    Ok(vec![Fact::NamesErased(erasure.clone())])
}

/// A personal text within a JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    /// Where it stands: a JSON pointer (RFC 6901).
    pub pointer: String,
    /// Whose it is, as far as is known: `juror:ID`, `person:ID`, `event:ID`; else `candidate:ID`, in whose matter the person was named, or
    /// `edition`.
    pub subject: String,
    /// What it is.
    pub field: String,
}

/// Fields that name a person wherever they stand, one or a list.
const NAMING: [&str; 7] = ["speaker", "verifier", "received_by", "responsible", "attendees", "proposed_by", "delegate_for"];

/// The personal texts of an act or a fact, in the order in which they stand there.
///
/// ```
/// let seat = serde_json::json!({ "juror": "j1", "seat": "chair", "name": "Ani Wijaya", "office": "Sekda" });
/// let found = award::personal::texts(&seat);
/// assert_eq!((found[0].pointer.as_str(), found[0].subject.as_str()), ("/name", "juror:j1"));
/// assert_eq!(found.len(), 1);
/// ```
pub fn texts(value: &Value) -> Vec<Personal> {
    let mut walk = Walk { at: Vec::new(), found: Vec::new() };
    walk.value(value, Near::Edition);
    walk.found
}

/// The personal texts of a record.
pub fn texts_of_record(address: &Address, body: &Value) -> Vec<Personal> {
    let mut found = texts(body);
    if address.noun == Noun::Person {
        let subject = format!("person:{}", address.name);
        found.push(Personal { pointer: "/name".into(), subject, field: "name".into() });
    }
    found
}

/// In whose matter something stands that says nothing of it itself.
#[derive(Debug, Clone, Copy)]
enum Near<'v> {
    Edition,
    Candidate(&'v str),
}

impl fmt::Display for Near<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Near::Edition => f.write_str("edition"),
            Near::Candidate(id) => write!(f, "candidate:{id}"),
        }
    }
}

/// A step from the outside in; a pointer is made of them only where something personal stands.
#[derive(Debug, Clone, Copy)]
enum Step<'v> {
    Name(&'v str),
    Index(usize),
}

struct Walk<'v> {
    at: Vec<Step<'v>>,
    found: Vec<Personal>,
}

impl<'v> Walk<'v> {
    fn value(&mut self, value: &'v Value, near: Near<'v>) {
        match value {
            Value::Object(object) => {
                let near = candidate(object).map_or(near, Near::Candidate);
                for (field, inner) in object {
                    self.below(Step::Name(field), |walk| walk.field(object, field, inner, near));
                }
            }
            Value::Array(items) => {
                for (index, inner) in items.iter().enumerate() {
                    self.below(Step::Index(index), |walk| walk.value(inner, near));
                }
            }
            _ => {}
        }
    }

    fn below(&mut self, step: Step<'v>, visit: impl FnOnce(&mut Walk<'v>)) {
        self.at.push(step);
        visit(self);
        self.at.pop();
    }

    fn field(&mut self, object: &'v Map<String, Value>, field: &'v str, inner: &'v Value, near: Near<'v>) {
        match inner {
            Value::String(_) => {
                if let Some(subject) = subject(object, field, near) {
                    self.personal(subject, field);
                }
            }
            Value::Array(names) if names.iter().all(Value::is_string) => {
                if let Some(subject) = subject(object, field, near) {
                    for index in 0..names.len() {
                        self.below(Step::Index(index), |walk| walk.personal(subject.clone(), field));
                    }
                }
            }
            _ => self.value(inner, near),
        }
    }

    fn personal(&mut self, subject: String, field: &str) {
        let mut pointer = String::new();
        for step in &self.at {
            pointer.push('/');
            match step {
                Step::Name(name) => pointer.push_str(&name.replace('~', "~0").replace('/', "~1")),
                Step::Index(index) => pointer.push_str(&index.to_string()),
            }
        }
        self.found.push(Personal { pointer, subject, field: field.to_owned() });
    }
}

/// The candidate in whose matter an object is: named by itself, or by what it is of.
fn candidate(object: &Map<String, Value>) -> Option<&str> {
    let named = object.get("candidate").or_else(|| object.get("of")?.get("candidate"))?;
    named.as_str()
}

/// Whose text a field is; none if it is not personal.
fn subject(object: &Map<String, Value>, field: &str, near: Near<'_>) -> Option<String> {
    let of = |kind: &str, id: &str| Some(format!("{kind}:{}", object.get(id)?.as_str()?));
    match field {
        "name" if object.contains_key("seat") => of("juror", "juror"),
        "name" if object.contains_key("person") => of("person", "person"),
        // Who came along to an interview, and guests of a meeting, are known by name and post only.
        "name" if object.contains_key("post") => Some(near.to_string()),
        "delegate_for" if object.contains_key("seat") => of("juror", "juror"),
        "proposed_by" if object.contains_key("id") => of("candidate", "id"),
        "chair" | "attendees" if object.contains_key("organiser") => of("event", "id"),
        field if NAMING.contains(&field) => Some(near.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(value: &Value) -> Vec<(String, String)> {
        texts(value).into_iter().map(|personal| (personal.pointer, personal.subject)).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(pointer, subject)| ((*pointer).to_owned(), (*subject).to_owned())).collect()
    }

    #[test]
    fn whoever_came_to_an_interview_is_named_in_the_matter_of_the_candidate() {
        let check_in = json!({ "candidate": "badung", "delegation": [{ "name": "Made", "post": "Bupati", "rank": null }] });
        assert_eq!(found(&check_in), pairs(&[("/delegation/0/name", "candidate:badung")]));
    }

    #[test]
    fn whoever_proposed_a_candidate_and_whom_a_juror_stands_in_for_are_persons() {
        let nomination = json!({ "candidate": { "id": "badung", "name": "Badung", "proposed_by": "Made" }, "route": "branch" });
        assert_eq!(found(&nomination), pairs(&[("/candidate/proposed_by", "candidate:badung")]));
        let candidate = json!({ "id": "badung", "name": "Badung", "proposed_by": "Made", "category": "city" });
        assert_eq!(found(&candidate), pairs(&[("/proposed_by", "candidate:badung")]));
        let seat = json!({ "juror": "j1", "seat": "chair", "name": "Ani", "delegate_for": "Sekda Made" });
        assert_eq!(found(&seat), pairs(&[("/delegate_for", "juror:j1"), ("/name", "juror:j1")]));
    }

    fn erasing(commitments: &[&str], reason: &str) -> Result<Vec<Fact>, String> {
        let commitments = commitments.iter().map(|text| (*text).to_owned()).collect();
        erase(&Erasure { commitments, reason: reason.into() }).map_err(|refusal| refusal.rule.key().to_owned())
    }

    #[test]
    fn an_erasure_names_commitments_once_and_a_reason() {
        let (one, other) = ("a".repeat(64), "0".repeat(64));
        let erasure = Erasure { commitments: vec![one.clone(), other.clone()], reason: "Permintaan 7/2026".into() };
        assert_eq!(erasing(&[&one, &other], "Permintaan 7/2026"), Ok(vec![Fact::NamesErased(erasure)]));
        let refused = |key: &str| Err(format!("refusal-erase-{key}"));
        assert_eq!(erasing(&[&one, &one], "x"), refused("list"));
        assert_eq!(erasing(&[], "x"), refused("list"));
        for strange in ["", "Ani", &"A".repeat(64), &"a".repeat(63), &"a".repeat(65), "\u{7}"] {
            assert_eq!(erasing(&[strange], "x"), refused("no-commitment"), "{strange:?}");
        }
        assert_eq!(erasing(&[&one], &"x".repeat(REASON_MAX)).map(|facts| facts.len()), Ok(1));
        for reason in ["", "  ", "two\nlines", &"x".repeat(REASON_MAX + 1)] {
            assert_eq!(erasing(&[&one], reason), refused("reason"), "{reason:?}");
        }
    }

    #[test]
    fn everybody_of_a_list_is_a_person_and_ids_of_people_name_nobody() {
        let meeting = json!({ "candidate": "badung", "attendees": ["Ketut", "Wayan"], "visitors": ["p-17"], "by": "p-18" });
        let expected = [("/attendees/0", "candidate:badung"), ("/attendees/1", "candidate:badung")];
        assert_eq!(found(&meeting), pairs(&expected));
    }

    #[test]
    fn an_organisation_and_a_missing_name_are_no_persons() {
        assert_eq!(found(&json!({ "id": "badung", "name": "Kabupaten Badung", "kind": "regency" })), pairs(&[]));
        assert_eq!(found(&json!({ "candidate": "badung", "verifier": null })), pairs(&[]));
    }
}
