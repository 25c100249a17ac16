//! A small house to try the pages in: an office over an empty database, people with roles, and a browser that keeps its cookie.
#![allow(dead_code)]

use award::{Grant, PersonId, Role, Scope};
use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use jiff::Timestamp;
use office::{Account, Came, Limits, Office, Secret, Standing, Typed};
use store::{Place, Store};
use tower::ServiceExt;
use web::{App, Settings};

pub const PASSWORD: &str = "kuda besi hijau";

/// What time it is in the house.
pub fn now() -> Timestamp {
    "2026-07-01T03:00:00Z".parse().unwrap()
}

pub struct House {
    pub office: Office,
    pub pages: Router,
    _folder: tempfile::TempDir,
}

/// What came back.
pub struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answered {
    /// Where it leads.
    pub fn to(&self) -> &str {
        self.headers.get(LOCATION).map_or("", |to| to.to_str().unwrap())
    }

    /// The value of the cookie that it brings, if it brings one.
    pub fn cookie(&self) -> Option<String> {
        let line = self.headers.get(SET_COOKIE)?.to_str().unwrap();
        line.split(';').next()?.strip_prefix("sesi=").map(str::to_owned)
    }

    /// The form token of the page.
    pub fn token(&self) -> String {
        let (_, rest) = self.text.split_once("name=\"tanda\" value=\"").expect("a form with a token");
        rest[..64].to_owned()
    }
}

impl House {
    /// An empty house, whose settings may be changed.
    pub async fn with(settings: impl FnOnce(&mut Settings)) -> House {
        let folder = tempfile::tempdir().unwrap();
        let office = Office::new(Store::open_or_make(&Place::File(folder.path().join("award.db"))).await.unwrap());
        let mut own = Settings { clock: now, ..Settings::default() };
        settings(&mut own);
        House { pages: web::site(App::new(office.clone(), own)), office, _folder: folder }
    }

    pub async fn new() -> House {
        House::with(|_| ()).await
    }

    /// Somebody has an account and has come without a password.
    pub async fn comes(&self, id: &str, grants: Vec<Grant>) {
        let random = std::array::from_fn(|place| id.as_bytes()[place % id.len()]);
        let code = self.invites(id, grants, random).await;
        self.office.take_invitation(&code, now()).await.unwrap();
    }

    /// Somebody has come and set the password.
    pub async fn comes_with_password(&self, id: &str, grants: Vec<Grant>) {
        let random = std::array::from_fn(|place| id.as_bytes()[place % id.len()]);
        let code = self.invites(id, grants, random).await;
        self.office.come_with_password(&code, &Typed::new(PASSWORD), now(), [7; 16]).await.unwrap().unwrap();
    }

    /// The code of an invitation for somebody new.
    pub async fn invites(&self, id: &str, grants: Vec<Grant>, random: [u8; 16]) -> String {
        let (console, person) = (PersonId::from("console"), PersonId::from(id));
        let (name, email) = (format!("Contoh {id}"), Some(format!("{id}@contoh.go.id")));
        let account = Account { person: person.clone(), name, email, standing: Standing::Invited, grants };
        self.office.add_user(&console, now(), account).await.unwrap();
        self.office.invite_user(&console, now(), &person, random).await.unwrap().code
    }

    /// A link for somebody, as an administrator makes it.
    pub async fn link(&self, id: &str, secret: u8) -> Secret {
        let made = self.office.make_link(&PersonId::from("console"), now(), &PersonId::from(id), Secret::new([secret; 32])).await;
        made.unwrap().secret
    }

    /// A cookie of somebody who is in, with the second step done where the role needs one.
    pub async fn is_in(&self, id: &str, number: u8) -> String {
        let cookie = |more: u8| Secret::new(std::array::from_fn(|place| if place == 0 { more } else { number }));
        let link = Secret::new(std::array::from_fn(|place| if place == 1 { 200 } else { number }));
        self.office.make_link(&PersonId::from("console"), now(), &PersonId::from(id), link.clone()).await.unwrap();
        let entered = self.office.take_link(&link, &Came::default(), now(), cookie(1)).await.unwrap().unwrap();
        if entered.step == office::Step::Done {
            return entered.cookie.text();
        }
        let (limits, random) = (Limits::default(), [number; 20]);
        self.office.begin_enrolment(&entered.cookie, now(), &limits, random).await.unwrap().unwrap();
        let (code, recovery) = (Typed::new(code(&random, now())), std::array::from_fn(|of| [u8::try_from(of).unwrap(); 16]));
        let enrolled = self.office.confirm_enrolment(&entered.cookie, &code, (now(), &limits), cookie(2), recovery).await;
        enrolled.unwrap().unwrap().entered.cookie.text()
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answered {
        self.send(Method::GET, path, cookie, None).await
    }

    pub async fn post(&self, path: &str, cookie: &str, form: &str) -> Answered {
        self.send(Method::POST, path, cookie, Some(form)).await
    }

    pub async fn send(&self, method: Method, path: &str, cookie: &str, form: Option<&str>) -> Answered {
        let mut request = Request::builder().method(method).uri(path);
        if !cookie.is_empty() {
            request = request.header(COOKIE, format!("sesi={cookie}"));
        }
        if form.is_some() {
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").header("sec-fetch-site", "same-origin");
        }
        let request = request.body(Body::from(form.unwrap_or_default().to_owned())).unwrap();
        self.answer(request).await
    }

    pub async fn answer(&self, request: Request<Body>) -> Answered {
        let response = self.pages.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, 4 << 20).await.unwrap();
        Answered { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&body).into_owned() }
    }
}

/// A grant as the snapshot and the tests use it: of the own region.
pub fn grant(role: Role, region: &str) -> Grant {
    let scope = match role {
        Role::Public | Role::Centre | Role::Auditor | Role::Operator => Scope::default(),
        Role::Regency => Scope { area: vec![region.into()], ..Scope::default() },
        Role::Candidate => Scope { organisation: Some(format!("o-{region}").as_str().into()), ..Scope::default() },
        Role::Juror | Role::Aide => {
            Scope { juror: Some("j-1".into()), level: Some("province".into()), region: Some(region.into()), ..Scope::default() }
        }
        _ => Scope { level: Some("province".into()), region: Some(region.into()), ..Scope::default() },
    };
    Grant::new(role, scope)
}

/// The code of a telephone at an instant.
pub fn code(secret: &[u8], at: Timestamp) -> String {
    use hmac::{Hmac, KeyInit, Mac};
    let mac = Hmac::<sha1::Sha1>::new_from_slice(secret).unwrap().chain_update((at.as_second() / 30).to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let from = usize::from(hash[19] & 15);
    let number = u32::from_be_bytes(hash[from..from + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}
