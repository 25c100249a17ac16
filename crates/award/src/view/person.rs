//! A person as colleagues and readers see one: by name, with the office held, never by id.

use jiff::civil::Date;
use serde::Serialize;

use crate::id::PersonId;
use crate::people::People;
use crate::sentence::Sentence;

/// Somebody by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonSeen {
    /// The name, as far as whoever looks may know it.
    pub name: String,
    /// The office held on that day, as people write it; none where none is on record.
    pub office: Option<String>,
    /// The role in the award; none where it is not told.
    pub role: Option<Sentence>,
}

/// Somebody who is entered, with the office held on a day; the latest that began, of several.
///
/// ```
/// use award::people::{Office, People, PeopleChange};
/// use award::view::person;
/// use jiff::civil::date;
///
/// let mut people = People::default();
/// people.apply(&PeopleChange::Enter { person: "p1".into(), name: "Ani Wijaya".into() });
/// let office = Office { title: "Kepala Dinas".into(), body: "badung".into(), acting: true, from: date(2025, 1, 2), to: None };
/// people.apply(&PeopleChange::TakeOffice { person: "p1".into(), office });
/// let seen = person(&people, &"p1".into(), date(2025, 3, 1)).unwrap();
/// assert_eq!((seen.name.as_str(), seen.office.as_deref()), ("Ani Wijaya", Some("Plt. Kepala Dinas")));
/// assert_eq!(person(&people, &"p1".into(), date(2025, 1, 1)).unwrap().office, None);
/// assert_eq!(person(&people, &"p2".into(), date(2025, 1, 1)), None);
/// ```
pub fn person(people: &People, id: &PersonId, day: Date) -> Option<PersonSeen> {
    let known = people.people.get(id)?;
    let office = people.offices_on(id.as_str(), day).last().map(|office| office.shown());
    Some(PersonSeen { name: known.name.clone(), office, role: None })
}
