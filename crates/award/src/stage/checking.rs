//! Verifikasi dengan bukti: a verifier shows where a figure stands, a second person reads a sample again, somebody goes and looks. What is
//! heard at an interview never changes a figure; it opens a new verification.

use rules::rulebook::{ClaimShape, Stage};
use tally::Exact;
use words::Message;

use crate::act::ContestKey;
use crate::cycle::parse::figures::is_looked_at;
use crate::cycle::tables::Claim;
use crate::decide::{entry, name};
use crate::evidence::{self, ClaimAt, ClaimCheck, FieldVisit, Finding, Reopened, SecondReading};
use crate::fact::Fact;
use crate::id::CandidateId;
use crate::limit::{self, same_name, told};
use crate::people;
use crate::plausible;
use crate::refusal::Refusal;
use crate::rule;
use crate::state::{Contest, Entry, State};

/// A verifier says what of a claim stands, and shows it.
pub(crate) fn check_claim(state: &State, key: &ContestKey, check: &ClaimCheck) -> Result<Vec<Fact>, Refusal> {
    let entry = open(state, key, &check.of)?;
    let stands = entry.claims.get(&check.of.claim).is_some_and(is_looked_at);
    not_closed(state, key, &check.of.candidate, stands)?;
    let verifier = people::known(state, &check.by)?.name.clone();
    limit::name("source", &check.source)?;
    limit::day("day", check.as_of)?;
    for evidence in &check.evidence {
        limit::hash(&evidence.file.sha256)?;
        if evidence.page == Some(0) {
            return Err(of_claim(state, "refusal-page-zero", &check.of));
        }
    }
    if check.verified.is_some() && check.evidence.is_empty() {
        return Err(of_claim(state, "refusal-no-evidence", &check.of));
    }
    if let Some(value) = &check.verified {
        plausible::figure(state, key, entry, &check.of.claim, value)?;
    }
    let claimed = stated(entry, &check.of.claim).and_then(|claim| claim.claimed.clone());
    let differs = claimed.is_some() && claimed != check.verified;
    if differs && check.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
        return Err(of_claim(state, "refusal-correction-without-reason", &check.of));
    }
    let claim = Claim {
        candidate: check.of.candidate.clone(),
        claim: check.of.claim.clone(),
        claimed,
        verified: check.verified.clone(),
        as_of: Some(check.as_of),
        source: Some(check.source.clone()),
        evidence: check.evidence.first().map(|evidence| evidence.file.name.clone()),
        verifier: Some(verifier),
        reason: check.reason.clone(),
        level: key.round.level.clone(),
    };
    Ok(vec![Fact::ClaimVerified(key.clone(), claim), Fact::ClaimChecked(key.clone(), check.clone())])
}

/// What a candidate states: the newest statement, whether or not something older was verified.
fn stated<'e>(entry: &'e Entry, claim: &str) -> Option<&'e Claim> {
    entry.restated.get(claim).or_else(|| entry.claims.get(claim))
}

/// Commits to the seed that will draw the sample, before anything is verified.
pub(crate) fn commit_sample(state: &State, key: &ContestKey, commitment: &str) -> Result<Vec<Fact>, Refusal> {
    let of_contest = |rule: &str| Err(Refusal::of(Message::new(rule).text("contest", key.path())));
    if !limit::is_hash(commitment) {
        return of_contest("refusal-sample-commitment");
    }
    if state.rule(key).is_none_or(|rule| rule.second_reading.is_none()) {
        return of_contest("refusal-sample-not-asked");
    }
    if let Some(contest) = state.contests.get(key) {
        if contest.sample.is_some() {
            return of_contest("refusal-sample-twice");
        }
        let begun = contest.entries.iter().flat_map(|entry| entry.claims.values()).any(|claim| is_here(claim, key));
        if begun {
            return of_contest("refusal-sample-too-late");
        }
    }
    Ok(vec![Fact::SampleCommitted { contest: key.clone(), commitment: commitment.to_owned() }])
}

/// Whether a claim was verified at this level, not below.
fn is_here(claim: &Claim, key: &ContestKey) -> bool {
    is_looked_at(claim) && claim.level == key.round.level
}

/// Draws the sample from what was verified. Nothing may wait for its verification, or the draw could be dodged by waiting for it.
pub(crate) fn draw_sample(state: &State, key: &ContestKey, seed: &str) -> Result<Vec<Fact>, Refusal> {
    let of_contest = |rule: &str| Refusal::of(Message::new(rule).text("contest", key.path()));
    let contest = state.contests.get(key).ok_or_else(|| of_contest("refusal-sample-not-committed"))?;
    let sample = contest.sample.as_ref().ok_or_else(|| of_contest("refusal-sample-not-committed"))?;
    if sample.seed.is_some() {
        return Err(of_contest("refusal-sample-twice"));
    }
    if tally::lot::commitment(seed) != sample.commitment {
        return Err(of_contest("refusal-sample-other-seed"));
    }
    let (claims, waiting) = claims(state, contest, key);
    if waiting > 0 {
        return Err(Refusal::of(Message::new("refusal-sample-too-early").text("contest", key.path()).number("waiting", waiting)));
    }
    let share = state.rule(key).and_then(|rule| rule.second_reading.clone()).unwrap_or_else(Exact::zero);
    let drawn = evidence::draw(seed, state.contest_id(key).as_str(), &share, &claims);
    Ok(vec![Fact::SampleDrawn { contest: key.clone(), seed: seed.to_owned(), drawn }])
}

/// The claims verified here of everybody in the running, and how many wait.
fn claims(state: &State, contest: &Contest, key: &ContestKey) -> (Vec<ClaimAt>, usize) {
    let in_running = contest.entries.iter().filter(|entry| entry.withdrawn.is_none() && entry.not_admitted.is_none());
    let figures = in_running.flat_map(|entry| entry.claims.values());
    let is_list =
        |claim: &Claim| state.rules_of(&key.round).claim(&claim.claim).is_some_and(|rule| rule.shape == ClaimShape::List);
    let (looked, waiting): (Vec<&Claim>, Vec<&Claim>) =
        figures.filter(|claim| !is_list(claim)).partition(|claim| is_looked_at(claim));
    let here = looked.into_iter().filter(|claim| is_here(claim, key));
    let at = |claim: &Claim| ClaimAt { candidate: claim.candidate.clone(), claim: claim.claim.clone() };
    (here.map(at).collect(), waiting.len())
}

/// A second person reads a claim of the sample. Where the two disagree the claim is open again.
pub(crate) fn read_again(state: &State, key: &ContestKey, reading: &SecondReading) -> Result<Vec<Fact>, Refusal> {
    let entry = open(state, key, &reading.of)?;
    let reader = people::known(state, &reading.by)?;
    let Contest { sample, judging_closed, .. } = &state.contests[key];
    if *judging_closed {
        return Err(of_claim(state, "refusal-read-closed", &reading.of));
    }
    let drawn = sample.as_ref().is_some_and(|sample| sample.drawn.contains(&reading.of));
    if !drawn {
        return Err(of_claim(state, "refusal-not-in-sample", &reading.of));
    }
    let claim = entry.claims.get(&reading.of.claim).filter(|claim| is_looked_at(claim));
    let claim = claim.ok_or_else(|| of_claim(state, "refusal-read-unverified", &reading.of))?;
    let same = match entry.checking.check(&reading.of).filter(|check| is_of(claim, check)) {
        Some(check) => people::is_same(&check.by, &reading.by),
        // A file names its verifier, and of two people of one name nobody knows which it was.
        None => claim.verifier.as_ref().is_some_and(|verifier| same_name(verifier, &reader.name)),
    };
    if same {
        return Err(of_claim(state, "refusal-same-reader", &reading.of));
    }
    if entry.checking.agreed.contains(&reading.of) {
        return Err(of_claim(state, "refusal-read-twice", &reading.of));
    }
    let agrees = claim.verified == reading.verified;
    let mut facts = vec![Fact::ClaimReadAgain { contest: key.clone(), reading: reading.clone(), agrees }];
    if !agrees {
        facts.push(reopened(key, &reading.of, Reopened::Disagreement));
    }
    Ok(facts)
}

/// Whether a claim stands as a check says, and not as a file does.
fn is_of(claim: &Claim, check: &ClaimCheck) -> bool {
    (&claim.verified, claim.as_of, claim.source.as_ref()) == (&check.verified, Some(check.as_of), Some(&check.source))
}

fn reopened(key: &ContestKey, of: &ClaimAt, why: Reopened) -> Fact {
    Fact::ClaimReopened { contest: key.clone(), of: of.clone(), why }
}

/// Puts a field visit on record.
pub(crate) fn report_visit(state: &State, key: &ContestKey, visit: &FieldVisit) -> Result<Vec<Fact>, Refusal> {
    let (contest, entry) = entry(state, key, visit.candidate.as_str())?;
    not_ratified(contest, key)?;
    told("place", &visit.place)?;
    told("findings", &visit.findings)?;
    limit::day("day", visit.at.date())?;
    limit::list("visitors", visit.visitors.len())?;
    visit.visitors.iter().try_for_each(|visitor| people::known(state, visitor).map(drop))?;
    visit.files.iter().try_for_each(|file| limit::hash(&file.sha256))?;
    if entry.checking.visits.contains(visit) {
        let message = Message::new("refusal-visit-twice").text("candidate", name(state, visit.candidate.as_str()));
        return Err(Refusal::of(message));
    }
    Ok(vec![Fact::VisitReported(key.clone(), visit.clone())])
}

/// What was heard at the interview opens a new verification; the figure itself changes only by that.
pub(crate) fn find_at_interview(state: &State, key: &ContestKey, finding: &Finding) -> Result<Vec<Fact>, Refusal> {
    let entry = open(state, key, &finding.of)?;
    told("findings", &finding.findings)?;
    people::known(state, &finding.by)?;
    if !state.rule(key).is_some_and(|rule| rule::has_stage(rule, Stage::Interview)) {
        let message = Message::new("refusal-not-interviewed").text("candidate", name(state, finding.of.candidate.as_str()));
        return Err(Refusal::of(message.text("contest", key.path())));
    }
    if !entry.claims.get(&finding.of.claim).is_some_and(is_looked_at) {
        return Err(of_claim(state, "refusal-finding-unverified", &finding.of));
    }
    if state.contests[key].judging_closed {
        return Err(of_claim(state, "refusal-finding-too-late", &finding.of));
    }
    let noted = Fact::FindingNoted(key.clone(), finding.clone());
    Ok(vec![noted, reopened(key, &finding.of, Reopened::Interview)])
}

/// The entry of a claim that can be verified: one of the rulebook that is no list, of a contest that is not ratified.
fn open<'s>(state: &'s State, key: &ContestKey, of: &ClaimAt) -> Result<&'s Entry, Refusal> {
    let (contest, entry) = entry(state, key, of.candidate.as_str())?;
    not_ratified(contest, key)?;
    match state.rules_of(&key.round).claim(&of.claim).map(|rule| rule.shape) {
        None => Err(of_claim(state, "refusal-no-such-claim", of)),
        Some(ClaimShape::List) => Err(of_claim(state, "refusal-claim-is-list", of)),
        Some(_) => Ok(entry),
    }
}

/// Once judging is closed no figure changes by one person's word, nor does any come in once it is counted; only what was never looked at,
/// and keeps the contest from its count, can still be verified. What is wrong is put right by the recount of an objection.
pub(crate) fn not_closed(state: &State, key: &ContestKey, candidate: &CandidateId, stands: bool) -> Result<(), Refusal> {
    let contest = state.contests.get(key);
    if contest.is_some_and(|contest| contest.judging_closed && (stands || contest.counted.is_some())) {
        let message = Message::new("refusal-figure-after-closing").text("candidate", name(state, candidate.as_str()));
        return Err(Refusal::of(message.text("contest", key.path())));
    }
    Ok(())
}

fn not_ratified(contest: &Contest, key: &ContestKey) -> Result<(), Refusal> {
    match contest.ratified {
        Some(_) => Err(Refusal::of(Message::new("refusal-ratified").text("contest", key.path()))),
        None => Ok(()),
    }
}

fn of_claim(state: &State, rule: &str, of: &ClaimAt) -> Refusal {
    Refusal::of(Message::new(rule).text("claim", &of.claim).text("candidate", name(state, of.candidate.as_str())))
}
