//! Reads a vintage: every problem at once, each at its line and column. What is read is sound in itself and fits the rulebook.

use std::collections::BTreeMap;
use std::ops::Range;

use rules::Rulebook;
use rules::rulebook::ClaimShape;
use sha2::{Digest, Sha256};
use tally::Exact;
use words::{Message, Problem};

use super::{About, BYTES_MAX, FIGURES_MAX, FORMAT, Figure, Vintage, Whose};
use crate::cycle::near;
use crate::cycle::table::{self, Cell, PROBLEMS_MAX, Row, Table};
use crate::cycle::{cell, day};
use crate::geography::Geography;
use crate::id::BodyId;
use crate::limit::{self, hex};
use crate::refusal::Refusal;

/// The lines before the figures, in their order.
const HEAD: [&str; 7] = ["format", "edition", "dataset", "dataset_sha256", "as_of", "program", "version"];
/// The columns of the figures.
const COLUMNS: [&str; 7] = ["question", "segment", "region", "organisation", "numerator", "denominator", "value"];
/// The name of the last line.
const SEAL: &str = "sha256";

/// Reads a vintage for a rulebook. `file` is what the problems call it.
///
/// # Errors
///
/// Every problem of the file, at most a hundred.
pub fn read(file: &str, bytes: &[u8], rules: &Rulebook, geography: &Geography) -> Result<Vintage, Vec<Problem>> {
    let mut reader = Reader { file, bytes, rules, geography, problems: Vec::new() };
    let vintage = reader.vintage();
    match vintage.filter(|_| reader.problems.is_empty()) {
        Some(vintage) => Ok(vintage),
        None => {
            reader.problems.sort_by_key(|problem| problem.span.start);
            reader.problems.truncate(PROBLEMS_MAX);
            Err(reader.problems)
        }
    }
}

struct Reader<'r> {
    file: &'r str,
    bytes: &'r [u8],
    rules: &'r Rulebook,
    geography: &'r Geography,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn vintage(&mut self) -> Option<Vintage> {
        if self.bytes.len() > BYTES_MAX {
            self.tell(0..0, Message::new("problem-vintage-too-large").number("most", BYTES_MAX / 1024 / 1024));
            return None;
        }
        let table = table::read(self.file, self.bytes, &mut self.problems)?;
        let rows: Vec<&Row> = std::iter::once(&table.header).chain(&table.rows).collect();
        let columns = rows.iter().position(|row| is_called(row, COLUMNS[0]));
        let (head, body) = rows.split_at(columns.unwrap_or(rows.len()));
        let about = self.head(head);
        let Some((columns, figures)) = body.split_first() else {
            let end = table.header.span.clone();
            self.tell(end, Message::new("problem-vintage-no-columns").text("columns", COLUMNS.join(",")));
            return None;
        };
        self.columns(columns);
        let figures = self.sealed(figures, &table);
        if figures.len() > FIGURES_MAX {
            self.tell(columns.span.clone(), Message::new("problem-vintage-too-many").number("most", FIGURES_MAX));
            return None;
        }
        let figures = self.figures(figures, &table);
        Some(Vintage { about: about?, figures })
    }

    /// The lines before the figures: each once, in their order.
    fn head(&mut self, rows: &[&Row]) -> Option<About> {
        let mut values: BTreeMap<&str, Cell> = BTreeMap::new();
        for row in rows {
            let Some(name) = HEAD.iter().find(|name| is_called(row, name)) else {
                let said = row.cells.first().map_or("", |cell| cell.text.as_str());
                self.tell(row.span.clone(), Message::new("problem-vintage-line-unknown").text("line", limit::beginning(said)));
                continue;
            };
            let value = row.cells.get(1).filter(|cell| !cell.text.is_empty() && row.cells.len() == 2);
            match value {
                None => self.tell(row.span.clone(), Message::new("problem-vintage-line-value").text("line", *name)),
                Some(_) if values.contains_key(name) => {
                    self.tell(row.span.clone(), Message::new("problem-vintage-line-twice").text("line", *name));
                }
                Some(value) => drop(values.insert(name, value.clone())),
            }
        }
        let told: Vec<&str> = rows.iter().filter_map(|row| HEAD.iter().find(|name| is_called(row, name))).copied().collect();
        for name in HEAD.iter().filter(|name| !told.contains(name)) {
            self.tell(0..0, Message::new("problem-vintage-line-missing").text("line", *name));
        }
        self.check_head(&values);
        let text = |name: &str| values.get(name).map(|cell| cell.text.clone());
        Some(About {
            edition: text("edition")?,
            dataset: text("dataset")?,
            dataset_hash: text("dataset_sha256")?,
            as_of: day::iso(&text("as_of")?)?,
            program: text("program")?,
            version: text("version")?,
            hash: hex(&Sha256::digest(self.bytes)),
        })
    }

    fn check_head(&mut self, values: &BTreeMap<&str, Cell>) {
        for (name, cell) in values {
            let fault = match *name {
                "format" if cell.text != FORMAT => Some(Message::new("problem-vintage-format").text("format", FORMAT)),
                "edition" if cell.text != self.rules.edition.id => {
                    Some(Message::new("problem-vintage-edition").text("edition", &self.rules.edition.id))
                }
                "dataset_sha256" => limit::hash(&cell.text).err().map(|refusal| refusal.rule),
                "as_of" => match day::iso(&cell.text) {
                    None => Some(Message::new("problem-cycle-not-a-date").text("text", &cell.text)),
                    Some(day) => limit::day("day", day).err().map(|refusal| refusal.rule),
                },
                "dataset" | "program" | "version" => limit::name("name", &cell.text).err().map(|refusal| refusal.rule),
                _ => None,
            };
            fault.into_iter().for_each(|message| self.tell(cell.span.clone(), message));
        }
    }

    fn columns(&mut self, row: &Row) {
        let found: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
        if found != COLUMNS {
            self.tell(row.span.clone(), Message::new("problem-vintage-columns").text("columns", COLUMNS.join(",")));
        }
    }

    /// The figures without the last line, which says that nothing before it was lost or changed.
    fn sealed<'t>(&mut self, rows: &'t [&'t Row], table: &Table) -> &'t [&'t Row] {
        let Some((last, figures)) = rows.split_last().filter(|(last, _)| is_called(last, SEAL)) else {
            let at = rows.last().map_or(table.header.span.clone(), |row| row.span.clone());
            self.tell(at, Message::new("problem-vintage-no-seal"));
            return rows;
        };
        let hash = hex(&Sha256::digest(&self.bytes[..last.span.start]));
        let after = &self.bytes[last.span.end..];
        let ends = after.is_empty() || after == b"\n" || after == b"\r\n";
        let fits = last.cells.len() == 2 && last.cells[1].text == hash;
        if !fits || !ends {
            self.tell(last.span.clone(), Message::new("problem-vintage-seal"));
        }
        figures
    }

    fn figures(&mut self, rows: &[&Row], table: &Table) -> Vec<Figure> {
        if rows.is_empty() {
            self.tell(table.header.span.clone(), Message::new("problem-vintage-empty"));
        }
        let mut seen: BTreeMap<(String, Option<String>, Whose), Range<usize>> = BTreeMap::new();
        let mut figures = Vec::new();
        for row in rows {
            if self.problems.len() >= PROBLEMS_MAX {
                break;
            }
            let Some(figure) = self.figure(row, table.separator) else { continue };
            let key = (figure.question.clone(), figure.segment.clone(), figure.whose.clone());
            match seen.insert(key, row.span.clone()) {
                None => figures.push(figure),
                Some(_) => self.tell(row.span.clone(), Message::new("problem-vintage-figure-twice")),
            }
        }
        figures
    }

    fn figure(&mut self, row: &Row, separator: u8) -> Option<Figure> {
        if row.cells.len() != COLUMNS.len() {
            let message = Message::new("problem-vintage-cells").number("found", row.cells.len()).number("asked", COLUMNS.len());
            self.tell(row.span.clone(), message);
            return None;
        }
        let before = self.problems.len();
        let cell = |name: &str| {
            let at = COLUMNS.iter().position(|column| *column == name).unwrap_or_default();
            Some(&row.cells[at]).filter(|cell| !cell.text.is_empty())
        };
        let whose = self.whose(row, cell("region"), cell("organisation"));
        let [numerator, denominator, value] =
            ["numerator", "denominator", "value"].map(|name| cell(name).and_then(|cell| self.number(cell, separator)));
        let segment = cell("segment").map(|cell| cell.text.clone());
        let Some(question) = cell("question") else {
            self.tell(row.cells[0].span.clone(), Message::new("problem-vintage-no-question"));
            return None;
        };
        let figure = Figure { question: question.text.clone(), segment, whose: whose?, numerator, denominator, value };
        if self.problems.len() == before {
            self.figure_is_sound(&figure, row);
            self.figure_is_asked(&figure, row, question);
        }
        (self.problems.len() == before).then_some(figure)
    }

    fn whose(&mut self, row: &Row, region: Option<&Cell>, organisation: Option<&Cell>) -> Option<Whose> {
        match (region, organisation) {
            (Some(region), None) if self.geography.knows(&region.text) && limit::name("region", &region.text).is_ok() => {
                Some(Whose::Region(region.text.clone()))
            }
            (Some(region), None) => {
                let message = Message::new("problem-vintage-region").text("region", limit::beginning(&region.text));
                let meant = self.geography.meant_by(&region.text);
                let hint = meant.map(|(code, _)| Message::new("problem-cycle-write").text("example", code));
                self.tell_with(region.span.clone(), message, hint);
                None
            }
            (None, Some(organisation)) => {
                if let Err(Refusal { rule, .. }) = limit::id(&organisation.text) {
                    self.tell(organisation.span.clone(), rule);
                }
                Some(Whose::Organisation(BodyId::from(organisation.text.as_str())))
            }
            _ => {
                self.tell(row.span.clone(), Message::new("problem-vintage-whose"));
                None
            }
        }
    }

    fn number(&mut self, cell: &Cell, separator: u8) -> Option<Exact> {
        match cell::number(&cell.text, separator, None) {
            Ok(number) if number.is_negative() => {
                self.tell(cell.span.clone(), Message::new("problem-vintage-negative"));
                None
            }
            Ok(number) if number > Exact::from(10_i64.pow(15)) => {
                self.tell(cell.span.clone(), Message::new("problem-vintage-absurd"));
                None
            }
            Ok(number) => Some(number),
            Err(fault) => {
                self.tell_with(cell.span.clone(), fault.message, fault.hint);
                None
            }
        }
    }

    /// Numerator and denominator come together, and the value is their quotient.
    fn figure_is_sound(&mut self, figure: &Figure, row: &Row) {
        let (numerator, denominator) = match (&figure.numerator, &figure.denominator) {
            (None, None) => return,
            (Some(numerator), Some(denominator)) => (numerator, denominator),
            _ => return self.tell(row.span.clone(), Message::new("problem-vintage-half")),
        };
        let Ok(quotient) = numerator.checked_div(denominator).ok_or(()) else {
            return self.tell(row.cells[5].span.clone(), Message::new("problem-vintage-zero"));
        };
        let Some(value) = &figure.value else { return };
        let difference = if quotient > *value { &quotient - value } else { value - &quotient };
        if difference >= last_place(&row.cells[6].text) && quotient != *value {
            let shown = quotient.round(tally::Rounding { places: 6, mode: tally::RoundMode::HalfUp });
            self.tell(row.cells[6].span.clone(), Message::new("problem-vintage-quotient").number("quotient", shown));
        }
    }

    /// The rulebook asks this, of that segment, in that shape.
    fn figure_is_asked(&mut self, figure: &Figure, row: &Row, question: &Cell) {
        let claims = self.rules.claims.iter().filter(|claim| claim.data_question.as_ref() == Some(&figure.question));
        let claims: Vec<_> = claims.collect();
        let ratio = ratios(self.rules).any(|asked| asked == figure.question);
        if claims.is_empty() && !ratio {
            let message = Message::new("problem-vintage-question").text("question", limit::beginning(&figure.question));
            let hint = near::hint(&figure.question, questions(self.rules));
            return self.tell_with(question.span.clone(), message, Some(hint));
        }
        if ratio && figure.numerator.is_none() {
            self.tell(row.span.clone(), Message::new("problem-vintage-ratio").text("question", &figure.question));
        }
        let Some(claim) = claims.iter().find(|claim| figure.segment.is_none() || claim.segment == figure.segment) else {
            if !claims.is_empty() {
                let segment = figure.segment.clone().unwrap_or_default();
                self.tell(
                    row.cells[1].span.clone(),
                    Message::new("problem-vintage-segment").text("segment", limit::beginning(&segment)),
                );
            }
            return;
        };
        let Some(value) = &figure.value else {
            return self.tell(row.span.clone(), Message::new("problem-vintage-no-value").text("question", &figure.question));
        };
        let places = if matches!(claim.shape, ClaimShape::Count | ClaimShape::YesNo) { 0 } else { claim.decimals };
        let rounded = value.round(tally::Rounding { places: places.min(9), mode: tally::RoundMode::Down });
        let yes_no = claim.shape == ClaimShape::YesNo && *value > Exact::from(1_i64);
        if rounded != *value || yes_no || claim.shape == ClaimShape::List {
            self.tell(row.cells[6].span.clone(), Message::new("problem-vintage-shape").text("claim", &claim.id));
        }
    }

    fn tell(&mut self, span: Range<usize>, message: Message) {
        self.tell_with(span, message, None);
    }

    fn tell_with(&mut self, span: Range<usize>, message: Message, hint: Option<Message>) {
        let problem = Problem::new(self.file, span, message);
        self.problems.push(match hint {
            Some(hint) => problem.hint(hint),
            None => problem.hint(Message::new("problem-vintage-hint")),
        });
    }
}

fn is_called(row: &Row, name: &str) -> bool {
    row.cells.first().is_some_and(|cell| cell.text == name)
}

/// The questions of ratios.
fn ratios(rules: &Rulebook) -> impl Iterator<Item = &str> {
    let indicators = rules.schemes.iter().flat_map(|scheme| &scheme.aspects).flat_map(|aspect| &aspect.indicators);
    indicators.filter_map(|indicator| indicator.data_question.as_deref())
}

/// Everything that a rulebook asks of the data.
fn questions(rules: &Rulebook) -> impl Iterator<Item = &str> + Clone {
    let claims = rules.claims.iter().filter_map(|claim| claim.data_question.as_deref());
    let mut all: Vec<&str> = claims.chain(ratios(rules)).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter()
}

/// One unit of the last decimal that a number is written with.
fn last_place(text: &str) -> Exact {
    let decimals = text.rsplit_once(['.', ',']).map_or(0, |(_, decimals)| decimals.len());
    let scale = (0..decimals.min(18)).fold(Exact::from(1_i64), |scale, _| &scale * &Exact::from(10_i64));
    Exact::from(1_i64).checked_div(&scale).unwrap_or_else(|| Exact::from(0_i64))
}
