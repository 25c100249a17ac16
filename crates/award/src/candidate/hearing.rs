//! The interview as the candidate itself sees it: when and where, who is to come, whom it sends and who came, what it will show.

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use rules::rulebook::{AttendanceRule, Delegation, Text};
use words::{Arg, Message};

use crate::act::ContestKey;
use crate::cycle::tables::Came;
use crate::id::CandidateId;
use crate::notice;
use crate::refusal::Refusal;
use crate::rule;
use crate::schedule::{Delegate, Invited, KeptMaterial, Session};
use crate::sentence::Sentence;
use crate::shortfall::Shortfall;
use crate::stage;
use crate::state::State;

/// A candidate's interview.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct HearingLine {
    pub session: Session,
    pub starts: Time,
    pub ends: Option<Time>,
    /// Short name of the local time, such as `WITA`.
    pub zone: &'static str,
    /// Until when materials must be there, in local time: as the session says, else when the candidate's time begins.
    pub materials_until: DateTime,
    /// Who is to come by the rulebook: the leader, so many officials; empty where it asks nothing.
    pub asked: Vec<Sentence>,
    /// What the rulebook says of a delegation that is otherwise; none where it asks nothing.
    pub delegation: Option<Delegation>,
    pub invited: Invited,
    /// Whether it can still answer the invitation, or answer otherwise.
    pub may_answer: bool,
    /// Who came, the speaker first; empty before.
    pub came: Vec<Delegate>,
    /// Whom the candidate sends, the speaker first; empty before it said so.
    pub sent: Vec<Delegate>,
    /// What those lack of what is asked who came, or whom the candidate sends as long as nobody came.
    pub lacking: Vec<Sentence>,
    /// Whether anybody came, once that is on record.
    pub attended: Option<Came>,
    /// What it handed in for it, in order.
    pub materials: Vec<KeptMaterial>,
    /// The ranks that count, the highest first; empty where none does.
    pub ranks: Vec<(String, Text)>,
    /// Whether it can still say whom it sends; else why not.
    pub may_send: Result<(), Refusal>,
    /// Whether it can still hand in a material; else why not.
    pub may_hand_in: Result<(), Refusal>,
}

/// The interview of a candidate at an instant; none before it has a slot.
pub fn hearing(state: &State, key: &ContestKey, candidate: &CandidateId, at: Timestamp) -> Option<HearingLine> {
    let entry = state.contests.get(key)?.entry(candidate.as_str())?;
    let schedule = &state.rounds.get(&key.round)?.schedule;
    let own = |booked: &&crate::schedule::Booked| booked.contest == *key && booked.slot.candidate == *candidate;
    let slot = &schedule.booked.iter().find(own)?.slot;
    let session = schedule.session(&slot.session)?.clone();
    let check_in = entry.hearing.check_ins.iter().rev().find(|came| came.candidate == *candidate);
    let came = check_in.map(|came| came.delegation.clone()).unwrap_or_default();
    let sent = entry.hearing.sent.last().map(|sent| sent.delegation.clone()).unwrap_or_default();
    let asked = asked(state, key, candidate);
    Some(HearingLine {
        starts: slot.starts,
        ends: slot.ends(),
        zone: rule::zone_of(state, key).abbreviation(),
        materials_until: session.materials_due.unwrap_or_else(|| session.on.to_datetime(slot.starts)),
        delegation: delegation(state, key).filter(|_| !asked.is_empty()),
        asked,
        invited: entry.hearing.invited(candidate),
        may_answer: stage::schedule::may_answer(state, key, candidate),
        lacking: lacking(state, key, candidate, if came.is_empty() { &sent } else { &came }),
        attended: entry.attendance.as_ref().map(|attendance| attendance.state),
        came,
        sent,
        materials: entry.hearing.materials.clone(),
        ranks: ranks(state, key, candidate),
        may_send: stage::hearing::may_send(state, key, candidate, at),
        may_hand_in: stage::hearing::may_hand_in_material(state, key, candidate, at),
        session,
    })
}

/// Who is to come by the tables that hold for a candidate.
fn asked(state: &State, key: &ContestKey, candidate: &CandidateId) -> Vec<Sentence> {
    let of = |table: &AttendanceRule| {
        let leader = notice::leader_of(table).filter(|_| table.leader_required);
        let leader = leader.map(|rank| Message::new("hearing-asks-leader").local("rank", &rank.name.id, &rank.name.en));
        let officials = table.officials.filter(|least| *least > 0);
        [leader, officials.map(|least| Message::new("hearing-asks-officials").number("least", least))]
    };
    let tables = stage::hearing::tables(state, key, candidate).into_iter();
    tables.flat_map(of).flatten().map(Sentence::from).collect()
}

/// What a delegation lacks of what is asked; nothing of one that nobody has named.
fn lacking(state: &State, key: &ContestKey, candidate: &CandidateId, delegation: &[Delegate]) -> Vec<Sentence> {
    let said = |short: Shortfall| match short {
        Shortfall::Officials { came, least, .. } => {
            Some(Message::new("hearing-lacks-officials").number("came", came).number("least", least))
        }
        Shortfall::Leader { rank, .. } => {
            let known = ranks(state, key, candidate).into_iter().find(|(id, _)| *id == rank).map(|(_, name)| name);
            let name = known.map_or(Arg::Text(rank), |name| Arg::Local(name.id, name.en));
            Some(Message::new("hearing-lacks-leader").with("rank", name))
        }
        Shortfall::SeatOffice { .. } | Shortfall::Invited { .. } => None,
    };
    let short = stage::hearing::shortfalls_of(state, key, candidate, delegation).into_iter();
    short.filter_map(said).map(Sentence::from).collect()
}

/// The ranks of the tables that hold for a candidate, each once.
fn ranks(state: &State, key: &ContestKey, candidate: &CandidateId) -> Vec<(String, Text)> {
    let mut ranks: Vec<(String, Text)> = Vec::new();
    for rank in stage::hearing::tables(state, key, candidate).into_iter().flat_map(|table| &table.ranks) {
        if ranks.iter().all(|(known, _)| *known != rank.id) {
            ranks.push((rank.id.clone(), rank.name.clone()));
        }
    }
    ranks
}

/// What the table of attendance says of the delegation, where the contest has one.
fn delegation(state: &State, key: &ContestKey) -> Option<Delegation> {
    let rules = state.rules_of(&key.round);
    let scheme = rules.scheme(&state.rule(key)?.scheme)?;
    let table = scheme.aspects.iter().find_map(|aspect| aspect.attendance.as_ref())?;
    rules.attendance_table(table).map(|table| table.delegation)
}
