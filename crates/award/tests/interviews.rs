//! Interviews: sessions, slots that clash with nothing, invitations and answers, who came with which rank and letter, what was asked.

use crate::support::Small;
use crate::support::office::{
    Office, bali, declared, elsewhere, file, juror_of, plain, round, secretariat, verifier, with_panel,
};
use award::candidate::Turn;
use award::cycle::tables::Came;
use award::schedule::{Answer, Asked, CheckIn, Delegate, Invited, Material, Move, Place, Reply, Sending, Session, Slot};
use award::shortfall::Shortfall;
use award::stage::dossier::FileRef;
use award::{Actor, Deed, Fact};
use jiff::civil::{date, time};

/// The aspect of ideas is marked at the interview; the head of the region must come, with two officials.
fn heard(delegation: &str) -> Small {
    let table = format!(
        "[[attendance]]\nid = \"came\"\nname = \"Who came\"\nrank = [{{ id = \"head\", name = \"Head\", value = 1 }}, {{ id = \"secretary\", name = \"Secretary\", value = 0.8 }}]\nabsent = \"zero\"\nleader_required = true\nofficials = 2\ndelegation = \"{delegation}\"\nsource = [\"assumption\"]\n\n[[ladder]]"
    );
    plain()
        .rule(
            "id = \"ideas\"\nname = \"Ideas\"\nweight = 50",
            "id = \"ideas\"\nname = \"Ideas\"\nweight = 50\nstage = \"interview\"\nattendance = \"came\"",
        )
        .rule("[[ladder]]", &table)
        .rule("\"verification\", \"judging\"", "\"verification\", \"interview\", \"judging\"")
        .rule("quota = 1\nreserves = 1", "quota = 1\nreserves = 1\ninvited = 2")
}

fn session(id: &str, room: &str, jurors: &[&str]) -> Session {
    Session {
        id: id.into(),
        on: date(2021, 1, 12),
        from: time(9, 0, 0, 0),
        to: time(12, 0, 0, 0),
        place: Place::Room(room.into()),
        jurors: jurors.iter().map(|juror| (*juror).into()).collect(),
        materials_due: Some(date(2021, 1, 10).at(23, 59, 59, 0)),
    }
}

fn plan(session: Session) -> Deed {
    Deed::PlanSession(round(), session)
}

fn slot(session: &str, candidate: &str, hour: i8, minute: i8, minutes: u32) -> Slot {
    let starts = time(hour, minute, 0, 0);
    Slot { session: session.into(), candidate: candidate.into(), starts, minutes, exception: None }
}

fn assign(session: &str, candidate: &str, hour: i8, minute: i8, minutes: u32) -> Deed {
    Deed::AssignSlot(bali(), slot(session, candidate, hour, minute, minutes))
}

#[test]
fn a_session_has_a_day_a_place_jurors_and_a_deadline_before_it() {
    let with = |change: &dyn Fn(&mut Session)| {
        let mut made = session("morning", "Ruang Praja Sabha", &["j1", "j2"]);
        change(&mut made);
        plan(made)
    };
    let mut office = with_panel(&heard("record"));
    for (deed, expected) in [
        (with(&|session| session.to = time(9, 0, 0, 0)), "session-empty"),
        (with(&|session| session.to = time(8, 0, 0, 0)), "session-empty"),
        (with(&|session| session.materials_due = Some(date(2021, 1, 12).at(9, 0, 0, 1))), "materials-after-session"),
        (with(&|session| session.jurors.push("j9".into())), "session-juror"),
        (with(&|session| session.place = Place::Video(" ".into())), "text-empty"),
        (with(&|session| session.id = "x".repeat(201)), "text-too-long"),
        (with(&|session| session.materials_due = Some(date(2021, 1, 12).at(9, 0, 0, 0))), "nothing"),
        (with(&|_| {}), "session-twice"),
    ] {
        assert_eq!(office.refused(secretariat(), deed), expected);
    }
    assert_eq!(office.refused(verifier(), with(&|session| session.id = "b".into())), "not-your-task");
    let other = Actor::Secretariat(elsewhere());
    assert_eq!(office.refused(other, with(&|session| session.id = "b".into())), "other-round");
    assert_eq!(with_panel(&plain()).refused(secretariat(), with(&|_| {})), "session-no-interview");
}

#[test]
fn a_slot_clashes_with_nothing() {
    let small = heard("record").rule("invited = 2", "invited = 3");
    let fresh = || {
        let mut office = with_panel(&small);
        office.done(secretariat(), plan(session("a", "Room 1", &["j1", "j2"])));
        office.done(secretariat(), plan(session("b", "Room 2", &["j3"])));
        office.done(secretariat(), plan(session("c", "Room 3", &["j2", "j3"])));
        office.done(secretariat(), plan(session("d", "Room 1", &["j3"])));
        let mut whole = session("e", "Room 4", &[]);
        whole.on = date(2021, 1, 13);
        office.done(secretariat(), plan(whole));
        office.done(secretariat(), assign("a", "badung", 9, 30, 30));
        office
    };
    for (deed, expected) in [
        // The same candidate twice.
        (assign("e", "badung", 9, 0, 30), "slot-twice"),
        // Overlaps in the same session, and on its line.
        (assign("a", "gianyar", 9, 59, 30), "slot-overlap"),
        (assign("a", "gianyar", 9, 1, 30), "slot-overlap"),
        (assign("a", "gianyar", 9, 0, 180), "slot-overlap"),
        (assign("a", "gianyar", 10, 0, 30), "nothing"),
        (assign("a", "gianyar", 9, 0, 30), "nothing"),
        // Other jurors in another room; a juror in two rooms; two sessions in one room.
        (assign("b", "gianyar", 9, 30, 30), "nothing"),
        (assign("c", "gianyar", 9, 30, 30), "slot-jurors"),
        (assign("c", "gianyar", 10, 0, 30), "nothing"),
        (assign("d", "gianyar", 9, 30, 30), "slot-room"),
        (assign("e", "gianyar", 9, 30, 30), "nothing"),
        // Inside the session, to the minute.
        (assign("a", "gianyar", 8, 59, 30), "slot-outside"),
        (assign("a", "gianyar", 11, 30, 30), "nothing"),
        (assign("a", "gianyar", 11, 31, 30), "slot-outside"),
        (assign("a", "gianyar", 23, 50, 30), "slot-outside"),
        // Absurd lengths and unknown ids.
        (assign("a", "gianyar", 10, 0, 0), "slot-length"),
        (assign("a", "gianyar", 10, 0, 481), "slot-length"),
        (assign("a", "gianyar", 10, 0, u32::MAX), "slot-length"),
        (assign("z", "gianyar", 10, 0, 30), "no-session"),
        (assign("a", "atlantis", 10, 0, 30), "not-in-contest"),
    ] {
        assert_eq!(fresh().refused(secretariat(), deed.clone()), expected, "{deed:?}");
    }
    let told = fresh().told(secretariat(), assign("a", "gianyar", 9, 45, 30));
    assert_eq!(told, "The slot of Kabupaten Gianyar in a overlaps that of Kabupaten Badung at 09:30.");
}

/// A session in which Badung and Gianyar are invited.
fn invited(delegation: &str) -> Office {
    let mut office = declared(&heard(delegation));
    office.done(secretariat(), plan(session("a", "Room 1", &[])));
    office.done(secretariat(), assign("a", "badung", 9, 0, 30));
    office.done(secretariat(), assign("a", "gianyar", 9, 30, 30));
    office
}

#[test]
fn more_are_invited_than_the_rulebook_says_only_for_a_reason_on_record() {
    let mut office = invited("record");
    assert_eq!(office.refused(secretariat(), assign("a", "denpasar", 10, 0, 30)), "invited-full");
    let mut third = slot("a", "denpasar", 10, 0, 30);
    third.exception = Some("third place is shared".into());
    office.done(secretariat(), Deed::AssignSlot(bali(), third));
    assert_eq!(office.round().shortfalls, [Shortfall::Invited { candidate: "denpasar".into(), called: 3, invited: 2 }]);
}

fn answer(candidate: &str, reply: Reply) -> Deed {
    Deed::AnswerInvitation(bali(), Answer { candidate: candidate.into(), reply })
}

fn excused() -> Reply {
    Reply::Excused { reason: "a flood".into() }
}

fn reschedule(candidate: &str, hour: i8, minute: i8) -> Deed {
    Deed::MoveSlot(bali(), Move { slot: slot("a", candidate, hour, minute, 30), reason: "a flood".into() })
}

#[test]
fn an_invitation_is_answered_and_moved() {
    let mut office = invited("record");
    let badung = || Actor::Candidate("badung".into());
    for (actor, deed, expected) in [
        (badung(), answer("gianyar", Reply::Confirmed), "other-organisation"),
        (juror_of("j1"), answer("badung", Reply::Confirmed), "not-your-task"),
        (badung(), answer("badung", Reply::Excused { reason: " ".into() }), "text-empty"),
        (badung(), answer("badung", Reply::Confirmed), "nothing"),
        (badung(), answer("badung", Reply::Confirmed), "answered-twice"),
        (badung(), answer("badung", excused()), "nothing"),
        (secretariat(), answer("denpasar", Reply::Confirmed), "no-slot"),
        (secretariat(), reschedule("denpasar", 11, 0), "no-slot"),
        (secretariat(), reschedule("badung", 9, 0), "slot-same"),
        (secretariat(), reschedule("badung", 9, 30), "slot-overlap"),
        (secretariat(), reschedule("badung", 9, 0), "slot-same"),
    ] {
        assert_eq!(office.refused(actor, deed.clone()), expected, "{deed:?}");
    }
    assert_eq!(office.entry("badung").hearing.invited(&"badung".into()), Invited::Excused);
    office.done(secretariat(), reschedule("badung", 11, 0));
    assert_eq!(office.entry("badung").hearing.invited(&"badung".into()), Invited::Invited);
    let schedule = &office.round().schedule;
    assert_eq!(schedule.slot(&"badung".into()).map(|slot| slot.starts), Some(time(11, 0, 0, 0)));
    assert_eq!(
        schedule.moved.iter().map(|(old, why)| (old.slot.starts, why.as_str())).collect::<Vec<_>>(),
        [(time(9, 0, 0, 0), "a flood")]
    );
}

fn delegate(name: &str, rank: Option<&str>, letter: bool) -> Delegate {
    Delegate {
        name: name.into(),
        post: "Kepala Dinas".into(),
        rank: rank.map(str::to_owned),
        letter: letter.then(|| file("letter.pdf")),
    }
}

fn came(candidate: &str, delegation: Vec<Delegate>) -> Deed {
    Deed::CheckIn(bali(), CheckIn { candidate: candidate.into(), at: date(2021, 1, 12).at(8, 55, 0, 0), delegation })
}

fn two_officials() -> [Delegate; 2] {
    [delegate("Ketut", None, false), delegate("Wayan", None, false)]
}

#[test]
fn the_delegation_is_checked_in_with_rank_letter_and_time() {
    let mut office = invited("record");
    let [ketut, wayan] = two_officials();
    let full = vec![delegate("I Nyoman Giri Prasta", Some("head"), false), ketut.clone(), wayan.clone()];
    let other_day = CheckIn { candidate: "badung".into(), at: date(2021, 1, 13).at(8, 55, 0, 0), delegation: full.clone() };
    let mut bad_letter = full.clone();
    bad_letter[0].letter = Some(award::evidence::FileRef { sha256: "1234".into(), name: "letter".into() });
    for (deed, expected) in [
        (came("denpasar", full.clone()), "no-slot"),
        (Deed::CheckIn(bali(), other_day), "other-day"),
        (came("badung", vec![]), "nobody-came"),
        (came("badung", vec![delegate("", Some("head"), false)]), "text-empty"),
        (came("badung", vec![delegate("Ketut", Some("emperor"), false)]), "unknown-rank"),
        (came("badung", vec![ketut.clone()]), "rank-untold"),
        (came("badung", bad_letter), "hash"),
        (came("badung", vec![delegate("Ketut", Some("secretary"), false), ketut, wayan]), "no-letter"),
        (came("badung", full.clone()), "nothing"),
        (came("badung", full), "came-already"),
    ] {
        assert_eq!(office.refused(secretariat(), deed.clone()), expected, "{deed:?}");
    }
    let entry = office.contest().entry("badung").expect("it stands");
    let attendance = entry.attendance.as_ref().expect("it came");
    assert_eq!((attendance.rank.as_deref(), attendance.officials), (Some("head"), Some(2)));
    assert_eq!(office.round().shortfalls, []);
    assert_eq!(office.entry("badung").hearing.invited(&"badung".into()), Invited::Present);
}

#[test]
fn a_lower_or_smaller_delegation_is_put_on_record_or_not_heard_as_the_rulebook_says() {
    let [ketut, wayan] = two_officials();
    let small = || vec![delegate("Head", Some("head"), false), delegate("Ketut", None, false)];
    let low = || vec![delegate("Secretary", Some("secretary"), true), ketut.clone(), wayan.clone()];
    let full = || vec![delegate("Secretary", Some("secretary"), true), delegate("Head", Some("head"), false), ketut.clone()];
    for (delegation, expected, shortfall) in [
        (small(), "officials", Some(Shortfall::Officials { candidate: "badung".into(), came: 1, least: 2 })),
        (low(), "leader", Some(Shortfall::Leader { candidate: "badung".into(), rank: "secretary".into() })),
        (full(), "nothing", None),
    ] {
        assert_eq!(invited("refuse").refused(secretariat(), came("badung", delegation.clone())), expected);
        let mut recorded = invited("record");
        recorded.done(secretariat(), came("badung", delegation));
        assert_eq!(recorded.round().shortfalls, shortfall.into_iter().collect::<Vec<_>>());
    }
    let told = invited("refuse").told(secretariat(), came("badung", small()));
    assert_eq!(told, "Kabupaten Badung came with 1 officials; the rulebook hears delegations with at least 2.");
}

#[test]
fn a_file_that_tells_of_a_shortfall_is_put_on_record_too() {
    let attendance = award::cycle::tables::Attendance {
        level: "province".into(),
        candidate: "badung".into(),
        state: award::cycle::tables::Came::Present,
        rank: Some("secretary".into()),
        speaker: None,
        post: None,
        officials: Some(0),
        evidence: None,
    };
    let mut office = with_panel(&heard("refuse"));
    let facts = office.done(secretariat(), Deed::RecordAttendance(bali(), attendance));
    assert!(matches!(&facts[..], [Fact::Attended(..), Fact::ShortfallNoted { .. }, Fact::ShortfallNoted { .. }]));
}

#[test]
fn questions_and_answers_are_noted_of_who_came_by_who_may_ask() {
    let asked = |juror: &str, question: &str| {
        let (question, answer) = (question.to_owned(), "Dari APBD, sejak 2019.".to_owned());
        Deed::NoteQuestion(bali(), Asked { candidate: "badung".into(), juror: juror.into(), question, answer })
    };
    let mut office = invited("record");
    assert_eq!(office.refused(secretariat(), asked("j1", "Dari mana anggarannya?")), "asked-nobody");
    let [ketut, wayan] = two_officials();
    office.done(secretariat(), came("badung", vec![delegate("Head", Some("head"), false), ketut, wayan]));
    for (actor, deed, expected) in [
        (juror_of("j2"), asked("j1", "Dari mana anggarannya?"), "other-juror"),
        (secretariat(), asked("j9", "Dari mana anggarannya?"), "not-on-panel"),
        (juror_of("j1"), asked("j1", " "), "text-empty"),
        (juror_of("j1"), asked("j1", &"?".repeat(4_001)), "text-too-long"),
        (juror_of("j1"), asked("j1", "Dari mana anggarannya?\nSejak kapan?"), "nothing"),
        (secretariat(), asked("j1", "Dari mana anggarannya?\nSejak kapan?"), "asked-twice"),
    ] {
        assert_eq!(office.refused(actor, deed), expected);
    }
    assert_eq!(office.entry("badung").hearing.asked.len(), 1);
}

#[test]
fn who_withdrew_or_is_not_interviewed_gets_no_slot_and_nobody_does_after_closing() {
    let mut office = declared(&heard("record"));
    office.done(secretariat(), plan(session("a", "Room 1", &[])));
    office.done(Actor::Candidate("gianyar".into()), Deed::Withdraw(bali(), "gianyar".into(), "moved".into()));
    assert_eq!(office.refused(secretariat(), assign("a", "gianyar", 9, 0, 30)), "heard-out");
    let mut without = declared(&plain());
    assert_eq!(without.refused(secretariat(), assign("a", "badung", 9, 0, 30)), "not-interviewed");
    let mut closed = invited("record");
    closed.state.apply(&Fact::JudgingClosed(bali()));
    assert_eq!(closed.refused(secretariat(), assign("a", "denpasar", 10, 0, 30)), "heard-closed");
    assert_eq!(closed.refused(secretariat(), reschedule("badung", 11, 0)), "heard-closed");
    assert_eq!(closed.refused(secretariat(), answer("badung", Reply::Confirmed)), "heard-closed");
    assert_eq!(closed.refused(secretariat(), came("badung", two_officials().into())), "heard-closed");
}

fn sends(candidate: &str, delegation: Vec<Delegate>) -> Deed {
    Deed::SendDelegation(bali(), Sending { candidate: candidate.into(), delegation })
}

fn shows(candidate: &str, change: &dyn Fn(&mut Material)) -> Deed {
    let file = FileRef { hash: "a".repeat(64), bytes: 1_000, format: "pdf".into(), name: "paparan.pdf".into() };
    let mut material = Material { candidate: candidate.into(), title: "Paparan".into(), file };
    change(&mut material);
    Deed::HandInMaterial(bali(), material)
}

/// A moment by the clock of Bali.
fn bali_time(text: &str) -> jiff::Timestamp {
    format!("{text}+08:00").parse().expect("it is a time")
}

#[test]
fn a_candidate_says_whom_it_sends_until_its_time_begins() {
    let mut office = invited("record");
    office.now = bali_time("2021-01-12T08:59:59");
    let badung = || Actor::Candidate("badung".into());
    let [ketut, wayan] = two_officials();
    let low = |letter| vec![delegate("Sekda", Some("secretary"), letter), ketut.clone(), wayan.clone()];
    let head = || vec![delegate("Bupati", Some("head"), false), ketut.clone()];
    for (actor, deed, expected) in [
        (badung(), sends("gianyar", head()), "other-organisation"),
        (juror_of("j1"), sends("badung", head()), "not-your-task"),
        (secretariat(), sends("denpasar", head()), "no-slot"),
        (badung(), sends("badung", vec![]), "nobody-sent"),
        (badung(), sends("badung", vec![delegate("Bupati", Some("head"), false); 31]), "delegates-many"),
        (badung(), sends("badung", vec![delegate(" ", Some("head"), false)]), "text-empty"),
        (badung(), sends("badung", vec![delegate("Bupati", Some("emperor"), false)]), "unknown-rank"),
        (badung(), sends("badung", vec![ketut.clone()]), "rank-untold"),
        (badung(), sends("badung", low(false)), "no-letter"),
        (badung(), sends("badung", low(true)), "nothing"),
        (badung(), sends("badung", low(true)), "sent-so"),
        (badung(), sends("badung", head()), "nothing"),
    ] {
        assert_eq!(office.refused(actor, deed.clone()), expected, "{deed:?}");
    }
    let sent = office.entry("badung").hearing.sent.last().map(|sent| sent.delegation.clone());
    assert_eq!(sent, Some(head()), "the last one stands");
    office.now = bali_time("2021-01-12T09:00:00");
    assert_eq!(office.refused(badung(), sends("badung", low(true))), "delegation-late");
    office.done(secretariat(), came("badung", vec![delegate("Bupati", Some("head"), false), ketut.clone(), wayan.clone()]));
    assert_eq!(office.refused(badung(), sends("badung", low(true))), "came-already");
}

#[test]
fn whose_turn_it_is_at_the_interview_follows_from_the_answer_and_ends_when_its_time_begins() {
    let mut office = invited("record");
    office.done(secretariat(), Deed::CloseDossiers(bali()));
    let told = |office: &Office, time: &str| {
        let at = bali_time(&format!("2021-01-12T{time}"));
        let steps = award::candidate::stepper(&office.state, &bali(), &"badung".into(), at).expect("it stands");
        (steps.standing.turn, steps.standing.next.0.key().replace("stepper-next-", ""))
    };
    let (last, begun) = ("08:59:59", "09:00:00");
    assert_eq!(told(&office, last), (Turn::Candidate, "answer".into()));
    assert_eq!(told(&office, begun), (Turn::Others, "begun".into()));
    office.done(Actor::Candidate("badung".into()), answer("badung", Reply::Confirmed));
    assert_eq!(told(&office, last), (Turn::Candidate, "come".into()));
    assert_eq!(told(&office, begun), (Turn::Others, "begun".into()));
    office.done(Actor::Candidate("badung".into()), answer("badung", excused()));
    assert_eq!(told(&office, last), (Turn::Others, "excused".into()));
    let [ketut, wayan] = two_officials();
    office.done(secretariat(), came("badung", vec![delegate("Bupati", Some("head"), false), ketut, wayan]));
    assert_eq!(told(&office, begun), (Turn::Others, "judging".into()));
}

#[test]
fn a_candidate_reads_who_is_to_come_and_what_its_delegation_lacks_before_it_comes() {
    let mut office = invited("record");
    office.now = bali_time("2021-01-11T09:00:00");
    let line = |office: &Office| {
        let at = office.now;
        award::candidate::hearing(&office.state, &bali(), &"badung".into(), at).expect("it has a slot")
    };
    let told = |said: &[award::Sentence]| said.iter().map(|one| one.render(words::Lang::En)).collect::<Vec<_>>();
    let (officials, leader) = (
        "Officials beside: 1, and at least 2 are asked for.",
        "The highest rank of the delegation: Secretary, and the leader is asked to come in person.",
    );
    let first = line(&office);
    assert_eq!(told(&first.asked), ["Head in person", "at least 2 officials beside"]);
    assert_eq!((told(&first.lacking), first.attended), (Vec::new(), None), "nobody is named, so nobody is lacking yet");
    let [ketut, wayan] = two_officials();
    let badung = || Actor::Candidate("badung".into());
    let secretary = || delegate("Sekda", Some("secretary"), true);
    office.done(badung(), sends("badung", vec![secretary(), ketut.clone()]));
    assert_eq!(told(&line(&office).lacking), [officials, leader]);
    office.done(badung(), sends("badung", vec![secretary(), ketut.clone(), wayan.clone()]));
    assert_eq!(told(&line(&office).lacking), [leader]);
    office.done(badung(), sends("badung", vec![delegate("Bupati", Some("head"), false), ketut.clone(), wayan]));
    assert_eq!(told(&line(&office).lacking), Vec::<String>::new());
    // What counts is who came, and not whom it had named.
    office.done(secretariat(), came("badung", vec![delegate("Bupati", Some("head"), false), ketut]));
    let last = line(&office);
    assert_eq!((told(&last.lacking), last.attended), (vec![officials.to_owned()], Some(Came::Present)));
}

#[test]
fn materials_are_due_as_the_session_says_or_when_the_candidates_time_begins() {
    let until = |due: Option<jiff::civil::DateTime>| {
        let mut office = declared(&heard("record"));
        office.done(secretariat(), plan(Session { materials_due: due, ..session("a", "Room 1", &[]) }));
        office.done(secretariat(), assign("a", "badung", 9, 30, 30));
        let line = award::candidate::hearing(&office.state, &bali(), &"badung".into(), office.now);
        line.expect("it has a slot").materials_until
    };
    let eve = date(2021, 1, 10).at(23, 59, 59, 0);
    assert_eq!(until(Some(eve)), eve);
    assert_eq!(until(None), date(2021, 1, 12).at(9, 30, 0, 0));
}

#[test]
fn materials_come_until_they_are_due_and_each_of_them_once() {
    let mut office = invited("record");
    let badung = || Actor::Candidate("badung".into());
    let other = |digit: char| move |material: &mut Material| material.file.hash = digit.to_string().repeat(64);
    office.now = bali_time("2021-01-10T23:59:58");
    for (actor, deed, expected) in [
        (badung(), shows("gianyar", &|_| {}), "other-organisation"),
        (verifier(), shows("badung", &|_| {}), "not-your-task"),
        (secretariat(), shows("denpasar", &|_| {}), "no-slot"),
        (badung(), shows("badung", &|material| material.title = " ".into()), "text-empty"),
        (badung(), shows("badung", &|material| material.file.hash = "1234".into()), "hash"),
        (badung(), shows("badung", &|material| material.file.format = "mp4".into()), "material-format"),
        (badung(), shows("badung", &|material| material.file.bytes = 0), "material-size"),
        (badung(), shows("badung", &|material| material.file.bytes = (25 << 20) + 1), "material-size"),
        (badung(), shows("badung", &|material| material.file.bytes = 25 << 20), "nothing"),
        (badung(), shows("badung", &|_| {}), "material-twice"),
        (secretariat(), shows("badung", &other('b')), "nothing"),
    ] {
        assert_eq!(office.refused(actor, deed.clone()), expected, "{deed:?}");
    }
    let kept = |office: &Office| office.entry("badung").hearing.materials.len();
    assert_eq!((kept(&office), office.entry("badung").hearing.materials[0].at), (2, office.now));
    for digit in ['c', 'd', 'e', 'f', '0', '1', '2', '3'] {
        office.done(badung(), shows("badung", &other(digit)));
    }
    assert_eq!((kept(&office), office.refused(badung(), shows("badung", &other('4')))), (10, "materials-many".into()));
    office.now = bali_time("2021-01-10T23:59:59");
    assert_eq!(office.refused(badung(), shows("badung", &other('4'))), "material-late");
}
