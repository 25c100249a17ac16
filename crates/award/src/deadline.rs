//! Until when something must be there: the inclusive end of a local day. Thirty days from 17 November 2020 in Badung end on
//! 17 December 2020 at 23:59:59 WITA; an hour later it is already too late there, and just midnight in Lampung.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::{Span, Timestamp};
use rules::Rulebook;
use rules::regions::Zone;
use rules::rulebook::{CalendarEvent, ContestRule, Level, Stage, When};
use serde::{Deserialize, Serialize};

use crate::act::RoundKey;
use crate::cycle::tables::Event;
use crate::geography::{Geography, offset};
use crate::round::{DayKind, RoundDay};
use crate::state::Round;

/// The end of a local day.
///
/// ```
/// use award::Deadline;
/// use jiff::civil::date;
/// use rules::regions::Zone;
///
/// let deadline = Deadline::new(date(2020, 12, 17), Zone::Wita);
/// let on_the_line = date(2020, 12, 17).at(23, 59, 59, 0);
/// assert!(deadline.is_met(award::instant(on_the_line, Zone::Wita)));
/// assert!(!deadline.is_met(award::instant(on_the_line, Zone::Wib)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// The last day.
    pub day: Date,
    /// Whose midnight ends it.
    pub zone: Zone,
}

impl Deadline {
    /// The end of that day.
    pub fn new(day: Date, zone: Zone) -> Deadline {
        Deadline { day, zone }
    }

    /// Whether something that came at that time came in time.
    pub fn is_met(&self, at: Timestamp) -> bool {
        local_day(at, self.zone) <= self.day
    }

    /// The last second, as people read it: `2020-12-17 23:59:59 WITA`.
    ///
    /// ```
    /// let deadline = award::Deadline::new(jiff::civil::date(2020, 12, 17), rules::regions::Zone::Wit);
    /// assert_eq!(deadline.shown(), "2020-12-17 23:59:59 WIT");
    /// ```
    pub fn shown(&self) -> String {
        format!("{} 23:59:59 {}", self.day, self.zone.abbreviation())
    }
}

/// A local time as an instant.
///
/// ```
/// let noon = jiff::civil::date(2020, 12, 17).at(12, 0, 0, 0);
/// assert_eq!(award::instant(noon, rules::regions::Zone::Wit).to_string(), "2020-12-17T03:00:00Z");
/// ```
pub fn instant(local: jiff::civil::DateTime, zone: Zone) -> Timestamp {
    local.to_zoned(offset(zone)).map_or(Timestamp::MIN, |zoned| zoned.timestamp())
}

/// The day of an instant at a place.
pub(crate) fn local_day(at: Timestamp, zone: Zone) -> Date {
    at.to_zoned(offset(zone)).date()
}

/// An instant as people at a place read it: `2020-12-18 00:00:01 WITA`.
pub fn shown(at: Timestamp, zone: Zone) -> String {
    format!("{} {}", at.to_zoned(offset(zone)).strftime("%Y-%m-%d %H:%M:%S"), zone.abbreviation())
}

/// What deadlines are worked out from.
pub struct Calendar<'c> {
    /// The rulebook's calendar and holidays.
    pub rules: &'c Rulebook,
    /// Regions and their times.
    pub geography: &'c Geography,
    /// What really took place.
    pub events: &'c [Event],
    /// The rounds with calendars of their own.
    pub rounds: &'c BTreeMap<RoundKey, Round>,
}

/// So many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// How many.
    pub days: u32,
    /// Which days count.
    pub count: DayCount,
}

/// Which days count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayCount {
    /// Every day.
    Calendar,
    /// Neither Saturdays, Sundays nor the rulebook's holidays.
    Working,
}

impl Calendar<'_> {
    /// The dossier deadline of a region at a level; none if the rulebook sets none or its starting event is not known.
    pub fn dossier(&self, level: &Level, region: &str) -> Option<Deadline> {
        let day = self.last_day(self.dossier_event(level)?, level, region, 0)?;
        Some(Deadline::new(day, self.geography.zone_of_time(level, region)))
    }

    /// The last day to which the dossier deadline of a level may be moved, where the rulebook names one.
    pub fn dossier_latest(&self, level: &Level) -> Option<Date> {
        self.dossier_event(level)?.latest
    }

    /// Whether the day of an event of the calendar, named by its id, is until when dossiers or objections come in.
    pub fn is_deadline(&self, event: &str) -> bool {
        let last_day = |known: &&CalendarEvent| matches!(known.stage, Some(Stage::Dossier | Stage::Objection));
        self.rules.calendar.iter().filter(last_day).any(|known| known.id == event)
    }

    /// Whether a deadline is counted from an event, over however many steps, or is that event's own day.
    pub fn rests_on(&self, event: &str) -> bool {
        let from = |known: &CalendarEvent| match known.actual.as_ref().unwrap_or(&known.planned) {
            When::After { event, .. } => Some(event.clone()),
            _ => None,
        };
        let deadlines = self.rules.calendar.iter().filter(|known| self.is_deadline(&known.id));
        deadlines.into_iter().any(|deadline| {
            let steps = std::iter::successors(Some(deadline.id.clone()), |at| {
                self.rules.calendar.iter().find(|known| known.id == *at).and_then(from)
            });
            // A checked rulebook has no circle; the bound only keeps that promise visible.
            steps.take(self.rules.calendar.len() + 1).any(|step| step == event)
        })
    }

    /// The last day of dossiers and that of objections of a level in a region, as far as the calendar says them.
    pub fn deadlines(&self, level: &Level, region: &str) -> Vec<(&str, Date)> {
        let of_level = |event: &&CalendarEvent| event.level.as_ref().is_none_or(|id| *id == level.id);
        let known = self.rules.calendar.iter().filter(of_level).filter(|event| self.is_deadline(&event.id));
        known.filter_map(|event| Some((event.id.as_str(), self.last_day(event, level, region, 0)?))).collect()
    }

    fn dossier_event(&self, level: &Level) -> Option<&CalendarEvent> {
        let of_level = |event: &&CalendarEvent| event.level.as_ref().is_none_or(|id| *id == level.id);
        self.rules.calendar.iter().filter(of_level).find(|event| event.stage == Some(Stage::Dossier))
    }

    /// The last day of a term that begins after a day; none beyond the last day that a calendar has.
    pub fn after(&self, day: Date, term: Term) -> Option<Date> {
        match term.count {
            DayCount::Working => self.working_days_after(day, term.days),
            DayCount::Calendar => Span::new().try_days(term.days).and_then(|span| day.checked_add(span)).ok(),
        }
    }

    /// The end of the objections against a result that was published on a day: so many days after it where the contest says so, else what
    /// the calendar says of the stage; none if neither does.
    pub fn objections(&self, rule: &ContestRule, level: &Level, region: &str, published: Date) -> Option<Deadline> {
        let zone = self.geography.zone_of_time(level, region);
        let of_level = |event: &&CalendarEvent| event.level.as_ref().is_none_or(|id| *id == level.id);
        let planned = self.rules.calendar.iter().filter(of_level).find(|event| event.stage == Some(Stage::Objection));
        let day = match rule.objection_days {
            Some(days) if rule.objection_working => self.working_days_after(published, days),
            Some(days) => self.after(published, Term { days, count: DayCount::Calendar }),
            None => self.last_day(planned?, level, region, 0),
        };
        Some(Deadline::new(day?, zone))
    }

    /// Every relative deadline of a level in a region, with its calendar event.
    pub fn relative(&self, level: &Level, region: &str) -> Vec<(&CalendarEvent, Deadline)> {
        let zone = self.geography.zone_of_time(level, region);
        let of_level = self.rules.calendar.iter().filter(|event| event.level.as_ref().is_none_or(|id| *id == level.id));
        let relative = of_level.filter(|event| matches!(event.planned, When::After { .. }));
        relative.filter_map(|event| Some((event, Deadline::new(self.last_day(event, level, region, 0)?, zone)))).collect()
    }

    /// The last day of a calendar event: what took place, as the round says or else as is on record for the region; else what the round
    /// has planned, else what the rulebook says. So no event that is recorded later moves what a round has said.
    fn last_day(&self, event: &CalendarEvent, level: &Level, region: &str, depth: usize) -> Option<Date> {
        let actual = self.of_round(&event.id, level, region, DayKind::Actual);
        let known = actual.or_else(|| self.took_place(&event.id, level, region));
        if let Some(date) = known.or_else(|| self.of_round(&event.id, level, region, DayKind::Planned)) {
            return Some(date);
        }
        match event.actual.as_ref().unwrap_or(&event.planned) {
            When::On(date) | When::Between(_, date) => Some(*date),
            When::Months(..) => None,
            When::After { days, event: from, working } if depth < self.rules.calendar.len() => {
                let from = self.rules.calendar.iter().find(|known| known.id == *from)?;
                let from = self.last_day(from, level, region, depth + 1)?;
                let count = if *working { DayCount::Working } else { DayCount::Calendar };
                self.after(from, Term { days: *days, count })
            }
            When::After { .. } => None,
        }
    }

    /// The day that the round of a region has set for itself.
    fn of_round(&self, event: &str, level: &Level, region: &str, kind: DayKind) -> Option<Date> {
        let region = self.geography.round(level, region).ok()?;
        let round = self.rounds.get(&RoundKey { level: level.id.clone(), region })?;
        round.days.iter().rev().find(|day| day.event == event && day.kind == kind).map(RoundDay::last)
    }

    /// The day of an event of that kind that is on record for the region: the nearest region speaks, then the latest day.
    pub(crate) fn took_place(&self, kind: &str, level: &Level, region: &str) -> Option<Date> {
        let known = self.events.iter().filter(|event| event.kind == kind || event.id == kind);
        let of_level = known.filter(|event| event.level.as_ref().is_none_or(|id| *id == level.id));
        let here = of_level.filter_map(|event| Some((self.nearness(event, region)?, event.to.unwrap_or(event.on))));
        here.max().map(|(_, date)| date)
    }

    /// How exactly an event's region means this one; none if it means another.
    fn nearness(&self, event: &Event, region: &str) -> Option<usize> {
        match event.region.as_deref() {
            None => Some(0),
            Some(code) if region == code || region.strip_prefix(code).is_some_and(|rest| rest.starts_with('.')) => {
                Some(code.len() + 1)
            }
            Some(zone) if self.geography.zone(region) == Some(zone) => Some(1),
            Some(_) => None,
        }
    }

    /// The n-th working day after a day.
    fn working_days_after(&self, from: Date, days: u32) -> Option<Date> {
        let (mut day, mut left) = (from, days);
        while left > 0 {
            day = day.tomorrow().ok()?;
            let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            if !weekend && !self.rules.holidays.iter().any(|holiday| holiday.on == day) {
                left -= 1;
            }
        }
        Some(day)
    }
}
