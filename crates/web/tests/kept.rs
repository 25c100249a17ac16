//! A page that is kept is the page that was made: to the last header, and counted with it.

use axum::body::Body;
use axum::http::header::{ACCEPT_ENCODING, COOKIE, DATE, IF_NONE_MATCH};
use axum::http::{HeaderName, Method, Request, StatusCode};

use crate::house::{Answered, House};

fn asks(method: Method, path: &str, headers: &[(HeaderName, &str)]) -> Request<Body> {
    let request =
        headers.iter().fold(Request::builder().method(method).uri(path), |request, (name, value)| request.header(name, *value));
    request.body(Body::empty()).unwrap()
}

fn whole(answered: &Answered) -> (StatusCode, Vec<(String, String)>, String) {
    let headers = answered.headers.iter().filter(|(name, _)| **name != DATE);
    let text = |value: &axum::http::HeaderValue| value.to_str().unwrap().to_owned();
    let mut headers: Vec<(String, String)> = headers.map(|(name, value)| (name.to_string(), text(value))).collect();
    headers.sort();
    (answered.status, headers, answered.text.clone())
}

#[tokio::test]
async fn whoever_comes_second_gets_what_the_first_got() {
    for secure in [false, true] {
        let house = House::with(|settings| settings.secure = secure).await;
        let gzip = (ACCEPT_ENCODING, "gzip");
        let dark = (COOKIE, "rupa=gelap");
        let garbage = (COOKIE, "sesi=garbage; rupa=terang");
        for headers in [vec![], vec![gzip.clone()], vec![dark], vec![garbage], vec![gzip, (COOKIE, "rupa=terang")]] {
            for path in ["/gaya", "/en/gaya", "/cari?q=badung", "/", "/en", "/en/", "//gaya"] {
                let first = house.answer(asks(Method::GET, path, &headers)).await;
                let second = house.answer(asks(Method::GET, path, &headers)).await;
                assert_eq!(whole(&first), whole(&second), "{path} {headers:?}");
                assert_eq!(second.headers.contains_key("strict-transport-security"), secure, "{path}");
                assert!(second.headers.contains_key("content-security-policy"), "{path}");
                let head = house.answer(asks(Method::HEAD, path, &headers)).await;
                assert_eq!((head.status, &head.headers), (first.status, &first.headers), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn whoever_has_a_page_is_told_so_without_it_and_whoever_has_an_earlier_one_gets_it() {
    let house = House::new().await;
    let first = house.answer(asks(Method::GET, "/gaya", &[])).await;
    let tag = first.headers["etag"].to_str().unwrap();
    for known in [tag, "*", &format!("\"other\", {tag}")] {
        let same = house.answer(asks(Method::GET, "/gaya", &[(IF_NONE_MATCH, known)])).await;
        assert_eq!((same.status, same.text.as_str()), (StatusCode::NOT_MODIFIED, ""), "{known}");
        assert_eq!(same.headers["etag"], tag, "{known}");
        assert!(same.headers.contains_key("cache-control") && same.headers.contains_key("vary"), "{known}");
    }
    let other = house.answer(asks(Method::GET, "/gaya", &[(IF_NONE_MATCH, "\"other\"")])).await;
    assert_eq!(whole(&other), whole(&first));
}

#[tokio::test]
async fn a_page_that_is_kept_is_counted_as_one_that_is_made() {
    let house = House::with(|settings| settings.metrics_token = Some("kunci".to_owned())).await;
    let tag = house.get("/gaya", "").await.headers["etag"].to_str().unwrap().to_owned();
    house.get("/gaya", "").await;
    house.get("/en/gaya", "").await;
    house.answer(asks(Method::GET, "/gaya", &[(IF_NONE_MATCH, &tag)])).await;
    let bearer = (axum::http::header::AUTHORIZATION, "Bearer kunci");
    let told = house.answer(asks(Method::GET, "/metrics", &[bearer])).await.text;
    for line in [
        "http_requests_total{route=\"/gaya\",status=\"200\"} 3",
        "http_requests_total{route=\"/gaya\",status=\"304\"} 1",
        "http_request_seconds_count{route=\"/gaya\"} 4",
    ] {
        assert!(told.lines().any(|told| told == line), "{line} in {told}");
    }
}

#[tokio::test]
async fn a_page_that_is_kept_is_not_for_whoever_is_in() {
    for secure in [false, true] {
        let house = House::with(|settings| settings.secure = secure).await;
        house.comes("ani", vec![]).await;
        let cookie = house.is_in("ani", 1).await;
        let (own, other) = if secure { ("__Host-sesi", "sesi") } else { ("sesi", "__Host-sesi") };
        let public = house.get("/gaya", "").await;
        let line = format!("{own}={cookie}");
        let hers = house.answer(asks(Method::GET, "/gaya", &[(COOKIE, &line)])).await;
        assert!(hers.text.contains("Contoh ani") && hers.headers["cache-control"] == "no-store", "{secure}");
        // A cookie of that name from another site on the same host is no sign-in.
        let line = format!("{other}={cookie}");
        let nobodys = house.answer(asks(Method::GET, "/gaya", &[(COOKIE, &line)])).await;
        assert_eq!(whole(&nobodys), whole(&public), "{secure}");
    }
}
