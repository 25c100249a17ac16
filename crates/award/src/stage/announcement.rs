//! Pengumuman: a ratified result is announced, not before.

use words::Message;

use crate::act::ContestKey;
use crate::decide::contest;
use crate::fact::Fact;
use crate::refusal::Refusal;
use crate::state::State;

/// Announces a ratified result.
pub(crate) fn announce(state: &State, key: &ContestKey) -> Result<Vec<Fact>, Refusal> {
    match contest(state, key) {
        None => Ok(Vec::new()),
        Some(contest) if contest.ratified.is_some() => Ok(vec![Fact::Announced(key.clone())]),
        Some(_) => Err(Refusal::of(Message::new("refusal-not-ratified").text("contest", key.path()))),
    }
}
