//! Letters on their way while pages are served: every few seconds those that are due go out, to a mail server or into a folder.

use std::time::Duration;

use jiff::Timestamp;
use lettre::message::Mailbox;
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport, Message as Letter, Tokio1Executor};
use office::{Mail, Office, Post, Worker};
use words::Lang;

use crate::config;
use crate::post::Folder;

/// So often somebody looks whether a letter is due.
const EVERY: Duration = Duration::from_secs(5);

/// What takes letters out.
pub enum Way {
    /// A mail server, with whom letters are from.
    Server(Box<AsyncSmtpTransport<Tokio1Executor>>, Mailbox),
    /// A folder, one text file for each letter.
    Folder(Folder),
}

impl Way {
    /// The way that is configured: the mail server before the folder. None where neither is.
    ///
    /// # Errors
    ///
    /// What is wrong with what is configured.
    pub fn configured() -> Result<Option<Way>, String> {
        if let Some(server) = config::value(config::SMTP) {
            let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&server).map_err(|error| format!("smtp: {error}"))?;
            let from = config::value(config::SMTP_FROM).ok_or("smtp_from")?;
            let from = from.parse().map_err(|error| format!("smtp_from: {error}"))?;
            return Ok(Some(Way::Server(Box::new(transport.build()), from)));
        }
        let Some(folder) = config::value(config::MAIL) else { return Ok(None) };
        let folder = Folder::made(folder.as_ref()).map_err(|error| format!("mail: {error}"))?;
        Ok(Some(Way::Folder(folder)))
    }
}

impl Post for Way {
    async fn deliver(&self, mail: &Mail) -> Result<(), String> {
        match self {
            Way::Folder(folder) => folder.deliver(mail).await,
            Way::Server(server, from) => {
                let email = mail.email.as_deref().ok_or("no e-mail address")?;
                let to = Mailbox::new(Some(mail.name.clone()), email.parse().map_err(|error| format!("{email}: {error}"))?);
                let letter = Letter::builder().from(from.clone()).to(to).subject(&mail.subject);
                let letter = letter.message_id(Some(format!("<{}@paritrana>", mail.id))).body(mail.text.clone());
                let letter = letter.map_err(|error| error.to_string())?;
                server.send(letter).await.map(|_| ()).map_err(|error| error.to_string())
            }
        }
    }
}

/// Delivers what is due, again and again, until it is dropped.
pub async fn deliver(office: Office, way: Way, lang: Lang) {
    let worker = Worker::new(uuid::Uuid::now_v7().to_string()).reached_at(config::value(config::ADDRESS).unwrap_or_default());
    loop {
        match office.deliver(&way, &worker, Timestamp::now(), lang).await {
            Ok(done) if done.failed + done.given_up > 0 => {
                tracing::warn!(sent = done.sent, failed = done.failed, given_up = done.given_up, "letters");
            }
            Ok(done) if done.sent > 0 => tracing::info!(sent = done.sent, "letters"),
            Ok(_) => (),
            Err(error) => tracing::error!(%error, "letters cannot be delivered"),
        }
        tokio::time::sleep(EVERY).await;
    }
}
