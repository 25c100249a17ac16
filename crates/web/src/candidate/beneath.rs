//! Which warning stands beneath which field of a form: one about a single figure beneath that, one about several beneath all of them.

use award::candidate::{Field, Warning};

/// The warnings about the figures of a form.
pub(super) struct Beneath<'w> {
    warnings: &'w [Warning],
    /// The fields of the form, each with the claim that it states.
    pub(super) claims: Vec<(&'static str, &'w str)>,
}

impl<'w> Beneath<'w> {
    pub(super) fn new(warnings: &'w [Warning], claims: impl IntoIterator<Item = (&'static str, &'w str)>) -> Beneath<'w> {
        Beneath { warnings, claims: claims.into_iter().collect() }
    }

    /// What is said beneath a field of one figure.
    pub(super) fn one(&self, of: &str, field: Field) -> Vec<&'w Warning> {
        self.said(Some(of), field)
    }

    /// What is said beneath all figures, because they do not fit each other.
    pub(super) fn all(&self) -> Vec<&'w Warning> {
        self.said(None, Field::Value)
    }

    fn said(&self, of: Option<&str>, field: Field) -> Vec<&'w Warning> {
        self.warnings.iter().filter(|warning| warning.field == field && self.only(warning) == of).collect()
    }

    /// The one figure of the form that a warning is about; none if it is about several.
    fn only(&self, warning: &Warning) -> Option<&'static str> {
        let mut own = self.claims.iter().filter(|(_, claim)| warning.claims.iter().any(|about| about == claim));
        own.next().filter(|_| own.next().is_none()).map(|(of, _)| *of)
    }
}
