//! What is wrong with a folder is told all at once, each at its place.

use crate::support;
use crate::support::{Small, small};
use award::{Cycle, Folder, Header};
use proptest::prelude::*;
use words::{Lang, Problem};

#[test]
fn a_good_folder_has_no_problems() {
    assert_eq!(small().problems(), Vec::<String>::new());
}

#[test]
fn a_folder_without_cycle_toml_is_not_a_cycle() {
    let problems = Cycle::read(&Folder::new(), "").err().unwrap_or_default();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].message.key(), "problem-cycle-no-cycle");
}

#[test]
fn every_problem_of_every_file_is_told_at_once() {
    let bad = small()
        .replace("candidates.csv", "denpasar,Kota Denpasar,city,city,51.71", "denpasar,Kota Denpasar,city,village,51.99")
        .replace("marks.csv", "j1,badung,innovation,80", "j1,badung,inovation,80")
        .replace("marks.csv", "j2,badung,innovation,80", "j9,badung,innovation,80")
        .replace("marks.csv", "j3,badung,innovation,80", "j3,badung,innovation,101")
        .replace("marks.csv", "j1,gianyar,innovation,70", "j1,gianyar,innovation,70.5")
        .replace("marks.csv", "j2,gianyar,innovation,80", "j2,gianyar,innovation,80\nj2,gianyar,innovation,81")
        .replace("claims.csv", "gianyar,members,80,70,Ani,ten have left", "gianyar,members,80,70,Ani,")
        .replace("claims.csv", "badung,workers", "badung,wokers");
    let mut problems = bad.problems();
    problems.sort();
    assert_eq!(
        problems,
        [
            "candidates.csv:4:29 not-allowed",
            "candidates.csv:4:37 unknown-region",
            "claims.csv:3:8 unknown-word",
            "claims.csv:4:20 correction-without-reason",
            "marks.csv:2:11 unknown-word",
            "marks.csv:3:1 unknown-juror",
            "marks.csv:4:22 mark-out-of-range",
            "marks.csv:5:23 mark-off-step",
            "marks.csv:7:1 mark-twice",
        ]
    );
}

#[test]
fn a_misspelt_word_is_told_with_the_right_one() {
    let bad = small().replace("marks.csv", "j1,badung,innovation", "j1,badung,inovation");
    let hints: Vec<String> =
        bad.read().err().into_iter().flatten().filter_map(|problem| problem.hint).map(|hint| hint.render(Lang::En)).collect();
    assert_eq!(hints, ["Did you mean innovation?"]);
}

#[test]
fn a_name_in_place_of_a_code_is_answered_with_the_code() {
    let bad = small().replace("candidates.csv", "51.71", "Denpasar");
    let hints: Vec<String> =
        bad.read().err().into_iter().flatten().filter_map(|problem| problem.hint).map(|hint| hint.render(Lang::En)).collect();
    assert_eq!(hints[0], "Did you mean 51.71 (Kota Denpasar)?");
}

#[test]
fn what_excel_in_indonesia_writes_is_read() {
    let marks = "\u{feff}juror;candidate;indicator;mark\r\nj1;badung;innovation;80\r\nj2;badung;innovation;80\r\nj3;badung;innovation;80\r\n;;;\r\n";
    let claims =
        "candidate;claim;claimed;verified;verifier\r\nbadung;members;1.234;1.234;Ani\r\nbadung;workers;2.468;2.468;Ani\r\n";
    let excel = small()
        .file("candidates.csv", "id;name;category;kind;region\r\nbadung;Kabupaten Badung;city;regency;51.03\r\n")
        .file("claims.csv", claims)
        .file("marks.csv", marks);
    assert_eq!(support::statuses(&excel.played(), "small/province/51/city"), ["badung 65 advances"]);
}

#[test]
fn days_and_times_as_excel_in_indonesia_writes_them_are_read() {
    let candidates = "sep=;\nid;name;category;kind;region\nbadung;Kabupaten Badung;city;regency;51.03\n";
    let dossier = |at: &str| format!("candidate;submitted_at\nbadung;{at}\n");
    let excel = |events: &str, at: &str| {
        let folder = small().file("candidates.csv", candidates).file("events.csv", events).file("dossiers.csv", &dossier(at));
        folder.file("marks.csv", "juror,candidate,indicator,mark\n").file("claims.csv", "candidate,claim\n")
    };
    let events = "id;on;kind;title\nm;17/11/2020;meeting;Rapat\n";
    let read = excel(events, "17/12/2020 23.59").read().expect("the folder is good");
    let iso = excel(&events.replace("17/11/2020", "2020-11-17"), "2020-12-17 23:59").read().expect("the folder is good");
    assert_eq!(read.tables.events[0].said, iso.tables.events[0].said);
    assert_eq!(read.tables.dossiers[0].said, iso.tables.dossiers[0].said);
    assert_eq!(excel(events, "12/17/2020").problems(), ["dossiers.csv:2:8 not-a-date"]);
    assert_eq!(excel(&events.replace(';', ","), "17/12/2020").problems(), ["events.csv:2:3 not-a-date"]);
    assert_eq!(excel("sep=|\nid|on\n", "17/12/2020").problems(), ["events.csv:1:1 separator"]);
}

#[test]
fn strange_files_columns_formulas_and_dates_are_told() {
    let bad = small()
        .file("mark.csv", "a\n")
        .file("stated.csv", "candidate,indicator,point\n")
        .file("events.csv", "id,on,kind,title\nm,17/11/2020,meeting,=HYPERLINK(1)\n");
    let mut problems = bad.problems();
    problems.sort();
    assert_eq!(
        problems,
        ["events.csv:2:22 formula", "events.csv:2:3 not-a-date", "mark.csv:1:1 unknown-file", "stated.csv:1:21 unknown-column",]
    );
}

#[test]
fn panels_with_too_many_chairs_are_refused_and_empty_seats_only_told() {
    let two = small().replace("panel.csv", "province,j2,Budi,member", "province,j2,Budi,chair");
    assert_eq!(two.problems(), ["panel.csv:3:1 seat-taken", "panel.csv:3:1 two-chairs"]);
    let one_less =
        small().replace("panel.csv", "province,j3,Citra,member\n", "").file("marks.csv", "juror,candidate,indicator,mark\n");
    let warnings: Vec<String> = one_less.cycle().warnings().iter().map(|problem| problem.message.key().to_owned()).collect();
    assert_eq!(warnings, ["problem-cycle-seat-empty"]);
}

#[test]
fn a_recused_juror_who_marks_is_a_problem() {
    let conflicts = "level,juror,candidate,kind,recused,reason\nprovince,j1,badung,personal,yes,brother\n";
    assert_eq!(small().file("conflicts.csv", conflicts).problems(), ["marks.csv:2:1 recused-marks"]);
}

#[test]
fn not_utf8_and_half_a_gigabyte_are_told_quickly() {
    let mut latin = small();
    latin.folder.insert("events.csv", b"id,on,kind,title\nm,2020-11-17,x,Caf\xe9\n".to_vec());
    assert_eq!(latin.problems(), ["events.csv:2:19 not-utf8"]);
    let mut large = small();
    large.folder.insert("events.csv", vec![b'x'; award::FILE_BYTES_MAX + 1]);
    assert_eq!(large.problems(), ["events.csv:1:1 file-too-large"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_bytes_make_the_reader_panic(file in 0usize..14, bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let schema = award::SCHEMAS[file];
        let mut folder = small().folder;
        folder.insert(schema.file, bytes);
        let _ = Cycle::read(&folder, support::RULEBOOK);
    }

    #[test]
    fn no_cells_make_the_reader_or_the_run_panic(file in 0usize..14, rows in proptest::collection::vec(proptest::collection::vec("[a-z0-9.,*=;\"/ -]{0,12}|badung|province|innovation|members|j1|yes|2020-11-17", 12), 0..4)) {
        let schema = award::SCHEMAS[file];
        let header: Vec<&str> = schema.columns().collect();
        let row = |row: &Vec<String>| row.iter().take(header.len()).cloned().collect::<Vec<_>>().join(",");
        let text = format!("{}\n{}\n", header.join(","), rows.iter().map(row).collect::<Vec<_>>().join("\n"));
        let mut folder = small().folder;
        folder.insert(schema.file, text);
        if let Ok(cycle) = Cycle::read(&folder, support::RULEBOOK) {
            let _ = award::run(&cycle, None, &mut |_| {});
        }
    }

    #[test]
    fn no_text_makes_the_header_panic(text in ".{0,300}") {
        let mut folder = Folder::new();
        folder.insert("cycle.toml", text);
        let _ = Header::read(&folder);
    }
}

/// The messages and hints of a folder's problems.
fn hinted(small: &Small) -> Vec<[String; 2]> {
    let told =
        |problem: Problem| [problem.message.render(Lang::En), problem.hint.map(|hint| hint.render(Lang::En)).unwrap_or_default()];
    small.read().err().into_iter().flatten().map(told).collect()
}

#[test]
fn a_decimal_comma_that_would_become_a_remark_is_asked_about_and_a_remark_in_quotation_marks_is_one() {
    let first = |row: &str| {
        small().replace("marks.csv", "indicator,mark\n", "indicator,mark,comment,at\n").replace(
            "marks.csv",
            "j1,badung,innovation,80\n",
            &format!("{row}\n"),
        )
    };
    let parted = [
        "80 is followed by 5 in the column comment: a decimal comma would part a number like this.",
        "If 80.5 is meant, write it with a point. If not, put the remark in quotation marks: \"5\".",
    ];
    assert_eq!(hinted(&first("j1,badung,innovation,80,5,")), [parted.map(str::to_owned)]);
    for good in [
        "j1,badung,innovation,80,\"5\",",
        "j1,badung,innovation,80,5 of 5,",
        "j1,badung,innovation,80,2026,",
        "j1,badung,innovation,80,,,,",
    ] {
        assert_eq!(hinted(&first(good)), Vec::<[String; 2]>::new(), "{good}");
    }
    let semicolons = "juror;candidate;indicator;mark;comment\nj1;badung;innovation;80;5\n";
    assert_eq!(hinted(&small().file("marks.csv", semicolons)), Vec::<[String; 2]>::new());
    let claims = "candidate,claim,claimed,verified,as_of\nbadung,members,80,5,80,5\n";
    let shifted = small().file("claims.csv", &claims.replace(",80,5\n", ",5\n"));
    let hint = "A number before it may have a decimal comma, which parts it in two: write 80.5, not 80,5.";
    assert_eq!(hinted(&shifted), [["\"5\" is not a date.".to_owned(), hint.to_owned()]]);
}

#[test]
fn a_source_may_be_a_number_and_what_counts_days_has_no_decimals_to_ask_about() {
    let ratio = "kind = \"ratio\"\nnumerator = \"members\"\ndenominator = \"workers\"\nlinear = { from = 0, to = 1, points_from = 0, points_to = 100 }";
    let stated = "candidate,indicator,points,source\nbadung,covered,80,12\n";
    let decided = "level,decision,value,reason\nprovince,extend,3,14\n";
    let small = small().rule(ratio, "kind = \"stated\"").file("stated.csv", stated).file("decisions.csv", decided);
    let told = hinted(&small);
    assert!(!told.iter().any(|[message, _]| message.contains("decimal comma")), "{told:?}");
}

#[test]
fn a_mark_out_of_range_or_given_twice_is_told_with_juror_range_and_both_marks() {
    let row = "j1,badung,innovation,80\n";
    let high = hinted(&small().replace("marks.csv", row, "j1,badung,innovation,180\n"));
    let hint = "Ask j1 again: Innovation is marked from 0 to 100 in steps of 1.";
    assert_eq!(high, [["The mark 180 is outside the range from 0 to 100.", hint].map(str::to_owned)]);
    let twice = hinted(&small().replace("marks.csv", row, &format!("{row}j1,badung,innovation,85\n")));
    let told = "Juror j1 marks Innovation for Kabupaten Badung twice: 80 and 85.";
    assert_eq!(twice, [[told, "Keep the row that is right and remove the other."].map(str::to_owned)]);
}
