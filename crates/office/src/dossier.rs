//! What people who work on one dossier together see of it: one value for the page, and who changed what.

use award::candidate::{
    Changed, Checklist, Described, HearingLine, MayEnter, OutcomeLine, Readiness, Stepper, Typed, Warning, changed,
};
use award::record::{Address, Noun};
use award::sight::Part;
use award::{CandidateId, Chain, ContestKey, Reading, Refusal, candidate, may_read};
use store::{Edition, Names, Seen, Wanted};

use crate::error::Result;
use crate::office::Office;
use crate::upload::Taken;
use crate::view::Looking;

/// Most acts of which the list of changes is made.
const CHANGES_MOST: u32 = 20_000;

/// A candidate's own page in one contest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// The six steps.
    pub stepper: Stepper,
    /// What is asked for, with files on their way; none before the candidate stands.
    pub checklist: Option<Checklist>,
    /// What the figures would earn so far, or why that is not told.
    pub readiness: Taken<Readiness>,
    /// The interview; none before there is a slot.
    pub hearing: Option<HearingLine>,
    /// The result; none before it is published or announced.
    pub outcome: Option<OutcomeLine>,
}

impl Office {
    /// A candidate's own page in a contest, or why whoever looks may not read it; none if the candidate is not there.
    ///
    /// # Errors
    ///
    /// [`crate::Error::NoAccount`] if the one who looks has none that is active; otherwise what the database says.
    pub async fn desk(
        &self,
        edition: &Edition,
        looking: &Looking,
        key: &ContestKey,
        id: &CandidateId,
    ) -> Result<Option<Taken<Desk>>> {
        let state = match self.dossier_of(edition, looking, key, id).await? {
            Ok(state) => state,
            Err(refusal) => return Ok(Some(Err(refusal))),
        };
        let Some(stepper) = candidate::stepper(&state, key, id) else { return Ok(None) };
        let uploads = self.uploads_of(edition, key, id).await?;
        Ok(Some(Ok(Desk {
            stepper,
            checklist: candidate::checklist(&state, key, id, &uploads, looking.at),
            readiness: candidate::readiness(&state, key, id).map_err(Box::new),
            hearing: candidate::hearing(&state, key, id),
            outcome: candidate::outcome(&state, key, id),
        })))
    }

    /// Who changed what on a dossier, newest first, at most so many.
    ///
    /// # Errors
    ///
    /// As [`Office::desk`].
    pub async fn changes(
        &self,
        edition: &Edition,
        looking: &Looking,
        key: &ContestKey,
        id: &CandidateId,
        limit: usize,
    ) -> Result<Taken<Vec<Changed>>> {
        if let Err(refusal) = self.dossier_of(edition, looking, key, id).await? {
            return Ok(Err(refusal));
        }
        let chain = Some(Chain::Round(key.round.clone()).to_string());
        let wanted = Wanted { chain, candidate: Some(id.to_string()), ..Wanted::default() };
        let leaves = self.store.leaves(edition, &wanted, CHANGES_MOST, &Names::Hidden).await?;
        let told = leaves.iter().rev().filter_map(|leaf| changed(&leaf.act, &leaf.who, id));
        Ok(Ok(told.take(limit).collect()))
    }

    /// What does not look right about a figure that is being typed; empty where the candidate does not stand.
    ///
    /// # Errors
    ///
    /// As [`Office::desk`].
    pub async fn warnings(
        &self,
        edition: &Edition,
        looking: &Looking,
        key: &ContestKey,
        id: &CandidateId,
        typed: &Typed,
    ) -> Result<Taken<Vec<Warning>>> {
        let state = match self.dossier_of(edition, looking, key, id).await? {
            Ok(state) => state,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(rule) = state.rule(key) else { return Ok(Ok(Vec::new())) };
        Ok(Ok(candidate::warnings(&state.rules, rule, &candidate::known(&state, key, id), typed)))
    }

    /// Which categories of an edition somebody may enter who is not on record. Nothing is read.
    pub fn who_may_enter(&self, edition: &Edition, described: &Described) -> Vec<MayEnter> {
        let empty = edition.empty();
        candidate::who_may_enter(&empty.rules, &empty.geography, described)
    }

    /// The figure of a claim as it stands now, for a form: whoever saves later and names it is told when somebody else was faster, and gets
    /// both.
    ///
    /// # Errors
    ///
    /// As [`Office::desk`].
    pub async fn claim_seen(&self, edition: &Edition, key: &ContestKey, id: &CandidateId, claim: &str) -> Result<Seen> {
        let (contest, candidate) = (Some(key.clone()), Some(id.clone()));
        let address = Address { contest, candidate, noun: Noun::Claim, name: claim.to_owned() };
        let versions = self.store.versions(edition, [Part::Entry(key.clone(), id.clone())]).await?;
        Ok(Seen { version: versions.get(&address).copied(), address })
    }

    /// What is needed of the state for a dossier, if whoever looks may read it.
    async fn dossier_of(
        &self,
        edition: &Edition,
        looking: &Looking,
        key: &ContestKey,
        id: &CandidateId,
    ) -> Result<Taken<award::State>> {
        let grants = self.grants_of(looking).await?;
        let parts = [
            Part::Edition,
            Part::History,
            Part::Round(key.round.clone()),
            Part::Contest(key.clone()),
            Part::Entry(key.clone(), id.clone()),
            Part::Candidate(id.clone()),
            Part::Nomination(id.clone()),
        ];
        let state = self.store.state(edition, parts, &Names::Hidden).await?;
        let asked: Result<(), Refusal> = may_read(&state, &grants, Reading::Dossier(key, id), Some(looking.at));
        Ok(asked.map(|()| state).map_err(Box::new))
    }
}
