//! The guide for candidates: written in `docs/guide`, part of the program, shown in the language of the visit.

mod picture;
#[cfg(test)]
mod tests;
mod topic;

use axum::extract::{Path, State};

use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::guide::topic::{Heading, Shown, TOPICS, Topic};
use crate::refused::Refused;
use crate::visit::Visit;

pub(crate) use picture::serve as picture;

/// A topic in the list.
struct Line {
    slug: &'static str,
    title: String,
    lead: String,
}

impl Line {
    fn of(topic: &Topic, f: &Frame) -> Line {
        let shown = topic.shown(f.lang);
        Line { slug: topic.slug, title: shown.title, lead: shown.lead }
    }
}

#[derive(askama::Template)]
#[template(path = "guide/list.html")]
struct List {
    f: Frame,
    topics: Vec<Line>,
}

#[derive(askama::Template)]
#[template(path = "guide/topic.html")]
struct Page {
    f: Frame,
    number: usize,
    lead: String,
    /// Our own text, made by [`topic`], in which nothing but Markdown stands.
    body: String,
    headings: Vec<Heading>,
    before: Option<Line>,
    after: Option<Line>,
}

/// `GET /panduan`: every topic.
pub(crate) async fn list(State(app): State<App>, visit: Visit) -> Answer {
    let f = Frame::new(&app, &visit, "web-guide-title");
    let topics = TOPICS.iter().map(|topic| Line::of(topic, &f)).collect();
    show(&List { f, topics })
}

/// `GET /panduan/{slug}`: one topic.
pub(crate) async fn topic(State(app): State<App>, visit: Visit, Path(slug): Path<String>) -> Answer {
    let at = TOPICS.iter().position(|topic| topic.slug == slug).ok_or_else(Refused::nothing_here)?;
    let Shown { title, lead, body, headings } = TOPICS[at].shown(visit.asked.lang);
    let f = Frame::titled(&app, &visit, title);
    let beside = |at: Option<usize>| at.and_then(|at| TOPICS.get(at)).map(|topic| Line::of(topic, &f));
    let (before, after) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
    show(&Page { number: at + 1, lead, body, headings, before, after, f })
}
