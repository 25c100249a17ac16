//! What stands around every page, and how a template says things: texts, numbers, days, times and links in the language of the visit.

use std::sync::Arc;

use award::geography::{Geography, offset};
use award::{Deadline, Sentence};
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use rules::Rulebook;
use rules::regions::Zone;
use rules::rulebook::Text;
use store::Edition;
use words::{Lang, Message};

use crate::app::App;
use crate::assets;
use crate::refused::Refused;
use crate::visit::{Theme, Visit};
use crate::who::{Who, step_path, with_back};

/// What a page handler answers.
pub(crate) type Answer = Result<Response, Refused>;

/// What stands around a page.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    /// The title, in the language of the visit.
    pub(crate) title: String,
    pub(crate) lang: Lang,
    /// Without the language.
    pub(crate) path: String,
    query: String,
    pub(crate) theme: Option<Theme>,
    /// Who is signed in, perhaps with a step still to do.
    pub(crate) who: Option<Who>,
    /// Whether the year is invented: that of the page, or every one that is served.
    pub(crate) sample: bool,
    /// The edition that the page is of, if it is of one.
    pub(crate) edition: Option<String>,
    /// By what its contests are called.
    names: Option<(Arc<Rulebook>, Arc<Geography>)>,
    /// What that edition is called, where its pages say so.
    pub(crate) edition_name: Option<Text>,
    /// The year by which that edition is called.
    edition_year: Option<String>,
    /// The edition whose pages the menu leads to from a page that is of none.
    running: Option<String>,
    /// Where the guide helps with this page, such as `berkas#unggah`; none for its list.
    pub(crate) help: Option<&'static str>,
}

impl Frame {
    /// The frame of a page whose title is a text of ours.
    pub(crate) fn new(app: &App, visit: &Visit, title: &str) -> Frame {
        Frame::titled(app, visit, Message::new(title).render(visit.asked.lang))
    }

    /// The frame of a page with a title of its own.
    pub(crate) fn titled(app: &App, visit: &Visit, title: String) -> Frame {
        let asked = visit.asked.clone();
        Frame {
            title,
            lang: asked.lang,
            path: asked.path,
            query: asked.query,
            theme: visit.theme,
            who: visit.who.clone(),
            sample: app.settings().sample,
            edition: None,
            names: None,
            edition_name: None,
            edition_year: None,
            running: app.running(),
            help: None,
        }
    }

    /// The same page, of an edition.
    pub(crate) fn of(mut self, edition: &Edition) -> Frame {
        self.sample |= office::demo::is_fictitious(&edition.id);
        self.edition = Some(edition.id.clone());
        self.names = Some((Arc::clone(&edition.rules), Arc::clone(&edition.geography)));
        let rules = &edition.rules.edition;
        self.edition_year = Some(year_of(self.text(&rules.name), rules.assessment_to.year()));
        self
    }

    /// The same page, of an edition that it names: first in the trail, and in the title of the window.
    pub(crate) fn within(self, edition: &Edition) -> Frame {
        Frame { edition_name: Some(edition.rules.edition.name.clone()), ..self.of(edition) }
    }

    /// The same page, with the place in the guide that helps with it.
    pub(crate) fn helped_by(self, place: &'static str) -> Frame {
        Frame { help: Some(place), ..self }
    }

    /// Where help stands.
    pub(crate) fn help(&self) -> String {
        self.to(&self.help.map_or_else(|| "/panduan".to_owned(), |place| format!("/panduan/{place}")))
    }

    /// The same page under another title.
    pub(crate) fn called(self, title: String) -> Frame {
        Frame { title, ..self }
    }

    /// A text.
    pub(crate) fn t(&self, key: &str) -> String {
        Message::new(key).render(self.lang)
    }

    /// A text with one argument called `what`.
    pub(crate) fn with(&self, key: &str, what: impl ToString) -> String {
        Message::new(key).text("what", what.to_string()).render(self.lang)
    }

    /// A text with a number called `count`.
    pub(crate) fn count(&self, key: &str, count: impl ToString) -> String {
        Message::new(key).number("count", count).render(self.lang)
    }

    /// A message, with contests called by their names where the page is of an edition.
    pub(crate) fn say(&self, message: &Message) -> String {
        match &self.names {
            Some((rules, geography)) if !message.args().is_empty() => award::called(rules, geography, message).render(self.lang),
            _ => message.render(self.lang),
        }
    }

    /// A sentence about a candidate.
    pub(crate) fn tell(&self, sentence: &Sentence) -> String {
        self.say(&sentence.0)
    }

    /// A text of the rulebook, which has both languages.
    pub(crate) fn text<'t>(&self, text: &'t Text) -> &'t str {
        match self.lang {
            Lang::Id => &text.id,
            Lang::En => &text.en,
        }
    }

    /// A number with the language's separators.
    pub(crate) fn number(&self, number: impl ToString) -> String {
        words::number(&number.to_string(), self.lang)
    }

    /// A day.
    pub(crate) fn day(&self, day: &Date) -> String {
        words::date(*day, self.lang)
    }

    /// The end of a last day as people there write it: `17 Desember 2026, 24.00 WITA`.
    pub(crate) fn until(&self, last: &Deadline) -> String {
        format!("{}, {} {}", self.day(&last.day), clock(self.lang, 24, 0), last.zone.abbreviation())
    }

    /// A moment as people there write it: `17 Desember 2026, 23.59 WITA`.
    pub(crate) fn moment(&self, at: &Timestamp, zone: &Zone) -> String {
        let there = at.to_zoned(offset(*zone));
        format!("{}, {} {}", self.day(&there.date()), self.time(&there.time()), zone.abbreviation())
    }

    /// A time of day as people write it: `09.30`, `09:30`.
    pub(crate) fn time(&self, time: &Time) -> String {
        clock(self.lang, time.hour(), time.minute())
    }

    /// Until when something must be done: the last second of a day is its end.
    pub(crate) fn time_until(&self, time: &Time) -> String {
        last_time(self.lang, *time)
    }

    /// A moment for machines.
    pub(crate) fn machine(&self, at: &Timestamp) -> String {
        at.to_string()
    }

    /// A link within the site, in the language of the visit.
    pub(crate) fn to(&self, path: &str) -> String {
        localised(self.lang, path)
    }

    /// A link within the edition that the page is of.
    pub(crate) fn here(&self, path: &str) -> String {
        self.to(&format!("/edisi/{}{path}", self.edition.as_deref().unwrap_or_default()))
    }

    /// What the edition of the page is called.
    pub(crate) fn edition_name(&self) -> &str {
        self.edition_name.as_ref().map_or("", |name| self.text(name))
    }

    /// What stands in the title of the window: the page, and the edition where the page is not called so itself.
    pub(crate) fn window(&self) -> String {
        match self.edition_name() {
            "" => format!("{} · Paritrana", self.title),
            name if name == self.title => format!("{name} · Paritrana"),
            name => format!("{} · {name} · Paritrana", self.title),
        }
    }

    /// The edition that the menu leads to: that of the page, or else the one that is under way.
    pub(crate) fn of_menu(&self) -> Option<&str> {
        self.edition.as_deref().or(self.running.as_deref())
    }

    /// What the menu calls that edition: by its year where another one is under way.
    pub(crate) fn menu_edition(&self) -> String {
        match (&self.edition, &self.edition_year) {
            (Some(edition), Some(year)) if self.running.as_ref().is_some_and(|running| running != edition) => {
                self.with("web-menu-edition-of", year)
            }
            _ => self.t("web-menu-edition"),
        }
    }

    /// A link of the menu within that edition.
    pub(crate) fn menu(&self, path: &str) -> String {
        self.to(&format!("/edisi/{}{path}", self.of_menu().unwrap_or_default()))
    }

    /// This page in the other language.
    pub(crate) fn other(&self) -> String {
        let other = if self.lang == Lang::Id { Lang::En } else { Lang::Id };
        localised(other, &format!("{}{}", self.path, self.query))
    }

    /// This page itself, without the language.
    pub(crate) fn back(&self) -> String {
        format!("{}{}", self.path, self.query)
    }

    /// The address that stands on paper: without what was asked for, and of a way in without its secret.
    pub(crate) fn on_paper(&self) -> String {
        let way_in = ["/masuk", "/undangan"].into_iter().find(|path| self.is_at(path));
        self.to(way_in.unwrap_or(&self.path))
    }

    /// Whether somebody is signed in, with all steps done.
    pub(crate) fn is_in(&self) -> bool {
        self.who.as_ref().is_some_and(Who::is_in)
    }

    /// What every form of somebody who is signed in holds as `tanda`.
    pub(crate) fn token(&self) -> &str {
        self.who.as_ref().map_or("", |who| &who.form_token)
    }

    /// Where somebody goes to sign in, with the way back to this page.
    pub(crate) fn sign_in(&self) -> String {
        let is_way_in = ["/masuk", "/undangan", "/keluar"].iter().any(|path| self.is_at(path)) || self.path == "/";
        self.to(&with_back("/masuk", if is_way_in { "" } else { &self.path }))
    }

    /// Where somebody goes on who has a step still to do.
    pub(crate) fn go_on(&self) -> String {
        self.to(&self.who.as_ref().map_or_else(|| "/masuk".to_owned(), |who| step_path(who.step, "")))
    }

    /// The first letter of the name of whoever is signed in.
    pub(crate) fn initial(&self) -> String {
        let first = self.who.as_ref().and_then(|who| who.name.chars().find(|c| c.is_alphanumeric()));
        first.map(|first| first.to_uppercase().to_string()).unwrap_or_default()
    }

    /// Where a browser file stands.
    pub(crate) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// What a link in the menu says of itself when the page is that one or below.
    pub(crate) fn is_at(&self, path: &str) -> bool {
        let rest = self.path.strip_prefix(path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Whether the page is this one of the edition, or below; with no path, the edition's own page.
    pub(crate) fn is_here(&self, path: &str) -> bool {
        let own = format!("/edisi/{}{path}", self.edition.as_deref().unwrap_or_default());
        if path.is_empty() { self.path == own } else { self.is_at(&own) }
    }
}

/// An hour and a minute as a language writes them: `09.30`, `09:30`. A day ends with its 24th hour, as on every Indonesian notice: `24.00`.
fn clock(lang: Lang, hour: i8, minute: i8) -> String {
    let dot = if lang == Lang::Id { '.' } else { ':' };
    format!("{hour:02}{dot}{minute:02}")
}

fn last_time(lang: Lang, time: Time) -> String {
    match (time.hour(), time.minute(), time.second()) {
        (23, 59, 59) => clock(lang, 24, 0),
        (hour, minute, _) => clock(lang, hour, minute),
    }
}

/// A path in a language.
pub(crate) fn localised(lang: Lang, path: &str) -> String {
    match lang {
        Lang::Id => path.to_owned(),
        Lang::En if path == "/" => "/en".to_owned(),
        Lang::En => format!("/en{path}"),
    }
}

/// A template as an answer.
pub(crate) fn show(template: &impl askama::Template) -> Answer {
    let page = template.render().map_err(|error| Refused::broken(format!("a template: {error}")))?;
    Ok(Html(page).into_response())
}

/// The year by which an edition is called; that which it judged where its name tells none.
pub(crate) fn year_of(name: &str, judged: i16) -> String {
    let is_year = |word: &&str| word.len() == 4 && word.starts_with("20") && word.bytes().all(|byte| byte.is_ascii_digit());
    let mut words = name.split(|letter: char| !letter.is_alphanumeric());
    words.rfind(is_year).map_or_else(|| judged.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_written_as_each_language_writes_it_and_a_day_ends_at_24() {
        let told = |hour, minute| Lang::ALL.map(|lang| (lang, clock(lang, hour, minute)));
        assert!(told(9, 5).contains(&(Lang::Id, "09.05".into())) && told(9, 5).contains(&(Lang::En, "09:05".into())));
        assert!(told(24, 0).contains(&(Lang::Id, "24.00".into())) && told(24, 0).contains(&(Lang::En, "24:00".into())));
        let ends = |second| last_time(Lang::Id, jiff::civil::time(23, 59, second, 0));
        assert_eq!((ends(59), ends(58)), ("24.00".into(), "23.59".into()));
    }

    #[test]
    fn an_edition_is_labelled_by_the_year_in_its_name_or_else_by_the_year_judged() {
        assert_eq!(year_of("Paritrana Award Contoh 2026 (data fiktif)", 2025), "2026");
        assert_eq!(year_of("Penghargaan ke-6, 2023", 2022), "2023");
        assert_eq!(year_of("Kampung Bersih", 2025), "2025");
    }
}
