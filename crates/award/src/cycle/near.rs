//! "Did you mean …": the known word that lies nearest to a misspelt one.

use words::Message;

/// The option nearest to `word`, if it is near enough to be meant.
///
/// ```
/// assert_eq!(award::nearest_word("databse", ["database", "files"]), Some("database"));
/// assert_eq!(award::nearest_word("xyz", ["database", "files"]), None);
/// ```
pub fn nearest<'o>(word: &str, options: impl IntoIterator<Item = &'o str>) -> Option<&'o str> {
    let folded: Vec<char> = word.to_lowercase().chars().take(64).collect();
    let allowed = (folded.len() / 3).max(1);
    options
        .into_iter()
        .map(|option| (distance(&folded, &option.to_lowercase().chars().take(64).collect::<Vec<_>>()), option))
        .filter(|(distance, option)| *distance <= allowed || starts_alike(word, option))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, option)| option)
}

/// How many letters differ, if so few do that one word can be meant by the other.
pub(crate) fn far(word: &str, option: &str) -> Option<usize> {
    let letters = |text: &str| text.to_lowercase().chars().take(64).collect::<Vec<char>>();
    let (word, option) = (letters(word), letters(option));
    Some(distance(&word, &option)).filter(|distance| *distance <= (word.len() / 3).max(1))
}

/// A hint that names the nearest option, or else all of them if they are few.
pub(crate) fn hint<'o>(word: &str, options: impl IntoIterator<Item = &'o str> + Clone) -> Message {
    if let Some(near) = nearest(word, options.clone()) {
        return Message::new("problem-cycle-did-you-mean").text("word", near);
    }
    let known: Vec<&str> = options.into_iter().take(13).collect();
    match known.len() {
        0 => Message::new("problem-cycle-none-known"),
        13 => Message::new("problem-cycle-known-some").text("words", known[..12].join(", ")),
        _ => Message::new("problem-cycle-known").text("words", known.join(", ")),
    }
}

fn starts_alike(word: &str, option: &str) -> bool {
    word.chars().count() >= 3 && option.to_lowercase().starts_with(&word.to_lowercase())
}

/// The Levenshtein distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_misspelt_word_finds_its_neighbour_and_a_strange_one_nothing() {
        assert_eq!(nearest("kebijkan", ["kebijakan", "kinerja"]), Some("kebijakan"));
        assert_eq!(nearest("kep", ["kepatuhan", "kinerja"]), Some("kepatuhan"));
        assert_eq!(nearest("xyz", ["kebijakan", "kinerja"]), None);
    }
}
