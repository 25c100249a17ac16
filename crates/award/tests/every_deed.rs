//! What holds for every deed from verification to closing: texts are bounded and visible, names are written as people write them, and
//! nobody may do it elsewhere.

use crate::support::office::{
    bali, chair, check, claim, declared, decreed, elsewhere, file, juror_of, opening, plain, round, secretariat, sheet, verifier,
};
use award::closing::Led;
use award::evidence::{FieldVisit, Finding, SecondReading};
use award::interest::{Declaration, Interest, Ranking, Ruling};
use award::panel::{ActingChair, Replacement};
use award::schedule::{Answer, Asked, CheckIn, Delegate, Material, Move, NoShow, Place, Reply, Sending, Session, Slot};
use award::sheet::{Admission, Reopening, SheetAt, SheetStage};
use award::{Actor, ContestKey, Deed, RoundKey, limit, permit};
use jiff::civil::{date, time};
use rules::rulebook::GivenSheets;

/// Every deed of this part, with a text in a place where people type, and who does it.
fn deeds(text: &str, contest: &ContestKey) -> Vec<(Actor, Deed)> {
    let (round, key) = (|| contest.round.clone(), || contest.clone());
    let said = || text.to_owned();
    let at = || SheetAt { juror: "j1".into(), candidate: "badung".into(), stage: SheetStage::Judging };
    let mut seat = decreed("j9", "Made", "member");
    seat.decree.number = said();
    let mut checked = check("badung", "members", "80");
    checked.source = said();
    let mut typed = sheet("j1", "badung", "80");
    typed.entered_by = Some(text.into());
    let slot = Slot { session: said(), candidate: "badung".into(), starts: time(9, 0, 0, 0), minutes: 30, exception: None };
    let session = Session {
        id: "a".into(),
        on: date(2021, 1, 12),
        from: time(9, 0, 0, 0),
        to: time(12, 0, 0, 0),
        place: Place::Room(said()),
        jurors: vec![],
        materials_due: None,
    };
    let delegate = Delegate { name: said(), post: "Bupati".into(), rank: None, letter: None };
    let came = CheckIn { candidate: "badung".into(), at: date(2021, 1, 12).at(9, 0, 0, 0), delegation: vec![delegate] };
    let replacement =
        Replacement { leaves: "j2".into(), takes: seat.clone(), sheets: GivenSheets::Keep, reason: "retired".into() };
    let acting = ActingChair { candidate: "badung".into(), juror: text.into(), reason: "recused".into() };
    let says = Interest::InDoubt { reason: said() };
    let declaration = Declaration { juror: "j1".into(), candidate: "badung".into(), says };
    let ruling = Ruling { juror: "j1".into(), candidate: "badung".into(), by: text.into(), recused: true, reason: "x".into() };
    let visit = FieldVisit {
        candidate: "badung".into(),
        visitors: vec![text.into()],
        at: date(2020, 12, 3).at(9, 0, 0, 0),
        place: "Mengwi".into(),
        findings: "all is well".into(),
        files: vec![file("photo.jpg")],
    };
    let reading = SecondReading { of: claim("badung", "members"), by: text.into(), verified: None, note: None };
    let finding = Finding { of: claim("badung", "members"), findings: "60".into(), by: text.into() };
    let waiver = award::closing::Waiver {
        what: award::closing::Waivable::Ranking,
        candidate: Some(text.into()),
        reason: "decided".into(),
    };
    let file = award::stage::dossier::FileRef { hash: "a".repeat(64), bytes: 1, format: "pdf".into(), name: "a.pdf".into() };
    let material = Material { candidate: "badung".into(), title: text.into(), file };
    let (sec, ver, cha) = (|| Actor::Secretariat(round()), || Actor::Verifier(round()), || Actor::Chair(round()));
    let juror = || Actor::Juror(round(), "j1".into());
    vec![
        (sec(), Deed::AppointByDecree(round(), seat)),
        (sec(), Deed::ReplaceMember(round(), replacement)),
        (sec(), Deed::NameActingChair(key(), acting)),
        (juror(), Deed::DeclareInterest(key(), declaration)),
        (cha(), Deed::RuleOnDoubt(key(), ruling)),
        (juror(), Deed::OpenDossier(key(), opening("j1", text))),
        (juror(), Deed::OpenFigures(key(), opening("j1", text))),
        (juror(), Deed::HandInRanking(key(), Ranking { juror: "j1".into(), order: vec![text.into()] })),
        (ver(), Deed::CheckClaim(key(), checked)),
        (sec(), Deed::DrawSample(key(), said())),
        (ver(), Deed::ReadAgain(key(), reading)),
        (ver(), Deed::ReportVisit(key(), visit)),
        (ver(), Deed::FindAtInterview(key(), finding)),
        (sec(), Deed::PlanSession(round(), session)),
        (sec(), Deed::AssignSlot(key(), slot.clone())),
        (sec(), Deed::MoveSlot(key(), Move { slot, reason: "a flood".into() })),
        (sec(), Deed::AnswerInvitation(key(), Answer { candidate: text.into(), reply: Reply::Confirmed })),
        (sec(), Deed::SendDelegation(key(), Sending { candidate: "badung".into(), delegation: came.delegation.clone() })),
        (sec(), Deed::HandInMaterial(key(), material)),
        (sec(), Deed::CheckIn(key(), came)),
        (sec(), Deed::NoteNoShow(key(), NoShow { candidate: "badung".into(), note: Some(said()) })),
        (
            sec(),
            Deed::NoteQuestion(
                key(),
                Asked { candidate: "badung".into(), juror: text.into(), question: "?".into(), answer: "!".into() },
            ),
        ),
        (juror(), Deed::HandInVersion(key(), typed.clone())),
        (sec(), Deed::EnterPaper(key(), typed.clone())),
        (juror(), Deed::LeaveInTray(key(), typed)),
        (cha(), Deed::ReopenSheet(key(), Reopening { of: at(), version: 1, by: text.into(), reason: "x".into() })),
        (cha(), Deed::AdmitFromTray(key(), Admission { of: at(), by: text.into(), reason: "x".into() })),
        (cha(), Deed::WaiveMissing(key(), waiver)),
        (cha(), Deed::WaiveAbsence(key(), None, said())),
    ]
}

#[test]
fn no_deed_takes_a_text_that_is_too_long_or_that_nobody_can_see() {
    let long = "x".repeat(limit::TEXT_CHARS_MAX + 1);
    for (text, expected) in [
        (long.as_str(), "text-too-long"),
        ("a\u{0}b", "text-control"),
        ("a\u{1b}[31mb", "text-control"),
        ("a\u{202e}b", "text-control"),
        ("a\u{2066}b", "text-control"),
        ("a\rb", "text-control"),
    ] {
        for (actor, deed) in deeds(text, &bali()) {
            assert_eq!(declared(&plain()).refused(actor, deed.clone()), expected, "{deed:?}");
        }
    }
}

#[test]
fn names_of_any_script_with_apostrophes_and_commas_are_taken() {
    for name in ["Nur'aini, S.H., M.Hum.", "Ida Ayu Ketut \"Dayu\"", "王小明", "Łukasz Żółć", "ᬩᬮᬶ", "O’Brien 🎉"]
    {
        let mut office = declared(&plain());
        for (actor, deed) in deeds(name, &bali()) {
            let refused = office.refused(actor, deed.clone());
            assert!(!["text-control", "text-too-long", "text-empty"].contains(&refused.as_str()), "{refused}: {deed:?}");
        }
    }
}

#[test]
fn the_bound_of_a_name_is_inside_and_one_more_is_outside() {
    for (length, expected) in [(limit::NAME_CHARS_MAX, "nothing"), (limit::NAME_CHARS_MAX + 1, "text-too-long")] {
        let mut checked = check("badung", "members", "80");
        checked.source = "é".repeat(length);
        assert_eq!(declared(&plain()).refused(verifier(), Deed::CheckClaim(bali(), checked)), expected);
    }
    for (files, expected) in [(limit::LIST_MAX, "nothing"), (limit::LIST_MAX + 1, "list-too-long")] {
        let mut checked = check("badung", "members", "80");
        checked.evidence = vec![checked.evidence[0].clone(); files];
        assert_eq!(declared(&plain()).refused(verifier(), Deed::CheckClaim(bali(), checked)), expected);
    }
}

#[test]
fn nobody_does_it_in_another_round_or_in_another_s_place() {
    let there = ContestKey { round: elsewhere(), category: "city".into() };
    for ((actor, _), (_, deed)) in deeds("x", &bali()).into_iter().zip(deeds("x", &there)) {
        let refused = permit(&actor, &deed).map_err(|refusal| refusal.rule.key().to_owned());
        assert_eq!(refused.err().as_deref(), Some("refusal-other-round"), "{deed:?}");
    }
    for (_, deed) in deeds("x", &bali()) {
        let stranger = Actor::Branch(round());
        let refused = permit(&stranger, &deed).map_err(|refusal| refusal.rule.key().to_owned());
        assert_eq!(refused.err().as_deref(), Some("refusal-not-your-task"), "{deed:?}");
    }
}

#[test]
fn nothing_happens_to_a_contest_that_is_not_there() {
    let nowhere =
        ContestKey { round: RoundKey { level: "province".into(), region: Some("51".into()) }, category: "ghosts".into() };
    let mut office = declared(&plain());
    for (actor, deed) in deeds("x", &nowhere).into_iter().filter(|(_, deed)| deed.contest().is_some()) {
        assert_ne!(office.refused(actor, deed.clone()), "nothing", "{deed:?}");
    }
    assert!(!office.state.contests.contains_key(&nowhere));
    for actor in [secretariat(), chair(), verifier(), juror_of("j1")] {
        let deed = Deed::CommitSample(nowhere.clone(), tally::lot::commitment("seed"));
        assert_ne!(office.refused(actor, deed), "nothing");
    }
}

#[test]
fn a_contest_or_round_that_the_rulebook_or_the_map_does_not_know_is_refused_at_the_door() {
    let place = |level: &str, region: Option<&str>, category: &str| ContestKey {
        round: RoundKey { level: level.into(), region: region.map(str::to_owned) },
        category: category.into(),
    };
    for (contest, expected) in [
        (place("province", Some("51"), "x/y"), "contest-unknown"),
        (place("province", Some("51"), "ghosts"), "contest-unknown"),
        (place("province", Some("51.a/b"), "city"), "no-such-round"),
        (place("province", Some("99"), "city"), "no-such-round"),
        (place("province", None, "city"), "no-such-round"),
        (place("nation", Some("51"), "city"), "no-such-round"),
        (place("moon", Some("51"), "city"), "no-such-round"),
    ] {
        let mut office = declared(&plain());
        for (actor, deed) in deeds("x", &contest) {
            if deed.contest().is_some() || expected == "no-such-round" {
                assert_eq!(office.refused(actor, deed.clone()), expected, "{deed:?}");
            }
        }
        assert!(
            !office.state.contests.contains_key(&contest)
                && award::closing::missing(&office.state, &contest, Led::Office).is_empty()
        );
    }
}

#[test]
fn marks_are_waived_only_where_somebody_stands() {
    let waive = |contest: ContestKey| Deed::WaiveAbsence(contest, None, "ill".into());
    let lampung = ContestKey { round: elsewhere(), category: "city".into() };
    let mut office = declared(&plain());
    assert_eq!(office.done(Actor::Chair(elsewhere()), waive(lampung.clone())), [], "a row of a file means whoever comes up");
    let grant = award::Grant::new(award::Role::Chair, award::Scope::default());
    assert_eq!(office.refused(Actor::Person("ayu".into(), Box::new(grant)), waive(lampung.clone())), "no-contest");
    assert!(!office.state.contests.contains_key(&lampung));
    assert_eq!(office.done(chair(), waive(bali())).len(), 1);
}
