//! What somebody sees: each page is one value, worked out by `award::view` from no more of the records than it needs. Whoever is shown names
//! is on record with them.

use std::collections::BTreeSet;
use std::sync::Arc;

use award::history::Identity;
use award::record::Noun;
use award::sight::Part;
use award::view::{Advance, CandidateView, ContestView, EditionView, NationView, OrganisationView, RoundView, Step, Viewer};
use award::{CandidateId, ContestKey, Grant, PersonId, RoundKey, State, view};
use jiff::Timestamp;
use store::{Edition, Names, Reader};

use crate::error::Result;
use crate::office::Office;

/// Who looks, when, and on which page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looking {
    /// Who; none for the public.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
    /// On which page, or by which command.
    pub page: String,
    /// Why: the task at hand.
    pub why: String,
    /// The roles of whoever it is, where they were found when this very request came; otherwise they are looked up.
    pub roles: Option<Roles>,
}

/// The roles of an active account at the moment when somebody was let in by a cookie. Only [`crate::Present::looking`] gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roles {
    pub(crate) person: PersonId,
    pub(crate) grants: Vec<Grant>,
}

impl Looking {
    /// Anybody, who is shown no personal names but those of who sits on panels (decision 0011).
    ///
    /// ```
    /// let looking = office::Looking::public(jiff::Timestamp::UNIX_EPOCH, "results");
    /// assert_eq!((looking.by, looking.page.as_str()), (None, "results"));
    /// ```
    pub fn public(at: Timestamp, page: impl Into<String>) -> Looking {
        Looking { by: None, at, page: page.into(), why: String::new(), roles: None }
    }

    pub(crate) fn names(&self) -> Names {
        let reader = self.by.as_ref().map(|person| Reader {
            person: person.to_string(),
            at: self.at,
            page: self.page.clone(),
            why: self.why.clone(),
        });
        reader.map_or(Names::Hidden, Names::ShownTo)
    }

    /// The same where nothing is read but who sits on panels, which is public.
    pub(crate) fn names_of_panels(&self) -> Names {
        match self.names() {
            Names::Hidden => Names::OfPanels,
            names => names,
        }
    }
}

impl Office {
    /// A candidate; none if there is none whose name the one who looks may know.
    ///
    /// # Errors
    ///
    /// [`crate::Error::NoAccount`] if the one who looks has none that is active; otherwise what the database says.
    pub async fn candidate(&self, edition: &Edition, looking: &Looking, id: &CandidateId) -> Result<Option<CandidateView>> {
        let parts = self.parts_of_candidate(edition, id).await?;
        self.seen(edition, looking, parts, |viewer| viewer.candidate(id)).await
    }

    /// The same where no person need be named: how far a candidacy is, for its own people. Nobody goes on record.
    ///
    /// # Errors
    ///
    /// As [`Office::candidate`].
    pub async fn candidacy(&self, edition: &Edition, looking: &Looking, id: &CandidateId) -> Result<Option<CandidateView>> {
        let grants = self.grants_of(looking).await?;
        let moment = self.store.moment(edition).await?;
        let stands = self.store.state_since(edition, &moment, way_of(id)).await?;
        let state = self.store.state_since(edition, &moment, parts_around(id, &stands)).await?;
        Ok(Viewer { state: &state, grants: &grants, at: Some(looking.at) }.candidate(id))
    }

    async fn parts_of_candidate(&self, edition: &Edition, id: &CandidateId) -> Result<Vec<Part>> {
        let stands = self.store.shared_state(edition, way_of(id)).await?;
        Ok(parts_around(id, &stands))
    }

    /// A contest; none if the rulebook knows no such level or category.
    ///
    /// # Errors
    ///
    /// As [`Office::candidate`].
    pub async fn contest(&self, edition: &Edition, looking: &Looking, key: &ContestKey) -> Result<Option<ContestView>> {
        let parts = vec![Part::Edition, Part::Round(key.round.clone()), Part::Contest(key.clone()), Part::Entries(key.clone())];
        self.seen(edition, looking, parts, |viewer| viewer.contest(key)).await
    }

    /// A round; none if nothing of it was ever opened or entered. No entry and no sheet is read.
    ///
    /// # Errors
    ///
    /// As [`Office::candidate`].
    pub async fn round(&self, edition: &Edition, looking: &Looking, key: &RoundKey) -> Result<Option<RoundView>> {
        let (grants, advances) = (self.grants_of(looking).await?, self.advances(edition).await?);
        let parts = vec![Part::Edition, Part::Round(key.clone())];
        let state = self.store.state(edition, parts, &looking.names_of_panels()).await?;
        Ok(Viewer { state: &state, grants: &grants, at: Some(looking.at) }.round_of(key, &advances))
    }

    /// How far every round of an edition is. No entry is read.
    ///
    /// # Errors
    ///
    /// As [`Office::candidate`].
    pub async fn nation(&self, edition: &Edition, looking: &Looking) -> Result<NationView> {
        let advances = self.advances(edition).await?;
        self.seen(edition, looking, parts_of(edition, &advances), |viewer| viewer.nation_of(&advances)).await
    }

    /// An edition. No entry is read.
    ///
    /// # Errors
    ///
    /// As [`Office::candidate`].
    pub async fn edition_view(&self, edition: &Edition, looking: &Looking) -> Result<EditionView> {
        let advances = self.advances(edition).await?;
        self.seen(edition, looking, parts_of(edition, &advances), |viewer| viewer.edition_of(&advances)).await
    }

    /// What an organisation reached in some editions, as far as each may be read.
    ///
    /// # Errors
    ///
    /// As [`Office::candidate`].
    pub async fn organisation(&self, editions: &[Edition], looking: &Looking, who: &Identity) -> Result<OrganisationView> {
        let grants = self.grants_of(looking).await?;
        let mut states: Vec<State> = Vec::new();
        for edition in editions {
            let ways = who.ids.iter().map(|id| Part::WayUp(id.clone()));
            let parts = ways.chain(who.ids.iter().map(|id| Part::Candidate(id.clone()))).chain([Part::Edition, Part::History]);
            states.push(self.store.state(edition, parts, &looking.names()).await?);
        }
        let viewers: Vec<Viewer<'_>> =
            states.iter().map(|state| Viewer { state, grants: &grants, at: Some(looking.at) }).collect();
        Ok(view::organisation(&viewers, who))
    }

    pub(crate) async fn seen<T>(
        &self,
        edition: &Edition,
        looking: &Looking,
        parts: Vec<Part>,
        see: impl FnOnce(&Viewer<'_>) -> T,
    ) -> Result<T> {
        let grants = self.grants_of(looking).await?;
        let state = match looking.names() {
            Names::Hidden => self.store.shared_state(edition, parts).await?,
            names => Arc::new(self.store.state(edition, parts, &names).await?),
        };
        Ok(see(&Viewer { state: &state, grants: &grants, at: Some(looking.at) }))
    }

    pub(crate) async fn grants_of(&self, looking: &Looking) -> Result<Vec<Grant>> {
        match (&looking.by, &looking.roles) {
            (Some(person), Some(roles)) if roles.person == *person => Ok(roles.grants.clone()),
            (Some(person), _) => self.signed_in(person).await.map(|(_, grants)| grants),
            (None, _) => Ok(Vec::new()),
        }
    }

    pub(crate) async fn advances(&self, edition: &Edition) -> Result<Vec<Advance>> {
        let known = self.store.progress(edition).await?.into_iter();
        let advance = |known: store::Progress| Advance {
            step: Step::reached(&known.so_far, |noun| known.of(noun) > 0),
            entered: usize::try_from(known.of(Noun::Entry)).unwrap_or(usize::MAX),
            contest: known.contest,
        };
        Ok(known.map(advance).collect())
    }
}

/// Where a candidate stands, and how it came there.
fn way_of(id: &CandidateId) -> [Part; 2] {
    [Part::WayUp(id.clone()), Part::Nomination(id.clone())]
}

/// The same with the rounds in which it stands.
fn parts_around(id: &CandidateId, stands: &State) -> Vec<Part> {
    let rounds = stands.contests.keys().map(|key| Part::Round(key.round.clone()));
    way_of(id).into_iter().chain(rounds).chain([Part::Edition, Part::Candidate(id.clone())]).collect()
}

/// The edition with every round of which something can be known.
pub(crate) fn parts_of(edition: &Edition, advances: &[Advance]) -> Vec<Part> {
    let empty = edition.empty();
    let of_level = |level: &rules::rulebook::Level| {
        let regions = empty.geography.rounds(level).into_iter().map(Some).chain([None]);
        let round = |region| RoundKey { level: level.id.clone(), region };
        regions.map(round).collect::<Vec<_>>()
    };
    let known = advances.iter().map(|advance| advance.contest.round.clone());
    let rounds: BTreeSet<RoundKey> = empty.rules.levels.iter().flat_map(of_level).chain(known).collect();
    rounds.into_iter().map(Part::Round).chain([Part::Edition]).collect()
}
