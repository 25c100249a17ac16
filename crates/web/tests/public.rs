//! What anybody reads in the browser of a year that is through.
#![allow(clippy::unwrap_used)]

use award::Cycle;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use jiff::Timestamp;
use office::Office;
use store::{Place, Store};
use tower::ServiceExt;
use web::{App, Settings};

const EDITION: &str = "/edisi/kampung-bersih-2026";

/// The pages of the example's year, played to its end.
async fn pages(folder: &tempfile::TempDir) -> axum::Router {
    played(folder, &Cycle::read(&award::example(), rules::EXAMPLE).unwrap(), rules::EXAMPLE).await
}

async fn played(folder: &tempfile::TempDir, cycle: &Cycle, rulebook: &str) -> axum::Router {
    let store = Store::open_or_make(&Place::File(folder.path().join("award.db"))).await.unwrap();
    let edition = store.open_edition(&cycle.rules.edition.id, rulebook, "2026-01-01T00:00:00Z").await.unwrap();
    let office = Office::new(store);
    office.play(&edition, cycle, Timestamp::UNIX_EPOCH).await.unwrap().unwrap();
    web::router(App::new(office, Settings::default()))
}

async fn read(pages: &axum::Router, path: &str) -> (StatusCode, String) {
    read_at(pages, &format!("{EDITION}{path}")).await
}

async fn read_at(pages: &axum::Router, path: &str) -> (StatusCode, String) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = pages.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), 8 << 20).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn it_is_told_that_it_is_not_well_where_the_database_was_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages(&folder).await;
    assert_eq!(read_at(&pages, "/healthz").await, (StatusCode::OK, "ok\n".to_owned()));
    std::fs::remove_file(folder.path().join("award.db")).unwrap();
    assert_eq!(read_at(&pages, "/healthz").await, (StatusCode::SERVICE_UNAVAILABLE, "database\n".to_owned()));
}

#[tokio::test]
async fn everybody_reads_the_rules_the_panels_the_calendar_and_an_announced_result() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages(&folder).await;
    for (path, told) in [
        ("/aturan", "Keputusan panitia 1/2026"),
        ("/jadwal", "</h1>"),
        ("/jadwal.ics", "END:VCALENDAR\r\n"),
        ("/panel", "</h1>"),
        ("/putaran/city", "Kampung Melati"),
        ("/hasil", "Kampung Melati"),
        ("/hasil?kategori=village", "Kampung Melati"),
        ("/hasil/city/village", "Kampung Kenanga"),
        ("/kandidat/kenanga", "81,00"),
    ] {
        let (status, page) = read(&pages, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(page.contains(told), "{path} says {told}: {page}");
    }
}

#[tokio::test]
async fn the_rulebook_is_given_byte_for_byte_and_the_count_without_marks() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages(&folder).await;
    assert_eq!(read(&pages, "/aturan.toml").await, (StatusCode::OK, rules::EXAMPLE.to_owned()));
    let (status, text) = read(&pages, "/berkas-hitung/city/village").await;
    let count: tally::Count = serde_json::from_str(&text).unwrap();
    assert_eq!((status, count.sheets.len(), count.jurors.len()), (StatusCode::OK, 0, 0));
    let totals: Vec<String> = tally::count(&count).unwrap().standing.iter().map(|row| row.total.to_string()).collect();
    assert_eq!(totals, ["83", "81"]);
}

#[tokio::test]
async fn a_contest_in_zones_has_a_standing_and_a_cut_for_each() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = std::fs::read_dir(root.join("cycles/lampung-2023")).unwrap().map(|entry| entry.unwrap().path());
    let wanted = files.filter(|file| file.extension().is_some_and(|ending| ending == "csv" || ending == "toml"));
    let read_whole =
        |path: std::path::PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap());
    let rulebook = std::fs::read_to_string(root.join("rulebooks/2023.toml")).unwrap();
    let cycle = Cycle::read(&wanted.map(read_whole).collect(), &rulebook).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let pages = played(&folder, &cycle, &rulebook).await;
    let of = |path: &str| format!("/edisi/{}{path}", cycle.rules.edition.id);
    let (status, page) = read_at(&pages, &of("/hasil/nation/provinsi")).await;
    assert_eq!(status, StatusCode::OK);
    // Of Sumatra and of Java and Bali a third is below the line; of the other zones nobody is.
    assert_eq!((page.matches("<h3 id=\"p-").count(), page.matches("<tr class=\"batas\">").count()), (5, 2), "{page}");
    let (_, round) = read_at(&pages, &of("/putaran/nation")).await;
    // Provinces, regencies and villages compete in zones.
    assert_eq!(round.matches("<h4>").count(), 15, "{round}");
}

#[tokio::test]
async fn what_is_not_there_is_refused_and_not_broken() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages(&folder).await;
    for path in
        ["/putaran/moon", "/putaran/city/18", "/hasil/city", "/hasil/city/moon", "/kandidat/nobody", "/berkas-hitung/city/moon"]
    {
        assert_eq!(read(&pages, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn every_page_of_an_edition_names_it_in_the_trail_in_the_window_and_on_paper() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages(&folder).await;
    let name = rules::example().edition.name.id;
    for path in ["/aturan", "/jadwal", "/panel", "/hasil", "/putaran/city", "/hasil/city/village", "/kandidat/kenanga", "/ikut"] {
        let (_, page) = read(&pages, path).await;
        assert!(page.contains(&format!("<ol><li><a href=\"{EDITION}\">{name}</a></li>")), "{path}: {page}");
        assert!(page.contains(&format!(" · {name} · Paritrana</title>")), "{path}: {page}");
        let on_paper = format!("<b>Paritrana</b> · {name} · <span data-alamat>{EDITION}{path}</span>");
        assert!(page.contains(&on_paper), "{path} is printed with its sender: {page}");
    }
    let (_, front) = read(&pages, "").await;
    assert!(front.contains(&format!("<title>{name} · Paritrana</title>")), "{front}");
}

#[tokio::test]
async fn the_menu_leads_to_the_running_edition_from_every_page() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages(&folder).await;
    for path in ["/riwayat", "/cari", "/wilayah/33", "/masuk", "/edisi", "/panduan", "/tidak-ada"] {
        let (_, page) = read_at(&pages, path).await;
        for link in ["/aturan", "/jadwal", "/panel", "/hasil"] {
            assert!(page.contains(&format!("href=\"{EDITION}{link}\"")), "{path} leads to {link}: {page}");
        }
    }
}

#[tokio::test]
async fn a_form_that_is_refused_says_so_and_leads_back_to_its_page() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages(&folder).await;
    let request = Request::post(EDITION).header("host", "award.example").header("referer", "https://award.example/cari?q=a");
    let response = pages.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    let page = String::from_utf8(to_bytes(response.into_body(), 8 << 20).await.unwrap().to_vec()).unwrap();
    assert!(page.contains("<h1>Kiriman ini tidak diterima</h1>") && page.contains("href=\"/cari?q=a\">Kembali</a>"), "{page}");
    let (_, missing) = read_at(&pages, "/tidak-ada").await;
    assert!(missing.contains("<h1>Ini tidak dapat ditampilkan</h1>"), "{missing}");
}
