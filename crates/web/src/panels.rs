//! Who judges: the panels of all rounds with their seats, the names of those who sit, and the decrees.

use award::panel::FreeSeat;
use award::view::PanelSeen;
use axum::extract::{Path, State};
use office::Looking;

use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::visit::Visit;

#[derive(askama::Template)]
#[template(path = "panels.html")]
struct Page {
    f: Frame,
    panels: Vec<PanelSeen>,
    seated: usize,
    free: usize,
}

/// `GET /edisi/{edition}/panel`.
pub(crate) async fn page(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Answer {
    let edition = app.edition(&id).await?;
    let panels = app.office().panels(&edition, &Looking::public(visit.now, "panels")).await?;
    show(&Page {
        f: Frame::new(&app, &visit, "web-panels-title").within(&edition),
        seated: panels.iter().map(|panel| panel.seats.len()).sum(),
        free: panels.iter().flat_map(|panel| &panel.free_seats).map(empty).sum(),
        panels,
    })
}

/// How many seats of a kind nobody has.
pub(crate) fn empty(seat: &FreeSeat) -> usize {
    (seat.count as usize).saturating_sub(seat.filled)
}

/// A name as it may be shown: who was erased is named by nobody.
pub(crate) fn name(name: &str, f: &Frame) -> String {
    let gone = name.starts_with("erased:") || name == store::HIDDEN;
    if gone { f.t("web-panel-nameless") } else { name.to_owned() }
}

impl Page {
    fn is_open(&self, index: &usize) -> bool {
        let first = self.panels.iter().position(|panel| !panel.seats.is_empty()).unwrap_or_default();
        *index == first || self.panels.len() <= 4
    }
}
