//! Where each value of a file stands, by its path such as `scheme.0.aspect.2.weight`.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// So many bytes of a rulebook bring about one value, seen on the shipped ones; more places than that only cost time.
const BYTES_PER_PLACE: usize = 16;

/// The places of one file.
#[derive(Debug, Default)]
pub(crate) struct Places {
    values: HashMap<String, Range<usize>>,
    broken: BTreeSet<String>,
}

impl Places {
    /// Room for the places of a file of so many bytes.
    pub(crate) fn for_text(bytes: usize) -> Places {
        Places { values: HashMap::with_capacity(bytes / BYTES_PER_PLACE), broken: BTreeSet::new() }
    }

    pub(super) fn remember(&mut self, path: &str, span: Range<usize>) {
        self.values.insert(path.to_owned(), span);
    }

    /// The place of a value, or of the nearest table around it that is there.
    pub(crate) fn span(&self, path: &str) -> Range<usize> {
        let mut path = path;
        loop {
            if let Some(span) = self.values.get(path) {
                return span.clone();
            }
            match path.rsplit_once('.') {
                Some((around, _)) => path = around,
                None => return 0..0,
            }
        }
    }

    /// Whether there is something at this very path.
    pub(crate) fn is_given(&self, path: &str) -> bool {
        self.values.contains_key(path)
    }

    pub(crate) fn mark_broken(&mut self, path: &str) {
        self.broken.insert(path.to_owned());
    }

    /// Whether something was wrong with this value, below it or with a table around it, so that it cannot be relied on.
    pub(crate) fn is_broken(&self, path: &str) -> bool {
        let below = format!("{path}.");
        let mut around = path.match_indices('.').map(|(end, _)| &path[..end]);
        self.broken.contains(path)
            || self.broken.range(below.clone()..).next().is_some_and(|p| p.starts_with(&below))
            || around.any(|table| self.broken.contains(table))
    }
}
