//! After the lock: reserves move up, two people announce, prizes are handed over, awards are revoked.

use crate::acting;
use crate::acting::{FILE, Office, cities, instant, nation, noon, only};
use crate::support::{Small, small};
use award::limit::{NAME_CHARS_MAX, TEXT_CHARS_MAX};
use award::stage::advancement::DropOut;
use award::stage::announcement::{Certificate, Embargo, HandOver, Standing, standing};
use award::stage::locking::Because;
use award::stage::revocation::{Confirmation, Revocation, moved_by};
use award::{Deed, Fact, Role};
use jiff::Timestamp;
use jiff::civil::date;
use rules::Stage;

/// With an award for the first place, and one reserve.
fn awarded() -> Small {
    let award = "[[award]]\nid = \"best\"\nname = \"Best of the province\"\nplace = 1\nprizes = [\"Trophy\"]\n\n[[contest]]";
    small().rule("[[contest]]", award).rule("reserves = 1", "reserves = 1\nawards = [\"best\"]")
}

fn locked() -> Office {
    let mut office = Office::after(&awarded(), Stage::Plenary);
    office.locked();
    office
}

fn advance() -> Deed {
    Deed::Advance(cities())
}

fn out(candidate: &str, by: &str) -> DropOut {
    DropOut { candidate: candidate.into(), reason: "Kantor ditutup.".into(), evidence: vec![FILE.into()], by: by.into() }
}

fn stand_back(candidate: &str) -> Deed {
    Deed::StandBack(cities(), out(candidate, candidate))
}

fn propose_to_disqualify(candidate: &str) -> Deed {
    Deed::ProposeDisqualification(cities(), out(candidate, "sari"))
}

fn disqualify(candidate: &str, by: &str) -> Deed {
    Deed::ConfirmDisqualification(cities(), Confirmation { candidate: candidate.into(), by: by.into() })
}

/// Sari proposes it, Ayu confirms.
fn disqualified<'o>(office: &'o mut Office, candidate: &str) -> &'o mut Office {
    office.does("sari", Role::Secretariat, propose_to_disqualify(candidate), noon());
    office.does("ayu", Role::Chair, disqualify(candidate, "ayu"), noon())
}

fn embargo() -> Timestamp {
    instant("2021-03-02T19:00:00+08:00")
}

fn propose(of_result: u32) -> Deed {
    let embargo = Embargo { not_before: embargo(), by: "sari".into(), of_result: Some(of_result) };
    Deed::ProposeAnnouncement(cities(), embargo)
}

fn confirm(by: &str) -> Deed {
    Deed::ConfirmAnnouncement(cities(), by.into())
}

fn announced() -> Office {
    let mut office = locked();
    office.does("sari", Role::Secretariat, propose(1), noon()).does("ayu", Role::Chair, confirm("ayu"), embargo());
    office
}

fn hand_over() -> HandOver {
    HandOver {
        award: "best".into(),
        candidate: "badung".into(),
        prize: "Trophy".into(),
        received_by: "I Nyoman D'Artha, S.H.".into(),
        post: Some("Sekretaris Daerah".into()),
        on: date(2021, 3, 2),
        evidence: vec![FILE.into()],
        by: "sari".into(),
    }
}

fn certificate(number: &str, candidate: &str) -> Deed {
    let certificate = Certificate { number: number.into(), award: "best".into(), candidate: candidate.into(), by: "sari".into() };
    Deed::IssueCertificate(cities(), certificate)
}

fn revoke(candidate: &str) -> Revocation {
    Revocation {
        candidate: candidate.into(),
        reason: "Tunggakan iuran tiga bulan.".into(),
        evidence: vec![FILE.into()],
        by: "sari".into(),
    }
}

fn propose_revocation(candidate: &str) -> Deed {
    Deed::ProposeRevocation(cities(), revoke(candidate))
}

fn confirm_revocation(candidate: &str, by: &str) -> Deed {
    Deed::ConfirmRevocation(cities(), Confirmation { candidate: candidate.into(), by: by.into() })
}

#[test]
fn the_best_go_up_once() {
    let mut office = locked();
    office.does("ayu", Role::Chair, advance(), noon());
    assert_eq!(office.entered(&nation()), ["badung"]);
    assert_eq!(office.refused("ayu", Role::Chair, advance(), noon()), "advanced-before");
    assert_eq!(office.entered(&nation()), ["badung"]);
}

#[test]
fn who_withdraws_before_going_up_is_replaced_by_the_reserve() {
    let mut office = locked();
    office.does("badung", Role::Candidate, stand_back("badung"), noon()).does("ayu", Role::Chair, advance(), noon());
    assert_eq!(office.entered(&nation()), ["gianyar"]);
    assert_eq!(office.result(&cities())[0], "1 badung 80 Advances", "the standing below stays");
}

#[test]
fn who_is_disqualified_after_going_up_is_replaced_above() {
    let mut office = locked();
    office.does("ayu", Role::Chair, advance(), noon());
    disqualified(&mut office, "badung");
    assert_eq!(office.entered(&nation()), ["gianyar"]);
    assert_eq!(office.refused("sari", Role::Secretariat, propose_to_disqualify("badung"), noon()), "out-before");
    assert_eq!(office.refused("badung", Role::Candidate, stand_back("badung"), noon()), "out-before");
    assert_eq!(office.refused("ayu", Role::Chair, advance(), noon()), "advanced-before");
}

#[test]
fn a_reserve_that_dropped_out_does_not_move_up() {
    let mut office = locked();
    office.does("gianyar", Role::Candidate, stand_back("gianyar"), noon());
    disqualified(&mut office, "badung").does("ayu", Role::Chair, advance(), noon());
    assert_eq!(office.entered(&nation()), Vec::<&str>::new());
}

#[test]
fn nobody_goes_up_into_a_contest_whose_judging_is_closed() {
    let mut office = locked();
    office.happened(Fact::JudgingClosed(nation()));
    assert_eq!(office.refused("ayu", Role::Chair, advance(), noon()), "closed-above");
    assert_eq!(office.entered(&nation()), Vec::<&str>::new());
}

#[test]
fn nobody_goes_up_into_a_contest_whose_result_stands() {
    let mut office = locked();
    let counted = office.state.contests[&cities()].ratified.clone().expect("it is ratified");
    office.happened(Fact::Ratified(nation(), counted));
    assert_eq!(office.refused("ayu", Role::Chair, advance(), noon()), "closed-above");
}

#[test]
fn no_reserve_moves_up_into_a_contest_whose_judging_is_closed() {
    let mut office = locked();
    office.does("ayu", Role::Chair, advance(), noon()).happened(Fact::JudgingClosed(nation()));
    office.does("sari", Role::Secretariat, propose_to_disqualify("badung"), noon());
    assert_eq!(office.refused("ayu", Role::Chair, disqualify("badung", "ayu"), noon()), "stands-above");
    office.does("sari", Role::Secretariat, propose_revocation("badung"), noon());
    let confirmed = confirm_revocation("badung", "ayu");
    assert_eq!(office.refused("ayu", Role::Chair, confirmed.clone(), noon()), "stands-above");
    let reason = "Tutup.".to_owned();
    office.happened(Fact::Withdrawn { contest: nation(), candidate: "badung".into(), reason });
    office.does("ayu", Role::Chair, confirmed, noon());
    assert_eq!(office.entered(&nation()), Vec::<&str>::new(), "who is out above leaves no place there");
}

#[test]
fn only_who_goes_up_or_is_a_reserve_drops_out_and_only_while_it_can() {
    let mut office = locked();
    assert_eq!(office.refused("denpasar", Role::Candidate, stand_back("denpasar"), noon()), "not-going-up");
    assert_eq!(office.refused("sari", Role::Secretariat, propose_to_disqualify("nobody"), noon()), "not-going-up");
    let without = Deed::ProposeDisqualification(cities(), DropOut { evidence: Vec::new(), ..out("badung", "ayu") });
    assert_eq!(office.refused("ayu", Role::Chair, without, noon()), "revoke-evidence");
    let long =
        Deed::ProposeDisqualification(cities(), DropOut { reason: "a".repeat(TEXT_CHARS_MAX + 1), ..out("badung", "ayu") });
    assert_eq!(office.refused("ayu", Role::Chair, long, noon()), "text-too-long");
    let mut open = Office::after(&awarded(), Stage::Counting);
    assert_eq!(open.refused("sari", Role::Secretariat, propose_to_disqualify("badung"), noon()), "not-ratified");
    let mut ratified = played();
    ratified.does("sari", Role::Secretariat, propose_to_disqualify("badung"), noon());
    assert_eq!(ratified.refused("ayu", Role::Chair, disqualify("badung", "ayu"), noon()), "stands-above");
    only(&mut office, &[Role::Candidate], &stand_back("badung"), noon());
    let proposers = [Role::Secretariat, Role::Chair, Role::ActingChair, Role::Centre];
    only(&mut office, &proposers, &propose_to_disqualify("badung"), noon());
    only(&mut office, &[Role::Chair, Role::ActingChair, Role::Centre], &disqualify("badung", "ayu"), noon());
}

#[test]
fn nobody_is_disqualified_by_one_person() {
    let mut office = locked();
    assert_eq!(office.refused("ayu", Role::Chair, disqualify("badung", "ayu"), noon()), "disqualification-not-proposed");
    office.does("sari", Role::Secretariat, propose_to_disqualify("badung"), noon());
    assert_eq!(office.refused("sari", Role::Secretariat, propose_to_disqualify("badung"), noon()), "disqualification-proposed");
    assert_eq!(office.refused("sari", Role::Chair, disqualify("badung", "sari"), noon()), "takes-another");
    assert!(!office.state.contests[&cities()].closing.is_out(&"badung".into()), "it stands until somebody else confirms");
    office.does("ayu", Role::Chair, disqualify("badung", "ayu"), noon());
    assert!(office.state.contests[&cities()].closing.is_out(&"badung".into()));
}

#[test]
fn once_judging_is_closed_only_the_candidate_withdraws() {
    let withdraw = || Deed::Withdraw(cities(), "badung".into(), "Kantor ditutup.".into());
    let mut judged = Office::after(&awarded(), Stage::Counting);
    assert_eq!(judged.refused("sari", Role::Secretariat, withdraw(), noon()), "withdraw-own");
    judged.does("badung", Role::Candidate, withdraw(), noon());
    let mut open = Office::after(&awarded(), Stage::Verification);
    open.does("sari", Role::Secretariat, withdraw(), noon());
}

/// The whole year as its files play it: announced without a lock.
fn played() -> Office {
    Office::after(&awarded(), Stage::Announcement)
}

#[test]
fn two_people_announce_and_not_a_second_before_the_embargo() {
    let mut office = locked();
    assert_eq!(office.refused("ayu", Role::Chair, confirm("ayu"), embargo()), "no-announcement");
    office.does("sari", Role::Secretariat, propose(1), noon());
    assert_eq!(office.refused("sari", Role::Secretariat, propose(1), noon()), "announcement-proposed");
    assert_eq!(office.refused("sari", Role::Chair, confirm("sari"), embargo()), "takes-another");
    for (early, on_time) in [
        ("2021-03-02T18:59:59+08:00", "2021-03-02T19:00:00+08:00"),
        ("2021-03-02T17:59:59+07:00", "2021-03-02T18:00:00+07:00"),
        ("2021-03-02T19:59:59+09:00", "2021-03-02T20:00:00+09:00"),
    ] {
        assert_eq!(office.refused("ayu", Role::Chair, confirm("ayu"), instant(early)), "embargo");
        let mut other = locked();
        other.does("sari", Role::Secretariat, propose(1), noon()).does("ayu", Role::Chair, confirm("ayu"), instant(on_time));
        assert!(other.state.contests[&cities()].announced);
    }
    office.does("ayu", Role::Chair, confirm("ayu"), embargo());
    assert_eq!(office.refused("ayu", Role::Chair, confirm("ayu"), embargo()), "announced-before");
    assert_eq!(office.refused("sari", Role::Secretariat, propose(1), noon()), "announced-before");
    assert_eq!(office.refused_from_files(award::Actor::Secretariat(acting::bali()), Deed::Announce(cities())), "announce-by-two");
}

#[test]
fn an_announcement_names_the_newest_result() {
    let mut office = locked();
    for stale in [0, 2] {
        assert_eq!(office.refused("sari", Role::Secretariat, propose(stale), noon()), "stale-result");
    }
    office.does("sari", Role::Secretariat, propose(1), noon());
    office.does("sari", Role::Secretariat, propose_revocation("badung"), noon());
    office.does("ayu", Role::Chair, confirm_revocation("badung", "ayu"), noon());
    assert_eq!(office.refused("ayu", Role::Chair, confirm("ayu"), embargo()), "stale-result");
    office.does("sari", Role::Secretariat, propose(2), noon()).does("ayu", Role::Chair, confirm("ayu"), embargo());
}

#[test]
fn only_those_whose_task_it_is_announce_and_hand_over() {
    let mut office = announced();
    only(&mut office, &[Role::Secretariat, Role::Centre], &propose(1), noon());
    only(&mut office, &[Role::Chair, Role::ActingChair, Role::Centre], &confirm("ayu"), noon());
    only(&mut office, &[Role::Secretariat, Role::Centre], &Deed::HandOverPrize(cities(), hand_over()), noon());
    only(&mut office, &[Role::Secretariat, Role::Centre], &certificate("001", "badung"), noon());
    only(&mut office, &[Role::Chair, Role::ActingChair, Role::Centre], &confirm_revocation("badung", "ayu"), noon());
    let proposers = [Role::Secretariat, Role::Chair, Role::ActingChair, Role::Centre];
    only(&mut office, &proposers, &propose_revocation("badung"), noon());
}

#[test]
fn a_prize_is_handed_over_once_to_who_has_the_award() {
    let cases = [
        (HandOver { candidate: "gianyar".into(), ..hand_over() }, "no-such-award"),
        (HandOver { candidate: "nobody".into(), ..hand_over() }, "no-such-award"),
        (HandOver { award: "worst".into(), ..hand_over() }, "no-such-award"),
        (HandOver { received_by: String::new(), ..hand_over() }, "text-empty"),
        (HandOver { received_by: "a".repeat(NAME_CHARS_MAX + 1), ..hand_over() }, "text-too-long"),
        (HandOver { post: Some("Sek\u{85}da".into()), ..hand_over() }, "text-control"),
        (HandOver { evidence: vec!["foto.jpg".into()], ..hand_over() }, "hash"),
    ];
    let mut office = announced();
    for (given, expected) in cases {
        let deed = Deed::HandOverPrize(cities(), given);
        assert_eq!(office.refused("sari", Role::Secretariat, deed, noon()), expected);
    }
    let deed = Deed::HandOverPrize(cities(), HandOver { received_by: "a".repeat(NAME_CHARS_MAX), ..hand_over() });
    office.does("sari", Role::Secretariat, deed.clone(), noon());
    assert_eq!(office.refused("sari", Role::Secretariat, deed.clone(), noon()), "handed-over-before");
    assert_eq!(locked().refused("sari", Role::Secretariat, deed, noon()), "not-announced");
}

#[test]
fn a_number_of_a_certificate_is_given_once_in_the_edition() {
    let mut office = announced();
    let elsewhere = Certificate { number: "001/PA".into(), award: "first".into(), candidate: "metro".into(), by: "sari".into() };
    let round = award::RoundKey { level: "province".into(), region: Some("18".into()) };
    let lampung = award::ContestKey { round, category: "city".into() };
    office.happened(award::Fact::CertificateIssued(lampung, elsewhere));
    for number in ["001/PA", " 001 / pa"] {
        let refusal = office.act("sari", Role::Secretariat, certificate(number, "badung"), noon()).expect_err("it is given");
        let said = format!(
            "The number {number} is that of the certificate \"first\" of metro in Province Lampung, City; a number is given once \
             in the edition."
        );
        assert_eq!(refusal.rule.render(words::Lang::En), said);
    }
    office.does("sari", Role::Secretariat, certificate("002/PA", "badung"), noon());
    assert_eq!(office.state.certificates.keys().collect::<Vec<_>>(), ["001/pa", "002/pa"]);
    assert!(office.is_kept());
}

#[test]
fn a_certificate_has_a_number_of_its_own_and_tells_whether_its_award_stands() {
    let mut office = announced();
    assert_eq!(office.refused("sari", Role::Secretariat, certificate("001", "gianyar"), noon()), "no-such-award");
    assert_eq!(office.refused("sari", Role::Secretariat, certificate("0\t1", "badung"), noon()), "text-control");
    office.does("sari", Role::Secretariat, certificate("001", "badung"), noon());
    assert_eq!(office.refused("sari", Role::Secretariat, certificate("001", "badung"), noon()), "certificate-number");
    assert_eq!(office.refused("sari", Role::Secretariat, certificate("002", "badung"), noon()), "certificate-twice");
    let told = |office: &Office, number: &str| match standing(&office.state, &cities(), number) {
        Standing::Valid(known) => format!("valid {}", known.candidate),
        Standing::Revoked(known) => format!("revoked {}", known.candidate),
        Standing::Unknown => "unknown".to_owned(),
    };
    assert_eq!((told(&office, "001"), told(&office, "002")), ("valid badung".into(), "unknown".into()));
    office.does("sari", Role::Secretariat, propose_revocation("badung"), noon());
    office.does("ayu", Role::Chair, confirm_revocation("badung", "ayu"), noon());
    office.does("sari", Role::Secretariat, certificate("002", "gianyar"), noon());
    assert_eq!((told(&office, "001"), told(&office, "002")), ("revoked badung".into(), "valid gianyar".into()));
}

#[test]
fn a_revocation_takes_two_people_and_the_next_moves_up_in_a_new_result() {
    let mut office = announced();
    office.does("sari", Role::Secretariat, propose_revocation("badung"), noon());
    assert_eq!(office.refused("sari", Role::Secretariat, propose_revocation("badung"), noon()), "revocation-proposed");
    assert_eq!(office.refused("sari", Role::Chair, confirm_revocation("badung", "sari"), noon()), "takes-another");
    office.does("ayu", Role::Chair, confirm_revocation("badung", "ayu"), noon());
    assert_eq!(office.result(&cities()), ["1 gianyar 75 Advances", "2 denpasar 60 Reserve(1)", "- badung Withdrawn"]);
    let contest = &office.state.contests[&cities()];
    assert!(contest.is_revoked(&"badung".into()) && contest.announced && contest.is_locked());
    let known: Vec<(u32, Because)> = contest.closing.results.iter().map(|one| (one.number, one.because.clone())).collect();
    assert_eq!(known, [(1, Because::Locked), (2, Because::Revocation("badung".into()))]);
    assert_eq!(moved_by(contest, 2).iter().filter(|one| one.is_different()).count(), 3);
    assert_eq!(office.refused("ayu", Role::Chair, confirm_revocation("badung", "ayu"), noon()), "revoked-before");
    assert_eq!(office.refused("sari", Role::Secretariat, propose_revocation("badung"), noon()), "revoked-before");
}

#[test]
fn who_went_up_and_is_revoked_below_leaves_the_open_contest_above() {
    let mut office = locked();
    office.does("ayu", Role::Chair, advance(), noon());
    office.does("sari", Role::Secretariat, propose_revocation("badung"), noon());
    office.does("ayu", Role::Chair, confirm_revocation("badung", "ayu"), noon());
    assert_eq!(office.entered(&nation()), ["gianyar"]);
}

#[test]
fn a_year_without_locks_can_be_revoked_too_and_its_ratified_result_becomes_the_first() {
    let mut office = played();
    let key = nation();
    office.does("sari", Role::Secretariat, Deed::ProposeRevocation(key.clone(), revoke("badung")), noon());
    let confirmation = Confirmation { candidate: "badung".into(), by: "ayu".into() };
    office.does("ayu", Role::Chair, Deed::ConfirmRevocation(key.clone(), confirmation), noon());
    let known: Vec<Because> = office.state.contests[&key].closing.results.iter().map(|one| one.because.clone()).collect();
    assert_eq!(known, [Because::Ratified, Because::Revocation("badung".into())]);
    assert_eq!(office.result(&key), ["- badung Withdrawn"]);
}

#[test]
fn a_revocation_needs_a_place_a_reason_and_evidence() {
    let mut office = announced();
    let cases = [
        (revoke("nobody"), "nothing-to-revoke"),
        (Revocation { evidence: Vec::new(), ..revoke("badung") }, "revoke-evidence"),
        (Revocation { reason: "\t".into(), ..revoke("badung") }, "text-empty"),
        (Revocation { reason: "a\u{1b}b".into(), ..revoke("badung") }, "text-control"),
    ];
    for (revocation, expected) in cases {
        let deed = Deed::ProposeRevocation(cities(), revocation);
        assert_eq!(office.refused("sari", Role::Secretariat, deed, noon()), expected);
    }
    assert_eq!(office.refused("ayu", Role::Chair, confirm_revocation("badung", "ayu"), noon()), "revocation-not-proposed");
    let mut open = Office::after(&awarded(), Stage::Counting);
    assert_eq!(open.refused("sari", Role::Secretariat, propose_revocation("badung"), noon()), "not-ratified");
}

#[test]
fn a_year_played_from_files_is_announced_in_one_act_and_once() {
    let office = played();
    assert_eq!(
        office.refused_from_files(award::Actor::Secretariat(acting::bali()), Deed::Announce(cities())),
        "announced-before"
    );
}

#[test]
fn what_happens_after_the_lock_travels_as_json() {
    let mut office = announced();
    office.does("sari", Role::Secretariat, Deed::HandOverPrize(cities(), hand_over()), noon());
    office.does("sari", Role::Secretariat, certificate("001", "badung"), noon());
    office.does("sari", Role::Secretariat, propose_revocation("badung"), noon());
    office.does("ayu", Role::Chair, confirm_revocation("badung", "ayu"), noon());
    for fact in &office.facts {
        let text = serde_json::to_string(fact).expect("a fact is JSON");
        assert_eq!(serde_json::from_str::<award::Fact>(&text).expect("its JSON is a fact"), *fact);
    }
    assert_eq!(office.facts.len(), 11);
    assert!(office.is_kept());
}
