//! How far each province is. One stands at every stage of the process, two or more where there is something to compare; most have only begun,
//! and some are late. The calendar of each is moved so that the present day lies in its stage.

use jiff::civil::{Date, date};

use super::rulebook::after;
use crate::rehearse::scene::Stage;

/// Where a province stands, and how much of it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Post {
    /// The province's code; `nas` for the nation.
    pub code: &'static str,
    /// The stage that it is in.
    pub stage: Stage,
    /// Which categories it has.
    pub categories: &'static [&'static str],
    /// How many candidates there are in each.
    pub candidates: usize,
}

const fn post(code: &'static str, stage: Stage, categories: &'static [&'static str], candidates: usize) -> Post {
    Post { code, stage, categories, candidates }
}

const REGENCIES: &[&str] = &["kabkota"];
const BOTH: &[&str] = &["kabkota", "usaha-kecil-mikro"];
const VILLAGES: &[&str] = &["kabkota", "desa-kelurahan"];

/// The nation's round.
pub const NATION: Post = post("nas", Stage::Panel, &["provinsi"], 4);

/// The province of the candidate that is shown.
pub const OF_CANDIDATE: &str = "32";
/// The province in which a proposal waits for its answer.
pub const OF_PROPOSAL: &str = "13";
/// The province in which villages are appointed by their regency.
pub const OF_REGENCY: &str = "19";
/// The province whose interviews are today and tomorrow.
pub const OF_INTERVIEWS: &str = "33";
/// The province in which figures are verified.
pub const OF_VERIFICATION: &str = "18";
/// The province in which judging is half done.
pub const OF_JUDGING: &str = "36";
/// The province whose plenary is sitting.
pub const OF_PLENARY: &str = "12";
/// The province whose winners wait for the announcement.
pub const OF_ANNOUNCEMENT: &str = "51";
/// The province that has announced its winners.
pub const FINISHED: &str = "73";

/// Every province, in the order of its code.
pub const POSTS: [Post; 38] = [
    post("11", Stage::Opening, &[], 0),
    post("12", Stage::Plenary, REGENCIES, 3),
    post("13", Stage::Nomination, REGENCIES, 2),
    post("14", Stage::Nomination, REGENCIES, 1),
    post("15", Stage::Outreach, &[], 0),
    post("16", Stage::Lock, REGENCIES, 2),
    post("17", Stage::Outreach, &[], 0),
    post("18", Stage::Verification, REGENCIES, 3),
    post("19", Stage::Nomination, VILLAGES, 2),
    post("21", Stage::Nomination, REGENCIES, 1),
    post("31", Stage::Nomination, &["usaha-kecil-mikro"], 2),
    post("32", Stage::Dossier, REGENCIES, 3),
    post("33", Stage::Interview, BOTH, 3),
    post("34", Stage::Nomination, REGENCIES, 2),
    post("35", Stage::Objection, REGENCIES, 3),
    post("36", Stage::Sheets, REGENCIES, 3),
    post("51", Stage::Announcement, REGENCIES, 2),
    post("52", Stage::Nomination, REGENCIES, 1),
    post("53", Stage::Outreach, &[], 0),
    post("61", Stage::Panel, REGENCIES, 2),
    post("62", Stage::Outreach, &[], 0),
    post("63", Stage::Nomination, REGENCIES, 2),
    post("64", Stage::Interest, REGENCIES, 2),
    post("65", Stage::Opening, &[], 0),
    post("71", Stage::Dossier, REGENCIES, 1),
    post("72", Stage::Nomination, REGENCIES, 1),
    post("73", Stage::Ceremony, BOTH, 3),
    post("74", Stage::Outreach, &[], 0),
    post("75", Stage::Nomination, REGENCIES, 1),
    post("76", Stage::Opening, &[], 0),
    post("81", Stage::Nomination, REGENCIES, 1),
    post("82", Stage::Outreach, &[], 0),
    post("91", Stage::Outreach, &[], 0),
    post("92", Stage::Nomination, REGENCIES, 1),
    post("93", Stage::Opening, &[], 0),
    post("94", Stage::Opening, &[], 0),
    post("95", Stage::Opening, &[], 0),
    post("96", Stage::Outreach, &[], 0),
];

/// The provinces of a smaller demonstration: those in which somebody has something to do, and a late one.
pub const FEW: [&str; 10] = [
    "94",
    OF_PROPOSAL,
    OF_REGENCY,
    OF_CANDIDATE,
    OF_VERIFICATION,
    OF_INTERVIEWS,
    OF_JUDGING,
    OF_PLENARY,
    OF_ANNOUNCEMENT,
    FINISHED,
];

/// The day of a rehearsal's calendar that lies in a stage: today, where a province is in it.
pub fn today_in(stage: Stage) -> Date {
    match stage {
        Stage::Edition | Stage::Opening => date(2024, 1, 14),
        Stage::Outreach => date(2024, 1, 22),
        // Nine days before the last day of dossiers.
        Stage::Nomination | Stage::Dossier => date(2024, 1, 31),
        Stage::Panel => date(2024, 2, 6),
        Stage::Verification | Stage::SecondReading => date(2024, 2, 15),
        Stage::Interest => date(2024, 2, 18),
        Stage::Interview => date(2024, 2, 19),
        Stage::Sheets | Stage::Replacement | Stage::Closing => date(2024, 2, 27),
        Stage::Counting | Stage::Plenary => date(2024, 2, 29),
        Stage::Lock => date(2024, 3, 1),
        Stage::Objection | Stage::Advancement => date(2024, 3, 2),
        Stage::Announcement => date(2024, 3, 7),
        Stage::Ceremony => date(2024, 3, 14),
    }
}

/// So many days after a rehearsal's does a province everything whose stage is played today.
pub fn days_to(stage: Stage, today: Date) -> i32 {
    today.since(today_in(stage)).map(|span| span.get_days()).unwrap_or_default()
}

/// Why the calendar of a province in a stage is not that of the rulebook; none where it is.
pub fn moved(stage: Stage) -> Option<&'static str> {
    match days_to(stage, today_in(Stage::Dossier)) {
        0 => None,
        late if late > 12 => Some("Banjir dan longsor; seluruh jadwal mundur (contoh)"),
        late if late > 0 => Some("Panitia baru terbentuk setelah pergantian kepala kantor cabang (contoh)"),
        _ => Some("Disepakati lebih awal oleh panitia provinsi (contoh)"),
    }
}

/// When the first round of all was opened, on its own calendar moved to that of others.
pub fn first_day(today: Date) -> Date {
    after(date(2024, 1, 10), days_to(Stage::Ceremony, today))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{FEW, POSTS};
    use crate::demo::script::ORDER;

    #[test]
    fn every_province_is_there_once_and_every_stage_that_lasts_longer_than_a_moment_is_shown() {
        let codes: BTreeSet<&str> = POSTS.iter().map(|post| post.code).collect();
        assert_eq!((POSTS.len(), codes.len()), (38, 38));
        assert!(FEW.iter().all(|code| codes.contains(code)));
        let stages: BTreeSet<_> = POSTS.iter().map(|post| post.stage).collect();
        let unseen: Vec<String> = ORDER.iter().filter(|stage| !stages.contains(stage)).map(|stage| stage.name()).collect();
        assert_eq!(unseen, ["second-reading", "closing", "counting", "advancement"]);
    }
}
