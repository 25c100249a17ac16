//! Sosialisasi: a meeting with guests, what is agreed there and done, what the press writes, and the meeting at which candidates learn how
//! their interviews are held.

use award::Deed;
use award::cycle::tables::Event;
use award::stage::outreach::{Agreed, Guest, OutreachRecord, PressItem, TECHNICAL_MEETING};
use jiff::civil::{Date, date};

use crate::rehearse::step::{Script, Step, Who};
use crate::rehearse::year::{Round, SAMPLE, Year};

/// The day of the meeting.
pub const MEETING: Date = date(2024, 1, 18);
/// The day on which candidates learn how interviews are held.
const TECHNICAL: Date = date(2024, 2, 12);
/// Who is invited; all but the last come.
const GUESTS: [&str; 5] =
    ["Asosiasi Pengusaha", "Serikat Pekerja", "Dinas Ketenagakerjaan", "Forum Kepala Desa", "Himpunan Koperasi"];

/// The outreach of a province.
pub fn of_round(year: &Year, round: &Round) -> Vec<Step> {
    let mut script = Script::new(year, round, round.morning(MEETING.saturating_sub(jiff::Span::new().days(4))));
    let id = format!("sosialisasi-{}", round.code);
    script.does(Who::Branch, Deed::RecordEvent(event(round, &id, "socialisation", MEETING, "Sosialisasi")));
    script.does(Who::Branch, told(OutreachRecord::Invite { event: id.clone(), guests: guests(round, &GUESTS) }));
    script.at(round.morning(MEETING));
    script.does(Who::Branch, told(OutreachRecord::Attend { event: id.clone(), guests: guests(round, &GUESTS[..4]) }));
    script.does(Who::Branch, told(OutreachRecord::Agree { event: id.clone(), action: agreed(round) }));
    script.does(Who::Branch, told(OutreachRecord::Publish(press(round, &id))));
    script.at(round.morning(MEETING.saturating_add(jiff::Span::new().days(6))));
    let (action, on, note) = ("daftar-calon".to_owned(), round.day(MEETING.saturating_add(jiff::Span::new().days(6))), None);
    script.does(Who::Branch, told(OutreachRecord::Finish { event: id, action, on, note }));
    let technical = event(round, &format!("teknis-{}", round.code), TECHNICAL_MEETING, TECHNICAL, "Pertemuan teknis");
    script.does(Who::Secretariat(1), Deed::RecordEvent(technical));
    script.steps()
}

fn told(record: OutreachRecord) -> Deed {
    Deed::RecordOutreach(record)
}

fn event(round: &Round, id: &str, kind: &str, on: Date, title: &str) -> Event {
    Event {
        id: id.into(),
        on: round.day(on),
        to: None,
        kind: kind.into(),
        level: Some(round.key.level.clone()),
        region: round.key.region.clone(),
        title: format!("{title} {} {SAMPLE}", round.name),
        place: Some(format!("Balai Contoh {}", round.code)),
        chair: None,
        organiser: None,
        attendees: None,
        source: None,
        note: None,
    }
}

fn guests(round: &Round, organisations: &[&str]) -> Vec<Guest> {
    let guest = |organisation: &&str| Guest {
        name: format!("Tamu {organisation} {} {SAMPLE}", round.code),
        post: Some("Wakil".into()),
        organisation: Some(format!("{organisation} {}", round.code)),
        candidate: None,
    };
    organisations.iter().map(guest).collect()
}

fn agreed(round: &Round) -> Agreed {
    Agreed {
        id: "daftar-calon".into(),
        what: "Menyusun daftar calon per kategori".into(),
        responsible: format!("Kantor cabang {}", round.code),
        due: round.day(MEETING.saturating_add(jiff::Span::new().days(7))),
        done: None,
        note: None,
    }
}

fn press(round: &Round, event: &str) -> PressItem {
    PressItem {
        title: format!("Sosialisasi Paritrana Award di {} {SAMPLE}", round.name),
        medium: "Kabar Contoh".into(),
        address: Some(format!("https://contoh.invalid/{}", round.code)),
        on: round.day(MEETING),
        event: Some(event.to_owned()),
    }
}
