//! What each role sees: the same award, looked at by the public, a candidate, a juror, the chair, an operator.

use crate::support;
use crate::support::office::{
    Office, bali, check, declared, elsewhere, juror_of, opening, plain, round, secretariat, sheet, verifier,
};
use award::cycle::tables::{Conflict, ConflictKind};
use award::stage::objection::Published;
use award::view::{Figure, Step, Veil, Viewer, organisation};
use award::{Deed, Fact, Grant, Reading, Role, Scope, State, may_read};
use jiff::Timestamp;

fn of_bali(role: Role) -> Grant {
    Grant::new(role, Scope { region: Some("51".into()), ..Scope::default() })
}

fn juror(id: &str) -> Grant {
    Grant::new(Role::Juror, Scope { region: Some("51".into()), juror: Some(id.into()), ..Scope::default() })
}

fn organisation_of(id: &str) -> Grant {
    Grant::new(Role::Candidate, Scope { organisation: Some(id.into()), ..Scope::default() })
}

fn sees(state: &State, grants: &[Grant], what: impl Fn(&Viewer<'_>) -> String) -> String {
    what(&Viewer { state, grants, at: None })
}

/// In a word whether something is shown, or the rule that hides it.
fn veil<T>(veil: &Veil<T>) -> String {
    match veil {
        Veil::Shown(_) => "shown".into(),
        Veil::Hidden { why, next } => {
            assert_eq!(next.0.key(), format!("{}-next", why.0.key()));
            why.0.key().replace("refusal-", "")
        }
    }
}

/// Dossier, standing and the jurors whose marks are shown, of Badung.
fn badung(viewer: &Viewer<'_>) -> String {
    let Some(view) = viewer.candidate(&"badung".into()) else { return "unknown".into() };
    let Some(entry) = view.entries.first() else { return "no entry".into() };
    let marks: Vec<&str> = entry.marks.iter().map(|mark| mark.juror.as_str()).collect();
    format!("{} {} [{}]", veil(&entry.dossier), veil(&entry.place), marks.join(" "))
}

/// Judging is open: Ayu (j1) and Budi (j2) have marked Badung; Citra (j3) has not opened its dossier.
fn judging() -> Office {
    let mut office = declared(&plain());
    for id in ["j1", "j2"] {
        office.done(juror_of(id), Deed::OpenDossier(bali(), opening(id, "badung")));
        office.done(juror_of(id), Deed::HandInVersion(bali(), sheet(id, "badung", "80")));
    }
    office
}

#[test]
fn while_judging_is_open_everybody_sees_a_dossier_or_own_marks_and_nobody_a_standing() {
    let office = judging();
    let cases: [(&[Grant], &str); 11] = [
        (&[], "unknown"),
        (&[Grant::new(Role::Operator, Scope::default())], "unknown"),
        (&[organisation_of("badung")], "shown see-announcement []"),
        (&[organisation_of("gianyar")], "unknown"),
        (&[juror("j1")], "shown see-closing [j1]"),
        (&[juror("j3")], "read-open-first see-closing []"),
        (&[of_bali(Role::Secretariat)], "shown see-closing []"),
        (&[of_bali(Role::Chair)], "read-open-first see-closing []"),
        (&[of_bali(Role::Chair), juror("j1")], "shown see-closing [j1]"),
        (&[Grant::new(Role::Auditor, Scope::default())], "unknown"),
        (&[Grant::new(Role::Centre, Scope::default())], "shown see-lock []"),
    ];
    for (grants, expected) in cases {
        assert_eq!(sees(&office.state, grants, badung), expected, "{:?}", grants.first().map(|grant| grant.role));
    }
    let of_lampung = Grant::new(Role::Secretariat, Scope { region: Some("18".into()), ..Scope::default() });
    assert_eq!(sees(&office.state, &[of_lampung], badung), "unknown");
}

#[test]
fn the_announced_standing_is_everybodys_and_marks_are_the_candidates_own() {
    let run = support::small().played();
    let key = run.contests.iter().find(|contest| contest.counted.is_some()).unwrap().key.clone();
    let candidate = run.state.contests[&key].entries[0].candidate.clone();
    let view = Viewer::public(&run.state).contest(&key).unwrap();
    assert_eq!((view.step, veil(&view.standing), veil(&view.work)), (Step::Announced, "shown".into(), "read-never".into()));
    assert_eq!(view.candidates.len(), view.entered);
    let of = |grants: &[Grant]| {
        let viewer = Viewer { state: &run.state, grants, at: None };
        let view = viewer.candidate(&candidate).unwrap();
        let entry = view.entries.iter().find(|entry| entry.contest == run.state.contest_id(&key).to_string()).unwrap();
        (entry.place.shown().is_some_and(Option::is_some), entry.marks.is_empty())
    };
    assert_eq!(of(&[]), (true, true));
    assert_eq!(of(&[organisation_of(candidate.as_str())]), (true, false));
}

#[test]
fn a_standing_has_place_total_and_a_sentence_for_each_candidate() {
    let run = support::small().played();
    let ran = award::report(&run);
    for contest in run.contests.iter().filter(|contest| contest.counted.is_some()) {
        let view = Viewer::public(&run.state).contest(&contest.key).unwrap();
        let reported = ran.levels.iter().flat_map(|level| &level.rounds).flat_map(|round| &round.contests);
        let reported = reported.into_iter().find(|reported| reported.id == view.id).unwrap();
        let rows: Vec<_> = view.standing.shown().unwrap().iter().map(|row| (row.place, &row.total, &row.sentence)).collect();
        let expected: Vec<_> = reported.standing.iter().map(|row| (row.place, &row.total, &row.sentence)).collect();
        assert_eq!(rows, expected, "{}", view.id);
    }
}

#[test]
fn the_work_on_a_contest_counts_sheets_that_are_asked_for() {
    let office = judging();
    let view = |grants: &[Grant]| Viewer { state: &office.state, grants, at: None }.contest(&bali()).unwrap();
    let seen = view(&[of_bali(Role::Chair)]);
    let work = seen.work.shown().unwrap();
    assert_eq!((seen.step, seen.entered, work.sheets), (Step::Judging, 3, (2, 9)));
    assert_eq!(veil(&view(&[]).work), "read-never");
    assert!(view(&[]).candidates.is_empty(), "the public knows no names before the publication");
}

#[test]
fn a_figure_is_stated_then_verified_and_says_so() {
    let mut office = declared(&plain());
    let grants = [of_bali(Role::Verifier)];
    let figure = |office: &Office| {
        let viewer = Viewer { state: &office.state, grants: &grants, at: None };
        let view = viewer.candidate(&"badung".into()).unwrap();
        let dossier = view.entries[0].dossier.shown().unwrap().clone();
        dossier.claims.iter().map(|claim| (claim.claim.clone(), claim.stands)).collect::<Vec<_>>()
    };
    let known = figure(&office);
    assert!(known.iter().all(|(_, stands)| *stands == Figure::Stated), "{known:?}");
    office.done(verifier(), Deed::CheckClaim(bali(), check("badung", "members", "40")));
    assert!(figure(&office).contains(&("members".into(), Figure::Verified)));
}

#[test]
fn what_comes_next_is_said_to_the_candidate_alone() {
    let office = judging();
    let next = |grants: &[Grant]| {
        let view = Viewer { state: &office.state, grants, at: None }.candidate(&"badung".into()).unwrap();
        let dossier = view.entries[0].dossier.shown().expect("it may be read").clone();
        dossier.standing.map(|standing| standing.next.0.key().to_owned())
    };
    let asked = next(&[organisation_of("badung")]);
    assert_eq!(asked.as_deref(), Some("stepper-next-verification"));
    assert_eq!(next(&[of_bali(Role::Secretariat), organisation_of("badung")]), asked);
    let centre = Grant::new(Role::Centre, Scope::default());
    for other in [of_bali(Role::Secretariat), of_bali(Role::Branch), of_bali(Role::Verifier), juror("j1"), centre] {
        assert_eq!(next(std::slice::from_ref(&other)), None, "{:?}", other.role);
    }
    let ended = Grant { until: Some(Timestamp::UNIX_EPOCH), ..organisation_of("badung") };
    let grants = [of_bali(Role::Secretariat), ended];
    let later = Viewer { state: &office.state, grants: &grants, at: Some("2021-01-01T00:00:00Z".parse().unwrap()) };
    let view = later.candidate(&"badung".into()).unwrap();
    assert_eq!(view.entries[0].dossier.shown().map(|dossier| dossier.standing.is_some()), Some(false), "its role has ended");
}

#[test]
fn whether_figures_are_verified_shows_in_no_step_to_whoever_may_not_read_them() {
    let mut office = declared(&plain());
    office.done(secretariat(), Deed::CloseDossiers(bali()));
    let at: Timestamp = "2021-01-01T00:00:00Z".parse().unwrap();
    let steps = |office: &Office| {
        let badung = "badung".into();
        let whole = award::candidate::stepper(&office.state, &bali(), &badung, at).unwrap();
        let without = award::candidate::stepper_without_figures(&office.state, &bali(), &badung, at).unwrap();
        (whole.standing.step, without.standing.step)
    };
    let before = steps(&office);
    for (claim, value) in [("members", "80"), ("workers", "100")] {
        office.done(verifier(), Deed::CheckClaim(bali(), check("badung", claim, value)));
    }
    let after = steps(&office);
    assert_eq!(before.0, before.1);
    assert_ne!(after.0, before.0, "the candidate is a step further");
    assert_eq!(after.1, before.1, "and nobody sees it who may not read the figures");
}

#[test]
fn a_round_shows_its_panel_calendar_and_contests_to_everybody() {
    let office = judging();
    let view = Viewer::public(&office.state).round(&round()).unwrap();
    let seats: Vec<(&str, bool)> = view.seats.iter().map(|seat| (seat.name.as_str(), seat.is_chair)).collect();
    assert_eq!(seats, [("Ayu", true), ("Budi", false), ("Citra", false)]);
    assert_eq!((view.free_seats.len(), view.contests.len(), view.contests[0].step), (0, 1, Step::Judging));
    assert!(Viewer::public(&office.state).round(&elsewhere()).is_none());
    let nation = Viewer::public(&office.state).nation();
    let of_bali = nation.rounds.iter().find(|line| line.region.as_deref() == Some("51")).unwrap();
    assert_eq!((of_bali.step, of_bali.candidates, of_bali.steps[&Step::Judging]), (Step::Judging, 3, 1));
    let untouched = nation.rounds.iter().filter(|line| line.step == Step::NotOpened).count();
    assert_eq!((nation.rounds.len(), untouched), (34, 33), "every province of 2020 has a line");
    let edition = Viewer::public(&office.state).edition();
    assert_eq!((edition.is_open, edition.levels[0].candidates, edition.levels[0].steps[&Step::NotOpened]), (false, 3, 33));
}

#[test]
fn a_nation_a_round_and_a_contest_tell_the_same_step() {
    let run = support::small().played();
    let nation = Viewer::public(&run.state).nation();
    for key in run.state.contests.keys() {
        let line = nation.rounds.iter().find(|line| line.level == key.round.level && line.region == key.round.region).unwrap();
        let viewer = Viewer::public(&run.state);
        let round = viewer.round(&key.round).unwrap();
        let least = round.contests.iter().filter(|contest| contest.entered > 0).map(|contest| contest.step).min();
        assert_eq!((line.step, Some(line.step)), (round.step, least), "{}", key.round.path());
        assert!(viewer.contest(key).unwrap().step >= line.step, "{}", key.round.path());
    }
}

#[test]
fn an_organisations_years_leave_out_what_is_not_published() {
    let run = support::small().played();
    let candidate = run.state.contests.values().next().unwrap().entries[0].candidate.clone();
    let identity = award::history::Identity { ids: vec![candidate], names: Vec::new() };
    let announced = organisation(&[Viewer::public(&run.state)], &identity);
    assert_eq!(announced.withheld, 0);
    let mut state = run.state.clone();
    state.contests.values_mut().for_each(|contest| contest.announced = false);
    let before = organisation(&[Viewer::public(&state)], &identity);
    assert_eq!((before.series.rows.len(), before.withheld), (0, announced.series.rows.len()));
    let published = Published { by: "sari".into(), at: Timestamp::UNIX_EPOCH, until: None };
    let mut provisional = state.clone();
    provisional.contests.values_mut().for_each(|contest| contest.closing.published = Some(published.clone()));
    assert_eq!(organisation(&[Viewer::public(&provisional)], &identity), before, "nobody has won by a provisional result");
    let everything = [Grant::new(Role::Auditor, Scope::default())];
    let audited = organisation(&[Viewer { state: &state, grants: &everything, at: None }], &identity);
    assert_eq!(audited.withheld, 0);
}

#[test]
fn a_recused_juror_never_reads_the_dossier() {
    let office = judging();
    let dossier = |state: &State, juror: Grant| {
        let (key, id) = (bali(), "badung".into());
        may_read(state, &[juror], Reading::Dossier(&key, &id), None).map_err(|refusal| refusal.rule.key().to_owned())
    };
    assert_eq!(dossier(&office.state, juror("j1")), Ok(()));
    assert_eq!(dossier(&office.state, juror("j3")), Err("refusal-read-open-first".into()));
    let (juror_id, candidate) = ("j1".into(), "badung".into());
    let kind = ConflictKind::Personal;
    let conflict =
        Conflict { level: "province".into(), juror: juror_id, candidate, kind, reason: "a brother".into(), recused: true };
    let mut state = office.state;
    state.apply(&Fact::ConflictDeclared(bali(), conflict));
    assert_eq!(dossier(&state, juror("j1")), Err("refusal-read-open-first".into()));
}

#[test]
fn until_it_is_announced_a_contest_says_when_it_is_to_be_and_then_no_longer() {
    let office = judging();
    let viewer = Viewer::public(&office.state);
    let planned = viewer.contest(&bali()).unwrap().expected;
    let outcome = viewer.outcomes().into_iter().find(|outcome| outcome.contest == bali()).unwrap();
    assert_eq!(outcome.expected, planned);
    let run = support::small().played();
    for key in run.state.contests.keys() {
        let view = Viewer::public(&run.state).contest(key).unwrap();
        assert!(view.step < Step::Announced || view.expected.is_none(), "{}", key.path());
    }
}
