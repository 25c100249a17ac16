//! Outreach: meetings, guests, what was agreed, the press, the technical meeting, and what followed.

use crate::preparation;
use crate::preparation::{NOVEMBER_17, Office, bad_names, branch, candidate, chair, event, open, round, secretariat};
use award::stage::outreach::{Agreed, Funnel, Guest, OutreachRecord, PressItem, TECHNICAL_MEETING, funnel, technical_meeting};
use award::{Actor, Deed};
use jiff::civil::date;

const BEFORE: &str = "2020-11-10T01:00:00Z";
const AFTER: &str = "2020-11-18T01:00:00Z";

fn meeting() -> Office {
    let mut office = open();
    office.does(&branch("51"), BEFORE, Deed::RecordEvent(event("fgd", NOVEMBER_17, "preparation", Some("51.03"))));
    office
}

fn guest(name: &str) -> Guest {
    Guest { name: name.into(), post: Some("Kadis Koperasi".into()), organisation: Some("Apindo".into()), candidate: None }
}

fn invite(guests: Vec<Guest>) -> Deed {
    Deed::RecordOutreach(OutreachRecord::Invite { event: "fgd".into(), guests })
}

fn attend(guests: Vec<Guest>) -> Deed {
    Deed::RecordOutreach(OutreachRecord::Attend { event: "fgd".into(), guests })
}

fn agreed(id: &str, due: i8) -> Agreed {
    let (what, responsible) = ("Kumpulkan data pekerja".into(), "Disperinaker".into());
    Agreed { id: id.into(), what, responsible, due: date(2020, 12, due), done: None, note: None }
}

fn agree(action: Agreed) -> Deed {
    Deed::RecordOutreach(OutreachRecord::Agree { event: "fgd".into(), action })
}

fn finish(action: &str, day: i8) -> Deed {
    let (event, action, on) = ("fgd".into(), action.into(), date(2020, 12, day));
    Deed::RecordOutreach(OutreachRecord::Finish { event, action, on, note: None })
}

#[test]
fn guests_are_invited_before_and_come_on_the_day() {
    let mut office = meeting();
    let badung = branch("51");
    assert_eq!(office.refuses(&badung, BEFORE, invite(Vec::new())), "text-empty");
    assert_eq!(office.refuses(&badung, BEFORE, invite(vec![guest("Ani"); 2])), "guest-twice");
    assert_eq!(office.refuses(&badung, BEFORE, invite((0..1_001).map(|at| guest(&at.to_string())).collect())), "list-too-long");
    office.does(&badung, BEFORE, invite(vec![guest("Ani"), guest("Budi")]));
    assert_eq!(office.refuses(&badung, BEFORE, invite(vec![guest("Ani")])), "guest-twice");
    // 17 November in Bali begins at 16:00 the day before in Greenwich, and ends a day later.
    assert_eq!(office.refuses(&badung, "2020-11-16T15:59:59Z", attend(vec![guest("Ani")])), "attend-too-early");
    assert_eq!(office.refuses(&badung, "2020-11-17T15:59:59Z", invite(vec![guest("Citra")])), "nothing");
    assert_eq!(office.refuses(&badung, "2020-11-17T16:00:00Z", invite(vec![guest("Citra")])), "invite-too-late");
    assert_eq!(office.refuses(&badung, "", attend(vec![guest("Ani")])), "no-time");
    office.does(&badung, "2020-11-16T16:00:00Z", attend(vec![guest("Ani"), guest("Dewi")]));
    assert_eq!(office.refuses(&badung, AFTER, attend(vec![guest("Dewi")])), "guest-twice");
    for (name, why) in bad_names() {
        assert_eq!(office.refuses(&badung, AFTER, attend(vec![guest(&name)])), why, "{name:?}");
    }
    for name in preparation::GOOD_NAMES {
        assert_eq!(office.refuses(&badung, AFTER, attend(vec![guest(name)])), "nothing", "{name}");
    }
}

#[test]
fn a_meeting_is_a_matter_of_its_own_region() {
    let office = meeting();
    let deed = || attend(vec![guest("Ani")]);
    for (actor, why) in [
        (branch("18"), "event-elsewhere"),
        (secretariat("91"), "event-elsewhere"),
        (candidate("denpasar"), "not-your-task"),
        (Actor::Verifier(round("51")), "not-your-task"),
        (chair("51"), "nothing"),
        (secretariat("51"), "nothing"),
        (Actor::Centre, "nothing"),
    ] {
        assert_eq!(office.refuses(&actor, AFTER, deed()), why, "{actor:?}");
    }
    let unknown = Deed::RecordOutreach(OutreachRecord::Attend { event: "nothing".into(), guests: vec![guest("Ani")] });
    assert_eq!(office.refuses(&branch("51"), AFTER, unknown), "event-unknown");
    let elsewhere = |region: &str| Deed::RecordEvent(event("new", NOVEMBER_17, "socialisation", Some(region)));
    assert_eq!(office.refuses(&branch("51"), AFTER, elsewhere("18.71")), "other-round");
    assert_eq!(office.refuses(&branch("51"), AFTER, elsewhere("510")), "other-round");
    assert_eq!(office.refuses(&branch("51"), AFTER, elsewhere("51.71")), "nothing");
    let again = Deed::RecordEvent(event("fgd", NOVEMBER_17, "socialisation", None));
    assert_eq!(office.refuses(&branch("51"), AFTER, again), "event-twice");
}

#[test]
fn what_was_agreed_is_due_and_done_once() {
    let mut office = meeting();
    let badung = branch("51");
    let early = Agreed { due: date(2020, 11, 16), ..agreed("data", 1) };
    assert_eq!(office.refuses(&badung, AFTER, agree(early)), "days-reversed");
    assert_eq!(office.refuses(&badung, AFTER, agree(Agreed { what: "x".repeat(4_001), ..agreed("data", 1) })), "text-too-long");
    assert_eq!(office.refuses(&badung, AFTER, agree(Agreed { done: Some(NOVEMBER_17), ..agreed("data", 1) })), "action-twice");
    office.does(&badung, AFTER, agree(agreed("data", 1)));
    assert_eq!(office.refuses(&badung, AFTER, agree(agreed("data", 2))), "action-twice");
    assert_eq!(office.state.outreach.overdue(date(2020, 12, 1)).len(), 0);
    assert_eq!(office.state.outreach.overdue(date(2020, 12, 2)).len(), 1);
    assert_eq!(office.refuses(&badung, AFTER, finish("dta", 1)), "action-unknown");
    office.does(&badung, AFTER, finish("data", 3));
    assert_eq!(office.refuses(&badung, AFTER, finish("data", 4)), "action-done");
    assert_eq!(office.state.outreach.overdue(date(2021, 1, 1)).len(), 0);
}

#[test]
fn the_press_register_names_a_page_that_can_be_opened() {
    let mut office = meeting();
    let press = |address: &str| {
        let (title, medium) = ("Badung Siap, 'Paritrana'".into(), "metrobali.com".into());
        let item = PressItem { title, medium, address: Some(address.into()), on: NOVEMBER_17, event: Some("fgd".into()) };
        Deed::RecordOutreach(OutreachRecord::Publish(item))
    };
    let long = format!("https://a.id/{}", "x".repeat(2_000));
    let cases = [
        ("javascript:alert(1)", "address"),
        ("https://", "address"),
        ("https://a.id/\"><script>", "address"),
        ("https://bpjs.go.id@evil.example/", "address"),
        ("data:text/html,x", "address"),
        (long.as_str(), "text-too-long"),
        ("https://metrobali.com/berita?id=1#atas", "nothing"),
    ];
    for (address, why) in cases {
        assert_eq!(office.refuses(&branch("51"), AFTER, press(address)), why, "{address}");
    }
    office.does(&branch("51"), AFTER, press("https://metrobali.com/1"));
    assert_eq!(office.refuses(&branch("51"), AFTER, press("https://metrobali.com/1")), "press-twice");
}

#[test]
fn the_technical_meeting_comes_before_the_interviews() {
    let mut office = open();
    let record = |id: &str, day: i8, kind: &str| Deed::RecordEvent(event(id, date(2021, 2, day), kind, Some("51")));
    office.does(&secretariat("51"), AFTER, record("interview-1", 15, "interview"));
    assert_eq!(office.refuses(&secretariat("51"), AFTER, record("tm", 16, TECHNICAL_MEETING)), "technical-meeting-late");
    assert_eq!(technical_meeting(&office.state, &round("51")), None);
    office.does(&secretariat("51"), AFTER, record("tm", 15, TECHNICAL_MEETING));
    assert_eq!(technical_meeting(&office.state, &round("51")).map(|event| event.id.as_str()), Some("tm"));
    assert_eq!(technical_meeting(&office.state, &round("18")), None);
}

#[test]
fn a_funnel_tells_what_came_of_a_meeting() {
    let mut office = meeting();
    office.does(&branch("51"), BEFORE, invite(vec![guest("Ani"), guest("Budi"), guest("Citra")]));
    office.does(&branch("51"), AFTER, attend(vec![guest("Ani")]));
    let key = office.enters("denpasar", "51.71");
    let put_forward = Deed::Nominate(key.clone(), preparation::nomination("badung", "51.03"));
    office.does(&branch("51"), AFTER, put_forward);
    let follow = |id: &str| Deed::RecordOutreach(OutreachRecord::Follow { event: "fgd".into(), candidate: id.into() });
    assert_eq!(office.refuses(&branch("51"), AFTER, follow("nobody")), "candidate-unknown");
    office.does(&branch("51"), AFTER, follow("denpasar"));
    office.does(&branch("51"), AFTER, follow("badung"));
    assert_eq!(office.refuses(&branch("51"), AFTER, follow("badung")), "follow-twice");
    for (document, digit) in [("law", '1'), ("budget", '2')] {
        office.does(&candidate("denpasar"), AFTER, Deed::HandInItem(key.clone(), preparation::item("denpasar", document, digit)));
    }
    office.does(&candidate("denpasar"), AFTER, Deed::SubmitDossier(key.clone(), "denpasar".into()));
    let so_far = Funnel { invited: 3, came: 1, nominated: 2, consented: 1, handed_in: 1, admitted: 0, advanced: 0 };
    assert_eq!(funnel(&office.state, "fgd"), so_far);
    office.does(&secretariat("51"), AFTER, Deed::CloseDossiers(key));
    assert_eq!(funnel(&office.state, "fgd"), Funnel { admitted: 1, ..so_far });
    assert_eq!(funnel(&office.state, "other"), Funnel::default());
}
