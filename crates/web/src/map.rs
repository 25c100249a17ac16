//! The tile map: one tile for each of the 38 provinces, about where it lies, darker the further its round is. What it shows stands in the
//! table beneath as well.

use std::collections::BTreeSet;

use award::view::{RoundLine, Step};
use words::Message;

/// Short names as people there write them, by official code.
const SHORT: [(&str, &str); 38] = [
    ("11", "ACEH"),
    ("12", "SUMUT"),
    ("13", "SUMBAR"),
    ("14", "RIAU"),
    ("15", "JAMBI"),
    ("16", "SUMSEL"),
    ("17", "BKL"),
    ("18", "LPG"),
    ("19", "BABEL"),
    ("21", "KEPRI"),
    ("31", "DKI"),
    ("32", "JABAR"),
    ("33", "JATENG"),
    ("34", "DIY"),
    ("35", "JATIM"),
    ("36", "BTN"),
    ("51", "BALI"),
    ("52", "NTB"),
    ("53", "NTT"),
    ("61", "KALBAR"),
    ("62", "KALTENG"),
    ("63", "KALSEL"),
    ("64", "KALTIM"),
    ("65", "KALTARA"),
    ("71", "SULUT"),
    ("72", "SULTENG"),
    ("73", "SULSEL"),
    ("74", "SULTRA"),
    ("75", "GTO"),
    ("76", "SULBAR"),
    ("81", "MALUKU"),
    ("82", "MALUT"),
    ("91", "PAPUA"),
    ("92", "PABAR"),
    ("93", "PASEL"),
    ("94", "PATENG"),
    ("95", "PAPEG"),
    ("96", "PBD"),
];

/// A tile with its row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tile {
    pub(crate) code: String,
    /// The page of its round, within the edition.
    pub(crate) path: String,
    pub(crate) short: &'static str,
    pub(crate) name: String,
    /// 0 to 5: how dark.
    pub(crate) tone: u8,
    /// How far its round is.
    pub(crate) step: Step,
    /// The same in words.
    pub(crate) told: Message,
    pub(crate) chip: &'static str,
    pub(crate) sign: &'static str,
    pub(crate) candidates: usize,
    pub(crate) free_seats: usize,
    /// So many days behind its plan; none if it is not.
    pub(crate) late: Option<i32>,
    pub(crate) opened: bool,
}

/// The provinces at one step: a part of the table.
pub(crate) struct Group<'t> {
    pub(crate) told: &'t Message,
    pub(crate) chip: &'static str,
    pub(crate) sign: &'static str,
    pub(crate) tiles: Vec<&'t Tile>,
}

/// A tile for each round of a level that has one in each province; empty for any other level. In an edition that is over, what was not
/// opened will not be.
pub(crate) fn tiles(rounds: &[RoundLine], level: &str, is_over: bool) -> Vec<Tile> {
    rounds.iter().filter(|round| round.level == level).filter_map(|round| tile(round, is_over)).collect()
}

/// The same by step, the furthest first.
pub(crate) fn groups(tiles: &[Tile]) -> Vec<Group<'_>> {
    let steps: BTreeSet<Step> = tiles.iter().map(|tile| tile.step).collect();
    let of = |step: Step| {
        let own: Vec<&Tile> = tiles.iter().filter(|tile| tile.step == step).collect();
        let first = own.first()?;
        Some(Group { told: &first.told, chip: first.chip, sign: first.sign, tiles: own })
    };
    steps.into_iter().rev().filter_map(of).collect()
}

/// How many tiles are late.
pub(crate) fn late(tiles: &[Tile]) -> usize {
    tiles.iter().filter(|tile| tile.late.is_some()).count()
}

fn tile(round: &RoundLine, is_over: bool) -> Option<Tile> {
    let code = round.region.clone()?;
    let short = SHORT.iter().find(|(known, _)| *known == code)?.1;
    let (tone, chip, sign, key) = look_back(round.step, is_over);
    Some(Tile {
        short,
        name: round.region_name.clone().unwrap_or_else(|| code.clone()),
        path: format!("/putaran/{}/{code}", round.level),
        code,
        tone,
        step: round.step,
        told: Message::new(key),
        chip,
        sign,
        candidates: round.candidates,
        free_seats: round.free_seats,
        late: round.late.filter(|days| *days > 0 && !is_over),
        opened: round.step != Step::NotOpened,
    })
}

/// Tone, chip, sign and text of a step, of a round and of a contest alike. Steps that follow each other closely share a tone.
pub(crate) fn look(step: Step) -> (u8, &'static str, &'static str, &'static str) {
    match step {
        Step::NotOpened => (0, "diam", "○", "web-step-not-opened"),
        Step::Nomination => (1, "", "◔", "web-step-nomination"),
        Step::Dossiers => (1, "", "◔", "web-step-dossiers"),
        Step::Verification => (2, "jalan", "◑", "web-step-verification"),
        Step::Interview => (2, "jalan", "◑", "web-step-interview"),
        Step::Judging => (3, "jalan", "◕", "web-step-judging"),
        Step::Closed => (3, "jalan", "◕", "web-step-closed"),
        Step::Counted => (4, "baik", "●", "web-step-counted"),
        Step::Ratified => (4, "baik", "●", "web-step-ratified"),
        Step::Locked => (4, "baik", "●", "web-step-locked"),
        Step::Published => (4, "tunggu", "◎", "web-step-published"),
        Step::Announced => (5, "tunggu", "★", "web-step-announced"),
    }
}

/// The same in an edition that may be over.
pub(crate) fn look_back(step: Step, is_over: bool) -> (u8, &'static str, &'static str, &'static str) {
    match step {
        Step::NotOpened if is_over => (0, "diam", "–", "web-phase-none"),
        step => look(step),
    }
}

/// What the tones say, in the key of the map, from the second on.
pub(crate) const TONES: [&str; 4] = ["web-tone-1", "web-tone-2", "web-tone-3", "web-tone-4"];

/// The stages that everybody knows, each with the step that begins it.
pub(crate) const STAGES: [(&str, Step); 6] = [
    ("web-stage-nomination", Step::Nomination),
    ("web-stage-dossier", Step::Dossiers),
    ("web-stage-verification", Step::Verification),
    ("web-stage-judging", Step::Judging),
    ("web-stage-plenary", Step::Ratified),
    ("web-stage-announcement", Step::Announced),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn line(region: &str, step: Step) -> RoundLine {
        RoundLine {
            level: "province".into(),
            region: Some(region.into()),
            region_name: None,
            step,
            steps: BTreeMap::new(),
            candidates: 1,
            free_seats: 0,
            late: Some(3),
        }
    }

    #[test]
    fn provinces_stand_by_step_the_furthest_first_and_are_darker_the_further_they_are() {
        let lines = [
            line("11", Step::Dossiers),
            line("33", Step::Interview),
            line("32", Step::Verification),
            line("18", Step::Announced),
        ];
        let tiles = tiles(&lines, "province", false);
        let told: Vec<(&str, usize)> = groups(&tiles).iter().map(|group| (group.told.key(), group.tiles.len())).collect();
        let steps = ["announced", "interview", "verification", "dossiers"].map(|step| (format!("web-step-{step}"), 1));
        assert_eq!(told.iter().map(|(key, count)| ((*key).to_owned(), *count)).collect::<Vec<_>>(), steps);
        assert_eq!(tiles.iter().map(|tile| tile.tone).collect::<Vec<_>>(), [1, 2, 2, 5]);
    }

    #[test]
    fn nothing_is_late_in_an_edition_that_is_over() {
        assert_eq!(late(&tiles(&[line("11", Step::Dossiers)], "province", false)), 1);
        assert_eq!(late(&tiles(&[line("11", Step::Dossiers)], "province", true)), 0);
    }
}
