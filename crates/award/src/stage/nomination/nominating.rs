//! The three routes: a branch proposes and the candidate consents, a regency appoints and the candidate consents, an organisation applies
//! for itself. Gates are answered with reasons before anybody is put forward, and a company enters once however many provinces it works in.

use jiff::Timestamp;
use rules::Rulebook;
use rules::rulebook::{Category, GateRule, Level};
use serde::{Deserialize, Serialize};
use words::Message;

use super::{before_the_lot, may_stand};
use crate::act::{ContestKey, RoundKey};
use crate::cycle::tables::Candidate;
use crate::fact::Fact;
use crate::id::{BodyId, CandidateId, PersonId};
use crate::limit;
use crate::refusal::Refusal;
use crate::round::has_judged;
use crate::rule;
use crate::sentence::title;
use crate::stage::opening;
use crate::state::State;

/// Kinds of candidate that are no government of a region: which organisation it is, the register says.
const ORGANISATIONS: [&str; 5] = ["company", "public_service", "education", "cooperative", "other"];
/// Kinds of which a region has one.
const GOVERNMENTS: [&str; 3] = ["province", "regency", "city"];

/// How a candidate is put forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// A branch office proposes.
    Branch,
    /// A regency or city appoints.
    Regency,
    /// The organisation applies itself.
    Own,
}

impl Route {
    /// The word in rulebooks and files.
    ///
    /// ```
    /// assert_eq!(award::stage::nomination::Route::Own.word(), "own");
    /// ```
    pub fn word(self) -> &'static str {
        match self {
            Route::Branch => "branch",
            Route::Regency => "regency",
            Route::Own => "own",
        }
    }
}

/// Whether a gate is passed, as far as is known before anybody verifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Met {
    /// It is passed.
    Yes,
    /// It is not passed: the candidate cannot be put forward.
    No,
    /// Verification will tell.
    Unknown,
}

/// The answer to one gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct GateAnswer {
    pub gate: String,
    pub met: Met,
    /// What the answer rests on.
    pub reason: String,
}

/// A candidate put forward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Nomination {
    pub candidate: Candidate,
    pub route: Route,
    pub by: PersonId,
    /// Who it is in the register; told for every organisation that is no government.
    pub body: Option<BodyId>,
    /// The region of the branch office at which the organisation is registered; it enters in that office's round and nowhere else.
    pub registered_in: Option<String>,
    /// One answer for every gate of the category.
    pub gates: Vec<GateAnswer>,
}

/// What a candidate says to being put forward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It takes part.
    Give,
    /// It does not, for a reason.
    Decline(String),
}

/// A candidate's answer and who gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Consent {
    pub candidate: CandidateId,
    pub answer: Answer,
    pub by: PersonId,
}

/// Where a nomination stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentState {
    /// The candidate has not answered.
    Awaited,
    /// The candidate applied itself or consented.
    Given,
    /// The candidate does not take part; the reason.
    Declined(String),
}

/// A nomination as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Nominated {
    pub contest: ContestKey,
    pub nomination: Nomination,
    pub consent: ConsentState,
}

/// Puts a candidate forward. One that applies itself stands at once; any other stands once it consents.
pub(crate) fn nominate(
    state: &State,
    key: &ContestKey,
    nomination: &Nomination,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let candidate = &nomination.candidate;
    sound(nomination)?;
    open(state, key)?;
    registered_here(state, key, nomination)?;
    from_below(state, key, nomination)?;
    let pending = state.nominations.get(&candidate.id).filter(|known| !matches!(known.consent, ConsentState::Declined(_)));
    if pending.is_some() {
        return Err(Refusal::of(Message::new("refusal-proposed-twice").text("candidate", &candidate.name)));
    }
    before_the_lot(state, key)?;
    may_stand(state, &key.round, candidate, at)?;
    route(state, key, nomination)?;
    gates(state, key, nomination)?;
    registered(state, key, nomination)?;
    let mut facts = vec![Fact::Nominated(key.clone(), nomination.clone())];
    if nomination.route == Route::Own {
        facts.push(Fact::Proposed(key.clone(), candidate.clone()));
    }
    Ok(facts)
}

/// Takes a candidate's answer.
pub(crate) fn consent(state: &State, key: &ContestKey, consent: &Consent) -> Result<Vec<Fact>, Refusal> {
    limit::id(consent.by.as_str())?;
    let known = state.nominations.get(&consent.candidate).filter(|known| known.contest == *key);
    let Some(known) = known else {
        let message = Message::new("refusal-not-nominated").text("contest", key.path());
        return Err(Refusal::of(message.text("candidate", limit::beginning(consent.candidate.as_str()))));
    };
    if known.consent != ConsentState::Awaited {
        let message = Message::new("refusal-answered-before").text("candidate", &known.nomination.candidate.name);
        return Err(Refusal::of(message));
    }
    open(state, key)?;
    if consent.answer == Answer::Give {
        before_the_lot(state, key)?;
    }
    let given = Fact::Consented(key.clone(), consent.clone());
    match &consent.answer {
        Answer::Decline(reason) => limit::text("reason", reason).map(|()| vec![given]),
        Answer::Give if known.nomination.body.is_none() => {
            one_region_once(state, key, &known.nomination.candidate)?;
            Ok(vec![given, Fact::Proposed(key.clone(), known.nomination.candidate.clone())])
        }
        Answer::Give => Ok(vec![given, Fact::Proposed(key.clone(), known.nomination.candidate.clone())]),
    }
}

fn sound(nomination: &Nomination) -> Result<(), Refusal> {
    let candidate = &nomination.candidate;
    limit::id(candidate.id.as_str())?;
    limit::id(nomination.by.as_str())?;
    limit::name("name", &candidate.name)?;
    limit::name_opt("proposed-by", candidate.proposed_by.as_ref())?;
    limit::text_opt("note", candidate.note.as_ref())?;
    nomination.gates.iter().try_for_each(|answer| limit::text("reason", &answer.reason))
}

/// Nobody enters once dossiers are closed or somebody has judged.
fn open(state: &State, key: &ContestKey) -> Result<(), Refusal> {
    opening::opened(state, &key.round)?;
    let closed = state.contests.get(key).is_some_and(|contest| contest.dossiers_closed);
    if closed || has_judged(state, &key.round) {
        return Err(Refusal::of(Message::new("refusal-nomination-closed").text("contest", key.path())));
    }
    Ok(())
}

/// Nobody is put forward past a level that contests the category: the best of that level come up.
fn from_below(state: &State, key: &ContestKey, nomination: &Nomination) -> Result<(), Refusal> {
    let contested = |below: &&Level| state.rules_of(&key.round).contest(&key.category, &below.id).is_some();
    let comes_up = |below: &&Level| {
        rule::way_up(state.rules_of(&key.round), &below.id, &key.category).iter().skip(1).any(|up| up.id == key.round.level)
    };
    match state.rules_of(&key.round).levels.iter().filter(contested).find(comes_up) {
        Some(below) => {
            let message = Message::new("refusal-nominated-past-a-level").text("candidate", &nomination.candidate.name);
            Err(Refusal::of(message.text("contest", key.path()).local("level", &below.name.id, &below.name.en)))
        }
        None => Ok(()),
    }
}

/// The contest is that of the candidate's category, level and region, and of the branch where it is registered.
fn registered_here(state: &State, key: &ContestKey, nomination: &Nomination) -> Result<(), Refusal> {
    let candidate = &nomination.candidate;
    belongs(state, key, candidate)?;
    let goes_to =
        |region: &str| state.geography.round(state.rules_of(&key.round).level(&key.round.level)?, region).ok().flatten();
    match nomination.registered_in.as_deref() {
        Some(branch) if !state.geography.knows(branch) || goes_to(branch) != key.round.region => {
            let message = Message::new("refusal-registered-elsewhere").text("candidate", &candidate.name);
            Err(Refusal::of(message.text("contest", key.path()).text("region", limit::beginning(branch))))
        }
        _ => Ok(()),
    }
}

/// The contest is that of the candidate's category, level and region.
pub(crate) fn belongs(state: &State, key: &ContestKey, candidate: &Candidate) -> Result<(), Refusal> {
    let refuse = |rule: &str, region: &str| {
        let message = Message::new(rule).text("candidate", &candidate.name).text("contest", key.path());
        Err(Refusal::of(message.text("region", limit::beginning(region))))
    };
    let Some(level) = state.rules_of(&key.round).level(&key.round.level).filter(|_| state.rule(key).is_some()) else {
        return refuse("refusal-no-such-contest", &candidate.region);
    };
    let goes_to = |region: &str| state.geography.round(level, region).ok().flatten();
    if !state.geography.knows(&candidate.region) {
        return refuse("refusal-region-unknown", &candidate.region);
    }
    if candidate.category != key.category || candidate.level != key.round.level || goes_to(&candidate.region) != key.round.region
    {
        return refuse("refusal-wrong-contest", &candidate.region);
    }
    Ok(())
}

fn route(state: &State, key: &ContestKey, nomination: &Nomination) -> Result<(), Refusal> {
    let candidate = &nomination.candidate;
    let allowed =
        state.rules_of(&key.round).category(&candidate.category).map(|category| category.routes.as_slice()).unwrap_or_default();
    let said = candidate.route.as_deref().is_none_or(|said| said == nomination.route.word());
    if said && allowed.iter().any(|known| known == nomination.route.word()) {
        return Ok(());
    }
    let message = Message::new("refusal-route").text("candidate", &candidate.name).text("route", nomination.route.word());
    Err(Refusal::of(message.text("routes", allowed.join(", "))))
}

/// Every gate of the category and of those above it has one answer, with a reason, and none is a no.
fn gates(state: &State, key: &ContestKey, nomination: &Nomination) -> Result<(), Refusal> {
    let candidate = &nomination.candidate;
    let asked = gates_of(state.rules_of(&key.round), &candidate.category);
    let refuse = |rule: &str, gate: &str| {
        Err(Refusal::of(Message::new(rule).text("candidate", &candidate.name).text("gate", limit::beginning(gate))))
    };
    for (at, answer) in nomination.gates.iter().enumerate() {
        let twice = nomination.gates[..at].iter().any(|other| other.gate == answer.gate);
        if twice || !asked.iter().any(|gate| gate.id == answer.gate) {
            return refuse("refusal-gate-unknown", &answer.gate);
        }
    }
    for gate in asked {
        match nomination.gates.iter().find(|answer| answer.gate == gate.id).map(|answer| answer.met) {
            None => return refuse("refusal-gate-unanswered", &gate.id),
            Some(Met::No) => return refuse("refusal-gate-not-met", &gate.id),
            Some(Met::Yes | Met::Unknown) => {}
        }
    }
    Ok(())
}

fn gates_of<'r>(rules: &'r Rulebook, category: &str) -> Vec<&'r GateRule> {
    let mut gates = Vec::new();
    let mut at: Option<&Category> = rules.category(category);
    // A checked rulebook has no circle of categories; the bound only keeps that promise visible.
    for _ in 0..=rules.categories.len() {
        let Some(category) = at else { break };
        gates.extend(&category.gates);
        at = category.parent.as_deref().and_then(|parent| rules.category(parent));
    }
    gates
}

/// An organisation of the register enters an edition once, in the size class that it had at the end of the period judged.
fn registered(state: &State, key: &ContestKey, nomination: &Nomination) -> Result<(), Refusal> {
    let candidate = &nomination.candidate;
    let Some(body) = &nomination.body else {
        // A region is known by its code; an organisation under another id would enter twice.
        return match ORGANISATIONS.contains(&candidate.kind.as_str()) {
            true => Err(Refusal::of(Message::new("refusal-organisation-untold").text("candidate", &candidate.name))),
            false => one_region_once(state, key, candidate),
        };
    };
    let Some(known) = state.register.as_of(body.as_str(), state.rules.edition.assessment_to) else {
        return Err(crate::identity::unknown(body));
    };
    let line = state.register.line(body.as_str());
    let again = state.nominations.values().filter(|other| !matches!(other.consent, ConsentState::Declined(_)));
    let same = |other: &&Nominated| other.nomination.body.as_ref().is_some_and(|other| line.contains(other));
    if let Some(other) = again.filter(|other| other.nomination.candidate.id != candidate.id).find(same) {
        let message = Message::new("refusal-organisation-entered").text("candidate", &candidate.name);
        return Err(Refusal::of(message.message("contest", title(state, &other.contest))));
    }
    match (&known.size, &candidate.size) {
        (Some(known), Some(said)) if known != said => {
            let message = Message::new("refusal-size-differs").text("candidate", &candidate.name).text("said", said);
            Err(Refusal::of(message.text("known", known)))
        }
        _ => Ok(()),
    }
}

/// A government enters a category once, whatever id it is given. Villages are many in a regency, and each is known by its name too.
fn one_region_once(state: &State, key: &ContestKey, candidate: &Candidate) -> Result<(), Refusal> {
    let entries = state.contests.get(key).map(|contest| contest.entries.as_slice()).unwrap_or_default();
    let is_alone = GOVERNMENTS.contains(&candidate.kind.as_str());
    let same = |known: &&Candidate| {
        let is_one = known.id != candidate.id && (&known.kind, &known.region) == (&candidate.kind, &candidate.region);
        is_one && (is_alone || limit::same_name(&known.name, &candidate.name))
    };
    match entries.iter().filter_map(|entry| state.candidates.get(&entry.candidate)).find(same) {
        Some(_) => {
            let message = Message::new("refusal-organisation-entered").text("candidate", &candidate.name);
            Err(Refusal::of(message.text("contest", key.path())))
        }
        None => Ok(()),
    }
}

impl Nominated {
    pub(crate) fn new(contest: &ContestKey, nomination: &Nomination) -> Nominated {
        let consent = if nomination.route == Route::Own { ConsentState::Given } else { ConsentState::Awaited };
        Nominated { contest: contest.clone(), nomination: nomination.clone(), consent }
    }

    pub(crate) fn answer(&mut self, answer: &Answer) {
        self.consent = match answer {
            Answer::Give => ConsentState::Given,
            Answer::Decline(reason) => ConsentState::Declined(reason.clone()),
        };
    }

    /// The round in which it stands.
    pub fn round(&self) -> &RoundKey {
        &self.contest.round
    }
}
