//! The provinces, regencies and cities of Indonesia, each with the days on which it had this code, this name, this province.
//!
//! An edition counts with the map of its own time: that of 2022 began with 34 provinces and ended with 38, and Raja Ampat, which won
//! under Papua Barat, competes under Papua Barat Daya since. So a region is known by an id of its own that never changes, and its code,
//! name and province are rows with a first and a last day. A rulebook pins the day it looks at (`regions_as_of`).
//!
//! The rows come from `data/regions/`, where their sources and licences are named.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::civil::Date;

use file::{PROVINCES, REGENCIES, read_file};
pub use file::{RegionFault, RegionProblem};
use names::{folded, joined};

mod file;
mod names;
#[cfg(test)]
mod tests;

const PROVINCES_CSV: &str = include_str!("../../../data/regions/provinces.csv");
const REGENCIES_CSV: &str = include_str!("../../../data/regions/regencies.csv");

/// The hours ahead of UTC by which a province lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// Waktu Indonesia Barat, western time.
    Wib,
    /// Waktu Indonesia Tengah, central time.
    Wita,
    /// Waktu Indonesia Timur, eastern time.
    Wit,
}

impl Zone {
    /// How many hours the zone is ahead of UTC. Indonesia has no summer time.
    ///
    /// ```
    /// use rules::regions::Zone;
    ///
    /// assert_eq!(Zone::Wita.offset_hours(), 8);
    /// ```
    pub fn offset_hours(self) -> i8 {
        match self {
            Zone::Wib => 7,
            Zone::Wita => 8,
            Zone::Wit => 9,
        }
    }

    /// The abbreviation printed after a time of day.
    ///
    /// ```
    /// use rules::regions::Zone;
    ///
    /// assert_eq!(Zone::Wib.abbreviation(), "WIB");
    /// ```
    pub fn abbreviation(self) -> &'static str {
        match self {
            Zone::Wib => "WIB",
            Zone::Wita => "WITA",
            Zone::Wit => "WIT",
        }
    }

    fn read(text: &str) -> Option<Zone> {
        [Zone::Wib, Zone::Wita, Zone::Wit].into_iter().find(|zone| zone.abbreviation() == text)
    }
}

/// What sort of region it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegionKind {
    /// Provinsi.
    Province,
    /// Kabupaten.
    Regency,
    /// Kota.
    City,
    /// Kabupaten administrasi: a part of Jakarta that passes no regional laws of its own.
    AdministrativeRegency,
    /// Kota administrasi: a part of Jakarta that passes no regional laws of its own.
    AdministrativeCity,
}

impl RegionKind {
    /// Whether a region of this kind makes its own regional laws (perda). The six parts of Jakarta do not.
    ///
    /// ```
    /// use rules::regions::RegionKind;
    ///
    /// assert!(RegionKind::City.makes_regional_laws());
    /// assert!(!RegionKind::AdministrativeCity.makes_regional_laws());
    /// ```
    pub fn makes_regional_laws(self) -> bool {
        matches!(self, RegionKind::Province | RegionKind::Regency | RegionKind::City)
    }

    fn read(text: &str) -> Option<RegionKind> {
        match text {
            "province" => Some(RegionKind::Province),
            "regency" => Some(RegionKind::Regency),
            "city" => Some(RegionKind::City),
            "administrative_regency" => Some(RegionKind::AdministrativeRegency),
            "administrative_city" => Some(RegionKind::AdministrativeCity),
            _ => None,
        }
    }
}

/// One region as it was from one day to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The id that stays the same for ever, such as `kab-raja-ampat`.
    pub id: String,
    /// The code of the Ministry of Home Affairs in these days, such as `96.03`.
    pub code: String,
    /// The full name in these days, such as "Kabupaten Raja Ampat".
    pub name: String,
    /// What sort of region it is.
    pub kind: RegionKind,
    /// The id of its province; a province has none.
    pub parent: Option<String>,
    /// Its time zone.
    pub time_zone: Zone,
    /// The first day. 2017-01-01 stands for "before the first edition of the award".
    pub valid_from: Date,
    /// The last day; none if it is still so.
    pub valid_to: Option<Date>,
}

impl Region {
    /// Whether this row holds on that day.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use rules::regions::Regions;
    ///
    /// let new = Regions::embedded().by_id("papua-selatan", date(2022, 7, 25)).unwrap();
    /// assert!(new.is_valid_on(date(2022, 7, 25)));
    /// assert!(!new.is_valid_on(date(2022, 7, 24)));
    /// ```
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// All regions with their days, to be asked about one day.
#[derive(Clone, Debug)]
pub struct Regions {
    rows: Vec<Region>,
    by_id: BTreeMap<String, Vec<usize>>,
    by_code: BTreeMap<String, Vec<usize>>,
    by_name: BTreeMap<String, Vec<usize>>,
}

impl Regions {
    /// The regions that the program brings along.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use rules::regions::Regions;
    ///
    /// let regions = Regions::embedded();
    /// assert_eq!(regions.provinces_on(date(2022, 6, 30)).count(), 34);
    /// assert_eq!(regions.provinces_on(date(2023, 1, 1)).count(), 38);
    /// ```
    pub fn embedded() -> &'static Regions {
        static REGIONS: OnceLock<Regions> = OnceLock::new();
        REGIONS.get_or_init(|| Regions::parse(PROVINCES_CSV, REGENCIES_CSV).expect("the embedded files are read by a test"))
    }

    /// Reads the two files, or tells everything that is wrong with them.
    ///
    /// ```
    /// use rules::regions::Regions;
    ///
    /// let heading = "id,code,name,kind,parent,time_zone,valid_from,valid_to\n";
    /// let bali = format!("{heading}bali,51,Bali,province,,WITA,2017-01-01,\n");
    /// let badung = format!("{heading}kab-badung,51.03,Kabupaten Badung,regency,bali,WITA,2017-01-01,\n");
    /// assert!(Regions::parse(&bali, &badung).is_ok());
    ///
    /// let problems = Regions::parse(heading, &badung).unwrap_err();
    /// assert_eq!(problems[0].to_string(), "regencies line 2: there is no province \"bali\" on 2017-01-01");
    /// ```
    pub fn parse(provinces: &str, regencies: &str) -> Result<Regions, Vec<RegionProblem>> {
        let mut problems = Vec::new();
        let mut placed = read_file(PROVINCES, provinces, &mut problems);
        placed.extend(read_file(REGENCIES, regencies, &mut problems));
        let regions = Regions::index(placed.iter().map(|(_, region)| region.clone()).collect());
        for (index, (place, _)) in placed.iter().enumerate() {
            problems.extend(regions.faults_of(index).into_iter().map(|fault| place.problem(fault)));
        }
        if problems.is_empty() { Ok(regions) } else { Err(problems) }
    }

    /// The provinces of that day, in the order of their codes.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use rules::regions::Regions;
    ///
    /// let first = Regions::embedded().provinces_on(date(2024, 1, 1)).next().unwrap();
    /// assert_eq!(first.name, "Aceh");
    /// ```
    pub fn provinces_on(&self, day: Date) -> impl Iterator<Item = &Region> {
        self.rows.iter().filter(move |region| region.kind == RegionKind::Province && region.is_valid_on(day))
    }

    /// The regencies and cities of that day.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use rules::regions::Regions;
    ///
    /// assert_eq!(Regions::embedded().regencies_on(date(2021, 1, 1)).count(), 514);
    /// ```
    pub fn regencies_on(&self, day: Date) -> impl Iterator<Item = &Region> {
        self.rows.iter().filter(move |region| region.kind != RegionKind::Province && region.is_valid_on(day))
    }

    /// The province that has this code on that day.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use rules::regions::Regions;
    ///
    /// let regions = Regions::embedded();
    /// assert_eq!(regions.province("96", date(2023, 1, 1)).unwrap().name, "Papua Barat Daya");
    /// assert!(regions.province("96", date(2022, 1, 1)).is_none());
    /// ```
    pub fn province(&self, code: &str, day: Date) -> Option<&Region> {
        self.with_code(code, day).filter(|region| region.kind == RegionKind::Province)
    }

    /// The regency or city that has this code on that day.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use rules::regions::Regions;
    ///
    /// let regions = Regions::embedded();
    /// assert_eq!(regions.regency("92.71", date(2022, 1, 1)).unwrap().id, "kota-sorong");
    /// assert_eq!(regions.regency("96.71", date(2023, 1, 1)).unwrap().id, "kota-sorong");
    /// ```
    pub fn regency(&self, code: &str, day: Date) -> Option<&Region> {
        self.with_code(code, day).filter(|region| region.kind != RegionKind::Province)
    }

    /// Whether this code is a province on that day.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use rules::regions::Regions;
    ///
    /// assert!(Regions::embedded().is_province_on("52", date(2020, 1, 1)));
    /// assert!(!Regions::embedded().is_province_on("52.03", date(2020, 1, 1)));
    /// ```
    pub fn is_province_on(&self, code: &str, day: Date) -> bool {
        self.province(code, day).is_some()
    }

    /// The region with this id as it is on that day.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use rules::regions::Regions;
    ///
    /// let regions = Regions::embedded();
    /// assert_eq!(regions.by_id("kab-toba", date(2019, 1, 1)).unwrap().name, "Kabupaten Toba Samosir");
    /// assert_eq!(regions.by_id("kab-toba", date(2021, 1, 1)).unwrap().name, "Kabupaten Toba");
    /// ```
    pub fn by_id(&self, id: &str, day: Date) -> Option<&Region> {
        self.on(self.by_id.get(id), day).next()
    }

    /// Everything the region with this id has been, oldest first; empty for an unknown id.
    ///
    /// ```
    /// use rules::regions::Regions;
    ///
    /// let provinces: Vec<_> = Regions::embedded().history_of("kab-raja-ampat").map(|r| r.parent.as_deref().unwrap()).collect();
    /// assert_eq!(provinces, ["papua-barat", "papua-barat-daya"]);
    /// ```
    pub fn history_of(&self, id: &str) -> impl Iterator<Item = &Region> {
        self.by_id.get(id).into_iter().flatten().map(|&index| &self.rows[index])
    }

    /// All regions of that day that somebody may mean by this text: a code, a name in one of its usual spellings, or an id.
    ///
    /// A name with its sort ("Kab.", "Kota", "Prov.") means that sort only; a bare name means all regions that bear it, so that the caller
    /// can ask back. Nothing is guessed: a misprint finds nothing.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use rules::regions::Regions;
    ///
    /// let day = date(2024, 1, 1);
    /// let ids = |text| Regions::embedded().find(text, day).iter().map(|r| r.id.as_str()).collect::<Vec<_>>();
    /// assert_eq!(ids("KAB. FAKFAK"), ["kab-fak-fak"]);
    /// assert_eq!(ids("gorontalo"), ["gorontalo", "kab-gorontalo", "kota-gorontalo"]);
    /// assert_eq!(ids("DKI Jakarta"), ["dki-jakarta"]);
    /// assert_eq!(ids("52.03"), ["kab-lombok-timur"]);
    /// assert!(ids("Gorontola").is_empty());
    /// ```
    pub fn find(&self, text: &str, day: Date) -> Vec<&Region> {
        let text = text.trim();
        if let Some(region) = self.with_code(text, day) {
            return vec![region];
        }
        let (sort, bare) = folded(text);
        let named: Vec<_> =
            self.on(self.by_name.get(&bare), day).filter(|region| sort.is_none_or(|sort| sort.fits(region.kind))).collect();
        if !named.is_empty() {
            return named;
        }
        // "Kota Baru" is how some write the regency of Kotabaru: the first word belongs to the name.
        let whole: Vec<_> = self.on(self.by_name.get(&joined(text)), day).collect();
        if whole.is_empty() { self.by_id(text, day).into_iter().collect() } else { whole }
    }

    /// The province to which the region with this id belongs on that day.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use rules::regions::Regions;
    ///
    /// let regions = Regions::embedded();
    /// assert_eq!(regions.parent_on("kab-merauke", date(2022, 7, 24)).unwrap().name, "Papua");
    /// assert_eq!(regions.parent_on("kab-merauke", date(2022, 7, 25)).unwrap().name, "Papua Selatan");
    /// ```
    pub fn parent_on(&self, id: &str, day: Date) -> Option<&Region> {
        self.by_id(self.by_id(id, day)?.parent.as_deref()?, day)
    }

    fn index(rows: Vec<Region>) -> Regions {
        let mut regions =
            Regions { rows: Vec::new(), by_id: BTreeMap::new(), by_code: BTreeMap::new(), by_name: BTreeMap::new() };
        for (index, row) in rows.iter().enumerate() {
            regions.by_id.entry(row.id.clone()).or_default().push(index);
            regions.by_code.entry(row.code.clone()).or_default().push(index);
            regions.by_name.entry(folded(&row.name).1).or_default().push(index);
        }
        for of_one in regions.by_id.values_mut() {
            of_one.sort_by_key(|&index| rows[index].valid_from);
        }
        regions.rows = rows;
        regions
    }

    fn on<'a>(&'a self, rows: Option<&'a Vec<usize>>, day: Date) -> impl Iterator<Item = &'a Region> {
        rows.into_iter().flatten().map(|&index| &self.rows[index]).filter(move |region| region.is_valid_on(day))
    }

    fn with_code(&self, code: &str, day: Date) -> Option<&Region> {
        self.on(self.by_code.get(code), day).next()
    }

    /// What is wrong with a row when it is seen beside the others. Of two rows that clash the later one is told.
    fn faults_of(&self, index: usize) -> Vec<RegionFault> {
        let row = &self.rows[index];
        let clashes = |others: &Vec<usize>| others.iter().any(|&other| other < index && overlap(&self.rows[other], row));
        let mut faults = Vec::new();
        if clashes(&self.by_id[&row.id]) {
            faults.push(RegionFault::IdTwice(row.id.clone()));
        } else if clashes(&self.by_code[&row.code]) {
            faults.push(RegionFault::CodeTwice(row.code.clone()));
        }
        if let Some(parent) = &row.parent
            && let Some(day) = self.first_day_without_province(parent, row)
        {
            faults.push(RegionFault::NoParent(parent.clone(), day));
        }
        faults
    }

    fn first_day_without_province(&self, parent: &str, row: &Region) -> Option<Date> {
        let mut day = row.valid_from;
        loop {
            let Some(province) = self.by_id(parent, day).filter(|region| region.kind == RegionKind::Province) else {
                return Some(day);
            };
            let last = province.valid_to?;
            if row.valid_to.is_some_and(|end| end <= last) {
                return None;
            }
            day = last.tomorrow().ok()?;
        }
    }
}

fn overlap(one: &Region, other: &Region) -> bool {
    let starts_before_end = |a: &Region, b: &Region| b.valid_to.is_none_or(|last| a.valid_from <= last);
    starts_before_end(one, other) && starts_before_end(other, one)
}
