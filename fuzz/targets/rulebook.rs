//! Any bytes as a rulebook: either a rulebook that compiles, shows itself and does not differ from itself, or problems inside the text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| match rules::read_bytes("fuzz.toml", bytes) {
    Ok(rulebook) => {
        assert!(rules::diff(&rulebook, &rulebook).is_empty());
        assert!(!rules::show(&rulebook).is_empty());
        for contest in &rulebook.contests {
            for category in &contest.categories {
                rules::compile(&rulebook, contest, category);
            }
        }
    }
    Err(problems) => {
        assert!(!problems.is_empty());
        for problem in problems {
            assert!(problem.span.start <= problem.span.end && problem.span.end <= bytes.len());
            problem.message.render(words::Lang::Id);
        }
    }
});
