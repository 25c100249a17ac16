//! `paritrana rehearse`: an invented national year is played through the office on a database, and what happened is told with its proof.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use office::rehearse::{Explained, Far, FaultTold, OF_2023, Options, Stopped, Told, Year, play};
use serde_json::{Value, json};
use store::{Place, Store};
use words::{Lang, Message};

use crate::keeping::{folder_of, sync};
use crate::screen::{BAD, GOOD, HEADING, HONOUR, QUIET, STRONG, Said, Table, paint, say, width, wrapped};
use crate::{DONE, FAILED, REFUSED, WRONG_USE};

/// What was asked for.
pub struct Wanted {
    /// How many provinces, the seed, and whether things go wrong.
    pub options: Options,
    /// The database into which it is played; none for a file that is thrown away.
    pub database: Option<String>,
    /// Where the file is kept.
    pub keep: Option<PathBuf>,
    /// Print JSON.
    pub json: bool,
}

/// Plays a rehearsal and tells what happened.
pub fn run(said: &mut Said, wanted: &Wanted, lang: Lang) -> Result<u8> {
    // A file that is kept gets its name only when the year was played to its end; until then it stands in a folder beside it that says what
    // it is. Dropped, that folder is gone; after a kill it stays, and nobody takes half a year for a whole one.
    let folder = tempfile::Builder::new().prefix(".gladi-").suffix(".part").tempdir_in(match &wanted.keep {
        Some(path) => folder_of(path).to_owned(),
        None => std::env::temp_dir(),
    });
    let place = match (&wanted.database, &wanted.keep) {
        (Some(address), _) => match address.parse() {
            Ok(place) => place,
            Err(error) => return refused(said, &store::Error::message(&error), WRONG_USE, lang),
        },
        (None, Some(path)) if path.exists() => {
            let message = Message::new("rehearse-file-there").text("path", path.display().to_string());
            return refused(said, &message, WRONG_USE, lang);
        }
        (None, _) => Place::File(folder.as_ref().map(|folder| folder.path().join("gladi.db")).unwrap_or_default()),
    };
    let folder = folder.context("making a folder for the database")?;
    let (code, whole) = perform(said, wanted, &place, lang)?;
    if let (true, Some(path)) = (whole, &wanted.keep) {
        // A link fails where meanwhile something else stands.
        std::fs::hard_link(folder.path().join("gladi.db"), path).with_context(|| format!("making {}", path.display()))?;
        sync(folder_of(path)).with_context(|| format!("making {}", path.display()))?;
    }
    folder.close().context("removing the folder in which the year was played")?;
    Ok(code)
}

/// The exit status, and whether the year was played to its end.
fn perform(said: &mut Said, wanted: &Wanted, place: &Place, lang: Lang) -> Result<(u8, bool)> {
    let began = Instant::now();
    let year = Year::invent(wanted.options.clone(), OF_2023);
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().context("starting to wait for the database")?;
    let bar = bar();
    let mut at = |far: &Far<'_>| show(&bar, far, lang);
    let played = runtime.block_on(async {
        let (told, office, _) = play(&year, place, &mut at).await?;
        Store::close(office.store()).await;
        Ok::<Told, Stopped>(told)
    });
    bar.finish_and_clear();
    match played {
        Ok(told) if wanted.json => {
            said.line(document(&told, wanted));
            Ok((if told.proof.holds() { DONE } else { REFUSED }, true))
        }
        Ok(told) => {
            print(said, &told, wanted, began.elapsed(), lang);
            Ok((if told.proof.holds() { DONE } else { REFUSED }, true))
        }
        Err(Stopped::There(edition)) => {
            Ok((refused(said, &Message::new("rehearse-edition-there").text("edition", edition), WRONG_USE, lang)?, false))
        }
        Err(Stopped::Office(error)) => Ok((refused(said, &error.message(), FAILED, lang)?, false)),
        Err(otherwise) => {
            let message = Message::new("rehearse-otherwise").text("what", otherwise.to_string());
            Ok((refused(said, &message, REFUSED, lang)?, false))
        }
    }
}

fn refused(said: &mut Said, message: &Message, code: u8, lang: Lang) -> Result<u8> {
    said.refuse(message, lang);
    said.complain(Message::new(format!("{}-next", message.key())).render(lang));
    Ok(code)
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

fn show(bar: &ProgressBar, far: &Far<'_>, lang: Lang) {
    bar.set_length(u64::try_from(far.of).unwrap_or(0));
    bar.set_position(u64::try_from(far.scenes).unwrap_or(0));
    let stage = Message::new(format!("rehearse-stage-{}", far.scene.stage.name())).render(lang);
    bar.set_message(format!("{stage}, {} ({})", far.scene.round.name, far.acts));
}

fn print(said: &mut Said, told: &Told, wanted: &Wanted, took: Duration, lang: Lang) {
    said.line(paint(QUIET, say("rehearse-sample", lang)));
    let size = &told.size;
    let heading = Message::new("rehearse-heading").text("edition", &told.edition).number("provinces", size.provinces);
    said.line(paint(HEADING, heading.number("seed", wanted.options.seed).render(lang)));
    let message = Message::new("rehearse-size").number("candidates", size.candidates).number("jurors", size.jurors);
    let message =
        message.number("national", size.national_jurors).number("contests", size.contests).number("claims", size.claims);
    let message = message.number("sheets", size.sheets).number("marks", size.marks).number("accounts", size.accounts);
    said.line(wrapped(&message.render(lang), 0, width()));
    stages(said, told, lang);
    if wanted.options.faults {
        said.line(format!("\n{}", paint(HEADING, say("rehearse-faults", lang))));
        told.faults.iter().for_each(|fault| print_fault(said, fault, lang));
    }
    winners(said, told, lang);
    if let Some(why) = &told.explained {
        explained(said, why, lang);
    }
    proof(said, told, lang);
    let seconds = format!("{}.{}", took.as_secs(), took.subsec_millis() / 100);
    said.line(paint(QUIET, Message::new("rehearse-took").text("seconds", seconds).render(lang)));
}

fn stages(said: &mut Said, told: &Told, lang: Lang) {
    said.line("");
    let mut table = Table::new(&[false, true, true, true]);
    let heads = ["rehearse-column-stage", "rehearse-column-acts", "rehearse-column-facts", "rehearse-column-refused"];
    table.row(heads.iter().map(|head| (say(head, lang), QUIET)).collect());
    for (stage, done) in &told.stages {
        let name = Message::new(format!("rehearse-stage-{}", stage.name())).render(lang);
        let refused = if done.refused == 0 { String::new() } else { done.refused.to_string() };
        table.row(vec![(name, STRONG), (done.acts.to_string(), STRONG), (done.facts.to_string(), QUIET), (refused, BAD)]);
    }
    table.lines(2).into_iter().for_each(|line| said.line(line));
}

fn print_fault(said: &mut Said, told: &FaultTold, lang: Lang) {
    let name = say_of(&format!("rehearse-fault-{}-name", told.fault.name()), lang);
    said.line(format!("{} {}", paint(GOOD, "✓"), paint(STRONG, name)));
    let mut sentences = vec![told.fault.happened(&told.round).render(lang)];
    let refused = told.refused.iter().map(|why| format!("{}: {}", say("cli-refused", lang), why.render(lang)));
    sentences.extend(refused);
    sentences.push(told.fault.ended(&told.round).render(lang));
    said.line(wrapped(&sentences.join(" "), 2, width()));
}

fn say_of(key: &str, lang: Lang) -> String {
    Message::new(key.to_owned()).render(lang)
}

/// The winners of the nation; of the provinces how many awards there are.
fn winners(said: &mut Said, told: &Told, lang: Lang) {
    said.line(format!("\n{}", paint(HEADING, say("rehearse-winners", lang))));
    let mut table = Table::new(&[false, false, false, false]);
    for winner in told.winners.iter().filter(|winner| winner.contest.starts_with("nation/")) {
        let category = winner.contest.rsplit('/').next().unwrap_or_default().to_owned();
        let award = winner.pool.as_ref().map_or(winner.award.clone(), |pool| format!("{} {pool}", winner.award));
        let total: Option<tally::Exact> = winner.total.parse().ok();
        let total = total.map(|total| total.fixed(2)).unwrap_or_default();
        table.row(vec![(category, QUIET), (award, HONOUR), (winner.name.clone(), STRONG), (total, QUIET)]);
    }
    table.lines(2).into_iter().for_each(|line| said.line(line));
    let below = told.winners.iter().filter(|winner| !winner.contest.starts_with("nation/")).count();
    said.line(format!("  {}", paint(QUIET, Message::new("rehearse-winners-below").number("awards", below).render(lang))));
}

fn explained(said: &mut Said, why: &Explained, lang: Lang) {
    let heading = Message::new("rehearse-explained").text("name", &why.name).text("contest", &why.contest);
    said.line(format!("\n{}", paint(HEADING, heading.render(lang))));
    let mut table = Table::new(&[false, true, true]);
    for aspect in &why.aspects {
        let name = if lang == Lang::Id { &aspect.name.0 } else { &aspect.name.1 };
        let points = aspect.points.as_ref().map(|points| points.fixed(2)).unwrap_or_default();
        let weight = Message::new("rehearse-weight").number("weight", &aspect.weight).render(lang);
        table.row(vec![(name.clone(), STRONG), (points, STRONG), (weight, QUIET)]);
    }
    table.lines(2).into_iter().for_each(|line| said.line(line));
    let total = Message::new("rehearse-total").number("total", why.total.fixed(2));
    let line = match &why.next {
        Some((name, next)) => {
            let gap = (&why.total - next).fixed(2);
            format!("{} {}", total.render(lang), Message::new("rehearse-next").text("name", name).number("gap", gap).render(lang))
        }
        None => total.render(lang),
    };
    said.line(wrapped(&line, 2, width()));
}

fn proof(said: &mut Said, told: &Told, lang: Lang) {
    let proof = &told.proof;
    said.line(format!("\n{}", paint(HEADING, say("rehearse-proof", lang))));
    let recounted = Message::new("rehearse-recounted").number("results", proof.recounted);
    let folded = Message::new("rehearse-compared").number("acts", proof.compared);
    let verified =
        Message::new("rehearse-verified").number("acts", proof.verified_acts).number("records", proof.verified_records);
    let differs = |contest: &String| Message::new("rehearse-differs").text("contest", contest);
    for contest in &proof.differing {
        said.complain(paint(BAD, differs(contest).render(lang)));
    }
    if proof.differing.is_empty() {
        said.line(format!("{} {}", paint(GOOD, "✓"), recounted.render(lang)));
    }
    said.line(format!("{} {}", paint(GOOD, "✓"), folded.render(lang)));
    match &proof.difference {
        None => said.line(format!("{} {}", paint(GOOD, "✓"), verified.render(lang))),
        Some(why) => said.complain(paint(BAD, Message::new("rehearse-not-verified").text("why", why).render(lang))),
    }
}

/// The document of `docs/rehearsal.md`.
fn document(told: &Told, wanted: &Wanted) -> Value {
    let sentence =
        |message: &Message| json!({ "key": message.key(), "id": message.render(Lang::Id), "en": message.render(Lang::En) });
    let fault = |fault: &FaultTold| {
        json!({
            "fault": fault.fault,
            "round": fault.round,
            "acts": fault.acts,
            "again": fault.again,
            "happened": sentence(&fault.fault.happened(&fault.round)),
            "refused": fault.refused.iter().map(sentence).collect::<Vec<_>>(),
            "ended": sentence(&fault.fault.ended(&fault.round)),
        })
    };
    let stage = |(stage, done): (&office::rehearse::Stage, &office::rehearse::Done)| json!({ "stage": stage, "acts": done.acts, "facts": done.facts, "refused": done.refused });
    json!({
        "format": "paritrana-rehearsal-1",
        "data": "invented",
        "edition": told.edition,
        "seed": wanted.options.seed,
        "size": told.size,
        "stages": told.stages.iter().map(stage).collect::<Vec<_>>(),
        "faults": told.faults.iter().map(fault).collect::<Vec<_>>(),
        "winners": told.winners,
        "explained": told.explained,
        "proof": told.proof,
        "holds": told.proof.holds(),
    })
}
