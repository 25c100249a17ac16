//! That nothing is passed over, and how the usual changes read.

use words::Lang;

use super::*;

const FULL: &str = include_str!("../../tests/data/full.toml");

fn full() -> Value {
    tree(&crate::read("full.toml", FULL).unwrap())
}

/// What is told when the example changes so.
fn changes(replacements: &[(&str, &str)], lang: Lang) -> Vec<String> {
    let mut text = crate::EXAMPLE.to_owned();
    for (from, to) in replacements {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let new = crate::read("new.toml", &text).unwrap_or_else(|problems| panic!("{problems:#?}"));
    diff(&crate::example(), &new).iter().map(|change| change.render(lang)).collect()
}

/// Every place of a value that is not a list or table, as the keys and numbers that lead there.
fn leaves(value: &Value, here: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            map.iter().for_each(|(key, below)| leaves(below, &format!("{here}/{key}"), found))
        }
        Value::Array(list) if !list.is_empty() => {
            list.iter().enumerate().for_each(|(index, below)| leaves(below, &format!("{here}/{index}"), found));
        }
        _ => found.push(here.to_owned()),
    }
}

/// Another value of the same kind.
fn other(value: &Value) -> Value {
    match value {
        Value::Bool(yes) => Value::Bool(!yes),
        Value::Number(number) => Value::from(number.as_u64().unwrap_or_default() + 1),
        Value::String(text) => Value::from(format!("{text}x")),
        Value::Array(_) => Value::from(vec!["x"]),
        Value::Null => Value::from("x"),
        Value::Object(_) => serde_json::json!({ "x": "y" }),
    }
}

#[test]
fn any_changed_field_is_told() {
    let old = full();
    let mut places = Vec::new();
    leaves(&old, "", &mut places);
    assert!(places.len() > 800, "{}", places.len());
    for place in places {
        let mut new = old.clone();
        let leaf = new.pointer_mut(&place).unwrap();
        *leaf = other(leaf);
        let told = between(&old, &new);
        assert!(!told.is_empty(), "{place}");
        assert!(told.iter().all(|change| !change.render(Lang::En).contains("{rules")), "{place}: {told:?}");
        assert!(!between(&new, &old).is_empty(), "{place}");
    }
}

#[test]
fn any_thing_that_is_gone_or_moved_is_told() {
    fn lists(value: &Value, here: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(key, below)| lists(below, &format!("{here}/{key}"), found)),
            Value::Array(list) => {
                found.push(here.to_owned());
                list.iter().enumerate().for_each(|(index, below)| lists(below, &format!("{here}/{index}"), found));
            }
            _ => {}
        }
    }
    let old = full();
    let mut places = Vec::new();
    lists(&old, "", &mut places);
    for place in places {
        let list = |value: &mut Value| value.pointer_mut(&place).and_then(Value::as_array_mut).map(std::mem::take).unwrap();
        let items = list(&mut old.clone());
        for (name, changed) in
            [("first", items.iter().skip(1).cloned().collect::<Vec<_>>()), ("turned", items.iter().rev().cloned().collect())]
        {
            if changed == items {
                continue;
            }
            let mut new = old.clone();
            *new.pointer_mut(&place).unwrap() = Value::Array(changed);
            assert!(!between(&old, &new).is_empty(), "{place} {name}");
        }
    }
}

#[test]
fn nothing_changed_is_nothing_told() {
    assert_eq!(between(&full(), &full()), []);
}

#[test]
fn a_weight_and_a_quota() {
    let weights = [("weight = 40", "weight = 30.5"), ("weight = 60", "weight = 69.5"), ("quota = 1", "quota = 3")];
    assert_eq!(
        changes(&weights, Lang::Id),
        [
            "Skema Penilaian kebersihan, Aspek Sarana: bobot dari 40 menjadi 30,5.",
            "Skema Penilaian kebersihan, Aspek Kunjungan juri: bobot dari 60 menjadi 69,5.",
            "Lomba Kampung, Kota: kuota dari 1 menjadi 3.",
        ]
    );
}

#[test]
fn a_new_category_in_its_contest() {
    let category = "[[category]]\nid = \"town\"\nname = { id = \"Kota kecil\", en = \"Town\" }\nkinds = [\"city\"]\n\n[[claim]]";
    let told =
        changes(&[("[[claim]]", category), ("categories = [\"village\"]", "categories = [\"village\", \"town\"]")], Lang::En);
    assert_eq!(
        told,
        ["New: Category Town.", "Contest: 'Village, City' (village / city) became 'Village, Town, City' (village, town / city).",]
    );
}

#[test]
fn an_aspect_under_another_name() {
    let renamed = [
        ("id = \"facilities\"", "id = \"equipment\""),
        ("{ id = \"Sarana\", en = \"Facilities\" }", "{ id = \"Peralatan\", en = \"Equipment\" }"),
    ];
    assert_eq!(
        changes(&renamed, Lang::Id),
        ["Skema Penilaian kebersihan, Aspek: 'Sarana' (facilities) menjadi 'Peralatan' (equipment).",]
    );
}

#[test]
fn an_inherited_source_is_told_once() {
    let source = [("source = [\"decree\"]", "source = [\"decree\", \"assumption\"]")];
    assert_eq!(changes(&source, Lang::En), ["Edition: source from decree to decree, assumption."]);
}

#[test]
fn another_order() {
    let steps = [("[\"visit\", \"chair\"]", "[\"chair\", \"visit\"]")];
    assert_eq!(
        changes(&steps, Lang::En),
        ["Ladder ties: steps from points of visit, the chair's decision to the chair's decision, points of visit."]
    );
}

#[test]
fn a_gate_with_another_bound_or_another_question() {
    let gate = |condition: &str| {
        let gate = format!("kinds = [\"village\"]\ngate = [{{ id = \"enough\", name = \"Enough\", {condition} }}]");
        crate::read("a.toml", &crate::EXAMPLE.replace("kinds = [\"village\"]", &gate)).unwrap()
    };
    let said = |new: &str, lang| {
        let changes = diff(&gate("claim = \"bins\", at_least = 20"), &gate(new));
        changes.iter().map(|change| change.render(lang)).collect::<Vec<_>>()
    };
    let bound = "claim = \"bins\", at_least = 25";
    assert_eq!(said(bound, Lang::En), ["Category Village, Condition Enough: condition from at least 20 to at least 25."]);
    assert_eq!(said(bound, Lang::Id), ["Kategori Kampung, Syarat Enough: syarat dari sedikitnya 20 menjadi sedikitnya 25."]);
    assert_eq!(
        said("formula = \"bins * 2\", at_most = 9", Lang::En),
        ["Category Village, Condition Enough: condition from Bins per 100 houses at least 20 to bins * 2 at most 9."]
    );
    assert_eq!(
        said("previous_winner = { years = 2 }, missing = \"refuse\"", Lang::En),
        [
            "Category Village, Condition Enough: condition from Bins per 100 houses at least 20 to has not won in the 2 editions before."
        ]
    );
}

#[test]
fn the_steps_of_a_ladder_are_said_in_words() {
    let steps = [("[\"visit\", \"chair\"]", "[\"fewer_corrections\", \"lot\"]")];
    assert_eq!(
        changes(&steps, Lang::Id),
        ["Tangga ties: langkah dari nilai dari visit, keputusan ketua menjadi koreksi paling sedikit, undian."]
    );
}
