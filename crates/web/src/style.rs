//! The page of the design system: every component with its states, for whoever builds pages and for the tests that look at them.

use axum::Form;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::app::App;
use crate::frame::{Answer, Frame, localised, show};
use crate::visit::{THEME, Theme, Visit};

#[derive(askama::Template)]
#[template(path = "style.html")]
struct Page {
    f: Frame,
}

/// `GET /gaya`.
pub(crate) async fn page(State(app): State<App>, visit: Visit) -> Answer {
    show(&Page { f: Frame::new(&app, &visit, "web-style-title") })
}

#[derive(Deserialize)]
pub(crate) struct Choice {
    rupa: String,
    kembali: String,
}

/// `POST /rupa`: light, dark, or as the device has it.
pub(crate) async fn theme(State(app): State<App>, visit: Visit, Form(choice): Form<Choice>) -> Response {
    let back = if is_own_path(&choice.kembali) { choice.kembali.as_str() } else { "/" };
    let cookie = cookie::Cookie::build((THEME, Theme::of(&choice.rupa).map_or("", Theme::word)))
        .path("/")
        .same_site(cookie::SameSite::Lax)
        .secure(app.settings().secure)
        .max_age(cookie::time::Duration::days(if Theme::of(&choice.rupa).is_some() { 365 } else { 0 }));
    let to = localised(visit.asked.lang, back);
    ([(SET_COOKIE, cookie.to_string())], Redirect::to(&to)).into_response()
}

/// Whether a path stays within this site: no other host, no control characters.
pub(crate) fn is_own_path(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && !path.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leaves_the_site() {
        assert!(is_own_path("/edisi/x?y=1"));
        for path in ["//evil.example", "https://evil.example", "/\\evil.example", "", "edisi", "/a\r\nx"] {
            assert!(!is_own_path(path), "{path:?}");
        }
    }
}
