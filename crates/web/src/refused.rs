//! Whatever cannot be shown or done: one kind of page, which names the rule and what to do next.

use std::fmt::Write;

use award::Refusal;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, REFERER};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use words::{Lang, Message};

use crate::app::App;
use crate::frame::{Frame, show};
use crate::style::is_own_path;
use crate::visit::Visit;
use crate::who::{WayOn, is_nobodys};

/// Why there is no page.
#[derive(Debug, Clone)]
pub(crate) struct Refused {
    pub(crate) status: StatusCode,
    /// The rule.
    pub(crate) why: Message,
    /// What to do, or to wait for.
    pub(crate) next: Message,
}

impl Refused {
    /// A refusal of ours; the next step stands beside it under its key with `-next`.
    pub(crate) fn new(status: StatusCode, why: Message) -> Refused {
        let next = Message::new(format!("{}-next", why.key()));
        Refused { status, why, next }
    }

    /// No such page, or none that whoever asks may know of.
    pub(crate) fn nothing_here() -> Refused {
        Refused::new(StatusCode::NOT_FOUND, Message::new("web-nothing-here"))
    }

    /// Something of ours broke; what, only the log says.
    pub(crate) fn broken(what: impl std::fmt::Display) -> Refused {
        tracing::error!(%what, "a page broke");
        Refused::new(StatusCode::INTERNAL_SERVER_ERROR, Message::new("web-broken"))
    }

    /// A rule of the award forbids it.
    pub(crate) fn by_rule(refusal: Refusal) -> Refused {
        Refused { status: StatusCode::FORBIDDEN, why: refusal.rule, next: refusal.next }
    }
}

impl From<office::Error> for Refused {
    fn from(error: office::Error) -> Refused {
        match error {
            office::Error::NoAccount { .. } => Refused::new(StatusCode::FORBIDDEN, Message::new("web-no-account")),
            error => Refused::broken(told(&error)),
        }
    }
}

impl From<store::Error> for Refused {
    fn from(error: store::Error) -> Refused {
        Refused::broken(told(&error))
    }
}

fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        let _ = write!(text, ": {inner}");
        source = inner.source();
    }
    text
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.why.render(Lang::Id)).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(askama::Template)]
#[template(path = "refused.html")]
struct Page {
    f: Frame,
    status: u16,
    why: String,
    next: String,
    way: WayOn,
}

/// Makes a page of whatever was refused, in the language of the visit. Answers of others (a body too large, a wrong method, a request from
/// another site) become the same page.
pub(crate) async fn page(State(app): State<App>, request: Request, next: Next) -> Response {
    if !is_nobodys(request.uri().path()) {
        app.look_what_runs().await;
    }
    let (parts, body) = request.into_parts();
    let visit = Visit::of(&app, &parts);
    let was_sent = !parts.method.is_safe();
    let from = came_from(&parts.headers);
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let known = response.extensions_mut().remove::<Refused>();
    let is_page = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let others = || of_status(response.status()).filter(|_| !is_page);
    let Some(refused) = known.or_else(others) else { return response };
    let front = || WayOn { path: "/".to_owned(), label: "web-to-front" };
    let back = || from.filter(|_| was_sent).map(|path| WayOn { path, label: "web-to-back" });
    let way = response.extensions_mut().remove::<WayOn>().or_else(back).unwrap_or_else(front);
    let f = Frame::new(&app, &visit, if was_sent { "web-refused-sent" } else { "web-refused-title" });
    let (why, next) = (f.say(&refused.why), f.say(&refused.next));
    let page = Page { f, status: refused.status.as_u16(), why, next, way };
    match show(&page) {
        Ok(mut shown) => {
            *shown.status_mut() = refused.status;
            shown.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            shown
        }
        Err(broken) => (broken.status, why_plain(&refused)).into_response(),
    }
}

/// The page of this site that a form was sent from, without its language; none where the browser does not say, or says another site.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let host = headers.get(HOST)?.to_str().ok()?;
    let from: Uri = headers.get(REFERER)?.to_str().ok()?.parse().ok()?;
    let path = from.path_and_query().filter(|_| from.authority().is_some_and(|own| own.as_str() == host))?.as_str();
    let path = path.strip_prefix("/en").filter(|rest| rest.starts_with('/')).unwrap_or(path);
    is_own_path(path).then(|| path.to_owned())
}

fn why_plain(refused: &Refused) -> String {
    format!("{}\n{}", refused.why.render(Lang::Id), refused.why.render(Lang::En))
}

fn of_status(status: StatusCode) -> Option<Refused> {
    let key = match status {
        StatusCode::NOT_FOUND => "web-nothing-here",
        StatusCode::METHOD_NOT_ALLOWED => "web-wrong-method",
        StatusCode::FORBIDDEN => "web-from-elsewhere",
        StatusCode::PAYLOAD_TOO_LARGE => "web-too-large",
        StatusCode::REQUEST_TIMEOUT => "web-too-slow",
        StatusCode::INTERNAL_SERVER_ERROR => "web-broken",
        status if status.is_client_error() => "web-not-understood",
        _ => return None,
    };
    Some(Refused::new(status, Message::new(key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(host: &'static str, page: &'static str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_static(host));
        headers.insert(REFERER, HeaderValue::from_static(page));
        came_from(&headers)
    }

    #[test]
    fn the_way_back_from_a_refused_form_leads_to_its_page_and_to_no_other_site() {
        assert_eq!(from("award.example", "https://award.example/en/saya?x=1").as_deref(), Some("/saya?x=1"));
        assert_eq!(from("award.example", "https://award.example/saya").as_deref(), Some("/saya"));
        assert_eq!(from("award.example", "https://evil.example/saya"), None);
        assert_eq!(from("award.example", "https://award.example//evil.example"), None);
        assert_eq!(came_from(&HeaderMap::new()), None);
    }
}
