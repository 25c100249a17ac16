//! The invented year: which provinces take part, who stands there, who sits on the panels. Nothing here happens; it is what everything else
//! is made from. Regions and their codes are real, every organisation and person is invented and says so in its name.

use std::collections::BTreeMap;
use std::sync::Arc;

use award::geography::Geography;
use award::{CandidateId, ContestKey, JurorId, RoundKey, RulebookPin};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use rules::Rulebook;
use rules::regions::{RegionKind, Regions, Zone};
use rules::rulebook::{Category, Seat};

use super::random::Chance;
use super::rulebook;

/// First names; with a flower and `Contoh` they are nobody's.
pub(crate) const FIRST: [&str; 36] = [
    "Ratna", "Bagas", "Dewi", "Rangga", "Sari", "Yoga", "Laras", "Galih", "Ayu", "Bayu", "Citra", "Damar", "Endah", "Fajar",
    "Gita", "Hadi", "Indah", "Jaka", "Kartika", "Lukman", "Maya", "Nanda", "Okta", "Putra", "Rini", "Satria", "Tari", "Umar",
    "Vina", "Wulan", "Yudha", "Zahra", "Arif", "Bunga", "Cahya", "Dimas",
];

/// The most provinces that a rehearsal has: those of 2023.
pub const PROVINCES_MAX: usize = 38;
/// So many days after all others comes the late province.
const LATE_DAYS: i32 = 91;
/// What stands in every invented name.
pub const SAMPLE: &str = "(data contoh)";
/// Words of which invented names are made.
pub(crate) const WORDS: [&str; 24] = [
    "Melati",
    "Kenanga",
    "Cempaka",
    "Anggrek",
    "Teratai",
    "Bougenvil",
    "Flamboyan",
    "Kamboja",
    "Dahlia",
    "Seruni",
    "Wijaya Kusuma",
    "Mawar",
    "Kemuning",
    "Tanjung",
    "Sedap Malam",
    "Alamanda",
    "Lavender",
    "Matahari",
    "Kembang Sepatu",
    "Edelweis",
    "Gardenia",
    "Bakung",
    "Krisan",
    "Puspa",
];

/// What is rehearsed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// So many provinces take part, from 1 to [`PROVINCES_MAX`].
    pub provinces: usize,
    /// From this everything is drawn: the same seed gives the same year.
    pub seed: u64,
    /// Whether things go wrong on the way.
    pub faults: bool,
    /// Only these categories; empty for all.
    pub categories: Vec<String>,
}

/// A round with everybody who belongs to it.
#[derive(Debug, Clone)]
pub struct Round {
    /// Level and region.
    pub key: RoundKey,
    /// The region's code; `nas` for the nation. It begins the ids of everybody here.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Its local time.
    pub zone: Zone,
    /// So many days later than the others it does everything.
    pub days_late: i32,
    /// Why its days are others than those of the rulebook's calendar; none where they are the same.
    pub moved: Option<String>,
    /// Its panel: who sits where.
    pub panel: Vec<Member>,
    /// Who can take a seat that becomes free.
    pub reserve: Member,
    /// Who enters here.
    pub candidates: Vec<Candidate>,
}

/// Somebody on a panel.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Member {
    pub juror: JurorId,
    pub name: String,
    pub seat: String,
    pub office: Option<String>,
}

/// Who stands, as it was invented.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Candidate {
    pub id: CandidateId,
    pub name: String,
    pub category: String,
    pub kind: String,
    pub region: String,
    pub size: Option<String>,
    pub sector: Option<String>,
    /// How good it is, from 35 to 95: figures and marks lie around it.
    pub quality: i64,
}

/// The invented year.
#[derive(Debug, Clone)]
pub struct Year {
    /// What is rehearsed.
    pub options: Options,
    /// The edition's id.
    pub edition: String,
    /// The rulebook's text.
    pub text: String,
    /// The rulebook.
    pub rules: Arc<Rulebook>,
    /// The rulebook's version, named.
    pub pin: RulebookPin,
    /// The provinces, by code.
    pub provinces: Vec<Round>,
    /// The nation.
    pub nation: Round,
    /// Where each candidate stands among all.
    index: BTreeMap<CandidateId, (usize, usize)>,
}

impl Year {
    /// Invents the year that the options ask for.
    ///
    /// # Panics
    ///
    /// If the number of provinces is not from 1 to [`PROVINCES_MAX`], or `of_2023` is not the rulebook of 2023.
    pub fn invent(options: Options, of_2023: &str) -> Year {
        assert!((1..=PROVINCES_MAX).contains(&options.provinces), "the caller asks for provinces that there are");
        let edition = format!("gladi-{}", options.seed);
        let text = rulebook::of_rehearsal(of_2023, &edition);
        let faults = options.faults;
        let mut year = Year::under(options, edition, text);
        if let Some(last) = year.provinces.last_mut().filter(|_| faults) {
            last.days_late = LATE_DAYS;
            last.moved = Some("Gempa bumi; seluruh jadwal mundur tiga bulan (data contoh)".to_owned());
        }
        year
    }

    /// The same under the rulebook of an edition, which must be one of those that [`rulebook::of_rehearsal`] makes, or more.
    pub(crate) fn under(options: Options, edition: String, text: String) -> Year {
        let rules = rules::read("rulebook", &text).expect("the rulebook of a rehearsal has no problem");
        let pin = RulebookPin::of(&rules, text.as_bytes());
        let geography = Geography::of(&rules);
        let maker = Maker { seed: options.seed, only: &options.categories, rules: &rules, geography: &geography };
        let codes: Vec<&str> = rules.zones.iter().flat_map(|zone| &zone.provinces).map(String::as_str).collect();
        let codes = spread(codes, options.provinces);
        let provinces: Vec<Round> = codes.iter().map(|code| maker.province(code)).collect();
        let nation = maker.nation(&provinces);
        let year = Year { options, edition, text, rules: Arc::new(rules), pin, provinces, nation, index: BTreeMap::new() };
        year.arranged(|_| ())
    }

    /// The year with something else in its rounds, and everybody found again.
    pub(crate) fn arranged(mut self, mut arrange: impl FnMut(&mut Round)) -> Year {
        self.provinces.iter_mut().chain([&mut self.nation]).for_each(&mut arrange);
        let rounds = self.provinces.iter().chain([&self.nation]).enumerate();
        let places =
            rounds.flat_map(|(at, round)| round.candidates.iter().enumerate().map(move |(own, one)| (one.id.clone(), (at, own))));
        self.index = places.collect();
        self
    }

    /// All rounds, the nation last.
    pub fn rounds(&self) -> impl Iterator<Item = &Round> {
        self.provinces.iter().chain([&self.nation])
    }

    /// How somebody was invented.
    pub fn candidate(&self, id: &CandidateId) -> Option<&Candidate> {
        let (round, own) = self.index.get(id)?;
        self.provinces.get(*round).unwrap_or(&self.nation).candidates.get(*own)
    }

    /// Chance for a thing of this year.
    pub fn chance(&self, thing: &str) -> Chance {
        Chance::of(self.options.seed, thing)
    }
}

impl Round {
    /// A day of this round's calendar.
    pub fn day(&self, day: Date) -> Date {
        day.saturating_add(Span::new().days(self.days_late))
    }

    /// Nine in the morning of a day of this round's calendar.
    pub fn morning(&self, day: Date) -> Timestamp {
        award::instant(self.day(day).at(9, 0, 0, 0), self.zone)
    }

    /// A contest of this round.
    pub fn contest(&self, category: &str) -> ContestKey {
        ContestKey { round: self.key.clone(), category: category.to_owned() }
    }

    /// The panel's chair.
    pub fn chair(&self) -> &Member {
        &self.panel[0]
    }
}

/// So many of the codes, evenly taken from the list of zones, so that few provinces lie in different zones.
fn spread(codes: Vec<&str>, wanted: usize) -> Vec<String> {
    let mut taken: Vec<String> = (0..wanted).map(|turn| codes[turn * codes.len() / wanted].to_owned()).collect();
    taken.sort();
    taken
}

struct Maker<'r> {
    seed: u64,
    only: &'r [String],
    rules: &'r Rulebook,
    geography: &'r Geography,
}

impl Maker<'_> {
    fn province(&self, code: &str) -> Round {
        let level = self.rules.level("province").expect("2023 has provinces");
        let key = RoundKey { level: level.id.clone(), region: Some(code.to_owned()) };
        let mut round = self.round(key, code, self.geography.name(code));
        round.zone = self.geography.zone_of_time(level, code);
        let regencies: Vec<(&str, RegionKind)> = Regions::embedded()
            .regencies_on(self.rules.edition.regions_as_of)
            .filter(|region| region.code.starts_with(code))
            .map(|region| (region.code.as_str(), region.kind))
            .collect();
        let contests = self.rules.contests.iter().filter(|contest| contest.level == level.id);
        for category in contests.flat_map(|contest| &contest.categories).filter(|category| self.has(category)) {
            let mut chance = Chance::of(self.seed, &format!("how many {code} {category}"));
            let many = if chance.once_in_thousand(250) { 4 } else { 3 };
            for number in 0..many {
                round.candidates.push(self.candidate(&round.code, category, number, &regencies));
            }
        }
        round
    }

    fn nation(&self, provinces: &[Round]) -> Round {
        let mut round = self.round(RoundKey { level: "nation".into(), region: None }, "nas", "Nasional".into());
        for province in provinces.iter().filter(|_| self.has("provinsi")) {
            let id = format!("c{}-provinsi", province.code);
            let quality = Chance::of(self.seed, &format!("quality {id}")).within(35, 95);
            round.candidates.push(Candidate {
                name: format!("Pemerintah Provinsi Contoh {} {SAMPLE}", province.code),
                id: id.as_str().into(),
                category: "provinsi".into(),
                kind: "province".into(),
                region: province.code.clone(),
                size: None,
                sector: None,
                quality,
            });
        }
        round
    }

    fn has(&self, category: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == category)
    }

    fn round(&self, key: RoundKey, code: &str, name: String) -> Round {
        let panel = self.rules.panels.iter().find(|panel| panel.level == key.level).expect("2023 has a panel at each level");
        let seats: Vec<&Seat> = panel.seats.iter().flat_map(|seat| (0..seat.count).map(move |_| seat)).collect();
        let member = |number: usize, seat: &Seat| Member {
            juror: JurorId::new(format!("j{code}-{number}")),
            name: format!("Penilai {number} {name} {SAMPLE}"),
            seat: seat.id.clone(),
            office: seat.offices.first().map(|office| office.id.clone()),
        };
        let reserve = member(seats.len() + 1, seats.last().expect("a panel has seats"));
        let panel = seats.iter().enumerate().map(|(at, seat)| member(at + 1, seat)).collect();
        Round {
            key,
            code: code.to_owned(),
            name,
            zone: Zone::Wib,
            days_late: 0,
            moved: None,
            panel,
            reserve,
            candidates: Vec::new(),
        }
    }

    fn candidate(&self, code: &str, category: &str, number: usize, regencies: &[(&str, RegionKind)]) -> Candidate {
        let rule = self.rules.category(category).expect("a contest has categories that there are");
        let id = format!("c{code}-{category}-{}", number + 1);
        let mut chance = Chance::of(self.seed, &format!("candidate {id}"));
        let first = usize::try_from(chance.within(0, i64::try_from(regencies.len()).unwrap_or(1) - 1)).unwrap_or(0);
        let (region, region_kind) = regencies[(first + number) % regencies.len()];
        let region = if category == "kabkota" { regencies[number % regencies.len()].0 } else { region };
        let region_kind = regencies.iter().find(|(code, _)| *code == region).map_or(region_kind, |(_, kind)| *kind);
        let kind = kind(rule, region_kind);
        let word = chance.one_of(&WORDS);
        Candidate {
            name: invented_name(&kind, word, number + 1, region),
            category: category.to_owned(),
            region: region.to_owned(),
            size: rule.sizes.last().cloned(),
            sector: rule.sectors.first().cloned(),
            quality: chance.within(35, 95),
            kind,
            id: id.as_str().into(),
        }
    }
}

fn kind(rule: &Category, region: RegionKind) -> String {
    let is_city = matches!(region, RegionKind::City | RegionKind::AdministrativeCity);
    let wanted = if is_city { ["city", "kelurahan"] } else { ["regency", "village"] };
    let fitting = rule.kinds.iter().find(|kind| wanted.contains(&kind.as_str()));
    fitting.or(rule.kinds.first()).cloned().unwrap_or_default()
}

fn invented_name(kind: &str, word: &str, number: usize, region: &str) -> String {
    let what = match kind {
        "regency" => "Kabupaten Contoh",
        "city" => "Kota Contoh",
        "village" => "Desa Contoh",
        "kelurahan" => "Kelurahan Contoh",
        "education" => "Universitas Contoh",
        _ => "PT Contoh",
    };
    format!("{what} {word} {number}, {region} {SAMPLE}")
}
