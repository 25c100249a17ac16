//! The two editions of a demonstration: the one that is under way today, and one that was finished the year before.

use std::collections::BTreeMap;

use award::cycle::tables::{CommittedLot, PastStanding};
use award::people::PeopleChange;
use award::seal::Sealing;
use award::{Deed, Grant, PersonId};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use rules::regions::Zone;

use super::land::{self, NATION, POSTS, Post, days_to, first_day, moved};
use super::people::{self, Cast};
use super::rulebook::{Frame, after};
use super::{Size, names};
use crate::rehearse::scene::Stage;
use crate::rehearse::step::{Script, Step, Who};
use crate::rehearse::year::{Candidate, Options, Round, Year};

/// An edition with the place of every province in it.
pub(super) struct Invented {
    pub(super) year: Year,
    pub(super) posts: Vec<Post>,
    pub(super) nation: Post,
    /// The day on which it is announced.
    pub(super) begins: Date,
}

/// The local day of an instant in the west of the country, by which the demonstration is arranged.
fn today(now: Timestamp) -> Date {
    now.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(7))).date()
}

/// The edition that is under way.
pub(super) fn of_today(seed: u64, now: Timestamp, size: Size) -> Invented {
    let today = today(now);
    let frame =
        Frame { held: after(today, -90).year(), days: days_to(Stage::Dossier, today), above: days_to(NATION.stage, today) };
    let posts: Vec<Post> = POSTS.into_iter().filter(|post| size == Size::Whole || land::FEW.contains(&post.code)).collect();
    let categories = ["kabkota", "usaha-kecil-mikro", "desa-kelurahan", "provinsi"];
    let year = invented(seed, frame, &posts, &NATION, &categories).arranged(|round| {
        let stage = posts.iter().find(|post| post.code == round.code).map_or(NATION.stage, |post| post.stage);
        round.days_late = days_to(stage, today);
        round.moved = moved(stage).map(str::to_owned);
    });
    Invented { year, posts, nation: NATION, begins: after(first_day(today), -12) }
}

/// The edition of the year before, which was finished.
pub(super) fn of_before(seed: u64, now: Timestamp) -> Invented {
    let held = after(today(now), -90).year() - 1;
    let days = date(held, 1, 1).since(date(2024, 1, 1)).map(|span| span.get_days()).unwrap_or_default();
    let post = |code| Post { code, stage: Stage::Ceremony, categories: &["kabkota"], candidates: 3 };
    let posts = [land::FINISHED, land::OF_ANNOUNCEMENT].map(post).to_vec();
    let nation = Post { stage: Stage::Ceremony, categories: &[], candidates: 0, ..NATION };
    // Other figures than this year's, by other chance.
    let year = invented(seed.wrapping_add(1), Frame { held, days, above: days }, &posts, &nation, &["kabkota"]);
    let year = year.arranged(|round| round.days_late = days);
    Invented { year, posts, nation, begins: date(held, 1, 4) }
}

fn invented(seed: u64, frame: Frame, posts: &[Post], nation: &Post, categories: &[&str]) -> Year {
    let categories = categories.iter().map(|category| (*category).to_owned()).collect();
    let options = Options { provinces: POSTS.len(), seed, faults: false, categories };
    let mut year = Year::under(options, frame.id(), frame.text());
    let places: BTreeMap<String, usize> = year.provinces.iter().enumerate().map(|(at, round)| (round.code.clone(), at)).collect();
    year.provinces.retain(|round| posts.iter().any(|post| post.code == round.code));
    year.arranged(|round| {
        let post = posts.iter().find(|post| post.code == round.code).unwrap_or(nation);
        let place = places.get(&round.code).copied().unwrap_or_default();
        fill_in(round, post, place);
    })
}

/// Leaves those candidates whom the demonstration has, and gives everybody a name.
fn fill_in(round: &mut Round, post: &Post, place: usize) {
    let all = std::mem::take(&mut round.candidates);
    for category in post.categories {
        let some = all.iter().filter(|candidate| candidate.category == *category).take(post.candidates);
        round.candidates.extend(some.cloned());
    }
    for candidate in &mut round.candidates {
        candidate.name = names::of_candidate(candidate, place);
    }
}

impl Invented {
    /// Where a round stands.
    pub(super) fn post(&self, round: &Round) -> &Post {
        self.posts.iter().find(|post| post.code == round.code).unwrap_or(&self.nation)
    }

    /// Everybody who has done something until now, with the round where it was.
    fn everybody(&self) -> Vec<(Who, &Round)> {
        let all = Who::everybody(&self.year).into_iter();
        let mut all: Vec<(Who, &Round)> = all.filter(|(who, round)| self.has_acted(who, round)).collect();
        let shown = self.year.provinces.iter().find(|round| round.code == land::OF_CANDIDATE);
        let helper = shown.and_then(|round| Some((Who::Helper(round.candidates.first()?.id.clone()), round)));
        all.extend(helper);
        all
    }

    fn has_acted(&self, who: &Who, round: &Round) -> bool {
        let post = self.post(round);
        match who {
            Who::Centre(_) | Who::Branch | Who::Secretariat(1) | Who::Candidate(_) | Who::Regency(_) | Who::Helper(_) => true,
            Who::Verifier(_) => post.stage >= Stage::Verification || round.code == land::OF_CANDIDATE,
            Who::Secretariat(_) => post.stage >= Stage::Interview,
            Who::Juror(juror) => post.stage >= Stage::Panel && *juror != round.reserve.juror,
        }
    }

    /// The edition with everybody's name, and the roles of all who act.
    pub(super) fn named(mut self) -> (Invented, BTreeMap<PersonId, String>, BTreeMap<PersonId, Vec<Grant>>) {
        let (names, grants) = {
            let everybody = self.everybody();
            let mut names = names::of_people(&self.year, everybody.iter().map(|(who, round)| (who, *round)));
            let mut grants: BTreeMap<PersonId, Vec<Grant>> =
                everybody.iter().map(|(who, round)| (who.person(&self.year, round), who.grants(&self.year, round))).collect();
            for Cast { person, grants: own, role, .. } in people::cast(&self.year) {
                names.entry(person.clone()).or_insert_with(|| format!("{} Contoh", named_after(role)));
                grants.entry(person).or_insert(own);
            }
            (names, grants)
        };
        let edition = self.year.edition.clone();
        self.year = self.year.arranged(|round| {
            for member in &mut round.panel {
                let person = PersonId::new(format!("{edition}-{}", member.juror));
                member.name = names.get(&person).cloned().unwrap_or_else(|| member.name.clone());
            }
        });
        (self, names, grants)
    }

    /// The edition is announced, everybody is entered, and two people seal the rulebook.
    pub(super) fn opening(&self, names: &BTreeMap<PersonId, String>) -> Vec<Step> {
        let (year, nation) = (&self.year, &self.year.nation);
        let mut script = Script::new(year, nation, award::instant(self.begins.at(9, 0, 0, 0), Zone::Wib));
        script.does(Who::Centre(1), Deed::OpenEdition(award::edition::of(&year.rules)));
        script.does(Who::Centre(1), Deed::RequireLock);
        for (person, name) in names.iter().filter(|(person, _)| !person.as_str().ends_with("operator")) {
            let change = PeopleChange::Enter { person: person.clone(), name: name.clone() };
            script.does(Who::Centre(1), Deed::ChangePeople(change));
        }
        let sealing = |who: Who| Sealing { rulebook: year.pin.clone(), by: who.person(year, nation) };
        script.does(Who::Centre(1), Deed::ProposeSeal(sealing(Who::Centre(1))));
        script.does(Who::Centre(2), Deed::SealRulebook(sealing(Who::Centre(2))));
        for level in &year.rules.levels {
            let commitment = tally::lot::commitment(&format!("undian {} {}", year.edition, level.id));
            let lot = CommittedLot { level: level.id.clone(), commitment, secret: None, words: None };
            script.does(Who::Centre(2), Deed::CommitLot(lot));
        }
        for standing in self.standings() {
            script.does(Who::Centre(1), Deed::RecordStanding(standing));
        }
        script.steps()
    }
}

impl Invented {
    /// What some reached in years that are known only from what was published.
    fn standings(&self) -> Vec<PastStanding> {
        // The edition before tells its own year; these are told once.
        if !self.posts.iter().any(|post| post.code == land::OF_CANDIDATE) {
            return Vec::new();
        }
        let judged = self.year.rules.edition.assessment_to.year();
        let shown = |round: &&Round| [land::OF_CANDIDATE, land::OF_ANNOUNCEMENT, land::FINISHED].contains(&round.code.as_str());
        let candidates = self.year.provinces.iter().filter(shown).filter_map(|round| round.candidates.first());
        let standing = |candidate: &Candidate, ago: i16, standing: &str| PastStanding {
            organisation: candidate.name.clone(),
            region: Some(candidate.region.clone()),
            edition: (judged - ago).to_string(),
            year: judged - ago,
            category: Some(candidate.category.clone()),
            standing: standing.to_owned(),
            value: None,
            source: Some("Kabar Contoh (fiktif)".into()),
            note: None,
        };
        candidates.flat_map(|one| [standing(one, 3, "candidate"), standing(one, 2, "winner")]).collect()
    }
}

/// A first name for whoever takes no part in a round.
fn named_after(role: award::Role) -> &'static str {
    match role {
        award::Role::Aide => "Tiara Puspa",
        award::Role::Auditor => "Surya Krisan",
        _ => "Eka Bakung",
    }
}
