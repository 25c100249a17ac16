//! A closer look at a file that is kept, before it may be handed in: nothing else hides behind or inside it, and nothing in it unpacks to
//! more than a reader can bear. A PDF with an archive behind it, a picture with a page inside, a spreadsheet of a few kilobytes that
//! unpacks to gigabytes: each is what its beginning says, and something else too.
//!
//! Archives are unpacked piece by piece and only counted; nothing is written, and never more than [`INSIDE_MOST`] bytes are looked at.

mod archive;

use bytes::Bytes;
use futures_util::TryStreamExt;
use words::Message;

use super::error::Error;
use super::{Files, Hash, Kind, Stored};

/// Most bytes that an archive may unpack to, all entries together.
pub const INSIDE_MOST: u64 = 512 * 1024 * 1024;
/// Most that an archive of more than [`RATIO_FROM`] bytes inside may unpack to, as a multiple of its own size.
pub const RATIO_MOST: u64 = 200;
/// Up to so many bytes inside, the ratio does not matter: a nearly empty sheet packs well.
pub const RATIO_FROM: u64 = 16 * 1024 * 1024;
/// Most entries of an archive.
pub const ENTRIES_MOST: usize = 10_000;

/// So many bytes at the end hold the directory of an archive, if there is one (APPNOTE 4.3.16: 22 and a comment).
const TAIL: u64 = 22 + 65_535;
/// So many bytes after the end of a PDF or picture are line ends and the like.
const BEHIND_MOST: usize = 1024;
/// So many bytes at the beginning a browser looks at to guess what something is.
const GUESSED: usize = 1024;

/// Why a file may not be handed in although its beginning is what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unsafe {
    /// An archive hangs on its end.
    ArchiveBehind,
    /// Something else hangs on its end.
    SomethingBehind,
    /// A web page or script is in it.
    Markup,
    /// The archive unpacks to too much.
    Bomb,
    /// The archive has too many entries.
    Entries,
    /// An entry of the archive has a name that leads elsewhere.
    Names,
    /// An entry of the archive is locked with a password, or packed in a way that no office program uses.
    Locked,
    /// The archive is damaged, or its parts contradict each other.
    Broken,
}

impl Unsafe {
    /// All of them.
    pub const ALL: [Unsafe; 8] = [
        Unsafe::ArchiveBehind,
        Unsafe::SomethingBehind,
        Unsafe::Markup,
        Unsafe::Bomb,
        Unsafe::Entries,
        Unsafe::Names,
        Unsafe::Locked,
        Unsafe::Broken,
    ];

    /// The sentence for people. The next step stands under the same key with `-next`.
    pub fn message(self) -> Message {
        Message::new(match self {
            Unsafe::ArchiveBehind => "upload-archive-behind",
            Unsafe::SomethingBehind => "upload-something-behind",
            Unsafe::Markup => "upload-markup",
            Unsafe::Bomb => "upload-bomb",
            Unsafe::Entries => "upload-entries",
            Unsafe::Names => "upload-names",
            Unsafe::Locked => "upload-locked",
            Unsafe::Broken => "upload-broken",
        })
    }
}

impl Files {
    /// Looks whether a file is only what its beginning says.
    ///
    /// # Errors
    /// When it is missing, was changed, or the place cannot be read. That it is unsafe is no error but the answer.
    pub async fn inspect(&self, stored: &Stored) -> Result<Result<(), Unsafe>, Error> {
        match stored.kind {
            Kind::Text => Ok(Ok(())),
            Kind::Xlsx | Kind::Docx => archive::inspect(self, stored).await,
            Kind::Pdf | Kind::Png | Kind::Jpeg => self.inspect_plain(stored).await,
        }
    }

    async fn inspect_plain(&self, stored: &Stored) -> Result<Result<(), Unsafe>, Error> {
        let head = self.part(&stored.hash, 0, stored.size.min(GUESSED as u64)).await?;
        let from = stored.size.saturating_sub(TAIL);
        let tail = self.part(&stored.hash, from, stored.size - from).await?;
        if stored.kind == Kind::Pdf && MARKUP.iter().any(|mark| holds(&head, mark)) {
            return Ok(Err(Unsafe::Markup));
        }
        if stored.kind != Kind::Pdf && self.has_markup(&stored.hash).await? {
            return Ok(Err(Unsafe::Markup));
        }
        Ok(behind(stored.kind, &tail))
    }

    /// Whether a picture has a page or script anywhere: no camera writes one, and some readers look for it.
    async fn has_markup(&self, hash: &Hash) -> Result<bool, Error> {
        let mut pieces = self.get(hash).await?;
        let longest = MARKUP.iter().map(|mark| mark.len()).max().unwrap_or(0);
        let mut last: Vec<u8> = Vec::new();
        let mut found = false;
        while let Some(piece) = pieces.try_next().await? {
            last.extend_from_slice(&piece);
            found |= MARKUP.iter().any(|mark| holds(&last, mark));
            last.drain(..last.len().saturating_sub(longest));
        }
        Ok(found)
    }

    /// A part of a file that is small enough to be held.
    async fn part(&self, hash: &Hash, from: u64, size: u64) -> Result<Vec<u8>, Error> {
        if size == 0 {
            return Ok(Vec::new());
        }
        let pieces: Vec<Bytes> = self.range(hash, from, size).await?.try_collect().await?;
        Ok(pieces.concat())
    }
}

/// What a page or script begins with; long enough that no picture holds it by chance.
const MARKUP: [&[u8]; 6] = [b"<script", b"<!doctype html", b"<html>", b"<html ", b"<?php ", b"<svg xmlns"];

/// Whether something holds a mark, in whatever letters.
fn holds(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window.eq_ignore_ascii_case(mark))
}

/// What stands behind the end of a PDF or picture.
fn behind(kind: Kind, tail: &[u8]) -> Result<(), Unsafe> {
    if archive::has_directory(tail) {
        return Err(Unsafe::ArchiveBehind);
    }
    let end: &[u8] = match kind {
        Kind::Pdf => b"%%EOF",
        Kind::Png => b"IEND\xaeB`\x82",
        _ => b"\xff\xd9",
    };
    let found = tail.windows(end.len()).rposition(|window| window == end);
    let rest = found.map_or(tail, |at| &tail[at + end.len()..]);
    match (found, kind) {
        // A scan that was cut off opens in most readers; whoever verifies sees what is missing.
        (None, _) if tail.len() < usize::try_from(TAIL).unwrap_or(usize::MAX) => Ok(()),
        // Phones hang a film or a second picture on a JPEG.
        (_, Kind::Jpeg) => Ok(()),
        _ if rest.trim_ascii().len() > BEHIND_MOST => Err(Unsafe::SomethingBehind),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
