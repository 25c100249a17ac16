//! The panel: seats filled by decree, members replaced with a choice about their sheets, acting chairs, and too few jurors left.

use crate::support::Small;
use crate::support::office::{
    Office, bali, chair, check, declared, decreed, elsewhere, juror_of, none, office, plain, round, secretariat, sheet, verifier,
    with_panel,
};
use award::cycle::tables::ConflictKind;
use award::interest::{Declaration, Interest};
use award::panel::{ActingChair, Replacement, chair_for, effective, free_seats};
use award::shortfall::Shortfall;
use award::{Actor, Deed, Fact};
use jiff::civil::date;
use rules::rulebook::GivenSheets;

const CHAIR: &str = "{ id = \"chair\", name = \"Chair\", role = \"chair\", count = 1 }";

/// The chair is for the regional secretary and allows no delegate.
fn with_offices() -> Small {
    let offices = "count = 1, offices = [{ id = \"Sekretaris Daerah\", en = \"Regional secretary\" }] }";
    plain().rule(CHAIR, &CHAIR.replace("count = 1 }", offices))
}

#[test]
fn a_seat_is_filled_by_decree_for_a_term_by_somebody_whose_office_fits() {
    let appoint = |office: Option<&str>, change: &dyn Fn(&mut award::panel::DecreedSeat)| {
        let mut seat = decreed("j1", "I Gusti Ayu Putu 'Ayu' Ośmiałowska", "chair");
        seat.appointment.office = office.map(str::to_owned);
        change(&mut seat);
        Deed::AppointByDecree(round(), seat)
    };
    let cases: [(&str, Deed); 12] = [
        ("nothing", appoint(Some("Sekretaris Daerah Provinsi Bali"), &|_| {})),
        ("nothing", appoint(Some("Regional Secretary"), &|_| {})),
        ("office-unfit", appoint(Some("Kepala Dinas Tenaga Kerja"), &|_| {})),
        ("office-untold", appoint(None, &|_| {})),
        ("nothing", appoint(Some("Kepala Dinas"), &|seat| seat.exception = Some("The post is vacant.".into()))),
        ("office-unfit", appoint(Some("Kepala Dinas"), &|seat| seat.exception = Some("  ".into()))),
        ("no-delegate", appoint(Some("Asisten I"), &|seat| seat.appointment.delegate_for = Some("Sekretaris Daerah".into()))),
        ("text-empty", appoint(Some("Sekretaris Daerah"), &|seat| seat.decree.number = " ".into())),
        ("term-empty", appoint(Some("Sekretaris Daerah"), &|seat| seat.to = Some(date(2020, 8, 31)))),
        ("nothing", appoint(Some("Sekretaris Daerah"), &|seat| seat.to = Some(date(2020, 9, 1)))),
        ("no-such-seat", appoint(Some("Sekretaris Daerah"), &|seat| seat.appointment.seat = "throne".into())),
        ("appointed-elsewhere", appoint(Some("Sekretaris Daerah"), &|seat| seat.appointment.region = Some("18".into()))),
    ];
    for (expected, deed) in cases {
        assert_eq!(office(&with_offices()).refused(secretariat(), deed.clone()), expected, "{deed:?}");
    }
}

#[test]
fn an_exception_is_put_on_record_whether_the_office_or_a_file_says_it() {
    let mut seat = decreed("j1", "Ayu", "chair");
    seat.appointment.office = Some("Kepala Dinas".into());
    seat.exception = Some("The post is vacant.".into());
    let noted = Shortfall::SeatOffice { juror: "j1".into(), seat: "chair".into(), office: Some("Kepala Dinas".into()) };
    let mut led = office(&with_offices());
    led.done(secretariat(), Deed::AppointByDecree(round(), seat.clone()));
    assert_eq!(led.round().shortfalls, std::slice::from_ref(&noted));
    let mut told = office(&with_offices());
    told.done(secretariat(), Deed::Appoint(round(), seat.appointment));
    assert_eq!(told.round().shortfalls, [noted]);
}

#[test]
fn free_seats_are_listed_until_they_are_filled() {
    let free = |office: &Office| {
        let shown = free_seats(&office.state, &round());
        shown.into_iter().map(|seat| format!("{} {}/{}", seat.seat, seat.filled, seat.count)).collect::<Vec<_>>()
    };
    let mut office = office(&plain());
    assert_eq!(free(&office), ["chair 0/1", "member 0/2"]);
    office.done(secretariat(), Deed::AppointByDecree(round(), decreed("j1", "Ayu", "chair")));
    office.done(secretariat(), Deed::AppointByDecree(round(), decreed("j2", "Budi", "member")));
    assert_eq!(free(&office), ["member 1/2"]);
    let taken = Deed::AppointByDecree(round(), decreed("j9", "Made", "chair"));
    assert_eq!(office.refused(secretariat(), taken), "seat-taken");
    let twice = Deed::AppointByDecree(round(), decreed("j2", "Budi", "member"));
    assert_eq!(office.refused(secretariat(), twice), "appointed-twice");
    assert_eq!(office.refused(chair(), Deed::AppointByDecree(round(), decreed("j3", "Citra", "member"))), "not-your-task");
    let other = Actor::Secretariat(elsewhere());
    assert_eq!(office.refused(other, Deed::AppointByDecree(round(), decreed("j3", "Citra", "member"))), "other-round");
}

fn replace(leaves: &str, takes: &str, seat: &str, sheets: GivenSheets) -> Deed {
    let takes = decreed(takes, "Dewi", seat);
    Deed::ReplaceMember(round(), Replacement { leaves: leaves.into(), takes, sheets, reason: "retired".into() })
}

#[test]
fn a_replacement_that_makes_no_sense_is_refused() {
    let mut office = with_panel(&plain());
    for (deed, expected) in [
        (replace("j9", "j4", "member", GivenSheets::Keep), "not-seated"),
        (replace("j3", "j4", "chair", GivenSheets::Keep), "other-seat"),
        (replace("j3", "j2", "member", GivenSheets::Keep), "appointed-twice"),
        (replace("j3", "j3", "member", GivenSheets::Keep), "appointed-twice"),
        (replace("j3", "j4", "member", GivenSheets::Keep), "nothing"),
        (replace("j3", "j5", "member", GivenSheets::Keep), "not-seated"),
        (replace("j4", "j3", "member", GivenSheets::Keep), "appointed-twice"),
    ] {
        assert_eq!(office.refused(secretariat(), deed.clone()), expected, "{deed:?}");
    }
    let by_rule = |rule: &str| with_panel(&plain().rule("quorum = 2", &format!("quorum = 2\nsubstitution = \"{rule}\"")));
    assert_eq!(by_rule("void").refused(secretariat(), replace("j3", "j4", "member", GivenSheets::Keep)), "sheets-are-void");
    assert_eq!(by_rule("keep").refused(secretariat(), replace("j3", "j4", "member", GivenSheets::Void)), "sheets-are-kept");
    assert_eq!(by_rule("keep").refused(secretariat(), replace("j3", "j4", "member", GivenSheets::Keep)), "nothing");
}

/// Citra judged Badung and is replaced by Dewi.
fn replaced(sheets: GivenSheets) -> Office {
    let mut office = declared(&plain());
    office.done(juror_of("j3"), Deed::HandInVersion(bali(), sheet("j3", "badung", "80")));
    office.done(secretariat(), replace("j3", "j4", "member", sheets));
    for candidate in ["badung", "gianyar", "denpasar"] {
        office.done(juror_of("j4"), Deed::DeclareInterest(bali(), none("j4", candidate)));
    }
    office
}

fn jurors(office: &Office) -> Vec<String> {
    office.state.jurors(&bali()).iter().map(|juror| juror.juror.to_string()).collect()
}

#[test]
fn kept_sheets_count_and_the_successor_judges_the_others() {
    let mut office = replaced(GivenSheets::Keep);
    assert_eq!(jurors(&office), ["j1", "j2", "j3", "j4"]);
    assert_eq!(office.refused(juror_of("j4"), Deed::HandInVersion(bali(), sheet("j4", "badung", "70"))), "replaced");
    assert_eq!(office.refused(juror_of("j3"), Deed::HandInVersion(bali(), sheet("j3", "gianyar", "70"))), "replaced");
    assert_eq!(office.refused(juror_of("j4"), Deed::HandInVersion(bali(), sheet("j4", "gianyar", "70"))), "nothing");
    assert_eq!(effective(&office.state, &bali(), &"badung".into()), 3);
    assert_eq!(effective(&office.state, &bali(), &"gianyar".into()), 3);
}

#[test]
fn void_sheets_no_longer_count_and_the_successor_judges_everybody() {
    let mut office = replaced(GivenSheets::Void);
    assert_eq!(jurors(&office), ["j1", "j2", "j4"]);
    assert_eq!(office.entry("badung").ledger.kept.len(), 1, "what was handed in stays on record");
    assert_eq!(office.refused(juror_of("j3"), Deed::HandInVersion(bali(), sheet("j3", "badung", "70"))), "replaced");
    assert_eq!(
        counted(office, &["j1", "j2", "j4"]),
        [
            "j1 badung",
            "j1 denpasar",
            "j1 gianyar",
            "j2 badung",
            "j2 denpasar",
            "j2 gianyar",
            "j4 badung",
            "j4 denpasar",
            "j4 gianyar"
        ]
    );
}

#[test]
fn of_kept_sheets_and_those_of_the_successor_each_candidate_has_one() {
    let office = replaced(GivenSheets::Keep);
    assert_eq!(
        counted(office, &["j1", "j2", "j4"]),
        [
            "j1 badung",
            "j1 denpasar",
            "j1 gianyar",
            "j2 badung",
            "j2 denpasar",
            "j2 gianyar",
            "j3 badung",
            "j4 denpasar",
            "j4 gianyar"
        ]
    );
}

/// Whose sheets for whom are counted, after everybody who is asked has marked.
fn counted(mut office: Office, jurors: &[&str]) -> Vec<String> {
    for candidate in ["badung", "gianyar", "denpasar"] {
        office.done(verifier(), Deed::CheckClaim(bali(), check(candidate, "workers", "100")));
        office.done(verifier(), Deed::CheckClaim(bali(), check(candidate, "members", "70")));
        for juror in jurors {
            let refused = office.refused(juror_of(juror), Deed::HandInVersion(bali(), sheet(juror, candidate, "70")));
            assert!(["nothing", "replaced"].contains(&refused.as_str()), "{refused}");
        }
    }
    office.done(chair(), Deed::CloseJudging(bali(), Some(5)));
    let facts = office.done(secretariat(), Deed::Count(bali()));
    let [Fact::Counted(_, counted)] = &facts[..] else { panic!("it was counted") };
    let mut sheets: Vec<String> = counted.count.sheets.iter().map(|sheet| format!("{} {}", sheet.juror, sheet.entry)).collect();
    sheets.sort();
    sheets
}

#[test]
fn a_replacement_after_closing_changes_nothing_in_what_was_closed() {
    let mut office = declared(&plain()).judged();
    office.done(chair(), Deed::CloseJudging(bali(), Some(77)));
    let sheets = office.contest().sheets.clone();
    office.done(secretariat(), replace("j3", "j4", "member", GivenSheets::Void));
    assert_eq!(jurors(&office), ["j1", "j2", "j3"]);
    assert_eq!(office.contest().sheets, sheets);
}

fn recuse(juror: &str, candidate: &str) -> Deed {
    let says = Interest::Some { kind: ConflictKind::Personal, reason: "a brother works there".into() };
    Deed::DeclareInterest(bali(), Declaration { juror: juror.into(), candidate: candidate.into(), says })
}

fn acts_for(juror: &str, candidate: &str) -> Deed {
    let reason = "the chair is recused".into();
    Deed::NameActingChair(bali(), ActingChair { candidate: candidate.into(), juror: juror.into(), reason })
}

#[test]
fn somebody_acts_as_chair_only_where_the_chair_is_recused() {
    let small = plain().rule("quorum = 2", "quorum = 2\nacting_chair = true");
    let mut office = with_panel(&small);
    assert_eq!(chair_for(&office.state, &bali(), &"badung".into()).map(|juror| juror.as_str()), Some("j1"));
    assert_eq!(office.refused(secretariat(), acts_for("j2", "badung")), "chair-can-chair");
    office.done(juror_of("j1"), recuse("j1", "badung"));
    office.done(juror_of("j3"), recuse("j3", "badung"));
    assert_eq!(chair_for(&office.state, &bali(), &"badung".into()), None);
    for (deed, expected) in [
        (acts_for("j1", "badung"), "acting-recused"),
        (acts_for("j3", "badung"), "acting-recused"),
        (acts_for("j9", "badung"), "not-on-panel"),
        (acts_for("j2", "gianyar"), "chair-can-chair"),
        (acts_for("j2", "atlantis"), "not-in-contest"),
        (acts_for("j2", "badung"), "nothing"),
        (acts_for("j2", "badung"), "acting-twice"),
    ] {
        assert_eq!(office.refused(secretariat(), deed.clone()), expected, "{deed:?}");
    }
    assert_eq!(chair_for(&office.state, &bali(), &"badung".into()).map(|juror| juror.as_str()), Some("j2"));
    assert_eq!(chair_for(&office.state, &bali(), &"gianyar".into()).map(|juror| juror.as_str()), Some("j1"));
    let mut without = with_panel(&plain());
    without.done(juror_of("j1"), recuse("j1", "badung"));
    assert_eq!(without.refused(secretariat(), acts_for("j2", "badung")), "no-acting-chair");
}

#[test]
fn recusals_below_the_minimum_keep_judging_open_until_a_member_is_replaced() {
    let small = plain().rule("quorum = 2", "quorum = 1\nminimum_effective = 2");
    let mut office = with_panel(&small);
    for (candidate, members) in [("badung", "80"), ("gianyar", "70"), ("denpasar", "60")] {
        office.done(verifier(), Deed::CheckClaim(bali(), check(candidate, "workers", "100")));
        office.done(verifier(), Deed::CheckClaim(bali(), check(candidate, "members", members)));
        for juror in ["j1", "j2", "j3"] {
            let recused = candidate == "badung" && juror != "j1";
            let deed = if recused { recuse(juror, candidate) } else { Deed::DeclareInterest(bali(), none(juror, candidate)) };
            office.done(juror_of(juror), deed);
            if !recused {
                office.done(juror_of(juror), Deed::HandInVersion(bali(), sheet(juror, candidate, members)));
            }
        }
    }
    for position in [None, Some(9)] {
        assert_eq!(office.refused(chair(), Deed::CloseJudging(bali(), position)), "effective-panel");
    }
    // Whoever takes the seat has no conflict; the sheets already given count.
    office.done(secretariat(), replace("j3", "j4", "member", GivenSheets::Keep));
    office.done(juror_of("j4"), Deed::DeclareInterest(bali(), none("j4", "badung")));
    office.done(juror_of("j4"), Deed::HandInVersion(bali(), sheet("j4", "badung", "80")));
    let facts = office.done(chair(), Deed::CloseJudging(bali(), Some(9)));
    assert_eq!(facts, [Fact::JudgingClosed(bali()), Fact::ClosedAt { contest: bali(), position: 9 }]);
    office.done(secretariat(), Deed::Count(bali()));
}

#[test]
fn a_sheet_comes_in_only_while_the_term_of_the_juror_runs_by_the_local_day() {
    // The act happens at 11:00 on 20 December 2020 in Bali.
    for (from, to, expected) in [
        (date(2020, 12, 20), Some(date(2020, 12, 20)), "nothing"),
        (date(2020, 9, 1), Some(date(2020, 12, 19)), "term-over"),
        (date(2020, 12, 21), None, "term-over"),
        (date(2020, 9, 1), None, "nothing"),
    ] {
        let mut office = office(&plain());
        let mut seat = decreed("j2", "Budi", "member");
        (seat.from, seat.to) = (from, to);
        office.done(secretariat(), Deed::AppointByDecree(round(), seat));
        office.done(juror_of("j2"), Deed::DeclareInterest(bali(), none("j2", "badung")));
        let mut again = office.clone();
        assert_eq!(again.refused(juror_of("j2"), Deed::HandInVersion(bali(), sheet("j2", "badung", "80"))), expected);
        let marks = sheet("j2", "badung", "80").marks;
        let told =
            award::act::HandedSheet { juror: "j2".into(), candidate: "badung".into(), state: tally::SheetState::HandedIn, marks };
        let expected = if expected == "term-over" { "juror-term" } else { expected };
        assert_eq!(office.refused(juror_of("j2"), Deed::HandInSheet(bali(), told)), expected);
    }
}
