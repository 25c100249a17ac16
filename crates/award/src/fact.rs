//! What was decided: appended and never changed. A correction is a new fact.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tally::{By, Change, Count, Exact, Outcome, Status};

use crate::act::{ContestKey, HandedSheet, MarkCorrection, OrderBy, RoundKey};
use crate::closing::Waiver;
use crate::cycle::tables::{
    Appointment, Attendance, Candidate, Claim, CommittedLot, Conflict, Event, ListItem, NotApplicable, PastStanding, StatedPoints,
};
use crate::deadline::Deadline;
use crate::edition::EditionRecord;
use crate::evidence::{ClaimAt, ClaimCheck, FieldVisit, Finding, Reopened, SecondReading};
use crate::id::{CandidateId, JurorId, PersonId};
use crate::identity::RegisterChange;
use crate::interest::{Declaration, Opened, Ranking, Ruling};
use crate::panel::{ActingChair, DecreedSeat, Left};
use crate::people::PeopleChange;
use crate::personal::Erasure;
use crate::round::{Aide, Opening, RoundDay, RulebookMove, RulebookPin};
use crate::schedule::{Answer, Asked, CheckIn, Material, Move, Sending, Session, Slot};
use crate::seal::Seal;
use crate::sheet::{KeptSheet, Reopening, SheetVersion};
use crate::shortfall::Shortfall;
use crate::stage::advancement::{Cause, DropOut};
use crate::stage::announcement::{Certificate, Embargo, HandOver};
use crate::stage::dossier::{Extension, HandedItem, Return, StatedProduct, Submission};
use crate::stage::locking::{Check, Numbered, Proposal};
use crate::stage::nomination::{Consent, Nomination};
use crate::stage::objection::{self, Objection, Published, RecountDecision, RecountSet};
use crate::stage::outreach::OutreachRecord;
use crate::stage::revocation::{Revocation, Revoked};
use crate::stage::session::{ChairGiven, Minutes, Motion, PlenaryOpening, PlenaryPresence, Vote, VoteCount};
use crate::vintage::About;

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
    /// Whether two are one and the same, which needs no look into them.
    pub(crate) fn is(&self, other: &Counted) -> bool {
        Arc::ptr_eq(&self.count, &other.count) && Arc::ptr_eq(&self.outcome, &other.outcome)
    }

    /// Whether some are tied across the line and nobody has decided.
    pub fn is_undecided(&self) -> bool {
        self.outcome.standing.iter().any(|row| row.status == Status::Undecided)
    }

    /// Whether places and the cut go by pool: each pool has a standing of its own.
    pub fn by_pool(&self) -> bool {
        self.count.cut.as_ref().is_some_and(|cut| cut.within == tally::Within::Pool)
    }

    /// The place of an entry: in its pool where places go by pool.
    pub fn place(&self, row: &tally::outcome::Placed) -> u32 {
        if self.by_pool() { row.pool_place } else { row.place }
    }

    /// How many have a place beside an entry, itself counted: in its pool where places go by pool.
    pub fn among(&self, row: &tally::outcome::Placed) -> usize {
        let beside = |other: &&tally::outcome::Placed| !self.by_pool() || other.pool == row.pool;
        self.outcome.standing.iter().filter(beside).count()
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
    EditionOpened(EditionRecord),
    RoundOpened {
        round: RoundKey,
        opening: Opening,
        at: Timestamp,
    },
    DaySet(RoundKey, RoundDay),
    RulebookProposed(RoundKey, RulebookMove),
    RulebookAdopted {
        round: RoundKey,
        to: RulebookPin,
        by: PersonId,
        at: Timestamp,
    },
    RegisterChanged(RegisterChange),
    PeopleChanged(PeopleChange),
    AideAppointed(RoundKey, Aide),
    SheetWrittenByAide {
        contest: ContestKey,
        juror: JurorId,
        candidate: CandidateId,
        aide: PersonId,
    },
    OutreachRecorded(OutreachRecord),
    Nominated(ContestKey, Nomination),
    Consented(ContestKey, Consent),
    ItemHandedIn {
        contest: ContestKey,
        item: HandedItem,
        at: Timestamp,
    },
    ProductStated {
        contest: ContestKey,
        product: StatedProduct,
        /// Who stated it, where a person did.
        by: Option<PersonId>,
        at: Timestamp,
    },
    DossierSubmitted {
        contest: ContestKey,
        candidate: CandidateId,
        submission: Submission,
    },
    DossierReturned {
        contest: ContestKey,
        back: Return,
        until: Date,
    },
    DeadlineExtended(RoundKey, Extension),
    VintageImported(RoundKey, About),
    NamesErased(Erasure),
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
    /// Where the journal stood.
    ClosedAt {
        contest: ContestKey,
        position: u64,
    },
    Decreed(RoundKey, DecreedSeat),
    MemberLeft(RoundKey, Left),
    ActingChairNamed(ContestKey, ActingChair),
    /// The contest is none for what concerns the whole round.
    ShortfallNoted {
        round: RoundKey,
        contest: Option<ContestKey>,
        shortfall: Shortfall,
    },
    InterestDeclared(ContestKey, Declaration),
    DoubtRuled(ContestKey, Ruling),
    DossierOpened(ContestKey, Opened),
    FiguresOpened(ContestKey, Opened),
    RankingHandedIn(ContestKey, Ranking),
    ClaimChecked(ContestKey, ClaimCheck),
    SampleCommitted {
        contest: ContestKey,
        commitment: String,
    },
    SampleDrawn {
        contest: ContestKey,
        seed: String,
        drawn: Vec<ClaimAt>,
    },
    ClaimReadAgain {
        contest: ContestKey,
        reading: SecondReading,
        agrees: bool,
    },
    ClaimReopened {
        contest: ContestKey,
        of: ClaimAt,
        why: Reopened,
    },
    VisitReported(ContestKey, FieldVisit),
    FindingNoted(ContestKey, Finding),
    SessionPlanned(RoundKey, Session),
    SlotAssigned(ContestKey, Slot),
    SlotMoved(ContestKey, Move),
    InvitationAnswered(ContestKey, Answer),
    DelegationSent(ContestKey, Sending),
    MaterialHandedIn {
        contest: ContestKey,
        material: Material,
        at: Timestamp,
    },
    CheckedIn(ContestKey, CheckIn),
    QuestionNoted(ContestKey, Asked),
    SheetKept(ContestKey, KeptSheet),
    SheetReopened(ContestKey, Reopening),
    PaperEntered(ContestKey, SheetVersion),
    SheetInTray(ContestKey, SheetVersion),
    MissingWaived(ContestKey, Waiver),
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
    SealProposed(Seal),
    RulebookSealed(Seal),
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
    ObjectionRuled(ContestKey, objection::Ruling),
    ObjectionAnswered(ContestKey, objection::Answer),
    RecountDrafted(ContestKey, RecountSet),
    RecountDecided(ContestKey, RecountDecision),
    DisqualificationProposed(ContestKey, DropOut),
    /// A disqualification names who confirmed it.
    DroppedOut {
        contest: ContestKey,
        out: DropOut,
        cause: Cause,
        confirmed_by: Option<PersonId>,
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
            Fact::Decreed(..) | Fact::MemberLeft(..) | Fact::SessionPlanned(..) => None,
            Fact::ShortfallNoted { contest, .. } => contest.as_ref(),
            Fact::EditionOpened(_) | Fact::RegisterChanged(_) | Fact::PeopleChanged(_) | Fact::OutreachRecorded(_) => None,
            Fact::RoundOpened { .. } | Fact::DaySet(..) | Fact::RulebookProposed(..) | Fact::RulebookAdopted { .. } => None,
            Fact::AideAppointed(..) | Fact::DeadlineExtended(..) | Fact::VintageImported(..) => None,
            Fact::LotRevealed(_) | Fact::Appointed(..) | Fact::LockRequired | Fact::NamesErased(_) => None,
            Fact::SealProposed(_) | Fact::RulebookSealed(_) => None,
            Fact::PlenaryOpened(..) | Fact::PresenceNoted(..) | Fact::ChairGiven(..) | Fact::MotionMade { .. } => None,
            Fact::VoteCast(..) | Fact::VoteClosed { .. } | Fact::PlenaryClosed(..) => None,
            Fact::Proposed(contest, _)
            | Fact::Nominated(contest, _)
            | Fact::Consented(contest, _)
            | Fact::ItemHandedIn { contest, .. }
            | Fact::ProductStated { contest, .. }
            | Fact::DossierSubmitted { contest, .. }
            | Fact::DossierReturned { contest, .. }
            | Fact::SheetWrittenByAide { contest, .. }
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
            | Fact::ClosedAt { contest, .. }
            | Fact::ActingChairNamed(contest, _)
            | Fact::InterestDeclared(contest, _)
            | Fact::DoubtRuled(contest, _)
            | Fact::DossierOpened(contest, _)
            | Fact::FiguresOpened(contest, _)
            | Fact::RankingHandedIn(contest, _)
            | Fact::ClaimChecked(contest, _)
            | Fact::SampleCommitted { contest, .. }
            | Fact::SampleDrawn { contest, .. }
            | Fact::ClaimReadAgain { contest, .. }
            | Fact::ClaimReopened { contest, .. }
            | Fact::VisitReported(contest, _)
            | Fact::FindingNoted(contest, _)
            | Fact::SlotAssigned(contest, _)
            | Fact::SlotMoved(contest, _)
            | Fact::InvitationAnswered(contest, _)
            | Fact::DelegationSent(contest, _)
            | Fact::MaterialHandedIn { contest, .. }
            | Fact::CheckedIn(contest, _)
            | Fact::QuestionNoted(contest, _)
            | Fact::SheetKept(contest, _)
            | Fact::SheetReopened(contest, _)
            | Fact::PaperEntered(contest, _)
            | Fact::SheetInTray(contest, _)
            | Fact::MissingWaived(contest, _)
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
            | Fact::DisqualificationProposed(contest, _)
            | Fact::DroppedOut { contest, .. }
            | Fact::AnnouncementProposed(contest, _)
            | Fact::AnnouncementConfirmed { contest, .. }
            | Fact::PrizeHandedOver(contest, _)
            | Fact::CertificateIssued(contest, _)
            | Fact::RevocationProposed(contest, _)
            | Fact::Revoked(contest, _) => Some(contest),
        }
    }

    /// The round that it changes, or in whose contest it changes something; none for what concerns the edition.
    pub fn round(&self) -> Option<&RoundKey> {
        match self {
            Fact::Appointed(round, _)
            | Fact::Decreed(round, _)
            | Fact::MemberLeft(round, _)
            | Fact::SessionPlanned(round, _)
            | Fact::ShortfallNoted { round, .. }
            | Fact::RoundOpened { round, .. }
            | Fact::DaySet(round, _)
            | Fact::RulebookProposed(round, _)
            | Fact::RulebookAdopted { round, .. }
            | Fact::AideAppointed(round, _)
            | Fact::DeadlineExtended(round, _)
            | Fact::VintageImported(round, _)
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
