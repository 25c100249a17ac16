//! Each thing that can be wrong with the form of a count: one small fault, one code.

use serde_json::{Value, json};

use crate::model::Count;
use crate::{Code, count};

/// A sound count with one of everything.
fn sound() -> Value {
    let marks = |id: &str| {
        let measure = json!({"marks": {"method": "mean", "min": "1", "max": "5", "step": "0.5"}});
        json!({"id": id, "leaf": {"measure": measure, "scale": "identity", "missing": "zero", "not_applicable": "skip"}})
    };
    let mut ratio = marks("ratio");
    ratio["leaf"]["measure"] = json!({"formula": "share"});
    ratio["leaf"]["scale"] =
        json!({"bands": {"below": "0", "steps": [{"at_least": "1", "points": "1"}, {"at_least": "2", "points": "2"}]}});
    let panel = json!({"id": "panel", "group": {"combine": "mean", "parts": [{"weight": "1", "node": marks("below")}],
        "panel": {"method": {"trimmed": {"drop": 1, "at_least": 3}}, "missing": "zero"}}});
    json!({
        "format": "paritrana-count-1", "contest": "c", "jurors": ["j", "k"],
        "derived": [{"name": "share", "formula": "a / 2"}, {"name": "other", "formula": "a"}],
        "gates": [{"id": "gate", "measure": {"claim": "a"}, "test": "at_least", "value": "1", "missing": "pass"}],
        "tree": {"id": "root", "floor": "0", "cap": "100", "round": {"places": 9, "mode": "half_up"},
            "range": {"min": "0", "max": "0", "step": "1"},
            "group": {"combine": "mean", "parts": [
                {"weight": "1", "node": marks("rubric")}, {"weight": "0", "node": ratio}, {"weight": "1", "node": panel}]}},
        "ladder": [{"node": "ratio"}],
        "cut": {"quota": 1, "reserves": 0, "region_cap": 1, "ties": "ladder", "within": "contest"},
        "awards": [
            {"id": "first", "within": "contest", "by": {"place": {"from": 1, "to": 1}}},
            {"id": "band", "within": "contest", "by": {"band": {"at_least": "1", "below": "2"}}},
            {"id": "best", "within": "contest", "by": {"best": {"node": "ratio"}}},
            {"id": "named", "within": "contest", "by": {"named": ["a"]}}],
        "lot": {"commitment": crate::lot::commitment("s"), "secret": "s", "words": "w"},
        "orders": {"chair": ["a"], "plenary": []},
        "entries": [{"id": "a", "stated": {"ratio": "1"}, "not_applicable": ["ratio"], "claims": {"a": "1"}}, {"id": "b"}],
        "sheets": [{"juror": "j", "entry": "a", "state": "handed_in", "marks": {"rubric": "1.5"}}]
    })
}

/// Puts a value in place of another (or, at `/-`, at the end of a list) and tells the codes of what is refused then.
fn codes(faults: &[(&str, Value)]) -> Vec<Code> {
    let mut document = sound();
    for (place, fault) in faults {
        match place.strip_suffix("/-") {
            Some(list) => document.pointer_mut(list).unwrap().as_array_mut().unwrap().push(fault.clone()),
            None => {
                let (parent, key) = place.rsplit_once('/').unwrap();
                match document.pointer_mut(parent).unwrap() {
                    Value::Array(list) => list[key.parse::<usize>().unwrap()] = fault.clone(),
                    parent => parent[key] = fault.clone(),
                }
            }
        }
    }
    let document: Count = serde_json::from_value(document).unwrap();
    match count(&document) {
        Ok(_) => vec![],
        Err(refused) => refused.refused.iter().map(|refusal| refusal.code).collect(),
    }
}

const RUBRIC: &str = "/tree/group/parts/0/node/leaf";
const RATIO: &str = "/tree/group/parts/1/node/leaf";
const PANEL: &str = "/tree/group/parts/2/node/group";

fn at(start: &str, rest: &str) -> String {
    format!("{start}{rest}")
}

#[test]
fn the_sound_count_is_counted() {
    assert_eq!(codes(&[]), []);
}

#[test]
fn one_fault_gives_one_code() {
    let handed_in =
        |juror: &str, entry: &str, marks: Value| json!({"juror": juror, "entry": entry, "state": "handed_in", "marks": marks});
    let cases: Vec<(String, Value, Code)> = vec![
        ("/jurors/-".into(), json!("j"), Code::DuplicateId),
        ("/entries/-".into(), json!({"id": "a"}), Code::DuplicateId),
        ("/derived/-".into(), json!({"name": "share", "formula": "1"}), Code::DuplicateId),
        ("/gates/-".into(), sound()["gates"][0].clone(), Code::DuplicateId),
        ("/awards/-".into(), sound()["awards"][0].clone(), Code::DuplicateId),
        ("/tree/group/parts/2/node/id".into(), json!("ratio"), Code::DuplicateId),
        ("/sheets/-".into(), handed_in("x", "a", json!({})), Code::UnknownJuror),
        ("/sheets/-".into(), handed_in("j", "x", json!({})), Code::UnknownEntry),
        ("/orders/chair".into(), json!(["x"]), Code::UnknownEntry),
        ("/awards/3/by/named".into(), json!(["x"]), Code::UnknownEntry),
        ("/awards/2/by/best/node".into(), json!("x"), Code::UnknownNode),
        ("/ladder/-".into(), json!({"node": "x"}), Code::UnknownNode),
        ("/sheets/-".into(), handed_in("k", "a", json!({"ratio": "1"})), Code::UnknownNode),
        ("/entries/0/stated/root".into(), json!("1"), Code::UnknownNode),
        ("/entries/0/not_applicable".into(), json!(["panel"]), Code::UnknownNode),
        ("/tree/cap".into(), json!("-1"), Code::BadTree),
        ("/gates/0/measure".into(), json!("stated"), Code::BadTree),
        (at(RATIO, "/measure"), json!({"relative": {"of": "stated"}}), Code::BadTree),
        (at(PANEL, "/parts"), json!([]), Code::BadTree),
        (at(PANEL, "/parts/0/node/leaf/measure"), json!("stated"), Code::BadTree),
        ("/tree/group/panel".into(), json!({"method": "mean", "missing": "zero"}), Code::BadTree),
        ("/tree/group/parts/0/weight".into(), json!("-1"), Code::BadWeights),
        (at(PANEL, "/parts/0/weight"), json!("0"), Code::BadWeights),
        ("/tree/attendance".into(), json!({"table": {"head": "-1"}, "absent": "zero"}), Code::BadWeights),
        ("/tree/attendance".into(), json!({"table": {}, "otherwise": "-0.5", "absent": "zero"}), Code::BadWeights),
        (at(RATIO, "/scale/bands/steps/1/at_least"), json!("1"), Code::BadBands),
        (at(RATIO, "/scale/bands/steps"), json!([]), Code::BadBands),
        (at(RATIO, "/scale"), json!({"linear": {"from": "1", "to": "1", "points_from": "0", "points_to": "1"}}), Code::BadScale),
        (at(RUBRIC, "/measure/marks/step"), json!("0"), Code::BadRange),
        (at(RUBRIC, "/measure/marks/max"), json!("0"), Code::BadRange),
        ("/tree/range/step".into(), json!("0"), Code::BadRange),
        ("/tree/range/max".into(), json!("-1"), Code::BadRange),
        ("/tree/round/places".into(), json!(10), Code::BadRange),
        (at(PANEL, "/panel/method/trimmed/at_least"), json!(2), Code::BadMethod),
        (at(RUBRIC, "/measure/marks/method"), json!({"trimmed": {"drop": 0, "at_least": 0}}), Code::BadMethod),
        (at(PANEL, "/parts/0/node/leaf/measure/marks/method"), json!("median"), Code::BadMethod),
        ("/sheets/0/marks/rubric".into(), json!("0.5"), Code::BadMark),
        ("/sheets/0/marks/rubric".into(), json!("5.5"), Code::BadMark),
        ("/sheets/0/marks/rubric".into(), json!("1.25"), Code::BadMark),
        ("/sheets/-".into(), handed_in("j", "a", json!({"rubric": "absent"})), Code::DuplicateMark),
        ("/sheets/-".into(), json!({"juror": "j", "entry": "a", "state": "recused"}), Code::RecusedMark),
        ("/sheets/0/state".into(), json!("abstained"), Code::RecusedMark),
        ("/derived/0/formula".into(), json!("a /"), Code::BadFormula),
        (at(RATIO, "/measure/formula"), json!(""), Code::BadFormula),
        ("/awards/0/by".into(), json!({"condition": "a b"}), Code::BadFormula),
        ("/derived/1/formula".into(), json!("other + 1"), Code::FormulaLoop),
        ("/entries/0/claims/share".into(), json!("1"), Code::DuplicateClaim),
        ("/lot/commitment".into(), json!("00"), Code::BadLot),
        ("/lot/words".into(), json!(null), Code::BadLot),
        ("/lot/secret".into(), json!("t"), Code::BrokenCommitment),
        ("/cut/region_cap".into(), json!(0), Code::BadCut),
        ("/awards/0/by/place/from".into(), json!(0), Code::BadAward),
        ("/awards/0/by/place/from".into(), json!(2), Code::BadAward),
        ("/awards/1/by/band/below".into(), json!("1"), Code::BadAward),
    ];
    for (place, fault, code) in cases {
        let mut found = codes(&[(&place, fault.clone())]);
        found.dedup();
        assert_eq!(found, [code], "{place} = {fault}");
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let found = codes(&[("/cut/region_cap", json!(0)), ("/tree/cap", json!("-1")), ("/lot/commitment", json!(""))]);
    assert_eq!(found, [Code::BadTree, Code::BadLot, Code::BadCut]);
}

#[test]
fn claims_in_a_circle_of_two_are_a_loop() {
    let found = codes(&[("/derived/0/formula", json!("other")), ("/derived/1/formula", json!("share"))]);
    assert_eq!(found, [Code::FormulaLoop]);
}

/// A tree of so many levels.
fn deep(levels: u32) -> Count {
    let mut document: Count = serde_json::from_value(sound()).unwrap();
    let leaf = document.tree.group.as_ref().unwrap().parts[1].node.clone();
    let shell = crate::Node { group: None, leaf: None, range: None, ..document.tree.clone() };
    document.tree = (1..levels).fold(leaf, |node, level| {
        let parts = vec![crate::Part { weight: crate::Exact::one(), node }];
        let group = crate::Group { combine: crate::Combine::Sum, parts, bonuses: vec![], penalties: vec![], panel: None };
        crate::Node { id: format!("level{level}"), group: Some(group), ..shell.clone() }
    });
    document.sheets.clear();
    document
}

#[test]
fn thirty_two_levels_are_counted_and_one_more_is_not() {
    assert!(count(&deep(32)).is_ok());
    let refused = count(&deep(33)).unwrap_err().refused;
    assert!(refused.iter().any(|refusal| refusal.code == Code::BadTree));
}

#[test]
fn a_long_chain_of_derived_claims_does_not_go_deep() {
    let mut document: Count = serde_json::from_value(sound()).unwrap();
    let link = |number: u32| crate::Derived { name: format!("d{number}"), formula: format!("d{} + 1", number + 1) };
    document.derived = (0..5_000).map(link).collect();
    document.derived[4_999].formula = "a".into();
    document.derived.push(crate::Derived { name: "share".into(), formula: "d0".into() });
    document.entries[0].not_applicable.clear();
    let outcome = count(&document).unwrap();
    assert_eq!(outcome.values["a"]["ratio"].as_ref().unwrap().to_string(), "2");
}

#[test]
fn what_is_not_a_count_document_is_a_reading_error() {
    let mut other = sound();
    other["format"] = json!("paritrana-count-2");
    assert!(serde_json::from_value::<Count>(other).is_err());
    let mut more = sound();
    more["entries"][0]["colour"] = json!("red");
    assert!(serde_json::from_value::<Count>(more).is_err());
    let mut both = sound();
    both["tree"]["leaf"] = sound()["tree"]["group"]["parts"][0]["node"]["leaf"].clone();
    assert!(serde_json::from_value::<Count>(both).is_err());
    let mut neither = sound();
    neither["tree"]["group"] = json!(null);
    assert!(serde_json::from_value::<Count>(neither).is_err());
}
