//! Sheets: versions with receipts, stale ones refused, opened again for a reason, entered twice from paper, admitted late from the tray.

mod support;

use award::sheet::{Admission, CameBy, Reopening, SheetAt, SheetStage, SheetVersion};
use award::{Actor, Deed, Fact, Grant, Role, Scope};
use support::office::{Office, bali, chair, declared, elsewhere, juror_of, plain, secretariat, sheet};
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
        ("control-character", with(&|sheet| drop(sheet.marks.insert("a\u{7}".into(), mark("1"))))),
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

#[test]
fn only_the_juror_or_a_named_aide_hands_in() {
    let aided = |aide: Option<&str>| SheetVersion { entered_by: aide.map(str::to_owned), ..sheet("j1", "badung", "80") };
    let own = Scope { juror: Some("j1".into()), ..Scope::default() };
    let person = |role: Role, scope: &Scope| Actor::Person("budi".into(), Box::new(Grant::new(role, scope.clone())));
    for (actor, aide, expected) in [
        (juror_of("j1"), None, "nothing"),
        (person(Role::Juror, &own), None, "nothing"),
        (person(Role::Juror, &Scope { juror: Some("j2".into()), ..Scope::default() }), None, "other-juror"),
        (person(Role::Secretariat, &Scope::default()), None, "aide-untold"),
        (juror_of("j2"), None, "other-juror"),
        (Actor::Juror(elsewhere(), "j1".into()), None, "other-round"),
        (chair(), None, "not-your-task"),
        (Actor::Candidate("badung".into()), None, "not-your-task"),
        (secretariat(), None, "aide-untold"),
        (secretariat(), Some(" "), "aide-untold"),
        (secretariat(), Some("Putu"), "nothing"),
        (juror_of("j1"), Some("Putu"), "nothing"),
    ] {
        assert_eq!(declared(&plain()).refused(actor, hand_in(aided(aide))), expected);
    }
    let mut office = declared(&plain());
    office.done(Actor::Candidate("badung".into()), Deed::Withdraw(bali(), "badung".into(), "moved".into()));
    assert_eq!(office.refused(juror_of("j1"), hand_in(sheet("j1", "badung", "80"))), "sheet-withdrawn");
}

#[test]
fn the_receipt_is_that_of_the_canonical_sheet_whoever_typed_it() {
    let receipt = |made: SheetVersion, actor: Actor| {
        let mut office = declared(&plain());
        office.done(actor, hand_in(made));
        office.entry("badung").ledger.kept[0].sheet.receipt.clone().expect("it has one")
    };
    let own = receipt(sheet("j1", "badung", "80"), juror_of("j1"));
    let aided = SheetVersion { entered_by: Some("Putu".into()), ..sheet("j1", "badung", "80") };
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
        (paper("", "80"), "aide-untold"),
        (paper("Putu", "80"), "nothing"),
        (paper("Putu", "80"), "paper-same-person"),
        (paper("putu ", "80"), "nothing"),
        (paper("Kadek", "88"), "paper-differs"),
        (paper("Putu", "88"), "nothing"),
        (paper("Kadek", "88"), "nothing"),
        (paper("Kadek", "88"), "sheet-twice"),
    ] {
        assert_eq!(office.refused(secretariat(), deed.clone()), expected, "{deed:?}");
    }
    let kept = &office.entry("badung").ledger.kept;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].came_by, CameBy::Paper { first: "Putu".into(), second: "Kadek".into() });
    assert_eq!(office.entry("badung").ledger.paper, []);
    assert_eq!(office.refused(juror_of("j1"), paper("Kadek", "88")), "not-your-task");
}

#[test]
fn differences_between_two_entries_are_listed() {
    let mut office = declared(&plain());
    office.done(secretariat(), paper("Putu", "80"));
    let told = office.told(secretariat(), paper("Kadek", "88"));
    assert_eq!(
        told,
        "The two entries of the sheet (Judging) of juror j1 for Kabupaten Badung differ; Putu entered it first: Innovation: 80, 88."
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
            if (juror, candidate) != ("j1", "badung") {
                office.done(juror_of(juror), hand_in(sheet(juror, candidate, members)));
            }
        }
    }
    office.done(chair(), Deed::WaiveAbsence(bali(), Some("badung".into()), "no signal in the hotel".into()));
    office.done(chair(), Deed::CloseJudging(bali(), Some(41)));
    office
}

fn tray(number: u32) -> Deed {
    Deed::LeaveInTray(bali(), version(number, "100"))
}

fn admit(by: &str) -> Deed {
    Deed::AdmitFromTray(
        bali(),
        Admission { of: at("j1", "badung"), by: by.into(), reason: "it was signed before closing".into() },
    )
}

#[test]
fn a_late_sheet_waits_in_the_tray_until_the_chair_admits_it() {
    let mut office = closed();
    office.done(secretariat(), Deed::Count(bali()));
    for (deed, actor, expected) in [
        (hand_in(version(1, "100")), juror_of("j1"), "sheet-too-late"),
        (admit("j1"), chair(), "not-in-tray"),
        (tray(2), juror_of("j1"), "sheet-stale"),
        (tray(1), juror_of("j2"), "other-juror"),
        (tray(1), juror_of("j1"), "nothing"),
        (tray(1), juror_of("j1"), "tray-twice"),
        (admit("j2"), juror_of("j2"), "not-chair-for"),
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

#[test]
fn before_closing_a_sheet_needs_no_tray_and_after_the_plenary_it_is_too_late() {
    assert_eq!(declared(&plain()).refused(juror_of("j1"), tray(1)), "tray-not-late");
    let mut office = closed();
    office.done(juror_of("j1"), tray(1));
    office.done(secretariat(), Deed::Count(bali()));
    office.done(chair(), Deed::Ratify(bali()));
    assert_eq!(office.refused(chair(), admit("j1")), "ratified");
    assert_eq!(office.refused(chair(), reopen(1, "j1")), "reopen-closed");
}
