//! The panel: who sits on it by which decree and for how long, who left and what became of the sheets, which seats are free, and who
//! chairs for a candidate.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::rulebook::{GivenSheets, Panel, Seat, SeatRole, Text};
use serde::{Deserialize, Serialize};

use crate::act::{ContestKey, RoundKey};
use crate::cycle::tables::Appointment;
use crate::deadline::local_day;
use crate::id::{CandidateId, JurorId, PersonId};
use crate::people;
use crate::rule;
use crate::state::{Contest, Round, State};

/// The decree (SK) by which somebody is appointed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Decree {
    pub number: String,
    pub date: Date,
}

/// A person appointed to a seat by decree, for a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DecreedSeat {
    pub appointment: Appointment,
    pub decree: Decree,
    /// First day.
    pub from: Date,
    /// Last day; none until further notice.
    pub to: Option<Date>,
    /// Why somebody sits here whose office the seat is not for, or who is a delegate where it allows none.
    pub exception: Option<String>,
}

/// A member leaves and another takes the seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Replacement {
    pub leaves: JurorId,
    pub takes: DecreedSeat,
    /// What becomes of the sheets already given in contests whose judging is open.
    pub sheets: GivenSheets,
    pub reason: String,
}

/// Who acts as chair for a candidate from whom the chair is recused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ActingChair {
    pub candidate: CandidateId,
    pub juror: JurorId,
    pub reason: String,
}

/// A member who left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Left {
    pub juror: JurorId,
    pub successor: JurorId,
    pub sheets: GivenSheets,
    pub reason: String,
}

/// A kind of seat that is not filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct FreeSeat {
    pub panel: String,
    pub seat: String,
    pub name: Text,
    pub filled: usize,
    pub count: u32,
}

/// The seats of a round's panels that nobody fills.
pub fn free_seats(state: &State, round: &RoundKey) -> Vec<FreeSeat> {
    let panels = state.rules_of(round).panels.iter().filter(|panel| panel.level == round.level);
    let seats = panels.flat_map(|panel| panel.seats.iter().map(move |seat| (panel, seat)));
    let filled = |seat: &Seat| state.rounds.get(round).map_or(0, |round| seated(round).filter(|one| one.seat == seat.id).count());
    let free = seats.map(|(panel, seat)| FreeSeat {
        panel: panel.id.clone(),
        seat: seat.id.clone(),
        name: seat.name.clone(),
        filled: filled(seat),
        count: seat.count,
    });
    free.filter(|seat| seat.filled < seat.count as usize).collect()
}

/// Those who sit on a round's panels now.
pub fn seated(round: &Round) -> impl Iterator<Item = &Appointment> {
    round.panel.iter().filter(|juror| !round.left.iter().any(|left| left.juror == juror.juror))
}

/// Whether an appointment counts in a contest. Where judging is closed, nothing changes any more; else a member who left counts where the
/// sheets do.
pub(crate) fn sits(round: &Round, contest: Option<&Contest>, juror: &JurorId) -> bool {
    if let Some(contest) = contest.filter(|contest| contest.judging_closed) {
        return contest.closed_with.contains(juror);
    }
    let Some(left) = round.left.iter().find(|left| left.juror == *juror) else { return true };
    left.sheets == GivenSheets::Keep && contest.is_some_and(|contest| contest.has_sheet_of(juror))
}

/// The appointment of a juror who judges a contest and has not left.
pub(crate) fn serving<'s>(state: &'s State, key: &ContestKey, juror: &JurorId) -> Option<&'s Appointment> {
    state.jurors(key).into_iter().find(|known| known.juror == *juror).filter(|_| !has_left(state, key, juror))
}

/// Whether a juror has left the panel.
pub(crate) fn has_left(state: &State, key: &ContestKey, juror: &JurorId) -> bool {
    state.rounds.get(&key.round).is_some_and(|round| round.left.iter().any(|left| left.juror == *juror))
}

/// Whether the sheets of a juror are void in a contest: the juror was replaced with that choice while judging was open.
pub(crate) fn is_void(state: &State, key: &ContestKey, juror: &JurorId) -> bool {
    let mut left = state.rounds.get(&key.round).into_iter().flat_map(|round| &round.left);
    let was_there = |contest: &Contest| contest.judging_closed && contest.closed_with.contains(juror);
    left.any(|left| left.juror == *juror && left.sheets == GivenSheets::Void) && !state.contests.get(key).is_some_and(was_there)
}

/// Whether marks of a juror for a candidate are asked: of a replaced member only where there are sheets that count, of a successor only
/// where nobody who had the seat before left one that counts. A seat gives one sheet for each candidate, however often it changes hands.
pub(crate) fn is_asked(state: &State, key: &ContestKey, juror: &JurorId, candidate: &CandidateId) -> bool {
    let Some(round) = state.rounds.get(&key.round).filter(|round| !round.left.is_empty()) else { return true };
    let judged = |juror: &JurorId| state.contests.get(key).is_some_and(|contest| contest.has_sheet(juror, candidate));
    let keeps = |left: &&Left| left.sheets == GivenSheets::Keep;
    let as_former = round.left.iter().filter(keeps).find(|left| left.juror == *juror);
    as_former.is_none_or(|_| judged(juror)) && !before(round, juror).filter(keeps).any(|left| judged(&left.juror))
}

/// Those who had a juror's seat before, the last one first. Nobody comes back to a panel, so the way ends.
fn before<'r>(round: &'r Round, juror: &JurorId) -> impl Iterator<Item = &'r Left> {
    let predecessor = |of: &JurorId| round.left.iter().find(|left| left.successor == *of);
    std::iter::successors(predecessor(juror), move |left| predecessor(&left.juror)).take(round.left.len())
}

/// Whether a juror's term runs at that time, by local days, both included. Whoever was appointed without a decree has no term.
pub(crate) fn is_in_term(state: &State, round: &RoundKey, juror: &JurorId, at: Timestamp) -> bool {
    let known = state.rounds.get(round).map(|round| round.decreed.as_slice()).unwrap_or_default();
    let Some(seat) = known.iter().rev().find(|seat| seat.appointment.juror == *juror) else { return true };
    let Some(level) = state.rules_of(round).level(&round.level) else { return true };
    let zone = state.geography.zone_of_time(level, round.region.as_deref().unwrap_or_default());
    let day = local_day(at, zone);
    day >= seat.from && seat.to.is_none_or(|to| day <= to)
}

/// Who a juror of a round is among those who are entered; none where a file tied the juror to nobody.
pub(crate) fn person<'r>(round: &'r Round, juror: &JurorId) -> Option<&'r PersonId> {
    round.panel.iter().find(|known| known.juror == *juror)?.person.as_ref()
}

/// Whether two jurors of a round are one person.
pub(crate) fn is_one_person(round: &Round, one: &JurorId, other: &JurorId) -> bool {
    one == other || person(round, one).zip(person(round, other)).is_some_and(|(one, other)| people::is_same(one, other))
}

/// The juror as whom a person sits in a round now.
pub(crate) fn seat_of<'r>(round: &'r Round, person: &PersonId) -> Option<&'r Appointment> {
    seated(round).find(|juror| juror.person.as_ref().is_some_and(|known| people::is_same(known, person)))
}

/// The panel of a contest.
pub(crate) fn of_contest<'s>(state: &'s State, key: &ContestKey) -> Option<&'s Panel> {
    rule::panel(state.rules_of(&key.round), state.rule(key)?)
}

/// Who sits in the chair of a contest's panel.
pub fn chair<'s>(state: &'s State, key: &ContestKey) -> Option<&'s Appointment> {
    let panel = of_contest(state, key)?;
    let is_chair = |juror: &&Appointment| panel.seats.iter().any(|seat| seat.id == juror.seat && seat.role == SeatRole::Chair);
    seated(state.rounds.get(&key.round)?).find(is_chair)
}

/// Who chairs for a candidate: the chair, or whoever was named to act where the chair is recused.
pub fn chair_for<'s>(state: &'s State, key: &ContestKey, candidate: &CandidateId) -> Option<&'s JurorId> {
    let contest = state.contests.get(key)?;
    match chair(state, key) {
        Some(chair) if !is_biased(contest, &chair.juror, candidate) => Some(&chair.juror),
        _ => contest.entry(candidate.as_str())?.acting.last().map(|acting| &acting.juror),
    }
}

/// Whether a juror takes no part with a candidate, or is in doubt about it.
pub(crate) fn is_biased(contest: &Contest, juror: &JurorId, candidate: &CandidateId) -> bool {
    use crate::interest::Stance;
    let stance = contest.entry(candidate.as_str()).map(|entry| entry.interests.stance(juror, candidate));
    contest.is_recused(juror, candidate) || matches!(stance, Some(Stance::Recused | Stance::Doubtful))
}

/// How many jurors are left for a candidate after recusals.
pub fn effective(state: &State, key: &ContestKey, candidate: &CandidateId) -> usize {
    let Some(contest) = state.contests.get(key) else { return 0 };
    let left =
        |juror: &&&Appointment| is_asked(state, key, &juror.juror, candidate) && !contest.is_recused(&juror.juror, candidate);
    state.jurors(key).iter().filter(left).count()
}
