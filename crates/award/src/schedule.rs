//! Interviews as they are planned and held: sessions in a room or by video, slots for candidates, invitations and their answers, who came
//! with which letter, what was asked and answered. All times are local to the round.

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::act::ContestKey;
use crate::evidence::FileRef;
use crate::id::{CandidateId, JurorId};
use crate::stage::dossier;

/// Where a session is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In a room.
    Room(String),
    /// By video, at this address.
    Video(String),
}

/// Some hours of a day in which candidates are heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Unique in its round.
    pub id: String,
    /// The day.
    pub on: Date,
    /// When it begins.
    pub from: Time,
    /// When it ends, later on the same day.
    pub to: Time,
    /// Where.
    pub place: Place,
    /// Who hears; empty for the whole panel.
    pub jurors: Vec<JurorId>,
    /// Until when materials must be there; the session begins after that.
    pub materials_due: Option<DateTime>,
}

impl Session {
    /// Whether both need the same juror.
    pub fn shares_jurors(&self, other: &Session) -> bool {
        self.jurors.is_empty() || other.jurors.is_empty() || self.jurors.iter().any(|juror| other.jurors.contains(juror))
    }
}

/// A candidate's time in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// The session's id.
    pub session: String,
    /// Who is heard.
    pub candidate: CandidateId,
    /// When it begins.
    pub starts: Time,
    /// How long it takes, 1 to [`crate::limit::SLOT_MINUTES_MAX`] minutes.
    pub minutes: u32,
    /// Why one more is called than the rulebook calls.
    pub exception: Option<String>,
}

impl Slot {
    /// When it ends; none past midnight.
    pub fn ends(&self) -> Option<Time> {
        let span = Span::new().try_minutes(self.minutes).ok()?;
        let length = SignedDuration::try_from(span).ok()?;
        self.starts.checked_add(length).ok()
    }

    /// Whether two slots of the same day share a minute; one may begin when the other ends.
    ///
    /// ```
    /// use award::schedule::Slot;
    /// use jiff::civil::time;
    ///
    /// let slot = |hour, minute| Slot {
    ///     session: "morning".into(), candidate: "badung".into(), starts: time(hour, minute, 0, 0), minutes: 30, exception: None,
    /// };
    /// assert!(slot(9, 0).overlaps(&slot(9, 29)));
    /// assert!(!slot(9, 0).overlaps(&slot(9, 30)));
    /// ```
    pub fn overlaps(&self, other: &Slot) -> bool {
        let before = |one: &Slot, other: &Slot| one.ends().is_some_and(|end| end <= other.starts);
        !before(self, other) && !before(other, self)
    }
}

/// A slot that is moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// The new time.
    pub slot: Slot,
    /// Why.
    pub reason: String,
}

/// What a candidate answers to the invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// It will come.
    Confirmed,
    /// It cannot come.
    Excused {
        /// Why.
        reason: String,
    },
}

/// An answer to an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Answer {
    pub candidate: CandidateId,
    pub reply: Reply,
}

/// One person of a delegation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delegate {
    /// The person's name.
    pub name: String,
    /// The person's post.
    pub post: String,
    /// The rank, an id of the table of attendance; none for officials who only come along.
    pub rank: Option<String>,
    /// The letter that lets this person speak.
    pub letter: Option<FileRef>,
}

/// Whom a candidate sends to its interview. The first speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Sending {
    pub candidate: CandidateId,
    pub delegation: Vec<Delegate>,
}

/// Something that a candidate hands in for its interview, such as its presentation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// Whose.
    pub candidate: CandidateId,
    /// What it is called there.
    pub title: String,
    /// Its content.
    pub file: dossier::FileRef,
}

/// A material with the moment at which it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct KeptMaterial {
    pub material: Material,
    pub at: Timestamp,
}

/// Who came, when. The first speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CheckIn {
    pub candidate: CandidateId,
    pub at: DateTime,
    pub delegation: Vec<Delegate>,
}

/// Nobody came at a candidate's time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoShow {
    /// Who did not come.
    pub candidate: CandidateId,
    /// What is known of it.
    pub note: Option<String>,
}

/// What was asked and what was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Asked {
    pub candidate: CandidateId,
    pub juror: JurorId,
    pub question: String,
    pub answer: String,
}

/// A slot with the contest of its candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Booked {
    pub contest: ContestKey,
    pub slot: Slot,
}

/// The interviews of a round.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// In the order in which they were planned.
    pub sessions: Vec<Session>,
    /// One for each candidate.
    pub booked: Vec<Booked>,
    /// Slots that were moved away from, each with the reason.
    pub moved: Vec<(Booked, String)>,
}

impl Schedule {
    /// A session by its id.
    pub fn session(&self, id: &str) -> Option<&Session> {
        self.sessions.iter().find(|session| session.id == id)
    }

    /// The slot of a candidate.
    pub fn slot(&self, candidate: &CandidateId) -> Option<&Slot> {
        self.booked.iter().map(|booked| &booked.slot).find(|slot| slot.candidate == *candidate)
    }
}

/// The interviews of a contest as they were held.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Hearing {
    /// In order; the last one of a candidate stands.
    pub answers: Vec<Answer>,
    pub check_ins: Vec<CheckIn>,
    pub asked: Vec<Asked>,
    /// Whom the candidate sends, as it said so; the last one stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sent: Vec<Sending>,
    /// What it handed in beforehand, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub materials: Vec<KeptMaterial>,
}

/// Where an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Invited {
    Invited,
    Confirmed,
    Excused,
    Present,
}

impl Hearing {
    /// Where a candidate's invitation stands; it says nothing of whoever has no slot.
    pub fn invited(&self, candidate: &CandidateId) -> Invited {
        if self.check_ins.iter().any(|came| came.candidate == *candidate) {
            return Invited::Present;
        }
        match self.answers.iter().rev().find(|answer| answer.candidate == *candidate).map(|answer| &answer.reply) {
            None => Invited::Invited,
            Some(Reply::Confirmed) => Invited::Confirmed,
            Some(Reply::Excused { .. }) => Invited::Excused,
        }
    }
}
