//! Claims: verified with evidence, read again by somebody else, opened by what is heard; figures that cannot be are refused.

use crate::support;
use crate::support::Small;
use crate::support::office::{bali, chair, check, claim, elsewhere, file, juror_of, office, plain, secretariat, verifier};
use award::evidence::{Evidence, FieldVisit, Finding, Reopened, SecondReading, draw, draw_key};
use award::{Actor, Deed, Fact};
use jiff::civil::date;

const SEED: &str = "Nyepi 2020";

/// The rulebook has one claim in two read again.
fn sampled() -> Small {
    plain().rule("quota = 1\nreserves = 1", "quota = 1\nreserves = 1\nsecond_reading = 0.5")
}

fn state_claim(candidate: &str, id: &str, claimed: &str) -> Deed {
    let claim = award::cycle::tables::Claim {
        candidate: candidate.into(),
        claim: id.into(),
        claimed: Some(claimed.parse().expect("it is a number")),
        verified: None,
        as_of: None,
        source: None,
        evidence: None,
        verifier: None,
        reason: None,
        level: "province".into(),
    };
    Deed::StateClaim(bali(), claim)
}

fn reading(candidate: &str, id: &str, by: &str, verified: &str) -> Deed {
    let verified = Some(verified.parse().expect("it is a number"));
    Deed::ReadAgain(bali(), SecondReading { of: claim(candidate, id), by: by.into(), verified, note: None })
}

#[test]
fn a_verified_figure_stands_with_file_page_source_and_day() {
    let mut office = office(&plain());
    office.done(Actor::Candidate("badung".into()), state_claim("badung", "members", "80"));
    let facts = office.done(verifier(), Deed::CheckClaim(bali(), check("badung", "members", "80")));
    assert!(matches!(&facts[..], [Fact::ClaimVerified(..), Fact::ClaimChecked(..)]));
    let entry = office.contest().entry("badung").expect("it stands");
    let known = &entry.claims["members"];
    assert_eq!((known.claimed.clone(), known.verified.clone()), (Some(80u32.into()), Some(80u32.into())));
    assert_eq!(known.as_of, Some(date(2020, 12, 31)));
    assert_eq!(office.entry("badung").checking.checks, [check("badung", "members", "80")]);
}

#[test]
fn a_check_without_what_it_needs_is_refused() {
    let mut office = office(&plain());
    office.done(Actor::Candidate("badung".into()), state_claim("badung", "members", "80"));
    let with = |change: &dyn Fn(&mut award::evidence::ClaimCheck)| {
        let mut made = check("badung", "members", "80");
        change(&mut made);
        Deed::CheckClaim(bali(), made)
    };
    let bad_file = || Evidence { file: award::evidence::FileRef { sha256: "abc".into(), name: "a.pdf".into() }, page: None };
    let cases: [(&str, Deed); 12] = [
        ("nothing", with(&|_| {})),
        ("no-evidence", with(&|check| check.evidence.clear())),
        ("hash", with(&|check| check.evidence = vec![bad_file()])),
        ("page-zero", with(&|check| check.evidence[0].page = Some(0))),
        ("person-unknown", with(&|check| check.by = "  ".into())),
        ("text-empty", with(&|check| check.source = String::new())),
        ("no-such-claim", with(&|check| check.of = claim("badung", "ghosts"))),
        ("not-in-contest", with(&|check| check.of = claim("atlantis", "members"))),
        ("correction-without-reason", with(&|check| check.verified = Some(79u32.into()))),
        ("correction-without-reason", with(&|check| check.verified = None)),
        ("figure-unfit", with(&|check| check.verified = Some("-1".parse().expect("a number")))),
        ("figure-unfit", with(&|check| check.verified = Some("1.5".parse().expect("a number")))),
    ];
    for (expected, deed) in cases {
        assert_eq!(office.refused(verifier(), deed.clone()), expected, "{deed:?}");
    }
}

#[test]
fn only_a_verifier_of_the_round_verifies() {
    let mut office = office(&plain());
    let deed = || Deed::CheckClaim(bali(), check("badung", "members", "80"));
    let actors = [
        (Actor::Candidate("badung".into()), "not-your-task"),
        (juror_of("j1"), "not-your-task"),
        (chair(), "not-your-task"),
        (secretariat(), "not-your-task"),
        (Actor::Verifier(elsewhere()), "other-round"),
        (verifier(), "nothing"),
    ];
    for (actor, expected) in actors {
        assert_eq!(office.refused(actor.clone(), deed()), expected, "{actor:?}");
    }
}

#[test]
fn a_coverage_above_everybody_and_a_denominator_of_nobody_are_refused() {
    let verify = |office: &mut support::office::Office, id: &str, value: &str| {
        office.refused(verifier(), Deed::CheckClaim(bali(), check("badung", id, value)))
    };
    let mut fresh = office(&plain());
    assert_eq!(verify(&mut fresh, "workers", "0"), "denominator-zero");
    assert_eq!(verify(&mut fresh, "workers", "100"), "nothing");
    for (members, expected) in [("100", "nothing"), ("101", "coverage-above-all")] {
        assert_eq!(verify(&mut fresh, "members", members), expected, "{members}");
    }
    assert_eq!(verify(&mut fresh, "workers", "99"), "coverage-above-all");
    let mut capped = office(&plain().rule("denominator = \"workers\"", "denominator = \"workers\"\nover_one = \"cap\""));
    verify(&mut capped, "workers", "100");
    assert_eq!(verify(&mut capped, "members", "101"), "nothing");
}

#[test]
fn a_budget_that_pays_for_ninety_months_is_refused_by_the_bounds_of_the_rulebook() {
    let months = "[[claim]]\nid = \"budget\"\nname = \"Budget\"\nshape = \"money\"\n\n[[derived]]\nid = \"months\"\nname = \"Months paid\"\nformula = \"if(members > 0, budget / (members * 16800), 0)\"\nat_most = 12\n\n[[scheme]]\nid = \"first\"";
    let gate = "gate = [{ id = \"paid\", name = \"Paid\", formula = \"months\", at_least = 0, missing = \"pass\" }, { id";
    let small = plain().rule("[[scheme]]\nid = \"first\"", months).rule("gate = [{ id", gate);
    let mut office = office(&small);
    office.done(verifier(), Deed::CheckClaim(bali(), check("badung", "members", "10")));
    for (budget, expected) in [("2016000", "nothing"), ("2016000.01", "implausible"), ("15120000", "implausible")] {
        let deed = Deed::CheckClaim(bali(), check("badung", "budget", budget));
        assert_eq!(office.refused(verifier(), deed), expected, "{budget}");
    }
    let told = office.told(verifier(), Deed::CheckClaim(bali(), check("badung", "budget", "15120000")));
    assert_eq!(told, "Kabupaten Badung: with this figure of budget, Months paid is 90; plausible is … to 12.");
}

#[test]
fn anybody_can_draw_the_sample_again() {
    let mut office = office(&sampled());
    office.done(secretariat(), Deed::CommitSample(bali(), tally::lot::commitment(SEED)));
    for candidate in ["badung", "gianyar", "denpasar"] {
        office.done(verifier(), Deed::CheckClaim(bali(), check(candidate, "workers", "100")));
    }
    let facts = office.done(secretariat(), Deed::DrawSample(bali(), SEED.into()));
    let all: Vec<_> = ["badung", "gianyar", "denpasar"].map(|candidate| claim(candidate, "workers")).into();
    let again = draw(SEED, "small/province/51/city", &"0.5".parse().expect("a number"), &all);
    assert_eq!(facts, [Fact::SampleDrawn { contest: bali(), seed: SEED.into(), drawn: again.clone() }]);
    // Half of three, rounded up, by the lowest keys.
    let mut keys: Vec<_> = all.iter().map(|of| (draw_key(SEED, "small/province/51/city", of), of.clone())).collect();
    keys.sort();
    assert_eq!(again, [keys[0].1.clone(), keys[1].1.clone()]);
}

#[test]
fn a_sample_that_somebody_could_steer_is_refused() {
    let commit = |text: &str| Deed::CommitSample(bali(), text.into());
    let draw = |seed: &str| Deed::DrawSample(bali(), seed.into());
    let good = tally::lot::commitment(SEED);
    assert_eq!(office(&plain()).refused(secretariat(), commit(&good)), "sample-not-asked");
    let mut begun = office(&sampled());
    begun.done(verifier(), Deed::CheckClaim(bali(), check("badung", "workers", "100")));
    assert_eq!(begun.refused(secretariat(), commit(&good)), "sample-too-late");
    assert_eq!(begun.refused(secretariat(), draw(SEED)), "sample-not-committed");
    let mut office = office(&sampled());
    assert_eq!(office.refused(secretariat(), commit("ABC")), "sample-commitment");
    assert_eq!(office.refused(secretariat(), commit(&good.to_uppercase())), "sample-commitment");
    assert_eq!(office.refused(verifier(), commit(&good)), "not-your-task");
    office.done(secretariat(), commit(&good));
    assert_eq!(office.refused(secretariat(), commit(&good)), "sample-twice");
    office.done(Actor::Candidate("badung".into()), state_claim("badung", "members", "80"));
    assert_eq!(office.refused(secretariat(), draw(SEED)), "sample-too-early");
    office.done(verifier(), Deed::CheckClaim(bali(), check("badung", "members", "80")));
    assert_eq!(office.refused(secretariat(), draw("another seed")), "sample-other-seed");
    office.done(secretariat(), draw(SEED));
    assert_eq!(office.refused(secretariat(), draw(SEED)), "sample-twice");
}

/// One claim is verified by Ani and drawn.
fn drawn() -> support::office::Office {
    let mut office = office(&sampled());
    office.done(secretariat(), Deed::CommitSample(bali(), tally::lot::commitment(SEED)));
    office.done(verifier(), Deed::CheckClaim(bali(), check("badung", "members", "80")));
    office.done(secretariat(), Deed::DrawSample(bali(), SEED.into()));
    office
}

#[test]
fn the_second_reader_is_another_person_and_reads_what_was_drawn() {
    let mut office = drawn();
    for (deed, expected) in [
        (reading("badung", "members", "ani", "80"), "same-reader"),
        (reading("badung", "members", " ANI ", "80"), "person-unknown"),
        (reading("badung", "members", "", "80"), "person-unknown"),
        (reading("badung", "workers", "dewi", "80"), "not-in-sample"),
        (reading("atlantis", "members", "dewi", "80"), "not-in-contest"),
        (reading("badung", "members", "dewi", "80"), "nothing"),
        (reading("badung", "members", "dewi", "80"), "read-twice"),
    ] {
        assert_eq!(office.refused(verifier(), deed.clone()), expected, "{deed:?}");
    }
    assert_eq!(office.entry("badung").checking.agreed, [claim("badung", "members")]);
    let mut closed = drawn();
    closed.state.apply(&Fact::JudgingClosed(bali()));
    assert_eq!(closed.refused(verifier(), reading("badung", "members", "dewi", "80")), "read-closed");
}

#[test]
fn a_disagreement_opens_the_claim_again_until_it_is_verified_and_read_anew() {
    let mut office = drawn();
    let facts = office.done(verifier(), reading("badung", "members", "dewi", "79"));
    let reopened = Fact::ClaimReopened { contest: bali(), of: claim("badung", "members"), why: Reopened::Disagreement };
    assert_eq!(facts[1], reopened);
    assert_eq!(office.contest().entry("badung").expect("it stands").claims["members"].verified, None);
    assert_eq!(office.refused(verifier(), reading("badung", "members", "dewi", "79")), "read-unverified");
    office.done(verifier(), Deed::CheckClaim(bali(), check("badung", "members", "79")));
    assert_eq!(office.contest().unread(), [&claim("badung", "members")]);
    office.done(verifier(), reading("badung", "members", "dewi", "79"));
    assert_eq!(office.contest().unread(), Vec::<&award::evidence::ClaimAt>::new());
    // Both checks stay on record.
    let checks: Vec<String> =
        office.entry("badung").checking.checks.iter().filter_map(|check| Some(check.verified.as_ref()?.to_string())).collect();
    assert_eq!(checks, ["80", "79"]);
}

#[test]
fn a_field_visit_says_who_went_when_and_what_was_found() {
    let visit = || FieldVisit {
        candidate: "badung".into(),
        visitors: vec!["ani".into(), "nuraini".into()],
        at: date(2020, 12, 3).at(9, 0, 0, 0),
        place: "Kantor Desa Mengwi, Jl. I Gusti Ngurah Rai No. 5".into(),
        findings: "40 of 40 workers on the list have a card.\nThe list is dated.".into(),
        files: vec![file("photo.jpg")],
    };
    let with = |change: &dyn Fn(&mut FieldVisit)| {
        let mut made = visit();
        change(&mut made);
        Deed::ReportVisit(bali(), made)
    };
    let mut office = office(&plain());
    for (deed, expected) in [
        (with(&|visit| visit.visitors.clear()), "text-empty"),
        (with(&|visit| visit.findings = "\n ".into()), "text-empty"),
        (with(&|visit| visit.place = "a\u{0}b".into()), "text-control"),
        (with(&|visit| visit.place = "a\u{202E}b".into()), "text-control"),
        (with(&|visit| visit.findings = "x".repeat(4_001)), "text-too-long"),
        (with(&|visit| visit.files[0].sha256 = "z".repeat(64)), "hash"),
        (with(&|visit| visit.candidate = "atlantis".into()), "not-in-contest"),
        (with(&|visit| visit.findings = "x".repeat(4_000)), "nothing"),
        (with(&|_| {}), "nothing"),
        (with(&|_| {}), "visit-twice"),
    ] {
        assert_eq!(office.refused(verifier(), deed), expected);
    }
    assert_eq!(office.entry("badung").checking.visits.len(), 2);
}

#[test]
fn what_is_heard_opens_a_new_verification_and_changes_no_figure() {
    let finding = |id: &str| {
        let heard = Finding { of: claim("badung", id), findings: "The head spoke of 60 members.".into(), by: "ani".into() };
        Deed::FindAtInterview(bali(), heard)
    };
    let heard = plain().rule("\"verification\", \"judging\"", "\"verification\", \"interview\", \"judging\"");
    let mut office = office(&heard);
    assert_eq!(office.refused(verifier(), finding("members")), "finding-unverified");
    office.done(verifier(), Deed::CheckClaim(bali(), check("badung", "members", "80")));
    assert_eq!(office.refused(juror_of("j1"), finding("members")), "not-your-task");
    let facts = office.done(verifier(), finding("members"));
    let reopened = Fact::ClaimReopened { contest: bali(), of: claim("badung", "members"), why: Reopened::Interview };
    assert_eq!(facts[1], reopened);
    assert!(office.entry("badung").checking.is_reopened(&claim("badung", "members")));
    office.done(verifier(), Deed::CheckClaim(bali(), check("badung", "members", "60")));
    assert!(!office.entry("badung").checking.is_reopened(&claim("badung", "members")));
    let mut without = support::office::office(&plain());
    without.done(verifier(), Deed::CheckClaim(bali(), check("badung", "members", "80")));
    assert_eq!(without.refused(verifier(), finding("members")), "not-interviewed");
}

#[test]
fn the_points_effect_of_a_correction_is_counted_by_the_count_itself() {
    let mut office = office(&plain());
    office.done(Actor::Candidate("badung".into()), state_claim("badung", "members", "80"));
    office.done(verifier(), Deed::CheckClaim(bali(), check("badung", "workers", "100")));
    let mut corrected = check("badung", "members", "70");
    corrected.reason = Some("ten have left".into());
    office.done(verifier(), Deed::CheckClaim(bali(), corrected));
    let effect = award::effect::points_effect(&office.state, &bali(), &claim("badung", "members")).expect("it was verified");
    let told: Vec<String> = effect
        .points
        .iter()
        .map(|node| {
            let shown = |points: &Option<tally::Exact>| points.as_ref().map_or("-".to_owned(), ToString::to_string);
            format!("{} {} {}", node.node, shown(&node.claimed), shown(&node.verified))
        })
        .collect();
    assert_eq!(told, ["total 80 70", "coverage 80 70", "covered 80 70"]);
    // Nobody has marked yet, so there is no place.
    assert_eq!(effect.place, None);
    assert_eq!(award::effect::points_effect(&office.state, &bali(), &claim("badung", "arrears")), None);
}

#[test]
fn no_figure_is_stated_once_judging_is_closed() {
    let mut office = support::office::declared(&plain()).judged();
    office.done(Actor::Candidate("badung".into()), state_claim("badung", "members", "81"));
    office.done(chair(), Deed::CloseJudging(bali(), Some(41)));
    let late = |office: &mut support::office::Office| {
        let own = Actor::Candidate("badung".into());
        let told = office.refused(own, state_claim("badung", "members", "99"));
        (told, office.refused(secretariat(), state_claim("badung", "members", "99")))
    };
    let refused = ("claim-after-closing".to_owned(), "claim-after-closing".to_owned());
    assert_eq!(late(&mut office), refused);
    office.done(secretariat(), Deed::Count(bali()));
    assert_eq!(late(&mut office), refused);
}
