//! Several acts in one transaction: all of them happen, or none does. A file of organisations is imported so: whoever looks meanwhile sees all
//! of its rows or none, and a try that is not kept leaves nothing behind.

use std::collections::{BTreeMap, BTreeSet};

use award::{Act, Chain, Fact, Refusal, State};

use super::{Appending, Head, Needs, Outcome, Recorded, Request, TRIES, instant, settle, under};
use crate::edition::Edition;
use crate::error::Result;
use crate::letter;
use crate::load;
use crate::log::Begun;
use crate::open::Store;
use crate::personal::Secrets;
use crate::referred::Held;
use crate::sql::{Batch, Tx, cells};
use crate::version;

/// What becomes of acts that were all decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// They are kept, unless one of them was refused.
    Keep,
    /// They are dropped: it was a try.
    Drop,
}

impl Store {
    /// Decides several acts one after the other, each on what the ones before left, and keeps all of them or none. The answer to each is
    /// given either way, so that a try names every refusal at once. An act from which nothing follows is no act.
    ///
    /// Files that they name are looked for as of a single act ([`Store::with_files`]), but only where they are to be kept: a try comes before the
    /// file does.
    ///
    /// # Errors
    ///
    /// What the database says; then nothing happened.
    pub async fn acts_together(
        &self,
        edition: &Edition,
        requests: &[Request],
        ending: Ending,
        decide: impl Fn(&State, &Act) -> Result<Vec<Fact>, Refusal>,
        tell: impl Fn(&State, &[Fact]) -> Vec<String>,
    ) -> Result<Vec<Outcome>> {
        let mut needs = Needs::of(requests.iter().map(|request| &request.act.deed));
        let (begun, mut tries) = (Begun::now(), 0);
        let mut held = Vec::new();
        for request in requests {
            held.push(self.held(&request.act.deed).await?);
        }
        loop {
            match self.try_acts(edition, (requests, &held), ending, (&decide, &tell), &mut needs).await {
                Ok(Some(outcomes)) => {
                    begun.ended(if ending == Ending::Keep { "acts_together" } else { "try_acts" }, rows(&outcomes), &Ok(()));
                    return Ok(outcomes);
                }
                Ok(None) => {}
                Err(error) if error.is_worth_another_try() && tries < TRIES => tries += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// One try; none if the facts touch more than was looked at, which `needs` then holds.
    async fn try_acts(
        &self,
        edition: &Edition,
        (requests, held): (&[Request], &[Held]),
        ending: Ending,
        (decide, tell): (&impl Fn(&State, &Act) -> Result<Vec<Fact>, Refusal>, &impl Fn(&State, &[Fact]) -> Vec<String>),
        needs: &mut Needs,
    ) -> Result<Option<Vec<Outcome>>> {
        let mut tx = self.pool.write().await?;
        hold(&mut tx, edition, &needs.chains).await?;
        if needs.still(&mut tx, edition).await? {
            return Ok(None);
        }
        let rows = load::rows(&mut tx, &edition.id, &needs.parts).await?;
        let mut secrets = Secrets::default();
        let meant = version::meant(requests.iter().map(|request| &request.act.deed));
        let mut state = load::state(&mut tx, edition, &rows, &meant, &mut secrets).await?;
        let mut outcomes = Vec::new();
        for (request, held) in requests.iter().zip(held) {
            let checked = |facts: Vec<Fact>| match ending {
                Ending::Keep if !facts.is_empty() => held.check(&request.act.deed).map(|()| facts),
                _ => Ok(facts),
            };
            let mut facts = match decide(&state, &request.act).and_then(checked) {
                Ok(facts) => facts,
                Err(refusal) => {
                    outcomes.push(Outcome::Refused(Box::new(refusal)));
                    continue;
                }
            };
            if let Err(refusal) = settle::pins(&mut tx, edition, &facts).await? {
                outcomes.push(Outcome::Refused(Box::new(refusal)));
                continue;
            }
            if needs.extend(&facts) {
                return Ok(None);
            }
            let mut positions = Vec::new();
            if !facts.is_empty() {
                let mut heads = BTreeMap::new();
                for chain in chains(request, &facts) {
                    heads.insert(chain.clone(), Head::take(&mut tx, &edition.id, &chain).await?);
                }
                let mut act = request.act.clone();
                settle::position(&mut act, &mut facts, &heads);
                let under = under(edition, &state, &act.deed);
                let writes = award::record::apply(&mut state, &facts);
                let mut appending = Appending { tx, edition, request, act, under, secrets, heads, batch: Batch::default() };
                positions = appending.write(&facts, writes).await?;
                let mut batch = appending.batch;
                (tx, secrets) = (appending.tx, appending.secrets);
                held.record(&mut batch, &edition.id, &request.id, &instant(request.at))?;
                letter::write(&mut batch, &edition.id, &request.id, request.at, &tell(&state, &facts));
                tx.run_all(batch).await?;
            }
            outcomes.push(Outcome::Recorded(Recorded { facts, positions, again: false }));
        }
        if ending == Ending::Keep && outcomes.iter().all(|outcome| matches!(outcome, Outcome::Recorded(_))) {
            tx.commit().await?;
        }
        Ok(Some(outcomes))
    }
}

/// So many acts happened, or would have.
fn rows(outcomes: &[Outcome]) -> u64 {
    let happened = |outcome: &&Outcome| matches!(outcome, Outcome::Recorded(recorded) if !recorded.facts.is_empty());
    u64::try_from(outcomes.iter().filter(happened).count()).unwrap_or(u64::MAX)
}

/// Holds chains in their order, so that two who want several never wait for each other.
async fn hold(tx: &mut Tx, edition: &Edition, chains: &BTreeSet<Chain>) -> Result<()> {
    for chain in chains {
        let update = "update chain set edge = edge where edition = $1 and chain = $2";
        tx.run(update, &cells![&edition.id, chain.to_string()]).await?;
    }
    Ok(())
}

/// The chains in which an act is written: its own, and those that its facts touch.
fn chains(request: &Request, facts: &[Fact]) -> BTreeSet<Chain> {
    Chain::held_for(&request.act.deed).into_iter().chain(facts.iter().flat_map(Chain::touched_by)).collect()
}
