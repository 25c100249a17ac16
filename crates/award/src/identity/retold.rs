//! A register told again, change by change, so that another edition can begin with it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Attribute, Becoming, Body, Dated, Register, RegisterChange};
use crate::id::BodyId;

/// Attributes without the order in which those of one day were said.
fn sorted(attributes: &[Dated]) -> Vec<(Date, String, &str)> {
    let mut all: Vec<_> = attributes.iter().map(|one| (one.from, format!("{:?}", one.what), one.source.as_str())).collect();
    all.sort();
    all
}

impl Register {
    /// The changes that make this register out of an empty one: whoever belongs to another body comes after it.
    ///
    /// ```
    /// use award::identity::{Attribute, Dated, Register, RegisterChange, Sort};
    /// use jiff::civil::date;
    ///
    /// let say = |what| Dated { what, from: date(2017, 1, 1), source: "register".into() };
    /// let enter = |id: &str, more: Option<Attribute>| {
    ///     let own = [Attribute::Name(id.to_uppercase()), Attribute::Kind("company".into())];
    ///     let attributes = own.into_iter().chain(more).map(say).collect();
    ///     RegisterChange::Enter { id: id.into(), sort: Sort::Organisation, attributes }
    /// };
    /// let changes = vec![enter("group", None), enter("firm", Some(Attribute::Parent("group".into())))];
    /// let mut register = Register::default();
    /// changes.iter().for_each(|change| register.apply(change));
    /// assert_eq!(register.retold(), changes);
    /// ```
    pub fn retold(&self) -> Vec<RegisterChange> {
        let (mut told, mut changes) = (BTreeSet::new(), Vec::new());
        self.bodies.values().for_each(|body| self.tell(body, &mut told, &mut changes));
        changes.extend(self.successions.iter().cloned().map(|succession| match succession.how {
            Becoming::Merged => RegisterChange::Merge(succession),
            Becoming::Split => RegisterChange::Split(succession),
        }));
        changes
    }

    fn tell(&self, body: &Body, told: &mut BTreeSet<BodyId>, changes: &mut Vec<RegisterChange>) {
        if !told.insert(body.id.clone()) {
            return;
        }
        for dated in &body.attributes {
            if let Attribute::Parent(parent) = &dated.what
                && let Some(above) = self.bodies.get(parent)
            {
                self.tell(above, told, changes);
            }
        }
        let (id, sort, attributes) = (body.id.clone(), body.sort, body.attributes.clone());
        changes.push(RegisterChange::Enter { id, sort, attributes });
    }

    /// Whether a change says what stands here already, word for word: somebody entered who is there, or a succession that is known.
    pub fn says_already(&self, change: &RegisterChange) -> bool {
        match change {
            RegisterChange::Enter { id, sort, attributes } => {
                let same = |known: &Body| known.sort == *sort && sorted(&known.attributes) == sorted(attributes);
                self.bodies.get(id).is_some_and(same)
            }
            RegisterChange::Merge(succession) | RegisterChange::Split(succession) => self.successions.contains(succession),
            _ => false,
        }
    }
}
