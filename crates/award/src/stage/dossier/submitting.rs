//! A dossier is submitted as a whole: every required document is there, and the candidate gets a receipt that anybody can check.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use words::Message;

use super::checklist::{SubmittedItem, in_hand, missing, names};
use super::{Desk, Submission};
use crate::act::ContestKey;
use crate::decide::name;
use crate::fact::Fact;
use crate::id::CandidateId;
use crate::limit::hex;
use crate::refusal::Refusal;
use crate::stage::opening::time;
use crate::state::State;

/// Submits a dossier, for the first time or after a correction.
pub(crate) fn submit(
    state: &State,
    key: &ContestKey,
    candidate: &CandidateId,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let entry = in_hand(state, key, candidate, at)?;
    let missing = missing(state, key, entry);
    if !missing.is_empty() {
        let message = Message::new("refusal-dossier-incomplete").text("candidate", name(state, candidate.as_str()));
        return Err(Refusal::of(message.number("count", missing.len()).with("documents", names(&missing))));
    }
    if entry.desk.items.is_empty() {
        let message = Message::new("refusal-dossier-empty").text("candidate", name(state, candidate.as_str()));
        return Err(Refusal::of(message));
    }
    let items = items(&entry.desk);
    if entry.desk.returned.is_some() && entry.desk.submissions.last().is_some_and(|last| last.items == items) {
        let message = Message::new("refusal-nothing-corrected").text("candidate", name(state, candidate.as_str()));
        return Err(Refusal::of(message));
    }
    let number = u32::try_from(entry.desk.submissions.len()).unwrap_or(u32::MAX).saturating_add(1);
    let at = time(at)?;
    let receipt = receipt(state.contest_id(key).as_str(), candidate, number, at, &items);
    let submission = Submission { number, at, items, receipt };
    let (contest, candidate) = (key.clone(), candidate.clone());
    let received = Fact::DossierReceived { contest: contest.clone(), candidate: candidate.clone(), at: Some(at), complete: true };
    Ok(vec![Fact::DossierSubmitted { contest, candidate, submission }, received])
}

fn items(desk: &Desk) -> Vec<SubmittedItem> {
    let current = desk.items.iter().filter_map(|(document, versions)| Some((document, versions.last()?)));
    let item = |(document, version): (&String, &super::Version)| SubmittedItem {
        document: document.clone(),
        version: version.number,
        hash: version.file.hash.clone(),
    };
    current.map(item).collect()
}

/// The receipt: the first sixteen hexadecimal digits of the SHA-256 of the contest's id, the candidate's id, the number, the time and a
/// line `document version hash` for each document, all joined by line ends.
fn receipt(contest: &str, candidate: &CandidateId, number: u32, at: Timestamp, items: &[SubmittedItem]) -> String {
    let mut lines = vec![contest.to_owned(), candidate.to_string(), number.to_string(), at.to_string()];
    lines.extend(items.iter().map(|item| format!("{} {} {}", item.document, item.version, item.hash)));
    let digest = hex(&Sha256::digest(lines.join("\n").as_bytes()));
    [&digest[..4], &digest[4..8], &digest[8..12], &digest[12..16]].join("-")
}
