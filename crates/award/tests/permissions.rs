//! Who may do what where, and who may read what from when on: the whole matrix as a text that a human can read, and its edges.

use crate::support::small;
use award::permission::may_here_and_elsewhere;
use award::permission::reading::READINGS;
use award::permission::sight::{PAPERS, SIGHTS};
use award::permission::table::TASKS;
use award::{Actor, ContestKey, Deed, Grant, Role, RoundKey, Scope, Sight, State, may_see, permit, permit_person};
use jiff::Timestamp;

const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots/permissions.txt");

fn round(region: &str) -> RoundKey {
    RoundKey { level: "province".into(), region: Some(region.into()) }
}

fn contest(region: &str, category: &str) -> ContestKey {
    ContestKey { round: round(region), category: category.into() }
}

fn state() -> State {
    small().played().state
}

fn at(text: &str) -> Option<Timestamp> {
    Some(text.parse().expect("it is an instant"))
}

fn in_bali(role: Role) -> Grant {
    Grant::new(role, Scope { level: Some("province".into()), region: Some("51".into()), ..Scope::default() })
}

/// The key of the refusal, or `permitted`.
fn asked(grants: &[Grant], deed: &Deed, at: Option<Timestamp>) -> String {
    let refused = permit_person(&state(), &"wayan".into(), grants, deed, at).err();
    refused.map_or("permitted".into(), |refusal| refusal.rule.key().trim_start_matches("refusal-").to_owned())
}

fn seen(state: &State, grants: &[Grant], sight: Sight<'_>) -> bool {
    may_see(state, grants, sight, None).is_ok()
}

/// The matrix as text: a row for each deed, a column for each role.
fn matrix() -> String {
    let mut text = String::from(
        "Who may do what.\n\nall: in every round; own: in the own round, for the own entry or sheet; -: not this role's task.\n\n",
    );
    let width = 11;
    let columns = |cells: &mut dyn Iterator<Item = String>| cells.map(|cell| format!(" {cell:<width$}")).collect::<String>();
    let line = |name: &str, cells: String| format!("{name:<24}{cells}").trim_end().to_owned() + "\n";
    text += &line("", columns(&mut Role::ALL.iter().map(|role| role.name().chars().take(width).collect())));
    for task in TASKS {
        let cell = |role: &Role| match may_here_and_elsewhere(*role, task) {
            (true, true) => "all",
            (true, false) => "own",
            (false, false) => "-",
            (false, true) => "ELSEWHERE ONLY",
        };
        text += &line(task.deed, columns(&mut Role::ALL.iter().map(|role| cell(role).to_owned())));
    }
    text += "\nFrom when on who may read, inside the scope of the role.\n\n";
    for (role, marks, standing) in SIGHTS {
        let name = |from| format!("{from:?}").to_lowercase();
        text += &line(role.name(), format!(" marks {:<14} standing {}", name(marks), name(standing)));
    }
    text.push('\n');
    for (role, candidates, panel, claims) in PAPERS {
        let name = |from| format!("{from:?}").to_lowercase();
        let papers = format!(" candidates {:<12} panel {:<12} claims {}", name(candidates), name(panel), name(claims));
        text += &line(role.name(), papers);
    }
    text.push('\n');
    for (role, dossier, work) in READINGS {
        let name = |from| format!("{from:?}").to_lowercase();
        text += &line(role.name(), format!(" dossier {:<15} work {}", name(dossier), name(work)));
    }
    text
}

#[test]
fn the_matrix_of_roles_and_deeds_is_the_one_on_paper() {
    let matrix = matrix();
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(SNAPSHOT, &matrix).expect("the snapshot can be written");
    }
    let known = std::fs::read_to_string(SNAPSHOT).unwrap_or_default();
    assert!(known == matrix, "run with UPDATE_SNAPSHOTS=1 if this is meant:\n{matrix}");
}

#[test]
fn every_deed_stands_in_the_table_once() {
    let mut names: Vec<&str> = TASKS.iter().map(|task| task.deed).collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
fn who_only_looks_or_administers_does_nothing() {
    for role in [Role::Public, Role::Auditor, Role::Operator] {
        let does: Vec<&str> = TASKS.iter().filter(|task| task.roles.contains(&role)).map(|task| task.deed).collect();
        assert_eq!(does, Vec::<&str>::new(), "{}", role.name());
    }
}

#[test]
fn a_scope_limits_by_level_region_category_and_edition() {
    let close = Deed::CloseJudging(contest("51", "city"), None);
    let chair = |scope: Scope| [Grant::new(Role::Chair, scope)];
    let cases = [
        (Scope::default(), "permitted"),
        (Scope { region: Some("51".into()), ..Scope::default() }, "permitted"),
        (Scope { region: Some("5".into()), ..Scope::default() }, "other-round"),
        (Scope { region: Some("51.03".into()), ..Scope::default() }, "other-round"),
        (Scope { region: Some("18".into()), ..Scope::default() }, "other-round"),
        (Scope { level: Some("nation".into()), ..Scope::default() }, "other-round"),
        (Scope { category: Some("city".into()), ..Scope::default() }, "permitted"),
        (Scope { category: Some("village".into()), ..Scope::default() }, "other-category"),
        (Scope { edition: Some("small".into()), ..Scope::default() }, "permitted"),
        (Scope { edition: Some("small-2019".into()), ..Scope::default() }, "other-edition"),
    ];
    for (scope, expected) in cases {
        assert_eq!(asked(&chair(scope.clone()), &close, None), expected, "{scope:?}");
    }
    let nation = Deed::CloseJudging(
        ContestKey { round: RoundKey { level: "nation".into(), region: None }, category: "city".into() },
        None,
    );
    assert_eq!(asked(&chair(Scope { region: Some("51".into()), ..Scope::default() }), &nation, None), "other-round");
}

#[test]
fn a_region_reaches_the_rounds_inside_it() {
    let below = ContestKey { round: RoundKey { level: "regency".into(), region: Some("51.03".into()) }, category: "city".into() };
    let grant = Grant::new(Role::Chair, Scope { region: Some("51".into()), ..Scope::default() });
    assert_eq!(asked(&[grant], &Deed::CloseJudging(below, None), None), "permitted");
}

#[test]
fn a_branch_reaches_only_its_service_area() {
    let withdraw = |candidate: &str| Deed::Withdraw(contest("51", "city"), candidate.into(), "closed".into());
    let secretariat = |area: &str| [Grant::new(Role::Secretariat, Scope { area: vec![area.into()], ..Scope::default() })];
    assert_eq!(asked(&secretariat("51.03"), &withdraw("badung"), None), "permitted");
    assert_eq!(asked(&secretariat("51.03"), &withdraw("gianyar"), None), "other-area");
    assert_eq!(asked(&secretariat("51.03"), &withdraw("nobody"), None), "other-area");
    assert_eq!(asked(&secretariat("51"), &withdraw("gianyar"), None), "permitted");
}

#[test]
fn a_candidate_acts_for_its_own_organisation_only() {
    let withdraw = |candidate: &str| Deed::Withdraw(contest("51", "city"), candidate.into(), "closed".into());
    let badung = Grant::new(Role::Candidate, Scope { organisation: Some("badung".into()), ..Scope::default() });
    assert_eq!(asked(std::slice::from_ref(&badung), &withdraw("badung"), None), "permitted");
    assert_eq!(asked(&[badung], &withdraw("gianyar"), None), "other-organisation");
    assert_eq!(asked(&[Grant::new(Role::Candidate, Scope::default())], &withdraw("badung"), None), "other-organisation");
}

#[test]
fn a_juror_without_an_id_reaches_no_sheet() {
    let sheet = award::act::HandedSheet {
        juror: "j1".into(),
        candidate: "badung".into(),
        state: tally::SheetState::Abstained,
        marks: Default::default(),
    };
    let hand_in = Deed::HandInSheet(contest("51", "city"), sheet);
    let juror = |id: Option<&str>, role| [Grant::new(role, Scope { juror: id.map(Into::into), ..Scope::default() })];
    assert_eq!(asked(&juror(Some("j1"), Role::Juror), &hand_in, None), "permitted");
    assert_eq!(asked(&juror(Some("j2"), Role::Juror), &hand_in, None), "other-juror");
    assert_eq!(asked(&juror(None, Role::Juror), &hand_in, None), "other-juror");
    assert_eq!(asked(&juror(Some("j1"), Role::Aide), &hand_in, None), "permitted");
    assert_eq!(asked(&juror(Some("j1"), Role::Auditor), &hand_in, None), "not-your-task");
}

#[test]
fn an_office_holds_from_its_first_to_its_last_second() {
    let close = Deed::CloseJudging(contest("51", "city"), None);
    let acting =
        Grant { from: at("2020-12-01T00:00:00+08:00"), until: at("2020-12-17T23:59:59+08:00"), ..in_bali(Role::ActingChair) };
    let cases = [
        ("2020-11-30T23:59:59+08:00", "not-in-term"),
        ("2020-12-01T00:00:00+08:00", "permitted"),
        ("2020-12-17T23:59:59+08:00", "permitted"),
        ("2020-12-17T22:59:59+07:00", "permitted"),
        ("2020-12-18T00:59:59+09:00", "permitted"),
        ("2020-12-18T00:00:00+08:00", "not-in-term"),
        ("2020-12-17T23:00:00+07:00", "not-in-term"),
        ("2020-12-18T01:00:00+09:00", "not-in-term"),
    ];
    for (when, expected) in cases {
        assert_eq!(asked(std::slice::from_ref(&acting), &close, at(when)), expected, "{when}");
    }
    assert_eq!(asked(&[acting], &close, None), "not-in-term");
}

#[test]
fn of_several_roles_one_that_permits_is_enough_and_goes_on_record() {
    let close = Deed::CloseJudging(contest("51", "city"), None);
    let grants = [Grant::new(Role::Operator, Scope::default()), in_bali(Role::Verifier), in_bali(Role::Chair)];
    let permit = permit_person(&state(), &"wayan".into(), &grants, &close, None).expect("one of them is chair");
    assert_eq!(permit.actor(), Some(Actor::Person("wayan".into(), Box::new(in_bali(Role::Chair)))));
    assert_eq!(asked(&grants[..2], &close, None), "not-your-task");
    assert_eq!(asked(&[], &close, None), "not-your-task");
}

#[test]
fn a_person_in_a_run_reaches_as_far_as_the_grant() {
    let close = |region| Deed::CloseJudging(contest(region, "city"), None);
    let actor = Actor::Person("wayan".into(), Box::new(in_bali(Role::Chair)));
    assert!(permit(&actor, &close("51")).is_ok());
    assert!(permit(&actor, &close("18")).is_err());
    let in_term = Grant { until: at("2020-12-17T23:59:59+08:00"), ..in_bali(Role::Chair) };
    let of_edition = Grant::new(Role::Chair, Scope { edition: Some("small".into()), ..Scope::default() });
    for limited in [in_term, of_edition] {
        assert!(
            permit(&Actor::Person("wayan".into(), Box::new(limited)), &close("51")).is_err(),
            "no time and no edition is told"
        );
    }
}

#[test]
fn marks_are_secret_until_judging_closes_and_from_the_operator_always() {
    let (open, closed) = (judging(), state());
    let (key, badung, j1) = (contest("51", "city"), "badung".into(), "j1".into());
    let marks = Sight::Marks(&key, &badung, &j1);
    let cases = [
        (Role::Public, false, false),
        (Role::Branch, false, false),
        (Role::Secretariat, false, true),
        (Role::Verifier, false, true),
        (Role::Chair, false, true),
        (Role::ActingChair, false, true),
        (Role::Centre, false, true),
        (Role::Auditor, false, true),
        (Role::Operator, false, false),
    ];
    for (role, before, after) in cases {
        let grants = [in_bali(role)];
        assert_eq!((seen(&open, &grants, marks), seen(&closed, &grants, marks)), (before, after), "{}", role.name());
    }
    let elsewhere = [Grant::new(Role::Chair, Scope { region: Some("18".into()), ..Scope::default() })];
    assert!(!seen(&closed, &elsewhere, marks));
}

/// Bali while judging is open.
fn judging() -> State {
    let cycle = small().replace("marks.csv", "j3,denpasar,innovation,60\n", "").cycle();
    award::run(&cycle, None, &mut |_| {}).expect("it waits for a mark").state
}

#[test]
fn a_juror_sees_the_own_marks_and_others_only_where_the_rulebook_opens_them() {
    let key = contest("51", "city");
    let (badung, denpasar, j1, j3) = ("badung".into(), "denpasar".into(), "j1".into(), "j3".into());
    let juror = |id: &str| [Grant::new(Role::Juror, Scope { juror: Some(id.into()), ..Scope::default() })];
    let secret = judging();
    assert!(seen(&secret, &juror("j1"), Sight::Marks(&key, &badung, &j1)));
    assert!(!seen(&secret, &juror("j3"), Sight::Marks(&key, &badung, &j1)));
    let open = small().rule("quorum = 2", "quorum = 2\nopen_marks = true");
    let open = open.replace("marks.csv", "j3,denpasar,innovation,60\n", "").cycle();
    let open = award::run(&open, None, &mut |_| {}).expect("it waits for a mark").state;
    assert!(seen(&open, &juror("j3"), Sight::Marks(&key, &badung, &j1)));
    assert!(!seen(&open, &juror("j3"), Sight::Marks(&key, &denpasar, &j1)));
    assert!(seen(&open, &juror("j1"), Sight::Marks(&key, &denpasar, &j3)));
}

#[test]
fn a_candidate_sees_only_its_own_marks_and_only_after_the_announcement() {
    let key = contest("51", "city");
    let (badung, gianyar, j1) = ("badung".into(), "gianyar".into(), "j1".into());
    let candidate = [Grant::new(Role::Candidate, Scope { organisation: Some("badung".into()), ..Scope::default() })];
    let announced = state();
    assert!(seen(&announced, &candidate, Sight::Marks(&key, &badung, &j1)));
    assert!(!seen(&announced, &candidate, Sight::Marks(&key, &gianyar, &j1)));
    let mut before = announced;
    before.contests.get_mut(&key).expect("Bali is there").announced = false;
    assert!(!seen(&before, &candidate, Sight::Marks(&key, &badung, &j1)));
}

#[test]
fn an_announced_standing_is_everybody_s() {
    let key = contest("51", "city");
    assert!(seen(&state(), &[], Sight::Standing(&key)));
    assert!(!seen(&judging(), &[], Sight::Standing(&key)));
    assert!(!seen(&state(), &[], Sight::Standing(&contest("18", "city"))));
}

#[test]
fn who_chairs_by_a_grant_without_a_juror_acts_in_no_juror_s_name() {
    let of = award::sheet::SheetAt { juror: "j2".into(), candidate: "badung".into(), stage: award::sheet::SheetStage::Judging };
    let reason = || "x".to_owned();
    let ruling = award::interest::Ruling {
        juror: "j2".into(),
        candidate: "badung".into(),
        by: "j1".into(),
        recused: true,
        reason: reason(),
    };
    let reopening = award::sheet::Reopening { of: of.clone(), version: 1, by: "j1".into(), reason: reason() };
    let admission = award::sheet::Admission { of, by: "j1".into(), reason: reason() };
    let city = || contest("51", "city");
    for deed in [Deed::RuleOnDoubt(city(), ruling), Deed::ReopenSheet(city(), reopening), Deed::AdmitFromTray(city(), admission)]
    {
        for role in [Role::Chair, Role::ActingChair] {
            let as_juror = |juror: &str| Grant::new(role, Scope { juror: Some(juror.into()), ..in_bali(role).scope });
            assert_eq!(asked(&[in_bali(role)], &deed, None), "no-juror-in-grant", "{deed:?}");
            assert_eq!(asked(&[as_juror("j2")], &deed, None), "other-juror", "{deed:?}");
            assert_eq!(asked(&[as_juror("j1")], &deed, None), "permitted", "{deed:?}");
            let person = Actor::Person("wayan".into(), Box::new(in_bali(role)));
            assert_eq!(permit(&person, &deed).unwrap_err().rule.key(), "refusal-no-juror-in-grant");
        }
        // A file names the office of the round.
        assert!(permit(&Actor::Chair(round("51")), &deed).is_ok());
    }
}
