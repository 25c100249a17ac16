//! Files that an act names: each must be kept, and be what the act says of it.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use award::files::{KeptFile, NamedFile, check, named};
use award::stage::dossier::{FileRef, HandedItem};
use award::{ContestKey, Deed, PersonId, RoundKey};

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
