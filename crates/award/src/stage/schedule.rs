//! Jadwal wawancara: sessions are planned, candidates invited to slots that clash with nothing, and what is answered is put on record.

use jiff::civil::{DateTime, Time};
use rules::rulebook::Stage;
use words::{Arg, Message};

use crate::act::{ContestKey, RoundKey};
use crate::decide::{entry, name};
use crate::fact::Fact;
use crate::id::CandidateId;
use crate::limit::{self, SLOT_MINUTES_MAX, told};
use crate::panel;
use crate::refusal::Refusal;
use crate::rule;
use crate::schedule::{Answer, Booked, Invited, Move, Place, Reply, Schedule, Session, Slot};
use crate::shortfall::Shortfall;
use crate::state::{Contest, State};

/// Plans a session.
pub(crate) fn plan(state: &State, round: &RoundKey, session: &Session) -> Result<Vec<Fact>, Refusal> {
    told("id", &session.id)?;
    let (Place::Room(place) | Place::Video(place)) = &session.place;
    told("place", place)?;
    limit::day("day", session.on)?;
    let refuse = |rule: &str| Refusal::of(Message::new(rule).text("session", &session.id));
    if session.to <= session.from {
        return Err(refuse("refusal-session-empty"));
    }
    if session.materials_due.is_some_and(|due| due > DateTime::from_parts(session.on, session.from)) {
        return Err(refuse("refusal-materials-after-session"));
    }
    let known = state.rounds.get(round);
    if known.is_some_and(|round| round.schedule.session(&session.id).is_some()) {
        return Err(refuse("refusal-session-twice"));
    }
    let sits = |juror: &crate::id::JurorId| known.is_some_and(|round| panel::seated(round).any(|seated| seated.juror == *juror));
    if let Some(stranger) = session.jurors.iter().find(|juror| !sits(juror)) {
        return Err(Refusal::of(
            Message::new("refusal-session-juror").text("session", &session.id).text("juror", stranger.as_str()),
        ));
    }
    let heard =
        state.rules_of(round).contests.iter().any(|rule| rule.level == round.level && rule::has_stage(rule, Stage::Interview));
    if !heard {
        return Err(refuse("refusal-session-no-interview"));
    }
    Ok(vec![Fact::SessionPlanned(round.clone(), session.clone())])
}

/// Invites a candidate to a slot.
pub(crate) fn assign(state: &State, key: &ContestKey, slot: &Slot) -> Result<Vec<Fact>, Refusal> {
    let contest = heard(state, key, &slot.candidate)?;
    let schedule = schedule(state, key);
    if schedule.is_some_and(|schedule| schedule.slot(&slot.candidate).is_some()) {
        return Err(of_candidate(state, "refusal-slot-twice", &slot.candidate));
    }
    free(state, key, slot, None)?;
    let mut facts = vec![Fact::SlotAssigned(key.clone(), slot.clone())];
    facts.extend(beyond(state, key, contest, slot)?);
    Ok(facts)
}

/// More candidates than the rulebook calls are invited only for a reason.
fn beyond(state: &State, key: &ContestKey, contest: &Contest, slot: &Slot) -> Result<Option<Fact>, Refusal> {
    let Some(invited) = state.rule(key).and_then(|rule| rule.invited) else { return Ok(None) };
    let counts = |booked: &&Booked| {
        let entry = contest.entry(booked.slot.candidate.as_str());
        booked.contest == *key && entry.is_some_and(|entry| entry.withdrawn.is_none())
    };
    let booked = schedule(state, key).map_or(0, |schedule| schedule.booked.iter().filter(counts).count());
    let called = u32::try_from(booked).unwrap_or(u32::MAX).saturating_add(1);
    if called <= invited {
        return Ok(None);
    }
    if slot.exception.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
        let message = Message::new("refusal-invited-full").text("candidate", name(state, slot.candidate.as_str()));
        return Err(Refusal::of(message.text("contest", key.path()).number("invited", invited)));
    }
    let shortfall = Shortfall::Invited { candidate: slot.candidate.clone(), called, invited };
    Ok(Some(Fact::ShortfallNoted { round: key.round.clone(), contest: Some(key.clone()), shortfall }))
}

/// Moves a slot to another time, for a reason.
pub(crate) fn reschedule(state: &State, key: &ContestKey, moved: &Move) -> Result<Vec<Fact>, Refusal> {
    let contest = heard(state, key, &moved.slot.candidate)?;
    told("reason", &moved.reason)?;
    let refuse = |rule: &str| Err(of_candidate(state, rule, &moved.slot.candidate));
    let Some(before) = schedule(state, key).and_then(|schedule| schedule.slot(&moved.slot.candidate)) else {
        return refuse("refusal-no-slot");
    };
    if contest.invited(&moved.slot.candidate) == Invited::Present {
        return refuse("refusal-came-already");
    }
    if before.session == moved.slot.session && before.starts == moved.slot.starts && before.minutes == moved.slot.minutes {
        return refuse("refusal-slot-same");
    }
    free(state, key, &moved.slot, Some(&moved.slot.candidate))?;
    Ok(vec![Fact::SlotMoved(key.clone(), moved.clone())])
}

/// Whether an invitation can still be answered: the candidate is to be heard, and nothing is on record of its coming.
pub(crate) fn may_answer(state: &State, key: &ContestKey, candidate: &CandidateId) -> bool {
    let entry = state.contests.get(key).and_then(|contest| contest.entry(candidate.as_str()));
    let came = entry.is_some_and(|entry| entry.attendance.is_some() || entry.hearing.invited(candidate) == Invited::Present);
    heard(state, key, candidate).is_ok() && !came
}

/// A candidate answers the invitation; until it comes it may change its mind.
pub(crate) fn answer(state: &State, key: &ContestKey, answer: &Answer) -> Result<Vec<Fact>, Refusal> {
    let contest = heard(state, key, &answer.candidate)?;
    let refuse = |rule: &str| Err(of_candidate(state, rule, &answer.candidate));
    if schedule(state, key).and_then(|schedule| schedule.slot(&answer.candidate)).is_none() {
        return refuse("refusal-no-slot");
    }
    if let Reply::Excused { reason } = &answer.reply {
        told("reason", reason)?;
    }
    match (contest.invited(&answer.candidate), &answer.reply) {
        (Invited::Present, _) => refuse("refusal-came-already"),
        (Invited::Confirmed, Reply::Confirmed) | (Invited::Excused, Reply::Excused { .. }) => refuse("refusal-answered-twice"),
        _ => Ok(vec![Fact::InvitationAnswered(key.clone(), answer.clone())]),
    }
}

/// The contest, if the candidate is to be heard in it.
pub(crate) fn heard<'s>(state: &'s State, key: &ContestKey, candidate: &CandidateId) -> Result<&'s Contest, Refusal> {
    let (contest, entry) = entry(state, key, candidate.as_str())?;
    let is_heard = state.rule(key).is_some_and(|rule| rule.interviewed && rule::has_stage(rule, Stage::Interview));
    if !is_heard {
        let message = Message::new("refusal-not-interviewed").text("candidate", name(state, candidate.as_str()));
        return Err(Refusal::of(message.text("contest", key.path())));
    }
    if entry.withdrawn.is_some() || entry.not_admitted.is_some() {
        return Err(of_candidate(state, "refusal-heard-out", candidate));
    }
    if contest.judging_closed {
        return Err(of_candidate(state, "refusal-heard-closed", candidate));
    }
    Ok(contest)
}

pub(crate) fn schedule<'s>(state: &'s State, key: &ContestKey) -> Option<&'s Schedule> {
    state.rounds.get(&key.round).map(|round| &round.schedule)
}

/// Refuses a slot that clashes with anything but the one it replaces.
fn free(state: &State, key: &ContestKey, slot: &Slot, without: Option<&CandidateId>) -> Result<(), Refusal> {
    let refuse = |rule: &str| {
        Refusal::of(Message::new(rule).text("session", &slot.session).text("candidate", name(state, slot.candidate.as_str())))
    };
    let schedule = schedule(state, key).ok_or_else(|| refuse("refusal-no-session"))?;
    let session = schedule.session(&slot.session).ok_or_else(|| refuse("refusal-no-session"))?;
    if slot.minutes == 0 || slot.minutes > SLOT_MINUTES_MAX {
        return Err(Refusal::of(
            Message::new("refusal-slot-length").number("minutes", slot.minutes).number("most", SLOT_MINUTES_MAX),
        ));
    }
    let within = slot.starts >= session.from && slot.ends().is_some_and(|end| end <= session.to && end > slot.starts);
    if !within {
        return Err(refuse("refusal-slot-outside").with("from", clock(session.from)).with("to", clock(session.to)));
    }
    let others = schedule.booked.iter().filter(|booked| Some(&booked.slot.candidate) != without);
    for booked in others.filter(|booked| booked.slot.overlaps(slot)) {
        let Some(other) = schedule.session(&booked.slot.session).filter(|other| other.on == session.on) else { continue };
        if let Some(rule) = clash(session, other) {
            let with = Arg::Text(name(state, booked.slot.candidate.as_str()).to_owned());
            return Err(refuse(rule).with("other", with).with("at", clock(booked.slot.starts)));
        }
    }
    Ok(())
}

/// Why two overlapping slots of these sessions cannot both be; none if they can.
fn clash(session: &Session, other: &Session) -> Option<&'static str> {
    if session.id == other.id {
        return Some("refusal-slot-overlap");
    }
    if session.place == other.place {
        return Some("refusal-slot-room");
    }
    session.shares_jurors(other).then_some("refusal-slot-jurors")
}

/// `09:30`.
fn clock(time: Time) -> Arg {
    Arg::Text(time.strftime("%H:%M").to_string())
}

pub(crate) fn of_candidate(state: &State, rule: &str, candidate: &CandidateId) -> Refusal {
    Refusal::of(Message::new(rule).text("candidate", name(state, candidate.as_str())))
}
