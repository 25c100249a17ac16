//! A place inside a JSON value, kept while walking and written as a JSON pointer (RFC 6901) only when a problem names it.

use std::fmt;

/// The steps from the outside in.
#[derive(Debug, Default)]
pub(crate) struct Place<'v>(Vec<Step<'v>>);

#[derive(Debug)]
enum Step<'v> {
    Name(&'v str),
    Index(usize),
}

impl<'v> Place<'v> {
    /// In how many arrays and objects the place lies.
    pub fn depth(&self) -> usize {
        self.0.len()
    }

    /// Does something at the member of this name.
    pub fn at_name<T>(&mut self, name: &'v str, visit: impl FnOnce(&mut Self) -> T) -> T {
        self.at(Step::Name(name), visit)
    }

    /// Does something at the item of this index.
    pub fn at_index<T>(&mut self, index: usize, visit: impl FnOnce(&mut Self) -> T) -> T {
        self.at(Step::Index(index), visit)
    }

    fn at<T>(&mut self, step: Step<'v>, visit: impl FnOnce(&mut Self) -> T) -> T {
        self.0.push(step);
        let result = visit(self);
        self.0.pop();
        result
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|step| match step {
            Step::Name(name) => write!(f, "/{}", name.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => write!(f, "/{index}"),
        })
    }
}
