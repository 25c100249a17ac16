//! Lengkapi berkas: every document with what it may be, until when it is due, and what became of it; every figure with where it can be seen.

use jiff::Timestamp;
use rules::rulebook::{DocumentRule, Stage, Text};
use serde::Serialize;
use words::Message;

use super::line::{self, ClaimLine, CriterionLine, ListLine, RatioLine};
use crate::act::ContestKey;
use crate::deadline::{Deadline, instant};
use crate::decide::name;
use crate::id::{CandidateId, PersonId};
use crate::refusal::Refusal;
use crate::rule;
use crate::sentence::Sentence;
use crate::stage::dossier::{self, Desk, FILE_MIB_USUAL, Return, Version, formats};
use crate::state::{Contest, Entry, State};

/// A day and an hour in seconds.
const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;

/// Everything that a candidate is asked for in a contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Checklist {
    pub candidate: CandidateId,
    /// The contest's public id.
    pub contest: String,
    /// Until when it can be worked on: the end of the correction, else of the dossier; none where the calendar does not say.
    pub due: Option<Due>,
    /// Why nothing can be handed in now; none while it can.
    pub closed: Option<Sentence>,
    /// What can be done then.
    pub closed_next: Option<Sentence>,
    /// Why it would not be taken if it were sent now, with what to do; none if it would.
    pub not_yet: Option<(Sentence, Sentence)>,
    pub documents: Vec<DocumentLine>,
    /// Required documents that are missing.
    pub missing: usize,
    pub claims: Vec<ClaimLine>,
    pub ratios: Vec<RatioLine>,
    /// What the figures are for; one that only a condition of entry needs stands in none.
    pub criteria: Vec<CriterionLine>,
    pub lists: Vec<ListLine>,
    /// When it was last submitted, with the receipt. It may have been given back since.
    pub submitted: Option<(Timestamp, String)>,
    /// That it was given back and not submitted again.
    pub returned: Option<ReturnedLine>,
}

/// A dossier that was given back for correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ReturnedLine {
    pub by: PersonId,
    pub reason: String,
    /// Until when it must be back.
    pub until: Option<Deadline>,
    /// The documents that still stand as they were given back; empty where all of them came anew, or none was named.
    pub to_correct: Vec<Text>,
    /// Whether nothing is left to be done but to submit it again.
    pub is_corrected: bool,
}

/// Until when something is due, and how long that is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Due {
    pub deadline: Deadline,
    /// The first instant at which it is too late.
    pub over_at: Timestamp,
    /// Whole days until then; 0 when it is over.
    pub days_left: i64,
    /// Whole hours beyond those days.
    pub hours_left: i64,
    pub is_over: bool,
}

impl Due {
    /// How long it is from an instant to a deadline.
    ///
    /// ```
    /// use award::{Deadline, candidate::Due};
    /// use rules::regions::Zone;
    ///
    /// let deadline = Deadline::new(jiff::civil::date(2020, 12, 17), Zone::Wita);
    /// let due = Due::at(deadline, "2020-12-15T13:30:00Z".parse().unwrap());
    /// assert_eq!((due.days_left, due.hours_left, due.is_over), (2, 2, false));
    /// assert!(Due::at(deadline, due.over_at).is_over);
    /// ```
    pub fn at(deadline: Deadline, at: Timestamp) -> Due {
        let tomorrow = deadline.day.tomorrow();
        let over_at = tomorrow.map_or(Timestamp::MAX, |day| instant(day.at(0, 0, 0, 0), deadline.zone));
        let left = over_at.as_second().saturating_sub(at.as_second()).max(0);
        Due { deadline, over_at, days_left: left / DAY, hours_left: left % DAY / HOUR, is_over: !deadline.is_met(at) }
    }
}

/// An upload that is under way, or waits to be handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Upload {
    /// Its id, for whoever began it.
    pub id: String,
    pub document: String,
    /// The file's name, fit to be shown.
    pub name: String,
    pub by: PersonId,
    /// Bytes that have come and will stay.
    pub received: u64,
    /// Bytes that were announced.
    pub expected: u64,
    /// Everything has come, and a scanner has not looked at it yet.
    pub unchecked: bool,
}

impl Upload {
    /// How much has come, in whole percent; 100 only when all has.
    ///
    /// ```
    /// use award::candidate::Upload;
    ///
    /// let upload = |received, expected| Upload {
    ///     id: "a".into(), document: "law".into(), name: "perda.pdf".into(), by: "staf".into(), received, expected, unchecked: false,
    /// };
    /// assert_eq!([upload(64, 100).percent(), upload(999, 1_000).percent(), upload(7, 7).percent()], [64, 99, 100]);
    /// ```
    pub fn percent(&self) -> u8 {
        let percent = u128::from(self.received) * 100 / u128::from(self.expected.max(1));
        u8::try_from(percent.min(100)).unwrap_or(100)
    }
}

/// What became of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentState {
    /// Nothing came.
    Missing,
    /// Nothing is handed in yet, and a file is on its way.
    Uploading {
        /// How much of it has come.
        percent: u8,
    },
    /// It is handed in.
    HandedIn,
    /// It was submitted, and dossiers were closed with it.
    Accepted,
    /// It was given back and no newer version came.
    ToCorrect {
        /// Why.
        reason: String,
    },
}

/// A version of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct VersionLine {
    pub version: Version,
    /// Whether it is the one that holds.
    pub holds: bool,
    /// Whether it was submitted at least once.
    pub was_submitted: bool,
}

/// A document of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct DocumentLine {
    pub id: String,
    pub name: Text,
    pub required: bool,
    /// Whether a version of it may be handed in now: after a return only of what was given back.
    pub is_open: bool,
    /// What it may be, such as `perda`.
    pub kinds: Vec<String>,
    /// Formats in which it may come, such as `pdf`.
    pub formats: Vec<String>,
    /// Largest file, in mebibytes.
    pub most_mib: u32,
    pub example: Sentence,
    pub state: DocumentState,
    /// Newest first.
    pub versions: Vec<VersionLine>,
    /// Files on their way.
    pub uploads: Vec<Upload>,
    /// The sources of the rule.
    pub source: Vec<String>,
}

impl Checklist {
    /// The same for whoever may read the documents and not the figures: no claim, share or register is in it.
    #[must_use]
    pub fn without_figures(self) -> Checklist {
        Checklist { claims: Vec::new(), criteria: Vec::new(), ratios: Vec::new(), lists: Vec::new(), ..self }
    }
}

/// The checklist of a candidate in a contest at an instant; none if it does not stand there.
pub fn checklist(
    state: &State,
    key: &ContestKey,
    candidate: &CandidateId,
    uploads: &[Upload],
    at: Timestamp,
) -> Option<Checklist> {
    let contest = state.contests.get(key)?;
    let entry = contest.entry(candidate.as_str())?;
    let rule = state.rule(key)?;
    let rules = state.rules_of(&key.round);
    let asks = rule::has_stage(rule, Stage::Dossier);
    let category = rules.category(&key.category).filter(|_| asks);
    let documents = category.map(|category| category.documents.as_slice()).unwrap_or_default();
    let closed = closed(state, key, candidate, at);
    let is_open = |document: &DocumentRule| closed.is_none() && dossier::is_to_come(entry, &document.id);
    let claims = line::claim_lines(rules, rule, &key.category, entry);
    let line = |document| DocumentLine { is_open: is_open(document), ..document_line(contest, entry, document, uploads) };
    let documents_seen = documents.iter().map(line).collect();
    Some(Checklist {
        candidate: candidate.clone(),
        documents: documents_seen,
        contest: state.contest_id(key).to_string(),
        due: dossier::last_moment(state, key, entry).map(|deadline| Due::at(deadline, at)),
        not_yet: dossier::submit(state, key, candidate, Some(at)).err().map(|refusal| (refusal.rule.into(), refusal.next.into())),
        closed_next: closed.as_ref().map(|refusal| refusal.next.clone().into()),
        closed: closed.map(|refusal| refusal.rule.into()),
        missing: if asks { dossier::missing(state, key, entry).len() } else { 0 },
        criteria: line::criterion_lines(rules, rule, &claims),
        claims,
        ratios: line::ratio_lines(rules, rule, entry),
        lists: line::list_lines(rules, rule, &key.category, entry),
        submitted: entry.desk.submissions.last().map(|last| (last.at, last.receipt.clone())),
        returned: entry.desk.returned.as_ref().map(|back| returned(state, key, &entry.desk, back, documents)),
    })
}

fn returned(state: &State, key: &ContestKey, desk: &Desk, back: &Return, documents: &[DocumentRule]) -> ReturnedLine {
    let stands = |rule: &&DocumentRule| desk.waits_for(&rule.id);
    ReturnedLine {
        by: back.by.clone(),
        reason: back.reason.clone(),
        until: desk.correction(state, key),
        to_correct: documents.iter().filter(stands).map(|rule| rule.name.clone()).collect(),
        is_corrected: desk.is_corrected(),
    }
}

fn closed(state: &State, key: &ContestKey, candidate: &CandidateId, at: Timestamp) -> Option<Refusal> {
    if !state.rule(key).is_some_and(|rule| rule::has_stage(rule, Stage::Dossier)) {
        let message = Message::new("refusal-no-dossier-here").text("candidate", name(state, candidate.as_str()));
        return Some(Refusal::of(message));
    }
    dossier::in_hand(state, key, candidate, Some(at)).err()
}

fn document_line(contest: &Contest, entry: &Entry, rule: &DocumentRule, uploads: &[Upload]) -> DocumentLine {
    let own: Vec<Upload> = uploads.iter().filter(|upload| upload.document == rule.id).cloned().collect();
    DocumentLine {
        id: rule.id.clone(),
        name: rule.name.clone(),
        required: rule.required,
        is_open: false,
        kinds: rule.kinds.clone(),
        formats: formats(rule).into_iter().map(str::to_owned).collect(),
        most_mib: rule.max_mib.unwrap_or(FILE_MIB_USUAL),
        example: example(rule),
        state: document_state(contest, entry, rule, &own),
        versions: versions(&entry.desk, &rule.id),
        uploads: own,
        source: rule.clause.source.clone(),
    }
}

fn document_state(contest: &Contest, entry: &Entry, rule: &DocumentRule, uploads: &[Upload]) -> DocumentState {
    let Some(current) = entry.desk.current(&rule.id) else {
        return uploads
            .iter()
            .max_by_key(|upload| upload.percent())
            .map_or(DocumentState::Missing, |upload| DocumentState::Uploading { percent: upload.percent() });
    };
    let back = entry.desk.returned.as_ref().filter(|_| entry.desk.waits_for(&rule.id));
    let is_submitted = entry.desk.stands_as_submitted(&rule.id, &current.file.hash);
    match back {
        Some(back) => DocumentState::ToCorrect { reason: back.reason.clone() },
        _ if is_submitted && contest.dossiers_closed && entry.not_admitted.is_none() => DocumentState::Accepted,
        _ => DocumentState::HandedIn,
    }
}

fn versions(desk: &Desk, document: &str) -> Vec<VersionLine> {
    let all = desk.items.get(document).map(Vec::as_slice).unwrap_or_default();
    let was_submitted = |version: &Version| {
        let mut items = desk.submissions.iter().flat_map(|submission| &submission.items);
        items.any(|item| item.document == document && item.version == version.number)
    };
    let line = |version: &Version| VersionLine {
        holds: version.number as usize == all.len(),
        was_submitted: was_submitted(version),
        version: version.clone(),
    };
    all.iter().rev().map(line).collect()
}

/// What such a file looks like: "`perda-2020.pdf`, for example; PDF of at most 2 MB".
fn example(rule: &DocumentRule) -> Sentence {
    let format = formats(rule).first().copied().unwrap_or("pdf");
    let stem = rule.kinds.first().unwrap_or(&rule.id).replace('_', "-");
    let upper: Vec<String> = formats(rule).iter().map(|format| format.to_uppercase()).collect();
    let message = Message::new("document-example").text("name", format!("{stem}.{format}")).text("formats", upper.join(", "));
    Sentence(message.number("most", rule.max_mib.unwrap_or(FILE_MIB_USUAL)))
}
