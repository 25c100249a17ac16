//! The files of a cycle, as bytes that somebody else has read: this crate does no input and output.

use std::collections::BTreeMap;

use words::{Message, Problem};

/// Largest file that is looked at.
pub const FILE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// The files of a cycle folder by name.
///
/// ```
/// let mut folder = award::Folder::new();
/// folder.insert("marks.csv", "juror,candidate,indicator,mark\n");
/// assert_eq!(folder.names().collect::<Vec<_>>(), ["marks.csv"]);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folder {
    files: BTreeMap<String, Vec<u8>>,
}

impl Folder {
    /// A folder without files.
    ///
    /// ```
    /// assert_eq!(award::Folder::new().names().count(), 0);
    /// ```
    pub fn new() -> Folder {
        Folder::default()
    }

    /// Puts a file in, in place of one with the same name.
    pub fn insert(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(name.into(), bytes.into());
    }

    /// The bytes of a file.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }

    /// The names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Names and bytes, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }
}

impl FromIterator<(String, Vec<u8>)> for Folder {
    fn from_iter<I: IntoIterator<Item = (String, Vec<u8>)>>(files: I) -> Folder {
        Folder { files: files.into_iter().collect() }
    }
}

/// The text of a file, and how many bytes of a byte-order mark stand before it.
pub(crate) fn text<'f>(file: &str, bytes: &'f [u8]) -> Result<(&'f str, usize), Box<Problem>> {
    if bytes.len() > FILE_BYTES_MAX {
        let message = Message::new("problem-cycle-file-too-large").number("megabytes", FILE_BYTES_MAX / 1024 / 1024);
        return Err(Box::new(Problem::new(file, 0..0, message).hint(Message::new("problem-cycle-file-too-large-hint"))));
    }
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    match std::str::from_utf8(&bytes[mark..]) {
        Ok(text) => Ok((text, mark)),
        Err(error) => {
            let at = mark + error.valid_up_to();
            let utf16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
            let hint = if utf16 { "problem-cycle-utf16-hint" } else { "problem-cycle-not-utf8-hint" };
            let end = at + error.error_len().unwrap_or(1);
            Err(Box::new(Problem::new(file, at..end, Message::new("problem-cycle-not-utf8")).hint(Message::new(hint))))
        }
    }
}
