//! Wawancara: who came, and with which rank. Its effect on points is the rulebook's business; here it is only put on record.

use rules::rulebook::Stage;
use words::Message;

use crate::act::ContestKey;
use crate::cycle::tables::Attendance;
use crate::decide::{entry, name};
use crate::fact::Fact;
use crate::refusal::Refusal;
use crate::rule;
use crate::schedule::Invited;
use crate::stage::hearing;
use crate::stage::schedule::of_candidate;
use crate::state::State;

/// Puts on record who came.
pub(crate) fn record_attendance(state: &State, key: &ContestKey, attendance: &Attendance) -> Result<Vec<Fact>, Refusal> {
    let (contest, _) = entry(state, key, attendance.candidate.as_str())?;
    let has_stage = state.rule(key).is_some_and(|rule| rule::has_stage(rule, Stage::Interview));
    if !has_stage {
        let message = Message::new("refusal-not-interviewed").text("candidate", name(state, attendance.candidate.as_str()));
        return Err(Refusal::of(message.text("contest", key.path())));
    }
    if contest.ratified.is_some() {
        return Err(Refusal::of(Message::new("refusal-ratified").text("contest", key.path())));
    }
    if contest.invited(&attendance.candidate) == Invited::Present {
        return Err(of_candidate(state, "refusal-came-already", &attendance.candidate));
    }
    let mut facts = vec![Fact::Attended(key.clone(), attendance.clone())];
    facts.extend(hearing::shortfalls(state, key, attendance).into_iter().map(|shortfall| hearing::note(key, shortfall)));
    Ok(facts)
}
