//! A round's own life: opened under a rulebook version, with a calendar of its own. How far it is follows from its contests (`view::Step`).
//!
//! The provincial stage of one edition runs from June in one province to December in another, so days belong to the round. How far
//! it is is not stored: it is read off the contests, and nothing can disagree with it.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::rulebook::{Stage, When};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::act::RoundKey;
use crate::id::{JurorId, PersonId};
use crate::limit::hex;
use crate::state::{Round, State};
use crate::view::Step;

/// One version of an edition's rulebook, named so that nothing else can be meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RulebookPin {
    pub edition: String,
    pub version: String,
    /// SHA-256 of the file, 64 lower-case hexadecimal digits.
    pub hash: String,
}

impl RulebookPin {
    /// The pin of a rulebook and the file from which it was read.
    ///
    /// ```
    /// let pin = award::RulebookPin::of(&rules::example(), rules::EXAMPLE.as_bytes());
    /// assert_eq!((pin.edition.as_str(), pin.version.as_str(), pin.hash.len()), ("kampung-bersih-2026", "1", 64));
    /// ```
    pub fn of(rules: &rules::Rulebook, file: &[u8]) -> RulebookPin {
        let edition = &rules.edition;
        RulebookPin { edition: edition.id.clone(), version: edition.version.clone(), hash: hex(&Sha256::digest(file)) }
    }
}

/// That a round was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Opening {
    pub rulebook: RulebookPin,
    /// What the round is called in public, where that is not the name of its region.
    pub label: Option<String>,
    pub by: PersonId,
}

/// A wish to move a round to another version of its rulebook. Somebody else must adopt it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RulebookMove {
    pub to: RulebookPin,
    /// How many differences were shown to whoever proposes; never 0.
    pub differences: u32,
    pub reason: String,
    pub by: PersonId,
}

/// That a proposed version is adopted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Adoption {
    /// The hash of the version proposed.
    pub hash: String,
    pub by: PersonId,
}

/// Whether a day is a plan or took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// What is intended. May be changed for a reason; every plan is kept.
    Planned,
    /// What took place.
    Actual,
}

/// A day of a round's calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RoundDay {
    /// The id of an event of the rulebook's calendar.
    pub event: String,
    pub kind: DayKind,
    pub from: Date,
    /// The last day, if it is not the first.
    pub to: Option<Date>,
    pub reason: Option<String>,
    pub source: Option<String>,
}

impl RoundDay {
    /// The last day.
    pub fn last(&self) -> Date {
        self.to.unwrap_or(self.from)
    }
}

/// Whether anybody has judged in a round: handed in a sheet or a ranking, opened points, handed over paper that was typed, or closed the
/// judging of a contest.
pub fn has_judged(state: &State, round: &RoundKey) -> bool {
    let mut of_round = state.contests.iter().filter(|(key, _)| key.round == *round);
    of_round.any(|(_, contest)| contest.is_judged())
}

/// Planned against actual.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Slippage {
    pub event: String,
    /// The first plan: the round's, else the rulebook's. None where only a month or a relative day was planned.
    pub planned: Option<Date>,
    /// The plan that holds now.
    pub now_planned: Option<Date>,
    pub actual: Option<Date>,
    /// Days from the first plan to what took place, else to the plan that holds now. Negative if earlier.
    pub days: Option<i32>,
    /// The stage to which the event belongs.
    pub stage: Option<Stage>,
}

/// What became of a day of a calendar. Only [`DayState::Awaited`] makes a round late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DayState {
    /// It took place, and is on record.
    TookPlace,
    /// It is still to come, or nobody has said when.
    Ahead,
    /// It should have taken place, and nobody has put it on record.
    Awaited,
    /// A last day that is over. Nobody puts that on record, so it is never late.
    Over,
    /// The round is beyond it: it was done or left out, and nobody put it on record.
    Unrecorded,
}

/// How a day stands to its first plan. All numbers are days, more than 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Slip {
    /// It took place when it was planned first, or is still to come then.
    Kept,
    /// It took place so much earlier.
    Early(i32),
    /// It took place so much later; or it should have taken place, and so much time has gone by since.
    Late(i32),
    /// It is still to come, so much later than first planned.
    MovedBack(i32),
    /// It is planned so much earlier now than at first.
    BroughtForward(i32),
}

impl Slip {
    /// How much later it is than it should be: less than 0 where it took place earlier, 0 where it is still to come.
    pub fn late(self) -> i32 {
        match self {
            Slip::Late(days) => days,
            Slip::Early(days) => -days,
            Slip::Kept | Slip::MovedBack(_) | Slip::BroughtForward(_) => 0,
        }
    }
}

impl Slippage {
    /// What became of the day, on a day of the round's own time; passed is whether the round is beyond it.
    fn state(&self, is_passed: bool, today: Option<Date>) -> DayState {
        let is_over = self.now_planned.or(self.planned).zip(today).is_some_and(|(day, today)| day < today);
        let is_last_day = matches!(self.stage, Some(Stage::Dossier | Stage::Objection));
        match () {
            () if self.actual.is_some() => DayState::TookPlace,
            () if is_last_day && is_over => DayState::Over,
            () if is_passed && !is_last_day => DayState::Unrecorded,
            () if is_over => DayState::Awaited,
            () => DayState::Ahead,
        }
    }

    /// How the day stands to its first plan on a day of the round's own time; none where nothing was planned.
    fn slip(&self, state: DayState, today: Option<Date>) -> Option<Slip> {
        let planned = self.now_planned.or(self.planned)?;
        if state == DayState::Awaited {
            let first = self.planned.map_or(planned, |first| first.min(planned));
            return today.and_then(|today| first.until(today).ok()).map(|gone| Slip::Late(gone.get_days()));
        }
        Some(match (self.days?, state) {
            (0, _) => Slip::Kept,
            (days, DayState::TookPlace) if days < 0 => Slip::Early(-days),
            (days, DayState::TookPlace) => Slip::Late(days),
            (days, _) if days < 0 => Slip::BroughtForward(-days),
            (days, _) => Slip::MovedBack(days),
        })
    }
}

/// What became of every planned day of a round, with how it stands to its first plan; today is a day of the round's own time, and without
/// it nothing is overdue. The one place where it is said what is late. A round is beyond a day before which something later in the calendar
/// took place, and beyond those of the stages that its step has left.
pub fn slips(state: &State, key: &RoundKey, step: Step, today: Option<Date>) -> Vec<(Slippage, DayState, Option<Slip>)> {
    let days = slippage(state, key);
    let passed = days.iter().rposition(|day| day.actual.is_some()).map_or(0, |last| last + 1);
    let told = |(at, day): (usize, Slippage)| {
        let state = day.state(at < passed || has_left(step, day.stage), today);
        let slip = day.slip(state, today);
        (day, state, slip)
    };
    days.into_iter().enumerate().map(told).collect()
}

/// Whether a round at a step is beyond a stage. Before dossiers are closed nothing is left behind: a round opens with its outreach still to do.
fn has_left(step: Step, stage: Option<Stage>) -> bool {
    let at = match step {
        Step::NotOpened | Step::Nomination | Step::Dossiers => return false,
        Step::Verification => Stage::Verification,
        Step::Interview => Stage::Interview,
        Step::Judging => Stage::Judging,
        Step::Closed | Step::Counted => Stage::Counting,
        Step::Ratified | Step::Locked => Stage::Plenary,
        Step::Published => Stage::Objection,
        Step::Announced => return true,
    };
    stage.is_some_and(|stage| stage < at)
}

/// What became of every planned day of a round, in the order of the rulebook's calendar.
pub fn slippage(state: &State, key: &RoundKey) -> Vec<Slippage> {
    let days = state.rounds.get(key).map(|round| round.days.as_slice()).unwrap_or_default();
    let of_level =
        state.rules_of(key).calendar.iter().filter(|event| event.level.as_ref().is_none_or(|level| *level == key.level));
    let slip = |event: &rules::rulebook::CalendarEvent| {
        let own = |kind: DayKind| days.iter().filter(move |day| day.event == event.id && day.kind == kind);
        let planned = on(&event.planned).or(own(DayKind::Planned).next().map(RoundDay::last));
        let now_planned = own(DayKind::Planned).next_back().map(RoundDay::last).or(on(&event.planned));
        let actual = own(DayKind::Actual).next_back().map(RoundDay::last).or(event.actual.as_ref().and_then(on));
        let reached = actual.or(now_planned);
        let days = planned.zip(reached).and_then(|(from, to)| from.until(to).ok()).map(|span| span.get_days());
        Slippage { event: event.id.clone(), planned, now_planned, actual, days, stage: event.stage }
    };
    of_level.map(slip).collect()
}

/// The day, where one is named.
fn on(when: &When) -> Option<Date> {
    match when {
        When::On(day) | When::Between(_, day) => Some(*day),
        When::Months(..) | When::After { .. } => None,
    }
}

/// Somebody who writes down what a juror decides. The marks are the juror's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Aide {
    pub juror: JurorId,
    pub aide: PersonId,
    pub from: Date,
    /// The last day; none: until further notice.
    pub to: Option<Date>,
    pub reason: String,
}

/// What one round knows beside its panel.
impl Round {
    /// The rulebook version that holds now.
    pub fn pin(&self) -> Option<&RulebookPin> {
        self.rulebooks.last().map(|(pin, _)| pin)
    }

    /// The day that holds for an event: what took place, else the last plan.
    pub fn day(&self, event: &str) -> Option<&RoundDay> {
        let own = |kind: DayKind| self.days.iter().rev().find(move |day| day.event == event && day.kind == kind);
        own(DayKind::Actual).or(own(DayKind::Planned))
    }

    /// Whether somebody may write for a juror on a day.
    pub fn may_write_for(&self, aide: &PersonId, juror: &JurorId, on: Date) -> bool {
        let mut meant = self.aides.iter().filter(|known| known.aide == *aide && known.juror == *juror);
        meant.next_back().is_some_and(|known| known.from <= on && known.to.is_none_or(|to| on <= to))
    }

    pub(crate) fn open(&mut self, opening: &Opening, at: Timestamp) {
        self.rulebooks.push((opening.rulebook.clone(), at));
        self.opened = Some(opening.clone());
    }

    pub(crate) fn move_to(&mut self, rulebook: &RulebookPin, at: Timestamp) {
        self.rulebooks.push((rulebook.clone(), at));
        self.proposed = None;
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn day(of: i8) -> Date {
        date(2026, 6, of)
    }

    /// A day that was first planned for 10 June.
    fn planned(now_planned: i8, actual: Option<i8>, stage: Stage) -> Slippage {
        Slippage {
            event: "plenary".into(),
            planned: Some(day(10)),
            now_planned: Some(day(now_planned)),
            actual: actual.map(day),
            days: Some(i32::from(actual.unwrap_or(now_planned) - 10)),
            stage: Some(stage),
        }
    }

    /// How it stands on the 20th.
    fn on_the_20th(slippage: &Slippage, is_passed: bool) -> (DayState, Option<Slip>) {
        let state = slippage.state(is_passed, Some(day(20)));
        (state, slippage.slip(state, Some(day(20))))
    }

    #[test]
    fn a_day_is_late_once_it_took_place_late_or_is_over_and_only_moved_while_it_is_ahead() {
        for (now_planned, actual, state, slip) in [
            (10, Some(10), DayState::TookPlace, Slip::Kept),
            (10, Some(7), DayState::TookPlace, Slip::Early(3)),
            (10, Some(13), DayState::TookPlace, Slip::Late(3)),
            (19, Some(19), DayState::TookPlace, Slip::Late(9)),
            (10, None, DayState::Awaited, Slip::Late(10)),
            (19, None, DayState::Awaited, Slip::Late(10)),
            (20, None, DayState::Ahead, Slip::MovedBack(10)),
            (21, None, DayState::Ahead, Slip::MovedBack(11)),
            (8, None, DayState::Awaited, Slip::Late(12)),
        ] {
            let told = on_the_20th(&planned(now_planned, actual, Stage::Plenary), false);
            assert_eq!(told, (state, Some(slip)), "{now_planned} {actual:?}");
        }
    }

    #[test]
    fn what_stands_before_something_that_took_place_was_not_put_on_record_and_is_not_late() {
        let passed = |now_planned| on_the_20th(&planned(now_planned, None, Stage::Plenary), true);
        assert_eq!(passed(10), (DayState::Unrecorded, Some(Slip::Kept)));
        assert_eq!(passed(13), (DayState::Unrecorded, Some(Slip::MovedBack(3))));
        assert_eq!(passed(8), (DayState::Unrecorded, Some(Slip::BroughtForward(2))));
        assert_eq!(passed(22), (DayState::Unrecorded, Some(Slip::MovedBack(12))));
    }

    #[test]
    fn a_last_day_that_is_over_is_over_and_never_late() {
        for stage in [Stage::Dossier, Stage::Objection] {
            let last_day = |now_planned, is_passed| on_the_20th(&planned(now_planned, None, stage), is_passed);
            assert_eq!(last_day(10, false), (DayState::Over, Some(Slip::Kept)));
            assert_eq!(last_day(19, false), (DayState::Over, Some(Slip::MovedBack(9))));
            assert_eq!(last_day(10, true), (DayState::Over, Some(Slip::Kept)));
            assert_eq!(last_day(20, false), (DayState::Ahead, Some(Slip::MovedBack(10))));
        }
    }

    #[test]
    fn a_round_leaves_a_stage_behind_once_its_contests_are_further_and_all_of_them_once_it_is_announced() {
        let left = |step| [Stage::Outreach, Stage::Interview, Stage::Announcement].map(|stage| has_left(step, Some(stage)));
        assert_eq!(left(Step::Dossiers), [false, false, false]);
        assert_eq!(left(Step::Verification), [true, false, false]);
        assert_eq!(left(Step::Interview), [true, false, false]);
        assert_eq!(left(Step::Judging), [true, true, false]);
        assert_eq!(left(Step::Announced), [true, true, true]);
        assert!(has_left(Step::Announced, None) && !has_left(Step::Published, None));
    }

    #[test]
    fn only_a_day_that_took_place_or_is_over_counts_as_late() {
        let late = [Slip::Kept, Slip::Early(2), Slip::Late(3), Slip::MovedBack(4), Slip::BroughtForward(5)].map(Slip::late);
        assert_eq!(late, [0, -2, 3, 0, 0]);
    }
}
