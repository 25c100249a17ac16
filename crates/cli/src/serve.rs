//! `paritrana serve`: the pages, until they are told to stop.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use office::Office;
use store::Store;
use web::{App, Listening, Settings, Tls};
use words::{Lang, Message};

use crate::args::Database;
use crate::database::{asynchronously, place};
use crate::screen::Said;
use crate::{DONE, FAILED, config};

/// What to serve, and where.
#[derive(Debug, Args)]
pub struct Serve {
    /// Address and port to listen at; port 0 is any that is free
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The edition of the front page; the last one if not said
    #[arg(long)]
    pub edition: Option<String>,
    /// Say on every page that the year is invented
    #[arg(long)]
    pub sample: bool,
    /// Certificate with those above it, as a PEM file
    #[arg(long, requires = "tls_key")]
    pub tls_certificate: Option<PathBuf>,
    /// Private key of the certificate, as a PEM file
    #[arg(long, requires = "tls_certificate")]
    pub tls_key: Option<PathBuf>,
    /// Pages are reached by https through a proxy: cookies say so
    #[arg(long)]
    pub behind_https: bool,
    /// How many proxies stand in front
    #[arg(long, default_value_t = 0)]
    pub proxies: usize,
    #[command(flatten)]
    pub database: Database,
}

/// `paritrana serve`.
pub fn run(said: &mut Said, serve: &Serve, lang: Lang) -> Result<u8> {
    asynchronously(said, lang, async |said: &mut Said| {
        let mut store = Store::open(&place(&serve.database)?).await?;
        if let Some(files) = config::value(config::FILES) {
            store = store.with_files(crate::database::files_at(&files).await?);
        }
        Ok(pages(said, serve, Office::new(store), lang).await)
    })
}

/// Serves the pages of an office until somebody presses Ctrl-C or the system says stop.
pub async fn pages(said: &mut Said, serve: &Serve, office: Office, lang: Lang) -> u8 {
    web::warm();
    words::prepare(Lang::Id);
    words::prepare(Lang::En);
    let tls = serve.tls_certificate.clone().zip(serve.tls_key.clone());
    let tls = tls.map(|(certificate, key)| Tls { certificate, key });
    let settings = Settings {
        sample: serve.sample,
        edition: serve.edition.clone(),
        secure: tls.is_some() || serve.behind_https,
        metrics_token: config::value(config::METRICS_TOKEN),
        proxies: serve.proxies,
        ..Settings::default()
    };
    let served = match Listening::at(serve.listen) {
        Ok(listening) => {
            let scheme = if tls.is_some() { "https" } else { "http" };
            let address = format!("{scheme}://{}", listening.address);
            anstream::println!("{}", Message::new("cli-serving").text("address", address).render(lang));
            web::serve(listening, App::new(office, settings), tls.as_ref(), stopped()).await
        }
        Err(error) => Err(error),
    };
    match served {
        Ok(()) => DONE,
        Err(error) => {
            let why = Message::new("cli-serving-failed").text("address", serve.listen.to_string()).text("why", error.to_string());
            said.refuse_with_next(&why, lang);
            FAILED
        }
    }
}

async fn stopped() {
    let mut terminate = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(terminate) => terminate,
        // Without it there is still Ctrl-C.
        Err(_) => return drop(tokio::signal::ctrl_c().await),
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => (),
        _ = terminate.recv() => (),
    }
}
