//! The tables of a cycle folder and their columns: one list for the reader, the checker and the template.

/// A CSV file that a cycle may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// Its name.
    pub file: &'static str,
    /// Columns that must be there and filled.
    pub required: &'static [&'static str],
    /// Columns that may be left out or empty.
    pub optional: &'static [&'static str],
}

impl Schema {
    /// All columns, the required ones first.
    ///
    /// ```
    /// let marks = award::SCHEMAS.iter().find(|schema| schema.file == "marks.csv").unwrap();
    /// assert_eq!(marks.columns().next(), Some("juror"));
    /// ```
    pub fn columns(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.required.iter().chain(self.optional).copied()
    }
}

macro_rules! schemas {
    ($($name:ident $file:literal: [$($required:literal)*] [$($optional:literal)*]),+ $(,)?) => {
        $(pub(crate) const $name: Schema = Schema { file: $file, required: &[$($required),*], optional: &[$($optional),*] };)+
        /// Every table, in the order in which their rows are played within a stage.
        pub const SCHEMAS: &[Schema] = &[$($name),+];
    };
}

schemas! {
    EVENTS "events.csv": ["id" "on" "kind" "title"] ["to" "level" "region" "place" "chair" "organiser" "attendees" "source" "note"],
    HISTORY "history.csv": ["organisation" "edition" "standing"] ["region" "category" "value" "source" "note"],
    CANDIDATES "candidates.csv": ["id" "name" "category" "kind" "region"] ["size" "sector" "route" "proposed_by" "enters_at" "at" "note"],
    DOSSIERS "dossiers.csv": ["candidate" "submitted_at"] ["complete" "note"],
    PANEL "panel.csv": ["level" "juror" "name" "seat"] ["region" "office" "acting" "delegate_for" "person" "at"],
    CONFLICTS "conflicts.csv": ["level" "juror" "candidate" "kind" "recused" "reason"] ["at"],
    CLAIMS "claims.csv": ["candidate" "claim"] ["claimed" "verified" "as_of" "source" "evidence" "verifier" "reason" "level" "at"],
    ITEMS "items.csv": ["candidate" "list" "title" "kind" "stage"] ["attributes" "number" "year" "accepted" "reason" "level" "at"],
    STATED "stated.csv": ["candidate" "indicator" "points"] ["source" "level" "at"],
    NOT_APPLICABLE "not_applicable.csv": ["candidate" "indicator" "reason"] ["level" "at"],
    ATTENDANCE "attendance.csv": ["candidate" "state"] ["rank" "speaker" "post" "officials" "evidence" "level" "at"],
    MARKS "marks.csv": ["juror" "candidate" "indicator" "mark"] ["comment" "level" "at"],
    DECISIONS "decisions.csv": ["level" "decision"] ["region" "category" "candidate" "value" "reason" "by" "at"],
    EXPECTED "expected.csv": ["level" "category" "candidate" "status"] ["region" "place" "total" "awards"],
}
