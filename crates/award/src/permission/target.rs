//! What a deed is aimed at: where it happens, and whose entry, sheet or act it is.

use crate::act::Deed;
use crate::id::{CandidateId, JurorId, PersonId};

/// Where a deed happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'d> {
    /// In the whole edition.
    Edition,
    /// At a level.
    Level(&'d str),
    /// In a region, at a level if that is told.
    Region(Option<&'d str>, &'d str),
    /// In the one round of a level for the whole nation.
    Nation(&'d str),
}

impl<'d> Place<'d> {
    pub(super) fn level(self) -> Option<&'d str> {
        match self {
            Place::Edition => None,
            Place::Level(level) | Place::Nation(level) => Some(level),
            Place::Region(level, _) => level,
        }
    }
}

/// What a deed is aimed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target<'d> {
    /// Where.
    pub place: Place<'d>,
    /// In which category.
    pub category: Option<&'d str>,
    /// Whose entry it concerns.
    pub candidate: Option<&'d CandidateId>,
    /// The region of that candidate, where it is known.
    pub candidate_region: Option<&'d str>,
    /// Whose sheet, conflict or vote it is.
    pub juror: Option<&'d JurorId>,
}

impl<'d> Target<'d> {
    /// What a deed is aimed at; `region_of` looks up the region of a candidate.
    pub fn of(deed: &'d Deed, region_of: impl Fn(&CandidateId) -> Option<&'d str>) -> Target<'d> {
        let candidate = candidate(deed);
        let own_region = match deed {
            Deed::Propose(_, proposed) => Some(proposed.region.as_str()),
            Deed::Nominate(_, nomination) => Some(nomination.candidate.region.as_str()),
            _ => None,
        };
        Target {
            place: place(deed),
            category: deed.contest().map(|contest| contest.category.as_str()),
            candidate,
            candidate_region: own_region.or_else(|| region_of(candidate?)),
            juror: juror(deed),
        }
    }
}

fn place(deed: &Deed) -> Place<'_> {
    if let Some(round) = deed.round() {
        let level = round.level.as_str();
        return round.region.as_deref().map_or(Place::Nation(level), |region| Place::Region(Some(level), region));
    }
    match deed {
        Deed::RecordEvent(event) => match event.region.as_deref() {
            Some(region) => Place::Region(event.level.as_deref(), region),
            None => Place::Edition,
        },
        Deed::CommitLot(lot) | Deed::RevealLot(lot) => Place::Level(&lot.level),
        _ => Place::Edition,
    }
}

/// The candidate whose entry a deed concerns. A deed that names none here is no candidate's own.
pub(crate) fn candidate(deed: &Deed) -> Option<&CandidateId> {
    match deed {
        Deed::Propose(_, proposed) => Some(&proposed.id),
        Deed::Nominate(_, nomination) => Some(&nomination.candidate.id),
        Deed::Answer(_, consent) => Some(&consent.candidate),
        Deed::HandInItem(_, item) => Some(&item.candidate),
        Deed::StateProduct(_, product) => Some(&product.candidate),
        Deed::SubmitDossier(_, candidate) => Some(candidate),
        Deed::ReturnDossier(_, back) => Some(&back.candidate),
        Deed::AnswerInvitation(_, answer) => Some(&answer.candidate),
        Deed::SendDelegation(_, sending) => Some(&sending.candidate),
        Deed::HandInMaterial(_, material) => Some(&material.candidate),
        Deed::NoteNoShow(_, no_show) => Some(&no_show.candidate),
        Deed::HandInDossier(_, dossier) => Some(&dossier.candidate),
        Deed::ExtendDossier(_, candidate, _) | Deed::WaiveAbsence(_, candidate, _) => candidate.as_ref(),
        Deed::AdmitLate(_, candidate, _) | Deed::Withdraw(_, candidate, _) => Some(candidate),
        Deed::StateClaim(_, claim) | Deed::VerifyClaim(_, claim) => Some(&claim.candidate),
        Deed::VerifyItem(_, item) => Some(&item.candidate),
        Deed::StatePoints(_, points) => Some(&points.candidate),
        Deed::ExemptFrom(_, exempt) => Some(&exempt.candidate),
        Deed::RecordAttendance(_, attendance) => Some(&attendance.candidate),
        Deed::DeclareConflict(_, conflict) => Some(&conflict.candidate),
        Deed::HandInSheet(_, sheet) => Some(&sheet.candidate),
        Deed::CorrectMark(_, correction) => Some(&correction.candidate),
        Deed::NameAward(_, _, candidate) => Some(candidate),
        Deed::ReviseSheet(_, revision) => Some(&revision.candidate),
        Deed::FileObjection(_, objection) => Some(&objection.by),
        Deed::StandBack(_, out) | Deed::ProposeDisqualification(_, out) => Some(&out.candidate),
        Deed::HandOverPrize(_, given) => Some(&given.candidate),
        Deed::IssueCertificate(_, certificate) => Some(&certificate.candidate),
        Deed::ProposeRevocation(_, revocation) => Some(&revocation.candidate),
        Deed::ConfirmRevocation(_, confirmation) | Deed::ConfirmDisqualification(_, confirmation) => {
            Some(&confirmation.candidate)
        }
        _ => None,
    }
}

/// The juror whose sheet, conflict or vote a deed is. A deed that names none here is no juror's own.
pub(crate) fn juror(deed: &Deed) -> Option<&JurorId> {
    match deed {
        Deed::HandInSheet(_, sheet) => Some(&sheet.juror),
        Deed::DeclareConflict(_, conflict) => Some(&conflict.juror),
        Deed::DeclareInterest(_, declaration) => Some(&declaration.juror),
        Deed::OpenDossier(_, opening) | Deed::OpenFigures(_, opening) => Some(&opening.juror),
        Deed::HandInRanking(_, ranking) => Some(&ranking.juror),
        Deed::NoteQuestion(_, asked) => Some(&asked.juror),
        Deed::HandInVersion(_, sheet) | Deed::LeaveInTray(_, sheet) => Some(&sheet.of.juror),
        Deed::RuleOnDoubt(_, ruling) => Some(&ruling.by),
        Deed::ReopenSheet(_, reopening) => Some(&reopening.by),
        Deed::AdmitFromTray(_, admission) => Some(&admission.by),
        Deed::ReviseSheet(_, revision) => Some(&revision.juror),
        Deed::CastVote(_, vote) => Some(&vote.juror),
        Deed::MakeMotion(_, motion) => Some(&motion.mover),
        _ => None,
    }
}

/// Everybody whom a deed names by the id of a person: who does it, who helps, who went there, who takes a seat. All of them must be entered.
/// Who is being entered, and what a file tells, is no business of this.
pub(crate) fn persons(deed: &Deed) -> Vec<&PersonId> {
    match deed {
        Deed::AppointAide(_, aide) => vec![&aide.aide],
        Deed::ReportVisit(_, visit) => visit.visitors.iter().collect(),
        Deed::AppointByDecree(_, seat) => seat.appointment.person.iter().collect(),
        Deed::ReplaceMember(_, replacement) => replacement.takes.appointment.person.iter().collect(),
        other => person(other).into_iter().collect(),
    }
}

/// Whether somebody else may do it for the person whom it names, by a letter that stands: what an office or organisation does, never what
/// takes two people or somebody's own judgement.
pub(crate) fn may_be_delegated(deed: &Deed) -> bool {
    matches!(
        deed,
        Deed::Nominate(..)
            | Deed::Answer(..)
            | Deed::HandInItem(..)
            | Deed::ReturnDossier(..)
            | Deed::StandBack(..)
            | Deed::HandOverPrize(..)
            | Deed::IssueCertificate(..)
    )
}

/// The person whom a deed names as the one who does it. Nobody does it in another's name who has no letter for it.
pub(crate) fn person(deed: &Deed) -> Option<&PersonId> {
    match deed {
        Deed::ProposeResult(_, by) | Deed::CheckResult(_, by) | Deed::LockResult(_, by) => Some(by),
        Deed::PublishProvisional(_, by) | Deed::ConfirmAnnouncement(_, by) => Some(by),
        Deed::OpenRound(_, opening) => Some(&opening.by),
        Deed::ProposeSeal(sealing) | Deed::SealRulebook(sealing) => Some(&sealing.by),
        Deed::ProposeRulebook(_, proposed) => Some(&proposed.by),
        Deed::AdoptRulebook(_, adoption) => Some(&adoption.by),
        Deed::HandInItem(_, item) => Some(&item.by),
        Deed::ReturnDossier(_, back) => Some(&back.by),
        Deed::MoveDeadline(_, extension) => Some(&extension.by),
        Deed::Nominate(_, nomination) => Some(&nomination.by),
        Deed::Answer(_, consent) => Some(&consent.by),
        Deed::CheckClaim(_, check) => Some(&check.by),
        Deed::ReadAgain(_, reading) => Some(&reading.by),
        Deed::FindAtInterview(_, finding) => Some(&finding.by),
        Deed::HandInVersion(_, sheet) | Deed::EnterPaper(_, sheet) | Deed::LeaveInTray(_, sheet) => sheet.entered_by.as_ref(),
        Deed::OpenPlenary(_, opening) => Some(&opening.by),
        Deed::ClosePlenary(_, minutes) => Some(&minutes.by),
        Deed::RuleOnObjection(_, ruling) => Some(&ruling.by),
        Deed::AnswerObjection(_, answer) => Some(&answer.by),
        Deed::DraftRecount(_, set) => Some(&set.by),
        Deed::DecideRecount(_, decision) => Some(&decision.by),
        Deed::StandBack(_, out) | Deed::ProposeDisqualification(_, out) => Some(&out.by),
        Deed::ProposeAnnouncement(_, embargo) => Some(&embargo.by),
        Deed::HandOverPrize(_, given) => Some(&given.by),
        Deed::IssueCertificate(_, certificate) => Some(&certificate.by),
        Deed::ProposeRevocation(_, revocation) => Some(&revocation.by),
        Deed::ConfirmRevocation(_, confirmation) | Deed::ConfirmDisqualification(_, confirmation) => Some(&confirmation.by),
        _ => None,
    }
}
