//! Ladders, awards and contests: who wins.

use tally::{By, Rung, Within};
use words::{Arg, Message};

use super::facts::Facts;
use super::{Form, Page, local, names_of, say, word};
use crate::rulebook::{AwardRule, ContestRule, Text};
use crate::word::Word;

impl Page<'_> {
    pub(super) fn ladders(&mut self) {
        let book = self.book;
        self.part("part-ladders");
        for ladder in &book.ladders {
            let facts = Facts::of(&ladder.clause).fact(&["steps"], say("ladder").with("steps", self.rungs(&ladder.steps)));
            let using = book.contests.iter().filter(|contest| contest.ladder == ladder.id);
            let contests: Vec<Arg> = using.map(|contest| Arg::Message(self.contest_name(contest))).collect();
            // A ladder has no name of its own: people know it by where it decides.
            let title = match contests.is_empty() {
                true => Arg::Message(say("ladder-title").text("ladder", &ladder.id)),
                false => Arg::List(contests),
            };
            self.titled(1, title, facts);
        }
    }

    fn rungs(&self, steps: &[Rung]) -> Arg {
        Arg::List(steps.iter().map(|step| self.rung(step)).collect())
    }

    fn rung(&self, rung: &Rung) -> Arg {
        match rung {
            Rung::Node(node) => self.node(node),
            Rung::FewerCorrections => Arg::Message(word("fewer_corrections")),
            Rung::Chair => Arg::Message(word("ladder-chair")),
            Rung::Plenary => Arg::Message(word("ladder-plenary")),
            Rung::Lot => Arg::Message(word("lot")),
        }
    }

    /// The name of an aspect or indicator, from the first scheme that has it.
    fn node(&self, id: &str) -> Arg {
        let name = self.book.schemes.iter().find_map(|scheme| crate::node_name(scheme, id));
        name.as_ref().map_or_else(|| Arg::Text(id.to_owned()), local)
    }

    pub(super) fn awards(&mut self) {
        let book = self.book;
        if !book.awards.is_empty() {
            self.part("part-awards");
        }
        for award in &book.awards {
            let facts = self.award(award);
            self.item(1, &award.name, facts);
        }
    }

    fn award<'a>(&self, award: &'a AwardRule) -> Facts<'a> {
        let keys = ["place", "places", "band", "best", "condition", "named", "at_least", "below", "minimum"];
        let within = (award.within == Within::Pool).then(|| say("award-pool"));
        let prizes = (!award.prizes.is_empty()).then(|| say("prizes").with("prizes", names_of(&award.prizes)));
        let special = award.special.then(|| say("award-special"));
        let facts = Facts::of(&award.clause).fact(&keys, self.by(&award.by)).maybe(&["within"], within);
        facts.maybe(&["prizes"], prizes).maybe(&["special"], special)
    }

    fn by(&self, by: &By) -> Message {
        match by {
            By::Place { from, to } if from == to => say("by-place").number("place", from),
            By::Place { from, to } => say("by-places").number("from", from).number("to", to),
            By::Band { at_least, below: None } => say("by-band").number("at_least", at_least),
            By::Band { at_least, below: Some(below) } => say("by-band-below").number("at_least", at_least).number("below", below),
            By::Best { node, minimum: None } => say("by-best").with("node", self.node(node)),
            By::Best { node, minimum: Some(minimum) } => {
                say("by-best-minimum").with("node", self.node(node)).number("minimum", minimum)
            }
            By::Condition(formula) => say("by-condition").with("formula", self.formula(formula)),
            By::Named(_) => say("by-named"),
        }
    }

    fn contest_name(&self, contest: &ContestRule) -> Message {
        let categories = contest.categories.iter().map(|id| self.category_name(id)).collect();
        say("contest").with("categories", Arg::List(categories)).with("level", self.level_name(&contest.level))
    }

    pub(super) fn contests(&mut self) {
        let book = self.book;
        self.part("part-contests");
        for contest in &book.contests {
            let title = self.contest_name(contest);
            let assumed = contest.clause.is_assumed("categories");
            self.push(Form::Heading(3), vec![title], Some(&contest.clause), assumed);
            for facts in [self.held(contest), self.judged(contest)] {
                self.details(1, facts);
            }
            self.details(1, self.won(contest));
        }
    }

    fn held<'c>(&self, contest: &'c ContestRule) -> Facts<'c> {
        let stages: Vec<&str> = contest.stages.iter().map(|stage| stage.name()).collect();
        let stages = say("stages").with("stages", self.words(&stages));
        let interview = say(if contest.interviewed { "interviewed" } else { "not-interviewed" });
        let invited = contest.invited.map(|invited| say("invited").number("invited", invited));
        let facts = Facts::of(&contest.clause).fact(&["stages"], stages);
        facts.fact(&["interviewed"], interview).maybe(&["invited"], invited)
    }

    fn judged<'c>(&self, contest: &'c ContestRule) -> Facts<'c> {
        let name = |name: Option<&Text>, id: &str| name.map_or_else(|| Arg::Text(id.to_owned()), local);
        let scheme = name(self.book.scheme(&contest.scheme).map(|scheme| &scheme.name), &contest.scheme);
        let panel = contest.panel.as_ref().map(|id| {
            let found = self.book.panel(id).and_then(|panel| panel.name.as_ref());
            say("contest-panel").with("panel", name(found, id))
        });
        let blind = contest.blind.then(|| say("blind"));
        let again = contest.second_reading.as_ref().map(|share| say("second-reading").number("share", share));
        let facts = Facts::of(&contest.clause).fact(&["scheme"], say("contest-scheme").with("scheme", scheme));
        facts.maybe(&["panel"], panel).maybe(&["blind"], blind).maybe(&["second_reading"], again)
    }

    /// Where the best go: one sentence, or one for each group of categories if they do not all go the same way.
    fn quotas(&self, contest: &ContestRule) -> Vec<Message> {
        let mut ways: Vec<(Option<&str>, Vec<Arg>)> = Vec::new();
        for category in &contest.categories {
            let next = self.next_level(category, &contest.level);
            let name = self.category_name(category);
            match ways.iter_mut().find(|(way, _)| *way == next) {
                Some((_, names)) => names.push(name),
                None => ways.push((next, vec![name])),
            }
        }
        let split = ways.len() > 1;
        let said = ways.into_iter().map(|(next, names)| {
            let quota = self.quota(contest, next);
            if split { say("quota-of").with("categories", Arg::List(names)).message("quota", quota) } else { quota }
        });
        said.collect()
    }

    fn quota(&self, contest: &ContestRule, next: Option<&str>) -> Message {
        let many = if contest.quota == 1 { "-one" } else { "" };
        let within = if contest.quota_within == Within::Pool { "-pool" } else { "" };
        let way = if next.is_some() { "up" } else { "win" };
        let quota = say(&format!("quota{many}{within}-{way}")).number("quota", contest.quota);
        next.map_or_else(|| quota.clone(), |level| quota.clone().with("level", self.level_name(level)))
    }

    /// The next level above at which the category is contested; without one it is won here.
    fn next_level(&self, category: &str, level: &str) -> Option<&str> {
        let mut next = self.book.level(level)?.next.as_deref()?;
        while self.book.contest(category, next).is_none() {
            next = self.book.level(next)?.next.as_deref()?;
        }
        Some(next)
    }

    fn won<'c>(&self, contest: &'c ContestRule) -> Facts<'c> {
        let minimum = contest.minimum.as_ref().map(|minimum| say("minimum").number("minimum", minimum));
        let reserves = (contest.reserves > 0).then(|| say("reserves").number("reserves", contest.reserves));
        let cap = contest.region_cap.map(|cap| say("region-cap").number("cap", cap));
        let ties = say(&format!("ties-{}", contest.ties.word().replace('_', "-")));
        let steps = self.book.ladders.iter().find(|ladder| ladder.id == contest.ladder).map(|ladder| self.rungs(&ladder.steps));
        let steps = steps.unwrap_or_else(|| Arg::Text(contest.ladder.clone()));
        let ladder = say("ladder").with("steps", steps);
        let awards =
            contest.awards.iter().map(|id| self.book.award(id).map_or_else(|| Arg::Text(id.clone()), |a| local(&a.name)));
        let awards = (!contest.awards.is_empty()).then(|| say("contest-awards").with("awards", Arg::List(awards.collect())));
        let quotas = self.quotas(contest).into_iter();
        let facts = quotas.fold(Facts::of(&contest.clause), |facts, quota| facts.fact(&["quota", "quota_within"], quota));
        let facts = facts.maybe(&["minimum"], minimum);
        let objection = contest
            .objection_days
            .map(|days| say(if contest.objection_working { "objection-working" } else { "objection" }).number("days", days));
        let facts = facts.maybe(&["reserves"], reserves).maybe(&["region_cap"], cap).fact(&["ladder"], ladder);
        let facts = facts.maybe(&["objection_days", "objection_working"], objection);
        facts.fact(&["ties"], ties).maybe(&["awards"], awards)
    }
}
