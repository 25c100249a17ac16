//! Wawancara: sessions are planned, everybody gets a slot, confirms, comes with a delegation, and is asked.

use award::schedule::{Answer, Asked, CheckIn, Delegate, Place, Reply, Session, Slot};
use award::state::Entry;
use award::{ContestKey, Deed, State};
use jiff::Span;
use jiff::civil::{Date, Time, Weekday, time};
use rules::rulebook::AttendanceRule;

use super::{contests, running, serving};
use crate::rehearse::step::{Script, Step, Who};
use crate::rehearse::year::{Candidate, FIRST, Round, WORDS, Year};

/// When a session begins.
const BEGINS: Time = time(8, 0, 0, 0);
/// When it ends.
const ENDS: Time = time(16, 0, 0, 0);
/// So long is a slot, in minutes.
const MINUTES: usize = 15;
/// So many slots has a session.
const SLOTS: usize = 32;

/// The interviews of everybody in a round who has no slot yet, from a day on.
pub fn of_round(year: &Year, round: &Round, state: &State, from: Date) -> Vec<Step> {
    let planned = state.rounds.get(&round.key).map(|known| &known.schedule);
    let has_slot = |entry: &Entry| planned.is_some_and(|planned| planned.slot(&entry.candidate).is_some());
    let mut waiting = Vec::new();
    for (key, contest) in contests(state, round) {
        waiting.extend(running(contest).filter(|entry| !has_slot(entry)).map(|entry| (key, entry)));
    }
    let before = planned.map_or(0, |planned| planned.sessions.len());
    let mut script = Script::new(year, round, award::instant(from.at(6, 0, 0, 0), round.zone));
    let mut day = from;
    for (number, heard) in waiting.chunks(SLOTS).enumerate() {
        let id = format!("sesi-{}", before + number + 1);
        script.at(award::instant(day.at(6, 30, 0, 0), round.zone));
        script.does(Who::Secretariat(1), Deed::PlanSession(round.key.clone(), session(round, &id, day)));
        for (turn, (key, entry)) in heard.iter().enumerate() {
            if let Some(candidate) = year.candidate(&entry.candidate) {
                hear(&mut script, year, state, key, candidate, &Turn { session: &id, number: turn, day });
            }
        }
        day = next_working_day(day);
    }
    script.steps()
}

/// Which slot of which session.
pub struct Turn<'t> {
    /// The session's id.
    pub session: &'t str,
    /// Which slot, from 0.
    pub number: usize,
    /// The session's day.
    pub day: Date,
}

impl Turn<'_> {
    /// When the slot begins, by the clocks there.
    pub fn starts(&self) -> Time {
        let minutes = i64::try_from(self.number * MINUTES).unwrap_or(0);
        BEGINS.saturating_add(Span::new().minutes(minutes))
    }
}

fn hear(script: &mut Script<'_>, year: &Year, state: &State, key: &ContestKey, candidate: &Candidate, turn: &Turn<'_>) {
    invite(script, key, candidate, turn);
    come(script, year, state, key, candidate, turn);
}

/// A candidate gets a slot and confirms.
pub fn invite(script: &mut Script<'_>, key: &ContestKey, candidate: &Candidate, turn: &Turn<'_>) {
    let (id, own) = (candidate.id.clone(), Who::Candidate(candidate.id.clone()));
    let slot = Slot {
        session: turn.session.to_owned(),
        candidate: id.clone(),
        starts: turn.starts(),
        minutes: u32::try_from(MINUTES).unwrap_or(u32::MAX),
        exception: Some("Semua calon didengar (data contoh)".into()),
    };
    script.does(Who::Secretariat(1), Deed::AssignSlot(key.clone(), slot));

    let answer = Answer { candidate: id, reply: Reply::Confirmed };
    script.does(own, Deed::AnswerInvitation(key.clone(), answer));
}

/// A candidate comes with a delegation and is asked.
pub fn come(script: &mut Script<'_>, year: &Year, state: &State, key: &ContestKey, candidate: &Candidate, turn: &Turn<'_>) {
    let id = candidate.id.clone();
    let came = CheckIn {
        candidate: id.clone(),
        at: turn.day.to_datetime(turn.starts()),
        delegation: delegation(year, state, key, candidate),
    };
    script.does(Who::Secretariat(2), Deed::CheckIn(key.clone(), came));
    let Some(contest) = state.contests.get(key) else { return };
    let asks = serving(state, key).into_iter().skip(1).find(|juror| !contest.is_recused(juror, &id));
    if let Some(juror) = asks {
        let question = "Apa yang berubah bagi pekerja rentan tahun ini?".into();
        let asked = Asked { candidate: id, juror: juror.clone(), question, answer: "Dijawab dengan angka (data contoh)".into() };
        script.does(Who::Juror(juror), Deed::NoteQuestion(key.clone(), asked));
    }
}

/// A session in the hall of a round.
pub fn session(round: &Round, id: &str, on: Date) -> Session {
    let place = Place::Room(format!("Aula Contoh {}", round.name));
    Session { id: id.to_owned(), on, from: BEGINS, to: ENDS, place, jurors: Vec::new(), materials_due: None }
}

/// Who comes: mostly the head, else the next rank with a letter; two officials beside.
pub fn delegation(year: &Year, state: &State, key: &ContestKey, candidate: &Candidate) -> Vec<Delegate> {
    let table = table(state, key, candidate);
    let ranks = table.map(|table| table.ranks.as_slice()).unwrap_or_default();
    let is_deputy = year.chance(&format!("deputy {} {}", key.round.level, candidate.id)).once_in_thousand(150);
    let rank = ranks.get(usize::from(is_deputy)).map(|rank| rank.id.clone());
    let delegate = |place: u8, post: &str, rank: Option<String>| {
        let file = format!("surat-tugas-{}.pdf", candidate.id);
        let letter = award::evidence::FileRef { sha256: tally::lot::commitment(&file), name: file };
        Delegate { name: called(year, candidate, place), post: post.into(), rank, letter: Some(letter) }
    };
    let post = if is_deputy { "Wakil pimpinan" } else { "Pimpinan" };
    vec![delegate(1, post, rank), delegate(2, "Pejabat", None), delegate(3, "Pejabat", None)]
}

/// What somebody is called who comes for a candidate: nobody's name.
fn called(year: &Year, candidate: &Candidate, place: u8) -> String {
    let mut chance = year.chance(&format!("delegate {place} {}", candidate.id));
    let (first, second) = (chance.one_of(&FIRST), chance.one_of(&WORDS));
    format!("{first} {second} Contoh")
}

/// The table of attendance that the contest's scheme has for this kind.
fn table<'s>(state: &'s State, key: &ContestKey, candidate: &Candidate) -> Option<&'s AttendanceRule> {
    let scheme = state.rules.scheme(&state.rule(key)?.scheme)?;
    let named: Vec<&str> = scheme.aspects.iter().filter_map(|aspect| aspect.attendance.as_deref()).collect();
    let mut tables = state.rules.attendance.iter().filter(|table| named.contains(&table.id.as_str()));
    tables.find(|table| table.kinds.is_empty() || table.kinds.contains(&candidate.kind))
}

fn next_working_day(day: Date) -> Date {
    let mut next = day.saturating_add(Span::new().days(1));
    while matches!(next.weekday(), Weekday::Saturday | Weekday::Sunday) {
        next = next.saturating_add(Span::new().days(1));
    }
    next
}
