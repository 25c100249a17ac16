//! The rows of a cycle folder after reading: typed, checked, each with the place it came from.

use std::ops::Range;

use jiff::civil::{Date, DateTime};
use rules::rulebook::Text;
use serde::{Deserialize, Serialize};
use tally::{Exact, Mark};

use crate::id::{CandidateId, JurorId, PersonId};

/// Where a row stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// File in the folder.
    pub file: &'static str,
    /// Bytes of the row.
    pub span: Range<usize>,
}

/// What a row says, where it stands and when it happened, in local time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<T> {
    /// What it says.
    pub said: T,
    /// When, if the row tells.
    pub at: Option<DateTime>,
    /// Where it stands.
    pub spot: Spot,
}

impl<T> std::ops::Deref for Row<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.said
    }
}

/// Where the figures of a cycle come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Data {
    /// All from sources.
    Published,
    /// Some from sources, some invented.
    Mixed,
    /// Invented; shown as "data contoh" everywhere.
    Invented,
}

/// A lot of a level: committed to before judging, revealed in the plenary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommittedLot {
    /// Level whose contests it serves.
    pub level: String,
    /// SHA-256 of the secret in hex.
    pub commitment: String,
    /// The secret, once revealed.
    pub secret: Option<String>,
    /// The words spoken in the plenary.
    pub words: Option<String>,
}

/// `candidates.csv`: who stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Candidate {
    pub id: CandidateId,
    pub name: String,
    pub category: String,
    pub kind: String,
    pub region: String,
    pub size: Option<String>,
    pub sector: Option<String>,
    pub route: Option<String>,
    pub proposed_by: Option<String>,
    /// Level at which it begins: the one named, or the lowest at which its category is contested.
    pub level: String,
    /// Whether results of lower levels are taken as given.
    pub given: bool,
    pub note: Option<String>,
}

/// `dossiers.csv`: a dossier handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Dossier {
    pub candidate: CandidateId,
    pub submitted_at: DateTime,
    pub complete: bool,
    pub note: Option<String>,
}

/// `claims.csv`: a figure claimed and perhaps verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Claim {
    pub candidate: CandidateId,
    pub claim: String,
    pub claimed: Option<Exact>,
    pub verified: Option<Exact>,
    pub as_of: Option<Date>,
    pub source: Option<String>,
    pub evidence: Option<String>,
    pub verifier: Option<String>,
    pub reason: Option<String>,
    pub level: String,
}

/// `items.csv`: an item of a list claim, such as a legal product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ListItem {
    pub candidate: CandidateId,
    pub list: String,
    pub title: String,
    pub kind: String,
    pub stage: String,
    pub attributes: Vec<String>,
    pub number: Option<String>,
    pub year: Option<String>,
    pub accepted: bool,
    pub reason: Option<String>,
    pub level: String,
}

/// `stated.csv`: points given by a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct StatedPoints {
    pub candidate: CandidateId,
    pub indicator: String,
    pub points: Exact,
    pub source: Option<String>,
    pub level: String,
}

/// `not_applicable.csv`: an indicator that does not apply to a candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct NotApplicable {
    pub candidate: CandidateId,
    pub indicator: String,
    pub reason: String,
    pub level: String,
}

/// `panel.csv`: a person appointed to a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Appointment {
    pub level: String,
    /// Region of the round; none where there is one round for the nation.
    pub region: Option<String>,
    pub juror: JurorId,
    pub name: String,
    pub seat: String,
    pub office: Option<String>,
    pub acting: bool,
    pub delegate_for: Option<String>,
    /// Who it is among those who are entered; a juror whom a file does not tie to anybody is a person of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
}

/// What kind of conflict of interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// Comes with the seat: disclosed, the juror takes part.
    Structural,
    /// Of the person: the juror is recused.
    Personal,
    /// Not sure: the panel decided either way.
    Doubt,
}

/// `conflicts.csv`: a conflict declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Conflict {
    pub level: String,
    pub juror: JurorId,
    pub candidate: CandidateId,
    pub kind: ConflictKind,
    pub recused: bool,
    pub reason: String,
}

/// Whether a candidate came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// It came.
    Present,
    /// It did not come.
    Absent,
    /// It did not come and gave a reason; counts like absent.
    Excused,
}

/// `attendance.csv`: who came to the interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Attendance {
    pub level: String,
    pub candidate: CandidateId,
    pub state: Came,
    pub rank: Option<String>,
    pub speaker: Option<String>,
    pub post: Option<String>,
    pub officials: Option<u32>,
    pub evidence: Option<String>,
}

/// What one row of marks says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marked {
    /// One indicator.
    Indicator(String, Mark),
    /// The whole sheet: one of the states that are not a mark.
    Sheet(Mark),
}

/// `marks.csv`: what a juror gave.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct MarkGiven {
    pub level: String,
    pub juror: JurorId,
    pub candidate: CandidateId,
    pub marked: Marked,
    pub comment: Option<String>,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Missing marks of absent jurors are waived, for one candidate or for all.
    WaiveAbsence(Option<CandidateId>),
    /// The chair's order of tied candidates.
    ChairOrder(Vec<CandidateId>),
    /// The plenary's order of tied candidates.
    PlenaryOrder(Vec<CandidateId>),
    /// A candidate withdraws.
    Withdraw(CandidateId),
    /// An award is given by name.
    GiveAward(String, CandidateId),
    /// A late or incomplete dossier is admitted.
    AdmitLate(CandidateId),
    /// The dossier deadline moves by days, for one candidate or for the round.
    Extend(u32, Option<CandidateId>),
    /// Judging closes at this local time; later marks are refused.
    CloseJudging(DateTime),
    /// A mark that was written down wrongly is corrected after closing; the old one stays in the record.
    CorrectMark {
        /// Whose mark.
        juror: JurorId,
        /// For whom.
        candidate: CandidateId,
        /// Of which indicator.
        indicator: String,
        /// The mark that stands recorded.
        old: Mark,
        /// The mark that the sheet says.
        new: Mark,
    },
}

/// `decisions.csv`: what the chair or the plenary decided.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Decided {
    pub level: String,
    pub region: Option<String>,
    pub category: Option<String>,
    pub decision: Decision,
    pub reason: Option<String>,
    pub by: Option<String>,
}

/// `events.csv`: an outreach meeting, an interview day, a ceremony.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Event {
    pub id: String,
    pub on: Date,
    pub to: Option<Date>,
    pub kind: String,
    pub level: Option<String>,
    pub region: Option<String>,
    pub title: String,
    pub place: Option<String>,
    pub chair: Option<String>,
    pub organiser: Option<String>,
    pub attendees: Option<String>,
    pub source: Option<String>,
    pub note: Option<String>,
}

/// `history.csv`: what an organisation reached in an earlier edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PastStanding {
    pub organisation: String,
    pub region: Option<String>,
    pub edition: String,
    /// The assessment year that the edition's text begins with; of a range of years the last.
    pub year: i16,
    pub category: Option<String>,
    pub standing: String,
    pub value: Option<String>,
    pub source: Option<String>,
    pub note: Option<String>,
}

impl PastStanding {
    /// What tells it from every other: organisation, region, edition, category and what was reached.
    pub fn name(&self) -> String {
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        [&self.organisation, &optional(&self.region), &self.edition, &optional(&self.category), &self.standing]
            .map(|part| part.replace('|', " "))
            .join("|")
    }
}

/// `expected.csv`: what must come out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Expected {
    pub level: String,
    pub region: Option<String>,
    pub category: String,
    pub candidate: CandidateId,
    pub place: Option<u32>,
    pub total: Option<Exact>,
    pub status: String,
    pub awards: Option<Vec<String>>,
}

/// All rows of a cycle, in the order of their files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Tables {
    pub events: Vec<Row<Event>>,
    pub history: Vec<Row<PastStanding>>,
    pub candidates: Vec<Row<Candidate>>,
    pub dossiers: Vec<Row<Dossier>>,
    pub panel: Vec<Row<Appointment>>,
    pub conflicts: Vec<Row<Conflict>>,
    pub claims: Vec<Row<Claim>>,
    pub items: Vec<Row<ListItem>>,
    pub stated: Vec<Row<StatedPoints>>,
    pub not_applicable: Vec<Row<NotApplicable>>,
    pub attendance: Vec<Row<Attendance>>,
    pub marks: Vec<Row<MarkGiven>>,
    pub decisions: Vec<Row<Decided>>,
    pub expected: Vec<Row<Expected>>,
}

/// What `cycle.toml` says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Header {
    pub id: String,
    pub name: Text,
    /// Path of the rulebook, relative to the folder.
    pub rulebook: String,
    pub data: Data,
    pub note: Option<Text>,
    pub lots: Vec<Row<CommittedLot>>,
}
