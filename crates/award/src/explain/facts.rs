//! The facts below the points: a claim with what was claimed, what was verified, by whom, from which source and why; an item of a list.

use tally::working::ItemWorth;
use words::{Arg, Message};

use super::{Explainer, Line};
use crate::cycle::parse::figures::is_correction;
use crate::cycle::tables::{Claim, ListItem};
use crate::sentence::plain;
use crate::state::Entry;

impl Explainer<'_> {
    /// A claim as it stands.
    pub(super) fn claim(&self, entry: &Entry, name: &str) -> Line {
        let rules = &self.run.cycle.rules;
        let called = rules.claim(name).map(|claim| &claim.name).or_else(|| rules.derived_claim(name).map(|claim| &claim.name));
        let called = called.map_or(Arg::Text(name.to_owned()), |text| Arg::Local(text.id.clone(), text.en.clone()));
        let Some(claim) = entry.claims.get(name) else { return self.claim_elsewhere(entry, name, called) };
        let restated = entry.restated.get(name).map(|stated| Line::new(self.claim_message(stated, called.clone())));
        let mut line = Line::new(self.claim_message(claim, called)).said(claim.verified.as_ref());
        line.children.extend(restated);
        line.sources.extend(claim.source.clone());
        line.sources.extend(claim.evidence.clone());
        line
    }

    fn claim_message(&self, claim: &Claim, called: Arg) -> Message {
        let number =
            |value: &Option<tally::Exact>| value.as_ref().map_or(Arg::Text("–".to_owned()), |value| Arg::Number(plain(value)));
        let key = match (&claim.verified, &claim.verifier) {
            (None, None) => "claim-not-verified",
            _ if is_correction(claim) => "claim-corrected",
            _ if claim.claimed.is_none() => "claim-given",
            _ => "claim-verified",
        };
        let by = claim.verifier.clone().unwrap_or_else(|| "–".to_owned());
        let as_of = claim.as_of.map_or(Arg::Text("–".to_owned()), Arg::Date);
        let message = Message::new(key).with("claim", called).with("as-of", as_of);
        match key {
            "claim-not-verified" => message.with("claimed", number(&claim.claimed)),
            "claim-given" => message.with("verified", number(&claim.verified)).text("by", by),
            "claim-verified" => message.with("verified", number(&claim.verified)).text("by", by),
            _ => message
                .with("claimed", number(&claim.claimed))
                .with("verified", number(&claim.verified))
                .text("by", by)
                .text("reason", claim.reason.clone().unwrap_or_default()),
        }
    }

    /// What was carried up, or a claim that nobody stated.
    fn claim_elsewhere(&self, entry: &Entry, name: &str, called: Arg) -> Line {
        if let Some((level, what)) = name.strip_prefix("carried.").and_then(|rest| rest.rsplit_once('.')) {
            let level_name =
                self.run.cycle.rules.level(level).map(|level| Arg::Local(level.name.id.clone(), level.name.en.clone()));
            let key = if what == "place" { "claim-carried-place" } else { "claim-carried-total" };
            let message = Message::new(key).with("level", level_name.unwrap_or(Arg::Text(level.to_owned())));
            return Line::new(message).value(entry.carried.get(name));
        }
        let derived = self.run.cycle.rules.derived_claim(name);
        let key = match derived {
            Some(_) => "claim-derived",
            None if name.starts_with("history.") => "claim-history",
            None => "claim-missing",
        };
        let line = Line::new(Message::new(key).with("claim", called));
        match derived {
            Some(rule) => self.with_clause(line, &rule.clause, &["formula"]),
            None => line,
        }
    }

    /// Each item of a list with its worth, and those that were struck.
    pub(super) fn items(&self, entry: &Entry, list: &str, worths: &[ItemWorth], at_most: Option<u32>) -> Vec<Line> {
        let all = entry.lists.get(list).map(Vec::as_slice).unwrap_or_default();
        let accepted = all.iter().filter(|item| item.accepted).zip(worths).map(|(item, worth)| item_line(item, worth, at_most));
        let struck = all.iter().filter(|item| !item.accepted).map(|item| {
            let reason = item.reason.clone().unwrap_or_default();
            Line::new(Message::new("item-struck").text("title", &item.title).text("reason", reason))
        });
        accepted.chain(struck).collect()
    }
}

fn item_line(item: &ListItem, worth: &ItemWorth, at_most: Option<u32>) -> Line {
    let attributes: Vec<Arg> = worth.attributes.keys().map(|name| Arg::Text(name.clone())).collect();
    let with = match attributes.is_empty() {
        true => Arg::Text(String::new()),
        false => Arg::Message(Message::new("item-attributes").with("attributes", Arg::List(attributes))),
    };
    let message = Message::new(if worth.counted { "item-counted" } else { "item-not-counted" })
        .text("title", &item.title)
        .text("kind", &worth.kind)
        .number("kind-points", plain(&worth.kind_points))
        .text("stage", &worth.stage)
        .number("factor", plain(&worth.stage_factor))
        .with("with", with);
    if worth.counted {
        return Line::new(message).value(Some(&worth.worth));
    }
    Line::new(message.number("worth", plain(&worth.worth)).number("most", at_most.unwrap_or_default()))
}
