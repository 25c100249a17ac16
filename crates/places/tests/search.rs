//! What somebody types and what is found, with regions that exist.

use places::{By, Found, How, Level, Place, Places};

const LIMIT: usize = 10;

fn search(query: &str) -> Vec<Found<'static>> {
    Places::shared().search(query, LIMIT)
}

fn names(query: &str) -> Vec<String> {
    search(query).iter().map(|found| found.place.full_name()).collect()
}

#[track_caller]
fn first(query: &str, code: &str, how: How) {
    let found = search(query);
    assert_eq!(found.first().map(|found| (found.place.code, found.how)), Some((code, how)), "{query}");
}

#[test]
fn every_region_is_found_by_its_name_with_the_names_above_it() {
    // One region of each 499: every island and every kind takes its turn.
    let levels = [places::Level::Regency, places::Level::District, places::Level::Village];
    for place in levels.into_iter().flat_map(|level| Places::shared().all(level).iter().step_by(499)) {
        let query: Vec<String> = Places::shared().path(place).map(Place::full_name).collect();
        let found = search(&query.join(", "));
        assert!(found.iter().any(|found| found.place == place), "{query:?}: {found:?}");
        let names: Vec<&str> = Places::shared().path(place).map(|place| place.name).collect();
        let found = Places::shared().search(&names.join(" "), 40);
        assert!(found.iter().any(|found| found.place == place), "{names:?}");
    }
}

#[test]
fn case_spaces_hyphens_accents_and_titles_make_no_difference() {
    for query in
        ["Kabupaten Lombok Timur", "kab. lombok timur", "LOMBOKTIMUR", "lombok-timur", "Lómbok  Timur,", "PEMKAB LOMBOK TIMUR"]
    {
        first(query, "52.03", How::Exact);
    }
    for query in ["Kota Bontang", "pemerintah kota bontang", "Bontang, Kota"] {
        first(query, "64.74", How::Exact);
    }
}

#[test]
fn a_name_that_was_parted_or_joined_finds_both_ways_of_writing() {
    let exact = |query| {
        let found = Places::shared().search(query, 500).into_iter();
        found.filter(|found| found.how == How::Exact && !found.is_narrowed).collect::<Vec<_>>()
    };
    let together = exact("karanganyar");
    assert_eq!(exact("karang anyar"), together);
    assert_eq!(exact("KARANG-ANYAR"), together);
    let both = ["Karang Anyar", "Karanganyar"].map(|name| together.iter().any(|found| found.place.name == name));
    assert_eq!(both, [true, true]);
}

#[test]
fn the_old_spelling_finds_the_name_of_now() {
    first("Soerabaja", "35.78", How::Spelling);
    first("Tjilatjap", "33.01", How::Spelling);
    first("Djogjakarta", "34", How::Spelling);
    first("Atjeh", "11", How::Spelling);
    first("Sumatra Utara", "12", How::Spelling);
}

#[test]
fn a_title_means_that_sort_and_is_otherwise_a_part_of_the_name() {
    first("kab bandung", "32.04", How::Exact);
    first("kota bandung", "32.73", How::Exact);
    first("bandung, kab.", "32.04", How::Exact);
    first("kec. menteng", "31.71.06", How::Exact);
    first("kel. menteng jakarta", "31.71.06.1001", How::Exact);
    first("kota baru", "63.02", How::Exact);
    assert!(search("kab. papua").iter().all(|found| found.place.kind.title() == "Kabupaten"));
}

#[test]
fn the_higher_level_comes_first_among_equals() {
    assert_eq!(names("gorontalo")[..4], ["Provinsi Gorontalo", "Kabupaten Gorontalo", "Kota Gorontalo", "Desa Gorontalo"]);
    assert_eq!(names("karanganyar")[..2], ["Kabupaten Karanganyar", "Kecamatan Karanganyar"]);
}

#[test]
fn what_is_named_exactly_comes_before_what_begins_so_and_that_before_what_is_nearly_so() {
    let found = Places::shared().search("badung", 40);
    let hows: Vec<How> = found.iter().map(|found| found.how).collect();
    assert_eq!((found[0].place.code, hows[0]), ("51.03", How::Exact));
    assert!(hows.is_sorted() && hows.contains(&How::Close { edits: 1 }), "{hows:?}");
}

#[test]
fn a_letter_too_many_too_few_wrong_or_swapped_is_forgiven() {
    let close = How::Close { edits: 1 };
    for query in ["surabya", "surabaaya", "surabata", "suarbaya", "kota surabya"] {
        first(query, "35.78", close);
    }
    first("banjarmassin", "63.71", close);
    first("papua barat dya", "96", close);
    first("bandung brat", "32.17", close);
    first("lombk tmur", "52.03", How::Close { edits: 2 });
}

#[test]
fn short_words_and_numbers_are_not_guessed() {
    assert!(search("aci").iter().all(|found| !matches!(found.how, How::Close { .. })));
    let found = search("pasar iv");
    let has_number = |found: &Found| Places::shared().path(found.place).any(|place| place.name.contains("IV"));
    assert!(!found.is_empty() && found.iter().all(has_number), "{found:?}");
    assert_eq!(search("pasar 4"), found);
}

#[test]
fn an_unfinished_word_finds_what_begins_so() {
    first("lomb", "52.01", How::Beginning);
    first("kab lombok ti", "52.03", How::Beginning);
    first("provinsi kalimantan ut", "65", How::Beginning);
    assert!(names("kota").contains(&"Kabupaten Kotabaru".to_owned()));
}

#[test]
fn words_come_in_any_order_and_the_names_above_narrow() {
    for query in ["sapit lombok timur", "lombok timur sapit", "Desa Sapit, Kec. Suwela, Kab. Lombok Timur", "sapit NTB"] {
        let found = search(query);
        assert_eq!((found[0].place.code, found[0].is_narrowed), ("52.03.16.2005", true), "{query}");
    }
    first("timur lombok", "52.03", How::Spelling);
    let narrowed = search("karanganyar palembang");
    assert_eq!(narrowed.iter().map(|found| found.place.code).collect::<Vec<_>>(), ["16.71.12.1002"]);
    let all = Places::shared().search("sukamaju lampung", 500);
    assert!(all.len() > 5 && all.iter().all(|found| found.place.code.starts_with("18.")));
}

#[test]
fn a_mistake_in_a_name_above_is_forgiven_too() {
    first("sapit suela", "52.03.16.2005", How::Exact);
    let found = search("sukamaju lampng");
    assert!(!found.is_empty() && found.iter().all(|found| found.place.code.starts_with("18.")));
}

#[test]
fn a_short_form_in_the_list_is_found_by_the_long_one() {
    first("sungai rampah", "12.18.04", How::Spelling);
    first("meunasah mesjid lampuuk", "11.06.02.2023", How::Spelling);
}

#[test]
fn a_code_finds_its_region_and_what_lies_in_it() {
    let found = Places::shared().search("52.03.16", 3);
    let told: Vec<_> = found.iter().map(|found| (found.place.code, found.how, found.by)).collect();
    assert_eq!(
        told,
        [
            ("52.03.16", How::Exact, By::Code),
            ("52.03.16.2001", How::Beginning, By::Code),
            ("52.03.16.2002", How::Beginning, By::Code),
        ]
    );
    first(" 5203162005 ", "52.03.16.2005", How::Exact);
    first("520", "52.01", How::Beginning);
}

#[test]
fn a_former_code_or_name_finds_the_region_of_now_and_says_so() {
    let told = |query| search(query).first().map(|found| (found.place.code, found.how, found.by));
    assert_eq!(told("92.05"), Some(("96.03", How::Exact, By::FormerCode("92.05"))));
    assert_eq!(told("9205"), Some(("96.03", How::Exact, By::FormerCode("92.05"))));
    let toba = By::FormerName("Kabupaten Toba Samosir");
    assert_eq!(told("Kab. Toba Samosir"), Some(("12.12", How::Exact, toba)));
    assert_eq!(told("toba samsir"), Some(("12.12", How::Close { edits: 1 }, toba)));
    assert_eq!(told("kab toba"), Some(("12.12", How::Exact, By::Name)));
}

#[test]
fn everyday_names_find_the_province_that_everybody_means() {
    let told = |query| search(query).first().map(|found| (found.place.name, found.by));
    for (query, name) in [
        ("DKI Jakarta", "Daerah Khusus Ibukota Jakarta"),
        ("Jakarta", "Daerah Khusus Ibukota Jakarta"),
        ("DIY", "Daerah Istimewa Yogyakarta"),
        ("Bangka Belitung", "Kepulauan Bangka Belitung"),
        ("Solo", "Surakarta"),
    ] {
        assert_eq!(told(query), Some((name, By::OtherName(query))));
    }
    assert_eq!(told("Daerah Khusus Ibukota Jakarta"), Some(("Daerah Khusus Ibukota Jakarta", By::Name)));
}

#[test]
fn names_of_before_the_dated_list_find_the_region_of_now_and_say_that_they_are_former() {
    let told = |query| search(query).first().map(|found| (found.place.full_name(), found.by));
    for (query, name, former) in [
        ("Irian Jaya", "Provinsi Papua", "Irian Jaya"),
        ("irian jaya barat", "Provinsi Papua Barat", "Irian Jaya Barat"),
        ("Ujung Pandang", "Kota Makassar", "Kota Ujung Pandang"),
        ("Nanggroe Aceh Darussalam", "Provinsi Aceh", "Nanggroe Aceh Darussalam"),
    ] {
        assert_eq!(told(query), Some((name.to_owned(), By::FormerName(former))), "{query}");
    }
    assert_eq!(told("Papua"), Some(("Provinsi Papua".to_owned(), By::Name)));
}

#[test]
fn whatever_is_cut_off_is_counted_by_level() {
    let all = Places::shared().search_and_count("sukamaju", 1_000, 60);
    let some = Places::shared().search_and_count("sukamaju", 12, 60);
    assert_eq!((some.found.as_slice(), some.of_level), (&all.found[..12], all.of_level));
    let villages = all.found.iter().filter(|found| found.place.kind.level() == Level::Village).count();
    assert_eq!((all.of_level[3], all.of_level.iter().sum::<usize>()), (villages, all.found.len()));
    assert!(villages > 60);
    let coded = Places::shared().search_and_count("18", 2, 60);
    assert_eq!((coded.found.len(), coded.of_level[1]), (2, 15));
}

#[test]
fn the_short_forms_of_provinces_are_theirs() {
    let provinces = [
        ("Sumut", "Sumatera Utara"),
        ("Sumbar", "Sumatera Barat"),
        ("Sumsel", "Sumatera Selatan"),
        ("Babel", "Kepulauan Bangka Belitung"),
        ("Kepri", "Kepulauan Riau"),
        ("Jabar", "Jawa Barat"),
        ("Jateng", "Jawa Tengah"),
        ("Jatim", "Jawa Timur"),
        ("NTB", "Nusa Tenggara Barat"),
        ("NTT", "Nusa Tenggara Timur"),
        ("Kalbar", "Kalimantan Barat"),
        ("Kalteng", "Kalimantan Tengah"),
        ("Kalsel", "Kalimantan Selatan"),
        ("Kaltim", "Kalimantan Timur"),
        ("Kaltara", "Kalimantan Utara"),
        ("Sulut", "Sulawesi Utara"),
        ("Sulteng", "Sulawesi Tengah"),
        ("Sulsel", "Sulawesi Selatan"),
        ("Sultra", "Sulawesi Tenggara"),
        ("Sulbar", "Sulawesi Barat"),
        ("Malut", "Maluku Utara"),
    ];
    for (query, name) in provinces {
        assert!(search(&format!("provinsi {query}")).iter().any(|found| found.place.name == name), "{query}");
        let found = search(query);
        assert_eq!((found[0].place.name, found[0].by), (name, By::OtherName(query)), "{query}");
    }
}

#[test]
fn what_nothing_is_called_finds_nothing() {
    for query in [
        "",
        "   ",
        ".,;:!?()[]{}%_\\\"'",
        "..",
        "99.99",
        "123456789012345",
        "🏆🇮🇩👩‍👩‍👧",
        "\u{202e}\u{200f}\u{2066}",
        "\u{301}\u{301}\u{301}",
        "\0\n\t\u{7f}",
        "東京",
        "qqqqqqqq",
        "sapit qqqqqqqq",
        "'; drop table record; --",
    ] {
        assert_eq!(search(query), [], "{query:?}");
    }
}

#[test]
fn marks_that_nobody_sees_hide_nothing() {
    for query in ["\u{202e}Sapit\u{202c} Suwela", "sa\u{200d}pit suwela", "ＳＡＰＩＴ suwela", "🏆 sapit 🏆 suwela"] {
        first(query, "52.03.16.2005", How::Exact);
    }
}

#[test]
fn of_a_query_that_is_far_too_long_the_beginning_is_read() {
    for query in ["x".repeat(10_000), "a".repeat(10_000), "é".repeat(10_000), "5".repeat(10_000)] {
        assert_eq!(search(&query), [], "{}", &query[..4]);
    }
    let padded = format!("{}sapit", " ".repeat(10_000));
    assert_eq!(search(&padded), []);
    assert_eq!(search(&"x ".repeat(5_000))[0].place.name, "X Koto");
    let repeated = "karanganyar ".repeat(900);
    assert_eq!(search(&repeated)[0].place.code, "33.13");
}

#[test]
fn no_more_is_given_than_is_asked_for_and_each_region_once() {
    assert_eq!(Places::shared().search("suka", 0), []);
    assert_eq!(Places::shared().search("suka", 1).len(), 1);
    let found = Places::shared().search("a", 100_000);
    let mut codes: Vec<_> = found.iter().map(|found| found.place.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), found.len());
    assert_eq!(Places::shared().search("a", 20)[..], found[..20]);
}
