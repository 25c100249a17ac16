//! The tile map: one tile for each of the 38 provinces, about where it lies, darker the further its round is. What it shows stands in the
//! table beneath as well.

use award::round::Phase;
use award::view::RoundLine;
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
    /// The phase in words.
    pub(crate) phase: Message,
    pub(crate) chip: &'static str,
    pub(crate) sign: &'static str,
    pub(crate) candidates: usize,
    pub(crate) free_seats: usize,
    /// So many days behind its plan; none if it is not.
    pub(crate) late: Option<i32>,
    pub(crate) opened: bool,
}

/// The provinces in one phase: a part of the table.
pub(crate) struct Group<'t> {
    pub(crate) phase: &'t Message,
    pub(crate) chip: &'static str,
    pub(crate) sign: &'static str,
    pub(crate) tiles: Vec<&'t Tile>,
}

/// A tile for each round of a level that has one in each province; empty for any other level. In an edition that is over, what was not
/// opened will not be.
pub(crate) fn tiles(rounds: &[RoundLine], level: &str, is_over: bool) -> Vec<Tile> {
    rounds.iter().filter(|round| round.level == level).filter_map(|round| tile(round, is_over)).collect()
}

/// The same by phase, the furthest first.
pub(crate) fn groups(tiles: &[Tile]) -> Vec<Group<'_>> {
    let of = |tone: u8| {
        let own: Vec<&Tile> = tiles.iter().filter(|tile| tile.tone == tone).collect();
        let first = own.first()?;
        Some(Group { phase: &first.phase, chip: first.chip, sign: first.sign, tiles: own })
    };
    (0..=5).rev().filter_map(of).collect()
}

/// How many tiles are late.
pub(crate) fn late(tiles: &[Tile]) -> usize {
    tiles.iter().filter(|tile| tile.late.is_some()).count()
}

fn tile(round: &RoundLine, is_over: bool) -> Option<Tile> {
    let code = round.region.clone()?;
    let short = SHORT.iter().find(|(known, _)| *known == code)?.1;
    let (tone, chip, sign, key) = look_back(round.phase, is_over);
    Some(Tile {
        short,
        name: round.region_name.clone().unwrap_or_else(|| code.clone()),
        path: format!("/putaran/{}/{code}", round.level),
        code,
        tone,
        phase: Message::new(key),
        chip,
        sign,
        candidates: round.candidates,
        free_seats: round.free_seats,
        late: round.late.filter(|days| *days > 0 && !is_over),
        opened: round.phase != Phase::NotOpened,
    })
}

/// Tone, chip, sign and text of a phase.
pub(crate) fn look(phase: Phase) -> (u8, &'static str, &'static str, &'static str) {
    match phase {
        Phase::NotOpened => (0, "diam", "○", "web-phase-not-opened"),
        Phase::Open => (1, "", "◔", "web-phase-open"),
        Phase::Judging => (2, "jalan", "◑", "web-phase-judging"),
        Phase::Counted => (3, "jalan", "◕", "web-phase-counted"),
        Phase::Ratified => (4, "baik", "●", "web-phase-ratified"),
        Phase::Announced => (5, "tunggu", "★", "web-phase-announced"),
    }
}

/// The same in an edition that may be over.
pub(crate) fn look_back(phase: Phase, is_over: bool) -> (u8, &'static str, &'static str, &'static str) {
    match phase {
        Phase::NotOpened if is_over => (0, "diam", "–", "web-phase-none"),
        phase => look(phase),
    }
}
