//! The interview: when and where, the answer to the invitation, what must be there before, and who came.

use award::candidate::HearingLine;
use award::schedule::{Answer as Replied, Invited, Reply};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{Top, Way, Wrong, asks, clock, go, new_key, open, show_wrong};
use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::refused::Refused;
use crate::sent::Sent;
use crate::who::SignedIn;

/// The query of the page after an answer was taken.
const ANSWERED: &str = "?terjawab";

#[derive(askama::Template)]
#[template(path = "candidate/hearing.html")]
struct Page {
    f: Frame,
    top: Top,
    hearing: Option<HearingLine>,
    wrong: Option<Wrong>,
    key: String,
    reason: String,
    /// Whether an answer was just taken: what the browser kept of it is to be forgotten.
    answered: bool,
}

impl Page {
    fn chip(hearing: &HearingLine) -> (&'static str, &'static str, &'static str) {
        match hearing.invited {
            Invited::Invited => ("tunggu", "◷", "web-candidate-invited"),
            Invited::Confirmed => ("baik", "✓", "web-candidate-confirmed"),
            Invited::Excused => ("tolak", "–", "web-candidate-excused"),
            Invited::Present => ("baik", "✓", "web-candidate-present"),
        }
    }

    fn time(&self, time: &jiff::civil::Time) -> String {
        clock(&self.f, time)
    }

    fn place(hearing: &HearingLine) -> String {
        match &hearing.session.place {
            award::schedule::Place::Room(room) => room.clone(),
            award::schedule::Place::Video(address) => address.clone(),
        }
    }
}

async fn page(app: &App, signed: &SignedIn, way: &Way, wrong: Option<Wrong>, reason: String) -> Result<Page, Refused> {
    let opened = open(app, signed, way, "interview").await?;
    let f = opened.frame(app, signed, "web-candidate-hearing");
    Ok(Page {
        f,
        top: opened.top,
        hearing: opened.desk.hearing,
        wrong,
        key: new_key(),
        reason,
        answered: signed.visit.asked.query == ANSWERED,
    })
}

/// `GET …/wawancara`.
pub(crate) async fn invitation(State(app): State<App>, signed: SignedIn, Path(way): Path<Way>) -> Answer {
    show(&page(&app, &signed, &way, None, String::new()).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answered {
    kunci: String,
    jawaban: String,
    alasan: String,
}

/// `POST …/wawancara`.
pub(crate) async fn reply(
    State(app): State<App>,
    signed: SignedIn,
    Path(way): Path<Way>,
    Sent(sent): Sent<Answered>,
) -> Result<Response, Response> {
    replied(&app, &signed, &way, sent).await.map_err(IntoResponse::into_response)
}

async fn replied(app: &App, signed: &SignedIn, way: &Way, sent: Answered) -> Answer {
    let opened = open(app, signed, way, "interview").await?;
    let f = opened.frame(app, signed, "web-candidate-hearing");
    let reply = match sent.jawaban.as_str() {
        "hadir" => Reply::Confirmed,
        _ => Reply::Excused { reason: sent.alasan.trim().to_owned() },
    };
    let place = opened.place;
    let answer = Replied { candidate: place.id, reply };
    let done = app.office().answer_invitation(&place.edition, &asks(signed, &sent.kunci)?, place.key, answer).await?;
    match Wrong::left(&f, &done) {
        None => Ok(go(&f, &format!("{}/wawancara{ANSWERED}", place.base))),
        wrong => show_wrong(&page(app, signed, way, wrong, sent.alasan).await?),
    }
}
