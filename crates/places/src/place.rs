//! One region of the list: a province, a regency or city, a district, or a village.

use rules::regions::RegionKind;

/// How high a region stands; a higher one is less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Provinsi.
    Province,
    /// Kabupaten or kota.
    Regency,
    /// Kecamatan, in Papua distrik.
    District,
    /// Desa, kelurahan or desa adat.
    Village,
}

/// What sort of region it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A province, regency or city, as `rules` knows it.
    Region(RegionKind),
    /// Kecamatan, in Papua distrik.
    District,
    /// Desa: a village with a council and a head that it elects. Also nagari, gampong and others, which the list does not tell apart.
    Village,
    /// Kelurahan: a part of a city or town under an official.
    UrbanVillage,
    /// Desa adat: a village by customary law.
    CustomaryVillage,
}

impl PlaceKind {
    /// The level on which regions of this kind stand.
    ///
    /// ```
    /// use places::{Level, PlaceKind};
    ///
    /// assert_eq!(PlaceKind::UrbanVillage.level(), Level::Village);
    /// assert!(Level::Province < Level::Village);
    /// ```
    pub fn level(self) -> Level {
        match self {
            PlaceKind::Region(RegionKind::Province) => Level::Province,
            PlaceKind::Region(_) => Level::Regency,
            PlaceKind::District => Level::District,
            PlaceKind::Village | PlaceKind::UrbanVillage | PlaceKind::CustomaryVillage => Level::Village,
        }
    }

    /// The official word that stands before the name of such a region. The list does not say which kecamatan of Papua is called distrik.
    ///
    /// ```
    /// use places::PlaceKind;
    ///
    /// assert_eq!(PlaceKind::CustomaryVillage.title(), "Desa Adat");
    /// ```
    pub fn title(self) -> &'static str {
        match self {
            PlaceKind::Region(RegionKind::Province) => "Provinsi",
            PlaceKind::Region(RegionKind::Regency) => "Kabupaten",
            PlaceKind::Region(RegionKind::City) => "Kota",
            PlaceKind::Region(RegionKind::AdministrativeRegency) => "Kabupaten Administrasi",
            PlaceKind::Region(RegionKind::AdministrativeCity) => "Kota Administrasi",
            PlaceKind::District => "Kecamatan",
            PlaceKind::Village => "Desa",
            PlaceKind::UrbanVillage => "Kelurahan",
            PlaceKind::CustomaryVillage => "Desa Adat",
        }
    }
}

/// A region as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The code of the Ministry of Home Affairs: `52`, `52.03`, `52.03.16` or `52.03.16.2005`.
    pub code: &'static str,
    /// The name without its sort, such as "Lombok Timur" or "Sapit", spelt as the list spells it.
    pub name: &'static str,
    /// What sort of region it is.
    pub kind: PlaceKind,
    /// Where its parent stands in the list.
    pub(crate) parent: Option<u32>,
}

impl Place {
    /// The name with its sort.
    ///
    /// ```
    /// use places::Places;
    ///
    /// assert_eq!(Places::shared().by_code("52.03").unwrap().full_name(), "Kabupaten Lombok Timur");
    /// assert_eq!(Places::shared().by_code("52.03.16.2005").unwrap().full_name(), "Desa Sapit");
    /// ```
    pub fn full_name(&self) -> String {
        format!("{} {}", self.kind.title(), self.name)
    }
}
