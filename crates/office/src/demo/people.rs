//! Who may be tried in a demonstration: one person for each role, at a place where that role has something to do today.

use award::{CandidateId, Grant, PersonId, Role, RoundKey, Scope};
use words::Message;

use super::land;
use crate::rehearse::step::Who;
use crate::rehearse::year::{Round, Year};

/// The seat whose juror has not marked everybody yet.
pub const ASKED: usize = 7;
/// The seat for which somebody else writes.
pub const HELPED: usize = 8;

/// Somebody who can be tried in a demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPerson {
    /// The person, whose account is active.
    pub person: PersonId,
    /// An invented name.
    pub name: String,
    /// As what.
    pub role: Role,
    /// Where there is something to do; none for who is at no round.
    pub round: Option<RoundKey>,
    /// Whose dossier it is; none for everybody but a candidate.
    pub candidate: Option<CandidateId>,
    /// What has to be done now, in a sentence.
    pub task: Message,
}

impl DemoPerson {
    /// The role in words.
    pub fn label(&self) -> Message {
        self.role.label()
    }
}

/// Somebody with the roles of an account.
#[derive(Debug, Clone)]
pub(super) struct Cast {
    pub person: PersonId,
    pub grants: Vec<Grant>,
    pub role: Role,
    pub round: Option<RoundKey>,
    pub candidate: Option<CandidateId>,
}

/// Everybody whom a demonstration shows, in the order of the process.
pub(super) fn cast(year: &Year) -> Vec<Cast> {
    let known = |code: &str| year.provinces.iter().find(|round| round.code == code);
    let mut cast = Vec::new();
    let mut take = |code: &str, role: Role, who: &dyn Fn(&Round) -> Option<Who>| {
        let Some(round) = known(code) else { return };
        let Some(who) = who(round) else { return };
        let candidate = match &who {
            Who::Candidate(candidate) => Some(candidate.clone()),
            _ => None,
        };
        let (person, grants) = (who.person(year, round), who.grants(year, round));
        cast.push(Cast { person, grants, role, round: Some(round.key.clone()), candidate });
    };
    take(land::OF_CANDIDATE, Role::Candidate, &|round| round.candidates.first().map(|one| Who::Candidate(one.id.clone())));
    take(land::OF_REGENCY, Role::Branch, &|_| Some(Who::Branch));
    take(land::OF_REGENCY, Role::Regency, &|round| round.candidates.last().map(|one| Who::Regency(one.region.clone())));
    take(land::OF_INTERVIEWS, Role::Secretariat, &|_| Some(Who::Secretariat(1)));
    take(land::OF_VERIFICATION, Role::Verifier, &|_| Some(Who::Verifier(1)));
    take(land::OF_JUDGING, Role::Juror, &|round| round.panel.get(ASKED).map(|member| Who::Juror(member.juror.clone())));
    take(land::OF_PLENARY, Role::Chair, &|round| round.panel.first().map(|member| Who::Juror(member.juror.clone())));
    take(land::OF_JUDGING, Role::ActingChair, &|round| round.panel.get(1).map(|member| Who::Juror(member.juror.clone())));
    take(land::OF_ANNOUNCEMENT, Role::Centre, &|_| Some(Who::Centre(1)));
    cast.extend(known(land::OF_JUDGING).and_then(|round| aide(year, round)));
    cast.extend([Role::Auditor, Role::Operator].map(|role| beside(year, role)));
    cast
}

/// Who writes for the juror of a seat.
pub(super) fn aide(year: &Year, round: &Round) -> Option<Cast> {
    let juror = round.panel.get(HELPED)?.juror.clone();
    let scope = Scope {
        edition: Some(year.edition.clone()),
        level: Some(round.key.level.clone()),
        region: round.key.region.clone(),
        juror: Some(juror),
        ..Scope::default()
    };
    let person = PersonId::new(format!("{}-{}-pendamping", year.edition, round.code));
    let grants = vec![Grant::new(Role::Aide, scope)];
    Some(Cast { person, grants, role: Role::Aide, round: Some(round.key.clone()), candidate: None })
}

/// Who looks on or administers, and takes no part.
fn beside(year: &Year, role: Role) -> Cast {
    let edition = Some(year.edition.clone()).filter(|_| role == Role::Auditor);
    let grants = vec![Grant::new(role, Scope { edition, ..Scope::default() })];
    let person = PersonId::new(format!("{}-{}", year.edition, role.name()));
    Cast { person, grants, role, round: None, candidate: None }
}

impl Cast {
    /// The person as it is told, under a name.
    pub(super) fn told(&self, name: String) -> DemoPerson {
        DemoPerson {
            person: self.person.clone(),
            name,
            role: self.role,
            round: self.round.clone(),
            candidate: self.candidate.clone(),
            task: Message::new(format!("demo-task-{}", self.role.name())),
        }
    }
}
