//! Formulas: a closed language over claims.
//!
//! A rulebook may say how a claim is worked out from other claims, but only with the words of `docs/specification.md`
//! section 5: no loops, no text, nothing outside the entry's own claims. So every formula ends, gives one exact number, and
//! can be checked before the year begins. And because no number on the way may be too large, it ends soon.

mod parse;

use std::fmt;

use crate::Exact;
use crate::model::{RoundMode, Rounding};

/// The most characters that a formula may have.
pub const LONGEST: usize = 2_000;

/// The most brackets and signs that may stand inside one another.
pub const DEEPEST: u32 = 64;

/// A formula that has been read.
///
/// ```
/// use tally::{Exact, Formula};
///
/// // 30 of 40 workers: 30 / 40 = 0.75.
/// let share = Formula::parse("if(workers > 0, min(members / workers, 1), 0)").unwrap();
/// assert_eq!(share.names(), ["members", "workers"]);
/// let claims = |name: &str| match name {
///     "members" => Some(Exact::from(30_i64)),
///     "workers" => Some(Exact::from(40_i64)),
///     _ => None,
/// };
/// assert_eq!(share.evaluate(claims).unwrap().to_string(), "0.75");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    root: Expression,
    names: Vec<String>,
}

/// One expression. Sums and products are flat lists, so the depth of a formula is the depth of its brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Expression {
    Number(Exact),
    Name(String),
    Negated(Box<Expression>),
    Sum(Box<Expression>, Vec<(Sign, Expression)>),
    Product(Box<Expression>, Vec<(Times, Expression)>),
    Compared(Box<Expression>, Comparison, Box<Expression>),
    Call(Word, Vec<Expression>),
    Rounded(Box<Expression>, u32),
    If(Box<[Expression; 3]>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Times {
    Times,
    Over,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Below,
    AtMost,
    Above,
    AtLeast,
    Equal,
    Unequal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Min,
    Max,
    Sum,
    Count,
}

/// Why a text is not a formula.
///
/// ```
/// use tally::formula::{Formula, FormulaErrorKind};
///
/// let error = Formula::parse("members / ").unwrap_err();
/// assert_eq!((error.at, error.kind), (10, FormulaErrorKind::OperandExpected));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormulaError {
    /// Where, as a byte offset into the text; the text's length when it ends too early.
    pub at: usize,
    /// What is wrong there.
    pub kind: FormulaErrorKind,
}

/// The ways in which a text is not a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormulaErrorKind {
    /// More than [`LONGEST`] characters.
    TooLong,
    /// More than [`DEEPEST`] brackets or signs inside one another.
    TooDeep,
    /// A number, a name, a call or a bracket should stand here.
    OperandExpected,
    /// The formula should have ended or gone on with an operator, a comma or a bracket here.
    Unexpected,
    /// A call word without its bracket.
    BracketExpected,
    /// `round` needs one digit, 0 to 9, as its second argument.
    PlacesExpected,
    /// `if` takes exactly three arguments, `round` two.
    WrongNumberOfArguments,
}

/// Why a formula has no value.
///
/// ```
/// use tally::formula::{Formula, NoValue};
///
/// let formula = Formula::parse("1 / members").unwrap();
/// assert_eq!(formula.evaluate(|_| Some(tally::Exact::zero())), Err(NoValue::DivisionByZero));
/// assert_eq!(formula.evaluate(|_| None), Err(NoValue::Missing("members".into())));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoValue {
    /// The lookup has no number for this name.
    Missing(String),
    /// Something is divided by 0.
    DivisionByZero,
    /// A number on the way is too large ([`Exact::is_too_large`]).
    TooLarge,
}

impl Formula {
    /// Reads a formula. The first thing that is wrong is the error.
    ///
    /// ```
    /// assert!(tally::Formula::parse("sum(a, b) >= 2").is_ok());
    /// ```
    pub fn parse(text: &str) -> Result<Formula, FormulaError> {
        let root = parse::parse(text)?;
        let mut names = Vec::new();
        root.collect_names(&mut names);
        names.sort();
        names.dedup();
        Ok(Formula { root, names })
    }

    /// The claims that it names, sorted, each once.
    ///
    /// ```
    /// assert_eq!(tally::Formula::parse("b + a * b").unwrap().names(), ["a", "b"]);
    /// ```
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Works it out. Only the names that are really reached are looked up: `if` asks for one branch only.
    ///
    /// ```
    /// let formula = tally::Formula::parse("if(1, 2, unknown)").unwrap();
    /// assert_eq!(formula.evaluate(|_| None).unwrap(), tally::Exact::from(2_i64));
    /// ```
    pub fn evaluate(&self, lookup: impl Fn(&str) -> Option<Exact>) -> Result<Exact, NoValue> {
        self.root.value(&lookup)
    }
}

impl Expression {
    fn collect_names(&self, names: &mut Vec<String>) {
        match self {
            Expression::Number(_) => {}
            Expression::Name(name) => names.push(name.clone()),
            Expression::Negated(inner) | Expression::Rounded(inner, _) => inner.collect_names(names),
            Expression::Sum(first, rest) => {
                first.collect_names(names);
                rest.iter().for_each(|(_, term)| term.collect_names(names));
            }
            Expression::Product(first, rest) => {
                first.collect_names(names);
                rest.iter().for_each(|(_, factor)| factor.collect_names(names));
            }
            Expression::Compared(left, _, right) => {
                left.collect_names(names);
                right.collect_names(names);
            }
            Expression::Call(_, arguments) => arguments.iter().for_each(|one| one.collect_names(names)),
            Expression::If(arguments) => arguments.iter().for_each(|one| one.collect_names(names)),
        }
    }

    fn value(&self, lookup: &impl Fn(&str) -> Option<Exact>) -> Result<Exact, NoValue> {
        match self {
            Expression::Number(number) => bounded(number.clone()),
            Expression::Name(name) => bounded(lookup(name).ok_or_else(|| NoValue::Missing(name.clone()))?),
            Expression::Negated(inner) => Ok(-inner.value(lookup)?),
            Expression::Sum(first, rest) => sum(first, rest, lookup),
            Expression::Product(first, rest) => product(first, rest, lookup),
            Expression::Compared(left, comparison, right) => {
                let holds = comparison.holds(&left.value(lookup)?, &right.value(lookup)?);
                Ok(if holds { Exact::one() } else { Exact::zero() })
            }
            Expression::Call(word, arguments) => {
                let values = arguments.iter().map(|argument| argument.value(lookup));
                word.call(values.collect::<Result<_, _>>()?)
            }
            Expression::Rounded(inner, places) => {
                let mode = RoundMode::HalfUp;
                bounded(inner.value(lookup)?.round(Rounding { places: *places, mode }))
            }
            Expression::If(arguments) => {
                let [condition, then, otherwise] = arguments.as_ref();
                let branch = if condition.value(lookup)?.is_zero() { otherwise } else { then };
                branch.value(lookup)
            }
        }
    }
}

fn sum(first: &Expression, rest: &[(Sign, Expression)], lookup: &impl Fn(&str) -> Option<Exact>) -> Result<Exact, NoValue> {
    let mut total = first.value(lookup)?;
    for (sign, term) in rest {
        let term = term.value(lookup)?;
        total = bounded(match sign {
            Sign::Plus => total + term,
            Sign::Minus => total - term,
        })?;
    }
    Ok(total)
}

fn product(first: &Expression, rest: &[(Times, Expression)], lookup: &impl Fn(&str) -> Option<Exact>) -> Result<Exact, NoValue> {
    let mut total = first.value(lookup)?;
    for (times, factor) in rest {
        let factor = factor.value(lookup)?;
        total = bounded(match times {
            Times::Times => total * factor,
            Times::Over => total.checked_div(&factor).ok_or(NoValue::DivisionByZero)?,
        })?;
    }
    Ok(total)
}

/// The number if it is not too large. Asked after every operation, so that the next one has little to do.
fn bounded(number: Exact) -> Result<Exact, NoValue> {
    if number.is_too_large() { Err(NoValue::TooLarge) } else { Ok(number) }
}

impl Comparison {
    fn holds(self, left: &Exact, right: &Exact) -> bool {
        match self {
            Comparison::Below => left < right,
            Comparison::AtMost => left <= right,
            Comparison::Above => left > right,
            Comparison::AtLeast => left >= right,
            Comparison::Equal => left == right,
            Comparison::Unequal => left != right,
        }
    }
}

impl Word {
    fn call(self, values: Vec<Exact>) -> Result<Exact, NoValue> {
        let picked = match self {
            Word::Min => values.into_iter().min(),
            Word::Max => values.into_iter().max(),
            Word::Sum => Some(values.into_iter().try_fold(Exact::zero(), |sum, value| bounded(sum + value))?),
            Word::Count => {
                let nonzero = values.iter().filter(|value| !value.is_zero()).count();
                Some(Exact::from(num_bigint::BigInt::from(nonzero)))
            }
        };
        Ok(picked.expect("the grammar gives every call at least one argument"))
    }
}

impl fmt::Display for FormulaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a formula at byte {}: {:?}", self.at, self.kind)
    }
}

impl std::error::Error for FormulaError {}

#[cfg(test)]
mod tests;
