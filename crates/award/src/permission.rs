//! Who may do what, where: one pure function over roles, their scope and the deed. A [`Permit`] can only be made here, so whoever decides
//! an act holds the proof that it was asked.
//!
//! [`table`] says whose task a deed is, [`role`] how far a role reaches, [`target`] what a deed is aimed at, [`sight`] who may read marks
//! and standings, [`reading`] everything else.

pub mod reading;
pub mod role;
pub mod sight;
pub mod table;
pub mod target;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use words::{Arg, Message};

use crate::act::{Deed, RoundKey};
use crate::id::{CandidateId, JurorId, PersonId};
use crate::refusal::Refusal;
use crate::stage::nomination::Route;
use crate::state::State;
use role::{Grant, Role, Scope};
use table::Concerns;
use target::{Place, Target};

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
    /// A person by one of the roles that it holds.
    Person(PersonId, Box<Grant>),
}

impl Actor {
    /// The round of whose office the actor is; none for a candidate, a regency, the centre and whoever's grant names none.
    pub fn round(&self) -> Option<RoundKey> {
        match self {
            Actor::Branch(round) | Actor::Secretariat(round) | Actor::Verifier(round) | Actor::Chair(round) => {
                Some(round.clone())
            }
            Actor::Juror(round, _) | Actor::Aide(round, ..) => Some(round.clone()),
            Actor::Candidate(_) | Actor::Regency(_) | Actor::Centre => None,
            Actor::Person(_, grant) => {
                let level = grant.scope.level.clone()?;
                Some(RoundKey { level, region: grant.scope.region.clone() })
            }
        }
    }
}

/// The proof that somebody may do a deed. Only [`permit`] and [`permit_person`] make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permit {
    deed: std::mem::Discriminant<Deed>,
    round: Option<RoundKey>,
    grant: Grant,
    person: Option<PersonId>,
}

impl Permit {
    fn new(deed: &Deed, grant: Grant, person: Option<PersonId>) -> Permit {
        Permit { deed: std::mem::discriminant(deed), round: deed.round().cloned(), grant, person }
    }

    /// Whether this permit was made for such a deed in that round.
    pub fn covers(&self, deed: &Deed) -> bool {
        self.deed == std::mem::discriminant(deed) && self.round.as_ref() == deed.round()
    }

    /// The grant by which it is permitted.
    pub fn grant(&self) -> &Grant {
        &self.grant
    }

    /// Who acts, for the record: the person with the grant that permits it; none for an actor of a file run.
    pub fn actor(&self) -> Option<Actor> {
        Some(Actor::Person(self.person.clone()?, Box::new(self.grant.clone())))
    }
}

/// Asks whether an actor may do a deed. Neither the edition nor the time is told here, so a person whose grant is limited by them is
/// refused and asks by [`permit_person`].
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
    let grant = Grant::of(actor);
    let target = Target::of(deed, |_| None);
    let asked = allowed(&grant, deed, &target).and_then(|()| {
        if matches!(actor, Actor::Person(..)) {
            names_juror(&grant, deed)?;
        }
        if grant.scope.edition.is_some() {
            return Err(Denied::OtherEdition);
        }
        if grant.holds(None) { Ok(()) } else { Err(Denied::NotInTerm) }
    });
    asked.map_err(|why| why.refusal(&[grant.role], deed))?;
    let person = match actor {
        Actor::Person(person, _) => Some(person),
        _ => None,
    };
    own_name(person, deed)?;
    Ok(Permit::new(deed, grant.clone(), person.cloned()))
}

/// Asks whether a person with these roles may do a deed in an edition at an instant. Who holds no role is the public.
///
/// ```
/// use std::sync::Arc;
/// use award::{ContestKey, Deed, Grant, Role, RoundKey, Scope, State, permit_person};
///
/// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
/// let state = award::run(&cycle, None, &mut |_| {}).unwrap().state;
/// let round = RoundKey { level: "city".into(), region: Some("51".into()) };
/// let close = Deed::CloseJudging(ContestKey { round, category: "village".into() }, None);
/// let chair = Grant::new(Role::Chair, Scope { region: Some("51".into()), ..Scope::default() });
/// assert!(permit_person(&state, &"ayu".into(), &[chair], &close, None).is_ok());
/// assert_eq!(permit_person(&state, &"ayu".into(), &[], &close, None).unwrap_err().rule.key(), "refusal-not-your-task");
/// ```
///
/// # Errors
///
/// A [`Refusal`]: of the reasons that the grants meet, the one that is nearest to a permit.
pub fn permit_person(
    state: &State,
    person: &PersonId,
    grants: &[Grant],
    deed: &Deed,
    at: Option<Timestamp>,
) -> Result<Permit, Refusal> {
    let target = Target::of(deed, |candidate| state.candidates.get(candidate).map(|known| known.region.as_str()));
    let asked = |grant: &Grant| {
        allowed(grant, deed, &target)?;
        names_juror(grant, deed)?;
        if grant.scope.edition.as_ref().is_some_and(|edition| *edition != state.cycle) {
            return Err(Denied::OtherEdition);
        }
        if grant.holds(at) { Ok(()) } else { Err(Denied::NotInTerm) }
    };
    let mut denied = Denied::NotTheTask;
    for grant in grants {
        match asked(grant) {
            Ok(()) => {
                own_name(Some(person), deed)?;
                return Ok(Permit::new(deed, grant.clone(), Some(person.clone())));
            }
            Err(why) => denied = denied.max(why),
        }
    }
    let roles: Vec<Role> = grants.iter().map(|grant| grant.role).collect();
    Err(denied.refusal(&roles, deed))
}

/// Why a grant is not enough, farthest from a permit first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Denied {
    NotTheTask,
    OtherRound,
    OtherCategory,
    OtherArea,
    OtherOrganisation,
    OtherJuror,
    NoJuror,
    OtherEdition,
    NotInTerm,
}

impl Denied {
    fn refusal(self, roles: &[Role], deed: &Deed) -> Refusal {
        let key = match self {
            Denied::NotTheTask => "refusal-not-your-task",
            Denied::OtherRound => "refusal-other-round",
            Denied::OtherCategory => "refusal-other-category",
            Denied::OtherArea => "refusal-other-area",
            Denied::OtherOrganisation => "refusal-other-organisation",
            Denied::OtherJuror => "refusal-other-juror",
            Denied::NoJuror => "refusal-no-juror-in-grant",
            Denied::OtherEdition => "refusal-other-edition",
            Denied::NotInTerm => "refusal-not-in-term",
        };
        let concerned = match self {
            Denied::NotTheTask => roles.to_vec(),
            _ => roles.iter().copied().filter(|role| table::task(deed).roles.contains(role)).collect(),
        };
        let mut named: Vec<Arg> = concerned.into_iter().map(|role| Arg::Message(role.label())).collect();
        if named.is_empty() {
            named.push(Arg::Message(Role::Public.label()));
        }
        Refusal::of(Message::new(key).with("role", Arg::List(named)))
    }
}

/// Whether a grant allows a deed: the role's task, inside its scope.
fn allowed(grant: &Grant, deed: &Deed, target: &Target<'_>) -> Result<(), Denied> {
    let task = table::task(deed);
    debug_assert!(
        match task.concerns {
            Concerns::Edition => deed.round().is_none(),
            Concerns::Round => deed.round().is_some() && deed.contest().is_none(),
            Concerns::Contest => deed.contest().is_some(),
        },
        "the table says that {} concerns something else",
        task.deed
    );
    reaches(grant, roles(&task, deed), target)
}

/// A person who does something as a juror who chairs must be that juror by the grant; a file names only the round's office.
fn names_juror(grant: &Grant, deed: &Deed) -> Result<(), Denied> {
    let as_juror = matches!(deed, Deed::RuleOnDoubt(..) | Deed::ReopenSheet(..) | Deed::AdmitFromTray(..));
    if as_juror && grant.scope.juror.is_none() { Err(Denied::NoJuror) } else { Ok(()) }
}

/// Whose task a deed is; a nomination's by the route that it takes.
fn roles(task: &table::Task, deed: &Deed) -> &'static [Role] {
    let Deed::Nominate(_, nomination) = deed else { return task.roles };
    match nomination.route {
        Route::Branch => &[Role::Branch, Role::Secretariat],
        Route::Regency => &[Role::Regency, Role::Secretariat],
        Route::Own => &[Role::Candidate],
    }
}

/// Whether a role is among those whose task it is, and reaches as far as the target.
fn reaches(grant: &Grant, roles: &[Role], target: &Target<'_>) -> Result<(), Denied> {
    let Scope { level, region, area, category, organisation, juror, .. } = &grant.scope;
    // Who chairs is a juror too; the seat limits only what a juror does.
    let chairs = matches!(grant.role, Role::Chair | Role::ActingChair);
    let checks = [
        (roles.contains(&grant.role), Denied::NotTheTask),
        (level.as_deref().is_none_or(|own| target.place.level().is_none_or(|at| at == own)), Denied::OtherRound),
        (region.as_deref().is_none_or(|own| is_in_region(target.place, own)), Denied::OtherRound),
        (category.as_deref().is_none_or(|own| target.category == Some(own)), Denied::OtherCategory),
        (area.is_empty() || is_in_area(target, area), Denied::OtherArea),
        (organisation.as_ref().is_none_or(|own| target.candidate == Some(own)), Denied::OtherOrganisation),
        (organisation.is_some() || grant.role != Role::Candidate, Denied::OtherOrganisation),
        (juror.as_ref().is_none_or(|own| target.juror.map_or(chairs, |juror| juror == own)), Denied::OtherJuror),
        (juror.is_some() || !matches!(grant.role, Role::Juror | Role::Aide), Denied::OtherJuror),
    ];
    checks.into_iter().find(|(passed, _)| !passed).map_or(Ok(()), |(_, why)| Err(why))
}

fn is_in_region(place: Place<'_>, own: &str) -> bool {
    match place {
        Place::Edition | Place::Level(_) => true,
        Place::Region(_, region) => lies_in(region, own),
        Place::Nation(_) => false,
    }
}

fn is_in_area(target: &Target<'_>, area: &[String]) -> bool {
    let meeting = match target.place {
        Place::Region(_, region) if target.category.is_none() => Some(region),
        _ => None,
    };
    target.candidate_region.or(meeting).is_some_and(|region| area.iter().any(|own| lies_in(region, own)))
}

/// Whether a scope has to do with a round: by its level, its region, or an area in it.
pub(crate) fn reaches_round(scope: &Scope, level: &str, region: Option<&str>) -> bool {
    let around = |own: &str| region.is_some_and(|region| lies_in(region, own));
    let holds = |area: &String| region.is_some_and(|region| lies_in(area, region) || lies_in(region, area));
    scope.level.as_deref().is_none_or(|own| own == level)
        && scope.region.as_deref().is_none_or(around)
        && (scope.area.is_empty() || scope.area.iter().any(holds))
}

/// Whether a region is another one or lies in it.
fn lies_in(region: &str, around: &str) -> bool {
    region == around || region.strip_prefix(around).is_some_and(|rest| rest.starts_with('.'))
}

/// Refuses a deed that names somebody else as the one who does it.
fn own_name(person: Option<&PersonId>, deed: &Deed) -> Result<(), Refusal> {
    match (person, target::person(deed)) {
        // Whether there is a letter, the decision asks.
        (Some(own), Some(named)) if own != named && !target::may_be_delegated(deed) => {
            Err(Refusal::of(Message::new("refusal-not-you").text("person", named.as_str())))
        }
        _ => Ok(()),
    }
}

/// One cell of the table of permissions: what a role may do in its own round and elsewhere.
///
/// ```
/// use award::Role;
/// use award::permission::{may_here_and_elsewhere, table::TASKS};
///
/// let close = TASKS.iter().find(|task| task.deed == "CloseJudging").unwrap();
/// assert_eq!(may_here_and_elsewhere(Role::Chair, close), (true, false));
/// assert_eq!(may_here_and_elsewhere(Role::Operator, close), (false, false));
/// ```
pub fn may_here_and_elsewhere(role: Role, task: &table::Task) -> (bool, bool) {
    let (own, other) = (CandidateId::from("own"), CandidateId::from("other"));
    let (own_juror, other_juror) = (JurorId::from("own"), JurorId::from("other"));
    let scope = match role {
        Role::Public | Role::Centre | Role::Auditor | Role::Operator => Scope::default(),
        Role::Regency => Scope { area: vec!["51".into()], ..Scope::default() },
        Role::Candidate => Scope { organisation: Some(own.clone()), ..Scope::default() },
        Role::Juror | Role::Aide => Scope { juror: Some(own_juror.clone()), region: Some("51".into()), ..Scope::default() },
        _ => Scope { level: Some("province".into()), region: Some("51".into()), ..Scope::default() },
    };
    let grant = Grant::new(role, scope);
    let ask = |region: &str, candidate: &CandidateId, juror: &JurorId| {
        let place = match task.concerns {
            Concerns::Edition => Place::Edition,
            Concerns::Round | Concerns::Contest => Place::Region(Some("province"), region),
        };
        let category = (task.concerns == Concerns::Contest).then_some("kabkota");
        let (candidate, juror) = (Some(candidate), Some(juror));
        reaches(&grant, task.roles, &Target { place, category, candidate, candidate_region: Some(region), juror }).is_ok()
    };
    (ask("51", &own, &own_juror), ask("18", &other, &other_juror))
}
