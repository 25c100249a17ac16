//! A small award for tests: villages and cities of a province, three jurors, two levels. Every test changes one thing.
#![allow(dead_code)]

pub mod office;

use award::{Cycle, Folder, Run, Stopped, run};
use words::{Lang, Problem};

pub const RULEBOOK: &str = r#"
format = "paritrana-rulebook-1"

[edition]
id = "small-2020"
version = "1"
name = "Small award"
assessment = { from = 2020-01-01, to = 2020-12-31 }
source = ["assumption"]

[[calendar]]
id = "preparation"
name = "Preparation meeting"
planned = { on = 2020-11-17 }
source = ["assumption"]

[[calendar]]
id = "dossiers"
name = "Dossiers"
stage = "dossier"
level = "province"
planned = { days = 30, after = "preparation", count = "calendar" }
source = ["assumption"]

[[level]]
id = "province"
name = "Province"
rounds = "province"
next = "nation"

[[level]]
id = "nation"
name = "Nation"
rounds = "nation"

[[panel]]
id = "team"
level = "province"
quorum = 2
seat = [
  { id = "chair", name = "Chair", role = "chair", count = 1 },
  { id = "member", name = "Member", role = "member", count = 2 },
]

[[category]]
id = "city"
name = "City"
kinds = ["city", "regency"]
gate = [{ id = "clean", name = "No arrears", no = "arrears", missing = "pass" }]

[[claim]]
id = "members"
name = "Members"
shape = "count"

[[claim]]
id = "workers"
name = "Workers"
shape = "count"

[[claim]]
id = "arrears"
name = "Arrears"
shape = "yes_no"

[[scheme]]
id = "first"
name = "First round"
weights_total = 100

[[scheme.aspect]]
id = "coverage"
name = "Coverage"
weight = 50

[[scheme.aspect.indicator]]
id = "covered"
name = "Workers covered"
kind = "ratio"
numerator = "members"
denominator = "workers"
linear = { from = 0, to = 1, points_from = 0, points_to = 100 }

[[scheme.aspect]]
id = "ideas"
name = "Ideas"
weight = 50

[[scheme.aspect.indicator]]
id = "innovation"
name = { id = "Inovasi", en = "Innovation" }
kind = "rubric"
min = 0
max = 100

[[scheme]]
id = "final"
name = "Final"
weights_total = 100

[[scheme.aspect]]
id = "again"
name = "Coverage again"
weight = 60

[[scheme.aspect.indicator]]
id = "covered-again"
name = "Workers covered"
kind = "ratio"
numerator = "members"
denominator = "workers"
linear = { from = 0, to = 1, points_from = 0, points_to = 100 }

[[scheme.aspect]]
id = "below"
name = "Result below"
weight = 40

[[scheme.aspect.indicator]]
id = "carried-total"
name = "Total of the province"
kind = "carried"
level = "province"
value = "total"

[[ladder]]
id = "ties"
steps = ["innovation", "chair"]

[[ladder]]
id = "final-ties"
steps = ["covered-again", "plenary"]

[[contest]]
categories = ["city"]
level = "province"
scheme = "first"
panel = "team"
stages = ["nomination", "dossier", "verification", "judging", "counting", "plenary", "advancement"]
ladder = "ties"
quota = 1
reserves = 1
source = ["assumption"]

[[contest]]
categories = ["city"]
level = "nation"
scheme = "final"
stages = ["nomination", "verification", "counting", "plenary", "announcement"]
ladder = "final-ties"
quota = 1
source = ["assumption"]
"#;

const CYCLE: &str = r#"
format = "paritrana-cycle-1"
id = "small"
name = "Small"
rulebook = "rulebook.toml"
data = "invented"
"#;

const CANDIDATES: &str = "\
id,name,category,kind,region
badung,Kabupaten Badung,city,regency,51.03
gianyar,Kabupaten Gianyar,city,regency,51.04
denpasar,Kota Denpasar,city,city,51.71
";

const CLAIMS: &str = "\
candidate,claim,claimed,verified,verifier,reason
badung,members,80,80,Ani,
badung,workers,100,100,Ani,
gianyar,members,80,70,Ani,ten have left
gianyar,workers,100,100,Ani,
denpasar,members,60,60,Ani,
denpasar,workers,100,100,Ani,
";

const PANEL: &str = "level,juror,name,seat\nprovince,j1,Ayu,chair\nprovince,j2,Budi,member\nprovince,j3,Citra,member\n";

const MARKS: &str = "\
juror,candidate,indicator,mark
j1,badung,innovation,80
j2,badung,innovation,80
j3,badung,innovation,80
j1,gianyar,innovation,70
j2,gianyar,innovation,80
j3,gianyar,innovation,90
j1,denpasar,innovation,60
j2,denpasar,innovation,60
j3,denpasar,innovation,60
";

/// A cycle as files, with a rulebook.
#[derive(Clone)]
pub struct Small {
    pub folder: Folder,
    pub rulebook: String,
}

/// Three candidates of Bali: Badung 80, Gianyar 75, Denpasar 60; one goes up, one is the reserve.
pub fn small() -> Small {
    let mut folder = Folder::new();
    for (name, text) in [
        ("cycle.toml", CYCLE),
        ("candidates.csv", CANDIDATES),
        ("claims.csv", CLAIMS),
        ("panel.csv", PANEL),
        ("marks.csv", MARKS),
    ] {
        folder.insert(name, text);
    }
    Small { folder, rulebook: RULEBOOK.to_owned() }
}

impl Small {
    /// With another file, or one more.
    pub fn file(mut self, name: &str, text: &str) -> Small {
        self.folder.insert(name, text);
        self
    }

    /// With a text of a file replaced.
    pub fn replace(mut self, name: &str, from: &str, to: &str) -> Small {
        let text = String::from_utf8(self.folder.get(name).expect("the file is there").to_vec()).expect("it is text");
        assert!(text.contains(from), "{name} has no {from:?}");
        self.folder.insert(name, text.replacen(from, to, 1));
        self
    }

    /// With a text of the rulebook replaced.
    pub fn rule(mut self, from: &str, to: &str) -> Small {
        assert!(self.rulebook.contains(from), "the rulebook has no {from:?}");
        self.rulebook = self.rulebook.replacen(from, to, 1);
        self
    }

    pub fn read(&self) -> Result<Cycle, Vec<Problem>> {
        Cycle::read(&self.folder, &self.rulebook)
    }

    pub fn cycle(&self) -> Cycle {
        self.read().unwrap_or_else(|problems| panic!("{}", told(&problems).join("\n")))
    }

    pub fn run(&self) -> Result<Run, Box<Stopped>> {
        run(&self.cycle(), None, &mut |_| {}).map_err(Box::new)
    }

    pub fn played(&self) -> Run {
        self.run().unwrap_or_else(|stopped| panic!("{}", stopped.refusal.rule.render(Lang::En)))
    }

    /// The key of the refusal that stops the run, or that leaves the first open contest open.
    pub fn refused(&self) -> String {
        let open = |run: Run| run.contests.into_iter().find_map(|contest| contest.open);
        let refusal = self.run().map_or_else(|stopped| Some(*stopped.refusal), open);
        refusal.map_or("nothing".to_owned(), |refusal| refusal.rule.key().to_owned())
    }

    /// The keys of the problems found when reading, with line and column.
    pub fn problems(&self) -> Vec<String> {
        let problems = self.read().err().unwrap_or_default();
        let shown = |problem: &Problem| {
            let text = String::from_utf8_lossy(self.folder.get(&problem.file).unwrap_or_default()).into_owned();
            let (line, column) = problem.position(&text);
            format!("{}:{line}:{column} {}", problem.file, problem.message.key().trim_start_matches("problem-cycle-"))
        };
        problems.iter().map(shown).collect()
    }
}

/// Problems as sentences.
pub fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| format!("{}: {}", problem.file, problem.message.render(Lang::En))).collect()
}

/// `candidate status` of everybody in a contest, in the order of the report.
pub fn statuses(run: &Run, contest: &str) -> Vec<String> {
    let report = award::report(run);
    let contests = report.levels.iter().flat_map(|level| &level.rounds).flat_map(|round| &round.contests);
    let found = contests.into_iter().find(|found| found.id == contest).unwrap_or_else(|| panic!("there is no {contest}"));
    let standing = found.standing.iter().map(|row| format!("{} {} {}", row.candidate, row.total, row.status));
    standing.chain(found.out.iter().map(|row| format!("{} {}", row.candidate, row.status))).collect()
}

/// The sentence about a candidate in a contest.
pub fn sentence(run: &Run, contest: &str, candidate: &str, lang: Lang) -> String {
    let report = award::report(run);
    let contests = report.levels.iter().flat_map(|level| &level.rounds).flat_map(|round| &round.contests);
    let found = contests.into_iter().find(|found| found.id == contest).unwrap_or_else(|| panic!("there is no {contest}"));
    let placed = found.standing.iter().filter(|row| row.candidate == candidate).map(|row| row.sentence.render(lang));
    placed.chain(found.out.iter().filter(|row| row.candidate == candidate).map(|row| row.sentence.render(lang))).collect()
}
