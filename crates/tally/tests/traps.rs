//! The traps in which other programs were caught, one test each (`anchors.md` section 1, by number).

mod support;

use support::{
    contest, counted, cut, entry, entry_with, exact, group, lines, rubric, sheet, standing, stated, statuses, without_marks,
};
use tally::outcome::{Adjusted, Counted, Fitted};
use tally::{Change, Code, Combine, Count, CutTies, Lot, Rung, SheetState, Status, apply, count, lot};

/// Two criteria of equal weight, two jurors.
fn two_criteria(sheets: Vec<tally::Sheet>) -> Count {
    let tree = group("total", Combine::Mean, vec![("1", rubric("plan")), ("1", rubric("effect"))]);
    Count { sheets, ..contest(tree, &["ani", "budi"], vec![entry("a")]) }
}

#[test]
fn trap_1_a_criterion_declined_by_a_juror_never_counts_as_zero() {
    for state in ["not_applicable", "abstained", "absent"] {
        let document = two_criteria(vec![
            sheet("ani", "a", &[("plan", "80"), ("effect", state)]),
            sheet("budi", "a", &[("plan", "80"), ("effect", "60")]),
        ]);
        assert_eq!(standing(&counted(&document)), lines(&[("a", 1, "70")]), "{state}");
    }
}

#[test]
fn trap_1_a_recused_jurors_mark_never_counts_as_zero() {
    let document = two_criteria(vec![
        sheet("ani", "a", &[("plan", "80"), ("effect", "60")]),
        without_marks("budi", "a", SheetState::Recused),
    ]);
    assert_eq!(standing(&counted(&document)), lines(&[("a", 1, "70")]));
}

#[test]
fn trap_2_a_criterion_that_does_not_apply_does_not_lower_the_total() {
    let mut document = two_criteria(vec![sheet("ani", "a", &[("plan", "80")])]);
    document.entries[0].not_applicable = vec!["effect".into()];
    assert_eq!(standing(&counted(&document)), lines(&[("a", 1, "80")]));
}

#[test]
fn trap_3_abstaining_is_not_the_same_as_forgetting() {
    let document = two_criteria(vec![without_marks("ani", "a", SheetState::Abstained), sheet("budi", "a", &[("plan", "70")])]);
    let panel = &counted(&document).panel["a"];
    assert_eq!(panel["plan"], Counted { marked: 1, abstained: 1, ..Counted::default() });
    assert_eq!(panel["effect"], Counted { abstained: 1, absent: 1, ..Counted::default() });
}

#[test]
fn trap_4_a_question_left_blank_does_not_weigh_the_others_anew_for_one_juror() {
    // Per leaf: plan (80 + 60) / 2 = 70, effect 40, total 55. The mean of the jurors' own means would be (60 + 60) / 2 = 60.
    let document =
        two_criteria(vec![sheet("ani", "a", &[("plan", "80"), ("effect", "40")]), sheet("budi", "a", &[("plan", "60")])]);
    assert_eq!(standing(&counted(&document)), lines(&[("a", 1, "55")]));
}

/// Nine jurors; true marks A 80, B 79, C 70; juror j9 is 15 points stricter.
fn nine_jurors() -> Count {
    let jurors: Vec<String> = (1..=9).map(|number| format!("j{number}")).collect();
    let ids: Vec<&str> = jurors.iter().map(String::as_str).collect();
    let mut document = contest(rubric("mark"), &ids, vec![entry("A"), entry("B"), entry("C")]);
    for (id, mark) in [("A", 80), ("B", 79), ("C", 70)] {
        let mark = |juror: &&str| if *juror == "j9" { mark - 15 } else { mark };
        document.sheets.extend(ids.iter().map(|juror| sheet(juror, id, &[("mark", &mark(juror).to_string())])));
    }
    document.cut = cut(1, 0, CutTies::Ladder);
    document
}

#[test]
fn trap_5_the_fit_shows_that_a_recusal_alone_made_the_winner() {
    let full = counted(&nine_jurors());
    assert_eq!(standing(&full), lines(&[("A", 1, "235/3"), ("B", 2, "232/3"), ("C", 3, "205/3")]));
    assert_eq!(full.adjusted, None);

    let mut document = nine_jurors();
    document.sheets.retain(|sheet| !(sheet.juror == "j9" && sheet.entry == "B"));
    document.sheets.push(without_marks("j9", "B", SheetState::Recused));
    let recused = counted(&document);
    assert_eq!(standing(&recused), lines(&[("B", 1, "79"), ("A", 2, "235/3"), ("C", 3, "205/3")]));
    let totals = [("A", "235/3"), ("B", "232/3"), ("C", "205/3")];
    assert_eq!(
        recused.adjusted,
        Some(Adjusted::Fitted(Fitted {
            totals: totals.map(|(entry, total)| (entry.to_string(), exact(total))).into(),
            advancing: vec!["A".into()],
            disagrees: true,
        }))
    );
}

#[test]
fn trap_6_nothing_is_normalised_so_a_lead_of_seven_points_stays_one() {
    let mut document = contest(rubric("mark"), &["one", "two"], vec![entry("a"), entry("b"), entry("c")]);
    for (id, one, two) in [("a", "80", "60"), ("b", "81", "90"), ("c", "82", "75")] {
        document.sheets.push(sheet("one", id, &[("mark", one)]));
        document.sheets.push(sheet("two", id, &[("mark", two)]));
    }
    assert_eq!(standing(&counted(&document)), lines(&[("b", 1, "85.5"), ("c", 2, "78.5"), ("a", 3, "70")]));
}

#[test]
fn trap_7_when_one_withdraws_nobody_elses_total_moves() {
    let before = counted(&nine_jurors());
    let after = counted(&apply(&nine_jurors(), &[Change::Withdraw { entry: "A".into() }]).unwrap());
    assert_eq!(standing(&after), lines(&[("B", 1, "232/3"), ("C", 2, "205/3")]));
    assert_eq!(before.values["B"], after.values["B"]);
}

#[test]
fn trap_8_no_rounding_makes_a_tie() {
    let points = |id, points| entry_with(id, &[("points", points)]);
    let document = contest(stated("points"), &[], vec![points("a", "78.4"), points("b", "235/3"), points("c", "78.33")]);
    assert_eq!(standing(&counted(&document)), lines(&[("a", 1, "78.4"), ("b", 2, "235/3"), ("c", 3, "78.33")]));
}

#[test]
fn trap_9_marks_of_a_juror_who_is_not_on_the_list_are_refused_and_not_lost() {
    let mut document = nine_jurors();
    document.jurors.pop();
    let codes: Vec<Code> = count(&document).unwrap_err().refused.iter().map(|refusal| refusal.code).collect();
    assert_eq!(codes, [Code::UnknownJuror; 3]);
}

#[test]
fn trap_11_an_outsider_draws_the_lot_again_from_the_count_alone() {
    let points = |id| entry_with(id, &[("points", "7")]);
    let mut document = contest(stated("points"), &[], vec![points("a"), points("b"), points("c")]);
    document.ladder = vec![Rung::Lot];
    let commitment = lot::commitment("kept in an envelope");
    document.lot = Some(Lot { commitment: commitment.clone(), secret: None, words: None });
    assert_eq!(standing(&counted(&document)), lines(&[("a", 1, "7"), ("b", 1, "7"), ("c", 1, "7")]));

    let (secret, words) = (Some("kept in an envelope".into()), Some("bhinneka".into()));
    document.lot = Some(Lot { commitment, secret, words });
    let mut drawn = ["a", "b", "c"];
    drawn.sort_by_key(|entry| lot::key("kept in an envelope", "bhinneka", "contest", entry));
    let outcome = counted(&document);
    let order: Vec<&str> = outcome.standing.iter().map(|row| row.entry.as_str()).collect();
    assert_eq!(order, drawn);
    // Neither more entries nor another order of the list changes the key of any of them.
    document.entries.reverse();
    let outcome = counted(&document);
    assert_eq!(outcome.standing.iter().map(|row| row.entry.as_str()).collect::<Vec<_>>(), drawn);
}

#[test]
fn trap_13_a_quota_is_a_number_of_places_whatever_the_number_of_entries_or_marks() {
    let points = |number: u32| entry_with(&format!("e{number}"), &[("points", &number.to_string())]);
    for entries in [3, 4, 100] {
        let mut document = contest(stated("points"), &[], (1..=entries).map(points).collect());
        document.cut = cut(2, 1, CutTies::Ladder);
        let statuses: Vec<Status> = counted(&document).standing.iter().map(|row| row.status).take(3).collect();
        assert_eq!(statuses, [Status::Advances, Status::Advances, Status::Reserve(1)], "{entries}");
    }
}

#[test]
fn the_published_sheet_of_ntb_adds_up_to_51_51() {
    let points = ["7.75", "5.16", "1.09", "9.00", "9.45", "10.00", "9.06"];
    let ids: Vec<String> = (1..=7).map(|number| format!("indicator{number}")).collect();
    let tree = group("total", Combine::Sum, ids.iter().map(|id| ("1", stated(id))).collect());
    let given: Vec<(&str, &str)> = ids.iter().map(String::as_str).zip(points).collect();
    let document = contest(tree, &[], vec![entry_with("lombok-timur", &given)]);
    assert_eq!(standing(&counted(&document)), lines(&[("lombok-timur", 1, "51.51")]));
}

#[test]
fn a_tied_third_place_stays_tied() {
    // c: 0.5·91 + 0.3·88 + 0.2·92 = 45.5 + 26.4 + 18.4 = 90.3.  d: 0.5·90 + 0.3·91 + 0.2·90 = 45 + 27.3 + 18 = 90.3.
    // In floats c has 90.30000000000001 and d has 90.3, so d would lose the third place that both share.
    let tree = || {
        let parts = vec![("0.5", stated("x")), ("0.3", stated("y")), ("0.2", stated("z"))];
        group("total", Combine::Mean, parts)
    };
    let marks = |id, [x, y, z]: [&str; 3]| entry_with(id, &[("x", x), ("y", y), ("z", z)]);
    let entries = vec![
        marks("a", ["95", "95", "95"]),
        marks("b", ["94", "94", "94"]),
        marks("c", ["91", "88", "92"]),
        marks("d", ["90", "91", "90"]),
    ];
    let mut document = contest(tree(), &[], entries);
    document.cut = cut(3, 0, CutTies::KeepAll);
    let outcome = counted(&document);
    assert_eq!(standing(&outcome), lines(&[("a", 1, "95"), ("b", 2, "94"), ("c", 3, "90.3"), ("d", 3, "90.3")]));
    assert_eq!(statuses(&outcome).len(), statuses(&outcome).iter().filter(|(_, status)| *status == Status::Advances).count());
}
