//! `paritrana place`: find a region down to the village, and show where it lies.

use clap::Subcommand;
use places::{By, Found, How, Place, Places};
use rules::regions::{Region, Regions};
use words::{Lang, Message};

use crate::screen::{QUIET, STRONG, Said, Table, paint};
use crate::{DONE, WRONG_USE};

/// The day that stands for "before the first edition of the award" in the list of regions.
const BEGINNING: jiff::civil::Date = jiff::civil::date(2017, 1, 1);

/// What to do with regions.
#[derive(Debug, Subcommand)]
pub enum PlaceCommand {
    /// Find regions by a name with or without the names above it, by a former name, or by a code
    ///
    /// Spelling is forgiven: titles (Kab., Kel.), spaces, the old spelling, a letter too many, too few, wrong or swapped
    Search {
        /// The name, such as "karanganyar, palembang"
        #[arg(required = true)]
        query: Vec<String>,
        /// At most so many
        #[arg(long, default_value_t = 20)]
        limit: usize,
    },
    /// Show a region: where it lies, what it was called, what lies in it
    Show {
        /// The code, such as 52.03
        code: String,
    },
}

/// Does one of them.
pub fn run(said: &mut Said, command: &PlaceCommand, lang: Lang) -> u8 {
    match command {
        PlaceCommand::Search { query, limit } => search(said, &query.join(" "), *limit, lang),
        PlaceCommand::Show { code } => show(said, code, lang),
    }
}

fn search(said: &mut Said, query: &str, limit: usize, lang: Lang) -> u8 {
    let places = Places::shared();
    let found = places.search(query, limit);
    if found.is_empty() {
        said.refuse_with_next(&Message::new("place-nothing").text("query", query), lang);
        return WRONG_USE;
    }
    let mut table = Table::new(&[]);
    for one in &found {
        let mut row = vec![
            (one.place.code.to_owned(), QUIET),
            (one.place.full_name(), STRONG),
            (above(places, one.place), anstyle::Style::new()),
        ];
        row.extend(remark(one).map(|remark| (remark.render(lang), QUIET)));
        table.row(row);
    }
    table.lines(0).into_iter().for_each(|line| said.line(line));
    DONE
}

/// The names above a region.
fn above(places: &Places, place: &Place) -> String {
    places.path(place).skip(1).map(|place| place.name).collect::<Vec<_>>().join(", ")
}

/// Why a region was found that is not called as the query says.
fn remark(found: &Found) -> Option<Message> {
    match (found.by, found.how) {
        (By::FormerName(name), _) => Some(Message::new("place-former-name").text("name", name)),
        (By::FormerCode(code), _) => Some(Message::new("place-former-code").text("code", code)),
        (By::OtherName(name), _) => Some(Message::new("place-other-name").text("name", name)),
        (By::Name, How::Close { .. }) => Some(Message::new("place-close")),
        (By::Name, How::Spelling) => Some(Message::new("place-spelling")),
        (By::Name | By::Code, _) => None,
    }
}

fn show(said: &mut Said, code: &str, lang: Lang) -> u8 {
    let places = Places::shared();
    let Some(place) = places.by_code(code) else {
        said.refuse_with_next(&Message::new("place-unknown").text("code", code), lang);
        return WRONG_USE;
    };
    said.line(format!("{} {}", paint(QUIET, place.code), paint(STRONG, place.full_name())));
    for above in places.path(place).skip(1) {
        said.line(format!("{} {}", paint(QUIET, above.code), above.full_name()));
    }
    if let Some(region) = places.region(place) {
        let former = Regions::embedded().history_of(&region.id).filter(|then| then.valid_to.is_some());
        former.for_each(|then| said.line(paint(QUIET, was(then).render(lang))));
    }
    let children = places.children(place);
    if !children.is_empty() {
        said.line(Message::new("place-children").number("count", children.len()).render(lang));
        children.iter().for_each(|child| said.line(format!("  {} {}", paint(QUIET, child.code), child.full_name())));
    }
    DONE
}

/// What a region was, and until when.
fn was(then: &Region) -> Message {
    let key = if then.valid_from == BEGINNING { "place-was-before" } else { "place-was" };
    let message = Message::new(key).text("name", &then.name).text("code", &then.code);
    let message = message.date("from", then.valid_from);
    then.valid_to.into_iter().fold(message, |message, day| message.date("to", day))
}
