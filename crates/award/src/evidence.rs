//! What a verification rests on: files named by their hash, and what was found where. The files themselves lie elsewhere; whoever holds one
//! can prove that it is the one meant.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tally::Exact;

use crate::id::{CandidateId, PersonId};
use crate::limit::hex;

/// A file, by the SHA-256 of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRef {
    /// 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// What people call it.
    pub name: String,
}

/// A place in a file that shows a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The file.
    pub file: FileRef,
    /// The page, from 1; none where a file has no pages.
    pub page: Option<u32>,
}

/// A claim of a candidate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimAt {
    /// Whose.
    pub candidate: CandidateId,
    /// Its id in the rulebook.
    pub claim: String,
}

/// A verifier says what of a claim stands, and shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimCheck {
    /// Which claim.
    pub of: ClaimAt,
    /// What stands; none strikes the claim.
    pub verified: Option<Exact>,
    /// Who verified it.
    pub by: PersonId,
    /// Where it can be seen.
    pub evidence: Vec<Evidence>,
    /// Whose figure it is: a register, an office, the candidate's own books.
    pub source: String,
    /// The day for which the figure holds.
    pub as_of: Date,
    /// Why it differs from what was claimed.
    pub reason: Option<String>,
}

/// What a second person reads from the same evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondReading {
    /// Which claim.
    pub of: ClaimAt,
    /// Who reads; another person than the verifier.
    pub by: PersonId,
    /// What this person reads; none where nothing stands.
    pub verified: Option<Exact>,
    /// What is worth knowing.
    pub note: Option<String>,
}

/// A visit to a candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldVisit {
    /// Who was visited.
    pub candidate: CandidateId,
    /// Who went.
    pub visitors: Vec<PersonId>,
    /// When, in local time.
    pub at: DateTime,
    /// Where.
    pub place: String,
    /// What was found.
    pub findings: String,
    /// Photographs, lists, letters.
    pub files: Vec<FileRef>,
}

/// What was heard at an interview and does not fit a verified figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Which claim it touches.
    pub of: ClaimAt,
    /// What was heard.
    pub findings: String,
    /// Who noted it.
    pub by: PersonId,
}

/// Why a verified claim is open again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reopened {
    /// The second reader read something else.
    Disagreement,
    /// Something was heard at the interview.
    Interview,
}

/// The claims that a second person reads: drawn by a seed that was committed to before anything was verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// SHA-256 of the seed in hex.
    pub commitment: String,
    /// The seed, once drawn.
    pub seed: Option<String>,
    /// What was drawn, in the order of the draw.
    pub drawn: Vec<ClaimAt>,
}

/// The key by which claims are drawn: SHA-256 over seed, contest, candidate and claim, one on each line.
///
/// ```
/// let of = award::evidence::ClaimAt { candidate: "badung".into(), claim: "members".into() };
/// let key = award::evidence::draw_key("seed", "small/province/51/city", &of);
/// assert_eq!(key, tally::lot::commitment("seed\nsmall/province/51/city\nbadung\nmembers"));
/// ```
pub fn draw_key(seed: &str, contest: &str, of: &ClaimAt) -> String {
    hex(&Sha256::digest([seed, contest, of.candidate.as_str(), &of.claim].join("\n").as_bytes()))
}

/// Draws a share of claims: those with the lowest keys, rounded up, so that a share above zero draws at least one. Whoever knows the seed
/// draws the same.
///
/// ```
/// use award::evidence::{ClaimAt, draw};
/// let claims: Vec<ClaimAt> =
///     ["a", "b", "c"].iter().map(|claim| ClaimAt { candidate: "badung".into(), claim: (*claim).into() }).collect();
/// assert_eq!(draw("seed", "c", &"0.34".parse().unwrap(), &claims).len(), 2);
/// assert_eq!(draw("seed", "c", &"0".parse().unwrap(), &claims).len(), 0);
/// ```
pub fn draw(seed: &str, contest: &str, share: &Exact, claims: &[ClaimAt]) -> Vec<ClaimAt> {
    let mut keyed: Vec<(String, &ClaimAt)> = claims.iter().map(|of| (draw_key(seed, contest, of), of)).collect();
    keyed.sort();
    let all = Exact::from(u32::try_from(claims.len()).unwrap_or(u32::MAX));
    let wanted = &all * share;
    let taken = keyed.into_iter().enumerate();
    let within = taken.take_while(|(at, _)| Exact::from(u32::try_from(*at).unwrap_or(u32::MAX)) < wanted);
    within.map(|(_, (_, of))| of.clone()).collect()
}

/// What was verified of an entry, read again, visited and heard.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checking {
    /// Every check in order; the last one of a claim stands.
    pub checks: Vec<ClaimCheck>,
    /// Every second reading in order.
    pub readings: Vec<SecondReading>,
    /// Claims whose last check a second reader confirmed.
    pub agreed: Vec<ClaimAt>,
    /// Claims that were verified and are open again, each with the reason.
    pub reopened: Vec<(ClaimAt, Reopened)>,
    /// Every visit.
    pub visits: Vec<FieldVisit>,
    /// Every finding of an interview.
    pub findings: Vec<Finding>,
}

impl Checking {
    /// The check that stands for a claim.
    pub fn check(&self, of: &ClaimAt) -> Option<&ClaimCheck> {
        self.checks.iter().rev().find(|check| check.of == *of)
    }

    /// Whether a claim is open again.
    pub fn is_reopened(&self, of: &ClaimAt) -> bool {
        self.reopened.iter().any(|(open, _)| open == of)
    }

    /// A claim was verified: earlier readings speak of something else.
    pub(crate) fn verified(&mut self, of: &ClaimAt) {
        self.reopened.retain(|(open, _)| open != of);
        self.agreed.retain(|agreed| agreed != of);
    }
}
