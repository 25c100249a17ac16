//! An empty cycle whose headers explain themselves, for one rulebook: every file with its columns, what each means in both languages, and
//! the ids that this rulebook knows.

mod texts;

use std::collections::{BTreeMap, BTreeSet};

use rules::Rulebook;
use rules::rulebook::{ClaimShape, Indicator, IndicatorKind};

use crate::cycle::folder::Folder;
use crate::cycle::header::{CYCLE_FORMAT, HEADER_FILE};
use crate::cycle::schema::{SCHEMAS, Schema};
use crate::rule;

/// What stands between the cells of the files of a new cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// `,`: decimals have a point.
    Comma,
    /// `;`: decimals have a comma and days may be written day first. With a byte-order mark and the line ends of Windows, so that Excel
    /// in Indonesia opens the files as tables.
    Semicolon,
}

impl Separator {
    fn sign(self) -> &'static str {
        match self {
            Separator::Comma => ",",
            Separator::Semicolon => ";",
        }
    }

    /// A line that is passed over. A comma in it does no harm, but a semicolon would break it into several cells of a spreadsheet.
    fn comment(self, text: &str) -> String {
        match self {
            Separator::Semicolon if text.contains(';') => format!("\"# {}\"\n", text.replace('"', "\"\"")),
            _ => format!("# {text}\n"),
        }
    }

    /// A table's text as it stands in a file.
    fn file(self, text: String) -> String {
        match self {
            Separator::Comma => text,
            Separator::Semicolon => format!("\u{feff}{}", text.replace('\n', "\r\n")),
        }
    }
}

/// The files of a new cycle. `rulebook_path` is the rulebook's path relative to the folder.
///
/// ```
/// let files = award::template(&rules::example(), "clean-2026", "../../rulebooks/example.toml", award::Separator::Comma);
/// let marks = std::str::from_utf8(files.get("marks.csv").unwrap()).unwrap();
/// assert!(marks.contains("impression") && marks.ends_with("juror,candidate,indicator,mark,comment,level,at\n"));
/// ```
pub fn template(rules: &Rulebook, id: &str, rulebook_path: &str, separator: Separator) -> Folder {
    let mut folder = Folder::new();
    folder.insert(HEADER_FILE, header(rules, id, rulebook_path));
    for schema in SCHEMAS {
        folder.insert(schema.file, separator.file(table(rules, *schema, separator)));
    }
    folder
}

fn header(rules: &Rulebook, id: &str, rulebook_path: &str) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let levels: Vec<&str> = rules.levels.iter().map(|level| level.id.as_str()).collect();
    format!(
        "# Satu tahun penghargaan sebagai berkas. Penjelasan: docs/cycle.md.\n\
         # One award year as files. Explained in docs/cycle.md.\n\
         format = \"{CYCLE_FORMAT}\"\n\
         id = {id}\n\
         name = {{ id = {name_id}, en = {name_en} }}\n\
         rulebook = {path}\n\
         # published: semua angka dari sumber / all figures from sources; mixed; invented: data contoh / example data\n\
         data = \"invented\"\n\
         \n\
         # Undian yang dikunci sebelum penilaian / a lot committed to before judging. level: {levels}\n\
         # [[lot]]\n\
         # level = \"{level}\"\n\
         # commitment = \"…\"      # sha-256 dari secret, 64 angka heksadesimal / of the secret, 64 hex digits\n\
         # secret = \"…\"          # saat dibuka di pleno / when revealed in the plenary\n\
         # words = \"…\"           # kata-kata yang diucapkan di pleno / words spoken in the plenary\n",
        id = quoted(id),
        name_id = quoted(&rules.edition.name.id),
        name_en = quoted(&rules.edition.name.en),
        path = quoted(rulebook_path),
        levels = levels.join(", "),
        level = levels.first().copied().unwrap_or_default(),
    )
}

fn table(rules: &Rulebook, schema: Schema, separator: Separator) -> String {
    let mut told: Vec<String> = texts::about(schema.file).iter().map(|line| (*line).to_owned()).collect();
    told.push("Kolom bertanda * wajib diisi. / Columns marked * must be filled.".to_owned());
    if separator == Separator::Semicolon {
        told.extend(texts::SEMICOLON.map(str::to_owned));
    }
    for column in schema.columns() {
        let mark = if schema.required.contains(&column) { "*" } else { "" };
        told.push(format!("  {column}{mark}: {}", column_text(rules, schema.file, column)));
    }
    let known = known(rules, schema.file).into_iter().filter(|(_, ids)| !ids.is_empty());
    told.extend(known.map(|(what, ids)| format!("{what}: {}", ids.join(", "))));
    let comments: String = told.iter().map(|text| separator.comment(text)).collect();
    format!("{comments}{}\n", schema.columns().collect::<Vec<_>>().join(separator.sign()))
}

fn column_text(rules: &Rulebook, file: &str, column: &str) -> &'static str {
    let is_free = file == "candidates.csv" && column == "region" && !rules.edition.country_levels;
    if is_free { texts::FREE_REGION } else { texts::column(file, column) }
}

/// The ids of the rulebook that a file uses.
fn known(rules: &Rulebook, file: &str) -> Vec<(String, Vec<String>)> {
    let levels = || ("level".to_owned(), rules.levels.iter().map(|level| level.id.clone()).collect());
    match file {
        "candidates.csv" => vec![levels(), ("category (kind)".to_owned(), categories(rules))],
        "claims.csv" => vec![("claim".to_owned(), claims(rules, false))],
        "items.csv" => {
            let lists = vec![("list".to_owned(), claims(rules, true))];
            lists.into_iter().chain(checklists(rules)).collect()
        }
        "stated.csv" => vec![("indicator".to_owned(), indicators(rules, |kind| matches!(kind, IndicatorKind::Stated)))],
        "not_applicable.csv" => vec![("indicator".to_owned(), indicators(rules, |_| true))],
        "marks.csv" => by_contest(rules),
        "panel.csv" => vec![levels(), ("seat".to_owned(), seats(rules))],
        "attendance.csv" => vec![("rank".to_owned(), ranks(rules))],
        "decisions.csv" => vec![
            ("decision".to_owned(), crate::cycle::parse::decisions::DECISIONS.map(str::to_owned).to_vec()),
            ("value (give_award)".to_owned(), named_awards(rules)),
        ],
        "history.csv" => vec![("standing".to_owned(), crate::cycle::parse::people::STANDINGS.map(str::to_owned).to_vec())],
        "expected.csv" => vec![("status".to_owned(), crate::cycle::parse::decisions::STATUSES.map(str::to_owned).to_vec())],
        _ => vec![levels()],
    }
}

fn categories(rules: &Rulebook) -> Vec<String> {
    let contested = rules.categories.iter().filter(|category| rule::lowest_level(rules, &category.id).is_some());
    contested.map(|category| format!("{} ({})", category.id, category.kinds.join(" "))).collect()
}

fn claims(rules: &Rulebook, lists: bool) -> Vec<String> {
    let wanted = rules.claims.iter().filter(|claim| (claim.shape == ClaimShape::List) == lists);
    wanted.map(|claim| claim.id.clone()).collect()
}

fn all_indicators(rules: &Rulebook) -> impl Iterator<Item = &rules::rulebook::Indicator> {
    rules.schemes.iter().flat_map(|scheme| scheme.indicators()).map(|(_, indicator)| indicator)
}

fn indicators(rules: &Rulebook, wanted: impl Fn(&IndicatorKind) -> bool) -> Vec<String> {
    let mut ids: Vec<String> =
        all_indicators(rules).filter(|indicator| wanted(&indicator.kind)).map(|indicator| indicator.id.clone()).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// The words of each checklist: `legal_products, kind: perda, perkada`.
fn checklists(rules: &Rulebook) -> Vec<(String, Vec<String>)> {
    let mut found: BTreeMap<(&str, usize), (String, BTreeSet<String>)> = BTreeMap::new();
    for indicator in all_indicators(rules) {
        let IndicatorKind::Checklist { list, kinds, stages, attributes, .. } = &indicator.kind else { continue };
        for (at, (column, words)) in [("kind", kinds), ("stage", stages), ("attributes", attributes)].into_iter().enumerate() {
            let line = found.entry((list, at)).or_insert_with(|| (format!("{list}, {column}"), BTreeSet::new()));
            line.1.extend(words.keys().cloned());
        }
    }
    found.into_values().map(|(what, words)| (what, words.into_iter().collect())).collect()
}

/// The rubrics of each category at each level, with the range of their marks.
fn by_contest(rules: &Rulebook) -> Vec<(String, Vec<String>)> {
    let ranged = |indicator: &Indicator| match &indicator.kind {
        IndicatorKind::Rubric { min, max, step, .. } if *step == tally::Exact::one() => {
            format!("{} ({min} … {max})", indicator.id)
        }
        IndicatorKind::Rubric { min, max, step, .. } => format!("{} ({min} … {max}, ± {step})", indicator.id),
        _ => indicator.id.clone(),
    };
    let rubrics = |rule| rule::rubrics(rules, rule).into_iter().map(|(_, indicator)| ranged(indicator)).collect::<Vec<_>>();
    let contests =
        rules.contests.iter().map(|rule| (format!("indicator ({}: {})", rule.level, rule.categories.join(" ")), rubrics(rule)));
    contests.filter(|(_, rubrics)| !rubrics.is_empty()).collect()
}

fn seats(rules: &Rulebook) -> Vec<String> {
    let seats = rules.panels.iter().flat_map(|panel| panel.seats.iter().map(move |seat| (panel, seat)));
    seats.map(|(panel, seat)| format!("{}: {} ({})", panel.level, seat.id, seat.count)).collect()
}

fn ranks(rules: &Rulebook) -> Vec<String> {
    let mut ranks: Vec<String> = rules.attendance.iter().flat_map(|table| &table.ranks).map(|rank| rank.id.clone()).collect();
    ranks.sort();
    ranks.dedup();
    ranks
}

fn named_awards(rules: &Rulebook) -> Vec<String> {
    rules.awards.iter().filter(|award| matches!(award.by, tally::By::Named(_))).map(|award| award.id.clone()).collect()
}
