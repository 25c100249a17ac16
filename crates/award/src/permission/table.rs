//! The table of tasks: one line for each deed, with the roles whose task it is. A deed that is not in it does not compile.
//!
//! How far a role reaches is the scope's business ([`crate::permission`]); here stands only whose task something is. Acts of a chair are
//! also those of an acting chair, whose grant says for which round, contest or candidate. The auditor, the operator and the public do
//! nothing in an award, so they stand in no line.

use super::role::Role;
use crate::act::Deed;

/// What a deed concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concerns {
    /// The whole edition, or a region of it.
    Edition,
    /// A round.
    Round,
    /// A contest.
    Contest,
}

/// A line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    /// The deed's name.
    pub deed: &'static str,
    /// What it concerns.
    pub concerns: Concerns,
    /// Whose task it is.
    pub roles: &'static [Role],
}

macro_rules! tasks {
    ($($concerns:ident $deed:ident: $($role:ident)+;)+) => {
        /// Every deed with the roles whose task it is, in the order of the process.
        pub const TASKS: &[Task] =
            &[$(Task { deed: stringify!($deed), concerns: Concerns::$concerns, roles: &[$(Role::$role),+] }),+];

        /// The line of a deed.
        pub fn task(deed: &Deed) -> Task {
            match deed {
                $(Deed::$deed { .. } => {
                    Task { deed: stringify!($deed), concerns: Concerns::$concerns, roles: &[$(Role::$role),+] }
                })+
            }
        }
    };
}

tasks! {
    // The edition, its rounds, who is who.
    Edition OpenEdition: Centre;
    Edition ProposeSeal: Centre;
    Edition SealRulebook: Centre;
    Round OpenRound: Secretariat Centre;
    Round SetDay: Secretariat Centre;
    Round ProposeRulebook: Secretariat Centre;
    Round AdoptRulebook: Chair ActingChair Centre;
    Edition ChangeRegister: Secretariat Centre;
    Edition ChangePeople: Secretariat Centre;
    Edition EraseNames: Centre;
    Round AppointAide: Secretariat;
    // Outreach and nomination; who may nominate by which route, the decision asks.
    Edition RecordOutreach: Branch Secretariat Chair ActingChair Centre;
    Contest Nominate: Candidate Branch Regency Secretariat;
    Contest Answer: Candidate;
    Edition RecordEvent: Branch Secretariat Verifier Chair ActingChair Centre;
    Edition RecordStanding: Centre;
    Edition RecordDossiers: Centre;
    Edition CommitLot: Secretariat Centre;
    Contest Propose: Candidate Branch Secretariat Centre;
    // Dossiers.
    Contest HandInDossier: Candidate Branch Secretariat;
    Contest ExtendDossier: Chair ActingChair;
    Contest AdmitLate: Chair ActingChair;
    Contest CloseDossiers: Secretariat;
    Contest HandInItem: Candidate Branch Secretariat;
    Contest StateProduct: Candidate Branch Secretariat;
    Contest SubmitDossier: Candidate Branch Secretariat;
    Contest ReturnDossier: Secretariat Verifier;
    Round MoveDeadline: Chair ActingChair Centre;
    Round ImportVintage: Secretariat Centre;
    // Panels, conflicts, verification.
    Round AppointByDecree: Secretariat;
    Round ReplaceMember: Secretariat;
    Contest NameActingChair: Secretariat Chair ActingChair;
    Contest DeclareInterest: Juror;
    Contest RuleOnDoubt: Chair ActingChair Juror;
    Contest OpenDossier: Juror;
    Contest HandInRanking: Juror;
    Contest OpenFigures: Juror;
    Contest CheckClaim: Verifier;
    Contest CommitSample: Secretariat;
    Contest DrawSample: Secretariat;
    Contest ReadAgain: Verifier;
    Contest ReportVisit: Verifier;
    Contest FindAtInterview: Verifier Chair ActingChair;
    Round Appoint: Secretariat;
    Contest DeclareConflict: Juror;
    Contest StateClaim: Candidate Branch Secretariat;
    Contest VerifyClaim: Verifier;
    Contest VerifyItem: Verifier;
    Contest StatePoints: Verifier;
    Contest ExemptFrom: Verifier;
    // Interview and judging. A juror may act as chair for a candidate; whether this one does, the decision asks.
    Round PlanSession: Secretariat;
    Contest AssignSlot: Secretariat;
    Contest MoveSlot: Secretariat;
    Contest AnswerInvitation: Candidate Secretariat;
    Contest SendDelegation: Candidate Secretariat;
    Contest HandInMaterial: Candidate Secretariat;
    Contest CheckIn: Secretariat;
    Contest NoteNoShow: Secretariat;
    Contest NoteQuestion: Juror Secretariat;
    Contest HandInVersion: Juror Aide Secretariat;
    Contest ReopenSheet: Chair ActingChair Juror;
    Contest EnterPaper: Secretariat;
    Contest LeaveInTray: Juror Aide Secretariat;
    Contest AdmitFromTray: Chair ActingChair Juror;
    Contest WaiveMissing: Chair ActingChair;
    Contest RecordAttendance: Secretariat;
    Contest HandInSheet: Juror Aide;
    Contest Withdraw: Candidate Secretariat;
    Contest WaiveAbsence: Chair ActingChair;
    Contest CloseJudging: Chair ActingChair;
    Contest CorrectMark: Secretariat;
    // Counting and plenary.
    Contest Count: Secretariat;
    Contest GiveOrder: Chair ActingChair;
    Contest NameAward: Chair ActingChair;
    Edition RevealLot: Chair ActingChair Centre;
    Contest Ratify: Chair ActingChair;
    // Advancement and announcement.
    Contest Advance: Chair ActingChair;
    Contest Announce: Secretariat;
    // The lock: three people.
    Edition RequireLock: Centre;
    Contest ProposeResult: Secretariat;
    Contest CheckResult: Secretariat Verifier Centre;
    Contest LockResult: Chair ActingChair;
    // The plenary's session.
    Round OpenPlenary: Secretariat Chair ActingChair;
    Round NotePresence: Secretariat Chair ActingChair;
    Round GiveChair: Secretariat Chair ActingChair;
    Round MakeMotion: Juror;
    Round CastVote: Juror;
    Round CloseVote: Chair ActingChair;
    Contest ReviseSheet: Juror;
    Round ClosePlenary: Chair ActingChair;
    // Objections.
    Contest PublishProvisional: Secretariat Centre;
    Contest FileObjection: Candidate;
    Contest RuleOnObjection: Chair ActingChair Centre;
    Contest AnswerObjection: Secretariat Chair ActingChair Centre;
    Contest DraftRecount: Secretariat Verifier;
    Contest DecideRecount: Chair ActingChair Centre;
    // Who drops out, the announcement by two, the ceremony, revocations.
    Contest StandBack: Candidate;
    Contest ProposeDisqualification: Secretariat Chair ActingChair Centre;
    Contest ConfirmDisqualification: Chair ActingChair Centre;
    Contest ProposeAnnouncement: Secretariat Centre;
    Contest ConfirmAnnouncement: Chair ActingChair Centre;
    Contest HandOverPrize: Secretariat Centre;
    Contest IssueCertificate: Secretariat Centre;
    Contest ProposeRevocation: Secretariat Chair ActingChair Centre;
    Contest ConfirmRevocation: Chair ActingChair Centre;
}
