//! Sidang pleno: a session with attendance and quorum, motions with votes and dissent, sheets revised in the open with before and after,
//! an acting chair, minutes. Where a session is on record, results are ratified only in one that is open and has its quorum.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rules::rulebook::{Panel, SeatRole, Stage};
use serde::{Deserialize, Serialize};
use words::Message;

use crate::act::{ContestKey, RoundKey};
use crate::decide::entry;
use crate::fact::Fact;
use crate::id::{CandidateId, JurorId, PersonId};
use crate::limit;
use crate::panel;
use crate::refusal::Refusal;
use crate::rule;
use crate::stage::announcement::plain_number;
use crate::stage::locking::{about, told};
use crate::state::{Round, State};

/// How a session of the plenary begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlenaryOpening {
    /// Its id, once in the round.
    pub session: String,
    /// Which panel sits.
    pub panel: String,
    /// Where it meets.
    pub place: String,
    /// Who is there.
    pub present: Vec<JurorId>,
    /// Who chairs.
    pub chair: JurorId,
    /// Why somebody else than the panel's chair does.
    pub acting_because: Option<String>,
    /// Who opened it.
    pub by: PersonId,
}

/// Somebody comes or leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PlenaryPresence {
    pub session: String,
    pub juror: JurorId,
    pub is_there: bool,
}

/// Somebody else chairs from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ChairGiven {
    pub session: String,
    pub chair: JurorId,
    /// Why; a text also where the panel's own chair takes over again.
    pub reason: String,
}

/// What the plenary is to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Motion {
    /// The session in which it is moved.
    pub session: String,
    /// Its id, once in the session.
    pub motion: String,
    /// What it says.
    pub text: String,
    /// Who moves it.
    pub mover: JurorId,
    /// Who seconds it; not the mover.
    pub seconder: JurorId,
    /// The contest it concerns; none for a motion about the session itself.
    pub contest: Option<ContestKey>,
    /// The candidates it concerns; empty for all of the contest.
    pub candidates: Vec<CandidateId>,
}

/// How a juror votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Choice {
    For,
    Against,
    Abstain,
}

/// A juror's vote on a motion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Vote {
    pub session: String,
    pub motion: String,
    pub juror: JurorId,
    pub choice: Choice,
    /// What the juror wants to have on record who does not vote for it.
    pub dissent: Option<String>,
}

/// What came of a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct VoteCount {
    pub votes_for: u32,
    pub votes_against: u32,
    pub abstained: u32,
    /// More for than against.
    pub carried: bool,
}

/// How a session ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Minutes {
    pub session: String,
    /// Number of the minutes (berita acara), once in the round.
    pub minutes_number: String,
    /// Number of the decree (SK), where there is one.
    pub decree_number: Option<String>,
    pub by: PersonId,
}

/// A motion with its votes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Moved {
    pub motion: Motion,
    /// Who has no part in it: recused, when it was made, from somebody whom it concerns.
    pub barred: Vec<JurorId>,
    pub votes: Vec<Vote>,
    /// What came of it; none while it is being voted on.
    pub count: Option<VoteCount>,
}

/// A session so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Session {
    pub opening: PlenaryOpening,
    pub opened_at: Timestamp,
    /// Who is there now.
    pub present: Vec<JurorId>,
    /// Who chairs now.
    pub chair: JurorId,
    pub chairs_given: Vec<ChairGiven>,
    pub motions: Vec<Moved>,
    pub minutes: Option<Minutes>,
}

impl Session {
    /// The motion of that id.
    pub fn motion(&self, id: &str) -> Option<&Moved> {
        self.motions.iter().find(|moved| moved.motion.motion == id)
    }

    /// What those who were outvoted or abstained wanted on record.
    pub fn dissent(&self) -> impl Iterator<Item = (&JurorId, &str)> {
        let votes = self.motions.iter().flat_map(|moved| &moved.votes);
        votes.filter_map(|vote| Some((&vote.juror, vote.dissent.as_deref()?)))
    }
}

/// Opens a session: those present sit on the panel, the chair is one of them, and the quorum is there.
pub(crate) fn open(
    state: &State,
    round: &RoundKey,
    opening: &PlenaryOpening,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let at = told(at)?;
    limit::number("session", &opening.session)?;
    limit::name("place", &opening.place)?;
    let known = state.rules_of(round).panels.iter().find(|panel| panel.id == opening.panel && panel.level == round.level);
    let Some(panel) = known else {
        return Err(Refusal::of(Message::new("refusal-no-such-panel").text("panel", &opening.panel)));
    };
    let earlier = state.rounds.get(round).map(|round| round.sessions.as_slice()).unwrap_or_default();
    if earlier.iter().any(|session| session.opening.session == opening.session) {
        return Err(of_session("refusal-plenary-twice", &opening.session));
    }
    if let Some(session) = earlier.iter().find(|known| known.opening.panel == panel.id && known.minutes.is_none()) {
        return Err(of_session("refusal-plenary-open", &session.opening.session));
    }
    for (number, juror) in opening.present.iter().enumerate() {
        sits(state, round, panel, juror)?;
        if !panel::is_in_term(state, round, juror, at) {
            return Err(of_juror("refusal-plenary-term", juror));
        }
        if opening.present[..number].contains(juror) {
            return Err(of_juror("refusal-present-twice", juror));
        }
    }
    may_chair(state, round, panel, &opening.present, &opening.chair, opening.acting_because.as_deref())?;
    quorum(panel, &opening.session, opening.present.len())?;
    Ok(vec![Fact::PlenaryOpened(round.clone(), opening.clone(), at)])
}

/// Puts on record that a juror comes or leaves. Whoever chairs hands over the chair before leaving.
pub(crate) fn note_presence(
    state: &State,
    round: &RoundKey,
    presence: &PlenaryPresence,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let (session, panel) = open_session(state, round, &presence.session)?;
    if presence.is_there {
        sits(state, round, panel, &presence.juror)?;
        if at.is_some_and(|at| !panel::is_in_term(state, round, &presence.juror, at)) {
            return Err(of_juror("refusal-plenary-term", &presence.juror));
        }
    }
    if session.present.contains(&presence.juror) == presence.is_there {
        return Err(of_juror(if presence.is_there { "refusal-present-twice" } else { "refusal-not-present" }, &presence.juror));
    }
    if session.chair == presence.juror {
        return Err(of_juror("refusal-chair-leaves", &presence.juror));
    }
    Ok(vec![Fact::PresenceNoted(round.clone(), presence.clone())])
}

/// Gives the chair to somebody who is there.
pub(crate) fn give_chair(state: &State, round: &RoundKey, given: &ChairGiven) -> Result<Vec<Fact>, Refusal> {
    let (session, panel) = open_session(state, round, &given.session)?;
    limit::text("reason", &given.reason)?;
    if session.chair == given.chair {
        return Err(of_juror("refusal-chairs-already", &given.chair));
    }
    may_chair(state, round, panel, &session.present, &given.chair, Some(&given.reason))?;
    Ok(vec![Fact::ChairGiven(round.clone(), given.clone())])
}

/// Moves a motion; somebody else seconds it.
pub(crate) fn make_motion(state: &State, round: &RoundKey, motion: &Motion) -> Result<Vec<Fact>, Refusal> {
    let (session, panel) = open_session(state, round, &motion.session)?;
    limit::number("motion", &motion.motion)?;
    limit::text("text", &motion.text)?;
    if session.motion(&motion.motion).is_some() {
        return Err(Refusal::of(Message::new("refusal-motion-twice").text("motion", &motion.motion)));
    }
    present(state, round, session, &motion.mover)?;
    present(state, round, session, &motion.seconder)?;
    if motion.contest.is_none() && !motion.candidates.is_empty() {
        return Err(Refusal::of(Message::new("refusal-motion-contest-untold").text("motion", &motion.motion)));
    }
    let is_one_person = |known: &Round| panel::is_one_person(known, &motion.mover, &motion.seconder);
    if motion.mover == motion.seconder || state.rounds.get(round).is_some_and(is_one_person) {
        return Err(of_juror("refusal-own-second", &motion.mover));
    }
    if let Some(key) = &motion.contest {
        let of_panel =
            state.rule(key).and_then(|rule| rule::panel(state.rules_of(&key.round), rule)).is_some_and(|own| own.id == panel.id);
        if key.round != *round || !of_panel {
            return Err(about("refusal-motion-elsewhere", key));
        }
        for candidate in &motion.candidates {
            entry(state, key, candidate.as_str())?;
        }
    }
    let barred = barred(state, motion);
    for juror in [&motion.mover, &motion.seconder] {
        not_barred(&barred, juror)?;
    }
    let may_vote = there(state, round, panel, session).filter(|juror| !barred.contains(juror)).count();
    quorum(panel, &motion.session, may_vote)?;
    Ok(vec![Fact::MotionMade { round: round.clone(), motion: motion.clone(), barred }])
}

/// A juror votes once, in person, and not on a candidate from which they are recused.
pub(crate) fn cast_vote(state: &State, round: &RoundKey, vote: &Vote) -> Result<Vec<Fact>, Refusal> {
    let (session, _) = open_session(state, round, &vote.session)?;
    let moved = open_motion(session, &vote.motion)?;
    present(state, round, session, &vote.juror)?;
    not_barred(&moved.barred, &vote.juror)?;
    if moved.votes.iter().any(|known| known.juror == vote.juror) {
        return Err(of_juror("refusal-voted-twice", &vote.juror));
    }
    if let Some(dissent) = &vote.dissent {
        limit::text("dissent", dissent)?;
        if vote.choice == Choice::For {
            return Err(of_juror("refusal-dissent-for", &vote.juror));
        }
    }
    Ok(vec![Fact::VoteCast(round.clone(), vote.clone())])
}

/// Ends a vote: as many as the quorum must have voted or abstained; more for than against carries it.
pub(crate) fn close_vote(state: &State, round: &RoundKey, session: &str, motion: &str) -> Result<Vec<Fact>, Refusal> {
    let (session, panel) = open_session(state, round, session)?;
    let moved = open_motion(session, motion)?;
    // Who was replaced since no longer sits, and whoever has the seat now may have voted too.
    let sits = |vote: &&Vote| seat_role(state, round, panel, &vote.juror).is_some();
    quorum(panel, &session.opening.session, moved.votes.iter().filter(sits).count())?;
    let of = |choice: Choice| moved.votes.iter().filter(sits).filter(|vote| vote.choice == choice).count();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let (votes_for, votes_against, abstained) = (of(Choice::For), of(Choice::Against), of(Choice::Abstain));
    let count = VoteCount {
        votes_for: number(votes_for),
        votes_against: number(votes_against),
        abstained: number(abstained),
        carried: votes_for > votes_against,
    };
    let session = session.opening.session.clone();
    Ok(vec![Fact::VoteClosed { round: round.clone(), session, motion: motion.to_owned(), count }])
}

/// Closes a session with its minutes; every motion was voted on.
pub(crate) fn close(state: &State, round: &RoundKey, minutes: &Minutes) -> Result<Vec<Fact>, Refusal> {
    let (session, _) = open_session(state, round, &minutes.session)?;
    limit::number("minutes", &minutes.minutes_number)?;
    if let Some(decree) = &minutes.decree_number {
        limit::number("decree", decree)?;
    }
    if let Some(moved) = session.motions.iter().find(|moved| moved.count.is_none()) {
        return Err(Refusal::of(Message::new("refusal-motion-open").text("motion", &moved.motion.motion)));
    }
    let sessions = state.rounds.get(round).map(|round| round.sessions.as_slice()).unwrap_or_default();
    let number = plain_number(&minutes.minutes_number);
    let holds = |session: &&Session| session.minutes.as_ref().is_some_and(|known| plain_number(&known.minutes_number) == number);
    if let Some(holder) = sessions.iter().find(holds) {
        let message = Message::new("refusal-minutes-twice").text("number", &minutes.minutes_number);
        return Err(Refusal::of(message.text("session", &holder.opening.session).text("round", round.path())));
    }
    Ok(vec![Fact::PlenaryClosed(round.clone(), minutes.clone())])
}

/// Where the office leads the contest, or a session is on record: one must be open with its quorum, and no motion on the contest still be
/// voted on. A file tells of no sessions.
pub(crate) fn may_ratify(state: &State, key: &ContestKey) -> Result<(), Refusal> {
    let Some(panel) = state.rule(key).and_then(|rule| rule::panel(state.rules_of(&key.round), rule)) else { return Ok(()) };
    let sessions = state.rounds.get(&key.round).map(|round| round.sessions.as_slice()).unwrap_or_default();
    let has_plenary = state.rule(key).is_some_and(|rule| rule::has_stage(rule, Stage::Plenary));
    let led_by_office = state.contests.get(key).is_some_and(|contest| contest.closed_at.is_some());
    let on_record = sessions.iter().any(|session| session.opening.panel == panel.id);
    let asked = on_record || (has_plenary && led_by_office);
    if !asked {
        return Ok(());
    }
    let Some(session) = session_of(state, key) else { return Err(about("refusal-no-plenary", key)) };
    let voted_on = |moved: &&Moved| moved.count.is_none() && moved.motion.contest.as_ref() == Some(key);
    if let Some(moved) = session.motions.iter().find(voted_on) {
        return Err(Refusal::of(Message::new("refusal-motion-open").text("motion", &moved.motion.motion)));
    }
    quorum(panel, &session.opening.session, there(state, &key.round, panel, session).count())
}

/// Who is there and sits on the panel: whoever was replaced meanwhile no longer does.
fn there<'s>(state: &'s State, round: &'s RoundKey, panel: &'s Panel, session: &'s Session) -> impl Iterator<Item = &'s JurorId> {
    session.present.iter().filter(move |juror| seat_role(state, round, panel, juror).is_some())
}

/// The open session of the panel that judges a contest.
pub(crate) fn session_of<'s>(state: &'s State, key: &ContestKey) -> Option<&'s Session> {
    let panel = state.rule(key).and_then(|rule| rule::panel(state.rules_of(&key.round), rule))?;
    let sessions = &state.rounds.get(&key.round)?.sessions;
    sessions.iter().find(|session| session.opening.panel == panel.id && session.minutes.is_none())
}

fn open_session<'s>(state: &'s State, round: &RoundKey, id: &str) -> Result<(&'s Session, &'s Panel), Refusal> {
    let sessions = state.rounds.get(round).map(|round| round.sessions.as_slice()).unwrap_or_default();
    let known = sessions.iter().find(|session| session.opening.session == id);
    let panel = known.and_then(|session| state.rules_of(round).panels.iter().find(|panel| panel.id == session.opening.panel));
    match known.zip(panel) {
        Some((session, panel)) if session.minutes.is_none() => Ok((session, panel)),
        Some(_) => Err(of_session("refusal-plenary-closed", id)),
        None => Err(of_session("refusal-no-such-plenary", id)),
    }
}

fn open_motion<'s>(session: &'s Session, id: &str) -> Result<&'s Moved, Refusal> {
    match session.motion(id) {
        Some(moved) if moved.count.is_none() => Ok(moved),
        Some(_) => Err(Refusal::of(Message::new("refusal-vote-closed").text("motion", id))),
        None => Err(Refusal::of(Message::new("refusal-no-such-motion").text("motion", id))),
    }
}

fn sits(state: &State, round: &RoundKey, panel: &Panel, juror: &JurorId) -> Result<(), Refusal> {
    match seat_role(state, round, panel, juror) {
        Some(_) => Ok(()),
        None => Err(of_juror("refusal-not-of-panel", juror)),
    }
}

fn seat_role(state: &State, round: &RoundKey, panel: &Panel, juror: &JurorId) -> Option<SeatRole> {
    let appointed = panel::seated(state.rounds.get(round)?).filter(|known| known.juror == *juror);
    appointed.filter_map(|known| panel.seats.iter().find(|seat| seat.id == known.seat)).map(|seat| seat.role).next()
}

/// The panel's chair may chair; another member where the rulebook knows an acting chair, for a reason.
fn may_chair(
    state: &State,
    round: &RoundKey,
    panel: &Panel,
    present: &[JurorId],
    chair: &JurorId,
    because: Option<&str>,
) -> Result<(), Refusal> {
    if !present.contains(chair) {
        return Err(of_juror("refusal-not-present", chair));
    }
    sits(state, round, panel, chair)?;
    if seat_role(state, round, panel, chair) == Some(SeatRole::Chair) {
        return Ok(());
    }
    if !panel.acting_chair {
        return Err(of_juror("refusal-acting-chair-barred", chair));
    }
    limit::text("reason", because.unwrap_or_default())
}

/// Refuses who is not in the room, or no longer sits on the panel.
pub(super) fn present(state: &State, round: &RoundKey, session: &Session, juror: &JurorId) -> Result<(), Refusal> {
    if !session.present.contains(juror) {
        return Err(of_juror("refusal-not-present", juror));
    }
    match state.rules_of(round).panels.iter().find(|panel| panel.id == session.opening.panel) {
        Some(panel) => sits(state, round, panel, juror),
        None => Ok(()),
    }
}

/// The jurors who are recused from somebody whom a motion concerns.
fn barred(state: &State, motion: &Motion) -> Vec<JurorId> {
    let Some(contest) = motion.contest.as_ref().and_then(|key| state.contests.get(key)) else { return Vec::new() };
    let concerned = |candidate: &CandidateId| motion.candidates.is_empty() || motion.candidates.contains(candidate);
    let recused = contest.conflicts.iter().filter(|conflict| conflict.recused && concerned(&conflict.candidate));
    recused.map(|conflict| conflict.juror.clone()).collect::<BTreeSet<_>>().into_iter().collect()
}

fn not_barred(barred: &[JurorId], juror: &JurorId) -> Result<(), Refusal> {
    if barred.contains(juror) { Err(of_juror("refusal-recused-vote", juror)) } else { Ok(()) }
}

fn quorum(panel: &Panel, session: &str, there: usize) -> Result<(), Refusal> {
    if there >= panel.quorum as usize {
        return Ok(());
    }
    let message = Message::new("refusal-plenary-quorum").text("session", session);
    Err(Refusal::of(message.number("there", there).number("quorum", panel.quorum)))
}

fn of_session(rule: &str, session: &str) -> Refusal {
    Refusal::of(Message::new(rule).text("session", session))
}

fn of_juror(rule: &str, juror: &JurorId) -> Refusal {
    Refusal::of(Message::new(rule).text("juror", juror.as_str()))
}
