//! Roles and how far they reach. A person may hold several: the secretary of a panel is also a branch head.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use words::Message;

use crate::act::RoundKey;
use crate::id::{CandidateId, JurorId};
use crate::permission::Actor;

/// What somebody is in the award.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Anybody; also somebody who is not signed in.
    Public,
    /// Who acts for a candidate's organisation.
    Candidate,
    /// A branch officer, who holds outreach meetings, proposes and coaches.
    Branch,
    /// The secretariat of a round.
    Secretariat,
    /// Who checks claims against evidence.
    Verifier,
    /// A member of a panel, for the own sheets.
    Juror,
    /// Who enters for a juror.
    Aide,
    /// The government of a regency or city, which appoints candidates of its own area.
    Regency,
    /// The chair of a round.
    Chair,
    /// Who stands in for the chair.
    ActingChair,
    /// The central committee.
    Centre,
    /// Who looks at everything after the lock and changes nothing.
    Auditor,
    /// Who administers accounts; no part of the award.
    Operator,
}

impl Role {
    /// Every role, in the order of the permission table.
    pub const ALL: [Role; 13] = [
        Role::Public,
        Role::Candidate,
        Role::Branch,
        Role::Secretariat,
        Role::Verifier,
        Role::Juror,
        Role::Aide,
        Role::Regency,
        Role::Chair,
        Role::ActingChair,
        Role::Centre,
        Role::Auditor,
        Role::Operator,
    ];

    /// The name in files and texts.
    ///
    /// ```
    /// assert_eq!(award::Role::ActingChair.name(), "acting-chair");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Role::Public => "public",
            Role::Candidate => "candidate",
            Role::Branch => "branch",
            Role::Secretariat => "secretariat",
            Role::Verifier => "verifier",
            Role::Juror => "juror",
            Role::Aide => "aide",
            Role::Regency => "regency",
            Role::Chair => "chair",
            Role::ActingChair => "acting-chair",
            Role::Centre => "centre",
            Role::Auditor => "auditor",
            Role::Operator => "operator",
        }
    }

    /// What people call it.
    pub fn label(self) -> Message {
        Message::new(format!("role-{}", self.name()))
    }
}

/// How far a role reaches; what is none does not limit it.
///
/// A region reaches what lies in it: `51` also `51.03`. A round for the whole nation lies in no region.
///
/// ```
/// let province = award::Scope { level: Some("province".into()), region: Some("51".into()), ..Default::default() };
/// assert_ne!(province, award::Scope::default());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scope {
    /// Only this edition: the id of its cycle.
    pub edition: Option<String>,
    /// Only this level.
    pub level: Option<String>,
    /// Only this region's rounds and those inside it.
    pub region: Option<String>,
    /// Only candidates and meetings in these regions: the service area of a branch. Empty for no limit.
    pub area: Vec<String>,
    /// Only this category.
    pub category: Option<String>,
    /// Only this organisation's own entries. The role `candidate` reaches nothing without it.
    pub organisation: Option<CandidateId>,
    /// Only what this juror does. The roles `juror` and `aide` reach nothing without it.
    pub juror: Option<JurorId>,
}

/// A role that somebody was given, with its reach and its term.
///
/// ```
/// let grant = award::Grant::new(award::Role::Centre, award::Scope::default());
/// assert_eq!((grant.from, grant.until), (None, None));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// How far it reaches.
    pub scope: Scope,
    /// The first instant at which it holds; none for always.
    pub from: Option<Timestamp>,
    /// The last instant at which it holds; none for ever.
    pub until: Option<Timestamp>,
}

impl Grant {
    /// A role without a term.
    pub fn new(role: Role, scope: Scope) -> Grant {
        Grant { role, scope, from: None, until: None }
    }

    /// The one grant that an actor of a file run has.
    pub fn of(actor: &Actor) -> Grant {
        let in_round = |role: Role, round: &RoundKey| {
            let scope = Scope { level: Some(round.level.clone()), region: round.region.clone(), ..Scope::default() };
            Grant::new(role, scope)
        };
        match actor {
            Actor::Candidate(own) => Grant::new(Role::Candidate, Scope { organisation: Some(own.clone()), ..Scope::default() }),
            Actor::Branch(round) => in_round(Role::Branch, round),
            Actor::Secretariat(round) => in_round(Role::Secretariat, round),
            Actor::Verifier(round) => in_round(Role::Verifier, round),
            Actor::Juror(round, juror) => {
                let mut grant = in_round(Role::Juror, round);
                grant.scope.juror = Some(juror.clone());
                grant
            }
            Actor::Aide(round, juror, _) => {
                let mut grant = in_round(Role::Aide, round);
                grant.scope.juror = Some(juror.clone());
                grant
            }
            Actor::Regency(code) => Grant::new(Role::Regency, Scope { area: vec![code.clone()], ..Scope::default() }),
            Actor::Chair(round) => in_round(Role::Chair, round),
            Actor::Centre => Grant::new(Role::Centre, Scope::default()),
            Actor::Person(_, grant) => (**grant).clone(),
        }
    }

    /// Whether it holds at an instant. A grant with a term does not hold where no time is told.
    pub(crate) fn holds(&self, at: Option<Timestamp>) -> bool {
        match at {
            None => self.from.is_none() && self.until.is_none(),
            Some(at) => self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at <= until),
        }
    }
}
