//! Measures: where the raw value of a leaf or a gate comes from.
//!
//! Here are the measures that look at an entry's claims and lists alone, so a gate and a leaf measure the same way. What
//! needs jurors, attendance or other entries is in `points`. A value is there, or missing, or cannot be (a refusal): three
//! answers, never mixed (`docs/specification.md` section 4).

use std::collections::{BTreeMap, BTreeSet};

use crate::Exact;
use crate::claims::Claims;
use crate::model::{Entry, GrowthMode, Item, Measure, OverOne};
use crate::outcome::Code;
use crate::working::{ItemWorth, Notes, Step};

/// A raw value, or none if it is missing.
pub(crate) type Raw = Result<Option<Exact>, Code>;

/// The raw value of a measure over claims and lists.
pub(crate) fn raw<N: Notes>(measure: &Measure, entry: &Entry, claims: &mut Claims, notes: &mut N) -> Raw {
    match measure {
        Measure::Claim(name) => claim(name, claims, notes),
        Measure::Ratio { numerator, denominator, over_one } => ratio(numerator, denominator, *over_one, claims, notes),
        Measure::Growth { from, to, mode } => growth(from, to, *mode, claims, notes),
        Measure::Formula(text) => formula(text, claims, notes),
        Measure::Checklist { list, kinds, stages, attributes, at_most } => {
            let Some(items) = entry.lists.get(list) else {
                return Ok(None);
            };
            let tables = Tables { kinds, stages, attributes };
            tables.checklist(list, items, *at_most, notes).map(Some)
        }
        Measure::Relative { .. } | Measure::Marks { .. } | Measure::Stated | Measure::Rank { .. } => {
            unreachable!("checked: these measures stand in leaves only, and `points` measures them")
        }
    }
}

fn claim<N: Notes>(name: &str, claims: &mut Claims, notes: &mut N) -> Raw {
    let value = claims.get(name)?;
    claims.note_derived([name], notes);
    notes.step(|| Step::Claim { name: name.into(), value: value.clone() });
    Ok(value)
}

fn ratio<N: Notes>(above: &str, below: &str, over_one: OverOne, claims: &mut Claims, notes: &mut N) -> Raw {
    let both = claims.both(above, below)?;
    claims.note_derived([above, below], notes);
    let Some((numerator, denominator)) = both else {
        notes.step(|| Step::ClaimsMissing { used: claims.used([above, below]) });
        return Ok(None);
    };
    if numerator.is_negative() || denominator <= Exact::zero() {
        return Err(Code::BadRatio);
    }
    let ratio = numerator.checked_div(&denominator).expect("the denominator is above 0");
    let is_over = ratio > Exact::one();
    let value = match over_one {
        OverOne::Refuse if is_over => return Err(Code::RatioOverOne),
        OverOne::Cap if is_over => Exact::one(),
        _ => ratio.clone(),
    };
    notes.step(|| Step::Ratio { numerator, denominator, ratio, value: value.clone() });
    Ok(Some(value))
}

fn growth<N: Notes>(from: &str, to: &str, mode: GrowthMode, claims: &mut Claims, notes: &mut N) -> Raw {
    let both = claims.both(from, to)?;
    claims.note_derived([from, to], notes);
    let Some((earlier, later)) = both else {
        notes.step(|| Step::ClaimsMissing { used: claims.used([from, to]) });
        return Ok(None);
    };
    let difference = &later - &earlier;
    let value = match mode {
        GrowthMode::Difference => difference,
        GrowthMode::Relative if earlier <= Exact::zero() => return Err(Code::BadGrowth),
        GrowthMode::Relative => difference.checked_div(&earlier).expect("the earlier value is above 0"),
    };
    notes.step(|| Step::Growth { from: earlier, to: later, mode, value: value.clone() });
    Ok(Some(value))
}

fn formula<N: Notes>(text: &str, claims: &mut Claims, notes: &mut N) -> Raw {
    let value = claims.formula(text)?;
    if N::WRITES {
        let names = claims.names_of(text);
        claims.note_derived(names.iter().map(String::as_str), notes);
        let used = claims.used(names.iter().map(String::as_str));
        notes.step(|| Step::Formula { formula: text.into(), used, value: value.clone() });
    }
    Ok(value)
}

struct Tables<'a> {
    kinds: &'a BTreeMap<String, Exact>,
    stages: &'a BTreeMap<String, Exact>,
    attributes: &'a BTreeMap<String, Exact>,
}

impl Tables<'_> {
    fn checklist<N: Notes>(&self, list: &str, items: &[Item], at_most: Option<u32>, notes: &mut N) -> Result<Exact, Code> {
        let worth = items.iter().map(|item| self.worth(item)).collect::<Option<Vec<_>>>();
        let worth = worth.ok_or(Code::UnknownItem)?;
        let mut best_first: Vec<usize> = (0..items.len()).collect();
        best_first.sort_by(|one, other| worth[*other].cmp(&worth[*one]));
        best_first.truncate(at_most.map_or(items.len(), |most| most as usize));
        let value: Exact = best_first.iter().map(|item| &worth[*item]).sum();
        notes.step(|| {
            let worths = items.iter().zip(worth).enumerate();
            let items = worths.map(|(at, (item, worth))| self.note(item, worth, best_first.contains(&at)));
            Step::Checklist { list: list.into(), items: items.collect(), value: value.clone() }
        });
        Ok(value)
    }

    /// (kind + attributes) × stage, or none if a word is unknown.
    fn worth(&self, item: &Item) -> Option<Exact> {
        let attributes: Option<Exact> = self.attributes_of(item).map(|attribute| self.attributes.get(attribute)).sum();
        Some((self.kinds.get(&item.kind)? + attributes?) * self.stages.get(&item.stage)?)
    }

    /// The attributes of an item, each once.
    fn attributes_of<'i>(&self, item: &'i Item) -> impl Iterator<Item = &'i String> {
        item.attributes.iter().collect::<BTreeSet<_>>().into_iter()
    }

    fn note(&self, item: &Item, worth: Exact, counted: bool) -> ItemWorth {
        let points = |attribute: &String| self.attributes.get(attribute).cloned().unwrap_or_default();
        ItemWorth {
            kind: item.kind.clone(),
            kind_points: self.kinds.get(&item.kind).cloned().unwrap_or_default(),
            attributes: self.attributes_of(item).map(|name| (name.clone(), points(name))).collect(),
            stage: item.stage.clone(),
            stage_factor: self.stages.get(&item.stage).cloned().unwrap_or_default(),
            worth,
            counted,
        }
    }
}
