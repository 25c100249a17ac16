//! The edition, its organisers and the sources of its clauses.

use std::collections::BTreeMap;

use crate::reader::Table;
use crate::rulebook::{Edition, Organiser, Source, SourceKind};

pub(super) fn edition(root: &Table<'_>) -> Edition {
    let table = root.table("edition").unwrap_or_else(|| root.empty());
    let period = table.table("assessment").unwrap_or_else(|| root.empty());
    let assessment_to = period.date("to");
    Edition {
        id: table.text("id"),
        version: table.text("version"),
        name: table.name("name"),
        labels: table.texts("labels"),
        ordinal: table.count_opt("ordinal"),
        assessment_from: period.date("from"),
        assessment_to,
        regions_as_of: table.date_opt("regions_as_of").unwrap_or(assessment_to),
        country_levels: table.flag_opt("country_levels").unwrap_or(true),
        purposes: table.names("purposes"),
        reported_by: table.text_opt("reported_by"),
        default_locale: table.text_opt("default_locale").unwrap_or_else(|| "id".to_owned()),
        clause: table.clause(),
    }
}

pub(super) fn organiser(table: &Table<'_>) -> Organiser {
    Organiser { name: table.name("name"), role: table.name_opt("role"), aliases: table.texts("aliases"), clause: table.clause() }
}

pub(super) fn sources(root: &Table<'_>) -> BTreeMap<String, Source> {
    root.table_map("source").into_iter().map(|(id, table)| (id, source(&table))).collect()
}

fn source(table: &Table<'_>) -> Source {
    Source {
        title: table.text("title"),
        kind: table.word_or("kind", SourceKind::Statement),
        publisher: table.text_opt("publisher"),
        date: table.date_opt("date"),
        note: table.text_opt("note"),
    }
}
