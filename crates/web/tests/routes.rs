//! Who may come to which page: every route, asked for by nobody and by every role, of the own region and of another one. The whole table stands in
//! `snapshots/routes.txt`; `UPDATE_SNAPSHOTS=1` writes it anew.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::house::{House, grant};
use award::Role;
use axum::http::Method;
use web::ROUTES;

/// The region of everybody's role, and the other one.
const OWN: &str = "18";
/// A link that was never made.
const NO_LINK: &str = "/masuk/0000000000000000000000000000000000000000000000000000000000000000";

/// An address of every route: of the own region, and of another one. A new route needs one line here.
const EXAMPLES: &[(&str, &str, &str)] = &[
    ("/", "/", "/"),
    ("/edisi/{edition}", "/edisi/kampung-bersih-2026", "/edisi/tidak-ada"),
    ("/edisi/{edition}/ikut", "/edisi/kampung-bersih-2026/ikut", "/edisi/tidak-ada/ikut"),
    ("/edisi/{edition}/aturan", "/edisi/kampung-bersih-2026/aturan", "/edisi/tidak-ada/aturan"),
    ("/edisi/{edition}/aturan.toml", "/edisi/kampung-bersih-2026/aturan.toml", "/edisi/tidak-ada/aturan.toml"),
    ("/edisi/{edition}/jadwal", "/edisi/kampung-bersih-2026/jadwal", "/edisi/tidak-ada/jadwal"),
    ("/edisi/{edition}/jadwal.ics", "/edisi/kampung-bersih-2026/jadwal.ics", "/edisi/tidak-ada/jadwal.ics"),
    ("/edisi/{edition}/panel", "/edisi/kampung-bersih-2026/panel", "/edisi/tidak-ada/panel"),
    (
        "/edisi/{edition}/putaran/{level}",
        "/edisi/kampung-bersih-2026/putaran/city",
        "/edisi/kampung-bersih-2026/putaran/province",
    ),
    (
        "/edisi/{edition}/putaran/{level}/{region}",
        "/edisi/kampung-bersih-2026/putaran/province/18",
        "/edisi/kampung-bersih-2026/putaran/province/51",
    ),
    ("/edisi/{edition}/hasil", "/edisi/kampung-bersih-2026/hasil", "/edisi/tidak-ada/hasil"),
    (
        "/edisi/{edition}/hasil/{*contest}",
        "/edisi/kampung-bersih-2026/hasil/kampung-bersih-2026/city/kampung",
        "/edisi/kampung-bersih-2026/hasil/kampung-bersih-2026/province/51/kampung",
    ),
    (
        "/edisi/{edition}/berkas-hitung/{*contest}",
        "/edisi/kampung-bersih-2026/berkas-hitung/kampung-bersih-2026/city/kampung",
        "/edisi/kampung-bersih-2026/berkas-hitung/kampung-bersih-2026/province/51/kampung",
    ),
    (
        "/edisi/{edition}/kandidat/{candidate}",
        "/edisi/kampung-bersih-2026/kandidat/melati",
        "/edisi/kampung-bersih-2026/kandidat/tidak-ada",
    ),
    ("/edisi", "/edisi", "/edisi"),
    ("/riwayat", "/riwayat", "/riwayat"),
    ("/riwayat/wilayah/{code}", "/riwayat/wilayah/18", "/riwayat/wilayah/51"),
    ("/riwayat/organisasi/{id}", "/riwayat/organisasi/melati", "/riwayat/organisasi/tidak-ada"),
    ("/cari", "/cari?q=suela", "/cari"),
    ("/cari/hasil", "/cari/hasil?q=suela", "/cari/hasil"),
    ("/wilayah/{code}", "/wilayah/18", "/wilayah/99"),
    ("/panduan", "/panduan", "/panduan"),
    ("/panduan/{slug}", "/panduan/berkas", "/panduan/tidak-ada"),
    ("/masuk", "/masuk", "/masuk"),
    ("/masuk/kode", "/masuk/kode", "/masuk/kode"),
    ("/masuk/{secret}", NO_LINK, NO_LINK),
    ("/undangan", "/undangan", "/undangan"),
    ("/undangan/{code}", "/undangan/2222-2222-2222-2222", "/undangan/2222-2222-2222-2222"),
    ("/keluar", "/keluar", "/keluar"),
    ("/saya", "/saya", "/saya"),
    ("/saya/telepon", "/saya/telepon", "/saya/telepon"),
    ("/saya/sandi", "/saya/sandi", "/saya/sandi"),
    ("/saya/sesi", "/saya/sesi", "/saya/sesi"),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu",
    ),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}/persetujuan",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu/persetujuan",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu/persetujuan",
    ),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}/riwayat",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu/riwayat",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu/riwayat",
    ),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}/angka",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu/angka",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu/angka",
    ),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}/angka/periksa",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu/angka/periksa",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu/angka/periksa",
    ),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}/produk",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu/produk",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu/produk",
    ),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}/unggah",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu/unggah",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu/unggah",
    ),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}/unggah/mulai",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu/unggah/mulai",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu/unggah/mulai",
    ),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}/unggah/{upload}",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu/unggah/00000000000000000000000000000000",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu/unggah/00000000000000000000000000000000",
    ),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}/unggah/{upload}/selesai",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu/unggah/00000000000000000000000000000000/selesai",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu/unggah/00000000000000000000000000000000/selesai",
    ),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}/unggah/{upload}/lanjut",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu/unggah/00000000000000000000000000000000/lanjut",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu/unggah/00000000000000000000000000000000/lanjut",
    ),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}/unggah/{upload}/batal",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu/unggah/00000000000000000000000000000000/batal",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu/unggah/00000000000000000000000000000000/batal",
    ),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}/berkas/{file}",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu/berkas/0000000000000000000000000000000000000000000000000000000000000000",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu/berkas/0000000000000000000000000000000000000000000000000000000000000000",
    ),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}/kirim",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu/kirim",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu/kirim",
    ),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}/mundur",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu/mundur",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu/mundur",
    ),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}/wawancara",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu/wawancara",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu/wawancara",
    ),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}/wawancara/rombongan",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu/wawancara/rombongan",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu/wawancara/rombongan",
    ),
    (
        "/saya/kandidat/{edition}/{contest}/{candidate}/wawancara/bahan",
        "/saya/kandidat/kampung-bersih-2026/province~18~kampung/kampung-satu/wawancara/bahan",
        "/saya/kandidat/kampung-bersih-2026/province~51~kampung/kampung-satu/wawancara/bahan",
    ),
    ("/gaya", "/gaya", "/gaya"),
    ("/rupa", "/rupa", "/rupa"),
];

/// Everybody who asks: nobody who is signed in, and one of each role.
async fn askers(house: &House) -> Vec<(String, String)> {
    let mut askers = vec![("nobody".to_owned(), String::new())];
    for (number, role) in (1..).zip(Role::ALL) {
        house.comes(role.name(), vec![grant(role, OWN)]).await;
        askers.push((role.name().to_owned(), house.is_in(role.name(), number).await));
    }
    askers
}

/// One line for each answer, with everybody who gets it: own region / another one. What is sent is empty, so that nothing is done.
async fn told(house: &House, route: (&str, &str, &str), askers: &[(String, String)]) -> String {
    let (name, own, other) = route;
    let mut told = String::new();
    for method in [Method::GET, Method::POST] {
        let mut answers: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (asker, cookie) in askers {
            let form = (method == Method::POST).then_some("");
            let here = house.send(method.clone(), own, cookie, form).await.status.as_u16();
            let elsewhere = house.send(method.clone(), other, cookie, form).await.status.as_u16();
            answers.entry(format!("{here} / {elsewhere}")).or_default().push(asker);
        }
        if answers.keys().all(|answer| answer == "405 / 405") {
            continue;
        }
        let _ = writeln!(told, "{method} {name}");
        for (answer, whose) in answers {
            let whose = if whose.len() == askers.len() { "everybody".to_owned() } else { whose.join(", ") };
            let _ = writeln!(told, "    {answer}  {whose}");
        }
    }
    told
}

#[tokio::test]
async fn every_route_answers_every_role_as_it_stands_in_the_table() {
    let house = House::new().await;
    house.office.store().open_edition("kampung-bersih-2026", rules::EXAMPLE, "2026-01-01T00:00:00.000000Z").await.unwrap();
    let askers = askers(&house).await;
    let mut table = String::from("Answers by route: own region / another one. What is sent is empty.\n\n");
    for (path, _, _) in ROUTES {
        let example = EXAMPLES.iter().find(|(route, ..)| route == path);
        let example = example.unwrap_or_else(|| panic!("{path} has no example address; add a line to EXAMPLES"));
        table.push_str(&told(&house, *example, &askers).await);
    }
    let gone: Vec<_> = EXAMPLES.iter().filter(|(route, ..)| ROUTES.iter().all(|(path, ..)| path != route)).collect();
    assert!(gone.is_empty(), "routes that are no more: {gone:?}");
    let place = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots/routes.txt");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots")).unwrap();
        std::fs::write(place, &table).unwrap();
    }
    assert_eq!(std::fs::read_to_string(place).unwrap_or_default(), table, "UPDATE_SNAPSHOTS=1 writes the table anew");
}
