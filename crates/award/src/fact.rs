//! What was decided: appended and never changed. A correction is a new fact.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tally::{By, Change, Count, Exact, Outcome, Status};

use crate::act::{ContestKey, HandedSheet, MarkCorrection, OrderBy, RoundKey};
use crate::cycle::tables::{
    Appointment, Attendance, Candidate, Claim, CommittedLot, Conflict, Event, ListItem, NotApplicable, PastStanding, StatedPoints,
};
use crate::deadline::Deadline;
use crate::id::{CandidateId, JurorId, PersonId};
use crate::stage::advancement::{Cause, DropOut};
use crate::stage::announcement::{Certificate, Embargo, HandOver};
use crate::stage::locking::{Check, Numbered, Proposal};
use crate::stage::objection::{Answer, Objection, Published, RecountDecision, RecountSet, Ruling};
use crate::stage::revocation::{Revocation, Revoked};
use crate::stage::session::{ChairGiven, Minutes, Motion, PlenaryOpening, PlenaryPresence, Vote, VoteCount};

/// A count with its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// Everything that was counted; whoever holds it can recount.
    pub count: Arc<Count>,
    /// What came out.
    pub outcome: Arc<Outcome>,
}

impl Counted {
    /// Whether some are tied across the line and nobody has decided.
    pub fn is_undecided(&self) -> bool {
        self.outcome.standing.iter().any(|row| row.status == Status::Undecided)
    }

    /// Whether an entry really has an award: a place award not while it is undecided who has the place.
    pub fn has_award(&self, award: &str, entry: &str) -> bool {
        let by_place = |known: &&tally::Award| known.id == award && matches!(known.by, By::Place { .. });
        let undecided = |row: &&tally::outcome::Placed| row.entry == entry && row.status == Status::Undecided;
        !(self.count.awards.iter().any(|known| by_place(&known)) && self.outcome.standing.iter().any(|row| undecided(&row)))
    }
}

/// Why a candidate is not admitted to a contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotAdmitted {
    /// The dossier came after the deadline.
    Late {
        /// When it came.
        at: Timestamp,
        /// When it had to be there.
        deadline: Deadline,
    },
    /// The dossier was not complete.
    Incomplete,
    /// Dossiers are on record, and none of this candidate.
    NotHandedIn,
}

/// Something that happened, as decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Fact {
    EventRecorded(Event),
    StandingRecorded(PastStanding),
    DossiersRecorded,
    LotCommitted(CommittedLot),
    Proposed(ContestKey, Candidate),
    DossierReceived {
        contest: ContestKey,
        candidate: CandidateId,
        at: Option<Timestamp>,
        complete: bool,
    },
    DeadlineMoved {
        contest: ContestKey,
        candidate: Option<CandidateId>,
        days: u32,
    },
    LateAdmitted {
        contest: ContestKey,
        candidate: CandidateId,
        reason: String,
    },
    DossiersClosed {
        contest: ContestKey,
        not_admitted: Vec<(CandidateId, NotAdmitted)>,
    },
    Appointed(RoundKey, Appointment),
    ConflictDeclared(ContestKey, Conflict),
    ClaimStated(ContestKey, Claim),
    ClaimVerified(ContestKey, Claim),
    ItemVerified(ContestKey, ListItem),
    PointsStated(ContestKey, StatedPoints),
    Exempted(ContestKey, NotApplicable),
    Attended(ContestKey, Attendance),
    SheetHandedIn(ContestKey, HandedSheet),
    Withdrawn {
        contest: ContestKey,
        candidate: CandidateId,
        reason: String,
    },
    AbsenceWaived {
        contest: ContestKey,
        candidate: Option<CandidateId>,
        reason: String,
    },
    JudgingClosed(ContestKey),
    MarkCorrected(ContestKey, MarkCorrection),
    Counted(ContestKey, Counted),
    OrderGiven {
        contest: ContestKey,
        by: OrderBy,
        order: Vec<CandidateId>,
    },
    AwardNamed {
        contest: ContestKey,
        award: String,
        candidate: CandidateId,
    },
    LotRevealed(CommittedLot),
    Ratified(ContestKey, Counted),
    Advanced {
        from: ContestKey,
        to: ContestKey,
        candidate: CandidateId,
        place: u32,
        total: Exact,
    },
    ReserveMovedUp {
        from: ContestKey,
        to: ContestKey,
        candidate: CandidateId,
        place: u32,
        total: Exact,
        instead_of: CandidateId,
    },
    Announced(ContestKey),
    LockRequired,
    ResultProposed(ContestKey, Proposal),
    ResultChecked(ContestKey, Check),
    ResultLocked {
        contest: ContestKey,
        by: PersonId,
        at: Timestamp,
    },
    /// A new result counts: the one before stays. The changes are those made to what was counted before.
    ResultSuperseded {
        contest: ContestKey,
        result: Numbered,
        changes: Vec<Change>,
    },
    PlenaryOpened(RoundKey, PlenaryOpening, Timestamp),
    PresenceNoted(RoundKey, PlenaryPresence),
    ChairGiven(RoundKey, ChairGiven),
    /// The jurors who were recused from what it concerns when it was made have no part in it.
    MotionMade {
        round: RoundKey,
        motion: Motion,
        barred: Vec<JurorId>,
    },
    VoteCast(RoundKey, Vote),
    VoteClosed {
        round: RoundKey,
        session: String,
        motion: String,
        count: VoteCount,
    },
    SheetRevised(ContestKey, MarkCorrection),
    PlenaryClosed(RoundKey, Minutes),
    ProvisionalPublished(ContestKey, Published),
    ObjectionFiled(ContestKey, Objection, Timestamp),
    ObjectionRuled(ContestKey, Ruling),
    ObjectionAnswered(ContestKey, Answer),
    RecountDrafted(ContestKey, RecountSet),
    RecountDecided(ContestKey, RecountDecision),
    DroppedOut {
        contest: ContestKey,
        out: DropOut,
        cause: Cause,
    },
    AnnouncementProposed(ContestKey, Embargo),
    AnnouncementConfirmed {
        contest: ContestKey,
        by: PersonId,
        at: Timestamp,
    },
    PrizeHandedOver(ContestKey, HandOver),
    CertificateIssued(ContestKey, Certificate),
    RevocationProposed(ContestKey, Revocation),
    Revoked(ContestKey, Revoked),
}

impl Fact {
    /// The contest that it changes; the lower one where somebody goes up, and none for what concerns a round or the edition.
    pub fn contest(&self) -> Option<&ContestKey> {
        match self {
            Fact::EventRecorded(_) | Fact::StandingRecorded(_) | Fact::DossiersRecorded | Fact::LotCommitted(_) => None,
            Fact::LotRevealed(_) | Fact::Appointed(..) | Fact::LockRequired => None,
            Fact::PlenaryOpened(..) | Fact::PresenceNoted(..) | Fact::ChairGiven(..) | Fact::MotionMade { .. } => None,
            Fact::VoteCast(..) | Fact::VoteClosed { .. } | Fact::PlenaryClosed(..) => None,
            Fact::Proposed(contest, _)
            | Fact::DossierReceived { contest, .. }
            | Fact::DeadlineMoved { contest, .. }
            | Fact::LateAdmitted { contest, .. }
            | Fact::DossiersClosed { contest, .. }
            | Fact::ConflictDeclared(contest, _)
            | Fact::ClaimStated(contest, _)
            | Fact::ClaimVerified(contest, _)
            | Fact::ItemVerified(contest, _)
            | Fact::PointsStated(contest, _)
            | Fact::Exempted(contest, _)
            | Fact::Attended(contest, _)
            | Fact::SheetHandedIn(contest, _)
            | Fact::Withdrawn { contest, .. }
            | Fact::AbsenceWaived { contest, .. }
            | Fact::JudgingClosed(contest)
            | Fact::MarkCorrected(contest, _)
            | Fact::Counted(contest, _)
            | Fact::OrderGiven { contest, .. }
            | Fact::AwardNamed { contest, .. }
            | Fact::Ratified(contest, _)
            | Fact::Advanced { from: contest, .. }
            | Fact::ReserveMovedUp { from: contest, .. }
            | Fact::Announced(contest)
            | Fact::ResultProposed(contest, _)
            | Fact::ResultChecked(contest, _)
            | Fact::ResultLocked { contest, .. }
            | Fact::ResultSuperseded { contest, .. }
            | Fact::SheetRevised(contest, _)
            | Fact::ProvisionalPublished(contest, _)
            | Fact::ObjectionFiled(contest, ..)
            | Fact::ObjectionRuled(contest, _)
            | Fact::ObjectionAnswered(contest, _)
            | Fact::RecountDrafted(contest, _)
            | Fact::RecountDecided(contest, _)
            | Fact::DroppedOut { contest, .. }
            | Fact::AnnouncementProposed(contest, _)
            | Fact::AnnouncementConfirmed { contest, .. }
            | Fact::PrizeHandedOver(contest, _)
            | Fact::CertificateIssued(contest, _)
            | Fact::RevocationProposed(contest, _)
            | Fact::Revoked(contest, _) => Some(contest),
        }
    }

    /// The round that it changes where it changes no contest; none for what concerns the edition.
    pub fn round(&self) -> Option<&RoundKey> {
        match self {
            Fact::Appointed(round, _)
            | Fact::PlenaryOpened(round, ..)
            | Fact::PresenceNoted(round, _)
            | Fact::ChairGiven(round, _)
            | Fact::MotionMade { round, .. }
            | Fact::VoteCast(round, _)
            | Fact::VoteClosed { round, .. }
            | Fact::PlenaryClosed(round, _) => Some(round),
            _ => self.contest().map(|contest| &contest.round),
        }
    }
}
