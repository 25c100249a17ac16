//! People by name: who works on a dossier, who gave it back, who sealed the rulebook. Ids are for machines; whoever may read what somebody did
//! is shown who that is, and that goes on record.

use std::collections::{BTreeMap, BTreeSet};

use award::geography::offset;
use award::seal::Seal;
use award::sight::Part;
use award::view::{PersonSeen, person};
use award::{Grant, PersonId, Role, State};
use jiff::Timestamp;
use jiff::civil::Date;
use rules::regions::Zone;
use store::{Edition, Moment, Names};

use crate::account::{self, TEXT_GONE};
use crate::error::Result;
use crate::office::Office;
use crate::view::Looking;

/// Some people by their ids.
pub type Named = BTreeMap<PersonId, PersonSeen>;

impl Office {
    /// Who proposed the seal of an edition's rulebook and who sealed it: both are public, as decision 0011 says.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn sealers(&self, edition: &Edition, seal: &Seal, at: Timestamp) -> Result<Named> {
        let sealer = seal.sealed.as_ref().map(|(person, _)| person);
        let who: BTreeSet<PersonId> = [Some(&seal.proposer), sealer].into_iter().flatten().cloned().collect();
        let names = Names::OfSigners(who.iter().map(ToString::to_string).collect());
        let state = self.store.state(edition, who.iter().cloned().map(Part::Person), &names).await?;
        let day = seal.sealed.as_ref().map_or(at, |(_, at)| *at);
        let mut named = entered(&state, &who, today(day));
        self.tell_roles(edition, &mut named).await?;
        Ok(named)
    }

    /// Some people by name, as whoever looks is shown them: as the edition has them entered, else as their accounts call them. Who is entered is known
    /// from that moment or a later one; names are read now.
    pub(crate) async fn people_seen(
        &self,
        edition: &Edition,
        looking: &Looking,
        moment: &Moment,
        who: BTreeSet<PersonId>,
    ) -> Result<Named> {
        let Names::ShownTo(reader) = looking.names() else { return Ok(Named::new()) };
        if who.is_empty() {
            return Ok(Named::new());
        }
        let parts = |who: &BTreeSet<PersonId>| who.iter().cloned().map(Part::Person).collect::<Vec<_>>();
        // Candidates' own people are hardly ever entered: then there is no name to be read from the edition.
        let known = self.store.state_since(edition, moment, parts(&who)).await?;
        let here: BTreeSet<PersonId> = who.iter().filter(|id| known.people.people.contains_key(*id)).cloned().collect();
        let mut named = Named::new();
        if !here.is_empty() {
            let state = self.store.state(edition, parts(&here), &looking.names()).await?;
            named = entered(&state, &here, today(looking.at));
        }
        let others: Vec<String> = who.iter().filter(|id| !named.contains_key(*id)).map(ToString::to_string).collect();
        let rows = match others.is_empty() {
            true => Vec::new(),
            false => self.store.accounts_shown_of(&others, &reader, &["name"]).await?,
        };
        self.tell_roles(edition, &mut named).await?;
        for row in rows {
            let account = account::read(&row)?;
            if account.name != TEXT_GONE {
                let role = role_here(edition, &account.grants);
                named.insert(account.person, PersonSeen { name: account.name, office: None, role });
            }
        }
        Ok(named)
    }

    /// Says of everybody without an office in which role of the award they work; a candidate's own people need none.
    async fn tell_roles(&self, edition: &Edition, named: &mut Named) -> Result<()> {
        let without: Vec<String> = named.iter().filter(|(_, seen)| seen.office.is_none()).map(|(id, _)| id.to_string()).collect();
        for row in self.store.accounts_of(&without).await? {
            let account = account::read(&row)?;
            if let Some(seen) = named.get_mut(&account.person) {
                seen.role = role_here(edition, &account.grants);
            }
        }
        Ok(())
    }
}

/// The first role of the award in an edition that is not a candidate's.
fn role_here(edition: &Edition, grants: &[Grant]) -> Option<award::Sentence> {
    let is_here = |grant: &&Grant| grant.scope.edition.as_ref().is_none_or(|own| *own == edition.id);
    let mut roles = grants.iter().filter(is_here).map(|grant| grant.role).filter(|role| *role != Role::Candidate);
    roles.next().map(|role| role.label().into())
}

/// The day in the capital.
fn today(at: Timestamp) -> Date {
    at.to_zoned(offset(Zone::Wib)).date()
}

fn entered(state: &State, who: &BTreeSet<PersonId>, day: Date) -> Named {
    who.iter().filter_map(|id| Some((id.clone(), person(&state.people, id, day)?))).collect()
}
