//! What must hold of the regions, in sentences.

use jiff::civil::date;

use super::file::{PROVINCES, REGENCIES};
use super::*;

const HEADING: &str = "id,code,name,kind,parent,time_zone,valid_from,valid_to\n";

fn ids(text: &str, day: Date) -> Vec<&'static str> {
    Regions::embedded().find(text, day).into_iter().map(|region| region.id.as_str()).collect()
}

#[track_caller]
fn refused(provinces: &str, regencies: &str, expected: &[&str]) {
    let problems = Regions::parse(&format!("{HEADING}{provinces}"), &format!("{HEADING}{regencies}")).unwrap_err();
    assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
}

#[test]
fn the_embedded_files_have_no_problem() {
    assert_eq!(Regions::parse(PROVINCES_CSV, REGENCIES_CSV).err(), None);
}

#[test]
fn there_are_34_provinces_until_the_laws_of_july_2022_and_38_since_that_of_december() {
    let count = |day| Regions::embedded().provinces_on(day).count();
    assert_eq!(count(date(2017, 1, 1)), 34);
    assert_eq!(count(date(2022, 6, 30)), 34);
    assert_eq!(count(date(2022, 7, 24)), 34);
    assert_eq!(count(date(2022, 7, 25)), 37);
    assert_eq!(count(date(2022, 12, 7)), 37);
    assert_eq!(count(date(2022, 12, 8)), 38);
    assert_eq!(count(date(2023, 1, 1)), 38);
}

#[test]
fn there_are_514_regencies_and_cities_on_every_day_of_the_change() {
    let mut day = date(2020, 2, 20);
    while day < date(2023, 1, 2) {
        assert_eq!(Regions::embedded().regencies_on(day).count(), 514, "{day}");
        day = day.tomorrow().unwrap();
    }
}

#[test]
fn the_kinds_add_up_to_the_official_numbers() {
    let count = |kind| Regions::embedded().regencies_on(date(2026, 1, 1)).filter(|region| region.kind == kind).count();
    assert_eq!(count(RegionKind::Regency), 415);
    assert_eq!(count(RegionKind::AdministrativeRegency), 1);
    assert_eq!(count(RegionKind::City), 93);
    assert_eq!(count(RegionKind::AdministrativeCity), 5);
}

#[test]
fn raja_ampat_is_followed_from_papua_barat_to_papua_barat_daya() {
    let rows: Vec<_> = Regions::embedded()
        .history_of("kab-raja-ampat")
        .map(|region| (region.code.as_str(), region.parent.as_deref().unwrap(), region.valid_from, region.valid_to))
        .collect();
    assert_eq!(
        rows,
        [
            ("92.05", "papua-barat", date(2017, 1, 1), Some(date(2022, 12, 7))),
            ("96.03", "papua-barat-daya", date(2022, 12, 8), None),
        ]
    );
    assert_eq!(Regions::embedded().history_of("kab-atlantis").count(), 0);
}

#[test]
fn twenty_six_regencies_and_cities_changed_their_province_and_one_its_name() {
    let regions = Regions::embedded();
    let (before, after) = (date(2017, 1, 1), date(2026, 1, 1));
    let then = |region: &Region| regions.by_id(&region.id, before).unwrap().clone();
    let moved = regions.regencies_on(after).filter(|region| then(region).parent != region.parent).count();
    let renamed = regions.regencies_on(after).filter(|region| then(region).name != region.name).count();
    assert_eq!((moved, renamed), (26, 1));
}

#[test]
fn a_moved_region_keeps_its_kind_and_its_time_zone() {
    let regions = Regions::embedded();
    for now in regions.regencies_on(date(2026, 1, 1)) {
        for then in regions.history_of(&now.id) {
            assert_eq!((then.kind, then.time_zone), (now.kind, now.time_zone), "{}", now.id);
        }
    }
}

#[test]
fn ids_and_codes_are_unique_on_every_day_something_changed() {
    for day in [date(2017, 1, 1), date(2020, 2, 26), date(2022, 7, 25), date(2022, 12, 8)] {
        let regions: Vec<_> = Regions::embedded().provinces_on(day).chain(Regions::embedded().regencies_on(day)).collect();
        let mut ids: Vec<_> = regions.iter().map(|region| &region.id).collect();
        let mut codes: Vec<_> = regions.iter().map(|region| &region.code).collect();
        ids.sort();
        ids.dedup();
        codes.sort();
        codes.dedup();
        assert_eq!((ids.len(), codes.len()), (regions.len(), regions.len()), "{day}");
    }
}

#[test]
fn every_regencys_province_exists_on_every_day_and_its_code_says_so() {
    let mut day = date(2017, 1, 1);
    while day < date(2023, 1, 2) {
        for region in Regions::embedded().regencies_on(day) {
            let parent = Regions::embedded().parent_on(&region.id, day).unwrap();
            assert!(region.code.starts_with(&parent.code), "{} on {day}", region.id);
            assert_eq!(region.time_zone, parent.time_zone, "{} on {day}", region.id);
        }
        day = day.checked_add(jiff::Span::new().days(1)).unwrap();
    }
}

#[test]
fn the_three_zones_have_18_12_and_8_provinces() {
    let count = |zone| Regions::embedded().provinces_on(date(2024, 1, 1)).filter(|region| region.time_zone == zone).count();
    assert_eq!([count(Zone::Wib), count(Zone::Wita), count(Zone::Wit)], [18, 12, 8]);
    assert_eq!([Zone::Wib, Zone::Wita, Zone::Wit].map(Zone::offset_hours), [7, 8, 9]);
    assert_eq!(Regions::embedded().province("51", date(2024, 1, 1)).unwrap().time_zone, Zone::Wita);
}

#[test]
fn every_region_is_found_by_its_code_its_id_and_its_name() {
    let day = date(2024, 1, 1);
    for region in Regions::embedded().provinces_on(day).chain(Regions::embedded().regencies_on(day)) {
        assert_eq!(ids(&region.code, day), [&region.id]);
        assert!(ids(&region.id, day).contains(&region.id.as_str()), "{}", region.id);
        assert!(ids(&region.name, day).contains(&region.id.as_str()), "{}", region.name);
        assert_eq!(ids(&region.name.to_uppercase(), day), ids(&region.name, day));
        if region.kind != RegionKind::Province {
            assert_eq!(ids(&region.name, day), [&region.id]);
            assert_eq!(ids(&region.id, day), [&region.id]);
        } else {
            assert_eq!(ids(&format!("Provinsi {}", region.name), day), [&region.id]);
        }
    }
}

#[test]
fn usual_spellings_find_the_region() {
    let day = date(2024, 1, 1);
    for (text, id) in [
        ("Kab. Raja Ampat", "kab-raja-ampat"),
        ("  kabupaten   raja-ampat ", "kab-raja-ampat"),
        ("PEMKAB BADUNG", "kab-badung"),
        ("Pemerintah Kota Bontang", "kota-bontang"),
        ("Kota Adm. Jakarta Utara", "kota-jakarta-utara"),
        ("Kota Jakarta Utara", "kota-jakarta-utara"),
        ("Kab. Adm. Kep. Seribu", "kab-kepulauan-seribu"),
        ("Prov. Papua", "papua"),
        ("Provinsi Gorontalo", "gorontalo"),
        ("Kep. Riau", "kepulauan-riau"),
        ("D.I. Yogyakarta", "di-yogyakarta"),
        ("Sumatra Barat", "sumatera-barat"),
        ("Kota Baru", "kab-kotabaru"),
        ("Kotamobagu", "kota-kotamobagu"),
        ("Lubuklinggau", "kota-lubuk-linggau"),
    ] {
        assert_eq!(ids(text, day), [id], "{text}");
    }
}

#[test]
fn a_name_that_several_regions_bear_finds_them_all_and_a_misprint_none() {
    let day = date(2024, 1, 1);
    assert_eq!(ids("Sorong", day), ["kab-sorong", "kota-sorong"]);
    assert_eq!(ids("Kota Raja Ampat", day), [""; 0]);
    assert_eq!(ids("Raja Ampart", day), [""; 0]);
    assert_eq!(ids("", day), [""; 0]);
    assert_eq!(ids("kab", day), [""; 0]);
}

#[test]
fn an_old_code_or_name_is_known_in_its_own_time_only() {
    assert_eq!(ids("92.05", date(2022, 12, 7)), ["kab-raja-ampat"]);
    assert_eq!(ids("92.05", date(2022, 12, 8)), [""; 0]);
    assert_eq!(ids("96.03", date(2022, 12, 7)), [""; 0]);
    assert_eq!(ids("Toba Samosir", date(2020, 2, 25)), ["kab-toba"]);
    assert_eq!(ids("Toba Samosir", date(2020, 2, 26)), [""; 0]);
    assert_eq!(ids("kab-toba", date(2020, 2, 25)), ["kab-toba"]);
}

#[test]
fn all_problems_of_both_files_are_told_with_their_lines() {
    refused(
        "bali,51,Bali,province,,WITA,2017-01-01,\nx,52\ny,53,Y,island,,WITA,2017-01-01,\nz,54,Z,province,bali,WITA,2017-01-01,\n",
        "a,51.01,A,regency,bali,UTC,2017-01-01,\nb,51.02,B,regency,bali,WITA,2017-13-01,\nc,51.03,C,regency,bali,WITA,2018-01-02,2018-01-01\n",
        &[
            "provinces line 3: expected 8 fields without quotation marks, found 2",
            "provinces line 4: kind cannot be \"island\"",
            "provinces line 5: parent cannot be \"bali\"",
            "regencies line 2: time_zone cannot be \"UTC\"",
            "regencies line 3: valid_from cannot be \"2017-13-01\"",
            "regencies line 4: valid_to comes before valid_from",
        ],
    );
}

#[test]
fn two_rows_of_one_id_or_one_code_on_the_same_day_are_refused() {
    let bali = "bali,51,Bali,province,,WITA,2017-01-01,\n";
    refused(
        bali,
        "a,51.01,A,regency,bali,WITA,2017-01-01,2018-01-01\na,51.02,A,regency,bali,WITA,2018-01-01,\n",
        &["regencies line 3: a has another row on the same day"],
    );
    refused(
        bali,
        "a,51.01,A,regency,bali,WITA,2017-01-01,\nb,51.01,B,regency,bali,WITA,2018-01-01,\n",
        &["regencies line 3: code 51.01 belongs to another region on the same day"],
    );
}

#[test]
fn a_regency_without_a_province_on_some_day_is_refused() {
    let bali = "bali,51,Bali,province,,WITA,2017-01-01,2020-01-01\nbali,51,Bali Baru,province,,WITA,2020-01-02,2021-01-01\n";
    refused(
        bali,
        "a,51.01,A,regency,bali,WITA,2017-01-01,\nb,51.02,B,regency,bali,WITA,2019-01-01,2021-01-01\n",
        &["regencies line 2: there is no province \"bali\" on 2021-01-02"],
    );
}

#[test]
fn a_file_without_its_heading_is_refused() {
    let problems = Regions::parse("", "id;code\n").unwrap_err();
    assert_eq!(
        problems.iter().map(|problem| (problem.file, &problem.fault)).collect::<Vec<_>>(),
        [(PROVINCES, &RegionFault::Heading), (REGENCIES, &RegionFault::Heading)]
    );
}
