//! Which records of an entry a fact can touch. A sheet that is handed in changes nothing about the claims of the candidate, so they need not be
//! written out twice to find that.

use crate::fact::Fact;
use crate::id::JurorId;

/// The records of an entry that a fact can touch at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach<'f> {
    /// Any of them.
    All,
    /// Its own record.
    Own,
    /// Its own record, and the claim of this name.
    Claim(&'f str),
    /// Its own record, and conflicts and sheets of this juror.
    Juror(&'f JurorId),
}

impl Reach<'_> {
    /// How far a fact reaches. Whatever is not said here may touch everything: that is slow and never wrong.
    pub(super) fn of(fact: &Fact) -> Reach<'_> {
        match fact {
            Fact::DossierReceived { .. }
            | Fact::ItemHandedIn { .. }
            | Fact::ProductStated { .. }
            | Fact::DossierSubmitted { .. }
            | Fact::DossierReturned { .. }
            | Fact::LateAdmitted { .. }
            | Fact::Attended(..)
            | Fact::Withdrawn { .. }
            | Fact::ClaimChecked(..)
            | Fact::ClaimReadAgain { .. }
            | Fact::VisitReported(..)
            | Fact::FindingNoted(..)
            | Fact::ActingChairNamed(..)
            | Fact::InterestDeclared(..)
            | Fact::DoubtRuled(..)
            | Fact::DossierOpened(..)
            | Fact::FiguresOpened(..)
            | Fact::SlotMoved(..)
            | Fact::InvitationAnswered(..)
            | Fact::DelegationSent(..)
            | Fact::MaterialHandedIn { .. }
            | Fact::CheckedIn(..)
            | Fact::QuestionNoted(..)
            | Fact::SheetReopened(..)
            | Fact::PaperEntered(..)
            | Fact::SheetInTray(..) => Reach::Own,
            Fact::ClaimStated(_, claim) | Fact::ClaimVerified(_, claim) => Reach::Claim(&claim.claim),
            Fact::ClaimReopened { of, .. } => Reach::Claim(&of.claim),
            Fact::ConflictDeclared(_, conflict) => Reach::Juror(&conflict.juror),
            Fact::SheetHandedIn(_, sheet) => Reach::Juror(&sheet.juror),
            Fact::SheetKept(_, kept) => Reach::Juror(&kept.sheet.of.juror),
            _ => Reach::All,
        }
    }
}
