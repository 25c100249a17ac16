//! Nomination: three routes, consent, gates with reasons, and a company that enters once.

use crate::preparation;
use crate::preparation::{
    Office, bad_names, branch, candidate, chair, closed, company, consent, contest, nomination, open, secretariat,
};
use award::identity::{Attribute, Dated, RegisterChange, Sort, Succession};
use award::stage::nomination::{Answer, Consent, ConsentState, GateAnswer, Met, Nomination, Route};
use award::{Actor, ContestKey, Deed, Fact};
use jiff::civil::date;

const DAY: &str = "2020-11-10T01:00:00Z";

fn bali() -> ContestKey {
    contest("51", "city")
}

fn puts_forward(nomination: Nomination) -> Deed {
    Deed::Nominate(contest("51", &nomination.candidate.category.clone()), nomination)
}

/// What makes a good nomination another one.
type Change = fn(&mut Nomination);

/// Why a change of a good nomination is refused.
fn refused(change: impl FnOnce(&mut Nomination)) -> String {
    let mut one = nomination("denpasar", "51.71");
    change(&mut one);
    open().refuses(&branch("51"), DAY, puts_forward(one))
}

#[test]
fn a_branch_proposes_and_the_candidate_stands_once_it_consents() {
    let mut office = open();
    let facts = office.does(&branch("51"), DAY, puts_forward(nomination("denpasar", "51.71")));
    assert_eq!(facts.len(), 1);
    assert!(!office.state.contests.contains_key(&bali()));
    assert_eq!(office.refuses(&branch("51"), DAY, puts_forward(nomination("denpasar", "51.71"))), "proposed-twice");
    let answer = || Deed::Answer(bali(), consent("denpasar"));
    assert_eq!(office.refuses(&branch("51"), DAY, answer()), "not-your-task");
    assert_eq!(office.refuses(&candidate("badung"), DAY, answer()), "other-organisation");
    let facts = office.does(&candidate("denpasar"), DAY, answer());
    assert!(matches!(&facts[..], [Fact::Consented(..), Fact::Proposed(key, _)] if *key == bali()));
    assert!(office.state.contests[&bali()].entry("denpasar").is_some());
    assert_eq!(office.refuses(&candidate("denpasar"), DAY, answer()), "answered-before");
}

#[test]
fn who_declines_gives_a_reason_and_can_be_put_forward_again() {
    let mut office = open();
    office.does(&branch("51"), DAY, puts_forward(nomination("denpasar", "51.71")));
    let decline = |reason: &str| {
        let consent = Consent { answer: Answer::Decline(reason.into()), ..consent("denpasar") };
        Deed::Answer(bali(), consent)
    };
    assert_eq!(office.refuses(&candidate("denpasar"), DAY, decline("  ")), "text-empty");
    office.does(&candidate("denpasar"), DAY, decline("Data belum siap"));
    let state = |office: &Office| office.state.nominations["denpasar"].consent.clone();
    assert_eq!(state(&office), ConsentState::Declined("Data belum siap".into()));
    assert!(office.state.candidates.is_empty());
    office.does(&branch("51"), DAY, puts_forward(nomination("denpasar", "51.71")));
    assert_eq!(state(&office), ConsentState::Awaited);
    let elsewhere = Deed::Answer(contest("18", "city"), consent("denpasar"));
    assert_eq!(office.refuses(&candidate("denpasar"), DAY, elsewhere), "not-nominated");
}

#[test]
fn each_route_has_its_own_people() {
    let office = open();
    let by = |route: Route, actor: Actor| {
        let mut one = company("nusa", "51.03");
        one.route = route;
        office.refuses(&actor, DAY, puts_forward(one))
    };
    let regency = |code: &str| Actor::Regency(code.into());
    let cases = [
        (Route::Branch, branch("51"), "nothing"),
        (Route::Branch, secretariat("51"), "nothing"),
        (Route::Branch, branch("18"), "other-round"),
        (Route::Branch, regency("51.03"), "not-your-task"),
        (Route::Branch, candidate("nusa"), "not-your-task"),
        (Route::Regency, regency("51.03"), "nothing"),
        (Route::Regency, regency("51.71"), "other-area"),
        (Route::Regency, regency("51.0"), "other-area"),
        (Route::Regency, branch("51"), "not-your-task"),
        (Route::Own, candidate("nusa"), "nothing"),
        (Route::Own, candidate("other"), "other-organisation"),
        (Route::Own, branch("51"), "not-your-task"),
        (Route::Own, chair("51"), "not-your-task"),
    ];
    for (route, actor, why) in cases {
        assert_eq!(by(route, actor.clone()), why, "{route:?} {actor:?}");
    }
    let mut own = open();
    let mut applies = company("nusa", "51.03");
    applies.route = Route::Own;
    let facts = own.does(&candidate("nusa"), DAY, puts_forward(applies));
    assert!(matches!(&facts[..], [Fact::Nominated(..), Fact::Proposed(..)]));
    assert_eq!(own.state.nominations["nusa"].consent, ConsentState::Given);
}

#[test]
fn a_nomination_that_does_not_fit_its_contest_is_refused() {
    assert_eq!(refused(|_| {}), "nothing");
    let cases: [(&str, Change); 12] = [
        ("wrong-contest", |one| one.candidate.region = "18.71".into()),
        ("region-unknown", |one| one.candidate.region = "99.99".into()),
        ("region-unknown", |one| one.candidate.region = "Denpasar'; --".into()),
        ("wrong-contest", |one| one.candidate.level = "nation".into()),
        ("no-such-contest", |one| one.candidate.category = "village".into()),
        ("problem-cycle-not-allowed", |one| one.candidate.kind = "company".into()),
        ("route", |one| one.candidate.route = Some("regency".into())),
        ("registered-elsewhere", |one| one.registered_in = Some("18.71".into())),
        ("registered-elsewhere", |one| one.registered_in = Some("Lampung".into())),
        ("nothing", |one| one.registered_in = Some("51.03".into())),
        ("id-form", |one| one.candidate.id = "den pasar".into()),
        ("body-unknown", |one| one.body = Some("denpasar".into())),
    ];
    for (at, (why, change)) in cases.into_iter().enumerate() {
        assert_eq!(refused(change), why, "case {at}");
    }
    for (name, why) in bad_names() {
        assert_eq!(refused(|one| one.candidate.name.clone_from(&name)), why, "{name:?}");
    }
    for name in preparation::GOOD_NAMES {
        assert_eq!(refused(|one| one.candidate.name = name.into()), "nothing", "{name}");
    }
}

#[test]
fn a_city_does_not_apply_for_itself_where_the_rulebook_has_no_such_route() {
    let mut own = nomination("denpasar", "51.71");
    own.route = Route::Own;
    assert_eq!(open().refuses(&candidate("denpasar"), DAY, puts_forward(own)), "route");
}

#[test]
fn every_gate_is_answered_once_with_a_reason_and_none_is_a_no() {
    let office = open();
    let answer = |gate: &str, met: Met, reason: &str| GateAnswer { gate: gate.into(), met, reason: reason.into() };
    let cases = [
        (vec![answer("arrears", Met::Yes, "Paid")], "nothing"),
        (vec![answer("arrears", Met::Unknown, "The branch asks")], "nothing"),
        (vec![answer("arrears", Met::No, "Owes three months")], "gate-not-met"),
        (vec![answer("arrears", Met::Yes, "")], "text-empty"),
        (vec![], "gate-unanswered"),
        (vec![answer("arrears", Met::Yes, "Paid"), answer("arrears", Met::Yes, "Paid")], "gate-unknown"),
        (vec![answer("arrears", Met::Yes, "Paid"), answer("other", Met::Yes, "Paid")], "gate-unknown"),
    ];
    for (gates, why) in cases {
        let one = Nomination { gates: gates.clone(), ..company("nusa", "51.03") };
        assert_eq!(office.refuses(&branch("51"), DAY, puts_forward(one)), why, "{gates:?}");
    }
}

/// An award whose register knows two companies, one of which the other took over in 2019.
fn registered() -> Office {
    let mut office = open();
    let from = date(2017, 1, 1);
    for (id, name, size) in [("nusa", "PT Nusa", "medium"), ("dua", "PT Dua", "medium")] {
        let say = |what| Dated { what, from, source: "AHU".into() };
        let name = Attribute::Name(name.into());
        let attributes = vec![say(name), say(Attribute::Kind("company".into())), say(Attribute::Size(size.into()))];
        let enter = RegisterChange::Enter { id: id.into(), sort: Sort::Organisation, attributes };
        office.does(&Actor::Centre, "", Deed::ChangeRegister(enter));
    }
    office
}

fn as_body(id: &str, region: &str, body: &str) -> Nomination {
    Nomination { body: Some(body.into()), ..company(id, region) }
}

#[test]
fn a_company_in_several_provinces_enters_once() {
    let mut office = registered();
    office.does(&branch("51"), DAY, puts_forward(as_body("nusa-bali", "51.03", "nusa")));
    let lampung = |body: &str| Deed::Nominate(contest("18", "company"), as_body("nusa-lampung", "18.71", body));
    assert_eq!(office.refuses(&branch("18"), DAY, lampung("nusa")), "organisation-entered");
    assert_eq!(office.refuses(&branch("18"), DAY, lampung("dua")), "nothing");
    let merged = Succession {
        how: award::identity::Becoming::Merged,
        from: vec!["nusa".into(), "dua".into()],
        into: vec!["dua".into()],
        on: date(2021, 1, 1),
        source: "AHU".into(),
    };
    office.does(&Actor::Centre, "", Deed::ChangeRegister(RegisterChange::Merge(merged)));
    assert_eq!(office.refuses(&branch("18"), DAY, lampung("dua")), "organisation-entered");
    let decline = Consent { answer: Answer::Decline("Not this year".into()), ..consent("nusa-bali") };
    office.does(&candidate("nusa-bali"), DAY, Deed::Answer(contest("51", "company"), decline));
    assert_eq!(office.refuses(&branch("18"), DAY, lampung("dua")), "nothing");
}

#[test]
fn the_size_class_is_that_of_the_register_at_the_end_of_the_period() {
    let mut office = registered();
    let grow = |from| {
        let size = Some("large".to_owned());
        let grown = RegisterChange::Reclassify { id: "nusa".into(), size, kind: None, from, source: "Annual report".into() };
        Deed::ChangeRegister(grown)
    };
    office.does(&Actor::Centre, "", grow(date(2021, 1, 1)));
    let put = || puts_forward(as_body("nusa", "51.03", "nusa"));
    assert_eq!(office.refuses(&branch("51"), DAY, put()), "nothing");
    office.does(&Actor::Centre, "", grow(date(2020, 12, 31)));
    assert_eq!(office.refuses(&branch("51"), DAY, put()), "size-differs");
}

#[test]
fn nobody_enters_before_the_round_opens_or_after_dossiers_close() {
    let put = || puts_forward(nomination("denpasar", "51.71"));
    assert_eq!(closed().refuses(&branch("51"), DAY, put()), "round-not-open");
    let mut office = open();
    office.enters("badung", "51.03");
    office.does(&branch("51"), DAY, put());
    office.does(&secretariat("51"), "2020-12-18T01:00:00Z", Deed::CloseDossiers(bali()));
    let late = puts_forward(nomination("gianyar", "51.04"));
    assert_eq!(office.refuses(&branch("51"), DAY, late), "nomination-closed");
    assert_eq!(office.refuses(&candidate("denpasar"), DAY, Deed::Answer(bali(), consent("denpasar"))), "nomination-closed");
}

#[test]
fn nobody_is_put_forward_past_the_level_that_contests_the_category_first() {
    let nation = award::RoundKey { level: "nation".into(), region: None };
    let mut office = open();
    office.does(&Actor::Centre, "2020-11-01T01:00:00Z", Deed::OpenRound(nation.clone(), preparation::opening()));
    let mut final_only = nomination("denpasar", "51.71");
    final_only.candidate.level = "nation".into();
    let deed = Deed::Nominate(ContestKey { round: nation.clone(), category: "city".into() }, final_only);
    assert_eq!(office.refuses(&Actor::Branch(nation), DAY, deed), "nominated-past-a-level");
    assert_eq!(office.refuses(&branch("51"), DAY, puts_forward(nomination("denpasar", "51.71"))), "nothing");
}
