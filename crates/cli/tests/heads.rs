//! Keys, signed heads and letters, as an administrator types them.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::desk::Desk;

impl Desk {
    /// What a command prints that must succeed.
    fn says(&self, args: &[&str]) -> String {
        let did = self.does(args);
        assert_eq!((did.status, did.err.as_str()), (0, ""), "{args:?}: {}", did.out);
        did.out
    }

    /// Who is refused, and with which words.
    fn refuses(&self, args: &[&str], status: i32, words: &str) {
        let did = self.does(args);
        assert!(did.status == status && did.err.contains(words), "{args:?}: {} {}", did.status, did.err);
        assert!(did.err.trim_end().lines().count() > 1, "the next step is told: {}", did.err);
    }
}

#[test]
fn a_key_signs_heads_that_others_keep_and_hold_against_the_chain() {
    let desk = Desk::new();
    let (first, second, kept) = (desk.path("first.key"), desk.path("second.key"), desk.path("kept.heads"));
    assert!(desk.says(&["key", "list"]).contains("no key yet"));
    assert!(desk.says(&["head", "show"]).contains("never signed"));
    let made = desk.says(&["key", "new", "award.example", "--file", &first]);
    assert!(made.contains("award.example+") && !made.contains("PRIVATE"), "{made}");
    let secret = fs::read_to_string(&first).expect("the secret is there");
    assert!(secret.starts_with("PRIVATE+KEY+award.example+"), "in the form that other tools read");
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&first).expect("it is there").permissions());
        assert_eq!(mode & 0o777, 0o600, "only its owner reads the secret");
    }
    desk.refuses(&["key", "new", "award.example", "--file", &first], 1, "exists already");
    desk.refuses(&["key", "new", "two words", "--file", &second], 2, "cannot be the name of a key");
    assert!(!Path::new(&second).exists(), "no file without a key");
    let bytes = fs::read(desk.path("award.db")).expect("the database is there");
    // PRIVATE+KEY+name+id+seed: a plus may stand within the seed, too.
    let seed = secret.trim().splitn(5, '+').nth(4).filter(|seed| seed.len() > 40).expect("the secret is its end");
    assert!(!bytes.windows(seed.len()).any(|window| window == seed.as_bytes()), "the secret is not in the database");

    let heads = desk.says(&["head", "sign", "--key", &first]);
    assert!(heads.contains("trap-14-reopening-loses-the-record/round/") && heads.contains("\n— award.example "));
    assert_eq!(desk.says(&["head", "sign", "--key", &first]), heads, "signed again it is the same head");
    fs::write(&kept, &heads).expect("somebody keeps it");
    assert!(desk.says(&["head", "show"]).contains("signed with "));
    assert!(desk.says(&["head", "check", &kept]).contains("the signature is good, and the chain"));

    let rotated = desk.says(&["key", "rotate", "award.example", "--file", &second]);
    assert!(rotated.contains("award.example+"), "{rotated}");
    desk.refuses(&["key", "rotate", "nobody", "--file", &desk.path("third.key")], 1, "is not one key that is on record");
    assert!(!Path::new(&desk.path("third.key")).exists(), "what the database did not take is gone");
    assert!(desk.says(&["head", "check", &kept]).contains("the signature is good"), "the old key signed in its time");
    desk.refuses(&["key", "revoke", "award.example", "--reason", "lost", "--from", "yesterday"], 2, "no day and no instant");
    assert!(desk.says(&["key", "revoke", "award.example", "--reason", "lost"]).contains("not trusted any more"));
    let listed = desk.says(&["key", "list"]);
    assert!(listed.contains("rotated at") && listed.contains("revoked from") && listed.contains("lost"), "{listed}");
    let year = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cycles/trap-11-lot-nobody-can-replay");
    assert_eq!(desk.does(&["cycle", "record", &year.to_string_lossy()]).status, 0);
    desk.refuses(&["head", "sign", "--key", &second], 1, "revoked");
    desk.refuses(&["head", "sign", "--key", &kept], 1, "holds no secret key");
    desk.refuses(&["head", "check", &first], 2, "holds no signed head");

    fs::write(&kept, heads.replacen("\n— award.example ", "\n— award.example A", 1)).expect("it can be changed");
    assert_ne!(desk.does(&["head", "check", &kept]).status, 0, "a changed signature");
}

#[test]
fn a_head_of_another_database_is_a_difference() {
    let (desk, other) = (Desk::new(), Desk::new());
    let (key, kept) = (desk.path("one.key"), desk.path("kept.heads"));
    desk.says(&["key", "new", "award.example", "--file", &key]);
    fs::write(&kept, desk.says(&["head", "sign", "--key", &key])).expect("somebody keeps it");
    let did = other.does(&["head", "check", &kept]);
    assert!(did.status == 1 && did.err.contains("the signature does not count"), "{}", did.err);
}

#[test]
fn letters_are_listed_and_only_what_was_given_up_is_sent_again() {
    let desk = Desk::new();
    assert!(desk.says(&["post", "list"]).contains("have not gone out: 0"));
    assert!(desk.says(&["post", "list", "--given-up"]).contains("have not gone out: 0"));
    assert!(desk.says(&["post", "again", "--all"]).contains("due again: 0"));
    desk.refuses(&["post", "again", "nothing"], 1, "No letter with the id nothing was given up");
    assert_eq!(desk.does(&["post", "again"]).status, 2, "which?");
    assert_eq!(desk.does(&["post"]).status, 2, "into which folder?");
    assert!(desk.says(&["post", "--folder", &desk.path("mail")]).contains("Letters delivered: 0"));
}

#[test]
fn a_refusal_stays_one_when_nobody_reads_on() {
    let desk = Desk::new();
    for (args, status) in [("user give ani jurist", 2), ("user disable nobody --reason left", 1), ("verify", 0)] {
        let mut program = std::process::Command::new(assert_cmd::cargo::cargo_bin("paritrana"));
        program.env("DATABASE_URL", desk.path("award.db")).args(args.split(' '));
        let mut child = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
        // Whoever reads is gone before the first word.
        drop((child.stdout.take(), child.stderr.take()));
        let ended = child.wait().expect("it ends");
        assert_eq!(ended.code(), Some(status), "{args}");
    }
}

#[test]
fn an_invitation_for_somebody_who_waits_is_a_code_and_a_list_is_on_record() {
    let desk = Desk::new();
    desk.says(&["user", "add", "ani", "--name", "Ani Contoh"]);
    assert!(desk.says(&["user", "list", "--why", "Permintaan 7/2026"]).contains("Ani Contoh"));
    let bytes = fs::read(desk.path("award.db")).expect("the database is there");
    let why = b"Permintaan 7/2026";
    let wal = fs::read(desk.path("award.db-wal")).unwrap_or_default();
    assert!([bytes, wal].iter().any(|file| file.windows(why.len()).any(|window| window == why)), "the look is on record");
}
