//! Accounts of a demonstration: everybody who can be tried has come, a few others were invited and have not, and one is disabled.

use std::collections::BTreeMap;

use award::{Grant, PersonId};
use jiff::{SignedDuration, Timestamp};

use super::edition::Invented;
use super::people::{Cast, DemoPerson, cast};
use crate::account::{Account, Standing};
use crate::office::Office;
use crate::rehearse::Stopped;
use crate::rehearse::step::Who;
use crate::rehearse::year::Year;

/// Who enters the accounts.
const BY: &str = "peragaan";
/// So long ago they were entered.
const AGO: SignedDuration = SignedDuration::from_hours(24 * 30);
/// So many people were invited and have not come.
const INVITED: usize = 5;

/// An edition with the names and roles of everybody in it.
pub type Named = (Invented, BTreeMap<PersonId, String>, BTreeMap<PersonId, Vec<Grant>>);

/// Makes the accounts; those who can be tried come last, so that whoever finds them finds the whole.
pub async fn make(office: &Office, (invented, names, grants): &Named, now: Timestamp) -> Result<Vec<DemoPerson>, Stopped> {
    let year = &invented.year;
    let (by, at, cast) = (PersonId::from(BY), now - AGO, cast(year));
    for (number, person) in others(year).into_iter().enumerate() {
        add(office, year, &person, names, grants, at).await?;
        if number >= INVITED {
            come(office, year, &person, at).await?;
        }
        if number == INVITED {
            office.disable_user(&by, at, &person, "Pindah tugas (contoh)").await?;
        }
    }
    for one in cast.iter().rev() {
        add(office, year, &one.person, names, grants, at).await?;
        come(office, year, &one.person, at).await?;
    }
    let name = |one: &Cast| names.get(&one.person).cloned().unwrap_or_default();
    Ok(cast.iter().map(|one| one.told(name(one))).collect())
}

/// The people of the demonstration that stands in the database; none if it was not filled to its end.
pub async fn known(office: &Office, edition: &str, invented: &Invented) -> Result<Option<Vec<DemoPerson>>, Stopped> {
    let accounts: BTreeMap<PersonId, Account> =
        office.users().await?.into_iter().map(|account| (account.person.clone(), account)).collect();
    let mut year = invented.year.clone();
    edition.clone_into(&mut year.edition);
    let told = |one: Cast| accounts.get(&one.person).map(|account| one.told(account.name.clone()));
    Ok(cast(&year).into_iter().map(told).collect())
}

/// Some who belong to the edition and cannot be tried: secretariats that were invited, one who left, and who works with the candidate.
fn others(year: &Year) -> Vec<PersonId> {
    let mut others: Vec<PersonId> =
        year.provinces.iter().rev().take(INVITED + 1).map(|round| Who::Branch.person(year, round)).collect();
    let shown = year.provinces.iter().find(|round| round.code == super::land::OF_CANDIDATE);
    let helper = shown.and_then(|round| Some(Who::Helper(round.candidates.first()?.id.clone()).person(year, round)));
    others.extend(helper);
    others.push(Who::Centre(2).person(year, &year.nation));
    others
}

async fn add(
    office: &Office,
    _year: &Year,
    person: &PersonId,
    names: &BTreeMap<PersonId, String>,
    grants: &BTreeMap<PersonId, Vec<Grant>>,
    at: Timestamp,
) -> Result<(), Stopped> {
    let (name, grants) = (names.get(person).cloned().unwrap_or_default(), grants.get(person).cloned().unwrap_or_default());
    let email = Some(format!("{person}@contoh.invalid"));
    let account = Account { person: person.clone(), name, email, standing: Standing::Invited, grants };
    office.add_user(&PersonId::from(BY), at, account).await?;
    Ok(())
}

async fn come(office: &Office, year: &Year, person: &PersonId, at: Timestamp) -> Result<(), Stopped> {
    let random = year.chance(&format!("invitation {person}")).bytes();
    let invitation = office.invite_user(&PersonId::from(BY), at, person, random).await?;
    office.take_invitation(&invitation.code, at).await?;
    Ok(())
}
