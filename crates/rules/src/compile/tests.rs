//! Every trait of a rulebook that reaches the count, on rulebooks changed in one place.

use tally::{AbsentRule, Attendance, GateMissing, Grid, Measure, Method, Missing, Node};

use super::*;

/// The example with some texts replaced.
fn book(changes: &[(&str, &str)]) -> Rulebook {
    let mut text = crate::EXAMPLE.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    crate::read("test.toml", &text).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn compiled(book: &Rulebook) -> Count {
    compile(book, &book.contests[0], "village")
}

fn find<'n>(node: &'n Node, id: &str) -> Option<&'n Node> {
    if node.id == id { Some(node) } else { node.below().find_map(|below| find(below, id)) }
}

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

/// A table of attendance and the stage it needs.
const LEADER: &str = r#"
[[attendance]]
id = "leader"
name = "Leader"
absent = "ABSENT"
rank = [{ id = "head", name = "Head", value = 1 }, { id = "deputy", name = "Deputy", value = 0.8 }]
otherwise = 0.5

[[scheme]]"#;

fn with_leader(absent: &str, change: (&str, &str)) -> Rulebook {
    let leader = LEADER.replace("ABSENT", absent);
    book(&[("\n[[scheme]]", &leader), change, ("\"judging\"", "\"interview\", \"judging\"")])
}

#[test]
fn the_example_compiles_to_its_tree() {
    let count = compiled(&book(&[]));
    let visit = find(&count.tree, "impression").unwrap();
    let leaf = visit.leaf.as_ref().unwrap();
    let marks = Measure::Marks { method: Method::Mean, min: exact("0"), max: exact("100"), step: exact("1") };
    assert_eq!(leaf.measure, marks);
    assert_eq!(visit.range, Some(Grid { min: exact("0"), max: exact("100"), step: exact("1") }));
    let bins = find(&count.tree, "bins-points").unwrap();
    assert_eq!(bins.range, Some(Grid { min: exact("0"), max: exact("100"), step: exact("0.01") }));
    let weights: Vec<String> = count.tree.group.unwrap().parts.iter().map(|part| part.weight.to_string()).collect();
    assert_eq!(weights, ["40", "60"]);
}

#[test]
fn attendance_multiplies_an_aspect_and_rescheduling_waits() {
    let book = with_leader("reschedule", ("weight = 60", "weight = 60\nattendance = \"leader\""));
    let count = compiled(&book);
    let attendance = find(&count.tree, "visit").unwrap().attendance.clone().unwrap();
    let table = [("deputy".to_owned(), exact("0.8")), ("head".to_owned(), exact("1"))].into();
    assert_eq!(attendance, Attendance { table, otherwise: Some(exact("0.5")), absent: AbsentRule::Refuse });
}

#[test]
fn points_for_attendance_keep_the_rule_for_the_absent() {
    let rubric = "kind = \"rubric\"\nmin = 0\nmax = 100";
    let points = "kind = \"attendance\"\nattendance = \"leader\"";
    let zero = compiled(&with_leader("zero", (rubric, points)));
    assert_eq!(find(&zero.tree, "impression").unwrap().attendance, None);
    let exclude = compiled(&with_leader("exclude", (rubric, points)));
    let node = find(&exclude.tree, "impression").unwrap();
    let factor = Attendance { table: Default::default(), otherwise: Some(exact("1")), absent: AbsentRule::Exclude };
    assert_eq!(node.attendance, Some(factor));
    assert!(matches!(node.leaf.as_ref().unwrap().measure, Measure::Rank { .. }));
}

#[test]
fn stages_with_weights_stand_between_total_and_aspects() {
    let book = book(&[
        ("weights_total = 100", "weights_total = 100\nstage_weights = { verification = 40, judging = 60 }"),
        ("weight = 40", "weight = 40\nstage = \"verification\""),
        ("weight = 60", "weight = 60\nstage = \"judging\""),
    ]);
    let count = compiled(&book);
    let ids: Vec<&str> = count.tree.below().map(|node| node.id.as_str()).collect();
    assert_eq!(ids, ["stage:verification", "stage:judging"]);
    assert_eq!(find(&count.tree, "stage:judging").unwrap().below().next().unwrap().id, "visit");
    assert_eq!(node_name(&book.schemes[0], "stage:judging").unwrap().id, "penilaian");
}

#[test]
fn sheet_order_makes_a_panel_of_the_aspect() {
    let changes = [("weight = 60", "weight = 60\njurors = { method = \"median\", order = \"sheet\" }\nmissing = \"zero\"")];
    let count = compiled(&book(&changes));
    let visit = find(&count.tree, "visit").unwrap();
    let panel = visit.group.as_ref().unwrap().panel.clone().unwrap();
    assert_eq!(panel, Panel { method: Method::Median, missing: Missing::Zero });
    let leaf = find(&count.tree, "impression").unwrap();
    assert!(matches!(leaf.leaf.as_ref().unwrap().measure, Measure::Marks { method: Method::Mean, .. }));
    assert_eq!(leaf.range, None);
    assert_eq!(visit.range, Some(Grid { min: exact("0"), max: exact("100"), step: exact("0.01") }));
}

#[test]
fn a_multiplied_rubric_moves_by_its_multiplied_marks() {
    let count = compiled(&book(&[("max = 100", "max = 10\nstep = 0.25\ntimes = 10")]));
    let range = find(&count.tree, "impression").unwrap().range.clone();
    assert_eq!(range, Some(Grid { min: exact("0"), max: exact("100"), step: exact("2.5") }));
}

#[test]
fn a_previous_winner_is_a_gate_on_the_history() {
    let gate = "kinds = [\"village\"]\ngate = [{ id = \"fresh\", name = \"Fresh\", previous_winner = { years = 2 } }]";
    let count = compiled(&book(&[("kinds = [\"village\"]", gate)]));
    let history = Measure::Claim("history.wins_within_2".into());
    let expected =
        Gate { id: "fresh".into(), measure: history, test: Test::AtMost, value: exact("0"), missing: GateMissing::Pass };
    assert_eq!(count.gates, [expected]);
}

#[test]
fn bonuses_and_penalties_stand_beside_the_parts() {
    let extra = "[[scheme.aspect]]\nid = \"fine\"\nname = \"Fine\"\nrole = \"penalty\"\n\n[[scheme.aspect.indicator]]\n\
                 id = \"fine-points\"\nname = \"Fine\"\nkind = \"stated\"\nrange = { min = 0, max = 9, step = 1 }\nmissing = \"zero\"\n\n[[ladder]]";
    let count = compiled(&book(&[("[[ladder]]", extra)]));
    let group = count.tree.group.unwrap();
    assert_eq!((group.parts.len(), group.bonuses.len(), group.penalties.len()), (2, 0, 1));
    assert_eq!(group.penalties[0].id, "fine");
}

/// A contest below that of the example.
const BELOW: &str = r#"quota = 1

[[contest]]
categories = ["village"]
level = "city"
scheme = "low"
stages = ["nomination"]
ladder = "lots"
quota = 1

[[ladder]]
id = "lots"
steps = ["lot"]

[[scheme]]
id = "low"
name = "Low"

[[scheme.aspect]]
id = "low-aspect"
name = "Low"

[[scheme.aspect.indicator]]
id = "low-bins"
name = "Bins"
kind = "count"
claim = "bins"
"#;

#[test]
fn what_is_carried_up_is_a_claim_of_that_name() {
    let book = book(&[
        ("[[panel]]", "[[level]]\nid = \"nation\"\nname = \"Nation\"\nrounds = \"nation\"\n\n[[panel]]"),
        ("rounds = \"nation\"", "rounds = \"nation\"\nnext = \"nation\""),
        ("level = \"city\"\nquorum", "level = \"nation\"\nquorum"),
        ("kind = \"rubric\"\nmin = 0\nmax = 100", "kind = \"carried\"\nlevel = \"city\"\nvalue = \"place\""),
        ("level = \"city\"\nscheme", "level = \"nation\"\nscheme"),
        ("quota = 1", BELOW),
    ]);
    let leaf = find(&compiled(&book).tree, "impression").unwrap().leaf.clone().unwrap();
    assert_eq!(leaf.measure, Measure::Claim("carried.city.place".into()));
}

#[test]
fn a_count_that_was_compiled_is_read_again_as_it_is() {
    let count = compiled(&book(&[]));
    let text = serde_json::to_string(&count).unwrap();
    assert_eq!(serde_json::from_str::<Count>(&text).unwrap(), count);
    assert_eq!(compiled(&book(&[])), count);
}
