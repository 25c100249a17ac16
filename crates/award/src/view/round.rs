//! A round: its calendar, its panel, its contests and what was published of it.

use jiff::civil::Date;
use rules::rulebook::{SeatRole, Stage, Text};
use serde::Serialize;

use super::{Advance, Step, Viewer};
use crate::act::RoundKey;
use crate::cycle::tables::Appointment;
use crate::deadline::local_day;
use crate::panel::{self, Decree, FreeSeat, free_seats, seated};
use crate::round::{DayState, RulebookPin, Slip, Slippage, slippage, slips};
use crate::rule;
use crate::stage::opening::zone;
use crate::state::Round;

/// A round as somebody sees it. Panels and calendars are public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct RoundView {
    pub level: String,
    pub level_name: Option<Text>,
    pub region: Option<String>,
    /// What the round is called in public.
    pub name: Option<String>,
    pub step: Step,
    /// The rulebook version that holds now.
    pub rulebook: Option<RulebookPin>,
    pub calendar: Vec<DaySeen>,
    pub seats: Vec<SeatSeen>,
    pub free_seats: Vec<FreeSeat>,
    pub contests: Vec<ContestLine>,
}

/// An event of the calendar, planned and actual.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct DaySeen {
    pub event: String,
    pub name: Text,
    /// The first plan.
    pub planned: Option<Date>,
    /// The plan that holds now.
    pub now_planned: Option<Date>,
    pub actual: Option<Date>,
    /// What became of it.
    pub state: DayState,
    /// How it stands to the first plan; none where no day was planned.
    pub slip: Option<Slip>,
}

/// Somebody on the panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct SeatSeen {
    pub seat: String,
    pub seat_name: Option<Text>,
    pub is_chair: bool,
    pub name: String,
    pub office: Option<String>,
    /// By which decree; none where no source tells.
    pub decree: Option<Decree>,
}

/// One line for a contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ContestLine {
    /// Its public id.
    pub id: String,
    pub category: String,
    pub category_name: Option<Text>,
    pub step: Step,
    pub entered: usize,
}

impl Viewer<'_> {
    /// A round, by the contests of the state; none if nothing of it was ever opened or entered.
    pub fn round(&self, key: &RoundKey) -> Option<RoundView> {
        self.round_of(key, &self.advances())
    }

    /// A round, by contests of which only so much is known.
    pub fn round_of(&self, key: &RoundKey, advances: &[Advance]) -> Option<RoundView> {
        let state = self.state;
        let known = state.rounds.get(key);
        let own = advances.iter().filter(|advance| advance.contest.round == *key);
        let contests: Vec<ContestLine> = own.map(|advance| self.line(advance)).collect();
        if known.is_none() && contests.is_empty() {
            return None;
        }
        let label = known.and_then(|round| round.opened.as_ref()?.label.clone());
        let seats = known.into_iter().flat_map(|round| seated(round).map(|juror| self.seat(key, &round.decreed, juror)));
        Some(RoundView {
            level: key.level.clone(),
            level_name: state.rules_of(key).level(&key.level).map(|level| level.name.clone()),
            region: key.region.clone(),
            name: label.or_else(|| key.region.as_deref().map(|code| self.region_name(code))),
            step: self.round_step_of(key, advances),
            rulebook: known.and_then(|round| round.pin().cloned()),
            calendar: self.calendar(key, advances),
            seats: seats.collect(),
            free_seats: free_seats(state, key),
            contests,
        })
    }

    fn line(&self, Advance { contest: key, step, entered }: &Advance) -> ContestLine {
        ContestLine {
            id: self.state.contest_id(key).to_string(),
            category: key.category.clone(),
            category_name: self.state.rules_of(&key.round).category(&key.category).map(|category| category.name.clone()),
            step: self.told(&key.round, *step),
            entered: *entered,
        }
    }

    pub(super) fn calendar(&self, key: &RoundKey, advances: &[Advance]) -> Vec<DaySeen> {
        let name =
            |id: &str| self.state.rules_of(key).calendar.iter().find(|event| event.id == id).map(|event| event.name.clone());
        let day = |(day, state, slip): (Slippage, DayState, Option<Slip>)| {
            let Slippage { event, planned, now_planned, actual, .. } = day;
            Some(DaySeen { name: name(&event)?, event, planned, now_planned, actual, state, slip })
        };
        self.slips(key, self.round_step_of(key, advances)).into_iter().filter_map(day).collect()
    }

    /// The days of a round as they stand to their plan today, by the time of the round.
    pub(super) fn slips(&self, key: &RoundKey, step: Step) -> Vec<(Slippage, DayState, Option<Slip>)> {
        slips(self.state, key, step, self.today(key))
    }

    /// Today, by the time of the round; none where it is not known.
    fn today(&self, key: &RoundKey) -> Option<Date> {
        self.at.map(|at| local_day(at, zone(self.state, key)))
    }

    /// How far a contest of a round is, as it is told: while figures are verified, also whether the interviews have begun.
    pub(super) fn told(&self, round: &RoundKey, step: Step) -> Step {
        if step == Step::Verification && self.has_heard(round) { Step::Interview } else { step }
    }

    /// Whether an interview of a round took place, or has its day.
    fn has_heard(&self, key: &RoundKey) -> bool {
        let begun = |day: Date| self.today(key).is_none_or(|today| day <= today);
        let planned = |round: &Round| round.schedule.sessions.iter().any(|session| begun(session.on));
        let interview = |day: &Slippage| day.stage == Some(Stage::Interview) && day.actual.is_some_and(begun);
        self.state.rounds.get(key).is_some_and(planned) || slippage(self.state, key).iter().any(interview)
    }

    pub(super) fn seat(&self, key: &RoundKey, decreed: &[panel::DecreedSeat], juror: &Appointment) -> SeatSeen {
        let seat = rule::seat(self.state.rules_of(key), &key.level, &juror.seat).map(|(_, seat)| seat);
        let decree = decreed.iter().rev().find(|known| known.appointment.juror == juror.juror);
        SeatSeen {
            seat: juror.seat.clone(),
            seat_name: seat.map(|seat| seat.name.clone()),
            is_chair: seat.is_some_and(|seat| seat.role == SeatRole::Chair),
            name: juror.name.clone(),
            office: juror.office.clone(),
            decree: decree.map(|known| known.decree.clone()),
        }
    }
}
