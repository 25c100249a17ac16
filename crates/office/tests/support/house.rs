//! An office over a worked year, and people who come to it.

use award::{Cycle, Grant, PersonId};
use jiff::Timestamp;
use office::{Account, Office, Standing};
use store::{Edition, Place, Store};
use tempfile::TempDir;

use crate::shipped;

pub const YEAR: &str = "trap-14-reopening-loses-the-record";

pub fn now() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

/// A database in which the edition of the small year is open and nothing has happened, and the year.
pub async fn built() -> (TempDir, Store, Edition, Cycle) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_make(&Place::File(folder.path().join("award.db"))).await.unwrap();
    let cycle = shipped::years().into_iter().find(|cycle| cycle.header.id == YEAR).unwrap();
    let edition = store.open_edition(YEAR, &shipped::rulebook(&cycle), "2026-01-01T00:00:00.000000Z").await.unwrap();
    (folder, store, edition, cycle)
}

pub fn account(id: &str) -> Account {
    let (person, name) = (PersonId::from(id), format!("Contoh {id}"));
    Account { person, name, email: Some(format!("{id}@contoh.go.id")), standing: Standing::Invited, grants: Vec::new() }
}

/// Somebody who has come, with some roles. The code is typed as people type one.
pub async fn comes(office: &Office, id: &str, grants: &[Grant]) -> PersonId {
    let (console, person) = (PersonId::from("console"), PersonId::from(id));
    office.add_user(&console, now(), account(id)).await.unwrap();
    for grant in grants {
        office.give_role(&console, now(), &person, grant.clone()).await.unwrap();
    }
    let random = std::array::from_fn(|at| id.as_bytes().get(at).copied().unwrap_or_default());
    let invitation = office.invite_user(&console, now(), &person, random).await.unwrap();
    office.take_invitation(&invitation.code.to_lowercase().replace('-', " "), now()).await.unwrap().unwrap();
    person
}
