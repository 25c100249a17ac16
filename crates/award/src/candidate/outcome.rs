//! The interview and the result as the candidate itself sees them.

use jiff::civil::{DateTime, Time};
use rules::rulebook::Delegation;
use serde::Serialize;

use crate::act::ContestKey;
use crate::expected::{out_name, status_name};
use crate::id::CandidateId;
use crate::rule;
use crate::schedule::{Delegate, Invited, Session};
use crate::sentence::{Sentence, Teller};
use crate::state::State;

/// A candidate's interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct OutcomeLine {
    pub place: Option<u32>,
    /// How many have a place.
    pub of: usize,
    /// Exact.
    pub total: Option<String>,
    pub status: String,
    /// Exact points to the cut; none for those who go on, and where there is no cut.
    pub gap: Option<String>,
    /// The one sentence: place, quota, what was lacking, what would have been enough.
    pub sentence: Sentence,
    /// Whether it is announced; until then it is provisional.
    pub announced: bool,
}

/// The interview of a candidate; none before it has a slot.
pub fn hearing(state: &State, key: &ContestKey, candidate: &CandidateId) -> Option<HearingLine> {
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
        session,
    })
}

/// What the table of attendance says of the delegation, where the contest has one.
fn delegation(state: &State, key: &ContestKey) -> Option<Delegation> {
    let scheme = state.rules.scheme(&state.rule(key)?.scheme)?;
    let table = scheme.aspects.iter().find_map(|aspect| aspect.attendance.as_ref())?;
    state.rules.attendance_table(table).map(|table| table.delegation)
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
        place: row.map(|row| row.place),
        of: outcome.standing.len(),
        total: row.map(|row| row.total.to_string()),
        status,
        gap: row.and_then(|row| row.gap.as_ref()).map(ToString::to_string),
        sentence,
        announced: contest.announced,
    })
}
