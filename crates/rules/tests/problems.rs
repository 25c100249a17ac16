//! Rulebooks with one mistake each: the example, changed in one place, and the one problem that must be told, on its line.

use words::{Lang, Problem};

/// The problems of the example after some replacements.
fn problems(changes: &[(&str, &str)]) -> (String, Vec<Problem>) {
    let mut text = rules::EXAMPLE.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "the example has no {from:?}");
        text = text.replacen(from, to, 1);
    }
    let problems = rules::read_new("test.toml", &text).err().unwrap_or_default();
    (text, problems)
}

/// The one problem's key without its beginning, and the line on which it stands.
fn told(changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let (text, problems) = problems(changes);
    let told = problems.iter().map(|problem| {
        let line = text.lines().nth(problem.position(&text).0 - 1).unwrap_or_default();
        for lang in Lang::ALL {
            let hint = problem.hint.as_ref().map(|hint| hint.render(lang)).expect("every problem has a hint");
            for said in [problem.message.render(lang), hint] {
                assert!(
                    !said.is_empty() && !said.contains("{$") && !said.contains("{rules") && !said.contains("{problem"),
                    "{said}"
                );
            }
        }
        (problem.message.key().replace("problem-rulebook-", ""), line.split('#').next().unwrap_or_default().trim().to_owned())
    });
    told.collect()
}

#[track_caller]
fn check(changes: &[(&str, &str)], key: &str, line: &str) {
    assert_eq!(told(changes), [(key.to_owned(), line.to_owned())], "{changes:?}");
}

#[test]
fn the_example_has_no_problem() {
    assert_eq!(told(&[]), []);
}

#[test]
fn keys_are_known_and_complete() {
    check(&[("quota = 1 ", "quotaa = 1 ")], "unknown-key", "quotaa = 1");
    check(&[("format = \"paritrana-rulebook-1\"", "")], "missing-key", "");
    check(&[("quorum = 2\n", "")], "missing-key", "[[panel]]");
    check(&[("version = \"1\"\n", "")], "missing-key", "[edition]");
    check(&[("[[ladder]]", "[lader]\nx = 1\n\n[[ladder]]")], "unknown-key", "[lader]");
    check(&[("max = 100", "max = 100\nclaim = \"bins\"")], "misplaced-key", "claim = \"bins\"");
    check(&[("min = 0\n", "")], "missing-key", "[[scheme.aspect.indicator]]");
    check(&[("kind = \"rubric\"", "kind = \"rubic\"")], "unknown-word", "kind = \"rubic\"");
    check(&[("rounds = \"nation\"", "rounds = \"world\"")], "unknown-word", "rounds = \"world\"");
    check(&[("[edition]\n", "[edition]\nassumed = [\"wieght\"]\n")], "unknown-assumed", "assumed = [\"wieght\"]");
    check(&[("paritrana-rulebook-1", "paritrana-rulebook-2")], "unknown-word", "format = \"paritrana-rulebook-2\"");
}

#[test]
fn keys_that_go_together_stand_together() {
    let gate = |rest: &str| format!("kinds = [\"village\"]\ngate = [{{ id = \"g\", name = \"G\", {rest} }}]");
    let one = |rest: &str, key: &str| {
        let gate = gate(rest);
        check(&[("kinds = [\"village\"]", &gate)], key, gate.lines().nth(1).expect("the gate is the second line"));
    };
    one("missing = \"fail\"", "choice-none");
    one("claim = \"bins\", formula = \"bins\", at_least = 1", "choice-many");
    one("claim = \"bins\"", "choice-none");
    one("claim = \"bins\", at_least = 1, at_most = 2", "choice-many");
    one("previous_winner = { years = 1 }, at_least = 1", "key-only-beside");
    one("previous_winner = { years = 0 }", "count-range");
    one("yes = \"bins\"", "claim-shape");
    check(&[("linear = {", "times = 2\nlinear = {")], "choice-many", "times = 2");
    let linear = "linear = { from = 0, to = 50, points_from = 0, points_to = 100 }";
    check(&[(linear, "below = 2")], "key-needs", "below = 2");
}

#[test]
fn values_are_what_they_should_be() {
    check(&[("quorum = 2", "quorum = \"2\"")], "wrong-type", "quorum = \"2\"");
    check(&[("quorum = 2", "quorum = 2.0")], "wrong-type", "quorum = 2.0");
    check(&[("quota = 1 ", "quota = 0 ")], "count-range", "quota = 0");
    check(&[("quota = 1 ", "quota = -1 ")], "count-range", "quota = -1");
    check(&[("quorum = 2", "quorum = 99999999999999999999")], "count-range", "quorum = 99999999999999999999");
    check(&[("weight = 40", "weight = \"forty\"")], "bad-number", "weight = \"forty\"");
    check(&[("weight = 40", "weight = 4e1")], "bad-number", "weight = 4e1");
    check(&[("weight = 40", "weight = nan")], "bad-number", "weight = nan");
    check(&[("weight = 40", "weight = 0x28")], "bad-number", "weight = 0x28");
    check(&[("weight = 40", "weight = true")], "wrong-type", "weight = true");
    let long = format!("weight = {}", "4".repeat(41));
    check(&[("weight = 40", &long)], "number-long", &long);
    check(&[("id = \"bins\"", "id = \"Bins\""), ("\"bins\"\nlinear", "\"Bins\"\nlinear")], "bad-id", "id = \"Bins\"");
    check(
        &[("id = \"chair\"", "id = \"\"")],
        "bad-id",
        "{ id = \"\", name = { id = \"Ketua\", en = \"Chair\" }, role = \"chair\", count = 1 },",
    );
    check(&[("title = \"Keputusan panitia 1/2026\"", "title = \" \"")], "empty-text", "title = \" \"");
    check(&[("{ id = \"Kota\", en = \"City\" }", "{ id = \"Kota\" }")], "missing-key", "name = { id = \"Kota\" }");
    check(&[("{ id = \"Kota\", en = \"City\" }", "7")], "wrong-type", "name = 7");
    check(&[("steps = [\"visit\", \"chair\"]", "steps = \"visit\"")], "wrong-type", "steps = \"visit\"");
    check(&[("[[ladder]]", "[ladder]")], "wrong-type", "[ladder]");
    check(
        &[("[source.decree]", "[source.Decree]"), ("source = [\"decree\"]", "source = [\"Decree\"]")],
        "bad-id",
        "[source.Decree]",
    );
}

#[test]
fn numbers_are_exact() {
    let linear = "linear = { from = 0.1, to = \"2/3\", points_from = -0.30, points_to = 1_000.5 }";
    let text = rules::EXAMPLE.replace("linear = { from = 0, to = 50, points_from = 0, points_to = 100 }", linear);
    let book = rules::read("test.toml", &text).expect("all four are numbers");
    let tally::Scale::Linear { from, to, points_from, points_to } = &book.schemes[0].aspects[0].indicators[0].scale else {
        panic!("the scale is linear");
    };
    let shown = [from, to, points_from, points_to].map(ToString::to_string);
    assert_eq!(shown, ["0.1", "2/3", "-0.3", "1000.5"]);
}

#[test]
fn dates_exist_and_do_not_run_backwards() {
    let from = "from = 2026-01-01";
    check(&[(from, "from = 2026-02-30")], "syntax", "assessment = { from = 2026-02-30, to = 2026-06-30 }");
    check(&[(from, "from = 2026-07-01")], "period-reversed", "assessment = { from = 2026-07-01, to = 2026-06-30 }");
    check(&[(from, "from = \"2026-01-01\"")], "wrong-type", "assessment = { from = \"2026-01-01\", to = 2026-06-30 }");
    check(
        &[(from, "from = 2026-01-01T00:00:00Z")],
        "wrong-type",
        "assessment = { from = 2026-01-01T00:00:00Z, to = 2026-06-30 }",
    );
    let event = |id: &str, planned: &str| format!("[[calendar]]\nid = \"{id}\"\nname = \"E\"\nplanned = {planned}\n");
    let one = |planned: &str, key: &str| {
        let event = format!("{}\n[[level]]", event("e", planned));
        check(&[("[[level]]", &event)], key, &format!("planned = {planned}"));
    };
    one("{ from = 2026-02-02, to = 2026-02-01 }", "dates-reversed");
    one("{ month = \"2026-05\", to_month = \"2026-04\" }", "dates-reversed");
    one("{ month = \"2026-13\" }", "wrong-type");
    one("{ days = 3, after = \"f\" }", "unknown-id");
    one("{ days = 3 }", "key-needs");
    one("{ from = 2026-02-02 }", "key-needs");
    one("{ days = 3, after = \"e\" }", "calendar-circle");
    let two = event("a", "{ days = 3, after = \"b\" }") + &event("b", "{ days = 1, after = \"a\", count = \"working\" }");
    check(&[("[[level]]", &format!("{two}\n[[level]]"))], "calendar-circle", "planned = { days = 3, after = \"b\" }");
    let holidays = "[[holiday]]\non = 2026-01-01\nname = \"A\"\n[[holiday]]\non = 2026-01-01 \nname = \"B\"\n\n[[level]]";
    check(&[("[[level]]", holidays)], "holiday-twice", "on = 2026-01-01");
    let latest = event("e", "{ on = 2026-02-02 }").replace("planned", "latest = 2026-02-01\nplanned");
    check(&[("[[level]]", &format!("{latest}\n[[level]]"))], "latest-before", "latest = 2026-02-01");
}

#[test]
fn only_a_ratio_asks_the_data_for_numerator_and_denominator() {
    check(&[("kind = \"count\"", "kind = \"count\"\ndata_question = \"bins\"")], "data-question", "data_question = \"bins\"");
}

#[test]
fn ids_are_given_once_and_exist() {
    check(&[("scheme = \"clean\"", "scheme = \"cleann\"")], "unknown-id", "scheme = \"cleann\"");
    check(&[("panel = \"jury\"", "panel = \"judges\"")], "unknown-id", "panel = \"judges\"");
    check(&[("ladder = \"ties\"", "ladder = \"tie\"")], "unknown-id", "ladder = \"tie\"");
    check(
        &[("categories = [\"village\"]", "categories = [\"village\", \"town\"]")],
        "unknown-id",
        "categories = [\"village\", \"town\"]",
    );
    check(&[("claim = \"bins\"", "claim = \"bin\"")], "unknown-id", "claim = \"bin\"");
    check(&[("source = [\"decree\"]", "source = [\"law\"]")], "unknown-id", "source = [\"law\"]");
    check(&[("source = [\"decree\"]", "source = []")], "no-source", "source = []");
    check(&[("source = [\"decree\"]\n", "")], "missing-key", "[edition]");
    check(
        &[("[source.decree]", "[source.assumption]\ntitle = \"X\"\nkind = \"law\"\n\n[source.decree]")],
        "source-built-in",
        "[source.assumption]",
    );
    check(
        &[("id = \"member\"", "id = \"chair\"")],
        "duplicate-id",
        "{ id = \"chair\", name = { id = \"Anggota\", en = \"Member\" }, role = \"member\", count = 2 },",
    );
    check(
        &[("[[claim]]", "[[claim]]\nid = \"bins\"\nname = \"B\"\nshape = \"count\"\n\n[[claim]]")],
        "duplicate-id",
        "id = \"bins\"",
    );
    check(&[("id = \"bins-points\"", "id = \"visit\"")], "node-twice", "id = \"visit\"");
    check(&[("id = \"bins-points\"", "id = \"total\"")], "node-twice", "id = \"total\"");
    let derived = "[[derived]]\nid = \"bins\"\nname = \"B\"\nformula = \"1\"\n\n[[scheme]]";
    check(&[("[[scheme]]", derived)], "claim-twice", "id = \"bins\"");
    check(
        &[("id = \"bins\"", "id = \"history.bins\""), ("claim = \"bins\"", "claim = \"history.bins\"")],
        "claim-reserved",
        "id = \"history.bins\"",
    );
}

#[test]
fn levels_lead_upwards() {
    let level = |next: &str| format!("[[level]]\nid = \"low\"\nname = \"Low\"\nrounds = \"nation\"\n{next}\n[[level]]");
    // Nothing is contested there either, which is another mistake.
    let empty = |changes: &[(&str, &str)], key: &str, line: &str| {
        let mut told = told(changes);
        told.retain(|(key, _)| key != "level-without-contest");
        assert_eq!(told, [(key.to_owned(), line.to_owned())], "{changes:?}");
    };
    empty(&[("[[level]]", &level(""))], "level-without-next", "[[level]]");
    empty(&[("[[level]]", &level("next = \"low\"\n"))], "level-order", "next = \"low\"");
    check(&[("[[level]]", &level("next = \"high\"\n"))], "unknown-id", "next = \"high\"");
    check(&[("rounds = \"nation\" ", "next = \"city\"\nrounds = \"nation\" ")], "level-order", "next = \"city\"");
    check(&[("rounds = \"nation\" ", "pools = \"zone\"\nrounds = \"nation\" ")], "zones-missing", "pools = \"zone\"");
    check(
        &[("rounds = \"nation\" ", "rounds = \"province\" "), ("version = \"1\"", "version = \"1\"\ncountry_levels = false")],
        "rounds-without-regions",
        "rounds = \"province\"",
    );
}

#[test]
fn zones_hold_every_province_once() {
    let zone = |provinces: &str| format!("[[zone]]\nid = \"all\"\nname = \"All\"\nprovinces = [{provinces}]\n\n[[panel]]");
    let all: Vec<String> = [11..=19, 21..=21, 31..=36, 51..=53, 61..=65, 71..=76, 81..=82, 91..=96]
        .into_iter()
        .flat_map(|codes| codes.map(|code: u32| format!("\"{code}\"")))
        .collect();
    let all = all.join(", ");
    assert_eq!(told(&[("[[panel]]", &zone(&all))]), []);
    let line = |provinces: &str| format!("provinces = [{provinces}]");
    let unknown = format!("{all}, \"97\"");
    check(&[("[[panel]]", &zone(&unknown))], "unknown-province", &line(&unknown));
    let twice = format!("{all}, \"11\"");
    check(&[("[[panel]]", &zone(&twice))], "province-twice", &line(&twice));
    let missing = all.replace("\"11\", ", "");
    check(&[("[[panel]]", &zone(&missing))], "province-missing", "[[zone]]");
    let before = [("[[panel]]", zone(&all)), ("version = \"1\"", "version = \"1\"\nregions_as_of = 2021-12-31".to_owned())];
    let before: Vec<(&str, &str)> = before.iter().map(|(from, to)| (*from, to.as_str())).collect();
    assert_eq!(told(&before).len(), 4, "there were 34 provinces then");
    let free = [("[[panel]]", zone("\"x\"")), ("version = \"1\"", "version = \"1\"\ncountry_levels = false".to_owned())];
    let free: Vec<(&str, &str)> = free.iter().map(|(from, to)| (*from, to.as_str())).collect();
    assert_eq!(told(&free), []);
}

#[test]
fn a_panel_has_one_chair_and_enough_seats() {
    check(&[("role = \"chair\"", "role = \"member\"")], "panel-chairs", "seat = [");
    check(&[("role = \"member\"", "role = \"chair\"")], "panel-chairs", "seat = [");
    check(&[("quorum = 2", "quorum = 4")], "quorum-above-seats", "quorum = 4");
    assert_eq!(told(&[("quorum = 2", "quorum = 3")]), []);
    check(&[("quorum = 2", "quorum = 2\nminimum_effective = 4")], "quorum-above-seats", "minimum_effective = 4");
    check(&[("panel = \"jury\"\n", "")], "panel-missing", "[[contest]]");
    let other = "[[level]]\nid = \"low\"\nname = \"Low\"\nrounds = \"nation\"\nnext = \"city\"\n\n[[level]]";
    let keys = told(&[("level = \"city\"\nquorum", "level = \"low\"\nquorum"), ("[[level]]", other)]);
    let expected = [("level-without-contest", "id = \"low\""), ("panel-level", "panel = \"jury\"")];
    assert_eq!(keys, expected.map(|(key, line)| (key.to_owned(), line.to_owned())));
}

#[test]
fn a_share_is_between_nothing_and_everything_and_bounds_hold_something() {
    for (share, fits) in [("0", true), ("0.1", true), ("1", true), ("1.01", false), ("-0.1", false)] {
        let line = format!("second_reading = {share}");
        let with = [("quota = 1", format!("quota = 1\n{line}"))];
        let with: Vec<(&str, &str)> = with.iter().map(|(from, to)| (*from, to.as_str())).collect();
        let expected = if fits { vec![] } else { vec![("share-out-of-range".to_owned(), line.clone())] };
        assert_eq!(told(&with), expected, "{share}");
    }
    let bounds = |text: &str| told(&[("shape = \"count\"\n", text)]);
    assert_eq!(bounds("shape = \"count\"\nat_least = 2\nat_most = 2\n"), []);
    let empty = bounds("shape = \"count\"\nat_least = 3\nat_most = 2\n");
    assert_eq!(empty, [("plausible-empty".to_owned(), "at_least = 3".to_owned())]);
}

#[test]
fn every_category_can_be_won() {
    let category = |keys: &str| format!("[[category]]\nid = \"b\"\nname = \"B\"\n{keys}\n\n[[claim]]");
    check(&[("[[claim]]", &category("kinds = [\"city\"]"))], "category-without-contest", "id = \"b\"");
    check(&[("[[claim]]", &category("kinds = []"))], "category-without-contest", "id = \"b\"");
    assert_eq!(
        told(&[("[[claim]]", &category("kinds = []")), ("kinds = [\"village\"]", "kinds = [\"village\"]\nparent = \"b\"")]),
        []
    );
    check(&[("kinds = [\"village\"]", "kinds = []")], "category-without-kinds", "categories = [\"village\"]");
    check(&[("kinds = [\"village\"]", "kinds = [\"village\"]\nparent = \"village\"")], "category-circle", "parent = \"village\"");
    check(&[("kinds = [\"village\"]", "kinds = [\"hamlet\"]")], "unknown-word", "kinds = [\"hamlet\"]");
    let again = "[[contest]]\ncategories = [\"village\"] # again\nlevel = \"city\"\nscheme = \"clean\"\npanel = \"jury\"\nstages = [\"judging\"]\nladder = \"ties\"\nquota = 1\n\n[[ladder]]";
    let (text, problems) = problems(&[("[[ladder]]", again)]);
    assert_eq!(problems.len(), 1);
    assert!(text[problems[0].span.clone()].starts_with("\"village\""));
    assert_eq!(problems[0].message.key(), "problem-rulebook-contest-twice");
}

#[test]
fn everything_is_used() {
    let level = "[[level]]\nid = \"low\"\nname = \"Low\"\nrounds = \"nation\"\nnext = \"city\"\n\n[[level]]";
    check(&[("[[level]]", level)], "level-without-contest", "id = \"low\"");
    let one = |before: &str, table: &str| check(&[(before, &format!("{table}\n\n{before}"))], "unused", "id = \"spare\"");
    one(
        "[[category]]",
        "[[panel]]\nid = \"spare\"\nlevel = \"city\"\nquorum = 1\nseat = [{ id = \"c\", name = \"C\", role = \"chair\", count = 1 }]",
    );
    one("[[scheme]]", "[[claim]]\nid = \"spare\"\nname = \"S\"\nshape = \"list\"");
    one("[[scheme]]", "[[derived]]\nid = \"spare\"\nname = \"S\"\nformula = \"bins * 2\"");
    one(
        "[[scheme]]",
        "[[attendance]]\nid = \"spare\"\nname = \"S\"\nabsent = \"zero\"\nrank = [{ id = \"r\", name = \"R\", value = 1 }]",
    );
    one("[[contest]]", "[[award]]\nid = \"spare\"\nname = \"S\"\nplace = 1");
    one("[[contest]]", "[[ladder]]\nid = \"spare\"\nsteps = [\"lot\"]");
    one(
        "[[ladder]]",
        "[[scheme]]\nid = \"spare\"\nname = \"S\"\n[[scheme.aspect]]\nid = \"a\"\nname = \"A\"\n[[scheme.aspect.indicator]]\nid = \"i\"\nname = \"I\"\nkind = \"count\"\nclaim = \"bins\"",
    );
}

#[test]
fn only_a_panel_has_a_chair() {
    let counted = [("kind = \"rubric\"\nmin = 0\nmax = 100", "kind = \"count\"\nclaim = \"bins\""), ("panel = \"jury\"\n", "")];
    check(&counted, "chair-without-panel", "ladder = \"ties\"");
    let marked = [("panel = \"jury\"\n", "")];
    check(&marked, "panel-missing", "[[contest]]");
}

#[test]
fn one_mistake_is_told_once() {
    let yes = "kinds = [\"village\"]\ngate = [{ id = \"g\", name = \"G\", yes = \"bins\" }]";
    let (_, shape) = problems(&[("shape = \"count\"", "shape = \"bool\"\ndecimals = 1"), ("kinds = [\"village\"]", yes)]);
    let hints: Vec<String> = shape.iter().filter_map(|one| Some(one.hint.as_ref()?.render(Lang::En))).collect();
    assert_eq!(hints, ["Did you mean 'yes_no'?"]);
    for empty in ["", "# nothing yet\n"] {
        let problems = rules::read("test.toml", empty).expect_err("there is nothing");
        let said: Vec<String> = problems.iter().map(|one| one.message.render(Lang::En)).collect();
        assert_eq!(
            said,
            [
                "The file is empty. A rulebook needs: format, [edition], [[level]], [[category]], [[scheme]], [[ladder]], [[contest]]."
            ]
        );
    }
    let problems = rules::read("test.toml", "format = \"paritrana-rulebook-1\"\n").expect_err("the rest is missing");
    assert!(problems.iter().all(|one| one.message.key() == "problem-rulebook-missing-key"), "{problems:?}");
}

#[test]
fn no_id_is_offered_that_is_itself_refused() {
    let (_, problems) = problems(&[("id = \"bins\"", "id = \"Bins\"")]);
    let hints: Vec<String> = problems.iter().filter_map(|one| Some(one.hint.as_ref()?.render(Lang::En))).collect();
    assert_eq!(hints.len(), 2);
    assert!(hints.iter().all(|hint| !hint.contains("Bins")), "{hints:?}");
}

#[test]
fn gates_of_scheme_and_category_have_different_ids() {
    let gate = "gate = [{ id = \"g\", name = \"G\", previous_winner = { years = 1 } }]";
    let changes = [
        ("kinds = [\"village\"]", format!("kinds = [\"village\"]\n{gate}")),
        ("weights_total = 100", format!("weights_total = 100\n{gate}")),
    ];
    let changes: Vec<(&str, &str)> = changes.iter().map(|(from, to)| (*from, to.as_str())).collect();
    check(&changes, "gate-twice", "categories = [\"village\"]");
}

/// A gate that asks a claim which the changed example no longer scores.
const USES_BINS: &str = "kinds = [\"village\"]\ngate = [{ id = \"g\", name = \"G\", claim = \"bins\", at_least = 0 }]";

#[test]
fn formulas_can_be_read_and_worked_out() {
    let formula = |text: &str| {
        let linear = "kind = \"count\"\nclaim = \"bins\"";
        let changed = format!("kind = \"formula\"\nformula = \"{text}\"");
        let (text, problems) = problems(&[(linear, &changed), ("kinds = [\"village\"]", USES_BINS)]);
        let told =
            problems.iter().map(|one| (one.message.key().replace("problem-rulebook-", ""), text[one.span.clone()].to_owned()));
        told.collect::<Vec<_>>()
    };
    let one = |key: &str, span: &str| vec![(key.to_owned(), span.to_owned())];
    assert_eq!(formula("bins * 2"), []);
    assert_eq!(formula("bins * (2"), one("bad-formula", ""));
    assert_eq!(formula("bins ; 2"), one("bad-formula", ";"));
    assert_eq!(formula("1 + bin + bins"), one("formula-name", "bin"));
    assert_eq!(formula("bins / (2 - 2)"), one("division-by-zero", "\"bins / (2 - 2)\""));
    assert_eq!(formula("if(bins > 0, 1 / bins, 0)"), []);
    assert_eq!(formula("history.wins_within_3 + bins"), []);
    assert_eq!(formula("carried.city.total"), []);
    assert_eq!(formula("carried.town.total").len(), 1);
    let derived = |formulas: [&str; 2]| {
        let of = |id: &str, formula: &str| format!("[[derived]]\nid = \"{id}\"\nname = \"D\"\nformula = \"{formula}\"\n\n");
        format!("{}{}[[scheme]]", of("d", formulas[0]), of("e", formulas[1]))
    };
    check(&[("[[scheme]]", &derived(["e + 1", "d + 1"]))], "formula-loop", "formula = \"e + 1\"");
    check(&[("[[scheme]]", &derived(["d + e", "2"]))], "formula-loop", "formula = \"d + e\"");
    let used =
        ("kinds = [\"village\"]", "kinds = [\"village\"]\ngate = [{ id = \"g\", name = \"G\", claim = \"d\", at_least = 1 }]");
    assert_eq!(told(&[("[[scheme]]", &derived(["e + 1", "bins"])), used]), []);
    let literal =
        rules::EXAMPLE.replace("kind = \"count\"\nclaim = \"bins\"", "kind = \"formula\"\nformula = \"bins \\u002b x\"");
    let problems = rules::read("test.toml", &literal).expect_err("there is no x");
    assert_eq!(&literal[problems[0].span.clone()], "\"bins \\u002b x\"", "with escapes the whole text is meant");
}

/// The first problem of the example whose count is by this formula, with its hint, and how many there are.
fn formula_said(formula: &str, extra: &str) -> (String, String, usize) {
    let changed = format!("kind = \"formula\"\nformula = \"{formula}\"");
    let claims = format!("{extra}[[scheme]]");
    let changes = [
        ("kind = \"count\"\nclaim = \"bins\"", changed.as_str()),
        ("kinds = [\"village\"]", USES_BINS),
        ("[[scheme]]", claims.as_str()),
    ];
    told(&changes);
    let (_, problems) = problems(&changes);
    let hint = problems[0].hint.as_ref().map(|hint| hint.render(Lang::En)).unwrap_or_default();
    (problems[0].message.render(Lang::En), hint, problems.len())
}

#[test]
fn a_minus_in_a_formula_is_no_part_of_a_name() {
    let claim = |id: &str| format!("[[claim]]\nid = \"{id}\"\nname = \"C\"\nshape = \"count\"\n\n");
    let said = "In a formula '-' means minus, so 'jumlah-buku' names no claim.".to_owned();
    for formula in ["jumlah-buku", "2 * jumlah-buku + jumlah-buku"] {
        for extra in [claim("jumlah-buku"), String::new()] {
            let (message, hint, problems) = formula_said(formula, &extra);
            assert_eq!((&message, problems), (&said, 1), "{formula} {extra}");
            assert!(hint.contains("'jumlah_buku'"), "{hint}");
        }
    }
    let (message, hint, problems) = formula_said("bins - buku", "");
    assert_eq!(
        (message.as_str(), hint.as_str(), problems),
        ("The formula names 'buku', which is no claim.", "Known are: bins.", 1)
    );
    let (_, hint, problems) = formula_said("jumlah", &claim("jumlah-x"));
    assert_eq!((hint.as_str(), problems), ("Known are: bins.", 1), "a name that no formula can say is not offered");
}

#[test]
fn a_formula_of_another_language_is_put_right() {
    let why = |formula: &str| formula_said(formula, "").0;
    assert_eq!(why("bins * (2 + 1"), "This formula cannot be read: a ')' is missing.");
    assert_eq!(why("min(bins, 2"), "This formula cannot be read: a ')' is missing.");
    assert_eq!(why("bins * 2)"), "This formula cannot be read: this ')' was never opened.");
    for formula in ["if bins > 1 then 2 else 3", "bins > 1 and bins < 3", "bins OR 1", "bins > 1 ? 2", "bins && 1"] {
        let (_, hint, problems) = formula_said(formula, "");
        assert!(hint.starts_with("Write if(condition, then, else)."), "{formula}: {hint}");
        assert_eq!(problems, 1);
    }
}

#[test]
fn weights_of_indicators_add_up_to_a_hundred_unless_it_is_said() {
    let second = |weights: [&str; 2], more: &str| {
        let indicator = "[[scheme.aspect.indicator]]\nid = \"impression\"";
        let other = format!(
            "[[scheme.aspect.indicator]]\nid = \"other\"\nname = \"O\"\nkind = \"rubric\"\nmin = 0\nmax = 9\nweight = {}\n\n{indicator}\nweight = {}",
            weights[0], weights[1]
        );
        let aspect = format!("weight = 60{more}");
        let (text, problems) = problems(&[(indicator, &other), ("weight = 60", &aspect)]);
        let said = problems.iter().map(|one| one.message.render(Lang::En)).collect::<Vec<_>>();
        (said, problems.first().map(|one| text[..one.span.start].lines().count()).unwrap_or_default())
    };
    let said = |weights| second(weights, "").0;
    assert_eq!(said(["60", "40"]), Vec::<String>::new());
    assert_eq!(said(["60", "30"]), ["The weights in 'visit' add up to 90, which is 10 short of 100."]);
    assert_eq!(said(["60", "50"]), ["The weights in 'visit' add up to 110, which is 10 more than 100."]);
    assert_eq!(second(["60", "30"], "\nweights_total = 90").0, Vec::<String>::new());
    assert_eq!(second(["60", "30"], "\nweights_total = 100").0.len(), 1);
    assert_eq!(second(["60", "30"], "\ncombine = \"sum\"").0, Vec::<String>::new());
}

#[test]
fn weights_add_up() {
    check(&[("weight = 60", "weight = 50")], "weights-below", "weights_total = 100");
    let (_, below) = problems(&[("weight = 60", "weight = 50.5")]);
    assert_eq!(below[0].message.render(Lang::Id), "Bobot di 'clean' berjumlah 90,5, kurang 9,5 dari 100.");
    check(&[("weight = 60", "weight = 61")], "weights-above", "weights_total = 100");
    assert_eq!(told(&[("weight = 60", "weight = \"180/3\"")]), []);
    check(&[("weights_total = 100\n", "")], "weights-total-missing", "[[scheme]]");
    check(&[("weight = 60\n", "")], "weight-missing", "[[scheme.aspect]]");
    check(&[("weight = 40", "weight = -40"), ("weights_total = 100", "weights_total = 20")], "weight-negative", "weight = -40");
    check(
        &[("weight = 40", "weight = 0"), ("weight = 60", "weight = 0"), ("weights_total = 100", "weights_total = 0")],
        "weights-zero",
        "[[scheme]]",
    );
    check(&[("weight = 60", "weight = 60\nweights_total = 2")], "weights-below", "weights_total = 2");
    check(&[("weight = 60", "weight = 60\nrole = \"bonus\""), ("weight = 40", "weight = 100")], "weight-unused", "weight = 60");
}

#[test]
fn stage_weights_fit_the_aspects() {
    let staged = |weights: &str, first: &str, second: &str| {
        [
            ("weights_total = 100", format!("weights_total = 100\nstage_weights = {{ {weights} }}")),
            ("weight = 40", format!("weight = 40{first}")),
            ("weight = 60", format!("weight = 60{second}")),
        ]
    };
    let run = |weights: &str, first: &str, second: &str, expected: &[&str]| {
        let changes = staged(weights, first, second);
        let changes: Vec<(&str, &str)> = changes.iter().map(|(from, to)| (*from, to.as_str())).collect();
        let keys: Vec<String> = told(&changes).into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, expected, "{weights}{first}{second}");
    };
    let (first, second) = ("\nstage = \"verification\"", "\nstage = \"judging\"");
    run("verification = 40, judging = 60", first, second, &[]);
    run("verification = 50, judging = 50", first, second, &[]);
    run("verification = 100", first, first, &[]);
    run("verification = 40, judging = 50", first, second, &["weights-below"]);
    run("verification = 100", first, second, &["aspect-without-stage"]);
    run("verification = 40, judging = 60", first, "", &["stage-without-aspect", "aspect-without-stage"]);
    run("verification = 0, judging = 100", first, second, &["stage-weight-positive"]);
    run("verification = 40, final = 60", first, second, &["unknown-key"]);
}

#[test]
fn groups_and_limits_make_sense() {
    let total = [("weights_total = 100", "weights_total = 60"), ("weight = 40", "role = \"bonus\"")];
    check(&[("weights_total = 100", "weights_total = 100\ncap = 1\nfloor = 2")], "cap-below-floor", "cap = 1");
    assert_eq!(told(&total), []);
    let bonus = |cap: &str| {
        [("weights_total = 100", "weights_total = 60".to_owned()), ("weight = 40", format!("role = \"bonus\"\ncap = {cap}"))]
    };
    let run = |bonus: [(&str, String); 2]| told(&bonus.each_ref().map(|(from, to)| (*from, to.as_str())));
    assert_eq!(run(bonus("0")), []);
    assert_eq!(run(bonus("-5")), [("extra-cap-negative".to_owned(), "cap = -5".to_owned())]);
    check(&[("claim = \"bins\"\n", "claim = \"bins\"\nrole = \"bonus\"\n")], "no-parts", "[[scheme.aspect.indicator]]");
    check(
        &[("weight = 60", "weight = 60\nround = { places = 10 }")],
        "round-places",
        "round = { places = 10 }".trim_start_matches("weight = 60"),
    );
    let trimmed = "jurors = { method = \"trimmed\", drop = 2, at_least = 4 }";
    check(&[("weight = 60", &format!("weight = 60\n{trimmed}"))], "trimmed", trimmed);
    check(
        &[("weight = 60", "weight = 60\njurors = { method = \"trimmed\", drop = 2 }")],
        "missing-key",
        "jurors = { method = \"trimmed\", drop = 2 }",
    );
    check(&[("weight = 60", "weight = 60\njurors = \"trimmed\"")], "unknown-word", "jurors = \"trimmed\"");
    check(
        &[("weight = 60", "weight = 60\njurors = { method = \"mean\", drop = 2 }")],
        "misplaced-key",
        "jurors = { method = \"mean\", drop = 2 }",
    );
    assert_eq!(told(&[("weight = 60", "weight = 60\njurors = \"median\"")]), []);
    check(&[("weight = 40", "weight = 40\njurors = { order = \"sheet\" }")], "sheet-not-rubric", "kind = \"count\"");
    check(&[("weight = 40", "weight = 40\nmissing = \"zero\"")], "missing-without-sheet", "missing = \"zero\"");
}

#[test]
fn a_rulebook_without_a_format_is_told_which_to_write() {
    let (_, found) = problems(&[("format = \"paritrana-rulebook-1\"", "")]);
    let hint = found[0].hint.as_ref().map(|hint| hint.render(Lang::En));
    assert_eq!(hint.as_deref(), Some("Write in the first line: format = \"paritrana-rulebook-1\""));
}

#[test]
fn a_share_is_written_from_0_to_1() {
    let linear = "linear = { from = 0, to = 50, points_from = 0, points_to = 100 }";
    let ratio = "kind = \"ratio\"\nnumerator = \"bins\"\ndenominator = \"bins\"";
    let count = "kind = \"count\"\nclaim = \"bins\"";
    let scale = |scale: &str, kind: &str| told(&[(count, kind), (linear, scale)]);
    let bands = "bands = [{ at_least = 0.25, points = 40 }, { at_least = 1, points = 70 }, { at_least = 75, points = 100 }]";
    let refused = |line: &str| vec![("share-above-one".to_owned(), line.to_owned())];
    assert_eq!(scale(bands, ratio), refused(bands));
    let line = "linear = { from = 0, to = 100, points_from = 0, points_to = 100 }";
    assert_eq!(scale(line, ratio), refused(line));
    assert_eq!(scale(linear, ratio), refused(linear));
    assert_eq!(scale(linear, &format!("{ratio}\nover_one = \"allow\"")), []);
    assert_eq!(scale("linear = { from = 0, to = 1, points_from = 0, points_to = 100 }", ratio), []);
    assert_eq!(scale(bands, &format!("{ratio}\nover_one = \"allow\"")), []);
    assert_eq!(scale(bands, &format!("{ratio}\nover_one = \"cap\"")), refused(bands));
    let (_, found) = problems(&[(count, ratio), (linear, bands)]);
    let hint = found[0].hint.as_ref().map(|hint| hint.render(Lang::En));
    assert_eq!(hint.as_deref(), Some("50 % is 0.5. If 75 % is meant, write 0.75."));
}

#[test]
fn a_rulebook_in_force_stays_readable_with_a_band_that_no_share_reaches() {
    let (text, found) = problems(&[
        ("kind = \"count\"\nclaim = \"bins\"", "kind = \"ratio\"\nnumerator = \"bins\"\ndenominator = \"bins\""),
        (
            "linear = { from = 0, to = 50, points_from = 0, points_to = 100 }",
            "bands = [{ at_least = 0.5, points = 40 }, { at_least = 75, points = 100 }]",
        ),
    ]);
    assert_eq!(found.len(), 1);
    assert!(rules::read_bytes("test.toml", text.as_bytes()).is_err());
    assert!(rules::read("test.toml", &text).is_ok());
}

#[test]
fn a_misspelt_step_of_a_ladder_is_answered_with_the_word_that_is_near() {
    let (_, found) = problems(&[("steps = [\"visit\", \"chair\"]", "steps = [\"visit\", \"lott\"]")]);
    let hints: Vec<String> = found.iter().filter_map(|problem| problem.hint.as_ref()).map(|hint| hint.render(Lang::En)).collect();
    assert_eq!(hints, ["Did you mean 'lot'?"]);
    let (_, found) = problems(&[("steps = [\"visit\", \"chair\"]", "steps = [\"visit\", \"somebody\"]")]);
    let hints: Vec<String> = found.iter().filter_map(|problem| problem.hint.as_ref()).map(|hint| hint.render(Lang::En)).collect();
    assert_eq!(hints, ["Known are: bins-points, facilities, impression, visit, fewer_corrections, chair, plenary, lot."]);
}

#[test]
fn a_level_that_leads_nowhere_is_not_told_to_be_the_highest() {
    let above = "rounds = \"nation\"\n\n[[level]]\nid = \"nation\"\nname = \"Nation\"\nrounds = \"nation\"";
    let keys: Vec<String> =
        told(&[("rounds = \"nation\"", above), ("\"plenary\", \"ann", "\"plenary\", \"advancement\", \"ann")])
            .into_iter()
            .map(|(key, _)| key)
            .collect();
    assert_eq!(keys, ["level-without-next", "level-without-contest"]);
}

#[test]
fn scales_and_rubrics_make_sense() {
    let linear = "linear = { from = 0, to = 50, points_from = 0, points_to = 100 }";
    let scale = |scale: &str, key: &str| check(&[(linear, scale)], key, scale);
    scale("linear = { from = 50, to = 50, points_from = 0, points_to = 100 }", "linear");
    scale("bands = []", "empty-list");
    scale("bands = [{ at_least = 2, points = 1 }, { at_least = 2, points = 3 }]", "bands-rise");
    scale("range = { min = 2, max = 1, step = 1 }", "range-reversed");
    scale("range = { min = 1, max = 2, step = 0 }", "step-positive");
    let stated = |range: &str| [("kind = \"rubric\"\nmin = 0\nmax = 100", format!("kind = \"stated\"{range}"))];
    let run = |changes: [(&str, String); 1]| told(&[(changes[0].0, &changes[0].1)]);
    assert_eq!(run(stated("\nrange = { min = 0, max = 100, step = 1 }")), []);
    assert_eq!(run(stated("")), [("missing-key".to_owned(), "[[scheme.aspect.indicator]]".to_owned())]);
    let formula = [("kind = \"count\"\nclaim = \"bins\"", "kind = \"formula\"\nformula = \"bins\""), (linear, "")];
    assert_eq!(told(&formula), [], "only stated points need a range");
    check(&[("max = 100", "max = 0")], "rubric-min-max", "max = 0");
    check(&[("max = 100", "max = 100\nstep = 3")], "rubric-step", "step = 3");
    check(&[("max = 100", "max = 100.5")], "rubric-step", "max = 100.5");
    check(&[("max = 100", "max = 100\nstep = -1")], "step-positive", "step = -1");
    let anchors = |first: &str, second: &str| {
        format!("max = 100\nanchors = [{{ at_least = {first}, text = \"A\" }}, {{ at_least = {second}, text = \"B\" }}]")
    };
    for (first, second, key) in [("0", "101", "anchor-outside"), ("5", "5", "anchors-rise"), ("-1", "3", "anchor-outside")] {
        let anchors = anchors(first, second);
        check(&[("max = 100", &anchors)], key, anchors.lines().nth(1).expect("the anchors are the second line"));
    }
    let list = "shape = \"list\"\n";
    let checklist = "kind = \"checklist\"\nlist = \"bins\"\nkinds = {}\nstages = { done = 1 }";
    check(&[("shape = \"count\"\n", list), ("kind = \"count\"\nclaim = \"bins\"", checklist)], "empty-list", "kinds = {}");
    check(&[("shape = \"count\"\n", list)], "claim-shape", "claim = \"bins\"");
    check(&[("shape = \"count\"\n", "shape = \"count\"\ndecimals = 1\n")], "decimals", "decimals = 1");
}

#[test]
fn ladders_and_awards_name_what_is_there() {
    let steps = |steps: &str, key: &str| check(&[("[\"visit\", \"chair\"]", steps)], key, &format!("steps = {steps}"));
    steps("[\"visits\", \"chair\"]", "unknown-node");
    steps("[\"visit\", \"visit\"]", "step-twice");
    steps("[]", "ladder-empty");
    steps("[\"lot\", \"chair\"]", "step-after-lot");
    let sheet = [("weight = 60", "weight = 60\njurors = { order = \"sheet\" }"), ("[\"visit\", \"chair\"]", "[\"impression\"]")];
    check(&sheet, "node-in-sheet", "steps = [\"impression\"]");
    let award = |by: &str| format!("[[award]]\nid = \"a\"\nname = \"A\"\n{by}\n\n[[contest]]");
    let one = |by: &str, key: &str| check(&[("[[contest]]", &award(by)), ("quota = 1", "awards = [\"a\"]\nquota = 1")], key, by);
    one("best = { of = \"nothing\" }", "unknown-node");
    one("places = [3, 1]", "places");
    one("places = [3]", "places");
    one("place = 0", "count-range");
    one("band = { at_least = 9, below = 9 }", "band-empty");
    one("condition = \"bins >\"", "bad-formula");
    one("named = false", "only-true");
    let pool = [("[[contest]]", award("place = 1\nwithin = \"pool\"")), ("quota = 1", "awards = [\"a\"]\nquota = 1".to_owned())];
    let pool: Vec<(&str, &str)> = pool.iter().map(|(from, to)| (*from, to.as_str())).collect();
    check(&pool, "award-pool-missing", "awards = [\"a\"]");
}

#[test]
fn stages_stand_in_the_order_of_the_process() {
    let stages = "stages = [\"nomination\", \"verification\", \"judging\", \"counting\", \"plenary\", \"announcement\"]";
    let one = |changed: &str, key: &str| check(&[(stages, changed)], key, changed);
    one("stages = [\"verification\", \"nomination\"]", "stage-order");
    one("stages = [\"verification\", \"verification\"]", "stage-order");
    one("stages = [\"verification\", \"judgment\"]", "unknown-word");
    one("stages = []", "empty-list");
    one("stages = [\"judging\", \"advancement\"]", "advancement-at-top");
    check(&[("ladder = \"ties\"", "ladder = \"ties\"\ninterviewed = true")], "interview-missing", "interviewed = true");
    check(&[("ladder = \"ties\"", "ladder = \"ties\"\ninvited = 3")], "invited-to-nothing", "invited = 3");
    let denied = [
        ("\"judging\", \"counting\"", "\"interview\", \"counting\""),
        ("ladder = \"ties\"", "ladder = \"ties\"\ninterviewed = false"),
    ];
    check(&denied, "interview-denied", "interviewed = false");
    let plenary = [("\"plenary\", ", ""), ("ladder = \"ties\"", "ladder = \"ties\"\nties = \"plenary\"")];
    check(&plenary, "ties-without-plenary", "ties = \"plenary\"");
    check(&[("weight = 60", "weight = 60\nstage = \"interview\"")], "aspect-stage", stages);
    check(&[("ladder = \"ties\"", "ladder = \"ties\"\nquota_within = \"pool\"")], "pool-missing", "quota_within = \"pool\"");
}

#[test]
fn attendance_needs_an_interview_and_the_right_entrants() {
    let table = "[[attendance]]\nid = \"a\"\nname = \"A\"\nkinds = [\"company\"]\nabsent = \"zero\"\nrank = [{ id = \"r\", name = \"R\", value = 1 }]\n\n[[scheme]]";
    let stages = "stages = [\"nomination\", \"verification\", \"judging\", \"counting\", \"plenary\", \"announcement\"]";
    let attended = [("[[scheme]]", table), ("weight = 60", "weight = 60\nattendance = \"a\"")];
    let keys: Vec<String> = told(&attended).into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["attendance-kinds", "attendance-without-interview"]);
    let right = [attended[0], attended[1], ("[\"company\"]", "[\"village\"]"), (stages, "stages = [\"interview\"]")];
    assert_eq!(told(&right), []);
}

#[test]
fn days_for_objections_need_their_stage() {
    for line in ["objection_days = 3", "objection_working = true"] {
        let ladder = format!("ladder = \"ties\"\n{line}");
        let stages = "stages = [\"nomination\", \"verification\", \"judging\", \"counting\", \"plenary\", \"announcement\"]";
        check(&[("ladder = \"ties\"", &ladder)], "objection-stage", stages);
        let with = stages.replace("plenary", "plenary\", \"objection");
        assert_eq!(told(&[("ladder = \"ties\"", &ladder), (stages, &with)]), [], "{line}");
    }
}

#[test]
fn carried_points_come_from_a_lower_level() {
    let rubric = "kind = \"rubric\"\nmin = 0\nmax = 100";
    let carried = "kind = \"carried\"\nlevel = \"city\"\nvalue = \"total\"";
    check(&[(rubric, carried)], "carried-level", "scheme = \"clean\"");
}

#[test]
fn a_syntax_error_hides_nothing_and_invents_nothing() {
    let broken = [("rounds = \"nation\"", "rounds = = \"nation\""), ("quota = 1 ", "quota = 0 ")];
    let keys: Vec<String> = told(&broken).into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["syntax", "count-range"]);
    check(&[("quorum = 2", "quorum = 2\nquorum = 3")], "syntax", "quorum = 3");
    check(&[("version = \"1\"", "version = \"1")], "syntax", "version = \"1");
}

#[test]
fn all_problems_are_told_at_once_in_the_order_of_the_file() {
    let many = [
        ("version = \"1\"", "verson = \"1\""),
        ("quorum = 2", "quorum = 7"),
        ("weight = 60", "weight = 6"),
        ("quota = 1", "quota = 0"),
    ];
    let keys: Vec<String> = told(&many).into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["unknown-key", "quorum-above-seats", "weights-below", "count-range"]);
}

#[test]
fn a_slip_of_the_finger_gets_the_right_word_as_its_hint() {
    let (_, problems) = problems(&[("weight = 60", "wieght = 60")]);
    let hint = problems[0].hint.as_ref().map(|hint| hint.render(Lang::En));
    assert_eq!(hint.as_deref(), Some("Did you mean 'weight'?"));
}
