//! `paritrana serve`: the pages, until they are told to stop.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use clap::Args;
use office::{Office, Scanner, Socket, Unscanned, UploadRules};
use store::Store;
use tokio::signal::unix::{Signal, SignalKind, signal};
use web::{App, Listening, Settings, Tls};
use words::{Lang, Message, reason};

use crate::args::Database;
use crate::database::{on_all_cores, place};
use crate::mail::{self, Way};
use crate::screen::{Said, say};
use crate::{DONE, FAILED, WRONG_USE, config};

/// What to serve, and where.
#[derive(Debug, Clone, Args)]
#[group(skip)]
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
    on_all_cores(said, lang, async |said: &mut Said| {
        let mut store = Store::open(&place(&serve.database)?).await?;
        if let Some(files) = config::value(config::FILES) {
            store = store.with_files(crate::database::files_made_at(&files, lang).await?);
        }
        Ok(pages(said, serve, Office::new(store), lang, async |_| ()).await)
    })
}

/// Whether nothing but invented editions is served: then also a page that is of no edition says so.
async fn is_all_invented(office: &Office) -> bool {
    // A database that does not answer yet is told by the first page.
    let editions = office.store().editions().await.unwrap_or_default();
    !editions.is_empty() && editions.iter().all(|edition| office::demo::is_fictitious(edition))
}

/// Serves the pages of an office until somebody presses Ctrl-C or the system says stop; `told` gets the address before the first answer.
pub async fn pages(said: &mut Said, serve: &Serve, office: Office, lang: Lang, told: impl AsyncFnOnce(String)) -> u8 {
    web::warm();
    words::prepare(Lang::Id);
    words::prepare(Lang::En);
    let tls = match certificates(serve).await {
        Ok(tls) => tls,
        Err(why) => {
            said.refuse_with_next(&why, lang);
            return FAILED;
        }
    };
    let uploads = uploads();
    tell_a_silent_scanner(&uploads, lang).await;
    let settings = Settings {
        sample: serve.sample || is_all_invented(&office).await,
        edition: serve.edition.clone(),
        secure: tls.is_some() || serve.behind_https,
        metrics_token: config::value(config::METRICS_TOKEN),
        proxies: serve.proxies,
        uploads,
        ..Settings::default()
    };
    let way = match Way::configured() {
        Ok(way) => way,
        Err(why) => {
            said.refuse_with_next(&Message::new("cli-mail-misconfigured").text("why", why), lang);
            return WRONG_USE;
        }
    };
    let served = match Listening::at(serve.listen) {
        Ok(listening) => {
            // Without a certificate, whoever hangs up ends the program as ever. It is listened for before anybody is told an address.
            let renewing = tls.clone().and_then(|tls| Some((tls, signal(SignalKind::hangup()).ok()?)));
            let renewing = renewing.map(|(tls, asked)| tokio::spawn(renew(tls, asked, serve.clone(), lang)));
            let scheme = if tls.is_some() { "https" } else { "http" };
            let address = format!("{scheme}://{}", listening.address);
            anstream::println!("{}", Message::new("cli-serving").text("address", &address).render(lang));
            told(address).await;
            let letters = way.map(|way| tokio::spawn(mail::deliver(office.clone(), way, lang)));
            let served = web::serve(listening, App::new(office, settings), tls, stopped()).await;
            letters.into_iter().chain(renewing).for_each(|task| task.abort());
            served
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

/// The certificate with its key, where both are named; why they cannot be used, before anybody is told an address.
async fn certificates(serve: &Serve) -> std::result::Result<Option<Tls>, Message> {
    let Some((certificate, key)) = serve.tls_certificate.as_ref().zip(serve.tls_key.as_ref()) else { return Ok(None) };
    Tls::read(certificate, key).await.map(Some).map_err(|error| unreadable(certificate, key, &error))
}

fn unreadable(certificate: &Path, key: &Path, error: &std::io::Error) -> Message {
    let message = Message::new("cli-tls-unreadable").text("certificate", certificate.display().to_string());
    message.text("key", key.display().to_string()).text("why", error.to_string())
}

/// Reads certificate and key again whenever the system asks for it (SIGHUP). What cannot be used is told, and the old one stays.
async fn renew(tls: Tls, mut asked: Signal, serve: Serve, lang: Lang) {
    let Some((certificate, key)) = serve.tls_certificate.zip(serve.tls_key) else { return };
    while asked.recv().await.is_some() {
        match tls.renew(&certificate, &key).await {
            Ok(()) => {
                let message = Message::new("cli-tls-renewed").text("certificate", certificate.display().to_string());
                anstream::println!("{}", message.render(lang));
            }
            Err(error) => {
                anstream::eprintln!("{}", unreadable(&certificate, &key, &error).render(lang));
                anstream::eprintln!("{}", say("cli-tls-kept", lang));
            }
        }
    }
}

/// How long a scanner may take for a file.
const SCAN_TAKES: Duration = Duration::from_secs(120);

/// What files are taken, as configured.
fn uploads() -> UploadRules {
    let usual = UploadRules::default();
    let bytes_of_file = config::upload_mib().map_or(usual.bytes_of_file, |mib| mib.saturating_mul(1 << 20));
    let scanner = config::value(config::SCANNER).map(|at| Scanner {
        socket: at.parse().map_or_else(|_| Socket::Path(PathBuf::from(&at)), Socket::Address),
        patience: SCAN_TAKES,
    });
    let unscanned = match config::value(config::UNSCANNED).as_deref() {
        Some("refused") => Unscanned::Refused,
        _ => Unscanned::Waits,
    };
    UploadRules { bytes_of_file, scanner, unscanned, ..usual }
}

/// Warns where a scanner is configured and does not answer: no file would be handed in, and nobody would know why.
async fn tell_a_silent_scanner(uploads: &UploadRules, lang: Lang) {
    let Some(scanner) = &uploads.scanner else { return };
    let Err(why) = scanner.answers().await else { return };
    let at = match &scanner.socket {
        Socket::Path(path) => path.display().to_string(),
        Socket::Address(address) => address.to_string(),
    };
    let key = match uploads.unscanned {
        Unscanned::Waits => "cli-scanner-silent-waits",
        Unscanned::Refused => "cli-scanner-silent-refused",
    };
    anstream::eprintln!("{}", Message::new("cli-scanner-silent").text("scanner", at).with("why", reason(&why)).render(lang));
    anstream::eprintln!("{} {}", Message::new(key).render(lang), Message::new("cli-scanner-silent-next").render(lang));
}

async fn stopped() {
    let mut terminate = match signal(SignalKind::terminate()) {
        Ok(terminate) => terminate,
        // Without it there is still Ctrl-C.
        Err(_) => return drop(tokio::signal::ctrl_c().await),
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => (),
        _ = terminate.recv() => (),
    }
}
