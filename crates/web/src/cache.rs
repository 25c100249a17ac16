//! Public pages and files are made once and kept until something is recorded, or a minute has passed (they tell how many hours are left); a page that
//! may have been made of what stood some seconds before, no longer than those seconds. Whoever is signed in never gets a kept page, and nothing of theirs is ever kept.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use words::Lang;

use crate::app::App;
use crate::assets::{gzip, takes_gzip};
use crate::found;
use crate::visit::{Asked, Theme};
use crate::who::Who;

/// So long a page holds though nothing happened.
const HOLDS: Duration = Duration::from_secs(60);
/// So many bytes of pages are kept, both forms counted.
const BYTES_MAX: usize = 24 << 20;
/// The longest query that is kept: addresses are endless, memory is not.
const QUERY_MAX: usize = 80;
/// The largest page that is kept.
const PAGE_MAX: usize = 4 << 20;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    lang: Lang,
    theme: Option<&'static str>,
    path: String,
}

#[derive(Debug, Clone)]
struct Kept {
    stamp: u64,
    until: Instant,
    tag: HeaderValue,
    kind: HeaderValue,
    /// Under which name it is saved, where it is a file.
    disposition: Option<HeaderValue>,
    plain: Bytes,
    small: Bytes,
}

/// Pages that were made before.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    pages: Mutex<(HashMap<Key, Kept>, usize)>,
    /// Whoever makes a page holds one of these, so that a thousand who come at once have it made once and not a thousand times.
    turns: [tokio::sync::Mutex<()>; 32],
}

impl Cache {
    fn turn(&self, key: &Key) -> &tokio::sync::Mutex<()> {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let one = usize::try_from(hasher.finish() % 32).unwrap_or_default();
        &self.turns[one]
    }

    fn find(&self, key: &Key, stamp: u64) -> Option<Kept> {
        let pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.0.get(key).filter(|kept| kept.stamp == stamp && Instant::now() < kept.until).cloned()
    }

    fn keep(&self, key: Key, kept: Kept) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let weight = |kept: &Kept| kept.plain.len() + kept.small.len();
        if pages.1 + weight(&kept) > BYTES_MAX {
            *pages = (HashMap::new(), 0);
        }
        pages.1 += weight(&kept);
        if let Some(before) = pages.0.insert(key, kept) {
            pages.1 -= weight(&before);
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
    let theme = Theme::read(&headers).map(Theme::word);
    let key = Key { lang: asked.lang, theme, path: format!("{}{}", asked.path, asked.query) };
    if let Some(kept) = app.cache().find(&key, stamp) {
        return answer(&kept, &headers);
    }
    let _turn = app.cache().turn(&key).lock().await;
    let Ok(stamp) = app.stamp().await else { return own(next.run(request).await) };
    if let Some(kept) = app.cache().find(&key, stamp) {
        return answer(&kept, &headers);
    }
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return own(response);
    }
    let (parts, body) = response.into_parts();
    let Ok(plain) = axum::body::to_bytes(body, PAGE_MAX).await else {
        tracing::error!(path = asked.path, "a public page is larger than may be kept");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let digest = Sha256::digest(&plain);
    let tag = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>();
    let tag = HeaderValue::from_str(&format!("W/\"{tag}\"")).unwrap_or(HeaderValue::from_static("W/\"0\""));
    let kind = parts.headers.get(CONTENT_TYPE).cloned().unwrap_or(HeaderValue::from_static("text/html; charset=utf-8"));
    let disposition = parts.headers.get(CONTENT_DISPOSITION).cloned();
    let holds = if app.knows_less_than(stamp).await { found::HOLDS } else { HOLDS };
    let kept = Kept { stamp, until: Instant::now() + holds, tag, kind, disposition, small: gzip(&plain), plain };
    app.cache().keep(key, kept.clone());
    answer(&kept, &headers)
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

fn answer(kept: &Kept, headers: &HeaderMap) -> Response {
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let tag = kept.tag.to_str().unwrap_or_default();
    let has = known.flat_map(|line| line.split(',')).any(|known| matches!(known.trim(), "*") || known.trim() == tag);
    let small = takes_gzip(headers);
    let mut response = match (has, small) {
        (true, _) => StatusCode::NOT_MODIFIED.into_response(),
        (false, true) => Response::new(Body::from(kept.small.clone())),
        (false, false) => Response::new(Body::from(kept.plain.clone())),
    };
    let head = response.headers_mut();
    if !has {
        head.insert(CONTENT_TYPE, kept.kind.clone());
        if let Some(disposition) = &kept.disposition {
            head.insert(CONTENT_DISPOSITION, disposition.clone());
        }
        let length = if small { kept.small.len() } else { kept.plain.len() };
        head.insert(CONTENT_LENGTH, HeaderValue::from(length));
        if small {
            head.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
    }
    head.insert(ETAG, kept.tag.clone());
    head.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate"));
    head.insert(VARY, HeaderValue::from_static("accept-encoding, cookie"));
    response
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

    #[tokio::test]
    async fn a_page_that_many_ask_for_at_once_is_made_once() {
        let folder = tempfile::tempdir().expect("there is room");
        let store = Store::open_or_make(&Place::File(folder.path().join("award.db"))).await.expect("it opens");
        let (app, made) = (App::new(Office::new(store), Settings::default()), Arc::new(AtomicUsize::new(0)));
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
    async fn a_page_of_what_stood_some_seconds_before_holds_some_seconds_and_not_a_minute() {
        let folder = tempfile::tempdir().expect("there is room");
        let store = Store::open_or_make(&Place::File(folder.path().join("award.db"))).await.expect("it opens");
        let app = App::new(Office::new(store), Settings::default());
        let pages = Router::new().route("/{page}", get(|| async { Html("page") })).layer(from_fn_with_state(app.clone(), public));
        assert!(app.known().await.is_ok(), "nothing is public, and that is known");
        let held = |path: &str, now: Instant| {
            let key = Key { lang: Lang::Id, theme: None, path: path.to_owned() };
            app.cache().find(&key, 0).map(|kept| kept.until.duration_since(now).as_secs_f64().round() as u64)
        };

        let now = Instant::now();
        pages.clone().oneshot(asks("/fresh")).await.expect("an answer");
        assert_eq!(held("/fresh", now), Some(HOLDS.as_secs()));

        app.finder().0.lock().await.as_mut().expect("it is known").1 = 7; // something else had been recorded
        pages.clone().oneshot(asks("/behind")).await.expect("an answer");
        assert_eq!(held("/behind", now), Some(found::HOLDS.as_secs()));
    }
}
