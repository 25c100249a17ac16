//! What can go wrong with a file: the rules say no, something is not there, or the disk or the S3 store lets us down.

use std::io;
use std::path::{Path, PathBuf};

use words::{Message, reason};

use super::address::Hash;
use super::kind::Found;

/// Why something with a file did not happen. Nothing half-done is visible after any of them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The place where files are kept cannot be meant so.
    #[error("{place}: {why}")]
    BadPlace {
        /// The place as it was given, without secrets.
        place: String,
        /// What is wrong with it.
        why: String,
    },
    /// The folder for files, or the folder around it, is not there.
    #[error("there is no folder {0}")]
    NoFolder(PathBuf),
    /// The S3 store has no such bucket.
    #[error("there is no bucket for {0}")]
    NoBucket(String),
    /// This program may not read here, or the S3 store refuses its key.
    #[error("access to {place} is refused")]
    NotAllowed {
        /// The file, folder or object.
        place: String,
        /// What the system or the store said.
        source: io::Error,
    },
    /// Files cannot be changed here: the folder or its disk is read-only, or belongs to somebody else.
    #[error("{place} cannot be written to")]
    ReadOnly {
        /// The folder.
        place: String,
        /// What the system said.
        source: io::Error,
    },
    /// There is no room left, or a quota is used up.
    #[error("no room is left in {place}")]
    Full {
        /// The folder.
        place: String,
        /// What the system said.
        source: io::Error,
    },
    /// The disk failed otherwise.
    #[error("{doing} {place}")]
    Disk {
        /// What was being attempted.
        doing: &'static str,
        /// With which file or folder.
        place: String,
        /// What the system said.
        source: io::Error,
    },
    /// The S3 store failed, or could not be reached.
    #[error("{doing} {key} in {place}")]
    Bucket {
        /// What was being attempted.
        doing: &'static str,
        /// With which object; empty for the bucket itself.
        key: String,
        /// The bucket with its prefix and its server.
        place: String,
        /// What the store said.
        source: object_store::Error,
    },
    /// What was to be kept could not be read to its end; most often a connection broke.
    #[error("reading the file that was to be kept")]
    Input(#[source] io::Error),
    /// The file has no content.
    #[error("the file is empty")]
    Empty,
    /// The file is larger than it may be.
    #[error("the file has at least {size} bytes; at most {limit} are allowed")]
    TooLarge {
        /// How many bytes it has, or how many had come when it was refused.
        size: u64,
        /// How many it may have.
        limit: u64,
    },
    /// The file's content is of a kind that is not kept.
    #[error("the content is of a kind that is not kept: {0:?}")]
    Kind(Found),
    /// No file has this address.
    #[error("there is no file {0}")]
    Missing(Hash),
    /// The file at this address is not the one that was kept there.
    #[error("the file {hash} has been changed: its content now has the hash {found}")]
    Changed {
        /// Its address.
        hash: Hash,
        /// The hash of what is there now.
        found: Hash,
    },
    /// A part was asked for that begins behind the end.
    #[error("the file {hash} has {size} bytes, so nothing begins at {from}")]
    OutOfRange {
        /// The file.
        hash: Hash,
        /// Where the part should begin, in bytes.
        from: u64,
        /// How many bytes the file has.
        size: u64,
    },
    /// There is no such upload, or it was given up or swept away.
    #[error("there is no upload {0}")]
    UnknownUpload(String),
    /// An upload goes on elsewhere.
    #[error("the upload goes on at byte {right}, not at {given}")]
    WrongOffset {
        /// Where the piece should have gone, in bytes from the beginning.
        given: u64,
        /// Where the next piece must go.
        right: u64,
    },
    /// More came than was announced.
    #[error("the upload was announced with {expected} bytes, and more came")]
    TooMuch {
        /// The size that was announced, in bytes.
        expected: u64,
    },
    /// An upload is not complete.
    #[error("the upload has {received} of {expected} bytes")]
    Incomplete {
        /// How many bytes have come.
        received: u64,
        /// How many were announced.
        expected: u64,
    },
}

impl Error {
    /// The sentence for people: which thing, which rule. Failures of disk and store are told without their inner causes, which are for
    /// the log.
    pub fn refusal(&self) -> Message {
        match self {
            Error::BadPlace { place, why } => Message::new("files-bad-place").text("place", place).text("why", why),
            Error::NoFolder(path) => Message::new("files-no-folder").text("folder", path.display().to_string()),
            Error::NoBucket(place) => Message::new("files-no-bucket").text("place", place),
            Error::NotAllowed { place, .. } => Message::new("files-not-allowed").text("place", place),
            Error::ReadOnly { place, .. } => Message::new("files-read-only").text("place", place),
            Error::Full { place, .. } => Message::new("files-full").text("place", place),
            Error::Disk { .. } | Error::Bucket { .. } => Message::new("files-failure"),
            Error::Input(_) => Message::new("files-input"),
            Error::Empty => Message::new("files-empty"),
            Error::TooLarge { size, limit } => {
                Message::new("files-too-large").number("size", megabytes(*size)).number("limit", megabytes(*limit))
            }
            Error::Kind(found) => Message::new("files-kind").message("found", found.message()),
            Error::Missing(hash) => Message::new("files-missing").text("hash", hash.to_string()),
            Error::Changed { hash, found } => {
                Message::new("files-changed").text("hash", hash.to_string()).text("found", found.to_string())
            }
            Error::OutOfRange { hash, from, size } => {
                Message::new("files-out-of-range").text("hash", hash.to_string()).number("from", from).number("size", size)
            }
            Error::UnknownUpload(id) => Message::new("files-unknown-upload").text("id", id),
            Error::WrongOffset { given, right } => {
                Message::new("files-wrong-offset").number("given", given).number("right", right)
            }
            Error::TooMuch { expected } => Message::new("files-too-much").number("expected", expected),
            Error::Incomplete { received, expected } => {
                Message::new("files-incomplete").number("received", received).number("expected", expected)
            }
        }
    }

    /// The sentence for whoever looks after the machine: also what was being attempted, where, and what the store or the disk said. The next
    /// step stands under the same key with `-next`.
    pub fn told(&self) -> Message {
        let of = |key: &'static str, place: &str, why: &dyn std::error::Error| {
            Message::new(key).text("place", place).with("why", reason(&innermost(why)))
        };
        match self {
            Error::Bucket { doing, key, place, source } => {
                let thing = if key.is_empty() { "–" } else { key };
                of("files-bucket", place, source).with("doing", reason(doing)).text("key", thing)
            }
            Error::NotAllowed { place, source } if place.starts_with("s3://") => of("files-bucket-refused", place, source),
            Error::NoBucket(place) => Message::new("files-bucket-missing").text("place", place),
            Error::Disk { doing, place, source } => of("files-disk", place, source).with("doing", reason(doing)),
            other => other.refusal(),
        }
    }

    /// What to do next, for people.
    pub fn next(&self) -> Message {
        Message::new(format!("{}-next", self.refusal().key()))
    }

    /// What an error of the disk means.
    pub(super) fn disk(doing: &'static str, path: &Path, source: io::Error) -> Error {
        use io::ErrorKind::{FileTooLarge, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        let place = path.display().to_string();
        match source.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => Error::Full { place, source },
            PermissionDenied if LOOKING.contains(&doing) => Error::NotAllowed { place, source },
            PermissionDenied | ReadOnlyFilesystem => Error::ReadOnly { place, source },
            _ => Error::Disk { doing, place, source },
        }
    }

    /// What an error of the S3 store means.
    pub(super) fn bucket(doing: &'static str, key: &str, place: &str, source: object_store::Error) -> Error {
        match source {
            object_store::Error::PermissionDenied { .. } | object_store::Error::Unauthenticated { .. } => {
                let source = io::Error::new(io::ErrorKind::PermissionDenied, source);
                Error::NotAllowed { place: place.to_owned(), source }
            }
            source => Error::Bucket { doing, key: key.to_owned(), place: place.to_owned(), source },
        }
    }
}

/// What lies at the bottom of an error, on one short line.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut at = error;
    while let Some(inner) = at.source() {
        at = inner;
    }
    at.to_string().split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SAID_MAX).collect()
}

/// So much of what a store says is told, in characters.
const SAID_MAX: usize = 300;

/// What changes nothing on a disk.
const LOOKING: [&str; 3] = ["reading", "listing", "looking for"];

/// A size in megabytes (of a million bytes), exact, as plain decimal text.
fn megabytes(bytes: u64) -> String {
    let text = format!("{}.{:06}", bytes / 1_000_000, bytes % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use words::Lang;

    use super::*;

    #[test]
    fn a_size_is_told_exactly() {
        let told: Vec<_> = [0, 1, 999_999, 1_000_000, 20_000_000, 20_971_520].into_iter().map(megabytes).collect();
        assert_eq!(told, ["0", "0.000001", "0.999999", "1", "20", "20.97152"]);
    }

    #[test]
    fn too_large_a_file_is_refused_with_size_limit_and_next_step() {
        let error = Error::TooLarge { size: 20_000_001, limit: 20_000_000 };
        assert_eq!(
            error.refusal().render(Lang::En),
            "The file is too large: at least 20.000001 MB, and at most 20 MB are allowed."
        );
        assert_eq!(
            error.refusal().render(Lang::Id),
            "Berkas terlalu besar: sedikitnya 20,000001 MB, padahal paling banyak 20 MB."
        );
        assert_eq!(error.next().render(Lang::En), "Make it smaller, for example by scanning at 150 dpi, or split it.");
    }

    #[test]
    fn every_error_has_a_sentence_and_a_next_step_in_both_languages() {
        let hash = Hash::from_bytes([7; 32]);
        let broken = || io::Error::other("broken");
        let place = || "files".to_owned();
        let all = [
            Error::BadPlace { place: place(), why: place() },
            Error::NoFolder("files".into()),
            Error::NoBucket(place()),
            Error::NotAllowed { place: place(), source: broken() },
            Error::ReadOnly { place: place(), source: broken() },
            Error::Full { place: place(), source: broken() },
            Error::Disk { doing: "reading", place: place(), source: broken() },
            Error::Bucket {
                doing: "reading",
                key: place(),
                place: place(),
                source: object_store::Error::NotImplemented { operation: place(), implementer: place() },
            },
            Error::Input(broken()),
            Error::Empty,
            Error::TooLarge { size: 2, limit: 1 },
            Error::Kind(Found::Svg),
            Error::Missing(hash),
            Error::Changed { hash, found: hash },
            Error::OutOfRange { hash, from: 2, size: 1 },
            Error::UnknownUpload(place()),
            Error::WrongOffset { given: 1, right: 2 },
            Error::TooMuch { expected: 1 },
            Error::Incomplete { received: 1, expected: 2 },
        ];
        for (error, lang) in all.iter().flat_map(|error| Lang::ALL.map(|lang| (error, lang))) {
            for text in [error.refusal(), error.next()] {
                let sentence = text.render(lang);
                assert!(sentence.ends_with('.') && !sentence.contains(['{', '}', '$']), "{}: {sentence}", text.key());
            }
        }
        for found in [Found::Html, Found::Svg, Found::Xml, Found::Program, Found::Macros, Found::OldOffice, Found::Archive] {
            assert!(!found.message().render(Lang::Id).contains('{'), "{found:?}");
        }
        for found in [Found::OtherPicture, Found::NotUtf8, Found::Unknown] {
            assert!(!found.message().render(Lang::Id).contains('{'), "{found:?}");
        }
    }
}
