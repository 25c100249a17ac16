//! The interview and the result as the candidate itself sees them.

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use rules::rulebook::{Delegation, Text};
use serde::Serialize;

use crate::act::ContestKey;
use crate::deadline::Deadline;
use crate::expected::{out_name, status_name};
use crate::fact::Counted;
use crate::id::CandidateId;
use crate::refusal::Refusal;
use crate::rule;
use crate::schedule::{Delegate, Invited, KeptMaterial, Session};
use crate::sentence::{Sentence, Teller};
use crate::stage;
use crate::state::{Contest, State};
use crate::view::pool_name;

/// A candidate's interview.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct HearingLine {
    pub session: Session,
    pub starts: Time,
    pub ends: Option<Time>,
    /// Short name of the local time, such as `WITA`.
    pub zone: &'static str,
    /// Until when materials must be there, in local time.
    pub materials_due: Option<DateTime>,
    /// What the rulebook says of the delegation that may come.
    pub delegation: Option<Delegation>,
    pub invited: Invited,
    /// Who came, the speaker first; empty before.
    pub came: Vec<Delegate>,
    /// Whom the candidate sends, the speaker first; empty before it said so.
    pub sent: Vec<Delegate>,
    /// What it handed in for it, in order.
    pub materials: Vec<KeptMaterial>,
    /// The ranks that count, the highest first; empty where none does.
    pub ranks: Vec<(String, Text)>,
    /// Whether it can still say whom it sends; else why not.
    pub may_send: Result<(), Refusal>,
    /// Whether it can still hand in a material; else why not.
    pub may_hand_in: Result<(), Refusal>,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct OutcomeLine {
    pub place: Option<u32>,
    /// How many have a place; where places go by pool, in the own one.
    pub of: usize,
    /// The pool in which the place is; none where all compete with all.
    pub pool: Option<Text>,
    /// Exact.
    pub total: Option<String>,
    pub status: String,
    /// Exact points to the cut; none for those who go on, and where there is no cut.
    pub gap: Option<String>,
    /// The awards that it holds; none before it is announced.
    pub awards: Vec<Text>,
    /// The one sentence: place, quota, what was lacking, what would have been enough.
    pub sentence: Sentence,
    /// Whether it is announced; until then it is provisional.
    pub announced: bool,
    /// Until when it can be objected to, as long as it is provisional; none where the rulebook sets no end.
    pub objections_until: Option<Deadline>,
}

/// The interview of a candidate at an instant; none before it has a slot.
pub fn hearing(state: &State, key: &ContestKey, candidate: &CandidateId, at: Timestamp) -> Option<HearingLine> {
    let entry = state.contests.get(key)?.entry(candidate.as_str())?;
    let schedule = &state.rounds.get(&key.round)?.schedule;
    let own = |booked: &&crate::schedule::Booked| booked.contest == *key && booked.slot.candidate == *candidate;
    let slot = &schedule.booked.iter().find(own)?.slot;
    let session = schedule.session(&slot.session)?.clone();
    let check_in = entry.hearing.check_ins.iter().rev().find(|came| came.candidate == *candidate);
    Some(HearingLine {
        starts: slot.starts,
        ends: slot.ends(),
        zone: rule::zone_of(state, key).abbreviation(),
        materials_due: session.materials_due,
        delegation: delegation(state, key),
        invited: entry.hearing.invited(candidate),
        came: check_in.map(|came| came.delegation.clone()).unwrap_or_default(),
        sent: entry.hearing.sent.last().map(|sent| sent.delegation.clone()).unwrap_or_default(),
        materials: entry.hearing.materials.clone(),
        ranks: ranks(state, key, candidate),
        may_send: stage::hearing::may_send(state, key, candidate, at),
        may_hand_in: stage::hearing::may_hand_in_material(state, key, candidate, at),
        session,
    })
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

/// The result of a candidate as everybody may read it: once it is published or announced, never before.
pub fn outcome(state: &State, key: &ContestKey, candidate: &CandidateId) -> Option<OutcomeLine> {
    let contest = state.contests.get(key).filter(|contest| contest.announced || contest.is_published())?;
    let (entry, counted) = (contest.entry(candidate.as_str())?, contest.result()?);
    let (outcome, teller) = (&counted.outcome, Teller { state, key, counted });
    let row = outcome.standing.iter().find(|row| row.entry == candidate.as_str());
    let out = outcome.out.iter().find(|row| row.entry == candidate.as_str());
    let (sentence, status) = match (row, out) {
        (Some(row), _) => (teller.placed(row), status_name(row.status)),
        (None, Some(out)) => (teller.out(entry, &out.status), out_name(&out.status).to_owned()),
        (None, None) => return None,
    };
    Some(OutcomeLine {
        place: row.map(|row| counted.place(row)),
        pool: row.and_then(|row| pool_name(state, key, counted, row)),
        of: row.map_or(outcome.standing.len(), |row| counted.among(row)),
        total: row.map(|row| row.total.to_string()),
        status,
        gap: row.and_then(|row| row.gap.as_ref()).map(ToString::to_string),
        awards: if contest.announced { awards(state, key, contest, counted, candidate) } else { Vec::new() },
        sentence,
        announced: contest.announced,
        objections_until: contest.closing.published.as_ref().filter(|_| !contest.announced).and_then(|published| published.until),
    })
}

/// What a candidate was given and did not lose, in the order of the rulebook.
fn awards(state: &State, key: &ContestKey, contest: &Contest, counted: &Counted, candidate: &CandidateId) -> Vec<Text> {
    let given = |id: &str| {
        let named = |one: &tally::outcome::Awarded| one.id == id && one.entries.iter().any(|entry| entry == candidate.as_str());
        counted.outcome.awards.iter().any(named) && counted.has_award(id, candidate.as_str())
    };
    let own = state.rules_of(&key.round).awards.iter().filter(|award| given(&award.id) && !contest.closing.is_out(candidate));
    own.map(|award| award.name.clone()).collect()
}
