//! What nobody may gain by: a seat that judges once, figures that stand after closing, marks that open only to who marked, lots that are
//! committed to once, terms that are over, candidates who do not come.

use crate::support::Small;
use crate::support::office::{
    Office, bali, candidate, chair, check, declared, decreed, elsewhere, juror_of, none, office, opening, plain, round,
    secretariat, sheet, verifier,
};
use award::act::HandedSheet;
use award::closing::{Led, MissingThing, missing};
use award::cycle::tables::{Came, Candidate, CommittedLot, ConflictKind, ListItem, NotApplicable, StatedPoints};
use award::interest::{Declaration, Interest, Ranking};
use award::panel::Replacement;
use award::permission::sight::{Sight, may_see};
use award::round::has_judged;
use award::schedule::{Answer, NoShow, Place, Reply, Session, Slot};
use award::sheet::SheetVersion;
use award::{Actor, ContestKey, Deed, Fact, Grant, Role, Scope};
use jiff::civil::{date, time};
use rules::rulebook::GivenSheets;
use tally::SheetState;

fn replace(leaves: &str, takes: &str, sheets: GivenSheets) -> Deed {
    let takes = decreed(takes, "Dewi", "member");
    Deed::ReplaceMember(round(), Replacement { leaves: leaves.into(), takes, sheets, reason: "retired".into() })
}

fn hand_in(juror: &str, candidate: &str) -> Deed {
    Deed::HandInVersion(bali(), sheet(juror, candidate, "80"))
}

#[test]
fn a_seat_that_changed_hands_twice_gives_one_sheet_for_each_candidate() {
    for second in [GivenSheets::Keep, GivenSheets::Void] {
        let mut office = declared(&plain());
        office.done(juror_of("j3"), hand_in("j3", "badung"));
        for (leaves, takes, sheets) in [("j3", "j4", GivenSheets::Keep), ("j4", "j5", second)] {
            office.done(secretariat(), replace(leaves, takes, sheets));
            for candidate in ["badung", "gianyar"] {
                office.done(juror_of(takes), Deed::DeclareInterest(bali(), none(takes, candidate)));
            }
        }
        assert_eq!(office.refused(juror_of("j5"), hand_in("j5", "badung")), "replaced", "{second:?}");
        assert_eq!(office.refused(juror_of("j5"), hand_in("j5", "gianyar")), "nothing", "{second:?}");
    }
}

/// Judging is closed, and nothing is counted yet.
fn closed() -> Office {
    let mut office = declared(&plain()).judged();
    office.done(chair(), Deed::CloseJudging(bali(), Some(41)));
    office
}

#[test]
fn no_verified_figure_changes_once_judging_is_closed() {
    let mut office = closed();
    let points = |points: &str| {
        let points = points.parse().expect("it is a number");
        let (candidate, indicator, level) = ("badung".into(), "covered".into(), "province".into());
        Deed::StatePoints(bali(), StatedPoints { candidate, indicator, points, source: None, level })
    };
    let exempt = NotApplicable {
        candidate: "badung".into(),
        indicator: "innovation".into(),
        reason: "it has none".into(),
        level: "province".into(),
    };
    for deed in [Deed::CheckClaim(bali(), check("badung", "members", "99")), points("99"), Deed::ExemptFrom(bali(), exempt)] {
        assert_eq!(office.refused(verifier(), deed.clone()), "figure-after-closing", "{deed:?}");
    }
    // What was never looked at may still be needed for the count.
    assert_eq!(office.refused(verifier(), Deed::CheckClaim(bali(), check("badung", "arrears", "0"))), "nothing");
    office.done(secretariat(), Deed::Count(bali()));
    let late = Deed::CheckClaim(bali(), check("gianyar", "arrears", "1"));
    assert_eq!(office.refused(verifier(), late), "figure-after-closing");
}

#[test]
fn no_item_of_a_list_changes_once_judging_is_closed() {
    let ratio = "kind = \"ratio\"\nnumerator = \"members\"\ndenominator = \"workers\"\nlinear = { from = 0, to = 1,";
    let list =
        "kind = \"checklist\"\nlist = \"laws\"\nkinds = { perda = 5 }\nstages = { adopted = 1 }\nlinear = { from = 0, to = 5,";
    let lists = plain().rule(ratio, list).rule(
        "[[claim]]\nid = \"arrears\"",
        "[[claim]]\nid = \"laws\"\nname = \"Laws\"\nshape = \"list\"\n\n[[claim]]\nid = \"arrears\"",
    );
    let mut office = declared(&lists).judged();
    let item = |accepted: bool| {
        Deed::VerifyItem(
            bali(),
            ListItem {
                candidate: "badung".into(),
                list: "laws".into(),
                title: "Perda 1".into(),
                kind: "perda".into(),
                stage: "adopted".into(),
                attributes: Vec::new(),
                number: None,
                year: None,
                accepted,
                reason: Some("read".into()),
                level: "province".into(),
            },
        )
    };
    office.done(verifier(), item(true));
    office.done(chair(), Deed::CloseJudging(bali(), Some(41)));
    assert_eq!(office.refused(verifier(), item(false)), "figure-after-closing");
}

fn says(juror: &str, state: SheetState) -> Deed {
    let marks = award::Marks::default();
    Deed::HandInVersion(bali(), SheetVersion { state, marks, ..sheet(juror, "badung", "80") })
}

#[test]
fn only_a_sheet_with_marks_opens_those_of_the_others() {
    let open_marks = plain().rule("quorum = 2", "quorum = 2\nopen_marks = true");
    let sees = |office: &Office, juror: &str| {
        let grant = [Grant::new(Role::Juror, Scope { juror: Some(juror.into()), ..Scope::default() })];
        may_see(&office.state, &grant, Sight::Marks(&bali(), &"badung".into(), &"j1".into()), None).is_ok()
    };
    let mut office = declared(&open_marks);
    office.done(juror_of("j1"), hand_in("j1", "badung"));
    office.done(juror_of("j2"), says("j2", SheetState::Absent));
    office.done(juror_of("j3"), says("j3", SheetState::Abstained));
    assert_eq!((sees(&office, "j2"), sees(&office, "j3")), (false, false));
    let mut marked = declared(&open_marks);
    marked.done(juror_of("j1"), hand_in("j1", "badung"));
    marked.done(juror_of("j3"), hand_in("j3", "badung"));
    assert_eq!((sees(&marked, "j2"), sees(&marked, "j3")), (false, true));
    // A sheet as a file tells it, without a word on any indicator, opens nothing either.
    let mut told = declared(&open_marks);
    told.done(juror_of("j1"), hand_in("j1", "badung"));
    let (state, marks) = (SheetState::Abstained, award::Marks::default());
    let abstains = HandedSheet { juror: "j2".into(), candidate: "badung".into(), state, marks };
    told.done(juror_of("j2"), Deed::HandInSheet(bali(), abstains));
    assert!(!sees(&told, "j2"));
}

fn lot(secret: &str) -> CommittedLot {
    let commitment = tally::lot::commitment(secret);
    CommittedLot { level: "province".into(), commitment, secret: Some(secret.into()), words: Some("satu".into()) }
}

#[test]
fn a_lot_is_committed_to_once() {
    let mut office = office(&plain());
    office.done(Actor::Centre, Deed::CommitLot(lot("Nyepi")));
    assert_eq!(office.refused(Actor::Centre, Deed::CommitLot(lot("Galungan"))), "lot-committed-before");
    assert_eq!(office.refused(Actor::Centre, Deed::CommitLot(lot("Nyepi"))), "lot-committed-before");
    assert_eq!(office.state.lots["province"].commitment, tally::lot::commitment("Nyepi"));
}

#[test]
fn a_lot_is_revealed_once_judging_is_closed_wherever_it_could_decide() {
    let drawn = plain().rule("steps = [\"innovation\", \"chair\"]", "steps = [\"innovation\", \"lot\"]");
    let person = || Actor::Person("pusat".into(), Box::new(Grant::new(Role::Centre, Scope::default())));
    let mut office = declared(&drawn);
    office.done(Actor::Centre, Deed::CommitLot(lot("Nyepi")));
    let mut office = office.judged();
    assert_eq!(office.refused(person(), Deed::RevealLot(lot("Nyepi"))), "lot-judging-open");
    office.done(chair(), Deed::CloseJudging(bali(), Some(41)));
    assert_eq!(office.refused(person(), Deed::RevealLot(lot("Nyepi"))), "nothing");
    // Where no contest of the level is decided by lot nobody waits.
    let mut other = declared(&plain());
    other.done(Actor::Centre, Deed::CommitLot(lot("Nyepi")));
    assert_eq!(other.refused(person(), Deed::RevealLot(lot("Nyepi"))), "nothing");
}

fn blind() -> Small {
    plain().rule("quota = 1\nreserves = 1", "quota = 1\nreserves = 1\nblind = true")
}

fn paper(juror: &str, typist: &str) -> Deed {
    Deed::EnterPaper(bali(), SheetVersion { entered_by: Some(typist.into()), ..sheet(juror, "badung", "80") })
}

#[test]
fn who_ranked_opened_points_or_was_typed_from_paper_has_judged() {
    let order = vec!["badung".into(), "gianyar".into(), "denpasar".into()];
    let begun = [
        (juror_of("j2"), Deed::HandInRanking(bali(), Ranking { juror: "j2".into(), order })),
        (secretariat(), paper("j2", "putu")),
    ];
    let recuses = Interest::Some { kind: ConflictKind::Personal, reason: "brother".into() };
    for (actor, deed) in begun {
        let mut office = declared(&blind());
        assert!(!has_judged(&office.state, &round()));
        office.done(actor, deed.clone());
        assert!(has_judged(&office.state, &round()), "{deed:?}");
        let declaration = Declaration { juror: "j2".into(), candidate: "badung".into(), says: recuses.clone() };
        let late = Deed::DeclareInterest(bali(), declaration);
        assert_eq!(office.refused(juror_of("j2"), late), "recused-after-marks", "{deed:?}");
        assert_eq!(office.refused(Actor::Centre, Deed::CommitLot(lot("Nyepi"))), "lot-too-late", "{deed:?}");
    }
    let mut looked = declared(&plain());
    looked.done(juror_of("j2"), Deed::OpenFigures(bali(), opening("j2", "badung")));
    assert!(has_judged(&looked.state, &round()));
    assert_eq!(looked.refused(Actor::Centre, Deed::CommitLot(lot("Nyepi"))), "lot-too-late");
    // Who only looked has given nothing, and still may find the own brother behind it.
    let declaration = Declaration { juror: "j2".into(), candidate: "badung".into(), says: recuses };
    assert_eq!(looked.refused(juror_of("j2"), Deed::DeclareInterest(bali(), declaration)), "nothing");
}

#[test]
fn a_juror_reads_the_figures_that_were_opened_and_no_others_before_closing() {
    let sees = |office: &Office, juror: &str, candidate: &str| {
        let grant = [Grant::new(Role::Juror, Scope { juror: Some(juror.into()), ..Scope::default() })];
        may_see(&office.state, &grant, Sight::Claims(&bali(), &candidate.into()), None).is_ok()
    };
    let mut office = declared(&blind());
    office.done(juror_of("j2"), Deed::OpenDossier(bali(), opening("j2", "badung")));
    assert!(!sees(&office, "j2", "badung"), "a dossier is open, and nothing is ranked");
    let order = vec!["badung".into(), "gianyar".into(), "denpasar".into()];
    office.done(juror_of("j2"), Deed::HandInRanking(bali(), Ranking { juror: "j2".into(), order }));
    assert!(!sees(&office, "j2", "badung"), "they are opened one by one");
    office.done(juror_of("j2"), Deed::OpenFigures(bali(), opening("j2", "badung")));
    assert_eq!(
        [sees(&office, "j2", "badung"), sees(&office, "j2", "gianyar"), sees(&office, "j1", "badung")],
        [true, false, false]
    );
    office.state.apply(&Fact::JudgingClosed(bali()));
    assert_eq!([sees(&office, "j2", "gianyar"), sees(&office, "j1", "badung")], [true, true]);
}

#[test]
fn paper_that_was_typed_once_counts_as_the_sheet_of_who_left_and_is_typed_again() {
    let mut office = declared(&plain());
    office.done(secretariat(), paper("j3", "putu"));
    office.done(secretariat(), replace("j3", "j4", GivenSheets::Keep));
    office.done(juror_of("j4"), Deed::DeclareInterest(bali(), none("j4", "badung")));
    assert_eq!(office.refused(juror_of("j4"), hand_in("j4", "badung")), "replaced");
    assert_eq!(office.refused(secretariat(), paper("j3", "kadek")), "nothing");
    assert_eq!(office.entry("badung").ledger.kept.len(), 1);
    // Where the sheets of who left are void, so is the paper.
    let mut void = declared(&plain());
    void.done(secretariat(), paper("j3", "putu"));
    void.done(secretariat(), replace("j3", "j4", GivenSheets::Void));
    assert_eq!(void.refused(secretariat(), paper("j3", "kadek")), "replaced");
}

/// Badung is heard on 12 January at 9.00 in Bali.
fn invited() -> Office {
    let heard = plain().rule("\"verification\", \"judging\"", "\"verification\", \"interview\", \"judging\"");
    let mut office = declared(&heard);
    let session = Session {
        id: "a".into(),
        on: date(2021, 1, 12),
        from: time(9, 0, 0, 0),
        to: time(12, 0, 0, 0),
        place: Place::Room("Room 1".into()),
        jurors: vec![],
        materials_due: None,
    };
    office.done(secretariat(), Deed::PlanSession(round(), session));
    let slot = Slot { session: "a".into(), candidate: "badung".into(), starts: time(9, 0, 0, 0), minutes: 30, exception: None };
    office.done(secretariat(), Deed::AssignSlot(bali(), slot));
    office.now = "2021-01-12T01:00:00Z".parse().expect("it is a time");
    office
}

fn no_show(candidate: &str, note: Option<&str>) -> Deed {
    Deed::NoteNoShow(bali(), NoShow { candidate: candidate.into(), note: note.map(str::to_owned) })
}

#[test]
fn who_does_not_come_to_the_interview_is_put_on_record_and_closing_no_longer_asks() {
    let mut office = invited();
    let unheard = MissingThing::NotHeard("badung".into());
    assert!(missing(&office.state, &bali(), Led::Office).contains(&unheard));
    assert_eq!(office.refused(secretariat(), no_show("denpasar", None)), "no-slot");
    office.now = "2021-01-12T00:59:59Z".parse().expect("it is a time");
    assert_eq!(office.refused(secretariat(), no_show("badung", None)), "slot-not-begun");
    office.now = "2021-01-12T01:00:00Z".parse().expect("it is a time");
    assert_eq!(office.refused(chair(), no_show("badung", None)), "not-your-task");
    assert_eq!(office.refused(secretariat(), no_show("badung", Some(" "))), "text-empty");
    office.done(secretariat(), no_show("badung", Some("nobody answered the telephone")));
    assert_eq!(office.entry("badung").attendance.as_ref().map(|came| came.state), Some(Came::Absent));
    assert_eq!(office.refused(secretariat(), no_show("badung", None)), "no-show-twice");
    assert!(!missing(&office.state, &bali(), Led::Office).contains(&unheard));
}

#[test]
fn who_excused_itself_before_is_excused() {
    let mut office = invited();
    let reply = Reply::Excused { reason: "a flood".into() };
    office.done(secretariat(), Deed::AnswerInvitation(bali(), Answer { candidate: "badung".into(), reply }));
    office.done(secretariat(), no_show("badung", None));
    assert_eq!(office.entry("badung").attendance.as_ref().map(|came| came.state), Some(Came::Excused));
}

#[test]
fn outside_the_term_neither_paper_nor_tray_takes_a_sheet() {
    let term = |to| {
        let mut office = office(&plain());
        let mut seat = decreed("j2", "Budi", "member");
        seat.to = to;
        office.done(secretariat(), Deed::AppointByDecree(round(), seat));
        office.done(juror_of("j2"), Deed::DeclareInterest(bali(), none("j2", "badung")));
        office
    };
    let tray = || Deed::LeaveInTray(bali(), sheet("j2", "badung", "80"));
    // The act happens on 20 December 2020.
    for (to, expected) in [(Some(date(2020, 12, 19)), "term-over"), (Some(date(2020, 12, 20)), "nothing"), (None, "nothing")] {
        assert_eq!(term(to).refused(secretariat(), paper("j2", "putu")), expected);
        let mut late = term(to);
        late.state.apply(&Fact::JudgingClosed(bali()));
        assert_eq!(late.refused(juror_of("j2"), tray()), expected);
    }
}

#[test]
fn who_has_only_judged_the_dossier_does_not_see_the_marks_of_the_interview() {
    let talk = "[[scheme.aspect]]\nid = \"talk\"\nname = \"Talk\"\nweight = 25\nstage = \"interview\"\n\n\
                [[scheme.aspect.indicator]]\nid = \"answers\"\nname = \"Answers\"\nkind = \"rubric\"\nmin = 0\nmax = 100\n\n";
    let heard = plain()
        .rule("quorum = 2", "quorum = 2\nopen_marks = true")
        .rule("name = \"Ideas\"\nweight = 50", "name = \"Ideas\"\nweight = 25")
        .rule("[[scheme]]\nid = \"final\"", &format!("{talk}[[scheme]]\nid = \"final\""))
        .rule("\"verification\", \"judging\"", "\"verification\", \"interview\", \"judging\"");
    let mut office = office(&heard);
    let marked = |juror: &str, indicator: &str| {
        let marks = [(indicator.to_owned(), tally::Mark::Given(80_u32.into()))].into();
        let sheet = HandedSheet { juror: juror.into(), candidate: "badung".into(), state: SheetState::HandedIn, marks };
        Fact::SheetHandedIn(bali(), sheet)
    };
    let sees = |office: &Office| {
        let grant = [Grant::new(Role::Juror, Scope { juror: Some("j3".into()), ..Scope::default() })];
        may_see(&office.state, &grant, Sight::Marks(&bali(), &"badung".into(), &"j1".into()), None).is_ok()
    };
    for (fact, expected) in [
        (marked("j1", "innovation"), false),
        (marked("j1", "answers"), false),
        (marked("j3", "innovation"), false),
        (marked("j3", "answers"), true),
    ] {
        office.state.apply(&fact);
        assert_eq!(sees(&office), expected, "{fact:?}");
    }
}

#[test]
fn nobody_enters_a_late_province_whose_lot_is_known() {
    let drawn = plain().rule("steps = [\"innovation\", \"chair\"]", "steps = [\"innovation\", \"lot\"]");
    let lampung = ContestKey { round: elsewhere(), category: "city".into() };
    for (small, expected) in [(drawn, "lot-known"), (plain(), "nothing")] {
        let mut office = office(&small);
        let late = Candidate { id: "metro".into(), region: "18.72".into(), ..candidate(&office, "denpasar") };
        let enters = || Deed::Propose(lampung.clone(), late.clone());
        office.done(Actor::Centre, Deed::CommitLot(lot("Nyepi")));
        assert_eq!(office.clone().refused(Actor::Branch(elsewhere()), enters()), "nothing");
        office.state.apply(&Fact::LotRevealed(lot("Nyepi")));
        assert_eq!(office.refused(Actor::Branch(elsewhere()), enters()), expected);
    }
}
