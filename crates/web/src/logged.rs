//! What is measured and logged of every request. The log never has a query, a name or an address of a person in it.

use std::time::Instant;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use metrics::{Key, Label, Level, Metadata, Recorder};
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
    fn count(&self, route: &str, status: StatusCode, seconds: f64) {
        let route = Label::new("route", route.to_owned());
        let of = [route.clone(), Label::new("status", status.as_str().to_owned())];
        self.recorder.register_counter(&Key::from_parts("http_requests_total", of.to_vec()), &ABOUT).increment(1);
        self.recorder.register_histogram(&Key::from_parts("http_request_seconds", vec![route]), &ABOUT).record(seconds);
    }

    fn told(&self) -> String {
        self.handle.run_upkeep();
        self.handle.render()
    }
}

/// Counts and logs a request by its route, not by its address.
pub(crate) async fn measured(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("none", |path| path.as_str()).to_owned();
    let method = request.method().clone();
    let response = next.run(request).await;
    let seconds = began.elapsed().as_secs_f64();
    app.measures().count(&route, response.status(), seconds);
    tracing::info!(%method, route, status = response.status().as_u16(), seconds, "request");
    response
}

/// `GET /healthz`: whether the database answers.
pub(crate) async fn health(State(app): State<App>) -> Response {
    match app.office().store().leaves_in_all().await {
        Ok(_) => "ok\n".into_response(),
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
