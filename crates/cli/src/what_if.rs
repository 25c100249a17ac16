//! `paritrana what-if`: change something, count everything again, show what moves.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use award::Selector;
use words::Lang;

use crate::screen::{BAD, HEADING, QUIET, paint, say, width, wrapped};
use crate::{DONE, REFUSED, cycle};

/// Makes the changes to the year in `dir` and prints what moved.
pub fn run(dir: &Path, changes: &[String], selector: &Selector, json: bool, lang: Lang) -> Result<ExitCode> {
    let Some(run) = cycle::played(dir, None, lang)? else { return Ok(ExitCode::from(REFUSED)) };
    let answer = match award::what_if(&run, selector, changes) {
        Ok(answer) => answer,
        Err(refusals) => {
            for refusal in refusals {
                anstream::eprintln!("{}: {}", paint(BAD, say("cli-refused", lang)), refusal.render(lang));
            }
            return Ok(ExitCode::from(REFUSED));
        }
    };
    if json {
        println!("{}", serde_json::to_string_pretty(&answer)?);
        return Ok(DONE);
    }
    cycle::print_label(&run.cycle, lang);
    for sentence in &answer.sentences {
        anstream::println!("{}", wrapped(&sentence.0.render(lang), 0, width()));
    }
    for contest in &answer.contests {
        let remark = if contest.chosen { String::new() } else { format!("  {}", paint(QUIET, say("cli-follows", lang))) };
        anstream::println!("\n{}{remark}", paint(HEADING, &contest.contest));
        for sentence in &contest.sentences {
            let text = wrapped(&sentence.0.render(lang), 4, width());
            anstream::println!("  • {}", text.trim_start());
        }
    }
    Ok(DONE)
}
