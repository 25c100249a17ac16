//! A topic of the guide: its text in both languages, and how Markdown becomes a page. HTML within the text is not passed through.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use words::Lang;

use crate::frame::localised;

/// A topic.
#[derive(Debug)]
pub(super) struct Topic {
    /// Stands in its address and never changes.
    pub(super) slug: &'static str,
    /// The file's name, the same in both languages.
    pub(super) file: &'static str,
    pub(super) id: &'static str,
    pub(super) en: &'static str,
}

macro_rules! topics {
    ($($number:literal $slug:literal),+ $(,)?) => {
        /// Every topic, in the order of the process.
        pub(super) const TOPICS: &[Topic] = &[$(Topic {
            slug: $slug,
            file: concat!($number, "-", $slug, ".md"),
            id: include_str!(concat!("../../../../docs/guide/id/", $number, "-", $slug, ".md")),
            en: include_str!(concat!("../../../../docs/guide/en/", $number, "-", $slug, ".md")),
        }),+];
    };
}

topics! {
    "01" "penghargaan",
    "02" "pengusulan",
    "03" "masuk",
    "04" "berkas",
    "05" "angka",
    "06" "produk-hukum",
    "07" "kesiapan",
    "08" "kirim",
    "09" "wawancara",
    "10" "hasil",
    "11" "tanya-jawab",
}

/// A section with its anchor, which is the same in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) anchor: String,
    pub(super) text: String,
}

/// A topic as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) title: String,
    /// The paragraph below the title, as plain text.
    pub(super) lead: String,
    /// The rest, as HTML.
    pub(super) body: String,
    pub(super) headings: Vec<Heading>,
}

impl Topic {
    /// The text in a language.
    pub(super) fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Id => self.id,
            Lang::En => self.en,
        }
    }

    /// The topic in a language.
    pub(super) fn shown(&self, lang: Lang) -> Shown {
        shown(self.text(lang), lang)
    }
}

/// What Markdown says, piece by piece. An anchor stands behind a heading: `## Tenggat {#tenggat}`.
pub(super) fn events(text: &str) -> Vec<Event<'_>> {
    Parser::new_ext(text, Options::ENABLE_HEADING_ATTRIBUTES).collect()
}

/// A page from a text that begins with its title and a paragraph.
pub(super) fn shown(text: &str, lang: Lang) -> Shown {
    let events = events(text);
    let title_ends = after(&events, |end| matches!(end, TagEnd::Heading(HeadingLevel::H1)), 0);
    let lead_ends = after(&events, |end| matches!(end, TagEnd::Paragraph), title_ends);
    let mut body = String::new();
    html::push_html(&mut body, events[lead_ends..].iter().filter_map(|event| made(event.clone(), lang)));
    Shown { title: plain(&events[..title_ends]), lead: plain(&events[title_ends..lead_ends]), headings: headings(&events), body }
}

/// Where what ends so has ended, looked for from a place on; that place if it does not.
fn after(events: &[Event<'_>], ends: impl Fn(&TagEnd) -> bool, from: usize) -> usize {
    let found = events[from..].iter().position(|event| matches!(event, Event::End(end) if ends(end)));
    found.map_or(from, |found| from + found + 1)
}

fn plain(events: &[Event<'_>]) -> String {
    let piece = |event: &Event<'_>| match event {
        Event::Text(text) | Event::Code(text) => text.to_string(),
        Event::SoftBreak | Event::HardBreak => " ".to_owned(),
        _ => String::new(),
    };
    events.iter().map(piece).collect()
}

/// The sections, in their order.
fn headings(events: &[Event<'_>]) -> Vec<Heading> {
    let starts = events.iter().enumerate().filter_map(|(at, event)| match event {
        Event::Start(Tag::Heading { level: HeadingLevel::H2, id, .. }) => {
            Some((at, id.as_deref().unwrap_or_default().to_owned()))
        }
        _ => None,
    });
    let end = |at: usize| after(events, |end| matches!(end, TagEnd::Heading(HeadingLevel::H2)), at);
    starts.map(|(at, anchor)| Heading { anchor, text: plain(&events[at..end(at)]) }).collect()
}

/// A piece as it goes into the page; none for what is HTML.
fn made<'t>(event: Event<'t>, lang: Lang) -> Option<Event<'t>> {
    Some(match event {
        Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => return None,
        Event::Code(word) if matches!(&*word, "asumsi" | "assumption") => {
            Event::InlineHtml(format!("<span class=\"asumsi\">{word}</span>").into())
        }
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: address(&dest_url, lang).into(), title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            let dest_url: CowStr<'_> = dest_url.rsplit('/').next().map(|name| format!("/panduan/gambar/{name}").into())?;
            Event::Start(Tag::Image { link_type, dest_url, title, id })
        }
        other => other,
    })
}

/// Where a link of the text leads on the site: another file of the guide to its page, a page to itself in the language, anything else there.
pub(super) fn address(link: &str, lang: Lang) -> String {
    let (file, anchor) = link.split_once('#').map_or((link, String::new()), |(file, anchor)| (file, format!("#{anchor}")));
    match TOPICS.iter().find(|topic| topic.file == file) {
        Some(topic) => format!("{}{anchor}", localised(lang, &format!("/panduan/{}", topic.slug))),
        None if link.starts_with('/') => localised(lang, link),
        None => link.to_owned(),
    }
}

/// The pictures that a text shows, by their names.
#[cfg(test)]
pub(super) fn pictures(text: &str) -> Vec<String> {
    let name = |event: Event<'_>| match event {
        Event::Start(Tag::Image { dest_url, .. }) => dest_url.rsplit('/').next().map(str::to_owned),
        _ => None,
    };
    events(text).into_iter().filter_map(name).collect()
}
