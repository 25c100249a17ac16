//! What people do in an award year: an actor, a time, a deed. A cycle folder compiles to a list of acts; the office will make the same
//! ones from forms. An act carries its time, so that no decision ever needs a clock.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tally::{Mark, SheetState};

use crate::cycle::tables::{
    Appointment, Attendance, Candidate, Claim, CommittedLot, Conflict, Dossier, Event, ListItem, NotApplicable, PastStanding,
    StatedPoints,
};
use crate::edition::EditionRecord;
use crate::id::{CandidateId, JurorId};
use crate::identity::RegisterChange;
use crate::people::PeopleChange;
use crate::permission::Actor;
use crate::round::{Adoption, Aide, Opening, RoundDay, RulebookMove};
use crate::stage::dossier::{Extension, HandedItem, Return};
use crate::stage::nomination::{Consent, Nomination};
use crate::stage::outreach::OutreachRecord;
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
    /// A round is opened under a version of the rulebook.
    OpenRound(RoundKey, Opening),
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
    /// A dossier is submitted as a whole.
    SubmitDossier(ContestKey, CandidateId),
    /// A dossier is given back for correction.
    ReturnDossier(ContestKey, Return),
    /// The dossier deadline is moved for a reason: one candidate, a contest, a region.
    MoveDeadline(RoundKey, Extension),
    /// The figures of an indicator vintage become claims.
    ImportVintage(RoundKey, Vintage),
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
}

impl Deed {
    /// The contest it happens in, if it happens in one.
    pub fn contest(&self) -> Option<&ContestKey> {
        match self {
            Deed::RecordEvent(_) | Deed::RecordStanding(_) | Deed::CommitLot(_) | Deed::RevealLot(_) => None,
            Deed::RecordDossiers | Deed::Appoint(..) => None,
            Deed::OpenEdition(_) | Deed::ChangeRegister(_) | Deed::ChangePeople(_) | Deed::RecordOutreach(_) => None,
            Deed::OpenRound(..) | Deed::SetDay(..) | Deed::ProposeRulebook(..) | Deed::AdoptRulebook(..) => None,
            Deed::AppointAide(..) | Deed::MoveDeadline(..) | Deed::ImportVintage(..) => None,
            Deed::Propose(contest, _)
            | Deed::Nominate(contest, _)
            | Deed::Answer(contest, _)
            | Deed::HandInItem(contest, _)
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
            | Deed::CloseJudging(contest)
            | Deed::CorrectMark(contest, _)
            | Deed::Count(contest)
            | Deed::GiveOrder(contest, ..)
            | Deed::NameAward(contest, ..)
            | Deed::Ratify(contest)
            | Deed::Advance(contest)
            | Deed::Announce(contest) => Some(contest),
        }
    }

    /// The round it happens in; none if it concerns a level or the whole edition.
    pub fn round(&self) -> Option<&RoundKey> {
        match self {
            Deed::Appoint(round, _) => Some(round),
            Deed::OpenRound(round, _) | Deed::SetDay(round, _) | Deed::ProposeRulebook(round, _) => Some(round),
            Deed::AdoptRulebook(round, _) | Deed::AppointAide(round, _) => Some(round),
            Deed::MoveDeadline(round, _) | Deed::ImportVintage(round, _) => Some(round),
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
            Deed::RecordEvent(_) | Deed::RecordStanding(_) | Deed::CommitLot(_) => Stage::Outreach,
            Deed::OpenEdition(_) | Deed::OpenRound(..) | Deed::SetDay(..) | Deed::ProposeRulebook(..) => Stage::Outreach,
            Deed::AdoptRulebook(..) | Deed::ChangeRegister(_) | Deed::ChangePeople(_) => Stage::Outreach,
            Deed::RecordOutreach(_) => Stage::Outreach,
            Deed::Propose(..) | Deed::Nominate(..) | Deed::Answer(..) => Stage::Nomination,
            Deed::HandInItem(..) | Deed::SubmitDossier(..) | Deed::ReturnDossier(..) | Deed::MoveDeadline(..) => Stage::Dossier,
            Deed::ImportVintage(..) | Deed::AppointAide(..) => Stage::Verification,
            Deed::RecordDossiers | Deed::HandInDossier(..) | Deed::ExtendDossier(..) => Stage::Dossier,
            Deed::AdmitLate(..) | Deed::CloseDossiers(_) => Stage::Dossier,
            Deed::Appoint(..) | Deed::DeclareConflict(..) | Deed::StateClaim(..) | Deed::VerifyClaim(..) => Stage::Verification,
            Deed::VerifyItem(..) | Deed::StatePoints(..) | Deed::ExemptFrom(..) => Stage::Verification,
            Deed::RecordAttendance(..) => Stage::Interview,
            Deed::HandInSheet(..) | Deed::Withdraw(..) | Deed::WaiveAbsence(..) => Stage::Judging,
            Deed::CloseJudging(_) | Deed::CorrectMark(..) => Stage::Judging,
            Deed::Count(_) => Stage::Counting,
            Deed::GiveOrder(..) | Deed::NameAward(..) | Deed::RevealLot(_) | Deed::Ratify(_) => Stage::Plenary,
            Deed::Advance(_) => Stage::Advancement,
            Deed::Announce(_) => Stage::Announcement,
        }
    }
}
