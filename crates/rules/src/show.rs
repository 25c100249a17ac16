//! The rules as plain sentences, for the command line and for pages, in every language there is.
//!
//! Everything that a rulebook holds is told, each clause with its sources and a mark at every number that no source states. The
//! paragraphs are messages, not texts: whoever prints them chooses the language and the look.

mod contests;
mod edition;
mod facts;
mod formulas;
mod levels;
mod measures;
mod panels;
mod points;

use words::{Arg, Lang, Message};

use crate::rulebook::{Clause, Rulebook, Text, When};

/// One paragraph about a rulebook.
///
/// ```
/// let paragraphs = rules::show(&rules::example());
/// let visit = paragraphs.iter().find(|one| one.render(words::Lang::En).contains("Jury visit")).unwrap();
/// assert_eq!(visit.render(words::Lang::En), "- Jury visit: weight 60 %.");
/// assert_eq!(visit.sources, ["decree"]);
/// assert!(!visit.assumed);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// What it looks like.
    pub form: Form,
    /// The sentence; for a row of a table, its cells.
    pub text: Vec<Message>,
    /// The ids of the sources of its clause.
    pub sources: Vec<String>,
    /// Whether something in it is our assumption. The sentence itself says what.
    pub assumed: bool,
}

/// What a paragraph looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A heading; 1 is the whole rulebook, 2 a part of it, 3 a thing.
    Heading(u8),
    /// A plain sentence.
    Sentence,
    /// An item of a list; 1 is the outermost.
    Bullet(u8),
    /// The first row of a table, which says what the columns are.
    HeadRow,
    /// Another row of a table.
    Row,
}

impl Paragraph {
    /// The paragraph as a line of plain text (Markdown).
    ///
    /// ```
    /// let first = &rules::show(&rules::example())[0];
    /// assert_eq!(first.render(words::Lang::Id), "# Lomba Kampung Bersih 2026, versi 1");
    /// ```
    pub fn render(&self, lang: Lang) -> String {
        let cells = self.cells(lang);
        match self.form {
            Form::Heading(level) => format!("{} {}", "#".repeat(level.into()), cells.join(" ")),
            Form::Sentence => cells.join(" "),
            Form::Bullet(depth) => format!("{}- {}", "  ".repeat(usize::from(depth) - 1), cells.join(" ")),
            Form::HeadRow => format!("| {} |\n|{}", cells.join(" | "), "---|".repeat(cells.len())),
            Form::Row => format!("| {} |", cells.join(" | ")),
        }
    }

    /// Its sentences, without any mark of how they look.
    ///
    /// ```
    /// let first = &rules::show(&rules::example())[0];
    /// assert_eq!(first.cells(words::Lang::Id), ["Lomba Kampung Bersih 2026, versi 1"]);
    /// ```
    pub fn cells(&self, lang: Lang) -> Vec<String> {
        self.text.iter().map(|cell| words::capitalised(&cell.render(lang))).collect()
    }
}

/// What a rulebook plans for an event, in words: a day, months, or so many days after another event.
///
/// ```
/// use rules::rulebook::When;
///
/// let month = jiff::civil::date(2026, 6, 1);
/// let told = rules::when(&rules::example(), &When::Months(month, month)).render(words::Lang::Id);
/// assert_eq!(told, "Juni 2026");
/// ```
pub fn when(rulebook: &Rulebook, when: &When) -> Message {
    Page { book: rulebook, paragraphs: Vec::new() }.when(when)
}

/// Everything a rulebook says, in the order in which one would explain it.
///
/// ```
/// let paragraphs = rules::show(&rules::example());
/// assert!(paragraphs.iter().any(|one| one.render(words::Lang::En).contains("One wins here")));
/// ```
pub fn show(rulebook: &Rulebook) -> Vec<Paragraph> {
    let mut page = Page { book: rulebook, paragraphs: Vec::new() };
    page.edition();
    page.calendar();
    page.levels();
    page.panels();
    page.categories();
    page.claims();
    page.attendance();
    page.schemes();
    page.ladders();
    page.awards();
    page.contests();
    page.sources();
    page.paragraphs
}

/// The whole rulebook as plain text (Markdown), with the titles of the sources wherever they change.
///
/// ```
/// let text = rules::show_text(&rules::example(), words::Lang::En);
/// assert!(text.contains("Source: Keputusan panitia 1/2026"));
/// ```
pub fn show_text(rulebook: &Rulebook, lang: Lang) -> String {
    let mut text = String::new();
    let mut told: Vec<String> = Vec::new();
    let mut before: Option<Form> = None;
    for paragraph in show(rulebook) {
        if before.is_some() && !(is_list(before) && is_list(Some(paragraph.form))) {
            text.push('\n');
        }
        text.push_str(&paragraph.render(lang));
        if !paragraph.sources.is_empty() && paragraph.sources != told && !is_row(paragraph.form) {
            told.clone_from(&paragraph.sources);
            let titles = source_titles(rulebook, &paragraph.sources);
            let sources = say("source").message("sources", titles).render(lang);
            text.push_str(if matches!(paragraph.form, Form::Heading(_)) { "\n\n" } else { " " });
            text.push_str(&sources);
        }
        text.push('\n');
        before = Some(paragraph.form);
    }
    text
}

fn is_list(form: Option<Form>) -> bool {
    matches!(form, Some(Form::Bullet(_) | Form::Row | Form::HeadRow))
}

fn is_row(form: Form) -> bool {
    matches!(form, Form::Row | Form::HeadRow)
}

/// The titles of sources; an assumption says so.
fn source_titles(rulebook: &Rulebook, ids: &[String]) -> Message {
    let title = |id: &String| match rulebook.sources.get(id) {
        Some(source) => Arg::Text(source.title.clone()),
        None => Arg::Message(say("assumption")),
    };
    say("plain").with("text", Arg::List(ids.iter().map(title).collect()))
}

/// The paragraphs so far.
struct Page<'r> {
    book: &'r Rulebook,
    paragraphs: Vec<Paragraph>,
}

impl Page<'_> {
    fn push(&mut self, form: Form, text: Vec<Message>, clause: Option<&Clause>, assumed: bool) {
        let sources = clause.map(|clause| clause.source.clone()).unwrap_or_default();
        self.paragraphs.push(Paragraph { form, text, sources, assumed });
    }

    /// A heading over a part, without a source of its own.
    fn part(&mut self, key: &str) {
        self.push(Form::Heading(2), vec![say(key)], None, false);
    }

    /// A heading over a thing.
    fn thing(&mut self, name: &Text, clause: &Clause) {
        let assumed = clause.source.iter().any(|source| source == "assumption");
        self.push(Form::Heading(3), vec![named("name", name)], Some(clause), assumed);
    }

    /// The first row of a table.
    fn head_row(&mut self, columns: Vec<Message>) {
        self.push(Form::HeadRow, columns, None, false);
    }
}

/// A text of this module.
fn say(key: &str) -> Message {
    Message::new(format!("rules-show-{key}"))
}

/// A name alone.
fn named(key: &str, name: &Text) -> Message {
    say(key).local("name", &name.id, &name.en)
}

/// The text of a word of the rulebook.
fn word(word: &str) -> Message {
    Message::new(format!("rules-word-{}", word.replace('_', "-").to_lowercase()))
}

/// A list of words of the rulebook.
fn words_of<'w>(list: impl IntoIterator<Item = &'w String>) -> Arg {
    Arg::List(list.into_iter().map(|one| Arg::Message(word(one))).collect())
}

/// A list of words that the format does not know, by their texts where they are usual.
fn free_words<'w>(list: impl IntoIterator<Item = &'w String>) -> Arg {
    Arg::List(list.into_iter().map(|one| crate::word(one)).collect())
}

/// A list of free texts.
fn texts_of<'w>(list: impl IntoIterator<Item = &'w String>) -> Arg {
    Arg::List(list.into_iter().map(|one| Arg::Text(one.clone())).collect())
}

fn local(text: &Text) -> Arg {
    Arg::Local(text.id.clone(), text.en.clone())
}

/// A list of names.
fn names_of<'t>(list: impl IntoIterator<Item = &'t Text>) -> Arg {
    Arg::List(list.into_iter().map(local).collect())
}
