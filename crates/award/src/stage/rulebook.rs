//! Penetapan versi buku aturan: two people move a round to another version of its edition's rulebook, as long as nobody has judged in it.
//!
//! A version may weigh, ask, plan and staff otherwise. What binds the rounds together stays: the levels, the map and which category is
//! contested where. And nothing that the round has on record already may lose its place in the rulebook.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rules::Rulebook;
use words::Message;

use crate::act::{ContestKey, RoundKey};
use crate::edition::absurd;
use crate::fact::Fact;
use crate::limit;
use crate::panel::seated;
use crate::people;
use crate::refusal::Refusal;
use crate::round::{Adoption, RulebookMove, RulebookPin, has_judged};
use crate::rule;
use crate::stage::opening::{about, opened, other_rulebook, time};
use crate::state::{Entry, State};

/// Refuses to decide about a round whose rulebook is not at hand.
pub(crate) fn at_hand(state: &State, key: &RoundKey) -> Result<(), Refusal> {
    match state.pin_of(key) {
        Some(pin) if version(state, pin).is_none() => Err(other_rulebook(key, pin)),
        _ => Ok(()),
    }
}

/// Proposes another version of the rulebook for a round.
pub(crate) fn propose(state: &State, key: &RoundKey, proposed: &RulebookMove) -> Result<Vec<Fact>, Refusal> {
    let round = opened(state, key)?;
    before_judging(state, key)?;
    limit::id(proposed.by.as_str())?;
    limit::text("reason", &proposed.reason)?;
    limit::hash(&proposed.to.hash)?;
    limit::name("version", &proposed.to.version)?;
    let pin = round.pin();
    if pin.is_some_and(|pin| pin.edition != proposed.to.edition) {
        return Err(other_rulebook(key, &proposed.to));
    }
    if pin.is_some_and(|pin| pin.hash == proposed.to.hash || pin.version == proposed.to.version) {
        return Err(Refusal::of(about("refusal-rulebook-same", key).text("version", &proposed.to.version)));
    }
    if round.proposed.as_ref().is_some_and(|known| known.to == proposed.to) {
        return Err(Refusal::of(about("refusal-rulebook-proposed", key).text("version", &proposed.to.version)));
    }
    let next = fits(state, key, &proposed.to)?;
    let differences = rules::diff(state.rules_of(key), next).len();
    if differences == 0 {
        return Err(absurd("differences", 0));
    }
    if u32::try_from(differences) != Ok(proposed.differences) {
        let message = about("refusal-rulebook-differences", key).number("said", proposed.differences);
        return Err(Refusal::of(message.number("differences", differences)));
    }
    Ok(vec![Fact::RulebookProposed(key.clone(), proposed.clone())])
}

/// Adopts the version that somebody else proposed.
pub(crate) fn adopt(state: &State, key: &RoundKey, adoption: &Adoption, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    let round = opened(state, key)?;
    before_judging(state, key)?;
    limit::id(adoption.by.as_str())?;
    let Some(proposed) = round.proposed.as_ref().filter(|known| known.to.hash == adoption.hash) else {
        return Err(Refusal::of(about("refusal-rulebook-not-proposed", key)));
    };
    if people::is_same(&proposed.by, &adoption.by) {
        return Err(Refusal::of(about("refusal-same-person", key)));
    }
    fits(state, key, &proposed.to)?;
    let (to, by) = (proposed.to.clone(), adoption.by.clone());
    Ok(vec![Fact::RulebookAdopted { round: key.clone(), to, by, at: time(at)? }])
}

/// The version that a pin names: one that was kept beside the edition's own, or that one itself.
fn version<'s>(state: &'s State, pin: &RulebookPin) -> Option<&'s Rulebook> {
    let edition = &state.rules.edition;
    let own = || (pin.edition == edition.id && pin.version == edition.version).then_some(&*state.rules);
    state.versions.named(pin).or_else(own)
}

/// The version, if it is at hand and a round can go on under it with all that it has on record.
fn fits<'s>(state: &'s State, key: &RoundKey, pin: &RulebookPin) -> Result<&'s Rulebook, Refusal> {
    let of = |message: Message| message.text("version", limit::beginning(&pin.version));
    let Some(next) = version(state, pin) else {
        return Err(Refusal::of(of(about("refusal-rulebook-not-kept", key)).text("hash", &pin.hash)));
    };
    one_map(&state.rules, next)
        .map_err(|what| Refusal::of(of(about("refusal-rulebook-other-map", key)).message("what", what)))?;
    if let Some(lost) = lost(state, key, next) {
        return Err(Refusal::of(of(about("refusal-rulebook-lacks", key)).text("what", lost)));
    }
    Ok(next)
}

/// Whether two versions have the same levels, regions and contests, between which candidates go up; or in what they differ.
///
/// ```
/// let rules = rules::example();
/// let second = rules::read("second.toml", &rules::EXAMPLE.replace("version = \"1\"", "version = \"2\"")).unwrap();
/// assert_eq!(award::stage::rulebook::one_map(&rules, &second), Ok(()));
/// ```
///
/// # Errors
///
/// What differs, as a word for people.
pub fn one_map(own: &Rulebook, next: &Rulebook) -> Result<(), Message> {
    let map = |rules: &Rulebook| (rules.edition.regions_as_of, rules.edition.country_levels);
    let zones = |rules: &Rulebook| -> BTreeSet<(String, Vec<String>)> {
        rules.zones.iter().map(|zone| (zone.id.clone(), zone.provinces.clone())).collect()
    };
    let levels = |rules: &Rulebook| {
        let of = |level: &rules::rulebook::Level| {
            (level.id.clone(), level.rounds, level.pools_by_zone, level.next.clone(), level.time_zone)
        };
        rules.levels.iter().map(of).collect::<Vec<_>>()
    };
    let contests = |rules: &Rulebook| -> BTreeSet<(String, String)> {
        let of = |rule: &rules::rulebook::ContestRule| {
            rule.categories.iter().map(|category| (category.clone(), rule.level.clone())).collect::<Vec<_>>()
        };
        rules.contests.iter().flat_map(of).collect()
    };
    let differs = [
        (levels(own) != levels(next), "rulebook-map-levels"),
        (map(own) != map(next) || zones(own) != zones(next), "rulebook-map-regions"),
        (contests(own) != contests(next), "rulebook-map-contests"),
    ];
    match differs.into_iter().find(|(differs, _)| *differs) {
        Some((_, what)) => Err(Message::new(what)),
        None => Ok(()),
    }
}

/// What of a round's record a version has no place for: a seat, a day, a claim or an indicator.
fn lost(state: &State, key: &RoundKey, next: &Rulebook) -> Option<String> {
    let round = state.rounds.get(key)?;
    let mut seats = seated(round).map(|juror| &juror.seat).filter(|seat| rule::seat(next, &key.level, seat).is_none());
    let known = |event: &String| next.calendar.iter().any(|known| known.id == *event);
    let mut days = round.days.iter().map(|day| &day.event).filter(|event| !known(event));
    let of_round = || state.contests.iter().filter(|(contest, _)| contest.round == *key);
    let mut figures =
        of_round().flat_map(|(contest, known)| known.entries.iter().filter_map(|entry| homeless(next, contest, entry)));
    seats.next().or_else(|| days.next()).cloned().or_else(|| figures.next())
}

/// The first figure of an entry that a version does not ask for.
fn homeless(next: &Rulebook, contest: &ContestKey, entry: &Entry) -> Option<String> {
    let mut claims = entry.claims.keys().chain(entry.restated.keys()).chain(entry.lists.keys());
    let scheme = next.contest(&contest.category, &contest.round.level).and_then(|rule| next.scheme(&rule.scheme));
    let mut indicators = entry.stated.keys().chain(entry.not_applicable.keys());
    let unknown = |id: &&String| scheme.is_none_or(|scheme| scheme.indicator(id).is_none());
    claims.find(|claim| next.claim(claim).is_none()).or_else(|| indicators.find(unknown)).cloned()
}

fn before_judging(state: &State, key: &RoundKey) -> Result<(), Refusal> {
    if has_judged(state, key) {
        return Err(Refusal::of(about("refusal-rulebook-too-late", key)));
    }
    Ok(())
}
