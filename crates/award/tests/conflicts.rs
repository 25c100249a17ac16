//! Conflicts of interest: declared before a dossier opens, found from the seat, ruled on when in doubt; and ranking before seeing points.

use crate::support;
use crate::support::Small;
use crate::support::office::{
    Office, bali, chair, check, declared, elsewhere, juror_of, none, office, opening, plain, secretariat, sheet, verifier,
    with_panel,
};
use award::cycle::tables::{Candidate, ConflictKind};
use award::interest::{Declaration, Interest, Ranking, Ruling, Stance, structural};
use award::panel::ActingChair;
use award::{Actor, Deed, Fact};

fn declare(juror: &str, candidate: &str, says: Interest) -> Deed {
    Deed::DeclareInterest(bali(), Declaration { juror: juror.into(), candidate: candidate.into(), says })
}

fn some(kind: ConflictKind) -> Interest {
    Interest::Some { kind, reason: "a brother works there".into() }
}

fn doubt() -> Interest {
    Interest::InDoubt { reason: "I advised them in 2015.".into() }
}

fn open(juror: &str, candidate: &str) -> Deed {
    Deed::OpenDossier(bali(), opening(juror, candidate))
}

#[test]
fn a_dossier_opens_only_to_who_declared_and_is_not_recused() {
    let cases = [
        (None, "undeclared", Stance::Undeclared),
        (Some(Interest::None), "nothing", Stance::Free),
        (Some(some(ConflictKind::Structural)), "nothing", Stance::Free),
        (Some(some(ConflictKind::Personal)), "recused", Stance::Recused),
        (Some(doubt()), "doubt-open", Stance::Doubtful),
    ];
    for (says, expected, stance) in cases {
        let mut office = with_panel(&plain());
        if let Some(says) = says.clone() {
            office.done(juror_of("j2"), declare("j2", "badung", says));
        }
        assert_eq!(office.refused(juror_of("j2"), open("j2", "badung")), expected, "{says:?}");
        assert_eq!(office.entry("badung").interests.stance(&"j2".into(), &"badung".into()), stance);
        // Neither does the sheet.
        office.done(verifier(), Deed::CheckClaim(bali(), check("badung", "workers", "100")));
        assert_eq!(office.refused(juror_of("j2"), Deed::HandInVersion(bali(), sheet("j2", "badung", "80"))), expected);
    }
}

#[test]
fn who_saw_what_is_on_record_once() {
    let mut office = declared(&plain());
    assert!(matches!(&office.done(juror_of("j1"), open("j1", "badung"))[..], [Fact::DossierOpened(..)]));
    assert_eq!(office.done(juror_of("j1"), open("j1", "badung")), []);
    assert_eq!(office.entry("badung").interests.dossiers.len(), 1);
    for (actor, deed, expected) in [
        (juror_of("j2"), open("j1", "badung"), "other-juror"),
        (secretariat(), open("j1", "badung"), "not-your-task"),
        (Actor::Juror(elsewhere(), "j1".into()), open("j1", "badung"), "other-round"),
        (juror_of("j9"), open("j9", "badung"), "not-on-panel"),
        (juror_of("j1"), open("j1", "atlantis"), "not-in-contest"),
    ] {
        assert_eq!(office.refused(actor, deed), expected);
    }
}

#[test]
fn a_declaration_is_completed_but_never_taken_back() {
    let again = |first: Interest, then: Interest| {
        let mut office = with_panel(&plain());
        office.done(juror_of("j2"), declare("j2", "badung", first));
        office.refused(juror_of("j2"), declare("j2", "badung", then))
    };
    assert_eq!(again(Interest::None, Interest::None), "declared-twice");
    assert_eq!(again(Interest::None, some(ConflictKind::Personal)), "nothing");
    assert_eq!(again(Interest::None, doubt()), "nothing");
    assert_eq!(again(doubt(), some(ConflictKind::Personal)), "nothing");
    assert_eq!(again(some(ConflictKind::Personal), Interest::None), "declaration-taken-back");
    assert_eq!(again(some(ConflictKind::Personal), doubt()), "declaration-taken-back");
    assert_eq!(again(doubt(), Interest::None), "declaration-taken-back");
    let mut office = with_panel(&plain());
    let unsaid = Interest::Some { kind: ConflictKind::Personal, reason: " ".into() };
    assert_eq!(office.refused(juror_of("j2"), declare("j2", "badung", unsaid)), "text-empty");
    assert_eq!(office.refused(juror_of("j2"), declare("j2", "badung", some(ConflictKind::Doubt))), "doubt-as-conflict");
    assert_eq!(office.refused(juror_of("j9"), declare("j9", "badung", Interest::None)), "not-on-panel");
}

#[test]
fn whoever_marked_cannot_be_recused_afterwards_nor_after_closing() {
    let mut office = declared(&plain());
    office.done(juror_of("j2"), Deed::HandInVersion(bali(), sheet("j2", "badung", "80")));
    assert_eq!(office.refused(juror_of("j2"), declare("j2", "badung", some(ConflictKind::Personal))), "recused-after-marks");
    let mut closed = declared(&plain()).judged();
    closed.done(chair(), Deed::CloseJudging(bali(), Some(1)));
    assert_eq!(closed.refused(juror_of("j2"), declare("j2", "badung", doubt())), "conflict-after-closing");
}

/// The chair is the region's secretary, one member supplies the data and coaches, one represents the employers.
fn structured() -> Small {
    plain().rule("role = \"chair\", count = 1 }", "role = \"chair\", count = 1, structural = [\"own_region\"] }").rule(
        "role = \"member\", count = 2 }",
        "role = \"member\", count = 2, structural = [\"supplies_data\", \"coaches\", \"represents\"] }",
    )
}

#[test]
fn what_comes_with_the_seat_is_found_and_disclosed_and_the_juror_takes_part() {
    let mut office = with_panel(&structured());
    let facts = office.done(juror_of("j1"), declare("j1", "badung", Interest::None));
    assert_eq!(facts.len(), 2);
    let disclosed = &office.contest().conflicts[0];
    assert_eq!((disclosed.kind, disclosed.recused, disclosed.reason.as_str()), (ConflictKind::Structural, false, "own_region"));
    assert_eq!(office.refused(juror_of("j1"), open("j1", "badung")), "nothing");
    // Declaring more does not disclose it twice.
    office.done(juror_of("j1"), declare("j1", "badung", doubt()));
    assert_eq!(office.contest().conflicts.len(), 1);
}

#[test]
fn which_conflicts_a_seat_brings_depends_on_the_candidate() {
    let office = with_panel(&structured());
    let found = |juror: usize, change: &dyn Fn(&mut Candidate)| {
        let mut candidate = support::office::candidate(&office, "badung");
        change(&mut candidate);
        structural(&office.state, &bali(), office.state.jurors(&bali())[juror], &candidate).join(" ")
    };
    assert_eq!(found(0, &|_| {}), "own_region");
    assert_eq!(found(0, &|candidate| candidate.region = "18.71".into()), "");
    assert_eq!(found(0, &|candidate| candidate.kind = "company".into()), "");
    assert_eq!(found(1, &|_| {}), "supplies_data");
    assert_eq!(found(1, &|candidate| candidate.route = Some("branch".into())), "supplies_data coaches");
    assert_eq!(found(1, &|candidate| candidate.kind = "company".into()), "supplies_data represents");
}

fn ruling(juror: &str, by: &str, recused: bool) -> Deed {
    let reason = "long ago, and nothing since".into();
    Deed::RuleOnDoubt(bali(), Ruling { juror: juror.into(), candidate: "badung".into(), by: by.into(), recused, reason })
}

#[test]
fn the_chair_rules_on_a_doubt() {
    for (recused, then) in [(false, "nothing"), (true, "recused")] {
        let mut office = with_panel(&plain());
        assert_eq!(office.refused(chair(), ruling("j2", "j1", recused)), "no-doubt");
        office.done(juror_of("j2"), declare("j2", "badung", doubt()));
        for (actor, deed, expected) in [
            (juror_of("j2"), ruling("j2", "j2", recused), "rules-on-oneself"),
            (juror_of("j3"), ruling("j2", "j3", recused), "not-chair-for"),
            (juror_of("j3"), ruling("j2", "j1", recused), "other-juror"),
            (secretariat(), ruling("j2", "j1", recused), "not-your-task"),
            (chair(), ruling("j2", "j1", recused), "nothing"),
            (chair(), ruling("j2", "j1", recused), "no-doubt"),
        ] {
            assert_eq!(office.refused(actor, deed), expected);
        }
        assert_eq!(office.refused(juror_of("j2"), open("j2", "badung")), then);
        assert_eq!(office.contest().is_recused(&"j2".into(), &"badung".into()), recused);
    }
}

#[test]
fn on_the_chair_s_own_doubt_the_acting_chair_rules() {
    let mut office = with_panel(&plain().rule("quorum = 2", "quorum = 2\nacting_chair = true"));
    office.done(juror_of("j1"), declare("j1", "badung", doubt()));
    assert_eq!(office.refused(chair(), ruling("j1", "j1", false)), "rules-on-oneself");
    assert_eq!(office.refused(juror_of("j2"), ruling("j1", "j2", false)), "not-chair-for");
    let acting = ActingChair { candidate: "badung".into(), juror: "j2".into(), reason: "the chair is in doubt".into() };
    office.done(secretariat(), Deed::NameActingChair(bali(), acting));
    office.done(juror_of("j2"), ruling("j1", "j2", false));
    // The doubt is gone, and the chair chairs again.
    let chair = award::panel::chair_for(&office.state, &bali(), &"badung".into());
    assert_eq!(chair.map(|juror| juror.as_str()), Some("j1"));
}

fn blind() -> Small {
    plain().rule("quota = 1\nreserves = 1", "quota = 1\nreserves = 1\nblind = true")
}

fn rank(juror: &str, order: &[&str]) -> Deed {
    let order = order.iter().map(|candidate| (*candidate).into()).collect();
    Deed::HandInRanking(bali(), Ranking { juror: juror.into(), order })
}

fn figures(juror: &str, candidate: &str) -> Deed {
    Deed::OpenFigures(bali(), opening(juror, candidate))
}

#[test]
fn where_the_rulebook_asks_jurors_rank_before_they_see_points() {
    let mut office = declared(&blind());
    assert_eq!(office.refused(juror_of("j1"), figures("j1", "badung")), "rank-first");
    assert_eq!(office.refused(juror_of("j1"), open("j1", "badung")), "nothing");
    for (order, expected) in [
        (&["badung", "gianyar"][..], "ranking-incomplete"),
        (&["badung", "gianyar", "gianyar"], "ranking-incomplete"),
        (&["badung", "gianyar", "denpasar", "atlantis"], "ranking-incomplete"),
        (&[], "ranking-incomplete"),
        (&["gianyar", "badung", "denpasar"], "nothing"),
        (&["badung", "gianyar", "denpasar"], "ranking-twice"),
    ] {
        assert_eq!(office.refused(juror_of("j1"), rank("j1", order)), expected, "{order:?}");
    }
    assert_eq!(office.refused(juror_of("j1"), figures("j1", "badung")), "nothing");
    assert_eq!(office.refused(juror_of("j2"), figures("j2", "badung")), "rank-first");
    assert_eq!(office.refused(juror_of("j2"), rank("j1", &["badung", "gianyar", "denpasar"])), "other-juror");
    assert_eq!(office.refused(juror_of("j9"), rank("j9", &["badung", "gianyar", "denpasar"])), "ranking-not-on-panel");
}

#[test]
fn whom_a_juror_is_recused_from_is_not_ranked_and_without_the_rule_nobody_is() {
    let mut office = with_panel(&blind());
    office.done(juror_of("j1"), declare("j1", "badung", some(ConflictKind::Personal)));
    assert_eq!(office.refused(juror_of("j1"), rank("j1", &["badung", "gianyar", "denpasar"])), "ranking-incomplete");
    assert_eq!(office.refused(juror_of("j1"), rank("j1", &["gianyar", "denpasar"])), "nothing");
    let mut open = declared(&plain());
    assert_eq!(open.refused(juror_of("j1"), figures("j1", "badung")), "nothing");
    assert_eq!(open.refused(juror_of("j1"), rank("j1", &["badung", "gianyar", "denpasar"])), "ranking-not-asked");
}

#[test]
fn declarations_of_an_unknown_candidate_or_another_juror_are_refused() {
    let mut office: Office = office(&plain());
    let deed = |juror: &str, candidate: &str| Deed::DeclareInterest(bali(), none(juror, candidate));
    assert_eq!(office.refused(juror_of("j1"), deed("j1", "badung")), "not-on-panel");
    assert_eq!(office.refused(juror_of("j1"), deed("j2", "badung")), "other-juror");
    assert_eq!(office.refused(juror_of("j1"), deed("j1", "atlantis")), "not-in-contest");
    assert_eq!(office.refused(Actor::Candidate("badung".into()), deed("j1", "badung")), "not-your-task");
}
