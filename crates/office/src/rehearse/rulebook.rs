//! The rulebook of a rehearsal: that of 2023 with what a rehearsal needs and 2023 has not published. Every addition is made here, is marked
//! as an assumption, and is told in `docs/rehearsal.md`.

use toml::{Table, Value};

/// The rulebook of 2023, as it is shipped.
pub const OF_2023: &str = include_str!("../../../../rulebooks/2023.toml");

/// So many rubrics has an interview; with nine jurors that gives the marks of a national year.
const RUBRICS: usize = 7;
/// The calendar's event for the last day of dossiers.
pub const DOSSIERS: &str = "dossiers";
/// The calendar's event for the interviews of a province.
pub const INTERVIEWS: &str = "province-interview";

/// What an interview is marked for beside what 2023 tells: id, Indonesian, English.
const MORE: [(&str, &str, &str); RUBRICS - 2] = [
    ("rehearsal-commitment", "Komitmen pimpinan (data contoh)", "Commitment of the head (sample)"),
    ("rehearsal-innovation", "Inovasi program (data contoh)", "New ways (sample)"),
    ("rehearsal-reach", "Jangkauan ke pekerja rentan (data contoh)", "Reach to vulnerable workers (sample)"),
    ("rehearsal-lasting", "Keberlanjutan (data contoh)", "Whether it lasts (sample)"),
    ("rehearsal-data", "Mutu data (data contoh)", "Quality of the data (sample)"),
];

/// The rulebook of the rehearsal with an edition's id: that of 2023 and
///
/// * a last day for dossiers, of which each province can have its own;
/// * a second reading of a twentieth of all verified claims in the provinces;
/// * objections within three days in the provinces;
/// * seven rubrics in an interview, not two;
/// * an interview at the nation for everybody who goes up.
///
/// # Panics
///
/// If the text is not that of 2023.
pub fn of_rehearsal(of_2023: &str, edition: &str) -> String {
    let mut book: Table = of_2023.parse().expect("the shipped rulebook is TOML");
    let head = book["edition"].as_table_mut().expect("a rulebook has an edition");
    head.insert("id".into(), edition.into());
    let (id, en) = ("Gladi Paritrana Award 2023 (data contoh)", "Rehearsal of the Paritrana Award 2023 (sample data)");
    head.insert("name".into(), name(id, en));
    head.insert("labels".into(), Value::Array(Vec::new()));
    list(&mut book, "calendar").push(dossiers());
    for contest in list(&mut book, "contest").iter_mut().filter_map(Value::as_table_mut) {
        extend_contest(contest);
    }
    for scheme in list(&mut book, "scheme").iter_mut().filter_map(Value::as_table_mut) {
        for aspect in list(scheme, "aspect").iter_mut().filter_map(Value::as_table_mut) {
            if aspect.get("id").and_then(Value::as_str) == Some("interview-session") {
                extend_interview(aspect);
            }
        }
    }
    book.to_string()
}

fn list<'t>(table: &'t mut Table, key: &str) -> &'t mut Vec<Value> {
    table.get_mut(key).and_then(Value::as_array_mut).expect("the rulebook of 2023 has this list")
}

fn name(id: &str, en: &str) -> Value {
    Value::Table([("id".to_owned(), Value::from(id)), ("en".to_owned(), Value::from(en))].into_iter().collect())
}

fn dossiers() -> Value {
    let text = "id = 'dossiers'\nstage = 'dossier'\nlevel = 'province'\nplanned = { on = 2024-02-09 }\nsource = ['assumption']";
    let mut event: Table = text.parse().expect("it is TOML");
    event.insert("name".into(), name("Batas berkas (data contoh)", "Last day of dossiers (sample)"));
    Value::Table(event)
}

fn extend_contest(contest: &mut Table) {
    if contest.get("level").and_then(Value::as_str) == Some("province") {
        contest.insert("second_reading".into(), Value::Float(0.05));
        contest.insert("objection_days".into(), Value::Integer(3));
    } else {
        contest.remove("invited");
    }
    let assumed = list(contest, "assumed");
    assumed.retain(|key| key.as_str() != Some("invited"));
}

/// The rubrics of 2023 keep half of the weight together.
fn extend_interview(aspect: &mut Table) {
    let indicators = list(aspect, "indicator");
    let template = indicators.first().cloned().expect("an interview has a rubric");
    for indicator in indicators.iter_mut().filter_map(Value::as_table_mut) {
        let weight = indicator.get("weight").and_then(Value::as_integer).unwrap_or_default();
        indicator.insert("weight".into(), Value::Integer(weight / 2));
    }
    for (id, indonesian, english) in MORE {
        let Value::Table(mut indicator) = template.clone() else { continue };
        indicator.insert("id".into(), id.into());
        indicator.insert("name".into(), name(indonesian, english));
        indicator.insert("weight".into(), Value::Integer(10));
        indicator.remove("equivalent");
        indicators.push(Value::Table(indicator));
    }
}

#[cfg(test)]
mod tests {
    use super::{OF_2023, of_rehearsal};

    #[test]
    fn the_rulebook_of_the_rehearsal_has_no_problem_and_says_what_it_adds() {
        let rules = rules::read("rehearsal", &of_rehearsal(OF_2023, "gladi-7")).expect("it has no problem");
        assert_eq!(rules.edition.id, "gladi-7");
        let contest = rules.contest("kabkota", "province").expect("2023 has it");
        assert_eq!(
            (contest.objection_days, contest.second_reading.as_ref().map(ToString::to_string).as_deref()),
            (Some(3), Some("0.05"))
        );
        let marked = award::rule::rubrics(&rules, contest).len();
        assert_eq!(marked, 8, "one for innovation and seven at the interview");
    }
}
