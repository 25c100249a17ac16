//! What is configured, and what the log says, as an administrator meets them.

use std::fs;

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
