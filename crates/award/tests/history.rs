//! What an organisation or a region reached, edition by edition, and where editions do not compare.

use crate::shipped;
use crate::support::{Small, small};
use award::State;
use award::history::{Break, Identity, Placing, RegionYear, Series, Why, of_organisation, of_region};

fn identity(id: &str, name: &str) -> Identity {
    Identity { ids: vec![id.into()], names: vec![name.into()] }
}

/// The same award a year later, with indicators that are known again.
fn year(year: &str, coverage: &str) -> Small {
    small()
        .rule("id = \"small-2020\"", &format!("id = \"small-{year}\""))
        .rule("from = 2020-01-01, to = 2020-12-31", &format!("from = {year}-01-01, to = {year}-12-31"))
        .rule("name = \"Workers covered\"", "name = \"Workers covered\"\nequivalent = \"coverage\"\nassumed = [\"equivalent\"]")
        .replace("claims.csv", "badung,members,80,80", &format!("badung,members,{coverage},{coverage}"))
}

fn state(year: &Small) -> State {
    year.played().state
}

fn series(editions: &[&State]) -> Series {
    of_organisation(editions, &identity("badung", "Kabupaten Badung"))
}

fn breaks(series: &Series) -> Vec<String> {
    series.breaks.iter().map(|one: &Break| format!("{} {} {} {:?}", one.from, one.to, one.of, one.why)).collect()
}

#[test]
fn two_editions_with_the_same_rules_compare_in_everything() {
    let (first, second) = (state(&year("2020", "80")), state(&year("2021", "90")));
    // The order in which editions are given does not matter.
    let series = series(&[&second, &first]);
    let shown: Vec<String> = series
        .rows
        .iter()
        .filter(|row| row.level.as_deref() == Some("province"))
        .map(|row| {
            let coverage = &row.measured["coverage"];
            let raw = coverage.raw.as_ref().map_or("-".into(), ToString::to_string);
            format!(
                "{} {} {raw} {} {:?}",
                row.edition,
                row.total.as_ref().map_or("-".into(), ToString::to_string),
                coverage.assumed,
                row.placings
            )
        })
        .collect();
    let place = |place| Placing::Place { level: "province".into(), place, among: 3 };
    let expected = [format!("small-2020 80 0.8 true {:?}", [place(1)]), format!("small-2021 85 0.9 true {:?}", [place(1)])];
    assert_eq!(shown, expected);
    assert_eq!(breaks(&series), Vec::<String>::new());
}

#[test]
fn another_weight_breaks_the_totals_and_another_scale_the_points() {
    let first = state(&year("2020", "80"));
    let weights = year("2021", "80").rule("name = \"Coverage\"\nweight = 50", "name = \"Coverage\"\nweight = 40");
    let weights = state(&weights.rule("name = \"Ideas\"\nweight = 50", "name = \"Ideas\"\nweight = 60"));
    assert_eq!(breaks(&series(&[&first, &weights])), ["small-2020 small-2021 total OtherScheme"]);
    let scale = state(&year("2021", "80").rule("to = 1, points_from = 0", "to = 1, points_from = 10"));
    let told = ["small-2020 small-2021 total OtherScheme", "small-2020 small-2021 coverage OtherScale"];
    assert_eq!(breaks(&series(&[&first, &scale])), told);
    let unmeasured = state(&year("2021", "80").rule("\nequivalent = \"coverage\"\nassumed = [\"equivalent\"]", ""));
    assert_eq!(breaks(&series(&[&first, &unmeasured])), ["small-2020 small-2021 coverage NotMeasured"]);
}

#[test]
fn an_edition_that_only_a_source_tells_of_does_not_compare() {
    let history =
        "organisation,region,edition,category,standing,value,source\nKABUPATEN Badung,51.03,2019,city,place,4,Kabar Bali\n";
    let told = state(&year("2020", "80").file("history.csv", history));
    let series = series(&[&told]);
    assert_eq!((series.rows[0].edition.as_str(), series.rows[0].year), ("2019", 2019));
    assert_eq!(series.rows[0].placings, [Placing::Told { standing: "place".into(), value: Some("4".into()) }]);
    assert!(series.breaks.iter().all(|one| one.from == "2019" && one.why == Why::OnlyTold), "{:?}", series.breaks);
    assert!(!series.breaks.is_empty());
}

#[test]
fn top_8_nominated_and_top_6_in_the_end_stay_beside_each_other() {
    let gorontalo = shipped::years().into_iter().find(|cycle| cycle.header.id == "gorontalo-2021").expect("it is shipped");
    let state = award::run(&gorontalo, None, &mut |_| {}).expect("it is played").state;
    let bone_bolango = identity("kab-bone-bolango", "Pemerintah Kabupaten Bone Bolango");
    let series = of_organisation(&[&state], &bone_bolango);
    let told = |standing: &str, value: &str| Placing::Told { standing: standing.into(), value: Some(value.into()) };
    let in_2020 = series.rows.iter().find(|row| row.edition == "2020").expect("a source tells of it");
    assert_eq!(in_2020.placings, [told("nominated_top", "8"), told("final_top", "6")]);
}

#[test]
fn who_is_not_known_has_no_history() {
    let first = state(&year("2020", "80"));
    assert_eq!(of_organisation(&[&first], &identity("nobody", "Nobody")), Series::default());
    assert_eq!(of_region(&[&first], "kab-raja-ampat"), []);
}

#[test]
fn a_region_is_known_by_its_id_and_a_province_counts_what_lies_in_it() {
    let (first, second) = (state(&year("2020", "80")), state(&year("2021", "10")));
    let row = |year: i16, code: &str, candidates, went_up| RegionYear {
        edition: format!("small-{year}"),
        year,
        code: code.into(),
        candidates,
        went_up,
        awarded: 0,
    };
    assert_eq!(of_region(&[&first, &second], "kab-badung"), [row(2020, "51.03", 1, 1), row(2021, "51.03", 1, 0)]);
    assert_eq!(of_region(&[&first, &second], "bali"), [row(2020, "51", 3, 1), row(2021, "51", 3, 1)]);
}
