//! What visitors look up: regions, organisations, years, and whether they may enter. Only what is announced is found.
#![allow(clippy::unwrap_used)]

use crate::shipped;
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
async fn what_is_cut_off_is_counted_and_more_is_shown_to_whoever_asks() {
    let house = house(Played::Nothing).await;
    let hits = |page: &str| page.matches("class=\"nama\"").count();
    let (some, more) = (house.page("/cari?q=sukamaju").await, house.page("/cari?q=sukamaju&banyak=48").await);
    assert!(hits(&some) < hits(&more) && hits(&more) <= 3 * 48, "{} {}", hits(&some), hits(&more));
    let told = |page: &str| page.split_once("id=\"hasil-kabar\"").unwrap().1.split_once("</p>").unwrap().0.to_owned();
    let count = places::Places::shared().search_and_count("sukamaju", 1, 60).of_level.iter().sum::<usize>();
    assert!(told(&some).contains(&format!("{count} ditemukan")) && told(&more) == told(&some), "{}", told(&some));
    assert!(some.contains(&format!("{} lagi tidak ditampilkan", count - hits(&some))), "{count}");
    assert!(some.contains("sukamaju bogor") && some.contains("/cari?q=sukamaju&#38;banyak=48"));
    assert!(!more.contains("Tampilkan lebih banyak"), "no more are shown than that");
    let whole = house.page("/cari?q=sapit+suwela").await;
    assert!(!whole.contains("lagi tidak ditampilkan"));
    assert!(house.page("/cari?q=solo").await.contains("juga disebut Solo"));
    assert!(house.page("/cari?q=irian+jaya").await.contains("nama lama: Irian Jaya"));
}

#[tokio::test]
async fn a_village_tells_where_it_lies_with_links() {
    let house = house(Played::Nothing).await;
    let page = house.page("/wilayah/52.03.16.2005").await;
    let (_, where_it_lies) = page.split_once("id=\"letak\"").unwrap();
    for code in ["52", "52.03", "52.03.16"] {
        assert!(where_it_lies.contains(&format!("href=\"/wilayah/{code}\"")), "{code}");
    }
}

#[tokio::test]
async fn an_edition_that_is_over_says_so_and_asks_nobody_in() {
    let after = house(Played::Whole).await;
    let home = after.page(&format!("/edisi/{YEAR}")).await;
    assert!(home.contains("Selesai: hasilnya sudah diumumkan") && !home.contains("Apakah kami bisa ikut?"));
    assert!(!home.contains("belum dibuka") && home.contains("tanpa putaran"));
    assert!(after.page(&format!("/edisi/{YEAR}/ikut")).await.contains("Edisi ini sudah selesai"));
    let before = house(Played::Nothing).await;
    assert!(before.page(&format!("/edisi/{YEAR}")).await.contains("Apakah kami bisa ikut?"));
}

#[tokio::test]
async fn no_link_of_a_page_leads_to_another_site_however_it_was_asked_for() {
    let house = house(Played::Nothing).await;
    for path in ["/en//evil.example/masuk", "//evil.example/masuk", "///evil.example", "/en///evil.example"] {
        let (_, page, to) = house.get(path).await;
        assert!(!page.contains("=\"//") && !to.is_some_and(|to| to.starts_with("//")), "{path}: {page}");
    }
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
    assert!(asked.contains("#jawaban\"") && asked.contains("<option value=\"city\">Kota</option>"));
    let nearest = house.page(&format!("/edisi/{YEAR}/ikut?jenis=regency&wilayah=lombok")).await;
    assert!(nearest.contains("Wilayah: Kabupaten Lombok Barat, Provinsi Nusa Tenggara Barat."), "a regency means a regency");
    let village = house.page(&format!("/edisi/{YEAR}/ikut?jenis=regency&wilayah=52.03.16.2005")).await;
    assert!(
        village.contains("“Desa Sapit, Kecamatan Suwela, Kabupaten Lombok Timur” bukan kabupaten.")
            && !village.contains(": 52.03.16")
    );
    let called = house.page(&format!("/edisi/{YEAR}/ikut?jenis=regency&wilayah=papua")).await;
    assert!(
        called.contains("“Provinsi Papua” bukan kabupaten.") && !called.contains("Wilayah: "),
        "what is only nearly called so is not meant"
    );
    assert!(house.page(&format!("/edisi/{YEAR}/ikut")).await.contains("#tanya\""), "first there are questions to answer");
    for odd in ["", "?jenis=naga", "?jenis=regency&jenis=city", "?wilayah=zzqx", "?menang=99&j-x=%3Cb%3E"] {
        house.page(&format!("/edisi/{YEAR}/ikut{odd}")).await;
    }
}

#[tokio::test]
async fn on_a_page_of_a_past_year_the_menu_names_that_year() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_make(&Place::File(folder.path().join("award.db"))).await.unwrap();
    for year in [YEAR, "ntb-2024"] {
        let cycle = shipped::years().into_iter().find(|cycle| cycle.header.id == year).unwrap();
        store.open_edition(year, &shipped::rulebook(&cycle), "2026-01-01T00:00:00.000000Z").await.unwrap();
    }
    let house = House { pages: router(App::new(Office::new(store), Settings::default())), _folder: folder };
    let menu = |page: String| page.split("</nav>").next().unwrap().to_owned();
    let past = menu(house.page(&format!("/edisi/{YEAR}/aturan")).await);
    assert!(past.contains(">Edisi 2023</a>") && !past.contains("Edisi ini"), "{past}");
    for path in ["/", "/edisi/ntb-2024/aturan", "/cari"] {
        assert!(menu(house.page(path).await).contains(">Edisi ini</a>"), "{path}");
    }
}
