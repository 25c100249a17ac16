//! A year in the middle of its season, ties that nobody has decided yet, and who did not come: everything that is known is told.

use crate::support;
use crate::support::{Small, small, statuses};
use award::{NotFound, Selector, expected, explain, report, what_if};
use words::Lang;

const BALI: &str = "small/province/51/city";
const NATION: &str = "small/nation/city";
const LAST: &str = "j3,denpasar,innovation,60\n";

/// Badung and Gianyar both have 80.
fn tie(steps: &str) -> Small {
    small()
        .replace("claims.csv", "gianyar,members,80,70,Ani,ten have left", "gianyar,members,80,80,Ani,")
        .rule("steps = [\"innovation\", \"chair\"]", &format!("steps = [{steps}]"))
}

/// The nation also judges, and nobody has been appointed yet.
fn judged_above() -> Small {
    small()
        .rule("kind = \"carried\"\nlevel = \"province\"\nvalue = \"total\"", "kind = \"rubric\"\nmin = 0\nmax = 100")
        .rule(
            "[[category]]",
            "[[panel]]\nid = \"jury\"\nlevel = \"nation\"\nquorum = 1\nseat = [{ id = \"head\", name = \"Head\", role = \"chair\", count = 1 }]\n\n[[category]]",
        )
        .rule(
            "scheme = \"final\"\nstages = [\"nomination\", \"verification\", \"counting\"",
            "scheme = \"final\"\npanel = \"jury\"\nstages = [\"nomination\", \"verification\", \"judging\", \"counting\"",
        )
}

#[test]
fn a_level_that_is_not_judged_yet_stays_open_and_the_lower_one_is_told() {
    let run = judged_above().played();
    assert_eq!(statuses(&run, BALI)[0], "badung 80 advances");
    let nation = run.contests.iter().find(|contest| contest.id.as_str() == NATION).expect("somebody went up");
    assert!(nation.counted.is_none() && !nation.ratified);
    let report = report(&run);
    let open = report.levels[1].rounds[0].contests[0].open.as_ref().expect("it is open");
    let en =
        "Not counted yet. nation/city has indicators that jurors mark, but there is no juror. Fill panel.csv for this round.";
    assert_eq!(open.render(Lang::En), en);
    assert!(report.levels[0].rounds[0].contests[0].open.is_none());
    let explained = explain(&run, "Badung").expect("there is one Badung");
    assert_eq!(explained.contests[1].children[0].text.render(Lang::En), en);
}

/// A year in which Dewi has already marked Badung at the nation.
fn marked_above() -> Small {
    let panel =
        "level,juror,name,seat\nprovince,j1,Ayu,chair\nprovince,j2,Budi,member\nprovince,j3,Citra,member\nnation,n1,Dewi,head\n";
    judged_above().file("panel.csv", panel).replace("marks.csv", "mark\n", "mark,level\n").replace(
        "marks.csv",
        LAST,
        &format!("{LAST}n1,badung,carried-total,80,nation\n"),
    )
}

/// Why a run stopped, what to do, and at which file.
fn stopped(small: &Small) -> [String; 3] {
    let problem = small.run().expect_err("something is missing").problem();
    [problem.message.render(Lang::En), problem.hint.map(|hint| hint.render(Lang::En)).unwrap_or_default(), problem.file]
}

#[test]
fn a_row_above_a_contest_that_is_open_waits_and_the_cause_is_told_first() {
    let told = stopped(&marked_above().replace("marks.csv", LAST, ""));
    let why = "Judging of province/51/city cannot be closed yet: 1 sheet is not complete (j3 for Kota Denpasar).";
    let rule = format!("{why} Until then nobody has gone up, and what the files say of nation/city waits.");
    let next = "Ask for the marks, note abstained, or let the chair decide waive_absence with a reason. The rows of the level above can stay.";
    assert_eq!(told, [rule.as_str(), next, "marks.csv"]);
}

#[test]
fn a_row_above_a_tie_that_is_undecided_waits_and_the_tie_is_told() {
    let tie = marked_above().replace("claims.csv", "gianyar,members,80,70,Ani,ten have left", "gianyar,members,80,80,Ani,");
    let told = stopped(&tie.rule("steps = [\"innovation\", \"chair\"]", "steps = [\"chair\"]"));
    let why = "Kabupaten Badung: Ranked 1st, quota 1: tied across the line with Kabupaten Gianyar and not decided yet; the chair decides the order (chair_order).";
    let rule = format!("{why} Until then nobody of them has gone up, and what the files say of nation/city waits.");
    let next = "Decide the tie, then run again. The rows of the level above can stay.";
    assert_eq!(told, [rule.as_str(), next, "marks.csv"]);
}

#[test]
fn contests_in_reach_are_those_that_somebody_can_come_to() {
    let run = judged_above().replace("marks.csv", LAST, "").played();
    assert_eq!((run.contests.len(), run.contests_in_reach()), (1, 2));
}

#[test]
fn a_share_of_nothing_and_a_share_above_all_are_told_with_their_figures_at_their_row() {
    let [rule, next, file] = stopped(&small().replace("claims.csv", "denpasar,members,60,60", "denpasar,members,160,160"));
    assert_eq!(
        rule,
        "Province Bali, City cannot be counted: Kota Denpasar, Workers covered: Members is 160, more than Workers, which is 100."
    );
    assert_eq!((next.contains("over_one"), file.as_str()), (true, "claims.csv"));
    let [rule, next, file] = stopped(&small().replace("claims.csv", "denpasar,workers,100,100", "denpasar,workers,0,0"));
    assert_eq!(
        rule,
        "Province Bali, City cannot be counted: Workers of Kota Denpasar is 0, so Workers covered cannot be worked out."
    );
    assert_eq!((next.contains("not_applicable.csv"), file.as_str()), (true, "claims.csv"));
}

#[test]
fn a_question_can_be_asked_of_what_is_counted_while_the_rest_is_open() {
    let run = judged_above().played();
    let answer = what_if(&run, &Selector::default(), &["quota:2".to_owned()]).expect("the province is counted");
    assert_eq!(answer.contests.len(), 1);
    assert_eq!(answer.sentences.len(), 1, "{:?}", answer.sentences);
}

#[test]
fn a_contest_that_waits_for_a_mark_lets_nobody_up_and_is_no_mistake() {
    let run = small().replace("marks.csv", LAST, "").played();
    let keys: Vec<&str> = run.contests.iter().filter_map(|contest| contest.open.as_ref()).map(|open| open.rule.key()).collect();
    assert_eq!((run.contests.len(), keys), (1, vec!["refusal-marks-missing"]));
}

#[test]
fn judging_that_the_chair_declares_closed_must_be_complete() {
    let closed = "level,decision,by,at\nprovince,close_judging,Chair,2020-12-20\n";
    let stopped = small().replace("marks.csv", LAST, "").file("decisions.csv", closed).run().expect_err("a mark is missing");
    assert_eq!(stopped.refusal.rule.key(), "refusal-marks-missing");
    assert_eq!(stopped.problem().file, "marks.csv");
    assert_eq!(small().file("decisions.csv", closed).refused(), "nothing");
}

#[test]
fn a_figure_that_is_not_verified_is_named_and_leaves_only_its_contest_open() {
    let open = small().rule("numerator = \"members\"", "missing = \"refuse\"\nnumerator = \"members\"").replace(
        "claims.csv",
        "denpasar,members,60,60,Ani,",
        "denpasar,members,60,,,",
    );
    let run = open.played();
    let told = run.contests[0].open.as_ref().map(|open| open.rule.render(Lang::En)).unwrap_or_default();
    assert!(told.contains("members of Kota Denpasar is not verified: fill verified and verifier in claims.csv"), "{told}");
    let closed = "level,decision,by,at\nprovince,close_judging,Chair,2020-12-20\n";
    let stopped = open.clone().file("decisions.csv", closed).run().expect_err("a figure is missing");
    let text = String::from_utf8_lossy(open.folder.get("claims.csv").unwrap_or_default()).into_owned();
    assert_eq!((stopped.problem().file.as_str(), stopped.problem().position(&text)), ("claims.csv", (6, 1)));
}

#[test]
fn what_was_expected_of_an_open_contest_is_a_difference() {
    let expected = "level,category,candidate,status\nprovince,city,badung,advances\n";
    let run = small().replace("marks.csv", LAST, "").file("expected.csv", expected).played();
    let keys: Vec<String> = expected::compare(&run).iter().map(|problem| problem.message.key().to_owned()).collect();
    assert_eq!(keys, ["problem-cycle-expected-open"]);
}

#[test]
fn a_long_list_of_missing_sheets_ends_with_how_many_more() {
    let run = small().file("marks.csv", "juror,candidate,indicator,mark\n").played();
    let told = run.contests[0].open.as_ref().map(|open| open.rule.render(Lang::En)).unwrap_or_default();
    assert!(told.contains("9 ") && told.contains("and 4 more"), "{told}");
}

#[test]
fn an_undecided_tie_asks_only_for_what_the_ladder_has() {
    let asked = |steps: &str| support::sentence(&tie(steps).played(), BALI, "badung", Lang::En);
    assert!(asked("\"chair\"").ends_with("the chair decides the order (chair_order)."), "{}", asked("\"chair\""));
    assert!(asked("\"plenary\"").contains("plenary_order"));
    let lot = asked("\"lot\"");
    assert!(lot.contains("[[lot]] in cycle.toml") && !lot.contains("chair_order"), "{lot}");
}

#[test]
fn an_undecided_tie_names_the_first_step_that_has_not_spoken_and_whom_an_order_leaves_out() {
    let steps = "\"chair\", \"lot\"";
    let told = |small: &Small| support::sentence(&small.played(), BALI, "badung", Lang::En);
    let tied = "Ranked 1st, quota 1: tied across the line with Kabupaten Gianyar and not decided yet;";
    let lot = "what is tied then is for the lot, and the lot is missing: [[lot]] in cycle.toml with level, commitment, secret and words.";
    assert_eq!(told(&tie(steps)), format!("{tied} the chair decides the order (chair_order); {lot}"));
    let order = tie(steps).file("decisions.csv", "level,decision,value\nprovince,chair_order,badung denpasar\n");
    let left_out = "the chair's order (chair_order) counts only if it names all who are tied, and leaves out Kabupaten Gianyar";
    assert_eq!(told(&order), format!("{tied} {left_out}; {lot}"));
}

#[test]
fn what_would_have_been_enough_is_a_value_that_reaches_a_band() {
    let line = "linear = { from = 0, to = 1, points_from = 0, points_to = 100 }";
    let bands = |steps: &str| support::sentence(&small().rule(line, steps).played(), BALI, "gianyar", Lang::En);
    let told = |enough: &str| {
        format!("Reserve 1, moves up if somebody cannot. Ranked 2nd, quota 1, 30.00 short; would advance if {enough}.")
    };
    let rising = "bands = [{ at_least = 0.25, points = 0 }, { at_least = 0.75, points = 60 }, { at_least = 0.9, points = 100 }]";
    assert_eq!(bands(rising), told("Workers covered were at least 90 %, which gives 100 points"));
    // Nothing but a share below 30 % gives these points.
    let falling = "below = 100\nbands = [{ at_least = 0.3, points = 0 }, { at_least = 0.75, points = 60 }, { at_least = 0.9, points = 20 }]";
    assert_eq!(bands(falling), told("the points for Workers covered were at least 100"));
}

#[test]
fn a_band_of_a_share_of_the_best_is_told_in_points_and_not_as_a_figure_of_its_own() {
    let ratio = "kind = \"ratio\"\nnumerator = \"members\"\ndenominator = \"workers\"\nlinear = { from = 0, to = 1, points_from = 0, points_to = 100 }";
    let bands = "bands = [{ at_least = 0.25, points = 0 }, { at_least = 0.75, points = 60 }, { at_least = 0.95, points = 100 }]";
    let told = |kind: &str, bands: &str, denpasar: &str| {
        let row = |members: &str| format!("denpasar,members,{members},{members}");
        let with = small().rule(ratio, &format!("{kind}\n{bands}")).replace("claims.csv", &row("60"), &row(denpasar));
        support::sentence(&with.played(), BALI, "gianyar", Lang::En)
    };
    let best = told("kind = \"relative\"\nof = { kind = \"count\", claim = \"members\" }", bands, "100");
    let grown = told("kind = \"growth\"\nfrom = \"members\"\nto = \"workers\"", &bands.replace("0.75", "0.5"), "60");
    for told in [best, grown] {
        assert!(told.contains("if the points for Workers covered were at least "), "{told}");
    }
}

#[test]
fn an_order_that_no_step_of_the_ladder_uses_is_a_problem_at_its_row() {
    let order = "level,decision,value\nprovince,chair_order,gianyar badung\n";
    assert_eq!(tie("\"lot\"").file("decisions.csv", order).problems(), ["decisions.csv:2:1 order-without-use"]);
    assert_eq!(tie("\"chair\"").file("decisions.csv", order).problems(), Vec::<String>::new());
}

#[test]
fn while_a_tie_is_undecided_nobody_of_it_has_a_place_award_and_nothing_is_ratified() {
    let award = "[[award]]\nid = \"first\"\nname = \"First\"\nplace = 1\n\n[[contest]]";
    let with = |small: Small| {
        small.rule("[[contest]]", award).rule("quota = 1\nreserves = 1", "quota = 1\nreserves = 1\nawards = [\"first\"]").played()
    };
    let told = report(&with(tie("\"chair\"")));
    let contest = &told.levels[0].rounds[0].contests[0];
    assert!(!contest.ratified && contest.awards[0].candidates.is_empty() && contest.standing[0].awards.is_empty());
    let en = "Kabupaten Badung, Kabupaten Gianyar are tied across the line: nobody of them goes up until it is decided.";
    assert_eq!(contest.warnings.iter().map(|warning| warning.render(Lang::En)).collect::<Vec<_>>(), [en]);
    let decided = report(&with(small()));
    let contest = &decided.levels[0].rounds[0].contests[0];
    assert!(contest.ratified && contest.awards[0].candidates == ["badung"]);
}

#[test]
fn who_is_asked_for_with_a_misspelt_word_is_found_by_the_others() {
    let run = small().replace("candidates.csv", "Kabupaten Gianyar", "Pemerintah Kabupaten Lombok Timur").played();
    let near = |query: &str| match explain(&run, query) {
        Err(NotFound::Nobody { near, .. }) => near.into_iter().map(|(id, _)| id).collect(),
        _ => vec!["found".to_owned()],
    };
    assert_eq!(near("Lombok Timor"), ["gianyar"]);
    assert_eq!(near("Denpasr"), ["denpasar"]);
    assert_eq!(near("xyzzy plugh"), Vec::<String>::new());
}

/// An interview of one rubric, of which Denpasar stays away.
fn interview() -> Small {
    small()
        .rule("id = \"ideas\"\nname = \"Ideas\"\nweight = 50", "id = \"ideas\"\nname = \"Ideas\"\nweight = 50\nstage = \"interview\"\nattendance = \"came\"")
        .rule(
            "[[ladder]]",
            "[[attendance]]\nid = \"came\"\nname = \"Who came\"\nrank = [{ id = \"head\", name = \"Head\", value = 1 }]\nabsent = \"zero\"\nsource = [\"assumption\"]\n\n[[ladder]]",
        )
        .rule("\"verification\", \"judging\"", "\"verification\", \"interview\", \"judging\"")
        .rule("quorum = 2", "quorum = 2\nminimum_effective = 2")
        .file(
            "attendance.csv",
            "candidate,state,rank\nbadung,present,head\ngianyar,present,head\ndenpasar,absent,\n",
        )
        .replace("marks.csv", "j1,denpasar,innovation,60\nj2,denpasar,innovation,60\nj3,denpasar,innovation,60\n", "")
}

#[test]
fn an_interview_that_did_not_take_place_counts_no_marks_and_warns_of_none() {
    let run = interview().played();
    let told = report(&run);
    let contest = &told.levels[0].rounds[0].contests[0];
    let denpasar = contest.standing.iter().find(|row| row.candidate == "denpasar").expect("it is ranked");
    assert!(denpasar.counted.is_none());
    let warnings: Vec<String> = contest.warnings.iter().map(|warning| warning.render(Lang::En)).collect();
    assert_eq!(warnings, ["Kota Denpasar did not come to the interview, so it has no marks from it."]);
    let mut lines = Vec::new();
    let explained = explain(&run, "Denpasar").expect("there is one Denpasar");
    let mut open: Vec<&award::Line> = explained.contests.iter().collect();
    while let Some(line) = open.pop() {
        lines.push(line.text.render(Lang::En));
        open.extend(&line.children);
    }
    assert!(lines.iter().any(|line| line == "The interview did not take place"), "{lines:?}");
    assert!(!lines.iter().any(|line| line.contains("absent")), "{lines:?}");
}

#[test]
fn an_absence_that_no_rule_speaks_of_is_told_and_without_marks_it_is_what_the_count_waits_for() {
    let silent = interview().rule("\nattendance = \"came\"", "").rule(
        "[[attendance]]\nid = \"came\"\nname = \"Who came\"\nrank = [{ id = \"head\", name = \"Head\", value = 1 }]\nabsent = \"zero\"\nsource = [\"assumption\"]\n\n",
        "",
    );
    let told: Vec<String> = silent.cycle().warnings().iter().map(|warning| warning.message.render(Lang::En)).collect();
    let en = "Nobody came for Kota Denpasar, and the rulebook does not say what that does to Innovation: marks that are there count. To say it, give the aspect attendance, or the indicator missing.";
    assert_eq!(told, [en]);
    let run = silent.played();
    let open = run.contests[0].open.as_ref().map(|open| [open.rule.render(Lang::En), open.next.render(Lang::En)]);
    let rule = "Province Bali, City cannot be counted: nobody came for Kota Denpasar, and the rulebook does not say what that does to Innovation.";
    let next = "Give the aspect of this indicator attendance, or the indicator missing = zero or skip, in the rulebook. Or correct attendance.csv.";
    assert_eq!(open, Some([rule.to_owned(), next.to_owned()]));
    assert_eq!(interview().cycle().warnings(), []);
    // With a claim missing before that, both the place and the next step are those of the claim.
    let run = silent.replace("claims.csv", "badung,members,80,80,Ani,\n", "").played();
    let open = run.contests[0].open.as_ref().expect("it cannot be counted");
    assert!(open.rule.render(Lang::En).contains("nobody came"), "{open:?}");
    assert_eq!(open.about, Some(award::About::Claim(Some(("badung".into(), "members".to_owned())))));
    assert_eq!(open.next.key(), "refusal-count-next");
}

#[test]
fn without_candidates_one_problem_is_told_and_not_one_for_every_row() {
    let header = "id,name,category,kind,region\n";
    assert_eq!(small().file("candidates.csv", header).problems(), ["candidates.csv:1:1 rows-not-checked"]);
    let mut missing = small();
    missing.folder = missing
        .folder
        .iter()
        .filter(|(name, _)| *name != "candidates.csv")
        .map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
        .collect();
    assert_eq!(missing.problems(), ["candidates.csv:1:1 problem-file-missing", "candidates.csv:1:1 rows-not-checked"]);
}

#[test]
fn a_juror_of_another_level_is_answered_with_that_level() {
    let panel =
        "level,juror,name,seat\nprovince,j1,Ayu,chair\nprovince,j2,Budi,member\nprovince,j3,Citra,member\nnation,n1,Dewi,head\n";
    let marked = "juror,candidate,indicator,mark\nn1,badung,innovation,80\n";
    let hints: Vec<String> = judged_above()
        .file("panel.csv", panel)
        .file("marks.csv", marked)
        .read()
        .err()
        .into_iter()
        .flatten()
        .filter_map(|problem| problem.hint)
        .map(|hint| hint.render(Lang::En))
        .collect();
    assert_eq!(hints, ["This juror sits at the level nation: write nation in the column level."]);
}

#[test]
fn a_question_may_only_ask_for_what_a_file_could_say() {
    let asked = |change: &str| match what_if(&small().played(), &Selector::default(), &[change.to_owned()]) {
        Ok(_) => "counted".to_owned(),
        Err(told) => told[0].render(Lang::En),
    };
    assert!(asked("claim:badung/members=-1").contains("below zero"));
    assert!(asked("claim:badung/members=1.5").contains("whole number"));
    assert!(asked("quota:0").contains("at least 1"));
    assert!(asked("mark:j1/badung/innovation=101").contains("from 0 to 100"));
    assert_eq!(asked("mark:j1/badung/innovation=100"), "counted");
}

#[test]
fn one_contest_is_told_as_one_and_by_its_names() {
    let answer =
        what_if(&small().played(), &Selector::default(), &["mark:j1/badung/innovation=0".to_owned()]).expect("it is counted");
    let told: Vec<String> = answer.sentences.iter().map(|sentence| sentence.render(Lang::En)).collect();
    assert_eq!(told, ["In 2 contests somebody else goes up or wins.", "One contest above changes in consequence."]);
    assert_eq!(answer.contests[0].title.render(Lang::En), "Province Bali, City");
}
