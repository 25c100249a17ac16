//! The two region files: one line a row, eight columns, and every problem told with its line.
//!
//! The files are written by `data/regions/rebuild.py`, so this reader is strict and needs no quotation marks.

use std::fmt;

use jiff::civil::Date;

use super::{Region, RegionKind, Zone};

/// What is wrong with a region file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionProblem {
    /// `provinces` or `regencies`.
    pub file: &'static str,
    /// The line in that file, from 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: RegionFault,
}

/// The ways a line of a region file can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegionFault {
    /// The first line does not name the eight columns in their order.
    Heading,
    /// The line has another number of fields, or a quotation mark.
    Fields(usize),
    /// A field has a word or date that is not understood: column and content.
    Unknown(&'static str, String),
    /// The last day comes before the first.
    Backwards,
    /// The id has another row on the same day.
    IdTwice(String),
    /// The code belongs to another region on the same day.
    CodeTwice(String),
    /// The province does not exist on the day named.
    NoParent(String, Date),
}

impl fmt::Display for RegionProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} line {}: ", self.file, self.line)?;
        match &self.fault {
            RegionFault::Heading => write!(f, "the columns must be {COLUMNS}"),
            RegionFault::Fields(found) => write!(f, "expected 8 fields without quotation marks, found {found}"),
            RegionFault::Unknown(column, text) => write!(f, "{column} cannot be {text:?}"),
            RegionFault::Backwards => write!(f, "valid_to comes before valid_from"),
            RegionFault::IdTwice(id) => write!(f, "{id} has another row on the same day"),
            RegionFault::CodeTwice(code) => write!(f, "code {code} belongs to another region on the same day"),
            RegionFault::NoParent(parent, day) => write!(f, "there is no province {parent:?} on {day}"),
        }
    }
}

impl std::error::Error for RegionProblem {}

const COLUMNS: &str = "id,code,name,kind,parent,time_zone,valid_from,valid_to";
pub(super) const PROVINCES: &str = "provinces";
pub(super) const REGENCIES: &str = "regencies";

/// Where a row stands.
pub(super) struct Place {
    file: &'static str,
    line: usize,
}

impl Place {
    pub(super) fn problem(&self, fault: RegionFault) -> RegionProblem {
        RegionProblem { file: self.file, line: self.line, fault }
    }
}

pub(super) fn read_file(file: &'static str, text: &str, problems: &mut Vec<RegionProblem>) -> Vec<(Place, Region)> {
    let mut rows = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let place = Place { file, line: index + 1 };
        if index == 0 {
            if line != COLUMNS {
                problems.push(place.problem(RegionFault::Heading));
            }
            continue;
        }
        match read_row(file, line) {
            Ok(region) => rows.push((place, region)),
            Err(fault) => problems.push(place.problem(fault)),
        }
    }
    if text.is_empty() {
        problems.push(RegionProblem { file, line: 1, fault: RegionFault::Heading });
    }
    rows
}

fn read_row(file: &'static str, line: &str) -> Result<Region, RegionFault> {
    let fields: Vec<&str> = line.split(',').collect();
    let &[id, code, name, kind, parent, time_zone, valid_from, valid_to] = fields.as_slice() else {
        return Err(RegionFault::Fields(fields.len()));
    };
    if line.contains('"') {
        return Err(RegionFault::Fields(fields.len()));
    }
    let unknown = |column, text: &str| RegionFault::Unknown(column, text.to_owned());
    for (column, text) in [("id", id), ("code", code), ("name", name)] {
        if text.trim() != text || text.is_empty() {
            return Err(unknown(column, text));
        }
    }
    let kind = RegionKind::read(kind)
        .filter(|&read| (read == RegionKind::Province) == (file == PROVINCES))
        .ok_or_else(|| unknown("kind", kind))?;
    if parent.is_empty() != (kind == RegionKind::Province) {
        return Err(unknown("parent", parent));
    }
    let day = |column, text: &str| text.parse::<Date>().map_err(|_| unknown(column, text));
    let region = Region {
        id: id.to_owned(),
        code: code.to_owned(),
        name: name.to_owned(),
        kind,
        parent: Some(parent).filter(|parent| !parent.is_empty()).map(str::to_owned),
        time_zone: Zone::read(time_zone).ok_or_else(|| unknown("time_zone", time_zone))?,
        valid_from: day("valid_from", valid_from)?,
        valid_to: if valid_to.is_empty() { None } else { Some(day("valid_to", valid_to)?) },
    };
    if region.valid_to.is_some_and(|last| last < region.valid_from) {
        return Err(RegionFault::Backwards);
    }
    Ok(region)
}
