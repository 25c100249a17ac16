//! Contests and rounds as people call them. A refusal names them by their path, as files and commands do; a page puts the names in its place.

use rules::Rulebook;
use words::{Arg, Message};

use crate::act::{ContestKey, RoundKey};
use crate::geography::Geography;

/// What messages name by a path.
const CONTESTS: [&str; 2] = ["contest", "above"];
const ROUND: &str = "round";

/// A message in which every contest and round is called by its name: "Kabupaten dan kota, Bali" for `province/51/kabkota`. Whatever is no path, or
/// names nothing of the rulebook, stays as it is.
///
/// ```
/// use award::called;
/// use words::{Lang, Message};
///
/// let rules = rules::read("rulebook.toml", rules::EXAMPLE).unwrap();
/// let geography = award::geography::Geography::of(&rules);
/// let message = Message::new("refusal-ratified").text("contest", "city/51/village");
/// let said = called(&rules, &geography, &message).render(Lang::En);
/// assert!(!said.contains("city/51/village"), "{said}");
/// ```
pub fn called(rules: &Rulebook, geography: &Geography, message: &Message) -> Message {
    let arg = |(name, arg): &(String, Arg)| {
        let named = match arg {
            Arg::Text(path) if CONTESTS.contains(&name.as_str()) => contest(rules, geography, path),
            Arg::Text(path) if name == ROUND => RoundKey::parse(path).and_then(|key| round(rules, geography, &key)),
            Arg::Message(inner) => Some(Arg::Message(called(rules, geography, inner))),
            _ => None,
        };
        (name.clone(), named.unwrap_or_else(|| arg.clone()))
    };
    let args = message.args().iter().map(arg);
    args.fold(Message::new(message.key()), |message, (name, arg)| message.with(&name, arg))
}

fn contest(rules: &Rulebook, geography: &Geography, path: &str) -> Option<Arg> {
    let key = ContestKey::parse(path)?;
    let category = &rules.category(&key.category)?.name;
    let Arg::Local(id, en) = round(rules, geography, &key.round)? else { return None };
    Some(Arg::Local(format!("{}, {id}", category.id), format!("{}, {en}", category.en)))
}

/// A round by its region, and that of the country by its level.
fn round(rules: &Rulebook, geography: &Geography, key: &RoundKey) -> Option<Arg> {
    let level = &rules.level(&key.level)?.name;
    Some(match &key.region {
        Some(region) => Arg::Local(geography.name(region), geography.name(region)),
        None => Arg::Local(level.id.clone(), level.en.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use words::Lang;

    fn said(message: &Message) -> Message {
        let rules = rules::read("rulebook.toml", include_str!("../../../rulebooks/2024.toml")).expect("it can be read");
        called(&rules, &Geography::of(&rules), message)
    }

    fn arg(name: &str, path: &str) -> Arg {
        said(&Message::new("refusal-ratified").text(name, path)).args()[0].1.clone()
    }

    #[test]
    fn a_contest_and_a_round_are_called_by_their_names_in_both_languages() {
        let local = |id: &str, en: &str| Arg::Local(id.into(), en.into());
        let rules = rules::read("rulebook.toml", include_str!("../../../rulebooks/2024.toml")).expect("it can be read");
        let category = rules.categories.iter().find(|one| one.id == "kabkota").map(|one| one.name.clone()).expect("it is there");
        let nation = rules.levels.last().expect("there is one");
        assert_eq!(
            arg("contest", "province/51/kabkota"),
            local(&format!("{}, Bali", category.id), &format!("{}, Bali", category.en))
        );
        assert_eq!(arg("round", "province/51"), local("Bali", "Bali"));
        assert_eq!(arg("round", &nation.id), local(&nation.name.id, &nation.name.en));
        let inner = Message::new("refusal-ratified").text("contest", "province/51/kabkota");
        let outer = said(&Message::new("refusal-change").message("why", inner.clone()));
        assert_eq!(outer, Message::new("refusal-change").message("why", said(&inner)));
    }

    #[test]
    fn what_names_nothing_of_the_rulebook_stays_as_it_is() {
        for (name, text) in
            [("contest", "province/51/naga"), ("contest", "Bali"), ("round", "planet/51"), ("candidate", "province/51/kabkota")]
        {
            assert_eq!(arg(name, text), Arg::Text(text.into()));
        }
        let message = Message::new("refusal-ratified").number("count", 3).local("seat", "Ketua", "Chair");
        assert_eq!(said(&message).render(Lang::Id), message.render(Lang::Id));
    }
}
