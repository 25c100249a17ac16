//! What an organisation reached over the years, as far as whoever looks may read each year's standing.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Viewer;
use crate::history::{Identity, Row, Series, of_organisation};

/// An organisation's years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct OrganisationView {
    /// What may be read, earliest year first, with where years do not compare. The public is only told what is announced.
    pub series: Series,
    /// How many contests are left out because their standing may not be read yet, or is provisional.
    pub withheld: usize,
}

/// An organisation's years, one viewer for each edition.
///
/// ```
/// use award::history::Identity;
/// use award::view::{Viewer, organisation};
///
/// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
/// let state = award::run(&cycle, None, &mut |_| {}).unwrap().state;
/// let melati = Identity { ids: vec!["melati".into()], names: Vec::new() };
/// let view = organisation(&[Viewer::public(&state)], &melati);
/// assert_eq!((view.series.rows.len(), view.withheld), (1, 0));
/// ```
pub fn organisation(editions: &[Viewer<'_>], identity: &Identity) -> OrganisationView {
    let states: Vec<_> = editions.iter().map(|viewer| viewer.state).collect();
    let mut series = of_organisation(&states, identity);
    let before = series.rows.len();
    series.rows.retain(|row| editions.iter().all(|viewer| viewer.may_read_row(identity, row)));
    let shown: BTreeSet<&str> = series.rows.iter().map(|row| row.edition.as_str()).collect();
    series.breaks.retain(|gap| shown.contains(gap.from.as_str()) && shown.contains(gap.to.as_str()));
    OrganisationView { withheld: before - series.rows.len(), series }
}

impl Viewer<'_> {
    /// Whether a row is of another edition, only told by a source, or of a contest whose standing may be read. The public is told of none that
    /// is provisional: nobody has reached anything by it.
    fn may_read_row(&self, identity: &Identity, row: &Row) -> bool {
        let (Some(level), Some(category)) = (&row.level, &row.category) else { return true };
        if self.state.rules.edition.id != row.edition {
            return true;
        }
        let candidates: Vec<_> = self.state.candidates.values().filter(|candidate| identity.is(candidate)).collect();
        let of_row = self.state.contests.iter().filter(|(key, contest)| {
            key.round.level == *level
                && key.category == *category
                && candidates.iter().any(|candidate| contest.entry(candidate.id.as_str()).is_some())
        });
        of_row.into_iter().all(|(key, contest)| self.sees_standing(key).is_ok() && (contest.announced || !self.grants.is_empty()))
    }
}
