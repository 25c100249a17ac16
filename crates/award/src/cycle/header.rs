//! `cycle.toml`: what the cycle is called, which rulebook it follows, and the lots committed to.

use std::ops::Range;

use rules::rulebook::Text;
use serde::Deserialize;
use toml::Spanned;
use words::{Message, Problem};

use super::folder::{self, Folder};
use super::tables::{CommittedLot, Data, Header, Row, Spot};

/// The file that makes a folder a cycle.
pub const HEADER_FILE: &str = "cycle.toml";
/// The text in `format`.
pub const CYCLE_FORMAT: &str = "paritrana-cycle-1";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: Spanned<String>,
    id: Spanned<String>,
    name: WrittenText,
    rulebook: Spanned<String>,
    data: Spanned<String>,
    note: Option<WrittenText>,
    #[serde(default)]
    lot: Vec<Spanned<WrittenLot>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenText {
    One(String),
    Two { id: String, en: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLot {
    level: String,
    commitment: String,
    secret: Option<String>,
    words: Option<String>,
}

impl From<WrittenText> for Text {
    fn from(text: WrittenText) -> Text {
        match text {
            WrittenText::One(text) => Text { id: text.clone(), en: text },
            WrittenText::Two { id, en } => Text { id, en },
        }
    }
}

impl Header {
    /// Reads `cycle.toml`, so that the caller knows which rulebook to fetch.
    ///
    /// ```
    /// let mut folder = award::Folder::new();
    /// folder.insert("cycle.toml", r#"
    ///     format = "paritrana-cycle-1"
    ///     id = "small"
    ///     name = "Small"
    ///     rulebook = "rulebook.toml"
    ///     data = "invented"
    /// "#);
    /// assert_eq!(award::Header::read(&folder).unwrap().rulebook, "rulebook.toml");
    /// ```
    ///
    /// # Errors
    ///
    /// All problems of the file; one clear problem if there is none.
    pub fn read(folder: &Folder) -> Result<Header, Vec<Problem>> {
        let Some(bytes) = folder.get(HEADER_FILE) else {
            let problem = Problem::new(HEADER_FILE, 0..0, Message::new("problem-cycle-no-cycle"));
            return Err(vec![problem.hint(Message::new("problem-cycle-no-cycle-hint"))]);
        };
        let (text, mark) = folder::text(HEADER_FILE, bytes).map_err(|problem| vec![*problem])?;
        let written: Written = toml::from_str(text).map_err(|error| vec![toml_problem(&error, mark)])?;
        check(written, mark)
    }
}

fn toml_problem(error: &toml::de::Error, mark: usize) -> Problem {
    let span = error.span().map_or(0..0, |span| span.start + mark..span.end + mark);
    Problem::new(HEADER_FILE, span, Message::new("problem-cycle-toml").text("detail", error.message()))
        .hint(Message::new("problem-cycle-toml-hint"))
}

fn check(written: Written, mark: usize) -> Result<Header, Vec<Problem>> {
    let mut problems = Vec::new();
    let at = |span: Range<usize>| span.start + mark..span.end + mark;
    if written.format.get_ref() != CYCLE_FORMAT {
        let message = Message::new("problem-cycle-format").text("found", written.format.get_ref()).text("format", CYCLE_FORMAT);
        problems.push(Problem::new(HEADER_FILE, at(written.format.span()), message));
    }
    if !is_id(written.id.get_ref()) {
        let message = Message::new("problem-cycle-bad-id").text("id", written.id.get_ref());
        problems.push(Problem::new(HEADER_FILE, at(written.id.span()), message).hint(Message::new("problem-cycle-bad-id-hint")));
    }
    let data = match written.data.get_ref().as_str() {
        "published" => Data::Published,
        "mixed" => Data::Mixed,
        "invented" => Data::Invented,
        other => {
            let message = Message::new("problem-cycle-unknown-word").text("word", other).text("column", "data");
            let hint = super::near::hint(other, ["published", "mixed", "invented"]);
            problems.push(Problem::new(HEADER_FILE, at(written.data.span()), message).hint(hint));
            Data::Invented
        }
    };
    let lots = written.lot.into_iter().filter_map(|lot| check_lot(lot, mark, &mut problems)).collect();
    let header = Header {
        id: written.id.into_inner(),
        name: written.name.into(),
        rulebook: written.rulebook.into_inner(),
        data,
        note: written.note.map(Text::from),
        lots,
    };
    if problems.is_empty() { Ok(header) } else { Err(problems) }
}

fn check_lot(lot: Spanned<WrittenLot>, mark: usize, problems: &mut Vec<Problem>) -> Option<Row<CommittedLot>> {
    let span = lot.span().start + mark..lot.span().end + mark;
    let lot = lot.into_inner();
    let hex = lot.commitment.len() == 64 && lot.commitment.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !hex {
        problems.push(Problem::new(HEADER_FILE, span.clone(), Message::new("problem-cycle-lot-commitment")));
    }
    if lot.secret.is_some() != lot.words.is_some() {
        problems.push(Problem::new(HEADER_FILE, span.clone(), Message::new("problem-cycle-lot-half")));
    }
    let spot = Spot { file: HEADER_FILE, span };
    let said = CommittedLot { level: lot.level, commitment: lot.commitment, secret: lot.secret, words: lot.words };
    hex.then_some(Row { said, at: None, spot })
}

/// Whether a text can be an id: letters, digits, `-`, `_` and `.`.
pub(crate) fn is_id(text: &str) -> bool {
    !text.is_empty() && text.len() <= 100 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}
