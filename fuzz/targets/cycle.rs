//! Any bytes as a table of a cycle: problems inside the file, a refusal, or a year that runs and tells of itself; never a crash. The
//! first byte chooses the table; the other tables are those of a small sound year.
#![no_main]

use award::{Cycle, Folder, SCHEMAS};
use libfuzzer_sys::fuzz_target;
use words::Lang;

const CYCLE: &str = "format = \"paritrana-cycle-1\"\nid = \"fuzz\"\nname = \"fuzz\"\nrulebook = \"rulebook.toml\"\ndata = \"invented\"\n";
const CANDIDATES: &str = "id,name,category,kind,region\na,A,village,village,x\nb,B,village,village,x\n";
const PANEL: &str = "level,juror,name,seat\ncity,j1,One,chair\ncity,j2,Two,member\ncity,j3,Three,member\n";
const CLAIMS: &str = "candidate,claim,claimed,verified,verifier\na,bins,20,20,v\nb,bins,30,30,v\n";
const MARKS: &str = "juror,candidate,indicator,mark\nj1,a,impression,70\nj1,b,impression,71\nj2,a,impression,72\nj2,b,impression,73\nj3,a,impression,74\nj3,b,impression,75\n";

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, table)) = bytes.split_first() else { return };
    let mut folder = Folder::new();
    for (name, text) in [("cycle.toml", CYCLE), ("candidates.csv", CANDIDATES), ("panel.csv", PANEL), ("claims.csv", CLAIMS), ("marks.csv", MARKS)] {
        folder.insert(name, text);
    }
    let chosen = usize::from(*choice) % (SCHEMAS.len() + 1);
    let name = SCHEMAS.get(chosen).map_or("cycle.toml", |schema| schema.file);
    folder.insert(name, table);
    match Cycle::read(&folder, rules::EXAMPLE) {
        Err(problems) => {
            assert!(!problems.is_empty());
            for problem in problems {
                let length = folder.get(&problem.file).map_or(usize::MAX, <[u8]>::len);
                assert!(problem.span.start <= problem.span.end && problem.span.end <= length, "{problem:?}");
                problem.message.render(Lang::Id);
            }
        }
        Ok(cycle) => match award::run(&cycle, None, &mut |_| ()) {
            Err(stopped) => assert!(!stopped.problem().message.render(Lang::En).is_empty()),
            Ok(run) => {
                award::report(&run);
                award::explain(&run, "a").ok();
            }
        },
    }
});
