//! The small, complete rulebook of `docs/rulebook.md`, for examples and tests.

use crate::Rulebook;

/// The example's text.
pub const EXAMPLE: &str = include_str!("example.toml");

/// The example, read.
///
/// ```
/// assert_eq!(rules::example().edition.id, "kampung-bersih-2026");
/// ```
pub fn example() -> Rulebook {
    crate::read("example.toml", EXAMPLE).expect("a test of this crate reads the example")
}
