//! What is measured and logged of every request. The log never has a query, a name or an address of a person in it.

use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use metrics::{Counter, Histogram, Key, Label, Level, Metadata, Recorder};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

use crate::app::App;
use crate::refused::Refused;

/// What is counted: kept by each server itself, so that two in one program do not mix.
pub(crate) struct Measures {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
}

const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];
const ABOUT: Metadata<'static> = Metadata::new("paritrana", Level::INFO, None);

impl Default for Measures {
    fn default() -> Measures {
        let builder = PrometheusBuilder::new();
        let recorder = builder.set_buckets(&BUCKETS).expect("there are buckets").build_recorder();
        Measures { handle: recorder.handle(), recorder }
    }
}

impl Measures {
    fn counter(&self, route: &str, status: StatusCode) -> Counter {
        let of = vec![Label::new("route", route.to_owned()), Label::new("status", status.as_str().to_owned())];
        self.recorder.register_counter(&Key::from_parts("http_requests_total", of), &ABOUT)
    }

    fn histogram(&self, route: &str) -> Histogram {
        let of = vec![Label::new("route", route.to_owned())];
        self.recorder.register_histogram(&Key::from_parts("http_request_seconds", of), &ABOUT)
    }

    /// What is counted of a page that is kept.
    pub(crate) fn of(&self, route: &str) -> Counted {
        Counted {
            route: route.to_owned(),
            given: self.counter(route, StatusCode::OK),
            same: self.counter(route, StatusCode::NOT_MODIFIED),
            seconds: self.histogram(route),
        }
    }

    /// Sorts the times of requests into their buckets. Until then each of them stands for itself, and a server whose measures nobody asks for would keep
    /// them for ever.
    pub(crate) fn tidy(&self) {
        self.handle.run_upkeep();
    }

    fn told(&self) -> String {
        self.tidy();
        self.handle.render()
    }
}

/// What is counted and logged of a page that is given as it is kept, looked up once.
pub(crate) struct Counted {
    route: String,
    given: Counter,
    same: Counter,
    seconds: Histogram,
}

impl Counted {
    /// Counts and logs that it was given, or that whoever asked has it.
    pub(crate) fn count(&self, method: &Method, status: StatusCode, took: Duration) {
        let counter = if status == StatusCode::NOT_MODIFIED { &self.same } else { &self.given };
        counter.increment(1);
        self.seconds.record(took.as_secs_f64());
        log(method, &self.route, status, took);
    }
}

/// The name of a route in measures and log.
pub(crate) fn route(matched: Option<&MatchedPath>) -> String {
    matched.map_or("none", MatchedPath::as_str).to_owned()
}

fn log(method: &Method, route: &str, status: StatusCode, took: Duration) {
    tracing::info!(%method, route, status = status.as_u16(), seconds = took.as_secs_f64(), "request");
}

/// Counts and logs a request by its route, not by its address.
pub(crate) async fn measured(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let route = route(request.extensions().get::<MatchedPath>());
    let method = request.method().clone();
    let response = next.run(request).await;
    let took = began.elapsed();
    app.measures().counter(&route, response.status()).increment(1);
    app.measures().histogram(&route).record(took.as_secs_f64());
    log(&method, &route, response.status(), took);
    response
}

/// `GET /healthz`: whether the database answers, and its file is still in its place.
pub(crate) async fn health(State(app): State<App>) -> Response {
    match app.office().store().answers().await {
        Ok(()) => "ok\n".into_response(),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "database\n").into_response()
        }
    }
}

/// `GET /metrics`: for whoever shows the token; where none is set, for this machine itself and nobody behind a proxy.
pub(crate) async fn metrics(State(app): State<App>, request: Request) -> Result<Response, Refused> {
    let near = request.extensions().get::<ConnectInfo<std::net::SocketAddr>>().is_some_and(|peer| peer.0.ip().is_loopback());
    let headers = request.headers();
    let allowed = match &app.settings().metrics_token {
        Some(token) => shows(headers, token),
        None => near && !headers.contains_key("x-forwarded-for") && !headers.contains_key("forwarded"),
    };
    if !allowed {
        return Err(Refused::nothing_here());
    }
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4")], app.measures().told()).into_response())
}

fn shows(headers: &HeaderMap, token: &str) -> bool {
    let shown = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
    // Compared in a time that does not tell how much of it was right.
    shown.is_some_and(|shown| {
        let differences =
            shown.bytes().zip(token.bytes()).fold(shown.len() ^ token.len(), |sum, (a, b)| sum | usize::from(a ^ b));
        differences == 0
    })
}
