//! Files that an act names: each must be kept, and be what the act says of it.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use award::files::{KINDS, KeptFile, NamedFile, check, is_of, named};
use award::stage::dossier::{FileRef, HandedItem, formats};
use award::{ContestKey, Deed, PersonId, RoundKey};

#[test]
fn every_format_that_a_shipped_rulebook_allows_is_one_that_is_kept() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let books: Vec<_> = paths.filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect();
    let mut asked = 0;
    for path in &books {
        let rules = rules::read("rulebook", &fs::read_to_string(path).unwrap()).unwrap();
        for document in rules.categories.iter().flat_map(|category| &category.documents) {
            asked += 1;
            for format in formats(document) {
                assert!(KINDS.iter().any(|kind| is_of(format, kind)), "{}: {} as {format}", path.display(), document.id);
            }
            assert!(!document.kinds.iter().any(|kind| kind == "video"), "{}: a film is not kept", path.display());
        }
    }
    assert!(books.len() >= 6 && asked > 50, "{} rulebooks ask for {asked} documents", books.len());
}

fn hands_in(bytes: u64, format: &str) -> Deed {
    let round = RoundKey { level: "province".into(), region: Some("51".into()) };
    let file = FileRef { hash: "a".repeat(64), bytes, format: format.into(), name: "perda.pdf".into() };
    let item = HandedItem { candidate: "badung".into(), document: "law".into(), kind: None, file, by: PersonId::from("p1") };
    Deed::HandInItem(ContestKey { round, category: "kabkota".into() }, item)
}

fn kept(size: u64, kind: &str) -> BTreeMap<String, KeptFile> {
    [("a".repeat(64), KeptFile { size, kind: kind.into() })].into()
}

#[test]
fn a_document_names_its_file_with_size_and_format() {
    let told = Some((7, "pdf".to_owned()));
    assert_eq!(named(&hands_in(7, "pdf")), [NamedFile { hash: "a".repeat(64), name: "law (perda.pdf)".into(), told }]);
}

#[test]
fn a_file_that_is_not_kept_or_is_another_than_was_said_is_refused() {
    let refused =
        |deed: &Deed, kept: &BTreeMap<String, KeptFile>| check(deed, kept).map_err(|refusal| refusal.rule.key().to_owned());
    let no = |key: &str| Err(format!("refusal-file-{key}"));
    assert_eq!(refused(&hands_in(7, "pdf"), &BTreeMap::new()), no("not-kept"));
    assert_eq!(refused(&hands_in(7, "pdf"), &kept(7, "pdf")), Ok(()));
    assert_eq!(refused(&hands_in(6, "pdf"), &kept(7, "pdf")), no("size"));
    assert_eq!(refused(&hands_in(8, "pdf"), &kept(7, "pdf")), no("size"));
    assert_eq!(refused(&hands_in(7, "pdf"), &kept(7, "jpeg")), no("kind"));
    assert_eq!(refused(&hands_in(7, "csv"), &kept(7, "text")), Ok(()));
    assert_eq!(refused(&hands_in(7, "csv"), &kept(7, "pdf")), no("kind"));
}
