//! The language in which a rehearsal is written: who does what when, and what is expected of it. A stage writes a short script for one
//! round from what stands there, it is played, and only then the next script is written: the whole year is never in memory at once.

use award::{CandidateId, Deed, Grant, JurorId, PersonId, Role, Scope};
use jiff::{SignedDuration, Timestamp};

use super::fault::Fault;
use super::year::{Round, Year};

/// So long after one step comes the next.
const PACE: SignedDuration = SignedDuration::from_secs(3);

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// One of the two of the central committee.
    Centre(u8),
    /// One of the two of a round's secretariat.
    Secretariat(u8),
    /// One of the two verifiers of a round.
    Verifier(u8),
    /// A member of the panel, whoever chairs among them.
    Juror(JurorId),
    /// The branch office of a province.
    Branch,
    /// The government of a regency or city.
    Regency(String),
    /// Who acts for a candidate.
    Candidate(CandidateId),
    /// Somebody else who acts for the same candidate.
    Helper(CandidateId),
}

/// One thing that somebody does.
#[derive(Debug, Clone)]
pub struct Step {
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub deed: Deed,
    /// What must become of it.
    pub expected: Expected,
    /// How it comes to the office.
    pub way: Way,
    /// Which fault it belongs to.
    pub fault: Option<Fault>,
}

/// What must become of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// It happens.
    Done,
    /// The rules refuse it, by the refusal of this key.
    Refused(&'static str),
}

/// How a step comes to the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Once.
    Once,
    /// Twice under the same key, as over a bad line.
    Twice,
    /// The power fails before the answer is there; the same is sent again afterwards.
    ThroughPowerCut,
}

/// A script for one round: steps, one after the other.
pub struct Script<'y> {
    year: &'y Year,
    round: &'y Round,
    next: Timestamp,
    fault: Option<Fault>,
    steps: Vec<Step>,
}

impl<'y> Script<'y> {
    /// An empty script that begins at an instant.
    pub fn new(year: &'y Year, round: &'y Round, begins: Timestamp) -> Script<'y> {
        Script { year, round, next: begins, fault: None, steps: Vec::new() }
    }

    /// Goes on at an instant, if that is later.
    pub fn at(&mut self, at: Timestamp) -> &mut Self {
        self.next = self.next.max(at);
        self
    }

    /// What follows belongs to a fault, or to none.
    pub fn about(&mut self, fault: Option<Fault>) -> &mut Self {
        self.fault = fault;
        self
    }

    /// Somebody does something.
    pub fn does(&mut self, who: Who, deed: Deed) -> &mut Self {
        self.step(who, deed, Expected::Done, Way::Once)
    }

    /// Somebody tries something that the rules refuse.
    pub fn fails(&mut self, who: Who, deed: Deed, refusal: &'static str) -> &mut Self {
        self.step(who, deed, Expected::Refused(refusal), Way::Once)
    }

    /// Somebody does something on a bad line or while the power fails.
    pub fn does_by(&mut self, way: Way, who: Who, deed: Deed) -> &mut Self {
        self.step(who, deed, Expected::Done, way)
    }

    /// The script.
    pub fn steps(self) -> Vec<Step> {
        self.steps
    }

    fn step(&mut self, who: Who, deed: Deed, expected: Expected, way: Way) -> &mut Self {
        let by = who.person(self.year, self.round);
        self.steps.push(Step { by, at: self.next, deed, expected, way, fault: self.fault });
        self.next = self.next.saturating_add(PACE).expect("a signed duration in seconds can be added");
        self
    }
}

impl Who {
    /// The person's id. It begins with the edition's, so that two rehearsals can share a database.
    pub fn person(&self, year: &Year, round: &Round) -> PersonId {
        let (edition, code) = (&year.edition, &round.code);
        PersonId::new(match self {
            Who::Centre(number) => format!("{edition}-pusat-{number}"),
            Who::Secretariat(number) => format!("{edition}-{code}-sekretariat-{number}"),
            Who::Verifier(number) => format!("{edition}-{code}-verifikator-{number}"),
            Who::Juror(juror) => format!("{edition}-{juror}"),
            Who::Branch => format!("{edition}-{code}-cabang"),
            Who::Regency(region) => format!("{edition}-{region}-pemda"),
            Who::Candidate(candidate) => format!("{edition}-{candidate}"),
            Who::Helper(candidate) => format!("{edition}-{candidate}-staf"),
        })
    }

    /// The roles of that person.
    pub fn grants(&self, year: &Year, round: &Round) -> Vec<Grant> {
        let everywhere = Scope { edition: Some(year.edition.clone()), ..Scope::default() };
        let here = Scope { level: Some(round.key.level.clone()), region: round.key.region.clone(), ..everywhere.clone() };
        match self {
            Who::Centre(_) => vec![Grant::new(Role::Centre, everywhere)],
            Who::Secretariat(_) => vec![Grant::new(Role::Secretariat, here)],
            Who::Verifier(_) => vec![Grant::new(Role::Verifier, here)],
            Who::Branch => vec![Grant::new(Role::Branch, here)],
            Who::Regency(region) => vec![Grant::new(Role::Regency, Scope { area: vec![region.clone()], ..everywhere })],
            Who::Candidate(candidate) | Who::Helper(candidate) => {
                vec![Grant::new(Role::Candidate, Scope { organisation: Some(candidate.clone()), ..everywhere })]
            }
            Who::Juror(juror) => {
                let mut grants = vec![Grant::new(Role::Juror, Scope { juror: Some(juror.clone()), ..here.clone() })];
                if round.chair().juror == *juror {
                    grants.push(Grant::new(Role::Chair, here));
                } else if round.panel[1].juror == *juror {
                    grants.push(Grant::new(Role::ActingChair, here));
                }
                grants
            }
        }
    }

    /// Everybody who has an account in a rehearsal.
    pub fn everybody(year: &Year) -> Vec<(Who, &Round)> {
        let mut everybody = vec![(Who::Centre(1), &year.nation), (Who::Centre(2), &year.nation)];
        for round in year.rounds() {
            for number in [1, 2] {
                everybody.push((Who::Secretariat(number), round));
                everybody.push((Who::Verifier(number), round));
            }
            everybody.push((Who::Branch, round));
            everybody.extend(round.panel.iter().chain([&round.reserve]).map(|member| (Who::Juror(member.juror.clone()), round)));
            everybody.extend(round.candidates.iter().map(|candidate| (Who::Candidate(candidate.id.clone()), round)));
            let mut regions: Vec<&str> =
                round.candidates.iter().filter(|one| one.category == "desa-kelurahan").map(|one| one.region.as_str()).collect();
            regions.sort_unstable();
            regions.dedup();
            everybody.extend(regions.into_iter().map(|region| (Who::Regency(region.to_owned()), round)));
        }
        everybody
    }
}
