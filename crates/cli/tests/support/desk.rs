//! An administrator's desk.

use std::path::Path;

use tempfile::TempDir;

use crate::support::{Did, done, program};

/// A folder with a database in which a small year was played.
pub struct Desk {
    pub folder: TempDir,
}

impl Desk {
    // Not every test begins with a year.
    #[allow(dead_code)]
    pub fn new() -> Desk {
        let desk = Desk { folder: TempDir::new().expect("there is room for a folder") };
        let year = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cycles/trap-14-reopening-loses-the-record");
        assert_eq!(desk.does(&["cycle", "record", &year.to_string_lossy()]).status, 0);
        desk
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }

    pub fn does(&self, args: &[&str]) -> Did {
        done(program().env("DATABASE_URL", self.path("award.db")).args(args))
    }
}
