//! When: what the rulebook plans, what took place, how far rounds are out of step; also for a calendar program.

use std::collections::BTreeMap;

use award::geography::offset;
use award::round::{DayState, Slip};
use award::view::{CalendarSeen, DaySeen, PlanSeen};
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use office::Looking;
use rules::Rulebook;
use rules::regions::Zone;
use rules::rulebook::{Text, When};
use words::Message;

use crate::app::App;
use crate::choice::{Choice, by_level, name};
use crate::frame::{Answer, Frame, show};
use crate::given::{Given, first};
use crate::ics::{Event, calendar};
use crate::refused::Refused;
use crate::round::Day;
use crate::visit::Visit;

#[derive(askama::Template)]
#[template(path = "calendar.html")]
struct Page {
    f: Frame,
    line: Vec<Planned>,
    /// How many rounds have days.
    rounds: usize,
    /// The same to choose from, where they are too many to stand below each other.
    choices: Vec<(String, Vec<Choice>)>,
    /// Those whose days are shown.
    shown: Vec<Round>,
    late: Vec<Late>,
    /// How many rounds are behind.
    behind: usize,
}

/// So many rounds stand below each other; of more, one is chosen.
pub(crate) const ROUNDS_SHOWN: usize = 3;

/// An event of the rulebook on the timeline.
struct Planned {
    plan: PlanSeen,
    level: Option<Text>,
    when: Message,
    happened: Option<Message>,
    class: &'static str,
    /// In how many rounds it has taken place, of how many.
    reached: (usize, usize),
}

/// A round with its days.
struct Round {
    path: String,
    name: Option<String>,
    level_name: Option<Text>,
    days: Vec<Day>,
}

/// Rounds that are behind with the same event by as many days: for each of them its greatest delay.
struct Late {
    event: Text,
    told: Message,
    days: i32,
    /// Where each stands, and what it is called.
    rounds: Vec<(String, String)>,
}

/// `GET /edisi/{edition}/jadwal`, with the days of one round where `putaran` names it.
pub(crate) async fn page(State(app): State<App>, visit: Visit, Path(id): Path<String>, given: Given) -> Answer {
    let edition = app.edition(&id).await?;
    let (plan, calendars) = app.office().calendars(&edition, &Looking::public(visit.now, "calendar")).await?;
    let f = Frame::new(&app, &visit, "web-calendar-title").within(&edition).helped_by("penghargaan#langkah");
    // What the rulebook plans for all, it plans in western time.
    let today = visit.now.to_zoned(offset(Zone::Wib)).date();
    let rules = &edition.rules;
    let own: Vec<&CalendarSeen> = calendars.iter().filter(|calendar| !calendar.days.is_empty()).collect();
    let wanted = first(&given, "putaran").unwrap_or_default();
    let is_shown = |calendar: &&&CalendarSeen| own.len() <= ROUNDS_SHOWN || calendar.round.path() == wanted;
    let late = late(&calendars, &f);
    show(&Page {
        line: plan.iter().map(|event| planned(event, rules, &calendars, today)).collect(),
        behind: late.iter().map(|late| late.rounds.len()).sum(),
        late,
        rounds: own.len(),
        choices: if own.len() > ROUNDS_SHOWN {
            by_level(own.iter().map(|own| (&own.round, own.name.as_ref(), own.level_name.as_ref())), &wanted, &f)
        } else {
            Vec::new()
        },
        shown: own.iter().filter(is_shown).map(|calendar| round(calendar, rules)).collect(),
        f,
    })
}

fn planned(event: &PlanSeen, rules: &Rulebook, calendars: &[CalendarSeen], today: Date) -> Planned {
    let days: Vec<&DaySeen> = calendars.iter().flat_map(|round| &round.days).filter(|day| day.event == event.event).collect();
    let reached = days.iter().filter(|day| day.actual.is_some()).count();
    let is_done = |day: &&DaySeen| !matches!(day.state, DayState::Ahead | DayState::Awaited);
    let class = match () {
        () if event.actual.is_some() || (!days.is_empty() && days.iter().all(is_done)) => "sudah",
        () if reached > 0 || is_on(&event.planned, today) => "kini",
        () => "",
    };
    Planned {
        level: event.level.as_deref().and_then(|level| rules.level(level)).map(|level| level.name.clone()),
        when: rules::when(rules, &event.planned),
        happened: event.actual.as_ref().map(|actual| rules::when(rules, actual)),
        plan: event.clone(),
        class,
        reached: (reached, days.len()),
    }
}

/// In how many rounds an event has taken place, in words.
fn reached(event: &Planned) -> Message {
    Message::new("web-calendar-reached").number("count", event.reached.0).number("of", event.reached.1)
}

/// Whether a day stands within a plan.
fn is_on(planned: &When, today: Date) -> bool {
    match planned {
        When::On(day) => *day == today,
        When::Between(from, to) => (*from..=*to).contains(&today),
        When::Months(from, to) => *from <= today && today <= to.last_of_month(),
        When::After { .. } => false,
    }
}

fn round(calendar: &CalendarSeen, rules: &Rulebook) -> Round {
    Round {
        path: calendar.round.path(),
        name: calendar.name.clone(),
        level_name: calendar.level_name.clone(),
        days: calendar.days.iter().map(|day| Day::of(day, rules)).collect(),
    }
}

/// The rounds that are behind their own plan, the furthest first, those together that are late with the same by as much.
fn late(calendars: &[CalendarSeen], f: &Frame) -> Vec<Late> {
    let mut late: Vec<Late> = Vec::new();
    for calendar in calendars {
        let of = |day: &DaySeen| day.slip.map(Slip::late).filter(|days| *days > 0);
        let furthest = calendar.days.iter().filter_map(|day| Some((day, of(day)?))).max_by_key(|(_, days)| *days);
        let Some((day, days)) = furthest else { continue };
        let round = (calendar.round.path(), name(calendar.name.as_ref(), calendar.level_name.as_ref(), f));
        match late.iter_mut().find(|known| known.event == day.name && known.days == days) {
            Some(known) => known.rounds.push(round),
            None => late.push(Late {
                event: day.name.clone(),
                told: Message::new("web-days-late").number("count", days),
                days,
                rounds: vec![round],
            }),
        }
    }
    late.sort_by_key(|late| std::cmp::Reverse(late.days));
    late
}

/// `GET /edisi/{edition}/jadwal.ics`: every day that is named, planned or actual.
pub(crate) async fn file(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Result<Response, Refused> {
    let edition = app.edition(&id).await?;
    let (plan, calendars) = app.office().calendars(&edition, &Looking::public(visit.now, "calendar.ics")).await?;
    let f = Frame::new(&app, &visit, "web-calendar-title").within(&edition).helped_by("penghargaan#langkah");
    let mut events: BTreeMap<String, Event> = BTreeMap::new();
    for event in &plan {
        if let Some((from, to)) = span(event.actual.as_ref().unwrap_or(&event.planned)) {
            let uid = format!("{}@{}", event.event, edition.id);
            events.insert(uid.clone(), Event { uid, from, to, summary: f.text(&event.name).to_owned(), place: String::new() });
        }
    }
    for calendar in &calendars {
        for day in &calendar.days {
            let own = format!("{}@{}", day.event, edition.id);
            let Some(on) = day.actual.or(day.now_planned).filter(|_| !events.contains_key(&own)) else { continue };
            let uid = format!("{}.{}@{}", day.event, calendar.round.path().replace('/', "."), edition.id);
            let place = calendar.name.clone().unwrap_or_default();
            let summary = f.text(&day.name).to_owned();
            let summary = if place.is_empty() { summary } else { format!("{summary}: {place}") };
            events.insert(uid.clone(), Event { uid, from: on, to: on, summary, place });
        }
    }
    let text = calendar(f.text(&edition.rules.edition.name), visit.now, events.values());
    let name = "attachment; filename=\"jadwal.ics\"";
    Ok(([(CONTENT_TYPE, "text/calendar; charset=utf-8"), (CONTENT_DISPOSITION, name)], text).into_response())
}

/// The days of a plan that names days.
fn span(when: &When) -> Option<(Date, Date)> {
    match when {
        When::On(day) => Some((*day, *day)),
        When::Between(from, to) => Some((*from, *to)),
        When::Months(..) | When::After { .. } => None,
    }
}
