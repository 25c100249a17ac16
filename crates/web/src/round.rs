//! One round: how far it is, its calendar, its panel, its contests with whoever is through.

use award::round::{DayState, Slip};
use award::view::{DaySeen, OutcomeSeen, RoundView, Step};
use award::{ContestKey, RoundKey};
use axum::extract::{Path, State};
use office::Looking;
use words::Message;

use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::map::{STAGES, look};
use crate::refused::Refused;
use crate::visit::Visit;

#[derive(askama::Template)]
#[template(path = "round.html")]
struct Page {
    f: Frame,
    key: RoundKey,
    view: RoundView,
    look: (u8, &'static str, &'static str, &'static str),
    steps: Vec<(&'static str, &'static str)>,
    days: Vec<Day>,
    outcomes: Vec<OutcomeSeen>,
    waiting: Vec<award::view::ContestLine>,
}

/// A day of a calendar with what is to be said of it.
pub(crate) struct Day {
    pub(crate) seen: DaySeen,
    /// What the rulebook plans, in words.
    pub(crate) plan: Option<Message>,
    /// Chip, sign and words of how late or early it is; none where nothing slipped or nothing can be said.
    pub(crate) slipped: Option<(&'static str, &'static str, Message)>,
    /// What is said where no day is on record on which it took place.
    pub(crate) awaited: Option<&'static str>,
}

impl Day {
    /// A day of a calendar, by the rulebook of its edition.
    pub(crate) fn of(seen: &DaySeen, rules: &rules::Rulebook) -> Day {
        let event = rules.calendar.iter().find(|event| event.id == seen.event);
        Day {
            plan: event.map(|event| rules::when(rules, &event.planned)),
            slipped: seen.slip.and_then(told),
            awaited: awaited(seen.state),
            seen: seen.clone(),
        }
    }
}

/// What is said of a day that is not on record.
fn awaited(state: DayState) -> Option<&'static str> {
    match state {
        DayState::TookPlace => None,
        DayState::Ahead => Some("web-day-ahead"),
        DayState::Awaited => Some("web-day-awaited"),
        DayState::Over => Some("web-day-over"),
        DayState::Unrecorded => Some("web-day-unrecorded"),
    }
}

/// Chip, sign and words of a day that is not as it was planned first.
pub(crate) fn told(slip: Slip) -> Option<(&'static str, &'static str, Message)> {
    let (chip, sign, key, days) = match slip {
        Slip::Kept => return None,
        Slip::Late(days) => ("tolak", "!", "web-days-late", days),
        Slip::Early(days) => ("baik", "↓", "web-days-early", days),
        Slip::MovedBack(days) => ("tunggu", "→", "web-days-back", days),
        Slip::BroughtForward(days) => ("jalan", "←", "web-days-forward", days),
    };
    Some((chip, sign, Message::new(key).number("count", days)))
}

/// `GET /edisi/{edition}/putaran/{level}`: the round of a level that has one for all regions.
pub(crate) async fn whole(State(app): State<App>, visit: Visit, Path((id, level)): Path<(String, String)>) -> Answer {
    of(&app, &visit, &id, RoundKey { level, region: None }).await
}

/// `GET /edisi/{edition}/putaran/{level}/{region}`.
pub(crate) async fn of_region(
    State(app): State<App>,
    visit: Visit,
    Path((id, level, region)): Path<(String, String, String)>,
) -> Answer {
    of(&app, &visit, &id, RoundKey { level, region: Some(region) }).await
}

async fn of(app: &App, visit: &Visit, id: &str, key: RoundKey) -> Answer {
    let edition = app.edition(id).await?;
    let looking = Looking::public(visit.now, "round");
    let view = app.office().round(&edition, &looking, &key).await?.ok_or_else(Refused::nothing_here)?;
    let contest = |category: &str| ContestKey { round: key.clone(), category: category.to_owned() };
    let told = |line: &&award::view::ContestLine| line.entered > 0 && line.step >= Step::Published;
    let (through, waiting): (Vec<_>, Vec<_>) = view.contests.iter().filter(|line| line.entered > 0).partition(told);
    let keys: Vec<ContestKey> = through.iter().map(|line| contest(&line.category)).collect();
    let outcomes = match keys.is_empty() {
        true => Vec::new(),
        false => app.office().outcomes(&edition, &looking, &keys).await?,
    };
    let f = Frame::new(app, visit, "web-round-title").within(&edition);
    let level = view.level_name.as_ref().map(|name| f.text(name).to_owned()).unwrap_or_default();
    let title = view.name.clone().map_or(level.clone(), |name| format!("{name} ({level})"));
    show(&Page {
        waiting: waiting.into_iter().cloned().collect(),
        days: view.calendar.iter().map(|day| Day::of(day, &edition.rules)).collect(),
        steps: steps(view.step),
        look: look(view.step),
        f: f.called(title),
        key,
        outcomes,
        view,
    })
}

/// The stages of a round, each with its class.
fn steps(step: Step) -> Vec<(&'static str, &'static str)> {
    let now = STAGES.iter().rposition(|(_, begins)| *begins <= step);
    let class = |at: usize| match now {
        Some(now) if at == now && step != Step::Announced => "kini",
        Some(now) if at <= now => "sudah",
        _ => "",
    };
    STAGES.iter().enumerate().map(|(at, (name, _))| (*name, class(at))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(step: Step) -> String {
        let sign = |(_, class): &(&str, &str)| match *class {
            "sudah" => '+',
            "kini" => '!',
            _ => '.',
        };
        steps(step).iter().map(sign).collect()
    }

    #[test]
    fn a_round_stands_in_one_stage_until_it_is_announced() {
        assert_eq!(told(Step::NotOpened), "......");
        assert_eq!(told(Step::Nomination), "!.....");
        assert_eq!(told(Step::Verification), "++!...");
        assert_eq!(told(Step::Interview), "++!...");
        assert_eq!(told(Step::Counted), "+++!..");
        assert_eq!(told(Step::Published), "++++!.");
        assert_eq!(told(Step::Announced), "++++++");
    }

    #[test]
    fn what_is_still_ahead_is_not_missing_and_what_nobody_recorded_is_not_late() {
        assert_eq!(awaited(DayState::TookPlace), None);
        assert_eq!(awaited(DayState::Ahead), Some("web-day-ahead"));
        assert_eq!(awaited(DayState::Awaited), Some("web-day-awaited"));
        assert_eq!(awaited(DayState::Over), Some("web-day-over"));
        assert_eq!(awaited(DayState::Unrecorded), Some("web-day-unrecorded"));
    }
}
