//! The independent recount: every result's count document goes through JSON, as an outsider gets it, is counted anew, and must give what
//! stands on record.

use award::{ContestKey, State};
use tally::{Count, Outcome};

/// A contest with a number of its result, and whether a recount of the document gives the outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recounted {
    /// Which contest.
    pub contest: ContestKey,
    /// Which result; 0 for the one that the plenary ratified.
    pub number: u32,
    /// Whether the recount agrees.
    pub agrees: bool,
}

/// Counts every ratified and every numbered result of an edition anew.
pub fn recount(state: &State) -> Vec<Recounted> {
    let mut recounted = Vec::new();
    for (key, contest) in &state.contests {
        let ratified = contest.ratified.iter().map(|result| (0, result));
        let numbered = contest.closing.results.iter().map(|result| (result.number, &result.result));
        for (number, result) in ratified.chain(numbered) {
            recounted.push(Recounted { contest: key.clone(), number, agrees: agrees(&result.count, &result.outcome) });
        }
    }
    recounted
}

/// Whether a count, read from its document, has this outcome.
pub fn agrees(count: &Count, outcome: &Outcome) -> bool {
    let document = serde_json::to_string(count).ok();
    let read = document.and_then(|document| serde_json::from_str::<Count>(&document).ok());
    read.is_some_and(|count| tally::count(&count).is_ok_and(|again| again == *outcome))
}
