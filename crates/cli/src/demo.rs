//! `paritrana demo fill`: fills a database with an invented award year that is under way today, and lists whom to be in it.

use std::io::IsTerminal;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;
use office::Office;
use office::demo::{Demo, Filled, Size, fill};
use office::rehearse::Stopped;
use store::Store;
use words::{Lang, Message};

use crate::args::Database;
use crate::database::{asynchronously, place};
use crate::screen::{HEADING, HONOUR, QUIET, STRONG, Said, Table, paint};
use crate::{DONE, REFUSED};

/// Fills the database and tells whom to be.
pub fn fill_in(said: &mut Said, database: &Database, seed: u64, lang: Lang) -> Result<u8> {
    asynchronously(said, lang, async |said: &mut Said| {
        let office = Office::new(Store::open_or_make(&place(database)?).await?);
        let bar = bar();
        let filled = fill(&office, seed, Timestamp::now(), Size::Whole, &mut |far| show(&bar, far, lang)).await;
        bar.finish_and_clear();
        office.store().close().await;
        match filled {
            Ok(demo) => {
                print(said, &demo, lang);
                Ok(DONE)
            }
            Err(Stopped::Office(error)) => Err(error),
            Err(Stopped::There(edition)) => {
                said.refuse_with_next(&Message::new("demo-unfinished").text("edition", edition), lang);
                Ok(REFUSED)
            }
            Err(otherwise) => {
                said.refuse_with_next(&Message::new("rehearse-otherwise").text("what", otherwise.to_string()), lang);
                Ok(REFUSED)
            }
        }
    })
}

/// A bar on a terminal; nothing where there is none.
fn bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(20));
    bar.set_style(ProgressStyle::with_template("{bar:32.blue} {pos}/{len} {msg}").expect("the template is well formed"));
    bar
}

fn show(bar: &ProgressBar, far: &Filled, lang: Lang) {
    bar.set_length(u64::try_from(far.of).unwrap_or(0));
    bar.set_position(u64::try_from(far.done).unwrap_or(0));
    let stage = Message::new(format!("rehearse-stage-{}", far.stage.name())).render(lang);
    let message = Message::new("demo-filling").text("edition", &far.edition).text("stage", stage).number("acts", far.acts);
    bar.set_message(message.render(lang));
}

fn print(said: &mut Said, demo: &Demo, lang: Lang) {
    let key = if demo.acts > 0 { "demo-filled" } else { "demo-there" };
    let filled = Message::new(key).text("edition", &demo.edition.id).number("acts", demo.acts);
    said.line(paint(HEADING, filled.render(lang)));
    let mut table = Table::new(&[false, false, false, false]);
    for one in &demo.people {
        let (role, task) = (one.label().render(lang), one.task.render(lang));
        table.row(vec![(role, HONOUR), (one.name.clone(), STRONG), (one.person.to_string(), QUIET), (task, QUIET)]);
    }
    table.lines(2).into_iter().for_each(|line| said.line(line));
}
