//! The file of a database that is filled at once: where that fails, what was begun is gone, so that nobody takes it for a database.

use std::path::PathBuf;

use crate::error::{Error, Result};
use crate::open::{Place, make_private};

/// What SQLite calls the files beside a database.
const BESIDE: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// A file that was made here; none where there was one before, or where the database is on a server.
pub(super) struct Made(Option<PathBuf>);

impl Made {
    /// Makes the empty file, if there is none. What stands in the way is told by whoever opens it.
    pub(super) fn at(place: &Place) -> Made {
        let Place::File(path) = place else { return Made(None) };
        Made(make_private(path).is_ok_and(|made| made).then(|| path.clone()))
    }

    /// What came of filling it. Where it failed the file goes, but for one that somebody else has filled meanwhile.
    pub(super) fn unless<T>(self, done: Result<T>) -> Result<T> {
        if let (Some(path), Err(error)) = (self.0, &done)
            && !matches!(error, Error::NotEmpty { .. })
        {
            for end in BESIDE {
                let mut name = path.clone().into_os_string();
                name.push(end);
                // What cannot be taken away stays; why nothing was filled matters more.
                std::fs::remove_file(name).ok();
            }
        }
        done
    }
}
