//! Reasons that come as English text: what an error of the machine says, or what stands in a row since it failed. Where it is one of ours, it
//! is said again in the language of whoever reads; a text of somebody else stays as it is.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use crate::texts::english;
use crate::{Arg, Message};

/// What the keys of such reasons begin with.
const BEGINNING: &str = "reason-";
/// A reason may lie in a reason, and that in another.
const DEPTH: usize = 4;

/// A reason for people: the message that says it, where it is one of ours; otherwise the text.
///
/// ```
/// use words::{Arg, Lang, Message, reason};
/// let message = Message::new("store-cut-off").with("why", reason("its last line is missing"));
/// assert!(message.render(Lang::Id).ends_with("baris terakhirnya tidak ada"));
/// assert_eq!(reason("pages 3 and 4"), Arg::Text("pages 3 and 4".into()));
/// ```
pub fn reason(text: &str) -> Arg {
    told(text, DEPTH).map_or_else(|| Arg::Text(text.to_owned()), Arg::Message)
}

fn told(text: &str, depth: usize) -> Option<Message> {
    let depth = depth.checked_sub(1)?;
    let mut best: Option<(usize, Message)> = None;
    for (_, file) in english() {
        let resource = fluent_syntax::parser::parse(*file).expect("the bundle parsed it as well");
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let Some(pattern) = message.value.filter(|_| message.id.name.starts_with(BEGINNING)) else { continue };
            let Some((weight, gaps)) = fitting(&pattern, text) else { continue };
            if best.as_ref().is_none_or(|(most, _)| weight > *most) {
                let found = Message::new(message.id.name);
                let filled = |found: Message, (name, gap): (String, &str)| {
                    let inner = told(gap, depth).map_or_else(|| Arg::Text(gap.to_owned()), Arg::Message);
                    found.with(&name, inner)
                };
                best = Some((weight, gaps.into_iter().fold(found, filled)));
            }
        }
    }
    best.map(|(_, message)| message)
}

/// What fills the gaps of a pattern where a text is of that form, and how many of its bytes are the pattern's own.
fn fitting<'t>(pattern: &Pattern<&str>, text: &'t str) -> Option<(usize, Vec<(String, &'t str)>)> {
    let (mut rest, mut weight, mut gaps) = (text, 0, Vec::new());
    let mut open: Option<&str> = None;
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => {
                let at = if open.is_some() { rest.find(value)? } else { rest.starts_with(value).then_some(0)? };
                if let Some(name) = open.take() {
                    gaps.push((name.to_owned(), &rest[..at]));
                }
                (rest, weight) = (&rest[at + value.len()..], weight + value.len());
            }
            PatternElement::Placeable { expression: Expression::Inline(InlineExpression::VariableReference { id }) } => {
                open = Some(id.name);
            }
            PatternElement::Placeable { .. } => return None,
        }
    }
    match open {
        Some(name) => gaps.push((name.to_owned(), rest)),
        None if !rest.is_empty() => return None,
        None => {}
    }
    Some((weight, gaps))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    #[test]
    fn a_reason_within_a_reason_is_said_again_and_what_is_not_ours_stays() {
        let why = "the stored personal text is not as this program writes it: there is none with the commitment ab";
        let Arg::Message(message) = reason(why) else { panic!("it is one of ours") };
        assert_eq!(message.render(Lang::En), why);
        assert_eq!(message.render(Lang::Id), "teks pribadi tidak seperti yang ditulis program ini: tidak ada yang bersegel ab");
        for text in ["", "leaf", "wrong # of entries in index"] {
            assert_eq!(reason(text), Arg::Text(text.into()));
        }
    }

    #[test]
    fn every_reason_is_read_back_from_its_english_text() {
        let keys: Vec<_> = crate::keys(Lang::En).into_iter().filter(|(key, _)| key.starts_with(BEGINNING)).collect();
        assert!(keys.len() > 40);
        for (key, gaps) in keys {
            let filled = gaps.iter().fold(Message::new(&key), |message, gap| message.text(gap, "7"));
            let text = filled.render(Lang::En);
            assert_eq!(reason(&text).render(Lang::Id), filled.render(Lang::Id), "{text}");
            assert_ne!(filled.render(Lang::Id), text);
        }
    }
}
