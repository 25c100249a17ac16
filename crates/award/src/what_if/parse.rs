//! A change as people type it: `weight:kinerja=30`, `claim:badung/active_pu=250000`, `quota:2`.

use tally::{Exact, Mark};
use words::Message;

use crate::cycle::near;

/// The words before the colon.
const KINDS: [&str; 10] = ["weight", "claim", "item", "stated", "mark", "absent", "attendance", "quota", "minimum", "withdraw"];

/// What somebody wants changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wish {
    Weight { node: String, weight: Exact },
    Claim { candidate: String, claim: String, value: Option<Exact> },
    Item { candidate: String, list: String, title: String, stage: Option<String> },
    Stated { candidate: String, indicator: String, points: Option<Exact> },
    Mark { juror: String, candidate: String, indicator: String, mark: Mark },
    WithoutJuror(String),
    Attendance { candidate: String, rank: Option<String> },
    IgnoreAttendance,
    Quota(u32),
    Minimum(Option<Exact>),
    Withdraw(String),
}

/// Reads one change.
pub(crate) fn wish(text: &str) -> Result<Wish, Message> {
    let (kind, rest) = text.split_once(':').ok_or_else(|| Message::new("what-if-form"))?;
    let (kind, rest) = (kind.trim(), rest.trim());
    match kind {
        "absent" => Ok(Wish::WithoutJuror(filled(rest)?)),
        "withdraw" => Ok(Wish::Withdraw(filled(rest)?)),
        "quota" => rest.parse().map(Wish::Quota).map_err(|_| not_a_number(rest)),
        "minimum" => Ok(Wish::Minimum(optional(rest)?)),
        "attendance" if rest == "ignore" => Ok(Wish::IgnoreAttendance),
        _ if KINDS.contains(&kind) => assignment(kind, rest),
        _ => Err(Message::new("what-if-kind").text("kind", kind).message("hint", near::hint(kind, KINDS))),
    }
}

/// Changes of the form `what=value`.
fn assignment(kind: &str, text: &str) -> Result<Wish, Message> {
    let (what, value) = text.rsplit_once('=').ok_or_else(|| Message::new("what-if-form"))?;
    let (what, value) = (what.trim(), value.trim());
    let parts = |count: usize| {
        let parts: Vec<String> = what.splitn(count, '/').map(|part| part.trim().to_owned()).collect();
        let good = parts.len() == count && parts.iter().all(|part| !part.is_empty());
        good.then_some(parts).ok_or_else(|| Message::new("what-if-form"))
    };
    match kind {
        "weight" => Ok(Wish::Weight { node: filled(what)?, weight: number(value)? }),
        "attendance" => {
            let rank = (value != "absent").then(|| value.to_owned());
            Ok(Wish::Attendance { candidate: filled(what)?, rank })
        }
        "claim" => {
            let [candidate, claim] = two(parts(2)?);
            Ok(Wish::Claim { candidate, claim, value: yes_no(value).map_or_else(|| optional(value), |value| Ok(Some(value)))? })
        }
        "stated" => {
            let [candidate, indicator] = two(parts(2)?);
            Ok(Wish::Stated { candidate, indicator, points: optional(value)? })
        }
        "item" => {
            let [candidate, list, title] = three(parts(3)?);
            Ok(Wish::Item { candidate, list, title, stage: (value != "none").then(|| value.to_owned()) })
        }
        _ => {
            let [juror, candidate, indicator] = three(parts(3)?);
            let mark = Mark::try_from(value.replace(',', ".")).map_err(|_| not_a_number(value))?;
            Ok(Wish::Mark { juror, candidate, indicator, mark })
        }
    }
}

fn two(parts: Vec<String>) -> [String; 2] {
    parts.try_into().expect("the parts were counted")
}

fn three(parts: Vec<String>) -> [String; 3] {
    parts.try_into().expect("the parts were counted")
}

fn filled(text: &str) -> Result<String, Message> {
    if text.is_empty() { Err(Message::new("what-if-form")) } else { Ok(text.to_owned()) }
}

fn yes_no(text: &str) -> Option<Exact> {
    match text {
        "yes" | "ya" => Some(Exact::one()),
        "no" | "tidak" => Some(Exact::zero()),
        _ => None,
    }
}

/// A number, or nothing for an empty text or `none`.
fn optional(text: &str) -> Result<Option<Exact>, Message> {
    if text.is_empty() || text == "none" { Ok(None) } else { number(text).map(Some) }
}

/// A number with a decimal point or comma.
fn number(text: &str) -> Result<Exact, Message> {
    let one_comma = text.matches(',').count() == 1 && !text.contains('.');
    let plain = if one_comma { text.replace(',', ".") } else { text.to_owned() };
    plain.parse().map_err(|_| not_a_number(text))
}

fn not_a_number(text: &str) -> Message {
    Message::new("problem-cycle-not-a-number").text("text", text.chars().take(60).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_may_have_slashes_and_a_number_a_comma() {
        let item = Wish::Item {
            candidate: "bontang".into(),
            list: "legal_products".into(),
            title: "Perwali 12/2020".into(),
            stage: Some("enacted".into()),
        };
        assert_eq!(wish("item:bontang/legal_products/Perwali 12/2020=enacted"), Ok(item));
        assert_eq!(wish("minimum:70,5"), Ok(Wish::Minimum("70.5".parse().ok())));
    }

    #[test]
    fn a_misspelt_kind_is_refused_with_the_right_one() {
        let told = wish("wieght:kinerja=30").map_err(|message| message.render(words::Lang::En));
        assert!(matches!(told, Err(text) if text.contains("weight")));
        assert!(wish("weight:kinerja").is_err() && wish("claim:badung=3").is_err() && wish("quota:two").is_err());
    }
}
