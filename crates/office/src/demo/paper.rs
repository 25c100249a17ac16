//! The files that acts of a demonstration name: a page of PDF each, which says that it is invented. An act that is written names the very bytes
//! that are kept, so that whoever opens evidence in a demonstration sees something.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use award::{Deed, files};
use serde_json::Value;
use store::files::Files;

use crate::error::Error;
use crate::rehearse::Stopped;

/// No page of a demonstration is larger, in bytes.
const MOST: u64 = 64 << 10;

/// Writes the files of a demonstration.
pub(super) struct Papers {
    files: Files,
    /// What was invented, with what is kept in its place.
    made: BTreeMap<String, (String, u64)>,
    /// What is kept already; a later act names it as it is.
    kept: BTreeSet<String>,
}

impl Papers {
    pub(super) fn new(files: Files) -> Papers {
        Papers { files, made: BTreeMap::new(), kept: BTreeSet::new() }
    }

    /// The deed with every file that it names kept.
    pub(super) async fn written(&mut self, deed: &Deed) -> Result<Deed, Stopped> {
        let named: Vec<_> = files::named(deed).into_iter().filter(|file| !self.kept.contains(&file.hash)).collect();
        if named.is_empty() {
            return Ok(deed.clone());
        }
        for file in named {
            if !self.made.contains_key(&file.hash) {
                let content = page(&file.name);
                let stored = self.files.put(content.as_slice(), MOST).await.map_err(Error::from)?;
                self.kept.insert(stored.hash.to_string());
                self.made.insert(file.hash, (stored.hash.to_string(), stored.size));
            }
        }
        let read =
            |error: serde_json::Error| Stopped::Otherwise { person: String::new(), deed: deed.name(), what: error.to_string() };
        let mut value = serde_json::to_value(deed).map_err(read)?;
        self.put(&mut value);
        serde_json::from_value(value).map_err(read)
    }

    /// Puts what is kept in the place of what was invented, with its size.
    fn put(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some((hash, _)) = self.made.get(text.as_str()) {
                    text.clone_from(hash);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.put(item)),
            Value::Object(fields) => {
                let made = fields.get("hash").and_then(Value::as_str).and_then(|hash| self.made.get(hash));
                if let (Some((_, size)), true) = (made, fields.contains_key("bytes")) {
                    fields.insert("bytes".to_owned(), Value::from(*size));
                }
                fields.values_mut().for_each(|inner| self.put(inner));
            }
            _ => {}
        }
    }
}

/// One page of PDF with a few lines of text.
fn page(name: &str) -> Vec<u8> {
    let plain: String =
        name.chars().map(|letter| if letter.is_ascii() && !letter.is_ascii_control() { letter } else { '?' }).collect();
    let text = plain.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    let lines = [
        "BT /F1 18 Tf 60 770 Td (Dokumen contoh) Tj ET\n".to_owned(),
        format!("BT /F1 11 Tf 60 740 Td ({text}) Tj ET\n"),
        "BT /F1 11 Tf 60 715 Td (Berkas ini rekaan untuk peragaan. Tidak ada orang, angka, atau lembaga nyata di dalamnya.) Tj ET\n".to_owned(),
        "BT /F1 11 Tf 60 697 Td (Invented for a demonstration. No person, figure or institution in it is real.) Tj ET\n".to_owned(),
    ];
    let drawn = lines.concat();
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{drawn}endstream", drawn.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let (mut pdf, mut places) = ("%PDF-1.4\n".to_owned(), Vec::new());
    for (number, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        let _ = write!(pdf, "{} 0 obj\n{object}\nendobj\n", number + 1);
    }
    let table = pdf.len();
    let _ = write!(pdf, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(pdf, "{place:010} 00000 n ");
    }
    let _ = write!(pdf, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    pdf.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn a_page_is_pdf_from_its_head_to_its_end_and_its_table_leads_to_every_object() {
        let pdf = String::from_utf8(page("law (perda \\ é).pdf")).expect("it is plain");
        assert!(pdf.starts_with("%PDF-1.4\n") && pdf.ends_with("%%EOF\n"));
        assert!(pdf.contains(r"(law \(perda \\ ?\).pdf)"), "{pdf}");
        let places = pdf.lines().filter_map(|line| line.strip_suffix(" 00000 n ")).map(|place| place.parse::<usize>());
        for (number, place) in places.enumerate() {
            let place = place.expect("a number");
            assert!(pdf[place..].starts_with(&format!("{} 0 obj", number + 1)));
        }
    }
}
