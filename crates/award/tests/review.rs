//! What a review proved wrong, each as a small award that must come out right: what goes up, who is admitted, what a plenary decides
//! twice, what a question changes above.

use crate::support::{Small, sentence, small, statuses, told};
use award::cycle::tables::Claim;
use award::{Act, Actor, CandidateId, ContestKey, Deed, RoundKey, Selector, WhatIf, decide, permit, what_if};
use words::Lang;

const BALI: &str = "small/province/51/city";
const NATION: &str = "small/nation/city";

const VERIFIED_ABOVE: &str = "stages = [\"nomination\", \"verification\", \"counting\", \"plenary\", \"announcement\"]";
const NOT_VERIFIED_ABOVE: &str = "stages = [\"nomination\", \"counting\", \"plenary\", \"announcement\"]";
const MARKS_OF_DENPASAR: &str = "j1,denpasar,innovation,60\nj2,denpasar,innovation,60\nj3,denpasar,innovation,60\n";

/// The province's claims, and rows for a level.
fn claims_and(rows: &str) -> Small {
    let below = "\
badung,members,80,80,Ani,,
badung,workers,100,100,Ani,,
gianyar,members,80,70,Ani,ten have left,
gianyar,workers,100,100,Ani,,
denpasar,members,60,60,Ani,,
denpasar,workers,100,100,Ani,,
";
    small().file("claims.csv", &format!("candidate,claim,claimed,verified,verifier,reason,level\n{below}{rows}"))
}

fn key(level: &str, region: Option<&str>) -> ContestKey {
    let round = RoundKey { level: level.to_owned(), region: region.map(str::to_owned) };
    ContestKey { round, category: "city".to_owned() }
}

fn asked(small: &Small, changes: &[&str]) -> WhatIf {
    let changes: Vec<String> = changes.iter().map(|change| (*change).to_owned()).collect();
    what_if(&small.played(), &Selector::default(), &changes)
        .unwrap_or_else(|refused| panic!("{:?}", refused.iter().map(|one| one.render(Lang::En)).collect::<Vec<_>>()))
}

/// `candidate total status` of everybody in a contest after a change.
fn after(answer: &WhatIf, contest: &str) -> Vec<String> {
    let found = answer.contests.iter().find(|found| found.contest == contest);
    let stands = found.map(|found| found.after.as_slice()).unwrap_or_default();
    stands.iter().map(|one| format!("{} {} {}", one.candidate, one.total.clone().unwrap_or_default(), one.status)).collect()
}

fn warnings(small: &Small, contest: &str) -> Vec<String> {
    let report = award::report(&small.played());
    let contests = report.levels.iter().flat_map(|level| &level.rounds).flat_map(|round| &round.contests);
    contests.filter(|found| found.id == contest).flat_map(|found| &found.warnings).map(|one| one.render(Lang::En)).collect()
}

#[test]
fn a_claim_that_was_not_verified_below_does_not_count_above() {
    let donors = small()
        .rule("[[scheme]]", "[[claim]]\nid = \"donors\"\nname = \"Donors\"\nshape = \"count\"\n\n[[scheme]]")
        .rule(
            "id = \"covered-again\"\nname = \"Workers covered\"\nkind = \"ratio\"\nnumerator = \"members\"",
            "id = \"covered-again\"\nname = \"Workers covered\"\nkind = \"ratio\"\nmissing = \"zero\"\nnumerator = \"donors\"",
        )
        .rule(VERIFIED_ABOVE, NOT_VERIFIED_ABOVE)
        .replace("claims.csv", "badung,workers", "badung,donors,90,,,\nbadung,workers");
    // Nothing for the donors, 0.4 × 80 for the carried total.
    assert_eq!(statuses(&donors.played(), NATION), ["badung 32 advances"]);
    let never = donors.rule("\"dossier\", \"verification\", ", "\"dossier\", ");
    // Where nobody ever verifies, the claim itself counts: 0.6 × 90 + 0.4 × 80.
    assert_eq!(statuses(&never.played(), NATION), ["badung 86 advances"]);
}

#[test]
fn a_new_claim_above_does_not_erase_what_was_verified_below() {
    let above = claims_and("badung,members,100,,,,nation\n");
    assert_eq!(statuses(&above.played(), NATION), ["badung 80 advances"]);
    assert_eq!(statuses(&above.rule(VERIFIED_ABOVE, NOT_VERIFIED_ABOVE).played(), NATION), ["badung 80 advances"]);
    let verified = claims_and("badung,members,100,90,Ani,ten have left,nation\n");
    assert_eq!(statuses(&verified.played(), NATION), ["badung 86 advances"]);
}

#[test]
fn a_claim_stated_after_ratification_is_refused() {
    let run = small().played();
    let contest = key("province", Some("51"));
    let claim = Claim { claimed: Some(90_i64.into()), ..run.state.contests[&contest].entries[0].claims["members"].clone() };
    let deed = Deed::StateClaim(contest, claim);
    let act = Act { actor: Actor::Candidate(CandidateId::from("badung")), at: None, deed };
    let permit = permit(&act.actor, &act.deed).expect("it is the candidate's own claim");
    let refused = decide(&run.state, &act, permit).map_err(|refusal| refusal.rule.key().to_owned());
    assert_eq!(refused, Err("refusal-ratified".to_owned()));
}

#[test]
fn wins_of_earlier_years_count_in_gates_awards_and_derived_claims() {
    let history = "organisation,edition,standing\nbadung,2018,winner\nbadung,2019,winner\n";
    let gate = small().rule(
        "no = \"arrears\", missing = \"pass\" }",
        "no = \"arrears\", missing = \"pass\" }, { id = \"rare\", name = \"Rare\", formula = \"history.wins_within_3\", at_most = 1 }",
    );
    let unmarked = gate.file("history.csv", history);
    assert_eq!(statuses(&unmarked.played(), BALI).last().map(String::as_str), Some("badung disqualified"));
    let award = "[[award]]\nid = \"again\"\nname = \"Again\"\ncondition = \"wins >= 2\"\n\n[[ladder]]";
    let derived = "[[derived]]\nid = \"wins\"\nname = \"Wins\"\nformula = \"history.wins_within_4\"\n\n[[scheme]]";
    let awarded = small()
        .rule("[[ladder]]", award)
        .rule("[[scheme]]", derived)
        .rule("reserves = 1", "reserves = 1\nawards = [\"again\"]")
        .file("history.csv", history);
    let report = award::report(&awarded.played());
    assert_eq!(report.levels[0].rounds[0].contests[0].awards[0].candidates, ["badung"]);
}

/// Denpasar alone in a category of towns; its dossier is a day late.
fn towns() -> Small {
    let town = "[[category]]\nid = \"town\"\nname = \"Town\"\nkinds = [\"city\"]\n\n[[claim]]";
    small()
        .rule("[[claim]]", town)
        .rule("categories = [\"city\"]\nlevel = \"province\"", "categories = [\"city\", \"town\"]\nlevel = \"province\"")
        .rule("categories = [\"city\"]\nlevel = \"nation\"", "categories = [\"city\", \"town\"]\nlevel = \"nation\"")
        .replace("candidates.csv", "Kota Denpasar,city", "Kota Denpasar,town")
        .file("dossiers.csv", "candidate,submitted_at\nbadung,2020-12-01\ngianyar,2020-12-01\ndenpasar,2020-12-18 08:00:00\n")
}

#[test]
fn an_extension_is_for_the_category_that_it_names() {
    let header = "level,region,category,decision,value,reason\n";
    let extended = |category: &str| towns().file("decisions.csv", &format!("{header}province,51,{category},extend,1,flood\n"));
    assert_eq!(statuses(&extended("town").played(), "small/province/51/town"), ["denpasar 60 advances"]);
    let other = extended("city").replace("marks.csv", MARKS_OF_DENPASAR, "");
    assert_eq!(statuses(&other.played(), "small/province/51/town"), ["denpasar not_admitted"]);
}

#[test]
fn an_extension_has_at_least_a_day_and_at_most_ten_years() {
    let extend =
        |days: &str| towns().file("decisions.csv", &format!("level,decision,value,reason\nprovince,extend,{days},flood\n"));
    for days in ["0", "3651", "8000000"] {
        assert_eq!(extend(days).problems(), ["decisions.csv:2:17 extension-days"], "{days}");
    }
    assert_eq!(statuses(&extend("3650").played(), "small/province/51/town"), ["denpasar 60 advances"]);
}

#[test]
fn a_sum_of_extensions_beyond_the_calendar_is_never_late() {
    let rows = "province,extend,3650,flood\n".repeat(3000);
    let forever = towns().file("decisions.csv", &format!("level,decision,value,reason\n{rows}"));
    assert_eq!(statuses(&forever.played(), "small/province/51/town"), ["denpasar 60 advances"]);
}

#[test]
fn who_has_no_row_where_dossiers_are_recorded_did_not_hand_in() {
    let recorded = small().file("dossiers.csv", "candidate,submitted_at\nbadung,2020-12-01\ngianyar,2020-12-01\n").replace(
        "marks.csv",
        MARKS_OF_DENPASAR,
        "",
    );
    let run = recorded.played();
    assert_eq!(statuses(&run, BALI), ["badung 80 advances", "gianyar 75 reserve 1", "denpasar not_admitted"]);
    assert_eq!(sentence(&run, BALI, "denpasar", Lang::En), "No dossier was handed in: not admitted.");
    // Who came up from below hands in nothing again.
    assert_eq!(statuses(&run, NATION), ["badung 80 advances"]);
}

#[test]
fn an_empty_list_of_dossiers_says_nothing() {
    let empty = small().file("dossiers.csv", "candidate,submitted_at\n");
    assert_eq!(statuses(&empty.played(), BALI).len(), 3);
    assert_eq!(statuses(&empty.played(), BALI)[2], "denpasar 60 below");
}

#[test]
fn what_follows_above_is_counted_with_those_who_go_up_then() {
    // Gianyar: (100 + 80) / 2 = 90 in Bali, and 0.6 × 100 + 0.4 × 90 above. The minimum is a change in both contests.
    let answer = asked(&small(), &["claim:gianyar/members=100", "minimum:50"]);
    assert_eq!(after(&answer, BALI)[..2], ["gianyar 90 advances", "badung 80 reserve 1"]);
    assert_eq!(after(&answer, NATION), ["gianyar 96 advances"]);
}

/// The nation judges too: a jury of one marks a talk.
fn with_talk() -> Small {
    let talk = "[[scheme.aspect]]\nid = \"talks\"\nname = \"Talks\"\nweight = 30\n\n[[scheme.aspect.indicator]]\nid = \"talk\"\nname = \"Talk\"\nkind = \"rubric\"\nmin = 0\nmax = 100\n\n[[ladder]]";
    let jury = "[[panel]]\nid = \"jury\"\nlevel = \"nation\"\nquorum = 1\nseat = [{ id = \"judge\", name = \"Judge\", role = \"chair\", count = 1 }]\n\n[[category]]";
    let marks = String::from_utf8(small().folder.get("marks.csv").expect("there are marks").to_vec()).expect("it is text");
    let marks = marks.replace("indicator,mark\n", "indicator,mark,level\n").replace("0\n", "0,\n");
    small()
        .rule("weight = 60", "weight = 30")
        .rule("[[ladder]]", talk)
        .rule("[[category]]", jury)
        .rule("scheme = \"final\"", "scheme = \"final\"\npanel = \"jury\"")
        .rule("\"verification\", \"counting\", \"plenary\", \"announcement\"", "\"verification\", \"judging\", \"counting\", \"plenary\", \"announcement\"")
        .file("panel.csv", "level,juror,name,seat\nprovince,j1,Ayu,chair\nprovince,j2,Budi,member\nprovince,j3,Citra,member\nnation,n1,Dewi,judge\n")
        .file("marks.csv", &format!("{marks}n1,badung,talk,80,nation\n"))
}

#[test]
fn where_a_newcomer_was_never_judged_it_cannot_be_told_what_comes_out() {
    let answer = asked(&with_talk(), &["claim:gianyar/members=100"]);
    let nation = answer.contests.iter().find(|contest| contest.contest == NATION).expect("the nation is told of");
    let said: Vec<String> = nation.sentences.iter().map(|sentence| sentence.render(Lang::En)).collect();
    assert_eq!(said, ["It cannot be told what comes out here: Kabupaten Gianyar would need marks."]);
    assert!(!nation.can_tell && nation.after.is_empty() && !nation.chosen);
    let summary = answer.sentences[1].render(Lang::En);
    assert_eq!(summary, "In one contest it cannot be told what comes out.");
}

#[test]
fn a_change_made_above_too_is_told_of_those_who_would_stand_there() {
    let answer = asked(&with_talk(), &["claim:gianyar/members=100", "minimum:50"]);
    let nation = answer.contests.iter().find(|contest| contest.contest == NATION).expect("the nation is told of");
    assert!(nation.chosen && !nation.can_tell);
}

#[test]
fn a_changed_claim_stops_where_a_level_has_its_own_figure() {
    let own = claims_and("badung,members,90,90,Ani,,nation\n");
    assert_eq!(statuses(&own.played(), NATION), ["badung 86 advances"]);
    // (100 + 80) / 2 = 90 below; above 0.6 × 90 of its own figure and 0.4 × 90.
    assert_eq!(after(&asked(&own, &["claim:badung/members=100"]), NATION), ["badung 90 advances"]);
    let bare = claims_and("badung,members,90,,,,nation\n");
    assert_eq!(after(&asked(&bare, &["claim:badung/members=100"]), NATION), ["badung 96 advances"]);
}

/// Four candidates, two and two with the same total, and only the chair breaks ties.
fn two_ties() -> Small {
    small()
        .rule("steps = [\"innovation\", \"chair\"]", "steps = [\"chair\"]")
        .rule("quota = 1\nreserves = 1", "quota = 1\nreserves = 3")
        .replace("candidates.csv", "denpasar,", "tabanan,Kabupaten Tabanan,city,regency,51.02\ndenpasar,")
        .replace(
            "claims.csv",
            "gianyar,members,80,70,Ani,ten have left",
            "tabanan,members,60,60,Ani,\ntabanan,workers,100,100,Ani,\ngianyar,members,80,80,Ani,",
        )
        .replace(
            "marks.csv",
            "j1,denpasar",
            "j1,tabanan,innovation,60\nj2,tabanan,innovation,60\nj3,tabanan,innovation,60\nj1,denpasar",
        )
}

#[test]
fn two_orders_for_two_ties_of_a_contest_both_hold() {
    let header = "level,decision,value\n";
    let decided = |rows: &str| two_ties().file("decisions.csv", &format!("{header}{rows}"));
    let both = decided("province,chair_order,gianyar badung\nprovince,chair_order,tabanan denpasar\n");
    let expected = ["gianyar 80 advances", "badung 80 reserve 1", "tabanan 60 reserve 2", "denpasar 60 reserve 3"];
    assert_eq!(statuses(&both.played(), BALI), expected);
    let again = decided("province,chair_order,gianyar badung\nprovince,chair_order,badung denpasar\n");
    let stopped = again.run().expect_err("the orders overlap");
    let said = stopped.refusal.rule.render(Lang::En);
    assert_eq!(said, "Kabupaten Badung already stands in an earlier order: Kabupaten Gianyar, Kabupaten Badung.");
}

#[test]
fn an_award_is_not_given_to_who_is_out() {
    let named = "[[award]]\nid = \"honour\"\nname = \"Honour\"\nnamed = true\n\n[[ladder]]";
    let with = |rows: &str| {
        let award = small().rule("[[ladder]]", named).rule("reserves = 1", "reserves = 1\nawards = [\"honour\"]");
        award.file("decisions.csv", &format!("level,decision,candidate,value,reason\n{rows}"))
    };
    assert_eq!(with("province,give_award,denpasar,honour,\n").refused(), "nothing");
    let withdrawn = with("province,withdraw,denpasar,,flood\nprovince,give_award,denpasar,honour,\n");
    assert_eq!(withdrawn.refused(), "refusal-award-out");
    let gone = with("province,give_award,denpasar,honour,\n").replace(
        "claims.csv",
        "denpasar,members",
        "denpasar,arrears,no,yes,Ani,unpaid\ndenpasar,members",
    );
    assert_eq!(gone.refused(), "refusal-award-out");
    let recorded = "candidate,submitted_at\nbadung,2020-12-01\ngianyar,2020-12-01\n";
    let late = with("province,give_award,denpasar,honour,\n").file("dossiers.csv", recorded);
    assert_eq!(late.replace("marks.csv", MARKS_OF_DENPASAR, "").refused(), "refusal-award-out");
}

#[test]
fn a_socialisation_after_the_proposal_does_not_come_first() {
    let proposed = |at: &str| {
        small()
            .rule("kinds = [\"city\", \"regency\"]", "kinds = [\"city\", \"regency\"]\nsocialisation_first = true")
            .file(
                "candidates.csv",
                &format!("id,name,category,kind,region,at\nbadung,Kabupaten Badung,city,regency,51.03,{at}\n"),
            )
            .file(
                "claims.csv",
                "candidate,claim,claimed,verified,verifier\nbadung,members,80,80,Ani\nbadung,workers,100,100,Ani\n",
            )
            .file(
                "marks.csv",
                "juror,candidate,indicator,mark\nj1,badung,innovation,80\nj2,badung,innovation,80\nj3,badung,innovation,80\n",
            )
            .file("events.csv", "id,on,kind,title,region\nmeeting,2020-10-20,socialisation,Meeting,51\n")
            .refused()
    };
    // 20 October ends in Bali an hour before it ends in Jakarta.
    assert_eq!(proposed("2020-10-19 23:59:59"), "refusal-socialisation-first");
    assert_eq!(proposed("2020-10-20 00:00:00"), "nothing");
    assert_eq!(proposed(""), "nothing");
}

#[test]
fn the_reserve_moves_up_when_somebody_withdraws_above() {
    let header = "level,decision,candidate,reason\n";
    let withdrawn = small().file("decisions.csv", &format!("{header}nation,withdraw,badung,flood\n"));
    let run = withdrawn.played();
    // 0.6 × 70 + 0.4 × 75.
    assert_eq!(statuses(&run, NATION), ["gianyar 72 advances", "badung withdrawn"]);
    assert_eq!(statuses(&run, BALI)[..2], ["badung 80 advances", "gianyar 75 reserve 1"]);
    let said = "Kabupaten Gianyar moved up to nation/city as the next reserve, because Kabupaten Badung withdrew there.";
    assert!(warnings(&withdrawn, BALI).contains(&said.to_owned()), "{:?}", warnings(&withdrawn, BALI));
    let both = small().file("decisions.csv", &format!("{header}nation,withdraw,badung,flood\nnation,withdraw,gianyar,fire\n"));
    assert_eq!(statuses(&both.played(), NATION), ["badung withdrawn", "gianyar withdrawn"]);
}

#[test]
fn the_reserve_that_moved_up_is_judged_like_everybody() {
    let judged = with_talk().file("decisions.csv", "level,decision,candidate,reason\nnation,withdraw,badung,flood\n").replace(
        "marks.csv",
        "n1,badung,talk,80,nation",
        "n1,gianyar,talk,90,nation",
    );
    // 0.3 × 70 + 0.4 × 75 + 0.3 × 90.
    assert_eq!(statuses(&judged.played(), NATION)[0], "gianyar 78 advances");
}

#[test]
fn problems_across_tables_are_told_up_to_a_limit() {
    let row = "badung,members,80,80,Ani,\n";
    let many = small().file("claims.csv", &format!("candidate,claim,claimed,verified,verifier,reason\n{}", row.repeat(500)));
    let problems = many.read().expect_err("the claims stand twice");
    let last = problems.last().map(|problem| problem.message.render(Lang::En));
    assert_eq!((problems.len(), last.as_deref()), (101, Some("… and 399 more problems in this file.")));
}

/// Who comes to the interview: the leader is asked for, with two officials.
fn interviewed() -> Small {
    let table = "[[attendance]]\nid = \"came\"\nname = \"Who came\"\nrank = [{ id = \"head\", name = \"Head\", value = 1 }, { id = \"deputy\", name = \"Deputy\", value = 0.9 }]\nabsent = \"zero\"\nleader_required = true\nofficials = 2\n\n[[scheme]]";
    small()
        .rule("[[scheme]]", table)
        .rule("id = \"ideas\"\n", "id = \"ideas\"\nattendance = \"came\"\n")
        .rule("\"verification\", \"judging\"", "\"verification\", \"interview\", \"judging\"")
        .rule("reserves = 1", "reserves = 1\ninvited = 2")
        .rule("name = \"Chair\", role = \"chair\", count = 1", "name = \"Chair\", role = \"chair\", count = 1, offices = [{ id = \"Sekda\", en = \"Provincial secretary\" }]")
        .file("panel.csv", "level,juror,name,seat,office\nprovince,j1,Ayu,chair,Camat\nprovince,j2,Budi,member,\nprovince,j3,Citra,member,Dosen\n")
        .file("attendance.csv", "candidate,state,rank,officials\nbadung,present,head,2\ngianyar,present,deputy,1\ndenpasar,present,head,\n")
}

#[test]
fn what_the_rulebook_asks_of_the_interview_and_the_panel_is_warned_of() {
    let expected = [
        "The seat Chair is for Provincial secretary; j1 is \"Camat\".",
        "Kabupaten Gianyar came with 1 officials; the rulebook asks for 2.",
        "Kabupaten Gianyar was represented by Deputy; the rulebook asks for Head.",
        "province/51/city: 3 candidates were called to the interview; the rulebook calls 2.",
    ];
    let found = warnings(&interviewed(), BALI);
    assert_eq!(found, expected);
    let known = told(interviewed().cycle().warnings());
    for sentence in expected {
        assert!(known.iter().any(|one| one.ends_with(sentence)), "{sentence}: {known:?}");
    }
    let kept = interviewed()
        .rule("invited = 2", "invited = 3")
        .rule("officials = 2", "officials = 1")
        .rule("leader_required = true", "");
    assert_eq!(warnings(&kept.replace("panel.csv", "Camat", "Sekda Provinsi Bali"), BALI), Vec::<String>::new());
}

#[test]
fn who_is_missing_from_what_must_come_out_is_told() {
    let expected = "level,category,candidate,status\nprovince,city,badung,advances\nprovince,city,gianyar,reserve 1\n";
    let short = small().file("expected.csv", expected);
    let problems = award::expected::compare(&short.played());
    let said: Vec<String> = problems.iter().map(|problem| problem.message.render(Lang::En)).collect();
    assert_eq!(
        said,
        [
            "Kota Denpasar is in the contest province/51/city, but not in expected.csv.",
            "The contest nation/city is not in expected.csv.",
        ]
    );
    assert_eq!(award::expected::compare(&small().file("expected.csv", "level,category,candidate,status\n").played()), []);
}

#[test]
fn an_edition_may_be_a_range_of_years_and_counts_as_its_last() {
    let won = |edition: &str| {
        small()
            .rule(
                "missing = \"pass\" }",
                "missing = \"pass\" }, { id = \"new\", name = \"New\", previous_winner = { years = 1 } }",
            )
            .file("history.csv", &format!("organisation,edition,standing\nbadung,{edition},winner\n"))
    };
    assert_eq!(statuses(&won("2017-2019").played(), BALI).last().map(String::as_str), Some("badung disqualified"));
    assert_eq!(statuses(&won("2017-2018").played(), BALI).len(), 3);
    assert_eq!(statuses(&won("2018-09").played(), BALI)[0], "badung 80 advances");
    assert_eq!(won("2019-2017").problems(), ["history.csv:2:8 edition-year"]);
}
