//! Sosialisasi: meetings before anybody stands, what was reached in earlier years, and lots committed to before anybody judges.

mod around;

use jiff::Timestamp;
use words::Message;

pub(crate) use around::record;
pub use around::{Agreed, Around, Funnel, Guest, Outreach, OutreachRecord, PressItem, funnel, technical_meeting};

use crate::cycle::tables::{CommittedLot, Event, PastStanding};
use crate::deadline::{Calendar, local_day};
use crate::fact::Fact;
use crate::limit;
use crate::permission::Actor;
use crate::permission::role::{Grant, Role};
use crate::refusal::Refusal;
use crate::stage::opening::stay;
use crate::state::State;

/// The kind of event at which candidates learn how their interviews are held.
pub const TECHNICAL_MEETING: &str = "technical_meeting";
/// The kind of event that is an interview day.
pub const INTERVIEW: &str = "interview";

/// Puts a meeting on record, once. A technical meeting comes before the interviews that it prepares.
pub(crate) fn record_event(state: &State, event: &Event, actor: &Actor, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    sound(event)?;
    around::in_own_region(state, actor, event)?;
    let is_deadline = state.calendar().is_deadline(&event.kind) || state.calendar().is_deadline(&event.id);
    // A file tells what took place at no time of its own; whoever acts moves a deadline by an extension.
    if is_deadline && (at.is_some() || Grant::of(actor).role == Role::Branch) {
        return Err(Refusal::of(Message::new("refusal-event-is-deadline").text("event", &event.title)));
    }
    if state.events.iter().any(|known| known.id == event.id) {
        return Err(Refusal::of(Message::new("refusal-event-twice").text("event", &event.title)));
    }
    if let Some(at) = at {
        deadlines_after(state, event, at)?;
    }
    let held = |known: &&Event| known.kind == INTERVIEW && known.level == event.level && known.region == event.region;
    let first = state.events.iter().filter(held).map(|known| known.on).min();
    match first.filter(|first| event.kind == TECHNICAL_MEETING && *first < event.on) {
        Some(first) => {
            let message = Message::new("refusal-technical-meeting-late").text("event", &event.title);
            Err(Refusal::of(message.date("day", event.on).date("interview", first)))
        }
        None => Ok(vec![Fact::EventRecorded(event.clone())]),
    }
}

/// The deadlines wherever an event counts, as it would make them.
fn deadlines_after(state: &State, event: &Event, at: Timestamp) -> Result<(), Refusal> {
    let calendar = state.calendar();
    let counted = [event.kind.as_str(), event.id.as_str()].into_iter().find(|name| calendar.rests_on(name));
    let Some(counted) = counted else { return Ok(()) };
    let is_settled = state.events.iter().any(|known| known.kind == counted || known.id == counted);
    let events: Vec<Event> = state.events.iter().chain([event]).cloned().collect();
    let region = event.region.as_deref().unwrap_or_default();
    let meant = state.rules.levels.iter().filter(|level| event.level.as_ref().is_none_or(|own| *own == level.id));
    for level in meant {
        let today = local_day(at, state.geography.zone_of_time(level, region));
        let then = Calendar { events: &events, ..state.calendar() };
        stay(counted, &calendar.deadlines(level, region), &then.deadlines(level, region), is_settled, today)?;
    }
    Ok(())
}

fn sound(event: &Event) -> Result<(), Refusal> {
    limit::name("id", &event.id)?;
    limit::name("title", &event.title)?;
    limit::name("kind", &event.kind)?;
    limit::span("day", event.on, event.to)?;
    for (field, value) in [("place", &event.place), ("chair", &event.chair), ("organiser", &event.organiser)] {
        limit::name_opt(field, value.as_ref())?;
    }
    [&event.attendees, &event.source, &event.note].into_iter().try_for_each(|note| limit::text_opt("note", note.as_ref()))
}

/// Puts on record what an organisation reached in an earlier edition, once: a win that stands there twice would count twice.
pub(crate) fn record_standing(state: &State, standing: &PastStanding) -> Result<Vec<Fact>, Refusal> {
    let name = standing.name();
    if state.history.iter().any(|known| known.name() == name) {
        let message = Message::new("refusal-standing-twice").text("organisation", &standing.organisation);
        return Err(Refusal::of(message.text("edition", &standing.edition).text("standing", &standing.standing)));
    }
    Ok(vec![Fact::StandingRecorded(standing.clone())])
}

/// Commits to a lot, once. When anybody has begun to judge at the level it is too late: who knows the marks could choose the secret.
pub(crate) fn commit_lot(state: &State, lot: &CommittedLot) -> Result<Vec<Fact>, Refusal> {
    if state.lots.contains_key(&lot.level) {
        return Err(Refusal::of(Message::new("refusal-lot-committed-before").text("level", &lot.level)));
    }
    let begun = state.contests.iter().any(|(key, contest)| key.round.level == lot.level && contest.is_judged());
    if begun {
        return Err(Refusal::of(Message::new("refusal-lot-too-late").text("level", &lot.level)));
    }
    Ok(vec![Fact::LotCommitted(CommittedLot { secret: None, words: None, ..lot.clone() })])
}
