//! The rulebook of a demonstration: that of a rehearsal in another year, with a calendar that lies around the day on which it is shown and a
//! longer checklist for regencies and cities. Its name says in both languages that everything is invented.

use jiff::Span;
use jiff::civil::{Date, date};
use toml::{Table, Value};

use crate::rehearse::rulebook::{DOSSIERS, INTERVIEWS, OF_2023, of_rehearsal};
use crate::rehearse::scene::{ANNOUNCED, CEREMONY};
use crate::rehearse::stage::opening::{INTERVIEWED, INTERVIEWED_ABOVE, LAST_DAY};
use crate::rehearse::stage::outreach::MEETING;

/// What every invented edition's id begins with; nothing else may begin so.
pub const PREFIX: &str = "contoh-";

/// The calendar's event for meetings of outreach.
pub const PREPARATION: &str = "preparation";
/// The calendar's event for the announcement in a province.
pub const ANNOUNCEMENT: &str = "province-announcement";

/// Documents that a regency or city is asked for beside those of 2023: id, whether required, Indonesian, English, kinds.
const MORE_DOCUMENTS: [(&str, bool, &str, &str, &str); 4] = [
    ("profile", true, "Profil ketenagakerjaan daerah (contoh)", "Profile of employment in the area (sample)", "profil_daerah"),
    ("realisation", true, "Realisasi anggaran iuran (contoh)", "Contributions actually paid (sample)", "laporan_realisasi"),
    ("innovation", false, "Ringkasan inovasi (contoh)", "Summary of what is new (sample)", "ringkasan_inovasi"),
    ("monitoring", false, "Laporan pemantauan (contoh)", "Report on monitoring (sample)", "laporan_pemantauan"),
];

/// An invented edition in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The year in which it is held; the one before is judged.
    pub held: i16,
    /// So many days lie between the calendar of a rehearsal and that of this edition's rulebook.
    pub days: i32,
    /// The same for the nation.
    pub above: i32,
}

impl Frame {
    /// The edition's id.
    pub fn id(self) -> String {
        format!("{PREFIX}{}", self.held)
    }

    /// Its rulebook.
    pub fn text(self) -> String {
        let mut book: Table = of_rehearsal(OF_2023, &self.id()).parse().expect("a rehearsal's rulebook is TOML");
        self.name(book["edition"].as_table_mut().expect("a rulebook has an edition"));
        *list(&mut book, "calendar") = self.calendar();
        let regencies = |category: &&mut Table| category.get("id").and_then(Value::as_str) == Some("kabkota");
        let mut categories = list(&mut book, "category").iter_mut().filter_map(Value::as_table_mut);
        if let Some(category) = categories.find(regencies) {
            list(category, "document").extend(MORE_DOCUMENTS.map(document));
        }
        book.to_string()
    }

    fn name(self, head: &mut Table) {
        let (held, judged) = (self.held, self.held - 1);
        let id = format!("Paritrana Award Contoh {held} (data fiktif)");
        let en = format!("Sample Paritrana Award {held} (fictitious data)");
        head.insert("name".into(), name(&id, &en));
        head.insert("version".into(), "1".into());
        head.remove("ordinal");
        let (first, last) = (date(judged, 1, 1), date(judged, 12, 31));
        let period: Table =
            format!("assessment = {{ from = {first}, to = {last} }}\nregions_as_of = {last}").parse().expect("it is TOML");
        head.extend(period);
    }

    fn calendar(self) -> Vec<Value> {
        let event = |(id, stage, level, day, indonesian, english): (&str, &str, &str, Date, &str, &str)| {
            let day = after(day, if level == "nation" { self.above } else { self.days });
            event(id, stage, level, (indonesian, english), day)
        };
        [
            (PREPARATION, "outreach", "province", MEETING, "Sosialisasi", "Outreach"),
            (DOSSIERS, "dossier", "province", LAST_DAY, "Batas berkas", "Last day of dossiers"),
            (INTERVIEWS, "interview", "province", INTERVIEWED, "Wawancara provinsi", "Interviews in the provinces"),
            (ANNOUNCEMENT, "announcement", "province", ANNOUNCED, "Pengumuman provinsi", "Announcement in the provinces"),
            ("national-interview", "interview", "nation", INTERVIEWED_ABOVE, "Wawancara nasional", "National interviews"),
            ("announcement", "announcement", "nation", CEREMONY, "Penganugerahan nasional", "National ceremony"),
        ]
        .map(event)
        .to_vec()
    }
}

/// So many days after a day.
pub fn after(day: Date, days: i32) -> Date {
    day.saturating_add(Span::new().days(days))
}

fn list<'t>(table: &'t mut Table, key: &str) -> &'t mut Vec<Value> {
    table.get_mut(key).and_then(Value::as_array_mut).expect("the rulebook of 2023 has this list")
}

fn name(id: &str, en: &str) -> Value {
    Value::Table([("id".to_owned(), Value::from(id)), ("en".to_owned(), Value::from(en))].into_iter().collect())
}

fn event(id: &str, stage: &str, level: &str, (indonesian, english): (&str, &str), day: Date) -> Value {
    let text = format!("id = '{id}'\nstage = '{stage}'\nlevel = '{level}'\nplanned = {{ on = {day} }}\nsource = ['assumption']");
    let mut event: Table = text.parse().expect("it is TOML");
    event.insert("name".into(), name(&format!("{indonesian} (contoh)"), &format!("{english} (sample)")));
    Value::Table(event)
}

fn document((id, required, indonesian, english, kind): (&str, bool, &str, &str, &str)) -> Value {
    let text = format!("id = '{id}'\nrequired = {required}\nkinds = ['{kind}']\nsource = ['assumption']");
    let mut document: Table = text.parse().expect("it is TOML");
    document.insert("name".into(), name(indonesian, english));
    Value::Table(document)
}

#[cfg(test)]
mod tests {
    use super::Frame;

    #[test]
    fn the_rulebook_of_a_demonstration_has_no_problem_and_says_that_it_is_fictitious() {
        let frame = Frame { held: 2026, days: 1_000, above: 990 };
        let rules = rules::read("demo", &frame.text()).expect("it has no problem");
        assert_eq!(
            (rules.edition.id.as_str(), rules.edition.name.en.as_str()),
            ("contoh-2026", "Sample Paritrana Award 2026 (fictitious data)")
        );
        assert!(rules.edition.name.id.contains("fiktif"));
        assert_eq!(rules.edition.assessment_to, jiff::civil::date(2025, 12, 31));
        assert_eq!(rules.category("kabkota").map(|category| category.documents.len()), Some(11));
    }
}
