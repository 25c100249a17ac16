//! The administrator's commands: accounts, backups and moves, as they are typed.

use std::fs;
use std::path::Path;

use crate::desk::Desk;
use tempfile::TempDir;

#[test]
fn a_backup_restores_beside_the_database_and_verifies() {
    let desk = Desk::new();
    let (backup, restored) = (desk.path("award.backup"), desk.path("restored.db"));
    let did = desk.does(&["backup", &backup]);
    assert_eq!((did.status, did.err.as_str()), (0, ""), "{}", did.out);
    let parts = fs::read_dir(desk.folder.path()).expect("the folder can be listed").flatten();
    let parts = parts.filter(|entry| entry.file_name().to_string_lossy().ends_with(".part")).count();
    assert_eq!(parts, 0, "what was written first is gone");
    #[cfg(unix)]
    for file in [&backup, &desk.path("award.db")] {
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(file).expect("it is there").permissions());
        assert_eq!(mode & 0o777, 0o600, "{file} holds names: only its owner reads it");
    }
    let did = desk.does(&["backup", &backup]);
    assert_eq!(did.status, 1);
    assert!(did.err.contains("exists already"), "{}", did.err);

    let did = desk.does(&["restore", &backup, "--database", &restored]);
    assert_eq!(did.status, 0, "{}", did.err);
    assert!(did.out.contains("the journal folds to exactly what is kept. Acts: 17"), "{}", did.out);
    let did = desk.does(&["restore", &backup, "--database", &restored]);
    assert!(did.status == 1 && did.err.contains(&format!("something in the database {restored} already")), "{}", did.err);

    let whole = fs::read(&backup).expect("the backup is there");
    fs::write(&backup, &whole[..whole.len() / 2]).expect("it can be cut off");
    let did = desk.does(&["restore", &backup, "--database", &desk.path("half.db")]);
    assert!(did.status == 1 && did.err.contains(&format!("The backup {backup} is not whole")), "{}", did.err);
    assert!(!Path::new(&desk.path("half.db")).exists(), "a broken backup leaves no database");
    let did = desk.does(&["restore", &desk.path("award.db"), "--database", &desk.path("other.db")]);
    let no_backup = format!("{} is no backup of this program", desk.path("award.db"));
    assert!(did.status == 1 && did.err.contains(&no_backup), "{}", did.err);
}

/// A full disk as the system shows it to a program that may write files of so many blocks at most: the write fails in the middle.
#[cfg(unix)]
fn with_blocks(desk: &Desk, blocks: u32, args: &[&str]) -> (Option<i32>, String) {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut shell = std::process::Command::new("sh");
    shell.env("PARITRANA_LANG", "en").env("DATABASE_URL", desk.path("award.db"));
    shell.args(["-c", &script]).arg(assert_cmd::cargo::cargo_bin("paritrana")).args(args);
    let did = shell.output().expect("there is a shell");
    (did.status.code(), String::from_utf8(did.stderr).expect("messages are text"))
}

#[cfg(unix)]
#[test]
fn where_there_is_no_room_for_a_backup_its_own_disk_is_named() {
    let desk = Desk::new();
    // A backup that is larger than what SQLite itself needs beside its file.
    for year in
        ["trap-01-na-counted-as-zero", "trap-04-mean-of-means", "trap-05-recusal-flips-winner", "trap-08-rounding-makes-ties"]
    {
        let year = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cycles").join(year);
        assert_eq!(desk.does(&["cycle", "record", &year.to_string_lossy()]).status, 0);
    }
    let backup = desk.path("award.backup");
    let (status, told) = with_blocks(&desk, 65, &["backup", &backup]);
    let expected = format!("There is no room left for the backup {backup}.");
    assert!(status == Some(3) && told.contains(&expected) && told.contains("on another disk"), "{told}");
    assert_eq!(desk.names(), ["award.db"]);
}

#[cfg(unix)]
#[test]
fn a_database_that_could_not_be_filled_is_gone_and_one_that_was_there_stays() {
    let desk = Desk::new();
    let (backup, there) = (desk.path("award.backup"), desk.path("there.db"));
    assert_eq!(desk.does(&["backup", &backup]).status, 0);
    for blocks in [1, 65, 300] {
        for args in [&["restore", &backup, "--database", &there][..], &["move", "--to", &there]] {
            let (status, told) = with_blocks(&desk, blocks, args);
            let left: Vec<String> = desk.names().into_iter().filter(|name| name.starts_with("there")).collect();
            assert_eq!((status, left), (Some(3), Vec::new()), "{args:?}: {told}");
        }
    }
    assert_eq!(desk.does(&["migrate", "--database", &there]).status, 0);
    let (status, told) = with_blocks(&desk, 65, &["restore", &backup, "--database", &there]);
    assert!(status == Some(3) && desk.names().contains(&"there.db".to_owned()), "{told}");
    assert_eq!(desk.does(&["restore", &backup, "--database", &there]).status, 0);
}

impl Desk {
    /// What stands in its folder, in order.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).expect("the folder can be listed").flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

#[test]
fn a_backup_that_fails_leaves_no_file() {
    let desk = Desk::new();
    let did = desk.does(&["backup", &desk.path("no.backup"), "--database", &desk.path("nowhere.db")]);
    assert_eq!(did.status, 3, "{}", did.err);
    let left: Vec<String> = fs::read_dir(desk.folder.path())
        .expect("the folder can be listed")
        .map(|entry| entry.expect("it has a name").file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("backup"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn where_nothing_was_recorded_it_is_said_that_there_is_nothing_to_verify() {
    let desk = Desk { folder: TempDir::new().expect("there is room for a folder") };
    assert_eq!(desk.does(&["migrate"]).status, 0);
    let did = desk.does(&["verify"]);
    assert!(did.status == 0 && did.out.contains("Nothing was verified: there is no edition"), "{}{}", did.out, did.err);
    assert!(did.err.contains("check that this is the database you mean"), "{}", did.err);
}

#[test]
fn it_is_told_why_a_file_is_no_database_that_can_be_used() {
    let desk = Desk { folder: TempDir::new().expect("there is room for a folder") };
    fs::write(desk.path("text"), "no folder\n").expect("it can be written");
    let folder = desk.path("");
    for (command, database, says, next) in [
        ("migrate", folder.clone(), format!("{folder} is a folder; a database is a file"), "Name a file in that folder"),
        ("verify", folder.clone(), format!("{folder} is a folder; a database is a file"), "Name a file in that folder"),
        ("migrate", desk.path("a/b.db"), format!("{} should stand is not there", desk.path("a/b.db")), "make the folder first"),
        ("verify", desk.path("a/b.db"), format!("no database at {}", desk.path("a/b.db")), "Check the path"),
        ("migrate", desk.path("text/b.db"), format!("{} should stand is not there", desk.path("text/b.db")), "Check the path"),
    ] {
        let did = desk.does(&[command, "--database", &database]);
        assert!(did.status == 3 && did.err.contains(&says) && did.err.contains(next), "{command} {database}: {}", did.err);
    }
}

/// As a user that is not the one who administers the machine, to whom everything is allowed.
#[cfg(unix)]
#[test]
fn a_database_of_somebody_else_is_told_to_be_one() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let desk = Desk { folder: TempDir::new().expect("there is room for a folder") };
    let allows = |name: &str, mode| {
        fs::set_permissions(desk.path(name), fs::Permissions::from_mode(mode)).expect("it is ours");
    };
    assert_eq!(desk.does(&["migrate"]).status, 0);
    let is_root = fs::metadata(desk.path("award.db")).expect("it is there").uid() == 0;
    let program = desk.path("paritrana");
    fs::copy(assert_cmd::cargo::cargo_bin("paritrana"), &program).expect("there is room for it");
    let says = |command: &str, database: &str| {
        let mut other = std::process::Command::new(&program);
        other.args(["--lang", "en", command, "--database", &desk.path(database)]).current_dir("/").env_clear();
        if is_root {
            other.uid(65_534).gid(65_534);
        }
        let did = other.output().expect("the program starts");
        (did.status.code(), String::from_utf8(did.stderr).expect("messages are text"))
    };
    allows("paritrana", 0o755);
    for (folder, file, command, database) in
        [(0o755, 0o000, "verify", "award.db"), (0o755, 0o000, "migrate", "award.db"), (0o555, 0o600, "migrate", "new.db")]
    {
        allows("award.db", file);
        allows("", folder);
        let (status, told) = says(command, database);
        let not_allowed = format!("This user may not read and write the database {}", desk.path(database));
        assert!(status == Some(3) && told.contains(&not_allowed), "{folder:o} {file:o} {command}: {told}");
        assert!(told.contains("Run the command as the user to whom the database belongs"), "{told}");
    }
    allows("", 0o700);
}

#[test]
fn a_database_moves_once_and_verifies_there() {
    let desk = Desk::new();
    let there = desk.path("there.db");
    let did = desk.does(&["move", "--to", &there]);
    assert!(did.status == 0 && did.out.contains("the journal folds"), "{}{}", did.out, did.err);
    let did = desk.does(&["move", "--to", &there]);
    assert!(did.status == 1 && did.err.contains(&format!("something in the database {there} already")), "{}", did.err);
    let did = desk.does(&["verify", "--database", &there]);
    assert_eq!(did.status, 0, "{}", did.err);
}

#[test]
fn somebody_is_entered_given_a_role_invited_and_disabled() {
    let desk = Desk::new();
    let did = desk.does(&["user", "add", "ani", "--name", "Ani Contoh"]);
    assert_eq!(did.status, 0, "{}", did.err);
    let did = desk.does(&["user", "add", "ani", "--name", "Ani Contoh"]);
    assert!(did.status == 1 && did.err.contains("has an account already"), "{}", did.err);
    for (args, says) in [
        (["user", "give", "ani", "jurist"], "There is no role called jurist. Roles: candidate, branch, secretariat, "),
        (["user", "give", "ani", "public"], "Name one of the roles that can be given: candidate, branch, secretariat, "),
        (["user", "give", "ani", "juror"], "The role juror needs --juror"),
        (["user", "give", "ani", "candidate"], "The role candidate needs --organisation"),
        (["user", "give", "ani", "regency"], "needs --area"),
    ] {
        let did = desk.does(&args);
        assert!(did.status == 2 && did.err.contains(says), "{}", did.err);
    }
    let did = desk.does(&["user", "give", "ani", "secretariat", "--level", "final"]);
    assert!(did.out.contains("secretariat (final)"), "{}{}", did.out, did.err);
    let did = desk.does(&["user", "take", "ani", "secretariat", "--level", "final", "--region", "19"]);
    assert!(did.status == 1 && did.err.contains("Roles: secretariat (final)"), "{}{}", did.out, did.err);
    let did = desk.does(&["user", "invite", "ani"]);
    assert!(did.status == 0 && did.out.contains("good once, until"), "{}{}", did.out, did.err);
    let did = desk.does(&["user", "disable", "ani", "--reason", "left"]);
    assert_eq!(did.status, 0, "{}", did.err);
    let did = desk.does(&["user", "invite", "ani"]);
    assert!(
        did.status == 1 && did.err.contains("The account “ani” is disabled") && did.err.contains("user enable"),
        "{}",
        did.err
    );
    assert!(desk.does(&["user", "list"]).out.contains("disabled"));
    let did = desk.does(&["user", "take", "ani", "secretariat", "--level", "final"]);
    assert!(did.out.contains("has no role"), "{}{}", did.out, did.err);
}

#[test]
fn a_changed_rulebook_is_a_difference_and_the_other_editions_are_still_verified() {
    let desk = Desk::new();
    let year = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cycles/trap-11-lot-nobody-can-replay");
    assert_eq!(desk.does(&["cycle", "record", &year.to_string_lossy()]).status, 0);
    let file = desk.path("award.db");
    let mut bytes = fs::read(&file).expect("the database is there");
    let text = b"id = \"trap-11-lot-nobody-can-replay\"\nversion";
    let places: Vec<usize> = (0..bytes.len() - text.len()).filter(|place| bytes[*place..].starts_with(text)).collect();
    assert!(!places.is_empty(), "the rulebook stands in the file");
    places.into_iter().for_each(|place| bytes[place] = b'!');
    fs::write(&file, bytes).expect("it can be changed");
    let did = desk.does(&["verify"]);
    assert!(did.status == 1 && did.err.contains("trap-11-lot-nobody-can-replay"), "{}", did.err);
    assert!(did.out.contains("the journal folds to exactly what is kept. Acts: 17"), "{}", did.out);
    // The end of restoring and moving goes on as well.
    assert_eq!(desk.does(&["backup", &desk.path("award.backup")]).status, 0);
    let restored = ["restore", &desk.path("award.backup"), "--database", &desk.path("restored.db")].map(str::to_owned);
    let moved = ["move", "--to", &desk.path("moved.db")].map(str::to_owned);
    for args in [restored.as_slice(), moved.as_slice()] {
        let did = desk.does(&args.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(did.status == 1 && did.err.contains("rulebook of trap-11-lot-nobody-can-replay"), "{args:?}: {}", did.err);
        assert!(did.out.contains("the journal folds to exactly what is kept. Acts: 17"), "{args:?}: {}", did.out);
    }
}

#[test]
fn every_worked_year_through_the_database_prints_the_same_to_the_byte() {
    let desk = Desk { folder: TempDir::new().expect("there is room for a folder") };
    let mut years = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cycles")).expect("the years are there") {
        let year = entry.expect("it has a name").path();
        if !year.is_dir() || year.join("expected-problem.txt").exists() {
            continue;
        }
        let year = year.to_string_lossy();
        let pure = desk.does(&["cycle", "run", &year, "--json"]);
        let through = desk.does(&["cycle", "run", &year, "--json", "--through-office"]);
        assert_eq!((pure.status, through.status, through.err.as_str()), (0, 0, ""), "{year}");
        assert!(pure.out == through.out, "{year}: the report from the database is another one");
        years += 1;
    }
    assert!(years >= 20, "only {years} years found");
}
