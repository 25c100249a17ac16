//! A result is proposed, checked and locked by three people; what changed in between is named, and what is locked stays.

use crate::acting;
use crate::acting::{Office, bali, cities, noon, only};
use crate::support::small;
use award::act::MarkCorrection;
use award::interest::{Declaration, Interest};
use award::record::Noun;
use award::{Deed, Fact, Role};
use rules::Stage;
use words::Lang;

fn ratified() -> Office {
    Office::after(&small(), Stage::Plenary)
}

fn propose(by: &str) -> Deed {
    Deed::ProposeResult(cities(), by.into())
}

fn check(by: &str) -> Deed {
    Deed::CheckResult(cities(), by.into())
}

fn lock(by: &str) -> Deed {
    Deed::LockResult(cities(), by.into())
}

fn correction() -> MarkCorrection {
    MarkCorrection {
        juror: "j1".into(),
        candidate: "gianyar".into(),
        indicator: "innovation".into(),
        old: tally::Mark::Given("70".parse().expect("a number")),
        new: tally::Mark::Given("100".parse().expect("a number")),
        reason: "misread".into(),
    }
}

#[test]
fn three_people_lock_a_result_and_it_gets_the_number_one() {
    let mut office = ratified();
    office.locked();
    let contest = &office.state.contests[&cities()];
    assert!(contest.is_locked());
    assert_eq!(contest.closing.number(), Some(1));
    assert_eq!(office.result(&cities()), ["1 badung 80 Advances", "2 gianyar 75 Reserve(1)", "3 denpasar 60 Below"]);
    assert_eq!(office.facts.len(), 3);
}

#[test]
fn a_result_that_was_counted_ratified_proposed_and_locked_is_kept_once() {
    let mut office = ratified();
    office.locked();
    let results = |office: &Office| {
        let records = office.state.records();
        let of = |noun: Noun| {
            let (address, body) =
                records.iter().find(|(address, _)| address.noun == noun && address.contest == Some(cities()))?;
            let result = match address.noun {
                Noun::Closing => &body["proposal"]["result"],
                Noun::Result => &body["result"],
                _ => body,
            };
            Some(result.get("same_as").and_then(|named| named.as_str()).unwrap_or("whole").to_owned())
        };
        [Noun::Counted, Noun::Ratified, Noun::Closing, Noun::Result].map(of)
    };
    let said = |text: &str| Some(text.to_owned());
    assert_eq!(results(&office), [said("whole"), said("counted"), said("counted"), said("counted")]);
    assert!(office.is_kept());
    let mut again = award::State::new(&office.state.cycle, office.state.rules.clone(), office.state.geography.clone());
    again.put(office.state.records().into_iter().collect()).expect("what was cut can be put");
    let (contest, before) = (&again.contests[&cities()], &office.state.contests[&cities()]);
    assert_eq!((&contest.counted, &contest.ratified, &contest.closing), (&before.counted, &before.ratified, &before.closing));
    let (counted, ratified) = (contest.counted.as_ref().expect("counted"), contest.ratified.as_ref().expect("ratified"));
    assert!(std::sync::Arc::ptr_eq(&counted.count, &ratified.count), "loaded once");
    // What voids the count leaves the ratified one whole.
    let withdrawn = Fact::Withdrawn { contest: cities(), candidate: "denpasar".into(), reason: "moved".into() };
    office.happened(withdrawn);
    assert_eq!(results(&office), [None, said("whole"), said("ratified"), said("ratified")]);
    assert!(office.is_kept());
}

#[test]
fn nobody_does_two_of_the_three_steps() {
    let mut office = ratified();
    office.does("sari", Role::Secretariat, propose("sari"), noon());
    assert_eq!(office.refused("sari", Role::Verifier, check("sari"), noon()), "takes-another");
    office.does("made", Role::Verifier, check("made"), noon());
    assert_eq!(office.refused("sari", Role::Chair, lock("sari"), noon()), "takes-another");
    assert_eq!(office.refused("made", Role::Chair, lock("made"), noon()), "takes-another");
    assert_eq!(office.refused("ayu", Role::Chair, lock("sari"), noon()), "not-you");
    office.does("ayu", Role::Chair, lock("ayu"), noon());
}

#[test]
fn each_step_is_taken_once_and_in_its_order() {
    let mut office = ratified();
    assert_eq!(office.refused("made", Role::Secretariat, check("made"), noon()), "not-proposed");
    assert_eq!(office.refused("ayu", Role::Chair, lock("ayu"), noon()), "not-proposed");
    office.does("sari", Role::Secretariat, propose("sari"), noon());
    assert_eq!(office.refused("made", Role::Secretariat, propose("made"), noon()), "proposed-before");
    assert_eq!(office.refused("ayu", Role::Chair, lock("ayu"), noon()), "not-checked");
    office.does("made", Role::Secretariat, check("made"), noon());
    assert_eq!(office.refused("putu", Role::Secretariat, check("putu"), noon()), "checked-before");
    office.does("ayu", Role::Chair, lock("ayu"), noon());
    for (person, role, deed) in [
        ("putu", Role::Secretariat, propose("putu")),
        ("putu", Role::Secretariat, check("putu")),
        ("putu", Role::Chair, lock("putu")),
    ] {
        assert_eq!(office.refused(person, role, deed, noon()), "locked");
    }
}

#[test]
fn only_those_whose_task_it_is_propose_check_and_lock() {
    let mut office = ratified();
    only(&mut office, &[Role::Secretariat], &propose("somebody"), noon());
    only(&mut office, &[Role::Secretariat, Role::Verifier, Role::Centre], &check("somebody"), noon());
    only(&mut office, &[Role::Chair, Role::ActingChair], &lock("somebody"), noon());
    only(&mut office, &[Role::Centre], &Deed::RequireLock, noon());
}

#[test]
fn what_changed_since_the_proposal_is_named_and_a_new_proposal_is_due() {
    let mut office = Office::after(&small(), Stage::Counting);
    office.does("sari", Role::Secretariat, propose("sari"), noon());
    office.happened(Fact::MarkCorrected(cities(), correction()));
    let permit = award::permit_person(
        &office.state,
        &"made".into(),
        &[acting::grant(Role::Secretariat, &"made".into())],
        &check("made"),
        None,
    );
    let act = award::Act { actor: award::Actor::Centre, at: Some(noon()), deed: check("made") };
    let refusal = award::decide(&office.state, &act, permit.expect("it is the secretariat's task")).expect_err("a mark changed");
    let told = "The result of province/51/city is not the one that sari proposed: the sheet of j1 for Kabupaten Gianyar.";
    assert_eq!(refusal.rule.render(Lang::En), told);
    assert_eq!(office.refused("sari", Role::Secretariat, propose("sari"), noon()), "not-counted");
    office.does("sari", Role::Secretariat, Deed::Count(cities()), noon());
    assert_eq!(office.refused("made", Role::Secretariat, check("made"), noon()), "changed-since");
    office.does("sari", Role::Secretariat, propose("sari"), noon());
    office.does("made", Role::Secretariat, check("made"), noon());
    assert_eq!(office.refused("ayu", Role::Chair, lock("ayu"), noon()), "not-ratified");
    office.does("ayu", Role::Chair, Deed::Ratify(cities()), noon());
    office.does("ayu", Role::Chair, lock("ayu"), noon());
    // (100 + 80 + 90) / 3 = 90, with 70 for coverage: 80 like Badung, and the ladder puts the higher mark first.
    assert_eq!(office.result(&cities())[0], "1 gianyar 80 Advances");
}

#[test]
fn a_new_proposal_must_be_checked_anew() {
    let mut office = Office::after(&small(), Stage::Counting);
    office.does("sari", Role::Secretariat, propose("sari"), noon());
    office.does("made", Role::Secretariat, check("made"), noon());
    office.happened(Fact::MarkCorrected(cities(), correction()));
    office.does("sari", Role::Secretariat, Deed::Count(cities()), noon());
    office.does("ayu", Role::Chair, Deed::Ratify(cities()), noon());
    assert_eq!(office.refused("ayu", Role::Chair, lock("ayu"), noon()), "changed-since");
    office.does("sari", Role::Secretariat, propose("sari"), noon());
    assert_eq!(office.refused("ayu", Role::Chair, lock("ayu"), noon()), "not-checked");
}

#[test]
fn nobody_who_is_signed_in_rewrites_a_juror_s_mark() {
    for stage in [Stage::Judging, Stage::Counting, Stage::Plenary] {
        let mut office = Office::after(&small(), stage);
        assert_eq!(
            office.refused("sari", Role::Secretariat, Deed::CorrectMark(cities(), correction()), noon()),
            "only-from-files"
        );
    }
}

#[test]
fn only_what_the_plenary_ratified_is_proposed_and_locked() {
    let mut office = ratified();
    office.happened(Fact::MarkCorrected(cities(), correction()));
    office.does("sari", Role::Secretariat, Deed::Count(cities()), noon());
    assert_eq!(office.refused("sari", Role::Secretariat, propose("sari"), noon()), "changed-since-ratified");
    // Proposed and checked with the correction, ratified as it was before.
    let mut office = Office::after(&small(), Stage::Counting);
    office.does("ayu", Role::Chair, Deed::Ratify(cities()), noon());
    let ratified = office.state.contests[&cities()].ratified.clone().expect("it is ratified");
    let mut office = Office::after(&small(), Stage::Counting);
    office.happened(Fact::MarkCorrected(cities(), correction()));
    office.does("sari", Role::Secretariat, Deed::Count(cities()), noon());
    office.does("sari", Role::Secretariat, propose("sari"), noon());
    office.does("made", Role::Secretariat, check("made"), noon());
    office.happened(Fact::Ratified(cities(), ratified));
    assert_eq!(office.refused("ayu", Role::Chair, lock("ayu"), noon()), "changed-since-ratified");
}

#[test]
fn a_lock_freezes_everything_before_the_objections() {
    let mut office = ratified();
    office.locked();
    let interest = Declaration { juror: "j1".into(), candidate: "badung".into(), says: Interest::None };
    let deeds = [
        ("sari", Role::Secretariat, Deed::Count(cities())),
        ("ayu", Role::Chair, Deed::Ratify(cities())),
        ("ayu", Role::Chair, Deed::CloseJudging(cities(), Some(9))),
        ("ayu", Role::Chair, Deed::WaiveAbsence(cities(), None, "ill".into())),
        ("j1", Role::Juror, Deed::DeclareInterest(cities(), interest)),
        ("badung", Role::Candidate, Deed::Withdraw(cities(), "badung".into(), "closed".into())),
    ];
    for (person, role, deed) in deeds {
        assert_eq!(office.refused(person, role, deed, noon()), "locked", "{person}");
    }
}

#[test]
fn an_undecided_tie_cannot_be_proposed() {
    let tie = small()
        .replace("claims.csv", "gianyar,members,80,70,Ani,ten have left", "gianyar,members,80,80,Ani,")
        .rule("steps = [\"innovation\", \"chair\"]", "steps = [\"chair\"]");
    let mut office = Office::after(&tie, Stage::Plenary);
    assert_eq!(office.refused("sari", Role::Secretariat, propose("sari"), noon()), "lock-undecided");
}

#[test]
fn nothing_is_locked_where_nobody_stands_or_nothing_is_counted() {
    let mut office = ratified();
    let lampung = award::RoundKey { region: Some("18".into()), ..bali() };
    let nowhere = award::ContestKey { round: lampung, ..cities() };
    let deed = Deed::ProposeResult(nowhere, "sari".into());
    assert_eq!(office.refused("sari", Role::Secretariat, deed, noon()), "no-contest");
    let mut office = Office::after(&small(), Stage::Judging);
    assert_eq!(office.refused("sari", Role::Secretariat, propose("sari"), noon()), "not-counted");
}

#[test]
fn where_results_are_locked_nothing_goes_up_or_out_without() {
    let mut office = ratified();
    office.does("pusat", Role::Centre, Deed::RequireLock, noon());
    assert_eq!(office.refused("pusat", Role::Centre, Deed::RequireLock, noon()), "lock-required-before");
    assert_eq!(office.refused("ayu", Role::Chair, Deed::Advance(cities()), noon()), "not-locked");
    assert_eq!(office.refused_from_files(award::Actor::Secretariat(bali()), Deed::Announce(cities())), "announce-by-two");
    office.locked().does("ayu", Role::Chair, Deed::Advance(cities()), noon());
    assert_eq!(office.entered(&acting::nation()), ["badung"]);
}

#[test]
fn once_a_result_is_proposed_it_must_be_locked_before_it_goes_up() {
    let mut office = ratified();
    office.does("sari", Role::Secretariat, propose("sari"), noon());
    assert_eq!(office.refused("ayu", Role::Chair, Deed::Advance(cities()), noon()), "not-locked");
    assert_eq!(office.refused_from_files(award::Actor::Secretariat(bali()), Deed::Announce(cities())), "not-locked");
}

#[test]
fn what_has_gone_up_is_not_ratified_anew() {
    let mut office = ratified();
    office.does("ayu", Role::Chair, Deed::Advance(cities()), noon());
    office.happened(Fact::MarkCorrected(cities(), correction()));
    office.does("sari", Role::Secretariat, Deed::Count(cities()), noon());
    assert_eq!(office.refused("ayu", Role::Chair, Deed::Ratify(cities()), noon()), "ratified");
}
