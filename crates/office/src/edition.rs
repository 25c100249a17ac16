//! Editions as an administrator meets them: opened under a rulebook, sealed by two people, begun next year from this year's.

use award::edition::{EditionRecord, OrganiserRecord};
use award::identity::RegisterChange;
use award::people::PeopleChange;
use award::round::RulebookPin;
use award::seal::{Seal, Sealing};
use award::sight::Part;
use award::{Act, Actor, Deed, Fact, Refusal, State, decide, permit_person};
use rules::Rulebook;
use rules::rulebook::Text;
use store::{Edition, Ending, Names, Outcome, Request};

use crate::asked::Asked;
use crate::error::Result;
use crate::office::{Done, Office};
use crate::{post, through};

/// What is told of an edition beside its rulebook; where nothing is told the rulebook's own words hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Announced {
    /// What it is for, each in one text for both languages.
    pub purposes: Vec<String>,
    /// Who holds it.
    pub organisers: Vec<String>,
}

impl Announced {
    fn record(&self, rules: &Rulebook) -> EditionRecord {
        let mut record = award::edition::of(rules);
        let both = |text: &String| Text { id: text.clone(), en: text.clone() };
        if !self.purposes.is_empty() {
            record.purposes = self.purposes.iter().map(both).collect();
        }
        if !self.organisers.is_empty() {
            let organiser = |name: &String| OrganiserRecord { name: both(name), role: None, aliases: Vec::new() };
            record.organisers = self.organisers.iter().map(organiser).collect();
        }
        record
    }
}

/// What became of an edition that was to be opened.
#[derive(Debug)]
pub enum Opened {
    /// It is open from now on.
    Now(Edition),
    /// It was open already, under the same rulebook.
    Before(Edition),
    /// The rules say no; nothing was made.
    Refused(Box<Refusal>),
}

/// What became of an edition that was to begin from another one.
#[derive(Debug)]
pub enum Cloned {
    /// It stands, with so many organisations and regions more than before.
    Done(Edition, usize),
    /// It held everything before: nothing was changed.
    Before(Edition),
    /// The rules say no, at least once; nothing is on record.
    Refused(Vec<Refusal>),
}

/// An edition in one line.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Which, with its rulebook.
    pub edition: Edition,
    /// The seal of the rulebook, proposed or there.
    pub seal: Option<Seal>,
    /// So many leaves stand in its chains.
    pub leaves: u64,
}

impl Office {
    /// Opens an edition under the text of a rulebook, and announces it with the purposes and organisers that are told, or else with those of
    /// the rulebook.
    ///
    /// # Errors
    ///
    /// [`store::Error::Misfit`] if the rulebook has problems, [`store::Error::OtherRulebook`] if the edition is open under another one; otherwise as [`Office::act`].
    pub async fn open_edition(&self, text: &str, told: &Announced, asked: &Asked) -> Result<Opened> {
        let rules = rulebook(text)?;
        let edition = Edition::new(&rules.edition.id, text)?;
        if let Some(known) = self.opened(&edition).await? {
            return Ok(Opened::Before(known));
        }
        let deed = Deed::OpenEdition(told.record(&rules));
        if let Err(refusal) = self.may_begin(&edition, asked, &deed).await? {
            return Ok(Opened::Refused(Box::new(refusal)));
        }
        let edition = self.store.open_edition(&edition.id, text, &instant(asked)).await?;
        Ok(match self.act(&edition, asked, deed).await? {
            Done::Recorded(_) => Opened::Now(edition),
            Done::Refused(refusal) => Opened::Refused(refusal),
            Done::Stale(_) => unreachable!("nothing was seen before"),
        })
    }

    /// The edition, if it is open under this very rulebook and was announced.
    async fn opened(&self, wanted: &Edition) -> Result<Option<Edition>> {
        if !self.store.editions().await?.contains(&wanted.id) {
            return Ok(None);
        }
        let known = self.store.edition(&wanted.id).await?;
        let state = self.store.state(&known, [Part::Edition], &Names::Hidden).await?;
        Ok(Some(known).filter(|known| known.rulebook == wanted.rulebook && state.edition.is_some()))
    }

    /// Whether somebody may do the first deed of an edition, asked before anything of it is written.
    async fn may_begin(&self, edition: &Edition, asked: &Asked, deed: &Deed) -> Result<Result<(), Refusal>> {
        let grants = self.signed_in(&asked.by).await?.1;
        let state = edition.empty();
        let decided = permit_person(&state, &asked.by, &grants, deed, Some(asked.at)).and_then(|permit| {
            let actor = Actor::Person(asked.by.clone(), Box::new(permit.grant().clone()));
            decide(&state, &Act { actor, at: Some(asked.at), deed: deed.clone() }, permit)
        });
        Ok(decided.map(|_| ()))
    }

    /// Proposes the seal of an edition's rulebook, or seals what somebody else proposed. The seal as it stands then.
    ///
    /// # Errors
    ///
    /// As [`Office::act`].
    pub async fn seal(&self, edition: &Edition, asked: &Asked) -> Result<Result<Seal, Done>> {
        let parts = [Part::Edition, Part::Person(asked.by.clone())];
        let state = self.store.state(edition, parts, &Names::Hidden).await?;
        // Whoever seals is named by the edition, whose people are not entered yet when this comes first.
        if !state.people.people.contains_key(&asked.by)
            && let Err(refused) = self.enter(edition, asked).await?.facts()
        {
            return Ok(Err(refused));
        }
        let rulebook = pin(edition);
        let sealing = Sealing { rulebook: rulebook.clone(), by: asked.by.clone() };
        let by_other = |seal: &Seal| seal.rulebook == rulebook && (seal.proposer != asked.by || seal.sealed.is_some());
        let done = match state.seal.as_ref().filter(|seal| by_other(seal)) {
            Some(_) => self.seal_rulebook(edition, asked, sealing).await?,
            None => self.propose_seal(edition, asked, sealing).await?,
        };
        let Done::Recorded(_) = done else { return Ok(Err(done)) };
        let state = self.store.state(edition, [Part::Edition], &Names::Hidden).await?;
        Ok(state.seal.ok_or(done))
    }

    /// Enters the asker among the people of an edition, under the name of the account.
    pub(crate) async fn enter(&self, edition: &Edition, asked: &Asked) -> Result<Done> {
        let accounts = self.users().await?;
        let name = accounts.into_iter().find(|account| account.person == asked.by).map(|account| account.name);
        let change = PeopleChange::Enter { person: asked.by.clone(), name: name.unwrap_or_default() };
        let key = through::id(&asked.key, 0);
        self.change_people(edition, &Asked { key, ..asked.clone() }, change).await
    }

    /// Begins next year's edition from this year's: organisations and regions with their history, under next year's rulebook, which brings
    /// levels, contests and panels. Candidates, panels as they sat, claims and marks stay behind. Doing it again changes nothing.
    ///
    /// # Errors
    ///
    /// As [`Office::open_edition`].
    pub async fn clone_edition(&self, from: &Edition, text: &str, told: &Announced, asked: &Asked) -> Result<Cloned> {
        let rules = rulebook(text)?;
        let edition = Edition::new(&rules.edition.id, text)?;
        let opening = Deed::OpenEdition(told.record(&rules));
        let announced = self.opened(&edition).await?.is_some();
        if !announced && let Err(refusal) = self.may_begin(&edition, asked, &opening).await? {
            return Ok(Cloned::Refused(vec![refusal]));
        }
        let state = self.store.state(from, [Part::Register], &Names::Hidden).await?;
        let changes = state.register.retold().into_iter().map(Deed::ChangeRegister);
        let deeds: Vec<Deed> = Some(opening).filter(|_| !announced).into_iter().chain(changes).collect();
        let edition = self.store.open_edition(&edition.id, text, &instant(asked)).await?;
        let outcomes = self.together(&edition, asked, deeds, Ending::Keep).await?;
        let refusals: Vec<Refusal> = outcomes.iter().filter_map(refusal).collect();
        if !refusals.is_empty() {
            return Ok(Cloned::Refused(refusals));
        }
        let facts: Vec<&Fact> = outcomes.iter().flat_map(facts).collect();
        if facts.is_empty() {
            return Ok(Cloned::Before(edition));
        }
        let enters = |fact: &&&Fact| matches!(fact, Fact::RegisterChanged(RegisterChange::Enter { .. }));
        Ok(Cloned::Done(edition, facts.iter().filter(enters).count()))
    }

    /// Does several deeds in one transaction, in the name of whoever asks; those whose content stands already are passed over.
    async fn together(&self, edition: &Edition, asked: &Asked, deeds: Vec<Deed>, ending: Ending) -> Result<Vec<Outcome>> {
        let grants = self.signed_in(&asked.by).await?.1;
        let request = |deed: Deed| {
            let none = award::Grant::new(award::Role::Public, award::Scope::default());
            let permit = permit_person(&edition.empty(), &asked.by, &grants, &deed, Some(asked.at));
            let grant = permit.map(|permit| permit.grant().clone()).unwrap_or(none);
            let actor = Actor::Person(asked.by.clone(), Box::new(grant));
            let act = Act { actor, at: Some(asked.at), deed };
            Request { id: fresh_key(), person: asked.by.to_string(), at: asked.at, act, seen: Vec::new() }
        };
        let requests: Vec<Request> = deeds.into_iter().map(request).collect();
        let decided = |state: &State, act: &Act| {
            if let Deed::ChangeRegister(change) = &act.deed
                && state.register.says_already(change)
            {
                return Ok(Vec::new());
            }
            let Actor::Person(_, grant) = &act.actor else { unreachable!("a person asks") };
            let permit = permit_person(state, &asked.by, std::slice::from_ref(&**grant), &act.deed, act.at)?;
            decide(state, act, permit)
        };
        Ok(self.store.acts_together(edition, &requests, ending, decided, post::letters).await?)
    }

    /// Every edition in one line, by id.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn editions(&self) -> Result<Vec<Overview>> {
        let chains = self.store.chains().await?;
        let mut all = Vec::new();
        for id in self.store.editions().await? {
            let edition = self.store.edition(&id).await?;
            let seal = self.store.state(&edition, [Part::Edition], &Names::Hidden).await?.seal;
            let leaves = chains.iter().filter(|(of, ..)| *of == id).map(|(.., size)| size).sum();
            all.push(Overview { edition, seal, leaves });
        }
        Ok(all)
    }
}

/// The name of an edition's rulebook that cannot mean another one.
fn pin(edition: &Edition) -> RulebookPin {
    let known = &edition.rules.edition;
    RulebookPin { edition: known.id.clone(), version: known.version.clone(), hash: edition.rulebook.to_string() }
}

/// What followed from an act.
pub(crate) fn facts(outcome: &Outcome) -> &[Fact] {
    match outcome {
        Outcome::Recorded(recorded) => &recorded.facts,
        _ => &[],
    }
}

/// Why an act did not happen.
pub(crate) fn refusal(outcome: &Outcome) -> Option<Refusal> {
    match outcome {
        Outcome::Refused(refusal) => Some((**refusal).clone()),
        _ => None,
    }
}

/// The text of a rulebook with another edition's id: what next year's rulebook begins as. None if there is no line with the id to replace.
///
/// ```
/// let draft = office::draft("# 2024\n[edition]\nid = \"award-2024\"\nversion = \"1\"\n", "award-2025");
/// assert_eq!(draft.as_deref(), Some("# 2024\n[edition]\nid = \"award-2025\"\nversion = \"1\"\n"));
/// assert_eq!(office::draft("[levels]\nid = \"award-2024\"\n", "award-2025"), None);
/// ```
pub fn draft(text: &str, id: &str) -> Option<String> {
    let mut table = "";
    let mut found = None;
    for (number, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        if trimmed.starts_with('[') {
            table = trimmed;
        }
        if table == "[edition]" && trimmed.split('=').next().map(str::trim) == Some("id") {
            found = Some(number);
            break;
        }
    }
    let replaced = format!("id = {}", toml::Value::String(id.to_owned()));
    let line = |(number, line): (usize, &str)| if Some(number) == found { replaced.clone() } else { line.to_owned() };
    found.map(|_| text.lines().enumerate().map(line).map(|line| line + "\n").collect())
}

pub(crate) fn rulebook(text: &str) -> Result<Rulebook> {
    let read = rules::read_new("rulebook", text);
    let misfit = |problems: Vec<words::Problem>| {
        let why = problems.first().map(|problem| problem.message.render(words::Lang::En)).unwrap_or_default();
        store::Error::Misfit { what: "rulebook".into(), why }
    };
    Ok(read.map_err(misfit)?)
}

/// When it was asked, as the database writes it.
fn instant(asked: &Asked) -> String {
    asked.at.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

/// A key that no other request has.
pub(crate) fn fresh_key() -> String {
    uuid::Uuid::now_v7().to_string()
}
