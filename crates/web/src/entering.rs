//! Coming in and going: by password or by a link, with the code of a telephone, by an invitation, and out again.

use axum::extract::{Path, Query, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use jiff::Timestamp;
use office::{Entered, NotIn, PASSWORD_MIN, Secret, Step, Typed};
use serde::Deserialize;
use words::Message;

use crate::app::App;
use crate::frame::{Answer, Frame, localised, show};
use crate::refused::Refused;
use crate::sent::{Plain, Sent};
use crate::visit::Visit;
use crate::who::{CameFrom, Entering, own_back, random, refused_with, set_session, step_path, with_back};

/// What was not taken, above the form that it was typed into.
#[derive(Debug, Clone)]
pub(crate) struct Not {
    pub(crate) why: Message,
    pub(crate) next: Message,
    until: Option<Timestamp>,
}

impl From<NotIn> for Not {
    fn from(not: NotIn) -> Not {
        Not { until: not.until, ..Not::because(not.why) }
    }
}

impl Not {
    pub(crate) fn because(why: Message) -> Not {
        let next = Message::new(format!("{}-next", why.key()));
        Not { why, next, until: None }
    }

    /// The page with the form once more, with the status that machines read.
    pub(crate) fn over(&self, page: &impl askama::Template, now: Timestamp) -> Answer {
        let mut response = show(page)?;
        *response.status_mut() = self.until.map_or(StatusCode::UNPROCESSABLE_ENTITY, |_| StatusCode::TOO_MANY_REQUESTS);
        if let Some(until) = self.until {
            let seconds = until.duration_since(now).as_secs().saturating_add(1).max(1);
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        Ok(response)
    }
}

#[derive(askama::Template)]
#[template(path = "sign-in.html")]
struct Door {
    f: Frame,
    not: Option<Not>,
    account: String,
    back: String,
    sent: bool,
}

/// What stands in the address of a way in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asks {
    kembali: String,
    terkirim: Option<String>,
    kode: Option<String>,
}

/// `GET /masuk`.
pub(crate) async fn door(State(app): State<App>, visit: Visit, Query(asks): Query<Asks>) -> Answer {
    let back = own_back(&asks.kembali).to_owned();
    if let Some(who) = &visit.who {
        return Ok(Redirect::to(&localised(visit.asked.lang, &step_path(who.step, &back))).into_response());
    }
    let f = Frame::new(&app, &visit, "web-door-title");
    show(&Door { f, not: None, account: String::new(), back, sent: asks.terkirim.is_some() })
}

#[derive(Deserialize)]
pub(crate) struct Knock {
    akun: String,
    #[serde(default)]
    sandi: String,
    #[serde(default)]
    kembali: String,
    /// `tautan` for a link by letter.
    #[serde(default)]
    cara: String,
}

/// `POST /masuk`: by password, or a link by letter is asked for.
pub(crate) async fn knock(State(app): State<App>, visit: Visit, CameFrom(came): CameFrom, Plain(knock): Plain<Knock>) -> Answer {
    let (back, now) = (own_back(&knock.kembali), visit.now);
    let asked_for_link = knock.cara == "tautan";
    let password = Typed::new(knock.sandi);
    let not = if asked_for_link {
        match app.office().ask_for_link(&knock.akun, &came, now).await? {
            Ok(()) => {
                let path = with_back("/masuk", back);
                let mark = if path.contains('?') { "&terkirim=1" } else { "?terkirim=1" };
                return Ok(Redirect::to(&localised(visit.asked.lang, &format!("{path}{mark}"))).into_response());
            }
            Err(not) => not,
        }
    } else {
        let (cookie, salt) = (Secret::new(random()?), random()?);
        match app.office().sign_in(&knock.akun, &password, &came, now, cookie, salt).await? {
            Ok(entered) => return let_in(&app, &visit, &entered, back).await,
            Err(not) => not,
        }
    };
    let not = Not::from(not);
    let f = Frame::new(&app, &visit, "web-door-title");
    let page = Door { f, not: Some(not.clone()), account: knock.akun, back: back.to_owned(), sent: false };
    not.over(&page, now)
}

/// Gives the cookie of a sign-in that has begun, ends the one that there was in this browser, and leads on.
async fn let_in(app: &App, visit: &Visit, entered: &Entered, back: &str) -> Answer {
    if let Some(who) = &visit.who {
        app.office().sign_out(who.cookie(), visit.now).await?;
    }
    let to = localised(visit.asked.lang, &step_path(entered.step, back));
    Ok(with_cookie(app, Some(&entered.cookie), Redirect::to(&to)))
}

/// An answer that brings a cookie, or takes it away.
pub(crate) fn with_cookie(app: &App, cookie: Option<&Secret>, answer: impl IntoResponse) -> Response {
    (AppendHeaders([set_session(app.settings(), cookie)]), answer).into_response()
}

#[derive(askama::Template)]
#[template(path = "link.html")]
struct LinkPage {
    f: Frame,
}

/// `GET /masuk/{secret}`: a button, for mail servers open addresses before people do.
pub(crate) async fn link(State(app): State<App>, visit: Visit, Path(secret): Path<String>) -> Result<Response, Response> {
    if Secret::parse(&secret).is_none() {
        return Err(gone(Message::new("office-link-gone")));
    }
    show(&LinkPage { f: Frame::new(&app, &visit, "web-link-title") }).map_err(IntoResponse::into_response)
}

/// A way in that is none, or none any more.
fn gone(why: Message) -> Response {
    refused_with(Refused::new(StatusCode::GONE, why), "/masuk".to_owned(), "web-link-other")
}

#[derive(Deserialize)]
pub(crate) struct Nothing {}

/// `POST /masuk/{secret}`: takes the link.
pub(crate) async fn take_link(
    State(app): State<App>,
    visit: Visit,
    CameFrom(came): CameFrom,
    Path(secret): Path<String>,
    Plain(Nothing {}): Plain<Nothing>,
) -> Result<Response, Response> {
    let Some(secret) = Secret::parse(&secret) else { return Err(gone(Message::new("office-link-gone"))) };
    let cookie = Secret::new(random().map_err(IntoResponse::into_response)?);
    let taken = app.office().take_link(&secret, &came, visit.now, cookie).await;
    match taken.map_err(|error| Refused::from(error).into_response())? {
        Ok(entered) => let_in(&app, &visit, &entered, "").await.map_err(IntoResponse::into_response),
        Err(not) => Err(gone(not.why)),
    }
}

#[derive(askama::Template)]
#[template(path = "code.html")]
struct CodePage {
    f: Frame,
    not: Option<Not>,
    back: String,
}

/// `GET /masuk/kode`: asks for a code of the telephone.
pub(crate) async fn code(State(app): State<App>, Entering { visit, who }: Entering, Query(asks): Query<Asks>) -> Answer {
    let back = own_back(&asks.kembali);
    if who.step != Step::Code {
        return Ok(Redirect::to(&localised(visit.asked.lang, &step_path(who.step, back))).into_response());
    }
    show(&CodePage { f: Frame::new(&app, &visit, "web-code-title"), not: None, back: back.to_owned() })
}

#[derive(Deserialize)]
pub(crate) struct Code {
    kode: String,
    #[serde(default)]
    kembali: String,
}

/// `POST /masuk/kode`.
pub(crate) async fn give_code(
    State(app): State<App>,
    Entering { visit, who }: Entering,
    CameFrom(came): CameFrom,
    Sent(code): Sent<Code>,
) -> Answer {
    let (typed, back) = (Typed::new(code.kode), own_back(&code.kembali));
    let (when, fresh) = ((visit.now, &app.settings().limits), Secret::new(random()?));
    match app.office().give_code(who.cookie(), &typed, &came.address, when, fresh).await? {
        Ok(entered) => {
            let to = localised(visit.asked.lang, &step_path(entered.step, back));
            Ok(with_cookie(&app, Some(&entered.cookie), Redirect::to(&to)))
        }
        Err(not) => {
            let (not, f) = (Not::from(not), Frame::new(&app, &visit, "web-code-title"));
            not.over(&CodePage { f, not: Some(not.clone()), back: back.to_owned() }, visit.now)
        }
    }
}

#[derive(askama::Template)]
#[template(path = "invitation.html")]
struct InvitationPage {
    f: Frame,
    not: Option<Not>,
    /// Whom the code invites; none while no code is typed.
    person: Option<String>,
    min: usize,
}

/// `GET /undangan`: asks for the code of an invitation that came on paper.
pub(crate) async fn no_code(State(app): State<App>, visit: Visit, Query(asks): Query<Asks>) -> Answer {
    if let Some(code) = asks.kode.filter(|code| !code.trim().is_empty()) {
        let plain: String = code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect();
        return Ok(Redirect::to(&localised(visit.asked.lang, &format!("/undangan/{plain}"))).into_response());
    }
    show(&InvitationPage { f: Frame::new(&app, &visit, "web-invitation-title"), not: None, person: None, min: PASSWORD_MIN })
}

/// `GET /undangan/{code}`.
pub(crate) async fn invitation(State(app): State<App>, visit: Visit, Path(code): Path<String>) -> Result<Response, Response> {
    let invited = app.office().invited(&code, visit.now).await.map_err(|error| Refused::from(error).into_response())?;
    let Some(person) = invited else { return Err(no_invitation()) };
    let f = Frame::new(&app, &visit, "web-invitation-title");
    let page = InvitationPage { f, not: None, person: Some(person.to_string()), min: PASSWORD_MIN };
    show(&page).map_err(IntoResponse::into_response)
}

fn no_invitation() -> Response {
    let refused = Refused::new(StatusCode::GONE, Message::new("office-invitation-gone"));
    refused_with(refused, "/undangan".to_owned(), "web-invitation-other")
}

#[derive(Deserialize)]
pub(crate) struct Twice {
    baru: String,
    ulang: String,
}

/// `POST /undangan/{code}`: sets the password and lets in.
pub(crate) async fn come(
    State(app): State<App>,
    visit: Visit,
    CameFrom(came): CameFrom,
    Path(code): Path<String>,
    Plain(twice): Plain<Twice>,
) -> Result<Response, Response> {
    let broken = |error: office::Error| Refused::from(error).into_response();
    let Some(person) = app.office().invited(&code, visit.now).await.map_err(broken)? else { return Err(no_invitation()) };
    let (new, again) = (Typed::new(twice.baru), Typed::new(twice.ulang));
    let salt = random().map_err(IntoResponse::into_response)?;
    let taken = match new == again {
        false => Err(Not::because(Message::new("web-password-differ"))),
        true => app.office().come_with_password(&code, &new, visit.now, salt).await.map_err(broken)?.map_err(Not::from),
    };
    if let Err(not) = taken {
        let f = Frame::new(&app, &visit, "web-invitation-title");
        let page = InvitationPage { f, not: Some(not.clone()), person: Some(person.to_string()), min: PASSWORD_MIN };
        return not.over(&page, visit.now).map_err(IntoResponse::into_response);
    }
    let (cookie, salt) = (Secret::new(random().map_err(IntoResponse::into_response)?), salt);
    let entered = app.office().sign_in(person.as_str(), &new, &came, visit.now, cookie, salt).await.map_err(broken)?;
    match entered {
        Ok(entered) => let_in(&app, &visit, &entered, "").await.map_err(IntoResponse::into_response),
        // The password is set; the way in by the door is open.
        Err(_) => Ok(Redirect::to(&localised(visit.asked.lang, "/masuk")).into_response()),
    }
}

/// `POST /keluar`.
pub(crate) async fn out(
    State(app): State<App>,
    visit: Visit,
    sent: Result<Sent<Nothing>, Response>,
) -> Result<Response, Response> {
    if let Some(who) = &visit.who {
        sent?;
        let ended = app.office().sign_out(who.cookie(), visit.now).await;
        ended.map_err(|error| Refused::from(error).into_response())?;
    }
    Ok(with_cookie(&app, None, Redirect::to(&localised(visit.asked.lang, "/"))))
}
