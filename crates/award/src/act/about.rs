//! What every deed tells of itself: its name, its stage, its contest, round and candidate.

use crate::act::{ContestKey, Deed, RoundKey};
use crate::id::CandidateId;

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
            | Deed::SendDelegation(contest, _)
            | Deed::HandInMaterial(contest, _)
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
            Deed::SendDelegation(..) | Deed::HandInMaterial(..) => Stage::Interview,
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
