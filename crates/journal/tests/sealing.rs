//! Sealing personal texts: what stands in the leaf, what erasure leaves, and what an attacker may try.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use journal::{Hash, Personal, Salts, SealProblem, Secret, check, check_plain, commitment, erased, open, seal};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A side table: secrets by commitment, erasures by commitment, subject and field; salts are numbered.
#[derive(Default)]
struct Side {
    secrets: BTreeMap<Hash, Secret>,
    erasures: BTreeSet<(Hash, String, String)>,
    next: u8,
}

impl Salts for Side {
    fn salt(&mut self, subject: &str, field: &str, value: &str) -> Option<[u8; 32]> {
        let same =
            |secret: &&Secret| (secret.subject.as_str(), secret.field.as_str(), secret.value.as_str()) == (subject, field, value);
        let stored = self.secrets.values().find(same).map(|secret| secret.salt);
        self.next += 1;
        Some(stored.unwrap_or([self.next; 32]))
    }

    fn was_erased(&self, commitment: &Hash, subject: &str, field: &str) -> bool {
        self.erasures.contains(&(*commitment, subject.to_owned(), field.to_owned()))
    }
}

impl Side {
    fn seal(&mut self, value: &Value, personal: &[Personal]) -> Result<Value, SealProblem> {
        let mut sealed = value.clone();
        for secret in seal(&mut sealed, personal, self)? {
            assert!(check(&secret));
            self.secrets.insert(secret.commitment, secret);
        }
        Ok(sealed)
    }

    fn open(&self, sealed: &Value) -> Value {
        let mut value = sealed.clone();
        open(&mut value, |hash| self.secrets.get(hash).map(|secret| secret.value.clone())).unwrap();
        value
    }

    fn erase(&mut self, subject: &str) {
        let (gone, kept) = std::mem::take(&mut self.secrets).into_iter().partition(|(_, secret)| secret.subject == subject);
        self.secrets = kept;
        let gone: BTreeMap<Hash, Secret> = gone;
        self.erasures.extend(gone.into_iter().map(|(hash, secret)| (hash, secret.subject, secret.field)));
    }
}

fn personal(pointer: &str, subject: &str, field: &str) -> Personal {
    Personal { pointer: pointer.into(), subject: subject.into(), field: field.into() }
}

fn two_people() -> (Value, Vec<Personal>) {
    let value = json!({"chair": {"name": "Ani", "phone": null}, "jurors": [{"name": "Budi \"B\" Ñ"}], "quorum": 5});
    let places = vec![
        personal("/chair/name", "person:1", "name"),
        personal("/chair/phone", "person:1", "phone"),
        personal("/jurors/0/name", "person:2", "name"),
    ];
    (value, places)
}

#[test]
fn a_sealed_value_holds_commitments_and_opens_to_what_it_was() {
    let (value, places) = two_people();
    let mut side = Side::default();
    let sealed = side.seal(&value, &places).unwrap();
    let (ani, budi) = (commitment(&[1; 32], "person:1", "name", "Ani"), commitment(&[2; 32], "person:2", "name", "Budi \"B\" Ñ"));
    let shown = json!({
        "chair": {"name": {"commit": ani.to_string()}, "phone": null},
        "jurors": [{"name": {"commit": budi.to_string()}}], "quorum": 5,
    });
    assert_eq!(sealed, shown);
    assert_eq!(side.open(&sealed), value);
    assert_eq!(side.seal(&value, &places).unwrap(), sealed, "the same texts keep their salts");
}

#[test]
fn after_erasure_the_leaf_is_unchanged_and_replaying_gives_the_same_leaf() {
    let (value, places) = two_people();
    let mut side = Side::default();
    let sealed = side.seal(&value, &places).unwrap();
    side.erase("person:1");
    let opened = side.open(&sealed);
    let ani = commitment(&[1; 32], "person:1", "name", "Ani");
    assert_eq!(opened["chair"]["name"], json!(format!("erased:{ani}")));
    assert_eq!(erased(opened["chair"]["name"].as_str().unwrap()), Some(ani));
    assert_eq!(opened["jurors"], value["jurors"]);
    assert_eq!(side.seal(&opened, &places).unwrap(), sealed);
    assert!(side.secrets.values().all(|secret| secret.subject == "person:2"), "sealing again brings no secret back");
}

#[test]
fn the_same_text_after_erasure_gets_another_commitment() {
    let (value, places) = two_people();
    let mut side = Side::default();
    let before = side.seal(&value, &places).unwrap();
    side.erase("person:1");
    let after = side.seal(&value, &places).unwrap();
    assert_ne!(after["chair"]["name"], before["chair"]["name"]);
    assert_eq!(after["jurors"], before["jurors"]);
}

/// Commitments are public. Without the check the attacker's name would open to the chair's name.
#[test]
fn nobody_gets_anothers_text_by_naming_its_commitment() {
    let (value, places) = two_people();
    let mut side = Side::default();
    side.seal(&value, &places).unwrap();
    let ani = commitment(&[1; 32], "person:1", "name", "Ani");
    let attackers = [personal("/name", "person:666", "name")];
    let at = |pointer: &str| pointer.to_owned();

    let as_text = json!({"name": format!("erased:{ani}")});
    assert_eq!(side.seal(&as_text, &attackers), Err(SealProblem::ReservedText(at("/name"))));
    side.erase("person:1");
    assert_eq!(side.seal(&as_text, &attackers), Err(SealProblem::ReservedText(at("/name"))), "nor once it is erased");
    let other_field = [personal("/name", "person:1", "phone")];
    assert_eq!(side.seal(&as_text, &other_field), Err(SealProblem::ReservedText(at("/name"))));

    let as_object = json!({"name": "M", "remark": [{"commit": ani.to_string()}]});
    assert_eq!(side.seal(&as_object, &attackers), Err(SealProblem::ReservedObject(at("/remark/0"))));
    let in_place = json!({"name": {"commit": ani.to_string()}});
    assert_eq!(side.seal(&in_place, &attackers), Err(SealProblem::NotText(at("/name"))));
}

#[test]
fn what_looks_sealed_or_erased_is_refused_everywhere() {
    let mut side = Side::default();
    let cases = [
        (json!({"a/b": {"~": "erased:"}}), SealProblem::ReservedText("/a~1b/~0".into())),
        (json!(["x", "erased: by mistake"]), SealProblem::ReservedText("/1".into())),
        (json!({"commit": 5}), SealProblem::ReservedObject(String::new())),
        (json!([{"commit": {"commit": "x"}}]), SealProblem::ReservedObject("/0".into())),
    ];
    for (value, problem) in cases {
        assert_eq!(check_plain(&value), Err(problem.clone()));
        assert_eq!(side.seal(&value, &[]), Err(problem));
    }
    let short = json!({"name": "erased:00"});
    assert_eq!(side.seal(&short, &[personal("/name", "person:1", "name")]), Err(SealProblem::ReservedText("/name".into())));
    for value in
        [json!("Erased:"), json!(" erased:"), json!({"commit": 1, "by": 2}), json!({"erased:": 1}), json!({"Commit": "x"})]
    {
        assert_eq!(check_plain(&value), Ok(()));
        assert_eq!(side.open(&side_sealed(&value)), value);
    }
}

fn side_sealed(value: &Value) -> Value {
    Side::default().seal(value, &[]).unwrap()
}

#[test]
fn a_value_that_cannot_be_sealed_stays_as_it_was() {
    let value = json!({"name": "Ani", "age": 40, "remark": "erased:no"});
    let cases = [
        (vec![personal("/name", "p", "name"), personal("/nome", "p", "name")], SealProblem::NoSuchPlace("/nome".into())),
        (vec![personal("name", "p", "name")], SealProblem::NoSuchPlace("name".into())),
        (vec![personal("/age", "p", "age")], SealProblem::NotText("/age".into())),
        (vec![personal("", "p", "all")], SealProblem::NotText(String::new())),
        (vec![personal("/name", "p", "name"), personal("/name", "q", "name")], SealProblem::NotText("/name".into())),
        (vec![personal("/name", "p", "name")], SealProblem::ReservedText("/remark".into())),
    ];
    for (places, problem) in cases {
        let mut changed = value.clone();
        assert_eq!(seal(&mut changed, &places, &mut Side::default()), Err(problem));
        assert_eq!(changed, value);
    }
}

#[test]
fn a_journal_that_is_only_checked_may_lack_a_salt() {
    struct Nothing;
    impl Salts for Nothing {
        fn salt(&mut self, _: &str, _: &str, _: &str) -> Option<[u8; 32]> {
            None
        }
    }
    let problem = seal(&mut json!("Ani"), &[personal("", "person:1", "name")], &mut Nothing).unwrap_err();
    assert_eq!(problem.to_string(), "there is no salt for `name` of `person:1`");
}

#[test]
fn a_sealed_value_that_sealing_cannot_have_made_is_not_opened() {
    let hash = Hash([1; 32]);
    let cases = [
        (json!([{"commit": hash.to_string().to_uppercase().replace('0', "A")}]), SealProblem::NotACommitment("/0".into())),
        (json!({"x": {"commit": null}}), SealProblem::NotACommitment("/x".into())),
        (json!({"x": format!("erased:{hash}")}), SealProblem::ReservedText("/x".into())),
        (json!({"x": {"commit": hash.to_string()}}), SealProblem::ReservedText("/x".into())),
    ];
    for (value, problem) in cases {
        let mut changed = value.clone();
        assert_eq!(open(&mut changed, |_| Some("erased: forged in the side table".to_owned())), Err(problem));
        assert_eq!(changed, value);
    }
}

#[test]
fn the_same_text_twice_is_one_secret() {
    let mut value = json!(["Ani", "Ani"]);
    let places = [personal("/0", "person:1", "name"), personal("/1", "person:1", "name")];
    let secrets = seal(&mut value, &places, &mut |_: &str, _: &str, _: &str| [1; 32]).unwrap();
    assert_eq!(secrets.len(), 1);
    assert_eq!(value[0], value[1]);
}

#[test]
fn a_secret_is_not_shown_in_logs() {
    let secrets =
        seal(&mut json!("Siti Rahma"), &[personal("", "person:1", "name")], &mut |_: &str, _: &str, _: &str| [213; 32]).unwrap();
    let shown = format!("{:?}", secrets[0]);
    assert!(!shown.contains("Siti") && !shown.contains("213"), "{shown}");
}

proptest! {
    /// Lengths stand before the parts, so moving a letter from one part to the next is another commitment.
    #[test]
    fn a_commitment_binds_all_its_parts(subject in ".{0,6}", field in ".{0,6}", value in ".{0,6}", other in ("[a-b]{0,3}", "[a-b]{0,3}", "[a-b]{0,3}")) {
        let ours = commitment(&[1; 32], &subject, &field, &value);
        let same = (subject.as_str(), field.as_str(), value.as_str()) == (other.0.as_str(), other.1.as_str(), other.2.as_str());
        prop_assert_eq!(commitment(&[1; 32], &other.0, &other.1, &other.2) == ours, same);
        prop_assert_ne!(commitment(&[2; 32], &subject, &field, &value), ours);
        prop_assert_ne!(commitment(&[1; 32], &format!("{subject}x"), &field, &value), ours);
        prop_assert_ne!(commitment(&[1; 32], &subject, &format!("x{field}"), &value), ours);
        if let Some(moved) = value.chars().next() {
            let (longer, shorter) = (format!("{field}{moved}"), &value[moved.len_utf8()..]);
            prop_assert_ne!(commitment(&[1; 32], &subject, &longer, shorter), ours);
        }
    }

    /// Whatever people write, sealing and opening gives it back, or it is refused before it is sealed.
    #[test]
    fn what_is_sealed_opens_to_what_it_was(name in "(erased:|)[0-9a-f]{0,3}.{0,8}", remark in ".{0,8}") {
        let value = json!({"name": name, "remark": remark});
        let mut side = Side::default();
        match side.seal(&value, &[personal("/name", "person:1", "name")]) {
            Ok(sealed) => prop_assert_eq!(side.open(&sealed), value),
            Err(problem) => prop_assert!(name.starts_with("erased:"), "{}", problem),
        }
    }
}
