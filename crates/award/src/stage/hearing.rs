//! Wawancara berlangsung: whom a candidate sends and what it shows is told before; who came is checked in with rank and letter, and questions and answers are noted. A delegation that is lower or
//! smaller than the rulebook asks is put on record, or not heard where the rulebook says so.

use jiff::Timestamp;
use jiff::civil::DateTime;
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
use crate::schedule::{Asked, CheckIn, Delegate, Invited, Material, NoShow, Sending, Session, Slot};
use crate::shortfall::Shortfall;
use crate::stage::dossier::FILE_MIB_USUAL;
use crate::stage::opening;
use crate::stage::schedule::{heard, of_candidate, schedule};
use crate::state::State;

/// Most people of a delegation.
const DELEGATES_MAX: usize = 30;
/// Most materials of a candidate.
const MATERIALS_MAX: usize = 10;
/// Formats in which materials may come.
pub const MATERIAL_FORMATS: [&str; 5] = ["pdf", "jpeg", "png", "xlsx", "docx"];

/// Puts on record whom a candidate sends, before its time begins. It may say so anew until then.
pub(crate) fn send(state: &State, key: &ContestKey, sending: &Sending, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    let refuse = |rule: &str| of_candidate(state, rule, &sending.candidate);
    may_send(state, key, &sending.candidate, opening::time(at)?)?;
    let Some(speaker) = sending.delegation.first() else { return Err(refuse("refusal-nobody-sent")) };
    if sending.delegation.len() > DELEGATES_MAX {
        return Err(refuse("refusal-delegates-many").with("most", Arg::Number(DELEGATES_MAX.to_string())));
    }
    delegates(&sending.delegation)?;
    needs_letter(state, key, &attendance(state, key, &sending.candidate, &sending.delegation, speaker)?, speaker)?;
    let (_, entry) = entry(state, key, sending.candidate.as_str())?;
    if entry.hearing.sent.last() == Some(sending) {
        return Err(refuse("refusal-sent-so"));
    }
    Ok(vec![Fact::DelegationSent(key.clone(), sending.clone())])
}

/// Whether a candidate may say now whom it sends: it has a time, which has not begun, and nobody has come.
pub(crate) fn may_send(state: &State, key: &ContestKey, candidate: &CandidateId, at: Timestamp) -> Result<(), Refusal> {
    let (session, slot) = booked(state, key, candidate)?;
    let begins = session.on.to_datetime(slot.starts);
    before(state, key, candidate, begins, at, "refusal-delegation-late")
}

/// Takes a material in, before it is due.
pub(crate) fn hand_in_material(
    state: &State,
    key: &ContestKey,
    material: &Material,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let (at, refuse) = (opening::time(at)?, |rule: &str| of_candidate(state, rule, &material.candidate));
    may_hand_in_material(state, key, &material.candidate, at)?;
    limit::name("title", &material.title)?;
    limit::hash(&material.file.hash)?;
    limit::name("file", &material.file.name)?;
    let file = |rule: &str| Message::new(rule).text("file", limit::beginning(&material.file.name));
    if !MATERIAL_FORMATS.contains(&material.file.format.as_str()) {
        let message = file("refusal-material-format").text("format", limit::beginning(&material.file.format));
        return Err(Refusal::of(message.text("formats", MATERIAL_FORMATS.join(", "))));
    }
    if material.file.bytes == 0 || material.file.bytes > u64::from(FILE_MIB_USUAL) << 20 {
        return Err(Refusal::of(file("refusal-material-size").number("most", FILE_MIB_USUAL)));
    }
    let (_, entry) = entry(state, key, material.candidate.as_str())?;
    if entry.hearing.materials.iter().any(|kept| kept.material.file.hash == material.file.hash) {
        return Err(Refusal::of(file("refusal-material-twice")));
    }
    if entry.hearing.materials.len() >= MATERIALS_MAX {
        return Err(refuse("refusal-materials-many").with("most", Arg::Number(MATERIALS_MAX.to_string())));
    }
    Ok(vec![Fact::MaterialHandedIn { contest: key.clone(), material: material.clone(), at }])
}

/// Whether a candidate may hand in a material now: it has a time, and what is shown there is not due yet.
pub(crate) fn may_hand_in_material(
    state: &State,
    key: &ContestKey,
    candidate: &CandidateId,
    at: Timestamp,
) -> Result<(), Refusal> {
    let (session, slot) = booked(state, key, candidate)?;
    let due = session.materials_due.unwrap_or_else(|| session.on.to_datetime(slot.starts));
    before(state, key, candidate, due, at, "refusal-material-late")
}

/// The slot of a candidate who is to be heard and has not come.
fn booked<'s>(state: &'s State, key: &ContestKey, candidate: &CandidateId) -> Result<(&'s Session, &'s Slot), Refusal> {
    let contest = heard(state, key, candidate)?;
    if contest.invited(candidate) == Invited::Present {
        return Err(of_candidate(state, "refusal-came-already", candidate));
    }
    let schedule = schedule(state, key);
    let slot = schedule.and_then(|schedule| schedule.slot(candidate));
    let session = slot.and_then(|slot| schedule?.session(&slot.session));
    session.zip(slot).ok_or_else(|| of_candidate(state, "refusal-no-slot", candidate))
}

fn before(
    state: &State,
    key: &ContestKey,
    candidate: &CandidateId,
    until: DateTime,
    at: Timestamp,
    rule: &str,
) -> Result<(), Refusal> {
    let zone = opening::zone(state, &key.round);
    let until = instant(until, zone);
    if at < until {
        return Ok(());
    }
    Err(of_candidate(state, rule, candidate).with("until", Arg::Text(shown(until, zone))))
}

/// Names, posts and letters that can be meant.
fn delegates(delegation: &[Delegate]) -> Result<(), Refusal> {
    for delegate in delegation {
        told("name", &delegate.name)?;
        told("post", &delegate.post)?;
        delegate.letter.iter().try_for_each(|letter| limit::hash(&letter.sha256))?;
    }
    Ok(())
}

/// Whoever speaks in the place of the head shows a letter.
fn needs_letter(state: &State, key: &ContestKey, attendance: &Attendance, speaker: &Delegate) -> Result<(), Refusal> {
    let in_place = |table: &&AttendanceRule| notice::lower_than_leader(table, attendance).is_some();
    if speaker.letter.is_none() && tables(state, key, &attendance.candidate).iter().any(in_place) {
        return Err(of_candidate(state, "refusal-no-letter", &attendance.candidate));
    }
    Ok(())
}

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
    delegates(&came.delegation)?;
    let attendance = attendance(state, key, &came.candidate, &came.delegation, speaker)?;
    needs_letter(state, key, &attendance, speaker)?;
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
fn attendance(
    state: &State,
    key: &ContestKey,
    candidate: &CandidateId,
    delegation: &[Delegate],
    speaker: &Delegate,
) -> Result<Attendance, Refusal> {
    let tables = tables(state, key, candidate);
    let ranks = || tables.iter().flat_map(|table| &table.ranks);
    let given = || delegation.iter().filter_map(|delegate| delegate.rank.as_deref());
    let open = tables.iter().any(|table| table.otherwise.is_some()) || tables.is_empty();
    if let Some(unknown) = given().find(|rank| !open && !ranks().any(|known| known.id == *rank)) {
        let known = ranks().map(|rank| Arg::Local(rank.name.id.clone(), rank.name.en.clone())).collect();
        let message = Message::new("refusal-unknown-rank").text("rank", unknown).with("ranks", Arg::List(known));
        return Err(Refusal::of(message.text("candidate", name(state, candidate.as_str()))));
    }
    if !tables.is_empty() && given().next().is_none() {
        return Err(of_candidate(state, "refusal-rank-untold", candidate));
    }
    let worth = |rank: &str| ranks().find(|known| known.id == rank).map(|known| known.value.clone());
    // Of equal ranks the first to be named counts.
    let highest = given().rev().max_by(|one, other| worth(one).cmp(&worth(other)));
    Ok(Attendance {
        level: key.round.level.clone(),
        candidate: candidate.clone(),
        state: Came::Present,
        rank: highest.map(str::to_owned),
        speaker: Some(speaker.name.clone()),
        post: Some(speaker.post.clone()),
        officials: u32::try_from(delegation.len() - 1).ok(),
        evidence: speaker.letter.as_ref().map(|letter| letter.sha256.clone()),
    })
}

fn candidate<'s>(state: &'s State, candidate: &CandidateId) -> Option<&'s Candidate> {
    state.candidates.get(candidate)
}

/// The tables of attendance that hold for a candidate.
pub(crate) fn tables<'s>(state: &'s State, key: &ContestKey, id: &CandidateId) -> Vec<&'s AttendanceRule> {
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

/// In what a delegation would fall short if it came as it is named; nothing of one that is empty or could not come.
pub(crate) fn shortfalls_of(state: &State, key: &ContestKey, candidate: &CandidateId, delegation: &[Delegate]) -> Vec<Shortfall> {
    let named = delegation.first().and_then(|speaker| attendance(state, key, candidate, delegation, speaker).ok());
    named.map(|named| shortfalls(state, key, &named)).unwrap_or_default()
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
