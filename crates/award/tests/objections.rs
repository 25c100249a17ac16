//! The provisional result is published; candidates object until the end of a local day; a recount is applied or dropped as a whole.

use crate::acting;
use crate::acting::{FILE, Office, cities, instant, nation, noon, only};
use crate::support::{Small, small};
use award::limit::{CHANGES_MAX, EVIDENCE_FILES_MAX, GROUNDS_CHARS_MAX};
use award::stage::objection::{Answer, Fate, Objection, RecountDecision, RecountSet, Ruling, preview};
use award::stage::revocation::moved_by;
use award::{ContestKey, Deed, FileHash, Role, RoundKey};
use jiff::Timestamp;
use jiff::civil::date;
use rules::Stage;
use tally::Change;

/// Three days to object.
fn objectionable(days: &str) -> Small {
    let stages = "\"counting\", \"plenary\", \"advancement\"]";
    small().rule(stages, &format!("\"counting\", \"plenary\", \"objection\", \"advancement\"]\n{days}"))
}

fn locked() -> Office {
    let mut office = Office::after(&objectionable("objection_days = 3"), Stage::Plenary);
    office.locked();
    office
}

/// Published at noon of 1 March in Bali: open until 4 March, 23:59:59 there.
fn published() -> Office {
    let mut office = locked();
    office.does("sari", Role::Secretariat, publish(), noon());
    office
}

fn publish() -> Deed {
    Deed::PublishProvisional(cities(), "sari".into())
}

fn objection() -> Objection {
    Objection {
        objection: "s-1".into(),
        by: "gianyar".into(),
        against: None,
        grounds: "Sepuluh peserta tidak keluar, lihat lampiran.".into(),
        evidence: vec![FILE.into()],
    }
}

fn file(objection: Objection) -> Deed {
    Deed::FileObjection(cities(), objection)
}

fn rule(admissible: bool) -> Deed {
    let ruling = Ruling { objection: "s-1".into(), admissible, reason: "Lengkap dan tepat waktu.".into(), by: "ayu".into() };
    Deed::RuleOnObjection(cities(), ruling)
}

fn members(value: &str) -> Change {
    Change::Claim { entry: "gianyar".into(), name: "members".into(), value: value.parse().ok() }
}

fn draft(of_result: u32, changes: Vec<Change>) -> Deed {
    Deed::DraftRecount(cities(), RecountSet { objection: "s-1".into(), of_result, changes, by: "made".into() })
}

fn decide(fate: Fate, by: &str) -> Deed {
    let decision = RecountDecision { objection: "s-1".into(), fate, reason: "Bukti diterima.".into(), by: by.into() };
    Deed::DecideRecount(cities(), decision)
}

fn answer() -> Deed {
    let answer = Answer { objection: "s-1".into(), answer: "Sanggahan diterima.".into(), by: "ayu".into() };
    Deed::AnswerObjection(cities(), answer)
}

/// Filed and admitted.
fn admitted() -> Office {
    let mut office = published();
    office.does("gianyar", Role::Candidate, file(objection()), noon()).does("ayu", Role::Chair, rule(true), noon());
    office
}

fn later() -> Timestamp {
    instant("2021-03-05T00:00:00+08:00")
}

#[test]
fn an_applied_recount_brings_result_two_and_result_one_stays() {
    let mut office = admitted();
    office.does("made", Role::Verifier, draft(1, vec![members("86")]), noon());
    office.does("ayu", Role::Chair, decide(Fate::Applied, "ayu"), noon()).does("ayu", Role::Chair, answer(), noon());
    assert_eq!(office.result(&cities()), ["1 gianyar 83 Advances", "2 badung 80 Reserve(1)", "3 denpasar 60 Below"]);
    let contest = &office.state.contests[&cities()];
    let first = &contest.closing.results[0].result.outcome.standing;
    assert_eq!(first.iter().map(|row| row.entry.as_str()).collect::<Vec<_>>(), ["badung", "gianyar", "denpasar"]);
    let moved: Vec<String> = moved_by(contest, 2).into_iter().filter(tally::Move::is_different).map(|one| one.entry).collect();
    assert_eq!(moved, ["gianyar", "badung"]);
    // What the plenary made its own was the first result.
    assert_eq!(office.state.contests[&cities()].ratified, None);
    assert_eq!(office.refused("ayu", Role::Chair, Deed::Advance(cities()), later()), "ratify-anew");
    office.does("ayu", Role::Chair, Deed::Ratify(cities()), later());
    assert_eq!(office.refused("ayu", Role::Chair, Deed::Ratify(cities()), later()), "locked");
    office.does("ayu", Role::Chair, Deed::Advance(cities()), later());
    assert_eq!(office.entered(&nation()), ["gianyar"]);
    let carried = &office.state.contests[&nation()].entries[0].claims["members"];
    assert_eq!(carried.verified.as_ref().map(ToString::to_string).as_deref(), Some("86"));
    assert!(office.is_kept());
}

#[test]
fn a_dropped_recount_changes_nothing() {
    let mut office = admitted();
    office.does("made", Role::Verifier, draft(1, vec![members("86")]), noon());
    office.does("ayu", Role::Chair, decide(Fate::Dropped, "ayu"), noon()).does("ayu", Role::Chair, answer(), noon());
    assert_eq!(office.result(&cities())[0], "1 badung 80 Advances");
    assert_eq!(office.state.contests[&cities()].closing.results.len(), 1);
    assert_eq!(office.refused("ayu", Role::Chair, decide(Fate::Applied, "ayu"), noon()), "recount-decided");
}

#[test]
fn what_a_recount_would_bring_can_be_seen_before_it_is_decided() {
    let office = admitted();
    let seen = preview(&office.state, &cities(), &[members("86")]).expect("it can be counted");
    let moved: Vec<&str> = seen.moves.iter().filter(|one| one.is_different()).map(|one| one.entry.as_str()).collect();
    assert_eq!(moved, ["gianyar", "badung"]);
    assert_eq!(office.result(&cities())[0], "1 badung 80 Advances");
}

#[test]
fn a_set_is_made_as_a_whole_or_not_at_all() {
    let mut office = admitted();
    let unknown = Change::Claim { entry: "nobody".into(), name: "members".into(), value: None };
    let rules = Change::Quota { quota: 2 };
    let cases = [
        (vec![members("86"), unknown], "change"),
        (vec![members("86"), rules], "change-rules"),
        (vec![Change::Withdraw { entry: "badung".into() }], "change-withdraw"),
        (Vec::new(), "changes-many"),
        (vec![members("86"); CHANGES_MAX + 1], "changes-many"),
        (vec![Change::Claim { entry: "gianyar".into(), name: "workers".into(), value: None }], "count"),
    ];
    for (changes, expected) in cases {
        assert_eq!(office.refused("made", Role::Verifier, draft(1, changes), noon()), expected);
    }
    office.does("made", Role::Verifier, draft(1, vec![members("86"); CHANGES_MAX]), noon());
    assert_eq!(office.refused("made", Role::Verifier, draft(1, vec![members("86")]), noon()), "recount-twice");
}

#[test]
fn who_drafted_a_recount_does_not_decide_it() {
    let mut office = admitted();
    assert_eq!(office.refused("ayu", Role::Chair, decide(Fate::Applied, "ayu"), noon()), "no-recount");
    office.does("made", Role::Verifier, draft(1, vec![members("86")]), noon());
    assert_eq!(office.refused("made", Role::Chair, decide(Fate::Applied, "made"), noon()), "takes-another");
    assert_eq!(office.refused("ayu", Role::Chair, decide(Fate::Applied, "made"), noon()), "not-you");
}

#[test]
fn a_recount_of_an_older_result_is_stale() {
    let mut office = admitted();
    assert_eq!(office.refused("made", Role::Verifier, draft(0, vec![members("86")]), noon()), "stale-result");
    assert_eq!(office.refused("made", Role::Verifier, draft(2, vec![members("86")]), noon()), "stale-result");
    let second = Objection { objection: "s-2".into(), by: "denpasar".into(), ..objection() };
    office.does("denpasar", Role::Candidate, file(second), noon());
    let ruling = Ruling { objection: "s-2".into(), admissible: true, reason: "Lengkap.".into(), by: "ayu".into() };
    office.does("ayu", Role::Chair, Deed::RuleOnObjection(cities(), ruling), noon());
    let set = RecountSet { objection: "s-2".into(), of_result: 1, changes: vec![members("90")], by: "made".into() };
    office.does("made", Role::Verifier, Deed::DraftRecount(cities(), set), noon());
    office.does("made", Role::Verifier, draft(1, vec![members("86")]), noon());
    office.does("ayu", Role::Chair, decide(Fate::Applied, "ayu"), noon());
    let decision = RecountDecision { objection: "s-2".into(), fate: Fate::Applied, reason: "Bukti.".into(), by: "ayu".into() };
    let second = Deed::DecideRecount(cities(), decision);
    assert_eq!(office.refused("ayu", Role::Chair, second.clone(), noon()), "stale-result");
    // What was overtaken is drafted anew for the result that counts now.
    let again = |of_result: u32| {
        let set = RecountSet { objection: "s-2".into(), of_result, changes: vec![members("90")], by: "made".into() };
        Deed::DraftRecount(cities(), set)
    };
    assert_eq!(office.refused("made", Role::Verifier, again(1), noon()), "stale-result");
    office.does("made", Role::Verifier, again(2), noon());
    assert_eq!(office.refused("made", Role::Verifier, again(2), noon()), "recount-twice");
    office.does("ayu", Role::Chair, second, noon());
    assert_eq!(office.refused("made", Role::Verifier, again(3), noon()), "recount-decided");
}

#[test]
fn what_was_dropped_can_be_drafted_anew() {
    let mut office = admitted();
    office.does("made", Role::Verifier, draft(1, vec![members("99")]), noon());
    office.does("ayu", Role::Chair, decide(Fate::Dropped, "ayu"), noon());
    office.does("made", Role::Verifier, draft(1, vec![members("86")]), noon());
    assert_eq!(office.refused("ayu", Role::Chair, answer(), noon()), "recount-open");
    office.does("ayu", Role::Chair, decide(Fate::Applied, "ayu"), noon());
    assert_eq!(office.result(&cities())[0], "1 gianyar 83 Advances");
    assert!(office.is_kept());
}

#[test]
fn objections_end_with_the_last_second_of_the_local_day_in_three_time_zones() {
    for (region, offset) in [("18.71", "+07:00"), ("51.71", "+08:00"), ("91.71", "+09:00")] {
        let candidates = format!("id,name,category,kind,region\nkota,Kota Contoh,city,city,{region}\n");
        let claims = "candidate,claim,claimed,verified,verifier\nkota,members,8,8,Ani\nkota,workers,9,9,Ani\n";
        let marks = "juror,candidate,indicator,mark\nj1,kota,innovation,80\nj2,kota,innovation,80\nj3,kota,innovation,80\n";
        let year = objectionable("objection_days = 3").file("candidates.csv", &candidates);
        let year = year.file("claims.csv", claims).file("marks.csv", marks);
        let key = ContestKey {
            round: RoundKey { level: "province".into(), region: Some(region[..2].into()) },
            category: "city".into(),
        };
        let mut office = Office::after(&year, Stage::Plenary);
        let at = |time: &str| instant(&format!("{time}{offset}"));
        office.locked_in(&key);
        let publish = Deed::PublishProvisional(key.clone(), "sari".into());
        office.does("sari", Role::Secretariat, publish, at("2021-03-01T23:59:59"));
        let file =
            |id: &str| Deed::FileObjection(key.clone(), Objection { objection: id.into(), by: "kota".into(), ..objection() });
        office.does("kota", Role::Candidate, file("s-1"), at("2021-03-04T23:59:59"));
        assert_eq!(office.refused("kota", Role::Candidate, file("s-2"), at("2021-03-05T00:00:00")), "objection-late", "{region}");
    }
}

#[test]
fn working_days_pass_over_weekends_and_without_days_the_calendar_speaks() {
    let until = |days: &str, calendar: &str| {
        let year = objectionable(days).rule("[[level]]", &format!("{calendar}\n[[level]]"));
        let mut office = Office::after(&year, Stage::Plenary);
        // 1 March 2021 is a Monday.
        office.locked().does("sari", Role::Secretariat, publish(), noon());
        let published = office.state.contests[&cities()].closing.published.clone().expect("it is published");
        published.until.map(|until| until.shown())
    };
    assert_eq!(until("objection_days = 5", "").as_deref(), Some("2021-03-06 23:59:59 WITA"));
    assert_eq!(until("objection_days = 5\nobjection_working = true", "").as_deref(), Some("2021-03-08 23:59:59 WITA"));
    let calendar = "[[calendar]]\nid = \"end\"\nname = \"End of objections\"\nstage = \"objection\"\nlevel = \"province\"\n\
                    planned = { on = 2021-03-09 }\nsource = [\"assumption\"]\n";
    assert_eq!(until("", calendar).as_deref(), Some("2021-03-09 23:59:59 WITA"));
    assert_eq!(until("objection_days = 1", calendar).as_deref(), Some("2021-03-02 23:59:59 WITA"));
    assert_eq!(until("", ""), None);
}

#[test]
fn a_result_is_published_once_and_only_when_locked() {
    let mut open = Office::after(&objectionable("objection_days = 3"), Stage::Plenary);
    assert_eq!(open.refused("sari", Role::Secretariat, publish(), noon()), "not-locked");
    assert_eq!(open.refused("gianyar", Role::Candidate, file(objection()), noon()), "not-published");
    let mut office = published();
    assert_eq!(office.refused("sari", Role::Secretariat, publish(), noon()), "published-before");
    assert_eq!(locked().refused("gianyar", Role::Candidate, file(objection()), noon()), "not-published");
}

#[test]
fn an_objection_has_grounds_evidence_and_an_id_of_its_own() {
    let hash = |text: &str| vec![FileHash::from(text)];
    let other = "a".repeat(64);
    let many: Vec<FileHash> = (0..=EVIDENCE_FILES_MAX).map(|at| FileHash::new(format!("{at:064x}"))).collect();
    let cases = [
        (Objection { by: "nobody".into(), ..objection() }, "other-organisation"),
        (Objection { against: Some("nobody".into()), ..objection() }, "not-in-contest"),
        (Objection { grounds: String::new(), ..objection() }, "text-empty"),
        (Objection { grounds: "a".repeat(GROUNDS_CHARS_MAX + 1), ..objection() }, "text-too-long"),
        (Objection { grounds: "nol\0".into(), ..objection() }, "text-control"),
        (Objection { objection: "s\n1".into(), ..objection() }, "text-control"),
        (Objection { evidence: hash("berkas.pdf"), ..objection() }, "hash"),
        (Objection { evidence: hash(&FILE.to_uppercase()), ..objection() }, "hash"),
        (Objection { evidence: vec![FILE.into(), FILE.into()], ..objection() }, "evidence-twice"),
        (Objection { evidence: many, ..objection() }, "list-too-long"),
    ];
    let mut office = published();
    for (objection, expected) in cases {
        assert_eq!(office.refused("gianyar", Role::Candidate, file(objection.clone()), noon()), expected, "{:?}", objection.by);
    }
    let kind =
        Objection { grounds: "Bapak I Gusti Ngurah D'Art, \"sah\"\nÑusa 中文".into(), evidence: hash(&other), ..objection() };
    office.does("gianyar", Role::Candidate, file(kind), noon());
    assert_eq!(office.refused("gianyar", Role::Candidate, file(objection()), noon()), "objection-twice");
}

#[test]
fn only_those_whose_task_it_is_act_on_objections() {
    let mut office = admitted();
    only(&mut office, &[Role::Secretariat, Role::Centre], &publish(), noon());
    only(&mut office, &[Role::Candidate], &file(objection()), noon());
    only(&mut office, &[Role::Chair, Role::ActingChair, Role::Centre], &rule(true), noon());
    only(&mut office, &[Role::Secretariat, Role::Verifier], &draft(1, vec![members("86")]), noon());
    only(&mut office, &[Role::Chair, Role::ActingChair, Role::Centre], &decide(Fate::Applied, "ayu"), noon());
    only(&mut office, &[Role::Secretariat, Role::Chair, Role::ActingChair, Role::Centre], &answer(), noon());
}

#[test]
fn each_step_on_an_objection_is_taken_once_and_in_its_order() {
    let mut office = published();
    assert_eq!(office.refused("ayu", Role::Chair, rule(true), noon()), "no-such-objection");
    office.does("gianyar", Role::Candidate, file(objection()), noon());
    assert_eq!(office.refused("ayu", Role::Chair, answer(), noon()), "objection-not-admitted");
    assert_eq!(office.refused("made", Role::Verifier, draft(1, vec![members("86")]), noon()), "objection-not-admitted");
    office.does("ayu", Role::Chair, rule(true), noon());
    assert_eq!(office.refused("ayu", Role::Chair, rule(false), noon()), "ruled-before");
    office.does("made", Role::Verifier, draft(1, vec![members("86")]), noon());
    assert_eq!(office.refused("ayu", Role::Chair, answer(), noon()), "recount-open");
    office.does("ayu", Role::Chair, decide(Fate::Dropped, "ayu"), noon()).does("ayu", Role::Chair, answer(), noon());
    assert_eq!(office.refused("ayu", Role::Chair, answer(), noon()), "objection-answered");
}

#[test]
fn nobody_goes_up_while_objections_run_or_are_open() {
    let up = || Deed::Advance(cities());
    assert_eq!(locked().refused("ayu", Role::Chair, up(), noon()), "not-published");
    let mut office = published();
    let last = instant("2021-03-04T23:59:59+08:00");
    assert_eq!(office.refused("ayu", Role::Chair, up(), last), "objections-running");
    office.does("gianyar", Role::Candidate, file(objection()), last);
    assert_eq!(office.refused("ayu", Role::Chair, up(), later()), "objection-open");
    office.does("ayu", Role::Chair, rule(false), later()).does("ayu", Role::Chair, up(), later());
    assert_eq!(office.entered(&nation()), ["badung"]);
}

#[test]
fn once_the_best_have_gone_up_no_recount_changes_the_result() {
    let mut office = published();
    office.does("ayu", Role::Chair, Deed::Advance(cities()), later());
    assert_eq!(office.refused("gianyar", Role::Candidate, file(objection()), noon()), "gone-up");
}

#[test]
fn the_window_is_that_of_the_day_which_the_round_has_set() {
    let calendar = "[[calendar]]\nid = \"objections\"\nname = \"Objections\"\nstage = \"objection\"\nlevel = \"province\"\n\
                    planned = { on = 2021-03-03 }\nsource = [\"assumption\"]\n\n[[level]]\nid = \"province\"";
    let dated = objectionable("").rule("[[level]]\nid = \"province\"", calendar);
    for (set, until) in [(None, date(2021, 3, 3)), (Some(date(2021, 3, 9)), date(2021, 3, 9))] {
        let mut office = Office::after(&dated, Stage::Plenary);
        office.locked();
        if let Some(from) = set {
            let (event, kind) = ("objections".into(), award::round::DayKind::Planned);
            let day = award::round::RoundDay { event, kind, from, to: None, reason: None, source: None };
            office.happened(award::Fact::DaySet(acting::bali(), day));
        }
        // The office decides each act from everything and from the parts that it must see, and compares.
        office.does("sari", Role::Secretariat, publish(), noon());
        let published = office.state.contests[&cities()].closing.published.clone().expect("it is published");
        assert_eq!(published.until.map(|until| until.day), Some(until));
        office.does("gianyar", Role::Candidate, file(objection()), noon());
        office.does("ayu", Role::Chair, rule(true), noon());
        office.does("ayu", Role::Chair, answer(), noon());
    }
}

#[test]
fn a_candidate_is_told_until_when_it_may_object_and_whether_it_can_still_withdraw() {
    let seen = |office: &Office| {
        let told = award::candidate::outcome(&office.state, &cities(), &"gianyar".into());
        let until = told.map(|told| told.objections_until.map(|until| until.day));
        let stepper =
            award::candidate::stepper(&office.state, &cities(), &"gianyar".into(), noon()).expect("it stands in the contest");
        (until, stepper.may_withdraw)
    };
    assert_eq!(seen(&Office::after(&objectionable("objection_days = 3"), Stage::Interview)), (None, true));
    assert_eq!(seen(&locked()), (None, false), "the result stands, and nobody may read it yet");
    assert_eq!(seen(&published()), (Some(Some(date(2021, 3, 4))), false));
    let without_end = {
        let mut office = Office::after(&objectionable(""), Stage::Plenary);
        office.locked();
        office.does("sari", Role::Secretariat, publish(), noon());
        office
    };
    assert_eq!(seen(&without_end), (Some(None), false), "the rulebook sets no end");
}
