//! A file that is imported: one try tells what cannot be read and what the rules say to the rest, each mistake once.

use award::import::{Imported, Kind, read};
use award::{Cycle, State, decide, permit, run};
use jiff::Timestamp;

/// The example's year up to its end: two villages, three jurors.
fn standing() -> State {
    let cycle = Cycle::read(&award::example(), rules::EXAMPLE).expect("the example can be read");
    run(&cycle, None, &mut |_| {}).expect("the example can be played").state
}

/// The same before anything was done.
fn empty() -> State {
    let state = standing();
    State::new("kampung-bersih-2026", state.rules, state.geography)
}

/// Every problem of a file as `line:column key`, when its acts are decided one after the other.
fn told(mut state: State, kind: &Kind, text: &str) -> Vec<String> {
    let reading = read(kind, "file.csv", text.as_bytes(), &state, Timestamp::UNIX_EPOCH);
    let mut decided = |row: &Imported| {
        let facts = permit(&row.act.actor, &row.act.deed).and_then(|permit| decide(&state, &row.act, permit));
        facts.map(|facts| facts.iter().for_each(|fact| state.apply(fact))).err()
    };
    let refused: Vec<_> = reading.acts.iter().filter_map(|row| Some((row, decided(row)?))).collect();
    let place = |problem: &words::Problem| {
        let (line, column) = problem.position(text);
        let key = problem.message.key();
        format!(
            "{line}:{column} {}",
            ["problem-cycle-", "problem-", "refusal-"].iter().fold(key, |key, start| key.trim_start_matches(start))
        )
    };
    reading.told("file.csv", refused).iter().map(place).collect()
}

fn organisations(rows: &str) -> Vec<String> {
    told(empty(), &Kind::Organisations, &format!("id,from,source,name,kind,size,parent\n{rows}"))
}

#[test]
fn whose_name_cannot_be_read_is_not_also_told_to_have_none() {
    let rows = "satu,2020-01-01,akta,PT\u{202e} Satu,company,,\nanak,2020-01-01,akta,PT Anak,company,,satu\n";
    assert_eq!(organisations(rows), ["2:22 text-control"]);
    let rows = "satu,2020-01-01,akta,PT Satu,com\u{202e}pany,,\n";
    assert_eq!(organisations(rows), ["2:30 text-control"]);
    // Who has no name is told so, whatever else cannot be read.
    let rows = "satu,2020-01-01,akta,,company,la\u{202e}rge,\n";
    assert_eq!(organisations(rows), ["2:1 body-without-name", "2:31 text-control"]);
}

#[test]
fn a_column_that_nobody_knows_hides_only_what_it_may_have_said() {
    let rows = "satu,2020-01-01,akta,PT Satu,company,tiada\n";
    let parent = told(empty(), &Kind::Organisations, &format!("id,from,source,name,kind,parent,warna\n{rows}"));
    assert_eq!(parent, ["1:33 unknown-column", "2:1 body-unknown"]);
    // Without the column of names nobody has one: that is told once.
    let names = told(empty(), &Kind::Organisations, &format!("id,from,source,nmae,kind,parent\n{rows}"));
    assert_eq!(names, ["1:16 unknown-column", "2:1 body-unknown"]);
    let without = told(empty(), &Kind::Organisations, "id,from,source,kind\nsatu,2020-01-01,akta,company\n");
    assert_eq!(without, ["2:1 body-without-name"]);
}

#[test]
fn of_a_row_that_is_no_row_it_is_not_known_whom_it_would_have_named() {
    let rows = "induk,2020-01-01,akta,PT Induk,company,,,,,too many\nanak,2020-01-01,akta,PT Anak,company,,induk\n";
    assert_eq!(organisations(rows), ["2:1 too-many-cells"]);
    // Of whom it is can be read, so of others everything is told.
    let others = format!("{rows}lain,2020-01-01,akta,,company,,tiada\n");
    assert_eq!(organisations(&others), ["2:1 too-many-cells", "4:1 body-without-name", "4:1 body-unknown"]);
    let unknown = ",2020-01-01,akta,PT,company,,,,,too many\nlain,2020-01-01,akta,,company,,tiada\n";
    assert_eq!(organisations(unknown), ["2:1 too-many-cells"], "it may be about anybody");
}

#[test]
fn of_a_row_whose_day_cannot_be_read_is_told_what_is_wrong_on_any_day() {
    let rows = "satu,2024-13-01,akta,PT Satu,companie,huge,\n";
    assert_eq!(organisations(rows), ["2:1 kind-unknown", "2:1 size-unknown", "2:6 not-a-date"]);
    assert_eq!(organisations("satu,,akta,PT Satu,company,huge,\n"), ["2:1 empty-cell", "2:1 size-unknown"]);
}

#[test]
fn an_organisation_that_belongs_to_itself_is_told() {
    assert_eq!(organisations("satu,2020-01-01,akta,PT Satu,company,,satu\n"), ["2:1 parent-circle"]);
    // Three in a row, and one who belongs to them: only the circle is told.
    let rows = "satu,2020-01-01,akta,PT Satu,company,,dua\ndua,2020-01-01,akta,PT Dua,company,,tiga\n\
        tiga,2020-01-01,akta,PT Tiga,company,,satu\nanak,2020-01-01,akta,PT Anak,company,,satu\n";
    assert_eq!(organisations(rows), ["2:1 parent-circle", "3:1 parent-circle", "4:1 parent-circle"]);
}

#[test]
fn of_a_long_chain_above_which_somebody_is_lacking_only_that_is_told() {
    let row = |number: usize| format!("k{number},2020-01-01,akta,PT {number},company,,k{}\n", number + 1);
    let rows: String = (0..400).map(row).collect();
    assert_eq!(organisations(&rows), ["401:1 body-unknown"]);
}

#[test]
fn the_same_row_twice_is_told_at_the_second() {
    let row = "satu,2020-01-01,akta,PT Satu,company,large,\n";
    assert_eq!(organisations(&format!("{row}{row}")), ["3:1 twice"]);
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_is_told_once() {
    for row in [
        "satu,2020-01-01,akta,PT Satu,company,,=A1\n",
        "satu,2020-01-01,akta,PT Satu,company,=A1,\n",
        "=A1,2020-01-01,akta,PT,company,,\n",
    ] {
        let column = row.find('=').map_or(0, |at| at + 1);
        assert_eq!(organisations(row), [format!("2:{column} formula")]);
    }
}

#[test]
fn a_row_without_any_figure_is_told() {
    let told = |row: &str| told(standing(), &Kind::Claims, &format!("candidate,claim,claimed,verified,verifier,reason\n{row}\n"));
    assert_eq!(told("melati,bins,,,,because"), ["2:1 import-no-figure"]);
}

#[test]
fn a_name_in_which_something_cannot_be_seen_is_told() {
    for unseen in ["\u{200b}", "\u{3164}", "\u{2060}"] {
        assert_eq!(organisations(&format!("satu,2020-01-01,akta,PT {unseen}Satu,company,,\n")), ["2:22 text-control"]);
    }
    // Joiners shape letters and soft hyphens words: both come from real texts.
    assert_eq!(organisations("satu,2020-01-01,akta,PT Sa\u{ad}tu \u{200d},company,,\n"), [] as [&str; 0]);
}

#[test]
fn a_misspelt_column_is_told_once() {
    let told = told(empty(), &Kind::Candidates, "id,name,categori,kind,region\nx,X,village,village,51.03\n");
    assert_eq!(told, ["1:9 unknown-column"]);
}

#[test]
fn rows_that_are_no_rows_are_counted_beyond_a_hundred() {
    let rows: String = (0..150).map(|number| format!("a{number},\"b\"x,akta,PT,company,,\n")).collect();
    let all = organisations(&rows);
    assert_eq!((all.len(), all[100].as_str()), (101, "1:1 more"));
}

#[test]
fn who_stands_twice_is_told_though_one_of_the_rows_cannot_be_read() {
    let rows = |first: &str| {
        format!(
            "id,name,category,kind,region\nanggrek,Kampung Anggrek,{first},village,51.03\nanggrek,Kampung Anggrek,village,village,51.03\n"
        )
    };
    let of = |first: &str| told(standing(), &Kind::Candidates, &rows(first));
    assert_eq!(of("village"), ["3:1 twice"]);
    assert_eq!(of("vilage"), ["2:25 unknown-word", "3:1 twice"]);
    // Of a row that repeats a broken one the rules are asked all the same.
    let rows = "id,name,category,kind,region\nmelati,X,vilage,village,51.03\nmelati,X,village,village,51.03\n";
    assert_eq!(told(standing(), &Kind::Candidates, rows), ["2:10 unknown-word", "3:1 twice", "3:1 proposed-twice"]);
    let claims = "candidate,claim,claimed,as_of\nmelati,bins,40,yesterday\nmelati,bins,41,\n";
    assert_eq!(told(empty(), &Kind::Claims, claims), ["1:1 import-nobody", "2:16 not-a-date"]);
    let panel = "level,juror,name,seat,at\ncity,dewi,Dewi,member,later\ncity,dewi,Dewi,member,\n";
    assert_eq!(told(empty(), &Kind::Panels, panel), ["2:23 not-a-date", "3:1 twice"]);
    let claims = "candidate,claim,claimed,at\nmelati,bins,40,later\nmelati,bins,41,\nkenanga,bins,41,\n";
    let mut state = standing();
    state.contests.values_mut().for_each(|contest| (contest.judging_closed, contest.ratified) = (false, None));
    assert_eq!(told(state, &Kind::Claims, claims), ["2:16 not-a-date", "3:1 twice"]);
}

#[test]
fn a_juror_who_is_seated_hears_that_and_nothing_of_the_own_seat() {
    let row = |row: &str| told(standing(), &Kind::Panels, &format!("level,juror,name,seat,person\n{row}\n"));
    assert_eq!(row("city,ayu,Ayu,chair,"), ["2:1 appointed-twice"]);
    assert_eq!(row("city,dewi,Dewi,chair,"), ["2:1 seat-taken"]);
    // A member who shall be chair hears both.
    assert_eq!(row("city,budi,Budi,chair,"), ["2:1 appointed-twice", "2:1 seat-taken"]);
}

#[test]
fn of_many_problems_a_hundred_are_told_and_the_rest_is_counted() {
    let rows: String = (0..150).map(|number| format!("k{number},Kampung {number},vilage,village,51.03\n")).collect();
    let all = told(empty(), &Kind::Candidates, &format!("id,name,category,kind,region\n{rows}"));
    assert_eq!((all.len(), all[99].as_str(), all[100].as_str()), (101, "101:16 unknown-word", "1:1 more"));
    let rows: String = (0..100).map(|number| format!("k{number},Kampung {number},vilage,village,51.03\n")).collect();
    let all = told(empty(), &Kind::Candidates, &format!("id,name,category,kind,region\n{rows}"));
    assert_eq!((all.len(), all[99].as_str()), (100, "101:16 unknown-word"), "a hundred are told whole");
}
