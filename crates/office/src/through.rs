//! A worked year played through the office: every act of its files goes through the database, and must be decided there exactly as in memory.

use award::sight::Part;
use award::{Cycle, State, decide, permit, plan};
use jiff::Timestamp;
use store::{Edition, Names, Outcome, Reader, Request};

use crate::error::Result;
use crate::office::Office;

/// Who acts when a year is played from its files.
const FROM_FILES: &str = "files";

/// A year that stands in the database as it was decided in memory.
#[derive(Debug, Clone)]
pub struct Played {
    /// So many acts are in the journal.
    pub recorded: u32,
    /// So many of them had been there before.
    pub again: u32,
    /// So many were refused, in the same words as in memory.
    pub refused: u32,
    /// What stands now, read out of the database.
    pub state: State,
}

/// The first act that was decided differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    /// Which, counted from 1.
    pub number: usize,
    /// What it does.
    pub deed: String,
}

impl Office {
    /// Plays a year into the database, act by act, and compares every decision with that of a pure run, and at the end every record of the
    /// state. A year that was interrupted is played on.
    ///
    /// # Errors
    ///
    /// What the database says; a difference is no error but the answer.
    pub async fn play(&self, edition: &Edition, cycle: &Cycle, now: Timestamp) -> Result<Result<Played, Differs>> {
        let mut pure = edition.empty();
        let (mut recorded, mut again, mut refused) = (0, 0, 0);
        for (number, planned) in plan(cycle, None).into_iter().enumerate() {
            let act = planned.act;
            let decided = |state: &State| permit(&act.actor, &act.deed).and_then(|permit| decide(state, &act, permit));
            let expected = decided(&pure);
            let (id, person) = (id(&edition.id, number), FROM_FILES.to_owned());
            let request = Request { id, person, at: now, act: act.clone(), seen: Vec::new() };
            let same = match (self.store.act(edition, &request, decided).await?, &expected) {
                (Outcome::Recorded(done), Ok(facts)) => {
                    (recorded, again) = (recorded + u32::from(!facts.is_empty()), again + u32::from(done.again));
                    done.facts == *facts
                }
                (Outcome::Refused(refusal), Err(expected)) => {
                    refused += 1;
                    *refusal == *expected
                }
                _ => false,
            };
            if !same {
                return Ok(Err(Differs { number: number + 1, deed: act.deed.name() }));
            }
            expected.iter().flatten().for_each(|fact| pure.apply(fact));
        }
        let state = self.whole(edition, &pure, now).await?;
        if state.records() != pure.records() {
            return Ok(Err(Differs { number: plan(cycle, None).len(), deed: "records".into() }));
        }
        Ok(Ok(Played { recorded, again, refused, state }))
    }

    /// Everything that stands in the database of an edition whose rounds and contests are known.
    async fn whole(&self, edition: &Edition, known: &State, now: Timestamp) -> Result<State> {
        let rounds = known.rounds.keys().cloned().map(Part::Round);
        let contests = known.contests.keys().flat_map(|key| [Part::Contest(key.clone()), Part::Entries(key.clone())]);
        let parts = [Part::Edition, Part::History].into_iter().chain(rounds).chain(contests);
        let (page, why) = ("cycle".to_owned(), "comparing the database with the files".to_owned());
        let reader = Reader { person: FROM_FILES.into(), at: now, page, why };
        Ok(self.store.state(edition, parts, &Names::ShownTo(reader)).await?)
    }
}

/// The id of an act of a year's files, or of one that another act brings with it: always the same, so that what was interrupted can go on.
pub(crate) fn id(edition: &str, number: usize) -> String {
    let hash = journal::Hash::of(&[format!("{edition} {number}").as_bytes()]);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.bytes()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
}
