//! Everything that is said to people, as keys with arguments, in Indonesian and English.
//!
//! A crate that decides something answers with a [`Message`]: a key and its arguments. Only here does it become a sentence, so
//! that page, paper and command line say the same thing and a language can be completed without touching a decision.
//! Numbers and dates are formatted before they enter Fluent, because Fluent's own numbers are floats.

mod format;
mod problem;
mod reason;
mod texts;

pub use format::{date, days, month, number, size};
pub use problem::Problem;
pub use reason::reason;
pub use texts::{is_text, keys, prepare, render};

/// A language that every text exists in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Indonesian, the first language of the program.
    Id,
    /// English.
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Lang; 2] = [Lang::Id, Lang::En];

    /// The language's two-letter code.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Id => "id",
            Lang::En => "en",
        }
    }

    /// The language of that code, such as `id` or `en_US.UTF-8`.
    pub fn of(code: &str) -> Option<Lang> {
        match code.get(..2)?.to_ascii_lowercase().as_str() {
            "id" | "in" => Some(Lang::Id),
            "en" => Some(Lang::En),
            _ => None,
        }
    }
}

/// Something to say: the key of a text and what fills its gaps.
///
/// ```
/// use words::{Lang, Message};
/// let message = Message::new("problem-file-missing").text("file", "marks.csv");
/// assert!(message.render(Lang::En).contains("marks.csv"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    key: String,
    args: Vec<(String, Arg)>,
}

/// What fills a gap in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// A name or quotation, the same in both languages.
    Text(String),
    /// A name that differs by language: Indonesian, English.
    Local(String, String),
    /// A decimal number as plain text (`-1234.5`), shown with the language's separators.
    Number(String),
    /// A day.
    Date(jiff::civil::Date),
    /// Another message.
    Message(Message),
    /// Several, joined by commas.
    List(Vec<Arg>),
}

impl Message {
    /// A message without arguments.
    pub fn new(key: impl Into<String>) -> Message {
        Message { key: key.into(), args: Vec::new() }
    }

    /// Adds an argument of any kind.
    #[must_use]
    pub fn with(mut self, name: &str, arg: Arg) -> Message {
        self.args.push((name.to_owned(), arg));
        self
    }

    /// Adds a text argument.
    #[must_use]
    pub fn text(self, name: &str, value: impl Into<String>) -> Message {
        self.with(name, Arg::Text(value.into()))
    }

    /// Adds a number, given as plain decimal text or an integer.
    #[must_use]
    pub fn number(self, name: &str, value: impl ToString) -> Message {
        self.with(name, Arg::Number(value.to_string()))
    }

    /// Adds a day.
    #[must_use]
    pub fn date(self, name: &str, value: jiff::civil::Date) -> Message {
        self.with(name, Arg::Date(value))
    }

    /// Adds a name that differs by language.
    #[must_use]
    pub fn local(self, name: &str, id: impl Into<String>, en: impl Into<String>) -> Message {
        self.with(name, Arg::Local(id.into(), en.into()))
    }

    /// Adds another message.
    #[must_use]
    pub fn message(self, name: &str, value: Message) -> Message {
        self.with(name, Arg::Message(value))
    }

    /// The text's key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The arguments in the order they were added.
    pub fn args(&self) -> &[(String, Arg)] {
        &self.args
    }

    /// The sentence in a language.
    pub fn render(&self, lang: Lang) -> String {
        render(self, lang)
    }
}

impl Arg {
    /// The argument as it stands in a sentence of that language.
    pub fn render(&self, lang: Lang) -> String {
        match self {
            Arg::Text(text) => text.clone(),
            Arg::Local(id, en) => match lang {
                Lang::Id => id.clone(),
                Lang::En => en.clone(),
            },
            Arg::Number(text) => number(text, lang),
            Arg::Date(day) => date(*day, lang),
            Arg::Message(message) => message.render(lang),
            Arg::List(args) => args.iter().map(|arg| arg.render(lang)).collect::<Vec<_>>().join(", "),
        }
    }
}

/// With a capital first letter: a sentence may begin with any fact, and an option of a form with any word.
///
/// ```
/// assert_eq!(words::capitalised("layanan publik"), "Layanan publik");
/// ```
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
