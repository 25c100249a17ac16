//! What is told of a run: report, explanation, what if, expected results, the empty template.

use crate::support;
use crate::support::small;
use award::{Line, NotFound, Selector, Separator, expected, explain, report, template, what_if};
use words::{Lang, keys};

fn ask(change: &str) -> Vec<String> {
    let answer = what_if(&small().played(), &Selector::default(), &[change.to_owned()]);
    match answer {
        Ok(answer) => answer
            .contests
            .iter()
            .flat_map(|contest| contest.sentences.iter().map(|sentence| sentence.render(Lang::En)))
            .collect(),
        Err(messages) => messages.iter().map(|message| message.render(Lang::En)).collect(),
    }
}

#[test]
fn a_changed_claim_is_recounted_here_and_above() {
    assert_eq!(
        ask("claim:gianyar/members=100"),
        [
            "Kabupaten Gianyar: place 2 (75.00, reserve 1) becomes place 1 (90.00, goes up)",
            "Kabupaten Badung: place 1 (80.00, goes up) becomes place 2 (80.00, reserve 1)",
            "Kabupaten Gianyar would go up instead of Kabupaten Badung.",
            "Kabupaten Gianyar: not there becomes place 1 (96.00, wins)",
            "Kabupaten Badung: place 1 (80.00, wins) becomes not there",
            "Kabupaten Gianyar would win instead of Kabupaten Badung.",
        ]
    );
}

#[test]
fn quota_minimum_weight_juror_mark_and_withdrawal_can_be_asked() {
    let last = |change: &str| ask(change).into_iter().find(|sentence| sentence.contains("would") || sentence.contains("stay"));
    assert_eq!(last("quota:2").as_deref(), Some("Kabupaten Gianyar would go up too."));
    assert_eq!(last("minimum:90").as_deref(), Some("Kabupaten Badung would no longer go up."));
    assert_eq!(last("weight:coverage=90").as_deref(), Some("Those who go up stay the same."));
    assert_eq!(last("absent:j1").as_deref(), Some("Those who go up stay the same."));
    assert_eq!(
        last("mark:j1/badung/innovation=0").as_deref(),
        Some("Kabupaten Gianyar would go up instead of Kabupaten Badung.")
    );
    assert_eq!(last("withdraw:badung").as_deref(), Some("Kabupaten Gianyar would go up instead of Kabupaten Badung."));
}

#[test]
fn a_change_that_names_nothing_is_answered_with_what_there_is() {
    assert_eq!(ask("weight:coverag=3"), ["The change \"weight:coverag=3\": \"coverag\" is not known. Did you mean coverage?"]);
    assert!(ask("claim:gianyar/membrs=3")[0].contains("Did you mean members?"));
    assert!(ask("withdraw:nobody")[0].contains("There is no candidate"));
}

fn text(line: &Line, depth: usize, out: &mut Vec<String>) {
    let value = line.value.as_deref().map(|value| format!(" = {value}")).unwrap_or_default();
    out.push(format!("{}{}{value}", "  ".repeat(depth), line.text.render(Lang::En)));
    line.children.iter().for_each(|child| text(child, depth + 1, out));
}

#[test]
fn an_explanation_goes_down_to_marks_and_verified_claims() {
    let explanation = explain(&small().played(), "Gianyar").expect("there is one Gianyar");
    let mut lines = Vec::new();
    explanation.contests.iter().for_each(|line| text(line, 0, &mut lines));
    assert_eq!(
        lines,
        [
            "Province Bali, City = 75",
            "  Reserve 1, moves up if somebody cannot. Ranked 2nd, quota 1, 5.00 short; would advance if Innovation were at least 90.",
            "  Rule: quota 1, reserves 1",
            "  Gate No arrears (must be no): passed",
            "  Total = 75",
            "    weighted sum 7,500 ÷ weights 100 = 75",
            "    Coverage (weight 50) = 70",
            "      Workers covered (weight 1) = 70",
            "        70 / 100 = 0.7",
            "          Members: claimed 80, verified as 70 by Ani (as of –), because: ten have left = 70",
            "          Workers: 100, as claimed, verified by Ani (as of –) = 100",
            "        0.7 on the straight line from 0 (0 points) to 1 (100 points) = 70",
            "    Ideas (weight 50) = 80",
            "      Innovation (weight 1) = 80",
            "        3 of 3 jurors counted, mean = 80",
            "          Ayu (j1) = 70",
            "          Budi (j2) = 80",
            "          Citra (j3) = 90",
        ]
    );
}

#[test]
fn a_checklist_tells_what_each_item_is_worth_and_which_of_them_count() {
    let list = "[[claim]]\nid = \"laws\"\nname = \"Laws\"\nshape = \"list\"\n\n[[scheme]]";
    let ratio = "kind = \"ratio\"\nnumerator = \"members\"\ndenominator = \"workers\"\nlinear = { from = 0, to = 1, points_from = 0, points_to = 100 }";
    let checklist = "kind = \"checklist\"\nlist = \"laws\"\nkinds = { law = 20, rule = 15 }\nstages = { draft = 0.5, done = 1 }\nattributes = { budget = 5 }\nat_most = 1";
    let items = "candidate,list,title,kind,stage,attributes\nbadung,laws,One,law,done,\nbadung,laws,Two,rule,draft,budget\ngianyar,laws,One,law,draft,\ndenpasar,laws,One,law,done,\n";
    let with = small().rule("[[scheme]]", list).rule(ratio, checklist).file("items.csv", items);
    let explanation = explain(&with.played(), "Badung").expect("there is one Badung");
    let mut lines = Vec::new();
    explanation.contests.iter().for_each(|line| text(line, 0, &mut lines));
    let told: Vec<&str> =
        lines.iter().map(|line| line.trim()).filter(|line| line.contains("item") || line.contains('×')).collect();
    assert_eq!(
        told,
        [
            "The best of 2 items = 20",
            "One: law (20) × done (1) = 20",
            "Two: rule (15) × draft (0.5), with budget: 10, not counted, as at most 1 counts",
        ]
    );
}

#[test]
fn a_name_that_fits_several_or_nobody_is_asked_back() {
    let run = small().played();
    assert!(matches!(explain(&run, "kabupaten"), Err(NotFound::Several { candidates, .. }) if candidates.len() == 2));
    assert!(matches!(explain(&run, "Gianjar"), Err(NotFound::Nobody { near, .. }) if near[0].0 == "gianyar"));
}

#[test]
fn differences_from_what_was_expected_are_told_at_their_rows() {
    let header = "level,category,candidate,place,total,status,awards\n";
    let rest = "province,city,denpasar,,,below,\nnation,city,badung,,,advances,\n";
    let good = format!("{header}province,city,badung,1,80,advances,\nprovince,city,gianyar,,,reserve 1,none\n{rest}");
    let good = small().file("expected.csv", &good);
    assert_eq!(expected::compare(&good.played()), []);
    let gianyar = "province,city,gianyar,,,reserve 1,\nnation,city,gianyar,1,,advances,\n";
    let bad = small().file("expected.csv", &format!("{header}province,city,badung,2,80.01,below,\n{gianyar}{rest}"));
    let told: Vec<String> = expected::compare(&bad.played()).iter().map(|problem| problem.message.render(Lang::En)).collect();
    assert_eq!(
        told,
        [
            "Kabupaten Badung: status should be below, but is advances.",
            "Kabupaten Badung: place should be 2, but is 1.",
            "Kabupaten Badung: total should be 80.01, but is 80.",
            "Kabupaten Gianyar is not in nation/city.",
        ]
    );
}

#[test]
fn a_report_is_the_same_every_time_and_names_the_data() {
    let (one, two) = (report(&small().played()), report(&small().played()));
    let json = serde_json::to_string(&one).expect("a report is JSON");
    assert_eq!(json, serde_json::to_string(&two).expect("a report is JSON"));
    assert_eq!(one.data_label.render(Lang::Id), "data contoh");
    let deadline = &one.deadlines[0];
    assert_eq!((deadline.event.as_str(), deadline.until.as_str()), ("dossiers", "2020-12-17 23:59:59 WITA"));
}

#[test]
fn the_template_of_a_rulebook_is_a_cycle_that_can_be_read() {
    let rules = rules::read("rulebook.toml", support::RULEBOOK).expect("the rulebook is good");
    let folder = template(&rules, "new", "rulebook.toml", Separator::Comma);
    let cycle = award::Cycle::read(&folder, support::RULEBOOK);
    assert!(cycle.is_ok(), "{:?}", cycle.err().map(|problems| support::told(&problems)));
}

#[test]
fn a_template_names_the_range_of_marks_the_words_of_each_list_and_what_must_be_filled() {
    let list = "[[claim]]\nid = \"laws\"\nname = \"Laws\"\nshape = \"list\"\n\n[[scheme]]";
    let checklist = "kind = \"checklist\"\nlist = \"laws\"\nkinds = { law = 20, rule = 15 }\nstages = { draft = 0.5, done = 1 }";
    let ratio = "kind = \"ratio\"\nnumerator = \"members\"\ndenominator = \"workers\"\nlinear = { from = 0, to = 1, points_from = 0, points_to = 100 }";
    let rulebook = support::RULEBOOK.replacen("[[scheme]]", list, 1).replacen(ratio, checklist, 1);
    let rulebook = rulebook.replace("max = 100\n", "max = 100\nstep = 5\n");
    let folder = template(
        &rules::read("rulebook.toml", &rulebook).expect("the rulebook is good"),
        "new",
        "rulebook.toml",
        Separator::Comma,
    );
    let says = |file: &str, line: &str| {
        let text = std::str::from_utf8(folder.get(file).expect("is there")).expect("text");
        assert!(text.lines().any(|known| known == line), "{file} has no line {line:?}:\n{text}");
    };
    says("marks.csv", "# indicator (province: city): innovation (0 … 100, ± 5)");
    says("items.csv", "# laws, kind: law, rule");
    says("items.csv", "# laws, stage: done, draft");
    says("panel.csv", "#   level*: tingkat / level");
    says(
        "claims.csv",
        "#   level: tingkat; kosong berarti tingkat awal kandidat / level; empty means where the candidate begins",
    );
    says("candidates.csv", "#   region*: kode wilayah Kemendagri, misalnya 18.71 / official code of the region");
}

#[test]
fn a_template_with_semicolons_says_the_same_as_one_with_commas() {
    let rules = rules::read("rulebook.toml", support::RULEBOOK).expect("the rulebook is good");
    let files = |separator| template(&rules, "new", "rulebook.toml", separator);
    let (commas, semicolons) = (files(Separator::Comma), files(Separator::Semicolon));
    assert!(award::Cycle::read(&semicolons, support::RULEBOOK).is_ok());
    let text =
        |folder: &award::Folder, name: &str| String::from_utf8(folder.get(name).expect("is there").to_vec()).expect("text");
    for name in commas.names().filter(|name| name.ends_with(".csv")) {
        let (comma, semicolon) = (text(&commas, name), text(&semicolons, name));
        let header = |text: &str| text.lines().last().map(str::to_owned).unwrap_or_default();
        assert_eq!(header(&comma).replace(',', ";"), header(&semicolon), "{name}");
        assert!(semicolon.starts_with('\u{feff}') && semicolon.contains("78,5") && !comma.contains("78,5"), "{name}");
        // A spreadsheet shows each line above the header as one cell.
        let lines: Vec<&str> = semicolon.trim_start_matches('\u{feff}').split_terminator("\r\n").collect();
        let is_one_cell = |line: &&str| line.starts_with("\"# ") && line.ends_with('"') || !line.contains(';');
        assert!(lines[..lines.len() - 1].iter().all(is_one_cell) && !semicolon.replace("\r\n", "").contains('\n'), "{name}");
    }
    assert_eq!(text(&commas, "cycle.toml"), text(&semicolons, "cycle.toml"));
}

#[test]
fn every_text_that_the_code_names_exists() {
    let known: std::collections::BTreeSet<String> = keys(Lang::Id).into_iter().map(|(key, _)| key).collect();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut missing = Vec::new();
    let mut open = vec![root];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let quoted = text.split("Message::new(\"").skip(1).filter_map(|rest| rest.split('"').next());
        let refusals = text
            .split("Refusal::of(Message::new(\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(|key| format!("{key}-next"));
        missing.extend(quoted.map(str::to_owned).chain(refusals).filter(|key| !known.contains(key)));
    }
    assert_eq!(missing, Vec::<String>::new());
}
