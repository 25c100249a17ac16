//! What an administrator does at the command line for somebody who cannot get in, or whose telephone is lost.

use crate::support::{Did, done, program};
use tempfile::TempDir;

/// A database in which Ani may sign in and Budi has not come.
struct Desk(TempDir);

impl Desk {
    fn new() -> Desk {
        let desk = Desk(TempDir::new().expect("there is room for a folder"));
        assert_eq!(desk.does(&["migrate"]).status, 0);
        for person in ["ani", "budi"] {
            assert_eq!(desk.does(&["user", "add", person, "--name", "Nama Contoh"]).status, 0);
        }
        let invited = desk.does(&["user", "invite", "ani"]).out;
        let code = invited.split_whitespace().find(|word| word.matches('-').count() == 3).expect("there is a code");
        assert_eq!(desk.does(&["user", "come", code]).status, 0);
        desk
    }

    fn does(&self, args: &[&str]) -> Did {
        done(program().env("DATABASE_URL", self.0.path().join("award.db")).args(args))
    }
}

/// What stands behind the address in a link: 64 hexadecimal digits.
fn secret(did: &Did, address: &str) -> String {
    let (_, secret) = did.out.split_once(&format!("{address}/masuk/")).unwrap_or_else(|| panic!("{}{}", did.out, did.err));
    secret.trim().to_owned()
}

#[test]
fn a_link_is_printed_once_for_whoever_may_sign_in_and_differs_each_time() {
    let desk = Desk::new();
    let one = secret(&desk.does(&["user", "link", "ani"]), "http://localhost:8080");
    let other = desk.does(&["user", "link", "ani", "--address", "https://paritrana.example/"]);
    let other = secret(&other, " https://paritrana.example");
    let is_secret = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    assert!(is_secret(&one) && is_secret(&other) && one != other, "{one} {other}");
    for person in ["budi", "nobody"] {
        let did = desk.does(&["user", "link", person]);
        assert!(did.status == 1 && !did.out.contains("masuk") && did.err.contains(person), "{}{}", did.out, did.err);
    }
}

#[test]
fn somebody_is_signed_out_everywhere_and_a_telephone_is_taken_out_for_a_reason() {
    let desk = Desk::new();
    let did = desk.does(&["user", "sessions", "ani"]);
    assert!(did.status == 0 && did.out.contains("signed in at 0 places"), "{}{}", did.out, did.err);
    let did = desk.does(&["user", "sessions", "ani", "--end"]);
    assert!(did.status == 0 && did.out.contains("signed out everywhere"), "{}{}", did.out, did.err);
    assert_eq!(desk.does(&["user", "reset-totp", "ani"]).status, 2, "without a reason");
    let did = desk.does(&["user", "reset-totp", "ani", "--reason", "lost, seen in person"]);
    assert!(did.status == 0 && did.out.contains("no second step any more"), "{}{}", did.out, did.err);
    for args in [vec!["user", "sessions", "nobody", "--end"], vec!["user", "reset-totp", "nobody", "--reason", "lost"]] {
        let did = desk.does(&args);
        assert!(did.status == 1 && did.err.contains("There is no account “nobody”"), "{}{}", did.out, did.err);
    }
}
