//! Vintages: read whole or not at all, every problem with line and column; imported as claims that still await their verification.

use crate::preparation;
use crate::preparation::{Office, branch, candidate, contest, nomination, open, round, secretariat};
use award::cycle::tables::Claim;
use award::geography::Geography;
use award::vintage::{Vintage, Whose, read};
use award::{Actor, Deed, RoundKey};
use jiff::civil::date;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use tally::Exact;
use words::{Lang, Problem};

const DAY: &str = "2021-01-05T01:00:00Z";
const HEAD: &str = "format,paritrana-vintage-1\nedition,kecil-2020\ndataset,Kepesertaan\ndataset_sha256,HASH\nas_of,2020-12-31\n\
                    program,paritrana-indicators\nversion,0.1.0\n";
const COLUMNS: &str = "question,segment,region,organisation,numerator,denominator,value\n";
const FIGURES: &str = "coverage-pu,,51.71,,60,80,0.75\nvulnerable-protected,vulnerable,51.71,,,,25\n";

fn sealed(text: &str) -> String {
    let hash: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{text}sha256,{hash}\n")
}

fn written(figures: &str) -> String {
    sealed(&format!("{}{COLUMNS}{figures}", HEAD.replace("HASH", &preparation::hash('a'))))
}

fn parsed(text: &str) -> Result<Vintage, Vec<Problem>> {
    let state = preparation::closed().state;
    read("v.csv", text.as_bytes(), &state.rules, &state.geography)
}

/// Every problem as `line:column key`; each has its sentence in both languages.
fn problems(text: &str) -> Vec<String> {
    let told = parsed(text).err().unwrap_or_default().into_iter().map(|problem| {
        for lang in Lang::ALL {
            let sentence = problem.message.render(lang);
            assert!(!sentence.contains('{') && !sentence.contains("problem-"), "{sentence}");
        }
        let (line, column) = problem.position(text);
        format!("{line}:{column} {}", problem.message.key().trim_start_matches("problem-vintage-"))
    });
    told.collect()
}

fn figure(line: &str) -> Vec<String> {
    problems(&written(&format!("{line}\n")))
}

fn good(text: &str) -> Vintage {
    parsed(text).unwrap_or_else(|problems| panic!("{problems:?}"))
}

#[test]
fn the_shipped_vintage_is_read_under_its_rulebook() {
    let rules = rules::read("2020-11.toml", include_str!("../../../rulebooks/2020-11.toml")).expect("the rulebook is sound");
    let bytes = include_bytes!("../../../data/vintages/bali-2020.csv");
    let vintage = read("bali-2020.csv", bytes, &rules, &Geography::of(&rules)).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!((vintage.figures.len(), vintage.about.as_of), (10, date(2020, 12, 31)));
    let gianyar = &vintage.figures[2];
    assert_eq!(
        (gianyar.whose.clone(), gianyar.value.clone()),
        (Whose::Region("51.04".into()), Exact::from(3_i64).checked_div(&5_i64.into()))
    );
}

#[test]
fn numbers_stay_exact_in_either_spelling() {
    let semicolons = "vulnerable-protected;;51.71;;;;25\ncoverage-pu;;51.71;;1,5;3;0,5\n";
    let text = format!("{}{COLUMNS}", HEAD.replace("HASH", &preparation::hash('a'))).replace(',', ";") + semicolons;
    let hash: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let vintage = good(&format!("{text}sha256;{hash}\n"));
    assert_eq!(vintage.figures[1].numerator.as_ref().map(Exact::to_string), Some("1.5".into()));
    assert_eq!(good(&written("coverage-pu,,51.71,,1,3,\n")).figures[0].value, None);
    assert_eq!(good(&written("coverage-pu,,51.71,,2,3,0.67\n")).figures.len(), 1);
}

#[test]
fn every_problem_is_told_at_once_with_line_and_column() {
    let figures = "coverage-pv,,51.71,,60,80,0.75\ncoverage-pu,,99,,60,0,\nvulnerable-protected,pu,51.71,,,,25\n\
                   vulnerable-protected,,51.71,a b,,,1\nvulnerable-protected,,51.71,,,,12.5\ncoverage-pu,,51.71,,60,80,0.74\n";
    let text = written(figures).replace("as_of,2020-12-31", "as_of,31/12/2020").replace("edition,kecil", "edition,besar");
    let told = problems(&text);
    let expected = [
        "2:9 edition",
        "5:7 problem-cycle-not-a-date",
        "9:1 question",
        "10:14 region",
        "11:22 segment",
        "12:1 whose",
        "13:32 shape",
        "14:27 quotient",
        "15:1 seal",
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_figure_that_cannot_be_is_told() {
    let cases = [
        ("coverage-pu,,51.71,,60,0,", "9:24 zero"),
        ("coverage-pu,,51.71,,60,,", "9:1 half"),
        ("coverage-pu,,51.71,,,,0.75", "9:1 ratio"),
        ("coverage-pu,,51.71,,-60,80,", "9:21 negative"),
        ("coverage-pu,,51.71,,60,80,0.6", "9:27 quotient"),
        ("coverage-pu,,51.71,,1000000000000001,1,", "9:21 absurd"),
        ("coverage-pu,,51.71,,sixty,80,", "9:21 problem-cycle-not-a-number"),
        ("coverage-pu,,51.71,,6e9,80,", "9:21 problem-cycle-not-a-number"),
        ("coverage-pu,,,,60,80,", "9:1 whose"),
        ("coverage-pu,,,den pasar,60,80,", "9:15 refusal-id-form"),
        ("coverage-pu,,Denpasar,,60,80,", "9:14 region"),
        ("coverage-pu,,51.71,,60,80", "9:1 cells"),
        (",,51.71,,60,80,", "9:1 no-question"),
        ("vulnerable-protected,,51.71,,,,", "9:1 no-value"),
        ("vulnerable-protected,,51.71,,,,2.5", "9:32 shape"),
    ];
    for (line, problem) in cases {
        assert_eq!(figure(line), [problem], "{line}");
    }
    assert_eq!(figure("coverage-pu,,51.71,,90,80,1.125"), Vec::<String>::new());
    assert_eq!(figure("coverage-pu,,51.71,,60,80,\ncoverage-pu,,51.71,,61,80,"), ["10:1 figure-twice"]);
}

#[test]
fn a_file_that_was_cut_off_or_changed_is_refused() {
    let whole = written(FIGURES);
    assert_eq!(problems(&whole), Vec::<String>::new());
    assert_eq!(problems(&whole.replace(",,25\n", ",,26\n")), ["11:1 seal"]);
    let cut = whole.split("vulnerable").next().expect("it begins");
    assert_eq!(problems(cut), ["9:1 no-seal"]);
    for more in ["# and more\n", "\n\n", "coverage-pu,,51.71,,1,80,\n"] {
        assert_eq!(problems(&format!("{whole}{more}")).len(), if more.starts_with('c') { 3 } else { 1 }, "{more}");
    }
    let no_figures = format!("{}{COLUMNS}", HEAD.replace("HASH", &preparation::hash('a')));
    assert_eq!(problems(&sealed(&no_figures)), ["1:1 empty"]);
    assert_eq!(problems(&sealed(&HEAD.replace("HASH", &preparation::hash('a')))), ["1:1 no-columns", "8:1 line-unknown"]);
    assert_eq!(problems(""), ["1:1 problem-cycle-no-header"]);
    assert_eq!(problems("<html><body>Not found</body></html>").len(), 9);
    let other = written(FIGURES).replace("vintage-1", "vintage-2").replace(&preparation::hash('a'), "abc");
    assert_eq!(problems(&other), ["1:8 format", "4:16 refusal-hash", "11:1 seal"]);
    let twice = written(FIGURES).replace("version,0.1.0\n", "version,0.1.0\nversion,0.2.0\nauthor,me\n");
    assert_eq!(problems(&twice), ["8:1 line-twice", "9:1 line-unknown", "13:1 seal"]);
    assert_eq!(problems(&written(FIGURES).replace("program,paritrana-indicators\n", "")), ["1:1 line-missing", "10:1 seal"]);
}

proptest! {
    #[test]
    fn no_changed_file_is_read_as_other_figures(text in "[,;\\n\"0-9a-z. ]{0,20}|.{0,60}", at in 0_usize..500, cut in 0_usize..500) {
        prop_assert!(parsed(&text).is_err());
        let whole = written(FIGURES);
        let changed: String = whole.chars().take(at).chain(text.chars()).chain(whole.chars().skip(cut)).collect();
        if let Ok(vintage) = parsed(&changed) {
            prop_assert_eq!(vintage.figures, good(&whole).figures);
        }
    }
}

/// Denpasar and a company of the same place stand in Bali.
fn office_in_bali() -> Office {
    let mut office = open();
    office.enters("denpasar", "51.71");
    let company = preparation::company("nusa", "51.71");
    office.does(&branch("51"), "2020-11-02T01:00:00Z", Deed::Nominate(contest("51", "company"), company));
    office.does(&candidate("nusa"), "2020-11-02T01:00:00Z", Deed::Answer(contest("51", "company"), preparation::consent("nusa")));
    office
}

/// What makes a good vintage another one.
type Change = fn(&mut Vintage);

fn imports(vintage: Vintage) -> Deed {
    Deed::ImportVintage(round("51"), vintage)
}

fn claims(office: &Office, category: &str, id: &str) -> Vec<(String, String)> {
    let entry = office.state.contests[&contest("51", category)].entry(id).expect("it stands");
    let said = |claim: &Claim| (claim.claim.clone(), claim.claimed.as_ref().map(Exact::to_string).unwrap_or_default());
    entry.claims.values().map(said).collect()
}

#[test]
fn figures_become_claims_of_the_government_and_not_of_a_company_in_its_region() {
    let mut office = office_in_bali();
    let vintage = good(&written(FIGURES));
    let facts = office.does(&secretariat("51"), DAY, imports(vintage.clone()));
    assert_eq!(facts.len(), 4);
    let stated = [("members", "60"), ("vulnerable", "25"), ("workers", "80")];
    assert_eq!(claims(&office, "city", "denpasar"), stated.map(|(claim, value)| (claim.to_owned(), value.to_owned())));
    assert_eq!(claims(&office, "company", "nusa"), []);
    let entry = office.state.contests[&contest("51", "city")].entry("denpasar").expect("it stands");
    let members = &entry.claims["members"];
    assert_eq!((members.verified.clone(), members.verifier.clone(), members.as_of), (None, None, Some(date(2020, 12, 31))));
    assert_eq!(members.source.as_deref(), Some("Kepesertaan"));
    assert_eq!(members.evidence, Some(format!("vintage {}", vintage.about.hash)));
    assert_eq!(office.state.rounds[&round("51")].vintages, [vintage.about]);
}

#[test]
fn what_a_verifier_confirmed_stays_until_somebody_verifies_the_new_figure() {
    let mut office = office_in_bali();
    let verified = Claim {
        candidate: "denpasar".into(),
        claim: "members".into(),
        claimed: Some(70_u32.into()),
        verified: Some(70_u32.into()),
        as_of: None,
        source: None,
        evidence: None,
        verifier: Some("ani".into()),
        reason: None,
        level: "province".into(),
    };
    office.does(&Actor::Verifier(round("51")), DAY, Deed::VerifyClaim(contest("51", "city"), verified.clone()));
    office.does(&secretariat("51"), DAY, imports(good(&written(FIGURES))));
    let entry = office.state.contests[&contest("51", "city")].entry("denpasar").expect("it stands");
    assert_eq!(entry.claims["members"], verified);
    assert_eq!(entry.restated["members"].claimed, Some(60_u32.into()));
}

#[test]
fn a_vintage_is_imported_once_and_never_an_older_one_after_a_newer() {
    let mut office = office_in_bali();
    let dated = |day: &str| {
        good(&sealed(&written(FIGURES).split("sha256,").take(2).collect::<Vec<_>>().join("sha256,").replace("2020-12-31", day)))
    };
    office.does(&secretariat("51"), DAY, imports(dated("2020-12-31")));
    assert_eq!(office.refuses(&secretariat("51"), DAY, imports(dated("2020-12-31"))), "vintage-twice");
    assert_eq!(office.refuses(&secretariat("51"), DAY, imports(dated("2020-12-30"))), "vintage-older");
    assert_eq!(office.refuses(&secretariat("51"), DAY, imports(dated("2021-01-01"))), "nothing");
}

#[test]
fn a_vintage_that_does_not_belong_here_is_refused() {
    let office = office_in_bali();
    let vintage = || good(&written(FIGURES));
    let with = |change: fn(&mut Vintage)| {
        let mut vintage = vintage();
        change(&mut vintage);
        office.refuses(&secretariat("51"), DAY, imports(vintage))
    };
    let cases: [(&str, Change); 8] = [
        ("nothing", |_| {}),
        ("vintage-edition", |vintage| vintage.about.edition = "2021".into()),
        ("hash", |vintage| vintage.about.hash = "x".into()),
        ("text-control", |vintage| vintage.about.dataset = "a\u{0}b".into()),
        ("number-absurd", |vintage| vintage.figures[0].denominator = Some(Exact::zero())),
        ("number-absurd", |vintage| vintage.figures[0].numerator = Some((-1_i64).into())),
        ("vintage-nobody", |vintage| vintage.figures.clear()),
        ("vintage-contradicts", |vintage| {
            let other = award::vintage::Figure { value: Some(26_u32.into()), segment: None, ..vintage.figures[1].clone() };
            vintage.figures.push(other);
        }),
    ];
    for (why, change) in cases {
        assert_eq!(with(change), why);
    }
    assert_eq!(office.refuses(&secretariat("18"), DAY, imports(vintage())), "other-round");
    assert_eq!(office.refuses(&candidate("denpasar"), DAY, imports(vintage())), "not-your-task");
    assert_eq!(office.refuses(&branch("51"), DAY, imports(vintage())), "not-your-task");
    let lampung = Deed::ImportVintage(round("18"), vintage());
    assert_eq!(office.refuses(&Actor::Centre, DAY, lampung), "vintage-nobody");
    let nation = Deed::ImportVintage(RoundKey { level: "nation".into(), region: None }, vintage());
    assert_eq!(office.refuses(&Actor::Centre, DAY, nation), "round-not-open");
}

#[test]
fn everything_that_stands_against_a_vintage_is_told_at_once() {
    let mut office = office_in_bali();
    let mut older = good(&written(FIGURES));
    office.does(&secretariat("51"), DAY, imports(older.clone()));
    older.about.hash = preparation::hash('b');
    older.about.as_of = date(2020, 12, 30);
    let other = award::vintage::Figure { value: Some(26_u32.into()), segment: None, ..older.figures[1].clone() };
    older.figures.push(other);
    let refusal = office.asks(&secretariat("51"), DAY, imports(older)).expect_err("it is refused");
    let rules: Vec<String> = refusal.each().into_iter().map(|refusal| refusal.rule.key().to_owned()).collect();
    assert_eq!(rules, ["refusal-vintage-older", "refusal-vintage-contradicts"]);
}

#[test]
fn an_organisation_gets_its_figure_by_its_id_in_the_register() {
    use award::identity::{Attribute, Dated, RegisterChange, Sort};
    let mut office = open();
    let say = |what| Dated { what, from: date(2017, 1, 1), source: "AHU".into() };
    let attributes = vec![say(Attribute::Name("Kota Denpasar".into())), say(Attribute::Kind("city".into()))];
    let enter = RegisterChange::Enter { id: "kota-denpasar".into(), sort: Sort::Organisation, attributes };
    office.does(&Actor::Centre, "", Deed::ChangeRegister(enter));
    let mut one = nomination("denpasar", "51.71");
    one.body = Some("kota-denpasar".into());
    office.does(&branch("51"), "2020-11-02T01:00:00Z", Deed::Nominate(contest("51", "city"), one));
    office.does(
        &candidate("denpasar"),
        "2020-11-02T01:00:00Z",
        Deed::Answer(contest("51", "city"), preparation::consent("denpasar")),
    );
    office.does(&secretariat("51"), DAY, imports(good(&written("vulnerable-protected,,,kota-denpasar,,,7\n"))));
    assert_eq!(claims(&office, "city", "denpasar"), [("vulnerable".to_owned(), "7".to_owned())]);
}
