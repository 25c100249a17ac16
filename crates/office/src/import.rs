//! Importing a file: a try that names every problem at its cell, and then all of its rows in one transaction or none.

use std::collections::BTreeMap;

use award::import::{self, Kind};
use award::sight::Part;
use award::{Act, State, decide, permit};
use jiff::Timestamp;
use store::{Edition, Ending, Names, Request};
use words::Problem;

use crate::edition::{fresh_key, refusal};
use crate::error::Result;
use crate::office::Office;
use crate::post;

/// Who imports: the person at the command line.
const CONSOLE: &str = "console";

/// What a file would bring, or has brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// So many acts are new.
    pub new: usize,
    /// So many say what stands already.
    pub known: usize,
    /// The same deed by deed, by name: how many are new, and how many were known.
    pub by_deed: BTreeMap<String, (usize, usize)>,
}

impl Office {
    /// Reads a file and decides all of its rows, one after the other. They are kept only with [`Ending::Keep`], and only if none is refused.
    ///
    /// # Errors
    ///
    /// What the database says. Problems of the file and refusals are the answer: each at its row, with what to do.
    pub async fn import(
        &self,
        edition: &Edition,
        kind: &Kind,
        (file, bytes): (&str, &[u8]),
        ending: Ending,
        now: Timestamp,
    ) -> Result<Result<Counted, Vec<Problem>>> {
        let state = self.standing(edition, kind).await?;
        let reading = import::read(kind, file, bytes, &state, now);
        let imported = &reading.acts;
        // The rules are asked about the rest of a file that cannot be read whole, so that everything is told at once.
        let ending = if reading.problems.is_empty() { ending } else { Ending::Drop };
        let request = |act: Act| Request { id: fresh_key(), person: CONSOLE.into(), at: now, act, seen: Vec::new() };
        let requests: Vec<Request> = imported.iter().map(|row| request(row.act.clone())).collect();
        let decided = |state: &State, act: &Act| match import::stands(state, &act.deed) {
            true => Ok(Vec::new()),
            false => permit(&act.actor, &act.deed).and_then(|permit| decide(state, act, permit)),
        };
        let outcomes = self.store.acts_together(edition, &requests, ending, decided, post::letters).await?;
        let refused = outcomes.iter().zip(imported).filter_map(|(outcome, row)| Some((row, refusal(outcome)?)));
        let problems = reading.told(file, refused);
        if !problems.is_empty() {
            return Ok(Err(problems));
        }
        let mut by_deed: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for (outcome, row) in outcomes.iter().zip(imported) {
            let (new, known) = by_deed.entry(row.act.deed.name()).or_default();
            *(if crate::edition::facts(outcome).is_empty() { known } else { new }) += 1;
        }
        let outcome = if ending == Ending::Keep { "imported" } else { "tried" };
        for (verb, (new, known)) in &by_deed {
            tracing::info!(target: store::LOG, edition = edition.id, verb, new, known, outcome);
        }
        let new = by_deed.values().map(|(new, _)| new).sum();
        Ok(Ok(Counted { new, known: outcomes.len() - new, by_deed }))
    }

    /// What a file is read against.
    async fn standing(&self, edition: &Edition, kind: &Kind) -> Result<State> {
        let contests = self.store.progress(edition).await?.into_iter().map(|progress| progress.contest);
        let parts: Vec<Part> = match kind {
            Kind::Organisations => vec![Part::Register],
            Kind::Vintage(_) => Vec::new(),
            Kind::Candidates | Kind::Panels | Kind::Claims => contests.map(Part::Entries).collect(),
        };
        Ok(self.store.state(edition, parts, &Names::Hidden).await?)
    }
}
