//! One's own account: the telephone of the second step, the password, and where one is signed in.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect};
use office::{Enrolment, PASSWORD_MIN, Secret, SignInShown, Step, Typed};
use qrcode::QrCode;
use qrcode::render::svg;
use rules::regions::Zone;
use serde::Deserialize;
use words::Message;

use crate::app::App;
use crate::entering::{Not, with_cookie};
use crate::frame::{Answer, Frame, localised, show};
use crate::refused::Refused;
use crate::sent::Sent;
use crate::visit::Visit;
use crate::who::{Entering, SignedIn, own_back, random, step_path};

#[derive(askama::Template)]
#[template(path = "telephone.html")]
struct Telephone {
    f: Frame,
    not: Option<Not>,
    back: String,
    /// What is to be enrolled; none where nothing has begun.
    shown: Option<Shown>,
    /// Recovery codes that are left; none where no telephone stands.
    left: Option<u64>,
}

struct Shown {
    /// As SVG.
    picture: String,
    groups: Vec<String>,
}

fn shown(enrolment: &Enrolment) -> Result<Shown, Refused> {
    let code = QrCode::new(enrolment.address_text()).map_err(|error| Refused::broken(format!("no picture: {error}")))?;
    let picture = code.render::<svg::Color<'_>>().min_dimensions(232, 232).build();
    let picture = picture.find("<svg").map(|from| picture[from..].to_owned()).unwrap_or_default();
    let groups = enrolment.secret_text().as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned());
    Ok(Shown { picture, groups: groups.collect() })
}

/// Where the page of the telephone comes from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asks {
    kembali: String,
    baru: Option<String>,
}

/// `GET /saya/telepon`: a telephone is to be enrolled, or stands there.
pub(crate) async fn telephone(State(app): State<App>, Entering { visit, who }: Entering, Query(asks): Query<Asks>) -> Answer {
    let back = own_back(&asks.kembali).to_owned();
    if who.step == Step::Code {
        return Ok(Redirect::to(&localised(visit.asked.lang, &step_path(who.step, &back))).into_response());
    }
    let (now, limits) = (visit.now, &app.settings().limits);
    let left = app.office().recovery_codes_left(&who).await?;
    let f = Frame::new(&app, &visit, "web-telephone-title").helped_by("masuk#kode");
    if who.step == Step::Done && asks.baru.is_none() {
        return show(&Telephone { f, not: None, back, shown: None, left });
    }
    match app.office().begin_enrolment(who.cookie(), now, limits, random()?).await? {
        Ok(enrolment) => show(&Telephone { f, not: None, back, shown: Some(shown(&enrolment)?), left }),
        Err(not) => {
            let not = Not::from(not);
            not.over(&Telephone { f, not: Some(not.clone()), back, shown: None, left }, now)
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct FirstCode {
    kode: String,
    #[serde(default)]
    kembali: String,
}

#[derive(askama::Template)]
#[template(path = "recovery.html")]
struct Recovery {
    f: Frame,
    codes: Vec<String>,
    on: String,
}

/// `POST /saya/telepon`: the first code. The recovery codes are shown in the answer and never again.
pub(crate) async fn enrol(State(app): State<App>, Entering { visit, who }: Entering, Sent(sent): Sent<FirstCode>) -> Answer {
    let back = own_back(&sent.kembali).to_owned();
    let (typed, now, limits) = (Typed::new(sent.kode), visit.now, &app.settings().limits);
    let mut recovery = [[0; 16]; office::RECOVERY_CODES];
    for code in &mut recovery {
        *code = random()?;
    }
    let fresh = Secret::new(random()?);
    match app.office().confirm_enrolment(who.cookie(), &typed, (now, limits), fresh, recovery).await? {
        Ok(enrolled) => {
            let codes = enrolled.recovery_codes().into_iter().map(str::to_owned).collect();
            // The cookie is another one now, and the form token with it: the page is made as that visit will be.
            let mut after = visit.clone();
            after.who = crate::who::by(&app, &enrolled.entered.cookie, now).await?;
            let f = Frame::new(&app, &after, "web-recovery-title").helped_by("masuk#kode");
            let on = step_path(enrolled.entered.step, &back);
            Ok(with_cookie(&app, Some(&enrolled.entered.cookie), show(&Recovery { f, codes, on })?))
        }
        Err(not) => {
            let (not, f) = (Not::from(not), Frame::new(&app, &visit, "web-telephone-title").helped_by("masuk#kode"));
            let begun = app.office().enrolment(who.cookie(), now, limits).await?.ok().flatten();
            let shown = begun.as_ref().map(shown).transpose()?;
            let left = app.office().recovery_codes_left(&who).await?;
            not.over(&Telephone { f, not: Some(not.clone()), back, shown, left }, now)
        }
    }
}

#[derive(askama::Template)]
#[template(path = "password.html")]
struct Password {
    f: Frame,
    not: Option<Not>,
    asks_old: bool,
    min: usize,
    done: bool,
}

fn password_page(app: &App, visit: &Visit, asks_old: bool) -> Password {
    Password {
        f: Frame::new(app, visit, "web-password-title").helped_by("masuk#kata-sandi"),
        not: None,
        asks_old,
        min: PASSWORD_MIN,
        done: false,
    }
}

/// `GET /saya/sandi`.
pub(crate) async fn password(State(app): State<App>, me: SignedIn) -> Answer {
    show(&Password { done: me.visit.asked.query == "?selesai", ..password_page(&app, &me.visit, !me.who.is_recent) })
}

#[derive(Deserialize)]
pub(crate) struct Change {
    lama: Option<String>,
    baru: String,
    ulang: String,
}

/// `POST /saya/sandi`: all other sign-ins end.
pub(crate) async fn change_password(State(app): State<App>, me: SignedIn, Sent(change): Sent<Change>) -> Answer {
    let (old, new, again) = (change.lama.map(Typed::new), Typed::new(change.baru), Typed::new(change.ulang));
    let (now, limits) = (me.visit.now, &app.settings().limits);
    let changed = match new == again {
        false => Err(Not::because(Message::new("web-password-differ"))),
        true => {
            let (fresh, salt) = (Secret::new(random()?), random()?);
            let given = (old.as_ref(), &new);
            app.office().change_password(me.who.cookie(), given, (now, limits), fresh, salt).await?.map_err(Not::from)
        }
    };
    match changed {
        Ok(entered) => {
            let to = localised(me.visit.asked.lang, "/saya/sandi?selesai");
            Ok(with_cookie(&app, Some(&entered.cookie), Redirect::to(&to)))
        }
        Err(not) => not.over(&Password { not: Some(not.clone()), ..password_page(&app, &me.visit, !me.who.is_recent) }, now),
    }
}

#[derive(askama::Template)]
#[template(path = "sessions.html")]
struct Sessions {
    f: Frame,
    lines: Vec<Line>,
    others: usize,
}

/// A sign-in to be shown.
struct Line {
    of: SignInShown,
    /// Browser and system, where they tell.
    browser: Option<(&'static str, &'static str)>,
    since: String,
    seen: String,
}

/// `GET /saya/sesi`.
pub(crate) async fn sessions(State(app): State<App>, me: SignedIn) -> Answer {
    let f = Frame::new(&app, &me.visit, "web-sessions-title").helped_by("masuk#lama");
    let found = app.office().sign_ins(&me.who, me.visit.now, &app.settings().limits).await?;
    let line = |of: SignInShown| Line {
        browser: browser(&of.browser),
        since: f.moment(&of.since, &Zone::Wib),
        seen: f.moment(&of.seen, &Zone::Wib),
        of,
    };
    let lines: Vec<Line> = found.into_iter().map(line).collect();
    let others = lines.iter().filter(|line| !line.of.is_this).count();
    show(&Sessions { f, lines, others })
}

#[derive(Deserialize)]
pub(crate) struct Ends {
    /// The id of one; empty for all others.
    sesi: Option<String>,
}

/// `POST /saya/sesi`: ends one, or all others.
pub(crate) async fn end(State(app): State<App>, me: SignedIn, Sent(ends): Sent<Ends>) -> Answer {
    match &ends.sesi {
        Some(id) => app.office().end_sign_in(&me.who, me.visit.now, id).await?,
        None => app.office().end_other_sign_ins(&me.who, me.visit.now).await?,
    }
    Ok(Redirect::to(&localised(me.visit.asked.lang, "/saya/sesi")).into_response())
}

/// What people call a browser and what it runs on; none where it does not tell.
fn browser(said: &str) -> Option<(&'static str, &'static str)> {
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let of = |known: &[(&str, &'static str)]| known.iter().find(|(sign, _)| said.contains(sign)).map(|(_, name)| *name);
    of(&BROWSERS).map(|name| (name, of(&SYSTEMS).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_as_people_call_it() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0";
        let phone = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36";
        assert_eq!([browser(edge), browser(phone)], [Some(("Edge", "Windows")), Some(("Chrome", "Android"))]);
        assert_eq!([browser("Firefox/140.0"), browser("curl/8")], [Some(("Firefox", "")), None]);
    }
}
