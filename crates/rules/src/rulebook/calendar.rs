//! When things happen: planned and actual days, holidays, and the stages to which they belong.

use jiff::civil::Date;
use serde::Serialize;

use super::{Clause, Text};

/// Something with a planned and perhaps an actual date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct CalendarEvent {
    pub id: String,
    pub name: Text,
    pub stage: Option<Stage>,
    pub level: Option<String>,
    pub planned: When,
    pub actual: Option<When>,
    /// The last day to which extensions may move it.
    pub latest: Option<Date>,
    pub clause: Clause,
}

/// A date as sources give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// One day.
    On(Date),
    /// From one day to another, both included.
    Between(Date, Date),
    /// A month, or several; each as its first day.
    Months(Date, Date),
    /// The end of the n-th day after an event.
    After {
        /// How many days.
        days: u32,
        /// The event's id.
        event: String,
        /// Whether only working days count.
        working: bool,
    },
}

/// A day that is not a working day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Holiday {
    pub on: Date,
    pub name: Text,
}

/// The stages of a contest, in the order of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Stage {
    Outreach,
    Nomination,
    Dossier,
    Verification,
    Interview,
    Judging,
    Counting,
    Plenary,
    Objection,
    Advancement,
    Announcement,
}

impl Stage {
    /// Every stage, in the order of the process.
    pub const ALL: [Stage; 11] = [
        Stage::Outreach,
        Stage::Nomination,
        Stage::Dossier,
        Stage::Verification,
        Stage::Interview,
        Stage::Judging,
        Stage::Counting,
        Stage::Plenary,
        Stage::Objection,
        Stage::Advancement,
        Stage::Announcement,
    ];

    /// The name in files, texts and on the command line.
    ///
    /// ```
    /// assert_eq!(rules::Stage::Judging.name(), "judging");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Stage::Outreach => "outreach",
            Stage::Nomination => "nomination",
            Stage::Dossier => "dossier",
            Stage::Verification => "verification",
            Stage::Interview => "interview",
            Stage::Judging => "judging",
            Stage::Counting => "counting",
            Stage::Plenary => "plenary",
            Stage::Objection => "objection",
            Stage::Advancement => "advancement",
            Stage::Announcement => "announcement",
        }
    }

    /// The stage of that name.
    ///
    /// ```
    /// assert_eq!(rules::Stage::named("judging"), Some(rules::Stage::Judging));
    /// ```
    pub fn named(name: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.name() == name)
    }
}
