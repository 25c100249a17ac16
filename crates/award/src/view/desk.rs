//! What somebody's roles have to do with an edition: the rounds that each reaches.

use jiff::Timestamp;

use super::edition::RoundLine;
use crate::permission::reaches_round;
use crate::permission::role::{Grant, Role};

/// The rounds of an edition in which somebody has a task by a role that holds now. Roles of no round have none: a candidate has candidacies,
/// whoever administers accounts has accounts.
///
/// ```
/// use award::view::{Viewer, rounds_of};
/// use award::{Grant, Role, Scope};
///
/// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
/// let state = award::run(&cycle, None, &mut |_| {}).unwrap().state;
/// let rounds = Viewer::public(&state).nation().rounds;
/// let centre = Grant::new(Role::Centre, Scope::default());
/// assert_eq!(rounds_of(&rounds, "any", &centre, jiff::Timestamp::UNIX_EPOCH).len(), rounds.len());
/// ```
pub fn rounds_of<'r>(rounds: &'r [RoundLine], edition: &str, grant: &Grant, at: Timestamp) -> Vec<&'r RoundLine> {
    let is_of_no_round = matches!(grant.role, Role::Public | Role::Candidate | Role::Operator);
    let is_elsewhere = grant.scope.edition.as_ref().is_some_and(|own| own != edition);
    if is_of_no_round || is_elsewhere || !grant.holds(Some(at)) {
        return Vec::new();
    }
    rounds.iter().filter(|round| reaches_round(&grant.scope, &round.level, round.region.as_deref())).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::permission::role::Scope;
    use crate::view::Step;

    fn round(level: &str, region: Option<&str>) -> RoundLine {
        RoundLine {
            level: level.into(),
            region: region.map(str::to_owned),
            region_name: None,
            step: Step::Nomination,
            steps: BTreeMap::new(),
            candidates: 0,
            free_seats: 0,
            late: None,
        }
    }

    fn reached(role: Role, scope: Scope) -> Vec<String> {
        let rounds = [round("province", Some("18")), round("province", Some("51")), round("nation", None)];
        let now = "2026-01-01T00:00:00Z".parse().expect("it is one");
        let found = rounds_of(&rounds, "contoh", &Grant::new(role, scope), now);
        found.into_iter().map(|round| round.region.clone().unwrap_or_else(|| round.level.clone())).collect()
    }

    #[test]
    fn a_role_has_the_rounds_of_its_level_and_region_and_no_other() {
        let own = || Scope { region: Some("18".into()), ..Scope::default() };
        assert_eq!(reached(Role::Secretariat, own()), ["18"]);
        assert_eq!(reached(Role::Centre, Scope::default()), ["18", "51", "nation"]);
        assert_eq!(reached(Role::Juror, Scope { level: Some("nation".into()), ..Scope::default() }), ["nation"]);
        assert_eq!(reached(Role::Chair, Scope { edition: Some("lain".into()), ..own() }), Vec::<String>::new());
    }

    #[test]
    fn a_branch_and_a_regency_have_the_round_around_their_area() {
        let area = || Scope { area: vec!["18.71".into()], ..Scope::default() };
        assert_eq!(reached(Role::Branch, area()), ["18"]);
        assert_eq!(reached(Role::Regency, area()), ["18"]);
    }

    #[test]
    fn a_candidate_and_whoever_administers_accounts_have_no_round() {
        let none: Vec<String> = Vec::new();
        assert_eq!([reached(Role::Candidate, Scope::default()), reached(Role::Operator, Scope::default())], [none.clone(), none]);
    }
}
