//! What can be read: the example of the format page, every rulebook that is shipped, and anything at all without a panic.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use words::Lang;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The shipped rulebooks.
fn shipped() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(Path::new(ROOT).join("rulebooks")).expect("the folder of rulebooks is there");
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.expect("the folder can be listed").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}

#[test]
fn the_example_is_the_one_of_the_format_page() {
    let page = text(&Path::new(ROOT).join("docs/rulebook.md"));
    let example = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
    assert_eq!(example, Some(rules::EXAMPLE));
}

#[test]
fn every_shipped_rulebook_reads_compiles_and_is_told_in_both_languages() {
    let files = shipped();
    assert!(!files.is_empty(), "there is no rulebook in rulebooks/");
    for path in files {
        let text = text(&path);
        let name = path.display().to_string();
        let book = rules::read(&name, &text).unwrap_or_else(|problems| {
            let lines = problems.iter().map(|one| format!("{}: {}", one.position(&text).0, one.message.render(Lang::En)));
            panic!("{name}:\n{}", lines.collect::<Vec<_>>().join("\n"))
        });
        for contest in &book.contests {
            for category in &contest.categories {
                let count = rules::compile(&book, contest, category);
                assert_eq!(
                    tally::count(&count).map(|outcome| outcome.standing.len()),
                    Ok(0),
                    "{name} {category} {}",
                    contest.level
                );
            }
        }
        for lang in Lang::ALL {
            let shown = rules::show_text(&book, lang);
            assert!(!shown.contains("{rules-") && !shown.contains("{$"), "{name}");
        }
        assert_eq!(rules::diff(&book, &book), []);
    }
}

#[test]
fn the_rulebooks_of_the_shipped_cycles_have_no_problem() {
    let folder = std::fs::read_dir(Path::new(ROOT).join("cycles")).expect("the folder of cycles is there");
    let files = folder.map(|entry| entry.expect("the folder can be listed").path().join("rulebook.toml"));
    let mut seen = 0;
    for path in files.filter(|path| path.is_file()) {
        let read = rules::read("rulebook.toml", &text(&path));
        let said = read.err().into_iter().flatten().map(|problem| problem.message.render(Lang::En));
        assert_eq!(said.collect::<Vec<_>>(), Vec::<String>::new(), "{}", path.display());
        seen += 1;
    }
    assert!(seen > 0, "no cycle has a rulebook of its own");
}

#[test]
fn two_shipped_rulebooks_differ_in_words_that_exist() {
    let books: Vec<rules::Rulebook> = shipped().iter().filter_map(|path| rules::read("book.toml", &text(path)).ok()).collect();
    for pair in books.windows(2) {
        for change in rules::diff(&pair[0], &pair[1]) {
            for lang in Lang::ALL {
                let said = change.render(lang);
                assert!(!said.contains("{rules-") && !said.contains("{$"), "{said}");
            }
        }
    }
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let windows = rules::EXAMPLE.replace('\n', "\r\n");
    assert_eq!(rules::read("a.toml", &windows), Ok(rules::example()));
    let marked = format!("\u{feff}{}", rules::EXAMPLE);
    assert_eq!(rules::read_bytes("a.toml", marked.as_bytes()), Ok(rules::example()));
    let wrong = marked.replace("quota = 1", "quota = 0");
    let problems = rules::read("a.toml", &wrong).expect_err("nobody can win");
    assert_eq!(&wrong[problems[0].span.clone()], "0");
}

#[test]
fn a_file_that_is_no_rulebook_is_refused() {
    let large = vec![b'#'; 4 * 1024 * 1024 + 1];
    let key = |bytes: &[u8]| rules::read_bytes("a.toml", bytes).expect_err("it is refused")[0].message.key().to_owned();
    assert_eq!(key(&large), "problem-rulebook-too-large");
    assert_eq!(key(b"id = \"\xff\""), "problem-rulebook-not-utf8");
    assert_eq!(key(b""), "problem-rulebook-empty");
    assert_eq!(key(b"\0\0\0"), "problem-rulebook-syntax");
}

#[test]
fn a_rulebook_of_absurd_size_is_refused_quickly() {
    let claims = "[[claim]]\nid = \"x\"\n".repeat(1_001);
    let problems =
        rules::read("a.toml", &format!("{claims}{}", rules::EXAMPLE.replace("[[claim]]", "[[claims]]"))).expect_err("too long");
    assert!(problems.iter().any(|problem| problem.message.key() == "problem-rulebook-list-long"));
    let wrong = "[[contest]]\nx = 1\n".repeat(1_000);
    let problems = rules::read("a.toml", &wrong).expect_err("nothing is right");
    assert_eq!(problems.len(), 501);
    assert_eq!(problems[500].message.key(), "problem-rulebook-too-many");
}

#[test]
fn deep_nesting_is_refused() {
    let deep = format!("a = {}", "[".repeat(100_000));
    assert!(rules::read("a.toml", &deep).is_err());
}

/// The example with pieces cut out, doubled or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let piece =
        prop_oneof![Just(String::new()), "[\\PC]{0,8}", Just("\"".to_owned()), Just("]".to_owned()), Just("= 0".to_owned())];
    let cut = (0..rules::EXAMPLE.len(), 0..40_usize, piece);
    proptest::collection::vec(cut, 1..6).prop_map(|cuts| {
        let mut text = rules::EXAMPLE.to_owned();
        for (at, length, piece) in cuts {
            let start = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let end = (start + length).min(text.len());
            let end = (end..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
            text.replace_range(start..end, &piece);
        }
        text
    })
}

proptest! {
    #[test]
    fn reading_never_panics_on_a_damaged_rulebook(text in mutated()) {
        if let Err(problems) = rules::read("a.toml", &text) {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(problem.span.end <= text.len().max(1));
                prop_assert!(text.get(problem.span.clone()).is_some());
            }
        }
    }

    #[test]
    fn reading_never_panics_on_anything(text in "\\PC{0,200}") {
        let _ = rules::read("a.toml", &text);
    }

    #[test]
    fn reading_never_panics_on_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = rules::read_bytes("a.toml", &bytes);
    }
}
