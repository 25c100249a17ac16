//! What people and organisations of a demonstration are called. Everybody is called Contoh, which means sample and is nobody's name, so that
//! no page can be mistaken for one about real people.

use std::collections::BTreeMap;

use award::PersonId;

use crate::rehearse::step::Who;
use crate::rehearse::year::{Candidate, FIRST, Round, WORDS, Year};

/// Parts of an invented regency, so that there are enough of them.
const PARTS: [&str; 5] = ["", " Raya", " Hulu", " Hilir", " Tengah"];

/// What everybody who takes part is called, by id.
pub fn of_people<'y>(year: &Year, people: impl Iterator<Item = (&'y Who, &'y Round)>) -> BTreeMap<PersonId, String> {
    let turned = usize::try_from(year.options.seed % 36).unwrap_or(0);
    let name = |(number, (who, round)): (usize, (&Who, &Round))| {
        let first = FIRST[(number + turned) % FIRST.len()];
        let second = WORDS[(number / FIRST.len() + number) % WORDS.len()];
        (who.person(year, round), format!("{first} {second} Contoh"))
    };
    people.enumerate().map(name).collect()
}

/// What a candidate is called: the same in each edition, whatever its figures are.
pub fn of_candidate(candidate: &Candidate, province: usize) -> String {
    let number = candidate.id.as_str().rsplit('-').next().and_then(|number| number.parse::<usize>().ok()).unwrap_or(1) - 1;
    let turn = province * 3 + number;
    let (word, part) = (WORDS[turn % WORDS.len()], PARTS[turn / WORDS.len() % PARTS.len()]);
    let what = match candidate.kind.as_str() {
        "province" => "Pemerintah Provinsi Contoh",
        "regency" => "Kabupaten Contoh",
        "city" => "Kota Contoh",
        "village" => "Desa Contoh",
        "kelurahan" => "Kelurahan Contoh",
        _ => "UD Contoh",
    };
    format!("{what} {word}{part} (fiktif)")
}
