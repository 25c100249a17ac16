//! Listening, with or without certificates, until it is told to stop; then whoever is being answered still gets the answer.

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::ServiceExt;
use axum::http::Request;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use hyper::body::Incoming;
use tower::Layer;
use tower::util::MapRequestLayer;

use crate::app::App;
use crate::cache::KeptFirst;
use crate::routes::router;
use crate::visit::read_language;

/// So long whoever is being answered has after the stop.
const GRACE: Duration = Duration::from_secs(10);
/// So long somebody may take to send the head of a request.
const HEAD: Duration = Duration::from_secs(15);

/// So often what was measured is sorted.
const TIDIED: Duration = Duration::from_secs(5);
/// So often sign-ins that ended are swept.
const SWEPT: Duration = Duration::from_secs(3600);

/// A certificate with its key, ready to be used.
#[derive(Debug, Clone)]
pub struct Tls(RustlsConfig);

impl Tls {
    /// Reads a certificate with those above it, and its private key: two files in PEM.
    ///
    /// # Errors
    ///
    /// Which file cannot be read, or what it lacks.
    pub async fn read(certificate: &Path, key: &Path) -> io::Result<Tls> {
        // Another part of the program may have chosen the same provider before.
        let _ = Arc::new(rustls::crypto::ring::default_provider().install_default());
        RustlsConfig::from_pem_file(certificate, key).await.map(Tls)
    }

    /// Takes a renewed certificate from now on; who is connected already stays so.
    ///
    /// # Errors
    ///
    /// As [`Tls::read`]; then the one that was read before stays.
    pub async fn renew(&self, certificate: &Path, key: &Path) -> io::Result<()> {
        self.0.reload_from_pem_file(certificate, key).await
    }
}

/// A server that listens already.
pub struct Listening {
    /// Where.
    pub address: SocketAddr,
    listener: std::net::TcpListener,
}

impl Listening {
    /// Takes an address; port 0 is any that is free.
    ///
    /// # Errors
    ///
    /// What the system says: the port is taken, or may not be.
    pub fn at(address: SocketAddr) -> io::Result<Listening> {
        let listener = std::net::TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok(Listening { address: listener.local_addr()?, listener })
    }
}

/// All pages in both languages, as one service: what [`serve`] serves, and what a test asks.
pub fn site(app: App) -> axum::Router {
    let within = MapRequestLayer::new(read_language::<axum::body::Body>).layer(router(app.clone()));
    axum::Router::new().fallback_service(KeptFirst { app, within })
}

/// Serves pages until `stop` comes, and then at most ten seconds more for whoever is being answered.
///
/// # Errors
///
/// What the system says.
pub async fn serve(
    listening: Listening,
    app: App,
    tls: Option<Tls>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let beside = [tokio::spawn(sweep(app.clone())), tokio::spawn(tidy(app.clone())), tokio::spawn(warm_up(app.clone()))];
    let served = answer(listening, app, tls, stop).await;
    beside.iter().for_each(tokio::task::JoinHandle::abort);
    served
}

/// Sorts every few seconds what was measured.
async fn tidy(app: App) {
    let mut turns = tokio::time::interval(TIDIED);
    loop {
        turns.tick().await;
        app.measures().tidy();
    }
}

/// Reads the rulebooks and gathers what searches ask for, while nobody has asked yet.
async fn warm_up(app: App) {
    let ready = app.present().await.is_ok() && app.known().await.is_ok();
    if !ready {
        tracing::warn!("the editions could not be read ahead");
    }
}

/// Deletes every hour what lets nobody in any more, and uploads that nobody finished.
async fn sweep(app: App) {
    let mut hours = tokio::time::interval(SWEPT);
    loop {
        hours.tick().await;
        if let Err(error) = app.office().sweep_sign_ins(app.now(), &app.settings().limits).await {
            tracing::warn!(%error, "sign-ins that ended were not swept");
        }
        if let Err(error) = app.office().sweep_uploads(app.now()).await {
            tracing::warn!(%error, "uploads that nobody finished were not swept");
        }
    }
}

async fn answer(
    listening: Listening,
    app: App,
    tls: Option<Tls>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let within = MapRequestLayer::new(read_language::<Incoming>).layer(router(app.clone()));
    let service = KeptFirst { app, within };
    let service = ServiceExt::<Request<Incoming>>::into_make_service_with_connect_info::<SocketAddr>(service);
    let handle = Handle::new();
    let ending = handle.clone();
    tokio::spawn(async move {
        stop.await;
        ending.graceful_shutdown(Some(GRACE));
    });
    match tls {
        None => {
            let mut server = axum_server::from_tcp(listening.listener)?.handle(handle);
            server.http_builder().http1().timer(hyper_util::rt::TokioTimer::new()).header_read_timeout(HEAD);
            server.serve(service).await
        }
        Some(Tls(config)) => {
            let mut server = axum_server::from_tcp_rustls(listening.listener, config)?.handle(handle);
            server.http_builder().http1().timer(hyper_util::rt::TokioTimer::new()).header_read_timeout(HEAD);
            server.serve(service).await
        }
    }
}
