//! What a candidate's own pages show: who may enter, the steps, the checklist, the register of legal products, warnings while a figure is
//! typed, and readiness that tells nothing of others.
#![allow(clippy::unwrap_used)]

use crate::preparation;
use crate::preparation::{Office, RULEBOOK, at, candidate, contest, item, nomination, opening, round, secretariat, term};
use award::candidate::{
    CriterionState, Described, DocumentState, Field, May, ProductState, Stand, Step, Turn, Typed, Upload, Warning, changed,
    checklist, hearing, known, outcome, readiness, stepper, warnings, warnings_together, who_may_enter,
};
use award::cycle::tables::{Claim, ListItem};
use award::deadline::DayCount::Calendar;
use award::round::{DayKind, RoundDay};
use award::stage::dossier::{Extension, Return, StatedProduct, Whom};
use award::stage::nomination::Met;
use award::{Actor, ContestKey, Deed};
use jiff::civil::date;
use words::Lang;

const DAY: &str = "2020-12-01T01:00:00Z";

/// The small award with a register of legal products and a budget that pays contributions of 100 a month.
fn rulebook() -> String {
    let claims = r#"
[[claim]]
id = "laws"
name = "Legal products"
shape = "list"

[[claim]]
id = "budget"
name = "Budget"
shape = "money"

[[derived]]
id = "months"
name = "Months paid"
formula = "if(vulnerable > 0, min(12, budget / (vulnerable * 100)), 0)"

[[scheme]]
id = "all"
"#;
    let aspects = r#"
[[scheme.aspect]]
id = "regulation"
name = "Regulation"
weight = 15

[[scheme.aspect.indicator]]
id = "legal-products"
name = "Legal products"
kind = "checklist"
list = "laws"
kinds = { perda = 50, sk = 20 }
stages = { planned = 0, drafting = 0.5, enacted = 1 }
attributes = { budget_clause = 10 }

[[scheme.aspect]]
id = "money"
name = "Money"
weight = 10

[[scheme.aspect.indicator]]
id = "budget-months"
name = "Months paid"
kind = "formula"
formula = "months"
linear = { from = 0, to = 12, points_from = 0, points_to = 100 }

[[scheme.aspect]]
id = "more"
"#;
    RULEBOOK
        .replacen("\n[[scheme]]\nid = \"all\"\n", claims, 1)
        .replacen("weight = 50", "weight = 25", 1)
        .replacen("\n[[scheme.aspect]]\nid = \"more\"\n", aspects, 1)
        .replacen("denominator = \"workers\"\n", "denominator = \"workers\"\ntimes = 100\n", 1)
}

/// A day of interviews that no source states.
const INTERVIEWS_ASSUMED: &str = r#"
[[calendar]]
id = "interviews"
name = "Interviews"
stage = "interview"
planned = { on = 2021-01-20 }
"#;

fn bali() -> ContestKey {
    contest("51", "city")
}

fn denpasar() -> Office {
    let mut office = preparation::under(&rulebook());
    office.does(&secretariat("51"), "2020-11-01T01:00:00Z", Deed::OpenRound(round("51"), opening()));
    office.enters("denpasar", "51.71");
    office
}

fn law(id: &str, title: &str, stage: &str) -> StatedProduct {
    StatedProduct {
        candidate: "denpasar".into(),
        id: id.into(),
        list: "laws".into(),
        title: title.into(),
        kind: "perda".into(),
        stage: stage.into(),
        attributes: Vec::new(),
        number: Some("4".into()),
        year: Some(2020),
        document: Some("law".into()),
        page: Some(3),
        struck: false,
        seen: None,
    }
}

/// What a verifier says of an item: it stands, and is being drafted.
fn verified_item(title: &str) -> ListItem {
    ListItem {
        candidate: "denpasar".into(),
        list: "laws".into(),
        title: title.into(),
        kind: "perda".into(),
        stage: "drafting".into(),
        attributes: Vec::new(),
        number: None,
        year: None,
        accepted: true,
        reason: None,
        level: "province".into(),
    }
}

fn states(product: StatedProduct) -> Deed {
    Deed::StateProduct(bali(), product)
}

fn claims(id: &str, value: &str) -> Deed {
    let claim = Claim {
        candidate: "denpasar".into(),
        claim: id.into(),
        claimed: Some(value.parse().unwrap()),
        verified: None,
        as_of: Some(date(2020, 12, 31)),
        source: Some("BPS".into()),
        evidence: Some("law#7".into()),
        verifier: None,
        reason: None,
        level: "province".into(),
    };
    Deed::StateClaim(bali(), claim)
}

fn does(office: &mut Office, deed: Deed) {
    office.does(&candidate("denpasar"), DAY, deed);
}

fn hand_in(office: &mut Office, document: &str, digit: char) {
    does(office, Deed::HandInItem(bali(), item("denpasar", document, digit)));
}

fn states_of(office: &Office, uploads: &[Upload]) -> Vec<DocumentState> {
    let list = checklist(&office.state, &bali(), &"denpasar".into(), uploads, at(DAY)).unwrap();
    list.documents.into_iter().map(|document| document.state).collect()
}

#[test]
fn a_legal_product_is_stated_in_the_words_of_the_rulebook_and_once() {
    let mut office = denpasar();
    does(&mut office, states(law("a", "Perda 4/2020", "drafting")));
    let base = law("b", "Perda 5/2020", "planned");
    let cases = [
        (base.clone(), "nothing"),
        (StatedProduct { list: "songs".into(), ..base.clone() }, "no-such-list"),
        (StatedProduct { list: "members".into(), ..base.clone() }, "no-such-list"),
        (StatedProduct { kind: "song".into(), ..base.clone() }, "product-word"),
        (StatedProduct { stage: "sung".into(), ..base.clone() }, "product-word"),
        (StatedProduct { attributes: vec!["loud".into()], ..base.clone() }, "product-word"),
        (StatedProduct { attributes: vec!["budget_clause".into()], ..base.clone() }, "nothing"),
        (StatedProduct { attributes: vec!["budget_clause".into(); 2], ..base.clone() }, "product-attribute-twice"),
        (StatedProduct { year: Some(1944), ..base.clone() }, "product-year"),
        (StatedProduct { year: Some(1945), ..base.clone() }, "nothing"),
        (StatedProduct { page: Some(0), ..base.clone() }, "product-page"),
        (StatedProduct { document: Some("songs".into()), ..base.clone() }, "document-unknown"),
        (StatedProduct { title: "perda  4/2020".into(), ..base.clone() }, "product-twice"),
        (StatedProduct { title: "perda 4/2020".into(), struck: true, ..base.clone() }, "nothing"),
        (law("a", "Perda 4/2020", "drafting"), "product-same"),
        (law("a", "Perda 4/2020", "enacted"), "nothing"),
        (StatedProduct { title: " ".into(), ..base.clone() }, "text-empty"),
        (StatedProduct { id: "../b".into(), ..base.clone() }, "id-form"),
        (StatedProduct { candidate: "gianyar".into(), ..base }, "other-organisation"),
    ];
    for (product, why) in cases {
        assert_eq!(office.refuses(&candidate("denpasar"), DAY, states(product.clone())), why, "{product:?}");
    }
    assert_eq!(office.refuses(&candidate("denpasar"), "2020-12-20T01:00:00Z", states(law("b", "P", "planned"))), "dossier-late");
}

#[test]
fn a_product_that_somebody_changed_meanwhile_is_not_written_over_unseen() {
    let mut office = denpasar();
    let on = |seen: u32, id: &str, stage: &str| StatedProduct { seen: Some(seen), ..law(id, "Perda 4/2020", stage) };
    does(&mut office, states(on(0, "a", "planned")));
    does(&mut office, states(on(1, "a", "drafting")));
    let asks = |office: &Office, product| office.refuses(&candidate("denpasar"), DAY, states(product));
    for (product, why) in [
        (on(1, "a", "enacted"), "product-stale"),
        (on(0, "a", "enacted"), "product-stale"),
        (on(3, "a", "enacted"), "product-stale"),
        (on(2, "a", "enacted"), "nothing"),
        (on(2, "a", "drafting"), "product-same"),
        (StatedProduct { title: "Perda 5/2020".into(), ..on(1, "b", "planned") }, "product-stale"),
        (StatedProduct { title: "Perda 5/2020".into(), ..on(0, "b", "planned") }, "nothing"),
        // A record that does not tell what was seen is taken as before.
        (law("a", "Perda 4/2020", "enacted"), "nothing"),
    ] {
        assert_eq!(asks(&office, product.clone()), why, "{product:?}");
    }
    let refused = office.asks(&candidate("denpasar"), DAY, states(on(1, "a", "enacted"))).unwrap_err();
    let told = "“Perda 4/2020” was changed by somebody else: you had version 1 before you, version 2 is on record.";
    assert_eq!(refused.rule.render(Lang::En), told);
}

#[test]
fn the_register_keeps_the_last_word_with_its_version_and_what_the_verifier_said() {
    let mut office = denpasar();
    does(&mut office, states(law("a", "Perda 4/2020", "drafting")));
    does(&mut office, states(law("a", "Perda 4/2020", "enacted")));
    does(&mut office, states(law("b", "Perda 5/2020", "planned")));
    does(&mut office, states(StatedProduct { struck: true, ..law("b", "Perda 5/2020", "planned") }));
    let lines = |office: &Office| {
        let list = checklist(&office.state, &bali(), &"denpasar".into(), &[], at(DAY)).unwrap().lists.remove(0);
        list.products.into_iter().map(|line| (line.product.version, line.state)).collect::<Vec<_>>()
    };
    assert_eq!(lines(&office), [(2, ProductState::Stated), (2, ProductState::TakenBack)]);
    let accepted = verified_item("Perda 4/2020");
    let other = ListItem { title: "SK 7/2020".into(), ..accepted.clone() };
    office.does(&Actor::Verifier(round("51")), DAY, Deed::VerifyItem(bali(), accepted));
    let stands = ProductState::Accepted { kind: "perda".into(), stage: "drafting".into() };
    assert_eq!(lines(&office)[0], (2, stands));
    // What a verifier found by itself counts, so it is shown.
    let found = |office: &Office| {
        let list = checklist(&office.state, &bali(), &"denpasar".into(), &[], at(DAY)).unwrap().lists.remove(0);
        list.found.into_iter().map(|item| item.title).collect::<Vec<_>>()
    };
    assert_eq!(found(&office), Vec::<String>::new());
    office.does(&Actor::Verifier(round("51")), DAY, Deed::VerifyItem(bali(), other));
    assert_eq!((found(&office), lines(&office).len()), (vec!["SK 7/2020".to_owned()], 2));
}

#[test]
fn what_a_verifier_struck_is_told_with_its_reason_and_counts_no_more() {
    let mut office = denpasar();
    let list = |office: &Office| checklist(&office.state, &bali(), &"denpasar".into(), &[], at(DAY)).unwrap().lists.remove(0);
    let counts = |office: &Office| (list(office).stand(), list(office).struck());
    assert_eq!(counts(&office), (0, 0));
    for (id, title) in [("a", "Perda 4/2020"), ("b", "Perda 5/2020"), ("c", "Perda 6/2020")] {
        does(&mut office, states(law(id, title, "enacted")));
    }
    does(&mut office, states(StatedProduct { struck: true, ..law("c", "Perda 6/2020", "enacted") }));
    assert_eq!(counts(&office), (2, 0), "what was taken back does not count and was not struck");
    let verifies = |office: &mut Office, item: ListItem| {
        office.does(&Actor::Verifier(round("51")), DAY, Deed::VerifyItem(bali(), item));
    };
    let struck = |title: &str, reason: &str| {
        let reason = Some(reason.to_owned());
        ListItem { accepted: false, reason, ..verified_item(title) }
    };
    verifies(&mut office, struck("Perda 5/2020", "Not signed"));
    verifies(&mut office, verified_item("SK 7/2020"));
    verifies(&mut office, struck("SK 8/2020", "Of another regency"));
    assert_eq!(counts(&office), (2, 2));
    assert_eq!(list(&office).products[1].state, ProductState::Struck { reason: Some("Not signed".into()) });
    let found: Vec<Option<String>> = list(&office).found.into_iter().map(|item| item.reason).collect();
    assert_eq!(found, [None, Some("Of another regency".into())]);
    // Whoever struck it looks again, and it stands.
    verifies(&mut office, verified_item("Perda 5/2020"));
    assert_eq!(counts(&office), (3, 1));
}

#[test]
fn a_time_that_only_the_rulebook_assumes_is_marked_until_the_round_sets_its_own() {
    let assumed = |days: Option<RoundDay>| {
        let mut office = preparation::under(&rulebook());
        office.does(&secretariat("51"), "2020-11-01T01:00:00Z", Deed::OpenRound(round("51"), opening()));
        if let Some(day) = days {
            office.does(&secretariat("51"), "2020-11-01T02:00:00Z", Deed::SetDay(round("51"), day));
        }
        let branch = Actor::Branch(round("51"));
        office.does(&branch, "2020-11-02T01:00:00Z", Deed::Nominate(bali(), nomination("denpasar", "51.71")));
        let steps = stepper(&office.state, &bali(), &"denpasar".into(), at(DAY)).unwrap().steps;
        steps.into_iter().filter(|line| line.is_assumed).map(|line| line.step).collect::<Vec<_>>()
    };
    let on = date(2020, 12, 10);
    let own = RoundDay { event: "dossiers".into(), kind: DayKind::Planned, from: on, to: None, reason: None, source: None };
    // The small award has no source: all of it is assumed.
    assert_eq!(assumed(None), [Step::Complete, Step::Submit]);
    assert_eq!(assumed(Some(own)), []);
}

#[test]
fn a_deadline_that_somebody_moved_is_no_assumption_for_those_for_whom_it_was_moved() {
    let assumed = |act: Option<(Actor, Deed)>| {
        let mut office = denpasar();
        office.enters("badung", "51.03");
        if let Some((actor, deed)) = act {
            office.does(&actor, DAY, deed);
        }
        let steps = stepper(&office.state, &bali(), &"denpasar".into(), at(DAY)).unwrap().steps;
        steps.into_iter().filter(|line| line.is_assumed).map(|line| line.step).collect::<Vec<_>>()
    };
    let chair = || Actor::Chair(round("51"));
    let moves = |whom: Whom| {
        let extension = Extension { whom, term: term(2, Calendar), reason: "Flood".into(), by: "sari".into() };
        Some((chair(), Deed::MoveDeadline(round("51"), extension)))
    };
    let of = |candidate: &str| Whom::Candidate { category: "city".into(), candidate: candidate.into() };
    let days = |candidate: Option<&str>| Some((chair(), Deed::ExtendDossier(bali(), candidate.map(Into::into), 2)));
    let both = vec![Step::Complete, Step::Submit];
    for (act, expected) in [
        (None, both.clone()),
        (moves(of("badung")), both.clone()),
        (moves(of("denpasar")), Vec::new()),
        (moves(Whom::Contest { category: "company".into() }), both.clone()),
        (moves(Whom::Contest { category: "city".into() }), Vec::new()),
        (moves(Whom::Region { region: "51.03".into() }), both.clone()),
        (moves(Whom::Region { region: "51".into() }), Vec::new()),
        (days(Some("badung")), both),
        (days(Some("denpasar")), Vec::new()),
        (days(None), Vec::new()),
    ] {
        assert_eq!(assumed(act.clone()), expected, "{act:?}");
    }
}

#[test]
fn a_dossier_given_back_has_a_deadline_of_its_own_and_leaves_every_other_day_as_assumed_as_it_was() {
    let rulebook = format!("{}{INTERVIEWS_ASSUMED}", rulebook());
    let mut office = preparation::under(&rulebook);
    office.does(&secretariat("51"), "2020-11-01T01:00:00Z", Deed::OpenRound(round("51"), opening()));
    office.enters("denpasar", "51.71");
    let assumed = |office: &Office| {
        let steps = stepper(&office.state, &bali(), &"denpasar".into(), at(DAY)).unwrap().steps;
        steps.into_iter().filter(|line| line.is_assumed).map(|line| line.step).collect::<Vec<_>>()
    };
    assert_eq!(assumed(&office), [Step::Complete, Step::Submit, Step::Interview]);
    hand_in(&mut office, "law", '1');
    hand_in(&mut office, "budget", '2');
    does(&mut office, Deed::SubmitDossier(bali(), "denpasar".into()));
    let (documents, reason) = (vec!["law".into()], "The seal is missing".into());
    let back = Return { candidate: "denpasar".into(), documents, reason, term: term(5, Calendar), by: "sari".into() };
    office.does(&secretariat("51"), DAY, Deed::ReturnDossier(bali(), back));
    assert_eq!(assumed(&office), [Step::Interview]);
}

#[test]
fn the_checklist_tells_what_is_missing_until_when_and_what_it_may_be() {
    let mut office = denpasar();
    let list = checklist(&office.state, &bali(), &"denpasar".into(), &[], at(DAY)).unwrap();
    let due = list.due.unwrap();
    assert_eq!((due.deadline.shown(), due.days_left, due.hours_left), ("2020-12-17 23:59:59 WITA".into(), 16, 15));
    assert_eq!((list.missing, list.closed), (2, None));
    let law = &list.documents[0];
    assert_eq!((law.formats.as_slice(), law.most_mib), (["pdf".to_owned()].as_slice(), 2));
    assert_eq!(law.example.render(Lang::En), "Example: perda.pdf (PDF, at most 2 MB)");

    let coming = Upload {
        id: "u".into(),
        document: "law".into(),
        name: "perda.pdf".into(),
        by: "staf".into(),
        received: 649,
        expected: 1_000,
        unchecked: false,
    };
    let uploading = states_of(&office, &[coming]);
    assert_eq!(uploading, [DocumentState::Uploading { percent: 64 }, DocumentState::Missing, DocumentState::Missing]);
    hand_in(&mut office, "law", '1');
    hand_in(&mut office, "budget", '2');
    hand_in(&mut office, "budget", '3');
    does(&mut office, Deed::SubmitDossier(bali(), "denpasar".into()));
    let list = checklist(&office.state, &bali(), &"denpasar".into(), &[], at(DAY)).unwrap();
    assert_eq!(list.closed.unwrap().0.key(), "refusal-dossier-submitted");
    let versions = list.documents[1].versions.iter().map(|line| (line.version.number, line.holds, line.was_submitted));
    assert_eq!(versions.collect::<Vec<_>>(), [(2, true, true), (1, false, false)]);
    let back = Return {
        candidate: "denpasar".into(),
        documents: vec!["law".into()],
        reason: "The seal is missing".into(),
        term: term(5, Calendar),
        by: "sari".into(),
    };
    office.does(&secretariat("51"), DAY, Deed::ReturnDossier(bali(), back));
    let to_correct = DocumentState::ToCorrect { reason: "The seal is missing".into() };
    assert_eq!(states_of(&office, &[]), [to_correct, DocumentState::HandedIn, DocumentState::Missing]);
    let given_back = |office: &Office| {
        let list = checklist(&office.state, &bali(), &"denpasar".into(), &[], at(DAY)).unwrap();
        let steps = stepper(&office.state, &bali(), &"denpasar".into(), at(DAY)).unwrap();
        let now = steps.steps.iter().find(|line| line.stand == Stand::Now).map(|line| line.step);
        let sent_at = steps.steps[2].done_at;
        list.returned
            .map(|back| (back.reason, back.until.map(|until| until.day), back.to_correct.len(), back.is_corrected, now, sent_at))
    };
    let until = Some(date(2020, 12, 6));
    let told =
        |left: usize, corrected: bool, step: Step| ("The seal is missing".to_owned(), until, left, corrected, Some(step), None);
    assert_eq!(given_back(&office), Some(told(1, false, Step::Complete)));
    hand_in(&mut office, "law", '4');
    assert_eq!(given_back(&office), Some(told(0, true, Step::Submit)), "nothing is left but to send it again");
    assert_eq!(states_of(&office, &[])[0], DocumentState::HandedIn);
    does(&mut office, Deed::SubmitDossier(bali(), "denpasar".into()));
    office.does(&secretariat("51"), "2020-12-18T01:00:00Z", Deed::CloseDossiers(bali()));
    assert_eq!(states_of(&office, &[]), [DocumentState::Accepted, DocumentState::Accepted, DocumentState::Missing]);
    assert_eq!(given_back(&office), None);
    assert_eq!(checklist(&office.state, &bali(), &"nobody".into(), &[], at(DAY)), None);
}

#[test]
fn a_claim_shows_its_source_day_and_page_and_the_share_that_two_of_them_make() {
    let mut office = denpasar();
    does(&mut office, claims("members", "40"));
    does(&mut office, claims("workers", "100"));
    let list = checklist(&office.state, &bali(), &"denpasar".into(), &[], at(DAY)).unwrap();
    let members = list.claims.iter().find(|line| line.claim == "members").unwrap();
    assert_eq!((members.claimed.as_deref(), members.source.as_deref(), members.is_verified), (Some("40"), Some("BPS"), false));
    assert_eq!(members.page.as_ref().map(|page| (page.document.as_str(), page.page)), Some(("law", Some(7))));
    assert_eq!(members.indicators, ["covered"]);
    let under = list.criteria.iter().map(|line| (line.criterion.as_str(), line.claims.clone())).collect::<Vec<_>>();
    let all: Vec<String> = under.iter().flat_map(|(_, claims)| claims.clone()).collect();
    assert!(under.iter().any(|(criterion, claims)| *criterion == "money" && claims.contains(&"budget".to_owned())), "{under:?}");
    assert_eq!(all.len(), all.iter().collect::<std::collections::BTreeSet<_>>().len(), "each figure stands once");
    assert_eq!(list.ratios[0].share.as_deref(), Some("0.4"));
    assert!(list.claims.iter().all(|line| line.claim != "laws" && line.claim != "arrears"), "{:?}", list.claims);
}

/// The keys of the warnings about a figure.
fn warned(office: &Office, claim: &str, value: &str, as_of: Option<jiff::civil::Date>) -> Vec<String> {
    let known = known(&office.state, &bali(), &"denpasar".into());
    let typed = Typed { claim: claim.into(), value: value.parse().ok(), as_of };
    let rule = office.state.rule(&bali()).unwrap();
    let found = warnings(&office.state.rules, rule, &known, &typed);
    for (warning, lang) in found.iter().flat_map(|warning| Lang::ALL.map(|lang| (warning, lang))) {
        let said = [warning.text.render(lang), warning.next.render(lang)];
        assert!(said.iter().all(|text| !text.contains(['{', '}'])), "{said:?}");
    }
    found.into_iter().map(|warning| warning.text.0.key().trim_start_matches("warning-").to_owned()).collect()
}

#[test]
fn what_does_not_look_right_is_said_while_it_is_typed_and_keeps_nobody_from_typing() {
    let mut office = denpasar();
    does(&mut office, claims("workers", "100"));
    does(&mut office, claims("vulnerable", "10"));
    let cases = [
        ("members", "100", None, vec![]),
        ("members", "101", None, vec!["coverage"]),
        ("members", "", None, vec![]),
        ("members", "-1", None, vec!["unfit"]),
        ("members", "0.5", None, vec!["unfit"]),
        ("workers", "0", None, vec!["nobody", "jump"]),
        ("workers", "200", None, vec![]),
        ("workers", "201", None, vec!["jump"]),
        ("workers", "50", None, vec![]),
        ("workers", "49", None, vec!["jump"]),
        ("budget", "12000", None, vec![]),
        ("budget", "23999", None, vec![]),
        ("budget", "24000", None, vec!["capped"]),
        ("members", "80", Some(date(2019, 12, 31)), vec!["as-of"]),
        ("members", "80", Some(date(2020, 1, 1)), vec![]),
        ("members", "80", Some(date(2020, 12, 31)), vec![]),
        ("members", "80", Some(date(2021, 1, 1)), vec!["as-of"]),
        ("no-such-claim", "80", None, vec![]),
    ];
    for (claim, value, as_of, expected) in cases {
        assert_eq!(warned(&office, claim, value, as_of), expected, "{claim} = {value} on {as_of:?}");
    }
}

#[test]
fn a_warning_names_the_figures_it_is_about_and_of_two_that_do_not_fit_it_is_said_once() {
    let office = denpasar();
    let known = known(&office.state, &bali(), &"denpasar".into());
    let late = Some(date(2021, 1, 1));
    let typed = |claim: &str, value: &str| Typed { claim: claim.into(), value: value.parse().ok(), as_of: late };
    let both = [typed("members", "120"), typed("workers", "100")];
    let found = warnings_together(&office.state.rules, office.state.rule(&bali()).unwrap(), &known, &both);
    let told = |warning: &Warning| (warning.text.0.key().to_owned(), warning.field, warning.claims.join(" "));
    let expected = [
        ("warning-coverage", Field::Value, "members workers"),
        ("warning-as-of", Field::AsOf, "members"),
        ("warning-as-of", Field::AsOf, "workers"),
    ];
    let expected = expected.map(|(key, field, claims)| (key.to_owned(), field, claims.to_owned()));
    assert_eq!(found.iter().map(told).collect::<Vec<_>>(), expected);
}

#[test]
fn readiness_counts_what_is_claimed_so_far_and_names_what_would_raise_it_most() {
    let mut office = denpasar();
    let ready = readiness(&office.state, &bali(), &"denpasar".into()).unwrap();
    assert_eq!(ready.total, "0");
    assert!(ready.criteria.iter().flat_map(|aspect| &aspect.below).any(|one| one.state == CriterionState::NotYet));
    does(&mut office, claims("members", "40"));
    does(&mut office, claims("workers", "100"));
    does(&mut office, states(law("a", "Perda 4/2020", "drafting")));
    let ready = readiness(&office.state, &bali(), &"denpasar".into()).unwrap();
    // A quarter of 40 points for coverage, 15 hundredths of 25 for the draft.
    assert_eq!(ready.total, "13.75");
    let of = |id: &str| {
        let mut all = ready.criteria.iter().flat_map(|aspect| aspect.below.iter());
        all.find(|one| one.node == id).map(|one| (one.state, one.points.clone())).unwrap()
    };
    assert_eq!(of("covered"), (CriterionState::Claimed, Some("40".into())));
    assert_eq!(of("legal-products"), (CriterionState::Claimed, Some("25".into())));
    assert_eq!(of("innovation"), (CriterionState::Later, None));
    assert_eq!(of("budget-months").0, CriterionState::NotYet);
    let raises: Vec<(&str, &str)> = ready.raises.iter().map(|raise| (raise.indicator.as_str(), raise.gain.as_str())).collect();
    let expected = [("covered", "15"), ("budget-months", "10"), ("legal-products", "7.5"), ("legal-products", "3.75")];
    assert_eq!(raises, expected);
    assert_eq!(ready.raises[0].what.render(Lang::En), "If “Members” came to 100, as many as “Workers” (now 40).");
}

#[test]
fn readiness_tells_all_the_rest_while_a_part_is_above_its_whole() {
    let mut office = denpasar();
    does(&mut office, claims("members", "101"));
    does(&mut office, claims("workers", "100"));
    does(&mut office, states(law("a", "Perda 4/2020", "drafting")));
    let told = |office: &Office| {
        let ready = readiness(&office.state, &bali(), &"denpasar".into()).unwrap();
        let covered = ready.criteria.iter().flat_map(|aspect| &aspect.below).find(|one| one.node == "covered").unwrap().clone();
        let why = covered.why.map(|why| why.render(Lang::En));
        let raised = ready.raises.iter().any(|raise| raise.indicator == "covered");
        (ready.total, covered.state, covered.points, why, raised)
    };
    // The draft's 15 hundredths of 25 stay.
    let why = Some("a ratio above 100% must be explained first".to_owned());
    assert_eq!(told(&office), ("3.75".into(), CriterionState::Unfit, Some("0".into()), why, false));
    does(&mut office, claims("workers", "0"));
    let why = Some("a ratio with a negative number or by zero".to_owned());
    assert_eq!(told(&office), ("3.75".into(), CriterionState::Unfit, Some("0".into()), why, false));
    does(&mut office, claims("workers", "101"));
    assert_eq!(told(&office), ("28.75".into(), CriterionState::Claimed, Some("100".into()), None, false));
}

#[test]
fn a_round_under_another_version_asks_and_reckons_by_that_version() {
    let mut office = denpasar();
    does(&mut office, claims("members", "40"));
    does(&mut office, claims("workers", "100"));
    let text = rulebook().replacen("version = \"1\"", "version = \"2\"", 1).replacen("times = 100", "times = 50", 1);
    let text = text.replace("Legal texts", "Laws and decrees");
    let second = std::sync::Arc::new(rules::read("second.toml", &text).unwrap());
    let to = award::RulebookPin::of(&second, text.as_bytes());
    office.state.versions.keep(&to.hash, second);
    let named = |office: &Office| {
        let list = checklist(&office.state, &bali(), &"denpasar".into(), &[], at(DAY)).unwrap();
        list.documents.iter().map(|line| line.name.en.clone()).collect::<Vec<_>>()
    };
    let total = |office: &Office| readiness(&office.state, &bali(), &"denpasar".into()).unwrap().total;
    assert_eq!((named(&office).contains(&"Legal texts".into()), total(&office)), (true, "10".into()));
    let (by, at) = ("wayan".into(), at(DAY));
    office.state.apply(&award::Fact::RulebookAdopted { round: round("51"), to, by, at });
    assert_eq!((named(&office).contains(&"Laws and decrees".into()), total(&office)), (true, "5".into()));
}

#[test]
fn readiness_is_the_same_whatever_others_claim() {
    let mut office = denpasar();
    does(&mut office, claims("members", "40"));
    does(&mut office, claims("workers", "100"));
    let before = readiness(&office.state, &bali(), &"denpasar".into()).unwrap();
    office.enters("badung", "51.03");
    let Deed::StateClaim(key, claim) = claims("members", "90") else { panic!("it is a claim") };
    let other = Claim { candidate: "badung".into(), ..claim };
    office.does(&candidate("badung"), DAY, Deed::StateClaim(key, other));
    assert_eq!(readiness(&office.state, &bali(), &"denpasar".into()).unwrap(), before);
    office.state.apply(&award::Fact::JudgingClosed(bali()));
    let over = readiness(&office.state, &bali(), &"denpasar".into()).unwrap_err();
    assert_eq!(over.rule.key(), "refusal-readiness-over");
}

#[test]
fn whoever_describes_itself_is_told_what_it_may_enter_and_what_is_lacking() {
    let office = denpasar();
    let rules = &office.state.rules;
    let ask = |described: &Described| {
        let answers = who_may_enter(rules, &office.state.geography, described);
        answers.into_iter().map(|answer| (answer.category, answer.may)).collect::<Vec<_>>()
    };
    let company = |size: Option<&str>, arrears: Option<&str>| Described {
        kind: "company".into(),
        size: size.map(str::to_owned),
        answers: arrears.map(|arrears| ("arrears".to_owned(), arrears.parse().unwrap())).into_iter().collect(),
        ..Described::default()
    };
    let city = Described { kind: "city".into(), region: Some("51.71".into()), ..Described::default() };
    let both = |one, other| vec![("city".to_owned(), one), ("company".to_owned(), other)];
    assert_eq!(ask(&city), both(May::Yes, May::No));
    assert_eq!(ask(&Described { region: Some("99.99".into()), ..city }), both(May::NotYet, May::No));
    assert_eq!(ask(&company(Some("large"), Some("0"))), both(May::No, May::Yes));
    assert_eq!(ask(&company(Some("large"), Some("1"))), both(May::No, May::NotMet));
    assert_eq!(ask(&company(Some("large"), None)), both(May::No, May::NotYet));
    assert_eq!(ask(&company(Some("micro"), Some("0"))), both(May::No, May::No));
    assert_eq!(ask(&company(None, Some("0"))), both(May::No, May::NotYet));
    assert_eq!(ask(&company(None, Some("1"))), both(May::No, May::NotMet));
    let answers = who_may_enter(rules, &office.state.geography, &company(Some("large"), Some("1")));
    let gate = answers[1].grounds.iter().find(|ground| ground.what == "arrears").unwrap();
    assert_eq!((gate.met, gate.asks.as_slice()), (Met::No, ["arrears".to_owned()].as_slice()));
    for lang in Lang::ALL {
        for ground in answers.iter().flat_map(|answer| &answer.grounds) {
            let said = [ground.text.render(lang), ground.next.render(lang)];
            assert!(said.iter().all(|text| !text.contains(['{', '}'])), "{said:?}");
        }
    }
    assert_eq!(gate.text.render(Lang::En), "The condition “No arrears” is not met yet.");
}

#[test]
fn a_village_is_called_by_its_name_and_not_by_its_code() {
    let office = denpasar();
    let village = Described { kind: "city".into(), region: Some("51.71.01.1001".into()), ..Described::default() };
    let told = |described: &Described| {
        let answers = who_may_enter(&office.state.rules, &office.state.geography, described);
        let region = answers[0].grounds.iter().find(|ground| ground.what == "region").unwrap();
        region.text.render(Lang::Id)
    };
    let name = Some("Kelurahan Sanur, Kota Denpasar".to_owned());
    assert_eq!(told(&Described { region_name: name.clone(), ..village.clone() }), "Wilayah: Kelurahan Sanur, Kota Denpasar.");
    assert_eq!(told(&village), "Wilayah: Kota Denpasar.", "by where it lies, where its name is not known");
    // Who says it is a city and names a village has not named its own region.
    let other = Described { region_name: name.clone(), region_kind: Some("kelurahan".into()), ..village.clone() };
    assert_eq!(told(&other), "“Kelurahan Sanur, Kota Denpasar” bukan kota.");
    assert_eq!(who_may_enter(&office.state.rules, &office.state.geography, &other)[0].may, May::NotYet);
    let own = Described { region_kind: Some("city".into()), ..other };
    assert_eq!(told(&own), "Wilayah: Kelurahan Sanur, Kota Denpasar.");
    let unknown = Described { region: Some("99.99".into()), region_name: name, ..village };
    assert_eq!(told(&unknown), "Wilayah “99.99” tidak dikenal.");
}

#[test]
fn the_steps_follow_from_what_was_decided() {
    let mut office = preparation::under(&rulebook());
    office.does(&secretariat("51"), "2020-11-01T01:00:00Z", Deed::OpenRound(round("51"), opening()));
    let branch = Actor::Branch(round("51"));
    let told = |office: &Office| {
        let steps = stepper(&office.state, &bali(), &"denpasar".into(), at(DAY)).unwrap();
        let now = steps.steps.iter().find(|line| line.stand == Stand::Now).map(|line| line.step);
        assert!(Lang::ALL.iter().all(|lang| !steps.standing.next.render(*lang).contains('{')));
        (now, steps.standing.turn, steps.standing.next.0.key().to_owned())
    };
    assert_eq!(stepper(&office.state, &bali(), &"denpasar".into(), at(DAY)), None);
    office.does(&branch, "2020-11-02T01:00:00Z", Deed::Nominate(bali(), nomination("denpasar", "51.71")));
    assert_eq!(told(&office), (Some(Step::Register), Turn::Candidate, "stepper-next-consent".into()));
    does(&mut office, Deed::Answer(bali(), preparation::consent("denpasar")));
    assert_eq!(told(&office), (Some(Step::Complete), Turn::Candidate, "stepper-next-complete".into()));
    let not_yet = |office: &Office| {
        let list = checklist(&office.state, &bali(), &"denpasar".into(), &[], at(DAY)).unwrap();
        list.not_yet.map(|(why, _)| why.0.key().to_owned())
    };
    assert_eq!(not_yet(&office).as_deref(), Some("refusal-dossier-incomplete"));
    hand_in(&mut office, "law", '1');
    hand_in(&mut office, "budget", '2');
    assert_eq!(not_yet(&office), None);
    assert_eq!(told(&office), (Some(Step::Submit), Turn::Candidate, "stepper-next-submit".into()));
    does(&mut office, Deed::SubmitDossier(bali(), "denpasar".into()));
    assert_eq!(told(&office), (Some(Step::Verification), Turn::Others, "stepper-next-verification".into()));
    let steps = stepper(&office.state, &bali(), &"denpasar".into(), at(DAY)).unwrap().steps;
    assert_eq!(steps[2].done_at, Some(at(DAY)));
    assert_eq!(
        steps.iter().map(|line| line.stand).collect::<Vec<_>>(),
        [Stand::Done, Stand::Done, Stand::Done, Stand::Now, Stand::LeftOut, Stand::Ahead]
    );
    does(&mut office, Deed::Withdraw(bali(), "denpasar".into(), "no time".into()));
    assert_eq!(told(&office), (None, Turn::Out, "stepper-withdrawn".into()));
}

#[test]
fn it_is_the_candidates_turn_as_long_as_its_own_deadline_is_not_over() {
    let mut office = denpasar();
    let told = |office: &Office, when: &str| {
        let standing = stepper(&office.state, &bali(), &"denpasar".into(), at(when)).unwrap().standing;
        let list = checklist(&office.state, &bali(), &"denpasar".into(), &[], at(when)).unwrap();
        assert_eq!(standing.turn == Turn::Candidate, list.closed.is_none(), "{when}");
        let left = standing.due.map(|due| (due.deadline.day, due.days_left));
        (standing.turn, standing.next.0.key().replace("stepper-next-", ""), left)
    };
    let (last, next) = ("2020-12-17T15:59:59Z", "2020-12-17T16:00:00Z");
    let until = |day: i8, left: i64| Some((date(2020, 12, day), left));
    assert_eq!(told(&office, DAY), (Turn::Candidate, "complete".into(), until(17, 16)));
    assert_eq!(told(&office, last), (Turn::Candidate, "complete".into(), until(17, 0)));
    assert_eq!(told(&office, next), (Turn::Others, "late".into(), None));
    hand_in(&mut office, "law", '1');
    hand_in(&mut office, "budget", '2');
    assert_eq!(told(&office, last), (Turn::Candidate, "submit".into(), until(17, 0)));
    assert_eq!(told(&office, next), (Turn::Others, "late".into(), None));
    // A correction has a deadline of its own: that one is told, and not that of the dossier, though it be later.
    does(&mut office, Deed::SubmitDossier(bali(), "denpasar".into()));
    let (documents, reason) = (vec!["law".into()], "The seal is missing".into());
    let back = Return { candidate: "denpasar".into(), documents, reason, term: term(5, Calendar), by: "sari".into() };
    office.does(&secretariat("51"), DAY, Deed::ReturnDossier(bali(), back));
    assert_eq!(told(&office, DAY), (Turn::Candidate, "correct".into(), until(6, 5)));
    assert_eq!(told(&office, "2020-12-06T16:00:00Z"), (Turn::Others, "late".into(), None));
}

#[test]
fn whom_the_chair_admits_late_is_asked_without_an_end() {
    let mut office = denpasar();
    let late = "2020-12-18T01:00:00Z";
    office.does(&Actor::Chair(round("51")), late, Deed::AdmitLate(bali(), "denpasar".into(), "Flood".into()));
    let standing = stepper(&office.state, &bali(), &"denpasar".into(), at(late)).unwrap().standing;
    assert_eq!((standing.turn, standing.due), (Turn::Candidate, None));
}

#[test]
fn what_people_changed_is_told_in_their_words_and_nothing_of_others() {
    let rules = denpasar().state.rules.clone();
    let act = |deed: Deed| award::Act { actor: Actor::Centre, at: Some(at(DAY)), deed };
    let said = |deed: Deed| changed(&rules, &act(deed), "staf", &"denpasar".into()).map(|changed| changed.text.render(Lang::En));
    assert_eq!(said(claims("members", "40")).unwrap(), "Stated “Members”: 40");
    assert_eq!(said(claims("arrears", "1")).unwrap(), "Answered “Arrears”: yes");
    assert_eq!(said(claims("arrears", "0")).unwrap(), "Answered “Arrears”: no");
    assert_eq!(
        said(states(law("a", "Perda 4/2020", "drafting"))).unwrap(),
        "Entered “Perda 4/2020” at the stage “being drafted”"
    );
    let looked_at = |accepted: bool, reason: Option<&str>| {
        let item = ListItem { accepted, reason: reason.map(str::to_owned), ..verified_item("Perda 4/2020") };
        said(Deed::VerifyItem(bali(), item)).unwrap()
    };
    assert_eq!(looked_at(false, Some("Not signed")), "Did not accept “Perda 4/2020”: Not signed");
    assert_eq!(looked_at(false, None), "Did not accept “Perda 4/2020”");
    assert_eq!(looked_at(true, None), "Accepted “Perda 4/2020” after a look at it");
    assert_eq!(looked_at(true, Some("As drafted")), "Accepted “Perda 4/2020” after a look at it: As drafted");
    assert_eq!(said(Deed::HandInItem(bali(), item("denpasar", "law", '1'))).unwrap(), "Handed in “Legal texts”: naskah.pdf");
    assert_eq!(said(Deed::HandInItem(bali(), item("badung", "law", '1'))), None);
}

#[test]
fn the_result_is_told_once_it_is_announced() {
    let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
    let state = award::run(&cycle, None, &mut |_| {}).unwrap().state;
    let key = state.contests.keys().next().unwrap().clone();
    let told = outcome(&state, &key, &"kenanga".into()).unwrap();
    assert_eq!((told.place, told.of, told.announced), (Some(2), 2, true));
    assert!(told.gap.is_some() && told.sentence.render(Lang::En).contains("2nd"), "{told:?}");
    let mut before = state.clone();
    before.contests.get_mut(&key).unwrap().announced = false;
    assert_eq!(outcome(&before, &key, &"kenanga".into()), None);
    assert_eq!(hearing(&state, &key, &"kenanga".into(), at(DAY)), None);
}
