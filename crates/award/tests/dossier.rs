//! Dossiers: the checklist document by document, submission with a receipt, correction, and deadlines that move for a reason.

use crate::preparation::{
    Office, bad_names, branch, candidate, chair, contest, file, hash, item, open, round, secretariat, term,
};
use award::cycle::tables::Claim;
use award::deadline::DayCount::{Calendar, Working};
use award::stage::dossier::{Extension, FileRef, HandedItem, Return, Submission, Whom, missing};
use award::{Actor, ContestKey, Deed, NotAdmitted, RoundKey, State};
use jiff::civil::{Date, date};

const DAY: &str = "2020-12-01T01:00:00Z";

/// Denpasar stands in Bali.
fn denpasar() -> Office {
    let mut office = open();
    office.enters("denpasar", "51.71");
    office
}

fn bali() -> ContestKey {
    contest("51", "city")
}

fn hands_in(item: HandedItem) -> Deed {
    Deed::HandInItem(bali(), item)
}

fn submits(id: &str) -> Deed {
    Deed::SubmitDossier(bali(), id.into())
}

fn back(documents: &[&str], days: u32) -> Return {
    Return {
        candidate: "denpasar".into(),
        documents: documents.iter().map(|id| (*id).to_owned()).collect(),
        reason: "The seal is missing".into(),
        term: term(days, Calendar),
        by: "sari".into(),
    }
}

fn extends(whom: Whom, days: u32, count: award::deadline::DayCount) -> Extension {
    Extension { whom, term: term(days, count), reason: "Banjir".into(), by: "wayan".into() }
}

fn one(id: &str) -> Whom {
    Whom::Candidate { category: "city".into(), candidate: id.into() }
}

fn all() -> Whom {
    Whom::Contest { category: "city".into() }
}

fn region(code: &str) -> Whom {
    Whom::Region { region: code.into() }
}

fn moves(extension: Extension) -> Deed {
    Deed::MoveDeadline(round("51"), extension)
}

/// Denpasar has handed in what is required and submitted.
fn submitted() -> Office {
    let mut office = denpasar();
    for (document, digit) in [("law", '1'), ("budget", '2')] {
        office.does(&candidate("denpasar"), DAY, hands_in(item("denpasar", document, digit)));
    }
    office.does(&candidate("denpasar"), DAY, submits("denpasar"));
    office
}

fn entry<'s>(state: &'s State, id: &str) -> &'s award::state::Entry {
    state.contests[&bali()].entry(id).expect("it stands")
}

fn submission(office: &Office) -> Submission {
    entry(&office.state, "denpasar").desk.submissions.last().cloned().expect("it was submitted")
}

#[test]
fn a_document_is_taken_if_the_checklist_asks_for_such_a_file() {
    let office = denpasar();
    let law = item("denpasar", "law", '1');
    let of = |file: FileRef| HandedItem { file, ..law.clone() };
    let sized = |bytes: u64| of(FileRef { bytes, ..file('1', "pdf") });
    let cases = [
        (law.clone(), "nothing"),
        (HandedItem { document: "laws".into(), ..law.clone() }, "document-unknown"),
        (HandedItem { document: "x".repeat(200), ..law.clone() }, "document-unknown"),
        (HandedItem { document: "x".repeat(201), ..law.clone() }, "text-too-long"),
        (HandedItem { kind: Some("perda".into()), ..law.clone() }, "nothing"),
        (HandedItem { kind: Some("puisi".into()), ..law.clone() }, "document-kind"),
        (of(file('1', "xlsx")), "file-format"),
        (of(file('1', "html")), "file-format"),
        (HandedItem { file: file('1', "xlsx"), document: "budget".into(), ..law.clone() }, "nothing"),
        (HandedItem { file: file('1', "exe"), document: "budget".into(), ..law.clone() }, "file-format"),
        (sized(0), "file-empty"),
        (sized(2 * 1024 * 1024), "nothing"),
        (sized(2 * 1024 * 1024 + 1), "file-too-large"),
        (sized(u64::MAX), "file-too-large"),
        (HandedItem { document: "budget".into(), ..sized(25 * 1024 * 1024) }, "nothing"),
        (HandedItem { document: "budget".into(), ..sized(25 * 1024 * 1024 + 1) }, "file-too-large"),
        (of(FileRef { hash: "abc".into(), ..file('1', "pdf") }), "hash"),
        (of(FileRef { hash: hash('F'), ..file('1', "pdf") }), "hash"),
        (HandedItem { candidate: "nobody".into(), ..law.clone() }, "other-organisation"),
    ];
    for (item, why) in cases {
        assert_eq!(office.refuses(&candidate("denpasar"), DAY, hands_in(item.clone())), why, "{item:?}");
    }
    for (name, why) in bad_names() {
        let file = FileRef { name: name.clone(), ..file('1', "pdf") };
        assert_eq!(office.refuses(&candidate("denpasar"), DAY, hands_in(of(file))), why, "{name:?}");
    }
    let unknown = HandedItem { candidate: "nobody".into(), ..law };
    assert_eq!(office.refuses(&secretariat("51"), DAY, hands_in(unknown)), "not-in-contest");
}

#[test]
fn dossiers_are_closed_once_and_who_is_admitted_is_not_worked_out_again() {
    let mut office = submitted();
    let (bali_office, late) = (secretariat("51"), "2020-12-18T01:00:00Z");
    office.does(&bali_office, late, Deed::CloseDossiers(bali()));
    assert_eq!(office.refuses(&bali_office, late, Deed::CloseDossiers(bali())), "dossiers-closed-before");
    let mut judged = submitted();
    judged.state.apply(&award::Fact::JudgingClosed(bali()));
    assert_eq!(judged.refuses(&bali_office, late, Deed::CloseDossiers(bali())), "dossiers-closed-before");
}

#[test]
fn a_newer_version_takes_the_place_and_the_older_one_stays_on_record() {
    let mut office = denpasar();
    let denpasar = candidate("denpasar");
    office.does(&denpasar, DAY, hands_in(item("denpasar", "law", '1')));
    assert_eq!(office.refuses(&denpasar, DAY, hands_in(item("denpasar", "law", '1'))), "document-same");
    office.does(&denpasar, DAY, hands_in(item("denpasar", "law", '2')));
    office.does(&denpasar, DAY, hands_in(item("denpasar", "law", '1')));
    let versions = &entry(&office.state, "denpasar").desk.items["law"];
    let kept: Vec<(u32, &str)> = versions.iter().map(|version| (version.number, &version.file.hash[..1])).collect();
    assert_eq!(kept, [(1, "1"), (2, "2"), (3, "1")]);
    for at in 0..97 {
        let digit = if at % 2 == 0 { '3' } else { '4' };
        office.does(&denpasar, DAY, hands_in(item("denpasar", "law", digit)));
    }
    assert_eq!(office.refuses(&denpasar, DAY, hands_in(item("denpasar", "law", '9'))), "versions");
}

#[test]
fn a_dossier_is_submitted_when_every_required_document_is_there_and_gets_a_receipt() {
    let mut office = denpasar();
    let denpasar = candidate("denpasar");
    let still = |office: &Office| {
        let missing = missing(&office.state, &bali(), entry(&office.state, "denpasar"));
        missing.iter().map(|one| one.document.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(still(&office), ["law", "budget"]);
    assert_eq!(office.refuses(&denpasar, DAY, submits("denpasar")), "dossier-incomplete");
    office.does(&denpasar, DAY, hands_in(item("denpasar", "law", '1')));
    assert_eq!(still(&office), ["budget"]);
    office.does(&denpasar, DAY, hands_in(item("denpasar", "budget", '2')));
    assert_eq!(office.refuses(&branch("18"), DAY, submits("denpasar")), "other-round");
    assert_eq!(office.refuses(&chair("51"), DAY, submits("denpasar")), "not-your-task");
    office.does(&denpasar, DAY, submits("denpasar"));
    let receipt = submission(&office);
    let listed: Vec<(&str, u32)> = receipt.items.iter().map(|item| (item.document.as_str(), item.version)).collect();
    assert_eq!((receipt.number, listed), (1, vec![("budget", 1), ("law", 1)]));
    // printf '%s\n%s\n%s\n%s\n%s\n%s' kecil-2020/province/51/city denpasar 1 2020-12-01T01:00:00Z "budget 1 2…" "law 1 1…" | sha256sum
    assert_eq!(receipt.receipt, RECEIPT);
    assert_eq!(office.refuses(&denpasar, DAY, submits("denpasar")), "dossier-submitted");
    assert_eq!(office.refuses(&denpasar, DAY, hands_in(item("denpasar", "law", '3'))), "dossier-submitted");
}

const RECEIPT: &str = "e387-9574-f07f-1da9";

#[test]
fn the_last_second_of_the_local_day_is_in_time_and_the_next_is_not() {
    for (city, last) in [("18.71", "2020-12-17T16:59:59Z"), ("51.71", "2020-12-17T15:59:59Z"), ("91.71", "2020-12-17T14:59:59Z")]
    {
        let mut office = open();
        let key = office.enters("kota", city);
        let hand_in = || Deed::HandInItem(key.clone(), item("kota", "law", '1'));
        let after: jiff::Timestamp = last.parse::<jiff::Timestamp>().expect("a time") + jiff::SignedDuration::from_secs(1);
        assert_eq!(office.refuses(&candidate("kota"), last, hand_in()), "nothing", "{city}");
        assert_eq!(office.refuses(&candidate("kota"), &after.to_string(), hand_in()), "dossier-late", "{city}");
        for (document, digit) in [("law", '1'), ("budget", '2')] {
            office.does(&candidate("kota"), DAY, Deed::HandInItem(key.clone(), item("kota", document, digit)));
        }
        let submit = || Deed::SubmitDossier(key.clone(), "kota".into());
        assert_eq!(office.refuses(&candidate("kota"), &after.to_string(), submit()), "dossier-late", "{city}");
        assert_eq!(office.refuses(&candidate("kota"), last, submit()), "nothing", "{city}");
        assert_eq!(office.refuses(&candidate("kota"), "", submit()), "no-time");
    }
}

#[test]
fn a_dossier_comes_back_for_correction_with_a_deadline_of_its_own() {
    let mut office = submitted();
    let (bali_office, denpasar) = (secretariat("51"), candidate("denpasar"));
    let gives_back = |back: Return| Deed::ReturnDossier(bali(), back);
    let cases = [
        (back(&["law"], 0), "number-absurd"),
        (back(&["law"], 3_651), "number-absurd"),
        (back(&["law"], u32::MAX), "number-absurd"),
        (back(&["laws"], 3), "document-unknown"),
        (Return { reason: String::new(), ..back(&[], 3) }, "text-empty"),
        (Return { candidate: "nobody".into(), ..back(&[], 3) }, "not-in-contest"),
        (back(&["law"], 45), "nothing"),
        (back(&["law"], 46), "past-last-day"),
    ];
    for (back, why) in cases {
        assert_eq!(office.refuses(&bali_office, DAY, gives_back(back.clone())), why, "{back:?}");
    }
    assert_eq!(office.refuses(&branch("51"), DAY, gives_back(back(&[], 3))), "not-your-task");
    // The dossier's own deadline is long over, that of the correction is not.
    office.does(&Actor::Verifier(round("51")), "2020-12-20T01:00:00Z", gives_back(back(&["law"], 3)));
    assert_eq!(office.refuses(&bali_office, DAY, gives_back(back(&["law"], 3))), "dossier-not-submitted");
    let (last, after) = ("2020-12-23T15:59:59Z", "2020-12-23T16:00:00Z");
    assert_eq!(office.refuses(&denpasar, last, submits("denpasar")), "nothing-corrected");
    assert_eq!(office.refuses(&denpasar, last, hands_in(item("denpasar", "budget", '8'))), "document-not-returned");
    assert_eq!(office.refuses(&denpasar, after, hands_in(item("denpasar", "law", '8'))), "dossier-late");
    assert_eq!(office.refuses(&bali_office, last, Deed::CloseDossiers(bali())), "correction-runs");
    office.does(&denpasar, last, hands_in(item("denpasar", "law", '8')));
    office.does(&denpasar, last, submits("denpasar"));
    assert_eq!(submission(&office).number, 2);
    office.does(&bali_office, after, Deed::CloseDossiers(bali()));
    assert_eq!(entry(&office.state, "denpasar").not_admitted, None);
    assert_eq!(office.refuses(&bali_office, after, gives_back(back(&[], 3))), "dossiers-closed");
}

#[test]
fn who_does_not_bring_the_correction_is_incomplete() {
    let mut office = submitted();
    office.does(&secretariat("51"), DAY, Deed::ReturnDossier(bali(), back(&["law"], 3)));
    office.does(&secretariat("51"), "2020-12-04T16:00:00Z", Deed::CloseDossiers(bali()));
    assert_eq!(entry(&office.state, "denpasar").not_admitted, Some(NotAdmitted::Incomplete));
}

#[test]
fn a_correction_in_working_days_passes_over_weekends_and_holidays() {
    let mut office = submitted();
    // Wednesday 23 December; 24 and 25 are holidays, 26 and 27 a weekend: 28 and 29 are the days.
    let two = Return { term: term(2, Working), ..back(&["law"], 2) };
    office.does(&secretariat("51"), "2020-12-23T01:00:00Z", Deed::ReturnDossier(bali(), two));
    assert_eq!(entry(&office.state, "denpasar").desk.returns[0].1, date(2020, 12, 29));
}

/// A figure as a candidate states it.
fn figure(id: &str, key: &ContestKey, value: &str) -> Deed {
    let claim = Claim {
        candidate: id.into(),
        claim: "members".into(),
        claimed: Some(value.parse().expect("it is a number")),
        verified: None,
        as_of: None,
        source: None,
        evidence: None,
        verifier: None,
        reason: None,
        level: "province".into(),
    };
    Deed::StateClaim(key.clone(), claim)
}

#[test]
fn a_figure_is_stated_until_the_last_second_of_the_dossiers_last_day_in_each_of_three_times() {
    // Thirty days after the meeting of 17 November, at 23:59:59 in WIB, WITA and WIT.
    for (city, last, after) in [
        ("18.71", "2020-12-17T16:59:59Z", "2020-12-17T17:00:00Z"),
        ("51.71", "2020-12-17T15:59:59Z", "2020-12-17T16:00:00Z"),
        ("91.71", "2020-12-17T14:59:59Z", "2020-12-17T15:00:00Z"),
    ] {
        let mut office = open();
        let key = office.enters("kota", city);
        let states = |value: &str| figure("kota", &key, value);
        assert_eq!(office.refuses(&candidate("kota"), last, states("40")), "nothing", "{city}");
        assert_eq!(office.refuses(&candidate("kota"), after, states("40")), "dossier-late", "{city}");
        assert_eq!(office.refuses(&candidate("kota"), "", states("40")), "no-time", "{city}");
        let person = Actor::Person("staf".into(), Box::new(award::Grant::of(&candidate("kota"))));
        assert_eq!(office.refuses(&person, after, states("40")), "dossier-late", "{city}");
        // What the committee enters itself has no such end.
        for committee in [branch(&city[..2]), secretariat(&city[..2])] {
            assert_eq!(office.refuses(&committee, after, states("40")), "nothing", "{city}: {committee:?}");
        }
    }
}

#[test]
fn who_has_more_days_states_figures_as_long_and_who_is_admitted_late_without_an_end() {
    let mut office = denpasar();
    office.enters("badung", "51.03");
    let ask = |office: &Office, id: &str, at: &str| office.refuses(&candidate(id), at, figure(id, &bali(), "40"));
    let (last, after) = ("2020-12-19T15:59:59Z", "2020-12-19T16:00:00Z");
    office.does(&chair("51"), DAY, moves(extends(one("denpasar"), 2, Calendar)));
    assert_eq!((ask(&office, "denpasar", last), ask(&office, "badung", last)), ("nothing".into(), "dossier-late".into()));
    assert_eq!(ask(&office, "denpasar", after), "dossier-late");
    office.does(&chair("51"), after, Deed::AdmitLate(bali(), "denpasar".into(), "Gempa".into()));
    assert_eq!(ask(&office, "denpasar", "2021-01-20T01:00:00Z"), "nothing");
}

#[test]
fn figures_of_a_dossier_that_is_submitted_change_only_when_it_is_given_back_until_the_correction_is_due() {
    let mut office = submitted();
    let ask = |office: &Office, at: &str| office.refuses(&candidate("denpasar"), at, figure("denpasar", &bali(), "40"));
    assert_eq!(ask(&office, DAY), "dossier-submitted");
    office.does(&secretariat("51"), "2020-12-20T01:00:00Z", Deed::ReturnDossier(bali(), back(&["law"], 3)));
    assert_eq!(ask(&office, "2020-12-23T15:59:59Z"), "nothing");
    assert_eq!(ask(&office, "2020-12-23T16:00:00Z"), "dossier-late");
    office.does(&secretariat("51"), "2020-12-23T16:00:00Z", Deed::CloseDossiers(bali()));
    assert_eq!(ask(&office, "2020-12-23T16:00:00Z"), "claim-after-dossiers");
    assert_eq!(office.refuses(&secretariat("51"), "2020-12-23T16:00:00Z", figure("denpasar", &bali(), "40")), "nothing");
    // That it is too late comes first; that half a member is none is told as well.
    let refused = office.asks(&candidate("denpasar"), "2020-12-23T16:00:00Z", figure("denpasar", &bali(), "40.5"));
    let keys: Vec<_> = refused.expect_err("both are wrong").each().iter().map(|refusal| refusal.rule.key().to_owned()).collect();
    assert_eq!(keys, ["refusal-claim-after-dossiers", "refusal-figure-unfit"]);
}

/// Until when a candidate of Bali may hand in, found by asking.
fn last_day(office: &Office, id: &str) -> Date {
    let in_time = |day: &Date| {
        let noon = format!("{day}T04:00:00Z");
        office.refuses(&candidate(id), &noon, hands_in(item(id, "law", '1'))) == "nothing"
    };
    date(2020, 12, 1).series(jiff::Span::new().days(1)).take(60).take_while(in_time).last().expect("the first day is in time")
}

#[test]
fn a_deadline_moves_for_one_for_a_contest_and_for_a_stricken_region() {
    let mut office = denpasar();
    office.enters("badung", "51.03");
    let days = |office: &Office| (last_day(office, "denpasar"), last_day(office, "badung"));
    let december = |day| date(2020, 12, day);
    assert_eq!(days(&office), (december(17), december(17)));
    office.does(&chair("51"), DAY, moves(extends(one("badung"), 2, Calendar)));
    assert_eq!(days(&office), (december(17), december(19)));
    office.does(&chair("51"), DAY, moves(extends(all(), 1, Working)));
    // Thursday 17 becomes Friday 18; Saturday 19 becomes Monday 21.
    assert_eq!(days(&office), (december(18), december(21)));
    office.does(&Actor::Centre, DAY, moves(extends(region("51.71"), 3, Calendar)));
    assert_eq!(days(&office), (december(21), december(21)));
    office.does(&Actor::Centre, DAY, moves(extends(region("51"), 5, Working)));
    // 22, 23, past the holidays and the weekend 28, 29, 30.
    assert_eq!(days(&office), (december(30), december(30)));
}

#[test]
fn the_sum_of_extensions_never_passes_the_last_day() {
    let mut office = denpasar();
    let bali_chair = chair("51");
    // From 17 December to 15 January are 29 days.
    assert_eq!(office.refuses(&bali_chair, DAY, moves(extends(one("denpasar"), 29, Calendar))), "nothing");
    assert_eq!(office.refuses(&bali_chair, DAY, moves(extends(one("denpasar"), 30, Calendar))), "past-last-day");
    office.does(&bali_chair, DAY, moves(extends(one("denpasar"), 20, Calendar)));
    for whom in [one("denpasar"), all(), region("51"), region("51.71")] {
        assert_eq!(office.refuses(&bali_chair, DAY, moves(extends(whom.clone(), 9, Calendar))), "nothing", "{whom:?}");
        assert_eq!(office.refuses(&bali_chair, DAY, moves(extends(whom.clone(), 10, Calendar))), "past-last-day", "{whom:?}");
    }
    // Badung has nobody yet, but whoever comes has the same last day.
    office.does(&bali_chair, DAY, moves(extends(region("51.03"), 29, Calendar)));
    assert_eq!(office.refuses(&bali_chair, DAY, moves(extends(region("51.03"), 1, Calendar))), "past-last-day");
    let old = Deed::ExtendDossier(bali(), Some("denpasar".into()), 10);
    assert_eq!(office.refuses(&bali_chair, DAY, old), "past-last-day");
}

#[test]
fn an_extension_has_a_reason_and_means_somebody_of_this_round() {
    let office = denpasar();
    let bali_chair = chair("51");
    let good = extends(one("denpasar"), 3, Calendar);
    let cases = [
        (good.clone(), "nothing"),
        (Extension { reason: "\t".into(), ..good.clone() }, "text-empty"),
        (Extension { reason: "x".repeat(4_001), ..good.clone() }, "text-too-long"),
        (Extension { reason: "a\u{7}".into(), ..good.clone() }, "text-control"),
        (extends(one("denpasar"), 0, Calendar), "number-absurd"),
        (extends(one("denpasar"), 4_000_000_000, Working), "number-absurd"),
        (extends(one("nobody"), 3, Calendar), "not-in-contest"),
        (extends(Whom::Contest { category: "village".into() }, 3, Calendar), "extend-elsewhere"),
        (extends(region("18"), 3, Calendar), "extend-elsewhere"),
        (extends(region("5"), 3, Calendar), "extend-elsewhere"),
        (extends(region("51.99"), 3, Calendar), "extend-elsewhere"),
    ];
    for (extension, why) in cases {
        assert_eq!(office.refuses(&bali_chair, DAY, moves(extension.clone())), why, "{extension:?}");
    }
    assert_eq!(office.refuses(&chair("18"), DAY, moves(good.clone())), "other-round");
    assert_eq!(office.refuses(&secretariat("51"), DAY, moves(good.clone())), "not-your-task");
    assert_eq!(office.refuses(&candidate("denpasar"), DAY, moves(good.clone())), "not-your-task");
    let nation = Deed::MoveDeadline(RoundKey { level: "nation".into(), region: None }, good);
    assert_eq!(office.refuses(&Actor::Centre, DAY, nation), "round-not-open");
}

#[test]
fn after_closing_only_the_chair_can_admit_and_nothing_moves() {
    let mut office = submitted();
    office.does(&secretariat("51"), DAY, Deed::CloseDossiers(bali()));
    let bali_chair = chair("51");
    assert_eq!(office.refuses(&bali_chair, DAY, moves(extends(one("denpasar"), 1, Calendar))), "extend-too-late");
    assert_eq!(office.refuses(&bali_chair, DAY, moves(extends(all(), 1, Calendar))), "extend-too-late");
    // Companies of the region are still open.
    assert_eq!(office.refuses(&bali_chair, DAY, moves(extends(region("51"), 1, Calendar))), "nothing");
    assert_eq!(office.refuses(&candidate("denpasar"), DAY, hands_in(item("denpasar", "law", '7'))), "dossiers-closed");
}

#[test]
fn whom_the_chair_admits_late_hands_in_without_a_deadline() {
    let mut office = denpasar();
    let (late, denpasar) = ("2021-01-20T01:00:00Z", candidate("denpasar"));
    assert_eq!(office.refuses(&denpasar, late, hands_in(item("denpasar", "law", '1'))), "dossier-late");
    office.does(&chair("51"), late, Deed::AdmitLate(bali(), "denpasar".into(), "Gempa".into()));
    for (document, digit) in [("law", '1'), ("budget", '2')] {
        office.does(&denpasar, late, hands_in(item("denpasar", document, digit)));
    }
    office.does(&denpasar, late, submits("denpasar"));
    office.does(&secretariat("51"), late, Deed::CloseDossiers(bali()));
    assert_eq!(entry(&office.state, "denpasar").not_admitted, None);
}

#[test]
fn who_withdrew_hands_in_nothing() {
    let mut office = denpasar();
    office.does(&candidate("denpasar"), DAY, Deed::Withdraw(bali(), "denpasar".into(), "Not ready".into()));
    assert_eq!(office.refuses(&candidate("denpasar"), DAY, hands_in(item("denpasar", "law", '1'))), "dossier-withdrawn");
}

#[test]
fn who_hands_in_nothing_is_not_admitted() {
    let mut office = submitted();
    office.enters("badung", "51.03");
    office.does(&candidate("badung"), DAY, hands_in(item("badung", "law", '3')));
    office.does(&secretariat("51"), "2020-12-17T16:00:00Z", Deed::CloseDossiers(bali()));
    let outside = |id: &str| entry(&office.state, id).not_admitted.clone();
    assert_eq!((outside("denpasar"), outside("badung")), (None, Some(NotAdmitted::NotHandedIn)));
}

#[test]
fn dossiers_stay_open_while_somebody_has_not_submitted_and_still_can() {
    let mut office = submitted();
    office.enters("badung", "51.03");
    let closes = || Deed::CloseDossiers(bali());
    let (last, after) = ("2020-12-17T15:59:59Z", "2020-12-17T16:00:00Z");
    assert_eq!(office.refuses(&secretariat("51"), last, closes()), "dossiers-running");
    assert_eq!(office.refuses(&secretariat("51"), after, closes()), "nothing");
    assert_eq!(office.refuses(&secretariat("51"), "", closes()), "no-time");
    let told = office.asks(&secretariat("51"), DAY, closes()).expect_err("Badung has time").rule;
    let named = "Dossiers of province/51/city cannot be closed yet: Kota badung has not submitted and can until 2020-12-17 23:59:59 WITA.";
    assert_eq!(told.render(words::Lang::En), named);
    // An extension is waited for, by its own last second.
    office.does(&chair("51"), DAY, moves(extends(one("badung"), 3, Calendar)));
    assert_eq!(office.refuses(&secretariat("51"), after, closes()), "dossiers-running");
    assert_eq!(office.refuses(&secretariat("51"), "2020-12-20T15:59:59Z", closes()), "dossiers-running");
    assert_eq!(office.refuses(&secretariat("51"), "2020-12-20T16:00:00Z", closes()), "nothing");
    // Nobody waits for who withdrew, nor for who has submitted.
    office.does(&candidate("badung"), DAY, Deed::Withdraw(bali(), "badung".into(), "Not ready".into()));
    assert_eq!(office.refuses(&secretariat("51"), DAY, closes()), "nothing");
}
