//! A run on the screen: per level, round and category the standing with the cut drawn in, and a reason for everyone below it.

use anstyle::Style;
use award::report::{ContestReport, LevelReport, OutRow, Report, RoundReport, StandingRow};
use rules::Text;
use words::{Lang, Message};

use crate::cycle::Wanted;
use crate::screen::{BAD, GOOD, HEADING, HONOUR, QUIET, STRONG, Said, Table, paint, say, width, wrapped};

/// Prints what was asked for of a report.
pub fn print(said: &mut Said, report: &Report, wanted: &Wanted, lang: Lang) {
    let edition = &report.edition;
    said.line(paint(STRONG, local(&report.name, lang)));
    let message = Message::new("cli-edition")
        .text("edition", local(&edition.name, lang))
        .text("version", &edition.version)
        .text("from", day(&edition.assessment_from, lang))
        .text("to", day(&edition.assessment_to, lang));
    said.line(paint(QUIET, message.render(lang)));
    for deadline in &report.deadlines {
        let region = deadline.region_name.clone().unwrap_or_default();
        let message = Message::new("cli-deadline").text("name", local(&deadline.name, lang)).text("region", region);
        said.line(paint(QUIET, message.text("until", &deadline.until).render(lang)));
    }
    for level in report.levels.iter().filter(|level| asked(&wanted.levels, &level.id)) {
        for round in &level.rounds {
            print_round(said, level, round, wanted, lang);
        }
    }
}

/// Whether something is among what was asked for; everything is if nothing was named.
fn asked(names: &[String], name: &str) -> bool {
    names.is_empty() || names.iter().any(|one| one == name)
}

fn print_round(said: &mut Said, level: &LevelReport, round: &RoundReport, wanted: &Wanted, lang: Lang) {
    let contests: Vec<_> = round.contests.iter().filter(|contest| asked(&wanted.categories, &contest.category)).collect();
    if contests.is_empty() {
        return;
    }
    let region = round.region_name.as_ref().map(|name| format!(" · {name}")).unwrap_or_default();
    said.line(format!("\n{}", paint(HEADING, format!("{}{region}", local(&level.name, lang).to_uppercase()))));
    for seat in &round.missing_seats {
        let message = Message::new("cli-missing-seat").text("seat", local(&seat.name, lang));
        said.line(format!("  {}", paint(QUIET, message.number("filled", seat.filled).number("count", seat.count).render(lang))));
    }
    for contest in contests {
        print_contest(said, contest, lang);
    }
    if wanted.categories.is_empty() && !round.empty.is_empty() {
        let names = round.empty.iter().map(|category| local(&category.name, lang)).collect::<Vec<_>>().join(", ");
        said.line(format!(
            "\n{}",
            paint(QUIET, wrapped(&Message::new("cli-empty").text("names", names).render(lang), 2, width()))
        ));
    }
}

fn print_contest(said: &mut Said, contest: &ContestReport, lang: Lang) {
    let key = if contest.within == tally::Within::Pool { "cli-quota-pool" } else { "cli-quota" };
    let quota = Message::new(key).number("quota", contest.quota).render(lang);
    said.line(format!("\n  {}  {}", paint(STRONG, local(&contest.category_name, lang)), paint(QUIET, quota)));
    if let Some(open) = &contest.open {
        said.line(wrapped(&open.0.render(lang), 4, width()));
    } else if contest.standing.is_empty() && contest.out.is_empty() {
        said.line(format!("    {}", paint(QUIET, say("cli-not-counted", lang))));
    }
    for (pool, rows) in pools(contest, lang) {
        if let Some(pool) = pool {
            said.line(format!("    {}", paint(HEADING, pool)));
        }
        print_rows(said, contest, &rows, lang);
    }
    for row in &contest.out {
        print_out(said, row, lang);
    }
    print_remarks(said, contest, lang);
}

/// The standing by pool, in the order of the first of each; one unnamed pool where the cut is one for all.
fn pools(contest: &ContestReport, lang: Lang) -> Vec<(Option<&str>, Vec<&StandingRow>)> {
    let mut pools: Vec<(Option<&str>, Vec<&StandingRow>)> = Vec::new();
    for row in &contest.standing {
        let name = row.pool_name.as_ref().map(|name| local(name, lang)).or(row.pool.as_deref());
        let pool = if contest.within == tally::Within::Pool { name } else { None };
        match pools.iter_mut().find(|(name, _)| *name == pool) {
            Some((_, rows)) => rows.push(row),
            None => pools.push((pool, vec![row])),
        }
    }
    pools
}

fn print_rows(said: &mut Said, contest: &ContestReport, rows: &[&StandingRow], lang: Lang) {
    let mut table = Table::new(&[true, false, true, true]);
    for row in rows {
        table.row(cells(contest, row, lang));
    }
    let last_up = rows.iter().rposition(|row| row.status == "advances");
    for (index, (line, row)) in table.lines(4).into_iter().zip(rows).enumerate() {
        said.line(line);
        if row.status != "advances" {
            said.line(paint(QUIET, wrapped(&row.sentence.0.render(lang), 8, width())));
        }
        if Some(index) == last_up && index + 1 < rows.len() {
            said.line(format!("    {}", paint(HONOUR, format!("╌╌╌╌ {} ╌╌╌╌", say("cli-cut", lang)))));
        }
    }
}

fn cells(contest: &ContestReport, row: &StandingRow, lang: Lang) -> Vec<(String, Style)> {
    let up = row.status == "advances";
    let place = if contest.within == tally::Within::Pool { row.pool_place } else { row.place };
    let counted =
        row.counted.map(|one| Message::new("cli-counted").number("counted", one.counted).number("of", one.of).render(lang));
    let mut said = vec![status(&row.status, contest.goes_up, lang)];
    said.extend(
        contest.awards.iter().filter(|award| row.awards.contains(&award.id) && award.candidates.contains(&row.candidate)).map(
            |award| match award.pool_name.as_ref().map(|name| local(name, lang)) {
                Some(pool) => format!("{} {pool}", local(&award.name, lang)),
                None => local(&award.name, lang).to_owned(),
            },
        ),
    );
    vec![
        (place.to_string(), Style::new()),
        (row.name.clone(), if up { HONOUR } else { Style::new() }),
        (words::number(&row.total_shown, lang), STRONG),
        (counted.unwrap_or_default(), QUIET),
        (said.join(" · "), if up { GOOD } else { QUIET }),
    ]
}

/// The word for a status; at the last level those who advance win.
fn status(status: &str, goes_up: bool, lang: Lang) -> String {
    let key = match (status.split([':', ' ']).next().unwrap_or(status), goes_up) {
        ("advances", true) => "cli-status-advances",
        ("advances", false) => "cli-status-wins",
        ("reserve", _) => "cli-status-reserve",
        ("below_minimum", _) => "cli-status-below-minimum",
        ("region_cap", _) => "cli-status-region-cap",
        ("undecided", _) => "cli-status-undecided",
        ("ranked", _) => "cli-status-ranked",
        _ => "cli-status-below",
    };
    say(key, lang)
}

fn print_out(said: &mut Said, row: &OutRow, lang: Lang) {
    said.line(format!("    {}  {}", paint(BAD, "–"), row.name));
    said.line(paint(QUIET, wrapped(&row.sentence.0.render(lang), 8, width())));
}

/// What else is to be said about a contest: ties, the adjusted mean, what structural conflicts did, warnings.
fn print_remarks(said: &mut Said, contest: &ContestReport, lang: Lang) {
    let adjusted =
        contest.adjusted.iter().filter(|fit| !contest.warnings.contains(&fit.sentence)).map(|fit| (fit.disagrees, &fit.sentence));
    let quiet = contest.ties.iter().map(|tie| (false, tie));
    let changed = contest.with_without.iter().filter(|one| one.changes_who_advances).map(|one| (true, &one.sentence));
    let warnings = contest.warnings.iter().map(|warning| (true, warning));
    for (loud, sentence) in quiet.chain(adjusted).chain(changed).chain(warnings) {
        let (mark, style) = if loud { ("!", HONOUR) } else { ("·", QUIET) };
        let text = wrapped(&sentence.0.render(lang), 6, width());
        said.line(format!("    {} {}", paint(style, mark), text.trim_start()));
    }
}

fn local(text: &Text, lang: Lang) -> &str {
    match lang {
        Lang::Id => &text.id,
        Lang::En => &text.en,
    }
}

/// An ISO day as people write it.
fn day(iso: &str, lang: Lang) -> String {
    iso.parse().map_or_else(|_| iso.to_owned(), |day| words::date(day, lang))
}
