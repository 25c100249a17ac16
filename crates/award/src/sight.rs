//! What an act must see of the state to be decided, and what a fact changes in it. A store loads the one and writes the other, so that
//! handing in a sheet costs the same whether the nation has a thousand candidates or a hundred thousand.

use std::collections::BTreeSet;

use crate::act::{ContestKey, Deed, RoundKey};
use crate::chain::Chain;
use crate::fact::Fact;
use crate::id::{CandidateId, PersonId};
use crate::people::PeopleChange;
use crate::permission::target;
use crate::stage::announcement::plain_number;

/// A part of the state.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// What concerns the whole edition: what is on record at all, events, lots.
    Edition,
    /// What organisations reached in earlier editions.
    History,
    /// A round with its panel.
    Round(RoundKey),
    /// A candidate as it was proposed.
    Candidate(CandidateId),
    /// A contest without its entries: how far it is, what was decided, its counts.
    Contest(ContestKey),
    /// One entry with its figures, conflicts and sheets; the candidate comes along.
    Entry(ContestKey, CandidateId),
    /// Every entry of a contest; the candidates come along.
    Entries(ContestKey),
    /// The contests in which a candidate stands, with all their entries: whoever withdraws may be followed by any reserve from below.
    WayUp(CandidateId),
    /// Everything around meetings: guests, agreed actions, press.
    Outreach,
    /// The register of organisations and regions.
    Register,
    /// People, offices, delegates.
    People,
    /// Who may act for whom.
    Delegations,
    /// One person, with the offices held.
    Person(PersonId),
    /// Who has the certificate of a number, as [`plain_number`] writes it.
    Certificate(String),
    /// How a candidate was put forward, and what it answered.
    Nomination(CandidateId),
    /// Everybody who was put forward.
    Nominations,
    /// Whether anybody has judged in a round: its contests without entries, and one sheet, if there is one.
    Judged(RoundKey),
    /// All contests of a round with all their entries; the candidates come along.
    WholeRound(RoundKey),
    /// Whether anybody has handed in a sheet at a level: one of them.
    AnySheet(String),
    /// The contests of a level with the entries in them, without figures and sheets.
    Contests(String),
}

impl Part {
    /// What must be there to decide a deed.
    ///
    /// ```
    /// use award::{ContestKey, Deed, RoundKey, sight::Part};
    ///
    /// let round = RoundKey { level: "province".into(), region: Some("18".into()) };
    /// let contest = ContestKey { round: round.clone(), category: "kabkota".into() };
    /// let seen = Part::seen_by(&Deed::Announce(contest.clone()));
    /// assert!(seen.contains(&Part::Entries(contest)));
    /// ```
    pub fn seen_by(deed: &Deed) -> Vec<Part> {
        let named = target::persons(deed).into_iter().cloned().map(Part::Person);
        let letters = target::may_be_delegated(deed).then_some(Part::Delegations);
        Part::asked_by(deed).into_iter().chain(named).chain(letters).collect()
    }

    /// What a deed's own stage must see; whom it names is added for all.
    fn asked_by(deed: &Deed) -> Vec<Part> {
        match deed {
            Deed::EraseNames(_) => Vec::new(),
            Deed::OpenEdition(_) | Deed::ProposeSeal(_) | Deed::SealRulebook(_) => vec![Part::Edition],
            Deed::OpenRound(round, _) | Deed::SetDay(round, _) => vec![Part::Edition, Part::Round(round.clone())],
            // What stands in a round must have its place in another version too.
            Deed::ProposeRulebook(round, _) | Deed::AdoptRulebook(round, _) => {
                vec![Part::Round(round.clone()), Part::WholeRound(round.clone())]
            }
            Deed::ChangeRegister(_) => vec![Part::Register],
            Deed::ChangePeople(_) => vec![Part::People, Part::Register],
            Deed::AppointAide(round, _) => vec![Part::Round(round.clone())],
            Deed::RecordOutreach(record) => {
                let named = record.candidates().into_iter().flat_map(known);
                [vec![Part::Edition, Part::Outreach], named.collect()].concat()
            }
            Deed::Nominate(contest, nomination) => {
                let id = &nomination.candidate.id;
                let others = match nomination.body {
                    Some(_) => vec![Part::Register, Part::Nominations],
                    None => vec![Part::Entries(contest.clone())],
                };
                [one(contest, id), known(id), others, vec![Part::Judged(contest.round.clone())]].concat()
            }
            Deed::Answer(contest, consent) => {
                let judged = vec![Part::Judged(contest.round.clone()), Part::Entries(contest.clone())];
                [one(contest, &consent.candidate), known(&consent.candidate), judged].concat()
            }
            Deed::HandInItem(contest, item) => one(contest, &item.candidate),
            Deed::StateProduct(contest, product) => one(contest, &product.candidate),
            Deed::SubmitDossier(contest, candidate) => one(contest, candidate),
            Deed::ReturnDossier(contest, back) => one(contest, &back.candidate),
            Deed::MoveDeadline(round, _) => {
                vec![Part::Edition, Part::Round(round.clone()), Part::WholeRound(round.clone())]
            }
            Deed::ImportVintage(round, vintage) => {
                let (own, whole) = (Part::Round(round.clone()), Part::WholeRound(round.clone()));
                let bodies = vintage.names_organisations().then(|| vec![Part::Register, Part::Nominations]);
                [vec![Part::Edition, own, whole], bodies.unwrap_or_default()].concat()
            }
            Deed::RecordEvent(_) | Deed::RecordDossiers => vec![Part::Edition],
            Deed::RevealLot(lot) => vec![Part::Edition, Part::Contests(lot.level.clone())],
            Deed::RecordStanding(_) => vec![Part::Edition, Part::History],
            Deed::CommitLot(lot) => {
                let level = lot.level.clone();
                vec![Part::Edition, Part::AnySheet(level.clone()), Part::Contests(level)]
            }
            Deed::Appoint(round, _) => vec![Part::Edition, Part::Round(round.clone())],
            Deed::Propose(contest, candidate) => {
                [one(contest, &candidate.id), vec![Part::Candidate(candidate.id.clone())]].concat()
            }
            Deed::HandInDossier(contest, dossier) => one(contest, &dossier.candidate),
            Deed::AdmitLate(contest, candidate, _) => one(contest, candidate),
            Deed::DeclareConflict(contest, conflict) => one(contest, &conflict.candidate),
            Deed::StateClaim(contest, claim) | Deed::VerifyClaim(contest, claim) => one(contest, &claim.candidate),
            Deed::VerifyItem(contest, item) => one(contest, &item.candidate),
            Deed::StatePoints(contest, points) => one(contest, &points.candidate),
            Deed::ExemptFrom(contest, exempt) => one(contest, &exempt.candidate),
            Deed::RecordAttendance(contest, attendance) => one(contest, &attendance.candidate),
            Deed::HandInSheet(contest, sheet) => one(contest, &sheet.candidate),
            Deed::AppointByDecree(round, _) | Deed::ReplaceMember(round, _) | Deed::PlanSession(round, _) => {
                vec![Part::Edition, Part::Round(round.clone())]
            }
            Deed::NameActingChair(contest, acting) => one(contest, &acting.candidate),
            Deed::DeclareInterest(contest, declaration) => one(contest, &declaration.candidate),
            Deed::RuleOnDoubt(contest, ruling) => one(contest, &ruling.candidate),
            Deed::OpenDossier(contest, opening) | Deed::OpenFigures(contest, opening) => one(contest, &opening.candidate),
            Deed::CheckClaim(contest, check) => one(contest, &check.of.candidate),
            Deed::ReadAgain(contest, reading) => one(contest, &reading.of.candidate),
            Deed::ReportVisit(contest, visit) => one(contest, &visit.candidate),
            Deed::FindAtInterview(contest, finding) => one(contest, &finding.of.candidate),
            // Who withdrew leaves room, and a clash names whom it is with.
            Deed::AssignSlot(contest, _) | Deed::MoveSlot(contest, _) => all(contest),
            Deed::AnswerInvitation(contest, answer) => one(contest, &answer.candidate),
            Deed::SendDelegation(contest, sending) => one(contest, &sending.candidate),
            Deed::HandInMaterial(contest, material) => one(contest, &material.candidate),
            Deed::CheckIn(contest, came) => one(contest, &came.candidate),
            Deed::NoteNoShow(contest, no_show) => one(contest, &no_show.candidate),
            Deed::NoteQuestion(contest, asked) => one(contest, &asked.candidate),
            Deed::HandInVersion(contest, sheet) => one(contest, &sheet.of.candidate),
            Deed::EnterPaper(contest, sheet) => one(contest, &sheet.of.candidate),
            Deed::LeaveInTray(contest, sheet) => one(contest, &sheet.of.candidate),
            Deed::ReopenSheet(contest, reopening) => one(contest, &reopening.of.candidate),
            Deed::AdmitFromTray(contest, admission) => one(contest, &admission.of.candidate),
            Deed::CorrectMark(contest, correction) => one(contest, &correction.candidate),
            Deed::WaiveAbsence(contest, Some(candidate), _) => one(contest, candidate),
            Deed::RequireLock => vec![Part::Edition],
            Deed::OpenPlenary(round, _) | Deed::NotePresence(round, _) | Deed::GiveChair(round, _) => in_round(round),
            Deed::CastVote(round, _) | Deed::CloseVote(round, ..) | Deed::ClosePlenary(round, _) => in_round(round),
            Deed::MakeMotion(round, motion) => [in_round(round), motion.contest.iter().flat_map(all).collect()].concat(),
            Deed::ReviseSheet(contest, revision) => one(contest, &revision.candidate),
            // The window of objections is that of the round's own days.
            Deed::PublishProvisional(contest, _) | Deed::RuleOnObjection(contest, _) | Deed::AnswerObjection(contest, _) => {
                vec![Part::Edition, Part::Round(contest.round.clone()), Part::Contest(contest.clone())]
            }
            Deed::FileObjection(contest, objection) => {
                let against = objection.against.iter().flat_map(|against| entry(contest, against));
                [one(contest, &objection.by), against.collect()].concat()
            }
            Deed::HandOverPrize(contest, given) => one(contest, &given.candidate),
            Deed::IssueCertificate(contest, certificate) => {
                [one(contest, &certificate.candidate), vec![Part::Certificate(plain_number(&certificate.number))]].concat()
            }
            Deed::ProposeRevocation(contest, revocation) => one(contest, &revocation.candidate),
            Deed::ConfirmRevocation(contest, confirmation) | Deed::ConfirmDisqualification(contest, confirmation) => {
                and_above(contest, &confirmation.candidate)
            }
            Deed::StandBack(contest, out) | Deed::ProposeDisqualification(contest, out) => and_above(contest, &out.candidate),
            Deed::Withdraw(contest, candidate, _) => [one(contest, candidate), vec![Part::WayUp(candidate.clone())]].concat(),
            Deed::ExtendDossier(contest, ..)
            | Deed::CloseDossiers(contest)
            | Deed::WaiveAbsence(contest, None, _)
            | Deed::CloseJudging(contest, _)
            | Deed::CommitSample(contest, _)
            | Deed::DrawSample(contest, _)
            | Deed::HandInRanking(contest, _)
            | Deed::WaiveMissing(contest, _)
            | Deed::Count(contest)
            | Deed::GiveOrder(contest, ..)
            | Deed::NameAward(contest, ..)
            | Deed::Ratify(contest)
            | Deed::Advance(contest)
            | Deed::Announce(contest)
            | Deed::ProposeResult(contest, _)
            | Deed::CheckResult(contest, _)
            | Deed::LockResult(contest, _)
            | Deed::DraftRecount(contest, _)
            | Deed::DecideRecount(contest, _)
            | Deed::ProposeAnnouncement(contest, _)
            | Deed::ConfirmAnnouncement(contest, _) => all(contest),
        }
    }

    /// Whether a part lies within others.
    ///
    /// ```
    /// use award::{CandidateId, ContestKey, RoundKey, sight::Part};
    ///
    /// let contest = ContestKey { round: RoundKey { level: "nation".into(), region: None }, category: "kabkota".into() };
    /// let entry = Part::Entry(contest.clone(), CandidateId::from("badung"));
    /// assert!(entry.is_within(&[Part::Entries(contest.clone())].into()));
    /// assert!(!entry.is_within(&[Part::Contest(contest)].into()));
    /// ```
    pub fn is_within(&self, parts: &BTreeSet<Part>) -> bool {
        let of_contest = |contest: &ContestKey| parts.contains(&Part::Entries(contest.clone()));
        let whole = |round: &RoundKey| parts.contains(&Part::WholeRound(round.clone()));
        let around = match self {
            Part::Entry(contest, _) => of_contest(contest) || whole(&contest.round),
            Part::Entries(contest) | Part::Contest(contest) => whole(&contest.round),
            Part::Judged(round) => whole(round),
            Part::Nomination(_) => parts.contains(&Part::Nominations),
            Part::Person(_) | Part::Delegations => parts.contains(&Part::People),
            _ => false,
        };
        parts.contains(self) || around
    }

    /// Whether a chain must stand still while this is looked at, although the deed is written elsewhere: nobody may hand in a sheet in any
    /// round of a level between looking whether anybody has, and the act that rests on it.
    ///
    /// ```
    /// use award::{Chain, RoundKey, sight::Part};
    ///
    /// let bali = Chain::Round(RoundKey { level: "province".into(), region: Some("51".into()) });
    /// assert!(Part::AnySheet("province".into()).needs_still(&bali));
    /// assert!(!Part::AnySheet("nation".into()).needs_still(&bali));
    /// assert!(!Part::Edition.needs_still(&bali));
    /// ```
    pub fn needs_still(&self, chain: &Chain) -> bool {
        matches!((self, chain), (Part::AnySheet(level) | Part::Contests(level), Chain::Round(round)) if round.level == *level)
    }

    /// Whether it looks into rounds that are not named, so that also a round that begins meanwhile must be told from those that are there.
    pub fn is_across_rounds(&self) -> bool {
        matches!(self, Part::AnySheet(_) | Part::Contests(_))
    }

    /// What a fact changes.
    pub fn changed_by(fact: &Fact) -> Vec<Part> {
        match fact {
            Fact::NamesErased(_) => Vec::new(),
            Fact::EventRecorded(_) | Fact::DossiersRecorded | Fact::LotCommitted(_) | Fact::LotRevealed(_) => vec![Part::Edition],
            Fact::StandingRecorded(_) => vec![Part::History],
            Fact::Appointed(round, _) | Fact::Decreed(round, _) | Fact::MemberLeft(round, _) => vec![Part::Round(round.clone())],
            Fact::SessionPlanned(round, _) | Fact::ShortfallNoted { round, .. } => vec![Part::Round(round.clone())],
            Fact::SlotAssigned(contest, _) => vec![Part::Round(contest.round.clone())],
            Fact::SlotMoved(contest, moved) => {
                [vec![Part::Round(contest.round.clone())], entry(contest, &moved.slot.candidate)].concat()
            }
            Fact::ActingChairNamed(contest, acting) => entry(contest, &acting.candidate),
            Fact::InterestDeclared(contest, declaration) => entry(contest, &declaration.candidate),
            Fact::DoubtRuled(contest, ruling) => entry(contest, &ruling.candidate),
            Fact::DossierOpened(contest, opened) | Fact::FiguresOpened(contest, opened) => entry(contest, &opened.candidate),
            Fact::ClaimChecked(contest, check) => entry(contest, &check.of.candidate),
            Fact::ClaimReadAgain { contest, reading, .. } => entry(contest, &reading.of.candidate),
            Fact::ClaimReopened { contest, of, .. } => entry(contest, &of.candidate),
            Fact::VisitReported(contest, visit) => entry(contest, &visit.candidate),
            Fact::FindingNoted(contest, finding) => entry(contest, &finding.of.candidate),
            Fact::InvitationAnswered(contest, answer) => entry(contest, &answer.candidate),
            Fact::DelegationSent(contest, sending) => entry(contest, &sending.candidate),
            Fact::MaterialHandedIn { contest, material, .. } => entry(contest, &material.candidate),
            Fact::CheckedIn(contest, came) => entry(contest, &came.candidate),
            Fact::QuestionNoted(contest, asked) => entry(contest, &asked.candidate),
            Fact::SheetKept(contest, kept) => entry(contest, &kept.sheet.of.candidate),
            Fact::SheetReopened(contest, reopening) => entry(contest, &reopening.of.candidate),
            Fact::PaperEntered(contest, sheet) | Fact::SheetInTray(contest, sheet) => entry(contest, &sheet.of.candidate),
            Fact::EditionOpened(_) => vec![Part::Edition],
            Fact::RegisterChanged(_) => vec![Part::Register],
            Fact::PeopleChanged(change) => vec![who(change)],
            Fact::OutreachRecorded(_) => vec![Part::Outreach],
            Fact::Nominated(_, nomination) => vec![Part::Nomination(nomination.candidate.id.clone())],
            Fact::Consented(_, consent) => vec![Part::Nomination(consent.candidate.clone())],
            Fact::ItemHandedIn { contest, item, .. } => entry(contest, &item.candidate),
            Fact::ProductStated { contest, product, .. } => entry(contest, &product.candidate),
            Fact::DossierSubmitted { contest, candidate, .. } => entry(contest, candidate),
            Fact::DossierReturned { contest, back, .. } => entry(contest, &back.candidate),
            Fact::SheetWrittenByAide { contest, .. } => vec![Part::Contest(contest.clone())],
            Fact::RoundOpened { round, .. }
            | Fact::DaySet(round, _)
            | Fact::RulebookProposed(round, _)
            | Fact::RulebookAdopted { round, .. }
            | Fact::AideAppointed(round, _)
            | Fact::DeadlineExtended(round, _)
            | Fact::VintageImported(round, _) => vec![Part::Round(round.clone())],
            Fact::Proposed(contest, candidate) => {
                [vec![Part::Candidate(candidate.id.clone())], entry(contest, &candidate.id)].concat()
            }
            Fact::CertificateIssued(contest, certificate) => {
                vec![Part::Contest(contest.clone()), Part::Certificate(plain_number(&certificate.number))]
            }
            Fact::LockRequired | Fact::SealProposed(_) | Fact::RulebookSealed(_) => vec![Part::Edition],
            Fact::PlenaryOpened(round, ..) | Fact::PresenceNoted(round, _) | Fact::ChairGiven(round, _) => {
                vec![Part::Round(round.clone())]
            }
            Fact::MotionMade { round, .. } | Fact::VoteCast(round, _) | Fact::VoteClosed { round, .. } => {
                vec![Part::Round(round.clone())]
            }
            Fact::PlenaryClosed(round, _) => vec![Part::Round(round.clone())],
            Fact::SheetRevised(contest, revision) => entry(contest, &revision.candidate),
            Fact::ResultSuperseded { contest, .. } => vec![Part::Contest(contest.clone()), Part::Entries(contest.clone())],
            Fact::DossiersClosed { contest, .. } => vec![Part::Contest(contest.clone()), Part::Entries(contest.clone())],
            Fact::DossierReceived { contest, candidate, .. } => entry(contest, candidate),
            Fact::LateAdmitted { contest, candidate, .. } | Fact::Withdrawn { contest, candidate, .. } => {
                entry(contest, candidate)
            }
            Fact::ConflictDeclared(contest, conflict) => entry(contest, &conflict.candidate),
            Fact::ClaimStated(contest, claim) | Fact::ClaimVerified(contest, claim) => entry(contest, &claim.candidate),
            Fact::ItemVerified(contest, item) => entry(contest, &item.candidate),
            Fact::PointsStated(contest, points) => entry(contest, &points.candidate),
            Fact::Exempted(contest, exempt) => entry(contest, &exempt.candidate),
            Fact::Attended(contest, attendance) => entry(contest, &attendance.candidate),
            Fact::SheetHandedIn(contest, sheet) => entry(contest, &sheet.candidate),
            Fact::MarkCorrected(contest, correction) => entry(contest, &correction.candidate),
            Fact::Advanced { from, to, candidate, .. } | Fact::ReserveMovedUp { from, to, candidate, .. } => {
                [vec![Part::Contest(from.clone())], entry(to, candidate)].concat()
            }
            Fact::DeadlineMoved { contest, .. }
            | Fact::AbsenceWaived { contest, .. }
            | Fact::JudgingClosed(contest)
            | Fact::ClosedAt { contest, .. }
            | Fact::SampleCommitted { contest, .. }
            | Fact::SampleDrawn { contest, .. }
            | Fact::RankingHandedIn(contest, _)
            | Fact::MissingWaived(contest, _)
            | Fact::Counted(contest, _)
            | Fact::OrderGiven { contest, .. }
            | Fact::AwardNamed { contest, .. }
            | Fact::Ratified(contest, _)
            | Fact::Announced(contest)
            | Fact::ResultProposed(contest, _)
            | Fact::ResultChecked(contest, _)
            | Fact::ResultLocked { contest, .. }
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
            | Fact::RevocationProposed(contest, _)
            | Fact::Revoked(contest, _) => vec![Part::Contest(contest.clone())],
        }
    }
}

/// Whoever a change among people is about: nobody else is read or written again.
fn who(change: &PeopleChange) -> Part {
    match change {
        PeopleChange::Enter { person, .. }
        | PeopleChange::TakeOffice { person, .. }
        | PeopleChange::LeaveOffice { person, .. } => Part::Person(person.clone()),
        PeopleChange::Delegate(_) | PeopleChange::EndDelegation { .. } => Part::Delegations,
    }
}

fn entry(contest: &ContestKey, candidate: &CandidateId) -> Vec<Part> {
    vec![Part::Contest(contest.clone()), Part::Entry(contest.clone(), candidate.clone())]
}

/// A candidate as it was proposed, and as it was put forward.
fn known(candidate: &CandidateId) -> Vec<Part> {
    vec![Part::Candidate(candidate.clone()), Part::Nomination(candidate.clone())]
}

fn one(contest: &ContestKey, candidate: &CandidateId) -> Vec<Part> {
    [vec![Part::Edition, Part::Round(contest.round.clone())], entry(contest, candidate)].concat()
}

fn all(contest: &ContestKey) -> Vec<Part> {
    let (round, contest) = (contest.round.clone(), contest.clone());
    vec![Part::Edition, Part::History, Part::Round(round), Part::Contest(contest.clone()), Part::Entries(contest)]
}

fn in_round(round: &RoundKey) -> Vec<Part> {
    vec![Part::Edition, Part::Round(round.clone())]
}

/// A whole contest, and the contests above it in which a candidate stands.
fn and_above(contest: &ContestKey, candidate: &CandidateId) -> Vec<Part> {
    [all(contest), vec![Part::WayUp(candidate.clone())]].concat()
}
