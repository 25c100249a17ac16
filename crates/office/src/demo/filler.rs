//! Plays scripts into the database, many acts in one transaction: the office's own rules decide each, with the roles of whoever acts, and
//! beside it a state in memory knows what stands, from which the next scripts are written.

use std::collections::BTreeMap;

use award::letter::{Letter, Recipient};
use award::permission::table;
use award::{Act, Actor, Fact, Grant, PersonId, State, decide, permit_person};
use store::{Edition, Ending, Outcome, Request, Store};

use super::paper::Papers;
use super::people::Cast;
use crate::rehearse::Stopped;
use crate::rehearse::step::Step;
use crate::rehearse::year::Year;

/// So many acts are written in one transaction.
const TOGETHER: usize = 300;

pub(super) struct Filler<'f> {
    pub(super) store: Store,
    pub(super) edition: Edition,
    pub(super) year: &'f Year,
    /// What stands.
    pub(super) state: State,
    /// The roles of everybody who acts.
    pub(super) grants: BTreeMap<PersonId, Vec<Grant>>,
    /// So many acts were done.
    pub(super) acts: usize,
    /// Who can be tried, and gets letters.
    pub(super) tried: Vec<Cast>,
    /// Where the files are kept that acts name; none if nowhere.
    pub(super) papers: Option<Papers>,
}

impl Filler<'_> {
    /// Plays steps of any rounds in the order of their times; they must not depend on each other across rounds.
    pub(super) async fn play(&mut self, mut steps: Vec<Step>) -> Result<(), Stopped> {
        steps.sort_by_key(|step| step.at);
        for some in steps.chunk_by(|one, next| !names_files(one) && !names_files(next)) {
            for some in some.chunks(TOGETHER) {
                self.together(some).await?;
            }
        }
        Ok(())
    }

    async fn together(&mut self, steps: &[Step]) -> Result<(), Stopped> {
        let mut kept = Vec::new();
        let steps = match (&mut self.papers, steps) {
            (Some(papers), [one]) if names_files(one) => {
                kept.push(Step { deed: papers.written(&one.deed).await?, ..one.clone() });
                kept.as_slice()
            }
            _ => steps,
        };
        let requests: Vec<Request> = steps.iter().enumerate().map(|(at, step)| self.request(self.acts + at, step)).collect();
        let outcomes = match &requests[..] {
            // Acts that are written together have no files.
            [one] => {
                let decides = |state: &State| decided(state, &one.act);
                let outcome = self.store.act_signed_in(&self.edition, one, None, decides, |_, facts| self.letters(facts)).await?;
                vec![outcome.expect("no account has to stay as it is")]
            }
            all => self.store.acts_together(&self.edition, all, Ending::Keep, decided, |_, facts| self.letters(facts)).await?,
        };
        for (outcome, step) in outcomes.into_iter().zip(steps) {
            let otherwise = |what: String| Stopped::Otherwise { person: step.by.to_string(), deed: step.deed.name(), what };
            match outcome {
                Outcome::Recorded(recorded) => recorded.facts.iter().for_each(|fact| self.state.apply(fact)),
                Outcome::Refused(refusal) => return Err(otherwise(refusal.rule.render(words::Lang::En))),
                Outcome::Stale(_) => unreachable!("nothing was seen before"),
            }
        }
        self.acts += steps.len();
        Ok(())
    }

    /// Letters to those who can be tried; all others are nobody.
    fn letters(&self, facts: &[Fact]) -> Vec<String> {
        let reaches = |letter: &Letter| match &letter.to {
            Recipient::Person(person) => self.tried.iter().any(|one| one.person == *person),
            to => self.tried.iter().flat_map(|one| &one.grants).any(|grant| to.is(grant)),
        };
        let told = facts.iter().flat_map(award::letter::of).filter(reaches);
        told.map(|letter| serde_json::to_string(&letter).expect("a letter has only texts and numbers")).collect()
    }

    fn request(&self, number: usize, step: &Step) -> Request {
        let mut chance = self.year.chance(&format!("{} act {number}", self.year.edition));
        let id = uuid::Builder::from_custom_bytes(chance.bytes()).into_uuid().to_string();
        let actor = Actor::Person(step.by.clone(), Box::new(self.grant(step)));
        let act = Act { actor, at: Some(step.at), deed: step.deed.clone() };
        Request { id, person: step.by.to_string(), at: step.at, act, seen: Vec::new() }
    }

    /// Of several roles the one whose task it is; whether it may, is asked when it is decided.
    fn grant(&self, step: &Step) -> Grant {
        let grants = self.grants.get(&step.by).map(Vec::as_slice).unwrap_or_default();
        let of_task = grants.iter().find(|grant| table::task(&step.deed).roles.contains(&grant.role));
        let none = || Grant::new(award::Role::Public, award::Scope::default());
        of_task.or(grants.first()).cloned().unwrap_or_else(none)
    }
}

fn names_files(step: &Step) -> bool {
    !award::files::named(&step.deed).is_empty()
}

fn decided(state: &State, act: &Act) -> Result<Vec<award::Fact>, award::Refusal> {
    let Actor::Person(person, grant) = &act.actor else { unreachable!("a person acts") };
    let permit = permit_person(state, person, std::slice::from_ref(&**grant), &act.deed, act.at)?;
    decide(state, act, permit)
}
