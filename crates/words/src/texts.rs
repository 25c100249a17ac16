//! The Fluent bundles: one per language, built from the files in `texts/`, which are part of the program.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

use crate::{Arg, Lang, Message};

/// The text files of both languages, by area.
macro_rules! areas {
    ($($area:literal),+ $(,)?) => {
        const INDONESIAN: &[(&str, &str)] = &[$(($area, include_str!(concat!("../texts/id/", $area, ".ftl")))),+];
        const ENGLISH: &[(&str, &str)] = &[$(($area, include_str!(concat!("../texts/en/", $area, ".ftl")))),+];
    };
}

areas! {
    "problem",
    "rules",
    "award",
    "preparation",
    "jury",
    "closing",
    "people",
    "cli",
    "files",
    "store",
    "office",
    "administration",
    "places",
    "rehearse",
    "web",
    "web_history",
    "web_public",
    "help",
    "reason",
    "candidate",
    "demo",
    "sign_in",
    "web_guide",
    "web_sign_in",
    "web_candidate",
    "hearing",
}

fn files(lang: Lang) -> &'static [(&'static str, &'static str)] {
    match lang {
        Lang::Id => INDONESIAN,
        Lang::En => ENGLISH,
    }
}

/// The English files.
pub(crate) fn english() -> &'static [(&'static str, &'static str)] {
    files(Lang::En)
}

fn bundle(lang: Lang) -> &'static FluentBundle<FluentResource> {
    static BUNDLES: [OnceLock<FluentBundle<FluentResource>>; 2] = [OnceLock::new(), OnceLock::new()];
    BUNDLES[lang as usize].get_or_init(|| {
        let language = lang.code().parse().expect("both codes are language identifiers");
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        bundle.set_use_isolating(false);
        for (area, text) in files(lang) {
            let resource = FluentResource::try_new((*text).to_owned())
                .unwrap_or_else(|(_, errors)| panic!("texts/{}/{area}.ftl: {errors:?}", lang.code()));
            bundle.add_resource(resource).unwrap_or_else(|errors| panic!("texts/{}/{area}.ftl: {errors:?}", lang.code()));
        }
        bundle
    })
}

/// Makes the texts of a language ready now and not when the first one is needed: for whoever has a thread to spare.
pub fn prepare(lang: Lang) {
    bundle(lang);
}

/// The sentence of a message. A key or argument that is missing is a bug that the tests of this crate find; should one slip
/// through, the key itself is shown, so that nothing fails in front of a user.
pub fn render(message: &Message, lang: Lang) -> String {
    let bundle = bundle(lang);
    let Some(pattern) = bundle.get_message(message.key()).and_then(|found| found.value()) else {
        return format!("{{{}}}", message.key());
    };
    let mut args = FluentArgs::new();
    for (name, arg) in message.args() {
        match arg {
            // Texts choose by none and by one, which must be numbers for that; any other is written as its language writes it.
            Arg::Number(number) if number == "0" => args.set(name.clone(), 0u8),
            Arg::Number(number) if number == "1" => args.set(name.clone(), 1u8),
            _ => args.set(name.clone(), arg.render(lang)),
        }
    }
    let mut errors = Vec::new();
    bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned()
}

/// Whether there is a text under a key.
pub fn is_text(key: &str, lang: Lang) -> bool {
    bundle(lang).has_message(key)
}

/// Every key of a language with the names of its arguments, sorted.
pub fn keys(lang: Lang) -> Vec<(String, Vec<String>)> {
    let mut keys = Vec::new();
    for (_, text) in files(lang) {
        let resource = fluent_syntax::parser::parse(*text).expect("the bundle parsed it as well");
        for entry in resource.body {
            if let fluent_syntax::ast::Entry::Message(message) = entry {
                let mut names: Vec<String> = variables(&message.value.map(|v| format!("{v:?}")).unwrap_or_default());
                names.sort();
                names.dedup();
                keys.push((message.id.name.to_owned(), names));
            }
        }
    }
    keys.sort();
    keys
}

/// The argument names in the printed syntax tree of a pattern.
fn variables(tree: &str) -> Vec<String> {
    tree.split("VariableReference { id: Identifier { name: \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_exists_in_both_languages_with_the_same_arguments() {
        assert_eq!(keys(Lang::Id), keys(Lang::En));
    }

    #[test]
    fn no_key_is_given_twice() {
        for lang in Lang::ALL {
            let all = keys(lang);
            let twice: Vec<_> = all.windows(2).filter(|pair| pair[0].0 == pair[1].0).collect();
            assert_eq!(twice, Vec::<&[_]>::new());
        }
    }

    #[test]
    fn one_is_told_in_the_singular_and_thousands_with_their_separator() {
        let told = |key: &str, count: u32| Message::new(key).number("count", count).render(Lang::En);
        let of = |key: &str| [1, 2, 1000].map(|count| told(key, count));
        assert_eq!(of("web-home-candidates"), ["1 candidate", "2 candidates", "1,000 candidates"]);
        assert_eq!(of("web-candidate-days"), ["1 day", "2 days", "1,000 days"]);
        assert_eq!(Message::new("web-home-candidates").number("count", 1).render(Lang::Id), "1 kandidat");
    }

    #[test]
    fn none_is_told_where_a_text_has_words_for_it() {
        let told = |key: &str, lang: Lang| Message::new(key).number("count", 0).render(lang);
        assert_eq!(told("web-search-count", Lang::En), "Nothing was found.");
        assert_eq!(told("web-search-count", Lang::Id), "Tidak ada yang ditemukan.");
        assert_eq!(told("web-enter-open-of", Lang::En), "No category is open");
        assert_eq!(told("web-home-candidates", Lang::En), "0 candidates");
    }

    #[test]
    fn a_sentence_carries_its_arguments_without_marks_around_them() {
        let message = Message::new("problem-file-missing").text("file", "marks.csv");
        assert!(!message.render(Lang::Id).contains('\u{2068}'));
    }
}
