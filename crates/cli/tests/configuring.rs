//! What is configured, and what the log says, as an administrator meets them.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::Stdio;

use crate::support::{Did, done, program};
use serde_json::Value;
use tempfile::TempDir;

fn folder() -> (TempDir, impl Fn(&str) -> String) {
    let folder = TempDir::new().expect("there is room for a folder");
    let path = folder.path().to_owned();
    (folder, move |name: &str| path.join(name).to_string_lossy().into_owned())
}

fn does(variables: &[(&str, &str)], args: &[&str]) -> Did {
    let mut program = program();
    program.env_remove("DATABASE_URL");
    program.envs(variables.iter().copied());
    done(program.args(args))
}

#[test]
fn a_file_and_the_environment_say_where_the_database_is_and_show_tells_which() {
    let (_folder, path) = folder();
    fs::write(path("p.toml"), format!("database = {:?}\n", path("one.db"))).expect("it can be written");
    let did = does(&[], &["--config", &path("p.toml"), "migrate"]);
    assert!(did.status == 0 && fs::exists(path("one.db")).expect("the folder can be read"), "{}", did.err);
    let did = does(&[("PARITRANA_CONFIG", &path("p.toml")), ("DATABASE_URL", &path("two.db"))], &["migrate"]);
    assert!(did.status == 0 && fs::exists(path("two.db")).expect("the folder can be read"), "{}", did.err);
    let secret = [("PARITRANA_DATABASE", "postgres://ani:s3cret@db/award"), ("AWS_SECRET_ACCESS_KEY", "t0psecret")];
    let did = does(&secret, &["--config", &path("p.toml"), "config", "show"]);
    assert!(did.out.contains("postgres://db/award") && did.out.contains("$PARITRANA_DATABASE"), "{}{}", did.out, did.err);
    assert!(!did.out.contains("s3cret") && !did.out.contains("t0psecret"), "{}", did.out);
    let did = does(&[], &["--config", &path("nowhere.toml"), "config", "show"]);
    assert_eq!(did.status, 3, "{}", did.err);
}

#[test]
fn the_example_is_a_configuration_in_both_languages() {
    let (_folder, path) = folder();
    for lang in ["id", "en"] {
        let example = does(&[], &["--lang", lang, "config", "example"]).out;
        fs::write(path("p.toml"), &example).expect("it can be written");
        let did = does(&[("PARITRANA_LANG", lang)], &["--config", &path("p.toml"), "config", "show"]);
        assert!(did.status == 0 && did.out.contains("/var/lib/paritrana/letters"), "{example}{}", did.err);
        let scanner = did.out.lines().find(|line| line.starts_with("scanner")).unwrap_or_default();
        assert_eq!(scanner.split_whitespace().nth(1), Some("–"), "not every machine has a scanner: {}", did.out);
        assert!(example.contains("\n# scanner = \"/run/clamav/clamd.ctl\"\n"), "{example}");
    }
}

/// Two certificates of nobody, each with its key, for a server that is asked by nobody.
const CERTIFICATES: [(&str, &str); 2] = [
    (include_str!("tls/first.pem"), include_str!("tls/first-key.pem")),
    (include_str!("tls/second.pem"), include_str!("tls/second-key.pem")),
];

#[test]
fn a_renewed_certificate_is_taken_while_pages_are_served_and_one_that_cannot_be_used_is_not() {
    let (_folder, path) = folder();
    assert_eq!(does(&[("DATABASE_URL", &path("award.db"))], &["migrate"]).status, 0);
    let (certificate, key) = (path("cert.pem"), path("key.pem"));
    let renew = |with: (&str, &str)| {
        fs::write(&certificate, with.0).expect("it can be written");
        fs::write(&key, with.1).expect("it can be written");
    };
    renew(CERTIFICATES[0]);
    let mut serve = std::process::Command::new(assert_cmd::cargo::cargo_bin("paritrana"));
    serve.args(["--lang", "en", "serve", "--listen", "127.0.0.1:0", "--tls-certificate", &certificate, "--tls-key", &key]);
    let serve = serve.env("DATABASE_URL", path("award.db")).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut serving = serve.spawn().expect("the binary starts");
    let mut out = BufReader::new(serving.stdout.take().expect("it is piped")).lines();
    let mut err = BufReader::new(serving.stderr.take().expect("it is piped")).lines();
    let address = out.next().expect("it says where").expect("it is text");
    assert!(address.starts_with("Pages at https://"), "{address}");
    let id = serving.id().to_string();
    let hang_up = || assert!(std::process::Command::new("kill").args(["-HUP", &id]).status().expect("there is kill").success());
    renew(CERTIFICATES[1]);
    hang_up();
    let told = out.next().expect("it says so").expect("it is text");
    assert_eq!(told, format!("The certificate {certificate} was read again and is used from now on."));
    renew(("no certificate", CERTIFICATES[0].1));
    hang_up();
    let told = [err.next(), err.next()].map(|line| line.expect("it says so").expect("it is text"));
    assert!(told[0].starts_with(&format!("The certificate ({certificate}) and its key ({key}) cannot be used")), "{told:?}");
    assert_eq!(told[1], "The certificate that was read before stays in use.");
    serving.kill().expect("it is ours");
    serving.wait().expect("it ends");
}

/// A scanner that says so to whoever asks; where it listens.
fn scanner(says: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
    let at = listener.local_addr().expect("it has an address").to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("somebody asks");
            let mut asked = [0; 6];
            stream.read_exact(&mut asked).expect("something is asked");
            assert_eq!(&asked, b"zPING\0");
            stream.write_all(says.as_bytes()).expect("it is answered");
        }
    });
    at
}

#[test]
fn a_scanner_that_does_not_answer_is_told_when_pages_are_served() {
    let (_folder, path) = folder();
    assert_eq!(does(&[("DATABASE_URL", &path("award.db"))], &["migrate"]).status, 0);
    // What is told at the start, until the pages are there.
    let told = |scanner: &str, unscanned: &str| {
        let mut serve = std::process::Command::new(assert_cmd::cargo::cargo_bin("paritrana"));
        serve.args(["--lang", "en", "serve", "--listen", "127.0.0.1:0"]).env("DATABASE_URL", path("award.db"));
        serve.env("PARITRANA_SCANNER", scanner).env("PARITRANA_UNSCANNED", unscanned);
        let mut serving = serve.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
        let mut out = BufReader::new(serving.stdout.take().expect("it is piped"));
        let mut address = String::new();
        out.read_line(&mut address).expect("it is text");
        serving.kill().expect("it is ours");
        let did = serving.wait_with_output().expect("it ends");
        let err = String::from_utf8(did.stderr).expect("messages are text");
        assert!(address.starts_with("Pages at "), "{err}");
        err
    };
    assert_eq!(told(&scanner("PONG\0"), "waits"), "");
    let (nowhere, other) = (path("clamd.ctl"), scanner("UNKNOWN COMMAND\0"));
    for (at, unscanned, why, so) in [
        (&nowhere, "waits", "No such file", "wait unchecked"),
        (&nowhere, "refused", "No such file", "are refused"),
        (&other, "waits", "UNKNOWN COMMAND", "wait unchecked"),
        (&scanner(""), "waits", "it said nothing", "wait unchecked"),
    ] {
        let err = told(at, unscanned);
        assert!(err.starts_with(&format!("The virus scanner at {at} does not answer: {why}")), "{err}");
        assert!(err.contains(so) && err.contains("Start clamd"), "{err}");
    }
}

#[test]
fn an_unknown_key_is_refused_at_its_line_with_the_nearest_one() {
    let (_folder, path) = folder();
    fs::write(path("p.toml"), "# ours\nlogg = \"json\"\nmaill = \"x\"\n").expect("it can be written");
    let did = does(&[], &["--config", &path("p.toml"), "migrate"]);
    assert_eq!(did.status, 2, "{}", did.err);
    for said in ["p.toml:2:", "p.toml:3:", "Did you mean log?", "Did you mean mail?"] {
        assert!(did.err.contains(said), "{said}: {}", did.err);
    }
    let did = does(&[("PARITRANA_MIAL", "x")], &["config", "show"]);
    assert!(did.status == 2 && did.err.contains("Did you mean PARITRANA_MAIL?"), "{}", did.err);
    let did = does(&[("DATABASE_URL", &path("a.db"))], &["post"]);
    assert!(did.status == 2 && did.err.contains("mail is not configured"), "{}", did.err);
}

#[test]
fn an_address_that_gives_dead_links_and_a_mail_server_that_is_none_are_refused_and_no_password_is_shown() {
    let (_folder, path) = folder();
    for (file, says) in [
        ("address = \"award.example.go.id\"", "address says “award.example.go.id”, which nobody can open"),
        ("address = \"https://\"", "address says “https://”, which nobody can open"),
        ("address = \"https://award.example/?a#b\"", "which nobody can open"),
        ("smtp = \"ani:s3cret@mail.example\"\nsmtp_from = \"a@b.go.id\"", "smtp is no address of a mail server"),
        ("smtp = \"mail.example\"\nsmtp_from = \"a@b.go.id\"", "smtp is no address of a mail server"),
        ("smtp = \"smtps://ani:s3cret@mail.example\"", "smtp names a mail server, and smtp_from is not configured"),
        ("smtp_from = \"Panitia\"", "smtp_from says “Panitia”, which is no e-mail address"),
    ] {
        fs::write(path("p.toml"), format!("log = \"off\"\n{file}\n")).expect("it can be written");
        let database = path("award.db");
        for command in [&["config", "show"][..], &["serve", "--listen", "127.0.0.1:0", "--database", &database]] {
            let did = does(&[], &[&["--config", &path("p.toml")], command].concat());
            assert_eq!((did.status, did.out.as_str()), (2, ""), "{file}: {}", did.err);
            assert!(did.err.contains(says) && did.err.contains("p.toml:2"), "{file}: {}", did.err);
            assert!(did.err.contains("next:") && !did.err.contains("s3cret"), "{file}: {}", did.err);
        }
    }
    let did = does(&[("PARITRANA_ADDRESS", "award.example")], &["config", "show"]);
    assert!(did.status == 2 && did.err.contains("PARITRANA_ADDRESS") && did.err.contains("https://"), "{}", did.err);
    let both = [("PARITRANA_SMTP", "smtp://mail.example:25"), ("PARITRANA_SMTP_FROM", "Panitia <panitia@contoh.go.id>")];
    let did = does(&both, &["config", "show"]);
    assert!(did.status == 0 && did.out.contains("panitia@contoh.go.id"), "{}", did.err);
    let did = does(&[], &["user", "link", "ani", "--address", "award.example", "--database", &path("award.db")]);
    assert!(did.status == 2 && did.err.contains("“award.example”, which nobody can open"), "{}", did.err);
}

#[test]
fn a_value_without_quotation_marks_is_understood_or_told_how_it_is_written() {
    let (_folder, path) = folder();
    let says = |file: &str| {
        fs::write(path("p.toml"), file).expect("it can be written");
        does(&[], &["--config", &path("p.toml"), "config", "show"])
    };
    let did = says("upload_mib = 20\n");
    assert_eq!(did.status, 0, "{}", did.err);
    let size = did.out.lines().find(|line| line.starts_with("upload_mib")).unwrap_or_default();
    assert_eq!(size.split_whitespace().nth(1), Some("20"), "{}", did.out);
    for (file, told, next) in [
        ("upload_mib = 1.5\n", "upload_mib says “1.5”, which is no whole number of mebibytes", "Write 100, for example"),
        ("upload_mib = \"100 MB\"\n", "upload_mib says “100 MB”, which is no whole number", "Write 100, for example"),
        ("upload_mib = 0\n", "upload_mib says “0”, which is no whole number of mebibytes", "Write 100, for example"),
        ("log = true\n", "The value of log is a text in quotation marks", "Write log = \"off\""),
        (
            "[mail]\nfolder = \"x\"\n",
            "The value of mail is a text in quotation marks",
            "Write mail = \"/var/lib/paritrana/letters\"",
        ),
    ] {
        let did = says(file);
        assert_eq!(did.status, 2, "{file}");
        assert!(did.err.contains(told) && did.err.contains(next) && did.err.contains("p.toml:1:"), "{file}: {}", did.err);
    }
    let did = says("metrics_token = 73550\n");
    assert!(did.status == 2 && did.err.contains("p.toml:1") && !did.err.contains("73550"), "a secret is not shown: {}", did.err);
}

#[test]
fn the_log_tells_each_act_and_names_nobody() {
    let (_folder, path) = folder();
    let variables = [("PARITRANA_DATABASE", path("a.db"))];
    let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let year = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cycles/trap-14-reopening-loses-the-record");
    let mut said = String::new();
    for args in [
        vec!["migrate"],
        vec!["cycle", "record", year],
        vec!["user", "add", "wati", "--name", "Wati Rahasia", "--email", "wati@rahasia.go.id"],
        vec!["backup", &path("a.backup")],
    ] {
        let did = does(&variables, &[&["--log", "json"], args.as_slice()].concat());
        assert_eq!(did.status, 0, "{}", did.err);
        said += &did.err;
    }
    let lines: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    let of = |verb: &str| lines.iter().filter(|line| line["verb"] == verb).count();
    assert!(of("migrate") >= 1 && of("backup") == 1 && of("appoint") >= 1, "{said}");
    let act = lines.iter().find(|line| line["verb"] == "appoint").expect("somebody was appointed");
    for field in ["key", "edition", "outcome", "milliseconds", "timestamp", "level"] {
        assert!(!act[field].is_null(), "{field}: {act}");
    }
    let panel = fs::read_to_string(format!("{year}/panel.csv")).expect("the year has a panel");
    let names = panel.lines().filter(|line| !line.starts_with('#')).skip(1).filter_map(|line| line.split(',').nth(2));
    let mut checked = 0;
    for name in names.chain(["Rahasia", "rahasia", "wati"]) {
        assert!(!said.contains(name), "{name} stands in the log");
        checked += 1;
    }
    assert!(checked > 3);
    assert_eq!(does(&variables, &["verify"]).err, "", "without --log there is none");
    let did = does(&[&variables[..], &[("PARITRANA_LOG", "text"), ("PARITRANA_LOG_LEVEL", "error")]].concat(), &["migrate"]);
    assert_eq!((did.status, did.err.as_str()), (0, ""), "nothing went wrong");
}

#[test]
fn a_certificate_that_cannot_be_used_is_named_before_anybody_is_told_an_address() {
    let (_folder, path) = folder();
    let database = [("DATABASE_URL", path("award.db"))];
    let database: Vec<(&str, &str)> = database.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(does(&database, &["migrate"]).status, 0);
    fs::write(path("key.pem"), "no key\n").expect("it can be written");
    for certificate in ["nowhere.pem", "key.pem"] {
        let (certificate, key) = (path(certificate), path("key.pem"));
        let did = does(&database, &["serve", "--listen", "127.0.0.1:0", "--tls-certificate", &certificate, "--tls-key", &key]);
        assert_eq!((did.status, did.out.as_str()), (3, ""), "{}", did.err);
        assert!(did.err.contains(&certificate) && did.err.contains("--tls-key"), "{}", did.err);
    }
}
