//! Every text of `rules.ftl` is said somewhere, and everything that is said has its text.

use std::collections::BTreeSet;
use std::path::Path;

use words::Lang;

/// The source of this crate, file by file.
fn sources(folder: &Path, found: &mut String) {
    for entry in std::fs::read_dir(folder).expect("the source is there") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push_str(&std::fs::read_to_string(&path).expect("the file can be read"));
        }
    }
}

/// The texts in the calls of a function that makes messages.
fn calls<'s>(source: &'s str, function: &str) -> Vec<&'s str> {
    let call = format!("{function}(\"");
    source.split(&call).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_text_that_is_said_exists() {
    let mut source = String::new();
    sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut source);
    let known: BTreeSet<String> = words::keys(Lang::Id).into_iter().map(|(key, _)| key).collect();
    let mut said: Vec<String> = Vec::new();
    said.extend(calls(&source, "complaint").iter().map(|key| format!("problem-rulebook-{key}")));
    said.extend(calls(&source, "complaint").iter().map(|key| format!("problem-rulebook-{key}-hint")));
    said.extend(calls(&source, "say").iter().map(|key| format!("rules-show-{key}")));
    said.extend(calls(&source, "Message::new").iter().map(|key| (*key).to_owned()));
    said.retain(|key| !key.contains('{') && !known.contains(key));
    assert_eq!(said, Vec::<String>::new());
}

#[test]
fn every_problem_has_a_hint() {
    let keys: BTreeSet<String> = words::keys(Lang::Id).into_iter().map(|(key, _)| key).collect();
    let problems = keys.iter().filter(|key| key.starts_with("problem-rulebook-") && !key.ends_with("-hint"));
    let without: Vec<&String> = problems.filter(|key| !keys.contains(&format!("{key}-hint"))).collect();
    assert_eq!(without, Vec::<&String>::new());
}

/// Every word of the format, as the schema lists it.
fn enumerated(schema: &serde_json::Value, found: &mut BTreeSet<String>) {
    if let Some(words) = schema["enum"].as_array() {
        found.extend(words.iter().filter_map(|word| word.as_str().map(str::to_owned)));
    }
    match schema {
        serde_json::Value::Object(map) => map.values().for_each(|value| enumerated(value, found)),
        serde_json::Value::Array(list) => list.iter().for_each(|value| enumerated(value, found)),
        _ => {}
    }
}

#[test]
fn every_word_of_the_format_has_its_text() {
    let known: BTreeSet<String> = words::keys(Lang::En).into_iter().map(|(key, _)| key).collect();
    let mut words = BTreeSet::new();
    enumerated(&rules::schema(), &mut words);
    let key = |word: &String| format!("rules-word-{}", word.replace('_', "-").to_lowercase());
    let exempt = ["paritrana-rulebook-1", "id", "en"];
    let missing: Vec<&String> =
        words.iter().filter(|word| !exempt.contains(&word.as_str()) && !known.contains(&key(word))).collect();
    assert_eq!(missing, Vec::<&String>::new());
}
