//! Uploads that can be taken up again, for somebody with a weak network: announce the size, append pieces, finish.
//!
//! An upload is a few small files under `uploads/`, so it survives a restart and may go on at another node: `about.json` says what was
//! announced, and every piece is a file named by its offset. A piece counts once it is complete and durable, so the right offset is the
//! end of the unbroken row of pieces. When an upload is finished, its pieces run through the same door as every file. The answer stays
//! in `about.json` until it is swept, so that asking again after a lost answer gives the same answer.

use std::fmt;
use std::pin::pin;
use std::str::FromStr;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};
use tokio::io::AsyncRead;

use super::error::Error;
use super::intake::pieces;
use super::kind::glance;
use super::shelf::{Entry, Publish, WHOLE};
use super::{Files, PIECE, Stored};

/// How many pieces that are read make one that is kept: 5 MiB, which is also what must be sent again at most when a connection breaks.
const TOGETHER: usize = 80;

/// Names an upload: 32 small hex digits, not to be guessed. Who may use it is for the caller to know.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct UploadId(String);

/// How far an upload is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// How many bytes have come and will stay: where the next piece begins.
    pub received: u64,
    /// How many bytes were announced.
    pub expected: u64,
    /// The file, if the upload is finished.
    pub finished: Option<Stored>,
}

/// What `about.json` says.
#[derive(Debug, Serialize, Deserialize)]
struct About {
    expected: u64,
    limit: u64,
    finished: Option<Stored>,
}

impl Files {
    /// Begins an upload of a file of that size, in bytes, of at most `limit`.
    ///
    /// # Errors
    /// When it is empty or too large, or the place cannot be written to.
    pub async fn begin(&self, expected: u64, limit: u64) -> Result<UploadId, Error> {
        if expected == 0 {
            return Err(Error::Empty);
        }
        if expected > limit {
            return Err(Error::TooLarge { size: expected, limit });
        }
        let id = UploadId(random_name()?);
        self.write_about(&id, &About { expected, limit, finished: None }).await?;
        Ok(id)
    }

    /// How far an upload is.
    ///
    /// # Errors
    /// When there is no such upload, or the place cannot be read.
    pub async fn progress(&self, id: &UploadId) -> Result<Progress, Error> {
        let about = self.about(id).await?;
        let received = match about.finished {
            Some(_) => about.expected,
            None => end(&self.row(id).await?),
        };
        Ok(Progress { received, expected: about.expected, finished: about.finished })
    }

    /// Appends what is read and says where the next piece begins. When reading breaks off, what came before it stays.
    ///
    /// # Errors
    /// When the offset is not where the upload goes on, more comes than was announced, the first piece shows a refused kind (which
    /// ends the upload), reading breaks off, or the place cannot be written to.
    pub async fn append(&self, id: &UploadId, offset: u64, reader: impl AsyncRead + Send) -> Result<u64, Error> {
        let Progress { received, expected, .. } = self.progress(id).await?;
        if offset != received {
            return Err(Error::WrongOffset { given: offset, right: received });
        }
        let mut at = received;
        let reader = pin!(reader);
        let mut source = pin!(pieces(reader).peekable());
        while source.as_mut().peek().await.is_some() {
            let (size, broken) = self.keep_piece(id, at, expected, source.as_mut()).await?;
            at += size;
            if let Some(error) = broken {
                return Err(error);
            }
        }
        Ok(at)
    }

    /// Makes the file of an upload, when everything has come. Asked again, it answers the same.
    ///
    /// # Errors
    /// When something is still to come, the content is of a refused kind (which ends the upload), or the place cannot be written to.
    pub async fn finish(&self, id: &UploadId) -> Result<Stored, Error> {
        let about = self.about(id).await?;
        if let Some(stored) = about.finished {
            return Ok(stored);
        }
        match self.make(id, &about).await {
            Ok(stored) => {
                self.write_about(id, &About { finished: Some(stored.clone()), ..about }).await?;
                self.remove_pieces(id).await?;
                Ok(stored)
            }
            Err(refused @ (Error::Kind(_) | Error::TooLarge { .. })) => {
                self.abandon(id).await?;
                Err(refused)
            }
            // Somebody else may have finished it and removed the pieces under our hands.
            Err(error) => self.about(id).await?.finished.ok_or(error),
        }
    }

    /// Makes the file of pieces that are complete.
    async fn make(&self, id: &UploadId, about: &About) -> Result<Stored, Error> {
        let row = self.row(id).await?;
        let (received, expected) = (end(&row), about.expected);
        if received < expected {
            return Err(Error::Incomplete { received, expected });
        }
        self.take_in(self.content(row), about.limit).await
    }

    /// Gives an upload up and removes what has come. The file of a finished one stays.
    ///
    /// # Errors
    /// When the place cannot be written to.
    pub async fn abandon(&self, id: &UploadId) -> Result<(), Error> {
        self.remove_pieces(id).await?;
        self.shelf.remove(&id.about()).await
    }

    /// Keeps up to [`TOGETHER`] pieces as one. Says how many bytes they had, and what broke the reading off behind them.
    async fn keep_piece(
        &self,
        id: &UploadId,
        at: u64,
        expected: u64,
        source: impl Stream<Item = Result<Bytes, Error>>,
    ) -> Result<(u64, Option<Error>), Error> {
        let (mut size, mut broken) = (0, None);
        let mut source = pin!(source.take(TOGETHER));
        let mut draft = self.shelf.draft().await?;
        while let Some(piece) = source.next().await {
            let wrong = match piece {
                Ok(piece) => {
                    let seen = if at == 0 && size == 0 { glance(&piece) } else { Ok(()) };
                    size += piece.len() as u64;
                    match seen {
                        Err(found) => Err(Error::Kind(found)),
                        Ok(()) if at + size > expected => Err(Error::TooMuch { expected }),
                        Ok(()) => draft.write(&piece).await,
                    }
                }
                Err(error) => {
                    broken = Some(error);
                    break;
                }
            };
            if let Err(error) = wrong {
                draft.discard().await;
                if matches!(error, Error::Kind(_)) {
                    self.abandon(id).await?;
                }
                return Err(error);
            }
        }
        if size == 0 {
            draft.discard().await;
        } else if !draft.publish(&id.piece(at), Publish::New).await? {
            return Err(Error::WrongOffset { given: at, right: end(&self.row(id).await?) });
        }
        Ok((size, broken))
    }

    /// The unbroken row of pieces from the beginning.
    async fn row(&self, id: &UploadId) -> Result<Vec<Entry>, Error> {
        let mut at = 0;
        let mut pieces = self.shelf.list(&id.folder()).await?;
        pieces.retain(|piece| {
            let next = piece.key == id.piece(at);
            at += if next { piece.size } else { 0 };
            next
        });
        Ok(pieces)
    }

    /// What the pieces of a row hold, one after the other.
    fn content(&self, row: Vec<Entry>) -> impl Stream<Item = Result<Bytes, Error>> + Send + use<> {
        let shelf = self.shelf.clone();
        let contents = stream::iter(row).then(move |piece| {
            let shelf = shelf.clone();
            async move { shelf.read(&piece.key, 0, WHOLE).await?.ok_or(Error::UnknownUpload(piece.key)) }
        });
        contents.try_flatten()
    }

    async fn remove_pieces(&self, id: &UploadId) -> Result<(), Error> {
        for piece in self.shelf.list(&id.folder()).await? {
            if piece.key != id.about() {
                self.shelf.remove(&piece.key).await?;
            }
        }
        Ok(())
    }

    async fn about(&self, id: &UploadId) -> Result<About, Error> {
        let unknown = || Error::UnknownUpload(id.to_string());
        let mut pieces = self.shelf.read(&id.about(), 0, PIECE as u64).await?.ok_or_else(unknown)?;
        let mut text = Vec::new();
        while let Some(piece) = pieces.try_next().await? {
            text.extend_from_slice(&piece);
        }
        serde_json::from_slice(&text).map_err(|_| unknown())
    }

    async fn write_about(&self, id: &UploadId, about: &About) -> Result<(), Error> {
        let text = serde_json::to_vec(about).expect("numbers and texts are JSON");
        self.shelf.write(&id.about(), &text, Publish::Replace).await.map(|_| ())
    }
}

/// Where a row of pieces ends, in bytes.
fn end(row: &[Entry]) -> u64 {
    row.iter().map(|piece| piece.size).sum()
}

/// 32 hex digits from the system's source of randomness.
pub(super) fn random_name() -> Result<String, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| Error::Disk {
        doing: "asking for",
        place: "random numbers".to_owned(),
        source: error.into(),
    })?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

impl UploadId {
    fn folder(&self) -> String {
        format!("uploads/{}", self.0)
    }

    fn about(&self) -> String {
        format!("uploads/{}/about.json", self.0)
    }

    fn piece(&self, at: u64) -> String {
        format!("uploads/{}/{at:020}", self.0)
    }
}

impl fmt::Display for UploadId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl FromStr for UploadId {
    type Err = Error;

    fn from_str(text: &str) -> Result<UploadId, Error> {
        let digits = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if digits && text.len() == 32 {
            Ok(UploadId(text.to_owned()))
        } else {
            Err(Error::UnknownUpload(text.chars().take(80).collect()))
        }
    }
}

impl From<UploadId> for String {
    fn from(id: UploadId) -> String {
        id.0
    }
}

impl TryFrom<String> for UploadId {
    type Error = Error;

    fn try_from(text: String) -> Result<UploadId, Error> {
        text.parse()
    }
}
