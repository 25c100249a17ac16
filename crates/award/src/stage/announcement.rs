//! Pengumuman dan penganugerahan: a result is announced by two people and not before its embargo; prizes are handed over, certificates
//! are numbered. A year played from files announces what is ratified, in one act.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use words::Message;

use crate::act::ContestKey;
use crate::deadline::shown;
use crate::decide::{contest, name};
use crate::fact::Fact;
use crate::id::{CandidateId, FileHash, PersonId};
use crate::limit;
use crate::refusal::Refusal;
use crate::rule;
use crate::sentence::title;
use crate::stage::locking::{about, another, locked_if_required, ratified_anew, told};
use crate::stage::objection;
use crate::state::{Contest, State};

/// What one person proposes to announce, and from when on another may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Embargo {
    /// The first instant at which it may be announced.
    pub not_before: Timestamp,
    /// Who proposes it.
    pub by: PersonId,
    /// The number of the result that is announced; none in a year whose results are not locked.
    pub of_result: Option<u32>,
}

/// A prize or trophy given into somebody's hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// The award.
    pub award: String,
    /// Who has it.
    pub candidate: CandidateId,
    /// What was handed over.
    pub prize: String,
    /// Who took it.
    pub received_by: String,
    /// That person's post.
    pub post: Option<String>,
    /// The day.
    pub on: Date,
    /// Receipts and pictures.
    pub evidence: Vec<FileHash>,
    /// Who puts it on record.
    pub by: PersonId,
}

/// A numbered certificate of an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Certificate {
    /// Once in the edition.
    pub number: String,
    pub award: String,
    pub candidate: CandidateId,
    pub by: PersonId,
}

/// Who has a certificate of a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Holder {
    pub contest: ContestKey,
    pub candidate: CandidateId,
    pub award: String,
}

/// A number of a certificate as it is kept: capitals and spaces make no other number.
///
/// ```
/// assert_eq!(award::stage::announcement::plain_number(" 001 / PA/2026"), "001/pa/2026");
/// ```
pub fn plain_number(number: &str) -> String {
    number.split_whitespace().collect::<String>().to_lowercase()
}

/// What is known of a certificate's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing<'s> {
    /// It was issued, and the award still stands.
    Valid(&'s Certificate),
    /// It was issued, and the award has been revoked or went to somebody else by a later result.
    Revoked(&'s Certificate),
    /// No certificate has this number.
    Unknown,
}

/// Announces a ratified result in a year whose results are not locked.
pub(crate) fn announce(state: &State, key: &ContestKey) -> Result<Vec<Fact>, Refusal> {
    let Some(contest) = contest(state, key) else { return Ok(Vec::new()) };
    if state.locks_required || contest.is_locked() || contest.closing.embargo.is_some() {
        return Err(about("refusal-announce-by-two", key));
    }
    locked_if_required(state, key, contest)?;
    if contest.announced {
        return Err(about("refusal-announced-before", key));
    }
    match contest.ratified {
        Some(_) => Ok(vec![Fact::Announced(key.clone())]),
        None => Err(about("refusal-not-ratified", key)),
    }
}

/// Proposes to announce the newest result, not before an instant. A new proposal takes the place of the one before.
pub(crate) fn propose(state: &State, key: &ContestKey, embargo: &Embargo, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    let contest = ready(state, key, at)?;
    newest(contest, key, embargo)?;
    if contest.closing.embargo.as_ref() == Some(embargo) {
        return Err(about("refusal-announcement-proposed", key));
    }
    Ok(vec![Fact::AnnouncementProposed(key.clone(), embargo.clone())])
}

/// Announces what another person proposed, if the instant has come and the result is still the one proposed.
pub(crate) fn confirm(state: &State, key: &ContestKey, by: &PersonId, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    let contest = ready(state, key, at)?;
    let at = told(at)?;
    let Some(embargo) = &contest.closing.embargo else { return Err(about("refusal-no-announcement", key)) };
    another(by, &embargo.by)?;
    newest(contest, key, embargo)?;
    if at < embargo.not_before {
        let zone = rule::zone_of(state, key);
        let message = Message::new("refusal-embargo").text("contest", key.path());
        return Err(Refusal::of(message.text("from", shown(embargo.not_before, zone)).text("at", shown(at, zone))));
    }
    let confirmed = Fact::AnnouncementConfirmed { contest: key.clone(), by: by.clone(), at };
    Ok(vec![confirmed, Fact::Announced(key.clone())])
}

/// Puts on record that a prize of an announced award was handed over.
pub(crate) fn hand_over(state: &State, key: &ContestKey, given: &HandOver) -> Result<Vec<Fact>, Refusal> {
    let contest = holds(state, key, &given.award, &given.candidate)?;
    limit::name("prize", &given.prize)?;
    limit::name("received-by", &given.received_by)?;
    if let Some(post) = &given.post {
        limit::name("post", post)?;
    }
    limit::evidence(&given.evidence)?;
    limit::day("day", given.on)?;
    let same =
        |known: &HandOver| (&known.award, &known.candidate, &known.prize) == (&given.award, &given.candidate, &given.prize);
    if contest.closing.handed_over.iter().any(same) {
        let message = Message::new("refusal-handed-over-before").text("prize", &given.prize);
        return Err(Refusal::of(message.text("candidate", name(state, given.candidate.as_str()))));
    }
    Ok(vec![Fact::PrizeHandedOver(key.clone(), given.clone())])
}

/// Issues a certificate of an announced award: one for each award and candidate, under a number that no other of the edition has.
pub(crate) fn issue(state: &State, key: &ContestKey, certificate: &Certificate) -> Result<Vec<Fact>, Refusal> {
    let contest = holds(state, key, &certificate.award, &certificate.candidate)?;
    limit::number("certificate", &certificate.number)?;
    if let Some(holder) = state.certificates.get(&plain_number(&certificate.number)) {
        let message = Message::new("refusal-certificate-number").text("number", &certificate.number);
        let message = message.text("candidate", holder.candidate.as_str()).text("award", &holder.award);
        return Err(Refusal::of(message.message("contest", title(state, &holder.contest))));
    }
    let same = |known: &Certificate| (&known.award, &known.candidate) == (&certificate.award, &certificate.candidate);
    if let Some(known) = contest.closing.certificates.iter().find(|known| same(known)) {
        let message = Message::new("refusal-certificate-twice").text("number", &known.number);
        return Err(Refusal::of(message.text("candidate", name(state, certificate.candidate.as_str()))));
    }
    Ok(vec![Fact::CertificateIssued(key.clone(), certificate.clone())])
}

/// What is known of a certificate of a contest: whether the award that it tells of still stands.
///
/// ```
/// use award::stage::announcement::{Standing, standing};
///
/// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
/// let state = award::run(&cycle, None, &mut |_| {}).unwrap().state;
/// let contest = state.contests.keys().next().unwrap();
/// assert_eq!(standing(&state, contest, "001/PA/2026"), Standing::Unknown);
/// ```
pub fn standing<'s>(state: &'s State, key: &ContestKey, number: &str) -> Standing<'s> {
    let Some(contest) = state.contests.get(key) else { return Standing::Unknown };
    let number = plain_number(number);
    match contest.closing.certificates.iter().find(|certificate| plain_number(&certificate.number) == number) {
        None => Standing::Unknown,
        Some(known) if has_award(contest, &known.award, &known.candidate) => Standing::Valid(known),
        Some(known) => Standing::Revoked(known),
    }
}

/// Whether a candidate has an award by the newest result.
pub(crate) fn has_award(contest: &Contest, award: &str, candidate: &CandidateId) -> bool {
    let awarded = contest.result().map(|result| result.outcome.awards.as_slice()).unwrap_or_default();
    awarded.iter().any(|one| one.id == award && one.entries.iter().any(|entry| entry == candidate.as_str()))
}

/// A contest that can be announced: ratified, locked where that is asked, nothing open, not announced before.
fn ready<'s>(state: &'s State, key: &ContestKey, at: Option<Timestamp>) -> Result<&'s Contest, Refusal> {
    let contest = contest(state, key).ok_or_else(|| about("refusal-no-contest", key))?;
    if contest.announced {
        return Err(about("refusal-announced-before", key));
    }
    locked_if_required(state, key, contest)?;
    if !contest.is_settled(state) {
        return Err(about("refusal-not-ratified", key));
    }
    objection::nothing_open(state, key, contest, at)?;
    ratified_anew(state, key, contest)?;
    Ok(contest)
}

fn newest(contest: &Contest, key: &ContestKey, embargo: &Embargo) -> Result<(), Refusal> {
    let newest = contest.closing.number();
    if newest == embargo.of_result {
        return Ok(());
    }
    let message = Message::new("refusal-stale-result").text("contest", key.path());
    let message = message.number("number", embargo.of_result.unwrap_or_default());
    Err(Refusal::of(message.number("newest", newest.unwrap_or_default())))
}

/// An announced contest in which the candidate has the award.
fn holds<'s>(state: &'s State, key: &ContestKey, award: &str, candidate: &CandidateId) -> Result<&'s Contest, Refusal> {
    let contest = state.contests.get(key).ok_or_else(|| about("refusal-no-contest", key))?;
    if !contest.announced {
        return Err(about("refusal-not-announced", key));
    }
    if !has_award(contest, award, candidate) {
        let message = Message::new("refusal-no-such-award").text("award", award).text("contest", key.path());
        return Err(Refusal::of(message.text("candidate", name(state, candidate.as_str()))));
    }
    Ok(contest)
}
