//! Verifikasi dan validasi: the panel is appointed and declares its conflicts, then every claim is looked at: claimed, verified, and the
//! reason for every difference.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::rulebook::{ClaimShape, Indicator, IndicatorKind, Stage};
use words::Message;

use crate::act::{ContestKey, RoundKey};
use crate::cycle::parse::figures::{is_correction, out_of_range};
use crate::cycle::tables::{Appointment, Claim, Conflict, ConflictKind, ListItem, NotApplicable, StatedPoints};
use crate::decide::{entry, name};
use crate::fact::Fact;
use crate::id::CandidateId;
use crate::limit;
use crate::panel::seated;
use crate::permission::Actor;
use crate::permission::role::{Grant, Role};
use crate::plausible;
use crate::refusal::Refusal;
use crate::rule;
use crate::stage::checking::not_closed;
use crate::stage::conflict::has_marked;
use crate::stage::{dossier, panel};
use crate::state::{Entry, State};

/// Appoints a person to a seat that is free, as a record tells it: an office that the seat is not for is put on record. The office appoints
/// by decree, which refuses it.
pub(crate) fn appoint(state: &State, round: &RoundKey, juror: &Appointment) -> Result<Vec<Fact>, Refusal> {
    let Some((_, seat)) = rule::seat(state.rules_of(round), &round.level, &juror.seat) else {
        return Err(Refusal::of(Message::new("refusal-no-such-seat").text("seat", &juror.seat)));
    };
    let of_round = state.rounds.get(round).map(|round| round.panel.as_slice()).unwrap_or_default();
    let known = of_round.iter().any(|known| known.juror == juror.juror);
    let once = match known {
        true => Err(Refusal::of(Message::new("refusal-appointed-twice").text("juror", &juror.name))),
        false => Ok(()),
    };
    let is_other = |known: &&Appointment| known.seat == juror.seat && known.juror != juror.juror;
    let taken = state.rounds.get(round).map_or(0, |round| seated(round).filter(is_other).count());
    let free = match taken >= seat.count as usize {
        true => Err(Refusal::of(Message::new("refusal-seat-taken").local("seat", &seat.name.id, &seat.name.en))),
        false => Ok(()),
    };
    // Who is known here meets the own seat, not another person's.
    let leaves = known.then_some(&juror.juror);
    Refusal::every([once, free, panel::sits_once(state, round, juror, (Date::MIN, None), leaves)])?;
    let appointed = Fact::Appointed(round.clone(), juror.clone());
    Ok([Some(appointed), panel::shortfall(round, seat, juror)].into_iter().flatten().collect())
}

/// Declares a conflict: a structural one is disclosed and the juror takes part, a personal one recuses.
pub(crate) fn declare_conflict(state: &State, key: &ContestKey, conflict: &Conflict) -> Result<Vec<Fact>, Refusal> {
    let (contest, _) = entry(state, key, conflict.candidate.as_str())?;
    let rule = match (conflict.kind, conflict.recused) {
        (ConflictKind::Structural, true) => Some("refusal-structural-recused"),
        (ConflictKind::Personal, false) => Some("refusal-personal-not-recused"),
        _ => None,
    };
    if let Some(key) = rule {
        let message = Message::new(key).text("juror", conflict.juror.as_str());
        return Err(Refusal::of(message.text("candidate", name(state, conflict.candidate.as_str()))));
    }
    let refuse = |rule: &str| {
        let message = Message::new(rule).text("juror", conflict.juror.as_str());
        Err(Refusal::of(message.text("candidate", name(state, conflict.candidate.as_str()))))
    };
    if contest.judging_closed {
        return refuse("refusal-conflict-after-closing");
    }
    if contest.conflicts.contains(conflict) {
        return refuse("refusal-declared-twice");
    }
    let marked = contest.sheets_of(&conflict.juror, &conflict.candidate).next().is_some();
    if conflict.recused && (marked || has_marked(contest, &conflict.juror, &conflict.candidate)) {
        let message = Message::new("refusal-recused-after-marks").text("juror", conflict.juror.as_str());
        return Err(Refusal::of(message.text("candidate", name(state, conflict.candidate.as_str()))));
    }
    Ok(vec![Fact::ConflictDeclared(key.clone(), conflict.clone())])
}

/// A candidate states a figure; it does not count before it is verified. The candidate itself does so as long as it can work on its
/// dossier, the committee until judging is closed.
pub(crate) fn state_claim(
    state: &State,
    key: &ContestKey,
    claim: &Claim,
    actor: &Actor,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let entry = open(state, key, claim.candidate.as_str())?;
    let contest = state.contests.get(key);
    let shape = claim.claimed.as_ref().map_or(Ok(()), |value| plausible::shape(state, key, entry, &claim.claim, value));
    let in_time = match contest.is_some_and(|contest| contest.judging_closed) {
        true => Err(about("refusal-claim-after-closing", state, key, &claim.candidate)),
        false => Ok(()),
    };
    let of_candidate = Grant::of(actor).role == Role::Candidate && has_dossiers(state, key);
    let in_hand = match of_candidate {
        true if contest.is_some_and(|contest| contest.dossiers_closed) => {
            Err(about("refusal-claim-after-dossiers", state, key, &claim.candidate))
        }
        true => dossier::in_hand(state, key, &claim.candidate, at).map(|_| ()),
        false => Ok(()),
    };
    Refusal::every([in_time, in_hand, shape])?;
    let stated = Claim { verified: None, verifier: None, reason: None, ..claim.clone() };
    Ok(vec![Fact::ClaimStated(key.clone(), stated)])
}

/// Whether dossiers are kept here: the contest asks for them, and its round was opened. A file may tell figures without either.
fn has_dossiers(state: &State, key: &ContestKey) -> bool {
    let opened = state.rounds.get(&key.round).is_some_and(|round| round.opened.is_some());
    opened && state.rule(key).is_some_and(|rule| rule::has_stage(rule, Stage::Dossier))
}

fn about(refusal: &str, state: &State, key: &ContestKey, candidate: &CandidateId) -> Refusal {
    Refusal::of(Message::new(refusal).text("candidate", name(state, candidate.as_str())).text("contest", key.path()))
}

/// A verifier says what of a claim stands; a difference needs a reason.
pub(crate) fn verify_claim(state: &State, key: &ContestKey, claim: &Claim) -> Result<Vec<Fact>, Refusal> {
    let entry = open(state, key, claim.candidate.as_str())?;
    let shape = claim.verified.as_ref().map_or(Ok(()), |value| plausible::shape(state, key, entry, &claim.claim, value));
    let reasoned = match is_correction(claim) && claim.reason.is_none() {
        true => {
            let message = Message::new("refusal-correction-without-reason").text("claim", &claim.claim);
            Err(Refusal::of(message.text("candidate", name(state, claim.candidate.as_str()))))
        }
        false => Ok(()),
    };
    Refusal::every([shape, reasoned])?;
    Ok(vec![Fact::ClaimVerified(key.clone(), claim.clone())])
}

/// A verifier accepts or strikes an item.
pub(crate) fn verify_item(state: &State, key: &ContestKey, item: &ListItem) -> Result<Vec<Fact>, Refusal> {
    open(state, key, item.candidate.as_str())?;
    not_closed(state, key, &item.candidate, true)?;
    let is_list = state.rules_of(&key.round).claim(&item.list).is_some_and(|claim| claim.shape == ClaimShape::List);
    if !is_list {
        return Err(Refusal::of(Message::new("refusal-no-such-list").text("list", &item.list)));
    }
    Ok(vec![Fact::ItemVerified(key.clone(), item.clone())])
}

/// Points that a source gives are put on record.
pub(crate) fn state_points(state: &State, key: &ContestKey, points: &StatedPoints) -> Result<Vec<Fact>, Refusal> {
    let entry = open(state, key, points.candidate.as_str())?;
    let found = indicator(state, key, &points.candidate, &points.indicator)?;
    // Where figures or marks give points, those of a source take their place.
    let stands = found.kind != IndicatorKind::Stated || entry.stated.contains_key(&points.indicator);
    not_closed(state, key, &points.candidate, stands)?;
    if let Some(fault) = out_of_range(found, &points.points) {
        return Err(Refusal::new(fault, Message::new("refusal-points-next")));
    }
    Ok(vec![Fact::PointsStated(key.clone(), points.clone())])
}

/// An indicator does not apply to a candidate.
pub(crate) fn exempt(state: &State, key: &ContestKey, exempt: &NotApplicable) -> Result<Vec<Fact>, Refusal> {
    open(state, key, exempt.candidate.as_str())?;
    not_closed(state, key, &exempt.candidate, true)?;
    indicator(state, key, &exempt.candidate, &exempt.indicator)?;
    limit::text("reason", &exempt.reason)?;
    Ok(vec![Fact::Exempted(key.clone(), exempt.clone())])
}

/// An indicator that the contest asks for.
fn indicator<'s>(state: &'s State, key: &ContestKey, candidate: &CandidateId, id: &str) -> Result<&'s Indicator, Refusal> {
    let asked = state.rule(key).map(|rule| rule::indicators(state.rules_of(&key.round), rule)).unwrap_or_default();
    let found = asked.into_iter().map(|(_, indicator)| indicator).find(|indicator| indicator.id == id);
    found.ok_or_else(|| {
        let message = Message::new("refusal-no-such-indicator").text("indicator", id);
        Refusal::of(message.text("candidate", name(state, candidate.as_str())).text("contest", key.path()))
    })
}

/// Figures can change until the plenary has made the result its own.
fn open<'s>(state: &'s State, key: &ContestKey, candidate: &str) -> Result<&'s Entry, Refusal> {
    let (contest, entry) = entry(state, key, candidate)?;
    match contest.ratified {
        Some(_) => Err(Refusal::of(Message::new("refusal-ratified").text("contest", key.path()))),
        None => Ok(entry),
    }
}
