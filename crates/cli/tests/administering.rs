//! What one administrator does over the years, as it is typed: editions opened, sealed and begun anew.

use std::fs;

use crate::support::{Did, done, program};
use tempfile::TempDir;

/// A folder with an empty database in which Ani and Budi of the central committee may act.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { folder: TempDir::new().expect("there is room for a folder") };
        assert_eq!(desk.does(&["migrate"]).status, 0);
        desk.comes("ani", &["centre"]);
        desk.comes("budi", &["centre"]);
        desk.write("rulebook.toml", rules::EXAMPLE);
        desk
    }

    /// Enters somebody with a role, who takes the invitation at once.
    fn comes(&self, person: &str, role: &[&str]) {
        assert_eq!(self.does(&["user", "add", person, "--name", "Nama Contoh"]).status, 0);
        assert_eq!(self.does(&[&["user", "give", person], role].concat()).status, 0);
        let invited = self.does(&["user", "invite", person]).out;
        let code = invited.split_whitespace().find(|word| word.matches('-').count() == 3).expect("there is a code");
        let did = self.does(&["user", "come", code.trim_end_matches(['.', ','])]);
        assert!(did.out.contains("may act now"), "{}{}", did.out, did.err);
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }

    fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.path(name), text).expect("the folder can be written");
        self.path(name)
    }

    fn does(&self, args: &[&str]) -> Did {
        done(program().env("DATABASE_URL", self.path("award.db")).args(args))
    }

    fn opens(&self) {
        let did = self.does(&[
            "edition",
            "open",
            "--rulebook",
            &self.path("rulebook.toml"),
            "--organiser",
            "Kota Contoh",
            "--as",
            "ani",
        ]);
        assert_eq!(did.status, 0, "{}{}", did.out, did.err);
    }

    fn seals(&self, person: &str) -> Did {
        self.does(&["rulebook", "seal", &self.path("rulebook.toml"), "--as", person])
    }
}

#[test]
fn an_edition_is_opened_once_by_the_centre_with_its_purposes_and_organisers() {
    let desk = Desk::new();
    desk.comes("chairwoman", &["chair", "--level", "city"]);
    let book = desk.path("rulebook.toml");
    let did = desk.does(&["edition", "open", "--rulebook", &book, "--as", "ani"]);
    assert!(did.status == 1 && did.err.contains("\"organisers\" is empty"), "this rulebook names no organiser: {}", did.err);
    let told = ["--organiser", "Kota Contoh", "--purpose", "Kampung bersih"];
    let open = |person| desk.does(&[&["edition", "open", "--rulebook", &book, "--as", person], &told[..]].concat());
    let did = open("chairwoman");
    assert!(did.status == 1 && did.err.contains("task"), "{}", did.err);
    assert_eq!(open("nobody").status, 1);
    assert!(desk.does(&["edition", "list"]).out.contains("no edition"), "a refusal leaves no edition");
    let did = open("ani");
    assert_eq!(did.status, 0, "{}", did.err);
    assert!(did.out.contains("kampung-bersih-2026 is open") && did.out.contains("Organiser: Kota Contoh"), "{}", did.out);
    let did = open("budi");
    assert!(did.status == 0 && did.out.contains("open already, under the same rulebook"), "{}", did.out);
    desk.write("rulebook.toml", &rules::EXAMPLE.replace("version = \"1\"", "version = \"2\""));
    let did = open("ani");
    assert!(did.status == 1 && did.err.contains("under another text of its rulebook"), "{}", did.err);
    let list = desk.does(&["edition", "list"]).out;
    let lines: Vec<&str> = list.lines().collect();
    assert!(lines.len() == 3 && lines[0].ends_with("leaves of the journal"), "{list}");
    assert!(lines[1].contains("kampung-bersih-2026") && lines[1].contains("not sealed") && lines[1].ends_with(" 1"), "{list}");
    assert!(lines[2].starts_with("Leaves of the journal: each act of the edition"), "{list}");
    assert_eq!(desk.does(&["verify"]).status, 0);
    let nowhere = desk.does(&["verify", "--files", "no-such-folder"]);
    assert_eq!(nowhere.status, 1, "{}", nowhere.err);
    assert!(!std::path::Path::new("no-such-folder").exists(), "verifying makes nothing");
}

#[test]
fn a_rulebook_is_sealed_by_a_second_person_and_stays_as_it_is() {
    let desk = Desk::new();
    desk.opens();
    let did = desk.seals("ani");
    assert!(did.status == 0 && did.out.contains("has proposed") && did.out.contains("SHA-256"), "{}{}", did.out, did.err);
    let did = desk.seals("ani");
    assert!(did.status == 1 && did.err.contains("second person"), "{}", did.err);
    assert!(desk.does(&["edition", "list"]).out.contains("seal proposed"));
    desk.write("rulebook.toml", &rules::EXAMPLE.replace("version = \"1\"", "version = \"2\""));
    let did = desk.seals("budi");
    assert!(did.status == 1 && did.err.contains("is not the text under which"), "{}", did.err);
    desk.write("rulebook.toml", rules::EXAMPLE);
    let did = desk.seals("budi");
    assert!(did.status == 0 && did.out.contains("Proposed by ani, sealed by budi"), "{}{}", did.out, did.err);
    for person in ["ani", "budi"] {
        let did = desk.seals(person);
        assert!(did.status == 1 && did.err.contains("does not change any more"), "{}", did.err);
    }
    assert_eq!(desk.does(&["verify"]).status, 0);
}

#[test]
fn next_year_begins_from_a_draft_of_this_years_rulebook() {
    let desk = Desk::new();
    desk.opens();
    desk.fills();
    let draft = desk.path("next.toml");
    let did = desk.does(&["edition", "clone", "kampung-bersih-2026", "kampung-bersih-2027", "--draft", &draft]);
    assert_eq!(did.status, 0, "{}", did.err);
    let text = fs::read_to_string(&draft).expect("the draft is there");
    assert_eq!(text, rules::EXAMPLE.replacen("kampung-bersih-2026", "kampung-bersih-2027", 1));
    let did = desk.does(&["edition", "clone", "kampung-bersih-2026", "kampung-bersih-2027", "--draft", &draft]);
    assert!(did.status == 2 && did.err.contains("exists already"), "{}", did.err);
    let clone = |new| {
        let all = ["edition", "clone", "kampung-bersih-2026", new, "--rulebook", &draft, "--as", "ani", "--organiser", "Kota"];
        desk.does(&all)
    };
    let did = clone("kampung-bersih-2028");
    assert!(did.status == 2 && did.err.contains("speaks of the edition"), "{}", did.err);
    let did = clone("kampung-bersih-2027");
    assert!(
        did.status == 0 && did.out.contains("was opened after the example") && did.out.contains("Organisations and regions: 2."),
        "{}{}",
        did.out,
        did.err
    );
    let did = clone("kampung-bersih-2027");
    assert!(did.status == 0 && did.out.contains("nothing was changed"), "{}{}", did.out, did.err);
    assert_eq!(desk.does(&["verify"]).status, 0);
}

const ORGANISATIONS: &str = "\u{feff}id;from;source;name;kind;size;parent;alias\r\n\
    maju;01/01/2017;akta;PT Maju Jaya;company;medium;grup;\r\n\
    maju;01/07/2024;akta;;;large;;Maju\r\n\
    grup;01/01/2010;akta;Grup Maju;company;;;\r\n";

impl Desk {
    fn imports(&self, what: &str, name: &str, text: &str, more: &[&str]) -> Did {
        let file = self.write(name, text);
        self.does(&[&["import", what, &file, "--edition", "kampung-bersih-2026"], more].concat())
    }

    /// Imports a year without marks: organisations, candidates, a panel, figures.
    fn fills(&self) {
        let example = award::example();
        let text = |name| std::str::from_utf8(example.get(name).expect("it is there")).expect("it is text").to_owned();
        for (what, name, text) in [
            ("organisations", "organisations.csv", ORGANISATIONS.to_owned()),
            ("candidates", "candidates.csv", text("candidates.csv")),
            ("panels", "panel.csv", text("panel.csv")),
            ("claims", "claims.csv", text("claims.csv")),
        ] {
            let did = self.imports(what, name, &text, &["--write"]);
            assert_eq!(did.status, 0, "{what}: {}{}", did.out, did.err);
            let again = self.imports(what, name, &text, &["--write"]);
            assert!(again.out.contains("New: 0, known already: "), "{what} again: {}{}", again.out, again.err);
            assert!(!again.out.contains("known already: 0"), "{what} again: {}{}", again.out, again.err);
        }
    }

    /// So many acts stand in the journal.
    fn acts(&self) -> String {
        let list = self.does(&["edition", "list"]).out;
        list.lines().find(|line| line.contains("2026")).and_then(|line| line.rsplit(' ').next()).unwrap_or_default().to_owned()
    }
}

#[test]
fn a_file_is_first_tried_and_then_imported_once() {
    let desk = Desk::new();
    desk.opens();
    let did = desk.imports("organisations", "org.csv", ORGANISATIONS, &[]);
    assert!(
        did.status == 0 && did.out.contains("only tried") && did.out.contains("New: 2, known already: 0"),
        "{}{}",
        did.out,
        did.err
    );
    assert_eq!(desk.acts(), "1", "a try writes nothing");
    desk.fills();
    let acts = desk.acts();
    let later = format!("{ORGANISATIONS}maju;2025-01-01;akta;PT Maju Terus;;;;\r\n");
    let did = desk.imports("organisations", "org.csv", &later, &["--write"]);
    assert!(did.out.contains("New: 1,"), "a new name is one act more: {}{}", did.out, did.err);
    assert_eq!(desk.acts().parse::<u32>().ok(), acts.parse::<u32>().ok().map(|acts| acts + 1));
    assert_eq!(desk.does(&["verify"]).status, 0);
}

#[test]
fn a_file_with_bad_rows_is_refused_whole_and_every_problem_told_at_its_cell() {
    let desk = Desk::new();
    desk.opens();
    let row = |number: usize| match number % 10 {
        9 => format!("k{number},Kampung {number},vilage,village,51.03\n"),
        _ => format!("k{number},Kampung {number},village,village,51.03\n"),
    };
    let rows: String = (0..50).map(row).collect();
    let bad = format!("id,name,category,kind,region\n{rows}");
    let did = desk.imports("candidates", "bad.csv", &bad, &["--write"]);
    assert_eq!(
        (did.status, did.err.matches("did you mean").count() + did.err.matches("Did you mean").count()),
        (1, 5),
        "{}",
        did.err
    );
    assert!(did.err.contains("bad.csv:11:") && did.err.contains("Nothing was written"), "{}", did.err);
    assert_eq!(desk.acts(), "1");
    let twice = format!("{}k1,Kampung 1,village,village,51.03\n", bad.replace("vilage", "village"));
    let did = desk.imports("candidates", "twice.csv", &twice, &["--write"]);
    assert!(did.status == 1 && did.err.contains("twice.csv:52:"), "{}", did.err);
    let refused = "id,from,source,name,kind,parent\nmaju,2017-01-01,akta,PT Maju,company,nobody\n";
    let did = desk.imports("organisations", "org.csv", refused, &["--write"]);
    assert!(did.status == 1 && did.err.contains("org.csv:2:") && did.err.contains("nobody"), "{}", did.err);
    let did = desk.imports("vintage", "v.csv", "x", &["--round", "a/b/c"]);
    assert_eq!(did.status, 2, "{}", did.err);
    assert_eq!(desk.acts(), "1");
}

/// What was told of a file: each problem's headline with its place in the file.
fn told(did: &Did) -> Vec<String> {
    let lines: Vec<&str> = did.err.lines().collect();
    let place = |line: &str| line.split_once(".csv").map_or_else(String::new, |(_, place)| place.trim().to_owned());
    let problems = lines.windows(2).filter(|pair| pair[0].starts_with("problem: "));
    problems.map(|pair| format!("{}{}", place(pair[1]), pair[0].replacen("problem", "", 1))).collect()
}

#[test]
fn one_try_tells_what_cannot_be_read_and_what_the_rules_say_to_the_rest() {
    let desk = Desk::new();
    desk.opens();
    let before = desk.imports("claims", "early.csv", "candidate,claim,claimed\nmelati,bins,40\nkenanga,bins,x\n", &[]);
    let nobody = ": 2 rows name candidates, and nobody has been proposed yet.";
    assert_eq!(told(&before), [nobody, ":3:14: \"x\" is not a number."], "{}", before.err);
    desk.fills();

    let candidates = "id,name,category,kind,region,size\n\
        melati,Kampung\u{202e} Melati,village,vilage,51.03,\n\
        ,,village,,,\n\
        anggrek,Kampung Anggrek,village,village,51.03,\n\
        anggrek,Kampung Anggrek,village,village,51.03,\n";
    let did = desk.imports("candidates", "candidates.csv", candidates, &[]);
    assert_eq!(
        told(&did),
        [
            ":2:1: melati has been proposed already.",
            ":2:8: The field \"name\" has characters that cannot be shown or that turn the reading direction.",
            ":2:32: Kampung\u{fffd} Melati: kind \"vilage\" may not enter the category village.",
            ":3:1: The column id must be filled.",
            ":3:1: The column region must be filled.",
            ":3:1: The column name must be filled.",
            ":3:1: The column kind must be filled.",
            ":5:1: anggrek stands twice.",
        ],
        "{}",
        did.err
    );
    let claims = "candidate,claim,claimed,verified,verifier,reason,as_of\n\
        melati,bins,4o,41,Ani,,2026-13-01\n\
        nobody,bins,-1,,,,yesterday\n\
        kenanga,binz,1,,,,yesterday\n";
    let did = desk.imports("claims", "claims.csv", claims, &[]);
    assert_eq!(
        told(&did),
        [
            ":2:13: \"4o\" is not a number.",
            ":2:24: \"2026-13-01\" is not a date.",
            ":3:1: The candidate \"nobody\" is not in candidates.csv.",
            ":3:13: bins cannot be below zero.",
            ":3:19: \"yesterday\" is not a date.",
            ":4:9: \"binz\" is not known in the column claim.",
            ":4:19: \"yesterday\" is not a date.",
        ],
        "{}",
        did.err
    );
    let organisations = "id,from,source,name,kind,parent,code\n\
        induk,kapan,akta,PT Induk,company,,\n\
        anak,2020-01-01,,PT Anak,firm,induk,\n\
        cucu,2020-01-01,akta,PT Cucu,company,anak,\n\
        maju,2017-01-01,akta,PT Maju Lain,company,tiada,\n";
    let did = desk.imports("organisations", "organisations.csv", organisations, &[]);
    // The mistake in the first row is not told again of those that belong to it.
    assert_eq!(
        told(&did),
        [
            ":2:7: \"kapan\" is not a date.",
            ":3:1: The column source must be filled.",
            ":3:1: anak: \"firm\" is no kind; there are province, regency, city, district, village, kelurahan, customary_village, company, \
             public_service, education, cooperative, other.",
            ":5:1: maju: there is an entry for 1 January 2017 already.",
            ":5:1: tiada is not in the register, or not on that day.",
        ],
        "{}",
        did.err
    );
}

#[test]
fn two_organisations_that_belong_to_each_other_are_refused_and_told() {
    let desk = Desk::new();
    desk.opens();
    let circle = "id,from,source,name,kind,parent\n\
        satu,2020-01-01,akta,PT Satu,company,dua\n\
        dua,2020-01-01,akta,PT Dua,company,satu\n\
        anak,2020-01-01,akta,PT Anak,company,lain\n\
        lain,2020-01-01,akta,PT Lain,firm,\n";
    let did = desk.imports("organisations", "circle.csv", circle, &["--write"]);
    let all = told(&did);
    let has = |text: &str| all.iter().any(|line| line.contains(text));
    assert!(did.status == 1 && all.len() == 3 && has("\"firm\" is no kind"), "{}{}", did.out, did.err);
    assert!(has("satu would be a part of itself") && has("dua would be a part of itself"), "{}", did.err);
    assert_eq!(desk.acts(), "1");
}

impl Desk {
    fn exports(&self, what: &str, person: &str, folder: &str) -> Did {
        self.does(&["export", what, "--edition", "kampung-bersih-2026", "--as", person, "--to", &self.path(folder)])
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("the file is there")
    }
}

#[test]
fn what_was_exported_comes_back_by_import_as_it_was() {
    let desk = Desk::new();
    desk.opens();
    desk.fills();
    let formula = "id,from,source,name,kind\nrumus,2020-01-01,akta,'=1+1,company\n";
    let did = desk.imports("organisations", "rumus.csv", formula, &["--write"]);
    assert_eq!(did.status, 0, "{}", did.err);
    let did = desk.exports("all", "ani", "out");
    assert_eq!(did.status, 0, "{}{}", did.out, did.err);
    assert!(desk.read("out/organisations.csv").contains("'=1+1"), "a spreadsheet does not run it");
    for column in ["`parent`", "`verified`", "`indicator`"] {
        assert!(desk.read("out/README.md").contains(column), "{column} is explained");
    }
    let acts = desk.acts();
    for (what, file) in
        [("organisations", "organisations"), ("candidates", "candidates"), ("panels", "panel"), ("claims", "claims")]
    {
        let text = desk.read(&format!("out/{file}.csv"));
        let did = desk.imports(what, "again.csv", &text, &["--write"]);
        assert!(did.status == 0 && did.out.contains("New: 0,"), "{what}: {}{}", did.out, did.err);
    }
    assert_eq!(desk.acts(), acts);
    let did = desk.exports("all", "ani", "out");
    assert!(did.status == 1 && did.err.contains("is not empty"), "{}", did.err);

    // Into another, empty database.
    let other = Desk::new();
    other.opens();
    for (what, file) in [("organisations", "organisations"), ("candidates", "candidates")] {
        let did = other.imports(what, "again.csv", &desk.read(&format!("out/{file}.csv")), &["--write"]);
        assert_eq!(did.status, 0, "{}", did.err);
    }
    assert_eq!(other.exports("all", "ani", "out").status, 0);
    for file in ["organisations.csv", "candidates.csv"] {
        assert_eq!(other.read(&format!("out/{file}")), desk.read(&format!("out/{file}")));
    }
}

#[test]
fn an_export_holds_what_the_role_may_see_and_no_more() {
    let desk = Desk::new();
    desk.opens();
    desk.fills();
    desk.comes("kampung", &["candidate", "--organisation", "melati"]);
    desk.comes("tukang", &["operator"]);
    let rows = |person: &str| {
        let did = desk.exports("all", person, person);
        assert_eq!(did.status, 0, "{}", did.err);
        let count = |file: &str| desk.read(&format!("{person}/{file}.csv")).lines().count() - 1;
        ["organisations", "candidates", "panel", "claims", "marks", "winners"].map(count)
    };
    assert_eq!(rows("ani"), [3, 2, 3, 2, 0, 0]);
    assert_eq!(rows("kampung"), [3, 1, 3, 1, 0, 0], "only its own; panels are public");
    assert_eq!(rows("tukang"), [0, 0, 3, 0, 0, 0]);
    assert!(!desk.read("kampung/candidates.csv").contains("kenanga"));
    assert_eq!(desk.exports("all", "nobody", "nobody").status, 1);
}

const PLAYED: &str = "trap-14-reopening-loses-the-record";

impl Desk {
    /// A year that was played to its end, in which Sari sat as j2.
    fn plays(&self) {
        let year = format!("{}/../../cycles/{PLAYED}", env!("CARGO_MANIFEST_DIR"));
        assert_eq!(self.does(&["cycle", "record", &year]).status, 0);
        self.comes("sari", &["juror", "--juror", "j2"]);
    }
}

#[test]
fn who_saw_a_text_is_told_once_for_each_time() {
    let desk = Desk::new();
    desk.plays();
    // The account is called as the juror is, who has the seat in two categories.
    assert_eq!(desk.does(&["user", "add", "tono", "--name", "Anggota 1"]).status, 0);
    for role in [&["--juror", "j2"][..], &["--juror", "j3"], &["--juror", "j2", "--edition", PLAYED]] {
        let did = desk.does(&[&["user", "give", "tono", "juror"], role].concat());
        assert_eq!(did.status, 0, "{}", did.err);
    }
    let seen = |reason: &str| {
        let did = desk.does(&["personal-data", "export", "tono", "--reason", reason]);
        let told: serde_json::Value = serde_json::from_str(&did.out).expect("it is JSON");
        let lines = told["editions"][0]["seen_by"].as_array().expect("it is a list").clone();
        lines.iter().map(|line| format!("{} {} {}", line["by"], line["whose"], line["why"]).replace('"', "")).collect::<Vec<_>>()
    };
    let (first, second) = (seen("surat 7"), seen("surat 8"));
    assert_eq!(first.len(), 2, "the play compared the names of both: {first:?}");
    let own: Vec<&String> = second.iter().filter(|line| line.starts_with("console")).collect();
    assert_eq!(own, ["console juror:j2 surat 7", "console juror:j3 surat 7"]);
}

#[test]
fn everything_about_somebody_is_told_with_who_saw_it() {
    let desk = Desk::new();
    desk.plays();
    let export = || {
        let did = desk.does(&["personal-data", "export", "sari", "--reason", "surat 7/2026"]);
        assert_eq!(did.status, 0, "{}", did.err);
        serde_json::from_str::<serde_json::Value>(&did.out).expect("it is JSON")
    };
    let told = export();
    assert_eq!(told["account"]["name"], "Nama Contoh");
    let texts = &told["editions"][0]["texts"];
    assert_eq!((texts[0]["whose"].as_str(), texts[0]["text"].as_str()), (Some("juror:j2"), Some("Anggota 1")));
    let seen = told["editions"][0]["seen_by"].as_array().expect("it is a list").clone();
    assert_eq!((seen.len(), seen[0]["by"].as_str()), (1, Some("files")), "the play compared the names: {seen:?}");
    let seen = &export()["editions"][0]["seen_by"][1];
    assert_eq!((seen["by"].as_str(), seen["why"].as_str()), (Some("console"), Some("surat 7/2026")));
}

#[test]
fn whoever_is_erased_goes_and_the_marks_stay() {
    let desk = Desk::new();
    desk.plays();
    let winners = || {
        let folder = format!("out-{}", fs::read_dir(desk.folder.path()).expect("it can be listed").count());
        let all = ["export", "all", "--edition", PLAYED, "--as", "ani", "--to", &desk.path(&folder)];
        let did = desk.does(&all);
        assert_eq!(did.status, 0, "{}", did.err);
        (desk.read(&format!("{folder}/winners.csv")), desk.read(&format!("{folder}/panel.csv")))
    };
    let (before, panel) = winners();
    assert!(panel.contains("Anggota 1"));
    let did = desk.does(&["erase", "sari", "--reason", "surat 7/2026"]);
    assert!(did.status == 0 && did.out.contains("1 texts") && did.out.contains("What stays"), "{}{}", did.out, did.err);
    let (after, panel) = winners();
    assert_eq!(after, before, "the result is the same");
    assert!(!panel.contains("Anggota 1") && panel.contains("Anggota 2"), "{panel}");
    assert!(!desk.does(&["user", "list"]).out.lines().any(|line| line.contains("sari") && line.contains("Nama")));
    let did = desk.does(&["user", "enable", "sari", "--reason", "back"]);
    assert!(desk.does(&["user", "invite", "sari"]).status == 1, "nobody comes back by this account: {}", did.err);
    let did = desk.does(&["erase", "sari", "--reason", "again"]);
    assert!(did.status == 0 && did.out.contains("No edition holds"), "{}{}", did.out, did.err);
    assert_eq!(desk.does(&["verify"]).status, 0);
}

#[test]
fn a_slip_in_an_id_is_no_request_that_was_met() {
    let desk = Desk::new();
    desk.plays();
    for asked in [&["erase", "sarii", "--reason", "surat 7/2026"][..], &["personal-data", "export", "sarii"]] {
        let did = desk.does(asked);
        let told = did.err.contains("Nobody here has the id “sarii”") && did.err.contains("paritrana user list");
        assert!(did.status == 2 && told && did.out.is_empty(), "{asked:?}: {} {}{}", did.status, did.out, did.err);
    }
}

#[test]
fn nobody_is_erased_from_an_edition_whose_results_are_not_announced() {
    let desk = Desk::new();
    desk.opens();
    desk.fills();
    desk.comes("ayu", &["juror", "--juror", "ayu"]);
    let did = desk.does(&["erase", "ayu", "--reason", "surat 8/2026"]);
    assert!(did.status == 1 && did.err.contains("Not all of its results are announced"), "{}{}", did.out, did.err);
    assert!(did.out.contains("The account of ayu stays"), "{}", did.out);
    let retain = |edition: &str, until: &str, more: &[&str]| desk.does(&[&["retain", edition, "--until", until], more].concat());
    let did = retain("kampung-bersih-2026", "2020-12-31", &["--apply"]);
    assert_eq!(did.status, 1, "{}", did.err);

    desk.plays();
    let did = retain(PLAYED, "2020-12-31", &[]);
    assert!(did.status == 0 && did.out.contains("holds 3 texts") && did.out.contains("--apply"), "{}{}", did.out, did.err);
    let did = retain(PLAYED, "2999-12-31", &["--apply"]);
    assert!(did.status == 1 && did.out.contains("not over"), "{}{}", did.out, did.err);
    let did = retain(PLAYED, "2020-12-31", &["--apply"]);
    assert_eq!(did.status, 0, "{}{}", did.out, did.err);
    assert!(retain(PLAYED, "2020-12-31", &[]).out.contains("holds 0 texts"));
    let log = desk.does(&["personal-data", "log"]).out;
    let last = log.lines().last().unwrap_or_default();
    assert!(last.contains("retention until 2020-12-31") && last.contains(PLAYED) && last.contains("  3  "), "{log}");
    assert!(
        desk.does(&["personal-data", "log", "--edition", "kampung-bersih-2026"])
            .err
            .contains("No texts of an edition were erased")
    );
    assert_eq!(desk.does(&["verify"]).status, 0);
}

#[test]
fn another_version_is_kept_by_the_centre_if_it_is_one_of_that_edition() {
    let desk = Desk::new();
    desk.comes("chairwoman", &["chair", "--level", "city"]);
    desk.opens();
    let second = rules::EXAMPLE.replace("version = \"1\"", "version = \"2\"");
    let keeps = |name: &str, text: &str, person: &str| {
        let file = desk.write(name, text);
        desk.does(&["rulebook", "keep", &file, "--edition", "kampung-bersih-2026", "--as", person])
    };
    let moves = |reason: &str| {
        let file = desk.path("2.toml");
        let to = ["rulebook", "move", &file, "--round", "city", "--reason", reason, "--as", "ani"];
        desk.does(&to)
    };
    let cases = [
        (second.replace("kampung-bersih-2026", "kampung-2027"), "ani", "kampung-2027, and not of kampung-bersih-2026"),
        (rules::EXAMPLE.replace("quota = 1", "quota = 2"), "ani", "has the version 1 itself"),
        (second.replace("rounds = \"nation\"", "rounds = \"province\""), "ani", "in its levels"),
        (second.clone(), "chairwoman", "task"),
    ];
    for (text, person, why) in cases {
        let did = keeps("2.toml", &text, person);
        assert!(did.status == 1 && did.err.contains(why), "{why}: {}{}", did.out, did.err);
    }
    let second = second.replace("quota = 1", "quota = 2");
    for _ in 0..2 {
        let did = keeps("2.toml", &second, "ani");
        assert!(
            did.status == 0 && did.out.contains("quota from 1 to 2") && did.out.contains("is kept"),
            "{}{}",
            did.out,
            did.err
        );
    }
    let did = moves("surat 7/2026");
    assert!(did.status == 1 && did.err.contains("not open"), "{}{}", did.out, did.err);
    assert_eq!(desk.does(&["verify", "--edition", "kampung-bersih-2026"]).status, 0);
}
