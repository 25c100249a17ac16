//! Who comes, in which language, to which page: read off a request once.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::{COOKIE, HeaderMap};
use axum::http::request::Parts;
use axum::http::{Request, Uri};
use jiff::Timestamp;
use words::Lang;

use crate::app::App;
use crate::who::Who;

/// The language in which a page was asked for, and its path without it: `/en/aturan` is `/aturan` in English. Indonesian has no prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) lang: Lang,
    /// With a leading slash, without the language.
    pub(crate) path: String,
    /// With its question mark; empty if there is none.
    pub(crate) query: String,
}

/// Takes the language off the path before any route sees it, so that each route stands once.
pub(crate) fn read_language<B>(mut request: Request<B>) -> Request<B> {
    let whole = request.uri().path();
    let is_path = |rest: &&str| rest.is_empty() || (rest.starts_with('/') && !rest.starts_with("//"));
    let rest = whole.strip_prefix("/en").filter(is_path);
    let lang = if rest.is_some() { Lang::En } else { Lang::Id };
    let path = match rest {
        Some("") => "/".to_owned(),
        Some(rest) => rest.to_owned(),
        None => one_slash(whole),
    };
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    if lang == Lang::En
        && let Ok(uri) = format!("{path}{query}").parse::<Uri>()
    {
        *request.uri_mut() = uri;
    }
    request.extensions_mut().insert(Asked { lang, path, query });
    request
}

/// A path with one slash in front: with two, a link to it would lead to another site.
fn one_slash(path: &str) -> String {
    format!("/{}", path.trim_start_matches('/'))
}

/// Light or dark, as chosen; otherwise the device's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Theme {
    Light,
    Dark,
}

impl Theme {
    /// As it stands in the cookie and in the page.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Theme::Light => "terang",
            Theme::Dark => "gelap",
        }
    }

    pub(crate) fn of(word: &str) -> Option<Theme> {
        [Theme::Light, Theme::Dark].into_iter().find(|theme| theme.word() == word)
    }

    pub(crate) fn read(headers: &HeaderMap) -> Option<Theme> {
        cookie(headers, THEME).and_then(|word| Theme::of(&word))
    }
}

/// The cookie of the theme.
pub(crate) const THEME: &str = "rupa";

/// A cookie of a request.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = all.flat_map(|line| cookie::Cookie::split_parse_encoded(line.to_owned()).filter_map(Result::ok));
    pairs.into_iter().find(|pair| pair.name() == name).map(|pair| pair.value().to_owned())
}

/// Everything about a visit that pages ask for.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    pub(crate) asked: Asked,
    pub(crate) theme: Option<Theme>,
    /// Who is signed in, perhaps with a step still to do.
    pub(crate) who: Option<Who>,
    pub(crate) now: Timestamp,
}

impl Visit {
    pub(crate) fn of(app: &App, parts: &Parts) -> Visit {
        let query = || parts.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        let plain = || Asked { lang: Lang::Id, path: one_slash(parts.uri.path()), query: query() };
        let asked = parts.extensions.get::<Asked>().cloned().unwrap_or_else(plain);
        Visit { asked, theme: Theme::read(&parts.headers), who: parts.extensions.get::<Who>().cloned(), now: app.now() }
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Visit, Infallible> {
        Ok(Visit::of(app, parts))
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn asked(uri: &str) -> (String, Asked) {
        let request = read_language(Request::builder().uri(uri).body(Body::empty()).expect("a request"));
        (request.uri().to_string(), request.extensions().get::<Asked>().cloned().expect("what was asked"))
    }

    fn asks(lang: Lang, path: &str, query: &str) -> Asked {
        Asked { lang, path: path.to_owned(), query: query.to_owned() }
    }

    #[test]
    fn indonesian_has_no_prefix_and_english_has_one() {
        assert_eq!(asked("/aturan?x=1"), ("/aturan?x=1".to_owned(), asks(Lang::Id, "/aturan", "?x=1")));
        assert_eq!(asked("/en/aturan?x=1"), ("/aturan?x=1".to_owned(), asks(Lang::En, "/aturan", "?x=1")));
        assert_eq!(asked("/en"), ("/".to_owned(), asks(Lang::En, "/", "")));
    }

    #[test]
    fn a_path_that_only_begins_like_a_language_is_a_path() {
        assert_eq!(asked("/entri"), ("/entri".to_owned(), asks(Lang::Id, "/entri", "")));
        assert_eq!(asked("/fr/aturan"), ("/fr/aturan".to_owned(), asks(Lang::Id, "/fr/aturan", "")));
    }

    #[test]
    fn no_path_becomes_the_address_of_another_site() {
        let english = asks(Lang::Id, "/en//evil.example/masuk", "");
        assert_eq!(asked("/en//evil.example/masuk"), ("/en//evil.example/masuk".to_owned(), english));
        assert_eq!(asked("//evil.example/masuk?x=1").1, asks(Lang::Id, "/evil.example/masuk", "?x=1"));
        assert_eq!(asked("///evil.example").1, asks(Lang::Id, "/evil.example", ""));
    }
}
