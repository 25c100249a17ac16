//! Organisations that somebody looks for, with the names of those who took part.

use places::{FoundOrganisation, How, Organisation, Organisations, Places};

fn organisation(id: &str, name: &str, other_names: &[&str], place: Option<&str>) -> Organisation {
    Organisation {
        id: id.to_owned(),
        name: name.to_owned(),
        other_names: other_names.iter().map(|&name| name.to_owned()).collect(),
        place: place.map(str::to_owned),
    }
}

fn organisations() -> Organisations {
    let list = [
        organisation("badung", "Pemerintah Kabupaten Badung", &[], Some("51.03")),
        organisation("bandung", "Pemerintah Kota Bandung", &[], Some("32.73")),
        organisation("rs-metro", "RS Mardi Waluyo", &["Rumah Sakit Mardi Waluyo Metro"], Some("18.72")),
        organisation("rs-blitar", "RSUD Mardi Waluyo", &[], Some("35.72")),
        organisation("bukit-asam", "PT Bukit Asam Tbk", &["Tambang Batubara Bukit Asam"], Some("16.03")),
        organisation("sawit-1", "CV Sawit Makmur 1", &[], None),
        organisation("sawit-2", "CV Sawit Makmur 2", &[], Some("no such code")),
        organisation("nameless", "", &["🏆"], None),
    ];
    Organisations::new(Places::shared(), list)
}

fn ids(query: &str) -> Vec<String> {
    let organisations = organisations();
    let found = organisations.search(Places::shared(), query, 10);
    found.iter().map(|found| found.organisation.id.clone()).collect()
}

#[test]
fn short_forms_and_legal_forms_count_for_nothing() {
    for query in ["pemkab badung", "Pemerintah Kab. Badung", "PEMERINTAH KABUPATEN BADUNG"] {
        assert_eq!(ids(query)[0], "badung", "{query}");
    }
    for query in ["bukit asam", "PT. Bukit Asam (Persero) Tbk.", "bukitasam", "boekit asam"] {
        assert_eq!(ids(query), ["bukit-asam"], "{query}");
    }
}

#[test]
fn where_it_sits_narrows() {
    assert_eq!(ids("mardi waluyo"), ["rs-metro", "rs-blitar"]);
    assert_eq!(ids("mardi waluyo jawa timur"), ["rs-blitar"]);
    assert_eq!(ids("lampung mardi waluyo"), ["rs-metro"]);
    assert_eq!(ids("mardi waluyo papua"), [""; 0]);
}

#[test]
fn mistakes_are_forgiven_but_not_in_numbers() {
    assert_eq!(ids("pemkab badng")[0], "badung");
    assert_eq!(ids("bukit asm"), ["bukit-asam"]);
    assert_eq!(ids("mardi walujo blitr"), ["rs-blitar"]);
    assert_eq!(ids("sawit makmur 2"), ["sawit-2"]);
    assert_eq!(ids("sawit makmur ii"), ["sawit-2"]);
    assert_eq!(ids("sawit makmur 3"), [""; 0]);
}

#[test]
fn what_was_found_says_how_and_by_which_name() {
    let organisations = organisations();
    let told = |query| {
        let found: Vec<FoundOrganisation> = organisations.search(Places::shared(), query, 1);
        found.first().map(|found| (found.organisation.id.as_str(), found.how, found.other_name, found.is_narrowed))
    };
    let former = Some("Tambang Batubara Bukit Asam");
    assert_eq!(told("bukit asam"), Some(("bukit-asam", How::Exact, None, false)));
    assert_eq!(told("tambang batubara bukit asam"), Some(("bukit-asam", How::Exact, former, false)));
    assert_eq!(told("tambang"), Some(("bukit-asam", How::Beginning, former, false)));
    assert_eq!(told("bukit asam muara enim"), Some(("bukit-asam", How::Exact, None, true)));
    assert_eq!(told("waluyo"), Some(("rs-metro", How::Word, None, false)));
}

#[test]
fn a_region_alone_finds_no_organisation_that_only_sits_there() {
    assert_eq!(ids("muara enim"), [""; 0]);
    assert_eq!(ids("lampung"), [""; 0]);
}

#[test]
fn queries_that_say_nothing_find_nothing() {
    for query in ["", "PT", "🏆", "?!", &"pt ".repeat(4_000), &"z".repeat(10_000), "\u{202e}"] {
        assert_eq!(ids(query), [""; 0], "{}", query.chars().take(10).collect::<String>());
    }
    let none = Organisations::new(Places::shared(), []);
    assert_eq!(none.search(Places::shared(), "badung", 10), []);
}
