//! The list of all regions as they are now, read once from the files in the binary.

use std::ops::Range;
use std::sync::OnceLock;

use jiff::civil::Date;
use rules::regions::{Region, RegionKind, Regions};

use crate::folded;
use crate::index::{Index, IndexBuilder};
use crate::place::{Level, Place, PlaceKind};
use crate::search::By;

const DISTRICTS_CSV: &str = include_str!("../../../data/regions/districts.csv");
const VILLAGES_CSV: &str = include_str!("../../../data/regions/villages.csv");

/// Names by which everybody calls provinces and a city, beside the official ones of the list.
const EVERYDAY: &[(&str, &[&str])] = &[
    ("12", &["Sumut"]),
    ("13", &["Sumbar"]),
    ("16", &["Sumsel"]),
    ("19", &["Babel", "Bangka Belitung"]),
    ("21", &["Kepri"]),
    ("31", &["DKI Jakarta", "Jakarta"]),
    ("32", &["Jabar"]),
    ("33", &["Jateng"]),
    ("33.72", &["Solo"]),
    ("34", &["DI Yogyakarta", "DIY", "Yogyakarta"]),
    ("35", &["Jatim"]),
    ("52", &["NTB"]),
    ("53", &["NTT"]),
    ("61", &["Kalbar"]),
    ("62", &["Kalteng"]),
    ("63", &["Kalsel"]),
    ("64", &["Kaltim"]),
    ("65", &["Kaltara"]),
    ("71", &["Sulut"]),
    ("72", &["Sulteng"]),
    ("73", &["Sulsel"]),
    ("74", &["Sultra"]),
    ("76", &["Sulbar"]),
    ("82", &["Malut"]),
];

/// Names of before 2017, where the dated list begins, that people still type: Aceh until 2009 (Pergub Aceh 46/2009), Makassar until 1999
/// (PP 86/1999), Papua until 2001 (UU 21/2001), Papua Barat until 2007 (PP 24/2007).
const FORMER: &[(&str, &str)] =
    &[("11", "Nanggroe Aceh Darussalam"), ("73.71", "Kota Ujung Pandang"), ("91", "Irian Jaya"), ("92", "Irian Jaya Barat")];

/// All provinces, regencies, cities, districts and villages, by code and by name.
///
/// Reading the names and building the index takes about two tenths of a second, once, and 10 MB; the names stay in the binary. A server does
/// well to ask for it while it starts.
#[derive(Debug)]
pub struct Places {
    /// Level by level, within a level in the order of the codes.
    pub(crate) places: Vec<Place>,
    /// Where each level begins; the last number is the end.
    starts: [usize; 5],
    /// Other names of places, in the index numbered after the places themselves.
    pub(crate) others: Vec<(u32, By)>,
    pub(crate) index: Index,
}

impl Places {
    /// The list that the program brings along. The first caller waits until it is read.
    ///
    /// ```
    /// use places::{Level, Places};
    ///
    /// let count = |level| Places::shared().all(level).len();
    /// assert_eq!(count(Level::Province), 38);
    /// assert_eq!(count(Level::Village), 83_762);
    /// ```
    pub fn shared() -> &'static Places {
        static PLACES: OnceLock<Places> = OnceLock::new();
        PLACES.get_or_init(|| Places::read(Regions::embedded()))
    }

    /// All regions of a level, in the order of their codes.
    pub fn all(&self, level: Level) -> &[Place] {
        &self.places[self.block(level)]
    }

    /// The region that has this code now.
    ///
    /// ```
    /// use places::Places;
    ///
    /// assert_eq!(Places::shared().by_code("52.03.16").unwrap().name, "Suwela");
    /// assert!(Places::shared().by_code("52.03.99").is_none());
    /// ```
    pub fn by_code(&self, code: &str) -> Option<&Place> {
        self.position(code).map(|position| &self.places[position])
    }

    /// The region and all above it, the region first, its province last.
    ///
    /// ```
    /// use places::Places;
    ///
    /// let places = Places::shared();
    /// let path: Vec<_> = places.path(places.by_code("52.03.16.2005").unwrap()).map(|place| place.name).collect();
    /// assert_eq!(path, ["Sapit", "Suwela", "Lombok Timur", "Nusa Tenggara Barat"]);
    /// ```
    pub fn path<'a>(&'a self, place: &'a Place) -> impl Iterator<Item = &'a Place> {
        std::iter::successors(Some(place), |place| self.parent(place))
    }

    /// The region right above; a province has none.
    pub fn parent(&self, place: &Place) -> Option<&Place> {
        place.parent.map(|parent| &self.places[parent as usize])
    }

    /// The regions right below, in the order of their codes; a village has none.
    ///
    /// ```
    /// use places::Places;
    ///
    /// let places = Places::shared();
    /// assert_eq!(places.children(places.by_code("51").unwrap()).len(), 9);
    /// assert!(places.children(places.by_code("52.03.16.2005").unwrap()).is_empty());
    /// ```
    pub fn children(&self, place: &Place) -> &[Place] {
        let below = match place.kind.level() {
            Level::Province => Level::Regency,
            Level::Regency => Level::District,
            Level::District => Level::Village,
            Level::Village => return &[],
        };
        &self.places[self.beginning(below, place.code)]
    }

    /// The region as `rules` knows it, with its id and its days. Districts and villages have none.
    ///
    /// ```
    /// use places::Places;
    ///
    /// let places = Places::shared();
    /// assert_eq!(places.region(places.by_code("96.03").unwrap()).unwrap().id, "kab-raja-ampat");
    /// ```
    pub fn region(&self, place: &Place) -> Option<&'static Region> {
        let level = place.kind.level();
        (level <= Level::Regency).then(|| current(Regions::embedded()).find(|region| region.code == place.code))?
    }

    /// Where the region with this code stands.
    pub(crate) fn position(&self, code: &str) -> Option<usize> {
        let level = match code.len() {
            2 => Level::Province,
            5 => Level::Regency,
            8 => Level::District,
            13 => Level::Village,
            _ => return None,
        };
        let block = self.block(level);
        let found = self.places[block.clone()].binary_search_by_key(&code, |place| place.code).ok()?;
        Some(block.start + found)
    }

    /// Where those regions of a level stand whose codes begin like this.
    pub(crate) fn beginning(&self, level: Level, code: &str) -> Range<usize> {
        let block = self.block(level);
        let places = &self.places[block.clone()];
        let start = places.partition_point(|place| place.code < code);
        let length = places[start..].partition_point(|place| place.code.starts_with(code));
        block.start + start..block.start + start + length
    }

    fn block(&self, level: Level) -> Range<usize> {
        self.starts[level as usize]..self.starts[level as usize + 1]
    }

    fn read(regions: &'static Regions) -> Places {
        let mut places =
            Places { places: Vec::with_capacity(91_600), starts: [0; 5], others: Vec::new(), index: Index::default() };
        for level in [Level::Province, Level::Regency] {
            let mut rows: Vec<_> = current(regions).map(place_of).filter(|place| place.kind.level() == level).collect();
            rows.sort_by_key(|place| place.code);
            places.append(level, rows.into_iter());
        }
        places.append(Level::District, lines(DISTRICTS_CSV).map(|(code, name)| place(code, name, PlaceKind::District)));
        places.append(Level::Village, lines(VILLAGES_CSV).map(|(code, name)| place(code, name, village_kind(code))));
        places.others = places.other_names(regions);
        places.index = places.indexed();
        places
    }

    /// Adds a level below those that are there; what has no parent is left out, and a test counts what came.
    fn append(&mut self, level: Level, rows: impl Iterator<Item = Place>) {
        for mut place in rows {
            if level != Level::Province {
                let Some(parent) = place.code.rsplit_once('.').and_then(|(above, _)| self.position(above)) else { continue };
                place.parent = u32::try_from(parent).ok();
            }
            self.places.push(place);
        }
        self.starts[level as usize + 1..].fill(self.places.len());
    }

    fn other_names(&self, regions: &'static Regions) -> Vec<(u32, By)> {
        let mut others = Vec::new();
        for region in current(regions) {
            let Some(position) = self.position(&region.code).and_then(|position| u32::try_from(position).ok()) else { continue };
            for then in regions.history_of(&region.id).filter(|then| then.name != region.name) {
                others.push((position, By::FormerName(&then.name)));
            }
        }
        let position = |code: &str| self.position(code).and_then(|position| u32::try_from(position).ok());
        for (code, names) in EVERYDAY {
            let named = |position| names.iter().map(move |name| (position, By::OtherName(name)));
            others.extend(position(code).into_iter().flat_map(named));
        }
        let former = FORMER.iter().filter_map(|(code, name)| Some((position(code)?, By::FormerName(name))));
        others.extend(former);
        others
    }

    fn indexed(&self) -> Index {
        let mut index = IndexBuilder::default();
        let others = self.others.iter().map(|(_, by)| match by {
            By::FormerName(name) | By::OtherName(name) => bare(name),
            By::Name | By::Code | By::FormerCode(_) => "",
        });
        for name in self.places.iter().map(|place| place.name).chain(others) {
            index.add(&folded::words(name));
        }
        index.finish()
    }
}

/// The provinces, regencies and cities of now.
pub(crate) fn current(regions: &'static Regions) -> impl Iterator<Item = &'static Region> {
    regions.provinces_on(Date::MAX).chain(regions.regencies_on(Date::MAX))
}

fn place_of(region: &'static Region) -> Place {
    place(&region.code, bare(&region.name), PlaceKind::Region(region.kind))
}

fn place(code: &'static str, name: &'static str, kind: PlaceKind) -> Place {
    Place { code, name, kind, parent: None }
}

/// The first digit of a village's number says of which sort it is.
fn village_kind(code: &str) -> PlaceKind {
    match code.as_bytes().get(9) {
        Some(b'1') => PlaceKind::UrbanVillage,
        Some(b'3') => PlaceKind::CustomaryVillage,
        _ => PlaceKind::Village,
    }
}

/// The name of a regency or city without its sort.
pub(crate) fn bare(name: &str) -> &str {
    [RegionKind::AdministrativeRegency, RegionKind::AdministrativeCity, RegionKind::Regency, RegionKind::City]
        .into_iter()
        .find_map(|kind| name.strip_prefix(PlaceKind::Region(kind).title())?.strip_prefix(' '))
        .unwrap_or(name)
}

/// Code and name of each line after the heading. A name with a comma stands in quotation marks, and none holds one.
fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines().skip(1).filter_map(|line| line.split_once(',')).map(|(code, name)| (code, name.trim_matches('"')))
}
