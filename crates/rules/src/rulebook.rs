//! The rulebook as it stands in memory: what one edition's decree says, after reading and checking.
//!
//! The shape follows `docs/rulebook.md` table by table. A [`Rulebook`] can only be made by [`crate::read`], so whoever holds
//! one holds a consistent one: every id resolves, weights add up, every category has a ladder and a quota.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tally::{Combine, Exact, GrowthMode, Method, Missing, NotApplicable, OverOne, Rounding};

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

/// What is judged and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Edition {
    pub id: String,
    pub version: String,
    pub name: Text,
    pub labels: Vec<String>,
    pub ordinal: Option<u32>,
    /// First day of the period judged.
    pub assessment_from: Date,
    /// Last day of the period judged.
    pub assessment_to: Date,
    /// Date whose regions hold.
    pub regions_as_of: Date,
    /// Whether candidates stand in Indonesian regions.
    pub country_levels: bool,
    pub purposes: Vec<Text>,
    pub reported_by: Option<String>,
    pub default_locale: String,
    pub clause: Clause,
}

/// Who holds the award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Organiser {
    pub name: Text,
    pub role: Option<Text>,
    pub aliases: Vec<String>,
    pub clause: Clause,
}

/// A source of clauses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Source {
    pub title: String,
    pub kind: SourceKind,
    pub publisher: Option<String>,
    pub date: Option<Date>,
    pub note: Option<String>,
}

/// What kind of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum SourceKind {
    Law,
    Decree,
    Press,
    Statement,
    Dataset,
}

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

/// A level of the award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Level {
    pub id: String,
    pub name: Text,
    pub rounds: Rounds,
    /// Whether entries compete in pools by zone.
    pub pools_by_zone: bool,
    pub next: Option<String>,
    pub time_zone: LevelTimeZone,
    pub clause: Clause,
}

/// For what there is one round each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Rounds {
    Province,
    Regency,
    Zone,
    Nation,
}

/// In which local time a level's deadlines end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub enum LevelTimeZone {
    Region,
    Wib,
    Wita,
    Wit,
}

/// A group of provinces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Zone {
    pub id: String,
    pub name: Text,
    pub provinces: Vec<String>,
    pub clause: Clause,
}

/// A panel template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Panel {
    pub id: String,
    pub name: Option<Text>,
    pub level: String,
    /// Jurors who must have handed in or abstained, for each entry.
    pub quorum: u32,
    pub minimum_effective: Option<u32>,
    pub acting_chair: bool,
    /// What becomes of the sheets that a replaced juror gave; none leaves the choice to whoever replaces.
    pub substitution: Option<GivenSheets>,
    /// Whether a juror sees the marks of others for a candidate once the own sheet is in; else once judging is closed.
    pub open_marks: bool,
    pub seats: Vec<Seat>,
    pub clause: Clause,
}

/// What becomes of the sheets that a replaced juror has given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GivenSheets {
    /// They count; the successor judges whom the former juror had not judged.
    Keep,
    /// They are void; the successor judges everybody.
    Void,
}

/// One kind of seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Seat {
    pub id: String,
    pub name: Text,
    pub role: SeatRole,
    pub count: u32,
    pub offices: Vec<Text>,
    pub delegate: bool,
    /// Structural conflicts: `own_region`, `supplies_data`, `coaches`, `represents`.
    pub structural: Vec<String>,
    pub clause: Clause,
}

/// What a seat does on the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum SeatRole {
    Chair,
    Secretary,
    Member,
}

/// A category, a sector below it, or a heading over them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Category {
    pub id: String,
    pub name: Text,
    pub aliases: Vec<String>,
    pub parent: Option<String>,
    pub kinds: Vec<String>,
    pub sizes: Vec<String>,
    pub sectors: Vec<String>,
    pub routes: Vec<String>,
    pub socialisation_first: bool,
    pub gates: Vec<GateRule>,
    pub documents: Vec<DocumentRule>,
    pub clause: Clause,
}

/// A condition to be in the running.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct GateRule {
    pub id: String,
    pub name: Text,
    pub condition: GateCondition,
    pub missing: tally::GateMissing,
    pub clause: Clause,
}

/// What a gate asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GateCondition {
    /// The claim must be yes.
    Yes(String),
    /// The claim must be no.
    No(String),
    /// A claim compared with a value.
    Claim(String, tally::Test, Exact),
    /// A formula compared with a value.
    Formula(String, tally::Test, Exact),
    /// Has not won in so many editions before.
    PreviousWinner(u32),
}

/// A document of the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct DocumentRule {
    pub id: String,
    pub name: Text,
    pub required: bool,
    pub kinds: Vec<String>,
    /// Formats in which the file may come, such as `pdf`; empty: any that the program can show.
    pub formats: Vec<String>,
    /// Largest file, in whole mebibytes.
    pub max_mib: Option<u32>,
    pub clause: Clause,
}

/// A fact that a candidate states and a verifier checks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ClaimRule {
    pub id: String,
    pub name: Text,
    pub shape: ClaimShape,
    pub unit: Option<Text>,
    pub segment: Option<String>,
    pub question: Option<Text>,
    /// The question that an indicator vintage answers with this figure.
    pub data_question: Option<String>,
    /// How many decimals a value may have.
    pub decimals: u32,
    /// What a plausible value lies between; anything else is refused.
    pub plausible: Plausible,
    pub clause: Clause,
}

/// What a claim looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ClaimShape {
    Count,
    Money,
    Number,
    YesNo,
    List,
}

/// A claim computed from others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct DerivedRule {
    pub id: String,
    pub name: Text,
    pub formula: String,
    /// What a plausible value lies between; a figure that leads outside is refused.
    pub plausible: Plausible,
    pub clause: Clause,
}

/// Bounds outside of which a figure is surely a mistake, such as a budget that pays for 90 months.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Plausible {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Exact>,
}

impl Plausible {
    /// Whether a value lies between the bounds, both included.
    ///
    /// ```
    /// let twelve_months = rules::rulebook::Plausible { at_least: None, at_most: Some(12u32.into()) };
    /// assert!(twelve_months.holds(&12u32.into()) && !twelve_months.holds(&90u32.into()));
    /// ```
    pub fn holds(&self, value: &Exact) -> bool {
        self.at_least.as_ref().is_none_or(|least| value >= least) && self.at_most.as_ref().is_none_or(|most| value <= most)
    }
}

/// What the rank of who came to the interview does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct AttendanceRule {
    pub id: String,
    pub name: Text,
    pub kinds: Vec<String>,
    pub ranks: Vec<Rank>,
    pub otherwise: Option<Exact>,
    pub absent: tally::AbsentRule,
    pub leader_required: bool,
    pub officials: Option<u32>,
    pub delegation: Delegation,
    pub clause: Clause,
}

/// What it means when a delegation is lower or smaller than the table asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Delegation {
    /// It is heard, and the shortfall is put on record.
    Record,
    /// It is not heard.
    Refuse,
}

/// One rank of an attendance table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Rank {
    pub id: String,
    pub name: Text,
    pub value: Exact,
    pub clause: Clause,
}

/// How points come about in a contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Scheme {
    pub id: String,
    pub name: Text,
    pub combine: Combine,
    pub weights_total: Option<Exact>,
    /// In the order of the file; empty if the aspects are combined directly.
    pub stage_weights: Vec<(Stage, Exact)>,
    pub method: Method,
    pub limits: Limits,
    pub gates: Vec<GateRule>,
    pub aspects: Vec<Aspect>,
    pub clause: Clause,
}

/// Cap, floor and rounding of points.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Limits {
    pub cap: Option<Exact>,
    pub floor: Option<Exact>,
    pub round: Option<Rounding>,
}

/// What the weights of an aspect's indicators add up to where `weights_total` is left out.
pub(crate) const USUAL_TOTAL: i64 = 100;

impl Aspect {
    /// What the weights of its indicators add up to: said, or 100 where several parts make a mean; nothing else is weighed.
    pub(crate) fn total(&self) -> Option<Exact> {
        let parts = self.indicators.iter().filter(|one| one.role == Role::Part).count();
        let usual = || (self.combine == Combine::Mean && parts > 1).then(|| Exact::from(USUAL_TOTAL));
        self.weights_total.clone().or_else(usual)
    }
}

/// Whether points are a part, or are added or subtracted at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Role {
    Part,
    Bonus,
    Penalty,
}

/// A weighted group of indicators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Aspect {
    pub id: String,
    pub name: Text,
    pub aliases: Vec<String>,
    pub weight: Exact,
    pub combine: Combine,
    pub weights_total: Option<Exact>,
    pub stage: Option<Stage>,
    pub attendance: Option<String>,
    pub role: Role,
    pub limits: Limits,
    /// Overrides the scheme's method.
    pub method: Option<Method>,
    /// Each juror's own marks are added up first; what it means when there are none.
    pub sheet_order: Option<Missing>,
    pub indicators: Vec<Indicator>,
    pub clause: Clause,
}

/// One thing that earns points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Indicator {
    pub id: String,
    pub name: Text,
    pub aliases: Vec<String>,
    pub question: Option<Text>,
    /// The question that an indicator vintage answers with the numerator and denominator of this ratio.
    pub data_question: Option<String>,
    pub equivalent: Option<String>,
    pub weight: Exact,
    pub role: Role,
    pub kind: IndicatorKind,
    pub scale: tally::Scale,
    pub missing: Missing,
    pub not_applicable: NotApplicable,
    pub limits: Limits,
    /// The points it can take, for "what would have been enough".
    pub range: Option<tally::Grid>,
    pub clause: Clause,
}

/// How an indicator is measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum IndicatorKind {
    Ratio {
        numerator: String,
        denominator: String,
        over_one: OverOne,
    },
    Count {
        claim: String,
    },
    Growth {
        from: String,
        to: String,
        mode: GrowthMode,
    },
    Checklist {
        list: String,
        kinds: BTreeMap<String, Exact>,
        stages: BTreeMap<String, Exact>,
        attributes: BTreeMap<String, Exact>,
        at_most: Option<u32>,
    },
    Rubric {
        min: Exact,
        max: Exact,
        step: Exact,
        anchors: Vec<Anchor>,
    },
    Attendance {
        attendance: String,
    },
    Formula {
        formula: String,
    },
    Relative {
        of: Box<IndicatorKind>,
    },
    Stated,
    Carried {
        level: String,
        value: CarriedValue,
    },
}

/// What a rubric's range of marks means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Anchor {
    pub at_least: Exact,
    pub text: Text,
}

/// What is carried up from a lower level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum CarriedValue {
    Total,
    Place,
}

/// How ties are broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Ladder {
    pub id: String,
    pub steps: Vec<tally::Rung>,
    pub clause: Clause,
}

/// What is given to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct AwardRule {
    pub id: String,
    pub name: Text,
    pub within: tally::Within,
    /// `Named` is empty here: the names come with the decision.
    pub by: tally::By,
    pub prizes: Vec<Text>,
    pub special: bool,
    pub clause: Clause,
}

/// One or more categories at one level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ContestRule {
    pub categories: Vec<String>,
    pub level: String,
    pub scheme: String,
    pub panel: Option<String>,
    pub stages: Vec<Stage>,
    pub interviewed: bool,
    pub invited: Option<u32>,
    /// Jurors rank the candidates before they see points of indicators.
    pub blind: bool,
    /// Share of the verified claims that a second person reads, from 0 to 1.
    pub second_reading: Option<Exact>,
    pub ladder: String,
    pub quota: u32,
    pub quota_within: tally::Within,
    pub minimum: Option<Exact>,
    pub reserves: u32,
    pub region_cap: Option<u32>,
    /// Days for objections, counted from the day on which the provisional result is published.
    pub objection_days: Option<u32>,
    /// Whether only working days count among them.
    pub objection_working: bool,
    pub ties: tally::CutTies,
    pub awards: Vec<String>,
    pub clause: Clause,
}
