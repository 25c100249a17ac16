//! The commands as a script or a person meets them: what they print, in which language, and with which exit status.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Did, done, program};
use assert_cmd::Command;
use tempfile::TempDir;

/// The checkout.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the checkout is there")
}

fn paritrana(args: &[&str]) -> Did {
    done(program().current_dir(root()).args(args))
}

#[test]
fn every_worked_year_is_sound_or_refused_for_the_reason_it_names() {
    let mut years = 0;
    for entry in fs::read_dir(root().join("cycles")).expect("the years are there") {
        let path = entry.expect("the folder can be listed").path();
        if !path.is_dir() {
            continue;
        }
        let dir = path.to_string_lossy().into_owned();
        let did = paritrana(&["cycle", "check", &dir]);
        let refused = path.join("expected-problem.txt").exists();
        assert_eq!(did.status, i32::from(refused), "{dir}\n{}{}", did.out, did.err);
        years += 1;
    }
    assert!(years >= 21, "only {years} years found");
}

#[test]
fn lombok_timurs_published_sheet_adds_up_to_51_51_and_is_first_of_ten() {
    let did = paritrana(&["cycle", "run", "cycles/ntb-2024", "--level", "province", "--category", "kabkota"]);
    let standing: Vec<&str> = did.out.lines().filter(|line| line.contains("jurors") || line.contains("Pemerintah")).collect();
    assert!(standing[0].contains(" 1  Pemerintah Kabupaten Lombok Timur") && standing[0].contains("51.51"), "{}", did.out);
    let json = paritrana(&["cycle", "run", "cycles/ntb-2024", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&json.out).expect("the report is JSON");
    let contests = report["levels"][0]["rounds"][0]["contests"].as_array().expect("contests are a list");
    let contest = contests.iter().find(|contest| contest["category"] == "kabkota").expect("regencies are contested");
    let rows = contest["standing"].as_array().expect("a standing is a list");
    assert_eq!(rows.len(), 10);
    assert_eq!((rows[0]["total"].as_str(), rows[0]["place"].as_u64()), (Some("51.51"), Some(1)));
}

#[test]
fn a_run_can_stop_early_and_knows_its_stages() {
    let early = paritrana(&["cycle", "run", "cycles/lampung-2023", "--until", "verification"]);
    assert_eq!(early.status, 0, "{}", early.err);
    assert!(!early.out.contains("goes up"), "{}", early.out);
    let unknown = paritrana(&["cycle", "run", "cycles/lampung-2023", "--until", "lunch"]);
    assert_eq!(unknown.status, 2);
    assert!(unknown.err.contains("verification"), "{}", unknown.err);
}

#[test]
fn a_folder_that_is_not_a_cycle_is_refused_in_both_languages() {
    let empty = TempDir::new().expect("a temporary folder");
    let dir = empty.path().to_string_lossy().into_owned();
    let english = paritrana(&["cycle", "run", &dir]);
    let indonesian = paritrana(&["cycle", "run", &dir, "--lang", "id"]);
    assert_eq!((english.status, indonesian.status), (1, 1));
    assert!(english.err.contains("cycle.toml") && indonesian.err.contains("cycle.toml"), "{}{}", english.err, indonesian.err);
    assert_ne!(english.err, indonesian.err);
    let missing = paritrana(&["cycle", "run", "no/such/folder"]);
    assert_eq!(missing.status, 3);
    let hint = "no/such/folder bukan folder. Sebutkan folder tempat cycle.toml berada";
    let missing = paritrana(&["cycle", "check", "no/such/folder", "--lang", "id"]);
    assert!(missing.status == 3 && missing.err.contains(hint), "{}", missing.err);
}

#[test]
fn nothing_is_coloured_when_piped() {
    for args in [
        &["cycle", "run", "cycles/ntb-2024"][..],
        &["rulebook", "show", "rulebooks/2023.toml"],
        &["rulebook", "check", "README.md"],
    ] {
        let did = paritrana(args);
        assert!(!did.out.contains('\u{1b}') && !did.err.contains('\u{1b}'), "{args:?}");
    }
}

#[test]
fn a_rulebook_tells_all_its_problems_at_once_with_the_place_underlined() {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("wrong.toml");
    let text = fs::read_to_string(root().join("rulebooks/2023.toml")).expect("the rulebook is there");
    let text = text.replacen("kind = \"ratio\"", "kind = \"ration\"", 1).replacen("ordinal = 7", "ordnal = 7", 1);
    fs::write(&file, text).expect("it can be written");
    let did = paritrana(&["rulebook", "check", &file.to_string_lossy()]);
    assert_eq!(did.status, 1);
    assert!(did.err.contains("ration") && did.err.contains("ordnal") && did.err.contains("^^^"), "{}", did.err);
}

#[test]
fn the_two_versions_of_2020_differ_in_words() {
    let did = paritrana(&["rulebook", "diff", "rulebooks/2020-09.toml", "rulebooks/2020-11.toml"]);
    assert_eq!(did.status, 0, "{}", did.err);
    assert!(did.out.lines().count() > 5, "{}", did.out);
    let same = paritrana(&["rulebook", "diff", "rulebooks/2023.toml", "rulebooks/2023.toml"]);
    assert_eq!(same.out, "The two rulebooks say the same.\n");
}

#[test]
fn every_assumption_is_marked_when_the_rules_are_shown() {
    let did = paritrana(&["rulebook", "show", "rulebooks/2023.toml"]);
    assert!(did.out.contains("assumption"), "{}", did.out);
}

#[test]
fn a_new_cycle_explains_itself_and_never_overwrites() {
    let folder = TempDir::new().expect("a temporary folder");
    let dir = folder.path().join("year").to_string_lossy().into_owned();
    let did = paritrana(&["cycle", "new", &dir, "--rulebook", "rulebooks/2023.toml"]);
    assert_eq!(did.status, 0, "{}", did.err);
    let marks = fs::read_to_string(Path::new(&dir).join("marks.csv")).expect("the table was written");
    assert!(marks.starts_with('#') && marks.contains("juror,candidate,indicator,mark"), "{marks}");
    let again = paritrana(&["cycle", "new", &dir, "--rulebook", "rulebooks/2023.toml"]);
    assert_eq!(again.status, 1, "{}", again.out);
}

#[test]
fn a_new_cycle_with_semicolons_can_be_checked_and_another_separator_is_refused() {
    let folder = TempDir::new().expect("a temporary folder");
    let dir = folder.path().join("year").to_string_lossy().into_owned();
    let new = |separator: &str| paritrana(&["cycle", "new", &dir, "--rulebook", "rulebooks/2023.toml", "--separator", separator]);
    assert_eq!(new("|").status, 2);
    assert_eq!(new(";").status, 0);
    let marks = fs::read_to_string(Path::new(&dir).join("marks.csv")).expect("the table was written");
    assert!(marks.ends_with("juror;candidate;indicator;mark;comment;level;at\r\n"), "{marks}");
    let checked = paritrana(&["cycle", "check", &dir]);
    assert_eq!((checked.status, checked.err.as_str()), (0, ""), "{}", checked.out);
}

#[test]
fn a_count_document_is_counted_alone_and_a_broken_one_is_said_to_be_broken() {
    let counts = paritrana(&["cycle", "run", "cycles/ntb-2024", "--counts"]).out;
    let first = counts.lines().next().expect("there is a contest");
    let run = |stdin: &str, args: &[&str]| {
        let output = Command::cargo_bin("paritrana").expect("built").args(args).write_stdin(stdin).output().expect("starts");
        (output.status.code(), String::from_utf8(output.stdout).expect("text"))
    };
    let (status, outcome) = run(first, &["count", "-"]);
    assert_eq!(status, Some(0));
    assert!(outcome.contains("\"paritrana-outcome-1\""), "{outcome}");
    let (status, outcome) = run("{", &["count", "-"]);
    assert_eq!(status, Some(1));
    assert!(outcome.contains("\"error\""), "{outcome}");
    let deep = "[".repeat(100_000);
    assert_eq!(run(&deep, &["count", "-"]).0, Some(1));
}

#[test]
fn a_what_if_tells_what_moves_and_refuses_what_it_does_not_understand() {
    let did = paritrana(&["what-if", "cycles/ntb-2024", "quota:2", "--level", "province", "--category", "kabkota"]);
    assert_eq!(did.status, 0, "{}", did.err);
    assert!(did.out.contains("Regency or city government"), "{}", did.out);
    let nonsense = paritrana(&["what-if", "cycles/ntb-2024", "sunshine:3"]);
    assert_eq!(nonsense.status, 1);
    assert!(nonsense.err.contains("sunshine"), "{}", nonsense.err);
}

#[test]
fn an_unknown_candidate_is_answered_with_those_that_are_near() {
    let did = paritrana(&["explain", "cycles/ntb-2024", "Lombok Timor"]);
    assert_eq!(did.status, 1);
    assert!(did.err.contains("Lombok Timur"), "{}", did.err);
    let several = paritrana(&["explain", "cycles/ntb-2024", "Lombok"]);
    assert_eq!(several.status, 1);
    assert!(several.err.contains("Lombok Timur") && several.err.contains("Lombok Tengah"), "{}", several.err);
}

#[test]
fn a_rehearsal_is_told_as_json_and_its_database_is_kept_and_verifies() {
    let folder = TempDir::new().expect("there is room");
    let kept = folder.path().join("gladi.db");
    let kept = kept.to_str().expect("it is text");
    let wanted = ["rehearse", "--provinces", "1", "--category", "usaha-kecil-mikro", "--keep", kept, "--json"];
    let did = paritrana(&wanted);
    assert_eq!(did.status, 0, "{}", did.err);
    let told: serde_json::Value = serde_json::from_str(&did.out).expect("it is JSON");
    assert_eq!((told["format"].as_str(), told["holds"].as_bool()), (Some("paritrana-rehearsal-1"), Some(true)));
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).expect("it can be listed").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["gladi.db"], "nothing else is left");
    let verified = paritrana(&["verify", "--database", kept]);
    assert_eq!(verified.status, 0, "{}", verified.err);
    assert!(verified.out.contains("gladi-7"), "{}", verified.out);
    let again = paritrana(&wanted);
    assert_eq!(again.status, 2, "the file is there already");
    assert!(again.err.contains("is there already"), "{}", again.err);
}

#[test]
fn a_demonstration_is_filled_once_and_names_one_person_for_each_role() {
    let folder = TempDir::new().expect("there is room");
    let database = folder.path().join("demo.db");
    let fill = ["demo", "fill", "--database", database.to_str().expect("it is text")];
    let (filled, again) = (paritrana(&fill), paritrana(&fill));
    assert_eq!((filled.status, again.status), (0, 0), "{}{}", filled.err, again.err);
    let people = |out: &str| out.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!((people(&filled.out).len(), people(&filled.out)), (12, people(&again.out)));
    assert!(again.out.contains("nothing was changed"), "{}", again.out);
}

#[test]
fn more_provinces_than_there_are_is_wrong_usage() {
    assert_eq!(paritrana(&["rehearse", "--provinces", "39"]).status, 2);
    assert_eq!(paritrana(&["rehearse", "--provinces", "0"]).status, 2);
}

#[test]
fn a_village_is_found_however_its_name_is_spelt() {
    let did = paritrana(&["--lang", "id", "place", "search", "desa", "sapit", "suela", "--limit", "1"]);
    assert_eq!((did.status, did.out.as_str()), (0, "52.03.16.2005  Desa Sapit  Suwela, Lombok Timur, Nusa Tenggara Barat\n"));
    let did = paritrana(&["--lang", "en", "place", "search", "toba samosir", "--limit", "1"]);
    assert_eq!((did.status, did.out.as_str()), (0, "12.12  Kabupaten Toba  Sumatera Utara  once Kabupaten Toba Samosir\n"));
    let did = paritrana(&["--lang", "en", "place", "search", "qqqqqqqq"]);
    assert_eq!((did.status, did.out.as_str()), (2, ""));
    assert!(did.err.contains("No region is called \"qqqqqqqq\"") && did.err.contains("fewer words"), "{}", did.err);
}

#[test]
fn a_region_is_shown_with_what_it_was_and_what_lies_in_it() {
    let did = paritrana(&["--lang", "id", "place", "show", "96.03"]);
    let lines: Vec<&str> = did.out.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "96.03 Kabupaten Raja Ampat",
            "96 Provinsi Papua Barat Daya",
            "sampai 7 Desember 2022: Kabupaten Raja Ampat, kode 92.05",
            "Di bawahnya: 24",
        ]
    );
    assert_eq!(lines.len(), 4 + 24);
    let did = paritrana(&["--lang", "id", "place", "show", "99"]);
    assert_eq!(did.status, 2);
}
