//! The program speaks the language of whoever types, also before it has understood anything.

mod support;

use support::{Did, done, program};

fn does(args: &[&str]) -> Did {
    done(program().env_remove("DATABASE_URL").args(args))
}

#[test]
fn help_is_told_in_the_language_that_is_asked_for() {
    for (args, says) in [
        (&["--lang", "id", "--help"][..], "Cara pakai: paritrana [OPSI] <PERINTAH>"),
        (&["user", "add", "--help", "--lang=id"], "Mendaftarkan seseorang"),
        (&["help", "user", "add", "--lang", "id"], "--name <NAMA>"),
        (&["import", "--lang", "id", "--help"], "- vintage: Angka dari data kepesertaan"),
        (&["user", "add", "--help"], "Usage: paritrana user add [OPTIONS] --name <NAME> <ID>"),
    ] {
        let did = does(args);
        assert!(did.status == 0 && did.out.contains(says) && did.err.is_empty(), "{args:?}: {}{}", did.out, did.err);
    }
    let did = done(program().env("PARITRANA_LANG", "id").args(["help"]));
    assert!(did.status == 0 && did.out.contains("Opsi umum:") && did.out.contains("Perintah:"), "{}", did.out);
    let did = done(program().env_remove("PARITRANA_LANG").env("LANG", "C").args(["--help"]));
    assert!(did.out.contains("Cara pakai:"), "Indonesian where nothing is said: {}", did.out);
    assert!(does(&["--version"]).out.starts_with("paritrana "));
}

#[test]
fn a_mistyped_command_is_refused_in_that_language_with_the_next_step() {
    for (args, says, next) in [
        (&["usr"][..], "tidak ada perintah “usr”", "Maksudnya user?"),
        (&["user", "ad"], "tidak ada perintah “ad”", "paritrana user --help"),
        (&["user", "add", "x"], "belum disebut: --name <NAMA>", "paritrana user add --help"),
        (&["user", "add", "x", "--nam", "X"], "tidak ada opsi atau argumen --nam", "Maksudnya --name?"),
        (&["user", "add", "x", "--name"], "--name <NAMA> harus diikuti isinya", "Nama orangnya"),
        (&["retain", "e", "--until", "besok"], "“besok” tidak dapat menjadi isi --until <HARI>", "misalnya 2034-12-31"),
        (&["rehearse", "--provinces", "39"], "“39” tidak dapat menjadi isi --provinces <JUMLAH>", "Sekian provinsi"),
        (&["import", "sheets", "x"], "“sheets” bukan isi <APA>. Yang ada: organisations, candidates", "Isi berkasnya"),
        (&["rehearse", "--keep", "a", "--database", "b"], "tidak dapat disebut bersama", "paritrana rehearse --help"),
        (&["rehearse", "--seed", "1", "--seed", "2"], "hanya dapat disebut sekali", "paritrana rehearse --help"),
    ] {
        let did = does(&[&["--lang", "id"], args].concat());
        assert!(did.status == 2 && did.out.is_empty(), "{args:?}: {}", did.out);
        assert!(did.err.contains(says) && did.err.contains(next) && did.err.starts_with("ditolak: "), "{args:?}: {}", did.err);
        for english in ["error", "Usage", "For more", "required", "tip"] {
            assert!(!did.err.contains(english), "{args:?}: {}", did.err);
        }
    }
    let did = does(&["user", "add"]);
    assert!(did.err.contains("This is missing: --name <NAME>, <ID>"), "{}", did.err);
    let did = does(&[]);
    assert!(did.status == 2 && did.err.contains("Commands:"), "{}", did.err);
}
