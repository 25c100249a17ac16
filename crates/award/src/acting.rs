//! Who does what an act says, and in whose name: everybody it names is entered, and whoever does it for somebody else has a letter that stands
//! on that day. Asked once for every act, so that no stage can forget it.

use words::Message;

use crate::act::{Act, Deed};
use crate::deadline::local_day;
use crate::limit;
use crate::panel;
use crate::people;
use crate::permission::role::Role;
use crate::permission::{Actor, target};
use crate::refusal::Refusal;
use crate::stage::opening;
use crate::state::State;

/// Refuses an act that names somebody who is not entered, or is done for somebody without a letter.
pub(crate) fn by_whom_it_says(state: &State, act: &Act) -> Result<(), Refusal> {
    for person in target::persons(&act.deed) {
        people::known(state, person)?;
    }
    juror_is_somebody(act)?;
    in_own_seat(state, act)?;
    by_letter(state, act)
}

/// Who is appointed by the office is one of those who are entered, so that one person is not two jurors.
fn juror_is_somebody(act: &Act) -> Result<(), Refusal> {
    let seat = match (&act.actor, &act.deed) {
        (Actor::Person(..), Deed::AppointByDecree(_, seat)) => seat,
        (Actor::Person(..), Deed::ReplaceMember(_, replacement)) => &replacement.takes,
        _ => return Ok(()),
    };
    match seat.appointment.person {
        Some(_) => Ok(()),
        None => Err(Refusal::of(Message::new("refusal-juror-untied").text("juror", &seat.appointment.name))),
    }
}

/// What a juror does, the person does who sits in that seat; an aide writes by a term of its own.
fn in_own_seat(state: &State, act: &Act) -> Result<(), Refusal> {
    let (Actor::Person(own, grant), Some(juror)) = (&act.actor, target::juror(&act.deed)) else { return Ok(()) };
    let in_person = matches!(grant.role, Role::Juror | Role::Chair | Role::ActingChair);
    let round = act.deed.round().and_then(|round| state.rounds.get(round)).filter(|_| in_person);
    match round.and_then(|round| panel::person(round, juror)) {
        Some(seated) if !people::is_same(seated, own) => {
            let message = Message::new("refusal-seat-of-another").text("juror", limit::beginning(juror.as_str()));
            Err(Refusal::of(message.text("person", limit::beginning(own.as_str()))))
        }
        _ => Ok(()),
    }
}

/// Who acts for somebody else has a delegation that stands on that day in that round.
fn by_letter(state: &State, act: &Act) -> Result<(), Refusal> {
    let (Actor::Person(own, _), Some(named)) = (&act.actor, target::person(&act.deed)) else { return Ok(()) };
    let Some(round) = act.deed.round().filter(|_| own != named && target::may_be_delegated(&act.deed)) else { return Ok(()) };
    let today = local_day(opening::time(act.at)?, opening::zone(state, round));
    if state.people.may_act_for(own.as_str(), named.as_str(), round, today) {
        return Ok(());
    }
    let message = Message::new("refusal-no-standing-letter").text("person", limit::beginning(named.as_str()));
    Err(Refusal::of(message.text("delegate", limit::beginning(own.as_str())).date("day", today)))
}
