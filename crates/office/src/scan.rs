//! A virus scanner behind a socket: `clamd`, spoken to by its command INSTREAM (clamd(8)). It is never believed to have said yes when it
//! said nothing.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use futures_util::TryStreamExt;
use store::files::{Files, Hash};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};

/// Longest answer of a scanner, in bytes.
const ANSWER_MOST: u64 = 4096;
/// How long it may take to say that it is there.
const PING_TAKES: Duration = Duration::from_secs(3);
/// Why it said nothing.
const TOO_LONG: &str = "it took too long";
/// Longest name of a virus that is told.
const NAME_MOST: usize = 120;

/// Where a scanner listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Socket {
    /// A socket on this machine, such as `/run/clamav/clamd.ctl`.
    Path(PathBuf),
    /// An address, such as `127.0.0.1:3310`.
    Address(SocketAddr),
}

/// A scanner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scanner {
    /// Where it listens.
    pub socket: Socket,
    /// How long a file may take.
    pub patience: Duration,
}

/// What a scanner says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It found nothing.
    Clean,
    /// It found this.
    Infected(String),
    /// It did not answer, or not with either: the reason, for the log.
    NoAnswer(String),
}

impl Scanner {
    /// Whether the scanner is there: it is asked by its command PING.
    ///
    /// # Errors
    ///
    /// What it said instead, or why it said nothing.
    pub async fn answers(&self) -> Result<(), String> {
        let asked = async {
            match &self.socket {
                Socket::Path(path) => ping(UnixStream::connect(path).await?).await,
                Socket::Address(address) => ping(TcpStream::connect(address).await?).await,
            }
        };
        match tokio::time::timeout(PING_TAKES.min(self.patience), asked).await {
            Ok(Ok(answer)) if answer.trim_end_matches(['\0', '\n', '\r']) == "PONG" => Ok(()),
            Ok(Ok(answer)) if answer.is_empty() => Err("it said nothing".to_owned()),
            Ok(Ok(answer)) => Err(answer.chars().filter(|c| !c.is_control()).take(NAME_MOST).collect()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err(TOO_LONG.to_owned()),
        }
    }

    /// What the scanner says of a file that is kept. Whatever goes wrong is no answer.
    pub async fn scan(&self, files: &Files, hash: &Hash) -> Verdict {
        let asked = async {
            match &self.socket {
                Socket::Path(path) => ask(UnixStream::connect(path).await?, files, hash).await,
                Socket::Address(address) => ask(TcpStream::connect(address).await?, files, hash).await,
            }
        };
        match tokio::time::timeout(self.patience, asked).await {
            Ok(Ok(answer)) => read(&answer),
            Ok(Err(error)) => Verdict::NoAnswer(error.to_string()),
            Err(_) => Verdict::NoAnswer(TOO_LONG.to_owned()),
        }
    }
}

async fn ping(mut socket: impl AsyncRead + AsyncWrite + Unpin) -> io::Result<String> {
    socket.write_all(b"zPING\0").await?;
    socket.flush().await?;
    answer(socket).await
}

async fn ask(mut socket: impl AsyncRead + AsyncWrite + Unpin, files: &Files, hash: &Hash) -> io::Result<String> {
    socket.write_all(b"zINSTREAM\0").await?;
    let mut pieces = files.get(hash).await.map_err(io::Error::other)?;
    while let Some(piece) = pieces.try_next().await.map_err(io::Error::other)? {
        let size = u32::try_from(piece.len()).map_err(io::Error::other)?;
        socket.write_all(&size.to_be_bytes()).await?;
        socket.write_all(&piece).await?;
    }
    socket.write_all(&[0; 4]).await?;
    socket.flush().await?;
    answer(socket).await
}

async fn answer(socket: impl AsyncRead + Unpin) -> io::Result<String> {
    let mut answer = Vec::new();
    socket.take(ANSWER_MOST).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// `stream: OK`, `stream: NAME FOUND`, or anything else.
fn read(answer: &str) -> Verdict {
    let said = answer.trim_end_matches(['\0', '\n', '\r']);
    match said.strip_prefix("stream: ") {
        Some("OK") => Verdict::Clean,
        Some(found) if found.ends_with(" FOUND") => {
            let name = found.trim_end_matches(" FOUND").chars().filter(|c| !c.is_control()).take(NAME_MOST);
            Verdict::Infected(name.collect())
        }
        _ => Verdict::NoAnswer(said.chars().take(NAME_MOST).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_yes_is_a_yes() {
        let cases = [
            ("stream: OK\0", Verdict::Clean),
            ("stream: Eicar-Test-Signature FOUND\0", Verdict::Infected("Eicar-Test-Signature".into())),
            ("stream: OK FOUND\0", Verdict::Infected("OK".into())),
            ("INSTREAM size limit exceeded. ERROR\0", Verdict::NoAnswer("INSTREAM size limit exceeded. ERROR".into())),
            ("", Verdict::NoAnswer(String::new())),
            ("OK", Verdict::NoAnswer("OK".into())),
        ];
        for (answer, expected) in cases {
            assert_eq!(read(answer), expected, "{answer:?}");
        }
    }
}
