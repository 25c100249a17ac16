//! Which kind of file something is, seen from its content and never from its name.
//!
//! A candidate's evidence is a scan, a picture, a spreadsheet, a letter or a table. Everything else is refused: a web page or an SVG
//! would run in the browser of whoever opens it, a program on the computer. A text is read to its end, because only then is it known to
//! be one; a spreadsheet or letter is watched to its end for macros.

use serde::{Deserialize, Serialize};
use words::Message;

/// A kind of file that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Portable Document Format.
    Pdf,
    /// A PNG picture.
    Png,
    /// A JPEG picture.
    Jpeg,
    /// A spreadsheet of Office Open XML.
    Xlsx,
    /// A letter of Office Open XML.
    Docx,
    /// Plain text in UTF-8, which a CSV table is too.
    Text,
}

impl Kind {
    /// The media type under which a page may deliver it.
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Pdf => "application/pdf",
            Kind::Png => "image/png",
            Kind::Jpeg => "image/jpeg",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Text => "text/plain; charset=utf-8",
        }
    }
}

/// What was found instead of a kind that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Found {
    /// A web page.
    Html,
    /// An SVG drawing, which may contain programs.
    Svg,
    /// Another XML document.
    Xml,
    /// A program or script.
    Program,
    /// A spreadsheet or letter with macros.
    Macros,
    /// A file of old Office, or an Office file locked with a password.
    OldOffice,
    /// An archive.
    Archive,
    /// A picture or film of another kind, such as HEIC, GIF or TIFF.
    OtherPicture,
    /// A text that is not UTF-8.
    NotUtf8,
    /// Nothing that is known here.
    Unknown,
}

impl Found {
    /// Its name for people.
    pub fn message(self) -> Message {
        Message::new(match self {
            Found::Html => "files-found-html",
            Found::Svg => "files-found-svg",
            Found::Xml => "files-found-xml",
            Found::Program => "files-found-program",
            Found::Macros => "files-found-macros",
            Found::OldOffice => "files-found-old-office",
            Found::Archive => "files-found-archive",
            Found::OtherPicture => "files-found-other-picture",
            Found::NotUtf8 => "files-found-not-utf8",
            Found::Unknown => "files-found-unknown",
        })
    }
}

/// How many bytes decide the kind: the first entries of an Office file lie within.
const HEAD: usize = 64 * 1024;

/// From how many bytes on a refusal is certain although more will come.
const GLANCE: usize = 512;

/// The part of an Office file that holds its macros.
const MACROS: &[u8] = b"vbaProject.bin";

/// The beginnings of kinds that are refused: where, what, and its name.
const FOREIGN: &[(usize, &[u8], Found)] = &[
    (0, b"\x7fELF", Found::Program),
    (0, b"\xca\xfe\xba\xbe", Found::Program),
    (0, b"\xcf\xfa\xed\xfe", Found::Program),
    (0, b"\xce\xfa\xed\xfe", Found::Program),
    (0, b"\0asm", Found::Program),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Found::OldOffice),
    (0, b"{\\rtf", Found::OldOffice),
    (0, b"Rar!\x1a\x07", Found::Archive),
    (0, b"7z\xbc\xaf\x27\x1c", Found::Archive),
    (0, b"\x1f\x8b", Found::Archive),
    (0, b"PK\x05\x06", Found::Archive),
    (0, b"GIF8", Found::OtherPicture),
    (0, b"II*\0", Found::OtherPicture),
    (0, b"MM\0*", Found::OtherPicture),
    (8, b"WEBP", Found::OtherPicture),
    (4, b"ftyp", Found::OtherPicture),
    (0, b"\xff\xfe", Found::NotUtf8),
    (0, b"\xfe\xff", Found::NotUtf8),
];

/// Reads a file as it passes and says at its end, or as soon as it is certain, of which kind it is.
#[derive(Debug, Default)]
pub(super) struct Sniffer {
    head: Vec<u8>,
    kind: Option<Kind>,
    /// The end of what has been followed, where a character or a name may have been cut in two.
    tail: Vec<u8>,
}

impl Sniffer {
    /// Takes the next bytes; an error as soon as the file is certain to be refused.
    pub(super) fn feed(&mut self, piece: &[u8]) -> Result<(), Found> {
        match self.kind {
            Some(kind) => self.follow(kind, piece),
            None => {
                self.head.extend_from_slice(piece);
                if self.head.len() < HEAD { Ok(()) } else { self.decide().map(|_| ()) }
            }
        }
    }

    /// The kind, when all bytes have been taken.
    pub(super) fn finish(mut self) -> Result<Kind, Found> {
        let kind = match self.kind {
            Some(kind) => kind,
            None => self.decide()?,
        };
        if kind == Kind::Text && !self.tail.is_empty() { Err(Found::NotUtf8) } else { Ok(kind) }
    }

    fn decide(&mut self) -> Result<Kind, Found> {
        let head = std::mem::take(&mut self.head);
        let kind = kind_of(&head)?;
        self.kind = Some(kind);
        self.follow(kind, &head)?;
        Ok(kind)
    }

    fn follow(&mut self, kind: Kind, piece: &[u8]) -> Result<(), Found> {
        let mut bytes = std::mem::take(&mut self.tail);
        match kind {
            Kind::Pdf | Kind::Png | Kind::Jpeg => return Ok(()),
            Kind::Text => {
                bytes.extend_from_slice(piece);
                self.tail = unfinished(&bytes)?.to_vec();
            }
            Kind::Xlsx | Kind::Docx => {
                bytes.extend_from_slice(piece);
                if holds(&bytes, MACROS) {
                    return Err(Found::Macros);
                }
                self.tail = bytes.split_off(bytes.len().saturating_sub(MACROS.len() - 1));
            }
        }
        Ok(())
    }
}

/// Whether a file that begins so is certain to be refused, before all of it has come. Silence says nothing.
pub(super) fn glance(head: &[u8]) -> Result<(), Found> {
    if head.len() < GLANCE || head.starts_with(b"PK") { Ok(()) } else { kind_of(head).map(|_| ()) }
}

/// The kind of a file that begins so.
fn kind_of(head: &[u8]) -> Result<Kind, Found> {
    if head.starts_with(b"%PDF-") {
        return Ok(Kind::Pdf);
    }
    if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(Kind::Png);
    }
    if head.starts_with(b"\xff\xd8\xff") {
        return Ok(Kind::Jpeg);
    }
    if head.starts_with(b"PK\x03\x04") {
        return office(head);
    }
    let foreign = FOREIGN.iter().find(|(at, bytes, _)| head.get(*at..).is_some_and(|rest| rest.starts_with(bytes)));
    match foreign {
        Some((_, _, found)) => Err(*found),
        None => text(head),
    }
}

/// Whether a ZIP archive is a spreadsheet or a letter, by the names of its first entries. Only names that any Office file may begin
/// with are passed over.
fn office(head: &[u8]) -> Result<Kind, Found> {
    const FIRST: [&[u8]; 4] = [b"[Content_Types].xml", b"_rels/", b"docProps/", b"customXml/"];
    let mut rest = head;
    while let Some((name, after)) = entry(rest) {
        if name.starts_with(b"xl/") {
            return Ok(Kind::Xlsx);
        }
        if name.starts_with(b"word/") {
            return Ok(Kind::Docx);
        }
        if !FIRST.iter().any(|first| name.starts_with(first)) {
            break;
        }
        rest = after;
    }
    Err(Found::Archive)
}

/// The name of a ZIP archive's next entry (APPNOTE 4.3.7) and what follows it. Where the entry's size stands behind its data
/// (bit 3 of the flags), the next entry is looked for by its signature.
fn entry(archive: &[u8]) -> Option<(&[u8], &[u8])> {
    let header = archive.get(..30).filter(|header| header.starts_with(b"PK\x03\x04"))?;
    let short = |at: usize| usize::from(u16::from_le_bytes([header[at], header[at + 1]]));
    let size = u32::from_le_bytes([header[18], header[19], header[20], header[21]]) as usize;
    let name = archive.get(30..30 + short(26))?;
    let data = archive.get(30 + short(26) + short(28)..).unwrap_or_default();
    let after = match short(6) & 8 {
        0 => size,
        _ => data.windows(4).position(|window| window == b"PK\x03\x04").unwrap_or(data.len()),
    };
    Some((name, data.get(after..).unwrap_or_default()))
}

/// Plain text, unless it begins like a page, a drawing or a script.
fn text(head: &[u8]) -> Result<Kind, Found> {
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if start.starts_with(b"#!") || (start.starts_with(b"MZ") && start.iter().any(|byte| is_control(*byte))) {
        return Err(Found::Program);
    }
    if let [b'<', next, ..] = start
        && (next.is_ascii_alphabetic() || b"!?/%".contains(next))
    {
        return Err(markup(start));
    }
    unfinished(head)?;
    Ok(Kind::Text)
}

/// Which markup something is that begins with a tag.
fn markup(start: &[u8]) -> Found {
    let lower = start[..start.len().min(4096)].to_ascii_lowercase();
    if holds(&lower, b"<svg") {
        Found::Svg
    } else if lower.starts_with(b"<?xml") && !holds(&lower, b"<html") {
        Found::Xml
    } else if lower.starts_with(b"<?php") {
        Found::Program
    } else {
        Found::Html
    }
}

/// The last bytes of a text that are the beginning of a character, if the rest is text.
fn unfinished(bytes: &[u8]) -> Result<&[u8], Found> {
    if bytes.iter().any(|byte| is_control(*byte)) {
        return Err(Found::Unknown);
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => Ok(&[]),
        Err(error) if error.error_len().is_none() => Ok(&bytes[error.valid_up_to()..]),
        Err(_) => Err(Found::NotUtf8),
    }
}

/// A byte that no text has: tabs, line ends and page breaks are allowed.
fn is_control(byte: u8) -> bool {
    byte == 0x7f || (byte < 0x20 && !b"\t\n\r\x0c".contains(&byte))
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[cfg(test)]
mod tests;
