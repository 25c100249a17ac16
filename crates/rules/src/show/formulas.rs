//! A formula in words: claims by their names, functions by what they do. How it is written exactly stands in the rulebook's own text.

use words::{Arg, Lang, Message};

use super::{Page, say};

impl Page<'_> {
    /// A formula as people read it: `("Members" + 1) / (the larger of (1; "Workers"))`.
    pub(super) fn formula(&self, text: &str) -> Arg {
        Arg::Local(self.formula_in(text, Lang::Id), self.formula_in(text, Lang::En))
    }

    fn formula_in(&self, text: &str, lang: Lang) -> String {
        let mut told = String::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let (piece, after) = rest.split_at(length(rest, first));
            rest = after;
            match piece {
                "*" => told.push('×'),
                "," => told.push(';'),
                ">=" => told.push('≥'),
                "<=" => told.push('≤'),
                "==" => told.push('='),
                "!=" => told.push('≠'),
                _ if first.is_ascii_digit() => told.push_str(&words::number(piece, lang)),
                _ if first.is_alphabetic() => told.push_str(&self.name_in(piece, lang)),
                _ => told.push_str(piece),
            }
        }
        told
    }

    fn name_in(&self, name: &str, lang: Lang) -> String {
        if let Some(function) = function(name) {
            return format!("{} ", function.render(lang));
        }
        let derived = self.book.derived_claim(name).map(|derived| &derived.name);
        let known = self.book.claim(name).map(|claim| &claim.name).or(derived);
        known.map_or_else(|| name.to_owned(), |known| say("formula-name").local("name", &known.id, &known.en).render(lang))
    }
}

/// How long the piece is with which a formula goes on.
fn length(rest: &str, first: char) -> usize {
    let while_is = |is: fn(char) -> bool| rest.find(|letter| !is(letter)).unwrap_or(rest.len());
    match first {
        _ if first.is_alphabetic() => while_is(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.')),
        _ if first.is_ascii_digit() => while_is(|letter| letter.is_ascii_digit() || letter == '.'),
        '<' | '>' | '=' | '!' => while_is(|letter| matches!(letter, '<' | '>' | '=' | '!')).min(2),
        _ => first.len_utf8(),
    }
}

/// What a function is called.
fn function(name: &str) -> Option<Message> {
    Some(say(match name {
        "if" => "formula-if",
        "min" => "formula-min",
        "max" => "formula-max",
        "sum" => "formula-sum",
        "count" => "formula-count",
        "round" => "formula-round",
        _ => return None,
    }))
}
