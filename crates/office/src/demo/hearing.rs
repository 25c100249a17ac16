//! Interviews of today and tomorrow: everybody has a slot and has confirmed, some have told whom they send and what they show, and whoever's turn has come is checked in.

use award::schedule::{Material, Sending, Session};
use award::stage::dossier::FileRef;
use award::state::Entry;
use award::{ContestKey, Deed, State};
use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::land::today_in;
use crate::rehearse::scene::Stage;
use crate::rehearse::stage::hearing::{Turn, come, delegation, invite, session};
use crate::rehearse::stage::{contests, running};
use crate::rehearse::step::{Script, Step, Who};
use crate::rehearse::year::{Round, Year};

/// The day on which the slots were given, in the afternoon.
const PLANNED: Date = date(2024, 2, 17);

/// What was done for the interviews of a round until now.
pub fn until_now(year: &Year, round: &Round, state: &State, now: Timestamp) -> Vec<Step> {
    let today = round.day(today_in(Stage::Interview));
    let days = [today, today.tomorrow().unwrap_or(today)];
    let sessions: Vec<Session> =
        days.iter().enumerate().map(|(at, day)| session(round, &format!("sesi-{}", at + 1), *day)).collect();
    let mut script = Script::new(year, round, award::instant(round.day(PLANNED).at(14, 0, 0, 0), round.zone));
    for session in &sessions {
        script.does(Who::Secretariat(1), Deed::PlanSession(round.key.clone(), session.clone()));
    }
    let heard: Vec<(&ContestKey, &Entry)> =
        contests(state, round).flat_map(|(key, contest)| running(contest).map(move |entry| (key, entry))).collect();
    let half = heard.len().div_ceil(2);
    let turns =
        || heard.iter().enumerate().map(|(at, (key, entry))| (&sessions[at / half.max(1)], at % half.max(1), *key, *entry));
    for (session, number, key, entry) in turns() {
        let Some(candidate) = year.candidate(&entry.candidate) else { continue };
        invite(&mut script, key, candidate, &Turn { session: &session.id, number, day: session.on });
    }
    // Every other candidate has told whom it sends, and handed in what it will show.
    for (_, number, key, entry) in turns().filter(|(_, number, ..)| number % 2 == 0) {
        let Some(candidate) = year.candidate(&entry.candidate) else { continue };
        let own = || Who::Candidate(candidate.id.clone());
        let sending = Sending { candidate: candidate.id.clone(), delegation: delegation(year, state, key, candidate) };
        script.does(own(), Deed::SendDelegation(key.clone(), sending));
        let name = format!("paparan-{}-{number}-contoh.pdf", candidate.id);
        let file = FileRef { hash: tally::lot::commitment(&name), bytes: 120_000, format: "pdf".into(), name };
        let material = Material { candidate: candidate.id.clone(), title: "Paparan wawancara (contoh)".into(), file };
        script.does(own(), Deed::HandInMaterial(key.clone(), material));
    }
    for (session, number, key, entry) in turns() {
        let turn = Turn { session: &session.id, number, day: session.on };
        let begins = award::instant(session.on.to_datetime(turn.starts()), round.zone);
        let Some(candidate) = year.candidate(&entry.candidate).filter(|_| begins <= now) else { continue };
        come(script.at(begins), year, state, key, candidate, &turn);
    }
    script.steps()
}
