//! What editions made public, for searches and histories. Only contests whose standing may be read are loaded, and no sheet.

use std::collections::BTreeSet;

use award::sight::Part;
use award::view::{Annals, Step, Viewer};
use award::{CandidateId, ContestKey};
use store::Edition;

use crate::error::Result;
use crate::office::Office;
use crate::view::Looking;

impl Office {
    /// What of an edition may be read: who reached what, in which region. Whoever keeps it asks again when something was recorded.
    ///
    /// # Errors
    ///
    /// As [`Office::candidate`].
    pub async fn annals(&self, edition: &Edition, looking: &Looking) -> Result<Annals> {
        let progress = self.store.progress(edition).await?;
        // Nothing is told of before it is announced; the view decides who may read which.
        let is_told = |known: &&store::Progress| Step::reached(&known.so_far, |noun| known.of(noun) > 0) == Step::Announced;
        let contests: Vec<ContestKey> = progress.iter().filter(is_told).map(|known| known.contest.clone()).collect();
        let mut parts = vec![Part::Edition, Part::History];
        parts.extend(contests.iter().cloned().map(Part::Contest));
        let names = looking.names();
        let grants = self.grants_of(looking).await?;
        let candidates: BTreeSet<CandidateId> = {
            let stood = self.store.state(edition, parts.clone(), &names).await?;
            let open = Viewer { state: &stood, grants: &grants, at: Some(looking.at) }.annals();
            open.reached.into_iter().map(|reached| reached.candidate).collect()
        };
        parts.extend(candidates.into_iter().map(Part::Candidate));
        let state = self.store.state(edition, parts, &names).await?;
        Ok(Viewer { state: &state, grants: &grants, at: Some(looking.at) }.annals())
    }
}
