//! Rounds to choose from: thirty-eight of them do not stand below each other.

use award::RoundKey;
use rules::rulebook::Text;

use crate::frame::Frame;

/// A round to choose.
pub(crate) struct Choice {
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) chosen: bool,
}

/// What a round is called: by its region, or else by its level.
pub(crate) fn name(own: Option<&String>, level: Option<&Text>, f: &Frame) -> String {
    own.cloned().or_else(|| level.map(|level| f.text(level).to_owned())).unwrap_or_default()
}

/// Rounds to choose from, by level in their own order.
pub(crate) fn by_level<'r>(
    rounds: impl Iterator<Item = (&'r RoundKey, Option<&'r String>, Option<&'r Text>)>,
    wanted: &str,
    f: &Frame,
) -> Vec<(String, Vec<Choice>)> {
    let mut levels: Vec<(String, Vec<Choice>)> = Vec::new();
    for (key, own, level) in rounds {
        let path = key.path();
        let choice = Choice { chosen: path == wanted, name: name(own, level, f), path };
        let level = level.map_or(key.level.as_str(), |level| f.text(level));
        match levels.iter_mut().find(|(known, _)| known == level) {
            Some((_, rounds)) => rounds.push(choice),
            None => levels.push((level.to_owned(), vec![choice])),
        }
    }
    levels
}
