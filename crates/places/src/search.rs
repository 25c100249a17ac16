//! The search for regions: by code, by name, by a name with mistakes, narrowed by the names above.

use rules::regions::{Region, Regions};

use crate::folded;
use crate::list::{Places, bare, current};
use crate::marks::{self, Class, Fit, Marks};
use crate::place::{Level, Place};
use crate::query::{Mask, Query, Run};

/// A region that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// The region as it is now.
    pub place: &'a Place,
    /// How well it was found.
    pub how: How,
    /// By what it was found: a page says so when it is a former name or code.
    pub by: By,
    /// Whether a part of the query was found in the names above it.
    pub is_narrowed: bool,
}

/// What was found for a query, of which only the likeliest may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted<'a> {
    /// The likeliest first.
    pub found: Vec<Found<'a>>,
    /// How many there are of each level, also those that are not in `found`: provinces, regencies and cities, districts, villages.
    pub of_level: [usize; 4],
}

/// How well something was found; the better comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It is called so.
    Exact,
    /// It is called so in another spelling: an old one, a short form, a Roman number.
    Spelling,
    /// Its name or code begins so.
    Beginning,
    /// A later word of its name begins so.
    Word,
    /// It is called nearly so.
    Close {
        /// Letters too many, too few, wrong or swapped.
        edits: u8,
    },
}

/// By what a region was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Its name.
    Name,
    /// A name by which everybody calls it, such as "DKI Jakarta".
    OtherName(&'static str),
    /// A name that it does not have any more.
    FormerName(&'static str),
    /// Its code.
    Code,
    /// A code that it does not have any more.
    FormerCode(&'static str),
}

/// What a region is sorted by: mistakes forgiven, and then words found above; class, edits, words found above, spelling, level, former name,
/// letters beyond. A mistake in the name of a region is likelier than that a part of it is the name of another.
type Rank = [u8; 9];

/// Where in a [`Rank`] the class stands.
const CLASS: usize = 2;
/// Where in a [`Rank`] it says that the name is spelt in another way.
const SPELLING: usize = 5;

/// Which words of the query each region above the villages covers together with those above it.
pub(crate) struct Covered {
    written: Vec<Mask>,
    /// With mistakes forgiven.
    any: Vec<Mask>,
}

#[derive(Clone, Copy)]
struct Ranked {
    rank: Rank,
    hit: marks::Hit,
}

impl Places {
    /// Finds at most so many regions, the likeliest first.
    ///
    /// Words may come in any order, with their titles (`Kab.`, `Kel.`) or without, run together or apart, in the old spelling, unfinished, and
    /// with mistakes: none in three letters, one in seven, two in more that begin right; never in a number. Each word must be found in the
    /// region's own name or in one above it. What is named exactly comes before what only begins so, that before what has such a
    /// word, that before what is nearly called so; among equals the higher level first. Mistakes are only looked for while there is room
    /// for more. A code finds its region and what begins so; a former name or code finds the region of now and says so ([`By`]). Of a query
    /// that is too long for any address the beginning is read.
    ///
    /// ```
    /// use places::{By, How, Places};
    ///
    /// let places = Places::shared();
    /// let found = places.search("sapit, lombok timur", 5)[0];
    /// assert_eq!((found.place.code, found.how, found.is_narrowed), ("52.03.16.2005", How::Exact, true));
    /// assert_eq!(places.search("Soerabaja", 5)[0].place.full_name(), "Kota Surabaya");
    /// assert_eq!(places.search("Toba Samosir", 5)[0].by, By::FormerName("Kabupaten Toba Samosir"));
    /// assert!(places.search("?!", 5).is_empty());
    /// ```
    pub fn search(&self, query: &str, limit: usize) -> Vec<Found<'_>> {
        self.search_and_count(query, limit, limit).found
    }

    /// As [`Places::search`], with how many there are. Mistakes are looked for where fewer than `enough` are called so without, whatever the
    /// limit, so that the numbers are the same however many are shown.
    ///
    /// ```
    /// use places::Places;
    ///
    /// let sukamaju = |limit| Places::shared().search_and_count("sukamaju", limit, 60);
    /// assert_eq!(sukamaju(3).found.len(), 3);
    /// assert_eq!(sukamaju(3).of_level, sukamaju(500).of_level);
    /// assert_eq!(sukamaju(500).of_level.iter().sum::<usize>(), sukamaju(500).found.len());
    /// ```
    pub fn search_and_count(&self, query: &str, limit: usize, enough: usize) -> Counted<'_> {
        let mut coded = self.coded(query);
        if !coded.is_empty() {
            let of_level = counts(coded.iter().map(|found| found.place));
            coded.truncate(limit);
            return Counted { found: coded, of_level };
        }
        let readings = Query::readings(query);
        let mut ranked = self.ranked(&readings, false);
        if ranked.len() < enough {
            ranked = self.ranked(&readings, true);
        }
        let of_level = counts(ranked.iter().map(|one| &self.places[one.hit.owner as usize]));
        let order = |one: &Ranked| (one.rank, one.hit.owner);
        if ranked.len() > limit {
            // One letter finds a fifth of all names; only the first of them need be sorted.
            ranked.select_nth_unstable_by_key(limit, order);
            ranked.truncate(limit);
        }
        ranked.sort_unstable_by_key(order);
        Counted { found: ranked.iter().map(|one| self.found(one)).collect(), of_level }
    }

    fn found(&self, Ranked { rank, hit }: &Ranked) -> Found<'_> {
        let by = self.other(hit.fit.entry).map_or(By::Name, |(_, by)| *by);
        let how = if rank[CLASS] == Class::Whole as u8 && hit.fit.class != Class::Whole {
            How::Spelling
        } else {
            how(hit.fit, rank[SPELLING] == 0)
        };
        Found { place: &self.places[hit.owner as usize], how, by, is_narrowed: hit.missing != 0 }
    }

    /// The best of each region over all readings.
    fn ranked(&self, readings: &[Query], with_mistakes: bool) -> Vec<Ranked> {
        let mut ranked: Vec<Ranked> = readings.iter().flat_map(|query| self.ranked_of(query, with_mistakes)).collect();
        if readings.len() > 1 {
            ranked.sort_unstable_by_key(|one| (one.hit.owner, one.rank));
            ranked.dedup_by_key(|one| one.hit.owner);
        }
        ranked
    }

    fn ranked_of(&self, query: &Query, with_mistakes: bool) -> Vec<Ranked> {
        let runs = query.runs();
        let marks = self.marks(&runs, with_mistakes);
        let covered = self.covered(&marks);
        let above = |owner: u32| self.places[owner as usize].parent.map_or((0, 0), |parent| self.cover(parent, &marks, &covered));
        let hits = marks.hits(query.mask(), above);
        hits.into_iter().map(|hit| Ranked { rank: self.rank(&hit, query, &runs), hit }).collect()
    }

    fn rank(&self, hit: &marks::Hit, query: &Query, runs: &[Run]) -> Rank {
        let fit = hit.fit;
        let has_all = !hit.is_forgiven && hit.missing == 0 && query.len() > 1;
        let is_reordered = has_all && fit.class != Class::Whole && self.is_reordered(fit.entry, query);
        let class = if is_reordered { Class::Whole } else { fit.class };
        let is_spelt =
            !is_reordered && (fit.class != Class::Whole || is_spelt(self.name(fit.entry), &runs[usize::from(fit.run)]));
        let is_former = self.other(fit.entry).is_some_and(|(_, by)| matches!(by, By::FormerName(_)));
        let missing = u8::try_from(hit.missing.count_ones()).unwrap_or(u8::MAX);
        let level = self.places[hit.owner as usize].kind.level() as u8;
        let first = if hit.is_forgiven { missing } else { 0 };
        [
            u8::from(hit.is_forgiven),
            first,
            class as u8,
            fit.edits,
            missing,
            u8::from(!is_spelt),
            level,
            u8::from(is_former),
            fit.surplus,
        ]
    }

    /// Whether a name has the words of the query in another order.
    fn is_reordered(&self, entry: u32, query: &Query) -> bool {
        let mut words = folded::words(self.name(entry));
        words.sort_unstable();
        words == query.sorted_words()
    }

    /// Which words of the query the names of each region cover.
    pub(crate) fn marks(&self, runs: &[Run], with_mistakes: bool) -> Marks {
        Marks::of(self.places.len(), &self.index, runs, with_mistakes, |run, entry| {
            let owner = self.other(entry).map_or(entry, |(owner, _)| *owner);
            run.sort.is_none_or(|sort| sort.fits(self.places[owner as usize].kind)).then_some(owner)
        })
    }

    /// Which words each region above the villages covers together with those above it.
    pub(crate) fn covered(&self, marks: &Marks) -> Covered {
        let count = self.places.len() - self.all(Level::Village).len();
        let mut covered = Covered { written: Vec::with_capacity(count), any: Vec::with_capacity(count) };
        for position in (0..).take(count) {
            let (written, any) = self.cover(position, marks, &covered);
            covered.written.push(written);
            covered.any.push(any);
        }
        covered
    }

    /// Which words a region covers together with those above it: as written, and with mistakes forgiven.
    pub(crate) fn cover(&self, position: u32, marks: &Marks, covered: &Covered) -> (Mask, Mask) {
        let above = self.places[position as usize].parent.map(|parent| parent as usize);
        let (written, any) = above.map_or((0, 0), |above| (covered.written[above], covered.any[above]));
        let own = marks.written.cover(position);
        (written | own, any | own | marks.forgiven.cover(position))
    }

    /// The other name that stands at this number of the index, if it is not the name of a region itself.
    fn other(&self, entry: u32) -> Option<&(u32, By)> {
        (entry as usize).checked_sub(self.places.len()).map(|number| &self.others[number])
    }

    /// The name at this number of the index, without its sort.
    fn name(&self, entry: u32) -> &'static str {
        match self.other(entry) {
            Some((_, By::FormerName(name) | By::OtherName(name))) => bare(name),
            Some(_) | None => self.places.get(entry as usize).map_or("", |place| place.name),
        }
    }

    /// What a query finds that is a code or the beginning of one, with its dots or without.
    fn coded(&self, query: &str) -> Vec<Found<'_>> {
        let Some(code) = code(query) else { return Vec::new() };
        let levels = [Level::Province, Level::Regency, Level::District, Level::Village];
        let present = levels.into_iter().flat_map(|level| self.beginning(level, &code)).map(|position| Found {
            place: &self.places[position],
            how: if self.places[position].code == code { How::Exact } else { How::Beginning },
            by: By::Code,
            is_narrowed: false,
        });
        let found: Vec<_> = present.collect();
        if !found.is_empty() {
            return found;
        }
        let former = former(&code).and_then(|(now, then)| Some((self.by_code(&now.code)?, &then.code)));
        let found = former.map(|(place, code)| Found { place, how: How::Exact, by: By::FormerCode(code), is_narrowed: false });
        found.into_iter().collect()
    }
}

/// How many places there are of each level.
fn counts<'p>(places: impl Iterator<Item = &'p Place>) -> [usize; 4] {
    let mut of_level = [0; 4];
    places.for_each(|place| of_level[place.kind.level() as usize] += 1);
    of_level
}

/// How well something was found, as it is told.
pub(crate) fn how(fit: Fit, is_spelt: bool) -> How {
    match fit.class {
        Class::Whole if is_spelt => How::Exact,
        Class::Whole => How::Spelling,
        Class::Beginning => How::Beginning,
        Class::Word => How::Word,
        Class::Near | Class::NearWord | Class::NearBeginning => How::Close { edits: fit.edits },
    }
}

/// Whether a name is written as in the query, but for case, spaces and punctuation.
pub(crate) fn is_spelt(name: &str, run: &Run) -> bool {
    folded::plain_words(name).concat() == run.plain
}

/// The province, regency or city of now that once had this code, and what it was then.
fn former(code: &str) -> Option<(&'static Region, &'static Region)> {
    let regions = Regions::embedded();
    current(regions).find_map(|now| Some((now, regions.history_of(&now.id).find(|then| then.code == code)?)))
}

/// A text of digits and dots as a code with its dots: `5203` is `52.03`.
fn code(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > 13 || !text.bytes().all(|letter| letter.is_ascii_digit() || letter == b'.') {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let part = |from: usize, to: usize| digits.get(from..to.min(digits.len())).filter(|part| !part.is_empty());
    let parts: Vec<_> = [part(0, 2), part(2, 4), part(4, 6), part(6, 10)].into_iter().flatten().collect();
    (digits.len() <= 10 && !parts.is_empty()).then(|| parts.join("."))
}
