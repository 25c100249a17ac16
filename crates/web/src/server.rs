//! Listening, with or without certificates, until it is told to stop; then whoever is being answered still gets the answer.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
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
use crate::routes::router;
use crate::visit::read_language;

/// So long whoever is being answered has after the stop.
const GRACE: Duration = Duration::from_secs(10);
/// So long somebody may take to send the head of a request.
const HEAD: Duration = Duration::from_secs(15);

/// Certificate and key, as files in PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    /// The certificate with those above it.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
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

/// Serves pages until `stop` comes, and then at most ten seconds more for whoever is being answered.
///
/// # Errors
///
/// What the system says, and certificates that cannot be read.
pub async fn serve(
    listening: Listening,
    app: App,
    tls: Option<&Tls>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let service = MapRequestLayer::new(read_language::<Incoming>).layer(router(app));
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
        Some(tls) => {
            let config = certificates(tls).await?;
            let mut server = axum_server::from_tcp_rustls(listening.listener, config)?.handle(handle);
            server.http_builder().http1().timer(hyper_util::rt::TokioTimer::new()).header_read_timeout(HEAD);
            server.serve(service).await
        }
    }
}

async fn certificates(tls: &Tls) -> io::Result<RustlsConfig> {
    // Another part of the program may have chosen the same provider before.
    let _ = Arc::new(rustls::crypto::ring::default_provider().install_default());
    RustlsConfig::from_pem_file(&tls.certificate, &tls.key).await
}
