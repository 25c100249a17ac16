//! What people do in an award year: an actor, a time, a deed. A cycle folder compiles to a list of acts; the office will make the same
//! ones from forms. An act carries its time, so that no decision ever needs a clock.

mod about;
mod handed;
mod key;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::closing::Waiver;
use crate::cycle::tables::{
    Appointment, Attendance, Candidate, Claim, CommittedLot, Conflict, Dossier, Event, ListItem, NotApplicable, PastStanding,
    StatedPoints,
};
use crate::edition::EditionRecord;
use crate::evidence::{ClaimCheck, FieldVisit, Finding, SecondReading};
use crate::id::{CandidateId, PersonId};
use crate::identity::RegisterChange;
use crate::interest::{Declaration, Opening, Ranking, Ruling};
use crate::panel::{ActingChair, DecreedSeat, Replacement};
use crate::people::PeopleChange;
use crate::permission::Actor;
use crate::personal::Erasure;
use crate::round::{self, Adoption, Aide, RoundDay, RulebookMove};
use crate::schedule::{Answer, Asked, CheckIn, Material, Move, NoShow, Sending, Session, Slot};
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
pub use handed::{HandedSheet, MarkCorrection, Marks, OrderBy};
pub use key::{ContestKey, RoundKey};

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
    /// A candidate says whom it sends to the interview.
    SendDelegation(ContestKey, Sending),
    /// A candidate hands in a material for its interview.
    HandInMaterial(ContestKey, Material),
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
