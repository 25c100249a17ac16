//! `paritrana explain`: the working of one candidate as a tree, from its place down to marks and verified claims.

use std::path::Path;

use anyhow::Result;
use award::Line;
use unicode_width::UnicodeWidthStr;
use words::Lang;

use crate::screen::{HONOUR, QUIET, STRONG, Said, paint, say, width, wrapped};
use crate::{DONE, REFUSED, cycle};

/// Explains a candidate of the cycle in `dir`.
pub fn run(said: &mut Said, dir: &Path, candidate: &str, json: bool, lang: Lang) -> Result<u8> {
    let Some(run) = cycle::played(said, dir, None, lang)? else { return Ok(REFUSED) };
    match award::explain(&run, candidate) {
        Err(not_found) => {
            said.refuse(&not_found.message(), lang);
            Ok(REFUSED)
        }
        Ok(explanation) if json => {
            said.line(serde_json::to_string_pretty(&explanation)?);
            Ok(DONE)
        }
        Ok(explanation) => {
            cycle::print_label(said, &run.cycle, lang);
            said.line(paint(STRONG, &explanation.name));
            for line in &explanation.contests {
                print_line(said, line, "", "", &[], lang);
            }
            Ok(DONE)
        }
    }
}

/// Prints a line and what stands below it, with the branches of the tree drawn before them. Sources that the line above has told
/// already are not told again.
fn print_line(said: &mut Said, line: &Line, branch: &str, below: &str, told: &[String], lang: Lang) {
    let text = line.text.0.render(lang);
    let text = if line.children.is_empty() { text } else { paint(STRONG, text) };
    let value = line.value.as_deref().filter(|_| !line.says_its_value());
    let value = value.map(|value| format!(": {}", paint(HONOUR, shown(value, lang)))).unwrap_or_default();
    let mark = if line.assumed { format!(" {}", paint(QUIET, say("cli-assumed", lang))) } else { String::new() };
    let own = format!("{branch}{text}{value}{mark}");
    let sources = if line.sources == told { String::new() } else { line.sources.join("; ") };
    if sources.is_empty() || seen(&own) + sources.width() + 3 <= width() {
        let sources = if sources.is_empty() { String::new() } else { paint(QUIET, format!(" [{sources}]")) };
        said.line(format!("{own}{sources}"));
    } else {
        said.line(own);
        let bar = if line.children.is_empty() { "    " } else { "│   " };
        for source in wrapped(&sources, 0, width().saturating_sub(seen(below) + 4)).lines() {
            said.line(format!("{below}{}", paint(QUIET, format!("{bar}{source}"))));
        }
    }
    let told = if line.sources.is_empty() { told } else { &line.sources };
    for (index, child) in line.children.iter().enumerate() {
        let last = index + 1 == line.children.len();
        let (own, deeper) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        print_line(
            said,
            child,
            &format!("{below}{}", paint(QUIET, own)),
            &format!("{below}{}", paint(QUIET, deeper)),
            told,
            lang,
        );
    }
}

/// An exact number for reading: a short decimal as it is, anything longer with four decimals and a sign that there is more. `--json`
/// has the exact value.
fn shown(value: &str, lang: Lang) -> String {
    match value.parse::<tally::Exact>() {
        Ok(exact) if value.contains('/') || value.len() > 16 => format!("{}…", words::number(&exact.fixed(4), lang)),
        _ => words::number(value, lang),
    }
}

/// How many columns a text takes, its colours left out.
fn seen(text: &str) -> usize {
    anstream::adapter::strip_str(text).to_string().width()
}
