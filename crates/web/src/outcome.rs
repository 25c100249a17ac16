//! A candidate as everybody may know it once its result is published: where it stood, its place, how its points came about, what it lacked.

use award::view::{Brings, CandidateView, EntrySeen, PartSeen, PointsSeen, Veil};
use award::{CandidateId, ContestKey};
use axum::extract::{Path, State};
use office::Looking;
use words::Message;

use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::refused::Refused;
use crate::visit::Visit;

#[derive(askama::Template)]
#[template(path = "outcome.html")]
struct Page {
    f: Frame,
    view: CandidateView,
    stood: Vec<Stood>,
}

/// A candidate in one contest.
struct Stood {
    key: ContestKey,
    entry: EntrySeen,
    /// With two decimals.
    total: Option<String>,
    /// The nodes of the total, in the order of the rulebook.
    points: Vec<Line>,
}

/// A node with how deep it stands.
struct Line {
    depth: usize,
    node: PointsSeen,
    closes: usize,
}

/// `GET /edisi/{edition}/kandidat/{candidate}`.
pub(crate) async fn page(State(app): State<App>, visit: Visit, Path((id, candidate)): Path<(String, String)>) -> Answer {
    let edition = app.edition(&id).await?;
    let candidate = CandidateId::new(candidate);
    let looking = Looking::public(visit.now, "candidate");
    let view = app.office().candidate(&edition, &looking, &candidate).await?.ok_or_else(Refused::nothing_here)?;
    let mut stood = Vec::new();
    for entry in &view.entries {
        let path = entry.contest.strip_prefix(&format!("{}/", edition.id)).and_then(ContestKey::parse);
        let key = path.ok_or_else(Refused::nothing_here)?;
        let points = app.office().points(&edition, &looking, &key, &candidate).await?;
        let root = points.shown().cloned().flatten();
        let total = root.as_ref().and_then(|root| root.points_shown.clone());
        stood.push(Stood { key, entry: entry.clone(), total, points: root.map(|root| lines(&root)).unwrap_or_default() });
    }
    let f = Frame::titled(&app, &visit, view.name.clone()).within(&edition);
    show(&Page { f, view, stood })
}

/// A tree as lines, each with how many lists end after it.
fn lines(root: &PointsSeen) -> Vec<Line> {
    fn below(node: &PointsSeen, depth: usize, lines: &mut Vec<Line>) {
        lines.push(Line { depth, node: PointsSeen { below: Vec::new(), ..node.clone() }, closes: 0 });
        node.below.iter().for_each(|inner| below(inner, depth + 1, lines));
    }
    let mut all = Vec::new();
    root.below.iter().for_each(|node| below(node, 1, &mut all));
    let next: Vec<usize> = all.iter().skip(1).map(|line| line.depth).chain([0]).collect();
    all.iter_mut().zip(next).for_each(|(line, next)| line.closes = line.depth.saturating_sub(next));
    all
}

impl Line {
    /// What the node is to the one above: a key with one argument.
    fn part(&self, f: &Frame) -> String {
        match (&self.node.part, &self.node.brings, &self.node.points_shown) {
            (PartSeen::Weighed(_), Some(Brings { share: Some(share), points: brought }), Some(points)) => {
                let message = Message::new("web-points-brings").text("share", f.number(share));
                f.say(&message.text("points", f.number(points)).text("brought", f.number(brought)))
            }
            (part, ..) => Line::role(part, f),
        }
    }

    fn role(part: &PartSeen, f: &Frame) -> String {
        match part {
            PartSeen::Weighed(weight) => f.with("web-points-weight", f.number(weight)),
            PartSeen::Added => f.t("web-points-added"),
            PartSeen::TakenOff => f.t("web-points-taken"),
            PartSeen::Total => String::new(),
        }
    }

    /// How long its bar is, of 100; none where the points are no share of 100.
    fn bar(&self) -> Option<&str> {
        let shown = self.node.points_shown.as_deref()?;
        let whole = shown.split('.').next()?.parse::<u32>().ok()?;
        (whole <= 100).then_some(shown)
    }

    /// Whether others stand below it.
    fn holds(&self, next: Option<&Line>) -> bool {
        next.is_some_and(|next| next.depth > self.depth)
    }
}

impl Stood {
    fn next(&self, index: &usize) -> Option<&Line> {
        self.points.get(index + 1)
    }

    fn deeper(&self, index: &usize) -> bool {
        let before = index.checked_sub(1).and_then(|index| self.points.get(index)).map(|line| line.depth).unwrap_or_default();
        self.points.get(*index).is_some_and(|line| line.depth > before)
    }

    fn hidden(&self) -> Option<(&award::Sentence, &award::Sentence)> {
        match &self.entry.place {
            Veil::Hidden { why, next } => Some((why, next)),
            Veil::Shown(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use rules::rulebook::Text;

    use super::*;

    fn node(id: &str, below: Vec<PointsSeen>) -> PointsSeen {
        let name = Text { id: id.to_owned(), en: id.to_owned() };
        PointsSeen {
            node: id.to_owned(),
            name,
            part: PartSeen::Added,
            points: None,
            points_shown: None,
            brings: None,
            is_assumed: false,
            below,
        }
    }

    #[test]
    fn the_total_is_told_node_by_node_and_every_list_ends() {
        let tree = node("total", vec![node("a", vec![node("a1", Vec::new()), node("a2", Vec::new())]), node("b", Vec::new())]);
        let told: Vec<(String, usize, usize)> =
            lines(&tree).into_iter().map(|line| (line.node.node, line.depth, line.closes)).collect();
        let line = |id: &str, depth, closes| (id.to_owned(), depth, closes);
        assert_eq!(told, [line("a", 1, 0), line("a1", 2, 0), line("a2", 2, 1), line("b", 1, 1)]);
    }
}
