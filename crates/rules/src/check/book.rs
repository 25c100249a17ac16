//! The rulebook with the places of its values, and walks over what checks look at.

use std::ops::Deref;

use crate::reader::Places;
use crate::rulebook::*;

/// What a check sees.
pub(crate) struct Book<'a> {
    pub(crate) rules: &'a Rulebook,
    pub(crate) places: &'a Places,
    /// Whether every key and value of the file could be read.
    pub(crate) whole: bool,
}

impl Deref for Book<'_> {
    type Target = Rulebook;

    fn deref(&self) -> &Rulebook {
        self.rules
    }
}

/// An indicator with its path, scheme and aspect.
pub(crate) struct Found<'a> {
    pub(crate) path: String,
    pub(crate) aspect: &'a Aspect,
    pub(crate) indicator: &'a Indicator,
}

/// A contest with its path and what it refers to, as far as that exists.
pub(crate) struct Held<'a> {
    pub(crate) path: String,
    pub(crate) rule: &'a ContestRule,
    pub(crate) level: Option<&'a Level>,
    pub(crate) scheme: Option<&'a Scheme>,
}

impl<'a> Book<'a> {
    pub(crate) fn schemes_at(&self) -> impl Iterator<Item = (String, &'a Scheme)> + use<'a> {
        let schemes = self.rules.schemes.iter().enumerate();
        schemes.map(|(index, scheme)| (format!("scheme.{index}"), scheme))
    }

    pub(crate) fn aspects_at(&self) -> impl Iterator<Item = (String, &'a Aspect)> + use<'a> {
        self.schemes_at().flat_map(|(path, scheme)| {
            let aspects = scheme.aspects.iter().enumerate();
            aspects.map(move |(index, aspect)| (format!("{path}.aspect.{index}"), aspect))
        })
    }

    pub(crate) fn indicators_at(&self) -> impl Iterator<Item = Found<'a>> + use<'a> {
        self.aspects_at().flat_map(|(path, aspect)| {
            let indicators = aspect.indicators.iter().enumerate();
            indicators.map(move |(index, indicator)| Found { path: format!("{path}.indicator.{index}"), aspect, indicator })
        })
    }

    /// Every measure with the path of its table: indicators and what `relative` compares.
    pub(crate) fn measures_at(&self) -> Vec<(String, &'a IndicatorKind)> {
        let mut measures = Vec::new();
        for Found { path, indicator, .. } in self.indicators_at() {
            if let IndicatorKind::Relative { of } = &indicator.kind {
                measures.push((format!("{path}.of"), of.as_ref()));
            }
            measures.push((path, &indicator.kind));
        }
        measures
    }

    /// The gates of categories and schemes.
    pub(crate) fn gates_at(&self) -> Vec<(String, &'a GateRule)> {
        let categories = self.rules.categories.iter().map(|category| &category.gates);
        let schemes = self.rules.schemes.iter().map(|scheme| &scheme.gates);
        let lists = (categories.enumerate().map(|(index, gates)| ("category", index, gates)))
            .chain(schemes.enumerate().map(|(index, gates)| ("scheme", index, gates)));
        let mut found = Vec::new();
        for (table, index, gates) in lists {
            for (number, gate) in gates.iter().enumerate() {
                found.push((format!("{table}.{index}.gate.{number}"), gate));
            }
        }
        found
    }

    pub(crate) fn contests_at(&self) -> impl Iterator<Item = Held<'a>> + use<'a> {
        let rules = self.rules;
        rules.contests.iter().enumerate().map(move |(index, rule)| Held {
            path: format!("contest.{index}"),
            rule,
            level: rules.level(&rule.level),
            scheme: rules.scheme(&rule.scheme),
        })
    }

    /// Whether a key is written in the file.
    pub(crate) fn is_given(&self, path: &str) -> bool {
        self.places.is_given(path)
    }

    /// Whether a value can be relied on.
    pub(crate) fn is_sound(&self, path: &str) -> bool {
        !self.places.is_broken(path)
    }
}
