//! Whom an act names: everybody is entered, nobody acts in another's name without a letter that stands, and whoever chairs may do both what
//! a chair and what a juror does.

use crate::preparation;
use std::collections::BTreeSet;

use crate::preparation::{Office, at, candidate, contest, item, nomination, open, opening, pin, round, secretariat, term};
use award::cycle::tables::Appointment;
use award::evidence::{ClaimAt, FieldVisit, Finding, SecondReading};
use award::panel::{Decree, DecreedSeat, Replacement};
use award::people::{Delegation, PeopleChange};
use award::permission::table::{TASKS, task};
use award::round::{Adoption, Aide, RulebookMove};
use award::seal::Sealing;
use award::sheet::{SheetAt, SheetStage, SheetVersion};
use award::stage::advancement::DropOut;
use award::stage::announcement::{Certificate, Embargo, HandOver};
use award::stage::dossier::{Extension, Return, Whom};
use award::stage::objection::{Answer, Fate, RecountDecision, RecountSet, Ruling};
use award::stage::revocation::{Confirmation, Revocation};
use award::stage::session::{Minutes, PlenaryOpening};
use award::{Act, Actor, ContestKey, Deed, Grant, Role, Scope, decide, permit_person};
use jiff::civil::date;

const NOBODY: &str = "nobody";
const DAY: &str = "2020-11-10T01:00:00Z";

fn key() -> ContestKey {
    contest("51", "city")
}

fn sheet() -> SheetVersion {
    let of = SheetAt { juror: "j1".into(), candidate: "denpasar".into(), stage: SheetStage::Judging };
    let (state, entered_by) = (tally::SheetState::Abstained, Some(NOBODY.into()));
    SheetVersion { of, version: 1, state, marks: [].into(), entered_by, receipt: None }
}

fn out() -> DropOut {
    DropOut {
        candidate: "denpasar".into(),
        reason: "Tutup.".into(),
        evidence: vec![preparation::hash('f').as_str().into()],
        by: NOBODY.into(),
    }
}

fn decreed(juror: &str, person: Option<&str>, seat: &str) -> DecreedSeat {
    let appointment = Appointment {
        level: "province".into(),
        region: Some("51".into()),
        juror: juror.into(),
        name: format!("Penilai {juror}"),
        seat: seat.into(),
        office: None,
        acting: false,
        delegate_for: None,
        person: person.map(Into::into),
    };
    let decree = Decree { number: "188.44/12/2020".into(), date: date(2020, 9, 1) };
    DecreedSeat { appointment, decree, from: date(2020, 11, 1), to: Some(date(2020, 11, 30)), exception: None }
}

/// Every deed that names persons, with nobody in each place.
fn naming_nobody() -> Vec<Deed> {
    let (text, of) = (|| "x".to_owned(), || ClaimAt { candidate: "denpasar".into(), claim: "members".into() });
    let hash = || preparation::hash('f');
    let check = award::evidence::ClaimCheck {
        of: of(),
        verified: None,
        by: NOBODY.into(),
        evidence: vec![],
        source: text(),
        as_of: date(2020, 11, 1),
        reason: None,
    };
    let visit = FieldVisit {
        candidate: "denpasar".into(),
        visitors: vec!["ani".into(), NOBODY.into()],
        at: date(2020, 11, 1).at(9, 0, 0, 0),
        place: text(),
        findings: text(),
        files: vec![],
    };
    let minutes = Minutes { session: "s".into(), minutes_number: "1".into(), decree_number: None, by: NOBODY.into() };
    let plenary = PlenaryOpening {
        session: "s".into(),
        panel: "team".into(),
        place: text(),
        present: vec![],
        chair: "j1".into(),
        acting_because: None,
        by: NOBODY.into(),
    };
    let prize = HandOver {
        award: "a".into(),
        candidate: "denpasar".into(),
        prize: text(),
        received_by: text(),
        post: None,
        on: date(2020, 11, 1),
        evidence: vec![],
        by: NOBODY.into(),
    };
    let certificate = Certificate { number: "1".into(), award: "a".into(), candidate: "denpasar".into(), by: NOBODY.into() };
    let revocation = Revocation { candidate: "denpasar".into(), reason: text(), evidence: vec![], by: NOBODY.into() };
    let back = Return {
        candidate: "denpasar".into(),
        documents: vec![],
        term: term(3, award::deadline::DayCount::Calendar),
        reason: text(),
        by: NOBODY.into(),
    };
    let moved = Extension {
        whom: Whom::Contest { category: "city".into() },
        term: term(3, award::deadline::DayCount::Calendar),
        reason: text(),
        by: NOBODY.into(),
    };
    let aide = Aide { juror: "j1".into(), aide: NOBODY.into(), from: date(2020, 11, 1), to: None, reason: text() };
    let rulebook = RulebookMove { to: pin("2", 'b'), differences: 1, reason: text(), by: NOBODY.into() };
    let mut handed = item("denpasar", "law", 'c');
    handed.by = NOBODY.into();
    let mut put_forward = nomination("denpasar", "51.71");
    put_forward.by = NOBODY.into();
    let mut consent = preparation::consent("denpasar");
    consent.by = NOBODY.into();
    let mut opened = opening();
    opened.by = NOBODY.into();
    let ruling = Ruling { objection: "o".into(), admissible: true, reason: text(), by: NOBODY.into() };
    let answer = Answer { objection: "o".into(), answer: text(), by: NOBODY.into() };
    let set = RecountSet { objection: "o".into(), of_result: 1, changes: vec![], by: NOBODY.into() };
    let decision = RecountDecision { objection: "o".into(), fate: Fate::Applied, reason: text(), by: NOBODY.into() };
    let finding = Finding { of: of(), findings: text(), by: NOBODY.into() };
    let reading = SecondReading { of: of(), by: NOBODY.into(), verified: None, note: None };
    let confirmation = Confirmation { candidate: "denpasar".into(), by: NOBODY.into() };
    let embargo = Embargo { not_before: at(DAY), by: NOBODY.into(), of_result: Some(1) };
    let seat = decreed("j1", Some(NOBODY), "chair");
    let (takes, sheets) = (seat.clone(), rules::rulebook::GivenSheets::Keep);
    let replacement = Replacement { leaves: "j1".into(), takes, sheets, reason: text() };
    vec![
        Deed::OpenRound(round("51"), opened),
        Deed::ProposeSeal(Sealing { rulebook: pin("1", 'a'), by: NOBODY.into() }),
        Deed::SealRulebook(Sealing { rulebook: pin("1", 'a'), by: NOBODY.into() }),
        Deed::ProposeRulebook(round("51"), rulebook),
        Deed::AdoptRulebook(round("51"), Adoption { hash: hash(), by: NOBODY.into() }),
        Deed::AppointAide(round("51"), aide),
        Deed::Nominate(key(), put_forward),
        Deed::Answer(key(), consent),
        Deed::HandInItem(key(), handed),
        Deed::ReturnDossier(key(), back),
        Deed::MoveDeadline(round("51"), moved),
        Deed::CheckClaim(key(), check),
        Deed::ReadAgain(key(), reading),
        Deed::ReportVisit(key(), visit),
        Deed::FindAtInterview(key(), finding),
        Deed::HandInVersion(key(), sheet()),
        Deed::EnterPaper(key(), sheet()),
        Deed::LeaveInTray(key(), sheet()),
        Deed::ProposeResult(key(), NOBODY.into()),
        Deed::CheckResult(key(), NOBODY.into()),
        Deed::LockResult(key(), NOBODY.into()),
        Deed::OpenPlenary(round("51"), plenary),
        Deed::ClosePlenary(round("51"), minutes),
        Deed::PublishProvisional(key(), NOBODY.into()),
        Deed::RuleOnObjection(key(), ruling),
        Deed::AnswerObjection(key(), answer),
        Deed::DraftRecount(key(), set),
        Deed::DecideRecount(key(), decision),
        Deed::StandBack(key(), out()),
        Deed::ProposeDisqualification(key(), out()),
        Deed::ConfirmDisqualification(key(), confirmation.clone()),
        Deed::AppointByDecree(round("51"), seat.clone()),
        Deed::ReplaceMember(round("51"), replacement),
        Deed::ProposeAnnouncement(key(), embargo),
        Deed::ConfirmAnnouncement(key(), NOBODY.into()),
        Deed::HandOverPrize(key(), prize),
        Deed::IssueCertificate(key(), certificate),
        Deed::ProposeRevocation(key(), revocation),
        Deed::ConfirmRevocation(key(), confirmation),
    ]
}

/// Deeds that name nobody by the id of a person. (Who is entered by [`PeopleChange`] is asked there.)
const NAMELESS: &str = "OpenEdition SetDay ChangeRegister ChangePeople EraseNames RecordOutreach RecordEvent RecordStanding RecordDossiers \
    CommitLot Propose HandInDossier ExtendDossier AdmitLate CloseDossiers StateProduct SubmitDossier ImportVintage NameActingChair DeclareInterest \
    RuleOnDoubt OpenDossier HandInRanking OpenFigures CommitSample DrawSample Appoint DeclareConflict StateClaim VerifyClaim VerifyItem \
    StatePoints ExemptFrom PlanSession AssignSlot MoveSlot AnswerInvitation SendDelegation HandInMaterial CheckIn NoteQuestion ReopenSheet AdmitFromTray WaiveMissing \
    RecordAttendance HandInSheet Withdraw WaiveAbsence CloseJudging CorrectMark Count GiveOrder NameAward RevealLot Ratify Advance Announce \
    RequireLock NoteNoShow NotePresence GiveChair MakeMotion CastVote CloseVote ReviseSheet FileObjection";

#[test]
fn every_deed_names_persons_or_is_known_to_name_none() {
    let naming = naming_nobody();
    let named = naming.iter().map(|deed| task(deed).deed).chain(NAMELESS.split_whitespace());
    let all: BTreeSet<&str> = TASKS.iter().map(|task| task.deed).collect();
    assert_eq!(named.collect::<BTreeSet<_>>(), all);
}

#[test]
fn nobody_who_is_not_entered_is_named_in_any_act() {
    let office = open();
    for deed in naming_nobody() {
        let role = if matches!(deed, Deed::Nominate(..)) { Role::Branch } else { task(&deed).roles[0] };
        let scope = match role {
            Role::Candidate => Scope { organisation: Some("denpasar".into()), ..Scope::default() },
            Role::Juror | Role::Aide => Scope { juror: Some("j1".into()), ..Scope::default() },
            _ => Scope::default(),
        };
        assert_eq!(does(&office, NOBODY, Grant::new(role, scope), deed.clone(), DAY), "person-unknown", "{deed:?}");
    }
}

/// The key of the refusal; `nothing` if it is allowed.
fn does(office: &Office, person: &str, grant: Grant, deed: Deed, when: &str) -> String {
    let decided = permit_person(&office.state, &person.into(), &[grant], &deed, Some(at(when))).and_then(|permit| {
        let actor = permit.actor().expect("a person acts");
        decide(&office.state, &Act { actor, at: Some(at(when)), deed }, permit)
    });
    decided.err().map_or("nothing".into(), |refusal| refusal.rule.key().trim_start_matches("refusal-").to_owned())
}

/// Denpasar is put forward, and its mayor's letter lets the staff act in the second week of November.
fn put_forward() -> Office {
    let mut office = open();
    office.does(&Actor::Branch(round("51")), "2020-11-02T01:00:00Z", Deed::Nominate(key(), nomination("denpasar", "51.71")));
    let (from, to) = (date(2020, 11, 8), Some(date(2020, 11, 14)));
    let letter = Delegation {
        principal: "walikota".into(),
        delegate: "staf".into(),
        round: Some(round("51")),
        from,
        to,
        letter: "ST 094/12/2020".into(),
    };
    office.does(&secretariat("51"), DAY, Deed::ChangePeople(PeopleChange::Delegate(letter)));
    office
}

fn of_denpasar() -> Grant {
    Grant::new(Role::Candidate, Scope { organisation: Some("denpasar".into()), ..Scope::default() })
}

#[test]
fn consent_is_given_by_whoever_answers_or_by_a_letter_that_stands_on_that_day() {
    let office = put_forward();
    let answer = || Deed::Answer(key(), preparation::consent("denpasar"));
    for (person, when, expected) in [
        ("walikota", "2020-11-20T01:00:00Z", "nothing"),
        ("staf", "2020-11-07T15:59:59Z", "no-standing-letter"),
        ("staf", "2020-11-07T16:00:00Z", "nothing"),
        ("staf", "2020-11-14T15:59:59Z", "nothing"),
        ("staf", "2020-11-14T16:00:00Z", "no-standing-letter"),
        ("ani", "2020-11-10T01:00:00Z", "no-standing-letter"),
        ("Staf", "2020-11-10T01:00:00Z", "no-standing-letter"),
    ] {
        assert_eq!(does(&office, person, of_denpasar(), answer(), when), expected, "{person} {when}");
    }
}

#[test]
fn a_letter_stands_for_its_round_only_and_never_for_what_takes_two_people() {
    let mut office = put_forward();
    office.does(&candidate("denpasar"), DAY, Deed::Answer(key(), preparation::consent("denpasar")));
    let lock = |person: &str| Deed::LockResult(key(), person.into());
    assert_eq!(does(&office, "staf", Grant::new(Role::Chair, Scope::default()), lock("walikota"), DAY), "not-you");
    let in_lampung = Deed::Answer(contest("18", "city"), preparation::consent("denpasar"));
    assert_eq!(does(&office, "staf", of_denpasar(), in_lampung, DAY), "no-standing-letter");
}

#[test]
fn a_document_is_handed_in_for_the_mayor_by_who_has_a_letter() {
    let mut office = put_forward();
    office.does(&candidate("denpasar"), DAY, Deed::Answer(key(), preparation::consent("denpasar")));
    let mut handed = item("denpasar", "law", 'c');
    handed.by = "walikota".into();
    let deed = Deed::HandInItem(key(), handed);
    assert_eq!(does(&office, "ani", of_denpasar(), deed.clone(), DAY), "no-standing-letter");
    assert_ne!(does(&office, "staf", of_denpasar(), deed, DAY), "no-standing-letter");
}

#[test]
fn a_chair_whose_grant_names_the_own_seat_closes_judging_too() {
    let grant = |role| {
        let scope = Scope { juror: Some("j1".into()), region: Some("51".into()), ..Scope::default() };
        Grant::new(role, scope)
    };
    let office = open();
    let close = Deed::CloseJudging(key(), Some(1));
    for (role, permitted) in [(Role::Chair, true), (Role::ActingChair, true), (Role::Juror, false), (Role::Secretariat, false)] {
        assert_eq!(permit_person(&office.state, &"ayu".into(), &[grant(role)], &close, None).is_ok(), permitted, "{role:?}");
    }
    let rule = |by: &str| {
        let ruling = award::interest::Ruling {
            juror: "j2".into(),
            candidate: "denpasar".into(),
            by: by.into(),
            recused: true,
            reason: "x".into(),
        };
        Deed::RuleOnDoubt(key(), ruling)
    };
    for (by, permitted) in [("j1", true), ("j2", false)] {
        assert_eq!(permit_person(&office.state, &"ayu".into(), &[grant(Role::Chair)], &rule(by), None).is_ok(), permitted);
    }
}

fn appoints(juror: &str, person: Option<&str>, seat: &str) -> Deed {
    Deed::AppointByDecree(round("51"), decreed(juror, person, seat))
}

fn everywhere(role: Role) -> Grant {
    Grant::new(role, Scope::default())
}

#[test]
fn whoever_is_appointed_by_the_office_is_somebody_who_is_entered() {
    let office = open();
    for (person, expected) in [(None, "juror-untied"), (Some(NOBODY), "person-unknown"), (Some("budi"), "nothing")] {
        assert_eq!(does(&office, "sari", everywhere(Role::Secretariat), appoints("j1", person, "chair"), DAY), expected);
    }
}

#[test]
fn nobody_sits_twice_on_a_panel_in_the_same_days() {
    let mut office = open();
    office.does(&secretariat("51"), DAY, appoints("j1", Some("budi"), "chair"));
    let again = |change: fn(&mut DecreedSeat)| {
        let mut seat = decreed("j2", Some("budi"), "member");
        change(&mut seat);
        Deed::AppointByDecree(round("51"), seat)
    };
    assert_eq!(office.refuses(&secretariat("51"), DAY, again(|_| {})), "person-seated");
    let on_the_last_day = again(|seat| (seat.from, seat.to) = (date(2020, 11, 30), None));
    assert_eq!(office.refuses(&secretariat("51"), DAY, on_the_last_day), "person-seated");
    let a_day_later = again(|seat| (seat.from, seat.to) = (date(2020, 12, 1), None));
    assert_eq!(office.refuses(&secretariat("51"), DAY, a_day_later), "nothing");
    let untied = again(|seat| seat.appointment.person = None);
    assert_eq!(office.refuses(&secretariat("51"), DAY, untied), "nothing", "in a file each juror is a person of its own");
    let from_file = Deed::Appoint(round("51"), decreed("j2", Some("budi"), "member").appointment);
    assert_eq!(office.refuses(&secretariat("51"), DAY, from_file), "person-seated", "unless the file says otherwise");
}

#[test]
fn who_writes_for_a_juror_does_not_judge_and_who_judges_does_not_write() {
    let aide = |aide: &str| {
        let (from, to) = (date(2020, 11, 8), Some(date(2020, 11, 14)));
        Deed::AppointAide(round("51"), Aide { juror: "j1".into(), aide: aide.into(), from, to, reason: "Senior.".into() })
    };
    let mut office = open();
    for (juror, person, seat) in [("j1", "budi", "chair"), ("j2", "ani", "member")] {
        office.does(&secretariat("51"), DAY, appoints(juror, Some(person), seat));
    }
    for person in ["budi", "ani"] {
        assert_eq!(office.refuses(&secretariat("51"), DAY, aide(person)), "aide-is-juror", "{person}");
    }
    office.does(&secretariat("51"), DAY, aide("kadek"));
    assert_eq!(office.refuses(&secretariat("51"), DAY, appoints("j3", Some("kadek"), "member")), "juror-is-aide");
    assert_eq!(office.refuses(&secretariat("51"), DAY, appoints("j3", Some("putu"), "member")), "nothing");
}

#[test]
fn a_juror_acts_only_in_the_own_seat() {
    let mut office = open();
    office.does(&secretariat("51"), DAY, appoints("j1", Some("budi"), "chair"));
    office.enters("denpasar", "51.71");
    let declares = || {
        let says = award::interest::Interest::None;
        Deed::DeclareInterest(key(), award::interest::Declaration { juror: "j1".into(), candidate: "denpasar".into(), says })
    };
    let as_j1 = || Grant::new(Role::Juror, Scope { juror: Some("j1".into()), ..Scope::default() });
    assert_eq!(does(&office, "ani", as_j1(), declares(), DAY), "seat-of-another");
    assert_eq!(does(&office, "budi", as_j1(), declares(), DAY), "nothing");
}

#[test]
fn an_organisation_is_named_so_that_it_enters_once_under_whatever_id() {
    let mut untold = preparation::company("nusa", "51.03");
    untold.body = None;
    let office = open();
    let puts = |nomination| Deed::Nominate(contest("51", "company"), nomination);
    assert_eq!(office.refuses(&preparation::branch("51"), DAY, puts(untold)), "organisation-untold");
    let mut cities = open();
    cities.enters("denpasar", "51.71");
    let again = Deed::Nominate(key(), nomination("kota-denpasar", "51.71"));
    assert_eq!(cities.refuses(&preparation::branch("51"), DAY, again), "organisation-entered");
    let waiting = Deed::Nominate(key(), nomination("badung", "51.03"));
    cities.does(&preparation::branch("51"), DAY, waiting);
    cities.does(&preparation::branch("51"), DAY, Deed::Nominate(key(), nomination("kab-badung", "51.03")));
    cities.does(&candidate("badung"), DAY, Deed::Answer(key(), preparation::consent("badung")));
    let second = Deed::Answer(key(), preparation::consent("kab-badung"));
    assert_eq!(cities.refuses(&candidate("kab-badung"), DAY, second), "organisation-entered");
}
