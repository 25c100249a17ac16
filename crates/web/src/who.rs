//! Who comes: read off the cookie once for each request, and asked for by pages that are not for everybody.

use std::net::SocketAddr;
use std::ops::Deref;
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::header::{REFERER, SET_COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use office::{Came, Present, Secret, Step};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use words::Message;

use crate::app::{App, Settings};
use crate::frame::localised;
use crate::refused::Refused;
use crate::security::SESSION;
use crate::style::is_own_path;
use crate::visit::{Visit, cookie};

/// Somebody who is in, perhaps with a step still to do: name, roles and form token as [`Present`] has them. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Who(Arc<(Secret, Present)>);

impl Who {
    /// What the cookie holds; for the verbs of the office about this sign-in.
    pub(crate) fn cookie(&self) -> &Secret {
        &self.0.0
    }

    /// Whether nothing is left to be done before the roles may be used.
    pub(crate) fn is_in(&self) -> bool {
        self.step == Step::Done
    }
}

impl Deref for Who {
    type Target = Present;

    fn deref(&self) -> &Present {
        &self.0.1
    }
}

/// What needs no look at who comes.
const NOBODYS: [&str; 4] = ["/aset/", "/favicon.ico", "/healthz", "/metrics"];

/// Whether what stands at a path is the same whoever comes.
pub(crate) fn is_nobodys(path: &str) -> bool {
    NOBODYS.iter().any(|nobodys| path.starts_with(nobodys))
}

/// Finds out who comes, for everything within. A cookie that opens nothing is no cookie.
pub(crate) async fn known(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let is_nobodys = is_nobodys(request.uri().path());
    let secret = session(request.headers(), app.settings()).filter(|_| !is_nobodys);
    if let Some(secret) = secret {
        match by(&app, &secret, app.now()).await {
            Ok(Some(who)) => drop(request.extensions_mut().insert(who)),
            Ok(None) => (),
            Err(refused) => return refused.into_response(),
        }
    }
    next.run(request).await
}

/// Who is in by a cookie.
pub(crate) async fn by(app: &App, secret: &Secret, now: Timestamp) -> Result<Option<Who>, Refused> {
    let present = app.office().who_is(secret, now, &app.settings().limits).await?;
    Ok(present.map(|present| Who(Arc::new((secret.clone(), present)))))
}

/// What the cookie of a session holds, if it holds anything that could be one.
pub(crate) fn session(headers: &HeaderMap, settings: &Settings) -> Option<Secret> {
    Secret::parse(&cookie(headers, name(settings))?)
}

/// The cookie's name: over https one that only this very host can set.
fn name(settings: &Settings) -> &'static str {
    if settings.secure { SESSION_HOST } else { SESSION }
}

const SESSION_HOST: &str = "__Host-sesi";

/// The header that brings a browser the cookie of a sign-in, or takes it away. It lasts until the sign-in does; the office knows when.
pub(crate) fn set_session(settings: &Settings, secret: Option<&Secret>) -> (axum::http::HeaderName, String) {
    let age = secret.map_or(0, |_| settings.limits.whole.as_secs());
    let cookie = cookie::Cookie::build((name(settings), secret.map(Secret::text).unwrap_or_default()))
        .path("/")
        .http_only(true)
        .same_site(cookie::SameSite::Lax)
        .secure(settings.secure)
        .max_age(cookie::time::Duration::seconds(age));
    (SET_COOKIE, cookie.to_string())
}

/// A page to go to instead of the front page when something was refused, and what its button says.
#[derive(Debug, Clone)]
pub(crate) struct WayOn {
    pub(crate) path: String,
    pub(crate) label: &'static str,
}

/// A refusal that shows a way on.
pub(crate) fn refused_with(refused: Refused, path: String, label: &'static str) -> Response {
    let mut response = refused.into_response();
    response.extensions_mut().insert(WayOn { path, label });
    response
}

/// Somebody who is signed in, with all steps done. Whoever is not is shown the way in and comes back.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn {
    pub(crate) visit: Visit,
    pub(crate) who: Who,
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<SignedIn, Response> {
        let visit = Visit::of(app, parts);
        let back = way_back(parts, &visit);
        match &visit.who {
            Some(who) if who.is_in() => Ok(SignedIn { who: who.clone(), visit }),
            Some(who) => Err(Redirect::to(&localised(visit.asked.lang, &step_path(who.step, &back))).into_response()),
            None => {
                let key = if parts.method == Method::GET { "web-sign-in-first" } else { "web-sign-in-ended" };
                let refused = Refused::new(StatusCode::UNAUTHORIZED, Message::new(key));
                Err(refused_with(refused, with_back("/masuk", &back), "web-sign-in-go"))
            }
        }
    }
}

/// Somebody who is in as far as a step that is still to be done, or wholly.
#[derive(Debug, Clone)]
pub(crate) struct Entering {
    pub(crate) visit: Visit,
    pub(crate) who: Who,
}

impl FromRequestParts<App> for Entering {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Entering, Response> {
        let visit = Visit::of(app, parts);
        match visit.who.clone() {
            Some(who) => Ok(Entering { visit, who }),
            None => {
                let refused = Refused::new(StatusCode::UNAUTHORIZED, Message::new("web-sign-in-first"));
                Err(refused_with(refused, with_back("/masuk", &way_back(parts, &visit)), "web-sign-in-go"))
            }
        }
    }
}

/// Where somebody goes on with a step of signing in; who is through goes back to where they were.
pub(crate) fn step_path(step: Step, back: &str) -> String {
    match step {
        Step::Done if back.is_empty() => "/saya".to_owned(),
        Step::Done => back.to_owned(),
        Step::Code => with_back("/masuk/kode", back),
        Step::Enrol => with_back("/saya/telepon", back),
    }
}

/// A path of ours that remembers the way back.
pub(crate) fn with_back(path: &str, back: &str) -> String {
    match back {
        "" => path.to_owned(),
        back => format!("{path}?kembali={}", utf8_percent_encode(back, NON_ALPHANUMERIC)),
    }
}

/// A way back as a form or an address gave it: none unless it stays within the site.
pub(crate) fn own_back(given: &str) -> &str {
    if is_own_path(given) && given.len() <= BACK_MAX { given } else { "" }
}

/// The longest way back, in bytes.
const BACK_MAX: usize = 500;

/// The page where somebody was: this one, or for something sent the page with its form.
pub(crate) fn way_back(parts: &Parts, visit: &Visit) -> String {
    if parts.method == Method::GET {
        return own_back(&format!("{}{}", visit.asked.path, visit.asked.query)).to_owned();
    }
    let page = parts.headers.get(REFERER).and_then(|from| from.to_str().ok()).and_then(|from| from.parse::<Uri>().ok());
    let path = page.as_ref().and_then(|page| page.path_and_query()).map_or("", |path| path.as_str());
    let path = path.strip_prefix("/en").filter(|rest| rest.starts_with('/')).unwrap_or(path);
    own_back(path).to_owned()
}

/// From where a request comes: the client's address as the last proxy that is believed tells it, and the browser.
pub(crate) fn came(parts: &Parts, settings: &Settings) -> Came {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_string()).unwrap_or_default();
    let browser = parts.headers.get(USER_AGENT).map(HeaderValue::as_bytes).map(String::from_utf8_lossy).unwrap_or_default();
    Came { address: forwarded(&parts.headers, settings.proxies).unwrap_or(peer), browser: browser.into_owned() }
}

/// The address that the outermost of our proxies saw. What stands before it, anybody may have written.
fn forwarded(headers: &HeaderMap, proxies: usize) -> Option<String> {
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    let hop = hops.len().checked_sub(proxies).filter(|_| proxies > 0).and_then(|place| hops.get(place))?;
    hop.parse::<std::net::IpAddr>().ok().map(|address| address.to_string())
}

/// From where a request comes, as an argument of a handler.
#[derive(Debug, Clone)]
pub(crate) struct CameFrom(pub(crate) Came);

impl FromRequestParts<App> for CameFrom {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<CameFrom, Self::Rejection> {
        Ok(CameFrom(came(parts, app.settings())))
    }
}

/// Fresh bytes of the system.
///
/// # Errors
///
/// The page of what broke, if the system has none.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Refused> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Refused::broken(format!("no randomness: {error}")))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[&'static str], proxies: usize) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", HeaderValue::from_static(line));
        }
        forwarded(&headers, proxies)
    }

    #[test]
    fn so_many_proxies_are_believed_as_there_are_and_nothing_before_them() {
        let lines = ["6.6.6.6, 192.0.2.7", "10.0.0.1"];
        assert_eq!(told(&lines, 0), None);
        assert_eq!([told(&lines, 1), told(&lines, 2)], [Some("10.0.0.1".into()), Some("192.0.2.7".into())]);
        assert_eq!(told(&lines, 4), None, "fewer hops than proxies: somebody came past them");
        assert_eq!(told(&["<script>"], 1), None);
    }

    #[test]
    fn the_way_back_is_kept_only_within_the_site() {
        assert_eq!(with_back("/masuk", own_back("/saya?x=1")), "/masuk?kembali=%2Fsaya%3Fx%3D1");
        for away in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", &"/a".repeat(251)] {
            assert_eq!(own_back(away), "", "{away}");
        }
    }
}
