//! The worked example of `docs/journal.md`: every value on the page is computed here, in the order of the page.
#![allow(clippy::unwrap_used)]

use journal::proof::{consistency, inclusion};
use journal::{
    Checkpoint, Frontier, Hash, Key, Leaf, Note, Personal, Verifier, check, open, seal, verify_consistency, verify_inclusion,
};
use serde_json::{Value, json};

const PAGE: &str = include_str!("../../../docs/journal.md");
const CHAIN: &str = "round/bali-2026";
const ORIGIN: &str = "paritrana.example/round/bali-2026";

fn counting_from(first: u8) -> [u8; 32] {
    std::array::from_fn(|index| first + u8::try_from(index).unwrap())
}

fn leaf(position: u64, at: Option<&str>, body: Value) -> Leaf {
    Leaf {
        chain: CHAIN.into(),
        position,
        act: format!("0192f3a0-0000-7000-8000-00000000000{position}"),
        at: at.map(str::to_owned),
        actor: "person:9".into(),
        chains: if position == 0 { vec!["people".into(), CHAIN.into()] } else { vec![CHAIN.into()] },
        body,
    }
}

fn lines(name: &str, hashes: &[Hash]) -> String {
    let texts: Vec<String> = hashes.iter().map(ToString::to_string).collect();
    format!("{name} = {}\n", texts.join(" "))
}

#[test]
fn the_page_shows_what_the_program_computes() {
    let mut body = json!({"seat": 3, "juror": {"id": "person:1", "name": "Ni Made Ani"}});
    let name = Personal { pointer: "/juror/name".into(), subject: "person:1".into(), field: "name".into() };
    let secrets = seal(&mut body, &[name], &mut |_: &str, _: &str, _: &str| counting_from(0)).unwrap();
    assert!(check(&secrets[0]));
    let leaves = [
        leaf(0, Some("2026-11-20T08:00:00.000000Z"), body),
        leaf(1, Some("2026-11-20T08:00:01.500000Z"), json!({"marks": [["rubric", "8.5"]], "remark": "baik\n\"sekali\""})),
        leaf(2, None, json!({"closed": true})),
    ];

    let mut page = lines("commitment", &[secrets[0].commitment]);
    let (mut tree, mut nodes, mut roots) = (Frontier::default(), Vec::new(), vec![Frontier::default().root()]);
    for leaf in &leaves {
        let bytes = String::from_utf8(leaf.bytes().unwrap()).unwrap();
        page += &format!("leaf {} = {bytes}\n", leaf.position);
        page += &lines(&format!("hash {}", leaf.position), &[leaf.hash().unwrap()]);
        nodes.extend(tree.append(leaf.hash().unwrap()).unwrap());
        roots.push(tree.root());
    }
    for (size, root) in roots.iter().enumerate() {
        page += &lines(&format!("root {size}"), &[*root]);
    }
    let lookup = |level, index| nodes.iter().find(|node| (node.level, node.index) == (level, index)).map(|node| node.hash);
    let (included, consistent) = (inclusion(1, 3, lookup).unwrap(), consistency(2, 3, lookup).unwrap());
    page += &lines("inclusion 1 in 3", &included);
    page += &lines("consistency 2 to 3", &consistent);
    let key = Key::from_seed(ORIGIN, &counting_from(32)).unwrap();
    page += &format!("verifier = {}\n", key.verifier());
    let checkpoint = Checkpoint::new(ORIGIN, 3, roots[3]).unwrap();
    let note = Note::signed(&checkpoint.text(), &[&key]).unwrap();

    assert!(PAGE.contains(&format!("```text\n{page}```\n")), "{page}");
    assert!(PAGE.contains(&format!("```text\n{note}```\n")), "{note}");
    assert_eq!(verify_inclusion(1, 3, &leaves[1].hash().unwrap(), &included, &checkpoint.root), Ok(()));
    assert_eq!(verify_consistency(2, 3, &roots[2], &checkpoint.root, &consistent), Ok(()));
}

/// What a stranger does who has the page alone.
#[test]
fn the_values_on_the_page_verify() {
    let value = |name: &str| {
        let line = PAGE.lines().find_map(|line| line.strip_prefix(&format!("{name} = ")));
        line.unwrap_or_else(|| panic!("the page has no {name}")).to_owned()
    };
    let hashes = |name: &str| value(name).split(' ').map(|text| text.parse().unwrap()).collect::<Vec<Hash>>();
    let start = PAGE.find(&format!("```text\n{ORIGIN}\n")).unwrap() + 8;
    let signed = &PAGE[start..start + PAGE[start..].find("```").unwrap()];

    let note = Note::parse(signed.as_bytes()).unwrap();
    let verifier: Verifier = value("verifier").parse().unwrap();
    note.verify(&[verifier]).unwrap();
    let checkpoint = Checkpoint::parse(note.text()).unwrap();
    let leaf = Leaf::parse(value("leaf 1").as_bytes()).unwrap();
    verify_inclusion(leaf.position, checkpoint.size, &leaf.hash().unwrap(), &hashes("inclusion 1 in 3"), &checkpoint.root)
        .unwrap();

    let mut first = Leaf::parse(value("leaf 0").as_bytes()).unwrap().body;
    let erased = format!("erased:{}", value("commitment"));
    open(&mut first, |_| None).unwrap();
    assert_eq!(first["juror"]["name"], json!(erased));
    assert!(PAGE.contains("erased:<64 digits>"));
}
