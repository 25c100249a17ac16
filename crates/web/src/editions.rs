//! All editions, the newest first.

use award::view::{Annals, contested};
use axum::extract::State;

use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::visit::Visit;

#[derive(askama::Template)]
#[template(path = "editions.html")]
struct Page<'k> {
    f: Frame,
    lines: Vec<Line<'k>>,
}

struct Line<'k> {
    annals: &'k Annals,
    is_present: bool,
    categories: usize,
    winners: usize,
}

/// `GET /edisi`
pub(crate) async fn page(State(app): State<App>, visit: Visit) -> Answer {
    let f = Frame::new(&app, &visit, "web-editions-title");
    let (known, present) = (app.known().await?, app.present().await?);
    let lines = known.editions.iter().zip(&known.annals).map(|(edition, annals)| Line {
        is_present: present.as_ref().is_some_and(|present| present.id == edition.id),
        categories: contested(&edition.rules).count(),
        winners: annals.winners().len(),
        annals,
    });
    show(&Page { f, lines: lines.collect() })
}
