//! `paritrana rulebook`: check, compare, read aloud, and the schema for editors.

use std::path::{Path, PathBuf};

use anyhow::Result;
use rules::{Form, Paragraph, Rulebook};
use words::{Lang, Message};

use crate::screen::{GOOD, HEADING, QUIET, STRONG, Said, Table, paint, say, width, wrapped};
use crate::{DONE, REFUSED, folder, problems};

/// Reports every problem of every file.
pub fn check(said: &mut Said, files: &[PathBuf], lang: Lang) -> Result<u8> {
    let mut sound = true;
    for file in files {
        match read(said, file, lang)? {
            None => sound = false,
            Some(rulebook) => {
                let message = Message::new("cli-rulebook-sound")
                    .text("file", file.display().to_string())
                    .local("name", rulebook.edition.name.id, rulebook.edition.name.en)
                    .number("contests", rulebook.contests.len())
                    .number("schemes", rulebook.schemes.len());
                said.line(format!("{} {}", paint(GOOD, "✓"), message.render(lang)));
            }
        }
    }
    Ok(if sound { DONE } else { REFUSED })
}

/// Tells what changed from one rulebook to another.
pub fn diff(said: &mut Said, a: &Path, b: &Path, lang: Lang) -> Result<u8> {
    let (older, newer) = (read(said, a, lang)?, read(said, b, lang)?);
    let (Some(older), Some(newer)) = (older, newer) else { return Ok(REFUSED) };
    let changes = rules::diff(&older, &newer);
    if changes.is_empty() {
        said.line(say("cli-no-difference", lang));
    }
    for change in changes {
        said.line(wrapped(&format!("- {}", change.render(lang)), 0, width()));
    }
    Ok(DONE)
}

/// Prints the rules as plain sentences: Markdown when piped, laid out on a terminal.
pub fn show(said: &mut Said, file: &Path, lang: Lang) -> Result<u8> {
    let Some(rulebook) = read(said, file, lang)? else { return Ok(REFUSED) };
    let mut table: Vec<Vec<String>> = Vec::new();
    let mut told = Vec::new();
    for paragraph in rules::show(&rulebook) {
        let cells: Vec<String> = paragraph.text.iter().map(|cell| cell.render(lang)).collect();
        if matches!(paragraph.form, Form::HeadRow | Form::Row) {
            if paragraph.form == Form::HeadRow {
                flush(said, &mut table);
            }
            table.push(cells);
            continue;
        }
        flush(said, &mut table);
        print_paragraph(said, &paragraph, &cells.join(" "));
        if !paragraph.sources.is_empty() && paragraph.sources != told {
            told.clone_from(&paragraph.sources);
            let source = Message::new("cli-source").text("titles", titles(&rulebook, &paragraph.sources, lang)).render(lang);
            said.line(paint(QUIET, wrapped(&source, 4, width())));
        }
    }
    flush(said, &mut table);
    Ok(DONE)
}

/// Prints the JSON Schema.
pub fn schema(said: &mut Said) -> Result<u8> {
    said.line(serde_json::to_string_pretty(&rules::schema())?);
    Ok(DONE)
}

/// Reads a rulebook; prints all its problems and gives nothing if there are any.
pub fn read(said: &mut Said, file: &Path, lang: Lang) -> Result<Option<Rulebook>> {
    let bytes = folder::file(file)?;
    let name = file.display().to_string();
    match rules::read_bytes(&name, &bytes) {
        Ok(rulebook) => Ok(Some(rulebook)),
        Err(found) => {
            said.complain(problems::render(&found, &folder::texts([(name.as_str(), bytes.as_slice())]), lang));
            Ok(None)
        }
    }
}

fn print_paragraph(said: &mut Said, paragraph: &Paragraph, text: &str) {
    match paragraph.form {
        Form::Heading(1) => said.line(paint(HEADING, text)),
        Form::Heading(2) => said.line(format!("\n{}", paint(HEADING, text))),
        Form::Heading(_) => said.line(format!("\n{}", paint(STRONG, text))),
        Form::Bullet(depth) => {
            let indent = usize::from(depth) * 2;
            let lines = wrapped(text, indent, width());
            said.line(format!("{}• {}", " ".repeat(indent - 2), lines.trim_start()));
        }
        _ => said.line(wrapped(text, 0, width())),
    }
}

/// Prints the rows collected so far as a table.
fn flush(said: &mut Said, rows: &mut Vec<Vec<String>>) {
    let mut table = Table::new(&[]);
    for (index, row) in rows.drain(..).enumerate() {
        let style = if index == 0 { QUIET } else { anstyle::Style::new() };
        table.row(row.into_iter().map(|cell| (cell, style)).collect());
    }
    for line in table.lines(2) {
        said.line(line);
    }
}

fn titles(rulebook: &Rulebook, sources: &[String], lang: Lang) -> String {
    let title =
        |id: &String| rulebook.sources.get(id).map_or_else(|| say("cli-our-assumption", lang), |source| source.title.clone());
    sources.iter().map(title).collect::<Vec<_>>().join("; ")
}
