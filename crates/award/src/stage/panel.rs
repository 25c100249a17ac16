//! Tim penilai: people are appointed by decree to seats that their office fits, a member is replaced for a reason, and somebody acts as
//! chair where the chair is recused.

use jiff::civil::Date;
use rules::rulebook::{GivenSheets, Seat};
use words::Message;

use crate::act::{ContestKey, RoundKey};
use crate::cycle::tables::Appointment;
use crate::decide::{entry, name};
use crate::fact::Fact;
use crate::id::JurorId;
use crate::limit::{self, told};
use crate::notice;
use crate::panel::{self, ActingChair, DecreedSeat, Left, Replacement};
use crate::people;
use crate::refusal::Refusal;
use crate::round::Aide;
use crate::rule;
use crate::shortfall::Shortfall;
use crate::state::State;

/// Appoints a person to a free seat by decree. An office that the seat is not for needs a reason, and is put on record.
pub(crate) fn appoint(state: &State, round: &RoundKey, decreed: &DecreedSeat) -> Result<Vec<Fact>, Refusal> {
    let seat = fitting(state, round, decreed)?;
    sits_once(state, round, &decreed.appointment, (decreed.from, decreed.to), None)?;
    let taken = state.rounds.get(round).map_or(0, |round| panel::seated(round).filter(|known| known.seat == seat.id).count());
    if taken >= seat.count as usize {
        return Err(Refusal::of(Message::new("refusal-seat-taken").local("seat", &seat.name.id, &seat.name.en)));
    }
    let mut facts = seated(round, decreed);
    facts.extend(shortfall(round, seat, &decreed.appointment));
    Ok(facts)
}

fn seated(round: &RoundKey, decreed: &DecreedSeat) -> Vec<Fact> {
    vec![Fact::Appointed(round.clone(), decreed.appointment.clone()), Fact::Decreed(round.clone(), decreed.clone())]
}

/// A seat filled by somebody for whom it is not.
pub(crate) fn shortfall(round: &RoundKey, seat: &Seat, juror: &Appointment) -> Option<Fact> {
    let unfit = notice::of_seat(seat, juror).is_some() || notice::of_delegate(seat, juror).is_some();
    let office = juror.office.clone();
    unfit.then(|| {
        let noted = Shortfall::SeatOffice { juror: juror.juror.clone(), seat: seat.id.clone(), office };
        Fact::ShortfallNoted { round: round.clone(), contest: None, shortfall: noted }
    })
}

/// The seat, if the person and the decree fit it.
fn fitting<'s>(state: &'s State, round: &RoundKey, decreed: &DecreedSeat) -> Result<&'s Seat, Refusal> {
    let juror = &decreed.appointment;
    told("juror", juror.juror.as_str())?;
    told("name", &juror.name)?;
    limit::number("decree", &decreed.decree.number)?;
    [Some(decreed.decree.date), Some(decreed.from), decreed.to]
        .into_iter()
        .flatten()
        .try_for_each(|day| limit::day("term", day))?;
    let of_juror = |rule: &str| Refusal::of(Message::new(rule).text("juror", &juror.name));
    let Some((_, seat)) = rule::seat(state.rules_of(round), &round.level, &juror.seat) else {
        return Err(Refusal::of(Message::new("refusal-no-such-seat").text("seat", &juror.seat)));
    };
    if juror.level != round.level || juror.region != round.region {
        return Err(of_juror("refusal-appointed-elsewhere"));
    }
    if decreed.to.is_some_and(|to| to < decreed.from) {
        return Err(of_juror("refusal-term-empty"));
    }
    let known = state.rounds.get(round).is_some_and(|round| round.panel.iter().any(|known| known.juror == juror.juror));
    if known {
        return Err(of_juror("refusal-appointed-twice"));
    }
    if decreed.exception.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
        if notice::of_delegate(seat, juror).is_some() {
            let message = Message::new("refusal-no-delegate").local("seat", &seat.name.id, &seat.name.en);
            return Err(Refusal::of(message.text("juror", &juror.name)));
        }
        office_fits(seat, juror)?;
    }
    Ok(seat)
}

/// Refuses to seat a person twice in one panel at the same time, or one who writes for a juror of it.
pub(crate) fn sits_once(
    state: &State,
    key: &RoundKey,
    juror: &Appointment,
    term: (Date, Option<Date>),
    leaves: Option<&JurorId>,
) -> Result<(), Refusal> {
    let (Some(round), Some(person)) = (state.rounds.get(key), &juror.person) else { return Ok(()) };
    let panel_of = |seat: &str| rule::seat(state.rules_of(key), &key.level, seat).map(|(panel, _)| &panel.id);
    let meets = |known: &&Appointment| {
        let decreed = round.decreed.iter().rev().find(|seat| seat.appointment.juror == known.juror);
        decreed.is_none_or(|seat| seat.to.is_none_or(|to| term.0 <= to) && term.1.is_none_or(|to| seat.from <= to))
    };
    let is_person = |known: &&Appointment| known.person.as_ref().is_some_and(|known| people::is_same(known, person));
    let others =
        panel::seated(round).filter(|known| Some(&known.juror) != leaves && panel_of(&known.seat) == panel_of(&juror.seat));
    if let Some(known) = others.filter(is_person).find(meets) {
        let message = Message::new("refusal-person-seated").text("person", limit::beginning(person.as_str()));
        return Err(Refusal::of(message.text("juror", known.juror.as_str())));
    }
    let aide = |aide: &&Aide| {
        people::is_same(&aide.aide, person)
            && aide.to.is_none_or(|to| term.0 <= to)
            && term.1.is_none_or(|to| aide.from <= to)
            && Some(&aide.juror) != leaves
    };
    match round.aides.iter().find(aide) {
        Some(aide) => {
            let message = Message::new("refusal-juror-is-aide").text("person", limit::beginning(person.as_str()));
            Err(Refusal::of(message.text("juror", aide.juror.as_str())))
        }
        None => Ok(()),
    }
}

fn office_fits(seat: &Seat, juror: &Appointment) -> Result<(), Refusal> {
    let told = !seat.offices.is_empty() && juror.office.is_none();
    if told {
        let message = Message::new("refusal-office-untold").local("seat", &seat.name.id, &seat.name.en);
        return Err(Refusal::of(message.with("offices", notice::offices(seat)).text("juror", &juror.name)));
    }
    match notice::of_seat(seat, juror) {
        None => Ok(()),
        Some(_) => {
            let message = Message::new("refusal-office-unfit").local("seat", &seat.name.id, &seat.name.en);
            let message = message.with("offices", notice::offices(seat)).text("juror", &juror.name);
            Err(Refusal::of(message.text("office", juror.office.clone().unwrap_or_default())))
        }
    }
}

/// A member leaves and another takes the seat. What becomes of the sheets already given, the rulebook says, or the replacement.
pub(crate) fn replace(state: &State, round: &RoundKey, replacement: &Replacement) -> Result<Vec<Fact>, Refusal> {
    told("reason", &replacement.reason)?;
    let of_juror = |rule: &str| Refusal::of(Message::new(rule).text("juror", replacement.leaves.as_str()));
    let known = state.rounds.get(round);
    let former = known.and_then(|round| panel::seated(round).find(|juror| juror.juror == replacement.leaves));
    let former = former.ok_or_else(|| of_juror("refusal-not-seated"))?;
    if former.seat != replacement.takes.appointment.seat {
        return Err(of_juror("refusal-other-seat"));
    }
    let takes = &replacement.takes;
    let seat = fitting(state, round, takes)?;
    sits_once(state, round, &takes.appointment, (takes.from, takes.to), Some(&replacement.leaves))?;
    let rule = rule::seat(state.rules_of(round), &round.level, &seat.id).and_then(|(panel, _)| panel.substitution);
    if rule.is_some_and(|rule| rule != replacement.sheets) {
        return Err(of_juror(match replacement.sheets {
            GivenSheets::Keep => "refusal-sheets-are-void",
            GivenSheets::Void => "refusal-sheets-are-kept",
        }));
    }
    let left = Left {
        juror: replacement.leaves.clone(),
        successor: replacement.takes.appointment.juror.clone(),
        sheets: replacement.sheets,
        reason: replacement.reason.clone(),
    };
    let mut facts = vec![Fact::MemberLeft(round.clone(), left)];
    facts.extend(seated(round, &replacement.takes));
    facts.extend(shortfall(round, seat, &replacement.takes.appointment));
    Ok(facts)
}

/// Names who acts as chair for a candidate from whom the chair is recused.
pub(crate) fn name_acting_chair(state: &State, key: &ContestKey, acting: &ActingChair) -> Result<Vec<Fact>, Refusal> {
    told("reason", &acting.reason)?;
    let (contest, _) = entry(state, key, acting.candidate.as_str())?;
    let refuse = |rule: &str| {
        let message = Message::new(rule).text("juror", acting.juror.as_str());
        Err(Refusal::of(message.text("candidate", name(state, acting.candidate.as_str()))))
    };
    let allowed = panel::of_contest(state, key).is_some_and(|panel| panel.acting_chair);
    if !allowed {
        return refuse("refusal-no-acting-chair");
    }
    if contest.ratified.is_some() {
        return Err(Refusal::of(Message::new("refusal-ratified").text("contest", key.path())));
    }
    if panel::serving(state, key, &acting.juror).is_none() {
        return refuse("refusal-not-on-panel");
    }
    let chair = panel::chair(state, key).map(|chair| &chair.juror);
    if chair.is_some_and(|chair| !panel::is_biased(contest, chair, &acting.candidate)) {
        return refuse("refusal-chair-can-chair");
    }
    if chair == Some(&acting.juror) || panel::is_biased(contest, &acting.juror, &acting.candidate) {
        return refuse("refusal-acting-recused");
    }
    if panel::chair_for(state, key, &acting.candidate) == Some(&acting.juror) {
        return refuse("refusal-acting-twice");
    }
    Ok(vec![Fact::ActingChairNamed(key.clone(), acting.clone())])
}
