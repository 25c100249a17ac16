//! Names of things, keys and values in a change.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::Value;
use words::{Arg, Message};

use crate::format::{Kind, ROOT, Shape};

/// Keys whose values are texts, even if they look like numbers or words.
const TEXTS: &[&str] = &[
    "aliases",
    "condition",
    "categories",
    "claim",
    "data_question",
    "denominator",
    "equivalent",
    "event",
    "formula",
    "from",
    "id",
    "labels",
    "ladder",
    "list",
    "note",
    "numerator",
    "panel",
    "parent",
    "provinces",
    "publisher",
    "reported_by",
    "scheme",
    "sectors",
    "segment",
    "source",
    "title",
    "to",
    "version",
];

/// What a thing of that list is called.
pub(super) fn noun(list: &str) -> Message {
    const KNOWN: [&str; 27] = [
        "edition",
        "organisers",
        "levels",
        "zones",
        "categories",
        "panels",
        "seats",
        "claims",
        "derived",
        "attendance",
        "ranks",
        "schemes",
        "aspects",
        "indicators",
        "ladders",
        "awards",
        "contests",
        "calendar",
        "holidays",
        "sources",
        "gates",
        "documents",
        "anchors",
        "steps",
        "stage_weights",
        "rulebook",
        "thing",
    ];
    let known = if KNOWN.contains(&list) { list } else { "thing" };
    Message::new(format!("rules-noun-{}", known.replace('_', "-")))
}

/// The name of a thing, for people.
pub(super) fn item_name(list: &str, item: &Value, book: &Value) -> Arg {
    if list == "contests" {
        let categories = item["categories"].as_array().into_iter().flatten();
        let named = categories.map(|id| name_in(&book["categories"], id));
        return Arg::List(named.chain([name_in(&book["levels"], &item["level"])]).collect());
    }
    if list == "stage_weights" {
        return value_said("stage", &item[0]);
    }
    let name = local(&item["name"]);
    let other = ["id", "on", "at_least"].iter().find_map(|key| item.get(key).map(|value| value_said(key, value)));
    name.or(other).unwrap_or_else(|| Arg::Message(noun(list)))
}

/// The name of what has that id.
fn name_in(list: &Value, id: &Value) -> Arg {
    let found = list.as_array().into_iter().flatten().find(|item| item["id"] == *id);
    let name = found.and_then(|item| local(&item["name"]));
    name.unwrap_or_else(|| Arg::Text(id.as_str().unwrap_or_default().to_owned()))
}

fn local(name: &Value) -> Option<Arg> {
    Some(Arg::Local(name.get("id")?.as_str()?.to_owned(), name.get("en")?.as_str()?.to_owned()))
}

/// The label of a field; one that has none is called by its own name.
pub(super) fn key_label(key: &str) -> Arg {
    match KEYS.contains(&key) {
        true => Arg::Message(Message::new(format!("rules-key-{}", key.replace('_', "-")))),
        false => Arg::Text(key.to_owned()),
    }
}

/// The old and the new value. Names that are the same in one of the languages are told in both.
pub(super) fn pair_said(key: &str, old: &Value, new: &Value) -> (Arg, Arg) {
    let both = |name: &Value| Some(Arg::Text(format!("{} / {}", name["id"].as_str()?, name["en"].as_str()?)));
    let one_same = ["id", "en"].iter().any(|lang| old.get(lang).is_some() && old.get(lang) == new.get(lang));
    match (one_same, both(old), both(new)) {
        (true, Some(old), Some(new)) => (old, new),
        _ => (value_said(key, old), value_said(key, new)),
    }
}

/// The old and the new condition of a gate as sentences; only the bound where nothing else changed.
pub(super) fn gate_said(old: &Value, new: &Value, a: &Value, b: &Value) -> Option<(Arg, Arg)> {
    let kind = |gate: &Value| gate.as_object().and_then(|map| map.iter().next().map(|(kind, of)| (kind.clone(), of.clone())));
    let ((old_kind, old_of), (new_kind, new_of)) = (kind(old)?, kind(new)?);
    let same = old_kind == new_kind && old_of.is_array() && old_of[0] == new_of[0];
    let said = |kind: &str, of: &Value, book: &Value| if same { bound_said(of) } else { condition_said(kind, of, book) };
    Some((said(&old_kind, &old_of, a)?, said(&new_kind, &new_of, b)?))
}

fn bound_said(of: &Value) -> Option<Arg> {
    let key = match of[1].as_str()? {
        "at_least" => "rules-diff-at-least",
        "at_most" => "rules-diff-at-most",
        "equals" => "rules-diff-equals",
        _ => return None,
    };
    Some(Arg::Message(Message::new(key).with("value", Arg::Number(of[2].as_str()?.to_owned()))))
}

fn condition_said(kind: &str, of: &Value, book: &Value) -> Option<Arg> {
    let claim = |id: &Value| {
        let stated = book["claims"].as_array().is_some_and(|claims| claims.iter().any(|claim| claim["id"] == *id));
        name_in(&book[if stated { "claims" } else { "derived" }], id)
    };
    let message = match kind {
        "yes" => Message::new("rules-show-gate-yes").with("claim", claim(of)),
        "no" => Message::new("rules-show-gate-no").with("claim", claim(of)),
        "previous_winner" => Message::new("rules-show-gate-winner").number("years", of.as_u64()?),
        "claim" => Message::new("rules-diff-condition").with("what", claim(&of[0])).with("bound", bound_said(of)?),
        _ => Message::new("rules-diff-condition").text("what", of[0].as_str()?).with("bound", bound_said(of)?),
    };
    Some(Arg::Message(message))
}

/// A value in words.
pub(super) fn value_said(key: &str, value: &Value) -> Arg {
    match value {
        Value::Null => Arg::Message(Message::new("rules-diff-none")),
        Value::Bool(yes) => Arg::Message(Message::new(if *yes { "rules-diff-yes" } else { "rules-diff-no" })),
        Value::Number(number) => Arg::Number(number.to_string()),
        Value::String(text) => text_said(key, text),
        Value::Array(list) if list.is_empty() => Arg::Message(Message::new("rules-diff-none")),
        Value::Array(list) => Arg::List(list.iter().map(|item| value_said(key, item)).collect()),
        Value::Object(map) => local(value).unwrap_or_else(|| {
            let pair = |(key, value): (&String, &Value)| {
                let message = Message::new("rules-diff-pair").with("key", key_label(key));
                Arg::Message(message.with("value", value_said(key, value)))
            };
            Arg::List(map.iter().filter(|(key, _)| *key != "clause").map(pair).collect())
        }),
    }
}

fn text_said(key: &str, text: &str) -> Arg {
    let numeric = |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || c == '-') && text.parse::<tally::Exact>().is_ok();
    let word = text.to_lowercase();
    match () {
        () if key == "assumed" => key_label(text),
        () if key == "steps" && rung(text).is_some() => Arg::Message(Message::new(rung(text).unwrap_or_default())),
        () if TEXTS.contains(&key) => Arg::Text(text.to_owned()),
        () if numeric(text) => Arg::Number(text.to_owned()),
        () if word_list().contains(word.as_str()) => Arg::Message(Message::new(format!("rules-word-{}", word.replace('_', "-")))),
        () => text.parse().map_or_else(|_| Arg::Text(text.to_owned()), Arg::Date),
    }
}

/// The text of a ladder's step that is no aspect or indicator.
fn rung(step: &str) -> Option<&'static str> {
    match step {
        "fewer_corrections" => Some("rules-word-fewer-corrections"),
        "chair" => Some("rules-word-ladder-chair"),
        "plenary" => Some("rules-word-ladder-plenary"),
        "lot" => Some("rules-word-lot"),
        _ => None,
    }
}

/// Words that the format does not know and rulebooks write all the same: sectors, what a document may be, how far a product is and what it has, the ways to be put forward.
const USUAL: [&str; 39] = [
    "agriculture",
    "finance",
    "manufacturing",
    "mining",
    "oil_gas",
    "trade_services",
    "dpa_apbd",
    "rkpd",
    "pks_mou",
    "planned",
    "studied",
    "drafting",
    "enacted",
    "budget_clause",
    "named_jobs",
    "obligation",
    "perda",
    "pergub",
    "perbup",
    "perwali",
    "perdes",
    "instruksi",
    "sk",
    "se",
    "surat_edaran",
    "paparan",
    "surat_tugas_narasumber",
    "bukti_bayar_iuran",
    "laporan_upah_ringkas",
    "daftar_vendor",
    "tangkapan_sipp",
    "rekap_jmo",
    "bukti_csr",
    "rekap_peserta_segmen",
    "foto_kegiatan",
    "laporan_realisasi",
    "route_branch",
    "route_regency",
    "route_own",
];

/// A word of a rulebook for people: by its text where it is known, else as it is written.
///
/// ```
/// assert_eq!(rules::word("no_such_word"), words::Arg::Text("no such word".into()));
/// ```
pub fn word(word: &str) -> Arg {
    match word_list().contains(word) || USUAL.contains(&word) {
        true => Arg::Message(Message::new(format!("rules-word-{}", word.replace('_', "-")))),
        false => Arg::Text(word.replace('_', " ")),
    }
}

/// Every word that the format knows, in small letters.
fn word_list() -> &'static BTreeSet<String> {
    static WORDS: OnceLock<BTreeSet<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        // What is not said in the file, but holds when nothing is said.
        let mut words = BTreeSet::from(["identity".to_owned()]);
        collect(&ROOT, &mut words);
        words
    })
}

fn collect(shape: &'static Shape, words: &mut BTreeSet<String>) {
    for (key, _) in shape.all_keys() {
        collect_from(&key.kind, words);
    }
}

fn collect_from(kind: &'static Kind, words: &mut BTreeSet<String>) {
    match kind {
        // The format's own name and the locales are not words that are said.
        Kind::Word(list) if list.len() > 2 || !list.contains(&"en") => {
            words.extend(list.iter().filter(|word| !word.contains("rulebook")).map(|word| word.to_lowercase()));
        }
        Kind::List(item) | Kind::Map(item) => collect_from(item, words),
        Kind::Table(shape) | Kind::WordOrTable(shape) => collect(shape, words),
        _ => {}
    }
}

/// The fields that have a label.
pub(super) const KEYS: &[&str] = &[
    "absent",
    "acting_chair",
    "actual",
    "aliases",
    "anchors",
    "aspects",
    "assessment_from",
    "assessment_to",
    "assumed",
    "at_least",
    "at_most",
    "attendance",
    "attributes",
    "awards",
    "bands",
    "band",
    "below",
    "best",
    "blind",
    "by",
    "calendar",
    "cap",
    "carried",
    "categories",
    "checklist",
    "claim",
    "claims",
    "clause",
    "combine",
    "condition",
    "contests",
    "count",
    "country_levels",
    "data_question",
    "date",
    "days",
    "decimals",
    "default_locale",
    "delegate",
    "delegation",
    "denominator",
    "derived",
    "documents",
    "drop",
    "edition",
    "event",
    "floor",
    "formats",
    "formula",
    "from",
    "gates",
    "growth",
    "holidays",
    "id",
    "indicators",
    "interviewed",
    "invited",
    "kind",
    "kinds",
    "labels",
    "ladder",
    "ladders",
    "latest",
    "leader_required",
    "level",
    "levels",
    "linear",
    "list",
    "max",
    "max_mib",
    "method",
    "min",
    "minimum",
    "minimum_effective",
    "missing",
    "mode",
    "name",
    "next",
    "no",
    "node",
    "not_applicable",
    "note",
    "numerator",
    "of",
    "officials",
    "offices",
    "on",
    "order",
    "ordinal",
    "organisers",
    "otherwise",
    "over_one",
    "panel",
    "panels",
    "parent",
    "place",
    "places",
    "planned",
    "points",
    "points_from",
    "points_to",
    "pools_by_zone",
    "prizes",
    "provinces",
    "publisher",
    "purposes",
    "question",
    "quorum",
    "quota",
    "quota_within",
    "range",
    "ranks",
    "ratio",
    "region_cap",
    "open_marks",
    "objection_days",
    "objection_working",
    "regions_as_of",
    "relative",
    "reported_by",
    "required",
    "reserves",
    "role",
    "round",
    "rounds",
    "routes",
    "rubric",
    "scale",
    "scheme",
    "second_reading",
    "schemes",
    "seats",
    "sectors",
    "segment",
    "shape",
    "sheet_order",
    "sizes",
    "socialisation_first",
    "source",
    "sources",
    "special",
    "stage",
    "stage_weights",
    "stages",
    "steps",
    "step",
    "structural",
    "substitution",
    "plausible",
    "test",
    "text",
    "ties",
    "time_zone",
    "times",
    "title",
    "to",
    "trimmed",
    "unit",
    "value",
    "version",
    "weight",
    "weights_total",
    "within",
    "working",
    "yes",
    "zones",
    "equivalent",
    "after",
    "between",
    "months",
    "previous_winner",
];
