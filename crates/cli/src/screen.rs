//! What the commands print with: the language, colours that vanish when piped, and tables that line up.

use std::io::{IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use unicode_width::UnicodeWidthStr;
use words::{Lang, Message};

use crate::args::{Colour, Language};

/// Headings of levels and contests.
pub const HEADING: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Blue)));
/// Those who advance or win.
pub const HONOUR: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));
/// Verified, agreed.
pub const GOOD: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));
/// Refused, corrected, out.
pub const BAD: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
/// Sources, marks of assumption, remarks.
pub const QUIET: Style = Style::new().dimmed();
/// Names and numbers that matter.
pub const STRONG: Style = Style::new().bold();

/// The language asked for: option, own variable, system, Indonesian.
pub fn language(option: Option<Language>) -> Lang {
    match option {
        Some(Language::Id) => return Lang::Id,
        Some(Language::En) => return Lang::En,
        None => {}
    }
    let configured = crate::config::value(crate::config::LANGUAGE).into_iter();
    let system = ["PARITRANA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"].iter().filter_map(|name| std::env::var(name).ok());
    configured.chain(system).find_map(|code| Lang::of(&code)).unwrap_or(Lang::Id)
}

/// What a command has to say. It is collected and written once at the end, so that a full disk or a reader who went away is one error
/// in one place, and not a crash in the middle.
#[derive(Debug, Default)]
pub struct Said {
    out: String,
    err: String,
}

impl Said {
    /// Adds a line to standard output.
    pub fn line(&mut self, text: impl std::fmt::Display) {
        self.out += &format!("{text}\n");
    }

    /// Adds a line to standard error.
    pub fn complain(&mut self, text: impl std::fmt::Display) {
        self.err += &format!("{text}\n");
    }

    /// Adds a refusal with its reason to standard error.
    pub fn refuse(&mut self, reason: &Message, lang: Lang) {
        self.complain(format!("{}: {}", paint(BAD, say("cli-refused", lang)), reason.render(lang)));
    }

    /// Adds a refusal with its reason and the next step, which stands under the same key with `-next` and has the same gaps.
    pub fn refuse_with_next(&mut self, reason: &Message, lang: Lang) {
        self.refuse(reason, lang);
        let next = Message::new(format!("{}-next", reason.key()));
        let next = reason.args().iter().fold(next, |next, (name, arg)| next.with(name, arg.clone()));
        self.complain(next.render(lang));
    }

    /// Writes everything; colours vanish where there is no terminal.
    pub fn write(&self) -> std::io::Result<()> {
        anstream::stderr().write_all(self.err.as_bytes())?;
        let mut out = anstream::stdout();
        out.write_all(self.out.as_bytes())?;
        out.flush()
    }
}

/// A bar on a terminal; nothing where there is none.
pub fn bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(20));
    bar.set_style(ProgressStyle::with_template("{bar:32.blue} {pos}/{len} {msg}").expect("the template is well formed"));
    bar
}

/// Makes printing follow `--color`, NO_COLOR and whether there is a terminal.
pub fn set_colour(choice: Colour) {
    let choice = match choice {
        Colour::Auto => anstream::ColorChoice::Auto,
        Colour::Always => anstream::ColorChoice::Always,
        Colour::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
}

/// Text in a style; the style vanishes when printed to a pipe.
pub fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// The sentence of a text without arguments.
pub fn say(key: &'static str, lang: Lang) -> String {
    Message::new(key).render(lang)
}

/// Rows whose columns line up; numbers to the right.
#[derive(Debug, Default)]
pub struct Table {
    heads: Vec<String>,
    rows: Vec<Vec<(String, Style)>>,
    right: Vec<bool>,
}

impl Table {
    /// A table whose columns are right-aligned where `right` says so.
    pub fn new(right: &[bool]) -> Table {
        Table { heads: Vec::new(), rows: Vec::new(), right: right.to_vec() }
    }

    /// A list whose columns have headings, by the keys of their texts; an empty one has none.
    pub fn headed(heads: &[&'static str], lang: Lang) -> Table {
        Table { heads: heads.iter().map(|head| say(head, lang)).collect(), ..Table::default() }
    }

    /// The same list with its numbers to the right.
    #[must_use]
    pub fn right(mut self, right: &[bool]) -> Table {
        self.right = right.to_vec();
        self
    }

    /// Adds a row of styled cells.
    pub fn row(&mut self, cells: Vec<(String, Style)>) {
        self.rows.push(cells);
    }

    /// The lines, each indented by `indent` spaces.
    pub fn lines(&self, indent: usize) -> Vec<String> {
        if self.rows.is_empty() {
            return Vec::new();
        }
        let heads: Vec<(String, Style)> = self.heads.iter().map(|head| (head.clone(), QUIET)).collect();
        let rows = || Some(&heads).filter(|heads| !heads.is_empty()).into_iter().chain(&self.rows);
        let columns = rows().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> =
            (0..columns).map(|c| rows().filter_map(|row| row.get(c)).map(|cell| cell.0.width()).max().unwrap_or(0)).collect();
        rows().map(|row| self.line(row, &widths, indent)).collect()
    }

    fn line(&self, row: &[(String, Style)], widths: &[usize], indent: usize) -> String {
        let mut line = " ".repeat(indent);
        for (column, (text, style)) in row.iter().enumerate() {
            let padding = " ".repeat(widths[column].saturating_sub(text.width()));
            let cell = paint(*style, text);
            let last = column + 1 == row.len();
            if self.right.get(column).copied().unwrap_or(false) {
                line += &format!("{padding}{cell}");
            } else if last {
                line += &cell;
            } else {
                line += &format!("{cell}{padding}");
            }
            if !last {
                line += "  ";
            }
        }
        line.trim_end().to_owned()
    }
}

/// How many columns there are to print on: those of the terminal, at least 60 and at most 120; 100 when piped.
pub fn width() -> usize {
    let columns = std::io::stdout().is_terminal().then(|| console::Term::stdout().size().1);
    columns.map_or(100, |columns| usize::from(columns).clamp(60, 120))
}

/// Text broken into lines of at most `width`, each indented.
pub fn wrapped(text: &str, indent: usize, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if !line.is_empty() && indent + line.width() + 1 + word.width() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    let space = " ".repeat(indent);
    lines.into_iter().map(|line| format!("{space}{line}")).collect::<Vec<_>>().join("\n")
}
