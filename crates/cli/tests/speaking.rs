//! The program speaks the language of whoever types, also before it has understood anything.

use std::fs;

use crate::desk::Desk;
use crate::support::{Did, done, program};

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

#[test]
fn what_verifying_and_restoring_find_is_told_in_indonesian_too() {
    let desk = Desk::new();
    let backup = desk.path("award.backup");
    assert_eq!(desk.does(&["backup", &backup]).status, 0);
    let whole = fs::read(&backup).expect("the backup is there");
    fs::write(&backup, &whole[..whole.len() / 2]).expect("it can be cut off");
    let did = desk.does(&["--lang", "id", "restore", &backup, "--database", &desk.path("half.db")]);
    assert!(did.status == 1 && did.err.contains("tidak utuh") && did.err.contains("putus di tengah"), "{}", did.err);
    fs::write(desk.path("letter.txt"), "Yth. Ibu Ani, undangan rapat pleno terlampir.").expect("it can be written");
    let did = desk.does(&["--lang", "id", "restore", &desk.path("letter.txt"), "--database", &desk.path("half.db")]);
    assert!(did.status == 1 && did.err.contains("bukan cadangan dari program ini: ini bukan berkas gzip"), "{}", did.err);

    let file = desk.path("award.db");
    let mut bytes = fs::read(&file).expect("the database is there");
    let text = b"id = \"trap-14-reopening-loses-the-record\"\nversion";
    let places: Vec<usize> = (0..bytes.len() - text.len()).filter(|place| bytes[*place..].starts_with(text)).collect();
    places.into_iter().for_each(|place| bytes[place] = b'!');
    fs::write(&file, bytes).expect("it can be changed");
    let did = desk.does(&["--lang", "id", "verify"]);
    assert_eq!(did.status, 1);
    for says in ["buku aturan trap-14-reopening-loses-the-record", "teksnya bukan yang disegel"] {
        assert!(did.err.contains(says), "{}", did.err);
    }
}
