//! The lines of the checklist that hold figures: claims, ratios of two claims, and registers such as that of legal products.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::civil::Date;
use rules::Rulebook;
use rules::rulebook::{ClaimRule, ClaimShape, ContestRule, Indicator, IndicatorKind, Text};
use serde::Serialize;
use tally::Exact;

use super::asked;
use crate::cycle::parse::figures::is_looked_at;
use crate::cycle::tables::{Claim, ListItem};
use crate::rule;
use crate::stage::dossier::{ListWords, Product, list_words};
use crate::state::Entry;

/// Where a figure can be seen: a document of the checklist and a page. Written as `law#3`, as a claim's evidence keeps it.
///
/// ```
/// use award::candidate::EvidencePage;
///
/// let page = EvidencePage::read("law#3").unwrap();
/// assert_eq!((page.document.as_str(), page.page, page.to_string()), ("law", Some(3), "law#3".into()));
/// assert_eq!(EvidencePage::read("law").unwrap().page, None);
/// assert_eq!(EvidencePage::read("see the annex, p. 3"), None);
/// assert_eq!(EvidencePage::read("law#0"), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidencePage {
    /// The id of the document.
    pub document: String,
    /// From 1; none where it has no pages.
    pub page: Option<u32>,
}

impl EvidencePage {
    /// Reads it; none of a text that means something else.
    pub fn read(text: &str) -> Option<EvidencePage> {
        let (document, page) = text.split_once('#').map_or((text, None), |(document, page)| (document, Some(page)));
        let page = page.map(|page| page.parse().ok().filter(|page| *page > 0));
        if crate::limit::id(document).is_err() || page == Some(None) {
            return None;
        }
        Some(EvidencePage { document: document.to_owned(), page: page.flatten() })
    }
}

impl fmt::Display for EvidencePage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.document)?;
        self.page.map_or(Ok(()), |page| write!(f, "#{page}"))
    }
}

/// A figure that the candidate is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ClaimLine {
    pub claim: String,
    pub name: Text,
    pub question: Option<Text>,
    pub unit: Option<Text>,
    pub shape: ClaimShape,
    /// How many decimals it may have.
    pub decimals: u32,
    /// Exact, as claimed last.
    pub claimed: Option<String>,
    /// Exact; none before it was verified, or where it was struck.
    pub verified: Option<String>,
    /// Whether a verifier has said what stands.
    pub is_verified: bool,
    pub source: Option<String>,
    /// The day for which the figure holds.
    pub as_of: Option<Date>,
    pub evidence: Option<String>,
    /// The same, where it names a document and a page.
    pub page: Option<EvidencePage>,
    /// Why it was verified otherwise than claimed.
    pub reason: Option<String>,
    /// The indicators that use it.
    pub indicators: Vec<String>,
}

/// A criterion of the rulebook with the figures that it needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct CriterionLine {
    pub criterion: String,
    pub name: Text,
    /// Claims, each under the first criterion that needs it.
    pub claims: Vec<String>,
}

/// A share of two figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct RatioLine {
    pub indicator: String,
    pub name: Text,
    /// The claim above the line.
    pub numerator: String,
    /// The claim below the line.
    pub denominator: String,
    /// Exact; none unless both are claimed and the lower one is not 0.
    pub share: Option<String>,
}

/// What an item of a list earns by an indicator, before its scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Worth {
    pub indicator: String,
    pub name: Text,
    /// Exact points by kind.
    pub kinds: BTreeMap<String, String>,
    /// Exact factor by stage.
    pub stages: BTreeMap<String, String>,
    /// Exact points that an attribute adds.
    pub attributes: BTreeMap<String, String>,
    /// Only so many of the best count.
    pub at_most: Option<u32>,
}

/// A register that the candidate is asked for, such as that of its legal products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ListLine {
    pub list: String,
    pub name: Text,
    pub question: Option<Text>,
    pub words: ListWords,
    /// The indicators of this contest that count its items.
    pub worth: Vec<Worth>,
    pub products: Vec<ProductLine>,
    /// What a verifier put on record and nobody stated here, accepted or struck.
    pub found: Vec<ListItem>,
}

impl ListLine {
    /// How many items count as it stands: neither taken back nor struck.
    pub fn stand(&self) -> usize {
        let stands = |line: &&ProductLine| matches!(line.state, ProductState::Stated | ProductState::Accepted { .. });
        self.products.iter().filter(stands).count() + self.found.iter().filter(|item| item.accepted).count()
    }

    /// How many a verifier struck, be they stated here or not.
    pub fn struck(&self) -> usize {
        let struck = |line: &&ProductLine| matches!(line.state, ProductState::Struck { .. });
        self.products.iter().filter(struck).count() + self.found.iter().filter(|item| !item.accepted).count()
    }
}

/// What became of an item of a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductState {
    /// The candidate says so.
    Stated,
    /// The candidate took it back.
    TakenBack,
    /// A verifier accepted it, perhaps at another stage.
    Accepted {
        /// The kind that stands.
        kind: String,
        /// The stage that stands.
        stage: String,
    },
    /// A verifier struck it.
    Struck {
        /// Why.
        reason: Option<String>,
    },
}

/// An item of a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ProductLine {
    pub product: Product,
    pub state: ProductState,
}

/// What was claimed last, be it after a verification.
pub(super) fn latest<'e>(entry: &'e Entry, claim: &str) -> Option<&'e Claim> {
    entry.restated.get(claim).or_else(|| entry.claims.get(claim))
}

/// What is claimed of it so far.
pub(super) fn claimed(entry: &Entry, claim: &str) -> Option<Exact> {
    let claim = latest(entry, claim)?;
    claim.claimed.clone().or_else(|| claim.verified.clone())
}

pub(super) fn claim_lines(rules: &Rulebook, rule: &ContestRule, category: &str, entry: &Entry) -> Vec<ClaimLine> {
    let asked = asked::claims(rules, rule, category).into_iter().filter(|claim| claim.shape != ClaimShape::List);
    // Looked up once: formulas are read anew each time somebody asks what an indicator needs.
    let needs: Vec<(&str, BTreeSet<String>)> = rule::indicators(rules, rule)
        .into_iter()
        .map(|(_, indicator)| (indicator.id.as_str(), asked::of_indicator(rules, indicator)))
        .collect();
    asked.map(|claim| claim_line(entry, claim, &needs)).collect()
}

/// The criteria of the contest's scheme that need figures, in its order, each figure under the first that needs it.
pub(super) fn criterion_lines(rules: &Rulebook, rule: &ContestRule, claims: &[ClaimLine]) -> Vec<CriterionLine> {
    let aspects = rules.scheme(&rule.scheme).map(|scheme| scheme.aspects.as_slice()).unwrap_or_default();
    let mut left: Vec<&ClaimLine> = claims.iter().collect();
    let mut lines = Vec::new();
    for aspect in aspects {
        let needs = |line: &&ClaimLine| aspect.indicators.iter().any(|indicator| line.indicators.contains(&indicator.id));
        let (own, others): (Vec<_>, Vec<_>) = left.into_iter().partition(needs);
        left = others;
        if !own.is_empty() {
            let claims = own.into_iter().map(|line| line.claim.clone()).collect();
            lines.push(CriterionLine { criterion: aspect.id.clone(), name: aspect.name.clone(), claims });
        }
    }
    lines
}

fn claim_line(entry: &Entry, claim: &ClaimRule, needs: &[(&str, BTreeSet<String>)]) -> ClaimLine {
    let latest = latest(entry, &claim.id);
    let verified = entry.claims.get(&claim.id).filter(|row| is_looked_at(row));
    let exact = |value: &Option<Exact>| value.as_ref().map(ToString::to_string);
    let evidence = latest.and_then(|row| row.evidence.clone());
    let indicators = needs.iter().filter(|(_, needs)| needs.contains(&claim.id));
    ClaimLine {
        claim: claim.id.clone(),
        name: claim.name.clone(),
        question: claim.question.clone(),
        unit: claim.unit.clone(),
        shape: claim.shape,
        decimals: claim.decimals,
        claimed: latest.and_then(|row| exact(&row.claimed)),
        verified: verified.and_then(|row| exact(&row.verified)),
        is_verified: verified.is_some(),
        source: latest.and_then(|row| row.source.clone()),
        as_of: latest.and_then(|row| row.as_of),
        page: evidence.as_deref().and_then(EvidencePage::read),
        evidence,
        reason: verified.and_then(|row| row.reason.clone()),
        indicators: indicators.map(|(indicator, _)| (*indicator).to_owned()).collect(),
    }
}

pub(super) fn ratio_lines(rules: &Rulebook, rule: &ContestRule, entry: &Entry) -> Vec<RatioLine> {
    let ratio = |indicator: &Indicator| {
        let IndicatorKind::Ratio { numerator, denominator, .. } = asked::plain(&indicator.kind) else { return None };
        let both = claimed(entry, numerator).zip(claimed(entry, denominator));
        Some(RatioLine {
            indicator: indicator.id.clone(),
            name: indicator.name.clone(),
            numerator: numerator.clone(),
            denominator: denominator.clone(),
            share: both.and_then(|(part, all)| part.checked_div(&all)).map(|share| share.to_string()),
        })
    };
    rule::indicators(rules, rule).into_iter().filter_map(|(_, indicator)| ratio(indicator)).collect()
}

pub(super) fn list_lines(rules: &Rulebook, rule: &ContestRule, category: &str, entry: &Entry) -> Vec<ListLine> {
    let asked = asked::claims(rules, rule, category).into_iter().filter(|claim| claim.shape == ClaimShape::List);
    let line = |claim: &ClaimRule| ListLine {
        list: claim.id.clone(),
        name: claim.name.clone(),
        question: claim.question.clone(),
        words: list_words(rules, &claim.id),
        worth: worth(rules, rule, &claim.id),
        products: entry
            .products
            .iter()
            .filter(|known| known.stated.list == claim.id)
            .map(|known| product(entry, known))
            .collect(),
        found: found(entry, &claim.id),
    };
    asked.map(line).collect()
}

fn found(entry: &Entry, list: &str) -> Vec<ListItem> {
    let is_stated =
        |item: &&ListItem| entry.products.iter().any(|known| known.stated.list == list && known.stated.title == item.title);
    let items = entry.lists.get(list).map(Vec::as_slice).unwrap_or_default();
    items.iter().filter(|item| !is_stated(item)).cloned().collect()
}

fn worth(rules: &Rulebook, rule: &ContestRule, list: &str) -> Vec<Worth> {
    let texts = |all: &BTreeMap<String, Exact>| all.iter().map(|(word, value)| (word.clone(), value.to_string())).collect();
    let worth = |indicator: &Indicator| match asked::plain(&indicator.kind) {
        IndicatorKind::Checklist { list: own, kinds, stages, attributes, at_most } if own == list => Some(Worth {
            indicator: indicator.id.clone(),
            name: indicator.name.clone(),
            kinds: texts(kinds),
            stages: texts(stages),
            attributes: texts(attributes),
            at_most: *at_most,
        }),
        _ => None,
    };
    rule::indicators(rules, rule).into_iter().filter_map(|(_, indicator)| worth(indicator)).collect()
}

fn product(entry: &Entry, product: &Product) -> ProductLine {
    let items = entry.lists.get(&product.stated.list).map(Vec::as_slice).unwrap_or_default();
    let verified = items.iter().find(|item| item.title == product.stated.title);
    let of = |item: &ListItem| match item.accepted {
        true => ProductState::Accepted { kind: item.kind.clone(), stage: item.stage.clone() },
        false => ProductState::Struck { reason: item.reason.clone() },
    };
    let state = match verified {
        _ if product.stated.struck => ProductState::TakenBack,
        Some(item) => of(item),
        None => ProductState::Stated,
    };
    ProductLine { product: product.clone(), state }
}
