//! Every route, in the order of the process. What a route is for and who may come stands beside it; a test plays every route as every role.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::{MethodRouter, get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::{assets, cache, home, logged, refused, security, style};

/// Forms are small; files have a way of their own.
const FORM_MAX: usize = 256 << 10;

/// Who may come to a route at all. What they see there, the office says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// Anybody, and the page is kept for all.
    Public,
    /// Anybody, and nothing is kept.
    Open,
    /// Whoever is signed in.
    SignedIn,
}

type Line = (&'static str, Route, fn() -> MethodRouter<App>);

/// Every route with who may come.
pub const ROUTES: &[Line] = &[
    // The edition
    ("/", Route::Public, || get(home::front)),
    ("/edisi/{edition}", Route::Public, || get(home::edition)),
    // The house
    ("/gaya", Route::Public, || get(style::page)),
    ("/rupa", Route::Open, || post(style::theme)),
];

/// The pages.
pub fn router(app: App) -> Router {
    let of = |wanted: fn(Route) -> bool| {
        let lines = ROUTES.iter().filter(move |(_, route, _)| wanted(*route));
        lines.fold(Router::new(), |router, (path, _, methods)| router.route(path, methods()))
    };
    let public = of(|route| route == Route::Public).layer(from_fn_with_state(app.clone(), cache::public));
    let others = of(|route| route != Route::Public).layer(map_response(cache::never_kept));
    let pages = public.merge(others).layer(DefaultBodyLimit::max(FORM_MAX));
    let machines = Router::new()
        .route("/aset/{mark}/{name}", get(assets::serve))
        .route("/favicon.ico", get(assets::icon))
        .route("/healthz", get(logged::health))
        .route("/metrics", get(logged::metrics));
    pages
        .merge(machines)
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::REQUEST_TIMEOUT, std::time::Duration::from_secs(30)))
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(app.clone(), refused::page))
        .layer(from_fn_with_state(app.clone(), security::headers))
        .layer(from_fn_with_state(app.clone(), logged::measured))
        .with_state(app)
}
