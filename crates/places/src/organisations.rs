//! Organisations that the caller knows, searched as regions are and narrowed by where they sit.

use crate::folded;
use crate::index::{Index, IndexBuilder};
use crate::list::Places;
use crate::marks::{Hit, Marks};
use crate::query::{Query, Run, plain};
use crate::search::{How, how, is_spelt};

/// An organisation as the caller knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// The id that the search gives back.
    pub id: String,
    /// The name that it has now.
    pub name: String,
    /// Other names: short ones, former ones.
    pub other_names: Vec<String>,
    /// The code of the region where it sits, if that is known.
    pub place: Option<String>,
}

/// An organisation that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundOrganisation<'a> {
    /// The organisation.
    pub organisation: &'a Organisation,
    /// How well it was found.
    pub how: How,
    /// The other name by which it was found, if not by its name of now.
    pub other_name: Option<&'a str>,
    /// Whether a part of the query was found in the names of the regions where it sits.
    pub is_narrowed: bool,
}

/// Organisations with an index of their names: about 100 bytes for each beside the texts. A changed list is indexed anew.
#[derive(Debug)]
pub struct Organisations {
    list: Vec<Organisation>,
    /// Where each sits, as a position in the list of places.
    seats: Vec<Option<u32>>,
    /// Which organisation each name of the index is of; the first of its names is that of now.
    names: Vec<(u32, Option<u32>)>,
    index: Index,
}

/// Legal forms that some write and some leave out.
const FORMS: &[&str] = &["pt", "cv", "ud", "pd", "fa", "tbk", "persero", "perseroda"];

/// Short words in the names of public bodies.
const SHORT: &[(&str, &str)] = &[
    ("pemkab", "pemerintah kabupaten"),
    ("pemkot", "pemerintah kota"),
    ("pemprov", "pemerintah provinsi"),
    ("pemdes", "pemerintah desa"),
    ("pemda", "pemerintah daerah"),
    ("kab", "kabupaten"),
    ("prov", "provinsi"),
    ("kec", "kecamatan"),
    ("kel", "kelurahan"),
];

/// The words of a name or query that are compared, still as they were written.
fn words(text: &str) -> Vec<String> {
    let written = plain(text);
    let has_more = written.iter().any(|word| !FORMS.contains(&word.as_str()));
    let kept = written.into_iter().filter(|word| !has_more || !FORMS.contains(&word.as_str()));
    let long = |word: String| match SHORT.iter().find(|(short, _)| *short == word) {
        Some((_, long)) => long.split(' ').map(str::to_owned).collect(),
        None => vec![word],
    };
    kept.flat_map(long).collect()
}

impl Organisations {
    /// Indexes organisations.
    pub fn new(places: &Places, list: impl IntoIterator<Item = Organisation>) -> Organisations {
        let list: Vec<Organisation> = list.into_iter().collect();
        let (mut index, mut names) = (IndexBuilder::default(), Vec::new());
        for (organisation, number) in list.iter().zip(0..) {
            let others = organisation.other_names.iter().zip(0..).map(|(name, other)| (name, Some(other)));
            for (name, other) in std::iter::once((&organisation.name, None)).chain(others) {
                index.add(&words(name).iter().map(|word| folded::folded(word)).collect::<Vec<_>>());
                names.push((number, other));
            }
        }
        let seat = |organisation: &Organisation| u32::try_from(places.position(organisation.place.as_deref()?)?).ok();
        let seats = list.iter().map(seat).collect();
        Organisations { seats, names, index: index.finish(), list }
    }

    /// Finds at most so many organisations, the likeliest first, as [`Places::search`] finds regions: each word must be found in one of
    /// the organisation's names or in a region where it sits. Legal forms (`PT`, `Tbk`) count for nothing.
    ///
    /// ```
    /// use places::{Organisation, Organisations, Places};
    ///
    /// let bank = Organisation {
    ///     id: "bank-lampung".to_owned(),
    ///     name: "PT Bank Lampung".to_owned(),
    ///     other_names: vec!["Bank Pembangunan Daerah Lampung".to_owned()],
    ///     place: Some("18.71".to_owned()),
    /// };
    /// let organisations = Organisations::new(Places::shared(), [bank]);
    /// for query in ["bank lampung", "BANKLAMPUNG, PT", "lampung bank", "bank lampng", "bank bandar lampung", "pembangunan"] {
    ///     assert_eq!(organisations.search(Places::shared(), query, 5).len(), 1, "{query}");
    /// }
    /// assert!(organisations.search(Places::shared(), "bank jambi", 5).is_empty());
    /// ```
    pub fn search<'a>(&'a self, places: &Places, query: &str, limit: usize) -> Vec<FoundOrganisation<'a>> {
        let query = Query::of_words(words(query).into_iter());
        let runs = query.runs();
        let mut hits = self.hits(places, &query, &runs, false);
        if hits.len() < limit {
            hits = self.hits(places, &query, &runs, true);
        }
        hits.truncate(limit);
        hits.iter().map(|hit| self.found(hit, &runs)).collect()
    }

    fn hits(&self, places: &Places, query: &Query, runs: &[Run], with_mistakes: bool) -> Vec<Hit> {
        let owner = |_: &Run, entry: u32| Some(self.names[entry as usize].0);
        let marks = Marks::of(self.list.len(), &self.index, runs, with_mistakes, owner);
        let seated = places.marks(runs, with_mistakes);
        let covered = places.covered(&seated);
        let above = |owner: u32| self.seats[owner as usize].map_or((0, 0), |seat| places.cover(seat, &seated, &covered));
        let mut hits = marks.hits(query.mask(), above);
        hits.sort_by_key(|hit| {
            let name = &self.list[hit.owner as usize].name;
            let missing = hit.missing.count_ones();
            let first = if hit.is_forgiven { missing } else { 0 };
            (hit.is_forgiven, first, hit.fit.class, hit.fit.edits, missing, hit.fit.surplus, name, hit.owner)
        });
        hits
    }

    fn found(&self, hit: &Hit, runs: &[Run]) -> FoundOrganisation<'_> {
        let organisation = &self.list[hit.owner as usize];
        let other = self.names[hit.fit.entry as usize].1;
        let other_name = other.map(|other| organisation.other_names[other as usize].as_str());
        let is_spelt = is_spelt(&words(other_name.unwrap_or(&organisation.name)).concat(), &runs[usize::from(hit.fit.run)]);
        FoundOrganisation { organisation, how: how(hit.fit, is_spelt), other_name, is_narrowed: hit.missing > 0 }
    }
}
