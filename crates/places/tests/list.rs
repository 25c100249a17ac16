//! The list of regions, held against the numbers of the decree and against itself.

use places::{Level, Place, PlaceKind, Places};
use rules::regions::RegionKind;

const LEVELS: [Level; 4] = [Level::Province, Level::Regency, Level::District, Level::Village];

fn all() -> impl Iterator<Item = &'static Place> {
    LEVELS.into_iter().flat_map(|level| Places::shared().all(level))
}

#[test]
fn there_are_as_many_regions_of_each_level_as_the_decree_counts() {
    assert_eq!(LEVELS.map(|level| Places::shared().all(level).len()), [38, 514, 7_285, 83_762]);
}

#[test]
fn the_villages_are_desa_kelurahan_and_14_desa_adat() {
    let count = |kind| all().filter(|place| place.kind == kind).count();
    let kinds = [PlaceKind::Village, PlaceKind::UrbanVillage, PlaceKind::CustomaryVillage];
    assert_eq!(kinds.map(count), [75_252, 8_496, 14]);
}

#[test]
fn no_line_of_the_files_is_lost() {
    for (file, level) in [("districts.csv", Level::District), ("villages.csv", Level::Village)] {
        let path = format!("{}/../../data/regions/{file}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("code,name"));
        let written: Vec<String> = lines.map(|line| line.replace('"', "")).collect();
        let read: Vec<String> =
            Places::shared().all(level).iter().map(|place| format!("{},{}", place.code, place.name)).collect();
        assert!(written == read, "{file}");
    }
}

#[test]
fn every_region_below_a_province_lies_in_the_one_that_its_code_names() {
    for place in all() {
        let parent = Places::shared().parent(place);
        assert_eq!(parent.map(|parent| parent.code), place.code.rsplit_once('.').map(|(above, _)| above), "{place:?}");
        assert_eq!(Places::shared().by_code(place.code), Some(place));
        assert_eq!(Places::shared().path(place).count(), place.kind.level() as usize + 1, "{place:?}");
    }
}

#[test]
fn every_region_above_a_village_has_children_and_they_are_all_there_are() {
    let mut children = 0;
    for place in all().filter(|place| place.kind.level() < Level::Village) {
        let own = Places::shared().children(place);
        assert!(!own.is_empty(), "{place:?}");
        assert!(own.iter().all(|child| Places::shared().parent(child) == Some(place)), "{place:?}");
        children += own.len();
    }
    assert_eq!(children, 514 + 7_285 + 83_762);
}

#[test]
fn codes_ascend_and_have_the_form_of_their_level() {
    for (level, form) in LEVELS.into_iter().zip(["00", "00.00", "00.00.00", "00.00.00.0000"]) {
        let places = Places::shared().all(level);
        assert!(places.is_sorted_by(|one, next| one.code < next.code));
        for place in places {
            let seen: String = place.code.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
            assert_eq!(seen, form, "{place:?}");
        }
    }
}

#[test]
fn names_are_well_formed() {
    for place in all() {
        let name = place.name;
        let is_known = |letter: char| letter.is_ascii_alphanumeric() || " '(),-./’".contains(letter);
        assert!(name.chars().all(is_known) && name.chars().any(|letter| letter.is_ascii_alphanumeric()), "{place:?}");
        assert!(name.trim() == name && !name.contains("  ") && name.len() <= 60, "{place:?}");
    }
}

#[test]
fn provinces_and_regencies_are_those_that_rules_knows_now() {
    for place in all().filter(|place| place.kind.level() <= Level::Regency) {
        let region = Places::shared().region(place).unwrap();
        assert_eq!((region.code.as_str(), PlaceKind::Region(region.kind), region.valid_to), (place.code, place.kind, None));
        let name = if region.kind == RegionKind::Province { place.name.to_owned() } else { place.full_name() };
        assert_eq!(region.name, name);
    }
    let village = Places::shared().by_code("52.03.16.2005").unwrap();
    assert_eq!(Places::shared().region(village), None);
}

#[test]
fn what_is_no_code_of_now_is_nobodys_code() {
    for code in ["", "9", "99", "92.05", "52.03.16.9999", "52.03.16.2005.1", "5203162005", "52-03", "🏆", "５２"] {
        assert_eq!(Places::shared().by_code(code), None, "{code}");
    }
}
