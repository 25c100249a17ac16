//! `paritrana what-if`: change something, count everything again, show what moves.

use std::path::Path;

use anyhow::Result;
use award::Selector;
use words::Lang;

use crate::screen::{HEADING, QUIET, Said, paint, say, width, wrapped};
use crate::{DONE, REFUSED, cycle};

/// Makes the changes to the year in `dir` and prints what moved.
pub fn run(said: &mut Said, dir: &Path, changes: &[String], selector: &Selector, json: bool, lang: Lang) -> Result<u8> {
    let Some(run) = cycle::played(said, dir, None, lang)? else { return Ok(REFUSED) };
    let answer = match award::what_if(&run, selector, changes) {
        Ok(answer) => answer,
        Err(refusals) => {
            for refusal in refusals {
                said.refuse(&refusal, lang);
            }
            return Ok(REFUSED);
        }
    };
    if json {
        said.line(serde_json::to_string_pretty(&answer)?);
        return Ok(DONE);
    }
    cycle::print_label(said, &run.cycle, lang);
    for sentence in &answer.sentences {
        said.line(wrapped(&sentence.0.render(lang), 0, width()));
    }
    for contest in &answer.contests {
        let remark = if contest.chosen { String::new() } else { format!("  {}", paint(QUIET, say("cli-follows", lang))) };
        said.line(format!("\n{}{remark}", paint(HEADING, contest.title.0.render(lang))));
        for sentence in &contest.sentences {
            let text = wrapped(&sentence.0.render(lang), 4, width());
            said.line(format!("  • {}", text.trim_start()));
        }
    }
    Ok(DONE)
}
