//! The office: an open store with the way of an act through it.

use award::record::{Address, Noun};
use award::{Act, Actor, Deed, Fact, Grant, Refusal, Sight, State, decide, may_see, permit_person, sight::Part};
use jiff::Timestamp;
use store::{Edition, Names, Outcome, Recorded, Request, SignedIn, Stale, Store};

use crate::asked::Asked;
use crate::error::{Error, Result};
use crate::post;
use crate::worked_out::WorkedOut;

/// What became of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Done {
    /// It happened, and is on disk.
    Recorded(Recorded),
    /// The rules say no; nothing happened.
    Refused(Box<Refusal>),
    /// Something that the asker had before the eyes has changed since; nothing happened.
    Stale(Vec<Stale>),
}

impl Done {
    /// The facts, if it happened.
    ///
    /// # Errors
    ///
    /// What stood in the way.
    pub fn facts(self) -> std::result::Result<Vec<Fact>, Done> {
        match self {
            Done::Recorded(recorded) => Ok(recorded.facts),
            other => Err(other),
        }
    }
}

/// Every use case, over one store.
#[derive(Debug, Clone)]
pub struct Office {
    pub(crate) store: Store,
    pub(crate) worked_out: WorkedOut,
}

impl Office {
    /// An office over an open store.
    pub fn new(store: Store) -> Office {
        Office { store, worked_out: WorkedOut::default() }
    }

    /// The store beneath it.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Does a deed in the name of whoever asks: the roles of the account decide whether it may, the pure code what follows, and all of it is
    /// recorded in one transaction.
    ///
    /// # Errors
    ///
    /// [`crate::Error::NoAccount`] if the asker has none that is active; otherwise what the database says. Sending the same request again is
    /// safe.
    pub async fn act(&self, edition: &Edition, asked: &Asked, deed: Deed) -> Result<Done> {
        loop {
            let account = match self.signed_in(&asked.by).await {
                Err(error @ Error::NoAccount { .. }) => match self.answered(edition, asked, &deed).await? {
                    Some(done) => return Ok(done),
                    None => return Err(error),
                },
                account => account?,
            };
            // Again with the roles of now, if somebody changed the account meanwhile.
            if let Some(done) = self.act_by(edition, asked, &account, &deed).await? {
                return Ok(done);
            }
        }
    }

    /// The same, by somebody whose roles were looked up; none if the account changed meanwhile.
    async fn act_by(
        &self,
        edition: &Edition,
        asked: &Asked,
        (account, grants): &(SignedIn, Vec<Grant>),
        deed: &Deed,
    ) -> Result<Option<Done>> {
        let grant = match self.grant(edition, asked, grants, deed).await? {
            Ok(grant) => grant,
            Err(refusal) => {
                let answered = self.answered(edition, asked, deed).await?;
                return Ok(Some(answered.unwrap_or_else(|| Done::Refused(Box::new(refusal)))));
            }
        };
        let actor = Actor::Person(asked.by.clone(), Box::new(grant.clone()));
        let request = request(asked, actor, deed);
        let decided = |state: &State| {
            let act = &request.act;
            let permit = permit_person(state, &asked.by, std::slice::from_ref(&grant), &act.deed, act.at)?;
            decide(state, act, permit)
        };
        let outcome = self.store.act_signed_in(edition, &request, Some(account), decided, post::letters).await?;
        Ok(match outcome {
            None => None,
            Some(Outcome::Recorded(recorded)) => Some(Done::Recorded(recorded)),
            Some(Outcome::Refused(refusal)) => Some(Done::Refused(refusal)),
            Some(Outcome::Stale(stale)) => Some(self.stale(edition, asked, &grant, deed, stale).await?),
        })
    }

    /// What the asker was told when the same request happened: a retry is answered also when the roles are gone meanwhile.
    async fn answered(&self, edition: &Edition, asked: &Asked, deed: &Deed) -> Result<Option<Done>> {
        // By which of the roles it was sent does not matter.
        let request = request(asked, Actor::Centre, deed);
        Ok(self.store.answered(edition, &request).await?.map(Done::Recorded))
    }

    /// What changed meanwhile, for whoever may do the deed; marks and standings only as far as the role may read them by now.
    async fn stale(&self, edition: &Edition, asked: &Asked, by: &Grant, deed: &Deed, mut stale: Vec<Stale>) -> Result<Done> {
        let grants = std::slice::from_ref(by);
        let state = self.store.state(edition, Part::seen_by(deed), &Names::Hidden).await?;
        if let Err(refusal) = permit_person(&state, &asked.by, grants, deed, Some(asked.at)) {
            return Ok(Done::Refused(Box::new(refusal)));
        }
        for one in &mut stale {
            one.theirs = one.theirs.take().filter(|_| may_read(&state, grants, &one.address, asked.at));
        }
        Ok(Done::Stale(stale))
    }

    /// The role by which the asker may do a deed. Within the transaction it is asked again, by this role alone.
    async fn grant(&self, edition: &Edition, asked: &Asked, grants: &[Grant], deed: &Deed) -> Result<Result<Grant, Refusal>> {
        if let [only] = grants {
            return Ok(Ok(only.clone()));
        }
        let state = match deed.candidate() {
            Some(candidate) => self.store.state(edition, [Part::Candidate(candidate.clone())], &Names::Hidden).await?,
            None => edition.empty(),
        };
        let permit = permit_person(&state, &asked.by, grants, deed, Some(asked.at));
        Ok(permit.map(|permit| permit.grant().clone()))
    }
}

/// What is asked for, on its way to the store.
fn request(asked: &Asked, actor: Actor, deed: &Deed) -> Request {
    let act = Act { actor, at: Some(asked.at), deed: deed.clone() };
    Request { id: asked.key.clone(), person: asked.by.to_string(), at: asked.at, act, seen: asked.seen.clone() }
}

/// Whether a record holds no marks and no standing, or those that the role may read by now.
fn may_read(state: &State, grants: &[Grant], address: &Address, at: Timestamp) -> bool {
    let Some(contest) = &address.contest else { return true };
    match (address.noun, &address.candidate) {
        (Noun::Sheet, Some(candidate)) => {
            let juror = address.name.rsplit_once('#').map_or(address.name.as_str(), |(juror, _)| juror).into();
            may_see(state, grants, Sight::Marks(contest, candidate, &juror), Some(at)).is_ok()
        }
        (Noun::Counted | Noun::Ratified | Noun::Closing | Noun::Result, _) => {
            may_see(state, grants, Sight::Standing(contest), Some(at)).is_ok()
        }
        _ => true,
    }
}
