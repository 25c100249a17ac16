//! The process: deadlines, quorum, recusals, what goes up, and what became of those who do not.

use crate::support;
use crate::support::{sentence, small, statuses};
use award::{Actor, ContestKey, Deadline, Deed, NotAdmitted, RoundKey, instant, permit};
use jiff::civil::date;
use rules::regions::Zone;
use words::Lang;

const BALI: &str = "small/province/51/city";
const NATION: &str = "small/nation/city";

fn dossier(at: &str) -> support::Small {
    small().file("dossiers.csv", &format!("candidate,submitted_at\nbadung,2020-12-01\ngianyar,2020-12-01\ndenpasar,{at}\n"))
}

#[test]
fn the_best_goes_up_with_its_figures_and_the_next_is_the_reserve() {
    let run = small().played();
    assert_eq!(statuses(&run, BALI), ["badung 80 advances", "gianyar 75 reserve 1", "denpasar 60 below"]);
    // 0.6 × 80 (the frozen claims) + 0.4 × 80 (the carried total).
    assert_eq!(statuses(&run, NATION), ["badung 80 advances"]);
}

#[test]
fn marks_never_travel() {
    let run = small().played();
    let nation = run.contests.iter().find(|contest| contest.id.as_str() == NATION).expect("somebody went up");
    let count = &nation.counted.as_ref().expect("it was counted").count;
    assert!(count.sheets.is_empty());
    assert_eq!(count.entries[0].claims["carried.province.place"].to_string(), "1");
}

#[test]
fn a_correction_is_counted_for_the_tie_break() {
    let run = small().played();
    let entries = &run.contests[0].counted.as_ref().expect("it was counted").count.entries;
    let corrections: Vec<(&str, u32)> = entries.iter().map(|entry| (entry.id.as_str(), entry.corrections)).collect();
    assert_eq!(corrections, [("badung", 0), ("gianyar", 1), ("denpasar", 0)]);
}

#[test]
fn who_is_short_learns_what_would_have_been_enough() {
    let run = small().played();
    let id =
        "Cadangan ke-1, naik bila yang maju berhalangan. Peringkat 2, kuota 1, kurang 5; maju bila nilai Inovasi sedikitnya 90.";
    assert_eq!(sentence(&run, BALI, "gianyar", Lang::Id).replace("5,00", "5"), id);
    let run = small().replace("claims.csv", "denpasar,members,60,60", "denpasar,members,50,50").played();
    let en = "Ranked 3rd, quota 1, 25.00 short; no single indicator would be enough to advance.";
    assert_eq!(sentence(&run, BALI, "denpasar", Lang::En), en);
}

#[test]
fn a_dossier_in_the_last_second_of_the_day_is_in_time() {
    let run = dossier("2020-12-17 23:59:59").played();
    assert_eq!(statuses(&run, BALI).last().map(String::as_str), Some("denpasar 60 below"));
}

#[test]
fn a_dossier_a_second_later_is_not_admitted_and_that_is_no_mistake() {
    let late = dossier("2020-12-18 00:00:00").replace(
        "marks.csv",
        "j1,denpasar,innovation,60\nj2,denpasar,innovation,60\nj3,denpasar,innovation,60\n",
        "",
    );
    let run = late.played();
    assert_eq!(statuses(&run, BALI), ["badung 80 advances", "gianyar 75 reserve 1", "denpasar not_admitted"]);
    let en =
        "The dossier came at 18 December 2020, 00:00:00 WITA, after the deadline 17 December 2020, 23:59:59 WITA: not admitted.";
    assert_eq!(sentence(&run, BALI, "denpasar", Lang::En), en);
}

#[test]
fn a_day_ends_in_the_candidate_s_own_province() {
    for (region, zone, name) in [("18.71", Zone::Wib, "WIB"), ("51.71", Zone::Wita, "WITA"), ("91.71", Zone::Wit, "WIT")] {
        let outside = |at: &str| {
            let nobody_judges =
                dossier(at).file("panel.csv", "level,juror,name,seat\n").file("marks.csv", "juror,candidate,indicator,mark\n");
            let cycle = nobody_judges.replace("candidates.csv", "51.71", region).cycle();
            let run = award::run(&cycle, Some(rules::Stage::Dossier), &mut |_| {}).expect("nothing is refused");
            run.contests.iter().flat_map(|contest| &contest.not_admitted).map(|(_, why)| why.clone()).collect::<Vec<_>>()
        };
        assert_eq!(outside("2020-12-17 23:59:59"), [], "{region}");
        let deadline = Deadline::new(date(2020, 12, 17), zone);
        assert_eq!(deadline.shown(), format!("2020-12-17 23:59:59 {name}"));
        let at = instant(date(2020, 12, 18).at(0, 0, 0, 0), zone);
        assert_eq!(outside("2020-12-18 00:00:00"), [NotAdmitted::Late { at, deadline }], "{region}");
    }
}

#[test]
fn working_days_pass_over_weekends_and_holidays() {
    let working = small()
        .rule(
            "days = 30, after = \"preparation\", count = \"calendar\"",
            "days = 3, after = \"preparation\", count = \"working\"",
        )
        .rule("[[level]]", "[[holiday]]\non = 2020-11-19\nname = \"Holiday\"\n\n[[level]]");
    // Tuesday 17; 18, 20 and, past the weekend, 23.
    assert_eq!(award::report(&working.played()).deadlines[0].last_day, "2020-11-23");
}

#[test]
fn marks_for_a_candidate_that_was_not_admitted_are_refused() {
    assert_eq!(dossier("2020-12-18 00:00:00").refused(), "refusal-marks-not-admitted");
}

#[test]
fn the_chair_can_admit_a_late_dossier_or_move_the_deadline() {
    let decide = |decision: &str| {
        let header = "level,region,decision,candidate,value,reason\n";
        dossier("2020-12-18 08:00:00").file("decisions.csv", &format!("{header}province,51,{decision}\n"))
    };
    for decision in ["admit_late,denpasar,,flood", "extend,denpasar,1,flood", "extend,,1,flood"] {
        assert_eq!(statuses(&decide(decision).played(), BALI).len(), 3, "{decision}");
        assert_eq!(decide(decision).refused(), "nothing", "{decision}");
    }
    assert_eq!(decide("extend,badung,1,flood").refused(), "refusal-marks-not-admitted");
}

#[test]
fn admitting_what_is_not_late_is_refused() {
    let decision = "level,decision,candidate,reason\nprovince,admit_late,denpasar,just in case\n";
    assert_eq!(dossier("2020-12-17").file("decisions.csv", decision).refused(), "refusal-not-late");
}

#[test]
fn the_deadline_counts_from_the_meeting_that_took_place_in_the_region() {
    let events = "id,on,kind,title,region\nmeeting,2020-11-20,preparation,Preparation,51.71\n";
    assert_eq!(dossier("2020-12-20 23:00:00").file("events.csv", events).refused(), "nothing");
    assert_eq!(dossier("2020-12-21 00:00:00").file("events.csv", events).refused(), "refusal-marks-not-admitted");
}

#[test]
fn a_mark_that_nobody_gave_blocks_closing_until_it_is_waived() {
    let forgotten = small().replace("marks.csv", "j3,denpasar,innovation,60\n", "");
    assert_eq!(forgotten.refused(), "refusal-marks-missing");
    let waived = forgotten.file("decisions.csv", "level,decision,reason\nprovince,waive_absence,ill\n");
    assert_eq!(statuses(&waived.played(), BALI).last().map(String::as_str), Some("denpasar 60 below"));
}

#[test]
fn a_waived_absence_does_not_fill_the_quorum_but_an_abstention_does() {
    let one = small().replace("marks.csv", "j2,denpasar,innovation,60\nj3,denpasar,innovation,60\n", "");
    let waived = one.clone().file("decisions.csv", "level,decision,reason\nprovince,waive_absence,ill\n");
    assert_eq!(waived.refused(), "refusal-quorum");
    let abstained = one.replace("marks.csv", "j1,denpasar", "j3,denpasar,*,absent\nj2,denpasar,*,abstained\nj1,denpasar");
    let waived = abstained.file("decisions.csv", "level,decision,reason\nprovince,waive_absence,ill\n");
    assert_eq!(waived.refused(), "nothing");
}

#[test]
fn a_recused_juror_leaves_the_mean_and_the_quorum() {
    let conflicts = "level,juror,candidate,kind,recused,reason\nprovince,j1,gianyar,personal,yes,brother\n";
    let recused = small().replace("marks.csv", "j1,gianyar,innovation,70\n", "").file("conflicts.csv", conflicts);
    // (80 + 90) / 2 = 85, with 70 for coverage: 77.5.
    assert_eq!(statuses(&recused.played(), BALI)[1], "gianyar 77.5 reserve 1");
    assert_eq!(recused.rule("quorum = 2", "quorum = 3").refused(), "refusal-quorum");
}

#[test]
fn a_structural_conflict_is_disclosed_and_a_personal_one_recuses() {
    let header = "level,juror,candidate,kind,recused,reason\n";
    let with = |row: &str| small().file("conflicts.csv", &format!("{header}province,j1,badung,{row}\n"));
    let unmarked = with("structural,yes,own region").replace("marks.csv", "j1,badung,innovation,80\n", "");
    assert_eq!(unmarked.refused(), "refusal-structural-recused");
    assert_eq!(with("personal,no,brother").refused(), "refusal-personal-not-recused");
    let report = award::report(&with("structural,no,own region").played());
    let contest = &report.levels[0].rounds[0].contests[0];
    assert_eq!(contest.structural[0].declared, [("badung".to_owned(), "own region".to_owned())]);
    assert_eq!((contest.with_without.len(), contest.with_without[0].changes_who_advances), (1, false));
}

#[test]
fn who_fails_a_gate_need_not_be_marked() {
    let claims = "candidate,claim,claimed,verified,verifier,reason\n";
    let gone = small()
        .replace("claims.csv", claims, &format!("{claims}denpasar,arrears,no,yes,Ani,three months unpaid\n"))
        .replace("marks.csv", "j1,denpasar,innovation,60\nj2,denpasar,innovation,60\nj3,denpasar,innovation,60\n", "");
    let run = gone.played();
    assert_eq!(statuses(&run, BALI)[2], "denpasar disqualified");
    assert_eq!(sentence(&run, BALI, "denpasar", Lang::En), "Disqualified by: No arrears.");
}

#[test]
fn a_tie_across_the_line_stays_undecided_until_somebody_decides() {
    let tie = small()
        .replace("claims.csv", "gianyar,members,80,70,Ani,ten have left", "gianyar,members,80,80,Ani,")
        .rule("steps = [\"innovation\", \"chair\"]", "steps = [\"chair\"]");
    assert_eq!(statuses(&tie.played(), BALI)[..2], ["badung 80 undecided", "gianyar 80 undecided"]);
    let decided = tie.file("decisions.csv", "level,decision,value\nprovince,chair_order,gianyar badung\n");
    assert_eq!(statuses(&decided.played(), BALI)[..2], ["gianyar 80 advances", "badung 80 reserve 1"]);
}

#[test]
fn a_corrected_mark_counts_and_must_name_the_one_on_record() {
    let header = "level,decision,candidate,value,reason\n";
    let with = |value: &str| small().file("decisions.csv", &format!("{header}province,correct_mark,gianyar,{value},misread\n"));
    assert_eq!(statuses(&with("j1 innovation 70 100").played(), BALI)[0], "gianyar 80 advances");
    assert_eq!(with("j1 innovation 71 100").refused(), "refusal-correct-other-mark");
}

#[test]
fn a_row_about_a_level_that_was_not_reached_is_refused() {
    let stated = "candidate,indicator,reason,level\ngianyar,covered-again,no figures,nation\n";
    assert_eq!(small().file("not_applicable.csv", stated).refused(), "refusal-not-in-contest");
    assert_eq!(small().file("not_applicable.csv", &stated.replace("gianyar", "badung")).refused(), "nothing");
}

#[test]
fn a_run_can_stop_after_a_stage() {
    let run = award::run(&small().cycle(), Some(rules::Stage::Judging), &mut |_| {}).expect("nothing is refused");
    assert_eq!(run.contests.len(), 1);
    assert!(run.contests[0].counted.is_none());
}

#[test]
fn a_juror_hands_in_only_the_own_sheets_and_only_the_chair_closes() {
    let round = RoundKey { level: "province".into(), region: Some("51".into()) };
    let close = Deed::CloseJudging(ContestKey { round: round.clone(), category: "city".into() }, None);
    assert!(permit(&Actor::Chair(round.clone()), &close).is_ok());
    let refused = permit(&Actor::Juror(round.clone(), "j1".into()), &close).map_err(|refusal| refusal.rule.key().to_owned());
    assert_eq!(refused, Err("refusal-not-your-task".to_owned()));
    let elsewhere = RoundKey { level: "province".into(), region: Some("18".into()) };
    let refused = permit(&Actor::Chair(elsewhere), &close).map_err(|refusal| refusal.rule.key().to_owned());
    assert_eq!(refused, Err("refusal-other-round".to_owned()));
}

#[test]
fn a_nation_of_candidates_is_played_to_the_end() {
    let candidates: String = (0..300).map(|at| format!("c{at},City {at},city,city,51.71\n")).collect();
    let claims: String = (0..300).map(|at| format!("c{at},members,{at},{at},Ani\nc{at},workers,300,300,Ani\n")).collect();
    let marks: String =
        (0..300).flat_map(|at| (1..=3).map(move |juror| format!("j{juror},c{at},innovation,{}\n", at % 100))).collect();
    let many = small()
        .file("candidates.csv", &format!("id,name,category,kind,region\n{candidates}"))
        .file("claims.csv", &format!("candidate,claim,claimed,verified,verifier\n{claims}"))
        .file("marks.csv", &format!("juror,candidate,indicator,mark\n{marks}"));
    assert_eq!(statuses(&many.played(), BALI)[0], "c299 298/3 advances");
}
