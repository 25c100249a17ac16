//! Coming in through the pages: what lets in, what is refused and how kindly, and what never leaves.
#![allow(clippy::unwrap_used)]

use crate::house;
use crate::house::{House, PASSWORD, grant, now};
use award::Role;
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER, SET_COOKIE};
use axum::http::{Method, StatusCode};

fn door(account: &str, password: &str, more: &str) -> String {
    format!("akun={account}&sandi={}&cara=sandi{more}", password.replace(' ', "+"))
}

#[tokio::test]
async fn the_right_password_lets_in_and_a_wrong_one_says_so_without_the_password_on_the_page() {
    let house = House::new().await;
    house.comes_with_password("ani", vec![grant(Role::Secretariat, "18")]).await;
    let wrong = house.post("/masuk", "", &door("ani", "kuda besi merah", "")).await;
    assert_eq!((wrong.status, wrong.cookie()), (StatusCode::UNPROCESSABLE_ENTITY, None));
    assert!(wrong.text.contains("value=\"ani\"") && !wrong.text.contains("kuda besi"), "{}", wrong.text);
    let right = house.post("/masuk", "", &door("ani", PASSWORD, "")).await;
    assert_eq!((right.status, right.to()), (StatusCode::SEE_OTHER, "/saya"));
    let set = right.headers.get(SET_COOKIE).unwrap().to_str().unwrap();
    assert!(
        set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Path=/") && !set.contains("Secure"),
        "{set}"
    );
    let desk = house.get("/saya", &right.cookie().unwrap()).await;
    assert_eq!(desk.status, StatusCode::OK);
    assert!(desk.text.contains("Contoh ani") && desk.text.contains("sekretariat"));
    assert_eq!(desk.headers.get(CACHE_CONTROL).unwrap(), "no-store");
}

#[tokio::test]
async fn over_https_the_cookie_is_one_that_only_this_host_sets() {
    let house = House::with(|settings| settings.secure = true).await;
    house.comes_with_password("ani", vec![]).await;
    let right = house.post("/masuk", "", &door("ani", PASSWORD, "")).await;
    let set = right.headers.get(SET_COOKIE).unwrap().to_str().unwrap();
    assert!(set.starts_with("__Host-sesi=") && set.contains("Secure") && !set.contains("Domain"), "{set}");
}

#[tokio::test]
async fn whoever_guesses_is_told_when_to_try_again() {
    let house = House::new().await;
    for _ in 0..5 {
        house.post("/masuk", "", &door("ani", "salah sekali ini", "")).await;
    }
    let waits = house.post("/masuk", "", &door("ani", "salah sekali ini", "")).await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    let seconds: u64 = waits.headers.get(RETRY_AFTER).unwrap().to_str().unwrap().parse().unwrap();
    assert!((1..=10).contains(&seconds), "{seconds}");
}

#[tokio::test]
async fn a_link_is_taken_only_when_the_button_is_pressed_and_once() {
    let house = House::new().await;
    house.comes("ani", vec![]).await;
    let path = format!("/masuk/{}", house.link("ani", 5).await.text());
    for _ in 0..2 {
        let looked = house.get(&path, "").await;
        assert_eq!((looked.status, looked.cookie()), (StatusCode::OK, None), "a mail server looks");
    }
    let taken = house.post(&path, "", "").await;
    assert_eq!((taken.status, taken.to()), (StatusCode::SEE_OTHER, "/saya"));
    assert_eq!(house.get("/saya", &taken.cookie().unwrap()).await.status, StatusCode::OK);
    let again = house.post(&path, "", "").await;
    assert_eq!((again.status, again.cookie()), (StatusCode::GONE, None));
    assert_eq!(house.get("/masuk/bukan-tautan", "").await.status, StatusCode::GONE);
}

#[tokio::test]
async fn asking_for_a_link_is_answered_the_same_whoever_is_meant() {
    let house = House::new().await;
    house.comes("ani", vec![]).await;
    for account in ["ani", "nobody"] {
        let asked = house.post("/masuk", "", &format!("akun={account}&sandi=&cara=tautan")).await;
        assert_eq!((asked.status, asked.to()), (StatusCode::SEE_OTHER, "/masuk?terkirim=1"), "{account}");
    }
}

#[tokio::test]
async fn a_form_without_its_token_or_with_that_of_another_sign_in_does_nothing() {
    let house = House::new().await;
    house.comes("ani", vec![]).await;
    let (one, other) = (house.is_in("ani", 1).await, house.is_in("ani", 2).await);
    let others = house.get("/saya/sesi", &other).await.token();
    for form in ["sesi=".to_owned(), format!("sesi=&tanda={others}"), "sesi=&tanda=".to_owned()] {
        let refused = house.post("/saya/sesi", &one, &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
    }
    assert_eq!(house.get("/saya", &other).await.status, StatusCode::OK, "still in");
    let own = house.get("/saya/sesi", &one).await.token();
    assert_eq!(house.post("/saya/sesi", &one, &format!("sesi=&tanda={own}")).await.to(), "/saya/sesi");
    assert_eq!(house.get("/saya", &other).await.status, StatusCode::UNAUTHORIZED, "ended");
}

#[tokio::test]
async fn what_is_sent_after_the_session_ended_is_refused_kindly_with_a_way_back() {
    let house = House::new().await;
    house.comes("ani", vec![]).await;
    let cookie = house.is_in("ani", 1).await;
    let token = house.get("/saya/sesi", &cookie).await.token();
    let out = house.post("/keluar", &cookie, &format!("tanda={token}")).await;
    assert_eq!((out.to(), out.cookie().as_deref()), ("/", Some("")));
    let late = house.post("/saya/sandi", &cookie, &format!("tanda={token}&baru=a&ulang=a")).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
    assert!(late.text.contains("belum diterima") && late.text.contains("href=\"/masuk\""), "{}", late.text);
    let asked = house.get("/saya/sesi", "").await;
    assert!(asked.text.contains("/masuk?kembali=%2Fsaya%2Fsesi"), "{}", asked.text);
}

#[tokio::test]
async fn a_cookie_that_opens_nothing_is_no_cookie() {
    let house = House::new().await;
    let first = house.get("/gaya", "").await;
    for garbage in ["x", &"0".repeat(64), &"f".repeat(4000), "%00%ff", "a=b"] {
        let page = house.get("/gaya", garbage).await;
        assert_eq!((page.status, page.headers.get("etag")), (StatusCode::OK, first.headers.get("etag")), "{garbage:.20}");
        assert_eq!(house.get("/saya", garbage).await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn a_kept_page_is_never_that_of_somebody_who_is_in() {
    let house = House::new().await;
    house.comes("ani", vec![]).await;
    let cookie = house.is_in("ani", 1).await;
    for _ in 0..2 {
        assert!(house.get("/gaya", &cookie).await.text.contains("Contoh ani"));
        assert!(!house.get("/gaya", "").await.text.contains("Contoh ani"));
    }
}

#[tokio::test]
async fn the_committee_enrols_a_telephone_before_anything_else() {
    let house = House::new().await;
    house.comes_with_password("pusat", vec![grant(Role::Centre, "18")]).await;
    let entered = house.post("/masuk", "", &door("pusat", PASSWORD, "&kembali=%2Fsaya%2Fsesi")).await;
    assert_eq!(entered.to(), "/saya/telepon?kembali=%2Fsaya%2Fsesi");
    let cookie = entered.cookie().unwrap();
    for path in ["/saya", "/saya/sesi", "/saya/sandi"] {
        let sent_on = house.get(path, &cookie).await;
        assert!(
            sent_on.status.is_redirection() && sent_on.to().starts_with("/saya/telepon?kembali="),
            "{path}: {}",
            sent_on.to()
        );
    }
    let page = house.get("/saya/telepon?kembali=%2Fsaya%2Fsesi", &cookie).await;
    assert!(page.text.contains("<svg") && page.text.contains("Daftarkan telepon"));
    let wrong = house.post("/saya/telepon", &cookie, &format!("tanda={}&kode=000000&kembali=", page.token())).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let groups = |text: &str| text.split_once("id=\"rahasia\">").unwrap().1.split("</p>").next().unwrap().to_owned();
    assert_eq!(groups(&wrong.text), groups(&page.text), "the same secret again");
}

#[tokio::test]
async fn after_the_second_step_one_is_where_one_wanted_to_be() {
    let house = House::new().await;
    house.comes_with_password("pusat", vec![grant(Role::Centre, "18")]).await;
    let secret = [9; 20];
    house.is_in("pusat", 9).await;
    let entered = house.post("/masuk", "", &door("pusat", PASSWORD, "&kembali=%2Fsaya%2Fsesi")).await;
    assert_eq!(entered.to(), "/masuk/kode?kembali=%2Fsaya%2Fsesi");
    let cookie = entered.cookie().unwrap();
    assert!(house.get("/saya", &cookie).await.to().starts_with("/masuk/kode"));
    let token = house.get("/masuk/kode", &cookie).await.token();
    let used = house::code(&secret, now());
    let again = house.post("/masuk/kode", &cookie, &format!("tanda={token}&kode={used}&kembali=")).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "the code of this half minute was taken when it was enrolled");
    let next = house::code(&secret, now() + jiff::SignedDuration::from_secs(30));
    let done = house.post("/masuk/kode", &cookie, &format!("tanda={token}&kode={next}&kembali=%2Fsaya%2Fsesi")).await;
    assert_eq!((done.status, done.to()), (StatusCode::SEE_OTHER, "/saya/sesi"));
    assert_eq!(house.get("/saya", &done.cookie().unwrap()).await.status, StatusCode::OK);
    assert_eq!(house.get("/saya", &cookie).await.status, StatusCode::UNAUTHORIZED, "the cookie from before");
}

#[tokio::test]
async fn the_way_back_leads_nowhere_else() {
    let house = House::new().await;
    house.comes_with_password("ani", vec![]).await;
    for away in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "javascript%3Aalert(1)", "%2Fa%0D%0Ax"]
    {
        let entered = house.post("/masuk", "", &door("ani", PASSWORD, &format!("&kembali={away}"))).await;
        assert_eq!(entered.to(), "/saya", "{away}");
        let page = house.get(&format!("/masuk?kembali={away}"), "").await;
        assert!(page.text.contains("name=\"kembali\" value=\"\""), "{away}");
    }
}

#[tokio::test]
async fn an_invitation_shows_the_id_sets_the_password_and_lets_in() {
    let house = House::new().await;
    let code = house.invites("ani", vec![], [3; 16]).await;
    let path = format!("/undangan/{code}");
    assert!(house.get(&path, "").await.text.contains("<b>ani</b>"));
    let differs = house.post(&path, "", "baru=kuda+besi+hijau&ulang=kuda+besi+merah").await;
    let short = house.post(&path, "", "baru=kuda&ulang=kuda").await;
    assert_eq!([differs.status, short.status], [StatusCode::UNPROCESSABLE_ENTITY; 2]);
    let come = house.post(&path, "", "baru=kuda+besi+hijau&ulang=kuda+besi+hijau").await;
    assert_eq!((come.status, come.to()), (StatusCode::SEE_OTHER, "/saya"));
    assert_eq!(house.get("/saya", &come.cookie().unwrap()).await.status, StatusCode::OK);
    assert_eq!(house.get(&path, "").await.status, StatusCode::GONE, "once");
}

#[tokio::test]
async fn a_form_with_what_the_page_does_not_have_is_refused_by_name() {
    let house = House::new().await;
    for (form, named) in [
        ("sandi=x", "“akun” tidak ikut terkirim"),
        ("akun=a&akun=b", "“akun” terkirim lebih dari satu kali"),
        ("akun=a&peran=centre", "tidak mempunyai kolom “peran”"),
    ] {
        let refused = house.post("/masuk", "", form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        let text = refused.text.replace(['\u{2068}', '\u{2069}'], "");
        assert!(text.contains(named), "{form}: {text}");
    }
}

#[tokio::test]
async fn every_answer_says_what_the_browser_may_do_and_pages_of_one_person_are_kept_by_nobody() {
    let house = House::new().await;
    house.comes("ani", vec![]).await;
    let cookie = house.is_in("ani", 1).await;
    for (path, cookie) in [("/masuk", ""), ("/saya", ""), ("/saya", cookie.as_str()), ("/undangan", "")] {
        let page = house.send(Method::GET, path, cookie, None).await;
        let policy = page.headers.get("content-security-policy").unwrap().to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(page.headers.get("x-frame-options").unwrap(), "DENY");
        assert!(page.headers.get(CACHE_CONTROL).unwrap().to_str().unwrap().contains("no-store"), "{path}");
        assert!(!page.text.contains(" style=\"") && !page.text.contains("<script>"), "{path}");
    }
}
