//! Every act of the process as a verb, named as people say it. Each is *load, decide, record* in one transaction ([`Office::act`]); a deed that
//! has no verb stands on [`FROM_FILES_ONLY`], because only a cycle folder tells it.

use award::act::{MarkCorrection, OrderBy};
use award::closing::Waiver;
use award::cycle::tables::{CommittedLot, Event, NotApplicable, PastStanding};
use award::edition::EditionRecord;
use award::evidence::{ClaimCheck, FieldVisit, Finding, SecondReading};
use award::identity::RegisterChange;
use award::interest::{Declaration, Opening, Ranking, Ruling as DoubtRuling};
use award::panel::{ActingChair, DecreedSeat, Replacement};
use award::people::PeopleChange;
use award::personal::Erasure;
use award::round::{Adoption, Aide, Opening as RoundOpening, RoundDay, RulebookMove};
use award::schedule::{Answer as SlotAnswer, Asked as Question, CheckIn, Material, Move, NoShow, Sending, Session, Slot};
use award::seal::Sealing;
use award::sheet::{Admission, Reopening, SheetVersion};
use award::stage::advancement::DropOut;
use award::stage::announcement::{Certificate, Embargo, HandOver};
use award::stage::dossier::{Extension, HandedItem, Return, StatedProduct};
use award::stage::nomination::{Consent, Nomination};
use award::stage::objection::{Answer as ObjectionAnswer, Objection, RecountDecision, RecountSet, Ruling as ObjectionRuling};
use award::stage::outreach::OutreachRecord;
use award::stage::revocation::{Confirmation, Revocation};
use award::stage::session::{ChairGiven, Minutes, Motion, PlenaryOpening, PlenaryPresence, Vote};
use award::vintage::Vintage;
use award::{CandidateId, ContestKey, Deed, PersonId, RoundKey};
use store::Edition;

use crate::asked::Asked;
use crate::error::Result;
use crate::office::{Done, Office};

macro_rules! verbs {
    ($($(#[$doc:meta])+ $verb:ident($($arg:ident: $type:ty),*) => $deed:ident;)+) => {
        /// Every verb with the deed that it does.
        pub const VERBS: &[(&str, &str)] = &[$((stringify!($verb), stringify!($deed))),+];

        impl Office {
            $(
                $(#[$doc])+
                ///
                /// # Errors
                ///
                /// As [`Office::act`].
                pub async fn $verb(&self, edition: &Edition, asked: &Asked, $($arg: $type),*) -> Result<Done> {
                    self.act(edition, asked, verbs!(@deed $deed $($arg)*)).await
                }
            )+
        }
    };
    (@deed $deed:ident) => { Deed::$deed };
    (@deed $deed:ident $($arg:ident)+) => { Deed::$deed($($arg),+) };
}

verbs! {
    /// Announces an edition: which award it is, what for, who holds it.
    announce_edition(record: EditionRecord) => OpenEdition;
    /// Proposes to seal the rulebook of the edition.
    propose_seal(sealing: Sealing) => ProposeSeal;
    /// Seals it: somebody else than who proposed it.
    seal_rulebook(sealing: Sealing) => SealRulebook;
    /// Opens a round under a version of the rulebook.
    open_round(round: RoundKey, opening: RoundOpening) => OpenRound;
    /// Plans a day of a round's calendar, or puts on record when it took place.
    set_day(round: RoundKey, day: RoundDay) => SetDay;
    /// Proposes another version of the rulebook for a round.
    propose_rulebook(round: RoundKey, to: RulebookMove) => ProposeRulebook;
    /// Adopts the proposed version: somebody else than who proposed it.
    adopt_rulebook(round: RoundKey, adoption: Adoption) => AdoptRulebook;
    /// Changes the register of organisations and regions.
    change_register(change: RegisterChange) => ChangeRegister;
    /// Enters a person, an office with its term, or a delegate.
    change_people(change: PeopleChange) => ChangePeople;
    /// Lets somebody write down what a juror decides.
    appoint_aide(round: RoundKey, aide: Aide) => AppointAide;
    /// From now on results are proposed, checked and locked by three people.
    require_lock() => RequireLock;
    /// Erases personal texts, as their owners may ask.
    erase_names(erasure: Erasure) => EraseNames;
    /// Puts on record what an organisation reached in an earlier edition.
    record_standing(standing: PastStanding) => RecordStanding;

    /// Puts an outreach meeting, an interview day or a ceremony on record.
    record_event(event: Event) => RecordEvent;
    /// Adds to a meeting's record: guests, what was agreed, press, candidates that follow.
    record_outreach(record: OutreachRecord) => RecordOutreach;

    /// Puts a candidate forward by one of the three routes.
    nominate(contest: ContestKey, nomination: Nomination) => Nominate;
    /// A candidate consents to a nomination, or declines it.
    answer_nomination(contest: ContestKey, consent: Consent) => Answer;

    /// From now on dossiers are put on record.
    record_dossiers() => RecordDossiers;
    /// Hands in a document of a dossier, or a new version of one.
    hand_in_item(contest: ContestKey, item: HandedItem) => HandInItem;
    /// States a legal product in a candidate's register, or says something else of one.
    state_product(contest: ContestKey, product: StatedProduct) => StateProduct;
    /// Claims a figure.
    state_claim(contest: ContestKey, claim: award::cycle::tables::Claim) => StateClaim;
    /// Submits a dossier as a whole.
    submit_dossier(contest: ContestKey, candidate: CandidateId) => SubmitDossier;
    /// Gives a dossier back for correction.
    return_dossier(contest: ContestKey, back: Return) => ReturnDossier;
    /// Moves the dossier deadline for a reason: one candidate, a contest, a region.
    move_deadline(round: RoundKey, extension: Extension) => MoveDeadline;
    /// Admits a late or incomplete dossier all the same, for a reason.
    admit_late(contest: ContestKey, candidate: CandidateId, reason: String) => AdmitLate;
    /// Closes dossiers: who is late and not admitted is out.
    close_dossiers(contest: ContestKey) => CloseDossiers;
    /// A candidate withdraws, for a reason.
    withdraw(contest: ContestKey, candidate: CandidateId, reason: String) => Withdraw;

    /// Turns the figures of an indicator vintage into claims.
    import_vintage(round: RoundKey, vintage: Vintage) => ImportVintage;
    /// Appoints a person to a seat of the panel by decree.
    appoint_by_decree(round: RoundKey, seat: DecreedSeat) => AppointByDecree;
    /// Puts another person into the seat of a member who leaves.
    replace_member(round: RoundKey, replacement: Replacement) => ReplaceMember;
    /// Names who acts as chair for a candidate.
    name_acting_chair(contest: ContestKey, acting: ActingChair) => NameActingChair;
    /// A juror declares an interest in a candidate, or none.
    declare_interest(contest: ContestKey, declaration: Declaration) => DeclareInterest;
    /// Whoever chairs rules on a juror's doubt.
    rule_on_doubt(contest: ContestKey, ruling: DoubtRuling) => RuleOnDoubt;
    /// A juror opens a dossier.
    open_dossier(contest: ContestKey, opening: Opening) => OpenDossier;
    /// Says what of a claim stands, and shows it.
    check_claim(contest: ContestKey, check: ClaimCheck) => CheckClaim;
    /// Accepts or strikes an item of a list.
    verify_item(contest: ContestKey, item: award::cycle::tables::ListItem) => VerifyItem;
    /// Puts points on record that a source gives.
    state_points(contest: ContestKey, points: award::cycle::tables::StatedPoints) => StatePoints;
    /// Puts on record that an indicator does not apply to a candidate.
    exempt_from(contest: ContestKey, exempt: NotApplicable) => ExemptFrom;
    /// Commits to the seed of the second reader's sample, as SHA-256.
    commit_sample(contest: ContestKey, committed: String) => CommitSample;
    /// Draws the sample with the seed.
    draw_sample(contest: ContestKey, seed: String) => DrawSample;
    /// A second person reads a claim of the sample.
    read_again(contest: ContestKey, reading: SecondReading) => ReadAgain;
    /// Puts a visit to a candidate on record.
    report_visit(contest: ContestKey, visit: FieldVisit) => ReportVisit;
    /// Opens a new verification for what was heard at the interview.
    find_at_interview(contest: ContestKey, finding: Finding) => FindAtInterview;

    /// Plans a session of interviews.
    plan_session(round: RoundKey, session: Session) => PlanSession;
    /// Invites a candidate to a slot.
    assign_slot(contest: ContestKey, slot: Slot) => AssignSlot;
    /// Moves a slot.
    move_slot(contest: ContestKey, moved: Move) => MoveSlot;
    /// A candidate answers the invitation.
    answer_invitation(contest: ContestKey, answer: SlotAnswer) => AnswerInvitation;
    /// A candidate says whom it sends to the interview.
    send_delegation(contest: ContestKey, sending: Sending) => SendDelegation;
    /// A candidate hands in a material for its interview.
    hand_in_material(contest: ContestKey, material: Material) => HandInMaterial;
    /// Checks in who came to the interview.
    check_in(contest: ContestKey, came: CheckIn) => CheckIn;
    /// Puts on record that nobody came at a candidate's time.
    note_no_show(contest: ContestKey, no_show: NoShow) => NoteNoShow;
    /// Notes a question and its answer.
    note_question(contest: ContestKey, question: Question) => NoteQuestion;

    /// Commits to a lot before anybody judges.
    commit_lot(lot: CommittedLot) => CommitLot;
    /// A juror puts the candidates in order before seeing points.
    hand_in_ranking(contest: ContestKey, ranking: Ranking) => HandInRanking;
    /// A juror opens the points of indicators.
    open_figures(contest: ContestKey, opening: Opening) => OpenFigures;
    /// A juror hands in a version of a sheet.
    hand_in_sheet(contest: ContestKey, sheet: SheetVersion) => HandInVersion;
    /// Opens a sheet again.
    reopen_sheet(contest: ContestKey, reopening: Reopening) => ReopenSheet;
    /// Enters a paper sheet, as one of two people.
    enter_paper(contest: ContestKey, sheet: SheetVersion) => EnterPaper;
    /// Leaves a sheet that arrives after closing in the tray.
    leave_in_tray(contest: ContestKey, sheet: SheetVersion) => LeaveInTray;
    /// Admits a sheet from the tray, for a reason.
    admit_from_tray(contest: ContestKey, admission: Admission) => AdmitFromTray;
    /// Waives something that is missing before closing.
    waive_missing(contest: ContestKey, waiver: Waiver) => WaiveMissing;
    /// Waives the marks of absent jurors, for a candidate or for all.
    waive_absence(contest: ContestKey, candidate: Option<CandidateId>, reason: String) => WaiveAbsence;
    /// Closes judging at the position that the journal has then: the store puts it in, whatever number is given; without one it is refused.
    close_judging(contest: ContestKey, position: Option<u64>) => CloseJudging;
    /// Puts right a mark that was written down wrongly.

    /// Counts a contest.
    count(contest: ContestKey) => Count;
    /// Puts tied candidates in order, best first.
    give_order(contest: ContestKey, by: OrderBy, order: Vec<CandidateId>) => GiveOrder;
    /// Gives an award by name.
    name_award(contest: ContestKey, award: String, candidate: CandidateId) => NameAward;
    /// Makes known a lot's secret and the words spoken in the plenary.
    reveal_lot(lot: CommittedLot) => RevealLot;
    /// Opens a session of the plenary.
    open_plenary(round: RoundKey, opening: PlenaryOpening) => OpenPlenary;
    /// Notes that a juror comes to the session or leaves it.
    note_presence(round: RoundKey, presence: PlenaryPresence) => NotePresence;
    /// Gives the chair of the session to somebody else.
    give_chair(round: RoundKey, given: ChairGiven) => GiveChair;
    /// Moves and seconds a motion.
    make_motion(round: RoundKey, motion: Motion) => MakeMotion;
    /// A juror votes on a motion.
    cast_vote(round: RoundKey, vote: Vote) => CastVote;
    /// Closes a vote: the session's id and the motion's.
    close_vote(round: RoundKey, session: String, motion: String) => CloseVote;
    /// A juror revises a mark in the session; before and after are kept.
    revise_sheet(contest: ContestKey, revision: MarkCorrection) => ReviseSheet;
    /// Closes the session with its minutes.
    close_plenary(round: RoundKey, minutes: Minutes) => ClosePlenary;
    /// The plenary makes the result its own.
    ratify(contest: ContestKey) => Ratify;
    /// Proposes the result as it stands for the lock.
    propose_result(contest: ContestKey, person: PersonId) => ProposeResult;
    /// Checks that it is still what the facts say.
    check_result(contest: ContestKey, person: PersonId) => CheckResult;
    /// Locks the result.
    lock_result(contest: ContestKey, person: PersonId) => LockResult;

    /// Publishes the locked result as provisional.
    publish_provisional(contest: ContestKey, person: PersonId) => PublishProvisional;
    /// A candidate objects to the provisional result.
    file_objection(contest: ContestKey, objection: Objection) => FileObjection;
    /// Admits an objection to be looked at, or not.
    rule_on_objection(contest: ContestKey, ruling: ObjectionRuling) => RuleOnObjection;
    /// Answers an admitted objection.
    answer_objection(contest: ContestKey, answer: ObjectionAnswer) => AnswerObjection;
    /// Drafts the changes that an objection asks for.
    draft_recount(contest: ContestKey, set: RecountSet) => DraftRecount;
    /// Applies the drafted changes or drops them, as a whole.
    decide_recount(contest: ContestKey, decision: RecountDecision) => DecideRecount;

    /// Sends the best up.
    advance(contest: ContestKey) => Advance;
    /// A candidate that was to go up stands back.
    stand_back(contest: ContestKey, out: DropOut) => StandBack;
    /// Proposes to disqualify a candidate after the result stood.
    propose_disqualification(contest: ContestKey, out: DropOut) => ProposeDisqualification;
    /// Confirms a disqualification that another person proposed.
    confirm_disqualification(contest: ContestKey, confirmation: Confirmation) => ConfirmDisqualification;
    /// Proposes to announce the result, not before an instant.
    propose_announcement(contest: ContestKey, embargo: Embargo) => ProposeAnnouncement;
    /// Announces it: somebody else than who proposed.
    confirm_announcement(contest: ContestKey, person: PersonId) => ConfirmAnnouncement;
    /// Puts the hand-over of a prize on record.
    hand_over_prize(contest: ContestKey, given: HandOver) => HandOverPrize;
    /// Issues a certificate.
    issue_certificate(contest: ContestKey, certificate: Certificate) => IssueCertificate;
    /// Proposes to revoke what a candidate reached.
    propose_revocation(contest: ContestKey, revocation: Revocation) => ProposeRevocation;
    /// Confirms a revocation: somebody else than who proposed it.
    confirm_revocation(contest: ContestKey, confirmation: Confirmation) => ConfirmRevocation;
}

/// Deeds that only a cycle folder tells: what it sums up in one row the office does step by step, by the verbs above.
pub const FROM_FILES_ONLY: &[&str] = &[
    "Propose",
    "HandInDossier",
    "ExtendDossier",
    "Appoint",
    "DeclareConflict",
    "VerifyClaim",
    "RecordAttendance",
    "HandInSheet",
    "CorrectMark",
    "Announce",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use award::permission::table::TASKS;

    use super::*;

    #[test]
    fn every_deed_has_one_verb_or_is_told_by_files_only() {
        let all: BTreeSet<&str> = TASKS.iter().map(|task| task.deed).collect();
        let done: Vec<&str> = VERBS.iter().map(|(_, deed)| *deed).chain(FROM_FILES_ONLY.iter().copied()).collect();
        assert_eq!(done.len(), done.iter().collect::<BTreeSet<_>>().len(), "a deed stands twice");
        assert_eq!(done.into_iter().collect::<BTreeSet<_>>(), all);
    }
}
