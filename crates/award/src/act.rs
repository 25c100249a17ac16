//! What people do in an award year: an actor, a time, a deed. A cycle folder compiles to a list of acts; the office will make the same
//! ones from forms. An act carries its time, so that no decision ever needs a clock.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tally::{Mark, SheetState};

use crate::cycle::tables::{
    Appointment, Attendance, Candidate, Claim, CommittedLot, Conflict, Dossier, Event, ListItem, NotApplicable, PastStanding,
    StatedPoints,
};
use crate::id::{CandidateId, JurorId, PersonId};
use crate::permission::Actor;
use crate::stage::advancement::DropOut;
use crate::stage::announcement::{Certificate, Embargo, HandOver};
use crate::stage::objection::{Answer, Objection, RecountDecision, RecountSet, Ruling};
use crate::stage::revocation::{Confirmation, Revocation};
use crate::stage::session::{ChairGiven, Minutes, Motion, PlenaryOpening, PlenaryPresence, Vote};

/// A level and a region: the unit that has its own calendar and panel.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundKey {
    /// The level.
    pub level: String,
    /// The region; none for the nation.
    pub region: Option<String>,
}

impl RoundKey {
    /// `level/region`, without the region for the nation.
    ///
    /// ```
    /// use award::RoundKey;
    ///
    /// let round = RoundKey { level: "province".into(), region: Some("18".into()) };
    /// assert_eq!(round.path(), "province/18");
    /// assert_eq!(RoundKey::parse("province/18"), Some(round));
    /// assert_eq!(RoundKey::parse("province/18/kabkota"), None);
    /// ```
    pub fn path(&self) -> String {
        match &self.region {
            Some(region) => format!("{}/{region}", self.level),
            None => self.level.clone(),
        }
    }

    /// The round with this path.
    pub fn parse(path: &str) -> Option<RoundKey> {
        match path.split('/').collect::<Vec<_>>()[..] {
            [level] => Some(RoundKey { level: level.into(), region: None }),
            [level, region] => Some(RoundKey { level: level.into(), region: Some(region.into()) }),
            _ => None,
        }
    }
}

/// A round and a category: the unit that is counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContestKey {
    /// The round.
    pub round: RoundKey,
    /// The category.
    pub category: String,
}

impl ContestKey {
    /// `level/region/category`, without the region for the nation.
    ///
    /// ```
    /// use award::{ContestKey, RoundKey};
    ///
    /// let round = RoundKey { level: "province".into(), region: Some("18".into()) };
    /// let contest = ContestKey { round, category: "kabkota".into() };
    /// assert_eq!(contest.path(), "province/18/kabkota");
    /// assert_eq!(ContestKey::parse("province/18/kabkota"), Some(contest));
    /// ```
    pub fn path(&self) -> String {
        format!("{}/{}", self.round.path(), self.category)
    }

    /// The contest with this path.
    pub fn parse(path: &str) -> Option<ContestKey> {
        let (round, category) = path.rsplit_once('/')?;
        Some(ContestKey { round: RoundKey::parse(round)?, category: category.into() })
    }
}

/// Somebody does something at some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// Who.
    pub actor: Actor,
    /// When; none where the record does not tell and no rule asks.
    pub at: Option<Timestamp>,
    /// What.
    pub deed: Deed,
}

/// One juror's sheet for one entry in one stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandedSheet {
    /// Whose.
    pub juror: JurorId,
    /// For whom.
    pub candidate: CandidateId,
    /// Marks, or one of the states that are not a mark.
    pub state: SheetState,
    /// Mark by indicator; empty unless handed in.
    pub marks: std::collections::BTreeMap<String, Mark>,
}

/// A mark written down wrongly and put right after closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct MarkCorrection {
    pub juror: JurorId,
    pub candidate: CandidateId,
    pub indicator: String,
    pub old: Mark,
    pub new: Mark,
    pub reason: String,
}

/// Who put tied candidates in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderBy {
    /// The chair.
    Chair,
    /// A vote of the plenary.
    Plenary,
}

/// What somebody does, in the order of the process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// An outreach meeting, an interview day, a ceremony is put on record.
    RecordEvent(Event),
    /// What an organisation reached in an earlier edition is put on record.
    RecordStanding(PastStanding),
    /// From now on dossiers are put on record: who has none there did not hand in.
    RecordDossiers,
    /// A lot is committed to before anybody judges.
    CommitLot(CommittedLot),
    /// A candidate is proposed for a contest.
    Propose(ContestKey, Candidate),
    /// A dossier is handed in.
    HandInDossier(ContestKey, Dossier),
    /// The dossier deadline moves by days, for a candidate or for the whole contest.
    ExtendDossier(ContestKey, Option<CandidateId>, u32),
    /// A late or incomplete dossier is admitted all the same, for a reason.
    AdmitLate(ContestKey, CandidateId, String),
    /// Dossiers are closed: who is late is not admitted.
    CloseDossiers(ContestKey),
    /// A person is appointed to a seat.
    Appoint(RoundKey, Appointment),
    /// A conflict of interest is declared.
    DeclareConflict(ContestKey, Conflict),
    /// A candidate claims a figure.
    StateClaim(ContestKey, Claim),
    /// A verifier says what of a claim stands.
    VerifyClaim(ContestKey, Claim),
    /// A verifier accepts or strikes an item of a list.
    VerifyItem(ContestKey, ListItem),
    /// Points that a source gives are put on record.
    StatePoints(ContestKey, StatedPoints),
    /// An indicator does not apply to a candidate.
    ExemptFrom(ContestKey, NotApplicable),
    /// Who came to the interview is put on record.
    RecordAttendance(ContestKey, Attendance),
    /// A juror hands in a sheet.
    HandInSheet(ContestKey, HandedSheet),
    /// A candidate withdraws, for a reason.
    Withdraw(ContestKey, CandidateId, String),
    /// Marks of absent jurors are waived, for a candidate or for all, for a reason.
    WaiveAbsence(ContestKey, Option<CandidateId>, String),
    /// Judging is closed.
    CloseJudging(ContestKey),
    /// A mark that was written down wrongly is put right.
    CorrectMark(ContestKey, MarkCorrection),
    /// The contest is counted.
    Count(ContestKey),
    /// Tied candidates are put in order, best first.
    GiveOrder(ContestKey, OrderBy, Vec<CandidateId>),
    /// An award is given by name.
    NameAward(ContestKey, String, CandidateId),
    /// A lot's secret and the words spoken in the plenary are made known.
    RevealLot(CommittedLot),
    /// The plenary makes the result its own.
    Ratify(ContestKey),
    /// The best go up.
    Advance(ContestKey),
    /// The result is announced.
    Announce(ContestKey),
    /// From now on results are proposed, checked and locked before they go up or are announced.
    RequireLock,
    /// Somebody proposes the result as it stands.
    ProposeResult(ContestKey, PersonId),
    /// Somebody else checks that it is still what the facts say.
    CheckResult(ContestKey, PersonId),
    /// A third person locks it.
    LockResult(ContestKey, PersonId),
    /// A session of the plenary is opened.
    OpenPlenary(RoundKey, PlenaryOpening),
    /// A juror comes to the session or leaves it.
    NotePresence(RoundKey, PlenaryPresence),
    /// Somebody else chairs the session from now on.
    GiveChair(RoundKey, ChairGiven),
    /// A motion is moved and seconded.
    MakeMotion(RoundKey, Motion),
    /// A juror votes on a motion.
    CastVote(RoundKey, Vote),
    /// A vote is closed: the session's id and the motion's.
    CloseVote(RoundKey, String, String),
    /// A juror revises a mark in the session.
    ReviseSheet(ContestKey, MarkCorrection),
    /// The session is closed with its minutes.
    ClosePlenary(RoundKey, Minutes),
    /// The locked result is published as provisional.
    PublishProvisional(ContestKey, PersonId),
    /// A candidate objects to the provisional result.
    FileObjection(ContestKey, Objection),
    /// An objection is admitted to be looked at, or not.
    RuleOnObjection(ContestKey, Ruling),
    /// An admitted objection is answered.
    AnswerObjection(ContestKey, Answer),
    /// The changes that an objection asks for are drafted.
    DraftRecount(ContestKey, RecountSet),
    /// The drafted changes are applied or dropped as a whole.
    DecideRecount(ContestKey, RecountDecision),
    /// A candidate that was to go up withdraws after the result stood.
    StandBack(ContestKey, DropOut),
    /// A candidate that was to go up is disqualified after the result stood.
    Disqualify(ContestKey, DropOut),
    /// Somebody proposes to announce the result, not before an instant.
    ProposeAnnouncement(ContestKey, Embargo),
    /// Somebody else announces it.
    ConfirmAnnouncement(ContestKey, PersonId),
    /// A prize is handed over.
    HandOverPrize(ContestKey, HandOver),
    /// A certificate is issued.
    IssueCertificate(ContestKey, Certificate),
    /// Somebody proposes to revoke what a candidate reached.
    ProposeRevocation(ContestKey, Revocation),
    /// Somebody else confirms it.
    ConfirmRevocation(ContestKey, Confirmation),
}

impl Deed {
    /// The contest it happens in, if it happens in one.
    pub fn contest(&self) -> Option<&ContestKey> {
        match self {
            Deed::RecordEvent(_) | Deed::RecordStanding(_) | Deed::CommitLot(_) | Deed::RevealLot(_) => None,
            Deed::RecordDossiers | Deed::Appoint(..) | Deed::RequireLock => None,
            Deed::OpenPlenary(..) | Deed::NotePresence(..) | Deed::GiveChair(..) | Deed::MakeMotion(..) => None,
            Deed::CastVote(..) | Deed::CloseVote(..) | Deed::ClosePlenary(..) => None,
            Deed::Propose(contest, _)
            | Deed::ExtendDossier(contest, ..)
            | Deed::HandInDossier(contest, _)
            | Deed::AdmitLate(contest, ..)
            | Deed::CloseDossiers(contest)
            | Deed::DeclareConflict(contest, _)
            | Deed::StateClaim(contest, _)
            | Deed::VerifyClaim(contest, _)
            | Deed::VerifyItem(contest, _)
            | Deed::StatePoints(contest, _)
            | Deed::ExemptFrom(contest, _)
            | Deed::RecordAttendance(contest, _)
            | Deed::HandInSheet(contest, _)
            | Deed::Withdraw(contest, ..)
            | Deed::WaiveAbsence(contest, ..)
            | Deed::CloseJudging(contest)
            | Deed::CorrectMark(contest, _)
            | Deed::Count(contest)
            | Deed::GiveOrder(contest, ..)
            | Deed::NameAward(contest, ..)
            | Deed::Ratify(contest)
            | Deed::Advance(contest)
            | Deed::Announce(contest)
            | Deed::ProposeResult(contest, _)
            | Deed::CheckResult(contest, _)
            | Deed::LockResult(contest, _)
            | Deed::ReviseSheet(contest, _)
            | Deed::PublishProvisional(contest, _)
            | Deed::FileObjection(contest, _)
            | Deed::RuleOnObjection(contest, _)
            | Deed::AnswerObjection(contest, _)
            | Deed::DraftRecount(contest, _)
            | Deed::DecideRecount(contest, _)
            | Deed::StandBack(contest, _)
            | Deed::Disqualify(contest, _)
            | Deed::ProposeAnnouncement(contest, _)
            | Deed::ConfirmAnnouncement(contest, _)
            | Deed::HandOverPrize(contest, _)
            | Deed::IssueCertificate(contest, _)
            | Deed::ProposeRevocation(contest, _)
            | Deed::ConfirmRevocation(contest, _) => Some(contest),
        }
    }

    /// The name of the deed, as journals and logs write it.
    ///
    /// ```
    /// assert_eq!(award::Deed::RecordDossiers.name(), "record_dossiers");
    /// ```
    pub fn name(&self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(name)) => name,
            Ok(serde_json::Value::Object(deed)) => deed.keys().next().cloned().unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// The one candidate that it is about; none if it is about several or none.
    pub fn candidate(&self) -> Option<&CandidateId> {
        match self {
            Deed::Propose(_, candidate) => Some(&candidate.id),
            Deed::HandInDossier(_, dossier) => Some(&dossier.candidate),
            Deed::ExtendDossier(_, candidate, _) | Deed::WaiveAbsence(_, candidate, _) => candidate.as_ref(),
            Deed::AdmitLate(_, candidate, _) | Deed::Withdraw(_, candidate, _) | Deed::NameAward(_, _, candidate) => {
                Some(candidate)
            }
            Deed::DeclareConflict(_, conflict) => Some(&conflict.candidate),
            Deed::StateClaim(_, claim) | Deed::VerifyClaim(_, claim) => Some(&claim.candidate),
            Deed::VerifyItem(_, item) => Some(&item.candidate),
            Deed::StatePoints(_, points) => Some(&points.candidate),
            Deed::ExemptFrom(_, exempt) => Some(&exempt.candidate),
            Deed::RecordAttendance(_, attendance) => Some(&attendance.candidate),
            Deed::HandInSheet(_, sheet) => Some(&sheet.candidate),
            Deed::CorrectMark(_, correction) => Some(&correction.candidate),
            _ => None,
        }
    }

    /// The round it happens in; none if it concerns a level or the whole edition.
    pub fn round(&self) -> Option<&RoundKey> {
        match self {
            Deed::Appoint(round, _)
            | Deed::OpenPlenary(round, _)
            | Deed::NotePresence(round, _)
            | Deed::GiveChair(round, _)
            | Deed::MakeMotion(round, _)
            | Deed::CastVote(round, _)
            | Deed::CloseVote(round, ..)
            | Deed::ClosePlenary(round, _) => Some(round),
            _ => self.contest().map(|contest| &contest.round),
        }
    }

    /// Whether the process itself takes this step; everything else somebody must have done.
    pub(crate) fn is_step(&self) -> bool {
        matches!(
            self,
            Deed::CloseDossiers(_)
                | Deed::CloseJudging(_)
                | Deed::Count(_)
                | Deed::Ratify(_)
                | Deed::Advance(_)
                | Deed::Announce(_)
        )
    }

    /// The stage of the process to which it belongs.
    pub fn stage(&self) -> rules::rulebook::Stage {
        use rules::rulebook::Stage;
        match self {
            Deed::RecordEvent(_) | Deed::RecordStanding(_) | Deed::CommitLot(_) | Deed::RequireLock => Stage::Outreach,
            Deed::Propose(..) => Stage::Nomination,
            Deed::RecordDossiers | Deed::HandInDossier(..) | Deed::ExtendDossier(..) => Stage::Dossier,
            Deed::AdmitLate(..) | Deed::CloseDossiers(_) => Stage::Dossier,
            Deed::Appoint(..) | Deed::DeclareConflict(..) | Deed::StateClaim(..) | Deed::VerifyClaim(..) => Stage::Verification,
            Deed::VerifyItem(..) | Deed::StatePoints(..) | Deed::ExemptFrom(..) => Stage::Verification,
            Deed::RecordAttendance(..) => Stage::Interview,
            Deed::HandInSheet(..) | Deed::Withdraw(..) | Deed::WaiveAbsence(..) => Stage::Judging,
            Deed::CloseJudging(_) | Deed::CorrectMark(..) => Stage::Judging,
            Deed::Count(_) => Stage::Counting,
            Deed::GiveOrder(..) | Deed::NameAward(..) | Deed::RevealLot(_) | Deed::Ratify(_) => Stage::Plenary,
            Deed::ProposeResult(..) | Deed::CheckResult(..) | Deed::LockResult(..) | Deed::ReviseSheet(..) => Stage::Plenary,
            Deed::OpenPlenary(..) | Deed::NotePresence(..) | Deed::GiveChair(..) | Deed::MakeMotion(..) => Stage::Plenary,
            Deed::CastVote(..) | Deed::CloseVote(..) | Deed::ClosePlenary(..) => Stage::Plenary,
            Deed::PublishProvisional(..) | Deed::FileObjection(..) | Deed::RuleOnObjection(..) => Stage::Objection,
            Deed::AnswerObjection(..) | Deed::DraftRecount(..) | Deed::DecideRecount(..) => Stage::Objection,
            Deed::Advance(_) | Deed::StandBack(..) | Deed::Disqualify(..) => Stage::Advancement,
            Deed::Announce(_) | Deed::ProposeAnnouncement(..) | Deed::ConfirmAnnouncement(..) => Stage::Announcement,
            Deed::HandOverPrize(..) | Deed::IssueCertificate(..) => Stage::Announcement,
            Deed::ProposeRevocation(..) | Deed::ConfirmRevocation(..) => Stage::Announcement,
        }
    }
}
