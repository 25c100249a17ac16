//! Wawancara berlangsung: who came is checked in with rank and letter, and questions and answers are noted. A delegation that is lower or
//! smaller than the rulebook asks is put on record, or not heard where the rulebook says so.

use jiff::Timestamp;
use rules::rulebook::{AttendanceRule, Delegation};
use words::{Arg, Message};

use crate::act::ContestKey;
use crate::cycle::tables::{Attendance, Came, Candidate};
use crate::deadline::{instant, shown};
use crate::decide::{entry, name};
use crate::fact::Fact;
use crate::id::CandidateId;
use crate::limit::{self, told};
use crate::notice;
use crate::panel;
use crate::refusal::Refusal;
use crate::schedule::{Asked, CheckIn, Delegate, Invited, NoShow};
use crate::shortfall::Shortfall;
use crate::stage::opening;
use crate::stage::schedule::{heard, of_candidate, schedule};
use crate::state::State;

/// Checks in who came. The delegate of the highest rank is the one whose rank counts.
pub(crate) fn check_in(state: &State, key: &ContestKey, came: &CheckIn) -> Result<Vec<Fact>, Refusal> {
    let contest = heard(state, key, &came.candidate)?;
    let refuse = |rule: &str| of_candidate(state, rule, &came.candidate);
    let schedule = schedule(state, key);
    let slot = schedule.and_then(|schedule| schedule.slot(&came.candidate)).ok_or_else(|| refuse("refusal-no-slot"))?;
    if contest.invited(&came.candidate) == Invited::Present {
        return Err(refuse("refusal-came-already"));
    }
    let other_day = schedule.and_then(|schedule| schedule.session(&slot.session)).is_none_or(|one| one.on != came.at.date());
    if other_day {
        return Err(refuse("refusal-other-day"));
    }
    let Some(speaker) = came.delegation.first() else { return Err(refuse("refusal-nobody-came")) };
    for delegate in &came.delegation {
        told("name", &delegate.name)?;
        told("post", &delegate.post)?;
        delegate.letter.iter().try_for_each(|letter| limit::hash(&letter.sha256))?;
    }
    let attendance = attendance(state, key, came, speaker)?;
    let in_place = |table: &&AttendanceRule| notice::lower_than_leader(table, &attendance).is_some();
    if speaker.letter.is_none() && tables(state, key, &came.candidate).iter().any(in_place) {
        return Err(refuse("refusal-no-letter"));
    }
    let noted = shortfalls(state, key, &attendance);
    if refuses(state, key, &came.candidate) {
        noted.first().map_or(Ok(()), |shortfall| Err(not_heard(state, key, shortfall)))?;
    }
    let mut facts = vec![Fact::CheckedIn(key.clone(), came.clone()), Fact::Attended(key.clone(), attendance)];
    facts.extend(noted.into_iter().map(|shortfall| note(key, shortfall)));
    Ok(facts)
}

/// Puts on record that nobody came at a candidate's time; whoever excused itself before is excused. What follows for points the rulebook
/// says. Who comes later all the same is checked in.
pub(crate) fn note_no_show(
    state: &State,
    key: &ContestKey,
    no_show: &NoShow,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let contest = heard(state, key, &no_show.candidate)?;
    let refuse = |rule: &str| of_candidate(state, rule, &no_show.candidate);
    let schedule = schedule(state, key);
    let slot = schedule.and_then(|schedule| schedule.slot(&no_show.candidate)).ok_or_else(|| refuse("refusal-no-slot"))?;
    no_show.note.iter().try_for_each(|note| told("note", note))?;
    let state_of = match contest.invited(&no_show.candidate) {
        Invited::Present => return Err(refuse("refusal-came-already")),
        Invited::Excused => Came::Excused,
        Invited::Invited | Invited::Confirmed => Came::Absent,
    };
    let session = schedule.and_then(|schedule| schedule.session(&slot.session)).ok_or_else(|| refuse("refusal-no-slot"))?;
    let begins = instant(session.on.to_datetime(slot.starts), opening::zone(state, &key.round));
    if opening::time(at)? < begins {
        let shown = shown(begins, opening::zone(state, &key.round));
        return Err(refuse("refusal-slot-not-begun").with("begins", Arg::Text(shown)).waiting());
    }
    let known = contest.entry(no_show.candidate.as_str()).and_then(|entry| entry.attendance.as_ref());
    if known.is_some_and(|known| known.state == state_of) {
        return Err(refuse("refusal-no-show-twice"));
    }
    let attendance = Attendance {
        level: key.round.level.clone(),
        candidate: no_show.candidate.clone(),
        state: state_of,
        rank: None,
        speaker: None,
        post: None,
        officials: None,
        evidence: no_show.note.clone(),
    };
    Ok(vec![Fact::Attended(key.clone(), attendance)])
}

pub(crate) fn note(key: &ContestKey, shortfall: Shortfall) -> Fact {
    Fact::ShortfallNoted { round: key.round.clone(), contest: Some(key.clone()), shortfall }
}

/// The attendance as the count reads it.
fn attendance(state: &State, key: &ContestKey, came: &CheckIn, speaker: &Delegate) -> Result<Attendance, Refusal> {
    let tables = tables(state, key, &came.candidate);
    let ranks = || tables.iter().flat_map(|table| &table.ranks);
    let given = || came.delegation.iter().filter_map(|delegate| delegate.rank.as_deref());
    let open = tables.iter().any(|table| table.otherwise.is_some()) || tables.is_empty();
    if let Some(unknown) = given().find(|rank| !open && !ranks().any(|known| known.id == *rank)) {
        let known = ranks().map(|rank| Arg::Local(rank.name.id.clone(), rank.name.en.clone())).collect();
        let message = Message::new("refusal-unknown-rank").text("rank", unknown).with("ranks", Arg::List(known));
        return Err(Refusal::of(message.text("candidate", name(state, came.candidate.as_str()))));
    }
    if !tables.is_empty() && given().next().is_none() {
        return Err(of_candidate(state, "refusal-rank-untold", &came.candidate));
    }
    let worth = |rank: &str| ranks().find(|known| known.id == rank).map(|known| known.value.clone());
    // Of equal ranks the first to be named counts.
    let highest = given().rev().max_by(|one, other| worth(one).cmp(&worth(other)));
    Ok(Attendance {
        level: key.round.level.clone(),
        candidate: came.candidate.clone(),
        state: Came::Present,
        rank: highest.map(str::to_owned),
        speaker: Some(speaker.name.clone()),
        post: Some(speaker.post.clone()),
        officials: u32::try_from(came.delegation.len() - 1).ok(),
        evidence: speaker.letter.as_ref().map(|letter| letter.sha256.clone()),
    })
}

fn candidate<'s>(state: &'s State, candidate: &CandidateId) -> Option<&'s Candidate> {
    state.candidates.get(candidate)
}

/// The tables of attendance that hold for a candidate.
fn tables<'s>(state: &'s State, key: &ContestKey, id: &CandidateId) -> Vec<&'s AttendanceRule> {
    let both = state.rule(key).zip(candidate(state, id));
    both.map(|(rule, candidate)| notice::tables_for(state.rules_of(&key.round), rule, candidate)).unwrap_or_default()
}

/// In what a delegation falls short of what the rulebook asks.
pub(crate) fn shortfalls(state: &State, key: &ContestKey, came: &Attendance) -> Vec<Shortfall> {
    if came.state != Came::Present {
        return Vec::new();
    }
    let mut found = Vec::new();
    for table in tables(state, key, &came.candidate) {
        if let Some((came_with, least)) = notice::officials_short(table, came) {
            found.push(Shortfall::Officials { candidate: came.candidate.clone(), came: came_with, least });
        }
        if let Some(rank) = notice::lower_than_leader(table, came) {
            found.push(Shortfall::Leader { candidate: came.candidate.clone(), rank: rank.to_owned() });
        }
    }
    found
}

fn refuses(state: &State, key: &ContestKey, candidate: &CandidateId) -> bool {
    tables(state, key, candidate).iter().any(|table| table.delegation == Delegation::Refuse)
}

fn not_heard(state: &State, key: &ContestKey, shortfall: &Shortfall) -> Refusal {
    match shortfall {
        Shortfall::Officials { candidate, came, least } => {
            let message = Message::new("refusal-officials").text("candidate", name(state, candidate.as_str()));
            Refusal::of(message.number("came", came).number("least", least))
        }
        Shortfall::Leader { candidate, rank } => {
            let message = Message::new("refusal-leader").text("candidate", name(state, candidate.as_str())).text("rank", rank);
            let leader = tables(state, key, candidate).into_iter().find_map(notice::leader_of);
            let leader = leader.map_or(Arg::Text("-".into()), |rank| Arg::Local(rank.name.id.clone(), rank.name.en.clone()));
            Refusal::of(message.with("leader", leader))
        }
        Shortfall::SeatOffice { .. } | Shortfall::Invited { .. } => {
            Refusal::of(Message::new("refusal-not-interviewed").text("candidate", "-").text("contest", key.path()))
        }
    }
}

/// Notes what a juror asked and what was answered.
pub(crate) fn note_question(state: &State, key: &ContestKey, asked: &Asked) -> Result<Vec<Fact>, Refusal> {
    let (contest, entry) = entry(state, key, asked.candidate.as_str())?;
    told("question", &asked.question)?;
    let refuse = |rule: &str| {
        let message = Message::new(rule).text("juror", asked.juror.as_str());
        Err(Refusal::of(message.text("candidate", name(state, asked.candidate.as_str()))))
    };
    if contest.ratified.is_some() {
        return Err(Refusal::of(Message::new("refusal-ratified").text("contest", key.path())));
    }
    if panel::serving(state, key, &asked.juror).is_none() {
        return refuse("refusal-not-on-panel");
    }
    if contest.is_recused(&asked.juror, &asked.candidate) {
        return refuse("refusal-recused");
    }
    if contest.invited(&asked.candidate) != Invited::Present {
        return refuse("refusal-asked-nobody");
    }
    if entry.hearing.asked.contains(asked) {
        return refuse("refusal-asked-twice");
    }
    Ok(vec![Fact::QuestionNoted(key.clone(), asked.clone())])
}
