//! Exporting: all that somebody may see of an edition, as files. Names are loaded only where the roles open them, and that is on record.

use award::export::{Viewer, What, named, text};
use award::sight::Part;
use award::{ContestKey, PersonId};
use jiff::Timestamp;
use store::{Edition, Names, Reader};

use crate::error::Result;
use crate::office::Office;

/// On which page names are shown, as the record of who saw what says.
const PAGE: &str = "export";

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// What it holds.
    pub what: What,
    /// CSV.
    pub text: String,
    /// So many rows below the header.
    pub rows: usize,
}

impl Office {
    /// The files that a person's roles open, each with what they open of it by now.
    ///
    /// # Errors
    ///
    /// [`crate::Error::NoAccount`] if the person has none that is active; otherwise what the database says.
    pub async fn export(
        &self,
        edition: &Edition,
        person: &PersonId,
        wanted: &[What],
        at: Timestamp,
        why: &str,
    ) -> Result<Vec<Exported>> {
        let grants = self.signed_in(person).await?.1;
        let viewer = Viewer { grants: &grants, at };
        let contests: Vec<ContestKey> =
            self.store.progress(edition).await?.into_iter().map(|progress| progress.contest).collect();
        let whole = contests
            .iter()
            .flat_map(|key| [Part::Contest(key.clone()), Part::Entries(key.clone()), Part::Round(key.round.clone())]);
        let parts: Vec<Part> = [Part::Edition, Part::Register].into_iter().chain(whole).collect();
        let mut state = self.store.state(edition, parts, &Names::Hidden).await?;
        let shown = wanted.iter().flat_map(|what| named(&state, viewer, *what)).collect::<std::collections::BTreeSet<Part>>();
        if wanted.iter().any(|what| what.names_people()) && !shown.is_empty() {
            let reader = Reader { person: person.to_string(), at, page: PAGE.into(), why: why.to_owned() };
            let with_names = self.store.state(edition, shown, &Names::ShownTo(reader)).await?;
            state.show_names_of(with_names);
        }
        let file = |what: &What| {
            let text = text(&state, viewer, *what);
            let rows = text.lines().count().saturating_sub(1);
            Exported { what: *what, text, rows }
        };
        Ok(wanted.iter().map(file).collect())
    }
}
