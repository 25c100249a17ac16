//! What belongs to a meeting: who was invited, who came, what was agreed and by when, what the press wrote, and which candidates followed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rules::rulebook::Stage;
use serde::{Deserialize, Serialize};
use words::Message;

use super::TECHNICAL_MEETING;
use crate::act::RoundKey;
use crate::cycle::tables::Event;
use crate::deadline::local_day;
use crate::fact::Fact;
use crate::id::CandidateId;
use crate::limit;
use crate::permission::Actor;
use crate::refusal::Refusal;
use crate::rule;
use crate::stage::opening::{time, zone};
use crate::state::State;

/// Somebody invited to a meeting, or who came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Guest {
    pub name: String,
    pub post: Option<String>,
    /// For whom: an office, a company, a union.
    pub organisation: Option<String>,
    /// The candidate that is represented, at a technical meeting or an interview.
    pub candidate: Option<CandidateId>,
}

/// Something that was agreed at a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Agreed {
    pub id: String,
    pub what: String,
    pub responsible: String,
    /// The last day.
    pub due: Date,
    /// The day on which it was done.
    pub done: Option<Date>,
    pub note: Option<String>,
}

/// A report in the press.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PressItem {
    pub title: String,
    pub medium: String,
    /// Where it stands on the web.
    pub address: Option<String>,
    pub on: Date,
    /// The meeting it is about.
    pub event: Option<String>,
}

/// Something put on record about a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum OutreachRecord {
    /// These are invited.
    Invite { event: String, guests: Vec<Guest> },
    /// These came, invited or not.
    Attend { event: String, guests: Vec<Guest> },
    /// This was agreed.
    Agree { event: String, action: Agreed },
    /// What was agreed is done.
    Finish { event: String, action: String, on: Date, note: Option<String> },
    /// The press reported.
    Publish(PressItem),
    /// A candidate follows from a meeting.
    Follow { event: String, candidate: CandidateId },
}

impl OutreachRecord {
    /// The candidates that it names.
    pub fn candidates(&self) -> Vec<&CandidateId> {
        match self {
            OutreachRecord::Invite { guests, .. } | OutreachRecord::Attend { guests, .. } => {
                guests.iter().filter_map(|guest| guest.candidate.as_ref()).collect()
            }
            OutreachRecord::Follow { candidate, .. } => vec![candidate],
            OutreachRecord::Agree { .. } | OutreachRecord::Finish { .. } | OutreachRecord::Publish(_) => Vec::new(),
        }
    }

    /// The meeting it is about; none for a press report of its own.
    pub fn event(&self) -> Option<&str> {
        match self {
            OutreachRecord::Invite { event, .. }
            | OutreachRecord::Attend { event, .. }
            | OutreachRecord::Agree { event, .. }
            | OutreachRecord::Finish { event, .. }
            | OutreachRecord::Follow { event, .. } => Some(event),
            OutreachRecord::Publish(item) => item.event.as_deref(),
        }
    }
}

/// What is known around one meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Around {
    pub invited: Vec<Guest>,
    pub came: Vec<Guest>,
    pub agreed: Vec<Agreed>,
    pub candidates: Vec<CandidateId>,
}

/// Everything around the meetings, by the meeting's id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Outreach {
    pub around: BTreeMap<String, Around>,
    pub press: Vec<PressItem>,
}

impl Outreach {
    /// Takes a record in.
    pub fn apply(&mut self, record: &OutreachRecord) {
        if let OutreachRecord::Publish(item) = record {
            self.press.push(item.clone());
            return;
        }
        let Some(event) = record.event() else { return };
        let around = self.around.entry(event.to_owned()).or_default();
        match record {
            OutreachRecord::Invite { guests, .. } => around.invited.extend(guests.iter().cloned()),
            OutreachRecord::Attend { guests, .. } => around.came.extend(guests.iter().cloned()),
            OutreachRecord::Agree { action, .. } => around.agreed.push(action.clone()),
            OutreachRecord::Finish { action, on, note, .. } => {
                let meant = around.agreed.iter_mut().filter(|known| known.id == *action);
                meant.for_each(|known| (known.done, known.note) = (Some(*on), note.clone()));
            }
            OutreachRecord::Follow { candidate, .. } => around.candidates.push(candidate.clone()),
            OutreachRecord::Publish(_) => {}
        }
    }

    /// What was agreed, is not done, and was due before that day: with the meeting's id.
    pub fn overdue(&self, today: Date) -> Vec<(&str, &Agreed)> {
        let all = self.around.iter().flat_map(|(event, around)| around.agreed.iter().map(move |agreed| (event.as_str(), agreed)));
        all.filter(|(_, agreed)| agreed.done.is_none() && agreed.due < today).collect()
    }
}

/// Puts something about a meeting on record. A branch or secretariat speaks of meetings of its own region only.
pub(crate) fn record(state: &State, record: &OutreachRecord, actor: &Actor, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    let recorded = || Ok(vec![Fact::OutreachRecorded(record.clone())]);
    if let OutreachRecord::Publish(item) = record {
        press(state, item)?;
    }
    let Some(id) = record.event() else { return recorded() };
    let Some(event) = state.events.iter().find(|known| known.id == id) else {
        return Err(Refusal::of(Message::new("refusal-event-unknown").text("event", limit::beginning(id))));
    };
    in_own_region(state, actor, event)?;
    let nothing = Around::default();
    let around = state.outreach.around.get(id).unwrap_or(&nothing);
    match record {
        OutreachRecord::Invite { guests, .. } => {
            if today(state, event, at)? > event.to.unwrap_or(event.on) {
                return Err(Refusal::of(about("refusal-invite-too-late", event)));
            }
            new_guests(state, event, guests, &around.invited)?;
        }
        OutreachRecord::Attend { guests, .. } => {
            if today(state, event, at)? < event.on {
                return Err(Refusal::of(about("refusal-attend-too-early", event).date("day", event.on)));
            }
            new_guests(state, event, guests, &around.came)?;
        }
        OutreachRecord::Agree { action, .. } => agree(event, action, &around.agreed)?,
        OutreachRecord::Finish { action, on, note, .. } => finish(event, action, *on, note.as_ref(), &around.agreed)?,
        OutreachRecord::Follow { candidate, .. } => follow(state, event, candidate, &around.candidates)?,
        OutreachRecord::Publish(_) => {}
    }
    recorded()
}

pub(super) fn in_own_region(state: &State, actor: &Actor, event: &Event) -> Result<(), Refusal> {
    let Some(round) = actor.round() else { return Ok(()) };
    let (Some(own), Some(region)) = (round.region.as_deref(), event.region.as_deref()) else { return Ok(()) };
    if region == own || region.starts_with(&format!("{own}.")) || state.geography.zone(region) == Some(own) {
        return Ok(());
    }
    Err(Refusal::of(about("refusal-event-elsewhere", event).text("region", region)))
}

fn today(state: &State, event: &Event, at: Option<Timestamp>) -> Result<Date, Refusal> {
    let level = event.level.clone().or_else(|| state.rules.levels.first().map(|level| level.id.clone()));
    let round = RoundKey { level: level.unwrap_or_default(), region: event.region.clone() };
    Ok(local_day(time(at)?, zone(state, &round)))
}

fn new_guests(state: &State, event: &Event, guests: &[Guest], known: &[Guest]) -> Result<(), Refusal> {
    limit::list("guests", guests.len())?;
    limit::list("guests", guests.len() + known.len())?;
    for (at, guest) in guests.iter().enumerate() {
        limit::name("name", &guest.name)?;
        limit::name_opt("post", guest.post.as_ref())?;
        limit::name_opt("organisation", guest.organisation.as_ref())?;
        let same = |other: &Guest| other.name == guest.name && other.organisation == guest.organisation;
        if known.iter().any(same) || guests[..at].iter().any(same) {
            return Err(Refusal::of(about("refusal-guest-twice", event).text("guest", &guest.name)));
        }
        if let Some(candidate) = guest.candidate.as_ref().filter(|candidate| !is_candidate(state, candidate)) {
            return Err(no_candidate(candidate));
        }
    }
    Ok(())
}

fn agree(event: &Event, action: &Agreed, known: &[Agreed]) -> Result<(), Refusal> {
    limit::id(&action.id)?;
    limit::text("what", &action.what)?;
    limit::name("responsible", &action.responsible)?;
    limit::span("due", event.on, Some(action.due))?;
    if action.done.is_some() || known.iter().any(|known| known.id == action.id) {
        return Err(Refusal::of(about("refusal-action-twice", event).text("action", &action.id)));
    }
    Ok(())
}

fn finish(event: &Event, action: &str, on: Date, note: Option<&String>, known: &[Agreed]) -> Result<(), Refusal> {
    limit::text_opt("note", note)?;
    limit::span("day", event.on, Some(on))?;
    match known.iter().find(|known| known.id == action) {
        Some(known) if known.done.is_none() => Ok(()),
        Some(_) => Err(Refusal::of(about("refusal-action-done", event).text("action", action))),
        None => Err(Refusal::of(about("refusal-action-unknown", event).text("action", limit::beginning(action)))),
    }
}

fn press(state: &State, item: &PressItem) -> Result<(), Refusal> {
    limit::name("title", &item.title)?;
    limit::name("medium", &item.medium)?;
    limit::day("day", item.on)?;
    item.address.as_ref().map_or(Ok(()), |address| limit::address(address))?;
    if state.outreach.press.contains(item) {
        return Err(Refusal::of(Message::new("refusal-press-twice").text("title", &item.title)));
    }
    Ok(())
}

fn follow(state: &State, event: &Event, candidate: &CandidateId, known: &[CandidateId]) -> Result<(), Refusal> {
    if !is_candidate(state, candidate) {
        return Err(no_candidate(candidate));
    }
    if known.contains(candidate) {
        return Err(Refusal::of(about("refusal-follow-twice", event).text("candidate", candidate.as_str())));
    }
    Ok(())
}

fn is_candidate(state: &State, candidate: &CandidateId) -> bool {
    state.candidates.contains_key(candidate) || state.nominations.contains_key(candidate)
}

fn no_candidate(candidate: &CandidateId) -> Refusal {
    Refusal::of(Message::new("refusal-candidate-unknown").text("candidate", limit::beginning(candidate.as_str())))
}

fn about(rule: &str, event: &Event) -> Message {
    Message::new(rule).text("event", &event.title)
}

/// What came of a meeting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Funnel {
    pub invited: usize,
    pub came: usize,
    /// Candidates that follow from it.
    pub nominated: usize,
    pub consented: usize,
    /// Those whose dossier was received.
    pub handed_in: usize,
    /// Those who are in the running where they entered.
    pub admitted: usize,
    /// Those who went up from there.
    pub advanced: usize,
}

/// What came of a meeting, from invitations to those who went up.
pub fn funnel(state: &State, event: &str) -> Funnel {
    let Some(around) = state.outreach.around.get(event) else { return Funnel::default() };
    let mut funnel = Funnel { invited: around.invited.len(), came: around.came.len(), ..Funnel::default() };
    for candidate in &around.candidates {
        funnel.nominated += 1;
        let entered = state.candidates.get(candidate).map(|known| known.level.as_str());
        let mut contests = state.contests.iter().filter(|(key, _)| Some(key.round.level.as_str()) == entered);
        let Some((key, contest)) = contests.find(|(_, contest)| contest.entry(candidate.as_str()).is_some()) else { continue };
        let Some(entry) = contest.entry(candidate.as_str()) else { continue };
        let asked = state.rule(key).is_some_and(|rule| rule::has_stage(rule, Stage::Dossier));
        funnel.consented += 1;
        funnel.handed_in += usize::from(!entry.dossiers.is_empty());
        let closed = contest.dossiers_closed || !asked;
        funnel.admitted += usize::from(closed && entry.not_admitted.is_none() && entry.withdrawn.is_none());
        funnel.advanced += usize::from(contest.advanced.iter().any(|(advanced, _)| advanced == candidate));
    }
    funnel
}

/// The latest technical meeting of a round that is on record.
pub fn technical_meeting<'s>(state: &'s State, round: &RoundKey) -> Option<&'s Event> {
    let meetings = state.events.iter().filter(|event| event.kind == TECHNICAL_MEETING);
    let of_level = meetings.filter(|event| event.level.as_ref().is_none_or(|level| *level == round.level));
    of_level.filter(|event| event.region.is_none() || event.region == round.region).max_by_key(|event| event.on)
}
