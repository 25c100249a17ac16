//! What the log says: what was done, to which edition, how it ended and how long it took. No name, no text that somebody typed and no id of a
//! person stands in it: who did what is in the journal.

use std::time::Instant;

use crate::append::{Outcome, Request};
use crate::edition::Edition;
use crate::error::Result;

/// The target of every event of the log.
pub const LOG: &str = "paritrana";

/// Something that was begun.
pub(crate) struct Begun {
    since: Instant,
}

impl Begun {
    /// Begins now.
    pub(crate) fn now() -> Begun {
        Begun { since: Instant::now() }
    }

    fn milliseconds(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// An act was answered.
    pub(crate) fn act(&self, edition: &Edition, request: &Request, answer: &Result<Option<Outcome>>) {
        let outcome = match answer {
            Ok(Some(Outcome::Recorded(recorded))) if recorded.again => "again",
            Ok(Some(Outcome::Recorded(_))) => "recorded",
            Ok(Some(Outcome::Refused(refusal))) => refusal.rule.key(),
            Ok(Some(Outcome::Stale(_))) => "stale",
            Ok(None) => "account changed",
            Err(_) => "failed",
        };
        let (key, edition, verb, milliseconds) = (&request.id, &edition.id, request.act.deed.name(), self.milliseconds());
        match answer {
            Ok(_) => tracing::info!(target: LOG, key, edition, verb, outcome, milliseconds),
            Err(_) => tracing::error!(target: LOG, key, edition, verb, outcome, milliseconds),
        }
    }

    /// Something else ended.
    pub(crate) fn ended<T>(&self, verb: &str, rows: u64, answer: &Result<T>) {
        let milliseconds = self.milliseconds();
        match answer {
            Ok(_) => tracing::info!(target: LOG, verb, rows, outcome = "done", milliseconds),
            Err(_) => tracing::error!(target: LOG, verb, rows, outcome = "failed", milliseconds),
        }
    }
}
