//! Writing an act: one transaction from the position of its chains to the last leaf.

mod again;
mod head;
mod settle;
mod together;
mod write;

use award::record::Address;
use award::{Act, Deed, Fact, Refusal, State};
use jiff::Timestamp;
use journal::{Frontier, Hash};
use serde_json::{Value, json};

use self::again::{UNDER_KEY, happened};
pub(crate) use self::head::Head;
use self::head::Needs;
pub(crate) use self::head::frontier;
use self::write::Appending;
use crate::account::SignedIn;
use crate::edition::Edition;
use crate::error::{Error, Result};
use crate::letter;
use crate::load::{self, Rows, misfit, name, unquoted};
use crate::log::Begun;
use crate::memory::Known;
use crate::open::Store;
use crate::personal::Secrets;
use crate::referred::Held;
use crate::sql::{Batch, Tx, cells};
use crate::version;
pub use together::Ending;

/// So often an act is tried again when two writers met in the same place.
const TRIES: usize = 6;

/// An act on its way into the journal.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its id, a UUID made by whoever sends it. The same id again is the same act: it happens once, and is answered the same.
    pub id: String,
    /// Who sends it: an id, never a name.
    pub person: String,
    /// When it arrived.
    pub at: Timestamp,
    /// What is done.
    pub act: Act,
    /// What of the state its sender had before the eyes; empty if that does not matter.
    pub seen: Vec<Seen>,
}

/// A record that somebody saw before deciding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Which.
    pub address: Address,
    /// Its version then; none if it was not there.
    pub version: Option<i64>,
}

/// A record that changed after somebody saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// Which.
    pub address: Address,
    /// The version that was seen; none if it was not there.
    pub seen: Option<i64>,
    /// The version that it has now; none if it is gone.
    pub found: Option<i64>,
    /// Its value now, without names.
    pub theirs: Option<Value>,
}

/// What became of an act.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It happened, and is on disk.
    Recorded(Recorded),
    /// The rules say no; nothing happened.
    Refused(Box<Refusal>),
    /// It was decided looking at something that has changed since; nothing happened.
    Stale(Vec<Stale>),
}

/// An act that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// What was decided.
    pub facts: Vec<Fact>,
    /// The positions of its leaves; none where nothing was to be decided.
    pub positions: Vec<(String, u64)>,
    /// Whether it had happened before under the same id.
    pub again: bool,
}

impl Store {
    /// Records an act that `decide` decides from the part of the state that it must see. Files that it names must be kept: see
    /// [`Store::with_files`]; they are looked for before anything is held.
    ///
    /// # Errors
    ///
    /// What the database says; then nothing happened, or it happened and its answer was lost: sending the same [`Request`] again is safe.
    pub async fn act(
        &self,
        edition: &Edition,
        request: &Request,
        decide: impl Fn(&State) -> Result<Vec<Fact>, Refusal>,
    ) -> Result<Outcome> {
        self.act_and_tell(edition, request, decide, |_, _| Vec::new()).await
    }

    /// The same, with the letters that `tell` makes from the state afterwards and the facts; they are written in the same transaction.
    ///
    /// # Errors
    ///
    /// As [`Store::act`].
    pub async fn act_and_tell(
        &self,
        edition: &Edition,
        request: &Request,
        decide: impl Fn(&State) -> Result<Vec<Fact>, Refusal>,
        tell: impl Fn(&State, &[Fact]) -> Vec<String>,
    ) -> Result<Outcome> {
        let outcome = self.act_signed_in(edition, request, None, decide, tell).await?;
        outcome.ok_or_else(|| Error::Other("an account changed, and none was looked at".into()))
    }

    /// The same in the name of an account: none, and nothing happened, if the account has another version by now than when its roles were
    /// looked up. From that look to the commit nobody takes a role away unseen.
    ///
    /// # Errors
    ///
    /// As [`Store::act`].
    pub async fn act_signed_in(
        &self,
        edition: &Edition,
        request: &Request,
        account: Option<&SignedIn>,
        decide: impl Fn(&State) -> Result<Vec<Fact>, Refusal>,
        tell: impl Fn(&State, &[Fact]) -> Vec<String>,
    ) -> Result<Option<Outcome>> {
        let begun = Begun::now();
        let answer = self.act_patiently(edition, request, account, (decide, tell)).await;
        begun.act(edition, request, &answer);
        answer
    }

    /// Tries an act as often as two writers meet in the same place.
    async fn act_patiently(
        &self,
        edition: &Edition,
        request: &Request,
        account: Option<&SignedIn>,
        (decide, tell): (impl Fn(&State) -> Result<Vec<Fact>, Refusal>, impl Fn(&State, &[Fact]) -> Vec<String>),
    ) -> Result<Option<Outcome>> {
        self.remember_in_time(edition).await?;
        let mut needs = Needs::of([&request.act.deed]);
        let held = self.held(&request.act.deed).await?;
        let decide = |state: &State| decide(state).and_then(|facts| held.check(&request.act.deed).map(|()| facts));
        let mut tries = 0;
        loop {
            match self.try_act(edition, request, (&held, account), (&decide, &tell), &mut needs).await {
                Ok(Tried::Ended(outcome)) => return Ok(Some(outcome)),
                Ok(Tried::SignedOut) => return Ok(None),
                Ok(Tried::NeedsMore) => {}
                Err(error) if error.is_worth_another_try() && tries < TRIES => tries += 1,
                Err(error) => return Err(error),
            }
        }
    }

    async fn try_act(
        &self,
        edition: &Edition,
        request: &Request,
        (held, account): (&Held, Option<&SignedIn>),
        (decide, tell): (&impl Fn(&State) -> Result<Vec<Fact>, Refusal>, &impl Fn(&State, &[Fact]) -> Vec<String>),
        needs: &mut Needs,
    ) -> Result<Tried> {
        let mut tx = self.pool.write().await?;
        let mut besides = Batch::default();
        besides.add(UNDER_KEY, cells![&request.id]);
        self.memory.ask_for_ends(&mut besides, edition);
        let (heads, mut told) = Head::take_all(&mut tx, &edition.id, &needs.chains, besides).await?;
        let ends = if told.len() > 1 { told.pop() } else { None };
        if let Some(recorded) = happened(&mut tx, edition, request, told.pop().unwrap_or_default()).await? {
            return Ok(Tried::Ended(Outcome::Recorded(recorded)));
        }
        if needs.still(&mut tx, edition).await? {
            return Ok(Tried::NeedsMore);
        }
        let meant = version::meant([&request.act.deed]);
        let mut known = self.known(&mut tx, edition, (&heads, ends), &needs.parts, &meant).await?;
        let mut facts = match decided(&mut tx, edition, request, decide, needs, &known).await? {
            Ok(facts) => facts,
            Err(tried) => {
                self.memory.unchanged(edition, known);
                return Ok(tried);
            }
        };
        let mut act = request.act.clone();
        settle::position(&mut act, &mut facts, &heads);
        let under = under(edition, &known.state, &act.deed);
        let writes = award::record::apply(&mut known.state, &facts);
        let secrets = std::mem::take(&mut known.secrets);
        let mut appending = Appending { tx, edition, request, act, under, secrets, heads, batch: Batch::default() };
        let positions = appending.write(&facts, writes).await?;
        let Appending { mut tx, secrets, heads, mut batch, .. } = appending;
        held.record(&mut batch, &edition.id, &request.id, &instant(request.at))?;
        letter::write(&mut batch, &edition.id, &request.id, request.at, &tell(&known.state, &facts));
        // Last, so that whoever holds an account waits for nothing else.
        account.into_iter().for_each(|account| account.hold(&mut batch));
        let changed = tx.run_all(batch).await?;
        if account.is_some() && changed.last().is_none_or(|rows| *rows == 0) {
            return Ok(Tried::SignedOut);
        }
        tx.commit().await?;
        known.secrets = secrets;
        self.memory.changed(edition, known, &facts, &heads);
        if facts.iter().any(|fact| matches!(fact, Fact::NamesErased(_))) {
            self.pool.forget().await;
        }
        Ok(Tried::Ended(Outcome::Recorded(Recorded { facts, positions, again: false })))
    }
}

/// The facts that follow from an act on a state, or how the try ended before anything was written.
async fn decided(
    tx: &mut Tx,
    edition: &Edition,
    request: &Request,
    decide: &impl Fn(&State) -> Result<Vec<Fact>, Refusal>,
    needs: &mut Needs,
    known: &Known,
) -> Result<Result<Vec<Fact>, Tried>> {
    if !request.seen.is_empty() {
        let stale = match &known.rows {
            Some(rows) => stale(rows, &request.seen)?,
            None => stale(&load::rows(tx, &edition.id, &needs.parts).await?, &request.seen)?,
        };
        if !stale.is_empty() {
            return Ok(Err(Tried::Ended(Outcome::Stale(stale))));
        }
    }
    let facts = match decide(&known.state) {
        Ok(facts) => facts,
        Err(refusal) => return Ok(Err(Tried::Ended(Outcome::Refused(Box::new(refusal))))),
    };
    if let Err(refusal) = settle::pins(tx, edition, &facts).await? {
        return Ok(Err(Tried::Ended(Outcome::Refused(Box::new(refusal)))));
    }
    if needs.extend(&facts) {
        return Ok(Err(Tried::NeedsMore));
    }
    if facts.is_empty() {
        return Ok(Err(Tried::Ended(Outcome::Recorded(Recorded { facts, positions: Vec::new(), again: false }))));
    }
    Ok(Ok(facts))
}

/// How one try ended.
enum Tried {
    Ended(Outcome),
    /// The facts touch more than was looked at, which the needs then hold.
    NeedsMore,
    /// The account is not what it was when its roles were looked up.
    SignedOut,
}

/// The act and the facts in the opened body of a leaf.
pub(crate) fn opened(mut body: Value) -> Result<(Act, Vec<Fact>)> {
    let act = serde_json::from_value(body["act"].take()).map_err(|error| misfit("act", &unquoted(&error.to_string())))?;
    let facts = serde_json::from_value(body["facts"].take()).map_err(|error| misfit("fact", &unquoted(&error.to_string())))?;
    Ok((act, facts))
}

/// The edition and the rulebook under which an act is decided, as its leaf names them: that of its round, else the edition's own.
pub(crate) fn under(edition: &Edition, state: &State, deed: &Deed) -> Value {
    let pin = deed.round().and_then(|round| state.pin_of(round)).filter(|pin| state.versions.named(pin).is_some());
    let rulebook = pin.map_or_else(|| edition.rulebook.to_string(), |pin| pin.hash.clone());
    json!({ "edition": edition.id, "rulebook": rulebook })
}

/// What changed since it was seen.
fn stale(rows: &Rows, seen: &[Seen]) -> Result<Vec<Stale>> {
    let mut stale = Vec::new();
    for seen in seen {
        let found = rows.get(&seen.address);
        if found.map(|kept| kept.version) != seen.version {
            let mut theirs = found.map(|kept| serde_json::from_str::<Value>(&kept.body)).transpose();
            if let Ok(Some(theirs)) = &mut theirs {
                Secrets::hide(theirs)?;
            }
            let theirs = theirs.map_err(|error| misfit(&name(&seen.address), &error.to_string()))?;
            let (address, version) = (seen.address.clone(), seen.version);
            stale.push(Stale { address, seen: version, found: found.map(|kept| kept.version), theirs });
        }
    }
    Ok(stale)
}

/// The right edge of a tree as its row keeps it.
pub(crate) fn edge(frontier: &Frontier) -> String {
    frontier.hashes().iter().map(Hash::to_string).collect::<Vec<_>>().join(" ")
}

/// A sealed value as its row keeps it.
pub(crate) fn text(value: &Value) -> Result<String> {
    let bytes = journal::canon(value).map_err(|error| misfit("record", &error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| misfit("record", &error.to_string()))
}

/// An instant as fixed-width text, in UTC, to the microsecond.
pub(crate) fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

pub(crate) fn fresh_salt() -> Option<journal::Salt> {
    let mut salt = [0; 32];
    getrandom::fill(&mut salt).ok().map(|()| salt)
}
