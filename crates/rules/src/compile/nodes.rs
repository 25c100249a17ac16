//! From a node of a count back to the rulebook: what it is called and where it comes from.

use std::collections::BTreeMap;

use words::{Lang, Message};

use crate::rulebook::{Clause, Scheme, Stage, Text};

/// The id of the root.
pub const ROOT: &str = "total";

/// The id of a stage's node.
///
/// ```
/// assert_eq!(rules::stage_node(rules::Stage::Interview), "stage:interview");
/// ```
pub fn stage_node(stage: Stage) -> String {
    format!("stage:{}", stage.name())
}

/// What the node of that id is called, if the scheme has it.
///
/// ```
/// let book = rules::example();
/// assert_eq!(rules::node_name(&book.schemes[0], "visit").unwrap().en, "Jury visit");
/// assert_eq!(rules::node_name(&book.schemes[0], "total").unwrap().en, "total");
/// ```
pub fn node_name(scheme: &Scheme, node: &str) -> Option<Text> {
    if node == ROOT {
        return Some(said("rules-word-total"));
    }
    if let Some(stage) = node.strip_prefix("stage:").and_then(Stage::named) {
        let weighed = scheme.stage_weights.iter().any(|(weighed, _)| *weighed == stage);
        return weighed.then(|| said(&format!("rules-word-{}", stage.name())));
    }
    let aspect = scheme.aspect(node).map(|aspect| &aspect.name);
    aspect.or_else(|| scheme.indicator(node).map(|(_, indicator)| &indicator.name)).cloned()
}

/// What every node of a scheme's count is called, by id.
///
/// ```
/// let names = rules::node_names(&rules::example().schemes[0]);
/// assert_eq!(names["impression"].id, "Kesan kebersihan");
/// assert_eq!(names.len(), 5);
/// ```
pub fn node_names(scheme: &Scheme) -> BTreeMap<String, Text> {
    let stages = scheme.stage_weights.iter().map(|(stage, _)| stage_node(*stage));
    let aspects = scheme.aspects.iter().map(|aspect| aspect.id.clone());
    let indicators = scheme.indicators().map(|(_, indicator)| indicator.id.clone());
    let ids = [ROOT.to_owned()].into_iter().chain(stages).chain(aspects).chain(indicators);
    ids.filter_map(|id| node_name(scheme, &id).map(|name| (id, name))).collect()
}

/// Where the node of that id comes from, if the scheme has it. The root and the stages come from the scheme's own clause.
///
/// ```
/// let book = rules::example();
/// assert_eq!(rules::node_clause(&book.schemes[0], "visit").unwrap().source, ["decree"]);
/// ```
pub fn node_clause<'s>(scheme: &'s Scheme, node: &str) -> Option<&'s Clause> {
    let stage = |stage: &Stage| scheme.stage_weights.iter().any(|(weighed, _)| weighed == stage);
    if node == ROOT || node.strip_prefix("stage:").and_then(Stage::named).as_ref().is_some_and(stage) {
        return Some(&scheme.clause);
    }
    let aspect = scheme.aspect(node).map(|aspect| &aspect.clause);
    aspect.or_else(|| scheme.indicator(node).map(|(_, indicator)| &indicator.clause))
}

fn said(key: &str) -> Text {
    let message = Message::new(key);
    Text { id: message.render(Lang::Id), en: message.render(Lang::En) }
}
