//! What people do in an award year: an actor, a time, a deed. A cycle folder compiles to a list of acts; the office will make the same
//! ones from forms. An act carries its time, so that no decision ever needs a clock.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tally::{Mark, SheetState};

use crate::closing::Waiver;
use crate::cycle::tables::{
    Appointment, Attendance, Candidate, Claim, CommittedLot, Conflict, Dossier, Event, ListItem, NotApplicable, PastStanding,
    StatedPoints,
};
use crate::edition::EditionRecord;
use crate::evidence::{ClaimCheck, FieldVisit, Finding, SecondReading};
use crate::id::{CandidateId, JurorId, PersonId};
use crate::identity::RegisterChange;
use crate::interest::{Declaration, Opening, Ranking, Ruling};
use crate::panel::{ActingChair, DecreedSeat, Replacement};
use crate::people::PeopleChange;
use crate::permission::Actor;
use crate::personal::Erasure;
use crate::round::{self, Adoption, Aide, RoundDay, RulebookMove};
use crate::schedule::{Answer, Asked, CheckIn, Move, NoShow, Session, Slot};
use crate::seal::Sealing;
use crate::sheet::{Admission, Reopening, SheetVersion};
use crate::stage::advancement::DropOut;
use crate::stage::announcement::{Certificate, Embargo, HandOver};
use crate::stage::dossier::{Extension, HandedItem, Return, StatedProduct};
use crate::stage::nomination::{Consent, Nomination};
use crate::stage::objection::{self, Objection, RecountDecision, RecountSet};
use crate::stage::outreach::OutreachRecord;
use crate::stage::revocation::{Confirmation, Revocation};
use crate::stage::session::{ChairGiven, Minutes, Motion, PlenaryOpening, PlenaryPresence, Vote};
use crate::vintage::Vintage;

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
    /// An edition is announced: which award it is, what for, who holds it.
    OpenEdition(EditionRecord),
    /// Somebody proposes to seal the rulebook of the edition as it stands.
    ProposeSeal(Sealing),
    /// Somebody else seals it.
    SealRulebook(Sealing),
    /// A round is opened under a version of the rulebook.
    OpenRound(RoundKey, round::Opening),
    /// A day of a round's calendar is planned, or took place.
    SetDay(RoundKey, RoundDay),
    /// Another version of the rulebook is proposed for a round.
    ProposeRulebook(RoundKey, RulebookMove),
    /// Somebody else adopts the version proposed.
    AdoptRulebook(RoundKey, Adoption),
    /// The register of organisations and regions is changed.
    ChangeRegister(RegisterChange),
    /// A person is entered, takes or leaves an office, may act for another.
    ChangePeople(PeopleChange),
    /// Somebody may write down what a juror decides.
    AppointAide(RoundKey, Aide),
    /// Something about a meeting is put on record: guests, what was agreed, press, candidates that follow.
    RecordOutreach(OutreachRecord),
    /// A candidate is put forward by one of the three routes.
    Nominate(ContestKey, Nomination),
    /// A candidate consents or declines.
    Answer(ContestKey, Consent),
    /// A document of a dossier is handed in, or replaced.
    HandInItem(ContestKey, HandedItem),
    /// A candidate states a legal product in its register, or says something else of one.
    StateProduct(ContestKey, StatedProduct),
    /// A dossier is submitted as a whole.
    SubmitDossier(ContestKey, CandidateId),
    /// A dossier is given back for correction.
    ReturnDossier(ContestKey, Return),
    /// The dossier deadline is moved for a reason: one candidate, a contest, a region.
    MoveDeadline(RoundKey, Extension),
    /// The figures of an indicator vintage become claims.
    ImportVintage(RoundKey, Vintage),
    /// Personal texts are erased, as their owners may ask; marks and decisions stay.
    EraseNames(Erasure),
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
    /// Judging is closed, at this position of the journal; none where a year is played from files.
    CloseJudging(ContestKey, Option<u64>),
    /// A person is appointed to a seat by decree, for a term.
    AppointByDecree(RoundKey, DecreedSeat),
    /// A member leaves the panel and another takes the seat.
    ReplaceMember(RoundKey, Replacement),
    /// Somebody is named to act as chair for a candidate.
    NameActingChair(ContestKey, ActingChair),
    /// A juror declares an interest in a candidate, or none.
    DeclareInterest(ContestKey, Declaration),
    /// Whoever chairs rules on a juror's doubt.
    RuleOnDoubt(ContestKey, Ruling),
    /// A juror opens a dossier.
    OpenDossier(ContestKey, Opening),
    /// A juror puts the candidates in order before seeing points.
    HandInRanking(ContestKey, Ranking),
    /// A juror opens the points of indicators.
    OpenFigures(ContestKey, Opening),
    /// A verifier says what of a claim stands, and shows it.
    CheckClaim(ContestKey, ClaimCheck),
    /// The seed of the second reader's sample is committed to, as SHA-256.
    CommitSample(ContestKey, String),
    /// The sample is drawn with the seed.
    DrawSample(ContestKey, String),
    /// A second person reads a claim of the sample.
    ReadAgain(ContestKey, SecondReading),
    /// A visit to a candidate is put on record.
    ReportVisit(ContestKey, FieldVisit),
    /// What was heard at the interview opens a new verification.
    FindAtInterview(ContestKey, Finding),
    /// A session of interviews is planned.
    PlanSession(RoundKey, Session),
    /// A candidate is invited to a slot.
    AssignSlot(ContestKey, Slot),
    /// A slot is moved.
    MoveSlot(ContestKey, Move),
    /// A candidate answers the invitation.
    AnswerInvitation(ContestKey, Answer),
    /// Who came to the interview is checked in.
    CheckIn(ContestKey, CheckIn),
    /// That nobody came at a candidate's time is put on record.
    NoteNoShow(ContestKey, NoShow),
    /// A question and its answer are noted.
    NoteQuestion(ContestKey, Asked),
    /// A version of a sheet is handed in.
    HandInVersion(ContestKey, SheetVersion),
    /// A sheet is opened again.
    ReopenSheet(ContestKey, Reopening),
    /// A paper sheet is entered, by one of two people.
    EnterPaper(ContestKey, SheetVersion),
    /// A sheet that arrives after closing waits.
    LeaveInTray(ContestKey, SheetVersion),
    /// A sheet that waits is admitted.
    AdmitFromTray(ContestKey, Admission),
    /// Something that is missing before closing is waived.
    WaiveMissing(ContestKey, Waiver),
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
    RuleOnObjection(ContestKey, objection::Ruling),
    /// An admitted objection is answered.
    AnswerObjection(ContestKey, objection::Answer),
    /// The changes that an objection asks for are drafted.
    DraftRecount(ContestKey, RecountSet),
    /// The drafted changes are applied or dropped as a whole.
    DecideRecount(ContestKey, RecountDecision),
    /// A candidate that was to go up withdraws after the result stood.
    StandBack(ContestKey, DropOut),
    /// Somebody proposes to disqualify a candidate that was to go up, after the result stood.
    ProposeDisqualification(ContestKey, DropOut),
    /// Somebody else confirms it.
    ConfirmDisqualification(ContestKey, Confirmation),
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

impl HandedSheet {
    /// Whether it gives a mark for anything; a sheet can also say of every indicator that there is none.
    pub fn has_marks(&self) -> bool {
        self.state == SheetState::HandedIn && self.marks.values().any(|mark| matches!(mark, Mark::Given(_)))
    }
}

impl Deed {
    /// The contest it happens in, if it happens in one.
    pub fn contest(&self) -> Option<&ContestKey> {
        match self {
            Deed::RecordEvent(_) | Deed::RecordStanding(_) | Deed::CommitLot(_) | Deed::RevealLot(_) => None,
            Deed::AppointByDecree(..) | Deed::ReplaceMember(..) | Deed::PlanSession(..) => None,
            Deed::OpenEdition(_) | Deed::ChangeRegister(_) | Deed::ChangePeople(_) | Deed::RecordOutreach(_) => None,
            Deed::ProposeSeal(_) | Deed::SealRulebook(_) => None,
            Deed::OpenRound(..) | Deed::SetDay(..) | Deed::ProposeRulebook(..) | Deed::AdoptRulebook(..) => None,
            Deed::AppointAide(..) | Deed::MoveDeadline(..) | Deed::ImportVintage(..) => None,
            Deed::RecordDossiers | Deed::Appoint(..) | Deed::RequireLock | Deed::EraseNames(_) => None,
            Deed::OpenPlenary(..) | Deed::NotePresence(..) | Deed::GiveChair(..) | Deed::MakeMotion(..) => None,
            Deed::CastVote(..) | Deed::CloseVote(..) | Deed::ClosePlenary(..) => None,
            Deed::Propose(contest, _)
            | Deed::Nominate(contest, _)
            | Deed::Answer(contest, _)
            | Deed::HandInItem(contest, _)
            | Deed::StateProduct(contest, _)
            | Deed::SubmitDossier(contest, _)
            | Deed::ReturnDossier(contest, _)
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
            | Deed::CloseJudging(contest, _)
            | Deed::NameActingChair(contest, _)
            | Deed::DeclareInterest(contest, _)
            | Deed::RuleOnDoubt(contest, _)
            | Deed::OpenDossier(contest, _)
            | Deed::HandInRanking(contest, _)
            | Deed::OpenFigures(contest, _)
            | Deed::CheckClaim(contest, _)
            | Deed::CommitSample(contest, _)
            | Deed::DrawSample(contest, _)
            | Deed::ReadAgain(contest, _)
            | Deed::ReportVisit(contest, _)
            | Deed::FindAtInterview(contest, _)
            | Deed::AssignSlot(contest, _)
            | Deed::MoveSlot(contest, _)
            | Deed::AnswerInvitation(contest, _)
            | Deed::CheckIn(contest, _)
            | Deed::NoteNoShow(contest, _)
            | Deed::NoteQuestion(contest, _)
            | Deed::HandInVersion(contest, _)
            | Deed::ReopenSheet(contest, _)
            | Deed::EnterPaper(contest, _)
            | Deed::LeaveInTray(contest, _)
            | Deed::AdmitFromTray(contest, _)
            | Deed::WaiveMissing(contest, _)
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
            | Deed::ProposeDisqualification(contest, _)
            | Deed::ConfirmDisqualification(contest, _)
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
        crate::permission::target::candidate(self)
    }

    /// The round it happens in; none if it concerns a level or the whole edition.
    pub fn round(&self) -> Option<&RoundKey> {
        match self {
            Deed::AppointByDecree(round, _) | Deed::ReplaceMember(round, _) | Deed::PlanSession(round, _) => Some(round),
            Deed::OpenRound(round, _) | Deed::SetDay(round, _) | Deed::ProposeRulebook(round, _) => Some(round),
            Deed::AdoptRulebook(round, _) | Deed::AppointAide(round, _) => Some(round),
            Deed::MoveDeadline(round, _) | Deed::ImportVintage(round, _) => Some(round),
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

    /// Whether only a cycle folder tells it: in one row it sums up what people do step by step, with evidence, versions and receipts.
    ///
    /// ```
    /// use award::{ContestKey, Deed};
    ///
    /// let contest = ContestKey::parse("province/51/kabkota").unwrap();
    /// assert!(Deed::CloseJudging(contest.clone(), None).is_told_by_files_only());
    /// assert!(!Deed::CloseJudging(contest, Some(41)).is_told_by_files_only());
    /// ```
    pub fn is_told_by_files_only(&self) -> bool {
        matches!(
            self,
            Deed::Propose(..)
                | Deed::HandInDossier(..)
                | Deed::ExtendDossier(..)
                | Deed::Appoint(..)
                | Deed::DeclareConflict(..)
                | Deed::VerifyClaim(..)
                | Deed::RecordAttendance(..)
                | Deed::HandInSheet(..)
                | Deed::CorrectMark(..)
                | Deed::CloseJudging(_, None)
                | Deed::Announce(_)
        )
    }

    /// Whether the process itself takes this step; everything else somebody must have done.
    pub(crate) fn is_step(&self) -> bool {
        matches!(
            self,
            Deed::CloseDossiers(_)
                | Deed::CloseJudging(..)
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
            Deed::EraseNames(_) => Stage::Announcement,
            Deed::OpenEdition(_) | Deed::OpenRound(..) | Deed::SetDay(..) | Deed::ProposeRulebook(..) => Stage::Outreach,
            Deed::AdoptRulebook(..) | Deed::ChangeRegister(_) | Deed::ChangePeople(_) => Stage::Outreach,
            Deed::RecordOutreach(_) | Deed::ProposeSeal(_) | Deed::SealRulebook(_) => Stage::Outreach,
            Deed::Propose(..) | Deed::Nominate(..) | Deed::Answer(..) => Stage::Nomination,
            Deed::HandInItem(..) | Deed::SubmitDossier(..) | Deed::ReturnDossier(..) | Deed::MoveDeadline(..) => Stage::Dossier,
            Deed::StateProduct(..) => Stage::Dossier,
            Deed::ImportVintage(..) | Deed::AppointAide(..) => Stage::Verification,
            Deed::RecordDossiers | Deed::HandInDossier(..) | Deed::ExtendDossier(..) => Stage::Dossier,
            Deed::AdmitLate(..) | Deed::CloseDossiers(_) => Stage::Dossier,
            Deed::Appoint(..) | Deed::DeclareConflict(..) | Deed::StateClaim(..) | Deed::VerifyClaim(..) => Stage::Verification,
            Deed::VerifyItem(..) | Deed::StatePoints(..) | Deed::ExemptFrom(..) => Stage::Verification,
            Deed::RecordAttendance(..) => Stage::Interview,
            Deed::HandInSheet(..) | Deed::Withdraw(..) | Deed::WaiveAbsence(..) => Stage::Judging,
            Deed::CloseJudging(..) | Deed::CorrectMark(..) => Stage::Judging,
            Deed::AppointByDecree(..) | Deed::ReplaceMember(..) | Deed::NameActingChair(..) => Stage::Verification,
            Deed::DeclareInterest(..) | Deed::RuleOnDoubt(..) | Deed::OpenDossier(..) => Stage::Verification,
            Deed::CheckClaim(..) | Deed::CommitSample(..) | Deed::DrawSample(..) | Deed::ReadAgain(..) => Stage::Verification,
            Deed::ReportVisit(..) => Stage::Verification,
            Deed::PlanSession(..) | Deed::AssignSlot(..) | Deed::MoveSlot(..) | Deed::AnswerInvitation(..) => Stage::Interview,
            Deed::CheckIn(..) | Deed::NoteNoShow(..) | Deed::NoteQuestion(..) | Deed::FindAtInterview(..) => Stage::Interview,
            Deed::HandInRanking(..) | Deed::OpenFigures(..) | Deed::HandInVersion(..) => Stage::Judging,
            Deed::ReopenSheet(..) | Deed::EnterPaper(..) | Deed::LeaveInTray(..) => Stage::Judging,
            Deed::AdmitFromTray(..) | Deed::WaiveMissing(..) => Stage::Judging,
            Deed::Count(_) => Stage::Counting,
            Deed::GiveOrder(..) | Deed::NameAward(..) | Deed::RevealLot(_) | Deed::Ratify(_) => Stage::Plenary,
            Deed::ProposeResult(..) | Deed::CheckResult(..) | Deed::LockResult(..) | Deed::ReviseSheet(..) => Stage::Plenary,
            Deed::OpenPlenary(..) | Deed::NotePresence(..) | Deed::GiveChair(..) | Deed::MakeMotion(..) => Stage::Plenary,
            Deed::CastVote(..) | Deed::CloseVote(..) | Deed::ClosePlenary(..) => Stage::Plenary,
            Deed::PublishProvisional(..) | Deed::FileObjection(..) | Deed::RuleOnObjection(..) => Stage::Objection,
            Deed::AnswerObjection(..) | Deed::DraftRecount(..) | Deed::DecideRecount(..) => Stage::Objection,
            Deed::Advance(_) | Deed::StandBack(..) => Stage::Advancement,
            Deed::ProposeDisqualification(..) | Deed::ConfirmDisqualification(..) => Stage::Advancement,
            Deed::Announce(_) | Deed::ProposeAnnouncement(..) | Deed::ConfirmAnnouncement(..) => Stage::Announcement,
            Deed::HandOverPrize(..) | Deed::IssueCertificate(..) => Stage::Announcement,
            Deed::ProposeRevocation(..) | Deed::ConfirmRevocation(..) => Stage::Announcement,
        }
    }
}
