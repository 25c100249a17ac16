//! Finding things in a rulebook by their id.

use crate::rulebook::*;

impl Rulebook {
    /// The level of that id.
    ///
    /// ```
    /// # let book = rules::example();
    /// assert_eq!(book.level("city").unwrap().name.en, "City");
    /// ```
    pub fn level(&self, id: &str) -> Option<&Level> {
        self.levels.iter().find(|level| level.id == id)
    }

    /// The panel of that id.
    ///
    /// ```
    /// # let book = rules::example();
    /// assert_eq!(book.panel("jury").unwrap().quorum, 2);
    /// ```
    pub fn panel(&self, id: &str) -> Option<&Panel> {
        self.panels.iter().find(|panel| panel.id == id)
    }

    /// The category of that id.
    ///
    /// ```
    /// # let book = rules::example();
    /// assert_eq!(book.category("village").unwrap().name.en, "Village");
    /// ```
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }

    /// A category and all above it, from the lowest up.
    ///
    /// ```
    /// # let book = rules::example();
    /// assert_eq!(book.category_line("village").len(), 1);
    /// ```
    pub fn category_line(&self, id: &str) -> Vec<&Category> {
        let mut line: Vec<&Category> = Vec::new();
        let mut next = self.category(id);
        while let Some(category) = next.filter(|next| line.iter().all(|seen| seen.id != next.id)) {
            line.push(category);
            next = category.parent.as_deref().and_then(|parent| self.category(parent));
        }
        line
    }

    /// The claim of that id, stated by candidates.
    ///
    /// ```
    /// # let book = rules::example();
    /// assert_eq!(book.claim("bins").unwrap().decimals, 0);
    /// ```
    pub fn claim(&self, id: &str) -> Option<&ClaimRule> {
        self.claims.iter().find(|claim| claim.id == id)
    }

    /// The derived claim of that id.
    ///
    /// ```
    /// # let book = rules::example();
    /// assert!(book.derived_claim("bins").is_none());
    /// ```
    pub fn derived_claim(&self, id: &str) -> Option<&DerivedRule> {
        self.derived.iter().find(|derived| derived.id == id)
    }

    /// The attendance table of that id.
    ///
    /// ```
    /// # let book = rules::example();
    /// assert!(book.attendance_table("leader").is_none());
    /// ```
    pub fn attendance_table(&self, id: &str) -> Option<&AttendanceRule> {
        self.attendance.iter().find(|table| table.id == id)
    }

    /// The scheme of that id.
    ///
    /// ```
    /// # let book = rules::example();
    /// assert_eq!(book.scheme("clean").unwrap().aspects.len(), 2);
    /// ```
    pub fn scheme(&self, id: &str) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.id == id)
    }

    /// The ladder of that id.
    ///
    /// ```
    /// # let book = rules::example();
    /// assert_eq!(book.ladder("ties").unwrap().steps.len(), 2);
    /// ```
    pub fn ladder(&self, id: &str) -> Option<&Ladder> {
        self.ladders.iter().find(|ladder| ladder.id == id)
    }

    /// The award of that id.
    ///
    /// ```
    /// # let book = rules::example();
    /// assert!(book.award("best").is_none());
    /// ```
    pub fn award(&self, id: &str) -> Option<&AwardRule> {
        self.awards.iter().find(|award| award.id == id)
    }

    /// The rule for a category at a level, if it is held there.
    ///
    /// ```
    /// # let book = rules::example();
    /// assert_eq!(book.contest("village", "city").unwrap().quota, 1);
    /// assert!(book.contest("village", "nation").is_none());
    /// ```
    pub fn contest(&self, category: &str, level: &str) -> Option<&ContestRule> {
        let here = |contest: &&ContestRule| contest.level == level && contest.categories.iter().any(|held| held == category);
        self.contests.iter().find(here)
    }

    /// Whether a level stands below another: the best of it can come there.
    ///
    /// ```
    /// # let book = rules::example();
    /// assert!(!book.is_below("city", "city"));
    /// ```
    pub fn is_below(&self, lower: &str, upper: &str) -> bool {
        let mut at = self.level(lower);
        // Levels that lead in a circle are a problem of the file; here they only must not go on for ever.
        for _ in 0..self.levels.len() {
            let next = at.and_then(|level| level.next.as_deref());
            if next == Some(upper) {
                return true;
            }
            at = next.and_then(|next| self.level(next));
        }
        false
    }
}

impl Scheme {
    /// The aspect of that id.
    ///
    /// ```
    /// # let book = rules::example();
    /// assert_eq!(book.schemes[0].aspect("visit").unwrap().name.en, "Jury visit");
    /// ```
    pub fn aspect(&self, id: &str) -> Option<&Aspect> {
        self.aspects.iter().find(|aspect| aspect.id == id)
    }

    /// The indicator of that id with its aspect.
    ///
    /// ```
    /// # let book = rules::example();
    /// let (aspect, indicator) = book.schemes[0].indicator("impression").unwrap();
    /// assert_eq!((aspect.id.as_str(), indicator.name.en.as_str()), ("visit", "Impression"));
    /// ```
    pub fn indicator(&self, id: &str) -> Option<(&Aspect, &Indicator)> {
        self.indicators().find(|(_, indicator)| indicator.id == id)
    }

    /// All indicators with their aspects.
    ///
    /// ```
    /// # let book = rules::example();
    /// assert_eq!(book.schemes[0].indicators().count(), 2);
    /// ```
    pub fn indicators(&self) -> impl Iterator<Item = (&Aspect, &Indicator)> {
        self.aspects.iter().flat_map(|aspect| aspect.indicators.iter().map(move |indicator| (aspect, indicator)))
    }

    /// Whether any indicator is marked by jurors.
    ///
    /// ```
    /// # let book = rules::example();
    /// assert!(book.schemes[0].is_marked());
    /// ```
    pub fn is_marked(&self) -> bool {
        self.indicators().any(|(_, one)| matches!(one.kind, IndicatorKind::Rubric { .. }))
    }
}
