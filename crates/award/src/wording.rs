//! What people write: reasons, grounds, motions, numbers of papers. A text is there, is not longer than a reader can take, and holds no
//! characters that nobody sees; evidence is named by the hash of its file.

use words::Message;

use crate::id::FileHash;
use crate::refusal::Refusal;

/// The longest id or number of a paper, in characters.
pub const NUMBER_CHARS_MAX: usize = 80;
/// The longest name, post or place, in characters.
pub const NAME_CHARS_MAX: usize = 200;
/// The longest reason, motion or dissent, in characters.
pub const REASON_CHARS_MAX: usize = 4_000;
/// The longest grounds of an objection and the longest answer, in characters.
pub const GROUNDS_CHARS_MAX: usize = 20_000;
/// So many files may stand as evidence of one act.
pub const EVIDENCE_FILES_MAX: usize = 50;
/// So many changes may stand in one recount set.
pub const CHANGES_MAX: usize = 200;

/// A number of a paper or an id: one line.
pub(crate) fn number(what: &str, text: &str) -> Result<(), Refusal> {
    line(what, text, NUMBER_CHARS_MAX)
}

/// A name, post or place: one line.
pub(crate) fn name(what: &str, text: &str) -> Result<(), Refusal> {
    line(what, text, NAME_CHARS_MAX)
}

/// A reason, motion or dissent; may have several lines.
pub(crate) fn reason(what: &str, text: &str) -> Result<(), Refusal> {
    lines(what, text, REASON_CHARS_MAX)
}

/// Grounds of an objection or an answer; may have several lines.
pub(crate) fn grounds(what: &str, text: &str) -> Result<(), Refusal> {
    lines(what, text, GROUNDS_CHARS_MAX)
}

/// Evidence: hashes of files, each once.
pub(crate) fn evidence(files: &[FileHash]) -> Result<(), Refusal> {
    if files.len() > EVIDENCE_FILES_MAX {
        let message = Message::new("refusal-evidence-many").number("files", files.len());
        return Err(Refusal::of(message.number("most", EVIDENCE_FILES_MAX)));
    }
    let is_hash = |file: &FileHash| {
        let text = file.as_str();
        text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    };
    if let Some(file) = files.iter().find(|file| !is_hash(file)) {
        let shown: String = file.as_str().chars().filter(|c| !is_hidden(*c)).take(NUMBER_CHARS_MAX).collect();
        return Err(Refusal::of(Message::new("refusal-evidence-hash").text("file", shown)));
    }
    let twice = files.iter().enumerate().find(|(at, file)| files[..*at].contains(file));
    match twice {
        Some((_, file)) => Err(Refusal::of(Message::new("refusal-evidence-twice").text("file", file.as_str()))),
        None => Ok(()),
    }
}

fn line(what: &str, text: &str, most: usize) -> Result<(), Refusal> {
    checked(what, text, most, |c| is_hidden(c) || c == '\n')
}

fn lines(what: &str, text: &str, most: usize) -> Result<(), Refusal> {
    checked(what, text, most, is_hidden)
}

fn checked(what: &str, text: &str, most: usize, is_barred: impl Fn(char) -> bool) -> Result<(), Refusal> {
    let refuse = |key: &str| Refusal::of(Message::new(key).message("what", Message::new(format!("wording-{what}"))));
    if text.trim().is_empty() {
        return Err(refuse("refusal-wording-empty"));
    }
    let length = text.chars().count();
    if length > most {
        let refusal = refuse("refusal-wording-long");
        return Err(Refusal { rule: refusal.rule.number("length", length).number("most", most), ..refusal });
    }
    if text.chars().any(is_barred) {
        return Err(refuse("refusal-wording-control"));
    }
    Ok(())
}

/// Characters that nobody sees, and those that turn the direction of reading, so that a text can look like another one.
fn is_hidden(c: char) -> bool {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    (c.is_control() && c != '\n') || turns
}
