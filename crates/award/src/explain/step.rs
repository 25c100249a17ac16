//! Steps of a working as lines. A step that only repeats the line above it is passed over.

use std::collections::BTreeMap;

use tally::working::{JurorMark, JurorState, PartWeighed};
use tally::{AbsentRule, Combine, Exact, Method, Missing, NodeWorking, NotApplicable, Presence, Step};
use words::{Arg, Message};

use super::{Explainer, Line};
use crate::compile::node_name;
use crate::rule::is_not_heard;
use crate::sentence::plain;
use crate::state::Entry;

impl Explainer<'_> {
    /// A step as a line; none for a step without news.
    pub(super) fn step(&self, entry: &Entry, node: &NodeWorking, step: &Step) -> Option<Line> {
        let message = Message::new;
        Some(match step {
            Step::AsIs { .. } => return None,
            Step::Combined { parts, .. } if parts.len() == 1 => return None,
            Step::Claim { name, .. } => self.claim(entry, name),
            Step::Derived { name, formula, used, value } => {
                let line = self.with_claims(entry, message("step-derived").text("name", name).text("formula", formula), used);
                line.value(value.as_ref())
            }
            Step::ClaimsMissing { used } => self.with_claims(entry, message("step-claims-missing"), used),
            Step::Formula { formula, used, value } => {
                self.with_claims(entry, message("step-formula").text("formula", formula), used).value(value.as_ref())
            }
            Step::Ratio { numerator, denominator, ratio, value } => {
                let key = if ratio == value { "step-ratio" } else { "step-ratio-capped" };
                let text = message(key).number("numerator", plain(numerator)).number("denominator", plain(denominator));
                self.with_measure(entry, node, text.number("ratio", plain(ratio))).value(Some(value))
            }
            Step::Growth { from, to, value, .. } => {
                let text = message("step-growth").number("from", plain(from)).number("to", plain(to));
                self.with_measure(entry, node, text).value(Some(value))
            }
            Step::Checklist { list, items, value } => {
                let counted = items.iter().filter(|item| item.counted).count();
                let text = match counted == items.len() {
                    true => message("step-checklist"),
                    false => message("step-checklist-best").number("of", items.len()),
                };
                let mut line = Line::new(text.number("count", counted)).value(Some(value));
                line.children = self.items(entry, list, items, self.at_most(node));
                line
            }
            Step::Stated { value } => {
                let stated = entry.stated.get(&node.node);
                Line::new(message("step-stated")).value(value.as_ref()).source(stated.and_then(|stated| stated.source.as_ref()))
            }
            Step::Rank { presence, value } => self.attended(entry, presence.as_ref()).value(value.as_ref()),
            Step::Marks { counted: 0, .. } | Step::OneMark(JurorMark { state: JurorState::Absent, .. })
                if is_not_heard(&self.run.state, &self.contest.key, entry, &node.node) =>
            {
                Line::new(message("step-not-heard"))
            }
            Step::NotHeard(_) => Line::new(message("step-not-heard")),
            Step::Marks { marks, counted, of, method, value } => self.marks(marks, *counted, *of, *method, value.as_ref()),
            Step::OneMark(mark) => self.mark(mark),
            Step::Panel { jurors, counted, of, method, value } => {
                let mut line = Line::new(counted_of("step-panel", *counted, *of, *method)).value(value.as_ref());
                line.children = jurors
                    .iter()
                    .filter(|juror| juror.left_out)
                    .map(|juror| {
                        Line::new(message("mark-left-out").text("juror", self.juror(&juror.juror))).value(juror.value.as_ref())
                    })
                    .collect();
                line
            }
            other => return self.shape(entry, node, other),
        })
    }

    /// Steps that shape points: scales and combining.
    fn shape(&self, entry: &Entry, node: &NodeWorking, step: &Step) -> Option<Line> {
        let message = Message::new;
        Some(match step {
            Step::NotApplicable(rule) => {
                let key = if *rule == NotApplicable::Skip { "step-not-applicable-skip" } else { "step-not-applicable-zero" };
                let reason = entry.not_applicable.get(&node.node).map(|exempt| exempt.reason.clone()).unwrap_or_default();
                Line::new(message(key).text("reason", reason))
            }
            Step::Relative { own, best, value } => {
                let best = best.as_ref().map_or("–".to_owned(), plain);
                Line::new(message("step-relative").number("own", plain(own)).number("best", best)).value(Some(value))
            }
            Step::Missing(rule) => Line::new(message(match rule {
                Missing::Zero => "step-missing-zero",
                Missing::Skip => "step-missing-skip",
                Missing::Refuse => "step-missing-refuse",
            })),
            Step::Times { raw, factor, points } => {
                Line::new(message("step-times").number("raw", plain(raw)).number("factor", plain(factor))).value(Some(points))
            }
            Step::Band { raw, reached, points } => {
                let text = match reached {
                    Some(reached) => message("step-band").number("raw", plain(raw)).number("reached", plain(reached)),
                    None => message("step-band-below").number("raw", plain(raw)),
                };
                Line::new(text).value(Some(points))
            }
            Step::Line { raw, from, to, points_from, points_to, points, .. } => Line::new(
                message("step-line")
                    .number("raw", plain(raw))
                    .number("from", plain(from))
                    .number("to", plain(to))
                    .number("points-from", plain(points_from))
                    .number("points-to", plain(points_to)),
            )
            .value(Some(points)),
            Step::Combined { combine, parts, weight, sum, value } => {
                self.combined(*combine, parts, weight, sum).value(Some(value))
            }
            Step::NothingToCombine => Line::new(message("step-nothing")),
            Step::Bonus { node, points } => Line::new(self.with_node("step-bonus", node)).value(Some(points)),
            Step::Penalty { node, points } => Line::new(self.with_node("step-penalty", node)).value(Some(points)),
            other => return self.finish(entry, node, other),
        })
    }

    /// Steps that finish a node: attendance, limits, a refusal.
    fn finish(&self, entry: &Entry, node: &NodeWorking, step: &Step) -> Option<Line> {
        let message = Message::new;
        Some(match step {
            Step::Attended { rank, factor, before, after } => {
                let text = message("step-attended").with("rank", self.rank(rank)).number("factor", plain(factor));
                let line = Line::new(text.number("before", plain(before))).value(Some(after));
                self.attendance_clause(node, line).source(attendance_evidence(entry))
            }
            Step::AttendedAbsent { rule, .. } => {
                let key = match rule {
                    AbsentRule::Zero => "step-absent-zero",
                    AbsentRule::Skip => "step-absent-skip",
                    AbsentRule::Exclude => "step-absent-exclude",
                    AbsentRule::Refuse => "step-absent-refuse",
                };
                self.attendance_clause(node, Line::new(message(key)))
            }
            Step::Floor { before, floor } => Line::new(message("step-floor").number("before", plain(before))).value(Some(floor)),
            Step::Cap { before, cap } => Line::new(message("step-cap").number("before", plain(before))).value(Some(cap)),
            Step::Rounded { before, rule, after } => {
                Line::new(message("step-rounded").number("before", plain(before)).number("places", rule.places))
                    .value(Some(after))
            }
            Step::Refused(code) => {
                let word = serde_json::to_value(code).ok().and_then(|value| value.as_str().map(|word| word.replace('_', "-")));
                let why = Message::new(format!("count-code-{}", word.unwrap_or_default()));
                Line::new(message("step-refused").message("why", why))
            }
            _ => return None,
        })
    }

    fn with_node(&self, key: &str, node: &str) -> Message {
        let (id, en) = node_name(&self.run.state, &self.contest.key, node);
        Message::new(key).local("name", id, en)
    }

    /// A line with the claims it used below it.
    fn with_claims(&self, entry: &Entry, text: Message, used: &BTreeMap<String, Option<Exact>>) -> Line {
        let claim = |(name, value): (&String, &Option<Exact>)| match self.claim(entry, name) {
            line if line.value.is_some() => line,
            line => line.value(value.as_ref()),
        };
        Line { children: used.iter().map(claim).collect(), ..Line::new(text) }
    }

    /// The same for a ratio or growth, whose steps hold numbers only: the indicator names its claims.
    fn with_measure(&self, entry: &Entry, node: &NodeWorking, text: Message) -> Line {
        use rules::rulebook::IndicatorKind;
        let kind = self.scheme.and_then(|scheme| scheme.indicator(&node.node)).map(|(_, indicator)| &indicator.kind);
        let kind = match kind {
            Some(IndicatorKind::Relative { of }) => Some(&**of),
            other => other,
        };
        let names: Vec<&String> = match kind {
            Some(IndicatorKind::Ratio { numerator, denominator, .. }) => vec![numerator, denominator],
            Some(IndicatorKind::Growth { from, to, .. }) => vec![from, to],
            _ => Vec::new(),
        };
        Line { children: names.into_iter().map(|name| self.claim(entry, name)).collect(), ..Line::new(text) }
    }

    /// How many items of a checklist count at most.
    fn at_most(&self, node: &NodeWorking) -> Option<u32> {
        match self.scheme.and_then(|scheme| scheme.indicator(&node.node))?.1.kind {
            rules::rulebook::IndicatorKind::Checklist { at_most, .. } => at_most,
            _ => None,
        }
    }

    fn combined(&self, combine: Combine, parts: &[PartWeighed], weight: &Exact, sum: &Exact) -> Line {
        let left_out = parts.iter().filter(|part| part.points.is_none()).map(|part| {
            let (id, en) = node_name(&self.run.state, &self.contest.key, &part.node);
            Arg::Local(id, en)
        });
        let left_out: Vec<Arg> = left_out.collect();
        let key = match (combine, left_out.is_empty()) {
            (Combine::Mean, true) => "step-mean",
            (Combine::Mean, false) => "step-mean-without",
            (Combine::Sum, true) => "step-sum",
            (Combine::Sum, false) => "step-sum-without",
        };
        let mut message = Message::new(key);
        if combine == Combine::Mean {
            message = message.number("sum", plain(sum)).number("weight", plain(weight));
        }
        if !left_out.is_empty() {
            message = message.with("without", Arg::List(left_out));
        }
        Line::new(message)
    }

    fn marks(&self, marks: &[JurorMark], counted: u32, of: u32, method: Method, value: Option<&Exact>) -> Line {
        let mut line = Line::new(counted_of("step-marks", counted, of, method)).value(value);
        line.children = marks.iter().map(|mark| self.mark(mark)).collect();
        line
    }

    fn mark(&self, mark: &JurorMark) -> Line {
        let key = match (&mark.state, mark.left_out) {
            (JurorState::Marked(_), true) => "mark-left-out",
            (JurorState::Marked(_), false) => "mark-given",
            (JurorState::Abstained, _) => "mark-abstained",
            (JurorState::Recused, _) => "mark-recused",
            (JurorState::Absent, _) => "mark-absent",
            (JurorState::NotApplicable, _) => "mark-not-applicable",
        };
        let value = if let JurorState::Marked(mark) = &mark.state { Some(mark) } else { None };
        Line::new(Message::new(key).text("juror", self.juror(&mark.juror))).value(value)
    }

    fn attended(&self, entry: &Entry, presence: Option<&Presence>) -> Line {
        let message = match presence {
            Some(Presence::Present(rank)) => Message::new("step-rank").with("rank", self.rank(rank)),
            Some(Presence::Absent) => Message::new("step-rank-absent"),
            None => Message::new("step-rank-none"),
        };
        Line::new(message).source(attendance_evidence(entry))
    }

    /// The name of a rank.
    fn rank(&self, id: &str) -> Arg {
        let tables = &self.run.cycle.rules.attendance;
        let found = tables.iter().flat_map(|table| &table.ranks).find(|rank| rank.id == id);
        found.map_or(Arg::Text(id.to_owned()), |rank| Arg::Local(rank.name.id.clone(), rank.name.en.clone()))
    }

    /// Adds the source of the attendance table that an aspect uses.
    fn attendance_clause(&self, node: &NodeWorking, line: Line) -> Line {
        let id = self.scheme.and_then(|scheme| scheme.aspect(&node.node)).and_then(|aspect| aspect.attendance.as_deref());
        match id.and_then(|id| self.run.cycle.rules.attendance_table(id)) {
            Some(table) => self.with_clause(line, &table.clause, &["rank", "value", "otherwise", "absent"]),
            None => line,
        }
    }
}

fn attendance_evidence(entry: &Entry) -> Option<&String> {
    entry.attendance.as_ref().and_then(|attendance| attendance.evidence.as_ref())
}

fn counted_of(key: &str, counted: u32, of: u32, method: Method) -> Message {
    let method = match method {
        Method::Mean => Message::new("method-mean"),
        Method::Median => Message::new("method-median"),
        Method::Trimmed { drop, .. } => Message::new("method-trimmed").number("drop", drop),
    };
    Message::new(key).number("counted", counted).number("of", of).message("method", method)
}
