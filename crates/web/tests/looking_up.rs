//! What visitors look up: regions, organisations, years, and whether they may enter. Only what is announced is found.
#![allow(clippy::unwrap_used)]

#[path = "../../award/tests/support/shipped.rs"]
mod shipped;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use office::Office;
use store::{Place, Store};
use tower::ServiceExt;
use web::{App, Settings, router};

const YEAR: &str = "lampung-2023";

struct House {
    pages: Router,
    _folder: tempfile::TempDir,
}

/// The pages over an edition: with nothing recorded, or with the whole year.
async fn house(is_played: Played) -> House {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_make(&Place::File(folder.path().join("award.db"))).await.unwrap();
    let cycle = shipped::years().into_iter().find(|cycle| cycle.header.id == YEAR).unwrap();
    let edition = store.open_edition(YEAR, &shipped::rulebook(&cycle), "2026-01-01T00:00:00.000000Z").await.unwrap();
    let office = Office::new(store);
    if is_played == Played::Whole {
        office.play(&edition, &cycle, "2026-01-01T00:00:00Z".parse().unwrap()).await.unwrap().unwrap();
    }
    House { pages: router(App::new(office, Settings::default())), _folder: folder }
}

#[derive(PartialEq, Eq)]
enum Played {
    Whole,
    Nothing,
}

impl House {
    async fn get(&self, path: &str) -> (StatusCode, String, Option<String>) {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        let response = self.pages.clone().oneshot(request).await.unwrap();
        let to = response.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        let status = response.status();
        let body = to_bytes(response.into_body(), 4 << 20).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap(), to)
    }

    async fn page(&self, path: &str) -> String {
        let (status, page, _) = self.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        page
    }
}

#[tokio::test]
async fn a_village_is_found_however_it_is_spelt_and_with_the_regions_above_it() {
    let house = house(Played::Nothing).await;
    for query in ["sapit+suwela", "SAPIT%20lombok%20timur", "52.03.16.2005"] {
        let page = house.page(&format!("/cari?q={query}")).await;
        assert!(page.contains("href=\"/wilayah/52.03.16.2005\""), "{query}");
        assert!(page.contains("Kecamatan Suwela › Kabupaten Lombok Timur › Provinsi Nusa Tenggara Barat"), "{query}");
    }
    assert!(house.page("/cari?q=toba+samosir").await.contains("nama lama: Kabupaten Toba Samosir"));
    assert!(house.page("/cari/hasil?q=lampng").await.contains("ejaan dekat"));
}

#[tokio::test]
async fn whatever_is_typed_the_search_answers_and_shows_it_as_text() {
    let house = house(Played::Nothing).await;
    let long = "a".repeat(4_000);
    for query in ["", "%20", "%00", "%FF%FE", "%3Cscript%3Ealert(1)%3C/script%3E", "'%20or%201=1--", "a&q=b&q=c", &long] {
        let page = house.page(&format!("/cari?q={query}")).await;
        assert!(!page.contains("<script>alert"), "{query}");
    }
    assert!(house.page("/cari").await.contains("Ketik nama yang Anda cari"));
    assert!(house.page("/cari?q=zzqxqzz").await.contains("Ketik lebih sedikit kata"));
}

#[tokio::test]
async fn an_unknown_region_offers_the_search_and_a_former_code_leads_to_the_region_of_now() {
    let house = house(Played::Nothing).await;
    let (status, page, _) = house.get("/wilayah/99.99").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(page.contains("action=\"/cari\"") && page.contains("99.99"));
    let (status, _, to) = house.get("/wilayah/92.05").await;
    assert_eq!((status, to.as_deref()), (StatusCode::SEE_OTHER, Some("/wilayah/96.03")));
    assert!(house.page("/wilayah/18").await.contains("15 kabupaten dan kota"));
}

#[tokio::test]
async fn an_organisation_is_found_once_its_result_is_announced_and_not_before() {
    let before = house(Played::Nothing).await;
    assert!(!before.page("/cari?q=bandar+lampung").await.contains("/riwayat/organisasi/"));
    let after = house(Played::Whole).await;
    let page = after.page("/riwayat/wilayah/18").await;
    let (_, rest) = page.split_once("href=\"/riwayat/organisasi/").unwrap();
    let (id, _) = rest.split_once('"').unwrap();
    assert!(after.page(&format!("/riwayat/organisasi/{id}")).await.contains("Tahun demi tahun"));
    assert_eq!(before.get(&format!("/riwayat/organisasi/{id}")).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_regency_is_told_which_categories_it_may_enter_and_why_not_the_others() {
    let house = house(Played::Nothing).await;
    let asked = house.page(&format!("/edisi/{YEAR}/ikut?jenis=regency&wilayah=tanggamus")).await;
    assert!(asked.contains("Kabupaten Tanggamus") && asked.contains("kategori bukan untuk Anda"));
    for odd in ["", "?jenis=naga", "?jenis=regency&jenis=city", "?wilayah=zzqx", "?menang=99&j-x=%3Cb%3E"] {
        house.page(&format!("/edisi/{YEAR}/ikut{odd}")).await;
    }
}
