//! Signing in as people meet it: a password, a link by letter, a telephone; what ends a sign-in, and what guessing costs.
#![allow(clippy::unwrap_used)]

use std::sync::Mutex;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use award::{Grant, PersonId, Role, Scope};
use jiff::{SignedDuration, Timestamp};
use office::{
    Account, AccountEvent, Answer, Asked, Came, Enrolled, Entered, LINK_PATH, Limits, Mail, Office, Post, Present, Secret,
    Standing, Step, Typed, Worker,
};
use store::{Place, Store};
use words::Lang;

const PASSWORD: &str = "kuda besi hijau";

fn second(seconds: i64) -> Timestamp {
    let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    now + SignedDuration::from_secs(seconds)
}

fn minutes(minutes: i64) -> Timestamp {
    second(minutes * 60)
}

fn secret(number: u8) -> Secret {
    Secret::new([number; 32])
}

fn came() -> Came {
    Came { address: "192.0.2.7".into(), browser: "Firefox 140".into() }
}

struct House {
    office: Office,
    _folder: tempfile::TempDir,
}

impl House {
    /// An office in which Ani has come with a password, and has this role.
    async fn with(role: Option<Role>) -> House {
        let folder = tempfile::tempdir().unwrap();
        let office = Office::new(Store::open_or_make(&Place::File(folder.path().join("award.db"))).await.unwrap());
        let house = House { office, _folder: folder };
        house.comes("ani", role).await;
        house
    }

    async fn comes(&self, id: &str, role: Option<Role>) {
        let (console, person) = (PersonId::from("console"), PersonId::from(id));
        let (name, email) = (format!("Contoh {id}"), Some(format!("{id}@contoh.go.id")));
        let account = Account { person: person.clone(), name, email, standing: Standing::Invited, grants: Vec::new() };
        self.office.add_user(&console, second(0), account).await.unwrap();
        if let Some(role) = role {
            self.office.give_role(&console, second(0), &person, Grant::new(role, Scope::default())).await.unwrap();
        }
        let code = self.office.invite_user(&console, second(0), &person, [id.as_bytes()[0]; 16]).await.unwrap().code;
        self.office.come_with_password(&code, &Typed::new(PASSWORD), second(0), [7; 16]).await.unwrap().unwrap();
    }

    async fn tries(&self, account: &str, password: &str, from: &Came, at: Timestamp, cookie: u8) -> Answer<Entered> {
        self.office.sign_in(account, &Typed::new(password), from, at, secret(cookie), [8; 16]).await.unwrap()
    }

    /// Ani signs in with her password.
    async fn enters(&self, at: Timestamp, cookie: u8) -> Entered {
        self.tries("ani", PASSWORD, &came(), at, cookie).await.unwrap()
    }

    async fn is_in(&self, cookie: u8, at: Timestamp) -> Option<Present> {
        self.office.who_is(&secret(cookie), at, &Limits::default()).await.unwrap()
    }

    /// Ani enrols a telephone in the sign-in of this cookie; its secret, and what she got.
    async fn enrols(&self, cookie: u8, at: Timestamp, fresh: u8) -> (Vec<u8>, Enrolled) {
        let limits = Limits::default();
        let random = [cookie; 20];
        self.office.begin_enrolment(&secret(cookie), at, &limits, random).await.unwrap().unwrap();
        let recovery = std::array::from_fn(|number| [u8::try_from(number).unwrap(); 16]);
        let code = Typed::new(code(&random, at));
        let enrolled = self.office.confirm_enrolment(&secret(cookie), &code, (at, &limits), secret(fresh), recovery).await;
        (random.to_vec(), enrolled.unwrap().unwrap())
    }

    async fn gives(&self, cookie: u8, code: &str, at: Timestamp, fresh: u8) -> Answer<Entered> {
        let limits = Limits::default();
        self.office.give_code(&secret(cookie), &Typed::new(code), "192.0.2.7", (at, &limits), secret(fresh)).await.unwrap()
    }

    async fn last_event(&self) -> AccountEvent {
        let events = self.office.store().account_events("ani").await.unwrap();
        serde_json::from_str(&events.last().unwrap().event).unwrap()
    }
}

/// The code of a telephone, worked out a second way.
fn code(secret: &[u8], at: Timestamp) -> String {
    use hmac::{Hmac, KeyInit, Mac};
    let mac = Hmac::<sha1::Sha1>::new_from_slice(secret).unwrap().chain_update((at.as_second() / 30).to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let from = usize::from(hash[19] & 15);
    let number = u32::from_be_bytes(hash[from..from + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

fn why<T: std::fmt::Debug>(answer: Answer<T>) -> (String, Option<Timestamp>) {
    let not = answer.unwrap_err();
    (not.why.key().to_owned(), not.until)
}

fn told(key: &str) -> (String, Option<Timestamp>) {
    (key.to_owned(), None)
}

/// Keeps what goes out.
#[derive(Default)]
struct Kept(Mutex<Vec<Mail>>);

impl Post for Kept {
    async fn deliver(&self, mail: &Mail) -> Result<(), office::Undelivered> {
        self.0.lock().unwrap().push(mail.clone());
        Ok(())
    }
}

/// The secrets of the links in the letters that go out now.
async fn links(office: &Office, at: Timestamp) -> Vec<Secret> {
    let post = Kept::default();
    let worker = Worker::new("one").reached_at("https://paritrana.example/");
    office.deliver(&post, &worker, at, Lang::En).await.unwrap();
    let begin = format!("https://paritrana.example{LINK_PATH}");
    let link = |mail: Mail| Secret::parse(&mail.text.split_once(&begin).unwrap().1[..64]).unwrap();
    post.0.into_inner().unwrap().into_iter().map(link).collect()
}

#[tokio::test]
async fn whoever_has_the_password_is_in_by_id_or_address_and_nobody_else() {
    let house = House::with(None).await;
    for (cookie, account) in [(1, "ani"), (2, " Ani@CONTOH.go.id ")] {
        let entered = house.tries(account, PASSWORD, &came(), second(0), cookie).await.unwrap();
        assert_eq!(entered, Entered { person: "ani".into(), cookie: secret(cookie), step: Step::Done });
    }
    let present = house.is_in(1, second(0)).await.unwrap();
    assert_eq!((present.name.as_str(), present.grants, present.step), ("Contoh ani", vec![], Step::Done));
    assert_eq!(house.is_in(3, second(0)).await, None, "another cookie");
    assert_eq!(house.is_in(1, second(0)).await.unwrap().form_token, present.form_token);
    assert_ne!(house.is_in(2, second(0)).await.unwrap().form_token, present.form_token, "each sign-in has its own forms");
    for (account, password) in
        [("ani", "kuda besi hijaV"), ("nobody", PASSWORD), ("nobody@contoh.go.id", PASSWORD), ("Ani", PASSWORD)]
    {
        assert_eq!(why(house.tries(account, password, &came(), second(1), 4).await), told("office-sign-in-wrong"), "{account}");
    }
    assert_eq!(house.is_in(4, second(1)).await, None);
    let kept = house.office.store().sign_ins("ani").await.unwrap();
    assert!(kept.iter().all(|row| row.hash != secret(1).text() && row.hash != secret(2).text()), "no cookie is kept");
}

#[tokio::test]
async fn whatever_is_typed_is_answered_and_ends_nothing() {
    let house = House::with(None).await;
    house.enters(second(0), 1).await;
    let long = "@".repeat(100_000);
    for (number, typed) in
        ["", " ", "\0", "ani\0", "%@%", "ani@contoh.go.id\"", "'; drop table account; --", &long].into_iter().enumerate()
    {
        let from = Came { address: format!("{typed}{number}"), browser: typed.into() };
        assert_eq!(why(house.tries(typed, typed, &from, second(0), 9).await), told("office-sign-in-wrong"), "{typed:.20}");
        assert_eq!(
            why(house.tries("ani", typed, &from, minutes(20 * i64::try_from(number).unwrap()), 9).await),
            told("office-sign-in-wrong")
        );
        assert_eq!(house.office.ask_for_link(typed, &from, second(0)).await.unwrap(), Ok(()));
        let invited = house.office.come_with_password(typed, &Typed::new(PASSWORD), second(0), [0; 16]).await.unwrap();
        assert_eq!(why(invited), told("office-invitation-gone"));
        let present = house.is_in(1, second(0)).await.unwrap();
        house.office.end_sign_in(&present, second(0), typed).await.unwrap();
    }
    assert_eq!(house.office.store().letters_waiting().await.unwrap().letters, 0);
    assert!(house.is_in(1, second(0)).await.is_some());
}

#[tokio::test]
async fn a_password_comes_with_the_invitation_and_both_must_do() {
    let house = House::with(None).await;
    let (console, office) = (PersonId::from("console"), &house.office);
    let name = "Budi Contoh".to_owned();
    let budi = Account { person: "budi".into(), name, email: None, standing: Standing::Invited, grants: Vec::new() };
    office.add_user(&console, second(0), budi).await.unwrap();
    let code = office.invite_user(&console, second(0), &"budi".into(), [3; 16]).await.unwrap().code;
    let comes = async |code: &str, password: &str| {
        office.come_with_password(code, &Typed::new(password), second(1), [1; 16]).await.unwrap()
    };
    assert_eq!(why(comes("2222-2222-2222-2222", PASSWORD).await), told("office-invitation-gone"));
    assert_eq!(why(comes(&code, "budicontoh2026").await), told("office-password-own-name"));
    assert_eq!(why(comes(&code, "kuda").await), told("office-password-length"));
    assert_eq!(office.invited(&code, second(1)).await.unwrap(), Some("budi".into()), "a password that will not do costs no code");
    assert_eq!(comes(&code.to_lowercase(), PASSWORD).await.unwrap().standing, Standing::Active);
    assert_eq!(why(comes(&code, PASSWORD).await), told("office-invitation-gone"), "it was taken");
    assert_eq!(house.last_event().await, AccountEvent::CameWithPassword);
}

#[tokio::test]
async fn a_sign_in_ends_with_its_limits_its_owner_its_role_and_its_account() {
    let house = House::with(Some(Role::Secretariat)).await;
    let (office, console, ani) = (&house.office, PersonId::from("console"), PersonId::from("ani"));
    house.enters(second(0), 1).await;
    assert!(house.is_in(1, minutes(720)).await.is_some(), "after twelve hours, on the line");
    assert!(house.is_in(1, minutes(1_440)).await.is_some(), "it was seen in between");
    assert_eq!(house.is_in(1, minutes(2_161)).await, None, "more than twelve hours after that");

    house.enters(second(0), 2).await;
    office.sign_out(&secret(2), second(1)).await.unwrap();
    assert_eq!(house.is_in(2, second(1)).await, None, "she went");

    house.enters(second(0), 3).await;
    let grant = Grant::new(Role::Verifier, Scope::default());
    office.give_role(&console, second(1), &ani, grant.clone()).await.unwrap();
    assert_eq!(house.is_in(3, second(1)).await.unwrap().grants.len(), 2, "a role that is given counts at once and ends nothing");
    office.take_role(&console, second(2), &ani, &grant).await.unwrap();
    assert_eq!(house.is_in(3, second(2)).await, None, "a role was taken");

    house.enters(second(3), 4).await;
    let link = office.make_link(&console, second(3), &ani, secret(90)).await.unwrap();
    office.disable_user(&console, second(4), &ani, "left").await.unwrap();
    assert_eq!(house.is_in(4, second(4)).await, None, "the account was disabled");
    assert_eq!(why(house.tries("ani", PASSWORD, &came(), second(5), 5).await), told("office-sign-in-wrong"));
    assert_eq!(why(office.take_link(&link.secret, &came(), second(5), secret(5)).await.unwrap()), told("office-link-gone"));
    office.enable_user(&console, second(6), &ani, "came back").await.unwrap();
    assert_eq!(house.is_in(4, second(7)).await, None, "and does not begin again");
    assert_eq!(office.store().password("ani").await.unwrap(), None, "who comes back sets another password");
    assert!(office.make_link(&console, second(7), &ani, secret(91)).await.is_err(), "she has not come yet");
}

#[tokio::test]
async fn whoever_is_in_sees_the_own_sign_ins_and_ends_one_or_all_others() {
    let house = House::with(None).await;
    house.comes("budi", None).await;
    let (office, limits) = (&house.office, Limits::default());
    for cookie in 1..=4 {
        house.enters(second(i64::from(cookie)), cookie).await;
    }
    let budis = house.tries("budi", PASSWORD, &came(), second(5), 9).await.unwrap();
    let budi = office.who_is(&budis.cookie, second(5), &limits).await.unwrap().unwrap();
    let ani = house.is_in(2, second(6)).await.unwrap();
    let shown = office.sign_ins(&ani, second(6), &limits).await.unwrap();
    let told: Vec<_> = shown.iter().map(|one| (one.since, one.browser.as_str(), one.is_this)).collect();
    assert_eq!(
        told,
        [
            (second(4), "Firefox 140", false),
            (second(3), "Firefox 140", false),
            (second(2), "Firefox 140", true),
            (second(1), "Firefox 140", false)
        ]
    );

    office.end_sign_in(&ani, second(7), &budi.id).await.unwrap();
    assert!(house.is_in(9, second(7)).await.is_some(), "nobody ends somebody else's");
    office.end_sign_in(&ani, second(7), &shown[0].id).await.unwrap();
    assert_eq!(house.is_in(4, second(7)).await, None);
    assert!(house.is_in(3, second(7)).await.is_some());
    office.end_other_sign_ins(&ani, second(8)).await.unwrap();
    assert_eq!(office.sign_ins(&ani, second(8), &limits).await.unwrap().len(), 1);
    assert!(house.is_in(2, second(8)).await.is_some() && house.is_in(9, second(8)).await.is_some());
    assert_eq!(house.last_event().await, AccountEvent::SignInsEnded);
    office.end_all_sign_ins(&"console".into(), second(9), &"ani".into()).await.unwrap();
    assert_eq!(house.is_in(2, second(9)).await, None);
    assert_eq!(
        office.sweep_sign_ins(second(9), &limits).await.unwrap(),
        5,
        "hers; his sign-in and no guess; nothing is counted from their address"
    );
}

#[tokio::test]
async fn a_changed_password_ends_all_other_sign_ins_and_the_old_cookie() {
    let house = House::with(None).await;
    let limits = Limits::default();
    for cookie in [1, 2] {
        house.enters(second(0), cookie).await;
    }
    let (old, new) = (Typed::new(PASSWORD), Typed::new("kuda besi merah"));
    let change = async |cookie, old: Option<&Typed>, new: &Typed, at, fresh| {
        house.office.change_password(&secret(cookie), (old, new), (at, &limits), secret(fresh), [9; 16]).await.unwrap()
    };
    assert_eq!(why(change(9, None, &new, second(1), 3).await), told("office-sign-in-nobody"));
    assert_eq!(why(change(1, None, &Typed::new("password1234"), second(1), 3).await), told("office-password-common"));
    assert_eq!(why(change(1, None, &new, second(901), 3).await), told("office-sign-in-again"), "the sign-in is too old for that");
    assert_eq!(why(change(1, Some(&new), &new, second(901), 3).await), told("office-sign-in-wrong"));
    assert_eq!(change(1, Some(&old), &new, second(901), 3).await.unwrap().cookie, secret(3));
    let is_in = [1, 2, 3].map(|cookie| house.is_in(cookie, second(902)));
    let [first, other, fresh] = is_in;
    assert_eq!((first.await, other.await, fresh.await.map(|present| present.since)), (None, None, Some(second(0))));
    assert_eq!(house.last_event().await, AccountEvent::PasswordSet);
    assert_eq!(why(house.tries("ani", PASSWORD, &came(), second(903), 4).await), told("office-sign-in-wrong"));
    house.tries("ani", "kuda besi merah", &came(), second(903), 4).await.unwrap();
    assert!(change(4, None, &old, second(1803), 5).await.is_ok(), "a quarter of an hour after the sign-in, on the line");
}

#[tokio::test]
async fn guessing_waits_from_the_fifth_failure_on_and_locks_out_nobody() {
    let house = House::with(None).await;
    house.enters(second(0), 1).await;
    let from = |number: u8| Came { address: format!("198.51.100.{number}"), ..came() };
    for number in 0..5 {
        assert_eq!(why(house.tries("ani", "guess", &from(number), second(0), 9).await), told("office-sign-in-wrong"), "{number}");
    }
    let waits = |until| ("office-sign-in-wait".to_owned(), Some(until));
    assert_eq!(why(house.tries("ani", PASSWORD, &from(6), second(4), 9).await), waits(second(5)), "also whoever knows it");
    assert!(house.is_in(1, second(4)).await.is_some(), "whoever is in stays in");
    let link = house.office.make_link(&"console".into(), second(4), &"ani".into(), secret(50)).await.unwrap();
    assert!(house.office.take_link(&link.secret, &from(0), second(4), secret(2)).await.unwrap().is_ok(), "a link lets in");
    assert_eq!(why(house.tries("ani", "guess", &from(6), second(5), 9).await), told("office-sign-in-wrong"), "on the line");
    assert_eq!(why(house.tries("ani", "guess", &from(7), second(14), 9).await), waits(second(15)), "twice as long");
    assert!(house.tries("ani", PASSWORD, &from(7), second(15), 3).await.is_ok());
    assert_eq!(why(house.tries("ani", "guess", &from(8), second(15), 9).await), told("office-sign-in-wrong"), "counted anew");
}

#[tokio::test]
async fn an_address_waits_for_all_accounts_and_the_own_sign_in_pays_for_nobody_elses() {
    let house = House::with(None).await;
    for number in 0..4 {
        house.tries(&format!("nobody-{number}"), "guess", &came(), second(0), 9).await.unwrap_err();
    }
    house.enters(second(0), 1).await;
    house.tries("nobody-5", "guess", &came(), second(0), 9).await.unwrap_err();
    let (key, until) = why(house.tries("ani", PASSWORD, &came(), second(1), 9).await);
    assert_eq!((key.as_str(), until), ("office-sign-in-wait", Some(second(5))));
    let elsewhere = Came { address: "2001:db8::7".into(), ..came() };
    assert!(house.tries("ani", PASSWORD, &elsewhere, second(1), 2).await.is_ok());
}

#[tokio::test]
async fn a_link_comes_by_letter_lets_in_once_and_stands_nowhere() {
    let house = House::with(None).await;
    let office = &house.office;
    for known in ["ani", "ani@contoh.go.id", "nobody", "nobody@contoh.go.id"] {
        let from = Came { address: format!("from {known}"), ..came() };
        assert_eq!(office.ask_for_link(known, &from, second(0)).await.unwrap(), Ok(()), "{known}");
    }
    let waiting = office.store().unsent_letters(false, 9).await.unwrap();
    assert_eq!(waiting.len(), 2);
    let links = links(office, minutes(10)).await;
    assert_eq!(links.len(), 2);
    assert!(waiting.iter().all(|letter| links.iter().all(|link| !letter.body.contains(&link.text()))));
    assert!(office.store().unsent_letters(false, 9).await.unwrap().is_empty());

    let take = async |link: &Secret, at, cookie| office.take_link(link, &came(), at, secret(cookie)).await.unwrap();
    assert_eq!(why(take(&secret(1), minutes(10), 1).await), told("office-link-gone"), "a guess");
    assert_eq!(why(take(&links[0], second(1_501), 1).await), told("office-link-gone"), "a second more than 15 minutes");
    let entered = take(&links[0], minutes(25), 1).await.unwrap();
    assert_eq!(entered, Entered { person: "ani".into(), cookie: secret(1), step: Step::Done });
    assert_eq!(why(take(&links[0], minutes(25), 2).await), told("office-link-gone"), "it was taken");
    assert_eq!(why(take(&links[1], minutes(25), 2).await), told("office-link-gone"), "and the other ended with it");
}

#[tokio::test]
async fn a_letter_with_a_link_goes_out_within_fifteen_minutes_or_never_and_asking_waits_too() {
    let house = House::with(None).await;
    let office = &house.office;
    for _ in 0..5 {
        office.ask_for_link("ani", &came(), second(0)).await.unwrap().unwrap();
    }
    let (key, until) = why(office.ask_for_link("ani", &came(), second(1)).await.unwrap());
    assert_eq!((key.as_str(), until), ("office-sign-in-wait", Some(second(5))));
    assert_eq!(links(office, minutes(15)).await.len(), 5, "on the line");
    office.ask_for_link("ani", &came(), minutes(20)).await.unwrap().unwrap();
    assert_eq!(links(office, second(35 * 60 + 1)).await, [], "a second later");
    let given_up = office.store().unsent_letters(true, 9).await.unwrap();
    assert_eq!(given_up[0].why, "the link was asked for too long ago");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_take_one_link_or_give_one_code_at_once_one_gets_in() {
    let house = House::with(Some(Role::Centre)).await;
    let office = &house.office;
    house.enters(second(0), 1).await;
    let (telephone, _) = house.enrols(1, second(0), 2).await;
    let link = office.make_link(&"console".into(), second(1), &"ani".into(), secret(50)).await.unwrap().secret;
    let came = came();
    let take = |cookie| office.take_link(&link, &came, second(1), secret(cookie));
    let (one, two) = tokio::join!(take(3), take(4));
    let (one, two) = (one.unwrap(), two.unwrap());
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");

    for cookie in [5, 6] {
        assert_eq!(house.enters(second(60), cookie).await.step, Step::Code);
    }
    let code = code(&telephone, second(60));
    let (one, two) = tokio::join!(house.gives(5, &code, second(60), 7), house.gives(6, &code, second(60), 8));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
}

#[tokio::test]
async fn the_committee_enrols_a_telephone_before_anything_else_and_then_gives_a_code_each_time() {
    let house = House::with(Some(Role::Centre)).await;
    let (office, limits) = (&house.office, Limits::default());
    assert_eq!(house.enters(second(0), 1).await.step, Step::Enrol);
    let enrolment = office.begin_enrolment(&secret(1), second(0), &limits, *b"12345678901234567890").await.unwrap().unwrap();
    let text = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    assert_eq!(enrolment.secret_text(), text);
    let address = format!("otpauth://totp/Paritrana:ani?secret={text}&issuer=Paritrana&algorithm=SHA1&digits=6&period=30");
    assert_eq!(enrolment.address_text(), address);
    let present = house.is_in(1, second(0)).await.unwrap();
    assert_eq!((present.step, &present.grants), (Step::Enrol, &vec![]), "showing it enrols nothing, and the role waits");
    assert_eq!(present.asks("key", second(0)), None);
    let (new, old) = (Typed::new("kuda besi merah"), None);
    let change = office.change_password(&secret(1), (old, &new), (second(1), &limits), secret(9), [1; 16]).await.unwrap();
    assert_eq!(why(change), told("office-sign-in-step-first"), "before the second step nothing else is done");
    let wrong = Typed::new("000000");
    let confirm = office.confirm_enrolment(&secret(1), &wrong, (second(1), &limits), secret(9), [[0; 16]; 10]).await.unwrap();
    assert_eq!(why(confirm), told("office-code-wrong"));

    let (telephone, enrolled) = house.enrols(1, second(30), 2).await;
    assert_eq!((&enrolled.entered.cookie, enrolled.entered.step), (&secret(2), Step::Done));
    assert_eq!(enrolled.recovery_codes().len(), 10);
    assert_eq!(house.is_in(1, second(30)).await, None, "the cookie of before is of no use");
    let present = house.is_in(2, second(30)).await.unwrap();
    assert_eq!((present.step, present.grants.len()), (Step::Done, 1));
    assert_eq!(present.asks("key", second(30)), Some(Asked::new("ani", "key", second(30))));

    assert_eq!(house.enters(second(60), 3).await.step, Step::Code);
    let again = office.begin_enrolment(&secret(3), second(60), &limits, [1; 20]).await.unwrap();
    assert_eq!(why(again), told("office-sign-in-step-first"), "whoever has only the password enrols no other telephone");
    let used = code(&telephone, second(30));
    assert_eq!(why(house.gives(3, &used, second(60), 4).await), told("office-code-wrong"), "it was used to enrol");
    let entered = house.gives(3, &code(&telephone, second(60)), second(60), 4).await.unwrap();
    assert_eq!((entered.cookie, entered.step), (secret(4), Step::Done));
    assert_eq!(house.is_in(3, second(60)).await, None, "the cookie of before is of no use");
    assert_eq!(why(house.gives(4, "000000", second(60), 5).await), told("office-code-not-asked"));
}

#[tokio::test]
async fn whoever_mistypes_the_first_code_sees_the_same_secret_again_until_it_is_enrolled() {
    let (house, limits) = (House::with(None).await, Limits::default());
    house.enters(second(0), 1).await;
    let shown = async |cookie: u8| house.office.enrolment(&secret(cookie), second(1), &limits).await.unwrap();
    assert_eq!(shown(1).await, Ok(None), "nothing has begun");
    let begun = house.office.begin_enrolment(&secret(1), second(0), &limits, [9; 20]).await.unwrap().unwrap();
    assert_eq!(shown(1).await, Ok(Some(begun)));
    assert!(shown(2).await.is_err(), "nobody");
    house.enrols(1, second(1), 3).await;
    assert_eq!(shown(3).await, Ok(None), "enrolled");
}

#[tokio::test]
async fn a_role_of_the_committee_asks_at_once_for_a_second_step_of_whoever_is_in() {
    let house = House::with(None).await;
    assert_eq!(house.enters(second(0), 1).await.step, Step::Done);
    let chair = Grant::new(Role::Chair, Scope::default());
    house.office.give_role(&"console".into(), second(1), &"ani".into(), chair).await.unwrap();
    assert_eq!(house.is_in(1, second(1)).await.unwrap().step, Step::Enrol);
    let late = house.office.begin_enrolment(&secret(1), second(901), &Limits::default(), [1; 20]).await.unwrap();
    assert_eq!(why(late), told("office-sign-in-again"), "but not in a sign-in that somebody may have left open");
}

#[tokio::test]
async fn a_recovery_code_does_for_the_telephone_once_and_whatever_was_guessed() {
    let house = House::with(Some(Role::Operator)).await;
    house.enters(second(0), 1).await;
    let present = house.is_in(1, second(0)).await.unwrap();
    assert_eq!(house.office.recovery_codes_left(&present).await.unwrap(), None, "there is no telephone yet");
    let (telephone, enrolled) = house.enrols(1, second(0), 2).await;
    let codes: Vec<String> = enrolled.recovery_codes().into_iter().map(str::to_owned).collect();
    house.enters(second(60), 3).await;
    let wrong = if code(&telephone, second(60)) == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(why(house.gives(3, wrong, second(600), 9).await), told("office-code-wrong"));
    }
    let (key, until) = why(house.gives(3, &code(&telephone, second(600)), second(600), 9).await);
    assert_eq!((key.as_str(), until), ("office-sign-in-wait", Some(second(605))), "six digits are soon guessed");
    let limits = Limits::default();
    let elsewhere = async |cookie, code: &str, fresh| {
        let code = Typed::new(code);
        house.office.give_code(&secret(cookie), &code, "203.0.113.9", (second(600), &limits), secret(fresh)).await.unwrap()
    };
    assert_eq!(elsewhere(3, &codes[0].to_lowercase(), 4).await.unwrap().step, Step::Done);
    assert_eq!(house.last_event().await, AccountEvent::RecoveryCodeTaken);
    let present = house.is_in(4, second(600)).await.unwrap();
    assert_eq!(house.office.recovery_codes_left(&present).await.unwrap(), Some(9));
    let other = Came { address: "203.0.113.9".into(), ..came() };
    house.tries("ani", PASSWORD, &other, second(600), 5).await.unwrap();
    assert_eq!(why(elsewhere(5, &codes[0], 6).await), told("office-code-wrong"), "it was used");
    assert_eq!(elsewhere(5, &codes[1], 6).await.unwrap().step, Step::Done);
}

#[tokio::test]
async fn an_administrator_takes_a_lost_telephone_out_and_its_owner_enrols_another() {
    let house = House::with(Some(Role::Centre)).await;
    house.enters(second(0), 1).await;
    house.enrols(1, second(0), 2).await;
    house.office.reset_second_step(&"console".into(), second(1), &"ani".into(), "lost, seen in person").await.unwrap();
    assert_eq!(house.last_event().await, AccountEvent::SecondStepReset("lost, seen in person".into()));
    assert_eq!(house.is_in(2, second(1)).await, None, "the sign-ins ended");
    assert_eq!(house.enters(second(2), 3).await.step, Step::Enrol);
    house.enrols(3, second(30), 4).await;
    assert_eq!(house.last_event().await, AccountEvent::SecondStepEnrolled);
}

#[tokio::test]
async fn a_hash_of_less_work_is_made_anew_when_its_owner_signs_in() {
    let house = House::with(None).await;
    let store = house.office.store();
    let little = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
    let weak = little.hash_password_with_salt(PASSWORD.as_bytes(), &[7; 16]).unwrap().to_string();
    let kept = store.password("ani").await.unwrap().unwrap();
    assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
    assert!(store.rehash_password("ani", &kept, &weak).await.unwrap());
    house.tries("ani", "kuda besi hijaV", &came(), second(0), 1).await.unwrap_err();
    assert_eq!(store.password("ani").await.unwrap(), Some(weak), "a wrong one makes nothing anew");
    house.enters(second(0), 1).await;
    let anew = store.password("ani").await.unwrap().unwrap();
    assert!(anew.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && anew != kept, "{anew}");
    house.enters(second(1), 2).await;
    assert_eq!(store.password("ani").await.unwrap(), Some(anew), "and not again");
}

#[tokio::test]
async fn what_is_printed_for_debugging_and_put_on_record_holds_no_secret() {
    let house = House::with(Some(Role::Centre)).await;
    house.enters(second(0), 171).await;
    let (_, enrolled) = house.enrols(171, second(0), 172).await;
    let link = house.office.make_link(&"console".into(), second(1), &"ani".into(), secret(173)).await.unwrap();
    let present = house.is_in(172, second(1)).await.unwrap();
    let store = house.office.store();
    let row = store.second_step("ani").await.unwrap().unwrap();
    let events = store.account_events("ani").await.unwrap();
    let printed = format!("{enrolled:?}{link:?}{present:?}{row:?}{events:?}");
    let mut secrets = vec![secret(171).text(), secret(172).text(), secret(173).text(), row.secret.clone(), PASSWORD.into()];
    secrets.extend(enrolled.recovery_codes().into_iter().map(str::to_owned));
    for secret in secrets {
        assert!(!printed.contains(&secret), "{secret} in {printed}");
    }
}
