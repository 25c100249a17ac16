//! A file on its way in: cut into pieces of one size, counted, hashed, and looked at, without ever being held as a whole.

use std::io;

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, stream};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncReadExt};

use super::address::Hash;
use super::error::Error;
use super::kind::Sniffer;
use super::{PIECE, Stored};

/// What is read, in pieces of [`PIECE`] bytes; only the last may be shorter. What came before an error comes out before it.
pub(super) fn pieces<R>(reader: R) -> impl Stream<Item = Result<Bytes, Error>> + Send
where
    R: AsyncRead + Unpin + Send,
{
    enum State<R> {
        Reading(R),
        Failed(io::Error),
        Done,
    }
    stream::unfold(State::Reading(reader), |state| async move {
        let mut reader = match state {
            State::Reading(reader) => reader,
            State::Failed(error) => return Some((Err(Error::Input(error)), State::Done)),
            State::Done => return None,
        };
        let mut piece = BytesMut::with_capacity(PIECE);
        let rest = match fill(&mut reader, &mut piece).await {
            Ok(()) if piece.len() == PIECE => State::Reading(reader),
            Ok(()) if piece.is_empty() => return None,
            Ok(()) => State::Done,
            Err(error) if piece.is_empty() => return Some((Err(Error::Input(error)), State::Done)),
            Err(error) => State::Failed(error),
        };
        Some((Ok(piece.freeze()), rest))
    })
}

/// Reads until the piece is full or nothing more comes.
async fn fill(reader: &mut (impl AsyncRead + Unpin), piece: &mut BytesMut) -> io::Result<()> {
    while piece.len() < PIECE {
        let room = PIECE - piece.len();
        if (&mut *reader).take(room as u64).read_buf(piece).await? == 0 {
            break;
        }
    }
    Ok(())
}

/// What is known of a file while it comes in.
#[derive(Debug)]
pub(super) struct Intake {
    hasher: Sha256,
    size: u64,
    limit: u64,
    sniffer: Sniffer,
}

impl Intake {
    /// For a file of at most that many bytes.
    pub(super) fn new(limit: u64) -> Intake {
        Intake { hasher: Sha256::new(), size: 0, limit, sniffer: Sniffer::default() }
    }

    /// Takes the next piece, unless it makes the file too large or shows it to be of a refused kind.
    pub(super) fn feed(&mut self, piece: &[u8]) -> Result<(), Error> {
        self.size += piece.len() as u64;
        if self.size > self.limit {
            return Err(Error::TooLarge { size: self.size, limit: self.limit });
        }
        self.hasher.update(piece);
        self.sniffer.feed(piece).map_err(Error::Kind)
    }

    /// The file's address, size and kind, when all of it has come.
    pub(super) fn finish(self) -> Result<Stored, Error> {
        if self.size == 0 {
            return Err(Error::Empty);
        }
        let kind = self.sniffer.finish().map_err(Error::Kind)?;
        Ok(Stored { hash: hash_of(self.hasher), size: self.size, kind })
    }
}

/// The hash of everything the hasher has seen.
pub(super) fn hash_of(hasher: Sha256) -> Hash {
    Hash::from_bytes(hasher.finalize().into())
}
