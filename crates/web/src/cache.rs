//! Public pages and files are made once and kept until something is recorded, or a minute has passed (they tell how many hours are left); a page that
//! may have been made of what stood some seconds before, no longer than those seconds. Whoever is signed in never gets a kept page, and nothing of theirs is ever kept.

use std::collections::HashMap;
use std::future::{Ready, ready};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::future::Either;
use sha2::{Digest, Sha256};
use tower::Service;
use words::Lang;

use crate::app::App;
use crate::assets::{gzip, takes_gzip};
use crate::logged::Counted;
use crate::visit::{Asked, Theme};
use crate::who::{Who, session};
use crate::{found, logged, security};

/// So long a page holds though nothing happened.
const HOLDS: Duration = Duration::from_secs(60);
/// So many bytes of pages are kept, both forms counted.
const BYTES_MAX: usize = 24 << 20;
/// So many are counted for the headers of a page and its address.
const HEADS: usize = 8 << 10;
/// The longest query that is kept: addresses are endless, memory is not.
const QUERY_MAX: usize = 80;
/// The largest page that is kept.
const PAGE_MAX: usize = 4 << 20;

/// A page as it is kept, with everything that an answer needs.
struct Kept {
    stamp: u64,
    until: Instant,
    /// What a browser shows that has the page already.
    tag: String,
    plain: (HeaderMap, Bytes),
    small: (HeaderMap, Bytes),
    /// What is said to whoever has it.
    same: HeaderMap,
    counted: Counted,
}

impl Kept {
    fn weight(&self) -> usize {
        HEADS + self.plain.1.len() + self.small.1.len()
    }

    /// The answer to whoever asks with these headers.
    fn answer(&self, headers: &HeaderMap) -> Response {
        let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let has = known.flat_map(|line| line.split(',')).any(|known| matches!(known.trim(), "*") || known.trim() == self.tag);
        if has {
            let mut response = StatusCode::NOT_MODIFIED.into_response();
            *response.headers_mut() = self.same.clone();
            return response;
        }
        let (head, body) = if takes_gzip(headers) { &self.small } else { &self.plain };
        let mut response = Response::new(Body::from(body.clone()));
        *response.headers_mut() = head.clone();
        response
    }
}

/// Pages by theme and address.
#[derive(Default)]
struct Pages {
    /// On devices' own theme, light and dark.
    by_address: [HashMap<String, Arc<Kept>>; 3],
    bytes: usize,
}

/// Pages that were made before.
#[derive(Default)]
pub(crate) struct Cache {
    pages: Mutex<Pages>,
    /// Whoever makes a page holds one of these, so that a thousand who come at once have it made once and not a thousand times.
    turns: [tokio::sync::Mutex<()>; 32],
}

fn place(theme: Option<Theme>) -> usize {
    match theme {
        None => 0,
        Some(Theme::Light) => 1,
        Some(Theme::Dark) => 2,
    }
}

/// A page's address with its language, as browsers write it.
fn address(asked: &Asked) -> String {
    let prefix = if asked.lang == Lang::En { "/en" } else { "" };
    format!("{prefix}{}{}", asked.path, asked.query)
}

impl Cache {
    fn turn(&self, theme: Option<Theme>, address: &str) -> &tokio::sync::Mutex<()> {
        let mut hasher = DefaultHasher::new();
        (place(theme), address).hash(&mut hasher);
        let one = usize::try_from(hasher.finish() % 32).unwrap_or_default();
        &self.turns[one]
    }

    fn find(&self, theme: Option<Theme>, address: &str, stamp: u64) -> Option<Arc<Kept>> {
        let pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = pages.by_address[place(theme)].get(address)?;
        (kept.stamp == stamp && Instant::now() < kept.until).then(|| Arc::clone(kept))
    }

    fn keep(&self, theme: Option<Theme>, address: String, kept: Arc<Kept>) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.bytes + kept.weight() > BYTES_MAX {
            *pages = Pages::default();
        }
        pages.bytes += kept.weight();
        if let Some(before) = pages.by_address[place(theme)].insert(address, kept) {
            pages.bytes -= before.weight();
        }
    }
}

/// The answer to somebody without a sign-in, if it is kept and nothing was recorded since it was made. It is what [`public`] would answer, and all
/// that is put around it: this asks nobody and waits for nothing.
fn kept<B>(app: &App, request: &axum::http::Request<B>) -> Option<Response> {
    let began = Instant::now();
    let headers = request.headers();
    if request.method() != Method::GET || session(headers, app.settings()).is_some() {
        return None;
    }
    let address = request.uri().path_and_query()?.as_str();
    let kept = app.cache().find(Theme::read(headers), address, app.held_stamp()?)?;
    let response = kept.answer(headers);
    kept.counted.count(&Method::GET, response.status(), began.elapsed());
    Some(response)
}

/// Whoever asks for a page that is kept gets it here, before the rest is gone through.
#[derive(Clone)]
pub(crate) struct KeptFirst<S> {
    pub(crate) app: App,
    pub(crate) within: S,
}

impl<S, B> Service<axum::http::Request<B>> for KeptFirst<S>
where
    S: Service<axum::http::Request<B>, Response = Response>,
{
    type Response = Response;
    type Error = S::Error;
    type Future = Either<Ready<Result<Response, S::Error>>, S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.within.poll_ready(context)
    }

    fn call(&mut self, request: axum::http::Request<B>) -> Self::Future {
        match kept(&self.app, &request) {
            Some(response) => Either::Left(ready(Ok(response))),
            None => Either::Right(self.within.call(request)),
        }
    }
}

/// Answers from what is kept, or makes the page and keeps it.
pub(crate) async fn public(State(app): State<App>, request: Request, next: Next) -> Response {
    let asked = request.extensions().get::<Asked>().cloned();
    let headers = request.headers().clone();
    let may_keep = matches!(*request.method(), Method::GET | Method::HEAD) && request.extensions().get::<Who>().is_none();
    let Some(asked) = asked.filter(|asked| may_keep && asked.query.len() <= QUERY_MAX) else {
        return own(next.run(request).await);
    };
    let Ok(stamp) = app.stamp().await else { return own(next.run(request).await) };
    let (theme, address) = (Theme::read(&headers), address(&asked));
    if let Some(kept) = app.cache().find(theme, &address, stamp) {
        return kept.answer(&headers);
    }
    let _turn = app.cache().turn(theme, &address).lock().await;
    let Ok(stamp) = app.stamp().await else { return own(next.run(request).await) };
    if let Some(kept) = app.cache().find(theme, &address, stamp) {
        return kept.answer(&headers);
    }
    let route = logged::route(request.extensions().get::<MatchedPath>());
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return own(response);
    }
    let (parts, body) = response.into_parts();
    let Ok(plain) = axum::body::to_bytes(body, PAGE_MAX).await else {
        tracing::error!(path = asked.path, "a public page is larger than may be kept");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let holds = if app.knows_less_than(stamp).await { found::HOLDS } else { HOLDS };
    let kept = Arc::new(made(&app, &parts.headers, plain, (stamp, holds), app.measures().of(&route)));
    app.cache().keep(theme, address, Arc::clone(&kept));
    kept.answer(&headers)
}

/// A page with the headers of each answer that it can be.
fn made(app: &App, own: &HeaderMap, plain: Bytes, (stamp, holds): (u64, Duration), counted: Counted) -> Kept {
    let digest = Sha256::digest(&plain);
    let tag = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>();
    let tag = format!("W/\"{tag}\"");
    let mut same = HeaderMap::new();
    same.insert(ETAG, HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("W/\"0\"")));
    same.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate"));
    same.insert(VARY, HeaderValue::from_static("accept-encoding, cookie"));
    security::add(&mut same, app.settings());
    let kind = own.get(CONTENT_TYPE).cloned().unwrap_or(HeaderValue::from_static("text/html; charset=utf-8"));
    let with_body = |bytes: &Bytes| {
        let mut head = same.clone();
        head.insert(CONTENT_TYPE, kind.clone());
        if let Some(disposition) = own.get(CONTENT_DISPOSITION) {
            // Under which name it is saved, where it is a file.
            head.insert(CONTENT_DISPOSITION, disposition.clone());
        }
        head.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        head
    };
    let small = gzip(&plain);
    let mut small_head = with_body(&small);
    small_head.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    let plain_head = with_body(&plain);
    let until = Instant::now() + holds;
    Kept { stamp, until, tag, plain: (plain_head, plain), small: (small_head, small), same, counted }
}

/// A page for one person: nobody on the way keeps it.
fn own(mut response: Response) -> Response {
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The same for routes where nothing is ever kept.
pub(crate) async fn never_kept(response: Response) -> Response {
    own(response)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::Router;
    use axum::middleware::from_fn_with_state;
    use axum::response::Html;
    use axum::routing::get;
    use office::Office;
    use store::{Place, Store};
    use tower::ServiceExt;

    use super::*;
    use crate::app::Settings;
    use crate::visit::read_language;

    fn asks(path: &str) -> Request {
        read_language(Request::builder().uri(path).body(Body::empty()).expect("a request"))
    }

    /// Pages over an empty database, which is there as long as its folder.
    async fn empty() -> (tempfile::TempDir, App) {
        let folder = tempfile::tempdir().expect("there is room");
        let store = Store::open_or_make(&Place::File(folder.path().join("award.db"))).await.expect("it opens");
        (folder, App::new(Office::new(store), Settings::default()))
    }

    #[tokio::test]
    async fn a_page_that_many_ask_for_at_once_is_made_once() {
        let (_folder, app) = empty().await;
        let made = Arc::new(AtomicUsize::new(0));
        let counts = made.clone();
        let page = get(move || {
            let counts = counts.clone();
            async move {
                counts.fetch_add(1, Ordering::SeqCst);
                // Whoever came at the same time gets as far as this, if nothing holds them.
                for _ in 0..100 {
                    tokio::task::yield_now().await;
                }
                Html("page")
            }
        });
        let pages = Router::new().route("/x", page).layer(from_fn_with_state(app, public));
        let one = |path: &'static str| pages.clone().oneshot(asks(path));
        let (first, second, third) = tokio::join!(one("/x"), one("/x"), one("/x"));
        for answer in [first, second, third] {
            assert_eq!(answer.expect("an answer").status(), StatusCode::OK);
        }
        assert_eq!(made.load(Ordering::SeqCst), 1, "two waited for the one");
        one("/x?q=another").await.expect("an answer");
        one("/x").await.expect("an answer");
        assert_eq!(made.load(Ordering::SeqCst), 2, "another address is another page");
    }

    #[tokio::test]
    async fn a_page_that_is_kept_goes_through_nothing_else_until_it_no_longer_holds() {
        let (_folder, app) = empty().await;
        let passed = Arc::new(AtomicUsize::new(0));
        let counts = passed.clone();
        let within = Router::new()
            .route("/x", get(|| async { Html("page") }))
            .layer(from_fn_with_state(app.clone(), public))
            .layer(axum::middleware::map_request(move |request: Request| {
                counts.fetch_add(1, Ordering::SeqCst);
                async { read_language(request) }
            }));
        let pages = KeptFirst { app: app.clone(), within };
        let plain = |method: Method| Request::builder().method(method).uri("/x").body(Body::empty()).expect("a request");
        let one = |request: Request| pages.clone().oneshot(request);
        for turn in ["made", "kept", "kept"] {
            assert_eq!(one(plain(Method::GET)).await.expect("an answer").status(), StatusCode::OK, "{turn}");
        }
        assert_eq!(passed.load(Ordering::SeqCst), 1, "only the first one");
        for (number, method) in [(2, Method::HEAD), (3, Method::POST)] {
            one(plain(method)).await.expect("an answer");
            assert_eq!(passed.load(Ordering::SeqCst), number, "whatever is not read goes the whole way");
        }
        // Something was recorded: the page may be another one.
        let other = app.cache().find(None, "/x", 1);
        assert!(other.is_none() && app.cache().find(None, "/x", 0).is_some());
    }

    #[tokio::test]
    async fn a_page_of_what_stood_some_seconds_before_holds_some_seconds_and_not_a_minute() {
        let (_folder, app) = empty().await;
        let pages = Router::new().route("/{page}", get(|| async { Html("page") })).layer(from_fn_with_state(app.clone(), public));
        assert!(app.known().await.is_ok(), "nothing is public, and that is known");
        let held = |path: &str, now: Instant| {
            app.cache().find(None, path, 0).map(|kept| kept.until.duration_since(now).as_secs_f64().round() as u64)
        };

        let now = Instant::now();
        pages.clone().oneshot(asks("/fresh")).await.expect("an answer");
        assert_eq!(held("/fresh", now), Some(HOLDS.as_secs()));

        app.finder().0.lock().await.as_mut().expect("it is known").1 = 7; // something else had been recorded
        pages.clone().oneshot(asks("/behind")).await.expect("an answer");
        assert_eq!(held("/behind", now), Some(found::HOLDS.as_secs()));
    }
}
