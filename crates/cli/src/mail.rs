//! Letters on their way while pages are served: every few seconds those that are due go out, to a mail server or into a folder.

use std::time::Duration;

use jiff::Timestamp;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use lettre::transport::smtp::{AsyncSmtpTransport, Error as Unsent};
use lettre::{AsyncTransport, Message as Letter, Tokio1Executor};
use office::{Mail, Office, Post, Undelivered, Worker};
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
    async fn deliver(&self, mail: &Mail) -> Result<(), Undelivered> {
        match self {
            Way::Folder(folder) => folder.deliver(mail).await,
            Way::Server(server, from) => {
                let email = mail.email.as_deref().ok_or_else(|| Undelivered::ForGood("no e-mail address".into()))?;
                let sent = server.send(written(from, mail, email)?).await;
                sent.map(|_| ()).map_err(|error| undelivered(&error, email))
            }
        }
    }
}

/// Tells whoever answers for somebody on holiday that nobody wrote this by hand (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<AutoSubmitted, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(AutoSubmitted::name(), "auto-generated".to_owned())
    }
}

fn written(from: &Mailbox, mail: &Mail, email: &str) -> Result<Letter, Undelivered> {
    let address = email.parse().map_err(|error| Undelivered::ForGood(format!("no e-mail address: {error}")))?;
    let to = Mailbox::new(Some(mail.name.clone()), address);
    let letter = Letter::builder().from(from.clone()).to(to).subject(&mail.subject).header(AutoSubmitted);
    let letter = letter.message_id(Some(format!("<{}@paritrana>", mail.id)));
    letter.singlepart(SinglePart::plain(mail.text.clone())).map_err(|error| Undelivered::ForGood(error.to_string()))
}

/// What a mail server's answer means. Only that there is no such address is for good; what the server says of us (a wrong password, no leave
/// to send, a full mailbox) may change.
fn undelivered(error: &Unsent, email: &str) -> Undelivered {
    let said = error.to_string();
    let why = said.replace(email, "…");
    let code = error.status().map(|code| code.to_string()).unwrap_or_default();
    // The words of the answer may begin with a finer code (RFC 3463): 5.7 is a matter of leave.
    let is_about_leave = said.split([' ', ':']).any(|word| word.starts_with("5.7."));
    match matches!(code.as_str(), "550" | "551" | "553") && !is_about_leave {
        true => Undelivered::ForGood(format!("the mail server refuses the address: {why}")),
        false => Undelivered::ForNow(why),
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    use tokio::net::TcpListener;

    use super::*;

    /// A mail server for one letter, which answers so to the address; what it was given as the letter.
    async fn server(listener: TcpListener, answer: &'static str) -> String {
        let (stream, _) = listener.accept().await.unwrap();
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 mail.example\r\n").await.unwrap();
        let (mut letter, mut in_letter) = (String::new(), false);
        while let Ok(Some(line)) = lines.next_line().await {
            let said = match line.split([' ', ':']).next().unwrap_or_default() {
                _ if in_letter && line != "." => {
                    letter.push_str(&line);
                    letter.push('\n');
                    continue;
                }
                "RCPT" => answer,
                "DATA" => "354 go on",
                _ => "250 OK",
            };
            in_letter = said.starts_with("354");
            write.write_all(format!("{said}\r\n").as_bytes()).await.unwrap();
        }
        letter
    }

    /// What becomes of a letter where the server answers so, and the letter as the server got it.
    async fn sent(answer: &'static str) -> (Result<(), Undelivered>, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = tokio::spawn(server(listener, answer));
        let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1").port(port).build();
        let way = Way::Server(Box::new(transport), "Panitia <panitia@contoh.go.id>".parse().unwrap());
        let mail = Mail {
            id: "0192f3a0-0000-7000-8000-000000000001/0/ani".into(),
            name: "Ibu Ani, Š. “Contoh”".into(),
            email: Some("ani@contoh.go.id".into()),
            subject: "Berkas “Badung” – dikembalikan".into(),
            text: "Berkas “Badung” dikembalikan.\n.\nSelesai.".into(),
        };
        let outcome = way.deliver(&mail).await;
        drop(way);
        (outcome, server.await.unwrap())
    }

    #[tokio::test]
    async fn a_letter_says_in_which_characters_it_is_written_and_that_nobody_wrote_it_by_hand() {
        let (outcome, letter) = sent("250 OK").await;
        assert_eq!(outcome, Ok(()));
        let (head, _) = letter.split_once("\n\n").unwrap();
        for line in [
            "From: Panitia <panitia@contoh.go.id>",
            "Message-ID: <0192f3a0-0000-7000-8000-000000000001/0/ani@paritrana>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
        ] {
            assert!(head.lines().any(|one| one == line), "{line}: {head}");
        }
        assert!(head.contains("Date: ") && head.contains("Subject: Berkas =?utf-8?") && head.is_ascii(), "{head}");
    }

    #[tokio::test]
    async fn only_an_address_that_there_is_not_is_given_up_at_once_and_no_reason_names_it() {
        for (answer, for_good) in [
            ("550 5.1.1 <ani@contoh.go.id>: no such user", true),
            ("550 no such user here", true),
            ("553 mailbox name not allowed", true),
            ("550 5.7.1 relaying denied", false),
            ("554 transaction failed", false),
            ("552 mailbox full", false),
            ("451 4.7.1 greylisted, try later", false),
            ("421 closing", false),
        ] {
            let (outcome, _) = sent(answer).await;
            let why = match outcome.unwrap_err() {
                Undelivered::ForGood(why) if for_good => why,
                Undelivered::ForNow(why) if !for_good => why,
                other => panic!("{answer}: {other:?}"),
            };
            assert!(!why.contains("ani@"), "{why}");
        }
    }
}
