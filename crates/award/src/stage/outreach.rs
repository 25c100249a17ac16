//! Sosialisasi: meetings before anybody stands, what was reached in earlier years, and lots committed to before anybody judges.

use words::Message;

use crate::cycle::tables::{CommittedLot, Event, PastStanding};
use crate::fact::Fact;
use crate::refusal::Refusal;
use crate::state::State;

/// Puts a meeting on record.
pub(crate) fn record_event(event: &Event) -> Result<Vec<Fact>, Refusal> {
    Ok(vec![Fact::EventRecorded(event.clone())])
}

/// Puts on record what an organisation reached in an earlier edition.
pub(crate) fn record_standing(standing: &PastStanding) -> Result<Vec<Fact>, Refusal> {
    Ok(vec![Fact::StandingRecorded(standing.clone())])
}

/// Commits to a lot. Once anybody has handed in a sheet at the level it is too late: who knows the marks could choose the secret.
pub(crate) fn commit_lot(state: &State, lot: &CommittedLot) -> Result<Vec<Fact>, Refusal> {
    let begun = state.contests.iter().any(|(key, contest)| key.round.level == lot.level && !contest.sheets.is_empty());
    if begun {
        return Err(Refusal::of(Message::new("refusal-lot-too-late").text("level", &lot.level)));
    }
    Ok(vec![Fact::LotCommitted(CommittedLot { secret: None, words: None, ..lot.clone() })])
}
