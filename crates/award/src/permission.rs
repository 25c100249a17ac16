//! Who may do what, where: one pure function over actor, deed and scope. A [`Permit`] can only be made here, so whoever decides an act
//! holds the proof that it was asked.

use serde::{Deserialize, Serialize};
use words::Message;

use crate::act::{Deed, RoundKey};
use crate::id::{CandidateId, JurorId, PersonId};
use crate::refusal::Refusal;
use crate::stage::nomination::Route;

/// Who acts, and how far that person's role reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A candidate, for its own entry.
    Candidate(CandidateId),
    /// A branch office, which proposes and coaches candidates of its round.
    Branch(RoundKey),
    /// The secretariat of a round.
    Secretariat(RoundKey),
    /// A verifier of a round.
    Verifier(RoundKey),
    /// A juror of a round, for the own sheets.
    Juror(RoundKey, JurorId),
    /// An aide who writes down what a juror of a round decides.
    Aide(RoundKey, JurorId, PersonId),
    /// The government of a regency or city, by its code, which appoints candidates of its own region.
    Regency(String),
    /// The chair of a round.
    Chair(RoundKey),
    /// The central committee.
    Centre,
}

impl Actor {
    /// The round of whose office the actor is; none for a candidate, a regency and the centre.
    pub fn round(&self) -> Option<&RoundKey> {
        match self {
            Actor::Branch(round) | Actor::Secretariat(round) | Actor::Verifier(round) | Actor::Chair(round) => Some(round),
            Actor::Juror(round, _) | Actor::Aide(round, ..) => Some(round),
            Actor::Candidate(_) | Actor::Regency(_) | Actor::Centre => None,
        }
    }
}

/// The proof that an actor may do a deed. Only [`permit`] makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permit {
    deed: std::mem::Discriminant<Deed>,
    round: Option<RoundKey>,
}

impl Permit {
    /// Whether this permit was made for such a deed in that round.
    pub fn covers(&self, deed: &Deed) -> bool {
        self.deed == std::mem::discriminant(deed) && self.round.as_ref() == deed.round()
    }
}

/// Asks whether an actor may do a deed.
///
/// ```
/// use award::{Actor, ContestKey, Deed, RoundKey, permit};
///
/// let round = RoundKey { level: "province".into(), region: Some("18".into()) };
/// let close = Deed::CloseJudging(ContestKey { round: round.clone(), category: "kabkota".into() }, None);
/// assert!(permit(&Actor::Chair(round), &close).is_ok());
///
/// let elsewhere = RoundKey { level: "province".into(), region: Some("51".into()) };
/// assert_eq!(permit(&Actor::Chair(elsewhere), &close).unwrap_err().rule.key(), "refusal-other-round");
/// ```
///
/// # Errors
///
/// A [`Refusal`] that says whose task it is.
pub fn permit(actor: &Actor, deed: &Deed) -> Result<Permit, Refusal> {
    if !role_may(actor, deed) {
        return Err(Refusal::of(Message::new("refusal-not-your-task").message("role", role_name(actor))));
    }
    if !reaches(actor, deed) {
        return Err(Refusal::of(Message::new("refusal-other-round").message("role", role_name(actor))));
    }
    Ok(Permit { deed: std::mem::discriminant(deed), round: deed.round().cloned() })
}

/// The table of tasks: which role does which deed.
fn role_may(actor: &Actor, deed: &Deed) -> bool {
    match deed {
        Deed::OpenEdition(_) => matches!(actor, Actor::Centre),
        Deed::OpenRound(..) | Deed::SetDay(..) | Deed::ProposeRulebook(..) => {
            matches!(actor, Actor::Secretariat(_) | Actor::Centre)
        }
        Deed::AdoptRulebook(..) | Deed::MoveDeadline(..) => matches!(actor, Actor::Chair(_) | Actor::Centre),
        Deed::ChangeRegister(_) | Deed::ChangePeople(_) | Deed::ImportVintage(..) => {
            matches!(actor, Actor::Secretariat(_) | Actor::Centre)
        }
        Deed::AppointAide(..) => matches!(actor, Actor::Secretariat(_)),
        Deed::RecordOutreach(_) => matches!(actor, Actor::Branch(_) | Actor::Secretariat(_) | Actor::Chair(_) | Actor::Centre),
        Deed::Nominate(_, nomination) => match nomination.route {
            Route::Branch => matches!(actor, Actor::Branch(_) | Actor::Secretariat(_)),
            Route::Regency => matches!(actor, Actor::Regency(_) | Actor::Secretariat(_)),
            Route::Own => matches!(actor, Actor::Candidate(_)),
        },
        Deed::Answer(..) => matches!(actor, Actor::Candidate(_)),
        Deed::HandInItem(..) | Deed::SubmitDossier(..) => {
            matches!(actor, Actor::Candidate(_) | Actor::Branch(_) | Actor::Secretariat(_))
        }
        Deed::ReturnDossier(..) => matches!(actor, Actor::Secretariat(_) | Actor::Verifier(_)),
        Deed::RecordEvent(_) => !matches!(actor, Actor::Candidate(_) | Actor::Juror(..) | Actor::Aide(..) | Actor::Regency(_)),
        Deed::RecordStanding(_) | Deed::CommitLot(_) | Deed::RecordDossiers => {
            matches!(actor, Actor::Centre | Actor::Secretariat(_))
        }
        Deed::RevealLot(_) => matches!(actor, Actor::Centre | Actor::Chair(_)),
        Deed::Propose(..) => matches!(actor, Actor::Branch(_) | Actor::Candidate(_) | Actor::Secretariat(_) | Actor::Centre),
        Deed::HandInDossier(..) | Deed::StateClaim(..) => {
            matches!(actor, Actor::Candidate(_) | Actor::Branch(_) | Actor::Secretariat(_))
        }
        Deed::ExtendDossier(..) | Deed::AdmitLate(..) => matches!(actor, Actor::Chair(_)),
        Deed::CloseDossiers(_) | Deed::Appoint(..) | Deed::RecordAttendance(..) | Deed::Count(_) => {
            matches!(actor, Actor::Secretariat(_))
        }
        Deed::DeclareConflict(..) => matches!(actor, Actor::Juror(..)),
        Deed::HandInSheet(..) => matches!(actor, Actor::Juror(..) | Actor::Aide(..)),
        Deed::VerifyClaim(..) | Deed::VerifyItem(..) | Deed::StatePoints(..) | Deed::ExemptFrom(..) => {
            matches!(actor, Actor::Verifier(_))
        }
        Deed::Withdraw(..) => matches!(actor, Actor::Candidate(_) | Actor::Secretariat(_)),
        Deed::CorrectMark(..) | Deed::Announce(_) => matches!(actor, Actor::Secretariat(_)),
        Deed::WaiveAbsence(..) | Deed::CloseJudging(..) | Deed::GiveOrder(..) | Deed::NameAward(..) => {
            matches!(actor, Actor::Chair(_))
        }
        Deed::Ratify(_) | Deed::Advance(_) => matches!(actor, Actor::Chair(_)),
        Deed::AppointByDecree(..) | Deed::ReplaceMember(..) => matches!(actor, Actor::Secretariat(_)),
        Deed::NameActingChair(..) => matches!(actor, Actor::Secretariat(_) | Actor::Chair(_)),
        Deed::DeclareInterest(..) | Deed::OpenDossier(..) | Deed::HandInRanking(..) | Deed::OpenFigures(..) => {
            matches!(actor, Actor::Juror(..))
        }
        Deed::CheckClaim(..) | Deed::ReadAgain(..) | Deed::ReportVisit(..) => matches!(actor, Actor::Verifier(_)),
        Deed::CommitSample(..) | Deed::DrawSample(..) => matches!(actor, Actor::Secretariat(_)),
        Deed::FindAtInterview(..) => matches!(actor, Actor::Verifier(_) | Actor::Chair(_)),
        Deed::PlanSession(..) | Deed::AssignSlot(..) | Deed::MoveSlot(..) | Deed::CheckIn(..) => {
            matches!(actor, Actor::Secretariat(_))
        }
        Deed::AnswerInvitation(..) => matches!(actor, Actor::Candidate(_) | Actor::Secretariat(_)),
        // The secretariat notes, and enters for jurors who sit at no screen.
        Deed::NoteQuestion(..) | Deed::HandInVersion(..) | Deed::LeaveInTray(..) => {
            matches!(actor, Actor::Juror(..) | Actor::Secretariat(_))
        }
        Deed::EnterPaper(..) => matches!(actor, Actor::Secretariat(_)),
        // A juror may act as chair for a candidate; whether this one does, the decision asks.
        Deed::RuleOnDoubt(..) | Deed::ReopenSheet(..) | Deed::AdmitFromTray(..) => {
            matches!(actor, Actor::Chair(_) | Actor::Juror(..))
        }
        Deed::WaiveMissing(..) => matches!(actor, Actor::Chair(_)),
    }
}

/// Whether the role reaches as far as the deed.
fn reaches(actor: &Actor, deed: &Deed) -> bool {
    let in_round = |round: &RoundKey| deed.round().is_none_or(|at| at == round);
    match actor {
        Actor::Centre => true,
        Actor::Branch(round) | Actor::Secretariat(round) | Actor::Verifier(round) | Actor::Chair(round) => in_round(round),
        Actor::Juror(round, juror) | Actor::Aide(round, juror, _) => in_round(round) && own_sheet(juror, deed),
        Actor::Regency(code) => own_region(code, deed),
        Actor::Candidate(candidate) => own_entry(candidate, deed),
    }
}

fn own_sheet(juror: &JurorId, deed: &Deed) -> bool {
    match deed {
        Deed::HandInSheet(_, sheet) => sheet.juror == *juror,
        Deed::DeclareConflict(_, conflict) => conflict.juror == *juror,
        Deed::DeclareInterest(_, declaration) => declaration.juror == *juror,
        Deed::OpenDossier(_, opening) | Deed::OpenFigures(_, opening) => opening.juror == *juror,
        Deed::HandInRanking(_, ranking) => ranking.juror == *juror,
        Deed::NoteQuestion(_, asked) => asked.juror == *juror,
        Deed::HandInVersion(_, sheet) | Deed::LeaveInTray(_, sheet) => sheet.of.juror == *juror,
        Deed::RuleOnDoubt(_, ruling) => ruling.by == *juror,
        Deed::ReopenSheet(_, reopening) => reopening.by == *juror,
        Deed::AdmitFromTray(_, admission) => admission.by == *juror,
        _ => false,
    }
}

fn own_region(code: &str, deed: &Deed) -> bool {
    let within = |region: &str| region == code || region.strip_prefix(code).is_some_and(|rest| rest.starts_with('.'));
    matches!(deed, Deed::Nominate(_, nomination) if within(&nomination.candidate.region))
}

fn own_entry(candidate: &CandidateId, deed: &Deed) -> bool {
    match deed {
        Deed::Propose(_, proposed) => proposed.id == *candidate,
        Deed::Nominate(_, nomination) => nomination.candidate.id == *candidate,
        Deed::Answer(_, consent) => consent.candidate == *candidate,
        Deed::HandInItem(_, item) => item.candidate == *candidate,
        Deed::SubmitDossier(_, submitted) => submitted == candidate,
        Deed::HandInDossier(_, dossier) => dossier.candidate == *candidate,
        Deed::StateClaim(_, claim) => claim.candidate == *candidate,
        Deed::Withdraw(_, withdrawn, _) => withdrawn == candidate,
        Deed::AnswerInvitation(_, answer) => answer.candidate == *candidate,
        _ => false,
    }
}

fn role_name(actor: &Actor) -> Message {
    Message::new(match actor {
        Actor::Candidate(_) => "role-candidate",
        Actor::Branch(_) => "role-branch",
        Actor::Secretariat(_) => "role-secretariat",
        Actor::Verifier(_) => "role-verifier",
        Actor::Juror(..) => "role-juror",
        Actor::Aide(..) => "role-aide",
        Actor::Regency(_) => "role-regency",
        Actor::Chair(_) => "role-chair",
        Actor::Centre => "role-centre",
    })
}
