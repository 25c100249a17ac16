//! What anybody may ask of an edition: its sealed rulebook, its panels, its calendars, and what came out where it is published.

use std::collections::BTreeSet;

use award::seal::Seal;
use award::sight::Part;
use award::view::{Advance, CalendarSeen, OutcomeSeen, PanelSeen, PlanSeen, PointsSeen, Veil, Viewer};
use award::{CandidateId, ContestKey, RoundKey};
use store::{Edition, Names};

use crate::error::Result;
use crate::office::Office;
use crate::view::{Looking, parts_of};

impl Office {
    /// The seal of an edition's rulebook, proposed or there; none where nobody proposed one.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn seal_of(&self, edition: &Edition) -> Result<Option<Seal>> {
        Ok(self.store.state(edition, [Part::Edition], &Names::Hidden).await?.seal)
    }

    /// The text of an edition's rulebook, byte for byte as its hash names it.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn rulebook_text(&self, edition: &Edition) -> Result<String> {
        Ok(self.store.rulebook_text(&edition.id).await?)
    }

    /// How far every contest of an edition is. No entry is read.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn contests(&self, edition: &Edition) -> Result<Vec<Advance>> {
        self.advances(edition).await
    }

    /// The panels of every round, with the names of those who sit: they are public.
    ///
    /// # Errors
    ///
    /// As [`Office::candidate`].
    pub async fn panels(&self, edition: &Edition, looking: &Looking) -> Result<Vec<PanelSeen>> {
        let (grants, parts) = (self.grants_of(looking).await?, parts_of(edition, &self.advances(edition).await?));
        let state = self.store.state(edition, parts, &looking.names_of_panels()).await?;
        Ok(Viewer { state: &state, grants: &grants, at: Some(looking.at) }.panels())
    }

    /// What the rulebook plans, and the calendars of every round.
    ///
    /// # Errors
    ///
    /// As [`Office::candidate`].
    pub async fn calendars(&self, edition: &Edition, looking: &Looking) -> Result<(Vec<PlanSeen>, Vec<CalendarSeen>)> {
        let advances = self.advances(edition).await?;
        self.seen(edition, looking, parts_of(edition, &advances), |viewer| (viewer.plan(), viewer.calendars_of(&advances))).await
    }

    /// What came out of some contests, as far as it may be read. Neither entries nor sheets are read, only counts and the names of the best.
    ///
    /// # Errors
    ///
    /// As [`Office::candidate`].
    pub async fn outcomes(&self, edition: &Edition, looking: &Looking, keys: &[ContestKey]) -> Result<Vec<OutcomeSeen>> {
        let advances = self.advances(edition).await?;
        let mut parts: Vec<Part> = keys.iter().map(|key| Part::Contest(key.clone())).chain([Part::Edition]).collect();
        // Whether candidates are being heard, the round tells.
        let rounds: BTreeSet<&RoundKey> = keys.iter().map(|key| &key.round).collect();
        parts.extend(rounds.into_iter().cloned().map(Part::Round));
        let named: Vec<CandidateId> = self
            .seen(edition, looking, parts.clone(), |viewer| {
                let best = viewer.outcomes_of(&advances).into_iter().filter_map(|outcome| outcome.best.shown().cloned());
                best.flatten().map(|row| row.candidate).collect()
            })
            .await?;
        parts.extend(named.into_iter().map(Part::Candidate));
        self.seen(edition, looking, parts, |viewer| viewer.outcomes_of(&advances)).await
    }

    /// What anybody needs to recount a contest, as far as it is published.
    ///
    /// # Errors
    ///
    /// As [`Office::candidate`].
    pub async fn recount(&self, edition: &Edition, looking: &Looking, key: &ContestKey) -> Result<Veil<Option<tally::Count>>> {
        let parts = vec![Part::Edition, Part::Contest(key.clone())];
        self.seen(edition, looking, parts, |viewer| viewer.recount(key)).await
    }

    /// How the total of a candidate came about in a contest, as far as it may be read.
    ///
    /// # Errors
    ///
    /// As [`Office::candidate`].
    pub async fn points(
        &self,
        edition: &Edition,
        looking: &Looking,
        key: &ContestKey,
        candidate: &CandidateId,
    ) -> Result<Veil<Option<PointsSeen>>> {
        let parts = vec![Part::Edition, Part::Contest(key.clone()), Part::Entry(key.clone(), candidate.clone())];
        self.seen(edition, looking, parts, |viewer| viewer.points(key, candidate)).await
    }
}
