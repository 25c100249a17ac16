//! Any text as a count document: an outcome, a refusal, or not a document; never a crash, and the same answer twice.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(count) = serde_json::from_slice::<tally::Count>(bytes) {
        assert_eq!(tally::count(&count), tally::count(&count));
    }
});
