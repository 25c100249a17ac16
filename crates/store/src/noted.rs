//! Which names somebody was shown a moment ago: whoever opens the same page again within a quarter of an hour is on record with them already,
//! so that looking twice keeps no writer waiting and fills no log.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::access::Reader;

/// So long a line on record stands for looking again.
const HOLDS: SignedDuration = SignedDuration::from_mins(15);
/// So many are remembered; after that everything goes on record anew.
const LOOKS_MAX: usize = 20_000;

/// What the clones of a store put on record.
#[derive(Debug, Clone, Default)]
pub(crate) struct Noted(Arc<Mutex<BTreeMap<Look, Timestamp>>>);

/// Edition, reader, page, reason, subject, field.
type Look = [String; 6];

/// Whose text, and which.
type Shown = BTreeSet<(String, String)>;

fn looks<'s>(edition: &'s str, reader: &'s Reader, shown: &'s Shown) -> impl Iterator<Item = Look> + 's {
    let look = move |(subject, field): &(String, String)| {
        [edition, &reader.person, &reader.page, &reader.why, subject, field].map(str::to_owned)
    };
    shown.iter().map(look)
}

impl Noted {
    fn kept(&self) -> MutexGuard<'_, BTreeMap<Look, Timestamp>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether all of it stands on record from a moment ago.
    pub(crate) fn has(&self, edition: &str, reader: &Reader, shown: &Shown) -> bool {
        let kept = self.kept();
        let is_recent = |at: &Timestamp| (SignedDuration::ZERO..HOLDS).contains(&reader.at.duration_since(*at));
        looks(edition, reader, shown).all(|look| kept.get(&look).is_some_and(is_recent))
    }

    /// Remembers what is on disk now.
    pub(crate) fn add(&self, edition: &str, reader: &Reader, shown: &Shown) {
        let mut kept = self.kept();
        if kept.len() + shown.len() > LOOKS_MAX {
            kept.clear();
        }
        kept.extend(looks(edition, reader, shown).map(|look| (look, reader.at)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(person: &str, seconds: i64) -> Reader {
        let at = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
        Reader { person: person.into(), at, page: "desk".into(), why: String::new() }
    }

    fn of(names: &[&str]) -> Shown {
        names.iter().map(|name| (format!("person:{name}"), "name".to_owned())).collect()
    }

    #[test]
    fn whoever_was_shown_a_name_is_on_record_with_it_for_a_quarter_of_an_hour_on_that_page() {
        let noted = Noted::default();
        noted.add("2026", &reader("ani", 0), &of(&["budi", "cici"]));
        let has = |edition, reader: &Reader, names: &[&str]| noted.has(edition, reader, &of(names));
        assert!(has("2026", &reader("ani", 0), &["budi", "cici"]) && has("2026", &reader("ani", 899), &["cici"]));
        assert!(!has("2026", &reader("ani", 900), &["cici"]), "on the line");
        assert!(!has("2026", &reader("ani", -1), &["cici"]), "a clock that was put back");
        assert!(!has("2026", &reader("ani", 1), &["cici", "dedi"]), "one more name");
        assert!(!has("2027", &reader("ani", 1), &["cici"]) && !has("2026", &reader("eka", 1), &["cici"]));
        let elsewhere = Reader { page: "panel".into(), ..reader("ani", 1) };
        assert!(!has("2026", &elsewhere, &["cici"]));
    }

    #[test]
    fn what_is_too_much_to_remember_goes_on_record_anew() {
        let noted = Noted::default();
        noted.add("2026", &reader("ani", 0), &of(&["budi"]));
        let many: Shown = (0..LOOKS_MAX).map(|number| (format!("person:{number}"), "name".to_owned())).collect();
        noted.add("2026", &reader("ani", 0), &many);
        assert!(!noted.has("2026", &reader("ani", 0), &of(&["budi"])));
        assert!(noted.has("2026", &reader("ani", 0), &many));
    }
}
