//! Sheets: versions with receipts, stale ones refused, opened again for a reason, entered twice from paper, admitted late from the tray.

use crate::support;
use crate::support::office::{Office, bali, chair, declared, elsewhere, juror_of, plain, round, secretariat, sheet};
use award::round::Aide;
use award::sheet::{Admission, CameBy, Reopening, SheetAt, SheetStage, SheetVersion};
use award::stage::session::PlenaryOpening;
use award::{Actor, Deed, Fact};
use jiff::civil::date;
use tally::{Mark, SheetState};

fn hand_in(sheet: SheetVersion) -> Deed {
    Deed::HandInVersion(bali(), sheet)
}

fn version(number: u32, mark: &str) -> SheetVersion {
    SheetVersion { version: number, ..sheet("j1", "badung", mark) }
}

fn at(juror: &str, candidate: &str) -> SheetAt {
    SheetAt { juror: juror.into(), candidate: candidate.into(), stage: SheetStage::Judging }
}

fn reopen(number: u32, by: &str) -> Deed {
    let reason = "two candidates were mixed up".into();
    Deed::ReopenSheet(bali(), Reopening { of: at("j1", "badung"), version: number, by: by.into(), reason })
}

#[test]
fn a_sheet_says_everything_that_is_asked_and_nothing_else() {
    let with = |change: &dyn Fn(&mut SheetVersion)| {
        let mut made = sheet("j1", "badung", "80");
        change(&mut made);
        hand_in(made)
    };
    let mark = |text: &str| Mark::try_from(text.to_owned()).expect("it is a mark");
    let cases: [(&str, Deed); 16] = [
        ("nothing", with(&|_| {})),
        ("nothing", with(&|sheet| drop(sheet.marks.insert("innovation".into(), mark("0"))))),
        ("nothing", with(&|sheet| drop(sheet.marks.insert("innovation".into(), mark("100"))))),
        ("nothing", with(&|sheet| drop(sheet.marks.insert("innovation".into(), mark("abstained"))))),
        ("mark-off", with(&|sheet| drop(sheet.marks.insert("innovation".into(), mark("101"))))),
        ("mark-off", with(&|sheet| drop(sheet.marks.insert("innovation".into(), mark("-1"))))),
        ("mark-off", with(&|sheet| drop(sheet.marks.insert("innovation".into(), mark("80.5"))))),
        ("sheet-incomplete", with(&|sheet| drop(sheet.marks.insert("innovation".into(), mark("absent"))))),
        ("sheet-incomplete", with(&|sheet| sheet.marks.clear())),
        ("mark-not-asked", with(&|sheet| drop(sheet.marks.insert("charm".into(), mark("1"))))),
        ("text-control", with(&|sheet| drop(sheet.marks.insert("a\u{7}".into(), mark("1"))))),
        ("sheet-marks-and-state", with(&|sheet| sheet.state = SheetState::Abstained)),
        ("sheet-recused", with(&|sheet| sheet.state = SheetState::Recused)),
        ("sheet-nothing-asked", with(&|sheet| sheet.of.stage = SheetStage::Interview)),
        ("not-in-contest", with(&|sheet| sheet.of.candidate = "atlantis".into())),
        ("other-receipt", with(&|sheet| sheet.receipt = Some("0".repeat(64)))),
    ];
    for (expected, deed) in cases {
        assert_eq!(declared(&plain()).refused(juror_of("j1"), deed.clone()), expected, "{deed:?}");
    }
}

fn aide_of(juror: &str, aide: &str) -> Actor {
    Actor::Aide(support::office::round(), juror.into(), aide.into())
}

/// Putu writes for j1 from 1 to 20 December.
fn aided_by_putu() -> Office {
    let mut office = declared(&plain());
    let (from, to) = (date(2020, 12, 1), Some(date(2020, 12, 20)));
    let aide = Aide { juror: "j1".into(), aide: "putu".into(), from, to, reason: "Writes for her".into() };
    office.done(secretariat(), Deed::AppointAide(support::office::round(), aide));
    office
}

#[test]
fn an_aide_writes_within_the_term_of_local_days_and_it_is_on_record_who_wrote() {
    // The round of Bali keeps UTC+8.
    for (at, expected) in [
        ("2020-11-30T15:59:59Z", "not-an-aide"),
        ("2020-11-30T16:00:00Z", "nothing"),
        ("2020-12-10T03:00:00Z", "nothing"),
        ("2020-12-20T15:59:59Z", "nothing"),
        ("2020-12-20T16:00:00Z", "not-an-aide"),
    ] {
        let mut office = aided_by_putu();
        office.now = at.parse().expect("it is a time");
        assert_eq!(office.refused(aide_of("j1", "putu"), hand_in(sheet("j1", "badung", "80"))), expected, "{at}");
        let written: Vec<(&str, &str)> =
            office.contest().written_by.iter().map(|(juror, _, aide)| (juror.as_str(), aide.as_str())).collect();
        let kept: Vec<_> = office.entry("badung").ledger.kept.iter().map(|kept| kept.sheet.entered_by.clone()).collect();
        match expected {
            "nothing" => assert_eq!((written, kept), (vec![("j1", "putu")], vec![Some("putu".into())])),
            _ => assert_eq!((written, kept), (vec![], vec![])),
        }
    }
}

#[test]
fn a_person_who_is_an_aide_is_held_to_the_same_term_whatever_the_deed() {
    let scope = award::Scope { juror: Some("j1".into()), ..award::Scope::default() };
    let grant = award::Grant::new(award::Role::Aide, scope);
    let person = |id: &str| Actor::Person(id.into(), Box::new(grant.clone()));
    let plainly = || {
        let marks = sheet("j1", "badung", "80").marks;
        let handed =
            award::act::HandedSheet { juror: "j1".into(), candidate: "badung".into(), state: SheetState::HandedIn, marks };
        Deed::HandInSheet(bali(), handed)
    };
    let deed = hand_in(sheet("j1", "badung", "80"));
    assert_eq!(aided_by_putu().refused(person("kadek"), deed.clone()), "not-an-aide");
    let mut office = aided_by_putu();
    office.done(person("putu"), deed);
    assert_eq!(office.contest().written_by, [("j1".into(), "badung".into(), "putu".into())]);
    // Without versions only a file tells it.
    assert_eq!(aided_by_putu().refused(person("putu"), plainly()), "only-from-files");
    assert_eq!(aided_by_putu().refused(aide_of("j1", "kadek"), plainly()), "not-an-aide");
}

#[test]
fn only_the_juror_or_a_named_aide_hands_in() {
    let aided = |aide: Option<&str>| SheetVersion { entered_by: aide.map(Into::into), ..sheet("j1", "badung", "80") };
    for (actor, aide, expected) in [
        (juror_of("j1"), None, "nothing"),
        (juror_of("j2"), None, "other-juror"),
        (Actor::Juror(elsewhere(), "j1".into()), None, "other-round"),
        (chair(), None, "not-your-task"),
        (Actor::Candidate("badung".into()), None, "not-your-task"),
        (secretariat(), None, "aide-untold"),
        (secretariat(), Some(" "), "person-unknown"),
        (secretariat(), Some("kadek"), "not-an-aide"),
        (secretariat(), Some("putu"), "nothing"),
        (juror_of("j1"), Some("kadek"), "not-an-aide"),
        (juror_of("j1"), Some("putu"), "nothing"),
        (aide_of("j1", "putu"), None, "nothing"),
        (aide_of("j1", "putu"), Some("putu"), "nothing"),
        (aide_of("j1", "putu"), Some("kadek"), "not-you"),
        (aide_of("j1", "kadek"), None, "not-an-aide"),
        (aide_of("j2", "putu"), None, "other-juror"),
    ] {
        assert_eq!(aided_by_putu().refused(actor.clone(), hand_in(aided(aide))), expected, "{actor:?} {aide:?}");
    }
    let mut office = declared(&plain());
    office.done(Actor::Candidate("badung".into()), Deed::Withdraw(bali(), "badung".into(), "moved".into()));
    assert_eq!(office.refused(juror_of("j1"), hand_in(sheet("j1", "badung", "80"))), "sheet-withdrawn");
}

#[test]
fn the_receipt_is_that_of_the_canonical_sheet_whoever_typed_it() {
    let receipt = |made: SheetVersion, actor: Actor| {
        let mut office = aided_by_putu();
        office.done(actor, hand_in(made));
        office.entry("badung").ledger.kept[0].sheet.receipt.clone().expect("it has one")
    };
    let own = receipt(sheet("j1", "badung", "80"), juror_of("j1"));
    let aided = SheetVersion { entered_by: Some("putu".into()), ..sheet("j1", "badung", "80") };
    assert_eq!(receipt(aided, secretariat()), own);
    let bytes = r#"["paritrana-sheet-1","small/province/51/city","badung","j1","judging",1,"handed_in",{"innovation":"80"}]"#;
    assert_eq!(own, tally::lot::commitment(bytes));
    let given = SheetVersion { receipt: Some(own.clone()), ..sheet("j1", "badung", "80") };
    assert_eq!(receipt(given, juror_of("j1")), own);
    assert_ne!(receipt(sheet("j1", "badung", "81"), juror_of("j1")), own);
}

#[test]
fn a_sheet_is_changed_only_by_opening_it_again_and_both_versions_stay() {
    let mut office = declared(&plain());
    for (deed, actor, expected) in [
        (reopen(1, "j1"), chair(), "no-sheet"),
        (hand_in(version(2, "80")), juror_of("j1"), "sheet-stale"),
        (hand_in(version(0, "80")), juror_of("j1"), "sheet-stale"),
        (hand_in(version(1, "80")), juror_of("j1"), "nothing"),
        (hand_in(version(1, "90")), juror_of("j1"), "sheet-twice"),
        (hand_in(version(2, "90")), juror_of("j1"), "sheet-twice"),
        (reopen(1, "j1"), secretariat(), "not-your-task"),
        (reopen(1, "j2"), juror_of("j2"), "not-chair-for"),
        (reopen(2, "j1"), chair(), "sheet-stale"),
        (reopen(1, "j1"), chair(), "nothing"),
        (reopen(1, "j1"), chair(), "reopened-twice"),
        (hand_in(version(1, "90")), juror_of("j1"), "sheet-stale"),
        (hand_in(version(3, "90")), juror_of("j1"), "sheet-stale"),
        (hand_in(version(2, "90")), juror_of("j1"), "nothing"),
        (hand_in(version(2, "95")), juror_of("j1"), "sheet-twice"),
        (reopen(1, "j1"), chair(), "sheet-stale"),
    ] {
        assert_eq!(office.refused(actor, deed.clone()), expected, "{deed:?}");
    }
    let ledger = &office.entry("badung").ledger;
    let kept: Vec<(u32, String)> =
        ledger.kept.iter().map(|kept| (kept.sheet.version, String::from(kept.sheet.marks["innovation"].clone()))).collect();
    assert_eq!(kept, [(1, "80".to_owned()), (2, "90".to_owned())]);
    assert_eq!(ledger.reopenings.len(), 1);
    // The last one counts, and it alone.
    let counted: Vec<String> =
        office.contest().sheets.iter().map(|sheet| String::from(sheet.marks["innovation"].clone())).collect();
    assert_eq!(counted, ["90"]);
}

#[test]
fn a_stale_version_is_told_with_both_numbers() {
    let mut office = declared(&plain());
    office.done(juror_of("j1"), hand_in(version(1, "80")));
    office.done(chair(), reopen(1, "j1"));
    let told = office.told(juror_of("j1"), hand_in(version(1, "90")));
    let said = "The sheet (Judging) of juror j1 for Kabupaten Badung is version 1; the one on record is version 1.";
    assert_eq!(told, said);
    let told = office.told(juror_of("j1"), hand_in(version(4, "90")));
    assert_eq!(told, said.replace("is version 1;", "is version 4;"));
}

#[test]
fn who_abstains_in_one_stage_says_so_for_that_stage_alone() {
    let mut office = declared(&plain());
    let abstained = SheetVersion { state: SheetState::Abstained, marks: [].into(), ..sheet("j1", "badung", "80") };
    office.done(juror_of("j1"), hand_in(abstained));
    let counted = &office.contest().sheets[0];
    assert_eq!((counted.state, &counted.marks["innovation"]), (SheetState::HandedIn, &Mark::Abstained));
}

fn paper(typist: &str, mark: &str) -> Deed {
    Deed::EnterPaper(bali(), SheetVersion { entered_by: Some(typist.into()), ..sheet("j1", "badung", mark) })
}

#[test]
fn a_paper_sheet_counts_when_two_people_typed_the_same() {
    let mut office = declared(&plain());
    for (deed, expected) in [
        (paper("", "80"), "person-unknown"),
        (paper("putu", "80"), "nothing"),
        (paper("putu", "80"), "paper-same-person"),
        (paper("putu ", "80"), "person-unknown"),
        (paper("kadek", "88"), "paper-differs"),
        (paper("putu", "88"), "nothing"),
        (paper("kadek", "88"), "nothing"),
        (paper("kadek", "88"), "sheet-twice"),
    ] {
        assert_eq!(office.refused(secretariat(), deed.clone()), expected, "{deed:?}");
    }
    let kept = &office.entry("badung").ledger.kept;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].came_by, CameBy::Paper { first: "putu".into(), second: "kadek".into() });
    assert_eq!(office.entry("badung").ledger.paper, []);
    assert_eq!(office.refused(juror_of("j1"), paper("kadek", "88")), "not-your-task");
}

#[test]
fn differences_between_two_entries_are_listed() {
    let mut office = declared(&plain());
    office.done(secretariat(), paper("putu", "80"));
    let told = office.told(secretariat(), paper("kadek", "88"));
    assert_eq!(
        told,
        "The two entries of the sheet (Judging) of juror j1 for Kabupaten Badung differ; putu entered it first: Innovation: 80, 88."
    );
}

/// Judging is closed; the marks of j1 for Badung were waived.
fn closed() -> Office {
    let mut office = declared(&plain());
    for (candidate, members) in [("badung", "80"), ("gianyar", "70"), ("denpasar", "60")] {
        let check = |id: &str, value: &str| Deed::CheckClaim(bali(), support::office::check(candidate, id, value));
        office.done(support::office::verifier(), check("workers", "100"));
        office.done(support::office::verifier(), check("members", members));
        for juror in ["j1", "j2", "j3"] {
            if (juror, candidate) != ("j2", "badung") {
                office.done(juror_of(juror), hand_in(sheet(juror, candidate, members)));
            }
        }
    }
    office.done(chair(), Deed::WaiveAbsence(bali(), Some("badung".into()), "no signal in the hotel".into()));
    office.done(chair(), Deed::CloseJudging(bali(), Some(41)));
    office
}

fn tray(number: u32) -> Deed {
    Deed::LeaveInTray(bali(), SheetVersion { version: number, ..sheet("j2", "badung", "100") })
}

fn admit(by: &str) -> Deed {
    Deed::AdmitFromTray(
        bali(),
        Admission { of: at("j2", "badung"), by: by.into(), reason: "it was signed before closing".into() },
    )
}

#[test]
fn a_late_sheet_waits_in_the_tray_until_the_chair_admits_it() {
    let mut office = closed();
    office.done(secretariat(), Deed::Count(bali()));
    for (deed, actor, expected) in [
        (hand_in(sheet("j2", "badung", "100")), juror_of("j2"), "sheet-too-late"),
        (admit("j1"), chair(), "not-in-tray"),
        (tray(2), juror_of("j2"), "sheet-stale"),
        (tray(1), juror_of("j1"), "other-juror"),
        (tray(1), juror_of("j2"), "nothing"),
        (tray(1), juror_of("j2"), "tray-twice"),
        (admit("j3"), juror_of("j3"), "not-chair-for"),
        (admit("j1"), secretariat(), "not-your-task"),
        (admit("j1"), chair(), "nothing"),
        (admit("j1"), chair(), "not-in-tray"),
    ] {
        assert_eq!(office.refused(actor, deed.clone()), expected, "{deed:?}");
    }
    assert_eq!(office.contest().counted, None, "what was counted before is counted again");
    let facts = office.done(secretariat(), Deed::Count(bali()));
    let [Fact::Counted(_, counted)] = &facts[..] else { panic!("it was counted") };
    // (100 + 80 + 80) / 3, half of it, and half of 80 for coverage.
    assert_eq!(counted.outcome.standing[0].total.to_string(), "250/3");
}

fn plenary() -> PlenaryOpening {
    PlenaryOpening {
        session: "pleno-1".into(),
        panel: "team".into(),
        place: "Denpasar".into(),
        present: vec!["j1".into(), "j2".into()],
        chair: "j1".into(),
        acting_because: None,
        by: "sari".into(),
    }
}

#[test]
fn before_closing_a_sheet_needs_no_tray_and_after_the_plenary_it_is_too_late() {
    assert_eq!(declared(&plain()).refused(juror_of("j2"), tray(1)), "tray-not-late");
    let mut office = closed();
    office.done(juror_of("j2"), tray(1));
    office.done(secretariat(), Deed::Count(bali()));
    office.done(secretariat(), Deed::OpenPlenary(round(), plenary()));
    office.done(chair(), Deed::Ratify(bali()));
    assert_eq!(office.refused(chair(), admit("j1")), "ratified");
    assert_eq!(office.refused(chair(), reopen(1, "j1")), "reopen-closed");
}

#[test]
fn a_sheet_that_was_in_before_closing_is_not_left_in_the_tray_once_more() {
    let late = |number: u32| Deed::LeaveInTray(bali(), SheetVersion { version: number, ..sheet("j3", "badung", "100") });
    assert_eq!(closed().refused(juror_of("j3"), late(2)), "tray-handed-in");
    assert_eq!(closed().refused(juror_of("j3"), late(1)), "sheet-stale");
}

#[test]
fn nobody_admits_the_own_late_sheet_not_even_the_chair() {
    let own = |juror: &str| {
        let of = at(juror, "badung");
        Deed::AdmitFromTray(bali(), Admission { of, by: juror.into(), reason: "it was signed before closing".into() })
    };
    assert_eq!(closed().refused(chair(), own("j1")), "tray-own");
    let mut office = closed();
    office.done(juror_of("j2"), tray(1));
    assert_eq!(office.refused(juror_of("j2"), own("j2")), "tray-own");
    office.done(chair(), admit("j1"));
}
