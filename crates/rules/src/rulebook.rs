//! The rulebook as it stands in memory: what one edition's decree says, after reading and checking.
//!
//! The shape follows `docs/rulebook.md` table by table. A [`Rulebook`] can only be made by [`crate::read`], so whoever holds
//! one holds a consistent one: every id resolves, weights add up, every category has a ladder and a quota.

mod calendar;
mod category;
mod claim;
mod contest;
mod edition;
mod interview;
mod level;
mod panel;
mod scheme;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use calendar::{CalendarEvent, Holiday, Stage, When};
pub use category::{Category, DocumentRule, GateCondition, GateRule};
pub use claim::{ClaimRule, ClaimShape, DerivedRule, Plausible};
pub use contest::{AwardRule, ContestRule, Ladder};
pub use edition::{Edition, Organiser, Source, SourceKind};
pub use interview::{AttendanceRule, Delegation, Rank};
pub use level::{Level, LevelTimeZone, Rounds, Zone};
pub use panel::{GivenSheets, Panel, Seat, SeatRole};
pub(crate) use scheme::USUAL_TOTAL;
pub use scheme::{Anchor, Aspect, CarriedValue, Indicator, IndicatorKind, Limits, Role, Scheme};

/// A text for people, in the two languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text {
    /// Indonesian.
    pub id: String,
    /// English.
    pub en: String,
}

/// Where a clause comes from and which of its keys are our assumption.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// Source ids; `assumption` stands for none.
    pub source: Vec<String>,
    /// Keys whose numbers no source states.
    pub assumed: Vec<String>,
}

impl Clause {
    /// Whether this key's value is our assumption and not a source's statement.
    ///
    /// ```
    /// let clause = rules::Clause { source: vec!["decree".into()], assumed: vec!["weight".into()] };
    /// assert!(clause.is_assumed("weight") && !clause.is_assumed("bands"));
    /// ```
    pub fn is_assumed(&self, key: &str) -> bool {
        self.source.iter().any(|s| s == "assumption") || self.assumed.iter().any(|k| k == key)
    }
}

/// One edition's rules, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rulebook {
    /// What is judged and when.
    pub edition: Edition,
    /// Who holds it.
    pub organisers: Vec<Organiser>,
    /// Where clauses come from, by id.
    pub sources: BTreeMap<String, Source>,
    /// Planned and actual dates.
    pub calendar: Vec<CalendarEvent>,
    /// Days that are not working days.
    pub holidays: Vec<Holiday>,
    /// From the lowest level to the highest.
    pub levels: Vec<Level>,
    /// Groups of provinces.
    pub zones: Vec<Zone>,
    /// Panel templates.
    pub panels: Vec<Panel>,
    /// Categories and sectors.
    pub categories: Vec<Category>,
    /// Facts that candidates claim.
    pub claims: Vec<ClaimRule>,
    /// Claims that are computed.
    pub derived: Vec<DerivedRule>,
    /// What the rank of a speaker does.
    pub attendance: Vec<AttendanceRule>,
    /// How points come about.
    pub schemes: Vec<Scheme>,
    /// How ties are broken.
    pub ladders: Vec<Ladder>,
    /// What is given.
    pub awards: Vec<AwardRule>,
    /// Categories at levels.
    pub contests: Vec<ContestRule>,
}
