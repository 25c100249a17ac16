//! The figures of a vintage become claims of the candidates they belong to: stated by the vintage, not verified. What a verifier has
//! already confirmed stays and the new figure waits for its own verification.

use rules::rulebook::IndicatorKind;
use tally::Exact;
use words::Message;

use super::{Figure, Vintage, Whose};
use crate::act::{ContestKey, RoundKey};
use crate::cycle::tables::{Candidate, Claim};
use crate::decide::name;
use crate::fact::Fact;
use crate::id::CandidateId;
use crate::limit;
use crate::refusal::Refusal;
use crate::rule;
use crate::stage::opening;
use crate::state::State;

/// Kinds of candidate that are the government of their region; a region's figure belongs to them and to nobody else there.
const GOVERNMENTS: [&str; 6] = ["province", "regency", "city", "village", "kelurahan", "customary_village"];

/// A figure for a claim of a candidate.
struct Stated {
    contest: ContestKey,
    candidate: CandidateId,
    claim: String,
    value: Exact,
}

/// Imports a vintage into a round, once and never an older one after a newer one of the same data.
pub(crate) fn import(state: &State, key: &RoundKey, vintage: &Vintage) -> Result<Vec<Fact>, Refusal> {
    let round = opening::opened(state, key)?;
    let about = &vintage.about;
    sound(state, vintage)?;
    let refuse = |rule: &str| Message::new(rule).text("dataset", &about.dataset).text("round", key.path());
    if round.vintages.iter().any(|known| known.hash == about.hash) {
        return Err(Refusal::of(refuse("refusal-vintage-twice")));
    }
    let stated = stated(state, key, vintage);
    let newer = round.vintages.iter().find(|known| known.dataset == about.dataset && known.as_of > about.as_of);
    let newest = newer.map_or(Ok(()), |newer| {
        let message = refuse("refusal-vintage-older").date("as-of", about.as_of).date("known", newer.as_of);
        Err(Refusal::of(message))
    });
    Refusal::every([newest, stated.as_ref().map(|_| ()).map_err(Clone::clone)])?;
    let stated = stated?;
    if stated.is_empty() {
        return Err(Refusal::of(refuse("refusal-vintage-nobody")));
    }
    let mut facts = vec![Fact::VintageImported(key.clone(), about.clone())];
    facts.extend(stated.into_iter().map(|stated| {
        let contest = stated.contest.clone();
        Fact::ClaimStated(contest, claim(vintage, stated))
    }));
    Ok(facts)
}

/// What the reader has checked is asked again of the parts that a forged act could change.
fn sound(state: &State, vintage: &Vintage) -> Result<(), Refusal> {
    let about = &vintage.about;
    limit::hash(&about.hash)?;
    limit::hash(&about.dataset_hash)?;
    limit::name("name", &about.dataset)?;
    limit::name("name", &about.program)?;
    limit::name("version", &about.version)?;
    limit::day("day", about.as_of)?;
    if about.edition != state.rules.edition.id {
        let message = Message::new("refusal-vintage-edition").text("edition", limit::beginning(&about.edition));
        return Err(Refusal::of(message.text("rulebook", &state.rules.edition.id)));
    }
    let numbers = |figure: &Figure| [figure.numerator.clone(), figure.denominator.clone(), figure.value.clone()];
    let negative = vintage.figures.iter().flat_map(numbers).flatten().any(|number| number.is_negative());
    let zero = vintage.figures.iter().any(|figure| figure.denominator.as_ref().is_some_and(Exact::is_zero));
    if negative || zero {
        return Err(crate::edition::absurd("figure", if zero { "0" } else { "-1" }));
    }
    Ok(())
}

/// Every figure with the candidates to whom it belongs, contest by contest. Figures that contradict each other stop the import, and all of them
/// are told.
fn stated(state: &State, key: &RoundKey, vintage: &Vintage) -> Result<Vec<Stated>, Refusal> {
    let (mut all, mut contradictions): (Vec<Stated>, _) = (Vec::new(), Vec::new());
    for (contest, known) in state.contests.iter().filter(|(contest, known)| contest.round == *key && known.ratified.is_none()) {
        let standing = known.entries.iter().filter(|entry| entry.withdrawn.is_none());
        for candidate in standing.filter_map(|entry| state.candidates.get(&entry.candidate)) {
            let own = vintage.figures.iter().filter(|figure| belongs(state, candidate, &figure.whose));
            for (claim, value) in own.flat_map(|figure| answers(state, contest, figure)) {
                let before = all.iter().rev().take_while(|other| other.candidate == candidate.id && other.contest == *contest);
                match before.into_iter().find(|other| other.claim == claim) {
                    None => all.push(Stated { contest: contest.clone(), candidate: candidate.id.clone(), claim, value }),
                    Some(other) if other.value == value => {}
                    Some(_) => contradictions.push(Err(contradiction(state, candidate, &claim))),
                }
            }
        }
    }
    Refusal::every(contradictions)?;
    Ok(all)
}

fn contradiction(state: &State, candidate: &Candidate, claim: &str) -> Refusal {
    let message = Message::new("refusal-vintage-contradicts").text("claim", claim);
    Refusal::of(message.text("candidate", name(state, candidate.id.as_str())))
}

fn belongs(state: &State, candidate: &Candidate, whose: &Whose) -> bool {
    match whose {
        Whose::Region(region) => candidate.region == *region && GOVERNMENTS.contains(&candidate.kind.as_str()),
        Whose::Organisation(body) => {
            let known = state.nominations.get(&candidate.id).and_then(|known| known.nomination.body.as_ref());
            known.is_some_and(|known| state.register.line(known.as_str()).contains(body))
        }
    }
}

/// The claims that a figure answers in a contest: those with its question, and numerator and denominator of the ratios with it.
fn answers(state: &State, contest: &ContestKey, figure: &Figure) -> Vec<(String, Exact)> {
    let asked = |question: &Option<String>| question.as_ref() == Some(&figure.question);
    let claims = state.rules_of(&contest.round).claims.iter().filter(|claim| asked(&claim.data_question));
    let of_segment = claims.filter(|claim| figure.segment.is_none() || claim.segment == figure.segment);
    let mut answers: Vec<(String, Exact)> =
        of_segment.filter_map(|claim| Some((claim.id.clone(), figure.value.clone()?))).collect();
    let Some(rule) = state.rule(contest) else { return answers };
    for (_, indicator) in rule::indicators(state.rules_of(&contest.round), rule) {
        if let IndicatorKind::Ratio { numerator, denominator, .. } = &indicator.kind
            && asked(&indicator.data_question)
        {
            let both = [(numerator, &figure.numerator), (denominator, &figure.denominator)];
            answers.extend(both.into_iter().filter_map(|(claim, value)| Some((claim.clone(), value.clone()?))));
        }
    }
    answers
}

fn claim(vintage: &Vintage, stated: Stated) -> Claim {
    Claim {
        candidate: stated.candidate,
        claim: stated.claim,
        claimed: Some(stated.value),
        verified: None,
        as_of: Some(vintage.about.as_of),
        source: Some(vintage.about.dataset.clone()),
        evidence: Some(format!("vintage {}", vintage.about.hash)),
        verifier: None,
        reason: None,
        level: stated.contest.round.level,
    }
}
