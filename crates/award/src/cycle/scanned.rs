//! The tables of a folder cut into lines and cells: all of the reading that needs no rulebook, so that both can be read side by side.

use std::collections::BTreeMap;

use words::Problem;

use super::check;
use super::folder::Folder;
use super::reading::{Line, Sheet};
use super::schema::{SCHEMAS, Schema};

/// The tables of a folder before any cell means something, with what is already wrong with them.
pub struct Scanned {
    by_file: BTreeMap<&'static str, ScannedTable>,
    /// Files that should not be there, or should.
    pub(super) problems: Vec<Problem>,
}

/// The lines of one table, or none if nothing can be made of the file.
#[derive(Default)]
pub(crate) struct ScannedTable {
    pub lines: Option<Vec<Line>>,
    pub problems: Vec<Problem>,
}

impl Scanned {
    /// Cuts every table of a folder into cells.
    ///
    /// ```
    /// let folder = award::example();
    /// let scanned = award::Scanned::of(&folder);
    /// let header = award::Header::read(&folder).unwrap();
    /// let rules = rules::read(&header.rulebook, rules::EXAMPLE).unwrap();
    /// assert!(award::Cycle::of(scanned, header, rules).is_ok());
    /// ```
    pub fn of(folder: &Folder) -> Scanned {
        let table = |schema: &Schema| Some((schema.file, scan(*schema, folder.get(schema.file)?)));
        Scanned { by_file: SCHEMAS.iter().filter_map(table).collect(), problems: check::files(folder) }
    }

    /// Takes a table out; one without lines if there is no such file.
    pub(super) fn take(&mut self, schema: Schema) -> ScannedTable {
        self.by_file.remove(schema.file).unwrap_or_default()
    }
}

fn scan(schema: Schema, bytes: &[u8]) -> ScannedTable {
    let mut problems = Vec::new();
    let (lines, more) = Sheet::open(schema, bytes, &mut problems).map(Sheet::into_lines).unzip();
    problems.extend(more.into_iter().flatten());
    ScannedTable { lines, problems }
}
