//! The checklist of a candidate: which documents the rulebook asks for, which versions came, what was returned and until when.
//!
//! A file is named by its hash, so the record says exactly which bytes were handed in. A newer version takes the place of an older one, and
//! the older one stays in the record.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rules::rulebook::DocumentRule;
use serde::{Deserialize, Serialize};
use words::{Arg, Message};

use crate::act::ContestKey;
use crate::deadline::{Deadline, Term, local_day, shown};
use crate::decide::{entry, name};
use crate::fact::Fact;
use crate::id::{CandidateId, PersonId};
use crate::limit;
use crate::refusal::Refusal;
use crate::stage::opening::{self, time};
use crate::state::{Entry, State};

/// Largest file where the rulebook does not say, in mebibytes.
pub const FILE_MIB_USUAL: u32 = 25;
/// Formats where the rulebook does not say.
const FORMATS: [&str; 6] = ["pdf", "jpeg", "png", "xlsx", "docx", "csv"];
/// Most versions of one document.
const VERSIONS_MAX: usize = 100;
/// Longest term of a correction or extension, in days.
pub(super) const TERM_DAYS_MAX: u32 = 3_650;

/// A file by its contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct FileRef {
    /// SHA-256, 64 lower-case hexadecimal digits: the file's address.
    pub hash: String,
    pub bytes: u64,
    /// What the file really is, as found in its bytes: `pdf`, `jpeg`, …
    pub format: String,
    /// What it was called where it came from.
    pub name: String,
}

/// One document handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct HandedItem {
    pub candidate: CandidateId,
    /// The id of a document of the category's checklist.
    pub document: String,
    /// Which of the kinds that the document may be.
    pub kind: Option<String>,
    pub file: FileRef,
    pub by: PersonId,
}

/// One version of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Version {
    /// From 1.
    pub number: u32,
    pub kind: Option<String>,
    pub file: FileRef,
    pub by: PersonId,
    pub at: Timestamp,
}

/// A document as it was submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct SubmittedItem {
    pub document: String,
    pub version: u32,
    pub hash: String,
}

/// A dossier submitted, with its receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Submission {
    /// From 1; a dossier that was returned and submitted again has 2.
    pub number: u32,
    pub at: Timestamp,
    pub items: Vec<SubmittedItem>,
    /// Sixteen hexadecimal digits in groups of four; they follow from everything above and from the contest and candidate.
    pub receipt: String,
}

/// A dossier given back for correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Return {
    pub candidate: CandidateId,
    /// The documents to correct; empty: any.
    pub documents: Vec<String>,
    pub reason: String,
    /// How many days there are, counted from the day of the return.
    pub term: Term,
    pub by: PersonId,
}

/// Everything of one candidate's dossier in one contest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Desk {
    /// All versions by document, oldest first.
    pub items: BTreeMap<String, Vec<Version>>,
    pub submissions: Vec<Submission>,
    /// Every return with the last day of its correction.
    pub returns: Vec<(Return, Date)>,
    /// The return that is being corrected, if one is.
    pub returned: Option<Return>,
}

impl Desk {
    /// The version of a document that holds.
    pub fn current(&self, document: &str) -> Option<&Version> {
        self.items.get(document)?.last()
    }

    /// Whether it lies with the committee: submitted and not given back.
    pub fn is_submitted(&self) -> bool {
        !self.submissions.is_empty() && self.returned.is_none()
    }

    /// Until when a correction must be back; none if nothing is to be corrected.
    pub fn correction(&self, state: &State, key: &ContestKey) -> Option<Deadline> {
        self.returned.as_ref()?;
        self.returns.last().map(|(_, until)| Deadline::new(*until, opening::zone(state, &key.round)))
    }

    /// Whether a version of a document is the one that was submitted last.
    pub(crate) fn stands_as_submitted(&self, document: &str, hash: &str) -> bool {
        let last = self.submissions.last();
        last.is_some_and(|last| last.items.iter().any(|item| item.hash == hash && item.document == document))
    }

    /// Whether a document was given back and still stands as it was submitted.
    pub(crate) fn waits_for(&self, document: &str) -> bool {
        let named = |back: &Return| back.documents.is_empty() || back.documents.iter().any(|id| id == document);
        let current = self.current(document);
        self.returned.as_ref().is_some_and(named)
            && current.is_some_and(|version| self.stands_as_submitted(document, &version.file.hash))
    }

    /// Whether it was given back and every document that had to be corrected came anew. Where none was named, one that came is enough.
    pub fn is_corrected(&self) -> bool {
        let Some(back) = &self.returned else { return false };
        let came = |document: &String| self.current(document).is_some() && !self.waits_for(document);
        match back.documents.is_empty() {
            true => self.items.keys().any(came),
            false => back.documents.iter().any(came) && !back.documents.iter().any(|document| self.waits_for(document)),
        }
    }

    pub(crate) fn take(&mut self, item: &HandedItem, at: Timestamp) {
        let versions = self.items.entry(item.document.clone()).or_default();
        let number = u32::try_from(versions.len()).unwrap_or(u32::MAX).saturating_add(1);
        let (kind, file, by) = (item.kind.clone(), item.file.clone(), item.by.clone());
        versions.push(Version { number, kind, file, by, at });
    }

    pub(crate) fn submit(&mut self, submission: &Submission) {
        self.submissions.push(submission.clone());
        self.returned = None;
    }

    pub(crate) fn give_back(&mut self, back: &Return, until: Date) {
        self.returns.push((back.clone(), until));
        self.returned = Some(back.clone());
    }
}

/// A required document that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing<'r> {
    /// The document.
    pub document: &'r DocumentRule,
}

/// The required documents that a candidate has not handed in, in the order of the checklist.
pub fn missing<'s>(state: &'s State, key: &ContestKey, entry: &Entry) -> Vec<Missing<'s>> {
    let asked = checklist(state, key).iter().filter(|document| document.required);
    asked.filter(|document| entry.desk.current(&document.id).is_none()).map(|document| Missing { document }).collect()
}

fn checklist<'s>(state: &'s State, key: &ContestKey) -> &'s [DocumentRule] {
    state.rules_of(&key.round).category(&key.category).map(|category| category.documents.as_slice()).unwrap_or_default()
}

/// Whether a document may come, or come again: all of them before a return, and after it those that were given back, if any were named.
pub(crate) fn is_to_come(entry: &Entry, document: &str) -> bool {
    let named = entry.desk.returned.as_ref().filter(|back| !back.documents.is_empty());
    named.is_none_or(|back| back.documents.iter().any(|known| known == document))
}

/// Takes a document in, in place of an older version.
pub(crate) fn hand_in_item(
    state: &State,
    key: &ContestKey,
    item: &HandedItem,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let entry = in_hand(state, key, &item.candidate, at)?;
    limit::id(item.by.as_str())?;
    let known = checklist(state, key).iter().find(|document| document.id == item.document);
    let Some(rule) = known else {
        let ids: Vec<&str> = checklist(state, key).iter().map(|document| document.id.as_str()).collect();
        let message = Message::new("refusal-document-unknown").text("document", limit::beginning(&item.document));
        return Err(Refusal::of(message.text("documents", ids.join(", "))));
    };
    let kind = item.kind.as_ref().filter(|kind| !rule.kinds.contains(kind));
    if let Some(kind) = kind {
        let message = about("refusal-document-kind", rule).text("kind", limit::beginning(kind));
        return Err(Refusal::of(message.text("kinds", rule.kinds.join(", "))));
    }
    file(rule, &item.file)?;
    if !is_to_come(entry, &item.document) {
        return Err(Refusal::of(about("refusal-document-not-returned", rule)));
    }
    let versions = entry.desk.items.get(&item.document).map_or(0, Vec::len);
    if versions >= VERSIONS_MAX {
        return Err(Refusal::of(about("refusal-versions", rule).number("most", VERSIONS_MAX)));
    }
    if entry.desk.current(&item.document).is_some_and(|version| version.file.hash == item.file.hash) {
        return Err(Refusal::of(about("refusal-document-same", rule)));
    }
    Ok(vec![Fact::ItemHandedIn { contest: key.clone(), item: item.clone(), at: time(at)? }])
}

/// The formats in which a document may come.
///
/// ```
/// let rules = rules::example();
/// let documents = rules.categories.iter().flat_map(|category| &category.documents);
/// assert!(documents.flat_map(award::stage::dossier::formats).all(|format| format != "mp4"));
/// ```
pub fn formats(rule: &DocumentRule) -> Vec<&str> {
    match rule.formats.is_empty() {
        true => FORMATS.to_vec(),
        false => rule.formats.iter().map(String::as_str).collect(),
    }
}

/// The file is of a format and size that the checklist allows.
fn file(rule: &DocumentRule, file: &FileRef) -> Result<(), Refusal> {
    limit::hash(&file.hash)?;
    limit::name("file", &file.name)?;
    let most = rule.max_mib.unwrap_or(FILE_MIB_USUAL);
    let allowed = formats(rule);
    if !allowed.contains(&file.format.as_str()) {
        let message = about("refusal-file-format", rule).text("format", limit::beginning(&file.format));
        return Err(Refusal::of(message.text("formats", allowed.join(", "))));
    }
    match file.bytes {
        0 => Err(Refusal::of(about("refusal-file-empty", rule))),
        bytes if bytes > u64::from(most) * 1024 * 1024 => {
            let found = bytes.div_ceil(1024 * 1024);
            Err(Refusal::of(about("refusal-file-too-large", rule).number("most", most).number("found", found)))
        }
        _ => Ok(()),
    }
}

/// The entry whose dossier can be worked on now: it stands, dossiers are open, it is not with the committee, and the deadline is not over.
pub(crate) fn in_hand<'s>(
    state: &'s State,
    key: &ContestKey,
    candidate: &CandidateId,
    at: Option<Timestamp>,
) -> Result<&'s Entry, Refusal> {
    let (contest, entry) = entry(state, key, candidate.as_str())?;
    opening::opened(state, &key.round)?;
    let refuse = |rule: &str| Err(Refusal::of(Message::new(rule).text("candidate", name(state, candidate.as_str()))));
    if contest.dossiers_closed {
        return refuse("refusal-dossiers-closed");
    }
    if entry.withdrawn.is_some() {
        return refuse("refusal-dossier-withdrawn");
    }
    if entry.desk.is_submitted() {
        return refuse("refusal-dossier-submitted");
    }
    let at = time(at)?;
    if let Some(deadline) = last_moment(state, key, entry).filter(|deadline| !deadline.is_met(at)) {
        let message = Message::new("refusal-dossier-late").text("candidate", name(state, candidate.as_str()));
        return Err(Refusal::of(message.text("at", shown(at, deadline.zone)).text("deadline", deadline.shown())));
    }
    Ok(entry)
}

/// Until when an entry's dossier can be worked on: a correction by its own deadline, all else by that of the dossier. Whom the chair
/// admitted late has none.
pub(crate) fn last_moment(state: &State, key: &ContestKey, entry: &Entry) -> Option<Deadline> {
    match entry.desk.correction(state, key) {
        Some(own) => Some(own),
        None if entry.admitted_late.is_some() => None,
        None => super::deadline(state, key, &entry.candidate),
    }
}

/// Gives a dossier back for correction, with a deadline of its own that is never after the last day of the rulebook.
pub(crate) fn give_back(state: &State, key: &ContestKey, back: &Return, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    let (contest, entry) = entry(state, key, back.candidate.as_str())?;
    let refuse = |rule: &str| Err(Refusal::of(Message::new(rule).text("candidate", name(state, back.candidate.as_str()))));
    if contest.dossiers_closed {
        return refuse("refusal-dossiers-closed");
    }
    if !entry.desk.is_submitted() {
        return refuse("refusal-dossier-not-submitted");
    }
    limit::id(back.by.as_str())?;
    limit::text("reason", &back.reason)?;
    term(back.term)?;
    let known = checklist(state, key);
    if let Some(document) = back.documents.iter().find(|id| !known.iter().any(|document| document.id == **id)) {
        let ids: Vec<&str> = known.iter().map(|document| document.id.as_str()).collect();
        let message = Message::new("refusal-document-unknown").text("document", limit::beginning(document));
        return Err(Refusal::of(message.text("documents", ids.join(", "))));
    }
    let zone = opening::zone(state, &key.round);
    let until = state.calendar_of(&key.round).after(local_day(time(at)?, zone), back.term).unwrap_or(Date::MAX);
    let latest =
        state.rules_of(&key.round).level(&key.round.level).and_then(|level| state.calendar_of(&key.round).dossier_latest(level));
    if let Some(latest) = latest.filter(|latest| until > *latest) {
        let message = Message::new("refusal-past-last-day").date("until", until).date("latest", latest);
        return Err(Refusal::of(message));
    }
    Ok(vec![Fact::DossierReturned { contest: key.clone(), back: back.clone(), until }])
}

/// A term that somebody can mean.
pub(super) fn term(term: Term) -> Result<(), Refusal> {
    match term.days {
        1..=TERM_DAYS_MAX => Ok(()),
        days => Err(crate::edition::absurd("days", days)),
    }
}

/// The names of documents in both languages.
pub(super) fn names(missing: &[Missing<'_>]) -> Arg {
    let name = |one: &Missing<'_>| Arg::Local(one.document.name.id.clone(), one.document.name.en.clone());
    Arg::List(missing.iter().map(name).collect())
}

fn about(rule: &str, document: &DocumentRule) -> Message {
    Message::new(rule).local("document", &document.name.id, &document.name.en)
}
