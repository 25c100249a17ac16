//! The award year that is measured: one round of eight contests with 25 candidates each and a panel of nine, from which all other rounds
//! are copied. Two contests are judged and counted, in one the claims are verified and four jurors have marked, five wait for their sheets.

use std::collections::BTreeMap;
use std::fmt::Write;

use award::act::HandedSheet;
use award::sight::Part;
use award::{Act, Actor, CandidateId, ContestKey, Cycle, Deed, Folder, RoundKey};
use rules::regions::Regions;
use tally::SheetState;

/// Candidates in a contest.
pub const CANDIDATES: usize = 25;
/// Candidates in a round.
pub const IN_A_ROUND: usize = CANDIDATES * CATEGORIES;
/// The region whose round is filled act by act.
pub const PATTERN: &str = "11.01";
/// How that region begins the ids of its candidates.
pub const PATTERN_ID: &str = "v1101";

const CATEGORIES: usize = 8;
const COUNTED: usize = 2;
const WITH_CLAIMS: usize = 3;
const JURORS: usize = 9;
const JURORS_WHO_MARKED: usize = 4;
const CLAIMS: usize = 5;
const INDICATORS: usize = 10;

/// The codes of regencies and cities, the pattern's first.
pub fn regions(rounds: usize) -> Vec<String> {
    let day = jiff::civil::date(2026, 1, 1);
    let mut codes: Vec<String> = Regions::embedded().regencies_on(day).map(|region| region.code.clone()).collect();
    codes.sort_by_key(|code| (code != PATTERN, code.clone()));
    assert!(codes.len() >= rounds, "there are {} regencies and cities", codes.len());
    codes.truncate(rounds);
    codes
}

/// The beginning of the ids of a region's candidates.
pub fn id_of(region: &str) -> String {
    format!("v{}", region.replace('.', ""))
}

/// The text of the rulebook.
pub fn rulebook() -> String {
    let mut text = String::from(
        r#"format = "paritrana-rulebook-1"
[edition]
id = "bench"
version = "1"
name = { id = "Pengukuran", en = "Measurement" }
assessment = { from = 2026-01-01, to = 2026-06-30 }
source = ["assumption"]
[[level]]
id = "regency"
name = { id = "Kabupaten/kota", en = "Regency or city" }
rounds = "regency"
[[panel]]
id = "jury"
level = "regency"
quorum = 2
seat = [
  { id = "chair", name = { id = "Ketua", en = "Chair" }, role = "chair", count = 1 },
  { id = "member", name = { id = "Anggota", en = "Member" }, role = "member", count = 8 },
]
[[scheme]]
id = "sheet"
name = { id = "Lembar penilaian", en = "Score sheet" }
weights_total = 100
[[scheme.aspect]]
id = "quality"
name = { id = "Mutu", en = "Quality" }
weight = 60
"#,
    );
    for number in 1..=INDICATORS {
        let _ = writeln!(
            text,
            "[[scheme.aspect.indicator]]\nid = \"i{number}\"\nname = {{ id = \"Indikator {number}\", en = \"Indicator {number}\" }}\n\
             weight = 10\nkind = \"rubric\"\nmin = 0\nmax = 100"
        );
    }
    text.push_str("[[scheme.aspect]]\nid = \"figures\"\nname = { id = \"Angka\", en = \"Figures\" }\nweight = 40\n");
    for number in 1..=CLAIMS {
        let _ = writeln!(
            text,
            "[[scheme.aspect.indicator]]\nid = \"f{number}\"\nname = {{ id = \"Angka {number}\", en = \"Figure {number}\" }}\n\
             weight = 20\nkind = \"count\"\nclaim = \"figure-{number}\"\nlinear = {{ from = 0, to = 10000, points_from = 0, points_to = 100 }}"
        );
    }
    for number in 1..=CLAIMS {
        let _ = writeln!(
            text,
            "[[claim]]\nid = \"figure-{number}\"\nname = {{ id = \"Angka {number}\", en = \"Figure {number}\" }}\nshape = \"count\""
        );
    }
    for number in 1..=CATEGORIES {
        let _ = writeln!(
            text,
            "[[category]]\nid = \"c{number}\"\nname = {{ id = \"Kategori {number}\", en = \"Category {number}\" }}\nkinds = [\"village\"]"
        );
    }
    let categories: Vec<String> = (1..=CATEGORIES).map(|number| format!("\"c{number}\"")).collect();
    let _ = writeln!(
        text,
        "[[ladder]]\nid = \"ties\"\nsteps = [\"chair\"]\n[[contest]]\ncategories = [{}]\nlevel = \"regency\"\nscheme = \"sheet\"\npanel = \"jury\"\n\
         stages = [\"nomination\", \"verification\", \"judging\", \"counting\", \"plenary\", \"announcement\"]\nladder = \"ties\"\nquota = 3",
        categories.join(", ")
    );
    text
}

/// The acts of the pattern's round, in order; some of them will be refused, for five contests are not judged.
pub fn acts() -> Vec<Act> {
    let cycle = Cycle::read(&folder(), &rulebook()).unwrap_or_else(|problems| {
        let told: Vec<String> = problems.iter().map(|problem| problem.message.render(words::Lang::En)).collect();
        panic!("the year has problems: {told:?}")
    });
    award::plan(&cycle, None).into_iter().map(|planned| planned.act).collect()
}

fn folder() -> Folder {
    let header = "format = \"paritrana-cycle-1\"\nid = \"bench\"\nname = { id = \"Pengukuran\", en = \"Measurement\" }\nrulebook = \"rulebook.toml\"\ndata = \"invented\"\n";
    let mut candidates = String::from("id,name,category,kind,region\n");
    let mut claims = String::from("candidate,claim,claimed,verified,verifier,reason\n");
    let mut marks = String::from("juror,candidate,indicator,mark\n");
    let mut panel = String::from("level,region,juror,name,seat\n");
    for juror in 0..JURORS {
        let seat = if juror == 0 { "chair" } else { "member" };
        let _ = writeln!(panel, "regency,{PATTERN},{},Juror Number {juror},{seat}", juror_id(juror));
    }
    for (category, number) in (1..=CATEGORIES).flat_map(|category| (0..CANDIDATES).map(move |number| (category, number))) {
        let id = candidate_id(PATTERN, category, number);
        let _ = writeln!(candidates, "{id},Village Number {number} of Category {category},c{category},village,{PATTERN}");
        for claim in (1..=CLAIMS).filter(|_| category <= WITH_CLAIMS) {
            let _ = writeln!(claims, "{id},figure-{claim},{0},{0},A Verifier,", 1000 * claim + number);
        }
        let jurors = if category <= COUNTED { JURORS } else { JURORS_WHO_MARKED };
        for juror in (0..jurors).filter(|_| category <= WITH_CLAIMS) {
            for (indicator, mark) in marks_of(number * JURORS + juror) {
                let _ = writeln!(marks, "{},{id},{indicator},{mark}", juror_id(juror));
            }
        }
    }
    let files = [("cycle.toml", header.to_owned()), ("candidates.csv", candidates), ("claims.csv", claims), ("marks.csv", marks)];
    let files = files.into_iter().chain([("panel.csv", panel)]);
    files.map(|(name, text)| (name.to_owned(), text.into_bytes())).collect()
}

fn juror_id(number: usize) -> String {
    format!("juror-{number}")
}

fn candidate_id(region: &str, category: usize, number: usize) -> CandidateId {
    CandidateId::new(format!("{}-c{category}-{number}", id_of(region)))
}

fn marks_of(seed: usize) -> BTreeMap<String, usize> {
    (1..=INDICATORS).map(|indicator| (format!("i{indicator}"), 50 + (seed * 7 + indicator * 13) % 49)).collect()
}

/// The contest of a region's category.
fn contest(region: &str, category: usize) -> ContestKey {
    ContestKey { round: RoundKey { level: "regency".into(), region: Some(region.into()) }, category: format!("c{category}") }
}

/// A contest that is judged and counted.
pub fn counted(region: &str) -> ContestKey {
    contest(region, 1)
}

/// What somebody needs who opens the dossier of a candidate with claims and some sheets.
pub fn dossier(region: &str, number: usize) -> (Vec<Part>, ContestKey, CandidateId) {
    let (contest, candidate) = (contest(region, WITH_CLAIMS), candidate_id(region, WITH_CLAIMS, number % CANDIDATES));
    let parts = vec![
        Part::Edition,
        Part::Round(contest.round.clone()),
        Part::Contest(contest.clone()),
        Part::Entry(contest.clone(), candidate.clone()),
    ];
    (parts, contest, candidate)
}

/// The sheet with this number that can still be handed in in a region: ten marks by one juror for one candidate.
pub fn sheet(region: &str, number: usize) -> Act {
    let waiting = CATEGORIES - WITH_CLAIMS;
    assert!(number < waiting * CANDIDATES * JURORS, "the round has no more sheets to hand in");
    let (category, rest) = (WITH_CLAIMS + 1 + number % waiting, number / waiting);
    let (candidate, juror) = (candidate_id(region, category, rest % CANDIDATES), juror_id(rest / CANDIDATES));
    let contest = contest(region, category);
    let marks =
        marks_of(number).into_iter().map(|(id, mark)| (id, mark.to_string().try_into().expect("a whole number is a mark")));
    let sheet = HandedSheet { juror: juror.as_str().into(), candidate, state: SheetState::HandedIn, marks: marks.collect() };
    let actor = Actor::Juror(contest.round.clone(), juror.as_str().into());
    Act { actor, at: None, deed: Deed::HandInSheet(contest, sheet) }
}
