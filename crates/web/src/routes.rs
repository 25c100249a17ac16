//! Every route, in the order of the process. What a route is for and who may come stands beside it; a test plays every route as every role.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::{MethodRouter, get, post, put};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::candidate::{claims, desk as dossier, files, hearing, products, send, upload};
use crate::{
    assets, cache, calendar, desk, editions, entering, guide, history, home, logged, outcome, own, panels, refused, region,
    results, round, rulebook, search, security, style, taking_part, who,
};

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
    /// Whoever is signed in, to send or fetch a file, which may take its time.
    Files,
}

/// So long a page may take.
const PAGE_TAKES: Duration = Duration::from_secs(30);
/// So long a file of a plain form may take on a bad line.
const FILE_TAKES: Duration = Duration::from_secs(60 * 60);

fn timeout(takes: Duration) -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, takes)
}

type Line = (&'static str, Route, fn() -> MethodRouter<App>);

/// Every route with who may come.
pub const ROUTES: &[Line] = &[
    // The edition
    ("/", Route::Public, || get(home::front)),
    ("/edisi/{edition}", Route::Public, || get(home::edition)),
    ("/edisi/{edition}/ikut", Route::Public, || get(taking_part::page)),
    ("/edisi/{edition}/aturan", Route::Public, || get(rulebook::page)),
    ("/edisi/{edition}/aturan.toml", Route::Public, || get(rulebook::file)),
    ("/edisi/{edition}/jadwal", Route::Public, || get(calendar::page)),
    ("/edisi/{edition}/jadwal.ics", Route::Public, || get(calendar::file)),
    ("/edisi/{edition}/panel", Route::Public, || get(panels::page)),
    ("/edisi/{edition}/putaran/{level}", Route::Public, || get(round::whole)),
    ("/edisi/{edition}/putaran/{level}/{region}", Route::Public, || get(round::of_region)),
    ("/edisi/{edition}/hasil", Route::Public, || get(results::all)),
    ("/edisi/{edition}/hasil/{*contest}", Route::Public, || get(results::contest)),
    ("/edisi/{edition}/berkas-hitung/{*contest}", Route::Public, || get(results::count)),
    ("/edisi/{edition}/kandidat/{candidate}", Route::Public, || get(outcome::page)),
    // The guide
    ("/panduan", Route::Public, || get(guide::list)),
    ("/panduan/{slug}", Route::Public, || get(guide::topic)),
    // Who comes
    ("/masuk", Route::Open, || get(entering::door).post(entering::knock)),
    ("/masuk/kode", Route::Open, || get(entering::code).post(entering::give_code)),
    ("/masuk/{secret}", Route::Open, || get(entering::link).post(entering::take_link)),
    ("/undangan", Route::Open, || get(entering::no_code)),
    ("/undangan/{code}", Route::Open, || get(entering::invitation).post(entering::come)),
    ("/keluar", Route::Open, || post(entering::out)),
    ("/saya", Route::SignedIn, || get(desk::page)),
    ("/saya/telepon", Route::SignedIn, || get(own::telephone).post(own::enrol)),
    ("/saya/sandi", Route::SignedIn, || get(own::password).post(own::change_password)),
    ("/saya/sesi", Route::SignedIn, || get(own::sessions).post(own::end)),
    // The years
    ("/edisi", Route::Public, || get(editions::page)),
    ("/riwayat", Route::Public, || get(history::years)),
    ("/riwayat/wilayah/{code}", Route::Public, || get(history::region)),
    ("/riwayat/organisasi/{id}", Route::Public, || get(history::organisation)),
    // What one looks for
    ("/cari", Route::Public, || get(search::page)),
    ("/cari/hasil", Route::Public, || get(search::found)),
    ("/wilayah/{code}", Route::Public, || get(region::page)),
    // The candidate
    ("/saya/kandidat/{edition}/{contest}/{candidate}", Route::SignedIn, || get(dossier::show_desk)),
    ("/saya/kandidat/{edition}/{contest}/{candidate}/persetujuan", Route::SignedIn, || post(dossier::consent)),
    ("/saya/kandidat/{edition}/{contest}/{candidate}/riwayat", Route::SignedIn, || get(dossier::changes)),
    ("/saya/kandidat/{edition}/{contest}/{candidate}/angka", Route::SignedIn, || get(claims::show_claims).post(claims::save)),
    ("/saya/kandidat/{edition}/{contest}/{candidate}/angka/periksa", Route::SignedIn, || post(claims::look)),
    ("/saya/kandidat/{edition}/{contest}/{candidate}/produk", Route::SignedIn, || get(products::register).post(products::save)),
    ("/saya/kandidat/{edition}/{contest}/{candidate}/unggah", Route::Files, || post(upload::form)),
    ("/saya/kandidat/{edition}/{contest}/{candidate}/unggah/mulai", Route::SignedIn, || post(upload::begin)),
    ("/saya/kandidat/{edition}/{contest}/{candidate}/unggah/{upload}", Route::Files, || {
        get(upload::progress).merge(put(upload::append))
    }),
    ("/saya/kandidat/{edition}/{contest}/{candidate}/unggah/{upload}/selesai", Route::Files, || {
        post(upload::done).layer(DefaultBodyLimit::max(FORM_MAX))
    }),
    ("/saya/kandidat/{edition}/{contest}/{candidate}/unggah/{upload}/lanjut", Route::Files, || {
        post(upload::again).layer(DefaultBodyLimit::max(FORM_MAX))
    }),
    ("/saya/kandidat/{edition}/{contest}/{candidate}/unggah/{upload}/batal", Route::SignedIn, || post(upload::cancel)),
    ("/saya/kandidat/{edition}/{contest}/{candidate}/berkas/{file}", Route::Files, || get(files::give)),
    ("/saya/kandidat/{edition}/{contest}/{candidate}/kirim", Route::SignedIn, || get(send::review).post(send::submit)),
    ("/saya/kandidat/{edition}/{contest}/{candidate}/mundur", Route::SignedIn, || get(send::leave).post(send::withdraw)),
    ("/saya/kandidat/{edition}/{contest}/{candidate}/wawancara", Route::SignedIn, || {
        get(hearing::invitation).post(hearing::reply)
    }),
    ("/saya/kandidat/{edition}/{contest}/{candidate}/wawancara/rombongan", Route::Files, || post(hearing::send)),
    ("/saya/kandidat/{edition}/{contest}/{candidate}/wawancara/bahan", Route::Files, || post(hearing::hand_in)),
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
    let others = of(|route| matches!(route, Route::Open | Route::SignedIn)).layer(map_response(cache::never_kept));
    // A file comes as slowly as its line; what is too large is turned away by its length, and counted again while it comes.
    let files = of(|route| route == Route::Files)
        .layer(DefaultBodyLimit::max(upload::form_most(&app)))
        .layer(from_fn_with_state(app.clone(), upload::not_too_large))
        .layer(map_response(cache::never_kept))
        .layer(timeout(FILE_TAKES));
    let pages = public.merge(others).layer(DefaultBodyLimit::max(FORM_MAX));
    let machines = Router::new()
        .route("/aset/{mark}/{name}", get(assets::serve))
        .route("/panduan/gambar/{name}", get(guide::picture))
        .route("/favicon.ico", get(assets::icon))
        .route("/healthz", get(logged::health))
        .route("/metrics", get(logged::metrics));
    pages
        .merge(machines)
        .layer(timeout(PAGE_TAKES))
        .merge(files)
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(app.clone(), refused::page))
        .layer(from_fn_with_state(app.clone(), who::known))
        .layer(from_fn_with_state(app.clone(), security::headers))
        .layer(from_fn_with_state(app.clone(), logged::measured))
        .with_state(app)
}
