//! What holds for the whole guide.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, HeadingLevel, Tag};
use words::Lang;

use super::picture::{PICTURES, is_there};
use super::topic::{Shown, TOPICS, Topic, address, events, pictures, shown};
use crate::routes::ROUTES;

/// The largest picture, in bytes: the guide is read on bad lines.
const PICTURE_MAX: usize = 60_000;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide").join(name)
}

fn texts() -> impl Iterator<Item = (&'static Topic, Lang, &'static str)> {
    TOPICS.iter().flat_map(|topic| Lang::ALL.map(|lang| (topic, lang, topic.text(lang))))
}

fn heading_levels(text: &str) -> Vec<(HeadingLevel, Option<String>)> {
    let level = |event: Event<'_>| match event {
        Event::Start(Tag::Heading { level, id, .. }) => Some((level, id.map(|id| id.to_string()))),
        _ => None,
    };
    events(text).into_iter().filter_map(level).collect()
}

fn links(text: &str) -> Vec<String> {
    let link = |event: Event<'_>| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    };
    events(text).into_iter().filter_map(link).collect()
}

/// Whether a path is one that a route answers.
fn is_answered(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |pattern: &str| {
        let wanted: Vec<&str> = pattern.split('/').collect();
        wanted.len() == parts.len() && wanted.iter().zip(&parts).all(|(want, part)| want.starts_with('{') || want == part)
    };
    ROUTES.iter().any(|(pattern, _, _)| fits(pattern))
}

/// What is wrong with where a link leads; none if it leads somewhere.
fn astray(topic: &Topic, lang: Lang, link: &str) -> Option<String> {
    let own = format!("/panduan/{}", topic.slug);
    let there = address(link, Lang::Id);
    let (path, anchor) = there.split_once('#').unwrap_or((&there, ""));
    let path = if path.is_empty() { own.as_str() } else { path };
    let is_outside = path.starts_with("https://");
    let target = path.strip_prefix("/panduan/").and_then(|slug| TOPICS.iter().find(|topic| topic.slug == slug));
    let has_anchor = |topic: &Topic| topic.shown(lang).headings.iter().any(|heading| heading.anchor == anchor);
    let leads = match target {
        Some(target) => anchor.is_empty() || has_anchor(target),
        None => !path.starts_with("/panduan/") && is_answered(path),
    };
    (!is_outside && !leads).then(|| format!("{} ({lang:?}): {link}", topic.file))
}

#[test]
fn every_topic_stands_in_both_languages_and_nothing_else_does() {
    let wanted: BTreeSet<String> = TOPICS.iter().map(|topic| topic.file.to_owned()).collect();
    for lang in ["id", "en"] {
        let entries = std::fs::read_dir(folder(lang)).expect("the folder of the language");
        let found = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
        assert_eq!(found.collect::<BTreeSet<String>>(), wanted, "docs/guide/{lang}");
    }
}

#[test]
fn both_languages_have_the_same_sections_in_the_same_order_under_the_same_anchors() {
    for topic in TOPICS {
        assert_eq!(heading_levels(topic.id), heading_levels(topic.en), "{}", topic.file);
    }
}

#[test]
fn every_topic_begins_with_its_title_and_a_paragraph_and_every_section_has_an_anchor_of_its_own() {
    for (topic, lang, text) in texts() {
        let Shown { title, lead, headings, .. } = topic.shown(lang);
        assert!(text.starts_with("# ") && !title.is_empty() && !lead.is_empty(), "{} ({lang:?})", topic.file);
        let anchors: BTreeSet<&str> = headings.iter().map(|heading| heading.anchor.as_str()).collect();
        assert!(!headings.is_empty() && anchors.len() == headings.len() && !anchors.contains(""), "{} ({lang:?})", topic.file);
    }
}

#[test]
fn every_link_of_the_guide_leads_to_a_section_of_it_or_to_a_page() {
    let all = texts().flat_map(|(topic, lang, text)| links(text).into_iter().filter_map(move |link| astray(topic, lang, &link)));
    assert_eq!(all.collect::<Vec<_>>(), Vec::<String>::new());
    assert_eq!(
        astray(&TOPICS[0], Lang::Id, "04-berkas.md#tidak-ada"),
        Some("01-penghargaan.md (Id): 04-berkas.md#tidak-ada".into())
    );
    assert_eq!(astray(&TOPICS[0], Lang::Id, "/tidak-ada"), Some("01-penghargaan.md (Id): /tidak-ada".into()));
}

#[test]
fn every_picture_that_is_shown_is_there_and_in_the_language_of_the_text_and_every_picture_is_shown() {
    let mut named = BTreeSet::new();
    for (topic, lang, text) in texts() {
        for name in pictures(text) {
            assert!(name.ends_with(&format!(".{}.webp", lang.code())), "{}: {name}", topic.file);
            assert!(is_there(&name), "{}: {name} is not there", topic.file);
            named.insert(name);
        }
    }
    let there: BTreeSet<String> = PICTURES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(named, there);
}

#[test]
fn no_picture_is_heavy() {
    for (name, bytes) in PICTURES {
        assert!(bytes.len() <= PICTURE_MAX, "{name}: {} bytes", bytes.len());
    }
}

#[test]
fn html_in_a_text_is_not_passed_through() {
    let text = "# T\n\nL.\n\n<script>x</script>\n\nA <b onclick=x>b</b>.\n\n<!-- kept for us -->\n";
    assert_eq!(shown(text, Lang::Id).body, "<p>A b.</p>\n");
}

#[test]
fn links_lead_on_in_the_language_of_the_text_and_assumptions_are_marked() {
    let text = "# T\n\nL.\n\n## Q {#q}\n\n[a](04-berkas.md#unggah) [b](/) [c](#q) 5 `assumption`\n";
    let en = shown(text, Lang::En);
    assert_eq!(
        en.body,
        "<h2 id=\"q\">Q</h2>\n<p><a href=\"/en/panduan/berkas#unggah\">a</a> <a href=\"/en\">b</a> <a href=\"#q\">c</a> 5 \
         <span class=\"asumsi\">assumption</span></p>\n"
    );
}

/// Every place of the guide that a page names, as its source says.
fn named_places(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let places = |path: PathBuf| match path.is_dir() {
        true => named_places(&path),
        false => {
            let source = std::fs::read_to_string(&path).expect("a source");
            let pieces = source.split(".helped_by(\"").skip(1);
            pieces.filter_map(|piece| piece.split('"').next().map(str::to_owned)).collect()
        }
    };
    entries.flat_map(places).collect()
}

#[test]
fn every_place_that_a_page_names_for_help_is_in_the_guide() {
    let places = named_places(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let named: Vec<String> =
        places.into_iter().filter(|place| place.bytes().all(|byte| byte.is_ascii_lowercase() || b"#-".contains(&byte))).collect();
    let lacking = |place: &&String| {
        let (slug, anchor) = place.split_once('#').unwrap_or((place, ""));
        let topic = TOPICS.iter().find(|topic| topic.slug == slug);
        let is_there =
            |topic: &Topic| anchor.is_empty() || topic.shown(Lang::Id).headings.iter().any(|heading| heading.anchor == anchor);
        !topic.is_some_and(is_there)
    };
    assert!(named.contains(&"masuk#tautan".to_owned()));
    assert_eq!(named.iter().filter(lacking).collect::<Vec<_>>(), Vec::<&String>::new());
}
