//! Where files are kept: a folder, or a bucket of an S3-compatible store.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use super::error::Error;

/// A folder, or a part of a bucket.
///
/// ```
/// use store::files::Place;
/// let place: Place = "s3://award/2026/files".parse().expect("a bucket and a prefix");
/// assert_eq!(place.to_string(), "s3://award/2026/files");
/// assert_eq!(Place::Folder("var/files".into()), "var/files".parse().expect("a folder"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// A folder on a disk. It is made when it is missing and the folder around it is there.
    Folder(PathBuf),
    /// A bucket of an S3-compatible store.
    Bucket {
        /// The bucket's name.
        bucket: String,
        /// What every key begins with: words with slashes between; empty for the whole bucket.
        prefix: String,
        /// How to reach it, such as `region`, `endpoint`, `access_key_id`, `secret_access_key`, `allow_http`; with or without
        /// `aws_` before them, in any case, so that environment variables can be handed on.
        options: Vec<(String, String)>,
    },
}

impl Place {
    /// The same place with options for reaching a bucket; a folder has none and stays as it is.
    #[must_use]
    pub fn with(mut self, more: impl IntoIterator<Item = (String, String)>) -> Place {
        if let Place::Bucket { options, .. } = &mut self {
            options.extend(more);
        }
        self
    }
}

impl FromStr for Place {
    type Err = Error;

    fn from_str(text: &str) -> Result<Place, Error> {
        let bad = |why: &str| Err(Error::BadPlace { place: text.to_owned(), why: why.to_owned() });
        if let Some(path) = text.strip_prefix("s3://") {
            let (bucket, prefix) = path.split_once('/').unwrap_or((path, ""));
            let prefix = prefix.trim_end_matches('/');
            if bucket.is_empty() || bucket.contains(['?', '@', ':']) {
                return bad("write s3://bucket/prefix; how to reach it are options");
            }
            if !prefix.is_empty() && prefix.split('/').any(|part| matches!(part, "" | "." | "..")) {
                return bad("the prefix has words with one slash between them");
            }
            return Ok(Place::Bucket { bucket: bucket.to_owned(), prefix: prefix.to_owned(), options: Vec::new() });
        }
        match text {
            "" => bad("name a folder, or s3://bucket/prefix"),
            _ if text.contains("://") => bad("only folders and s3:// are known"),
            _ => Ok(Place::Folder(text.into())),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Folder(path) => path.display().fmt(out),
            Place::Bucket { bucket, prefix, .. } if prefix.is_empty() => write!(out, "s3://{bucket}"),
            Place::Bucket { bucket, prefix, .. } => write!(out, "s3://{bucket}/{prefix}"),
        }
    }
}

/// Without the options, for some are secret.
impl fmt::Debug for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Place({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_folder_or_a_bucket() {
        let bucket = |bucket: &str, prefix: &str| Place::Bucket { bucket: bucket.into(), prefix: prefix.into(), options: vec![] };
        let read = |text: &str| text.parse::<Place>().ok();
        assert_eq!(read("/srv/award files"), Some(Place::Folder("/srv/award files".into())));
        assert_eq!(read("s3://award"), Some(bucket("award", "")));
        assert_eq!(read("s3://award/"), Some(bucket("award", "")));
        assert_eq!(read("s3://award/2026/files/"), Some(bucket("award", "2026/files")));
        for bad in ["", "s3://", "s3:///x", "s3://a//b", "s3://a/../b", "s3://key:secret@a/b", "gs://a", "file:///srv"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn secrets_are_not_shown() {
        let place: Place = "s3://award/files".parse().expect("a bucket");
        let place = place.with([("secret_access_key".to_owned(), "hush".to_owned())]);
        assert_eq!((format!("{place:?}"), place.to_string()), ("Place(s3://award/files)".into(), "s3://award/files".into()));
    }
}
