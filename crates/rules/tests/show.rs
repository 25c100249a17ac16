//! The rules as they are told, in both languages; `INSTA_UPDATE=always` writes the snapshots anew.

use words::Lang;

fn full() -> rules::Rulebook {
    rules::read("full.toml", include_str!("data/full.toml")).expect("the full rulebook has no problem")
}

#[test]
fn the_example_is_told_in_both_languages() {
    insta::assert_snapshot!("example-id", rules::show_text(&rules::example(), Lang::Id));
    insta::assert_snapshot!("example-en", rules::show_text(&rules::example(), Lang::En));
}

#[test]
fn a_rulebook_with_every_key_is_told_in_both_languages() {
    insta::assert_snapshot!("full-id", rules::show_text(&full(), Lang::Id));
    insta::assert_snapshot!("full-en", rules::show_text(&full(), Lang::En));
}

/// The example, changed, as it is told in English.
fn shown(changes: &[(&str, &str)]) -> String {
    let text = changes.iter().fold(rules::EXAMPLE.to_owned(), |text, (from, to)| text.replacen(from, to, 1));
    let book = rules::read("a.toml", &text).unwrap_or_else(|problems| panic!("{problems:#?}"));
    rules::show_text(&book, Lang::En)
}

#[test]
fn an_award_without_regions_speaks_of_none() {
    let told = shown(&[("version = \"1\"", "version = \"1\"\ncountry_levels = false")]).to_lowercase();
    for word in ["branch", "regency", "local time", "zone", "province"] {
        assert!(!told.contains(word), "{word}: {told}");
    }
}

#[test]
fn where_the_best_go_is_said_of_each_category() {
    let levels = "[[level]]\nid = \"middle\"\nname = \"Middle\"\nrounds = \"nation\"\nnext = \"top\"\n\n[[level]]\nid = \"top\"\nname = \"Top\"\nrounds = \"nation\"\n\n[[panel]]";
    let town = "[[category]]\nid = \"town\"\nname = \"Town\"\nkinds = [\"city\"]\n\n[[claim]]";
    let contest = |category: &str, level: &str| {
        format!(
            "[[contest]]\ncategories = [\"{category}\"]\nlevel = \"{level}\"\nscheme = \"clean\"\npanel = \"{level}\"\nstages = [\"judging\"]\nladder = \"ties\"\nquota = 1\n\n"
        )
    };
    let panel = |level: &str| {
        format!(
            "[[panel]]\nid = \"{level}\"\nlevel = \"{level}\"\nquorum = 1\nseat = [{{ id = \"c\", name = \"C\", role = \"chair\", count = 1 }}]\n\n"
        )
    };
    let other = "[[category]]\nid = \"other\"\nname = \"Other\"\nkinds = [\"city\"]\n\n[[category]]";
    let more =
        format!("{}{}{}{}[[ladder]]", contest("village", "top"), contest("other", "middle"), panel("top"), panel("middle"));
    let told = shown(&[
        ("rounds = \"nation\"", "rounds = \"nation\"\nnext = \"middle\""),
        ("[[panel]]", levels),
        ("[[claim]]", town),
        ("[[category]]", other),
        ("[[ladder]]", &more),
        ("categories = [\"village\"]\nlevel = \"city\"", "categories = [\"village\", \"town\"]\nlevel = \"city\""),
        ("quota = 1                  #", "quota = 2 #"),
    ]);
    assert!(told.contains("Of Village 2 go up to Top; of Town 2 win here; ties"), "{told}");
    assert!(told.contains("One wins here"), "{told}");
}

#[test]
fn a_shared_weight_is_spoken_of_only_where_others_share_it() {
    let bonus = "[[scheme.aspect.indicator]]\nid = \"extra\"\nname = \"Extra\"\nrole = \"bonus\"\nkind = \"count\"\nclaim = \"bins\"\nmissing = \"skip\"\n\n[[scheme.aspect]]\nid = \"visit\"";
    let told = shown(&[("[[scheme.aspect]]\nid = \"visit\"", bonus)]);
    assert!(told.contains("A missing value is left out") && !told.contains("shared"), "{told}");
    let second = "[[scheme.aspect.indicator]]\nid = \"extra\"\nname = \"Extra\"\nweight = 30\nkind = \"count\"\nclaim = \"bins\"\n\n[[scheme.aspect]]\nid = \"visit\"";
    let told =
        shown(&[("[[scheme.aspect]]\nid = \"visit\"", second), ("id = \"bins-points\"", "id = \"bins-points\"\nweight = 70")]);
    assert_eq!(told.matches("the weight is shared").count(), 2, "{told}");
    assert!(told.contains("weight 70 %") && told.contains("weight 30 %"), "{told}");
}

/// Every number and every text for people. A formula is told in words, and looked at apart.
fn told(key: &str, value: &serde_json::Value, found: &mut Vec<String>) {
    use serde_json::Value;
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| told(key, value, found)),
        Value::Array(list) => list.iter().for_each(|value| told(key, value, found)),
        Value::Number(number) => found.push(number.to_string()),
        Value::String(text) if ["at_least", "at_most", "equals"].contains(&text.as_str()) => {}
        Value::String(text) if ["en", "title", "note", "publisher", "labels", "aliases"].contains(&key) => {
            found.push(text.clone());
        }
        Value::String(text) if text.parse::<tally::Exact>().is_ok() => found.push(words::number(text, Lang::En)),
        _ => {}
    }
}

#[test]
fn nothing_of_a_rulebook_is_left_untold() {
    let mut found = Vec::new();
    told("", &serde_json::to_value(full()).expect("a rulebook is a value"), &mut found);
    let shown = rules::show_text(&full(), Lang::En);
    let lower = shown.to_lowercase();
    let untold: Vec<String> = found.into_iter().filter(|text| !lower.contains(&text.to_lowercase())).collect();
    assert_eq!(untold, Vec::<String>::new());
}

#[test]
fn a_formula_is_told_with_the_names_of_claims_and_without_an_id() {
    let told = rules::show_text(&full(), Lang::Id);
    for formula in [
        "“Bagian terdaftar” × 100 paling banyak 100",
        "dihitung: “Peserta” / terbesar dari (“Pekerja”; 1)",
        "rumus jika (“Tunggakan” > 0; 6; 0)",
        "memenuhi “Seluruh program”",
    ] {
        assert!(told.contains(formula), "{formula}: {told}");
    }
    for id in ["members", "(share)", "arrears", "programmes"] {
        assert!(!told.contains(id), "{id}: {told}");
    }
}

#[test]
fn every_key_of_the_format_stands_in_the_full_rulebook() {
    fn keys(schema: &serde_json::Value, found: &mut std::collections::BTreeSet<String>) {
        if let Some(properties) = schema["properties"].as_object() {
            found.extend(properties.keys().filter(|key| *key != "$schema").cloned());
        }
        match schema {
            serde_json::Value::Object(map) => map.values().for_each(|value| keys(value, found)),
            serde_json::Value::Array(list) => list.iter().for_each(|value| keys(value, found)),
            _ => {}
        }
    }
    let mut known = std::collections::BTreeSet::new();
    keys(&rules::schema(), &mut known);
    let text = include_str!("data/full.toml");
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let used: std::collections::BTreeSet<&str> = text.split(|c| !word(c)).collect();
    let unused: Vec<&String> = known.iter().filter(|key| !used.contains(key.as_str())).collect();
    assert_eq!(unused, Vec::<&String>::new());
}

#[test]
fn an_assumed_number_carries_its_mark() {
    let text = rules::EXAMPLE.replace("weight = 40", "weight = 40\nassumed = [\"weight\"]");
    let book = rules::read("a.toml", &text).expect("an assumption is no problem");
    let aspect = rules::show(&book).into_iter().find(|one| one.render(Lang::Id).contains("Sarana")).expect("the aspect is told");
    assert_eq!(aspect.render(Lang::Id), "- Sarana: bobot 40 % (asumsi).");
    assert!(aspect.assumed);
}
