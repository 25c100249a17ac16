//! Sending a dossier: everything once more before it goes, the receipt afterwards, and the way out.

use award::Sentence;
use award::candidate::Checklist;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use office::Named;
use rules::rulebook::Text;
use serde::Deserialize;

use super::desk::{Document, document};
use super::{Top, Way, Wrong, asks, by, go, new_key, open, settled, show_wrong, when};
use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::sent::Sent;
use crate::who::SignedIn;

#[derive(askama::Template)]
#[template(path = "candidate/send.html")]
struct Page {
    f: Frame,
    top: Top,
    list: Option<Checklist>,
    documents: Vec<Document>,
    people: Named,
    wrong: Option<Wrong>,
    key: String,
    /// Figures that cannot be counted as they stand, with why.
    unfit: Vec<(Text, Sentence)>,
    /// Whether something changed since it was sent last, or it was given back.
    may_send: bool,
}

impl Page {
    fn by(&self, who: &str) -> String {
        by(&self.f, &self.people, who)
    }

    fn when(&self, at: &jiff::Timestamp) -> String {
        when(&self.f, &self.top, at)
    }

    /// How many figures are filled in.
    fn filled(&self) -> usize {
        let claims = self.list.iter().flat_map(|list| &list.claims);
        claims.filter(|line| line.claimed.is_some() || line.verified.is_some()).count()
    }
}

async fn page(app: &App, signed: &SignedIn, way: &Way, wrong: Option<Wrong>) -> Result<Page, crate::refused::Refused> {
    let opened = open(app, signed, way, "submission").await?;
    let f = opened.frame(app, signed, "web-candidate-send").helped_by("kirim");
    let ready = opened.desk.readiness.as_ref().ok();
    let below = ready.into_iter().flat_map(|ready| ready.criteria.iter().flat_map(|aspect| &aspect.below));
    let unfit = below.filter_map(|one| Some((one.name.clone(), one.why.clone()?))).collect();
    let list = opened.desk.checklist;
    let lines = list.as_ref().map(|list| list.documents.clone()).unwrap_or_default();
    Ok(Page {
        documents: lines.into_iter().map(|line| document(&f, line)).collect(),
        may_send: list.as_ref().is_some_and(|list| list.closed.is_none()),
        top: opened.top,
        people: opened.desk.people,
        key: new_key(),
        unfit,
        list,
        wrong,
        f,
    })
}

/// `GET …/kirim`: everything once more, or the receipt.
pub(crate) async fn review(State(app): State<App>, signed: SignedIn, Path(way): Path<Way>) -> Answer {
    show(&page(&app, &signed, &way, None).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sends {
    kunci: String,
}

/// `POST …/kirim`.
pub(crate) async fn submit(
    State(app): State<App>,
    signed: SignedIn,
    Path(way): Path<Way>,
    Sent(sent): Sent<Sends>,
) -> Result<Response, Response> {
    submitted(&app, &signed, &way, &sent).await.map_err(IntoResponse::into_response)
}

async fn submitted(app: &App, signed: &SignedIn, way: &Way, sent: &Sends) -> Answer {
    let opened = open(app, signed, way, "submission").await?;
    let f = opened.frame(app, signed, "web-candidate-send");
    let place = opened.place;
    let asked = asks(signed, &sent.kunci)?;
    let done = settled(app.office().submit_dossier(&place.edition, &asked, place.key, place.id).await)?;
    match Wrong::left(&f, &done) {
        None => Ok(go(&f, &format!("{}/kirim#tanda-terima", place.base))),
        Some(wrong) => show_wrong(&page(app, signed, way, Some(wrong)).await?),
    }
}

#[derive(askama::Template)]
#[template(path = "candidate/leave.html")]
struct Leave {
    f: Frame,
    top: Top,
    key: String,
    reason: String,
    wrong: Option<Wrong>,
}

/// `GET …/mundur`: asks once more before a candidate withdraws.
pub(crate) async fn leave(State(app): State<App>, signed: SignedIn, Path(way): Path<Way>) -> Answer {
    let opened = open(&app, &signed, &way, "withdrawal").await?;
    let f = opened.frame(&app, &signed, "web-candidate-leave");
    show(&Leave { f, top: opened.top, key: new_key(), reason: String::new(), wrong: None })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Leaves {
    kunci: String,
    alasan: String,
    #[serde(default)]
    yakin: bool,
}

/// `POST …/mundur`.
pub(crate) async fn withdraw(
    State(app): State<App>,
    signed: SignedIn,
    Path(way): Path<Way>,
    Sent(sent): Sent<Leaves>,
) -> Result<Response, Response> {
    withdrawn(&app, &signed, &way, sent).await.map_err(IntoResponse::into_response)
}

async fn withdrawn(app: &App, signed: &SignedIn, way: &Way, sent: Leaves) -> Answer {
    let opened = open(app, signed, way, "withdrawal").await?;
    let f = opened.frame(app, signed, "web-candidate-leave");
    let place = opened.place;
    let wrong = if sent.yakin {
        let (asked, reason) = (asks(signed, &sent.kunci)?, sent.alasan.trim().to_owned());
        Wrong::left(&f, &settled(app.office().withdraw(&place.edition, &asked, place.key, place.id, reason).await)?)
    } else {
        Some(Wrong::of(&f, "web-candidate-leave-sure-missing"))
    };
    match wrong {
        None => Ok(go(&f, &place.base)),
        wrong => show_wrong(&Leave { f, top: opened.top, key: new_key(), reason: sent.alasan, wrong }),
    }
}
