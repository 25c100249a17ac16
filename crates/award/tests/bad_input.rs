//! What nobody may send, by whatever way it comes: texts of any deed that are too long or that nobody can see, marks and points that the
//! rulebook does not know, the same thing twice, and what belongs elsewhere.

use crate::acting;
use crate::shipped;
use std::collections::BTreeSet;

use crate::acting::{cities, instant, noon};
use crate::support::office::{
    bali, candidate, chair, check, declared, decreed, juror_of, office, plain, round, secretariat, sheet, verifier,
};
use crate::support::small;
use award::act::{HandedSheet, MarkCorrection, OrderBy};
use award::cycle::tables::{CommittedLot, Conflict, ConflictKind, NotApplicable, StatedPoints};
use award::geography::Geography;
use award::panel::Replacement;
use award::stage::session::{PlenaryOpening, PlenaryPresence, Vote};
use award::{Act, Actor, Deed, Role, State, decide, permit, plan};
use jiff::civil::date;
use rules::Stage;
use rules::rulebook::GivenSheets;
use serde_json::Value;
use tally::{Mark, SheetState};

/// Every text of a value, as a JSON pointer.
fn texts(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(at.to_owned()),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| texts(item, &format!("{at}/{index}"), found)),
        Value::Object(fields) => fields.iter().for_each(|(field, inner)| texts(inner, &format!("{at}/{field}"), found)),
        _ => {}
    }
}

/// Why a deed with another text in one place is refused; none where such a deed cannot be written, or is another's task.
fn refused_with(state: &State, act: &Act, place: &str, text: &str) -> Option<String> {
    let mut json = serde_json::to_value(&act.deed).expect("a deed is JSON");
    *json.pointer_mut(place)? = text.into();
    let deed: Deed = serde_json::from_value(json).ok()?;
    let act = Act { deed, ..act.clone() };
    let permit = permit(&act.actor, &act.deed).ok()?;
    let refused = decide(state, &act, permit).err().map(|refusal| refusal.rule.key().to_owned());
    Some(refused.unwrap_or_else(|| "nothing".to_owned()))
}

#[test]
fn no_text_of_any_deed_of_the_shipped_years_may_be_endless_or_unseen() {
    let (mut deeds, mut places) = (BTreeSet::new(), 0);
    for cycle in shipped::years() {
        let state = State::new(&cycle.header.id, cycle.rules.clone(), Geography::of(&cycle.rules).into());
        for act in plan(&cycle, None).into_iter().map(|planned| planned.act) {
            if !deeds.insert(act.deed.name()) {
                continue;
            }
            let mut found = Vec::new();
            texts(&serde_json::to_value(&act.deed).expect("a deed is JSON"), "", &mut found);
            for place in found {
                for (text, expected) in [
                    ("x".repeat(20_001), "refusal-text-too-long"),
                    ("a\u{1b}[2Jb".to_owned(), "refusal-text-control"),
                    ("a\u{202e}b".to_owned(), "refusal-text-control"),
                    ("a\rb".to_owned(), "refusal-text-control"),
                ] {
                    if let Some(refused) = refused_with(&state, &act, &place, &text) {
                        assert_eq!(refused, expected, "{place} of {:?}", act.deed);
                        places += 1;
                    }
                }
            }
        }
    }
    assert!(deeds.len() > 15 && places > 150, "only {} deeds and {places} places", deeds.len());
}

fn marked(mark: &str, indicator: &str) -> HandedSheet {
    let marks = [(indicator.to_owned(), Mark::try_from(mark.to_owned()).expect("it is a mark"))].into();
    HandedSheet { juror: "j1".into(), candidate: "badung".into(), state: SheetState::HandedIn, marks }
}

#[test]
fn a_sheet_without_versions_has_marks_that_the_rubric_allows() {
    let abstained = HandedSheet { state: SheetState::Abstained, ..marked("80", "innovation") };
    for (sheet, expected) in [
        (marked("100", "innovation"), "nothing"),
        (marked("101", "innovation"), "problem-cycle-mark-out-of-range"),
        (marked("-1", "innovation"), "problem-cycle-mark-out-of-range"),
        (marked("80", "covered"), "not-marked"),
        (marked("80", "atlantis"), "not-marked"),
        (abstained, "marks-and-state"),
    ] {
        assert_eq!(declared(&plain()).refused(juror_of("j1"), Deed::HandInSheet(bali(), sheet.clone())), expected, "{sheet:?}");
    }
}

#[test]
fn a_mark_is_put_right_to_another_one_that_the_rubric_allows_and_for_a_reason() {
    let correction = |old: &str, new: &str, reason: &str| {
        let mark = |text: &str| Mark::try_from(text.to_owned()).expect("it is a mark");
        let (juror, candidate, indicator) = ("j1".into(), "badung".into(), "innovation".into());
        Deed::CorrectMark(
            bali(),
            MarkCorrection { juror, candidate, indicator, old: mark(old), new: mark(new), reason: reason.into() },
        )
    };
    for (deed, expected) in [
        (correction("80", "1000", "misread"), "problem-cycle-mark-out-of-range"),
        (correction("80", "90", " "), "text-empty"),
        (correction("80", "80", "misread"), "correct-other-mark"),
        (correction("70", "90", "misread"), "correct-other-mark"),
        (correction("80", "90", "misread"), "nothing"),
    ] {
        let mut office = declared(&plain());
        office.done(juror_of("j1"), Deed::HandInVersion(bali(), sheet("j1", "badung", "80")));
        assert_eq!(office.refused(secretariat(), deed.clone()), expected, "{deed:?}");
    }
}

#[test]
fn waiving_admitting_and_withdrawing_say_why() {
    for reason in ["", " \n"] {
        let said = || reason.to_owned();
        let deeds = [
            (chair(), Deed::WaiveAbsence(bali(), None, said())),
            (secretariat(), Deed::Withdraw(bali(), "badung".into(), said())),
        ];
        let (lines, long) = ("The hotel\nhad no signal.".to_owned(), "x".repeat(4_001));
        for (reason, expected) in [(lines, "nothing"), (long, "text-too-long")] {
            assert_eq!(declared(&plain()).refused(chair(), Deed::WaiveAbsence(bali(), None, reason)), expected);
        }
        for (actor, deed) in deeds {
            assert_eq!(declared(&plain()).refused(actor, deed.clone()), "text-empty", "{deed:?}");
        }
    }
}

#[test]
fn points_and_exemptions_are_of_an_indicator_that_the_contest_has() {
    let points = |indicator: &str| {
        let (candidate, indicator, level) = ("badung".into(), indicator.into(), "province".into());
        Deed::StatePoints(bali(), StatedPoints { candidate, indicator, points: 5_u32.into(), source: None, level })
    };
    let exempt = |indicator: &str, reason: &str| {
        let (candidate, indicator, level) = ("badung".into(), indicator.into(), "province".into());
        Deed::ExemptFrom(bali(), NotApplicable { candidate, indicator, reason: reason.into(), level })
    };
    for (deed, expected) in [
        (points("atlantis"), "no-such-indicator"),
        (exempt("atlantis", "a city passes no law"), "no-such-indicator"),
        (exempt("innovation", " "), "text-empty"),
        (exempt("innovation", "a city passes no law"), "nothing"),
    ] {
        assert_eq!(office(&plain()).refused(verifier(), deed.clone()), expected, "{deed:?}");
    }
}

#[test]
fn a_conflict_is_declared_once_and_not_after_closing() {
    let conflict = Conflict {
        level: "province".into(),
        juror: "j1".into(),
        candidate: "badung".into(),
        kind: ConflictKind::Personal,
        recused: true,
        reason: "a brother".into(),
    };
    let deed = || Deed::DeclareConflict(bali(), conflict.clone());
    let mut office = declared(&plain());
    office.done(juror_of("j1"), deed());
    assert_eq!(office.refused(juror_of("j1"), deed()), "declared-twice");
    let mut closed = declared(&plain());
    closed.state.apply(&award::Fact::JudgingClosed(bali()));
    assert_eq!(closed.refused(juror_of("j1"), deed()), "conflict-after-closing");
}

#[test]
fn nobody_is_proposed_in_the_contest_of_another_region_or_category() {
    let mut office = office(&plain());
    let known = candidate(&office, "badung");
    for (id, region, category, expected) in [
        ("metro", "18.72", "city", "wrong-contest"),
        ("nowhere", "99.99", "city", "region-unknown"),
        ("trunyan", "51.06", "village", "wrong-contest"),
        ("bangli", "51.06", "city", "nothing"),
    ] {
        let other = award::cycle::tables::Candidate {
            id: id.into(),
            name: id.into(),
            region: region.into(),
            category: category.into(),
            ..known.clone()
        };
        assert_eq!(office.refused(secretariat(), Deed::Propose(bali(), other)), expected, "{id}");
    }
}

#[test]
fn nobody_is_appointed_to_two_seats() {
    let mut office = office(&plain());
    let seat = |seat: &str| Deed::Appoint(round(), decreed("j1", "Ayu", seat).appointment);
    office.done(secretariat(), seat("chair"));
    assert_eq!(office.refused(secretariat(), seat("member")), "appointed-twice");
}

#[test]
fn days_that_nobody_can_mean_are_refused() {
    let absurd = date(9999, 1, 1);
    let checked = award::evidence::ClaimCheck { as_of: absurd, ..check("badung", "members", "80") };
    assert_eq!(office(&plain()).refused(verifier(), Deed::CheckClaim(bali(), checked)), "day-absurd");
    let mut seat = decreed("j9", "Made", "member");
    seat.to = Some(absurd);
    assert_eq!(office(&plain()).refused(secretariat(), Deed::AppointByDecree(round(), seat)), "day-absurd");
}

#[test]
fn an_order_names_each_candidate_once() {
    let mut office = acting::Office::after(&small(), Stage::Counting);
    let order = |of: &[&str]| Deed::GiveOrder(cities(), OrderBy::Chair, of.iter().map(|candidate| (*candidate).into()).collect());
    for (of, expected) in [
        (&["badung", "gianyar", "badung"][..], "order-names-twice"),
        (&[], "text-empty"),
        (&["badung", "atlantis"], "not-in-contest"),
    ] {
        assert_eq!(office.refused("ayu", Role::Chair, order(of), noon()), expected, "{of:?}");
    }
    office.does("ayu", Role::Chair, order(&["badung", "gianyar"]), noon());
}

#[test]
fn a_lot_is_revealed_with_the_words_that_were_spoken_and_with_no_others_later() {
    let mut office = office(&plain());
    let lot = |secret: &str, words: &str| CommittedLot {
        level: "province".into(),
        commitment: tally::lot::commitment("Nyepi"),
        secret: Some(secret.into()),
        words: Some(words.into()),
    };
    office.done(Actor::Centre, Deed::CommitLot(lot("", "")));
    office.done(Actor::Centre, Deed::RevealLot(lot("Galungan", "satu")));
    office.done(Actor::Centre, Deed::RevealLot(lot("Nyepi", "satu")));
    assert_eq!(office.refused(Actor::Centre, Deed::RevealLot(lot("Nyepi", "dua"))), "lot-revealed");
    assert_eq!(office.state.lots["province"].words.as_deref(), Some("satu"));
}

fn sits(present: &[&str]) -> Deed {
    let opening = PlenaryOpening {
        session: "pleno-1".into(),
        panel: "team".into(),
        place: "Denpasar".into(),
        present: present.iter().map(|juror| (*juror).into()).collect(),
        chair: "j1".into(),
        acting_because: None,
        by: "sari".into(),
    };
    Deed::OpenPlenary(round(), opening)
}

#[test]
fn who_has_left_the_panel_neither_sits_in_the_plenary_nor_votes() {
    let mut office = declared(&plain());
    let takes = decreed("j9", "Made", "member");
    let leaves = Replacement { leaves: "j3".into(), takes, sheets: GivenSheets::Void, reason: "retired".into() };
    office.done(secretariat(), Deed::ReplaceMember(round(), leaves));
    assert_eq!(office.refused(secretariat(), sits(&["j1", "j2", "j3"])), "not-of-panel");
    office.done(secretariat(), sits(&["j1", "j2", "j9"]));
    let (session, motion) = ("pleno-1".to_owned(), "m1".to_owned());
    let vote = Vote { session, motion, juror: "j3".into(), choice: award::stage::session::Choice::For, dissent: None };
    assert_ne!(office.refused(secretariat(), Deed::CastVote(round(), vote)), "nothing");
}

#[test]
fn a_juror_sits_in_the_plenary_through_the_last_day_of_the_term_and_not_on_the_next() {
    for (at, expected) in [
        ("2020-08-31T15:59:59Z", "plenary-term"),
        ("2020-08-31T16:00:00Z", "nothing"),
        ("2021-01-31T15:59:59Z", "nothing"),
        ("2021-01-31T16:00:00Z", "plenary-term"),
    ] {
        let mut office = office(&plain());
        for (juror, seat) in [("j1", "chair"), ("j2", "member"), ("j3", "member")] {
            let mut decreed = decreed(juror, juror, seat);
            decreed.to = Some(date(2021, 1, 31));
            office.done(secretariat(), Deed::AppointByDecree(round(), decreed));
        }
        let mut later = office.clone();
        office.now = instant(at);
        assert_eq!(office.refused(secretariat(), sits(&["j1", "j2", "j3"])), expected, "{at}");
        // Whoever comes later is asked the same.
        later.now = instant("2020-12-01T00:00:00Z");
        later.done(secretariat(), sits(&["j1", "j2"]));
        later.now = instant(at);
        let comes = PlenaryPresence { session: "pleno-1".into(), juror: "j3".into(), is_there: true };
        assert_eq!(later.refused(secretariat(), Deed::NotePresence(round(), comes)), expected, "{at}");
    }
}

#[test]
fn an_order_and_an_award_by_name_come_after_the_count_and_from_nobody_who_is_recused() {
    let order = || Deed::GiveOrder(cities(), OrderBy::Chair, vec!["badung".into(), "gianyar".into()]);
    let award = || Deed::NameAward(cities(), "honour".into(), "gianyar".into());
    let mut early = acting::Office::after(&small(), Stage::Judging);
    assert_eq!(early.refused("ayu", Role::Chair, order(), noon()), "not-counted");
    assert_eq!(early.refused("ayu", Role::Chair, award(), noon()), "not-counted");
    let mut office = acting::Office::after(&small(), Stage::Counting);
    let counted = office.state.contests[&cities()].counted.clone().expect("it is counted");
    let conflict = Conflict {
        level: "province".into(),
        juror: "j2".into(),
        candidate: "gianyar".into(),
        kind: ConflictKind::Personal,
        recused: true,
        reason: "brother".into(),
    };
    office.happened(award::Fact::ConflictDeclared(cities(), conflict));
    office.happened(award::Fact::Counted(cities(), counted));
    assert_eq!(office.refused("j2", Role::ActingChair, order(), noon()), "orders-recused");
    assert_eq!(office.refused("j2", Role::ActingChair, award(), noon()), "orders-recused");
    assert_eq!(office.refused("ayu", Role::ActingChair, award(), noon()), "award-not-named");
    office.does("ayu", Role::ActingChair, order(), noon());
}
