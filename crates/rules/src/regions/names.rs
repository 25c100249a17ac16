//! How a region's name is compared: without case, spaces, punctuation and the usual short forms.
//!
//! Letters, lists and forms write "Kab. Raja Ampat", "KABUPATEN RAJA AMPAT" and "Raja Ampat". They are the same name; a misprint is not.

use super::RegionKind;

/// The sort that stands before a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Province,
    Regency,
    City,
}

impl Sort {
    fn read(word: &str) -> Option<Sort> {
        match word {
            "provinsi" | "propinsi" | "prov" | "pemprov" => Some(Sort::Province),
            "kabupaten" | "kab" | "pemkab" => Some(Sort::Regency),
            "kota" | "kotamadya" | "pemkot" => Some(Sort::City),
            _ => None,
        }
    }

    pub(super) fn fits(self, kind: RegionKind) -> bool {
        match self {
            Sort::Province => kind == RegionKind::Province,
            Sort::Regency => matches!(kind, RegionKind::Regency | RegionKind::AdministrativeRegency),
            Sort::City => matches!(kind, RegionKind::City | RegionKind::AdministrativeCity),
        }
    }
}

/// The sort in front of a name, if there is one, and the name without case, spaces, punctuation and short forms.
pub(super) fn folded(text: &str) -> (Option<Sort>, String) {
    let words = words(text);
    let mut rest = words.as_slice();
    while let [word, others @ ..] = rest
        && matches!(word.as_str(), "pemerintah" | "pemda")
    {
        rest = others;
    }
    let mut sort = None;
    if let [word, others @ ..] = rest
        && !others.is_empty()
        && let Some(read) = Sort::read(word)
    {
        (sort, rest) = (Some(read), others);
    }
    if let [word, others @ ..] = rest
        && sort.is_some()
        && matches!(word.as_str(), "administrasi" | "administratif" | "adm")
    {
        rest = others;
    }
    (sort, spelled_out(rest))
}

/// The whole text as one name, its first word included.
pub(super) fn joined(text: &str) -> String {
    spelled_out(&words(text))
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn spelled_out(words: &[String]) -> String {
    let long = match words {
        [first, rest @ ..] if first == "dki" => ("daerahkhususibukota", rest),
        [first, rest @ ..] if first == "di" || first == "diy" => ("daerahistimewa", rest),
        [d, i, rest @ ..] if d == "d" && i == "i" => ("daerahistimewa", rest),
        rest => ("", rest),
    };
    let (start, rest) = long;
    let mut name = start.to_owned();
    for word in rest {
        name.push_str(match word.as_str() {
            "kep" => "kepulauan",
            "peg" => "pegunungan",
            "sumatra" => "sumatera",
            "yogya" | "jogja" | "jogjakarta" => "yogyakarta",
            other => other,
        });
    }
    name
}
