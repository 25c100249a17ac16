//! What somebody may see of the award, as one value for each page: an edition, the nation, a round, a contest, a candidate, an
//! organisation's years. Pages, papers and the command line show the same value. It is worked out from a state and the roles of whoever
//! looks: what they may not read is not in it, and the reason is.

mod annals;
mod belonging;
mod candidate;
mod contest;
mod desk;
mod edition;
mod history;
mod person;
mod public;
mod recount;
mod round;

use jiff::Timestamp;
use serde::Serialize;

use crate::act::ContestKey;
use crate::id::{CandidateId, JurorId};
use crate::permission::reading::{Reading, may_read};
use crate::permission::role::Grant;
use crate::permission::sight::{Sight, may_see};
use crate::refusal::Refusal;
use crate::sentence::Sentence;
use crate::state::State;

pub use annals::{Annals, Reached, ReachedHere};
pub use belonging::{Belongs, belonging};
pub use candidate::{CandidateView, ClaimSeen, DocumentSeen, DossierSeen, EntrySeen, Figure, HearingSeen, MarkSeen, PlaceSeen};
pub(crate) use contest::pool_name;
pub use contest::{AwardSeen, Bench, ContestView, Expected, OutsideSeen, PoolSeen, RowSeen, Step, WorkSeen, fields};
pub use desk::rounds_of;
pub use edition::{Advance, EditionView, LevelSeen, NationView, RoundLine, contested};
pub use history::{OrganisationView, organisation};
pub use person::{PersonSeen, person};
pub use public::{Brings, CalendarSeen, OutcomeSeen, PanelSeen, PartSeen, PlanSeen, PointsSeen};
pub use round::{ContestLine, DaySeen, RoundView, SeatSeen};

/// Somebody who looks: what is known, with which roles, and when.
#[derive(Debug, Clone, Copy)]
pub struct Viewer<'v> {
    /// What was decided so far, at least the parts that the view is of.
    pub state: &'v State,
    /// The roles; none for the public.
    pub grants: &'v [Grant],
    /// Now; none where it is not known, then terms of roles do not matter.
    pub at: Option<Timestamp>,
}

/// Something that is shown, or the reason why it is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Veil<T> {
    /// Here it is.
    Shown(T),
    /// Whoever looks may not read it now.
    Hidden {
        /// The rule.
        why: Sentence,
        /// What to do, or to wait for.
        next: Sentence,
    },
}

impl<T> Veil<T> {
    /// What is shown.
    ///
    /// ```
    /// assert_eq!(award::view::Veil::Shown(3).shown(), Some(&3));
    /// ```
    pub fn shown(&self) -> Option<&T> {
        match self {
            Veil::Shown(shown) => Some(shown),
            Veil::Hidden { .. } => None,
        }
    }

    fn of(asked: Result<(), Refusal>, shown: impl FnOnce() -> T) -> Veil<T> {
        match asked {
            Ok(()) => Veil::Shown(shown()),
            Err(refusal) => Veil::Hidden { why: refusal.rule.into(), next: refusal.next.into() },
        }
    }
}

impl<'v> Viewer<'v> {
    /// Anybody, at any time.
    ///
    /// ```
    /// use award::view::Viewer;
    ///
    /// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
    /// let state = award::run(&cycle, None, &mut |_| {}).unwrap().state;
    /// let contest = state.contests.keys().next().unwrap();
    /// let view = Viewer::public(&state).contest(contest).unwrap();
    /// let names: Vec<&str> = view.standing.shown().unwrap().iter().map(|row| row.name.as_str()).collect();
    /// assert_eq!(names, ["Kampung Melati", "Kampung Kenanga"]);
    /// ```
    pub fn public(state: &'v State) -> Viewer<'v> {
        Viewer { state, grants: &[], at: None }
    }

    fn reads(&self, reading: Reading<'_>) -> Result<(), Refusal> {
        may_read(self.state, self.grants, reading, self.at)
    }

    fn sees_standing(&self, key: &ContestKey) -> Result<(), Refusal> {
        may_see(self.state, self.grants, Sight::Standing(key), self.at)
    }

    fn sees_marks(&self, key: &ContestKey, candidate: &CandidateId, juror: &JurorId) -> bool {
        may_see(self.state, self.grants, Sight::Marks(key, candidate, juror), self.at).is_ok()
    }

    fn knows_of(&self, key: &ContestKey, candidate: &CandidateId) -> bool {
        may_see(self.state, self.grants, Sight::Entry(key, candidate), self.at).is_ok()
    }

    fn region_name(&self, code: &str) -> String {
        self.state.geography.name(code)
    }

    fn name(&self, candidate: &CandidateId) -> String {
        self.state.candidates.get(candidate).map_or_else(|| candidate.to_string(), |known| known.name.clone())
    }
}
