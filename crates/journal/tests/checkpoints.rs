//! Signed notes, checkpoints and keys: the vectors of Go's `sumdb/note` and of C2SP, what is refused, and which key was good when.
#![allow(clippy::unwrap_used)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use journal::note::{NOTE_BYTES_MAX, SIGNATURES_MAX};
use journal::{Checkpoint, CheckpointProblem, Hash, Key, KeyEvent, KeyProblem, KeyRing, Note, NoteProblem, Verifier};

const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const ENOCH: &str = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
/// What stands after the name and key id in the signer's text of Go's test.
const PETER_SECRET: &str = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const TEXT: &str = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER_LINE: &str =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH_LINE: &str =
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

fn peter() -> Verifier {
    PETER.parse().unwrap()
}

fn enoch() -> Verifier {
    ENOCH.parse().unwrap()
}

fn note(lines: &[&str]) -> Note {
    Note::parse(format!("{TEXT}\n{}", lines.concat()).as_bytes()).unwrap()
}

fn key(name: &str, seed: u8) -> Key {
    Key::from_seed(name, &[seed; 32]).unwrap()
}

#[test]
fn signing_gives_the_bytes_of_the_reference_vector() {
    let seed = STANDARD.decode(PETER_SECRET).unwrap()[1..].try_into().unwrap();
    let key = Key::from_seed("PeterNeumann", &seed).unwrap();
    assert_eq!(key.verifier().to_string(), PETER);
    assert_eq!(Note::signed(TEXT, &[&key]).unwrap().to_string(), format!("{TEXT}\n{PETER_LINE}"));
}

#[test]
fn known_signatures_verify_and_unknown_ones_are_ignored() {
    let both = note(&[PETER_LINE, ENOCH_LINE]);
    assert_eq!(both.to_string(), format!("{TEXT}\n{PETER_LINE}{ENOCH_LINE}"));
    assert_eq!(both.verify(&[peter()]), Ok(vec![&peter()]));
    assert_eq!(both.verify(&[enoch(), peter()]), Ok(vec![&peter(), &enoch()]));
    assert_eq!(both.verify(&[]), Err(NoteProblem::Unsigned));
    assert_eq!(note(&[ENOCH_LINE]).verify(&[peter()]), Err(NoteProblem::Unsigned));
}

#[test]
fn a_false_signature_of_a_known_key_spoils_the_note() {
    let longer = format!("{}ABCD{}", &PETER_LINE[..60], &PETER_LINE[60..]);
    let other_bits = PETER_LINE.replace("kuBS9UG", "kuBS9UH");
    for line in [longer, other_bits] {
        let problem = Err(NoteProblem::FalseSignature(PETER.into()));
        assert_eq!(note(&[&line]).verify(&[peter()]), problem);
        assert_eq!(note(&[PETER_LINE, &line]).verify(&[peter()]), problem, "also beside a true one of the same key");
        assert_eq!(note(&[ENOCH_LINE, &line]).verify(&[peter(), enoch()]), problem, "also beside a true one of another key");
        assert_eq!(note(&[ENOCH_LINE, &line]).verify(&[enoch()]), Ok(vec![&enoch()]), "unless the key is not known");
    }
    let other_text = format!("{}\n{PETER_LINE}", TEXT.replace("answer", "Answer"));
    assert_eq!(Note::parse(other_text.as_bytes()).unwrap().verify(&[peter()]), Err(NoteProblem::FalseSignature(PETER.into())));
}

#[test]
fn repeated_lines_and_repeated_verifiers_do_no_harm() {
    let repeated = note(&[PETER_LINE, PETER_LINE, ENOCH_LINE, ENOCH_LINE]);
    assert_eq!(repeated.verify(&[peter(), peter()]), Ok(vec![&peter()]));
}

#[test]
fn a_key_with_the_same_name_and_another_id_is_another_key() {
    let (ours, theirs) = (key("bali", 7), key("bali", 8));
    let signed = Note::signed(TEXT, &[&ours, &theirs]).unwrap();
    assert_eq!(signed.verify(&[ours.verifier()]), Ok(vec![&ours.verifier()]));
    assert_eq!(signed.verify(&[theirs.verifier(), ours.verifier()]), Ok(vec![&ours.verifier(), &theirs.verifier()]));
}

/// Key ids have 32 bits: 76,124 keys were enough to find these two.
#[test]
fn two_known_keys_with_the_same_name_and_id_are_not_guessed_between() {
    let numbered = |number: u64| {
        let mut seed = [0; 32];
        seed[24..].copy_from_slice(&number.to_be_bytes());
        Key::from_seed("bali", &seed).unwrap()
    };
    let (one, other) = (numbered(8_022), numbered(76_123));
    assert_eq!((one.verifier().id(), one.verifier() == other.verifier()), (other.verifier().id(), false));
    let signed = Note::signed(TEXT, &[&one]).unwrap();
    assert_eq!(signed.verify(&[one.verifier(), other.verifier()]), Err(NoteProblem::Ambiguous("bali+38e57d75".into())));
    assert_eq!(signed.verify(&[other.verifier()]), Err(NoteProblem::FalseSignature(other.verifier().to_string())));
    let ring = KeyRing::of(&[made(&one, 5), made(&other, 5)]);
    assert_eq!(ring, Err(KeyProblem::Known(other.verifier())));
}

#[test]
fn malformed_notes_are_refused() {
    let bad: Vec<Vec<u8>> = [
        TEXT.to_owned(),
        format!("{TEXT}\n"),
        format!("{TEXT}\n{}", &PETER_LINE[..PETER_LINE.len() - 1]),
        format!("\u{1}{TEXT}\n{PETER_LINE}"),
        format!("{TEXT}\r\n{PETER_LINE}"),
        format!(
            "{TEXT}\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
        ),
        format!("{TEXT}\n{PETER_LINE}Unexpected line.\n"),
        format!("{TEXT}\n{}", PETER_LINE.replace('—', "-")),
        format!("{TEXT}\n{}", PETER_LINE.replace("— ", "—")),
        format!("{TEXT}\n{}", PETER_LINE.replace("PeterNeumann ", " ")),
        format!("{TEXT}\n{}", PETER_LINE.replace("nAM=", "nAN=")),
        format!("{TEXT}\n{}", PETER_LINE.replace("nAM=", "nAM")),
        format!("{TEXT}\n— PeterNeumann x08go/==\n"),
        format!("{TEXT}\n— PeterNeumann \n"),
        format!("{TEXT}\n{}", PETER_LINE.repeat(SIGNATURES_MAX + 1)),
        format!("{}\n{PETER_LINE}", "x".repeat(NOTE_BYTES_MAX)),
        String::new(),
    ]
    .into_iter()
    .map(String::into_bytes)
    .chain([[b"\xff".as_slice(), TEXT.as_bytes(), b"\n", PETER_LINE.as_bytes()].concat()])
    .collect();
    for bytes in bad {
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(300)]).into_owned();
        assert!(matches!(Note::parse(&bytes), Err(NoteProblem::Malformed(_) | NoteProblem::Name(_))), "{shown}");
    }
    assert_eq!(note(&[&PETER_LINE.repeat(SIGNATURES_MAX)]).signatures().len(), SIGNATURES_MAX);
}

#[test]
fn the_examples_of_the_specifications_read_and_write_unchanged() {
    let poem = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n— quasimodo.example/salvatore \
                NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";
    let sofa = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— example.com/behind-the-sofa \
                Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";
    let witnessed = format!(
        "{sofa}— witness.example.com/w1 \
         jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
    );
    for text in [poem, sofa, &witnessed] {
        assert_eq!(Note::parse(text.as_bytes()).unwrap().to_string(), text);
    }
    assert_eq!(Note::parse(poem.as_bytes()).unwrap().text().lines().count(), 4);
    let checkpoint = Checkpoint::parse(Note::parse(sofa.as_bytes()).unwrap().text()).unwrap();
    assert_eq!((checkpoint.origin.as_str(), checkpoint.size), ("example.com/behind-the-sofa", 20_852_163));
    assert_eq!(format!("{}\n", checkpoint.text()), sofa[..=sofa.find('—').unwrap() - 1]);
    assert_eq!(Note::parse(witnessed.as_bytes()).unwrap().signatures()[1].signature.len(), 72);
}

#[test]
fn every_part_and_every_mangling_of_a_verifier_is_refused() {
    for begin in 0..=PETER.len() {
        for end in begin..=PETER.len() {
            assert_eq!(PETER[begin..end].parse::<Verifier>().is_ok(), (begin, end) == (0, PETER.len()));
        }
    }
    for at in 0..PETER.len() {
        let mut mangled = PETER.as_bytes().to_vec();
        mangled[at] += 1;
        let mangled = String::from_utf8(mangled).unwrap();
        assert!(mangled.parse::<Verifier>().is_err(), "{mangled}");
    }
    for bad in [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ] {
        assert_eq!(bad.parse::<Verifier>(), Err(NoteProblem::Verifier(bad.into())));
    }
}

/// Points of small order verify signatures that nobody made; other spellings of a point would make one key look like two.
#[test]
fn unsound_public_keys_are_refused() {
    let mut one = [0; 32];
    one[0] = 1;
    let mut one_spelled_otherwise = [0xff; 32];
    (one_spelled_otherwise[0], one_spelled_otherwise[31]) = (0xee, 0x7f);
    for public in [[0; 32], one, one_spelled_otherwise, [0x02; 32]] {
        assert_eq!(Verifier::new("bali", &public), Err(NoteProblem::WeakKey("bali".into())));
    }
}

#[test]
fn names_of_keys_have_no_spaces_and_no_plus() {
    for name in ["", "a b", "a+b", "a\u{a0}b", "a\u{2003}b", "a\nb", "a\u{1}"] {
        assert_eq!(Verifier::new(name, peter().public()), Err(NoteProblem::Name(name.into())));
    }
    assert_eq!(Verifier::new("paritrana.example/bali/é", peter().public()).unwrap().name(), "paritrana.example/bali/é");
}

#[test]
fn only_texts_that_can_be_read_again_are_signed() {
    for text in ["", "no end", "a\rb\n", "tab\t\n"] {
        assert!(matches!(Note::signed(text, &[&key("bali", 7)]), Err(NoteProblem::Malformed(_))), "{text:?}");
    }
    assert_eq!(Note::signed("text\n", &[]), Err(NoteProblem::Unsigned));
    let signed = Note::signed("with\n\nblank lines\n", &[&key("bali", 7), &key("nusa", 8)]).unwrap();
    assert_eq!(Note::parse(signed.to_string().as_bytes()), Ok(signed));
}

#[test]
fn checkpoints_are_read_strictly() {
    let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    let good = format!("bali\n18446744073709551615\n{root}\nextension\n");
    let read = Checkpoint::parse(&good).unwrap();
    assert_eq!((read.size, read.extensions.as_slice()), (u64::MAX, ["extension".to_owned()].as_slice()));
    assert_eq!(read.text(), good);
    let size = |text: &str| CheckpointProblem::Size(text.into());
    let bad_root = |text: &str| CheckpointProblem::Root(text.into());
    let cases = [
        (String::new(), CheckpointProblem::Lines),
        ("bali\n7\n".into(), CheckpointProblem::Lines),
        (format!("bali\n7\n{root}"), CheckpointProblem::Lines),
        (format!("\n7\n{root}\n"), CheckpointProblem::Line(1)),
        (format!("ba\rli\n7\n{root}\n"), CheckpointProblem::Line(1)),
        (format!("bali\n07\n{root}\n"), size("07")),
        (format!("bali\n+7\n{root}\n"), size("+7")),
        (format!("bali\n-7\n{root}\n"), size("-7")),
        (format!("bali\n7 \n{root}\n"), size("7 ")),
        (format!("bali\n\n{root}\n"), size("")),
        (format!("bali\n18446744073709551616\n{root}\n"), size("18446744073709551616")),
        (format!("bali\n7\n{}\n", &root[..40]), bad_root(&root[..40])),
        (format!("bali\n7\n{}\n", root.replace("q2I=", "q2J=")), bad_root(&root.replace("q2I=", "q2J="))),
        (format!("bali\n7\n{}\n", root.replace("q2I=", "q2I")), bad_root(&root.replace("q2I=", "q2I"))),
        (format!("bali\n7\n{root}\na\n\nb\n"), CheckpointProblem::Line(5)),
        (format!("bali\n7\n{root}\n\n"), CheckpointProblem::Line(4)),
    ];
    for (text, problem) in cases {
        assert_eq!(Checkpoint::parse(&text), Err(problem), "{text:?}");
    }
    assert_eq!(Checkpoint::new("", 0, Hash([0; 32])), Err(CheckpointProblem::Line(1)));
}

fn day(day: i8) -> Timestamp {
    format!("2026-11-{day:02}T00:00:00Z").parse().unwrap()
}

fn made(key: &Key, at: i8) -> KeyEvent {
    KeyEvent::Made { key: key.verifier(), at: day(at) }
}

fn rotated(key: &Key, to: &Key, at: i8) -> KeyEvent {
    KeyEvent::Rotated { key: key.verifier(), to: to.verifier(), at: day(at) }
}

fn revoked(key: &Key, at: i8, from: Option<i8>) -> KeyEvent {
    KeyEvent::Revoked { key: key.verifier(), at: day(at), from: from.map(day), reason: "laptop stolen".into() }
}

/// The days from 1 to 30 on which a checkpoint signed by the key counts.
fn good_days(ring: &KeyRing, key: &Key) -> Vec<i8> {
    let checkpoint = Checkpoint::new("bali", 7, Hash([1; 32])).unwrap();
    let note = Note::signed(&checkpoint.text(), &[key]).unwrap();
    (1..=30).filter(|number| ring.check(&note, day(*number)).is_ok()).collect()
}

#[test]
fn a_key_is_good_from_when_it_was_made_until_it_is_rotated() {
    let (old, new) = (key("bali", 7), key("bali", 8));
    let ring = KeyRing::of(&[made(&old, 5), rotated(&old, &new, 10)]).unwrap();
    assert_eq!(good_days(&ring, &old), (5..10).collect::<Vec<_>>());
    assert_eq!(good_days(&ring, &new), (10..=30).collect::<Vec<_>>());
    assert_eq!(good_days(&ring, &key("bali", 9)), Vec::<i8>::new());
}

#[test]
fn a_revoked_key_stays_good_for_what_it_signed_before() {
    let ours = key("bali", 7);
    let mut ring = KeyRing::of(&[made(&ours, 5), revoked(&ours, 20, None)]).unwrap();
    assert_eq!(good_days(&ring, &ours), (5..20).collect::<Vec<_>>());
    ring.apply(&revoked(&ours, 22, Some(8))).unwrap();
    assert_eq!(good_days(&ring, &ours), [5, 6, 7], "it turned out that the key was in other hands earlier");
    let refused = ring.apply(&revoked(&ours, 23, Some(9)));
    let problem = KeyProblem::Revoked { key: ours.verifier(), from: day(8), reason: "laptop stolen".into() };
    assert_eq!(refused, Err(problem), "a revocation is not taken back");
    assert_eq!(good_days(&ring, &ours), [5, 6, 7]);
}

#[test]
fn a_rotated_key_can_be_revoked_from_an_earlier_instant() {
    let (old, new) = (key("bali", 7), key("bali", 8));
    let ring = KeyRing::of(&[made(&old, 5), rotated(&old, &new, 10), revoked(&old, 20, Some(7))]).unwrap();
    assert_eq!(good_days(&ring, &old), [5, 6]);
    assert_eq!(good_days(&ring, &new), (10..=30).collect::<Vec<_>>());
}

#[test]
fn one_good_signature_is_enough_and_one_false_is_too_many() {
    let (old, new) = (key("bali", 7), key("bali", 8));
    let ring = KeyRing::of(&[made(&old, 5), rotated(&old, &new, 10)]).unwrap();
    let both = Note::signed("bali\n7\n", &[&old, &new]).unwrap();
    let signers =
        |at| ring.check(&both, day(at)).map(|records| records.iter().map(|record| record.key.clone()).collect::<Vec<_>>());
    assert_eq!(signers(10), Ok(vec![new.verifier()]));
    assert_eq!(signers(9), Ok(vec![old.verifier()]));
    assert_eq!(signers(4), Err(KeyProblem::NotYet { key: old.verifier(), since: day(5) }));
    let stranger = Note::signed("bali\n7\n", &[&key("bali", 9)]).unwrap();
    assert_eq!(ring.check(&stranger, day(10)), Err(KeyProblem::Note(NoteProblem::Unsigned)));
    let spoiled = both.to_string().replacen("bali\n7\n", "bali\n8\n", 1);
    let spoiled = Note::parse(spoiled.as_bytes()).unwrap();
    assert!(matches!(ring.check(&spoiled, day(10)), Err(KeyProblem::Note(NoteProblem::FalseSignature(_)))));
}

#[test]
fn events_that_cannot_be_are_refused_and_change_nothing() {
    let (ours, next, stranger) = (key("bali", 7), key("bali", 8), key("bali", 9));
    let start = KeyRing::of(&[made(&ours, 5), rotated(&ours, &next, 10), revoked(&next, 20, None)]).unwrap();
    let renamed = key("nusa", 7);
    let revoked_before = KeyProblem::Revoked { key: next.verifier(), from: day(20), reason: "laptop stolen".into() };
    let cases = [
        (made(&ours, 25), KeyProblem::Known(ours.verifier())),
        (made(&renamed, 25), KeyProblem::Known(renamed.verifier())),
        (rotated(&stranger, &ours, 25), KeyProblem::Unknown(stranger.verifier())),
        (rotated(&ours, &stranger, 25), KeyProblem::Rotated { key: ours.verifier(), until: day(10) }),
        (rotated(&next, &stranger, 20), revoked_before),
        (rotated(&next, &stranger, 9), KeyProblem::NotYet { key: next.verifier(), since: day(10) }),
        (rotated(&next, &ours, 15), KeyProblem::Known(ours.verifier())),
        (revoked(&stranger, 25, None), KeyProblem::Unknown(stranger.verifier())),
        (revoked(&ours, 4, None), KeyProblem::NotYet { key: ours.verifier(), since: day(5) }),
        (revoked(&ours, 25, Some(26)), KeyProblem::Later { key: ours.verifier(), at: day(25), from: day(26) }),
    ];
    for (event, problem) in cases {
        let mut ring = start.clone();
        assert_eq!(ring.apply(&event), Err(problem));
        assert_eq!(ring, start);
    }
}

#[test]
fn events_and_records_are_plain_json() {
    let (ours, next) = (key("bali", 7), key("bali", 8));
    let event = rotated(&ours, &next, 10);
    let json = serde_json::json!({
        "event": "rotated", "key": ours.verifier().to_string(), "to": next.verifier().to_string(), "at": "2026-11-10T00:00:00Z",
    });
    assert_eq!(serde_json::to_value(&event).unwrap(), json);
    assert_eq!(serde_json::from_value::<KeyEvent>(json).unwrap(), event);
    let ring = KeyRing::of(&[made(&ours, 5), revoked(&ours, 6, None)]).unwrap();
    let text = serde_json::to_string(ring.records()).unwrap();
    assert_eq!(serde_json::from_str::<Vec<journal::KeyRecord>>(&text).unwrap(), ring.records());
}

#[test]
fn a_secret_key_is_not_shown_and_is_wiped() {
    fn wiped<T: zeroize::ZeroizeOnDrop>() {}
    wiped::<ed25519_dalek::SigningKey>();
    let seed: [u8; 32] = std::array::from_fn(|index| u8::try_from(index).unwrap() + 100);
    let shown = format!("{:?}", Key::from_seed("bali", &seed).unwrap());
    assert_eq!(shown, format!("Key({})", Key::from_seed("bali", &seed).unwrap().verifier()));
    assert!(!shown.contains("100") && !shown.contains("6465666768") && !shown.contains(&STANDARD.encode(&seed[..12])));
}
