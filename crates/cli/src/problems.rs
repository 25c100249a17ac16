//! Problems on the screen: the offending line underlined, what is wrong, and what to do, all of them at once.

use std::collections::BTreeMap;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use words::{Lang, Message, Problem};

use crate::screen::say;

/// Longest stretch of a file shown around a problem; longer lines are cut around the spot.
const SHOWN_BYTES: usize = 400;

/// The texts of the files that problems speak of, by the name the problem uses.
pub type Texts = BTreeMap<String, String>;

/// All problems as text, each with its place, and a last line that counts them.
pub fn render(problems: &[Problem], texts: &Texts, lang: Lang) -> String {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
    let mut shown: Vec<String> = problems.iter().map(|problem| render_one(problem, texts, &renderer, lang)).collect();
    // The line that counts the rest is no problem itself.
    let told = problems.iter().filter(|problem| problem.message.key() != "problem-cycle-more").count();
    shown.push(Message::new("cli-problems").number("count", told).render(lang));
    shown.join("\n\n")
}

fn render_one(problem: &Problem, texts: &Texts, renderer: &Renderer, lang: Lang) -> String {
    let title = problem.message.render(lang);
    let hint = problem.hint.as_ref().map(|hint| hint.render(lang));
    let level = Level::ERROR.with_name(say("cli-problem", lang));
    let is_whole_file = problem.span == (0..0);
    let mut group = match texts.get(&problem.file).filter(|text| !text.is_empty() && !is_whole_file) {
        Some(text) => {
            let window = Window::around(text, problem);
            let snippet = Snippet::source(window.text.to_owned())
                .path(problem.file.clone())
                .line_start(window.line)
                .annotation(AnnotationKind::Primary.span(window.span));
            level.primary_title(title).element(snippet)
        }
        None => level.primary_title(title).element(annotate_snippets::Origin::path(problem.file.clone())),
    };
    if let Some(hint) = hint {
        group = group.element(Level::HELP.with_name(say("cli-hint", lang)).message(hint));
    }
    renderer.render(&[group])
}

/// The line of a problem, cut to what a screen can hold.
struct Window<'t> {
    text: &'t str,
    line: usize,
    span: std::ops::Range<usize>,
}

impl<'t> Window<'t> {
    fn around(text: &'t str, problem: &Problem) -> Window<'t> {
        let (line, _) = problem.position(text);
        let start = boundary(text, problem.span.start.min(text.len()));
        let end = boundary(text, problem.span.end.clamp(start, text.len()));
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        let from = boundary(text, line_start.max(start.saturating_sub(SHOWN_BYTES / 2)));
        let to = boundary(text, line_end.min(start + SHOWN_BYTES));
        let end = end.clamp(start, to);
        Window { text: &text[from..to], line, span: start - from..end - from }
    }
}

/// The nearest character boundary at or before a byte.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
