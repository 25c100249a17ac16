//! `paritrana demo`: fills a database with an invented award year that is under way today, serves it, and tells whom to be in it.

use anyhow::Result;
use indicatif::ProgressBar;
use jiff::Timestamp;
use office::demo::{Demo, Filled, Size, fill};
use office::rehearse::Stopped;
use office::{Office, Secret};
use store::Store;
use words::{Lang, Message};

use crate::args::Database;
use crate::database::{asynchronously, files_made_at, on_all_cores, place};
use crate::screen::{HEADING, HONOUR, QUIET, STRONG, Said, Table, bar, paint};
use crate::serve::{Serve, pages};
use crate::user::CONSOLE;
use crate::{DONE, REFUSED, config};

/// Which demonstration.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// From this number everything is drawn.
    pub seed: u64,
    /// Only where somebody has something to do.
    pub small: bool,
}

/// `paritrana demo fill`: fills the database and tells whom to be.
pub fn fill_in(said: &mut Said, database: &Database, wanted: Wanted, lang: Lang) -> Result<u8> {
    asynchronously(said, lang, async |said: &mut Said| {
        let office = Office::new(with_files(Store::open_or_make(&place(database)?).await?, lang).await?);
        let demo = filled(said, &office, wanted, lang).await;
        office.store().close().await;
        let Some(demo) = demo? else { return Ok(REFUSED) };
        print(said, &demo, lang);
        Ok(DONE)
    })
}

/// `paritrana demo serve`: fills the database if need be and serves its pages, with one sign-in link for each role.
pub fn serve(said: &mut Said, serve: &Serve, wanted: Wanted, lang: Lang) -> Result<u8> {
    on_all_cores(said, lang, async |said: &mut Said| {
        let office = Office::new(with_files(Store::open_or_make(&place(&serve.database)?).await?, lang).await?);
        let Some(demo) = filled(said, &office, wanted, lang).await? else { return Ok(REFUSED) };
        let serve = Serve { sample: true, edition: Some(demo.edition.id.clone()), ..serve.clone() };
        let links = office.clone();
        Ok(pages(said, &serve, office, lang, async |address: String| show_links(&links, &demo, &address, lang).await).await)
    })
}

/// The store with the configured place for files; without one the documents of the invented year are only told of.
async fn with_files(store: Store, lang: Lang) -> office::Result<Store> {
    Ok(match config::value(config::FILES) {
        Some(files) => store.with_files(files_made_at(&files, lang).await?),
        None => store.with_files_elsewhere(),
    })
}

/// Prints whom to be, each with a link that lets in once.
async fn show_links(office: &Office, demo: &Demo, address: &str, lang: Lang) {
    anstream::println!("\n{}", paint(HEADING, Message::new("demo-links").render(lang)));
    for one in &demo.people {
        let mut random = [0; 32];
        let link = match getrandom::fill(&mut random) {
            Ok(()) => office.make_link(&CONSOLE.into(), Timestamp::now(), &one.person, Secret::new(random)).await,
            Err(error) => {
                anstream::eprintln!("{error}");
                return;
            }
        };
        let (role, task) = (one.label().render(lang), one.task.render(lang));
        match link {
            Ok(link) => anstream::println!("{}  {}\n  {}\n  {task}", paint(HONOUR, role), one.name, link.under(address)),
            Err(error) => anstream::eprintln!("{role}: {error}"),
        }
    }
    anstream::println!("{}", Message::new("demo-links-last").render(lang));
}

async fn filled(said: &mut Said, office: &Office, wanted: Wanted, lang: Lang) -> office::Result<Option<Demo>> {
    let bar = bar();
    let size = if wanted.small { Size::Small } else { Size::Whole };
    let filled = fill(office, wanted.seed, Timestamp::now(), size, &mut |far| show(&bar, far, lang)).await;
    bar.finish_and_clear();
    let refused = match filled {
        Ok(demo) => return Ok(Some(demo)),
        Err(Stopped::Office(error)) => return Err(error),
        Err(Stopped::There(edition)) => Message::new("demo-unfinished").text("edition", edition),
        Err(otherwise) => Message::new("rehearse-otherwise").text("what", otherwise.to_string()),
    };
    said.refuse_with_next(&refused, lang);
    Ok(None)
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
