//! Pembukaan: a round is opened under one version of the rulebook, keeps its calendar, and moves to another version only if two people
//! want it and nobody has judged.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use words::Message;

use crate::act::{ContestKey, Deed, RoundKey};
use crate::deadline::{Calendar, local_day};
use crate::fact::Fact;
use crate::geography::Geography;
use crate::id::{CandidateId, JurorId, PersonId};
use crate::limit;
use crate::panel;
use crate::people;
use crate::permission::Actor;
use crate::permission::role::Role;
use crate::refusal::Refusal;
use crate::round::{Aide, DayKind, Opening, RoundDay, RulebookPin};
use crate::seal;
use crate::state::{Round, State};

/// Opens a round: there is such a round, it is not open, and the rulebook is that of the edition.
pub(crate) fn open(state: &State, key: &RoundKey, opening: &Opening, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    exists(state, key)?;
    if state.rounds.get(key).is_some_and(|round| round.opened.is_some()) {
        return Err(Refusal::of(about("refusal-round-open", key)));
    }
    limit::id(opening.by.as_str())?;
    limit::name_opt("label", opening.label.as_ref())?;
    limit::hash(&opening.rulebook.hash)?;
    let edition = &state.rules.edition;
    if opening.rulebook.edition != edition.id || opening.rulebook.version != edition.version {
        return Err(other_rulebook(key, &opening.rulebook));
    }
    seal::holds(state, &opening.rulebook)?;
    Ok(vec![Fact::RoundOpened { round: key.clone(), opening: opening.clone(), at: time(at)? }])
}

/// Puts a day into a round's calendar. A plan that is changed needs a reason; what took place is not in the future.
pub(crate) fn set_day(state: &State, key: &RoundKey, day: &RoundDay, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    let round = opened(state, key)?;
    let of_level =
        state.rules_of(key).calendar.iter().filter(|event| event.level.as_ref().is_none_or(|level| *level == key.level));
    if !of_level.into_iter().any(|event| event.id == day.event) {
        return Err(Refusal::of(about("refusal-no-such-event", key).text("event", limit::beginning(&day.event))));
    }
    limit::span("day", day.from, day.to)?;
    limit::text_opt("reason", day.reason.as_ref())?;
    limit::name_opt("source", day.source.as_ref())?;
    let today = local_day(time(at)?, zone(state, key));
    let known = |kind: DayKind| round.days.iter().rev().find(|known| known.event == day.event && known.kind == kind);
    if day.kind == DayKind::Actual && day.last() > today {
        return Err(Refusal::of(about("refusal-day-to-come", key).text("event", &day.event).date("day", day.last())));
    }
    if state.calendar_of(key).is_deadline(&day.event) && round.day(&day.event).is_some_and(|set| set.last() != day.last()) {
        return Err(Refusal::of(about("refusal-deadline-set", key).text("event", &day.event)));
    }
    deadlines_after(state, key, day, today)?;
    let Some(known) = known(day.kind) else { return Ok(vec![Fact::DaySet(key.clone(), day.clone())]) };
    if (known.from, known.last()) == (day.from, day.last()) {
        return Err(Refusal::of(about("refusal-day-known", key).text("event", &day.event).date("day", day.from)));
    }
    if day.reason.is_none() {
        return Err(Refusal::of(about("refusal-day-without-reason", key).text("event", &day.event)));
    }
    Ok(vec![Fact::DaySet(key.clone(), day.clone())])
}

/// The deadlines of a round as a day would make them: none is moved that counts already, and none comes to lie in the past.
fn deadlines_after(state: &State, key: &RoundKey, day: &RoundDay, today: Date) -> Result<(), Refusal> {
    let (Some(level), Some(round)) = (state.rules_of(key).level(&key.level), state.rounds.get(key)) else { return Ok(()) };
    let mut with_day = round.clone();
    with_day.days.push(day.clone());
    let rounds = BTreeMap::from([(key.clone(), with_day)]);
    let region = key.region.as_deref().unwrap_or_default();
    let now = state.calendar_of(key);
    let said = round.days.iter().any(|known| known.event == day.event && known.kind == DayKind::Actual);
    let took_place = said || now.took_place(&day.event, level, region).is_some();
    // What was over before the round was opened never counted in it.
    let opened = round.rulebooks.first().map(|(_, at)| local_day(*at, zone(state, key)));
    let unmoved = now.deadlines(level, region);
    let mut before = unmoved.clone();
    before.retain(|(_, until)| opened.is_none_or(|opened| opened <= *until));
    let then = Calendar { rounds: &rounds, ..state.calendar_of(key) };
    let mut after = then.deadlines(level, region);
    after.retain(|deadline| !unmoved.contains(deadline));
    stay(&day.event, &before, &after, took_place, today)
}

/// Refuses to move a deadline after the fact: it is over, or rests on what took place, or would be over at once.
pub(crate) fn stay(
    event: &str,
    before: &[(&str, Date)],
    after: &[(&str, Date)],
    is_settled: bool,
    today: Date,
) -> Result<(), Refusal> {
    for (deadline, until) in after {
        let known = before.iter().find(|(known, _)| known == deadline).map(|(_, day)| *day);
        if known == Some(*until) {
            continue;
        }
        let about = |rule: &str| Message::new(rule).text("event", event).text("deadline", *deadline);
        if let Some(known) = known.filter(|known| is_settled || *known < today) {
            return Err(Refusal::of(about("refusal-deadline-counts").date("day", known)));
        }
        if *until < today {
            return Err(Refusal::of(about("refusal-deadline-past").date("day", *until)));
        }
    }
    Ok(())
}

/// Lets somebody write down what a juror decides, from a day on.
pub(crate) fn appoint_aide(state: &State, key: &RoundKey, aide: &Aide) -> Result<Vec<Fact>, Refusal> {
    limit::id(aide.aide.as_str())?;
    limit::span("term", aide.from, aide.to)?;
    limit::text("reason", &aide.reason)?;
    let panel = state.rounds.get(key).map(|round| round.panel.as_slice()).unwrap_or_default();
    if !panel.iter().any(|known| known.juror == aide.juror) {
        return Err(Refusal::of(about("refusal-aide-of-nobody", key).text("juror", limit::beginning(aide.juror.as_str()))));
    }
    let sits = state.rounds.get(key).is_some_and(|round| panel::seat_of(round, &aide.aide).is_some());
    if sits || panel.iter().any(|known| known.juror.as_str() == aide.aide.as_str()) {
        return Err(Refusal::of(about("refusal-aide-is-juror", key).text("aide", aide.aide.as_str())));
    }
    if !state.people.knows(&aide.aide) {
        return Err(people::unknown(&aide.aide));
    }
    let known = state.rounds.get(key).is_some_and(|round| round.aides.contains(aide));
    if known {
        return Err(Refusal::of(about("refusal-aide-known", key).text("aide", aide.aide.as_str())));
    }
    Ok(vec![Fact::AideAppointed(key.clone(), aide.clone())])
}

/// A round that is open, under the rulebook that this state is read by.
pub(crate) fn opened<'s>(state: &'s State, key: &RoundKey) -> Result<&'s Round, Refusal> {
    let round = state.rounds.get(key).filter(|round| round.opened.is_some());
    round.ok_or_else(|| Refusal::of(about("refusal-round-not-open", key)))
}

/// Refuses what would happen in a round or contest that the rulebook and the map do not know. A file's rounds follow from its regions, which
/// are checked when it is read.
pub(crate) fn is_somewhere(state: &State, deed: &Deed) -> Result<(), Refusal> {
    if let Some(round) = deed.round().filter(|_| !deed.is_told_by_files_only()) {
        exists(state, round)?;
    }
    match deed.contest().filter(|contest| state.rule(contest).is_none()) {
        // Who is put forward is told whose contest it is not.
        Some(_) if matches!(deed, Deed::Propose(..) | Deed::Nominate(..)) => Ok(()),
        Some(contest) => {
            let message = Message::new("refusal-contest-unknown").text("contest", limit::beginning(&contest.path()));
            Err(Refusal::of(message))
        }
        None => Ok(()),
    }
}

fn exists(state: &State, key: &RoundKey) -> Result<(), Refusal> {
    let level = state.rules_of(key).level(&key.level);
    let geography: &Geography = &state.geography;
    let fits = level.is_some_and(|level| match &key.region {
        None => level.rounds == rules::rulebook::Rounds::Nation,
        Some(region) if geography.is_country() => geography.is_round(level, region),
        // Elsewhere any word may be a region.
        Some(region) => level.rounds != rules::rulebook::Rounds::Nation && !region.is_empty() && !region.contains('/'),
    });
    if fits {
        return Ok(());
    }
    let message = Message::new("refusal-no-such-round").text("round", limit::beginning(&key.path()));
    Err(Refusal::of(message))
}

/// The time of an act of which a rule asks when it happened.
pub(crate) fn time(at: Option<Timestamp>) -> Result<Timestamp, Refusal> {
    at.ok_or_else(|| Refusal::of(Message::new("refusal-no-time")))
}

/// The local time of a round.
pub(crate) fn zone(state: &State, key: &RoundKey) -> rules::regions::Zone {
    let region = key.region.as_deref().unwrap_or_default();
    let level = state.rules_of(key).level(&key.level);
    level.map_or(rules::regions::Zone::Wib, |level| state.geography.zone_of_time(level, region))
}

pub(crate) fn about(rule: &str, key: &RoundKey) -> Message {
    Message::new(rule).text("round", key.path())
}

pub(crate) fn other_rulebook(key: &RoundKey, pin: &RulebookPin) -> Refusal {
    let message = about("refusal-other-rulebook", key).text("edition", limit::beginning(&pin.edition));
    Refusal::of(message.text("version", limit::beginning(&pin.version)))
}

/// The one who wrote a juror's sheet down, if it was not the juror: an aide of that juror, on a day of the term. Somebody else than an aide
/// names the one who wrote.
pub(crate) fn writer(
    state: &State,
    key: &ContestKey,
    juror: &JurorId,
    named: Option<&PersonId>,
    actor: &Actor,
    at: Option<Timestamp>,
) -> Result<Option<PersonId>, Refusal> {
    let acting = match actor {
        Actor::Aide(_, _, aide) => Some(aide),
        Actor::Person(aide, grant) if grant.role == Role::Aide => Some(aide),
        _ => None,
    };
    if let Some(named) = named.filter(|named| acting.is_some_and(|acting| !people::is_same(acting, named))) {
        return Err(Refusal::of(Message::new("refusal-not-you").text("person", limit::beginning(named.as_str()))));
    }
    let Some(aide) = acting.or(named) else { return Ok(None) };
    let today = local_day(time(at)?, zone(state, &key.round));
    if !state.rounds.get(&key.round).is_some_and(|round| round.may_write_for(aide, juror, today)) {
        let message = about("refusal-not-an-aide", &key.round).text("aide", limit::beginning(aide.as_str()));
        return Err(Refusal::of(message.text("juror", juror.as_str())));
    }
    if state.rounds.get(&key.round).is_some_and(|round| panel::seat_of(round, aide).is_some()) {
        return Err(Refusal::of(about("refusal-aide-is-juror", &key.round).text("aide", limit::beginning(aide.as_str()))));
    }
    Ok(Some(aide.clone()))
}

/// That somebody wrote a juror's sheet down. The marks stay the juror's.
pub(crate) fn written(key: &ContestKey, juror: &JurorId, candidate: &CandidateId, writer: Option<PersonId>) -> Option<Fact> {
    let (contest, juror, candidate) = (key.clone(), juror.clone(), candidate.clone());
    writer.map(|aide| Fact::SheetWrittenByAide { contest, juror, candidate, aide })
}
