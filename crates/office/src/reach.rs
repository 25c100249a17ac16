//! How far a role would reach: a slip of the pen must not give a role that reaches nothing, or one that reaches every round of the nation.

use award::geography::Geography;
use award::{Grant, Role};
use rules::Rulebook;
use rules::rulebook::{Level, Rounds};
use store::Edition;
use words::Message;

use crate::error::Result;
use crate::office::Office;

/// So many regions are listed at most when one does not fit.
const LISTED: usize = 45;

impl Office {
    /// Why a role cannot be given so: it would reach nothing, or what it is for is not limited to a round. None if it can; what no edition
    /// of the database can tell is believed.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn unfit_role(&self, grant: &Grant) -> Result<Option<Message>> {
        if grant.from.zip(grant.until).is_some_and(|(from, until)| until < from) {
            return Ok(Some(reaches_nothing(Message::new("cli-role-period-empty"))));
        }
        let known = self.store.editions().await?;
        let meant: Vec<&String> = match &grant.scope.edition {
            Some(edition) if !known.contains(edition) => {
                let message = Message::new("cli-role-edition-unknown").text("edition", edition);
                return Ok(Some(reaches_nothing(message.text("known", listed(known.iter().map(String::as_str))))));
            }
            Some(edition) => vec![edition],
            None => known.iter().collect(),
        };
        let mut editions = Vec::new();
        for edition in meant {
            editions.push(self.store.edition(edition).await?);
        }
        Ok(unfit(grant, &editions))
    }
}

/// What does not fit in the rulebooks of some editions.
fn unfit(grant: &Grant, editions: &[Edition]) -> Option<Message> {
    let scope = &grant.scope;
    let rules = || editions.iter().map(|edition| &*edition.rules);
    let levels: Vec<(&Level, &Geography)> =
        editions.iter().flat_map(|edition| edition.rules.levels.iter().map(|level| (level, &*edition.geography))).collect();
    let names = |of: fn(&Rulebook) -> Vec<&str>| listed(rules().flat_map(of));
    let all_levels = || names(|rules| rules.levels.iter().map(|level| level.id.as_str()).collect());
    if editions.is_empty() {
        return lacks_round(grant, None).map(|option| needs(grant, option, "–".into()));
    }
    if let Some(level) = scope.level.as_ref().filter(|level| levels.iter().all(|(known, _)| known.id != **level)) {
        return Some(reaches_nothing(Message::new("cli-role-level-unknown").text("level", level).text("known", all_levels())));
    }
    if let Some(category) = &scope.category {
        let of = |rules: &Rulebook| rules.categories.iter().any(|known| known.id == *category);
        if !rules().any(of) {
            let all = names(|rules| rules.categories.iter().map(|known| known.id.as_str()).collect());
            return Some(reaches_nothing(
                Message::new("cli-role-category-unknown").text("category", category).text("known", all),
            ));
        }
    }
    let own: Vec<_> = levels.iter().filter(|(level, _)| scope.level.as_ref().is_none_or(|id| level.id == *id)).copied().collect();
    if let Some(region) = scope.region.as_ref().filter(|region| !own.iter().any(|(level, map)| fits(level, map, region))) {
        let message = Message::new("cli-role-region-unknown").text("region", region).text("known", regions(&own, region));
        return Some(reaches_nothing(message));
    }
    let is_known = |code: &String| editions.iter().any(|edition| edition.geography.knows(code));
    if let Some(code) = scope.area.iter().find(|code| !is_known(code)) {
        return Some(reaches_nothing(
            Message::new("cli-role-region-unknown").text("region", code).text("known", regions(&levels, code)),
        ));
    }
    lacks_round(grant, own.first().map(|(level, _)| *level)).map(|option| {
        let fitting = if option == "--level" { all_levels() } else { regions(&own, "") };
        needs(grant, option, fitting)
    })
}

/// Which option is missing of a role that belongs to rounds.
fn lacks_round(grant: &Grant, level: Option<&Level>) -> Option<&'static str> {
    let of_a_round = matches!(grant.role, Role::Secretariat | Role::Verifier | Role::Chair | Role::ActingChair);
    let scope = &grant.scope;
    match (&scope.level, level) {
        _ if !of_a_round => None,
        (None, _) => Some("--level"),
        (Some(_), Some(level)) if level.rounds != Rounds::Nation && scope.region.is_none() && scope.area.is_empty() => {
            Some("--region")
        }
        _ => None,
    }
}

/// Whether a level has a round in a region, or several.
fn fits(level: &Level, map: &Geography, region: &str) -> bool {
    let around = level.rounds == Rounds::Regency && region.len() == 2 && map.knows(region);
    around || map.is_round(level, region)
}

/// What could have been meant: the regions of rounds, first those that begin like what was typed.
fn regions(levels: &[(&Level, &Geography)], typed: &str) -> String {
    let of = |(level, map): &(&Level, &Geography)| {
        let codes = map.rounds(level);
        codes
            .into_iter()
            .map(|code| if map.is_country() { format!("{code} {}", map.name(&code)) } else { code })
            .collect::<Vec<_>>()
    };
    let mut all: Vec<String> = levels.iter().flat_map(of).collect();
    all.sort();
    all.dedup();
    let near: Vec<&str> = all.iter().map(String::as_str).filter(|name| near(name, typed)).collect();
    listed(if near.is_empty() { all.iter().map(String::as_str).collect() } else { near })
}

fn near(name: &str, typed: &str) -> bool {
    let letters = |text: &str| text.to_lowercase();
    !typed.is_empty() && (name.starts_with(typed.get(..2).unwrap_or(typed)) || letters(name).contains(&letters(typed)))
}

fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut all: Vec<&str> = Vec::new();
    names.into_iter().for_each(|name| {
        if !all.contains(&name) {
            all.push(name);
        }
    });
    let more = if all.len() > LISTED { ", …" } else { "" };
    all.truncate(LISTED);
    if all.is_empty() { "–".to_owned() } else { all.join(", ") + more }
}

fn reaches_nothing(what: Message) -> Message {
    Message::new("cli-role-reaches-nothing").message("what", what)
}

fn needs(grant: &Grant, option: &str, known: String) -> Message {
    Message::new("cli-role-needs-round").message("role", grant.role.label()).text("option", option).text("known", known)
}
