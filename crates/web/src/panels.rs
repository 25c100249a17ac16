//! Who judges: the panels of all rounds with their seats, the names of those who sit, and the decrees.

use award::panel::{Decree, FreeSeat};
use award::view::{PanelSeen, SeatSeen};
use axum::extract::{Path, State};
use office::Looking;

use crate::app::App;
use crate::calendar::ROUNDS_SHOWN;
use crate::choice::{Choice, by_level, name as name_of};
use crate::frame::{Answer, Frame, show};
use crate::given::{Given, first};
use crate::visit::Visit;

#[derive(askama::Template)]
#[template(path = "panels.html")]
struct Page {
    f: Frame,
    /// How many panels there are.
    count: usize,
    /// The rounds to choose from, where they are too many to stand below each other.
    choices: Vec<(String, Vec<Choice>)>,
    shown: Vec<PanelSeen>,
    /// Where each round stands in which nobody sits, and what it is called.
    without: Vec<(String, String)>,
    seated: usize,
    free: usize,
}

/// `GET /edisi/{edition}/panel`, with the panel of one round where `putaran` names it; otherwise that of the highest.
pub(crate) async fn page(State(app): State<App>, visit: Visit, Path(id): Path<String>, given: Given) -> Answer {
    let edition = app.edition(&id).await?;
    let panels = app.office().panels(&edition, &Looking::public(visit.now, "panels")).await?;
    let f = Frame::new(&app, &visit, "web-panels-title").within(&edition);
    let (seated, without): (Vec<&PanelSeen>, Vec<&PanelSeen>) = panels.iter().partition(|panel| !panel.seats.is_empty());
    let asked = first(&given, "putaran").filter(|asked| panels.iter().any(|panel| panel.round.path() == *asked));
    let wanted = asked.or_else(|| seated.last().map(|panel| panel.round.path())).unwrap_or_default();
    let few = panels.len() <= ROUNDS_SHOWN;
    let parts = panels.iter().map(|panel| (&panel.round, panel.name.as_ref(), panel.level_name.as_ref()));
    let called = |panel: &&PanelSeen| (panel.round.path(), name_of(panel.name.as_ref(), panel.level_name.as_ref(), &f));
    show(&Page {
        count: panels.len(),
        choices: if few { Vec::new() } else { by_level(parts, &wanted, &f) },
        without: if few { Vec::new() } else { without.iter().map(called).collect() },
        seated: seated.iter().map(|panel| panel.seats.len()).sum(),
        free: panels.iter().flat_map(|panel| &panel.free_seats).map(empty).sum(),
        shown: panels.iter().filter(|panel| few || panel.round.path() == wanted).cloned().collect(),
        f,
    })
}

/// How many seats of a kind nobody has.
pub(crate) fn empty(seat: &FreeSeat) -> usize {
    (seat.count as usize).saturating_sub(seat.filled)
}

/// The decree by which all sit who sit, where it is the same for each of them.
pub(crate) fn shared_decree(seats: &[SeatSeen]) -> Option<&Decree> {
    let first = seats.first()?.decree.as_ref()?;
    seats.iter().all(|seat| seat.decree.as_ref() == Some(first)).then_some(first)
}

/// A name as it may be shown: who was erased is named by nobody.
pub(crate) fn name(name: &str, f: &Frame) -> String {
    let gone = name.starts_with("erased:") || name == store::HIDDEN;
    if gone { f.t("web-panel-nameless") } else { name.to_owned() }
}

/// Whether a seat says that it is the chair's where its own name does not.
pub(crate) fn says_chair(seat: &SeatSeen, f: &Frame) -> bool {
    let own = seat.seat_name.as_ref().map_or(seat.seat.as_str(), |name| f.text(name)).to_lowercase();
    seat.is_chair && !own.contains(&f.t("web-panel-chair").to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decree_is_said_once_where_all_sit_by_the_same_and_of_each_where_one_does_not() {
        let decree = |number: &str| Some(Decree { number: number.to_owned(), date: jiff::civil::date(2026, 10, 16) });
        let seat = |decree: Option<Decree>| SeatSeen {
            seat: "expert".to_owned(),
            seat_name: None,
            is_chair: false,
            name: "Contoh".to_owned(),
            office: None,
            decree,
        };
        let (one, other) = (seat(decree("1/2026")), seat(decree("2/2026")));
        assert_eq!(shared_decree(&[one.clone(), one.clone()]), decree("1/2026").as_ref());
        assert_eq!(shared_decree(&[one.clone(), other]), None);
        assert_eq!(shared_decree(&[one, seat(None)]), None);
        assert_eq!(shared_decree(&[]), None);
    }
}
