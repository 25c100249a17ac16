//! Takes a walked file over into the typed rulebook, one file for each group of tables.
//!
//! Nothing is refused here: what is wrong has been said by the reader, and stand-ins take its place until `read` gives up.

mod award;
mod calendar;
mod category;
mod claim;
mod contest;
mod edition;
mod indicator;
mod level;
mod panel;
mod scheme;

use crate::reader::Table;
use crate::rulebook::Rulebook;

/// The typed rulebook. The n-th item of a list is the n-th in the file.
pub(crate) fn rulebook(root: &Table<'_>) -> Rulebook {
    let all = |key| root.tables(key);
    Rulebook {
        edition: edition::edition(root),
        organisers: all("organiser").iter().map(edition::organiser).collect(),
        sources: edition::sources(root),
        calendar: all("calendar").iter().map(calendar::event).collect(),
        holidays: all("holiday").iter().map(calendar::holiday).collect(),
        levels: all("level").iter().map(level::level).collect(),
        zones: all("zone").iter().map(level::zone).collect(),
        panels: all("panel").iter().map(panel::panel).collect(),
        categories: all("category").iter().map(category::category).collect(),
        claims: all("claim").iter().map(claim::claim).collect(),
        derived: all("derived").iter().map(claim::derived).collect(),
        attendance: all("attendance").iter().map(claim::attendance).collect(),
        schemes: all("scheme").iter().map(scheme::scheme).collect(),
        ladders: all("ladder").iter().map(award::ladder).collect(),
        awards: all("award").iter().map(award::award).collect(),
        contests: all("contest").iter().map(contest::contest).collect(),
    }
}
