//! Sosialisasi: meetings before anybody stands, what was reached in earlier years, and lots committed to before anybody judges.

use words::Message;

use crate::cycle::tables::{CommittedLot, Event, PastStanding};
use crate::fact::Fact;
use crate::refusal::Refusal;
use crate::state::State;

/// Puts a meeting on record, once.
pub(crate) fn record_event(state: &State, event: &Event) -> Result<Vec<Fact>, Refusal> {
    if state.events.iter().any(|known| known.id == event.id) {
        return Err(Refusal::of(Message::new("refusal-event-twice").text("event", &event.title)));
    }
    Ok(vec![Fact::EventRecorded(event.clone())])
}

/// Puts on record what an organisation reached in an earlier edition, once: a win that stands there twice would count twice.
pub(crate) fn record_standing(state: &State, standing: &PastStanding) -> Result<Vec<Fact>, Refusal> {
    let name = standing.name();
    if state.history.iter().any(|known| known.name() == name) {
        let message = Message::new("refusal-standing-twice").text("organisation", &standing.organisation);
        return Err(Refusal::of(message.text("edition", &standing.edition).text("standing", &standing.standing)));
    }
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
