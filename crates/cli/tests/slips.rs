//! What an administrator types by mistake, or looks for in vain: it is refused or told, and nothing happens silently.

use crate::support;
use std::fs;

use crate::desk::Desk;
use crate::support::Did;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

impl Desk {
    /// A desk with the edition of 2024, opened by Ani of the central committee.
    fn of_2024() -> Desk {
        let desk = Desk { folder: tempfile::TempDir::new().expect("there is room for a folder") };
        desk.must(&["migrate"]);
        desk.must(&["user", "add", "ani", "--name", "Ani Contoh"]);
        desk.must(&["user", "give", "ani", "centre"]);
        let invited = desk.must(&["user", "invite", "ani"]).out;
        let code = invited.split_whitespace().find(|word| word.matches('-').count() == 3).expect("there is a code");
        desk.must(&["user", "come", code]);
        desk.must(&["edition", "open", "--rulebook", &format!("{ROOT}/rulebooks/2024.toml"), "--as", "ani"]);
        desk
    }

    fn must(&self, args: &[&str]) -> Did {
        let did = self.does(args);
        assert_eq!(did.status, 0, "{args:?}: {}{}", did.out, did.err);
        did
    }
}

#[test]
fn a_role_that_reaches_nothing_or_every_round_is_refused_with_what_fits() {
    let desk = Desk::of_2024();
    desk.must(&["user", "add", "budi", "--name", "Budi Contoh"]);
    for (role, says) in [
        (&["chair"][..], "belongs to a round, so it needs --level. What fits: province, nation"),
        (&["chair", "--level", "provinsi"], "no level provinsi in the rulebook. Levels: province, nation"),
        (&["secretariat", "--level", "province"], "needs --region. What fits: 11 Aceh, 12 Sumatera Utara"),
        (&["secretariat", "--level", "province", "--region", "19x"], "no round is held in the region 19x. What fits: 19 "),
        (&["secretariat", "--level", "province", "--region", "18.71"], "What fits: 18 Lampung"),
        (&["verifier", "--level", "nation", "--region", "18"], "no round is held in the region 18"),
        (&["branch", "--area", "99"], "no round is held in the region 99"),
        (&["juror", "--juror", "j1", "--category", "kabkot"], "no category kabkot in the rulebook. Categories: "),
        (&["juror", "--juror", "j1", "--edition", "paritrana-2042"], "no edition paritrana-2042. Editions: paritrana-2024"),
        (&["centre", "--from", "2026-12-01", "--until", "2026-11-30"], "it ends before it begins"),
        (&["centre", "--from", "besok"], "`besok` is no day and no instant"),
    ] {
        let did = desk.does(&[&["user", "give", "budi"], role].concat());
        assert!(did.status == 2 && did.err.contains(says), "{role:?}: {}{}", did.out, did.err);
        assert!(did.err.trim_end().lines().count() == 2, "the next step is told: {}", did.err);
    }
    for role in [
        &["chair", "--level", "nation"][..],
        &["secretariat", "--level", "province", "--region", "18"],
        &["verifier", "--level", "province", "--area", "18.71"],
        // A day is taken at its word, to its end.
        &["centre", "--from", "2026-11-22", "--until", "2026-11-22"],
    ] {
        desk.must(&[&["user", "give", "budi"], role].concat());
    }
    let told = desk.must(&["user", "log", "budi"]).out;
    assert!(told.contains("was given the role chair (nation)"), "{told}");
    let held = desk.must(&["personal-data", "export", "budi"]).out;
    assert!(held.contains("2026-11-21T17:00:00Z") && held.contains("2026-11-22T16:59:59.999999Z"), "{held}");
}

#[test]
fn whoever_has_not_come_yet_neither_acts_nor_gets_a_link_and_the_next_step_is_told() {
    let desk = Desk::of_2024();
    desk.must(&["user", "add", "budi", "--name", "Budi Contoh"]);
    desk.must(&["user", "give", "budi", "centre"]);
    let book = format!("{ROOT}/rulebooks/2024.toml");
    for args in [&["rulebook", "seal", &book, "--as", "budi"][..], &["user", "link", "budi"]] {
        let did = desk.does(args);
        assert!(did.status == 1 && did.err.contains("“budi” is entered and has not come yet"), "{args:?}: {}", did.err);
        assert!(did.err.contains("user invite") && did.err.contains("user come CODE"), "{args:?}: {}", did.err);
    }
    desk.must(&["user", "disable", "budi", "--reason", "surat 7"]);
    let did = desk.does(&["rulebook", "seal", &book, "--as", "budi"]);
    assert!(did.status == 1 && did.err.contains("The account “budi” is disabled"), "{}", did.err);
    let did = desk.does(&["rulebook", "seal", &book, "--as", "bodi"]);
    assert!(did.status == 1 && did.err.contains("There is no account “bodi”") && did.err.contains("user list"), "{}", did.err);
}

#[test]
fn an_account_is_disabled_once_for_a_reason_and_its_log_tells() {
    let desk = Desk::new();
    let log = desk.must(&["user", "log"]);
    assert!(log.out.is_empty() && log.err.contains("there is none"), "{}{}", log.out, log.err);
    desk.must(&["user", "add", "ani", "--name", "Ani Contoh"]);
    desk.must(&["user", "add", "budi", "--name", "Budi Contoh"]);
    for reason in ["", "  ", "two\nlines"] {
        let did = desk.does(&["user", "disable", "ani", "--reason", reason]);
        assert!(did.status == 1 && did.err.contains("A reason says something"), "{reason:?}: {}", did.err);
    }
    let did = desk.does(&["user", "enable", "ani", "--reason", "surat 8"]);
    assert!(did.status == 1 && did.err.contains("“ani” is not disabled"), "{}", did.err);
    desk.must(&["user", "disable", "ani", "--reason", " surat 7 "]);
    let did = desk.does(&["user", "disable", "ani", "--reason", "surat 9"]);
    assert!(did.status == 1 && did.err.contains("“ani” is disabled already") && did.err.contains("user log"), "{}", did.err);
    desk.must(&["user", "enable", "ani", "--reason", "surat 8"]);
    let lines = |args: &[&str]| {
        desk.must(args)
            .out
            .lines()
            .map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).skip(1).collect::<Vec<_>>().join("|"))
            .collect::<Vec<_>>()
    };
    let own =
        ["person|by|what was done", "ani|console|entered", "ani|console|disabled: surat 7", "ani|console|enabled again: surat 8"];
    assert_eq!(lines(&["user", "log", "ani"]), own);
    assert!(lines(&["user", "log"]).contains(&"budi|console|entered".to_owned()));
    assert!(!desk.must(&["user", "log"]).out.contains("Contoh"), "there is no name in it");
    let did = desk.does(&["user", "log", "nobody"]);
    assert!(did.status == 1 && did.err.contains("nobody"), "{}", did.err);
}

#[test]
fn who_looks_into_the_journal_in_vain_is_told_what_was_looked_for() {
    let desk = Desk::new();
    let did = desk.must(&["journal", "show", "--who", "ani", "--what", "hand_in_sheat", "--since", "2020-01-01"]);
    assert!(did.out.is_empty(), "{}", did.out);
    assert!(did.err.contains("No act in trap-14-reopening-loses-the-record fits: --who ani --what hand_in_sheat"), "{}", did.err);
    assert!(did.err.contains("journal show --edition trap-14-reopening-loses-the-record” shows all"), "{}", did.err);
    let all = desk.must(&["journal", "show"]).out;
    assert!(all.lines().next().is_some_and(|heads| heads.contains("what was done")), "{all}");
    assert!(Desk::of_2024().must(&["journal", "show", "--who", "x"]).err.contains("--who x"));
}

#[cfg(unix)]
#[test]
fn what_others_may_read_is_no_secret_and_no_mail() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let key = desk.path("award.key");
    desk.must(&["key", "new", "award.example", "--file", &key]);
    for mode in [0o644, 0o640, 0o604] {
        fs::set_permissions(&key, fs::Permissions::from_mode(mode)).expect("it is ours");
        let did = desk.does(&["head", "sign", "--key", &key]);
        assert!(did.status == 1 && did.out.is_empty(), "{}", did.out);
        assert!(did.err.contains(&format!("{key} may be read by others (mode {mode:03o})")), "{}", did.err);
        assert!(did.err.contains(&format!("chmod 600 {key}")), "{}", did.err);
    }
    for mode in [0o600, 0o400] {
        fs::set_permissions(&key, fs::Permissions::from_mode(mode)).expect("it is ours");
        desk.must(&["head", "sign", "--key", &key]);
    }
    let mail = desk.path("var/mail");
    desk.must(&["post", "--folder", &mail]);
    for folder in [&mail, &desk.path("var")] {
        let mode = fs::metadata(folder).expect("it was made").permissions().mode() & 0o777;
        assert_eq!(mode, 0o700, "{folder}: letters hold names and addresses");
    }
}

#[test]
fn a_bucket_that_does_not_answer_is_told_with_its_server_and_the_next_step() {
    let desk = Desk::new();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").and_then(|taken| taken.local_addr()).expect("there is a port");
    let endpoint = format!("http://{closed}");
    let mut program = support::program();
    program.env("DATABASE_URL", desk.path("award.db")).env("AWS_ENDPOINT", &endpoint).env("AWS_ALLOW_HTTP", "true");
    program.envs([("AWS_ACCESS_KEY_ID", "key"), ("AWS_SECRET_ACCESS_KEY", "hush"), ("AWS_REGION", "us-east-1")]);
    let did = support::done(program.args(["--lang", "id", "verify", "--files", "s3://award/2026"]));
    assert_eq!(did.status, 3, "{}", did.err);
    assert!(did.err.contains(&format!("s3://award/2026 ({endpoint}) tidak melakukan yang diminta")), "{}", did.err);
    assert!(
        did.err.contains("Yang dicoba: membuka") && did.err.contains("AWS_ENDPOINT") && !did.err.contains("hush"),
        "{}",
        did.err
    );
}

#[test]
fn a_rehearsal_that_was_interrupted_leaves_no_year_that_looks_whole() {
    let folder = tempfile::TempDir::new().expect("there is room for a folder");
    let kept = folder.path().join("gladi.db");
    let mut program = std::process::Command::new(assert_cmd::cargo::cargo_bin("paritrana"));
    program.args(["rehearse", "--provinces", "2", "--keep"]).arg(&kept).stdout(std::process::Stdio::null());
    let mut child = program.spawn().expect("the binary starts");
    let parts = || {
        let names = fs::read_dir(folder.path()).expect("it can be listed").flatten().map(|entry| entry.path());
        names.filter(|path| path.to_string_lossy().ends_with(".part")).collect::<Vec<_>>()
    };
    // It has begun when its database is there.
    while !parts().iter().any(|part| part.join("gladi.db").exists()) {
        assert!(child.try_wait().expect("it can be asked").is_none(), "it ended before it was interrupted");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    child.kill().expect("it is ours");
    child.wait().expect("it ends");
    assert!(!kept.exists() && parts().len() == 1, "half a year stands under no name but one that says so");
}
